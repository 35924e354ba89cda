#include "package/parts.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/buffer.h"
#include "base/delegating_files.h"
#include "base/error.h"
#include "records/words.h"
#include "text/text.h"

namespace vtlt::package {
namespace {

constexpr const char* suffix = ".parts";
constexpr const char* sums_name = "SHA256SUMS";
constexpr std::size_t block_size = 1u << 20;

std::string part_name(const std::string& zip, std::size_t number) {
  return fmt::format("{}.{:03}", zip, number);
}

// Several files that are read as one.
class JoinedFile final : public File {
 public:
  JoinedFile(Files& files, const std::vector<Path>& parts) {
    for (const auto& path : parts) {
      files_.push_back(files.open(path, OpenMode::read, false));
      stat_ = files_.back()->stat();
      begins_.push_back(size_);
      size_ += stat_.size;
    }
    stat_.size = size_;
  }
  std::size_t read_at(std::uint64_t offset, std::span<std::byte> out) override {
    std::size_t done = 0;
    while (done < out.size() && offset < size_) {
      const auto after = std::upper_bound(begins_.begin(), begins_.end(), offset);
      const auto at = static_cast<std::size_t>(after - begins_.begin()) - 1;
      const std::uint64_t end = at + 1 < begins_.size() ? begins_[at + 1] : size_;
      const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(out.size() - done, end - offset));
      const std::size_t got = files_[at]->read_at(offset - begins_[at], out.subspan(done, wanted));
      if (got == 0) break;
      done += got;
      offset += got;
    }
    return done;
  }
  void write_at(std::uint64_t, Bytes) override { bug("joined parts", __FILE__, __LINE__); }
  void append(Bytes) override { bug("joined parts", __FILE__, __LINE__); }
  void truncate(std::uint64_t) override { bug("joined parts", __FILE__, __LINE__); }
  FileStat stat() override { return stat_; }
  void sync(SyncPoint) override {}

 private:
  std::vector<std::unique_ptr<File>> files_;
  std::vector<std::uint64_t> begins_;
  std::uint64_t size_ = 0;
  FileStat stat_{};
};

class JoinedFiles final : public DelegatingFiles {
 public:
  JoinedFiles(Files& files, Parts parts) : DelegatingFiles(files), parts_(std::move(parts)) {}
  std::unique_ptr<File> open(const Path& path, OpenMode mode, bool follow) override {
    if (path != parts_.whole) return inner_.open(path, mode, follow);
    VTLT_ASSERT(mode == OpenMode::read);
    return std::make_unique<JoinedFile>(inner_, parts_.files);
  }
  std::optional<FileStat> stat(const Path& path, bool follow) override {
    if (path != parts_.whole) return inner_.stat(path, follow);
    return JoinedFile(inner_, parts_.files).stat();
  }

 private:
  Parts parts_;
};

// "…/X.zip.parts" → "X.zip"; "" when it is not called so.
std::string zip_of(const Path& folder) {
  std::string name = folder.filename().string();
  if (name.empty()) name = folder.parent_path().filename().string();  // a slash at the end
  if (!name.ends_with(std::string(".zip") + suffix)) return {};
  return name.substr(0, name.size() - std::string_view(suffix).size());
}

// "X.zip.003" → "X.zip"; "" when it is not called so.
std::string zip_of_part(const std::string& name) {
  const std::size_t dot = name.rfind('.');
  if (dot == std::string::npos || name.size() - dot < 4 ||
      name.find_first_not_of("0123456789", dot + 1) != std::string::npos)
    return {};
  std::string zip = name.substr(0, dot);
  return zip.size() > 4 && zip.ends_with(".zip") ? zip : std::string();
}

// Parts that were copied into a folder of another name: nothing else is in it that could be a package, and
// they are of one ZIP.
std::string only_zip_in(Files& files, const Path& folder) {
  std::string zip;
  for (const auto& entry : files.list(folder)) {
    if (entry.name == sums_name) continue;
    const std::string one = entry.kind == FileKind::file ? zip_of_part(entry.name) : std::string();
    if (one.empty() || (!zip.empty() && one != zip)) return {};
    zip = one;
  }
  return zip;
}

// As sha256sum writes and reads them; none where the list is not of these parts, one after the other.
std::vector<Digest> sums_of(Files& files, const Path& folder, const std::string& zip) {
  const auto stat = files.stat(folder / sums_name, false);
  if (!stat || stat->kind != FileKind::file || stat->size > block_size) return {};
  std::vector<Digest> sums;
  std::string text = read_whole(files, folder / sums_name);
  if (text.ends_with('\n')) text.pop_back();
  for (std::string_view line : records::split_at(text, "\n")) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    const std::string name = part_name(zip, sums.size() + 1);
    Digest digest;
    if (line.size() != 66 + name.size() || line.substr(66) != name ||
        !Digest::parse(line.substr(0, 64), digest))
      return {};
    sums.push_back(digest);
  }
  return sums;
}

}  // namespace

