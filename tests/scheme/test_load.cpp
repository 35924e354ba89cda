// Reading a scheme: what each key becomes, and that text keeps its letters.
#include "support.h"

#include "scheme/keys.h"

using namespace scheme_test;
using records::Book;
using records::TermKind;

TEST_CASE("the example of the product page is read whole", "[scheme][P03][P13]") {
  auto text = read_shared("scheme-example.yaml");
  if (!text) return;
  Scheme s = load(*text);
  CHECK(s.id == "xa-phong-hai");
  CHECK(s.adopted_number == "12/QĐ-UBND");
  CHECK(s.adopted_date == text::Date{2026, 1, 5});
  CHECK(s.uses == std::vector<std::string>{"vn-statute-2026", "vn-tt10-confirmed", "vn-tt09-baseline"});
  CHECK(s.fonds_code == "UB");
  CHECK(s.fonds_name == "HĐND và UBND xã Phong Hải");
  CHECK(s.organ == "H57.32.15");
  CHECK(s.regime == "state");
  CHECK(s.source_of_submission);
  CHECK(s.due_rule == "next-january");
  CHECK(s.late_days == 1);
  CHECK(s.holidays == "nghi-le-2026.yaml");
  REQUIRE(s.issuers.size() == 3);
  CHECK(s.issuers[1].abbreviation == "UBND");
  CHECK(s.issuers[1].name == "Ủy ban nhân dân xã");
  CHECK(s.units.size() == 3);
  CHECK_FALSE(s.numbering_internal);
  CHECK(s.numbering_system == "Phần mềm quản lý văn bản của thành phố");
  CHECK(s.file_numbering == "per-heading");
  CHECK(s.sheet_numbers_from == 5);
  CHECK(s.default_access == "open");

  REQUIRE(s.series.size() == 8);
  CHECK(s.series[1].id == "qppl-ub");
  CHECK(s.series[1].normative);
  CHECK(s.series[1].kept == "tt09-150a");
  CHECK(s.series[4].other);
  CHECK(s.series[4].types.empty());
  CHECK(s.series[6].advisory);
  CHECK(s.series[7].book == Book::copy);
  CHECK(s.series[7].types == std::vector<std::string>{"SY", "SL", "TrS"});
  CHECK(s.series[1].line == 17);

  REQUIRE(s.classes.size() == 3);
  CHECK(s.classes[2].abbreviation == "VHXH");
  const auto* small = s.find_class("I.2");
  REQUIRE(small);
  CHECK(small->title == "Văn thư, lưu trữ");
  REQUIRE(small->files.size() == 2);
  CHECK(small->files[0].rule == "tt09-148");
  CHECK(small->files[0].title == "Hồ sơ công tác văn thư, lưu trữ năm {year}");
  CHECK(s.find_class("II.2")->files[0].deadline == "3 tháng sau quyết toán");
  CHECK(s.find_class("III.1")->access == "conditional");
  CHECK(s.find_class("III.1")->files[2].per == "case");
  CHECK(s.find_class("III.2")->files[0].rule == "nd131-d128-6");
  CHECK(s.class_of_abbreviation("vhxh") == s.find_class("III"));
  CHECK(s.find_class("I.3") == nullptr);

  REQUIRE(s.suggest.size() == 4);
  CHECK(s.suggest[0].words == std::vector<std::string>{"văn thư", "lưu trữ", "thu nộp"});
  CHECK(s.suggest[1].issuer == "UBND");
  REQUIRE(s.find_access("conditional"));
  CHECK(s.find_access("conditional")->mode == "02");
  CHECK(s.find_access("conditional")->personal_data);
  CHECK(s.find_access("secret")->policy == "refuse");

  const auto* local = s.find_rule("tthc-ht");
  REQUIRE(local);
  CHECK(local->term.kind == TermKind::years);
  CHECK(local->term.at_least);
  CHECK(local->checked_by == "Nguyễn Thị Lan");
  CHECK(local->checked_on == "2026-01-10");
  CHECK(local->checked());
  CHECK(local->table.empty());
  const auto* from_table = s.find_rule("tt09-89b");
  REQUIRE(from_table);
  CHECK(from_table->table == "vn-tt09-baseline");
  CHECK(from_table->term.kind == TermKind::event);
  CHECK(from_table->term.event == "CT");
  CHECK_FALSE(from_table->checked());
}

