// Cells of a row before they mean anything: which rows are no data, what was mended in a text, which texts
// are broken. Nothing is changed silently: what was mended is noted and kept as it was.
#include <algorithm>

#include "base/encoding.h"
#include "exchange/cell_text.h"
#include "exchange/encoding_internal.h"
#include "exchange/letters.h"
#include "exchange/list_internal.h"
#include "exchange/readers.h"
#include "text/text.h"

namespace vtlt::exchange {
namespace {

Finding row_note(const char* key, long row, const std::string& words) {
  Finding finding;
  finding.code = "P41";
  finding.level = Level::note;
  finding.line = row;
  finding.message = {
      key, {{"row", std::to_string(row)}, {"value", text::cut(text::printable(words), kShownValue)}}};
  return finding;
}

bool starts_with_any(std::string_view folded, std::initializer_list<std::string_view> beginnings) {
  return std::any_of(beginnings.begin(), beginnings.end(),
                     [&](std::string_view one) { return folded.starts_with(one); });
}

// "Tổng cộng", "Người lập biểu", "(Ký, ghi rõ họ tên)", "Phong Hải, ngày … tháng … năm …"
bool is_footer_word(std::string_view folded) {
  if (starts_with_any(folded, {"tong cong",
                               "tong so",
                               "cong:",
                               "cong cong",
                               "tong:",
                               "nguoi lap",
                               "nguoi vao so",
                               "nguoi ghi so",
                               "nguoi kiem tra",
                               "thu truong",
                               "can bo van thu",
                               "van thu",
                               "ky ten",
                               "(ky",
                               "xac nhan cua",
                               "so nay co",
                               "so nay gom",
                               "danh sach nay",
                               "an dinh danh sach",
                               "ket thuc so",
                               "khoa so",
                               "tm.",
                               "kt.",
                               "chu tich",
                               "chanh van phong"}))
    return true;
  if (folded == "cong" || folded == "tong") return true;
  return folded.find("ngay") != std::string_view::npos && folded.find("thang") != std::string_view::npos &&
         folded.find("nam") != std::string_view::npos && folded.find(',') != std::string_view::npos;
}

// "Tháng 02/2024", "Quý I", "II. Văn bản của tỉnh", "A - Văn bản đến", "Trang 2"
bool is_group_word(std::string_view folded) {
  if (starts_with_any(folded, {"thang ", "quy ", "nam ", "tuan ", "trang ", "phan ", "muc ", "so dang ky"}))
    return true;
  const auto dot = folded.find_first_of(".-)");
  if (dot == std::string_view::npos || dot == 0 || dot > 5) return false;
  std::string_view front = folded.substr(0, dot);
  while (!front.empty() && front.back() == ' ')
    front.remove_suffix(1);
  const bool roman = !front.empty() && front.find_first_not_of("ivx") == std::string_view::npos;
  return roman || (front.size() == 1 && front[0] >= 'a' && front[0] <= 'h');
}

bool is_spreadsheet_error(std::string_view text) {
  if (text.size() < 2 || text.front() != '#') return false;
  if (text.find_first_not_of('#') == std::string_view::npos) return text.size() >= 3;  // too narrow a column
  for (const std::string_view error :
       {"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "Err:"})
    if (text.starts_with(error)) return true;
  return false;
}

bool is_formula(std::string_view text) {
  return !text.empty() && text.front() == '=' && text.find_first_not_of("= ") != std::string_view::npos
             ? text.size() > 1
             : text == "=";
}

// "K? ho?ch", "?y ban": letters that an encoding had no place for.
bool has_lost_letters(std::string_view text) {
  const auto letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
  };
  if (text.find("://") != std::string_view::npos) return false;
  for (std::size_t at = text.find('?'); at != std::string_view::npos; at = text.find('?', at + 1)) {
    std::size_t after = at;
    while (after < text.size() && text[after] == '?')
      ++after;
    if (after < text.size() && letter(text[after])) return true;
  }
  return false;
}

// UTF-8 whose bytes were shown as Windows-1252: "Káº¿ hoáº¡ch".
std::string unshown_utf8(const std::string& bytes) {
  return is_ascii(bytes) || !is_utf8(bytes) ? std::string() : text::nfc(bytes);
}

// Text of a .VnTime or VNI font in a cell by itself.
std::string as_font_text(const std::string& text, const std::string& bytes, Encoding& encoding) {
  const WordScore as_is = score_words(text);
  if (as_is.words == 0 || as_is.share() > 0.5) return "";
  std::string best;
  double best_share = std::max(0.7, as_is.share() + 0.3);
  for (const Encoding one : {Encoding::tcvn3, Encoding::vni}) {
    std::size_t bad = 0;
    std::string decoded = to_utf8(bytes, one, false, &bad);
    const WordScore score = score_words(decoded);
    if (bad != 0 || score.words == 0 || score.share() <= best_share) continue;
    best_share = score.share();
    best = std::move(decoded);
    encoding = one;
  }
  return best;
}

}  // namespace

// ---- rows that are no data ----

bool RowReader::is_footer(const TableRow& row, std::vector<Finding>& passed) {
  const std::string* first = nullptr;
  std::size_t filled = 0;
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    if (row.cells[i].find_first_not_of(" \t\r\n") == std::string::npos) continue;
    ++filled;
    if (first == nullptr) first = &row.cells[i];
  }
  if (first == nullptr) return true;
  if (filled > 3 || columns_.size() < 4) {
    footer_ = false;
    return false;
  }
  const std::string words = clean_cell(*first);
  const std::string folded = text::fold(words);
  // A row with a number of its own is data, whatever its words are.
  for (const Column column : {Column::arrival_number, Column::number_and_notation, Column::number,
                              Column::date, Column::arrival_date}) {
    const int place = place_[std::size_t(column)];
    if (place < 0 || std::size_t(place) >= row.cells.size()) continue;
    const std::string& cell = row.cells[std::size_t(place)];
    if (&cell != first && cell.find_first_of("0123456789") != std::string::npos) return false;
  }
  if (is_footer_word(folded)) {
    footer_ = true;
    passed.push_back(row_note("list.row-footer", row.number, words));
    return true;
  }
  if (footer_) {  // names under "Người lập"
    passed.push_back(row_note("list.row-footer", row.number, words));
    return true;
  }
  if (filled == 1 && is_group_word(folded)) {
    passed.push_back(row_note("list.row-group", row.number, words));
    return true;
  }
  return false;
}

void RowReader::check_width(const TableRow& row) {
  if (row.found == 0) return;
  const std::size_t wanted = headings_.size();
  const auto add = [&](Level level, const char* key, const std::string& value) {
    Finding finding;
    finding.code = "P41";
    finding.level = level;
    finding.line = row_.row;
    finding.message = {key,
                       {{"row", std::to_string(row_.row)},
                        {"found", std::to_string(row.found)},
                        {"wanted", std::to_string(wanted)},
                        {"column", column_text(std::min(row.found, wanted))},
                        {"value", text::cut(text::printable(value), kShownValue)}}};
    finding.hint = {"list.width.hint"};
    row_.findings.push_back(std::move(finding));
  };
  for (std::size_t i = wanted; i < row.cells.size(); ++i)
    if (!clean_cell(row.cells[i]).empty()) {
      add(Level::error, "list.row-too-wide", clean_cell(row.cells[i]));
      return;
    }
  if (row.found < wanted) add(Level::warning, "list.row-too-narrow", "");
}

// ---- cells ----

// Of several columns with one meaning the first that holds something counts.
void RowReader::collect(const TableRow& row) {
  values_.fill({});
  source_.fill(-1);
  raw_paths_.clear();
  mended_.clear();
  for (std::size_t i = 0; i < columns_.size() && i < row.cells.size(); ++i) {
    const Column column = columns_[i];
    const std::string& raw = row.cells[i];
    if (column == Column::unused || raw.empty()) continue;
    const auto place = std::size_t(column);
    if (column == Column::path) {
      raw_paths_.push_back(raw);
      if (source_[place] < 0) source_[place] = static_cast<int>(i);
      continue;
    }
    Value value = clean_cell(raw);
    if (value.empty()) continue;
    if (source_[place] >= 0) {
      if (text::fold(values_[place]) != text::fold(value)) {
        Finding& finding = find(Level::warning, "P42", column, "list.column-twice", "list.column-twice.hint");
        finding.message.args.emplace_back("other", headings_[i]);
        finding.message.args.emplace_back("second", text::cut(text::printable(value), kShownValue));
        mended_.emplace_back(Column::unused, headings_[i] + "\n" + value);
      }
      continue;
    }
    source_[place] = static_cast<int>(i);
    const bool changed = value != raw || !is_ascii(value);
    values_[place] = std::move(value);
    if (changed || values_[place].find_first_of("#=?") != std::string::npos)
      if (!mend_cell(raw, values_[place], column)) values_[place].clear();
  }
  for (const std::size_t filled : row.filled)
    if (filled < columns_.size() && columns_[filled] != Column::unused &&
        source_[std::size_t(columns_[filled])] == static_cast<int>(filled))
      find(Level::note, "P41", columns_[filled], "list.merged", "");
  if (row.recomposed >= 0 && std::size_t(row.recomposed) < columns_.size() &&
      columns_[std::size_t(row.recomposed)] != Column::unused) {
    const Column column = columns_[std::size_t(row.recomposed)];
    find(Level::note, "P41", column, "list.nfd", "", false);
  }
}

// false: the cell says nothing that could be read.
bool RowReader::mend_cell(const std::string& raw, Value& value, Column column) {
  if (is_spreadsheet_error(value)) {
    find(Level::error, "P41", column, "list.cell-error", "list.cell-error.hint");
    return false;
  }
  // An apostrophe in front makes text of it.
  const auto first = raw.find_first_not_of(" \t\r\n");
  if (first != std::string::npos && raw[first] == '=' && is_formula(value)) {
    find(Level::error, "P41", column, "list.formula", "list.formula.hint");
    return false;
  }
  if (value.find("\xEF\xBF\xBD") != std::string::npos) {
    find(Level::error, "P41", column, "list.undecodable", "list.undecodable.hint");
    return true;
  }
  if (has_lost_letters(value)) {
    find(Level::error, "P41", column, "list.letters-lost", "list.letters-lost.hint");
    return true;
  }
  const Value before = value;
  if (!is_ascii(value)) {
    Encoding encoding = Encoding::tcvn3;
    std::string bytes;  // most Vietnamese text has letters that Windows-1252 has not
    const bool western = to_windows_1252(value, bytes);
    if (std::string mended = western ? unshown_utf8(bytes) : std::string(); !mended.empty()) {
      value = clean_cell(mended);
      Finding& finding = find(Level::warning, "P41", column, "list.mojibake", "list.mojibake.hint", false);
      finding.message.args.emplace_back("value", text::cut(text::printable(before), kShownValue));
      finding.message.args.emplace_back("mended", text::cut(text::printable(value), kShownValue));
    } else if (const std::string decoded = western ? as_font_text(value, bytes, encoding) : std::string();
               !decoded.empty()) {
      Finding& finding = find(Level::error, "P41", column, "list.font-text", "list.font-text.hint");
      finding.message.args.emplace_back("encoding", std::string(encoding_name(encoding)));
      finding.message.args.emplace_back("mended", text::cut(text::printable(decoded), kShownValue));
      // Never leave unread what may say that the document is secret.
      value = clean_cell(decoded);
      mended_.emplace_back(column, trimmed_cell(raw));
      return true;
    }
    if (text::mend_d_lookalikes(value)) find(Level::note, "P07", column, "list.eth", "");
  }
  if (raw != before)
    report_odd_text(raw, before, value, column);
  else if (before != value)
    mended_.emplace_back(column, before);
  return true;
}

void RowReader::report_odd_text(const std::string& raw, const Value& before, const Value& value,
                                Column column) {
  bool invisible = false, line_break = false, spaces = false;
  std::size_t lines = 0, joints = 0;
  bool space_before = true;
  const std::string inner = trimmed_cell(raw);
  for (std::size_t at = 0; at < inner.size();) {
    const char32_t code = next_code(inner, at);
    invisible = invisible || code == 0xA0 || (code >= 0x2000 && code <= 0x200F) || code == 0xFEFF ||
                code == 0x2060 || code == 0x202F || code == 0x3000;
    const bool space = code == ' ' || (code >= 9 && code <= 13);
    if (code == '\n') ++lines;
    if (code == ',' || code == ';' || code == '\t') ++joints;
    line_break = line_break || code == '\n' || code == '\r';
    spaces = spaces || (space && space_before && code == ' ');
    space_before = space;
  }
  // A quotation mark that was not closed swallows the rows that follow.
  if (lines > 0 && joints >= lines * (headings_.size() > 4 ? headings_.size() - 2 : headings_.size()) &&
      headings_.size() > 3) {
    Finding& finding =
        find(Level::error, "P41", column, "list.quote-swallowed", "list.quote-unclosed.hint", false);
    finding.message.args.emplace_back("count", std::to_string(lines));
    return;
  }
  if (invisible) find(Level::note, "P41", column, "list.invisible", "");
  if (line_break && column != Column::recipients) find(Level::note, "P41", column, "list.line-break", "");
  if (spaces && !line_break) find(Level::note, "P41", column, "list.spaces", "");
  if (invisible || line_break || spaces || before != value) mended_.emplace_back(column, inner);
}

}  // namespace vtlt::exchange
