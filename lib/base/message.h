// A message is a key and its arguments: what is to be said, not yet how. Text in Vietnamese and English
// stands in lib/text/messages; room `text` renders it, at the edge of the program only.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace vtlt {

// Whole numbers are grouped by the language (1.312 / 1,312); strings are taken as they are. Give a number
// that is a name (a year, a số đến) as a string.
using MessageArg = std::variant<std::string, std::int64_t>;

struct Message {
  std::string key;  // "register.done.in"; empty: nothing to say
  std::vector<std::pair<std::string, MessageArg>> args;

  Message() = default;
  Message(std::string key_, std::vector<std::pair<std::string, MessageArg>> args_ = {})
      : key(std::move(key_)), args(std::move(args_)) {}
  bool empty() const { return key.empty(); }
};

}  // namespace vtlt
