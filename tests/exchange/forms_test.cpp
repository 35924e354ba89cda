#include "exchange/forms.h"

#include <cstdlib>
#include <filesystem>

#include "exchange/register_list.h"
#include "samples.h"

using namespace vtlt;
using namespace vtlt::exchange;
using Cells = std::vector<std::string>;

namespace {

RowSource source(const std::vector<Cells>& rows) {
  return [rows](const std::function<void(const Cells&)>& take) {
    for (const Cells& row : rows)
      take(row);
  };
}

std::string html(const Form& form, const std::vector<Cells>& rows = {}) {
  std::string out;
  write_html(form, source(rows), [&](std::string_view piece) { out += piece; });
  return out;
}

std::string csv(const Form& form, const std::vector<Cells>& rows = {}) {
  std::string out;
  write_csv(form, source(rows), [&](std::string_view piece) { out += piece; });
  return out;
}

std::size_t count(const std::string& text, const std::string& piece) {
  std::size_t found = 0;
  for (auto at = text.find(piece); at != std::string::npos; at = text.find(piece, at + piece.size()))
    ++found;
  return found;
}

}  // namespace

TEST_CASE("the registers have the decree's ten columns, word for word and in order", "[P01]") {
  CHECK(csv(so_dang_ky_van_ban_den()) == std::string(kBom) +
                                             "Ngày đến,Số đến,Tác giả,\"Số, ký hiệu văn bản\",Ngày tháng văn "
                                             "bản,Tên loại và trích yếu nội dung văn bản,Đơn vị hoặc người "
                                             "nhận,Ngày chuyển,Ký nhận,Ghi chú\r\n");
  CHECK(csv(so_dang_ky_van_ban_di()) == std::string(kBom) +
                                            "\"Số, ký hiệu văn bản\",Ngày tháng văn bản,Tên loại và trích "
                                            "yếu nội dung văn bản,Người ký,Nơi nhận văn bản,\"Đơn vị, người "
                                            "nhận bản lưu\",Số lượng bản,Ngày chuyển,Ký nhận,Ghi chú\r\n");
}

TEST_CASE("forms have the number of columns the decree gives", "[P01][P14]") {
  CHECK(so_dang_ky_van_ban_den().columns.size() == 10);
  CHECK(so_dang_ky_van_ban_di().columns.size() == 10);
  CHECK(muc_luc_van_ban().columns.size() == 7);
  CHECK(so_gui_van_ban_di_buu_dien().columns.size() == 6);
  CHECK(so_su_dung_ban_luu().columns.size() == 9);
  CHECK(so_theo_doi_giai_quyet_van_ban_den().columns.size() == 7);
  CHECK(danh_muc_ho_so().columns.size() == 5);
  CHECK(muc_luc_ho_so_nop_luu().columns.size() == 7);
}

TEST_CASE("a printed register read in again is the same register", "[P01][P42]") {
  const std::vector<Cells> rows = {{"05/01/2024", "01", "UBND huyện", "04/KH-UBND", "03/01/2024",
                                    "Kế hoạch \"x\", y", "VP", "08/01/2024", "", "=HYPERLINK(1)"}};
  const std::string text = csv(so_dang_ky_van_ban_den(), rows);
  CHECK(text.find("'=HYPERLINK") != std::string::npos);
  std::vector<ListRow> read;
  read_register_list(
      text, "so.csv", {}, [](const ListInfo& info) { CHECK(info.unused.empty()); },
      [&](ListRow&& row) { read.push_back(std::move(row)); });
  REQUIRE(read.size() == 1);
  CHECK(read[0].findings.empty());
  CHECK(read[0].entry.number == 1);
  CHECK(read[0].entry.subject == "\"x\", y");
  CHECK(read[0].entry.note == "=HYPERLINK(1)");
}

