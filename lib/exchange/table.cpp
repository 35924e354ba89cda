#include "exchange/table.h"

#include <algorithm>

#include "base/encoding.h"
#include "exchange/encoding_internal.h"
#include "exchange/readers.h"
#include "text/text.h"

namespace vtlt::exchange {
namespace {

bool is_blank(std::string_view cell) {
  for (std::size_t i = 0; i < cell.size(); ++i) {
    const char c = cell[i];
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n') continue;
    if (cell.substr(i).starts_with("\xC2\xA0")) {  // no-break space
      ++i;
      continue;
    }
    return false;
  }
  return true;
}

bool is_blank(const std::vector<std::string>& cells) {
  return std::all_of(cells.begin(), cells.end(), [](const std::string& cell) { return is_blank(cell); });
}

std::string trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.substr(0, 1)))
    text.remove_prefix(1);
  while (!text.empty() && is_blank(text.substr(text.size() - 1)))
    text.remove_suffix(1);
  return std::string(text);
}

// "(1) (2) (3)" under the headings of a printed form, also "(A) (B) (1) (2)".
bool is_numbering(const std::vector<std::string>& cells) {
  int next = 1, letters = 0;
  for (const std::string& cell : cells) {
    std::string text = trimmed(cell);
    if (text.empty()) continue;
    if (text.size() > 2 && (text.front() == '(' || text.front() == '['))
      text = text.substr(1, text.size() - 2);
    if (next == 1 && text.size() == 1 && text[0] == static_cast<char>('A' + letters)) {
      ++letters;
      continue;
    }
    if (text != std::to_string(next)) return false;
    ++next;
  }
  return next > 2 && next + letters > 4;
}

bool has_digit(std::string_view text) {
  return text.find_first_of("0123456789") != std::string_view::npos;
}

// "group › heading" for a column whose heading stands in two rows.
std::vector<std::string> combined(const std::vector<std::string>& above,
                                  const std::vector<std::string>& below) {
  std::vector<std::string> headings;
  std::string group;
  for (std::size_t i = 0; i < std::max(above.size(), below.size()); ++i) {
    const std::string top = i < above.size() ? trimmed(above[i]) : std::string();
    const std::string sub = i < below.size() ? trimmed(below[i]) : std::string();
    if (!top.empty()) group = top;
    if (sub.empty() || text::fold(sub) == text::fold(top)) {
      headings.push_back(top);
      if (sub.empty()) group.clear();
    } else {
      headings.push_back(group.empty() ? sub : group + kGroupMark + sub);
    }
  }
  return headings;
}

// What offices write below a list: "Tổng số văn bản: 12 (mười hai)." alone in the first cell.
bool is_total(const std::vector<std::string>& cells) {
  if (is_blank(cells.front())) return false;
  if (!std::all_of(cells.begin() + 1, cells.end(), [](const std::string& cell) { return is_blank(cell); })) return false;
  const std::string words = text::fold(cells.front());
  for (const char* start : {"tong so", "tong cong", "ban danh muc ho so nay co", "muc luc nay"})
    if (words.starts_with(start)) return true;
  return false;
}

std::ptrdiff_t filled(const std::vector<std::string>& cells) {
  return std::count_if(cells.begin(), cells.end(), [](const std::string& cell) { return !is_blank(cell); });
}

bool is_unicode(Encoding encoding) {
  return encoding <= Encoding::utf16be;
}

// Holds the leading rows until the heading row is known, then passes rows on.
class HeadingStage {
 public:
  HeadingStage(TableInfo info, const TableOptions& options,
               const std::function<bool(std::string_view)>& known, int least_known,
               const std::function<void(const TableInfo&)>& begun,
               const std::function<void(const TableRow&)>& row)
      : info_(std::move(info)),
        options_(options),
        known_(known),
        least_known_(least_known),
        begun_(begun),
        row_(row) {}

  // The characters of cells may be font text of this encoding (sure: told by the caller or found in the
  // bytes).
  void expect_font_text(std::optional<Encoding> sure) {
    font_text_ = true;
    forced_font_ = sure.has_value();
    font_ = sure.value_or(Encoding::utf8);
  }

