#include <random>

#include "exchange/readers.h"
#include "samples.h"
#include "text/text.h"

using namespace vtlt::exchange;
using samples::read;
using samples::refusal;
using Cells = std::vector<std::string>;

TEST_CASE("CSV: the quirks of spreadsheets", "[P41]") {
  struct Case {
    const char* what;
    std::string bytes;
    std::vector<Cells> rows;
  };
  const Case cases[] = {
      {"LF", "Số,Ngày\n1,2\n", {{"1", "2"}}},
      {"CRLF without last end", "Số,Ngày\r\n1,2", {{"1", "2"}}},
      {"CR", "Số,Ngày\r1,2\r3,4\r", {{"1", "2"}, {"3", "4"}}},
      {"BOM", "\xEF\xBB\xBFSố,Ngày\n1,2\n", {{"1", "2"}}},
      {"sep", "sep=;\r\nSố;Ngày\r\n1,5;2\r\n", {{"1,5", "2"}}},
      {"quoted sep", "\"sep=|\"\nSố|Ngày\n1|2\n", {{"1", "2"}}},
      {"semicolons", "Số;Ngày\n\"a;b\";2\n", {{"a;b", "2"}}},
      {"tabs", "Số\tNgày\n1\t2,3\n", {{"1", "2,3"}}},
      {"quotes", "Số,Ngày\n\"a \"\"b\"\"\",\"x\ny\"\n", {{"a \"b\"", "x\ny"}}},
      {"quote inside a plain cell", "Số,Ngày\nmáy 21\",2\n", {{"máy 21\"", "2"}}},
      {"letters after a closing quote", "Số,Ngày\n\"a\"b,2\n", {{"ab", "2"}}},
      {"short rows are filled, long rows kept", "Số,Ngày\n1\n1,2,3\n", {{"1", ""}, {"1", "2", "3"}}},
      {"blank rows pass", "Số,Ngày\n,\n \n1,2\n", {{"1", "2"}}},
      {"leading zeros", "Số,Ngày\n007,05\n", {{"007", "05"}}},
      {"numbering under the heading",
       "Số,Ngày,Tên,Ghi chú\n(1),(2),(3),(4)\n1,2,3,4\n",
       {{"1", "2", "3", "4"}}},
      {"NFC", "Số,Ngày\nto\xCC\x82\xCC\x81,2\n", {{"tố", "2"}}},
  };
  for (const Case& c : cases) {
    INFO(c.what);
    const auto table = read(c.bytes);
    REQUIRE(table.rows.size() == c.rows.size());
    for (std::size_t i = 0; i < c.rows.size(); ++i)
      CHECK(table.rows[i].cells == c.rows[i]);
  }
}

TEST_CASE("CSV: rows keep their number in the list", "[P41]") {
  const auto table = read("Sổ đăng ký\n\nSố,Ngày\n\"a\nb\",1\n,\nc,2\n");
  CHECK(table.info.heading_row == 3);
  CHECK(table.info.headings == Cells{"Số", "Ngày"});
  REQUIRE(table.rows.size() == 2);
  CHECK(table.rows[0].number == 4);
  CHECK(table.rows[1].number == 6);
  CHECK(read("sep=;\nSố;Ngày\n1;2\n").rows[0].number == 2);
}

TEST_CASE("CSV: what cannot be read is refused with its place", "[P41]") {
  CHECK(refusal("Số,Ngày\n1,\"2\n3,4\n") == "VTLT-LIST-01");
  CHECK(refusal(std::string("S\0,N\n", 5)) == "VTLT-LIST-02");
  CHECK(refusal("x,y\n1,2\n") == "VTLT-LIST-03");
  CHECK(refusal("") == "VTLT-LIST-09");
  CHECK(refusal("\n\n") == "VTLT-LIST-09");
  CHECK(refusal("\xD0\xCF\x11\xE0 old") == "VTLT-LIST-04");
  CHECK(refusal("%PDF-1.7") == "VTLT-LIST-04");
  CHECK(refusal("Số,Ngày\n1,\"" + std::string(2 << 20, 'x')) == "VTLT-LIST-08");
  CHECK(refusal("Số,Ngày\n" + std::string(5000, ',')) == "VTLT-LIST-08");
  try {
    read("Số,Ngày\n1,2\n3,\"4\n");
    FAIL("read");
  } catch (const vtlt::Error& error) {
    CHECK(error.line() == 3);
    CHECK(error.path() == "list");
  }
}

