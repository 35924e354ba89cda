// A package in a ZIP: the list is the central directory (minizip), the bytes come from the local headers
// (libarchive), and both have to tell the same. Whoever unpacks by the one or the other gets the same files.
#include <unzip.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "base/buffer.h"
#include "base/progress.h"
#include "base/threads.h"
#include "package/source_archive.h"

namespace vtlt::package {
namespace {

// minizip reads single bytes; a window makes that cheap.
class Window {
 public:
  Window(Files& files, const Path& path)
      : file_(files.open(path, OpenMode::read)), size_(file_->stat().size), block_(1 << 16) {}

  std::uint64_t size() const { return size_; }
  zlib_filefunc64_def functions() {
    zlib_filefunc64_def table{};
    table.zopen64_file = [](voidpf self, const void*, int) -> voidpf { return self; };
    table.zread_file = [](voidpf, voidpf self, void* out, uLong size) {
      return static_cast<Window*>(self)->read(out, size);
    };
    table.zwrite_file = [](voidpf, voidpf, const void*, uLong) -> uLong { return 0; };
    table.ztell64_file = [](voidpf, voidpf self) -> ZPOS64_T {
      return static_cast<Window*>(self)->position_;
    };
    table.zseek64_file = [](voidpf, voidpf self, ZPOS64_T offset, int origin) -> long {
      return static_cast<Window*>(self)->seek(offset, origin);
    };
    table.zclose_file = [](voidpf, voidpf) { return 0; };
    table.zerror_file = [](voidpf, voidpf self) { return static_cast<Window*>(self)->error_ ? 1 : 0; };
    table.opaque = this;
    return table;
  }
  const std::optional<Error>& error() const { return error_; }
  // False: the file ends before.
  bool read_at(std::uint64_t position, std::span<unsigned char> out) {
    if (position > size_) return false;
    position_ = position;
    return read(out.data(), out.size()) == out.size();
  }

 private:
  uLong read(void* out, uLong size) {
    auto* to = static_cast<std::byte*>(out);
    if (size == 1 && position_ >= start_ && position_ - start_ < held_) {  // nearly always
      *to = block_[position_++ - start_];
      return 1;
    }
    uLong done = 0;
    while (done < size) {
      if (position_ < start_ || position_ >= start_ + held_) {
        try {
          start_ = position_;
          held_ = file_->read_at(position_, block_);
        } catch (const Error& error) {
          error_ = error;
          held_ = 0;
        }
        if (held_ == 0) break;
      }
      const auto step = std::min<std::uint64_t>(size - done, start_ + held_ - position_);
      std::memcpy(to + done, block_.data() + (position_ - start_), step);
      done += step;
      position_ += step;
    }
    return done;
  }
  long seek(std::uint64_t offset, int origin) {
    std::uint64_t base = 0;
    if (origin == ZLIB_FILEFUNC_SEEK_CUR) base = position_;
    if (origin == ZLIB_FILEFUNC_SEEK_END) base = size_;
    // Beyond the end is allowed, as in any file: minizip loses its way in extra fields after a ZIP64 one.
    if (base + offset < base) return -1;
    position_ = base + offset;
    return 0;
  }

