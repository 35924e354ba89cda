#include "package/zip_records.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "base/ascii.h"

namespace vtlt::package::zip {
namespace {

constexpr std::uint32_t local_mark = 0x04034b50, central_mark = 0x02014b50, descriptor_mark = 0x08074b50,
                        end_mark = 0x06054b50, wide_end_mark = 0x06064b50, locator_mark = 0x07064b50;
constexpr std::uint64_t in_wide = 0xffffffff;

using Bytes = std::span<const unsigned char>;

std::uint64_t number(Bytes bytes, std::size_t at, std::size_t length) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < length; ++i)
    value |= std::uint64_t{bytes[at + i]} << (8 * i);
  return value;
}

std::string_view text(Bytes bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

struct Extra {
  std::optional<Bytes> wide;  // ZIP64 (4.5.3)
  std::optional<std::string_view> unicode_path;
  bool broken = false;  // or one of these twice; or what makes a link of a file for libarchive alone
};
Extra extra_fields(Bytes rest) {
  Extra extra;
  while (rest.size() >= 4) {
    const std::uint64_t id = number(rest, 0, 2);
    const std::size_t length = number(rest, 2, 2);
    rest = rest.subspan(4);
    if (length > rest.size()) {
      extra.broken = true;
      return extra;
    }
    if (id == 0x0001) {
      extra.broken = extra.broken || extra.wide;
      extra.wide = rest.first(length);
    } else if (id == 0x7075) {  // version, sum of the name, path (4.6.9)
      extra.broken = extra.broken || extra.unicode_path || length < 5;
      extra.unicode_path = text(rest.first(length)).substr(std::min<std::size_t>(length, 5));
    }
    extra.broken = extra.broken || id == 0x6c78;  // libarchive's "xl": type and rights that nobody else reads
    rest = rest.subspan(length);
  }
  extra.broken = extra.broken || !rest.empty();
  return extra;
}

// Deflate's levels, sizes behind the data, UTF-8; a program that meets any other flag may do anything.
constexpr unsigned plain_flags = 0b110 | described | utf8;
constexpr unsigned own_words = encrypted | strong | hidden;  // encryption is told for itself
constexpr unsigned newest_version = 46;  // unzip knows no later one, and store and deflate need none

bool doubtful_flags(unsigned flags, unsigned version) {
  return (flags & ~(plain_flags | own_words)) != 0 || (version & 0xff) > newest_version;
}

}  // namespace

std::optional<Central> central_at(const ReadAt& read, std::uint64_t place) {
  std::array<unsigned char, 46> fixed{};
  if (!read(place, fixed) || number(fixed, 0, 4) != central_mark) return std::nullopt;
  Central central{number(fixed, 24, 4), number(fixed, 20, 4), number(fixed, 42, 4)};
  central.flags = static_cast<std::uint16_t>(number(fixed, 8, 2));
  central.method = static_cast<std::uint16_t>(number(fixed, 10, 2));
  central.crc = static_cast<std::uint32_t>(number(fixed, 16, 4));
  central.name = static_cast<std::uint16_t>(number(fixed, 28, 2));
  central.attributes = static_cast<std::uint32_t>(number(fixed, 38, 4));
  std::vector<unsigned char> more(central.name + number(fixed, 30, 2));
  if (!read(place + fixed.size(), more)) return std::nullopt;
  const Bytes name = Bytes(more).first(central.name);
  const Extra extra = extra_fields(Bytes(more).subspan(central.name));
  central.end = place + fixed.size() + more.size() + number(fixed, 32, 2);
  const bool later = (central.flags & described) != 0;  // with a Unicode path unzip goes astray
  central.doubtful = extra.broken || number(fixed, 34, 2) != 0 ||
                     doubtful_flags(central.flags, static_cast<unsigned>(number(fixed, 6, 2))) ||
                     (extra.unicode_path && (later || *extra.unicode_path != text(name)));
  if (!extra.wide) return central;
  Bytes field = *extra.wide;
  for (std::uint64_t* value : {&central.size, &central.packed, &central.local}) {
    if (*value != in_wide) continue;
    if (field.size() < 8) return std::nullopt;
    *value = number(field, 0, 8);
    field = field.subspan(8);
  }
  if (field.size() == 4) field = {};  // the disk
  // Numbers that nothing refers to: there are programs that take them all the same.
  if (!field.empty()) {
    const std::array<std::uint64_t, 3> values{central.size, central.packed, central.local};
    const Bytes all = *extra.wide;
    for (std::size_t i = 0; i < all.size() / 8; ++i)
      central.doubtful = central.doubtful || i >= values.size() || number(all, 8 * i, 8) != values[i];
  }
  return central;
}

