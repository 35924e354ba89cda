// Backlogs: lists of phiếu tin come in, are ordered and numbered; what is sorted out; boxes.
#include <catch2/catch.hpp>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "records/file_names.h"
#include "records/totals.h"
#include "repository/arranging.h"
#include "repository/boxing.h"
#include "support.h"
#include "text/text.h"

using namespace repository_test;
using namespace vtlt::test;

namespace {

// Fields of work and units to arrange by.
std::string backlog_scheme() {
  std::string scheme = small_scheme("DH");
  const std::string classes =
      "units: {VP: Văn phòng, ĐC: Địa chính - Xây dựng}\n"
      "classes:\n"
      "  - {no: I, abbr: VP, title: Văn phòng}\n"
      "  - {no: II, abbr: ĐĐ, title: Đất đai}\n";
  const std::string before = "classes:\n  - {no: I, abbr: VP, title: Văn phòng}\n";
  return scheme.replace(scheme.find(before), before.size(), classes);
}

ArrangeImportRequest lists(const Path& base, std::initializer_list<const char*> names) {
  ArrangeImportRequest request;
  for (const char* name : names)
    request.lists.push_back(base / "in" / name);
  return request;
}

constexpr const char* kTeam1 =
    "Số hồ sơ tạm|Tiêu đề hồ sơ|Thời gian bắt đầu|Thời gian kết thúc|Thời hạn bảo quản|Bút tích|Tình trạng "
    "vật lý|Số tờ|Hộp số|"
    "Mét giá|Mặt hoạt động|Đơn vị|Nhiệm kỳ\n"
    "1|Hồ sơ cấp đất ở thôn Hải Thành|1998|12/03/1999|Vĩnh viễn|Chủ tịch Lê A|Hỏng|45|01|0,5|Đất "
    "đai|ĐC|1994-1999\n"
    "2|Tập báo cáo công tác năm 1997|01/1997|12/1997|20 năm|||12|01|0,5|Văn phòng|VP|1994-1999\n"
    "3|Tập báo cáo công tác năm 1995|02/1995|12/1995|20 năm|||10|02|0,25|Văn phòng|VP|1994-1999\n";
constexpr const char* kTeam2 =
    "Số hồ sơ tạm|Tiêu đề hồ sơ|Thời gian bắt đầu|Thời gian kết thúc|Thời hạn bảo quản|Số tờ|Hộp số|Mặt hoạt "
    "động|Đơn vị\n"
    "1|Ho so cap dat o thon Hai Thanh|1998|1999|VV|44|03|Đất đai|ĐC\n"
    "2|Sổ mục kê ruộng đất|1990|1992|VV|80|03|Đất đai|ĐC\n";

void two_teams(Repository& repository, const Path& base) {
  put(base / "in" / "to1.csv", kTeam1);
  put(base / "in" / "to2.csv", kTeam2);
  import_arrangement(repository, lists(base, {"to1.csv", "to2.csv"}));
}

catalogue::FileRow file_named(Repository& repository, const std::string& name) {
  return resolve_file(repository, name, {"", 0, false, 2026});
}

std::string codes(const std::vector<Finding>& findings, Level least = Level::warning) {
  std::string all;
  for (const auto& one : findings)
    if (one.level >= least) all += (all.empty() ? "" : " ") + one.code + ":" + std::to_string(one.line);
  return all;
}

std::string numbers(Repository& repository) {
  std::map<int, std::string> all;
  catalogue::FileFilter filter;
  filter.all = true;
  repository.catalogue().files(filter, [&](const catalogue::FileRow& row) {
    if (const auto number = records::parse_file_number(row.file.number))
      all[number->number] += row.file.provisional;
  });
  std::string text;
  for (const auto& [number, of] : all)
    text += (text.empty() ? "" : " ") + std::to_string(number) + "=" + of;
  return text;
}

}  // namespace