Parts split_zip(Files& files, const Path& zip, std::uint64_t size, Progress& progress) {
  VTLT_ASSERT(size != 0);
  const std::string name = zip.filename().string();
  Parts parts;
  parts.folder = parts.whole = zip.parent_path() / (name + suffix);
  const Path unfinished = zip.parent_path() / (".tmp-" + name + suffix);
  remove_tree(files, unfinished);
  files.make_directory(unfinished);
  try {
    const auto source = files.open(zip, OpenMode::read);
    const std::uint64_t total = source->stat().size;
    progress.start(Message("package.parts.progress", {{"name", name}}), 1, total);
    Buffer buffer(block_size);
    std::string sums;
    std::size_t number = 0;
    for (std::uint64_t offset = 0; offset < total;) {
      const std::string part = part_name(name, ++number);
      const auto file = files.open(unfinished / part, OpenMode::create_new);
      Hasher hasher;
      for (std::uint64_t end = std::min(total, offset + size); offset < end;) {
        check_interrupted();
        const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), end - offset));
        const std::size_t got = source->read_at(offset, std::span(buffer).first(wanted));
        if (got == 0)
          throw Error(Exit::no_verdict, "VTLT-PARTS-01", Message("package.parts.short", {{"name", name}}))
              .at(zip.string());
        const Bytes data = Bytes(buffer).first(got);
        hasher.update(data);
        file->append(data);
        offset += got;
        progress.advance(0, got);
      }
      sums += hasher.finish().hex() + "  " + part + "\n";
      parts.files.push_back(parts.folder / part);
    }
    files.open(unfinished / sums_name, OpenMode::create_new)->append(as_bytes(sums));
    files.sync_filesystem(unfinished, SyncPoint::package_contents);
    remove_tree(files, parts.folder);  // of the same ZIP, made before
    files.rename(unfinished, parts.folder);
    files.sync_directory(zip.parent_path(), SyncPoint::package_name);
  } catch (...) {
    try {
      remove_tree(files, unfinished);
    } catch (const Error&) {  // the error that brought us here is the one to be told
    }
    throw;
  }
  files.remove_file(zip);
  progress.finish();
  return parts;
}

std::optional<Parts> parts_at(Files& files, const Path& path) {
  Path folder = path;
  std::string zip = zip_of_part(path.filename().string());
  if (!zip.empty()) {
    folder = path.parent_path();
    const auto part = files.stat(path), first = files.stat(folder / part_name(zip, 1));
    if (!part || part->kind != FileKind::file || !first || first->kind != FileKind::file) return std::nullopt;
  } else {
    const auto stat = files.stat(folder);
    if (!stat || stat->kind != FileKind::directory) return std::nullopt;
    zip = zip_of(folder);
    if (zip.empty()) zip = only_zip_in(files, folder);
    if (zip.empty()) return std::nullopt;
  }
  Parts parts{folder, zip_of(folder) == zip ? folder : folder / zip, {}, {}};
  parts.listed = files.stat(folder / sums_name, false).has_value();
  std::size_t there = 0;
  for (const auto& entry : files.list(folder))
    if (entry.name.starts_with(zip + ".") && entry.kind == FileKind::file) ++there;
  if (there == 0) return std::nullopt;
  const std::vector<Digest> sums = sums_of(files, folder, zip);
  if (sums.size() == there) parts.sums = sums;
  for (std::size_t number = 1; number <= std::max(there, sums.size()); ++number) {
    const std::string name = part_name(zip, number);
    const auto part = files.stat(folder / name, false);
    if (!part || part->kind != FileKind::file)
      throw Error(Exit::no_verdict, "VTLT-PARTS-01",
                  Message("package.parts.missing", {{"name", text::printable(name)}}),
                  Message("package.parts.missing.hint"))
          .at(folder.string());
    parts.files.push_back(folder / name);
  }
  return parts;
}

std::vector<Path> damaged_parts(Files& files, const Parts& parts) {
  std::vector<Path> damaged;
  Buffer buffer(block_size);
  for (std::size_t i = 0; i < parts.sums.size(); ++i) {
    const auto file = files.open(parts.files[i], OpenMode::read, false);
    Hasher hasher;
    std::uint64_t offset = 0;
    while (const std::size_t got = file->read_at(offset, buffer)) {
      check_interrupted();
      hasher.update(Bytes(buffer).first(got));
      offset += got;
    }
    if (hasher.finish() != parts.sums[i]) damaged.push_back(parts.files[i]);
  }
  return damaged;
}

std::unique_ptr<Files> joined(Files& files, const Parts& parts) {
  return std::make_unique<JoinedFiles>(files, parts);
}

}  // namespace vtlt::package
