// What is different between two versions of a scheme, one fact each.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "scheme/scheme.h"

namespace vtlt::scheme {

enum class Part { fonds, policy, series, heading, planned, rule, access };
const char* part_text(Part part);  // "fonds", "rule" …, for programs

struct Difference {
  Part part = Part::fonds;
  std::string ref;  // "I.2", "tt09-148", "qd-ub", "organ"
  Message message;
  bool shorter = false;  // a term that ends earlier than before (P23)
};

// Of the rules only those count that a version writes itself or that its planned files and kept sets use: a
// table more in `uses` is no change to anybody's records.
std::vector<Difference> compare(const Scheme& before, const Scheme& after);

}  // namespace vtlt::scheme
