#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>

#include "base/error.h"
#include "package/xml_out.h"
#include "package/zip_writer.h"
#include "write_sample.h"

using namespace vtlt;
using package::Kind;
using write_test::everything;

namespace {

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::string names_below(const Path& path) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(path))
    if (entry.is_regular_file()) names.push_back(entry.path().lexically_relative(path).string());
  std::sort(names.begin(), names.end());
  std::string text;
  for (const auto& name : names)
    text += name + "\n";
  return text;
}

bool nothing_in(const Path& path) {
  return std::filesystem::is_empty(path);
}

Path output(const write_test::Folder& folder, const char* name = "out") {
  std::filesystem::create_directory(folder / name);
  return folder / name;
}

}  // namespace

TEST_CASE("SIP_hoso has the tree of the circular", "[D17][D19][D20][P44]") {
  write_test::Folder folder;
  const auto plan = write_test::sample(Kind::sip, folder / "src");
  const auto written = write(system_files(), plan, output(folder), false, no_progress());
  CHECK(written.objid.rfind("uuid-", 0) == 0);
  CHECK(written.folder == written.objid);
  CHECK(written.path == folder / "out" / written.objid);
  CHECK(names_below(written.path) ==
        "METS.xml\n"
        "metadata/descriptive/EAD.xml\n"
        "representations/rep1/METS.xml\n"
        "representations/rep1/data/H57.32.15.2026.04.VP.1.1.pdf\n"
        "representations/rep1/data/H57.32.15.2026.04.VP.1.2.docx\n"
        "representations/rep1/data/H57.32.15.2026.04.VP.2.jpeg\n"
        "representations/rep1/data/H57.32.15.2026.04.VP.3\n"
        "representations/rep1/metadata/descriptive/EAD_doc_H57.32.15.2026.04.VP.1.xml\n"
        "representations/rep1/metadata/descriptive/EAD_doc_H57.32.15.2026.04.VP.3.xml\n"
        "representations/rep1/metadata/descriptive/EAD_pic_H57.32.15.2026.04.VP.2.xml\n"
        "schemas/EAD.xsd\n"
        "schemas/EAD_doc.xsd\n"
        "schemas/EAD_media.xsd\n"
        "schemas/EAD_pic.xsd\n");
  CHECK(written.files == 14);
  const std::string mets = write_test::read(written.path / "METS.xml");
  CHECK(written.sha256 == sha256(std::string_view(mets)).hex());
  CHECK(contains(mets, "OBJID=\"" + written.objid + "\""));
  CHECK(contains(mets, "TYPE=\"Mixed\""));
  CHECK(contains(mets, "PROFILE=\"https://earkcsip.dilcis.eu/profile/E-ARK-CSIP.xml\""));
  CHECK(contains(mets, "CREATEDATE=\"2026-11-05T08:30:00.123+07:00\""));
  CHECK(contains(mets, "csip:OAISPACKAGETYPE=\"SIP\""));
  CHECK(contains(mets, "<note csip:NOTETYPE=\"IDENTIFICATIONCODE\">P01</note>"));
  CHECK(contains(mets, "<altRecordID TYPE=\"SUBMISSIONAGREEMENT\">ĐK-2026-0007</altRecordID>"));
  CHECK(contains(mets, "LABEL=\"Hồ sơ về công tác phòng chống thiên tai năm 2026\""));
  CHECK_FALSE(contains(mets, "amdSec"));
  CHECK_FALSE(contains(mets, "schemaLocation"));
  const std::string rep = write_test::read(written.path / "representations/rep1/METS.xml");
  CHECK(contains(rep, "TYPE=\"ORIGINAL\""));
  CHECK(contains(rep, "xlink:title=\"Quyết định số 5.PDF\""));
  CHECK(contains(rep, "MIMETYPE=\"application/pdf\" SIZE=\"19\""));
  CHECK(contains(rep, plan.documents[2].contents[0].component.sha256));
  const std::string ead = write_test::read(
      written.path / "representations/rep1/metadata/descriptive/EAD_doc_H57.32.15.2026.04.VP.1.xml");
  CHECK(
      contains(ead, "<subject>Về việc kiện toàn Ban Chỉ huy &lt;phòng&gt; &amp; chống thiên tai</subject>"));
  CHECK(write_test::read(written.path / "representations/rep1/data/H57.32.15.2026.04.VP.3") ==
        std::string(3u << 20, 'x'));
}

