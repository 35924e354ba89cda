// Versions of a scheme: differences, confirmations, the file list, and the way back to YAML.
#include "scheme/compare.h"
#include "scheme/confirmed.h"
#include "scheme/file_list.h"
#include "support.h"

using namespace scheme_test;

namespace {

std::vector<std::string> keys(const Scheme& a, const Scheme& b) {
  std::vector<std::string> all;
  for (const auto& one : scheme::compare(a, b)) {
    CHECK(text::has_message(one.message.key));
    all.push_back(one.message.key + " " + one.ref);
  }
  return all;
}

void forget_lines(scheme::Class& one) {
  one.line = 0;
  for (auto& file : one.files)
    file.line = 0;
  for (auto& small : one.sub)
    forget_lines(small);
}

Scheme without_lines(Scheme s) {
  for (auto& one : s.series)
    one.line = 0;
  for (auto& one : s.rules)
    one.line = 0;
  for (auto& one : s.suggest)
    one.line = 0;
  for (auto& one : s.classes)
    forget_lines(one);
  return s;
}

scheme::ListLine line(long row, const char* notation, const char* title, const char* term = "",
                      const char* officer = "", const char* note = "") {
  scheme::ListLine made;
  made.row = row;
  made.notation = notation;
  made.title = title;
  made.term = term;
  made.officer = officer;
  made.note = note;
  return made;
}

scheme::FromListRequest on_template() {
  scheme::FromListRequest request;
  request.base = load(scheme::fill_template("xa", commune_values()));
  request.list_name = "danh-muc.csv";
  return request;
}

}  // namespace

TEST_CASE("each kind of difference is told, and only what is different", "[scheme]") {
  const std::string head =
      "vtlt: scheme/1\nid: nho\nuses: [vn-tt09-baseline]\nfonds: {code: UB, name: A, organ: H57.1}\n";
  const std::string series = "series: [{id: den, book: in}, {id: di, book: out, kept: r}]\n";
  const std::string rules = "rules: [{id: r, term: 20, basis: b}]\n";
  const std::string classes = "classes: [{no: I, abbr: VP, title: T, files: [{r: a}, {tt09-16: b}]}]\n";
  const Scheme before = load(head + series + rules + classes);
  CHECK(keys(before, before).empty());
  // A table more is named once; its rules change nothing.
  const std::string more =
      "vtlt: scheme/1\nid: nho\nuses: [vn-tt09-baseline, vn-statute-2026]\nfonds: {code: UB, name: A, organ: "
      "H57.1}\n";
  CHECK(keys(before, load(more + series + rules + classes)) ==
        std::vector<std::string>{"scheme.diff.setting uses"});
  const Scheme after = load(
      "vtlt: scheme/1\nid: nho\nuses: [vn-tt09-baseline]\nfonds: {code: UB, name: A, organ: H57.2}\n"
      "series: [{id: den, book: in}, {id: di, book: out, kept: r, types: [QĐ]}, {id: sao, book: copy}]\n"
      "rules: [{id: r, term: 10, basis: b, checked: {by: Lan, on: 1/1/2026, against: c}}, {id: s, term: VV, "
      "basis: d}]\n"
      "classes: [{no: I, abbr: VP, title: T2, files: [{tt09-16: a}, {s: c}]}, {no: II, abbr: KT, title: K}]\n"
      "access: {default: conditional}\nsuggest: [{class: I, words: [a]}]\n");
  CHECK(keys(before, after) ==
        std::vector<std::string>{
            "scheme.diff.setting fonds.organ", "scheme.diff.rule.shorter r", "scheme.diff.rule.checked r",
            "scheme.diff.rule.added s", "scheme.diff.series.changed di", "scheme.diff.series.added sao",
            "scheme.diff.setting I title", "scheme.diff.planned.rule I", "scheme.diff.planned.removed I",
            "scheme.diff.planned.added I", "scheme.diff.class.added II", "scheme.diff.setting access.default",
            "scheme.diff.suggest suggest"});
  CHECK(keys(after, before).size() == keys(before, after).size());
}

