// Order and numbers of arranged files: CV283.
#include "records/arrangement.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "text/messages.h"

using namespace vtlt;
using namespace vtlt::records;
using K = OrderKey;

namespace {

std::vector<std::string> said(const std::vector<Finding>& findings) {
  std::vector<std::string> out;
  for (const auto& finding : findings)
    out.push_back((finding.level == Level::error ? "E " : "W ") + text::render(finding.message, text::Language::vi));
  return out;
}

FileRecord file_of(const std::string& title, const std::string& class_no, int year, const std::string& term = "20",
                   const std::string& unit = "", const std::string& period = "") {
  FileRecord file;
  file.id = new_id(Kind::file);
  file.title = title;
  file.class_no = class_no;
  file.year = year;
  file.term = parse_term(term).value();
  file.unit = unit;
  file.period = period;
  return file;
}

std::string titles(const std::string& order, const std::vector<FileRecord>& files, const ClassOrder& classes) {
  const Arranger arranger(parse_order(order).order, classes);
  std::vector<const FileRecord*> pointers;
  for (const auto& file : files) pointers.push_back(&file);
  std::string all;
  for (const auto place : arranger.arrange(pointers)) all += (all.empty() ? "" : " ") + files[place].title;
  return all;
}

}  // namespace

TEST_CASE("arranged files enter as archived, others as planned or open", "[states][P45]") {
  for (const FileState state : {FileState::planned, FileState::open, FileState::closed, FileState::submitted,
                                FileState::archived, FileState::transferred, FileState::listed, FileState::destroyed}) {
    CHECK(may_begin(state, true) == (state == FileState::archived));
    CHECK(may_begin(state, false) == (state == FileState::planned || state == FileState::open));
  }
}

TEST_CASE("orders of arrangement are read", "[P45]") {
  struct Case {
    const char* text;
    Order order;
    const char* unknown;
  };
  const Case cases[] = {
      {"mat-hoat-dong,thoi-gian", {K::activity, K::time}, ""},
      {"mặt hoạt động - thời gian", {K::activity, K::time}, ""},
      {"Cơ cấu tổ chức - Thời gian", {K::unit, K::time}, ""},
      {"thời gian, cơ-cấu", {K::time, K::unit}, ""},
      {"mặt hoạt động – nhiệm kỳ", {K::activity, K::period}, ""},
      {"thoi-han-giam,mat-hoat-dong,thoi-gian", {K::term_down, K::activity, K::time}, ""},
      {"term,time,activity", {K::term_up, K::time, K::activity}, ""},
      {"nhiem-ky,thoi-gian", {K::period, K::time}, ""},
      {"thoi-gian,thoi-gian", {}, "thoi gian"},
      {"thoi-han,thoi-han-giam", {}, "thoi han giam"},
      {"mau-sac", {}, "mau sac"},
      {"", {}, ""},
  };
  for (const auto& one : cases) {
    CAPTURE(one.text);
    const auto parsed = parse_order(one.text);
    CHECK(parsed.order == one.order);
    CHECK(parsed.unknown == one.unknown);
  }
  for (const auto& scheme : arrangement_schemes()) {
    CAPTURE(scheme.name_vi);
    CHECK(parse_order(order_text(scheme.order)).order == scheme.order);
    CHECK(parse_order(scheme.name_vi).order == scheme.order);
  }
}

TEST_CASE("files stand in the order of the four schemes and of terms", "[P45]") {
  const ClassOrder classes{{"II", "II.1", "I", "I.1", "I.2"}, {"VP", "ĐC"}};
  const std::vector<FileRecord> files = {
      file_of("a", "I.2", 2019, "10", "ĐC"), file_of("b", "I.1", 2019, "VV", "VP"), file_of("c", "II.1", 2018, "20", "VP"),
      file_of("d", "I.2", 2018, "5", "TC"),  file_of("e", "", 2017, "20", ""),      file_of("f", "X.1", 2019, "HL", "VP"),
      file_of("g", "I.2", 0, "20", "ĐC")};
  CHECK(titles("mat-hoat-dong,thoi-gian", files, classes) == "c d b a g f e");
  CHECK(titles("thoi-gian,mat-hoat-dong", files, classes) == "e c d b a f g");
  CHECK(titles("co-cau,thoi-gian", files, classes) == "c b f a g d e");
  CHECK(titles("thoi-gian,co-cau", files, classes) == "e c d b f a g");
  CHECK(titles("thoi-han,mat-hoat-dong,thoi-gian", files, classes) == "d a c g e f b");
  CHECK(titles("thoi-han-giam,mat-hoat-dong,thoi-gian", files, classes) == "b f c g e a d");
}

TEST_CASE("terms of office are a unit of time", "[P45]") {
  CHECK(parse_period("2020-2025") == std::pair{2020, 2025});
  CHECK(parse_period("Khóa XV (nhiệm kỳ 2020 – 2025)") == std::pair{2020, 2025});
  CHECK_FALSE(parse_period("2020"));
  CHECK_FALSE(parse_period("2025-2020"));
  CHECK_FALSE(parse_period("khóa 15"));
  const std::vector<FileRecord> files = {
      file_of("a", "I", 2024, "VV", "", "2020-2025"), file_of("b", "I", 2016, "VV", "", "Nhiệm kỳ 2015-2020"),
      file_of("c", "II", 2021, "VV", "", "2020 - 2025"), file_of("d", "I", 2018)};
  CHECK(titles("nhiem-ky,mat-hoat-dong", files, {{"I", "II"}, {}}) == "b d a c");
}

