// A package in a TAR (CSIPSTR3). There is no directory: headers are read once for the list, then with the
// bytes.
#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <set>
#include <utility>

#include "base/buffer.h"
#include "base/progress.h"
#include "package/source_archive.h"

namespace vtlt::package {
namespace {

// The headers as they stand in the file: for the names' own bytes, which libarchive composes, and for what it
// reads without a word although other programs read something else: extension headers for all that follows,
// two for one entry, records and numbers that are broken, kinds of entries that not all know, and what stands
// behind the end. No package has any of them in good faith. One that is not understood ends it, libarchive
// judges what follows.
class TarHeaders {
 public:
  TarHeaders(Files& files, const Path& path, Report& report)
      : file_(files.open(path, OpenMode::read)), size_(file_->stat().size), report_(report) {}

  struct Header {
    std::uint64_t place = 0;  // of the first that belongs to the entry
    std::string name;
  };
  // The next entry; nullopt when there is none, or none that is understood.
  std::optional<Header> next() {
    if (ended_) return std::nullopt;
    const std::uint64_t place = at_;
    said_ = {};
    std::array<std::byte, 2 * block> bytes{};
    while (at_ + block <= size_) {
      check_interrupted();
      const std::size_t filling = std::exchange(filling_, 0);
      const auto both = std::span(bytes).first(filling + block);
      if (file_->read_at(at_ - filling, both) != both.size()) break;
      const std::string_view read(reinterpret_cast<const char*>(bytes.data()), both.size());
      if (!empty(read.substr(0, filling)))
        report_.add_once(Level::error, "VTLT-TAR-GAP", {}, say("tar.gap"), say("zip.gap.hint"), "");
      const std::string_view header = read.substr(filling);
      if (empty(header)) {
        check_rest(at_ + block);
        break;
      }
      const auto size = number_of(header.substr(124, 12));
      if (!size || empty_number(header.substr(124, 12)) || !is_tar_header(header) || !plain_fields(header))
        return fault();
      const bool oldest = empty(header.substr(257, 8));
      if (oldest != oldest_.value_or(oldest)) return fault();  // one of another format, at which some stop
      oldest_ = oldest;
      const char type = header[156];
      if (type == 'x' || type == 'g' || type == 'L' || type == 'K') {
        if (*size > most_extension || !extension(type, text_at(at_ + block, *size))) return fault();
        if (!step(*size)) break;
        continue;
      }
      const std::uint64_t data = said_.size.value_or(*size);
      const std::string name = said_.name ? *said_.name : name_of(header);
      // What fits into the header itself is there too.
      if ((data != *size && data < most_octal) || !known(header, data, name)) return fault();
      if (!step(data)) break;
      return Header{place, name};
    }
    if (at_ != place && at_ <= size_) return fault();  // extension headers of no entry
    ended_ = true;
    if (at_ == size_ && place != 0)
      report_.add(Level::warning, "VTLT-TAR-END", {}, say("tar.noend"), say("archive.hint"), "");
    return std::nullopt;
  }
  std::nullopt_t fault() {
    ended_ = true;
    report_.add_once(Level::error, "VTLT-TAR-HEADER", {}, say("tar.header"), say("zip.local.hint"), "");
    return std::nullopt;
  }

 private:
  static constexpr std::size_t block = 512;
  static constexpr std::uint64_t most_extension = 1 << 20, most_octal = std::uint64_t{1} << 33;

