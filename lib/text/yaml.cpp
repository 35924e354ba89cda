#include "text/yaml.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <sstream>
#include <unordered_set>

#include "base/encoding.h"
#include "base/error.h"
#include "text/text.h"

namespace vtlt::text {

const Node* Node::find(std::string_view key) const {
  if (kind != Kind::map) return nullptr;
  for (std::size_t i = 0; i < keys.size(); ++i)
    if (keys[i].text == key) return &items[i];
  return nullptr;
}

void refuse(const Place& place, const std::string& code, const char* key, Args args, Message hint) {
  args.emplace_back("column", static_cast<std::int64_t>(place.column));
  Error error(Exit::usage, code, Message(key, std::move(args)), std::move(hint));
  error.at(place.path, place.line);
  throw error;
}

namespace {

// Letters, not bytes: "Đ" is one. Continuation bytes do not count.
long letters(std::string_view bytes) {
  return std::count_if(bytes.begin(), bytes.end(),
                       [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
}

std::string clean(const std::string& scalar) {
  std::string text = nfc(scalar);
  mend_d_lookalikes(text);
  return text;
}

// What yaml-cpp takes for null when it stands plain; here it is a word like any other.
std::string_view null_word_at(std::string_view source, std::size_t pos) {
  if (pos >= source.size()) return {};
  for (std::string_view word : {"null", "Null", "NULL", "~"}) {
    if (source.substr(pos, word.size()) != word) continue;
    std::size_t after = pos + word.size();
    if (after >= source.size() ||
        std::string_view(" \t\r\n,]}:").find(source[after]) != std::string_view::npos)
      return word;
  }
  return {};
}

// yaml-cpp takes the end of the file for the end of a quotation: what stood behind would vanish without a
// word.
bool closes_quote(std::string_view source, std::size_t pos) {
  if (pos >= source.size() || (source[pos] != '"' && source[pos] != '\'')) return true;
  const char quote = source[pos];
  for (std::size_t i = pos + 1; i < source.size(); ++i) {
    if (quote == '"' && source[i] == '\\') {
      ++i;
    } else if (source[i] == quote) {
      if (quote == '"' || source.substr(i + 1, 1) != "'") return true;
      ++i;  // '' inside single quotes
    }
  }
  return false;
}

class TreeBuilder : public YAML::EventHandler {
 public:
  TreeBuilder(const std::string& path, std::string_view source, const Limits& limits)
      : path_(path), source_(source), limits_(limits) {}

  Node root;
  bool finished = false;

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (finished) refuse(place(mark), code("04"), "yaml.several_documents");
  }
  void OnDocumentEnd() override { finished = true; }

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    before(mark, "?", anchor);
    Node& node = add(mark, Node::Kind::empty);
    auto word = null_word_at(source_, static_cast<std::size_t>(std::max(mark.pos, 0)));
    if (!word.empty()) {
      node.kind = Node::Kind::scalar;
      node.text = word;
      doubtful_ = &node;
      doubtful_pos_ = mark.pos;
    }
    finish_key();
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    refuse(place(mark), code("06"), "yaml.alias");
  }
  void OnAnchor(const YAML::Mark& mark, const std::string&) override {
    refuse(place(mark), code("06"), "yaml.alias");
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    before(mark, tag, anchor);
    if (value.size() > limits_.value)
      refuse(place(mark), code("01"), "yaml.value_too_long", {{"limit", std::int64_t(limits_.value >> 10)}});
    if (!closes_quote(source_, static_cast<std::size_t>(std::max(mark.pos, 0))))
      refuse(place(mark), code("03"), "yaml.syntax.quote");
    add(mark, Node::Kind::scalar).text = clean(value);
    finish_key();
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    before(mark, tag, anchor);
    open(mark, Node::Kind::list);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    before(mark, tag, anchor);
    open(mark, Node::Kind::map);
  }
  void OnMapEnd() override { close(); }

 private:
  struct Open {
    Node* node;
    std::unordered_set<std::string> seen;  // keys, so that a large map is not compared pair by pair
  };

  // Marks go forward, so letters are counted on from the last one: a file may be one long line.
  Place place(const YAML::Mark& mark) {
    auto pos = std::min(static_cast<std::size_t>(std::max(mark.pos, 0)), source_.size());
    auto start = pos - std::min(static_cast<std::size_t>(std::max(mark.column, 0)), pos);
    if (start != line_start_ || pos < counted_to_) {
      line_start_ = counted_to_ = start;
      counted_ = 0;
    }
    counted_ += letters(source_.substr(counted_to_, pos - counted_to_));
    counted_to_ = pos;
    return {path_, mark.line + 1L, counted_ + 1};
  }

  std::string code(const char* number) const { return std::string(limits_.codes) + number; }

  bool expects_key() const {
    return !open_.empty() && open_.back().node->kind == Node::Kind::map &&
           open_.back().node->keys.size() == open_.back().node->items.size();
  }

  void before(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
    // "a:" before a line that begins with the word null: the missing value had the same place as the word.
    if (doubtful_ && doubtful_pos_ == mark.pos)
      *doubtful_ = Node{Node::Kind::empty, {}, {}, {}, doubtful_->line, 0};
    doubtful_ = nullptr;
    if (anchor != 0) refuse(place(mark), code("06"), "yaml.alias");
    if (!tag.empty() && tag != "?" && tag != "!")
      refuse(place(mark), code("07"), "yaml.tag", {{"tag", printable(tag)}});
    if (++count_ > limits_.nodes)
      refuse(place(mark), code("10"), "yaml.too_many", {{"limit", std::int64_t{limits_.nodes}}});
  }

  // Pointers into the tree hold while their node is open: only the innermost open node grows.
  Node& add(const YAML::Mark& mark, Node::Kind kind) {
    Place where = place(mark);
    Node node{kind, {}, {}, {}, where.line, where.column};
    if (open_.empty()) return root = std::move(node);
    Node& parent = *open_.back().node;
    adding_key_ = expects_key();
    if (adding_key_ && kind != Node::Kind::scalar && kind != Node::Kind::empty)
      refuse(where, code("03"), "yaml.syntax.key");
    auto& into = adding_key_ ? parent.keys : parent.items;
    return into.emplace_back(std::move(node));
  }

  void finish_key() {
    if (open_.empty() || !adding_key_) return;
    const Node& key = open_.back().node->keys.back();
    if (!open_.back().seen.insert(key.text).second)
      refuse({path_, key.line, key.column}, code("05"), "yaml.duplicate_key", {{"key", key.text}});
  }

  void open(const YAML::Mark& mark, Node::Kind kind) {
    Node& node = add(mark, kind);
    if (static_cast<int>(open_.size()) >= limits_.depth)
      refuse(place(mark), code("09"), "yaml.too_deep", {{"limit", std::int64_t{limits_.depth}}});
    open_.push_back({&node, {}});
  }
  void close() { open_.pop_back(); }

  const std::string& path_;
  std::string_view source_;
  const Limits& limits_;
  std::vector<Open> open_;
  long count_ = 0;
  bool adding_key_ = false;
  Node* doubtful_ = nullptr;
  int doubtful_pos_ = -1;
  std::size_t line_start_ = 0, counted_to_ = 0;  // bytes
  long counted_ = 0;                             // letters between them
};

std::string code(const Limits& limits, const char* number) {
  return std::string(limits.codes) + number;
}

Place place_of(const std::string& path, std::string_view source, std::size_t pos) {
  auto head = source.substr(0, pos);
  auto line_start = head.rfind('\n');
  line_start = line_start == std::string_view::npos ? 0 : line_start + 1;
  return {path, 1 + std::count(head.begin(), head.end(), '\n'), 1 + letters(head.substr(line_start))};
}

// Control characters would vanish or end the text early inside yaml-cpp (U+0004 is its end of file).
void refuse_control_characters(const std::string& path, std::string_view source, const Limits& limits) {
  for (std::size_t i = 0; i < source.size(); ++i) {
    auto c = static_cast<unsigned char>(source[i]);
    if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F)
      refuse(place_of(path, source, i), code(limits, "02"), "yaml.control_character");
  }
}

void refuse_lines(const std::string& path, std::string_view source, const Limits& limits) {
  for (std::size_t start = 0; start < source.size();) {
    std::size_t end = std::min(source.find('\n', start), source.size());
    if (end - start > limits.line)
      refuse(place_of(path, source, start), code(limits, "01"), "yaml.line_too_long",
             {{"limit", std::int64_t(limits.line >> 10)}});
    std::size_t first = source.find_first_not_of(" \t\r", start);
    auto tab = source.substr(start, std::min(first, end) - start).find('\t');
    if (first < end && tab != std::string_view::npos)
      refuse(place_of(path, source, start + tab), code(limits, "08"), "yaml.tab");
    start = end + 1;
  }
}

// The few mistakes people make, said in their language; the parser's own English words otherwise.
const char* syntax_key(const std::string& said) {
  namespace is = YAML::ErrorMsg;
  if (said == is::MAP_VALUE) return "yaml.syntax.colon";
  if (said == is::END_OF_MAP_FLOW || said == is::END_OF_SEQ_FLOW || said == is::FLOW_END)
    return "yaml.syntax.bracket";
  if (said == is::EOF_IN_SCALAR || said == is::DOC_IN_SCALAR) return "yaml.syntax.quote";
  if (said == is::END_OF_MAP || said == is::END_OF_SEQ || said == is::BLOCK_ENTRY || said == is::MAP_KEY ||
      said == is::TAB_IN_INDENTATION)
    return "yaml.syntax.indentation";
  if (said == is::UNKNOWN_TOKEN) return "yaml.syntax.letter";
  return "yaml.syntax.other";
}

[[noreturn]] void refuse_syntax(const std::string& path, std::string_view source,
                                const YAML::Exception& problem, const Limits& limits) {
  std::size_t pos = problem.mark.is_null() ? 0 : static_cast<std::size_t>(std::max(problem.mark.pos, 0));
  Place where = place_of(path, source, std::min(pos, source.size()));
  if (problem.msg.rfind(YAML::ErrorMsg::UNKNOWN_ANCHOR, 0) == 0 ||
      problem.msg == YAML::ErrorMsg::ALIAS_NOT_FOUND || problem.msg == YAML::ErrorMsg::CHAR_IN_ALIAS ||
      problem.msg == YAML::ErrorMsg::ALIAS_CONTENT)
    refuse(where, code(limits, "06"), "yaml.alias");
  refuse(where, code(limits, "03"), syntax_key(problem.msg), {{"detail", printable(problem.msg)}});
}

}  // namespace