TEST_CASE("AIP_hoso carries PREMIS and the archive's form of names", "[D17][D18][D22]") {
  write_test::Folder folder;
  const auto plan = write_test::sample(Kind::aip, folder / "src");
  const auto written = write(system_files(), plan, output(folder), false, no_progress());
  CHECK(written.objid.rfind("urn:uuid:", 0) == 0);
  CHECK(written.folder.rfind("urn_uuid_", 0) == 0);
  CHECK(written.files == 16);
  const std::string mets = write_test::read(written.path / "METS.xml");
  CHECK(contains(mets, "PROFILE=\"http://www.ra.ee/METS/v01/IP.xml\""));
  CHECK(contains(mets, "xlink:href=\"metadata/preservation/PREMIS.xml\""));
  const std::string premis = write_test::read(written.path / "metadata/preservation/PREMIS.xml");
  CHECK(contains(premis, "<premis:eventType>transfer</premis:eventType>"));
  CHECK(contains(premis, "<premis:eventType>information package creation</premis:eventType>"));
  CHECK(contains(premis, "<premis:linkingObjectIdentifierValue>" + plan.source_objid));
  CHECK(contains(premis, "<premis:linkingObjectRole>source</premis:linkingObjectRole>"));
  CHECK(contains(premis, "<premis:agentName>Nguyễn Thị Lan</premis:agentName>"));
  const std::string objects =
      write_test::read(written.path / "representations/rep1/metadata/preservation/PREMIS_rep1.xml");
  CHECK(contains(objects, "<premis:originalName>phụ lục.docx</premis:originalName>"));
  CHECK(contains(objects, plan.documents[0].contents[1].component.sha256));
  CHECK(contains(write_test::read(written.path / "representations/rep1/METS.xml"), "TYPE=\"NORMALIZED\""));
}

TEST_CASE("The same plan gives the same bytes", "[reproducible]") {
  write_test::Folder folder;
  for (const Kind kind : {Kind::sip, Kind::aip}) {
    const auto plan = write_test::sample(kind, folder / "src");
    const char* one_name = kind == Kind::sip ? "one" : "three";
    const char* two_name = kind == Kind::sip ? "two" : "four";
    const Path one = output(folder, one_name), two = output(folder, two_name);
    for (const bool zip : {false, true}) {
      const auto first = write(system_files(), plan, one, zip, no_progress());
      const auto second = write(system_files(), plan, two, zip, no_progress());
      CHECK(first.sha256 == second.sha256);
      // Again over what is there: the same, so nothing to refuse and nothing to change.
      const auto third = write(system_files(), plan, one, zip, no_progress());
      CHECK(third.sha256 == first.sha256);
      if (zip) CHECK(sha256_file(system_files(), first.path).hex() == first.sha256);
    }
    CHECK(everything(one) == everything(two));
    auto other = plan;
    other.seed = sha256(std::string_view("another state"));
    CHECK(write(system_files(), other, one, true, no_progress()).path != one);
  }
}

TEST_CASE("ZIP: local headers are complete, names flagged UTF-8, contents stored", "[zip]") {
  write_test::Folder folder;
  auto plan = write_test::sample(Kind::sip, folder / "src");
  const auto written = write(system_files(), plan, output(folder), true, no_progress());
  CHECK(written.path.filename() == written.objid + ".zip");
  const std::string zip = write_test::read(written.path);
  const auto number = [&](std::size_t at, int bytes) {
    std::uint32_t value = 0;
    for (int i = bytes - 1; i >= 0; --i)
      value = (value << 8) | static_cast<unsigned char>(zip.at(at + static_cast<std::size_t>(i)));
    return value;
  };
  std::size_t at = 0;
  std::vector<std::string> names;
  while (number(at, 4) == 0x04034b50) {
    CHECK(number(at + 4, 2) == 20);       // no ZIP64
    CHECK(number(at + 6, 2) == 0x0800);   // UTF-8, no data descriptor
    CHECK(number(at + 8, 2) == 0);        // stored
    CHECK(number(at + 10, 2) == 0x0BC0);  // 01:30:00 UTC
    CHECK(number(at + 12, 2) == 0x5D65);  // 2026-11-05
    CHECK(number(at + 18, 4) == number(at + 22, 4));
    const std::size_t name = number(at + 26, 2), extra = number(at + 28, 2);
    CHECK(extra == 0);
    names.push_back(zip.substr(at + 30, name));
    at += 30 + name + extra + number(at + 18, 4);
  }
  CHECK(number(at, 4) == 0x02014b50);
  CHECK(names.size() == 14);
  CHECK(std::is_sorted(names.begin(), names.end()));
  CHECK(names.front() == written.folder + "/METS.xml");

  plan.deflate = true;
  plan.submission_ordinal = 3;
  const auto smaller = write(system_files(), plan, folder / "out", true, no_progress());
  CHECK(smaller.path.filename() == "3_" + written.objid + ".zip");
  CHECK(std::filesystem::file_size(smaller.path) < std::filesystem::file_size(written.path) / 10);
}