std::optional<Local> local_at(const ReadAt& read, std::uint64_t place) {
  std::array<unsigned char, 30> fixed{};
  if (!read(place, fixed) || number(fixed, 0, 4) != local_mark) return std::nullopt;
  const std::size_t name = number(fixed, 26, 2);
  std::vector<unsigned char> more(name + number(fixed, 28, 2));
  if (!read(place + fixed.size(), more)) return std::nullopt;
  const Extra extra = extra_fields(Bytes(more).subspan(name));
  Local local;
  local.data = place + fixed.size() + more.size();
  local.crc = static_cast<std::uint32_t>(number(fixed, 14, 4));
  local.flags = static_cast<std::uint16_t>(number(fixed, 6, 2));
  local.method = static_cast<std::uint16_t>(number(fixed, 8, 2));
  local.name = text(Bytes(more).first(name));
  const bool later = (local.flags & described) != 0;
  local.doubtful = extra.broken || doubtful_flags(local.flags, static_cast<unsigned>(number(fixed, 4, 2))) ||
                   (extra.unicode_path && (later || *extra.unicode_path != local.name));
  local.size = number(fixed, 22, 4);
  local.packed = number(fixed, 18, 4);
  local.wide = extra.wide.has_value();
  Bytes field = extra.wide.value_or(Bytes{});
  // Both sizes stand in the field, and they do where the header refers to it (4.5.3).
  local.doubtful =
      local.doubtful || (local.wide ? field.size() < 16 : local.size == in_wide || local.packed == in_wide);
  for (std::optional<std::uint64_t>* value : {&local.size, &local.packed}) {
    const bool wide = **value == in_wide;
    if (wide && field.size() >= 8) *value = number(field, 0, 8);
    // Programs take them from there.
    if (!wide && field.size() >= 8 && number(field, 0, 8) != **value && !(later && number(field, 0, 8) == 0))
      local.doubtful = true;
    if (field.size() >= 8) field = field.subspan(8);
  }
  if (later && local.size == 0U) local.size.reset();
  if (later && local.packed == 0U) local.packed.reset();
  return local;
}

bool agree(const Local& local, const Central& central) {
  const bool later = (local.flags & described) != 0;
  // UTF-8 means nothing for a name in ASCII.
  const unsigned ignored = ascii::is_ascii(local.name) ? utf8 : 0U;
  return local.method == central.method && ((local.flags ^ central.flags) & ~ignored) == 0 &&
         (local.crc == central.crc || (later && local.crc == 0)) &&
         local.size.value_or(central.size) == central.size &&
         local.packed.value_or(central.packed) == central.packed;
}

std::optional<std::uint64_t> end_of(const ReadAt& read, const Local& local, const Central& central) {
  const std::uint64_t end = local.data + central.packed;
  if (end < local.data) return std::nullopt;
  if ((central.flags & described) == 0) return end;
  // With a mark or without, in 64 or 32 bits: writers differ. The longest that fits is meant; in 64 bits only
  // where readers expect that.
  const bool wide = local.wide || central.size >= in_wide || central.packed >= in_wide;
  std::array<unsigned char, 24> bytes{};
  for (const std::size_t length : {24, 20, 16, 12}) {
    const auto found = std::span(bytes).first(length);
    if ((length >= 20 && !wide) || !read(end, found)) continue;
    const std::size_t width = length >= 20 ? 8 : 4, begin = length - 2 * width - 4;
    if ((begin == 0 || number(found, 0, 4) == descriptor_mark) && number(found, begin, 4) == central.crc &&
        number(found, begin + 4, width) == central.packed &&
        number(found, begin + 4 + width, width) == central.size)
      return end + length;
  }
  return std::nullopt;
}

bool ends_well(const ReadAt& read, std::uint64_t file_size, std::uint64_t list_begin, std::uint64_t list_end,
               std::uint64_t entries) {
  constexpr std::size_t record = 22, locator = 20, wide_record = 56;
  std::vector<unsigned char> tail(
      std::min<std::uint64_t>(file_size, record + 0xffff + locator + wide_record));
  if (tail.size() < record || !read(file_size - tail.size(), tail)) return false;
  const auto marked = [&](std::size_t at, std::uint32_t mark) { return number(tail, at, 4) == mark; };
  // bsdtar fills the last block of what it writes to a pipe.
  std::size_t filled = tail.size();
  while (filled > 0 && tail[filled - 1] == 0)
    --filled;
  // The last that is as long as what is left.
  std::size_t end = tail.size();
  for (std::size_t at = tail.size() - record + 1; at-- > 0 && end == tail.size();) {
    if (!marked(at, end_mark)) continue;
    const std::size_t behind = at + record + number(tail, at + 20, 2);
    if (behind <= tail.size() && behind >= filled) end = at;
  }
  if (end == tail.size()) return false;
  for (std::size_t at = end + 4; at + 4 <= tail.size(); ++at)
    if (marked(at, end_mark) || marked(at, wide_end_mark) || marked(at, locator_mark)) return false;
  const std::uint64_t here = number(tail, end + 8, 2), disk = number(tail, end + 4, 2),
                      first_disk = number(tail, end + 6, 2);
  std::uint64_t count = number(tail, end + 10, 2), length = number(tail, end + 12, 4),
                offset = number(tail, end + 16, 4), before = file_size - tail.size() + end;
  bool right = here == count;
  if (end >= locator + wide_record && marked(end - locator, locator_mark)) {
    const std::size_t wide = end - locator - wide_record;
    before -= locator + wide_record;
    const auto same = [](std::uint64_t narrow, std::uint64_t full, std::uint64_t elsewhere) {
      return narrow == elsewhere || narrow == full;
    };
    const std::uint64_t wide_count = number(tail, wide + 32, 8), wide_length = number(tail, wide + 40, 8),
                        wide_offset = number(tail, wide + 48, 8);
    right = right && marked(wide, wide_end_mark) && number(tail, wide + 4, 8) == wide_record - 12 &&
            number(tail, wide + 16, 8) == 0 && number(tail, wide + 24, 8) == wide_count &&
            number(tail, end - locator + 4, 4) == 0 && number(tail, end - locator + 8, 8) == before &&
            number(tail, end - locator + 16, 4) <= 1 && same(count, wide_count, 0xffff) &&
            same(length, wide_length, in_wide) && same(offset, wide_offset, in_wide) &&
            same(disk, 0, 0xffff) && same(first_disk, 0, 0xffff);
    count = wide_count, length = wide_length, offset = wide_offset;
  } else {
    right = right && disk == 0 && first_disk == 0;
  }
  return right && count == entries && offset == list_begin && offset + length == list_end &&
         list_end == before;
}

}  // namespace vtlt::package::zip
