// Register lines are put right by new events; none is ever taken away (P02, P06, P08, P40; product.md traps 2 and 8).
#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>

#include "base/clock.h"
#include "base/error.h"
#include "support.h"

using namespace repository_test;
using vtlt::test::Scratch;

namespace {

catalogue::EntryRow row_of(Repository& repository, const records::Id& id) {
  const auto row = repository.catalogue().entry(id);
  REQUIRE(row.has_value());
  return *row;
}

AmendRequest amending(const records::Id& id, const std::string& subject, const std::string& reason = "ghi nhầm") {
  AmendRequest request;
  request.entry = id;
  request.reason = reason;
  request.change = [subject](records::RegisterEntry& entry) { entry.subject = subject; };
  return request;
}

LinkRequest linking(const records::Id& from, const char* relation, const records::Id& to) {
  LinkRequest request;
  request.entry = from;
  request.relation = relation;
  request.to = to;
  return request;
}

ReserveRequest reserving(int count) {
  ReserveRequest request;
  request.type = "QĐ";
  request.notation = "QĐ-UBND";
  request.count = count;
  request.reason = "kỳ họp";
  return request;
}

void put_list(const Path& path, int first, int last, const std::string& content = {}) {
  std::string list = "Số đến,Ngày đến,Số ký hiệu,Ngày văn bản,Tác giả,Tên loại và trích yếu,Đường dẫn\n";
  for (int i = first; i <= last; ++i)
    list += std::to_string(i) + ",06/01/2026," + std::to_string(i) + "/STC,05/01/2026,Sở Tài chính,Công văn thứ " +
            std::to_string(i) + "," + (i == first ? content : "") + "\n";
  put(path, list);
}

ImportResult take_in(Repository& repository, const Path& list) {
  ImportRequest request;
  request.list = list;
  request.book = records::Book::in;
  return import_list(repository, request);
}

// A clock for one test.
struct At {
  explicit At(const std::string& time) {
    Moment moment;
    REQUIRE(from_text(time, moment));
    set_clock([moment] { return moment; });
  }
  ~At() { set_clock({}); }
};

}  // namespace

TEST_CASE("a line is amended, and what it said stays in the journal [P08]") {
  const Scratch base;
  make(system_files(), base.path());
  {
    Repository repository(system_files(), options_at(base.path()), true);
    const auto made = register_document(repository, outgoing("QĐ-UBND", "về việt A"));
    const auto result = amend(repository, amending(made.entry.id, "về việc A"));
    CHECK(result.changed);
    CHECK(result.before.subject == "về việt A");
    const auto row = row_of(repository, made.entry.id);
    CHECK(row.entry.subject == "về việc A");
    CHECK(row.entry.number == made.entry.number);
    CHECK(repository.catalogue().document(made.document.id)->document.subject == "về việc A");
    const auto touches = repository.catalogue().touches(made.entry.id);
    REQUIRE(touches.size() == 2);
    CHECK(repository.stream_of(repository.stream()).body(touches.front().seq).find("về việt A") != std::string::npos);

    const auto events = repository.known_events();
    CHECK_FALSE(amend(repository, amending(made.entry.id, "về việc A")).changed);
    CHECK(repository.known_events() == events);
    AmendRequest dry = amending(made.entry.id, "khác");
    dry.dry_run = true;
    CHECK(amend(repository, dry).changed);
    CHECK(row_of(repository, made.entry.id).entry.subject == "về việc A");

    // Without a reason, of the number, to something secret: not so.
    CHECK(refusal([&] { amend(repository, amending(made.entry.id, "x", "")); }) == "VTLT-USE-08 2");
    AmendRequest number = amending(made.entry.id, "x");
    number.change = [](records::RegisterEntry& entry) { ++entry.number; };
    CHECK(refusal([&] { amend(repository, number); }) == "VTLT-P06 3");
    AmendRequest secret = amending(made.entry.id, "x");
    secret.change = [](records::RegisterEntry& entry) { entry.secrecy = "Mật"; };
    CHECK(refusal([&] { amend(repository, secret); }) == "VTLT-P12 3");
    CHECK(repository.known_events() == events);
  }
  require_sound(base.path());
}

