#include <catch2/catch.hpp>

#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <functional>

#include "base/error.h"
#include "base/files.h"
#include "support/scratch.h"

using namespace vtlt;
using test::Scratch;

namespace {

Files& files() {
  return system_files();
}

void put(const Path& path, std::string_view bytes) {
  files().open(path, OpenMode::create_new)->write_at(0, as_bytes(bytes));
}

std::string code_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    CHECK(error.exit() == Exit::no_verdict);
    CHECK_FALSE(error.path().empty());
    return error.code();
  }
  return "nothing was thrown";
}

std::vector<std::string> names(const Path& directory) {
  std::vector<std::string> result;
  for (const auto& entry : files().list(directory))
    result.push_back(entry.name);
  return result;
}

}  // namespace

TEST_CASE("files: read, write, append, truncate") {
  const Scratch scratch;
  const auto file = files().open(scratch / "a", OpenMode::create_new);
  file->append(as_bytes("hello"));
  file->append(as_bytes(" world"));
  file->write_at(0, as_bytes("H"));
  CHECK(read_whole(files(), scratch / "a") == "Hello world");
  file->write_at(13, as_bytes("!"));
  CHECK(read_whole(files(), scratch / "a") == std::string("Hello world\0\0!", 14));
  file->append(as_bytes("?"));
  file->truncate(5);
  file->append(as_bytes("."));
  CHECK(read_whole(files(), scratch / "a") == "Hello.");
  CHECK(file->stat().size == 6);
  CHECK(file->stat().kind == FileKind::file);

  std::array<std::byte, 10> room{};
  CHECK(file->read_at(4, room) == 2);  // less only at the end
  CHECK(file->read_at(6, room) == 0);
  CHECK(file->read_at(100, room) == 0);
  // A second handle begins to append at the end it finds.
  files().open(scratch / "a", OpenMode::read_write)->append(as_bytes("x"));
  CHECK(read_whole(files(), scratch / "a") == "Hello.x");
}

TEST_CASE("files: modes of opening and their errors") {
  const Scratch scratch;
  put(scratch / "there", "1");
  files().make_directory(scratch / "directory");
  CHECK(code_of([&] { files().open(scratch / "absent", OpenMode::read); }) == "VTLT-IO-ENOENT");
  CHECK(code_of([&] { files().open(scratch / "absent", OpenMode::read_write); }) == "VTLT-IO-ENOENT");
  CHECK(code_of([&] { files().open(scratch / "there", OpenMode::create_new); }) == "VTLT-IO-EEXIST");
  CHECK(code_of([&] { files().open(scratch / "directory", OpenMode::read); }) == "VTLT-IO-EISDIR");
  CHECK(code_of([&] { files().open(scratch / "there" / "x", OpenMode::create); }) == "VTLT-IO-ENOTDIR");
  CHECK(code_of([&] { files().open(scratch / "there", OpenMode::read)->append(as_bytes("2")); }) ==
        "VTLT-IO-EBADF");
  CHECK(code_of([&] { files().make_directory(scratch / "directory"); }) == "VTLT-IO-EEXIST");
  CHECK(code_of([&] { files().make_directory(scratch / "a" / "b"); }) == "VTLT-IO-ENOENT");
  CHECK(code_of([&] { files().list(scratch / "absent"); }) == "VTLT-IO-ENOENT");
  CHECK(code_of([&] { files().remove_file(scratch / "absent"); }) == "VTLT-IO-ENOENT");
  CHECK(code_of([&] { files().sync_directory(scratch / "absent", SyncPoint::config); }) == "VTLT-IO-ENOENT");
  files().open(scratch / "there", OpenMode::create)->append(as_bytes("2"));
  CHECK(read_whole(files(), scratch / "there") == "12");
  CHECK_FALSE(files().stat(scratch / "absent"));
  CHECK_FALSE(files().stat(scratch / "there" / "below a file"));
  CHECK(files().stat(scratch / "directory")->kind == FileKind::directory);
}

TEST_CASE("files: links are followed only where that is asked for") {
  const Scratch scratch;
  put(scratch / "target", "secret");
  std::filesystem::create_symlink("target", scratch / "link");
  std::filesystem::create_symlink("nowhere", scratch / "dangling");
  CHECK(read_whole(files(), scratch / "link") == "secret");
  for (const OpenMode mode : {OpenMode::read, OpenMode::read_write, OpenMode::create})
    CHECK(code_of([&] { files().open(scratch / "link", mode, false); }) == "VTLT-IO-ELOOP");
  CHECK(code_of([&] { files().open(scratch / "dangling", OpenMode::create_new); }) == "VTLT-IO-EEXIST");
  CHECK(files().stat(scratch / "link")->kind == FileKind::file);
  CHECK(files().stat(scratch / "link", false)->kind == FileKind::symlink);
  CHECK_FALSE(files().stat(scratch / "dangling"));
  CHECK(files().stat(scratch / "dangling", false)->kind == FileKind::symlink);
  CHECK(code_of([&] { files().lock(scratch / "dangling", LockKind::exclusive, 0); }) == "VTLT-IO-ELOOP");
  CHECK_FALSE(files().stat(scratch / "nowhere"));
}

