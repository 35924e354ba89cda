// XML as events: what the letters say, and nothing that a document brings from elsewhere.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cstring>

#include "package/reader.h"
#include "package/xml_words.h"
#include "text/messages.h"

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

TEST_CASE("what is wrong with an XML is said in both languages, not in libxml2's words") {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"", "empty"},
      {"<a/><b/>", "after"},
      {"<a>", "cut"},
      {"<a", "tag"},
      {"<a><b></a>", "mismatch"},
      {"<a>&nbsp;</a>", "entity"},
      {"<a>a & b</a>", "ampersand"},
      {"<a>&amp</a>", "ampersand"},
      {"<a>1 < 2</a>", "less"},
      {"<a b='<'/>", "less"},
      {"<a b='1' b='2'/>", "twice"},
      {"<a b=1/>", "quotes"},
      {"<a b/>", "quotes"},
      {"<a>\x01</a>", "character"},
      {"<a>&#1;</a>", "character"},
      {"<a>\xff</a>", "character"},
      {"<?xml version='1.0' encoding='XX'?><a/>", "encoding"},
      {" <?xml version='1.0'?><a/>", "declaration"},
      {"<p:a/>", "prefix"},
  };
  for (const auto& [xml, key] : cases) {
    CAPTURE(xml);
    XmlOutcome outcome;
    told(xml, &outcome);
    REQUIRE_FALSE(outcome.well_formed);
    CHECK(broken_xml(outcome).key == "package.check.xml.broken." + key);
  }
  XmlOutcome outcome;
  told("<a>\n<b></a>", &outcome);
  CHECK(text::render(broken_xml(outcome), text::Language::en) ==
        "not well-formed XML: <b> of line 2 is closed as </a>");
}

TEST_CASE("what does not follow a schema is said in both languages, not in libxml2's words") {
  SchemaShelf shelf;
  shelf.put("a.xsd",
            R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:a" xmlns="urn:a"
    elementFormDefault="qualified"><xs:simpleType name="year"><xs:restriction base="xs:string">
    <xs:pattern value="[0-9]{4}"/></xs:restriction></xs:simpleType><xs:element name="a"><xs:complexType><xs:sequence>
    <xs:element name="day" type="xs:date"/><xs:element name="code"><xs:simpleType><xs:restriction base="xs:string">
    <xs:enumeration value="01"/><xs:enumeration value="02"/></xs:restriction></xs:simpleType></xs:element>
    <xs:element name="note"><xs:simpleType><xs:restriction base="xs:string"><xs:minLength value="2"/>
    <xs:maxLength value="3"/></xs:restriction></xs:simpleType></xs:element><xs:element name="year" type="year"/>
    </xs:sequence><xs:attribute name="id" type="xs:NCName" use="required"/></xs:complexType></xs:element></xs:schema>)");
  std::string why;
  const auto schema = shelf.compile("a.xsd", why);
  REQUIRE(schema != nullptr);
  const auto in = [&](const std::string& attributes, const std::string& inside) {
    Letters letters("<a xmlns='urn:a' " + attributes + ">" + inside + "</a>");
    Told handler;
    const XmlOutcome outcome = read_xml(letters, handler, schema.get());
    return outcome.breaches.empty()
               ? ""
               : text::render(broken_schema(outcome.breaches[0], *schema), text::Language::en);
  };
  const std::string day = "<day>2026-01-01</day>", code = "<code>01</code>", note = "<note>abc</note>",
                    year = "<year>2026</year>", all = day + code + note + year;
  CHECK(in("id='x'", all).empty());
  const std::string opening = "does not follow a.xsd: ";
  CHECK(in("id='x'", code + note) == opening + "<code> does not belong here; expected is <day>");
  CHECK(in("id='x'", all + "<more/>") == opening + "<more> does not belong here");
  CHECK(in("id='x'", day + code + note) == opening + "<a> lacks elements; expected is <year>");
  CHECK(in("id='x' b='1'", all) == opening + "<a> b is not allowed");
  CHECK(in("", all) == opening + "<a> lacks the attribute id");
  CHECK(in("id='1 x'", all) == opening + "<a> id is \"1 x\", which is no NCName");
  CHECK(in("id='x'", "<day>it's 'May'</day>" + code + note + year) ==
        opening + "<day> is \"it's 'May'\", which is no date");
  CHECK(in("id='x'", day + "<code>03</code>" + note + year) ==
        opening + "<code> is \"03\"; expected is one of '01', '02'");
  CHECK(in("id='x'", day + code + "<note>abcd</note>" + year) ==
        opening + "<note> has 4 letters, allowed are 3");
  CHECK(in("id='x'", day + code + "<note>a</note>" + year) == opening + "<note> has 1 letters, needed are 2");
  CHECK(in("id='x'", day + code + note + "<year>MM</year>") ==
        opening + "<year> is \"MM\", which the pattern [0-9]{4} does not allow");
  Letters letters("<b xmlns='urn:a'/>");
  Told handler;
  const XmlOutcome other = read_xml(letters, handler, schema.get());
  REQUIRE_FALSE(other.breaches.empty());
  CHECK(text::render(broken_schema(other.breaches[0], *schema), text::Language::vi) ==
        "không theo đúng a.xsd: trong đó không có <b>");
}

TEST_CASE("a value of millions of pieces is not held against a schema") {
  SchemaShelf shelf;
  shelf.put(
      "a.xsd",
      R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="a" type="xs:string"/></xs:schema>)");
  std::string why, many;
  const auto schema = shelf.compile("a.xsd", why);
  REQUIRE(schema != nullptr);
  for (int i = 0; i < 4'000'000; ++i)
    many += "&amp;";
  Told handler;
  Letters letters("<a>" + many + "</a>"), few("<a>" + many.substr(0, 5000) + "</a>");
  const XmlOutcome outcome = read_xml(letters, handler, schema.get());  // else for hours
  CHECK(outcome.limit);
  CHECK(read_xml(few, handler, schema.get()).well_formed);
}
