#include "scheme/compare.h"

#include <algorithm>
#include <map>
#include <set>

#include "scheme/check.h"
#include "text/text.h"

namespace vtlt::scheme {

namespace {

using Arguments = std::vector<std::pair<std::string, MessageArg>>;
using Differences = std::vector<Difference>;

std::string yes_no(bool value) {
  return value ? "true" : "false";
}

// A setting with its name and both values; an empty value is shown as "-".
void setting(Differences& all, Part part, const std::string& ref, const std::string& before,
             const std::string& after) {
  if (before == after) return;
  const auto shown = [](const std::string& value) { return value.empty() ? std::string("-") : value; };
  all.push_back(
      {part, ref,
       Message("scheme.diff.setting", {{"name", ref}, {"before", shown(before)}, {"after", shown(after)}})});
}

void compare_head(const Scheme& a, const Scheme& b, Differences& all) {
  const auto fonds = [&](const char* name, const std::string& before, const std::string& after) {
    setting(all, Part::fonds, name, before, after);
  };
  fonds("fonds.code", a.fonds_code, b.fonds_code);
  fonds("fonds.name", a.fonds_name, b.fonds_name);
  fonds("fonds.organ", a.organ, b.organ);
  fonds("fonds.archive", a.archive, b.archive);
  fonds("fonds.regime", a.regime, b.regime);
  const auto policy = [&](const char* name, const std::string& before, const std::string& after) {
    setting(all, Part::policy, name, before, after);
  };
  policy("uses", text::joined(a.uses), text::joined(b.uses));
  policy("policy.source_of_submission", yes_no(a.source_of_submission), yes_no(b.source_of_submission));
  policy("policy.due_rule", a.due_rule, b.due_rule);
  policy("policy.late_days", std::to_string(a.late_days), std::to_string(b.late_days));
  policy("policy.holidays", a.holidays, b.holidays);
  policy("numbering.mode", a.numbering_internal ? "internal" : "external",
         b.numbering_internal ? "internal" : "external");
  policy("numbering.system", a.numbering_system, b.numbering_system);
  policy("files.numbering", a.file_numbering, b.file_numbering);
  policy("files.arrangement", a.arrangement, b.arrangement);
  policy("files.sheet_numbers_from", std::to_string(a.sheet_numbers_from),
         std::to_string(b.sheet_numbers_from));
  const auto names = [&](const char* key, const std::vector<records::Issuer>& before,
                         const std::vector<records::Issuer>& after) {
    std::map<std::string, std::pair<std::string, std::string>> both;
    for (const auto& one : before)
      both[one.abbreviation].first = one.name.empty() ? "?" : one.name;
    for (const auto& one : after)
      both[one.abbreviation].second = one.name.empty() ? "?" : one.name;
    for (const auto& [abbreviation, pair] : both)
      policy((std::string(key) + "." + abbreviation).c_str(), pair.first, pair.second);
  };
  std::map<std::string, std::pair<std::string, std::string>> organs;
  const auto told = [](const OrganChange& one) { return text::to_dmy(one.from) + " " + one.name + " " + one.basis; };
  for (const auto& one : a.organs) organs[one.old_code + "→" + one.new_code].first = told(one);
  for (const auto& one : b.organs) organs[one.old_code + "→" + one.new_code].second = told(one);
  for (const auto& [codes, pair] : organs)
    policy(("organs." + codes).c_str(), pair.first, pair.second);
  names("issuers", a.issuers, b.issuers);
  names("units", a.units, b.units);
}

// Pairs the items of two lists by their name and tells each pair apart.
template <class Item, class Name, class Told>
void pair_up(const std::vector<Item>& before, const std::vector<Item>& after, const Name& name,
             const Told& told) {
  const auto named = [&](const std::vector<Item>& items, const Item& like) -> const Item* {
    const auto at =
        std::find_if(items.begin(), items.end(), [&](const Item& one) { return name(one) == name(like); });
    return at == items.end() ? nullptr : &*at;
  };
  for (const Item& one : before)
    told(&one, named(after, one));
  for (const Item& one : after)
    if (named(before, one) == nullptr) told(static_cast<const Item*>(nullptr), &one);
}

std::string shown(const Series& series) {
  std::string words = records::book_text(series.book);
  if (!series.issuer.empty()) words += " " + series.issuer;
  if (series.other) words += " other";
  if (!series.types.empty()) words += " [" + text::joined(series.types) + "]";
  if (series.normative) words += " normative";
  if (series.advisory) words += " advisory";
  if (!series.kept.empty()) words += " kept: " + series.kept;
  return words;
}

void compare_series(const Scheme& a, const Scheme& b, Differences& all) {
  pair_up(
      a.series, b.series, [](const Series& one) { return one.id; },
      [&](const Series* before, const Series* after) {
        if (before == nullptr)
          all.push_back(
              {Part::series, after->id,
               Message("scheme.diff.series.added", {{"series", after->id}, {"what", shown(*after)}})});
        else if (after == nullptr)
          all.push_back(
              {Part::series, before->id,
               Message("scheme.diff.series.removed", {{"series", before->id}, {"what", shown(*before)}})});
        else if (shown(*before) != shown(*after))
          all.push_back(
              {Part::series, before->id,
               Message("scheme.diff.series.changed",
                       {{"series", before->id}, {"before", shown(*before)}, {"after", shown(*after)}})});
      });
}

void compare_planned(const Class* before, const Class* after, Differences& all) {
  static const std::vector<PlannedFile> none;
  const std::string& no = before != nullptr ? before->no : after->no;
  pair_up(
      before != nullptr ? before->files : none, after != nullptr ? after->files : none,
      [](const PlannedFile& one) { return one.title; },
      [&](const PlannedFile* old, const PlannedFile* now) {
        if (old == nullptr)
          all.push_back({Part::planned, no,
                         Message("scheme.diff.planned.added",
                                 {{"class", no}, {"title", now->title}, {"rule", now->rule}})});
        else if (now == nullptr)
          all.push_back({Part::planned, no,
                         Message("scheme.diff.planned.removed",
                                 {{"class", no}, {"title", old->title}, {"rule", old->rule}})});
        else if (old->rule != now->rule)
          all.push_back(
              {Part::planned, no,
               Message("scheme.diff.planned.rule",
                       {{"class", no}, {"title", now->title}, {"before", old->rule}, {"after", now->rule}})});
        else if (old->notation != now->notation || old->per != now->per || old->deadline != now->deadline ||
                 old->officer != now->officer || old->note != now->note)
          all.push_back({Part::planned, no,
                         Message("scheme.diff.planned.changed", {{"class", no}, {"title", now->title}})});
      });
}

void compare_classes(const Scheme& a, const Scheme& b, Differences& all) {
  const auto flat = [](const Scheme& scheme) {
    std::vector<const Class*> list;
    each_class(scheme, [&](const Class& heading, const Class&) { list.push_back(&heading); });
    return list;
  };
  pair_up(
      flat(a), flat(b), [](const Class* one) { return one->no; },
      [&](const Class* const* old, const Class* const* now) {
        const Class* before = old != nullptr ? *old : nullptr;
        const Class* after = now != nullptr ? *now : nullptr;
        const std::string& no = before != nullptr ? before->no : after->no;
        if (before == nullptr)
          all.push_back({Part::heading, no,
                         Message("scheme.diff.class.added", {{"class", no}, {"title", after->title}})});
        else if (after == nullptr)
          all.push_back({Part::heading, no,
                         Message("scheme.diff.class.removed", {{"class", no}, {"title", before->title}})});
        else {
          setting(all, Part::heading, no + " title", before->title, after->title);
          setting(all, Part::heading, no + " abbr", before->abbreviation, after->abbreviation);
          setting(all, Part::heading, no + " by", before->by, after->by);
          setting(all, Part::heading, no + " access", before->access, after->access);
        }
        compare_planned(before, after, all);
      });
}

std::set<std::string> rules_that_count(const Scheme& scheme) {
  std::set<std::string> ids;
  for (const Rule& rule : scheme.rules)
    if (rule.table.empty()) ids.insert(rule.id);
  for (const Series& series : scheme.series)
    if (!series.kept.empty()) ids.insert(series.kept);
  each_class(scheme, [&](const Class& heading, const Class&) {
    for (const PlannedFile& file : heading.files)
      ids.insert(file.rule);
  });
  return ids;
}

void compare_rule(const Rule& before, const Rule& after, Differences& all) {
  const std::string old_term = records::term_text(before.term), new_term = records::term_text(after.term);
  if (before.term != after.term)
    all.push_back({Part::rule, after.id,
                   Message(records::longer(before.term, after.term) ? "scheme.diff.rule.shorter"
                                                                    : "scheme.diff.rule.term",
                           {{"rule", after.id}, {"before", old_term}, {"after", new_term}}),
                   records::longer(before.term, after.term)});
  if (before.basis != after.basis)
    all.push_back({Part::rule, after.id,
                   Message("scheme.diff.rule.basis",
                           {{"rule", after.id}, {"before", before.basis}, {"after", after.basis}})});
  if (before.status != after.status || before.checked() != after.checked() ||
      before.checked_against != after.checked_against)
    all.push_back(
        {Part::rule, after.id,
         after.checked()
             ? Message("scheme.diff.rule.checked",
                       {{"rule", after.id}, {"by", after.checked_by}, {"against", after.checked_against}})
             : Message("scheme.diff.rule.status", {{"rule", after.id}, {"status", after.status}})});
}

void compare_rules(const Scheme& a, const Scheme& b, Differences& all) {
  const auto in_a = rules_that_count(a), in_b = rules_that_count(b);
  std::set<std::string> ids = in_a;
  ids.insert(in_b.begin(), in_b.end());
  for (const std::string& id : ids) {
    const Rule* before = a.find_rule(id);
    const Rule* after = b.find_rule(id);
    if (before != nullptr && after != nullptr)
      compare_rule(*before, *after, all);
    else if (after != nullptr)
      all.push_back(
          {Part::rule, id,
           Message("scheme.diff.rule.added",
                   {{"rule", id}, {"term", records::term_text(after->term)}, {"basis", after->basis}})});
    else if (before != nullptr)
      all.push_back(
          {Part::rule, id,
           Message("scheme.diff.rule.removed", {{"rule", id}, {"term", records::term_text(before->term)}})});
  }
}

void compare_access(const Scheme& a, const Scheme& b, Differences& all) {
  setting(all, Part::access, "access.default", a.default_access, b.default_access);
  for (const char* key : {"open", "conditional", "secret"}) {
    const AccessLevel* before = a.find_access(key);
    const AccessLevel* after = b.find_access(key);
    if (before == nullptr || after == nullptr) continue;
    const std::string name = std::string("access.") + key;
    setting(all, Part::access, name + ".mode", before->mode, after->mode);
    setting(all, Part::access, name + ".label", before->label, after->label);
    setting(all, Part::access, name + ".permit", before->permit, after->permit);
    setting(all, Part::access, name + ".policy", before->policy, after->policy);
    setting(all, Part::access, name + ".personal_data", yes_no(before->personal_data),
            yes_no(after->personal_data));
  }
}

}  // namespace

const char* part_text(Part part) {
  switch (part) {
    case Part::fonds:
      return "fonds";
    case Part::policy:
      return "policy";
    case Part::series:
      return "series";
    case Part::heading:
      return "class";
    case Part::planned:
      return "planned_file";
    case Part::rule:
      return "rule";
    case Part::access:
      return "access";
  }
  return "";
}

std::vector<Difference> compare(const Scheme& before, const Scheme& after) {
  Differences all;
  compare_head(before, after, all);
  compare_rules(before, after, all);
  compare_series(before, after, all);
  compare_classes(before, after, all);
  compare_access(before, after, all);
  const auto suggestions = [](const Scheme& scheme) {
    std::vector<Suggestion> list = scheme.suggest;
    for (Suggestion& one : list)
      one.line = 0;
    return list;
  };
  if (suggestions(before) != suggestions(after))
    all.push_back(
        {Part::policy, "suggest",
         Message("scheme.diff.suggest", {{"before", static_cast<std::int64_t>(before.suggest.size())},
                                         {"after", static_cast<std::int64_t>(after.suggest.size())}})});
  return all;
}

}  // namespace vtlt::scheme
