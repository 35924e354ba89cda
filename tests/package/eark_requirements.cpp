// The table of requirements and the vocabularies against the profiles of the DILCIS Board themselves.
#include "package/eark_requirements.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>

#include "package/eark_vocabularies.h"

using namespace vtlt::package;

namespace {

const std::filesystem::path eark = std::filesystem::path(VTLT_SOURCE_DIR) / "../shared/corpora/eark";

bool absent(const std::filesystem::path& path) {
  if (std::filesystem::exists(path)) return false;
  WARN("SKIPPED: no shared/ (" << path.string() << ")");
  return true;
}

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::map<std::string, Binding> bindings_of(const std::string& profile) {
  static const std::regex element("<requirement\\b[^>]*>"), id("\\bID=\"([^\"]*)\""),
      level("\\bREQLEVEL=\"([^\"]*)\"");
  std::map<std::string, Binding> found;
  for (std::sregex_iterator it(profile.begin(), profile.end(), element), end; it != end; ++it) {
    const std::string tag = it->str();
    std::smatch name, word;
    if (!std::regex_search(tag, name, id) || !std::regex_search(tag, word, level)) continue;
    if (name[1].str().starts_with("REF_")) continue;  // points to another specification as a whole
    found[name[1].str()] = word[1] == "MUST"     ? Binding::must
                           : word[1] == "SHOULD" ? Binding::should
                                                 : Binding::may;
  }
  return found;
}

}  // namespace

TEST_CASE("the table of requirements says what the profiles say", "[package][eark]") {
  if (absent(eark / "profiles")) return;
  struct Profile {
    const char *name, *prefix;
    EarkVersion version;
    std::size_t count;
  };
  const Profile profiles[] = {
      {"CSIP-v2-0-4", "CSIP", EarkVersion::v2_0_4, 117}, {"CSIP-v2-1-0", "CSIP", EarkVersion::v2_1_0, 116},
      {"CSIP-v2-2-0", "CSIP", EarkVersion::v2_2_0, 116}, {"SIP-v2-0-4", "SIP", EarkVersion::v2_0_4, 35},
      {"SIP-v2-1-0", "SIP", EarkVersion::v2_1_0, 35},    {"SIP-v2-2-0", "SIP", EarkVersion::v2_2_0, 35},
      {"AIP-v2-2-0", "AIPM", EarkVersion::v2_2_0, 7},    {"DIP-v2-2-0", "DIP", EarkVersion::v2_2_0, 4}};
  for (const Profile& profile : profiles) {
    const auto said =
        bindings_of(bytes_of(eark / "profiles" / ("E-ARK-" + std::string(profile.name) + ".xml")));
    INFO(profile.name);
    CHECK(said.size() == profile.count);
    for (const auto& [id, binding] : said) {
      INFO(id);
      REQUIRE(eark_requirement(id) != nullptr);
      CHECK(eark_requirement(id)->in(profile.version) == binding);
    }
    const std::string prefix = profile.prefix;
    for (const EarkRequirement& one : eark_requirements()) {
      const std::string id = one.id;
      if (!id.starts_with(prefix) || id.starts_with("CSIPSTR")) continue;
      INFO(id);
      CHECK(said.contains(id) == (one.in(profile.version) != Binding::none));
    }
  }
}

TEST_CASE("sizes and digests are MUST in every version", "[package][eark]") {
  // What is found when the bytes are read is an error without asking the table.
  for (const char* id : {"CSIP27", "CSIP29", "CSIP41", "CSIP43", "CSIP54", "CSIP56", "CSIP69", "CSIP71"})
    for (const auto version : {EarkVersion::v2_0_4, EarkVersion::v2_1_0, EarkVersion::v2_2_0})
      CHECK(level_in(version, id) == vtlt::Level::error);
}

