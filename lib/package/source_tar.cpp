// A package in a TAR (CSIPSTR3). There is no directory: headers are read once for the list, then with the
// bytes.
#include <limits>

#include "package/source_archive.h"

namespace vtlt::package {
namespace {

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
