// Tree, names and METS heads of a TT05 package (tt05-package-layouts: what the circular says is right, what
// one product in use does instead is a note).
#include <algorithm>
#include <set>

#include "base/ascii.h"
#include "package/check_tt05.h"
#include "records/formats.h"
#include "text/text.h"

namespace vtlt::package {
namespace {

constexpr const char* csip_profile = "E-ARK-CSIP";
constexpr const char* dip_profile = "E-ARK-DIP";
constexpr const char* aip_profile = "http://www.ra.ee/METS/v01/IP.xml";

enum class Shape { wrong, lower, right };

Shape uuid_shape(std::string_view text) {
  if (text.size() != 36) return Shape::wrong;
  Shape shape = Shape::right;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i == 8 || i == 13 || i == 18 || i == 23) {
      if (text[i] != '-') return Shape::wrong;
    } else if (text[i] >= 'a' && text[i] <= 'f') {
      shape = Shape::lower;
    } else if (!((text[i] >= '0' && text[i] <= '9') || (text[i] >= 'A' && text[i] <= 'F'))) {
      return Shape::wrong;
    }
  }
  return shape;
}

Shape objid_shape(std::string_view objid, PackageKind kind) {
  if (kind != PackageKind::aip)
    return objid.starts_with("uuid-") ? uuid_shape(objid.substr(5)) : Shape::wrong;
  if (objid.starts_with("urn:uuid:")) return uuid_shape(objid.substr(9));
  const std::size_t mark = objid.rfind(":uuid-");
  if (!objid.starts_with("urn:") || mark == std::string_view::npos || mark <= 4) return Shape::wrong;
  return uuid_shape(objid.substr(mark + 6));
}

}  // namespace

void Tt05Check::fault(Level level, const std::string& code, const std::string& path, long line, Message what,
                      Message hint) {
  report_.add(level, code, {path, line}, std::move(what), hint.empty() ? say("repack.hint") : std::move(hint),
              appendix_);
}

// ---- tree ----

void Tt05Check::check_member(const char* path, const char* code, bool wanted, bool forbidden) {
  const bool there = entries_.has_file(path);
  if (wanted && !there) fault(Level::error, code, path, 0, say("member.absent", {{"path", path}}));
  if (forbidden && there)
    fault(Level::error, code, path, 0, say("member.forbidden", {{"path", path}}),
          say("member.forbidden.hint"));
}

void Tt05Check::check_structure() {
  const bool aip = sort_.kind == PackageKind::aip, sip = sort_.kind == PackageKind::sip;
  check_member("METS.xml", "TT05-STR-METS", true, false);
  check_member("metadata/descriptive/EAD.xml", "TT05-STR-EAD", true, false);
  check_member("metadata/preservation/PREMIS.xml", "TT05-STR-PREMIS", aip, sip);
  check_member("representations/rep1/METS.xml", "TT05-STR-rep1-METS", true, false);
  check_member("representations/rep1/metadata/preservation/PREMIS_rep1.xml", "TT05-STR-PREMIS", aip, sip);
  check_representations();
  check_data();
  check_schemas_folder();
  static constexpr const char* places[] = {"metadata/", "representations/", "schemas/", "documentation/"};
  std::set<std::string> strange;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const std::string_view path = entries_.path(i);
    if (path == "METS.xml" || path.starts_with("../")) continue;
    const std::string top = std::string(path.substr(0, path.find('/'))) + '/';
    if (std::find(std::begin(places), std::end(places), top) != std::end(places)) continue;
    if (strange.size() < 100 && strange.insert(top).second)
      fault(Level::warning, "TT05-STR-extra", std::string(path.substr(0, path.find('/'))), 0,
            say("member.extra"), say("orphan.hint"));
  }
  if (sip) {
    // Anything under a folder of this name is preservation metadata, whatever the file is called (D17);
    // elsewhere it is known by its name.
    for (const char* folder : {"metadata/", "representations/rep1/metadata/"}) {
      const auto [first, last] = entries_.below(folder);
      for (std::size_t i = first; i < last; ++i) {
        const std::string path(entries_.path(i));
        const std::string name = path.substr(path.rfind('/') + 1), folded = ascii::lower(name);
        const bool kept = path.starts_with(std::string(folder) + "preservation/");
        const bool premis = kept ? name != "PREMIS.xml" && name != "PREMIS_rep1.xml"  // those were told
                                 : folded.starts_with("premis") && folded.ends_with(".xml");
        if (entries_[i].kind == EntryKind::file && premis)
          fault(Level::error, "TT05-STR-PREMIS", path, 0, say("member.forbidden", {{"path", shown(path)}}),
                say("member.forbidden.hint"));
      }
    }
  }
}

