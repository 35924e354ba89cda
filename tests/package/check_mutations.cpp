// A right package of each sort, one thing changed in it: the finding is there, and names the place.
#include <catch2/catch.hpp>

#include <functional>

#include "check_support.h"
#include "trust/digest.h"

using namespace vtlt::package;
using check_support::has;
using check_support::make_zip;
using check_support::Maker;
using check_support::put;
using check_support::put_tree;
using check_support::replace;
using check_support::run;
using check_support::text_of;
using check_support::Tree;
using check_support::Workshop;
using check_support::ZipEntry;
using vtlt::Level;

namespace {

const vtlt::Finding* found(const Verdict& verdict, const std::string& code, const std::string& path) {
  for (const vtlt::Finding& finding : verdict.findings)
    if (finding.code == code && finding.path == path) return &finding;
  return nullptr;
}

void must_tell(const Verdict& verdict, const char* code, const char* path, Level level) {
  INFO("expected " << code << " at " << path << "\n" << text_of(verdict));
  const vtlt::Finding* finding = found(verdict, code, path);
  CHECK(finding != nullptr);
  if (finding != nullptr) CHECK(finding->level == level);
  if (level == Level::error) CHECK_FALSE(verdict.passed());
}

void must_pass(const Verdict& verdict) {
  INFO(text_of(verdict));
  CHECK(verdict.passed());
  for (const auto& finding : verdict.findings)
    CHECK(finding.level == Level::note);
}

// ---- BagIt ----

std::string manifest(const Tree& tree, bool tags) {
  std::string text;
  for (const auto& [path, bytes] : tree)
    if (path.starts_with("data/") != tags && !path.starts_with("tagmanifest-"))
      text += vtlt::sha256(bytes).hex() + "  " + path + "\n";
  return text;
}

// change comes before the manifests, spoil after them.
using Change = std::function<void(Tree&)>;
Tree bag(const Change& change = {}, const Change& spoil = {}) {
  Tree tree;
  tree["bagit.txt"] = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
  tree["bag-info.txt"] = "Source-Organization: UBND xã\nPayload-Oxum: 5.2\n";
  tree["data/a.txt"] = "mot";
  tree["data/b/c.txt"] = "ha";
  if (change) change(tree);
  tree["manifest-sha256.txt"] = manifest(tree, false);
  tree["tagmanifest-sha256.txt"] = manifest(tree, true);
  if (spoil) spoil(tree);
  return tree;
}

Verdict check_bag(const Tree& tree) {
  const Workshop workshop;
  return run(put_tree(workshop.path() / "tui", tree));
}

Change swap_in(std::string path, std::string from, std::string to) {
  return [=](Tree& tree) { replace(tree[path], from, to); };
}
Change write(std::string path, std::string bytes) {
  return [=](Tree& tree) { tree[path] = bytes; };
}

}  // namespace

