// XML as events: what the letters say, and nothing that a document brings from elsewhere.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cstring>

#include "package/reader.h"

using namespace vtlt;
using namespace vtlt::package;

namespace {

class Letters : public ByteStream {
 public:
  explicit Letters(std::string text) : text_(std::move(text)) {}
  std::size_t read(std::span<std::byte> into) override {
    const std::size_t size = std::min(into.size(), text_.size() - at_);
    std::memcpy(into.data(), text_.data() + at_, size);
    at_ += size;
    return size;
  }

 private:
  std::string text_;
  std::size_t at_ = 0;
};

struct Told : XmlHandler {
  void start(std::string_view, std::string_view, const XmlAttributes& attributes, long) override {
    value += attributes.get("a");
  }
  void text(std::string_view words) override { value += words; }
  std::string value;
};

std::string told(const std::string& xml, XmlOutcome* outcome = nullptr) {
  Letters letters(xml);
  Told handler;
  const XmlOutcome found = read_xml(letters, handler);
  if (outcome != nullptr) *outcome = found;
  return handler.value;
}

}  // namespace

TEST_CASE("the five entities that XML has are letters, in attributes too") {
  CHECK(told("<r a='x&amp;y'/>") == "x&y");
  CHECK(told("<r a='&lt;&gt;&quot;&apos;&#38;&#x26;'/>") == "<>\"'&&");
  CHECK(told("<r>x&amp;y&lt;z</r>") == "x&y<z");
}

TEST_CASE("no entity is expanded and no DTD is read") {
  XmlOutcome outcome;
  told("<!DOCTYPE r [<!ENTITY e 'bomb'>]><r a='&e;'>&e;</r>", &outcome);
  CHECK(outcome.doctype);
  CHECK(told("<!DOCTYPE r SYSTEM 'file:///etc/passwd'><r a='&e;'/>", &outcome).empty());
  CHECK(outcome.doctype);
  CHECK(told("<r a='&e;'/>", &outcome).empty());
  CHECK_FALSE(outcome.well_formed);
}