void Tt05Check::check_representations() {
  std::set<std::string> names;
  const auto [first, last] = entries_.below("representations/");
  for (std::size_t i = first; i < last; ++i) {
    const std::string_view rest = entries_.path(i).substr(16);
    if (names.size() < 100) names.emplace(rest.substr(0, rest.find('/')));
  }
  if (!names.contains("rep1")) fault(Level::error, "TT05-STR-rep1", "representations", 0, say("rep1.absent"));
  for (const std::string& name : names)
    if (name != "rep1")
      fault(Level::error, "TT05-STR-rep1", "representations/" + name, 0, say("rep1.more"),
            say("repack.hint"));
}

void Tt05Check::check_data() {
  std::uint64_t documents = 0, contents = 0;
  const std::string descriptive = "representations/rep1/metadata/descriptive/";
  const auto [first, last] = entries_.below(descriptive);
  for (std::size_t i = first; i < last; ++i) {
    if (entries_[i].kind != EntryKind::file) continue;
    const std::string path(entries_.path(i)), name = path.substr(descriptive.size());
    EadForm form{};
    if (!document_form(name, sort_, form)) {
      fault(Level::error, "TT05-STR-EAD_doc", path, 0, say("document.name"));
      continue;
    }
    ++documents;
    if (!name.starts_with("EAD_doc_") && !name.starts_with("EAD_pic_") && !name.starts_with("EAD_media_"))
      report_.add_once(Level::note, "TT05-STR-sample", {descriptive},
                       say("sample.document", {{"name", shown(name)}}), {}, appendix_);
  }
  if (documents == 0) fault(Level::error, "TT05-STR-EAD_doc", descriptive, 0, say("document.none"));
  const std::string data = "representations/rep1/data/";
  const auto [data_first, data_last] = entries_.below(data);
  for (std::size_t i = data_first; i < data_last; ++i) {
    if (entries_[i].kind != EntryKind::file) continue;
    const std::string path(entries_.path(i));
    ++contents;
    if (path.ends_with(".fetch.txt")) {
      if (sort_.batch || sort_.kind == PackageKind::dip)
        fault(Level::error, "TT05-STR-fetch", path, 0, say("fetch.kind"));
      continue;
    }
    const std::size_t dot = path.rfind('.');
    const std::string extension = dot == std::string::npos || path.find('/', dot) != std::string::npos
                                      ? ""
                                      : ascii::lower(path.substr(dot + 1));
    if (!records::is_circular_format(extension))
      fault(Level::warning, "TT05-FORMAT", path, 0, say("format", {{"extension", shown(extension)}}),
            say("format.hint"));
  }
  if (contents == 0) fault(Level::error, "TT05-STR-data", data, 0, say("data.none"));
}

void Tt05Check::check_schemas_folder() {
  if (!schemas_.shipped()) {
    fault(Level::error, "TT05-STR-schemas", "schemas", 0, say("schemas.none"));
    return;
  }
  bool mets = false;
  for (const char* name : {"METS.xsd", "mets1_12.xsd", "mets_1_12.xsd", "mets1_11.xsd", "mets_1_11.xsd"})
    mets = mets || schemas_.ships(name);
  // The schema itself is the METS board's; a package without it says no less.
  if (!mets)
    fault(Level::note, "TT05-STR-schemas", "schemas/METS.xsd", 0,
          say("member.absent", {{"path", "schemas/METS.xsd"}}));
  const auto described = [&](const char* form) {
    const auto [first, last] =
        entries_.below("representations/rep1/metadata/descriptive/" + std::string(form));
    return first != last;
  };
  for (const auto& [name, needed] :
       {std::pair("EAD.xsd", true), std::pair("EAD_doc.xsd", true),
        std::pair("EAD_pic.xsd", described("EAD_pic_")), std::pair("EAD_media.xsd", described("EAD_media_"))})
    if (needed && !schemas_.ships(name))
      fault(Level::warning, "TT05-STR-schemas", std::string("schemas/") + name, 0,
            say("member.absent", {{"path", std::string("schemas/") + name}}));
  if (entries_.has_file("schemas/ead.xsd") && !entries_.has_file("schemas/EAD.xsd"))
    fault(Level::note, "TT05-STR-sample", "schemas/ead.xsd", 0, say("sample.schema"));
}

// ---- heads ----

