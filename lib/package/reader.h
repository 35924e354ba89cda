// XML as a stream of events: no network, no entities, no DTD, no tree. One read, memory independent of size.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "package/source.h"

namespace vtlt::package {

struct XmlAttribute {
  std::string_view ns, name, value;
};

class XmlAttributes {
 public:
  explicit XmlAttributes(const std::vector<XmlAttribute>& list) : list_(list) {}
  bool has(std::string_view name, std::string_view ns = {}) const { return find(name, ns) != nullptr; }
  std::string_view view(std::string_view name, std::string_view ns = {}) const {
    const XmlAttribute* found = find(name, ns);
    return found == nullptr ? std::string_view() : found->value;
  }
  // "" when absent.
  std::string get(std::string_view name, std::string_view ns = {}) const {
    const XmlAttribute* found = find(name, ns);
    return found == nullptr ? std::string() : std::string(found->value);
  }

 private:
  const XmlAttribute* find(std::string_view name, std::string_view ns) const {
    for (const XmlAttribute& attribute : list_)
      if (attribute.name == name && attribute.ns == ns) return &attribute;
    return nullptr;
  }
  const std::vector<XmlAttribute>& list_;
};

class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  virtual void start(std::string_view ns, std::string_view name, const XmlAttributes& attributes,
                     long line) = 0;
  virtual void text(std::string_view) {}
  virtual void end(std::string_view, std::string_view, long) {}
};

// A compiled XML Schema; may be used from several threads.
class XmlSchema {
 public:
  struct Compiled;
  XmlSchema(std::unique_ptr<Compiled> compiled, std::string name);
  ~XmlSchema();
  const Compiled& compiled() const { return *compiled_; }
  const std::string& name() const { return name_; }

 private:
  std::unique_ptr<Compiled> compiled_;
  std::string name_;
};

// Schemas by file name: those of the package, and those the user gave, which come first.
class SchemaShelf {
 public:
  void put(const std::string& name, std::string bytes);  // the first of a name stays
  bool has(std::string_view name) const;
  // Whether it can be compiled and gone by in bounded time and memory. Not from several threads.
  bool harmless(const std::string& name) const;
  const std::map<std::string, std::string>& all() const { return bytes_; }
  // nullptr: does not compile; why says it. Imports are looked up on this shelf only, by file name.
  std::shared_ptr<XmlSchema> compile(const std::string& name, std::string& why) const;

 private:
  std::map<std::string, std::string> bytes_;
  mutable bool measured_ = false;
  mutable std::set<std::string> harmful_;
};

struct XmlOutcome {
  bool well_formed = true;
  bool limit = false;    // broken because it is deeper, longer or wider than anything written in good faith
  bool doctype = false;  // a DTD: refused, reading stopped there
  bool nul = false;      // broken by a byte NUL
  long line = 0;         // of the first break
  int code = 0;          // of it, an xmlParserErrors
  std::string reason;    // libxml2's words
  std::string name,
      other;             // what it speaks of: the root of a DTD, an entity, a tag and the one that closes it
  long opened = 0;       // the line of that tag
  std::string encoding;  // as declared, "" = UTF-8
  struct Breach {
    long line;
    int code;                // an xmlParserErrors
    std::string text;        // libxml2's words
    bool undecided = false;  // libxml2 gave up on the schema's pattern or type: nothing behind it was judged
  };
  std::vector<Breach> breaches;  // of the schema; the first twenty
};

// Reads until the end of the document; more than limit bytes: not well formed, at the limit.
XmlOutcome read_xml(ByteStream& stream, XmlHandler& handler, const XmlSchema* schema = nullptr,
                    std::uint64_t limit = std::uint64_t{8} << 30);

}  // namespace vtlt::package
