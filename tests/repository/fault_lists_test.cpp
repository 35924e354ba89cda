// Lists as offices have them, with the faults of tests/data/lists/faults/manifest.tsv: each is named by row,
// column, code and reason, and nothing else is refused.
#include <catch2/catch.hpp>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include "base/clock.h"
#include "repository/support.h"
#include "text/messages.h"
#include "text/text.h"

using namespace repository_test;

namespace {

struct Fault {
  std::string list, kind, flags;
  long row = 0;
  std::string column, code, level, key;
};

Path folder() {
  return Path(VTLT_SOURCE_DIR) / "tests/data/lists/faults";
}

std::vector<Fault> manifest() {
  std::ifstream file(folder() / "manifest.tsv");
  REQUIRE(file);
  std::vector<Fault> faults;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream fields(line);
    Fault fault;
    std::string row;
    std::getline(fields, fault.list, '\t');
    std::getline(fields, fault.kind, '\t');
    std::getline(fields, fault.flags, '\t');
    std::getline(fields, row, '\t');
    std::getline(fields, fault.column, '\t');
    std::getline(fields, fault.code, '\t');
    std::getline(fields, fault.level, '\t');
    std::getline(fields, fault.key, '\t');
    fault.row = std::stol(row);
    faults.push_back(fault);
  }
  return faults;
}

struct At {
  explicit At(const std::string& time) {
    Moment moment;
    REQUIRE(from_text(time, moment));
    set_clock([moment] { return moment; });
  }
  ~At() { set_clock({}); }
};

const char* level_of(Level level) {
  return level == Level::error ? "error" : level == Level::warning ? "warning" : "note";
}

std::string said(const Finding& finding) {
  return std::to_string(finding.line) + "\t" + finding.ref + "\t" + finding.code + "\t" + level_of(finding.level) + "\t" +
         finding.message.key;
}

// The list in a folder of its own, beside the computer files it may name.
ImportRequest request_for(const vtlt::test::Scratch& base, const std::string& list, const std::string& kind) {
  put(base / list, get(folder() / list));
  put(base / "tep/van-ban.txt", "a");
  put(base / "tep" / text::nfc("H57.31.07_18_QD_UBND_2025_signed.pdf"), "b");
  put(base / "tep/H57_19_HD_SNV_2025.pdf", "c");
  put(base / "tep/Ke\xCC\x82\xCC\x81 hoa\xCC\xA3" "ch.txt", "d");  // as a Mac writes it
  ImportRequest request;
  request.list = base / list;
  request.book = *records::parse_book(kind);
  return request;
}

}  // namespace

TEST_CASE("each planted fault is named by row, column, code and reason", "[P04][P06][P07][P09][P10][P12][P37][P41][P42][P47][D5][D9][D10]") {
  const At at("2026-11-25T09:00:00.000+07:00");
  const auto faults = manifest();
  std::set<std::string> lists, kinds;
  for (const Fault& fault : faults) {
    lists.insert(fault.list);
    kinds.insert(fault.key);
  }
  CHECK(kinds.size() >= 40);
  for (const std::string& list : lists) {
    const vtlt::test::Scratch base;
    make(system_files(), base.path(), commune_scheme("external"));
    Repository repository(system_files(), options_at(base.path()), true);
    const auto first = std::find_if(faults.begin(), faults.end(), [&](const Fault& one) { return one.list == list; });
    ImportRequest request = request_for(base, list, first->kind);
    request.dry_run = true;
    if (first->flags.starts_with("encoding="))
      request.options.table.encoding = exchange::parse_encoding(first->flags.substr(9));
    const auto result = import_list(repository, request);
    std::set<std::string> planted;
    std::string all;
    for (const Finding& finding : result.findings)
      all += said(finding) + "\n";
    for (const Fault& fault : faults) {
      if (fault.list != list) continue;
      INFO(list << " row " << fault.row << " " << fault.column << " " << fault.key << "\nsaid:\n" << all);
      const auto found = std::find_if(result.findings.begin(), result.findings.end(), [&](const Finding& finding) {
        return finding.line == fault.row && finding.message.key == fault.key && finding.code == fault.code &&
               (fault.column == "-" || finding.ref == fault.column) && level_of(finding.level) == fault.level;
      });
      CHECK(found != result.findings.end());
      if (found == result.findings.end()) continue;
      planted.insert(said(*found));
      for (const auto language : {text::Language::vi, text::Language::en}) {
        const std::string words = text::render(found->message, language);
        CHECK(words.find('{') == std::string::npos);
        if (fault.code[0] != 'V' && found->message.key.starts_with("list.") && fault.row != 0)
          CHECK(words.find(std::to_string(fault.row)) != std::string::npos);
      }
      if (found->level == Level::error) CHECK_FALSE(found->hint.empty());
    }
    // What is not planted is not refused.
    for (const Finding& finding : result.findings)
      if (finding.level == Level::error) {
        INFO(list << ": " << text::render(finding.message, text::Language::vi));
        CHECK(planted.count(said(finding)) == 1);
      }
  }
}

