#include "records/rules.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "text/messages.h"

using namespace vtlt;
using namespace vtlt::records;

namespace {

std::string repeated(const std::string& text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i)
    out += text;
  return out;
}

std::vector<std::string> keys(const std::vector<Finding>& findings) {
  std::vector<std::string> out;
  for (const auto& finding : findings)
    out.push_back(finding.message.key);
  return out;
}

Component content(const std::string& digest, Role role = Role::main) {
  Component component;
  component.role = role;
  component.size = 10;
  component.sha256 = digest;
  return component;
}

FiledDocument filed(int ordinal, const std::string& number, const std::string& digest) {
  FiledDocument out;
  out.ordinal = ordinal;
  if (!number.empty()) out.document.own = parse_document_number(number).value();
  out.document.issuer = "UBND xã Phong Hải";
  out.document.date = {2026, 3, ordinal};
  if (!digest.empty()) out.components.push_back(content(digest));
  return out;
}

FileRecord file_2026() {
  FileRecord file;
  file.year = 2026;
  file.notation = "04.VP";
  return file;
}

FileRecord due_file() {
  FileRecord file = file_2026();
  file.state = FileState::archived;
  file.term = {TermKind::years, 10, false, {}};
  file.ended = 2009;
  return file;
}

}  // namespace

TEST_CASE("steps between states", "[states]") {
  using S = FileState;
  const std::vector<S> all = {S::planned,  S::open,        S::closed, S::submitted,
                              S::archived, S::transferred, S::listed, S::destroyed};
  const std::vector<std::pair<S, S>> allowed = {
      {S::planned, S::open},     {S::open, S::closed},      {S::closed, S::open},
      {S::closed, S::submitted}, {S::submitted, S::closed}, {S::submitted, S::archived},
      {S::closed, S::listed},    {S::listed, S::closed},    {S::archived, S::transferred},
      {S::archived, S::listed},  {S::listed, S::archived},  {S::listed, S::destroyed}};
  for (const S from : all)
    for (const S to : all) {
      CAPTURE(state_text(from), state_text(to));
      const bool expected = std::find(allowed.begin(), allowed.end(), std::pair{from, to}) != allowed.end();
      CHECK(may_follow(from, to) == expected);
    }
}

TEST_CASE("long values of a register line are reported, in characters", "[P10][D6]") {
  RegisterEntry entry;
  entry.book = Book::out;
  entry.own = parse_document_number("15/QĐ-UBND").value();
  CHECK(check_entry(entry).empty());
  entry.subject = repeated("đ", 500);
  CHECK(check_entry(entry).empty());
  entry.subject += "đ";
  auto found = check_entry(entry);
  REQUIRE(found.size() == 1);
  CHECK(found[0].code == "P10");
  CHECK(found[0].level == Level::warning);
  CHECK(found[0].ref == "di.15/QĐ-UBND");
  CHECK(text::render(found[0].message, text::Language::vi) == "trích yếu nội dung dài 501 ký tự, tối đa 500");

  struct Row {
    std::string RegisterEntry::*field;
    int limit;
    std::string key;
  };
  for (const auto& row : std::vector<Row>{{&RegisterEntry::type, 100, "records.long.type"},
                                          {&RegisterEntry::issuer, 200, "records.long.issuer"},
                                          {&RegisterEntry::note, 500, "records.long.note"},
                                          {&RegisterEntry::signer, 150, "records.long.signer"},
                                          {&RegisterEntry::recipients, 200, "records.long.recipient"}}) {
    RegisterEntry one;
    one.book = Book::out;
    one.*row.field = repeated("ệ", row.limit);
    CAPTURE(row.key);
    CHECK(check_entry(one).empty());
    one.*row.field += "ệ";
    CHECK(keys(check_entry(one)) == std::vector<std::string>{row.key});
  }
  RegisterEntry many;
  many.book = Book::out;
  many.recipients = repeated("a", 150) + "; " + repeated("b", 150);
  CHECK(check_entry(many).empty());
  many.own.notation = repeated("A", 31);
  CHECK(keys(check_entry(many)) == std::vector<std::string>{"records.long.notation"});
  RegisterEntry in;
  in.unit = repeated("ơ", 1000);
  CHECK(check_entry(in).empty());
  in.unit += "ơ";
  CHECK(keys(check_entry(in)) == std::vector<std::string>{"records.long.unit"});
}

