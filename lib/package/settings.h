// One map of a YAML file of ours: what is read is known, what is not is refused with its place.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/date.h"
#include "text/pattern.h"
#include "text/yaml.h"

namespace vtlt::package {

class Settings {
 public:
  // family: how the codes of errors begin, "VTLT-PROFILE-". Throws when node is no map.
  Settings(const std::string& path, const text::Node& node, const char* family);

  // nullptr: absent, or empty and not needed.
  const text::Node* find(const char* key, bool needed = false);
  std::string word(const char* key, bool needed = false);
  std::string choice(const char* key, const std::vector<std::string_view>& allowed, bool needed = false);
  std::vector<const text::Node*> list(const char* key);  // a list of scalars, or one scalar
  std::vector<std::string> words(const char* key, const std::vector<std::string_view>& allowed = {});
  std::vector<const text::Node*> maps(const char* key);
  bool yes(const char* key);
  std::uint64_t bytes(const char* key);   // "4 GB"; 0: absent
  std::uint64_t number(const char* key);  // 0: absent
  text::Pattern pattern(const char* key);
  text::Date date(const char* key, bool needed = false);  // whole
  // After all keys were asked for.
  void done() const;

  long line() const { return node_.line; }
  [[noreturn]] void wrong(const text::Node& at, const char* key, const std::string& expected) const;

 private:
  text::Place place(const text::Node& at) const { return {path_, at.line, at.column}; }
  std::string code(const char* number) const { return family_ + std::string(number); }
  const std::string& path_;
  const text::Node& node_;
  const char* family_;
  std::vector<std::string_view> known_;
};

// "4 GB", "700 MiB", "1000"; 0: not a size.
std::uint64_t parse_bytes(std::string_view text);

}  // namespace vtlt::package
