// Strange names, a .vtlt that somebody made to do harm, and one that a later version made.
#include <catch2/catch.hpp>

#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>

#include "base/clock.h"
#include "base/error.h"
#include "support.h"

using namespace repository_test;
using vtlt::test::Scratch;

namespace {

// A journal of our own making, line by line, with features and events that vtlt does not write yet.
class Forged {
 public:
  explicit Forged(const Path& base, const journal::Features& features) : base_(base) {
    make(system_files(), base);
    const Path root = base / "kho" / ".vtlt";
    for (const auto& entry : std::filesystem::directory_iterator(root / "journal"))
      std::filesystem::remove_all(entry.path());
    std::filesystem::remove_all(root / "catalogue");
    std::filesystem::create_directory(root / "catalogue");
    std::filesystem::remove_all(base / "state");
    journal::Genesis genesis;
    genesis.features = features;
    genesis.nonce = std::string(32, 'a');
    name_ = journal::create_stream(system_files(), root / "journal", journal::encode(genesis), "lan", now());
    put(root / "journal" / "own", name_ + "\n");
    records::Fonds fonds;
    fonds.id = records::new_id(records::Kind::fonds);
    fonds.code = "UB";
    fonds.name = "UBND xã Thử";
    add(journal::type::fonds_opened, journal::encode(fonds));
    journal::SchemeAdopted adopted{fonds.id, sha256(small_scheme()).hex(), "nho", "", {}};
    add(journal::type::scheme_adopted, journal::encode(adopted));
  }
  void add(std::string_view type, std::string_view body) {
    const journal::Stream stream(system_files(), base_ / "kho" / ".vtlt" / "journal" / name_, name_);
    journal::Transaction transaction(system_files(), stream, stream.read({}, {}).end, "lan", now());
    transaction.add(type, body);
    transaction.commit();
  }

 private:
  Path base_;
  std::string name_;
};

}  // namespace

TEST_CASE("names that are not UTF-8, or not composed, are kept to the byte", "[faults]") {
  const Scratch base;
  prepared(base.path());
  const std::string tcvn =
                        "C\xAB"
                        "ng v\xA8n.txt",
                    decomposed = "Co\xCC\x82ng va\xCC\x86n.txt", control = "a\nb\x01.txt";
  for (const auto& name : {tcvn, decomposed, control})
    put(base / "la" / name, name);
  Repository repository(system_files(), options_at(base.path()), true);
  for (const auto& name : {tcvn, decomposed, control}) {
    const auto component =
        register_document(repository, inside("tên lạ", {base / "la" / name})).components.at(0);
    const auto held = repository.catalogue().components(component.document).at(0);
    CHECK((held.name_bytes.empty() ? held.name : held.name_bytes) == name);
    CHECK(held.name != tcvn);
  }
  ImportRequest request;
  request.list = base / "la";
  CHECK(import_list(repository, request).present == 3);
  put(base / "la" / (tcvn + "2"), "khác");
  CHECK(import_list(repository, request).fresh == 1);
  require_sound(base.path());
}

