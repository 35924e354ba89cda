#include "text/messages.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <set>

#include "base/encoding.h"
#include "text/text.h"

using namespace vtlt;
using text::Language;

namespace {

std::multiset<std::string> placeholders(std::string_view message) {
  std::multiset<std::string> names;
  for (std::size_t at = message.find('{'); at != std::string_view::npos; at = message.find('{', at + 1)) {
    const auto end = message.find('}', at);
    names.emplace(end == std::string_view::npos ? message.substr(at) : message.substr(at, end - at + 1));
  }
  return names;
}

std::string contents(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

bool word_letter(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

struct UsedKey {
  std::string key;
  bool whole = true;  // false: "state." + …
};

// Message{"key" · Message("key" · Message name{"key" · Message name("key"
std::vector<UsedKey> keys_used(const std::string& source) {
  static const std::string word = "Message";
  std::vector<UsedKey> keys;
  for (std::size_t at = source.find(word); at != std::string::npos; at = source.find(word, at + 1)) {
    if (at > 0 && word_letter(source[at - 1])) continue;
    std::size_t i = at + word.size();
    const auto skip_space = [&] {
      while (i < source.size() && std::isspace(static_cast<unsigned char>(source[i])) != 0)
        ++i;
    };
    if (i < source.size() && word_letter(source[i])) continue;
    skip_space();
    while (i < source.size() && word_letter(source[i]))
      ++i;
    skip_space();
    if (i >= source.size() || (source[i] != '{' && source[i] != '(')) continue;
    ++i;
    skip_space();
    if (i >= source.size() || source[i] != '"') continue;
    const auto end = source.find('"', i + 1);
    if (end == std::string::npos) continue;
    UsedKey used{source.substr(i + 1, end - i - 1)};
    i = end + 1;
    skip_space();
    used.whole = i >= source.size() || source[i] != '+';
    keys.push_back(used);
  }
  return keys;
}

}  // namespace

TEST_CASE("messages are rendered with their arguments", "[messages][P48]") {
  const Message limit{"base.io.large",
                      {{"path", std::string("a{limit}b")}, {"limit", std::int64_t{67108864}}}};
  CHECK(text::render(limit, Language::en) == "a{limit}b: larger than the limit of 67,108,864 bytes");
  CHECK(text::render(limit, Language::vi) == "a{limit}b: lớn hơn giới hạn 67.108.864 byte");
  CHECK(text::render(Message{"base.bug"}, Language::en) == "internal error: {what}");
  CHECK(text::render(Message{"no.such.key", {{"a", std::string("b")}}}, Language::vi) == "no.such.key");
  CHECK(text::render(Message{}, Language::vi).empty());
  CHECK(text::has_message("base.bug"));
  CHECK_FALSE(text::has_message("base"));
  CHECK_FALSE(text::has_message(""));
}

TEST_CASE("the catalogue of messages is sound", "[messages][P48]") {
  std::set<std::string_view> seen;
  for (const auto key : text::all_message_keys()) {
    const std::string name(key);
    CAPTURE(name);
    CHECK(seen.insert(key).second);  // no key twice
    const std::string english(text::raw_message(key, Language::en)),
        vietnamese(text::raw_message(key, Language::vi));
    CHECK_FALSE(english.empty());
    CHECK_FALSE(vietnamese.empty());
    CHECK(placeholders(english) == placeholders(vietnamese));
    CHECK(is_utf8(english));
    CHECK(is_utf8(vietnamese));
    CHECK(text::is_nfc(vietnamese));
    std::string mended = vietnamese;
    // One message speaks of the look-alike itself.
    CHECK(text::mend_d_lookalikes(mended) == (name == "list.eth"));
    for (const auto& field : placeholders(vietnamese)) {
      CAPTURE(field);
      CHECK(field.size() > 2);
      CHECK(field.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_{}") == std::string::npos);
      CHECK(field.back() == '}');
    }
  }
  CHECK(seen.size() > 10);
}

TEST_CASE("every key in the sources has an entry", "[messages][P48]") {
  const std::filesystem::path root = VTLT_SOURCE_DIR;
  const auto all = text::all_message_keys();
  std::size_t found = 0;
  for (const char* room : {"lib", "cmd"}) {
    for (const auto& file : std::filesystem::recursive_directory_iterator(root / room)) {
      const auto extension = file.path().extension();
      if (!file.is_regular_file() || (extension != ".cpp" && extension != ".h")) continue;
      for (const auto& used : keys_used(contents(file.path()))) {
        ++found;
        const std::string where = file.path().lexically_relative(root).string();
        CAPTURE(where, used.key);
        if (used.whole) {
          CHECK(text::has_message(used.key));
        } else {
          CHECK(std::any_of(all.begin(), all.end(), [&](auto key) { return key.starts_with(used.key); }));
        }
      }
    }
  }
  CHECK(found > 5);
}

TEST_CASE("the search for keys in the sources sees each way of writing one", "[messages]") {
  const auto keys = keys_used(
      "Message{\"a.b\"}; Message( \n \"c.d\", {}); const Message hint{\"e.f\"}; MessageArg x{\"no\"}; "
      "MyMessage{\"no\"}; Message{\"g.\" + state}; Message other;");
  REQUIRE(keys.size() == 4);
  CHECK(keys[0].key == "a.b");
  CHECK(keys[1].key == "c.d");
  CHECK(keys[2].key == "e.f");
  CHECK(keys[3].key == "g.");
  CHECK_FALSE(keys[3].whole);
}

TEST_CASE("numbers are grouped by the language", "[messages]") {
  CHECK(text::group(1312, Language::vi) == "1.312");
  CHECK(text::group(1312, Language::en) == "1,312");
  CHECK(text::group(0, Language::vi) == "0");
  CHECK(text::group(999, Language::vi) == "999");
  CHECK(text::group(1204551, Language::vi) == "1.204.551");
  CHECK(text::group(-1000, Language::en) == "-1,000");
  CHECK(text::group(std::numeric_limits<std::int64_t>::min(), Language::en) == "-9,223,372,036,854,775,808");
}

TEST_CASE("sizes are rounded to a tenth", "[messages]") {
  CHECK(text::bytes_text(0, Language::vi) == "0 byte");
  CHECK(text::bytes_text(1, Language::en) == "1 byte");
  CHECK(text::bytes_text(999, Language::en) == "999 bytes");
  CHECK(text::bytes_text(1000, Language::vi) == "1 KB");
  CHECK(text::bytes_text(1549, Language::vi) == "1,5 KB");
  CHECK(text::bytes_text(1550, Language::en) == "1.6 KB");
  CHECK(text::bytes_text(999949, Language::en) == "999.9 KB");
  CHECK(text::bytes_text(999950, Language::en) == "1 MB");
  CHECK(text::bytes_text(6200000000ULL, Language::vi) == "6,2 GB");
  CHECK(text::bytes_text(6200000000ULL, Language::en) == "6.2 GB");
  CHECK(text::bytes_text(std::numeric_limits<std::uint64_t>::max(), Language::en) == "18.4 EB");
}

TEST_CASE("numbers in Vietnamese words", "[messages][P14]") {
  const std::vector<std::pair<std::int64_t, std::string>> rows = {
      {0, "không"},
      {5, "năm"},
      {10, "mười"},
      {11, "mười một"},
      {15, "mười lăm"},
      {20, "hai mươi"},
      {21, "hai mươi mốt"},
      {25, "hai mươi lăm"},
      {41, "bốn mươi mốt"},
      {100, "một trăm"},
      {101, "một trăm linh một"},
      {105, "một trăm linh năm"},
      {110, "một trăm mười"},
      {115, "một trăm mười lăm"},
      {121, "một trăm hai mươi mốt"},
      {285, "hai trăm tám mươi lăm"},
      {1000, "một nghìn"},
      {1005, "một nghìn không trăm linh năm"},
      {1015, "một nghìn không trăm mười lăm"},
      {1312, "một nghìn ba trăm mười hai"},
      {10000, "mười nghìn"},
      {41207, "bốn mươi mốt nghìn hai trăm linh bảy"},
      {1000005, "một triệu không trăm linh năm"},
      {1005000, "một triệu không trăm linh năm nghìn"},
      {1204551, "một triệu hai trăm linh bốn nghìn năm trăm năm mươi mốt"},
      {1000000000, "một tỷ"},
      {1000000005, "một tỷ không trăm linh năm"},
      {2000000000000, "hai nghìn tỷ"},
      {-21, "âm hai mươi mốt"},
  };
  for (const auto& [number, words] : rows) {
    CAPTURE(number);
    CHECK(text::in_words(number) == words);
  }
}
