#include "records/words.h"

#include <array>

#include "text/text.h"

namespace vtlt::records {
namespace {

struct Mending {
  std::string_view from, to;
};
constexpr Mending kMendings[] = {
    {"\u00A0", " "}, {"\t", " "},     {"\n", " "},     {"\r", " "},     {"\u2010", "-"},
    {"\u2011", "-"}, {"\u2012", "-"}, {"\u2013", "-"}, {"\u2014", "-"}, {"\u2015", "-"},
    {"\u2212", "-"}, {"\u00AD", ""},  {"\u200B", ""},  {"\u200C", ""},  {"\u200D", ""},
    {"\u200E", ""},  {"\u200F", ""},  {"\u2060", ""},  {"\uFEFF", ""},
};

// Most bytes begin nothing that is mended.
constexpr auto kBegins = [] {
  std::array<bool, 256> begins{};
  begins[' '] = true;  // one of several is enough
  for (const auto& [from, to] : kMendings) begins[static_cast<unsigned char>(from.front())] = true;
  return begins;
}();

}  // namespace

std::string cleaned(std::string_view source) {
  std::string composed = text::nfc(source);
  text::mend_d_lookalikes(composed);
  std::string out;
  out.reserve(composed.size());
  for (std::string_view rest = composed; !rest.empty();) {
    if (!kBegins[static_cast<unsigned char>(rest.front())]) {
      out += rest.front();
      rest.remove_prefix(1);
      continue;
    }
    std::string_view piece = rest.substr(0, 1), replacement = piece;
    for (const auto& [from, to] : kMendings) {
      if (!rest.starts_with(from)) continue;
      piece = from;
      replacement = to;
      break;
    }
    rest.remove_prefix(piece.size());
    if (replacement == " " && (out.empty() || out.back() == ' ')) continue;
    out += replacement;
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

int whole_number(std::string_view text, std::size_t most) {
  if (text.empty() || text.size() > most) return -1;
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::vector<std::string_view> split_at(std::string_view text, std::string_view separators) {
  std::vector<std::string_view> parts;
  for (;;) {
    const auto end = text.find_first_of(separators);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

}  // namespace vtlt::records