TEST_CASE("lists of two teams come in with provisional numbers, boxes, sheets and terms", "[D9][P45]") {
  const Scratch base;
  make(system_files(), base.path(), backlog_scheme());
  put(base / "in" / "to1.csv", kTeam1);
  put(base / "in" / "to2.csv", kTeam2);
  Repository repository(system_files(), options_at(base.path()), true);
  auto request = lists(base.path(), {"to1.csv", "to2.csv"});
  request.dry_run = true;
  const auto before = repository.head();
  CHECK(import_arrangement(repository, request).files == 5);
  CHECK(repository.head() == before);
  request.dry_run = false;
  const auto result = import_arrangement(repository, request);
  CHECK(codes(result.findings) == "");
  CHECK(result.written);
  CHECK(result.batch == "nhap-" + std::to_string(year_of(now())) + "-001");
  CHECK(result.files == 5);
  CHECK(result.lists[0].first == "T1-1");
  CHECK(result.lists[1].last == "T2-2");
  CHECK(result.boxes == 3);
  CHECK(result.centimetres == 75);
  const auto row = file_named(repository, "hs.T1-1");
  CHECK(row.file.title == "Hồ sơ cấp đất ở thôn Hải Thành");
  CHECK(row.file.state == records::FileState::archived);
  CHECK(row.file.term.kind == records::TermKind::permanent);
  CHECK(text::to_dmy(row.file.start) == "1998");
  CHECK(text::to_dmy(row.file.end) == "12/03/1999");
  CHECK(row.file.ended == 1999);
  CHECK(row.file.sheets == 45);
  CHECK(row.file.autograph == "Chủ tịch Lê A");
  CHECK(row.file.condition == "Hỏng");
  CHECK(row.file.class_no == "II");
  CHECK(row.file.unit == "ĐC");
  CHECK(row.file.period == "1994-1999");
  REQUIRE(row.file.box);
  CHECK(repository.catalogue().box(*row.file.box)->number == "01");
  CHECK(repository.catalogue().box(*row.file.box)->shelf_metres == Approx(0.5));
  // The number as the team wrote it is not lost.
  CHECK(row.file.original.at("provisional") == "1");
  require_sound(base.path());

  // The same lists twice change nothing; one of them alone neither.
  const auto head = repository.head();
  auto again = import_arrangement(repository, request);
  CHECK((again.files == 0 && again.present == 5 && !again.written));
  again = import_arrangement(repository, lists(base.path(), {"to2.csv"}));
  CHECK((again.files == 0 && again.present == 2 && !again.written));
  CHECK(repository.head() == head);
}

TEST_CASE("errors in one file keep everything out, or with partial only that file", "[D9]") {
  const Scratch base;
  make(system_files(), base.path(), backlog_scheme());
  Repository repository(system_files(), options_at(base.path()), true);
  put(base / "in" / "to3.csv",
      "Tiêu đề hồ sơ|Thời gian tài liệu|Thời hạn bảo quản|Độ mật\n"
      "Tập công văn năm 1996|1996|10 năm|\n"
      "|1996|10 năm|\n"
      "Kế hoạch phòng thủ|1996|VV|Mật\n"
      "Tập công văn năm 1997|1997|mười năm|\n");
  auto request = lists(base.path(), {"to3.csv"});
  const auto head = repository.head();
  auto result = import_arrangement(repository, request);
  CHECK_FALSE(result.written);
  CHECK(result.failed == 2);
  CHECK(codes(result.findings, Level::error) == "VTLT-ARRANGE-01:3 P12:4");
  CHECK(repository.head() == head);
  request.partial = true;
  result = import_arrangement(repository, request);
  CHECK(result.written);
  CHECK(result.files == 2);
  const std::string errors = get(result.lists[0].errors);
  CHECK(errors.find("Độ mật,Dòng,Lý do chưa nhập") != std::string::npos);
  CHECK(errors.find("P12") != std::string::npos);
  // A term that nobody understands stays as it was written.
  const auto row = file_named(repository, "hs.T3-2");
  CHECK(row.file.term.kind == records::TermKind::none);
  CHECK(row.file.original.at("Thời hạn bảo quản") == "mười năm");
  require_sound(base.path());
}

TEST_CASE("a number or notation that another file bears is refused", "[D3][P46]") {
  const Scratch base;
  make(system_files(), base.path(), backlog_scheme());
  Repository repository(system_files(), options_at(base.path()), true);
  two_teams(repository, base.path());
  put(base / "in" / "khac1.csv", "Số tạm,Tiêu đề hồ sơ,Năm bắt đầu\n1,Hồ sơ khác,1996\n");
  const auto result = import_arrangement(repository, lists(base.path(), {"khac1.csv"}));
  CHECK(codes(result.findings, Level::error) == "VTLT-P46:2");
  put(base / "in" / "hai.csv",
      "Số và ký hiệu hồ sơ,Tiêu đề hồ sơ,Năm hình thành\n01.VP,Hồ sơ một,2001\n01.VP,Hồ sơ "
      "hai,2001\n01.VP,Hồ sơ ba,2002\n");
  CHECK(codes(import_arrangement(repository, lists(base.path(), {"hai.csv"})).findings, Level::error) ==
        "VTLT-D03:3");
}

TEST_CASE("documents of a file that is there already are named, not lost without a word", "[D9]") {
  const Scratch base;
  make(system_files(), base.path(), backlog_scheme());
  Repository repository(system_files(), options_at(base.path()), true);
  FileOpenRequest open;
  open.file.notation = "01.VP";
  open.file.title = "Tập báo cáo";
  open.file.year = 2026;
  open_file(repository, open);
  put(base / "in" / "hs.csv",
      "Số và ký hiệu hồ sơ|Tiêu đề hồ sơ|Năm hình thành|Số của văn bản|Ký hiệu của văn bản|Trích yếu nội "
      "dung\n"
      "01.VP|Tập báo cáo|2026|5|BC-UB|Báo cáo tháng\n");
  const auto result = import_arrangement(repository, lists(base.path(), {"hs.csv"}));
  CHECK((result.present == 1 && !result.written));
  CHECK(codes(result.findings) == "VTLT-ARRANGE-08:2");
}

