// The daily work on a repository; each is checked from outside when it is done.
#include <catch2/catch.hpp>

#include <filesystem>

#include "base/error.h"
#include "support.h"
#include "support/fault_files.h"

using namespace repository_test;
using vtlt::test::Scratch;

namespace {

records::Id number(const char* text) {
  records::Id id;
  REQUIRE(records::Id::parse(text, id));
  return id;
}

ReferenceContext looking() {
  ReferenceContext context;
  context.current_year = 2026;
  return context;
}

constexpr const char* kList =
    "\xEF\xBB\xBFSố đến,Ngày đến,Số ký hiệu,Ngày văn bản,Tác giả,Tên loại và trích yếu,Đường dẫn\n"
    "1,06/01/2026,15/QĐ-UBND,05/01/2026,UBND tỉnh,Quyết định về việc giao dự toán,vb/1.pdf\n"
    "2,07/01/2026,20/STC-QLNS,06/01/2026,Sở Tài chính,Công văn hướng dẫn khóa sổ,vb/2.pdf\n"
    "3,08/01/2026,21/STC-QLNS,07/01/2026,Sở Tài chính,Công văn đôn đốc báo cáo,\n";

ImportRequest importing(const Path& list) {
  ImportRequest request;
  request.list = list;
  request.book = records::Book::in;
  return request;
}

}  // namespace

TEST_CASE("a new repository is whole, and there is only one") {
  const Scratch base;
  for (const std::string& scheme : {small_scheme(), commune_scheme("internal"), commune_scheme("external")}) {
    std::filesystem::remove_all(base / "kho");
    const InitResult made = make(system_files(), base.path(), scheme);
    CHECK(made.root == base / "kho" / ".vtlt");
    CHECK(made.fonds.code == "UB");
    CHECK(refusal([&] { make(system_files(), base.path(), scheme); }) == "VTLT-REPO-04 3");
    Repository repository(system_files(), options_at(base.path()), true);
    CHECK(repository.condition() == Condition::good);
    CHECK(repository.fonds("UB").fonds.id == made.fonds.id);
    CHECK(refusal([&] { repository.fonds("XX"); }) == "VTLT-REF-02 2");
    CHECK(repository.scheme(made.fonds.id) == made.scheme);
    CHECK(repository.catalogue().config("lang") == "vi");
  }
  require_sound(base.path());
}

TEST_CASE("where there is no repository, that is said") {
  const Scratch base;
  CHECK(refusal([&] { Repository(system_files(), options_at(base.path()), false); }) == "VTLT-REPO-01 2");
  CHECK(refusal([&] { repair(system_files(), options_at(base.path())); }) == "VTLT-REPO-01 2");
  CHECK(refusal([&] { check(system_files(), options_at(base.path()), {}, no_progress()); }) ==
        "VTLT-REPO-01 2");
}

TEST_CASE("numbers are given where the office has no other system, and only there [P01] [P06]") {
  const Scratch base;
  SECTION("internal") {
    make(system_files(), base.path(), commune_scheme("internal"));
    Repository repository(system_files(), options_at(base.path()), true);
    for (int expected = 1; expected <= 3; ++expected) {
      CHECK(register_document(repository, incoming("15/QĐ-UBND", "việc " + std::to_string(expected)))
                .entry.number == expected);
      const auto decision = register_document(repository, outgoing("QĐ-UBND", "quyết định"));
      CHECK(decision.entry.own.number == expected);
      CHECK(decision.entry.series == "qd-ub");
    }
    // Another series has its own row of numbers; a type is known by its notation.
    const auto report = register_document(repository, outgoing("BC-UBND", "báo cáo"));
    CHECK(report.entry.number == 1);
    CHECK(report.entry.series == "khac-ub");
    CHECK(report.entry.type == "Báo cáo");
    RegisterRequest taken = incoming("16/QĐ-UBND", "trùng số");
    taken.entry.number = 2;
    CHECK(refusal([&] { register_document(repository, taken); }) == "VTLT-P06 3");
    taken.entry.suffix = "a";
    CHECK(register_document(repository, taken).entry.suffix == "a");
    taken.entry.suffix.clear();
    taken.entry.number = 9;
    CHECK(register_document(repository, taken).entry.number == 9);
    CHECK(register_document(repository, incoming("17/QĐ-UBND", "sau chỗ trống")).entry.number == 10);
    // The gap that was made above is what `verify` must say (P02).
    CHECK(errors_of(base.path()).rfind("P02 ", 0) == 0);
    CHECK(reader_says(base.path()) == "");
  }
  SECTION("external") {
    make(system_files(), base.path(), commune_scheme("external"));
    Repository repository(system_files(), options_at(base.path()), true);
    CHECK(refusal([&] { register_document(repository, incoming("15/QĐ-UBND", "việc")); }) ==
          "VTLT-TRAP-07 3");
    RegisterRequest given = incoming("15/QĐ-UBND", "việc");
    given.entry.number = 1312;
    CHECK(register_document(repository, given).entry.number == 1312);
    CHECK(register_document(repository, inside("không cần số")).entry.number == 0);
    require_sound(base.path());
  }
}

