// Codes of the TT05 appendices and of agencies, from the words people use.
#include <algorithm>
#include <initializer_list>

#include "records/records.h"
#include "records/words.h"
#include "text/text.h"

namespace vtlt::records {
namespace {

struct Row {
  const char* code;
  std::initializer_list<std::string_view> words;  // folded
};

std::string code_of(std::string_view source, std::initializer_list<Row> rows) {
  const std::string folded = text::fold(source);
  for (const auto& row : rows)
    if (folded == row.code || std::find(row.words.begin(), row.words.end(), folded) != row.words.end())
      return row.code;
  return {};
}

// "Tiếng Việt - Tiếng Anh" → "viet-anh"
std::string language_key(std::string_view source) {
  std::string key;
  const std::string folded = text::fold(cleaned(source));
  for (const auto word : split_at(folded, " -/"))
    if (!word.empty() && word != "tieng" && word != "chu" && word != "va")
      key += (key.empty() ? "" : "-") + std::string(word);
  return key;
}

std::string one_language(std::string_view source) {
  return code_of(language_key(source), {{"01", {"viet", "viet-nam", "vi", "vie"}},
                                        {"02", {"anh", "en", "eng"}},
                                        {"03", {"phap", "fr", "fra"}},
                                        {"04", {"nga", "ru", "rus"}},
                                        {"05", {"trung", "trung-quoc", "hoa", "zh", "zho"}},
                                        {"06", {"viet-anh", "anh-viet"}},
                                        {"07", {"viet-nga", "nga-viet"}},
                                        {"08", {"viet-phap", "phap-viet"}},
                                        {"09", {"han-nom", "han", "nom"}},
                                        {"10", {"viet-trung", "trung-viet"}},
                                        {"11", {"khac", "ngon-ngu-khac"}}});
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

bool all_code_letters(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return is_digit(c) || is_upper(c); });
}

// "H57"
bool is_level_one(std::string_view group) {
  return group.size() == 3 && is_upper(group[0]) && is_digit(group[1]) && is_digit(group[2]);
}

// Đ6 of QĐ 20/2020: a scheme Z01-Z99 and the body's number in it, no separator.
bool is_z_form(std::string_view code) {
  if (code.size() < 4 || code.size() > 35 || code.substr(1, 2) == "00") return false;
  return is_level_one(code.substr(0, 3)) &&
         std::all_of(code.begin() + 3, code.end(), [](char c) { return c > ' ' && c < 0x7F && c != '.'; });
}

// Enterprise number 10 digits, a branch 3 more; households 10 or 12.
bool is_enterprise(std::string_view code) {
  if (code.size() == 14 && code[10] == '-')
    return all_digits(code.substr(0, 10)) && all_digits(code.substr(11));
  return all_digits(code) && (code.size() == 10 || code.size() == 12 || code.size() == 13);
}

bool groups_of_digits(const std::vector<std::string_view>& groups, std::initializer_list<std::size_t> sizes) {
  if (groups.size() != sizes.size() + 1 || !is_level_one(groups.back())) return false;
  return std::equal(sizes.begin(), sizes.end(), groups.begin(), [](std::size_t size, std::string_view group) {
    return group.size() == size && all_digits(group);
  });
}

}  // namespace

std::string tt05_mode(std::string_view access_text) {
  return code_of(cleaned(access_text), {{"01", {"open", "cong khai", "su dung rong rai", "rong rai"}},
                                        {"02",
                                         {"conditional", "su dung co dieu kien", "co dieu kien",
                                          "tiep can co dieu kien", "han che", "su dung han che"}},
                                        {"03", {"secret", "mat", "toi mat", "tuyet mat"}}});
}

std::string tt05_language(std::string_view text) {
  std::string codes;
  for (const auto part : split_at(text, ";,")) {
    if (cleaned(part).empty()) continue;
    const std::string code = one_language(part);
    if (code.empty()) return {};
    // Several languages in one field: TT05 gives no separator, ';' is ours.
    if (codes.find(code) == std::string::npos) codes += (codes.empty() ? "" : ";") + code;
  }
  return codes;
}

std::string tt05_confidence(std::string_view text) {
  return code_of(cleaned(text), {{"01", {"goc dien tu", "ban goc dien tu", "dien tu goc", "van ban dien tu"}},
                                 {"02", {"so hoa", "ban so hoa", "tai lieu so hoa", "van ban so hoa"}},
                                 {"03", {"hon hop"}}});
}

std::string tt05_condition(std::string_view text) {
  return code_of(cleaned(text),
                 {{"01", {"tot"}}, {"02", {"binh thuong", "trung binh"}}, {"03", {"hong", "hu hong"}}});
}

std::string access_of_tt05(std::string_view code) {
  return code == "01" ? "open" : code == "02" ? "conditional" : code == "03" ? "secret" : std::string(code);
}

std::string confidence_of_tt05(std::string_view code) {
  return code == "01"   ? "Gốc điện tử"
         : code == "02" ? "Số hóa"
         : code == "03" ? "Hỗn hợp"
                        : std::string(code);
}

std::string condition_of_tt05(std::string_view code) {
  return code == "01" ? "Tốt" : code == "02" ? "Bình thường" : code == "03" ? "Hỏng" : std::string(code);
}

OrganCodeForm organ_code_form(std::string_view code) {
  if (code.empty() || code.size() > 35) return OrganCodeForm::invalid;
  if (code.front() == 'Z') return is_z_form(code) ? OrganCodeForm::z_form : OrganCodeForm::invalid;
  if (is_enterprise(code)) return OrganCodeForm::enterprise;
  const auto groups = split_at(code, ".");
  if (is_level_one(groups.front()))
    return std::all_of(groups.begin() + 1, groups.end(), all_code_letters) ? OrganCodeForm::qd20
                                                                           : OrganCodeForm::invalid;
  if (groups_of_digits(groups, {3, 2, 2})) return OrganCodeForm::legacy13;
  if (groups_of_digits(groups, {2, 2}) || groups_of_digits(groups, {3, 2}) || groups_of_digits(groups, {2}))
    return OrganCodeForm::legacy_short;
  return OrganCodeForm::invalid;
}

}  // namespace vtlt::records
