// Profiles of receivers: what is refused in one, and each rule of one on a package.
#include <catch2/catch.hpp>

#include "base/error.h"
#include "check_support.h"
#include "package/profile.h"
#include "sample_contents.h"
#include "text/messages.h"
#include "trust/digest.h"

using namespace vtlt::package;
using namespace check_support;
using vtlt::Level;

namespace {

const std::string top = "vtlt: profile/1\nid: lts\nversion: 2026-11\n";

Verdict check(const Maker& maker, const std::string& rules, bool zip = false) {
  const Profile profile = parse_profile("lts.yaml", top + rules);
  CheckOptions options;
  options.profile = &profile;
  options.content = ContentDepth::quick;
  const Workshop workshop;
  const Tree tree = maker.make_copy();
  if (!zip) return run(put_tree(workshop.path() / maker.folder(), tree), options);
  put(workshop.path() / "12_goi.zip", make_zip(maker.folder(), tree));
  return run(workshop.path() / "12_goi.zip", options);
}

vtlt::Path put_bag(const Workshop& workshop) {
  Tree bag;
  bag["bagit.txt"] = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
  bag["data/a.txt"] = "mot";
  bag["manifest-sha256.txt"] = vtlt::sha256("mot").hex() + "  data/a.txt\n";
  return put_tree(workshop.path() / "tui", bag);
}

std::function<void(std::string&)> swap(std::string from, std::string to) {
  return [=](std::string& text) { replace(text, from, to); };
}

}  // namespace

TEST_CASE("a profile with an error is refused with its place", "[package][profile]") {
  struct Case {
    std::string text, code;
    long line;
  };
  const Case cases[] = {
      {"", "VTLT-PROFILE-04", 1},
      {"vtlt: scheme/1\nid: a\nversion: 1\n", "VTLT-PROFILE-11", 1},
      {"[a]", "VTLT-PROFILE-12", 1},
      {"vtlt: profile/1\nversion: 1\n", "VTLT-PROFILE-13", 1},
      {top + "formatz: {}\n", "VTLT-PROFILE-14", 4},
      {top + "id: b\n", "VTLT-PROFILE-05", 4},
      {top + "title: &a b\n", "VTLT-PROFILE-06", 4},
      {top + "packages: [sip]\n", "VTLT-PROFILE-15", 4},
      {top + "specs: csip\n", "VTLT-PROFILE-15", 4},
      {top + "maintenance: [8]\n", "VTLT-PROFILE-15", 4},
      {top + "digests: [MD5]\n", "VTLT-PROFILE-15", 4},
      {top + "formats:\n  DOC: [jpg]\n", "VTLT-PROFILE-15", 5},
      {top + "formats:\n  TEXT: all\n", "VTLT-PROFILE-14", 5},
      {top + "formats:\n  DOC: [{extension: dwg}]\n", "VTLT-PROFILE-13", 5},
      {top + "pdfa: {}\n", "VTLT-PROFILE-13", 4},
      {top + "pdfa: {of: scans}\n", "VTLT-PROFILE-15", 4},
      {top + "resolution: cao\n", "VTLT-PROFILE-15", 4},
      {top + "size: {file: 4 GIGA}\n", "VTLT-PROFILE-15", 4},
      {top + "size: {file: 99999999999 TB}\n", "VTLT-PROFILE-15", 4},
      {top + "size: 4 GB\n", "VTLT-PROFILE-12", 4},
      {top + "medium: {file_system: ext4}\n", "VTLT-PROFILE-15", 4},
      {top + "fields:\n  file:\n  - titel\n", "VTLT-PROFILE-15", 6},
      {top + "fields:\n  file:\n  - {name: title, pattern: '('}\n", "VTLT-PROFILE-15", 6},
      {top + "fields: {files: [title]}\n", "VTLT-PROFILE-14", 4},
      {top + "registration: {needed: maybe}\n", "VTLT-PROFILE-15", 4},
  };
  for (const Case& one : cases) {
    INFO(one.text);
    try {
      parse_profile("lts.yaml", one.text);
      CHECK(one.code.empty());
    } catch (const vtlt::Error& error) {
      CHECK(error.exit() == vtlt::Exit::usage);
      CHECK(error.code() == one.code);
      CHECK(error.path() == "lts.yaml");
      CHECK(error.line() == one.line);
      CHECK(vtlt::text::has_message(error.message().key));
    }
  }
  CHECK_THROWS_AS(load_profile(vtlt::system_files(), "khong-co"), vtlt::Error);
}

