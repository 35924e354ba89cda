// What each part of a METS must say by itself: root, header, sections, groups, structural maps. References,
// ids and digests, which tie the parts together, are judged in check_mets.cpp.
#include <algorithm>

#include "package/check_mets.h"
#include "package/eark_vocabularies.h"

namespace vtlt::package {

void MetsCheck::root(const MetsRoot& root, bool is_mets) {
  facts_.root = root;
  facts_.is_mets = is_mets;
  facts_.claim = claim_of(root.profile);
  add_lists();
  if (!is_mets) {
    fault(Level::error, "CSIPSTR4", "TT05-METS-xml", root.line, say("notmets"), say("repack.hint"));
    return;
  }
  require(!is_blank(root.objid), "CSIP1", "TT05-METS-OBJID", root.line, "mets", "OBJID");
  require(!is_blank(root.type), "CSIP2", "TT05-METS-TYPE", root.line, "mets", "TYPE");
  require(!is_blank(root.profile), "CSIP6", "TT05-METS-PROFILE", root.line, "mets", "PROFILE");
  if (flavour_ == Flavour::csip) root_terms(root);
}

void MetsCheck::header(const MetsHeader& header) {
  if (facts_.has_header && flavour_ == Flavour::csip)
    breach("CSIP117", header.line, say("only.one", {{"what", "metsHdr"}}));
  facts_.has_header = true;
  facts_.header = header;
  require(!header.created.empty(), "CSIP7", "TT05-METS-CREATEDATE", header.line, "metsHdr", "CREATEDATE");
  require(!header.package_type.empty(), "CSIP9", "TT05-METS-OAISPACKAGETYPE", header.line, "metsHdr",
          "csip:OAISPACKAGETYPE");
  if (!header.created.empty() && !is_date_time(header.created))
    fault(Level::error, "CSIP7", "TT05-METS-CREATEDATE", header.line,
          say("value", {{"name", "CREATEDATE"}, {"value", shown(header.created)}}), say("time.hint"));
  if (!header.modified.empty() && !is_date_time(header.modified))
    fault(Level::error, "CSIP8", "TT05-METS-LASTMODDATE", header.line,
          say("value", {{"name", "LASTMODDATE"}, {"value", shown(header.modified)}}), say("time.hint"));
  if (flavour_ == Flavour::csip && header.modified.empty())
    missing_attribute("CSIP8", header.line, "metsHdr", "LASTMODDATE");
  if (!header.package_type.empty() && !is_term(Vocabulary::package_type, header.package_type))
    fault(Level::error, "CSIP9", "TT05-METS-OAISPACKAGETYPE", header.line,
          say("value", {{"name", "csip:OAISPACKAGETYPE"}, {"value", shown(header.package_type)}}),
          say("repack.hint"));
}

void MetsCheck::agent(const MetsAgent& agent) {
  if (facts_.agents.size() < 100) facts_.agents.push_back(agent);
}

void MetsCheck::alternative_record(const std::string& type, const std::string& text, long line) {
  if (facts_.alternatives.size() < 100) facts_.alternatives.push_back({type, text, line});
}

void MetsCheck::settle_header() {
  if (!facts_.has_header)
    fault(Level::error, "CSIP117", "TT05-METS-metsHdr", facts_.root.line,
          say("element", {{"element", "metsHdr"}}), say("repack.hint"));
  else if (flavour_ == Flavour::csip)
    software(facts_.header.line);
}

void MetsCheck::section(const MetsSection& section) {
  ++sections_;
  if (section.element == "dmdSec") {
    ++facts_.descriptions;
    if (section.status == "CURRENT") ++facts_.current_descriptions;
    require(!section.created.empty(), "CSIP19", "TT05-METS-created", section.line, "dmdSec", "CREATED");
    if (!section.created.empty() && !is_date_time(section.created))
      fault(Level::error, "CSIP19", "TT05-METS-created", section.line,
            say("value", {{"name", "CREATED"}, {"value", shown(section.created)}}), say("time.hint"));
    add_id(section.id, Kind::descriptive, "CSIP18", "dmdSec", section.line);
    mark_section(section, "CSIP20");
  } else if (section.element == "amdSec") {
    ++admin_sections_;
    admin_line_ = section.line;
    facts_.administered = true;
    if (admin_sections_ == 2 && flavour_ == Flavour::csip) breach("CSIP31", section.line, say("amdsec.many"));
    if (!section.id.empty()) {
      add_id(section.id, Kind::administrative, nullptr, "amdSec", section.line, no_entry, admin_sections_);
      ids_.last().whole = true;
    }
  } else {
    const bool rights = section.element == "rightsMD", known = rights || section.element == "digiprovMD";
    if (!known && flavour_ == Flavour::csip && section.id.empty()) return;
    add_id(section.id, Kind::administrative,
           rights                               ? "CSIP46"
           : known || flavour_ == Flavour::tt05 ? "CSIP33"
                                                : nullptr,
           section.element.c_str(), section.line, no_entry, admin_sections_);
    if (known && !rights) ++provenances_;
    if (known) mark_section(section, rights ? "CSIP47" : "CSIP34");
  }
}

// STATUS: of the vocabulary, and what is current stands in the Metadata division; in 2.0.4 every section.
void MetsCheck::mark_section(const MetsSection& section, const char* id) {
  if (flavour_ == Flavour::tt05) return;
  if (!section.id.empty())
    ids_.last().current = section.status == "CURRENT" || facts_.claim.version == EarkVersion::v2_0_4;
  if (section.status.empty())
    missing_attribute(id, section.line, section.element.c_str(), "STATUS");
  else if (!is_term(Vocabulary::status, section.status))
    breach_value(id, section.line, "STATUS", section.status);
}

void MetsCheck::section_end(const MetsSection& section, int references) {
  if (flavour_ == Flavour::tt05 || references == 1) return;
  const char* id = section.element == "dmdSec"       ? "CSIP21"
                   : section.element == "digiprovMD" ? "CSIP35"
                   : section.element == "rightsMD"   ? "CSIP48"
                                                     : nullptr;
  if (id != nullptr)
    breach(id, section.line,
           references == 0 ? say("element", {{"element", section.element + "/mdRef"}})
                           : say("only.one", {{"what", section.element + "/mdRef"}}));
}

void MetsCheck::file_section(const std::string& id, long line) {
  if (++file_sections_ == 2 && flavour_ == Flavour::csip) breach("CSIP58", line, say("filesec.many"));
  if (file_sections_ == 1) file_section_line_ = line;
  // The circular names no id for fileSec; CSIP does.
  if (id.empty() && flavour_ == Flavour::tt05)
    fault(Level::warning, "CSIP59", "TT05-METS-id", line,
          say("attribute", {{"element", "fileSec"}, {"attribute", "ID"}}), say("repack.hint"));
  else
    add_id(id, Kind::file_section, "CSIP59", "fileSec", line);
}

void MetsCheck::group(int index, const MetsGroup& group) {
  count_part();
  const Part part = part_of(group.use);
  groups_.push_back({group.parent, part, static_cast<std::uint32_t>(group.line)});
  groups_of_[static_cast<std::size_t>(part)] = true;
  require(group.has_use && !is_blank(group.use), "CSIP64", "TT05-METS-fileGrp", group.line, "fileGrp", "USE");
  add_id(group.id, Kind::group, "CSIP65", "fileGrp", group.line, no_entry, index);
  add_uses(group.admin_ids, Kind::administrative, group.line, From::group_admin);
  if (part == Part::representations && group.use.find('/') != std::string::npos) {
    const std::string rest = group.use.substr(group.use.find('/') + 1);
    groups_.back().folder = rest.substr(0, rest.find('/'));
  }
  if (flavour_ == Flavour::csip) group_terms(group, part);
  if (facts_.uses.size() < 1000) facts_.uses.push_back(group.use);
  last_line_ = group.line;
}

void MetsCheck::group_end(int index, int files) {
  if (files == 0 && flavour_ == Flavour::csip)
    breach("CSIP66", groups_[static_cast<std::size_t>(index)].line, say("element", {{"element", "file"}}));
}

void MetsCheck::settle_groups() {
  if (file_sections_ == 0) {
    fault(flavour_ == Flavour::tt05 ? Level::error : Level::warning, "CSIP58", "TT05-METS-fileSec",
          facts_.root.line, say("element", {{"element", "fileSec"}}), say("repack.hint"));
    return;
  }
  if (flavour_ == Flavour::tt05) return;
  struct Wanted {
    Part part;
    const char *id, *strict, *use, *folder;
  };
  static constexpr Wanted all[] = {
      {Part::documentation, "CSIP60", "CSIP60-strict", "Documentation", "documentation/"},
      {Part::schemas, "CSIP113", "CSIP113-strict", "Schemas", "schemas/"},
      {Part::representations, "CSIP114", "CSIP114-strict", "Representations", "representations/"}};
  for (const Wanted& one : all) {
    if (groups_of_[static_cast<std::size_t>(one.part)]) continue;
    if (scope_ == Scope::representation) {
      if (one.part != Part::representations && has_content(one.folder))
        breach(one.id, file_section_line_, say("group", {{"use", one.use}}));
      continue;
    }
    // With nothing to list other validators are content; the stricter reading has a code of its own.
    if (has_content(one.folder))
      breach(one.id, file_section_line_, say("group", {{"use", one.use}}));
    else
      fault(Level::warning, one.strict, "", file_section_line_, say("group", {{"use", one.use}}),
            say("repack.hint"));
  }
}

void MetsCheck::map(const MetsMap& map) {
  ++maps_;
  const bool csip = map.label == "CSIP";
  in_csip_map_ = csip || (flavour_ == Flavour::csip && csip_maps_ == 0 && map.label.starts_with("CSIP"));
  if (in_csip_map_) {
    if (csip) ++csip_maps_;
    csip_like_ = true;
    physical_ = physical_ || map.type == "PHYSICAL";
    map_line_ = map.line;
    if (csip_maps_ == 2 && flavour_ == Flavour::csip) breach("CSIP82", map.line, say("map.many"));
    top_divisions_ = 0;
    add_id(map.id, Kind::map, flavour_ == Flavour::tt05 ? nullptr : "CSIP83", "structMap", map.line);
  } else if (!map.id.empty()) {
    add_id(map.id, Kind::map, nullptr, "structMap", map.line);
  }
  last_line_ = map.line;
}

void MetsCheck::division(const MetsDivision& division) {
  if (flavour_ == Flavour::csip) {
    division_part(division);
  } else {
    if (division.csip || !division.id.empty())
      add_id(division.id, Kind::division,
             !division.csip || division.depth > 1 ? nullptr
             : division.depth == 0                ? "CSIP85"
                                                  : "CSIP106",
             "div", division.line);
    add_uses(division.descriptive_ids, Kind::descriptive, division.line);
    add_uses(division.admin_ids, Kind::administrative, division.line);
  }
  if (!in_csip_map_) return;
  if (division.depth == 0) ++top_divisions_;
  if (division.depth == 1 && facts_.top_labels.size() < 1000) facts_.top_labels.push_back(division.label);
  if (division.depth <= 1 && !division.type.empty() && facts_.map_types.size() < 100)
    facts_.map_types.push_back(division.type);
}

void MetsCheck::division_end(const MetsDivision& division, int file_pointers, int pointers, int) {
  if (flavour_ == Flavour::csip && in_csip_map_ && division.depth == 1)
    division_part_end(division, file_pointers, pointers);
  if (in_csip_map_ && division.depth == 1 && pointers > 1)
    fault(Level::error, "CSIP109", "TT05-METS-mptr", division.line, say("mptr.many"), say("repack.hint"));
  if (flavour_ == Flavour::tt05 && scope_ == Scope::representation &&
      division.label.starts_with("MetadataLink/") && !division.descriptive_ids.empty() && file_pointers == 0)
    fault(Level::warning, "CSIP104", "TT05-METS-link", division.line, say("nolink"), say("nolink.hint"));
}

void MetsCheck::settle_maps() {
  const long line = facts_.root.line;
  if (maps_ == 0) {
    fault(Level::error, "CSIP80", "TT05-METS-structMap", line, say("element", {{"element", "structMap"}}),
          say("repack.hint"));
    return;
  }
  if (csip_maps_ == 0) {
    fault(Level::error, "CSIP82", "TT05-METS-structMap", csip_like_ ? map_line_ : line, say("map.label"),
          say("repack.hint"));
    if (!csip_like_) return;
  }
  const long at = flavour_ == Flavour::tt05 ? line : map_line_;
  if (!physical_)
    fault(Level::error, "CSIP81", "TT05-METS-structMap", at, say("map.physical"), say("repack.hint"));
  if (top_divisions_ != 1)
    fault(Level::error, "CSIP84", "TT05-METS-structMap", at, say("map.top"), say("repack.hint"));
  if (flavour_ == Flavour::csip && top_divisions_ != 0) settle_parts();
}

}  // namespace vtlt::package
