// A package that is a folder: walked without following a link, read on all cores.
#include <algorithm>

#include "base/progress.h"
#include "base/threads.h"
#include "package/source.h"

namespace vtlt::package {
namespace {

class FileStream final : public ByteStream {
 public:
  explicit FileStream(std::unique_ptr<File> file) : file_(std::move(file)) {}
  std::size_t read(std::span<std::byte> out) override {
    const std::size_t got = file_->read_at(offset_, out);
    offset_ += got;
    return got;
  }

 private:
  std::unique_ptr<File> file_;
  std::uint64_t offset_ = 0;
};

// An entry that could not be opened says so when it is read, like one that breaks half way.
class BrokenStream final : public ByteStream {
 public:
  explicit BrokenStream(Error error) : error_(std::move(error)) {}
  std::size_t read(std::span<std::byte>) override { throw error_; }

 private:
  Error error_;
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
  FolderSource(Files& files, Path path, Report& report) : files_(files), path_(std::move(path)) {
    walk(report);
    entries_.settle();
    root_name_ = std::filesystem::absolute(path_).lexically_normal().filename().string();
    if (root_name_.empty())  // a path written with a slash at its end
      root_name_ = std::filesystem::absolute(path_).lexically_normal().parent_path().filename().string();
  }

  bool archive() const override { return false; }

  std::unique_ptr<ByteStream> open(std::uint32_t entry) override {
    try {
      return std::make_unique<FileStream>(
          files_.open(path_ / std::string(entries_.path(entry)), OpenMode::read, false));
    } catch (const Error& error) {
      return std::make_unique<BrokenStream>(error);
    }
  }

  void visit(const Work& work, Report&) override {
    std::vector<std::uint32_t> order;
    for (std::uint32_t i = 0; i < entries_.size(); ++i)
      if (entries_[i].kind == EntryKind::file) order.push_back(i);
    // Large files first, so that no core is left alone with one at the end.
    std::stable_sort(order.begin(), order.end(), [this](std::uint32_t a, std::uint32_t b) {
      return entries_[a].size > entries_[b].size;
    });
    parallel_for(order.size(), [&](std::size_t i) {
      check_interrupted();
      const auto stream = open(order[i]);
      work(order[i], *stream);
    });
  }

 private:
  void walk(Report& report) {
    struct Folder {
      std::string path;
      int depth;
    };
    std::vector<Folder> waiting{{"", 0}};
    while (!waiting.empty()) {
      const Folder folder = std::move(waiting.back());
      waiting.pop_back();
      check_interrupted();
      try {
        for (const DirectoryEntry& found : files_.list(folder.path.empty() ? path_ : path_ / folder.path)) {
          const std::string name = folder.path.empty() ? found.name : folder.path + '/' + found.name;
          if (entries_.full()) {
            damaged_ = true;
            report.add(Level::error, "VTLT-PATH-COUNT", {}, say("path.count"), {}, "");
            return;
          }
          add(name, found.kind);
          if (found.kind == FileKind::directory) {
            if (folder.depth >= 128)
              report.add(Level::error, "VTLT-PATH-LENGTH", {name}, say("path.length"), say("path.hint"), "");
            else
              waiting.push_back({name, folder.depth + 1});
          }
        }
      } catch (const Error& error) {
        if (error.exit() == Exit::interrupted || folder.path.empty()) throw;
        report.unread(folder.path, error);
      }
    }
  }

  void add(const std::string& name, FileKind kind) {
    std::uint64_t size = 0;
    if (kind == FileKind::file) {
      const auto stat = files_.stat(path_ / name, false);
      if (stat) {
        size = stat->size;
        kind = stat->kind;
      }
    }
    entries_.add(name, kind_of(kind), size, 0);
  }

  Files& files_;
  Path path_;
};

}  // namespace

std::unique_ptr<PackageSource> open_folder(Files& files, const Path& path, Report& report) {
  return std::make_unique<FolderSource>(files, path, report);
}

}  // namespace vtlt::package