TEST_CASE("the order does not depend on the order of what is given", "[P45]") {
  std::mt19937 random(7);
  std::vector<FileRecord> files;
  for (int i = 0; i < 200; ++i)
    files.push_back(file_of("Hồ sơ " + std::to_string(random() % 20), "I." + std::to_string(random() % 4), 2000 + static_cast<int>(random() % 5)));
  std::string expected;
  for (int round = 0; round < 5; ++round) {
    std::vector<const FileRecord*> pointers;
    for (const auto& file : files) pointers.push_back(&file);
    std::string ids;
    for (const auto place : Arranger({K::time, K::activity}, {}).arrange(pointers)) ids += files[place].id.text();
    if (round == 0) expected = ids;
    CHECK(ids == expected);
    std::shuffle(files.begin(), files.end(), random);
  }
}

TEST_CASE("file numbers are read", "[P46]") {
  CHECK(parse_file_number("07")->text() == "07");
  CHECK(parse_file_number("341A")->text() == "341a");
  CHECK(parse_file_number("341đ")->suffix == "đ");
  CHECK(*parse_file_number("341") < *parse_file_number("341a"));
  CHECK(*parse_file_number("341a") < *parse_file_number("342"));
  for (const char* wrong : {"", "0", "a", "T1-12", "341ab", "3.4", "12345678"}) CHECK_FALSE(parse_file_number(wrong));
}

TEST_CASE("numbers go on after the last one of the fonds", "[P46]") {
  const Id one = new_id(Kind::file), two = new_id(Kind::file);
  CHECK(next_file_numbers({}, 3) == std::vector<std::string>{"01", "02", "03"});
  CHECK(next_file_numbers({{"340", one, "a", true}, {"341a", two, "b", false}, {"T1-5", two, "b", true}}, 2) ==
        std::vector<std::string>{"342", "343"});
}

TEST_CASE("gaps, repeats and reused numbers are found", "[P46]") {
  const Id one = new_id(Kind::file), two = new_id(Kind::file), three = new_id(Kind::file);
  using V = std::vector<std::string>;
  CHECK(said(check_file_numbers("DH", {{"01", one, "1", true}, {"02", two, "2", true}, {"02a", three, "2a", true}})).empty());
  CHECK(said(check_file_numbers("DH", {{"1", one, "x", true}, {"01", two, "y", true}})) == V{"E hồ sơ số 01 dùng cho x, y"});
  CHECK(said(check_file_numbers("DH", {{"01", one, "x", false}, {"01", two, "y", true}})) ==
        V{"E hồ sơ số 01 đã dùng trước đó cho x"});
  // Spent numbers leave no gap, and a file that bears its own number again is no reuse.
  CHECK(said(check_file_numbers("DH", {{"01", one, "x", false}, {"02", two, "y", true}, {"02", two, "y", false}})).empty());
  CHECK(said(check_file_numbers("DH", {{"03", one, "x", true}, {"07", two, "y", true}})) == V{"W thiếu hồ sơ số 01-02, 04-06"});
  CHECK(said(check_file_numbers("DH", {{"342", one, "x", true}, {"344", two, "y", true}}, 342)) == V{"W thiếu hồ sơ số 343"});
  CHECK(said(check_file_numbers("DH", {{"01", one, "x", true}, {"02a", two, "y", true}, {"?", three, "z", true}})) ==
        V{"W hồ sơ số có chữ kèm mà thiếu số gốc: 02a", "W hồ sơ số không đọc được: z (\"?\")"});
  CHECK(check_file_numbers("DH", {}).empty());
}

TEST_CASE("numbers stay continuous over random arrangements", "[P46]") {
  std::mt19937 random(11);
  std::vector<NumberUse> uses;
  for (int round = 0; round < 20; ++round) {
    for (const auto& number : next_file_numbers(uses, random() % 30)) uses.push_back({number, new_id(Kind::file), number, true});
    for (auto& use : uses)
      if (random() % 10 == 0) use.current = false;  // destroyed, transferred
    CHECK(check_file_numbers("DH", uses).empty());
  }
}

TEST_CASE("bundles are numbered through the fonds, volumes inside each", "[P26]") {
  using V = std::vector<BundleMark>;
  CHECK(bundle_marks({false, false, false, true, false}, 2, 0) ==
        V{{"01", "01"}, {"01", "02"}, {"02", "01"}, {"03", "01"}, {"03", "02"}});
  CHECK(bundle_marks({false}, 9, 31) == V{{"32", "01"}});
  CHECK(bundle_marks({}, 9, 31).empty());
  using S = std::vector<std::string>;
  CHECK(said(check_bundles("DH", {{{"01", "01"}, "a"}, {{"01", "02"}, "b"}, {{"2", "1"}, "c"}})).empty());
  CHECK(said(check_bundles("DH", {{{"01", "01"}, "a"}, {{"01", "01"}, "b"}, {{"01", "04"}, "c"}, {{"03", "01"}, "d"}, {{"02a", "1"}, "e"}, {{"", ""}, "f"}})) ==
        S{"E chưa đánh số bó hoặc tập: e, f", "E bó 01, tập 01 dùng cho a, b", "E bó 01: thiếu tập 02-03", "E thiếu bó 02"});
}
