// Files (hồ sơ): open, fill, close.
#include <algorithm>
#include <set>

#include "base/error.h"
#include "records/term_change.h"
#include "records/totals.h"
#include "repository/adopting.h"
#include "repository/filing.h"
#include "repository/state.h"
#include "repository/work.h"
#include "text/text.h"

namespace vtlt::repository {
namespace {

using records::FileState;

std::string next_notation(Repository& repository, const scheme::Scheme& scheme, const records::Id& fonds, int year, const std::string& heading) {
  int largest = 0;
  const std::string folded = text::fold(heading);
  repository.catalogue().files(fonds, year, std::nullopt, [&](const catalogue::FileRow& row) {
    const auto parts = split_notation(row.file.notation);
    if (parts && (scheme.file_numbering == "continuous" || text::fold(parts->second) == folded))
      largest = std::max(largest, parts->first);
  });
  return joined_notation(largest + 1, heading);
}

// A title of the year's list is not opened beside it: the planned file is there, with its number.
void must_not_be_planned(Repository& repository, const records::FileRecord& file) {
  const std::string folded = text::fold(file.title);
  catalogue::FileFilter filter;
  filter.fonds = file.fonds;
  filter.year = file.year;
  filter.states = {FileState::planned};
  repository.catalogue().files(filter, [&](const catalogue::FileRow& row) {
    if (text::fold(row.file.title) != folded) return;
    const std::string name = file_name(repository, row.file.id);
    throw Error(Exit::refused, "VTLT-P15-PLAN", Message("repository.file.planned", {{"file", name}}),
                Message("repository.file.planned.hint", {{"file", name}}));
  });
}

}  // namespace

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

std::string joined_notation(int number, const std::string& heading) {
  const std::string digits = std::to_string(number);
  return (digits.size() < 2 ? "0" : "") + digits + "." + heading;
}

std::string heading_of(const scheme::Scheme& scheme, const scheme::Class& one) {
  if (!one.abbreviation.empty()) return one.abbreviation;
  const std::size_t dot = one.no.find('.');
  const auto* large = scheme.find_class(one.no.substr(0, dot));
  return large != nullptr ? large->abbreviation : std::string();
}

std::string file_name(Repository& repository, const records::Id& id) { return name_of(repository, {Target::Kind::file, id}); }

catalogue::FileRow file_there(Repository& repository, const records::Id& id) {
  const auto row = repository.catalogue().file(id);
  if (!row) throw Error(Exit::usage, "VTLT-REF-01", Message("repository.reference.none", {{"reference", id.brief()}}));
  return *row;
}

void must_take_documents(Repository& repository, const catalogue::FileRow& row) {
  if (row.file.state == FileState::open || row.file.state == FileState::planned) return;
  const std::string name = file_name(repository, row.file.id);
  throw Error(Exit::refused, "VTLT-P15", Message("repository.file.not_open", {{"file", name}}),
              row.file.state == FileState::closed ? Message("repository.file.not_open.hint", {{"file", name}}) : Message());
}

void must_allow(const records::Fonds& fonds, records::FondsAct act, const records::Date& day) {
  for (auto& finding : records::check_fonds_act(fonds, act, day))
    throw Error(Exit::refused, "VTLT-P34", std::move(finding.message), std::move(finding.hint));
}

std::string with_field(std::string body, const char* key, const std::string& value) {
  if (!value.empty()) body.insert(body.size() - 1, "," + journal::json_string(key) + ":" + journal::json_string(value));
  return body;
}

bool lengthen(Change& change, records::FileRecord& file, const records::Document& document) {
  if (!records::longer(document.term, file.term)) return false;
  file.term = document.term;
  const std::string name = document.own.text();
  // Kept words, as a scheme's bases are: in Vietnamese.
  file.term_source = "theo văn bản " + (name.empty() ? document.id.brief() : name) + " (Luật Lưu trữ Đ15.4)";
  change.add(journal::type::file_amended, journal::encode_amended(file, "thời hạn dài nhất của văn bản trong hồ sơ"));
  return true;
}

void put_into(Change& change, records::FileRecord& file, const records::Document& document, int ordinal) {
  if (file.state == FileState::planned) {
    change.add(journal::type::file_state_changed, journal::encode_fields({{"file", file.id.text()}, {"state", "open"}}));
    file.state = FileState::open;
  }
  change.add(journal::type::file_document_added,
             journal::encode_fields({{"file", file.id.text()}, {"document", document.id.text()}}, {{"ordinal", ordinal}}));
  lengthen(change, file, document);
}

void reorder(Change& change, const records::Id& file, int from, const std::vector<records::Id>& documents) {
  constexpr std::size_t kMost = 10'000;  // ids in one body, which is at most 1 MiB
  for (std::size_t at = 0; at < documents.size(); at += kMost) {
    journal::FileReordered body;
    body.file = file;
    body.from = from + static_cast<int>(at);
    body.documents.assign(documents.begin() + static_cast<std::ptrdiff_t>(at),
                          documents.begin() + static_cast<std::ptrdiff_t>(std::min(documents.size(), at + kMost)));
    change.add(journal::type::file_reordered, journal::encode(body));
  }
}

void put_into_box(Repository& repository, Change& change, records::FileRecord& file, const std::string& number) {
  auto box = repository.catalogue().box(file.fonds, number);
  if (!box) {
    box.emplace();
    box->id = records::new_id(records::Kind::box);
    box->fonds = file.fonds;
    box->number = number;
    change.add(journal::type::box_made, journal::encode(*box));
  }
  change.add(journal::type::file_boxed, journal::encode_fields({{"file", file.id.text()}, {"box", box->id.text()}}));
  file.box = box->id;
}

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
  must_allow(fonds.fonds, records::FondsAct::open_file);
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
      result.findings.push_back(
          warning("VTLT-P13", Message("repository.file.heading", {{"notation", file.notation}}), "NĐ 30/2020 PL V"));
    }
  }
  if (!file.rule.empty()) {
    const auto* rule = scheme.find_rule(file.rule);
    if (rule == nullptr) throw Error(Exit::usage, "VTLT-P21", Message("repository.rule.unknown", {{"rule", file.rule}}));
    if (file.term.kind == records::TermKind::none) file.term = rule->term;
    // P23: below its rule only by a decision, which an amendment names.
    if (records::longer(rule->term, file.term) && (!rule->baseline() || rule->checked()))
      throw Error(Exit::refused, "VTLT-P23",
                  Message("repository.file.below_rule", {{"term", records::term_text(file.term)}, {"rule", rule->id},
                                                         {"least", records::term_text(rule->term)}}),
                  Message("repository.file.below_rule.hint"));
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
    result.findings.push_back(warning("VTLT-D02", Message("repository.file.term_missing"), "NĐ 30/2020 Đ29", {},
                                      Message("repository.file.term_missing.hint")));
  }
  if (file.access.empty()) file.access = heading != nullptr && !heading->access.empty() ? heading->access : scheme.default_access;

  const auto decide = [&] {
    must_not_be_planned(repository, file);
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
  if (!request.box.empty()) put_into_box(repository, change, file, request.box);
  change.commit();
  return result;
}