TEST_CASE("documents of a later list go into the arranged file that is there, each once", "[D9][P17][P23][P04]") {
  const Scratch base;
  make(system_files(), base.path(), backlog_scheme());
  Repository repository(system_files(), options_at(base.path()), true);
  two_teams(repository, base.path());
  const std::string heads =
      "Số hồ sơ tạm|Tiêu đề hồ sơ|Số của văn bản|Ký hiệu của văn bản|Ngày văn bản|Tháng văn bản|Năm văn bản|"
      "Trích yếu nội dung|Đường dẫn file\n";
  const std::string file = "2|Tập báo cáo công tác năm 1997|";
  // A registered one, kept longer than the file, one with a computer file, one without a number.
  auto old = outgoing("BC-UB", "Báo cáo quý I");
  old.entry.date = {1997, 4, 2};
  old.entry.own = *records::parse_document_number("7/BC-UB");
  old.document.term = *records::parse_term("50");
  register_document(repository, old);
  put(base / "in" / "a.pdf", pdf("a"));
  put(base / "in" / "b.pdf", pdf("b"));
  const std::string three = file + "7|BC-UB|2|4|1997|Báo cáo quý I|\n" + file + "8|BC-UB|3|7|1997|Báo cáo quý II|a.pdf\n" +
                            file + "|||||Biên bản họp|\n";
  put(base / "in" / "van-ban1.csv", heads + three);
  auto request = lists(base.path(), {"van-ban1.csv"});
  request.dry_run = true;
  CHECK(import_arrangement(repository, request).added == 3);
  request.dry_run = false;
  const auto first = import_arrangement(repository, request);
  INFO(codes(first.findings, Level::note));
  REQUIRE(first.written);
  CHECK((first.files == 0 && first.present == 1 && first.added == 3 && first.grown == 1 && first.linked == 1));
  CHECK(codes(first.findings, Level::note).find("VTLT-ARRANGE-09:2") != std::string::npos);
  const auto row = file_named(repository, "hs.T1-2");
  CHECK(row.documents == 3);
  CHECK(row.file.term == records::parse_term("50"));
  CHECK(row.file.state == records::FileState::archived);
  const auto contents = contents_of(repository, row.file.id);
  CHECK((contents[0].ordinal == 1 && contents[2].ordinal == 3));
  CHECK(contents[1].components.size() == 1);
  // The same bytes, and the same rows in another list: nothing twice.
  CHECK_FALSE(import_arrangement(repository, request).written);
  put(base / "in" / "lai1.csv", "\n" + heads + three);
  request.lists = {base / "in" / "lai1.csv"};
  const auto same = import_arrangement(repository, request);
  CHECK((!same.written && same.added == 0 && codes(same.findings).empty()));
  // A list with more: only what is new, behind the others; contents that differ are named.
  put(base / "in" / "them1.csv", heads + three + file + "8|BC-UB|3|7|1997|Báo cáo quý II|b.pdf\n" + file + "|||||Biên bản họp|\n" +
                                     file + "9|BC-UB|5|10|1997|Báo cáo quý III|\n");
  request.lists = {base / "in" / "them1.csv"};
  const auto more = import_arrangement(repository, request);
  INFO(codes(more.findings, Level::note));
  CHECK((more.written && more.added == 3));
  CHECK(file_named(repository, "hs.T1-2").documents == 6);
  put(base / "in" / "khac1.csv", heads + file + "9|BC-UB|5|10|1997|Báo cáo quý III|\n" + file + "8|BC-UB|3|7|1997|Báo cáo quý II|c.pdf\n");
  put(base / "in" / "c.pdf", pdf("c"));
  request.lists = {base / "in" / "khac1.csv"};
  const auto other = import_arrangement(repository, request);
  CHECK((!other.written && codes(other.findings) == "VTLT-P25:3"));
  require_sound(base.path());
  // Taken back, they come out again; the file and what it held before stay.
  WithdrawRequest undo;
  undo.batch = more.batch;
  undo.reason = "nhập nhầm";
  CHECK(withdraw_batch(repository, undo).added.size() == 3);
  CHECK(file_named(repository, "hs.T1-2").documents == 3);
  undo.batch = first.batch;
  CHECK(refusal([&] { withdraw_batch(repository, undo); }) == "VTLT-P08 3");
  require_sound(base.path());
  // Nobody has answered for what is sorted out, or has no number in the list.
  RejectRequest reject;
  reject.files = {row.file.id};
  reject.reason = "trùng";
  reject_files(repository, reject);
  put(base / "in" / "loai1.csv", heads + three + file + "|||||Giấy mời|\n" + file + "|||||Giấy mời|\n" + file + "10|BC-UB|||1997|Khác|\n" +
                                     file + "11|BC-UB|||1997|Khác|\n");
  request.lists = {base / "in" / "loai1.csv"};
  const auto refused = import_arrangement(repository, request);
  CHECK((!refused.written && codes(refused.findings) == "VTLT-ARRANGE-08:2"));
}