TEST_CASE("long values of a file are reported", "[P10][D6]") {
  FileRecord file = file_2026();
  CHECK(check_file(file).empty());
  struct Row {
    std::string FileRecord::*field;
    int limit;
    std::string key;
  };
  for (const auto& row : std::vector<Row>{{&FileRecord::notation, 20, "records.long.file_notation"},
                                          {&FileRecord::title, 500, "records.long.title"},
                                          {&FileRecord::officer, 30, "records.long.officer"},
                                          {&FileRecord::access, 30, "records.long.access"},
                                          {&FileRecord::language, 50, "records.long.language"},
                                          {&FileRecord::note, 500, "records.long.note"}}) {
    FileRecord one = file_2026();
    one.*row.field = repeated("ữ", row.limit);
    CAPTURE(row.key);
    CHECK(check_file(one).empty());
    one.*row.field += "ữ";
    CHECK(keys(check_file(one)) == std::vector<std::string>{row.key});
  }
  file.term = {TermKind::event, 0, false, "HL"};
  CHECK(check_file(file).empty());
  file.term = {TermKind::event_years, 5, false, "HĐ"};
  CHECK(keys(check_file(file)) == std::vector<std::string>{"records.long.term"});
}

TEST_CASE("a file in order can be closed", "[P15][D14]") {
  auto paper = filed(3, "3/QĐ-UBND", "");
  paper.document.carrier = Carrier::paper;
  auto draft_kept = filed(4, "4/QĐ-UBND", "d");
  draft_kept.components.push_back(content("e", Role::draft));
  CHECK(
      check_closing(file_2026(), {filed(1, "1/QĐ-UBND", "a"), filed(2, "2/QĐ-UBND", "b"), paper, draft_kept})
          .empty());
}

