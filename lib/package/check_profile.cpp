#include "package/check_profile.h"

#include <algorithm>

#include "records/formats.h"
#include "text/text.h"

namespace vtlt::package {
namespace {

bool among(const std::vector<std::string>& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

Message ProfileCheck::say_hint() {
  return Message("profile.hint");
}

void ProfileCheck::fault(const char* code, const Report::Place& place, Message what, Message hint,
                         Level level) {
  report_.add(level, std::string("VTLT-PROFILE-") + code, place, std::move(what), std::move(hint),
              profile_.name());
}

void ProfileCheck::names(const Path& path, const PackageSource& source) {
  const auto compare = [&](const text::Pattern& wanted, const std::string& name) {
    if (!wanted.empty() && !wanted.matches(name))
      fault("name", {}, Message("profile.name", {{"name", shown(name)}, {"expected", wanted.text()}}));
  };
  if (source.archive()) compare(profile_.zip_name, path.filename().string());
  compare(profile_.folder_name, source.root_name());
}

void ProfileCheck::spec(const std::string& spec) {
  if (!profile_.specs.empty() && !among(profile_.specs, spec))
    fault("spec", {}, Message("profile.spec", {{"found", spec}, {"allowed", text::joined(profile_.specs)}}));
}

void ProfileCheck::kind(const PackageSort& sort) {
  const char* kinds[][2] = {{"sip-hoso", "sip-tailieu"}, {"aip-hoso", "aip-tailieu"}, {"dip", "dip"}};
  const std::string kind = kinds[static_cast<std::size_t>(sort.kind)][sort.batch ? 1 : 0];
  if (!profile_.packages.empty() && !among(profile_.packages, kind))
    fault("kind", {"METS.xml"},
          Message("profile.kind", {{"found", kind}, {"allowed", text::joined(profile_.packages)}}));
}

void ProfileCheck::foreign(const std::string& spec, const EntryTable& entries) {
  // Who names the specification takes such packages whatever they hold.
  if (!profile_.packages.empty() && !among(profile_.specs, spec))
    fault("kind", {},
          Message("profile.kind", {{"found", spec}, {"allowed", text::joined(profile_.packages)}}));
  std::vector<std::string> open;
  const auto leave = [&](bool asked, const char* key) {
    if (asked) open.emplace_back(key);
  };
  if (spec.starts_with("bagit-"))
    manifests(entries);
  else
    leave(!profile_.digests.empty(), "digests");
  leave(!profile_.maintenance.empty(), "maintenance");
  leave(!profile_.formats.empty(), "formats");
  leave(profile_.pdfa != Profile::PdfA::any, "pdfa");
  leave(profile_.resolution != 0, "resolution");
  leave(!profile_.fields.empty(), "fields");
  leave(profile_.registration || !profile_.registration_form.empty(), "registration");
  if (!open.empty())
    fault("unjudged", {}, Message("profile.unjudged", {{"what", text::joined(open)}}),
          Message("profile.unjudged.hint"), Level::warning);
}

// One payload manifest of an algorithm that the receiver takes.
void ProfileCheck::manifests(const EntryTable& entries) {
  if (profile_.digests.empty()) return;
  std::string found;
  const auto [first, last] = entries.below("manifest-");
  for (std::size_t i = first; i < last; ++i) {
    const std::string_view name = entries.path(i).substr(9);
    if (name.find('/') != std::string_view::npos || !name.ends_with(".txt")) continue;
    const Algorithm algorithm = algorithm_of(name.substr(0, name.size() - 4));
    for (const std::string& wanted : profile_.digests)
      if (algorithm != Algorithm::none && algorithm == algorithm_of(wanted)) return;
    found = entries.path(i);
  }
  fault("digest", {found}, Message("profile.manifest", {{"allowed", text::joined(profile_.digests)}}));
}

void ProfileCheck::entries(const EntryTable& entries, const std::string& root) {
  constexpr std::uint64_t fat_limit = std::uint64_t{4} << 30;
  std::uint64_t total = 0;
  const std::size_t root_length = root.empty() ? 0 : text::length(text::printable(root)) + 1;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const std::string path(entries.path(i));
    const std::size_t length = text::length(text::printable(path)) + root_length;
    if (profile_.longest_path != 0 && length > profile_.longest_path)
      fault("path", {path},
            Message("profile.path", {{"length", static_cast<std::int64_t>(length)},
                                     {"limit", static_cast<std::int64_t>(profile_.longest_path)}}),
            Message("profile.path.hint"));
    if (!profile_.file_system.empty() && !windows_takes(std::string_view(path).substr(path.rfind('/') + 1)))
      fault("medium", {path}, Message("profile.medium.name", {{"system", profile_.file_system}}),
            Message("profile.path.hint"));
    if (entries[i].kind != EntryKind::file) continue;
    const std::uint64_t size = entries[i].size;
    total += std::min(size, ~std::uint64_t{0} - total);
    if (profile_.file_bytes != 0 && size > profile_.file_bytes)
      fault("file-size", {path},
            Message("profile.size.file", {{"found", static_cast<std::int64_t>(size)},
                                          {"limit", static_cast<std::int64_t>(profile_.file_bytes)}}));
    if (profile_.file_system == "fat32" && size >= fat_limit)
      fault("medium", {path}, Message("profile.medium.size", {{"system", profile_.file_system}}));
  }
  if (profile_.package_bytes != 0 && total > profile_.package_bytes)
    fault("package-size", {},
          Message("profile.size.package", {{"found", static_cast<std::int64_t>(total)},
                                           {"limit", static_cast<std::int64_t>(profile_.package_bytes)}}));
}

void ProfileCheck::registration(const MetsFacts& root) {
  if (!root.read || (!profile_.registration && profile_.registration_form.empty())) return;
  const auto agreement =
      std::find_if(root.alternatives.begin(), root.alternatives.end(),
                   [](const auto& one) { return one.type == "SUBMISSIONAGREEMENT" && !one.text.empty(); });
  if (agreement == root.alternatives.end()) {
    if (profile_.registration)
      fault("registration", {"METS.xml", root.header.line}, Message("profile.registration"));
  } else if (!profile_.registration_form.matches(agreement->text)) {
    fault("registration", {"METS.xml", agreement->line},
          Message("profile.registration.form",
                  {{"value", shown(agreement->text)}, {"expected", profile_.registration_form.text()}}));
  }
}

void ProfileCheck::record(EadForm form, const EadRecord& record, const std::string& path) {
  const std::string_view group = form_group(form);
  const auto elements = form_elements(form);
  for (const Profile::Field& field : profile_.fields) {
    if (field.form != group || std::find(elements.begin(), elements.end(), field.name) == elements.end())
      continue;
    const Report::Place place{path, record.line(field.name)};
    const std::string value = record.value(field.name);
    if (value.empty())
      fault("field", place, Message("profile.field", {{"element", field.name}}));
    else if (!field.codes.empty() && !among(field.codes, value))
      fault("field", place,
            Message(
                "profile.field.value",
                {{"element", field.name}, {"value", shown(value)}, {"expected", text::joined(field.codes)}}));
    else if (!field.pattern.matches(value))
      fault("field", place,
            Message("profile.field.value",
                    {{"element", field.name}, {"value", shown(value)}, {"expected", field.pattern.text()}}));
  }
  if (group != "file" && group != "document" && group != "picture" && group != "media") return;
  const std::string term = record.value("maintenance");
  if (!profile_.maintenance.empty() && !term.empty() && !among(profile_.maintenance, term))
    fault("maintenance", {path, record.line("maintenance")},
          Message("profile.maintenance",
                  {{"found", shown(term)}, {"allowed", text::joined(profile_.maintenance)}}),
          say("submission.hint"));
}

void ProfileCheck::digest(const std::string& list, long line, const std::string& type) {
  if (profile_.digests.empty() || type.empty() || among(profile_.digests, type)) return;
  report_.add_once(Level::error, "VTLT-PROFILE-digest", {list, line},
                   Message("profile.digest", {{"found", shown(type)},
                                              {"list", list},
                                              {"line", std::to_string(line)},
                                              {"allowed", text::joined(profile_.digests)}}),
                   say_hint(), profile_.name());
}

void ProfileCheck::format(const std::string& path, const std::string& mime) {
  if (profile_.formats.empty()) return;
  const std::string extension = extension_of(path);
  std::vector<std::string> types, extensions;
  for (const Profile::Format& one : profile_.formats) {
    if (!among(extensions, one.extension)) extensions.push_back(one.extension);
    if (one.extension == extension) types.push_back(one.mime);
  }
  if (types.empty()) {
    // A group that the profile does not speak of is free.
    bool listed = false, asked = false;
    for (const auto& one : records::circular_formats())
      if (one.extension == extension) {
        listed = true;
        asked = asked || among(profile_.format_codes, std::string(one.code));
      }
    if (listed && !asked) return;
    fault("format", {path},
          Message("profile.format", {{"extension", shown(extension)}, {"allowed", text::joined(extensions)}}),
          say("format.hint"));
  } else if (!mime.empty() && !among(types, mime)) {
    fault("format", {path},
          Message("profile.mime",
                  {{"found", shown(mime)}, {"extension", extension}, {"allowed", text::joined(types)}}));
  }
}

void ProfileCheck::pdfa(const std::string& path, const std::string& claim, bool known) {
  if (!known)
    fault("pdfa", {path}, say("content.pdfa.unknown"), say("content.deep.hint"), Level::warning);
  else if (claim.empty())
    fault("pdfa", {path}, Message("profile.pdfa"), say("content.pdfa.hint"));
  else if (!profile_.pdfa_levels.empty() && !among(profile_.pdfa_levels, claim))
    fault("pdfa", {path},
          Message("profile.pdfa.level", {{"found", claim}, {"allowed", text::joined(profile_.pdfa_levels)}}),
          say("content.pdfa.hint"));
}

void ProfileCheck::resolution(const std::string& path, std::uint32_t dpi) {
  if (profile_.resolution == 0) return;
  if (dpi == 0)
    fault("resolution", {path}, say("content.resolution.unknown"), say("content.resolution.hint"),
          Level::warning);
  else if (dpi < profile_.resolution)
    fault("resolution", {path},
          Message("profile.resolution",
                  {{"found", std::int64_t{dpi}}, {"limit", static_cast<std::int64_t>(profile_.resolution)}}),
          say("content.resolution.hint"));
}

}  // namespace vtlt::package