TEST_CASE("a .vtlt that was made to do harm", "[faults][hostile]") {
  const Scratch base;
  prepared(base.path());
  const Path root = base / "kho" / ".vtlt";
  put(base / "outside" / "victim", "riêng");
  const auto opens = [&] {
    std::string said;
    for (const bool writing : {false, true})
      said += refusal([&] { Repository(system_files(), options_at(base.path()), writing); }) + ";";
    return said;
  };
  const auto replace_by_link = [](const Path& path, const Path& target) {
    std::filesystem::remove_all(path);
    std::filesystem::create_symlink(target, path);
  };
  const std::string stream = Repository(system_files(), options_at(base.path()), false).stream();
  const std::string refused = "VTLT-REPO-05 3;VTLT-REPO-05 3;";

  SECTION("links in place of its parts") {
    for (const char* part : {"journal", "catalogue", "objects", "schemes", "tmp", "lock", "content.lock",
                             "config.yaml", "catalogue/current", "catalogue/1.sqlite"}) {
      const Scratch copy;
      copy_tree(root, copy / "kept");
      const auto kind = std::filesystem::status(root / part).type();
      std::filesystem::remove_all(base / "outside" / "x");
      if (kind == std::filesystem::file_type::directory)
        copy_tree(root / part, base / "outside" / "x");
      else
        put(base / "outside" / "x", std::filesystem::exists(root / part) ? get(root / part) : "");
      replace_by_link(root / part, base / "outside" / "x");
      INFO(part);
      CHECK(opens() == refused);
      CHECK(errors_of(base.path()).find("VTLT-REPO-05") != std::string::npos);
      CHECK(refusal([&] { repair(system_files(), options_at(base.path())); }) == "VTLT-REPO-05 3");
      copy_tree(copy / "kept", root);
    }
    CHECK(opens() == ";;");
  }
  SECTION("a link in place of the stream") {
    copy_tree(root / "journal" / stream, base / "outside" / "stream");
    replace_by_link(root / "journal" / stream, base / "outside" / "stream");
    CHECK(opens() == refused);
  }
  SECTION("a link in place of a segment") {
    put(base / "outside" / "head", get(root / "journal" / stream / "00000001.head"));
    replace_by_link(root / "journal" / stream / "00000001.head", base / "outside" / "head");
    CHECK(opens() != ";;");
    CHECK(errors_of(base.path()) != "");
  }
  SECTION("a link in place of a directory of objects") {
    const std::string digest = sha256("hai").hex();
    std::filesystem::create_directory(base / "outside" / "objects");
    replace_by_link(root / "objects" / digest.substr(0, 2), base / "outside" / "objects");
    Repository repository(system_files(), options_at(base.path()), true);
    CHECK(refusal([&] { register_document(repository, the_request(base.path())); }) == "VTLT-OBJECT-09 4");
    CHECK(std::filesystem::is_empty(base / "outside" / "objects"));
  }
  SECTION("a link in place of an object") {
    const std::string digest = sha256(pdf("mot")).hex();
    put(base / "outside" / "object", pdf("mot"));
    replace_by_link(root / "objects" / digest.substr(0, 2) / digest, base / "outside" / "object");
    CHECK(errors_of(base.path()) != "");
  }
  SECTION("sessions that lead outside") {
    std::filesystem::create_directory_symlink(base / "outside", root / "tmp" / "session");
    CHECK(opens() == ";;");
    CHECK(get(base / "outside" / "victim") == "riêng");
    CHECK(std::filesystem::is_empty(root / "tmp"));
  }
  SECTION("journal/own that leads elsewhere") {
    for (const std::string& own :
         {std::string("../.."), std::string("/etc"), std::string(), std::string("own"), std::string(64, 'A'),
          std::string(64, 'a'), stream + "/../" + stream, std::string(5000, '0'), std::string(64, '\0')}) {
      put(root / "journal" / "own", own + "\n");
      INFO(own.substr(0, 80));
      const std::string said = opens();
      CHECK(said != ";;");
      CHECK(said.find("70") == std::string::npos);
      CHECK(errors_of(base.path()) != "");
    }
  }
  SECTION("a FIFO in place of a file") {
    for (const Path& path : {root / "journal" / stream / "00000001.body", root / "journal" / "own",
                             root / "catalogue" / "current"}) {
      const std::string kept = get(path);
      std::filesystem::remove(path);
      REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
      INFO(path);
      CHECK(opens() != ";;");
      CHECK(errors_of(base.path()) != "");
      std::filesystem::remove(path);
      put(path, kept);
    }
  }
  SECTION("lines without end") {
    for (const char* file : {"00000001.head", "00000001.body"}) {
      const Path path = root / "journal" / stream / file;
      const std::string kept = get(path);
      for (const std::string& more : {std::string(3u << 20, 'x'), std::string(3u << 20, 'x') + "\n",
                                      std::string(3u << 20, '\n'), std::string(1u << 20, '\0')}) {
        put(path, kept + more);
        std::filesystem::remove_all(root / "catalogue" / "current");
        opens();  // may be a tail, may be damage; it comes to an end
        errors_of(base.path());
      }
      put(path, kept);
    }
  }
  SECTION("a catalogue that is none") {
    for (const std::string& bytes : {std::string(), std::string("SQLite format 3"), std::string(100'000, 'x'),
                                     std::string("SQLite format 3\0", 16) + std::string(8176, '\x01')}) {
      const std::string shown = "có từ trước";
      put(root / "catalogue" / (get(root / "catalogue" / "current").substr(0, 1) + ".sqlite"), bytes);
      for (const char* beside : {"-wal", "-shm"})
        std::filesystem::remove(root / "catalogue" /
                                (get(root / "catalogue" / "current").substr(0, 1) + ".sqlite" + beside));
      Repository repository(system_files(), options_at(base.path()), true);
      CHECK(summary(repository).find(shown) != std::string::npos);
    }
    for (const std::string& current :
         {std::string("-1\n"), std::string("99999999999999999999\n"), std::string("../../x\n"),
          std::string(60, 'x'), std::string(4000, '7')}) {
      put(root / "catalogue" / "current", current);
      INFO(current.substr(0, 30));
      CHECK(opens() == ";;");
      CHECK(errors_of(base.path()) == "");
    }
  }
  SECTION("a catalogue that lies is found") {
    const std::string current = get(root / "catalogue" / "current").substr(0, 1);
    const Path file = root / "catalogue" / (current + ".sqlite");
    const std::string command =
        "python3 -c 'import sqlite3,sys; d=sqlite3.connect(sys.argv[1]); d.execute(\"UPDATE entry SET "
        "subject=0\"); d.commit()' '" +
        file.string() + "'";
    REQUIRE(std::system(command.c_str()) == 0);
    CHECK(errors_of(base.path()).find("VTLT-CATALOGUE-05") != std::string::npos);
    repair(system_files(), options_at(base.path()));
    CHECK(errors_of(base.path()) == "");
  }
}

TEST_CASE("features that this version does not know", "[faults]") {
  const Scratch base;
  SECTION("required: refused") {
    const Forged forged(base.path(), {{}, {}, {"encrypted-records"}});
    for (const bool writing : {false, true})
      CHECK(refusal([&] { Repository(system_files(), options_at(base.path()), writing); }) ==
            "VTLT-REPO-02 3");
    CHECK(refusal([&] { repair(system_files(), options_at(base.path())); }) == "VTLT-REPO-02 3");
    CHECK(reader_says(base.path()).find("encrypted-records") != std::string::npos);
  }
  SECTION("required from a later event on: refused") {
    Forged forged(base.path(), {});
    { Repository fine(system_files(), options_at(base.path()), true); }
    forged.add(journal::type::format, journal::encode(journal::Features{{}, {}, {"future"}}));
    for (const bool writing : {false, true})
      CHECK(refusal([&] { Repository(system_files(), options_at(base.path()), writing); }) ==
            "VTLT-REPO-02 3");
  }
  SECTION("read-only-compatible: read") {
    const Forged forged(base.path(), {{}, {"signed-heads"}, {}});
    Repository repository(system_files(), options_at(base.path()), false);
    CHECK(repository.condition() == Condition::read_only);
    CHECK(repository.catalogue().fonds().size() == 1);
    CHECK(refusal([&] { Repository(system_files(), options_at(base.path()), true); }) == "VTLT-REPO-03 3");
    CHECK(reader_says(base.path()) == "");
  }
  SECTION("compatible: read and written") {
    const Forged forged(base.path(), {{"pictures"}, {}, {}});
    Repository repository(system_files(), options_at(base.path()), true);
    CHECK(repository.condition() == Condition::good);
    CHECK(register_document(repository, outgoing("QĐ-UBND", "được ghi")).entry.number == 1);
    require_sound(base.path());
  }
  SECTION("events of types to come are kept and said") {
    Forged forged(base.path(), {});
    forged.add("picture.taken/1", R"({"id":"x","deep":{"a":[1,2]}})");
    forged.add("register.entry/2", R"({"id":"x"})");
    Repository repository(system_files(), options_at(base.path()), true);
    CHECK(repository.catalogue().unknown_types() ==
          std::vector<std::string>{"picture.taken/1", "register.entry/2"});
    CHECK(register_document(repository, outgoing("QĐ-UBND", "được ghi")).entry.number == 1);
    require_sound(base.path());
  }
}