void Tt05Check::check_folder_name() {
  const std::string& objid = root_.root.objid;
  std::string folder = objid;
  std::replace(folder.begin(), folder.end(), ':', '_');
  const std::string& name = source_.root_name();
  if (name.empty())
    fault(Level::warning, "TT05-STR-root", "", 0, say("root.none", {{"folder", shown(folder)}}));
  else if (name != folder && ascii::lower(name) == ascii::lower(folder))
    fault(Level::warning, "TT05-STR-folder", "", 0,
          say("root.name", {{"name", shown(name)}, {"folder", shown(folder)}}));
  else if (name != folder)
    fault(Level::error, "TT05-STR-folder", "", 0,
          say("root.name", {{"name", shown(name)}, {"folder", shown(folder)}}), say("root.name.hint"));
}

void Tt05Check::check_root() {
  if (!root_.read || !root_.is_mets) return;
  const std::string path = "METS.xml";
  const MetsRoot& root = root_.root;
  if (!root.objid.empty()) {
    const Shape shape = objid_shape(root.objid, sort_.kind);
    if (shape != Shape::right)
      fault(shape == Shape::lower ? Level::warning : Level::error, "TT05-METS-OBJID", path, root.line,
            say("objid",
                {{"value", shown(root.objid)},
                 {"expected", sort_.kind == PackageKind::aip ? "urn:uuid:{UUID}, urn:{mã phông}:uuid-{UUID}"
                                                             : "uuid-{UUID}"}}));
    check_folder_name();
  }
  const std::string type = ascii::lower(root.type);
  const bool known = sort_.kind == PackageKind::dip ? type == "mixed"
                                                    : type == "mixed" || type == "collection" ||
                                                          (sort_.kind == PackageKind::aip && type == "aip");
  if (!root.type.empty() && !known)
    fault(Level::error, "TT05-METS-TYPE", path, root.line,
          say("value.expected",
              {{"name", "TYPE"}, {"value", shown(root.type)}, {"expected", "Mixed, Collection"}}));
  const char* expected = sort_.kind == PackageKind::sip   ? csip_profile
                         : sort_.kind == PackageKind::aip ? aip_profile
                                                          : dip_profile;
  if (!root.profile.empty() && root.profile.find(expected) == std::string::npos)
    fault(
        Level::error, "TT05-METS-PROFILE", path, root.line,
        say("value.expected", {{"name", "PROFILE"}, {"value", shown(root.profile)}, {"expected", expected}}));
  const MetsHeader& header = root_.header;
  // The circular's own DIP example says SIP.
  if (sort_.kind == PackageKind::dip && header.package_type == "SIP")
    fault(Level::note, "TT05-METS-OAISPACKAGETYPE", path, header.line,
          say("value.expected", {{"name", "csip:OAISPACKAGETYPE"}, {"value", "SIP"}, {"expected", "DIP"}}));
  static constexpr const char* states[] = {"NEW", "SUPPLEMENT", "REPLACEMENT", "TEST", "OTHER"};
  if (!header.status.empty() &&
      std::find(std::begin(states), std::end(states), header.status) == std::end(states))
    fault(Level::error, "TT05-METS-RECORDSTATUS", path, header.line,
          say("value.expected", {{"name", "RECORDSTATUS"},
                                 {"value", shown(header.status)},
                                 {"expected", "NEW, SUPPLEMENT, REPLACEMENT, TEST, OTHER"}}));
  check_agents(root_, path, true);
  if (sort_.kind == PackageKind::aip) {
    const auto premis = entries_.find("metadata/preservation/PREMIS.xml");
    if (premis && (!root_.administered || (listed_[*premis] & listed_with_digest) == 0))
      fault(Level::error, "TT05-METS-amdSec", path, root.line, say("amdsec"));
  }
  const bool linked = std::any_of(root_.uses.begin(), root_.uses.end(),
                                  [](const std::string& use) { return use.starts_with("Representations"); });
  if (!linked)
    fault(Level::warning, "TT05-METS-fileGrp", path, root.line,
          say("group", {{"use", "Representations/rep1"}}));
}

