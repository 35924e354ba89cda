// The YAML scheme (khung phân loại) of one fonds: what the agency decided. vtlt-scheme(5) says every key.
// Read once through yaml-cpp's event interface; everything is text, typed here. Kept compiled by digest: see
// to_compiled / from_compiled.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.h"
#include "records/records.h"

namespace vtlt::scheme {

struct Series {
  std::string id;
  records::Book book = records::Book::in;
  std::string issuer;              // abbreviation; "" = any
  std::vector<std::string> types;  // abbreviations; empty with other=true: everything not named elsewhere
  bool other = false;
  bool normative = false;  // the year stands inside the number
  bool advisory = false;
  std::string kept;  // rule id of the tập lưu; "" = none
  long line = 0;
  bool operator==(const Series&) const = default;
};

struct Rule {
  std::string id;  // "tt09-148"
  std::string title;
  std::string case_;    // trường hợp
  std::string english;  // the title in English, where a table gives it
  records::Term term;
  std::string basis;   // mandatory
  std::string status;  // statute | confirmed-tt10 | baseline-tt09-repealed | agency-table
  std::string group;
  std::string checked_by, checked_on, checked_against;  // on: ISO date
  std::string table;   // which `uses` table it came from; "" = the scheme itself
  bool submit = true;  // submitted to historical archives when permanent
  long line = 0;
  bool baseline() const { return status == "baseline-tt09-repealed"; }
  // Someone compared it with the official text: without that it never leads to destruction (trap 4).
  bool checked() const { return !checked_by.empty() && !baseline(); }
  bool operator==(const Rule&) const = default;
};

struct PlannedFile {
  std::string rule;
  std::string title;                                   // may hold {year} {name} {code}
  std::string deadline, per, officer, note, notation;  // per: "" = year | year | case | term
  long line = 0;
  bool operator==(const PlannedFile&) const = default;
};

struct Class {
  std::string no;            // "I.2"
  std::string abbreviation;  // of the LARGE heading: "VP"
  std::string title;
  std::string by;      // unit
  std::string access;  // "" = the scheme's default
  std::vector<PlannedFile> files;
  std::vector<Class> sub;
  long line = 0;
  bool operator==(const Class&) const = default;
};

struct Suggestion {
  std::string class_no;
  std::vector<std::string> senders, words, types;
  std::string issuer;
  long line = 0;
  bool operator==(const Suggestion&) const = default;
};

struct AccessLevel {
  std::string key;   // open | conditional | secret
  std::string mode;  // 01 02 03
  std::string label, permit, policy;
  bool personal_data = false;
  bool operator==(const AccessLevel&) const = default;
};

// A body's organ code until the day before `from`, and from that day on (P36). Records keep the code they came with.
struct OrganChange {
  std::string old_code, new_code;
  text::Date from;
  std::string name, basis;  // of the body with the new code; the act
  long line = 0;
  bool operator==(const OrganChange&) const = default;
};

struct Scheme {
  std::string id;
  std::string adopted_number;
  text::Date adopted_date;
  std::vector<std::string> uses;  // tables, first wins; local rules over all
  std::string fonds_code, fonds_name, organ, archive, regime = "state";
  bool source_of_submission = true;
  std::string due_rule = "next-january";
  int late_days = 1;
  std::string holidays;
  std::vector<records::Issuer> issuers, units;
  bool numbering_internal = false;  // external: vtlt never gives a number of its own (trap 7)
  std::string numbering_system;     // "Phần mềm quản lý văn bản của thành phố"
  std::vector<Series> series;
  std::string file_numbering = "per-heading";  // per-heading | continuous
  std::string arrangement;
  int sheet_numbers_from = 5;
  std::vector<Class> classes;
  std::vector<Rule> rules;  // resolved: local and from tables, in order of precedence
  std::vector<Suggestion> suggest;
  std::string default_access = "open";
  std::vector<AccessLevel> access;
  std::vector<OrganChange> organs;

  const Rule* find_rule(std::string_view id) const;
  const Class* find_class(std::string_view no) const;               // "I.2"
  const Class* class_of_abbreviation(std::string_view abbr) const;  // the large heading "VP"
  // The series that an outgoing document of this type and issuer belongs to; nullptr: none.
  // normative: the year stands inside the document's number; such acts have series of their own (NĐ30
  // Đ15.1a).
  const Series* series_for(records::Book book, std::string_view type_abbr, std::string_view issuer,
                           bool normative = false) const;
  const AccessLevel* find_access(std::string_view key) const;
  bool operator==(const Scheme&) const = default;
};

// What `init` says of a new scheme: đề mục over both levels; different rules that planned files and kept sets
// use; those of them that rest on the repealed TT 09/2011.
struct Summary {
  int classes = 0, rules = 0, baseline = 0;
};
Summary summary(const Scheme& scheme);

// Where `uses: [vn-tt09-baseline]` finds its tables. The ready tables are compiled in (schemas/terms/*.yaml);
// a directory may add others.
struct Source {
  std::string name;  // for messages: the path
  std::string text;  // YAML bytes
};

// Throws Error exit 2 (VTLT-SCHEME-01 …) with path, line and column for what cannot be read: duplicate keys,
// aliases, tags, tabs, wrong types, unknown keys, rules without basis, not UTF-8, larger than 4 MiB, deeper
// than 16. The column is the argument {column} of the error's message.
Scheme load(const Source& source);
// What stands to be said about a readable scheme: product.md section 5 (`scheme check`). Findings carry the
// line; the path is the caller's to fill in.
std::vector<Finding> check(const Scheme& scheme);

// JSON text of one version of the program: another version, or damage, is Error exit 4, VTLT-SCHEME-19;
// compile again then. from_compiled(to_compiled(s)) == s.
std::string to_compiled(const Scheme& scheme);
Scheme from_compiled(std::string_view compiled);

// Templates of `init --from xa|phuong|dang-uy|truong|so`: YAML with '{name}' '{organ}' '{code}' '{mode}'
// '{system}'
// '{submission}' '{archive}' between single quotes. nullopt: no such template. Titles of planned files in
// them write {tên} and {mã}, which load() reads as {name} and {code}, so that filling in never touches them.
std::optional<std::string> template_text(std::string_view name);
std::vector<std::string> template_names();
// The template with its places filled (an absent value becomes ''), ready for load(). Throws exit 2 for a
// name that is no template. mode: external | internal; submission: true | false.
std::string fill_template(std::string_view name, const std::map<std::string, std::string>& values);
std::optional<std::string> table_text(std::string_view name);  // "vn-tt09-baseline"

}  // namespace vtlt::scheme
