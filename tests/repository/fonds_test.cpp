// The life of a fonds: described, named over time, closed.
#include <catch2/catch.hpp>

#include "repository/fonds.h"
#include "repository/support.h"
#include "repository/work.h"
#include "text/text.h"

using namespace vtlt;
using namespace vtlt::repository;
using namespace vtlt::test;
using namespace repository_test;

TEST_CASE("a closed fonds takes what is older, and nothing that is later", "[P34][D1]") {
  const Scratch base;
  make(system_files(), base.path());
  Repository repository(system_files(), options_at(base.path()), true);
  const std::string code = repository.catalogue().fonds().front().fonds.code;
  register_document(repository, outgoing("QĐ-UBND", "trước"));
  const records::Date last = text::from_iso(to_date(now())).value();
  CloseFondsRequest request;
  request.code = code;
  request.closed = text::add_days(last, -400);
  CHECK(refusal([&] { close_fonds(repository, request); }) == "VTLT-USE-08 2");
  request.basis = "1675/NQ-UBTVQH15";
  request.successor = "UBND xã Phong Hải";
  // The outgoing document is dated later than that.
  CHECK(refusal([&] { close_fonds(repository, request); }) == "VTLT-P34 3");
  request.closed = text::add_days(last, 1);
  CHECK(refusal([&] { close_fonds(repository, request); }) == "VTLT-P34 3");
  request.closed = last;
  request.dry_run = true;
  close_fonds(repository, request);
  CHECK(repository.catalogue().fonds().front().fonds.closed.empty());
  request.dry_run = false;
  FileOpenRequest open;
  open.fonds = code;
  open.file.title = "Hồ sơ cũ";
  open.file.notation = "01.VP";
  const auto file = open_file(repository, open).file.file.id;
  const auto result = close_fonds(repository, request);
  CHECK(result.fonds.successor == "UBND xã Phong Hải");
  REQUIRE(result.findings.size() == 1);  // said by records::check_fonds_closing
  CHECK(result.findings.front().message.key == "records.fonds.open_files");
  open.file.notation = "02.VP";
  CHECK(refusal([&] { open_file(repository, open); }) == "VTLT-P34 3");
  CHECK(refusal([&] { close_fonds(repository, request); }) == "VTLT-P34 3");
  const auto row = repository.catalogue().fonds().front();
  CHECK(row.fonds.closed == last);
  CHECK(row.fonds.closed_basis == "1675/NQ-UBTVQH15");
  auto later = outgoing("QĐ-UBND", "sau");
  later.fonds = code;
  later.entry.date = text::add_days(last, 1);
  CHECK(refusal([&] { register_document(repository, later); }) == "VTLT-P34 3");
  auto earlier = outgoing("QĐ-UBND", "cũ");
  earlier.fonds = code;
  earlier.entry.date = text::add_days(last, -1);
  CHECK(refusal([&] { register_document(repository, earlier); }).empty());
  auto arrived = incoming("16/QĐ-UBND", "đến sau");
  arrived.fonds = code;
  arrived.entry.date = text::add_days(last, 2);
  CHECK(refusal([&] { register_document(repository, arrived); }) == "VTLT-P34 3");
  // An older one that is found late still goes into its file (product.md trap 14).
  auto found = incoming("15/QĐ-UBND", "tìm thấy sau");
  found.fonds = code;
  found.entry.date = {2019, 3, 1};
  const auto late = register_document(repository, found);
  CHECK(add_to_file(repository, file, {late.document.id}, false).added.size() == 1);
  require_sound(base.path());
}

TEST_CASE("what a creator was called stays known", "[D1][P36]") {
  const Scratch base;
  make(system_files(), base.path());
  Repository repository(system_files(), options_at(base.path()), true);
  const auto fonds = repository.catalogue().fonds().front().fonds;
  NameFondsRequest name{fonds.code, "Ủy ban hành chính xã", "000.00.00.H57", "NQ 1", {1954, 0, 0}, false};
  name_fonds(repository, name);
  CHECK(refusal([&] { name_fonds(repository, name); }) == "VTLT-D01 3");
  name.since = {1976, 0, 0};
  name.name = "Ủy ban nhân dân xã";
  name_fonds(repository, name);
  const auto names = repository.catalogue().fonds_names(fonds.id);
  REQUIRE(names.size() == 2);
  CHECK(names[0].since == records::Date{1954, 0, 0});
  CHECK(names[0].organ == "000.00.00.H57");
  CHECK(names[1].name == "Ủy ban nhân dân xã");
  DescribeFondsRequest describe;
  describe.code = fonds.code;
  describe.history = "Lập năm 1945";
  CHECK(describe_fonds(repository, describe).changed);
  CHECK_FALSE(describe_fonds(repository, describe).changed);
  const auto after = repository.catalogue().fonds().front().fonds;
  CHECK(after.history == "Lập năm 1945");
  CHECK(after.name == fonds.name);
  const auto totals = totals_of_fonds(repository, fonds.id);
  CHECK(totals.files == 0);
  require_sound(base.path());
}
