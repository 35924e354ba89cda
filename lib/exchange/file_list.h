// The yearly file list (danh mục hồ sơ) as offices have it: five columns (NĐ30 PL V.II), found by heading.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "exchange/table.h"

namespace vtlt::exchange {

// Headings of the list (đề mục) come as rows too: which they are is the reader's to judge.
struct FileListRow {
  long row = 0;
  std::string notation, title, term, officer, note;
  std::string rule;  // a column "Quy tắc", where there is one
};
struct FileListInfo {
  TableInfo table;
  std::vector<std::string> unused;
};
// Throws as read_table does, and exit 2 VTLT-LIST-20 when there is no column for titles or for terms.
FileListInfo read_file_list(std::string_view bytes, const std::string& file_name, const TableOptions& options,
                            const std::function<void(FileListRow&&)>& row);

}  // namespace vtlt::exchange
