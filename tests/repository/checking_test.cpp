// What verify says of a whole repository and of a broken one, and what init and repair do about it.
#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>

#include "base/error.h"
#include "support.h"
#include "support/fault_files.h"

using namespace repository_test;
using namespace vtlt::test;

namespace {

CheckReport checked(const Path& base) {
  return check(system_files(), options_at(base), {}, no_progress());
}

int count_of(const CheckReport& report, const std::string& code) {
  return static_cast<int>(std::count_if(report.findings.begin(), report.findings.end(),
                                        [&](const Finding& finding) { return finding.code == code; }));
}

Error caught(const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    return error;
  }
  return {Exit::done, "", Message("")};
}

std::string with(std::string scheme, const std::string& what, const std::string& instead) {
  const auto at = scheme.find(what);
  REQUIRE(at != std::string::npos);
  return scheme.replace(at, what.size(), instead);
}

}  // namespace

TEST_CASE("documents are counted, not how often they were described", "[checking][D38]") {
  const Scratch base;
  make(system_files(), base.path());
  put(base / "in" / "a.pdf", pdf("a"));
  {
    Repository repository(system_files(), options_at(base.path()), true);
    const auto first = register_document(repository, incoming("1/SNV", "một"));
    register_document(repository, incoming("2/SNV", "hai"));
    attach(repository, attaching(first.document.id, {base / "in" / "a.pdf"}));
    open_file(repository, opening("Hồ sơ"));
    CHECK(repository.catalogue().document(first.document.id)->document.pages == 1);
  }
  const auto report = checked(base.path());
  CHECK(report.passed());
  CHECK(report.documents == 2);
  CHECK(report.files == 1);
}

TEST_CASE("a computer file tells the carrier, now or later", "[checking]") {
  const Scratch base;
  make(system_files(), base.path());
  put(base / "in" / "a.pdf", pdf("a"));
  struct Case {
    records::Carrier before;
    records::Role role;
    records::Carrier after;
  };
  const auto [before, role, after] = GENERATE(values<Case>({
      {records::Carrier::unknown, records::Role::main, records::Carrier::electronic},
      {records::Carrier::unknown, records::Role::scan, records::Carrier::paper},
      {records::Carrier::paper, records::Role::main, records::Carrier::paper},
      {records::Carrier::both, records::Role::scan, records::Carrier::both},
  }));
  Repository repository(system_files(), options_at(base.path()), true);
  RegisterRequest request = incoming("1/SNV", "một");
  request.document.carrier = before;
  const auto made = register_document(repository, request);
  AttachRequest add = attaching(made.document.id, {base / "in" / "a.pdf"});
  add.contents.front().role = role;
  attach(repository, add);
  CHECK(repository.catalogue().document(made.document.id)->document.carrier == after);
}

TEST_CASE("a destruction that was begun and not finished is a finding", "[checking]") {
  const Scratch base;
  make(system_files(), base.path());
  put(base / "in" / "a.pdf", pdf("a"));
  records::Id document;
  {
    Repository repository(system_files(), options_at(base.path()), true);
    document = register_document(repository, outgoing("QĐ-UBND", "một", {base / "in" / "a.pdf"})).document.id;
  }
  FaultFiles files;
  bool begun = false;
  for (unsigned n = 1; !begun && n < 100; ++n) {
    Repository repository(files, options_at(base.path()), true);
    files.arm({Fault::On::change, n, EIO, true, {}});
    CHECK(refusal([&] { destroy(repository, {"huy-2027-01", "21/QĐ-UBND", {document}, {}}); }) != "");
    files.disarm();
    Repository again(system_files(), options_at(base.path()), true);
    begun = !again.catalogue().destructions().empty();
  }
  REQUIRE(begun);
  const auto report = checked(base.path());
  CHECK_FALSE(report.passed());
  CHECK(count_of(report, "VTLT-CHAIN-07") == 1);
  // What a repair would do is said without doing it.
  const auto foreseen = repair(system_files(), options_at(base.path()), true);
  CHECK(foreseen.destructions_completed == 1);
  CHECK_FALSE(foreseen.catalogue_rebuilt);
  CHECK(count_of(checked(base.path()), "VTLT-CHAIN-07") == 1);
  CHECK(repair(system_files(), options_at(base.path())).destructions_completed == 1);
  CHECK(checked(base.path()).passed());
  CHECK(repair(system_files(), options_at(base.path()), true).destructions_completed == 0);
}

