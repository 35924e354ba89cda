// The public suites: BagIt (valid and not), E-ARK examples whose names say what is wrong.
#include <catch2/catch.hpp>

#include "check_support.h"

using namespace vtlt::package;
using check_support::has;
using check_support::run;
using check_support::text_of;

namespace {

const vtlt::Path corpora = vtlt::Path(VTLT_SOURCE_DIR) / "../shared/corpora";

bool absent(const vtlt::Path& path) {
  if (std::filesystem::exists(path)) return false;
  WARN("SKIPPED: no shared/ (" << path.string() << ")");
  return true;
}

std::vector<vtlt::Path> folders(const vtlt::Path& path) {
  std::vector<vtlt::Path> found;
  if (!std::filesystem::exists(path)) return found;
  for (const auto& entry : std::filesystem::directory_iterator(path))
    if (entry.is_directory()) found.push_back(entry.path());
  return found;
}

}  // namespace

TEST_CASE("the bags of the conformance suite get their verdict", "[package][bagit]") {
  if (absent(corpora / "bagit")) return;
  int valid = 0, invalid = 0;
  for (const auto& version : folders(corpora / "bagit")) {
    for (const auto& bag : folders(version / "valid")) {
      const Verdict verdict = run(bag);
      INFO(bag.string() << "\n" << text_of(verdict));
      CHECK(verdict.passed());
      CHECK(verdict.kind == Found::bagit);
      ++valid;
    }
    for (const auto& bag : folders(version / "invalid")) {
      const Verdict verdict = run(bag);
      INFO(bag.string() << "\n" << text_of(verdict));
      CHECK_FALSE(verdict.passed());
      CHECK(verdict.complete);
      CHECK(verdict.kind == Found::bagit);
      ++invalid;
    }
  }
  CHECK(valid >= 18);
  CHECK(invalid >= 11);
}

TEST_CASE("each invalid bag is told why", "[package][bagit]") {
  if (absent(corpora / "bagit")) return;
  const std::pair<const char*, const char*> cases[] = {
      {"out-of-scope-file-paths-using-dot-notation-for-fetch", "BAGIT-path"},
      {"extra-file-in-bag", "BAGIT-extra"},
      {"corrupt-tag-file", "BAGIT-checksum"},
      {"bom-in-bagit.txt", "BAGIT-bom"},
      {"same-filename-listed-twice-with-different-hashes", "BAGIT-duplicate"},
      {"out-of-scope-file-paths-using-dot-notation", "BAGIT-path"},
      {"corrupt-data-file", "BAGIT-checksum"},
      {"missing-bagit.txt", "BAGIT-declaration"},
      {"baginfo-missing-encoding", "BAGIT-declaration"},
      {"invalid-version-number", "BAGIT-version"},
      {"missing-baginfo", "BAGIT-missing"},
  };
  for (const auto& [name, code] : cases) {
    const Verdict verdict = run(corpora / "bagit/v0.97/invalid" / name);
    INFO(name << "\n" << text_of(verdict));
    CHECK(has(verdict, code, vtlt::Level::error));
  }
}

TEST_CASE("the E-ARK examples are told the requirement that their name says", "[package][eark]") {
  const vtlt::Path examples = corpora / "eark/examples";
  if (absent(examples)) return;
  const std::pair<const char*, std::vector<const char*>> cases[] = {
      {"minimal_IP_noflscid.zip", {"CSIP59"}}, {"minimal_IP_nomtshdr.zip", {"CSIP117"}},
      {"minimal_IP_nopcktyp.zip", {"CSIP9"}},  {"minimal_IP_nocrtdt.zip", {"CSIP7"}},
      {"minimal_IP_invmets.zip", {"CSIP14"}},
  };
  for (const auto& [name, codes] : cases) {
    const Verdict verdict = run(examples / name);
    INFO(name << "\n" << text_of(verdict));
    CHECK(verdict.kind == Found::eark);
    CHECK_FALSE(verdict.passed());
    for (const char* code : codes)
      CHECK(has(verdict, code, vtlt::Level::error));
  }
  // The package that they were made from has none of these faults.
  const Verdict whole = run(examples / "minimal_IP_with_schemas.zip");
  INFO(text_of(whole));
  for (const char* code : {"CSIP59", "CSIP117", "CSIP9", "CSIP7", "CSIP14", "CSIP-METS-schema", "CSIPSTR4"})
    CHECK_FALSE(has(whole, code));
  CHECK(whole.objid == "minimal_IP_with_schemas");

  // What no requirement names, the METS schema does. The package's own copy of it does not fit its xlink.xsd.
  CheckOptions with_schemas;
  with_schemas.schemas = corpora / "eark/schemas";
  const Verdict strange = run(examples / "minimal_IP_invmets.zip", with_schemas);
  INFO(text_of(strange));
  CHECK(has(strange, "VTLT-SCHEMA-01", vtlt::Level::note));
  CHECK(has(strange, "CSIP-METS-schema", vtlt::Level::error));
  CHECK_FALSE(has(run(examples / "minimal_IP_with_schemas.zip", with_schemas), "CSIP-METS-schema"));

  const Verdict old = run(examples / "a46ab3d0-c710-4d73-b58d-e93e30b53a82.zip");
  INFO(text_of(old));
  CHECK(old.kind == Found::eark);
  CHECK(has(old, "CSIP9"));
  CHECK(has(old, "CSIPSTR2", vtlt::Level::warning));
  CHECK(has(old, "CSIP27", vtlt::Level::error));  // sizes were recorded wrongly, digests rightly
  CHECK_FALSE(has(old, "CSIP29"));
}
