#include <catch2/catch.hpp>
#include <map>
#include <random>

#include "package/spill.h"

using vtlt::package::BriefKey;
using vtlt::package::SpillingList;

namespace {

struct One {
  BriefKey key;
  std::uint32_t line;
  bool used = false;
};

std::vector<std::uint32_t> lines(SpillingList<One>& list) {
  std::vector<std::uint32_t> found;
  list.walk([&](const One& one) { found.push_back(one.line); });
  return found;
}

}  // namespace

TEST_CASE("a list that spills answers like one in memory", "[package]") {
  std::mt19937_64 random(26);
  for (const std::size_t held : {0, 1, 7, 64, 1000}) {
    INFO("held " << held);
    SpillingList<One> list(held);
    std::map<BriefKey, std::vector<std::uint32_t>> expected;
    std::vector<std::uint32_t> in_order;
    for (std::uint32_t line = 1; line <= 300; ++line) {
      const BriefKey key{random() % 40 - 20,
                         random() % 3};  // some below zero, for whoever takes them for signed
      list.add({key, line});
      list.last().used = line % 5 == 0;
      expected[key].push_back(line);
      in_order.push_back(line);
    }
    CHECK(lines(list) == in_order);

    list.sort();
    std::map<BriefKey, std::vector<std::uint32_t>> walked;
    BriefKey last{};
    int runs = 0;
    list.walk([&](const One& one) {
      if (walked.empty() || one.key != last) ++runs;
      last = one.key;
      walked[one.key].push_back(one.line);
      CHECK(one.used == (one.line % 5 == 0));
    });
    CHECK(walked == expected);
    CHECK(runs == static_cast<int>(expected.size()));  // those of a key stand together

    for (const auto& [key, of_key] : expected) {
      std::vector<std::uint32_t> found;
      list.find(key, [&](One& one) {
        found.push_back(one.line);
        one.used = true;
        return found.size() < 2;
      });
      CHECK(found ==
            std::vector(of_key.begin(), of_key.begin() + std::min<std::ptrdiff_t>(2, std::ssize(of_key))));
    }
    list.find({99, 99}, [](One&) -> bool { throw std::logic_error("there is none"); });
    list.walk([&](const One& one) {
      const auto& of_key = expected.at(one.key);
      const bool visited = one.line == of_key[0] || (of_key.size() > 1 && one.line == of_key[1]);
      CHECK(one.used == (visited || one.line % 5 == 0));
    });
  }
}
