#include "text/date.h"

#include <array>
#include <vector>

#include "base/error.h"
#include "text/text.h"

namespace vtlt::text {
namespace {

bool is_leap(int year) {
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int days_in(int year, int month) {
  static constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}

// A year has four digits: 26 is not 2026, and nobody knows which century was meant (P47).
std::optional<Date> checked(int year, int month, int day) {
  if (year < 1000 || year > 9999) return std::nullopt;
  if (month == 0 && day == 0) return Date{year, 0, 0};
  if (month < 1 || month > 12) return std::nullopt;
  if (day < 0 || day > days_in(year, month)) return std::nullopt;
  return Date{year, month, day};
}

std::string_view trimmed(std::string_view text) {
  const auto is_space = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
  for (;;) {
    if (!text.empty() && is_space(text.front()))
      text.remove_prefix(1);
    else if (!text.empty() && is_space(text.back()))
      text.remove_suffix(1);
    else if (text.starts_with("\xC2\xA0"))
      text.remove_prefix(2);
    else if (text.ends_with("\xC2\xA0"))
      text.remove_suffix(2);
    else
      return text;
  }
}

// Digits only, between least and most of them; -1 otherwise.
int number(std::string_view text, std::size_t least, std::size_t most) {
  if (text.size() < least || text.size() > most) return -1;
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const auto end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

// 0 stands for "not written" in checked(), so a written 00 is refused here.
int month_or_day(std::string_view text) {
  const int value = number(text, 1, 2);
  return value == 0 ? -1 : value;
}

std::optional<Date> in_digits(std::string_view text) {
  const auto separator = text.find_first_of("/-.");
  const auto parts = split(text, separator == std::string_view::npos ? '/' : text[separator]);
  const bool year_first = parts.front().size() == 4;
  if (parts.size() == 1) {
    return checked(number(parts[0], 4, 4), 0, 0);
  }
  if (parts.size() == 2) {
    const int year = number(parts[year_first ? 0 : 1], 4, 4), month = month_or_day(parts[year_first ? 1 : 0]);
    return month < 0 ? std::nullopt : checked(year, month, 0);
  }
  if (parts.size() == 3) {
    const int year = number(parts[year_first ? 0 : 2], 4, 4), month = month_or_day(parts[1]),
              day = month_or_day(parts[year_first ? 2 : 0]);
    return month < 0 || day < 0 ? std::nullopt : checked(year, month, day);
  }
  return std::nullopt;
}

// "ngày 05 tháng 01 năm 2020", "tháng 01 năm 2020", "năm 2020"
std::optional<Date> in_words_form(std::string_view text) {
  const auto words = fold(text);
  int year = -1, month = 0, day = 0;
  std::vector<std::string_view> parts;
  for (const auto part : split(words, ' '))
    parts.push_back(part);
  std::size_t at = 0;
  const auto part_after = [&](std::string_view name) -> std::string_view {
    if (at + 1 >= parts.size() || parts[at] != name) return {};
    at += 2;
    return parts[at - 1];
  };
  if (parts[0] == "ngay" && (day = month_or_day(part_after("ngay"))) < 0) return std::nullopt;
  if ((at > 0 || parts[0] == "thang") && (month = month_or_day(part_after("thang"))) < 0) return std::nullopt;
  year = number(part_after("nam"), 4, 4);
  if (year < 0 || at != parts.size()) return std::nullopt;
  return checked(year, month, day);
}

// Days since 1 March of the year 0, so that a leap day is the last of its year.
int day_number(const Date& date) {
  VTLT_ASSERT(date.whole());
  const int year = date.month > 2 ? date.year : date.year - 1;
  const int month = (date.month + 9) % 12;
  return year * 365 + year / 4 - year / 100 + year / 400 + (month * 306 + 5) / 10 + date.day - 1;
}

// As digits() does it.
char* put_digits(char* at, int value, int width) {
  for (int i = width - 1; i >= 0; --i, value /= 10) at[i] = static_cast<char>('0' + value % 10);
  return at + width;
}

std::string digits(int value, std::size_t width) {
  std::string text = std::to_string(value);
  if (text.size() < width) text.insert(0, width - text.size(), '0');
  return text;
}

}  // namespace

std::optional<Date> parse_date(std::string_view text) {
  text = trimmed(text);
  if (text.empty() || text.size() > 64) return std::nullopt;
  if (text.front() >= '0' && text.front() <= '9') return in_digits(text);
  return in_words_form(text);
}

std::string to_iso(const Date& date) {
  if (date.empty()) return {};
  if (date.whole() && date.year >= 0 && date.year <= 9999) {  // nearly all
    char text[10];
    char* at = put_digits(text, date.year, 4);
    *at++ = '-';
    at = put_digits(at, date.month, 2);
    *at++ = '-';
    put_digits(at, date.day, 2);
    return std::string(text, sizeof text);
  }
  std::string text = digits(date.year, 4);
  if (date.month != 0) text += '-' + digits(date.month, 2);
  if (date.day != 0) text += '-' + digits(date.day, 2);
  return text;
}

std::optional<Date> from_iso(std::string_view text) {
  if (text.size() == 10 && text[4] == '-' && text[7] == '-') {
    const int year = number(text.substr(0, 4), 4, 4), month = number(text.substr(5, 2), 2, 2),
              day = number(text.substr(8, 2), 2, 2);
    return month < 1 || day < 1 ? std::nullopt : checked(year, month, day);
  }
  const auto parts = split(text, '-');
  if (parts.size() > 3) return std::nullopt;
  const int year = number(parts[0], 4, 4);
  const int month = parts.size() > 1 ? number(parts[1], 2, 2) : 0;
  const int day = parts.size() > 2 ? number(parts[2], 2, 2) : 0;
  if ((parts.size() > 1 && month < 1) || (parts.size() > 2 && day < 1)) return std::nullopt;
  return checked(year, month, day);
}

std::string to_dmy(const Date& date) {
  if (date.empty()) return {};
  std::string text;
  if (date.day != 0) text += digits(date.day, 2) + '/';
  if (date.month != 0) text += digits(date.month, 2) + '/';
  return text + digits(date.year, 4);
}

std::string to_long(const Date& date) {
  if (date.empty()) return {};
  std::string text;
  if (date.day != 0) text += "ngày " + digits(date.day, 2) + ' ';
  if (date.month != 0) text += "tháng " + digits(date.month, date.month < 3 ? 2 : 1) + ' ';
  return text + "năm " + digits(date.year, 4);
}

int days_between(const Date& from, const Date& to) {
  return day_number(to) - day_number(from);
}

Date add_days(const Date& date, int days) {
  // An estimate by mean years, then mended: at most one step off.
  const int wanted = day_number(date) + days;
  int year = static_cast<int>(static_cast<long long>(wanted) * 400 / 146097);
  while (day_number({year, 3, 1}) > wanted)
    --year;
  while (day_number({year + 1, 3, 1}) <= wanted)
    ++year;
  int month = 3;
  int left = wanted - day_number({year, 3, 1});
  while (left >= days_in(year, month)) {
    left -= days_in(year, month);
    if (++month == 13) month = 1, ++year;
  }
  return {year, month, left + 1};
}

int weekday(const Date& date) {
  return (day_number(date) + 2) % 7 + 1;
}  // 1 March of the year 0: Wednesday

}  // namespace vtlt::text
