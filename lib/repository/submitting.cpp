#include "repository/submitting.h"

#include <algorithm>
#include <set>

#include "base/error.h"
#include "records/references.h"
#include "repository/state.h"
#include "repository/work.h"
#include "text/messages.h"
#include "text/text.h"

namespace vtlt::repository {
namespace {

using records::FileState;
using records::Going;
using records::SubmissionStep;

constexpr std::uint64_t kLargestList = 64u << 20;

text::Date day_of(Moment moment) { return text::from_iso(to_date(moment)).value_or(text::Date{}); }

std::string reference(const catalogue::FileRow& row) { return records::file_reference(row.file); }

catalogue::FileRow must_exist(Repository& repository, const records::Id& id) {
  const auto row = repository.catalogue().file(id);
  if (!row)
    throw Error(Exit::usage, "VTLT-REF-01", Message("repository.reference.none", {{"reference", id.brief()}}));
  return *row;
}

Finding refusal(const char* code, const std::string& ref, Message message, Message hint = {}) {
  return records::finding(code, Level::error, ref, std::move(message), std::move(hint),
                          "NĐ 30/2020/NĐ-CP, Điều 31 khoản 3 điểm d");
}

records::ListItem item_of(const catalogue::FileRow& row, const records::Counted& counted) {
  records::ListItem item;
  item.ref = reference(row);
  item.year = row.file.year;
  item.title = row.file.title;
  item.term = row.file.term;
  item.sheets = row.file.sheets;
  item.pages = static_cast<int>(counted.all_pages().value_or(0));
  item.documents = static_cast<int>(counted.documents);
  return item;
}

// Same person: names are written with the same letters, whatever their case and spaces.
bool same_name(const std::string& a, const std::string& b) { return text::fold_case(a) == text::fold_case(b); }

// ---- submit ----

class Submitter {
 public:
  Submitter(Repository& repository, const SubmitRequest& request) : repository_(repository), request_(request) {}

  SubmitResult decide(Moment time);
  void write(Change& change);

 private:
  void name_them();
  void choose_all();
  void choose_of_who_leaves();
  void judge(const catalogue::FileRow& row, bool named);
  void judge_kept(const text::Date& today);
  void hand_on(const catalogue::FileRow& row);
  void describe(const text::Date& today, int year_made);
  void count();

