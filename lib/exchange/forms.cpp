// The columns of the statutory forms, word for word as the decree prints them
// (records-practice.md 1.6, 1.7, 1.9).
#include "exchange/forms.h"

#include "exchange/table.h"

namespace vtlt::exchange {
namespace {

Form form(std::string title, std::vector<FormColumn> columns, bool landscape = true) {
  Form made;
  made.title = std::move(title);
  made.columns = std::move(columns);
  made.landscape = landscape;
  return made;
}

}  // namespace

Form so_dang_ky_van_ban_den() {
  return form("SỔ ĐĂNG KÝ VĂN BẢN ĐẾN", {{"Ngày đến", 1.1},
                                         {"Số đến", 0.7, true},
                                         {"Tác giả", 1.8},
                                         {"Số, ký hiệu văn bản", 1.3},
                                         {"Ngày tháng văn bản", 1.1},
                                         {"Tên loại và trích yếu nội dung văn bản", 4},
                                         {"Đơn vị hoặc người nhận", 1.5},
                                         {"Ngày chuyển", 1.1},
                                         {"Ký nhận", 1},
                                         {"Ghi chú", 1}});
}

Form so_dang_ky_van_ban_di() {
  return form("SỔ ĐĂNG KÝ VĂN BẢN ĐI", {{"Số, ký hiệu văn bản", 1.3},
                                        {"Ngày tháng văn bản", 1.1},
                                        {"Tên loại và trích yếu nội dung văn bản", 4},
                                        {"Người ký", 1.4},
                                        {"Nơi nhận văn bản", 1.7},
                                        {"Đơn vị, người nhận bản lưu", 1.5},
                                        {"Số lượng bản", 0.7, true},
                                        {"Ngày chuyển", 1.1},
                                        {"Ký nhận", 1},
                                        {"Ghi chú", 1}});
}

Form muc_luc_van_ban() {
  return form("MỤC LỤC VĂN BẢN, TÀI LIỆU TRONG HỒ SƠ",
              {{"STT", 0.5, true},
               {"Số, ký hiệu văn bản", 1.4},
               {"Ngày tháng năm văn bản", 1.1},
               {"Tên loại và trích yếu nội dung văn bản", 3.6},
               {"Tác giả văn bản", 1.6},
               {"Tờ số/Trang số", 0.9},
               {"Ghi chú", 1}},
              false);
}

Form so_gui_van_ban_di_buu_dien() {
  return form("SỔ GỬI VĂN BẢN ĐI BƯU ĐIỆN", {{"Ngày chuyển", 1.1},
                                             {"Số, ký hiệu văn bản", 1.8},
                                             {"Nơi nhận văn bản", 3.5},
                                             {"Số lượng bì", 0.8, true},
                                             {"Ký nhận và dấu bưu điện", 1.8},
                                             {"Ghi chú", 1.2}});
}

Form so_su_dung_ban_luu() {
  return form("SỔ SỬ DỤNG BẢN LƯU", {{"Ngày tháng", 1},
                                     {"Họ tên người sử dụng", 1.6},
                                     {"Số, ký hiệu, ngày tháng văn bản", 1.6},
                                     {"Tên loại và trích yếu nội dung văn bản", 3},
                                     {"Số và ký hiệu HS", 1},
                                     {"Ký nhận", 0.9},
                                     {"Ngày trả", 1},
                                     {"Người cho phép sử dụng", 1.4},
                                     {"Ghi chú", 1}});
}

Form so_theo_doi_giai_quyet_van_ban_den() {
  return form("SỔ THEO DÕI GIẢI QUYẾT VĂN BẢN ĐẾN",
              {{"Số đến", 0.7, true},
               {"Tên loại, số, ký hiệu, ngày, tháng và tên cơ quan ban hành", 3.5},
               {"Đơn vị hoặc người nhận", 1.8},
               {"Thời hạn giải quyết", 1.1},
               {"Tiến độ giải quyết", 1.5},
               {"Số, ký hiệu văn bản trả lời", 1.5},
               {"Ghi chú", 1}});
}

Form theo_doi_van_ban_di() {
  return form("SỔ THEO DÕI VĂN BẢN ĐI CẦN TRẢ LỜI", {{"Số, ký hiệu văn bản", 1.4},
                                                     {"Ngày tháng văn bản", 1.1},
                                                     {"Tên loại và trích yếu nội dung văn bản", 3.4},
                                                     {"Nơi nhận văn bản", 1.7},
                                                     {"Thời hạn trả lời", 1.1},
                                                     {"Tình hình trả lời", 1.5},
                                                     {"Số, ký hiệu văn bản trả lời", 1.5},
                                                     {"Ghi chú", 1}});
}

Form dau_den() {
  Form made = form("ĐẾN", {{"Tên cơ quan, tổ chức", 2},
                           {"Số", 0.8},
                           {"Ngày", 1},
                           {"Chuyển", 1.5},
                           {"Số và ký hiệu HS", 1.2}});
  made.layout = Layout::stamp;
  return made;
}

Form phieu_giai_quyet() {
  Form made = form("PHIẾU GIẢI QUYẾT VĂN BẢN ĐẾN", {{"Phần", 1.5}, {"Nội dung", 2}, {"Ghi", 2.5}}, false);
  made.layout = Layout::slip;
  return made;
}

Form danh_muc_ho_so() {
  return form("DANH MỤC HỒ SƠ",
              {{"Số và ký hiệu hồ sơ", 1},
               {"Tên đề mục và tiêu đề hồ sơ", 4},
               {"Thời hạn bảo quản", 1.1},
               {"Người lập hồ sơ", 1.6},
               {"Ghi chú", 1}},
              false);
}

Form muc_luc_ho_so_nop_luu() {
  return form("MỤC LỤC HỒ SƠ, TÀI LIỆU NỘP LƯU",
              {{"Số TT", 0.5, true},
               {"Số, ký hiệu hồ sơ", 1},
               {"Tiêu đề hồ sơ", 3.8},
               {"Thời gian tài liệu", 1.4},
               {"Thời hạn bảo quản", 1},
               {"Số tờ/Số trang", 0.8, true},
               {"Ghi chú", 1}},
              false);
}

Form bien_ban_giao_nhan(const HandoverMinutes& minutes) {
  Form made = form("BIÊN BẢN GIAO NHẬN HỒ SƠ, TÀI LIỆU", {}, false);
  auto& lines = made.before;
  for (const std::string& basis : minutes.bases)
    lines.push_back("Căn cứ " + basis + ";");
  lines.push_back("Chúng tôi gồm:");
  lines.push_back("BÊN GIAO: " + minutes.giver_body);
  for (const auto& person : minutes.givers)
    lines.push_back("Ông (bà): " + person.name + (person.post.empty() ? "" : ". Chức vụ: " + person.post));
  lines.push_back("BÊN NHẬN: " + minutes.receiver_body);
  for (const auto& person : minutes.receivers)
    lines.push_back("Ông (bà): " + person.name + (person.post.empty() ? "" : ". Chức vụ: " + person.post));
  lines.push_back("Thống nhất lập biên bản giao nhận hồ sơ, tài liệu với những nội dung như sau:");
  lines.push_back("1. Tên khối tài liệu giao nộp: " + minutes.block);
  lines.push_back("2. Thời gian của hồ sơ, tài liệu: " + minutes.period);
  lines.push_back("3. Số lượng hồ sơ, tài liệu:");
  lines.push_back("a) Đối với hồ sơ, tài liệu giấy:");
  lines.push_back("- Tổng số hộp (cặp): " + minutes.boxes);
  lines.push_back("- Tổng số hồ sơ (đơn vị bảo quản): " + minutes.paper_files +
                  "; quy ra mét giá: " + minutes.shelf_metres + " mét");
  lines.push_back("b) Đối với hồ sơ, tài liệu điện tử:");
  lines.push_back("- Tổng số hồ sơ: " + minutes.electronic_files);
  lines.push_back("- Tổng số tệp tin trong hồ sơ: " + minutes.computer_files);
  lines.push_back("4. Tình trạng hồ sơ, tài liệu giao nộp: " + minutes.condition);
  lines.push_back("5. Mục lục hồ sơ, tài liệu nộp lưu kèm theo.");
  lines.push_back("Biên bản này được lập thành hai bản; bên giao giữ một bản, bên nhận giữ một bản.");
  made.signatures = {"ĐẠI DIỆN BÊN GIAO", "ĐẠI DIỆN BÊN NHẬN"};
  return made;
}

void write_csv(const Form& form, const RowSource& rows, const Sink& sink) {
  sink(kBom);
  std::vector<std::string> headings;
  for (const FormColumn& column : form.columns)
    headings.push_back(column.heading);
  sink(csv_line(headings));
  // Subjects come from outside: what begins like a formula must not run in somebody's spreadsheet.
  rows([&](const std::vector<std::string>& cells) { sink(csv_line(cells, true)); });
}

}  // namespace vtlt::exchange