TEST_CASE("files come in as closed when closing them would do", "[P15][P16][D14]") {
  const Scratch base;
  make(system_files(), base.path(), backlog_scheme());
  Repository repository(system_files(), options_at(base.path()), true);
  put(base / "in" / "a.pdf", pdf("a"));
  put(base / "in" / "b.pdf", pdf("a"));  // the same bytes
  put(base / "in" / "c.pdf", pdf("cc"));
  const std::string list =
      "Số và ký hiệu hồ sơ|Tiêu đề hồ sơ|Năm hình thành|Năm kết thúc|Thời hạn bảo quản|Số của văn bản|Ký hiệu của văn bản|Ngày văn "
      "bản|Tháng văn bản|Năm văn bản|Trích yếu nội dung|Tờ số|Đường dẫn file\n"
      "01.VP|Hai tệp như nhau|2001|2001|20 năm|1|BC|1|2|2001|Một||a.pdf\n"
      "01.VP|Hai tệp như nhau|2001|2001|20 năm|2|BC|1|3|2001|Hai||b.pdf\n"
      "02.VP|Giấy chưa đánh số tờ|2001|2001|20 năm|3|BC|1|4|2001|Ba||\n"
      "03.VP|Không có thời hạn|2001|2001||4|BC|1|5|2001|Bốn|1-2|\n"
      "04.VP|Chỉ có hồ sơ|2001|2001|20 năm|||||||||\n"
      "05.VP|Đủ|2001|2001|20 năm|5|BC|1|6|2001|Năm|1-2|\n"
      "05.VP|Đủ|2001|2001|20 năm|6|BC|1|7|2001|Sáu||c.pdf\n"
      "06.VP|Giấy ngắn hạn|2001|2001|3 năm|7|BC|1|8|2001|Bảy||\n";
  put(base / "in" / "hs.csv", list);
  auto request = lists(base.path(), {"hs.csv"});
  request.dry_run = true;
  request.state = records::FileState::closed;
  auto result = import_arrangement(repository, request);
  CHECK(codes(result.findings, Level::error) == "P15:2 P16:4 VTLT-P15-TERM:5");
  CHECK(codes(result.findings) == "P15:2 P16:4 VTLT-P15-TERM:5 P15:6");
  CHECK((result.files == 3 && result.failed == 3));
  // What is in the archives is told the same, and taken.
  request.state = records::FileState::archived;
  request.dry_run = false;
  result = import_arrangement(repository, request);
  CHECK(codes(result.findings) == "P15:2 P16:4");
  CHECK((result.written && result.files == 6));
  require_sound(base.path());
}

TEST_CASE("documents of a sheet: totals compared, names that collide, ordinals without gaps",
          "[D4][D8][P44][P16]") {
  const Scratch base;
  make(system_files(), base.path(), backlog_scheme());
  Repository repository(system_files(), options_at(base.path()), true);
  put(base / "in" / "a" / "Bao cao.pdf", pdf("a"));
  put(base / "in" / "b" / "BAO CAO.pdf", pdf("b"));
  put(base / "in" / "hs.csv",
      "Số và ký hiệu hồ sơ|Tiêu đề hồ sơ|Ngày bắt đầu|Tháng bắt đầu|Năm bắt đầu|Năm kết thúc|Tổng số văn bản "
      "trong hồ sơ|Số lượng tờ|"
      "Số thứ tự văn bản trong hồ sơ|Số của văn bản|Ký hiệu của văn bản|Ngày văn bản|Tháng văn bản|Năm văn "
      "bản|Trích yếu nội dung|"
      "Tờ số|Đường dẫn file\n"
      "01.VP|Tập báo cáo|5|1|2001|2001|3|7|1|5|BC-UB|3|1|2001|Báo cáo tháng|1-3|a\\Bao cao.pdf\n"
      "||||||||3|6|BC-UB|3|2|2001|Báo cáo tháng|4-7|b\\BAO CAO.pdf\n");
  const auto result = import_arrangement(repository, lists(base.path(), {"hs.csv"}));
  INFO(codes(result.findings));
  CHECK(result.written);
  CHECK(result.documents == 2);
  CHECK(result.components == 2);
  const std::string found = codes(result.findings);
  CHECK(found.find("VTLT-P44:3") != std::string::npos);
  CHECK(found.find("D8:2") != std::string::npos);  // 3 told, 2 there; begins before it is said to
  CHECK(found.find("VTLT-D04:2") != std::string::npos);
  const auto row = file_named(repository, "2001.01.VP");
  const auto contents = contents_of(repository, row.file.id);
  REQUIRE(contents.size() == 2);
  CHECK(contents[1].ordinal == 2);
  CHECK(contents[1].document.original.at("ordinal") == "3");
  CHECK(contents[0].document.sheets == "1-3");
  CHECK(contents[0].document.carrier == records::Carrier::electronic);
  CHECK(row.file.sheets == 7);
  require_sound(base.path());
}

