#include "exchange/file_items.h"

#include "base/error.h"
#include "samples.h"

using namespace vtlt;
using namespace vtlt::exchange;

namespace {

FileItems items(const std::string& text) {
  return read_file_items(text, "muc-luc.csv", {});
}

std::string code_of(const std::string& text) {
  try {
    items(text);
  } catch (const Error& error) {
    return error.code() + " " + std::to_string(static_cast<int>(error.exit()));
  }
  return {};
}

}  // namespace

TEST_CASE("a list of files is read by its headings, in any order", "[P20][P41]") {
  const auto read = items(
      "MỤC LỤC HỒ SƠ,,,,,\n"
      "Ghi chú,Tên hồ sơ,THBQ,Mã hồ sơ,Số tờ/Số trang,Tổng số văn bản\n"
      ",Hồ sơ một,Vĩnh viễn,2026.01.VP,12 tờ/46 trang,9\n"
      ",,,I. VĂN PHÒNG,,\n"
      "x,Hồ sơ hai,20 năm,2026.02.VP,46 trang,\n"
      ",Tổng số: 2,,,,\n");
  CHECK(read.findings.empty());
  CHECK(read.unused == std::vector<std::string>{"Ghi chú"});
  REQUIRE(read.items.size() == 2);
  CHECK(read.items[0].ref == "2026.01.VP");
  CHECK(read.items[0].line == 3);
  CHECK(read.items[0].term.kind == records::TermKind::permanent);
  CHECK(read.items[0].sheets == 12);
  CHECK(read.items[0].pages == 46);
  CHECK(read.items[0].documents == 9);
  CHECK(read.items[1].line == 5);
  CHECK(read.items[1].pages == 46);
  CHECK(read.items[1].sheets == 0);
}

TEST_CASE("amounts of sheets and pages as people write them", "[P20]") {
  struct Row {
    const char* written;
    int sheets, pages;
    bool good;
  };
  const Row rows[] = {{"12", 12, 0, true},          {"12 tờ", 12, 0, true},    {"46 trang", 0, 46, true},
                      {"12/46", 12, 46, true},      {"12 tờ; 46 trang", 12, 46, true}, {"1.234 tờ", 1234, 0, true},
                      {"", 0, 0, true},             {"-", 0, 0, true},         {"nhiều", 0, 0, false},
                      {"12 tờ 13 tờ 14", 0, 0, false}, {"-3", 0, 0, false},    {"99999999", 0, 0, false},
                      {"1.2.3.4", 0, 0, false},     {"12.5", 0, 0, false}};
  for (const Row& row : rows) {
    INFO(row.written);
    const auto read = items("Số và ký hiệu hồ sơ,Tiêu đề hồ sơ,Số tờ/Số trang\n01.VP,Hồ sơ," + std::string(row.written) + "\n");
    REQUIRE(read.items.size() == 1);
    CHECK(read.findings.empty() == row.good);
    if (!row.good) {
      CHECK(read.findings[0].line == 2);
      continue;
    }
    CHECK(read.items[0].sheets == row.sheets);
    CHECK(read.items[0].pages == row.pages);
  }
}

TEST_CASE("what is wrong in a list of files is named with its row", "[P20]") {
  const auto read = items("Số và ký hiệu hồ sơ,Tiêu đề hồ sơ,Thời hạn lưu trữ,Năm hình thành\n01.VP,Một,lâu,26\n02.VP,Hai,10,2026\n");
  REQUIRE(read.findings.size() == 2);
  CHECK(read.findings[0].line == 2);
  CHECK(read.findings[1].line == 2);
  CHECK(read.items.size() == 2);
  CHECK(read.items[1].year == 2026);
  CHECK(code_of("Tiêu đề hồ sơ,Thời hạn bảo quản\nMột,10\n") == "VTLT-LIST-21 2");
  CHECK(code_of("a,b\n1,2\n") == "VTLT-LIST-03 2");
  CHECK(code_of("") == "VTLT-LIST-09 2");
}
