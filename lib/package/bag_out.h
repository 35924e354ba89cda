// The tag files of a BagIt 1.0 bag (RFC 8493) of a file or of loose documents: contents below data/content,
// their metadata as the circular's simpledc below data/metadata.
#pragma once
#include <string>
#include <vector>

#include "package/package.h"
#include "package/writer_names.h"
#include "package/xml_out.h"

namespace vtlt::package::writing {

struct BagParts {
  Stamp record;                                       // data/metadata/EAD.xml
  const std::vector<Stamp>* documents = nullptr;      // data/metadata/EAD_*, in the order of plan.documents
  const std::vector<Stamp>* documentation = nullptr;  // of plan.documentation, in its order
  std::uint64_t content_bytes = 0;
};

inline constexpr std::string_view bag_declaration =
    "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

// In byte order of the paths.
Stamp write_manifest(const Plan& plan, const Names& names, const BagParts& parts, Output output);
std::string bag_info(const Plan& plan, const Names& names, const BagParts& parts);
std::string tag_manifest(std::string_view bag_info, const Stamp& manifest);

}  // namespace vtlt::package::writing
