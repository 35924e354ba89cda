// Words of formats, which are ASCII: labels, digests, names of algorithms. Other letters are left as they are;
// what people write is compared by text/text.h.
#pragma once
#include <string>
#include <string_view>

namespace vtlt::ascii {

constexpr bool is_ascii(std::string_view bytes) {
  for (const char c : bytes)
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  return true;
}

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
inline std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = lower(c);
  return out;
}

constexpr std::string_view xml_space = " \t\r\n";
constexpr std::string_view trimmed(std::string_view text, std::string_view space = xml_space) {
  const std::size_t first = text.find_first_not_of(space);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(space) - first + 1);
}
constexpr bool is_blank(std::string_view text) { return text.find_first_not_of(xml_space) == std::string_view::npos; }

}  // namespace vtlt::ascii
