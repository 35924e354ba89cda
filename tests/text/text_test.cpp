#include "text/text.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <string>
#include <vector>

#include "base/encoding.h"

using namespace vtlt;

namespace {

std::string letter(char32_t code) {
  std::string out;
  const auto byte = [&](char32_t value) { out += static_cast<char>(static_cast<unsigned char>(value)); };
  if (code < 0x80) {
    byte(code);
  } else if (code < 0x800) {
    byte(0xC0 | code >> 6), byte(0x80 | (code & 63));
  } else if (code < 0x10000) {
    byte(0xE0 | code >> 12), byte(0x80 | (code >> 6 & 63)), byte(0x80 | (code & 63));
  } else {
    byte(0xF0 | code >> 18), byte(0x80 | (code >> 12 & 63)), byte(0x80 | (code >> 6 & 63)),
        byte(0x80 | (code & 63));
  }
  return out;
}

// Mostly Vietnamese, with marks on their own, look-alikes, spaces, digits and now and then any letter at all.
std::string random_text(std::mt19937& random) {
  static const std::vector<std::string> pool = {"a",
                                                "ă",
                                                "â",
                                                "b",
                                                "D",
                                                "đ",
                                                "Đ",
                                                "Ð",
                                                "ð",
                                                "Ɖ",
                                                "ê",
                                                "ệ",
                                                "Ơ",
                                                "ợ",
                                                "ư",
                                                "Ứ",
                                                "y",
                                                "ỵ",
                                                "0",
                                                "2",
                                                "10",
                                                "/",
                                                "-",
                                                " ",
                                                "  ",
                                                "\t",
                                                "\u00A0",
                                                "\u0301",
                                                "\u0323",
                                                "\u0302",
                                                "\u031B",
                                                "o\u031B\u0323",
                                                "e\u0323\u0302",
                                                "Å",
                                                "Ω",
                                                "ﬁ",
                                                "한",
                                                "ß",
                                                "İ",
                                                "\u200B",
                                                "…",
                                                "Q"};
  std::string text;
  const auto size = random() % 12;
  for (unsigned i = 0; i < size; ++i) {
    if (random() % 10 != 0) {
      text += pool[random() % pool.size()];
      continue;
    }
    char32_t code = random() % 0x11000;
    if (code >= 0xD800 && code <= 0xDFFF) code = 'x';
    text += letter(code);
  }
  return text;
}

}  // namespace

