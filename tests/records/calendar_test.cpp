// Working days [P05].
#include <catch2/catch.hpp>

#include "records/calendar.h"

using namespace vtlt;
using text::Date;

TEST_CASE("weekends and public holidays are no working days [P05]") {
  const std::pair<Date, bool> days[] = {
      {{2026, 11, 5}, true},  {{2026, 11, 6}, true},   {{2026, 11, 7}, false},  {{2026, 11, 8}, false}, {{2026, 1, 1}, false},
      {{2026, 2, 16}, false}, {{2026, 2, 17}, false},  {{2026, 2, 20}, false},  {{2026, 2, 13}, true},  {{2026, 4, 30}, false},
      {{2026, 5, 1}, false},  {{2026, 9, 1}, false},   {{2026, 9, 2}, false},   {{2026, 9, 3}, true},   {{2025, 1, 28}, false},
      {{2025, 2, 3}, true},   {{2025, 4, 7}, false},   {{1998, 3, 12}, true},
  };
  for (const auto& [day, works] : days) {
    INFO(text::to_dmy(day));
    CHECK(records::working_day(day) == works);
  }
}

TEST_CASE("the next working day [P05]") {
  CHECK(records::after_working_days({2026, 11, 5}, 1) == Date{2026, 11, 6});
  CHECK(records::after_working_days({2026, 11, 6}, 1) == Date{2026, 11, 9});
  CHECK(records::after_working_days({2026, 4, 29}, 1) == Date{2026, 5, 4});
  CHECK(records::after_working_days({2026, 2, 13}, 2) == Date{2026, 2, 24});
  CHECK(records::after_working_days({2026, 11, 7}, 0) == Date{2026, 11, 7});
}

TEST_CASE("days that an office adds go before those known", "[P05]") {
  records::Holidays more;
  more.off = {{2026, 11, 5}, {2026, 11, 6}};
  more.work = {{2026, 11, 7}};
  CHECK(records::after_working_days({2026, 11, 4}, 1) == text::Date{2026, 11, 5});
  CHECK(records::after_working_days({2026, 11, 4}, 1, more) == text::Date{2026, 11, 7});
  more.work.insert({2026, 9, 2});
  CHECK(records::working_day({2026, 9, 2}, more));
}
