// A regular expression that somebody wrote into one of our files, on values that others wrote.
#pragma once
#include <memory>
#include <string>
#include <string_view>

namespace vtlt::text {

// Of ICU, letters are whole; bounded in time and memory whatever expression and value are. May be used from
// several threads.
class Pattern {
 public:
  Pattern() = default;
  // False: not an expression; column is where, from 1 (0: nowhere in particular).
  static bool parse(std::string_view text, Pattern& out, long& column);
  // The whole value. What takes too long does not match.
  bool matches(std::string_view utf8) const;
  const std::string& text() const { return text_; }
  bool empty() const { return !compiled_; }

 private:
  struct Compiled;
  std::shared_ptr<const Compiled> compiled_;
  std::string text_;
};

// "goi/*.zip": * stands for any letters, a slash among them, ? for one letter.
bool matches_glob(std::string_view glob, std::string_view utf8);

}  // namespace vtlt::text
