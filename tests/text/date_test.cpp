#include "text/date.h"

#include <catch2/catch.hpp>

using vtlt::text::Date;
namespace text = vtlt::text;

TEST_CASE("dates are read as people write them", "[date][P47][D10]") {
  const std::vector<std::pair<std::string, Date>> rows = {
      {"5/1/2026", {2026, 1, 5}},
      {"05/01/2026", {2026, 1, 5}},
      {"5-1-2026", {2026, 1, 5}},
      {"5.1.2026", {2026, 1, 5}},
      {" 05/01/2026\t", {2026, 1, 5}},
      {"\u00A005/01/2026", {2026, 1, 5}},
      {"01/2026", {2026, 1, 0}},
      {"1-2026", {2026, 1, 0}},
      {"1998", {1998, 0, 0}},
      {"2026-01-05", {2026, 1, 5}},
      {"2026-01", {2026, 1, 0}},
      {"2026/01/05", {2026, 1, 5}},
      {"29/02/2024", {2024, 2, 29}},
      {"29/02/2000", {2000, 2, 29}},
      {"ngày 05 tháng 01 năm 2020", {2020, 1, 5}},
      {"Ngày 15 tháng 3 năm 2020", {2020, 3, 15}},
      {"NGAY 15 THANG 3 NAM 2020", {2020, 3, 15}},
      {"tháng 3 năm 2020", {2020, 3, 0}},
      {"năm 1975", {1975, 0, 0}},
  };
  for (const auto& [written, date] : rows) {
    CAPTURE(written);
    const auto read = text::parse_date(written);
    REQUIRE(read.has_value());
    CHECK(*read == date);
  }
}

TEST_CASE("what is no date is not invented", "[date][P47][D10]") {
  for (const std::string written : {"",
                                    " ",
                                    "31/02/2026",
                                    "29/02/1900",
                                    "29/02/2023",
                                    "5/1/26",
                                    "26",
                                    "00/01/2026",
                                    "05/00/2026",
                                    "13/2026",
                                    "05/13/2026",
                                    "32/01/2026",
                                    "1/2/3/2026",
                                    "5/1-2026",
                                    "2026-1-",
                                    "a/1/2026",
                                    "05/01/20266",
                                    "0026",
                                    "ngày tháng năm",
                                    "ngày 31 tháng 02 năm 2026",
                                    "ngày 05 tháng 01 năm 26",
                                    "ngày 05 năm 2026",
                                    "ngày 05 tháng 01 năm 2026 tại Huế",
                                    "hôm nay",
                                    "45000",
                                    "//",
                                    "-5/1/2026",
                                    "005/01/2026"}) {
    CAPTURE(written);
    CHECK_FALSE(text::parse_date(written).has_value());
  }
}

TEST_CASE("dates are written in three forms", "[date][P47]") {
  struct Row {
    Date date;
    std::string iso, dmy, words;
  };
  const std::vector<Row> rows = {
      {{2020, 1, 5}, "2020-01-05", "05/01/2020", "ngày 05 tháng 01 năm 2020"},
      {{2020, 2, 15}, "2020-02-15", "15/02/2020", "ngày 15 tháng 02 năm 2020"},
      {{2020, 3, 9}, "2020-03-09", "09/03/2020", "ngày 09 tháng 3 năm 2020"},
      {{2020, 12, 31}, "2020-12-31", "31/12/2020", "ngày 31 tháng 12 năm 2020"},
      {{2020, 1, 0}, "2020-01", "01/2020", "tháng 01 năm 2020"},
      {{1998, 0, 0}, "1998", "1998", "năm 1998"},
      {{}, "", "", ""},
  };
  for (const auto& row : rows) {
    CAPTURE(row.iso);
    CHECK(text::to_iso(row.date) == row.iso);
    CHECK(text::to_dmy(row.date) == row.dmy);
    CHECK(text::to_long(row.date) == row.words);
    if (row.date.empty()) continue;
    CHECK(text::from_iso(row.iso) == row.date);
    CHECK(text::parse_date(row.dmy) == row.date);
    CHECK(text::parse_date(row.words) == row.date);
  }
  for (const std::string bad : {"", "2020-1-05", "2020-01-5", "2020-00", "2020-01-00", "20-01-05",
                                "2020-02-30", "05/01/2020", "2020-01-05T08:30"})
    CHECK_FALSE(text::from_iso(bad).has_value());
}

TEST_CASE("days are counted on the calendar", "[date]") {
  CHECK(text::days_between({2026, 1, 1}, {2026, 1, 1}) == 0);
  CHECK(text::days_between({2024, 2, 28}, {2024, 3, 1}) == 2);
  CHECK(text::days_between({1900, 2, 28}, {1900, 3, 1}) == 1);
  CHECK(text::days_between({1970, 1, 1}, {2026, 11, 5}) == 20762);
  CHECK(text::days_between({2026, 11, 5}, {1970, 1, 1}) == -20762);
  CHECK(text::add_days({2027, 1, 21}, 15) == Date{2027, 2, 5});
  CHECK(text::add_days({2024, 2, 28}, 1) == Date{2024, 2, 29});
  CHECK(text::add_days({2023, 12, 31}, 1) == Date{2024, 1, 1});
  CHECK(text::add_days({2024, 3, 1}, -1) == Date{2024, 2, 29});
  CHECK(text::weekday({1970, 1, 1}) == 4);
  CHECK(text::weekday({2026, 11, 5}) == 4);
  CHECK(text::weekday({2024, 9, 2}) == 1);
  CHECK(text::weekday({2024, 9, 1}) == 7);
}

TEST_CASE("every day of 400 years has one successor", "[date][property]") {
  Date date{1800, 1, 1};
  int weekday = text::weekday(date), count = 0, wrong = 0;
  while (date.year < 2200) {
    const Date next = text::add_days(date, 1);
    weekday = weekday % 7 + 1;
    if (next <= date || text::days_between(date, next) != 1 || text::weekday(next) != weekday ||
        text::parse_date(text::to_dmy(next)) != next || text::add_days(next, -count - 1) != Date{1800, 1, 1})
      ++wrong;
    date = next;
    ++count;
  }
  CHECK(wrong == 0);
  CHECK(count == 146097);
}
