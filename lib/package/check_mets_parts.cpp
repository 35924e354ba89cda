// What each part of a METS must say by itself: root, header, sections, groups, structural maps. References,
// ids and digests, which tie the parts together, are judged in check_mets.cpp.
#include <algorithm>

#include "package/check_mets.h"

namespace vtlt::package {

void MetsCheck::root(const MetsRoot& root, bool is_mets) {
  facts_.root = root;
  facts_.is_mets = is_mets;
  if (!is_mets) {
    fault(Level::error, "CSIPSTR4", "TT05-METS-xml", root.line, say("notmets"), say("repack.hint"));
    return;
  }
  require(!root.objid.empty(), "CSIP1", "TT05-METS-OBJID", root.line, "mets", "OBJID");
  require(!root.type.empty(), "CSIP2", "TT05-METS-TYPE", root.line, "mets", "TYPE");
  require(!root.profile.empty(), "CSIP6", "TT05-METS-PROFILE", root.line, "mets", "PROFILE");
  if (flavour_ == Flavour::tt05) return;
  if (root.type == "OTHER" && root.other_type.empty())
    fault(Level::warning, "CSIP3", "", root.line,
          say("attribute", {{"element", "mets"}, {"attribute", "csip:OTHERTYPE"}}));
  if (root.content_type.empty())
    fault(Level::warning, "CSIP4", "", root.line,
          say("attribute", {{"element", "mets"}, {"attribute", "csip:CONTENTINFORMATIONTYPE"}}));
  else if (root.content_type == "OTHER" && root.other_content_type.empty())
    fault(Level::note, "CSIP5", "", root.line,
          say("attribute", {{"element", "mets"}, {"attribute", "csip:OTHERCONTENTINFORMATIONTYPE"}}));
}

void MetsCheck::header(const MetsHeader& header) {
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
  static constexpr const char* types[] = {"SIP", "AIP", "DIP", "AIU", "AIC"};
  if (!header.package_type.empty() &&
      std::find(std::begin(types), std::end(types), header.package_type) == std::end(types))
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
  if (flavour_ == Flavour::tt05 || !facts_.has_header) return;
  const long line = facts_.header.line;
  if (facts_.agents.empty()) {
    fault(Level::error, "CSIP10", "", line, say("element", {{"element", "agent"}}));
    return;
  }
  // The software's agent is the one that comes nearest: each rule it misses is named.
  const MetsAgent* best = &facts_.agents.front();
  const auto score = [](const MetsAgent& agent) {
    return (agent.role == "CREATOR" ? 1 : 0) + (agent.type == "OTHER" ? 2 : 0) +
           (agent.other_type == "SOFTWARE" ? 4 : 0);
  };
  for (const MetsAgent& agent : facts_.agents)
    if (score(agent) > score(*best)) best = &agent;
  const auto need = [&](bool present, const char* code, const char* what) {
    if (!present)
      fault(Level::error, code, "", best->line, say("attribute", {{"element", "agent"}, {"attribute", what}}),
            say("repack.hint"));
  };
  need(best->role == "CREATOR", "CSIP11", "ROLE=\"CREATOR\"");
  need(best->type == "OTHER", "CSIP12", "TYPE=\"OTHER\"");
  need(best->other_type == "SOFTWARE", "CSIP13", "OTHERTYPE=\"SOFTWARE\"");
  need(best->has_name && !best->name.empty(), "CSIP14", "name");
  need(!best->notes.empty(), "CSIP15", "note");
  need(std::any_of(best->notes.begin(), best->notes.end(),
                   [](const auto& note) { return note.type == "SOFTWARE VERSION"; }),
       "CSIP16", "csip:NOTETYPE=\"SOFTWARE VERSION\"");
}

void MetsCheck::section(const MetsSection& section) {
  ++sections_;
  if (section.element == "dmdSec") {
    require(!section.created.empty(), "CSIP19", "TT05-METS-created", section.line, "dmdSec", "CREATED");
    if (!section.created.empty() && !is_date_time(section.created))
      fault(Level::error, "CSIP19", "TT05-METS-created", section.line,
            say("value", {{"name", "CREATED"}, {"value", shown(section.created)}}), say("time.hint"));
    add_id(section.id, Kind::descriptive, "CSIP18", "dmdSec", section.line);
  } else if (section.element != "amdSec") {
    add_id(section.id, Kind::administrative, section.element == "rightsMD" ? "CSIP46" : "CSIP33",
           section.element.c_str(), section.line);
  } else if (!section.id.empty()) {
    add_id(section.id, Kind::administrative, nullptr, "amdSec", section.line);
  }
}

void MetsCheck::file_section(const std::string& id, long line) {
  ++file_sections_;
  // The circular names no id for fileSec; CSIP does.
  if (id.empty() && flavour_ == Flavour::tt05)
    fault(Level::warning, "CSIP59", "TT05-METS-id", line,
          say("attribute", {{"element", "fileSec"}, {"attribute", "ID"}}), say("repack.hint"));
  else
    add_id(id, Kind::file_section, "CSIP59", "fileSec", line);
}

void MetsCheck::group(int index, const MetsGroup& group) {
  group_parents_.push_back(group.parent);
  require(group.has_use && !group.use.empty(), "CSIP64", "TT05-METS-fileGrp", group.line, "fileGrp", "USE");
  add_id(group.id, Kind::group, "CSIP65", "fileGrp", group.line, no_entry, index);
  add_uses(group.admin_ids, Kind::administrative, group.line);
  if (facts_.uses.size() < 1000) facts_.uses.push_back(group.use);
  last_line_ = group.line;
}

void MetsCheck::group_end(int, int files) {
  if (files == 0 && flavour_ == Flavour::csip)
    fault(Level::error, "CSIP66", "", last_line_, say("element", {{"element", "file"}}), say("repack.hint"));
}

void MetsCheck::settle_groups() {
  if (file_sections_ == 0) {
    fault(flavour_ == Flavour::tt05 ? Level::error : Level::warning, "CSIP58", "TT05-METS-fileSec",
          facts_.root.line, say("element", {{"element", "fileSec"}}), say("repack.hint"));
    return;
  }
  if (flavour_ == Flavour::tt05 || scope_ != Scope::root) return;
  const auto has = [&](const char* start) {
    return std::any_of(facts_.uses.begin(), facts_.uses.end(),
                       [&](const std::string& use) { return use.starts_with(start); });
  };
  // Other validators are laxer here; the stricter reading has a code of its own.
  for (const auto& [code, use] : {std::pair{"CSIP60-strict", "Documentation"},
                                  {"CSIP113-strict", "Schemas"},
                                  {"CSIP114-strict", "Representations"}})
    if (!has(use))
      fault(Level::warning, code, "", facts_.root.line, say("group", {{"use", use}}), say("repack.hint"));
}

void MetsCheck::map(const MetsMap& map) {
  ++maps_;
  const bool csip = map.label == "CSIP";
  if (csip) {
    ++csip_maps_;
    physical_ = physical_ || map.type == "PHYSICAL";
    top_divisions_ = 0;
    add_id(map.id, Kind::map, flavour_ == Flavour::tt05 ? nullptr : "CSIP83", "structMap", map.line);
  } else if (!map.id.empty()) {
    add_id(map.id, Kind::map, nullptr, "structMap", map.line);
  }
  last_line_ = map.line;
}

void MetsCheck::division(const MetsDivision& division) {
  if (division.csip || !division.id.empty())
    add_id(division.id, Kind::division,
           !division.csip || (flavour_ == Flavour::tt05 && division.depth > 1) ? nullptr
           : division.depth == 0                                               ? "CSIP85"
                                                                               : "CSIP106",
           "div", division.line);
  add_uses(division.descriptive_ids, Kind::descriptive, division.line);
  add_uses(division.admin_ids, Kind::administrative, division.line);
  if (!division.csip) return;
  if (division.depth == 0) ++top_divisions_;
  if (division.depth == 1 && facts_.top_labels.size() < 1000) facts_.top_labels.push_back(division.label);
  if (division.depth <= 1 && !division.type.empty() && facts_.map_types.size() < 100)
    facts_.map_types.push_back(division.type);
}

void MetsCheck::division_end(const MetsDivision& division, int file_pointers, int pointers, int) {
  if (division.csip && division.depth == 1 && pointers > 1)
    fault(Level::error, "CSIP109", "TT05-METS-mptr", division.line, say("mptr.many"), say("repack.hint"));
  if (flavour_ == Flavour::tt05 && scope_ == Scope::representation &&
      division.label.starts_with("MetadataLink/") && !division.descriptive_ids.empty() && file_pointers == 0)
    fault(Level::warning, "CSIP104", "TT05-METS-link", division.line, say("nolink"), say("nolink.hint"));
}

void MetsCheck::file_pointer(const std::string& file_id, const MetsDivision&, long line) {
  if (file_id.empty()) return;  // a pointer by area is allowed by METS
  add_uses(file_id, Kind::file, line);
}

void MetsCheck::settle_maps() {
  const long line = facts_.root.line;
  if (maps_ == 0) {
    fault(Level::error, "CSIP80", "TT05-METS-structMap", line, say("element", {{"element", "structMap"}}),
          say("repack.hint"));
    return;
  }
  if (csip_maps_ == 0) {
    fault(Level::error, "CSIP82", "TT05-METS-structMap", line, say("map.label"), say("repack.hint"));
    return;
  }
  if (!physical_)
    fault(Level::error, "CSIP81", "TT05-METS-structMap", line, say("map.physical"), say("repack.hint"));
  if (top_divisions_ != 1)
    fault(Level::error, "CSIP84", "TT05-METS-structMap", line, say("map.top"), say("repack.hint"));
  if (flavour_ == Flavour::csip && scope_ == Scope::root &&
      std::find(facts_.top_labels.begin(), facts_.top_labels.end(), "Metadata") == facts_.top_labels.end())
    fault(Level::error, "CSIP88", "", line, say("division", {{"label", "Metadata"}}), say("repack.hint"));
}

}  // namespace vtlt::package
