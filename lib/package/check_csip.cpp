// Plain E-ARK packages: CSIPSTR, the METS of the root and of each representation, every file's fixity.
#include <algorithm>
#include <set>

#include "package/check_kinds.h"
#include "package/check_mets.h"
#include "package/check_schemas.h"

namespace vtlt::package {
namespace {

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
        listed_(source.entries().size(), 0) {}

  void run() {
    const MetsFacts root = read_mets("METS.xml", Scope::root);
    verdict_.objid = shown(root.root.objid);
    verdict_.format = "E-ARK CSIP " + version(root.root.profile);
    structure(root);
    bool representations_read = true;
    for (const std::string& name : representations()) {
      const std::string path = "representations/" + name + "/METS.xml";
      if (entries_.has_file(path))
        representations_read = read_mets(path, Scope::representation).read && representations_read;
    }
    plan_.seal();
    const auto totals = plan_.run(
        source_, true, [](std::uint32_t) { return false; }, [](std::uint32_t, ByteStream&) {}, report_,
        progress_);
    verdict_.files_read = totals.files;
    verdict_.bytes_read = totals.bytes;
    if (root.read && representations_read) orphans();
  }

 private:
  static std::string version(const std::string& profile) {
    for (const auto& [mark, version] : {std::pair{"2-0-4", "2.0.4"}, {"2-1-0", "2.1.0"}, {"2-2-0", "2.2.0"}})
      if (profile.find(mark) != std::string::npos) return version;
    return "2.2.0";
  }

  MetsFacts read_mets(const std::string& path, Scope scope) {
    const auto entry = entries_.find(path);
    if (!entry || entries_[*entry].kind != EntryKind::file) return {};
    try {
      const auto stream = source_.open(*entry);
      return MetsCheck(Flavour::csip, scope, path, source_, plan_, listed_, report_)
          .run(*stream, schemas_.mets());
    } catch (const Error& error) {
      if (error.exit() == Exit::interrupted) throw;
      report_.unread(path, error);
      return {};
    }
  }

  void fault(Level level, const char* code, const std::string& path, Message what) {
    report_.add(level, code, {path}, std::move(what), say("repack.hint"), "E-ARK CSIP");
  }
  bool has(const std::string& folder) const {
    const auto [first, last] = entries_.below(folder + '/');
    return first != last || entries_.find(folder).has_value();
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

  void structure(const MetsFacts& root) {
    if (source_.archive() && source_.root_name().empty())
      fault(Level::error, "CSIPSTR1", "", say("root.one"));
    if (!entries_.has_file("METS.xml"))
      fault(Level::error, "CSIPSTR4", "METS.xml", say("member.absent", {{"path", "METS.xml"}}));
    std::string folder = root.root.objid;
    std::replace(folder.begin(), folder.end(), ':', '_');
    if (!folder.empty() && !source_.root_name().empty() && source_.root_name() != folder &&
        source_.root_name() != root.root.objid)
      fault(Level::warning, "CSIPSTR2", "",
            say("root.name", {{"name", shown(source_.root_name())}, {"folder", shown(folder)}}));
    const auto should = [&](const char* code, const std::string& path) {
      if (!has(path)) fault(Level::warning, code, path, say("member.absent", {{"path", path}}));
    };
    should("CSIPSTR5", "metadata");
    should("CSIPSTR6", "metadata/preservation");
    should("CSIPSTR7", "metadata/descriptive");
    should("CSIPSTR9", "representations");
    should("CSIPSTR15", "schemas");
    should("CSIPSTR16", "documentation");
    const auto names = representations();
    if (has("representations") && names.empty())
      fault(Level::warning, "CSIPSTR10", "representations", say("rep1.absent"));
    for (const std::string& name : names) {
      should("CSIPSTR11", "representations/" + name + "/data");
      should("CSIPSTR12", "representations/" + name + "/METS.xml");
      should("CSIPSTR13", "representations/" + name + "/metadata");
    }
  }

  void orphans() {
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      const std::string path(entries_.path(i));
      if (entries_[i].kind != EntryKind::file || path == "METS.xml" || path.starts_with("../")) continue;
      if (listed_[i] == 0)
        report_.add(Level::warning, "CSIP-METS-orphan", {path}, say("orphan"), say("orphan.hint"),
                    "E-ARK CSIP CSIP58");
    }
  }

  PackageSource& source_;
  const EntryTable& entries_;
  Report& report_;
  Progress& progress_;
  Verdict& verdict_;
  Schemas schemas_;
  std::vector<char> listed_;
  FixityPlan plan_;
};

}  // namespace

void check_csip(Files& files, PackageSource& source, const CheckOptions& options, Report& report,
                Progress& progress, Verdict& verdict) {
  CsipCheck(files, source, options, report, progress, verdict).run();
}

}  // namespace vtlt::package
