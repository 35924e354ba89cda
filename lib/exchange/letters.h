// The 134 letters of Vietnamese beyond ASCII as a table, and UTF-8 by the code point. Inside room `exchange`.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "base/encoding.h"

namespace vtlt::exchange {

inline constexpr char32_t kUnreadable = 0xFFFD;
inline constexpr int kVowels = 12;
inline constexpr int kTones = 6;  // none, huyền, hỏi, ngã, sắc, nặng

inline constexpr char32_t kLower[kVowels][kTones] = {
    {U'a', U'à', U'ả', U'ã', U'á', U'ạ'}, {U'ă', U'ằ', U'ẳ', U'ẵ', U'ắ', U'ặ'},
    {U'â', U'ầ', U'ẩ', U'ẫ', U'ấ', U'ậ'}, {U'e', U'è', U'ẻ', U'ẽ', U'é', U'ẹ'},
    {U'ê', U'ề', U'ể', U'ễ', U'ế', U'ệ'}, {U'i', U'ì', U'ỉ', U'ĩ', U'í', U'ị'},
    {U'o', U'ò', U'ỏ', U'õ', U'ó', U'ọ'}, {U'ô', U'ồ', U'ổ', U'ỗ', U'ố', U'ộ'},
    {U'ơ', U'ờ', U'ở', U'ỡ', U'ớ', U'ợ'}, {U'u', U'ù', U'ủ', U'ũ', U'ú', U'ụ'},
    {U'ư', U'ừ', U'ử', U'ữ', U'ứ', U'ự'}, {U'y', U'ỳ', U'ỷ', U'ỹ', U'ý', U'ỵ'}};
inline constexpr char32_t kUpper[kVowels][kTones] = {
    {U'A', U'À', U'Ả', U'Ã', U'Á', U'Ạ'}, {U'Ă', U'Ằ', U'Ẳ', U'Ẵ', U'Ắ', U'Ặ'},
    {U'Â', U'Ầ', U'Ẩ', U'Ẫ', U'Ấ', U'Ậ'}, {U'E', U'È', U'Ẻ', U'Ẽ', U'É', U'Ẹ'},
    {U'Ê', U'Ề', U'Ể', U'Ễ', U'Ế', U'Ệ'}, {U'I', U'Ì', U'Ỉ', U'Ĩ', U'Í', U'Ị'},
    {U'O', U'Ò', U'Ỏ', U'Õ', U'Ó', U'Ọ'}, {U'Ô', U'Ồ', U'Ổ', U'Ỗ', U'Ố', U'Ộ'},
    {U'Ơ', U'Ờ', U'Ở', U'Ỡ', U'Ớ', U'Ợ'}, {U'U', U'Ù', U'Ủ', U'Ũ', U'Ú', U'Ụ'},
    {U'Ư', U'Ừ', U'Ử', U'Ữ', U'Ứ', U'Ự'}, {U'Y', U'Ỳ', U'Ỷ', U'Ỹ', U'Ý', U'Ỵ'}};

struct Letter {
  int vowel = -1;  // row of kLower; -1: not a vowel
  int tone = 0;
  bool upper = false;
};
Letter letter_of(char32_t code);
char32_t raised(char32_t code);  // capital of an ASCII or Vietnamese letter, else the same
bool is_upper(char32_t code);
bool is_lower(char32_t code);

using vtlt::append_utf8;
// Reads one code point and moves `at`; kUnreadable and one byte on for what is not well-formed.
char32_t next_code(std::string_view utf8, std::size_t& at, bool& well_formed);
char32_t next_code(std::string_view utf8, std::size_t& at);

// Words with letters beyond ASCII, and how many of them are possible Vietnamese syllables.
struct WordScore {
  int words = 0;
  int syllables = 0;
  double share() const { return words == 0 ? 0 : double(syllables) / words; }
};
WordScore score_words(std::string_view utf8_nfc);

}  // namespace vtlt::exchange