TEST_CASE("computer files of an arrangement's list are found under other letters", "[P44]") {
  const Scratch base;
  make(system_files(), base.path(), backlog_scheme());
  Repository repository(system_files(), options_at(base.path()), true);
  put(base / "in" / "Anh" / "Bao cao.pdf", pdf("a"));
  put(base / "in" / "Anh" / "Quye\u0302\u0301t.pdf", pdf("b"));
  put(base / "in" / "Anh" / "hai.pdf", pdf("c"));
  put(base / "in" / "Anh" / "HAI.pdf", pdf("d"));
  put(base / "in" / "hs.csv",
      "Số và ký hiệu hồ sơ|Tiêu đề hồ sơ|Năm bắt đầu|Số thứ tự văn bản trong hồ sơ|Trích yếu nội dung|Đường dẫn file\n"
      "01.VP|Tập báo cáo|2001|1|Báo cáo|ANH\\bao cao.PDF\n"
      "01.VP|Tập báo cáo|2001|2|Quyết định|Anh/Quyết.pdf\n"
      "02.VP|Tập khác|2001|1|Hai|Anh/Hai.pdf\n"
      "03.VP|Tập nữa|2001|1|Thư mục|Anh\n");
  auto request = lists(base.path(), {"hs.csv"});
  request.partial = true;
  const auto result = import_arrangement(repository, request);
  CHECK(codes(result.findings, Level::note) ==
        "VTLT-P44:2 VTLT-P44:3 VTLT-IMPORT-PATH:4 VTLT-IMPORT-PATH:5");
  CHECK(result.findings[2].message.key == "arrange.path_many");
  CHECK(result.findings[3].message.key == "arrange.path_folder");
  CHECK((result.files == 1 && result.components == 2 && result.failed == 2));
  CHECK(contents_of(repository, file_named(repository, "2001.01.VP").file.id)[1].components.size() == 1);
  require_sound(base.path());
}

TEST_CASE("arranged files of a closed fonds are of the time before", "[P34][P45]") {
  const Scratch base;
  auto closed = make(system_files(), base.path(), backlog_scheme()).fonds;
  Repository repository(system_files(), options_at(base.path()), true);
  {
    Change change(repository);
    change.add(
        journal::type::fonds_closed,
        journal::encode_fields({{"fonds", closed.id.text()}, {"closed", "1999-06-30"}, {"basis", "1/NQ"}}));
    change.commit();
  }
  put(base / "in" / "to1.csv", kTeam1);
  auto request = lists(base.path(), {"to1.csv"});
  request.fonds = "DH";
  CHECK(import_arrangement(repository, request).written);
  put(base / "in" / "to9.csv", "Số tạm,Tiêu đề hồ sơ,Năm bắt đầu,Năm kết thúc\n1,Hồ sơ mới,1999,2003\n");
  request.lists = {base / "in" / "to9.csv"};
  const auto result = import_arrangement(repository, request);
  CHECK(codes(result.findings, Level::error) == "P34:2");
  CHECK_FALSE(result.written);
}

TEST_CASE("numbers run on in the order asked for, and never come again", "[P45][P46]") {
  const Scratch base;
  make(system_files(), base.path(), backlog_scheme());
  Repository repository(system_files(), options_at(base.path()), true);
  ArrangeNumberRequest request;
  request.order = records::parse_order("mat-hoat-dong,thoi-gian").order;
  CHECK(refusal([&] { number_files(repository, request); }) == "VTLT-P46 3");
  two_teams(repository, base.path());
  std::string order;
  order_files(repository, "", request.order, 0,
              [&](std::int64_t, const catalogue::FileRow& row) { order += row.file.provisional + " "; });
  CHECK(order == "T1-3 T1-2 T2-2 T2-1 T1-1 ");
  order.clear();
  order_files(repository, "", records::parse_order("thoi-gian,co-cau").order, 0,
              [&](std::int64_t, const catalogue::FileRow& row) { order += row.file.provisional + " "; });
  CHECK(order == "T2-2 T1-3 T1-2 T2-1 T1-1 ");
  request.dry_run = true;
  request.from = 342;
  auto result = number_files(repository, request);
  CHECK((result.first == "342" && result.last == "346" && result.after == 0));
  CHECK(numbers(repository) == "");
  request.dry_run = false;
  request.inventory = "1";
  request.boxes = true;
  result = number_files(repository, request);
  CHECK(numbers(repository) == "342=T1-3 343=T1-2 344=T2-2 345=T2-1 346=T1-1");
  // Box 01 holds T1-2 and T1-1, 02 T1-3, 03 the others: numbered as the files come.
  CHECK(result.boxes == 3);
  CHECK(repository.catalogue().box(*file_named(repository, "hs.342").file.box)->number == "01");
  CHECK(repository.catalogue().box(*file_named(repository, "hs.343").file.box)->number == "02");
  CHECK(file_named(repository, "hs.344").file.inventory == "1");
  require_sound(base.path());

  // A later arrangement goes on behind it, in an inventory of its own.
  put(base / "in" / "to4.csv", "Số tạm,Tiêu đề hồ sơ,Năm bắt đầu\n1,Hồ sơ thu thập bổ sung,1996\n");
  import_arrangement(repository, lists(base.path(), {"to4.csv"}));
  request = {};
  request.order = records::parse_order("thoi-gian,mat-hoat-dong").order;
  request.from = 346;
  CHECK(refusal([&] { number_files(repository, request); }) == "VTLT-P46 3");
  request.from = 0;
  result = number_files(repository, request);
  CHECK((result.first == "347" && result.last == "347" && result.after == 346 &&
         result.after_inventory == "1" && result.inventory == "2"));
  require_sound(base.path());
}