TEST_CASE("a void number stays spent [P02] [P06]") {
  const Scratch base;
  make(system_files(), base.path());
  {
    Repository repository(system_files(), options_at(base.path()), true);
    const auto asked = register_document(repository, incoming("12/STC", "Hỏi"));
    RegisterRequest answering = outgoing("QĐ-UBND", "Trả lời");
    answering.answers = {asked.entry.id};
    const auto made = register_document(repository, answering);
    CHECK(row_of(repository, asked.entry.id).answered);
    CHECK(refusal([&] { void_entry(repository, {made.entry.id, ""}); }) == "VTLT-USE-08 2");
    void_entry(repository, {made.entry.id, "không ban hành"});
    CHECK(row_of(repository, made.entry.id).voided);
    CHECK_FALSE(row_of(repository, asked.entry.id).answered);
    CHECK(refusal([&] { void_entry(repository, {made.entry.id, "lần nữa"}); }) == "VTLT-P08 3");
    CHECK(refusal([&] { amend(repository, amending(made.entry.id, "x")); }) == "VTLT-P08 3");
    CHECK(register_document(repository, outgoing("QĐ-UBND", "Sau")).entry.number == made.entry.number + 1);
    RegisterRequest same = outgoing("QĐ-UBND", "Số cũ");
    same.entry.number = same.entry.own.number = made.entry.number;
    CHECK(refusal([&] { register_document(repository, same); }) == "VTLT-P06 3");
    // In a file: taken out first.
    const auto file = open_file(repository, opening("Hồ sơ"));
    RegisterRequest filed = outgoing("QĐ-UBND", "Trong hồ sơ");
    filed.into = file.file.file.id;
    const auto inside = register_document(repository, filed);
    CHECK(refusal([&] { void_entry(repository, {inside.entry.id, "nhầm"}); }) == "VTLT-P08 3");
  }
  require_sound(base.path());
}

TEST_CASE("numbers are kept free for who names them, once [P06]") {
  const Scratch base;
  make(system_files(), base.path());
  {
    Repository repository(system_files(), options_at(base.path()), true);
    const auto first = register_document(repository, outgoing("QĐ-UBND", "Trước"));
    ReserveRequest dry = reserving(2);
    dry.dry_run = true;
    CHECK(reserve(repository, dry).size() == 2);
    const auto kept = reserve(repository, reserving(2));
    REQUIRE(kept.size() == 2);
    CHECK(kept[0].number == first.entry.number + 1);
    CHECK(kept[1].number == first.entry.number + 2);
    CHECK(register_document(repository, outgoing("QĐ-UBND", "Sau")).entry.number == first.entry.number + 3);
    RegisterRequest named = outgoing("QĐ-UBND", "Dùng số để dành");
    named.entry.number = named.entry.own.number = kept[0].number;
    const auto used = register_document(repository, named);
    CHECK(used.entry.id == kept[0].id);
    CHECK_FALSE(row_of(repository, used.entry.id).reserved);
    CHECK(row_of(repository, used.entry.id).entry.subject == "Dùng số để dành");
    CHECK(row_of(repository, kept[1].id).reserved);
    CHECK(refusal([&] { register_document(repository, named); }) == "VTLT-P06 3");
    CHECK(repository.catalogue().missing_numbers(first.entry.fonds, first.entry.series, first.entry.year, 9).empty());
    CHECK(refusal([&] {
            ReserveRequest silent = reserving(1);
            silent.reason.clear();
            reserve(repository, silent);
          }) == "VTLT-USE-08 2");
  }
  require_sound(base.path());
  const Scratch outside;
  make(system_files(), outside.path(), small_scheme("UB", "external"));
  Repository repository(system_files(), options_at(outside.path()), true);
  CHECK(refusal([&] { reserve(repository, reserving(1)); }) == "VTLT-TRAP-07 3");
}

TEST_CASE("a recalled document is frozen and still listed [P08] [P40]") {
  const Scratch base;
  make(system_files(), base.path());
  {
    put(base / "in" / "late.pdf", pdf("late"));
    Repository repository(system_files(), options_at(base.path()), true);
    const auto wrong = register_document(repository, outgoing("QĐ-UBND", "Sai"));
    const auto other = register_document(repository, outgoing("QĐ-UBND", "Khác"));
    RegisterRequest recall = outgoing("QĐ-UBND", "Thu hồi");
    recall.links.emplace_back("recalls", wrong.entry.id);
    const auto recalling = register_document(repository, recall);
    CHECK(row_of(repository, wrong.entry.id).recalled);
    CHECK_FALSE(row_of(repository, other.entry.id).recalled);
    const auto links = repository.catalogue().links_of(wrong.entry.id);
    REQUIRE(links.size() == 1);
    CHECK(links[0].entry == recalling.entry.id);
    CHECK(links[0].relation == "recalls");
    CHECK(refusal([&] { amend(repository, amending(wrong.entry.id, "x")); }) == "VTLT-P08 3");
    CHECK(refusal([&] { void_entry(repository, {wrong.entry.id, "x"}); }) == "VTLT-P08 3");
    CHECK(refusal([&] { attach(repository, attaching(wrong.document.id, {base / "in" / "late.pdf"})); }) == "VTLT-P08 3");
    // Other relations freeze nothing.
    for (const char* relation : {"replaces", "amends", "corrects"}) {
      link_entries(repository, linking(recalling.entry.id, relation, other.entry.id));
      CHECK_FALSE(row_of(repository, other.entry.id).recalled);
      CHECK(refusal([&] { link_entries(repository, linking(recalling.entry.id, relation, other.entry.id)); }) == "VTLT-P08 3");
    }
    CHECK(refusal([&] { link_entries(repository, linking(other.entry.id, "replaces", other.entry.id)); }) == "VTLT-P08 3");
  }
  require_sound(base.path());
}