  bool take(ReadRow& read) {
    TableRow row;
    row.number = read.number;
    row.cells = std::move(read.cells);
    row.found = composed_ ? row.cells.size() : 0;
    row.filled = std::move(read.filled);
    row.recomposed = read.recomposed;
    if (started_) {
      mend(row);
      pass_mended(row);
      read.cells = std::move(row.cells);
      return true;
    }
    leading_.push_back(std::move(row));
    if (read.number >= kHeadingRows || leading_.size() >= kHeadingRows) begin();
    return true;
  }

  void expect_sheets(const std::vector<std::string>* sheets) { sheets_ = sheets; }

  TableInfo finish() {
    if (!started_) begin();
    return std::move(info_);
  }

 private:
  void begin() {
    started_ = true;
    find_font();
    for (TableRow& row : leading_)
      mend(row);
    find_headings();
    const auto heading = std::find_if(leading_.begin(), leading_.end(), [this](const TableRow& row) {
      return row.number == info_.heading_row;
    });
    for (std::string& text : info_.headings)
      text = trimmed(text);
    while (!info_.headings.empty() && info_.headings.back().empty())
      info_.headings.pop_back();
    if (sheets_ != nullptr) info_.other_sheets = *sheets_;
    begun_(info_);
    for (auto row = heading + 1; row != leading_.end(); ++row)
      pass_mended(*row);
    leading_.clear();
  }

  // The row, or the two rows, with most known headings; the first of equals.
  void find_headings() {
    int best = 0;
    for (std::size_t i = 0; i < leading_.size(); ++i) {
      const int alone = count_known(leading_[i].cells);
      if (alone > best) {
        best = alone;
        info_.heading_row = leading_[i].number;
        info_.headings = leading_[i].cells;
      }
      if (i + 1 == leading_.size() || !may_be_below(leading_[i].cells, leading_[i + 1].cells)) continue;
      auto both = combined(leading_[i].cells, leading_[i + 1].cells);
      const int together = count_known(both);
      if (together <= best) continue;
      best = together;
      info_.heading_row = leading_[i + 1].number;
      info_.headings = std::move(both);
    }
    if (best < least_known_) refuse_without_heading();
  }

  // A second row of headings: short words without figures, most of them known.
  bool may_be_below(const std::vector<std::string>& above, const std::vector<std::string>& below) const {
    int words = 0, headings = 0, known = 0;
    for (const std::string& cell : above)
      headings += is_blank(cell) || has_digit(cell) ? 0 : 1;
    for (std::size_t i = 0; i < below.size(); ++i) {
      const std::string cell = trimmed(below[i]);
      if (cell.empty()) continue;
      if (has_digit(cell) || cell.size() > 100) return false;
      if (i < above.size() && text::fold(cell) == text::fold(trimmed(above[i])))
        continue;  // merged downwards
      ++words;
      if (known_(cell)) ++known;
    }
    return headings >= 2 && words >= 2 && known * 2 >= words;
  }

  [[noreturn]] void refuse_without_heading() {
    std::string seen;
    for (const TableRow& row : leading_)
      if (!is_blank(row.cells)) {
        for (const std::string& cell : row.cells)
          seen += (seen.empty() ? "" : " | ") + trimmed(cell);
        break;
      }
    if (seen.empty()) refuse_list("VTLT-LIST-09", {"list.empty"});
    refuse_list("VTLT-LIST-03",
                {"list.no-heading",
                 {{"rows", std::int64_t(kHeadingRows)}, {"seen", text::cut(text::printable(seen), 100)}}},
                0, {"list.no-heading.hint"});
  }

  void find_font() {
    if (!font_text_ || forced_font_) return;
    std::vector<std::string> cells;
    for (const TableRow& row : leading_)
      cells.insert(cells.end(), row.cells.begin(), row.cells.end());
    const Detected found = detect_font_text(cells);
    font_ = found.encoding;
    if (!is_unicode(found.encoding)) info_.encoding = found;
  }

