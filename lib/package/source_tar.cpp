// A package in a TAR (CSIPSTR3). There is no directory: headers are read once for the list, then with the
// bytes.
#include "package/source_archive.h"

namespace vtlt::package {
namespace {

// One entry at once, gathered from a second reading; only for the small files that steer a check.
class MemoryStream final : public ByteStream {
 public:
  explicit MemoryStream(std::string bytes) : bytes_(std::move(bytes)) {}
  std::size_t read(std::span<std::byte> out) override {
    const std::size_t step = std::min(out.size(), bytes_.size() - position_);
    std::copy_n(as_bytes(bytes_).begin() + static_cast<std::ptrdiff_t>(position_), step, out.begin());
    position_ += step;
    return step;
  }

 private:
  std::string bytes_;
  std::size_t position_ = 0;
};

class TarSource final : public PackageSource {
 public:
  TarSource(Files& files, Path path, Report& report)
      : files_(files), path_(std::move(path)), report_(report) {
    std::uint64_t place = 0;
    damaged_ = !list_archive(
        files_, path_, ArchiveFormat::tar,
        [&](const LocalHeader& header) {
          if (!entries_.full()) entries_.add(header.name, header.kind, header.size.value_or(0), place++);
        },
        &report);
    if (entries_.full()) {
      damaged_ = true;
      report.add(Level::error, "VTLT-PATH-COUNT", {}, say("path.count"), {}, "");
    }
    entries_.settle_root();
    root_name_ = entries_.root();
  }

  bool archive() const override { return true; }

  std::unique_ptr<ByteStream> open(std::uint32_t entry) override {
    constexpr std::size_t most = std::size_t{256} << 20;
    std::string bytes;
    Matcher matcher(entries_);
    Report quiet("");
    stream_archive(
        files_, path_, ArchiveFormat::tar, entries_,
        [&](const LocalHeader& header) {
          const std::uint32_t found = matcher.take(entries_.relative(header.name));
          return found == entry ? found : no_entry;
        },
        [&](std::uint32_t, ByteStream& stream) {
          std::vector<std::byte> block(1 << 16);
          while (const std::size_t got = stream.read(block)) {
            if (bytes.size() + got > most)
              throw Error(Exit::no_verdict, "VTLT-TAR-SIZE", say("archive.toolarge"));
            bytes.append(reinterpret_cast<const char*>(block.data()), got);
          }
        },
        quiet);
    return std::make_unique<MemoryStream>(std::move(bytes));
  }

  void visit(const Work& work, Report& report) override {
    Matcher matcher(entries_);
    stream_archive(
        files_, path_, ArchiveFormat::tar, entries_,
        [&](const LocalHeader& header) { return matcher.take(entries_.relative(header.name)); }, work,
        report);
  }

 private:
  Files& files_;
  Path path_;
  Report& report_;
};

}  // namespace

std::unique_ptr<PackageSource> open_tar(Files& files, const Path& path, Report& report) {
  return std::make_unique<TarSource>(files, path, report);
}

}  // namespace vtlt::package
