// The headings offices use, by meaning: NĐ30 PL IV-VI, HD 169, the provincial sheet and export, the Party
// sheet of 40 columns, TT16 (records-practice.md 1.6, 1.10, 3.7; digital-archives.md 5.3). The first of each
// is the chief one.
#include <algorithm>
#include <set>
#include <unordered_map>

#include "exchange/list_internal.h"
#include "exchange/readers.h"
#include "text/text.h"

namespace vtlt::exchange {
namespace {

using Names = std::vector<std::string>;

const std::vector<std::pair<Column, Names>>& table() {
  static const std::vector<std::pair<Column, Names>> all = {
      {Column::number_and_notation,
       {"Số, ký hiệu văn bản",
        "Số, ký hiệu",
        "Số và ký hiệu văn bản",
        "Số và ký hiệu",
        "Số/Ký hiệu",
        "Số hiệu văn bản",
        "Số hiệu",
        "Số ký hiệu VB",
        "Số KH",
        "Số KHVB",
        "Số, ký hiệu của văn bản",
        "Số và ký hiệu tài liệu",
        "Số ký hiệu",
        "Số công văn",
        "Số CV",
        "Số hiệu VB",
        "Số KHVB đến",
        "Số, ký hiệu VB",
        "Số và KH",
        "Số KH VB",
        "Số/KH",
        "Ký hiệu, số",
        "Số ký hiệu công văn",
        "Số hiệu công văn",
        "Số văn bản, ký hiệu",
        "Số đi, ký hiệu",
        "Document number",
        "Doc No",
        "Reference number",
        "Ref No",
        "Number and notation",
        "CodeNumberNotation",
        "Số ký hiệu gốc",
        "Số VB gốc",
        "Số ký hiệu văn bản đến",
        "Số ký hiệu văn bản đi"}},
      {Column::number,
       {"Số của văn bản", "Số văn bản", "Số", "Số VB", "Số của tài liệu", "CodeNumber", "Số đi",
        "Số văn bản đi", "Số phát hành", "Number", "Số thứ tự văn bản", "CodeNo"}},
      {Column::notation,
       {"Ký hiệu của văn bản", "Ký hiệu văn bản", "Ký hiệu", "Ký hiệu VB", "Ký hiệu của tài liệu",
        "CodeNotation", "Notation", "Ký hiệu công văn", "Symbol"}},
      {Column::date,
       {"Ngày tháng văn bản",
        "Ngày tháng năm văn bản",
        "Ngày, tháng, năm văn bản",
        "Ngày tháng năm",
        "Ngày tháng",
        "Ngày văn bản",
        "Ngày ban hành",
        "Ngày ký",
        "Ngày phát hành",
        "Ngày",
        "Ngày VB",
        "Ngày tháng VB",
        "Thời gian văn bản",
        "Thời gian",
        "Ngày tháng năm ban hành",
        "Ngày tháng ban hành",
        "Ngày tháng năm tài liệu",
        "IssuedDate",
        "Ngày công văn",
        "Ngày CV",
        "Ngày tháng công văn",
        "Ngày ký văn bản",
        "Ngày ban hành văn bản",
        "Ngày phát hành văn bản",
        "Ngày tháng năm ký",
        "Ngày ký ban hành",
        "Date",
        "Date issued",
        "Issue date",
        "Document date",
        "Thời gian ban hành",
        "Ngày tháng năm VB",
        "NTN văn bản",
        "Ngày tháng năm phát hành",
        "DocDate",
        "IssueDate",
        "Ngày gốc",
        "Ngày tài liệu",
        "Ngày tháng tài liệu"}},
      {Column::day, {"Ngày của văn bản"}},
      {Column::month,
       {"Tháng văn bản", "Tháng", "Tháng của văn bản", "Tháng ban hành", "Tháng tài liệu", "Month"}},
      {Column::year, {"Năm văn bản", "Năm", "Năm của văn bản", "Năm ban hành", "Năm tài liệu", "Year"}},
      {Column::arrival_date,
       {"Ngày đến",           "Ngày tháng đến",    "Ngày văn bản đến",   "Ngày nhận",
        "Ngày tiếp nhận",     "Ngày nhận văn bản", "ArrivalDate",        "Ngày VB đến",
        "Ngày tháng năm đến", "Ngày công văn đến", "Thời gian đến",      "Thời gian nhận",
        "Ngày vào sổ",        "Ngày đăng ký",      "Ngày giờ đến",       "Date received",
        "Received date",      "Arrival date",      "Date of receipt",    "Ngày đến cơ quan",
        "Thời điểm nhận",     "Ngày tháng nhận",   "Ngày tháng năm nhận"}},
      {Column::arrival_number,
       {"Số đến",          "Số văn bản đến", "Số thứ tự đến",  "STT đến",
        "Số CV đến",       "ArrivalNumber",  "Số VB đến",      "Số công văn đến",
        "Số đến văn bản",  "Số vào sổ",      "Số TT đến",      "Số thứ tự văn bản đến",
        "Số đăng ký",      "Số tiếp nhận",   "Arrival number", "Arrival No",
        "Incoming number", "Incoming No",    "Số đến sổ",      "Số đk"}},
      {Column::issuer,
       {"Tác giả",
        "Tác giả văn bản",
        "Cơ quan ban hành",
        "Tên cơ quan ban hành",
        "Tên cơ quan, tổ chức ban hành",
        "Tên cơ quan, tổ chức ban hành văn bản",
        "Cơ quan, tổ chức ban hành",
        "Cơ quan/tổ chức/cá nhân ban hành",
        "Tên cơ quan, tổ chức, cá nhân ban hành",
        "Nơi ban hành",
        "Nơi gửi",
        "Cơ quan gửi",
        "Đơn vị gửi",
        "Nơi phát hành",
        "Đơn vị ban hành",
        "Cơ quan phát hành",
        "OrganName",
        "CQBH",
        "CQ ban hành",
        "Cơ quan BH",
        "Nơi gửi đến",
        "Cơ quan, đơn vị gửi",
        "Cơ quan/đơn vị gửi",
        "Đơn vị phát hành",
        "Nơi gửi văn bản",
        "Cơ quan ban hành văn bản",
        "Người gửi",
        "Cơ quan",
        "Cơ quan, tổ chức",
        "Tên cơ quan",
        "Tên tác giả",
        "Tác giả tài liệu",
        "Cơ quan, cá nhân gửi",
        "Cơ quan soạn thảo",
        "Nơi phát hành văn bản",
        "Sender",
        "Issuer",
        "Issued by",
        "Issuing agency",
        "Author",
        "From",
        "Agency",
        "Tên cơ quan gửi",
        "Đơn vị gửi đến",
        "Nơi BH",
        "OrganizationName",
        "Cơ quan ký",
        "Cơ quan ban hành/gửi"}},
      {Column::issuer_code,
       {"Mã định danh cơ quan ban hành", "Mã cơ quan ban hành", "Mã định danh cơ quan gửi", "Mã định danh",
        "OrganId", "Organld", "Mã cơ quan", "Mã đơn vị gửi", "Mã định danh đơn vị", "Mã cơ quan gửi",
        "Agency code"}},
      {Column::type,
       {"Tên loại văn bản", "Tên loại", "Loại văn bản", "Thể loại văn bản", "Thể loại", "Loại VB",
        "Hình thức văn bản", "Tên loại tài liệu", "TypeName", "Loại", "Kiểu văn bản", "Hình thức", "Type",
        "Document type", "Tên thể loại", "Thể loại tài liệu", "Loại hình văn bản", "DocType",
        "Loại công văn"}},
      {Column::type_code,
       {"Ký hiệu tên thể loại văn bản", "Ký hiệu tên loại văn bản", "Ký hiệu tên loại",
        "Ký hiệu loại văn bản", "Mã loại văn bản", "Viết tắt loại văn bản"}},
      {Column::type_and_subject,
       {"Tên loại và trích yếu nội dung văn bản", "Tên loại và trích yếu nội dung", "Tên loại và trích yếu",
        "Tên loại, trích yếu nội dung văn bản", "Tên loại, trích yếu nội dung", "Tên loại, trích yếu",
        "Tên loại và trích yếu văn bản", "Loại và trích yếu nội dung", "Tên văn bản",
        "Tên loại, trích yếu văn bản", "Loại, trích yếu nội dung", "Loại và trích yếu", "Loại, trích yếu",
        "Thể loại và trích yếu", "Thể loại, trích yếu nội dung", "Tên loại và nội dung",
        "Tên loại và nội dung văn bản", "Tên và trích yếu", "Tên loại và tóm tắt nội dung"}},
      {Column::subject,
       {"Trích yếu nội dung",
        "Trích yếu",
        "Trích yếu nội dung văn bản",
        "Trích yếu văn bản",
        "Nội dung trích yếu",
        "Nội dung văn bản",
        "Nội dung",
        "Trích yếu nội dung tài liệu",
        "Subject",
        "Về việc",
        "V/v",
        "Trích yếu nội dung công văn",
        "Tóm tắt nội dung",
        "Nội dung tóm tắt",
        "Nội dung công văn",
        "Tên nội dung",
        "Content",
        "Abstract",
        "Summary",
        "Trích yếu ND",
        "ND trích yếu",
        "Tr. yếu",
        "Tr.yếu nội dung",
        "Trích yếu VB",
        "Tiêu đề văn bản",
        "Tên tài liệu",
        "Tiêu đề tài liệu"}},
      {Column::signer,
       {"Người ký",
        "Họ tên người ký",
        "Họ và tên người ký",
        "Người ký văn bản",
        "Chức vụ, họ tên người ký",
        "Người ký ban hành",
        "Ng. ký",
        "Chữ ký",
        "Họ tên, chức vụ người ký",
        "Người ký duyệt",
        "Chức vụ, họ và tên người ký",
        "Chức vụ và họ tên người ký",
        "Lãnh đạo ký",
        "SignerInfo",
        "Signerlnfo",
        "FullName",
        "Signer",
        "Signed by",
        "Tên người ký",
        "Ký bởi"}},
      {Column::recipients,
       {"Nơi nhận văn bản", "Nơi nhận", "Nơi nhận VB", "Cơ quan nhận", "Nơi nhận công văn", "Nơi gửi đi",
        "Cơ quan, đơn vị nhận", "Tên cơ quan nhận", "Nơi nhận văn bản đi", "Nơi đến", "Gửi đến", "Kính gửi",
        "Recipient", "Recipients", "Cơ quan nhận văn bản", "Đơn vị ngoài nhận"}},
      {Column::unit,
       {"Đơn vị hoặc người nhận",
        "Đơn vị, người nhận bản lưu",
        "Đơn vị hoặc người nhận bản lưu",
        "Đơn vị, người nhận",
        "Đơn vị xử lý",
        "Đơn vị nhận",
        "Người nhận",
        "Đơn vị chủ trì",
        "Đơn vị lưu",
        "ToPlaces",
        "Người hoặc đơn vị nhận",
        "Người nhận văn bản",
        "Đơn vị nhận văn bản",
        "ĐV nhận",
        "Đơn vị thụ lý",
        "Phòng ban xử lý",
        "Bộ phận xử lý",
        "Bộ phận nhận",
        "Người xử lý",
        "Người thụ lý",
        "Cán bộ xử lý",
        "Đơn vị giải quyết",
        "Đơn vị thực hiện",
        "Chuyển cho",
        "Chuyển đến",
        "Phân phối",
        "Đơn vị, cá nhân nhận",
        "Đơn vị/người nhận",
        "Đơn vị",
        "Phòng ban",
        "Nơi lưu",
        "Đơn vị lưu trữ bản gốc",
        "Đơn vị soạn thảo",
        "Người nhận bản lưu",
        "Đơn vị nhận bản lưu",
        "Department",
        "Unit",
        "Assigned to",
        "Receiver",
        "Đơn vị, người chủ trì",
        "Phòng, ban nhận"}},
      {Column::copies,
       {"Số lượng bản", "Số bản", "Số lượng bản phát hành", "IssuedAmount", "SL bản", "Số lượng", "Copies",
        "Number of copies", "SL phát hành", "Số bản phát hành", "Số lượng phát hành"}},
      {Column::forwarded,
       {"Ngày chuyển", "Ngày chuyển giao", "Ngày giao", "Ngày gửi", "Ngày gửi đi", "Ngày đi",
        "Ngày phân phối", "Date forwarded", "Ngày chuyển xử lý"}},
      {Column::acknowledged,
       {"Ký nhận", "Người nhận ký", "Chữ ký người nhận", "Ký tên", "Ký nhận văn bản", "Received by"}},
      {Column::note,
       {"Ghi chú", "Description", "Note", "Notes", "Remark", "Remarks", "Chú thích", "Lưu ý",
        "Ghi chú văn bản", "G/chú", "Gchú"}},
      {Column::due,
       {"Hạn trả lời",
        "Hạn xử lý",
        "Thời hạn giải quyết",
        "Hạn giải quyết",
        "Thời hạn xử lý",
        "Thời hạn trả lời",
        "DueDate",
        "Hạn",
        "Hạn XL",
        "Thời hạn",
        "Hạn hoàn thành",
        "Ngày hết hạn",
        "Hạn GQ",
        "Ngày hạn xử lý",
        "Hạn xử lý văn bản",
        "Deadline",
        "Due date",
        "Due",
        "Thời hạn hoàn thành",
        "Thời hạn hồi báo"}},
      {Column::urgency,
       {"Mức độ khẩn", "Độ khẩn", "Mức độ khẩn, độ mật", "Độ khẩn, độ mật", "Khẩn", "Độ khẩn cấp", "Mức khẩn",
        "Mức độ khẩn cấp", "Tính chất khẩn", "Priority", "Urgency", "Mức độ ưu tiên", "Mức độ", "Độ khẩn mật",
        "Mức độ khẩn mật", "Độ ưu tiên"}},
      {Column::secrecy,
       {"Độ mật", "Mức độ mật", "Độ mật văn bản", "Mật", "Mức mật", "Dấu mật", "Độ bảo mật", "Mức độ bảo mật",
        "Mức bảo mật", "Cấp độ mật", "Bảo mật", "Độ mật tài liệu", "Secrecy", "Security", "Security level",
        "Confidentiality", "Dấu chỉ mức độ mật", "Chỉ mức độ mật"}},
      {Column::path,
       {"Đường dẫn tệp",     "Đường dẫn file",    "Đường dẫn",        "Tệp tin",     "path",
        "Đường dẫn tệp tin", "Đường dẫn tập tin", "Tên tệp tin",      "Tên tệp",     "Tên file",
        "Tệp đính kèm",      "Tệp tin đính kèm",  "File đính kèm",    "Tệp",         "File",
        "Tên tập tin",       "Tập tin",           "Tập tin đính kèm", "Link file",   "Link",
        "Tên tệp đính kèm",  "File văn bản",      "File scan",        "Tệp số hóa",  "Attachment",
        "Attachments",       "File name",         "Filename",         "File path",   "Đường dẫn tài liệu",
        "Đường dẫn đến tệp", "Đường dẫn văn bản", "Đính kèm",         "Tệp văn bản", "Tệp toàn văn",
        "Toàn văn",          "Đường dẫn lưu tệp"}},
      {Column::pages,
       {"Số lượng trang", "Số trang", "Số trang văn bản", "PageAmount", "Trang", "Số lượng trang văn bản",
        "Tổng số trang văn bản", "Pages", "Page count", "Số trang tài liệu", "SL trang"}},
      {Column::language, {"Ngôn ngữ", "Ngôn ngữ văn bản", "Language", "Ngôn ngữ tài liệu"}},
      {Column::keyword, {"Từ khóa", "Keyword", "Keywords"}},
      {Column::answers,
       {"Trả lời văn bản số", "Trả lời văn bản", "Trả lời văn bản đến", "Trả lời cho văn bản",
        "Trả lời công văn số", "Phúc đáp văn bản", "Phúc đáp", "Văn bản đến liên quan", "Trả lời VB"}},
      {Column::id,
       {"Mã định danh văn bản", "Mã định danh tài liệu", "Mã văn bản", "Mã tài liệu", "docId",
        "Mã định danh VB", "Mã tài liệu lưu trữ", "DocCode", "Mã VB", "Document id", "DocumentId"}},
      {Column::fonds,
       {"Phông", "Tên phông", "Mã phông", "Phông số", "Phông lưu trữ", "Tên phông/Mã phông",
        "Tên phông lưu trữ", "Fonds", "FondName", "Mã phông lưu trữ"}},
      {Column::inventory, {"Mục lục số", "Mục lục", "Mục lục hồ sơ số", "Mục lục hồ sơ", "MLHS"}},
      {Column::box,
       {"Hộp số", "Hộp", "Cặp số", "Hộp (cặp) số", "Số hộp", "Cặp", "Hộp/cặp số", "Hộp, cặp số", "Box"}},
      {Column::file_notation,
       {"Số và ký hiệu hồ sơ", "Số, ký hiệu hồ sơ", "Ký hiệu hồ sơ", "Số và ký hiệu HS", "FileNotation",
        "Số, ký hiệu HS", "Ký hiệu HS", "Số KHHS", "Số và ký hiệu của hồ sơ", "Thuộc hồ sơ", "Hồ sơ"}},
      {Column::file_number, {"Hồ sơ số", "Số hồ sơ", "Số HS", "HS số", "Số thứ tự hồ sơ"}},
      {Column::file_code,
       {"Mã hồ sơ", "Mã hồ sơ lưu trữ", "FileCode", "Mã HS", "Mã số hồ sơ", "ArcFileCode"}},
      {Column::file_title,
       {"Tiêu đề hồ sơ", "Tên hồ sơ", "Tên đề mục và tiêu đề hồ sơ", "Tên đề mục, tiêu đề hồ sơ", "Tiêu đề",
        "Title", "Tiêu đề HS", "Tên HS", "Tên tiêu đề hồ sơ", "Tiêu đề hồ sơ (đơn vị bảo quản)"}},
      {Column::file_term,
       {"Thời hạn bảo quản", "Thời hạn lưu trữ", "THBQ", "Thời hạn bảo quản hồ sơ", "Maintenance",
        "Thời hạn bảo quản (lưu trữ)", "THLT", "Thời hạn lưu trữ hồ sơ", "Thời hạn bảo quản tài liệu", "Thời gian bảo quản",
        "Retention"}},
      {Column::file_access, {"Chế độ sử dụng hồ sơ", "Rights"}},
      {Column::file_language, {"Ngôn ngữ hồ sơ"}},
      {Column::file_start_day, {"Ngày bắt đầu"}},
      {Column::file_start_month, {"Tháng bắt đầu"}},
      {Column::file_start_year, {"Năm bắt đầu"}},
      {Column::file_end_day, {"Ngày kết thúc"}},
      {Column::file_end_month, {"Tháng kết thúc"}},
      {Column::file_end_year, {"Năm kết thúc"}},
      {Column::file_start,
       {"Thời gian bắt đầu", "Ngày tháng bắt đầu", "StartDate", "Thời gian bắt đầu hồ sơ", "Ngày mở hồ sơ",
        "Thời gian sớm nhất", "Bắt đầu"}},
      {Column::file_end,
       {"Thời gian kết thúc", "Ngày tháng kết thúc", "EndDate", "Thời gian kết thúc hồ sơ", "Ngày đóng hồ sơ",
        "Thời gian muộn nhất", "Kết thúc"}},
      {Column::file_dates,
       {"Thời gian tài liệu", "Thời gian của tài liệu", "Ngày tháng bắt đầu và kết thúc",
        "Thời gian của hồ sơ", "Thời gian hồ sơ", "ArchivesTime"}},
      {Column::file_period, {"Nhiệm kỳ"}},
      {Column::file_total,
       {"Tổng số văn bản trong hồ sơ", "Tổng số văn bản", "Tổng số tài liệu trong hồ sơ", "Tổng số tài liệu",
        "Số lượng văn bản", "DocTotal", "TotalDoc", "Số lượng tài liệu", "Tổng số VB"}},
      {Column::file_pages,
       {"Tổng số trang", "Số trang hồ sơ", "Tổng số trang của hồ sơ", "PageTotal", "PageNumber"}},
      {Column::file_note, {"Chú giải hồ sơ"}},
      {Column::file_remark, {"Ghi chú hồ sơ"}},
      {Column::file_info_sign, {"Ký hiệu thông tin hồ sơ"}},
      {Column::file_keyword, {"Từ khóa hồ sơ"}},
      {Column::file_sheets,
       {"Số lượng tờ", "Số tờ", "Số tờ/Số trang", "Số lượng tờ hồ sơ", "Tổng số tờ", "Số lượng tờ của hồ sơ",
        "NumberOfPaper"}},
      {Column::file_condition, {"Tình trạng vật lý hồ sơ"}},
      {Column::file_confidence, {"Mức độ tin cậy hồ sơ"}},
      {Column::file_paper_code, {"Mã hồ sơ giấy gốc", "Mã hồ sơ gốc giấy", "Mã hồ sơ giấy", "paperFileCode"}},
      {Column::file_year, {"Năm hình thành hồ sơ", "Năm hình thành", "Năm hồ sơ", "FileCatalog"}},
      {Column::file_officer,
       {"Người lập hồ sơ", "Người lập", "Đơn vị, người lập hồ sơ", "Creator", "Người lập HS",
        "Người lập, đơn vị lập", "Đơn vị lập hồ sơ"}},
      {Column::ordinal,
       {"Số thứ tự văn bản trong hồ sơ", "Số thứ tự tài liệu trong hồ sơ", "STT văn bản trong hồ sơ",
        "STT tài liệu trong hồ sơ", "Số thứ tự trong hồ sơ", "DocOrdinal", "STT VB trong HS",
        "Số thứ tự văn bản trong HS", "STT trong hồ sơ", "Thứ tự trong hồ sơ", "Số thứ tự tài liệu"}},
      {Column::access,
       {"Chế độ sử dụng", "Mức độ tiếp cận", "Chế độ sử dụng văn bản", "Mode", "Quyền truy cập",
        "Chế độ truy cập"}},
      {Column::confidence, {"Mức độ tin cậy", "ConfidenceLevel", "Độ tin cậy"}},
      {Column::info_sign, {"Ký hiệu thông tin", "InforSign"}},
      {Column::autograph, {"Bút tích", "Autograph"}},
      {Column::condition, {"Tình trạng vật lý", "Tình trạng", "Tình trạng tài liệu", "Format"}},
      {Column::process, {"Quy trình xử lý", "Quy trình xử lý (nếu có)"}},
      {Column::sheets,
       {"Tờ số", "Tờ số/Trang số", "Tờ số, trang số", "Trang số", "Từ tờ đến tờ", "Tờ số - trang số", "Tờ"}},
      {Column::media, {"Loại tài liệu", "Loại hình tài liệu"}},
      {Column::annotation, {"Chú giải"}},
      {Column::file_provisional,
       {"Số hồ sơ tạm", "Hồ sơ số tạm", "Số tạm", "Số phiếu tin", "Phiếu tin số", "Số phiếu",
        "Số tạm thời"}},
      {Column::file_unit,
       {"Đơn vị hình thành hồ sơ", "Đơn vị hình thành", "Tên đơn vị", "Đơn vị, bộ phận",
        "Cơ cấu tổ chức", "Đơn vị tổ chức"}},
      {Column::file_class,
       {"Đề mục", "Mặt hoạt động", "Lĩnh vực hoạt động", "Lĩnh vực", "Nhóm hồ sơ", "Nhóm tài liệu", "Đề mục hồ sơ"}},
      {Column::file_autograph, {"Bút tích trong hồ sơ", "Bút tích hồ sơ"}},
      {Column::box_place, {"Vị trí hộp", "Kho, giá", "Kho giá", "Vị trí", "Vị trí kho", "Nơi để", "Vị trí/Kệ"}},
      {Column::box_metres, {"Mét giá", "Số mét giá", "Mét giá tài liệu", "Số mét", "Mét giá của hộp"}},
      {Column::value,
       {"Loại bản", "Giá trị văn bản", "Bản gốc, bản chính, bản sao", "Loại bản văn bản",
        "Bản chính/bản sao"}},
  };
  return all;
}

std::vector<std::string> words_of(std::string_view key) {
  std::vector<std::string> words;
  while (!key.empty()) {
    const auto end = std::min(key.find(' '), key.size());
    if (end > 0) words.emplace_back(key.substr(0, end));
    key.remove_prefix(std::min(end + 1, key.size()));
  }
  return words;
}

// The shorthand of offices, whole words of a key: "so kh vb" → "so ky hieu van ban".
const std::unordered_map<std::string, const char*>& shorthand() {
  static const std::unordered_map<std::string, const char*> all = {
      {"vb", "van ban"},     {"cv", "cong van"},        {"khvb", "ky hieu van ban"},
      {"skh", "so ky hieu"}, {"sokh", "so ky hieu"},    {"hs", "ho so"},
      {"tl", "tai lieu"},    {"cq", "co quan"},         {"cqbh", "co quan ban hanh"},
      {"bh", "ban hanh"},    {"dv", "don vi"},          {"xl", "xu ly"},
      {"gq", "giai quyet"},  {"ntn", "ngay thang nam"}, {"nd", "noi dung"},
      {"tylb", "trich yeu"}, {"ty", "trich yeu"},       {"lvb", "loai van ban"},
      {"ngd", "nguoi dung"}, {"gc", "ghi chu"},         {"ttrg", "tinh trang"},
      {"dk", "dang ky"},     {"ph", "phat hanh"},       {"tgian", "thoi gian"},
      {"tg", "thoi gian"},   {"vv", "ve viec"},         {"dd", "duong dan"}};
  return all;
}

// One form for the ways of writing a heading: numbering off, shorthand written out, joining words left out.
std::string canonical(std::string_view key) {
  std::vector<std::string> words = words_of(key);
  const auto number = [](const std::string& word) {
    return word.find_first_not_of("0123456789") == std::string::npos;
  };
  while (words.size() > 1 && number(words.front()))
    words.erase(words.begin());
  while (words.size() > 1 && number(words.back()))
    words.pop_back();
  std::vector<std::string> kept;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    const std::string next = i + 1 < words.size() ? words[i + 1] : std::string();
    if (word == "cua" || word == "va" || word == "hoac" || word == "cac" || word == "theo") continue;
    if (word == "ng" && (next == "ky" || next == "nhan" || next == "gui" || next == "xu" || next == "xl"))
      kept.emplace_back("nguoi");
    else if (word == "ng")
      kept.emplace_back("ngay");
    else if (word == "tr" && next == "yeu")
      kept.emplace_back("trich");
    else if (word == "kh" && i > 0)
      kept.emplace_back("ky hieu");
    else if (const auto found = shorthand().find(word); found != shorthand().end())
      kept.emplace_back(found->second);
    else
      kept.push_back(word);
  }
  return text::joined(kept, " ");
}

std::string replaced(std::string key, std::string_view what, std::string_view with) {
  for (std::size_t at = key.find(what); at != std::string::npos; at = key.find(what, at + with.size()))
    key.replace(at, what.size(), with);
  return key;
}

std::string squeezed(std::string_view key) {
  std::string out(key);
  std::erase(out, ' ');
  return out;
}

struct Known {
  std::unordered_map<std::string, Column> keys;      // canonical
  std::unordered_map<std::string, Column> squeezed;  // "sokyhieu"
};

const Known& by_key() {
  static const auto known = [] {
    Known made;
    for (const auto& [column, names] : table())
      for (const std::string& name : names) {
        const std::string key = canonical(heading_key(name));
        made.keys.emplace(key, column);
        made.squeezed.emplace(squeezed(key), column);
      }
    return made;
  }();
  return known;
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

Column column_of_key(const std::string& key) {
  if (key.empty()) return Column::unused;
  const auto& known = by_key();
  const auto look = [&](const std::string& form) {
    const auto found = known.keys.find(form);
    return found == known.keys.end() ? Column::unused : found->second;
  };
  const std::string form = canonical(key);
  if (const Column found = look(form); found != Column::unused) return found;
  // "cong van" and "tai lieu" are what others call "van ban"; then without it.
  const std::string plain = replaced(replaced(form, "cong van", "van ban"), "tai lieu", "van ban");
  if (const Column found = look(plain); found != Column::unused) return found;
  std::string bare = replaced(plain, "van ban", "");
  bare = text::joined(words_of(bare), " ");
  if (bare.size() > 3 && bare != plain)
    if (const Column found = look(bare); found != Column::unused && !is_file_column(found)) return found;
  if (form.find(' ') == std::string::npos && form.size() > 5)
    if (const auto found = known.squeezed.find(form); found != known.squeezed.end()) return found->second;
  return Column::unused;
}

// What stands behind the group, or all of it.
std::string_view own_part(std::string_view heading) {
  const auto mark = heading.rfind(kGroupMark);
  return mark == std::string_view::npos ? heading
                                        : heading.substr(mark + std::string_view(kGroupMark).size());
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
  if (contains(columns, Column::month)) {
    std::size_t day = columns.size();
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (columns[i] != Column::date || !keys[i].starts_with("ngay") || keys[i].starts_with("ngay thang"))
        continue;
      // The plainest heading, else the first.
      if (day == columns.size() || (keys[i] == "ngay" && keys[day] != "ngay")) day = i;
    }
    if (day < columns.size()) columns[day] = Column::day;
  }
  for (Column& column : columns) {
    if (column == Column::file_start_day && !contains(columns, Column::file_start_month))
      column = Column::file_start;
    if (column == Column::file_end_day && !contains(columns, Column::file_end_month))
      column = Column::file_end;
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

// Decides what the words leave open, and notes it.
class Context {
 public:
  Context(const std::vector<std::string>& headings, const std::vector<std::string>& keys, records::Book book,
          std::vector<Column>& columns, std::vector<Finding>* notes)
      : labels_(column_labels(headings)), keys_(keys), book_(book), columns_(columns), notes_(notes) {}

  void resolve() {
    const bool file_list = contains(columns_, Column::file_notation) ||
                           contains(columns_, Column::file_code) || contains(columns_, Column::file_number) ||
                           contains(columns_, Column::file_provisional) || contains(columns_, Column::ordinal);
    if (!file_list && !contains(columns_, Column::subject) && !contains(columns_, Column::type_and_subject))
      change(Column::file_title, Column::subject, {"tieu de", "title"});
    if (file_list && !contains(columns_, Column::file_term))
      change(Column::due, Column::file_term, {"thoi han"});
    if (book_ == records::Book::in && !file_list) resolve_incoming();
    if (book_ == records::Book::out && !file_list) resolve_outgoing();
  }

 private:
  void resolve_incoming() {
    if (!contains(columns_, Column::arrival_number) && contains(columns_, Column::number_and_notation))
      change(Column::number, Column::arrival_number, {"so", "so van ban", "so thu tu van ban", "number"});
    if (!contains(columns_, Column::arrival_date) && count(Column::date) > 1)
      change(Column::date, Column::arrival_date,
             {"ngay", "ngay thang", "ngay thang nam", "thoi gian", "date"});
    if (!contains(columns_, Column::unit))
      change(Column::recipients, Column::unit, {"noi nhan", "co quan nhan", "recipient", "gui den"});
  }

  void resolve_outgoing() {
    if (!contains(columns_, Column::recipients)) {
      change(Column::unit, Column::recipients,
             {"don vi nhan", "nguoi nhan", "don vi nhan van ban", "nguoi nhan van ban", "receiver",
              "chuyen den"});
      if (!contains(columns_, Column::recipients))
        change(Column::issuer, Column::recipients,
               {"noi gui", "noi gui den", "co quan gui", "noi gui van ban"});
    }
    if (!contains(columns_, Column::date)) change(Column::forwarded, Column::date, {"ngay di", "ngay gui"});
  }

  std::ptrdiff_t count(Column column) const { return std::count(columns_.begin(), columns_.end(), column); }

  // The first column of one meaning and with one of these headings gets the other meaning.
  void change(Column from, Column to, std::initializer_list<std::string_view> keys) {
    for (const std::string_view wanted : keys)
      for (std::size_t i = 0; i < columns_.size(); ++i)
        if (columns_[i] == from && canonical(keys_[i]) == wanted) {
          columns_[i] = to;
          note(i, to);
          return;
        }
  }

  void note(std::size_t i, Column meaning) {
    if (notes_ == nullptr) return;
    Finding finding;
    finding.code = "P42";
    finding.level = Level::note;
    finding.path = labels_[i];
    finding.message = {"list.column-context",
                       {{"column", labels_[i]}, {"meaning", synonyms(meaning).front()}}};
    notes_->push_back(std::move(finding));
  }

  const std::vector<std::string> labels_;
  const std::vector<std::string>& keys_;
  const records::Book book_;
  std::vector<Column>& columns_;
  std::vector<Finding>* notes_;
};

// Headings that a file and its documents share belong to the part they stand in.
void resolve_parts(std::vector<Column>& columns) {
  const auto first_file = std::find_if(columns.begin(), columns.end(), names_a_file);
  const auto first_document = std::find_if(columns.begin(), columns.end(), names_a_document);
  if (first_file == columns.end()) return;
  // The file's part comes first and ends where the first column of a document stands.
  if (first_file < first_document) {
    for (auto column = columns.begin(); column != first_document; ++column)
      *column = of_file(*column);
    return;
  }
  // Or it comes last, after all columns that only a document has.
  const auto last_document = std::find_if(columns.rbegin(), columns.rend(), [](Column column) {
                               return names_a_document(column);
                             }).base();
  if (last_document > first_file) return;
  std::set<Column> before(columns.begin(), first_file);
  for (auto column = first_file; column != columns.end(); ++column)
    if (before.count(*column) != 0) *column = of_file(*column);
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
  if (const auto mark = heading.rfind(kGroupMark); mark != std::string_view::npos) {
    const std::string sub = heading_key(own_part(heading)), group = heading_key(heading.substr(0, mark));
    for (const char* const edge : {"bat dau", "ket thuc"})
      if (group.find(edge) != std::string::npos && (sub == "ngay" || sub == "thang" || sub == "nam"))
        return column_of_key(sub + " " + edge);
    for (const std::string& key : {sub + " " + group, group + " " + sub, sub, group})
      if (const Column found = column_of_key(key); found != Column::unused) return found;
    return Column::unused;
  }
  if (const Column found = column_of_key(heading_key(heading)); found != Column::unused) return found;
  return column_of_key(heading_key(without_brackets(heading)));
}

std::vector<std::string> column_labels(const std::vector<std::string>& headings) {
  std::vector<std::string> labels;
  for (std::size_t i = 0; i < headings.size(); ++i) {
    std::string label = headings[i];
    std::replace(label.begin(), label.end(), '\n', ' ');
    std::erase(label, '\r');
    const bool same = std::count(headings.begin(), headings.end(), headings[i]) > 1;
    if (same || label.empty()) label += (label.empty() ? "(" : " (") + column_text(i) + ")";
    labels.push_back(std::move(label));
  }
  return labels;
}

std::vector<Column> resolve_columns(const std::vector<std::string>& headings, records::Book book,
                                    std::vector<Finding>* notes) {
  std::vector<Column> columns;
  std::vector<std::string> keys;
  for (const std::string& heading : headings) {
    columns.push_back(meaning_of(heading));
    keys.push_back(heading_key(without_brackets(own_part(heading))));
  }
  resolve_document_count(keys, columns);
  resolve_date_parts(keys, columns);
  resolve_span(keys, columns);
  Context(headings, keys, book, columns, notes).resolve();
  resolve_parts(columns);
  return columns;
}

bool is_file_column(Column column) {
  switch (column) {
    case Column::fonds:
    case Column::inventory:
    case Column::box:
    case Column::file_notation:
    case Column::file_title:
    case Column::file_term:
    case Column::file_access:
    case Column::file_language:
    case Column::file_start_day:
    case Column::file_start_month:
    case Column::file_start_year:
    case Column::file_end_day:
    case Column::file_end_month:
    case Column::file_end_year:
    case Column::file_total:
    case Column::file_note:
    case Column::file_info_sign:
    case Column::file_keyword:
    case Column::file_sheets:
    case Column::file_condition:
    case Column::file_confidence:
    case Column::file_paper_code:
    case Column::file_remark:
    case Column::file_year:
    case Column::file_code:
    case Column::file_officer:
    case Column::file_number:
    case Column::file_start:
    case Column::file_end:
    case Column::file_dates:
    case Column::file_period:
    case Column::file_pages:
    case Column::file_provisional:
    case Column::file_unit:
    case Column::file_class:
    case Column::file_autograph:
    case Column::box_place:
    case Column::box_metres:
      return true;
    default:
      return false;
  }
}

const std::vector<std::string>& synonyms(Column column) {
  static const std::vector<std::string> none;
  for (const auto& [known, names] : table())
    if (known == column) return names;
  return none;
}

}  // namespace vtlt::exchange