TEST_CASE("a text of marks without end takes no time without end", "[P44]") {
  // In any order, as hostile names have them; ordered by the square of their number they would take minutes.
  std::string marks = "a";
  for (int i = 0; i < 300'000; ++i)
    marks += i % 2 == 0 ? "\u0301" : "\u0323";
  CHECK(text::nfc(marks).size() > 500'000);
  CHECK_FALSE(text::fold_case_fully(marks).empty());
  CHECK_FALSE(text::fold(marks + "ế").empty());
  // What anybody writes is in order as before, in long texts too.
  std::string some = "a", ordered = "ạ";
  for (int i = 0; i < 60; ++i) {
    some += "\u0301";
    ordered += "\u0301";
  }
  some += "\u0323";
  CHECK(text::nfc(some) == ordered);
  std::string text, composed;
  for (int i = 0; i < 1000; ++i) {
    text += "e\u0302\u0323 ";
    composed += "ệ ";
  }
  CHECK(text::nfc(text) == composed);
}

TEST_CASE("composed form", "[text][P44]") {
  CHECK(text::nfc("e\u0323\u0302") == "ệ");
  CHECK(text::nfc("o\u031B\u0323") == "ợ");
  CHECK(text::nfc("Quyết định") == "Quyết định");
  CHECK(text::nfc("") == "");
  CHECK(text::nfc("\u212B") == "Å");
  CHECK(text::is_nfc("Ủy ban nhân dân"));
  CHECK_FALSE(text::is_nfc("Uy\u0309 ban"));
  CHECK(text::is_nfc("한"));
  CHECK_FALSE(text::is_nfc("\u1112\u1161\u11AB"));
}

TEST_CASE("folding drops tones, case, đ and its look-alikes", "[text][P07]") {
  const std::vector<std::pair<std::string, std::string>> rows = {
      {"Quyết định", "quyet dinh"},
      {"QUYẾT ĐỊNH", "quyet dinh"},
      {"Quye\u0302\u0301t di\u0323nh", "quyet dinh"},
      {"  Công \t văn\u00A0 đến ", "cong van den"},
      {"Ðà Nẵng ð Ɖ", "da nang d d"},
      {"hòa hoà HÒA", "hoa hoa hoa"},
      {"Thừa Thiên Huế – ơ ư", "thua thien hue – o u"},
      {"ABC 12", "abc 12"},
      {"", ""},
      {" \n ", ""},
      {"tài\u200B liệu", "tai lieu"},
      {"\uFEFFSố đến", "so den"},
  };
  for (const auto& [from, to] : rows) {
    CAPTURE(from);
    CHECK(text::fold(from) == to);
  }
  CHECK(text::fold_case("QUYẾT  định") == "quyết định");
  CHECK(text::fold_case("HÒA Ðông") == "hòa đông");
  CHECK(text::fold_case("Uy\u0309 BAN") == "uỷ ban");
  CHECK(text::fold_case("QD  1") == "qd 1");
}

TEST_CASE("look-alikes of đ are mended", "[text][P07]") {
  std::string code = "15/QÐ-UBND ð Ɖ";
  CHECK(text::mend_d_lookalikes(code));
  CHECK(code == "15/QĐ-UBND đ Đ");
  CHECK_FALSE(text::mend_d_lookalikes(code));
  std::string other = "ñ Ñ ê Ö";
  CHECK_FALSE(text::mend_d_lookalikes(other));
}

TEST_CASE("order of letters, tones and case", "[text][P43]") {
  const std::vector<std::vector<std::string>> ascending = {
      {"a", "ă", "â", "b", "c", "d", "đ", "e", "ê", "f", "g", "h", "i", "j", "k", "l", "m",
       "n", "o", "ô", "ơ", "p", "q", "r", "s", "t", "u", "ư", "v", "w", "x", "y", "z"},
      {"a", "à", "ả", "ã", "á", "ạ"},
      {"ma", "mà", "mả", "mã", "má", "mạ", "mă", "mằ", "mâ"},
      {"da", "dz", "đa"},
      {"cha", "ci", "cu"},  // ch, ng, th are not letters
      {"nga", "nha", "ni"},
      {"tha", "ti"},
      {"đình", "Đình"},  // lower case first
      {"an", "An", "ăn"},
      {"2/QĐ", "10/QĐ"},
      {"1/BC", "9/BC", "12/BC", "112/BC"},
      {"15/QĐ-UBND", "15a/QĐ-UBND", "16/QĐ-UBND"},
      {"toan", "toán", "toàn bộ"},
  };
  for (const auto& row : ascending) {
    for (std::size_t i = 0; i + 1 < row.size(); ++i) {
      CAPTURE(row[i], row[i + 1]);
      CHECK(text::compare(row[i], row[i + 1]) < 0);
      CHECK(text::compare(row[i + 1], row[i]) > 0);
      CHECK(text::sort_key(row[i]) < text::sort_key(row[i + 1]));
    }
  }
  CHECK(text::compare("2/QĐ", "02/QĐ") == 0);
  CHECK(text::sort_key("2/QĐ") == text::sort_key("02/QĐ"));
  CHECK(text::compare("Huế", "Hue\u0302\u0301") == 0);
  CHECK(text::sort_key("Huế") == text::sort_key("Hue\u0302\u0301"));
  CHECK(text::compare("", "a") < 0);
  CHECK(text::compare("x", "x") == 0);
  CHECK(text::sort_key(std::string(5000, 'a')) < text::sort_key(std::string(5000, 'b')));
}

TEST_CASE("order does not depend on the locale of the machine", "[text][P43]") {
  const std::string before = text::sort_key("Điện");
  const char* old = std::setlocale(LC_ALL, nullptr);
  const std::string kept = old == nullptr ? "C" : old;
  std::setlocale(LC_ALL, "C");
  CHECK(text::sort_key("Điện") == before);
  std::setlocale(LC_ALL, kept.c_str());
}

TEST_CASE("properties of random texts", "[text][property]") {
  std::mt19937 random(20240301);
  for (int round = 0; round < 3000; ++round) {
    const std::string a = random_text(random), b = random_text(random);
    CAPTURE(round, a, b);
    const std::string composed = text::nfc(a), folded = text::fold(a), lower = text::fold_case(a);
    REQUIRE(text::is_nfc(composed));
    REQUIRE(text::nfc(composed) == composed);
    REQUIRE(text::fold(folded) == folded);
    REQUIRE(text::fold_case(lower) == lower);
    REQUIRE(text::fold(composed) == folded);
    REQUIRE(text::fold(lower) == folded);
    REQUIRE(is_utf8(folded));
    const int order = text::compare(a, b);
    REQUIRE(text::compare(b, a) == -order);
    const std::string left = text::sort_key(a), right = text::sort_key(b);
    REQUIRE((left < right ? -1 : left > right ? 1 : 0) == order);
    const int width = static_cast<int>(random() % 8);
    REQUIRE(text::display_width(text::cut(a, width)) <= width);
    REQUIRE(text::display_width(text::pad(a, width)) == std::max(width, text::display_width(a)));
  }
}

TEST_CASE("every letter folds to a fixed point", "[text][property]") {
  for (char32_t code = 1; code < 0x30000; ++code) {
    if (code >= 0xD800 && code <= 0xDFFF) continue;
    const std::string one = letter(code), folded = text::fold(one), lower = text::fold_case(one);
    const bool fixed =
        text::fold(folded) == folded && text::fold_case(lower) == lower && text::fold(lower) == folded;
    if (!fixed) {
      CAPTURE(static_cast<unsigned>(code), one, folded, lower);
      CHECK(fixed);
    }
  }
  SUCCEED();
}

TEST_CASE("columns on a terminal", "[text]") {
  CHECK(text::display_width("Quyết định") == 10);
  CHECK(text::display_width("Quye\u0302\u0301t") == 5);
  CHECK(text::display_width("漢字") == 4);
  CHECK(text::display_width("…") == 1);
  CHECK(text::display_width("") == 0);
  CHECK(text::display_width("\u200B\uFEFF") == 0);
  CHECK(text::pad("đến", 5) == "đến  ");
  CHECK(text::pad("đến", 5, true) == "  đến");
  CHECK(text::pad("đến", 2) == "đến");
  CHECK(text::cut("Quyết định", 10) == "Quyết định");
  CHECK(text::cut("Quyết định", 6) == "Quyết…");
  CHECK(text::cut("Quye\u0302\u0301t định", 4) == "Quy…");
  CHECK(text::cut("Quye\u0302\u0301t định", 5) == "Quye\u0302\u0301…");
  CHECK(text::cut("漢字漢", 4) == "漢…");
  CHECK(text::cut("abc", 0) == "");
  CHECK(text::cut("abc", 1) == "…");
}

TEST_CASE("length counts characters after NFC", "[text][D6][P10]") {
  CHECK(text::length("Quyết") == 5);
  CHECK(text::length("Quye\u0302\u0301t") == 5);
  CHECK(text::length("") == 0);
  CHECK(text::length("abc") == 3);
  CHECK(text::length("𠀀") == 1);
}

TEST_CASE("names made by vtlt are ASCII", "[text][P44]") {
  const std::vector<std::pair<std::string, std::string>> rows = {
      {"15/QĐ-UBND", "15-QD-UBND"},
      {"Quyết định số 15", "Quyet-dinh-so-15"},
      {"Ðà Nẵng", "Da-Nang"},
      {"a - b", "a-b"},
      {"a--b", "a--b"},
      {"H57.32.15.2026.04.VP", "H57.32.15.2026.04.VP"},
      {"../../etc/passwd", "etc-passwd"},
      {"..", "_"},
      {"", "_"},
      {"-rf", "rf"},
      {"Kế hoạch (bản 2).", "Ke-hoach-ban-2"},
      {"漢字", "_"},
      {"a\xFF"
       "b",
       "a-b"},
  };
  for (const auto& [from, to] : rows) {
    CAPTURE(from);
    CHECK(text::ascii_name(from) == to);
  }
}

TEST_CASE("bytes made printable", "[text]") {
  CHECK(text::printable("Công văn.pdf") == "Công văn.pdf");
  CHECK(text::printable("a\xFF"
                        "b\x80") == "a\uFFFDb\uFFFD");
  CHECK(text::printable("a\x1B[31mb\n") == "a\uFFFD[31mb\uFFFD");
  CHECK(text::printable("x\u202Egpj.exe") == "x\uFFFDgpj.exe");
  CHECK(text::printable("a\xEF\xBF\xBF\xEF\xBF\xBE\xF0\x9F\xBF\xBF") ==
        "a\uFFFD\uFFFD\uFFFD");                                    // no characters
  CHECK(text::printable("\xED\xA0\x80") == "\uFFFD\uFFFD\uFFFD");  // a surrogate
  CHECK(text::printable("\xC0\xAF") == "\uFFFD\uFFFD");            // an overlong form
}

TEST_CASE("invalid bytes are never a crash", "[text]") {
  for (const std::string bad : {"\xFF", "a\xC3", "\xF0\x9F", "\xED\xBF\xBF", "đ\x80"}) {
    CHECK(is_utf8(text::nfc(bad)));
    CHECK(is_utf8(text::fold(bad)));
    CHECK_NOTHROW(text::compare(bad, "a"));
    CHECK(text::display_width(bad) > 0);
  }
}
