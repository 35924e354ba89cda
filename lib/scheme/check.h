// The parts of check(), one a matter. Each appends what it finds.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "scheme/scheme.h"

namespace vtlt::scheme {

using Findings = std::vector<Finding>;

struct Remark {
  const char* code;
  Level level;
  std::string ref;
  long line;
  Message message;
  Message hint;
  const char* basis;
};
void add(Findings& findings, Remark remark);

// Large and small headings, in order; `large` is the heading itself for a large one.
void each_class(const Scheme& scheme,
                const std::function<void(const Class& heading, const Class& large)>& visit);

void check_head(const Scheme& scheme, Findings& findings);     // fonds, tables, access, numbering
void check_series(const Scheme& scheme, Findings& findings);   // P03, P06, trap 2
void check_classes(const Scheme& scheme, Findings& findings);  // P13
void check_rules(const Scheme& scheme, Findings& findings);    // P21, P23, trap 4
void check_suggest(const Scheme& scheme, Findings& findings);
void check_names(const Scheme& scheme, Findings& findings);  // issuers and units without a name

}  // namespace vtlt::scheme
