// Composed form, folding, names in ASCII: the ways two texts are the same.
#include <unicode/ucasemap.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf16.h>

#include <array>
#include <limits>

#include "base/error.h"
#include "text/text.h"
#include "text/unicode.h"

namespace vtlt::text {
namespace {

constexpr char32_t kD = 0x110, kd = 0x111;  // Đ đ

const UNormalizer2* composer() {
  static const UNormalizer2* const instance = [] {
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2* opened = unorm2_getNFCInstance(&status);
    VTLT_ASSERT(U_SUCCESS(status));
    return opened;
  }();
  return instance;
}

const UNormalizer2* decomposer() {
  static const UNormalizer2* const instance = [] {
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2* opened = unorm2_getNFDInstance(&status);
    VTLT_ASSERT(U_SUCCESS(status));
    return opened;
  }();
  return instance;
}

std::u16string normalised_piece(const UNormalizer2* form, std::u16string_view text) {
  VTLT_ASSERT(text.size() < std::size_t{1} << 29);
  const auto size = static_cast<std::int32_t>(text.size());
  std::u16string out(text.size() + text.size() / 2 + 16, u'\0');
  UErrorCode status = U_ZERO_ERROR;
  std::int32_t written =
      unorm2_normalize(form, text.data(), size, out.data(), static_cast<std::int32_t>(out.size()), &status);
  if (status == U_BUFFER_OVERFLOW_ERROR) {
    out.resize(static_cast<std::size_t>(written));
    status = U_ZERO_ERROR;
    written = unorm2_normalize(form, text.data(), size, out.data(), written, &status);
  }
  VTLT_ASSERT(U_SUCCESS(status));
  out.resize(static_cast<std::size_t>(written));
  return out;
}

// ICU puts marks in order by the square of their number. No letter has as many as are taken together here
// (Unicode's Stream-Safe Text allows 30), so a text without end of them is parted.
std::u16string normalised(const UNormalizer2* form, const std::u16string& text) {
  constexpr std::size_t most_marks = 256;
  const std::u16string_view whole = text;
  if (whole.size() <= most_marks) return normalised_piece(form, whole);
  std::u16string out;
  std::size_t begin = 0, marks = 0;
  for (std::size_t at = 0; at < whole.size();) {
    const std::size_t start = at;
    UChar32 letter = 0;
    U16_NEXT(whole.data(), at, whole.size(), letter);
    marks = u_getCombiningClass(letter) == 0 ? 0 : marks + 1;
    if (marks < most_marks) continue;
    out += normalised_piece(form, whole.substr(begin, start - begin));
    begin = start;
    marks = 0;
  }
  return out.empty() ? normalised_piece(form, whole) : out + normalised_piece(form, whole.substr(begin));
}

bool all_plain(std::string_view utf8) {
  while (!utf8.empty())
    if (!is_plain(take(utf8))) return false;  // kInvalid is not plain
  return true;
}

char32_t mended(char32_t letter) {
  if (letter == 0xD0 || letter == 0x189) return kD;
  if (letter == 0xF0) return kd;
  return letter;
}

UChar32 icu(char32_t letter) {
  return static_cast<UChar32>(letter);
}

bool is_mark(char32_t letter) {
  const auto type = u_charType(icu(letter));
  return type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK;
}

// What nobody sees does not tell texts apart: soft hyphen, zero width space and joiners, byte order mark.
bool is_unseen(char32_t letter) {
  return letter == 0xAD || (letter >= 0x200B && letter <= 0x200F) || letter == 0x2060 || letter == 0xFEFF;
}

enum class Keep { tones, base_only };

// Folded, but white space not yet squeezed: each becomes one ' '.
std::string folded(std::string_view utf8, Keep keep) {
  const std::u16string wide = to_utf16(utf8);
  const std::string spelt = to_utf8(normalised(keep == Keep::tones ? composer() : decomposer(), wide));
  std::string lower;
  lower.reserve(spelt.size());
  for (std::string_view rest = spelt; !rest.empty();) {
    char32_t letter = mended(take(rest));
    if (is_unseen(letter) || (keep == Keep::base_only && is_mark(letter))) continue;
    if (u_isUWhiteSpace(icu(letter))) letter = ' ';
    letter = static_cast<char32_t>(u_tolower(icu(letter)));
    if (keep == Keep::base_only && letter == kd) letter = 'd';
    put(lower, letter);
  }
  return all_plain(lower) ? lower : to_utf8(normalised(composer(), to_utf16(lower)));
}

// The folded form of every plain letter; ICU is asked once for each.
class FoldTable {
 public:
  explicit FoldTable(Keep keep) {
    for (char32_t letter = 0; letter < 0x300; ++letter)
      fill(letter, keep);
    for (char32_t letter = 0x1EA0; letter <= 0x1EF9; ++letter)
      fill(letter, keep);
    for (char32_t letter = 0x2010; letter <= 0x2027; ++letter)
      fill(letter, keep);
    fill(0x20AB, keep);
  }
  const std::string& of(char32_t letter) const { return forms_[place(letter)]; }

