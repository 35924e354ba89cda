// Packages made to deceive: nothing is extracted, followed or believed.
#include <catch2/catch.hpp>

#include <cstdlib>
#include <fstream>
#include <regex>
#include <set>

#include "base/delegating_files.h"
#include "base/progress.h"
#include "check_support.h"
#include "package/reader_mets.h"
#include "package/source.h"
#include "text/messages.h"

using namespace vtlt::package;
using check_support::has;
using check_support::make_zip;
using check_support::Maker;
using check_support::put;
using check_support::put_tree;
using check_support::run;
using check_support::text_of;
using check_support::Tree;
using check_support::Workshop;
using check_support::ZipEntry;
using vtlt::Level;

namespace {

std::vector<ZipEntry> entries_of(const Maker& maker, const Tree& tree) {
  std::vector<ZipEntry> entries;
  for (const auto& [name, bytes] : tree)
    entries.push_back({maker.folder() + "/" + name, bytes});
  return entries;
}

Verdict check_zip(const std::string& bytes) {
  const Workshop workshop;
  put(workshop.path() / "goi.zip", bytes);
  const Verdict verdict = run(workshop.path() / "goi.zip");
  // Nothing beside the ZIP has come into being.
  CHECK(std::distance(std::filesystem::directory_iterator(workshop.path()), {}) == 1);
  return verdict;
}

}  // namespace

TEST_CASE("local headers and central directory must tell the same", "[package][zip]") {
  Maker maker;
  const Tree tree = maker.make();
  auto entries = entries_of(maker, tree);
  SECTION("an entry only in the data") {
    entries.push_back({maker.folder() + "/representations/rep1/data/an.pdf", "x"});
    entries.back().in_central = false;
  }
  SECTION("an entry under another name in the list") {
    entries.push_back({maker.folder() + "/representations/rep1/data/that.pdf", "x"});
    entries.back().central_name = maker.folder() + "/representations/rep1/data/gia.pdf";
  }
  SECTION("an entry only in the list") {
    entries.push_back({maker.folder() + "/representations/rep1/data/3.pdf", "x"});
    entries.back().in_local = false;
  }
  const Verdict verdict = check_zip(make_zip(entries));
  INFO(text_of(verdict));
  CHECK(has(verdict, "VTLT-ZIP-LOCAL", Level::error));
  CHECK_FALSE(verdict.passed());
}

TEST_CASE("ZIP64 fields are read, and read with the same distrust", "[package][zip]") {
  Maker maker;
  const Tree tree = maker.make();
  auto entries = entries_of(maker, tree);
  for (ZipEntry& entry : entries)
    entry.zip64 = true;
  SECTION("of every entry") {
    const Verdict verdict = check_zip(make_zip(entries));
    INFO(text_of(verdict));
    CHECK(verdict.passed());
    std::uint64_t bytes = 0;
    for (const auto& [name, data] : tree)
      bytes += data.size();
    CHECK(verdict.bytes_read == bytes);
    CHECK(verdict.files_read == tree.size());
  }
  SECTION("of one entry, which lies about its size") {
    entries.back().zip64 = false;
    entries.front().size = static_cast<std::uint32_t>(entries.front().data.size()) + 1;
    const Verdict verdict = check_zip(make_zip(entries));
    INFO(text_of(verdict));
    CHECK_FALSE(verdict.passed());
  }
  SECTION("of METS.xml, which would be found in another place") {
    for (ZipEntry& entry : entries)
      if (entry.name.ends_with("/METS.xml")) entry.place64 = 1;
    const Verdict verdict = check_zip(make_zip(entries));
    INFO(text_of(verdict));
    CHECK_FALSE(verdict.passed());
    CHECK(has(verdict, "VTLT-ZIP-DATA"));
  }
  SECTION("of METS.xml, which would be found beyond the end") {
    for (ZipEntry& entry : entries)
      if (entry.name.ends_with("/METS.xml")) entry.place64 = 0xfffffffffffffff0u;
    CHECK_FALSE(check_zip(make_zip(entries)).passed());
  }
  SECTION("cut short") {
    std::string bytes = make_zip(entries);
    const std::size_t field = bytes.find(std::string("\x01\0\x18\0", 4), bytes.find("PK\x01\x02"));
    REQUIRE(field != std::string::npos);
    bytes[field + 2] = 0x08;
    const Verdict verdict = check_zip(bytes);
    CHECK_FALSE(verdict.passed());
    CHECK(has(verdict, "VTLT-ZIP-TRUNCATED", Level::error));
  }
}

