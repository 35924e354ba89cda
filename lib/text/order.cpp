// The Vietnamese order of records-practice.md 7.4, from ICU.
#include <unicode/ucol.h>

#include "base/error.h"
#include "text/text.h"
#include "text/unicode.h"

namespace vtlt::text {
namespace {

// One collator for the program; comparing and making keys are safe in many threads once it is set up.
const UCollator* collator() {
  static const UCollator* const instance = [] {
    UErrorCode status = U_ZERO_ERROR;
    UCollator* opened = ucol_open("vi", &status);
    VTLT_ASSERT(U_SUCCESS(status) && status != U_USING_DEFAULT_WARNING);
    ucol_setAttribute(opened, UCOL_NUMERIC_COLLATION, UCOL_ON, &status);
    ucol_setAttribute(opened, UCOL_NORMALIZATION_MODE, UCOL_ON, &status);
    ucol_setAttribute(opened, UCOL_STRENGTH, UCOL_TERTIARY, &status);
    VTLT_ASSERT(U_SUCCESS(status));
    return opened;
  }();
  return instance;
}

}  // namespace

int compare(std::string_view a, std::string_view b) {
  if (a == b) return 0;
  UErrorCode status = U_ZERO_ERROR;
  const auto order = ucol_strcollUTF8(collator(), a.data(), static_cast<std::int32_t>(a.size()), b.data(),
                                      static_cast<std::int32_t>(b.size()), &status);
  VTLT_ASSERT(U_SUCCESS(status));
  return order == UCOL_LESS ? -1 : order == UCOL_GREATER ? 1 : 0;
}

std::string sort_key(std::string_view utf8) {
  const std::u16string wide = to_utf16(utf8);
  std::string key(wide.size() * 4 + 16, '\0');
  for (;;) {
    const auto needed =
        ucol_getSortKey(collator(), wide.data(), static_cast<std::int32_t>(wide.size()),
                        reinterpret_cast<std::uint8_t*>(key.data()), static_cast<std::int32_t>(key.size()));
    VTLT_ASSERT(needed > 0);
    const bool fitted = static_cast<std::size_t>(needed) <= key.size();
    key.resize(static_cast<std::size_t>(needed));
    if (fitted) break;
  }
  key.pop_back();  // ICU ends a key with 0
  return key;
}

}  // namespace vtlt::text
