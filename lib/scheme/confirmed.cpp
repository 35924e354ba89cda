#include "scheme/confirmed.h"

#include <regex>

#include "text/text.h"

namespace vtlt::scheme {

namespace {

void confirm_one(Rule& rule, const Confirmation& one) {
  if (rule.term != one.term) return;
  rule.checked_by = one.by;
  rule.checked_on = one.on;
  rule.checked_against = one.against;
  if (!rule.baseline()) return;
  rule.basis = one.against;
  rule.status = one.against.find("10/2022") != std::string::npos ? "confirmed-tt10" : "agency-table";
}

}  // namespace

void confirm(Scheme& scheme, const std::vector<Confirmation>& confirmations) {
  for (const Confirmation& one : confirmations)
    for (Rule& rule : scheme.rules)
      if (rule.id == one.rule) {
        confirm_one(rule, one);
        break;
      }
}

bool names_text_in_force(std::string_view against, bool needs_number) {
  static const std::regex number("[0-9]+/(19|20)[0-9][0-9]");
  const std::string words = text::fold(against);
  bool any = false, repealed = false;
  for (std::sregex_iterator at(words.begin(), words.end(), number), end; at != end; ++at) {
    const std::string found = at->str();
    if (found == "09/2011" || found == "9/2011")
      repealed = true;
    else
      any = true;
  }
  if (any) return true;
  if (repealed) return false;
  return !needs_number || words.find_first_of("0123456789") != std::string::npos;
}

bool settled(const Rule& rule) {
  return !rule.baseline() && (rule.checked() || rule.status == "statute" || rule.status == "confirmed-tt10");
}

std::string term_source(const Rule& rule) {
  if (settled(rule)) return rule.basis;
  // "TT 09/2011/TT-BNV mục 148 (vị trí trong bảng, …)": the remark in brackets gives way to the one that
  // matters.
  return rule.basis.substr(0, rule.basis.find(" (")) + ", chưa đối chiếu";
}

}  // namespace vtlt::scheme
