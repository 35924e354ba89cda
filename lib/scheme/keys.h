// The table of keys: what may stand where in a scheme or a term table, and of which type. Everything that
// reads, explains or tests the format goes by it.
#pragma once
#include <span>
#include <string_view>

#include "scheme/node.h"

namespace vtlt::scheme {

enum class Type {
  text,
  id,            // no spaces, colons, commas or slashes
  abbreviation,  // as a group of a ký hiệu: no spaces, dots or slashes
  number,        // detail: "0..30"
  boolean,       // true/false, có/không
  date,          // whole
  term,          // VV, 20, 20+, HL, HĐ+5, KL
  choice,        // detail: "in|out"
  texts,         // a list of texts, or one text
  names,         // map: abbreviation → name
  map,           // detail: its section
  list,          // of maps; detail: their section
  planned,       // list of planned files: `rule: title` or section "planned"
};

struct Key {
  std::string_view section;  // "scheme", "series", …
  std::string_view name;
  Type type = Type::text;
  bool required = false;
  std::string_view detail;
};
std::span<const Key> all_keys();
const Key* find_key(std::string_view section, std::string_view name);

// Refuses what the table does not allow; after it the readers below need no checks.
void validate(const YamlFile& file, const Node& map, std::string_view section);

// Readers of a validated map. An absent or empty key gives the fallback.
std::string text_at(const Node& map, std::string_view key, std::string_view fallback = {});
bool flag_at(const Node& map, std::string_view key, bool fallback);
int number_at(const Node& map, std::string_view key, int fallback);
std::vector<std::string> texts_at(const Node& map, std::string_view key);
std::string iso_date_at(const Node& map, std::string_view key);
std::span<const Node> list_at(const Node& map, std::string_view key);

}  // namespace vtlt::scheme
