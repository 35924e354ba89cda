// Files that are there only in memory and can only be read: what a fuzzer hands over, as a folder or a file.
#pragma once
#include <algorithm>
#include <map>
#include <string>

#include "base/error.h"
#include "base/files.h"

namespace fuzz {

class MemoryFile final : public vtlt::File {
 public:
  explicit MemoryFile(std::string_view bytes) : bytes_(bytes) {}
  std::size_t read_at(std::uint64_t offset, std::span<std::byte> out) override {
    if (offset >= bytes_.size()) return 0;
    const std::string_view part = bytes_.substr(offset, out.size());
    std::copy(part.begin(), part.end(), reinterpret_cast<char*>(out.data()));
    return part.size();
  }
  void write_at(std::uint64_t, vtlt::Bytes) override { vtlt::bug("written", __FILE__, __LINE__); }
  void append(vtlt::Bytes) override { vtlt::bug("written", __FILE__, __LINE__); }
  void truncate(std::uint64_t) override { vtlt::bug("written", __FILE__, __LINE__); }
  vtlt::FileStat stat() override { return {vtlt::FileKind::file, bytes_.size(), 0, 0, 0}; }
  void sync(vtlt::SyncPoint) override { vtlt::bug("written", __FILE__, __LINE__); }

 private:
  std::string_view bytes_;
};

class MemoryFiles final : public vtlt::Files {
 public:
  std::map<std::string, std::string> files;  // "/goi/METS.xml" → bytes

  std::unique_ptr<vtlt::File> open(const vtlt::Path& path, vtlt::OpenMode, bool) override {
    const auto found = files.find(path.string());
    if (found == files.end())
      throw vtlt::Error(vtlt::Exit::no_verdict, "VTLT-IO-ENOENT", vtlt::Message("package.check.zip.open"));
    return std::make_unique<MemoryFile>(found->second);
  }
  std::optional<vtlt::FileStat> stat(const vtlt::Path& path, bool) override {
    if (const auto found = files.find(path.string()); found != files.end())
      return vtlt::FileStat{vtlt::FileKind::file, found->second.size(), 0, 0, 0};
    if (list(path).empty()) return std::nullopt;
    return vtlt::FileStat{vtlt::FileKind::directory, 0, 0, 0, 0};
  }
  std::vector<vtlt::DirectoryEntry> list(const vtlt::Path& directory) override {
    const std::string start = directory.string() + '/';
    std::vector<vtlt::DirectoryEntry> found;
    for (const auto& [path, bytes] : files) {
      if (!path.starts_with(start)) continue;
      const std::string rest = path.substr(start.size()), name = rest.substr(0, rest.find('/'));
      if (found.empty() || found.back().name != name)
        found.push_back({name, name == rest ? vtlt::FileKind::file : vtlt::FileKind::directory});
    }
    return found;
  }
  void make_directory(const vtlt::Path&) override { vtlt::bug("written", __FILE__, __LINE__); }
  void rename(const vtlt::Path&, const vtlt::Path&) override { vtlt::bug("written", __FILE__, __LINE__); }
  void remove_file(const vtlt::Path&) override { vtlt::bug("written", __FILE__, __LINE__); }
  void remove_directory(const vtlt::Path&) override { vtlt::bug("written", __FILE__, __LINE__); }
  void set_mode(const vtlt::Path&, unsigned) override { vtlt::bug("written", __FILE__, __LINE__); }
  void sync_directory(const vtlt::Path&, vtlt::SyncPoint) override {
    vtlt::bug("written", __FILE__, __LINE__);
  }
  void sync_filesystem(const vtlt::Path&, vtlt::SyncPoint) override {
    vtlt::bug("written", __FILE__, __LINE__);
  }
  std::unique_ptr<vtlt::FileLock> lock(const vtlt::Path&, vtlt::LockKind, int) override { return nullptr; }
};

}  // namespace fuzz
