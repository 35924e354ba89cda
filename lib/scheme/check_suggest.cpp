#include <set>

#include "scheme/check.h"
#include "scheme/node.h"

namespace vtlt::scheme {

namespace {

std::string conditions(const Suggestion& one) {
  std::string key = one.issuer + '\n';
  for (const auto* list : {&one.senders, &one.words, &one.types}) {
    for (const std::string& word : *list)
      key += word + '\t';
    key += '\n';
  }
  return key;
}

void check_missing(const Scheme& scheme, const std::set<std::string>& suggested, Findings& findings) {
  std::string missing;
  std::int64_t count = 0;
  long line = 0;
  each_class(scheme, [&](const Class& heading, const Class&) {
    if (heading.files.empty() || suggested.count(heading.no)) return;
    if (count++ == 0) line = heading.line;
    missing += (missing.empty() ? "" : ", ") + heading.no;
  });
  if (count > 0)
    add(findings, {"VTLT-SCHEME-44",
                   Level::warning,
                   scheme.id,
                   line,
                   Message("scheme.check.no_suggestion", {{"count", count}, {"classes", missing}}),
                   {},
                   nullptr});
}

}  // namespace

void check_suggest(const Scheme& scheme, Findings& findings) {
  std::set<std::string> suggested, seen;
  std::vector<std::string_view> numbers;
  each_class(scheme, [&](const Class& heading, const Class&) { numbers.push_back(heading.no); });
  for (const Suggestion& one : scheme.suggest) {
    suggested.insert(one.class_no);
    const Class* heading = scheme.find_class(one.class_no);
    if (!heading) {
      std::string near = nearest(one.class_no, numbers);
      add(findings, {"VTLT-SCHEME-45", Level::error, one.class_no, one.line,
                     Message("scheme.check.unknown_class", {{"no", one.class_no}}),
                     near.empty() ? Message{} : Message("scheme.hint.nearest", {{"word", near}}), nullptr});
    } else if (heading->files.empty()) {
      add(findings, {"VTLT-SCHEME-46",
                     Level::warning,
                     one.class_no,
                     one.line,
                     Message("scheme.check.suggests_nothing", {{"no", one.class_no}}),
                     {},
                     nullptr});
    }
    if (one.senders.empty() && one.words.empty() && one.types.empty() && one.issuer.empty())
      add(findings, {"VTLT-SCHEME-47",
                     Level::warning,
                     one.class_no,
                     one.line,
                     Message("scheme.check.no_condition", {{"no", one.class_no}}),
                     {},
                     nullptr});
    else if (!seen.insert(conditions(one)).second)
      add(findings, {"VTLT-SCHEME-48",
                     Level::warning,
                     one.class_no,
                     one.line,
                     Message("scheme.check.unreachable_suggestion", {{"no", one.class_no}}),
                     {},
                     nullptr});
  }
  check_missing(scheme, suggested, findings);
}

}  // namespace vtlt::scheme
