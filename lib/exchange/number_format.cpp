#include "exchange/number_format.h"

#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <cmath>

#include "base/ascii.h"

namespace vtlt::exchange {
namespace {

constexpr double kLastSerial = 2958466;  // 01/01/10000

// The letters of a format that stand for something: quoted text, escapes, colours and conditions are taken
// out.
std::string bare_letters(std::string_view code) {
  std::string bare;
  for (std::size_t i = 0; i < code.size(); ++i) {
    const char c = code[i];
    if (c == ';') break;  // negative numbers and text follow
    if (c == '"') {
      i = code.find('"', i + 1);
      if (i == std::string_view::npos) break;
    } else if (c == '\\' || c == '_' || c == '*') {
      ++i;
    } else if (c == '[') {
      const auto end = code.find(']', i);
      if (end == std::string_view::npos) break;
      const char unit = ascii::lower(code[i + 1]);
      if ((unit == 'h' || unit == 's' || unit == 'm') && end - i <= 3)
        bare += 'h';  // [h]: hours beyond a day
      i = end;
    } else {
      bare += ascii::lower(c);
    }
  }
  return bare;
}

std::string date_text(double serial, const NumberFormat& format, bool since_1904) {
  double whole = std::floor(serial);
  // Rounded to the second, as spreadsheets show it.
  auto seconds = static_cast<long>(std::lround((serial - whole) * 86400));
  if (seconds >= 86400) {
    seconds = 0;
    whole += 1;
  }
  const std::string time =
      seconds % 60 == 0 ? fmt::format("{:02}:{:02}", seconds / 3600, seconds / 60 % 60)
                        : fmt::format("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
  if (!format.year && !format.day && !format.month) return time;
  if (!since_1904 && whole == 60) return "29/02/1900";  // Excel's own day that never was
  using namespace std::chrono;
  const auto days = static_cast<int>(whole);
  const sys_days start =
      since_1904 ? sys_days(year{1904} / 1 / 1) : sys_days(year{1899} / 12 / (whole < 60 ? 31 : 30));
  const year_month_day date{start + std::chrono::days(days)};
  const int y = int(date.year());
  const unsigned m = unsigned(date.month()), d = unsigned(date.day());
  // A format without a day was chosen because the day is not known.
  if (!format.day) return format.month ? fmt::format("{:02}/{:04}", m, y) : fmt::format("{:04}", y);
  std::string text = fmt::format("{:02}/{:02}/{:04}", d, m, y);
  if (format.time && seconds != 0) text += " " + time;
  return text;
}

}  // namespace

NumberFormat builtin_format(int id) {
  const NumberFormat date{true, true, true, false, 0}, clock{false, false, false, true, 0};
  if (id == 17) return {true, true, false, false, 0};
  if (id == 22) return {true, true, true, true, 0};
  if ((id >= 14 && id <= 16) || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 58)) return date;
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47)) return clock;
  return {};
}

NumberFormat parse_format(std::string_view code) {
  const std::string bare = bare_letters(code);
  NumberFormat format;
  if (bare == "general" || bare.find_first_of("#?@%") != std::string::npos) return format;
  if (!bare.empty() && bare.find_first_not_of('0') == std::string::npos) {
    format.zeros = static_cast<int>(std::min<std::size_t>(bare.size(), 32));
    return format;
  }
  format.time = bare.find_first_of("hs") != std::string::npos;
  format.year = bare.find_first_of("ye") != std::string::npos && bare.find("e+") == std::string::npos &&
                bare.find("e-") == std::string::npos;
  format.day = bare.find('d') != std::string::npos;
  format.month = bare.find('m') != std::string::npos && (format.year || format.day || !format.time);
  if (format.day) format.year = format.month = true;  // "d-mmm" hides a year that is there
  if (format.month && !format.year) format.year = format.day = true;
  return format;
}

std::string show_number(std::string_view raw, const NumberFormat& format, bool since_1904) {
  double value = 0;
  const auto [end, error] = std::from_chars(raw.data(), raw.data() + raw.size(), value);
  if (error != std::errc() || end != raw.data() + raw.size() || !std::isfinite(value))
    return std::string(raw);
  if (format.is_date() && value >= 0 && value < kLastSerial - (since_1904 ? 1462 : 0))
    return date_text(value, format, since_1904);
  if (value == std::floor(value) && std::fabs(value) < 1e15) {
    std::string digits = fmt::format("{}", std::llabs(static_cast<long long>(value)));
    if (const auto width = static_cast<std::size_t>(format.zeros); digits.size() < width)
      digits.insert(0, width - digits.size(), '0');
    return (value < 0 ? "-" : "") + digits;
  }
  return fmt::format("{}", value);
}

}  // namespace vtlt::exchange
