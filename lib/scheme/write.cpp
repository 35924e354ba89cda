// A scheme as YAML in block style: what people compare line by line, and what load() gives back.
#include <algorithm>
#include <cstdio>

#include "scheme/file_list.h"

namespace vtlt::scheme {

namespace {

bool plain(const std::string& text) {
  if (text.empty() || text.front() == ' ' || text.back() == ' ' || text.back() == ':') return false;
  const auto first = static_cast<unsigned char>(text.front());
  const bool letter = (first >= '0' && first <= '9') || (first >= 'A' && first <= 'Z') ||
                      (first >= 'a' && first <= 'z') || first >= 0x80;
  if (!letter || text == "null" || text == "Null" || text == "NULL") return false;
  if (text.find(": ") != std::string::npos || text.find(" #") != std::string::npos) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) >= 0x20 && c != 0x7F && c != '"' && c != '\\' && c != '`';
  });
}

std::string scalar(const std::string& text) {
  if (plain(text)) return text;
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      char code[8];
      std::snprintf(code, sizeof code, "\\x%02X", static_cast<unsigned>(static_cast<unsigned char>(c)));
      out += code;
    } else {
      out += c;
    }
  }
  return out + "\"";
}

class Writer {
 public:
  std::string text;

  void line(int depth, const std::string& words) {
    text += std::string(static_cast<std::size_t>(depth), ' ') + words + "\n";
  }
  // The first key of an item in a list stands behind its dash.
  void value(int depth, const char* key, const std::string& value) {
    if (value.empty()) return;
    line(depth, dash() + key + ": " + scalar(value));
  }
  void flag(int depth, const char* key, bool value, bool otherwise) {
    if (value != otherwise) line(depth, dash() + key + (value ? ": true" : ": false"));
  }
  void list(int depth, const char* key, const std::vector<std::string>& values) {
    if (values.empty()) return;
    line(depth, std::string(key) + ":");
    for (const std::string& one : values)
      line(depth + 2, "- " + scalar(one));
  }
  void item() { first_ = true; }
  void items(bool inside) { in_item_ = inside; }

 private:
  std::string dash() {
    const bool first = first_;
    first_ = false;
    return first ? "- " : in_item_ ? "  " : "";
  }
  bool first_ = false, in_item_ = false;
};

void write_head(const Scheme& s, Writer& out) {
  out.line(0, "vtlt: scheme/1");
  out.value(0, "id", s.id);
  if (!s.adopted_number.empty()) {
    out.line(0, "adopted:");
    out.value(2, "number", s.adopted_number);
    out.value(2, "date", text::to_dmy(s.adopted_date));
  }
  out.list(0, "uses", s.uses);
  out.line(0, "");
  out.line(0, "fonds:");
  out.value(2, "code", s.fonds_code);
  out.value(2, "name", s.fonds_name);
  out.value(2, "organ", s.organ);
  out.value(2, "archive", s.archive);
  out.value(2, "regime", s.regime);
  out.line(0, "policy:");
  out.line(2, std::string("source_of_submission: ") + (s.source_of_submission ? "true" : "false"));
  out.value(2, "due_rule", s.due_rule);
  out.line(2, "late_days: " + std::to_string(s.late_days));
  out.value(2, "holidays", s.holidays);
  out.line(0, "");
  for (const auto& [key, names] :
       {std::pair<const char*, const std::vector<records::Issuer>&>{"issuers", s.issuers},
        {"units", s.units}}) {
    if (names.empty()) continue;
    out.line(0, std::string(key) + ":");
    for (const auto& one : names)
      out.line(2, scalar(one.abbreviation) + ":" + (one.name.empty() ? "" : " " + scalar(one.name)));
  }
  if (!s.organs.empty()) out.line(0, "organs:");
  out.items(true);
  for (const OrganChange& one : s.organs) {
    out.item();
    out.value(2, "old", one.old_code);
    out.value(2, "new", one.new_code);
    out.value(2, "from", text::to_dmy(one.from));
    out.value(2, "name", one.name);
    out.value(2, "basis", one.basis);
  }
  out.items(false);
  out.line(0, "numbering:");
  out.line(2, std::string("mode: ") + (s.numbering_internal ? "internal" : "external"));
  out.value(2, "system", s.numbering_system);
}

void write_series(const Scheme& s, Writer& out) {
  if (s.series.empty()) return;
  out.line(0, "series:");
  out.items(true);
  for (const Series& one : s.series) {
    out.item();
    out.value(2, "id", one.id);
    out.value(2, "book", records::book_text(one.book));
    out.value(2, "issuer", one.issuer);
    if (one.other)
      out.value(2, "types", "other");
    else
      out.list(4, "types", one.types);
    out.flag(2, "normative", one.normative, false);
    out.flag(2, "advisory", one.advisory, false);
    out.value(2, "kept", one.kept);
  }
  out.items(false);
}

