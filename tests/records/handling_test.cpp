#include "records/handling.h"

#include <catch2/catch.hpp>

using namespace vtlt::records;
using vtlt::text::parse_date;

TEST_CASE("how far the handling of a document has come", "[P01][P47]") {
  struct Case {
    const char *due, *answered_on;
    bool answered;
    const char* said;
  };
  const Date today = *parse_date("18/11/2026");
  const auto day = [](const char* text) { return *text == '\0' ? Date{} : *parse_date(text); };
  for (const Case& one : {Case{"", "", false, ""},
                          {"20/11/2026", "", false, "Còn hạn 2 ngày"},
                          {"18/11/2026", "", false, "Đến hạn hôm nay"},
                          {"15/11/2026", "", false, "Quá hạn 3 ngày"},
                          // A month is over with its last day, a year with the 31st of December.
                          {"11/2026", "", false, "Còn hạn 12 ngày"},
                          {"10/2026", "", false, "Quá hạn 18 ngày"},
                          {"2026", "", false, "Còn hạn 43 ngày"},
                          {"20/11/2026", "18/11/2026", true, "Đã trả lời ngày 18/11/2026, trước hạn 2 ngày"},
                          {"18/11/2026", "18/11/2026", true, "Đã trả lời ngày 18/11/2026, đúng hạn"},
                          {"15/11/2026", "18/11/2026", true, "Đã trả lời ngày 18/11/2026, quá hạn 3 ngày"},
                          {"", "18/11/2026", true, "Đã trả lời ngày 18/11/2026"},
                          {"15/11/2026", "11/2026", true, "Đã trả lời ngày 11/2026"},
                          {"15/11/2026", "", true, "Đã trả lời"}}) {
    CAPTURE(one.due, one.answered_on);
    const Date on = day(one.answered_on);
    CHECK(handling_text(handling_of(day(one.due), one.answered, on, today), on) == one.said);
  }
  CHECK(last_day(*parse_date("02/2028")) == *parse_date("29/02/2028"));
}
