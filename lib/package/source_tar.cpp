// A package in a TAR (CSIPSTR3). There is no directory: headers are read once for the list, then with the
// bytes.
#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <set>

#include "base/buffer.h"
#include "base/progress.h"
#include "package/source_archive.h"

namespace vtlt::package {
namespace {

// What libarchive reads without a word although other programs read something else: extension headers for all
// that follows, two for one entry, records that are broken, and what stands behind the end. No package has
// any of them in good faith. Only headers are read; one that is not understood ends it, libarchive judges it.
class TarHeaders {
 public:
  TarHeaders(Files& files, const Path& path, Report& report)
      : file_(files.open(path, OpenMode::read)), size_(file_->stat().size), report_(report) {}

  void check() {
    std::array<std::byte, block> bytes{};
    for (std::uint64_t at = 0; at + block <= size_;) {
      check_interrupted();
      if (file_->read_at(at, bytes) != block) return;
      const std::string_view header(reinterpret_cast<const char*>(bytes.data()), block);
      if (empty(header)) return check_rest(at + block);
      const char type = header[156];
      const auto said = size_of(header);
      if (!said) return;
      std::uint64_t size = *said;
      if (type == 'x' || type == 'g' || type == 'L' || type == 'K') {
        if (size > most_extension) return fault();
        extension(type, text_at(at + block, size));
      } else {
        if (wide_size_) size = *wide_size_;
        if ((type >= '1' && type <= '6' && size != 0) || type == 'S' || type == 'M' || type == 'V') return;
        wide_size_.reset();
        pending_.clear();
      }
      const std::uint64_t blocks = size / block + (size % block != 0 ? 1 : 0);
      if (blocks > size_ / block) return;
      at += block + blocks * block;
    }
  }

 private:
  static constexpr std::size_t block = 512;
  static constexpr std::uint64_t most_extension = 1 << 20;

  static bool empty(std::string_view bytes) {
    return std::all_of(bytes.begin(), bytes.end(), [](char c) { return c == 0; });
  }
  static std::optional<std::uint64_t> size_of(std::string_view header) {
    std::string_view field = header.substr(124, 12);
    while (!field.empty() && field.front() == ' ')
      field.remove_prefix(1);
    std::uint64_t size = 0;
    const auto read = std::from_chars(field.data(), field.data() + field.size(), size, 8);
    const bool ended = read.ptr == field.data() + field.size() || *read.ptr == ' ' || *read.ptr == 0;
    return read.ec == std::errc() && ended ? std::optional(size) : std::nullopt;
  }
  std::string text_at(std::uint64_t at, std::uint64_t size) {
    std::string text(size, 0);
    text.resize(file_->read_at(at, std::as_writable_bytes(std::span(text))));
    return text;
  }

  void extension(char type, std::string_view text) {
    const auto once = [&](const std::string& what) {
      if (!pending_.insert(what).second) fault();
    };
    if (type == 'L') return once("path");
    if (type == 'K') return once("linkpath");
    if (type == 'x') once("header");
    while (!text.empty()) {  // "30 mtime=1350244992.023960108\n"
      std::size_t length = 0;
      const auto read = std::from_chars(text.data(), text.data() + text.size(), length);
      const auto digits = static_cast<std::size_t>(read.ptr - text.data());
      if (read.ec != std::errc() || length > text.size() || length < digits + 4 || *read.ptr != ' ' ||
          text[length - 1] != '\n')
        return fault();
      const std::string_view record = text.substr(digits + 1, length - digits - 2);
      const std::size_t equals = record.find('=');
      if (equals == std::string_view::npos) return fault();
      const std::string_view key = record.substr(0, equals), value = record.substr(equals + 1);
      const bool name = key == "path" || key == "linkpath";
      if (name && (value.empty() || value.find('\0') != std::string_view::npos)) return fault();
      if (type == 'g' && (name || key == "size" || key.starts_with("GNU.sparse"))) return fault();
      if (name || key == "size") once(std::string(key));
      if (key == "size") {
        std::uint64_t size = 0;
        std::from_chars(value.data(), value.data() + value.size(), size);
        wide_size_ = size;
      }
      text.remove_prefix(length);
    }
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
  void fault() {
    report_.add_once(Level::error, "VTLT-TAR-HEADER", {}, say("tar.header"), say("zip.local.hint"), "");
  }

  std::unique_ptr<File> file_;
  std::uint64_t size_;
  Report& report_;
  std::set<std::string> pending_;  // said of the next entry
  std::optional<std::uint64_t> wide_size_;
};

class TarSource final : public PackageSource {
 public:
  TarSource(Files& files, Path path, Report& report) : files_(files), path_(std::move(path)) {
    const std::uint64_t packed = files_.stat(path_)->size;
    std::uint64_t unpacked = 0;
    damaged_ = !list_archive(
        files_, path_, ArchiveFormat::tar,
        [&](const LocalHeader& header) {
          if (header.name == ".") return;
          if (!entries_.full()) entries_.add(header.name, header.kind, header.size.value_or(0), header.place);
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
    if (!damaged_) TarHeaders(files_, path_, report).check();
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
        [&](const LocalHeader& header) { return matcher.take(entries_.relative(header.name), header.place); },
        work, report);
  }

 private:
  Files& files_;
  Path path_;
};

}  // namespace

std::unique_ptr<PackageSource> open_tar(Files& files, const Path& path, Report& report) {
  return std::make_unique<TarSource>(files, path, report);
}

}  // namespace vtlt::package
