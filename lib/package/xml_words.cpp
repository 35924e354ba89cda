#include "package/xml_words.h"

#include <libxml/xmlerror.h>

#include <algorithm>
#include <charconv>

#include "package/check_report.h"

namespace vtlt::package {
namespace {

// "Element '{http://…}date', attribute 'type': …": the name that is spoken of, and what is said of it.
struct Said {
  std::string subject;
  std::string_view rest;
};

std::string local_name(std::string_view name) {
  if (name.starts_with('{')) name.remove_prefix(std::min(name.size(), name.find('}') + 1));
  return std::string(name);
}

std::string_view between(std::string_view text, std::string_view open, std::string_view close) {
  const auto start = text.find(open);
  if (start == std::string_view::npos) return {};
  text.remove_prefix(start + open.size());
  return text.substr(0, text.find(close));
}

Said said_of(std::string_view text) {
  Said said;
  const auto colon = text.find("': ");
  said.rest = colon == std::string_view::npos ? text : text.substr(colon + 3);
  const std::string_view head = text.substr(0, text.size() - said.rest.size());
  said.subject = "<" + local_name(between(head, "Element '", "'")) + ">";
  if (const auto attribute = between(head, "attribute '", "'"); !attribute.empty())
    said.subject += " " + local_name(attribute);
  return said;
}

// "'…' is not a valid value of …": the value may have quotation marks of its own.
std::string quoted(std::string_view text, std::string_view before, std::string_view after) {
  const auto start = text.find(before);
  if (start == std::string_view::npos) return {};
  text.remove_prefix(start + before.size());
  return std::string(text.substr(0, text.rfind(after)));
}

// "( {http://…}a, {http://…}b )."
std::string names_expected(std::string_view rest) {
  std::string names;
  std::string_view all = between(rest, "( ", " )");
  while (!all.empty()) {
    const auto comma = std::min(all.find(", "), all.size());
    names += (names.empty() ? "<" : ", <") + local_name(all.substr(0, comma)) + ">";
    all.remove_prefix(std::min(all.size(), comma + 2));
  }
  return names;
}

}  // namespace

Message broken_xml(const XmlOutcome& outcome) {
  if (outcome.limit) return say("xml.limit");
  if (outcome.nul) return say("xml.nul");
  switch (outcome.code) {
    case XML_ERR_INTERNAL_ERROR:  // it gave up, on a CDATA section of more than ten million bytes
      return say("xml.limit");
    case XML_ERR_DOCUMENT_EMPTY:
      return say("xml.broken.empty");
    case XML_ERR_DOCUMENT_END:
      return say("xml.broken.after");
    case XML_ERR_TAG_NOT_FINISHED:
      return say("xml.broken.cut");
    case XML_ERR_GT_REQUIRED:
    case XML_ERR_ATTRIBUTE_NOT_FINISHED:
      return say("xml.broken.tag");
    case XML_ERR_TAG_NAME_MISMATCH:
      return say("xml.broken.mismatch",
                 {{"tag", outcome.name}, {"other", outcome.other}, {"line", std::int64_t{outcome.opened}}});
    case XML_ERR_UNDECLARED_ENTITY:
      return say("xml.broken.entity", {{"entity", outcome.name}});
    case XML_ERR_ENTITYREF_SEMICOL_MISSING:
      return say("xml.broken.ampersand");
    case XML_ERR_NAME_REQUIRED:  // behind an ampersand, or behind "<"
      return say(outcome.reason.starts_with("xmlParseEntityRef") ? "xml.broken.ampersand"
                                                                 : "xml.broken.less");
    case XML_ERR_LT_IN_ATTRIBUTE:
      return say("xml.broken.less");
    case XML_ERR_ATTRIBUTE_REDEFINED:
      return say("xml.broken.twice", {{"name", outcome.name}});
    case XML_ERR_ATTRIBUTE_NOT_STARTED:
    case XML_ERR_ATTRIBUTE_WITHOUT_VALUE:
      return say("xml.broken.quotes");
    case XML_ERR_INVALID_CHAR:
    case XML_ERR_INVALID_CHARREF:
    case XML_ERR_INVALID_ENCODING:
      return say("xml.broken.character");
    case XML_ERR_UNKNOWN_ENCODING:
    case XML_ERR_UNSUPPORTED_ENCODING:
      return say("xml.broken.encoding");
    case XML_ERR_RESERVED_XML_NAME:
      return say("xml.broken.declaration");
    case XML_NS_ERR_UNDEFINED_NAMESPACE:
      return say("xml.broken.prefix", {{"prefix", outcome.name}});
    default:
      return say("xml.broken", {{"reason", outcome.reason}});
  }
}

bool is_unknown_element(const XmlOutcome::Breach& breach) {
  return breach.code == XML_SCHEMAV_CVC_ELT_1;
}

Message broken_schema(const XmlOutcome::Breach& breach, const XmlSchema& schema) {
  if (breach.undecided) return say("xml.undecided", {{"schema", schema.name()}});
  const Said said = said_of(breach.text);
  std::vector<std::pair<std::string, MessageArg>> args = {{"schema", schema.name()}, {"tag", said.subject}};
  const auto with = [&](const char* name, std::string value) { args.emplace_back(name, std::move(value)); };
  const auto count = [&](const char* name, const char* before) {
    std::int64_t value = 0;
    const std::string_view digits = between(said.rest, before, "'");
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    args.emplace_back(name, value);
  };
  switch (breach.code) {
    case XML_SCHEMAV_ELEMENT_CONTENT: {
      const std::string names = names_expected(said.rest);
      const bool missing = said.rest.starts_with("Missing child");
      if (names.empty()) return missing ? say("breach.incomplete", args) : say("breach.place", args);
      with("wanted", names);
      return missing ? say("breach.missing", args) : say("breach.expected", args);
    }
    case XML_SCHEMAV_CVC_ELT_1:
      return say("breach.unknown", args);
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_1:
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_2:
      return say("breach.attribute", args);
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_4:
      with("wanted", local_name(between(said.rest, "The attribute '", "' is required")));
      return say("breach.noattribute", args);
    case XML_SCHEMAV_CVC_MAXLENGTH_VALID:
      count("found", "has a length of '");
      count("most", "maximum length of '");
      return say("breach.long", args);
    case XML_SCHEMAV_CVC_MINLENGTH_VALID:
      count("found", "has a length of '");
      count("least", "minimum length of '");
      return say("breach.short", args);
    case XML_SCHEMAV_CVC_ENUMERATION_VALID:
      with("value", quoted(said.rest.substr(0, said.rest.rfind("' is not an element")), "The value '", ""));
      with("wanted", quoted(said.rest, "{", "}"));
      return say("breach.list", args);
    case XML_SCHEMAV_CVC_PATTERN_VALID:
      with("value", quoted(said.rest, "The value '", "' is not accepted"));
      with("wanted", quoted(said.rest, "by the pattern '", "'"));
      return say("breach.pattern", args);
    case XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_1:
    case XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_2:
    case XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_3:
      with("value", quoted(said.rest, "'", "' is not a valid value"));
      if (const auto type = between(said.rest, "type 'xs:", "'"); !type.empty()) {
        with("type", std::string(type));
        return say("breach.type", args);
      }
      return say("breach.value", args);
    default:
      return say("xml.breach", {{"schema", schema.name()}, {"reason", breach.text}});
  }
}

}  // namespace vtlt::package