TEST_CASE("verify names numbers that are missing, borne twice, or given again", "[P46]") {
  const Scratch base;
  make(system_files(), base.path(), backlog_scheme());
  {
    Repository repository(system_files(), options_at(base.path()), true);
    two_teams(repository, base.path());
    const auto give = [&](const char* file, const char* number) {
      Change change(repository);
      change.add(journal::type::file_numbered,
                 journal::encode_fields({{"file", file_named(repository, file).file.id.text()},
                                         {"inventory", "1"},
                                         {"number", number}}));
      change.commit();
    };
    give("hs.T1-1", "1");
    give("hs.T1-2", "4");
    give("hs.T1-3", "4");  // twice
    give("hs.T2-1", "6");
    give("hs.T2-1", "7");  // was 6
    give("hs.T2-2", "6");  // again
  }
  const auto report = check(system_files(), options_at(base.path()), {}, no_progress());
  std::string found;
  for (const auto& one : report.findings)
    if (one.code == "P46") found += one.message.key + " ";
  CHECK(found.find("records.numbers.twice") != std::string::npos);
  CHECK(found.find("records.numbers.again") != std::string::npos);
  CHECK(found.find("records.numbers.gap") != std::string::npos);
  CHECK_FALSE(report.passed());
}

TEST_CASE("what is sorted out lies in bundles and volumes without gaps", "[P26]") {
  const Scratch base;
  make(system_files(), base.path(), backlog_scheme());
  Repository repository(system_files(), options_at(base.path()), true);
  two_teams(repository, base.path());
  const auto id = [&](const char* name) { return file_named(repository, name).file.id; };
  RejectRequest request;
  request.files = {id("hs.T1-2"), id("hs.T1-3"), id("hs.T2-1")};
  CHECK(refusal([&] { reject_files(repository, request); }) == "VTLT-USAGE-REASON 2");
  request.reason = "hết thời hạn lưu trữ";
  request.volumes = 2;
  auto result = reject_files(repository, request);
  REQUIRE(result.findings.size() == 1);  // T2-1 is permanent
  CHECK(result.findings[0].ref == "hs.T2-1");
  const auto place = [&](const char* name) {
    const auto row = file_named(repository, name);
    return row.file.bundle + "/" + row.file.volume;
  };
  CHECK(place("hs.T1-2") == "01/01");
  CHECK(place("hs.T1-3") == "01/02");
  CHECK(place("hs.T2-1") == "02/01");
  CHECK(refusal([&] { reject_files(repository, request); }) == "VTLT-P26 3");
  request.files = {id("hs.T2-2")};
  request.bundle = 4;
  CHECK(refusal([&] { reject_files(repository, request); }) == "VTLT-P26 3");
  request.bundle = 2;
  request.volume = 3;
  CHECK(refusal([&] { reject_files(repository, request); }) == "VTLT-P26 3");
  request.volume = 2;
  reject_files(repository, request);
  CHECK(place("hs.T2-2") == "02/02");
  require_sound(base.path());
  // Sorted-out files get no number; one that has a number is not sorted out.
  ArrangeNumberRequest number;
  number.order = records::parse_order("thoi-gian,co-cau").order;
  CHECK(number_files(repository, number).files == 1);
  RejectRequest numbered;
  numbered.files = {id("hs.T1-1")};
  numbered.reason = "trùng";
  CHECK(refusal([&] { reject_files(repository, numbered); }) == "VTLT-P26 3");
  // Taken back: those behind move up.
  RejectRequest back;
  back.files = {id("hs.T1-2"), id("hs.T1-3")};
  back.undo = true;
  result = reject_files(repository, back);
  CHECK(result.files.size() == 4);
  CHECK(place("hs.T1-2") == "/");
  CHECK(place("hs.T2-1") == "01/01");
  CHECK(place("hs.T2-2") == "01/02");
  require_sound(base.path());
}