// D20: the software with its version, the agency with the fonds code in its note, the registration of the
// request.
void Tt05Check::check_agents(const MetsFacts& facts, const std::string& path, bool is_root) {
  if (!facts.has_header) return;
  const long line = facts.header.line;
  bool software = false, agency = false, fonds = false, sample = false, creator = false;
  for (const MetsAgent& agent : facts.agents) {
    if (agent.role == "CREATOR") creator = true;
    if (agent.role == "CREATOR" && agent.type == "OTHER" && agent.other_type == "SOFTWARE") software = true;
    if (agent.type == "ORGANIZATION") agency = true;
    if (agent.type == "INDIVIDUAL" && agent.other_type.empty() && !is_root) sample = true;
    for (const auto& note : agent.notes) {
      if (note.type == "IDENTIFICATIONCODE" && agent.type == "ORGANIZATION" && !note.text.empty())
        fonds = true;
      if (note.type == "IDENTIFICATIONCODE" && agent.other_type == "SOFTWARE") sample = true;
    }
    if (agent.names == 0 || agent.name.empty())
      fault(Level::warning, "TT05-METS-agent", path, agent.line,
            say("attribute", {{"element", "agent"}, {"attribute", "name"}}));
  }
  if (!creator) {
    fault(Level::error, "TT05-METS-agent", path, line, say("agent.none"));
    return;
  }
  if (sample)
    fault(Level::note, "TT05-METS-sample-agent", path, line, say("sample.agent"));
  else if (!software)
    fault(Level::warning, "TT05-METS-agent", path, line, say("agent.software"));
  if (!is_root) return;
  if (!agency || !fonds)
    fault(sample ? Level::note : Level::warning, "TT05-METS-agent", path, line, say("agent.fonds"));
  if (sort_.kind != PackageKind::sip) return;
  const auto agreement = std::find_if(facts.alternatives.begin(), facts.alternatives.end(),
                                      [](const auto& one) { return one.type == "SUBMISSIONAGREEMENT"; });
  if (agreement == facts.alternatives.end())
    fault(Level::note, "TT05-METS-altRecordID", path, line, say("agreement"), say("agreement.hint"));
}

void Tt05Check::check_rep1() {
  if (!rep1_.read || !rep1_.is_mets) return;
  const std::string path = "representations/rep1/METS.xml";
  const MetsRoot& root = rep1_.root;
  if (root.objid == "rep1") {
    fault(Level::note, "TT05-METS-sample-rep1", path, root.line, say("sample.rep1"));
  } else if (!root.objid.empty()) {
    const Shape shape =
        std::max(objid_shape(root.objid, PackageKind::sip), objid_shape(root.objid, PackageKind::aip));
    if (shape != Shape::right)
      fault(shape == Shape::lower ? Level::warning : Level::error, "TT05-METS-OBJID", path, root.line,
            say("objid", {{"value", shown(root.objid)}, {"expected", "uuid-{UUID}"}}));
  }
  if (!root.profile.empty() && root.profile.find(csip_profile) == std::string::npos &&
      !(sort_.kind == PackageKind::dip && root.profile.find(dip_profile) != std::string::npos))
    fault(Level::error, "TT05-METS-PROFILE", path, root.line,
          say("value.expected",
              {{"name", "PROFILE"}, {"value", shown(root.profile)}, {"expected", csip_profile}}));
  const bool dip_in_sip = sort_.kind == PackageKind::dip && rep1_.header.package_type == "DIP";
  if (rep1_.has_header && root_.has_header && !rep1_.header.package_type.empty() && !dip_in_sip &&
      !root_.header.package_type.empty() && rep1_.header.package_type != root_.header.package_type)
    fault(Level::error, "TT05-METS-OAISPACKAGETYPE", path, rep1_.header.line,
          say("value.expected", {{"name", "csip:OAISPACKAGETYPE"},
                                 {"value", shown(rep1_.header.package_type)},
                                 {"expected", shown(root_.header.package_type)}}));
  if (sort_.kind == PackageKind::aip && !rep1_.administered &&
      entries_.has_file("representations/rep1/metadata/preservation/PREMIS_rep1.xml"))
    fault(Level::error, "TT05-METS-amdSec", path, root.line, say("amdsec"));
  check_agents(rep1_, path, false);
  const char* state = sort_.kind == PackageKind::sip ? "ORIGINAL" : "NORMALIZED";
  for (const std::string& type : rep1_.map_types)
    if ((type == "ORIGINAL" || type == "NORMALIZED") && type != state && sort_.kind != PackageKind::dip)
      fault(Level::warning, "TT05-METS-div", path, root.line,
            say("value.expected", {{"name", "div/@TYPE"}, {"value", type}, {"expected", state}}));
  if (std::none_of(rep1_.uses.begin(), rep1_.uses.end(),
                   [](const std::string& use) { return use == "Data"; }))
    fault(Level::warning, "TT05-METS-fileGrp", path, root.line, say("group", {{"use", "Data"}}));
}

}  // namespace vtlt::package
