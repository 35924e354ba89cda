#include <catch2/catch.hpp>

#include "base/clock.h"

using namespace vtlt;

TEST_CASE("clock: moments are written in the time of Vietnam") {
  struct Case {
    std::int64_t milliseconds;
    const char* text;
    int year;
  };
  const Case cases[] = {
      {0, "1970-01-01T07:00:00.000+07:00", 1970},
      {-1, "1970-01-01T06:59:59.999+07:00", 1970},
      {-7 * 3'600'000LL, "1970-01-01T00:00:00.000+07:00", 1970},
      {-7 * 3'600'000LL - 1, "1969-12-31T23:59:59.999+07:00", 1969},
      {1'793'842'200'000, "2026-11-05T08:30:00.000+07:00", 2026},
      {951'756'300'123, "2000-02-28T23:45:00.123+07:00", 2000},  // a leap year by the rule of 400
      {951'757'200'000, "2000-02-29T00:00:00.000+07:00", 2000},
      {-2'203'916'401'000, "1900-02-28T23:59:59.000+07:00", 1900},  // 1900 was none
      {-2'203'916'400'000, "1900-03-01T00:00:00.000+07:00", 1900},
      {1'767'200'399'999, "2025-12-31T23:59:59.999+07:00", 2025},
      {1'767'200'400'000, "2026-01-01T00:00:00.000+07:00", 2026},  // still 2025 in UTC
      {253'402'275'599'999, "9999-12-31T23:59:59.999+07:00", 9999},
      {-62'135'622'000'000, "0001-01-01T00:00:00.000+07:00", 1},
  };
  for (const Case& one : cases) {
    CAPTURE(one.milliseconds);
    CHECK(to_text({one.milliseconds}) == one.text);
    CHECK(to_date({one.milliseconds}) == std::string(one.text).substr(0, 10));
    CHECK(year_of({one.milliseconds}) == one.year);
    Moment back;
    REQUIRE(from_text(one.text, back));
    CHECK(back.milliseconds == one.milliseconds);
  }
}

TEST_CASE("clock: every day of four centuries follows the one before") {
  // Counted the slow way, by the calendar's own rules.
  constexpr std::int64_t day = 86'400'000;
  int year = 1800, month = 1, date = 1;
  Moment moment;
  REQUIRE(from_text("1800-01-01T12:00:00.000+07:00", moment));
  const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  bool right = true;
  for (int n = 0; n < 146'097; ++n) {
    char text[48];
    std::snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, date);
    Moment back;
    right = right && to_date(moment) == text && from_text(std::string(text) + "T12:00:00.000+07:00", back) &&
            back.milliseconds == moment.milliseconds;
    if (!right) FAIL("first wrong at " << text);
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    if (++date > lengths[month - 1] + (month == 2 && leap ? 1 : 0)) date = 1, ++month;
    if (month > 12) month = 1, ++year;
    moment.milliseconds += day;
  }
  CHECK(year == 2200);
}

TEST_CASE("clock: other offsets are read") {
  Moment expected, moment;
  REQUIRE(from_text("2026-11-05T08:30:00.000+07:00", expected));
  for (const char* text : {"2026-11-05T01:30:00Z", "2026-11-05T01:30:00.000Z", "2026-11-04T20:00:00.0-05:30",
                           "2026-11-05T01:30:00.0004+00:00", "2026-11-05T15:29:60+14:00"}) {
    CAPTURE(text);
    REQUIRE(from_text(text, moment));
    CHECK(moment.milliseconds == expected.milliseconds);
  }
  REQUIRE(from_text("2026-11-05T08:30:00.5+07:00", moment));
  CHECK(moment.milliseconds - expected.milliseconds == 500);
}

TEST_CASE("clock: what is not such a time is refused") {
  Moment moment;
  for (const char* text : {"",
                           "2026-11-05",
                           "2026-11-05T08:30",
                           "2026-11-05T08:30:00",
                           "2026-11-05T08:30:00.000",
                           "2026-11-05 08:30:00Z",
                           "2026-13-05T08:30:00Z",
                           "2026-00-05T08:30:00Z",
                           "2026-11-00T08:30:00Z",
                           "2026-11-31T08:30:00Z",
                           "2025-02-29T08:30:00Z",
                           "1900-02-29T08:30:00Z",
                           "2026-11-05T24:30:00Z",
                           "2026-11-05T08:60:00Z",
                           "2026-11-05T08:30:61Z",
                           "2026- 1-05T08:30:00Z",
                           "2026-+1-05T08:30:00Z",
                           "2026-11-05T-8:30:00Z",
                           "2026-11-05T08:30:00.Z",
                           "2026-11-05T08:30:00+7:00",
                           "2026-11-05T08:30:00+0700",
                           "2026-11-05T08:30:00+07:60",
                           "2026-11-05T08:30:00+24:00",
                           "2026-11-05T08:30:00+-7:00",
                           "2026-11-05T08:30:00Z ",
                           " 2026-11-05T08:30:00Z",
                           "2026-11-05T08:30:00+07:00x",
                           "x026-11-05T08:30:00Z"}) {
    CAPTURE(text);
    CHECK_FALSE(from_text(text, moment));
  }
  CHECK_FALSE(from_text(std::string("2026-11-05T08:30:00Z\0", 21), moment));
}

TEST_CASE("clock: tests can fix time and chance") {
  set_clock([] { return Moment{1234}; });
  CHECK(now().milliseconds == 1234);
  set_clock({});
  CHECK(now().milliseconds > 1'700'000'000'000);
  set_random([] { return std::array<unsigned char, 16>{7}; });
  CHECK(random_128() == random_128());
  set_random({});
  CHECK(random_128() != random_128());
}