TEST_CASE("every rule of a bag is kept", "[package][bagit]") {
  must_pass(check_bag(bag()));
  struct Case {
    Change change, spoil;
    const char *code, *path;
    Level level;
  };
  const std::string md5(32, '0'), info = "bag-info.txt", list = "manifest-sha256.txt";
  const std::string a = vtlt::sha256(std::string_view("mot")).hex();
  const Case cases[] = {
      {swap_in("bagit.txt", "BagIt-Version: 1.0\n", ""), {}, "BAGIT-declaration", "bagit.txt", Level::error},
      {swap_in("bagit.txt", "1.0", "2.0"), {}, "BAGIT-version", "bagit.txt", Level::error},
      {swap_in("bagit.txt", "UTF-8", "KLINGON"), {}, "BAGIT-encoding", "bagit.txt", Level::error},
      {write("bagit.txt",
             "\xEF\xBB\xBF"
             "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"),
       {},
       "BAGIT-bom",
       "bagit.txt",
       Level::error},
      {swap_in(info, "UBND", "\xFF"), {}, "BAGIT-encoding", "bag-info.txt", Level::error},
      {swap_in(info, "Source-Organization:", "Source-Organization"),
       {},
       "BAGIT-info",
       "bag-info.txt",
       Level::error},
      {swap_in(info, "Source-Organization:", "Source-Organization :"),
       {},
       "BAGIT-info",
       "bag-info.txt",
       Level::error},
      {swap_in(info, "Source", " Source"), {}, "BAGIT-info", "bag-info.txt", Level::error},
      {swap_in(info, "5.2\n", "5.2\nPayload-Oxum: 5.2\n"), {}, "BAGIT-info", "bag-info.txt", Level::error},
      {swap_in(info, "5.2\n", "5.2\nBag-Size: 1\nBag-Size: 1\n"),
       {},
       "BAGIT-info",
       "bag-info.txt",
       Level::warning},
      {swap_in(info, "5.2", "6.2"), {}, "BAGIT-oxum", "bag-info.txt", Level::error},
      {swap_in(info, "5.2", "nam"), {}, "BAGIT-oxum", "bag-info.txt", Level::error},
      {{},
       [](Tree& tree) {
         tree.erase("data/a.txt");
         tree.erase("data/b/c.txt");
       },
       "BAGIT-payload",
       "data",
       Level::error},
      {{}, [](Tree& tree) { tree.erase("manifest-sha256.txt"); }, "BAGIT-manifest", "", Level::error},
      {{},
       write("manifest-haval.txt", "00  data/a.txt\n"),
       "BAGIT-algorithm",
       "manifest-haval.txt",
       Level::warning},
      {{}, write("manifest-md5.txt", md5 + "  data/a.txt\n"), "BAGIT-weak", "manifest-md5.txt", Level::note},
      {{}, write("manifest-md5.txt", md5 + "  data/a.txt\n"), "BAGIT-checksum", "data/a.txt", Level::error},
      {{}, write("manifest-md5.txt", md5 + "  data/a.txt\n"), "BAGIT-extra", "data/b/c.txt", Level::error},
      {{}, swap_in("data/a.txt", "mot", "moi"), "BAGIT-checksum", "data/a.txt", Level::error},
      {{}, swap_in("bag-info.txt", "xã", "xa"), "BAGIT-checksum", "bag-info.txt", Level::error},
      {{}, write("data/la.txt", "x"), "BAGIT-extra", "data/la.txt", Level::error},
      {{}, [](Tree& tree) { tree.erase("data/a.txt"); }, "BAGIT-missing", "data/a.txt", Level::error},
      {{}, swap_in(list, a + "  ", a), "BAGIT-line", "manifest-sha256.txt", Level::error},
      {{}, swap_in(list, a, a.substr(1)), "BAGIT-line", "manifest-sha256.txt", Level::error},
      {{}, swap_in(list, "  data/a", " *data/a"), "BAGIT-asterisk", "manifest-sha256.txt", Level::warning},
      {{}, swap_in(list, "data/a", "./data/a"), "BAGIT-path", "manifest-sha256.txt", Level::warning},
      {{}, swap_in(list, "data/a", "data/../a"), "BAGIT-path", "manifest-sha256.txt", Level::error},
      {{}, swap_in(list, "data/a", "/data/a"), "BAGIT-path", "manifest-sha256.txt", Level::error},
      {{},
       [=](Tree& tree) { tree[list] += a + "  data/a.txt\n"; },
       "BAGIT-duplicate",
       "manifest-sha256.txt",
       Level::error},
      {{},
       [=](Tree& tree) { tree["tagmanifest-sha256.txt"] += a + "  data/a.txt\n"; },
       "BAGIT-tagmanifest",
       "tagmanifest-sha256.txt",
       Level::error},
      {write("data/\xC3\xA0.txt", ""), swap_in(list, "data/\xC3\xA0", "data/a\xCC\x80"),
       "BAGIT-normalization", "manifest-sha256.txt", Level::warning},
      {write("fetch.txt", "khong phai dia chi\n"), {}, "BAGIT-fetch", "fetch.txt", Level::error},
      {write("fetch.txt", "http://x/a 9 data/a.txt\n"), {}, "BAGIT-fetch", "fetch.txt", Level::warning},
      {write("fetch.txt", "http://x/a - data/a.txt\n"), [](Tree& tree) { tree.erase("data/a.txt"); },
       "BAGIT-fetch", "data/a.txt", Level::error},
      {write("fetch.txt", "http://x/a - ../a.txt\n"), {}, "BAGIT-path", "fetch.txt", Level::error},
  };
  for (const Case& one : cases)
    must_tell(check_bag(bag(one.change, one.spoil)), one.code, one.path, one.level);
}

