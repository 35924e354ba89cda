// A right package passes; one change anywhere is found and named.
#include <catch2/catch.hpp>

#include "check_support.h"
#include "text/messages.h"

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
using vtlt::Level;

namespace {

Verdict check_folder(const Maker& maker, const Tree& tree, const CheckOptions& options = {}) {
  const Workshop workshop;
  return run(put_tree(workshop.path() / maker.folder(), tree), options);
}

int count(const Verdict& verdict, Level level) {
  int found = 0;
  for (const auto& finding : verdict.findings)
    found += finding.level == level ? 1 : 0;
  return found;
}

std::function<void(std::string&)> swap(std::string from, std::string to) {
  return [from, to](std::string& text) { replace(text, from, to); };
}

}  // namespace

TEST_CASE("an untouched SIP and AIP have no errors and no warnings, as folder and as ZIP",
          "[package][D17][D18]") {
  for (const char* kind : {"SIP", "AIP"}) {
    Maker maker;
    maker.kind = kind;
    const Tree tree = maker.make();
    const Workshop workshop;
    const auto folder = put_tree(workshop.path() / maker.folder(), tree);
    put(workshop.path() / "goi.zip", make_zip(maker.folder(), tree));
    for (const auto& path : {folder, workshop.path() / "goi.zip"}) {
      const Verdict verdict = run(path);
      INFO(path.string() << "\n" << text_of(verdict));
      CHECK(verdict.passed());
      CHECK(count(verdict, Level::error) == 0);
      CHECK(count(verdict, Level::warning) == 0);
      CHECK(verdict.kind == Found::tt05);
      CHECK(verdict.documents == 2);
      CHECK(verdict.files_read == tree.size());
      CHECK(verdict.format ==
            (std::string(kind) == "SIP" ? "SIP_hoso (TT 05/2025 PL III)" : "AIP_hoso (TT 05/2025 PL I)"));
    }
  }
}

