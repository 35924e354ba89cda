// Organ codes old and new: a table with dates, asked and never applied (P36, P37).
#include "edxml_messages.h"
#include "exchange/organ_codes.h"

using namespace vtlt;
using namespace vtlt::exchange;
using Codes = std::vector<std::string>;

namespace {

// An old form becomes QĐ20's; two communes become one; a district ends and its tasks go to two.
OrganCodes table() {
  OrganCodes codes;
  codes.add({"000.00.31.H57", "H57.31", {2020, 9, 15}, "UBND huyện Tam Lãng", "QĐ 20/2020/QĐ-TTg"});
  codes.add({"H57.31.07", "H57.40", {2025, 7, 1}, "UBND xã Phong Hải mới", ""});
  codes.add({"H57.31.08", "H57.40", {2025, 7, 1}, "", ""});
  codes.add({"H57.31", "H57.40", {2025, 7, 1}, "", ""});
  codes.add({"H57.31", "H57.41", {2025, 7, 1}, "", ""});
  return codes;
}

}  // namespace

TEST_CASE("a code is found as it was on a day", "[exchange][edxml][P36]") {
  const OrganCodes codes = table();
  struct Case {
    const char* code;
    records::Date day;
    Codes found;
  };
  const Case cases[] = {
      {"000.00.31.H57", {2019, 1, 1}, {"000.00.31.H57"}},
      {"000.00.31.H57", {2020, 9, 14}, {"000.00.31.H57"}},
      {"000.00.31.H57", {2020, 9, 15}, {"H57.31"}},
      {"000.00.31.H57", {2026, 1, 1}, {"H57.40", "H57.41"}},
      {"H57.31", {2019, 1, 1}, {"000.00.31.H57"}},
      {"H57.31.07", {2025, 6, 30}, {"H57.31.07"}},
      {"H57.31.07", {2025, 7, 1}, {"H57.40"}},
      {"H57.40", {2025, 7, 1}, {"H57.40"}},
      {"H57.40", {2025, 6, 30}, {"H57.31", "H57.31.07", "H57.31.08"}},
      {"H57.40", {2020, 1, 1}, {"000.00.31.H57", "H57.31.07", "H57.31.08"}},
      {"G09", {2025, 7, 1}, {"G09"}},
  };
  for (const Case& one : cases) {
    CAPTURE(one.code, text::to_iso(one.day));
    CHECK(codes.on(one.code, one.day) == one.found);
  }
  CHECK(codes.all("H57.41") ==
        Codes{"000.00.31.H57", "H57.31", "H57.31.07", "H57.31.08", "H57.40", "H57.41"});
  CHECK(codes.all("G09") == Codes{"G09"});
  CHECK(codes.related("000.00.31.H57", "H57.41"));
  CHECK_FALSE(codes.related("H57.31", "G09"));
}

TEST_CASE("a circle in the table ends", "[exchange][edxml][P36]") {
  OrganCodes codes;
  codes.add({"H01", "H02", {2020, 1, 1}, "", ""});
  codes.add({"H02", "H01", {2021, 1, 1}, "", ""});
  CHECK(codes.on("H01", {2022, 1, 1}) == Codes{"H01"});
  CHECK(codes.all("H01") == Codes{"H01", "H02"});
}

TEST_CASE("the table is read from a list of the office", "[exchange][edxml][P36]") {
  std::vector<Finding> findings;
  const OrganCodes codes = read_organ_codes(
      "Căn cứ;Mã cũ;Mã mới;Từ ngày;Tên cơ quan\n"
      "QĐ 1/QĐ-UBND;000.00.31.H57;H57.31;15/09/2020;UBND huyện Tam Lãng\n"
      ";H57.31;H57.40;07/2025;\n"
      ";H57.31;h57;01/07/2025;\n"
      ";H57.31;H57.31;01/07/2025;\n",
      "ma.csv", findings);
  REQUIRE(codes.changes().size() == 1);
  CHECK(codes.changes()[0] ==
        OrganCodeChange{"000.00.31.H57", "H57.31", {2020, 9, 15}, "UBND huyện Tam Lãng", "QĐ 1/QĐ-UBND"});
  CHECK(messages::said(findings) ==
        Codes{"error edxml.codes.date", "error edxml.codes.code", "error edxml.codes.same"});
  CHECK(findings[0].line == 3);
}

TEST_CASE("forms of organ codes", "[exchange][edxml][P37]") {
  const auto keys = [](const char* code, bool wide = true) {
    return messages::said(check_organ_code(code, "x", wide));
  };
  CHECK(keys("H57.31.07").empty());
  CHECK(keys("G09").empty());
  CHECK(keys("000.00.00.H49") == Codes{"note edxml.code-legacy"});
  CHECK(keys("00.00.H57") == Codes{"note edxml.code-legacy"});
  CHECK(keys("") == Codes{"error edxml.code-bad"});
  CHECK(keys("H57..1") == Codes{"error edxml.code-bad"});
  CHECK(keys("H57.31.07.001.02").empty());
  CHECK(keys("H57.31.07.001.02", false) == Codes{"warning edxml.code-long"});
  CHECK(level_one_name("H57.31.07") == level_one_name("000.00.31.H57"));
  CHECK(level_one_name("G09") == "Bộ Nội vụ");
  CHECK(level_one_name("0101243150").empty());
}