TEST_CASE("a bag in an archive has a folder of its own", "[package][bagit]") {
  const Workshop workshop;
  std::vector<ZipEntry> entries;
  for (const auto& [path, bytes] : bag())
    entries.push_back({path, bytes});
  put(workshop.path() / "tui.zip", make_zip(entries));
  must_tell(run(workshop.path() / "tui.zip"), "BAGIT-serialization", "", Level::error);
  put(workshop.path() / "khac.zip", make_zip("tui", bag()));
  must_pass(run(workshop.path() / "khac.zip"));
}

// ---- TT05: what the kinds of packages differ in ----

namespace {

std::string fields(const std::vector<std::pair<const char*, const char*>>& list) {
  std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<simpledc>\n";
  for (const auto& [name, value] : list)
    text += "  <" + std::string(name) + ">" + value + "</" + name + ">\n";
  return text + "</simpledc>\n";
}

using Text = std::function<void(std::string&)>;
Text swap_text(std::string from, std::string to) {
  return [=](std::string& text) { replace(text, from, to); };
}
Text set_text(std::string whole) {
  return [=](std::string& text) { text = whole; };
}

Verdict check_made(const Maker& maker, const Tree& tree) {
  const Workshop workshop;
  return run(put_tree(workshop.path() / maker.folder(), tree));
}
Verdict check_made(Maker maker) {
  return check_made(maker, maker.make());
}

// A second change after the one that makes the kind what it is.
Text then(const Text& first, const Text& second) {
  return [=](std::string& text) {
    if (first) first(text);
    if (second) second(text);
  };
}

Text to_dip_document(const char* ordinal) {
  const std::string number = ordinal;
  return set_text(fields({{"docId", ("ID" + number).c_str()},
                          {"arcDocCode", ("LTLS.H57.32.15.2026.04.VP.000000" + number).c_str()},
                          {"maintenance", "01"},
                          {"typeName", "02"},
                          {"codeNumber", "15"},
                          {"codeNotation", "QĐ-UBND"},
                          {"issuedDate", "05/01/2026"},
                          {"subject", "Về việc thu nộp tài liệu"},
                          {"language", "01"},
                          {"numberOfPage", "3"},
                          {"inforSign", ""},
                          {"keyword", ""},
                          {"mode", "01"},
                          {"confidenceLevel", "01"},
                          {"autograph", ""},
                          {"format", ""},
                          {"process", "0"},
                          {"riskRecovery", "0"},
                          {"riskRecoveryStatus", ""},
                          {"description", ""}}));
}

Maker dip() {
  Maker maker;
  maker.kind = "DIP";
  maker.schemas = {{"EAD.xsd", "<!-- -->"}, {"EAD_doc.xsd", "<!-- -->"}, {"METS.xsd", "<!-- -->"}};
  maker.file_record = set_text(fields({{"requestID", "YC-01"},
                                       {"requestDate", "05/06/2026"},
                                       {"purpose", "01"},
                                       {"purposeContent", "Nghiên cứu"},
                                       {"feeObjectType", "01"},
                                       {"researchTopic", "Lịch sử xã"},
                                       {"description", ""}}));
  maker.first_document = to_dip_document("1");
  maker.second_document = to_dip_document("2");
  maker.root_mets = swap_text("E-ARK-CSIP.xml", "E-ARK-DIP.xml");
  return maker;
}

Maker batch(const char* kind) {
  Maker maker;
  maker.kind = kind;
  maker.schemas = {{"EAD.xsd", "<!-- -->"}, {"EAD_doc.xsd", "<!-- -->"}, {"METS.xsd", "<!-- -->"}};
  maker.file_record = maker.kind == "AIP" ? set_text(fields({{"arcFileCode", "LTLS.H57.32.15.2026.04.VP"},
                                                             {"title", "Tài liệu rời"},
                                                             {"source", "UBND xã"},
                                                             {"description", ""}}))
                                          : set_text(fields({{"fileCode", "H57.32.15.2026.04.VP"},
                                                             {"title", "Tài liệu rời"},
                                                             {"source", "0"},
                                                             {"totalDoc", "2"},
                                                             {"description", ""}}));
  maker.root_mets = swap_text("TYPE=\"Mixed\"", "TYPE=\"Collection\"");
  return maker;
}

constexpr const char* ead = "metadata/descriptive/EAD.xml";
constexpr const char* first = "representations/rep1/metadata/descriptive/EAD_doc_1.xml";
constexpr const char* rep1 = "representations/rep1/METS.xml";

void no_error(const Verdict& verdict) {
  INFO(text_of(verdict));
  CHECK(verdict.passed());
}

}  // namespace

