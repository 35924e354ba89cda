// The year of files: planned, opened from the plan, amended, closed together, opened again; where documents may belong.
#include <catch2/catch.hpp>

#include <algorithm>

#include "repository/planning.h"
#include "repository/suggesting.h"
#include "support.h"
#include "text/text.h"

using namespace repository_test;
using namespace vtlt::test;

namespace {

using records::FileState;

std::string scheme_text(const std::string& numbering = "per-heading") {
  return "vtlt: scheme/1\nid: nho\n"
         "fonds: {code: UB, name: UBND xã Thử, organ: H57.32.15, archive: H57.05}\n"
         "issuers: {UBND: Ủy ban nhân dân xã}\n"
         "numbering: {mode: internal}\n"
         "series:\n"
         "  - {id: den, book: in}\n"
         "  - {id: di, book: out, issuer: UBND, types: other}\n"
         "files: {numbering: " + numbering + ", sheet_numbers_from: 5}\n"
         "classes:\n"
         "  - no: I\n    abbr: VP\n    title: Văn phòng\n    sub:\n"
         "      - no: 1\n        title: Tổng hợp\n        files:\n"
         "          - viec: Kế hoạch công tác năm {year}\n"
         "          - {rule: viec, title: \"Hồ sơ cuộc họp {name}\", per: case}\n"
         "      - no: 2\n        title: Văn thư, lưu trữ\n        files:\n"
         "          - viec: Công tác văn thư, lưu trữ năm {year}\n"
         "  - no: II\n    abbr: KT\n    title: Kinh tế\n    files:\n"
         "      - ngan: Công văn trao đổi năm {year}\n"
         "suggest:\n"
         "  - {class: I.2, sender: [Sở Nội vụ], words: [thu nộp, lưu trữ]}\n"
         "rules:\n"
         "  - {id: viec, title: Hồ sơ công việc, term: 20, basis: Bảng thời hạn, status: agency-table}\n"
         "  - {id: ngan, title: Công văn trao đổi, term: 3, basis: Bảng thời hạn, status: agency-table}\n";
}

PlanRequest planning(int year, std::vector<scheme::ListLine> lines = {}) {
  PlanRequest request;
  request.year = year;
  request.from_list = !lines.empty();
  if (request.from_list) {
    request.list_name = "danh-muc.csv";
    request.basis = "12/QĐ-UBND";
  }
  request.lines = std::move(lines);
  return request;
}

std::vector<scheme::ListLine> list_of_2027() {
  return {{1, "I", "Văn phòng", "", "", "", ""},
          {2, "1", "Tổng hợp", "", "", "", ""},
          {3, "01.VP", "Kế hoạch công tác năm 2027", "20 năm", "Lan", "", ""},
          {4, "05.VP", "Thi đua khen thưởng năm 2027", "Vĩnh viễn", "Lan", "ghi chú", ""},
          {5, "II", "Kinh tế", "", "", "", ""},
          {6, "01.KT", "Công văn trao đổi năm 2027", "3 năm", "Thành", "", ""}};
}

std::string planned(const PlanResult& result) {
  std::string text;
  for (const auto& file : result.planned)
    text += file.notation + " " + file.class_no + " " + records::term_shorthand(file.term) + " " + file.title + "\n";
  return text;
}

std::string keys(const std::vector<Finding>& findings) {
  std::string text;
  for (const auto& finding : findings) text += (text.empty() ? "" : " ") + finding.message.key;
  return text;
}

records::Id registered(Repository& repository, RegisterRequest request) {
  request.document.carrier = records::Carrier::paper;
  return register_document(repository, request).document.id;
}

}  // namespace

