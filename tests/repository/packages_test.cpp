// What is packed from a repository beside whole files, and what comes back in: D16, D20-D22, D28, D37, P38.
#include <catch2/catch.hpp>

#include <fstream>
#include <regex>

#include "repository/package_events.h"
#include "repository/planning.h"
#include "repository/receiving.h"
#include "repository/uses.h"
#include "support.h"

using namespace repository_test;
using vtlt::test::Scratch;

namespace {

using package::CopyLevel;
using package::Kind;

// Born digital: what leaves no warning behind in a package.
RegisterRequest electronic(RegisterRequest request) {
  request.document.confidence = "Gốc điện tử";
  request.document.access = "open";
  return request;
}

Target document(const RegisterResult& result) {
  return {Target::Kind::document, result.document.id};
}

DipUse use_for(CopyLevel copy, const std::string& basis = {}) {
  DipUse use;
  use.request.number = "YC-031";
  use.request.date = {2026, 11, 5};
  use.request.by = "Lê Thị Hoa";
  use.request.purpose = "01";
  use.request.content = "làm thủ tục đất đai";
  use.copy = copy;
  use.basis = basis;
  return use;
}

void must_pass(const Path& path, const char* format) {
  const auto verdict = package::check(system_files(), path, {}, no_progress());
  for (const auto& finding : verdict.findings)
    UNSCOPED_INFO(finding.code << " " << finding.path << ":" << finding.line << " " << finding.message.key);
  CHECK(verdict.passed());
  CHECK(verdict.format == format);
  for (const auto& finding : verdict.findings) {
    INFO(finding.code << " " << finding.path);
    CHECK(finding.level == Level::note);
  }
}

std::string codes_of(const std::vector<Finding>& findings, const std::string& family = "") {
  std::set<std::string> codes;
  for (const auto& finding : findings)
    if (finding.code.starts_with(family)) codes.insert(finding.code);
  std::string all;
  for (const auto& code : codes)
    all += (all.empty() ? "" : " ") + code;
  return all;
}

// The values of one simpledc file, by element.
std::map<std::string, std::string> values_of(const Path& path) {
  std::map<std::string, std::string> values;
  const std::string text = get(path);
  static const std::regex element("<(\\w+)>([^<]*)</");
  for (std::sregex_iterator at(text.begin(), text.end(), element), end; at != end; ++at)
    values[(*at)[1]] = (*at)[2];
  return values;
}

std::map<std::string, std::map<std::string, std::string>> descriptions(const Path& root) {
  std::map<std::string, std::map<std::string, std::string>> all;
  for (const auto& path : files_below(root))
    if (path.filename().string().starts_with("EAD") && path.extension() == ".xml") {
      // EAD_doc_H57.32.15.2026.04.VP.3.xml → "doc 3": the code before differs between SIP and AIP.
      const std::string name = path.filename().string();
      const std::size_t dot = name.rfind('.', name.size() - 5);
      all[name == "EAD.xml" ? name : name.substr(4, 3) + name.substr(dot)] = values_of(path);
    }
  return all;
}

std::set<std::string> content_digests(const Path& root) {
  std::set<std::string> all;
  for (const auto& path : files_below(root / "representations/rep1/data"))
    all.insert(sha256(get(path)).hex());
  return all;
}

struct Office {
  explicit Office(const Path& where)
      : base(where), made(make(system_files(), where)), repository(system_files(), options_at(where), true) {}
  Path base;
  InitResult made;
  Repository repository;
};

// A closed file of one document.
records::Id closed_file(Office& office) {
  const Path content = office.base / "in" / "a.pdf";
  put(content, pdf("mot"));
  const auto one = register_document(office.repository, electronic(incoming("15/QĐ-UBND", "một", {content})));
  const auto file = open_file(office.repository, opening("Hồ sơ")).file.file.id;
  add_to_file(office.repository, file, {one.document.id}, false);
  close_file(office.repository, closing(file));
  return file;
}

PackRequest file_request(Office& office) {
  PackRequest request;
  request.file = closed_file(office);
  request.directory = office.base / "out";
  return request;
}

}  // namespace

TEST_CASE("a reader gets what may be used, and the book says so", "[D37]") {
  const Scratch base;
  make(system_files(), base.path());
  put(base / "in" / "a.pdf", pdf("mot"));
  put(base / "in" / "b.pdf", pdf("hai"));
  Repository repository(system_files(), options_at(base.path()), true);
  auto open_request = electronic(incoming("15/QĐ-UBND", "mở", {base / "in" / "a.pdf"}));
  const auto open = register_document(repository, open_request);
  auto conditional_request = electronic(incoming("16/QĐ-UBND", "có điều kiện", {base / "in" / "b.pdf"}));
  conditional_request.document.access = "conditional";
  const auto conditional = register_document(repository, conditional_request);

  PackRequest request;
  request.kind = Kind::dip;
  request.directory = base / "out";
  request.targets = {document(open), document(conditional)};
  CHECK(refusal([&] { pack(repository, request); }) == "VTLT-PACKAGE-10 2");  // nobody asked
  request.use = use_for(CopyLevel::reading);
  CHECK(refusal([&] { pack(repository, request); }) == "VTLT-ACCESS-02 3");
  CHECK_FALSE(std::filesystem::exists(base / "out"));
  CHECK(repository.catalogue().packages().empty());
  request.use->basis = "45/UBND-VP";
  const auto result = pack(repository, request);
  must_pass(result.written.path, "DIP (TT 05/2025 PL V)");
  CHECK(result.documents == 2);
  CHECK(repository.catalogue().uses_of(open.document.id).size() == 1);
  const auto uses = repository.catalogue().uses_of(conditional.document.id);
  REQUIRE(uses.size() == 1);
  CHECK(uses[0].use.by == "Lê Thị Hoa");
  CHECK(uses[0].use.basis == "45/UBND-VP");
  const auto values = values_of(result.written.path / "metadata/descriptive/EAD.xml");
  CHECK(values.at("requestID") == "YC-031");
  CHECK(values.at("requestDate") == "05/11/2026");
  CHECK(values.at("purpose") == "01");
  // The same again is the same package and no second use.
  CHECK(pack(repository, request).again);
  CHECK(repository.catalogue().uses_of(open.document.id).size() == 1);
  const auto repeated = pack_again(repository, result.plan.name, base / "again", false);
  CHECK(repeated.written.sha256 == result.written.sha256);
  require_sound(base.path());
}

