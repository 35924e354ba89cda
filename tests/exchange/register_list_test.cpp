#include "exchange/list_internal.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "samples.h"
#include "text/messages.h"
#include "text/text.h"

using namespace vtlt;
using namespace vtlt::exchange;
using records::Book;

namespace {

struct List {
  ListInfo info;
  std::vector<ListRow> rows;
};

List read_list(const std::string& bytes, Book book = Book::in, int default_year = 0) {
  List list;
  ListOptions options;
  options.book = book;
  options.default_year = default_year;
  list.info = read_register_list(
      bytes, "list", options, [](const ListInfo&) {},
      [&](ListRow&& row) { list.rows.push_back(std::move(row)); });
  return list;
}

std::vector<std::string> errors(const ListRow& row) {
  std::vector<std::string> keys;
  for (const Finding& finding : row.findings)
    if (finding.level == Level::error) keys.push_back(finding.message.key);
  return keys;
}

bool says(const ListRow& row, const std::string& key, Level level) {
  return std::any_of(row.findings.begin(), row.findings.end(), [&](const Finding& finding) {
    return finding.message.key == key && finding.level == level;
  });
}

std::string everything_said(const ListRow& row) {
  std::string all;
  for (const Finding& finding : row.findings) {
    all += text::render(finding.message, text::Language::vi) + "\n" +
           text::render(finding.message, text::Language::en);
    for (const auto& [name, value] : finding.message.args)
      if (const auto* words = std::get_if<std::string>(&value)) all += *words;
  }
  return all;
}

const std::string kIn =
    "Ngày đến,Số đến,Tác giả,\"Số, ký hiệu văn bản\",Ngày tháng văn bản,Tên loại và trích yếu nội dung văn "
    "bản,Đơn vị hoặc "
    "người nhận,Ngày chuyển,Ký nhận,Ghi chú\n";
const std::string kOut =
    "\"Số, ký hiệu văn bản\",Ngày tháng văn bản,Tên loại và trích yếu nội dung văn bản,Người ký,Nơi nhận văn "
    "bản,\"Đơn vị, người "
    "nhận bản lưu\",Số lượng bản,Ngày chuyển,Ký nhận,Ghi chú\n";

std::optional<nlohmann::json> expected() {
  const auto text = samples::shared("expected.json");
  if (!text) return std::nullopt;
  return nlohmann::json::parse(*text);
}

std::string text_of(const nlohmann::json& value) {
  return value.is_null() ? std::string() : value.get<std::string>();
}

}  // namespace

TEST_CASE("the sample registers read as the sample's truth says", "[P41][P42]") {
  const auto truth = expected();
  if (!truth) return;
  for (const bool incoming : {true, false}) {
    const std::string name = incoming ? "van-ban-den.csv" : "van-ban-di.csv";
    const auto list = read_list(*samples::shared(name), incoming ? Book::in : Book::out);
    const auto& rows = (*truth)["registers"][name]["rows"];
    CHECK(list.info.unused.empty());
    REQUIRE(list.rows.size() == rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const auto& want = rows[i];
      const ListRow& row = list.rows[i];
      const auto& entry = row.entry;
      INFO(name << " row " << row.row << " " << everything_said(row));
      CHECK(row.findings.empty());
      CHECK(entry.original.empty());
      CHECK(row.row == static_cast<long>(i) + 2);
      CHECK(entry.own.number == want["so"].get<int>());
      CHECK(entry.own.notation == want["ky_hieu"].get<std::string>());
      CHECK(text::to_iso(entry.date) == want["ngay"].get<std::string>());
      CHECK(entry.type == want["loai"].get<std::string>());
      CHECK(entry.subject == want["trich_yeu"].get<std::string>());
      CHECK((row.paths.empty() ? std::string() : row.paths.front()) == text_of(want["path"]));
      CHECK(entry.year == 2024);
      CHECK(row.document.own.number == entry.own.number);
      CHECK(row.document.subject == entry.subject);
      CHECK_FALSE(row.file);
      if (incoming) {
        CHECK(entry.number == want["so_den"].get<int>());
        CHECK(text::to_iso(entry.arrival) == want["ngay_den"].get<std::string>());
        CHECK(entry.issuer == want["tac_gia"].get<std::string>());
        CHECK(entry.unit == want["nguoi_nhan"].get<std::string>());
      } else {
        CHECK(entry.number == entry.own.number);
        CHECK(entry.signer == want["nguoi_ky"].get<std::string>());
        CHECK_FALSE(entry.recipients.empty());
        CHECK_FALSE(entry.copies.empty());
      }
    }
  }
}

