#include "package/schemas.h"

#include <algorithm>

#include "base/error.h"
#include "text/text.h"

namespace vtlt::package::writing {
namespace {

constexpr std::uint64_t schema_size_limit = 4u << 20;
constexpr std::size_t schema_count_limit = 32;

bool is_schema(const DirectoryEntry& entry) {
  return entry.kind == FileKind::file && text::fold(Path(entry.name).extension().string()) == ".xsd";
}

// The circular prints both mets_1_11.xsd and mets1_12.xsd, and lists METS.xsd as the mandatory one; the first
// of these that is there goes in under that name. No other METS schema names it, so renaming breaks no
// import.
std::string mets_schema(const std::vector<DirectoryEntry>& entries) {
  for (const char* wanted :
       {"METS.xsd", "mets1_12.xsd", "mets_1_12.xsd", "mets1_11.xsd", "mets_1_11.xsd", "mets.xsd"})
    for (const auto& entry : entries)
      if (is_schema(entry) && entry.name == wanted) return entry.name;
  return "";
}

bool is_other_mets(const std::string& name) {
  return text::fold(name).rfind("mets", 0) == 0;
}

void add_given(Files& files, const Path& directory, std::vector<Schema>& schemas) {
  const auto entries = files.list(directory);
  const std::string mets = mets_schema(entries);
  if (mets.empty())
    throw Error(Exit::usage, "VTLT-PACKAGE-11", Message("package.write.schemas_without_mets"),
                Message("package.write.schemas_without_mets.hint"))
        .at(directory.string());
  for (const auto& entry : entries) {
    if (!is_schema(entry) || (entry.name != mets && is_other_mets(entry.name))) continue;
    const std::string name = entry.name == mets ? "METS.xsd" : text::ascii_name(entry.name);
    const bool taken = std::any_of(schemas.begin(), schemas.end(), [&](const Schema& schema) {
      return text::fold(schema.name) == text::fold(name);
    });
    if (taken) continue;  // the data are written by our EAD schemas, not by another's
    if (schemas.size() == schema_count_limit)
      throw Error(Exit::usage, "VTLT-PACKAGE-11",
                  Message("package.write.schemas_many", {{"limit", std::int64_t{schema_count_limit}}}))
          .at(directory.string());
    schemas.push_back({name, read_whole(files, directory / entry.name, schema_size_limit)});
  }
}

}  // namespace

std::string ead_schema_name(Form form) {
  return form == Form::file ? "EAD.xsd" : std::string("EAD_") + form_name(form) + ".xsd";
}

std::string ead_schema(const Sort& sort, Form form) {
  // Values are strings, as in the circular; its limits are for the checker, which says more than a validator.
  std::string text =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" elementFormDefault=\"qualified\">\n"
      "  <xs:annotation>\n"
      "    <xs:documentation xml:lang=\"vi\">Thông tư 05/2025/TT-BNV, Phụ lục ";
  text += std::string(sort_appendix(sort)) + " (" + sort_name(sort) + ")";
  text +=
      "</xs:documentation>\n"
      "  </xs:annotation>\n"
      "  <xs:element name=\"simpledc\" type=\"elementContainer\"/>\n"
      "  <xs:complexType name=\"elementContainer\">\n"
      "    <xs:group ref=\"elementsGroup\"/>\n"
      "  </xs:complexType>\n"
      "  <xs:group name=\"elementsGroup\">\n"
      "    <xs:sequence>\n";
  for (const Element& element : elements(sort, form))
    text += std::string("      <xs:element name=\"") + element.name + "\" type=\"xs:string\"/>\n";
  text +=
      "    </xs:sequence>\n"
      "  </xs:group>\n"
      "</xs:schema>\n";
  return text;
}

std::vector<Schema> package_schemas(Files& files, const Plan& plan) {
  std::vector<Schema> schemas;
  for (const Form form : {Form::file, Form::document, Form::picture, Form::media})
    schemas.push_back({ead_schema_name(form), ead_schema(sort_of(plan), form)});
  // The METS schema is CC0, but those that it imports (xlink, CSIP) are others' works and not ours to hand
  // out. Receivers validate with their own copies; who must have METS.xsd in the package names a folder with
  // the set.
  if (plan.schemas) add_given(files, *plan.schemas, schemas);
  std::sort(schemas.begin(), schemas.end(), [](const Schema& a, const Schema& b) { return a.name < b.name; });
  return schemas;
}

}  // namespace vtlt::package::writing