TEST_CASE("what a PROFILE claims", "[package][eark]") {
  struct Case {
    const char* text;
    EarkProfile profile;
    EarkVersion version;
    bool fixed;
  };
  const Case cases[] = {
      {"https://earkcsip.dilcis.eu/profile/E-ARK-CSIP.xml", EarkProfile::csip, EarkVersion::v2_2_0, false},
      {"https://earkcsip.dilcis.eu/profile/E-ARK-CSIP-v2-0-4.xml", EarkProfile::csip, EarkVersion::v2_0_4,
       false},
      {"https://earksip.dilcis.eu/profile/E-ARK-SIP-v2-2-0.xml", EarkProfile::sip, EarkVersion::v2_2_0, true},
      {"https://earksip.dilcis.eu/profile/E-ARK-SIP-v2-1-0.xml", EarkProfile::sip, EarkVersion::v2_1_0, true},
      {"https://earksip.dilcis.eu/profile/E-ARK-SIP.xml", EarkProfile::sip, EarkVersion::v2_1_0, true},
      {"http://earksip.dilcis.eu/profile/E-ARK-SIP.xml", EarkProfile::sip, EarkVersion::v2_1_0, false},
      {"https://earkdip.dilcis.eu/profile/E-ARK-AIP-v2-2-0.xml", EarkProfile::aip, EarkVersion::v2_2_0, true},
      {"https://earkdip.dilcis.eu/profile/E-ARK-DIP.xml", EarkProfile::dip, EarkVersion::v2_2_0, true},
      {"", EarkProfile::unknown, EarkVersion::v2_2_0, false},
      {"https://example.org/vn.xml", EarkProfile::unknown, EarkVersion::v2_2_0, false},
  };
  for (const Case& one : cases) {
    INFO(one.text);
    CHECK(claim_of(one.text).profile == one.profile);
    CHECK(claim_of(one.text).version == one.version);
    CHECK(is_fixed_profile(one.profile, one.text) == one.fixed);
  }
  CHECK(level_in(EarkVersion::v2_1_0, "CSIP96") == vtlt::Level::error);
  CHECK(level_in(EarkVersion::v2_2_0, "CSIP96") == vtlt::Level::warning);
  CHECK(level_in(EarkVersion::v2_0_4, "SIP12") == vtlt::Level::note);
  CHECK_FALSE(level_in(EarkVersion::v2_2_0, "CSIP86").has_value());
  CHECK_FALSE(level_in(EarkVersion::v2_2_0, "CSIP60-strict").has_value());
}

TEST_CASE("the vocabularies hold the terms of the DILCIS Board", "[package][eark]") {
  if (absent(eark / "vocabularies")) return;
  const std::pair<const char*, Vocabulary> files[] = {
      {"CSIPVocabularyContentCategory.xml", Vocabulary::content_category},
      {"CSIPVocabularyContentInformationType.xml", Vocabulary::content_type},
      {"CSIPVocabularyOAISPackageType.xml", Vocabulary::package_type},
      {"CSIPVocabularyStatus.xml", Vocabulary::status},
      {"SIPVocabularyRecordStatus.xml", Vocabulary::record_status},
      {"SIPVocabularyRecordIDType.xml", Vocabulary::alternative_record},
  };
  static const std::regex term("<Term[^>]*>\\s*([^<]*?)\\s*</Term>");
  for (const auto& [name, vocabulary] : files) {
    const std::string text = bytes_of(eark / "vocabularies" / name);
    int terms = 0;
    for (std::sregex_iterator it(text.begin(), text.end(), term), end; it != end; ++it, ++terms) {
      INFO(name << ": " << (*it)[1].str());
      CHECK(is_term(vocabulary, (*it)[1].str()));
    }
    CHECK(terms >= 2);
  }
  CHECK(is_term(Vocabulary::content_category, "textual works - digital"));
  CHECK_FALSE(is_term(Vocabulary::status, "current"));
  CHECK(is_media_type("application/pdf"));
  for (const char* wrong : {"", "pdf", "/pdf", "pdf/", "hồ sơ/pdf", "text/a/b"})
    CHECK_FALSE(is_media_type(wrong));
}