TEST_CASE("each level of copy has its term and its papers", "[D37]") {
  const Scratch base;
  make(system_files(), base.path());
  put(base / "in" / "a.pdf", pdf("mot"));
  Repository repository(system_files(), options_at(base.path()), true);
  auto wish = electronic(incoming("15/QĐ-UBND", "mở", {base / "in" / "a.pdf"}));
  const auto open = register_document(repository, wish);
  PackRequest request;
  request.kind = Kind::dip;
  request.targets = {document(open)};
  request.directory = base / "out";
  const text::Date today = *text::from_iso(to_date(now()));
  for (const CopyLevel level :
       {CopyLevel::reading, CopyLevel::plain, CopyLevel::authenticated, CopyLevel::certified}) {
    request.use = use_for(level);
    request.use->request.date = today;
    const auto result = pack(repository, request);
    CAPTURE(package::copy_level_text(level));
    must_pass(result.written.path, "DIP (TT 05/2025 PL V)");
    const std::string note =
        values_of(result.written.path / "metadata/descriptive/EAD.xml").at("description");
    const std::string until = text::to_dmy(text::add_days(today, 15));
    const bool bound = level == CopyLevel::reading || level == CopyLevel::plain;
    CHECK((note.find(until) != std::string::npos) == bound);
    const Path certificate = result.written.path / "documentation/giay-xac-thuc.html";
    CHECK(std::filesystem::exists(certificate) == (level == CopyLevel::certified));
    // In no file and without a term: said each time.
    CHECK(codes_of(result.findings) == (level == CopyLevel::reading ? "D4 D5" : "D4 D5 VTLT-DIP-02"));
    if (level == CopyLevel::certified)
      for (const char* item : {"Mã xác thực lưu trữ", "Cơ quan lưu trữ", "Lê Thị Hoa", "15/QĐ-UBND",
                               "làm thủ tục đất đai", "Ngày cấp", "Thời hạn sử dụng", "Số lượng bản",
                               "Tên loại", "Mã lưu trữ của tài liệu gốc", "Trích yếu"})
        CHECK(get(certificate).find(item) != std::string::npos);
    request.use->request.until = text::add_days(today, 16);
    if (level == CopyLevel::reading)
      CHECK(refusal([&] { pack(repository, request); }) == "VTLT-DIP-01 3");
    else
      CHECK_NOTHROW(pack(repository, request));
    request.use->request.until = {};
  }
  // Judged by the day of its planning, not by that of the request.
  request.use = use_for(CopyLevel::reading);
  request.use->request.date = text::add_days(today, -20);
  request.use->request.until = text::add_days(today, 3);
  const auto late = pack(repository, request);
  CHECK(pack_again(repository, late.plan.name, base / "again", false).written.sha256 == late.written.sha256);
}

TEST_CASE("loose documents go together by book, under the code of their round", "[D16][P38]") {
  const Scratch base;
  make(system_files(), base.path());
  for (const char* name : {"a.pdf", "b.pdf", "c.pdf"})
    put(base / "in" / name, pdf(name));
  Repository repository(system_files(), options_at(base.path()), true);
  const auto first =
      register_document(repository, electronic(incoming("15/QĐ-UBND", "một", {base / "in" / "a.pdf"})));
  const auto second =
      register_document(repository, electronic(incoming("16/QĐ-UBND", "hai", {base / "in" / "b.pdf"})));
  const auto out =
      register_document(repository, electronic(outgoing("QĐ-UBND", "ba", {base / "in" / "c.pdf"})));
  PackRequest request;
  request.directory = base / "out";
  request.targets = {document(first), document(out)};
  CHECK(refusal([&] { pack(repository, request); }) == "VTLT-PACKAGE-07 2");
  request.targets = {document(first), document(second)};
  const auto one = pack(repository, request);
  must_pass(one.written.path, "SIP_tailieu (TT 05/2025 PL IV)");
  const std::string year = std::to_string(first.document.date.year);
  const auto ead = values_of(one.written.path / "metadata/descriptive/EAD.xml");
  CHECK(ead.at("fileCode").ends_with("." + year + ".01.0000001"));
  CHECK(ead.at("source") == "1");
  CHECK(ead.at("totalDoc") == "2");
  request.targets = {document(out)};
  const auto two = pack(repository, request);
  CHECK(values_of(two.written.path / "metadata/descriptive/EAD.xml").at("fileCode").ends_with(".01.0000002"));
  CHECK(values_of(two.written.path / "metadata/descriptive/EAD.xml").at("source") == "0");
  request.round = 2;
  request.same_system = true;
  const auto three = pack(repository, request);
  must_pass(three.written.path, "AIP_tailieu (TT 05/2025 PL II)");
  CHECK(three.plan.details.at("code").ends_with(".02.0000001"));
  CHECK(pack_again(repository, two.plan.name, base / "again", false).written.sha256 == two.written.sha256);
  // What stands in a file goes with its file.
  const auto file = open_file(repository, opening("Hồ sơ")).file.file.id;
  add_to_file(repository, file, {first.document.id}, false);
  request = {};
  request.directory = base / "out2";
  request.targets = {document(first)};
  const auto warned = pack(repository, request);
  REQUIRE(warned.findings.size() == 1);
  CHECK(warned.findings[0].code == "D16");
  require_sound(base.path());
}

