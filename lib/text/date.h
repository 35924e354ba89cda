// Dates of records: whole or partial, never invented (P47, D10).
#pragma once
#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace vtlt::text {

// day 0: only month and year known; month 0: only the year; year 0: no date.
struct Date {
  int year = 0, month = 0, day = 0;
  bool empty() const { return year == 0; }
  bool whole() const { return day != 0; }
  auto operator<=>(const Date&) const = default;
};

// Accepts 5/1/2026, 05/01/2026, 5-1-2026, 5.1.2026, 01/2026, 1998, 2026-01-05, 2026-01, and the long form
// "ngày 05 tháng 01 năm 2020". nullopt: not a date, impossible (31/02/2026), or a two-digit year. Surrounding
// space is allowed.
std::optional<Date> parse_date(std::string_view text);
std::string to_iso(const Date& date);  // 2026-01-05, 2026-01, 2026; empty for none
std::optional<Date> from_iso(std::string_view text);
std::string to_dmy(const Date& date);  // 05/01/2026, 01/2026, 2026
std::string to_long(
    const Date& date);  // "ngày 05 tháng 01 năm 2020": day < 10 and months 1, 2 get a zero (NĐ30)
int days_between(const Date& from, const Date& to);  // both whole
Date add_days(const Date& date, int days);
int weekday(const Date& date);  // 1 Monday .. 7 Sunday

}  // namespace vtlt::text
