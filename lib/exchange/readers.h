// The readers behind read_table: each hands over rows as they come, headings and blank rows too.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "exchange/table.h"

namespace vtlt::exchange {

// One row as it stands in the list; may be taken over.
struct ReadRow {
  long number = 0;  // as in TableRow
  std::vector<std::string> cells;    // UTF-8
  std::vector<std::size_t> filled;   // columns whose value comes from a merged cell that began further up
  int recomposed = -1;               // the first cell that was not in NFC
};
// false: enough, stop reading.
using RowSink = std::function<bool(ReadRow& row)>;

inline constexpr std::size_t kMaxCell = 1 << 20;  // an unclosed quote shows before it fills the memory
inline constexpr std::size_t kMaxColumns = 1024;
inline constexpr int kHeadingRows = 20;

struct CsvFormat {
  Encoding encoding = Encoding::utf8;
  char delimiter = ',';
  bool keep_caps = false;
  std::function<std::string_view()> more = {};  // as in TableOptions
};
// How many headings a row holds, for choosing among delimiters.
using HeadingCount = std::function<int(const std::vector<std::string>& cells)>;

// Reads `sep=;` when there; else the delimiter under which the leading rows show most headings.
char find_delimiter(std::string_view bytes, Encoding encoding, const HeadingCount& headings);
void read_csv(std::string_view bytes, const CsvFormat& format, const RowSink& sink);

bool looks_like_html(std::string_view bytes);
void read_html(std::string_view bytes, Encoding encoding, const RowSink& sink);

bool looks_like_zip(std::string_view bytes);
// other_sheets: visible sheets that were not chosen, nobody having named one.
void read_xlsx(std::string_view bytes, const std::string& sheet, const RowSink& sink,
               std::vector<std::string>* other_sheets = nullptr);

// Exit 2; row 0: the whole list.
[[noreturn]] void refuse_list(const char* code, Message what, long row = 0, Message hint = {});
std::string column_text(std::size_t column);  // 0 → "A", 27 → "AB"

}  // namespace vtlt::exchange