TEST_CASE("what was digitised is packed as AIP, never as SIP", "[D16]") {
  const Scratch base;
  make(system_files(), base.path());
  put(base / "in" / "a.pdf", pdf("mot"));
  Repository repository(system_files(), options_at(base.path()), true);
  auto wish = incoming("15/QĐ-UBND", "quét", {base / "in" / "a.pdf"});
  wish.document.access = "open";
  wish.document.confidence = "Số hóa";
  const auto scanned = register_document(repository, wish);
  PackRequest request;
  request.directory = base / "out";
  request.targets = {document(scanned)};
  const auto chosen = pack(repository, request);
  CHECK(chosen.sort == "AIP_tailieu");
  CHECK(chosen.chosen.article.find("Đ8k3") != std::string::npos);
  // D22: digitising is an event, of the time that the scan's computer file has.
  const std::string premis = get(chosen.written.path / "metadata/preservation/PREMIS.xml");
  CHECK(premis.find("<premis:eventType>transfer</premis:eventType>") != std::string::npos);
  CHECK(premis.find("Số hóa") != std::string::npos);
  request.kind = Kind::sip;
  CHECK(refusal([&] { pack(repository, request); }) == "VTLT-D16 3");
}

TEST_CASE("a document of two files is linked in the second package", "[D21]") {
  const Scratch base, other;
  make(system_files(), base.path());
  for (const char* name : {"a.pdf", "b.pdf"})
    put(base / "in" / name, pdf(name));
  Repository repository(system_files(), options_at(base.path()), true);
  const auto shared =
      register_document(repository, electronic(incoming("15/QĐ-UBND", "chung", {base / "in" / "a.pdf"})));
  const auto own =
      register_document(repository, electronic(incoming("16/QĐ-UBND", "riêng", {base / "in" / "b.pdf"})));
  const auto one = open_file(repository, opening("Hồ sơ một")).file.file.id;
  const auto two = open_file(repository, opening("Hồ sơ hai")).file.file.id;
  add_to_file(repository, one, {shared.document.id}, false);
  add_to_file(repository, two, {own.document.id, shared.document.id}, false);
  close_file(repository, closing(one));
  close_file(repository, closing(two));
  for (const Kind kind : {Kind::sip, Kind::aip}) {
    PackRequest request;
    request.kind = kind;
    request.linked = true;
    request.directory = base / (kind == Kind::sip ? "sip" : "aip");
    request.file = one;
    const auto first = pack(repository, request);
    CHECK(first.links == 0);
    request.file = two;
    const auto second = pack(repository, request);
    CHECK(second.links == 1);
    must_pass(second.written.path,
              kind == Kind::sip ? "SIP_hoso (TT 05/2025 PL III)" : "AIP_hoso (TT 05/2025 PL I)");
    int fetches = 0;
    for (const auto& path : files_below(second.written.path))
      if (path.filename().string().ends_with(".fetch.txt")) {
        ++fetches;
        if (kind == Kind::aip) CHECK(get(path).starts_with("urn_UB_"));
      }
    CHECK(fetches == 1);
    // The other way round the two would name each other, and nobody had the bytes.
    request.file = one;
    request.registration = "TN-2027-0113";  // another package of the same state
    request.directory = base / "other-way";
    CHECK(pack(repository, request).links == 0);
    CHECK(content_digests(second.written.path).count(sha256(get(base / "in" / "a.pdf")).hex()) == 0);
  }
  // Taken into another repository one after the other the document is one again.
  Office archives(other.path());
  for (const auto& entry : std::filesystem::directory_iterator(base / "sip"))
    if (descriptions(entry.path()).size() == 2)
      receive_package(archives.repository, {entry.path(), {}, false});
  for (const auto& entry : std::filesystem::directory_iterator(base / "sip"))
    if (descriptions(entry.path()).size() == 3) {
      const auto taken = receive_package(archives.repository, {entry.path(), {}, false});
      CHECK(taken.linked == 1);
      CHECK(taken.documents == 2);
    }
  require_sound(other.path());
}

