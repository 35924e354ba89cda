// Decoders for the encodings of records-practice.md 7. TCVN3 and VNI are fonts rather than standards: ICU has
// neither, the tables are ours. VISCII (RFC 1456) and CP1258 are small enough to stand beside them.
#include <array>
#include <vector>

#include "base/encoding.h"
#include "exchange/encoding_internal.h"
#include "exchange/letters.h"
#include "exchange/table.h"
#include "text/text.h"

namespace vtlt::exchange {
namespace {

// 0x80-0x9F of Windows code pages; the fonts keep these signs.
constexpr char16_t kWindowsSigns[32] = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                        0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                        0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                        0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

// 0xA0-0xFF of TCVN 5712:1993, records-practice.md 7.1.
constexpr char16_t kTcvn3[96] = {
    0x00A0, 0x0102, 0x00C2, 0x00CA, 0x00D4, 0x01A0, 0x01AF, 0x0110, 0x0103, 0x00E2, 0x00EA, 0x00F4,
    0x01A1, 0x01B0, 0x0111, 0x1EB0, 0x0300, 0x0309, 0x0303, 0x0301, 0x0323, 0x00E0, 0x1EA3, 0x00E3,
    0x00E1, 0x1EA1, 0x1EB2, 0x1EB1, 0x1EB3, 0x1EB5, 0x1EAF, 0x1EB4, 0x1EAE, 0x1EA6, 0x1EA8, 0x1EAA,
    0x1EA4, 0x1EC0, 0x1EB7, 0x1EA7, 0x1EA9, 0x1EAB, 0x1EA5, 0x1EAD, 0x00E8, 0x1EC2, 0x1EBB, 0x1EBD,
    0x00E9, 0x1EB9, 0x1EC1, 0x1EC3, 0x1EC5, 0x1EBF, 0x1EC7, 0x00EC, 0x1EC9, 0x1EC4, 0x1EBE, 0x1ED2,
    0x0129, 0x00ED, 0x1ECB, 0x00F2, 0x1ED4, 0x1ECF, 0x00F5, 0x00F3, 0x1ECD, 0x1ED3, 0x1ED5, 0x1ED7,
    0x1ED1, 0x1ED9, 0x1EDD, 0x1EDF, 0x1EE1, 0x1EDB, 0x1EE3, 0x00F9, 0x1ED6, 0x1EE7, 0x0169, 0x00FA,
    0x1EE5, 0x1EEB, 0x1EED, 0x1EEF, 0x1EE9, 0x1EF1, 0x1EF3, 0x1EF7, 0x1EF9, 0x00FD, 0x1EF5, 0x1ED0};

// 0x80-0xFF of VISCII 1.1; six more capitals stand among the control codes.
constexpr char16_t kViscii[128] = {
    0x1EA0, 0x1EAE, 0x1EB0, 0x1EB6, 0x1EA4, 0x1EA6, 0x1EA8, 0x1EAC, 0x1EBC, 0x1EB8, 0x1EBE, 0x1EC0, 0x1EC2,
    0x1EC4, 0x1EC6, 0x1ED0, 0x1ED2, 0x1ED4, 0x1ED6, 0x1ED8, 0x1EE2, 0x1EDA, 0x1EDC, 0x1EDE, 0x1ECA, 0x1ECE,
    0x1ECC, 0x1EC8, 0x1EE6, 0x0168, 0x1EE4, 0x1EF2, 0x00D5, 0x1EAF, 0x1EB1, 0x1EB7, 0x1EA5, 0x1EA7, 0x1EA9,
    0x1EAD, 0x1EBD, 0x1EB9, 0x1EBF, 0x1EC1, 0x1EC3, 0x1EC5, 0x1EC7, 0x1ED1, 0x1ED3, 0x1ED5, 0x1ED7, 0x1EE0,
    0x01A0, 0x1ED9, 0x1EDD, 0x1EDF, 0x1ECB, 0x1EF0, 0x1EE8, 0x1EEA, 0x1EEC, 0x01A1, 0x1EDB, 0x01AF, 0x00C0,
    0x00C1, 0x00C2, 0x00C3, 0x1EA2, 0x0102, 0x1EB3, 0x1EB5, 0x00C8, 0x00C9, 0x00CA, 0x1EBA, 0x00CC, 0x00CD,
    0x0128, 0x1EF3, 0x0110, 0x1EE9, 0x00D2, 0x00D3, 0x00D4, 0x1EA1, 0x1EF7, 0x1EEB, 0x1EED, 0x00D9, 0x00DA,
    0x1EF9, 0x1EF5, 0x00DD, 0x1EE1, 0x01B0, 0x00E0, 0x00E1, 0x00E2, 0x00E3, 0x1EA3, 0x0103, 0x1EEF, 0x1EAB,
    0x00E8, 0x00E9, 0x00EA, 0x1EBB, 0x00EC, 0x00ED, 0x0129, 0x1EC9, 0x0111, 0x1EF1, 0x00F2, 0x00F3, 0x00F4,
    0x00F5, 0x1ECF, 0x1ECD, 0x1EE5, 0x00F9, 0x00FA, 0x0169, 0x1EE7, 0x00FD, 0x1EE3, 0x1EEE};

char32_t windows_1252(unsigned char byte) {
  if (byte < 0x80 || byte >= 0xA0) return byte;
  const char16_t sign = kWindowsSigns[byte - 0x80];
  return sign == 0 ? kUnreadable : sign;
}

char32_t windows_1258(unsigned char byte) {
  switch (byte) {
    case 0x8A:
    case 0x8E:
    case 0x9A:
    case 0x9E:
      return kUnreadable;
    case 0xC3:
      return 0x0102;
    case 0xCC:
      return 0x0300;
    case 0xD0:
      return 0x0110;
    case 0xD2:
      return 0x0309;
    case 0xD5:
      return 0x01A0;
    case 0xDD:
      return 0x01AF;
    case 0xDE:
      return 0x0303;
    case 0xE3:
      return 0x0103;
    case 0xEC:
      return 0x0301;
    case 0xF0:
      return 0x0111;
    case 0xF2:
      return 0x0323;
    case 0xF5:
      return 0x01A1;
    case 0xFD:
      return 0x01B0;
    case 0xFE:
      return 0x20AB;
    default:
      return windows_1252(byte);
  }
}

char32_t viscii(unsigned char byte) {
  switch (byte) {
    case 0x02:
      return 0x1EB2;
    case 0x05:
      return 0x1EB4;
    case 0x06:
      return 0x1EAA;
    case 0x14:
      return 0x1EF6;
    case 0x19:
      return 0x1EF8;
    case 0x1E:
      return 0x1EF4;
    default:
      return byte < 0x80 ? byte : kViscii[byte - 0x80];
  }
}

char32_t tcvn3(unsigned char byte) {
  return byte < 0xA0 ? windows_1252(byte) : kTcvn3[byte - 0xA0];
}

template <typename Decoder>
std::string decode_single(std::string_view bytes, Decoder decoder, std::size_t& undecodable) {
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 2);
  for (const char c : bytes) {
    const char32_t code = decoder(static_cast<unsigned char>(c));
    if (code == kUnreadable) ++undecodable;
    append_utf8(out, code);
  }
  return out;
}

// ---- VNI: one or two bytes a letter (records-practice.md 7.2) ----

struct VniTables {
  std::array<char32_t, 256> single{};
  std::array<std::int8_t, 256> tone{}, hat{}, breve{};  // tone number of a mark, -1: no mark of this kind
  std::array<std::int8_t, 256> base{};                  // vowel row a base letter stands for, -1: none
};

const VniTables& vni_tables() {
  static const VniTables tables = [] {
    VniTables t;
    t.tone.fill(-1);
    t.hat.fill(-1);
    t.breve.fill(-1);
    t.base.fill(-1);
    const auto both = [](std::array<std::int8_t, 256>& marks, unsigned char lower, int value) {
      marks[lower] = static_cast<std::int8_t>(value);
      marks[lower - 0x20u] = static_cast<std::int8_t>(value);
    };
    // Tones in the order of kLower: huyền 1, hỏi 2, ngã 3, sắc 4, nặng 5.
    both(t.tone, 0xF8, 1), both(t.tone, 0xFB, 2), both(t.tone, 0xF5, 3), both(t.tone, 0xF9, 4),
        both(t.tone, 0xEF, 5);
    both(t.hat, 0xE2, 0), both(t.hat, 0xE0, 1), both(t.hat, 0xE5, 2), both(t.hat, 0xE3, 3),
        both(t.hat, 0xE1, 4), both(t.hat, 0xE4, 5);
    both(t.breve, 0xEA, 0), both(t.breve, 0xE8, 1), both(t.breve, 0xFA, 2), both(t.breve, 0xFC, 3),
        both(t.breve, 0xE9, 4), both(t.breve, 0xEB, 5);
    both(t.base, 'a', 0), both(t.base, 'e', 3), both(t.base, 'o', 6), both(t.base, 'u', 9),
        both(t.base, 'y', 11);
    both(t.base, 0xF4, 8), both(t.base, 0xF6, 10);  // ô, ö are ơ, ư
    const auto alone = [&t](unsigned char lower, char32_t small, char32_t capital) {
      t.single[lower] = small;
      t.single[lower - 0x20u] = capital;
    };
    alone(0xF1, U'đ', U'Đ'), alone(0xF4, U'ơ', U'Ơ'), alone(0xF6, U'ư', U'Ư'), alone(0xED, U'í', U'Í');
    alone(0xEC, U'ì', U'Ì'), alone(0xE6, U'ỉ', U'Ỉ'), alone(0xF3, U'ĩ', U'Ĩ'), alone(0xF2, U'ị', U'Ị');
    alone(0xEE, U'ỵ', U'Ỵ');
    return t;
  }();
  return tables;
}

// The letter of a base and a mark, 0 when they do not belong together. The base decides on capitals.
char32_t vni_pair(unsigned char base, unsigned char mark) {
  const VniTables& t = vni_tables();
  int vowel = t.base[base];
  if (vowel < 0 || mark < 0x80) return 0;
  int tone = t.tone[mark];
  if (tone < 0 && (vowel == 0 || vowel == 3 || vowel == 6)) {
    tone = t.hat[mark];
    if (tone >= 0) {
      vowel = vowel == 0 ? 2 : vowel + 1;
    } else if (vowel == 0) {
      tone = t.breve[mark];
      vowel = 1;
    }
  }
  if (tone < 0) return 0;
  const bool upper = base < 0x80 ? base < 'a' : base < 0xE0;
  return upper ? kUpper[vowel][tone] : kLower[vowel][tone];
}

std::string decode_vni(std::string_view bytes, std::size_t& undecodable) {
  const VniTables& t = vni_tables();
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 4);
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    const auto byte = static_cast<unsigned char>(bytes[at]);
    if (at + 1 < bytes.size()) {
      if (const char32_t pair = vni_pair(byte, static_cast<unsigned char>(bytes[at + 1])); pair != 0) {
        append_utf8(out, pair);
        ++at;
        continue;
      }
    }
    char32_t code = t.single[byte] != 0 ? t.single[byte] : byte >= 0xC0 ? kUnreadable : windows_1252(byte);
    if (code == kUnreadable) ++undecodable;
    append_utf8(out, code);
  }
  return out;
}