TEST_CASE("the registers in VNI and TCVN3 give the same entries", "[P41]") {
  const auto plain = samples::shared("van-ban-den.csv"), vni = samples::shared("van-ban-den.vni.csv");
  const auto out = samples::shared("van-ban-di.csv"), abc = samples::shared("van-ban-di.tcvn3.csv");
  if (!plain || !vni || !out || !abc) return;
  const auto a = read_list(*plain), b = read_list(*vni);
  REQUIRE(a.rows.size() == b.rows.size());
  for (std::size_t i = 0; i < a.rows.size(); ++i) {
    CHECK(a.rows[i].entry.subject == b.rows[i].entry.subject);
    CHECK(a.rows[i].paths == b.rows[i].paths);
  }
  const auto c = read_list(*out, Book::out), d = read_list(*abc, Book::out);
  REQUIRE(c.rows.size() == d.rows.size());
  for (std::size_t i = 0; i < c.rows.size(); ++i) {
    CHECK(text::fold_case(c.rows[i].entry.subject) == text::fold_case(d.rows[i].entry.subject));
    CHECK(c.rows[i].entry.own.notation == d.rows[i].entry.own.notation);
    CHECK(errors(d.rows[i]).empty());
  }
}

TEST_CASE("the provincial sheet: file part, document part, duplicated headings", "[P42]") {
  const auto truth = expected();
  const auto bytes = samples::shared("ho-so.xlsx");
  if (!truth || !bytes) return;
  const auto list = read_list(*bytes);
  REQUIRE(list.info.columns.size() == 46);
  CHECK(list.info.columns[8].second == Column::file_language);
  CHECK(list.info.columns[16].second == Column::file_note);
  CHECK(list.info.columns[23].second == Column::file_remark);
  CHECK(list.info.columns[28].second == Column::day);
  CHECK(list.info.columns[33].second == Column::language);
  CHECK(list.info.columns[35].second == Column::note);
  CHECK(list.info.columns[38].second == Column::access);
  CHECK(list.info.columns[41].second == Column::condition);
  CHECK(list.info.unused == std::vector<std::string>{"STT"});

  std::map<std::string, nlohmann::json> documents, files;
  for (const auto& document : (*truth)["documents"])
    documents[document["id"].get<std::string>()] = document;
  for (const auto& file : (*truth)["ho_so"])
    files[file["file_code"].get<std::string>()] = file;
  const auto& rows = (*truth)["ho_so_sheet"]["rows"];
  REQUIRE(list.rows.size() == rows.size());
  records::Fonds fonds;
  fonds.organ = "H57.31.07";
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const ListRow& row = list.rows[i];
    INFO("row " << row.row << " " << everything_said(row));
    CHECK(row.findings.empty());
    CHECK(row.row == rows[i]["row"].get<long>());
    CHECK(row.ordinal == rows[i]["ordinal"].get<int>());
    REQUIRE(row.paths.size() == 1);
    CHECK(row.paths[0] == rows[i]["path"].get<std::string>());
    REQUIRE(row.file);
    const std::string code = rows[i]["file_code"].get<std::string>();
    CHECK(records::file_code(fonds, *row.file) == code);
    const auto& file = files[code];
    CHECK(row.file->title == file["title"].get<std::string>());
    CHECK(records::term_text(row.file->term) == file["term_text"].get<std::string>());
    CHECK(text::to_iso(row.file->start) == file["start"].get<std::string>());
    CHECK(text::to_iso(row.file->end) == file["end"].get<std::string>());
    CHECK(row.file->access == (file["access"].get<std::string>() == "Công khai" ? "open" : "conditional"));
    CHECK_FALSE(row.box.empty());
    CHECK(row.fonds == "Ủy ban nhân dân xã Phong Hải");
    const auto& document = documents[rows[i]["document"].get<std::string>()];
    CHECK(row.document.own.number == (document["so"].is_null() ? 0 : document["so"].get<int>()));
    CHECK(row.document.own.notation == text_of(document["ky_hieu"]));
    CHECK(text::to_iso(row.document.date) == text_of(document["date"]));
    CHECK(row.document.issuer == text_of(document["author"]));
    // Photographs have no type in the sheet, "Loại tài liệu" says what they are.
    if (row.document.media == "photo")
      CHECK(document["type_name"].get<std::string>() == "Ảnh");
    else
      CHECK(row.document.type == document["type_name"].get<std::string>());
    CHECK(row.document.confidence.empty() == false);
    CHECK(text::fold_case(row.document.subject) == text::fold_case(text_of(document["subject"])));
  }
}

