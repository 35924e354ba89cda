#include "base/files.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>
#include <dirent.h>
#include <grp.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "base/clock.h"
#include "base/encoding.h"
#include "base/error.h"
#include "base/io_error.h"

namespace vtlt {
namespace {

[[noreturn]] void fail(const Path& path, int number, const char* operation) {
  throw io_error(path, number, operation);
}

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

FileStat convert(const struct stat& s) {
  FileStat result;
  result.kind = S_ISREG(s.st_mode)   ? FileKind::file
                : S_ISDIR(s.st_mode) ? FileKind::directory
                : S_ISLNK(s.st_mode) ? FileKind::symlink
                                     : FileKind::other;
  result.size = static_cast<std::uint64_t>(s.st_size);
  result.inode = s.st_ino;
  result.device = s.st_dev;
  result.modified_ms = s.st_mtim.tv_sec * 1000LL + s.st_mtim.tv_nsec / 1'000'000;
  return result;
}

constexpr std::size_t kMuch = 1u << 20;

class SystemFile final : public File {
 public:
  SystemFile(int fd, std::string path, std::uint64_t end) : fd_(fd), path_(std::move(path)), end_(end) {}

  std::size_t read_at(std::uint64_t offset, std::span<std::byte> out) override {
    std::size_t have = 0;
    while (have < out.size()) {
      const ssize_t got = ::pread(fd_.get(), out.data() + have, out.size() - have, static_cast<off_t>(offset + have));
      if (got < 0) {
        if (errno == EINTR) continue;
        fail(path_, errno, "read");
      }
      if (got == 0) break;
      have += static_cast<std::size_t>(got);
      // Less than asked for at the end that was known: another call would only say so again.
      if (have < out.size() && offset + have == end_) break;
    }
    return have;
  }

  void write_at(std::uint64_t offset, Bytes data) override {
    std::size_t done = 0;
    while (done < data.size()) {
      const ssize_t put =
          ::pwrite(fd_.get(), data.data() + done, data.size() - done, static_cast<off_t>(offset + done));
      if (put < 0) {
        if (errno == EINTR) continue;
        fail(path_, errno, "write");
      }
      done += static_cast<std::size_t>(put);
    }
#ifdef SYNC_FILE_RANGE_WRITE
    // Much at once: it begins its way to the disk now, not when it is synced and somebody waits. Only a hint.
    if (data.size() >= kMuch)
      static_cast<void>(::sync_file_range(fd_.get(), static_cast<off_t>(offset), static_cast<off_t>(data.size()), SYNC_FILE_RANGE_WRITE));
#endif
    end_ = std::max(end_, offset + data.size());
  }

  void append(Bytes data) override {
    if (end_ == 0 && ::lseek(fd_.get(), 0, SEEK_CUR) < 0 && errno == ESPIPE) pipe_ = true;
    if (!pipe_) return write_at(end_, data);
    for (std::size_t done = 0; done < data.size();) {
      const auto written = ::write(fd_.get(), data.data() + done, data.size() - done);
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) fail(path_, errno, "write");
      done += static_cast<std::size_t>(written);
    }
    end_ += data.size();
  }

  void truncate(std::uint64_t size) override {
    if (::ftruncate(fd_.get(), static_cast<off_t>(size)) != 0) fail(path_, errno, "truncate");
    end_ = size;
  }

  FileStat stat() override {
    struct stat s {};
    if (::fstat(fd_.get(), &s) != 0) fail(path_, errno, "stat");
    return convert(s);
  }

  void sync(SyncPoint) override {
    if (::fsync(fd_.get()) != 0) fail(path_, errno, "fsync");
  }

