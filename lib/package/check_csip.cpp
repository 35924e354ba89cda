// Plain E-ARK packages: CSIPSTR, the METS of the root and of each representation, every file's fixity.
#include <algorithm>
#include <cctype>
#include <map>
#include <set>

#include "package/check_eark_types.h"
#include "package/check_kinds.h"
#include "package/check_mets.h"
#include "package/check_schemas.h"
#include "package/xml_words.h"

namespace vtlt::package {
namespace {

// Keeps the first bytes that pass, in which a DTD stands.
class Beginning final : public ByteStream {
 public:
  explicit Beginning(ByteStream& stream) : stream_(stream) {}
  std::size_t read(std::span<std::byte> out) override {
    const std::size_t got = stream_.read(out), room = most - std::min(most, kept_.size());
    kept_.append(reinterpret_cast<const char*>(out.data()), std::min(got, room));
    return got;
  }
  // Without a DTD in sight, nobody can tell.
  bool may_have_entities() const {
    std::string plain;  // also of UTF-16
    std::copy_if(kept_.begin(), kept_.end(), std::back_inserter(plain), [](char c) { return c != 0; });
    const std::size_t start = plain.find("<!DOCTYPE");
    return start == std::string::npos || plain.find('[', start) < plain.find('>', start);
  }

 private:
  static constexpr std::size_t most = 1 << 16;
  ByteStream& stream_;
  std::string kept_;
};

class Deaf final : public XmlHandler {
 public:
  void start(std::string_view, std::string_view, const XmlAttributes&, long) override {}
};

class CsipCheck {
 public:
  CsipCheck(Files& files, PackageSource& source, const CheckOptions& options, Report& report,
            Progress& progress, Verdict& verdict)
      : source_(source),
        entries_(source.entries()),
        report_(report),
        progress_(progress),
        verdict_(verdict),
        schemas_(files, source, options.schemas, report),
        ids_in_memory_(options.ids_in_memory),
        listed_(source.entries().size(), 0) {}

  void run() {
    const MetsFacts root = read_mets("METS.xml", Scope::root);
    verdict_.objid = shown(root.root.objid);
    claim_ = root.claim;
    verdict_.format = std::string("E-ARK CSIP ") + text_of(claim_.version);
    structure(root);
    check_eark_type(root, "METS.xml", report_);
    described_[""] = {root.administered, root.has_files};
    has_representations_ = root.has_representations;
    bool representations_read = true;
    for (const std::string& name : representations()) {
      const std::string path = "representations/" + name + "/METS.xml";
      if (!entries_.has_file(path)) continue;
      const MetsFacts facts = read_mets(path, Scope::representation);
      representations_read = facts.read && representations_read;
      described_["representations/" + name + '/'] = {facts.administered, facts.has_files};
      name_of_representation(facts, name, path);
      if (root.read && (listed_[*entries_.find(path)] & listed_by_pointer) == 0)
        fault("CSIP105", path, say("representation.unpointed"));
      // In another group, or in none; where a reference leads nowhere that is told instead.
      const char listed = listed_[*entries_.find(path)];
      if (root.read && root.has_representations && (listed & listed_as_representation) == 0 &&
          ((listed & listed_with_digest) != 0 || !root.unresolved))
        fault("CSIP114", path, say("group.other", {{"use", "Representations/" + shown(name)}}));
    }
    plan_.seal();
    plan_.begin(source_,
                {[](std::uint32_t) { return Algorithm::sha256; },
                 [this](std::uint32_t entry) { return is_metadata(entries_.path(entry)); },
                 [this](std::uint32_t entry, ByteStream& stream) { read_metadata(entry, stream); }},
                report_, progress_);
    const auto totals = plan_.finish();
    verdict_.files_read = totals.files;
    verdict_.bytes_read = totals.bytes;
    if (root.read && representations_read) orphans();
  }

 private:
  MetsFacts read_mets(const std::string& path, Scope scope) {
    const auto entry = entries_.find(path);
    if (!entry || entries_[*entry].kind != EntryKind::file) return {};
    try {
      const auto stream = source_.open(*entry);
      return MetsCheck(Flavour::csip, scope, path, source_, plan_, listed_, report_, ids_in_memory_)
          .run(*stream, schemas_.mets());
    } catch (const Error& error) {
      if (error.exit() == Exit::interrupted) throw;
      report_.unread(path, error);
      return {};
    }
  }

