// Searching: with and without tones, after changes, from several commands, on what cannot be written.
#include <catch2/catch.hpp>

#include <filesystem>

#include "support.h"

using namespace repository_test;
using vtlt::test::Scratch;

namespace {

std::vector<std::string> subjects(Repository& repository, std::vector<std::string> words,
                                  const std::function<void(SearchRequest&)>& more = {}) {
  SearchRequest request;
  request.words = std::move(words);
  if (more) more(request);
  std::vector<std::string> all;
  for (const auto& found : search(repository, request).found)
    all.push_back(found.entry ? found.entry->entry.subject : found.file ? found.file->file.title : found.document->document.subject);
  return all;
}

using Names = std::vector<std::string>;

void fill(const Path& base) {
  make(system_files(), base);
  Repository repository(system_files(), options_at(base), true);
  register_document(repository, outgoing("QĐ-UBND", "Cấp đất ở cho bà Lê Thị Hoa"));
  register_document(repository, outgoing("QĐ-UBND", "Cáp điện thôn Hòa Bình"));
  register_document(repository, incoming("245/SNV-VTLT", "Thu nộp tài liệu năm 2026"));
  open_file(repository, opening("Hồ sơ cấp đất năm 2026"));
}

}  // namespace

TEST_CASE("words are found with and without tones [P43]") {
  const Scratch base;
  fill(base.path());
  Repository repository(system_files(), options_at(base.path()), false);
  // FTS5's own folding leaves đ.
  CHECK(subjects(repository, {"cap", "dat"}).size() == 2);
  CHECK(subjects(repository, {"CAP", "DIEN"}) == Names{"Cáp điện thôn Hòa Bình"});
  CHECK(subjects(repository, {"cap"}).size() == 3);
  CHECK(subjects(repository, {"cấp"}).size() == 2);
  CHECK(subjects(repository, {"cáp"}) == Names{"Cáp điện thôn Hòa Bình"});
  CHECK(subjects(repository, {"cạp"}).empty());
  // Where the tone mark stands is spelling.
  CHECK(subjects(repository, {"hoà"}) == Names{"Cáp điện thôn Hòa Bình"});
  // Words in a row, the beginning of one, numbers, notations.
  CHECK(subjects(repository, {"Le Thi Hoa"}) == Names{"Cấp đất ở cho bà Lê Thị Hoa"});
  CHECK(subjects(repository, {"Thi Le Hoa"}).empty());
  CHECK(subjects(repository, {"thu nop"}) == Names{"Thu nộp tài liệu năm 2026"});
  CHECK(subjects(repository, {"din*"}).size() == 2);
  CHECK(subjects(repository, {"245/SNV-VTLT"}) == Names{"Thu nộp tài liệu năm 2026"});
  CHECK(subjects(repository, {"qd-ubnd"}).size() == 2);
  // Files too, and only where wanted.
  CHECK(subjects(repository, {"ho so", "dat"}) == Names{"Hồ sơ cấp đất năm 2026"});
  CHECK(subjects(repository, {"cap", "dat"}, [](SearchRequest& r) { r.files = false; }) == Names{"Cấp đất ở cho bà Lê Thị Hoa"});
  CHECK(subjects(repository, {"2026"}, [](SearchRequest& r) { r.filter.book = records::Book::in; }) == Names{"Thu nộp tài liệu năm 2026"});
  CHECK(subjects(repository, {"cap"}, [](SearchRequest& r) { r.filter.since = "2026-02-04"; }).empty());
  CHECK(subjects(repository, {"cap"}, [](SearchRequest& r) { r.filter.limit = 1; }).size() == 1);
  // Nothing in a query is an operator.
  for (const char* odd : {"\"", "cap\" OR \"x", "*", "AND", "cap AND dien", "NEAR(cap dien)", "-", "(", "words:cap", "'", "\\"}) {
    INFO(odd);
    CHECK_NOTHROW(subjects(repository, {odd}));
  }
  CHECK(subjects(repository, {"*"}).empty());
}

TEST_CASE("what changes is found as it is now") {
  const Scratch base;
  fill(base.path());
  {
    Repository repository(system_files(), options_at(base.path()), true);
    CHECK(subjects(repository, {"hoa"}).size() == 2);
    std::vector<catalogue::EntryRow> rows;
    repository.catalogue().entries({}, [&](const auto& row) { rows.push_back(row); });
    for (const auto& row : rows)
      if (row.entry.subject.find("Hoa") != std::string::npos) {
        AmendRequest request;
        request.entry = row.entry.id;
        request.reason = "ghi nhầm tên";
        request.change = [](records::RegisterEntry& entry) { entry.subject = "Cấp đất ở cho bà Lê Thị Huệ"; };
        amend(repository, request);
      }
    CHECK(subjects(repository, {"Le Thi Hoa"}).empty());
    CHECK(subjects(repository, {"Le Thi Hue"}).size() == 1);
    register_document(repository, outgoing("QĐ-UBND", "Quyết định mới"));
    CHECK(subjects(repository, {"quyet dinh moi"}).size() == 1);
  }
  // A new generation has an index of its own; the old one goes with its catalogue.
  repair(system_files(), options_at(base.path()));
  {
    Repository repository(system_files(), options_at(base.path()), false);
    CHECK(subjects(repository, {"quyet dinh moi"}).size() == 1);
  }
  std::size_t indexes = 0;
  for (const auto& entry : std::filesystem::directory_iterator(base / "kho" / ".vtlt" / "catalogue"))
    indexes += entry.path().filename().string().rfind("search-", 0) == 0 && entry.path().extension() == ".sqlite" ? 1 : 0;
  CHECK(indexes == 1);
  require_sound(base.path());
}

TEST_CASE("an index that is broken is made anew") {
  const Scratch base;
  fill(base.path());
  Path index;
  {
    Repository repository(system_files(), options_at(base.path()), false);
    CHECK(subjects(repository, {"cap"}).size() == 3);
  }
  for (const auto& entry : std::filesystem::directory_iterator(base / "kho" / ".vtlt" / "catalogue"))
    if (entry.path().filename().string().rfind("search-", 0) == 0 && entry.path().extension() == ".sqlite") index = entry.path();
  REQUIRE_FALSE(index.empty());
  std::filesystem::remove(index.string() + "-wal");
  std::filesystem::remove(index.string() + "-shm");
  put(index, std::string(8192, 'x'));
  Repository repository(system_files(), options_at(base.path()), false);
  CHECK(subjects(repository, {"cap"}).size() == 3);
}

TEST_CASE("words of what was destroyed are not in the index", "[slices]") {
  const Scratch base;
  fill(base.path());
  constexpr const char* kSecret = "bimatcuaongba";
  {
    Repository repository(system_files(), options_at(base.path()), true);
    RegisterRequest request = outgoing("QĐ-UBND", "sẽ bị hủy");
    request.document.keyword = kSecret;
    request.entry.book = records::Book::internal;
    const auto made = register_document(repository, request);
    CHECK(subjects(repository, {"se bi huy"}).size() == 1);
    destroy(repository, {"huy-2027-01", "21/QĐ-UBND", {made.document.id}, {}});
  }
  for (const auto& path : files_below(base / "kho"))
    if (get(path).find(kSecret) != std::string::npos) FAIL(path.string());
}