std::string clean_utf8(std::string_view bytes, std::size_t& undecodable) {
  if (is_utf8(bytes)) return std::string(bytes);
  std::string out;
  out.reserve(bytes.size());
  for (std::size_t at = 0; at < bytes.size();) {
    bool well_formed = true;
    const std::size_t start = at;
    const char32_t code = next_code(bytes, at, well_formed);
    if (well_formed) {
      out.append(bytes.substr(start, at - start));
    } else {
      ++undecodable;
      append_utf8(out, code);
    }
  }
  return out;
}

// ---- TCVN3 capitals (records-practice.md 7.1) ----
// A letter with a tone has no capital of its own in the font. `ñY BAN` shows it by its neighbour; in `Së` the
// capital may be a name's first letter only, so the words around decide.

struct Word {
  std::size_t first = 0, last = 0;  // in codes, half open
  int capitals = 0, small = 0, toned = 0;
  bool leading_toned = false, marked = false;
  bool sure() const { return small == 0 && toned > 0 && (capitals >= 2 || (capitals == 1 && leading_toned)); }
  bool open() const { return small == 0 && toned > 0 && capitals == 1 && !leading_toned; }
  bool all_capitals() const { return small == 0 && capitals >= 2 && (toned > 0 || marked); }
};

bool joins_words(char32_t code) {
  return code == ' ' || code == '-' || (code >= '0' && code <= '9');
}
bool is_letter(char32_t code) {
  return is_upper(code) || is_lower(code);
}