FileAddResult add_to_file(Repository& repository, const records::Id& file, const std::vector<records::Id>& documents, bool dry_run) {
  FileAddResult result;
  const auto decide = [&](const std::function<void(int, const records::Document&)>& add) {
    result = {};
    result.file = file_there(repository, file);
    must_take_documents(repository, result.file);
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
  decide([&](int ordinal, const records::Document& document) { put_into(change, result.file.file, document, ordinal); });
  change.commit();
  return result;
}

std::vector<records::Document> remove_from_file(Repository& repository, const records::Id& file, const std::vector<int>& ordinals,
                                                const std::string& reason, bool dry_run) {
  if (reason.empty()) throw Error(Exit::usage, "VTLT-USAGE-REASON", Message("repository.reason_missing"));
  std::vector<records::Document> removed;
  std::optional<Change> change;
  if (!dry_run) change.emplace(repository);
  must_take_documents(repository, file_there(repository, file));
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
  // D04: ordinals run without gaps; those behind move up.
  std::vector<records::Id> behind;
  int from = 1;
  bool moved = false;
  for (const auto& row : rows) {
    const bool gone = std::any_of(removed.begin(), removed.end(), [&](const auto& d) { return d.id == row.document.document.id; });
    if (!gone && moved) behind.push_back(row.document.document.id);
    if (!gone && !moved) ++from;
    moved = moved || gone;
  }
  reorder(*change, file, from, behind);
  change->commit();
  return removed;
}

namespace {

bool any_error(const std::vector<Finding>& findings) {
  return std::any_of(findings.begin(), findings.end(), [](const Finding& one) { return one.level == Level::error; });
}

// Trap 3: the year the work ended is asked for, never taken from today.
void check_ended(const records::FileRecord& file, const std::string& name, int ended, int proposed) {
  if (ended == 0)
    throw Error(Exit::usage, "VTLT-TRAP-03",
                Message(proposed != 0 ? "repository.close.ended_missing" : "repository.close.ended_unknown",
                        {{"file", name}, {"year", std::to_string(proposed)}}));
  if (ended < file.year && ended < proposed)
    throw Error(Exit::refused, "VTLT-TRAP-03",
                Message("repository.close.ended_early", {{"year", std::to_string(ended)}, {"last", std::to_string(proposed)}}));
  if (ended > year_of(now()))
    throw Error(Exit::refused, "VTLT-TRAP-03", Message("repository.close.ended_future", {{"year", std::to_string(ended)}}));
}

records::TermChange change_of(const scheme::Rule* rule, const FileCloseRequest& request) {
  records::TermChange change;
  change.to = *request.term;
  if (rule != nullptr) {
    change.rule = rule->term;
    change.rule_name = rule->id;
    change.rule_repealed = rule->baseline() && !rule->checked();
  }
  change.decision = request.basis;
  return change;
}

// What closing one file comes to; errors are among the findings.
FileCloseResult judge_closing(Repository& repository, const FileCloseRequest& request) {
  FileCloseResult result;
  result.file = file_there(repository, request.file);
  records::FileRecord& file = result.file.file;
  const std::string name = file_name(repository, request.file);
  must_take_documents(repository, result.file);
  if (file.state == FileState::planned)
    throw Error(Exit::refused, "VTLT-P15", Message("repository.close.planned", {{"file", name}}),
                Message("repository.file.planned.hint", {{"file", name}}));
  const auto documents = contents_of(repository, request.file);
  check_ended(file, name, request.ended, records::proposed_ended_year(documents));
  const auto& scheme = repository.scheme(file.fonds);
  const auto* rule = file.rule.empty() ? nullptr : scheme.find_rule(file.rule);
  result.findings = records::check_closing(file, documents);
  if (request.term)
    for (auto& finding : records::check_term_change(file, documents, change_of(rule, request))) result.findings.push_back(std::move(finding));
  result.term = request.term ? *request.term : records::longest_term(file, documents);
  result.term_source = request.term ? request.term_reason + (request.basis.empty() ? "" : " (" + request.basis + ")") : term_basis(repository, file);
  result.term_confirmed = rule != nullptr && scheme::settled(*rule);
  file.term = result.term;
  file.term_source = result.term_source;
  if (!request.settled.empty()) file.settled = request.settled;
  // P16 by the term it has from now on; D8 against what the source told.
  for (auto& finding : records::check_sheets(file, documents, scheme.sheet_numbers_from)) result.findings.push_back(std::move(finding));
  const auto counted = records::count(documents);
  for (auto& finding : records::check_totals(file, counted)) result.findings.push_back(std::move(finding));
  result.duties = records::paper_duties(file, documents, scheme.sheet_numbers_from);
  result.documents = static_cast<int>(counted.documents);
  result.pages = static_cast<int>(counted.pages);
  file.ended = request.ended;
  file.state = FileState::closed;
  file.closed_on = text::from_iso(to_date(now())).value_or(text::Date{});
  result.due = records::due_date(result.term, request.ended);
  result.submit_by = {request.ended + 1, 12, 31};
  records::SubmissionFacts facts;
  facts.last_document = counted.last;
  facts.electronic = counted.electronic;
  facts.historical = scheme.source_of_submission;
  result.deadlines = records::deadlines(file, facts);
  return result;
}

void confirm_term(const FileCloseRequest& request, const FileCloseResult& result, const std::string& name) {
  if (result.term.kind == records::TermKind::none)
    throw Error(Exit::refused, "VTLT-P15-TERM", Message("repository.close.term_missing", {{"file", name}}));
  if (!request.confirm_term && !request.term)
    throw Error(Exit::refused, "VTLT-P15-TERM",
                Message("repository.close.term_unconfirmed",
                        {{"file", name}, {"term", records::term_text(result.term)}, {"source", result.term_source}}));
}

std::vector<FileCloseResult> judge_all(Repository& repository, const std::vector<FileCloseRequest>& requests) {
  std::vector<FileCloseResult> results;
  std::set<records::Id> seen;
  std::vector<Finding> errors;
  std::int64_t refused = 0;
  for (const auto& request : requests) {
    if (!seen.insert(request.file).second)
      throw Error(Exit::usage, "VTLT-USE-04", Message("repository.close.twice", {{"file", file_name(repository, request.file)}}));
    results.push_back(judge_closing(repository, request));
    const auto& found = results.back().findings;
    refused += any_error(found) ? 1 : 0;
    errors.insert(errors.end(), found.begin(), found.end());
  }
  if (refused > 0 && requests.size() == 1)
    throw Error(Exit::refused, "VTLT-P15", Message("repository.close.refused", {{"file", file_name(repository, requests[0].file)}}))
        .because(std::move(errors));
  if (refused > 0)
    throw Error(Exit::refused, "VTLT-P15",
                Message("repository.close.refused_some", {{"refused", refused}, {"count", static_cast<std::int64_t>(requests.size())}}))
        .because(std::move(errors));
  for (std::size_t i = 0; i < requests.size(); ++i) confirm_term(requests[i], results[i], file_name(repository, requests[i].file));
  return results;
}

}  // namespace

FileCloseResult close_file(Repository& repository, const FileCloseRequest& request) { return close_files(repository, {request}).front(); }

std::vector<FileCloseResult> close_files(Repository& repository, const std::vector<FileCloseRequest>& requests) {
  VTLT_ASSERT(!requests.empty());
  if (requests.front().dry_run) return judge_all(repository, requests);
  Change change(repository);
  const auto results = judge_all(repository, requests);
  for (std::size_t i = 0; i < requests.size(); ++i) {
    const auto& result = results[i];
    const auto before = file_there(repository, requests[i].file).file;
    if (before.settled != result.file.file.settled) {
      records::FileRecord settled = before;
      settled.settled = result.file.file.settled;
      change.add(journal::type::file_amended, journal::encode_amended(settled, "ghi ngày quyết toán khi kết thúc hồ sơ"));
    }
    change.add(journal::type::file_closed,
               journal::encode_fields({{"file", requests[i].file.text()}, {"closed", to_date(change.time())},
                                       {"term", records::term_shorthand(result.term)}, {"term_source", result.term_source}},
                                      {{"ended", requests[i].ended}}));
  }
  change.commit();
  return results;
}

}  // namespace vtlt::repository
