// The year's list of files (danh mục hồ sơ): planned, and opened from it.
#include "repository/planning.h"

#include <algorithm>
#include <deque>
#include <map>
#include <memory>
#include <set>

#include "base/error.h"
#include "repository/filing.h"
#include "repository/state.h"
#include "scheme/confirmed.h"
#include "text/text.h"

namespace vtlt::repository {
namespace {

using records::FileState;

constexpr const char* kList = "NĐ 30/2020/NĐ-CP, Điều 28 và PL V";

// A title with a place for a name or a code, or one for each case or term of office: it stands for many files.
bool is_pattern(const scheme::PlannedFile& planned) {
  return planned.title.find("{name}") != std::string::npos || planned.title.find("{code}") != std::string::npos ||
         planned.per == "case" || planned.per == "term";
}

PlanPattern pattern_of(const scheme::ListedFile& listed) {
  PlanPattern pattern;
  pattern.notation = listed.notation;
  pattern.title = listed.title;
  pattern.class_no = listed.heading->no;
  pattern.per = listed.planned->per;
  pattern.rule = listed.planned->rule;
  if (listed.rule != nullptr) pattern.term = listed.rule->term;
  pattern.officer = listed.planned->officer;
  pattern.note = listed.planned->note;
  if (!listed.planned->deadline.empty()) pattern.note += (pattern.note.empty() ? "" : "; ") + listed.planned->deadline;
  return pattern;
}

Finding remark(Level level, const char* code, Message message, Message hint = {}) {
  Finding finding;
  finding.code = code;
  finding.level = level;
  finding.message = std::move(message);
  finding.hint = std::move(hint);
  finding.basis = kList;
  return finding;
}

// Plans one year. Everything it looks at is read once.
class Planner {
 public:
  Planner(Repository& repository, PlanRequest&& request)
      : repository_(repository), request_(std::move(request)), fonds_(repository.fonds(request_.fonds)), scheme_(repository.scheme(fonds_.fonds.id)) {
    must_allow(fonds_.fonds, records::FondsAct::open_file);
    result_.year = request_.year;
    result_.basis = request_.basis;
    if (request_.from_list) {
      read_list();
    } else {
      list_ = &scheme_;
      if (result_.basis.empty()) result_.basis = fonds_.decision;
    }
  }

  // Again under the lock, with what others wrote meanwhile.
  PlanResult decide() {
    PlanResult fresh;
    fresh.year = result_.year;
    fresh.basis = result_.basis;
    fresh.findings = warnings_;
    result_ = std::move(fresh);
    errors_.clear();
    fixed_.clear();
    read_files();
    const auto list = scheme::file_list(*list_, request_.year);
    result_.planned.reserve(list.size());  // large: never moved as they become more
    for (const auto& listed : list) take(listed);
    give_notations();
    if (!errors_.empty())
      throw Error(Exit::refused, "VTLT-D03", Message("repository.plan.refused", {{"year", std::to_string(request_.year)}}))
          .because(std::move(errors_));
    if (result_.planned.empty() && result_.present.empty())
      throw Error(Exit::refused, "VTLT-LIST-22", Message("repository.plan.empty"), Message("repository.plan.empty.hint"));
    for (const auto* all : {&result_.planned, &result_.present})
      for (const auto& file : *all) {
        if (file.term.kind == records::TermKind::permanent) ++result_.permanent;
        else if (file.term.kind == records::TermKind::none) ++result_.without_term;
        else ++result_.with_term;
      }
    return std::move(result_);
  }

