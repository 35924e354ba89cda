#include "exchange/letters.h"

#include <array>
#include <unordered_set>

namespace vtlt::exchange {
namespace {

constexpr std::size_t kTableSize = 0x1F00;

const std::array<std::int16_t, kTableSize>& letter_table() {
  static const auto table = [] {
    std::array<std::int16_t, kTableSize> made{};
    made.fill(-1);
    for (int vowel = 0; vowel < kVowels; ++vowel)
      for (int tone = 0; tone < kTones; ++tone) {
        const int place = (vowel * kTones + tone) * 2;
        made[kLower[vowel][tone]] = static_cast<std::int16_t>(place);
        made[kUpper[vowel][tone]] = static_cast<std::int16_t>(place + 1);
      }
    return made;
  }();
  return table;
}

// Letters of rhymes in ASCII: ă 1, â 2, ê 3, ô 4, ơ 5, ư 6.
constexpr char kVowelCode[kVowels] = {'a', '1', '2', 'e', '3', 'i', 'o', '4', '5', 'u', '6', 'y'};

const std::unordered_set<std::string_view>& rhymes() {
  static const std::unordered_set<std::string_view> all = {
      "a",    "ac",   "ach",  "ai",   "am",  "an",  "ang",  "anh", "ao",   "ap",   "at",   "au",   "ay",
      "1c",   "1m",   "1n",   "1ng",  "1p",  "1t",  "2c",   "2m",  "2n",   "2ng",  "2p",   "2t",   "2u",
      "2y",   "e",    "ec",   "em",   "en",  "eng", "eo",   "ep",  "et",   "3",    "3ch",  "3m",   "3n",
      "3nh",  "3p",   "3t",   "3u",   "i",   "ia",  "ich",  "i3c", "i3m",  "i3n",  "i3ng", "i3p",  "i3t",
      "i3u",  "im",   "in",   "inh",  "ip",  "it",  "iu",   "o",   "oa",   "oac",  "oach", "oai",  "oam",
      "oan",  "oang", "oanh", "oao",  "oap", "oat", "oay",  "o1c", "o1m",  "o1n",  "o1ng", "o1t",  "oc",
      "oe",   "oen",  "oeo",  "oet",  "oi",  "om",  "on",   "ong", "ooc",  "oong", "op",   "ot",   "4",
      "4c",   "4i",   "4m",   "4n",   "4ng", "4p",  "4t",   "5",   "5i",   "5m",   "5n",   "5p",   "5t",
      "u",    "ua",   "u2n",  "u2ng", "u2t", "u2y", "uc",   "u3",  "u3ch", "u3nh", "u3u",  "ui",   "um",
      "un",   "ung",  "u4c",  "u4i",  "u4m", "u4n", "u4ng", "u4t", "up",   "ut",   "u5",   "uy",   "uya",
      "uych", "uy3n", "uy3t", "uynh", "uyt", "uyu", "6",    "6a",  "6c",   "6i",   "6ng",  "65c",  "65i",
      "65m",  "65n",  "65ng", "65p",  "65t", "65u", "6t",   "6u",  "y",    "y3m",  "y3n",  "y3ng", "y3t",
      "y3u",  "ych",  "yn",   "ynh",  "yt"};
  return all;
}

const std::unordered_set<std::string_view>& onsets() {
  static const std::unordered_set<std::string_view> all = {
      "",  "b",  "c",   "ch", "d", "7",  "g",  "gh", "gi", "h", "k",  "kh", "l", "m",
      "n", "ng", "ngh", "nh", "p", "ph", "qu", "r",  "s",  "t", "th", "tr", "v", "x"};
  return all;
}

bool is_word_code(char32_t code) {
  if (code < 0x80) return (code | 0x20) >= 'a' && (code | 0x20) <= 'z';
  return code > 0xA0 && !(code >= 0x2000 && code <= 0x206F);
}

// One word in the ASCII code above; false when it has a letter no Vietnamese word has.
struct WordReader {
  std::string coded;
  int tones = 0, tone = 0;
  bool foreign = false, beyond_ascii = false;