TEST_CASE("the files of a year come from the scheme", "[planning][P13][P14][D2][D3]") {
  const Scratch base;
  SECTION("numbered inside each large heading") {
    make(system_files(), base.path(), scheme_text());
    Repository repository(system_files(), options_at(base.path()), true);
    auto dry = planning(2027);
    dry.dry_run = true;
    CHECK(plan_files(repository, dry).planned.size() == 3);
    CHECK_FALSE(plan_of_year(repository, repository.fonds().fonds.id, 2027));
    const auto result = plan_files(repository, planning(2027));
    CHECK(planned(result) ==
          "01.VP I.1 20 Kế hoạch công tác năm 2027\n03.VP I.2 20 Công tác văn thư, lưu trữ năm 2027\n"
          "01.KT II 3 Công văn trao đổi năm 2027\n");
    CHECK(result.with_term == 3);
    CHECK(result.permanent == 0);
    REQUIRE(result.patterns.size() == 1);
    CHECK(result.patterns[0].notation == "02.VP");
    const auto plan = plan_of_year(repository, repository.fonds().fonds.id, 2027);
    REQUIRE(plan);
    CHECK(plan->patterns.size() == 1);
    // Again, and after one was opened: nothing more.
    open_planned(repository, {result.planned[0].id, {}, "", false});
    const auto events = repository.head().events;
    const auto again = plan_files(repository, planning(2027));
    CHECK(again.planned.empty());
    CHECK(again.present.size() == 3);
    CHECK(repository.head().events == events);
  }
  SECTION("numbered through the list") {
    make(system_files(), base.path(), scheme_text("continuous"));
    Repository repository(system_files(), options_at(base.path()), true);
    CHECK(planned(plan_files(repository, planning(2027))) ==
          "01.VP I.1 20 Kế hoạch công tác năm 2027\n03.VP I.2 20 Công tác văn thư, lưu trữ năm 2027\n"
          "04.KT II 3 Công văn trao đổi năm 2027\n");
  }
  SECTION("what was opened before keeps its number") {
    make(system_files(), base.path(), scheme_text());
    Repository repository(system_files(), options_at(base.path()), true);
    auto request = opening("Việc đột xuất");
    request.file.year = 2027;
    request.class_no = "I.1";
    CHECK(open_file(repository, request).file.file.notation == "01.VP");
    request.file.title = "Công văn trao đổi năm 2027";
    request.class_no = "II";
    CHECK(open_file(repository, request).file.file.notation == "01.KT");
    const auto result = plan_files(repository, planning(2027));
    CHECK(planned(result) ==
          "03.VP I.1 20 Kế hoạch công tác năm 2027\n04.VP I.2 20 Công tác văn thư, lưu trữ năm 2027\n");
    REQUIRE(result.present.size() == 1);
    CHECK(keys(result.findings) == "repository.plan.differs");  // the free one has 20 years, the list 3
  }
  require_sound(base.path());
}

TEST_CASE("the files of a year come from the adopted list", "[planning][P14][D2][D3]") {
  const Scratch base;
  make(system_files(), base.path(), scheme_text());
  Repository repository(system_files(), options_at(base.path()), true);
  const auto result = plan_files(repository, planning(2027, list_of_2027()));
  CHECK(planned(result) ==
        "01.VP I.1 20 Kế hoạch công tác năm 2027\n05.VP I.1 VV Thi đua khen thưởng năm 2027\n"
        "01.KT II 3 Công văn trao đổi năm 2027\n");
  CHECK(result.permanent == 1);
  CHECK(result.with_term == 2);
  CHECK(result.planned[0].rule == "viec");
  CHECK(result.planned[1].rule.empty());
  CHECK(result.planned[1].term_source == "Danh mục hồ sơ năm 2027 kèm 12/QĐ-UBND");
  CHECK(result.planned[1].officer == "Lan");
  CHECK(result.planned[1].note == "ghi chú");
  const auto events = repository.head().events;
  CHECK(plan_files(repository, planning(2027, list_of_2027())).planned.empty());
  CHECK(repository.head().events == events);
  CHECK(plan_of_year(repository, repository.fonds().fonds.id, 2027)->basis == "12/QĐ-UBND");

  auto lines = list_of_2027();
  SECTION("another term is told, not written") {
    lines[2].term = "Vĩnh viễn";
    const auto other = plan_files(repository, planning(2027, lines));
    CHECK(other.planned.empty());
    CHECK(keys(other.findings) == "repository.plan.differs");
  }
  SECTION("a number that another file has") {
    lines[3].title = "Tiêu đề khác năm 2027";
    CHECK(refusal([&] { plan_files(repository, planning(2027, lines)); }) == "VTLT-D03 3");
  }
  SECTION("a line without a term") {
    lines[3].term.clear();
    CHECK(refusal([&] { plan_files(repository, planning(2027, lines)); }) == "VTLT-LIST-21 3");
  }
  SECTION("the list of another year") {
    CHECK(refusal([&] { plan_files(repository, planning(2028, lines)); }) == "VTLT-LIST-23 2");
  }
  SECTION("a heading that the scheme does not know") {
    lines.push_back({7, "III", "Quân sự", "", "", "", ""});
    lines.push_back({8, "01.QS", "Tuyển quân năm 2027", "10 năm", "", "", ""});
    const auto more = plan_files(repository, planning(2027, lines));
    CHECK(planned(more) == "01.QS  10 Tuyển quân năm 2027\n");
    CHECK(keys(more.findings) == "repository.plan.heading");
  }
  CHECK(repository.head().events <= events + 1);
}