TEST_CASE("entries that would leave the package or are no files", "[package][zip]") {
  struct Case {
    const char* name;
    std::uint32_t mode;
    const char* code;
  };
  const Case cases[] = {
      {"../ngoai.pdf", 0100644, "VTLT-PATH-PARENT"},
      {"data/../../x.pdf", 0100644, "VTLT-PATH-PARENT"},
      {"data//x.pdf", 0100644, "VTLT-PATH-PARENT"},
      {"data/link", 0120777, "VTLT-PATH-SYMLINK"},
      {"data/may", 0020644, "VTLT-PATH-SPECIAL"},
      {"data/a\x01.pdf", 0100644, "VTLT-PATH-CONTROL"},
      {"data/gpj.\xE2\x80\xAE"
       "exe",
       0100644, "VTLT-PATH-CONTROL"},
  };
  for (const Case& one : cases) {
    Maker maker;
    auto entries = entries_of(maker, maker.make());
    entries.push_back({maker.folder() + "/" + one.name, "x"});
    entries.back().unix_mode = one.mode;
    const Verdict verdict = check_zip(make_zip(entries));
    INFO(one.name << "\n" << text_of(verdict));
    CHECK(has(verdict, one.code, Level::error));
    CHECK_FALSE(verdict.passed());
  }
  Maker maker;
  auto entries = entries_of(maker, maker.make());
  entries.push_back({"/etc/passwd", "x"});
  Verdict verdict = check_zip(make_zip(entries));
  INFO(text_of(verdict));
  CHECK(has(verdict, "VTLT-PATH-ROOT", Level::error));
  entries = {{"/etc/passwd", "x"}, {"METS.xml", "<mets/>"}};
  verdict = check_zip(make_zip(entries));
  INFO(text_of(verdict));
  CHECK(has(verdict, "VTLT-PATH-ABSOLUTE", Level::error));
}

TEST_CASE("the same name twice, and something beside the folder", "[package][zip]") {
  Maker maker;
  auto entries = entries_of(maker, maker.make());
  entries.push_back(entries.back());
  CHECK(has(check_zip(make_zip(entries)), "VTLT-PATH-DUPLICATE", Level::error));
  entries.pop_back();
  entries.push_back({"__MACOSX/x", "x"});
  const Verdict verdict = check_zip(make_zip(entries));
  INFO(text_of(verdict));
  CHECK(has(verdict, "VTLT-PATH-ROOT", Level::error));
  CHECK(verdict.kind == Found::tt05);
}

TEST_CASE("a ZIP cut off anywhere is never passed", "[package][zip]") {
  Maker maker;
  const std::string whole = make_zip(maker.folder(), maker.make());
  for (const double part : {0.999, 0.95, 0.8, 0.5, 0.1, 0.01}) {
    const Verdict verdict =
        check_zip(whole.substr(0, static_cast<std::size_t>(static_cast<double>(whole.size()) * part)));
    INFO(part << "\n" << text_of(verdict));
    CHECK_FALSE(verdict.passed());
    CHECK_FALSE(verdict.complete);
    REQUIRE(has(verdict, "VTLT-ZIP-TRUNCATED", Level::error));
    CHECK(verdict.findings.front().ref.ends_with("goi.zip"));
    if (part > 0.9) CHECK(verdict.kind == Found::tt05);
  }
  const Verdict nothing = check_zip("");
  CHECK_FALSE(nothing.passed());
}

TEST_CASE("any flipped byte of a ZIP is noticed", "[package][zip]") {
  Maker maker;
  const std::string whole = make_zip(maker.folder(), maker.make());
  for (std::size_t at = 0; at < whole.size(); at += 97) {
    std::string spoilt = whole;
    spoilt[at] = static_cast<char>(spoilt[at] ^ 0x04);
    const Workshop workshop;
    put(workshop.path() / "goi.zip", spoilt);
    const Verdict verdict = run(workshop.path() / "goi.zip");
    // Times and attributes of the headers say nothing about contents; everything else counts.
    const bool data = whole.find("PK\x01\x02") > at;
    if (verdict.passed()) {
      INFO(at);
      if (data) {
        const std::size_t header = whole.rfind("PK\x03\x04", at);
        CHECK(at - header < 14);
      }
    }
  }
}

