// Kinds of administrative documents: NĐ30 Đ7 and PL III, with the codes of TT05.
#include <algorithm>

#include "records/records.h"
#include "records/words.h"
#include "text/text.h"

namespace vtlt::records {
namespace {

// What TT05 adds to the 29.
constexpr DocumentType kOthers[] = {
    {"", "Bản đồ", "Map", "30"},
    {"", "Bản vẽ kỹ thuật", "Technical drawing", "31"},
    {"", "Khác", "Other", "32"},
};

// First parts of notations that are not administrative documents: laws and normative acts, copies (PL III),
// conclusions of the Party.
constexpr std::string_view kNotAdministrative[] = {"l",    "pl",   "lct", "nđ", "nd", "tt",
                                                   "ttlt", "nqlt", "kl",  "sy", "sl", "trs"};

struct Folded {
  const DocumentType* type;
  std::string abbreviation;       // lower case, with its letters: hđ is not hd
  std::string abbreviation_bare;  // hd
  std::string name;
};

const std::vector<Folded>& folded_types() {
  static const std::vector<Folded> table = [] {
    std::vector<Folded> rows;
    const auto add = [&](const DocumentType& type) {
      rows.push_back({&type, text::fold_case(type.abbreviation), text::fold(type.abbreviation),
                      text::fold(type.name_vi)});
    };
    for (const auto& type : document_types())
      add(type);
    for (const auto& type : kOthers)
      add(type);
    return rows;
  }();
  return table;
}

const DocumentType* by_abbreviation(std::string_view written) {
  const std::string lower = text::fold_case(written), bare = text::fold(written);
  if (lower.empty()) return nullptr;
  for (const auto& row : folded_types())
    if (row.abbreviation == lower) return row.type;
  for (const auto& row : folded_types())
    if (!row.abbreviation.empty() && row.abbreviation_bare == bare && lower == bare) return row.type;
  return nullptr;
}

const DocumentType* by_name(std::string_view folded) {
  for (const auto& row : folded_types())
    if (row.name == folded) return row.type;
  return nullptr;
}

bool begins_name(std::string_view folded) {
  const auto& rows = folded_types();
  return std::any_of(rows.begin(), rows.end(), [&](const Folded& row) { return row.name.starts_with(folded); });
}

std::string_view trimmed(std::string_view text, std::string_view letters) {
  const auto first = text.find_first_not_of(letters);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(letters) - first + 1);
}

}  // namespace

const std::vector<DocumentType>& document_types() {
  // Order of NĐ30 Đ7; the code of TT05 follows another order.
  static const std::vector<DocumentType> types = {
      {"NQ", "Nghị quyết", "Resolution", "01"},
      {"QĐ", "Quyết định", "Decision", "02"},
      {"CT", "Chỉ thị", "Directive", "03"},
      {"QC", "Quy chế", "Statute", "04"},
      {"QyĐ", "Quy định", "Regulation", "05"},
      {"TC", "Thông cáo", "Communiqué", "06"},
      {"TB", "Thông báo", "Notice", "07"},
      {"HD", "Hướng dẫn", "Guidance", "08"},
      {"CTr", "Chương trình", "Programme", "09"},
      {"KH", "Kế hoạch", "Plan", "10"},
      {"PA", "Phương án", "Option paper", "11"},
      {"ĐA", "Đề án", "Scheme", "12"},
      {"DA", "Dự án", "Project", "13"},
      {"BC", "Báo cáo", "Report", "14"},
      {"BB", "Biên bản", "Minutes", "20"},
      {"TTr", "Tờ trình", "Submission", "15"},
      {"HĐ", "Hợp đồng", "Contract", "21"},
      {"CV", "Công văn", "Official letter", "22"},
      {"CĐ", "Công điện", "Official telegram", "23"},
      {"BGN", "Bản ghi nhớ", "Memorandum of understanding", "24"},
      {"BTT", "Bản thỏa thuận", "Agreement", "25"},
      {"GUQ", "Giấy ủy quyền", "Power of attorney", "16"},
      {"GM", "Giấy mời", "Invitation", "26"},
      {"GGT", "Giấy giới thiệu", "Letter of introduction", "27"},
      {"GNP", "Giấy nghỉ phép", "Leave permit", "28"},
      {"PG", "Phiếu gửi", "Dispatch note", "17"},
      {"PC", "Phiếu chuyển", "Transfer note", "18"},
      {"PB", "Phiếu báo", "Notification slip", "19"},
      {"", "Thư công", "Official note", "29"},
  };
  return types;
}

const DocumentType* find_document_type(std::string_view source) {
  std::string written = cleaned(source);
  // Đ7: "nghị quyết (cá biệt)"
  if (const auto bracket = written.find('('); bracket != std::string::npos && bracket > 0)
    written = cleaned(std::string_view(written).substr(0, bracket));
  if (written.empty()) return nullptr;
  if (const auto* type = by_abbreviation(written)) return type;
  for (const auto& row : folded_types())
    if (written == row.type->tt05) return row.type;
  return by_name(text::fold(written));
}

const DocumentType* type_of_notation(std::string_view notation) {
  const std::string clean = cleaned(notation);
  const auto groups = split_at(clean, "-/.&");
  if (groups.front().empty()) return nullptr;
  const std::string first = text::fold_case(groups.front());
  if (const auto* type = by_abbreviation(groups.front())) return type;
  for (const auto other : kNotAdministrative)
    if (first == other) return nullptr;
  // Công văn has no type part: agency, then the unit or field that drafted it (NĐ30 PL I).
  return groups.size() > 1 ? find_document_type("CV") : nullptr;
}

std::pair<const DocumentType*, std::string> split_type_and_subject(std::string_view cell) {
  static constexpr std::string_view kSpace = " \t\r\n", kPunctuation = " \t\r\n:;,.-";
  static constexpr std::size_t kMostWords = 4;
  const std::string composed = text::nfc(cell);
  const std::string_view whole = trimmed(composed, kSpace);
  const DocumentType* found = nullptr;
  std::size_t end = 0, at = 0;
  for (std::size_t words = 0; words < kMostWords && at < whole.size(); ++words) {
    const auto start = whole.find_first_not_of(kSpace, at);
    at = std::min(whole.find_first_of(kSpace, start), whole.size());
    const std::string folded = text::fold(trimmed(whole.substr(0, at), kPunctuation));
    const auto* type = by_name(folded);
    if (type == nullptr && !begins_name(folded)) break;
    if (type == nullptr || std::string_view(type->tt05) == "32") continue;
    found = type;
    end = at;
  }
  if (found == nullptr) return {nullptr, std::string(whole)};
  const auto rest = whole.substr(end);
  const auto first = rest.find_first_not_of(kPunctuation);
  return {found, std::string(first == std::string_view::npos ? std::string_view() : rest.substr(first))};
}

}  // namespace vtlt::records
