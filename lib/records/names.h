// Names of computer files that are one name somewhere else (P44; records-practice.md 7.3).
#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "base/finding.h"

namespace vtlt::records {

enum class Collision {
  same,        // the same letters twice
  form,        // equal after NFC: macOS writes NFD
  letter_case  // equal after case folding: one file on Windows and macOS
};
struct NameCollision {
  Collision kind = Collision::same;
  std::vector<std::size_t> names;  // places among the given ones, ascending, two or more
  bool operator==(const NameCollision&) const = default;
};
// Groups of names that collide, by the first of each; a group says the strongest kind that holds for all of
// it.
std::vector<NameCollision> name_collisions(const std::vector<std::string>& names);
// The same as errors. ref: the file or package they are in.
std::vector<Finding> check_names(const std::string& ref, const std::vector<std::string>& names);

}  // namespace vtlt::records