TEST_CASE("a batch is withdrawn while nothing depends on it [P08] [P41]") {
  const Scratch base;
  make(system_files(), base.path());
  put_list(base / "list.csv", 1, 4);
  put_list(base / "more.csv", 11, 13, "a.pdf");
  put(base / "a.pdf", pdf("a"));
  {
    Repository repository(system_files(), options_at(base.path()), true);
    const auto first = take_in(repository, base / "list.csv");
    REQUIRE(first.written);
    CHECK(refusal([&] { withdraw_batch(repository, {"nhap-2026-999", "x"}); }) == "VTLT-REF-05 2");
    WithdrawRequest dry{first.batch, ""};
    dry.dry_run = true;
    CHECK(withdraw_batch(repository, dry).entries == 4);
    CHECK(withdraw_batch(repository, {first.batch, ""}).entries == 4);
    CHECK(repository.catalogue().counts("2026-01-01").documents == 0);
    CHECK(refusal([&] { withdraw_batch(repository, {first.batch, "x"}); }) == "VTLT-P08 3");
    // The numbers came with the list, so they come again; both entries stay in the log.
    const auto again = take_in(repository, base / "list.csv");
    CHECK(again.fresh == 4);
    CHECK(repository.catalogue().entries_by_number({}, records::Book::in, 2026, 2, "").size() == 2);
    CHECK(repository.catalogue().counts("2026-01-01").documents == 4);

    // With contents a reason is needed, and the bytes stay.
    const auto contents = take_in(repository, base / "more.csv");
    CHECK(contents.components == 1);
    CHECK(refusal([&] { withdraw_batch(repository, {contents.batch, ""}); }) == "VTLT-USE-08 2");
    CHECK(withdraw_batch(repository, {contents.batch, "nhập nhầm sổ"}).components == 1);
    CHECK(repository.objects().has(sha256(pdf("a"))));

    // Not any more: in a file, amended, linked, given contents later; not by somebody else.
    std::vector<catalogue::EntryRow> rows;
    catalogue::EntryFilter filter;
    filter.batch = repository.catalogue().batch(again.batch)->id;
    repository.catalogue().entries(filter, [&](const auto& row) { rows.push_back(row); });
    REQUIRE(rows.size() == 4);
    Options other = options_at(base.path());
    other.actor = "nguoi.khac";
    CHECK(refusal([&] {
            Repository elsewhere(system_files(), other, true);
            withdraw_batch(elsewhere, {again.batch, "x"});
          }) == "VTLT-P08-ACTOR 3");
    const auto file = open_file(repository, opening("Hồ sơ"));
    add_to_file(repository, file.file.file.id, {*rows[0].entry.document}, false);
    CHECK(refusal([&] { withdraw_batch(repository, {again.batch, "x"}); }) == "VTLT-P08 3");
  }
  require_sound(base.path());
}

TEST_CASE("a batch that was worked on is not withdrawn [P08]") {
  using Work = std::function<void(Repository&, const Path&, const catalogue::EntryRow&)>;
  const std::pair<const char*, Work> works[] = {
      {"amended", [](Repository& r, const Path&, const auto& row) { amend(r, amending(row.entry.id, "khác")); }},
      {"void", [](Repository& r, const Path&, const auto& row) { void_entry(r, {row.entry.id, "nhầm"}); }},
      {"answered",
       [](Repository& r, const Path&, const auto& row) {
         RegisterRequest answer = outgoing("QĐ-UBND", "trả lời");
         answer.answers = {row.entry.id};
         register_document(r, answer);
       }},
      {"contents", [](Repository& r, const Path& base, const auto& row) {
         attach(r, attaching(*row.entry.document, {base / "a.pdf"}));
       }}};
  for (const auto& [name, work] : works) {
    INFO(name);
    const Scratch base;
    make(system_files(), base.path());
    put_list(base / "list.csv", 1, 2);
    put(base / "a.pdf", pdf("a"));
    Repository repository(system_files(), options_at(base.path()), true);
    const auto batch = take_in(repository, base / "list.csv").batch;
    std::vector<catalogue::EntryRow> rows;
    repository.catalogue().entries({}, [&](const auto& row) { rows.push_back(row); });
    work(repository, base.path(), rows.at(0));
    CHECK(refusal([&] { withdraw_batch(repository, {batch, "x"}); }) == "VTLT-P08 3");
  }
}