TEST_CASE("the printable form is one escaped page with a repeated head", "[P01]") {
  Form form = so_dang_ky_van_ban_den();
  form.superior = "UBND HUYỆN";
  form.agency = "UBND XÃ <PHONG HẢI>";
  form.under_title = {"Năm 2026"};
  form.after = {"Bản đối chiếu, sổ chính ở phần mềm của tỉnh"};
  form.signatures = {"NGƯỜI LẬP", "VĂN THƯ"};
  form.place_and_date = "Phong Hải, ngày 05 tháng 01 năm 2026";
  const std::string page =
      html(form, {{"05/01/2026", "1", "<script>alert(1)</script>", "a & b", "x\ny\x01"}, {}});
  CHECK(page.find("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") != std::string::npos);
  CHECK(page.find("Độc lập - Tự do - Hạnh phúc") != std::string::npos);
  CHECK(page.find("size: A4 landscape") != std::string::npos);
  CHECK(page.find("table-header-group") != std::string::npos);
  CHECK(page.find("counter(page)") != std::string::npos);
  CHECK(page.find("&lt;script&gt;alert(1)&lt;/script&gt;") != std::string::npos);
  CHECK(page.find("<script") == std::string::npos);
  CHECK(page.find("UBND XÃ &lt;PHONG HẢI&gt;") != std::string::npos);
  CHECK(page.find("a &amp; b") != std::string::npos);
  CHECK(page.find("x<br>y</td>") != std::string::npos);
  CHECK(page.find("http") == std::string::npos);
  CHECK(count(page, "<td class=\"right\">") == 2);  // số đến, once a row
  CHECK(count(page, "<td") - count(page, "<tr>") > 0);
  CHECK(page.find("Times New Roman") != std::string::npos);
  // The widths fill the line.
  double sum = 0;
  for (auto at = page.find("<col style=\"width:"); at != std::string::npos;
       at = page.find("<col style=\"width:", at + 1))
    sum += std::stod(page.substr(at + 18));
  CHECK(sum == Approx(100).margin(0.6));
}

TEST_CASE("the page read back as a table gives the rows", "[P01]") {
  const auto table = samples::read(
      html(muc_luc_van_ban(), {{"1", "05/QĐ-UBND", "05/01/2024", "Quyết định x", "UBND xã", "1-3", ""}}));
  CHECK(table.info.headings.size() == 7);
  REQUIRE(table.rows.size() == 1);
  CHECK(table.rows[0].cells[3] == "Quyết định x");
}

TEST_CASE("handover minutes carry every field of the decree's form", "[P20]") {
  HandoverMinutes minutes;
  minutes.bases = {"Nghị định số 30/2020/NĐ-CP"};
  minutes.giver_body = "Văn phòng";
  minutes.receiver_body = "Lưu trữ hiện hành";
  minutes.givers = {{"Nguyễn Văn A", "Chuyên viên"}};
  minutes.receivers = {{"Trần Thị B", ""}};
  minutes.block = "hồ sơ năm 2025";
  minutes.period = "2025";
  minutes.boxes = "12", minutes.paper_files = "96", minutes.shelf_metres = "1,5",
  minutes.electronic_files = "38", minutes.computer_files = "410";
  minutes.condition = "tốt";
  const std::string page = html(bien_ban_giao_nhan(minutes));
  for (const char* piece :
       {"Căn cứ Nghị định số 30/2020/NĐ-CP;", "Ông (bà): Nguyễn Văn A. Chức vụ: Chuyên viên", "Ông (bà): Trần Thị B. Chức vụ: …",
        "Tổng số hộp (cặp): 12", "96; quy ra mét giá: 1,5 mét", "Tổng số tệp tin trong hồ sơ: 410",
        "ĐẠI DIỆN BÊN NHẬN"})
    CHECK(page.find(piece) != std::string::npos);
  CHECK(page.find("table class=\"rows\"") == std::string::npos);
}

