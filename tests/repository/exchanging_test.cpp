// Messages between agencies at work: registered, recalled, answered, sent (P04, P08, P09, P12, P36, P37, P39,
// P40). The messages are those of tests/data/edxml.
#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>

#include "base/clock.h"
#include "repository/exchanging.h"
#include "support.h"

using namespace repository_test;
using vtlt::test::Scratch;
using Outcome = MessageResult::Outcome;
using exchange::EdxmlBusiness;

namespace {

Path data(const std::string& name) {
  return Path(VTLT_SOURCE_DIR) / "tests" / "data" / "edxml" / name;
}

std::string scheme_with(const std::string& more, const std::string& mode = "internal") {
  std::string text = small_scheme("UB", mode);
  const auto at = text.find("organ:");
  if (at == std::string::npos) {
    const auto code = text.find("code: UB");
    REQUIRE(code != std::string::npos);
    text.insert(code, "organ: H57.32.15, ");
  }
  return text + more;
}

struct Office {
  explicit Office(const std::string& more = {}, const std::string& mode = "internal") {
    Moment moment;
    REQUIRE(from_text("2026-11-10T08:30:00.000+07:00", moment));
    set_clock([moment] { return moment; });
    make(system_files(), base.path(), scheme_with(more, mode));
    repository.emplace(system_files(), options_at(base.path()), true);
  }
  ~Office() { set_clock({}); }

  MessageResult take(const Path& path, int arrival = 0, bool dry_run = false) {
    MessageRequest request;
    request.path = path;
    request.arrival = arrival;
    request.arrival_date = {2026, 11, 10};
    request.dry_run = dry_run;
    return register_message(*repository, request);
  }
  MessageResult take(const char* name) { return take(data(name)); }
  // A message with one thing changed.
  Path changed(const char* name, const std::string& from, const std::string& to) {
    std::string text = get(data(name));
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
      text.replace(at, from.size(), to);
    const Path path = base / "in" / "changed.edxml";
    put(path, text);
    return path;
  }
  catalogue::EntryRow row(const records::Id& id) {
    const auto found = repository->catalogue().entry(id);
    REQUIRE(found.has_value());
    return *found;
  }
  records::RegisterEntry out_80(bool content = false) {
    RegisterRequest request = outgoing("UBND-VP", "V/v đề nghị hướng dẫn");
    request.entry.number = request.entry.own.number = 80;
    request.entry.date = {2026, 10, 20};
    if (content) {
      put(base / "in" / "80.pdf", pdf("tám mươi"));
      request.contents.push_back({base / "in" / "80.pdf"});
    }
    return register_document(*repository, request).entry;
  }
  std::uint64_t events() { return repository->head().events; }
  void sound() {
    repository.reset();
    require_sound(base.path());
    repository.emplace(system_files(), options_at(base.path()), true);
  }

  Scratch base;
  std::optional<Repository> repository;
};

std::vector<std::string> relations_of(Repository& repository, const records::Id& id) {
  std::vector<std::string> all;
  for (const auto& link : repository.catalogue().links_of(id))
    all.push_back((link.entry == link.to ? "self "
                   : link.entry == id    ? "to "
                                         : "by ") +
                  link.relation + " " + link.reason);
  return all;
}

}  // namespace

