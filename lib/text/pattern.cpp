#include "text/pattern.h"

#include <unicode/regex.h>

#include "text/text.h"
#include "text/unicode.h"

namespace vtlt::text {

struct Pattern::Compiled {
  std::unique_ptr<icu::RegexPattern> pattern;
};

namespace {

icu::UnicodeString to_icu(std::string_view utf8) {
  const std::u16string wide = to_utf16(nfc(utf8));
  return {wide.data(), static_cast<std::int32_t>(wide.size())};
}

}  // namespace

bool Pattern::parse(std::string_view text, Pattern& out, long& column) {
  UErrorCode status = U_ZERO_ERROR;
  UParseError place{};
  auto compiled = std::make_shared<Compiled>();
  compiled->pattern.reset(icu::RegexPattern::compile(to_icu(text), 0, place, status));
  column = place.offset > 0 ? place.offset : 0;
  if (U_FAILURE(status) || !compiled->pattern) return false;
  out.text_ = text;
  out.compiled_ = std::move(compiled);
  return true;
}

bool Pattern::matches(std::string_view utf8) const {
  constexpr std::int32_t steps = 1000, stack_bytes = 1 << 20;  // of ICU's: about a second
  if (!compiled_) return true;
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString value = to_icu(utf8);
  const std::unique_ptr<icu::RegexMatcher> matcher(compiled_->pattern->matcher(value, status));
  if (U_FAILURE(status) || !matcher) return false;
  matcher->setTimeLimit(steps, status);
  matcher->setStackLimit(stack_bytes, status);
  const bool found = matcher->matches(status) != 0;
  return found && U_SUCCESS(status);
}

bool matches_glob(std::string_view glob, std::string_view value) {
  std::size_t at = 0, in = 0, star = std::string_view::npos, from = 0;
  const auto next = [&](std::size_t i) {
    ++i;
    while (i < value.size() && (static_cast<unsigned char>(value[i]) & 0xC0) == 0x80)
      ++i;
    return i;
  };
  while (in < value.size()) {
    if (at < glob.size() && glob[at] == '*') {
      star = at++;
      from = in;
    } else if (at < glob.size() && glob[at] == '?') {
      ++at;
      in = next(in);
    } else if (at < glob.size() && glob[at] == value[in]) {
      ++at;
      ++in;
    } else if (star != std::string_view::npos) {
      at = star + 1;
      in = ++from;
    } else {
      return false;
    }
  }
  while (at < glob.size() && glob[at] == '*')
    ++at;
  return at == glob.size();
}

}  // namespace vtlt::text
