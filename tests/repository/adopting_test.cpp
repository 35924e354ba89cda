// Versions of the scheme, and rules compared with the official text (product.md trap 4, P21, P23).
#include <catch2/catch.hpp>

#include <filesystem>

#include "base/error.h"
#include "repository/adopting.h"
#include "support.h"

using namespace repository_test;
using vtlt::test::Scratch;

namespace {

// The rule "viec" with another term, an organ code, a rule of the repealed circular.
std::string with_rules(const std::string& term, const std::string& organ = "H57.32.15",
                       const std::string& code = "UB") {
  return "vtlt: scheme/1\nid: nho\n"
         "uses: [vn-tt09-baseline]\n"
         "fonds: {code: " +
         code + ", name: UBND xã Thử, organ: " + organ +
         ", archive: H57.05}\n"
         "issuers: {UBND: Ủy ban nhân dân xã}\n"
         "numbering: {mode: internal, system: Phần mềm của tỉnh}\n"
         "series:\n"
         "  - {id: den, book: in}\n"
         "  - {id: qd-ub, book: out, issuer: UBND, types: [QĐ]}\n"
         "  - {id: khac-ub, book: out, issuer: UBND, types: other}\n"
         "classes:\n"
         "  - {no: I, abbr: VP, title: Văn phòng, files: [{tt09-16: \"Công văn trao đổi năm {year}\"}]}\n"
         "rules:\n"
         "  - {id: viec, title: Hồ sơ công việc, term: " +
         term + ", basis: Bảng thời hạn của cơ quan, status: agency-table}\n";
}

AdoptRequest adopting(const std::string& text) {
  AdoptRequest request;
  request.text = text;
  request.name = "khung.yaml";
  request.number = "12/QĐ-UBND";
  request.date = {2026, 1, 5};
  return request;
}

ConfirmRequest confirming(const std::string& rule, const std::string& against) {
  ConfirmRequest request;
  request.rule = rule;
  request.against = against;
  return request;
}

records::Id file_under(Repository& repository, const std::string& rule) {
  FileOpenRequest request;
  request.class_no = "I";
  request.file.rule = rule;
  request.file.title = "Hồ sơ theo " + rule;
  return open_file(repository, request).file.file.id;
}

}  // namespace

TEST_CASE("a version is adopted by a decision; what was decided before stays [P21][P23]") {
  const Scratch base;
  make(system_files(), base.path());
  std::string first;
  {
    Repository repository(system_files(), options_at(base.path()), true);
    first = repository.fonds().scheme;
    const auto file = file_under(repository, "viec");
    const auto events = repository.known_events();

    AdoptRequest dry = adopting(with_rules("10", "H57.32.99"));
    dry.dry_run = true;
    const auto would = adopt_scheme(repository, dry);
    CHECK(would.changed);
    CHECK(would.affected.files == 1);
    CHECK(repository.known_events() == events);
    CHECK(std::distance(std::filesystem::directory_iterator(repository.root() / "schemes"), {}) == 1);

    const auto result = adopt_scheme(repository, adopting(with_rules("10", "H57.32.99")));
    CHECK(result.changed);
    REQUIRE(result.affected.first.size() == 1);
    CHECK(result.affected.first[0].before.years == 20);
    CHECK(result.affected.first[0].after.years == 10);
    CHECK(std::any_of(result.differences.begin(), result.differences.end(),
                      [](const auto& one) { return one.ref == "viec" && one.shorter; }));
    const auto row = repository.fonds();
    CHECK(row.scheme != first);
    CHECK(row.decision == "12/QĐ-UBND 05/01/2026");
    CHECK(row.fonds.organ == "H57.32.99");
    CHECK(row.fonds.id == repository.catalogue().file(file)->file.fonds);
    CHECK(repository.catalogue().file(file)->file.term.years == 20);
    CHECK(repository.scheme(row.fonds.id).find_rule("viec")->term.years == 10);
    CHECK(get(repository.root() / "schemes" / (first + ".yaml")) == small_scheme());

    // Once more: nothing is written.
    const auto now = repository.known_events();
    CHECK_FALSE(adopt_scheme(repository, adopting(with_rules("10", "H57.32.99"))).changed);
    CHECK(repository.known_events() == now);
  }
  require_sound(base.path());
}

TEST_CASE("what cannot be adopted is refused and leaves nothing") {
  const Scratch base;
  make(system_files(), base.path());
  {
    Repository repository(system_files(), options_at(base.path()), true);
    const auto events = repository.known_events();
    CHECK(refusal([&] { adopt_scheme(repository, adopting(with_rules("10", "H57.32.15", "KHAC"))); }) ==
          "VTLT-SCHEME-94 3");
    CHECK(refusal([&] {
            adopt_scheme(repository, adopting(with_rules("10") + "uses_: x\n"));
          }).ends_with(" 2"));
    CHECK(refusal([&] {
            adopt_scheme(repository, adopting(with_rules("10") + "suggest: [{class: IX, words: [a]}]\n"));
          }) == "VTLT-SCHEME-93 3");
    AdoptRequest undecided = adopting(with_rules("10"));
    undecided.number.clear();
    CHECK(refusal([&] { adopt_scheme(repository, undecided); }) == "VTLT-SCHEME-96 2");
    AdoptRequest future = adopting(with_rules("10"));
    future.date = {2999, 1, 1};
    CHECK(refusal([&] { adopt_scheme(repository, future); }) == "VTLT-SCHEME-97 3");
    const std::string decided = with_rules("10") + "adopted: {number: 7/QĐ-UBND, date: 01/01/2026}\n";
    CHECK(refusal([&] { adopt_scheme(repository, adopting(decided)); }) == "VTLT-SCHEME-95 3");
    CHECK(repository.known_events() == events);
    CHECK(std::distance(std::filesystem::directory_iterator(repository.root() / "schemes"), {}) == 1);

    // The file's own decision is enough.
    AdoptRequest own = adopting(decided);
    own.number.clear();
    own.date = {};
    CHECK(adopt_scheme(repository, own).number == "7/QĐ-UBND");
  }
  require_sound(base.path());
}

