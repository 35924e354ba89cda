// A package as a list of entries and streams: a folder, a ZIP or a TAR. Nothing is extracted, no link is
// followed, no entry is trusted to be what it says.
#pragma once
#include <compare>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"
#include "package/check_report.h"

namespace vtlt::package {

enum class EntryKind : std::uint8_t { file, directory, symlink, other };
constexpr std::uint32_t no_entry = 0xffffffff;

struct Entry {
  std::uint64_t size = 0;
  std::uint64_t place = 0;  // in the archive, as its source counts
  std::uint32_t name = 0;   // in the pool of names
  std::uint32_t length = 0;
  EntryKind kind = EntryKind::file;
};

// Sixteen bytes that stand for a long text in a table: of its SHA-256, so that nobody makes two meet.
struct BriefKey {
  std::uint64_t first = 0, second = 0;
  auto operator<=>(const BriefKey&) const = default;
};
BriefKey brief_key(std::string_view text);

// All entries, sorted by the bytes of their path below the package's root. A hundred thousand of them take
// about ten megabytes.
class EntryTable {
 public:
  // Full name as it stands in the archive, without a slash at the end.
  void add(std::string_view full, EntryKind kind, std::uint64_t size, std::uint64_t place);
  bool full() const { return entries_.size() >= most_entries || pool_.size() >= most_bytes; }
  // An archive unpacks to one folder: finds it and takes it off the names. What stands beside it is kept as
  // "../name".
  void settle_root();
  void settle();  // a folder: names are relative already

  std::size_t size() const { return entries_.size(); }
  const Entry& operator[](std::size_t index) const { return entries_[index]; }
  std::string_view path(std::size_t index) const {
    return std::string_view(pool_).substr(entries_[index].name, entries_[index].length);
  }
  // The first entry of exactly this path; after settling.
  std::optional<std::uint32_t> find(std::string_view path) const;
  // By NFC when the bytes differ.
  std::optional<std::uint32_t> find_composed(std::string_view path) const;
  bool has_file(std::string_view path) const;
  // Entries below a folder ("schemas/"): the range [first, last).
  std::pair<std::size_t, std::size_t> below(std::string_view folder) const;
  // As in the archive → below the root, and back.
  std::string relative(std::string_view full) const;
  std::string full(std::size_t index) const;
  const std::string& root() const { return root_; }
  std::size_t roots() const { return roots_; }

 private:
  static constexpr std::size_t most_entries = 5'000'000, most_bytes = std::size_t{1} << 30;
  void make_index();
  std::string pool_;
  std::vector<Entry> entries_;
  // Entries by the hash of their path, one more than their number; 0: nothing. Who makes names of one hash to
  // slow us finds them crowded: what has no place near its own is looked for by halving.
  std::vector<std::uint32_t> index_;
  bool crowded_ = false;
  std::string root_;
  std::size_t roots_ = 0;
  mutable std::vector<std::pair<std::uint64_t, std::uint32_t>> composed_;
  mutable bool composed_ready_ = false;
};

// A folder's name as it is kept: "a/" → "a"; "/" stays.
std::string_view without_slashes(std::string_view name);

// Of the name at the end of a path: lower case, without the dot; "" when it has none.
std::string extension_of(std::string_view path);

// "https:", "urn:", "file:" … in front (RFC 3986 3.1).
bool has_scheme(std::string_view url);

// One part of a path: false when Windows, or a medium with its names, refuses or changes it.
bool windows_takes(std::string_view name);

// Names that would leave the package, deceive or collide (P44). RFC 8493 only warns of names that fold
// together, and has a way to write CR and LF; our packages have not. Out of an archive such names do not come
// as they are, whatever is in it.
struct NameRules {
  bool bag = false, archive = false;
};
void check_names(const EntryTable& entries, const NameRules& rules, Report& report);

class ByteStream {
 public:
  virtual ~ByteStream() = default;
  // 0 at the end. Throws Error when the bytes cannot be had.
  virtual std::size_t read(std::span<std::byte> out) = 0;
  // All that is still to be read, where it is in memory already and stays until the stream goes; whoever
  // takes it need not read.
  virtual std::optional<std::span<const std::byte>> rest() const { return std::nullopt; }
};

// Bytes in memory, and then another stream, if there is one.
class MemoryStream final : public ByteStream {
 public:
  explicit MemoryStream(std::span<const std::byte> bytes, ByteStream* then = nullptr)
      : bytes_(bytes), then_(then) {}
  std::size_t read(std::span<std::byte> out) override;
  std::optional<std::span<const std::byte>> rest() const override {
    return then_ == nullptr ? std::optional(bytes_) : std::nullopt;
  }

 private:
  std::span<const std::byte> bytes_;
  ByteStream* then_;
};

class PackageSource {
 public:
  virtual ~PackageSource() = default;
  const EntryTable& entries() const { return entries_; }
  // The name of the folder that is the package; "" when an archive has no folder of its own.
  const std::string& root_name() const { return root_name_; }
  virtual bool archive() const = 0;
  // The list itself is broken: only names seen before the break are known.
  bool damaged() const { return damaged_; }

  // One entry, at once; for the few files that others depend on.
  virtual std::unique_ptr<ByteStream> open(std::uint32_t entry) = 0;
  // Every file once, from several threads. An Error thrown by reading belongs to the entry; work reports it.
  using Work = std::function<void(std::uint32_t entry, ByteStream& stream)>;
  virtual void visit(const Work& work, Report& report) = 0;

 protected:
  EntryTable entries_;
  std::string root_name_;
  bool damaged_ = false;
};

// What stands at path: a folder, ZIP or TAR; nullptr: none of them. Throws when path cannot be read.
std::unique_ptr<PackageSource> open_source(Files& files, const Path& path, Report& report);

std::unique_ptr<PackageSource> open_folder(Files& files, const Path& path, Report& report);
std::unique_ptr<PackageSource> open_zip(Files& files, const Path& path, Report& report);
// Whether a TAR may begin so: its sum is right.
bool is_tar_header(std::string_view block);
std::unique_ptr<PackageSource> open_tar(Files& files, const Path& path, Report& report);

}  // namespace vtlt::package