  Repository& repository_;
  const SubmitRequest& request_;
  catalogue::FondsRow fonds_;
  std::set<records::Id> seen_, kept_;
  std::vector<Finding> refused_;
  std::vector<records::Counted> counted_;  // of those submitted
  SubmitResult result_;
};

// What the minutes sum up, kept with the event: a file may be amended later, what was signed may not.
std::string body_of_submitted(Repository& repository, const records::Id& submission, const catalogue::FileRow& row,
                              const records::Counted& counted) {
  const auto& f = row.file;
  std::int64_t centimetres = 0;
  if (f.box)
    if (const auto box = repository.catalogue().box(*f.box)) centimetres = static_cast<std::int64_t>(box->shelf_metres * 100 + 0.5);
  return journal::encode_fields({{"submission", submission.text()},
                                 {"file", f.id.text()},
                                 {"term", records::term_shorthand(f.term)},
                                 {"start", text::to_iso(f.start)},
                                 {"end", text::to_iso(f.end)},
                                 {"first", text::to_iso(counted.first)},
                                 {"last", text::to_iso(counted.last)},
                                 {"condition", f.condition},
                                 {"box", f.box ? f.box->text() : ""}},
                                {{"documents", counted.documents},
                                 {"pages", counted.pages},
                                 {"without_pages", counted.without_pages},
                                 {"computer_files", counted.computer_files},
                                 {"paper", counted.paper ? 1 : 0},
                                 {"electronic", counted.electronic ? 1 : 0},
                                 {"sheets", f.sheets},
                                 {"box_centimetres", centimetres}});
}

void Submitter::judge(const catalogue::FileRow& row, bool named) {
  if (kept_.count(row.file.id) != 0) return;
  const auto verdict = records::judge_going(row.file);
  switch (verdict.going) {
    case Going::goes:
      result_.submitted.push_back(row);
      break;
    case Going::stays:
      result_.shorter.push_back({row, verdict.why});
      break;
    case Going::not_yet:
    case Going::past:
      if (named)
        refused_.push_back(verdict.why);
      else
        result_.not_yet.push_back({row, verdict.why});
      break;
  }
}

void Submitter::name_them() {
  for (const auto& id : request_.files) {
    const auto row = must_exist(repository_, id);
    if (!seen_.insert(id).second || kept_.count(id) != 0)
      throw Error(Exit::usage, "VTLT-USE-02", Message("repository.submit.twice", {{"file", reference(row)}}));
    if (row.file.fonds != fonds_.fonds.id)
      throw Error(Exit::refused, "VTLT-P30-FONDS", Message("repository.submit.other_fonds", {{"file", reference(row)}}));
    judge(row, true);
  }
}

void Submitter::choose_all() {
  catalogue::FileFilter filter;
  filter.fonds = fonds_.fonds.id;
  filter.year = request_.year;
  filter.states = {FileState::closed};
  filter.officer = request_.officer;
  filter.unit = request_.unit;
  repository_.catalogue().files(filter, [&](const catalogue::FileRow& row) { judge(row, false); });
}

// Everything that person holds, in whatever state it is before the archives.
void Submitter::choose_of_who_leaves() {
  if (same_name(request_.leaving, request_.successor))
    throw Error(Exit::usage, "VTLT-USE-03", Message("repository.submit.leaving.same", {{"name", request_.leaving}}));
  catalogue::FileFilter filter;
  filter.fonds = fonds_.fonds.id;
  filter.year = request_.year;
  filter.states = {FileState::planned, FileState::open, FileState::closed};
  filter.officer = request_.leaving;
  std::int64_t found = 0;
  repository_.catalogue().files(filter, [&](const catalogue::FileRow& row) {
    if (!same_name(row.file.officer, request_.leaving)) return;
    ++found;
    if (records::judge_going(row.file).going == Going::goes && kept_.count(row.file.id) == 0)
      result_.submitted.push_back(row);
    else
      hand_on(row);
  });
  if (found == 0)
    throw Error(Exit::refused, "VTLT-P18-LEAVING", Message("repository.submit.leaving.none", {{"name", request_.leaving}}),
                Message("repository.submit.leaving.none.hint"));
  if (!result_.handed_on.empty() && request_.successor.empty()) {
    std::string names;
    for (std::size_t i = 0; i < result_.handed_on.size() && i < 20; ++i)
      names += (i == 0 ? "" : ", ") + reference(result_.handed_on[i]);
    if (result_.handed_on.size() > 20) names += ", …";
    throw Error(Exit::refused, "VTLT-P18-LEAVING",
                Message("repository.submit.leaving.open",
                        {{"name", request_.leaving},
                         {"count", static_cast<std::int64_t>(result_.handed_on.size())},
                         {"files", names}}),
                Message("repository.submit.leaving.open.hint"));
  }
}

void Submitter::hand_on(const catalogue::FileRow& row) {
  catalogue::FileRow after = row;
  after.file.officer = request_.successor;
  result_.handed_on.push_back(std::move(after));
}

// NĐ30 Đ31.3d: the file is due, the head has agreed in writing, and not longer than two years.
void Submitter::judge_kept(const text::Date& today) {
  std::vector<Finding> wrong;
  for (const auto& id : request_.keep_back) {
    const auto row = must_exist(repository_, id);
    const std::string ref = reference(row);
    if (!kept_.insert(id).second)
      throw Error(Exit::usage, "VTLT-USE-02", Message("repository.submit.twice", {{"file", ref}}));
    if (row.file.fonds != fonds_.fonds.id)
      throw Error(Exit::refused, "VTLT-P30-FONDS", Message("repository.submit.other_fonds", {{"file", ref}}));
    if (const auto verdict = records::judge_going(row.file); verdict.going != Going::goes) {
      wrong.push_back(verdict.why);
      wrong.back().level = Level::error;
      continue;
    }
    if (request_.reason.empty())
      wrong.push_back(refusal("P18", ref, Message("repository.submit.keep.reason"), Message("repository.reason.hint")));
    if (!request_.until.whole()) {
      wrong.push_back(refusal("P18", ref, Message("repository.submit.keep.end"), Message("repository.submit.keep.end.hint")));
    } else if (request_.until < today) {
      wrong.push_back(refusal("P18", ref, Message("repository.submit.keep.past", {{"until", text::to_dmy(request_.until)}}),
                              Message("repository.submit.keep.past.hint")));
    }
    // Consent and the two years are judged where the deadlines are; what is late anyway is no matter here.
    records::SubmissionFacts facts;
    facts.kept_until = request_.until.whole() ? request_.until : today;
    facts.consent = request_.consent;
    for (auto& one : records::judge_deadlines(row.file, facts, std::min(today, facts.kept_until)))
      if (one.message.key == "records.deadline.no_consent" || one.message.key == "records.deadline.too_long") {
        wrong.push_back(std::move(one));
        if (wrong.back().message.key == "records.deadline.no_consent")
          wrong.back().hint = Message("repository.submit.keep.consent.hint");
      }
    result_.kept_back.push_back(row);
  }
  if (!wrong.empty())
    throw Error(Exit::refused, "VTLT-P18", Message("repository.submit.keep.refused")).because(std::move(wrong));
}

// What the minutes say; fixed here, so that they can be printed again as they were.
void Submitter::describe(const text::Date& today, int year_made) {
  auto& s = result_.submission;
  s = request_.submission;
  s.id = records::new_id(records::Kind::submission);
  s.fonds = fonds_.fonds.id;
  s.date = today;
  s.leaving = request_.leaving;
  s.year = request_.year;
  for (const auto* list : {&result_.submitted, &result_.kept_back})
    for (const auto& row : *list)
      if (request_.year == 0) s.year = std::max(s.year, row.file.year);
  if (s.giver.empty()) s.giver = !request_.leaving.empty() ? request_.leaving : request_.officer;
  if (s.giver_unit.empty()) s.giver_unit = request_.unit;
  const std::string year = std::to_string(s.year);
  if (s.basis.empty()) {
    s.basis = "Danh mục hồ sơ năm " + year + " của " + fonds_.fonds.name;
    if (!fonds_.decision.empty()) s.basis += " (Quyết định số " + fonds_.decision + ")";
  }
  if (s.block.empty())
    s.block = "Hồ sơ, tài liệu năm " + year + " của " + (s.giver_unit.empty() ? fonds_.fonds.name : s.giver_unit);
  if (result_.submitted.empty() && result_.kept_back.empty()) return;
  auto& catalogue = repository_.catalogue();
  for (int count = catalogue.submissions_of_year(year_made) + 1; s.name.empty(); ++count) {
    const std::string ordinal = std::to_string(count);
    const std::string name = "nop-" + std::to_string(year_made) + "-" + (ordinal.size() < 2 ? "0" : "") + ordinal;
    if (!catalogue.submission(name)) s.name = name;
  }
}

void Submitter::count() {
  Totals totals(repository_);
  counted_.clear();
  for (const auto& row : result_.submitted) {
    check_interrupted();
    const auto& counted = counted_.emplace_back(repository::counted(repository_, row.file.id));
    totals.add(row, counted);
    for (auto& finding : records::check_totals(row.file, counted)) result_.findings.push_back(std::move(finding));
  }
  result_.totals = totals.sum();
}

SubmitResult Submitter::decide(Moment time) {
  fonds_ = repository_.fonds(request_.fonds);
  const text::Date today = day_of(time);
  judge_kept(today);
  name_them();
  if (!refused_.empty())
    throw Error(Exit::refused, "VTLT-P19", Message("repository.submit.refused", {{"count", static_cast<std::int64_t>(refused_.size())}})).because(std::move(refused_));
  if (request_.closed) choose_all();
  if (!request_.leaving.empty()) choose_of_who_leaves();
  if (result_.submitted.empty() && result_.kept_back.empty() && result_.handed_on.empty()) {
    std::vector<Finding> why;
    for (const auto* list : {&result_.shorter, &result_.not_yet})
      for (const auto& one : *list) {
        why.push_back(one.why);
        why.back().level = Level::error;  // it is why nothing goes
      }
    throw Error(Exit::refused, "VTLT-P19", Message("repository.submit.none"), Message("repository.submit.none.hint"))
        .because(std::move(why));
  }
  describe(today, year_of(time));
  count();
  return result_;
}

void Submitter::write(Change& change) {
  const auto& s = result_.submission;
  if (!s.name.empty()) change.add(journal::type::submission_made, journal::encode(s));
  for (std::size_t i = 0; i < result_.submitted.size(); ++i)
    change.add(journal::type::file_submitted, body_of_submitted(repository_, s.id, result_.submitted[i], counted_[i]));
  for (const auto& row : result_.kept_back)
    change.add(journal::type::file_kept_back,
               journal::encode_fields({{"submission", s.id.text()},
                                       {"file", row.file.id.text()},
                                       {"reason", request_.reason},
                                       {"consent", request_.consent},
                                       {"until", text::to_iso(request_.until)}}));
  const std::string reason =
      text::render(Message("repository.submit.leaving.reason",
                           {{"name", request_.leaving}, {"submission", s.name.empty() ? to_date(change.time()) : s.name}}),
                   text::Language::vi);
  for (const auto& row : result_.handed_on)
    change.add(journal::type::file_amended, journal::encode_amended(row.file, reason));
}

// ---- take, return ----

catalogue::SubmissionRow submission_of(Repository& repository, const std::string& name) {
  const auto row = repository.catalogue().submission(name);
  if (!row)
    throw Error(Exit::usage, "VTLT-REF-01", Message("repository.take.unknown", {{"name", text::printable(name)}}),
                Message("repository.take.unknown.hint"));
  return *row;
}

struct Waiting {
  std::vector<records::Id> order;  // as listed
  std::map<records::Id, catalogue::SubmissionFileRow> all;
};

Waiting waiting_in(Repository& repository, const catalogue::SubmissionRow& submission) {
  Waiting waiting;
  for (auto& row : repository.catalogue().files_of_submission(submission.submission.id)) {
    if (row.step == SubmissionStep::listed) waiting.order.push_back(row.file);
    waiting.all.emplace(row.file, row);
  }
  return waiting;
}

// The files named, or all that wait, in the order of the list. Throws for one that does not wait.
std::vector<records::Id> chosen(Repository& repository, const catalogue::SubmissionRow& submission, const Waiting& waiting,
                                const std::vector<records::Id>& named) {
  const std::string& name = submission.submission.name;
  std::set<records::Id> wanted;
  std::vector<Finding> wrong;
  for (const auto& id : named) {
    const std::string ref = reference(must_exist(repository, id));
    if (!wanted.insert(id).second)
      throw Error(Exit::usage, "VTLT-USE-02", Message("repository.submit.twice", {{"file", ref}}));
    const auto found = waiting.all.find(id);
    const char* key = found == waiting.all.end()                         ? "repository.take.not_in"
                      : found->second.step == SubmissionStep::kept_back ? "repository.take.kept"
                      : found->second.step == SubmissionStep::taken     ? "repository.take.taken"
                      : found->second.step == SubmissionStep::returned  ? "repository.take.returned"
                                                                        : nullptr;
    if (key == nullptr) continue;
    Message message(key, {{"file", ref}, {"submission", name}});
    if (found != waiting.all.end() && found->second.step != SubmissionStep::kept_back)
      message.args.emplace_back("day", text::to_dmy(text::from_iso(found->second.day).value_or(text::Date{})));
    throw Error(Exit::refused, "VTLT-P20", std::move(message), Message("repository.take.none.hint", {{"submission", name}}));
  }
  std::vector<records::Id> files;
  for (const auto& id : waiting.order)
    if (named.empty() || wanted.count(id) != 0) files.push_back(id);
  if (files.empty())
    throw Error(Exit::refused, "VTLT-P20", Message("repository.take.none", {{"submission", name}}),
                Message("repository.take.none.hint", {{"submission", name}}));
  return files;
}

// Of a list those items that are not about other files of the submission: it may hold all of it when some were asked for,
// or taken before.
std::vector<records::ListItem> about_these(Repository& repository, const std::vector<records::ListItem>& list,
                                           const Waiting& waiting, const std::vector<records::Id>& files,
                                           const std::vector<records::ListItem>& there) {
  const std::set<records::Id> these(files.begin(), files.end());
  std::vector<records::ListItem> others;
  for (const auto& [id, step] : waiting.all)
    if (these.count(id) == 0) others.push_back(item_of(must_exist(repository, id), {}));
  if (others.empty()) return list;
  const auto lines_without = [&](const std::vector<records::ListItem>& items) {
    std::set<long> lines;
    for (const auto& one : records::compare_list(list, items))
      if (one.kind == records::DifferenceKind::missing) lines.insert(one.line);
    return lines;
  };
  const auto not_other = lines_without(others), not_these = lines_without(there);
  std::vector<records::ListItem> left;
  for (const auto& item : list)
    if (not_other.count(item.line) != 0 || not_these.count(item.line) == 0) left.push_back(item);
  return left;
}

// References of the files that an item may mean.
std::set<std::string> meant_by(const records::ListItem& item, const std::vector<records::ListItem>& there) {
  std::set<std::string> refs;
  for (const auto& one : there) refs.insert(one.ref);
  for (const auto& difference : records::compare_list({item}, there))
    if (difference.kind == records::DifferenceKind::extra) refs.erase(difference.ref);
  return refs;
}

}  // namespace

SubmitResult submit(Repository& repository, const SubmitRequest& request) {
  if (request.dry_run) {
    Submitter submitter(repository, request);
    return submitter.decide(now());
  }
  Change change(repository);
  Submitter submitter(repository, request);
  const SubmitResult result = submitter.decide(change.time());
  submitter.write(change);
  change.commit();
  return result;
}

TakeResult take(Repository& repository, const TakeRequest& request) {
  TakeResult result;
  // The list is read before anybody waits for the lock.
  if (!request.list.empty()) {
    const std::string bytes = read_whole(repository.files(), request.list, kLargestList);
    result.list = exchange::read_file_items(bytes, request.list.filename().string(), request.table);
    result.differences = result.list->findings;
    for (auto& finding : result.differences) finding.path = text::printable(request.list.filename().string());
  }
  std::vector<catalogue::FileRow> agreed;
  const auto decide = [&] {
    result.submission = submission_of(repository, request.submission);
    const auto waiting = waiting_in(repository, result.submission);
    const auto files = chosen(repository, result.submission, waiting, request.files);
    std::vector<catalogue::FileRow> rows;
    std::vector<records::ListItem> there;
    for (const auto& id : files) {
      check_interrupted();
      rows.push_back(must_exist(repository, id));
      const auto counted = repository::counted(repository, id);
      there.push_back(item_of(rows.back(), counted));
      for (auto& finding : records::check_totals(rows.back().file, counted)) result.findings.push_back(std::move(finding));
    }
    std::set<std::string> differing;
    if (result.list) {
      const auto told = about_these(repository, result.list->items, waiting, files, there);
      const auto differences = records::compare_list(told, there);
      for (const auto& one : differences) differing.insert(one.ref);
      for (auto& finding : records::list_findings(differences)) {
        finding.path = text::printable(request.list.filename().string());
        result.differences.push_back(std::move(finding));
      }
      // A row that could not be read says nothing of its file.
      for (const auto& finding : result.list->findings)
        for (const auto& item : told)
          if (item.line == finding.line) differing.merge(meant_by(item, there));
    }
    agreed.clear();
    for (const auto& row : rows)
      if (differing.count(reference(row)) == 0) agreed.push_back(row);
    result.differing = static_cast<std::int64_t>(rows.size() - agreed.size());
  };
  const auto settle = [&] {
    if (result.differences.empty() || request.partial) result.taken = agreed;
  };
  if (request.dry_run) {
    decide();
    settle();
    return result;
  }
  Change change(repository);
  decide();
  settle();
  for (const auto& row : result.taken)
    change.add(journal::type::file_taken,
               journal::encode_fields({{"submission", result.submission.submission.id.text()},
                                       {"file", row.file.id.text()},
                                       {"note", request.note}}));
  if (result.taken.empty()) return result;
  change.commit();
  result.written = true;
  result.submission = submission_of(repository, request.submission);
  return result;
}

ReturnResult return_files(Repository& repository, const std::string& submission, const std::vector<records::Id>& files,
                          const std::string& reason, bool dry_run) {
  if (reason.empty()) throw Error(Exit::usage, "VTLT-USAGE-REASON", Message("repository.reason_missing"));
  ReturnResult result;
  const auto decide = [&] {
    result.submission = submission_of(repository, submission);
    result.returned.clear();
    for (const auto& id : chosen(repository, result.submission, waiting_in(repository, result.submission), files))
      result.returned.push_back(must_exist(repository, id));
  };
  if (dry_run) {
    decide();
    return result;
  }
  Change change(repository);
  decide();
  for (const auto& row : result.returned)
    change.add(journal::type::file_returned,
               journal::encode_fields({{"submission", result.submission.submission.id.text()},
                                       {"file", row.file.id.text()},
                                       {"reason", reason}}));
  change.commit();
  result.submission = submission_of(repository, submission);
  return result;
}

records::Counted counted(Repository& repository, const records::Id& file) {
  std::vector<records::FiledDocument> documents;
  repository.catalogue().documents_of(file, [&](catalogue::FiledRow&& row) {
    records::FiledDocument filed;
    filed.ordinal = row.ordinal;
    if (row.document.components > 0) filed.components = repository.catalogue().components(row.document.document.id);
    filed.document = std::move(row.document.document);
    documents.push_back(std::move(filed));
  });
  return records::count(documents);
}

records::ListedFile listed(const catalogue::FileRow& row, const records::Counted& counted) {
  records::ListedFile one;
  one.file = &row.file;
  one.documents = counted.documents;
  one.pages = counted.pages;
  one.computer_files = counted.computer_files;
  one.electronic = counted.electronic;
  // A file of the backlog may have its sheets counted and its documents not entered.
  one.paper = counted.paper || row.file.sheets > 0 || row.file.box || !counted.electronic;
  return one;
}

void handed_over(Repository& repository, const records::Id& submission, const std::function<void(const HandedOver&)>& each) {
  auto& catalogue = repository.catalogue();
  std::map<records::Id, std::map<std::string, std::string>> recorded;
  journal::Decoder decoder;
  for (const auto& touch : catalogue.touches(submission)) {
    const auto event = catalogue.event(touch.stream, touch.seq);
    if (!event || event->blank || event->type != journal::type::file_submitted) continue;
    auto fields = decoder.fields(repository.stream_of(touch.stream).body(touch.seq));
    records::Id file;
    if (records::Id::parse(fields["file"], file) && fields.count("term") != 0) recorded[file] = std::move(fields);
  }
  for (const auto& one : catalogue.files_of_submission(submission)) {
    if (one.step != SubmissionStep::listed && one.step != SubmissionStep::taken) continue;
    const auto row = catalogue.file(one.file);
    if (!row) continue;
    HandedOver handed{*row, {}, {}, false};
    const auto at = recorded.find(one.file);
    if (at == recorded.end()) {
      handed.counted = counted(repository, one.file);
      each(handed);
      continue;
    }
    const auto text = [&](const char* key) {
      const auto field = at->second.find(key);
      return field == at->second.end() ? std::string() : field->second;
    };
    const auto number = [&](const char* key) { return static_cast<std::int64_t>(std::atoll(text(key).c_str())); };
    const auto date = [&](const char* key) { return text::from_iso(text(key)).value_or(text::Date{}); };
    handed.recorded = true;
    auto& f = handed.file.file;
    f.term = records::parse_term(text("term")).value_or(records::Term{});
    f.start = date("start");
    f.end = date("end");
    f.condition = text("condition");
    f.sheets = static_cast<int>(number("sheets"));
    records::Id box;
    f.box = records::Id::parse(text("box"), box) ? std::optional(box) : std::nullopt;
    handed.centimetres = number("box_centimetres");
    auto& c = handed.counted;
    c.documents = number("documents");
    c.pages = number("pages");
    c.without_pages = number("without_pages");
    c.computer_files = number("computer_files");
    c.paper = number("paper") != 0;
    c.electronic = number("electronic") != 0;
    c.first = date("first");
    c.last = date("last");
    each(handed);
  }
}

void Totals::add(const catalogue::FileRow& row, const records::Counted& counted, std::optional<std::int64_t> centimetres) {
  records::FileRecord file = row.file;
  std::map<records::Id, records::Box> boxes;
  if (file.box) {
    // Each box once, however many of its files are on the list.
    if (!boxes_.insert(*file.box).second)
      file.box.reset();
    else if (auto box = repository_.catalogue().box(*file.box)) {
      if (centimetres) box->shelf_metres = static_cast<double>(*centimetres) / 100;
      boxes.emplace(*file.box, *box);
    }
  }
  records::ListedFile one = listed(row, counted);
  one.file = &file;
  const auto more = records::total({one}, boxes);
  sum_.files += more.files;
  sum_.permanent += more.permanent;
  sum_.with_term += more.with_term;
  sum_.without_term += more.without_term;
  sum_.paper_files += more.paper_files;
  sum_.electronic_files += more.electronic_files;
  sum_.documents += more.documents;
  sum_.pages += more.pages;
  sum_.sheets += more.sheets;
  sum_.computer_files += more.computer_files;
  sum_.paper_without_sheets += more.paper_without_sheets;
  sum_.boxes += more.boxes;
  sum_.centimetres += more.centimetres;
  const auto span = records::shown_span(row.file, counted);
  if (!span.start.empty() && (span_.start.empty() || records::surely_before(span.start, span_.start))) span_.start = span.start;
  if (!span.end.empty() && (span_.end.empty() || records::surely_before(span_.end, span.end))) span_.end = span.end;
}

void due_files(Repository& repository, catalogue::FileFilter filter, const records::Date& as_of,
               const std::function<void(const Due&)>& each, DueScope scope) {
  auto& catalogue = repository.catalogue();
  struct Kept {
    records::Date until;
    std::string consent;
  };
  std::map<records::Id, Kept> kept;
  std::map<records::Id, records::Date> taken;
  for (const auto& submission : catalogue.submissions(filter.fonds)) {
    if (submission.kept_back == 0) continue;
    for (const auto& row : catalogue.files_of_submission(submission.submission.id))
      if (row.step == SubmissionStep::kept_back)  // newest first
        kept.emplace(row.file, Kept{text::from_iso(row.until).value_or(records::Date{}), row.consent});
  }
  const int limit = std::exchange(filter.limit, 0);
  filter.states = {FileState::closed};
  int found = 0;
  catalogue.files(filter, [&](const catalogue::FileRow& row) {
    const bool recent = row.file.ended + 1 >= as_of.year;
    if ((limit != 0 && found >= limit) || (recent && scope == DueScope::law)) return;
    check_interrupted();
    Due due;
    records::SubmissionFacts facts;
    if (const auto at = kept.find(row.file.id); at != kept.end()) {
      facts.kept_until = at->second.until;
      facts.consent = at->second.consent;
    }
    // Long past the law's day the others say nothing more, and its documents need not be read.
    if (recent) {
      const auto counted = repository::counted(repository, row.file.id);
      facts.last_document = counted.last;
      facts.electronic = counted.electronic;
    }
    due.findings = records::judge_deadlines(row.file, facts, as_of);
    if (due.findings.empty()) return;
    due.overdue = std::any_of(due.findings.begin(), due.findings.end(), [](const Finding& one) { return one.level == Level::error; });
    due.file = row;
    ++found;
    each(due);
  });
}

}  // namespace vtlt::repository
