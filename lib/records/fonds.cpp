#include "records/fonds.h"

#include <algorithm>

#include "base/error.h"
#include "records/references.h"

namespace vtlt::records {
namespace {

constexpr const char* kBasis = "CV 414/BNV-VTLTNN";

Date first_day(const Date& date) {
  return {date.year, std::max(date.month, 1), std::max(date.day, 1)};
}

}  // namespace

std::vector<Finding> check_fonds_act(const Fonds& fonds, FondsAct act, const Date& day) {
  if (fonds.closed.empty()) return {};
  const bool after = day.empty() || first_day(day) > fonds.closed;
  const char* key = nullptr;
  switch (act) {
    case FondsAct::number:
      key = "records.fonds.number";
      break;
    case FondsAct::open_file:
      key = "records.fonds.file";
      break;
    case FondsAct::late:
    case FondsAct::add:
      if (after) key = "records.fonds.late";
      break;
    case FondsAct::incoming:
      if (after) key = "records.fonds.incoming";
      break;
    case FondsAct::arrange:
    case FondsAct::appraise:
      break;
  }
  if (key == nullptr) return {};
  const bool heir = !fonds.successor.empty();
  return {finding("P34", Level::error, fonds.code,
                  Message(key, {{"fonds", fonds.name}, {"date", text::to_dmy(fonds.closed)}}),
                  heir ? Message("records.fonds.successor", {{"successor", fonds.successor}})
                       : Message("records.fonds.no_successor.hint"),
                  fonds.closed_basis.empty() ? kBasis : fonds.closed_basis + "; " + kBasis)};
}

std::vector<Finding> check_fonds_closing(const Fonds& fonds, const Date& closed, const std::string& basis,
                                         const std::string& successor, std::int64_t open_files,
                                         const Date& today) {
  VTLT_ASSERT(today.whole());
  std::vector<Finding> found;
  const auto report = [&](Level level, Message message, Message hint = {}) {
    found.push_back(finding("P34", level, fonds.code, std::move(message), std::move(hint), kBasis));
  };
  if (!fonds.closed.empty()) {
    report(Level::error, Message("records.fonds.twice", {{"date", text::to_dmy(fonds.closed)}}));
    return found;
  }
  if (!closed.whole() || closed > today || (!fonds.opened.empty() && closed < fonds.opened))
    report(Level::error, Message("records.fonds.day", {{"date", text::to_dmy(closed)}}),
           Message("records.fonds.day.hint"));
  if (basis.empty())
    report(Level::error, Message("records.fonds.no_basis"), Message("records.fonds.no_basis.hint"));
  if (successor.empty()) report(Level::warning, Message("records.fonds.no_successor"));
  if (open_files > 0)
    report(Level::warning, Message("records.fonds.open_files", {{"count", open_files}}),
           Message("records.fonds.open_files.hint"));
  return found;
}

}  // namespace vtlt::records