TEST_CASE("SIP to repository to AIP to repository: every value is the sender's", "[D22][D24][D28]") {
  const Scratch base, second, third;
  Office office(base.path());
  for (const char* name : {"a.pdf", "b.pdf"})
    put(base / "in" / name, pdf(name));
  auto wish = electronic(incoming("05/QĐ-UBND", "việc \"kiện toàn\" & <chống> bão", {base / "in" / "a.pdf"}));
  wish.document.keyword = "thiên tai; bão";
  wish.document.autograph = "Đồng ý";
  wish.document.language = "01;02";
  wish.document.access = "open";
  wish.document.info_sign = "PCTT";
  const auto one = register_document(office.repository, wish);
  auto photo = electronic(inside("Kè biển sau bão", {base / "in" / "b.pdf"}));
  photo.document.media = "photo";
  photo.document.original["eventName"] = "Bão số 5";
  photo.document.original["colour"] = "01";
  const auto two = register_document(office.repository, photo);
  const auto file = open_file(office.repository, opening("Hồ sơ phòng chống thiên tai")).file.file.id;
  add_to_file(office.repository, file, {one.document.id, two.document.id}, false);
  close_file(office.repository, closing(file));
  PackRequest request;
  request.file = file;
  request.kind = Kind::sip;
  request.directory = base / "out";
  request.registration = "TN-2027-0113";
  const auto sip = pack(office.repository, request);

  // A product that is not ours leaves a field empty and says more than we would.
  Office archives(second.path());
  const auto taken = receive_package(archives.repository, {sip.written.path, {}, false});
  REQUIRE(taken.passed);
  CHECK(taken.documents == 2);
  CHECK(refusal([&] { receive_package(archives.repository, {sip.written.path, {}, false}); }) == "D28 3");
  PackRequest again;
  again.file = taken.file;
  again.kind = Kind::aip;
  again.directory = second / "out";
  const auto aip = pack(archives.repository, again);
  must_pass(aip.written.path, "AIP_hoso (TT 05/2025 PL I)");
  CHECK(content_digests(aip.written.path) == content_digests(sip.written.path));
  const auto before = descriptions(sip.written.path), after = descriptions(aip.written.path);
  REQUIRE(before.size() == after.size());
  for (const auto& [name, values] : after)
    for (const auto& [element, value] : values) {
      if (element == "arcFileCode" || element == "docOrdinal") continue;
      CAPTURE(name, element);
      REQUIRE(before.count(name) == 1);
      const auto sent = before.at(name).find(element);
      if (sent != before.at(name).end()) CHECK(value == sent->second);
    }
  const std::string premis = get(aip.written.path / "metadata/preservation/PREMIS.xml");
  CHECK(premis.find(sip.written.objid) != std::string::npos);
  CHECK(premis.find("<premis:linkingObjectRole>source</premis:linkingObjectRole>") != std::string::npos);

  Office later(third.path());
  const auto moved = receive_package(later.repository, {aip.written.path, {}, false});
  REQUIRE(moved.passed);
  again.file = moved.file;
  again.directory = third / "out";
  const auto last = pack(later.repository, again);
  must_pass(last.written.path, "AIP_hoso (TT 05/2025 PL I)");
  CHECK(descriptions(last.written.path) == after);
  // Each making of a package still says what it was made of, and what came of it.
  const std::string whole = get(last.written.path / "metadata/preservation/PREMIS.xml");
  const auto linked = [&](const std::string& objid, const char* role) {
    return whole.find("<premis:linkingObjectIdentifierValue>" + objid +
                      "</premis:linkingObjectIdentifierValue>\n      <premis:linkingObjectRole>" + role) !=
           std::string::npos;
  };
  INFO(whole);
  CHECK(linked(sip.written.objid, "source"));
  CHECK(linked(aip.written.objid, "outcome"));
  CHECK(linked(aip.written.objid, "source"));
  CHECK(linked(last.written.objid, "outcome"));
  CHECK(content_digests(last.written.path) == content_digests(sip.written.path));
  // The first making is still told, and is the earlier package's.
  CHECK(get(last.written.path / "metadata/preservation/PREMIS.xml").find(aip.plan.name) != std::string::npos);
  require_sound(third.path());
}

TEST_CASE("events of packages come back as they were, whatever their words", "[D22]") {
  package::Plan::Event event;
  REQUIRE(from_text("2026-01-02T03:04:05.678+07:00", event.time));
  event.type = "information package creation";
  event.detail = "hai\tcột\nhai dòng \\t";
  event.agent = "UBND xã";
  event.agent_kind = "organization";
  event.id = "a-1";
  event.objects = {{"source", "uuid-1"}, {"", "x;y=z"}};
  const auto read = events_of(event_line(event) + event_line({}) +
                              "hỏng\n2026-01-02T03:04:05.678+07:00\tingestion\ta\\tb\tc\td\n");
  REQUIRE(read.size() == 3);
  CHECK(to_text(read[0].time) == to_text(event.time));
  CHECK(read[0].detail == event.detail);
  CHECK(read[0].agent_kind == event.agent_kind);
  CHECK(read[0].id == event.id);
  CHECK(read[0].objects == event.objects);
  CHECK(read[0].earlier);
  CHECK(read[1].objects.empty());
  CHECK(read[2].detail == "a\\tb");  // of a first version
}

