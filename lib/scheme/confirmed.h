// Rules that somebody compared with the official text after the scheme was adopted (product.md trap 4).
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "scheme/scheme.h"

namespace vtlt::scheme {

struct Confirmation {
  std::string rule, against, by, on;  // on: ISO date
  records::Term term;                 // what was compared; another term is another rule
};
// The scheme as it stands with them, later ones over earlier ones. A rule of the repealed circular rests on
// the text it was compared with from then on.
void confirm(Scheme& scheme, const std::vector<Confirmation>& confirmations);

// Whether `against` can be what a rule was compared with: no text that is out of force alone, and for a rule
// of the repealed circular a text with a number.
bool names_text_in_force(std::string_view against, bool needs_number);

// A rule whose term stands: of a statute, confirmed against TT 10/2022, or compared by somebody.
bool settled(const Rule& rule);
// How a term's source is shown: the basis, with ", chưa đối chiếu" where it is not settled.
std::string term_source(const Rule& rule);

}  // namespace vtlt::scheme
