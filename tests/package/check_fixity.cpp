// Files that are read before it is known what is expected of them.
#include "package/check_fixity.h"

#include <catch2/catch.hpp>

#include <thread>

#include "base/encoding.h"
#include "base/threads.h"
#include "check_support.h"

using namespace vtlt;
using namespace vtlt::package;
using namespace check_support;

TEST_CASE("what was read ahead is looked at once, and compared by every algorithm", "[package][D18]") {
  const Workshop workshop;
  const Path folder = put_tree(workshop.path() / "p", {{"a", "one"}, {"b", "two"}});
  Report report("p");
  const auto source = open_folder(system_files(), folder, report);
  std::atomic<int> looked{0}, looked_later{0};
  FixityPlan plan;
  plan.read_ahead(
      *source, {0, 1}, [&](std::uint32_t, ByteStream&) { ++looked; }, report);
  if (hardware_threads() > 1)
    while (looked < 2)
      std::this_thread::yield();
  const std::uint32_t list = plan.add_list("METS.xml", {"size", "checksum", ""});
  const auto expect = [&](std::uint32_t entry, long line, const char* name, std::string_view text) {
    const Algorithm algorithm = algorithm_of(name);
    Hasher hasher(algorithm_name(algorithm));
    hasher.update(text);
    std::vector<unsigned char> digest(digest_size(algorithm));
    REQUIRE(from_hex(hasher.finish_hex(), digest));
    plan.expect_digest(list, entry, line, algorithm, digest);
  };
  expect(0, 1, "SHA-256", "one");
  expect(0, 2, "SHA-512", "one");
  expect(1, 3, "SHA-256", "other");
  expect(1, 4, "SHA-512", "other");
  plan.expect_size(list, 0, 5, 3);
  plan.expect_size(list, 1, 6, 4);
  plan.seal();
  const auto totals = plan.run(
      *source, true, [](std::uint32_t) { return true; }, [&](std::uint32_t, ByteStream&) { ++looked_later; },
      report, no_progress());
  CHECK(totals.files == 2);
  CHECK(totals.bytes == 6);
  CHECK(looked + looked_later == 2);
  CHECK(plan.known(1));
  CHECK(plan.digest(1) == sha256("two"));
  std::vector<std::string> found;
  for (const auto& finding : report.take(false))
    found.push_back(finding.code + " " + finding.path);
  CHECK(found == std::vector<std::string>{"checksum b", "checksum b", "size b"});
}

TEST_CASE("what cannot be read ahead is told once", "[package][D18]") {
  const Workshop workshop;
  const Path folder = put_tree(workshop.path() / "p", {{"a", "one"}});
  Report report("p");
  const auto source = open_folder(system_files(), folder, report);
  std::filesystem::remove(folder / "a");
  FixityPlan plan;
  plan.read_ahead(
      *source, {0}, [](std::uint32_t, ByteStream&) {}, report);
  plan.seal();
  const auto totals = plan.run(
      *source, true, [](std::uint32_t) { return false; }, [](std::uint32_t, ByteStream&) {}, report,
      no_progress());
  CHECK(totals.files == 0);
  CHECK(!plan.known(0));
  CHECK(!report.complete());
  CHECK(report.take(false).size() == 1);
}