TEST_CASE("bombs are refused by their measure", "[package][zip]") {
  Maker maker;
  auto entries = entries_of(maker, maker.make());
  entries.push_back({maker.folder() + "/representations/rep1/data/bom.pdf", "x"});
  entries.back().size = 0xfffffff0u;  // says: four gigabytes, stored; the ZIP is smaller
  const Verdict verdict = check_zip(make_zip(entries));
  INFO(text_of(verdict));
  CHECK_FALSE(verdict.passed());
  CHECK(has(verdict, "VTLT-ZIP-OVERLAP", Level::error));
  CHECK(verdict.bytes_read < 1'000'000);
}

TEST_CASE("encrypted entries and unmarked names", "[package][zip]") {
  Maker maker;
  auto entries = entries_of(maker, maker.make());
  entries[0].flags |= 1;
  Verdict verdict = check_zip(make_zip(entries));
  INFO(text_of(verdict));
  CHECK(has(verdict, "VTLT-ZIP-ENCRYPTED", Level::error));
  CHECK_FALSE(verdict.passed());
  entries = entries_of(maker, maker.make());
  entries.push_back({maker.folder() + "/representations/rep1/data/công văn.pdf", "x"});
  entries.back().flags = 0;
  verdict = check_zip(make_zip(entries));
  CHECK(has(verdict, "VTLT-ZIP-UTF8", Level::warning));
}

TEST_CASE("links in a folder are not followed", "[package]") {
  const Workshop workshop;
  Maker maker;
  const auto folder = put_tree(workshop.path() / maker.folder(), maker.make());
  const auto content = folder / "representations/rep1/data/1.pdf";
  std::filesystem::rename(content, workshop.path() / "that.pdf");
  std::filesystem::create_symlink(workshop.path() / "that.pdf", content);
  std::filesystem::create_directory_symlink("/", folder / "documentation");
  const Verdict verdict = run(folder);
  INFO(text_of(verdict));
  CHECK(has(verdict, "VTLT-PATH-SYMLINK", Level::error));
  CHECK(has(verdict, "TT05-METS-missing", Level::error));
  CHECK(verdict.files_read < 20);
}

TEST_CASE("a TAR is read as well", "[package][tar]") {
  const Workshop workshop;
  Maker maker;
  put_tree(workshop.path() / maker.folder(), maker.make());
  const std::string command = "tar --format=ustar -C '" + workshop.path().string() + "' -cf '" +
                              (workshop.path() / "goi.tar").string() + "' " + maker.folder();
  if (std::system(command.c_str()) != 0) {
    WARN("SKIPPED: no tar");
    return;
  }
  const Verdict verdict = run(workshop.path() / "goi.tar");
  INFO(text_of(verdict));
  CHECK(verdict.passed());
  CHECK(verdict.kind == Found::tt05);
}

TEST_CASE("what is no package is said to be none", "[package]") {
  const Workshop workshop;
  put(workshop.path() / "x/a.txt", "x");
  CHECK(run(workshop.path() / "x").kind == Found::not_a_package);
  CHECK(run(workshop.path() / "x/a.txt").kind == Found::not_a_package);
  CHECK_FALSE(run(workshop.path() / "x").passed());
  CHECK(has(run(workshop.path() / "x"), "VTLT-FOUND-01", Level::error));
  put(workshop.path() / "kho/.vtlt/journal/a/00000001.head", "x");
  CHECK(is_repository(vtlt::system_files(), workshop.path() / "kho"));
  CHECK_FALSE(is_repository(vtlt::system_files(), workshop.path() / "x"));
  CHECK_FALSE(is_repository(vtlt::system_files(), workshop.path() / "x/a.txt"));
  CHECK(run(workshop.path() / "kho").kind == Found::repository);
  CHECK_THROWS_AS(run(workshop.path() / "khong-co"), vtlt::Error);
}