TEST_CASE("a broken chain is a broken chain, not an older copy", "[checking]") {
  const Scratch base;
  make(system_files(), base.path());
  put(base / "in" / "a.pdf", pdf("a"));
  std::string stream;
  {
    Repository repository(system_files(), options_at(base.path()), true);
    stream = repository.stream();
    for (int i = 0; i < 3; ++i)
      register_document(repository, outgoing("QĐ-UBND", "một", {base / "in" / "a.pdf"}));
  }
  const Path head = base / "kho" / ".vtlt" / "journal" / stream / "00000001.head";
  std::string bytes = get(head);
  SECTION("a header changed") {
    const auto at = bytes.find("lan", bytes.find("\"seq\":6"));
    REQUIRE(at != std::string::npos);
    bytes[at] = 'n';
    put(head, bytes);
    const auto report = checked(base.path());
    CHECK(count_of(report, "VTLT-CHAIN-01") == 1);
    CHECK(count_of(report, "VTLT-RESTORE-01") == 0);
    CHECK_FALSE(report.complete);
    // The objects are hashed all the same, and none is called nobody's.
    CHECK(report.objects == 1);
    CHECK(count_of(report, "VTLT-OBJECT-05") == 0);
  }
  SECTION("whole lines are missing") {
    const auto at = bytes.rfind('\n', bytes.size() - 2);
    const auto before = bytes.rfind("\"end\":true", at);
    put(head, bytes.substr(0, bytes.find('\n', bytes.rfind("\"end\":true", before - 1)) + 1));
    CHECK(count_of(checked(base.path()), "VTLT-RESTORE-01") == 1);
  }
}

TEST_CASE("a scheme with errors is not adopted, and nothing is left behind", "[checking]") {
  const Scratch base;
  struct Case {
    const char *what, *instead, *code;
    long line;
  };
  const auto [what, instead, code, line] = GENERATE(values<Case>({
      {"id: nho\n", "id: nho\nuses: [khong-co]\n", "VTLT-SCHEME-30", 3},
      {"organ: H57.32.15", "organ: \"H57 32\"", "P37", 3},
  }));
  const std::string scheme = with(small_scheme(), what, instead);
  const Error error = caught([&] { make(system_files(), base.path(), scheme); });
  CHECK(error.code() == "VTLT-SCHEME-93");
  CHECK(error.exit() == Exit::refused);
  REQUIRE(error.findings().size() == 1);
  CHECK(error.findings().front().code == code);
  CHECK(error.findings().front().path == "khung.yaml");
  CHECK(error.findings().front().line == line);
  CHECK_FALSE(std::filesystem::exists(base / "kho"));
  // A further fonds: the same, and also when the fonds is there already.
  make(system_files(), base.path());
  Repository repository(system_files(), options_at(base.path()), true);
  const auto schemes = files_below(repository.root() / "schemes");
  CHECK(refusal([&] { open_fonds(repository, with(scheme, "code: UB", "code: HD"), "khung.yaml"); }) ==
        "VTLT-SCHEME-93 3");
  CHECK(refusal([&] { open_fonds(repository, small_scheme() + "# khác\n", "khung.yaml"); }) == "VTLT-D01 3");
  CHECK(files_below(repository.root() / "schemes") == schemes);
}

TEST_CASE("what happened here stands before what was adopted", "[checking]") {
  const Scratch base;
  make(system_files(), base.path());
  make(system_files(), base / "other", small_scheme("HD"));
  {
    Repository other(system_files(), options_at(base / "other"), true);
    register_document(other, outgoing("QĐ-UBND", "của phông khác"));
  }
  Repository repository(system_files(), options_at(base.path()), true);
  adopt(repository, base / "other" / "kho" / ".vtlt");
  std::vector<catalogue::LogRow> rows;
  repository.catalogue().log(0, [&](const catalogue::LogRow& row) { rows.push_back(row); });
  REQUIRE(rows.size() > repository.head().events);
  CHECK(rows.front().type == journal::type::stream_adopted);
  for (std::uint64_t i = 0; i < repository.head().events; ++i) {
    CHECK(rows[i].stream == repository.stream());
    CHECK(rows[i].seq == repository.head().events - i);
  }
  CHECK(rows.back().seq == 1);
  CHECK(rows.back().stream != repository.stream());
  // A limit runs over both.
  std::size_t seen = 0;
  const auto limit = static_cast<int>(repository.head().events) + 1;
  repository.catalogue().log(limit, [&](const catalogue::LogRow&) { ++seen; });
  CHECK(seen == static_cast<std::size_t>(limit));
}
