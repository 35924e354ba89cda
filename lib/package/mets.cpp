#include "package/mets.h"

#include "package/ead.h"
#include "package/writer_names.h"
#include "text/text.h"

namespace vtlt::package::writing {
namespace {

constexpr const char* csip_profile = "https://earkcsip.dilcis.eu/profile/E-ARK-CSIP.xml";
constexpr const char* dip_profile = "https://earkdip.dilcis.eu/profile/E-ARK-DIP.xml";
constexpr const char* aip_profile = "http://www.ra.ee/METS/v01/IP.xml";
constexpr const char* xml_mime = "text/xml";

class Mets {
 public:
  Mets(const Plan& plan, Output output)
      : plan_(plan), names_(plan), xml_(std::move(output)), time_(to_text(plan.time)) {}

  Stamp root(const RootParts& parts);
  Stamp representation(const RepresentationParts& parts);

 private:
  void open(const std::string& objid, const char* profile, const char* up);
  void header();
  void agent(const char* type, const char* other_type, const std::string& name, const char* note_type,
             const std::string& note);
  void locate(const std::string& href);
  void core(std::string_view mime, const std::string& size, const std::string& created,
            const std::string& checksum);
  void metadata(const char* element, const std::string& id, const std::string& href, const char* type,
                const char* version, const Stamp& stamp);
  void descriptive(const std::string& id, const std::string& href, const Stamp& stamp);
  void preservation(const std::string& section, const std::string& id, const std::string& href,
                    const Stamp& stamp);
  void start_group(const std::string& id, const char* use);
  void file(const std::string& id, const std::string& mime, const std::string& size,
            const std::string& created, const std::string& checksum, const std::string& href,
            const std::string& title, const std::string& admin = "", const char* use = nullptr);
  void plain_file(const std::string& id, const std::string& href, const Stamp& stamp);
  void start_map(const std::string& objid, const char* type);
  void start_div(const std::string& place, const char* label);
  void file_pointer(const std::string& id);
  void contents(const std::string& admin);
  void links(const std::string& admin);
  void attachments();