TEST_CASE("what stands against closing a file", "[P15][D14][D4]") {
  const auto only = [](const std::vector<FiledDocument>& documents) {
    const auto found = check_closing(file_2026(), documents);
    REQUIRE(found.size() == 1);
    CHECK(found[0].code == "P15");
    CHECK(found[0].ref == "2026.04.VP");
    CHECK(text::has_message(found[0].message.key));
    CHECK(text::has_message(found[0].hint.key));
    return found[0];
  };
  const auto vi = [](const Message& message) { return text::render(message, text::Language::vi); };

  SECTION("no document") {
    const auto finding = only({});
    CHECK(finding.message.key == "records.close.empty");
    CHECK(finding.level == Level::error);
  }
  SECTION("the same computer file twice") {
    const auto finding = only({filed(1, "1/QĐ-UBND", "a"), filed(2, "2/QĐ-UBND", "b"), filed(3, "", "a")});
    CHECK(vi(finding.message) == "văn bản 1 (01/QĐ-UBND) và 3 trùng tệp tin");
    CHECK(vi(finding.hint) == "giữ 1 (01/QĐ-UBND), đưa văn bản còn lại ra khỏi hồ sơ: vtlt file remove");
    CHECK(finding.level == Level::error);
  }
  SECTION("the original is kept before the copy") {
    auto copy = filed(1, "1/QĐ-UBND", "a"), main = filed(2, "1/QĐ-UBND", "a"),
         original = filed(3, "1/QĐ-UBND", "a");
    copy.document.value = "Bản sao y";
    main.document.value = "Bản chính";
    original.document.value = "Bản gốc";
    CHECK(vi(only({copy, main, original}).hint).starts_with("giữ 3 (01/QĐ-UBND)"));
    original.document.value = "";
    CHECK(vi(only({copy, main, original}).hint).starts_with("giữ 2 (01/QĐ-UBND)"));
  }
  SECTION("two shared computer files are one finding") {
    auto a = filed(1, "", "a"), b = filed(2, "", "a");
    a.components.push_back(content("z", Role::annex));
    b.components.push_back(content("z", Role::annex));
    CHECK(only({a, b}).level == Level::error);
  }
  SECTION("a shared annex is only shown") {
    auto a = filed(1, "", "a"), b = filed(2, "", "b");
    a.components.push_back(content("z", Role::annex));
    b.components.push_back(content("z", Role::annex));
    const auto finding = only({a, b});
    CHECK(finding.message.key == "records.close.same_content");
    CHECK(finding.level == Level::warning);
  }
  SECTION("the same number, notation, issuing body and date") {
    auto a = filed(1, "15/QĐ-UBND", "a"), b = filed(2, "015/QÐ-UBND", "b");
    b.document.date = a.document.date;
    b.document.issuer = "UBND XÃ PHONG HẢI";
    CHECK(only({a, b}).message.key == "records.close.same_number");
    b.document.date.year = 2025;
    CHECK(check_closing(file_2026(), {a, b}).empty());
    b.document.date = a.document.date;
    b.document.issuer = "UBND tỉnh";
    CHECK(check_closing(file_2026(), {a, b}).empty());
    b.document.issuer = a.document.issuer;
    b.document.own.suffix = "a";
    CHECK(check_closing(file_2026(), {a, b}).empty());
  }
  SECTION("paper and its scan are no duplicates") {
    auto scan = filed(1, "15/QĐ-UBND", "a"), paper = filed(2, "15/QĐ-UBND", "");
    scan.document.carrier = Carrier::electronic;
    paper.document.carrier = Carrier::paper;
    paper.document.date = scan.document.date;
    const auto finding = only({scan, paper});
    CHECK(finding.message.key == "records.close.paper_and_scan");
    CHECK(finding.level == Level::warning);
  }
  SECTION("documents without a number are not compared by number") {
    auto a = filed(1, "", "a"), b = filed(2, "", "b");
    b.document.date = a.document.date;
    CHECK(check_closing(file_2026(), {a, b}).empty());
  }
  SECTION("a draft by its value") {
    auto draft = filed(1, "5/QĐ-UBND", "a");
    draft.document.value = "Dự thảo";
    CHECK(vi(only({draft}).message) == "văn bản 1 (05/QĐ-UBND) là dự thảo");
  }
  SECTION("a draft by its computer files") {
    auto draft = filed(1, "", "a");
    draft.components[0].role = Role::draft;
    CHECK(only({draft}).message.key == "records.close.draft");
  }
  SECTION("no computer file") {
    const auto finding = only({filed(1, "87/UBND-VP", "")});
    CHECK(vi(finding.message) == "văn bản 1 (87/UBND-VP) chưa có tệp tin");
    auto empty = filed(1, "87/UBND-VP", "a");
    empty.components[0].size = 0;
    CHECK(only({empty}).message.key == "records.close.no_content");
    auto both = filed(1, "87/UBND-VP", "");
    both.document.carrier = Carrier::both;
    CHECK(only({both}).message.key == "records.close.no_content");
  }
  SECTION("gaps in the ordinals") {
    const auto finding = only({filed(2, "", "a"), filed(3, "", "b"), filed(7, "", "c")});
    CHECK(vi(finding.message) == "thiếu số thứ tự 1, 4-6 trong hồ sơ");
    CHECK(finding.level == Level::warning);
  }
  SECTION("an ordinal used twice") {
    const auto finding = only({filed(1, "", "a"), filed(1, "", "b")});
    CHECK(finding.message.key == "records.close.same_ordinal");
    CHECK(finding.level == Level::error);
  }
  SECTION("session 4 of product.md") {
    auto draft = filed(5, "", "e");
    draft.document.value = "dự thảo";
    const auto found = check_closing(file_2026(), {filed(1, "", "a"), filed(2, "", "b"), filed(3, "", "c"),
                                                   filed(4, "87/UBND-VP", ""), draft, filed(6, "", "c")});
    CHECK(keys(found) == std::vector<std::string>{"records.close.same_content", "records.close.draft",
                                                  "records.close.no_content"});
  }
}

TEST_CASE("secrecy marks however written", "[P12][P09]") {
  const std::vector<std::pair<std::string, std::string>> rows = {
      {"Mật", "mật"},
      {"MẬT", "mật"},
      {"mat", "mật"},
      {"Tối mật", "tối mật"},
      {"TỐI MẬT", "tối mật"},
      {"toi mat", "tối mật"},
      {"tuyet mat", "tuyệt mật"},
      {"Tuye\u0323\u0302t ma\u0323\u0302t", "tuyệt mật"},
      {"Độ mật: Tối mật", "tối mật"},
      {"Khẩn, Mật", "mật"},
      {"Mật; Tuyệt mật", "tuyệt mật"},
      {"[MẬT]", "mật"},
      {"Văn bản mật", "mật"},
      {"", ""},
      {"mất", ""},
      {"Mất bản chính", ""},
      {"mặt", ""},
      {"Không mật", ""},
      {"Độ mật", ""},
      {"Thường", ""},
      {"hỏa tốc", ""},
      {"Quản lý bí mật nhà nước", ""},
  };
  for (const auto& [written, mark] : rows) {
    CAPTURE(written);
    CHECK(secrecy_of(written) == mark);
  }
}