TEST_CASE("no word of a secret document reaches the errors list, the findings or the repository", "[P12]") {
  const At at("2026-11-25T09:00:00.000+07:00");
  const vtlt::test::Scratch base;
  make(system_files(), base.path(), commune_scheme("external"));
  Repository repository(system_files(), options_at(base.path()), true);
  ImportRequest request = request_for(base, "mat.csv", "in");
  request.partial = true;
  const auto result = import_list(repository, request);
  CHECK(result.written);
  CHECK(result.secret == 5);
  CHECK(result.failed == 5);
  CHECK(result.errors.empty());  // nothing else failed
  for (const Finding& finding : result.findings)
    for (const auto& [name, value] : finding.message.args)
      if (const auto* words = std::get_if<std::string>(&value)) CHECK(words->find("kín") == std::string::npos);
  for (const Path& path : files_below(base / "kho"))
    CHECK(get(path).find("chuyện kín") == std::string::npos);
}

TEST_CASE("the errors list is mended and fed again until nothing is left; then nothing changes", "[P41][D9]") {
  const At at("2026-11-25T09:00:00.000+07:00");
  const vtlt::test::Scratch base;
  make(system_files(), base.path(), commune_scheme("external"));
  Repository repository(system_files(), options_at(base.path()), true);
  put(base / "so.csv",
      "Số đến;Ngày đến;CQBH;Số KH;Ngày VB;V/v;Ghi chú\n"
      "1;05/01/2025;UBND tỉnh;01/KH-UBND;03/01/2025;\"Kế hoạch a; có \"\"dấu; chấm\"\"\";\n"
      "2;05/01/25;UBND tỉnh;02/KH-UBND;03/01/2025;Kế hoạch b;\"một\nhai\"\n"
      "3;06/01/2025;UBND tỉnh;03/KH-UBND;31/02/2025;Kế hoạch c;\n");
  ImportRequest request;
  request.list = base / "so.csv";
  request.partial = true;
  const auto first = import_list(repository, request);
  CHECK(first.fresh == 1);
  CHECK(first.errors == base / "so.loi.csv");
  std::string errors = get(first.errors);
  CHECK(errors.find(",Dòng,Lý do chưa nhập\r\n") != std::string::npos);
  CHECK(errors.find("\"một\nhai\"") != std::string::npos);
  errors.replace(errors.find("05/01/25,"), 9, "05/01/2025,");
  put(first.errors, errors);
  request.list = first.errors;
  const auto second = import_list(repository, request);
  CHECK(second.fresh == 1);
  CHECK(second.failed == 1);
  CHECK(second.errors == first.errors);
  errors = get(second.errors);
  CHECK(errors.find("Lý do chưa nhập") == errors.rfind("Lý do chưa nhập"));  // the two columns once
  CHECK(errors.find("05/01/2025") == std::string::npos);
  errors.replace(errors.find("31/02/2025,"), 11, "03/01/2025,");
  put(second.errors, errors);
  CHECK(import_list(repository, request).fresh == 1);
  const auto head = repository.head();
  const auto again = import_list(repository, request);
  CHECK_FALSE(again.written);
  CHECK(again.present == 1);
  CHECK(repository.head() == head);
  require_sound(base.path());
}