 private:
  void read_list() {
    scheme::FromListRequest from;
    from.base = scheme_;
    from.list_name = request_.list_name;
    from.decision = request_.basis;
    from.year = 0;  // as its titles say: a list of another year is not taken for this one
    made_ = scheme::scheme_from_list(request_.lines, from);
    for (const auto& line : request_.lines)
      if (const auto parts = split_notation(line.notation)) given_.insert(text::fold(joined_notation(parts->first, parts->second)));
    std::vector<scheme::ListLine>().swap(request_.lines);  // a long list is held once, as a scheme
    if (made_.year != 0 && made_.year != request_.year)
      throw Error(Exit::usage, "VTLT-LIST-23",
                  Message("repository.plan.other_year", {{"path", request_.list_name}, {"theirs", std::to_string(made_.year)},
                                                         {"year", std::to_string(request_.year)}}),
                  Message("repository.plan.other_year.hint", {{"theirs", std::to_string(made_.year)}}));
    std::vector<Finding> wrong;
    for (Finding& finding : made_.findings) {
      finding.path = request_.list_name;
      (finding.level == Level::error ? wrong : warnings_).push_back(finding);
    }
    if (!wrong.empty())
      throw Error(Exit::refused, "VTLT-LIST-21",
                  Message("repository.plan.list_refused",
                          {{"path", request_.list_name}, {"count", static_cast<std::int64_t>(wrong.size())}}))
          .because(std::move(wrong));
    if (request_.basis.empty())
      warnings_.push_back(remark(Level::warning, "VTLT-P14", Message("repository.plan.no_basis"), Message("repository.plan.no_basis.hint")));
    list_ = &made_.scheme;
  }

  void read_files() {
    held_.clear();
    by_title_.clear();
    files_.clear();
    repository_.catalogue().files(fonds_.fonds.id, request_.year, std::nullopt, [&](const catalogue::FileRow& row) {
      const auto& file = files_.emplace_back(row.file);
      held_.emplace(text::fold(file.notation), &file);
      by_title_.emplace(text::fold(file.title), &file);
    });
  }

  // Where the scheme has the heading that a list names: by abbreviation, the small one by its title.
  const scheme::Class* heading_in_scheme(const scheme::ListedFile& listed) {
    if (list_ == &scheme_) return listed.heading;
    const auto* large = scheme_.class_of_abbreviation(listed.large->abbreviation);
    if (large == nullptr) {
      if (unknown_.insert(listed.large->abbreviation).second)
        result_.findings.push_back(remark(Level::warning, "VTLT-P13",
                                          Message("repository.plan.heading", {{"abbr", listed.large->abbreviation}, {"title", listed.large->title}}),
                                          Message("repository.plan.heading.hint")));
      return nullptr;
    }
    for (const auto& small : large->sub)
      if (text::fold(small.title) == text::fold(listed.heading->title)) return &small;
    return large;
  }

  records::FileRecord file_of(const scheme::ListedFile& listed) {
    records::FileRecord file;
    file.fonds = fonds_.fonds.id;
    file.state = FileState::planned;
    file.year = request_.year;
    file.title = text::nfc(listed.title);
    const auto* heading = heading_in_scheme(listed);
    if (heading != nullptr) file.class_no = heading->no;
    if (const auto* rule = scheme_.find_rule(listed.planned->rule)) {
      file.rule = rule->id;
      file.term = rule->term;
      file.term_source = scheme::term_source(*rule);
    } else if (listed.rule != nullptr) {
      file.term = listed.rule->term;
      file.term_source = listed.rule->basis;
    }
    file.officer = text::nfc(listed.planned->officer);
    file.note = text::nfc(listed.planned->note);
    if (!listed.planned->deadline.empty()) file.note += (file.note.empty() ? "" : "; ") + text::nfc(listed.planned->deadline);
    file.access = heading != nullptr && !heading->access.empty() ? heading->access : scheme_.default_access;
    return file;
  }

  void take(const scheme::ListedFile& listed) {
    // A list gives such a line one number: the file of it gets its name when it is opened.
    if (!request_.from_list && is_pattern(*listed.planned)) {
      result_.patterns.push_back(pattern_of(listed));
      return;
    }
    records::FileRecord file = file_of(listed);
    const std::string folded = text::fold(file.title);
    const bool fixed = !listed.planned->notation.empty() || (request_.from_list && given(listed.notation));
    // The same file of the year, whoever opened it: by its number where the list gives one, else by its title.
    const auto at = held_.find(text::fold(listed.notation));
    if (at != held_.end() && text::fold(at->second->title) == folded) return keep(*at->second, file);
    if (at != held_.end() && fixed) {
      errors_.push_back(remark(Level::error, "VTLT-D03",
                               Message("repository.plan.taken", {{"notation", listed.notation}, {"title", text::cut(file.title, 60)},
                                                                 {"other", text::cut(at->second->title, 60)}}),
                               Message("repository.plan.taken.hint")));
      return;
    }
    if (!fixed) {
      const auto [first, last] = by_title_.equal_range(folded);
      for (auto same = first; same != last; ++same)
        if (same->second->class_no == file.class_no) return keep(*same->second, file);
    }
    file.notation = listed.notation;
    result_.planned.push_back(std::move(file));
    fixed_.push_back(fixed);
  }

