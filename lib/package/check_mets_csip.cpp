// What CSIP asks of a METS beyond TT05: vocabularies, the packing software, the parts of the CSIP map and
// what they name. Each rule stands under the id of its requirement; the level is the version's.
#include <algorithm>

#include "package/check_mets.h"
#include "package/eark_vocabularies.h"

namespace vtlt::package {
namespace {

// The rules of one division right below the top one.
struct PartRules {
  const char *label, *absent, *id, *label_id, *pointer, *pointer_id, *group;
};
const PartRules& rules_of(Part part) {
  static constexpr PartRules all[] = {
      {"", nullptr, "CSIP106", nullptr, nullptr, nullptr, nullptr},
      {"Metadata", "CSIP88", "CSIP89", "CSIP90", nullptr, nullptr, nullptr},
      {"Documentation", "CSIP93", "CSIP94", "CSIP95", "CSIP96", "CSIP116", "CSIP60"},
      {"Schemas", "CSIP97", "CSIP98", "CSIP99", "CSIP100", "CSIP118", "CSIP113"},
      {"Representations", "CSIP101", "CSIP102", "CSIP103", "CSIP104", "CSIP119", "CSIP114"}};
  return all[static_cast<std::size_t>(part)];
}
std::size_t index_of(Part part) {
  return static_cast<std::size_t>(part);
}

}  // namespace

// Capitals are judged apart (CSIP90, 95, 99, 103).
Part part_of(std::string_view use_or_label) {
  const std::string name = lower(use_or_label.substr(0, use_or_label.find('/')));
  for (const Part part : {Part::metadata, Part::documentation, Part::schemas, Part::representations})
    if (name == lower(rules_of(part).label)) return part;
  return name.starts_with("representations") ? Part::representations : Part::other;
}

const MetsAgent* software_agent(const std::vector<MetsAgent>& agents) {
  const auto score = [](const MetsAgent& agent) {
    // Of several programs the one that is described as the rules want it.
    const bool named = agent.names == 1 && !is_blank(agent.name),
               noted = agent.notes.size() == 1 && !is_blank(agent.notes.front().text);
    return (agent.role == "CREATOR" ? 8 : 0) + (agent.type == "OTHER" ? 16 : 0) +
           (agent.other_type == "SOFTWARE" ? 32 : 0) +
           (noted && agent.notes.front().type == "SOFTWARE VERSION" ? 4 : 0) + (noted ? 2 : 0) +
           (named ? 1 : 0);
  };
  const MetsAgent* best = nullptr;
  for (const MetsAgent& agent : agents)
    if (best == nullptr || score(agent) > score(*best)) best = &agent;
  return best;
}

namespace {

// A scheme, a host, and no blanks (RFC 3986).
bool is_url(std::string_view text) {
  const std::size_t mark = text.find("://");
  return has_scheme(text) && mark != std::string_view::npos && mark + 3 < text.size() &&
         text[mark + 3] != '/' && text.find_first_of(" \t\r\n") == std::string_view::npos;
}

}  // namespace

// ---- root, header, groups ----

void MetsCheck::root_terms(const MetsRoot& root) {
  const long line = root.line;
  const bool other = lower(root.type) == "other";
  if (!root.type.empty() && !is_term(Vocabulary::content_category, root.type))
    breach_value("CSIP2", line, "TYPE", root.type);
  if (other && is_blank(root.other_type))
    missing_attribute("CSIP3", line, "mets", "csip:OTHERTYPE");
  else if (other && lower(root.other_type) != "other" &&
           is_term(Vocabulary::content_category, root.other_type))
    breach_value("CSIP3", line, "csip:OTHERTYPE", root.other_type);
  else if (!other && !root.other_type.empty())
    breach_value("CSIP3", line, "csip:OTHERTYPE", root.other_type);
  if (root.content_type.empty())
    missing_attribute("CSIP4", line, "mets", "csip:CONTENTINFORMATIONTYPE");
  else if (!is_term(Vocabulary::content_type, root.content_type))
    breach_value("CSIP4", line, "csip:CONTENTINFORMATIONTYPE", root.content_type);
  if (root.content_type == "OTHER" && is_blank(root.other_content_type))
    missing_attribute("CSIP5", line, "mets", "csip:OTHERCONTENTINFORMATIONTYPE");
  else if (root.content_type != "OTHER" && !root.other_content_type.empty())
    breach_value("CSIP5", line, "csip:OTHERCONTENTINFORMATIONTYPE", root.other_content_type);
  if (!is_blank(root.profile) && !is_url(trimmed(root.profile)))
    breach_value("CSIP6", line, "PROFILE", root.profile);
}

// The agent that comes nearest is judged: each rule it misses is named.
void MetsCheck::software(long line) {
  const MetsAgent* agent = software_agent(facts_.agents);
  if (agent == nullptr) {
    breach("CSIP10", line, say("element", {{"element", "agent"}}));
    return;
  }
  // None that could be meant for it.
  if (agent->type != "OTHER" && agent->other_type != "SOFTWARE")
    breach("CSIP10", line, say("agent.software"));
  const auto need = [&](bool present, const char* id, const char* what) {
    if (!present) missing_attribute(id, agent->line, "agent", what);
  };
  need(agent->role == "CREATOR", "CSIP11", "ROLE=\"CREATOR\"");
  need(agent->type == "OTHER", "CSIP12", "TYPE=\"OTHER\"");
  need(agent->other_type == "SOFTWARE", "CSIP13", "OTHERTYPE=\"SOFTWARE\"");
  need(agent->names > 0 && !is_blank(agent->name), "CSIP14", "name");
  if (agent->names > 1) breach("CSIP14", agent->line, say("only.one", {{"what", "agent/name"}}));
  need(!agent->notes.empty() && !is_blank(agent->notes.front().text), "CSIP15", "note");
  if (agent->notes.size() > 1) breach("CSIP15", agent->line, say("agent.notes"));
  const bool typed = std::any_of(agent->notes.begin(), agent->notes.end(),
                                 [](const auto& note) { return note.type == "SOFTWARE VERSION"; });
  need(agent->notes.empty() || typed, "CSIP16", "csip:NOTETYPE=\"SOFTWARE VERSION\"");
}

void MetsCheck::group_terms(const MetsGroup& group, Part part) {
  const bool top = group.parent < 0 || groups_[static_cast<std::size_t>(group.parent)].part != part;
  if (part == Part::representations && group.use.size() > 15 && group.use[15] != '/')
    breach_value("CSIP64", group.line, "fileGrp/@USE", group.use);
  if (rules_of(part).group != nullptr && !group.use.starts_with(rules_of(part).label))
    breach(rules_of(part).group, group.line,
           say("value.expected",
               {{"name", "fileGrp/@USE"}, {"value", shown(group.use)}, {"expected", rules_of(part).label}}));
  if (group.content_type.empty()) {
    if (part == Part::representations && top)
      missing_attribute("CSIP62", group.line, "fileGrp", "csip:CONTENTINFORMATIONTYPE");
  } else if (!is_term(Vocabulary::content_type, group.content_type)) {
    breach_value("CSIP62", group.line, "csip:CONTENTINFORMATIONTYPE", group.content_type);
  }
  if (group.content_type == "OTHER" && is_blank(group.other_content_type))
    missing_attribute("CSIP63", group.line, "fileGrp", "csip:OTHERCONTENTINFORMATIONTYPE");
}

// A file below the folder of this METS; what begins with a dot only keeps a folder alive.
bool MetsCheck::has_content(const std::string& folder) const {
  const EntryTable& entries = source_.entries();
  const auto [first, last] = entries.below(folder_ + folder);
  for (std::size_t i = first; i < last; ++i) {
    const std::string_view path = entries.path(i);
    if (entries[i].kind == EntryKind::file && path[path.rfind('/') + 1] != '.') return true;
  }
  return false;
}

// Whether a representation of this name has a METS. Names are compared as CSIP107 compares them.
bool MetsCheck::has_representation_mets(std::string name) {
  while (name.ends_with('/'))
    name.pop_back();
  if (!described_representations_) {
    described_representations_.emplace();
    const EntryTable& entries = source_.entries();
    const std::string above = folder_ + "representations/";
    const auto [first, last] = entries.below(above);
    for (std::size_t i = first; i < last; ++i) {
      const std::string_view rest = entries.path(i).substr(above.size());
      const std::size_t slash = rest.find('/');
      if (slash != std::string_view::npos && rest.substr(slash + 1) == "METS.xml")
        described_representations_->insert(lower(rest.substr(0, slash)));
    }
  }
  return described_representations_->contains(lower(name));
}

// ---- the CSIP map ----

void MetsCheck::division_part(const MetsDivision& division) {
  const bool placed = in_csip_map_ && division.depth <= 1;
  const Part part = part_of(division.label);
  const char* id = !placed ? nullptr : division.depth == 0 ? "CSIP85" : rules_of(part).id;
  if (placed && division.depth == 1 && part == Part::representations &&
      division.label.find('/') != std::string::npos)
    id = "CSIP106";
  if (id != nullptr || !division.id.empty()) add_id(division.id, Kind::division, id, "div", division.line);
  const bool metadata = placed && division.depth == 1 && part == Part::metadata;
  add_uses(division.descriptive_ids, Kind::descriptive, division.line,
           metadata ? From::metadata_descriptive : From::elsewhere);
  add_uses(division.admin_ids, Kind::administrative, division.line,
           metadata ? From::metadata_admin : From::elsewhere);
  if (!placed) return;
  if (division.depth == 0) {
    if (division.label != facts_.root.objid)
      breach("CSIP86", division.line, say("map.objid", {{"value", shown(division.label)}}));
    return;
  }
  pointed_folder_.clear();
  // One each of those that are described as one; representations may have many.
  if (parts_[index_of(part)] && part != Part::representations && part != Part::other &&
      division.label.find('/') == std::string::npos)
    breach(rules_of(part).absent, division.line, say("division.twice", {{"label", rules_of(part).label}}));
  parts_[index_of(part)] = true;
  if (metadata) {
    metadata_line_ = division.line;
    metadata_admin_ = metadata_admin_ || !division.admin_ids.empty();
    metadata_descriptive_ = metadata_descriptive_ || !division.descriptive_ids.empty();
  } else if (part == Part::other && metadata_candidate_ == 0) {
    metadata_candidate_ = division.line;
  }
}

void MetsCheck::division_part_end(const MetsDivision& division, int file_pointers, int pointers) {
  const Part part = part_of(division.label);
  const long line = division.line;
  if (pointers > 0) {  // of one representation
    // Until 2.0.4 only "the path to the representation".
    const bool named = division.label.starts_with("Representations/") && division.label.size() > 16;
    const bool fits = named && (pointed_folder_.empty() ||
                                lower(division.label.substr(16, division.label.find('/', 16) - 16)) ==
                                    lower(pointed_folder_));
    const bool told = facts_.claim.version == EarkVersion::v2_0_4 &&
                      lower(division.label).find(lower(pointed_folder_)) != std::string::npos;
    if (is_blank(division.label) || (!fits && !told))
      breach("CSIP107", line,
             say("value.expected", {{"name", "div/@LABEL"},
                                    {"value", shown(division.label)},
                                    {"expected", "Representations/" + shown(pointed_folder_)}}));
    return;
  }
  const PartRules& rules = rules_of(part);
  const std::size_t slash = division.label.find('/');
  const std::string label = part == Part::representations ? division.label.substr(0, slash) : division.label;
  if (part != Part::other && label != rules.label)
    breach(rules.label_id, line,
           say("value.expected",
               {{"name", "div/@LABEL"}, {"value", shown(division.label)}, {"expected", rules.label}}));
  if (part != Part::representations) return;
  if (slash == std::string::npos && ++undivided_ == 2)
    breach(rules.absent, line, say("division.twice", {{"label", rules.label}}));
  if (slash != std::string::npos && has_representation_mets(division.label.substr(slash + 1)))
    breach("CSIP109", line, say("element", {{"element", "mptr"}}));
  else
    plain_representations_ = plain_representations_ || file_pointers > 0 || slash == std::string::npos;
}

void MetsCheck::file_pointer(const std::string& file_id, const MetsDivision& division, long line) {
  From from = in_csip_map_ ? From::inner : From::elsewhere;
  if (flavour_ == Flavour::csip && in_csip_map_ && division.depth == 1) {
    const Part part = part_of(division.label);
    from = part == Part::documentation     ? From::documentation
           : part == Part::schemas         ? From::schemas
           : part == Part::representations ? From::representations
                                           : From::unlabelled;
    if (file_id.empty() && rules_of(part).pointer_id != nullptr)
      missing_attribute(rules_of(part).pointer_id, line, "fptr", "FILEID");
  }
  if (file_id.empty()) return;  // a pointer by area is allowed by METS
  if (from >= From::documentation && from <= From::representations &&
      file_id.find_first_of(" \t\r\n") != std::string::npos)
    breach(rules_of(part_of(division.label)).pointer_id, line, say("only.one", {{"what", "FILEID"}}));
  add_uses(file_id, Kind::file, line, from);
}

// A package without any description or provenance is one that should have some.
void MetsCheck::settle_sections() {
  if (scope_ == Scope::representation) {
    if (admin_sections_ != 0 && provenances_ == 0 && has_content("metadata/preservation/"))
      breach("CSIP32", admin_line_, say("element", {{"element", "digiprovMD"}}));
    return;
  }
  if (facts_.descriptions == 0) breach("CSIP17", facts_.root.line, say("element", {{"element", "dmdSec"}}));
  if (admin_sections_ == 0)
    breach("CSIP31", facts_.root.line, say("element", {{"element", "amdSec"}}));
  else if (provenances_ == 0)
    breach("CSIP32", admin_line_, say("element", {{"element", "digiprovMD"}}));
}

// Which divisions the CSIP map should have, and does not.
void MetsCheck::settle_parts() {
  const auto absent = [&](Part part) {
    if (!parts_[index_of(part)])
      breach(rules_of(part).absent, map_line_, say("division", {{"label", rules_of(part).label}}));
  };
  absent(Part::metadata);
  // A division of an unknown name stands where the one for metadata is missing: its name is wrong.
  if (!parts_[index_of(Part::metadata)] && metadata_candidate_ != 0)
    breach("CSIP90", metadata_candidate_, say("division", {{"label", "Metadata"}}));
  if (scope_ != Scope::root) {
    for (const Part part : {Part::documentation, Part::schemas, Part::representations})
      if (groups_of_[index_of(part)]) absent(part);
    return;
  }
  absent(Part::documentation);
  absent(Part::schemas);
  if (pointed_.empty()) absent(Part::representations);
}

// ---- what ids are used for ----

void MetsCheck::settle_uses_csip() {
  static constexpr Part meant[] = {Part::documentation, Part::schemas, Part::representations};
  uses_.walk([&](const Use& use) {
    bool fits = false, exists = false;
    ids_.find(use.key, [&](Id& id) {
      exists = true;
      const bool group = id.kind == Kind::group;
      if (use.from >= From::documentation && use.from <= From::representations)
        fits = group &&
               groups_[static_cast<std::size_t>(id.group)].part ==
                   meant[static_cast<std::size_t>(use.from) - static_cast<std::size_t>(From::documentation)];
      else if (use.kind == Kind::file)
        fits = group || id.kind == Kind::file || id.kind == Kind::metadata;
      else
        fits = id.kind == use.kind;
      if (fits) use_found(use, id);
      return !fits;
    });
    if (!fits) use_unfit(use, exists);
  });
}

// CSIP108: the title of an mptr is the id of the group that holds this representation.
void MetsCheck::settle_titles() {
  for (const Title& title : titles_) {
    ids_.find(title.key, [&](const Id& id) {
      if (id.kind != Kind::group) return true;
      const Group& group = groups_[static_cast<std::size_t>(id.group)];
      const bool other =
          !group.folder.empty() && !title.folder.empty() && lower(group.folder) != lower(title.folder);
      if (group.part != Part::representations || other)
        breach("CSIP108", title.line, say("mptr.group", {{"name", shown(title.folder)}}));
      return false;
    });
  }
}

void MetsCheck::use_found(const Use& use, Id& id) {
  id.used = id.used || use.from == From::metadata_admin || use.from == From::metadata_descriptive;
  if (id.whole && use.from == From::metadata_admin) named_admin_sections_.insert(id.group);
  if (id.kind != Kind::group) return;
  Group& group = groups_[static_cast<std::size_t>(id.group)];
  // A pointer in a map of the sender's own says nothing of the CSIP map.
  group.pointed = group.pointed || use.from != From::elsewhere;
  const PartRules& rules = rules_of(group.part);
  if (use.from == From::unlabelled && group.part != Part::other && group.part != Part::metadata)
    breach(rules.label_id, use.line, say("division.label", {{"label", rules.label}}));
}

// exists: the id is there, but of something else than is meant.
void MetsCheck::use_unfit(const Use& use, bool exists) {
  const auto wrong_group = [&](Part part) {
    breach(rules_of(part).pointer_id, use.line, say("fptr.group", {{"use", rules_of(part).label}}));
  };
  const char* id = nullptr;
  switch (use.from) {
    case From::documentation:
      return wrong_group(Part::documentation);
    case From::schemas:
      return wrong_group(Part::schemas);
    case From::representations:
      return wrong_group(Part::representations);
    case From::title:
      return breach("CSIP108", use.line, say("mptr.title"));
    case From::group_admin:
      id = "CSIP61";
      break;
    case From::file_admin:
      id = "CSIP74";
      break;
    case From::file_descriptive:
      id = "CSIP75";
      break;
    case From::metadata_admin:
      id = "CSIP91";
      break;
    case From::metadata_descriptive:
      id = "CSIP92";
      break;
    case From::unlabelled:
    case From::inner:
    case From::elsewhere:
      break;
  }
  const Message what = say(exists ? "idref.kind" : "idref");
  if (id != nullptr) breach(id, use.line, what);
  // The attribute is optional, but an IDREF without its ID is no METS. To XML any ID will do.
  if (exists && id == nullptr)
    fault(Level::warning, "CSIP-METS-idref", "", use.line, what, say("repack.hint"));
  if (!exists) fault(Level::error, "CSIP-METS-idref", "", use.line, say("idref"), say("repack.hint"));
}

// CSIP91, CSIP92: the Metadata division names every section that is not superseded.
void MetsCheck::settle_metadata_division() {
  if (metadata_line_ == 0) return;
  bool told_admin = false, told_descriptive = false;
  ids_.walk([&](const Id& id) {
    if (!id.current || id.used) return;
    if (id.kind == Kind::administrative && named_admin_sections_.contains(id.group)) return;
    const bool descriptive = id.kind == Kind::descriptive;
    bool& told = descriptive ? told_descriptive : told_admin;
    const bool whole = !(descriptive ? metadata_descriptive_ : metadata_admin_);
    if (whole && told) return;
    told = true;
    if (whole)
      missing_attribute(descriptive ? "CSIP92" : "CSIP91", metadata_line_, "div",
                        descriptive ? "DMDID" : "ADMID");
    else
      breach(descriptive ? "CSIP92" : "CSIP91", id.line, say("metadata.unnamed"));
  });
}

// CSIP96, CSIP100, CSIP104: each file group is named by the division of its kind.
void MetsCheck::settle_file_groups() {
  for (Group& group : groups_) {
    const bool parent = group.parent >= 0 && groups_[static_cast<std::size_t>(group.parent)].pointed;
    group.pointed = group.pointed || parent;  // a parent stands before its parts
    const PartRules& rules = rules_of(group.part);
    const bool bound =
        group.part == Part::representations ? plain_representations_ : parts_[index_of(group.part)];
    const bool inner =
        group.parent >= 0 && groups_[static_cast<std::size_t>(group.parent)].part == group.part;
    if (rules.pointer != nullptr && bound && !group.pointed && !inner)
      breach(rules.pointer, group.line, say("group.unpointed", {{"label", rules.label}}));
  }
}

}  // namespace vtlt::package