TEST_CASE("only a text in force confirms a rule", "[scheme][P21][P50]") {
  struct Row {
    const char* against;
    bool baseline, other;
  };
  for (const Row& row : {Row{"TT 10/2022/TT-BNV, mục 16", true, true},
                         {"TT 09/2011/TT-BNV mục 16", false, false},
                         {"Thông tư 9/2011/TT-BNV", false, false},
                         {"TT 10/2022 (thay TT 09/2011)", true, true},
                         {"công văn hướng dẫn của Sở", false, true},
                         {"", false, true},
                         {"Luật Lưu trữ 33/2024/QH15 Đ15", true, true}}) {
    INFO(row.against);
    CHECK(scheme::names_text_in_force(row.against, true) == row.baseline);
    CHECK(scheme::names_text_in_force(row.against, false) == row.other);
  }
  Scheme s =
      load("vtlt: scheme/1\nid: nho\nuses: [vn-tt09-baseline]\nfonds: {code: UB, name: A}\nclasses: []\n");
  const records::Term ten = s.find_rule("tt09-16")->term;
  CHECK(scheme::term_source(*s.find_rule("tt09-16")).ends_with(", chưa đối chiếu"));
  scheme::confirm(s, {{"tt09-16", "TT 10/2022", "Lan", "2026-01-10", *records::parse_term("3")}});
  CHECK_FALSE(s.find_rule("tt09-16")->checked());
  scheme::confirm(
      s, {{"tt09-16", "TT 10/2022, mục 9", "Lan", "2026-01-10", ten}, {"khong-co", "x", "y", "z", ten}});
  CHECK(s.find_rule("tt09-16")->checked());
  CHECK(scheme::settled(*s.find_rule("tt09-16")));
  CHECK(scheme::term_source(*s.find_rule("tt09-16")) == "TT 10/2022, mục 9");
  CHECK_FALSE(s.find_rule("tt09-14")->checked());
}

TEST_CASE("a scheme goes to YAML and back", "[scheme][P21]") {
  std::vector<std::string> texts;
  if (const auto example = read_shared("scheme-example.yaml")) texts.push_back(*example);
  for (const std::string& name : scheme::template_names())
    texts.push_back(scheme::fill_template(name, commune_values()));
  texts.push_back(
      "vtlt: scheme/1\nid: kho\nadopted: {number: '1', date: 5/1/2026}\n"
      "fonds: {code: UB, name: \"a: b # c \\\"d\\\" \\\\ e\", organ: '01'}\nissuers: {UBND: , no: 'no'}\n"
      "numbering: {mode: internal}\n"
      "series: [{id: x, book: out, normative: true, advisory: true, types: [QĐ, 'null']}]\n"
      "classes: [{no: I, abbr: A, title: '- x', files: [{rule: title, title: '{name}: [1, 2]', note: '#'}, "
      "{'1': \"'q'\"}]}]\n"
      "rules: [{id: '1', term: HĐ+5, basis: '@b', submit: false, status: statute}]\n"
      "access: {secret: {policy: stub}, conditional: {personal_data: true, permit: 'ông: A'}}\n");
  for (const std::string& text : texts) {
    const Scheme s = load(text);
    const std::string yaml = scheme::to_yaml(s, "chú thích");
    INFO(yaml);
    CHECK(without_lines(load(yaml)) == without_lines(s));
  }
}

TEST_CASE("files of the list are numbered as Appendix V has it", "[scheme][P13]") {
  const std::string head = "vtlt: scheme/1\nid: nho\nfonds: {code: UB, name: A}\n";
  const std::string classes =
      "classes:\n  - {no: I, abbr: VP, title: T, files: [{r: \"Năm {year}\"}], sub: [{no: 1, title: a, "
      "files: [{r: b}, {rule: r, "
      "title: \"{name}\", notation: 05.VP}, {r: c}]}]}\n  - {no: II, abbr: KT, title: K, files: [{r: d}]}\n";
  const auto notations = [&](const Scheme& s) {
    std::string all;
    for (const auto& one : scheme::file_list(s, 2027))
      all += one.notation + "=" + one.title + " ";
    return all;
  };
  CHECK(notations(load(head + classes)) == "01.VP=Năm 2027 02.VP=b 05.VP=… 06.VP=c 01.KT=d ");
  CHECK(notations(load(head + "files: {numbering: continuous}\n" + classes)) ==
        "01.VP=Năm 2027 02.VP=b 05.VP=… 06.VP=c 07.KT=d ");
}

