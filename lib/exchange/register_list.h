// A list of documents (register book, or a folder listing) read into register entries. The mapping of
// headings is data: header synonyms, accent- and case-insensitive (P41, P42).
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/finding.h"
#include "exchange/table.h"
#include "records/records.h"

namespace vtlt::exchange {

// What a heading can mean. One column may feed several fields ("Số, ký hiệu", "Tên loại và trích yếu").
enum class Column {
  unused,
  number_and_notation,
  number,
  notation,
  date,
  day,
  month,
  year,
  arrival_date,
  arrival_number,
  issuer,
  issuer_code,
  type,
  type_and_subject,
  subject,
  signer,
  recipients,
  unit,
  copies,
  forwarded,
  acknowledged,
  note,
  due,
  urgency,
  secrecy,
  path,
  pages,
  language,
  keyword,
  answers,
  id,
  // file data repeated on each row (provincial layout, digital-archives.md 5.3)
  fonds,
  inventory,
  box,
  file_notation,
  file_title,
  file_term,
  file_access,
  file_language,
  file_start_day,
  file_start_month,
  file_start_year,
  file_end_day,
  file_end_month,
  file_end_year,
  file_total,
  file_note,
  file_info_sign,
  file_keyword,
  file_sheets,
  file_condition,
  file_confidence,
  file_paper_code,
  file_remark,
  file_year,
  file_code,
  file_officer,
  ordinal,
  access,
  confidence,
  info_sign,
  autograph,
  condition,
  process,
  sheets,
  media,
  annotation,
  // met beside them: Party sheet, HD 169, provincial export (records-practice.md 3.7)
  file_number,
  file_start,
  file_end,
  file_dates,
  file_period,
  file_pages,
  type_code,
  value,
  // phiếu tin of an arrangement (records-practice.md 3.6)
  file_provisional,
  file_unit,
  file_class,
  file_autograph,
  box_place,
  box_metres,
};
inline constexpr int kColumnCount = static_cast<int>(Column::box_metres) + 1;

// A row with a secrecy mark comes with an error and without its words: no subject, title, note or path (trap
// 5).
struct ListRow {
  long row = 0;
  records::RegisterEntry entry;    // number, dates, subject …; ids, fonds and series are the caller's
  records::Document document;      // further master data when the list has it
  std::vector<std::string> paths;  // as in the list, '\' turned to '/', relative to the list's folder
  // The file the row belongs to, when the list says so.
  // Its year: the list's own column, else the year the title names ("… năm 2023") when that lies between the
  // file's dates, else the year it begins.
  std::optional<records::FileRecord> file;
  int ordinal = 0;  // place in the file
  std::string box;
  std::string place;        // of the box
  double shelf_metres = 0;  // of the box, when the list tells
  std::string file_class;   // heading or field of activity of the file, as the list names it
  std::string fonds;    // as the list names it: often the name, not the code
  std::string answers;  // number and notation of the document this one answers
  std::string id;       // the list's own id of the document
  // The cells as read, under ListInfo's headings, when a finding is an error: for handing the row back to be
  // mended. Never those of a row with a secrecy mark.
  std::vector<std::string> cells;
  std::vector<Finding> findings;  // errors: the row cannot be taken; path = column heading
};

struct ListInfo {
  TableInfo table;
  std::vector<std::pair<std::string, Column>> columns;  // heading → meaning, in order
  std::vector<std::string> unused;                      // headings that mean nothing here
  // What concerns the list as a whole, and rows that are no data; complete when reading is.
  std::vector<Finding> findings;
  // The heading a column goes by in findings: with its letter where several are the same ("Ghi chú (F)").
  std::string label(Column column) const;
};

struct ListOptions {
  TableOptions table;
  records::Book book = records::Book::in;  // decides between arrival number and own number
  int default_year = 0;                    // for rows without a full date ("5/1"); 0: such a date is an error
  // Two-digit years up to this one are of this century, later ones of the last; -1: they are errors (P47).
  int pivot = -1;
  records::Date today;                     // later dates are findings; empty: not looked at
  std::vector<std::string> abbreviations;  // of bodies and units, for names of computer files
  bool compare = true;  // also compares rows with each other: repeats, gaps, files that disagree
};

// Calls row() for every data row, also those with errors (named in findings with row and column). What
// concerns the repository, and the same register number twice, is the caller's.
ListInfo read_register_list(std::string_view bytes, const std::string& file_name, const ListOptions& options,
                            const std::function<void(const ListInfo&)>& begun,
                            const std::function<void(ListRow&&)>& row);

// Which book a list is of, by its headings: days and numbers of arrival, or receivers and kept copies; a list with the
// data of files is of internal documents. nullopt: it does not say. Throws as read_register_list for what is no list.
std::optional<records::Book> book_of_list(std::string_view bytes, const std::string& file_name, const TableOptions& options);

// Headings known for a column, for messages and the manual.
const std::vector<std::string>& synonyms(Column column);

}  // namespace vtlt::exchange
