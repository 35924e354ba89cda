#include <charconv>

#include "exchange/readers.h"
#include "exchange/workbook.h"

namespace vtlt::exchange {
namespace {

// "AB12" → column 27; npos when there is no reference.
std::size_t column_of(std::string_view reference) {
  std::size_t column = 0;
  for (const char c : reference) {
    if (c < 'A' || c > 'Z' || column > 100000) break;
    column = column * 26 + std::size_t(c - 'A') + 1;
  }
  return column - 1;
}

// "2024-01-05T00:00:00" of ISO date cells.
std::string iso_date(std::string_view text) {
  if (text.size() < 10 || text[4] != '-' || text[7] != '-') return std::string(text);
  std::string date = std::string(text.substr(8, 2)) + "/" + std::string(text.substr(5, 2)) + "/" +
                     std::string(text.substr(0, 4));
  if (text.size() >= 16 && text[10] == 'T' && text.substr(11, 5) != "00:00")
    date += " " + std::string(text.substr(11, 5));
  return date;
}

class SheetReader {
 public:
  SheetReader(const Workbook& workbook, const RowSink& sink) : workbook_(workbook), sink_(sink) {}

  void read(XmlPart& xml) {
    while (!stopped_ && xml.next()) {
      switch (xml.type()) {
        case XML_READER_TYPE_ELEMENT:
          start(xml);
          break;
        case XML_READER_TYPE_END_ELEMENT:
          if (xml.local_name() == "sheetData") return;
          end(xml.local_name());
          break;
        case XML_READER_TYPE_TEXT:
        case XML_READER_TYPE_CDATA:
        case XML_READER_TYPE_WHITESPACE:
        case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
          if (collecting_ && !in_reading_) add(xml.value());
          break;
        default:
          break;
      }
    }
  }

 private:
  void start(XmlPart& xml) {
    const auto name = xml.local_name();
    const bool empty = xml.empty_element();
    if (name == "row") {
      start_row(xml.attribute("r"));
      if (empty) end_row();
    } else if (name == "c") {
      if (empty) {
        ++next_column_;
        if (const std::size_t at = column_of(xml.attribute("r")); at != std::string_view::npos)
          next_column_ = at + 1;
        return;
      }
      const std::size_t at = column_of(xml.attribute("r"));
      column_ = at == std::string_view::npos ? next_column_ : at;
      next_column_ = column_ + 1;
      type_ = xml.attribute("t");
      style_ = 0;
      const std::string style = xml.attribute("s");
      std::from_chars(style.data(), style.data() + style.size(), style_);
      value_.clear();
      formula_ = false;
    } else if (name == "v" || name == "t") {
      collecting_ = !empty;
    } else if (name == "f") {
      formula_ = true;
    } else if (name == "rPh") {
      in_reading_ = !empty;
    }
  }

  void end(std::string_view name) {
    if (name == "v" || name == "t")
      collecting_ = false;
    else if (name == "rPh")
      in_reading_ = false;
    else if (name == "c")
      end_cell();
    else if (name == "row")
      end_row();
  }

  void start_row(const std::string& reference) {
    long number = 0;
    std::from_chars(reference.data(), reference.data() + reference.size(), number);
    row_ = number > row_ && number <= 1048576 ? number : row_ + 1;
    cells_.clear();
    next_column_ = 0;
  }

  void end_row() {
    ReadRow row{row_, std::move(cells_), {}, -1};
    fill_merged(row);
    stopped_ = !sink_(row);
    cells_ = std::move(row.cells);
    cells_.clear();
  }