TEST_CASE("a year's books are closed, with their kept sets [P02]") {
  const Scratch base;
  std::string scheme = small_scheme();
  const std::string plain = "types: [QĐ]}";
  scheme.replace(scheme.find(plain), plain.size(), "types: [QĐ], kept: viec}");
  records::Id document{records::Kind::document};
  {
    const At at("2026-11-05T08:30:00.000+07:00");
    make(system_files(), base.path(), scheme);
    Repository repository(system_files(), options_at(base.path()), true);
    const auto made = register_document(repository, outgoing("QĐ-UBND", "một"));
    CHECK(made.kept_set == "Tập lưu quyết định 2026");
    document = made.document.id;
    register_document(repository, outgoing("QĐ-UBND", "hai"));
    CHECK(register_document(repository, outgoing("UBND-VP", "công văn")).kept_set.empty());
    CHECK(refusal([&] { close_year(repository, {2026, ""}); }) == "VTLT-P02-YEAR 3");
  }
  {
    const At at("2027-01-04T08:30:00.000+07:00");
    Repository repository(system_files(), options_at(base.path()), true);
    const auto closed = close_year(repository, {2026, ""});
    CHECK(closed.out == 3);
    REQUIRE(closed.kept_sets.size() == 1);
    CHECK(closed.kept_sets[0].file.title == "Tập lưu quyết định 2026");
    CHECK(closed.kept_sets[0].documents == 2);
    CHECK(closed.kept_sets[0].file.rule == "viec");
    CHECK(repository.catalogue().files_of(document).size() == 1);
    RegisterRequest late = outgoing("QĐ-UBND", "muộn");
    late.entry.year = 2026;
    CHECK(refusal([&] { register_document(repository, late); }) == "VTLT-P02-YEAR 3");
    CHECK(refusal([&] { close_year(repository, {2026, ""}); }) == "VTLT-P02-YEAR 3");
    put_list(base / "late.csv", 50, 51);
    const auto refused = take_in(repository, base / "late.csv");
    CHECK(refused.failed == 2);
    REQUIRE_FALSE(refused.findings.empty());
    CHECK(refused.findings[0].code == "VTLT-P02-YEAR");
    RegisterRequest now = outgoing("QĐ-UBND", "năm nay");
    now.entry.date = records::Date{2027, 1, 4};
    CHECK(register_document(repository, now).entry.number == 1);
  }
  require_sound(base.path());
}

TEST_CASE("a secret document is refused, or by policy written without its subject [P12]") {
  const Scratch base;
  make(system_files(), base.path());
  put(base / "in" / "secret.pdf", pdf("secret"));
  RegisterRequest request = outgoing("QĐ-UBND", "nội dung mật");
  request.entry.secrecy = "MẬT";
  Repository repository(system_files(), options_at(base.path()), true);
  CHECK(refusal([&] { register_document(repository, request); }) == "VTLT-P12 3");
  {
    Change change(repository);
    change.add(journal::type::config_set, journal::encode_fields({{"key", "secrets.policy"}, {"value", "stub"}}));
    change.commit();
  }
  RegisterRequest with_content = request;
  with_content.contents = {{base / "in" / "secret.pdf", records::Role::main}};
  CHECK(refusal([&] { register_document(repository, with_content); }) == "VTLT-P12 3");
  const auto made = register_document(repository, request);
  CHECK(made.entry.subject.empty());
  CHECK(made.entry.number == 1);
  for (const auto& path : files_below(base / "kho"))
    CHECK(get(path).find("nội dung mật") == std::string::npos);
}

TEST_CASE("a number given late is said, in the office's own numbering only [P05]") {
  const At at("2026-11-09T08:30:00.000+07:00");
  for (const bool internal : {true, false}) {
    const Scratch base;
    make(system_files(), base.path(), small_scheme("UB", internal ? "internal" : "external"));
    Repository repository(system_files(), options_at(base.path()), true);
    const auto late = [&](int number, const records::Date& signed_on) {
      RegisterRequest request = outgoing("QĐ-UBND", "ký ngày");
      request.entry.date = signed_on;
      request.entry.number = request.entry.own.number = number;
      const auto findings = register_document(repository, request).findings;
      return std::any_of(findings.begin(), findings.end(), [](const Finding& finding) { return finding.code == "VTLT-P05"; });
    };
    CHECK_FALSE(late(1, {2026, 11, 6}));  // Friday, registered on Monday
    CHECK(late(2, {2026, 11, 5}) == internal);
    CHECK_FALSE(late(3, {2026, 11, 0}));
  }
}