namespace {

// The system's files, one of which has a bad sector.
class BadSector final : public vtlt::Files {
 public:
  explicit BadSector(std::string name) : name_(std::move(name)) {}
  std::unique_ptr<vtlt::File> open(const vtlt::Path& path, vtlt::OpenMode mode, bool follow) override {
    auto file = vtlt::system_files().open(path, mode, follow);
    if (path.filename() == name_) return std::make_unique<Broken>(std::move(file));
    return file;
  }
  std::optional<vtlt::FileStat> stat(const vtlt::Path& path, bool follow) override {
    return vtlt::system_files().stat(path, follow);
  }
  std::vector<vtlt::DirectoryEntry> list(const vtlt::Path& path) override {
    return vtlt::system_files().list(path);
  }
  void make_directory(const vtlt::Path&) override { FAIL("a check writes"); }
  void rename(const vtlt::Path&, const vtlt::Path&) override { FAIL("a check writes"); }
  void remove_file(const vtlt::Path&) override { FAIL("a check writes"); }
  void remove_directory(const vtlt::Path&) override { FAIL("a check writes"); }
  void sync_directory(const vtlt::Path&, vtlt::SyncPoint) override { FAIL("a check writes"); }
  void sync_filesystem(const vtlt::Path&, vtlt::SyncPoint) override { FAIL("a check writes"); }
  void set_mode(const vtlt::Path&, unsigned) override { FAIL("a check writes"); }
  std::unique_ptr<vtlt::FileLock> lock(const vtlt::Path&, vtlt::LockKind, int) override { return nullptr; }

 private:
  class Broken final : public vtlt::File {
   public:
    explicit Broken(std::unique_ptr<vtlt::File> file) : file_(std::move(file)) {}
    std::size_t read_at(std::uint64_t offset, std::span<std::byte> out) override {
      if (offset + out.size() > 8) throw vtlt::Error(vtlt::Exit::no_verdict, "VTLT-IO-EIO", say("zip.open"));
      return file_->read_at(offset, out);
    }
    void write_at(std::uint64_t, vtlt::Bytes) override { FAIL("a check writes"); }
    void append(vtlt::Bytes) override { FAIL("a check writes"); }
    void truncate(std::uint64_t) override { FAIL("a check writes"); }
    vtlt::FileStat stat() override { return file_->stat(); }
    void sync(vtlt::SyncPoint) override { FAIL("a check writes"); }

   private:
    std::unique_ptr<vtlt::File> file_;
  };
  std::string name_;
};

}  // namespace

TEST_CASE("what cannot be read gives no verdict, and nothing is written", "[package]") {
  const Workshop workshop;
  Maker maker;
  const auto folder = put_tree(workshop.path() / maker.folder(), maker.make());
  for (const char* name : {"1.pdf", "EAD_doc_1.xml", "EAD_doc_2.xml", "EAD.xml", "METS.xml", "EAD.xsd"}) {
    BadSector files(name);
    const Verdict verdict = check(files, folder, {}, vtlt::no_progress());
    INFO(name << "\n" << text_of(verdict));
    CHECK_FALSE(verdict.complete);
    CHECK_FALSE(verdict.passed());
    CHECK(has(verdict, "VTLT-IO-EIO", Level::warning));
    // Damage of the disk is not told as damage of the package, nor anything that follows from it.
    for (const auto& finding : verdict.findings) {
      CHECK(finding.level != Level::error);
      CHECK((finding.level == Level::note || finding.code == "VTLT-IO-EIO"));
    }
    CheckOptions strict;
    strict.strict = true;
    for (const auto& finding : check(files, folder, strict, vtlt::no_progress()).findings)
      if (finding.code == "VTLT-IO-EIO") {
        CHECK(finding.level != Level::error);
      }
  }
  Tree bag;
  bag["bagit.txt"] = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
  bag["data/a.txt"] = "mot";
  bag["manifest-sha256.txt"] = vtlt::sha256("mot").hex() + "  data/a.txt\n";
  bag["tagmanifest-sha256.txt"] = vtlt::sha256(bag["manifest-sha256.txt"]).hex() + "  manifest-sha256.txt\n";
  bag["fetch.txt"] = "https://x/ 3 data/a.txt\n";
  bag["bag-info.txt"] = "Payload-Oxum: 3.1\n";
  const auto tui = put_tree(workshop.path() / "tui", bag);
  for (const char* name :
       {"manifest-sha256.txt", "tagmanifest-sha256.txt", "fetch.txt", "bag-info.txt", "a.txt"}) {
    BadSector files(name);
    const Verdict verdict = check(files, tui, {}, vtlt::no_progress());
    INFO(name << "\n" << text_of(verdict));
    CHECK_FALSE(verdict.complete);
    CHECK(has(verdict, "VTLT-IO-EIO", Level::warning));
    for (const auto& finding : verdict.findings)
      CHECK(finding.level != Level::error);
  }
  BadSector whole("goi.zip");
  put(workshop.path() / "goi.zip", make_zip(maker.folder(), maker.make()));
  CHECK_THROWS_AS(check(whole, workshop.path() / "goi.zip", {}, vtlt::no_progress()), vtlt::Error);
}