TEST_CASE("bad cells are named by row and heading", "[P47]") {
  struct Case {
    const char* row;
    const char* key;
    Level level;
    const char* heading;
  };
  const Case cases[] = {
      {"05/01/2024,1,A,1/KH-UBND,31/02/2026,Kế hoạch x,,,,", "list.date-bad", Level::error,
       "Ngày tháng văn bản"},
      {"05/01/24,1,A,1/KH-UBND,03/01/2024,Kế hoạch x,,,,", "list.date-two-digit-year", Level::error,
       "Ngày đến"},
      {"05/01/2024,,A,1/KH-UBND,03/01/2024,Kế hoạch x,,,,", "list.arrival-number-missing", Level::error,
       "Số đến"},
      {"05/01/2024,mười,A,1/KH-UBND,03/01/2024,Kế hoạch x,,,,", "list.arrival-number-bad", Level::error,
       "Số đến"},
      {"05/01/2024,1,A,số mười KH,03/01/2024,Kế hoạch x,,,,", "list.number-unreadable", Level::warning,
       "Số, ký hiệu văn bản"},
      {"05/01/2024,1,A,1/KH-UBND,06/01/2024,Kế hoạch x,,,,", "list.date-after-arrival", Level::warning,
       "Ngày tháng văn bản"},
      {"05/01/2024,1,A,1/KH-UBND,45294,Kế hoạch x,,,,", "list.date-serial", Level::warning,
       "Ngày tháng văn bản"},
      {"05/01/2024,1,A,1/KH-UBND,03/01/2024,,,,,", "list.subject-missing", Level::warning,
       "Tên loại và trích yếu nội dung văn bản"},
      {"05/01/2024,1,A,1/KH-UBND,03/01/2024,Kế hoạch x,,mai,,", "list.date-bad", Level::warning,
       "Ngày chuyển"},
      {"05/01/2024,1,A,1/KH-UBND,03/01/2024,Kế hoạch x\xEF\xBF\xBD,,,,", "list.undecodable", Level::error,
       "Tên loại và trích yếu nội dung văn bản"},
  };
  for (const Case& c : cases) {
    INFO(c.row);
    const auto list = read_list(kIn + c.row + "\n");
    REQUIRE(list.rows.size() == 1);
    const ListRow& row = list.rows[0];
    CHECK(says(row, c.key, c.level));
    CHECK(errors(row).size() == (c.level == Level::error ? 1u : 0u));
    CHECK(row.cells.size() == (c.level == Level::error ? 10u : 0u));
    for (const Finding& finding : row.findings) {
      CHECK(finding.path == c.heading);
      CHECK(finding.line == 2);
      CHECK(text::has_message(finding.message.key));
      CHECK((finding.hint.empty() || text::has_message(finding.hint.key)));
    }
  }
}

TEST_CASE("outgoing rows need a number of the decree's form", "[P02][P07]") {
  const auto list = read_list(kOut +
                                  ",05/01/2024,Kế hoạch x,A,B,VT,1,,,\n"
                                  "kế hoạch tháng,05/01/2024,Kế hoạch x,A,B,VT,1,,,\n"
                                  "12a / QÐ-UBND,5/1/2024,Quyết định về việc x,A,B,VT,10,,,\n"
                                  "06/2025/TT-BNV,01/2025,Thông tư x,A,B,VT,1,,,\n",
                              Book::out);
  REQUIRE(list.rows.size() == 4);
  CHECK(errors(list.rows[0]) == std::vector<std::string>{"list.number-missing"});
  CHECK(errors(list.rows[1]) == std::vector<std::string>{"list.number-unreadable"});
  const auto& entry = list.rows[2].entry;
  CHECK(errors(list.rows[2]).empty());
  CHECK(entry.number == 12);
  CHECK(entry.suffix == "a");
  CHECK(entry.own.notation == "QĐ-UBND");
  CHECK(entry.original.at("Số, ký hiệu văn bản") == "12a / QÐ-UBND");
  CHECK(entry.original.at("Ngày tháng văn bản") == "5/1/2024");
  CHECK(entry.copies == "10");
  CHECK(list.rows[3].entry.own.year == 2025);
  CHECK(text::to_dmy(list.rows[3].entry.date) == "01/2025");
}

