#include <catch2/catch.hpp>

#include "base/error.h"
#include "package/ead.h"
#include "package/schemas.h"
#include "write_sample.h"

using namespace vtlt;
using package::Kind;
using package::writing::Form;

namespace {

std::string value(const package::Fields& fields, const std::string& name) {
  for (const auto& [field, text] : fields)
    if (field == name) return text;
  FAIL("no field " << name);
  return "";
}

std::string order(const package::Fields& fields) {
  std::string names;
  for (const auto& field : fields)
    names += (names.empty() ? "" : " ") + field.first;
  return names;
}

}  // namespace

TEST_CASE("UUIDs of a package are version 8 and depend on seed and place only", "[uuid]") {
  const Digest seed = sha256(std::string_view("seed"));
  const std::string uuid = package::uuid_for(seed, "package");
  CHECK(uuid == package::uuid_for(seed, "package"));
  CHECK(uuid != package::uuid_for(seed, "rep1"));
  CHECK(uuid != package::uuid_for(sha256(std::string_view("other")), "package"));
  REQUIRE(uuid.size() == 36);
  CHECK(uuid[14] == '8');
  CHECK(std::string("89AB").find(uuid[19]) != std::string::npos);
  CHECK(uuid.find_first_not_of("0123456789ABCDEF-") == std::string::npos);
}

TEST_CASE("EAD fields stand in the circular's order", "[D24][D7]") {
  write_test::Folder folder;
  const auto sip = write_test::sample(Kind::sip, folder / "src");
  const auto aip = write_test::sample(Kind::aip, folder / "src");
  const std::string rest =
      " title maintenance mode language startDate endDate keyword totalDoc numberOfPaper numberOfPage format "
      "inforSign "
      "confidenceLevel paperFileCode riskRecovery riskRecoveryStatus description";
  CHECK(order(ead_fields(sip)) == "fileCode" + rest);
  CHECK(order(ead_fields(aip)) == "arcFileCode" + rest);
  CHECK(order(ead_document_fields(sip, sip.documents[0])) ==
        "docId docCode maintenance typeName codeNumber codeNotation issuedDate organName subject language "
        "numberOfPage "
        "inforSign keyword mode confidenceLevel autograph format riskRecovery riskRecoveryStatus process "
        "description");
  CHECK(order(ead_document_fields(aip, aip.documents[0])) ==
        "arcFileCode mode language keyword numberOfPage format inforSign confidenceLevel description docCode "
        "docOrdinal "
        "typeName codeNumber codeNotation issuedDate organName subject autograph process");
  CHECK(order(ead_document_fields(sip, sip.documents[1])) ==
        "docCode maintenance typePic archivesNumber inforSign eventName imageTitle photographer photoPlace "
        "photoTime "
        "colour filmSize docAttached mode format riskRecovery riskRecoveryStatus description");
  CHECK(order(ead_document_fields(aip, aip.documents[1])) ==
        "arcFileCode docOrdinal typePic archivesNumber inforSign eventName imageTitle photographer "
        "photoPlace photoTime "
        "colour filmSize docAttached mode format description");
  package::PackedDocument video = aip.documents[1];
  video.document.media = "video";
  CHECK(order(ead_document_fields(aip, video)) ==
        "arcFileCode docOrdinal typeMedia archivesNumber inforSign eventName movieTitle recorder recordPlace "
        "recordDate "
        "language playTime docAttached mode quality format description");
  CHECK(order(ead_document_fields(sip, video)) ==
        "docCode maintenance typeMedia archivesNumber inforSign eventName movieTitle recorder recordPlace "
        "recordDate "
        "language playTime docAttached mode quality format riskRecovery riskRecoveryStatus description");
}

