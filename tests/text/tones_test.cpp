// Words with tones: where the mark stands is a choice of spelling (records-practice.md 7.3).
#include <catch2/catch.hpp>

#include "text/text.h"
#include "text/tones.h"

using namespace vtlt;

TEST_CASE("the place of a tone mark makes no other word") {
  const std::pair<const char*, const char*> same[] = {
      {"hòa", "hoà"}, {"Ủy ban", "Uỷ ban"}, {"THỦY", "thuỷ"}, {"khỏe", "khoẻ"}, {"Quyết định", "QUYẾT ĐỊNH"},
      {"hòa", "ho\u0300a"}, {"ệ", "e\u0323\u0302"}, {"ợ", "o\u031b\u0323"}};
  for (const auto& [a, b] : same) {
    INFO(a << " " << b);
    CHECK(text::tone_key(a) == text::tone_key(b));
  }
}

TEST_CASE("another tone or letter is another word") {
  const std::pair<const char*, const char*> other[] = {{"ma", "má"},   {"má", "mà"},  {"mả", "mã"}, {"mạ", "ma"}, {"cân", "can"},
                                                       {"đất", "dất"}, {"ơn", "on"}, {"ưng", "ung"}, {"ăn", "ân"}, {"hòa a", "ho àa"}};
  for (const auto& [a, b] : other) {
    INFO(a << " " << b);
    CHECK(text::tone_key(a) != text::tone_key(b));
  }
  CHECK(text::nfc(text::tone_key("quyết định")) == "quyêt1 đinh5");
  CHECK(text::tone_key("") == "");
}

TEST_CASE("a word without tones asks for none") {
  for (const char* word : {"quyet dinh", "15/QD-UBND", "abc", ""}) CHECK_FALSE(text::has_tones(word));
  for (const char* word : {"quyết", "đinh", "Đ", "ơn"}) CHECK(text::has_tones(word));
}