TEST_CASE("a sender's own form of number is kept, not refused", "[P07]") {
  const auto list = read_list(kIn +
                              "05/01/2024,1,Huyện ủy,15-CV/HU,03/01/2024,Công văn về việc "
                              "x,,,,\n05/01/2024,2a,Dân,Không số,,Đơn x,,,,\n");
  CHECK(errors(list.rows[0]).empty());
  CHECK(list.rows[0].entry.own.written == "15-CV/HU");
  CHECK(list.rows[0].entry.type == "Công văn");
  CHECK(errors(list.rows[1]).empty());
  CHECK(list.rows[1].entry.number == 2);
  CHECK(list.rows[1].entry.suffix == "a");
  CHECK(list.rows[1].entry.own.empty());
}

TEST_CASE("secret rows are refused and their words are not passed on", "[P12]") {
  const std::string heading =
      "Ngày đến,Số đến,Số ký hiệu,Trích yếu,Độ mật,Ghi chú,Chế độ sử dụng,Đường dẫn\n";
  struct Case {
    const char* row;
    const char* key;
  };
  const Case secret[] = {
      {"05/01/2024,1,1/KH-UBND,phòng thủ khu vực,Mật,,,phong-thu.pdf", "list.secret"},
      {"05/01/2024,1,1/KH-UBND,phòng thủ khu vực,TỐI MẬT,,,phong-thu.pdf", "list.secret"},
      {"05/01/2024,1,1/KH-UBND,phòng thủ khu vực,tuyet mat,,,phong-thu.pdf", "list.secret"},
      {"05/01/2024,1,1/KH-UBND,phòng thủ khu vực,,Văn bản mật,,phong-thu.pdf", "list.secret"},
      {"05/01/2024,1,1/KH-UBND,phòng thủ khu vực,,,Mật,phong-thu.pdf", "list.secret"},
      {"05/01/2024,1,1/KH-UBND,(Mật) phòng thủ khu vực,,,,phong-thu.pdf", "list.secret"},
      {"05/01/2024,1,1/KH-UBND,phòng thủ khu vực,A,,,phong-thu.pdf", "list.secrecy-unclear"},
      {"31/02/2024,1,1/KH-UBND,phòng thủ khu vực,Mật,,,../phong-thu.pdf", "list.secret"}};
  for (const Case& c : secret) {
    INFO(c.row);
    const auto list = read_list(heading + c.row + "\n");
    REQUIRE(list.rows.size() == 1);
    const ListRow& row = list.rows[0];
    CHECK(errors(row) == std::vector<std::string>{c.key});
    CHECK(row.findings.size() == 1);
    CHECK(row.findings[0].code == "P12");
    CHECK(everything_said(row).find("phòng thủ") == std::string::npos);
    CHECK(everything_said(row).find("phong-thu") == std::string::npos);
    CHECK(row.entry.subject.empty());
    CHECK(row.document.subject.empty());
    CHECK(row.paths.empty());
    CHECK(row.entry.original.empty());
    CHECK(row.cells.empty());
  }
  for (const char* plain : {"05/01/2024,1,1/KH-UBND,mô hình nuôi ong lấy mật,Thường,,Công khai,a.pdf",
                            "05/01/2024,1,1/KH-UBND,bảo vệ bí mật nhà nước,,,,a.pdf"})
    CHECK(errors(read_list(heading + plain + "\n").rows[0]).empty());
}

