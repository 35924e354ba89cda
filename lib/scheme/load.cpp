// From the tree to the Scheme: sections in the order of the file, then the rules of the `uses` tables.
#include <unordered_set>

#include "base/error.h"
#include "scheme/keys.h"
#include "scheme/scheme.h"
#include "scheme/tables.h"
#include "text/text.h"

namespace vtlt::scheme {

namespace {

class Loader {
 public:
  explicit Loader(const YamlFile& file) : file_(file) {}

  Scheme load() {
    if (file_.root.kind != Node::Kind::map || !file_.root.find("vtlt"))
      refuse({file_.path, 1, 1}, "VTLT-SCHEME-11", "scheme.not_a_scheme",
             {{"key", std::string("vtlt")},
              {"section", std::string("scheme")},
              {"value", std::string()},
              {"allowed", std::string("scheme/1")}});
    validate(file_, file_.root, "scheme");
    head();
    series();
    files();
    for (const Node& node : list_at(file_.root, "classes"))
      scheme_.classes.push_back(heading(node, ""));
    for (const Node& node : list_at(file_.root, "suggest"))
      scheme_.suggest.push_back(suggestion(node));
    access();
    for (const Node& node : list_at(file_.root, "organs"))
      scheme_.organs.push_back(organ(node));
    rules();
    return std::move(scheme_);
  }

 private:
  // An absent section reads as an empty map: every key has its default.
  const Node& section(std::string_view name) const {
    static const Node none{Node::Kind::map, {}, {}, {}, 0, 0};
    const Node* node = file_.root.find(name);
    return node && node->kind == Node::Kind::map ? *node : none;
  }

  void head() {
    const Node& root = file_.root;
    scheme_.id = text_at(root, "id");
    const Node& adopted = section("adopted");
    scheme_.adopted_number = text_at(adopted, "number");
    scheme_.adopted_date = text::from_iso(iso_date_at(adopted, "date")).value_or(text::Date{});
    scheme_.uses = texts_at(root, "uses");
    for (const std::string& name : scheme_.uses)
      once(name, "uses", *root.find("uses"));

    const Node& fonds = section("fonds");
    scheme_.fonds_code = text_at(fonds, "code");
    scheme_.fonds_name = text_at(fonds, "name");
    scheme_.organ = text_at(fonds, "organ");
    scheme_.archive = text_at(fonds, "archive");
    scheme_.regime = text_at(fonds, "regime", "state");

    const Node& policy = section("policy");
    scheme_.source_of_submission = flag_at(policy, "source_of_submission", true);
    scheme_.due_rule = text_at(policy, "due_rule", "next-january");
    scheme_.late_days = number_at(policy, "late_days", 1);
    scheme_.holidays = text_at(policy, "holidays");

    scheme_.issuers = names("issuers");
    scheme_.units = names("units");

    const Node& numbering = section("numbering");
    scheme_.numbering_internal = text_at(numbering, "mode") == "internal";
    scheme_.numbering_system = text_at(numbering, "system");
  }

  std::vector<records::Issuer> names(std::string_view key) const {
    const Node& map = section(key);
    std::vector<records::Issuer> out;
    for (std::size_t i = 0; i < map.keys.size(); ++i)
      out.push_back({map.keys[i].text, map.items[i].text});
    return out;
  }

  void series() {
    for (const Node& node : list_at(file_.root, "series")) {
      Series one;
      one.id = text_at(node, "id");
      once(one.id, "series", node);
      one.book = records::parse_book(text_at(node, "book")).value_or(records::Book::in);
      one.issuer = text_at(node, "issuer");
      one.types = texts_at(node, "types");
      if (one.types == std::vector<std::string>{"other"}) {
        one.types.clear();
        one.other = true;
      }
      one.normative = flag_at(node, "normative", false);
      one.advisory = flag_at(node, "advisory", false);
      one.kept = text_at(node, "kept");
      one.line = node.line;
      scheme_.series.push_back(std::move(one));
    }
  }

  void files() {
    const Node& node = section("files");
    scheme_.file_numbering = text_at(node, "numbering", "per-heading");
    scheme_.arrangement = text_at(node, "arrangement");
    scheme_.sheet_numbers_from = number_at(node, "sheet_numbers_from", 5);
  }

  // Small headings restart inside each large one (NĐ30 PL V), so their number is told with it: "I.2".
  Class heading(const Node& node, const std::string& above) {
    Class one;
    one.no = (above.empty() ? "" : above + ".") + text_at(node, "no");
    once(one.no, "classes", node);
    one.abbreviation = text_at(node, "abbr");
    one.title = text_at(node, "title");
    one.by = text_at(node, "by");
    one.access = text_at(node, "access");
    one.line = node.line;
    for (const Node& item : list_at(node, "files"))
      one.files.push_back(planned(item));
    for (const Node& item : list_at(node, "sub"))
      one.sub.push_back(heading(item, one.no));
    return one;
  }

