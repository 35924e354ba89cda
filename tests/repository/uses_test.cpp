// The book of uses, and the forms printed from what is there.
#include "repository/uses.h"

#include <catch2/catch.hpp>

#include "base/clock.h"
#include "repository/printing.h"
#include "support.h"

using namespace repository_test;
using vtlt::test::Scratch;

namespace {

struct At {
  explicit At(const std::string& time) {
    Moment moment;
    REQUIRE(from_text(time, moment));
    set_clock([moment] { return moment; });
  }
  ~At() { set_clock({}); }
};

UseRequest using_it(Target::Kind kind, const records::Id& id, const std::string& by,
                    const std::string& basis = {}) {
  UseRequest request;
  request.target = {kind, id};
  request.use.by = by;
  request.use.basis = basis;
  return request;
}

records::Id open_one(Repository& repository, const std::string& title, const std::string& access) {
  auto request = opening(title);
  request.file.access = access;
  return open_file(repository, request).file.file.id;
}

using Rows = std::vector<std::vector<std::string>>;
Rows rows_of(Repository& repository, const char* form, const PrintRequest& request) {
  Rows rows;
  const auto printed = print_form(repository, *find_printable_form(form), request);
  printed.rows([&](const std::vector<std::string>& cells) { rows.push_back(cells); });
  CHECK(static_cast<std::int64_t>(rows.size()) == printed.lines);
  for (const auto& row : rows)
    CHECK(row.size() == printed.form.columns.size());
  return rows;
}

}  // namespace

TEST_CASE("the strictest of a document's files decides who may use it", "[uses]") {
  const Scratch base;
  make(system_files(), base.path());
  Repository repository(system_files(), options_at(base.path()), true);
  const auto made = register_document(repository, outgoing("QĐ-UBND", "một"));
  const Target entry{Target::Kind::entry, made.entry.id}, document{Target::Kind::document, made.document.id};
  CHECK(access_to(repository, entry) == records::Access::open);  // the scheme's
  add_to_file(repository, open_one(repository, "mở", "open"), {made.document.id}, false);
  CHECK(access_to(repository, entry) == records::Access::open);
  const auto conditional = open_one(repository, "có điều kiện", "conditional");
  add_to_file(repository, conditional, {made.document.id}, false);
  CHECK(access_to(repository, document) == records::Access::conditional);
  CHECK(refusal([&] {
          record_use(repository, using_it(Target::Kind::entry, made.entry.id, "A"));
        }).find("VTLT-ACCESS-02") == 0);
  CHECK(refusal([&] {
          record_use(repository, using_it(Target::Kind::file, conditional, "A"));
        }).find("VTLT-ACCESS-02") == 0);
  record_use(repository, using_it(Target::Kind::entry, made.entry.id, "A", "1/GGT"));
  const auto secret = open_one(repository, "mật", "secret");
  CHECK(refusal([&] {
          record_use(repository, using_it(Target::Kind::file, secret, "A", "1/GGT"));
        }).find("VTLT-ACCESS-03") == 0);
  CHECK(repository.catalogue().uses_of(made.entry.id).size() == 1);
  CHECK(repository.catalogue().uses_of(made.document.id).size() == 1);
}

TEST_CASE("being used changes no package, and a new catalogue knows every use", "[uses][D23]") {
  const Scratch base;
  make(system_files(), base.path());
  {
    Repository repository(system_files(), options_at(base.path()), true);
    const auto made = register_document(repository, outgoing("QĐ-UBND", "một"));
    const auto file = open_one(repository, "hồ sơ", "open");
    add_to_file(repository, file, {made.document.id}, false);
    const auto before = repository.catalogue().newest_touch({file, made.document.id});
    record_use(repository, using_it(Target::Kind::entry, made.entry.id, "Nguyễn Văn An"));
    record_use(repository, using_it(Target::Kind::file, file, "Phạm Đức"));
    ReturnRequest back;
    back.target = {Target::Kind::entry, made.entry.id};
    back.returned = *text::from_iso(to_date(now()));
    record_return(repository, back);
    const auto after = repository.catalogue().newest_touch({file, made.document.id});
    REQUIRE((before && after));
    CHECK(before->seq == after->seq);
    // The history of the thing tells them all the same.
    CHECK(repository.catalogue().touches(made.entry.id).size() == 3);
    const auto digest = repository.catalogue().content_digest();
    CHECK(refusal([&] { record_return(repository, back); }).find("VTLT-USE-RETURN") == 0);
    CHECK(repository.catalogue().content_digest() == digest);
  }
  require_sound(base.path());
}

TEST_CASE("a list of which something is lent out is not withdrawn", "[uses][P08]") {
  const Scratch base;
  make(system_files(), base.path(), small_scheme("UB", "external"));
  put(base.path() / "in" / "so.csv",
      "Số đến,Ngày đến,Số ký hiệu,Ngày văn bản,Tác giả,Tên loại và trích "
      "yếu\n1,06/01/2026,1/STC,05/01/2026,STC,Công văn a\n");
  Repository repository(system_files(), options_at(base.path()), true);
  ImportRequest request;
  request.list = base.path() / "in" / "so.csv";
  request.book = records::Book::in;
  const auto taken = import_list(repository, request);
  const auto rows = repository.catalogue().entries_by_number(std::nullopt, records::Book::in, 2026, 1, "");
  REQUIRE(rows.size() == 1);
  // Right behind the list, without an event between.
  record_use(repository, using_it(Target::Kind::entry, rows.front().entry.id, "A"));
  WithdrawRequest withdraw;
  withdraw.batch = taken.batch;
  CHECK(refusal([&] { withdraw_batch(repository, withdraw); }).find("VTLT-P08") == 0);
}

