// The store of contents.
#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>

#include "base/error.h"
#include "objects/objects.h"
#include "support/scratch.h"

using namespace vtlt;
using objects::Staged;
using objects::Store;
using test::Scratch;

namespace {

void put(const Path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

struct Place {
  Place() : store(system_files(), scratch / "objects") {
    store.make_layout();
    std::filesystem::create_directory(scratch / "staging");
  }
  Staged stage(const std::string& bytes) {
    const Path source = scratch / ("source-" + std::to_string(count));
    put(source, bytes);
    return store.stage(source, scratch / "staging", count++);
  }
  std::pair<std::size_t, std::size_t> listed() const {
    std::size_t objects = 0, strange = 0;
    store.list([&](const Digest&, std::uint64_t) { ++objects; }, [&](const Path&) { ++strange; });
    return {objects, strange};
  }
  Scratch scratch;
  Store store;
  std::size_t count = 0;
};

std::string code(const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    return error.code();
  }
  return {};
}

}  // namespace

TEST_CASE("contents are hashed as they are stored") {
  Place place;
  for (const std::string& bytes :
       {std::string(), std::string("a"), std::string(3u << 20, 'x'), std::string("\0\n\xFF", 3)}) {
    const Staged staged = place.stage(bytes);
    CHECK(staged.digest == sha256(bytes));
    CHECK(staged.size == bytes.size());
    CHECK(staged.modified_ms > 1'600'000'000'000);
    CHECK_FALSE(place.store.has(staged.digest));
    place.store.sync_staged({staged}, place.scratch / "staging");
    place.store.put({staged}, place.scratch / "staging");
    CHECK(place.store.has(staged.digest));
    CHECK(read_whole(system_files(), place.store.path_of(staged.digest)) == bytes);
    CHECK_FALSE(std::filesystem::exists(staged_path(place.scratch / "staging", staged)));
  }
  CHECK(place.listed() == std::pair<std::size_t, std::size_t>{4, 0});
}

TEST_CASE("the same content is kept once; one that is cut short is replaced") {
  Place place;
  const Staged first = place.stage("nội dung");
  place.store.put({first}, place.scratch / "staging");
  place.store.put({place.stage("nội dung"), place.stage("khác")}, place.scratch / "staging");
  CHECK(place.listed().first == 2);
  put(place.store.path_of(first.digest), "nội");
  place.store.put({place.stage("nội dung")}, place.scratch / "staging");
  CHECK(read_whole(system_files(), place.store.path_of(first.digest)) == "nội dung");
  place.store.remove(first.digest);
  place.store.remove(first.digest);  // absent is fine
  CHECK_FALSE(place.store.has(first.digest));
}

TEST_CASE("what is no regular file is not taken") {
  Place place;
  CHECK(code([&] { place.store.stage(place.scratch / "none", place.scratch / "staging", 1); }) ==
        "VTLT-OBJECT-04");
  CHECK(code([&] { place.store.stage(place.scratch.path(), place.scratch / "staging", 1); }) ==
        "VTLT-OBJECT-03");
  CHECK(code([&] { place.store.stage("/dev/null", place.scratch / "staging", 1); }) == "VTLT-OBJECT-03");
  CHECK(std::filesystem::is_empty(place.scratch / "staging"));
}

TEST_CASE("strange things in the store are told") {
  Place place;
  const Staged staged = place.stage("x");
  place.store.put({staged}, place.scratch / "staging");
  const std::string name = staged.digest.hex();
  put(place.scratch / "objects" / "readme", "");
  put(place.scratch / "objects" / "00" / "short", "");
  put(place.scratch / "objects" / (name.substr(0, 2) == "00" ? "01" : "00") / name, "in the wrong place");
  std::filesystem::create_symlink("/etc/passwd",
                                  place.scratch / "objects" / "ff" / ("ff" + std::string(62, '0')));
  std::filesystem::create_directory(place.scratch / "objects" / "ff" / ("ff" + std::string(62, '1')));
  CHECK(place.listed() == std::pair<std::size_t, std::size_t>{1, 5});
}

TEST_CASE("nothing is put through a link") {
  Place place;
  const Staged staged = place.stage("x");
  const Path directory = place.store.path_of(staged.digest).parent_path();
  std::filesystem::remove(directory);
  CHECK(code([&] { place.store.put({staged}, place.scratch / "staging"); }) == "VTLT-OBJECT-09");
  std::filesystem::create_directory(place.scratch / "outside");
  std::filesystem::create_directory_symlink(place.scratch / "outside", directory);
  CHECK(code([&] { place.store.put({staged}, place.scratch / "staging"); }) == "VTLT-OBJECT-09");
  CHECK(std::filesystem::is_empty(place.scratch / "outside"));
}