  static bool empty(std::string_view bytes) {
    return std::all_of(bytes.begin(), bytes.end(), [](char c) { return c == 0; });
  }
  static bool empty_number(std::string_view field) {
    return std::all_of(field.begin(), field.end(), [](char c) { return c == ' ' || c == 0; });
  }
  // In octal, or as GNU writes what is too large for that.
  static std::optional<std::uint64_t> number_of(std::string_view field) {
    if (field.front() == '\x80') {
      std::uint64_t value = 0;
      for (const char c : field.substr(1)) {
        if (value >> 55 != 0) return std::nullopt;
        value = value << 8 | static_cast<unsigned char>(c);
      }
      return value;
    }
    while (!field.empty() && field.front() == ' ')
      field.remove_prefix(1);
    if (empty(field)) return 0;
    std::uint64_t value = 0;
    const auto read = std::from_chars(field.data(), field.data() + field.size(), value, 8);
    const bool ended =
        std::all_of(read.ptr, field.data() + field.size(), [](char c) { return c == ' ' || c == 0; });
    return read.ec == std::errc() && ended ? std::optional(value) : std::nullopt;
  }
  // What says nothing of the contents, and makes some programs stop all the same: rights, owners, time,
  // magic.
  static bool plain_fields(std::string_view header) {
    const auto number = [&](std::size_t at, std::size_t length) {
      const std::string_view field = header.substr(at, length);
      return number_of(field) && (!empty_number(field) || empty(field));
    };
    const bool posix = header.substr(257, 6) == std::string_view("ustar\0", 6);
    // Elsewhere this is no prefix, which not all programs know.
    if (!posix && !empty(header.substr(345, 155))) return false;
    if (posix && (!number(329, 8) || !number(337, 8))) return false;
    const std::string_view magic = header.substr(257, 6);  // the version behind it differs among writers
    // Before 1970 is below zero, in GNU's way.
    return header[100] != '\x80' && number(100, 8) && number(108, 8) && number(116, 8) &&
           (header.substr(136, 4) == "\xff\xff\xff\xff" || number(136, 12)) &&
           (magic == std::string_view("ustar\0", 6) || magic == "ustar " || empty(header.substr(257, 8)));
  }
  static std::string name_of(std::string_view header) {
    const auto field = [&](std::size_t at, std::size_t length) {
      return std::string(header.substr(at, std::min(header.find('\0', at) - at, length)));
    };
    const std::string prefix =
        header.substr(257, 6) == std::string_view("ustar\0", 6) ? field(345, 155) : std::string();
    return prefix.empty() ? field(0, 100) : prefix + '/' + field(0, 100);
  }
  // "-1350244992.023960108"
  static bool is_decimal(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    const std::size_t point = std::min(text.find('.'), text.size());
    const auto digits = [](std::string_view part) {
      return !part.empty() && part.find_first_not_of("0123456789") == std::string_view::npos;
    };
    return point <= 18 && digits(text.substr(0, point)) &&
           (point == text.size() || digits(text.substr(point + 1)));
  }
  // A file; a link, device or folder, without data. Holes are written in too many ways.
  bool known(std::string_view header, std::uint64_t size, const std::string& name) const {
    const char type = header[156];
    const bool link = type == '1' || type == '2';
    if (!link && (header[157] != 0 || said_.what.contains("linkpath"))) return false;
    if (type >= '1' && type <= '6') return size == 0;
    // The oldest format's folder; else a folder for some and a file for others.
    if (name.ends_with('/')) return type == 0 && size == 0 && oldest_ == true;
    return type == '0' || type == 0 || type == '7';
  }
  std::string text_at(std::uint64_t at, std::uint64_t size) {
    std::string text(size, 0);
    text.resize(file_->read_at(at, std::as_writable_bytes(std::span(text))));
    return text;
  }
  // Over a header and its data; false: they are not there.
  bool step(std::uint64_t data) {
    const std::uint64_t blocks = data / block + (data % block != 0 ? 1 : 0);
    if (blocks > size_ / block) return false;
    at_ += block + blocks * block;
    filling_ = static_cast<std::size_t>(blocks * block - data);
    return true;
  }

  bool extension(char type, std::string_view text) {
    const auto once = [&](std::string_view what) { return said_.what.insert(std::string(what)).second; };
    const auto name = [&](std::string_view value) {
      said_.name = value;
      return !value.empty() && once("path");
    };
    if (type == 'K') return once("linkpath");
    if (type == 'L') {
      while (text.ends_with('\0'))
        text.remove_suffix(1);
      return name(text);
    }
    if (type == 'x' && !once("header")) return false;
    while (!text.empty()) {  // "30 mtime=1350244992.023960108\n"
      std::size_t length = 0;
      const auto read = std::from_chars(text.data(), text.data() + text.size(), length);
      const auto digits = static_cast<std::size_t>(read.ptr - text.data());
      if (read.ec != std::errc() || length > text.size() || length < digits + 4 || *read.ptr != ' ' ||
          text[length - 1] != '\n')
        return false;
      const std::string_view record = text.substr(digits + 1, length - digits - 2);
      const std::size_t equals = record.find('=');
      if (equals == std::string_view::npos) return false;
      const std::string_view key = record.substr(0, equals), value = record.substr(equals + 1);
      if (key.empty() || static_cast<unsigned char>(key[0]) <= ' ') return false;  // GNU tar skips the blank
      // Others unpack the map and what is left of the data.
      if (key.starts_with("GNU.sparse") || key == "SCHILY.realsize" || key == "SUN.holesdata") return false;
      if (key == "hdrcharset" && value != "ISO-IR 10646 2000 UTF-8" && value != "BINARY") return false;
      if (value.find('\0') != std::string_view::npos && !key.starts_with("SCHILY.xattr.")) return false;
      if ((key.ends_with("time") || key == "uid" || key == "gid") &&
          key.find('.') == std::string_view::npos && !is_decimal(value))
        return false;
      if (type == 'g' && (key == "path" || key == "linkpath" || key == "size")) return false;
      if (key == "path" && !name(value)) return false;
      if (key == "linkpath" && (value.empty() || !once(key))) return false;
      if (key == "size") {
        std::uint64_t size = 0;
        const auto all = std::from_chars(value.data(), value.data() + value.size(), size);
        if (all.ec != std::errc() || all.ptr != value.data() + value.size() || !once(key)) return false;
        said_.size = size;
      }
      text.remove_prefix(length);
    }
    return true;
  }

