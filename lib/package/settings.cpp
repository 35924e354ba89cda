#include "package/settings.h"

#include <algorithm>
#include <charconv>

#include "text/text.h"

namespace vtlt::package {

using text::Node;

Settings::Settings(const std::string& path, const Node& node, const char* family)
    : path_(path), node_(node), family_(family) {
  if (node.kind != Node::Kind::map) text::refuse(place(node), code("12"), "settings.map");
}

const Node* Settings::find(const char* key, bool needed) {
  known_.emplace_back(key);
  const Node* found = node_.find(key);
  if (found != nullptr && found->kind == Node::Kind::empty) found = nullptr;
  if (found != nullptr && found->kind == Node::Kind::scalar && text::fold(found->text).empty())
    found = nullptr;
  if (found == nullptr && needed)
    text::refuse(place(node_), code("13"), "settings.needed", {{"key", std::string(key)}});
  return found;
}

std::string Settings::word(const char* key, bool needed) {
  const Node* found = find(key, needed);
  if (found == nullptr) return {};
  if (found->kind != Node::Kind::scalar) wrong(*found, key, "{settings.expected.text}");
  return found->text;
}

std::string Settings::choice(const char* key, const std::vector<std::string_view>& allowed, bool needed) {
  const Node* found = find(key, needed);
  if (found == nullptr) return {};
  if (found->kind != Node::Kind::scalar ||
      std::find(allowed.begin(), allowed.end(), found->text) == allowed.end()) {
    std::string all;
    for (const auto one : allowed)
      all += (all.empty() ? "" : ", ") + std::string(one);
    wrong(*found, key, all);
  }
  return found->text;
}

std::vector<const Node*> Settings::list(const char* key) {
  const Node* found = find(key);
  if (found == nullptr) return {};
  if (found->kind == Node::Kind::scalar) return {found};
  if (found->kind != Node::Kind::list) wrong(*found, key, "{settings.expected.list}");
  std::vector<const Node*> items;
  for (const Node& item : found->items)
    items.push_back(&item);
  return items;
}

std::vector<std::string> Settings::words(const char* key, const std::vector<std::string_view>& allowed) {
  std::vector<std::string> all;
  for (const Node* item : list(key)) {
    if (item->kind != Node::Kind::scalar || item->text.empty()) wrong(*item, key, "{settings.expected.text}");
    if (!allowed.empty() && std::find(allowed.begin(), allowed.end(), item->text) == allowed.end()) {
      std::string names;
      for (const auto one : allowed)
        names += (names.empty() ? "" : ", ") + std::string(one);
      wrong(*item, key, names);
    }
    all.push_back(item->text);
  }
  return all;
}

std::vector<const Node*> Settings::maps(const char* key) {
  std::vector<const Node*> all = list(key);
  for (const Node* item : all)
    if (item->kind != Node::Kind::map) wrong(*item, key, "{settings.expected.maps}");
  return all;
}

bool Settings::yes(const char* key) {
  const std::string said = choice(key, {"true", "false", "yes", "no", "có", "không"});
  return said == "true" || said == "yes" || said == "có";
}

std::uint64_t Settings::number(const char* key) {
  const Node* found = find(key);
  if (found == nullptr) return 0;
  std::uint64_t value = 0;
  const char *begin = found->text.data(), *end = begin + found->text.size();
  const auto read = std::from_chars(begin, end, value);
  if (found->kind != Node::Kind::scalar || read.ec != std::errc() || read.ptr != end || value == 0)
    wrong(*found, key, "{settings.expected.number}");
  return value;
}

std::uint64_t Settings::bytes(const char* key) {
  const Node* found = find(key);
  if (found == nullptr) return 0;
  const std::uint64_t value = found->kind == Node::Kind::scalar ? parse_bytes(found->text) : 0;
  if (value == 0) wrong(*found, key, "{settings.expected.bytes}");
  return value;
}

text::Pattern Settings::pattern(const char* key) {
  text::Pattern made;
  const Node* found = find(key);
  if (found == nullptr) return made;
  long column = 0;
  if (found->kind != Node::Kind::scalar || !text::Pattern::parse(found->text, made, column))
    wrong(*found, key, "{settings.expected.pattern}");
  return made;
}

text::Date Settings::date(const char* key, bool needed) {
  const Node* found = find(key, needed);
  if (found == nullptr) return {};
  const auto date = text::parse_date(found->text);
  if (found->kind != Node::Kind::scalar || !date || !date->whole())
    wrong(*found, key, "{settings.expected.date}");
  return *date;
}

void Settings::done() const {
  for (const Node& key : node_.keys) {
    if (std::find(known_.begin(), known_.end(), key.text) != known_.end()) continue;
    const std::string near = text::nearest(key.text, known_);
    std::string all;
    for (const auto one : known_)
      all += (all.empty() ? "" : ", ") + std::string(one);
    text::refuse(place(key), code("14"), "settings.unknown", {{"key", key.text}},
                 near.empty() ? Message("settings.unknown.hint", {{"keys", all}})
                              : Message("settings.unknown.near", {{"key", near}}));
  }
}

void Settings::wrong(const Node& at, const char* key, const std::string& expected) const {
  text::refuse(place(at), code("15"), "settings.wrong", {{"key", std::string(key)}, {"value", at.text}},
               Message("settings.wrong.hint", {{"expected", expected}}));
}

std::uint64_t parse_bytes(std::string_view text) {
  static constexpr std::pair<std::string_view, std::uint64_t> units[] = {{"", 1},
                                                                         {"KB", 1'000},
                                                                         {"MB", 1'000'000},
                                                                         {"GB", 1'000'000'000},
                                                                         {"TB", 1'000'000'000'000},
                                                                         {"KiB", std::uint64_t{1} << 10},
                                                                         {"MiB", std::uint64_t{1} << 20},
                                                                         {"GiB", std::uint64_t{1} << 30},
                                                                         {"TiB", std::uint64_t{1} << 40}};
  std::uint64_t value = 0;
  const char *begin = text.data(), *end = begin + text.size();
  const auto read = std::from_chars(begin, end, value);
  std::string_view unit(read.ptr, static_cast<std::size_t>(end - read.ptr));
  while (unit.starts_with(' '))
    unit.remove_prefix(1);
  for (const auto& [name, factor] : units)
    if (read.ec == std::errc() && unit == name && value > 0 && value < (std::uint64_t{1} << 62) / factor)
      return value * factor;
  return 0;
}

}  // namespace vtlt::package
