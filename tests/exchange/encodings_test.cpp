#include <set>

#include "exchange/encoding_internal.h"
#include "exchange/letters.h"
#include "samples.h"
#include "text/text.h"

using namespace vtlt::exchange;

TEST_CASE("old encodings decode the lines of the domain page", "[P41]") {
  struct Case {
    Encoding encoding;
    std::string bytes;
    const char* text;
  };
  const Case cases[] = {
      {Encoding::vni,
       "U\xDBy ban nha\xE2n da\xE2n t\xE6nh Th\xF6\xF8"
       "a Thie\xE2n Hue\xE1",
       "Ủy ban nhân dân tỉnh Thừa Thiên Huế"},
      {Encoding::vni,
       "\xD1\xF4n v\xF2 tr\xED"
       "ch ye\xE1u; ng\xF6\xF4\xF8i k\xF9y; Y\xCF",
       "Đơn vị trích yếu; người k\xEF\xBF\xBDy; Ỵ"},
      {Encoding::tcvn3,
       "Quy\xD5t \xAE\xDEnh v\xD2 vi\xD6"
       "c c\xCA"
       "p \xAE\xCAt",
       "Quyết định về việc cấp đất"},
      {Encoding::tcvn3, "\xF1Y BAN NH\xA2N D\xA2N", "ỦY BAN NHÂN DÂN"},
      {Encoding::viscii, "Quy\xAAt \xF0\xB8nh \x02", "Quyết định Ẳ"},
      {Encoding::cp1258,
       "Quy\xEA\xECt \xF0i\xF2nh vi\xEA\xF2"
       "c",
       "Quyết định việc"},
      {Encoding::latin1, "caf\xE9 \x93x\x94", "café “x”"},
      {Encoding::utf16le, std::string("\xFF\xFE\x10\x01\xBF\x1E", 6), "Đế"},
      {Encoding::utf16be, std::string("\x01\x10\x1E\xBF", 4), "Đế"},
      {Encoding::utf8, "e\xCC\xA3\xCC\x82", "ệ"},
      {Encoding::utf8_bom, "\xEF\xBB\xBFx\xFF", "x\xEF\xBF\xBD"},
  };
  for (const Case& c : cases) {
    INFO(encoding_name(c.encoding));
    CHECK(to_utf8(c.bytes, c.encoding, false) == c.text);
  }
}

TEST_CASE("undecodable bytes are counted", "[P41]") {
  std::size_t bad = 0;
  CHECK(to_utf8("a\xE2\xE2", Encoding::vni, false, &bad) == "â\xEF\xBF\xBD");
  CHECK(bad == 1);
  CHECK(to_utf8("\x81", Encoding::latin1, false, &bad) == "\xEF\xBF\xBD");
  CHECK(bad == 1);
  to_utf8("Qu\xE8", Encoding::utf8, false, &bad);
  CHECK(bad == 1);
}

TEST_CASE("capitals lost by TCVN3 come back where the word shows them", "[P41]") {
  const auto read = [](std::string bytes, bool keep) { return to_utf8(bytes, Encoding::tcvn3, keep); };
  CHECK(read("Hå V\xA8n T\xDEnh", false) ==
        to_utf8("Hå V\xA8n T\xDEnh", Encoding::tcvn3, true));  // a name stays a name
  CHECK(read("S\xEB N\xE9i v\xF4", false) == "Sở Nội vụ");
  CHECK(read("S\xEB N\xE9I V\xF4", false) == "SỞ NỘI VỤ");
  CHECK(read("S\xEB N\xE9I V\xF4", true) == "Sở NộI Vụ");
  CHECK(read("S\xEB TNMT", false) == "Sở TNMT");
  CHECK(read("H\xA7ND x\xB7", false) == "HĐND xã");
}

TEST_CASE("all 134 letters go through VNI and come back", "[P41]") {
  // The table of the domain page, written the other way round.
  const char* tone[] = {"", "\xF8", "\xFB", "\xF5", "\xF9", "\xEF"};
  const char* hat[] = {"\xE2", "\xE0", "\xE5", "\xE3", "\xE1", "\xE4"};
  const char* breve[] = {"\xEA", "\xE8", "\xFA", "\xFC", "\xE9", "\xEB"};
  const char* single_i[] = {"i", "\xEC", "\xE6", "\xF3", "\xED", "\xF2"};
  struct Row {
    const char* base;
    const char** marks;
  };
  const Row rows[] = {{"a", tone}, {"a", breve}, {"a", hat},     {"e", tone}, {"e", hat},     {"", single_i},
                      {"o", tone}, {"o", hat},   {"\xF4", tone}, {"u", tone}, {"\xF6", tone}, {"y", tone}};
  int letters = 0;
  for (int vowel = 0; vowel < kVowels; ++vowel)
    for (int t = 0; t < kTones; ++t) {
      std::string small = std::string(rows[vowel].base) + rows[vowel].marks[t];
      if (vowel == 11 && t == 5) small = "\xEE";
      std::string capital;
      for (const char c : small)
        capital += static_cast<char>(static_cast<unsigned char>(c) - 0x20);
      std::string expected_small, expected_capital;
      append_utf8(expected_small, kLower[vowel][t]);
      append_utf8(expected_capital, kUpper[vowel][t]);
      CHECK(to_utf8(small, Encoding::vni, false) == expected_small);
      CHECK(to_utf8(capital, Encoding::vni, false) == expected_capital);
      letters += 2;
    }
  CHECK(letters == 144);
  CHECK(to_utf8("\xF1\xD1", Encoding::vni, false) == "đĐ");
}