TEST_CASE("default year completes dates without one", "[P47]") {
  const std::string row = "5/1,1,A,1/KH-UBND,3/1,Kế hoạch x,,,,\n";
  CHECK(errors(read_list(kIn + row).rows[0]).size() == 2);
  const auto entry = read_list(kIn + row, Book::in, 2024).rows[0].entry;
  CHECK(text::to_iso(entry.arrival) == "2024-01-05");
  CHECK(entry.year == 2024);
  CHECK(entry.original.at("Ngày đến") == "5/1");
}

TEST_CASE("paths: backslashes, several, none outside the folder", "[P41]") {
  const auto paths = [](const std::string& cell) {
    return read_list("\"Số, ký hiệu\",Trích yếu,Đường dẫn file\n1/KH-UBND,x,\"" + cell + "\"\n", Book::out)
        .rows[0];
  };
  CHECK(paths(".\\a\\Quyết định  01.pdf").paths == std::vector<std::string>{"a/Quyết định  01.pdf"});
  CHECK(paths("a.pdf; b.pdf\na.pdf").paths == std::vector<std::string>{"a.pdf", "b.pdf"});
  CHECK(errors(paths("..\\a.pdf")) == std::vector<std::string>{"list.path-outside"});
  CHECK(errors(paths("D:\\scan\\a.pdf")) == std::vector<std::string>{"list.path-outside"});
  CHECK(errors(paths("/etc/passwd")) == std::vector<std::string>{"list.path-outside"});
  CHECK(paths("a..b/c.pdf").paths.size() == 1);
}

TEST_CASE("the Party sheet of 40 columns", "[P42]") {
  const auto list = read_list(samples::data("so-hoa-dang.csv"), Book::out);
  const auto column = [&](std::size_t i) { return list.info.columns.at(i).second; };
  CHECK(list.info.columns.size() == 40);
  CHECK(column(3) == Column::file_period);
  CHECK(column(11) == Column::file_total);
  CHECK(column(13) == Column::file_pages);
  CHECK(column(24) == Column::pages);
  CHECK(column(38) == Column::path);
  CHECK(column(39) == Column::unused);
  REQUIRE(list.rows.size() == 2);
  const ListRow& row = list.rows[0];
  INFO(everything_said(row));
  CHECK(errors(row).empty());
  REQUIRE(row.file);
  CHECK(row.file->number == "12");
  CHECK(row.file->inventory == "01");
  CHECK(row.file->term.kind == records::TermKind::permanent);
  CHECK(row.file->period == "2015-2020");
  CHECK(row.file->note == "");
  CHECK(text::to_dmy(row.file->start) == "2015");
  CHECK(text::to_dmy(row.file->end) == "12/2016");
  CHECK(row.file->sheets == 40);
  CHECK(row.document.own.number == 5);
  CHECK(row.document.own.notation == "NQ-ĐU");
  CHECK(row.document.type == "Nghị quyết");
  CHECK(row.document.value == "Bản chính");
  CHECK(row.document.pages == 3);
  CHECK(row.document.note == "ghi chú văn bản");
  CHECK(row.ordinal == 1);
  CHECK(row.paths == std::vector<std::string>{"12/001.pdf"});
  CHECK(errors(list.rows[1]) == std::vector<std::string>{"list.secret"});
}

