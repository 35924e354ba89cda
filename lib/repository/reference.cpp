// References: [kind.][year.]designation, or the beginning of an id.
#include <algorithm>
#include <charconv>

#include "base/clock.h"
#include "base/error.h"
#include "records/file_names.h"
#include "repository/state.h"
#include "text/text.h"

namespace vtlt::repository {
namespace {

using records::Book;

struct Parsed {
  std::string kind;  // "di" "den" "nb" "sao" "hs" "hop" or ""
  int year = 0;
  std::string designation;
};

bool digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

Parsed parse(std::string_view text) {
  Parsed parsed;
  const auto take = [&](std::string_view& rest) {
    const std::size_t dot = rest.find('.');
    const std::string_view first = dot == std::string_view::npos ? std::string_view() : rest.substr(0, dot);
    if (!first.empty()) rest.remove_prefix(dot + 1);
    return first;
  };
  std::string_view rest = text, before = rest;
  const std::string first = text::fold(take(rest));
  for (const char* kind : {"di", "den", "nb", "sao", "hs", "hop"})
    if (first == kind) parsed.kind = kind;
  if (parsed.kind.empty()) rest = before;
  before = rest;
  const std::string_view year = take(rest);
  if (year.size() == 4 && digits(year) && (year[0] == '1' || year[0] == '2')) {
    std::from_chars(year.data(), year.data() + 4, parsed.year);
  } else {
    rest = before;
  }
  parsed.designation = std::string(rest);
  return parsed;
}

std::optional<Book> book_of(const std::string& kind) {
  if (kind == "den") return Book::in;
  if (kind == "di") return Book::out;
  if (kind == "nb") return Book::internal;
  if (kind == "sao") return Book::copy;
  return std::nullopt;
}

std::string entry_name(const records::RegisterEntry& e) {
  const std::string year = std::to_string(e.year) + ".";
  if (e.book == Book::in) return "den." + year + std::to_string(e.number) + e.suffix;
  const std::string name = e.own.text();
  if (!name.empty()) return (e.book == Book::out ? "di." : e.book == Book::internal ? "nb." : "sao.") + year + name;
  if (e.number != 0) return std::string(records::book_prefix(e.book)) + "." + year + std::to_string(e.number);
  return e.document ? e.document->brief() : e.id.brief();
}

[[noreturn]] void none(const std::string& reference) {
  throw Error(Exit::usage, "VTLT-REF-01", Message("repository.reference.none", {{"reference", reference}}),
              Message("repository.reference.none.hint"));
}

template <typename Row, typename Name>
Row choose(Repository& repository, std::vector<Row> rows, const std::string& reference, const ReferenceContext& context,
           const Parsed& parsed, const Name& describe, int (*year_of_row)(const Row&), records::Id (*fonds_of_row)(const Row&)) {
  if (rows.empty()) none(reference);
  // Writing assumes the current year; looking takes what is unique.
  const int assumed = parsed.year != 0 ? parsed.year : context.year;
  if (assumed == 0 && (context.writing || rows.size() > 1)) {
    std::vector<Row> current;
    for (const auto& row : rows)
      if (year_of_row(row) == context.current_year) current.push_back(row);
    if (current.size() == 1) return current.front();
    if (!context.writing && rows.size() == 1) return rows.front();
  } else if (rows.size() == 1) {
    return rows.front();
  }
  std::string candidates;
  // What stands there can be typed: with the fonds, where that is the difference.
  const bool several = std::any_of(rows.begin(), rows.end(), [&](const Row& row) { return fonds_of_row(row) != fonds_of_row(rows.front()); });
  for (std::size_t i = 0; i < rows.size() && i < 20; ++i) {
    const auto fonds = several ? repository.catalogue().fonds(fonds_of_row(rows[i])) : std::nullopt;
    candidates += "\n  " + describe(rows[i], fonds ? " --fonds " + fonds->fonds.code : "");
  }
  throw Error(Exit::usage, "VTLT-REF-02",
              Message("repository.reference.several", {{"reference", reference}, {"candidates", candidates}}));
}

std::optional<records::Id> fonds_id(Repository& repository, const ReferenceContext& context) {
  if (!context.fonds.empty()) return repository.fonds(context.fonds).fonds.id;
  if (context.writing) return repository.fonds().fonds.id;
  return std::nullopt;
}

std::optional<records::Id> by_prefix(Repository& repository, const std::string& reference) {
  const auto ids = repository.catalogue().ids_with_prefix(reference, 6);
  if (ids.size() == 1) return ids.front();
  if (ids.size() > 1) {
    std::string candidates;
    for (const auto& id : ids) candidates += "\n  " + id.brief(12);
    throw Error(Exit::usage, "VTLT-REF-02",
                Message("repository.reference.several", {{"reference", reference}, {"candidates", candidates}}));
  }
  return std::nullopt;
}

std::vector<catalogue::EntryRow> find_entries(Repository& repository, const Parsed& parsed, const ReferenceContext& context) {
  const auto fonds = fonds_id(repository, context);
  const auto book = book_of(parsed.kind);
  const int year = parsed.year != 0 ? parsed.year : context.year;
  const auto own = records::parse_document_number(parsed.designation);
  std::vector<catalogue::EntryRow> rows;
  const std::size_t letters = parsed.designation.find_first_not_of("0123456789");
  if (parsed.designation.find('/') == std::string::npos && letters != 0 && !parsed.kind.empty() &&
      (letters == std::string::npos || letters + 1 == parsed.designation.size())) {
    int number = 0;
    std::from_chars(parsed.designation.data(), parsed.designation.data() + parsed.designation.size(), number);
    rows = repository.catalogue().entries_by_number(fonds, book, year, number,
                                                    letters == std::string::npos ? "" : parsed.designation.substr(letters));
  } else if (own && !own->notation.empty()) {
    rows = repository.catalogue().entries_by_own(fonds, book, year, *own);
    // Without a kind our own outgoing documents come first: "87/UBND-VP" is ours unless nothing of ours fits.
    if (!book) {
      std::vector<catalogue::EntryRow> ours;
      for (const auto& row : rows)
        if (row.entry.book != Book::in) ours.push_back(row);
      if (!ours.empty()) rows = std::move(ours);
    }
  }
  std::erase_if(rows, [](const catalogue::EntryRow& row) { return row.voided; });
  return rows;
}

std::vector<catalogue::FileRow> find_files(Repository& repository, const Parsed& parsed, const std::string& whole,
                                           const ReferenceContext& context) {
  const auto fonds = fonds_id(repository, context);
  const int year = parsed.year != 0 ? parsed.year : context.year;
  auto rows = repository.catalogue().files_by_notation(fonds, year, parsed.designation);
  if (rows.empty()) {
    // A full code, H57.32.15.2026.04.VP.
    for (const auto& row : repository.catalogue().fonds()) {
      const std::string prefix = row.fonds.organ + ".";
      if (row.fonds.organ.empty() || whole.compare(0, prefix.size(), prefix) != 0) continue;
      const Parsed tail = parse(whole.substr(prefix.size()));
      if (tail.year != 0) rows = repository.catalogue().files_by_notation(row.fonds.id, tail.year, tail.designation);
    }
  }
  return rows;
}

int entry_year(const catalogue::EntryRow& row) { return row.entry.year; }
int file_year(const catalogue::FileRow& row) { return row.file.year; }
records::Id entry_fonds(const catalogue::EntryRow& row) { return row.entry.fonds; }
records::Id file_fonds(const catalogue::FileRow& row) { return row.file.fonds; }

}  // namespace

catalogue::EntryRow resolve_entry(Repository& repository, const std::string& reference, const ReferenceContext& context) {
  const Parsed parsed = parse(reference);
  const auto rows = find_entries(repository, parsed, context);
  if (rows.empty()) {
    if (const auto id = by_prefix(repository, reference)) {
      std::optional<catalogue::EntryRow> row;
      if (id->kind == records::Kind::entry) row = repository.catalogue().entry(*id);
      if (id->kind == records::Kind::document) {
        const auto document = repository.catalogue().document(*id);
        if (document && document->document.entry) row = repository.catalogue().entry(*document->document.entry);
      }
      if (row) return *row;
    }
  }
  return choose<catalogue::EntryRow>(
      repository, rows, reference, context, parsed,
      [](const catalogue::EntryRow& row, const std::string& fonds) {
        return entry_name(row.entry) + fonds + "  " + text::to_dmy(row.entry.date) + "  " + text::cut(row.entry.subject, 60);
      },
      entry_year, entry_fonds);
}

catalogue::FileRow resolve_file(Repository& repository, const std::string& reference, const ReferenceContext& context) {
  Parsed parsed = parse(reference);
  const auto rows = find_files(repository, parsed, reference, context);
  // Of an arranged fonds: hồ sơ số, or the provisional one. The year is no part of it.
  if (rows.size() == 1 && rows.front().file.notation.empty()) return rows.front();
  if (rows.empty()) {
    if (const auto id = by_prefix(repository, reference); id && id->kind == records::Kind::file)
      if (const auto row = repository.catalogue().file(*id)) return *row;
  }
  // A full code names its year.
  if (rows.size() == 1 && parsed.year == 0 && reference.find("." + std::to_string(rows[0].file.year) + ".") != std::string::npos)
    parsed.year = rows[0].file.year;
  return choose<catalogue::FileRow>(
      repository, rows, reference, context, parsed,
      [](const catalogue::FileRow& row, const std::string& fonds) {
        return records::file_name(row.file) + fonds + "  " + text::cut(row.file.title, 60);
      },
      file_year, file_fonds);
}

Target resolve(Repository& repository, const std::string& reference, const ReferenceContext& context) {
  const Parsed parsed = parse(reference);
  auto& catalogue = repository.catalogue();
  if (parsed.kind == "hop") {
    for (const auto& box : catalogue.boxes(fonds_id(repository, context)))
      if (text::compare(box.number, parsed.designation) == 0) return {Target::Kind::box, box.id};
    none(reference);
  }
  if (reference.rfind("nhap-", 0) == 0) {
    const auto batch = catalogue.batch(reference);
    if (batch) return {Target::Kind::batch, batch->id};
    none(reference);
  }
  if (reference.rfind("goi-", 0) == 0) {
    const auto package = catalogue.package_by_name(reference);
    if (package) return {Target::Kind::package, package->plan.id};
    none(reference);
  }
  if (reference.rfind("nop-", 0) == 0) {
    const auto submission = catalogue.submission(reference);
    if (submission) return {Target::Kind::submission, submission->submission.id};
    none(reference);
  }
  if (parsed.kind == "hs") return {Target::Kind::file, resolve_file(repository, reference, context).file.id};
  if (!parsed.kind.empty()) return {Target::Kind::entry, resolve_entry(repository, reference, context).entry.id};
  if (!find_files(repository, parsed, reference, context).empty())
    return {Target::Kind::file, resolve_file(repository, reference, context).file.id};
  if (!find_entries(repository, parsed, context).empty())
    return {Target::Kind::entry, resolve_entry(repository, reference, context).entry.id};
  if (const auto id = by_prefix(repository, reference)) {
    switch (id->kind) {
      case records::Kind::entry: return {Target::Kind::entry, *id};
      case records::Kind::document: return {Target::Kind::document, *id};
      case records::Kind::file: return {Target::Kind::file, *id};
      case records::Kind::component: return {Target::Kind::component, *id};
      case records::Kind::box: return {Target::Kind::box, *id};
      case records::Kind::batch: return {Target::Kind::batch, *id};
      case records::Kind::package: return {Target::Kind::package, *id};
      case records::Kind::fonds: return {Target::Kind::fonds, *id};
      case records::Kind::submission: return {Target::Kind::submission, *id};
      default: break;
    }
  }
  none(reference);
}

std::string name_of(Repository& repository, const Target& target) {
  auto& catalogue = repository.catalogue();
  switch (target.kind) {
    case Target::Kind::entry:
      if (const auto row = catalogue.entry(target.id)) return entry_name(row->entry);
      break;
    case Target::Kind::document:
      if (const auto row = catalogue.document(target.id); row && row->document.entry)
        if (const auto entry = catalogue.entry(*row->document.entry)) return entry_name(entry->entry);
      break;
    case Target::Kind::file:
      if (const auto row = catalogue.file(target.id); row && row->file.state != records::FileState::destroyed)
        return records::file_name(row->file);
      break;
    case Target::Kind::box:
      for (const auto& box : catalogue.boxes(std::nullopt))
        if (box.id == target.id) return "hop." + box.number;
      break;
    case Target::Kind::package:
      for (const auto& row : catalogue.packages())
        if (row.plan.id == target.id) return row.plan.name;
      break;
    case Target::Kind::submission:
      for (const auto& row : catalogue.submissions(std::nullopt))
        if (row.submission.id == target.id) return row.submission.name;
      break;
    default: break;
  }
  return target.id.brief();
}

}  // namespace vtlt::repository