  std::unique_ptr<File> file_;
  std::uint64_t size_ = 0, position_ = 0, start_ = 0;
  std::size_t held_ = 0;
  Buffer block_;
  std::optional<Error> error_;
};

struct CloseZip {
  void operator()(void* handle) const { unzClose(handle); }
};
using Zip = std::unique_ptr<void, CloseZip>;

EntryKind kind_of(const unz_file_info64& info, std::string_view name) {
  if (name.ends_with('/')) return EntryKind::directory;
  // Whatever system is named: there are programs that go by these bits alone.
  switch ((info.external_fa >> 16) & 0170000) {
    case 0:
    case 0100000:
      return EntryKind::file;
    case 0040000:
      return EntryKind::directory;
    case 0120000:
      return EntryKind::symlink;
    default:
      return EntryKind::other;
  }
}

std::uint64_t little_endian(std::span<const unsigned char> bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i)
    value |= std::uint64_t{bytes[i]} << (8 * i);
  return value;
}

// The numbers of an entry of the central directory. minizip 1.1 does not replace 0xFFFFFFFF by what stands in
// the ZIP64 field, so they are taken from the record itself (APPNOTE 4.3.12, 4.5.3).
struct Central {
  std::uint64_t size = 0, packed = 0, local = 0;
  unsigned flags = 0, method = 0;
  std::uint32_t crc = 0;
  bool elsewhere = false;  // on another disk, or with two ZIP64 fields: programs differ in which they take
  std::string other_name;  // the Unicode path field (0x7075), which some programs take instead
};

std::optional<Central> central_at(Window& window, std::uint64_t place) {
  std::array<unsigned char, 46> fixed{};
  if (!window.read_at(place, fixed)) return std::nullopt;
  const auto number = [&](std::size_t at, std::size_t bytes) {
    return little_endian(std::span(fixed).subspan(at, bytes));
  };
  if (number(0, 4) != 0x02014b50) return std::nullopt;
  Central central{number(24, 4), number(20, 4), number(42, 4)};
  central.flags = static_cast<unsigned>(number(8, 2));
  central.method = static_cast<unsigned>(number(10, 2));
  central.crc = static_cast<std::uint32_t>(number(16, 4));
  central.elsewhere = number(34, 2) != 0;
  bool wide = false;
  std::vector<unsigned char> extra(number(30, 2));
  if (!window.read_at(place + fixed.size() + number(28, 2), extra)) return std::nullopt;
  for (std::span<const unsigned char> rest(extra); rest.size() >= 4;) {
    const std::uint64_t id = little_endian(rest.first(2));
    const std::size_t length = little_endian(rest.subspan(2, 2));
    rest = rest.subspan(4);
    if (length > rest.size()) break;
    if (id == 0x7075 && length > 5)
      central.other_name.assign(reinterpret_cast<const char*>(rest.data()) + 5, length - 5);
    if (id == 0x0001) {
      central.elsewhere = central.elsewhere || std::exchange(wide, true);
      std::span<const unsigned char> field = rest.first(length);
      for (std::uint64_t* value : {&central.size, &central.packed, &central.local}) {
        if (*value != 0xffffffff) continue;
        if (field.size() < 8) return std::nullopt;
        *value = little_endian(field.first(8));
        field = field.subspan(8);
      }
    }
    rest = rest.subspan(length);
  }
  return central;
}

class ZipSource final : public PackageSource {
 public:
  ZipSource(Files& files, Path path, Report& report)
      : files_(files), path_(std::move(path)), window_(files, path_) {
    zlib_filefunc64_def functions = window_.functions();
    zip_.reset(unzOpen2_64(path_.c_str(), &functions));
    if (window_.error()) throw *window_.error();
    if (zip_) {
      list(report);
    } else {
      damaged_ = true;
      report.incomplete();
      report.add(Level::error, "VTLT-ZIP-TRUNCATED", {}, say("zip.directory"), say("archive.hint"), "");
    }
    // The names before the break still tell what it was meant to be.
    if (damaged_ && entries_.size() == 0)
      list_archive(
          files_, path_, ArchiveFormat::zip,
          [&](const LocalHeader& header) {
            if (!entries_.full()) entries_.add(header.name, header.kind, header.size.value_or(0), 0);
          },
          nullptr);
    entries_.settle_root();
    root_name_ = entries_.root();
  }

  bool archive() const override { return true; }

  std::unique_ptr<ByteStream> open(std::uint32_t entry) override {
    if (!zip_)
      throw Error(Exit::no_verdict, "VTLT-ZIP-DATA", say("zip.open")).at(std::string(entries_.path(entry)));
    if (std::binary_search(refused_.begin(), refused_.end(), entries_[entry].place))
      throw Error(Exit::no_verdict, "VTLT-ZIP-BOMB", say("zip.bomb")).at(std::string(entries_.path(entry)));
    return open_archive_entry(files_, path_, ArchiveFormat::zip, entries_, entry);
  }