TEST_CASE("every field rule names its field", "[package][D5][D6][P38]") {
  struct Case {
    const char *where, *from, *to, *code;
  };
  const std::string long_notation(31, 'x');
  const Case cases[] = {
      {"doc", "2026.04.VP.0000001", "2024.04.VP.0000001", "P38"},
      {"doc", "2026.04.VP.0000001", "2026.05.VP.0000001", "TT05-EAD-docCode"},
      {"doc", "VP.0000001", "VP.00001", "TT05-EAD-docCode"},
      {"doc", "VP.0000001", "VP.0000003", "D4"},
      {"doc", "VP.0000001", "VP.0000002", "TT05-EAD-docCode"},
      {"doc", "<docCode>H57.32.15.2026.04.VP.0000001</docCode>",
       "<arcDocCode>H57.32.15.2026.04.VP.0000001</arcDocCode>", "TT05-EAD-docCode"},
      {"doc", "<docId>H57.32.15.2026.04.VP.1", "<docId>H57.32.15.2026.04.VP.2", "TT05-EAD-docId"},
      {"doc", "<docId>H57.32.15.2026.04.VP.1", "<docId>H57.32.15.2026.04.VP.1234567", "TT05-EAD-docId"},
      {"doc", "<typeName>02", "<typeName>33", "TT05-EAD-typeName"},
      {"doc", "<typeName>02", "<typeName>2", "TT05-EAD-typeName"},
      {"doc", "QĐ-UBND", "QĐ-UBND-ĐĐĐĐĐĐĐĐĐĐĐĐĐĐĐĐĐĐĐĐĐĐĐĐ", "TT05-EAD-codeNotation"},
      {"doc", "05/01/2026", "2026-01-05", "TT05-EAD-issuedDate"},
      {"doc", "05/01/2026", "31/02/2026", "TT05-EAD-issuedDate"},
      {"doc", "05/01/2026", "01/2026", "TT05-EAD-issuedDate"},
      {"doc", "<language>01", "<language>01;12", "TT05-EAD-language"},
      {"doc", "<numberOfPage>3", "<numberOfPage>ba", "TT05-EAD-numberOfPage"},
      {"doc", "<numberOfPage>3", "<numberOfPage>12345", "TT05-EAD-numberOfPage"},
      {"doc", "<mode>01", "<mode>công khai", "TT05-EAD-mode"},
      {"doc", "<process>0", "<process>", "TT05-EAD-process"},
      {"doc", "<process>0", "<process>2", "TT05-EAD-process"},
      {"doc", "<subject>Về việc thu nộp tài liệu", "<subject>", "TT05-EAD-subject"},
      {"doc", "<riskRecovery>0", "<riskRecovery>1", "TT05-EAD-riskRecoveryStatus"},
      {"doc", "</simpledc>", "<docTitle>x</docTitle></simpledc>", "TT05-EAD-unknown"},
      {"doc", "</simpledc>", "<subject>x</subject></simpledc>", "TT05-EAD-subject"},
      {"doc", "</simpledc>", "", "TT05-EAD-xml"},
      {"doc", "simpledc>", "dc>", "TT05-EAD-xml"},
      {"doc", "<simpledc>", "<!DOCTYPE simpledc [<!ENTITY a \"b\">]><simpledc>", "VTLT-XML-DTD"},
      {"ead", "<confidenceLevel>01", "<confidenceLevel>02", "TT05-EAD-paperFileCode"},
      {"ead", "<confidenceLevel>01", "<confidenceLevel>04", "TT05-EAD-confidenceLevel"},
      {"ead", "<riskRecovery>0", "<riskRecovery>1", "TT05-EAD-riskRecoveryStatus"},
      {"ead", "<totalDoc>2", "<totalDoc>3", "TT05-EAD-totalDoc"},
      {"ead", "<maintenance>01", "<maintenance>08", "TT05-EAD-maintenance"},
      {"ead", "<fileCode>H57.32.15.2026.04.VP", "<fileCode>", "TT05-EAD-fileCode"},
      {"ead", "  <title>Công tác văn thư, lưu trữ năm 2026</title>\n", "", "TT05-EAD-title"},
      {"ead", "31/12/2026", "31/12/2025", "TT05-EAD-endDate"},
      {"ead", "<fileCode>H57.32.15.2026.04.VP", "<fileCode>H57.32.15.2025.04.VP", "P38"},
      {"ead", "<fileCode>H57.32.15.2026.04.VP</fileCode>", "<arcFileCode>H57.32.15.2026.04.VP</arcFileCode>",
       "TT05-EAD-fileCode"},
      {"ead", "<fileCode>H57.32.15.2026.04.VP</fileCode>", "<arcFileCode>H57.32.15.2026.04.VP</arcFileCode>",
       "TT05-EAD-schema"},
  };
  for (const Case& one : cases) {
    Maker maker;
    (std::string_view(one.where) == "doc" ? maker.first_document : maker.file_record) =
        swap(one.from, one.to);
    const Verdict verdict = check_folder(maker, maker.make());
    INFO(one.from << " -> " << one.to << "\n" << text_of(verdict));
    CHECK(has(verdict, one.code, Level::error));
    CHECK_FALSE(verdict.passed());
    // Metadata faults are not mistaken for damage.
    CHECK_FALSE(has(verdict, "TT05-METS-checksum"));
  }
}

TEST_CASE("lengths are counted in characters, not bytes", "[package][D6]") {
  Maker maker;
  std::string thirty;
  for (int i = 0; i < 30; ++i)
    thirty += "Đ";
  maker.first_document = swap("QĐ-UBND", thirty);
  const Verdict verdict = check_folder(maker, maker.make());
  INFO(text_of(verdict));
  CHECK(verdict.passed());
}

TEST_CASE("elements may stand in any order, and several languages in one field", "[package][D24]") {
  Maker maker;
  maker.first_document = [](std::string& text) {
    replace(text, "  <mode>01</mode>\n", "");
    replace(text, "<simpledc>\n", "<simpledc>\n<mode>01</mode>\n");
    replace(text, "<language>01", "<language>01; 02,05");
  };
  const Verdict verdict = check_folder(maker, maker.make());
  INFO(text_of(verdict));
  CHECK(verdict.passed());
}