TEST_CASE("files: below an open directory no link is followed, whenever it came there") {
  const Scratch scratch;
  files().make_directory(scratch / "goi");
  files().make_directory(scratch / "goi/a");
  files().make_directory(scratch / "goi/a/b");
  put(scratch / "goi/a/b/c", "trong");
  files().make_directory(scratch / "ngoai");
  files().make_directory(scratch / "ngoai/b");
  put(scratch / "ngoai/b/c", "ngoài");
  const auto package = files().open_directory(scratch / "goi");
  const auto kept = package->open_directory("a");
  const auto text = [](File& file) {
    std::string bytes(16, 0);
    bytes.resize(file.read_at(0, {reinterpret_cast<std::byte*>(bytes.data()), bytes.size()}));
    return bytes;
  };
  CHECK(text(*package->open("a/b/c", 5)) == "trong");
  CHECK(text(*kept->open("b/c", 5)) == "trong");
  CHECK(package->stat("a/b/c")->size == 5);
  CHECK_FALSE(package->stat("a/x/c"));
  REQUIRE(package->list().size() == 1);
  CHECK(package->list()[0].name == "a");
  CHECK(package->open_directory("a/b")->list()[0].name == "c");

  files().rename(scratch / "goi/a", scratch / "goi2");
  std::filesystem::create_directory_symlink(scratch / "ngoai", scratch / "goi/a");
  for (const char* name : {"a/b/c", "a/b"}) CHECK(code_of([&] { package->open(name, 5); }).starts_with("VTLT-IO-E"));
  CHECK(code_of([&] { package->open_directory("a"); }).starts_with("VTLT-IO-E"));
  CHECK(code_of([&] { package->open_directory("a/b"); }).starts_with("VTLT-IO-E"));
  CHECK(code_of([&] { package->stat("a/b/c"); }).starts_with("VTLT-IO-E"));
  CHECK(text(*kept->open("b/c", 5)) == "trong");
}

TEST_CASE("files: a pipe in place of a file does not stop the program") {
  const Scratch scratch;
  REQUIRE(::mkfifo((scratch / "pipe").c_str(), 0600) == 0);
  CHECK(files().stat(scratch / "pipe")->kind == FileKind::other);
  CHECK(code_of([&] { read_whole(files(), scratch / "pipe"); }) == "VTLT-IO-EINVAL");
}

TEST_CASE("files: a list is in order of bytes and tells kinds") {
  const Scratch scratch;
  for (const char* name : {"b", "a", "B", "é", "a b", "a-b", "\xff", ".hidden"})
    put(scratch / name, "");
  files().make_directory(scratch / "c");
  std::filesystem::create_symlink("c", scratch / "d");
  CHECK(names(scratch.path()) ==
        std::vector<std::string>{".hidden", "B", "a", "a b", "a-b", "b", "c", "d", "é", "\xff"});
  const auto entries = files().list(scratch.path());
  CHECK(entries[0].kind == FileKind::file);
  CHECK(entries[6].kind == FileKind::directory);
  CHECK(entries[7].kind == FileKind::symlink);
}

TEST_CASE("files: reading a whole file has a limit") {
  const Scratch scratch;
  put(scratch / "ten", "0123456789");
  CHECK(read_whole(files(), scratch / "ten", 10) == "0123456789");
  CHECK(code_of([&] { read_whole(files(), scratch / "ten", 9); }) == "VTLT-IO-LARGE");
}

TEST_CASE("files: write_whole replaces at once and leaves nothing beside") {
  const Scratch scratch;
  write_whole(files(), scratch / "name", "one", SyncPoint::config);
  const auto before = files().open(scratch / "name", OpenMode::read);
  write_whole(files(), scratch / "name", "two, longer", SyncPoint::config);
  CHECK(read_whole(files(), scratch / "name") == "two, longer");
  // Who had opened the old file still reads all of it.
  CHECK(before->stat().size == 3);
  CHECK(names(scratch.path()) == std::vector<std::string>{"name"});
  write_whole(files(), scratch / "name", "", SyncPoint::config);
  CHECK(read_whole(files(), scratch / "name").empty());

  files().make_directory(scratch / "directory");
  put(scratch / "directory" / "x", "");
  CHECK(code_of([&] { write_whole(files(), scratch / "directory", "y", SyncPoint::config); }) ==
        "VTLT-IO-EISDIR");
  CHECK(code_of([&] { write_whole(files(), scratch / "no" / "x", "y", SyncPoint::config); }) ==
        "VTLT-IO-ENOENT");
  CHECK(names(scratch.path()) == std::vector<std::string>{"directory", "name"});
}