TEST_CASE("loose documents keep the code they came under", "[D22][D24]") {
  const Scratch base, other;
  Office office(base.path());
  for (const char* name : {"a.pdf", "b.pdf"})
    put(base / "in" / name, pdf(name));
  const auto one = register_document(office.repository,
                                     electronic(incoming("15/QĐ-UBND", "một", {base / "in" / "a.pdf"})));
  const auto two = register_document(office.repository,
                                     electronic(incoming("16/QĐ-UBND", "hai", {base / "in" / "b.pdf"})));
  PackRequest request;
  request.targets = {document(one), document(two)};
  request.directory = base / "out";
  request.round = 3;
  const auto sip = pack(office.repository, request);
  Office archives(other.path());
  const auto taken = receive_package(archives.repository, {sip.written.path, {}, false});
  REQUIRE(taken.passed);
  CHECK_FALSE(taken.file);
  CHECK(taken.documents == 2);
  // The same again, or another package of the same code, is held already.
  for (const bool dry_run : {true, false})
    CHECK(refusal([&] { receive_package(archives.repository, {sip.written.path, {}, dry_run}); }) == "D28 3");
  PackRequest again;
  archives.repository.catalogue().all_components([&](const records::Component& component) {
    again.targets.push_back({Target::Kind::document, component.document});
  });
  again.kind = Kind::aip;
  again.directory = other / "out";
  const auto aip = pack(archives.repository, again);
  must_pass(aip.written.path, "AIP_tailieu (TT 05/2025 PL II)");
  const auto before = descriptions(sip.written.path), after = descriptions(aip.written.path);
  CHECK(after.at("EAD.xml").at("arcFileCode").ends_with(before.at("EAD.xml").at("fileCode")));
  CHECK(after.at("EAD.xml").at("title") == before.at("EAD.xml").at("title"));
  CHECK(after.at("EAD.xml").at("source") == before.at("EAD.xml").at("source"));
  require_sound(other.path());
}

TEST_CASE("a package with errors is not taken, and nothing is left of the trial", "[D28]") {
  const Scratch base, other;
  Office office(base.path());
  PackRequest request = file_request(office);
  request.kind = Kind::sip;
  const auto sip = pack(office.repository, request);
  Office archives(other.path());
  const std::string before = summary(archives.repository);
  for (const auto& path : files_below(sip.written.path / "representations/rep1/data"))
    put(path, pdf("khác"));
  CHECK_FALSE(receive_package(archives.repository, {sip.written.path, {}, false}).passed);
  CHECK(summary(archives.repository) == before);
  CHECK(refusal([&] { receive_package(archives.repository, {base / "in", {}, false}); }) == "");
  require_sound(other.path());
}

TEST_CASE("a package of another fonds is taken where it is told to, and that is said", "[D28]") {
  const Scratch base, other;
  Office office(base.path());
  PackRequest request = file_request(office);
  const auto sip = pack(office.repository, request);
  std::string scheme = small_scheme("KHAC");
  const std::string organ = office.made.fonds.organ;
  REQUIRE_FALSE(organ.empty());
  scheme.replace(scheme.find(organ), organ.size(), "H01.02.03");
  make(system_files(), other.path(), scheme);
  Repository archives(system_files(), options_at(other.path()), true);
  CHECK(refusal([&] { receive_package(archives, {sip.written.path, {}, false}); }) == "VTLT-RECEIVE-01 3");
  const auto taken = receive_package(archives, {sip.written.path, "KHAC", false});
  REQUIRE(taken.passed);
  CHECK(std::any_of(taken.findings.begin(), taken.findings.end(),
                    [](const Finding& finding) { return finding.code == "VTLT-RECEIVE-02"; }));
  CHECK(refusal([&] { receive_package(archives, {sip.written.path, "KHAC", true}); }) == "D28 3");
}

TEST_CASE("a bag holds the same documents", "[D16]") {
  const Scratch base;
  Office office(base.path());
  PackRequest request = file_request(office);
  request.spec = package::Spec::bagit_1_0;
  for (const bool zip : {false, true}) {
    request.zip = zip;
    const auto bag = pack(office.repository, request);
    must_pass(bag.written.path, "BagIt 1.0");
  }
}

TEST_CASE("a secret file goes into no package", "[D16][P12]") {
  const Scratch base;
  Office office(base.path());
  put(base / "in" / "a.pdf", pdf("mot"));
  const auto one = register_document(office.repository,
                                     electronic(incoming("15/QĐ-UBND", "một", {base / "in" / "a.pdf"})));
  auto secret = opening("Hồ sơ mật");
  secret.file.access = "secret";
  PackRequest request;
  request.file = open_file(office.repository, secret).file.file.id;
  request.directory = base / "out";
  add_to_file(office.repository, *request.file, {one.document.id}, false);
  close_file(office.repository, closing(*request.file));
  for (const auto spec : {package::Spec::tt05, package::Spec::bagit_1_0}) {
    request.spec = spec;
    CHECK(refusal([&] { pack(office.repository, request); }) == "VTLT-P12 3");
  }
  CHECK(files_below(base / "out").empty());
}

