#include "package/reader_schema.h"

#include <libxml/parser.h>
#include <libxml/xmlschemastypes.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <mutex>

namespace vtlt::package {
namespace {

constexpr std::string_view place = "vtlt-package:/schemas/";

std::string base_name(std::string_view url) {
  if (const auto cut = url.find_first_of("?#"); cut != std::string_view::npos) url = url.substr(0, cut);
  if (const auto slash = url.find_last_of('/'); slash != std::string_view::npos) url = url.substr(slash + 1);
  return std::string(url);
}

// A schema can be made to cost unbounded time and memory, to compile or to go by: by counts, by groups and
// unions that double what they name, by patterns. What metadata are described with never comes near these
// figures.
class SchemaMeasure final : public XmlHandler {
 public:
  // Those of one shelf together: they may name each other's parts.
  bool harmless(std::string_view bytes) {
    if (bytes.size() > (std::size_t{1} << 20)) return false;
    MemoryStream stream(std::as_bytes(std::span(bytes)));
    depth_ = 0;
    sound_ = true;
    return read_xml(stream, *this).well_formed && sound_;
  }
  bool expands_harmlessly() {
    return std::all_of(parts_.begin(), parts_.end(),
                       [&](const auto& one) { return size_of(one.first) <= most_parts; });
  }

  void start(std::string_view, std::string_view name, const XmlAttributes& attributes, long) override {
    const std::string own(attributes.view("name"));
    // Elements are described apart from what holds them; groups and types are put in its place.
    if (++depth_ == 2) part_ = std::string(name.substr(0, 1)) + own;
    Part& part = parts_[part_];
    if (counts(name)) ++part.own;
    for (const char* reference : {"ref", "base", "memberTypes", "itemType"}) {
      const bool group = std::string_view(reference) != "ref" || name == "group" || name == "attributeGroup";
      if (group) refer(part, attributes.view(reference), std::string_view(reference) == "ref" ? name : "");
    }
    if (name == "redefine" || name == "override") sound_ = false;
    for (const char* count : {"minOccurs", "maxOccurs"})
      if (attributes.has(count) && attributes.view(count) != "unbounded") limit(attributes.view(count));
    if (name == "totalDigits" || name == "fractionDigits") limit(attributes.view("value"));
    if (name == "pattern") pattern(attributes.view("value"));
  }
  void end(std::string_view, std::string_view, long) override { --depth_; }

 private:
  static constexpr std::uint64_t most_parts = 1000, most_count = 1000;
  struct Part {
    std::uint64_t own = 0, all = 0;  // all: 0 before it is known
    bool asked = false;
    std::vector<std::string> named;
  };

  static bool counts(std::string_view name) {
    constexpr std::string_view all[] = {
        "element", "any",      "attribute", "anyAttribute", "group", "attributeGroup",
        "choice",  "sequence", "all",       "union",        "list"};
    return std::find(std::begin(all), std::end(all), name) != std::end(all);
  }

  void refer(Part& part, std::string_view names, std::string_view element) {
    for (std::size_t start = 0;
         (start = names.find_first_not_of(" \t\r\n", start)) != std::string_view::npos;) {
      const std::size_t end = std::min(names.find_first_of(" \t\r\n", start), names.size());
      std::string_view one = names.substr(start, end - start);
      one.remove_prefix(std::min(one.size(), one.find(':') + 1));
      // A type is complex or simple.
      for (const char kind : element.empty() ? std::string_view("cs") : element.substr(0, 1))
        part.named.push_back(kind + std::string(one));
      if (part.named.size() > 4 * most_parts) sound_ = false;
      start = end;
    }
  }
  void limit(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '+' || text.front() == '0'))
      text.remove_prefix(1);
    std::uint64_t count = 0;
    std::from_chars(text.data(), text.data() + text.size(), count);
    if (count > most_count || text.size() > 10) sound_ = false;
  }
  void pattern(std::string_view value) {
    std::uint64_t product = 1;
    for (std::size_t brace = value.find('{'); brace != std::string_view::npos;
         brace = value.find('{', brace + 1)) {
      if (brace > 0 && (value[brace - 1] == 'p' || value[brace - 1] == 'P')) continue;  // a class of letters
      const std::string_view inside = value.substr(brace + 1, value.find('}', brace) - brace - 1);
      std::uint64_t most = 1;
      for (const std::size_t at : {std::size_t{0}, inside.find(',') + 1}) {
        std::uint64_t count = 0;
        if (at < inside.size()) std::from_chars(inside.data() + at, inside.data() + inside.size(), count);
        most = std::max(most, count);
      }
      if (most > most_count || (product *= most) > 10 * most_count) sound_ = false;
    }
    if (value.size() > 600) sound_ = false;
  }
  // With all that it names, as often as it does; one that names itself is refused.
  std::uint64_t size_of(const std::string& name) {
    const auto found = parts_.find(name);
    if (found == parts_.end()) return 1;
    Part& part = found->second;
    if (part.all != 0) return part.all;
    if (part.asked || ++nested_ > 100) return most_parts + 1;
    part.asked = true;
    std::uint64_t all = std::clamp<std::uint64_t>(part.own, 1, most_parts + 1);
    for (const std::string& one : part.named)
      if (all <= most_parts && one != name) all += size_of(one);
    --nested_;
    return part.all = all;
  }

  int depth_ = 0, nested_ = 0;
  bool sound_ = true;
  std::string part_;
  std::map<std::string, Part> parts_;
};

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
  if (!own && (found == shelf_in_use->all().end() || !shelf_in_use->harmless(name)))
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
  measured_ = false;
}

bool SchemaShelf::harmless(const std::string& name) const {
  if (!measured_) {
    measured_ = true;
    SchemaMeasure measure;
    for (const auto& [one, bytes] : bytes_)
      if (!measure.harmless(bytes)) harmful_.insert(one);
    if (!measure.expands_harmlessly())
      for (const auto& one : bytes_)
        harmful_.insert(one.first);
  }
  return !harmful_.contains(name);
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
