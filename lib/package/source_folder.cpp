// A package that is a folder: walked without following a link, read on all cores.
#include <algorithm>

#include "base/progress.h"
#include "base/threads.h"
#include "package/source.h"

namespace vtlt::package {
namespace {

// One folder of the package. The first of them are kept open; what is in the others is reached from the
// package's own.
struct Folder {
  std::string path;  // in the package, with a slash at the end; "" the package itself
  std::unique_ptr<Directory> open;
};

// Opened when it is first read: what cannot be opened says so like what breaks half way, and what nobody
// reads costs nothing.
class FileStream final : public ByteStream {
 public:
  FileStream(Directory& package, const Folder& folder, std::string_view name, std::uint64_t size)
      : package_(package), folder_(folder), name_(name), size_(size) {}
  std::size_t read(std::span<std::byte> out) override {
    if (ended_) return 0;
    if (!file_)
      file_ = folder_.open ? folder_.open->open(name_, size_) : package_.open(folder_.path + name_, size_);
    const std::size_t got = file_->read_at(offset_, out);
    offset_ += got;
    ended_ = got < out.size();
    return got;
  }

 private:
  Directory& package_;
  const Folder& folder_;
  std::string name_;
  std::uint64_t size_;
  std::unique_ptr<File> file_;
  std::uint64_t offset_ = 0;
  bool ended_ = false;
};

EntryKind kind_of(FileKind kind) {
  switch (kind) {
    case FileKind::file:
      return EntryKind::file;
    case FileKind::directory:
      return EntryKind::directory;
    case FileKind::symlink:
      return EntryKind::symlink;
    case FileKind::other:
      break;
  }
  return EntryKind::other;
}

class FolderSource final : public PackageSource {
 public:
  FolderSource(Files& files, const Path& path, Report& report) : package_(files.open_directory(path)) {
    walk(report);
    entries_.settle();
    root_name_ = std::filesystem::absolute(path).lexically_normal().filename().string();
    if (root_name_.empty())  // a path written with a slash at its end
      root_name_ = std::filesystem::absolute(path).lexically_normal().parent_path().filename().string();
  }

  bool archive() const override { return false; }

  std::unique_ptr<ByteStream> open(std::uint32_t entry) override {
    return std::make_unique<FileStream>(stream(entry));
  }

  void visit(const Work& work, Report&) override {
    // Large files first, so that no core is left alone with one at the end.
    std::vector<std::pair<std::uint64_t, std::uint32_t>> order;  // ~size, entry
    for (std::uint32_t i = 0; i < entries_.size(); ++i)
      if (entries_[i].kind == EntryKind::file) order.emplace_back(~entries_[i].size, i);
    std::sort(order.begin(), order.end());
    parallel_for(order.size(), [&](std::size_t i) {
      check_interrupted();
      FileStream bytes = stream(order[i].second);
      work(order[i].second, bytes);
    });
  }

 private:
  static constexpr std::size_t most_open = 64;  // folders: descriptors are few

  FileStream stream(std::uint32_t entry) const {
    const std::string_view path = entries_.path(entry);
    return {*package_, folders_[entries_[entry].place], path.substr(path.rfind('/') + 1),
            entries_[entry].size};
  }

  void walk(Report& report) {
    struct Waiting {
      std::string path;  // in the package
      int depth;
    };
    std::vector<Waiting> waiting{{"", 0}};
    while (!waiting.empty()) {
      const Waiting next = std::move(waiting.back());
      waiting.pop_back();
      check_interrupted();
      try {
        const std::string start = next.path.empty() ? "" : next.path + '/';
        folders_.push_back({start, nullptr});
        const bool kept = folders_.size() <= most_open;
        auto opened = next.path.empty() ? nullptr : package_->open_directory(next.path);
        Directory& folder = opened ? *opened : *package_;
        const std::vector<DirectoryEntry> list = folder.list();
        const std::vector<Measured> measured = measure(folder, list);
        if (kept) folders_.back().open = std::move(opened);
        for (std::size_t i = 0; i < list.size(); ++i) {
          const std::string name = start + list[i].name;
          if (entries_.full()) {
            damaged_ = true;
            report.add(Level::error, "VTLT-PATH-COUNT", {}, say("path.count"), {}, "");
            return;
          }
          entries_.add(name, kind_of(measured[i].kind), measured[i].size, folders_.size() - 1);
          if (list[i].kind == FileKind::directory) {
            if (next.depth >= 128)
              report.add(Level::error, "VTLT-PATH-LENGTH", {name}, say("path.length"), say("path.hint"), "");
            else
              waiting.push_back({name, next.depth + 1});
          }
        }
      } catch (const Error& error) {
        if (error.exit() == Exit::interrupted || next.path.empty()) throw;
        report.unread_folder(next.path, error);
      }
    }
  }

  struct Measured {
    FileKind kind = FileKind::other;
    std::uint64_t size = 0;
  };
  // On all cores: asking for a hundred thousand sizes takes a good part of a second. Each call writes only
  // what is its own.
  std::vector<Measured> measure(Directory& folder, const std::vector<DirectoryEntry>& list) {
    std::vector<Measured> measured(list.size());
    constexpr std::size_t portion = 512;
    parallel_for((list.size() + portion - 1) / portion, [&](std::size_t part) {
      check_interrupted();
      for (std::size_t i = part * portion; i < std::min(list.size(), (part + 1) * portion); ++i) {
        measured[i].kind = list[i].kind;
        if (list[i].kind != FileKind::file) continue;
        if (const auto stat = folder.stat(list[i].name)) measured[i] = {stat->kind, stat->size};
      }
    });
    return measured;
  }

  std::vector<Folder> folders_;  // as Entry::place counts them
  std::unique_ptr<Directory> package_;
};

}  // namespace

std::unique_ptr<PackageSource> open_folder(Files& files, const Path& path, Report& report) {
  return std::make_unique<FolderSource>(files, path, report);
}

}  // namespace vtlt::package