void raise(std::u32string& codes, const Word& word) {
  for (std::size_t i = word.first; i < word.last; ++i)
    codes[i] = raised(codes[i]);
}

void raise_phrase(std::u32string& codes, const std::vector<Word>& words) {
  bool small = false, capital_phrase = false;
  for (const Word& word : words) {
    small = small || word.small > 0;
    capital_phrase = capital_phrase || word.sure() || word.all_capitals();
  }
  for (const Word& word : words)
    if (word.sure() || (word.open() && capital_phrase && !small)) raise(codes, word);
}

Word read_word(const std::u32string& codes, std::size_t first) {
  Word word;
  word.first = word.last = first;
  for (; word.last < codes.size() && is_letter(codes[word.last]); ++word.last) {
    const char32_t code = codes[word.last];
    const Letter letter = letter_of(code);
    if (is_upper(code)) {
      ++word.capitals;
      word.marked = word.marked || (letter.vowel >= 0 && code >= 0x80);  // HĐND says nothing
    } else if (letter.vowel >= 0 && letter.tone > 0) {
      word.leading_toned = word.leading_toned || word.last == first;
      ++word.toned;
    } else {
      ++word.small;  // ă â đ ê ô ơ ư too: the encoding has their capitals
    }
  }
  return word;
}

std::string raise_capitals(std::string_view utf8) {
  std::u32string codes;
  for (std::size_t at = 0; at < utf8.size();)
    codes += next_code(utf8, at);
  std::vector<Word> phrase;
  for (std::size_t i = 0; i < codes.size();) {
    if (is_letter(codes[i])) {
      phrase.push_back(read_word(codes, i));
      i = phrase.back().last;
      continue;
    }
    if (!joins_words(codes[i])) {
      raise_phrase(codes, phrase);
      phrase.clear();
    }
    ++i;
  }
  raise_phrase(codes, phrase);
  std::string out;
  for (const char32_t code : codes)
    append_utf8(out, code);
  return out;
}

