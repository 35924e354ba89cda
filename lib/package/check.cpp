#include "base/threads.h"
#include "package/check_kinds.h"
#include "package/check_profile.h"
#include "package/eark_requirements.h"
#include "package/parts.h"
#include "package/reader.h"
#include "text/text.h"

namespace vtlt::package {
namespace {

bool starts_folded(std::string_view text, std::string_view start) {
  if (text.size() < start.size()) return false;
  for (std::size_t i = 0; i < start.size(); ++i) {
    const char c = text[i] >= 'A' && text[i] <= 'Z' ? static_cast<char>(text[i] + 32) : text[i];
    if (c != start[i]) return false;
  }
  return true;
}

}  // namespace

bool is_repository(Files& files, const Path& path) {
  const auto folder = [&](const char* name) {
    const auto stat = files.stat(path / name, false);
    return stat && stat->kind == FileKind::directory;
  };
  return folder(".vtlt") && folder(".vtlt/journal");
}

namespace {

constexpr const char* ead_of_file = "metadata/descriptive/EAD.xml";

// EAD files of documents, or their schema: only TT05 has such.
bool has_documents(const EntryTable& entries) {
  const auto [first, last] = entries.below("representations/");
  for (std::size_t i = first; i < last; ++i) {
    const std::string_view path = entries.path(i), folder = "/metadata/descriptive/";
    const std::size_t at = path.find(folder);
    if (at == std::string_view::npos) continue;
    const std::string_view name = path.substr(at + folder.size());
    if (starts_folded(name, "ead_doc_") || starts_folded(name, "ead_pic_") ||
        starts_folded(name, "ead_media_"))
      return true;
  }
  const auto [schema_first, schema_last] = entries.below("schemas/");
  for (std::size_t i = schema_first; i < schema_last; ++i)
    if (starts_folded(entries.path(i).substr(8), "ead_doc.xsd")) return true;
  return false;
}

class FirstElement final : public XmlHandler {
 public:
  void start(std::string_view, std::string_view name, const XmlAttributes& attributes, long) override {
    if (!name_.empty()) return;
    name_ = name;
    profile_ = attributes.get("PROFILE");
  }
  const std::string& name() const { return name_; }
  const std::string& profile() const { return profile_; }

 private:
  std::string name_, profile_;
};

struct Beginning {
  std::string root;     // local name of it or of its DTD, "" where none is seen soon
  std::string profile;  // of a METS
};
Beginning beginning_of(ByteStream& stream) {
  std::vector<std::byte> start(std::size_t{1} << 16);
  std::size_t held = 0;
  while (const std::size_t got = stream.read(std::span(start).subspan(held)))
    held += got;
  MemoryStream bytes(std::span<const std::byte>(start).first(held));
  FirstElement first;
  const XmlOutcome outcome = read_xml(bytes, first);  // which breaks off
  return {outcome.doctype ? outcome.name : first.name(), first.profile()};
}

// E-ARK packages too may have a description of this name.
bool is_circulars(PackageSource& source) {
  try {
    const std::string root = beginning_of(*source.open(*source.entries().find(ead_of_file))).root;
    if (!root.empty()) return root == "simpledc";
    // No description at all: then by the profile, which the circular names without its version.
    const std::string profile = beginning_of(*source.open(*source.entries().find("METS.xml"))).profile;
    return profile.find("-v2") == std::string::npos;
  } catch (const Error& error) {
    if (error.exit() == Exit::interrupted) throw;
    return true;  // told when it is read
  }
}

}  // namespace

Found recognise(PackageSource& source) {
  const EntryTable& entries = source.entries();
  if (entries.find(".vtlt/journal") ||
      entries.below(".vtlt/journal/").first != entries.below(".vtlt/journal/").second)
    return Found::repository;
  if (entries.has_file("bagit.txt")) return Found::bagit;
  const bool mets = entries.has_file("METS.xml");
  // A TT05 package is known by its EAD files, also when a part of it is missing.
  if (has_documents(entries) ||
      (entries.has_file(ead_of_file) && (!mets || source.damaged() || is_circulars(source))))
    return Found::tt05;
  const auto folder = [&](const char* name) {
    const auto [begin, end] = entries.below(std::string(name) + '/');
    return begin != end || entries.find(name).has_value();
  };
  // Also without its METS.xml, or with one of another name.
  bool named = mets;
  for (const char* name : {"mets.xml", "Mets.xml", "METS.XML"})
    named = named || entries.has_file(name);
  if (named || (folder("representations") && folder("metadata"))) return Found::eark;
  // A bag that lost its declaration.
  for (const auto& prefix : {"manifest-", "tagmanifest-"})
    if (const auto [begin, end] = entries.below(prefix); begin != end) return Found::bagit;
  for (const char* name : {"representations", "metadata", "documentation", "schemas"})
    if (folder(name)) return Found::eark;
  return Found::not_a_package;
}

namespace {

// Several packages, or one a folder deeper than was said.
void parent_of_packages(const EntryTable& entries, Report& report) {
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const std::string_view path = entries.path(i);
    const std::size_t slash = path.find('/');
    if (slash == std::string_view::npos || path.substr(slash + 1) != "METS.xml") continue;
    report.add(*level_in(EarkVersion::v2_2_0, "CSIPSTR1"), "CSIPSTR1", {std::string(path)},
               say("root.deeper"), say("notpackage.hint"), "E-ARK CSIP");
    return;
  }
}

}  // namespace