TEST_CASE("boxes and blocks are put up, moved and filled", "[P17]") {
  const Scratch base;
  make(system_files(), base.path(), backlog_scheme());
  Repository repository(system_files(), options_at(base.path()), true);
  two_teams(repository, base.path());
  BoxRequest add;
  add.box.number = "01";
  CHECK(refusal([&] { add_box(repository, add); }) == "VTLT-P17 3");
  add.box.number = "K1";
  add.box.unarranged = true;
  add.box.shelf_metres = 1.5;
  add.box.place = "Kho 2";
  const auto block = add_box(repository, add);
  CHECK(repository.catalogue().box(block.id)->shelf_metres == Approx(1.5));
  BoxPutRequest put_files;
  put_files.files = {file_named(repository, "hs.T1-1").file.id, file_named(repository, "hs.T2-1").file.id};
  put_files.box = block.id;
  CHECK(refusal([&] { put_into_box(repository, put_files); }) == "VTLT-P17 3");
  put_files.box = *file_named(repository, "hs.T2-1").file.box;
  const auto result = put_into_box(repository, put_files);
  CHECK((result.put.size() == 1 && result.present.size() == 1));
  CHECK(file_named(repository, "hs.T1-1").file.box == put_files.box);
  BoxMoveRequest move{block.id, "Kho 1.Giá 2", "", false};
  CHECK(refusal([&] { move_box(repository, move); }) == "VTLT-USAGE-REASON 2");
  move.reason = "dồn kho";
  CHECK(move_box(repository, move).before.place == "Kho 2");
  CHECK(repository.catalogue().box(block.id)->place == "Kho 1.Giá 2");
  CHECK(refusal([&] { move_box(repository, move); }) == "VTLT-P17 3");
  require_sound(base.path());
}

TEST_CASE("lists taken in by mistake are withdrawn while nobody has worked on them", "[P08][D9]") {
  const Scratch base;
  make(system_files(), base.path(), backlog_scheme());
  Repository repository(system_files(), options_at(base.path()), true);
  put(base / "in" / "x.pdf", pdf("x"));
  const auto outgoing_line = register_document(repository, outgoing("QĐ-UBND", "có trong sổ"));
  const auto before = summary(repository);
  put(base / "in" / "hs.csv",
      "Số và ký hiệu hồ sơ|Tiêu đề hồ sơ|Năm hình thành|Số của văn bản|Ký hiệu của văn bản|Ngày văn "
      "bản|Tháng văn bản|Năm văn bản|"
      "Trích yếu nội dung|Đường dẫn file\n"
      "01.VP|Hồ sơ một|2026|" +
          std::to_string(outgoing_line.entry.number) +
          "|QĐ-UBND|3|2|2026|có trong sổ|\n"
          "01.VP|Hồ sơ một|2026||||2|2026|Tờ trình|x.pdf\n");
  const auto result = import_arrangement(repository, lists(base.path(), {"hs.csv"}));
  INFO(codes(result.findings));
  REQUIRE(result.written);
  CHECK(result.linked == 1);
  CHECK(result.documents == 2);
  WithdrawRequest undo;
  undo.batch = result.batch;
  CHECK(refusal([&] { withdraw_batch(repository, undo); }) == "VTLT-USE-08 2");  // contents: a reason
  undo.reason = "nhập nhầm phông";
  const auto file = file_named(repository, "2026.01.VP").file.id;
  ArrangeImportRequest again = lists(base.path(), {"hs.csv"});
  CHECK(withdraw_batch(repository, undo).entries == 1);
  CHECK_FALSE(repository.catalogue().file(file));
  CHECK(summary(repository) == before);
  require_sound(base.path());
  // They may come again; and once somebody has worked on them they stay.
  const auto second = import_arrangement(repository, again);
  CHECK(second.written);
  BoxRequest box;
  box.box.number = "01";
  put_into_box(repository,
               {{file_named(repository, "2026.01.VP").file.id}, add_box(repository, box).id, false});
  undo.batch = second.batch;
  CHECK(refusal([&] { withdraw_batch(repository, undo); }) == "VTLT-P08 3");
}

TEST_CASE("near-equal titles are paired", "[P45]") {
  const Scratch base;
  make(system_files(), base.path(), backlog_scheme());
  Repository repository(system_files(), options_at(base.path()), true);
  two_teams(repository, base.path());
  const auto found = similar_files(repository, std::nullopt);
  REQUIRE(found.pairs.size() == 1);
  const auto name = [&](std::size_t i) {
    return repository.catalogue().file(found.files[i])->file.provisional;
  };
  CHECK(name(found.pairs[0].a) == "T1-1");
  CHECK(name(found.pairs[0].b) == "T2-1");
}