 private:
  Descriptor fd_;
  std::string path_;  // a Path would be taken apart and copied in its parts for every file
  std::uint64_t end_;
  bool pipe_ = false;
};

// fd: what open(2) gave.
std::unique_ptr<File> opened(int fd, std::string path) {
  if (fd < 0) fail(path, errno, "open");
  struct stat s {};
  if (::fstat(fd, &s) != 0 || S_ISDIR(s.st_mode)) {
    const int number = S_ISDIR(s.st_mode) ? EISDIR : errno;
    ::close(fd);
    fail(path, number, "open");
  }
  return std::make_unique<SystemFile>(fd, std::move(path), static_cast<std::uint64_t>(s.st_size));
}

// Takes the descriptor.
std::vector<DirectoryEntry> list_of(int fd, const std::string& path) {
  DIR* handle = ::fdopendir(fd);
  if (handle == nullptr) {
    const int number = errno;
    ::close(fd);
    fail(path, number, "list");
  }
  std::vector<DirectoryEntry> entries;
  errno = 0;
  while (const dirent* entry = ::readdir(handle)) {
    const std::string name = entry->d_name;
    if (name == "." || name == "..") continue;
    FileKind kind = FileKind::other;
    if (entry->d_type == DT_REG) kind = FileKind::file;
    else if (entry->d_type == DT_DIR) kind = FileKind::directory;
    else if (entry->d_type == DT_LNK) kind = FileKind::symlink;
    else if (entry->d_type == DT_UNKNOWN) {
      struct stat s {};
      if (::fstatat(fd, name.c_str(), &s, AT_SYMLINK_NOFOLLOW) == 0) kind = convert(s).kind;
    }
    entries.push_back({name, kind});
    errno = 0;
  }
  const int number = errno;
  ::closedir(handle);
  if (number != 0) fail(path, number, "list");
  std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return entries;
}

class SystemDirectory final : public Directory {
 public:
  SystemDirectory(int fd, std::string path) : fd_(fd), path_(std::move(path)) {}
  std::unique_ptr<File> open(const std::string& name, std::uint64_t size) override {
    // A FIFO or device in place of a file must not stop the program; of a directory, reading says so.
    return std::make_unique<SystemFile>(opened(name, O_RDONLY | O_NONBLOCK), path_ + '/' + name, size);
  }
  std::optional<FileStat> stat(const std::string& name) override {
    const Way way(fd_.get(), name);
    struct stat s {};
    if (way.fd() < 0 || ::fstatat(way.fd(), way.last(), &s, AT_SYMLINK_NOFOLLOW) != 0) {
      if (errno == ENOENT) return std::nullopt;
      fail(path_ + '/' + name, errno, "stat");
    }
    return convert(s);
  }
  std::vector<DirectoryEntry> list() override { return list_of(opened(".", O_RDONLY | O_DIRECTORY), path_); }
  std::unique_ptr<Directory> open_directory(const std::string& name) override {
    return std::make_unique<SystemDirectory>(opened(name, O_RDONLY | O_DIRECTORY), path_ + '/' + name);
  }

 private:
  // The folder in which the last part of a name stands, none on the way to it a link. Negative: errno says why.
  class Way {
   public:
    Way(int top, const std::string& name) : fd_(top), last_(name.c_str()) {
      for (std::size_t slash; fd_ >= 0 && (slash = std::string_view(last_).find('/')) != std::string_view::npos;
           last_ += slash + 1) {
        fd_ = ::openat(fd_, std::string(last_, slash).c_str(), O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        if (fd_ >= 0) held_.emplace(fd_);
      }
    }
    int fd() const { return fd_; }
    const char* last() const { return last_; }

   private:
    int fd_;
    const char* last_;
    std::optional<Descriptor> held_;
  };
  int opened(const std::string& name, int flags) {
    const Way way(fd_.get(), name);
    const int fd = way.fd() < 0 ? -1 : ::openat(way.fd(), way.last(), flags | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0) fail(path_ + '/' + name, errno, "open");
    return fd;
  }

  Descriptor fd_;
  std::string path_;
};

// By whole paths, for a file layer that has no other way.
class PathDirectory final : public Directory {
 public:
  PathDirectory(Files& files, Path path) : files_(files), path_(std::move(path)) {}
  std::unique_ptr<File> open(const std::string& name, std::uint64_t) override { return files_.open(path_ / name, OpenMode::read, false); }
  std::optional<FileStat> stat(const std::string& name) override { return files_.stat(path_ / name, false); }
  std::vector<DirectoryEntry> list() override { return files_.list(path_); }
  std::unique_ptr<Directory> open_directory(const std::string& name) override {
    return std::make_unique<PathDirectory>(files_, path_ / name);
  }

 private:
  Files& files_;
  Path path_;
};

class SystemLock final : public FileLock {
 public:
  explicit SystemLock(int fd) : fd_(fd) {}

 private:
  Descriptor fd_;
};

class SystemFiles final : public Files {
 public:
  std::unique_ptr<Directory> open_directory(const Path& path) override {
    const int fd = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) fail(path, errno, "open");
    return std::make_unique<SystemDirectory>(fd, path.native());
  }

