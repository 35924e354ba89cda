#include "text/unicode.h"

namespace vtlt::text {
namespace {

bool surrogate(char32_t letter) {
  return letter >= 0xD800 && letter <= 0xDFFF;
}

}  // namespace

char32_t take(std::string_view& rest) {
  const auto at = [&](std::size_t i) -> char32_t { return static_cast<unsigned char>(rest[i]); };
  const char32_t lead = at(0);
  std::size_t size = 1;
  char32_t letter = lead, least = 0;
  if (lead >= 0x80) {
    if ((lead & 0xE0) == 0xC0)
      size = 2, letter = lead & 0x1F, least = 0x80;
    else if ((lead & 0xF0) == 0xE0)
      size = 3, letter = lead & 0x0F, least = 0x800;
    else if ((lead & 0xF8) == 0xF0)
      size = 4, letter = lead & 0x07, least = 0x10000;
    else
      letter = kInvalid;
  }
  if (size > rest.size()) letter = kInvalid;
  for (std::size_t i = 1; letter != kInvalid && i < size; ++i) {
    if ((at(i) & 0xC0) != 0x80)
      letter = kInvalid;
    else
      letter = letter << 6 | (at(i) & 0x3F);
  }
  if (letter != kInvalid && (letter < least || letter > 0x10FFFF || surrogate(letter))) letter = kInvalid;
  rest.remove_prefix(letter == kInvalid ? 1 : size);
  return letter;
}

void put(std::string& utf8, char32_t letter) {
  const auto byte = [&](char32_t value) { utf8 += static_cast<char>(static_cast<unsigned char>(value)); };
  if (letter < 0x80) {
    byte(letter);
  } else if (letter < 0x800) {
    byte(0xC0 | letter >> 6);
    byte(0x80 | (letter & 0x3F));
  } else if (letter < 0x10000) {
    byte(0xE0 | letter >> 12);
    byte(0x80 | (letter >> 6 & 0x3F));
    byte(0x80 | (letter & 0x3F));
  } else {
    byte(0xF0 | letter >> 18);
    byte(0x80 | (letter >> 12 & 0x3F));
    byte(0x80 | (letter >> 6 & 0x3F));
    byte(0x80 | (letter & 0x3F));
  }
}

std::u16string to_utf16(std::string_view utf8) {
  std::u16string out;
  out.reserve(utf8.size());
  while (!utf8.empty()) {
    char32_t letter = take(utf8);
    if (letter == kInvalid) letter = kReplacement;
    if (letter < 0x10000) {
      out += static_cast<char16_t>(letter);
    } else {
      out += static_cast<char16_t>(0xD7C0 + (letter >> 10));
      out += static_cast<char16_t>(0xDC00 | (letter & 0x3FF));
    }
  }
  return out;
}

std::string to_utf8(std::u16string_view utf16) {
  std::string out;
  out.reserve(utf16.size() + utf16.size() / 2);
  for (std::size_t i = 0; i < utf16.size(); ++i) {
    char32_t letter = utf16[i];
    if ((letter & 0xFC00) == 0xD800 && i + 1 < utf16.size() && (utf16[i + 1] & 0xFC00) == 0xDC00) {
      letter = 0x10000 + ((letter & 0x3FF) << 10) + (utf16[i + 1] & 0x3FFu);
      ++i;
    }
    put(out, surrogate(letter) ? kReplacement : letter);
  }
  return out;
}

}  // namespace vtlt::text