TEST_CASE("a message becomes a line with its contents, itself and what it answers", "[P39][P04]") {
  Office office;
  const auto ours = office.out_80();
  const auto before = office.events();
  const auto would = office.take(data("245-SNV.edxml"), 0, true);
  CHECK(would.outcome == Outcome::registered);
  CHECK(office.events() == before);

  const auto made = office.take("245-SNV.edxml");
  REQUIRE(made.outcome == Outcome::registered);
  const auto& entry = made.registered->entry;
  CHECK(entry.book == records::Book::in);
  CHECK(entry.number == 1);
  CHECK(entry.own.text() == "245/SNV-VTLT");
  CHECK(entry.issuer == "Sở Nội vụ");
  CHECK(entry.issuer_code == "H57.05");
  CHECK(entry.document_id == "H57.05,2026/11/05,245/SNV-VTLT");
  CHECK(entry.urgency == "khẩn");
  CHECK(entry.due == records::Date{2026, 11, 20});
  CHECK(office.row(entry.id).entry.document_id == entry.document_id);
  CHECK(office.row(ours.id).answered);

  const auto components = office.repository->catalogue().components(*entry.document);
  REQUIRE(components.size() == 3);
  CHECK(components[0].name == "245_SNV_signed.pdf");
  CHECK(components[0].role == records::Role::main);
  CHECK(components[0].pages == 1);
  CHECK(components[1].role == records::Role::annex);
  CHECK(components[2].role == records::Role::message);
  Digest digest;
  REQUIRE(Digest::parse(components[2].sha256, digest));
  // Nothing of it is lost, elements nobody knows included.
  CHECK(get(office.repository->objects().path_of(digest)) == get(data("245-SNV.edxml")));
  office.sound();

  const auto after = office.events();
  const auto again = office.take("245-SNV.edxml");
  CHECK(again.outcome == Outcome::present);
  CHECK(again.entry->entry.id == entry.id);
  CHECK(office.events() == after);
  // The same document in another message, "0245" for "245".
  CHECK(office.take(office.changed("245-SNV.edxml", "08:15:30", "09:00:00")).outcome == Outcome::present);
  CHECK(refusal([&] { office.take("245-SNV-khac.edxml"); }).find("VTLT-P04") != std::string::npos);
  CHECK(office.events() == after);
}

TEST_CASE("a line that a list brought is known again", "[P04]") {
  Office office;
  RegisterRequest request = incoming("245/SNV-VTLT", "V/v thu nộp tài liệu");
  request.entry.date = {2026, 11, 5};
  request.entry.issuer = "Sở nội vụ";
  const auto held = register_document(*office.repository, request);
  SECTION("without computer files: the message brings them") {
    const auto made = office.take("245-SNV.edxml");
    REQUIRE(made.outcome == Outcome::completed);
    CHECK(made.entry->entry.id == held.entry.id);
    CHECK(office.repository->catalogue().components(held.document.id).size() == 3);
    CHECK(office.repository->catalogue().count_entries({}) == 1);
    CHECK(office.take("245-SNV.edxml").outcome == Outcome::present);
    office.sound();
  }
  SECTION("of another body: it is another document") {
    CHECK(office.take(office.changed("245-SNV.edxml", "Sở Nội vụ", "Sở Tài chính")).outcome ==
          Outcome::registered);
  }
}

TEST_CASE("a recall freezes the line, before and after it comes", "[P08][P40]") {
  Office office;
  SECTION("after") {
    const auto made = office.take("245-SNV.edxml");
    const auto recall = office.take("245-SNV-thu-hoi.edxml");
    REQUIRE(recall.outcome == Outcome::changed);
    const auto row = office.row(made.registered->entry.id);
    CHECK(row.recalled);
    CHECK(relations_of(*office.repository, row.entry.id) ==
          std::vector<std::string>{"self recalls Sai thời hạn"});
    CHECK(office.take("245-SNV-thu-hoi.edxml").outcome == Outcome::present);
    CHECK(refusal([&] { office.take("245-SNV-cap-nhat.edxml"); }).find("VTLT-P08") != std::string::npos);
  }
  SECTION("before") {
    const auto recall = office.take("245-SNV-thu-hoi.edxml");
    CHECK(recall.outcome == Outcome::awaited);
    CHECK(office.take("245-SNV-thu-hoi.edxml").outcome == Outcome::present);
    const auto pending = office.repository->catalogue().pending_links(office.repository->fonds().fonds.id);
    REQUIRE(pending.size() == 1);
    CHECK(pending[0].reason == "Sai thời hạn");
    CHECK(pending[0].bytes == get(data("245-SNV-thu-hoi.edxml")));
    // The same number of another body is another document.
    RegisterRequest other = incoming("245/SNV-VTLT", "Việc khác");
    other.entry.date = {2026, 11, 5};
    other.entry.issuer = "Sở Nội vụ tỉnh khác";
    CHECK(register_document(*office.repository, other).awaited.empty());
    const auto made = office.take("245-SNV.edxml");
    REQUIRE(made.registered->awaited.size() == 1);
    CHECK(office.row(made.registered->entry.id).recalled);
    // What it answers has not come either: then it does.
    const auto fonds = office.repository->fonds().fonds.id;
    const auto answer = office.repository->catalogue().pending_links(fonds);
    REQUIRE(answer.size() == 1);
    CHECK(answer[0].relation == "answers");
    CHECK(office.row(office.out_80().id).answered);
    CHECK(office.repository->catalogue().pending_links(fonds).empty());
  }
  office.sound();
}