TEST_CASE("what the report on handling calls overdue is what the list calls overdue", "[P01][P47]") {
  const At day("2026-03-15T08:00:00.000+07:00");
  const Scratch base;
  make(system_files(), base.path());
  Repository repository(system_files(), options_at(base.path()), true);
  const char* dues[] = {"", "10/03/2026", "15/03/2026", "16/03/2026", "02/2026", "03/2026", "2025", "2026"};
  std::vector<records::Id> ids;
  for (const char* due : dues) {
    auto request = incoming("1/STC", "hạn " + std::string(due));
    if (*due != '\0') request.entry.due = *text::parse_date(due);
    ids.push_back(register_document(repository, request).entry.id);
  }
  auto answer = outgoing("UBND-VP", "trả lời");
  answer.answers = {ids[1]};
  register_document(repository, answer);
  VoidRequest given_up;
  given_up.entry = ids[6];
  given_up.reason = "nhầm";
  for (const bool voided : {false, true}) {
    if (voided) void_entry(repository, given_up);
    for (const char* today : {"2026-03-15", "2026-03-31", "2026-04-01", "2026-12-31", "2027-01-01"}) {
      CAPTURE(today, voided);
      PrintRequest request;
      request.year = 2026;
      request.today = *text::from_iso(today);
      std::vector<std::string> printed, listed;
      for (const auto& row : rows_of(repository, "so-theo-doi-giai-quyet", request))
        if (row[4].starts_with("Quá hạn")) printed.push_back(row[0]);
      catalogue::EntryFilter filter;
      filter.book = records::Book::in;
      filter.overdue = true;
      filter.today = today;
      repository.catalogue().entries(filter, [&](const catalogue::EntryRow& row) {
        listed.push_back("0" + std::to_string(row.entry.number));
      });
      std::sort(listed.begin(), listed.end());
      CHECK(printed == listed);
      filter.fonds = repository.fonds().fonds.id;
      CHECK(repository.catalogue().count_entries(filter) == static_cast<std::int64_t>(listed.size()));
      CHECK(repository.catalogue().counts(today).overdue == static_cast<std::int64_t>(listed.size()));
    }
  }
}

TEST_CASE("every form is as wide as its columns, with nothing registered too", "[P01]") {
  const Scratch base;
  make(system_files(), base.path());
  Repository repository(system_files(), options_at(base.path()), true);
  for (const PrintableForm& form : printable_forms()) {
    CAPTURE(form.name);
    if (form.needs != PrintNeeds::nothing) continue;
    PrintRequest request;
    request.today = {2026, 1, 1};
    rows_of(repository, form.name, request);
  }
  const auto made = register_document(repository, incoming("1/STC", "x"));
  PrintRequest request;
  request.today = {2026, 1, 1};
  request.id = made.entry.id;
  CHECK(rows_of(repository, "dau-den", request).size() == 1);
  CHECK(print_form(repository, *find_printable_form("phieu-giai-quyet"), request).lines == 1);
  request.series = "khong-co";
  CHECK(refusal([&] {
          print_form(repository, *find_printable_form("so-den"), request);
        }).find("VTLT-USE-03") == 0);
}

TEST_CASE("lines come in the order that is asked for", "[P43]") {
  const Scratch base;
  make(system_files(), base.path(), small_scheme("UB", "external"));
  std::string list = "Số đến,Ngày đến,Số ký hiệu,Ngày văn bản,Tác giả,Trích yếu,Người ký\n";
  const char* rows[][4] = {{"10", "Đảng ủy", "b", "Nguyễn Văn An"},
                           {"2", "UBND", "ă", "Trần Bình"},
                           {"2a", "ban", "a", ""},
                           {"1", "Ánh", "", "Lê Thị Anh"}};
  for (const auto& row : rows)
    list += std::string(row[0]) + ",06/01/2026," + row[0] + "/STC,05/01/2026," + row[1] + "," +
            (*row[2] ? row[2] : "ạ") + "," + row[3] + "\n";
  put(base.path() / "in" / "so.csv", list);
  Repository repository(system_files(), options_at(base.path()), true);
  ImportRequest request;
  request.list = base.path() / "in" / "so.csv";
  request.book = records::Book::in;
  import_list(repository, request);
  const auto in_order = [&](records::SortBy sort) {
    catalogue::EntryFilter filter;
    filter.sort = sort;
    std::string all;
    repository.catalogue().entries(
        filter, [&](const catalogue::EntryRow& row) { all += row.entry.designation() + " "; });
    return all;
  };
  using records::SortBy;
  CHECK(in_order(SortBy::usual) == "01 02 02a 10 ");
  CHECK(in_order(SortBy::number) == "01 02 02a 10 ");
  CHECK(in_order(SortBy::sender) == "01 02a 10 02 ");
  CHECK(in_order(SortBy::subject) == "02a 01 02 10 ");
  CHECK(in_order(SortBy::signer) == "10 01 02 02a ");  // An, Anh, Bình, nobody
}
