// The file layer: the one place that calls the operating system for files. Faults are injected here
// (tests/support/recording_files.h records operations and builds the states a power cut may leave).
//
// Paths are bytes as the system gives them; nothing here normalises or decodes. Every failure is an Error
// with exit 4 (no_verdict), code VTLT-IO-<errno name>, path set. No call retries a failed sync.
// Thread-safe: different handles may be used by different threads.
#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vtlt {

using Path = std::filesystem::path;
using Bytes = std::span<const std::byte>;

inline Bytes as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::byte*>(text.data()), text.size()};
}

// Every sync in the program has a name, so that a test can take out any one and must then see a loss.
enum class SyncPoint {
  staged_contents,    // bytes of components in tmp/<session>, before the lock
  object_directories, // after the renames into objects/
  segment_directory,  // a new journal segment's entries
  journal_bodies,
  journal_heads,      // the commit point
  catalogue_current,  // generation switch
  repository_layout,  // directories and genesis of a new repository
  config,
  scheme,             // schemes/<sha256>.yaml
  blanking,           // bodies overwritten by destruction
  package_contents,   // a package and its directories before it is renamed to its name
  package_name,
  adopted_stream,
  remembered_head,
};

enum class OpenMode {
  read,        // must exist
  read_write,  // must exist
  create,      // read_write, made when absent
  create_new,  // must not exist
};

enum class FileKind { file, directory, symlink, other };

struct FileStat {
  FileKind kind = FileKind::other;
  std::uint64_t size = 0;
  std::uint64_t inode = 0, device = 0;
  std::int64_t modified_ms = 0;  // since 1970, UTC
};

struct DirectoryEntry {
  std::string name;  // bytes
  FileKind kind = FileKind::other;
};

class File {
 public:
  virtual ~File() = default;
  // Reads up to out.size() bytes at offset; less only at the end of the file.
  virtual std::size_t read_at(std::uint64_t offset, std::span<std::byte> out) = 0;
  virtual void write_at(std::uint64_t offset, Bytes data) = 0;  // all of it
  virtual void append(Bytes data) = 0;                          // at the end known to this handle
  virtual void truncate(std::uint64_t size) = 0;
  virtual FileStat stat() = 0;
  virtual void sync(SyncPoint point) = 0;
};

// A directory kept open: what is below it is reached without the way to it being walked each time. Names may lead
// into its folders ("a/b"); no symbolic link is followed, also where a folder has become one since it was listed
// (ELOOP or ENOTDIR is reported). Used by several threads at once.
class Directory {
 public:
  virtual ~Directory() = default;
  // To read. size: as stat told it a moment ago, so that it is not asked for again; a file may have another by now.
  virtual std::unique_ptr<File> open(const std::string& name, std::uint64_t size) = 0;
  virtual std::optional<FileStat> stat(const std::string& name) = 0;  // nullopt: absent
  virtual std::vector<DirectoryEntry> list() = 0;                     // as Files::list
  virtual std::unique_ptr<Directory> open_directory(const std::string& name) = 0;
};

// Held until destroyed. flock(2), O_CLOEXEC: a crash leaves nothing behind.
class FileLock {
 public:
  virtual ~FileLock() = default;
};
enum class LockKind { shared, exclusive };

class Files {
 public:
  virtual ~Files() = default;
  // Never follows a symbolic link in the last component when follow is false (ELOOP is reported).
  virtual std::unique_ptr<File> open(const Path& path, OpenMode mode, bool follow = true) = 0;
  virtual std::optional<FileStat> stat(const Path& path, bool follow = true) = 0;  // nullopt: absent
  virtual std::vector<DirectoryEntry> list(const Path& directory) = 0;  // sorted by bytes, without . and ..
  // For many files of one directory; it must not outlive this. Takes a descriptor for as long as it is held.
  virtual std::unique_ptr<Directory> open_directory(const Path& path);
  virtual void make_directory(const Path& path) = 0;                    // parent must exist; EEXIST is an error
  virtual void rename(const Path& from, const Path& to) = 0;            // replaces a file
  virtual void remove_file(const Path& path) = 0;
  virtual void remove_directory(const Path& path) = 0;  // empty
  virtual void set_mode(const Path& path, unsigned mode) = 0;  // permission bits, as chmod(2)
  virtual void sync_directory(const Path& path, SyncPoint point) = 0;
  virtual void sync_filesystem(const Path& path, SyncPoint point) = 0;  // syncfs(2)
  // nullptr when the wait (milliseconds, 0: do not wait) ran out.
  virtual std::unique_ptr<FileLock> lock(const Path& path, LockKind kind, int wait_ms) = 0;
};

// The operating system.
Files& system_files();

// Whole small file; throws above the limit (bytes).
std::string read_whole(Files& files, const Path& path, std::uint64_t limit = 64u << 20);
// Writes beside, syncs, renames, syncs the directory: after return the name holds exactly data.
void write_whole(Files& files, const Path& path, std::string_view data, SyncPoint point);
// Deletes a tree without following links; absent is fine.
void remove_tree(Files& files, const Path& path);
void make_directories(Files& files, const Path& path);  // like mkdir -p, without syncs

// Refuses network file systems for writing (NFS, SMB, 9p, FUSE other than local ones): flock and fsync do not
// keep their promise there. Throws exit 3, VTLT-FS-01. Says nothing of a local one.
void require_local_filesystem(const Path& path);

// A tree shared with a group: group-owned, group-writable, set-gid directories. Throws exit 2 for an unknown group.
void share_with_group(const Path& tree, const std::string& group);
// Files made from now on carry the rights of a directory: writable for its group where it is, else the owner's alone.
void adopt_mode(const Path& directory);

}  // namespace vtlt