TEST_CASE("other layouts find their columns", "[P42]") {
  struct Case {
    const char* heading;
    std::vector<Column> columns;
  };
  const Case cases[] = {
      // TT16
      {"STT|Số, ký hiệu|Ngày tháng|Tác giả|Trích yếu|Tờ số|Ghi chú",
       {Column::unused, Column::number_and_notation, Column::date, Column::issuer, Column::subject,
        Column::sheets, Column::note}},
      // provincial export
      {"STT|Mã hồ sơ|Tên hồ sơ|Năm|Phông|Mục lục|Kho|Vị trí/Kệ|Hộp số|Tệp số|Số trang|Thời hạn bảo quản|Ghi "
       "chú",
       {Column::unused, Column::file_code, Column::file_title, Column::file_year, Column::fonds,
        Column::inventory, Column::unused, Column::box_place, Column::box, Column::unused, Column::file_pages,
        Column::file_term, Column::file_remark}},
      // NĐ30 PL V.II
      {"SỐ VÀ KÝ HIỆU HỒ SƠ|Ten de muc va tieu de ho so|Thời hạn lưu trữ|Người lập hồ sơ|Ghi chú",
       {Column::file_notation, Column::file_title, Column::file_term, Column::file_officer,
        Column::file_remark}},
      // NĐ30 PL VI
      {"CodeNumber|CodeNotation|IssuedDate|OrganName|Subject|PageAmount|ArrivalDate|ArrivalNumber",
       {Column::number, Column::notation, Column::date, Column::issuer, Column::subject, Column::pages,
        Column::arrival_date, Column::arrival_number}},
      // NĐ30 PL V.IV
      {"STT|Số, ký hiệu văn bản|Ngày tháng năm văn bản|Tên loại và trích yếu nội dung văn bản|Tác giả văn "
       "bản|Tờ số/Trang số|Ghi chú",
       {Column::unused, Column::number_and_notation, Column::date, Column::type_and_subject, Column::issuer,
        Column::sheets, Column::note}},
  };
  for (const Case& c : cases) {
    const auto list = read_list(std::string(c.heading) + "\n");
    std::vector<Column> found;
    for (const auto& [heading, column] : list.info.columns)
      found.push_back(column);
    INFO(c.heading);
    CHECK(found == c.columns);
  }
}

TEST_CASE("file codes of the provincial export carry year and notation", "[P42]") {
  const auto list = read_list(
      "Mã hồ sơ|Tên hồ sơ|Năm|Thời hạn bảo quản|Ghi chú\nH57.31.07.2024.01.VP|Tập báo cáo||20 năm|gáy "
      "rách\n");
  REQUIRE(list.rows.size() == 1);
  REQUIRE(list.rows[0].file);
  const auto& file = *list.rows[0].file;
  CHECK(file.year == 2024);
  CHECK(file.notation == "01.VP");
  CHECK(file.term.years == 20);
  CHECK(file.note == "gáy rách");
}

TEST_CASE("spreadsheet wrappings and stray marks are taken off", "[P41]") {
  const auto list = read_list(
      "Số văn bản,Ký hiệu văn bản,Trích yếu,Ngày ký,Nơi nhận\n\"=\"\"05\"\"\",/ KH-UBND ,\"  hai  dòng\nmột "
      "ô \",05/01/2024 00:00:00,'-\n",
      Book::out);
  REQUIRE(list.rows.size() == 1);
  const auto& entry = list.rows[0].entry;
  INFO(everything_said(list.rows[0]));
  CHECK(entry.own.text() == "05/KH-UBND");
  CHECK(entry.subject == "hai dòng một ô");
  CHECK(text::to_iso(entry.date) == "2024-01-05");
  CHECK(entry.recipients == "-");
  CHECK(entry.type == "Kế hoạch");
  CHECK(entry.original.at("Ký hiệu văn bản") == "/ KH-UBND");
}

TEST_CASE("every column that is read has a heading, and each heading one meaning", "[P42]") {
  std::map<std::string, Column> seen;
  for (int i = 1; i < kColumnCount; ++i) {
    const auto column = static_cast<Column>(i);
    INFO(i);
    REQUIRE_FALSE(synonyms(column).empty());
    for (const std::string& name : synonyms(column)) {
      INFO(name);
      const std::string key = text::fold(name);
      const auto [at, fresh] = seen.emplace(key, column);
      CHECK((fresh || at->second == column));
    }
  }
}

TEST_CASE("every heading that is known leads to its column", "[P42]") {
  for (int i = 1; i < kColumnCount; ++i) {
    // Whether "Ngày của văn bản" is a day or a date shows by the columns beside it.
    const auto column = static_cast<Column>(i) == Column::day ? Column::date : static_cast<Column>(i);
    for (const std::string& name : synonyms(static_cast<Column>(i))) {
      INFO(name);
      CHECK(meaning_of(name) == column);
      CHECK(meaning_of(text::fold(name)) == column);              // no tones
      CHECK(meaning_of("3. " + name + " (*)") == column);         // numbered, marked
      CHECK(meaning_of(name + "\n(dd/mm/yyyy)") == column);       // how to fill it in
    }
  }
}

