#include "records/ids.h"

#include <algorithm>
#include <array>

#include "base/clock.h"
#include "base/encoding.h"

namespace vtlt::records {
namespace {

constexpr std::string_view kKinds = "dhcebrfngysu";
constexpr std::size_t kLetters = 26;  // 128 bits in fives, the last letter carries three

// Letters people misread are taken as Crockford means them.
constexpr auto kValues = [] {
  constexpr std::string_view kAlphabet = "0123456789abcdefghjkmnpqrstvwxyz";
  std::array<signed char, 256> values{};
  values.fill(-1);
  const auto set = [&](char c, std::size_t value) {
    values[static_cast<unsigned char>(c)] = static_cast<signed char>(value);
    if (c >= 'a' && c <= 'z') values[static_cast<unsigned char>(c - 'a' + 'A')] = static_cast<signed char>(value);
  };
  for (std::size_t i = 0; i < kAlphabet.size(); ++i) set(kAlphabet[i], i);
  set('o', 0);
  set('i', 1);
  set('l', 1);
  return values;
}();

}  // namespace

std::string Id::text() const {
  std::string text(1, static_cast<char>(kind));
  append_base32(text, bits);
  return text;
}

std::string Id::brief(int letters) const {
  return text().substr(0, static_cast<std::size_t>(std::clamp(letters, 1, static_cast<int>(kLetters) + 1)));
}

bool Id::parse(std::string_view text, Id& out) {
  if (text.size() != kLetters + 1) return false;
  char kind = text.front();
  if (kind >= 'A' && kind <= 'Z') kind = static_cast<char>(kind - 'A' + 'a');
  if (kKinds.find(kind) == std::string_view::npos) return false;
  Id id;
  id.kind = static_cast<Kind>(kind);
  unsigned buffer = 0, have = 0;
  std::size_t filled = 0;
  for (const char c : text.substr(1)) {
    const int value = kValues[static_cast<unsigned char>(c)];
    if (value < 0) return false;
    buffer = (buffer << 5 | static_cast<unsigned>(value)) & 0xFFFF;
    have += 5;
    if (have < 8) continue;
    have -= 8;
    id.bits[filled++] = static_cast<unsigned char>(buffer >> have & 0xFF);
  }
  if ((buffer & ((1U << have) - 1)) != 0) return false;  // one id has one spelling
  out = id;
  return true;
}

Id new_id(Kind kind) {
  return {kind, random_128()};
}

}  // namespace vtlt::records