TEST_CASE("every attribute of the METS is looked at", "[package][D18][D19]") {
  struct Case {
    const char *where, *from, *to, *code;
  };
  const Case cases[] = {
      {"root", "OBJID=\"uuid-0F", "OBJID=\"uuid-1F", "TT05-STR-folder"},
      {"root", "OBJID=\"uuid-0F", "OBJID=\"0F", "TT05-METS-OBJID"},
      {"root", "TYPE=\"Mixed\"", "TYPE=\"Book\"", "TT05-METS-TYPE"},
      {"root", "E-ARK-CSIP.xml", "other.xml", "TT05-METS-PROFILE"},
      {"root", "CREATEDATE=\"2026-06-12T11:45:37.690+07:00\" ", "", "TT05-METS-CREATEDATE"},
      {"root", "CREATEDATE=\"2026-06-12T", "CREATEDATE=\"2026-13-12T", "TT05-METS-CREATEDATE"},
      {"root", "RECORDSTATUS=\"NEW\"", "RECORDSTATUS=\"OLD\"", "TT05-METS-RECORDSTATUS"},
      {"root", "csip:OAISPACKAGETYPE=\"SIP\"", "csip:OAISPACKAGETYPE=\"XIP\"", "TT05-METS-OAISPACKAGETYPE"},
      {"root", " csip:OAISPACKAGETYPE=\"SIP\"", "", "TT05-METS-OAISPACKAGETYPE"},
      {"root", "csip:OAISPACKAGETYPE=\"SIP\"", "csip:OAISPACKAGETYPE=\"AIP\"", "TT05-STR-PREMIS"},
      {"root", "LABEL=\"CSIP\"", "LABEL=\"OTHER\"", "TT05-METS-structMap"},
      {"root", "TYPE=\"PHYSICAL\"", "TYPE=\"LOGICAL\"", "TT05-METS-structMap"},
      {"root", "DMDID=\"uuid-7C9E", "DMDID=\"uuid-8C9E", "TT05-METS-idref"},
      {"root", " DMDID=\"uuid-7C9E6679-7425-40DE-944B-E07FC1F90001\"", "", "TT05-METS-unused"},
      {"root", "<fptr FILEID=\"uuid-7C9E6679-7425-40DE-944B-E07FC1F90004\"/>", "", "TT05-METS-unused"},
      {"root", "metadata/descriptive/EAD.xml", "metadata/descriptive/EAX.xml", "TT05-METS-missing"},
      {"root", "metadata/descriptive/EAD.xml", "../metadata/descriptive/EAD.xml", "VTLT-PATH-PARENT"},
      {"root", "metadata/descriptive/EAD.xml", "http://example.org/EAD.xml", "TT05-METS-href"},
      {"root", "</mets>", "", "TT05-METS-xml"},
      {"root", "<mets ", "<!DOCTYPE mets><mets ", "VTLT-XML-DTD"},
      {"root", "ID=\"uuid-7C9E6679-7425-40DE-944B-E07FC1F90003\"",
       "ID=\"uuid-7C9E6679-7425-40DE-944B-E07FC1F90004\"", "TT05-METS-id"},
      {"root", "ID=\"uuid-7C9E6679-7425-40DE-944B-E07FC1F90003\"",
       "ID=\"7C9E6679-7425-40DE-944B-E07FC1F90003\"", "TT05-METS-id"},
      {"rep1", "CHECKSUMTYPE=\"SHA-256\"", "CHECKSUMTYPE=\"SHA-512\"", "TT05-METS-checksum"},
      {"rep1", "CHECKSUMTYPE=\"SHA-256\"", "CHECKSUMTYPE=\"NONE\"", "TT05-METS-checksumtype"},
      {"rep1", " CHECKSUMTYPE=\"SHA-256\"", "", "TT05-METS-checksumtype"},
      {"rep1", " SIZE=\"", " SIZE=\"1", "TT05-METS-size"},
      {"rep1", " SIZE=\"", " SIZE=\"x", "TT05-METS-size"},
      {"rep1", " MIMETYPE=\"text/xml\"", "", "TT05-METS-mimetype"},
      {"rep1", " CREATED=\"2026-06-12T11:45:37.690+07:00\" CHECKSUM", " CHECKSUM", "TT05-METS-created"},
      {"rep1", "CREATED=\"2026-06-12T11:45:37.690+07:00\" CHECKSUM", "CREATED=\"12/06/2026\" CHECKSUM",
       "TT05-METS-created"},
      {"rep1", " CHECKSUM=\"", " CHECKSUM=\"0", "TT05-METS-checksum"},
      {"rep1", " LOCTYPE=\"URL\"", "", "TT05-METS-LOCTYPE"},
      {"rep1", " xlink:type=\"simple\"", "", "TT05-METS-xlink"},
      {"rep1", " MDTYPE=\"EAD\"", "", "TT05-METS-MDTYPE"},
      {"rep1", " USE=\"Data\"", "", "TT05-METS-fileGrp"},
      {"rep1", "<FLocat LOCTYPE=\"URL\" xlink:type=\"simple\" xlink:href=\"data/1.pdf\"/>", "",
       "TT05-METS-FLocat"},
      {"rep1", "csip:OAISPACKAGETYPE=\"SIP\"", "csip:OAISPACKAGETYPE=\"AIP\"", "TT05-METS-OAISPACKAGETYPE"},
      {"rep1", "E-ARK-CSIP.xml", "other.xml", "TT05-METS-PROFILE"},
      {"rep1", "<metsHdr", "<!-- ", nullptr},
  };
  for (const Case& one : cases) {
    if (one.code == nullptr) continue;
    Maker maker;
    (std::string_view(one.where) == "root" ? maker.root_mets : maker.rep1_mets) = swap(one.from, one.to);
    const Verdict verdict = check_folder(maker, maker.make());
    INFO(one.where << ": " << one.from << " -> " << one.to << "\n" << text_of(verdict));
    CHECK(has(verdict, one.code, Level::error));
    CHECK_FALSE(verdict.passed());
    CheckOptions spilling;
    spilling.ids_in_memory = 2;
    CHECK(text_of(check_folder(maker, maker.make(), spilling)) == text_of(verdict));
  }
}

