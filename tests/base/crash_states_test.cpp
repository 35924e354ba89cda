// The model itself: what it may lose, what it must keep, and that it finds a missing sync.
#include <catch2/catch.hpp>

#include <filesystem>
#include <set>

#include "base/error.h"
#include "support/crash_states.h"
#include "support/scratch.h"

using namespace vtlt;
using namespace vtlt::test;

namespace {

void put(Files& files, const Path& path, std::string_view bytes) {
  files.open(path, OpenMode::create)->append(as_bytes(bytes));
}

void sync_file(Files& files, const Path& path) {
  files.open(path, OpenMode::read)->sync(SyncPoint::config);
}

// What stands under a name in all states of a cut: its bytes, "directory", or "absent".
std::set<std::string> seen(const CrashStates& states, std::size_t k, const std::string& path) {
  std::set<std::string> found;
  REQUIRE(states.each_state(k, 100'000, [&](const CrashState& state) {
    if (!state.has(path))
      found.insert("absent");
    else if (const auto* bytes = state.bytes(path))
      found.insert(*bytes);
    else
      found.insert("directory");
    return true;
  }));
  return found;
}
std::set<std::string> seen(const RecordingFiles& files, const std::string& path) {
  const CrashStates states(files.recording());
  return seen(states, states.cuts(), path);
}

using Tree = std::map<std::string, std::string>;

Tree on_disk(const Path& root) {
  Tree tree;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    const std::string name = entry.path().lexically_relative(root).string();
    tree[name] = entry.is_directory() ? "directory" : "=" + read_whole(system_files(), entry.path());
  }
  return tree;
}
Tree in_state(const CrashState& state) {
  Tree tree;
  for (const auto& [path, entry] : state.tree)
    tree[path] = entry.bytes ? "=" + *entry.bytes : "directory";
  return tree;
}

using Strings = std::set<std::string>;

}  // namespace

TEST_CASE("crash model: what was there before is durable") {
  const Scratch scratch;
  put(system_files(), scratch / "a", "old");
  RecordingFiles files(scratch.path());
  files.note("nothing was done");
  CHECK(seen(files, "a") == Strings{"old"});
}

TEST_CASE("crash model: a new file without syncs") {
  const Scratch scratch;
  RecordingFiles files(scratch.path());
  put(files, scratch / "a", "new");
  const std::string zeros(3, '\0');
  CHECK(seen(files, "a") == Strings{"absent", "", zeros, "new"});
  const CrashStates states(files.recording());
  CHECK_FALSE(states.nothing_unsynced(2).has("a"));
  CHECK(*states.names_only(2).bytes("a") == "");
  CHECK(*states.zeros(2).bytes("a") == zeros);
  CHECK_FALSE(states.data_only(2).has("a"));
  CHECK(*states.everything(2).bytes("a") == "new");
  // Before the write only the name can be there.
  CHECK(seen(states, 1, "a") == Strings{"absent", ""});
  CHECK(seen(states, 0, "a") == Strings{"absent"});
}

TEST_CASE("crash model: fsync of a file does not keep its name") {
  const Scratch scratch;
  RecordingFiles files(scratch.path());
  put(files, scratch / "a", "new");
  sync_file(files, scratch / "a");
  CHECK(seen(files, "a") == Strings{"absent", "new"});
}

TEST_CASE("crash model: fsync of a directory keeps names, not bytes") {
  const Scratch scratch;
  RecordingFiles files(scratch.path());
  put(files, scratch / "a", "new");
  files.sync_directory(scratch.path(), SyncPoint::config);
  CHECK(seen(files, "a") == Strings{"", std::string(3, '\0'), "new"});
}

TEST_CASE("crash model: fsync of a directory does not keep the directory itself") {
  const Scratch scratch;
  RecordingFiles files(scratch.path());
  files.make_directory(scratch / "d");
  put(files, scratch / "d" / "a", "new");
  sync_file(files, scratch / "d" / "a");
  files.sync_directory(scratch / "d", SyncPoint::config);
  CHECK(seen(files, "d/a") == Strings{"absent", "new"});
  CHECK(seen(files, "d") == Strings{"absent", "directory"});
  files.sync_directory(scratch.path(), SyncPoint::config);
  CHECK(seen(files, "d/a") == Strings{"new"});
}

