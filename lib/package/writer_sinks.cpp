#include "package/writer_sinks.h"

#include <algorithm>

namespace vtlt::package::writing {

Error already_there(const Path& target) {
  return Error(Exit::refused, "VTLT-PACKAGE-01",
               Message("package.write.exists", {{"name", target.filename().string()}}),
               Message("package.write.exists.hint"))
      .at(target.string());
}

bool same_bytes(Files& files, const Path& one, const Path& two) {
  const auto a = files.open(one, OpenMode::read, false), b = files.open(two, OpenMode::read, false);
  if (a->stat().size != b->stat().size) return false;
  Buffer left(1u << 18), right(1u << 18);
  for (std::uint64_t offset = 0;;) {
    const std::size_t count = a->read_at(offset, left);
    if (b->read_at(offset, right) != count ||
        !std::equal(left.begin(), left.begin() + static_cast<std::ptrdiff_t>(count), right.begin()))
      return false;
    if (count == 0) return true;
    offset += count;
  }
}

FolderSink::FolderSink(Files& files, Path root) : files_(files), root_(std::move(root)) {
  files_.make_directory(root_);
}

void FolderSink::make_parents(const std::string& path) {
  for (std::size_t slash = path.find('/'); slash != std::string::npos; slash = path.find('/', slash + 1)) {
    const std::string parent = path.substr(0, slash);
    if (made_.insert(parent).second) files_.make_directory(root_ / parent);
  }
}

void FolderSink::begin(const std::string& path, std::uint64_t) {
  make_parents(path);
  file_ = files_.open(root_ / path, OpenMode::create_new);
}

void CompareSink::begin(const std::string& path, std::uint64_t size) {
  const auto stat = files_.stat(root_ / path, false);
  if (!stat || stat->kind != FileKind::file || stat->size != size) throw already_there(root_);
  file_ = files_.open(root_ / path, OpenMode::read, false);
  offset_ = 0;
  size_ = size;
  ++files_seen_;
}

void CompareSink::write(Bytes data) {
  buffer_.resize(data.size());
  if (file_->read_at(offset_, buffer_) != data.size() ||
      !std::equal(data.begin(), data.end(), buffer_.begin()))
    throw already_there(root_);
  offset_ += data.size();
}

void CompareSink::end() {
  if (offset_ != size_) throw already_there(root_);
  file_.reset();
}

std::uint64_t CompareSink::count(const Path& directory) {
  std::uint64_t found = 0;
  for (const auto& entry : files_.list(directory))
    found += entry.kind == FileKind::directory ? count(directory / entry.name) : 1;
  return found;
}

void CompareSink::require_nothing_else() {
  if (count(root_) != files_seen_) throw already_there(root_);
}

}  // namespace vtlt::package::writing