namespace {

// A workbook as bytes, in a folder of its own.
std::string xlsx(const Form& form, const std::vector<Cells>& rows) {
  char folder[] = "/tmp/vtlt-forms-XXXXXX";
  REQUIRE(::mkdtemp(folder) != nullptr);
  const Path path = Path(folder) / "so.xlsx";
  write_xlsx(form, source(rows), path, folder);
  const auto bytes = samples::read_file(path.string());
  REQUIRE(bytes);
  std::filesystem::remove_all(folder);
  return *bytes;
}

Form whole_form() {
  Form form = so_dang_ky_van_ban_den();
  form.superior = "UBND TỈNH";
  form.agency = "UBND XÃ PHONG HẢI";
  form.under_title = {"Năm 2026", "Từ số 01 đến số 02"};
  form.after = {"Tổng số văn bản: 2 (hai).", "Bản đối chiếu; sổ chính ở: phần mềm của tỉnh."};
  form.signatures = {"NGƯỜI LẬP", "VĂN THƯ"};
  form.place_and_date = "Phong Hải, ngày 05 tháng 01 năm 2026";
  return form;
}

}  // namespace

TEST_CASE("a register as a workbook is read again with every cell as it was", "[P01][P42]") {
  const std::vector<Cells> rows = {
      {"05/01/2026", "01", "UBND <huyện> & \"x\"", "04/KH-UBND", "03/01/2026", "Kế hoạch _x0041_ _x000D_", "VP",
       "08/01/2026", "", "=HYPERLINK(\"http://x\")"},
      {"06/01/2026", "0012", "@SUM(1)", "-1/x", "01/2026", "dòng một\ndòng hai\x01", "+84", "1998", "1e3", ""}};
  TableOptions options;
  options.ends_with_totals = true;
  const auto table = samples::read(xlsx(whole_form(), rows), options);
  CHECK(table.info.format == "XLSX");
  CHECK(table.info.headings.size() == 10);
  CHECK(table.info.headings[5] == "Tên loại và trích yếu nội dung văn bản");
  REQUIRE(table.rows.size() == 2);  // neither the line of numbers nor what stands below
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (std::size_t j = 0; j < rows[i].size(); ++j) CHECK(table.rows[i].cells[j] == rows[i][j]);
}

TEST_CASE("a register as a workbook goes in again as a list", "[P01][P42]") {
  std::vector<ListRow> read;
  const auto info = read_register_list(
      xlsx(whole_form(), {{"05/01/2024", "01", "UBND huyện", "04/KH-UBND", "03/01/2024", "Kế hoạch x", "VP", "", "", ""},
                          {"06/01/2024", "02", "Sở Nội vụ", "05/SNV", "03/01/2024", "y", "VP", "", "", ""}}),
      "so.xlsx", {}, [](const ListInfo& one) { CHECK(one.unused.empty()); },
      [&](ListRow&& row) { read.push_back(std::move(row)); });
  REQUIRE(read.size() == 2);
  CHECK(read[0].findings.empty());
  CHECK(read[0].entry.number == 1);
  CHECK(read[1].entry.own.text() == "05/SNV");
}

TEST_CASE("a sheet is laid out for A4 with its headings kept in sight", "[P01]") {
  // The bytes of the parts, unpacked without vtlt.
  char folder[] = "/tmp/vtlt-forms-XXXXXX";
  REQUIRE(::mkdtemp(folder) != nullptr);
  const Path path = Path(folder) / "so.xlsx";
  write_xlsx(whole_form(), source({{"05/01/2026", "01", "", "", "", "=1+1"}}), path, folder);
  const std::string unpack = "cd " + std::string(folder) + " && unzip -q so.xlsx";
  if (std::system(unpack.c_str()) != 0) {
    WARN("SKIPPED: no unzip");
    return;
  }
  const auto sheet = samples::read_file(std::string(folder) + "/xl/worksheets/sheet1.xml");
  const auto book = samples::read_file(std::string(folder) + "/xl/workbook.xml");
  REQUIRE((sheet && book));
  CHECK(sheet->find("paperSize=\"9\"") != std::string::npos);
  CHECK(sheet->find("orientation=\"landscape\"") != std::string::npos);
  CHECK(sheet->find("fitToHeight=\"0\"") != std::string::npos);
  CHECK(sheet->find("state=\"frozen\"") != std::string::npos);
  CHECK(sheet->find("<f>") == std::string::npos);
  CHECK(sheet->find("numberStoredAsText") != std::string::npos);
  CHECK(book->find("_xlnm.Print_Titles") != std::string::npos);
  CHECK(book->find("Sheet1!$9:$10") != std::string::npos);
  std::filesystem::remove_all(folder);
}

