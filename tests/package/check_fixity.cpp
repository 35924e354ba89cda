// Files that are read before it is known what is expected of them.
#include "package/check_fixity.h"

#include <catch2/catch.hpp>

#include <cstring>
#include <thread>
#include <utility>

#include "base/encoding.h"
#include "check_support.h"

using namespace vtlt;
using namespace vtlt::package;
using namespace check_support;

namespace {

void expect(FixityPlan& plan, std::uint32_t list, std::uint32_t entry, long line, const char* name,
            std::string_view text) {
  const Algorithm algorithm = algorithm_of(name);
  Hasher hasher(algorithm_name(algorithm));
  hasher.update(text);
  std::vector<unsigned char> digest(digest_size(algorithm));
  REQUIRE(from_hex(hasher.finish_hex(), digest));
  plan.expect_digest(list, entry, line, algorithm, digest);
}

std::vector<std::string> told(Report& report) {
  std::vector<std::string> found;
  for (const auto& finding : report.take(false))
    found.push_back(finding.code + " " + finding.path);
  return found;
}

}  // namespace

TEST_CASE("sums of METS that are no digests are computed as well", "[package][CSIP71]") {
  // As zlib's own manual and RFC 3309 give them.
  for (const auto& [algorithm, sum] : {std::pair("crc32", "cbf43926"), std::pair("adler32", "091e01de")}) {
    vtlt::Hasher hasher(algorithm);
    for (int again = 0; again < 2; ++again) {
      hasher.update("1234");
      hasher.update(std::string_view());
      hasher.update("56789");
      CHECK(hasher.finish_hex() == sum);
    }
    CHECK(digest_size(algorithm_of(algorithm)) == 4);
  }
  CHECK(algorithm_of("CRC32") == Algorithm::crc32);
  CHECK(algorithm_of("Adler-32") == Algorithm::adler32);
}

TEST_CASE("a file is looked at once and compared by every algorithm, whenever reading begins",
          "[package][D18]") {
  const Workshop workshop;
  const Path folder = put_tree(workshop.path() / "p", {{"a", "one"}, {"b", "two"}});
  const bool early = GENERATE(true, false);
  const char* const first = GENERATE("SHA-256", "SHA-512", "MD5", "CRC32");
  CAPTURE(early, first);
  Report report("p");
  const auto source = open_folder(system_files(), folder, report);
  std::atomic<int> looked{0};
  FixityPlan plan;
  const auto begin = [&] {
    plan.begin(*source,
               {[=](std::uint32_t) { return algorithm_of(first); }, [](std::uint32_t) { return true; },
                [&](std::uint32_t, ByteStream&) { ++looked; }},
               report, no_progress());
  };
  if (early) begin();
  const std::uint32_t list = plan.add_list("METS.xml", {"size", "checksum", ""});
  expect(plan, list, 0, 1, "SHA-256", "one");
  expect(plan, list, 0, 2, "SHA-512", "one");
  expect(plan, list, 1, 3, "SHA-256", "other");
  expect(plan, list, 1, 4, "SHA-512", "other");
  plan.expect_size(list, 0, 5, 3);
  plan.expect_size(list, 1, 6, 4);
  plan.seal();
  if (!early) begin();
  const auto totals = plan.finish();
  CHECK(totals.files == 2);
  CHECK(totals.bytes == 6);
  CHECK(looked == 2);
  CHECK(plan.known(1));
  if (algorithm_of(first) == Algorithm::sha256) CHECK(plan.digest(1) == sha256("two"));
  CHECK(told(report) == std::vector<std::string>{"checksum b", "checksum b", "size b"});
}

namespace {

// An archive that says of itself that it is not right, whenever it is read.
class Faulty final : public PackageSource {
 public:
  Faulty() {
    entries_.add("a", EntryKind::file, 3, 0);
    entries_.settle();
  }
  bool archive() const override { return true; }
  std::unique_ptr<ByteStream> open(std::uint32_t) override { return std::make_unique<One>(); }
  void visit(const Work& work, Report& report) override {
    ++visits;
    report.add(Level::error, "VTLT-ZIP-LOCAL", {"a"}, say("zip.local"));
    One bytes;
    work(0, bytes);
  }
  int visits = 0;

 private:
  struct One final : ByteStream {
    std::size_t read(std::span<std::byte> out) override {
      if (std::exchange(read_, true)) return 0;
      std::memcpy(out.data(), "one", 3);
      return 3;
    }
    bool read_ = false;
  };
};

}  // namespace

