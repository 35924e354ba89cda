// Reading an archive from its first byte to its last, with libarchive: what the local headers say, and the
// bytes. One thread reads, the others take the entries; at most eight megabytes are on the way.
#pragma once
#include "package/source.h"

namespace vtlt::package {

enum class ArchiveFormat { zip, tar };

struct LocalHeader {
  std::string name;  // without a slash at the end
  EntryKind kind = EntryKind::file;
  std::optional<std::uint64_t> size;  // absent: comes after the data
  std::uint64_t place = 0;            // of the header in the archive
};

// Calls header for each entry; it answers which entry of the table this is, no_entry to skip the data. work
// gets the data on other threads. False: the archive breaks off or cannot be understood; said in report.
using OnHeader = std::function<std::uint32_t(const LocalHeader&)>;
// Called when all data of an entry were read: where in the archive that was. From any thread; may be empty.
using OnEnd = std::function<void(std::uint32_t entry, std::uint64_t end)>;
bool stream_archive(Files& files, const Path& path, ArchiveFormat format, const EntryTable& entries,
                    const OnHeader& header, const OnEnd& end, const PackageSource::Work& work,
                    Report& report);

// A part of an archive, from the beginning of one entry to that of another or to the end of the file.
struct Extent {
  std::uint64_t begin = 0, end = 0;
};
// As stream_archive, but every extent is read for itself, on all cores: work gets the bytes where they are
// unpacked. header is called by one thread at a time.
bool read_extents(Files& files, const Path& path, ArchiveFormat format, const EntryTable& entries,
                  const std::vector<Extent>& extents, const OnHeader& header, const OnEnd& end,
                  const PackageSource::Work& work, Report& report);

// Headers only.
bool list_archive(Files& files, const Path& path, ArchiveFormat format,
                  const std::function<void(const LocalHeader&)>& header, Report* report);

// The bytes of one entry, whose local header begins at its place. Throws when another one stands there.
std::unique_ptr<ByteStream> open_archive_entry(Files& files, const Path& path, ArchiveFormat format,
                                               const EntryTable& entries, std::uint32_t entry);

// What unpacks to more than this many times its size is no document, but a trap for those who unpack it.
constexpr std::uint64_t bomb_size = std::uint64_t{64} << 20, bomb_ratio = 200;
inline bool is_bomb(std::uint64_t unpacked, std::uint64_t packed) {
  return unpacked > bomb_size && unpacked / bomb_ratio > packed;
}

// libarchive composes decomposed letters in the names that it reads.
bool same_name(std::string_view read, std::string_view own);

// Which entry of the list is read: the one that begins at this place, under this name.
class Matcher {
 public:
  explicit Matcher(const EntryTable& entries);
  // As it stands in the archive. no_entry: none, or taken already.
  std::uint32_t take(std::string_view name, std::uint64_t place);
  bool seen(std::size_t entry) const { return seen_[entry]; }

 private:
  const EntryTable& entries_;
  std::vector<std::pair<std::uint64_t, std::uint32_t>> places_;  // sorted; with their entries
  std::vector<bool> seen_;
};

// As it stands in an archive, without the "./" that tar and zip are often called with.
std::string_view without_dot(std::string_view name);

}  // namespace vtlt::package