struct Name {
  Encoding encoding;
  const char* shown;
  std::vector<std::string_view> accepted;  // folded
};

const std::vector<Name>& names() {
  static const std::vector<Name> all = {
      {Encoding::utf8, "Unicode (UTF-8)", {"utf-8", "utf8", "unicode"}},
      {Encoding::utf8_bom, "Unicode (UTF-8, BOM)", {"utf-8-bom", "utf8-bom", "utf-8-sig"}},
      {Encoding::utf16le, "Unicode (UTF-16 LE)", {"utf-16le", "utf16le", "utf-16", "utf16"}},
      {Encoding::utf16be, "Unicode (UTF-16 BE)", {"utf-16be", "utf16be"}},
      {Encoding::tcvn3, "TCVN3 (ABC)", {"tcvn3", "abc", "tcvn", "tcvn-5712", "tcvn5712-1"}},
      {Encoding::vni, "VNI-Windows", {"vni", "vni-windows", "vni-win"}},
      {Encoding::viscii, "VISCII", {"viscii"}},
      {Encoding::cp1258, "Windows-1258", {"cp1258", "windows-1258", "1258"}},
      {Encoding::latin1,
       "Windows-1252 (Latin 1)",
       {"latin1", "latin-1", "cp1252", "windows-1252", "iso-8859-1"}}};
  return all;
}

}  // namespace