// The provincial sheet of 46 columns of the sample commune, after its registers.
TEST_CASE("the files of the sample commune equal what is expected of them", "[D2][D3][D8][D9][P16]") {
  const Path samples = Path(VTLT_SOURCE_DIR) / ".." / "shared" / "samples" / "xa-phong-hai";
  if (!std::filesystem::exists(samples / "ho-so.xlsx")) {
    WARN("SKIPPED: no shared/ (ho-so.xlsx)");
    return;
  }
  const auto expected = nlohmann::json::parse(get(samples / "expected.json"));
  const Scratch base;
  make(system_files(), base.path(),
       scheme::fill_template("xa", {{"code", "P01"},
                                    {"name", "Ủy ban nhân dân xã Phong Hải"},
                                    {"organ", "H57.31.07"},
                                    {"archive", "001"},
                                    {"mode", "external"},
                                    {"system", "x"},
                                    {"submission", "true"}}));
  Repository repository(system_files(), options_at(base.path()), true);
  std::int64_t entries = 0;
  for (const auto& [list, book] :
       {std::pair("van-ban-den.csv", records::Book::in), std::pair("van-ban-di.csv", records::Book::out)}) {
    ImportRequest request;
    request.list = samples / list;
    request.book = request.options.book = book;
    entries += import_list(repository, request).fresh;
  }
  CHECK(entries == 144);
  ArrangeImportRequest request;
  request.lists = {samples / "ho-so.xlsx"};
  request.state = records::FileState::closed;
  const auto result = import_arrangement(repository, request);
  for (const auto& finding : result.findings)
    if (finding.level == Level::error)
      FAIL_CHECK(finding.code << " " << finding.line << " " << finding.message.key);
  REQUIRE(result.written);
  CHECK(result.files == expected["counts"]["ho_so"]);
  CHECK(result.rows == expected["counts"]["ho_so_rows"]);
  CHECK(result.documents == expected["counts"]["documents_in_files"]);
  CHECK(result.linked > 0);

  std::set<records::Id> in_files;
  for (const auto& one : expected["ho_so"]) {
    const std::string code = one["file_code"];
    INFO(code);
    const auto row = resolve_file(repository, code, {"", 0, false, 2026});
    const auto fonds = repository.fonds();
    CHECK(records::file_code(fonds.fonds, row.file) == code);
    CHECK(row.file.title == one["title"].get<std::string>());
    CHECK(row.file.state == records::FileState::closed);
    CHECK(records::term_text(row.file.term) == one["term_text"].get<std::string>());
    CHECK(text::to_iso(row.file.start) == one["start"].get<std::string>());
    CHECK(text::to_iso(row.file.end) == one["end"].get<std::string>());
    CHECK(row.file.ended == one["end_year"].get<int>());
    const auto due = records::due_date(row.file.term, row.file.ended);
    CHECK((due ? text::to_iso(*due) : "") == (one["due"].is_null() ? "" : one["due"].get<std::string>()));
    CHECK(row.file.box.has_value());
    const auto contents = contents_of(repository, row.file.id);
    const auto counted = records::count(contents);
    CHECK(counted.documents == one["document_count"].get<int>());
    CHECK(counted.pages == one["page_count"].get<int>());
    CHECK(row.file.documents_told == one["document_count"].get<int>());
    CHECK(text::to_iso(counted.first) == one["start"].get<std::string>());
    CHECK(text::to_iso(counted.last) == one["end"].get<std::string>());
    CHECK(records::check_totals(row.file, counted).empty());
    REQUIRE(contents.size() == one["documents"].size());
    for (std::size_t i = 0; i < contents.size(); ++i) {
      in_files.insert(contents[i].document.id);
      CHECK(contents[i].ordinal == one["documents"][i]["ordinal"].get<int>());
      REQUIRE_FALSE(contents[i].components.empty());
      CHECK(contents[i].components.front().sha256 == one["documents"][i]["sha256"].get<std::string>());
    }
  }
  // One report belongs to two files.
  CHECK(static_cast<int>(in_files.size()) == expected["counts"]["documents_in_files"]);
  const auto paper = resolve_file(repository, "2019.01.QS", {"", 0, false, 2026});
  CHECK(paper.file.sheets == 10);
  CHECK(paper.file.paper_code == "001.K1-G04-H04.11");
  CHECK(repository.catalogue().box(*paper.file.box)->number == "04");

  // What else lies in the folder: the draft without a number and two more; the three duplicates are held
  // already.
  ImportRequest folder;
  folder.list = samples / "documents";
  folder.book = records::Book::internal;
  const auto rest = import_list(repository, folder);
  CHECK(rest.rows == expected["counts"]["files"]);
  CHECK(rest.fresh == 3);
  CHECK(import_arrangement(repository, request).written == false);
  require_sound(base.path());
}
