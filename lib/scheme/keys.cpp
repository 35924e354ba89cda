#include "scheme/keys.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "records/records.h"
#include "text/date.h"
#include "text/text.h"

namespace vtlt::scheme {

namespace {

constexpr std::string_view statuses = "statute|confirmed-tt10|baseline-tt09-repealed|agency-table";
constexpr std::string_view levels = "open|conditional|secret";

// section, key, type, required, detail
const Key table[] = {
    {"scheme", "vtlt", Type::choice, true, "scheme/1"},
    {"scheme", "id", Type::id, true, {}},
    {"scheme", "adopted", Type::map, false, "adopted"},
    {"scheme", "uses", Type::texts, false, {}},
    {"scheme", "fonds", Type::map, true, "fonds"},
    {"scheme", "policy", Type::map, false, "policy"},
    {"scheme", "issuers", Type::names, false, {}},
    {"scheme", "units", Type::names, false, {}},
    {"scheme", "numbering", Type::map, false, "numbering"},
    {"scheme", "series", Type::list, false, "series"},
    {"scheme", "files", Type::map, false, "files"},
    {"scheme", "classes", Type::list, true, "class"},
    {"scheme", "rules", Type::list, false, "rule"},
    {"scheme", "suggest", Type::list, false, "suggest"},
    {"scheme", "access", Type::map, false, "access"},
    {"scheme", "organs", Type::list, false, "organ"},

    {"adopted", "number", Type::text, true, {}},
    {"adopted", "date", Type::date, true, {}},

    {"fonds", "code", Type::abbreviation, true, {}},
    {"fonds", "name", Type::text, true, {}},
    {"fonds", "organ", Type::text, false, {}},
    {"fonds", "archive", Type::text, false, {}},
    {"fonds", "regime", Type::choice, false, "state|party"},

    {"policy", "source_of_submission", Type::boolean, false, {}},
    {"policy", "due_rule", Type::choice, false, "next-january"},
    {"policy", "late_days", Type::number, false, "0..30"},
    {"policy", "holidays", Type::text, false, {}},

    {"numbering", "mode", Type::choice, false, "external|internal"},
    {"numbering", "system", Type::text, false, {}},

    {"series", "id", Type::id, true, {}},
    {"series", "book", Type::choice, true, "in|out|internal|copy"},
    {"series", "issuer", Type::abbreviation, false, {}},
    {"series", "types", Type::texts, false, {}},
    {"series", "normative", Type::boolean, false, {}},
    {"series", "advisory", Type::boolean, false, {}},
    {"series", "kept", Type::id, false, {}},

    {"files", "numbering", Type::choice, false, "per-heading|continuous"},
    {"files", "arrangement", Type::text, false, {}},
    {"files", "sheet_numbers_from", Type::choice, false, "5|20"},

    {"class", "no", Type::id, true, {}},
    {"class", "abbr", Type::abbreviation, false, {}},
    {"class", "title", Type::text, true, {}},
    {"class", "by", Type::abbreviation, false, {}},
    {"class", "access", Type::choice, false, levels},
    {"class", "files", Type::planned, false, {}},
    {"class", "sub", Type::list, false, "subclass"},

    {"subclass", "no", Type::id, true, {}},
    {"subclass", "abbr", Type::abbreviation, false, {}},
    {"subclass", "title", Type::text, true, {}},
    {"subclass", "by", Type::abbreviation, false, {}},
    {"subclass", "access", Type::choice, false, levels},
    {"subclass", "files", Type::planned, false, {}},

    {"planned", "rule", Type::id, true, {}},
    {"planned", "title", Type::text, true, {}},
    {"planned", "deadline", Type::text, false, {}},
    {"planned", "per", Type::choice, false, "year|case|term"},
    {"planned", "officer", Type::text, false, {}},
    {"planned", "note", Type::text, false, {}},
    {"planned", "notation", Type::text, false, {}},

    {"rule", "id", Type::id, true, {}},
    {"rule", "title", Type::text, false, {}},
    {"rule", "case", Type::text, false, {}},
    {"rule", "english", Type::text, false, {}},
    {"rule", "term", Type::term, true, {}},
    {"rule", "basis", Type::text, true, {}},
    {"rule", "status", Type::choice, false, statuses},
    {"rule", "group", Type::text, false, {}},
    {"rule", "submit", Type::boolean, false, {}},
    {"rule", "checked", Type::map, false, "checked"},

    {"checked", "by", Type::text, true, {}},
    {"checked", "on", Type::date, true, {}},
    {"checked", "against", Type::text, true, {}},

    {"organ", "old", Type::text, true, {}},
    {"organ", "new", Type::text, true, {}},
    {"organ", "from", Type::date, true, {}},
    {"organ", "name", Type::text, false, {}},
    {"organ", "basis", Type::text, false, {}},

    {"suggest", "class", Type::id, true, {}},
    {"suggest", "sender", Type::texts, false, {}},
    {"suggest", "words", Type::texts, false, {}},
    {"suggest", "types", Type::texts, false, {}},
    {"suggest", "issuer", Type::abbreviation, false, {}},

    {"access", "default", Type::choice, false, levels},
    {"access", "open", Type::map, false, "level"},
    {"access", "conditional", Type::map, false, "level"},
    {"access", "secret", Type::map, false, "level"},

    {"level", "mode", Type::choice, false, "01|02|03"},
    {"level", "label", Type::text, false, {}},
    {"level", "permit", Type::text, false, {}},
    {"level", "policy", Type::choice, false, "refuse|stub"},
    {"level", "personal_data", Type::boolean, false, {}},

    {"holidays", "vtlt", Type::choice, true, "holidays/1"},
    {"holidays", "basis", Type::text, false, {}},
    {"holidays", "off", Type::texts, false, {}},
    {"holidays", "work", Type::texts, false, {}},
    {"request", "vtlt", Type::choice, true, "request/1"},
    {"request", "number", Type::text, true, {}},
    {"request", "date", Type::date, true, {}},
    {"request", "by", Type::text, true, {}},
    {"request", "papers", Type::text, false, {}},
    {"request", "purpose", Type::choice, true, "ca-nhan|cong-vu|cong-vu-dac-biet|01|02|03"},
    {"request", "content", Type::text, false, {}},
    {"request", "fee", Type::choice, false, "01|02|03|04|05|06|07|08|09|10"},
    {"request", "topic", Type::text, false, {}},
    {"request", "until", Type::date, false, {}},
    {"request", "copies", Type::number, false, "1..999"},
    {"request", "permit-by", Type::text, false, {}},
    {"request", "note", Type::text, false, {}},

    {"terms", "vtlt", Type::choice, true, "terms/1"},
    {"terms", "id", Type::id, true, {}},
    {"terms", "title", Type::text, true, {}},
    {"terms", "status", Type::choice, true, statuses},
    {"terms", "groups", Type::names, false, {}},
    {"terms", "rules", Type::list, true, "rule"},
};

std::vector<std::string_view> split(std::string_view choices) {
  std::vector<std::string_view> parts;
  while (!choices.empty()) {
    auto bar = std::min(choices.find('|'), choices.size());
    parts.push_back(choices.substr(0, bar));
    choices.remove_prefix(std::min(bar + 1, choices.size()));
  }
  return parts;
}

std::optional<bool> truth(std::string_view text) {
  for (std::string_view yes : {"true", "yes", "có"})
    if (text == yes) return true;
  for (std::string_view no : {"false", "no", "không"})
    if (text == no) return false;
  return std::nullopt;
}

std::optional<int> whole_number(std::string_view text) {
  int value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool in_range(int value, std::string_view range) {
  auto dots = range.find("..");
  return value >= *whole_number(range.substr(0, dots)) && value <= *whole_number(range.substr(dots + 2));
}

Message nearest_hint(std::string_view word, const std::vector<std::string_view>& candidates) {
  std::string near = nearest(word, candidates);
  return near.empty() ? Message{} : Message{"scheme.hint.nearest", {{"word", near}}};
}

class Validator {
 public:
  explicit Validator(const YamlFile& file) : file_(file) {}

  void section(const Node& map, std::string_view name) {
    if (map.kind != Node::Kind::map) refuse_shape(map, name, "scheme.shape.map");
    for (std::size_t i = 0; i < map.keys.size(); ++i) {
      const Key* key = find_key(name, map.keys[i].text);
      if (!key) refuse_unknown(map.keys[i], name);
      value(*key, map.items[i]);
    }
    for (const Key& key : all_keys())
      if (key.section == name && key.required) require(map, key);
  }

 private:
  void require(const Node& map, const Key& key) {
    const Node* found = map.find(key.name);
    if (found && found->kind != Node::Kind::empty &&
        !(found->kind == Node::Kind::scalar && found->text.empty()))
      return;
    const Node& where = found ? *found : map;
    if (key.name == "basis") {
      const Node* id = map.find("id");
      refuse(place(where), "VTLT-SCHEME-16", "scheme.no_basis", {{"id", id ? id->text : std::string()}},
             Message("scheme.hint.basis"));
    }
    refuse(place(where), "VTLT-SCHEME-13", "scheme.missing_key", args(key));
  }

  void value(const Key& key, const Node& node) {
    if (node.kind == Node::Kind::empty) return;  // as if the key were absent
    switch (key.type) {
      case Type::map:
        return section(node, key.detail);
      case Type::list:
        return list(key, node);
      case Type::planned:
        return planned(node);
      case Type::names:
        return names(key, node);
      case Type::texts:
        return texts(key, node);
      default:
        return scalar(key, node);
    }
  }

  void list(const Key& key, const Node& node) {
    if (node.kind != Node::Kind::list) refuse_shape(node, key.name, "scheme.shape.list");
    for (const Node& item : node.items)
      section(item, key.detail);
  }

  void planned(const Node& node) {
    if (node.kind != Node::Kind::list) refuse_shape(node, "files", "scheme.shape.list");
    for (const Node& item : node.items) {
      if (item.kind != Node::Kind::map) refuse_shape(item, "files", "scheme.shape.planned");
      if (is_short_form(item))
        short_form(item);
      else
        section(item, "planned");
    }
  }

  static bool is_short_form(const Node& item) {
    return item.keys.size() == 1 && !find_key("planned", item.keys[0].text);
  }

  void short_form(const Node& item) {
    scalar(*find_key("planned", "rule"), item.keys[0]);
    const Node& title = item.items[0];
    if (title.kind != Node::Kind::scalar) refuse_shape(title, "files", "scheme.shape.planned");
  }

  void names(const Key& key, const Node& node) {
    if (node.kind != Node::Kind::map) refuse_shape(node, key.name, "scheme.shape.map");
    for (std::size_t i = 0; i < node.keys.size(); ++i) {
      const Key name{
          key.section, key.name, key.section == "terms" ? Type::text : Type::abbreviation, true, {}};
      scalar(name, node.keys[i]);
      if (node.items[i].kind != Node::Kind::scalar && node.items[i].kind != Node::Kind::empty)
        refuse_shape(node.items[i], key.name, "scheme.shape.text");
    }
  }

  void texts(const Key& key, const Node& node) {
    if (node.kind == Node::Kind::scalar) return;
    if (node.kind != Node::Kind::list) refuse_shape(node, key.name, "scheme.shape.texts");
    for (const Node& item : node.items)
      if (item.kind != Node::Kind::scalar || item.text.empty())
        refuse_shape(item, key.name, "scheme.shape.text");
  }

  void scalar(const Key& key, const Node& node) {
    if (node.kind != Node::Kind::scalar) refuse_shape(node, key.name, "scheme.shape.text");
    if (node.text.empty()) return;
    switch (key.type) {
      case Type::id:
        return without(key, node, " \t\r\n:,/\"'{}[]");
      case Type::abbreviation:
        return without(key, node, " \t\r\n./:,\"'{}[]");
      case Type::number:
        return number(key, node);
      case Type::boolean:
        if (!truth(node.text)) refuse_value(key, node, "scheme.value.boolean");
        return;
      case Type::date: {
        auto date = text::parse_date(node.text);
        if (!date || !date->whole()) refuse_value(key, node, "scheme.value.date");
        return;
      }
      case Type::term: {
        auto term = records::parse_term(node.text);
        if (!term || term->kind == records::TermKind::none) refuse_value(key, node, "scheme.value.term");
        return;
      }
      case Type::choice:
        return choice(key, node);
      default:
        return;
    }
  }

  void without(const Key& key, const Node& node, std::string_view letters) {
    if (node.text.size() > 100 || node.text.find_first_of(letters) != std::string::npos)
      refuse_value(key, node, "scheme.value.code");
  }

  void number(const Key& key, const Node& node) {
    auto value = whole_number(node.text);
    if (value && in_range(*value, key.detail)) return;
    Args said = args(key);
    said.emplace_back("value", text::cut(node.text, 60));
    said.emplace_back("range", std::string(key.detail));
    refuse(place(node), "VTLT-SCHEME-15", "scheme.value.number", std::move(said));
  }

  void choice(const Key& key, const Node& node) {
    auto allowed = split(key.detail);
    if (std::find(allowed.begin(), allowed.end(), node.text) != allowed.end()) return;
    std::string list;
    for (auto one : allowed)
      list += (list.empty() ? "" : ", ") + std::string(one);
    Args said = args(key);
    said.emplace_back("value", text::cut(node.text, 60));
    said.emplace_back("allowed", list);
    if (key.name == "vtlt") refuse(place(node), "VTLT-SCHEME-11", "scheme.not_a_scheme", std::move(said));
    refuse(place(node), "VTLT-SCHEME-15", "scheme.value.choice", std::move(said),
           nearest_hint(node.text, allowed));
  }

  [[noreturn]] void refuse_unknown(const Node& key, std::string_view section) const {
    std::vector<std::string_view> candidates;
    for (const Key& known : all_keys())
      if (known.section == section) candidates.push_back(known.name);
    Message hint = nearest_hint(key.text, candidates);
    if (hint.empty() && section == "subclass" && key.text == "sub") hint = Message("scheme.hint.two_levels");
    refuse(place(key), "VTLT-SCHEME-12", "scheme.unknown_key",
           {{"key", text::cut(key.text, 60)}, {"section", std::string(section)}}, std::move(hint));
  }
  [[noreturn]] void refuse_shape(const Node& node, std::string_view key, const char* message) const {
    refuse(place(node), "VTLT-SCHEME-14", message, {{"key", std::string(key)}});
  }
  [[noreturn]] void refuse_value(const Key& key, const Node& node, const char* message) const {
    Args said = args(key);
    said.emplace_back("value", text::cut(node.text, 60));
    refuse(place(node), "VTLT-SCHEME-15", message, std::move(said));
  }

  Args args(const Key& key) const {
    return {{"key", std::string(key.name)}, {"section", std::string(key.section)}};
  }
  Place place(const Node& node) const { return {file_.path, node.line, node.column}; }

  const YamlFile& file_;
};

const Node* filled(const Node& map, std::string_view key) {
  const Node* node = map.find(key);
  return node && node->kind == Node::Kind::scalar && !node->text.empty() ? node : nullptr;
}

}  // namespace

std::span<const Key> all_keys() {
  return table;
}

const Key* find_key(std::string_view section, std::string_view name) {
  for (const Key& key : table)
    if (key.section == section && key.name == name) return &key;
  return nullptr;
}

void validate(const YamlFile& file, const Node& map, std::string_view section) {
  Validator(file).section(map, section);
}

std::string text_at(const Node& map, std::string_view key, std::string_view fallback) {
  const Node* node = filled(map, key);
  return node ? node->text : std::string(fallback);
}

bool flag_at(const Node& map, std::string_view key, bool fallback) {
  const Node* node = filled(map, key);
  return node ? truth(node->text).value_or(fallback) : fallback;
}

int number_at(const Node& map, std::string_view key, int fallback) {
  const Node* node = filled(map, key);
  return node ? whole_number(node->text).value_or(fallback) : fallback;
}

std::vector<std::string> texts_at(const Node& map, std::string_view key) {
  const Node* node = map.find(key);
  std::vector<std::string> texts;
  if (!node) return texts;
  if (node->kind == Node::Kind::scalar && !node->text.empty()) texts.push_back(node->text);
  for (const Node& item : node->items)
    texts.push_back(item.text);
  return texts;
}

std::string iso_date_at(const Node& map, std::string_view key) {
  const Node* node = filled(map, key);
  auto date = node ? text::parse_date(node->text) : std::nullopt;
  return date ? text::to_iso(*date) : std::string();
}

std::span<const Node> list_at(const Node& map, std::string_view key) {
  const Node* node = map.find(key);
  return node && node->kind == Node::Kind::list ? std::span<const Node>(node->items)
                                                : std::span<const Node>();
}

}  // namespace vtlt::scheme
