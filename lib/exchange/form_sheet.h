// Forms and lists as XLSX workbooks. Streams: a row is written when it comes, memory does not grow.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "base/files.h"
#include "exchange/forms.h"

namespace vtlt::exchange {

inline constexpr long kMaxSheetRows = 1'048'576;      // of the format
inline constexpr std::size_t kMaxSheetCell = 32'767;  // characters of a cell, of the format

// Every cell is text, as it is given: leading zeros stay, and what looks like a formula is none. The headings
// are frozen and repeated on every page of A4.
class FormSheet {
 public:
  // Makes the computer file `path`. Temporary files, which hold words of records, stay in
  // `temporary_directory`. Throws exit 4, VTLT-XLSX-03 where the library that writes workbooks is not
  // installed.
  FormSheet(Form form, const Path& path, const Path& temporary_directory);
  ~FormSheet();  // not finished: `path` is not there
  FormSheet(const FormSheet&) = delete;
  FormSheet& operator=(const FormSheet&) = delete;

  // Throws exit 2, VTLT-XLSX-01: more rows than a sheet has; VTLT-XLSX-02: a cell longer than the format
  // allows.
  void row(const std::vector<std::string>& cells);
  // What stands below the rows may be set up to finish().
  Form& form();
  // Reads the workbook again: the library does not see a full disk. Throws exit 4, VTLT-XLSX-04.
  void finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace vtlt::exchange
