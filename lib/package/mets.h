// METS.xml of the package and of its representation (TT05 PL I, III), streamed.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "package/package.h"
#include "package/xml_out.h"

namespace vtlt::package::writing {

struct SchemaStamp {
  std::string name;
  Stamp stamp;
};

struct RootParts {
  Stamp ead;
  Stamp representation;         // representations/rep1/METS.xml
  std::optional<Stamp> premis;  // AIP
  std::vector<SchemaStamp> schemas;
  std::vector<Stamp> documentation;  // in the order of plan.documentation
};
Stamp write_root_mets(const Plan& plan, const RootParts& parts, Output output);

struct RepresentationParts {
  std::vector<Stamp> documents;  // EAD_*, in the order of plan.documents
  std::optional<Stamp> premis;
};
Stamp write_representation_mets(const Plan& plan, const RepresentationParts& parts, Output output);

}  // namespace vtlt::package::writing
