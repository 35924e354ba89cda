#include "package/reader_mets.h"

#include "base/encoding.h"

namespace vtlt::package {
namespace {

bool is_section(std::string_view name) {
  return name == "dmdSec" || name == "amdSec" || name == "digiprovMD" || name == "rightsMD" ||
         name == "techMD" || name == "sourceMD";
}

}  // namespace

void MetsReader::take_core(MetsReference& reference, const XmlAttributes& attributes) {
  reference.id = attributes.get("ID");
  reference.mime = attributes.get("MIMETYPE");
  reference.size = attributes.get("SIZE");
  reference.created = attributes.get("CREATED");
  reference.checksum = attributes.get("CHECKSUM");
  reference.checksum_type = attributes.get("CHECKSUMTYPE");
}

void MetsReader::take_link(MetsReference& reference, const XmlAttributes& attributes) {
  reference.location_type = attributes.get("LOCTYPE");
  reference.link_type = attributes.get("type", xlink_namespace);
  reference.has_href = attributes.has("href", xlink_namespace);
  reference.href = attributes.get("href", xlink_namespace);
  reference.title = attributes.get("title", xlink_namespace);
}

void MetsReader::start(std::string_view ns, std::string_view name, const XmlAttributes& attributes,
                       long line) {
  ++depth_;
  if (foreign_ != 0) return;
  gathering_ = false;
  if (depth_ == 1) {
    MetsRoot root;
    root.objid = attributes.get("OBJID");
    root.type = attributes.get("TYPE");
    root.other_type = attributes.get("OTHERTYPE", csip_namespace);
    root.profile = attributes.get("PROFILE");
    root.label = attributes.get("LABEL");
    root.content_type = attributes.get("CONTENTINFORMATIONTYPE", csip_namespace);
    root.other_content_type = attributes.get("OTHERCONTENTINFORMATIONTYPE", csip_namespace);
    root.line = line;
    events_.root(root, name == "mets" && ns == mets_namespace);
    tell_id(name, attributes, line);
    return;
  }
  if (ns != mets_namespace) return;
  if (name == "xmlData") {  // holds what it likes, another METS too
    foreign_ = depth_;
    return;
  }
  if (is_section(name)) {
    MetsSection section{std::string(name), attributes.get("ID"), attributes.get("CREATED"),
                        attributes.get("STATUS"), line};
    section_ = section.element;
    open_section_ = section;
    section_references_ = 0;
    events_.section(section);
  } else if (name == "mdRef") {
    MetsReference reference;
    reference.where = section_ == "dmdSec"       ? MetsWhere::descriptive
                      : section_ == "digiprovMD" ? MetsWhere::administrative
                      : section_ == "rightsMD"   ? MetsWhere::rights
                                                 : MetsWhere::other;
    ++section_references_;
    take_core(reference, attributes);
    take_link(reference, attributes);
    reference.has_location = true;
    reference.locations = 1;
    reference.metadata_type = attributes.get("MDTYPE");
    reference.metadata_version = attributes.get("MDTYPEVERSION");
    reference.section = open_section_.id;
    reference.line = line;
    events_.reference(reference, -1);
  } else if (name == "fileSec" || name == "fileGrp" || name == "file" || name == "FLocat") {
    start_file_part(name, attributes, line);
  } else if (name == "structMap" || name == "div" || name == "fptr" || name == "mptr") {
    start_map_part(name, attributes, line);
  } else {
    start_header_part(name, attributes, line);
  }
}

void MetsReader::start_header_part(std::string_view name, const XmlAttributes& attributes, long line) {
  tell_id(name, attributes, line);
  if (name == "metsHdr" && depth_ == 2) {
    events_.header({attributes.get("CREATEDATE"), attributes.get("LASTMODDATE"),
                    attributes.get("RECORDSTATUS"), attributes.get("OAISPACKAGETYPE", csip_namespace), line});
  } else if (name == "agent") {
    agent_ = {attributes.get("ROLE"), attributes.get("TYPE"), attributes.get("OTHERTYPE"), "", 0, {}, line};
    in_agent_ = true;
  } else if ((name == "name" || name == "note") && in_agent_) {
    gathering_ = true;
    gathered_.clear();
    if (name == "note" && agent_.notes.size() < 100)
      agent_.notes.push_back({attributes.get("NOTETYPE", csip_namespace), ""});
  } else if (name == "altRecordID") {
    gathering_ = true;
    gathered_.clear();
    alternative_type_ = attributes.get("TYPE");
  }
}

void MetsReader::start_file_part(std::string_view name, const XmlAttributes& attributes, long line) {
  if (name == "fileSec") {
    events_.file_section(attributes.get("ID"), line);
  } else if (name == "fileGrp") {
    MetsGroup group{attributes.get("ID"),
                    attributes.get("USE"),
                    attributes.get("ADMID"),
                    attributes.get("CONTENTINFORMATIONTYPE", csip_namespace),
                    attributes.get("OTHERCONTENTINFORMATIONTYPE", csip_namespace),
                    attributes.has("USE"),
                    open_groups_.empty() ? -1 : open_groups_.back().index,
                    line};
    open_groups_.push_back({groups_++, 0});
    events_.group(open_groups_.back().index, group);
  } else if (name == "file") {
    if (in_file_) return;  // a file in a file (an archive's members) is not a file of the package
    file_ = {};
    take_core(file_, attributes);
    file_.admin_ids = attributes.get("ADMID");
    file_.descriptive_ids = attributes.get("DMDID");
    file_.use = attributes.get("USE");
    file_.line = line;
    in_file_ = true;
    file_depth_ = depth_;
    for (OpenGroup& group : open_groups_)
      ++group.files;
  } else if (in_file_ && depth_ == file_depth_ + 1) {
    tell_id(name, attributes, line);
    ++file_.locations;
    file_.has_location = true;
    if (file_.locations == 1) take_link(file_, attributes);
  }
}

void MetsReader::start_map_part(std::string_view name, const XmlAttributes& attributes, long line) {
  if (name == "structMap") {
    const MetsMap map{attributes.get("ID"), attributes.get("TYPE"), attributes.get("LABEL"), line};
    csip_map_ = map.label == "CSIP";
    divisions_.clear();
    events_.map(map);
  } else if (name == "div") {
    if (!divisions_.empty()) ++divisions_.back().divisions;
    OpenDivision open;
    open.division = {attributes.get("ID"),
                     attributes.get("LABEL"),
                     attributes.get("TYPE"),
                     attributes.get("DMDID"),
                     attributes.get("ADMID"),
                     static_cast<int>(divisions_.size()),
                     csip_map_,
                     line};
    divisions_.push_back(open);
    events_.division(divisions_.back().division);
  } else if (divisions_.empty()) {
    return;
  } else if (name == "fptr") {
    ++divisions_.back().file_pointers;
    tell_id(name, attributes, line);
    events_.file_pointer(attributes.get("FILEID"), divisions_.back().division, line);
  } else {
    ++divisions_.back().pointers;
    tell_id(name, attributes, line);
    MetsReference reference;
    reference.where = MetsWhere::representation;
    reference.id = attributes.get("ID");
    reference.depth = divisions_.back().division.depth;
    take_link(reference, attributes);
    reference.has_location = true;
    reference.locations = 1;
    reference.line = line;
    events_.reference(reference, -1);
  }
}

void MetsReader::tell_id(std::string_view name, const XmlAttributes& attributes, long line) {
  if (attributes.has("ID")) events_.other_id(attributes.get("ID"), name, line);
}

void MetsReader::text(std::string_view piece) {
  constexpr std::size_t longest = 100'000;
  if (gathering_ && gathered_.size() < longest) gathered_ += piece.substr(0, longest);
}

void MetsReader::end(std::string_view ns, std::string_view name, long line) {
  if (foreign_ == depth_) foreign_ = 0;
  --depth_;
  if (foreign_ != 0 || ns != mets_namespace) return;
  if (gathering_ && in_agent_ && name == "name") {
    agent_.name = gathered_;
    ++agent_.names;
  } else if (gathering_ && in_agent_ && name == "note" && !agent_.notes.empty()) {
    agent_.notes.back().text = gathered_;
  } else if (gathering_ && name == "altRecordID") {
    events_.alternative_record(alternative_type_, gathered_, line);
  } else if (name == "agent" && in_agent_) {
    in_agent_ = false;
    events_.agent(agent_);
  } else if (name == "file" && in_file_ && depth_ + 1 == file_depth_) {
    in_file_ = false;
    events_.reference(file_, open_groups_.empty() ? -1 : open_groups_.back().index);
  } else if (name == "fileGrp" && !open_groups_.empty()) {
    events_.group_end(open_groups_.back().index, open_groups_.back().files);
    open_groups_.pop_back();
  } else if (name == "div" && !divisions_.empty()) {
    const OpenDivision& open = divisions_.back();
    events_.division_end(open.division, open.file_pointers, open.pointers, open.divisions);
    divisions_.pop_back();
  } else if (is_section(name)) {
    if (name != "amdSec" && section_ == name) events_.section_end(open_section_, section_references_);
    section_ = name == "amdSec" || name == "dmdSec" ? "" : "amdSec";
  }
  gathering_ = false;
}

bool percent_decode(std::string_view text, std::string& out) {
  out.clear();
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    unsigned char byte = 0;
    if (i + 2 >= text.size() || !from_hex(text.substr(i + 1, 2), {&byte, 1}) || byte == 0) return false;
    out += static_cast<char>(byte);
    i += 2;
  }
  return true;
}

}  // namespace vtlt::package
