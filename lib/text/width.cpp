// How text stands on a terminal.
#include <unicode/uchar.h>

#include "text/text.h"
#include "text/unicode.h"

namespace vtlt::text {
namespace {

bool is_control(char32_t letter) {
  return letter < 0x20 || (letter >= 0x7F && letter < 0xA0);
}

// Controls that turn or hide the text around them, separators that break a line, and what is no character.
bool is_misleading(char32_t letter) {
  return (letter >= 0x202A && letter <= 0x202E) || (letter >= 0x2066 && letter <= 0x2069) ||
         letter == 0x2028 || letter == 0x2029 || letter == 0x200E || letter == 0x200F || letter == 0x61C ||
         (letter != kInvalid && (letter & 0xFFFE) == 0xFFFE) ||  // no character, and no XML may have it
         (letter >= 0xFDD0 && letter <= 0xFDEF);
}

int width_of(char32_t letter) {
  if (letter == kInvalid) return 1;
  if (is_control(letter)) return 0;
  if (is_plain(letter)) return 1;
  if (letter >= 0x1160 && letter <= 0x11FF) return 0;  // later parts of a Hangul syllable
  const auto code = static_cast<UChar32>(letter);
  const auto type = u_charType(code);
  if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR) return 0;
  const int east = u_getIntPropertyValue(code, UCHAR_EAST_ASIAN_WIDTH);
  return east == U_EA_WIDE || east == U_EA_FULLWIDTH ? 2 : 1;
}

// Spaces and joiners of no width, the soft hyphen, tags; not the joiners that some scripts and emoji need.
bool is_invisible(char32_t letter) {
  return letter == 0xAD || letter == 0x200B || (letter >= 0x2060 && letter <= 0x2064) || letter == 0xFEFF ||
         (letter >= 0xE0000 && letter <= 0xE007F);
}

}  // namespace

int display_width(std::string_view utf8) {
  int width = 0;
  while (!utf8.empty())
    width += width_of(take(utf8));
  return width;
}

std::string pad(std::string_view utf8, int width, bool right_aligned) {
  const int missing = width - display_width(utf8);
  const std::string space(missing > 0 ? static_cast<std::size_t>(missing) : 0, ' ');
  return right_aligned ? space + std::string(utf8) : std::string(utf8) + space;
}

std::string cut(std::string_view utf8, int width) {
  if (display_width(utf8) <= width) return std::string(utf8);
  if (width < 1) return {};
  // Marks have no width, so a letter keeps its marks when what follows is cut.
  std::string_view rest = utf8;
  std::size_t kept = 0;
  int used = 0;
  while (!rest.empty()) {
    used += width_of(take(rest));
    if (used > width - 1) break;
    kept = utf8.size() - rest.size();
  }
  return std::string(utf8.substr(0, kept)) + "…";
}

std::string joined(const std::vector<std::string>& words, std::string_view between, std::size_t most) {
  std::string all;
  for (std::size_t i = 0; i < words.size() && i < most; ++i) {
    if (i != 0) all += between;
    all += words[i];
  }
  return words.size() > most ? all.append(between) + "…" : all;
}

std::string printable(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  while (!bytes.empty()) {
    const char32_t letter = take(bytes);
    put(out, letter == kInvalid || is_control(letter) || is_misleading(letter) ? kReplacement : letter);
  }
  return out;
}

bool has_invisible(std::string_view utf8) {
  while (!utf8.empty())
    if (is_invisible(take(utf8))) return true;
  return false;
}

}  // namespace vtlt::text
