#include "records/printed.h"

#include <catch2/catch.hpp>

using namespace vtlt::records;

TEST_CASE("values as they stand on forms", "[P01]") {
  CHECK(two_digits(7) == "07");
  CHECK(two_digits(1312) == "1312");
  CHECK(two_digits(0) == "");
  CHECK(type_and_subject("Quyết định", "cấp đất") == "Quyết định cấp đất");
  CHECK(type_and_subject("Quyết định", "quyết định cấp đất") == "quyết định cấp đất");
  CHECK(type_and_subject("", "cấp đất") == "cấp đất");
  CHECK(cited("Quyết định", *parse_document_number("15/QĐ-UBND"), {2026, 1, 5}, "UBND xã") ==
        "Quyết định số 15/QĐ-UBND ngày 05/01/2026 của UBND xã");
  CHECK(cited("", *parse_document_number("15/UBND"), {}, "UBND xã") == "15/UBND của UBND xã");
  CHECK(cited("", {}, {2026, 0, 0}, "") == "ngày 2026");
}

TEST_CASE("what went through the network went by no post", "[P01]") {
  for (const char* words :
       {"Qua trục liên thông", "QUA TRỤC LIÊN THÔNG", "gửi email 05/01", "Văn bản điện tử"})
    CHECK(sent_by_network(words));
  for (const char* words : {"", "Đã nhận", "BĐ Tam Hải 05/01", "Nguyễn Văn Tử"})
    CHECK_FALSE(sent_by_network(words));
}
