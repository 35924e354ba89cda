// Files (hồ sơ): open, fill, close.
#include <algorithm>

#include "base/error.h"
#include "repository/adopting.h"
#include "repository/state.h"
#include "repository/work.h"
#include "text/text.h"

namespace vtlt::repository {
namespace {

using records::FileState;

std::string file_name(Repository& repository, const records::Id& id) { return name_of(repository, {Target::Kind::file, id}); }

catalogue::FileRow must_exist(Repository& repository, const records::Id& id) {
  const auto row = repository.catalogue().file(id);
  if (!row) throw Error(Exit::usage, "VTLT-REF-01", Message("repository.reference.none", {{"reference", id.brief()}}));
  return *row;
}

void must_be_open(Repository& repository, const catalogue::FileRow& row) {
  if (row.file.state != FileState::open && row.file.state != FileState::planned)
    throw Error(Exit::refused, "VTLT-P15", Message("repository.file.not_open", {{"file", file_name(repository, row.file.id)}}));
}

// "01.VP" → {1, "VP"}; nothing for another form.
std::optional<std::pair<int, std::string>> split_notation(const std::string& notation) {
  const std::size_t dot = notation.find('.');
  if (dot == std::string::npos || dot == 0 || dot > 6) return std::nullopt;
  int number = 0;
  for (std::size_t i = 0; i < dot; ++i) {
    if (notation[i] < '0' || notation[i] > '9') return std::nullopt;
    number = number * 10 + (notation[i] - '0');
  }
  return std::pair(number, notation.substr(dot + 1));
}

// The large heading's abbreviation of a class ("I.2" → "VP"): NĐ30 PL V part I.
std::string heading_of(const scheme::Scheme& scheme, const scheme::Class& one) {
  if (!one.abbreviation.empty()) return one.abbreviation;
  const std::size_t dot = one.no.find('.');
  const auto* large = scheme.find_class(one.no.substr(0, dot));
  return large != nullptr ? large->abbreviation : std::string();
}

std::string next_notation(Repository& repository, const scheme::Scheme& scheme, const records::Id& fonds, int year, const std::string& heading) {
  int largest = 0;
  const std::string folded = text::fold(heading);
  repository.catalogue().files(fonds, year, std::nullopt, [&](const catalogue::FileRow& row) {
    const auto parts = split_notation(row.file.notation);
    if (parts && (scheme.file_numbering == "continuous" || text::fold(parts->second) == folded))
      largest = std::max(largest, parts->first);
  });
  const std::string number = std::to_string(largest + 1);
  return (number.size() < 2 ? "0" : "") + number + "." + heading;
}

}  // namespace

std::vector<records::FiledDocument> contents_of(Repository& repository, const records::Id& file) {
  std::vector<records::FiledDocument> all;
  contents_of(repository, file, [&](records::FiledDocument&& filed) { all.push_back(std::move(filed)); });
  return all;
}

void contents_of(Repository& repository, const records::Id& file, const std::function<void(records::FiledDocument&&)>& each) {
  repository.catalogue().documents_of(file, [&](catalogue::FiledRow&& row) {
    records::FiledDocument filed;
    filed.ordinal = row.ordinal;
    filed.components = repository.catalogue().components(row.document.document.id);
    // The message that brought a document is evidence beside it, not part of it.
    std::erase_if(filed.components, [](const records::Component& one) { return one.role == records::Role::message; });
    filed.document = std::move(row.document.document);
    each(std::move(filed));
  });
}

FileOpenResult open_file(Repository& repository, const FileOpenRequest& request) {
  const auto fonds = repository.fonds(request.fonds);
  const auto& scheme = repository.scheme(fonds.fonds.id);
  if (!fonds.fonds.closed.empty())
    throw Error(Exit::refused, "VTLT-P34",
                Message("repository.fonds.closed", {{"fonds", fonds.fonds.code}, {"date", text::to_dmy(fonds.fonds.closed)}}));
  FileOpenResult result;
  records::FileRecord& file = result.file.file;
  file = request.file;
  file.id = records::new_id(records::Kind::file);
  file.fonds = fonds.fonds.id;
  file.state = FileState::open;
  file.class_no = request.class_no;
  if (file.title.empty()) throw Error(Exit::usage, "VTLT-USAGE-TITLE", Message("repository.file.title_missing"));
  if (file.year == 0) file.year = year_of(now());
  const scheme::Class* heading = nullptr;
  if (!request.class_no.empty()) {
    heading = scheme.find_class(request.class_no);
    if (heading == nullptr) heading = scheme.class_of_abbreviation(request.class_no);
    if (heading == nullptr)
      throw Error(Exit::usage, "VTLT-P13", Message("repository.class.unknown", {{"class", request.class_no}}),
                  Message("repository.class.unknown.hint"));
    file.class_no = heading->no;
  } else if (const auto parts = split_notation(file.notation)) {
    heading = scheme.class_of_abbreviation(parts->second);
    if (heading != nullptr) file.class_no = heading->no;
    // P13: the notation ends in the abbreviation of a large heading.
    if (heading == nullptr) {
      Finding finding;
      finding.code = "VTLT-P13";
      finding.level = Level::warning;
      finding.message = Message("repository.file.heading", {{"notation", file.notation}});
      finding.basis = "NĐ 30/2020 PL V";
      result.findings.push_back(std::move(finding));
    }
  }
  if (!file.rule.empty()) {
    const auto* rule = scheme.find_rule(file.rule);
    if (rule == nullptr) throw Error(Exit::usage, "VTLT-P21", Message("repository.rule.unknown", {{"rule", file.rule}}));
    if (file.term.kind == records::TermKind::none) file.term = rule->term;
    if (file.term_source.empty()) file.term_source = scheme::term_source(*rule);
  } else if (heading != nullptr && file.term.kind == records::TermKind::none) {
    // A planned file with the same title says the rule.
    const std::string folded = text::fold(file.title);
    const std::string year = std::to_string(file.year);
    for (const auto& planned : heading->files) {
      std::string title = planned.title;
      for (std::size_t at; (at = title.find("{year}")) != std::string::npos;) title.replace(at, 6, year);
      const auto* rule = scheme.find_rule(planned.rule);
      if (text::fold(title) != folded || rule == nullptr) continue;
      file.rule = rule->id;
      file.term = rule->term;
      file.term_source = scheme::term_source(*rule);
    }
  }
  if (file.term.kind == records::TermKind::none) {
    Finding finding;
    finding.code = "VTLT-D02";
    finding.level = Level::warning;
    finding.message = Message("repository.file.term_missing");
    finding.hint = Message("repository.file.term_missing.hint");
    finding.basis = "NĐ 30/2020 Đ29";
    result.findings.push_back(std::move(finding));
  }
  if (file.access.empty()) file.access = heading != nullptr && !heading->access.empty() ? heading->access : scheme.default_access;

  const auto decide = [&] {
    if (file.notation.empty()) {
      const std::string abbreviation = heading != nullptr ? heading_of(scheme, *heading) : std::string();
      if (abbreviation.empty())
        throw Error(Exit::usage, "VTLT-P13", Message("repository.file.notation_missing"), Message("repository.class.unknown.hint"));
      file.notation = next_notation(repository, scheme, fonds.fonds.id, file.year, abbreviation);
    }
    for (auto& finding : records::check_file(file)) result.findings.push_back(std::move(finding));
    // D03: one code once in a fonds.
    const auto held = repository.catalogue().files_by_notation(fonds.fonds.id, file.year, file.notation);
    if (!held.empty())
      throw Error(Exit::refused, "VTLT-D03",
                  Message("repository.file.exists", {{"file", std::to_string(file.year) + "." + file.notation}, {"title", held.front().file.title}}));
  };
  if (request.dry_run) {
    decide();
    return result;
  }
  Change change(repository);
  decide();
  change.add(journal::type::file_opened, journal::encode(file));
  if (!request.box.empty()) {
    auto box = repository.catalogue().box(fonds.fonds.id, request.box);
    if (!box) {
      box.emplace();
      box->id = records::new_id(records::Kind::box);
      box->fonds = fonds.fonds.id;
      box->number = request.box;
      change.add(journal::type::box_made, journal::encode(*box));
    }
    change.add(journal::type::file_boxed, journal::encode_fields({{"file", file.id.text()}, {"box", box->id.text()}}));
    file.box = box->id;
  }
  change.commit();
  return result;
}

FileAddResult add_to_file(Repository& repository, const records::Id& file, const std::vector<records::Id>& documents, bool dry_run) {
  FileAddResult result;
  const auto decide = [&](const std::function<void(int, const records::Document&)>& add) {
    result = {};
    result.file = must_exist(repository, file);
    must_be_open(repository, result.file);
    std::set<records::Id> inside;
    for (const auto& row : repository.catalogue().documents_of(file)) inside.insert(row.document.document.id);
    int ordinal = repository.catalogue().last_ordinal(file);
    for (const auto& id : documents) {
      const auto document = repository.catalogue().document(id);
      if (!document) throw Error(Exit::refused, "VTLT-REF-04", Message("repository.document.gone", {{"id", id.brief()}}));
      if (document->document.fonds != result.file.file.fonds)
        throw Error(Exit::refused, "VTLT-P30-FONDS", Message("repository.file.other_fonds", {{"document", name_of(repository, {Target::Kind::document, id})}}));
      if (!inside.insert(id).second) {
        result.present.push_back(document->document);
        continue;
      }
      result.added.emplace_back(++ordinal, document->document);
      if (add) add(ordinal, document->document);
    }
  };
  if (dry_run) {
    decide({});
    return result;
  }
  Change change(repository);
  decide([&](int ordinal, const records::Document& document) {
    change.add(journal::type::file_document_added,
               journal::encode_fields({{"file", file.text()}, {"document", document.id.text()}}, {{"ordinal", ordinal}}));
  });
  change.commit();
  return result;
}

std::vector<records::Document> remove_from_file(Repository& repository, const records::Id& file, const std::vector<int>& ordinals,
                                                const std::string& reason, bool dry_run) {
  if (reason.empty()) throw Error(Exit::usage, "VTLT-USAGE-REASON", Message("repository.reason_missing"));
  std::vector<records::Document> removed;
  std::optional<Change> change;
  if (!dry_run) change.emplace(repository);
  must_be_open(repository, must_exist(repository, file));
  const auto rows = repository.catalogue().documents_of(file);
  for (const int ordinal : ordinals) {
    const auto row = std::find_if(rows.begin(), rows.end(), [&](const auto& one) { return one.ordinal == ordinal; });
    if (row == rows.end())
      throw Error(Exit::usage, "VTLT-REF-01",
                  Message("repository.file.no_ordinal", {{"ordinal", std::to_string(ordinal)}, {"file", file_name(repository, file)}}));
    removed.push_back(row->document.document);
  }
  if (!change) return removed;
  for (const auto& document : removed)
    change->add(journal::type::file_document_removed,
                journal::encode_fields({{"file", file.text()}, {"document", document.id.text()}, {"reason", reason}}));
  // D04: ordinals run without gaps; those behind move up, taken out and put back in order.
  std::vector<records::Id> keep;
  bool moved = false;
  for (const auto& row : rows) {
    const bool gone = std::any_of(removed.begin(), removed.end(), [&](const auto& d) { return d.id == row.document.document.id; });
    if (gone) {
      moved = true;
      continue;
    }
    keep.push_back(row.document.document.id);
    if (!moved || static_cast<int>(keep.size()) == row.ordinal) continue;
    change->add(journal::type::file_document_removed,
                journal::encode_fields({{"file", file.text()}, {"document", keep.back().text()}, {"reason", "renumbered"}}));
    change->add(journal::type::file_document_added,
                journal::encode_fields({{"file", file.text()}, {"document", keep.back().text()}},
                                       {{"ordinal", static_cast<std::int64_t>(keep.size())}}));
  }
  change->commit();
  return removed;
}

FileCloseResult close_file(Repository& repository, const FileCloseRequest& request) {
  FileCloseResult result;
  const auto decide = [&] {
    result = {};
    result.file = must_exist(repository, request.file);
    records::FileRecord& file = result.file.file;
    const std::string name = file_name(repository, request.file);
    must_be_open(repository, result.file);
    const auto documents = contents_of(repository, request.file);
    const int proposed = records::proposed_ended_year(documents);
    if (request.ended == 0)
      throw Error(Exit::usage, "VTLT-TRAP-03",
                  Message(proposed != 0 ? "repository.close.ended_missing" : "repository.close.ended_unknown",
                          {{"file", name}, {"year", std::to_string(proposed)}}));
    if (request.ended < file.year && request.ended < proposed)
      throw Error(Exit::refused, "VTLT-TRAP-03",
                  Message("repository.close.ended_early", {{"year", std::to_string(request.ended)}, {"last", std::to_string(proposed)}}));
    if (request.ended > year_of(now()))
      throw Error(Exit::refused, "VTLT-TRAP-03", Message("repository.close.ended_future", {{"year", std::to_string(request.ended)}}));
    result.findings = records::check_closing(file, documents);
    if (std::any_of(result.findings.begin(), result.findings.end(), [](const Finding& one) { return one.level == Level::error; }))
      throw Error(Exit::refused, "VTLT-P15", Message("repository.close.refused", {{"file", name}})).because(result.findings);
    result.documents = static_cast<int>(documents.size());
    for (const auto& one : documents) result.pages += one.document.pages;
    result.term = request.term ? *request.term : records::longest_term(file, documents);
    result.term_source = request.term ? request.term_reason : term_basis(repository, file);
    const auto* rule = file.rule.empty() ? nullptr : repository.scheme(file.fonds).find_rule(file.rule);
    result.term_confirmed = rule != nullptr && scheme::settled(*rule);
    if (result.term.kind == records::TermKind::none)
      throw Error(Exit::refused, "VTLT-P15-TERM", Message("repository.close.term_missing", {{"file", name}}));
    if (!request.confirm_term && !request.term)
      throw Error(Exit::refused, "VTLT-P15-TERM",
                  Message("repository.close.term_unconfirmed",
                          {{"file", name}, {"term", records::term_text(result.term)}, {"source", result.term_source}}));
    file.ended = request.ended;
    file.state = FileState::closed;
    file.term = result.term;
    file.term_source = result.term_source;
    file.closed_on = text::from_iso(to_date(now())).value_or(text::Date{});
    result.due = records::due_date(result.term, request.ended);
    result.submit_by = {request.ended + 1, 12, 31};
  };
  if (request.dry_run) {
    decide();
    return result;
  }
  Change change(repository);
  decide();
  change.add(journal::type::file_closed,
             journal::encode_fields({{"file", request.file.text()}, {"closed", to_date(change.time())},
                                     {"term", records::term_shorthand(result.term)}, {"term_source", result.term_source}},
                                    {{"ended", request.ended}}));
  change.commit();
  return result;
}

}  // namespace vtlt::repository