TEST_CASE("EAD values of the file", "[D3][D8][D10]") {
  write_test::Folder folder;
  const auto sip = write_test::sample(Kind::sip, folder / "src");
  const auto fields = ead_fields(sip);
  CHECK(value(fields, "fileCode") == "H57.32.15.2026.04.VP");
  CHECK(value(fields, "maintenance") == "01");
  CHECK(value(fields, "mode") == "01");
  CHECK(value(fields, "language") == "01");
  CHECK(value(fields, "startDate") == "09/01/2026");
  CHECK(value(fields, "endDate") == "21/10/2026");
  CHECK(value(fields, "totalDoc") == "3");
  CHECK(value(fields, "numberOfPage") == "5");
  CHECK(value(fields, "numberOfPaper") == "");
  CHECK(value(fields, "confidenceLevel") == "01");
  CHECK(value(fields, "riskRecovery") == "0");
  CHECK(value(fields, "description") == "Nguyễn Thị Lan; đủ tài liệu");
  const auto aip = write_test::sample(Kind::aip, folder / "src");
  CHECK(value(ead_fields(aip), "arcFileCode") == "H57.05.H57.32.15.2026.04.VP");
  auto unknown = sip;
  write_test::edit(unknown, 2, [](package::PackedDocument& packed) { packed.document.pages = 0; });
  CHECK(value(ead_fields(unknown), "numberOfPage") == "");
}

TEST_CASE("EAD values of documents", "[D4][D5][D10]") {
  write_test::Folder folder;
  const auto sip = write_test::sample(Kind::sip, folder / "src");
  const auto decision = ead_document_fields(sip, sip.documents[0]);
  CHECK(value(decision, "docId") == "H57.32.15.2026.04.VP.1");
  CHECK(value(decision, "docCode") == "H57.32.15.2026.04.VP.0000001");
  CHECK(value(decision, "typeName") == "02");
  CHECK(value(decision, "codeNumber") == "05");
  CHECK(value(decision, "codeNotation") == "QĐ-UBND");
  CHECK(value(decision, "issuedDate") == "09/01/2026");
  CHECK(value(decision, "maintenance") == "01");
  CHECK(value(decision, "confidenceLevel") == "01");
  CHECK(value(decision, "process") == "0");
  const auto photo = ead_document_fields(sip, sip.documents[1]);
  CHECK(value(photo, "typePic") == "02");
  CHECK(value(photo, "photoTime") == "14/09/2026");
  CHECK(value(photo, "eventName") == "Bão số 5");
  CHECK(value(photo, "colour") == "01");
  CHECK(value(photo, "docAttached") == "0");
  const auto dispatch = ead_document_fields(sip, sip.documents[2]);
  CHECK(value(dispatch, "typeName") == "22");
  CHECK(value(dispatch, "mode") == "02");
  const auto aip = write_test::sample(Kind::aip, folder / "src");
  const auto archived = ead_document_fields(aip, aip.documents[2]);
  CHECK(value(archived, "arcFileCode") == "H57.05.H57.32.15.2026.04.VP");
  CHECK(value(archived, "docCode") == "H57.32.15.2026.04.VP.0000003");
  CHECK(value(archived, "docOrdinal") == "3");
  CHECK(value(ead_document_fields(aip, aip.documents[1]), "photoTime") == "09/2026");
}

TEST_CASE("docId is never longer than 25 characters and stays with the document", "[D4]") {
  write_test::Folder folder;
  auto sip = write_test::sample(Kind::sip, folder / "src");
  sip.file.notation = "0123456789.VP";
  write_test::edit(sip, 0, [](package::PackedDocument& packed) { packed.document.id.bits[0] = 7; });
  const auto first = value(ead_document_fields(sip, sip.documents[0]), "docId");
  const auto second = value(ead_document_fields(sip, sip.documents[2]), "docId");
  CHECK(first.size() == 25);
  CHECK(first != second);
  write_test::edit(sip, 0, [](package::PackedDocument& packed) { packed.ordinal = 9; });
  CHECK(value(ead_document_fields(sip, sip.documents[0]), "docId") == first);
}

