#include "records/uses.h"

#include <catch2/catch.hpp>

using namespace vtlt::records;

TEST_CASE("what is said nearest to the record decides who may use it", "[uses]") {
  struct Case {
    const char *document, *file, *of_class, *scheme;
    Access access;
  };
  for (const Case& one : {Case{"", "", "", "open", Access::open},
                          {"", "", "conditional", "open", Access::conditional},
                          {"", "open", "conditional", "conditional", Access::open},
                          {"secret", "open", "open", "open", Access::secret},
                          {"open", "secret", "", "", Access::open},
                          // Nobody has said that it is open.
                          {"", "", "", "", Access::conditional},
                          {"nội bộ", "", "", "open", Access::conditional}}) {
    CAPTURE(one.document, one.file, one.of_class);
    CHECK(nearest_access(one.document, one.file, one.of_class, one.scheme) == one.access);
  }
}

TEST_CASE("conditional use needs a paper, secret records are not given out, open ones are free", "[uses]") {
  const auto code = [](Access access, const char* basis) {
    Use use;
    use.basis = basis;
    const auto findings = check_use(use, access);
    return findings.empty() ? std::string() : findings.front().code;
  };
  CHECK(code(Access::open, "") == "");
  CHECK(code(Access::conditional, "") == "VTLT-ACCESS-02");
  CHECK(code(Access::conditional, "12/GGT-UBND") == "");
  CHECK(code(Access::secret, "") == "VTLT-ACCESS-03");
  CHECK(code(Access::secret, "12/GGT-UBND") == "VTLT-ACCESS-03");
}

TEST_CASE("a copy stays away, the kept one comes back", "[uses]") {
  Use use;
  CHECK(comes_back(use));
  use.copy = UseCopy::photo;
  CHECK_FALSE(comes_back(use));
  use.due = {2026, 11, 20};
  CHECK(comes_back(use));
  for (const UseCopy copy : {UseCopy::reading, UseCopy::certified, UseCopy::photo, UseCopy::electronic})
    CHECK(parse_use_copy(use_copy_text(copy)) == copy);
  CHECK_FALSE(parse_use_copy("đọc"));
}
