// Thin slices of what comes later, because the formats freeze now: destruction of one document, adoption of a
// stream, and a copy that was put back.
#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>
#include <map>

#include "base/error.h"
#include "support.h"
#include "support/fault_files.h"

using namespace repository_test;
using namespace vtlt::test;

namespace {

// Words that stand in master data, contents and file titles only.
constexpr const char* kNote = "GHICHUBIMAT-7731";
constexpr const char* kKeyword = "TUKHOABIMAT-7732";
constexpr const char* kContent = "NOIDUNGBIMAT-7733";
constexpr const char* kName = "TENTEPBIMAT-7734";
constexpr const char* kTitle = "TIEUDEBIMAT-7735";
const std::vector<std::string> kSecrets = {kNote, kKeyword, kContent, kName, kTitle};

std::vector<std::string> standing(const Path& root) {
  std::vector<std::string> found;
  for (const Path& path : files_below(root))
    for (const auto& secret : kSecrets)
      if (get(path).find(secret) != std::string::npos)
        found.push_back(path.filename().string() + " " + secret);
  return found;
}

struct Documents {
  RegisterResult kept, gone;
  records::Id file;
};

Documents two_documents(const Path& base) {
  make(system_files(), base);
  put(base / "in" / "shared.pdf", pdf("chung"));
  put(base / "in" / (std::string(kName) + ".txt"), kContent);
  Repository repository(system_files(), options_at(base), true);
  Documents documents;
  documents.kept =
      register_document(repository, outgoing("QĐ-UBND", "giữ lại", {base / "in" / "shared.pdf"}));
  RegisterRequest request =
      outgoing("QĐ-UBND", "dòng sổ còn lại",
               {base / "in" / "shared.pdf", base / "in" / (std::string(kName) + ".txt")});
  request.document.note = kNote;
  request.document.keyword = kKeyword;
  documents.gone = register_document(repository, request);
  documents.file = open_file(repository, opening(kTitle)).file.file.id;
  add_to_file(repository, documents.file, {documents.kept.document.id, documents.gone.document.id}, false);
  return documents;
}

std::string copy_of(const Path& base, const std::string& to) {
  copy_tree(base / "kho", base / to);
  return to;
}

}  // namespace

TEST_CASE("one document is destroyed, with proof", "[slices][P31]") {
  const Scratch base;
  const Documents documents = two_documents(base.path());
  CHECK(standing(base / "kho").size() >= kSecrets.size());
  journal::Head before;
  {
    Repository repository(system_files(), options_at(base.path()), true);
    before = repository.head();
    const auto report = destroy(repository, {"huy-2027-01", "21/QĐ-UBND", {documents.gone.document.id}, {}});
    CHECK(report.bodies == 3);
    CHECK(report.objects == 1);
    CHECK(report.objects_kept == 1);  // the other document has the same computer file
    CHECK_FALSE(repository.catalogue().document(documents.gone.document.id));
    CHECK(repository.catalogue().document(documents.kept.document.id)->components == 1);
    CHECK(repository.catalogue().file(documents.file)->documents == 1);
    // The register line stays, with its words: it is a record of its own (trap 1).
    const auto entry = repository.catalogue().entry(documents.gone.entry.id);
    REQUIRE(entry);
    CHECK(entry->entry.subject == "dòng sổ còn lại");
    CHECK(repository.catalogue().destructions().at(0).done);
    // What is gone is gone for every command.
    put(base / "in" / "b.txt", "b");
    CHECK(refusal([&] {
            attach(repository, attaching(documents.gone.document.id, {base / "in" / "b.txt"}));
          }) == "VTLT-REF-04 3");
    CHECK(register_document(repository, outgoing("QĐ-UBND", "tiếp")).entry.number == 3);
  }
  const auto left = standing(base / "kho");
  CHECK_FALSE(left.empty());  // the file's title, which was not destroyed
  for (const auto& one : left)
    CHECK(one.find(kTitle) != std::string::npos);
  // The chain is what it was, longer: a head printed before is still extended.
  CheckRequest request;
  request.head = journal::printed(before);
  const auto report = check(system_files(), options_at(base.path()), request, no_progress());
  CHECK(report.passed());
  CHECK(report.blanked == 3);
  require_sound(base.path());
}

