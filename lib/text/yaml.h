// A YAML file as a small tree of text with places, and the refusals that keep it one: no duplicate keys,
// aliases, anchors, tags, tabs in the indentation, second documents. Every scalar stays text.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/message.h"

namespace vtlt::text {

struct Node {
  enum class Kind { empty, scalar, list, map };
  Kind kind = Kind::empty;
  std::string text;         // scalar: NFC, Đ look-alikes mended
  std::vector<Node> keys;   // map: scalars, in the order of the file
  std::vector<Node> items;  // list: the items; map: the values, one a key
  long line = 0, column = 0;

  const Node* find(std::string_view key) const;  // the value; nullptr: absent
};

struct YamlFile {
  std::string path;
  Node root;
};

struct Limits {
  std::size_t bytes = 4u << 20;
  std::size_t line =
      16u << 10;  // bytes; yaml-cpp looks for keys to the end of a line, again from each bracket
  std::size_t value = 64u << 10;  // bytes of one scalar
  int depth = 16;
  long nodes = 200'000;
  std::string_view codes = "VTLT-SCHEME-";  // how the codes of errors begin
};

// Throws Error, codes …01 to …10, with path, line and column.
YamlFile parse_yaml(std::string_view path, std::string_view text, const Limits& limits = {});

using Args = std::vector<std::pair<std::string, MessageArg>>;
struct Place {
  const std::string& path;
  long line = 0, column = 0;
};
// The one way a file of ours is refused: exit 2, place in the error and the column among the arguments.
[[noreturn]] void refuse(const Place& place, const std::string& code, const char* key, Args args = {},
                         Message hint = {});

// The candidate that differs least from a mistyped word; "" when none is near.
std::string nearest(std::string_view word, const std::vector<std::string_view>& candidates);

}  // namespace vtlt::text
