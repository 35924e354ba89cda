#include <catch2/catch.hpp>
#include <cerrno>

#include "base/error.h"
#include "support/crash_states.h"
#include "support/fault_files.h"
#include "support/recording_files.h"
#include "write_sample.h"

using namespace vtlt;
using package::Kind;
using test::Fault;
using write_test::everything;

namespace {

package::Plan small_plan(Kind kind, const Path& sources) {
  auto plan = write_test::sample(kind, sources);
  write_test::edit(plan, 2, [&](package::PackedDocument& packed) {
    packed.contents[0] = write_test::make_content(sources / "d", "van ban", "thiet hai");
  });
  return plan;
}

Path output(const write_test::Folder& folder) {
  std::filesystem::create_directory(folder / "out");
  return folder / "out";
}

// Paths below the package's name, with their bytes; none while it is not there.
std::string at_name(const test::CrashState& state, const std::string& name) {
  std::string found;
  for (const auto& [path, entry] : state.tree)
    if (path == name || path.rfind(name + "/", 0) == 0)
      found += path + "\n" + (entry.bytes ? *entry.bytes : "") + "\n";
  return found;
}

struct Losses {
  bool torn = false;         // something at the package's name that is not the whole package
  bool lost_at_end = false;  // not there after write() returned
};

Losses losses(bool zip, std::optional<SyncPoint> without) {
  write_test::Folder folder;
  const auto plan = small_plan(Kind::aip, folder / "src");
  const Path out = output(folder);
  test::RecordingFiles files(out);
  if (without) files.skip(*without);
  const auto written = write(files, plan, out, zip, no_progress());
  const std::string name = written.path.filename().string();
  const test::CrashStates states(files.recording());
  const std::string whole = at_name(states.everything(states.cuts()), name);
  REQUIRE(whole.find(zip ? "PK" : "PREMIS_rep1.xml") != std::string::npos);
  Losses result;
  states.sweep(0, 8, 20261105, [&](const test::CrashState& state) {
    const std::string found = at_name(state, name);
    if (!found.empty() && found != whole) result.torn = true;
  });
  result.lost_at_end = at_name(states.nothing_unsynced(states.cuts()), name) != whole;
  return result;
}

}  // namespace

TEST_CASE("Whatever fails, a package is there whole or nothing is", "[D29]") {
  write_test::Folder folder;
  const auto plan = small_plan(Kind::aip, folder / "src");
  const Path out = output(folder);
  for (const bool zip : {false, true}) {
    for (const auto on :
         {Fault::On::open, Fault::On::read, Fault::On::write, Fault::On::make_directory, Fault::On::rename}) {
      unsigned failures = 0;
      for (unsigned nth = 1;; ++nth) {
        test::FaultFiles files;
        Fault fault;
        fault.on = on;
        fault.nth = nth;
        files.arm(fault);
        try {
          write(files, plan, out, zip, no_progress());
        } catch (const Error& error) {
          CHECK(error.exit() == Exit::no_verdict);
        }
        if (!files.fired()) break;
        ++failures;
        INFO("operation " << static_cast<int>(on) << " number " << nth);
        REQUIRE(std::filesystem::is_empty(out));
      }
      CHECK(failures > 0);
      std::filesystem::remove_all(out);
      std::filesystem::create_directory(out);
    }
  }
}

TEST_CASE("A full disk leaves nothing", "[D29]") {
  write_test::Folder folder;
  const auto plan = small_plan(Kind::sip, folder / "src");
  const Path out = output(folder);
  for (const bool zip : {false, true})
    for (const unsigned nth : {1u, 3u, 7u}) {
      test::FaultFiles files;
      Fault fault;
      fault.on = Fault::On::write;
      fault.nth = nth;
      fault.number = ENOSPC;
      fault.lasting = true;
      files.arm(fault);
      try {
        write(files, plan, out, zip, no_progress());
        CHECK_FALSE(files.fired());
        std::filesystem::remove_all(out);
        std::filesystem::create_directory(out);
      } catch (const Error& error) {
        CHECK(error.code() == "VTLT-IO-ENOSPC");
        CHECK(std::filesystem::is_empty(out));
      }
    }
}

TEST_CASE("A sync that fails is told, and is not tried again", "[package]") {
  write_test::Folder folder;
  const auto plan = small_plan(Kind::sip, folder / "src");
  const Path out = output(folder);
  for (const bool zip : {false, true})
    for (const unsigned nth : {1u, 2u}) {
      test::FaultFiles files;
      Fault fault;
      fault.on = Fault::On::sync;
      fault.nth = nth;
      files.arm(fault);
      CHECK_THROWS_AS(write(files, plan, out, zip, no_progress()), Error);
      CHECK(files.seen() == nth);
      CHECK(std::filesystem::is_empty(out) == (nth == 1));  // after the rename the package stands, unproven
      std::filesystem::remove_all(out);
      std::filesystem::create_directory(out);
    }
}

TEST_CASE("After a power cut a package is whole or not there", "[crash]") {
  for (const bool zip : {false, true}) {
    const Losses kept = losses(zip, std::nullopt);
    CHECK_FALSE(kept.torn);
    CHECK_FALSE(kept.lost_at_end);
    // The test sees each sync: without it there is a loss.
    CHECK(losses(zip, SyncPoint::package_contents).torn);
    CHECK(losses(zip, SyncPoint::package_name).lost_at_end);
  }
}

TEST_CASE("What a power cut left is cleared by the next packing", "[crash]") {
  write_test::Folder folder;
  const auto plan = small_plan(Kind::sip, folder / "src");
  const Path out = output(folder);
  const auto first = write(system_files(), plan, out, false, no_progress());
  const std::string whole = everything(out);
  std::filesystem::rename(first.path, out / (".tmp-" + first.folder));
  write(system_files(), plan, out, false, no_progress());
  CHECK(everything(out) == whole);
}
