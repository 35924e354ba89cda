#include "records/order.h"

#include <catch2/catch.hpp>

#include <algorithm>

#include "text/text.h"

using namespace vtlt;
using records::by_given_name;

TEST_CASE("people go by their given name, then by the rest", "[P43]") {
  CHECK(by_given_name("Nguyễn Văn An") == "An Nguyễn Văn");
  CHECK(by_given_name("  Trần  Thị   Bé ") == "Bé Trần Thị");
  CHECK(by_given_name("Lê Ánh (đã ký)") == "Ánh Lê");
  CHECK(by_given_name("Đức") == "Đức");
  CHECK(by_given_name("") == "");
  std::vector<std::string> people = {"Trần Văn Đức", "Nguyễn Văn Ánh", "Lê Thị Anh",
                                     "Phạm Ân",      "Bùi Văn Dũng",   "Nguyễn Văn An"};
  std::sort(people.begin(), people.end(), [](const std::string& a, const std::string& b) {
    return text::compare(by_given_name(a), by_given_name(b)) < 0;
  });
  CHECK(people == std::vector<std::string>{"Nguyễn Văn An", "Lê Thị Anh", "Nguyễn Văn Ánh", "Phạm Ân",
                                           "Bùi Văn Dũng", "Trần Văn Đức"});
}

TEST_CASE("numbers are numbers, with their letters behind them", "[P43]") {
  std::vector<std::string> numbers = {"10/QĐ", "2a/QĐ", "2/QĐ", "3/QĐ", "02/TB"};
  std::stable_sort(numbers.begin(), numbers.end(),
                   [](const std::string& a, const std::string& b) { return text::compare(a, b) < 0; });
  CHECK(numbers == std::vector<std::string>{"2/QĐ", "02/TB", "2a/QĐ", "3/QĐ", "10/QĐ"});
}

TEST_CASE("every order that is named can be asked for", "[P43]") {
  std::string names = records::kSorts;
  std::replace(names.begin(), names.end(), '|', ' ');
  for (std::size_t at = 0; at < names.size();) {
    const auto end = std::min(names.find(' ', at), names.size());
    CAPTURE(names.substr(at, end - at));
    CHECK(records::parse_sort(names.substr(at, end - at)));
    at = end + 1;
  }
  CHECK_FALSE(records::parse_sort("usual"));
}