TEST_CASE("the parts of a DIP", "[package][D17]") {
  const Verdict right = check_made(dip());
  no_error(right);
  CHECK(right.format == "DIP (TT 05/2025 PL V)");
  struct Case {
    Text Maker::*where;
    Text change;
    const char *code, *path;
    Level level;
  };
  const Case cases[] = {
      {&Maker::file_record, swap_text("<requestID>YC-01", "<requestID>"), "TT05-EAD-requestID", ead,
       Level::error},
      {&Maker::file_record, swap_text("05/06/2026", "hôm qua"), "TT05-EAD-requestDate", ead, Level::error},
      {&Maker::file_record, swap_text("<requestID>YC-01</requestID>", "<fileCode>YC-01</fileCode>"),
       "TT05-EAD-fileCode", ead, Level::error},
      {&Maker::first_document,
       swap_text("<arcDocCode>LTLS.H57.32.15.2026.04.VP.0000001", "<arcDocCode>LTLS.1"), "TT05-EAD-docCode",
       first, Level::error},
      {&Maker::first_document, swap_text("ID1", "ID2"), "TT05-EAD-docId",
       "representations/rep1/metadata/descriptive/EAD_doc_2.xml", Level::error},
      {&Maker::first_document, swap_text("<subject>Về việc thu nộp tài liệu", "<subject>"),
       "TT05-EAD-subject", first, Level::error},
      {&Maker::root_mets, swap_text("TYPE=\"Mixed\"", "TYPE=\"Collection\""), "TT05-METS-TYPE", "METS.xml",
       Level::error},
      {&Maker::root_mets, swap_text("E-ARK-DIP.xml", "E-ARK-CSIP.xml"), "TT05-METS-PROFILE", "METS.xml",
       Level::error},
      {&Maker::root_mets, swap_text("OAISPACKAGETYPE=\"DIP\"", "OAISPACKAGETYPE=\"SIP\""),
       "TT05-METS-OAISPACKAGETYPE", "METS.xml", Level::note},
      {&Maker::rep1_mets, swap_text("OAISPACKAGETYPE=\"DIP\"", "OAISPACKAGETYPE=\"AIP\""),
       "TT05-METS-OAISPACKAGETYPE", rep1, Level::error},
  };
  for (const Case& one : cases) {
    CHECK(found(right, one.code, one.path) == nullptr);
    Maker maker = dip();
    maker.*one.where = then(maker.*one.where, one.change);
    must_tell(check_made(maker), one.code, one.path, one.level);
  }
}

TEST_CASE("documents of many files in one package", "[package][D17]") {
  for (const char* kind : {"SIP", "AIP"}) {
    const bool aip = std::string_view(kind) == "AIP";
    const Verdict right = check_made(batch(kind));
    no_error(right);
    CHECK(right.format == (aip ? "AIP_tailieu (TT 05/2025 PL II)" : "SIP_tailieu (TT 05/2025 PL IV)"));
    struct Case {
      Text Maker::*where;
      Text change;
      const char *code, *path;
      Level level;
    };
    std::vector<Case> cases = {
        {&Maker::file_record, swap_text("<title>Tài liệu rời", "<title>"), "TT05-EAD-title", ead,
         Level::error},
        {&Maker::file_record, swap_text("</simpledc>", "<language>01</language></simpledc>"),
         "TT05-EAD-language", ead, Level::error},
        {&Maker::first_document, swap_text("VP.0000001", "VP.1"), "TT05-EAD-docCode", first, Level::warning},
        {&Maker::first_document, swap_text("<typeName>02", "<typeName>99"), "TT05-EAD-typeName", first,
         Level::error},
        {&Maker::root_mets, swap_text("TYPE=\"Collection\"", "TYPE=\"Bundle\""), "TT05-METS-TYPE", "METS.xml",
         Level::error},
    };
    if (!aip)
      cases.push_back({&Maker::file_record, swap_text("<totalDoc>2", "<totalDoc>3"), "TT05-EAD-totalDoc", ead,
                       Level::error});
    for (const Case& one : cases) {
      CHECK(found(right, one.code, one.path) == nullptr);
      Maker maker = batch(kind);
      maker.*one.where = then(maker.*one.where, one.change);
      must_tell(check_made(maker), one.code, one.path, one.level);
    }
  }
}

