#include <catch2/catch.hpp>

#include <array>

#include "base/encoding.h"

using namespace vtlt;

namespace {
std::vector<unsigned char> octets(const std::string& text) {
  return {text.begin(), text.end()};
}

// A second, slower way: the bits one by one.
std::string base32_by_bits(const std::vector<unsigned char>& bytes) {
  std::string text;
  for (std::size_t bit = 0; bit < bytes.size() * 8; bit += 5) {
    unsigned value = 0;
    for (std::size_t at = bit; at < bit + 5; ++at)
      value = value * 2 + (at < bytes.size() * 8 ? bytes[at / 8] >> (7 - at % 8) & 1 : 0);
    text += "0123456789abcdefghjkmnpqrstvwxyz"[value];
  }
  return text;
}
}  // namespace

TEST_CASE("encoding: hex") {
  CHECK(hex(octets("")).empty());
  CHECK(hex(std::vector<unsigned char>{0x00, 0x0f, 0xa0, 0xff}) == "000fa0ff");
  std::array<unsigned char, 4> out{};
  REQUIRE(from_hex("000FA0ff", out));
  CHECK(out == std::array<unsigned char, 4>{0x00, 0x0f, 0xa0, 0xff});
  for (const char* text : {"", "000fa0f", "000fa0ff0", "000fa0fg", "000fa0 f", "0x0fa0ff"}) {
    CAPTURE(text);
    CHECK_FALSE(from_hex(text, out));
  }
}

TEST_CASE("encoding: Crockford's base32") {
  CHECK(base32({}).empty());
  CHECK(base32(std::vector<unsigned char>{0x00}) == "00");
  CHECK(base32(std::vector<unsigned char>{0xff}) == "zw");
  // The vectors of RFC 4648 section 10, in Crockford's letters.
  CHECK(base32(octets("f")) == "cr");
  CHECK(base32(octets("fo")) == "csqg");
  CHECK(base32(octets("foo")) == "csqpy");
  CHECK(base32(octets("foob")) == "csqpyrg");
  CHECK(base32(octets("fooba")) == "csqpyrk1");
  CHECK(base32(octets("foobar")) == "csqpyrk1e8");
  std::vector<unsigned char> bytes;
  for (unsigned n = 0; n < 40; ++n) {
    CAPTURE(n);
    CHECK(base32(bytes) == base32_by_bits(bytes));
    bytes.push_back(static_cast<unsigned char>(n * 167 + 13));
  }
  CHECK(base32(std::vector<unsigned char>(16, 0xff)) == "zzzzzzzzzzzzzzzzzzzzzzzzzw");  // an id: 26 letters
}

TEST_CASE("encoding: base64, RFC 4648 section 10") {
  const std::pair<const char*, const char*> vectors[] = {{"", ""},
                                                         {"f", "Zg=="},
                                                         {"fo", "Zm8="},
                                                         {"foo", "Zm9v"},
                                                         {"foob", "Zm9vYg=="},
                                                         {"fooba", "Zm9vYmE="},
                                                         {"foobar", "Zm9vYmFy"},
                                                         {"\xfb\xff\xbf", "+/+/"}};
  for (const auto& [bytes, text] : vectors) {
    CAPTURE(text);
    CHECK(base64(bytes) == text);
    std::string back = "left over";
    REQUIRE(from_base64(text, back));
    CHECK(back == bytes);
  }
  std::string all, back;
  for (int n = 0; n < 256; ++n)
    all += static_cast<char>(n);
  REQUIRE(from_base64(base64(all), back));
  CHECK(back == all);
  CHECK(from_base64("Zm9v\r\nYmFy\n", back));
  CHECK(back == "foobar");
  for (const char* text :
       {"Z", "Zg", "Zg=", "Zg===", "====", "=", "Zg==Zg==", "Z=g=", "Zm9v=", "Zm-v", "Zm_v", "Zm9v!"}) {
    CAPTURE(text);
    CHECK_FALSE(from_base64(text, back));
  }
}

TEST_CASE("encoding: well-formed UTF-8") {
  for (const std::string text :
       {"", "abc", "Hồ sơ lưu trữ", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf", "\xee\x80\x80",
        "\xef\xbf\xbf", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"}) {
    CAPTURE(text);
    CHECK(is_utf8(text));
    CHECK(is_utf8("x" + text + "x"));
  }
  CHECK(is_utf8(std::string_view("\0", 1)));
  const std::pair<const char*, const char*> wrong[] = {{"continuation alone", "\x80"},
                                                       {"overlong of two", "\xc0\x80"},
                                                       {"overlong of two, last", "\xc1\xbf"},
                                                       {"overlong of three", "\xe0\x9f\xbf"},
                                                       {"surrogate, first", "\xed\xa0\x80"},
                                                       {"surrogate, last", "\xed\xbf\xbf"},
                                                       {"overlong of four", "\xf0\x8f\xbf\xbf"},
                                                       {"above U+10FFFF", "\xf4\x90\x80\x80"},
                                                       {"five bytes", "\xf8\x88\x80\x80\x80"},
                                                       {"FE", "\xfe"},
                                                       {"FF", "\xff"},
                                                       {"cut after one of two", "\xc3"},
                                                       {"cut after two of three", "\xe1\xbb"},
                                                       {"cut after three of four", "\xf0\x9f\x98"},
                                                       {"no continuation", "\xc3("},
                                                       {"TCVN3", "C\xa9ng h\xdf"}};
  for (const auto& [name, text] : wrong) {
    CAPTURE(name);
    CHECK_FALSE(is_utf8(text));
    CHECK_FALSE(is_utf8(std::string("đ") + text));
    CHECK_FALSE(is_utf8(std::string(text) + "a"));
  }
}
