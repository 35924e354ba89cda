#include "package/premis.h"

#include <set>
#include <string>
#include <vector>

#include "package/writer_names.h"
#include "text/text.h"

namespace vtlt::package::writing {
namespace {

constexpr std::string_view creation_type = "information package creation";

class Premis {
 public:
  Premis(const Plan& plan, Output output) : plan_(plan), names_(plan), xml_(std::move(output)) {}
  Stamp package();
  Stamp representation();

 private:
  void open();
  void start_object(const char* type);
  // <premis:objectIdentifier> and the like: every identifier of PREMIS is a pair of type and value.
  void identifier(const std::string& element, const std::string& type, const std::string& value,
                  const char* role_element = nullptr, const char* role = nullptr);
  void relationship(const char* subtype, const std::string& type, const std::string& value);
  void file(const PackedDocument& document, std::size_t index);
  void event(const std::string& id_type, const std::string& id, const Plan::Event& event);
  void linked_agents(const Plan::Event& event);
  void creation();
  void agents();
  void agent(const std::string& kind, const std::string& name, const std::string& version, const char* note);
  std::string agent_id(const std::string& kind, const std::string& name) const;
  std::string kind_of(const Plan::Event& event) const;

  const Plan& plan_;
  Names names_;
  XmlOut xml_;
};

void Premis::open() {
  xml_.start("premis:premis");
  xml_.attribute("xmlns:premis", "http://www.loc.gov/premis/v3");
  xml_.attribute("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance");
  xml_.attribute("version", "3.0");
}

void Premis::start_object(const char* type) {
  xml_.start("premis:object");
  xml_.attribute("xsi:type", std::string("premis:") + type);
}

void Premis::identifier(const std::string& element, const std::string& type, const std::string& value,
                        const char* role_element, const char* role) {
  const std::string name = "premis:" + element;
  xml_.start(name.c_str());
  xml_.element((name + "Type").c_str(), type);
  xml_.element((name + "Value").c_str(), value);
  if (role != nullptr) xml_.element(role_element, role);
  xml_.end();
}

void Premis::relationship(const char* subtype, const std::string& type, const std::string& value) {
  xml_.start("premis:relationship");
  xml_.element("premis:relationshipType", "structural");
  xml_.element("premis:relationshipSubType", subtype);
  identifier("relatedObjectIdentifier", type, value);
  xml_.end();
}

std::string Premis::agent_id(const std::string& kind, const std::string& name) const {
  return names_.uuid("agent/" + kind + "/" + name);
}

std::string Premis::kind_of(const Plan::Event& event) const {
  if (event.agent == plan_.software) return "software";
  if (event.agent == plan_.agency) return "organization";
  return event.agent_kind == "organization" ? "organization" : "person";
}

void Premis::linked_agents(const Plan::Event& event) {
  const auto link = [this](const std::string& kind, const std::string& name, const char* role) {
    identifier("linkingAgentIdentifier", "UUID", agent_id(kind, name), "premis:linkingAgentRole", role);
  };
  if (event.agent.empty()) return;
  const std::string kind = kind_of(event);
  const bool judges =
      event.type.find("validation") != std::string::npos || event.type.find("check") != std::string::npos;
  link(kind, event.agent, kind == "software" ? "executing program" : judges ? "validator" : "implementer");
}

void Premis::event(const std::string& id_type, const std::string& id, const Plan::Event& event) {
  const bool makes = event.type == creation_type;
  xml_.start("premis:event");
  identifier("eventIdentifier", id_type, id);
  xml_.element("premis:eventType", event.type);
  xml_.element("premis:eventDateTime", to_text(event.time));
  if (!event.detail.empty()) {
    xml_.start("premis:eventDetailInformation");
    xml_.element("premis:eventDetail", text::nfc(xml_text(event.detail)));
    xml_.end();
  }
  if (!event.outcome.empty()) {
    xml_.start("premis:eventOutcomeInformation");
    xml_.element("premis:eventOutcome", text::nfc(xml_text(event.outcome)));
    xml_.end();
  }
  linked_agents(event);
  if (event.earlier && !event.objects.empty()) {
    for (const auto& [role, objid] : event.objects)
      identifier("linkingObjectIdentifier", "OBJID", objid, "premis:linkingObjectRole",
                 role.empty() ? nullptr : role.c_str());
    xml_.end();
    return;
  }
  if (event.earlier) {
    identifier("linkingObjectIdentifier", "OBJID", plan_.source_objid, "premis:linkingObjectRole",
               makes ? "outcome" : nullptr);
    xml_.end();
    return;
  }
  if (makes && event.agent != plan_.software)
    identifier("linkingAgentIdentifier", "UUID", agent_id("software", plan_.software),
               "premis:linkingAgentRole", "executing program");
  if (makes && !plan_.source_objid.empty())
    identifier("linkingObjectIdentifier", "OBJID", plan_.source_objid, "premis:linkingObjectRole", "source");
  identifier("linkingObjectIdentifier", "OBJID", names_.objid(), "premis:linkingObjectRole",
             makes ? "outcome" : nullptr);
  xml_.end();
}

// D22: an AIP always tells how it came to be, also when the caller's events do not.
void Premis::creation() {
  for (const auto& known : plan_.events)
    if (known.type == creation_type && !known.earlier) return;
  Plan::Event made;
  made.type = creation_type;
  made.time = plan_.time;
  made.agent = plan_.agency.empty() ? plan_.software : plan_.agency;
  event("UUID", names_.uuid("event/creation"), made);
}

void Premis::agent(const std::string& kind, const std::string& name, const std::string& version,
                   const char* note) {
  xml_.start("premis:agent");
  identifier("agentIdentifier", "UUID", agent_id(kind, name));
  xml_.element("premis:agentName", text::nfc(xml_text(name)));
  xml_.element("premis:agentType", kind);
  if (!version.empty()) xml_.element("premis:agentVersion", version);
  if (note != nullptr) xml_.element("premis:agentNote", note);
  xml_.end();
}

void Premis::agents() {
  agent("software", plan_.software, plan_.software_version, "Đóng gói tài liệu lưu trữ số");
  if (!plan_.agency.empty()) agent("organization", plan_.agency, "", nullptr);
  std::set<std::pair<std::string, std::string>> others;  // kind, name
  for (const auto& known : plan_.events)
    if (!known.agent.empty() && known.agent != plan_.agency && known.agent != plan_.software)
      others.emplace(kind_of(known), known.agent);
  for (const auto& [kind, name] : others)
    agent(kind, name, "", nullptr);
}

Stamp Premis::package() {
  open();
  start_object("intellectualEntity");
  identifier("objectIdentifier", "OBJID", names_.objid());
  relationship("is represented by", "OBJID", names_.representation_objid());
  xml_.end();
  for (std::size_t i = 0; i < plan_.events.size(); ++i) {
    const Plan::Event& known = plan_.events[i];
    if (known.id.empty())
      event("UUID", names_.uuid("event/" + std::to_string(i)), known);
    else
      event(known.id.size() == 36 && known.id[8] == '-' ? "UUID" : "vtlt", known.id, known);
  }
  creation();
  agents();
  xml_.end();
  return xml_.finish();
}

void Premis::file(const PackedDocument& document, std::size_t index) {
  const records::Component& component = document.contents[index].component;
  Digest digest;
  start_object("file");
  identifier("objectIdentifier", "UUID", names_.uuid(content_place(document.ordinal, index)));
  xml_.start("premis:objectCharacteristics");
  xml_.element("premis:compositionLevel", "0");
  xml_.start("premis:fixity");
  xml_.element("premis:messageDigestAlgorithm", "SHA-256");
  xml_.element("premis:messageDigest",
               Digest::parse(component.sha256, digest) ? digest.hex() : component.sha256);
  xml_.end();
  xml_.element("premis:size", std::to_string(component.size));
  xml_.start("premis:format");
  xml_.start("premis:formatDesignation");
  xml_.element("premis:formatName", mime_type(component));
  xml_.end();
  xml_.end();
  xml_.end();
  xml_.element("premis:originalName", text::nfc(xml_text(component.name)));
  xml_.start("premis:storage");
  xml_.start("premis:contentLocation");
  xml_.element("premis:contentLocationType", "relative path");
  xml_.element("premis:contentLocationValue", "data/" + names_.content(document, index));
  xml_.end();
  xml_.end();
  relationship("is included in", "OBJID", names_.representation_objid());
  xml_.end();
}

Stamp Premis::representation() {
  open();
  start_object("representation");
  identifier("objectIdentifier", "OBJID", names_.representation_objid());
  xml_.element("premis:originalName", "rep1");
  relationship("represents", "OBJID", names_.objid());
  xml_.end();
  for (const auto& document : plan_.documents)
    for (std::size_t i = 0; i < document.contents.size(); ++i)
      file(document, i);
  xml_.end();
  return xml_.finish();
}

}  // namespace

Stamp write_premis(const Plan& plan, Output output) {
  return Premis(plan, std::move(output)).package();
}

Stamp write_representation_premis(const Plan& plan, Output output) {
  return Premis(plan, std::move(output)).representation();
}

}  // namespace vtlt::package::writing
