// A file layer that does everything as another one does; what is derived from it overrides what it is about.
#pragma once
#include <memory>
#include <optional>
#include <vector>

#include "base/files.h"

namespace vtlt {

class DelegatingFiles : public Files {
 public:
  explicit DelegatingFiles(Files& inner = system_files()) : inner_(inner) {}  // inner outlives it
  std::unique_ptr<File> open(const Path& path, OpenMode mode, bool follow) override {
    return inner_.open(path, mode, follow);
  }
  std::optional<FileStat> stat(const Path& path, bool follow) override { return inner_.stat(path, follow); }
  std::vector<DirectoryEntry> list(const Path& path) override { return inner_.list(path); }
  void make_directory(const Path& path) override { inner_.make_directory(path); }
  void rename(const Path& from, const Path& to) override { inner_.rename(from, to); }
  void remove_file(const Path& path) override { inner_.remove_file(path); }
  void remove_directory(const Path& path) override { inner_.remove_directory(path); }
  void set_mode(const Path& path, unsigned mode) override { inner_.set_mode(path, mode); }
  void sync_directory(const Path& path, SyncPoint point) override { inner_.sync_directory(path, point); }
  void sync_filesystem(const Path& path, SyncPoint point) override { inner_.sync_filesystem(path, point); }
  std::unique_ptr<FileLock> lock(const Path& path, LockKind kind, int wait) override {
    return inner_.lock(path, kind, wait);
  }

 protected:
  Files& inner_;
};

}  // namespace vtlt
