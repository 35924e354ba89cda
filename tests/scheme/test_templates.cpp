// Templates of `init --from`.
#include "support.h"

#include "text/text.h"

using namespace scheme_test;

TEST_CASE("all templates load and check without errors", "[scheme]") {
  auto names = scheme::template_names();
  std::sort(names.begin(), names.end());
  REQUIRE(names == std::vector<std::string>{"dang-uy", "phuong", "so", "truong", "xa"});
  for (const std::string& name : names) {
    INFO(name);
    Scheme s = load(scheme::fill_template(name, commune_values()));
    CHECK(s.fonds_name == "UBND xã Phong Hải");
    CHECK(s.organ == "H57.32.15");
    CHECK(s.fonds_code == "UB");
    CHECK_FALSE(s.numbering_internal);
    CHECK(s.source_of_submission);
    CHECK(s.regime == (name == "dang-uy" ? "party" : "state"));
    for (const Finding& finding : scheme::check(s)) {
      INFO(text::render(finding.message, text::Language::vi));
      CHECK(finding.level != Level::error);
      // A template may warn of the repealed circular and of nothing else.
      if (finding.level == Level::warning) CHECK(finding.message.key == "scheme.check.baseline");
    }
    // Clerks of the books know where an ordinary letter goes.
    CHECK(s.series_for(records::Book::in, "", "Sở Nội vụ"));
    for (const auto& issuer : s.issuers) {
      CHECK(s.series_for(records::Book::out, "CV", issuer.abbreviation));
      CHECK(s.series_for(records::Book::out, "QĐ", issuer.abbreviation));
    }
    CHECK(s.series_for(records::Book::copy, "SY", s.issuers[0].abbreviation));
    for (const auto& large : s.classes)
      for (const auto& file : large.files)
        CHECK(text::is_nfc(file.title));
  }
}

TEST_CASE("the commune template has the figures of session 1", "[scheme]") {
  auto sum = scheme::summary(load(scheme::fill_template("xa", commune_values())));
  CHECK(sum.classes == 12);
  CHECK(sum.rules == 41);
  CHECK(sum.baseline == 24);
}

TEST_CASE("filling in touches only its own places and survives any name", "[scheme]") {
  auto values = commune_values();
  values["name"] = "UBND xã \"Phong's\": {code} # Hải\n- x";
  values["organ"].clear();
  values["mode"] = "internal";
  values["submission"] = "false";
  Scheme s = load(scheme::fill_template("xa", values));
  CHECK(s.fonds_name == "UBND xã \"Phong's\": {code} # Hải - x");
  CHECK(s.organ.empty());
  CHECK(s.numbering_internal);
  CHECK_FALSE(s.source_of_submission);
  CHECK(s.find_class("III.2")->files[0].title == "Hồ sơ công trình {name}");
  CHECK(s.find_class("IV.1")->files[4].title == "Hồ sơ giải quyết thủ tục hộ tịch {code}");
  CHECK_THROWS_AS(scheme::fill_template("huyen", {}), Error);
}
