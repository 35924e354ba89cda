// What `scheme check` says of a readable scheme.
#include "support.h"

using namespace scheme_test;

TEST_CASE("scheme check on the example says what the product page promises", "[scheme][P21][P50]") {
  auto text = read_shared("scheme-example.yaml");
  if (!text) return;
  auto findings = scheme::check(load(*text));

  const Finding* baseline = find(findings, "scheme.check.baseline");
  REQUIRE(baseline);
  CHECK(baseline->code == "P21");
  CHECK(baseline->level == Level::warning);
  CHECK(text::render(baseline->message, text::Language::en).rfind("9 rules rest on TT 09/2011", 0) == 0);
  CHECK(text::render(baseline->message, text::Language::vi)
            .rfind("9 quy tắc theo TT 09/2011 (đã hết hiệu lực)", 0) == 0);
  CHECK(arg(baseline->message, "rules") ==
        "tt09-5b, tt09-148, tt09-43, tt09-75, tt09-83, tt09-89b, tt09-150a, tt09-150b, tt09-150c");

  const Finding* letters = find(findings, "scheme.check.no_correspondence");
  REQUIRE(letters);
  CHECK(text::render(letters->message, text::Language::vi) ==
        "chưa có hồ sơ dự kiến cho công văn trao đổi (tt09-16)");
  CHECK(text::render(letters->message, text::Language::en) ==
        "no planned file for routine correspondence (tt09-16)");

  const Finding* suggestion = find(findings, "scheme.check.no_suggestion");
  REQUIRE(suggestion);
  CHECK(suggestion->level == Level::warning);
  CHECK(arg(suggestion->message, "classes") == "II.2, III.2");
  CHECK(text::render(suggestion->message, text::Language::vi) == "đề mục chưa có gợi ý: II.2, III.2 (2)");

  const Finding* issuer = find(findings, "scheme.check.issuer_name");
  REQUIRE(issuer);
  CHECK(text::render(issuer->message, text::Language::en) == "issuer BCH-PCTT has no name");
  CHECK(issuer->line == 22);

  for (const Finding& finding : findings) {
    INFO(text::render(finding.message, text::Language::en));
    CHECK(finding.level != Level::error);
    CHECK(text::has_message(finding.message.key));
  }
  // Beside the promised ones only remarks.
  CHECK(std::count_if(findings.begin(), findings.end(),
                      [](const Finding& f) { return f.level == Level::warning; }) == 4);
}

