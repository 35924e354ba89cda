#include "package/reader_schema.h"

#include <libxml/parser.h>
#include <libxml/xmlschemastypes.h>

#include <charconv>
#include <mutex>

namespace vtlt::package {
namespace {

constexpr std::string_view place = "vtlt-package:/schemas/";

std::string base_name(std::string_view url) {
  if (const auto cut = url.find_first_of("?#"); cut != std::string_view::npos) url = url.substr(0, cut);
  if (const auto slash = url.find_last_of('/'); slash != std::string_view::npos) url = url.substr(slash + 1);
  return std::string(url);
}

// A content model can be made to cost unbounded memory; schemas of metadata never come near these figures.
bool harmless(std::string_view bytes) {
  if (bytes.size() > (std::size_t{1} << 20) || bytes.find("<!ENTITY") != std::string_view::npos) return false;
  for (const std::string_view name : {"minOccurs", "maxOccurs", "totalDigits"})
    for (std::size_t at = bytes.find(name); at != std::string_view::npos; at = bytes.find(name, at + 1)) {
      std::size_t from = bytes.find_first_of("\"'", at);
      if (from == std::string_view::npos || from - at > 40) continue;
      long count = 0;
      std::from_chars(bytes.data() + from + 1, bytes.data() + bytes.size(), count);
      if (count > 1000) return false;
    }
  for (std::size_t at = bytes.find("pattern"); at != std::string_view::npos;
       at = bytes.find("pattern", at + 1)) {
    const std::string_view rest = bytes.substr(at, 600);
    const std::size_t end = rest.find('>');
    if (end == std::string_view::npos) return false;
    for (std::size_t brace = rest.find('{'); brace < end; brace = rest.find('{', brace + 1)) {
      long count = 0;
      const char* first = rest.data() + brace + 1;
      const auto read = std::from_chars(first, rest.data() + rest.size(), count);
      if (count > 1000) return false;
      if (read.ptr < rest.data() + rest.size() && *read.ptr == ',') {
        std::from_chars(read.ptr + 1, rest.data() + rest.size(), count);
        if (count > 1000) return false;
      }
    }
  }
  return true;
}

// The attributes of the xml: namespace, which every schema imports and hardly any package ships.
constexpr std::string_view xml_attributes =
    "<xs:schema targetNamespace=\"http://www.w3.org/XML/1998/namespace\" "
    "xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" xml:lang=\"en\">"
    "<xs:attribute name=\"lang\" type=\"xs:string\"/><xs:attribute name=\"space\" type=\"xs:NCName\"/>"
    "<xs:attribute name=\"base\" type=\"xs:anyURI\"/><xs:attribute name=\"id\" type=\"xs:ID\"/>"
    "<xs:attributeGroup name=\"specialAttrs\"><xs:attribute ref=\"xml:base\"/><xs:attribute "
    "ref=\"xml:lang\"/>"
    "<xs:attribute ref=\"xml:space\"/><xs:attribute ref=\"xml:id\"/></xs:attributeGroup></xs:schema>";

// libxml2 has one loader for the process: it answers from the shelf of the thread that compiles and refuses
// everything else, above all the network and the disk.
thread_local const SchemaShelf* shelf_in_use = nullptr;
xmlExternalEntityLoader loader_before = nullptr;

xmlParserInputPtr load(const char* url, const char* id, xmlParserCtxtPtr context) {
  if (shelf_in_use == nullptr) return loader_before == nullptr ? nullptr : loader_before(url, id, context);
  const std::string name = base_name(url == nullptr ? "" : url);
  const auto found = shelf_in_use->all().find(name);
  // Refused as an attempt on the network, which an import of no consequence survives: the name leads nowhere.
  const bool own = name == "xml.xsd";
  if (!own && (found == shelf_in_use->all().end() || !harmless(found->second)))
    return xmlNoNetExternalEntityLoader("http://vtlt.invalid/", id, context);
  const std::string_view bytes = own ? xml_attributes : found->second;
  xmlParserInputBufferPtr buffer =
      xmlParserInputBufferCreateMem(bytes.data(), static_cast<int>(bytes.size()), XML_CHAR_ENCODING_NONE);
  if (buffer == nullptr) return nullptr;
  xmlParserInputPtr input = xmlNewIOInputStream(context, buffer, XML_CHAR_ENCODING_NONE);
  if (input == nullptr) {
    xmlFreeParserInputBuffer(buffer);
    return nullptr;
  }
  input->filename = reinterpret_cast<char*>(xmlStrdup(reinterpret_cast<const xmlChar*>(url)));
  return input;
}

class ShelfInUse {
 public:
  explicit ShelfInUse(const SchemaShelf& shelf) { shelf_in_use = &shelf; }
  ~ShelfInUse() { shelf_in_use = nullptr; }
  ShelfInUse(const ShelfInUse&) = delete;
  ShelfInUse& operator=(const ShelfInUse&) = delete;
};

void keep_first(void* data, xmlErrorPtr error) {
  auto& why = *static_cast<std::string*>(data);
  // An import that is not here (XML_FROM_IO) matters only if something needs it, and then that is an error
  // too.
  if (!why.empty() || error->level < XML_ERR_ERROR || error->domain == XML_FROM_IO ||
      error->message == nullptr)
    return;
  const std::string_view text = error->message;
  why = shown(text.substr(0, text.find('\n')));
}

}  // namespace

void prepare_libxml() {
  static std::once_flag once;
  std::call_once(once, [] {
    xmlInitParser();
    xmlSchemaInitTypes();
    loader_before = xmlGetExternalEntityLoader();
    xmlSetExternalEntityLoader(load);
  });
}

XmlSchema::XmlSchema(std::unique_ptr<Compiled> compiled, std::string name)
    : compiled_(std::move(compiled)), name_(std::move(name)) {}
XmlSchema::~XmlSchema() = default;

void SchemaShelf::put(const std::string& name, std::string bytes) {
  bytes_.emplace(name, std::move(bytes));
}

bool SchemaShelf::has(std::string_view name) const {
  return bytes_.contains(std::string(name));
}

std::shared_ptr<XmlSchema> SchemaShelf::compile(const std::string& name, std::string& why) const {
  prepare_libxml();
  const ShelfInUse use(*this);
  const std::string url = std::string(place) + name;
  xmlSchemaParserCtxtPtr context = xmlSchemaNewParserCtxt(url.c_str());
  if (context == nullptr) return nullptr;
  // What libxml2 says about imports goes past the schema's own handler otherwise, to the terminal.
  xmlSetStructuredErrorFunc(&why, keep_first);
  xmlSchemaSetParserStructuredErrors(context, keep_first, &why);
  xmlSchemaPtr schema = xmlSchemaParse(context);
  xmlSchemaFreeParserCtxt(context);
  xmlSetStructuredErrorFunc(nullptr, nullptr);
  if (schema == nullptr) {
    if (why.empty()) why = name;
    return nullptr;
  }
  if (!why.empty()) {
    // Parts that did not load leave a schema that refuses good data.
    xmlSchemaFree(schema);
    return nullptr;
  }
  return std::make_shared<XmlSchema>(std::make_unique<XmlSchema::Compiled>(schema), name);
}

}  // namespace vtlt::package