TEST_CASE("nobody recalls what another body issued", "[P40]") {
  Office office;
  office.take("245-SNV.edxml");
  const auto before = office.events();
  const Path path =
      office.changed("245-SNV-thu-hoi.edxml", "<edXML:OrganId>H57.05<", "<edXML:OrganId>H57.06<");
  CHECK(refusal([&] { office.take(path); }).find("VTLT-EDXML-10") != std::string::npos);
  CHECK(office.events() == before);
}

TEST_CASE("an update brings what is new, a replacement is a line that replaces", "[P40]") {
  Office office;
  const auto made = office.take("245-SNV.edxml");
  const auto update = office.take("245-SNV-cap-nhat.edxml");
  REQUIRE(update.outcome == Outcome::changed);
  CHECK(update.attached == std::vector<std::string>{"bieu mau.pdf"});
  CHECK(office.repository->catalogue().components(made.registered->document.id).size() == 5);
  const auto other = office.take("260-SNV-thay-the.edxml");
  REQUIRE(other.outcome == Outcome::registered);
  CHECK(relations_of(*office.repository, other.registered->entry.id) ==
        std::vector<std::string>{"to replaces Thay công văn có sai sót"});
  CHECK(relations_of(*office.repository, made.registered->entry.id) ==
        std::vector<std::string>{"self amends Bổ sung biểu mẫu", "by replaces Thay công văn có sai sót"});
  office.sound();
}

TEST_CASE("what only speaks of edXML is no message", "[P39]") {
  const Scratch base;
  const auto is = [&](std::string_view bytes) {
    put(base / "x", bytes);
    return is_message(system_files(), base / "x");
  };
  CHECK(is(get(data("245-SNV.edxml"))));
  CHECK(is("\xEF\xBB\xBF \n" + get(data("trang-thai-03.edxml"))));
  CHECK(is("<edXML xmlns=\"http://www.e-doc.vn/Schema/\"/>"));
  CHECK_FALSE(is("%PDF-1.7 <dc:title>edXML</dc:title>"));
  CHECK_FALSE(is("<html><td>Gói tin edXML</td></html>"));
  CHECK_FALSE(is("Số,Trích yếu\n1,<edXML>\n"));
  CHECK_FALSE(is(""));
  CHECK_FALSE(is_message(system_files(), base.path()));
  CHECK_FALSE(is_message(system_files(), base / "absent"));
}

TEST_CASE("a replacement of what is not here waits for it", "[P40]") {
  Office office;
  const auto other = office.take("260-SNV-thay-the.edxml");
  REQUIRE(other.links.size() == 1);
  CHECK_FALSE(other.links[0].to.has_value());
  const auto made = office.take("245-SNV.edxml");
  REQUIRE(made.registered->awaited.size() == 1);
  CHECK(relations_of(*office.repository, made.registered->entry.id) ==
        std::vector<std::string>{"by replaces Thay công văn có sai sót"});
  office.sound();
}

