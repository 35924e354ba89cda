#include "package/check_schemas.h"

#include "text/text.h"

namespace vtlt::package {
namespace {

constexpr std::size_t most_bytes = std::size_t{1} << 20, most_schemas = 64;

std::string read_bounded(ByteStream& stream) {
  std::string bytes;
  std::vector<std::byte> block(1 << 16);
  while (const std::size_t got = stream.read(block)) {
    if (bytes.size() + got > most_bytes) return {};
    bytes.append(reinterpret_cast<const char*>(block.data()), got);
  }
  return bytes;
}

}  // namespace

Schemas::Schemas(Files& files, PackageSource& source, const std::optional<Path>& own, Report& report)
    : report_(report) {
  const EntryTable& entries = source.entries();
  const auto [first, last] = entries.below("schemas/");
  for (std::size_t i = first; i < last && shipped_names_.size() < most_schemas; ++i) {
    const std::string path(entries.path(i)), name = path.substr(8), folded = text::fold(name);
    if (entries[i].kind != EntryKind::file || !folded.ends_with(".xsd") || entries[i].size > most_bytes)
      continue;
    try {
      package_shelf_.put(name, read_bounded(*source.open(static_cast<std::uint32_t>(i))));
      shipped_names_.emplace(folded, name);
    } catch (const Error& error) {
      if (error.exit() == Exit::interrupted) throw;
      unread_names_.insert(folded);  // read again with the rest, and reported there
    }
  }
  if (!own) return;
  for (const DirectoryEntry& entry : files.list(*own)) {
    const std::string folded = text::fold(entry.name);
    if (entry.kind != FileKind::file || !folded.ends_with(".xsd") || own_names_.size() >= most_schemas)
      continue;
    std::string bytes = read_whole(files, *own / entry.name, most_bytes);
    own_names_.emplace(folded, entry.name);
    own_shelf_.put(entry.name, bytes);
    package_shelf_.put(entry.name, std::move(bytes));  // imports that the package does not ship
  }
}

bool Schemas::ships(std::string_view name) const {
  const std::string folded = text::fold(name);
  return shipped_names_.contains(folded) || unread_names_.contains(folded);
}

const XmlSchema* Schemas::compile(const SchemaShelf& shelf, const std::string& name, bool from_package) {
  const std::string key = (from_package ? "p:" : "o:") + name;
  if (const auto found = compiled_.find(key); found != compiled_.end()) return found->second.get();
  std::string why;
  auto schema = shelf.compile(name, why);
  if (!schema)
    report_.add(Level::note, "VTLT-SCHEMA-01", {from_package ? "schemas/" + name : name},
                say("schema.compile", {{"reason", why}}), say("schema.compile.hint"), "");
  return compiled_.emplace(key, std::move(schema)).first->second.get();
}

const XmlSchema* Schemas::find(const std::vector<std::string>& names) {
  for (const std::string& name : names)
    if (const auto found = shipped_names_.find(text::fold(name)); found != shipped_names_.end())
      if (const XmlSchema* schema = compile(package_shelf_, found->second, true)) return schema;
  for (const std::string& name : names)
    if (const auto found = own_names_.find(text::fold(name)); found != own_names_.end())
      if (const XmlSchema* schema = compile(own_shelf_, found->second, false)) return schema;
  return nullptr;
}

}  // namespace vtlt::package
