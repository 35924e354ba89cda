// The headings offices use, by meaning: NĐ30 PL IV-VI, HD 169, the provincial sheet and export, the Party
// sheet of 40 columns, TT16 (records-practice.md 1.6, 1.10, 3.7; digital-archives.md 5.3). The first of each
// is the chief one.
#include <algorithm>
#include <unordered_map>

#include "exchange/list_internal.h"
#include "text/text.h"

namespace vtlt::exchange {
namespace {

using Names = std::vector<std::string>;

const std::vector<std::pair<Column, Names>>& table() {
  static const std::vector<std::pair<Column, Names>> all = {
      {Column::number_and_notation,
       {"Số, ký hiệu văn bản", "Số, ký hiệu", "Số và ký hiệu văn bản", "Số và ký hiệu", "Số/Ký hiệu",
        "Số hiệu văn bản", "Số hiệu", "Số ký hiệu VB", "Số KH", "Số KHVB", "Số, ký hiệu của văn bản",
        "Số và ký hiệu tài liệu"}},
      {Column::number, {"Số của văn bản", "Số văn bản", "Số", "Số VB", "Số của tài liệu", "CodeNumber"}},
      {Column::notation,
       {"Ký hiệu của văn bản", "Ký hiệu văn bản", "Ký hiệu", "Ký hiệu VB", "Ký hiệu của tài liệu",
        "CodeNotation"}},
      {Column::date,
       {"Ngày tháng văn bản", "Ngày tháng năm văn bản", "Ngày, tháng, năm văn bản", "Ngày tháng năm",
        "Ngày tháng", "Ngày văn bản", "Ngày ban hành", "Ngày ký", "Ngày phát hành", "Ngày", "Ngày VB",
        "Ngày tháng VB", "Thời gian văn bản", "Thời gian", "Ngày tháng năm ban hành", "Ngày tháng ban hành",
        "Ngày tháng năm tài liệu", "IssuedDate"}},
      {Column::day, {"Ngày của văn bản"}},
      {Column::month, {"Tháng văn bản", "Tháng", "Tháng của văn bản", "Tháng ban hành"}},
      {Column::year, {"Năm văn bản", "Năm", "Năm của văn bản", "Năm ban hành"}},
      {Column::arrival_date,
       {"Ngày đến", "Ngày tháng đến", "Ngày văn bản đến", "Ngày nhận", "Ngày tiếp nhận", "Ngày nhận văn bản",
        "ArrivalDate"}},
      {Column::arrival_number,
       {"Số đến", "Số văn bản đến", "Số thứ tự đến", "STT đến", "Số CV đến", "ArrivalNumber"}},
      {Column::issuer,
       {"Tác giả", "Tác giả văn bản", "Cơ quan ban hành", "Tên cơ quan ban hành",
        "Tên cơ quan, tổ chức ban hành", "Tên cơ quan, tổ chức ban hành văn bản", "Cơ quan, tổ chức ban hành",
        "Cơ quan/tổ chức/cá nhân ban hành", "Tên cơ quan, tổ chức, cá nhân ban hành", "Nơi ban hành",
        "Nơi gửi", "Cơ quan gửi", "Đơn vị gửi", "Nơi phát hành", "Đơn vị ban hành", "Cơ quan phát hành",
        "OrganName"}},
      {Column::issuer_code,
       {"Mã định danh cơ quan ban hành", "Mã cơ quan ban hành", "Mã định danh cơ quan gửi", "Mã định danh"}},
      {Column::type,
       {"Tên loại văn bản", "Tên loại", "Loại văn bản", "Thể loại văn bản", "Thể loại", "Loại VB",
        "Hình thức văn bản", "Tên loại tài liệu", "TypeName"}},
      {Column::type_code,
       {"Ký hiệu tên thể loại văn bản", "Ký hiệu tên loại văn bản", "Ký hiệu tên loại",
        "Ký hiệu loại văn bản"}},
      {Column::type_and_subject,
       {"Tên loại và trích yếu nội dung văn bản", "Tên loại và trích yếu nội dung", "Tên loại và trích yếu",
        "Tên loại, trích yếu nội dung văn bản", "Tên loại, trích yếu nội dung", "Tên loại, trích yếu",
        "Tên loại và trích yếu văn bản", "Loại và trích yếu nội dung"}},
      {Column::subject,
       {"Trích yếu nội dung", "Trích yếu", "Trích yếu nội dung văn bản", "Trích yếu văn bản",
        "Nội dung trích yếu", "Nội dung văn bản", "Nội dung", "Trích yếu nội dung tài liệu", "Subject"}},
      {Column::signer,
       {"Người ký", "Họ tên người ký", "Họ và tên người ký", "Người ký văn bản", "Chức vụ, họ tên người ký"}},
      {Column::recipients, {"Nơi nhận văn bản", "Nơi nhận", "Nơi nhận VB"}},
      {Column::unit,
       {"Đơn vị hoặc người nhận", "Đơn vị, người nhận bản lưu", "Đơn vị hoặc người nhận bản lưu",
        "Đơn vị, người nhận", "Đơn vị xử lý", "Đơn vị nhận", "Người nhận", "Đơn vị chủ trì", "Đơn vị lưu",
        "ToPlaces"}},
      {Column::copies, {"Số lượng bản", "Số bản", "Số lượng bản phát hành", "IssuedAmount"}},
      {Column::forwarded, {"Ngày chuyển"}},
      {Column::acknowledged, {"Ký nhận"}},
      {Column::note, {"Ghi chú", "Description"}},
      {Column::due,
       {"Hạn trả lời", "Hạn xử lý", "Thời hạn giải quyết", "Hạn giải quyết", "Thời hạn xử lý",
        "Thời hạn trả lời", "DueDate"}},
      {Column::urgency, {"Mức độ khẩn", "Độ khẩn", "Mức độ khẩn, độ mật", "Độ khẩn, độ mật"}},
      {Column::secrecy, {"Độ mật", "Mức độ mật", "Độ mật văn bản"}},
      {Column::path,
       {"Đường dẫn tệp", "Đường dẫn file", "Đường dẫn", "Tệp tin", "path", "Đường dẫn tệp tin",
        "Đường dẫn tập tin", "Tên tệp tin", "Tên tệp", "Tên file", "Tệp đính kèm", "Tệp tin đính kèm",
        "File đính kèm", "Tệp", "File"}},
      {Column::pages, {"Số lượng trang", "Số trang", "Số trang văn bản", "PageAmount"}},
      {Column::language, {"Ngôn ngữ", "Ngôn ngữ văn bản", "Language"}},
      {Column::keyword, {"Từ khóa", "Keyword"}},
      {Column::answers,
       {"Trả lời văn bản số", "Trả lời văn bản", "Trả lời văn bản đến", "Trả lời cho văn bản"}},
      {Column::id, {"Mã định danh văn bản", "Mã định danh tài liệu", "Mã văn bản", "Mã tài liệu", "docId"}},
      {Column::fonds, {"Phông", "Tên phông", "Mã phông", "Phông số", "Phông lưu trữ", "Tên phông/Mã phông"}},
      {Column::inventory, {"Mục lục số", "Mục lục", "Mục lục hồ sơ số"}},
      {Column::box, {"Hộp số", "Hộp", "Cặp số", "Hộp (cặp) số"}},
      {Column::file_notation,
       {"Số và ký hiệu hồ sơ", "Số, ký hiệu hồ sơ", "Ký hiệu hồ sơ", "Số và ký hiệu HS", "FileNotation"}},
      {Column::file_number, {"Hồ sơ số", "Số hồ sơ"}},
      {Column::file_code, {"Mã hồ sơ", "Mã hồ sơ lưu trữ", "FileCode"}},
      {Column::file_title,
       {"Tiêu đề hồ sơ", "Tên hồ sơ", "Tên đề mục và tiêu đề hồ sơ", "Tên đề mục, tiêu đề hồ sơ", "Tiêu đề",
        "Title"}},
      {Column::file_term,
       {"Thời hạn bảo quản", "Thời hạn lưu trữ", "THBQ", "Thời hạn bảo quản hồ sơ", "Maintenance"}},
      {Column::file_access, {"Chế độ sử dụng hồ sơ"}},
      {Column::file_language, {"Ngôn ngữ hồ sơ"}},
      {Column::file_start_day, {"Ngày bắt đầu"}},
      {Column::file_start_month, {"Tháng bắt đầu"}},
      {Column::file_start_year, {"Năm bắt đầu"}},
      {Column::file_end_day, {"Ngày kết thúc"}},
      {Column::file_end_month, {"Tháng kết thúc"}},
      {Column::file_end_year, {"Năm kết thúc"}},
      {Column::file_start, {"Thời gian bắt đầu", "Ngày tháng bắt đầu", "StartDate"}},
      {Column::file_end, {"Thời gian kết thúc", "Ngày tháng kết thúc", "EndDate"}},
      {Column::file_dates,
       {"Thời gian tài liệu", "Thời gian của tài liệu", "Ngày tháng bắt đầu và kết thúc"}},
      {Column::file_period, {"Nhiệm kỳ"}},
      {Column::file_total,
       {"Tổng số văn bản trong hồ sơ", "Tổng số văn bản", "Tổng số tài liệu trong hồ sơ", "Tổng số tài liệu",
        "Số lượng văn bản", "DocTotal"}},
      {Column::file_pages, {"Tổng số trang", "Số trang hồ sơ", "Tổng số trang của hồ sơ", "PageTotal"}},
      {Column::file_note, {"Chú giải hồ sơ"}},
      {Column::file_remark, {"Ghi chú hồ sơ"}},
      {Column::file_info_sign, {"Ký hiệu thông tin hồ sơ"}},
      {Column::file_keyword, {"Từ khóa hồ sơ"}},
      {Column::file_sheets, {"Số lượng tờ", "Số tờ", "Số tờ/Số trang", "Số lượng tờ hồ sơ"}},
      {Column::file_condition, {"Tình trạng vật lý hồ sơ"}},
      {Column::file_confidence, {"Mức độ tin cậy hồ sơ"}},
      {Column::file_paper_code, {"Mã hồ sơ giấy gốc", "Mã hồ sơ gốc giấy", "Mã hồ sơ giấy", "paperFileCode"}},
      {Column::file_year, {"Năm hình thành hồ sơ", "Năm hình thành", "Năm hồ sơ", "FileCatalog"}},
      {Column::file_officer, {"Người lập hồ sơ", "Người lập", "Đơn vị, người lập hồ sơ", "Creator"}},
      {Column::ordinal,
       {"Số thứ tự văn bản trong hồ sơ", "Số thứ tự tài liệu trong hồ sơ", "STT văn bản trong hồ sơ",
        "STT tài liệu trong hồ sơ", "Số thứ tự trong hồ sơ", "DocOrdinal"}},
      {Column::access, {"Chế độ sử dụng", "Mức độ tiếp cận", "Chế độ sử dụng văn bản"}},
      {Column::confidence, {"Mức độ tin cậy"}},
      {Column::info_sign, {"Ký hiệu thông tin"}},
      {Column::autograph, {"Bút tích"}},
      {Column::condition, {"Tình trạng vật lý"}},
      {Column::process, {"Quy trình xử lý", "Quy trình xử lý (nếu có)"}},
      {Column::sheets, {"Tờ số", "Tờ số/Trang số", "Tờ số, trang số", "Trang số"}},
      {Column::media, {"Loại tài liệu", "Loại hình tài liệu"}},
      {Column::annotation, {"Chú giải"}},
      {Column::file_provisional,
       {"Số hồ sơ tạm", "Hồ sơ số tạm", "Hồ sơ số (tạm)", "Số tạm", "Số phiếu tin", "Phiếu tin số", "Số phiếu",
        "Số tạm thời"}},
      {Column::file_unit,
       {"Đơn vị hình thành hồ sơ", "Đơn vị hình thành", "Tên đơn vị", "Đơn vị, bộ phận", "Đơn vị", "Phòng, ban",
        "Cơ cấu tổ chức", "Đơn vị tổ chức"}},
      {Column::file_class,
       {"Đề mục", "Mặt hoạt động", "Lĩnh vực hoạt động", "Lĩnh vực", "Nhóm hồ sơ", "Nhóm tài liệu", "Đề mục hồ sơ"}},
      {Column::file_autograph, {"Bút tích trong hồ sơ", "Bút tích hồ sơ"}},
      {Column::box_place, {"Vị trí hộp", "Kho, giá", "Kho giá", "Vị trí", "Vị trí kho", "Nơi để", "Vị trí/Kệ"}},
      {Column::box_metres, {"Mét giá", "Số mét giá", "Mét giá tài liệu", "Số mét", "Mét giá của hộp"}},
      {Column::value, {"Loại bản", "Giá trị văn bản", "Bản gốc, bản chính, bản sao"}},
  };
  return all;
}

const std::unordered_map<std::string, Column>& by_key() {
  static const auto map = [] {
    std::unordered_map<std::string, Column> made;
    for (const auto& [column, names] : table())
      for (const std::string& name : names)
        made.emplace(heading_key(name), column);
    return made;
  }();
  return map;
}

std::string without_brackets(std::string_view heading) {
  std::string out;
  int depth = 0;
  for (const char c : heading) {
    if (c == '(' || c == '[') ++depth;
    if (depth == 0) out += c;
    if ((c == ')' || c == ']') && depth > 0) --depth;
  }
  return out;
}

// What a meaning is called when the column belongs to the file's part of the sheet.
Column of_file(Column column) {
  switch (column) {
    case Column::language:
      return Column::file_language;
    case Column::note:
      return Column::file_remark;
    case Column::annotation:
      return Column::file_note;
    case Column::info_sign:
      return Column::file_info_sign;
    case Column::keyword:
      return Column::file_keyword;
    case Column::access:
      return Column::file_access;
    case Column::confidence:
      return Column::file_confidence;
    case Column::condition:
      return Column::file_condition;
    case Column::pages:
      return Column::file_pages;
    case Column::year:
      return Column::file_year;
    case Column::autograph:
      return Column::file_autograph;
    case Column::unit:
      return Column::file_unit;
    default:
      return column;
  }
}

bool names_a_file(Column column) {
  return column == Column::file_notation || column == Column::file_title || column == Column::file_number ||
         column == Column::file_code || column == Column::file_provisional;
}

bool names_a_document(Column column) {
  switch (column) {
    case Column::ordinal:
    case Column::issuer:
    case Column::number:
    case Column::notation:
    case Column::number_and_notation:
    case Column::date:
    case Column::day:
    case Column::month:
    case Column::type:
    case Column::type_code:
    case Column::type_and_subject:
    case Column::subject:
    case Column::arrival_date:
    case Column::arrival_number:
      return true;
    default:
      return false;
  }
}

bool contains(const std::vector<Column>& columns, Column wanted) {
  return std::find(columns.begin(), columns.end(), wanted) != columns.end();
}

// Three columns make a date when the month has one; else "Ngày văn bản" is the date itself.
void resolve_date_parts(const std::vector<std::string>& keys, std::vector<Column>& columns) {
  const bool month = contains(columns, Column::month);
  bool day_found = false;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (month && !day_found && columns[i] == Column::date && keys[i].starts_with("ngay") &&
        !keys[i].starts_with("ngay thang")) {
      columns[i] = Column::day;
      day_found = true;
    }
    if (columns[i] == Column::file_start_day && !contains(columns, Column::file_start_month))
      columns[i] = Column::file_start;
    if (columns[i] == Column::file_end_day && !contains(columns, Column::file_end_month))
      columns[i] = Column::file_end;
  }
}

// "Thời gian" of a list of files is the span of their documents, where no other column is about a document.
void resolve_span(const std::vector<std::string>& keys, std::vector<Column>& columns) {
  if (!std::any_of(columns.begin(), columns.end(), names_a_file) || contains(columns, Column::file_dates)) return;
  const auto documents = std::count_if(columns.begin(), columns.end(), names_a_document);
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (documents == 1 && columns[i] == Column::date && keys[i].starts_with("thoi gian"))
      columns[i] = Column::file_dates;
}

// The Party sheet counts a file's documents under "Số văn bản", others number a document so.
void resolve_document_count(const std::vector<std::string>& keys, std::vector<Column>& columns) {
  const auto numbers = std::count_if(columns.begin(), columns.end(), [](Column column) {
    return column == Column::number || column == Column::number_and_notation;
  });
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (numbers > 1 && keys[i] == "so van ban") columns[i] = Column::file_total;
}

}  // namespace