  // A number of a list stands in it, though the scheme made of it does not fix what follows from counting.
  bool given(const std::string& notation) const {
    return given_.count(text::fold(notation)) != 0;
  }

  void keep(const records::FileRecord& there, const records::FileRecord& listed) {
    result_.present.push_back(there);
    const auto differs = [&](const char* key, const std::string& ours, const std::string& theirs) {
      if (theirs.empty() || ours == theirs) return;
      result_.findings.push_back(remark(
          Level::warning, "VTLT-P14",
          Message("repository.plan.differs", {{"notation", there.notation}, {"field", std::string("{amend.") + key + "}"}, {"ours", ours.empty() ? "-" : ours}, {"theirs", theirs}}),
          Message("repository.plan.differs.hint", {{"file", std::to_string(there.year) + "." + there.notation}})));
    };
    differs("term", records::term_text(there.term), records::term_text(listed.term));
    if (there.state == FileState::planned) differs("officer", there.officer, listed.officer);
  }

  // Numbers of the list stay as they are; others give way to what was opened freely before.
  void give_notations() {
    std::set<std::string> taken;
    for (const auto& [notation, file] : held_) taken.insert(notation);
    for (std::size_t i = 0; i < fixed_.size(); ++i)
      if (fixed_[i]) taken.insert(text::fold(result_.planned[i].notation));
    for (const auto& pattern : result_.patterns) taken.insert(text::fold(pattern.notation));
    for (std::size_t i = 0; i < fixed_.size(); ++i) {
      records::FileRecord& file = result_.planned[i];
      if (!fixed_[i]) {
        auto parts = split_notation(file.notation);
        while (parts && taken.count(text::fold(file.notation)) != 0) file.notation = joined_notation(++parts->first, parts->second);
        taken.insert(text::fold(file.notation));
      }
      file.id = records::new_id(records::Kind::file);
      for (auto& finding : records::check_file(file)) result_.findings.push_back(std::move(finding));
      if (file.term.kind == records::TermKind::none)
        result_.findings.push_back(remark(Level::warning, "VTLT-D02", Message("repository.plan.no_term", {{"notation", file.notation}})));
    }
  }