  void visit(const Work& work, Report& report) override {
    Matcher matcher(entries_);  // the names' own bytes were compared with the list
    const auto match = [&](const LocalHeader& header) {
      const std::string name = entries_.relative(header.name);
      if (name.empty() && !entries_.root().empty() && header.kind == EntryKind::directory) return no_entry;
      const std::uint32_t entry = matcher.take(name, header.place);
      if (entry == no_entry) {
        report.add(Level::error, "VTLT-ZIP-LOCAL", {name}, say("zip.local"), say("zip.local.hint"), "");
        return no_entry;
      }
      if (header.kind == EntryKind::file && header.size && *header.size != entries_[entry].size)
        report.add(Level::error, "VTLT-ZIP-LOCAL", {name}, say("zip.localsize"), say("zip.local.hint"), "");
      // A bomb is known by its measure alone; its bytes are not unpacked.
      if (std::binary_search(refused_.begin(), refused_.end(), entries_[entry].place)) return no_entry;
      return entry;
    };
    const std::vector<Extent> extents = parts();
    const bool whole =
        extents.empty()
            ? stream_archive(files_, path_, ArchiveFormat::zip, entries_, match, work, report)
            : read_extents(files_, path_, ArchiveFormat::zip, entries_, extents, match, work, report);
    if (!whole) return;
    for (std::size_t i = 0; i < entries_.size(); ++i)
      if (!matcher.seen(i))
        report.add(Level::error, "VTLT-ZIP-LOCAL", {std::string(entries_.path(i))}, say("zip.central"),
                   say("zip.local.hint"), "");
  }

 private:
  // Where the file can be cut between entries; empty when one of them is too large a share of it for that, or
  // when the central directory does not name the places where entries begin.
  std::vector<Extent> parts() {
    const std::uint64_t size = window_.size(), least = size / 64;
    if (size < std::uint64_t{16} << 20) return {{0, size}};
    std::vector<std::uint64_t> places;
    places.reserve(entries_.size());
    for (std::size_t i = 0; i < entries_.size(); ++i)
      places.push_back(entries_[i].place);
    std::sort(places.begin(), places.end());
    if (places.empty() || places.front() != 0) return {};
    std::vector<Extent> extents{{0, size}};
    for (const std::uint64_t place : places) {
      if (place - extents.back().begin < least) continue;
      std::array<unsigned char, 4> mark{};
      if (!window_.read_at(place, mark) || little_endian(mark) != 0x04034b50) return {};
      extents.back().end = place;
      extents.push_back({place, size});
    }
    const bool even = std::all_of(extents.begin(), extents.end(), [size](const Extent& extent) {
      return extent.end - extent.begin <= size / 4;
    });
    return even ? extents : std::vector<Extent>();
  }

  void list(Report& report) {
    unz_global_info64 global{};
    unzGetGlobalInfo64(zip_.get(), &global);
    std::uint64_t packed = 0, unpacked = 0;
    std::vector<char> name(65536);
    std::vector<Central> listed;
    int result = global.number_entry == 0 ? UNZ_END_OF_LIST_OF_FILE : unzGoToFirstFile(zip_.get());
    for (; result == UNZ_OK; result = unzGoToNextFile(zip_.get())) {
      unz_file_info64 info{};
      unz64_file_pos place{};
      if (unzGetCurrentFileInfo64(zip_.get(), &info, name.data(), name.size(), nullptr, 0, nullptr, 0) !=
              UNZ_OK ||
          unzGetFilePos64(zip_.get(), &place) != UNZ_OK)
        break;
      const auto central = central_at(window_, place.pos_in_zip_directory);
      if (!central) break;
      if (entries_.full()) {
        damaged_ = true;
        report.add(Level::error, "VTLT-PATH-COUNT", {}, say("path.count"), {}, "");
        return;
      }
      const std::string_view full =
          without_dot({name.data(), std::min<std::size_t>(info.size_filename, name.size())});
      if (listed.empty()) directory_ = place.pos_in_zip_directory;
      entries_.add(full, kind_of(info, full), central->size, central->local);
      listed.push_back(*central);
      if (!central->other_name.empty() &&
          central->other_name != std::string_view(name.data(), std::strlen(name.data())))
        report.add(Level::error, "VTLT-ZIP-LOCAL", {std::string(full)}, say("zip.othername"),
                   say("zip.local.hint"), "");
      judge(full, info, *central, report);
      packed += std::min(central->packed, window_.size() + 1);
      // An entry that is refused alone is not unpacked.
      if (!is_bomb(central->size, central->packed)) unpacked += central->size;
    }
    std::sort(refused_.begin(), refused_.end());
    compare_headers(listed, report);
    check_end(listed.size(), report);
    if (result != UNZ_END_OF_LIST_OF_FILE) {
      damaged_ = true;
      report.incomplete();
      report.add(Level::error, "VTLT-ZIP-TRUNCATED", {}, say("zip.directory"), say("archive.hint"), "");
    }
    if (is_bomb(unpacked, window_.size())) {  // of many entries, each of which is harmless
      damaged_ = true;
      report.incomplete();
      report.add(Level::error, "VTLT-ZIP-BOMB", {}, say("zip.bomb"), say("zip.bomb.hint"), "");
    }
    if (packed > window_.size()) {
      damaged_ = true;
      report.add(Level::error, "VTLT-ZIP-OVERLAP", {}, say("zip.overlap"), say("archive.hint"), "");
    }
  }