TEST_CASE("CSV: UTF-16 with and without BOM", "[P41]") {
  const std::u16string text = u"Số;Ngày\r\n“Đế”;05\r\n";
  for (const bool big : {false, true})
    for (const bool bom : {false, true}) {
      std::string bytes = bom ? (big ? "\xFE\xFF" : "\xFF\xFE") : "";
      for (const char16_t unit : text) {
        bytes += static_cast<char>(big ? unit >> 8 : unit & 0xFF);
        bytes += static_cast<char>(big ? unit & 0xFF : unit >> 8);
      }
      const auto table = read(bytes);
      REQUIRE(table.rows.size() == 1);
      CHECK(table.rows[0].cells == Cells{"“Đế”", "05"});
    }
}

TEST_CASE("the same register in three encodings gives the same rows", "[P41]") {
  const auto plain = samples::shared("van-ban-den.csv"), vni = samples::shared("van-ban-den.vni.csv");
  const auto out = samples::shared("van-ban-di.csv"), abc = samples::shared("van-ban-di.tcvn3.csv");
  if (!plain || !vni || !out || !abc) return;
  const auto a = read(*plain), b = read(*vni);
  CHECK(a.rows.size() == 64);
  CHECK(a.info.headings == b.info.headings);
  REQUIRE(a.rows.size() == b.rows.size());
  for (std::size_t i = 0; i < a.rows.size(); ++i) {
    CHECK(a.rows[i].cells == b.rows[i].cells);
    CHECK(a.rows[i].number == b.rows[i].number);
  }
  const auto c = read(*out), d = read(*abc);
  CHECK(c.rows.size() == 80);
  REQUIRE(c.rows.size() == d.rows.size());
  for (std::size_t i = 0; i < c.rows.size(); ++i)
    for (std::size_t j = 0; j < c.rows[i].cells.size(); ++j)
      CHECK(vtlt::text::fold_case(c.rows[i].cells[j]) == vtlt::text::fold_case(d.rows[i].cells[j]));
}

TEST_CASE("text in a .VnTime font saved as Unicode is found out", "[P41]") {
  const auto abc = samples::shared("van-ban-di.tcvn3.csv"), plain = samples::shared("van-ban-di.csv");
  if (!abc || !plain) return;
  // Each byte as the character Windows shows for it, then UTF-8: what a spreadsheet does.
  std::string saved = std::string(kBom);
  for (const char c : *abc) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      saved += c;
    } else {
      saved += static_cast<char>(0xC0 | byte >> 6);
      saved += static_cast<char>(0x80 | (byte & 0x3F));
    }
  }
  const auto table = read(saved);
  CHECK(table.info.encoding.encoding == Encoding::tcvn3);
  const auto right = read(*plain);
  REQUIRE(table.rows.size() == right.rows.size());
  for (std::size_t i = 0; i < right.rows.size(); ++i)
    CHECK(vtlt::text::fold_case(table.rows[i].cells[2]) == vtlt::text::fold_case(right.rows[i].cells[2]));
  // Told so, it is the same.
  TableOptions options;
  options.encoding = Encoding::tcvn3;
  const auto told = read(saved, options);
  CHECK(told.rows[3].cells == table.rows[3].cells);
}

TEST_CASE("HTML tables saved as .xls", "[P41]") {
  const std::string page =
      "<html><head><meta http-equiv=Content-Type content=\"text/html; charset=utf-8\"><style>td{}</style>"
      "<script>var x='<td>no</td>';</script></head><body>"
      "<table><tr><td colspan=3>SỔ ĐĂNG KÝ</td></tr><tr><th>Số</th><th>Ngày</th><th>Trích yếu</th></tr>"
      "<tr><td>05</td><td>01/02/2024</td><td>V/v &lt;b&gt;  họp<br>lần 2 &#7910;BND</td></tr>"
      "<tr><td rowspan=2>06</td><td>x</td><td>y<table><tr><td>z</td></tr></table></td></tr>"
      "<tr><td>x2</td><td>y2</td></tr></table></body></html>";
  const auto table = read(page);
  CHECK(table.info.format == "HTML");
  CHECK(table.info.heading_row == 2);
  REQUIRE(table.rows.size() == 3);
  CHECK(table.rows[0].cells == Cells{"05", "01/02/2024", "V/v <b> họp\nlần 2 ỦBND"});
  CHECK(table.rows[1].cells == Cells{"06", "x", "yz"});
  CHECK(table.rows[2].cells == Cells{"06", "x2", "y2"});
}

