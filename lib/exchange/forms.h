// Statutory forms (NĐ30 PL IV, V) from data: CSV and HTML for A4. Rows come as text, in the form's columns.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"

namespace vtlt::exchange {

struct FormColumn {
  std::string heading;  // exactly as the decree prints it
  double width = 1;     // share of the line in HTML
  bool right = false;
};

// How a form stands on paper in HTML; in CSV and XLSX all are tables.
enum class Layout {
  table,
  stamp,  // dấu "ĐẾN", 35 × 50 mm
  slip,   // phiếu giải quyết văn bản đến: rows of part, line, what stands there already
};

struct Form {
  Layout layout = Layout::table;
  std::string title;                     // "SỔ ĐĂNG KÝ VĂN BẢN ĐẾN"
  std::string agency;                    // top left
  std::string superior;                  // above it; may be empty
  std::vector<std::string> under_title;  // "Năm 2026", "Từ số 1 đến số 1312"
  std::vector<FormColumn> columns;
  bool landscape = true;
  std::vector<std::string> before;  // paragraphs before the table
  std::vector<std::string> after;  // totals in figures and words, notes ("bản đối chiếu, sổ chính ở …")
  std::vector<std::string> signatures;  // titles of signers, left to right
  std::string place_and_date;           // "Phong Hải, ngày 05 tháng 01 năm 2026"
};

Form so_dang_ky_van_ban_den();      // sổ đăng ký văn bản đến: 10 columns
Form so_dang_ky_van_ban_di();       // sổ đăng ký văn bản đi: 10 columns
Form muc_luc_van_ban();             // mục lục văn bản, tài liệu trong hồ sơ: 7 columns (PL V.IV)
Form so_gui_van_ban_di_buu_dien();  // 6 columns
Form so_su_dung_ban_luu();          // 9 columns
Form so_theo_doi_giai_quyet_van_ban_den();  // 7 columns
Form theo_doi_van_ban_di();                 // the report on handling of outgoing (PL VI V): 8 columns
Form dau_den();                             // dấu "ĐẾN": 5 fields
Form phieu_giai_quyet();                    // phiếu giải quyết văn bản đến
Form danh_muc_ho_so();                      // PL V.II: 5 columns
Form muc_luc_ho_so_nop_luu();               // PL V.III: 7 columns

// PL V.V has no table: the form's paragraphs come from these. Amounts are text, computed by the caller ("12",
// "1,5").
struct HandoverMinutes {
  struct Person {
    std::string name, post;
  };
  std::vector<std::string> bases;  // after "Căn cứ"
  std::string giver_body, receiver_body;
  std::vector<Person> givers, receivers;
  std::string block, period, boxes, paper_files, shelf_metres, electronic_files, computer_files, condition;
};
Form bien_ban_giao_nhan(const HandoverMinutes& minutes);

using RowSource = std::function<void(const std::function<void(const std::vector<std::string>& cells)>&)>;
using Sink = std::function<void(std::string_view)>;

// Streams; bounded memory. HTML: one self-contained file, UTF-8, @page A4, table head repeated on each page,
// everything escaped, no scripts, no remote resources.
void write_csv(const Form& form, const RowSource& rows, const Sink& sink);
void write_html(const Form& form, const RowSource& rows, const Sink& sink);
// A workbook: form_sheet.h.
void write_xlsx(const Form& form, const RowSource& rows, const Path& path, const Path& temporary_directory);

}  // namespace vtlt::exchange