  static PlannedFile planned(const Node& node) {
    PlannedFile file;
    file.line = node.line;
    if (node.keys.size() == 1 && !find_key("planned", node.keys[0].text)) {
      file.rule = node.keys[0].text;
      file.title = title(node.items[0].text);
      return file;
    }
    file.rule = text_at(node, "rule");
    file.title = title(text_at(node, "title"));
    file.deadline = text_at(node, "deadline");
    file.per = text_at(node, "per");
    file.officer = text_at(node, "officer");
    file.note = text_at(node, "note");
    file.notation = text_at(node, "notation");
    return file;
  }

  static std::string title(std::string text) {
    for (auto [vietnamese, english] :
         {std::pair{"{năm}", "{year}"}, {"{tên}", "{name}"}, {"{mã}", "{code}"}}) {
      std::string_view from = vietnamese, to = english;
      for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
    }
    return text;
  }

  static Suggestion suggestion(const Node& node) {
    Suggestion one;
    one.class_no = text_at(node, "class");
    one.senders = texts_at(node, "sender");
    one.words = texts_at(node, "words");
    one.types = texts_at(node, "types");
    one.issuer = text_at(node, "issuer");
    one.line = node.line;
    return one;
  }

  OrganChange organ(const Node& node) const {
    OrganChange one;
    one.old_code = organ_code(*node.find("old"));
    one.new_code = organ_code(*node.find("new"));
    if (one.old_code == one.new_code)
      refuse({file_.path, node.line, node.column}, "VTLT-SCHEME-21", "scheme.organs.same",
             {{"code", one.old_code}});
    one.from = text::from_iso(iso_date_at(node, "from")).value_or(text::Date{});
    one.name = text_at(node, "name");
    one.basis = text_at(node, "basis");
    one.line = node.line;
    return one;
  }

  std::string organ_code(const Node& node) const {
    if (records::organ_code_form(node.text) == records::OrganCodeForm::invalid)
      refuse({file_.path, node.line, node.column}, "VTLT-SCHEME-21", "scheme.organs.invalid",
             {{"code", text::cut(node.text, 60)}}, Message("scheme.hint.organ"));
    return node.text;
  }

  void access() {
    const Node& map = section("access");
    scheme_.default_access = text_at(map, "default", "open");
    scheme_.access = {{"open", "01", "Công khai", "", "", false},
                      {"conditional", "02", "Sử dụng có điều kiện", "", "", false},
                      {"secret", "03", "Mật", "", "refuse", false}};
    for (AccessLevel& level : scheme_.access) {
      const Node* node = map.find(level.key);
      if (!node || node->kind != Node::Kind::map) continue;
      level.mode = text_at(*node, "mode", level.mode);
      level.label = text_at(*node, "label", level.label);
      level.permit = text_at(*node, "permit");
      level.policy = text_at(*node, "policy", level.policy);
      level.personal_data = flag_at(*node, "personal_data", false);
    }
  }

  // Local rules over all, then the tables in the order of `uses`; the first of an id wins.
  void rules() {
    std::unordered_set<std::string_view> known;
    std::vector<Rule>& rules = scheme_.rules;
    auto own = list_at(file_.root, "rules");
    std::size_t total = own.size();
    for (const std::string& name : scheme_.uses)
      if (const auto* table = table_rules(name)) total += table->size();
    rules.reserve(total);  // `known` looks into the ids: they must not move
    for (const Node& node : own) {
      rules.push_back(read_rule(node, "agency-table"));
      once(rules.back().id, "rules", node);
      known.insert(rules.back().id);
    }
    for (const std::string& name : scheme_.uses) {
      const auto* table = table_rules(name);  // an unknown table is check()'s to report
      if (!table) continue;
      for (const Rule& rule : *table) {
        if (known.count(rule.id)) continue;
        rules.push_back(rule);
        known.insert(rules.back().id);
      }
    }
  }

  void once(const std::string& id, const char* section, const Node& node) {
    if (!seen_.insert(std::string(section) + ' ' + id).second)
      refuse({file_.path, node.line, node.column}, "VTLT-SCHEME-17", "scheme.twice", {{"id", id}});
  }

  const YamlFile& file_;
  Scheme scheme_;
  std::unordered_set<std::string> seen_;
};

}  // namespace

Scheme load(const Source& source) {
  YamlFile file = parse_yaml(source.name, source.text);
  return Loader(file).load();
}

}  // namespace vtlt::scheme