TEST_CASE("what is secret stays outside [P12]") {
  const Scratch base;
  make(system_files(), base.path());
  Repository repository(system_files(), options_at(base.path()), true);
  const std::string before = summary(repository);
  RegisterRequest secret = incoming("15/QĐ-UBND", "việc");
  secret.entry.secrecy = "TỐI MẬT";
  CHECK(refusal([&] { register_document(repository, secret); }) == "VTLT-P12 3");
  CHECK(summary(repository) == before);
}

TEST_CASE("contents are kept under their digest, once, and named as they were") {
  const Scratch base;
  make(system_files(), base.path());
  put(base / "in" / "a.pdf", pdf("mot"));
  put(base / "in" / "b.txt", "phụ lục");
  put(base / "in" / "same.pdf", pdf("mot"));
  put(base / "in" / "empty.txt", "");
  Repository repository(system_files(), options_at(base.path()), true);
  const auto first = register_document(
      repository, incoming("15/QĐ-UBND", "có tệp", {base / "in" / "a.pdf", base / "in" / "b.txt"}));
  REQUIRE(first.components.size() == 2);
  CHECK(first.components[0].mime == "application/pdf");
  CHECK(first.components[0].pages == 1);
  CHECK(first.document.pages == 1);
  CHECK(first.findings.empty());
  CHECK(get(repository.root() / "objects" / first.components[0].sha256.substr(0, 2) /
            first.components[0].sha256) == pdf("mot"));

  const auto second = register_document(repository, inside("trùng nội dung", {base / "in" / "same.pdf"}));
  REQUIRE(second.findings.size() == 1);
  CHECK(second.findings[0].code == "VTLT-P04-CONTENT");
  CHECK(second.components[0].sha256 == first.components[0].sha256);
  CHECK(files_below(repository.root() / "objects").size() == 2);

  const auto bare = register_document(repository, inside("chưa có tệp"));
  CHECK(repository.catalogue().document(bare.document.id)->components == 0);
  const auto added =
      attach(repository, attaching(bare.document.id, {base / "in" / "a.pdf", base / "in" / "empty.txt"}));
  REQUIRE(added.size() == 2);
  CHECK(added[0].ordinal == 1);
  const auto more = attach(repository, attaching(bare.document.id, {base / "in" / "b.txt"}));
  CHECK(more[0].ordinal == 3);
  const auto row = repository.catalogue().document(bare.document.id);
  CHECK(row->components == 3);
  CHECK(row->document.pages == 1);  // learnt from the PDF

  CHECK(refusal([&] { register_document(repository, inside("vắng", {base / "in" / "none.pdf"})); }) ==
        "VTLT-OBJECT-04 2");
  CHECK(refusal([&] { register_document(repository, inside("thư mục", {base / "in"})); }) ==
        "VTLT-OBJECT-03 2");
  CHECK(std::filesystem::is_empty(repository.root() / "tmp"));
  require_sound(base.path());
}