TEST_CASE("a planned file is opened, by its number or its title", "[planning][P15]") {
  const Scratch base;
  make(system_files(), base.path(), scheme_text());
  Repository repository(system_files(), options_at(base.path()), true);
  const auto result = plan_files(repository, planning(2026));
  ReferenceContext context;
  context.writing = true;
  context.current_year = 2026;
  const auto row = resolve_planned(repository, "văn thư, LƯU TRỮ", context);
  CHECK(row.file.notation == "03.VP");
  CHECK(resolve_planned(repository, "03.VP", context).file.id == row.file.id);
  CHECK(refusal([&] { resolve_planned(repository, "năm 2026", context); }) == "VTLT-REF-02 2");
  CHECK(refusal([&] { resolve_planned(repository, "không có tên này", context); }) == "VTLT-REF-01 2");
  PlannedOpenRequest request;
  request.file = row.file.id;
  request.change = [](records::FileRecord& file) { file.officer = "Mai"; };
  const auto opened = open_planned(repository, request);
  CHECK(opened.file.state == FileState::open);
  CHECK(repository.catalogue().file(row.file.id)->file.officer == "Mai");
  CHECK(refusal([&] { open_planned(repository, request); }) == "VTLT-P15-PLAN 3");
  request.file = result.planned[0].id;
  request.change = [](records::FileRecord& file) { file.notation = "77.VP"; };
  CHECK(refusal([&] { open_planned(repository, request); }) == "VTLT-AMEND 3");
  // Not beside the plan.
  auto beside = opening("Kế hoạch công tác năm 2026");
  CHECK(refusal([&] { open_file(repository, beside); }) == "VTLT-P15-PLAN 3");
  // Its first document opens it.
  const auto document = registered(repository, inside("kế hoạch"));
  add_to_file(repository, result.planned[0].id, {document}, false);
  CHECK(repository.catalogue().file(result.planned[0].id)->file.state == FileState::open);
  require_sound(base.path());
}

TEST_CASE("a file is described anew, with its history", "[planning][D39][P23][P17]") {
  const Scratch base;
  make(system_files(), base.path(), scheme_text());
  Repository repository(system_files(), options_at(base.path()), true);
  auto request = opening("Việc A");
  request.class_no = "I.1";
  const auto file = open_file(repository, request).file.file.id;
  request.file.title = "Việc B";
  request.file.rule = "ngan";
  const auto other = open_file(repository, request).file.file.id;
  const auto a = registered(repository, inside("một")), b = registered(repository, inside("hai"));
  add_to_file(repository, file, {a, b}, false);
  add_to_file(repository, other, {b}, false);

  FileAmendRequest amend;
  amend.file = file;
  amend.change = [](records::FileRecord& one) { one.title = "Việc A sửa"; };
  CHECK(refusal([&] { amend_file(repository, amend); }) == "VTLT-USE-08 2");
  amend.reason = "đúng nội dung";
  CHECK(amend_file(repository, amend).fields == std::vector<std::string>{"title"});
  const auto events = repository.head().events;
  CHECK_FALSE(amend_file(repository, amend).changed());
  CHECK(repository.head().events == events);
  const auto said = file_event(repository, file, repository.stream(), events);
  REQUIRE(said);
  CHECK(said->fields == std::vector<std::string>{"title"});
  CHECK(said->reason == "đúng nội dung");

  SECTION("a lower term by decision only") {
    auto low = opening("Việc C");
    low.class_no = "I.1";
    low.file.term = *records::parse_term("10");
    CHECK(refusal([&] { open_file(repository, low); }) == "VTLT-P23 3");
    amend.change = [](records::FileRecord& one) { one.term = *records::parse_term("10"); };
    CHECK(refusal([&] { amend_file(repository, amend); }) == "VTLT-AMEND 3");
    amend.basis = "15/QĐ-UBND";
    amend_file(repository, amend);
    const auto now = repository.catalogue().file(file)->file;
    CHECK(now.term == *records::parse_term("10"));
    CHECK(now.term_source == "15/QĐ-UBND");
    CHECK(file_event(repository, file, repository.stream(), repository.head().events)->basis == "15/QĐ-UBND");
  }
  SECTION("a document's own term lengthens all its files") {
    amend.change = {};
    amend.terms = {{2, *records::parse_term("VV")}};
    const auto result = amend_file(repository, amend);
    REQUIRE(result.lengthened.size() == 1);
    CHECK(repository.catalogue().file(file)->file.term == *records::parse_term("VV"));
    CHECK(repository.catalogue().file(other)->file.term == *records::parse_term("VV"));
    CHECK(repository.catalogue().document(b)->files == 2);
  }
  SECTION("sheets and order") {
    amend.change = {};
    amend.sheets = {{1, "1-3"}, {2, "4-15a"}};
    amend.first = {2};
    const auto result = amend_file(repository, amend);
    CHECK(result.described.size() == 2);
    CHECK(result.moved.size() == 2);
    const auto contents = contents_of(repository, file);
    CHECK(contents[0].document.id == b);
    CHECK(contents[0].document.sheets == "4-15a");
    amend.sheets = {{3, "16"}};
    CHECK(refusal([&] { amend_file(repository, amend); }) == "VTLT-REF-01 2");
    amend.sheets = {};
    amend.first = {1, 1};
    CHECK(refusal([&] { amend_file(repository, amend); }) == "VTLT-D04 2");
  }
  require_sound(base.path());
}

