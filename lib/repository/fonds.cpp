#include "repository/fonds.h"

#include <algorithm>

#include "base/error.h"
#include "records/fonds.h"
#include "text/text.h"

namespace vtlt::repository {
namespace {

records::Date today() { return text::from_iso(to_date(now())).value_or(records::Date{}); }

}  // namespace

DescribeFondsResult describe_fonds(Repository& repository, const DescribeFondsRequest& request) {
  DescribeFondsResult result;
  const auto decide = [&] {
    result.before = result.after = repository.fonds(request.code).fonds;
    const auto set = [](std::string& field, const std::optional<std::string>& value) {
      if (value) field = text::nfc(*value);
    };
    set(result.after.history, request.history);
    set(result.after.language, request.language);
    set(result.after.backup, request.backup);
    set(result.after.note, request.note);
    if (!request.opened.empty()) result.after.opened = request.opened;
    result.changed = journal::encode(result.before) != journal::encode(result.after);
  };
  if (request.dry_run) {
    decide();
    return result;
  }
  Change change(repository);
  decide();
  if (!result.changed) return result;
  change.add(journal::type::fonds_opened, journal::encode(result.after));
  change.commit();
  return result;
}

void name_fonds(Repository& repository, const NameFondsRequest& request) {
  records::FondsName name;
  const auto decide = [&] {
    const auto row = repository.fonds(request.code);
    name = {row.fonds.id, request.organ, text::nfc(request.name), request.since, text::nfc(request.basis)};
    for (const auto& one : repository.catalogue().fonds_names(row.fonds.id))
      if (one.since == name.since && one.name == name.name && one.organ == name.organ)
        throw Error(Exit::refused, "VTLT-D01", Message("repository.fonds.named_already", {{"name", name.name}, {"since", text::to_dmy(name.since)}}));
  };
  if (request.dry_run) return decide();
  Change change(repository);
  decide();
  change.add(journal::type::fonds_named, journal::encode(name));
  change.commit();
}

CloseFondsResult close_fonds(Repository& repository, const CloseFondsRequest& request) {
  CloseFondsResult result;
  if (request.basis.empty())
    throw Error(Exit::usage, "VTLT-USE-08", Message("repository.fonds.close.basis"), Message("repository.fonds.close.basis.hint"));
  const auto decide = [&] {
    result = {};
    result.fonds = repository.fonds(request.code).fonds;
    auto& fonds = result.fonds;
    auto& catalogue = repository.catalogue();
    catalogue::FileFilter open;
    open.fonds = fonds.id;
    open.states = {records::FileState::open, records::FileState::planned};
    result.open_files = catalogue.count_files(open);
    for (auto& finding : records::check_fonds_closing(fonds, request.closed, request.basis, request.successor,
                                                      result.open_files, today())) {
      if (finding.level == Level::error)
        throw Error(Exit::refused, "VTLT-P34", std::move(finding.message), std::move(finding.hint));
      result.findings.push_back(std::move(finding));
    }
    // From the day the decision takes effect the old body issues nothing (CV 414/BNV-VTLTNN).
    catalogue::EntryFilter later;
    later.fonds = fonds.id;
    later.book = records::Book::out;
    later.since = text::to_iso(text::add_days(request.closed, 1));
    std::string names;
    std::int64_t count = 0;
    catalogue.entries(later, [&](const catalogue::EntryRow& row) {
      if (row.voided || row.entry.date.empty()) return;
      if (++count <= 5) names += (names.empty() ? "" : ", ") + row.entry.own.text();
    });
    if (count > 0)
      throw Error(Exit::refused, "VTLT-P34",
                  Message("repository.fonds.close.later", {{"count", count}, {"names", names}, {"date", text::to_dmy(request.closed)}}),
                  Message("repository.fonds.close.later.hint"));
    catalogue::EntryFilter entries;
    entries.fonds = fonds.id;
    entries.unfiled = true;
    result.unfiled = catalogue.count_entries(entries);
    entries.unfiled = false;
    entries.book = records::Book::in;
    catalogue.entries(entries, [&](const catalogue::EntryRow& row) {
      result.unanswered += !row.entry.due.empty() && !row.answered && !row.voided ? 1 : 0;
    });
    fonds.closed = request.closed;
    fonds.closed_basis = text::nfc(request.basis);
    fonds.successor = text::nfc(request.successor);
  };
  if (request.dry_run) {
    decide();
    return result;
  }
  Change change(repository);
  decide();
  change.add(journal::type::fonds_closed, journal::encode_fields({{"fonds", result.fonds.id.text()},
                                                                  {"closed", text::to_iso(result.fonds.closed)},
                                                                  {"basis", result.fonds.closed_basis},
                                                                  {"successor", result.fonds.successor}}));
  change.commit();
  return result;
}

FondsTotals totals_of_fonds(Repository& repository, const records::Id& fonds) {
  FondsTotals totals;
  auto& catalogue = repository.catalogue();
  catalogue::FileFilter filter;
  filter.fonds = fonds;
  filter.all = true;
  const auto reach = [&](int year) {
    if (year == 0) return;
    totals.first_year = totals.first_year == 0 ? year : std::min(totals.first_year, year);
    totals.last_year = std::max(totals.last_year, year);
  };
  catalogue.files(filter, [&](const catalogue::FileRow& row) {
    if (row.file.state == records::FileState::destroyed || row.file.state == records::FileState::planned) return;
    ++totals.files;
    totals.permanent += row.file.term.kind == records::TermKind::permanent ? 1 : 0;
    reach(row.file.start.year);
    reach(row.file.end.year);
    if (row.file.start.empty()) reach(row.file.year);
  });
  for (const auto& row : catalogue.boxes_with_counts(fonds)) {
    row.box.unarranged ? ++totals.unarranged : ++totals.boxes;
    totals.centimetres += static_cast<std::int64_t>(row.box.shelf_metres * 100 + 0.5);
  }
  catalogue::EntryFilter entries;
  entries.fonds = fonds;
  totals.documents = catalogue.count_entries(entries);
  return totals;
}

}  // namespace vtlt::repository
