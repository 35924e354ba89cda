// Retention rules in use: on what they rest, which are missing, which nobody uses.
#include <algorithm>
#include <set>
#include <vector>

#include "scheme/check.h"
#include "scheme/node.h"
#include "scheme/tables.h"
#include "text/text.h"

namespace vtlt::scheme {

namespace {

struct Use {
  std::string rule;
  std::string ref;  // class or series
  long line;
};

// Planned files first, then the kept sets: both decide how long something is kept.
std::vector<Use> uses_of(const Scheme& scheme) {
  std::vector<Use> uses;
  each_class(scheme, [&](const Class& heading, const Class&) {
    for (const PlannedFile& file : heading.files)
      uses.push_back({file.rule, heading.no, file.line});
  });
  for (const Series& series : scheme.series)
    if (!series.kept.empty()) uses.push_back({series.kept, series.id, series.line});
  return uses;
}

void check_unknown(const Scheme& scheme, const std::vector<Use>& uses, Findings& findings) {
  std::vector<std::string_view> ids;
  for (const Rule& rule : scheme.rules)
    ids.push_back(rule.id);
  const std::set<std::string_view> known(ids.begin(), ids.end());
  int missing = 0;
  for (const Use& use : uses) {
    if (known.count(use.rule)) continue;
    // A missing table leaves all its rules unknown: comparing every one with every id would help nobody.
    std::string near = ++missing > 20 ? std::string() : nearest(use.rule, ids);
    add(findings, {"VTLT-SCHEME-41", Level::error, use.ref, use.line,
                   Message("scheme.check.unknown_rule", {{"rule", use.rule}}),
                   near.empty() ? Message{} : Message("scheme.hint.nearest", {{"word", near}}), nullptr});
  }
}

// Counted are the DIFFERENT rules in use, by planned files and by `kept`, whose resolved form (local over
// table) is still TT09's: a rule used by four series is one thing to compare with TT 10/2022, and the
// hundreds of table rules that nothing refers to are none. On the example of product.md: tt09-5b, -148, -43,
// -75, -83, -89b planned and tt09-150a, -150b, -150c kept: 9.
void check_baseline(const Scheme& scheme, const std::vector<Use>& uses, Findings& findings) {
  std::vector<std::string> baseline, unchecked;
  long first_line = 0;
  std::set<std::string> seen;
  for (const Use& use : uses) {
    const Rule* rule = scheme.find_rule(use.rule);
    if (!rule || !seen.insert(use.rule).second) continue;
    if (rule->baseline()) {
      if (baseline.empty()) first_line = use.line;
      baseline.push_back(rule->id);
    } else if (!rule->checked()) {
      unchecked.push_back(rule->id);
    }
  }
  if (!baseline.empty())
    add(findings, {"P21", Level::warning, scheme.id, first_line,
                   Message("scheme.check.baseline", {{"count", static_cast<std::int64_t>(baseline.size())},
                                                     {"rules", text::joined(baseline)}}),
                   Message("scheme.hint.confirm", {{"rule", baseline.front()}}),
                   "TT 10/2022/TT-BNV (thay TT 09/2011/TT-BNV)"});
  if (!unchecked.empty())
    add(findings, {"P50", Level::note, scheme.id, 0,
                   Message("scheme.check.unchecked", {{"count", static_cast<std::int64_t>(unchecked.size())},
                                                      {"rules", text::joined(unchecked)}}),
                   Message("scheme.hint.confirm", {{"rule", unchecked.front()}}), nullptr});
}

bool correspondence(const Rule& rule) {
  return text::fold(rule.title).rfind("cong van trao doi", 0) == 0;
}

// Every agency exchanges letters that belong to no other file; without a planned file they stay unfiled. The
// general group (1) is named; a scheme that plans the letters of a sector has thought of it.
void check_correspondence(const Scheme& scheme, const std::vector<Use>& uses, Findings& findings) {
  const Rule* proposed = nullptr;
  for (const Rule& rule : scheme.rules) {
    if (!correspondence(rule)) continue;
    if (std::any_of(uses.begin(), uses.end(), [&](const Use& use) { return use.rule == rule.id; })) return;
    if (!proposed || (rule.group == "1" && proposed->group != "1")) proposed = &rule;
  }
  if (proposed)
    add(findings, {"VTLT-SCHEME-42",
                   Level::warning,
                   proposed->id,
                   0,
                   Message("scheme.check.no_correspondence", {{"rule", proposed->id}}),
                   {},
                   "NĐ 30/2020/NĐ-CP Đ28"});
}

void check_local(const Scheme& scheme, const std::vector<Use>& uses, Findings& findings) {
  std::set<std::string_view> used;
  for (const Use& use : uses)
    used.insert(use.rule);
  for (const Rule& rule : scheme.rules) {
    if (!rule.table.empty()) continue;
    if (!used.count(rule.id))
      add(findings, {"VTLT-SCHEME-43",
                     Level::note,
                     rule.id,
                     rule.line,
                     Message("scheme.check.unused_rule", {{"rule", rule.id}}),
                     {},
                     nullptr});
    for (const std::string& name : scheme.uses) {
      const auto* table = table_rules(name);
      if (!table) continue;
      auto general =
          std::find_if(table->begin(), table->end(), [&](const Rule& one) { return one.id == rule.id; });
      if (general == table->end()) continue;
      // A rule confirmed against the circular in force may be shorter than the repealed one.
      if (records::longer(general->term, rule.term) && !(general->baseline() && rule.checked()))
        add(findings, {"P23",
                       Level::warning,
                       rule.id,
                       rule.line,
                       Message("scheme.check.shorter", {{"rule", rule.id},
                                                        {"own", records::term_text(rule.term)},
                                                        {"general", records::term_text(general->term)},
                                                        {"table", name}}),
                       {},
                       "Luật Lưu trữ 33/2024/QH15 Đ15"});
      break;
    }
  }
}

}  // namespace

void check_rules(const Scheme& scheme, Findings& findings) {
  auto uses = uses_of(scheme);
  check_baseline(scheme, uses, findings);
  check_correspondence(scheme, uses, findings);
  check_unknown(scheme, uses, findings);
  check_local(scheme, uses, findings);
}

}  // namespace vtlt::scheme