namespace {

struct Row {
  const char* name;
  std::string text;
  const char* key;
  const char* code;
  Level level;
  const char* ref;
};

std::string with_files(const std::string& files, const std::string& more = {}) {
  return "vtlt: scheme/1\nid: nho\nfonds: {code: UB, name: X, organ: H57.32.15}\nuses: [vn-tt09-baseline]\n"
         "classes: [{no: I, abbr: VP, title: T, files: [" +
         files + "]}]\n" + more;
}

std::string with_organ(const std::string& organ) {
  return "vtlt: scheme/1\nid: nho\nfonds: {code: UB, name: X, organ: '" + organ + "'}\nclasses: []\n";
}

std::string with_classes(const std::string& classes) {
  return "vtlt: scheme/1\nid: nho\nfonds: {code: UB, name: X}\nclasses: [" + classes + "]\n";
}

const std::vector<Row>& rows() {
  static const std::vector<Row> all = {
      {"unknown rule", with_files("{tt09-16z: a}"), "scheme.check.unknown_rule", "VTLT-SCHEME-41",
       Level::error, "I"},
      {"unknown kept rule", small("series: [{id: a, book: out, kept: x}]\n"), "scheme.check.unknown_rule",
       "VTLT-SCHEME-41", Level::error, "a"},
      {"unknown table", small("uses: [vn-tt09-baselin]\n"), "scheme.check.unknown_table", "VTLT-SCHEME-30",
       Level::error, "vn-tt09-baselin"},
      {"unused local rule", small("rules: [{id: r, term: 5, basis: b}]\n"), "scheme.check.unused_rule",
       "VTLT-SCHEME-43", Level::note, "r"},
      {"shorter than the table", with_files("{tt09-16: a}", "rules: [{id: tt09-16, term: 5, basis: b}]\n"),
       "scheme.check.shorter", "P23", Level::warning, "tt09-16"},
      {"unchecked", with_files("{r: a}", "rules: [{id: r, term: 5, basis: b}]\n"), "scheme.check.unchecked",
       "P50", Level::note, "nho"},
      {"invalid organ", with_organ("h57"), "scheme.check.organ_invalid", "P37", Level::error, "h57"},
      {"legacy organ", with_organ("000.00.00.H49"), "scheme.check.organ_legacy", "P37", Level::warning,
       "000.00.00.H49"},
      {"long organ", with_organ("H57.32.15.01.02"), "scheme.check.organ_long", "P37", Level::warning,
       "H57.32.15.01.02"},
      {"no organ", with_organ(""), "scheme.check.no_organ", "P37", Level::note, "UB"},
      {"two incoming series", small("series: [{id: a, book: in}, {id: b, book: in}]\n"),
       "scheme.check.two_incoming", "P06", Level::error, "b"},
      {"two series of copies", small("series: [{id: a, book: copy}, {id: b, book: copy}]\n"),
       "scheme.check.two_copies", "P03", Level::error, "b"},
      {"no incoming", small(), "scheme.check.no_incoming", "P06", Level::warning, "in"},
      {"overlap of a type",
       small("series: [{id: a, book: out, types: [QĐ]}, {id: b, book: out, types: [CT, QĐ]}]\n"),
       "scheme.check.overlap_type", "P03", Level::error, "b"},
      {"two others", small("series: [{id: a, book: out, types: other}, {id: b, book: out, types: other}]\n"),
       "scheme.check.overlap", "P03", Level::error, "b"},
      {"other after any", small("series: [{id: a, book: out}, {id: b, book: out, types: other}]\n"),
       "scheme.check.unreachable_series", "VTLT-SCHEME-37", Level::warning, "b"},
      {"gap of types", small("issuers: {UBND: U}\nseries: [{id: a, book: out, issuer: UBND, types: [QĐ]}]\n"),
       "scheme.check.gap_types", "P03", Level::note, "UBND"},
      {"issuer without series",
       small("issuers: {UBND: U, HĐND: H}\nseries: [{id: a, book: out, issuer: UBND}]\n"),
       "scheme.check.gap_issuer", "P03", Level::note, "HĐND"},
      {"copy type outside copies", small("series: [{id: a, book: out, types: [SY]}]\n"),
       "scheme.check.copy_type", "P03", Level::error, "a"},
      {"type that NĐ30 does not know", small("series: [{id: a, book: out, types: [QDD]}]\n"),
       "scheme.check.unknown_type", "P07", Level::warning, "a"},
      {"no kept set", small("series: [{id: a, book: out}]\n"), "scheme.check.no_kept", "VTLT-SCHEME-38",
       Level::warning, "a"},
      {"advisory beside the agency",
       small("series: [{id: a, book: out, issuer: U, types: [QĐ]}, {id: b, book: out, issuer: U, advisory: "
             "true, types: other}]\n"),
       "scheme.check.advisory", "P03", Level::warning, "b"},
      {"issuer without name", small("issuers: {UBND: }\n"), "scheme.check.issuer_name", "VTLT-SCHEME-35",
       Level::warning, "UBND"},
      {"unit without name", with_classes("{no: I, abbr: A, title: T, by: VP}"), "scheme.check.unit_name",
       "VTLT-SCHEME-36", Level::warning, "I"},
      {"not Roman", with_classes("{no: 1, abbr: A, title: T}"), "scheme.check.not_roman", "P13", Level::error,
       "1"},
      {"false Roman", with_classes("{no: IIII, abbr: A, title: T}"), "scheme.check.not_roman", "P13",
       Level::error, "IIII"},
      {"not continuous", with_classes("{no: I, abbr: A, title: T}, {no: III, abbr: B, title: T}"),
       "scheme.check.not_continuous", "P13", Level::warning, "III"},
      {"small not Arabic", with_classes("{no: I, abbr: A, title: T, sub: [{no: a, title: x}]}"),
       "scheme.check.not_arabic", "P13", Level::error, "I.a"},
      {"small not restarting", with_classes("{no: I, abbr: A, title: T, sub: [{no: 2, title: x}]}"),
       "scheme.check.not_continuous", "P13", Level::warning, "I.2"},
      {"no abbreviation", with_classes("{no: I, title: T}"), "scheme.check.no_abbreviation", "P13",
       Level::error, "I"},
      {"same abbreviation", with_classes("{no: I, abbr: VP, title: T}, {no: II, abbr: vp, title: T}"),
       "scheme.check.same_abbreviation", "P13", Level::error, "II"},
      {"abbreviation of a small heading",
       with_classes("{no: I, abbr: A, title: T, sub: [{no: 1, abbr: B, title: x}]}"),
       "scheme.check.small_abbreviation", "P13", Level::warning, "I.1"},
      {"notation of another heading", with_files("{rule: tt09-16, title: a, notation: 01.KT}"),
       "scheme.check.notation", "P13", Level::error, "01.KT"},
      {"notation with one digit", with_files("{rule: tt09-16, title: a, notation: 1.VP}"),
       "scheme.check.notation", "P13", Level::error, "1.VP"},
      {"notation twice",
       with_files("{rule: tt09-16, title: a, notation: 01.VP}, {rule: tt09-16, title: b, notation: 01.VP}"),
       "scheme.check.same_notation", "P13", Level::error, "01.VP"},
      {"unknown place in a title", with_files("{tt09-16: \"Năm {yaer}\"}"), "scheme.check.place",
       "VTLT-SCHEME-39", Level::warning, "tt09-16"},
      {"empty heading", small(), "scheme.check.empty_class", "VTLT-SCHEME-40", Level::note, "I"},
      {"suggestion for no class", small("suggest: [{class: II, words: [a]}]\n"), "scheme.check.unknown_class",
       "VTLT-SCHEME-45", Level::error, "II"},
      {"suggestion for an empty class", small("suggest: [{class: I, words: [a]}]\n"),
       "scheme.check.suggests_nothing", "VTLT-SCHEME-46", Level::warning, "I"},
      {"suggestion without condition", small("suggest: [{class: I}]\n"), "scheme.check.no_condition",
       "VTLT-SCHEME-47", Level::warning, "I"},
      {"suggestion never reached", small("suggest: [{class: I, words: [a]}, {class: I, words: [a]}]\n"),
       "scheme.check.unreachable_suggestion", "VTLT-SCHEME-48", Level::warning, "I"},
      {"mode of another level", small("access: {open: {mode: 02}}\n"), "scheme.check.mode", "VTLT-SCHEME-31",
       Level::error, "open"},
      {"secrets let in", small("access: {secret: {policy: stub}}\n"), "scheme.check.secret", "P12",
       Level::warning, "secret"},
      {"not adopted", small(), "scheme.check.not_adopted", "VTLT-SCHEME-32", Level::note, "nho"},
      {"system not named", small(), "scheme.check.no_system", "VTLT-SCHEME-33", Level::note, "nho"},
      {"party fonds", "vtlt: scheme/1\nid: p\nfonds: {code: Đ, name: X, regime: party}\nclasses: []\n",
       "scheme.check.party", "VTLT-SCHEME-34", Level::note, "p"},
  };
  return all;
}

}  // namespace