TEST_CASE("statuses stand at the line with time and staff", "[P40]") {
  Office office;
  CHECK(refusal([&] { office.take("trang-thai-03.edxml"); }).find("VTLT-P40") != std::string::npos);
  const auto ours = office.out_80();
  const auto status = office.take("trang-thai-03.edxml");
  REQUIRE(status.outcome == Outcome::status);
  CHECK(status.entry->entry.id == ours.id);
  const auto before = office.events();
  CHECK(office.take("trang-thai-03.edxml").outcome == Outcome::present);
  CHECK(office.events() == before);
  const auto rows = office.repository->catalogue().exchanges_of(ours.id);
  REQUIRE(rows.size() == 1);
  CHECK_FALSE(rows[0].status.own);
  CHECK(rows[0].status.code == "03");
  CHECK(rows[0].status.time == "2026-10-20T14:05:00");
  CHECK(rows[0].status.staff == "Lê Thị Ái");
  CHECK(rows[0].status.organ == "H57.05");

  const auto made = office.take("245-SNV.edxml");
  StatusRequest request;
  request.entry = made.registered->entry.id;
  request.code = "06";
  request.staff.staff = "Nguyễn Thị Lan";
  request.output = office.base / "out" / "s.edxml";
  std::filesystem::create_directories(request.output.parent_path());
  const auto told = record_status(*office.repository, request);
  CHECK(told.status_of.document_id == "H57.05,2026/11/05,245/SNV-VTLT");
  const std::string written = get(request.output);
  const auto reading = exchange::read_edxml(exchange::edxml_input(written), {});
  CHECK(reading.passed());
  CHECK(reading.message.status_code == "06");
  CHECK(reading.message.from.organ_id == "H57.32.15");
  const auto own = office.repository->catalogue().exchanges_of(request.entry);
  REQUIRE(own.size() == 1);
  CHECK(own[0].status.own);
  CHECK(own[0].status.message == reading.sha256.hex());
  request.code = "07";
  CHECK(refusal([&] { record_status(*office.repository, request); }).find("VTLT-P40") != std::string::npos);
  office.sound();
}

TEST_CASE("an outgoing document is sent as a message that its receiver can register", "[P39][P09]") {
  const bool zip = GENERATE(false, true);
  Office office;
  const auto asked = office.take("245-SNV.edxml");
  auto request = outgoing("UBND-VP", "V/v đăng ký thu nộp");
  request.entry.date = {2026, 11, 9};
  request.entry.urgency = "thượng khẩn";
  request.answers = {asked.registered->entry.id};
  put(office.base / "in" / "87.pdf", pdf("tám bảy"));
  request.contents.push_back({office.base / "in" / "87.pdf"});
  const auto line = register_document(*office.repository, request).entry;
  SendRequest send;
  send.entry = line.id;
  send.to = {{"H57.05", "Sở Nội vụ"}};
  send.zip = zip;
  std::filesystem::create_directories(office.base / "out");
  send.output = office.base / "out" / "87.edxml";
  const auto sent = send_document(*office.repository, send);
  const std::string written = get(send.output);
  CHECK(sha256(written) == sent.sha256);
  CHECK(sent.bytes == written.size());
  const auto reading = exchange::read_edxml(exchange::edxml_input(written), {});
  REQUIRE(reading.passed());
  // P09: the word becomes the number of the message only here.
  CHECK(reading.message.priority == 2);
  CHECK(office.row(line.id).entry.urgency == "thượng khẩn");
  REQUIRE(reading.message.answers.size() == 1);
  CHECK(reading.message.answers[0].document_id == "H57.05,2026/11/05,245/SNV-VTLT");
  REQUIRE(reading.message.attachments.size() == 1);
  CHECK(reading.message.attachments[0].zipped == zip);
  CHECK(reading.message.attachments[0].sha256 == sha256(get(office.base / "in" / "87.pdf")).hex());
  const auto rows = office.repository->catalogue().exchanges_of(line.id);
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].sent.document_id == reading.message.document_id);
  CHECK(rows[0].sent.message == sent.sha256.hex());
  CHECK(rows[0].sent.to == send.to);
  for (const auto& left : std::filesystem::directory_iterator(office.base / "out"))
    CHECK(left.path().filename() == "87.edxml");

  // Its recall freezes it here too.
  send.business = EdxmlBusiness::recall;
  send.reason = "Sai số liệu";
  send.output = office.base / "out" / "87-thu-hoi.edxml";
  CHECK(send_document(*office.repository, send).recalled);
  CHECK(office.row(line.id).recalled);
  send.business = EdxmlBusiness::update;
  CHECK(refusal([&] { send_document(*office.repository, send); }).find("VTLT-P08") != std::string::npos);
  office.sound();
}