  void take(char32_t code) {
    if (code >= 0x80) beyond_ascii = true;
    if (code == U'đ' || code == U'Đ') {
      coded += '7';
      return;
    }
    const Letter letter = letter_of(code);
    if (letter.vowel >= 0) {
      coded += kVowelCode[letter.vowel];
      if (letter.tone != 0) {
        ++tones;
        tone = letter.tone;
      }
    } else if (code < 0x80) {
      coded += static_cast<char>(code | 0x20);
    } else {
      foreign = true;
    }
  }

  bool is_syllable() const {
    if (foreign || tones > 1 || coded.empty() || coded.size() > 8) return false;
    const std::string_view word = coded;
    for (std::size_t cut = 0; cut <= 3 && cut < word.size(); ++cut) {
      const auto rhyme = word.substr(cut);
      if (!onsets().contains(word.substr(0, cut)) || !rhymes().contains(rhyme)) continue;
      const char last = rhyme.back();
      const bool stopped = last == 'c' || last == 'p' || last == 't' || rhyme.ends_with("ch");
      if (!stopped || tone >= 4) return true;  // stopped syllables carry sắc or nặng only
    }
    return false;
  }
};

}  // namespace

Letter letter_of(char32_t code) {
  if (code >= kTableSize) return {};
  const int place = letter_table()[code];
  if (place < 0) return {};
  return {place / 2 / kTones, place / 2 % kTones, place % 2 == 1};
}

char32_t raised(char32_t code) {
  if (code >= U'a' && code <= U'z') return code - 0x20;
  if (code == U'đ') return U'Đ';
  const Letter letter = letter_of(code);
  return letter.vowel < 0 ? code : kUpper[letter.vowel][letter.tone];
}

bool is_lower(char32_t code) {
  return raised(code) != code;
}

bool is_upper(char32_t code) {
  if (code >= U'A' && code <= U'Z') return true;
  return code == U'Đ' || letter_of(code).upper;
}

char32_t next_code(std::string_view utf8, std::size_t& at, bool& well_formed) {
  well_formed = true;
  const auto lead = static_cast<unsigned char>(utf8[at]);
  if (lead < 0x80) {
    ++at;
    return lead;
  }
  const int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
  static constexpr char32_t kLeast[] = {0, 0x80, 0x800, 0x10000};
  bool good = lead >= 0xC2 && lead <= 0xF4 && utf8.size() - at > std::size_t(more);
  char32_t code = lead & (0x3F >> more);
  for (int i = 1; good && i <= more; ++i) {
    const auto byte = static_cast<unsigned char>(utf8[at + std::size_t(i)]);
    good = (byte & 0xC0) == 0x80;
    code = (code << 6) | (byte & 0x3F);
  }
  good = good && code >= kLeast[more] && code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
  if (!good) {
    well_formed = false;
    ++at;
    return kUnreadable;
  }
  at += std::size_t(more) + 1;
  return code;
}

char32_t next_code(std::string_view utf8, std::size_t& at) {
  bool well_formed = false;
  return next_code(utf8, at, well_formed);
}

WordScore score_words(std::string_view utf8_nfc) {
  WordScore score;
  WordReader word;
  const auto finish = [&] {
    if (word.beyond_ascii) {
      ++score.words;
      if (word.is_syllable()) ++score.syllables;
    }
    word = WordReader{};
  };
  for (std::size_t at = 0; at < utf8_nfc.size();) {
    const char32_t code = next_code(utf8_nfc, at);
    if (is_word_code(code))
      word.take(code);
    else if (!word.coded.empty() || word.foreign)
      finish();
  }
  finish();
  return score;
}

}  // namespace vtlt::exchange
