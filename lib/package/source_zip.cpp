// A package in a ZIP: the list is the central directory (minizip), the bytes come from the local headers
// (libarchive), and both have to tell the same. Whoever unpacks by the one or the other gets the same files.
#include <unzip.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "base/ascii.h"
#include "base/buffer.h"
#include "base/progress.h"
#include "base/threads.h"
#include "package/source_archive.h"
#include "package/zip_records.h"

namespace vtlt::package {
namespace {

// minizip reads single bytes; a window makes that cheap.
class Window {
 public:
  Window(Files& files, const Path& path, std::size_t block)
      : file_(files.open(path, OpenMode::read)), size_(file_->stat().size), block_(block) {}

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
  zip::ReadAt reader() {
    return [this](std::uint64_t position, std::span<unsigned char> out) {
      position_ = position;
      return read(out.data(), out.size()) == out.size();
    };
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
      if (position_ < start_ || position_ - start_ >= held_) {
        if (position_ >= size_) break;
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

constexpr std::uint32_t unix_type = 0170000, unix_folder = 0040000, dos_folder = 0x10, dos_volume = 0x08;

std::uint32_t type_of(const zip::Central& central) {
  return (central.attributes >> 16) & unix_type;
}

EntryKind kind_of(const zip::Central& central, std::string_view name) {
  if (name.ends_with('/')) return EntryKind::directory;
  // Whatever system is named: there are programs that go by these bits alone.
  switch (type_of(central)) {
    case 0:
    case 0100000:
      return EntryKind::file;
    case unix_folder:
      return EntryKind::directory;
    case 0120000:
      return EntryKind::symlink;
    default:
      return EntryKind::other;
  }
}

class ZipSource final : public PackageSource {
 public:
  ZipSource(Files& files, Path path, Report& report)
      : files_(files), path_(std::move(path)), window_(files, path_, 1 << 16) {
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
      const std::uint64_t place = place_of(header);
      if (header.kind == EntryKind::directory && std::binary_search(places_.begin(), places_.end(), place) &&
          (header.name == "." || same_name(header.name, entries_.root())))
        return no_entry;
      const std::uint32_t entry = matcher.take(header.name, place);
      if (entry == no_entry) {
        report.add(Level::error, "VTLT-ZIP-LOCAL", {entries_.relative(header.name)}, say("zip.local"),
                   say("zip.local.hint"), "");
        return no_entry;
      }
      if (header.kind == EntryKind::file && header.size && *header.size != entries_[entry].size)
        report.add(Level::error, "VTLT-ZIP-LOCAL", {std::string(entries_.path(entry))}, say("zip.localsize"),
                   say("zip.local.hint"), "");
      // A bomb is known by its measure alone; its bytes are not unpacked.
      if (std::binary_search(refused_.begin(), refused_.end(), entries_[entry].place)) return no_entry;
      return entry;
    };
    // Sums and sizes behind the data are believed where the data end; the list's were found where it says.
    const auto ended = [&](std::uint32_t entry, std::uint64_t end) {
      const auto next = std::upper_bound(places_.begin(), places_.end(), entries_[entry].place);
      if (tiled_ && end != (next == places_.end() ? directory_ : *next))
        differs(entries_.path(entry), report);
    };
    const std::vector<Extent> extents = parts();
    const bool whole =
        extents.empty()
            ? stream_archive(files_, path_, ArchiveFormat::zip, entries_, match, ended, work, report)
            : read_extents(files_, path_, ArchiveFormat::zip, entries_, extents, match, ended, work, report);
    if (!whole) return;
    for (std::size_t i = 0; i < entries_.size(); ++i)
      if (!matcher.seen(i))
        report.add(Level::error, "VTLT-ZIP-LOCAL", {std::string(entries_.path(i))}, say("zip.central"),
                   say("zip.local.hint"), "");
  }

 private:
  // libarchive does not read the data of a folder, which Java writes (a few bytes of deflate, with sizes
  // behind them), and looks for the next header from there.
  std::uint64_t place_of(const LocalHeader& header) const {
    const auto next = std::upper_bound(places_.begin(), places_.end(), header.place);
    if (next == places_.begin() || next == places_.end() || *(next - 1) == header.place) return header.place;
    return std::binary_search(deep_folders_.begin(), deep_folders_.end(), *(next - 1)) ? *next : header.place;
  }

  // Where the file can be cut between entries; empty when one of them is too large a share of it for that, or
  // when the central directory does not name the places where entries begin.
  std::vector<Extent> parts() {
    const std::uint64_t size = window_.size(), least = size / 64;
    if (size < std::uint64_t{16} << 20) return {{0, size}};
    if (places_.empty() || places_.front() != 0) return {};
    std::vector<Extent> extents{{0, size}};
    for (const std::uint64_t place : places_) {
      if (place - extents.back().begin < least) continue;
      if (!zip::local_at(window_.reader(), place)) return {};
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
    std::vector<zip::Central> listed;
    int result = global.number_entry == 0 ? UNZ_END_OF_LIST_OF_FILE : unzGoToFirstFile(zip_.get());
    // minizip does not stop at 0xFFFF entries, where others might follow.
    const auto next = [&] {
      return listed.size() == global.number_entry ? UNZ_END_OF_LIST_OF_FILE : unzGoToNextFile(zip_.get());
    };
    for (; result == UNZ_OK; result = next()) {
      unz_file_info64 info{};
      unz64_file_pos place{};
      if (unzGetCurrentFileInfo64(zip_.get(), &info, name.data(), name.size(), nullptr, 0, nullptr, 0) !=
              UNZ_OK ||
          unzGetFilePos64(zip_.get(), &place) != UNZ_OK)
        break;
      // minizip 1.1 does not replace 0xFFFFFFFF by what stands in the ZIP64 field.
      const auto central = zip::central_at(window_.reader(), place.pos_in_zip_directory);
      if (!central) break;
      if (entries_.full()) {
        damaged_ = true;
        report.add(Level::error, "VTLT-PATH-COUNT", {}, say("path.count"), {}, "");
        return;
      }
      const std::string_view full =
          without_dot({name.data(), std::min<std::size_t>(info.size_filename, name.size())});
      if (listed.empty()) directory_ = place.pos_in_zip_directory;
      entries_.add(full, kind_of(*central, full), central->size, central->local);
      listed.push_back(*central);
      judge(full, *central, report);
      packed += std::min(central->packed, window_.size() + 1);
      // An entry that is refused alone is not unpacked.
      if (!is_bomb(central->size, central->packed)) unpacked += central->size;
    }
    std::sort(refused_.begin(), refused_.end());
    std::sort(deep_folders_.begin(), deep_folders_.end());
    places_.reserve(listed.size());
    for (const zip::Central& central : listed)
      places_.push_back(central.local);
    std::sort(places_.begin(), places_.end());
    compare_headers(listed, report);
    if (global.number_entry != 0 && !zip::ends_well(window_.reader(), window_.size(), directory_,
                                                    listed.empty() ? 0 : listed.back().end, listed.size()))
      report.add(Level::error, "VTLT-ZIP-LOCAL", {}, say("zip.end"), say("zip.local.hint"), "");
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

  static void differs(std::string_view name, Report& report) {
    report.add(Level::error, "VTLT-ZIP-LOCAL", {std::string(name)}, say("zip.header"), say("zip.local.hint"),
               "");
  }

  // What stands before the data, and behind them, must say what the list says: there are programs that go by
  // the one or the other.
  void compare_headers(const std::vector<zip::Central>& listed, Report& report) {
    constexpr std::size_t portion = 1024, nearby = 512;  // a header is read at once, with its name
    std::vector<Extent> extents(listed.size() + 1);      // from header to header; and the list
    extents.back() = {directory_, directory_};
    parallel_for((listed.size() + portion - 1) / portion, [&](std::size_t part) {
      Window window(files_, path_, nearby);
      const zip::ReadAt read = window.reader();
      for (std::size_t i = part * portion; i < std::min(listed.size(), (part + 1) * portion); ++i) {
        const zip::Central& central = listed[i];
        const auto local = zip::local_at(read, central.local);
        if (!local) {
          differs(entries_.path(i), report);
          continue;
        }
        const auto end = zip::end_of(read, *local, central);
        extents[i] = {central.local, end.value_or(0)};
        const std::string_view whole = without_dot(local->name), own = without_slashes(whole),
                               name = entries_.path(i);
        const bool folder = own != whole;
        // Nothing, stored or deflated.
        std::array<unsigned char, 5> data{};
        const auto packed = std::span(data).first(std::min<std::size_t>(central.packed, data.size()));
        static constexpr std::array<unsigned char, 2> fixed{3, 0};
        static constexpr std::array<unsigned char, 5> stored{1, 0, 0, 0xff, 0xff};
        const bool nothing =
            central.packed == 0 ||
            (central.method == 8 && central.packed <= data.size() && read(local->data, packed) &&
             (std::ranges::equal(packed, fixed) || std::ranges::equal(packed, stored)));
        const bool named = local->name.size() == central.name && own == name &&
                           folder == (entries_[i].kind == EntryKind::directory);
        if (!end || !named || (folder && !nothing) || local->doubtful || !agree(*local, central))
          differs(name, report);
      }
      if (window.error()) throw *window.error();
    });
    look_for_gaps(std::move(extents), report);
  }

  // What no program unpacks is not what the sender packed: left behind by a change in place, or hidden.
  void look_for_gaps(std::vector<Extent> extents, Report& report) {
    std::sort(extents.begin(), extents.end(),
              [](const Extent& a, const Extent& b) { return a.begin < b.begin; });
    std::uint64_t unowned = extents.front().begin;
    bool shared = false;
    tiled_ = true;
    for (std::size_t i = 1; i < extents.size(); ++i) {
      const std::uint64_t end = extents[i - 1].end, begin = extents[i].begin;
      tiled_ = tiled_ && end == begin;
      shared = shared || end > begin;
      if (end != 0 && begin > end) unowned += begin - end;
    }
    if (shared) report.add(Level::error, "VTLT-ZIP-OVERLAP", {}, say("zip.shared"), say("archive.hint"), "");
    if (unowned != 0)
      report.add(Level::error, "VTLT-ZIP-GAP", {},
                 say("zip.gap", {{"bytes", static_cast<std::int64_t>(unowned)}}), say("zip.gap.hint"), "");
  }

  void judge(std::string_view full, const zip::Central& central, Report& report) {
    const Report::Place at{std::string(full)};
    if (is_bomb(central.size, central.packed)) {
      refused_.push_back(central.local);
      report.incomplete();
      report.add(Level::error, "VTLT-ZIP-BOMB", at, say("zip.bomb"), say("zip.bomb.hint"), "");
    }
    // A folder for one program and a file for another.
    const bool folder = full.ends_with('/');
    const bool empty = central.size == 0 && central.crc == 0;
    const bool other = folder ? !empty || (type_of(central) != 0 && type_of(central) != unix_folder)
                              : type_of(central) == unix_folder || (central.attributes & dos_folder) != 0;
    if (folder && (central.packed != 0 || (central.flags & zip::described) != 0))
      deep_folders_.push_back(central.local);
    // unzip leaves out what DOS would take for the name of the medium.
    if (central.doubtful || other || (central.attributes & dos_volume) != 0) differs(full, report);
    if ((central.flags & (zip::encrypted | zip::strong | zip::hidden)) != 0)
      report.add(Level::error, "VTLT-ZIP-ENCRYPTED", at, say("zip.encrypted"), say("zip.encrypted.hint"), "");
    else if (central.method != 0 && central.method != 8)
      report.add(Level::error, "VTLT-ZIP-METHOD", at,
                 say("zip.method", {{"method", std::to_string(central.method)}}), say("zip.method.hint"), "");
    if (!ascii::is_ascii(full) && (central.flags & zip::utf8) == 0)
      report.add(Level::warning, "VTLT-ZIP-UTF8", at, say("zip.utf8"), say("zip.utf8.hint"), "P44");
  }

  Files& files_;
  Path path_;
  Window window_;
  Zip zip_;
  std::vector<std::uint64_t> refused_;
  std::uint64_t directory_ = 0;              // where the list begins
  std::vector<std::uint64_t> places_;        // of all entries, sorted
  std::vector<std::uint64_t> deep_folders_;  // places of folders with data, sorted
  bool tiled_ = false;                       // each ends where the next begins
};

}  // namespace

std::unique_ptr<PackageSource> open_zip(Files& files, const Path& path, Report& report) {
  return std::make_unique<ZipSource>(files, path, report);
}

}  // namespace vtlt::package
