#include "text/tones.h"

#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include <vector>

#include "text/text.h"
#include "text/unicode.h"

namespace vtlt::text {
namespace {

std::u32string decomposed(std::string_view utf8) {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2* form = unorm2_getNFDInstance(&status);
  std::u32string letters;
  if (U_FAILURE(status) != 0) return letters;
  for (std::string_view rest = utf8; !rest.empty();) {
    const char32_t letter = take(rest);
    UChar buffer[8];
    status = U_ZERO_ERROR;
    const std::int32_t size = unorm2_getDecomposition(form, static_cast<UChar32>(letter), buffer, 8, &status);
    if (size < 0 || U_FAILURE(status) != 0) {
      letters += letter;
      continue;
    }
    for (std::int32_t i = 0; i < size;) {
      UChar32 part = 0;
      U16_NEXT(buffer, i, size, part);
      letters += static_cast<char32_t>(part);
    }
  }
  return letters;
}

// 0: no tone mark.
char tone_of(char32_t mark) {
  switch (mark) {
    case 0x0301: return '1';  // sắc
    case 0x0300: return '2';  // huyền
    case 0x0309: return '3';  // hỏi
    case 0x0303: return '4';  // ngã
    case 0x0323: return '5';  // nặng
    default: return 0;
  }
}

bool in_word(char32_t letter) {
  return letter >= 0x80 || (letter >= 'a' && letter <= 'z');
}

}  // namespace

std::string tone_key(std::string_view utf8) {
  std::string key;
  char tone = 0;
  for (const char32_t letter : decomposed(fold_case(utf8))) {
    if (const char found = tone_of(letter)) {
      tone = found;
      continue;
    }
    if (!in_word(letter) && tone != 0) {
      key += tone;
      tone = 0;
    }
    put(key, letter);
  }
  if (tone != 0) key += tone;
  return key;
}

bool has_tones(std::string_view utf8) { return fold_case(utf8) != fold(utf8); }

}  // namespace vtlt::text
