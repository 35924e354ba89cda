#include "records/calendar.h"

namespace vtlt::records {
namespace {

using text::Date;

// The first day of the lunar year, and 10/3 lunar, by the Vietnamese calendar (UTC+7).
struct Lunar {
  int year, new_year_month, new_year_day, kings_month, kings_day;
};
constexpr Lunar kLunar[] = {
    {2020, 1, 25, 4, 2},  {2021, 2, 12, 4, 21}, {2022, 2, 1, 4, 10},  {2023, 1, 22, 4, 29}, {2024, 2, 10, 4, 18},
    {2025, 1, 29, 4, 7},  {2026, 2, 17, 4, 26}, {2027, 2, 6, 4, 16},  {2028, 1, 26, 4, 4},  {2029, 2, 13, 4, 23},
    {2030, 2, 2, 4, 12},  {2031, 1, 23, 4, 1},  {2032, 2, 11, 4, 19}, {2033, 1, 31, 4, 9},  {2034, 2, 19, 4, 28},
    {2035, 2, 8, 4, 17},
};

bool holiday(const Date& date) {
  const auto is = [&](int month, int day) { return date.month == month && date.day == day; };
  if (is(1, 1) || is(4, 30) || is(5, 1) || is(9, 1) || is(9, 2)) return true;
  for (const Lunar& lunar : kLunar) {
    if (lunar.year != date.year) continue;
    const int day = text::days_between({lunar.year, lunar.new_year_month, lunar.new_year_day}, date);
    return (day >= -1 && day <= 3) || is(lunar.kings_month, lunar.kings_day);
  }
  return false;
}

}  // namespace

bool working_day(const Date& whole, const Holidays& more) {
  if (more.work.count(whole) != 0) return true;
  if (more.off.count(whole) != 0) return false;
  return text::weekday(whole) <= 5 && !holiday(whole);
}

Date after_working_days(const Date& from, int days, const Holidays& more) {
  Date at = from;
  for (int seen = 0; days > 0 && seen < 3660; ++seen) {
    at = text::add_days(at, 1);
    if (working_day(at, more)) --days;
  }
  return at;
}

}  // namespace vtlt::records