  void check_rest(std::uint64_t at) {
    Buffer bytes(1 << 16);
    while (const std::size_t got = file_->read_at(at, bytes)) {
      check_interrupted();
      if (!empty({reinterpret_cast<const char*>(bytes.data()), got})) {
        report_.add(Level::error, "VTLT-TAR-END", {}, say("tar.end"), say("zip.local.hint"), "");
        return;
      }
      at += got;
    }
  }

  std::unique_ptr<File> file_;
  std::uint64_t size_, at_ = 0;
  std::size_t filling_ = 0;  // of the last block of data, before at_
  Report& report_;
  bool ended_ = false;
  std::optional<bool> oldest_;  // format, without a magic
  struct Said {                 // of the next entry
    std::set<std::string> what;
    std::optional<std::string> name;
    std::optional<std::uint64_t> size;
  };
  Said said_;
};

class TarSource final : public PackageSource {
 public:
  TarSource(Files& files, Path path, Report& report) : files_(files), path_(std::move(path)) {
    const std::uint64_t packed = files_.stat(path_)->size;
    std::uint64_t unpacked = 0;
    TarHeaders headers(files_, path_, report);
    damaged_ = !list_archive(
        files_, path_, ArchiveFormat::tar,
        [&](const LocalHeader& header) {
          std::string_view name = header.name;
          const auto own = headers.next();
          if (own) {
            name = without_slashes(without_dot(own->name));
            if (own->place != header.place || !same_name(header.name, name)) headers.fault();
          }
          if (!entries_.full()) entries_.add(name, header.kind, header.size.value_or(0), header.place);
          unpacked += std::min(header.size.value_or(0), std::numeric_limits<std::uint64_t>::max() - unpacked);
        },
        &report);
    if (is_bomb(unpacked, packed)) {  // by holes: a TAR does not compress
      damaged_ = true;
      report.incomplete();
      report.add(Level::error, "VTLT-TAR-BOMB", {}, say("zip.bomb"), say("zip.bomb.hint"), "");
    }
    if (entries_.full()) {
      damaged_ = true;
      report.add(Level::error, "VTLT-PATH-COUNT", {}, say("path.count"), {}, "");
    }
    if (!damaged_ && headers.next()) headers.fault();  // libarchive knew of no more
    entries_.settle_root();
    root_name_ = entries_.root();
  }

  bool archive() const override { return true; }

  std::unique_ptr<ByteStream> open(std::uint32_t entry) override {
    return open_archive_entry(files_, path_, ArchiveFormat::tar, entries_, entry);
  }

  void visit(const Work& work, Report& report) override {
    Matcher matcher(entries_);
    stream_archive(
        files_, path_, ArchiveFormat::tar, entries_,
        [&](const LocalHeader& header) { return matcher.take(header.name, header.place); }, {}, work, report);
  }

 private:
  Files& files_;
  Path path_;
};

}  // namespace

bool is_tar_header(std::string_view header) {
  if (header.size() < 512) return false;
  const std::string_view field = header.substr(148, 8);
  unsigned long sum = 8 * ' ', said = 0;
  for (std::size_t i = 0; i < 512; ++i)
    sum += i >= 148 && i < 156 ? 0 : static_cast<unsigned char>(header[i]);
  const std::size_t start = std::min(field.find_first_not_of(' '), field.size());
  std::from_chars(field.data() + start, field.data() + field.size(), said, 8);
  return said == sum;
}

std::unique_ptr<PackageSource> open_tar(Files& files, const Path& path, Report& report) {
  return std::make_unique<TarSource>(files, path, report);
}

}  // namespace vtlt::package