TEST_CASE("crash model: a lost directory takes along what is in it") {
  const Scratch scratch;
  RecordingFiles files(scratch.path());
  make_directories(files, scratch / "d" / "e");
  files.sync_directory(scratch / "d", SyncPoint::config);
  const CrashStates states(files.recording());
  std::size_t count = 0;
  CHECK(states.each_state(states.cuts(), 100, [&](const CrashState& state) {
    CHECK((state.has("d/e") == state.has("d")));
    ++count;
    return true;
  }));
  CHECK(count == 2);
}

TEST_CASE("crash model: syncfs keeps everything before it and nothing after") {
  const Scratch scratch;
  RecordingFiles files(scratch.path());
  make_directories(files, scratch / "d" / "e");
  put(files, scratch / "d" / "e" / "a", "new");
  files.sync_filesystem(scratch.path(), SyncPoint::staged_contents);
  put(files, scratch / "d" / "e" / "a", "er");
  CHECK(seen(files, "d/e/a") == Strings{"new", std::string("new\0\0", 5), "newer"});
}

TEST_CASE("crash model: pages are kept or lost one by one, in any order") {
  const Scratch scratch;
  const std::string page(4096, 'o');
  put(system_files(), scratch / "a", page + page + page);
  RecordingFiles files(scratch.path());
  const auto file = files.open(scratch / "a", OpenMode::read_write);
  file->write_at(4000,
                 as_bytes(std::string(4096 + 192, 'n')));  // the end of one, all of one, the start of one
  file->write_at(0, as_bytes("x"));
  const CrashStates states(files.recording());
  Strings patterns;
  CHECK(states.each_state(states.cuts(), 100, [&](const CrashState& state) {
    const std::string& bytes = *state.bytes("a");
    REQUIRE(bytes.size() == 3 * 4096);
    CHECK(bytes[3999] == 'o');
    CHECK(bytes[8288] == 'o');
    CHECK(bytes[4000] == bytes[4095]);
    CHECK(bytes[4096] == bytes[8191]);
    CHECK(bytes[8192] == bytes[8287]);
    patterns.insert({bytes[0], bytes[4000], bytes[4096], bytes[8192]});
    return true;
  }));
  CHECK(patterns.size() == 16);  // also the second write without the first
}

TEST_CASE("crash model: an append that lost its page reads as zeros after what was there") {
  const Scratch scratch;
  put(system_files(), scratch / "a", "old");
  RecordingFiles files(scratch.path());
  const auto file = files.open(scratch / "a", OpenMode::read_write);
  file->append(as_bytes("12"));
  file->append(as_bytes("3"));
  using namespace std::string_literals;
  CHECK(seen(files, "a") ==
        Strings{"old", "old\0\0"s, "old12", "old\0\0\0"s, "old12\0"s, "old\0\0"s + "3", "old123"});
}

TEST_CASE("crash model: truncating is kept or lost; what is written after it does not bring old bytes back") {
  const Scratch scratch;
  put(system_files(), scratch / "a", "old bytes");
  RecordingFiles files(scratch.path());
  const auto file = files.open(scratch / "a", OpenMode::read_write);
  file->truncate(3);
  file->append(as_bytes("er"));
  using namespace std::string_literals;
  CHECK(seen(files, "a") == Strings{"old bytes", "olderytes", "old", "old\0\0"s, "older"});
}

TEST_CASE("crash model: a rename is whole") {
  const Scratch scratch;
  make_directories(system_files(), scratch / "from");
  make_directories(system_files(), scratch / "to");
  put(system_files(), scratch / "from" / "a", "moved");
  put(system_files(), scratch / "to" / "b", "replaced");
  RecordingFiles files(scratch.path());
  files.rename(scratch / "from" / "a", scratch / "to" / "b");
  const auto both = [&] {
    Strings found;
    const CrashStates states(files.recording());
    REQUIRE(states.each_state(states.cuts(), 100, [&](const CrashState& state) {
      found.insert((state.has("from/a") ? *state.bytes("from/a") : "-") + " " + *state.bytes("to/b"));
      return true;
    }));
    return found;
  };
  CHECK(both() == Strings{"moved replaced", "- moved"});
  files.sync_directory(scratch / "from", SyncPoint::config);
  CHECK(both() == Strings{"moved replaced", "- moved"});  // only the directory it goes to keeps it
  files.sync_directory(scratch / "to", SyncPoint::config);
  CHECK(both() == Strings{"- moved"});
}