TEST_CASE("files: remove_tree does not go through links") {
  const Scratch scratch;
  make_directories(files(), scratch / "keep" / "inner");
  put(scratch / "keep" / "inner" / "file", "kept");
  make_directories(files(), scratch / "tree" / "a" / "b");
  put(scratch / "tree" / "a" / "b" / "file", "");
  std::filesystem::create_symlink("../keep", scratch / "tree" / "link");
  std::filesystem::create_symlink("../../keep/inner/file", scratch / "tree" / "a" / "link");
  remove_tree(files(), scratch / "tree");
  CHECK(names(scratch.path()) == std::vector<std::string>{"keep"});
  CHECK(read_whole(files(), scratch / "keep" / "inner" / "file") == "kept");
  // A link given itself is removed, not what it leads to.
  std::filesystem::create_symlink("keep", scratch / "link");
  remove_tree(files(), scratch / "link");
  remove_tree(files(), scratch / "absent");
  CHECK(read_whole(files(), scratch / "keep" / "inner" / "file") == "kept");
}

TEST_CASE("files: make_directories") {
  const Scratch scratch;
  make_directories(files(), scratch / "a" / "b" / "c");
  make_directories(files(), scratch / "a" / "b" / "c");
  make_directories(files(), scratch / "a" / "d/");
  make_directories(files(), "/");
  make_directories(files(), "");
  CHECK(files().stat(scratch / "a" / "b" / "c")->kind == FileKind::directory);
  CHECK(names(scratch / "a") == std::vector<std::string>{"b", "d"});
  put(scratch / "file", "");
  CHECK(code_of([&] { make_directories(files(), scratch / "file"); }) == "VTLT-IO-EEXIST");
  CHECK(code_of([&] { make_directories(files(), scratch / "file" / "below"); }) == "VTLT-IO-EEXIST");
}

TEST_CASE("files: locks between handles") {
  const Scratch scratch;
  const Path path = scratch / "lock";
  auto first = files().lock(path, LockKind::exclusive, 0);
  REQUIRE(first);
  CHECK_FALSE(files().lock(path, LockKind::exclusive, 0));
  CHECK_FALSE(files().lock(path, LockKind::shared, 5));  // a wait that runs out
  first.reset();
  const auto one = files().lock(path, LockKind::shared, 0);
  auto two = files().lock(path, LockKind::shared, 0);
  REQUIRE((one && two));
  CHECK_FALSE(files().lock(path, LockKind::exclusive, 0));
  two.reset();
  CHECK_FALSE(files().lock(path, LockKind::exclusive, 0));
}

TEST_CASE("files: a lock ends with the process that holds it, however it ends") {
  const Scratch scratch;
  const Path path = scratch / "lock";
  int ready[2];
  REQUIRE(::pipe(ready) == 0);
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {  // the other process: takes the lock, says so, waits to be killed
    const auto held = files().lock(path, LockKind::exclusive, 0);
    const char answer = held ? 'y' : 'n';
    if (::write(ready[1], &answer, 1) != 1) ::_exit(1);
    for (;;)
      ::pause();
  }
  char answer = 0;
  REQUIRE(::read(ready[0], &answer, 1) == 1);
  CHECK(answer == 'y');
  CHECK_FALSE(files().lock(path, LockKind::shared, 0));
  CHECK_FALSE(files().lock(path, LockKind::exclusive, 0));
  REQUIRE(::kill(child, SIGKILL) == 0);
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  CHECK(files().lock(path, LockKind::exclusive, 0));
  ::close(ready[0]);
  ::close(ready[1]);
}

TEST_CASE("files: a waiting lock gets its turn") {
  const Scratch scratch;
  const Path path = scratch / "lock";
  int ready[2];
  REQUIRE(::pipe(ready) == 0);
  auto held = files().lock(path, LockKind::exclusive, 0);
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    held.reset();  // the lock stays the parent's: it ends when no process has the descriptor
    const char begun = 'b';
    if (::write(ready[1], &begun, 1) != 1) ::_exit(2);
    ::_exit(files().lock(path, LockKind::exclusive, 60'000) ? 0 : 1);
  }
  char begun = 0;
  REQUIRE(::read(ready[0], &begun, 1) == 1);
  held.reset();
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 0);
  ::close(ready[0]);
  ::close(ready[1]);
}

TEST_CASE("files: this machine's own disks may hold a repository") {
  const Scratch scratch;
  CHECK_NOTHROW(require_local_filesystem(scratch.path()));
  CHECK(code_of([&] { require_local_filesystem(scratch / "absent"); }) == "VTLT-IO-ENOENT");
}