TEST_CASE("a scheme is made of a file list", "[scheme][P13][P14][P21]") {
  const auto made = scheme::scheme_from_list(
      {line(4, "", "I. TỔNG HỢP, VĂN PHÒNG"), line(5, "1", "Chỉ đạo, điều hành"),
       line(6, "01.VP", "Kế hoạch, báo cáo công tác năm 2027 của UBND xã", "Vĩnh viễn", "Nguyễn Thị Lan"),
       line(7, "02.VP", "Hồ sơ họp giao ban năm 2027", "10 năm", "", "giấy"),
       line(8, "", "2. Văn thư, lưu trữ"), line(9, "5/VP", "Hồ sơ lưu trữ năm 2027", "20"),
       line(10, "II", "Kinh tế"), line(11, "01.KT", "Hồ sơ công trình cầu Bến", "CT"),
       line(11, "02.KT", "Hồ sơ công trình …", "CT", "", "3 tháng sau quyết toán"),
       line(12, "", "Bản Danh mục hồ sơ này có 5 hồ sơ, bao gồm:"),
       line(13, "", "1 hồ sơ bảo quản vĩnh viễn;")},
      on_template());
  for (const auto& finding : made.findings)
    FAIL_CHECK(text::render(finding.message, text::Language::vi));
  CHECK(made.year == 2027);
  CHECK(made.headings == 4);
  CHECK(made.files == 5);
  CHECK(made.permanent == 1);
  const Scheme s = load(scheme::to_yaml(made.scheme));
  for (const Finding& finding : scheme::check(s)) {
    INFO(text::render(finding.message, text::Language::vi));
    CHECK(finding.level != Level::error);
  }
  REQUIRE(s.find_class("I.1"));
  CHECK(s.find_class("I")->title == "TỔNG HỢP, VĂN PHÒNG");
  CHECK(s.find_class("I")->by == "VP");
  // The planned file of the template with the same title and term keeps its rule; another gets one of the
  // list.
  const auto& files = s.find_class("I.1")->files;
  CHECK(files[0].rule == "tt09-5b");
  CHECK(files[0].title == "Kế hoạch, báo cáo công tác năm {year} của UBND xã");
  CHECK(files[0].officer == "Nguyễn Thị Lan");
  CHECK(files[1].rule == "dm-10");
  CHECK(files[1].note == "giấy");
  CHECK(s.find_class("I.2")->files[0].notation == "05.VP");
  CHECK(s.find_class("II")->files[1].title == "Hồ sơ công trình {name}");
  CHECK(s.find_class("II")->files[1].per == "case");
  CHECK(s.find_class("II")->files[1].deadline == "3 tháng sau quyết toán");
  CHECK(s.find_class("II")->files[0].rule == "dm-ct");
  CHECK(s.find_rule("dm-10")->basis == "Danh mục hồ sơ năm 2027 của cơ quan (danh-muc.csv)");
  CHECK_FALSE(s.find_rule("dm-10")->checked());
  std::string notations;
  for (const auto& one : scheme::file_list(s, 2027))
    notations += one.notation + " ";
  CHECK(notations == "01.VP 02.VP 05.VP 01.KT 02.KT ");
}

TEST_CASE("what a list says badly is told with its row", "[scheme][P13]") {
  struct Row {
    std::vector<scheme::ListLine> lines;
    const char* key;
    long row;
    Level level;
  };
  const auto heading = line(1, "I", "Văn phòng");
  for (const Row& one :
       {Row{{line(3, "01.VP", "a", "10")}, "scheme.list.no_heading", 3, Level::error},
        {{heading, line(3, "01.VP", "a")}, "scheme.list.no_term", 3, Level::error},
        {{heading, line(3, "", "Hồ sơ quên ghi thời hạn")}, "scheme.list.no_term", 3, Level::error},
        {{heading, line(3, "01.VP", "a", "lâu dài")}, "scheme.list.bad_term", 3, Level::error},
        {{heading, line(3, "VP-1", "a", "10")}, "scheme.list.notation", 3, Level::error},
        {{heading, line(3, "01.VP", "", "10")}, "scheme.list.no_title", 3, Level::error},
        {{heading, line(3, "01.VP", "a", "10"), line(4, "01.KT", "b", "10")},
         "scheme.list.other_heading",
         4,
         Level::error},
        {{heading, line(3, "01.VP", "a", "10"), line(4, "01/vp", "b", "10")},
         "scheme.list.twice",
         4,
         Level::error},
        {{heading, line(3, "1", "a", "10")}, "scheme.list.abbreviation", 0, Level::warning}}) {
    INFO(one.key);
    const auto made = scheme::scheme_from_list(one.lines, on_template());
    const Finding* finding = find(made.findings, one.key);
    REQUIRE(finding);
    CHECK(finding->line == one.row);
    CHECK(finding->level == one.level);
    CHECK(text::has_message(finding->message.key));
  }
  // Databases in use write these for terms that are no years.
  const auto made = scheme::scheme_from_list({heading, line(3, "01.VP", "a", "1000"),
                                              line(4, "02.VP", "b", "500"), line(5, "03.VP", "c", "200 năm")},
                                             on_template());
  CHECK(made.findings.empty());
  CHECK(made.permanent == 1);
  CHECK(made.scheme.find_rule("dm-hl") != nullptr);
  CHECK(made.scheme.find_rule("dm-ct") != nullptr);
}

TEST_CASE("a list counted through keeps its numbers", "[scheme][P13]") {
  const auto made =
      scheme::scheme_from_list({line(1, "I", "A"), line(2, "01.A", "a", "10"), line(3, "02.A", "b", "10"),
                                line(4, "II", "B"), line(5, "03.B", "c", "10")},
                               on_template());
  CHECK(made.scheme.file_numbering == "continuous");
  for (const auto& large : made.scheme.classes)
    for (const auto& file : large.files)
      CHECK(file.notation.empty());
}
