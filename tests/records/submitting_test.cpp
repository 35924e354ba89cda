// Which files go to current archives, what a list adds up to, a list compared: NĐ30 Đ30-31.
#include "records/submitting.h"

#include <catch2/catch.hpp>

#include "records/amounts.h"
#include "records/totals.h"
#include "text/messages.h"

using namespace vtlt;
using namespace vtlt::records;

namespace {

FileRecord file_of(const std::string& term, FileState state = FileState::closed) {
  FileRecord file;
  file.year = 2026;
  file.notation = "04.VP";
  file.term = parse_term(term).value();
  file.state = state;
  file.ended = 2026;
  return file;
}

}  // namespace

TEST_CASE("files of five years and more are submitted, shorter ones stay with a reason", "[P19]") {
  struct Case {
    std::string term;
    Going going;
  };
  for (const auto& one : std::vector<Case>{{"VV", Going::goes},    {"5", Going::goes},   {"20+", Going::goes},
                                           {"HL", Going::goes},    {"HĐ+2", Going::goes}, {"4", Going::stays},
                                           {"2+", Going::stays},   {"KL", Going::stays}, {"", Going::not_yet}}) {
    CAPTURE(one.term);
    const auto verdict = judge_going(file_of(one.term));
    CHECK(verdict.going == one.going);
    CHECK(verdict.why.message.empty() == (one.going == Going::goes));
  }
  const auto stays = judge_going(file_of("2"));
  CHECK(stays.why.code == "P19");
  CHECK(stays.why.level == Level::note);
  CHECK(text::render(stays.why.message, text::Language::vi) == "thời hạn dưới 05 năm (2 năm): để lại đơn vị");
  CHECK(stays.why.basis == "NĐ 30/2020/NĐ-CP, Điều 31 khoản 3 điểm c");
}

TEST_CASE("only closed files whose year is known are submitted", "[P19]") {
  using S = FileState;
  for (const auto& [state, going] : std::vector<std::pair<S, Going>>{
           {S::planned, Going::not_yet}, {S::open, Going::not_yet}, {S::closed, Going::goes}, {S::submitted, Going::past},
           {S::archived, Going::past}, {S::transferred, Going::past}, {S::listed, Going::past}, {S::destroyed, Going::past}}) {
    CAPTURE(state_text(state));
    CHECK(judge_going(file_of("20", state)).going == going);
  }
  FileRecord file = file_of("20");
  CHECK(judge_going(file, true).going == Going::not_yet);
  file.ended = 0;
  CHECK(judge_going(file).going == Going::not_yet);
  file.ended = 2026;
  file.rejected = "bản nháp";
  CHECK(judge_going(file).going == Going::stays);
}

TEST_CASE("totals of a list are computed", "[P14][P20][D26]") {
  Box nine, ten;
  nine.id = new_id(Kind::box);
  nine.shelf_metres = 0.12;
  ten.id = new_id(Kind::box);
  ten.shelf_metres = 0.125;
  FileRecord a = file_of("VV"), b = file_of("20"), c = file_of("HL"), d = file_of("");
  a.box = b.box = nine.id;
  c.box = ten.id;
  a.sheets = 40;
  b.sheets = 6;
  const auto sum = total({{&a, 9, 46, 0, true, false}, {&b, 2, 7, 3, true, true}, {&c, 1, 1, 1, false, true}, {&d, 0, 0, 0, true, false}},
                         {{nine.id, nine}, {ten.id, ten}});
  CHECK(sum.files == 4);
  CHECK(sum.permanent == 1);
  CHECK(sum.with_term == 2);
  CHECK(sum.without_term == 1);
  CHECK(sum.paper_files == 3);
  CHECK(sum.electronic_files == 2);
  CHECK(sum.documents == 12);
  CHECK(sum.pages == 54);
  CHECK(sum.sheets == 46);
  CHECK(sum.paper_without_sheets == 1);
  CHECK(sum.computer_files == 4);
  CHECK(sum.boxes == 2);
  CHECK(sum.centimetres == 25);
  CHECK(total({}, {}) == ListTotals{});
}

TEST_CASE("a list is compared with what is there, item by item", "[P20]") {
  using K = DifferenceKind;
  const Term twenty = parse_term("20").value(), ten = parse_term("10").value();
  const std::vector<ListItem> there = {
      {"2026.04.VP", 2026, "Công tác văn thư", twenty, 46, 50, 9, 0},
      {"2026.01.VP", 2026, "Hòa giải ở cơ sở", twenty, 10, 0, 0, 0},
      {"2025.07.ĐC", 2025, "Cấp đất", ten, 3, 3, 1, 0},
      {"2026.07.ĐC", 2026, "Cấp đất", ten, 3, 3, 1, 0},
  };
  const std::vector<ListItem> told = {
      {"4.vp", 0, "công tác  văn thư", ten, 45, 50, 0, 2},
      {"2026.01.VP", 0, "Hoà giải ở cơ sở", {}, 0, 4, 7, 3},
      {"07.ĐC", 0, "Cấp đất", ten, 0, 0, 0, 4},  // of which year?
      {"2025.7.ĐC", 0, "Cấp đất ở", ten, 0, 0, 0, 5},
      {"2026.04.VP", 0, "", {}, 0, 0, 0, 6},
      {"09.VP", 2026, "", {}, 0, 0, 0, 7},
  };
  const auto found = compare_list(told, there);
  CHECK(found == std::vector<Difference>{
                     {K::term, "2026.04.VP", 2, "10 năm", "20 năm"},
                     {K::sheets, "2026.04.VP", 2, "45", "46"},
                     {K::missing, "07.ĐC", 4, "", ""},
                     {K::title, "2025.07.ĐC", 5, "Cấp đất ở", "Cấp đất"},
                     {K::twice, "2026.04.VP", 6, "", ""},
                     {K::missing, "09.VP", 7, "", ""},
                     {K::extra, "2026.07.ĐC", 0, "", ""},
                 });
  const auto findings = list_findings(found);
  REQUIRE(findings.size() == found.size());
  CHECK(findings[0].level == Level::error);
  CHECK(findings[0].line == 2);
  CHECK(findings[1].level == Level::warning);
  CHECK(text::render(findings[1].message, text::Language::vi) == "khác số tờ: mục lục 45, hồ sơ 46");
  for (const auto& finding : findings)
    for (const auto language : {text::Language::vi, text::Language::en})
      CHECK(text::render(finding.message, language).find('{') == std::string::npos);
  CHECK(compare_list(there, there).empty());
}

