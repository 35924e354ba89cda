// Long lists are read piece by piece, with the same rows.
#include <catch2/catch.hpp>

#include "exchange/table.h"

using namespace vtlt;
using namespace vtlt::exchange;

namespace {

struct Read {
  TableInfo info;
  std::vector<std::vector<std::string>> rows;
};

Read read(std::string_view bytes, const TableOptions& options) {
  Read all;
  const auto known = [](std::string_view heading) { return heading == "Số" || heading == "Trích yếu"; };
  all.info = read_table(bytes, "a.csv", options, known, 2, [](const TableInfo&) {},
                        [&](const TableRow& row) { all.rows.push_back(row.cells); });
  return all;
}

// `first` bytes at once, what follows in pieces.
Read read_in_pieces(std::string_view bytes, std::size_t first, std::size_t piece) {
  TableOptions options;
  std::string held;  // a piece stands until the next one, no longer
  options.more = [&, at = first]() mutable -> std::string_view {
    held = std::string(bytes.substr(std::min(at, bytes.size()), piece));
    at += held.size();
    return held;
  };
  return read(bytes.substr(0, first), options);
}

std::string wide(std::u16string_view text, bool big) {
  std::string bytes;
  for (const char16_t unit : text) {
    const char high = static_cast<char>(unit >> 8), low = static_cast<char>(unit & 0xFF);
    bytes += big ? high : low;
    bytes += big ? low : high;
  }
  return bytes;
}

}  // namespace

TEST_CASE("a list in pieces has the rows it has as a whole, wherever it is cut [P41]") {
  std::string list = "Số,Trích yếu\r\n";
  std::u16string list16 = u"\uFEFFSố,Trích yếu\r\n";
  for (int i = 1; i <= 40; ++i) {
    list += std::to_string(i) + ",\"Về việc \"\"thu nộp\"\"\nđợt " + std::to_string(i) + "\"\r\n";
    list16 += u"1,\"Về \U0001F600 việc \U00020000\U00020001\"\r\n";
  }
  const Read whole = read(list, {});
  REQUIRE(whole.rows.size() == 40);
  CHECK(whole.rows[6] == std::vector<std::string>{"7", "Về việc \"thu nộp\"\nđợt 7"});
  const std::size_t first = list.find("20,");
  for (const std::size_t piece : {1, 2, 3, 7, 64, 5000}) {
    CHECK(read_in_pieces(list, first, piece).rows == whole.rows);
    for (const bool big : {false, true}) {
      const std::string bytes = wide(list16, big);
      const Read whole16 = read(bytes, {});
      REQUIRE(whole16.rows.size() == 40);
      CHECK(read_in_pieces(bytes, 400, piece).rows == whole16.rows);
    }
  }
  CHECK(in_pieces(list));
  CHECK_FALSE(in_pieces("PK\x03\x04"));
  CHECK_FALSE(in_pieces("<html><table>"));
}