  void mend(TableRow& row) const {
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      std::string& cell = row.cells[i];
      if (font_text_ && !is_unicode(font_)) mend_font_text(cell, font_, options_.keep_caps, forced_font_);
      if (composed_ || is_ascii(cell)) continue;
      const std::size_t before = cell.size();
      cell = text::nfc(cell);
      if (cell.size() < before && row.recomposed < 0) row.recomposed = static_cast<int>(i);
    }
  }

  int count_known(const std::vector<std::string>& cells) const {
    return static_cast<int>(std::count_if(cells.begin(), cells.end(), [this](const std::string& cell) {
      return !is_blank(cell) && known_(trimmed(cell));
    }));
  }

  // The headings again, on a new page: every cell that is not empty says what the heading says, or, where
  // headings stand in two rows, a part of it.
  bool is_heading_again(const std::vector<std::string>& cells) const {
    int same = 0;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const std::string cell = trimmed(cells[i]);
      if (cell.empty()) continue;
      if (i >= info_.headings.size()) return false;
      const std::string& heading = info_.headings[i];
      if (has_digit(cell) && !has_digit(heading)) return false;
      const std::size_t mark = heading.find(kGroupMark);
      const bool part =
          mark != std::string::npos &&
          (text::fold(heading.substr(0, mark)) == text::fold(cell) ||
           text::fold(heading.substr(mark + std::string_view(kGroupMark).size())) == text::fold(cell));
      if (cell != heading && !part && (cell.size() > 300 || text::fold(cell) != text::fold(heading)))
        return false;
      ++same;
    }
    return same >= 2;
  }

  void note_passed(long number, PassedRow::Kind kind) {
    constexpr std::size_t kMostNoted = 1000;
    if (info_.passed.size() < kMostNoted) info_.passed.push_back({number, kind});
  }

  static bool only_filled(const TableRow& row) {
    for (std::size_t i = 0; i < row.cells.size(); ++i)
      if (!is_blank(row.cells[i]) && std::find(row.filled.begin(), row.filled.end(), i) == row.filled.end())
        return false;
    return true;
  }

  void pass_mended(TableRow& row) {
    if (is_blank(row.cells) || (!row.filled.empty() && only_filled(row))) return;
    const bool after_heading = after_heading_;
    after_heading_ = false;
    if (after_heading && is_numbering(row.cells)) {
      note_passed(row.number, PassedRow::Kind::numbering);
      return;
    }
    if (is_heading_again(row.cells)) {
      note_passed(row.number, PassedRow::Kind::heading);
      after_heading_ = true;
      return;
    }
    // Below the totals stand remarks and signatures. A row that is filled is one of the list all the same.
    if (options_.ends_with_totals) {
      below_ = below_ || (info_.headings.size() > 2 && is_total(row.cells));
      if (below_ && filled(row.cells) <= 2) return;
    }
    if (row.cells.size() < info_.headings.size()) row.cells.resize(info_.headings.size());
    row_(row);
  }

  TableInfo info_;
  const TableOptions& options_;
  const std::function<bool(std::string_view)>& known_;
  int least_known_;
  const std::function<void(const TableInfo&)>& begun_;
  const std::function<void(const TableRow&)>& row_;
  std::vector<TableRow> leading_;
  const std::vector<std::string>* sheets_ = nullptr;
  bool started_ = false, after_heading_ = true, below_ = false, font_text_ = false, forced_font_ = false;
  bool composed_ = info_.format != "XLSX" && info_.format != "HTML";  // the CSV reader has done it
  Encoding font_ = Encoding::utf8;
};

// What the encoding of the bytes is, and whether an old encoding that was asked for can only be meant for the
// characters inside (a workbook, or a UTF-8 file, with text in a .VnTime font).
struct Reading {
  Detected bytes;
  std::optional<Encoding> font;
};

Reading reading_of(std::string_view bytes, const TableOptions& options) {
  Reading reading;
  if (!options.encoding) {
    reading.bytes = detect_encoding(bytes);
    return reading;
  }
  const Detected found = detect_encoding(bytes);
  reading.bytes.encoding = *options.encoding;
  const auto utf8 = [](Encoding encoding) {
    return encoding <= Encoding::utf8_bom;
  };  // a mark is no encoding
  const bool same = found.encoding == *options.encoding || (utf8(found.encoding) && utf8(*options.encoding));
  if (!same && found.confidence >= 80 && found.encoding != Encoding::latin1 &&
      reads_worse(bytes, *options.encoding, found.encoding))
    reading.bytes.better = found.encoding;
  if (is_unicode(*options.encoding)) return reading;
  const bool unicode_inside = is_unicode(found.encoding) && found.confidence == 100 && !is_ascii(bytes);
  if (unicode_inside) {
    reading.bytes.encoding = found.encoding;
    reading.font = options.encoding;
    reading.bytes.better.reset();
  }
  return reading;
}