TEST_CASE("crash model: renames one after the other leave one file") {
  const Scratch scratch;
  RecordingFiles files(scratch.path());
  put(files, scratch / "a", "x");
  files.sync_filesystem(scratch.path(), SyncPoint::config);
  files.rename(scratch / "a", scratch / "b");
  files.rename(scratch / "b", scratch / "c");
  const CrashStates states(files.recording());
  Strings found;
  CHECK(states.each_state(states.cuts(), 100, [&](const CrashState& state) {
    REQUIRE(state.tree.size() == 1);
    found.insert(state.tree.begin()->first);
    return true;
  }));
  CHECK(found == Strings{"a", "b", "c"});
}

TEST_CASE("crash model: a rename into a directory that is lost did not happen") {
  const Scratch scratch;
  put(system_files(), scratch / "a", "x");
  RecordingFiles files(scratch.path());
  files.make_directory(scratch / "d");
  files.rename(scratch / "a", scratch / "d" / "a");
  const CrashStates states(files.recording());
  CHECK(states.each_state(states.cuts(), 100, [&](const CrashState& state) {
    CHECK(state.has("a") != state.has("d/a"));
    return true;
  }));
}

TEST_CASE("crash model: a renamed directory takes along what is in it") {
  const Scratch scratch;
  RecordingFiles files(scratch.path());
  files.make_directory(scratch / ".package");
  put(files, scratch / ".package" / "METS.xml", "x");
  files.sync_filesystem(scratch.path(), SyncPoint::package_contents);
  files.rename(scratch / ".package", scratch / "package");
  const CrashStates states(files.recording());
  Strings found;
  CHECK(states.each_state(states.cuts(), 100, [&](const CrashState& state) {
    CHECK(state.tree.size() == 2);
    for (const auto& [path, entry] : state.tree)
      found.insert(path);
    return true;
  }));
  CHECK(found == Strings{".package", ".package/METS.xml", "package", "package/METS.xml"});
}

TEST_CASE("crash model: removals and modes are kept or lost") {
  const Scratch scratch;
  put(system_files(), scratch / "a", "x");
  RecordingFiles files(scratch.path());
  files.set_mode(scratch / "a", 0400);
  const CrashStates changed(files.recording());
  std::set<unsigned> modes;
  CHECK(changed.each_state(1, 100, [&](const CrashState& state) {
    modes.insert(state.tree.at("a").mode.value_or(0));
    return true;
  }));
  CHECK(modes == std::set<unsigned>{0, 0400});
  files.remove_file(scratch / "a");
  CHECK(seen(files, "a") == Strings{"absent", "x"});
  files.sync_directory(scratch.path(), SyncPoint::config);
  CHECK(seen(files, "a") == Strings{"absent"});
}

TEST_CASE("crash model: SQLite's files are any snapshot or gone") {
  const Scratch scratch;
  make_directories(system_files(), scratch / "catalogue");
  put(system_files(), scratch / "catalogue" / "1.sqlite", "one");
  put(system_files(), scratch / "catalogue" / "current", "1\n");
  RecordingFiles files(scratch.path());
  files.watch_sqlite("catalogue/");
  put(system_files(), scratch / "catalogue" / "1.sqlite", " two");
  put(system_files(), scratch / "catalogue" / "1.sqlite-wal", "log");
  files.snapshot_external();
  CHECK(seen(files, "catalogue/1.sqlite") == Strings{"absent", "one", "one two"});
  CHECK(seen(files, "catalogue/1.sqlite-wal") == Strings{"absent", "log"});
  CHECK(seen(files, "catalogue/current") == Strings{"1\n"});
  files.remove_file(scratch / "catalogue" / "1.sqlite-wal");
  CHECK(*CrashStates(files.recording()).everything(files.size()).bytes("catalogue/1.sqlite") == "one two");
  CHECK_FALSE(CrashStates(files.recording()).everything(files.size()).has("catalogue/1.sqlite-wal"));
}