  // CSIP1 has it so; what cannot be the name of a folder is mapped in ways that it leaves open.
  void name_of_representation(const MetsFacts& facts, const std::string& name, const std::string& path) {
    const std::string& objid = facts.root.objid;
    const bool plain = std::all_of(objid.begin(), objid.end(), [](unsigned char c) {
      return std::isalnum(c) != 0 || c == '-' || c == '_' || c == '.';
    });
    if (objid.empty() || !plain || objid == name) return;
    report_.add(
        Level::warning, "CSIP1", {path, facts.root.line},
        say("value.expected", {{"name", "OBJID"}, {"value", shown(objid)}, {"expected", shown(name)}}),
        say("repack.hint"), std::string("E-ARK CSIP ") + text_of(claim_.version));
  }

  void fault(const char* id, const std::string& path, Message what) {
    if (const auto level = level_in(claim_.version, id))
      report_.add(*level, id, {path}, std::move(what), say("repack.hint"),
                  std::string("E-ARK CSIP ") + text_of(claim_.version));
  }
  bool has(const std::string& folder) const {
    const auto [first, last] = entries_.below(folder + '/');
    const auto found = entries_.find(folder);
    return first != last || (found && entries_[*found].kind == EntryKind::directory);
  }
  std::set<std::string> representations() const {
    std::set<std::string> names;
    const auto [first, last] = entries_.below("representations/");
    for (std::size_t i = first; i < last; ++i) {
      const std::string_view rest = entries_.path(i).substr(16);
      const std::size_t slash = rest.find('/');
      if (slash != std::string_view::npos || entries_[i].kind == EntryKind::directory)
        names.emplace(rest.substr(0, slash));
      if (names.size() == 60'000) break;  // each has a list in the plan
    }
    return names;
  }

  // A file right in this folder; what begins with a dot only keeps a folder alive.
  std::string loose_file(const std::string& folder) const {
    const auto [first, last] = entries_.below(folder);
    for (std::size_t i = first; i < last; ++i) {
      const std::string_view rest = entries_.path(i).substr(folder.size());
      if (entries_[i].kind == EntryKind::file && rest.find('/') == std::string_view::npos &&
          rest.front() != '.')
        return std::string(entries_.path(i));
    }
    return {};
  }
  bool in_some_representation(const std::string& folder) const {
    const auto names = representations();
    return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
      return has("representations/" + name + '/' + folder);
    });
  }
  void should(const char* id, const std::string& path) {
    if (!has(path)) fault(id, path, say("member.absent", {{"path", path}}));
  }

  void structure(const MetsFacts& root) {
    if (source_.archive() && (source_.root_name().empty() || entries_.roots() > 1))
      fault("CSIPSTR1", "", say("root.one"));
    if (!entries_.has_file("METS.xml"))
      fault("CSIPSTR4", "METS.xml", say("member.absent", {{"path", "METS.xml"}}));
    std::string folder = root.root.objid;
    std::replace(folder.begin(), folder.end(), ':', '_');
    if (!folder.empty() && !source_.root_name().empty() && source_.root_name() != folder &&
        source_.root_name() != root.root.objid)
      fault("CSIPSTR2", "",
            say("root.name", {{"name", shown(source_.root_name())}, {"folder", shown(folder)}}));
    should("CSIPSTR5", "metadata");
    should("CSIPSTR6", "metadata/preservation");
    should("CSIPSTR7", "metadata/descriptive");
    if (const std::string loose = loose_file("metadata/"); !loose.empty())
      fault("CSIPSTR8", loose, say("loose"));
    should("CSIPSTR9", "representations");
    if (!in_some_representation("schemas")) should("CSIPSTR15", "schemas");
    if (!in_some_representation("documentation")) should("CSIPSTR16", "documentation");
    structure_of_representations();
  }

  void structure_of_representations() {
    const auto names = representations();
    if (has("representations") && names.empty())
      fault("CSIPSTR10", "representations", say("representation.none"));
    if (const std::string loose = loose_file("representations/"); !loose.empty())
      fault("CSIPSTR10", loose, say("loose"));
    for (const std::string& name : names) {
      should("CSIPSTR11", "representations/" + name + "/data");
      if (const std::string mets = "representations/" + name + "/METS.xml"; !entries_.has_file(mets))
        fault("CSIPSTR12", mets, say("member.absent", {{"path", mets}}));
      should("CSIPSTR13", "representations/" + name + "/metadata");
    }
  }

