// A file layer that does everything for real below one directory and keeps a log of it. From the log
// crash_states.h builds the trees that a power cut may leave.
#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/files.h"

namespace vtlt::test {

// A file or directory, whatever it is called at the moment: what a file system calls an inode.
using NodeId = std::uint32_t;
inline constexpr NodeId kRoot = 0;

// Bytes of files by path relative to the root.
using Snapshot = std::map<std::string, std::shared_ptr<const std::string>>;

struct Operation {
  enum class Kind {
    create,
    make_directory,
    rename,
    remove,  // of a file or an empty directory
    write,
    truncate,
    set_mode,
    sync_node,  // fsync of a file or a directory
    sync_filesystem,
    note,
    external,  // a snapshot of files that are not written through Files
  };
  Kind kind = Kind::note;
  NodeId node = kRoot;
  NodeId directory = kRoot;  // of the name that is made, removed or renamed to
  std::string name;
  NodeId from_directory = kRoot;  // rename
  std::string from_name;
  std::uint64_t offset = 0;  // write; truncate: the new size
  std::string bytes;         // write
  unsigned mode = 0;
  SyncPoint point = SyncPoint::config;
  std::shared_ptr<const Snapshot> snapshot;
  std::string path;  // as people know it; a note's text
};
std::string describe(const Operation& operation);

struct Recording {
  struct Node {
    FileKind kind = FileKind::other;
    std::shared_ptr<const std::string> bytes;  // at the beginning; of a link: where it leads
    unsigned mode = 0;                         // at the beginning; 0: as the system makes it
  };
  std::vector<Node> nodes;                                  // by NodeId, the later ones too
  std::map<NodeId, std::map<std::string, NodeId>> entries;  // at the beginning
  std::vector<Operation> operations;
};

// What stands below the root at construction is taken as durable. Handles must not outlive this object.
// Syncs are recorded, not performed, unless asked for: a running program cannot see the difference, and they
// cost milliseconds. A file that appears below the root without this layer is taken up, as not yet synced,
// when it is first touched and at sync_filesystem.
class RecordingFiles final : public Files {
 public:
  explicit RecordingFiles(const Path& root, bool perform_syncs = false, Files& inner = system_files());

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

  // From here this sync is left out: a test that still passes does not test it.
  void skip(SyncPoint point);
  // A mark in the log: what the program has said by now.
  void note(std::string text);
  // Files below this prefix (relative to the root, ".vtlt/catalogue/") whose name holds ".sqlite" are
  // SQLite's: not recorded by operation, but as a whole at snapshot_external(), now, and when one is removed
  // here.
  void watch_sqlite(const std::string& prefix);
  void snapshot_external();

  const Recording& recording() const { return recording_; }
  std::size_t size() const { return recording_.operations.size(); }
  // The places of the notes with this text: a cut after k operations comes after the note when its place is <
  // k.
  std::vector<std::size_t> notes(const std::string& text) const;
  // How often a sync of this name was recorded: a mutation of a sync that never happens shows nothing.
  std::size_t count(SyncPoint point) const;

 private:
  friend class RecordingFile;
  struct Place {
    std::string relative;
    NodeId directory = kRoot;
    std::string name;
    std::optional<NodeId> node;
  };
  std::optional<std::string> relative(const Path& path) const;  // nullopt: outside the root
  std::optional<Place> place(const Path& path);                 // nullopt: outside or SQLite's
  bool external(const std::string& relative) const;
  NodeId scan(const Path& path, FileKind kind, const std::string& relative);
  NodeId add_node(FileKind kind);
  NodeId adopt(NodeId directory, const std::string& name, const Path& path, FileKind kind,
               const std::string& relative);
  void adopt_all(NodeId directory, const Path& path, const std::string& relative);
  void refresh(NodeId node, const Path& path, const std::string& relative);
  void record(Operation operation);
  void remove(const Path& path, bool directory);
  void take_snapshot();

  Path root_, canonical_root_;
  bool perform_syncs_;
  Files& inner_;
  mutable std::mutex mutex_;
  Recording recording_;
  std::map<NodeId, std::map<std::string, NodeId>> entries_;  // as they are now
  std::map<NodeId, std::string> adopted_;  // files written beside this layer: the bytes last seen
  std::set<SyncPoint> skipped_;
  std::vector<std::string> watched_;
};

}  // namespace vtlt::test
