#include "objects/objects.h"

#include <algorithm>
#include <set>

#include "base/buffer.h"
#include "base/encoding.h"
#include "base/error.h"

namespace vtlt::objects {

Store::Store(Files& files, Path root) : files_(files), root_(std::move(root)) {}

void Store::make_layout() const {
  files_.make_directory(root_);
  for (unsigned i = 0; i < 256; ++i) {
    const unsigned char byte = static_cast<unsigned char>(i);
    files_.make_directory(root_ / hex({&byte, 1}));
  }
}

Path Store::path_of(const Digest& digest) const {
  const std::string name = digest.hex();
  return root_ / name.substr(0, 2) / name;
}

bool Store::has(const Digest& digest) const {
  const auto stat = files_.stat(path_of(digest), false);
  return stat && stat->kind == FileKind::file;
}

Path staged_path(const Path& staging, const Staged& staged) { return staging / std::to_string(staged.ordinal); }

Staged Store::stage(const Path& source, const Path& staging, std::size_t ordinal,
                    const std::function<void(Bytes)>& whole) const {
  const auto kind = files_.stat(source);
  if (!kind) throw Error(Exit::usage, "VTLT-OBJECT-04", Message("objects.absent", {{"path", source.string()}})).at(source.string());
  if (kind->kind != FileKind::file)
    throw Error(Exit::usage, "VTLT-OBJECT-03", Message("objects.not_a_file", {{"path", source.string()}}))
        .at(source.string());
  const auto in = files_.open(source, OpenMode::read);
  const FileStat before = in->stat();
  Staged staged;
  staged.ordinal = ordinal;
  staged.modified_ms = before.modified_ms;
  const auto out = files_.open(staged_path(staging, staged), OpenMode::create_new);
  Buffer buffer(std::min<std::uint64_t>(4u << 20, before.size + 1));
  Hasher hasher;
  while (const std::size_t got = in->read_at(staged.size, buffer)) {
    check_interrupted();
    const Bytes piece(buffer.data(), got);
    hasher.update(piece);
    out->write_at(staged.size, piece);
    staged.size += got;
  }
  staged.digest = hasher.finish();
  if (whole && staged.size < buffer.size()) whole(Bytes(buffer.data(), staged.size));
  const FileStat after = in->stat();
  if (after.size != before.size || after.modified_ms != before.modified_ms || after.size != staged.size)
    throw Error(Exit::no_verdict, "VTLT-OBJECT-01", Message("objects.changed", {{"path", source.string()}}),
                Message("objects.changed.hint"))
        .at(source.string());
  return staged;
}

void Store::sync_staged(const std::vector<Staged>& staged, const Path& staging) const {
  if (staged.size() == 1) {
    files_.open(staged_path(staging, staged.front()), OpenMode::read_write)->sync(SyncPoint::staged_contents);
  } else if (!staged.empty()) {
    files_.sync_filesystem(staging, SyncPoint::staged_contents);
  }
}

void Store::put(const std::vector<Staged>& staged, const Path& staging) const {
  std::vector<Digest> placed;
  for (const auto& item : staged) {
    const Path target = path_of(item.digest);
    // In a repository from elsewhere the directory may be a link that leads out.
    const auto directory = files_.stat(target.parent_path(), false);
    if (!directory || directory->kind != FileKind::directory)
      throw Error(Exit::no_verdict, "VTLT-OBJECT-09", Message("objects.directory", {{"path", target.parent_path().string()}}))
          .at(target.parent_path().string());
    const auto present = files_.stat(target, false);
    if (present && present->size == item.size && present->kind == FileKind::file) {
      files_.remove_file(staged_path(staging, item));
      // It may stand there from a command that died before its directory was synced.
      placed.push_back(item.digest);
      continue;
    }
    files_.rename(staged_path(staging, item), target);
    placed.push_back(item.digest);
  }
  sync_directories(placed);
}

void Store::remove(const Digest& digest) const {
  if (files_.stat(path_of(digest), false)) files_.remove_file(path_of(digest));
}

void Store::sync_directories(const std::vector<Digest>& digests) const {
  std::set<unsigned char> directories;
  for (const auto& digest : digests) directories.insert(digest.bytes[0]);
  // Beyond a few directories one syncfs is cheaper than a row of fsyncs.
  if (directories.size() > 4) {
    files_.sync_filesystem(root_, SyncPoint::object_directories);
    return;
  }
  for (const unsigned char byte : directories)
    files_.sync_directory(root_ / hex({&byte, 1}), SyncPoint::object_directories);
}

void Store::list(const std::function<void(const Digest&, std::uint64_t)>& each,
                 const std::function<void(const Path&)>& strange) const {
  for (const auto& directory : files_.list(root_)) {
    unsigned char first = 0;
    if (directory.kind != FileKind::directory || !from_hex(directory.name, {&first, 1})) {
      strange(root_ / directory.name);
      continue;
    }
    const Path folder = root_ / directory.name;
    const auto held = files_.open_directory(folder);
    for (const auto& entry : files_.list(folder)) {
      Digest digest;
      if (entry.kind != FileKind::file || !Digest::parse(entry.name, digest) || digest.hex() != entry.name ||
          digest.bytes[0] != first) {
        strange(folder / entry.name);
        continue;
      }
      const auto stat = held->stat(entry.name);
      if (stat) each(digest, stat->size);
    }
  }
}

}  // namespace vtlt::objects