  const Plan& plan_;
  Names names_;
  XmlOut xml_;
  std::string time_;
  bool linked_ = false, attached_ = false;  // some document is, once the contents are written
};

void Mets::open(const std::string& objid, const char* profile, const char* up) {
  xml_.start("mets");
  xml_.attribute("xmlns", "http://www.loc.gov/METS/");
  xml_.attribute("xmlns:xlink", "http://www.w3.org/1999/xlink");
  xml_.attribute("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance");
  xml_.attribute("xmlns:csip", "https://DILCIS.eu/XML/METS/CSIPExtensionMETS");
  xml_.attribute("xmlns:sip", "https://DILCIS.eu/XML/METS/SIPExtensionMETS");
  xml_.attribute("OBJID", objid);
  xml_.attribute("LABEL", text::nfc(title_of(plan_)));
  xml_.attribute("TYPE", plan_.kind == Kind::dip     ? "MIXED"
                         : plan_.unit == Unit::loose ? "Collection"
                                                     : "Mixed");
  xml_.attribute("csip:CONTENTINFORMATIONTYPE", "MIXED");
  xml_.attribute("PROFILE", profile);
  // A place is named only where the schema is really in the package.
  if (plan_.schemas)
    xml_.attribute("xsi:schemaLocation", std::string("http://www.loc.gov/METS/ ") + up + "schemas/METS.xsd");
}

void Mets::agent(const char* type, const char* other_type, const std::string& name, const char* note_type,
                 const std::string& note) {
  xml_.start("agent");
  xml_.attribute("ROLE", "CREATOR");
  xml_.attribute("TYPE", type);
  if (other_type != nullptr) xml_.attribute("OTHERTYPE", other_type);
  xml_.element("name", text::nfc(name));
  if (!note.empty()) {
    xml_.start("note");
    xml_.attribute("csip:NOTETYPE", note_type);
    xml_.text(text::nfc(note));
    xml_.end();
  }
  xml_.end();
}

void Mets::header() {
  xml_.start("metsHdr");
  xml_.attribute("CREATEDATE", time_);
  xml_.attribute("LASTMODDATE", time_);
  xml_.attribute("RECORDSTATUS", "NEW");
  xml_.attribute("csip:OAISPACKAGETYPE", plan_.kind == Kind::aip   ? "AIP"
                                         : plan_.kind == Kind::dip ? "DIP"
                                                                   : "SIP");
  agent("OTHER", "SOFTWARE", plan_.software, "SOFTWARE VERSION", plan_.software_version);
  // D20: the code in the note is that of the fonds.
  agent("ORGANIZATION", nullptr, plan_.agency, "IDENTIFICATIONCODE", plan_.fonds.code);
  if (!plan_.registration.empty()) {
    xml_.start("altRecordID");
    xml_.attribute("TYPE", "SUBMISSIONAGREEMENT");
    xml_.text(text::nfc(plan_.registration));
    xml_.end();
  }
  xml_.end();
}

// What METS says of every file it names: xlink and the five attributes of fixity.
void Mets::locate(const std::string& href) {
  xml_.attribute("LOCTYPE", "URL");
  xml_.attribute("xlink:type", "simple");
  xml_.attribute("xlink:href", encode_href(href));
}

void Mets::core(std::string_view mime, const std::string& size, const std::string& created,
                const std::string& checksum) {
  xml_.attribute("MIMETYPE", mime);
  xml_.attribute("SIZE", size);
  xml_.attribute("CREATED", created);
  xml_.attribute("CHECKSUM", checksum);
  xml_.attribute("CHECKSUMTYPE", "SHA-256");
}

void Mets::metadata(const char* element, const std::string& id, const std::string& href, const char* type,
                    const char* version, const Stamp& stamp) {
  xml_.start(element);
  xml_.attribute("ID", id);
  xml_.attribute("CREATED", time_);
  xml_.attribute("STATUS", "CURRENT");
  xml_.start("mdRef");
  locate(href);
  xml_.attribute("MDTYPE", type);
  xml_.attribute("MDTYPEVERSION", version);
  core(xml_mime, std::to_string(stamp.size), time_, stamp.digest.hex());
  xml_.end();
  xml_.end();
}

void Mets::descriptive(const std::string& id, const std::string& href, const Stamp& stamp) {
  metadata("dmdSec", id, href, "EAD", "2002", stamp);
}

void Mets::preservation(const std::string& section, const std::string& id, const std::string& href,
                        const Stamp& stamp) {
  xml_.start("amdSec");
  xml_.attribute("ID", section);
  metadata("digiprovMD", id, href, "PREMIS", "3.0", stamp);
  xml_.end();
}

void Mets::start_group(const std::string& id, const char* use) {
  xml_.start("fileGrp");
  xml_.attribute("ID", id);
  xml_.attribute("USE", use);
}

void Mets::file(const std::string& id, const std::string& mime, const std::string& size,
                const std::string& created, const std::string& checksum, const std::string& href,
                const std::string& title, const std::string& admin, const char* use) {
  xml_.start("file");
  xml_.attribute("ID", id);
  if (use != nullptr) xml_.attribute("USE", use);
  if (!admin.empty()) xml_.attribute("ADMID", admin);
  core(mime, size, created, checksum);
  xml_.start("FLocat");
  locate(href);
  if (!title.empty()) xml_.attribute("xlink:title", title);
  xml_.end();
  xml_.end();
}

void Mets::plain_file(const std::string& id, const std::string& href, const Stamp& stamp) {
  file(id, xml_mime, std::to_string(stamp.size), time_, stamp.digest.hex(), href, "");
}

void Mets::start_map(const std::string& objid, const char* type) {
  xml_.start("structMap");
  xml_.attribute("ID", names_.id(objid + "/map"));
  xml_.attribute("TYPE", "PHYSICAL");
  xml_.attribute("LABEL", "CSIP");
  xml_.start("div");
  xml_.attribute("ID", names_.id(objid + "/map/top"));
  if (type != nullptr) xml_.attribute("TYPE", type);
  xml_.attribute("LABEL", objid);
}

void Mets::start_div(const std::string& place, const char* label) {
  xml_.start("div");
  xml_.attribute("ID", names_.id(place));
  xml_.attribute("LABEL", label);
}

void Mets::file_pointer(const std::string& id) {
  xml_.start("fptr");
  xml_.attribute("FILEID", id);
  xml_.end();
}

// TYPE of the representation; PL V gives a DIP none.
const char* state_of(Kind kind) {
  if (kind == Kind::dip) return nullptr;
  return kind == Kind::aip ? "NORMALIZED" : "ORIGINAL";
}

Stamp Mets::root(const RootParts& parts) {
  const std::string objid = names_.objid();
  const std::string ead = names_.id("root/metadata"), premis = names_.id("root/premis");
  const std::string schemas = names_.id("root/schemas"), rep1 = names_.id("root/rep1");
  open(objid,
       plan_.kind == Kind::aip   ? aip_profile
       : plan_.kind == Kind::dip ? dip_profile
                                 : csip_profile,
       "");
  header();
  descriptive(ead, "metadata/descriptive/EAD.xml", parts.ead);
  if (parts.premis)
    preservation(names_.id("root/amd"), premis, "metadata/preservation/PREMIS.xml", *parts.premis);

  xml_.start("fileSec");
  xml_.attribute("ID", names_.id("root/files"));
  start_group(schemas, "Schemas");
  for (const auto& schema : parts.schemas)
    plain_file(names_.file_id("root/schemas/" + schema.name), "schemas/" + schema.name, schema.stamp);
  xml_.end();
  const std::string documentation = names_.id("root/documentation");
  if (!plan_.documentation.empty()) {
    start_group(documentation, "Documentation");
    auto stamp = parts.documentation.begin();
    for (const auto& one : plan_.documentation) {
      const std::string href = "documentation/" + one.name;
      file(names_.file_id("root/" + href), one.mime, std::to_string(stamp->size), time_, stamp->digest.hex(),
           href, "");
      ++stamp;
    }
    xml_.end();
  }
  start_group(rep1, "Representations/rep1");
  xml_.attribute("csip:CONTENTINFORMATIONTYPE", "MIXED");
  plain_file(names_.file_id("root/rep1/mets"), "representations/rep1/METS.xml", parts.representation);
  xml_.end();
  xml_.end();

  start_map(objid, nullptr);
  start_div("root/map/metadata", "Metadata");
  xml_.attribute("DMDID", ead);
  if (parts.premis) xml_.attribute("ADMID", premis);
  xml_.end();
  start_div("root/map/schemas", "Schemas");
  file_pointer(schemas);
  xml_.end();
  if (!plan_.documentation.empty()) {
    start_div("root/map/documentation", "Documentation");
    file_pointer(documentation);
    xml_.end();
  }
  start_div("root/map/rep1", "Representations/rep1");
  if (const char* state = state_of(plan_.kind)) xml_.attribute("TYPE", state);
  xml_.start("mptr");
  locate("representations/rep1/METS.xml");
  xml_.attribute("xlink:title", rep1);
  xml_.end();
  xml_.end();
  xml_.end();  // top div
  xml_.end();  // structMap
  xml_.end();  // mets
  return xml_.finish();
}

// What readers do not get: METS keeps what it is, which the circular has no word for.
const char* inner_role(records::Role role) {
  return role == records::Role::draft || role == records::Role::opinion ? records::role_text(role) : nullptr;
}

void Mets::contents(const std::string& admin) {
  start_group(names_.id("rep1/data"), "Data");
  for (const auto& document : plan_.documents) {
    linked_ = linked_ || !document.link.empty();
    for (std::size_t i = 0; i < document.contents.size(); ++i) {
      const records::Component& component = document.contents[i].component;
      attached_ = attached_ || component.role == records::Role::annex;
      // The file's own time where it is known: nothing else in a SIP keeps it.
      const std::string created = component.modified_ms == 0 ? time_ : to_text(Moment{component.modified_ms});
      Digest digest;
      const std::string checksum = Digest::parse(component.sha256, digest) ? digest.hex() : component.sha256;
      file(names_.file_id(content_place(document.ordinal, i)), mime_type(component),
           std::to_string(component.size), created, checksum, "data/" + names_.content(document, i),
           text::nfc(xml_text(component.name)), admin, inner_role(component.role));
    }
  }
  xml_.end();
  if (!linked_) return;
  start_group(names_.id("rep1/holey"), "Holeyfile");
  for (const auto& document : plan_.documents)
    if (!document.link.empty())
      file(names_.file_id(content_place(document.ordinal, 0)), "text/plain",
           std::to_string(document.link.size()), time_, sha256(std::string_view(document.link)).hex(),
           "data/" + names_.content(document, 0), "", admin);
  xml_.end();
}

void Mets::links(const std::string& admin) {
  start_div("rep1/map/links", "MetadataLink");
  for (const auto& document : plan_.documents) {
    const std::string place = metadata_place(document.ordinal);
    start_div(place + "/link", document.link.empty() ? "MetadataLink/File" : "MetadataLink/Holey");
    xml_.attribute("ORDER", std::to_string(document.ordinal));
    xml_.attribute("DMDID", names_.id(place));
    if (!admin.empty()) xml_.attribute("ADMID", admin);
    for (std::size_t i = 0;
         i < std::max<std::size_t>(document.contents.size(), document.link.empty() ? 0 : 1); ++i)
      file_pointer(names_.file_id(content_place(document.ordinal, i)));
    xml_.end();
  }
  xml_.end();
}

// Annexes once more by themselves, beside their document.
void Mets::attachments() {
  if (!attached_) return;
  start_div("rep1/map/attachments", "AttachmentFile");
  for (const auto& document : plan_.documents)
    for (std::size_t i = 0; i < document.contents.size(); ++i)
      if (document.contents[i].component.role == records::Role::annex)
        file_pointer(names_.file_id(content_place(document.ordinal, i)));
  xml_.end();
}

Stamp Mets::representation(const RepresentationParts& parts) {
  const std::string objid = names_.representation_objid();
  const std::string admin = parts.premis ? names_.id("rep1/premis") : "";
  open(objid, csip_profile, "../../");
  header();
  auto stamp = parts.documents.begin();
  for (const auto& document : plan_.documents)
    descriptive(names_.id(metadata_place(document.ordinal)),
                "metadata/descriptive/" + names_.metadata(document), *stamp++);
  if (parts.premis)
    preservation(names_.id("rep1/amd"), admin, "metadata/preservation/PREMIS_rep1.xml", *parts.premis);

  xml_.start("fileSec");
  xml_.attribute("ID", names_.id("rep1/files"));
  contents(admin);
  xml_.end();

  start_map(objid, state_of(plan_.kind));
  start_div("rep1/map/data", "Data");
  file_pointer(names_.id("rep1/data"));
  if (linked_) file_pointer(names_.id("rep1/holey"));
  xml_.end();
  links(admin);
  attachments();
  xml_.end();  // top div
  xml_.end();  // structMap
  xml_.end();  // mets
  return xml_.finish();
}

}  // namespace

Stamp write_root_mets(const Plan& plan, const RootParts& parts, Output output) {
  return Mets(plan, std::move(output)).root(parts);
}

Stamp write_representation_mets(const Plan& plan, const RepresentationParts& parts, Output output) {
  return Mets(plan, std::move(output)).representation(parts);
}

}  // namespace vtlt::package::writing