std::string heading_key(std::string_view heading) {
  std::string key;
  for (const char c : text::fold(heading)) {
    const bool word =
        (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
    if (word)
      key += c;
    else if (!key.empty() && key.back() != ' ')
      key += ' ';
  }
  if (!key.empty() && key.back() == ' ') key.pop_back();
  return key;
}

Column meaning_of(std::string_view heading) {
  if (heading.size() > 300) return Column::unused;
  const auto found = by_key().find(heading_key(heading));
  if (found != by_key().end()) return found->second;
  const auto shorter = by_key().find(heading_key(without_brackets(heading)));
  return shorter == by_key().end() ? Column::unused : shorter->second;
}

std::vector<Column> resolve_columns(const std::vector<std::string>& headings) {
  std::vector<Column> columns;
  std::vector<std::string> keys;
  for (const std::string& heading : headings) {
    columns.push_back(meaning_of(heading));
    keys.push_back(heading_key(heading));
  }
  resolve_document_count(keys, columns);
  resolve_date_parts(keys, columns);
  resolve_span(keys, columns);
  const auto first_file = std::find_if(columns.begin(), columns.end(), names_a_file);
  const auto first_document = std::find_if(columns.begin(), columns.end(), names_a_document);
  // The file's part comes first and ends where the first column of a document stands.
  if (first_file == columns.end() || first_file > first_document) return columns;
  for (auto column = columns.begin(); column != first_document; ++column)
    *column = of_file(*column);
  return columns;
}

const std::vector<std::string>& synonyms(Column column) {
  static const std::vector<std::string> none;
  for (const auto& [known, names] : table())
    if (known == column) return names;
  return none;
}

}  // namespace vtlt::exchange