TEST_CASE("a file is destroyed with the documents that are in no other", "[slices]") {
  const Scratch base;
  const Documents documents = two_documents(base.path());
  {
    Repository repository(system_files(), options_at(base.path()), true);
    const auto other = open_file(repository, opening("Hồ sơ khác")).file.file.id;
    add_to_file(repository, other, {documents.kept.document.id}, false);
    destroy(repository, {"huy-2027-01", "21/QĐ-UBND", {}, {documents.file}});
    CHECK(repository.catalogue().document(documents.kept.document.id)->files == 1);  // P17
    CHECK_FALSE(repository.catalogue().document(documents.gone.document.id));
    CHECK(repository.catalogue().file(documents.file)->file.state == records::FileState::destroyed);
    CHECK(repository.catalogue().file(documents.file)->file.title.empty());
  }
  CHECK(standing(base / "kho").empty());
  require_sound(base.path());
}

TEST_CASE("a destruction that was interrupted is completed", "[slices]") {
  const Scratch pattern;
  const Documents documents = two_documents(pattern.path());
  unsigned unfinished = 0;
  for (unsigned n = 1;; ++n) {
    const Scratch base;
    copy_tree(pattern / "kho", base / "kho");
    copy_tree(pattern / "state", base / "state");
    FaultFiles files;
    bool done = true;
    try {
      Repository repository(files, options_at(base.path()), true);
      files.arm({Fault::On::change, n, EIO, true, {}});
      destroy(repository, {"huy-2027-01", "21/QĐ-UBND", {documents.gone.document.id}, {}});
    } catch (const Error& error) {
      done = false;
      CHECK(error.exit() == Exit::no_verdict);
    }
    const bool fired = files.fired();
    files.disarm();
    INFO("change " << n);
    bool begun = false;
    {
      Repository repository(system_files(), options_at(base.path()), true);
      begun = !repository.catalogue().destructions().empty();
      // From the beginning on nobody sees it any more, finished or not.
      CHECK(repository.catalogue().document(documents.gone.document.id).has_value() != begun);
      if (begun && !repository.catalogue().destructions().at(0).done) {
        if (++unfinished % 8 == 1) CHECK(reader_says(base.path()) == "");
      }
    }
    const auto report = repair(system_files(), options_at(base.path()));
    CHECK(report.findings.empty());
    CHECK(errors_of(base.path()) == "");
    const auto left = standing(base / "kho");
    for (const auto& one : left)
      CHECK((!begun || one.find(kTitle) != std::string::npos));
    if (done) CHECK(begun);
    if (!fired) break;
  }
  CHECK(unfinished > 3);
}

TEST_CASE("a catalogue that tells something else than the journal does not choose what is destroyed",
          "[slices]") {
  const Scratch base;
  const Documents documents = two_documents(base.path());
  Repository repository(system_files(), options_at(base.path()), true);
  const Path file = repository.root() / "catalogue" / "1.sqlite";
  const std::string command =
      "python3 -c 'import sqlite3,sys; d=sqlite3.connect(sys.argv[1]); "
      "d.execute(\"UPDATE component SET document=0\"); d.commit()' '" +
      file.string() + "'";
  REQUIRE(std::system(command.c_str()) == 0);
  CHECK(refusal([&] {
          destroy(repository, {"huy-2027-01", "21/QĐ-UBND", {documents.gone.document.id}, {}});
        }) == "VTLT-CATALOGUE-05 4");
  repair(system_files(), options_at(base.path()));
  require_sound(base.path());
}

TEST_CASE("verify looks at destruction from both sides", "[slices]") {
  const Scratch base;
  const Documents documents = two_documents(base.path());
  std::string stream;
  {
    Repository repository(system_files(), options_at(base.path()), true);
    stream = repository.stream();
  }
  SECTION("a blank body that no destruction names") {
    Repository repository(system_files(), options_at(base.path()), true);
    const auto touch = repository.catalogue().touches(documents.gone.document.id).back();
    repository.stream_of(stream).blank({touch.seq});
    CHECK(errors_of(base.path()).find("VTLT-CHAIN-03") != std::string::npos);
    CHECK(reader_says(base.path()).find("blanked, no destruction names it") != std::string::npos);
  }
  SECTION("a body and an object that came back") {
    const Path body = base / "kho" / ".vtlt" / "journal" / stream / "00000001.body";
    const std::string old = get(body);
    const std::string digest = sha256(kContent).hex();
    {
      Repository repository(system_files(), options_at(base.path()), true);
      destroy(repository, {"huy-2027-01", "21/QĐ-UBND", {documents.gone.document.id}, {}});
    }
    const std::string now = get(body);
    put(body, old + now.substr(old.size()));
    put(base / "kho" / ".vtlt" / "objects" / digest.substr(0, 2) / digest, kContent);
    const std::string said = errors_of(base.path());
    CHECK(said.find("VTLT-CHAIN-04") != std::string::npos);
    CHECK(reader_says(base.path()).find("stands although its destruction is done") != std::string::npos);
    std::filesystem::remove(base / "kho" / ".vtlt" / "catalogue" / "current");
    Repository repository(system_files(), options_at(base.path()), true);
    CHECK_FALSE(repository.catalogue().document(documents.gone.document.id));
  }
}