bool Verdict::passed() const {
  if (!complete || kind == Found::not_a_package) return false;
  for (const Finding& finding : findings)
    if (finding.level == Level::error) return false;
  return true;
}

namespace {

// "E-ARK CSIP 2.2.0" → "csip-2.2", "BagIt 1.0" → "bagit-1.0"
std::string spec_of(const std::string& format) {
  const std::size_t space = format.rfind(' ');
  const std::string version = space == std::string::npos ? "" : format.substr(space + 1);
  if (format.starts_with("BagIt")) return "bagit-" + version;
  return "csip-" + version.substr(0, version.find('.', version.find('.') + 1));
}

// What unpacks to an archive, perhaps: gzip, xz, bzip2, zstd.
bool is_compressed(Files& files, const Path& path) {
  std::array<std::byte, 6> head{};
  const std::size_t got = files.open(path, OpenMode::read)->read_at(0, head);
  const std::string_view start(reinterpret_cast<const char*>(head.data()), got);
  return start.starts_with("\x1F\x8B") ||
         start.starts_with(
             "\xFD"
             "7zXZ") ||
         start.starts_with("BZh") || start.starts_with("\x28\xB5\x2F\xFD");
}

}  // namespace

Verdict check(Files& files, const Path& path, const CheckOptions& options, Progress& progress) {
  if (const auto parts = parts_at(files, path)) {
    const auto whole = joined(files, *parts);
    Verdict verdict = check(*whole, parts->whole, options, progress);
    Report report(text::printable(path.string()));
    if (parts->listed && parts->sums.empty())
      report.add(Level::warning, "VTLT-PARTS-02", {"SHA256SUMS"}, say("part.list"), {}, "");
    if (!verdict.passed())
      for (const Path& part : damaged_parts(files, *parts))
        report.add(Level::error, "VTLT-PARTS-02", {part.filename().string()}, say("part.damaged"),
                   say("archive.hint"), "");
    for (Finding& finding : report.take(options.strict))
      verdict.findings.push_back(std::move(finding));
    return verdict;
  }
  Verdict verdict;
  Report report(text::printable(path.string()));
  const auto source = open_source(files, path, report);
  verdict.kind = source ? recognise(*source) : Found::not_a_package;
  if (source && !source->damaged()) {
    Aside names([&, rules = NameRules{verdict.kind == Found::bagit, source->archive()}] {
      check_names(source->entries(), rules, report);
    });
    std::optional<ProfileCheck> profile;
    if (options.profile != nullptr) {
      profile.emplace(*options.profile, report);
      profile->names(path, *source);
      profile->entries(source->entries(), source->root_name());
      if (verdict.kind == Found::tt05) profile->spec("tt05");
    }
    switch (verdict.kind) {
      case Found::tt05:
        check_tt05(files, *source, options, report, progress, verdict);
        break;
      case Found::eark:
        check_csip(files, *source, options, report, progress, verdict);
        break;
      case Found::bagit:
        check_bag(*source, report, progress, verdict);
        break;
      case Found::not_a_package:
      case Found::repository:
        break;
    }
    if (profile && (verdict.kind == Found::eark || verdict.kind == Found::bagit)) {
      profile->spec(spec_of(verdict.format));
      profile->foreign(spec_of(verdict.format), source->entries());
    }
    names.finish();
  }
  if (source && verdict.kind == Found::not_a_package) parent_of_packages(source->entries(), report);
  if (verdict.kind == Found::not_a_package)
    report.add(Level::error, "VTLT-FOUND-01", {},
               !source && is_compressed(files, path) ? say("compressed") : say("notpackage"),
               say("notpackage.hint"));
  else if (verdict.kind == Found::repository)
    report.add(Level::error, "VTLT-FOUND-02", {}, say("repository"), say("repository.hint"));
  verdict.complete = report.complete();
  verdict.findings = report.take(options.strict);
  return verdict;
}

}  // namespace vtlt::package