YamlFile parse_yaml(std::string_view path, std::string_view text, const Limits& limits) {
  YamlFile file{std::string(path), {}};
  if (text.size() > limits.bytes)
    refuse({file.path}, code(limits, "01"), "yaml.too_large", {{"limit", std::int64_t(limits.bytes >> 20)}});
  if (text.rfind("\xEF\xBB\xBF", 0) == 0) text.remove_prefix(3);
  if (!is_utf8(text)) refuse({file.path}, code(limits, "02"), "yaml.not_utf8");
  refuse_control_characters(file.path, text, limits);
  refuse_lines(file.path, text, limits);
  TreeBuilder builder(file.path, text, limits);
  try {
    std::istringstream stream{std::string(text)};
    YAML::Parser parser(stream);
    if (!parser.HandleNextDocument(builder)) refuse({file.path, 1, 1}, code(limits, "04"), "yaml.empty");
    parser.HandleNextDocument(builder);  // a second one is refused by the builder
  } catch (const YAML::Exception& problem) {
    refuse_syntax(file.path, text, problem, limits);
  }
  file.root = std::move(builder.root);
  return file;
}

std::string nearest(std::string_view word, const std::vector<std::string_view>& candidates) {
  if (word.size() > 64) return {};
  std::string best;
  std::size_t best_distance = std::max<std::size_t>(1, word.size() / 3) + 1;
  for (std::string_view candidate : candidates) {
    if (candidate.size() > 64) continue;
    std::vector<std::size_t> row(candidate.size() + 1);
    for (std::size_t j = 0; j < row.size(); ++j)
      row[j] = j;
    for (std::size_t i = 1; i <= word.size(); ++i) {
      std::size_t diagonal = row[0];
      row[0] = i;
      for (std::size_t j = 1; j < row.size(); ++j) {
        std::size_t change = diagonal + (word[i - 1] == candidate[j - 1] ? 0 : 1);
        diagonal = row[j];
        row[j] = std::min({row[j] + 1, row[j - 1] + 1, change});
      }
    }
    if (row.back() < best_distance) {
      best_distance = row.back();
      best = candidate;
    }
  }
  return best;
}

}  // namespace vtlt::text
