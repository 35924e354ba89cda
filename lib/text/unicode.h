// Inside the room: UTF-8 read letter by letter, and UTF-16 for ICU. No ICU here.
#pragma once
#include <string>
#include <string_view>

#include "base/ascii.h"

namespace vtlt::text {

inline constexpr char32_t kInvalid = 0xFFFFFFFF;
inline constexpr char32_t kReplacement = 0xFFFD;

// Takes the first letter off rest (not empty). kInvalid: one byte that starts no well-formed letter was
// taken.
char32_t take(std::string_view& rest);
void put(std::string& utf8, char32_t letter);

// Invalid bytes become U+FFFD.
std::u16string to_utf16(std::string_view utf8);
std::string to_utf8(std::u16string_view utf16);

using ascii::is_ascii;

// Letters that are composed whatever stands beside them, and need no ICU: Latin below the combining marks,
// the Vietnamese block, dashes, quotes and the ellipsis, ₫. Nearly all Vietnamese text is made of these
// alone.
inline bool is_plain(char32_t letter) {
  return letter < 0x300 || (letter >= 0x1EA0 && letter <= 0x1EF9) || (letter >= 0x2010 && letter <= 0x2027) ||
         letter == 0x20AB;
}

}  // namespace vtlt::text
