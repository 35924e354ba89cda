// The records of a ZIP as they stand in the file (APPNOTE 6.3). minizip believes one half of them and
// libarchive the other; these are compared, so that whoever unpacks by either gets the same. Numbers are
// bytes and places in the file; nothing here throws for what a record says.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>

namespace vtlt::package::zip {

// Fills out from this place; false: the file ends before. Throws Error when it cannot be read.
using ReadAt = std::function<bool(std::uint64_t place, std::span<unsigned char> out)>;

constexpr unsigned encrypted = 1, described = 1 << 3, strong = 1 << 6, utf8 = 1 << 11, hidden = 1 << 13;

// What the list says of an entry (4.3.12), with the numbers of its ZIP64 field.
struct Central {
  std::uint64_t size = 0, packed = 0, local = 0;
  std::uint64_t end = 0;  // of this record
  std::uint32_t crc = 0, attributes = 0;
  std::uint16_t flags = 0, method = 0;
  std::uint16_t name = 0;  // bytes of its name
  // Programs take it for different things: on another disk, extra fields that are broken or there twice, a
  // Unicode path that is another, flags or a version that not all of them know.
  bool doubtful = false;
};
std::optional<Central> central_at(const ReadAt& read, std::uint64_t place);  // nullopt: there is none

// What stands before the data (4.3.7).
struct Local {
  std::optional<std::uint64_t> size, packed;  // absent: said behind the data
  std::uint64_t data = 0;                     // where they begin
  std::uint32_t crc = 0;
  std::uint16_t flags = 0, method = 0;
  std::string name;
  bool wide = false;  // there is a ZIP64 field
  bool doubtful = false;
};
std::optional<Local> local_at(const ReadAt& read, std::uint64_t place);

// All but the name.
bool agree(const Local& local, const Central& central);

// Where the entry ends: behind its data, or behind what is said of them there (4.3.9). nullopt: that says
// something else than the list.
std::optional<std::uint64_t> end_of(const ReadAt& read, const Local& local, const Central& central);

// The list ends where its end record begins, and that ends with the file, but for zeros: else programs find
// another list, or none of them what stands behind (4.3.14 to 4.3.16).
bool ends_well(const ReadAt& read, std::uint64_t file_size, std::uint64_t list_begin, std::uint64_t list_end,
               std::uint64_t entries);

}  // namespace vtlt::package::zip
