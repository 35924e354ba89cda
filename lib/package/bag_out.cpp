#include "package/bag_out.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/clock.h"
#include "package/ead.h"
#include "text/text.h"

namespace vtlt::package::writing {
namespace {

// One line of bag-info.txt whatever the value holds: a line break would begin another label.
std::string line(const char* label, std::string value) {
  value = text::nfc(xml_text(value));
  for (char& letter : value)
    if (letter == '\n' || letter == '\r' || letter == '\t') letter = ' ';
  return value.empty() ? "" : fmt::format("{}: {}\n", label, value);
}

std::string human_size(std::uint64_t bytes) {
  constexpr std::uint64_t kilo = 1000;
  if (bytes < kilo) return fmt::format("{} B", bytes);
  if (bytes < kilo * kilo) return fmt::format("{:.1f} KB", static_cast<double>(bytes) / 1e3);
  if (bytes < kilo * kilo * kilo) return fmt::format("{:.1f} MB", static_cast<double>(bytes) / 1e6);
  return fmt::format("{:.1f} GB", static_cast<double>(bytes) / 1e9);
}

}  // namespace

Stamp write_manifest(const Plan& plan, const Names& names, const BagParts& parts, Output output) {
  std::vector<std::pair<std::string, std::string>> contents, descriptions;  // path, digest
  std::size_t number = 0;
  for (const auto& document : plan.documents) {
    for (std::size_t i = 0; i < document.contents.size(); ++i) {
      Digest digest;
      const std::string& recorded = document.contents[i].component.sha256;
      contents.emplace_back(names.content(document, i),
                            Digest::parse(recorded, digest) ? digest.hex() : recorded);
    }
    descriptions.emplace_back(names.metadata(document), (*parts.documents)[number++].digest.hex());
  }
  std::sort(contents.begin(), contents.end());
  std::sort(descriptions.begin(), descriptions.end());
  Hasher hasher;
  Stamp stamp;
  std::string block;
  const auto flush = [&] {
    hasher.update(std::string_view(block));
    stamp.size += block.size();
    output(as_bytes(block));
    block.clear();
  };
  const auto put = [&](const std::string& digest, std::string_view folder, const std::string& name) {
    block += fmt::format("{}  {}{}\n", digest, folder, name);
    if (block.size() > 64u << 10) flush();
  };
  for (const auto& [path, digest] : contents)
    put(digest, "data/content/", path);
  for (std::size_t i = 0; i < plan.documentation.size(); ++i)
    put((*parts.documentation)[i].digest.hex(), "data/documentation/", plan.documentation[i].name);
  put(parts.record.digest.hex(), "data/metadata/", "EAD.xml");
  for (const auto& [path, digest] : descriptions)
    put(digest, "data/metadata/", path);
  flush();
  stamp.digest = hasher.finish();
  return stamp;
}

std::string bag_info(const Plan& plan, const Names& names, const BagParts& parts) {
  std::uint64_t bytes = parts.content_bytes + parts.record.size, files = 1 + parts.documents->size();
  for (const auto& one : *parts.documents)
    bytes += one.size;
  for (std::size_t i = 0; i < plan.documents.size(); ++i)
    files += plan.documents.contents(i).size();
  for (const auto& one : *parts.documentation)
    bytes += one.size;
  files += parts.documentation->size();
  std::string text = line("Source-Organization", plan.agency);
  text += line("External-Description", title_of(plan));
  text += line("Bagging-Date", to_date(plan.time));
  text += line("External-Identifier", package_file_code(plan));
  text += line("Bag-Size", human_size(bytes));
  text += fmt::format("Payload-Oxum: {}.{}\n", bytes, files);
  text += line("Bag-Group-Identifier", plan.registration);
  text += line("Internal-Sender-Identifier", names.objid());
  text += line("Bag-Software-Agent", plan.software_version.starts_with(plan.software)
                                         ? plan.software_version
                                         : plan.software + " " + plan.software_version);
  return text;
}

std::string tag_manifest(std::string_view info, const Stamp& manifest) {
  return fmt::format("{}  bag-info.txt\n{}  bagit.txt\n{}  manifest-sha256.txt\n", sha256(info).hex(),
                     sha256(bag_declaration).hex(), manifest.digest.hex());
}

}  // namespace vtlt::package::writing