TEST_CASE("every scalar stays text", "[scheme]") {
  Scheme s = load(
      small("units: {01: \"1e3\", no: yes, HĐ: ~, NO: null, \"null\": off}\nnumbering: {system: 0x1F}\n"));
  REQUIRE(s.units.size() == 5);
  CHECK(s.units[0].abbreviation == "01");
  CHECK(s.units[0].name == "1e3");
  CHECK(s.units[1].abbreviation == "no");
  CHECK(s.units[1].name == "yes");
  CHECK(s.units[2].abbreviation == "HĐ");
  CHECK(s.units[2].name == "~");
  CHECK(s.units[3].name == "null");
  CHECK(s.units[4].abbreviation == "null");
  CHECK(s.units[4].name == "off");
  CHECK(s.numbering_system == "0x1F");
}

TEST_CASE("a missing value before a line that begins with null stays missing", "[scheme]") {
  Scheme s = load(small("units:\n  VP:\n  null: Rỗng\n  KT: null\n"));
  REQUIRE(s.units.size() == 3);
  CHECK(s.units[0].name.empty());
  CHECK(s.units[1].abbreviation == "null");
  CHECK(s.units[1].name == "Rỗng");
  CHECK(s.units[2].name == "null");
}

TEST_CASE("a byte order mark is taken, text becomes NFC and Đ look-alikes are mended", "[scheme][P07]") {
  Scheme s =
      load("\xEF\xBB\xBF" + small("issuers: {H\xC3\x90ND: Ho\xCC\xA3\xCC\x82i \xC3\x90\xE1\xBB\x93ng}\n"));
  REQUIRE(s.issuers.size() == 1);
  CHECK(s.issuers[0].abbreviation == "HĐND");
  CHECK(s.issuers[0].name == "Hội Đồng");
}

TEST_CASE("defaults of a scheme that says little", "[scheme]") {
  Scheme s = load(small());
  CHECK(s.regime == "state");
  CHECK(s.source_of_submission);
  CHECK(s.due_rule == "next-january");
  CHECK(s.late_days == 1);
  CHECK(s.file_numbering == "per-heading");
  CHECK(s.sheet_numbers_from == 5);
  CHECK_FALSE(s.numbering_internal);
  CHECK(s.default_access == "open");
  REQUIRE(s.access.size() == 3);
  CHECK(s.access[2].policy == "refuse");
  CHECK(s.rules.empty());
}

TEST_CASE("planned files: one line and long form, Vietnamese places", "[scheme]") {
  Scheme s = load(
      "vtlt: scheme/1\nid: a\nfonds: {code: UB, name: X}\n"
      "rules: [{id: r, term: 5, basis: QĐ 1}]\n"
      "classes:\n"
      "  - no: I\n    abbr: VP\n    title: T\n    files:\n"
      "      - r: Hồ sơ năm {năm}, của {tên}, số {mã}\n"
      "      - {rule: r, title: Dài, deadline: d, per: term, officer: o, note: n, notation: 02.VP}\n");
  const auto& files = s.classes[0].files;
  REQUIRE(files.size() == 2);
  CHECK(files[0].title == "Hồ sơ năm {year}, của {name}, số {code}");
  CHECK(files[0].line == 10);
  CHECK(files[1].title == "Dài");
  CHECK(files[1].per == "term");
  CHECK(files[1].officer == "o");
  CHECK(files[1].note == "n");
  CHECK(files[1].notation == "02.VP");
}

TEST_CASE("terms in the office's shorthand", "[scheme][P21]") {
  struct Row {
    const char* text;
    records::Term term;
  };
  const Row rows[] = {
      {"VV", {TermKind::permanent, 0, false, ""}},       {"20", {TermKind::years, 20, false, ""}},
      {"20+", {TermKind::years, 20, true, ""}},          {"HL", {TermKind::event, 0, false, "HL"}},
      {"HĐ+5", {TermKind::event_years, 5, false, "HĐ"}}, {"KL", {TermKind::not_kept, 0, false, ""}}};
  for (const Row& row : rows) {
    INFO(row.text);
    Scheme s = load(small(std::string("rules: [{id: r, basis: b, term: ") + row.text + "}]\n"));
    REQUIRE(s.rules.size() == 1);
    CHECK(s.rules[0].term == row.term);
    CHECK(s.rules[0].status == "agency-table");
  }
}