TEST_CASE("an encoding that is a guess is not written with", "[P41]") {
  const vtlt::test::Scratch base;
  make(system_files(), base.path(), commune_scheme("external"));
  Repository repository(system_files(), options_at(base.path()), true);
  // A single word beyond ASCII says little.
  put(base / "so.csv", "So den,Ngay den,Co quan gui,So KH,Ngay VB,V/v\n1,05/01/2025,X\xE6 A,1/BC-UB,03/01/2025,x\n");
  ImportRequest request;
  request.list = base / "so.csv";
  request.dry_run = true;
  const auto trial = import_list(repository, request);
  CHECK(trial.info.table.encoding.confidence < 60);
  CHECK_FALSE(trial.info.table.encoding.sample.empty());
  request.dry_run = false;
  CHECK(refusal([&] { import_list(repository, request); }).find("VTLT-LIST-10") != std::string::npos);
  request.options.table.encoding = exchange::Encoding::tcvn3;
  CHECK(import_list(repository, request).written);
}

TEST_CASE("two-digit years by a pivot only", "[P47]") {
  const vtlt::test::Scratch base;
  make(system_files(), base.path(), commune_scheme("external"));
  Repository repository(system_files(), options_at(base.path()), true);
  put(base / "so.csv", "Số KH,Ngày VB,V/v,Nơi nhận\n1/KH-UBND,05/01/98,a,VP\n2/KH-UBND,5-1-19,b,VP\n");
  ImportRequest request;
  request.list = base / "so.csv";
  request.book = records::Book::out;
  CHECK(import_list(repository, request).failed == 2);
  request.options.pivot = 30;
  CHECK(import_list(repository, request).fresh == 2);
  std::set<std::string> dates, originals;
  catalogue::EntryFilter filter;
  repository.catalogue().entries(filter, [&](const catalogue::EntryRow& row) {
    dates.insert(text::to_iso(row.entry.date));
    originals.insert(row.entry.original.at("Ngày VB"));
  });
  CHECK(dates == std::set<std::string>{"1998-01-05", "2019-01-05"});
  CHECK(originals == std::set<std::string>{"05/01/98", "5-1-19"});
}

TEST_CASE("a folder: names give number, notation and year, annexes join their document", "[P07]") {
  const vtlt::test::Scratch base;
  make(system_files(), base.path(), commune_scheme("external"));
  Repository repository(system_files(), options_at(base.path()), true);
  put(base / "di/H57.31.07_15_QD_UBND_2024_signed.pdf", pdf("a"));
  put(base / "di/H57.31.07_15_QD_UBND_2024_PL2.pdf", pdf("b"));
  put(base / "di/H57.31.07_15_QD_UBND_2024_PL1.pdf", pdf("c"));
  put(base / "di/H57_19_HD_SNV_2024.pdf", pdf("d"));
  ImportRequest request;
  request.list = base / "di";
  request.book = records::Book::out;
  const auto refused = import_list(repository, request);
  CHECK_FALSE(refused.written);
  CHECK(refused.failed == 1);
  request.partial = true;
  const auto result = import_list(repository, request);
  CHECK(result.fresh == 1);
  CHECK(result.components == 3);
  int seen = 0;
  repository.catalogue().entries({}, [&](const catalogue::EntryRow& row) {
    ++seen;
    CHECK(row.entry.own.text() == "15/QĐ-UBND");
    CHECK(row.entry.type == "Quyết định");
    CHECK(row.entry.year == 2024);
    CHECK(row.entry.issuer_code == "H57.31.07");
    CHECK(row.entry.original.at("path") == "H57.31.07_15_QD_UBND_2024_signed.pdf");
    const auto components = repository.catalogue().components(*row.entry.document);
    REQUIRE(components.size() == 3);
    CHECK(components[1].name == "H57.31.07_15_QD_UBND_2024_PL1.pdf");
    CHECK(components[1].role == records::Role::annex);
  });
  CHECK(seen == 1);
  CHECK_FALSE(import_list(repository, request).written);
  require_sound(base.path());
}