TEST_CASE("each remark is made where it applies and nowhere in a sound scheme",
          "[scheme][P03][P06][P13][P23][P37]") {
  const std::string sound =
      "vtlt: scheme/1\nid: tot\nadopted: {number: 1/QĐ-UBND, date: 1/1/2026}\n"
      "fonds: {code: UB, name: X, organ: H57.32.15}\nissuers: {UBND: Ủy ban}\nunits: {VP: Văn phòng}\n"
      "numbering: {mode: internal}\n"
      "series:\n"
      "  - {id: den, book: in}\n"
      "  - {id: qd, book: out, issuer: UBND, types: [QĐ], kept: r}\n"
      "  - {id: khac, book: out, issuer: UBND, types: other, kept: r}\n"
      "  - {id: sao, book: copy, types: [SY, SL, TrS]}\n"
      "classes:\n"
      "  - no: I\n    abbr: VP\n    title: T\n    by: VP\n    files: [{rule: r, title: \"Năm {year}\", "
      "notation: 01.VP}]\n"
      "suggest: [{class: I, words: [a]}]\n"
      "rules: [{id: r, term: VV, basis: b, checked: {by: Lan, on: 1/1/2026, against: c}}]\n";
  for (const Finding& finding : scheme::check(load(sound)))
    FAIL_CHECK(text::render(finding.message, text::Language::en));

  for (const Row& row : rows()) {
    INFO(row.name);
    auto findings = scheme::check(load(row.text));
    const Finding* finding = find(findings, row.key, row.ref);
    REQUIRE(finding);
    CHECK(finding->code == row.code);
    CHECK(finding->level == row.level);
    for (const Finding& one : findings) {
      CHECK(text::has_message(one.message.key));
      if (!one.hint.empty()) CHECK(text::has_message(one.hint.key));
    }
  }
}