TEST_CASE("a document that stands in another package is named by a .fetch.txt", "[package][D21]") {
  const std::string path = "representations/rep1/data/3.fetch.txt";
  const auto with = [&](Maker maker, const std::string& text) {
    maker.before_mets = [=](Tree& tree) { tree[path] = text; };
    return check_made(maker);
  };
  Maker aip;
  aip.kind = "AIP";
  // Not in METS here: what is said of the file itself counts.
  const std::string right = "urn_UB_uuid-1 12 data/1.pdf ID-1\n";
  CHECK(found(with(aip, right), "TT05-FETCH-form", path) == nullptr);
  CHECK(found(with(aip, right), "TT05-FETCH-fonds", path) == nullptr);
  must_tell(with(aip, ""), "TT05-FETCH-form", path.c_str(), Level::error);
  // A line for each computer file of the document.
  CHECK(found(with(aip, right + "urn_UB_uuid-1 9 data/1-pl.pdf ID-1\n"), "TT05-FETCH-form", path) == nullptr);
  must_tell(with(aip, right + "x\n" + right), "TT05-FETCH-form", path.c_str(), Level::error);
  must_tell(with(aip, right + "urn_P02_uuid-1 12 data/1.pdf ID-1\n"), "TT05-FETCH-fonds", path.c_str(),
            Level::error);
  must_tell(with(Maker{}, "ID-1\nID-2\n"), "TT05-FETCH-form", path.c_str(), Level::error);
  must_tell(with(aip, "urn_UB_uuid-1 12 data/1.pdf"), "TT05-FETCH-form", path.c_str(), Level::error);
  must_tell(with(aip, "uuid-1 12 data/1.pdf ID-1"), "TT05-FETCH-form", path.c_str(), Level::error);
  must_tell(with(aip, "urn_P02_uuid-1 12 data/1.pdf ID-1"), "TT05-FETCH-fonds", path.c_str(), Level::error);
  CHECK(found(with(Maker{}, "ID-1"), "TT05-FETCH-form", path) == nullptr);
  must_tell(with(Maker{}, "\n"), "TT05-FETCH-form", path.c_str(), Level::error);
  for (const Maker& maker : {dip(), batch("SIP"), batch("AIP")})
    must_tell(with(maker, right), "TT05-STR-fetch", path.c_str(), Level::error);
}