TEST_CASE("digests compare without case, other algorithms that fit are a warning", "[package][P38]") {
  Maker maker;
  maker.rep1_mets = [](std::string& text) {
    for (std::size_t at = 0; (at = text.find("CHECKSUM=\"", at)) != std::string::npos;) {
      at += 10;
      for (; text[at] != '"'; ++at)
        if (text[at] >= 'a' && text[at] <= 'f') text[at] = static_cast<char>(text[at] - 32);
    }
  };
  Verdict verdict = check_folder(maker, maker.make());
  INFO(text_of(verdict));
  CHECK(verdict.passed());

  Maker other;
  Tree tree = other.make();
  const std::string data = tree["representations/rep1/data/1.pdf"];
  vtlt::Hasher hasher("sha512");
  hasher.update(data);
  const std::string digest = hasher.finish_hex();
  other.rep1_mets = [&](std::string& text) {
    const std::size_t at = text.find(vtlt::sha256(data).hex());
    REQUIRE(at != std::string::npos);
    text.replace(at, 64, digest);
    replace(text, digest + "\" CHECKSUMTYPE=\"SHA-256\"", digest + "\" CHECKSUMTYPE=\"SHA-512\"");
  };
  verdict = check_folder(other, other.make());
  INFO(text_of(verdict));
  CHECK(verdict.passed());
  CHECK(has(verdict, "TT05-METS-checksumtype", Level::warning));
  CheckOptions strict;
  strict.strict = true;
  CHECK_FALSE(check_folder(other, other.make(), strict).passed());
}

TEST_CASE("a change of the tree is found", "[package][D17][D18]") {
  struct Case {
    const char* what;
    std::function<void(Tree&)> change;
    const char* code;
  };
  const std::string rep1 = "representations/rep1/";
  const Case cases[] = {
      {"flip a byte", [&](Tree& t) { t[rep1 + "data/2.pdf"][5] ^= 1; }, "TT05-METS-checksum"},
      {"flip a byte of a document's metadata",
       [&](Tree& t) { t[rep1 + "metadata/descriptive/EAD_doc_2.xml"].back() = ' '; }, "TT05-METS-checksum"},
      {"flip a byte of a schema", [&](Tree& t) { t["schemas/EAD.xsd"].back() = ' '; }, "TT05-METS-checksum"},
      {"a byte more", [&](Tree& t) { t[rep1 + "data/2.pdf"] += 'x'; }, "TT05-METS-size"},
      {"drop a content file", [&](Tree& t) { t.erase(rep1 + "data/1.pdf"); }, "TT05-METS-missing"},
      {"drop a document", [&](Tree& t) { t.erase(rep1 + "metadata/descriptive/EAD_doc_1.xml"); },
       "TT05-METS-missing"},
      {"drop EAD.xml", [&](Tree& t) { t.erase("metadata/descriptive/EAD.xml"); }, "TT05-STR-EAD"},
      {"drop METS.xml", [&](Tree& t) { t.erase("METS.xml"); }, "TT05-STR-METS"},
      {"drop the representation's METS", [&](Tree& t) { t.erase(rep1 + "METS.xml"); }, "TT05-STR-rep1-METS"},
      {"drop the schemas",
       [&](Tree& t) {
         t.erase("schemas/EAD.xsd");
         t.erase("schemas/EAD_doc.xsd");
       },
       "TT05-STR-schemas"},
      {"add a content file", [&](Tree& t) { t[rep1 + "data/3.pdf"] = "x"; }, "TT05-METS-orphan"},
      {"add a file at the top", [&](Tree& t) { t["Thumbs.db"] = "x"; }, "TT05-METS-orphan"},
      {"add a second representation", [&](Tree& t) { t["representations/rep2/data/1.pdf"] = "x"; },
       "TT05-STR-rep1"},
      {"add PREMIS to a SIP", [&](Tree& t) { t["metadata/preservation/PREMIS.xml"] = "<x/>"; },
       "TT05-STR-PREMIS"},
      {"a name equal but for case", [&](Tree& t) { t[rep1 + "data/1.PDF"] = "x"; }, "P44"},
      {"a name equal after NFC",
       [&](Tree& t) {
         t[rep1 + "data/\xC3\xA9.pdf"] = "x";
         t[rep1 + "data/e\xCC\x81.pdf"] = "x";
       },
       "P44"},
      {"a name in other bytes", [&](Tree& t) { t[rep1 + "data/\xE9.pdf"] = "x"; }, "VTLT-PATH-ENCODING"},
      {"a name with a line break", [&](Tree& t) { t[rep1 + "data/a\nb.pdf"] = "x"; }, "VTLT-PATH-CONTROL"},
      {"a name with a backslash", [&](Tree& t) { t[rep1 + "data/a\\b.pdf"] = "x"; }, "VTLT-PATH-BACKSLASH"},
  };
  for (const Case& one : cases) {
    Maker maker;
    Tree tree = maker.make();
    one.change(tree);
    const Workshop workshop;
    put(workshop.path() / "goi.zip", make_zip(maker.folder(), tree));
    for (const auto& path : {put_tree(workshop.path() / maker.folder(), tree), workshop.path() / "goi.zip"}) {
      const Verdict verdict = run(path);
      INFO(one.what << " " << path.string() << "\n" << text_of(verdict));
      CHECK(has(verdict, one.code, Level::error));
      CHECK_FALSE(verdict.passed());
      CHECK(verdict.kind == Found::tt05);
    }
  }
}

