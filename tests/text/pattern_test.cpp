#include "text/pattern.h"

#include <catch2/catch.hpp>

using vtlt::text::matches_glob;
using vtlt::text::Pattern;

TEST_CASE("expressions match whole values, letter by letter", "[pattern]") {
  struct Case {
    const char *pattern, *value;
    bool matches;
  };
  const Case cases[] = {
      {"[0-9]+_uuid-.*", "12_uuid-AB", true},
      {"[0-9]+", "12a", false},
      {".", "Đ", true},
      {".", "Đ", true},
      {"QĐ|CT", "QĐ", true},
      {"", "", true},
  };
  for (const Case& one : cases) {
    Pattern pattern;
    long column = 0;
    REQUIRE(Pattern::parse(one.pattern, pattern, column));
    INFO(one.pattern << " " << one.value);
    CHECK(pattern.matches(one.value) == one.matches);
  }
  Pattern pattern;
  long column = 0;
  CHECK_FALSE(Pattern::parse("a(b", pattern, column));
  CHECK_FALSE(Pattern::parse("[a", pattern, column));
  CHECK(pattern.empty());
}

TEST_CASE("an expression that would never end does not match", "[pattern]") {
  Pattern pattern;
  long column = 0;
  REQUIRE(Pattern::parse("(a|a)*(a|aa)*b", pattern, column));
  CHECK_FALSE(pattern.matches(std::string(40, 'a')));
  REQUIRE(Pattern::parse("(a|b)*", pattern, column));
  CHECK_FALSE(pattern.matches(std::string(10'000'000, 'a')));  // more than its stack
}

TEST_CASE("globs", "[pattern]") {
  struct Case {
    const char *glob, *value;
    bool matches;
  };
  const Case cases[] = {
      {"*", "", true},
      {"*.zip", "goi/1.zip", true},
      {"*.zip", "goi/1.zipx", false},
      {"a*b*c", "aXbYbc", true},
      {"a?c", "aĐc", true},
      {"a?c", "ac", false},
      {"", "", true},
      {"", "a", false},
      {"goi/0012.zip", "goi/0012.zip", true},
      {"[a]", "a", false},
  };
  for (const Case& one : cases) {
    INFO(one.glob << " " << one.value);
    CHECK(matches_glob(one.glob, one.value) == one.matches);
  }
}
