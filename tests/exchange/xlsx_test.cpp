#include <archive.h>
#include <archive_entry.h>

#include "exchange/number_format.h"
#include "exchange/readers.h"
#include "samples.h"

using namespace vtlt::exchange;
using samples::read;
using samples::refusal;
using Cells = std::vector<std::string>;

namespace {

struct Part {
  std::string name, text;
};

std::string zip(const std::vector<Part>& parts) {
  std::string out(4 << 20, '\0');
  std::size_t used = 0;
  archive* writer = archive_write_new();
  archive_write_set_format_zip(writer);
  archive_write_open_memory(writer, out.data(), out.size(), &used);
  for (const Part& part : parts) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, part.name.c_str());
    archive_entry_set_size(entry, static_cast<la_int64_t>(part.text.size()));
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    REQUIRE(archive_write_header(writer, entry) == ARCHIVE_OK);
    archive_write_data(writer, part.text.data(), part.text.size());
    archive_entry_free(entry);
  }
  archive_write_close(writer);
  archive_write_free(writer);
  out.resize(used);
  return out;
}

constexpr const char* kMain = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
constexpr const char* kOffice = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

std::vector<Part> workbook(const std::string& rows, const std::string& strings = "",
                           const std::string& workbook_properties = "") {
  const std::string m = kMain, o = kOffice;
  return {
      // The sheet comes first in the zip: order must not matter.
      {"xl/worksheets/sheet1.xml", "<worksheet " + m + "><sheetData>" + rows + "</sheetData></worksheet>"},
      {"xl/worksheets/sheet2.xml",
       "<worksheet " + m +
           "><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Số</t></is></c><c r=\"B1\" "
           "t=\"inlineStr\"><is><t>Ngày</t></is></c></row><row r=\"2\"><c r=\"A2\"><v>2</v></c></row>"
           "</sheetData></worksheet>"},
      {"_rels/.rels", "<Relationships><Relationship Id=\"a\" Type=\"" + o +
                          "/officeDocument\" Target=\"/xl/workbook.xml\"/></Relationships>"},
      {"xl/workbook.xml", "<workbook " + m + " xmlns:r=\"" + o + "\">" + workbook_properties +
                              "<sheets><sheet name=\"Ẩn\" state=\"hidden\" sheetId=\"9\" r:id=\"h\"/>"
                              "<sheet name=\"Sổ đến\" sheetId=\"1\" r:id=\"r1\"/><sheet name=\"Sổ đi\" "
                              "sheetId=\"2\" r:id=\"r2\"/></sheets></workbook>"},
      {"xl/_rels/workbook.xml.rels",
       "<Relationships><Relationship Id=\"r1\" Type=\"" + o +
           "/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"" + o +
           "/worksheet\" Target=\"worksheets/sheet2.xml\"/><Relationship Id=\"s\" Type=\"" + o +
           "/styles\" Target=\"styles.xml\"/><Relationship Id=\"t\" Type=\"" + o +
           "/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>"},
      {"xl/styles.xml",
       "<styleSheet " + m +
           "><numFmts><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy\"/><numFmt numFmtId=\"165\" "
           "formatCode=\"yyyy\"/><numFmt numFmtId=\"166\" formatCode=\"000\"/></numFmts><cellStyleXfs><xf "
           "numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf "
           "numFmtId=\"164\"/><xf "
           "numFmtId=\"165\"/><xf numFmtId=\"166\"/><xf numFmtId=\"22\"/></cellXfs></styleSheet>"},
      {"xl/sharedStrings.xml", "<sst " + m +
                                   "><si><t>Số</t></si><si><r><t>Ng</t></r><r><t>ày</t></r><rPh><t>x</t></"
                                   "rPh></si><si><t xml:space=\"preserve\"> a_x000D_b </t></si>" +
                                   strings + "</sst>"}};
}

constexpr const char* kHeading =
    "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c><c r=\"B2\" t=\"s\"><v>1</v></c></row>";

}  // namespace