TEST_CASE("files are closed together or not at all, and opened again", "[planning][P15][P16][D14][D13]") {
  const Scratch base;
  make(system_files(), base.path(), scheme_text());
  Repository repository(system_files(), options_at(base.path()), true);
  std::vector<records::Id> files;
  for (const char* title : {"Việc A", "Việc B"}) {
    auto request = opening(title);
    request.class_no = "I.1";
    files.push_back(open_file(repository, request).file.file.id);
    add_to_file(repository, files.back(), {registered(repository, inside(title))}, false);
  }
  FileAmendRequest amend;
  amend.reason = "đánh số tờ";
  amend.file = files[0];
  amend.sheets = {{1, "1-4"}};
  amend_file(repository, amend);
  const std::vector<FileCloseRequest> both = {closing(files[0]), closing(files[1])};
  CHECK(refusal([&] { close_files(repository, both); }) == "VTLT-P15 3");  // B has no sheet numbers
  CHECK(repository.catalogue().file(files[0])->file.state == FileState::open);
  amend.file = files[1];
  amend_file(repository, amend);
  auto settled = both;
  settled[1].settled = {2026, 3, 10};
  const auto results = close_files(repository, settled);
  REQUIRE(results.size() == 2);
  CHECK(results[0].duties.closing_certificate);
  CHECK_FALSE(results[0].duties.document_list);
  const auto kinds = [](const FileCloseResult& result, records::DeadlineKind kind) {
    const auto at = std::find_if(result.deadlines.begin(), result.deadlines.end(), [&](const auto& one) { return one.kind == kind; });
    return at == result.deadlines.end() ? std::string() : text::to_iso(at->date);
  };
  CHECK(kinds(results[0], records::DeadlineKind::law) == "2027-12-31");
  CHECK(kinds(results[1], records::DeadlineKind::construction) == "2026-06-10");
  CHECK(repository.catalogue().file(files[1])->file.settled == text::Date{2026, 3, 10});

  CHECK(refusal([&] { reopen_file(repository, files[0], "", false); }) == "VTLT-USE-08 2");
  reopen_file(repository, files[0], "còn việc", false);
  const auto open = repository.catalogue().file(files[0])->file;
  CHECK(open.state == FileState::open);
  CHECK(open.ended == 0);
  CHECK(refusal([&] { reopen_file(repository, files[0], "còn việc", false); }) == "VTLT-P15-REOPEN 3");
  const auto said = file_event(repository, files[0], repository.stream(), repository.head().events);
  REQUIRE(said);
  CHECK(said->reason == "còn việc");
  require_sound(base.path());
}