TEST_CASE("every TCVN3 letter with a tone decodes to its own letter", "[P41]") {
  std::set<std::string> seen;
  for (int byte = 0xA1; byte <= 0xFE; ++byte) {
    if (byte >= 0xB0 && byte <= 0xB4) continue;  // combining tones
    const std::string text = to_utf8(std::string(1, static_cast<char>(byte)), Encoding::tcvn3, true);
    std::size_t at = 0;
    const char32_t code = next_code(text, at);
    CHECK((letter_of(code).vowel >= 0 || code == U'đ' || code == U'Đ'));
    CHECK(seen.insert(text).second);
  }
}

TEST_CASE("detection names the encoding with its confidence", "[P41]") {
  CHECK(detect_encoding("So, ky hieu\n1,2").encoding == Encoding::utf8);
  CHECK(detect_encoding("So, ky hieu\n1,2").confidence == 100);
  CHECK(detect_encoding("\xEF\xBB\xBFx").encoding == Encoding::utf8_bom);
  CHECK(detect_encoding(std::string("a\0b\0c\0d\0,\0", 10)).encoding == Encoding::utf16le);
  CHECK(detect_encoding(std::string("\0a\0b\0c\0d\0,", 10)).encoding == Encoding::utf16be);
  CHECK(detect_encoding("Trích yếu").encoding == Encoding::utf8);

  const std::string viscii =
      "Quy\xAAt \xF0\xB8nh v\xAB vi\xAE"
      "c c\xA4p \xF0\xA4t; T\xB6 tr\xECnh xin ph\xEA duy\xAEt; c\xF5ng v\xE5n v\xAB vi\xAE"
      "c b\xE1o c\xE1o \xF0\xB8nh k\xEF";
  CHECK(detect_encoding(viscii).encoding == Encoding::viscii);
  const std::string cp1258 =
      "Quy\xEA\xECt \xF0i\xF2nh v\xEA\xCC vi\xEA\xF2"
      "c c\xE2\xECp \xF0\xE2\xECt; T\xF5\xCC tri\xCCnh; c\xF4ng v\xE3n; b\xE1o c\xE1o; ti\xEA\xECp "
      "nh\xE2\xF2n";
  CHECK(detect_encoding(cp1258).encoding == Encoding::cp1258);
  const auto french = detect_encoding(
      "Num\xE9ro;Pi\xE8"
      "ce re\xE7ue;\xCAtre pr\xEAt\n");
  CHECK(french.confidence < 60);
  // Half a letter left by software that cuts at 255 bytes does not make a UTF-8 list another encoding.
  std::string cut;
  for (int i = 0; i < 100; ++i)
    cut += "Quyết định về việc ";
  cut += "\xE1\xBA\n";
  CHECK(detect_encoding(cut).encoding == Encoding::utf8);
}

TEST_CASE("detection is right and sure on the sample registers", "[P41]") {
  struct Case {
    const char* name;
    Encoding encoding;
  };
  for (const Case& c :
       {Case{"van-ban-den.csv", Encoding::utf8_bom}, Case{"van-ban-den.vni.csv", Encoding::vni},
        Case{"van-ban-di.tcvn3.csv", Encoding::tcvn3}}) {
    const auto bytes = samples::shared(c.name);
    if (!bytes) continue;
    const auto found = detect_encoding(*bytes);
    INFO(c.name << " " << found.confidence << " " << found.sample);
    CHECK(found.encoding == c.encoding);
    CHECK(found.confidence >= 90);
    CHECK_FALSE(found.sample.empty());
    CHECK(is_ascii(found.sample) == false);
    // One line is enough too, with less confidence at most.
    const auto line = detect_encoding(bytes->substr(0, bytes->find('\n')));
    CHECK(line.encoding == c.encoding);
    CHECK(line.confidence <= found.confidence);
  }
}

TEST_CASE("encoding names are read back", "[P41]") {
  for (const Encoding encoding :
       {Encoding::utf8, Encoding::utf8_bom, Encoding::utf16le, Encoding::utf16be, Encoding::tcvn3,
        Encoding::vni, Encoding::viscii, Encoding::cp1258, Encoding::latin1})
    CHECK(parse_encoding(encoding_name(encoding)) == encoding);
  CHECK(parse_encoding("ABC") == Encoding::tcvn3);
  CHECK(parse_encoding("VNI") == Encoding::vni);
  CHECK_FALSE(parse_encoding("auto"));
}

TEST_CASE("syllables: Vietnamese words are, others are not", "[P41]") {
  const auto score = score_words("Nghiêng quyết khuỷu giếng gì rượu thuở đường quỳnh ký xã");
  CHECK(score.words == 11);
  CHECK(score.syllables == 11);
  CHECK(score_words("Nghiêgn quếtạ tàc bồp strữ").syllables == 0);
}
