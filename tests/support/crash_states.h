// The model of a power cut: from a recording, the trees that may be found when the machine starts again.
//
// What counts as kept for certain is only what was synced before the cut:
// - fsync of a file keeps its bytes, length and mode, not its name;
// - fsync of a directory keeps the names in it (a rename: when the directory it goes to is synced), not the
//   directory's own name; syncfs keeps all.
// Everything else may be kept or lost, in any order:
// - of a write each page of 4,096 bytes by itself; the length by itself, though the lengths of one file come
// one
//   after the other; where the length is kept and a page is not, the bytes are zero (or the ones before);
// - each making, renaming and removing of a name; a rename is whole: the file stands at the one name or the
// other.
//   A name below a directory that is lost is lost too;
// - of SQLite's files any snapshot taken before the cut, or none of the files.
// This is more than real file systems lose. What survives it needs no luck.
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "support/recording_files.h"

namespace vtlt::test {

using Random = std::mt19937_64;

// What is decided for one unsynced operation.
enum class Choice { name, page, length, mode, external };

struct CrashState {
  struct Entry {
    FileKind kind = FileKind::other;
    std::shared_ptr<const std::string> bytes;  // file; link: where it leads
    std::optional<unsigned> mode;
  };
  std::size_t cut = 0;
  std::map<std::string, Entry> tree;  // by path relative to the root
  std::vector<std::pair<std::size_t, Choice>> lost;

  // Writes the tree; what stood at target before is removed first.
  void materialise(const Path& target) const;
  const std::string* bytes(const std::string& path) const;  // nullptr: no such file
  bool has(const std::string& path) const { return tree.contains(path); }
  // Equal trees have equal fingerprints: a state seen before need not be tried again.
  std::uint64_t fingerprint() const;
  // What was done last and what was lost, a line each, for the message of a failed test.
  std::string describe(const Recording& recording) const;
};

// The recording must stay alive and may not grow.
class CrashStates {
 public:
  explicit CrashStates(const Recording& recording);

  // k: the power goes after the first k operations, 0 <= k <= cuts().
  std::size_t cuts() const { return recording_.operations.size(); }

  CrashState state(std::size_t k, Random& random) const;
  CrashState nothing_unsynced(std::size_t k) const;
  CrashState everything(std::size_t k) const;
  CrashState names_only(std::size_t k) const;  // the bytes are lost: files are empty or as they were
  CrashState zeros(std::size_t k) const;       // names and lengths are kept, pages are not
  CrashState data_only(std::size_t k) const;   // the names are lost
  // The five above.
  std::vector<CrashState> extremes(std::size_t k) const;
  // All states of this cut, one after the other, until visit returns false or limit states were made.
  // True when there are no more.
  bool each_state(std::size_t k, std::size_t limit,
                  const std::function<bool(const CrashState&)>& visit) const;
  // Calls visit for extremes and `samples` random states of every cut from `from` on, each tree once.
  void sweep(std::size_t from, std::size_t samples, std::uint64_t seed,
             const std::function<void(const CrashState&)>& visit) const;

 private:
  struct Names;
  // Answers 0 (lost) .. options - 1 (kept); of a length and of SQLite's snapshots there are more than two.
  using Pick = std::function<unsigned(Choice, unsigned options)>;
  CrashState build(std::size_t k, const Pick& pick) const;
  bool synced(std::size_t operation, NodeId node, std::size_t k) const;
  Names names_at(std::size_t k, const Pick& pick, CrashState& state) const;
  Names apply(const std::vector<std::size_t>& kept) const;
  std::shared_ptr<const std::string> content(NodeId node, std::size_t k, const Pick& pick,
                                             CrashState& state) const;
  std::shared_ptr<const std::string> durable_content(NodeId node, std::size_t count) const;
  void put_tree(const Names& names, NodeId directory, const std::string& path, std::size_t k,
                const Pick& pick, CrashState& state) const;
  void put_external(std::size_t k, const Pick& pick, CrashState& state) const;
  std::optional<unsigned> mode(NodeId node, std::size_t k, const Pick& pick, CrashState& state) const;

  const Recording& recording_;
  std::vector<std::size_t> names_, filesystem_syncs_, external_;  // places in the log
  std::map<NodeId, std::vector<std::size_t>> data_, modes_, syncs_;
  mutable std::map<std::pair<NodeId, std::size_t>, std::shared_ptr<const std::string>> cache_;
};

}  // namespace vtlt::test