TEST_CASE("what must not be sent is not", "[P39][P08]") {
  Office office;
  const auto empty = office.out_80();
  SendRequest send;
  send.entry = empty.id;
  send.to = {{"H57.05", ""}};
  std::filesystem::create_directories(office.base / "out");
  send.output = office.base / "out" / "x.edxml";
  const auto before = office.events();
  CHECK(refusal([&] { send_document(*office.repository, send); }).find("VTLT-EDXML-07") != std::string::npos);
  send.business = EdxmlBusiness::replace;
  CHECK(refusal([&] { send_document(*office.repository, send); }).find("VTLT-P40") != std::string::npos);
  const auto incoming_line = office.take("245-SNV.edxml").registered->entry;
  send.business = EdxmlBusiness::document;
  send.entry = incoming_line.id;
  CHECK(refusal([&] { send_document(*office.repository, send); }).find("VTLT-EDXML-07") != std::string::npos);
  VoidRequest request;
  request.entry = empty.id;
  request.reason = "nhầm";
  void_entry(*office.repository, request);
  send.entry = empty.id;
  CHECK(refusal([&] { send_document(*office.repository, send); }).find("VTLT-P08") != std::string::npos);
  CHECK(std::filesystem::is_empty(office.base / "out"));
  CHECK(office.events() > before);
}

TEST_CASE("a secret message leaves no word", "[P12]") {
  Office office;
  const auto before = office.events();
  const Path path = office.changed("245-SNV.edxml", "Về việc thu nộp", "MẬT: Về việc thu nộp");
  try {
    office.take(path);
    FAIL("it was taken");
  } catch (const Error& error) {
    CHECK(error.code() == "VTLT-P12");
    CHECK(error.exit() == Exit::refused);
    for (const auto& [name, value] : error.message().args)
      CHECK(std::get<std::string>(value).find("thu nộp") == std::string::npos);
    CHECK(error.findings().empty());
  }
  CHECK(office.events() == before);
  CHECK(std::filesystem::is_empty(office.repository->root() / "tmp"));
}

TEST_CASE("codes before and after a change are one body, and records keep theirs", "[P36][P37]") {
  Office office(
      "organs:\n"
      "  - {old: 000.31.05.H57, new: H57.31.05, from: 01/01/2026, name: UBND huyện Phong Hà, basis: "
      "12/QĐ-UBND}\n"
      "  - {old: H57.05, new: H58.05, from: 01/12/2026}\n");
  const auto old = office.take("cu-31-UBND.edxml");
  REQUIRE(old.outcome == Outcome::registered);
  CHECK(old.registered->entry.issuer_code == "000.31.05.H57");
  CHECK(std::any_of(old.findings.begin(), old.findings.end(),
                    [](const Finding& one) { return one.code == "P37" && one.level == Level::warning; }));
  const auto& scheme = office.repository->scheme(old.registered->entry.fonds);
  CHECK(organ_code_on(scheme, "000.31.05.H57", {2026, 11, 10}) == "H57.31.05");
  CHECK(organ_code_on(scheme, "H57.05", {2026, 11, 10}) == "");
  CHECK(organ_code_on(scheme, "H57.05", {2026, 12, 1}) == "H58.05");
  CHECK(organ_code_on(scheme, "H57.99", {2026, 12, 1}) == "");

  // After the change the body recalls under its new code what it issued under the old one.
  const auto made = office.take("245-SNV.edxml");
  const Path path = office.changed("245-SNV-thu-hoi.edxml", "H57.05", "H58.05");
  const auto recall = office.take(path);
  CHECK(recall.outcome == Outcome::changed);
  CHECK(office.row(made.registered->entry.id).recalled);
  CHECK(office.row(made.registered->entry.id).entry.issuer_code == "H57.05");
}

TEST_CASE("a code longer than NĐ30 has room for is said", "[P37]") {
  Office office;
  const auto made = office.take(office.changed("245-SNV.edxml", "H57.05", "H57.05.12.34.56"));
  CHECK(std::any_of(made.findings.begin(), made.findings.end(), [](const Finding& one) {
    return one.message.key == "edxml.code-long" && one.level == Level::warning;
  }));
}

TEST_CASE("where another system gives the numbers a message needs its number", "[P39]") {
  Office office({}, "external");
  const auto before = office.events();
  CHECK(refusal([&] { office.take("245-SNV.edxml"); }).find("VTLT-TRAP-07") != std::string::npos);
  CHECK(office.events() == before);
  CHECK(std::filesystem::is_empty(office.repository->root() / "tmp"));
  const auto made = office.take(data("245-SNV.edxml"), 1312);
  CHECK(made.registered->entry.number == 1312);
}
