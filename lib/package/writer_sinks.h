// Where the files of a package go: a folder, a ZIP, or a comparison with a package that is there already.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <string>

#include "base/buffer.h"
#include "base/error.h"
#include "base/files.h"
#include "package/zip_writer.h"

namespace vtlt::package::writing {

// Files come one after the other, in byte order of their paths inside the package.
class Sink {
 public:
  virtual ~Sink() = default;
  virtual void begin(const std::string& path, std::uint64_t size) = 0;
  virtual void write(Bytes data) = 0;
  virtual void end() = 0;
};

class FolderSink : public Sink {
 public:
  FolderSink(Files& files, Path root);
  void begin(const std::string& path, std::uint64_t size) override;
  void write(Bytes data) override { file_->append(data); }
  void end() override { file_.reset(); }

 private:
  void make_parents(const std::string& path);
  Files& files_;
  Path root_;
  std::set<std::string> made_;
  std::unique_ptr<File> file_;
};

class ZipSink : public Sink {
 public:
  ZipSink(ZipWriter& zip, std::string folder) : zip_(zip), folder_(std::move(folder)) {}
  void begin(const std::string& path, std::uint64_t size) override { zip_.begin(folder_ + "/" + path, size); }
  void write(Bytes data) override { zip_.write(data); }
  void end() override { zip_.end(); }

 private:
  ZipWriter& zip_;
  std::string folder_;
};

// Throws VTLT-PACKAGE-01 at the first byte that differs from the folder at `root`.
class CompareSink : public Sink {
 public:
  CompareSink(Files& files, Path root) : files_(files), root_(std::move(root)) {}
  void begin(const std::string& path, std::uint64_t size) override;
  void write(Bytes data) override;
  void end() override;
  void require_nothing_else();

 private:
  std::uint64_t count(const Path& directory);
  Files& files_;
  Path root_;
  std::unique_ptr<File> file_;
  std::uint64_t offset_ = 0, size_ = 0, files_seen_ = 0;
  Buffer buffer_;
};

bool same_bytes(Files& files, const Path& one, const Path& two);

// Exit 3, VTLT-PACKAGE-01.
Error already_there(const Path& target);

}  // namespace vtlt::package::writing