TEST_CASE("amounts stand in figures and words", "[P14][D26]") {
  CHECK(amount(41, "hồ sơ") == "41 (bốn mươi mốt) hồ sơ");
  CHECK(amount(1234) == "1.234 (một nghìn hai trăm ba mươi bốn)");
  CHECK(amount_in_words(21, "hồ sơ") == "Hai mươi mốt hồ sơ");
  CHECK(amount_in_words(-5) == "Âm năm");
  struct Case {
    std::int64_t centimetres;
    const char *figures, *words;
  };
  for (const auto& one : {Case{960, "9,6", "chín phẩy sáu"}, Case{35, "0,35", "không phẩy ba mươi lăm"},
                          Case{105, "1,05", "một phẩy không năm"}, Case{1200, "12", "mười hai"}, Case{0, "0", "không"},
                          Case{123450, "1.234,5", "một nghìn hai trăm ba mươi bốn phẩy năm"}}) {
    CHECK(metres(one.centimetres) == one.figures);
    CHECK(metres_in_words(one.centimetres) == one.words);
  }
  CHECK(shelf(960) == "9,6 (chín phẩy sáu) mét giá");
}

namespace {

FiledDocument document(const Date& date, int pages, std::vector<Component> components = {}) {
  FiledDocument filed;
  filed.document.date = date;
  filed.document.pages = pages;
  filed.components = std::move(components);
  return filed;
}
Component component(Role role, int pages) {
  Component one;
  one.role = role;
  one.size = 10;
  one.pages = pages;
  return one;
}

}  // namespace

TEST_CASE("what is in a file is counted", "[D8]") {
  const auto counted = count({document({2026, 3, 15}, 4), document({2026, 2, 0}, 0, {component(Role::main, 3), component(Role::annex, 9)}),
                              document({}, 0, {component(Role::scan, 0)}), document({2026, 0, 0}, 1)});
  CHECK(counted.documents == 4);
  CHECK(counted.pages == 8);
  CHECK(counted.without_pages == 1);
  CHECK_FALSE(counted.all_pages());
  CHECK(counted.computer_files == 3);
  CHECK(counted.first == Date{2026, 0, 0});
  CHECK(counted.last == Date{2026, 0, 0});
  CHECK(counted.without_date == 1);
  // Main content and its scan are the same pages.
  CHECK(pages_of(document({}, 0, {component(Role::main, 3), component(Role::scan, 3)})) == 3);
  CHECK(count({}).all_pages() == 0);
}

TEST_CASE("recorded totals and spans are compared with the documents", "[D8]") {
  struct Case {
    int documents, pages;
    Date start, end;
    std::vector<std::string> keys;
  };
  const Counted counted = count({document({2026, 2, 3}, 4), document({2026, 11, 20}, 2)});
  const Case cases[] = {
      {0, 0, {}, {}, {}},
      {2, 6, {2026, 2, 3}, {2026, 11, 20}, {}},
      {3, 7, {2026, 1, 1}, {2026, 12, 0}, {"records.totals.documents", "records.totals.pages"}},
      {2, 6, {2026, 2, 0}, {2026, 0, 0}, {}},  // as exact as it was written
      {0, 0, {2026, 3, 0}, {2026, 10, 0}, {"records.totals.start", "records.totals.end"}},
      {0, 0, {2027, 0, 0}, {2026, 12, 0}, {"records.totals.backwards", "records.totals.start"}},
  };
  for (const auto& one : cases) {
    FileRecord file = file_of("20");
    file.documents_told = one.documents;
    file.pages_told = one.pages;
    file.start = one.start;
    file.end = one.end;
    CAPTURE(one.documents, one.pages, text::to_dmy(one.start), text::to_dmy(one.end));
    std::vector<std::string> keys;
    for (const auto& finding : check_totals(file, counted)) keys.push_back(finding.message.key);
    CHECK(keys == one.keys);
  }
  FileRecord file = file_of("20");
  file.documents_told = 9;
  CHECK(check_totals(file, count({})).empty());  // nothing was entered yet
  file.documents_told = 2;
  file.pages_told = 3;
  const Counted partly = count({document({}, 2), document({}, 0)});
  CHECK(check_totals(file, partly).empty());  // the other may have one page
  file.pages_told = 1;
  CHECK(check_totals(file, partly).front().message.key == "records.totals.pages_at_least");
}
