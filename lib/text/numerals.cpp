// Numbers for people: grouped digits, sizes, Vietnamese words.
#include <array>

#include "text/messages.h"

namespace vtlt::text {
namespace {

constexpr std::array<const char*, 10> kDigits = {"không", "một", "hai", "ba",  "bốn",
                                                 "năm",   "sáu", "bảy", "tám", "chín"};
constexpr std::uint64_t kBillion = 1'000'000'000;

void say(std::string& out, std::string_view word) {
  if (!out.empty()) out += ' ';
  out += word;
}

// Below 1000. `inner`: something greater was said before, so hundreds are said even when they are none.
void say_hundreds(std::string& out, unsigned value, bool inner) {
  const unsigned hundreds = value / 100, tens = value / 10 % 10, ones = value % 10;
  if (hundreds > 0 || inner) {
    say(out, kDigits[hundreds]);
    say(out, "trăm");
  }
  if (tens > 1) {
    say(out, kDigits[tens]);
    say(out, "mươi");
  } else if (tens == 1) {
    say(out, "mười");
  } else if (ones > 0 && (hundreds > 0 || inner)) {
    say(out, "linh");
  }
  if (ones == 0) return;
  if (ones == 1 && tens > 1)
    say(out, "mốt");
  else if (ones == 5 && tens > 0)
    say(out, "lăm");
  else
    say(out, kDigits[ones]);
}

void say_number(std::string& out, std::uint64_t value, bool inner) {
  if (value >= kBillion) {
    say_number(out, value / kBillion, inner);
    say(out, "tỷ");
    value %= kBillion;
    inner = true;
  }
  static constexpr struct {
    std::uint64_t size;
    const char* name;
  } kGroups[] = {{1'000'000, "triệu"}, {1'000, "nghìn"}, {1, ""}};
  for (const auto& [size, name] : kGroups) {
    const auto part = static_cast<unsigned>(value / size % 1000);
    if (part == 0) continue;
    say_hundreds(out, part, inner);
    if (*name != '\0') say(out, name);
    inner = true;
  }
}

std::uint64_t magnitude(std::int64_t number) {
  return number < 0 ? ~static_cast<std::uint64_t>(number) + 1 : static_cast<std::uint64_t>(number);
}

}  // namespace

std::string group(std::int64_t number, Language language) {
  std::string text = std::to_string(magnitude(number));
  for (std::size_t at = text.size(); at > 3;) {
    at -= 3;
    text.insert(at, 1, language == Language::vi ? '.' : ',');
  }
  return number < 0 ? '-' + text : text;
}

std::string bytes_text(std::uint64_t bytes, Language language) {
  static constexpr const char* kUnits[] = {"KB", "MB", "GB", "TB", "PB", "EB"};
  if (bytes < 1000)
    return std::to_string(bytes) + (language == Language::vi || bytes == 1 ? " byte" : " bytes");
  std::uint64_t unit = 1000;
  std::size_t name = 0;
  // Rounding to a tenth must not give "1000,0 KB".
  while (name + 1 < std::size(kUnits) && bytes / unit >= 999 &&
         (bytes / unit >= 1000 || bytes % unit >= unit / 20 * 19)) {
    unit *= 1000;
    ++name;
  }
  const std::uint64_t tenths = bytes / unit * 10 + (bytes % unit / (unit / 100) + 5) / 10;
  std::string text = group(static_cast<std::int64_t>(tenths / 10), language);
  if (tenths % 10 != 0) text += (language == Language::vi ? ',' : '.') + std::to_string(tenths % 10);
  return text + ' ' + kUnits[name];
}

std::string in_words(std::int64_t number) {
  if (number == 0) return kDigits[0];
  std::string out;
  if (number < 0) say(out, "âm");
  say_number(out, magnitude(number), false);
  return out;
}

}  // namespace vtlt::text