void refuse_foreign(std::string_view bytes) {
  struct Sign {
    std::string_view start;
    const char* what;
  };
  static constexpr Sign kSigns[] = {{"\xD0\xCF\x11\xE0", "Excel 97-2003 (.xls)"},
                                    {"%PDF", "PDF"},
                                    {"\x89PNG", "PNG"},
                                    {"\xFF\xD8\xFF", "JPEG"},
                                    {"Rar!", "RAR"},
                                    {"7z\xBC\xAF", "7-Zip"},
                                    {"{\\rtf", "RTF"}};
  for (const Sign& sign : kSigns)
    if (bytes.starts_with(sign.start))
      refuse_list("VTLT-LIST-04", {"list.foreign-format", {{"format", std::string(sign.what)}}}, 0,
                  {"list.foreign-format.hint"});
  if (bytes.substr(0, 4096).find("urn:schemas-microsoft-com:office:spreadsheet") != std::string_view::npos &&
      bytes.substr(0, 4096).find("<Workbook") != std::string_view::npos)
    refuse_list("VTLT-LIST-04", {"list.foreign-format", {{"format", std::string("XML Spreadsheet 2003")}}}, 0,
                {"list.foreign-format.hint"});
}

}  // namespace

void refuse_list(const char* code, Message what, long row, Message hint) {
  Error error(Exit::usage, code, std::move(what), std::move(hint));
  error.at("", row);
  throw error;
}

bool in_pieces(std::string_view beginning) {
  return !looks_like_zip(beginning) && !looks_like_html(beginning);
}

std::string column_text(std::size_t column) {
  std::string text;
  for (++column; column > 0; column = (column - 1) / 26)
    text.insert(text.begin(), static_cast<char>('A' + (column - 1) % 26));
  return text;
}

TableInfo read_table(std::string_view bytes, const std::string& file_name, const TableOptions& options,
                     const std::function<bool(std::string_view heading)>& known, int least_known,
                     const std::function<void(const TableInfo&)>& begun,
                     const std::function<void(const TableRow&)>& row) {
  try {
    refuse_foreign(bytes);
    TableInfo info;
    if (looks_like_zip(bytes)) {
      info.format = "XLSX";
      HeadingStage stage(info, options, known, least_known, begun, row);
      const bool old_font = options.encoding && !is_unicode(*options.encoding);
      stage.expect_font_text(old_font ? options.encoding : std::nullopt);
      std::vector<std::string> sheets;
      stage.expect_sheets(&sheets);
      read_xlsx(
          bytes, options.sheet, [&](ReadRow& read) { return stage.take(read); }, &sheets);
      return stage.finish();
    }
    Reading reading = reading_of(bytes, options);
    info.encoding = reading.bytes;
    if (reading.font) info.encoding.encoding = *reading.font;
    if (looks_like_html(bytes)) {
      info.format = "HTML";
      HeadingStage stage(info, options, known, least_known, begun, row);
      const Encoding encoding = reading.bytes.encoding;
      stage.expect_font_text(is_unicode(encoding) ? reading.font : std::optional(encoding));
      read_html(bytes, encoding, [&](ReadRow& read) { return stage.take(read); });
      return stage.finish();
    }
    const HeadingCount headings = [&](const std::vector<std::string>& cells) {
      return static_cast<int>(std::count_if(cells.begin(), cells.end(), [&](const std::string& cell) {
        return !is_blank(cell) && known(trimmed(cell));
      }));
    };
    const char delimiter =
        options.delimiter != 0 ? options.delimiter : find_delimiter(bytes, reading.bytes.encoding, headings);
    info.format = delimiter == '\t' ? "TSV" : "CSV";
    HeadingStage stage(info, options, known, least_known, begun, row);
    if (is_unicode(reading.bytes.encoding)) stage.expect_font_text(reading.font);
    read_csv(bytes, {reading.bytes.encoding, delimiter, options.keep_caps, options.more},
             [&](ReadRow& read) { return stage.take(read); });
    return stage.finish();
  } catch (Error& error) {
    if (error.path().empty()) error.at(file_name, error.line());
    throw;
  }
}

}  // namespace vtlt::exchange