TEST_CASE("nothing happens in a dry run") {
  const Scratch base;
  make(system_files(), base.path());
  put(base / "in" / "a.pdf", pdf("mot"));
  put(base / "list.csv", kList);
  put(base / "vb" / "1.pdf", pdf("1"));
  put(base / "vb" / "2.pdf", pdf("2"));
  Repository repository(system_files(), options_at(base.path()), true);
  const auto document = register_document(repository, inside("thật", {base / "in" / "a.pdf"}));
  const auto file = open_file(repository, opening("Hồ sơ")).file.file.id;
  const auto head = repository.head();
  RegisterRequest request = incoming("15/QĐ-UBND", "việc", {base / "in" / "a.pdf"});
  request.dry_run = true;
  CHECK(register_document(repository, request).entry.number == 1);
  AttachRequest attachment = attaching(document.document.id, {base / "in" / "a.pdf"});
  attachment.dry_run = true;
  attach(repository, attachment);
  ImportRequest import = importing(base / "list.csv");
  import.dry_run = true;
  CHECK(import_list(repository, import).fresh == 3);
  FileOpenRequest open = opening("Hồ sơ khác");
  open.dry_run = true;
  CHECK(open_file(repository, open).file.file.notation == "02.VP");
  CHECK(add_to_file(repository, file, {document.document.id}, true).added.size() == 1);
  Repository again(system_files(), options_at(base.path()), true);
  CHECK(again.head() == head);
  require_sound(base.path());
}

TEST_CASE("a list goes in once [P41]") {
  const Scratch base;
  make(system_files(), base.path());
  put(base / "list.csv", kList);
  put(base / "vb" / "1.pdf", pdf("1"));
  Repository repository(system_files(), options_at(base.path()), true);

  // A content that is not there: all or nothing.
  const auto refused = import_list(repository, importing(base / "list.csv"));
  CHECK_FALSE(refused.written);
  CHECK(refused.failed == 1);
  CHECK(repository.catalogue().counts("2026-01-01").entries == 0);
  REQUIRE_FALSE(refused.findings.empty());
  CHECK(refused.findings[0].line == 3);

  // The good rows, and a list of those that were not taken beside it.
  ImportRequest partial = importing(base / "list.csv");
  partial.partial = true;
  const auto part = import_list(repository, partial);
  CHECK(part.written);
  CHECK(part.fresh == 2);
  CHECK(part.failed == 1);
  CHECK(part.batch == "nhap-2026-001");
  CHECK(part.errors == base / "list.loi.csv");
  const std::string errors = get(part.errors);
  CHECK(errors.find("20/STC-QLNS") != std::string::npos);
  CHECK(errors.find("15/QĐ-UBND") == std::string::npos);
  CHECK(errors.find("Lý do chưa nhập") != std::string::npos);

  // Mended, the errors file and the whole list can both be fed again.
  put(base / "vb" / "2.pdf", pdf("2"));
  const auto mended = import_list(repository, importing(part.errors));
  CHECK(mended.written);
  CHECK(mended.fresh == 1);
  CHECK(mended.components == 1);
  const auto head = repository.head();
  const auto again = import_list(repository, importing(base / "list.csv"));
  CHECK_FALSE(again.written);
  CHECK(again.fresh == 0);
  CHECK(again.present == 3);
  CHECK(repository.head() == head);

  const auto counts = repository.catalogue().counts("2026-01-01");
  CHECK(counts.entries == 3);
  CHECK(counts.components == 2);
  CHECK(counts.without_content == 1);
  const auto entry = resolve_entry(repository, "den.2", looking());
  CHECK(entry.entry.subject == "hướng dẫn khóa sổ");
  CHECK(entry.entry.arrival == records::Date{2026, 1, 7});
  CHECK(entry.entry.issuer == "Sở Tài chính");

  // The same number for something else is an error of that row [P06].
  put(base / "other.csv", std::string(kList).substr(0, std::string(kList).find('\n') + 1) +
                              "2,09/01/2026,99/STC-QLNS,06/01/2026,Sở Tài chính,Công văn khác hẳn,\n");
  const auto other = import_list(repository, importing(base / "other.csv"));
  CHECK(other.failed == 1);
  REQUIRE(other.findings.size() == 1);
  CHECK(other.findings[0].code == "VTLT-P06");
  require_sound(base.path());
}

