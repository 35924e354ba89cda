// Sheet numbers of paper files: NĐ30 Đ29.4c, CV283.
#include "records/sheets.h"

#include <catch2/catch.hpp>

#include "text/messages.h"

using namespace vtlt;
using namespace vtlt::records;

namespace {

FiledDocument paper(int ordinal, const std::string& sheets, Carrier carrier = Carrier::paper) {
  FiledDocument filed;
  filed.ordinal = ordinal;
  filed.document.sheets = sheets;
  filed.document.carrier = carrier;
  return filed;
}

FileRecord file_of(Term term, int sheets = 0) {
  FileRecord file;
  file.year = 2026;
  file.notation = "04.VP";
  file.term = std::move(term);
  file.sheets = sheets;
  return file;
}
const Term kTwenty{TermKind::years, 20, false, {}};

std::vector<std::string> said(const std::vector<Finding>& findings) {
  std::vector<std::string> out;
  for (const auto& finding : findings)
    out.push_back((finding.level == Level::error ? "E " : "W ") + text::render(finding.message, text::Language::vi));
  return out;
}

}  // namespace

TEST_CASE("sheet numbers are read and ordered", "[P16]") {
  CHECK(parse_sheet("15a")->text() == "15a");
  CHECK(parse_sheet("015")->text() == "15");
  CHECK(parse_sheet("15 A")->text() == "15a");
  CHECK(parse_sheet("Tờ số 15đ")->text() == "15đ");
  for (const char* wrong : {"", "0", "a15", "15aa", "15.2", "-3", "15f", "123456", "mười"}) {
    CAPTURE(wrong);
    CHECK_FALSE(parse_sheet(wrong));
  }
  const char* ordered[] = {"9", "15", "15a", "15b", "15d", "15đ", "15e", "16", "150"};
  for (std::size_t i = 0; i < std::size(ordered); ++i)
    for (std::size_t j = 0; j < std::size(ordered); ++j)
      CHECK((*parse_sheet(ordered[i]) < *parse_sheet(ordered[j])) == (i < j));
}

TEST_CASE("lists of sheets are read, written and counted", "[P16]") {
  struct Case {
    const char* text;
    const char* written;  // nullptr: no sheets
    std::int64_t sheets;
  };
  const Case cases[] = {
      {"9", "9", 1},
      {"3-5, 8", "3-5, 8", 4},
      {"15a-17", "15a-17", 3},
      {"15-15b;16", "15-15b, 16", 4},
      {"15a – 15c", "15a-15c", 3},
      {"14-16, 15a", "14-16, 15a", 4},
      {"1-2, 2-3", "1-2, 2-3", 3},
      {"5-3", nullptr, 0},
      {"15b-15a", nullptr, 0},
      {"1-2-3", nullptr, 0},
      {"3,,5", nullptr, 0},
      {"", nullptr, 0},
      {"1-99999, 1-99999", nullptr, 0},
      {"từ 1 đến 5", nullptr, 0},
  };
  for (const auto& one : cases) {
    CAPTURE(one.text);
    const auto ranges = parse_sheets(one.text);
    REQUIRE(ranges.has_value() == (one.written != nullptr));
    if (!ranges) continue;
    CHECK(sheets_text(*ranges) == one.written);
    CHECK(static_cast<std::int64_t>(sheets_of(*ranges).size()) == one.sheets);
  }
  CHECK(count({{15, 1}, {17, 2}}) == 5);  // 15a 16 17 17a 17b
  CHECK(sheets_of({{{15, 1}, {17, 2}}}).size() == 5);
}

