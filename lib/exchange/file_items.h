// A list of files (Mục lục hồ sơ, a spreadsheet of the archives) as items to compare with what is there. Columns are
// found by heading, as in every list (P41, P42).
#pragma once
#include <string>
#include <vector>

#include "exchange/table.h"
#include "records/submitting.h"

namespace vtlt::exchange {

struct FileItems {
  TableInfo table;
  std::vector<std::pair<std::string, std::string>> columns;  // letter, heading: those that are used
  std::vector<std::string> unused;
  std::vector<records::ListItem> items;
  std::vector<Finding> findings;  // rows that cannot be read, with line and column: errors
};
// Rows without number and notation of a file (headings, sums) are passed over. Throws exit 2 VTLT-LIST-… where the list
// has no column that names files.
FileItems read_file_items(std::string_view bytes, const std::string& file_name, const TableOptions& options);

}  // namespace vtlt::exchange