TEST_CASE("Lengths of the circular are limits", "[D5][D6]") {
  write_test::Folder folder;
  std::filesystem::create_directory(folder / "out");
  auto plan = write_test::sample(Kind::sip, folder / "src");
  std::string subject;
  for (int i = 0; i < 500; ++i)
    subject += "ệ";  // 500 characters, 1500 bytes
  write_test::edit(plan, 2, [&](package::PackedDocument& packed) { packed.document.subject = subject; });
  CHECK_NOTHROW(write(system_files(), plan, folder / "out", false, no_progress()));
  write_test::edit(plan, 2, [](package::PackedDocument& packed) { packed.document.subject += "x"; });
  try {
    write(system_files(), plan, folder / "out", false, no_progress());
    FAIL("not refused");
  } catch (const Error& error) {
    CHECK(error.exit() == Exit::refused);
    CHECK(error.code() == "VTLT-D05");
    REQUIRE(error.message().args.size() == 4);
    CHECK(std::get<std::int64_t>(error.message().args[0].second) == 3);
    CHECK(std::get<std::string>(error.message().args[1].second) == "subject");
    CHECK(std::get<std::int64_t>(error.message().args[2].second) == 501);
    CHECK(std::get<std::int64_t>(error.message().args[3].second) == 500);
  }
}

TEST_CASE("A digitised file without the code of its paper original is refused", "[D5][P38]") {
  write_test::Folder folder;
  std::filesystem::create_directory(folder / "out");
  auto plan = write_test::sample(Kind::sip, folder / "src");
  plan.file.confidence = "Số hóa";
  CHECK_THROWS_WITH(write(system_files(), plan, folder / "out", false, no_progress()),
                    Catch::Contains("package.write.file_field_missing"));
  plan.file.paper_code = "H57.05.K1.G2.H09.04";
  CHECK_NOTHROW(write(system_files(), plan, folder / "out", false, no_progress()));
}

TEST_CASE("A partial date is kept in an AIP and stands in the remarks of a SIP", "[D10]") {
  write_test::Folder folder;
  std::filesystem::create_directory(folder / "out");
  auto plan = write_test::sample(GENERATE(Kind::sip, Kind::aip), folder / "src");
  SECTION("of a document") {
    write_test::edit(plan, 0, [](package::PackedDocument& packed) { packed.document.date = {2026, 9, 0}; });
  }
  SECTION("of the file") {
    plan.file.start = {2025, 0, 0};
  }
  CHECK_NOTHROW(write(system_files(), plan, folder / "out", false, no_progress()));
  const auto value = [](const package::Fields& fields, const char* name) {
    for (const auto& [field, text] : fields)
      if (field == name) return text;
    return std::string("?");
  };
  const bool document = plan.documents[0].document.date.day == 0;
  const auto fields =
      document ? package::ead_document_fields(plan, plan.documents[0]) : package::ead_fields(plan);
  const char* date = document ? "issuedDate" : "startDate";
  const std::string known = document ? "09/2026" : "2025", remarks = value(fields, "description");
  INFO(remarks);
  if (plan.kind == Kind::aip) {
    CHECK(value(fields, date) == known);
    CHECK(remarks.find(known) == std::string::npos);
  } else {
    CHECK(value(fields, date).empty());
    CHECK(remarks.ends_with((document ? "Thời gian của tài liệu: " : "Thời gian bắt đầu: ") + known));
  }
}

TEST_CASE("The schemas in schemas/xsd are those that go into packages", "[D17]") {
  using package::Unit;
  const std::pair<const char*, package::writing::Sort> sorts[] = {{"sip", {Kind::sip, Unit::file}},
                                                                  {"aip", {Kind::aip, Unit::file}},
                                                                  {"sip-tailieu", {Kind::sip, Unit::loose}},
                                                                  {"aip-tailieu", {Kind::aip, Unit::loose}},
                                                                  {"dip", {Kind::dip, Unit::file}}};
  for (const auto& [folder, sort] : sorts)
    for (const Form form : {Form::file, Form::document, Form::picture, Form::media}) {
      const Path path =
          Path(VTLT_SOURCE_DIR) / "schemas/xsd" / folder / package::writing::ead_schema_name(form);
      INFO(path.string());
      CHECK(write_test::read(path) == package::writing::ead_schema(sort, form));
    }
}