TEST_CASE("what was refused or failed was never packed, and never handed out", "[D37][D28]") {
  const Scratch base;
  Office office(base.path());
  put(base / "in" / "a.pdf", pdf("mot"));
  const auto one = register_document(office.repository,
                                     electronic(incoming("15/QĐ-UBND", "một", {base / "in" / "a.pdf"})));
  PackRequest request;
  request.kind = Kind::dip;
  request.targets = {document(one)};
  request.use = use_for(CopyLevel::reading);
  request.directory = base / "out";
  request.approve = [](const Path& staged) {
    CHECK(system_files().stat(staged / "METS.xml").has_value());  // whole already
    throw Error(Exit::refused, "VTLT-PROFILE", Message("cmd.package.profile.refused"));
  };
  CHECK(refusal([&] { pack(office.repository, request); }) == "VTLT-PROFILE 3");
  request.approve = {};
  request.use->request.content = std::string(600, 'x');
  for (const bool dry : {true, false}) {
    request.dry_run = dry;
    CHECK(refusal([&] { pack(office.repository, request); }) == "VTLT-D05 3");
  }
  CHECK(files_below(base / "out").empty());
  CHECK(office.repository.catalogue().packages().empty());
  std::int64_t uses = 0;
  office.repository.catalogue().uses({}, [&](const catalogue::UseRow&) {
    ++uses;
    return true;
  });
  CHECK(uses == 0);
  request.use->request.content = "làm thủ tục đất đai";
  const auto made = pack(office.repository, request);
  CHECK(made.plan.name.ends_with("-001"));
  require_sound(base.path());
}

TEST_CASE("documents in another order are another package", "[D16][D18]") {
  const Scratch base;
  Office office(base.path());
  for (const char* name : {"a.pdf", "b.pdf"})
    put(base / "in" / name, pdf(name));
  const auto one = register_document(office.repository,
                                     electronic(incoming("15/QĐ-UBND", "một", {base / "in" / "a.pdf"})));
  const auto two = register_document(office.repository,
                                     electronic(incoming("16/QĐ-UBND", "hai", {base / "in" / "b.pdf"})));
  PackRequest request;
  request.directory = base / "out";
  request.targets = {document(one), document(two)};
  const auto first = pack(office.repository, request);
  CHECK(pack(office.repository, request).again);
  request.targets = {document(two), document(one)};
  const auto second = pack(office.repository, request);
  CHECK_FALSE(second.again);
  CHECK(second.written.objid != first.written.objid);
  CHECK(second.plan.details.at("code") != first.plan.details.at("code"));
}

TEST_CASE("a part of what came together has a code of its own", "[D22][D24]") {
  const Scratch base, other;
  Office office(base.path());
  PackRequest request;
  for (const char* name : {"a", "b"}) {
    put(base / "in" / (name + std::string(".pdf")), pdf(name));
    request.targets.push_back(document(register_document(
        office.repository, electronic(incoming(std::string("15/QĐ-") + name, name,
                                               {base / "in" / (name + std::string(".pdf"))})))));
  }
  request.directory = base / "out";
  const auto sip = pack(office.repository, request);
  Office archives(other.path());
  receive_package(archives.repository, {sip.written.path, {}, false});
  std::vector<Target> came;
  archives.repository.catalogue().all_components([&](const records::Component& component) {
    came.push_back({Target::Kind::document, component.document});
  });
  REQUIRE(came.size() == 2);
  std::set<std::string> codes;
  PackRequest aip;
  aip.kind = Kind::aip;
  aip.directory = other / "out";
  for (const auto& targets : {came, std::vector<Target>{came[1], came[0]}, std::vector<Target>{came[0]},
                              std::vector<Target>{came[1]}}) {
    aip.targets = targets;
    const auto made = pack(archives.repository, aip);
    must_pass(made.written.path, "AIP_tailieu (TT 05/2025 PL II)");
    codes.insert(made.plan.details.at("code"));
  }
  CHECK(codes.size() == 4);
  require_sound(other.path());
}

TEST_CASE("nothing is linked to a file that was arranged anew since it was packed", "[D21]") {
  const Scratch base;
  Office office(base.path());
  std::vector<records::Id> documents;
  for (const char* name : {"a", "b"}) {
    put(base / "in" / (name + std::string(".pdf")), pdf(name));
    documents.push_back(register_document(office.repository,
                                          electronic(incoming(std::string("15/QĐ-") + name, name,
                                                              {base / "in" / (name + std::string(".pdf"))})))
                            .document.id);
  }
  const auto one = open_file(office.repository, opening("Hồ sơ một")).file.file.id;
  const auto two = open_file(office.repository, opening("Hồ sơ hai")).file.file.id;
  add_to_file(office.repository, one, documents, false);
  add_to_file(office.repository, two, {documents[0]}, false);
  close_file(office.repository, closing(one));
  close_file(office.repository, closing(two));
  PackRequest request;
  request.kind = Kind::aip;
  request.linked = true;
  request.directory = base / "out";
  request.file = one;
  pack(office.repository, request);
  reopen_file(office.repository, one, "sắp xếp lại", false);
  close_file(office.repository, closing(one));
  request.file = two;
  const auto made = pack(office.repository, request);
  CHECK(made.links == 0);
  CHECK(content_digests(made.written.path).size() == 1);
  // A bag holds what it lists: it is not linked.
  request.spec = package::Spec::bagit_1_0;
  must_pass(pack(office.repository, request).written.path, "BagIt 1.0");
}

TEST_CASE("the certificate of a DIP is in a bag too", "[D37]") {
  const Scratch base;
  Office office(base.path());
  put(base / "in" / "a.pdf", pdf("mot"));
  PackRequest request;
  request.kind = Kind::dip;
  request.spec = package::Spec::bagit_1_0;
  request.targets = {document(register_document(
      office.repository, electronic(incoming("15/QĐ-UBND", "một", {base / "in" / "a.pdf"}))))};
  request.use = use_for(CopyLevel::certified);
  request.directory = base / "out";
  const auto made = pack(office.repository, request);
  must_pass(made.written.path, "BagIt 1.0");
  CHECK(system_files().stat(made.written.path / "data/documentation/giay-xac-thuc.html").has_value());
}