TEST_CASE("crash model: a file made beside the layer is taken up unsynced") {
  const Scratch scratch;
  RecordingFiles files(scratch.path());
  put(system_files(), scratch / "zip", "one");
  sync_file(files, scratch / "zip");
  put(system_files(), scratch / "zip", " two");
  files.rename(scratch / "zip", scratch / "named");
  files.sync_directory(scratch.path(), SyncPoint::config);
  const Strings found = seen(files, "named");
  CHECK(found.contains("one two"));
  CHECK(found.contains("one"));  // what came after its sync may be lost
  files.sync_filesystem(scratch.path(), SyncPoint::config);
  CHECK(seen(files, "named") == Strings{"one two"});
}

TEST_CASE("crash model: outside the root nothing is recorded") {
  const Scratch scratch, other;
  RecordingFiles files(scratch.path());
  put(files, other / "a", "x");
  sync_file(files, other / "a");
  files.remove_file(other / "a");
  CHECK(files.size() == 0);
  CHECK_THROWS_AS(files.open(scratch / "absent", OpenMode::read), Error);
  CHECK_THROWS_AS(files.rename(scratch / "absent" / "a", scratch / "b"), Error);
  CHECK_THROWS_AS(files.make_directory(scratch / "absent" / "a"), Error);
  CHECK(files.size() == 0);
}

TEST_CASE("crash model: states are written as they are") {
  const Scratch scratch, target;
  RecordingFiles files(scratch.path());
  make_directories(files, scratch / "d" / "e");
  put(files, scratch / "d" / "e" / "a", std::string(10'000, 'x'));
  put(files, scratch / "d-e", "");
  files.lock(scratch / "lock", LockKind::exclusive, 0);
  const CrashStates states(files.recording());
  std::set<std::uint64_t> fingerprints;
  std::set<Tree> trees;
  CHECK(states.each_state(states.cuts(), 100'000, [&](const CrashState& state) {
    if (!fingerprints.insert(state.fingerprint()).second) return true;
    state.materialise(target / "copy");
    CHECK(on_disk(target / "copy") == in_state(state));
    trees.insert(in_state(state));
    return true;
  }));
  CHECK(trees.size() == fingerprints.size());
  CHECK(trees.size() == 4 * (3 + 9));  // d-e and lock; how much of d, of its file no length or eight of pages
}

// Many operations by chance: the recording knows at every moment what stands on the disk, what is synced is
// never lost, and no state holds what was never there.
TEST_CASE("crash model: everything kept is what stands on the disk") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    CAPTURE(seed);
    const Scratch scratch;
    Random random(seed);
    RecordingFiles files(scratch.path());
    std::vector<std::pair<std::size_t, Tree>> truth = {{0, {}}};
    std::set<std::size_t> all_synced = {0};
    const auto name = [&] { return std::string(1, static_cast<char>('a' + random() % 4)); };
    const auto path = [&] { return random() % 2 ? scratch / name() : scratch / name() / name(); };
    for (int n = 0; n < 120; ++n) {
      try {
        switch (random() % 8) {
          case 0:
            files.make_directory(path());
            break;
          case 1:
            files.rename(path(), path());
            break;
          case 2:
            files.remove_file(path());
            break;
          case 3:
            files.remove_directory(path());
            break;
          case 4:
            files.open(path(), OpenMode::read_write)->truncate(random() % 9000);
            break;
          case 5:
            files.sync_directory(scratch.path(), SyncPoint::config);
            break;
          case 6:
            if (random() % 4 != 0) break;
            files.sync_filesystem(scratch.path(), SyncPoint::config);
            all_synced.insert(files.size());
            break;
          default:
            files.open(path(), OpenMode::create)
                ->write_at(random() % 9000,
                           as_bytes(std::string(random() % 9000, static_cast<char>('A' + n % 26))));
        }
      } catch (const Error&) {  // such a name, or none such
      }
      truth.emplace_back(files.size(), on_disk(scratch.path()));
    }
    const CrashStates states(files.recording());
    for (const auto& [k, tree] : truth) {
      CHECK((in_state(states.everything(k)) == tree));
      if (all_synced.contains(k)) {
        for (const CrashState& state : states.extremes(k))
          CHECK((in_state(state) == tree));
        CHECK((in_state(states.state(k, random)) == tree));
      }
    }
  }
}

