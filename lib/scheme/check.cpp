#include "scheme/check.h"

#include <algorithm>
#include <set>

#include "scheme/node.h"
#include "scheme/tables.h"
#include "text/text.h"

namespace vtlt::scheme {

void add(Findings& findings, Remark remark) {
  findings.push_back({remark.code,
                      remark.level,
                      std::move(remark.ref),
                      {},
                      remark.line,
                      std::move(remark.message),
                      std::move(remark.hint),
                      remark.basis ? remark.basis : ""});
}

void each_class(const Scheme& scheme, const std::function<void(const Class&, const Class&)>& visit) {
  for (const Class& large : scheme.classes) {
    visit(large, large);
    for (const Class& small : large.sub)
      visit(small, large);
  }
}

std::vector<Finding> check(const Scheme& scheme) {
  Findings findings;
  check_rules(scheme, findings);
  check_suggest(scheme, findings);
  check_names(scheme, findings);
  check_series(scheme, findings);
  check_classes(scheme, findings);
  check_head(scheme, findings);
  return findings;
}

namespace {

void check_organ(const Scheme& scheme, Findings& findings) {
  constexpr const char* basis = "QĐ 20/2020/QĐ-TTg Đ4-6";
  if (scheme.organ.empty()) {
    add(findings, {"P37", Level::note, scheme.fonds_code, 0, Message("scheme.check.no_organ"), {}, basis});
    return;
  }
  const std::string shown = text::cut(scheme.organ, 60);
  const Args code{{"code", shown}};
  switch (records::organ_code_form(scheme.organ)) {
    case records::OrganCodeForm::invalid:
      add(findings, {"P37", Level::error, shown, 0, Message("scheme.check.organ_invalid", code),
                     Message("scheme.hint.organ"), basis});
      return;
    case records::OrganCodeForm::legacy13:
    case records::OrganCodeForm::legacy_short:
      add(findings, {"P37", Level::warning, shown, 0, Message("scheme.check.organ_legacy", code),
                     Message("scheme.hint.organ"), basis});
      break;
    default:
      break;
  }
  if (text::length(scheme.organ) > 13)
    add(findings, {"P37",
                   Level::warning,
                   shown,
                   0,
                   Message("scheme.check.organ_long", code),
                   {},
                   "NĐ 30/2020/NĐ-CP PL VI"});
}

// From an old code to its new ones, never back to where it began.
void check_organs(const Scheme& scheme, Findings& findings) {
  for (const OrganChange& first : scheme.organs) {
    std::set<std::string> reached = {first.new_code};
    for (bool more = true; more;) {
      more = false;
      for (const OrganChange& next : scheme.organs)
        if (reached.count(next.old_code) != 0 && reached.insert(next.new_code).second) more = true;
    }
    if (reached.count(first.old_code) != 0)
      add(findings, {"P36",
                     Level::error,
                     first.old_code,
                     first.line,
                     Message("scheme.check.organs_circle", {{"code", first.old_code}}),
                     {},
                     "TT 06/2025/TT-BNV Đ40.2"});
  }
}

void check_tables(const Scheme& scheme, Findings& findings) {
  for (const std::string& name : scheme.uses) {
    if (table_rules(name)) continue;
    std::string near = nearest(name, table_names());
    std::string shown = text::cut(name, 60);
    add(findings,
        {"VTLT-SCHEME-30", Level::error, shown, 0, Message("scheme.check.unknown_table", {{"name", shown}}),
         near.empty() ? Message{} : Message("scheme.hint.nearest", {{"word", near}}), nullptr});
  }
}

// The modes of TT05 belong to the levels one to one; another pairing would send out the wrong code.
void check_access(const Scheme& scheme, Findings& findings) {
  for (auto [key, mode] : {std::pair{"open", "01"}, {"conditional", "02"}, {"secret", "03"}}) {
    const AccessLevel* level = scheme.find_access(key);
    if (level && level->mode != mode)
      add(findings,
          {"VTLT-SCHEME-31",
           Level::error,
           key,
           0,
           Message("scheme.check.mode",
                   {{"key", std::string(key)}, {"mode", level->mode}, {"right", std::string(mode)}}),
           {},
           "TT 05/2025/TT-BNV PL I"});
  }
  const AccessLevel* secret = scheme.find_access("secret");
  if ((secret && secret->policy != "refuse") || scheme.default_access == "secret")
    add(findings, {"P12",
                   Level::warning,
                   "secret",
                   0,
                   Message("scheme.check.secret"),
                   {},
                   "Luật 117/2025/QH15 Đ5.2; NĐ 30/2020/NĐ-CP Đ15.2"});
}

}  // namespace

void check_head(const Scheme& scheme, Findings& findings) {
  check_organ(scheme, findings);
  check_organs(scheme, findings);
  check_tables(scheme, findings);
  check_access(scheme, findings);
  if (scheme.adopted_number.empty())
    add(findings, {"VTLT-SCHEME-32",
                   Level::note,
                   scheme.id,
                   0,
                   Message("scheme.check.not_adopted"),
                   {},
                   "NĐ 30/2020/NĐ-CP Đ28"});
  if (!scheme.numbering_internal && scheme.numbering_system.empty())
    add(findings, {"VTLT-SCHEME-33",
                   Level::note,
                   scheme.id,
                   0,
                   Message("scheme.check.no_system"),
                   {},
                   "NĐ 30/2020/NĐ-CP Đ15.1"});
  if (scheme.regime == "party")
    add(findings, {"VTLT-SCHEME-34", Level::note, scheme.id, 0, Message("scheme.check.party"), {}, nullptr});
}

void check_names(const Scheme& scheme, Findings& findings) {
  auto known = [](const std::vector<records::Issuer>& names, const std::string& abbreviation) {
    return std::any_of(names.begin(), names.end(), [&](const auto& one) {
      return one.abbreviation == abbreviation && !one.name.empty();
    });
  };
  std::set<std::string> told;
  auto issuer = [&](const std::string& name, long line) {
    if (name.empty() || known(scheme.issuers, name) || !told.insert(name).second) return;
    add(findings, {"VTLT-SCHEME-35",
                   Level::warning,
                   name,
                   line,
                   Message("scheme.check.issuer_name", {{"issuer", name}}),
                   {},
                   "NĐ 30/2020/NĐ-CP PL I"});
  };
  for (const Series& series : scheme.series)
    issuer(series.issuer, series.line);
  for (const Suggestion& one : scheme.suggest)
    issuer(one.issuer, one.line);
  for (const records::Issuer& one : scheme.issuers)
    issuer(one.abbreviation, 0);
  told.clear();
  each_class(scheme, [&](const Class& heading, const Class&) {
    if (heading.by.empty() || known(scheme.units, heading.by) || !told.insert(heading.by).second) return;
    add(findings, {"VTLT-SCHEME-36",
                   Level::warning,
                   heading.no,
                   heading.line,
                   Message("scheme.check.unit_name", {{"unit", heading.by}}),
                   {},
                   "NĐ 30/2020/NĐ-CP PL I"});
  });
}

}  // namespace vtlt::scheme