TEST_CASE("More entries than a plain ZIP can count", "[zip]") {
  write_test::Folder folder;
  const std::uint64_t count = GENERATE(as<std::uint64_t>{}, 65534, 65535, 70000);
  {
    const auto file = system_files().open(folder / "many.zip", OpenMode::create_new);
    package::writing::ZipWriter zip(*file, Moment{0}, false, true);
    for (std::uint64_t i = 0; i < count; ++i) {
      zip.begin(std::to_string(100000 + i), 1);
      zip.write(as_bytes("x"));
      zip.end();
    }
    const auto digest = zip.close();
    if (digest) CHECK(*digest == sha256_file(system_files(), folder / "many.zip"));
  }
  const std::string zip = write_test::read(folder / "many.zip");
  REQUIRE(zip.size() > 98);
  const auto number = [&](std::size_t from_end, int bytes) {
    std::uint64_t value = 0;
    for (int i = bytes - 1; i >= 0; --i)
      value =
          (value << 8) | static_cast<unsigned char>(zip[zip.size() - from_end + static_cast<std::size_t>(i)]);
    return value;
  };
  const std::uint64_t directory = count * (30 + 6 + 1), size = count * (46 + 6);
  CHECK(number(22, 4) == 0x06054b50);
  CHECK(number(10, 4) == size);
  CHECK(number(6, 4) == directory);
  if (count < 65535) {
    CHECK(number(14, 2) == count);
    CHECK(zip.size() == directory + size + 22);
    return;
  }
  CHECK(number(14, 2) == 0xFFFF);
  CHECK(number(42, 4) == 0x07064b50);
  CHECK(number(34, 8) == directory + size);
  CHECK(number(98, 4) == 0x06064b50);
  CHECK(number(74, 8) == count);
  CHECK(number(66, 8) == count);
  CHECK(number(58, 8) == size);
  CHECK(number(50, 8) == directory);
  CHECK(zip.size() == directory + size + 56 + 20 + 22);
}

TEST_CASE("Contents larger than the writer's memory", "[zip]") {
  write_test::Folder folder;
  auto plan = write_test::sample(Kind::sip, folder / "src");
  std::string large(20u << 20, '\0');
  for (std::size_t i = 0; i < large.size(); ++i)
    large[i] = static_cast<char>(i * 31 + (i >> 12));
  write_test::edit(plan, 1, [&](package::PackedDocument& packed) {
    packed.contents[0] = write_test::make_content(folder.path() / "src/large", "to.mov", large);
  });
  const auto written = write(system_files(), plan, output(folder), true, no_progress());
  CHECK(sha256_file(system_files(), written.path).hex() == written.sha256);
  CHECK(contains(write_test::read(written.path), large));
}

TEST_CASE("Changed contents stop the packing and leave nothing", "[D18][D23]") {
  write_test::Folder folder;
  const auto plan = write_test::sample(Kind::sip, folder / "src");
  const Path out = output(folder);
  const std::string changed =
      GENERATE(as<std::string>{}, "%PDF-1.7 quyet dinX", "%PDF-1.7 quyet dinh va them", "%PDF");
  std::ofstream(folder / "src" / "a", std::ios::binary) << changed;
  for (const bool zip : {false, true}) {
    try {
      write(system_files(), plan, out, zip, no_progress());
      FAIL("not refused");
    } catch (const Error& error) {
      CHECK(error.exit() == Exit::no_verdict);
      CHECK(error.code() == "VTLT-OBJECT-02");
      REQUIRE(error.message().args.size() == 3);
      const auto found = std::get<std::string>(error.message().args[2].second);
      CHECK(found == (changed.size() == 19 ? sha256(std::string_view(changed)).hex()
                                           : std::to_string(changed.size()) + " B"));
    }
    CHECK(nothing_in(out));
  }
}

TEST_CASE("A package that is there is not written over", "[package]") {
  write_test::Folder folder;
  const auto plan = write_test::sample(Kind::sip, folder / "src");
  const Path out = output(folder);
  const auto expect_refusal = [&](bool zip) {
    const std::string before = everything(out);
    try {
      write(system_files(), plan, out, zip, no_progress());
      FAIL("not refused");
    } catch (const Error& error) {
      CHECK(error.exit() == Exit::refused);
      CHECK(error.code() == "VTLT-PACKAGE-01");
    }
    CHECK(everything(out) == before);
  };
  const Path made = write(system_files(), plan, out, false, no_progress()).path;
  SECTION("a file more") {
    std::ofstream(made / "note.txt") << "x";
    expect_refusal(false);
  }
  SECTION("a file less") {
    std::filesystem::remove(made / "schemas/EAD.xsd");
    expect_refusal(false);
  }
  SECTION("another byte in the contents") {
    std::fstream(made / "representations/rep1/data/H57.32.15.2026.04.VP.2.jpeg", std::ios::in | std::ios::out)
        << "Y";
    expect_refusal(false);
  }
  SECTION("a ZIP") {
    const Path zip = write(system_files(), plan, out, true, no_progress()).path;
    std::fstream(zip, std::ios::in | std::ios::out) << "Q";
    expect_refusal(true);
  }
}