// ---- a small protocol that is right, and its mutants ----

namespace {

struct Toy {
  Scratch scratch;
  std::unique_ptr<RecordingFiles> files;

  explicit Toy(const std::function<void(RecordingFiles&)>& prepare = [](RecordingFiles&) {}) {
    put(system_files(), scratch / "name", std::string(5000, 'o'));
    files = std::make_unique<RecordingFiles>(scratch.path());
    prepare(*files);
  }

  void replace() const {
    const auto file = files->open(scratch / "temporary", OpenMode::create_new);
    file->append(as_bytes(std::string(6000, 'n')));
    file->sync(SyncPoint::config);
    files->rename(scratch / "temporary", scratch / "name");
    files->sync_directory(scratch.path(), SyncPoint::package_name);
    files->note("said");
  }

  // What is wrong in some state of some cut, empty when all are right.
  std::string verdict() const {
    const CrashStates states(files->recording());
    const std::size_t said = files->notes("said").at(0);
    std::string wrong;
    for (std::size_t k = 0; k <= states.cuts() && wrong.empty(); ++k) {
      const bool complete = states.each_state(k, 100'000, [&](const CrashState& state) {
        const std::string* bytes = state.bytes("name");
        if (bytes != nullptr && *bytes == std::string(6000, 'n')) return true;
        if (bytes != nullptr && *bytes == std::string(5000, 'o') && k <= said) return true;
        wrong = state.describe(files->recording());
        return false;
      });
      if (wrong.empty()) REQUIRE(complete);
    }
    return wrong;
  }

  bool found_by_sweep() const {
    const CrashStates states(files->recording());
    const std::size_t said = files->notes("said").at(0);
    bool wrong = false;
    states.sweep(0, 20, 1, [&](const CrashState& state) {
      const std::string* bytes = state.bytes("name");
      const bool is_new = bytes != nullptr && *bytes == std::string(6000, 'n');
      const bool is_old = bytes != nullptr && *bytes == std::string(5000, 'o');
      wrong = wrong || !(is_new || (is_old && state.cut <= said));
    });
    return wrong;
  }
};

}  // namespace

TEST_CASE("crash model: write, fsync, rename, fsync of the directory survives every state") {
  const Toy toy;
  toy.replace();
  CHECK(toy.files->count(SyncPoint::config) == 1);
  CHECK(toy.files->count(SyncPoint::package_name) == 1);
  CHECK(toy.verdict() == "");
  CHECK_FALSE(toy.found_by_sweep());
}

TEST_CASE("crash model: each sync left out is found") {
  for (const SyncPoint point : {SyncPoint::config, SyncPoint::package_name}) {
    const Toy toy([&](RecordingFiles& files) { files.skip(point); });
    toy.replace();
    CHECK(toy.files->count(point) == 0);
    CHECK(toy.verdict() != "");
    CHECK(toy.found_by_sweep());
  }
}

TEST_CASE("crash model: a report tells what was lost") {
  const Toy toy([](RecordingFiles& files) { files.skip(SyncPoint::package_name); });
  toy.replace();
  CHECK(toy.verdict() ==
        "power cut after 5 operations, the last: note said\n"
        "  lost the name of #0 create temporary\n"
        "  lost the name of #3 rename temporary to name");
}

TEST_CASE("crash model: write_whole survives every state and needs its syncs") {
  for (const bool skip : {false, true}) {
    const Scratch scratch;
    write_whole(system_files(), scratch / "name", "old", SyncPoint::config);
    RecordingFiles files(scratch.path());
    if (skip) files.skip(SyncPoint::config);
    write_whole(files, scratch / "name", "new", SyncPoint::config);
    files.note("said");
    const CrashStates states(files.recording());
    bool survives = true;
    for (std::size_t k = 0; k <= states.cuts(); ++k)
      CHECK(states.each_state(k, 10'000, [&](const CrashState& state) {
        const std::string* bytes = state.bytes("name");
        survives =
            survives && bytes != nullptr && (*bytes == "new" || (*bytes == "old" && k < states.cuts()));
        return true;
      }));
    CHECK(survives == !skip);
    CHECK(files.count(SyncPoint::config) == (skip ? 0 : 2));
  }
}
