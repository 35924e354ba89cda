#include "support/fault_files.h"

#include <string.h>

#include <algorithm>

#include "base/error.h"
#include "base/io_error.h"

namespace vtlt::test {

class FaultFile final : public File {
 public:
  FaultFile(FaultFiles& owner, std::unique_ptr<File> file, Path path)
      : owner_(owner), file_(std::move(file)), path_(std::move(path)), end_(file_->stat().size) {}

  std::size_t read_at(std::uint64_t offset, std::span<std::byte> out) override {
    owner_.pass(Fault::On::read, path_, "read", false, false);
    return file_->read_at(offset, out);
  }
  void write_at(std::uint64_t offset, Bytes data) override {
    if (owner_.strikes(Fault::On::write, path_, true, true)) {
      if (owner_.fault_.number == ENOSPC) file_->write_at(offset, data.first(data.size() / 2));
      owner_.fail(path_, "write");
    }
    file_->write_at(offset, data);
    end_ = std::max(end_, offset + data.size());
  }
  // As in the real layer the end does not move with a failed write: the next append writes over the half.
  void append(Bytes data) override { write_at(end_, data); }
  void truncate(std::uint64_t size) override {
    owner_.pass(Fault::On::truncate, path_, "truncate", true, false);
    file_->truncate(size);
    end_ = size;
  }
  FileStat stat() override {
    owner_.pass(Fault::On::stat, path_, "stat", false, false);
    return file_->stat();
  }
  void sync(SyncPoint point) override {
    owner_.pass(Fault::On::sync, path_, "fsync", true, true);
    file_->sync(point);
  }

 private:
  FaultFiles& owner_;
  std::unique_ptr<File> file_;
  Path path_;
  std::uint64_t end_;
};

void FaultFiles::arm(Fault fault) {
  const std::lock_guard hold(mutex_);
  fault_ = std::move(fault);
  armed_ = true;
  fired_ = false;
  seen_ = 0;
}

void FaultFiles::disarm() {
  const std::lock_guard hold(mutex_);
  armed_ = false;
}

unsigned FaultFiles::seen() const {
  const std::lock_guard hold(mutex_);
  return seen_;
}

bool FaultFiles::fired() const {
  const std::lock_guard hold(mutex_);
  return fired_;
}

bool FaultFiles::strikes(Fault::On on, const Path& path, bool change, bool space) {
  const std::lock_guard hold(mutex_);
  if (fault_.on != on && fault_.on != Fault::On::any && !(fault_.on == Fault::On::change && change))
    return false;
  if (!fault_.path_contains.empty() && path.string().find(fault_.path_contains) == std::string::npos)
    return false;
  if (fault_.number == ENOSPC && !space) return false;
  if (fault_.number == EROFS && !change) return false;
  ++seen_;
  const bool strike = armed_ && (seen_ == fault_.nth || (fault_.lasting && seen_ > fault_.nth));
  fired_ = fired_ || strike;
  return strike;
}

void FaultFiles::pass(Fault::On on, const Path& path, const char* name, bool change, bool space) {
  if (strikes(on, path, change, space)) fail(path, name);
}

void FaultFiles::fail(const Path& path, const char* name) const {
  throw io_error(path, fault_.number, name);
}

std::unique_ptr<File> FaultFiles::open(const Path& path, OpenMode mode, bool follow) {
  const bool makes = (mode == OpenMode::create || mode == OpenMode::create_new) && !inner_.stat(path, false);
  pass(Fault::On::open, path, "open", mode != OpenMode::read, makes);
  return std::make_unique<FaultFile>(*this, inner_.open(path, mode, follow), path);
}
std::optional<FileStat> FaultFiles::stat(const Path& path, bool follow) {
  pass(Fault::On::stat, path, "stat", false, false);
  return inner_.stat(path, follow);
}
std::vector<DirectoryEntry> FaultFiles::list(const Path& directory) {
  pass(Fault::On::list, directory, "list", false, false);
  return inner_.list(directory);
}
void FaultFiles::make_directory(const Path& path) {
  pass(Fault::On::make_directory, path, "mkdir", true, true);
  inner_.make_directory(path);
}
void FaultFiles::rename(const Path& from, const Path& to) {
  pass(Fault::On::rename, to, "rename", true, true);
  inner_.rename(from, to);
}
void FaultFiles::remove_file(const Path& path) {
  pass(Fault::On::remove, path, "remove", true, false);
  inner_.remove_file(path);
}
void FaultFiles::remove_directory(const Path& path) {
  pass(Fault::On::remove, path, "remove", true, false);
  inner_.remove_directory(path);
}
void FaultFiles::set_mode(const Path& path, unsigned mode) {
  pass(Fault::On::set_mode, path, "chmod", true, false);
  inner_.set_mode(path, mode);
}
void FaultFiles::sync_directory(const Path& path, SyncPoint point) {
  pass(Fault::On::sync, path, "fsync", true, true);
  inner_.sync_directory(path, point);
}
void FaultFiles::sync_filesystem(const Path& path, SyncPoint point) {
  pass(Fault::On::sync, path, "syncfs", true, true);
  inner_.sync_filesystem(path, point);
}
std::unique_ptr<FileLock> FaultFiles::lock(const Path& path, LockKind kind, int wait_ms) {
  pass(Fault::On::lock, path, "lock", false, false);
  return inner_.lock(path, kind, wait_ms);
}

}  // namespace vtlt::test
