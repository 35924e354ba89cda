// The yearly file list: columns by heading, rows as they stand.
#include "exchange/file_list.h"

#include "samples.h"

using namespace vtlt;

namespace {
std::vector<exchange::FileListRow> rows_of(const std::string& text) {
  std::vector<exchange::FileListRow> rows;
  exchange::read_file_list(text, "danh-muc.csv", {},
                           [&](exchange::FileListRow&& row) { rows.push_back(std::move(row)); });
  return rows;
}
}  // namespace

TEST_CASE("a file list is read by its headings", "[exchange][P14][P41]") {
  const auto rows = rows_of(
      "UBND XÃ THỬ,,,,\nDANH MỤC HỒ SƠ,,,,\n"
      "Số và ký hiệu hồ sơ,Tên đề mục và tiêu đề hồ sơ,Thời hạn bảo quản,Người lập hồ sơ,Ghi chú\n"
      "(1),(2),(3),(4),(5)\n,I. VĂN PHÒNG,,,\n01.VP,\"Kế hoạch,  báo cáo\",Vĩnh viễn,Lan,x\n");
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].title == "I. VĂN PHÒNG");
  CHECK(rows[1].row == 6);
  CHECK(rows[1].notation == "01.VP");
  CHECK(rows[1].title == "Kế hoạch, báo cáo");
  CHECK(rows[1].term == "Vĩnh viễn");
  CHECK(rows[1].officer == "Lan");
  CHECK(rows[1].note == "x");
  const auto other = rows_of(
      "Ghi chú;Thời hạn lưu trữ;Tiêu đề hồ sơ;Ký hiệu HS;Quy tắc thời hạn\nx;20 năm;a;01.VP;tt09-5b\n");
  REQUIRE(other.size() == 1);
  CHECK(other[0].rule == "tt09-5b");
  CHECK(other[0].term == "20 năm");
}

TEST_CASE("a file list says the term in the words of both laws", "[P49]") {
  for (const char* heading : {"Thời hạn bảo quản", "Thời hạn lưu trữ", "THỜI HẠN LƯU TRỮ", "THBQ"}) {
    CAPTURE(heading);
    const auto rows = rows_of(std::string("Số và ký hiệu hồ sơ,Tên đề mục và tiêu đề hồ sơ,") + heading + "\n01.VP,a,20 năm\n");
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].term == "20 năm");
  }
}

TEST_CASE("what is no file list is refused", "[exchange]") {
  try {
    rows_of("Số và ký hiệu hồ sơ,Ghi chú\n01.VP,x\n");
    FAIL("read although it has no titles");
  } catch (const Error& error) {
    CHECK(error.code() == "VTLT-LIST-20");
    CHECK(error.exit() == Exit::usage);
  }
}
