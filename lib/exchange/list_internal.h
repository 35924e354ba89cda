// The parts of reading a register list: headings → columns, cells → records.
#pragma once
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/register_list.h"

namespace vtlt::exchange {

// "Số, ký hiệu văn bản (1)" → "so ky hieu van ban"
std::string heading_key(std::string_view heading);
Column meaning_of(std::string_view heading);
// Headings with several meanings get theirs from the headings around them.
std::vector<Column> resolve_columns(const std::vector<std::string>& headings);

using records::Date;

class RowReader {
 public:
  RowReader(const ListOptions& options, const std::vector<std::string>& headings,
            std::vector<Column> columns);
  ListRow read(const TableRow& row);

 private:
  using Value = std::string;
  struct Number {
    records::DocumentNumber own;
    bool readable = true;
  };

  void collect(const TableRow& row);
  bool has(Column column) const { return place_[std::size_t(column)] >= 0; }
  const Value& at(Column column) const { return values_[std::size_t(column)]; }
  const std::string& heading(Column column) const;
  void find(Level level, const char* code, Column column, const char* key, const char* hint,
            bool quote = true);
  void keep_original(Column column, const std::string& value);
  void keep_file_original(Column column, const std::string& value);

  bool refuse_secret();
  void read_dates();
  Date read_date(Column column, Level level, bool of_file = false);
  Date read_date_text(const std::string& text, Column column, Level level, bool of_file);
  Date read_date_parts(Column day, Column month, Column year, bool of_file);
  void read_numbers();
  Number own_number();
  void read_arrival_number();
  void read_type_and_subject();
  void read_entry();
  void read_metres();
  void read_document();
  void read_paths();
  void read_file();
  void read_file_dates();
  std::string access_of(Column column);
  int whole_number(Column column, bool of_file = false);
  bool is_register() const;
  bool has_file_columns() const;

  const ListOptions& options_;
  std::vector<std::string> headings_;
  std::vector<Column> columns_;
  std::array<int, kColumnCount> place_{};  // first column of this meaning, -1: none
  std::array<Value, kColumnCount> values_;
  std::array<int, kColumnCount> source_{};  // the column a value came from
  std::vector<std::string> raw_paths_;
  ListRow row_;
};

}  // namespace vtlt::exchange