  // Of cells merged downwards only the first holds the value.
  void fill_merged(ReadRow& row) {
    for (; next_merge_ < workbook_.merges.size() && workbook_.merges[next_merge_].first <= row.number;
         ++next_merge_)
      if (open_merges_.size() < kMaxColumns)  // real ones do not overlap
        open_merges_.push_back({&workbook_.merges[next_merge_], {}});
    for (std::size_t i = 0; i < open_merges_.size();) {
      OpenMerge& open = open_merges_[i];
      if (open.merge->last < row.number) {
        open_merges_.erase(open_merges_.begin() + static_cast<std::ptrdiff_t>(i));
        continue;
      }
      const std::size_t column = open.merge->column;
      if (open.merge->first == row.number) {
        if (column < row.cells.size()) open.value = row.cells[column];
      } else if (!open.value.empty()) {
        if (row.cells.size() <= column) row.cells.resize(column + 1);
        if (row.cells[column].empty()) {
          row.cells[column] = open.value;
          row.filled.push_back(column);
        }
      }
      ++i;
    }
  }

  void add(std::string_view piece) {
    if (value_.size() + piece.size() > kMaxCell)
      refuse_list("VTLT-LIST-08",
                  {"list.cell-too-long", {{"row", std::to_string(row_)}, {"column", column_text(column_)}}},
                  row_);
    value_ += piece;
  }

  void end_cell() {
    // A formula that was never worked out has no value: "=" stands for it.
    if (value_.empty() && formula_) {
      type_ = "str";
      value_ = "=";
    }
    formula_ = false;
    if (value_.empty()) return;
    if (column_ >= kMaxColumns)
      refuse_list(
          "VTLT-LIST-08",
          {"list.too-many-columns", {{"row", std::to_string(row_)}, {"limit", std::int64_t(kMaxColumns)}}},
          row_);
    if (cells_.size() <= column_) cells_.resize(column_ + 1);
    cells_[column_] = shown();
    value_.clear();
  }

  std::string shown() {
    if (type_ == "s") {
      std::size_t index = 0;
      const auto [end, error] = std::from_chars(value_.data(), value_.data() + value_.size(), index);
      if (error != std::errc() || end != value_.data() + value_.size() || index >= workbook_.strings.size())
        refuse_list("VTLT-LIST-05", {"list.xlsx-damaged", {{"part", workbook_.sheet_part}}}, row_,
                    {"list.xlsx-damaged.hint"});
      return workbook_.strings[index];
    }
    if (type_ == "b") return value_ == "1" ? "TRUE" : "FALSE";
    if (type_ == "d") return iso_date(value_);
    if (type_ == "inlineStr" || type_ == "str") return unescape_ooxml(std::move(value_));
    if (type_ == "e") return std::move(value_);
    const NumberFormat format =
        style_ < workbook_.formats.size() ? workbook_.formats[style_] : NumberFormat{};
    return show_number(value_, format, workbook_.since_1904);
  }

  const Workbook& workbook_;
  const RowSink& sink_;
  std::vector<std::string> cells_;
  std::string value_, type_;
  std::size_t style_ = 0, column_ = 0, next_column_ = 0;
  long row_ = 0;
  bool collecting_ = false, in_reading_ = false, stopped_ = false, formula_ = false;
  struct OpenMerge {
    const MergedCells* merge;
    std::string value;
  };
  std::vector<OpenMerge> open_merges_;
  std::size_t next_merge_ = 0;
};

}  // namespace

bool looks_like_zip(std::string_view bytes) {
  return bytes.starts_with("PK\x03\x04") || bytes.starts_with("PK\x05\x06");
}

void read_xlsx(std::string_view bytes, const std::string& sheet, const RowSink& sink,
               std::vector<std::string>* other_sheets) {
  Workbook workbook = open_workbook(bytes, sheet);
  workbook.merges = read_merges(bytes, workbook.sheet_part);
  if (other_sheets != nullptr) *other_sheets = workbook.other_sheets;
  XmlPart xml(bytes, workbook.sheet_part, kMaxSheetPart);
  if (!xml.found())
    refuse_list("VTLT-LIST-05", {"list.xlsx-damaged", {{"part", workbook.sheet_part}}}, 0,
                {"list.xlsx-damaged.hint"});
  SheetReader(workbook, sink).read(xml);
}

}  // namespace vtlt::exchange