TEST_CASE("the shipped profiles are right, and named as they call themselves", "[package][profile]") {
  REQUIRE(shipped_profiles() == std::vector<std::string>{"luu-tru-lich-su-tinh"});
  const Profile profile = load_profile(vtlt::system_files(), "luu-tru-lich-su-tinh");
  CHECK(profile.id == "luu-tru-lich-su-tinh");
  CHECK(profile.maintenance == std::vector<std::string>{"01"});
  CHECK(profile.pdfa == Profile::PdfA::digitised);
  CHECK(profile.file_bytes == 4'000'000'000);
  CHECK(profile.registration);
  CHECK(profile.sha256.size() == 64);
  const vtlt::Path file = vtlt::Path(VTLT_SOURCE_DIR) / "schemas/profiles/luu-tru-lich-su-tinh.yaml";
  CHECK(load_profile(vtlt::system_files(), file.string()).sha256 == profile.sha256);
  CheckOptions options;
  options.profile = &profile;
  options.content = ContentDepth::quick;
  Maker maker;
  const Workshop workshop;
  const Verdict verdict = run(put_tree(workshop.path() / maker.folder(), maker.make()), options);
  INFO(text_of(verdict));
  CHECK(verdict.passed());
}

TEST_CASE("the example of the man page is a profile", "[package][profile]") {
  std::string man =
      vtlt::read_whole(vtlt::system_files(), vtlt::Path(VTLT_SOURCE_DIR) / "man/vtlt-profile.5");
  const std::size_t begin = man.find('\n', man.find(".Bd -literal")) + 1;
  std::string example = man.substr(begin, man.find(".Ed", begin) - begin);
  for (std::size_t at = 0; (at = example.find("\\e", at)) != std::string::npos; ++at)
    example.erase(at + 1, 1);
  const Profile profile = parse_profile("lts-hue.yaml", example);
  CHECK(profile.name() == "lts-hue 2026-11");
  CHECK(profile.fields.size() == 4);
  CHECK(profile.zip_name.matches("12_uuid-0F.zip"));
}

TEST_CASE("every key stands in the man page of profiles and in their JSON Schema", "[package][profile]") {
  const auto man = vtlt::read_whole(vtlt::system_files(), vtlt::Path(VTLT_SOURCE_DIR) / "man/vtlt-profile.5");
  const auto json =
      vtlt::read_whole(vtlt::system_files(), vtlt::Path(VTLT_SOURCE_DIR) / "schemas/profile-1.schema.json");
  for (const std::string key :
       {"vtlt",         "id",     "version", "title",   "packages",   "specs", "maintenance",  "digests",
        "formats",      "pdfa",   "of",      "levels",  "resolution", "size",  "medium",       "file_system",
        "longest_path", "fields", "name",    "pattern", "codes",      "names", "registration", "needed"}) {
    INFO(key);
    CHECK(json.find('"' + key + "\":") != std::string::npos);
    CHECK((man.find("Ic " + key) != std::string::npos || man.find(", " + key) != std::string::npos));
  }
}

TEST_CASE("each rule of a profile is told, and says nothing where it is kept", "[package][profile][D25]") {
  struct Case {
    const char* code;
    std::string broken, kept;
    std::string path;
    Maker maker = {};
    bool zip = false;
  };
  const std::string doc = "representations/rep1/metadata/descriptive/EAD_doc_1.xml",
                    ead = "metadata/descriptive/EAD.xml", data = "representations/rep1/data/1.pdf";
  Maker scanned;
  scanned.first_document = swap("<confidenceLevel>01", "<confidenceLevel>02");
  scanned.before_mets = [](Tree& tree) {
    tree["representations/rep1/data/1.pdf"] = make_pdf(3, pdfa_claim("2", "B"));
  };
  Maker photo;
  photo.file_record = [](std::string& text) {
    replace(text, "<confidenceLevel>01", "<confidenceLevel>02");
    replace(text, "<paperFileCode>", "<paperFileCode>LTLS.1.2.3");
  };
  photo.before_mets = [](Tree& tree) { tree["representations/rep1/data/a.jpg"] = make_jpeg(250); };
  Maker other_digest;
  other_digest.rep1_mets = swap("CHECKSUMTYPE=\"SHA-256\"", "CHECKSUMTYPE=\"SHA-1\"");
  const std::vector<Case> cases = {
      {"VTLT-PROFILE-kind", "packages: [aip-hoso]\n", "packages: [sip-hoso]\n", "METS.xml"},
      {"VTLT-PROFILE-spec", "specs: [csip-2.2]\n", "specs: [tt05]\n", ""},
      {"VTLT-PROFILE-maintenance", "maintenance: [05]\n", "maintenance: [01, 05]\n", ead},
      {"VTLT-PROFILE-format", "formats: {DOC: [docx]}\n", "formats: {DOC: [pdf], PIC: all}\n", data},
      {"VTLT-PROFILE-format", "formats: {DOC: [{extension: pdf, mime: application/x-pdf}]}\n",
       "formats: {DOC: all}\n", data},
      {"VTLT-PROFILE-pdfa", "pdfa: {of: all}\n", "pdfa: {of: digitised}\n", data},
      {"VTLT-PROFILE-pdfa", "pdfa: {of: digitised, levels: [1b]}\n", "pdfa: {of: digitised, levels: [2b]}\n",
       data, scanned},
      {"VTLT-PROFILE-resolution", "resolution: 300\n", "resolution: 200\n", "representations/rep1/data/a.jpg",
       photo},
      {"VTLT-PROFILE-file-size", "size: {file: 500}\n", "size: {file: 1 MB}\n", data},
      {"VTLT-PROFILE-package-size", "size: {package: 2 KB}\n", "size: {package: 1 GiB}\n", ""},
      {"VTLT-PROFILE-path", "medium: {longest_path: 80}\n", "medium: {longest_path: 120}\n", doc},
      {"VTLT-PROFILE-field", "fields: {document: [keyword]}\n", "fields: {document: [subject]}\n", doc},
      {"VTLT-PROFILE-field", "fields: {file: [{name: title, pattern: 'Hồ sơ .*'}]}\n",
       "fields: {file: [{name: title, pattern: 'Công tác .*'}]}\n", ead},
      {"VTLT-PROFILE-field", "fields: {document: [{name: typeName, codes: [01]}]}\n",
       "fields: {document: [{name: typeName, codes: [01, 02]}]}\n", doc},
      {"VTLT-PROFILE-name", "names: {folder: 'SIP-.*'}\n", "names: {folder: 'uuid-[0-9A-F-]{36}'}\n", ""},
      {"VTLT-PROFILE-name", "names: {zip: 'TN-.*'}\n", "names: {zip: '[0-9]+_goi\\.zip'}\n", "", {}, true},
      {"VTLT-PROFILE-digest", "digests: [SHA-512]\n", "digests: [SHA-256]\n", "METS.xml"},
      {"VTLT-PROFILE-registration", "registration: {pattern: 'ĐK-.*'}\n",
       "registration: {needed: true, pattern: 'TN-[0-9]{4}-[0-9]{4}'}\n", "METS.xml"},
  };
  for (const Case& one : cases) {
    const Verdict kept = check(one.maker, one.kept, one.zip);
    INFO(one.kept << text_of(kept));
    CHECK_FALSE(has(kept, one.code));
    const Verdict broken = check(one.maker, one.broken, one.zip);
    INFO(one.broken << text_of(broken));
    const auto found = std::find_if(broken.findings.begin(), broken.findings.end(), [&](const auto& finding) {
      return finding.code == one.code && finding.path == one.path;
    });
    REQUIRE(found != broken.findings.end());
    CHECK(found->level == Level::error);
    CHECK(found->basis == "lts 2026-11");
    CHECK(vtlt::text::has_message(found->message.key));
    CHECK_FALSE(broken.passed());
  }
  CHECK(has(check(other_digest, "digests: [SHA-256]\n"), "VTLT-PROFILE-digest", Level::error));
  Maker unregistered;
  unregistered.root_mets = swap("TYPE=\"SUBMISSIONAGREEMENT\"", "TYPE=\"X\"");
  CHECK(
      has(check(unregistered, "registration: {needed: true}\n"), "VTLT-PROFILE-registration", Level::error));
  CHECK_FALSE(has(check(unregistered, "registration: {needed: false}\n"), "VTLT-PROFILE-registration"));
  Maker device;
  device.before_mets = [](Tree& tree) { tree["representations/rep1/data/con.pdf"] = "x"; };
  CHECK(has(check(device, "medium: {file_system: fat32}\n"), "VTLT-PROFILE-medium", Level::error));
}

TEST_CASE("bags have a form, a size and a name too", "[package][profile][bagit]") {
  const Profile wants_tt05 = parse_profile("lts.yaml", top + "specs: [tt05]\nsize: {file: 3}\n"),
                wants_bag = parse_profile("lts.yaml", top + "specs: [bagit-1.0]\nnames: {folder: 'tui'}\n");
  const Workshop workshop;
  const vtlt::Path path = put_bag(workshop);
  CheckOptions options;
  options.profile = &wants_bag;
  const Verdict right = run(path, options);
  INFO(text_of(right));
  CHECK(right.passed());
  options.profile = &wants_tt05;
  const Verdict wrong = run(path, options);
  CHECK(has(wrong, "VTLT-PROFILE-spec", Level::error));
  CHECK(has(wrong, "VTLT-PROFILE-file-size", Level::error));
}

TEST_CASE("formats of a group that a profile does not name are free", "[package][profile]") {
  const Maker maker;  // of PDFs
  CHECK_FALSE(has(check(maker, "formats: {PIC: all}\n"), "VTLT-PROFILE-format"));
  CHECK(has(check(maker, "formats: {DOC: [docx]}\n"), "VTLT-PROFILE-format", Level::error));
}

TEST_CASE("what a profile asks and a bag does not say is told", "[package][profile][bagit]") {
  const Workshop workshop;
  const vtlt::Path path = put_bag(workshop);
  const auto judged = [&](const std::string& rules) {
    const Profile profile = parse_profile("lts.yaml", top + rules);
    CheckOptions options;
    options.profile = &profile;
    return run(path, options);
  };
  CHECK(has(judged("packages: [sip-hoso]\n"), "VTLT-PROFILE-kind", Level::error));
  CHECK(judged("packages: [sip-hoso]\nspecs: [tt05, bagit-1.0]\n").passed());
  CHECK(has(judged("digests: [SHA-512]\n"), "VTLT-PROFILE-digest", Level::error));
  CHECK_FALSE(has(judged("digests: [SHA-256]\n"), "VTLT-PROFILE-digest"));
  for (const char* rules :
       {"maintenance: ['01']\n", "formats: {DOC: [docx]}\n", "pdfa: {of: all}\n", "resolution: 300\n",
        "registration: {needed: true}\n", "fields: {file: [{name: keyword}]}\n"}) {
    INFO(rules);
    CHECK(has(judged(rules), "VTLT-PROFILE-unjudged", Level::warning));
  }
  CHECK_FALSE(has(judged("size: {file: 5}\n"), "VTLT-PROFILE-unjudged"));
}

TEST_CASE("what the receiver wants is looked for where contents are not", "[package][profile]") {
  const Profile profile = parse_profile("lts.yaml", top + "pdfa: {of: all}\n");
  CheckOptions options;
  options.profile = &profile;
  const Workshop workshop;
  Maker maker;
  CHECK(has(run(put_tree(workshop.path() / maker.folder(), maker.make()), options), "VTLT-PROFILE-pdfa"));
}
