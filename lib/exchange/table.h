// Lists as offices have them: CSV, TSV, XLSX, HTML tables saved as .xls, in the encodings of
// records-practice.md 7. Columns are found by heading, never by position.
#pragma once
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/files.h"
#include "base/finding.h"
#include "records/records.h"

namespace vtlt::exchange {

enum class Encoding { utf8, utf8_bom, utf16le, utf16be, tcvn3, vni, viscii, cp1258, latin1 };
const char* encoding_name(Encoding encoding);  // "Unicode (UTF-8)", "TCVN3 (ABC)", "VNI-Windows" …
std::optional<Encoding> parse_encoding(std::string_view name);  // "auto" → nullopt

struct Detected {
  Encoding encoding = Encoding::utf8;
  int confidence = 100;  // percent; below 60 the caller must ask or be told
  std::string sample;    // a converted piece with Vietnamese letters, for showing
  // Set when an encoding was asked for under which the list reads worse than under this other one.
  std::optional<Encoding> better = std::nullopt;
};
Detected detect_encoding(std::string_view bytes);
// To UTF-8 NFC. keep_caps=false raises TCVN3 words whose other letters are capitals
// (records-practice.md 7.1). undecodable: number of bytes that have no letter in the encoding (each becomes
// U+FFFD).
std::string to_utf8(std::string_view bytes, Encoding encoding, bool keep_caps,
                    std::size_t* undecodable = nullptr);

struct TableOptions {
  std::optional<Encoding> encoding;  // not given: found out
  char delimiter = 0;                // 0: found out (comma, semicolon, tab)
  std::string sheet;                 // XLSX: "" = the first
  bool keep_caps = false;
  bool ends_with_totals = false;     // what stands below a line of totals is no data, nor is that line
  // Where given, `bytes` is the beginning of a longer list, and this gives what follows, piece by piece, "" at
  // the end; a piece stands until the next call. Encoding, delimiter and headings are judged by the beginning.
  // Only for what in_pieces() allows.
  std::function<std::string_view()> more;
};
// Whether a list that begins so can be read in pieces: CSV and TSV, no workbook, no HTML.
bool in_pieces(std::string_view beginning);

struct TableRow {
  // The record's number in the list, heading lines counted, first = 1 (XLSX: the sheet's row; a `sep=;` line
  // is not counted, spreadsheets do not show it).
  long number = 0;
  std::vector<std::string> cells;   // UTF-8 NFC, as many as there are columns at least
  std::size_t found = 0;            // cells the row had, in CSV and TSV; 0: the format does not say
  std::vector<std::size_t> filled;  // columns whose value comes from a merged cell further up
  int recomposed = -1;              // the first column whose text was not in NFC; -1: none
};

// Rows that are no data and were not handed over.
struct PassedRow {
  enum class Kind { heading, numbering };  // the headings again (a new page); "(1) (2) (3)"
  long number = 0;
  Kind kind = Kind::heading;
};

struct TableInfo {
  std::string format;  // "CSV", "XLSX" …
  Detected encoding;
  long heading_row = 0;  // the last one, when headings stand in two rows
  // As written, NFC. Headings in two rows, a group over several columns, become "group › heading".
  std::vector<std::string> headings;
  std::vector<std::string> other_sheets;  // XLSX: visible sheets that were not read
  std::vector<PassedRow> passed;          // complete when reading is; the first 1000
};
inline constexpr const char* kGroupMark = " › ";

// Reads the whole list, calling row() for each data row in order (blank rows are skipped). The heading row is
// the one of the leading 20 rows in which most headings, and at least `least_known`, are recognised by
// known(); two rows that belong together count as one. Throws Error exit 2 VTLT-LIST-01… with row and column
// for what cannot be read (unclosed quote, NUL bytes, zip bombs …). Bounded memory besides `bytes` itself and
// the shared strings of a workbook. Rows of column numbers ("(1) (2) (3)") and the headings of a new page are
// passed over. Text typed in a .VnTime or VNI font and saved as Unicode is found out and decoded too.
TableInfo read_table(std::string_view bytes, const std::string& file_name, const TableOptions& options,
                     const std::function<bool(std::string_view heading)>& known, int least_known,
                     const std::function<void(const TableInfo&)>& begun,
                     const std::function<void(const TableRow&)>& row);

// CSV for writing: RFC 4180, UTF-8 with BOM so that spreadsheets open it right; formula-like cells (= + - @)
// get a leading apostrophe only when `guard` is set. The line ends with CRLF; the caller writes kBom once.
std::string csv_line(const std::vector<std::string>& cells, bool guard = false);
inline constexpr std::string_view kBom = "\xEF\xBB\xBF";

}  // namespace vtlt::exchange
