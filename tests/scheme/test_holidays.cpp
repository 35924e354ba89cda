// The days off beside a scheme.
#include <catch2/catch.hpp>

#include "base/error.h"
#include "scheme/holidays.h"

using namespace vtlt;

namespace {

std::string refused(const std::string& text) {
  try {
    scheme::read_holidays({"nghi-le.yaml", text});
    return "read";
  } catch (const Error& error) {
    return std::string(error.code()) + " " + std::to_string(error.line());
  }
}

}  // namespace

TEST_CASE("days off beside a scheme are read", "[P05]") {
  const auto file = scheme::read_holidays({"nghi-le.yaml",
                                           "vtlt: holidays/1\nbasis: Thông báo 12/TB\noff: [02/01/2026, 31/8/2026]\n"
                                           "work:\n  - 10/01/2026\n"});
  CHECK(file.basis == "Thông báo 12/TB");
  CHECK(file.days.off == std::set<text::Date>{{2026, 1, 2}, {2026, 8, 31}});
  CHECK(file.days.work == std::set<text::Date>{{2026, 1, 10}});
  CHECK(scheme::read_holidays({"x", "vtlt: holidays/1\n"}).days.off.empty());
}

TEST_CASE("what is no list of days off is refused with its line", "[P05]") {
  const std::pair<std::string, std::string> cases[] = {
      {"off: [02/01/2026]\n", "VTLT-SCHEME-11 1"},
      {"vtlt: scheme/1\n", "VTLT-SCHEME-11 1"},
      {"vtlt: holidays/1\noff: [01/2026]\n", "VTLT-SCHEME-20 2"},
      {"vtlt: holidays/1\noff:\n  - 02/01/2026\n  - 31/02/2026\n", "VTLT-SCHEME-20 4"},
      {"vtlt: holidays/1\noff: [02/01/2026]\nwork: [02/01/2026]\n", "VTLT-SCHEME-20 3"},
  };
  for (const auto& [text, code] : cases) {
    INFO(text);
    CHECK(refused(text) == code);
  }
  CHECK(refused("vtlt: holidays/1\nnghi: [02/01/2026]\n").substr(0, 12) == "VTLT-SCHEME-");
}