  Repository& repository_;
  PlanRequest request_;
  catalogue::FondsRow fonds_;
  const scheme::Scheme& scheme_;
  const scheme::Scheme* list_ = nullptr;  // what is planned: the scheme's, or that of the list
  scheme::FromList made_;
  std::vector<Finding> warnings_, errors_;
  std::deque<records::FileRecord> files_;  // of the year
  std::map<std::string, const records::FileRecord*> held_;
  std::multimap<std::string, const records::FileRecord*> by_title_;
  std::set<std::string> given_, unknown_;
  std::vector<bool> fixed_;  // of the planned ones: the list gives the number
  PlanResult result_;
};

}  // namespace

PlanResult plan_files(Repository& repository, PlanRequest request) {
  const std::string list = request.from_list ? request.list_name : std::string();
  const bool dry_run = request.dry_run;
  auto planner = std::make_unique<Planner>(repository, std::move(request));
  if (dry_run) return planner->decide();
  Change change(repository);
  PlanResult result = planner->decide();
  planner.reset();
  change.follow(static_cast<std::int64_t>(result.planned.size()));
  for (const auto& file : result.planned)
    change.add(journal::type::file_planned, with_field(journal::encode_planned(file, result.basis), "list", list));
  change.commit();
  return result;
}

std::optional<YearPlan> plan_of_year(Repository& repository, const records::Id& fonds, int year) {
  auto& catalogue = repository.catalogue();
  std::set<std::string> notations;
  std::vector<records::Id> files;
  // Planned ones first: their first event is the plan.
  catalogue.files(fonds, year, std::nullopt, [&](const catalogue::FileRow& row) {
    notations.insert(text::fold(row.file.notation));
    if (!row.file.kept.empty() || !row.file.provisional.empty()) return;
    files.insert(row.file.state == FileState::planned ? files.begin() : files.end(), row.file.id);
  });
  std::optional<YearPlan> plan;
  for (const auto& id : files) {
    const auto touches = catalogue.touches(id);
    if (touches.empty()) continue;
    const auto event = catalogue.event(touches.front().stream, touches.front().seq);
    if (!event || event->type != journal::type::file_planned) continue;
    plan.emplace();
    bool from_list = false;
    const std::string body = event->blank ? std::string() : repository.stream_of(event->stream).body(event->seq);
    if (!body.empty()) {
      journal::Decoder decoder;
      const auto fields = decoder.fields(body);
      if (const auto at = fields.find("basis"); at != fields.end()) plan->basis = at->second;
      from_list = fields.count("list") != 0;
    }
    if (from_list) return plan;  // the list has every line
    break;
  }
  if (!plan) return plan;
  for (const auto& listed : scheme::file_list(repository.scheme(fonds), year))
    if (is_pattern(*listed.planned) && notations.count(text::fold(listed.notation)) == 0) plan->patterns.push_back(pattern_of(listed));
  return plan;
}

catalogue::FileRow resolve_planned(Repository& repository, const std::string& words, const ReferenceContext& context) {
  const bool one_word = words.find(' ') == std::string::npos;
  if (one_word) return resolve_file(repository, words, context);
  catalogue::FileFilter filter;
  filter.fonds = repository.fonds(context.fonds).fonds.id;
  filter.year = context.year != 0 ? context.year : context.current_year;
  filter.states = {FileState::planned};
  const std::string folded = text::fold(words);
  std::vector<catalogue::FileRow> same, alike;
  repository.catalogue().files(filter, [&](const catalogue::FileRow& row) {
    const std::string title = text::fold(row.file.title);
    if (title == folded) same.push_back(row);
    if (title.find(folded) != std::string::npos) alike.push_back(row);
  });
  const auto& found = same.empty() ? alike : same;
  if (found.empty())
    throw Error(Exit::usage, "VTLT-REF-01",
                Message("repository.plan.no_title", {{"title", text::cut(words, 60)}, {"year", std::to_string(filter.year)}}),
                Message("repository.plan.no_title.hint", {{"year", std::to_string(filter.year)}}));
  if (found.size() == 1) return found.front();
  std::string candidates;
  for (std::size_t i = 0; i < found.size() && i < 20; ++i)
    candidates += "\n  " + file_name(repository, found[i].file.id) + "  " + text::cut(found[i].file.title, 60);
  throw Error(Exit::usage, "VTLT-REF-02", Message("repository.reference.several", {{"reference", text::cut(words, 60)}, {"candidates", candidates}}));
}

catalogue::FileRow open_planned(Repository& repository, const PlannedOpenRequest& request) {
  catalogue::FileRow row;
  std::vector<std::string> fields;
  const auto decide = [&] {
    row = file_there(repository, request.file);
    must_allow(repository.catalogue().fonds(row.file.fonds)->fonds, records::FondsAct::open_file);
    const std::string name = file_name(repository, request.file);
    if (row.file.state != FileState::planned)
      throw Error(Exit::refused, "VTLT-P15-PLAN", Message("repository.plan.not_planned", {{"file", name}}),
                  row.file.state == FileState::open ? Message("repository.plan.open_already.hint", {{"file", name}}) : Message());
    const records::FileRecord before = row.file;
    if (request.change) request.change(row.file);
    fields = records::changed_fields(before, row.file);
    if (row.file.title.find("…") != std::string::npos)
      throw Error(Exit::usage, "VTLT-P15-PLAN", Message("repository.plan.name", {{"file", name}, {"title", row.file.title}}),
                  Message("repository.plan.name.hint"));
    auto findings = records::check_amend({before, row.file, false});
    if (!findings.empty())
      throw Error(Exit::refused, "VTLT-AMEND", Message("repository.amend.refused", {{"file", name}})).because(std::move(findings));
    row.file.state = FileState::open;
  };
  if (request.dry_run) {
    decide();
    return row;
  }
  Change change(repository);
  decide();
  if (!fields.empty()) change.add(journal::type::file_amended, journal::encode_amended(row.file, "mở theo danh mục hồ sơ"));
  change.add(journal::type::file_state_changed, journal::encode_fields({{"file", row.file.id.text()}, {"state", "open"}}));
  if (!request.box.empty()) put_into_box(repository, change, row.file, request.box);
  change.commit();
  return row;
}

}  // namespace vtlt::repository