  std::unique_ptr<File> open(const Path& path, OpenMode mode, bool follow) override {
    int flags = O_CLOEXEC | (follow ? 0 : O_NOFOLLOW);
    switch (mode) {
      case OpenMode::read: flags |= O_RDONLY; break;
      case OpenMode::read_write: flags |= O_RDWR; break;
      case OpenMode::create: flags |= O_RDWR | O_CREAT; break;
      case OpenMode::create_new: flags |= O_RDWR | O_CREAT | O_EXCL; break;
    }
    // A FIFO or device in place of a file must not stop the program.
    if (mode == OpenMode::read) flags |= O_NONBLOCK;
    return opened(::open(path.c_str(), flags, 0666), path.native());
  }

  std::optional<FileStat> stat(const Path& path, bool follow) override {
    struct stat s {};
    if ((follow ? ::stat(path.c_str(), &s) : ::lstat(path.c_str(), &s)) != 0) {
      if (errno == ENOENT || errno == ENOTDIR) return std::nullopt;
      fail(path, errno, "stat");
    }
    return convert(s);
  }

  std::vector<DirectoryEntry> list(const Path& directory) override {
    const int fd = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) fail(directory, errno, "list");
    return list_of(fd, directory.native());
  }

  void make_directory(const Path& path) override {
    if (::mkdir(path.c_str(), 0777) != 0) fail(path, errno, "mkdir");
  }
  void rename(const Path& from, const Path& to) override {
    if (::rename(from.c_str(), to.c_str()) != 0) fail(to, errno, "rename");
  }
  void remove_file(const Path& path) override {
    if (::unlink(path.c_str()) != 0) fail(path, errno, "remove");
  }
  void remove_directory(const Path& path) override {
    if (::rmdir(path.c_str()) != 0) fail(path, errno, "remove");
  }
  void set_mode(const Path& path, unsigned mode) override {
    if (::chmod(path.c_str(), mode) != 0) fail(path, errno, "chmod");
  }
  void sync_directory(const Path& path, SyncPoint) override {
    const Descriptor fd(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (fd.get() < 0 || ::fsync(fd.get()) != 0) fail(path, errno, "fsync");
  }
  void sync_filesystem(const Path& path, SyncPoint) override {
    const Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (fd.get() < 0 || ::syncfs(fd.get()) != 0) fail(path, errno, "syncfs");
  }

  std::unique_ptr<FileLock> lock(const Path& path, LockKind kind, int wait_ms) override {
    // Read-only media and users who may only read still get a shared lock.
    int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (fd < 0 && (errno == EROFS || errno == EACCES) && kind == LockKind::shared)
      fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0) fail(path, errno, "lock");
    auto held = std::make_unique<SystemLock>(fd);
    const int operation = (kind == LockKind::shared ? LOCK_SH : LOCK_EX) | LOCK_NB;
    const std::int64_t begun = steady_ms();
    for (int pause = 1;; pause = std::min(pause * 2, 50)) {
      if (::flock(fd, operation) == 0) return held;
      if (errno == EINTR) continue;
      if (errno != EWOULDBLOCK) fail(path, errno, "lock");
      if (steady_ms() - begun >= wait_ms) return nullptr;
      ::poll(nullptr, 0, pause);
    }
  }

 private:
  static std::int64_t steady_ms() {
    timespec spec{};
    clock_gettime(CLOCK_MONOTONIC, &spec);
    return spec.tv_sec * 1000LL + spec.tv_nsec / 1'000'000;
  }
};

// FUSE on a disk of this machine (NTFS and exFAT of removable disks): /proc/self/mountinfo calls it fuseblk.
bool on_local_disk(const Path& path) {
  struct stat s {};
  if (::stat(path.c_str(), &s) != 0) return false;
  const std::string device = " " + std::to_string(major(s.st_dev)) + ":" + std::to_string(minor(s.st_dev)) + " ";
  std::ifstream mounts("/proc/self/mountinfo");
  for (std::string line; std::getline(mounts, line);)
    if (line.find(device) != std::string::npos && line.find(" - fuseblk ") != std::string::npos) return true;
  return false;
}

}  // namespace

std::unique_ptr<Directory> Files::open_directory(const Path& path) {
  return std::make_unique<PathDirectory>(*this, path);
}