TEST_CASE("HTML in an old encoding", "[P41]") {
  const std::string page =
      "<table><tr><td>S\xE8</td><td>Ng\xB5y</td><td>Tr\xDD"
      "ch y\xD5u</td></tr><tr><td>1</td><td>2</td><td>Quy\xD5t \xAE\xDEnh v\xD2 vi\xD6"
      "c</td></tr></table>";
  const auto table = read(page);
  CHECK(table.info.encoding.encoding == Encoding::tcvn3);
  REQUIRE(table.rows.size() == 1);
  CHECK(table.rows[0].cells[2] == "Quyết định về việc");
}

TEST_CASE("csv_line guards formulas only when asked", "[P01]") {
  CHECK(csv_line({"=1+1", "a;b", ""}) == "=1+1,\"a;b\",\r\n");
  CHECK(csv_line({"=1+1", "-x", "a-b"}, true) == "'=1+1,'-x,a-b\r\n");
}

TEST_CASE("random cells come back through csv_line", "[P41]") {
  std::mt19937 random(20260105);
  const Cells pieces = {"a", "ố", "Đ", ",", ";", "\"",         "\n",   "\r\n", "\t",
                        "|", " ", "'", "=", "0", "12/03/2024", "🙂", "sep=;"};
  for (int round = 0; round < 300; ++round) {
    const std::size_t columns = 2 + random() % 6;
    std::vector<Cells> rows;
    std::string bytes = random() % 2 ? std::string(kBom) : "";
    Cells heading;
    for (std::size_t i = 0; i < columns; ++i)
      heading.push_back("Số " + std::to_string(i));
    bytes += csv_line(heading);
    for (std::size_t r = random() % 8; r > 0; --r) {
      Cells cells;
      for (std::size_t i = 0; i < columns; ++i) {
        std::string cell;
        for (std::size_t n = random() % 5; n > 0; --n)
          cell += pieces[random() % pieces.size()];
        cells.push_back(cell);
      }
      cells[0] += "x";  // a blank row would be passed over
      bytes += csv_line(cells);
      rows.push_back(cells);
    }
    const auto table = read(bytes);
    REQUIRE(table.info.headings == heading);
    REQUIRE(table.rows.size() == rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i)
      REQUIRE(table.rows[i].cells == rows[i]);
  }
}

TEST_CASE("broken bytes never bring a reader down", "[P41]") {
  std::vector<std::string> lists = {
      "Số,Ngày\n\"Quyết định\",05\n",
      "<table><tr><td>Số</td><td rowspan=99 colspan=9>Ngày</td></tr><tr><td>1&#1234;</td></tr></table>",
      std::string("\xFF\xFES\0\x11\x1E,\0a\0\n\0", 12)};
  if (const auto xlsx = samples::shared("ho-so.xlsx")) lists.push_back(*xlsx);
  if (const auto vni = samples::shared("van-ban-den.vni.csv")) lists.push_back(vni->substr(0, 4000));
  std::mt19937 random(7);
  int readable = 0, refused = 0;
  for (const std::string& list : lists) {
    const int rounds = list.size() > 10000 ? 60 : 400;
    for (int round = 0; round < rounds; ++round) {
      std::string bytes = list;
      if (round % 3 == 0) bytes.resize(random() % (bytes.size() + 1));
      for (std::size_t n = random() % 6; n > 0 && !bytes.empty(); --n)
        bytes[random() % bytes.size()] = static_cast<char>(random());
      try {
        read(bytes, {}, 1);
        ++readable;
      } catch (const vtlt::Error& error) {
        REQUIRE(error.exit() == vtlt::Exit::usage);
        ++refused;
      }
    }
  }
  CHECK(readable > 0);
  CHECK(refused > 0);
}