TEST_CASE("a confirmed rule may be shorter than the repealed table and no longer counts as TT 09",
          "[scheme][P23]") {
  Scheme s =
      load(with_files("{tt09-16: a}",
                      "rules: [{id: tt09-16, term: 5, basis: \"TT 10/2022/TT-BNV\", status: confirmed-tt10, "
                      "checked: {by: Lan, on: 1/2/2026, against: \"TT 10/2022, mục 5\"}}]\n"));
  auto findings = scheme::check(s);
  CHECK(find(findings, "scheme.check.shorter") == nullptr);
  CHECK(find(findings, "scheme.check.baseline") == nullptr);
  CHECK(find(findings, "scheme.check.unchecked") == nullptr);
}

TEST_CASE("unknown rules and tables are answered with the nearest", "[scheme]") {
  auto findings = scheme::check(load(with_files("{tt09-150d: a}")));
  CHECK(arg(find(findings, "scheme.check.unknown_rule")->hint, "word") == "tt09-150a");
  findings = scheme::check(load(small("uses: [vn-tt09-baselin]\n")));
  CHECK(arg(find(findings, "scheme.check.unknown_table")->hint, "word") == "vn-tt09-baseline");
}

TEST_CASE("organ codes that come back to themselves are an error, others pass", "[scheme][P36]") {
  const std::string head =
      "vtlt: scheme/1\nid: x\nfonds: {code: A, name: B, organ: H57.1}\nclasses: []\norgans:\n"
      "  - {old: H57.05, new: H58.05, from: 01/12/2026, name: Sở Nội vụ}\n"
      "  - {old: H57.06, new: H58.05, from: 01/12/2026}\n";
  const auto circles = [](const std::string& text) {
    std::vector<long> lines;
    for (const auto& finding : vtlt::scheme::check(vtlt::scheme::load({"x.yaml", text})))
      if (finding.code == "P36") lines.push_back(finding.line);
    return lines;
  };
  CHECK(circles(head).empty());
  CHECK(circles(head + "  - {old: H58.05, new: H57.05, from: 01/12/2027}\n") == std::vector<long>{6, 8});
}