TEST_CASE("a long list: rows are made beside the journal, and are those that the journal makes [P41]") {
  const Scratch base;
  make(system_files(), base.path());
  std::string list = "Số đến,Ngày đến,Số ký hiệu,Ngày văn bản,Tác giả,Tên loại và trích yếu,Đường dẫn\n";
  constexpr int kRows = 1500, kMore = 300;  // several batches on the way from one thread to the other
  for (int i = 1; i <= kRows; ++i)
    list += std::to_string(i) + ",06/01/2026," + std::to_string(i) + "/STC-QLNS,05/01/2026,Sở Tài chính,Công văn thứ " +
            std::to_string(i) + (i == 700 ? ",vb/1.pdf\n" : ",\n");
  put(base / "list.csv", list);
  put(base / "vb" / "1.pdf", pdf("1"));
  {
    Repository repository(system_files(), options_at(base.path()), true);
    const auto result = import_list(repository, importing(base / "list.csv"));
    CHECK(result.written);
    CHECK(result.fresh == kRows);
    CHECK(repository.catalogue().counts("2026-01-01").entries == kRows);
    CHECK(resolve_entry(repository, "den.700", looking()).entry.subject == "thứ 700");
    CHECK(repository.catalogue().counts("2026-01-01").without_content == kRows - 1);
    CHECK(read_whole(system_files(), repository.root() / "catalogue" / "current", 64) == "2\n");
    // The connection goes on, and so does the numbering; shorter lists go into the catalogue that is there.
    std::string more = "Số đến,Ngày đến,Số ký hiệu,Ngày văn bản,Tác giả,Tên loại và trích yếu\n";
    for (int i = kRows + 1; i <= kRows + kMore; ++i)
      more += std::to_string(i) + ",06/01/2026," + std::to_string(i) + "/STC-QLNS,05/01/2026,Sở Tài chính,Công văn\n";
    put(base / "more.csv", more);
    CHECK(import_list(repository, importing(base / "more.csv")).fresh == kMore);
    CHECK(read_whole(system_files(), repository.root() / "catalogue" / "current", 64) == "2\n");
    register_document(repository, outgoing("QĐ-UBND", "sau đó"));
    const auto again = import_list(repository, importing(base / "list.csv"));
    CHECK(again.present == kRows);
  }
  require_sound(base.path());
  // Made anew from more events than are read in one thread.
  std::filesystem::remove_all(base / "kho" / ".vtlt" / "catalogue");
  std::filesystem::create_directory(base / "kho" / ".vtlt" / "catalogue");
  Repository repository(system_files(), options_at(base.path()), false);
  CHECK(repository.catalogue().counts("2026-01-01").entries == kRows + kMore + 1);
}

TEST_CASE("a list that breaks off in the middle of being written leaves nothing [P41]") {
  const Scratch base;
  make(system_files(), base.path());
  std::string list = "Số đến,Ngày đến,Số ký hiệu,Ngày văn bản,Tác giả,Tên loại và trích yếu\n";
  for (int i = 1; i <= 1500; ++i)
    list += std::to_string(i) + ",06/01/2026," + std::to_string(i) + "/STC,05/01/2026,Sở Tài chính,Công văn\n";
  put(base / "list.csv", list);
  const std::string before = summary_at(base.path());
  test::FaultFiles files;
  files.arm({test::Fault::On::sync, 1, EIO, true, "00000001.body"});
  {
    Repository repository(files, options_at(base.path()), true);
    CHECK(refusal([&] { import_list(repository, importing(base / "list.csv")); }).find("VTLT-IO") == 0);
  }
  CHECK(files.fired());
  CHECK(summary_at(base.path()) == before);
  // The next command cuts the tail and goes on.
  {
    Repository repository(system_files(), options_at(base.path()), true);
    register_document(repository, outgoing("QĐ-UBND", "sau đó"));
    CHECK(repository.catalogue().counts("2026-01-01").entries == 1);
  }
  require_sound(base.path());
}

