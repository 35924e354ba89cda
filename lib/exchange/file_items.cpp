#include "exchange/file_items.h"

#include <array>
#include <charconv>

#include "exchange/cell_text.h"
#include "exchange/list_internal.h"
#include "exchange/readers.h"
#include "text/text.h"

namespace vtlt::exchange {
namespace {

constexpr long kMost = 999'999;  // sheets, pages, documents of one file

bool used(Column column) {
  switch (column) {
    case Column::file_code:
    case Column::file_notation:
    case Column::file_year:
    case Column::file_title:
    case Column::file_term:
    case Column::file_sheets:
    case Column::file_pages:
    case Column::file_total:
      return true;
    default:
      return false;
  }
}

// The columns of the form say "Năm" and "Số trang" for short.
Column of_a_file(Column column) {
  if (column == Column::year) return Column::file_year;
  if (column == Column::pages) return Column::file_pages;
  return column;
}

struct Amounts {
  int sheets = 0, pages = 0;
};
// "12", "12 tờ", "46 trang", "12 tờ/46 trang", "12/46"; nullopt: something else.
std::optional<Amounts> amounts_of(const std::string& cell) {
  Amounts amounts;
  std::string key = text::fold(cell);
  std::vector<std::pair<long, std::string>> parts;
  for (std::size_t at = 0; at < key.size();) {
    if (key[at] < '0' || key[at] > '9') {
      const std::string_view rest = std::string_view(key).substr(at);
      if (rest.starts_with("to") && !parts.empty() && parts.back().second.empty()) {
        parts.back().second = "to";
        at += 2;
      } else if (rest.starts_with("trang") && !parts.empty() && parts.back().second.empty()) {
        parts.back().second = "trang";
        at += 5;
      } else if (key[at] == ' ' || key[at] == '/' || key[at] == ',' || key[at] == ';') {
        ++at;
      } else {
        return std::nullopt;
      }
      continue;
    }
    long number = 0;
    const auto [end, error] = std::from_chars(key.data() + at, key.data() + key.size(), number);
    if (error != std::errc() || number > kMost) return std::nullopt;
    at = static_cast<std::size_t>(end - key.data());
    // "1.234": a point between thousands.
    while (at + 3 < key.size() && key[at] == '.' && number > 0) {
      long more = 0;
      const auto [stop, failed] = std::from_chars(key.data() + at + 1, key.data() + at + 4, more);
      if (failed != std::errc() || stop != key.data() + at + 4) return std::nullopt;
      number = number * 1000 + more;
      if (number > kMost) return std::nullopt;
      at += 4;
    }
    parts.emplace_back(number, "");
  }
  if (parts.empty() || parts.size() > 2) return std::nullopt;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto& [number, unit] = parts[i];
    const bool pages = unit == "trang" || (unit.empty() && i == 1);
    (pages ? amounts.pages : amounts.sheets) = static_cast<int>(number);
  }
  return amounts;
}

class Reader {
 public:
  explicit Reader(FileItems& out) : out_(out) { place_.fill(-1); }

  void begin(const TableInfo& table) {
    for (std::size_t i = 0; i < table.headings.size(); ++i) {
      const Column column = of_a_file(meaning_of(table.headings[i]));
      int& place = place_[static_cast<std::size_t>(column)];
      if (!used(column) || place >= 0) {
        if (!table.headings[i].empty()) out_.unused.push_back(table.headings[i]);
        continue;
      }
      place = static_cast<int>(i);
      out_.columns.emplace_back(column_text(i), table.headings[i]);
    }
    if (!has(Column::file_notation) && !has(Column::file_code))
      refuse_list("VTLT-LIST-21", Message("list.no-file-notation"), table.heading_row,
                  Message("list.no-file-notation.hint"));
    headings_ = table.headings;
  }

  void row(const TableRow& row) {
    records::ListItem item;
    item.line = row.number;
    item.ref = cell(row, Column::file_code);
    if (item.ref.empty()) item.ref = cell(row, Column::file_notation);
    if (item.ref.empty()) return;  // a heading, a sum
    item.title = cell(row, Column::file_title);
    if (item.title.empty() && has(Column::file_title)) return;
    read_year(row, item);
    read_term(row, item);
    if (const auto amounts = read_amounts(row, Column::file_sheets)) {
      item.sheets = amounts->sheets;
      item.pages = amounts->pages;
    }
    if (const auto amounts = read_amounts(row, Column::file_pages)) item.pages = amounts->sheets + amounts->pages;
    if (const auto amounts = read_amounts(row, Column::file_total)) item.documents = amounts->sheets;
    out_.items.push_back(std::move(item));
  }

 private:
  bool has(Column column) const { return place_[static_cast<std::size_t>(column)] >= 0; }
  std::string cell(const TableRow& row, Column column) const {
    const int at = place_[static_cast<std::size_t>(column)];
    if (at < 0 || static_cast<std::size_t>(at) >= row.cells.size()) return {};
    return clean_cell(row.cells[static_cast<std::size_t>(at)]);
  }
  void bad(const TableRow& row, Column column, const std::string& value, const char* key) {
    Finding finding;
    finding.code = "VTLT-LIST-22";
    finding.line = row.number;
    finding.message = Message(key, {{"row", std::to_string(row.number)},
                                    {"column", headings_[static_cast<std::size_t>(
                                                   place_[static_cast<std::size_t>(column)])]},
                                    {"value", text::cut(value, 60)}});
    finding.hint = Message(std::string(key) + ".hint");
    out_.findings.push_back(std::move(finding));
  }
  void read_year(const TableRow& row, records::ListItem& item) {
    const std::string value = cell(row, Column::file_year);
    if (value.empty()) return;
    const auto date = text::parse_date(value);
    if (date && date->month == 0)
      item.year = date->year;
    else
      bad(row, Column::file_year, value, "list.items.year");
  }
  void read_term(const TableRow& row, records::ListItem& item) {
    const std::string value = cell(row, Column::file_term);
    if (const auto term = records::parse_term(value))
      item.term = *term;
    else
      bad(row, Column::file_term, value, "list.items.term");
  }
  std::optional<Amounts> read_amounts(const TableRow& row, Column column) {
    const std::string value = cell(row, column);
    if (value.empty() || value == "-") return std::nullopt;
    const auto amounts = amounts_of(value);
    if (!amounts) bad(row, column, value, "list.items.amount");
    return amounts;
  }

  FileItems& out_;
  std::array<int, kColumnCount> place_{};
  std::vector<std::string> headings_;
};

}  // namespace

FileItems read_file_items(std::string_view bytes, const std::string& file_name, const TableOptions& options) {
  FileItems items;
  Reader reader(items);
  items.table = read_table(
      bytes, file_name, options,
      [](std::string_view heading) { return used(of_a_file(meaning_of(heading))); }, 2,
      [&](const TableInfo& table) { reader.begin(table); }, [&](const TableRow& row) { reader.row(row); });
  return items;
}

}  // namespace vtlt::exchange
