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

// Bytes staged in tmp/<session>, hashed as they were stored.
struct Staged {
  Path source;            // as given
  Path temporary;
  Digest digest;
  std::uint64_t size = 0;
  std::int64_t modified_ms = 0;
};

class Store {
 public:
  Store(Files& files, Path root);   // root: .vtlt/objects
  void make_layout() const;         // the 256 directories of a new repository

  Path path_of(const Digest& digest) const;
  bool has(const Digest& digest) const;

  // Copies a file into the staging directory and hashes the bytes on the way, in one read. A source that changes
  // while it is read is an Error (exit 4 VTLT-OBJECT-01); not a regular file: exit 2 VTLT-OBJECT-03.
  Staged stage(const Path& source, const Path& staging, std::size_t ordinal) const;
  // Syncs what is staged: one fsync for one file, syncfs for more.
  void sync_staged(const std::vector<Staged>& staged, const Path& staging) const;
  // Puts staged bytes in place (renames) and syncs the directories; those that are there already are dropped.
  void put(const std::vector<Staged>& staged) const;
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