 private:
  static std::size_t place(char32_t letter) {
    if (letter < 0x300) return letter;
    if (letter < 0x2000) return 0x300 + (letter - 0x1EA0);
    if (letter < 0x2030) return 0x360 + (letter - 0x2010);
    return 0x380;
  }
  void fill(char32_t letter, Keep keep) {
    std::string one;
    put(one, letter);
    forms_[place(letter)] = folded(one, keep);
  }
  std::array<std::string, 0x381> forms_;
};

std::string squeezed(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool gap = false;
  for (const char c : text) {
    if (c == ' ') {
      gap = !out.empty();
      continue;
    }
    if (gap) out += ' ';
    gap = false;
    out += c;
  }
  return out;
}

std::string fold_ascii(std::string_view ascii) {
  std::string out(ascii);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z')
      c = static_cast<char>(c - 'A' + 'a');
    else if (c >= '\t' && c <= '\r')
      c = ' ';
  }
  return squeezed(out);
}

std::string fold_by(const FoldTable& table, std::string_view utf8, Keep keep) {
  std::string out;
  out.reserve(utf8.size());
  for (std::string_view rest = utf8; !rest.empty();) {
    const char32_t letter = take(rest);
    if (!is_plain(letter)) return squeezed(folded(utf8, keep));
    out += table.of(letter);
  }
  return squeezed(out);
}

bool is_name_letter(char32_t letter) {
  return (letter >= '0' && letter <= '9') || (letter >= 'A' && letter <= 'Z') ||
         (letter >= 'a' && letter <= 'z') || letter == '.' || letter == '_' || letter == '-';
}

}  // namespace

std::string nfc(std::string_view utf8) {
  if (is_ascii(utf8) || all_plain(utf8)) return std::string(utf8);
  return to_utf8(normalised(composer(), to_utf16(utf8)));
}

bool is_nfc(std::string_view utf8) {
  return is_ascii(utf8) || all_plain(utf8) || to_utf8(normalised(composer(), to_utf16(utf8))) == utf8;
}

std::string fold(std::string_view utf8) {
  if (is_ascii(utf8)) return fold_ascii(utf8);
  static const FoldTable table(Keep::base_only);
  return fold_by(table, utf8, Keep::base_only);
}

std::string fold_case(std::string_view utf8) {
  if (is_ascii(utf8)) return fold_ascii(utf8);
  static const FoldTable table(Keep::tones);
  return fold_by(table, utf8, Keep::tones);
}

std::string fold_case_fully(std::string_view utf8) {
  static const UCaseMap* const map = [] {
    UErrorCode status = U_ZERO_ERROR;
    return ucasemap_open("", U_FOLD_CASE_DEFAULT, &status);
  }();
  VTLT_ASSERT(map != nullptr);
  const std::string composed = nfc(utf8);
  std::string folded(3 * composed.size() + 1, '\0');  // at most three letters of one, none longer than it was
  UErrorCode status = U_ZERO_ERROR;
  const auto length =
      ucasemap_utf8FoldCase(map, folded.data(), static_cast<std::int32_t>(folded.size()), composed.data(),
                            static_cast<std::int32_t>(composed.size()), &status);
  VTLT_ASSERT(U_SUCCESS(status));
  folded.resize(static_cast<std::size_t>(length));
  return nfc(folded);
}

bool mend_d_lookalikes(std::string& utf8) {
  // Both forms take two bytes, and a lead byte of UTF-8 is never found inside another letter.
  static constexpr struct {
    char from[3], to[3];
  } kPairs[] = {{"\xC3\x90", "\xC4\x90"}, {"\xC3\xB0", "\xC4\x91"}, {"\xC6\x89", "\xC4\x90"}};
  bool changed = false;
  for (std::size_t i = 0; i + 1 < utf8.size(); ++i) {
    for (const auto& pair : kPairs) {
      if (utf8[i] != pair.from[0] || utf8[i + 1] != pair.from[1]) continue;
      utf8[i] = pair.to[0];
      utf8[i + 1] = pair.to[1];
      changed = true;
      break;
    }
  }
  return changed;
}

std::size_t length(std::string_view utf8) {
  if (is_ascii(utf8)) return utf8.size();
  const std::string composed = nfc(utf8);
  std::size_t letters = 0;
  for (std::string_view rest = composed; !rest.empty(); ++letters)
    take(rest);
  return letters;
}

std::string ascii_name(std::string_view utf8) {
  const std::string spelt =
      is_ascii(utf8) ? std::string(utf8) : to_utf8(normalised(decomposer(), to_utf16(utf8)));
  std::string out;
  std::string run;  // of '-' and letters that have no place in a name
  bool foreign = false;
  for (std::string_view rest = spelt; !rest.empty();) {
    char32_t letter = mended(take(rest));
    if (letter == kD) letter = 'D';
    if (letter == kd) letter = 'd';
    if (letter >= 0x80 && letter != kInvalid && (is_mark(letter) || is_unseen(letter))) continue;
    if (!is_name_letter(letter)) {
      foreign = true;
    } else if (letter == '-') {
      run += '-';
    } else {
      out += foreign ? "-" : run;
      run.clear();
      foreign = false;
      out += static_cast<char>(letter);
    }
  }
  // Neither hidden, nor an option, nor "..", nor ending as Windows forbids.
  const auto first = out.find_first_not_of(".-");
  if (first == std::string::npos) return "_";
  return out.substr(first, out.find_last_not_of(".-") - first + 1);
}

}  // namespace vtlt::text