TEST_CASE("an archive that is read again for another algorithm tells its own faults once", "[package]") {
  Report report("p");
  Faulty source;
  FixityPlan plan;
  plan.begin(source, {[](std::uint32_t) { return Algorithm::sha256; }, {}, {}}, report, no_progress());
  const std::uint32_t list = plan.add_list("METS.xml", {"size", "checksum", ""});
  expect(plan, list, 0, 1, "SHA-512", "two");
  plan.seal();
  CHECK(plan.finish().bytes == 3);
  CHECK(source.visits == 2);
  CHECK(told(report) == std::vector<std::string>{"VTLT-ZIP-LOCAL a", "checksum a"});
}

TEST_CASE("what cannot be read is told once", "[package][D18]") {
  const Workshop workshop;
  const Path folder = put_tree(workshop.path() / "p", {{"a", "one"}});
  const bool early = GENERATE(true, false);
  Report report("p");
  const auto source = open_folder(system_files(), folder, report);
  std::filesystem::remove(folder / "a");
  FixityPlan plan;
  const FixityPlan::Reading reading{[](std::uint32_t) { return Algorithm::sha256; }, {}, {}};
  if (early) plan.begin(*source, reading, report, no_progress());
  expect(plan, plan.add_list("METS.xml", {"size", "checksum", ""}), 0, 1, "SHA-512", "one");
  plan.seal();
  if (!early) plan.begin(*source, reading, report, no_progress());
  const auto totals = plan.finish();
  CHECK(totals.files == 0);
  CHECK(!plan.known(0));
  CHECK(!report.complete());
  CHECK(told(report).size() == 1);
}

TEST_CASE("a file is read as it is, whatever size it had when it was listed", "[package][D18]") {
  const Workshop workshop;
  const auto was = GENERATE(0, 1, 40, 70'000, 5'000'000);
  const auto is = GENERATE(0, 1, 39, 40, 41, 70'000, 200'000, 1'500'000, 4'000'000);
  CAPTURE(was, is);
  const auto text = [](int size) {
    std::string all;
    for (int i = 0; all.size() < static_cast<std::size_t>(size); ++i)
      all += std::to_string(i) + ' ';
    return all.substr(0, static_cast<std::size_t>(size));
  };
  const Path folder = put_tree(workshop.path() / "p", {{"a", text(was)}, {"b", "other"}, {"c", ""}});
  // As much as several digests at a time are computed for.
  std::filesystem::resize_file(folder / "c", DigestLanes::least_bytes);
  Report report("p");
  const auto source = open_folder(system_files(), folder, report);
  put_tree(workshop.path() / "p", {{"a", text(is)}});
  FixityPlan plan;
  std::string looked;
  plan.begin(*source,
             {[](std::uint32_t) { return Algorithm::sha256; }, [](std::uint32_t entry) { return entry == 0; },
              [&](std::uint32_t, ByteStream& stream) {
                const auto rest = stream.rest();
                std::vector<std::byte> block(1000);
                while (const std::size_t got = stream.read(block))
                  looked.append(reinterpret_cast<const char*>(block.data()), got);
                if (rest)
                  CHECK(std::string(reinterpret_cast<const char*>(rest->data()), rest->size()) == looked);
              }},
             report, no_progress());
  const std::uint32_t list = plan.add_list("METS.xml", {"size", "checksum", ""});
  plan.expect_size(list, 0, 1, static_cast<std::uint64_t>(was));
  expect(plan, list, 0, 1, "SHA-256", text(was));
  plan.seal();
  CHECK(plan.finish().bytes == static_cast<std::uint64_t>(is) + 5 + DigestLanes::least_bytes);
  CHECK(looked == text(is));
  CHECK(plan.digest(0) == sha256(text(is)));
  CHECK(plan.digest(1) == sha256("other"));
  CHECK(told(report) ==
        (is == was ? std::vector<std::string>{} : std::vector<std::string>{"checksum a", "size a"}));
}

TEST_CASE("a plan that is given up waits for nobody's files", "[package]") {
  const Workshop workshop;
  std::map<std::string, std::string> tree;
  for (int i = 0; i < 500; ++i)
    tree[std::to_string(i)] = "text";
  const Path folder = put_tree(workshop.path() / "p", tree);
  Report report("p");
  const auto source = open_folder(system_files(), folder, report);
  std::atomic<int> looked{0};
  std::atomic<bool> hold{true};
  {
    // The plan is told to end while files are held up; they are let go later.
    std::jthread later;
    FixityPlan plan;
    plan.begin(*source,
               {[](std::uint32_t) { return Algorithm::sha256; }, [](std::uint32_t) { return true; },
                [&](std::uint32_t, ByteStream&) {
                  ++looked;
                  while (hold)
                    std::this_thread::yield();
                }},
               report, no_progress());
    while (looked == 0)
      std::this_thread::yield();
    later = std::jthread([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
      hold = false;
    });
  }
  CHECK(looked < 500);
}
