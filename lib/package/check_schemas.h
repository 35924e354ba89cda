// The XML Schemas that a check may use: those shipped in the package, and the reader's own.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "package/reader.h"

namespace vtlt::package {

class Schemas {
 public:
  // Reads schemas/*.xsd of the package and, when given, a folder of the user's.
  Schemas(Files& files, PackageSource& source, const std::optional<Path>& own, Report& report);

  bool shipped() const { return !shipped_names_.empty() || !unread_names_.empty(); }
  // Shipped under one of these names, whatever the case of its letters.
  bool ships(std::string_view name) const;
  // The shipped schema of one of these names when it compiles, else the reader's own; nullptr: none. A
  // shipped one that does not compile is a note.
  const XmlSchema* find(const std::vector<std::string>& names);
  const XmlSchema* mets() {
    return find({"mets.xsd", "mets1_12.xsd", "mets_1_12.xsd", "mets1_11.xsd", "mets_1_11.xsd"});
  }
  const XmlSchema* premis() {
    return find({"premis.xsd", "premis-v3-0.xsd", "premis-v3.xsd", "premis3.xsd"});
  }

 private:
  const XmlSchema* compile(const SchemaShelf& shelf, const std::string& name, bool from_package);

  Report& report_;
  std::map<std::string, std::string> shipped_names_;  // folded → as in the package
  std::set<std::string> unread_names_;                // folded
  std::map<std::string, std::string> own_names_;
  SchemaShelf package_shelf_, own_shelf_;
  std::map<std::string, std::shared_ptr<XmlSchema>> compiled_;
};

}  // namespace vtlt::package
