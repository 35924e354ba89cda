// What may be changed of a file while it lives, and the order of its documents.
#include "records/filing.h"

#include <catch2/catch.hpp>

using namespace vtlt;
using namespace vtlt::records;

namespace {

FileRecord file_in(FileState state) {
  FileRecord file;
  file.year = 2026;
  file.notation = "04.VP";
  file.title = "Công tác văn thư, lưu trữ năm 2026";
  file.rule = "tt09-148";
  file.term = *parse_term("20");
  file.state = state;
  return file;
}

std::string codes(const std::vector<Finding>& findings) {
  std::string all;
  for (const auto& finding : findings) all += (all.empty() ? "" : " ") + finding.code;
  return all;
}

PlacedDocument placed(int ordinal, const char* date, const char* own, const char* arrival = "", int number = 0) {
  PlacedDocument one;
  one.ordinal = ordinal;
  one.date = text::parse_date(date).value_or(Date{});
  one.own = parse_document_number(own).value_or(DocumentNumber{});
  one.arrival = text::parse_date(arrival).value_or(Date{});
  one.arrival_number = number;
  return one;
}

}  // namespace

TEST_CASE("what was handed over is described anew with a paper only", "[filing][D39][D3]") {
  struct Row {
    FileState state;
    const char* field;
    bool basis;
    const char* expected;
  };
  const auto changed = [](FileRecord file, const std::string& field) {
    if (field == "title") file.title = "Tiêu đề khác";
    if (field == "note") file.note = "Ghi chú";
    if (field == "officer") file.officer = "Nguyễn Thị Lan";
    if (field == "sheets") file.sheets = 40;
    if (field == "notation") file.notation = "05.VP";
    if (field == "year") file.year = 2025;
    return file;
  };
  const Row rows[] = {
      {FileState::planned, "title", false, ""},       {FileState::open, "title", false, ""},
      {FileState::open, "notation", false, "D03"},    {FileState::open, "year", true, "D03"},
      {FileState::closed, "title", false, ""},        {FileState::closed, "note", false, ""},
      {FileState::submitted, "note", false, ""},      {FileState::submitted, "title", false, "D39"},
      {FileState::submitted, "title", true, ""},      {FileState::archived, "sheets", false, "D39"},
      {FileState::archived, "officer", false, ""},    {FileState::archived, "sheets", true, ""},
      {FileState::transferred, "note", true, "D39"},  {FileState::listed, "note", true, "D39"},
      {FileState::destroyed, "note", true, "D39"},
  };
  for (const Row& row : rows) {
    const FileRecord before = file_in(row.state);
    INFO(state_text(row.state) << " " << row.field << " " << row.basis);
    CHECK(codes(check_amend({before, changed(before, row.field), row.basis})) == row.expected);
  }
}

TEST_CASE("the term of a closed file needs a paper", "[filing][P15][P23][D39]") {
  struct Row {
    FileState state;
    bool basis;
    const char* expected;
  };
  const Row rows[] = {{FileState::planned, false, ""},  {FileState::open, false, ""},    {FileState::closed, false, "P15"},
                      {FileState::closed, true, ""},    {FileState::archived, false, "D39"}, {FileState::archived, true, ""}};
  for (const Row& row : rows) {
    FileRecord after = file_in(row.state);
    after.term = *parse_term("50");
    INFO(state_text(row.state) << " " << row.basis);
    CHECK(codes(check_amend({file_in(row.state), after, row.basis})) == row.expected);
  }
}

TEST_CASE("the fields that changed are named", "[filing]") {
  const FileRecord before = file_in(FileState::open);
  FileRecord after = before;
  CHECK(changed_fields(before, after).empty());
  after.term = *parse_term("VV");
  after.officer = "Lan";
  after.settled = {2026, 11, 5};
  after.state = FileState::closed;
  after.ended = 2026;
  CHECK(changed_fields(before, after) == std::vector<std::string>{"term", "officer", "settled"});
}

TEST_CASE("documents of a file are put in order", "[filing][D4]") {
  const std::vector<PlacedDocument> documents = {
      placed(1, "05/11/2026", "12/KH-UBND"), placed(2, "11/2026", "3/TB-UBND"), placed(3, "", ""),
      placed(4, "04/11/2026", "245/SNV-VTLT", "06/11/2026", 1312), placed(5, "05/11/2026", "3/BC-UBND"),
      placed(6, "01/10/2026", "9/SNV", "06/11/2026", 1311)};
  CHECK(ordered(documents, DocumentOrder::date) == std::vector<int>{6, 2, 4, 5, 1, 3});
  CHECK(ordered(documents, DocumentOrder::number) == std::vector<int>{5, 2, 6, 1, 4, 3});
  CHECK(ordered(documents, DocumentOrder::received) == std::vector<int>{2, 1, 5, 6, 4, 3});
  CHECK(ordered(documents, std::vector<int>{4, 2}) == std::vector<int>{4, 2, 1, 3, 5, 6});
  CHECK_FALSE(ordered(documents, std::vector<int>{4, 4}));
  CHECK_FALSE(ordered(documents, std::vector<int>{7}));
  CHECK(parse_document_order("ngày") == DocumentOrder::date);
  CHECK(parse_document_order("received") == DocumentOrder::received);
  CHECK_FALSE(parse_document_order("3,1"));
}
