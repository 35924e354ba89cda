// What load() refuses, with place and reason.
#include "support.h"

using namespace scheme_test;

namespace {

struct Row {
  const char* name;
  std::string text;
  const char* code;
  const char* key;
  long line, column;
};

const std::vector<Row>& rows() {
  static const std::vector<Row> all = {
      {"duplicate key", small("policy: {}\npolicy: {}\n"), "VTLT-SCHEME-05", "yaml.duplicate_key", 7, 1},
      {"duplicate key in a flow map", small("units: {VP: a, KT: b, VP: c}\n"), "VTLT-SCHEME-05",
       "yaml.duplicate_key", 6, 23},
      {"anchor", small("units: {VP: &a Văn phòng}\n"), "VTLT-SCHEME-06", "yaml.alias", 6, 0},
      {"alias", small("units: {VP: *a}\n"), "VTLT-SCHEME-06", "yaml.alias", 6, 0},
      {"merge key", small("<<: {id: x}\n"), "VTLT-SCHEME-12", "scheme.unknown_key", 6, 1},
      {"tag", small("units: {VP: !!str a}\n"), "VTLT-SCHEME-07", "yaml.tag", 6, 13},
      {"own tag on a list", small("uses: !x [a]\n"), "VTLT-SCHEME-07", "yaml.tag", 6, 7},
      {"tab", small("policy:\n\tlate_days: 1\n"), "VTLT-SCHEME-08", "yaml.tab", 7, 1},
      {"second document", small("---\nid: x\n"), "VTLT-SCHEME-04", "yaml.several_documents", 6, 0},
      {"empty file", "", "VTLT-SCHEME-04", "yaml.empty", 1, 1},
      {"only a comment", "# nothing\n", "VTLT-SCHEME-04", "yaml.empty", 1, 1},
      {"not UTF-8", small("# \xFF\n"), "VTLT-SCHEME-02", "yaml.not_utf8", 0, 0},
      {"UTF-16", std::string("\xFF\xFEv\0t\0", 6), "VTLT-SCHEME-02", "yaml.not_utf8", 0, 0},
      {"control character", small("units: {VP: \"a\x04\"}\n"), "VTLT-SCHEME-02", "yaml.control_character",
       6, 15},
      {"a list as key", small("? [a]\n: b\n"), "VTLT-SCHEME-03", "yaml.syntax.key", 6, 3},
      {"colon in a title", small("units:\n  VP: Văn phòng: HĐND\n"), "VTLT-SCHEME-03", "yaml.syntax.colon",
       7, 0},
      {"bracket not closed", small("uses: [a, b\nunits: {}\n"), "VTLT-SCHEME-03", nullptr, 0, 0},
      {"quote not closed", small("uses: \"abc\n"), "VTLT-SCHEME-03", "yaml.syntax.quote", 0, 0},
      {"single quote not closed", small("uses: 'it''s\n"), "VTLT-SCHEME-03", "yaml.syntax.quote", 6, 7},
      {"quote closed by an escape only", small("uses: \"abc\\\"\n"), "VTLT-SCHEME-03", "yaml.syntax.quote",
       6, 7},
      {"not a scheme", "a: 1\n", "VTLT-SCHEME-11", "scheme.not_a_scheme", 1, 1},
      {"a list", "- a\n", "VTLT-SCHEME-11", "scheme.not_a_scheme", 1, 1},
      {"another version", "vtlt: scheme/2\nid: x\n", "VTLT-SCHEME-11", "scheme.not_a_scheme", 1, 7},
      {"unknown key", small("polycy: {}\n"), "VTLT-SCHEME-12", "scheme.unknown_key", 6, 1},
      {"unknown key in a section", small("policy: {late_day: 1}\n"), "VTLT-SCHEME-12", "scheme.unknown_key",
       6, 10},
      {"three levels", small("  - {no: II, title: x, sub: [{no: 1, title: y, sub: []}]}\n"), "VTLT-SCHEME-12",
       "scheme.unknown_key", 6, 48},
      {"missing key", "vtlt: scheme/1\nid: x\nclasses: []\n", "VTLT-SCHEME-13", "scheme.missing_key", 1, 1},
      {"empty mandatory value", "vtlt: scheme/1\nid: \nfonds: {code: a, name: b}\nclasses: []\n",
       "VTLT-SCHEME-13", "scheme.missing_key", 0, 0},
      {"map where a list is meant", small("series: {id: a}\n"), "VTLT-SCHEME-14", "scheme.shape.list", 6, 9},
      {"list where a map is meant", small("policy: [a]\n"), "VTLT-SCHEME-14", "scheme.shape.map", 6, 9},
      {"list where text is meant", small("access: {open: {label: [a]}}\n"), "VTLT-SCHEME-14",
       "scheme.shape.text", 6, 24},
      {"text in a list of maps", small("rules: [a]\n"), "VTLT-SCHEME-14", "scheme.shape.map", 6, 9},
      {"a planned file as text", small("  - {no: II, title: x, files: [abc]}\n"), "VTLT-SCHEME-14",
       "scheme.shape.planned", 6, 32},
      {"a number in words", small("policy: {late_days: một}\n"), "VTLT-SCHEME-15", "scheme.value.number", 6,
       21},
      {"a number too large", small("policy: {late_days: 99999999999}\n"), "VTLT-SCHEME-15",
       "scheme.value.number", 6, 21},
      {"truth", small("policy: {source_of_submission: maybe}\n"), "VTLT-SCHEME-15", "scheme.value.boolean", 6,
       32},
      {"impossible date", small("adopted: {number: 1, date: 31/02/2026}\n"), "VTLT-SCHEME-15",
       "scheme.value.date", 6, 28},
      {"part of a date", small("adopted: {number: 1, date: 2026}\n"), "VTLT-SCHEME-15", "scheme.value.date",
       6, 28},
      {"no organ code", small("organs: [{old: h57, new: H58, from: 01/12/2026}]\n"), "VTLT-SCHEME-21",
       "scheme.organs.invalid", 6, 16},
      {"an organ code for itself", small("organs: [{old: H58, new: H58, from: 01/12/2026}]\n"), "VTLT-SCHEME-21",
       "scheme.organs.same", 6, 10},
      {"book", small("series: [{id: a, book: outt}]\n"), "VTLT-SCHEME-15", "scheme.value.choice", 6, 24},
      {"term", small("rules: [{id: a, term: lâu, basis: b}]\n"), "VTLT-SCHEME-15", "scheme.value.term", 6,
       23},
      {"id with a space", small("rules: [{id: a b, term: 5, basis: b}]\n"), "VTLT-SCHEME-15",
       "scheme.value.code", 6, 14},
      {"rule without basis", small("rules:\n  - {id: a, term: 5}\n"), "VTLT-SCHEME-16", "scheme.no_basis", 7,
       5},
      {"rule with empty basis", small("rules:\n  - {id: a, term: 5, basis: ''}\n"), "VTLT-SCHEME-16",
       "scheme.no_basis", 7, 29},
      {"half a check", small("rules: [{id: a, term: 5, basis: b, checked: {by: Lan}}]\n"), "VTLT-SCHEME-13",
       "scheme.missing_key", 6, 45},
      {"a rule twice", small("rules:\n  - {id: a, term: 5, basis: b}\n  - {id: a, term: 9, basis: b}\n"),
       "VTLT-SCHEME-17", "scheme.twice", 8, 5},
      {"a series twice", small("series: [{id: a, book: in}, {id: a, book: out}]\n"), "VTLT-SCHEME-17",
       "scheme.twice", 6, 29},
      {"a class twice", small("  - {no: I, title: x}\n"), "VTLT-SCHEME-17", "scheme.twice", 6, 5},
      {"a table twice", small("uses: [vn-statute-2026, vn-statute-2026]\n"), "VTLT-SCHEME-17", "scheme.twice",
       6, 7},
  };
  return all;
}

}  // namespace