TEST_CASE("what an AIP must have", "[package][D17][D18][D22]") {
  struct Case {
    const char *from, *to, *code;
    bool rep1;
  };
  const Case cases[] = {
      {"<premis:messageDigest>", "<premis:messageDigest>0", "TT05-PREMIS-fixity", true},
      {"SHA-256</premis:messageDigestAlgorithm>", "ROT13</premis:messageDigestAlgorithm>",
       "TT05-PREMIS-fixity", true},
      {"data/1.pdf", "data/2.pdf", "TT05-PREMIS-fixity", true},
      {"<premis:size>", "<premis:size>9", "TT05-PREMIS-size", true},
      {"<premis:originalName>quyết định 1.pdf", "<premis:originalName>", "TT05-PREMIS-originalName", true},
      {">F2<", ">F1<", "TT05-PREMIS-id", true},
      {" xsi:type=\"premis:file\"", "", "TT05-PREMIS-object", true},
      {"version=\"3.0\"", "version=\"2.2\"", "TT05-PREMIS-root", false},
      {"2026-06-12T11:45:37.690+07:00", "hôm qua", "TT05-PREMIS-event", false},
      {"</premis:premis>", "", "TT05-PREMIS-xml", false},
  };
  for (const Case& one : cases) {
    Maker maker;
    maker.kind = "AIP";
    (one.rep1 ? maker.premis_rep1 : maker.premis) = swap(one.from, one.to);
    const Verdict verdict = check_folder(maker, maker.make());
    INFO(one.from << "\n" << text_of(verdict));
    CHECK(has(verdict, one.code, Level::error));
    CHECK_FALSE(verdict.passed());
  }
  Maker maker;
  maker.kind = "AIP";
  Tree tree = maker.make();
  tree.erase("metadata/preservation/PREMIS.xml");
  CHECK(has(check_folder(maker, tree), "TT05-STR-PREMIS", Level::error));
  maker.first_document = swap("<docOrdinal>1", "<docOrdinal>2");
  CHECK(has(check_folder(maker, maker.make()), "TT05-EAD-docOrdinal", Level::error));
  maker.first_document = swap("H57.32.15.2026.04.VP.0000001", "LTLS.H57.32.15.2026.04.VP.0000001");
  const Verdict long_code = check_folder(maker, maker.make());
  INFO(text_of(long_code));
  CHECK(long_code.passed());  // the archive's code may stand in front
  maker.first_document = swap("05/01/2026", "01/2026");
  CHECK(check_folder(maker, maker.make()).passed());  // D10
}