TEST_CASE("a scheme whose bytes were lost is put back by adopting it again") {
  const Scratch base;
  make(system_files(), base.path());
  Repository repository(system_files(), options_at(base.path()), true);
  adopt_scheme(repository, adopting(with_rules("10")));
  const Path path = repository.root() / "schemes" / (repository.fonds().scheme + ".yaml");
  put(path, "hỏng");
  CHECK_FALSE(adopt_scheme(repository, adopting(with_rules("10"))).changed);
  CHECK(get(path) == with_rules("10"));
}

TEST_CASE("a rule is confirmed against a text in force, for the term it has [P21][P50]") {
  const Scratch base;
  make(system_files(), base.path(), with_rules("20"));
  {
    Repository repository(system_files(), options_at(base.path()), true);
    const auto fonds = repository.fonds().fonds.id;
    const auto letters = file_under(repository, "tt09-16");
    const auto open_row = repository.catalogue().file(letters);
    REQUIRE(open_row);
    CHECK(open_row->file.term_source.ends_with("chưa đối chiếu"));
    CHECK(term_basis(repository, open_row->file) == open_row->file.term_source);

    for (const char* repealed : {"TT 09/2011/TT-BNV, mục 16", "Thông tư 9/2011", "Sở Nội vụ"})
      CHECK(refusal([&] { confirm_rule(repository, confirming("tt09-16", repealed)); }) == "VTLT-TRAP-04 3");
    CHECK(refusal([&] { confirm_rule(repository, confirming("tt09-1666", "TT 10/2022")); }) == "VTLT-P21 2");
    ConfirmRequest future = confirming("tt09-16", "TT 10/2022");
    future.date = {2999, 1, 1};
    CHECK(refusal([&] { confirm_rule(repository, future); }) == "VTLT-TRAP-04 3");
    const auto events = repository.known_events();
    ConfirmRequest dry = confirming("tt09-16", "TT 10/2022");
    dry.dry_run = true;
    CHECK(confirm_rule(repository, dry).changed);
    CHECK(repository.known_events() == events);

    CHECK_FALSE(repository.scheme(fonds).find_rule("tt09-16")->checked());
    const auto result = confirm_rule(repository, confirming("tt09-16", "TT 10/2022/TT-BNV, mục 16"));
    CHECK(result.changed);
    CHECK(result.files == 1);
    CHECK(result.after.checked_by == "lan");
    const auto* rule = repository.scheme(fonds).find_rule("tt09-16");
    CHECK(rule->checked());
    CHECK(rule->status == "confirmed-tt10");
    CHECK(term_basis(repository, open_row->file) == "TT 10/2022/TT-BNV, mục 16");
    CHECK_FALSE(confirm_rule(repository, confirming("tt09-16", "TT 10/2022/TT-BNV, mục 16")).changed);
    ConfirmRequest by = confirming("viec", "công văn của Sở Nội vụ");
    by.by = "Nguyễn Thị Lan";
    by.date = {2026, 1, 10};
    confirm_rule(repository, by);
    CHECK(repository.scheme(fonds).find_rule("viec")->checked_by == "Nguyễn Thị Lan");
    CHECK(repository.scheme(fonds).find_rule("viec")->checked_on == "2026-01-10");

    // A later version with another term has to be compared again; the same term stays confirmed.
    adopt_scheme(repository, adopting(with_rules("10")));
    CHECK_FALSE(repository.scheme(fonds).find_rule("viec")->checked());
    CHECK(repository.scheme(fonds).find_rule("tt09-16")->checked());
  }
  require_sound(base.path());
}

TEST_CASE("closing a file tells the confirmed basis [P15]") {
  const Scratch base;
  make(system_files(), base.path(), with_rules("20"));
  Repository repository(system_files(), options_at(base.path()), true);
  put(base.path() / "in" / "a.txt", "a");
  const auto file = file_under(repository, "tt09-16");
  const auto made =
      register_document(repository, outgoing("QĐ-UBND", "về việc A", {base.path() / "in" / "a.txt"}));
  add_to_file(repository, file, {made.document.id}, false);
  FileCloseRequest request = closing(file);
  request.dry_run = true;
  CHECK_FALSE(close_file(repository, request).term_confirmed);
  confirm_rule(repository, confirming("tt09-16", "TT 10/2022/TT-BNV, mục 16"));
  request.dry_run = false;
  const auto closed = close_file(repository, request);
  CHECK(closed.term_confirmed);
  CHECK(closed.term_source == "TT 10/2022/TT-BNV, mục 16");
}
