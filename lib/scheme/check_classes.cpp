// Headings and file notations: NĐ30 Đ28 and PL V.I (P13).
#include <map>
#include <optional>
#include <set>

#include "scheme/check.h"
#include "scheme/roman.h"
#include "text/text.h"

namespace vtlt::scheme {

namespace {

constexpr const char* headings_basis = "NĐ 30/2020/NĐ-CP PL V.I";

std::optional<int> roman_value(std::string_view text) {
  for (int i = 1; i < 400; ++i)
    if (roman(i) == text) return i;
  return std::nullopt;
}

std::optional<int> arabic_value(std::string_view text) {
  if (text.empty() || text.size() > 3 || text[0] == '0') return std::nullopt;
  int value = 0;
  for (char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

// expected: the number that continues the headings before this one; 0 after one that could not be read.
void check_number(const Class& heading, bool large, int& expected, Findings& findings) {
  std::string own = large ? heading.no : heading.no.substr(heading.no.rfind('.') + 1);
  auto value = large ? roman_value(own) : arabic_value(own);
  if (!value) {
    add(findings, {"P13",
                   Level::error,
                   heading.no,
                   heading.line,
                   Message(large ? "scheme.check.not_roman" : "scheme.check.not_arabic", {{"no", own}}),
                   {},
                   headings_basis});
    expected = 0;
    return;
  }
  if (expected != 0 && *value != expected)
    add(findings, {"P13",
                   Level::warning,
                   heading.no,
                   heading.line,
                   Message("scheme.check.not_continuous",
                           {{"no", own}, {"expected", large ? roman(expected) : std::to_string(expected)}}),
                   {},
                   headings_basis});
  expected = *value + 1;
}

void check_abbreviations(const Scheme& scheme, Findings& findings) {
  std::map<std::string, std::string> seen;
  for (const Class& large : scheme.classes) {
    if (large.abbreviation.empty()) {
      add(findings, {"P13",
                     Level::error,
                     large.no,
                     large.line,
                     Message("scheme.check.no_abbreviation", {{"no", large.no}}),
                     {},
                     headings_basis});
    } else {
      auto [place, fresh] = seen.emplace(text::fold_case(large.abbreviation), large.no);
      if (!fresh)
        add(findings, {"P13",
                       Level::error,
                       large.no,
                       large.line,
                       Message("scheme.check.same_abbreviation",
                               {{"abbr", large.abbreviation}, {"no", large.no}, {"other", place->second}}),
                       {},
                       headings_basis});
    }
    for (const Class& small : large.sub)
      if (!small.abbreviation.empty())
        add(findings, {"P13",
                       Level::warning,
                       small.no,
                       small.line,
                       Message("scheme.check.small_abbreviation", {{"no", small.no}}),
                       {},
                       headings_basis});
  }
}

bool fits_notation(std::string_view notation, std::string_view abbreviation) {
  auto dot = notation.find('.');
  if (dot == std::string_view::npos || dot < 2 || dot > 5) return false;
  for (char c : notation.substr(0, dot))
    if (c < '0' || c > '9') return false;
  return notation.substr(dot + 1) == abbreviation && notation.substr(0, dot) != "00";
}

void check_notation(const PlannedFile& file, const Class& large, std::set<std::string>& seen,
                    Findings& findings) {
  if (file.notation.empty()) return;
  if (!fits_notation(file.notation, large.abbreviation))
    add(findings,
        {"P13",
         Level::error,
         file.notation,
         file.line,
         Message("scheme.check.notation", {{"notation", file.notation}, {"abbr", large.abbreviation}}),
         {},
         headings_basis});
  if (!seen.insert(file.notation).second)
    add(findings, {"P13",
                   Level::error,
                   file.notation,
                   file.line,
                   Message("scheme.check.same_notation", {{"notation", file.notation}}),
                   {},
                   headings_basis});
}

void check_places(const PlannedFile& file, Findings& findings) {
  for (auto open = file.title.find('{'); open != std::string::npos; open = file.title.find('{', open + 1)) {
    auto close = file.title.find('}', open);
    std::string place = file.title.substr(open, close == std::string::npos ? close : close - open + 1);
    if (place == "{year}" || place == "{name}" || place == "{code}") continue;
    add(findings, {"VTLT-SCHEME-39",
                   Level::warning,
                   file.rule,
                   file.line,
                   Message("scheme.check.place", {{"place", text::cut(place, 40)}}),
                   {},
                   nullptr});
  }
}

}  // namespace

void check_classes(const Scheme& scheme, Findings& findings) {
  int expected_large = 1;
  for (const Class& large : scheme.classes) {
    check_number(large, true, expected_large, findings);
    int expected_small = 1;
    for (const Class& small : large.sub)
      check_number(small, false, expected_small, findings);
  }
  check_abbreviations(scheme, findings);
  std::set<std::string> notations;
  each_class(scheme, [&](const Class& heading, const Class& large) {
    if (heading.files.empty() && heading.sub.empty())
      add(findings, {"VTLT-SCHEME-40",
                     Level::note,
                     heading.no,
                     heading.line,
                     Message("scheme.check.empty_class", {{"no", heading.no}}),
                     {},
                     "NĐ 30/2020/NĐ-CP Đ28"});
    for (const PlannedFile& file : heading.files) {
      check_notation(file, large, notations, findings);
      check_places(file, findings);
    }
  });
}

}  // namespace vtlt::scheme