Files& system_files() {
  static SystemFiles files;
  return files;
}

std::string read_whole(Files& files, const Path& path, std::uint64_t limit) {
  const auto file = files.open(path, OpenMode::read);
  const FileStat stat = file->stat();
  if (stat.kind != FileKind::file) fail(path, EINVAL, "read");
  if (stat.size > limit)
    throw Error(Exit::no_verdict, "VTLT-IO-LARGE",
                Message("base.io.large", {{"path", path.string()}, {"limit", static_cast<std::int64_t>(limit)}}))
        .at(path.string());
  std::string data(stat.size, '\0');
  const std::size_t got = file->read_at(0, {reinterpret_cast<std::byte*>(data.data()), data.size()});
  data.resize(got);
  return data;
}

void write_whole(Files& files, const Path& path, std::string_view data, SyncPoint point) {
  const Path temporary = path.string() + ".tmp-" + base32(random_128()).substr(0, 8);
  try {
    const auto file = files.open(temporary, OpenMode::create_new);
    file->write_at(0, as_bytes(data));
    file->sync(point);
    files.rename(temporary, path);
  } catch (...) {
    try {
      if (files.stat(temporary, false)) files.remove_file(temporary);
    } catch (const Error&) {  // the first failure is the one to tell
    }
    throw;
  }
  files.sync_directory(path.has_parent_path() ? path.parent_path() : Path("."), point);
}

void remove_tree(Files& files, const Path& path) {
  const auto stat = files.stat(path, false);
  if (!stat) return;
  if (stat->kind != FileKind::directory) {
    files.remove_file(path);
    return;
  }
  for (const auto& entry : files.list(path)) remove_tree(files, path / entry.name);
  files.remove_directory(path);
}

void make_directories(Files& files, const Path& path) {
  if (path == path.root_path()) return;  // also the empty path
  if (!path.has_filename()) return make_directories(files, path.parent_path());  // "a/b/"
  const auto stat = files.stat(path);
  if (stat && stat->kind == FileKind::directory) return;
  make_directories(files, path.parent_path());
  try {
    files.make_directory(path);
  } catch (const Error&) {  // another process may have been first
    const auto now_there = files.stat(path);
    if (!now_there || now_there->kind != FileKind::directory) throw;
  }
}

void share_with_group(const Path& tree, const std::string& group) {
  const struct group* entry = ::getgrnam(group.c_str());
  if (entry == nullptr)
    throw Error(Exit::usage, "VTLT-USAGE-GROUP", Message("base.group.unknown", {{"group", group}}));
  const auto share = [&](const Path& path, bool directory) {
    if (::lchown(path.c_str(), static_cast<uid_t>(-1), entry->gr_gid) != 0) fail(path, errno, "chown");
    if (::chmod(path.c_str(), directory ? 02770 : 0660) != 0) fail(path, errno, "chmod");
  };
  share(tree, true);
  for (const auto& item : std::filesystem::recursive_directory_iterator(tree)) share(item.path(), item.is_directory());
}

void adopt_mode(const Path& directory) {
  struct stat s {};
  if (::stat(directory.c_str(), &s) != 0) fail(directory, errno, "stat");
  ::umask((s.st_mode & S_IWGRP) != 0 ? 0007 : 0077);
}

void require_local_filesystem(const Path& path) {
  struct statfs s {};
  if (::statfs(path.c_str(), &s) != 0) fail(path, errno, "statfs");
  const char* name = nullptr;
  switch (static_cast<std::uint32_t>(s.f_type)) {
    case 0x6969: name = "NFS"; break;
    case 0x517B: case 0xFE534D42: case 0xFF534D42: name = "SMB/CIFS"; break;
    case 0x01021997: name = "9p"; break;
    case 0x65735546: name = on_local_disk(path) ? nullptr : "FUSE"; break;
    case 0x5346414F: name = "AFS"; break;
    case 0x00C36400: name = "Ceph"; break;
    case 0x564C: name = "NCP"; break;
    default: break;
  }
  if (name != nullptr)
    throw Error(Exit::refused, "VTLT-FS-01",
                Message("base.fs.network", {{"path", path.string()}, {"kind", std::string(name)}}),
                Message("base.fs.network.hint"))
        .at(path.string());
}

}  // namespace vtlt