  // The list ends where its end record begins, and that ends with the file: else programs find another list,
  // or none of them what stands behind (APPNOTE 4.3.14 to 4.3.16).
  void check_end(std::uint64_t entries, Report& report) {
    constexpr std::size_t record = 22, locator = 20, wide_record = 56;
    const std::uint64_t size = window_.size();
    std::vector<unsigned char> tail(std::min<std::uint64_t>(size, record + 0xffff + locator + wide_record));
    if (tail.size() < record || !window_.read_at(size - tail.size(), tail)) return;
    const auto number = [&](std::size_t at, std::size_t length) {
      return little_endian(std::span(tail).subspan(at, length));
    };
    const auto marked = [&](std::size_t at, std::uint64_t mark) { return number(at, 4) == mark; };
    // The last that is as long as what is left.
    std::size_t end = tail.size();
    for (std::size_t at = tail.size() - record + 1; at-- > 0 && end == tail.size();)
      if (marked(at, 0x06054b50) && at + record + number(at + 20, 2) == tail.size()) end = at;
    bool right = end != tail.size();
    const std::uint64_t place = size - tail.size() + end;
    for (std::size_t at = end + 4; right && at + 4 <= tail.size(); ++at)
      right = !marked(at, 0x06054b50) && !marked(at, 0x06064b50) && !marked(at, 0x07064b50);
    if (right) {
      std::uint64_t count = number(end + 10, 2), length = number(end + 12, 4), offset = number(end + 16, 4),
                    before = place;
      if (end >= locator + wide_record && marked(end - locator, 0x07064b50)) {
        const std::size_t wide = end - locator - wide_record;
        before = place - locator - wide_record;
        const std::uint64_t wide_count = number(wide + 32, 8), wide_length = number(wide + 40, 8),
                            wide_offset = number(wide + 48, 8);
        right = marked(wide, 0x06064b50) && number(end - locator + 8, 8) == before &&
                (count == 0xffff || count == wide_count) && (length == 0xffffffff || length == wide_length) &&
                (offset == 0xffffffff || offset == wide_offset);
        count = wide_count, length = wide_length, offset = wide_offset;
      }
      right = right && number(end + 4, 4) == 0 && count == entries && offset <= before &&
              length == before - offset;
    }
    if (!right) report.add(Level::error, "VTLT-ZIP-LOCAL", {}, say("zip.end"), say("zip.local.hint"), "");
  }