TEST_CASE("a folder goes in once, links are not followed") {
  const Scratch base;
  make(system_files(), base.path());
  put(base / "anh" / "mot.txt", "1");
  put(base / "anh" / "sau" / "hai.txt", "2");
  put(base / "ngoai.txt", "3");
  std::filesystem::create_symlink(base / "ngoai.txt", base / "anh" / "link.txt");
  Repository repository(system_files(), options_at(base.path()), true);
  ImportRequest request;
  request.list = base / "anh";
  const auto first = import_list(repository, request);
  CHECK(first.written);
  CHECK(first.fresh == 2);
  REQUIRE(first.findings.size() == 1);
  CHECK(first.findings[0].code == "VTLT-IMPORT-LINK");
  const auto again = import_list(repository, request);
  CHECK_FALSE(again.written);
  CHECK(again.present == 2);
  require_sound(base.path());
}

TEST_CASE("files are opened, filled, mended and closed [P13] [P15] [D4]") {
  const Scratch base;
  make(system_files(), base.path());
  for (const char* name : {"1", "2", "3"})
    put(base / "in" / (std::string(name) + ".pdf"), pdf(name));
  Repository repository(system_files(), options_at(base.path()), true);
  std::vector<records::Id> documents;
  for (const char* name : {"1", "2", "3"})
    documents.push_back(register_document(repository, incoming(std::string(name) + "/QĐ-UBND", "việc",
                                                               {base / "in" / (std::string(name) + ".pdf")}))
                            .document.id);

  const auto opened = open_file(repository, opening("Hồ sơ phòng chống thiên tai"));
  const records::Id file = opened.file.file.id;
  CHECK(opened.file.file.notation == "01.VP");
  CHECK(opened.file.file.term == records::parse_term("20"));
  CHECK(open_file(repository, opening("Hồ sơ khác")).file.file.notation == "02.VP");
  FileOpenRequest twice = opening("Trùng ký hiệu");
  twice.file.notation = "01.VP";
  CHECK(refusal([&] { open_file(repository, twice); }) == "VTLT-D03 3");
  CHECK(repository.catalogue().boxes(std::nullopt).size() == 1);                             // both in box 09
  CHECK(refusal([&] { close_file(repository, closing(file)); }).rfind("VTLT-P15", 0) == 0);  // nothing in it

  CHECK(add_to_file(repository, file, documents, false).added.size() == 3);
  const auto again = add_to_file(repository, file, {documents[1]}, false);
  CHECK(again.added.empty());
  CHECK(again.present.size() == 1);
  CHECK(refusal([&] { add_to_file(repository, file, {number("d00000000000000000000000000")}, false); }) ==
        "VTLT-REF-04 3");
  CHECK(refusal([&] { remove_from_file(repository, file, {1}, "", false); }) == "VTLT-USAGE-REASON 2");
  CHECK(refusal([&] { remove_from_file(repository, file, {7}, "nhầm", false); }) == "VTLT-REF-01 2");
  CHECK(remove_from_file(repository, file, {1}, "nhầm hồ sơ", false).size() == 1);
  auto rows = repository.catalogue().documents_of(file);
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].ordinal == 1);
  CHECK(rows[0].document.document.id == documents[1]);
  CHECK(rows[1].ordinal == 2);
  CHECK(repository.catalogue().document(documents[0])->files == 0);
  CHECK(repository.catalogue().document(documents[1])->files == 1);
  CHECK(add_to_file(repository, file, {documents[0]}, false).added.front().first == 3);

  FileCloseRequest close = closing(file);
  close.ended = 0;
  CHECK(refusal([&] { close_file(repository, close); }) == "VTLT-TRAP-03 2");
  close.ended = 2027 + 100;
  CHECK(refusal([&] { close_file(repository, close); }) == "VTLT-TRAP-03 3");
  close = closing(file);
  close.confirm_term = false;
  CHECK(refusal([&] { close_file(repository, close); }) == "VTLT-P15-TERM 3");
  const auto closed = close_file(repository, closing(file));
  CHECK(closed.documents == 3);
  CHECK(closed.pages == 3);
  CHECK(closed.due == records::Date{2047, 1, 1});  // P22
  CHECK(closed.submit_by == records::Date{2027, 12, 31});
  const auto row = repository.catalogue().file(file);
  CHECK(row->file.state == records::FileState::closed);
  CHECK(row->file.ended == 2026);
  CHECK(refusal([&] { add_to_file(repository, file, {documents[0]}, false); }) == "VTLT-P15 3");
  CHECK(refusal([&] { remove_from_file(repository, file, {1}, "x", false); }) == "VTLT-P15 3");
  CHECK(refusal([&] { close_file(repository, closing(file)); }) == "VTLT-P15 3");
  require_sound(base.path());
}

