#include "scheme/scheme.h"

#include <algorithm>
#include <set>

#include "text/text.h"

namespace vtlt::scheme {

const Rule* Scheme::find_rule(std::string_view rule_id) const {
  for (const Rule& rule : rules)
    if (rule.id == rule_id) return &rule;
  return nullptr;
}

const Class* Scheme::find_class(std::string_view no) const {
  for (const Class& large : classes) {
    if (large.no == no) return &large;
    for (const Class& small : large.sub)
      if (small.no == no) return &small;
  }
  return nullptr;
}

const Class* Scheme::class_of_abbreviation(std::string_view abbr) const {
  if (abbr.empty()) return nullptr;
  for (const Class& large : classes)
    if (large.abbreviation == abbr) return &large;
  std::string folded = text::fold_case(abbr);
  for (const Class& large : classes)
    if (text::fold_case(large.abbreviation) == folded) return &large;
  return nullptr;
}

const AccessLevel* Scheme::find_access(std::string_view key) const {
  for (const AccessLevel& level : access)
    if (level.key == key) return &level;
  return nullptr;
}

namespace {

// Stored abbreviations keep their case (CTr, TTr); asking does not need to.
bool same_abbreviation(std::string_view a, std::string_view b) {
  return a == b || (a.size() == b.size() && text::fold_case(a) == text::fold_case(b));
}

// How well a series names a type: 3 by name, 2 takes any, 1 "other", 0 not at all.
int fit(const Series& series, std::string_view type) {
  if (series.other) return 1;
  if (series.types.empty()) return 2;
  for (const std::string& one : series.types)
    if (same_abbreviation(one, type)) return 3;
  return 0;
}

}  // namespace

const Series* Scheme::series_for(records::Book book, std::string_view type_abbr, std::string_view issuer,
                                 bool normative) const {
  const Series* best = nullptr;
  int best_fit = 0;
  for (const Series& one : series) {
    if (one.book != book || one.normative != normative) continue;
    bool own = !one.issuer.empty() && same_abbreviation(one.issuer, issuer);
    if (!own && !one.issuer.empty()) continue;
    int quality = fit(one, type_abbr);
    if (quality && own) quality += 3;  // the issuer's own series before the common one
    if (quality > best_fit) {
      best = &one;
      best_fit = quality;
    }
  }
  return best;
}

Summary summary(const Scheme& scheme) {
  Summary sum;
  std::set<std::string_view> used;
  for (const Series& series : scheme.series)
    if (!series.kept.empty()) used.insert(series.kept);
  for (const Class& large : scheme.classes) {
    sum.classes += 1 + static_cast<int>(large.sub.size());
    for (const PlannedFile& file : large.files)
      used.insert(file.rule);
    for (const Class& small : large.sub)
      for (const PlannedFile& file : small.files)
        used.insert(file.rule);
  }
  for (std::string_view id : used) {
    const Rule* rule = scheme.find_rule(id);
    if (!rule) continue;
    ++sum.rules;
    if (rule->baseline()) ++sum.baseline;
  }
  return sum;
}

}  // namespace vtlt::scheme