TEST_CASE("lines of a .fetch.txt are judged to the last, by the agency's own code", "[package][D21]") {
  const std::string path = "representations/rep1/data/3.fetch.txt";
  std::string many;
  for (int i = 0; i < 3000; ++i)
    many += "urn_UB_uuid-1 12 data/" + std::to_string(i) + ".pdf ID-1\n";
  const auto with = [&](const std::string& text, const Text& mets = {}) {
    Maker aip;
    aip.kind = "AIP";
    aip.before_mets = [=](Tree& tree) { tree[path] = text; };
    aip.root_mets = mets;
    return check_made(aip);
  };
  CHECK(found(with(many), "TT05-FETCH-form", path) == nullptr);
  must_tell(with(many + "urn_P02_uuid-1 12 data/1.pdf ID-1\n"), "TT05-FETCH-fonds", path.c_str(),
            Level::error);
  must_tell(with(std::string(200'000, 'x')), "TT05-FETCH-form", path.c_str(), Level::error);
  // A product in use says its software's version under the agency's word.
  const Verdict sample = with(many, swap_text("SOFTWARE VERSION", "IDENTIFICATIONCODE"));
  INFO(text_of(sample));
  CHECK(found(sample, "TT05-FETCH-fonds", path) == nullptr);
}

TEST_CASE("an AIP's document code has the file's, with or without the archive's in front", "[package][D24]") {
  const auto with = [&](const std::string& code) {
    Maker aip;
    aip.kind = "AIP";
    aip.file_code = "LTLS.H57.32.15.2026.04.VP";
    aip.first_document = [=](std::string& text) {
      const std::size_t begin = text.find("<docCode>") + 9;
      text.replace(begin, text.find('<', begin) - begin, code + ".0000001");
    };
    const Verdict verdict = check_made(aip);
    INFO(code << "\n" << text_of(verdict));
    return std::any_of(verdict.findings.begin(), verdict.findings.end(), [](const vtlt::Finding& finding) {
      return finding.code == "TT05-EAD-docCode" && finding.level == Level::error;
    });
  };
  for (const char* right : {"H57.32.15.2026.04.VP", "LTLS.H57.32.15.2026.04.VP"})
    CHECK_FALSE(with(right));
  for (const char* wrong : {"VP", "04.VP", "2026.04.VP", "15.2026.04.VP"})
    CHECK(with(wrong));
}

TEST_CASE("PREMIS in a SIP is found by its name, and an AIP's hangs on amdSec", "[package][D17]") {
  for (const char* path : {"metadata/other/PREMIS.xml", "metadata/descriptive/premis.xml",
                           "representations/rep1/metadata/other/PREMIS_rep1.xml"}) {
    Maker sip;
    sip.before_mets = [=](Tree& tree) { tree[path] = "<premis/>\n"; };
    must_tell(check_made(sip), "TT05-STR-PREMIS", path, Level::error);
  }
  for (const auto& [where, path] : {std::pair(&Maker::root_mets, "METS.xml"),
                                    std::pair(&Maker::rep1_mets, "representations/rep1/METS.xml")}) {
    Maker aip;
    aip.kind = "AIP";
    aip.*where = [](std::string& text) {
      const std::size_t begin = text.find("<amdSec"), end = text.find("</amdSec>") + 9;
      REQUIRE(end > begin);
      text.erase(begin, end - begin);
    };
    must_tell(check_made(aip), "TT05-METS-amdSec", path, Level::error);
  }
}

TEST_CASE("photos in an AIP have ordinals of their own, no pages, and a schema", "[package][D4][D8]") {
  const auto with = [](const char* third, const char* fourth, const char* pages) {
    Maker aip;
    aip.kind = "AIP";
    aip.before_mets = [=](Tree& tree) {
      for (const auto& [name, ordinal] : {std::pair("3", third), std::pair("4", fourth)})
        tree["representations/rep1/metadata/descriptive/EAD_pic_" + std::string(name) + ".xml"] =
            "<simpledc><docOrdinal>" + std::string(ordinal) + "</docOrdinal></simpledc>\n";
    };
    aip.file_record = [=](std::string& text) {
      replace(text, "<totalDoc>2", "<totalDoc>4");
      const std::size_t begin = text.find("<numberOfPage>") + 14;
      text.replace(begin, text.find('<', begin) - begin, pages);
    };
    return check_made(aip);
  };
  const Verdict right = with("3", "4", "999");
  INFO(text_of(right));
  CHECK_FALSE(has(right, "D4"));
  CHECK(has(right, "TT05-EAD-numberOfPage", Level::warning));
  must_tell(right, "TT05-STR-schemas", "schemas/EAD_pic.xsd", Level::warning);
  CHECK(has(with("3", "3", "3"), "D4", Level::error));
  CHECK(has(with("2", "3", "3"), "D4", Level::error));
  CHECK(has(with("3", "5", "3"), "D4", Level::error));
}

TEST_CASE("PREMIS has an object of a known category for each file", "[package][D18]") {
  const auto with = [](const Text& change) {
    Maker aip;
    aip.kind = "AIP";
    aip.premis_rep1 = change;
    return check_made(aip);
  };
  CHECK_FALSE(has(with({}), "TT05-PREMIS-object"));
  CHECK(has(with(swap_text("premis:file", "premis:taiLieu")), "TT05-PREMIS-object", Level::error));
  const Verdict gone = with([](std::string& text) {
    const std::size_t begin = text.rfind("<premis:object ", text.find("premis:file")),
                      end = text.find("</premis:object>", begin) + 16;
    REQUIRE(begin < end);
    text.erase(begin, end - begin);
  });
  INFO(text_of(gone));
  CHECK(has(gone, "TT05-PREMIS-object", Level::warning));
}

TEST_CASE("dates that are known in part are compared as far as they go", "[package][D8][D10]") {
  const auto with = [](const std::string& start, const std::string& end, const std::string& issued) {
    Maker aip;
    aip.kind = "AIP";
    aip.file_record = [=](std::string& text) {
      replace(text, "<startDate>01/01/2026", "<startDate>" + start);
      replace(text, "<endDate>31/12/2026", "<endDate>" + end);
    };
    aip.first_document = aip.second_document = [=](std::string& text) {
      replace(text, "<issuedDate>05/01/2026", "<issuedDate>" + issued);
    };
    return check_made(aip);
  };
  CHECK(has(with("12/2026", "01/2026", "2026"), "TT05-EAD-endDate", Level::error));
  CHECK(has(with("01/02/2026", "01/2026", "2026"), "TT05-EAD-endDate", Level::error));
  CHECK_FALSE(has(with("01/2026", "2026", "2026"), "TT05-EAD-endDate", Level::error));
  CHECK(has(with("2026", "2026", "1999"), "TT05-EAD-issuedDate", Level::warning));
  CHECK(has(with("01/01/2026", "31/12/2026", "2027"), "TT05-EAD-issuedDate", Level::warning));
  CHECK_FALSE(has(with("2026", "2026", "05/01/2026"), "TT05-EAD-issuedDate", Level::warning));
}

TEST_CASE("parts of METS and of the tree that one package alone does not show", "[package][D17][D19]") {
  struct Case {
    const char* kind;
    Text Maker::*where;
    Text change;
    const char *code, *path;
    Level level;
  };
  const Text no_header = [](std::string& text) {
    const std::size_t begin = text.find("<metsHdr"), end = text.find("</metsHdr>");
    text.erase(begin, end + 10 - begin);
  };
  const Text no_files = [](std::string& text) {
    const std::size_t begin = text.find("<fileSec"), end = text.find("</fileSec>");
    text.erase(begin, end + 10 - begin);
  };
  const Case cases[] = {
      {"SIP", &Maker::root_mets, no_header, "TT05-METS-metsHdr", "METS.xml", Level::error},
      {"SIP", &Maker::root_mets, no_files, "TT05-METS-fileSec", "METS.xml", Level::error},
      {"SIP", &Maker::root_mets, swap_text("RECORDSTATUS", "LASTMODDATE=\"hôm qua\" RECORDSTATUS"),
       "TT05-METS-LASTMODDATE", "METS.xml", Level::error},
      {"SIP", &Maker::root_mets, swap_text("<name>UBND xã Phong Hải</name>", ""), "TT05-METS-agent",
       "METS.xml", Level::warning},
      {"SIP", &Maker::root_mets, swap_text("OTHERTYPE=\"SOFTWARE\"", "OTHERTYPE=\"X\""), "TT05-METS-agent",
       "METS.xml", Level::warning},
      {"SIP", &Maker::root_mets, swap_text("TYPE=\"SUBMISSIONAGREEMENT\"", "TYPE=\"X\""),
       "TT05-METS-altRecordID", "METS.xml", Level::note},
      {"SIP", &Maker::rep1_mets, swap_text("TYPE=\"ORIGINAL\"", "TYPE=\"NORMALIZED\""), "TT05-METS-div", rep1,
       Level::warning},
      {"SIP", &Maker::rep1_mets, swap_text("USE=\"Data\"", "USE=\"Khác\""), "TT05-METS-fileGrp", rep1,
       Level::warning},
      {"SIP", &Maker::root_mets,
       swap_text("<mptr LOCTYPE=\"URL\" xlink:type=\"simple\" xlink:href=\"representations/rep1/METS.xml\"",
                 "<mptr LOCTYPE=\"URL\" xlink:type=\"simple\" xlink:href=\"METS.xml\""),
       "TT05-METS-mptr", "METS.xml", Level::error},
      {"SIP", &Maker::root_mets,
       swap_text("<mptr LOCTYPE=\"URL\" xlink:type=\"simple\" xlink:href=\"representations/rep1/METS.xml\"",
                 "<mptr LOCTYPE=\"URL\" xlink:type=\"simple\" xlink:href=\"metadata/descriptive/EAD.xml\""),
       "TT05-METS-mptr", "METS.xml", Level::error},
      {"SIP", &Maker::root_mets, swap_text(" xlink:title=\"uuid-", " title=\"uuid-"), "TT05-METS-mptr",
       "METS.xml", Level::note},
      {"SIP", &Maker::rep1_mets,
       [](std::string& text) {
         const std::size_t begin = text.find("<fptr FILEID=\"ID-");
         text.erase(begin, text.find("/>", begin) + 2 - begin);
       },
       "TT05-METS-link", rep1, Level::warning},
      {"AIP", &Maker::first_document, swap_text("<arcFileCode>LTLS.H57", "<arcFileCode>LTLS.H58"),
       "TT05-EAD-arcFileCode", first, Level::error},
      {"SIP", &Maker::first_document, swap_text("encoding=\"UTF-8\"", "encoding=\"ISO-8859-1\""),
       "TT05-EAD-encoding", first, Level::warning},
  };
  for (const Case& one : cases) {
    Maker maker;
    maker.kind = one.kind;
    CHECK(found(check_made(maker), one.code, one.path) == nullptr);
    maker.*one.where = one.change;
    must_tell(check_made(maker), one.code, one.path, one.level);
  }
  struct TreeCase {
    const char* kind;
    Change change;
    const char *code, *path;
    Level level;
  };
  const TreeCase trees[] = {
      {"SIP", write("la/x.txt", "x"), "TT05-STR-extra", "la", Level::warning},
      {"SIP", write("representations/rep1/data/1.pdf.xyz", "x"), "TT05-FORMAT",
       "representations/rep1/data/1.pdf.xyz", Level::warning},
      {"SIP",
       [](Tree& tree) {
         tree.erase("representations/rep1/data/1.pdf");
         tree.erase("representations/rep1/data/2.pdf");
       },
       "TT05-STR-data", "representations/rep1/data/", Level::error},
      {"SIP", write("representations/rep2/METS.xml", "x"), "TT05-STR-rep1", "representations/rep2",
       Level::error},
      {"SIP", write("metadata/preservation/khac.xml", "x"), "TT05-STR-PREMIS",
       "metadata/preservation/khac.xml", Level::error},
      {"SIP", write("schemas/ead.xsd", "x"), "TT05-METS-orphan", "schemas/ead.xsd", Level::error},
  };
  for (const TreeCase& one : trees) {
    Maker maker;
    maker.kind = one.kind;
    Tree tree = maker.make();
    one.change(tree);
    must_tell(check_made(maker, tree), one.code, one.path, one.level);
  }
}

TEST_CASE("faults of the ZIP itself are told of their entry", "[package][zip]") {
  Maker maker;
  const std::string content = "/representations/rep1/data/1.pdf";
  std::vector<ZipEntry> entries;
  for (const auto& [name, bytes] : maker.make())
    entries.push_back({maker.folder() + "/" + name, bytes});
  const std::string whole = make_zip(entries);
  const std::string name = maker.folder() + content;
  const std::size_t local = whole.find(name) - 30, central = whole.rfind(name) - 46;
  const auto check = [](const std::string& bytes) {
    const Workshop workshop;
    put(workshop.path() / "goi.zip", bytes);
    return run(workshop.path() / "goi.zip");
  };
  std::string spoilt = whole;
  spoilt[local + 14] ^= 1;  // the CRC before the data
  must_tell(check(spoilt), "VTLT-ZIP-CRC", content.c_str() + 1, Level::error);
  spoilt = whole;
  spoilt[central + 10] = 12;
  spoilt[local + 8] = 12;  // bzip2
  must_tell(check(spoilt), "VTLT-ZIP-METHOD", name.c_str(), Level::error);
  spoilt = whole;
  spoilt[central + 24] ^= 1;
  must_tell(check(spoilt), "VTLT-ZIP-LOCAL", content.c_str() + 1, Level::error);
}

TEST_CASE("a bomb is known by its ratio and not unpacked", "[package][zip]") {
  Maker maker;
  std::vector<ZipEntry> entries;
  for (const auto& [name, bytes] : maker.make())
    entries.push_back({maker.folder() + "/" + name, bytes});
  std::string bytes = make_zip(entries);
  const std::string name = maker.folder() + "/representations/rep1/data/1.pdf";
  const std::size_t central = bytes.rfind(name) - 46;
  for (int i = 0; i < 4; ++i)
    bytes[central + 24 + static_cast<std::size_t>(i)] = static_cast<char>(i == 3 ? 0x40 : 0);  // one gigabyte
  const Workshop workshop;
  put(workshop.path() / "goi.zip", bytes);
  const Verdict verdict = run(workshop.path() / "goi.zip");
  must_tell(verdict, "VTLT-ZIP-BOMB", name.c_str(), Level::error);
  CHECK_FALSE(verdict.complete);
}
