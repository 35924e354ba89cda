// Vietnamese text: form, folding, order, width. All strings are UTF-8; functions that expect valid UTF-8 say
// so.
#pragma once
#include <string>
#include <string_view>

namespace vtlt::text {

// Composed form (NFC). Valid UTF-8 in; ASCII and already composed text are returned without work.
std::string nfc(std::string_view utf8);
bool is_nfc(std::string_view utf8);

// For comparison without tones and case: NFC, lower case, marks off, đ→d, and the look-alikes Ð ð Ɖ too.
// "Quyết định" → "quyet dinh". Runs of white space become one space, ends trimmed.
std::string fold(std::string_view utf8);
// As fold, but tones and letters stay: for exact filters. "QUYẾT  định" → "quyết định".
std::string fold_case(std::string_view utf8);

// As file systems that do not tell capitals from small letters may: full case folding of Unicode and NFC, white
// space as it is. "Straße" → "strasse". Valid UTF-8 in.
std::string fold_case_fully(std::string_view utf8);

// Ð (U+00D0), ð (U+00F0), Ɖ (U+0189) → Đ, đ, Đ; records-practice.md 7.3. True when something changed.
bool mend_d_lookalikes(std::string& utf8);

// Order of records-practice.md 7.4 (ICU, locale vi, numeric): a ă â b c d đ …; tones after letters; lower
// case first; 2/QĐ = 02/QĐ < 10/QĐ. Never depends on the locale of the machine.
int compare(std::string_view a, std::string_view b);
std::string sort_key(std::string_view utf8);  // bytes; memcmp order = compare order

// Columns a terminal uses (combining marks 0, wide letters 2). pad fills with spaces to width; cut shortens
// with … so that it fits; neither splits a letter.
int display_width(std::string_view utf8);
std::string pad(std::string_view utf8, int width, bool right_aligned = false);
std::string cut(std::string_view utf8, int width);

// Unicode characters after NFC: what "String n" of TT05 and NĐ30 counts (D6).
std::size_t length(std::string_view utf8);

// File names and codes made by vtlt: no tones, đ→d, only A-Z a-z 0-9 . _ -; others become one '-' (P44).
// Never empty ("_"), never begins or ends with '.' or '-'.
std::string ascii_name(std::string_view utf8);

// "a, b, c"; of more than most the first, then "…".
std::string joined(const std::vector<std::string>& words, std::string_view between = ", ",
                   std::size_t most = std::string::npos);

// Bytes that may be anything (a file's name): invalid parts become U+FFFD, control characters too; for
// showing.
std::string printable(std::string_view bytes);
// Letters that nobody sees: two names with and without look the same.
bool has_invisible(std::string_view utf8);

}  // namespace vtlt::text
