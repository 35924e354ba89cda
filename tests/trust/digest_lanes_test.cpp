#include <catch2/catch.hpp>
#include <cstring>
#include <map>
#include <mutex>
#include <random>

#include "base/threads.h"
#include "trust/digest_lanes.h"

using namespace vtlt;

namespace {

std::string content(std::size_t size, unsigned seed) {
  std::mt19937 random(seed);
  std::string bytes(size, '\0');
  for (char& c : bytes)
    c = static_cast<char>(random());
  return bytes;
}

}  // namespace

TEST_CASE("digests of many contents at once are OpenSSL's, whatever their sizes and threads") {
  const auto engine =
      GENERATE(DigestLanes::Engine::best, DigestLanes::Engine::pairs, DigestLanes::Engine::openssl);
  std::vector<std::string> contents;
  std::mt19937 random(42);
  // Around the blocks of SHA-256, and so mixed that places to read into fill and empty in every order.
  for (unsigned i = 0; i < 260; ++i)
    contents.push_back(content(i, i));
  for (unsigned i = 0; i < 300; ++i)
    contents.push_back(content(random() % (i % 10 == 0 ? 900'000 : 40'000), 1000 + i));
  std::shuffle(contents.begin(), contents.end(), random);

  std::mutex guard;
  std::map<std::uint32_t, Digest> digests;
  std::size_t twice = 0, streamed = 0;
  DigestLanes lanes(
      [&](std::uint32_t token, const Digest& digest) {
        const std::lock_guard hold(guard);
        if (!digests.emplace(token, digest).second) ++twice;
      },
      DigestLanes::least_bytes, engine);
  parallel_for(contents.size(), [&](std::size_t i) {
    DigestLanes::Use use(lanes);
    const auto room = use.room(contents[i].size() + 1);
    if (room.empty()) {
      const std::lock_guard hold(guard);
      digests.emplace(static_cast<std::uint32_t>(i), sha256(contents[i]));
      ++streamed;
      return;
    }
    std::memcpy(room.data(), contents[i].data(), contents[i].size());
    use.give(static_cast<std::uint32_t>(i), contents[i].size());
  });
  lanes.finish();
  lanes.finish();  // nothing is left
  CHECK(twice == 0);
  CHECK(streamed < contents.size() / 2);
  REQUIRE(digests.size() == contents.size());
  for (const auto& [token, digest] : digests)
    CHECK(digest == sha256(contents[token]));
}

TEST_CASE("a content that is too large to be held gets no room, and one that was refused room is forgotten") {
  std::size_t done = 0;
  DigestLanes lanes([&](std::uint32_t, const Digest&) { ++done; }, DigestLanes::least_bytes);
  {
    DigestLanes::Use use(lanes);
    CHECK(use.room(std::uint64_t{1} << 40).empty());
    CHECK(use.room(~std::uint64_t{0}).empty());
    CHECK(use.room(1000).size() == 1000);  // read into, broke off: not given
  }
  lanes.finish();
  CHECK(done == 0);
}

TEST_CASE("contents of one size fill what is held and are computed before the end") {
  // Sizes that leave less than one more of them behind.
  std::size_t done = 0;
  DigestLanes lanes([&](std::uint32_t, const Digest&) { ++done; }, DigestLanes::least_bytes);
  DigestLanes::Use use(lanes);
  for (std::uint32_t i = 0; i < 500; ++i) {
    const auto room = use.room(400'000);
    REQUIRE(room.size() == 400'000);
    std::memset(room.data(), static_cast<int>(i), room.size());
    use.give(i, room.size());
  }
  CHECK(done > 450);
}