TEST_CASE("terms in the words of both laws", "[scheme][P49]") {
  for (const char* term : {"bảo quản 20 năm", "lưu trữ 20 năm", "Thời hạn lưu trữ 20 năm", "20"}) {
    CAPTURE(term);
    const Scheme read = load(small("rules:\n  - {id: a, title: A, term: " + std::string(term) + ", basis: QĐ 1, status: agency-table}\n"));
    REQUIRE(read.find_rule("a") != nullptr);
    CHECK(records::term_shorthand(read.find_rule("a")->term) == "20");
  }
}

TEST_CASE("tables: the first wins, local rules over all", "[scheme][P21]") {
  Scheme s =
      load(small("uses: [vn-tt10-confirmed, vn-tt09-baseline]\n"
                 "rules: [{id: tt09-16, term: 5, basis: \"TT 10/2022, mục 3\", status: confirmed-tt10}]\n"));
  CHECK(s.rules.size() == 274 + 9);  // tt09-16 of the table is hidden by the local one
  CHECK(s.rules[0].id == "tt09-16");
  CHECK(s.find_rule("tt09-16")->term.years == 5);
  CHECK(s.find_rule("tt09-16")->table.empty());
  CHECK(s.rules[1].table == "vn-tt10-confirmed");
  CHECK(s.find_rule("tt09-150c")->term.years == 50);
  CHECK(s.find_rule("nope") == nullptr);
}

TEST_CASE("the series of a document", "[scheme][P03]") {
  Scheme s =
      load(small("series:\n"
                 "  - {id: den, book: in}\n"
                 "  - {id: qppl, book: out, issuer: UBND, types: [QĐ], normative: true}\n"
                 "  - {id: qd, book: out, issuer: UBND, types: [QĐ, CT]}\n"
                 "  - {id: khac, book: out, issuer: UBND, types: other}\n"
                 "  - {id: chung, book: out, types: [QĐ, BC]}\n"
                 "  - {id: sao, book: copy, types: [SY, SL, TrS]}\n"));
  struct Row {
    Book book;
    const char *type, *issuer;
    bool normative;
    const char* series;
  };
  const Row rows[] = {
      {Book::in, "", "Sở Nội vụ", false, "den"},      {Book::out, "QĐ", "UBND", true, "qppl"},
      {Book::out, "QĐ", "UBND", false, "qd"},         {Book::out, "qđ", "ubnd", false, "qd"},
      {Book::out, "BC", "UBND", false, "khac"},       {Book::out, "CV", "UBND", false, "khac"},
      {Book::out, "QĐ", "HĐND", false, "chung"},      {Book::out, "TB", "HĐND", false, nullptr},
      {Book::out, "NQ", "UBND", true, nullptr},       {Book::copy, "SL", "UBND", false, "sao"},
      {Book::internal, "QĐ", "UBND", false, nullptr},
  };
  for (const Row& row : rows) {
    INFO(records::book_text(row.book) << " " << row.type << " " << row.issuer);
    const auto* found = s.series_for(row.book, row.type, row.issuer, row.normative);
    CHECK((found ? found->id : "none") == std::string(row.series ? row.series : "none"));
  }
}

namespace {

// The man page, the JSON Schema and the reader must speak of the same keys.
bool mentions(const std::string& text, std::string_view key, const char* before, const char* after) {
  return text.find(before + std::string(key) + after) != std::string::npos;
}

}  // namespace

TEST_CASE("every key stands in the man page and in the JSON Schema", "[scheme]") {
  auto man = read_file(source_path("man/vtlt-scheme.5"));
  auto json = read_file(source_path("schemas/scheme-1.schema.json"));
  REQUIRE(man);
  REQUIRE(json);
  const auto request_man = read_file(source_path("man/vtlt-package.1"));
  const auto request_json = read_file(source_path("schemas/request-1.schema.json"));
  REQUIRE(request_man);
  REQUIRE(request_json);
  for (const auto& key : scheme::all_keys()) {
    if (key.section == "terms" || key.section == "holidays") continue;
    INFO(key.section << "." << key.name);
    if (key.section == "request") {
      CHECK((mentions(*request_man, key.name, ".It Ic ", "\n") || mentions(*request_man, key.name, ".It Ic ", " ")));
      CHECK(mentions(*request_json, key.name, "\"", "\":"));
      continue;
    }
    CHECK((mentions(*man, key.name, ".It Ic ", "\n") || mentions(*man, key.name, ".It Ic ", " ")));
    CHECK(mentions(*json, key.name, "\"", "\":"));
  }
}
