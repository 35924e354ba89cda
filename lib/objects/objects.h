// The content-addressed store of components: plain bytes, objects/ab/<sha256>. Puts are staged and counted only once
// the journal names them; an object that no event names is harmless.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/files.h"
#include "base/progress.h"
#include "trust/digest.h"

namespace vtlt::objects {

// Bytes staged in tmp/<session>/<ordinal>, hashed as they were stored. Small: an import holds one for each content.
struct Staged {
  std::size_t ordinal = 0;
  Digest digest;
  std::uint64_t size = 0;
  std::int64_t modified_ms = 0;
};
Path staged_path(const Path& staging, const Staged& staged);

class Store {
 public:
  Store(Files& files, Path root);   // root: .vtlt/objects
  void make_layout() const;         // the 256 directories of a new repository

  Path path_of(const Digest& digest) const;
  bool has(const Digest& digest) const;

  // Copies a file into the staging directory and hashes the bytes on the way, in one read. A source that changes
  // while it is read is an Error (exit 4 VTLT-OBJECT-01); not a regular file: exit 2 VTLT-OBJECT-03.
  // whole: called with all the bytes when they are few enough to be in memory at once (4 MiB), so that whoever wants to
  // look at them need not read them again.
  Staged stage(const Path& source, const Path& staging, std::size_t ordinal,
               const std::function<void(Bytes)>& whole = {}) const;
  // Syncs what is staged: one fsync for one file, syncfs for more.
  void sync_staged(const std::vector<Staged>& staged, const Path& staging) const;
  // Puts staged bytes in place (renames) and syncs the directories; those that are there already are dropped.
  void put(const std::vector<Staged>& staged, const Path& staging) const;
  void remove(const Digest& digest) const;  // absent is fine
  void sync_directories(const std::vector<Digest>& digests) const;

  // All objects, in order of digest. `strange` gets paths that are not objects.
  void list(const std::function<void(const Digest&, std::uint64_t size)>& each,
            const std::function<void(const Path&)>& strange) const;

 private:
  Files& files_;
  Path root_;
};

}  // namespace vtlt::objects