TEST_CASE("what cannot be read is refused with its place", "[scheme][P21]") {
  for (const Row& row : rows()) {
    INFO(row.name);
    Error error = refusal(row.text);
    CHECK(error.exit() == Exit::usage);
    CHECK(error.code() == row.code);
    if (row.key) CHECK(error.message().key == row.key);
    CHECK(error.path() == "thu.yaml");
    if (row.line) CHECK(error.line() == row.line);
    if (row.column) CHECK(arg(error.message(), "column") == std::to_string(row.column));
    CHECK(text::has_message(error.message().key));
    // Nothing of the sentence may stay unfilled.
    for (auto language : {text::Language::vi, text::Language::en})
      CHECK(text::render(error.message(), language).find("{column}") == std::string::npos);
  }
}

TEST_CASE("columns count letters, not bytes", "[scheme]") {
  Error error = refusal(small("units: {\"Đường\": a, \"Đường\": b}\n"));
  CHECK(arg(error.message(), "column") == "21");
}

TEST_CASE("an unknown key brings the nearest known one", "[scheme]") {
  CHECK(arg(refusal(small("polycy: {}\n")).hint(), "word") == "policy");
  CHECK(arg(refusal(small("policy: {late_day: 1}\n")).hint(), "word") == "late_days");
  CHECK(arg(refusal(small("series: [{id: a, book: outt}]\n")).hint(), "word") == "out");
  CHECK(refusal(small("zzzzzzzz: 1\n")).hint().empty());
  CHECK(refusal(small("  - {no: II, title: x, sub: [{no: 1, title: y, sub: []}]}\n")).hint().key ==
        "scheme.hint.two_levels");
}