TEST_CASE("a file takes the longest term of its documents", "[P23][D12]") {
  FileRecord file = file_2026();
  file.term = parse_term("10").value();
  std::vector<FiledDocument> documents = {filed(1, "", "a"), filed(2, "", "b")};
  CHECK(longest_term(file, documents) == parse_term("10").value());
  documents[0].document.term = parse_term("5").value();
  CHECK(longest_term(file, documents) == parse_term("10").value());
  documents[1].document.term = parse_term("20").value();
  CHECK(longest_term(file, documents) == parse_term("20").value());
  documents[0].document.term = parse_term("VV").value();
  CHECK(longest_term(file, documents) == parse_term("VV").value());
  CHECK(longest_term(FileRecord{}, {}) == Term{});
}

TEST_CASE("the year the work ended is proposed from the documents", "[P22]") {
  CHECK(proposed_ended_year({}) == 0);
  auto a = filed(1, "", "a"), b = filed(2, "", "b"), c = filed(3, "", "c");
  a.document.date = {2009, 5, 0};
  b.document.date = {2008, 12, 31};
  c.document.date = {};
  CHECK(proposed_ended_year({a, b, c}) == 2009);
  CHECK(proposed_ended_year({c}) == 0);
}

TEST_CASE("a file past its term can be destroyed", "[P30][D31]") {
  const FileRecord file = due_file();
  CHECK(check_destroyable(file, false, {2027, 1, 1}).empty());
  CHECK(check_destroyable(file, false, {2020, 1, 1}).empty());
  FileRecord listed = file;
  listed.state = FileState::listed;
  CHECK(check_destroyable(listed, false, {2027, 1, 1}).empty());
  FileRecord closed = file;
  closed.state = FileState::closed;
  CHECK(check_destroyable(closed, false, {2027, 1, 1}).empty());
}

TEST_CASE("what can never be destroyed", "[P30][D31][P33]") {
  struct Row {
    std::string what;
    void (*change)(FileRecord&);
    bool hold;
    Date today;
    std::string key;
  };
  const Date today{2027, 1, 1};
  const std::vector<Row> rows = {
      {"permanent", [](FileRecord& f) { f.term = parse_term("VV").value(); }, false, today,
       "records.destroy.permanent"},
      {"planned", [](FileRecord& f) { f.state = FileState::planned; }, false, today, "records.destroy.open"},
      {"open", [](FileRecord& f) { f.state = FileState::open; }, false, today, "records.destroy.open"},
      {"submitted", [](FileRecord& f) { f.state = FileState::submitted; }, false, today,
       "records.destroy.submitted"},
      {"transferred", [](FileRecord& f) { f.state = FileState::transferred; }, false, today,
       "records.destroy.transferred"},
      {"destroyed", [](FileRecord& f) { f.state = FileState::destroyed; }, false, today,
       "records.destroy.destroyed"},
      {"no ended year", [](FileRecord& f) { f.ended = 0; }, false, today, "records.destroy.no_year"},
      {"on hold", [](FileRecord&) {}, true, today, "records.destroy.hold"},
      {"not due by a day", [](FileRecord&) {}, false, {2019, 12, 31}, "records.destroy.not_due"},
      {"no term", [](FileRecord& f) { f.term = {}; }, false, today, "records.destroy.no_term"},
      {"waiting for an event", [](FileRecord& f) { f.term = parse_term("HL").value(); }, false, today,
       "records.destroy.event"},
      {"waiting for an event and years", [](FileRecord& f) { f.term = parse_term("HĐ+5").value(); }, false,
       today, "records.destroy.event"},
      {"closing date is not the end of the work",
       [](FileRecord& f) {
         f.ended = 0;
         f.closed_on = {2009, 1, 1};
       },
       false, today, "records.destroy.no_year"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.what);
    FileRecord file = due_file();
    row.change(file);
    const auto found = check_destroyable(file, row.hold, row.today);
    CHECK(keys(found) == std::vector<std::string>{row.key});
    for (const auto& finding : found) {
      CHECK(finding.level == Level::error);
      CHECK(finding.ref == "2026.04.VP");
      CHECK_FALSE(finding.basis.empty());
      CHECK(text::has_message(finding.message.key));
    }
  }
  FileRecord worst = due_file();
  worst.state = FileState::open;
  worst.term = parse_term("VV").value();
  CHECK(check_destroyable(worst, true, today).size() == 3);
  const auto late = check_destroyable(due_file(), false, {2019, 12, 31});
  REQUIRE(late.size() == 1);
  CHECK(text::render(late[0].message, text::Language::vi) ==
        "chưa hết thời hạn lưu trữ: 10 năm tính từ năm 2009, hết thời hạn ngày 01/01/2020");
}
