// Files that mean harm: every one either loads or is refused as an Error; nothing else may leave load().
#include "support.h"

#include <random>

using namespace scheme_test;

namespace {

std::string repeat(const std::string& part, int times) {
  std::string out;
  out.reserve(part.size() * static_cast<std::size_t>(times));
  for (int i = 0; i < times; ++i)
    out += part;
  return out;
}

// "" when it loaded, else the error's code.
std::string outcome(const std::string& text) {
  try {
    load(text);
    return {};
  } catch (const Error& error) {
    return error.code();
  }
}

}  // namespace

TEST_CASE("alias bombs are refused at the first anchor", "[scheme][hostile]") {
  std::string bomb = small("units:\n  a: &a [x, x, x, x, x, x, x, x, x]\n");
  for (char c = 'b'; c < 'k'; ++c)
    bomb += std::string("  ") + c + ": &" + c + " [" +
            repeat(std::string("*") + static_cast<char>(c - 1) + ", ", 9) + "x]\n";
  CHECK(outcome(bomb) == "VTLT-SCHEME-06");
  CHECK(outcome(small("units: &u {VP: *u}\n")) == "VTLT-SCHEME-06");
}

TEST_CASE("depth ends at 16 however it is made", "[scheme][hostile]") {
  CHECK(outcome(small("uses: " + repeat("[", 5'000))) == "VTLT-SCHEME-03");  // never closed
  CHECK(outcome(small("uses: " + repeat("[\n  ", 5'000) + repeat("]", 5'000))) == "VTLT-SCHEME-09");
  CHECK(outcome(small("uses: " + repeat("{a: ", 4'000))) == "VTLT-SCHEME-09");
  CHECK(outcome(small("uses: " + repeat("{a: ", 4'000) + repeat("}", 4'000))) == "VTLT-SCHEME-01");
  CHECK(outcome(small("uses: " + repeat("{a: ", 50) + repeat("}", 50))) == "VTLT-SCHEME-09");
  CHECK(outcome(small("uses:\n  " + repeat("- ", 2'000) + "a\n")) == "VTLT-SCHEME-09");
  std::string block = small("units:\n");
  for (int i = 1; i < 100; ++i)
    block += std::string(static_cast<std::size_t>(i), ' ') + "a:\n";
  CHECK(outcome(block) == "VTLT-SCHEME-09");
  CHECK(outcome(small("uses: " + repeat("[", 15) + "a" + repeat("]", 15) + "\n")) ==
        "VTLT-SCHEME-14");  // readable
  CHECK(outcome(small("uses: " + repeat("[", 16) + "a" + repeat("]", 16) + "\n")) == "VTLT-SCHEME-09");
}

TEST_CASE("size, lines and number of values have limits", "[scheme][hostile]") {
  CHECK(outcome(std::string((4u << 20) + 1, '\n')) == "VTLT-SCHEME-01");
  CHECK(outcome(std::string(1u << 20, '[')) == "VTLT-SCHEME-01");
  CHECK(outcome(repeat("[a: ", 500'000)) == "VTLT-SCHEME-01");
  CHECK(outcome(small("numbering: {system: " + std::string(1u << 20, 'a') + "}\n")) == "VTLT-SCHEME-01");
  CHECK(outcome(small("uses: [" + repeat("a,\n  ", 210'000) + "a]\n")) == "VTLT-SCHEME-10");
  CHECK(load(small("numbering: {system: " + std::string(10'000, 'a') + "}\n")).numbering_system.size() ==
        10'000);
  CHECK(outcome(small("numbering:\n  system: >\n" + repeat("    abcdefghijklmnop\n", 10'000))) ==
        "VTLT-SCHEME-01");
  CHECK(outcome(small("numbering: {system: \"" + repeat("\\u1ED9", 2'000) + "\"}\n")).empty());
  CHECK(outcome(small("numbering: {system: \"\\uD800\"}\n")) == "VTLT-SCHEME-03");
  CHECK(outcome(small("units: {" + std::string(500, 'k') + ": 1}\n")) == "VTLT-SCHEME-15");
  CHECK(outcome(small("fonds: {" + std::string(900, 'k') + ": 1}\n")) == "VTLT-SCHEME-05");
  CHECK(outcome(small(std::string(900, 'k') + ": 1\n")) == "VTLT-SCHEME-12");
}

TEST_CASE("many keys in one map are compared fast enough to end", "[scheme][hostile]") {
  std::string many = small("units:\n");
  for (int i = 0; i < 20'000; ++i)
    many += "  u" + std::to_string(i) + ": x\n";
  CHECK(load(many).units.size() == 20'000);
  CHECK(outcome(many + "  u7: x\n") == "VTLT-SCHEME-05");
}

TEST_CASE("directives and other corners of YAML", "[scheme][hostile]") {
  CHECK(outcome("%YAML 1.2\n---\n" + small()).empty());
  CHECK(outcome("%YAML 9.9\n---\n" + small()) == "VTLT-SCHEME-03");
  CHECK(outcome("%TAG ! tag:x,2000:\n---\n" + small("units: {a: !b c}\n")) == "VTLT-SCHEME-07");
  CHECK(outcome("--- !x\n" + small()) == "VTLT-SCHEME-07");
  CHECK(outcome(small("units: {a: |\n b}\n")) == "VTLT-SCHEME-03");  // no block text inside braces
  CHECK(outcome(small("units:\n  a: >-\n    một\n    hai\n")).empty());
  CHECK(outcome(small("\n...\n")).empty());
  CHECK(outcome(std::string(1, '\0')) == "VTLT-SCHEME-02");
  CHECK(outcome(":") == "VTLT-SCHEME-11");
  CHECK(outcome("{") == "VTLT-SCHEME-03");
}

TEST_CASE("random damage never does more than refuse", "[scheme][hostile]") {
  std::string good = scheme::fill_template("xa", commune_values());
  REQUIRE(outcome(good).empty());
  std::mt19937 random(20260105);
  auto pick = [&](std::size_t below) { return static_cast<std::size_t>(random() % below); };
  const std::string loaded = "{}[],:&*!|>'\"%@`#-?\n\t \\~<\xC3\x04\xFF";
  int refused = 0;
  for (int round = 0; round < 250; ++round) {
    std::string text = good;
    for (std::size_t change = 0, changes = 1 + pick(4); change < changes; ++change) {
      std::size_t at = pick(text.size());
      switch (pick(5)) {
        case 0:
          text[at] = static_cast<char>(random());
          break;
        case 1:
          text[at] = loaded[pick(loaded.size())];
          break;
        case 2:
          text.erase(at, 1 + pick(40));
          break;
        case 3:
          text.insert(at, 1, loaded[pick(loaded.size())]);
          break;
        default:
          text.insert(at, text.substr(pick(text.size()), pick(200)));
          break;
      }
    }
    CHECK_NOTHROW(refused += outcome(text).empty() ? 0 : 1);  // outcome() lets only Error pass
  }
  CHECK(refused > 60);
  for (std::size_t cut = 0; cut < good.size(); cut += 197)
    CHECK_NOTHROW(outcome(good.substr(0, cut)));
}