TEST_CASE("names and namespaces without end are a limit, not hours", "[package][hostile]") {
  std::string names = "<r>", spaces = "<r>", nested = "<r>";
  for (int i = 0; i < 300'000; ++i)
    names += "<n" + std::to_string(i) + "/>";
  for (int i = 0; i < 1000; ++i)
    spaces += std::string(i == 0 ? "<a" : "") + " xmlns:n" + std::to_string(i) + "='u'";
  for (int i = 0; i < 200; ++i) {
    nested += "<a";
    for (int k = 0; k < 100; ++k)
      nested += " xmlns:n" + std::to_string(i) + '_' + std::to_string(k) + "='u'";
    nested += '>';
  }
  for (std::string xml : {names, spaces + "/>", nested}) {
    XmlOutcome outcome;
    told(xml + "</r>", &outcome);
    CHECK_FALSE(outcome.well_formed);
    CHECK(outcome.limit);
  }
  XmlOutcome outcome;
  std::string many = "<r>";
  for (int i = 0; i < 20'000; ++i)
    many += "<n" + std::to_string(i) + "/>";
  told(many + "</r>", &outcome);
  CHECK(outcome.well_formed);
}

TEST_CASE("schemas that would cost hours or gigabytes are not compiled", "[package][hostile]") {
  const auto schema = [](const std::string& inside) {
    return "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\">" + inside + "</xs:schema>";
  };
  const auto compiles = [&](const std::string& inside) {
    SchemaShelf shelf;
    shelf.put("a.xsd", schema(inside));
    std::string why;
    return shelf.compile("a.xsd", why) != nullptr;
  };
  // Each names the next twice.
  const auto doubling = [](int levels, const std::string& kind, const std::string& last) {
    std::string all;
    for (int i = 0; i < levels; ++i) {
      const std::string next = "<xs:" + kind + " ref=\"g" + std::to_string(i + 1) + "\"/>",
                        both =
                            kind == "group" ? "<xs:sequence>" + next + next + "</xs:sequence>" : next + next;
      all += "<xs:" + kind + " name=\"g" + std::to_string(i) + "\">" + both + "</xs:" + kind + ">";
    }
    return all + "<xs:" + kind + " name=\"g" + std::to_string(levels) + "\">" + last + "</xs:" + kind + ">";
  };
  const std::string use =
      "<xs:element name=\"r\"><xs:complexType><xs:sequence><xs:group ref=\"g0\"/></xs:sequence>"
      "</xs:complexType></xs:element>";
  const std::string leaf = "<xs:sequence><xs:element name=\"q\" type=\"xs:string\"/></xs:sequence>";
  CHECK(compiles(use + doubling(3, "group", leaf)));
  CHECK_FALSE(compiles(use + doubling(30, "group", leaf)));
  CHECK_FALSE(compiles(
      "<xs:element name=\"r\"><xs:complexType><xs:attributeGroup ref=\"g0\"/></xs:complexType></xs:element>" +
      doubling(24, "attributeGroup", "<xs:attribute name=\"q\"/>")));
  std::string unions;
  for (int i = 0; i < 24; ++i)
    unions += "<xs:simpleType name=\"T" + std::to_string(i) + "\"><xs:union memberTypes=\"T" +
              std::to_string(i + 1) + " T" + std::to_string(i + 1) + "\"/></xs:simpleType>";
  CHECK_FALSE(
      compiles(unions + "<xs:simpleType name=\"T24\"><xs:restriction base=\"xs:string\"/></xs:simpleType>"));
  const auto sequence = [](const std::string& inside) {
    return "<xs:element name=\"r\"><xs:complexType><xs:sequence>" + inside +
           "</xs:sequence></xs:complexType></xs:element>";
  };
  std::string optional;
  for (int i = 0; i < 3000; ++i)
    optional += "<xs:element name=\"q" + std::to_string(i) + "\" minOccurs=\"0\"/>";
  CHECK_FALSE(compiles(sequence(optional)));
  CHECK(compiles(sequence("<xs:element name=\"q\" maxOccurs=\"900\"/>")));
  for (const char* count : {"999999", "&#57;99999", "+999999", " 999999"})
    CHECK_FALSE(compiles(sequence("<xs:element name=\"q\" maxOccurs=\"" + std::string(count) + "\"/>")));
  const auto pattern = [](const std::string& value) {
    return "<xs:simpleType name=\"t\"><xs:restriction base=\"xs:string\"><xs:pattern value=\"" + value +
           "\"/></xs:restriction></xs:simpleType>";
  };
  CHECK(compiles(pattern("[0-9]{2}/[0-9]{2}/[0-9]{4}|\\p{L}{1,500}")));
  for (const char* value : {"a{1,99999}", "(a{1,900}b){1,900}", "a&#123;99999}"})
    CHECK_FALSE(compiles(pattern(value)));
}

TEST_CASE("a pattern that cannot be computed is not blamed on the data", "[package][hostile]") {
  SchemaShelf shelf;
  shelf.put(
      "a.xsd",
      "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"><xs:element name=\"r\"><xs:simpleType>"
      "<xs:restriction base=\"xs:string\"><xs:pattern value=\"(a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?)"
      "{20}b\"/></xs:restriction></xs:simpleType></xs:element></xs:schema>");
  std::string why;
  const auto schema = shelf.compile("a.xsd", why);
  REQUIRE(schema != nullptr);
  const auto read = [&](const std::string& xml) {
    Told handler;
    Letters letters(xml);
    return read_xml(letters, handler, schema.get());
  };
  const auto outcome = read("<r>" + std::string(60, 'a') + "</r>");
  CHECK(outcome.well_formed);
  REQUIRE(outcome.breaches.size() == 1);  // what else libxml2 says of it follows from the first
  CHECK(outcome.breaches[0].undecided);
  CHECK(broken_schema(outcome.breaches[0], *schema).key == "package.check.xml.undecided");
  const auto other = read("<q/>");
  REQUIRE_FALSE(other.breaches.empty());
  CHECK_FALSE(other.breaches[0].undecided);
}

TEST_CASE("a NUL is no part of XML, behind the root element neither", "[package][hostile]") {
  for (const std::size_t size : {std::size_t{0}, std::size_t{200'000}}) {
    const std::string right = "<r>" + std::string(size, 'x') + "</r>";
    XmlOutcome outcome;
    told(right, &outcome);
    CHECK(outcome.well_formed);
    told(right + std::string(1, '\0') + "<evil/>", &outcome);
    CHECK_FALSE(outcome.well_formed);
  }
  std::string wide = "\xFF\xFE";
  for (const char c : std::string("<?xml version=\"1.0\" encoding=\"UTF-16\"?><r>x</r>"))
    wide += {c, '\0'};
  XmlOutcome outcome;
  CHECK(told(wide, &outcome) == "x");
  CHECK(outcome.well_formed);
}