TEST_CASE("another product's ways of writing are notes", "[package][D20][D24]") {
  Maker maker;
  maker.rep1_mets = [](std::string& text) {
    replace(text, "OBJID=\"uuid-7C9E6679-7425-40DE-944B-E07FC1F90063\"", "OBJID=\"rep1\"");
    replace(text, "TYPE=\"OTHER\" OTHERTYPE=\"SOFTWARE\"", "TYPE=\"INDIVIDUAL\" OTHERTYPE=\"\"");
    replace(text, "MDTYPE=\"EAD\" MIMETYPE=\"text/xml\"",
            "MDTYPE=\"DC\" MDTYPEVERSION=\"1.0.0\" MIMETYPE=\"application/xml\"");
  };
  maker.root_mets = [](std::string& text) {
    replace(text, "SOFTWARE VERSION", "IDENTIFICATIONCODE");
    replace(text, "TN-2027-0113", "H57.32.15.2026.04.VP");
    replace(text, "MIMETYPE=\"text/xml\"", "MIMETYPE=\"application/xml\"");
  };
  const Verdict verdict = check_folder(maker, maker.make());
  INFO(text_of(verdict));
  CHECK(verdict.passed());
  CHECK(count(verdict, Level::warning) == 0);
  CHECK(has(verdict, "TT05-METS-sample-rep1", Level::note));
  CHECK(has(verdict, "TT05-METS-sample-agent", Level::note));
}

TEST_CASE("a shipped schema that the data break is an error, one that does not compile a note", "[package]") {
  Maker maker;
  const std::string head =
      "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"><xs:element "
      "name=\"simpledc\"><xs:complexType>";
  const std::string any =
      "<xs:sequence><xs:any processContents=\"skip\" "
      "maxOccurs=\"unbounded\"/></xs:sequence></xs:complexType></xs:element></xs:schema>";
  maker.schemas = {{"EAD.xsd", head + any},
                   {"EAD_doc.xsd",
                    head + "<xs:sequence><xs:element "
                           "name=\"arcDocCode\"/></xs:sequence></xs:complexType></xs:element></xs:schema>"}};
  Verdict verdict = check_folder(maker, maker.make());
  INFO(text_of(verdict));
  CHECK(has(verdict, "TT05-EAD-schema", Level::error));
  CHECK_FALSE(verdict.passed());

  // An import from elsewhere is never fetched, neither from the network nor from the disk.
  maker.schemas = {{"EAD.xsd", head + any},
                   {"EAD_doc.xsd",
                    "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"><xs:include "
                    "schemaLocation=\"/etc/passwd\"/>" +
                        head.substr(head.find("<xs:element")) + any}};
  verdict = check_folder(maker, maker.make());
  INFO(text_of(verdict));
  CHECK(has(verdict, "VTLT-SCHEMA-01", Level::note));
  CHECK(verdict.passed());
}

TEST_CASE("only permanent files go to historical archives, when the command says so", "[package][D25]") {
  Maker maker;
  maker.file_record = swap("<maintenance>01", "<maintenance>05");
  CheckOptions options;
  CHECK(check_folder(maker, maker.make(), options).passed());
  options.submission = true;
  const Verdict verdict = check_folder(maker, maker.make(), options);
  CHECK(has(verdict, "TT05-EAD-maintenance", Level::error));
  CHECK_FALSE(verdict.passed());
}

TEST_CASE("findings carry place, level, hint, basis and both languages", "[package]") {
  Maker maker;
  maker.second_document = swap("2026.04.VP.0000002", "2024.04.VP.0000002");
  const Verdict verdict = check_folder(maker, maker.make());
  REQUIRE(verdict.findings.size() >= 1);
  const auto found = std::find_if(verdict.findings.begin(), verdict.findings.end(),
                                  [](const auto& f) { return f.code == "P38"; });
  REQUIRE(found != verdict.findings.end());
  CHECK(found->path == "representations/rep1/metadata/descriptive/EAD_doc_2.xml");
  CHECK(found->line == 4);
  CHECK(vtlt::text::render(found->message, vtlt::text::Language::vi) ==
        "năm trong docCode (2024) khác năm hồ sơ (2026)");
  CHECK(vtlt::text::render(found->hint, vtlt::text::Language::vi) == "đóng gói lại từ hồ sơ");
  CHECK_FALSE(found->basis.empty());
  for (const auto& finding : verdict.findings) {
    CHECK(vtlt::text::has_message(finding.message.key));
    if (!finding.hint.empty()) CHECK(vtlt::text::has_message(finding.hint.key));
  }
}