TEST_CASE("who makes the same package meanwhile is not disturbed", "[D16]") {
  const Scratch base;
  Office office(base.path());
  PackRequest request = file_request(office);
  std::string meanwhile;
  request.approve = [&](const Path& staged) {
    // Another process with the same command, when this one is about to be done.
    Repository other(system_files(), options_at(base.path()), true);
    PackRequest same = request;
    same.approve = {};
    const auto quicker = pack(other, same);
    meanwhile = quicker.written.sha256;
    CHECK(system_files().stat(staged / "METS.xml").has_value());
  };
  const auto made = pack(office.repository, request);
  CHECK(made.written.sha256 == meanwhile);
  CHECK(office.repository.catalogue().packages().size() == 1);
  must_pass(made.written.path, "SIP_hoso (TT 05/2025 PL III)");
  for (const auto& entry : std::filesystem::directory_iterator(base / "out"))
    CHECK_FALSE(entry.path().filename().string().starts_with(".tmp"));
  require_sound(base.path());
}

TEST_CASE("drafts and opinions stay what they are on their way through a package", "[D22][D37]") {
  const Scratch base, other;
  Office office(base.path());
  for (const char* name : {"a.pdf", "nhap.pdf", "y-kien.pdf", "phu-luc.pdf"})
    put(base / "in" / name, pdf(name));
  const auto one = register_document(office.repository,
                                     electronic(incoming("15/QĐ-UBND", "một", {base / "in" / "a.pdf"})));
  for (const auto& [name, role] :
       {std::pair("nhap.pdf", records::Role::draft), std::pair("y-kien.pdf", records::Role::opinion),
        std::pair("phu-luc.pdf", records::Role::annex)}) {
    AttachRequest more = attaching(one.document.id, {base / "in" / name});
    more.contents.front().role = role;
    attach(office.repository, more);
  }
  const auto file = open_file(office.repository, opening("Hồ sơ")).file.file.id;
  add_to_file(office.repository, file, {one.document.id}, false);
  close_file(office.repository, closing(file));
  Path from;
  for (const Kind kind : {Kind::sip, Kind::aip}) {
    PackRequest request;
    request.file = file;
    request.kind = kind;
    request.directory = base / "out";
    const auto made = pack(office.repository, request);
    must_pass(made.written.path,
              kind == Kind::sip ? "SIP_hoso (TT 05/2025 PL III)" : "AIP_hoso (TT 05/2025 PL I)");
    if (kind == Kind::sip) from = made.written.path;
  }
  Office archives(other.path());
  receive_package(archives.repository, {from, {}, false});
  std::map<std::string, records::Role> roles;
  PackRequest reader;
  archives.repository.catalogue().all_components([&](const records::Component& component) {
    roles[component.name] = component.role;
    reader.targets = {{Target::Kind::document, component.document}};
  });
  CHECK(roles.size() == 4);
  CHECK(roles["a.pdf"] == records::Role::main);
  CHECK(roles["nhap.pdf"] == records::Role::draft);
  CHECK(roles["y-kien.pdf"] == records::Role::opinion);
  CHECK(roles["phu-luc.pdf"] == records::Role::annex);
  reader.kind = Kind::dip;
  reader.use = use_for(CopyLevel::plain);
  reader.directory = other / "out";
  const auto copy = pack(archives.repository, reader);
  CHECK(content_digests(copy.written.path) ==
        std::set<std::string>{sha256(get(base / "in" / "a.pdf")).hex(),
                              sha256(get(base / "in" / "phu-luc.pdf")).hex()});
  require_sound(other.path());
}

TEST_CASE("an identifier of the sender's own comes back", "[D22][D24]") {
  const Scratch base, other;
  Office office(base.path());
  PackRequest request = file_request(office);
  const Path sip = pack(office.repository, request).written.path;
  const auto change = [](const Path& path, const std::string& from, const std::string& to) {
    std::string text = get(path);
    const std::string before = text;
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    REQUIRE(from.size() == to.size());
    text.replace(at, from.size(), to);
    std::filesystem::remove(path);
    put(path, text);
    return std::pair(sha256(before).hex(), sha256(text).hex());
  };
  Path description;
  for (const auto& path : files_below(sip / "representations/rep1/metadata/descriptive"))
    description = path;
  const std::string computed = values_of(description).at("docId");
  const std::string own = "A" + computed.substr(1);
  const auto ead = change(description, "<docId>" + computed, "<docId>" + own);
  const auto mets = change(sip / "representations/rep1/METS.xml", ead.first, ead.second);
  change(sip / "METS.xml", mets.first, mets.second);
  must_pass(sip, "SIP_hoso (TT 05/2025 PL III)");
  Office archives(other.path());
  request.file = receive_package(archives.repository, {sip, {}, false}).file;
  request.directory = other / "out";
  request.kind = Kind::sip;
  const auto again = pack(archives.repository, request);
  for (const auto& path : files_below(again.written.path / "representations/rep1/metadata/descriptive"))
    CHECK(values_of(path).at("docId") == own);
}

