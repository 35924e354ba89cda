#include <catch2/catch.hpp>

#include <functional>

#include "base/error.h"
#include "support/crash_states.h"
#include "support/fault_files.h"
#include "support/scratch.h"

using namespace vtlt;
using namespace vtlt::test;

namespace {

std::optional<Error> error_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    return error;
  }
  return std::nullopt;
}

std::string code_of(const std::function<void()>& work) {
  const auto error = error_of(work);
  return error ? error->code() : "";
}

}  // namespace

TEST_CASE("faults: look as those of the operating system") {
  const Scratch scratch;
  FaultFiles files;
  const auto real = error_of([&] { system_files().open(scratch / "a", OpenMode::read); });
  files.arm({.on = Fault::On::open, .number = ENOENT});
  const auto made = error_of([&] { files.open(scratch / "a", OpenMode::read); });
  REQUIRE((real && made));
  CHECK(made->exit() == real->exit());
  CHECK(made->code() == real->code());
  CHECK(made->path() == real->path());
  CHECK(made->message().key == real->message().key);
  CHECK(made->message().args == real->message().args);
  CHECK(made->hint().key == real->hint().key);
  for (const auto& [number, hint] : {std::pair(ENOSPC, "base.io.full"), std::pair(EROFS, "base.io.read_only"),
                                     std::pair(EACCES, "base.io.permission"), std::pair(EIO, "")}) {
    files.arm({.number = number});
    const auto error = error_of([&] { files.make_directory(scratch / "d"); });
    REQUIRE(error);
    CHECK(error->hint().key == hint);
    CHECK_FALSE(files.stat(scratch / "d"));
  }
}

TEST_CASE("faults: the n-th operation of a kind, once or from then on") {
  const Scratch scratch;
  FaultFiles files;
  const auto file = files.open(scratch / "a", OpenMode::create);
  files.arm({.on = Fault::On::write, .nth = 2});
  file->append(as_bytes("1"));
  CHECK(code_of([&] { file->append(as_bytes("2")); }) == "VTLT-IO-EIO");
  file->append(as_bytes("3"));
  CHECK(read_whole(files, scratch / "a") == "13");
  CHECK(files.seen() == 3);
  CHECK(files.fired());

  files.arm({.on = Fault::On::sync, .nth = 1, .lasting = true});
  CHECK(code_of([&] { file->sync(SyncPoint::config); }) == "VTLT-IO-EIO");
  CHECK(code_of([&] { files.sync_directory(scratch.path(), SyncPoint::config); }) == "VTLT-IO-EIO");
  CHECK(code_of([&] { files.sync_filesystem(scratch.path(), SyncPoint::config); }) == "VTLT-IO-EIO");
  files.disarm();
  file->sync(SyncPoint::config);
  CHECK(files.seen() == 4);

  files.arm({.on = Fault::On::any, .path_contains = "only-this"});
  files.make_directory(scratch / "other");
  CHECK(code_of([&] { files.stat(scratch / "only-this"); }) == "VTLT-IO-EIO");

  files.arm({.on = Fault::On::read});
  CHECK(code_of([&] { read_whole(files, scratch / "a"); }) == "VTLT-IO-EIO");
  files.arm({.on = Fault::On::lock, .number = EACCES});
  CHECK(code_of([&] { files.lock(scratch / "lock", LockKind::shared, 0); }) == "VTLT-IO-EACCES");
}

TEST_CASE("faults: a full disk keeps half of a write and lets go of what is removed") {
  const Scratch scratch;
  FaultFiles files;
  const auto file = files.open(scratch / "a", OpenMode::create);
  file->append(as_bytes("begin "));
  files.arm({.number = ENOSPC, .lasting = true});
  CHECK(code_of([&] { file->append(as_bytes("123456")); }) == "VTLT-IO-ENOSPC");
  CHECK(read_whole(files, scratch / "a") == "begin 123");
  CHECK(code_of([&] { files.open(scratch / "b", OpenMode::create); }) == "VTLT-IO-ENOSPC");
  CHECK(code_of([&] { files.make_directory(scratch / "d"); }) == "VTLT-IO-ENOSPC");
  files.open(scratch / "a", OpenMode::read_write)->truncate(2);
  files.disarm();
  file->append(as_bytes("again"));  // where the last good write ended
  CHECK(read_whole(files, scratch / "a") == std::string("be\0\0\0\0again", 11));
  files.arm({.number = ENOSPC, .lasting = true});
  files.remove_file(scratch / "a");
  CHECK_FALSE(files.stat(scratch / "a"));
}

TEST_CASE("faults: a read-only medium is read") {
  const Scratch scratch;
  write_whole(system_files(), scratch / "a", "x", SyncPoint::config);
  FaultFiles files;
  files.arm({.on = Fault::On::any, .number = EROFS, .lasting = true});
  CHECK(read_whole(files, scratch / "a") == "x");
  CHECK(files.list(scratch.path()).size() == 1);
  CHECK(code_of([&] { files.open(scratch / "a", OpenMode::read_write); }) == "VTLT-IO-EROFS");
  CHECK(code_of([&] { files.remove_file(scratch / "a"); }) == "VTLT-IO-EROFS");
}

// write_whole under every fault: the old bytes or the new, and with an error never something beside the name.
TEST_CASE("faults: write_whole fails whole") {
  for (const int number : {ENOSPC, EIO, EROFS}) {
    unsigned operations = 1;
    for (unsigned nth = 1; nth <= operations; ++nth) {
      CAPTURE(number, nth);
      const Scratch scratch;
      write_whole(system_files(), scratch / "name", "old", SyncPoint::config);
      FaultFiles files;
      if (nth == 1) {
        files.arm({.nth = 1000, .number = number});
        write_whole(files, scratch / "name", "old", SyncPoint::config);
        operations = files.seen();
        CHECK(operations >= 5);  // open, write, fsync, rename, fsync of the directory
      }
      files.arm({.nth = nth, .number = number});
      CHECK(code_of([&] { write_whole(files, scratch / "name", "new", SyncPoint::config); }) != "");
      CHECK(files.fired());
      CHECK(read_whole(files, scratch / "name") == (nth < operations ? "old" : "new"));
      CHECK(files.list(scratch.path()).size() == 1);
    }
  }
}

TEST_CASE("faults: a failed sync keeps nothing in the power-cut model") {
  const Scratch scratch;
  RecordingFiles recording(scratch.path());
  FaultFiles files(recording);
  const auto file = files.open(scratch / "a", OpenMode::create);
  files.arm({.on = Fault::On::write, .number = ENOSPC});
  CHECK(code_of([&] { file->append(as_bytes("123456")); }) == "VTLT-IO-ENOSPC");
  files.arm({.on = Fault::On::sync});
  CHECK(code_of([&] { file->sync(SyncPoint::config); }) == "VTLT-IO-EIO");
  CHECK(recording.count(SyncPoint::config) == 0);
  const CrashStates states(recording.recording());
  CHECK(*states.everything(states.cuts()).bytes("a") == "123");
  CHECK_FALSE(states.nothing_unsynced(states.cuts()).has("a"));
}
