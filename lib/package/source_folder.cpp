// A package that is a folder: walked without following a link, read on all cores.
#include <algorithm>

#include "base/progress.h"
#include "base/threads.h"
#include "package/source.h"

namespace vtlt::package {
namespace {

// Opened when it is first read: what cannot be opened says so like what breaks half way, and what nobody
// reads costs nothing.
class FileStream final : public ByteStream {
 public:
  FileStream(Files& files, std::string path) : files_(files), path_(std::move(path)) {}
  std::size_t read(std::span<std::byte> out) override {
    if (ended_) return 0;
    if (!file_) file_ = files_.open(path_, OpenMode::read, false);
    const std::size_t got = file_->read_at(offset_, out);
    offset_ += got;
    ended_ = got < out.size();
    return got;
  }

 private:
  Files& files_;
  std::string path_;
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
  FolderSource(Files& files, Path path, Report& report) : files_(files), path_(std::move(path)) {
    walk(report);
    entries_.settle();
    root_name_ = std::filesystem::absolute(path_).lexically_normal().filename().string();
    if (root_name_.empty())  // a path written with a slash at its end
      root_name_ = std::filesystem::absolute(path_).lexically_normal().parent_path().filename().string();
  }

  bool archive() const override { return false; }

  std::unique_ptr<ByteStream> open(std::uint32_t entry) override {
    return std::make_unique<FileStream>(files_, full(entries_.path(entry)));
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
      FileStream stream(files_, full(entries_.path(order[i])));
      work(order[i], stream);
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
        const std::vector<DirectoryEntry> list =
            files_.list(folder.path.empty() ? path_ : Path(full(folder.path)));
        const std::string start = folder.path.empty() ? "" : folder.path + '/';
        const std::vector<Measured> measured = measure(start, list);
        for (std::size_t i = 0; i < list.size(); ++i) {
          const std::string name = start + list[i].name;
          if (entries_.full()) {
            damaged_ = true;
            report.add(Level::error, "VTLT-PATH-COUNT", {}, say("path.count"), {}, "");
            return;
          }
          entries_.add(name, kind_of(measured[i].kind), measured[i].size, 0);
          if (list[i].kind == FileKind::directory) {
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

  struct Measured {
    FileKind kind = FileKind::other;
    std::uint64_t size = 0;
  };
  // On all cores: asking for a hundred thousand sizes takes a good part of a second. Each call writes only
  // what is its own.
  std::vector<Measured> measure(const std::string& start, const std::vector<DirectoryEntry>& list) {
    std::vector<Measured> measured(list.size());
    constexpr std::size_t portion = 512;
    parallel_for((list.size() + portion - 1) / portion, [&](std::size_t part) {
      check_interrupted();
      for (std::size_t i = part * portion; i < std::min(list.size(), (part + 1) * portion); ++i) {
        measured[i].kind = list[i].kind;
        if (list[i].kind != FileKind::file) continue;
        if (const auto stat = files_.stat(full(start + list[i].name), false))
          measured[i] = {stat->kind, stat->size};
      }
    });
    return measured;
  }
  // As text: std::filesystem::path takes every path apart that it joins.
  std::string full(std::string_view name) const { return path_.native() + '/' + std::string(name); }

  Files& files_;
  Path path_;
};

}  // namespace

std::unique_ptr<PackageSource> open_folder(Files& files, const Path& path, Report& report) {
  return std::make_unique<FolderSource>(files, path, report);
}

}  // namespace vtlt::package