  // What a METS has: amdSec, fileSec.
  struct Described {
    bool administered = false, has_files = false;
  };
  // The METS that should list a file, and the path seen from there.
  struct Home {
    Described described;
    std::string_view rest;
    bool own;  // of the representation it lies in
  };
  Home home_of(std::string_view path) const {
    const std::size_t slash = path.find('/', 16);
    const std::string own = path.starts_with("representations/") && slash != std::string_view::npos
                                ? std::string(path.substr(0, slash + 1))
                                : "";
    const auto described = described_.find(own);
    const bool found = described != described_.end();
    return {(found ? described : described_.begin())->second, path.substr(own.size()), found && !own.empty()};
  }

  // Which rule a file that no METS lists breaks: that of its kind of metadata or group, else that of the file
  // section; nullptr: of none, as outside the folders of CSIP.
  const char* orphan_rule(std::string_view path) const {
    const Home home = home_of(path);
    if (path[path.rfind('/') + 1] == '.') return nullptr;
    if (home.rest.starts_with("metadata/descriptive/")) return "CSIP17";
    if (home.rest.starts_with("metadata/preservation/"))
      return home.described.administered ? "CSIP32" : "CSIP31";
    // Groups are asked of a file section that is there.
    const bool files = home.described.has_files;
    if (home.rest.starts_with("documentation/")) return files ? "CSIP60" : "CSIP58";
    if (home.rest.starts_with("schemas/")) return files ? "CSIP113" : "CSIP58";
    return path.starts_with("representations/") ? "CSIP58" : nullptr;
  }

  void orphans() {
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      const std::string path(entries_.path(i));
      if (entries_[i].kind != EntryKind::file || path == "METS.xml" || path.starts_with("../")) continue;
      if (listed_[i] != 0) {
        in_other_group(path, listed_[i]);
        continue;
      }
      const char* id = orphan_rule(path);
      report_.add(id == nullptr ? Level::warning : level_in(claim_.version, id).value_or(Level::warning),
                  id == nullptr ? "CSIP-METS-orphan" : id, {path}, say("orphan"), say("orphan.hint"),
                  std::string("E-ARK CSIP ") + text_of(claim_.version));
    }
  }

  // Listed, but not among its kind (CSIP60, CSIP113, CSIP114).
  void in_other_group(const std::string& path, char listed) {
    const Home home = home_of(path);
    const std::string_view rest = home.rest;
    if (rest.starts_with("documentation/") && (listed & listed_as_documentation) == 0)
      fault("CSIP60", path, say("group.other", {{"use", "Documentation"}}));
    if (rest.starts_with("schemas/") && (listed & listed_as_schema) == 0)
      fault("CSIP113", path, say("group.other", {{"use", "Schemas"}}));
    // Of a representation that has no METS of its own.
    if (has_representations_ && !home.own && rest.size() < path.size() &&
        (listed & listed_as_representation) == 0 && !rest.starts_with("metadata/") &&
        !rest.starts_with("documentation/") && !rest.starts_with("schemas/"))
      fault("CSIP114", path, say("group.other", {{"use", "Representations"}}));
  }

  static bool is_metadata(std::string_view path) {
    const bool inside = path.starts_with("metadata/") || (path.starts_with("representations/") &&
                                                          path.find("/metadata/") != std::string_view::npos);
    return inside && path.ends_with(".xml");
  }

  // From several threads. What the metadata say is not judged, only that they can be read without harm:
  // declared entities may unfold to gigabytes elsewhere. A DTD alone is what EAD 2002 has.
  void read_metadata(std::uint32_t entry, ByteStream& stream) {
    Beginning beginning(stream);
    Deaf deaf;
    const XmlOutcome outcome = read_xml(beginning, deaf);
    const Report::Place at{std::string(entries_.path(entry)), outcome.line};
    if (outcome.doctype)
      report_.add(beginning.may_have_entities() ? Level::error : Level::warning, "VTLT-XML-DTD", at,
                  say("xml.doctype"), say("xml.doctype.hint"));
    else if (!outcome.well_formed)
      report_.add(outcome.limit ? Level::error : Level::warning, "VTLT-XML-FORM", at, broken_xml(outcome),
                  say("repack.hint"));
  }

  PackageSource& source_;
  const EntryTable& entries_;
  Report& report_;
  Progress& progress_;
  Verdict& verdict_;
  Schemas schemas_;
  std::size_t ids_in_memory_;
  std::vector<char> listed_;
  FixityPlan plan_;
  EarkClaim claim_;
  bool has_representations_ = false;            // a group of them in the root's METS
  std::map<std::string, Described> described_;  // by folder of a METS
};

}  // namespace

void check_csip(Files& files, PackageSource& source, const CheckOptions& options, Report& report,
                Progress& progress, Verdict& verdict) {
  CsipCheck(files, source, options, report, progress, verdict).run();
}

}  // namespace vtlt::package
