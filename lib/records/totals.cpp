#include "records/totals.h"

#include <algorithm>

#include "records/references.h"

namespace vtlt::records {
namespace {

constexpr const char* kBasis = "TT 05/2025/TT-BNV, Điều 24 khoản 2, 3";

// "2026" stands for all its days: as the earliest and the latest of them.
Date earliest(const Date& date) {
  return {date.year, std::max(date.month, 1), std::max(date.day, 1)};
}
Date latest(const Date& date) {
  const int month = date.month == 0 ? 12 : date.month;
  return {date.year, month, date.day == 0 ? 31 : date.day};
}

}  // namespace

bool surely_before(const Date& a, const Date& b) {
  return !a.empty() && !b.empty() && latest(a) < earliest(b);
}

std::optional<std::int64_t> Counted::all_pages() const {
  return without_pages == 0 ? std::optional(pages) : std::nullopt;
}

std::int64_t pages_of(const FiledDocument& filed) {
  if (filed.document.pages > 0) return filed.document.pages;
  std::int64_t pages = 0;
  for (const Role role : {Role::main, Role::scan, Role::copy}) {
    for (const auto& component : filed.components)
      if (component.role == role && component.size > 0) {
        if (component.pages <= 0) return 0;  // some of it is not counted
        pages += component.pages;
      }
    // A scan shows the same pages again.
    if (pages > 0) return pages;
  }
  return 0;
}

Counted count(const std::vector<FiledDocument>& documents) {
  Counted counted;
  for (const auto& filed : documents) {
    ++counted.documents;
    const std::int64_t pages = pages_of(filed);
    counted.pages += pages;
    counted.without_pages += pages == 0 ? 1 : 0;
    bool content = false;
    for (const auto& component : filed.components)
      if (component.size > 0) {
        ++counted.computer_files;
        content = true;
      }
    const Carrier carrier = filed.document.carrier;
    counted.paper |= carrier == Carrier::paper || carrier == Carrier::both;
    counted.electronic |= carrier == Carrier::electronic || carrier == Carrier::both || content;
    const Date& date = filed.document.date;
    if (date.empty()) {
      ++counted.without_date;
      continue;
    }
    if (counted.first.empty() || earliest(date) < earliest(counted.first)) counted.first = date;
    if (counted.last.empty() || latest(date) > latest(counted.last)) counted.last = date;
  }
  return counted;
}

Span shown_span(const FileRecord& file, const Counted& counted) {
  return {file.start.empty() ? counted.first : file.start, file.end.empty() ? counted.last : file.end};
}

std::vector<Finding> check_totals(const FileRecord& file, const Counted& counted) {
  std::vector<Finding> found;
  const auto report = [&](Level level, Message message) {
    found.push_back(finding("D8", level, file_reference(file), std::move(message),
                            Message("records.totals.hint"), kBasis));
  };
  if (surely_before(file.end, file.start))
    report(Level::error, Message("records.totals.backwards",
                                 {{"start", text::to_dmy(file.start)}, {"end", text::to_dmy(file.end)}}));
  if (counted.documents == 0) return found;
  if (file.documents_told > 0 && file.documents_told != counted.documents)
    report(Level::warning, Message("records.totals.documents", {{"told", std::int64_t{file.documents_told}},
                                                                {"there", counted.documents}}));
  if (file.pages_told > 0 && file.pages_told != counted.pages) {
    if (counted.without_pages == 0)
      report(Level::warning, Message("records.totals.pages",
                                     {{"told", std::int64_t{file.pages_told}}, {"there", counted.pages}}));
    else if (counted.pages > file.pages_told)
      report(Level::warning,
             Message("records.totals.pages_at_least", {{"told", std::int64_t{file.pages_told}},
                                                       {"there", counted.pages},
                                                       {"unknown", counted.without_pages}}));
  }
  if (surely_before(counted.first, file.start))
    report(Level::warning, Message("records.totals.start", {{"told", text::to_dmy(file.start)},
                                                            {"there", text::to_dmy(counted.first)}}));
  if (surely_before(file.end, counted.last))
    report(Level::warning, Message("records.totals.end", {{"told", text::to_dmy(file.end)},
                                                          {"there", text::to_dmy(counted.last)}}));
  return found;
}

}  // namespace vtlt::records