TEST_CASE("What a plan must have", "[D4][D17]") {
  write_test::Folder folder;
  const Path out = output(folder);
  auto plan = write_test::sample(Kind::sip, folder / "src");
  std::string code;
  SECTION("documents") {
    plan.documents.clear();
    code = "VTLT-D17";
  }
  SECTION("contents") {
    for (std::size_t i = 0; i < plan.documents.size(); ++i)
      write_test::edit(plan, i, [](package::PackedDocument& packed) { packed.contents.clear(); });
    code = "VTLT-D17";
  }
  SECTION("ordinals without gaps") {
    write_test::edit(plan, 1, [](package::PackedDocument& packed) { packed.ordinal = 4; });
    code = "VTLT-D04";
  }
  SECTION("a kind that is written here") {
    plan.spec = package::Spec::csip_2_2;
    code = "VTLT-PACKAGE-03";
  }
  CHECK_THROWS_WITH(write(system_files(), plan, out, false, no_progress()), Catch::StartsWith(code));
  CHECK(nothing_in(out));
}

TEST_CASE("Schemas that are not ours come from a folder", "[D17]") {
  write_test::Folder folder;
  auto plan = write_test::sample(Kind::sip, folder / "src");
  const Path out = output(folder), schemas = output(folder, "xsd");
  plan.schemas = schemas;
  CHECK_THROWS_WITH(write(system_files(), plan, out, false, no_progress()),
                    Catch::StartsWith("VTLT-PACKAGE-11"));
  std::ofstream(schemas / "mets1_12.xsd") << "<mets/>";
  std::ofstream(schemas / "mets.xsd") << "<older/>";
  std::ofstream(schemas / "xlink.xsd") << "<xlink/>";
  std::ofstream(schemas / "ead.xsd") << "<theirs/>";
  std::ofstream(schemas / "readme.txt") << "no schema";
  const auto written = write(system_files(), plan, out, false, no_progress());
  CHECK(names_below(written.path / "schemas") ==
        "EAD.xsd\nEAD_doc.xsd\nEAD_media.xsd\nEAD_pic.xsd\nMETS.xsd\nxlink.xsd\n");
  CHECK(write_test::read(written.path / "schemas/METS.xsd") == "<mets/>");
  CHECK(contains(write_test::read(written.path / "METS.xml"), "http://www.loc.gov/METS/ schemas/METS.xsd"));
  CHECK(contains(write_test::read(written.path / "representations/rep1/METS.xml"),
                 "http://www.loc.gov/METS/ ../../schemas/METS.xsd"));
}

TEST_CASE("What XML cannot hold is shown as such", "[xml]") {
  const std::pair<std::string, std::string> cases[] = {
      {"Quyết định 𠀋\t\n", "Quyết định 𠀋\t\n"},
      {std::string("a\x01"
                   "b\x0B",
                   4),
       "a\uFFFDb\uFFFD"},
      {"\xC0\xAF", "\uFFFD\uFFFD"},
      {"\xED\xA0\x80", "\uFFFD\uFFFD\uFFFD"},
      {"x\xE1\xBB", "x\uFFFD\uFFFD"},
      {"\xEF\xBF\xBF", "\uFFFD\uFFFD\uFFFD"},
      {"\xF4\x90\x80\x80", "\uFFFD\uFFFD\uFFFD\uFFFD"},
  };
  for (const auto& [given, expected] : cases)
    CHECK(package::writing::xml_text(given) == expected);
}

// For tests/tools/check_package.py: VTLT_PACKAGE_OUT=/some/folder test_package "[.make]"
TEST_CASE("Make one of each package", "[.make]") {
  const char* place = std::getenv("VTLT_PACKAGE_OUT");
  REQUIRE(place != nullptr);
  write_test::Folder folder;
  for (const Kind kind : {Kind::sip, Kind::aip})
    for (const bool zip : {false, true}) {
      const auto written =
          write(system_files(), write_test::sample(kind, folder / "src"), place, zip, no_progress());
      WARN(written.path.string());
      CHECK(std::filesystem::exists(written.path));
    }
}