TEST_CASE("what a paper file needs follows from its term", "[P16]") {
  struct Case {
    Term term;
    Carrier carrier;
    int from;
    bool numbers, list, certificate;
  };
  const Term permanent{TermKind::permanent, 0, false, {}}, five{TermKind::years, 5, false, {}},
      four{TermKind::years, 4, false, {}}, until{TermKind::event, 0, false, "HL"};
  const Case cases[] = {
      {permanent, Carrier::paper, 5, true, true, true},    {permanent, Carrier::electronic, 5, false, false, false},
      {permanent, Carrier::unknown, 5, false, false, false}, {five, Carrier::paper, 5, true, false, true},
      {five, Carrier::both, 5, true, false, true},         {five, Carrier::paper, 20, false, false, true},
      {kTwenty, Carrier::paper, 20, true, false, true},    {four, Carrier::paper, 5, false, false, true},
      {until, Carrier::paper, 20, true, false, true},      {Term{}, Carrier::paper, 5, false, false, true},
  };
  for (const auto& one : cases) {
    CAPTURE(term_shorthand(one.term), carrier_text(one.carrier), one.from);
    const auto duties = paper_duties(file_of(one.term), {paper(1, "", one.carrier)}, one.from);
    CHECK(duties.sheet_numbers == one.numbers);
    CHECK(duties.document_list == one.list);
    CHECK(duties.closing_certificate == one.certificate);
  }
  // The longest term among the documents is the file's.
  FiledDocument longer = paper(1, "");
  longer.document.term = permanent;
  CHECK(paper_duties(file_of(four), {longer}).document_list);
}

TEST_CASE("sheets of a file are checked", "[P16]") {
  using V = std::vector<std::string>;
  CHECK(said(check_sheets(file_of(kTwenty, 6), {paper(1, "1-3"), paper(2, "4, 5"), paper(3, "6")})).empty());
  CHECK(said(check_sheets(file_of(kTwenty), {paper(1, "1-3"), paper(2, ""), paper(3, "", Carrier::electronic)})) ==
        V{"E chưa đánh số tờ: văn bản 2"});
  CHECK(said(check_sheets(file_of({TermKind::years, 2, false, {}}), {paper(1, "")})).empty());
  CHECK(said(check_sheets(file_of(kTwenty), {paper(1, "1-x")})) == V{"E văn bản 1: \"1-x\" không phải số tờ"});
  CHECK(said(check_sheets(file_of(kTwenty), {paper(1, "1-3"), paper(2, "3-4")})) == V{"W tờ 3 thuộc hai văn bản: 1, 2"});
  CHECK(said(check_sheets(file_of(kTwenty), {paper(1, "1-3"), paper(2, "2-4")})) ==
        V{"E tờ 2, 3 thuộc hai văn bản: 1, 2", "W số tờ không theo thứ tự văn bản: 2"});
  CHECK(said(check_sheets(file_of(kTwenty), {paper(1, "4-6"), paper(2, "1-3")})) ==
        V{"W số tờ không theo thứ tự văn bản: 2"});
  CHECK(said(check_sheets(file_of(kTwenty), {paper(1, "2-3"), paper(2, "7, 8b"), paper(3, "10a")})) ==
        V{"W thiếu tờ 1, 4-6, 8, 8a, 9, 10"});
  CHECK(said(check_sheets(file_of(kTwenty, 5), {paper(1, "1-3"), paper(2, "3a")})) == V{"W ghi 5 tờ, đã đánh số 4 tờ"});
  // Given in another order than that of the ordinals.
  CHECK(said(check_sheets(file_of(kTwenty), {paper(2, "4"), paper(1, "1-3")})).empty());
}

TEST_CASE("the closing certificate is computed", "[P16]") {
  FileRecord file = file_of(kTwenty, 7);
  file.condition = "tốt";
  const auto one = closing_certificate(file, {paper(1, "1-3"), paper(2, "3a, 5-6"), paper(3, "9", Carrier::electronic)}, 1);
  CHECK(one.sheets == 6);
  CHECK(one.first == "1");
  CHECK(one.last == "6");
  CHECK(one.lettered == std::vector<std::string>{"3a"});
  CHECK(one.missing == std::vector<std::string>{"4"});
  CHECK(one.list_sheets == 1);
  CHECK(one.condition == "tốt");
  CHECK(closing_certificate(file, {paper(1, "")}, 0).sheets == 7);
}
