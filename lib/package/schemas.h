// The XSDs that go into schemas/ of a package.
#pragma once
#include <string>
#include <vector>

#include "package/ead.h"
#include "package/package.h"

namespace vtlt::package::writing {

struct Schema {
  std::string name;  // below schemas/
  std::string text;
};

// Ours, for the simpledc data of the circular: made from the table that the writer uses, so that the two
// cannot disagree. main/schemas/xsd/ holds the same bytes for readers; a test compares.
std::string ead_schema(const Sort& sort, Form form);
std::string ead_schema_name(Form form);  // "EAD.xsd", "EAD_doc.xsd" ...

// Ours and those of plan.schemas, by name in byte order.
std::vector<Schema> package_schemas(Files& files, const Plan& plan);

}  // namespace vtlt::package::writing
