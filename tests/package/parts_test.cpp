// A ZIP in parts: the same package, whoever puts it together.
#include <catch2/catch.hpp>

#include "base/error.h"
#include "check_support.h"
#include "package/parts.h"
#include "package/unpack.h"
#include "write_sample.h"

using namespace vtlt;
using namespace vtlt::package;
using check_support::run;
using check_support::text_of;

TEST_CASE("a ZIP in parts is read as the whole, and one part less is told", "[package][D17]") {
  const write_test::Folder folder;
  std::filesystem::create_directory(folder / "nguon");
  std::filesystem::create_directory(folder / "goi");
  const Plan plan = write_test::sample(Kind::sip, folder / "nguon");
  const Written written = write(system_files(), plan, folder / "goi", true, no_progress());
  const std::string whole = write_test::read(written.path);
  REQUIRE(whole.size() > 3u << 20);
  const Parts parts = split_zip(system_files(), written.path, 1u << 20, no_progress());
  CHECK_FALSE(std::filesystem::exists(written.path));
  REQUIRE(parts.files.size() == (whole.size() >> 20) + 1);
  std::string together;
  for (const auto& part : parts.files) {
    const std::string bytes = write_test::read(part);
    CHECK(bytes.size() <= 1u << 20);
    CHECK(write_test::read(parts.folder / "SHA256SUMS").find(sha256(std::string_view(bytes)).hex()) !=
          std::string::npos);
    together += bytes;
  }
  CHECK(together == whole);
  for (const Path& path : {parts.folder, parts.files.front()}) {
    const Verdict verdict = run(path);
    INFO(path.string() << "\n" << text_of(verdict));
    CHECK(verdict.passed());
    CHECK(verdict.kind == Found::tt05);
    CHECK(verdict.files_read == written.files);
  }
  // Any part leads to the others, and the folder may be called otherwise now.
  CHECK(run(parts.files.back()).passed());
  std::filesystem::copy(parts.folder, folder / "giao 01");
  CHECK(run(folder / "giao 01").passed());
  CHECK(run(folder / "giao 01" / parts.files.front().filename()).passed());
  check_support::put(folder / "giao 01/khac.zip.001", "x");  // two of them: which?
  CHECK_FALSE(run(folder / "giao 01").passed());
  CHECK(run(folder / "giao 01" / parts.files.front().filename()).passed());
  std::filesystem::remove(folder / "giao 01" / parts.files[1].filename());
  CHECK_THROWS_WITH(run(folder / "giao 01" / parts.files.front().filename()),
                    Catch::StartsWith("VTLT-PARTS-01"));
  // Parts of less than a mebibyte too.
  check_support::put(folder / "goi/khac.zip", whole);
  const Parts smaller = split_zip(system_files(), folder / "goi/khac.zip", 1'000'000, no_progress());
  CHECK(smaller.files.size() == whole.size() / 1'000'000 + 1);
  CHECK(run(smaller.folder).passed());
  Unpacking unpacking(system_files(), parts.folder, {"H57.32.15"});
  CHECK(unpacking.package().documents == plan.documents.size());

  std::string spoilt = write_test::read(parts.files[1]);
  spoilt[1000] = static_cast<char>(spoilt[1000] ^ 1);
  check_support::put(parts.files[1], spoilt);
  const Verdict wrong = run(parts.folder);
  CHECK_FALSE(wrong.passed());
  INFO(text_of(wrong));
  CHECK(std::count_if(wrong.findings.begin(), wrong.findings.end(), [&](const Finding& finding) {
          return finding.code == "VTLT-PARTS-02" && finding.path == parts.files[1].filename();
        }) == 1);
  CHECK(std::count_if(wrong.findings.begin(), wrong.findings.end(),
                      [](const Finding& finding) { return finding.code == "VTLT-PARTS-02"; }) == 1);
  const std::string list = write_test::read(parts.folder / "SHA256SUMS");
  for (const std::string& other : {std::string("x"), list + "x\n", list.substr(list.find('\n') + 1)}) {
    check_support::put(parts.folder / "SHA256SUMS", other);
    CHECK(check_support::has(run(parts.folder), "VTLT-PARTS-02", Level::warning));
  }
  check_support::put(parts.folder / "SHA256SUMS", list);
  // Without the list it is wrong as well, and nobody knows where.
  std::filesystem::rename(parts.folder / "SHA256SUMS", folder / "SHA256SUMS");
  CHECK_FALSE(run(parts.folder).passed());
  CHECK_FALSE(check_support::has(run(parts.folder), "VTLT-PARTS-02"));
  std::filesystem::rename(folder / "SHA256SUMS", parts.folder / "SHA256SUMS");
  std::filesystem::rename(parts.files.back(), folder / "cuoi");
  CHECK_THROWS_WITH(run(parts.folder), Catch::StartsWith("VTLT-PARTS-01"));
  std::filesystem::rename(folder / "cuoi", parts.files.back());
  std::filesystem::remove(parts.files[1]);
  CHECK_THROWS_WITH(run(parts.folder), Catch::StartsWith("VTLT-PARTS-01"));
}

TEST_CASE("a folder that only looks like parts is none", "[package]") {
  const write_test::Folder folder;
  std::filesystem::create_directory(folder / "a.zip.parts");
  CHECK_FALSE(parts_at(system_files(), folder / "a.zip.parts"));
  CHECK_FALSE(parts_at(system_files(), folder / "khong-co.zip.parts"));
  check_support::put(folder / "a.zip.parts/khac.001", "x");
  CHECK_FALSE(parts_at(system_files(), folder / "a.zip.parts"));
  check_support::put(folder / "a.zip.parts/a.zip.001", "x");
  CHECK(parts_at(system_files(), folder / "a.zip.parts")->files.size() == 1);
}
