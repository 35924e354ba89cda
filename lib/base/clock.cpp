#include "base/clock.h"

#include <sys/random.h>
#include <time.h>

#include <cerrno>
#include <cstdio>
#include <utility>

#include "base/error.h"

namespace vtlt {
namespace {

constexpr std::int64_t kDay = 86'400'000;
constexpr std::int64_t kVietnam = 7 * 3'600'000;  // the one zone of the country, no summer time

std::function<Moment()>& clock_hook() {
  static std::function<Moment()> hook;
  return hook;
}
std::function<std::array<unsigned char, 16>()>& random_hook() {
  static std::function<std::array<unsigned char, 16>()> hook;
  return hook;
}

struct Civil {
  int year;
  int month, day;
};

// Howard Hinnant's days_from_civil and its inverse, valid for all years that occur.
Civil civil_of(std::int64_t days) {
  days += 719'468;
  const std::int64_t era = (days >= 0 ? days : days - 146'096) / 146'097;
  const unsigned doe = static_cast<unsigned>(days - era * 146'097);
  const unsigned yoe = (doe - doe / 1460 + doe / 36'524 - doe / 146'096) / 365;
  const unsigned doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  const unsigned mp = (5 * doy + 2) / 153;
  const int month = static_cast<int>(mp < 10 ? mp + 3 : mp - 9);
  return {static_cast<int>(yoe) + static_cast<int>(era) * 400 + (month <= 2), month,
          static_cast<int>(doy - (153 * mp + 2) / 5 + 1)};
}

std::int64_t days_of(int year, int month, int day) {
  year -= month <= 2;
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const unsigned yoe = static_cast<unsigned>(year - era * 400);
  const unsigned doy = static_cast<unsigned>((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1);
  const unsigned doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
  return era * 146'097 + static_cast<std::int64_t>(doe) - 719'468;
}

std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0); }

// Exactly `digits` decimal digits: no sign, no space.
bool number(const std::string& text, std::size_t at, std::size_t digits, int& value) {
  if (at > text.size() || text.size() - at < digits) return false;
  value = 0;
  for (std::size_t i = at; i < at + digits; ++i) {
    if (text[i] < '0' || text[i] > '9') return false;
    value = value * 10 + (text[i] - '0');
  }
  return true;
}
bool letter(const std::string& text, std::size_t at, char wanted) { return at < text.size() && text[at] == wanted; }

}  // namespace

Moment now() {
  if (clock_hook()) return clock_hook()();
  timespec spec{};
  clock_gettime(CLOCK_REALTIME, &spec);
  return {spec.tv_sec * 1000 + spec.tv_nsec / 1'000'000};
}

std::string to_text(Moment moment) {
  const std::int64_t local = moment.milliseconds + kVietnam;
  const std::int64_t days = floor_div(local, kDay);
  const std::int64_t rest = local - days * kDay;
  const Civil date = civil_of(days);
  char buffer[48];
  std::snprintf(buffer, sizeof buffer, "%04d-%02d-%02dT%02d:%02d:%02d.%03d+07:00", date.year, date.month, date.day,
                static_cast<int>(rest / 3'600'000), static_cast<int>(rest / 60'000 % 60),
                static_cast<int>(rest / 1000 % 60), static_cast<int>(rest % 1000));
  return buffer;
}

bool from_text(const std::string& text, Moment& moment) {
  int year, month, day, hour, minute, second, milli = 0;
  if (!number(text, 0, 4, year) || !letter(text, 4, '-') || !number(text, 5, 2, month) || !letter(text, 7, '-') ||
      !number(text, 8, 2, day) || !letter(text, 10, 'T') || !number(text, 11, 2, hour) || !letter(text, 13, ':') ||
      !number(text, 14, 2, minute) || !letter(text, 16, ':') || !number(text, 17, 2, second))
    return false;
  if (month < 1 || month > 12 || hour > 23 || minute > 59 || second > 60) return false;
  const std::int64_t days = days_of(year, month, day);
  if (day < 1 || civil_of(days).month != month || civil_of(days).day != day) return false;
  std::size_t at = 19;
  if (letter(text, at, '.')) {
    int digits = 0, digit = 0;
    for (++at; number(text, at, 1, digit); ++at, ++digits)
      if (digits < 3) milli = milli * 10 + digit;
    if (digits == 0) return false;
    for (; digits < 3; ++digits) milli *= 10;
  }
  int sign = 0, oh = 0, om = 0;
  if (letter(text, at, '+') || letter(text, at, '-')) {
    sign = text[at] == '+' ? 1 : -1;
    if (at + 6 != text.size() || !number(text, at + 1, 2, oh) || !letter(text, at + 3, ':') ||
        !number(text, at + 4, 2, om) || oh > 23 || om > 59)
      return false;
  } else if (!letter(text, at, 'Z') || at + 1 != text.size()) {
    return false;
  }
  moment.milliseconds =
      days * kDay + ((hour * 60 + minute) * 60LL + second) * 1000 + milli - sign * (oh * 60 + om) * 60'000LL;
  return true;
}

std::string to_date(Moment moment) { return to_text(moment).substr(0, 10); }

int year_of(Moment moment) { return civil_of(floor_div(moment.milliseconds + kVietnam, kDay)).year; }

std::array<unsigned char, 16> random_128() {
  if (random_hook()) return random_hook()();
  // A list needs a million of them: the kernel is asked for many at once. Each is handed out once and forgotten.
  thread_local std::array<std::array<unsigned char, 16>, 16> pool;
  thread_local std::size_t left = 0;
  std::size_t have = left == 0 ? 0 : sizeof pool;
  while (have < sizeof pool) {
    const ssize_t got = getrandom(reinterpret_cast<unsigned char*>(pool.data()) + have, sizeof pool - have, 0);
    if (got < 0) {
      if (errno == EINTR) continue;
      throw Error(Exit::no_verdict, "VTLT-IO-RANDOM", Message("base.random"));
    }
    have += static_cast<std::size_t>(got);
  }
  if (left == 0) left = pool.size();
  return std::exchange(pool[--left], {});
}

void set_clock(std::function<Moment()> clock) { clock_hook() = std::move(clock); }
void set_random(std::function<std::array<unsigned char, 16>()> source) { random_hook() = std::move(source); }

}  // namespace vtlt
