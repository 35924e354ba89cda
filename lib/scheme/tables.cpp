#include "scheme/tables.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <mutex>
#include <unordered_set>

#include "base/error.h"
#include "scheme/embedded.h"
#include "scheme/keys.h"

namespace vtlt::scheme {

namespace {

std::optional<std::string> embedded_text(EmbeddedKind kind, std::string_view name) {
  for (const Embedded& file : embedded()) {
    if (file.kind != kind || file.name != name) continue;
    std::string text;
    for (std::string_view part : file.parts)
      text += part;
    return text;
  }
  return std::nullopt;
}

// In a single-quoted YAML scalar a quote is written twice; a line break would be folded, so it becomes a
// space.
std::string in_quotes(std::string_view value) {
  std::string out;
  for (char c : value) {
    if (c == '\'') out += '\'';
    out += c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
  }
  return out;
}

}  // namespace

Rule read_rule(const Node& node, std::string_view default_status) {
  Rule rule;
  rule.id = text_at(node, "id");
  rule.title = text_at(node, "title");
  rule.case_ = text_at(node, "case");
  rule.english = text_at(node, "english");
  rule.term = records::parse_term(text_at(node, "term")).value_or(records::Term{});
  rule.basis = text_at(node, "basis");
  rule.status = text_at(node, "status", default_status);
  rule.group = text_at(node, "group");
  rule.submit = flag_at(node, "submit", true);
  if (const Node* checked = node.find("checked"); checked && checked->kind == Node::Kind::map) {
    rule.checked_by = text_at(*checked, "by");
    rule.checked_on = iso_date_at(*checked, "on");
    rule.checked_against = text_at(*checked, "against");
  }
  rule.line = node.line;
  return rule;
}

std::vector<Rule> read_table(std::string_view path, std::string_view text, std::string_view name) {
  YamlFile file = parse_yaml(path, text);
  validate(file, file.root, "terms");
  std::string status = text_at(file.root, "status");
  std::vector<Rule> rules;
  std::unordered_set<std::string> seen;
  for (const Node& node : list_at(file.root, "rules")) {
    Rule rule = read_rule(node, status);
    rule.table = name;
    if (!seen.insert(rule.id).second)
      refuse({file.path, node.line, node.column}, "VTLT-SCHEME-17", "scheme.twice", {{"id", rule.id}});
    rules.push_back(std::move(rule));
  }
  return rules;
}

const std::vector<Rule>* table_rules(std::string_view name) {
  static std::mutex mutex;
  static std::map<std::string, std::vector<Rule>, std::less<>> cache;  // nodes of a map stay where they are
  std::lock_guard lock(mutex);
  auto found = cache.find(name);
  if (found == cache.end()) {
    auto text = embedded_text(EmbeddedKind::terms, name);
    if (!text) return nullptr;
    std::string path = "schemas/terms/" + std::string(name) + ".yaml";
    found = cache.emplace(std::string(name), read_table(path, *text, name)).first;
  }
  return &found->second;
}

std::vector<std::string_view> table_names() {
  std::vector<std::string_view> names;
  for (const Embedded& file : embedded())
    if (file.kind == EmbeddedKind::terms) names.push_back(file.name);
  return names;
}

std::optional<std::string> table_text(std::string_view name) {
  return embedded_text(EmbeddedKind::terms, name);
}
std::optional<std::string> template_text(std::string_view name) {
  return embedded_text(EmbeddedKind::templates, name);
}

std::vector<std::string> template_names() {
  std::vector<std::string> names;
  for (const Embedded& file : embedded())
    if (file.kind == EmbeddedKind::templates) names.emplace_back(file.name);
  return names;
}

std::string fill_template(std::string_view name, const std::map<std::string, std::string>& values) {
  auto text = template_text(name);
  if (!text) {
    std::string names;
    for (const std::string& one : template_names())
      names += (names.empty() ? "" : ", ") + one;
    throw Error(Exit::usage, "VTLT-SCHEME-20",
                Message("scheme.no_template", {{"name", std::string(name)}, {"names", names}}));
  }
  // In one pass: a value that itself holds "{code}" is a value.
  constexpr std::string_view places[] = {"name", "organ", "code", "mode", "system", "submission", "archive"};
  std::string filled;
  std::string_view rest = *text;
  while (!rest.empty()) {
    auto open = std::min(rest.find('{'), rest.size());
    filled += rest.substr(0, open);
    rest.remove_prefix(open);
    auto close = rest.find('}');
    std::string_view place = close == std::string_view::npos ? std::string_view() : rest.substr(0, close + 1);
    if (place.size() > 2 &&
        std::count(std::begin(places), std::end(places), place.substr(1, place.size() - 2)) == 1) {
      auto value = values.find(std::string(place.substr(1, place.size() - 2)));
      if (value != values.end()) filled += in_quotes(value->second);
      rest.remove_prefix(place.size());
    } else if (!rest.empty()) {
      filled += rest.front();
      rest.remove_prefix(1);
    }
  }
  return filled;
}

}  // namespace vtlt::scheme