TEST_CASE("two copies of a repository make the same AIP", "[D18][D22]") {
  const Scratch base, other;
  std::optional<records::Id> file;
  {
    Office office(base.path());
    file = closed_file(office);
  }
  std::filesystem::copy(base / "kho", other / "kho", std::filesystem::copy_options::recursive);
  set_clock([] { return Moment{1'800'000'000'000}; });
  std::set<std::string> digests;
  for (const Path& root : {base.path(), other.path()}) {
    Repository repository(system_files(), options_at(root), true);
    PackRequest request;
    request.file = file;
    request.kind = Kind::aip;
    request.zip = true;
    request.directory = root / "out";
    digests.insert(pack(repository, request).written.sha256);
  }
  set_clock({});
  CHECK(digests.size() == 1);
}

TEST_CASE("what a receiver will not like in contents is told when they are packed", "[D23]") {
  const Scratch base;
  Office office(base.path());
  const std::string scan = pdf("quét"), large = std::string("%PDF-1.7\n") + std::string(6 << 20, 'x');
  put(base / "in" / "a.pdf", "chữ, không phải PDF");
  put(base / "in" / "b.pdf", scan);
  put(base / "in" / "c.pdf", large);
  const auto right = electronic(incoming("15/QĐ-UBND", "chữ", {base / "in" / "a.pdf"}));
  auto digitised = electronic(incoming("16/QĐ-UBND", "quét", {base / "in" / "b.pdf"}));
  digitised.document.confidence = "Số hóa";
  const auto cut = electronic(incoming("17/QĐ-UBND", "cụt", {base / "in" / "c.pdf"}));
  std::vector<records::Id> ids;
  for (const auto& one : {right, digitised, cut})
    ids.push_back(register_document(office.repository, one).document.id);
  const auto file = open_file(office.repository, opening("Hồ sơ")).file.file.id;
  add_to_file(office.repository, file, ids, false);
  close_file(office.repository, closing(file));
  for (const bool zip : {false, true}) {
    PackRequest request;
    request.file = file;
    request.directory = base / (zip ? "zip" : "out");
    request.zip = zip;
    const auto packed = pack(office.repository, request);
    CHECK(codes_of(packed.findings, "VTLT-CONTENT-") ==
          "VTLT-CONTENT-pdfa VTLT-CONTENT-truncated VTLT-CONTENT-type");
    package::CheckOptions options;
    options.content = package::ContentDepth::quick;
    const auto verdict = package::check(system_files(), packed.written.path, options, no_progress());
    CHECK_FALSE(verdict.passed());
    CHECK(codes_of(verdict.findings, "VTLT-CONTENT-") == codes_of(packed.findings, "VTLT-CONTENT-"));
    for (const auto& finding : packed.findings) {
      if (!finding.code.starts_with("VTLT-CONTENT-")) continue;
      CHECK(finding.level == Level::warning);
      CHECK(finding.path.starts_with("representations/rep1/data/"));
    }
  }
}

TEST_CASE("sound is known by its content, and has the fields that somebody gives it", "[D20]") {
  const Scratch base;
  Office office(base.path());
  std::string sound("\xFF\xFB\x90\x00", 4);
  sound.resize(417, '\0');
  sound += sound + sound;
  put(base / "in" / "a.mp3", sound);
  put(base / "in" / "b.pdf", pdf("hai"));
  auto first = electronic(incoming("15/GM-UBND", "Ghi âm lễ khai giảng", {base / "in" / "a.mp3"}));
  const auto spoken = register_document(office.repository, first);
  CHECK(spoken.document.media == "audio");
  // Not what has a text before it.
  const auto written = register_document(office.repository,
                                         electronic(incoming("16/GM-UBND", "hai", {base / "in" / "b.pdf"})));
  attach(office.repository, {written.document.id, {{base / "in" / "a.mp3", records::Role::annex}}, false});
  CHECK(office.repository.catalogue().document(written.document.id)->document.media.empty());
  const auto bare = register_document(office.repository, electronic(incoming("17/GM-UBND", "ba", {})));
  attach(office.repository, {bare.document.id, {{base / "in" / "a.mp3", records::Role::main}}, false});
  CHECK(office.repository.catalogue().document(bare.document.id)->document.media == "audio");

  const auto file = open_file(office.repository, opening("Hồ sơ")).file.file.id;
  add_to_file(office.repository, file, {spoken.document.id}, false);
  FileAmendRequest amend;
  amend.file = file;
  amend.fields = {{1, "eventName", "Lễ khai giảng"}, {1, "playTime", "00:00:01"}, {1, "quality", "tốt"}};
  CHECK(amend_file(office.repository, amend).described.size() == 1);
  CHECK_FALSE(amend_file(office.repository, amend).changed());
  amend.fields = {{1, "quality", ""}};
  CHECK(amend_file(office.repository, amend).described.size() == 1);
  close_file(office.repository, closing(file));
  PackRequest request;
  request.file = file;
  request.directory = base / "out";
  const auto packed = pack(office.repository, request);
  must_pass(packed.written.path, "SIP_hoso (TT 05/2025 PL III)");
  std::map<std::string, std::string> values;
  for (const auto& path : files_below(packed.written.path))
    if (path.filename().string().starts_with("EAD_media")) values = values_of(path);
  CHECK(values.at("eventName") == "Lễ khai giảng");
  CHECK(values.at("playTime") == "00:00:01");
  CHECK(values.count("quality") == 0);
  require_sound(base.path());
}