TEST_CASE("references [kind.][year.]designation and ids") {
  const Scratch base;
  make(system_files(), base.path());
  Repository repository(system_files(), options_at(base.path()), true);
  const auto in = register_document(repository, incoming("15/QĐ-UBND", "đến"));
  const auto out = register_document(repository, outgoing("QĐ-UBND", "đi"));
  RegisterRequest old = outgoing("QĐ-UBND", "đi năm trước");
  old.entry.date = {2025, 2, 3};
  const auto earlier = register_document(repository, old);
  const auto file = open_file(repository, opening("Hồ sơ"));
  struct Case {
    const char* reference;
    records::Id id;
  };
  for (const auto& [reference, id] :
       {Case{"den.1", in.entry.id}, Case{"den.2026.1", in.entry.id}, Case{"di.2026.1", out.entry.id},
        Case{"di.2025.1", earlier.entry.id}, Case{"01/QĐ-UBND", out.entry.id},
        Case{"2025.01/QĐ-UBND", earlier.entry.id}, Case{"den.15/QĐ-UBND", in.entry.id},
        Case{"ĐEN.1", in.entry.id}, Case{"2026.01.VP", file.file.file.id}, Case{"01.vp", file.file.file.id},
        Case{"hs.01.VP", file.file.file.id}, Case{"H57.32.15.2026.01.VP", file.file.file.id}}) {
    INFO(reference);
    Target target;
    CHECK(refusal([&] { target = resolve(repository, reference, looking()); }) == "");
    CHECK(target.id == id);
  }
  CHECK(resolve(repository, in.document.id.brief(10), looking()).id == in.document.id);
  CHECK(resolve(repository, "hop.09", looking()).kind == Target::Kind::box);
  for (const char* reference : {"den.7", "di.2024.1", "99.VP", "nhap-2026-001", "goi-2026-001", "", ".",
                                "den.", "d", "99999999999999999999", "den.99999999999999999999"}) {
    INFO(reference);
    CHECK(refusal([&] { resolve(repository, reference, looking()); }).rfind("VTLT-REF-0", 0) == 0);
  }
  CHECK(name_of(repository, {Target::Kind::entry, in.entry.id}) == "den.2026.1");
  CHECK(name_of(repository, {Target::Kind::entry, out.entry.id}) == "di.2026.01/QĐ-UBND");
  CHECK(name_of(repository, {Target::Kind::file, file.file.file.id}) == "2026.01.VP");
  for (const auto& id : {in.entry.id, out.entry.id, earlier.entry.id})  // what is shown is found again
    CHECK(resolve(repository, name_of(repository, {Target::Kind::entry, id}), looking()).id == id);
  require_sound(base.path());
}