  // What stands before the data must say what the list says: there are programs that go by the one or the
  // other.
  void compare_headers(const std::vector<Central>& listed, Report& report) {
    constexpr std::size_t portion = 1024;
    const auto file = files_.open(path_, OpenMode::read);
    std::vector<Extent> extents(listed.size() + 1);  // from header to the end of the data; and the list
    extents.back() = {directory_, directory_};
    parallel_for((listed.size() + portion - 1) / portion, [&](std::size_t part) {
      for (std::size_t i = part * portion; i < std::min(listed.size(), (part + 1) * portion); ++i) {
        const Central& central = listed[i];
        const std::string_view name = entries_.path(i);
        if (central.local >= window_.size()) continue;
        std::array<std::byte, 512> bytes{};
        const std::size_t got = file->read_at(central.local, bytes);
        const std::span<const unsigned char> header(reinterpret_cast<const unsigned char*>(bytes.data()),
                                                    got);
        const auto number = [&](std::size_t at, std::size_t length) {
          return little_endian(header.subspan(at, length));
        };
        if (got < 30 || number(0, 4) != 0x04034b50) continue;  // told when it is read
        extents[i] = {central.local, central.local + 30 + number(26, 2) + number(28, 2) + central.packed};
        const unsigned flags = static_cast<unsigned>(number(6, 2));
        const bool later = (flags & 8) != 0;  // sums and sizes stand behind the data
        const auto same = [&](std::uint64_t local, std::uint64_t said) {
          return local == said || local == 0xffffffff || (later && local == 0);
        };
        std::string_view own = without_dot({reinterpret_cast<const char*>(bytes.data()) + 30,
                                            std::min<std::size_t>(number(26, 2), got - 30)});
        while (own.size() > 1 && own.ends_with('/'))
          own.remove_suffix(1);
        const bool named = own.size() + 30 >= got || own == name;
        if (!named || number(8, 2) != central.method || ((flags ^ central.flags) & 9) != 0 ||
            !same(number(14, 4), central.crc) || !same(number(18, 4), central.packed) ||
            !same(number(22, 4), central.size))
          report.add(Level::error, "VTLT-ZIP-LOCAL", {std::string(name)}, say("zip.header"),
                     say("zip.local.hint"), "");
      }
    });
    look_for_gaps(std::move(extents), report);
  }

  // What no program unpacks is not what the sender packed: left behind by a change in place, or hidden.
  void look_for_gaps(std::vector<Extent> extents, Report& report) {
    constexpr std::uint64_t longest_descriptor = 24;  // behind the data: mark, sum, two sizes (APPNOTE 4.3.9)
    std::sort(extents.begin(), extents.end(),
              [](const Extent& a, const Extent& b) { return a.begin < b.begin; });
    std::uint64_t unowned = 0;
    for (std::size_t i = 1; i < extents.size(); ++i)
      if (extents[i - 1].end != 0 && extents[i].begin > extents[i - 1].end + longest_descriptor)
        unowned += extents[i].begin - extents[i - 1].end;
    if (unowned != 0)
      report.add(Level::error, "VTLT-ZIP-GAP", {},
                 say("zip.gap", {{"bytes", static_cast<std::int64_t>(unowned)}}), say("zip.gap.hint"), "");
  }

  void judge(std::string_view full, const unz_file_info64& info, const Central& central, Report& report) {
    const Report::Place at{std::string(full)};
    if (is_bomb(central.size, central.packed)) {
      refused_.push_back(central.local);
      report.incomplete();
      report.add(Level::error, "VTLT-ZIP-BOMB", at, say("zip.bomb"), say("zip.bomb.hint"), "");
    }
    if (central.elsewhere || (full.ends_with('/') && central.size != 0))
      report.add(Level::error, "VTLT-ZIP-LOCAL", at, say("zip.header"), say("zip.local.hint"), "");
    constexpr unsigned strong = 1 << 6, hidden = 1 << 13;
    if ((info.flag & (1 | strong | hidden)) != 0)
      report.add(Level::error, "VTLT-ZIP-ENCRYPTED", at, say("zip.encrypted"), say("zip.encrypted.hint"), "");
    else if (info.compression_method != 0 && info.compression_method != 8)
      report.add(Level::error, "VTLT-ZIP-METHOD", at,
                 say("zip.method", {{"method", std::to_string(info.compression_method)}}),
                 say("zip.method.hint"), "");
    const bool ascii =
        std::none_of(full.begin(), full.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
    if (!ascii && (info.flag & 0x800) == 0)
      report.add(Level::warning, "VTLT-ZIP-UTF8", at, say("zip.utf8"), say("zip.utf8.hint"), "P44");
  }

  Files& files_;
  Path path_;
  Window window_;
  Zip zip_;
  std::vector<std::uint64_t> refused_;
  std::uint64_t directory_ = 0;  // where the list begins
};

}  // namespace

std::unique_ptr<PackageSource> open_zip(Files& files, const Path& path, Report& report) {
  return std::make_unique<ZipSource>(files, path, report);
}

}  // namespace vtlt::package