void write_planned(const PlannedFile& file, int depth, Writer& out) {
  if (file.deadline.empty() && file.per.empty() && file.officer.empty() && file.note.empty() &&
      file.notation.empty()) {
    out.line(depth, "- " + scalar(file.rule) + ": " + scalar(file.title));
    return;
  }
  out.item();
  out.value(depth, "rule", file.rule);
  out.value(depth, "title", file.title);
  out.value(depth, "per", file.per);
  out.value(depth, "deadline", file.deadline);
  out.value(depth, "officer", file.officer);
  out.value(depth, "notation", file.notation);
  out.value(depth, "note", file.note);
}

void write_class(const Class& one, int depth, Writer& out) {
  out.item();
  out.value(depth, "no", one.no.substr(one.no.rfind('.') + 1));
  out.value(depth, "abbr", one.abbreviation);
  out.value(depth, "title", one.title);
  out.value(depth, "by", one.by);
  out.value(depth, "access", one.access);
  if (!one.files.empty()) {
    out.line(depth + 2, "files:");
    for (const PlannedFile& file : one.files)
      write_planned(file, depth + 4, out);
  }
  if (one.sub.empty()) return;
  out.line(depth + 2, "sub:");
  for (const Class& small : one.sub)
    write_class(small, depth + 4, out);
}

void write_classes(const Scheme& s, Writer& out) {
  out.line(0, "");
  out.line(0, "files:");
  out.value(2, "numbering", s.file_numbering);
  out.value(2, "arrangement", s.arrangement);
  out.line(2, "sheet_numbers_from: " + std::to_string(s.sheet_numbers_from));
  out.line(0, s.classes.empty() ? "classes: []" : "classes:");
  out.items(true);
  for (const Class& large : s.classes)
    write_class(large, 2, out);
  out.items(false);
}

void write_rules(const Scheme& s, Writer& out) {
  if (std::none_of(s.rules.begin(), s.rules.end(), [](const Rule& rule) { return rule.table.empty(); }))
    return;
  out.line(0, "");
  out.line(0, "rules:");
  out.items(true);
  for (const Rule& rule : s.rules) {
    if (!rule.table.empty()) continue;
    out.item();
    out.value(2, "id", rule.id);
    out.value(2, "title", rule.title);
    out.value(2, "case", rule.case_);
    out.value(2, "english", rule.english);
    out.value(2, "group", rule.group);
    out.value(2, "term", records::term_shorthand(rule.term));
    out.value(2, "basis", rule.basis);
    out.value(2, "status", rule.status);
    out.flag(2, "submit", rule.submit, true);
    if (rule.checked_by.empty()) continue;
    out.line(4, "checked:");
    out.line(6, "by: " + scalar(rule.checked_by));
    out.line(6, "on: " + scalar(rule.checked_on));
    out.line(6, "against: " + scalar(rule.checked_against));
  }
  out.items(false);
}

void write_suggestions(const Scheme& s, Writer& out) {
  if (s.suggest.empty()) return;
  out.line(0, "");
  out.line(0, "suggest:");
  out.items(true);
  for (const Suggestion& one : s.suggest) {
    out.item();
    out.value(2, "class", one.class_no);
    out.list(4, "sender", one.senders);
    out.list(4, "words", one.words);
    out.list(4, "types", one.types);
    out.value(2, "issuer", one.issuer);
  }
  out.items(false);
}

void write_access(const Scheme& s, Writer& out) {
  out.line(0, "");
  out.line(0, "access:");
  out.value(2, "default", s.default_access);
  for (const AccessLevel& level : s.access) {
    out.line(2, level.key + ":");
    out.line(4, "mode: \"" + level.mode + "\"");
    out.value(4, "label", level.label);
    out.value(4, "permit", level.permit);
    if (level.key == "secret") out.value(4, "policy", level.policy);
    out.flag(4, "personal_data", level.personal_data, false);
  }
}

}  // namespace

std::string to_yaml(const Scheme& scheme, const std::string& comment) {
  Writer out;
  if (!comment.empty()) out.line(0, "# " + comment);
  write_head(scheme, out);
  write_series(scheme, out);
  write_classes(scheme, out);
  write_rules(scheme, out);
  write_suggestions(scheme, out);
  write_access(scheme, out);
  return out.text;
}

}  // namespace vtlt::scheme