const char* encoding_name(Encoding encoding) {
  for (const Name& name : names())
    if (name.encoding == encoding) return name.shown;
  return "";
}

std::optional<Encoding> parse_encoding(std::string_view name) {
  const std::string folded = text::fold(name);
  for (const Name& known : names()) {
    if (text::fold(known.shown) == folded) return known.encoding;
    for (const std::string_view accepted : known.accepted)
      if (folded == accepted) return known.encoding;
  }
  return std::nullopt;
}

std::string utf16_to_utf8(std::string_view bytes, bool big_endian, std::size_t& undecodable) {
  std::string out;
  const auto unit = [&](std::size_t at) {
    const auto a = static_cast<unsigned char>(bytes[at]), b = static_cast<unsigned char>(bytes[at + 1]);
    return static_cast<char32_t>(big_endian ? a << 8 | b : b << 8 | a);
  };
  std::size_t at = 0;
  for (; at + 1 < bytes.size(); at += 2) {
    char32_t code = unit(at);
    if (code >= 0xD800 && code <= 0xDFFF) {
      const char32_t low = at + 3 < bytes.size() ? unit(at + 2) : 0;
      if (code <= 0xDBFF && low >= 0xDC00 && low <= 0xDFFF) {
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        at += 2;
      } else {
        code = kUnreadable;
        ++undecodable;
      }
    }
    append_utf8(out, code);
  }
  if (at < bytes.size()) {
    append_utf8(out, kUnreadable);
    ++undecodable;
  }
  return out;
}

std::string from_windows_1252(std::string_view bytes) {
  std::size_t ignored = 0;
  // Bytes without a sign keep their number, so that the way back finds them.
  return decode_single(
      bytes,
      [](unsigned char byte) {
        const char32_t code = windows_1252(byte);
        return code == kUnreadable ? char32_t(byte) : code;
      },
      ignored);
}

bool to_windows_1252(std::string_view utf8, std::string& bytes) {
  bytes.clear();
  for (std::size_t at = 0; at < utf8.size();) {
    const char32_t code = next_code(utf8, at);
    if (code < 0x100) {
      bytes += static_cast<char>(code);
      continue;
    }
    bool found = false;
    for (std::size_t i = 0; i < 32 && !found; ++i)
      if (kWindowsSigns[i] == code) {
        bytes += static_cast<char>(0x80 + i);
        found = true;
      }
    if (!found) return false;
  }
  return true;
}

std::string to_utf8(std::string_view bytes, Encoding encoding, bool keep_caps, std::size_t* undecodable) {
  std::size_t bad = 0;
  std::string out;
  const bool same =
      encoding != Encoding::viscii && encoding != Encoding::utf16le && encoding != Encoding::utf16be;
  if (same && is_ascii(bytes)) {
    if (undecodable != nullptr) *undecodable = 0;
    return std::string(bytes);
  }
  switch (encoding) {
    case Encoding::utf8:
    case Encoding::utf8_bom:
      if (bytes.starts_with(kBom)) bytes.remove_prefix(kBom.size());
      out = clean_utf8(bytes, bad);
      break;
    case Encoding::utf16le:
    case Encoding::utf16be: {
      const bool big = encoding == Encoding::utf16be;
      if (bytes.starts_with(big ? "\xFE\xFF" : "\xFF\xFE")) bytes.remove_prefix(2);
      out = utf16_to_utf8(bytes, big, bad);
      break;
    }
    case Encoding::tcvn3:
      out = decode_single(bytes, tcvn3, bad);
      break;
    case Encoding::vni:
      out = decode_vni(bytes, bad);
      break;
    case Encoding::viscii:
      out = decode_single(bytes, viscii, bad);
      break;
    case Encoding::cp1258:
      out = decode_single(bytes, windows_1258, bad);
      break;
    case Encoding::latin1:
      out = decode_single(bytes, windows_1252, bad);
      break;
  }
  if (undecodable != nullptr) *undecodable = bad;
  out = text::nfc(out);
  if (encoding == Encoding::tcvn3 && !keep_caps && !is_ascii(bytes)) out = raise_capitals(out);
  return out;
}

}  // namespace vtlt::exchange
