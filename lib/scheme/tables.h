// The term tables that `uses` names.
#pragma once
#include <string_view>
#include <vector>

#include "scheme/node.h"
#include "scheme/scheme.h"

namespace vtlt::scheme {

// Rules of a ready table, parsed once a process; nullptr: no such table.
const std::vector<Rule>* table_rules(std::string_view name);
std::vector<std::string_view> table_names();
// Reads a table from text; throws as load() does. name: kept in Rule::table.
std::vector<Rule> read_table(std::string_view path, std::string_view text, std::string_view name);
// One validated entry of `rules`.
Rule read_rule(const Node& node, std::string_view default_status);

}  // namespace vtlt::scheme