TEST_CASE("a foreign stream is adopted as it is", "[slices]") {
  const Scratch base;
  make(system_files(), base.path());
  make(system_files(), base / "other", small_scheme("HD"));
  put(base / "in" / "shared.pdf", pdf("chung"));
  put(base / "in" / "foreign.txt", kContent);
  records::Id foreign;
  journal::Head foreign_head;
  {
    Repository other(system_files(), options_at(base / "other"), true);
    RegisterRequest request =
        outgoing("QĐ-UBND", "của phông khác", {base / "in" / "shared.pdf", base / "in" / "foreign.txt"});
    request.document.note = kNote;
    foreign = register_document(other, request).document.id;
    foreign_head = other.head();
  }
  {
    Repository repository(system_files(), options_at(base.path()), true);
    RegisterRequest request = outgoing("QĐ-UBND", "của mình", {base / "in" / "shared.pdf"});
    register_document(repository, request);
    CHECK(adopt(repository, base / "other" / "kho" / ".vtlt") == foreign_head.events);
    CHECK(repository.catalogue().document(foreign)->components == 2);
    CHECK(repository.catalogue().fonds().size() == 2);
    CHECK(refusal([&] { adopt(repository, base / "other" / "kho" / ".vtlt"); }) == "VTLT-ADOPT-01 3");
    CHECK(refusal([&] { adopt(repository, repository.root()); }) == "VTLT-ADOPT-01 3");
    // Work goes on in both fonds, in the own stream.
    request.fonds = "HD";
    CHECK(register_document(repository, request).entry.number == 2);
    request.fonds = "UB";
    CHECK(register_document(repository, request).entry.number == 2);
    // A foreign document in a file of ours, closed: an order that a rebuild must keep.
    FileOpenRequest open = opening("Hồ sơ của phông nhận");
    open.fonds = "HD";
    const auto file = open_file(repository, open).file.file.id;
    add_to_file(repository, file, {foreign}, false);
    close_file(repository, closing(file));
  }
  require_sound(base.path());
  {
    // The sender goes on; the machine that has both knows more of its stream than was adopted, and that is no
    // fault.
    Repository other(system_files(), options_at(base / "other"), true);
    register_document(other, outgoing("QĐ-UBND", "sau khi giao"));
  }
  copy_tree(base / "other" / "state", base / "state-of-other");
  for (const auto& entry : std::filesystem::directory_iterator(base / "state-of-other" / "heads"))
    std::filesystem::copy_file(entry.path(), base / "state" / "heads" / entry.path().filename(),
                               std::filesystem::copy_options::overwrite_existing);
  require_sound(base.path());
  {
    Repository repository(system_files(), options_at(base.path()), true);
    const auto report = destroy(repository, {"huy-2027-01", "21/QĐ-UBND", {foreign}, {}});
    CHECK(report.objects == 1);
    CHECK(report.objects_kept == 1);
  }
  CHECK(standing(base / "kho").empty());
  require_sound(base.path());
}