TEST_CASE("many findings of a kind are counted, not kept", "[package]") {
  Report report("x");
  for (int i = 0; i < 5000; ++i)
    report.add(Level::error, "A", {std::to_string(i)}, say("orphan"));
  const auto findings = report.take(false);
  CHECK(findings.size() == 1001);
}

TEST_CASE("every sentence of the checker is in the catalogue, and used", "[package][messages]") {
  const std::regex key("say\\((?:[^\"()]*\\? )?\"([a-z0-9.]+)\"(?: : \"([a-z0-9.]+)\")?");
  std::set<std::string> used{"bag.extra", "bag.notall"};  // chosen behind a call
  for (const auto& file : std::filesystem::directory_iterator(vtlt::Path(VTLT_SOURCE_DIR) / "lib/package")) {
    std::ifstream in(file.path());
    const std::string text(std::istreambuf_iterator<char>(in), {});
    for (std::sregex_iterator it(text.begin(), text.end(), key), end; it != end; ++it)
      for (int group = 1; group <= 2; ++group)
        if ((*it)[static_cast<std::size_t>(group)].matched)
          used.insert((*it)[static_cast<std::size_t>(group)].str());
  }
  CHECK(used.size() > 100);
  for (const std::string& one : used) {
    INFO(one);
    CHECK(vtlt::text::has_message("package.check." + one));
  }
  for (const std::string_view one : vtlt::text::all_message_keys()) {
    INFO(one);
    if (one.starts_with("package.check.")) CHECK(used.contains(std::string(one.substr(14))));
  }
}

namespace {

class LockedFolder final : public vtlt::DelegatingFiles {
 public:
  explicit LockedFolder(std::string name) : name_(std::move(name)) {}
  std::vector<vtlt::DirectoryEntry> list(const vtlt::Path& path) override {
    if (path.string().ends_with(name_))
      throw vtlt::Error(vtlt::Exit::no_verdict, "VTLT-IO-EACCES", vtlt::Message("files.error"));
    return DelegatingFiles::list(path);
  }

 private:
  std::string name_;
};

}  // namespace

TEST_CASE("what is counted and not listed counts as errors all the same", "[package][hostile]") {
  Report report("", 3);
  for (int i = 0; i < 10; ++i)
    report.add(Level::error, "A", {"a"}, say("size"));
  report.add(Level::error, "B", {"b"}, say("size"));
  std::uint64_t errors = 0;
  for (const vtlt::Finding& finding : report.take(false))
    errors += stands_for(finding);
  CHECK(errors == 11);
}

TEST_CASE("what lies in a folder that cannot be read is not called missing", "[package]") {
  const Workshop workshop;
  Maker maker;
  const auto tt05 = put_tree(workshop.path() / maker.folder(), maker.make());
  Tree bag;
  bag["bagit.txt"] = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
  bag["data/tep/a.txt"] = "mot";
  bag["manifest-sha256.txt"] = vtlt::sha256("mot").hex() + "  data/tep/a.txt\n";
  bag["bag-info.txt"] = "Payload-Oxum: 3.1\n";
  const auto tui = put_tree(workshop.path() / "tui", bag);
  const auto judged = [](const vtlt::Path& path, const char* locked) {
    LockedFolder files(locked);
    return check(files, path, CheckOptions(), vtlt::no_progress());
  };
  for (const char* locked : {"representations", "rep1/data", "rep1/metadata/descriptive", "schemas"}) {
    const Verdict verdict = judged(tt05, locked);
    INFO(locked << "\n" << text_of(verdict));
    CHECK_FALSE(verdict.passed());
    CHECK_FALSE(verdict.complete);
    for (const vtlt::Finding& finding : verdict.findings)
      CHECK(finding.level != Level::error);
  }
  const Verdict verdict = judged(tui, "data/tep");
  INFO(text_of(verdict));
  CHECK_FALSE(verdict.complete);
  for (const vtlt::Finding& finding : verdict.findings)
    CHECK(finding.level != Level::error);
}