TEST_CASE("an answer answers", "[P08]") {
  const Scratch base;
  make(system_files(), base.path());
  Repository repository(system_files(), options_at(base.path()), true);
  RegisterRequest asked = incoming("15/QĐ-UBND", "hỏi");
  asked.entry.due = {2026, 1, 20};
  const auto in = register_document(repository, asked);
  CHECK(repository.catalogue().counts("2026-02-01").overdue == 1);
  RegisterRequest answer = outgoing("QĐ-UBND", "trả lời");
  answer.answers = {in.entry.id};
  CHECK(register_document(repository, answer).answered.size() == 1);
  CHECK(repository.catalogue().counts("2026-02-01").overdue == 0);
  require_sound(base.path());
}

TEST_CASE("several fonds in one repository, each with its numbers", "[D1][P03]") {
  const Scratch base;
  make(system_files(), base.path());
  Repository repository(system_files(), options_at(base.path()), true);
  const auto second = open_fonds(repository, small_scheme("HD"), "hd.yaml");
  CHECK(refusal([&] { open_fonds(repository, small_scheme("HD"), "hd.yaml"); }) == "VTLT-D01 3");
  CHECK(refusal([&] { register_document(repository, inside("phông nào?")); }) == "VTLT-REF-02 2");
  for (const char* code : {"UB", "HD"}) {
    RegisterRequest request = outgoing("QĐ-UBND", std::string("của ") + code);
    request.fonds = code;
    CHECK(register_document(repository, request).entry.number == 1);
  }
  RegisterRequest request = inside("của HD");
  request.fonds = "HD";
  const auto document = register_document(repository, request);
  CHECK(document.entry.fonds == second.id);
  FileOpenRequest open = opening("Hồ sơ của UB");
  open.fonds = "UB";
  const auto file = open_file(repository, open);
  // D3, P30: what belongs to one fonds is not filed in another.
  CHECK(refusal([&] { add_to_file(repository, file.file.file.id, {document.document.id}, false); }) ==
        "VTLT-P30-FONDS 3");
  require_sound(base.path());
}

TEST_CASE("segments of the journal follow one another") {
  const Scratch base;
  make(system_files(), base.path());
  Options options = options_at(base.path());
  options.segment_bytes = 3000;
  Repository repository(system_files(), options, true);
  for (int i = 1; i <= 20; ++i)
    CHECK(register_document(repository, outgoing("QĐ-UBND", std::string(200, 'x'))).entry.number == i);
  CHECK(repository.stream_of(repository.stream()).segments().size() > 3);
  require_sound(base.path(), 3000);
}

TEST_CASE("a package is the same for the same state", "[D16]") {
  const Scratch base;
  make(system_files(), base.path());
  put(base / "in" / "a.pdf", pdf("mot"));
  Repository repository(system_files(), options_at(base.path()), true);
  const auto document =
      register_document(repository, incoming("15/QĐ-UBND", "việc", {base / "in" / "a.pdf"}));
  const auto file = open_file(repository, opening("Hồ sơ")).file.file.id;
  add_to_file(repository, file, {document.document.id}, false);
  PackRequest request;
  request.file = file;
  request.directory = base / "out";
  CHECK(refusal([&] { pack(repository, request); }) == "VTLT-PACKAGE-03 3");
  close_file(repository, closing(file));
  for (const auto kind : {package::Kind::sip, package::Kind::aip})
    for (const bool zip : {false, true}) {
      request.kind = kind;
      request.zip = zip;
      request.directory = base / "out";
      const auto first = pack(repository, request);
      const auto verdict = package::check(system_files(), first.written.path, {}, no_progress());
      for (const auto& finding : verdict.findings)
        UNSCOPED_INFO(finding.code << " " << finding.path << " " << finding.message.key);
      CHECK(verdict.passed());
      CHECK(first.chosen.why.key == (kind == package::Kind::sip ? "repository.pack.why.other.file" : "repository.pack.why.same.file"));
      request.directory = base / "again";
      const auto second = pack(repository, request);
      CHECK(second.again);
      CHECK(second.plan.name == first.plan.name);
      CHECK(second.written.sha256 == first.written.sha256);
      const auto third = pack_again(repository, first.plan.name, base / "third", zip);
      CHECK(third.written.sha256 == first.written.sha256);
    }
  require_sound(base.path());
}