TEST_CASE("XLSX: strings, numbers, dates, booleans as people see them", "[P41]") {
  struct Case {
    const char* cell;
    const char* shown;
  };
  const Case cases[] = {{"t=\"s\"><v>2</v>", " a\rb "},
                        {"t=\"inlineStr\"><is><r><t>x</t></r><r><t>y</t></r></is>", "xy"},
                        {"t=\"str\"><f>A1</f><v>kết quả</v>", "kết quả"},
                        {"t=\"b\"><v>1</v>", "TRUE"},
                        {"t=\"e\"><v>#N/A</v>", "#N/A"},
                        {"t=\"d\"><v>2024-01-05T00:00:00</v>", "05/01/2024"},
                        {"><v>12</v>", "12"},
                        {"><v>12.0</v>", "12"},
                        {"><v>1.2E3</v>", "1200"},
                        {"><v>0.5</v>", "0.5"},
                        {"><v>0.1</v>", "0.1"},
                        {"s=\"1\"><v>45296</v>", "05/01/2024"},
                        {"s=\"2\"><v>45296.0</v>", "05/01/2024"},
                        {"s=\"3\"><v>45296</v>", "2024"},
                        {"s=\"4\"><v>7</v>", "007"},
                        {"s=\"5\"><v>45296.354166666664</v>", "05/01/2024 08:30"},
                        {"s=\"5\"><v>45296</v>", "05/01/2024"},
                        {"s=\"999\"><v>3</v>", "3"}};
  for (const Case& c : cases) {
    INFO(c.cell);
    const auto table =
        read(zip(workbook(std::string(kHeading) + "<row r=\"3\"><c r=\"B3\" " + c.cell + "</c></row>")));
    CHECK(table.info.format == "XLSX");
    REQUIRE(table.rows.size() == 1);
    CHECK(table.rows[0].number == 3);
    CHECK(table.rows[0].cells == Cells{"", c.shown});
  }
}

TEST_CASE("XLSX: sheets by name, the first visible by default", "[P41]") {
  const auto bytes = zip(workbook(std::string(kHeading) + "<row r=\"9\"><c r=\"A9\"><v>1</v></c></row>"));
  CHECK(read(bytes).rows[0].cells[0] == "1");
  CHECK(read(bytes).rows[0].number == 9);
  TableOptions options;
  options.sheet = "so di";
  CHECK(read(bytes, options).rows[0].cells[0] == "2");
  options.sheet = "khác";
  CHECK(refusal(bytes, options) == "VTLT-LIST-07");
}

TEST_CASE("XLSX: number formats", "[P41]") {
  CHECK(show_number("1", parse_format("0"), false) == "1");
  CHECK(show_number("45296", parse_format("[$-42A]dd \"tháng\" mm yyyy;@"), false) == "05/01/2024");
  CHECK(show_number("45296", parse_format("mm/yyyy"), false) == "01/2024");
  CHECK(show_number("45296", parse_format("#,##0 \"đ\""), false) == "45296");
  CHECK(show_number("0.5", parse_format("hh:mm"), false) == "12:00");
  CHECK(show_number("43834", parse_format("dd/mm/yyyy"), true) == "05/01/2024");
  CHECK(show_number("1", builtin_format(14), false) == "01/01/1900");
  CHECK(show_number("61", builtin_format(14), false) == "01/03/1900");
  CHECK(show_number("-3", builtin_format(0), false) == "-3");
  CHECK(show_number("1e300", builtin_format(14), false) == "1e+300");
  CHECK(show_number("x", builtin_format(14), false) == "x");
}

TEST_CASE("XLSX: hostile workbooks are refused within bounds", "[P41]") {
  const std::string bomb_row =
      "<row><c t=\"inlineStr\"><is><t>" + std::string(60000, 'x') + "</t></is></c></row>";
  std::string rows = kHeading;
  for (int i = 0; i < 500; ++i)
    rows += bomb_row;
  CHECK(refusal(zip(workbook(rows))) == "VTLT-LIST-06");
  CHECK(refusal(zip(workbook(std::string(kHeading) + "<row><c t=\"s\"><v>99999</v></c></row>"))) ==
        "VTLT-LIST-05");
  CHECK(refusal(zip(workbook(std::string(kHeading) + "<row><c r=\"ZZZ3\"><v>1</v></c></row>"))) ==
        "VTLT-LIST-08");
  CHECK(refusal(zip(workbook(std::string(kHeading) + "<row><c t=\"inlineStr\"><is><t>" +
                             std::string(2 << 20, 'y') + "</t></is></c></row>"))) == "VTLT-LIST-08");
  CHECK(refusal(zip(workbook(std::string(kHeading) + "<row><c>"))) == "VTLT-LIST-05");
  CHECK(refusal(zip({{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}})) == "VTLT-LIST-04");
  auto parts = workbook(std::string(kHeading) + "<row><c t=\"inlineStr\"><is><t>&e;</t></is></c></row>");
  parts[0].text = "<!DOCTYPE worksheet [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>" + parts[0].text;
  CHECK(refusal(zip(parts)) == "VTLT-LIST-05");
  std::vector<Part> many;
  for (int i = 0; i < 10050; ++i)
    many.push_back({"x" + std::to_string(i), ""});
  CHECK(refusal(zip(many)) == "VTLT-LIST-06");
}

TEST_CASE("XLSX: the sample of files in the provincial layout", "[P42]") {
  const auto bytes = samples::shared("ho-so.xlsx");
  if (!bytes) return;
  const auto table = read(*bytes);
  CHECK(table.rows.size() == 60);
  CHECK(table.info.headings.size() == 46);
  CHECK(table.info.heading_row == 1);
  CHECK(table.rows.front().number == 2);
  CHECK(table.rows.front().cells[2] == "01");
  CHECK(table.rows.front().cells[26] == "04");
}
