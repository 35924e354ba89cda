// A file layer that fails where it is told to, as the operating system does: the same Error, nothing half
// done except what a full disk leaves.
#pragma once
#include <cerrno>
#include <memory>
#include <mutex>
#include <string>

#include "base/files.h"

namespace vtlt::test {

struct Fault {
  enum class On {
    any,
    change,  // open for writing, write, truncate, mkdir, rename, remove, chmod, syncs
    open,
    read,
    write,
    truncate,
    make_directory,
    rename,
    remove,
    set_mode,
    sync,
    stat,
    list,
    lock,
  };
  On on = On::change;
  unsigned nth = 1;           // of the operations of this kind, from 1
  int number = EIO;           // ENOSPC: only what takes space is counted; of a write the first half is kept
  bool lasting = false;       // this one and all later ones
  std::string path_contains;  // only on such paths; empty: all
};

// inner may be a RecordingFiles: what fails here does not reach it.
class FaultFiles final : public Files {
 public:
  explicit FaultFiles(Files& inner = system_files()) : inner_(inner) {}

  void arm(Fault fault);  // counting starts anew
  void disarm();          // nothing fails; counting goes on
  unsigned seen() const;  // operations of the armed kind so far: how far a sweep over nth must go
  bool fired() const;

  std::unique_ptr<File> open(const Path& path, OpenMode mode, bool follow = true) override;
  std::optional<FileStat> stat(const Path& path, bool follow = true) override;
  std::vector<DirectoryEntry> list(const Path& directory) override;
  void make_directory(const Path& path) override;
  void rename(const Path& from, const Path& to) override;
  void remove_file(const Path& path) override;
  void remove_directory(const Path& path) override;
  void set_mode(const Path& path, unsigned mode) override;
  void sync_directory(const Path& path, SyncPoint point) override;
  void sync_filesystem(const Path& path, SyncPoint point) override;
  std::unique_ptr<FileLock> lock(const Path& path, LockKind kind, int wait_ms) override;

 private:
  friend class FaultFile;
  // Counts; true when this operation is the one to fail. change: it alters the disk; space: it takes room.
  bool strikes(Fault::On on, const Path& path, bool change, bool space);
  void pass(Fault::On on, const Path& path, const char* name, bool change, bool space);
  [[noreturn]] void fail(const Path& path, const char* name) const;

  Files& inner_;
  mutable std::mutex mutex_;
  Fault fault_;
  bool armed_ = false, fired_ = false;
  unsigned seen_ = 0;
};

}  // namespace vtlt::test