TEST_CASE("what a sheet cannot hold is refused, and nothing stays behind", "[P01]") {
  char folder[] = "/tmp/vtlt-forms-XXXXXX";
  REQUIRE(::mkdtemp(folder) != nullptr);
  const Path path = Path(folder) / "so.xlsx";
  const auto code = [&](const RowSource& rows) {
    try {
      write_xlsx(so_dang_ky_van_ban_den(), rows, path, folder);
    } catch (const Error& error) {
      CHECK(error.exit() == Exit::usage);
      return error.code();
    }
    return std::string();
  };
  CHECK(code(source({{std::string(40'000, 'a')}})) == "VTLT-XLSX-02");
  CHECK(std::filesystem::is_empty(folder));
  CHECK(code([](const std::function<void(const Cells&)>& take) {
          for (long i = 0; i < 1'048'580; ++i) take({});
        }) == "VTLT-XLSX-01");
  CHECK(std::filesystem::is_empty(folder));
  std::filesystem::remove_all(folder);
}

TEST_CASE("minutes leave to be written what nobody knows, and are lines in CSV", "[P20]") {
  HandoverMinutes minutes;
  minutes.givers = minutes.receivers = {{"", ""}};
  const Form form = bien_ban_giao_nhan(minutes);
  const std::string page = html(form);
  CHECK(count(page, "Ông (bà): …………………………. Chức vụ: …………………………") == 2);
  CHECK(page.find("quy ra mét giá: …………………………") != std::string::npos);
  const std::string lines = csv(form);
  CHECK(lines.find("BÊN GIAO") != std::string::npos);
  CHECK(lines.find("'-") == std::string::npos);
}

TEST_CASE("covers, certificates and labels are a page or block for each row, escaped", "[P14][P16]") {
  const Cells cover = {"UBND <xã>", "Văn phòng", "2026.01.VP", "Tiêu đề & tên", "2026", "46", "UB", "1", "12", "Vĩnh viễn"};
  const std::string covers = html(bia_ho_so(), {cover, cover});
  CHECK(count(covers, "class=\"page cover\"") == 2);
  CHECK(covers.find("UBND &lt;xã&gt;") != std::string::npos);
  CHECK(covers.find("<xã>") == std::string::npos);
  CHECK(covers.find("Tiêu đề &amp; tên") != std::string::npos);
  for (const char* field : {"Phông số: <b>UB</b>", "Mục lục số: <b>1</b>", "Hồ sơ số: <b>12</b>", "Thời hạn bảo quản: <b>Vĩnh viễn</b>",
                            "Số tờ: <b>46</b>"})
    CHECK(covers.find(field) != std::string::npos);
  CHECK(bia_ho_so().columns.size() == 10);
  // What is not known is left to be written.
  CHECK(html(bia_ho_so(), {{}}).find("Số tờ: <b>…") != std::string::npos);
  const std::string certificate = html(chung_tu_ket_thuc(), {{"01.VP", "x", "46", "Bốn mươi sáu tờ", "1", "45", "15a", "", "", "tốt", "Ngày 1"}});
  CHECK(certificate.find("Tờ có số trùng: <b>15a</b>") != std::string::npos);
  CHECK(certificate.find("CHỨNG TỪ KẾT THÚC") != std::string::npos);
  const std::string labels = html(nhan_hop(), {{"Lưu trữ", "UBND", "UB", "1", "09", "1 - 40", "40", "2026", "K1.G2"}, {}});
  CHECK(count(labels, "class=\"label\"") == 2);
  CHECK(labels.find("HỘP SỐ 09") != std::string::npos);
  CHECK(danh_muc_giu_lai().columns.size() == 8);
}