TEST_CASE("the everyday headings of offices", "[P42]") {
  struct Case {
    Book book;
    const char* heading;
    std::vector<Column> columns;
  };
  using C = Column;
  const Case cases[] = {
      {Book::in, "TT|SỐ ĐẾN|NGÀY ĐẾN|CQBH|SỐ, KÝ HIỆU VB|NGÀY VB|NỘI DUNG|ĐV NHẬN|HẠN XL|ĐỘ KHẨN|FILE ĐÍNH KÈM",
       {C::unused, C::arrival_number, C::arrival_date, C::issuer, C::number_and_notation, C::date, C::subject, C::unit,
        C::due, C::urgency, C::path}},
      {Book::in, "Số|Ngày|Nơi gửi|Số KH|Ngày ban hành|Về việc|Nơi nhận",
       {C::arrival_number, C::arrival_date, C::issuer, C::number_and_notation, C::date, C::subject, C::unit}},
      {Book::out, "Số KH|Ngày ban hành|Tên văn bản|Ng. ký|Nơi gửi|SL bản|Lưu ý",
       {C::number_and_notation, C::date, C::type_and_subject, C::signer, C::recipients, C::copies, C::note}},
      {Book::out, "Số văn bản|Ký hiệu văn bản|Tiêu đề|Ngày đi|Đơn vị nhận",
       {C::number, C::notation, C::subject, C::date, C::recipients}},
      {Book::in, "Arrival No.|Date received|Sender|Document number|Document date|Subject|Unit|Deadline",
       {C::arrival_number, C::arrival_date, C::issuer, C::number_and_notation, C::date, C::subject, C::unit, C::due}},
      {Book::in, "Organld|Signerlnfo|ToPlaces|DueDate|Priority|TypeName|Description",
       {C::issuer_code, C::signer, C::unit, C::due, C::urgency, C::type, C::note}},
      {Book::internal, "FileCode|DocOrdinal|TypeName|CodeNumber|CodeNotation|IssuedDate|OrganName|Subject|Mode|"
                       "ConfidenceLevel|Autograph",
       {C::file_code, C::ordinal, C::type, C::number, C::notation, C::date, C::issuer, C::subject, C::access,
        C::confidence, C::autograph}},
      // The file's part behind the documents'.
      {Book::internal, "Số, ký hiệu|Ngày văn bản|Trích yếu|Ngôn ngữ|Ghi chú|Hồ sơ số|Tiêu đề hồ sơ|Ngôn ngữ|Ghi chú",
       {C::number_and_notation, C::date, C::subject, C::language, C::note, C::file_number, C::file_title,
        C::file_language, C::file_remark}}};
  for (const Case& c : cases) {
    const auto list = read_list(std::string(c.heading) + "\n", c.book);
    std::vector<Column> found;
    for (const auto& [heading, column] : list.info.columns)
      found.push_back(column);
    INFO(c.heading);
    CHECK(found == c.columns);
  }
}

TEST_CASE("the order of columns does not matter", "[P41][P42]") {
  for (const bool incoming : {true, false}) {
    const auto bytes = samples::shared(incoming ? "van-ban-den.csv" : "van-ban-di.csv");
    if (!bytes) return;
    const Book book = incoming ? Book::in : Book::out;
    std::vector<std::vector<std::string>> table;
    TableInfo info = read_table(
        *bytes, "list", {}, [](std::string_view heading) { return !heading.empty(); }, 2,
        [&](const TableInfo& begun) { table.push_back(begun.headings); },
        [&](const TableRow& row) { table.push_back(row.cells); });
    const auto shown = [&](const std::vector<std::size_t>& order) {
      std::string csv;
      for (const auto& row : table) {
        std::vector<std::string> cells;
        for (const std::size_t column : order)
          cells.push_back(row[column]);
        csv += csv_line(cells);
      }
      std::string all;
      for (const ListRow& row : read_list(csv, book).rows) {
        const auto& entry = row.entry;
        all += std::to_string(entry.number) + "|" + entry.own.text() + "|" + text::to_iso(entry.date) + "|" +
               text::to_iso(entry.arrival) + "|" + entry.type + "|" + entry.subject + "|" + entry.issuer + "|" +
               entry.signer + "|" + entry.recipients + "|" + entry.unit + "|" + entry.copies + "|" + entry.note + "|" +
               (row.paths.empty() ? std::string() : row.paths[0]) + "|" + std::to_string(row.findings.size()) + "\n";
      }
      return all;
    };
    std::vector<std::size_t> order(table[0].size());
    for (std::size_t i = 0; i < order.size(); ++i)
      order[i] = i;
    const std::string plain = shown(order);
    std::uint32_t seed = 1;
    for (int times = 0; times < 20; ++times) {
      for (std::size_t i = order.size(); i > 1; --i) {
        seed = seed * 1664525u + 1013904223u;
        std::swap(order[i - 1], order[(seed >> 16) % i]);
      }
      CHECK(shown(order) == plain);
    }
  }
}