TEST_CASE("where a document may belong, and why", "[planning][suggest]") {
  const Scratch base;
  make(system_files(), base.path(), scheme_text());
  Repository repository(system_files(), options_at(base.path()), true);
  plan_files(repository, planning(2026));
  const auto fonds = repository.fonds().fonds.id;
  auto question = incoming("245/SNV", "V/v thu nộp tài liệu");
  question.entry.issuer = "Sở Nội vụ";
  const auto asked = register_document(repository, question);
  const auto propose = [&](const records::Id& document) {
    return Proposer(repository, fonds).propose(*repository.catalogue().document(document), 3);
  };
  auto found = propose(asked.document.id);
  REQUIRE_FALSE(found.best.empty());
  REQUIRE(found.best[0].file);
  CHECK(found.best[0].file->file.notation == "03.VP");
  CHECK(found.best[0].reasons.size() >= 2);  // sender and word
  // The chain of replies is stronger than all words: the answer follows what it answers.
  auto request = opening("Việc khác hẳn");
  request.class_no = "II";
  const auto elsewhere = open_file(repository, request).file.file.id;
  add_to_file(repository, elsewhere, {asked.document.id}, false);
  auto answer = outgoing("UBND-VP", "V/v thu nộp, lưu trữ");
  answer.answers = {asked.entry.id};
  found = propose(register_document(repository, answer).document.id);
  REQUIRE_FALSE(found.best.empty());
  REQUIRE(found.best[0].file);
  CHECK(found.best[0].file->file.id == elsewhere);
  // Where the same sender's documents went lately.
  auto next = incoming("300/SNV", "Báo cáo định kỳ");
  next.entry.issuer = "Sở Nội vụ";
  found = propose(register_document(repository, next).document.id);
  CHECK(std::any_of(found.best.begin(), found.best.end(), [&](const Proposal& one) { return one.file && one.file->file.id == elsewhere; }));
  // Nothing tells.
  CHECK(propose(register_document(repository, inside("zzz")).document.id).best.empty());
  // What it is in already is not proposed.
  for (const auto& one : propose(asked.document.id).best) CHECK((!one.file || one.file->file.id != elsewhere));
}

TEST_CASE("words that stand in many titles lead to files all the same", "[planning][suggest]") {
  const Scratch base;
  make(system_files(), base.path(), scheme_text());
  Repository repository(system_files(), options_at(base.path()), true);
  auto request = opening("");
  request.class_no = "II";
  for (int i = 0; i < 70; ++i) {
    request.file.title = "Cấp giấy chứng nhận đất thửa " + std::to_string(100 + i);
    open_file(repository, request);
  }
  request.file.title = "Cấp giấy chứng nhận đất, tranh chấp ranh giới";
  const auto dispute = open_file(repository, request).file.file.id;
  const auto fonds = repository.fonds().fonds.id;
  const auto propose = [&](const char* subject) {
    const auto id = register_document(repository, inside(subject)).document.id;
    return Proposer(repository, fonds).propose(*repository.catalogue().document(id), 3).best;
  };
  auto best = propose("Đơn xin cấp giấy chứng nhận đất");
  REQUIRE(best.size() == 3);
  CHECK(best[0].file);
  // The rarer word leads, the others are counted.
  best = propose("Đơn tranh chấp về giấy chứng nhận đất");
  REQUIRE_FALSE(best.empty());
  REQUIRE(best[0].file);
  CHECK(best[0].file->file.id == dispute);
}

TEST_CASE("a file that fits nearly as well as its class stands before it", "[planning][suggest]") {
  const Scratch base;
  std::string scheme = scheme_text();
  const std::string title = "title: Văn thư, lưu trữ";
  scheme.replace(scheme.find(title), title.size(), "title: Khiếu nại tố cáo tiếp dân xử đơn thư");
  make(system_files(), base.path(), scheme);
  Repository repository(system_files(), options_at(base.path()), true);
  auto request = opening("Khiếu nại tố cáo tiếp dân xử phạt");
  request.class_no = "I.2";
  const auto near = open_file(repository, request).file.file.id;
  const auto fonds = repository.fonds().fonds.id;
  const auto propose = [&](const char* subject) {
    const auto id = register_document(repository, inside(subject)).document.id;
    return Proposer(repository, fonds).propose(*repository.catalogue().document(id), 3).best;
  };
  // One word more in the title of the class.
  auto best = propose("Khiếu nại, tố cáo, tiếp dân, đơn");
  REQUIRE_FALSE(best.empty());
  REQUIRE(best[0].file);
  CHECK(best[0].file->file.id == near);
  CHECK(std::none_of(best.begin(), best.end(), [](const Proposal& one) { return !one.file && one.class_no == "I.2"; }));
  // A file that fits far less stays behind.
  best = propose("Tiếp dân xử đơn thư");
  REQUIRE(best.size() == 2);
  CHECK((!best[0].file && best[0].class_no == "I.2"));
}