TEST_CASE("a foreign repository that is not whole is not adopted", "[slices]") {
  const Scratch base;
  make(system_files(), base.path());
  make(system_files(), base / "other", small_scheme("HD"));
  put(base / "in" / "foreign.txt", kContent);
  std::string stream;
  {
    Repository other(system_files(), options_at(base / "other"), true);
    register_document(other, outgoing("QĐ-UBND", "của phông khác", {base / "in" / "foreign.txt"}));
    stream = other.stream();
  }
  const Path root = base / "other" / "kho" / ".vtlt";
  const auto before = summary_at(base.path());
  SECTION("content changed") {
    put(root / "objects" / sha256(kContent).hex().substr(0, 2) / sha256(kContent).hex(), "khác");
  }
  SECTION("content missing") {
    std::filesystem::remove(root / "objects" / sha256(kContent).hex().substr(0, 2) / sha256(kContent).hex());
  }
  SECTION("a body changed") {
    std::string body = get(root / "journal" / stream / "00000001.body");
    body[body.find("UBND xã")] = 'u';
    put(root / "journal" / stream / "00000001.body", body);
  }
  SECTION("a scheme changed") {
    for (const Path& path : files_below(root / "schemes"))
      put(path, "vtlt: scheme/1\n");
  }
  Repository repository(system_files(), options_at(base.path()), true);
  CHECK(refusal([&] { adopt(repository, root); }) != "");
  CHECK(summary(repository) == before);
  CHECK(std::filesystem::is_empty(repository.root() / "tmp"));
  require_sound(base.path());
}

TEST_CASE("a copy that was put back gives no number twice", "[slices]") {
  const Scratch base;
  make(system_files(), base.path());
  {
    Repository repository(system_files(), options_at(base.path()), true);
    register_document(repository, outgoing("QĐ-UBND", "trong bản sao"));
  }
  const std::string copy = copy_of(base.path(), "copy");
  {
    Repository repository(system_files(), options_at(base.path()), true);
    for (int i = 0; i < 4; ++i)
      register_document(repository, outgoing("QĐ-UBND", "chỉ còn trên giấy"));
    CHECK(refusal([&] { accept_restore(system_files(), options_at(base.path()), "thử", {}, 2026); }) ==
          "VTLT-RESTORE-02 3");
  }
  copy_tree(base / copy, base / "kho");
  {
    Repository repository(system_files(), options_at(base.path()), false);
    CHECK(repository.condition() == Condition::older_copy);
    CHECK(repository.catalogue().counts("2026-01-01").entries == 1);
  }
  CHECK(refusal([&] { Repository(system_files(), options_at(base.path()), true); }) == "VTLT-RESTORE-01 3");
  CHECK(errors_of(base.path()).find("VTLT-RESTORE-01") != std::string::npos);
  CHECK(refusal([&] { accept_restore(system_files(), options_at(base.path()), "", {}, 2026); }) ==
        "VTLT-USAGE-REASON 2");
  accept_restore(system_files(), options_at(base.path()), "đĩa hỏng", {{"qd-ub", 5}}, 2026);
  {
    Repository repository(system_files(), options_at(base.path()), true);
    CHECK(repository.condition() == Condition::good);
    CHECK(register_document(repository, outgoing("QĐ-UBND", "sau khi khôi phục")).entry.number == 6);
    CHECK(register_document(repository, outgoing("BC-UBND", "sổ khác")).entry.number == 1);
  }
  require_sound(base.path());
  {
    Repository repository(system_files(), options_at(base.path()), true);
    CHECK(register_document(repository, outgoing("QĐ-UBND", "sau khi dựng lại")).entry.number == 7);
  }
}

TEST_CASE("a copy that went its own way is known by its hash", "[slices]") {
  const Scratch base;
  make(system_files(), base.path());
  copy_of(base.path(), "copy");
  {
    Repository repository(system_files(), options_at(base.path()), true);
    register_document(repository, outgoing("QĐ-UBND", "một"));
  }
  const std::string head = [&] {
    Repository repository(system_files(), options_at(base.path()), false);
    return journal::printed(repository.head());
  }();
  copy_tree(base / "copy", base / "kho");
  {
    Options elsewhere = options_at(base.path());
    elsewhere.state = base / "another-machine";
    Repository repository(system_files(), elsewhere, true);
    for (int i = 0; i < 3; ++i)
      register_document(repository, outgoing("QĐ-UBND", "khác"));
  }
  // Longer than what is remembered, but not its extension.
  CHECK(refusal([&] { Repository(system_files(), options_at(base.path()), true); }) == "VTLT-RESTORE-01 3");
  CheckRequest request;
  request.head = head;
  Options elsewhere = options_at(base.path());
  elsewhere.state.clear();
  const auto report = check(system_files(), elsewhere, request, no_progress());
  CHECK_FALSE(report.passed());
  CHECK(std::any_of(report.findings.begin(), report.findings.end(),
                    [](const Finding& one) { return one.code == "VTLT-CHAIN-06"; }));
}
