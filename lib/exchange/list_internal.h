// The parts of reading a register list: headings → columns, cells → records.
#pragma once
#include <array>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "exchange/register_list.h"

namespace vtlt::exchange {

constexpr int kShownValue = 60;  // columns of a cell's text in a finding

// "Số, ký hiệu văn bản (1)" → "so ky hieu van ban"
std::string heading_key(std::string_view heading);
Column meaning_of(std::string_view heading);
// Headings with several meanings get theirs from the headings around them and from the book; what was decided
// so is noted.
std::vector<Column> resolve_columns(const std::vector<std::string>& headings, records::Book book,
                                    std::vector<Finding>* notes = nullptr);
bool is_file_column(Column column);  // holds data of the file (hồ sơ), not of the document
// Headings as findings name them: unlike each other.
std::vector<std::string> column_labels(const std::vector<std::string>& headings);

using records::Date;

// What rows say together: numbers out of order, documents registered twice, files that disagree from row to
// row.
class RowMemory {
 public:
  struct File {
    long row = 0;
    std::map<Column, std::string> values;
    std::map<int, long> ordinals;  // → row
    int last_ordinal = 0;
  };
  struct Arrived {
    int year, number;
    long row;
  };
  int last_year = 0, last_number = 0;
  std::vector<Arrived> arrived;
  std::unordered_map<std::size_t, long> documents;  // digest of number, notation, issuer, year → row
  std::unordered_map<std::string, File> files;
  std::map<std::string, long> paths;
  std::unordered_set<std::string> notations;  // with their types, that agree
  std::unordered_map<std::string, std::string> folded;
};

class RowReader {
 public:
  RowReader(const ListOptions& options, const std::vector<std::string>& headings,
            std::vector<Column> columns);
  // Nothing: the row is no data (total, signature, heading of a group), said in `passed`.
  std::optional<ListRow> read(const TableRow& row, std::vector<Finding>& passed);
  void finish(std::vector<Finding>& findings);  // what only shows at the end
  bool is_register() const;
  bool has(Column column) const { return place_[std::size_t(column)] >= 0; }

 private:
  using Value = std::string;
  struct Number {
    records::DocumentNumber own;
    bool readable = true;
  };

  bool is_footer(const TableRow& row, std::vector<Finding>& passed);
  void check_width(const TableRow& row);
  void collect(const TableRow& row);
  bool mend_cell(const std::string& raw, Value& value, Column column);
  void report_odd_text(const std::string& raw, const Value& before, const Value& value, Column column);
  const Value& at(Column column) const { return values_[std::size_t(column)]; }
  const std::string& heading(Column column) const;
  Finding& find(Level level, const char* code, Column column, const char* key, const char* hint,
                bool quote = true);
  void keep_original(Column column, const std::string& value);
  void keep_file_original(Column column, const std::string& value);
  void keep(Column column, const std::string& value, bool of_file);

  bool refuse_secret(const TableRow& row);
  void read_dates();
  Date read_date(Column column, Level level, bool of_file = false);
  Date read_date_text(const std::string& text, Column column, Level level, bool of_file);
  Date read_date_parts(Column day, Column month, Column year, bool of_file);
  Date checked_date(Date date, Column column, bool of_file);
  void say_bad_date(const std::string& text, Column column, Level level);
  void read_numbers();
  Number own_number();
  void check_notation(Column column, bool key);
  void judge_notation(Column column, bool key);
  void read_arrival_number();
  std::optional<int> lost_number(Column column);
  void read_type_and_subject();
  void read_entry();
  void read_urgency();
  void read_metres();
  void read_document();
  void read_paths();
  void name_from_path();
  void say_unknown_term();
  void read_file();
  void read_file_dates();
  void check_file_dates();
  void compare_file();
  void compare_entry();
  void check_lengths();
  std::string access_of(Column column);
  void check_code(Column column, std::string (*code_of)(std::string_view));
  int whole_number(Column column, bool of_file = false);
  bool has_file_columns() const;

  const ListOptions& options_;
  std::vector<std::string> headings_;
  std::vector<Column> columns_;
  std::array<int, kColumnCount> place_{};  // first column of this meaning, -1: none
  std::array<Value, kColumnCount> values_;
  std::array<int, kColumnCount> source_{};  // the column a value came from
  std::vector<std::string> raw_paths_;
  std::vector<std::pair<Column, std::string>> mended_;  // cells whose text was mended, as they were
  ListRow row_;
  RowMemory memory_;
  bool footer_ = false;
};

}  // namespace vtlt::exchange
