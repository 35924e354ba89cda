// The compiled form is the scheme.
#include "support.h"

#include <random>

using namespace scheme_test;

TEST_CASE("from_compiled(to_compiled(s)) == s", "[scheme]") {
  std::vector<Scheme> all;
  for (const std::string& name : scheme::template_names())
    all.push_back(load(scheme::fill_template(name, commune_values())));
  if (auto example = read_shared("scheme-example.yaml")) all.push_back(load(*example));
  all.push_back(load(small()));
  for (const Scheme& s : all) {
    INFO(s.id << " " << s.rules.size());
    std::string compiled = scheme::to_compiled(s);
    Scheme back = scheme::from_compiled(compiled);
    CHECK(back == s);
    CHECK(scheme::to_compiled(back) == compiled);
  }
}

TEST_CASE("every field makes a difference to the comparison and survives", "[scheme]") {
  Scheme s = load(scheme::fill_template("xa", commune_values()));
  s.adopted_number = "1";
  s.adopted_date = {2026, 1, 5};
  s.archive = "G09.1";
  s.regime = "party";
  s.source_of_submission = false;
  s.late_days = 3;
  s.holidays = "h.yaml";
  s.numbering_internal = true;
  s.file_numbering = "continuous";
  s.sheet_numbers_from = 20;
  s.default_access = "conditional";
  s.rules[0].checked_by = "Lan \"\\ \n";
  s.rules[0].checked_on = "2026-01-10";
  s.rules[0].checked_against = "x";
  s.rules[0].submit = false;
  s.rules[0].term = {records::TermKind::event_years, 5, false, "HĐ"};
  s.series[0].advisory = true;
  s.organs.push_back({"H57.05", "H58.05", {2026, 12, 1}, "Sở Nội vụ", "12/NQ", 9});
  s.classes[0].files.push_back({"r", "t", "d", "case", "o", "n", "01.VP", 7});
  CHECK(scheme::from_compiled(scheme::to_compiled(s)) == s);
  Scheme other = s;
  other.classes[0].files.back().note = "khác";
  CHECK_FALSE(scheme::from_compiled(scheme::to_compiled(other)) == s);
}

TEST_CASE("a damaged compiled scheme is refused, never half read", "[scheme][hostile]") {
  const std::string good = scheme::to_compiled(load(scheme::fill_template("so", commune_values())));
  auto refused = [](const std::string& text) {
    try {
      scheme::from_compiled(text);
      return false;
    } catch (const Error& error) {
      CHECK(error.code() == "VTLT-SCHEME-19");
      CHECK(error.exit() == Exit::no_verdict);
      return true;
    }
  };
  for (const char* bad :
       {"", "{}", "[]", "[2]", "[1]", "null", "[1,2,3]", "[[[[", "[99999999999999999999]"}) {
    INFO(bad);
    CHECK(refused(bad));
  }
  std::string newer = good;
  newer.replace(0, 2, "[9");
  CHECK(refused(newer));
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    std::string text = good;
    text[random() % text.size()] = static_cast<char>(random());
    CHECK_NOTHROW(refused(text));
    CHECK(refused(good.substr(0, random() % (good.size() - 1))));
  }
}