TEST_CASE("headings in the words of both laws mean the same", "[P49]") {
  for (const auto& [before, after] : std::vector<std::pair<const char*, const char*>>{
           {"Thời hạn bảo quản", "Thời hạn lưu trữ"},
           {"Chế độ sử dụng", "Mức độ tiếp cận"},
           {"Thời hạn bảo quản hồ sơ", "Thời hạn lưu trữ hồ sơ"},
           {"Số của văn bản", "Số của tài liệu"}}) {
    CAPTURE(before, after);
    CHECK(meaning_of(before) == meaning_of(after));
    CHECK(meaning_of(before) != Column::unused);
  }
}

TEST_CASE("a list tells by its headings which book it is of", "[P42]") {
  const std::pair<const char*, std::optional<Book>> cases[] = {
      {"STT,Ngày đến,Số đến,Tác giả,Trích yếu\n", Book::in},
      {"Số ký hiệu,Ngày văn bản,Trích yếu,Nơi nhận,Số lượng bản\n", Book::out},
      {"Số ký hiệu,Ngày văn bản,Trích yếu,Tiêu đề hồ sơ\n", Book::internal},
      {"Số ký hiệu,Ngày văn bản,Trích yếu\n", std::nullopt},
  };
  for (const auto& [list, book] : cases) {
    INFO(list);
    CHECK(book_of_list(std::string(list) + "1,2,3,4,5\n", "list.csv", {}) == book);
  }
  for (const auto& [name, book] : {std::pair{"van-ban-den.csv", Book::in}, std::pair{"van-ban-di.csv", Book::out},
                                   std::pair{"ho-so.xlsx", Book::internal}}) {
    const auto bytes = samples::shared(name);
    if (!bytes) return;
    INFO(name);
    CHECK(book_of_list(*bytes, name, {}) == book);
  }
}

TEST_CASE("phiếu tin of an arrangement: files alone, with what lies around them", "[D9][P42]") {
  const auto list = read_list(
      "Số hồ sơ tạm|Tiêu đề hồ sơ|Thời gian|Thời hạn bảo quản|Bút tích|Ngôn ngữ|Đơn vị|Mặt hoạt động|Hộp số|Mét giá|Vị trí hộp|Tổng số văn "
      "bản|Số trang|Ghi chú\n"
      "T1-07|Hồ sơ cấp đất|1998 - 12/1999|Vĩnh viễn|Chủ tịch|Tiếng Việt|ĐC|Đất đai|09|0,125 m|Kho 1.Giá 2|3|12|gáy rách\n"
      "T1-08|Hồ sơ cấp đất|1998||||||09|một mét|||| \n");
  REQUIRE(list.rows.size() == 2);
  const auto& row = list.rows[0];
  INFO(everything_said(row));
  CHECK(row.findings.empty());
  REQUIRE(row.file);
  CHECK(row.file->provisional == "T1-07");
  CHECK(text::to_dmy(row.file->start) == "1998");
  CHECK(text::to_dmy(row.file->end) == "12/1999");
  CHECK(row.file->autograph == "Chủ tịch");
  CHECK(row.file->unit == "ĐC");
  CHECK(row.file_class == "Đất đai");
  CHECK(row.box == "09");
  CHECK(row.shelf_metres == Approx(0.125));
  CHECK(row.place == "Kho 1.Giá 2");
  CHECK(row.file->documents_told == 3);
  CHECK(row.file->pages_told == 12);
  CHECK(row.file->note == "gáy rách");
  CHECK(row.document.subject.empty());
  CHECK(list.rows[1].shelf_metres == 0);
  CHECK(list.rows[1].findings.size() == 1);  // metres that are no number
}
