#include <catch2/catch.hpp>

#include <algorithm>
#include <atomic>
#include <stdexcept>
#include <vector>

#include "base/threads.h"

using namespace vtlt;

TEST_CASE("threads: every item once, for any count") {
  for (const std::size_t count : {0u, 1u, 2u, 3u, 17u, 10'000u}) {
    CAPTURE(count);
    std::vector<std::atomic<int>> done(count);
    parallel_for(count, [&](std::size_t i) { ++done[i]; });
    CHECK(std::all_of(done.begin(), done.end(), [](const auto& times) { return times == 1; }));
  }
}

TEST_CASE("threads: an exception stops the work and comes out") {
  for (const std::size_t count : {1u, 2u, 100'000u}) {
    CAPTURE(count);
    std::atomic<std::size_t> begun{0}, ended{0};
    CHECK_THROWS_WITH(parallel_for(count,
                                   [&](std::size_t i) {
                                     ++begun;
                                     if (i == 0) throw std::runtime_error("of item 0");
                                     ++ended;
                                   }),
                      "of item 0");
    // All threads have stopped: what was begun has ended, but for the one.
    CHECK(begun == ended + 1);
  }
}

TEST_CASE("threads: when all items throw, one exception comes out") {
  std::atomic<std::size_t> begun{0};
  CHECK_THROWS_AS(parallel_for(10'000,
                               [&](std::size_t) {
                                 ++begun;
                                 throw std::out_of_range("each");
                               }),
                  std::out_of_range);
  CHECK(begun <= hardware_threads());
}

TEST_CASE("threads: work may itself use threads") {
  std::atomic<int> sum{0};
  parallel_for(8, [&](std::size_t) { parallel_for(8, [&](std::size_t i) { sum += static_cast<int>(i); }); });
  CHECK(sum == 8 * 28);
}

TEST_CASE("threads: one work beside another, waited for also when nobody asks") {
  std::atomic<int> done{0};
  {
    Aside asked([&] { ++done; });
    asked.finish();
    CHECK(done == 1);
    asked.finish();
    CHECK(done == 1);
    const Aside forgotten([&] { ++done; });
  }
  CHECK(done == 2);
  Aside fails([] { throw std::runtime_error("beside"); });
  CHECK_THROWS_WITH(fails.finish(), "beside");
  CHECK_NOTHROW(fails.finish());
}
