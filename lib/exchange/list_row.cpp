// One row of a list → a register entry, its document and the file it lies in. Nothing is guessed silently:
// what was changed stands in `original`, what could not be read is a finding with row and heading.
#include <algorithm>
#include <charconv>

#include "exchange/cell_text.h"
#include "exchange/letters.h"
#include "exchange/list_internal.h"
#include "exchange/organ_codes.h"
#include "records/document_names.h"
#include "records/rules.h"
#include "text/text.h"

namespace vtlt::exchange {
namespace {

using records::Book;
using records::DocumentNumber;

constexpr const char* kRegisterBasis = "NĐ 30/2020/NĐ-CP PL IV";

std::size_t index_of(Column column) {
  return static_cast<std::size_t>(column);
}

std::string slashes(std::string path) {
  std::replace(path.begin(), path.end(), '\\', '/');
  while (path.starts_with("./"))
    path.erase(0, 2);
  return path;
}

// The letters that registers of secret documents put behind a notation.
bool may_be_secret_notation(std::string_view notation) {
  const auto open = notation.rfind('(');
  if (open == std::string_view::npos || !notation.ends_with(')')) return false;
  const std::string inside = text::fold(notation.substr(open + 1, notation.size() - open - 2));
  return inside == "m" || inside == "tm" || inside == "tum" || inside == "a" || inside == "b" ||
         inside == "c";
}

bool leaves_folder(const std::string& path) {
  if (path.starts_with('/') || (path.size() > 1 && path[1] == ':')) return true;
  const std::string framed = "/" + path + "/";
  return framed.find("/../") != std::string::npos;
}

}  // namespace

RowReader::RowReader(const ListOptions& options, const std::vector<std::string>& headings,
                     std::vector<Column> columns)
    : options_(options), headings_(column_labels(headings)), columns_(std::move(columns)) {
  place_.fill(-1);
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    int& place = place_[index_of(columns_[i])];
    if (place < 0) place = static_cast<int>(i);
  }
}

const std::string& RowReader::heading(Column column) const {
  static const std::string none;
  const int source = source_[index_of(column)] >= 0 ? source_[index_of(column)] : place_[index_of(column)];
  return source < 0 ? none : headings_[std::size_t(source)];
}

bool RowReader::has_file_columns() const {
  return has(Column::file_notation) || has(Column::file_title) || has(Column::file_code) ||
         has(Column::file_number) || has(Column::file_provisional) || has(Column::ordinal);
}

// A register book demands its numbers; a list of a file's documents may hold drafts without one. Books may
// say which file a document went into.
bool RowReader::is_register() const {
  for (const Column column :
       {Column::arrival_number, Column::arrival_date, Column::recipients, Column::copies, Column::forwarded})
    if (has(column)) return true;
  return !has_file_columns();
}

Finding& RowReader::find(Level level, const char* code, Column column, const char* key, const char* hint,
                         bool quote) {
  Finding finding;
  finding.code = code;
  finding.level = level;
  finding.path = heading(column);
  finding.line = row_.row;
  finding.message = {key, {{"row", std::to_string(row_.row)}, {"column", heading(column)}}};
  if (quote) finding.message.args.emplace_back("value", text::cut(text::printable(at(column)), kShownValue));
  if (*hint != '\0') finding.hint = {hint};
  row_.findings.push_back(std::move(finding));
  return row_.findings.back();
}

// What stood there first counts.
void RowReader::keep_original(Column column, const std::string& value) {
  row_.entry.original.emplace(heading(column), value);
  row_.document.original.emplace(heading(column), value);
}

void RowReader::keep_file_original(Column column, const std::string& value) {
  if (row_.file) row_.file->original.emplace(heading(column), value);
}

void RowReader::keep(Column column, const std::string& value, bool of_file) {
  of_file ? keep_file_original(column, value) : keep_original(column, value);
}

std::optional<ListRow> RowReader::read(const TableRow& row, std::vector<Finding>& passed) {
  if (is_footer(row, passed)) return std::nullopt;
  row_ = ListRow{};
  row_.row = row.number;
  row_.entry.row = static_cast<int>(row.number);
  row_.entry.book = options_.book;
  collect(row);
  if (refuse_secret(row)) return std::move(row_);
  check_width(row);
  for (const auto& [column, raw] : mended_) {
    if (column == Column::unused) {  // the second of two columns with one meaning
      const auto end = raw.find('\n');
      row_.entry.original.emplace(raw.substr(0, end), raw.substr(end + 1));
      row_.document.original.emplace(raw.substr(0, end), raw.substr(end + 1));
    } else if (!is_file_column(column)) {
      keep_original(column, raw);
    }
  }
  read_dates();
  read_paths();
  read_numbers();
  read_type_and_subject();
  read_entry();
  read_document();
  read_file();
  if (row_.file)
    for (const auto& [column, raw] : mended_)
      if (is_file_column(column)) keep_file_original(column, raw);
  check_lengths();
  if (options_.compare) {
    compare_entry();
    compare_file();
  }
  if (std::any_of(row_.findings.begin(), row_.findings.end(),
                  [](const Finding& finding) { return finding.level == Level::error; }))
    row_.cells = row.cells;
  return std::move(row_);
}

// Product trap 5, P12: what a secret document is about must not reach the repository or a report.
bool RowReader::refuse_secret(const TableRow& row) {
  std::string mark;
  Column where = Column::secrecy;
  for (const Column column :
       {Column::secrecy, Column::urgency, Column::access, Column::file_access, Column::type}) {
    if (!mark.empty() || at(column).empty()) continue;
    mark = records::secrecy_of(at(column));
    where = column;
  }
  for (const Column column : {Column::note, Column::annotation, Column::subject, Column::type_and_subject,
                              Column::file_remark, Column::file_note, Column::number_and_notation,
                              Column::number, Column::notation, Column::file_title}) {
    if (!mark.empty()) break;
    const bool remark = column == Column::note || column == Column::annotation ||
                        column == Column::file_remark || column == Column::file_note;
    mark = remark ? secrecy_of_note(at(column)) : secrecy_of_subject(at(column));
    where = column;
  }
  // A column that nobody knows may be the one with the marks.
  int unknown = -1;
  for (std::size_t i = 0; mark.empty() && i < columns_.size() && i < row.cells.size(); ++i) {
    if (columns_[i] != Column::unused || row.cells[i].size() > 40) continue;
    mark = secrecy_of_note(clean_cell(row.cells[i]));
    if (!mark.empty()) unknown = static_cast<int>(i);
  }
  bool unclear = mark.empty() && !at(Column::secrecy).empty() && normal_secrecy(at(Column::secrecy)).empty();
  if (unclear) where = Column::secrecy;
  // "15/KH-UBND(M)", "03-TM"
  for (const Column column : {Column::number_and_notation, Column::notation})
    if (mark.empty() && !unclear && may_be_secret_notation(at(column))) {
      unclear = true;
      where = column;
    }
  if (mark.empty() && !unclear) return false;
  if (unknown >= 0) {
    where = Column::unused;
    source_[index_of(where)] = unknown;
  }
  mended_.clear();
  row_.entry.original.clear();
  row_.document.original.clear();
  row_.findings.clear();
  find(Level::error, "P12", where, unclear ? "list.secrecy-unclear" : "list.secret", "list.secret.hint",
       false);
  row_.findings.back().basis = "Luật 117/2025/QH15; NĐ 30/2020/NĐ-CP Đ16.3, Đ22.4";
  if (!mark.empty()) row_.findings.back().message.args.emplace_back("mark", mark);
  row_.entry.secrecy = mark;
  return true;
}

// ---- numbers ----

RowReader::Number RowReader::own_number() {
  const bool split = at(Column::number_and_notation).empty();
  const Column column = split ? Column::number : Column::number_and_notation;
  if (split)
    if (const auto lost = lost_number(Column::number))
      values_[index_of(Column::number)] = std::to_string(*lost);
  const std::string number = at(column);
  const std::string notation = split ? at(Column::notation) : std::string();
  if (notation.empty() && (number.empty() || says_no_number(number))) {
    if (!number.empty()) keep_original(column, number);
    return {};
  }
  const std::string tidy_notation = tidy_number(notation);
  if (tidy_notation != notation) {
    keep_original(Column::notation, notation);
    find(Level::note, "P07", Column::notation, "list.number-tidied", "")
        .message.args.emplace_back("mended", tidy_notation);
  }
  const bool alone = number.find('/') != std::string::npos || tidy_notation.empty();
  const std::string written = alone                                      ? number
                              : number.empty() || says_no_number(number) ? tidy_notation
                                                                         : number + "/" + tidy_notation;
  std::string tidy = tidy_number(written);
  if (tidy != written) {
    keep_original(column, number);
    if (!split || tidy_notation == notation)
      find(Level::note, "P07", column, "list.number-tidied", "").message.args.emplace_back("mended", tidy);
  }
  auto parsed = records::parse_document_number(tidy);
  if (!parsed && tidy.find(' ') != std::string::npos) {
    // "15/QĐ UBND": a space stands for the hyphen.
    std::string joined = tidy;
    std::replace(joined.begin(), joined.end(), ' ', '-');
    parsed = records::parse_document_number(joined);
    if (parsed && (parsed->number == 0 || records::type_of_notation(parsed->notation) == nullptr))
      parsed.reset();
    if (parsed) {
      keep_original(column, number);
      find(Level::warning, "P07", at(column).empty() ? Column::notation : column, "list.notation-space", "")
          .message.args.emplace_back("mended", joined);
      tidy = joined;
    }
  }
  if (parsed) {
    DocumentNumber own = *parsed;
    if (own.written.empty()) own.written = tidy;
    return {own, true};
  }
  DocumentNumber own;
  own.written = tidy;
  if (const auto digits = small_number(tidy)) {  // a number without notation
    own.number = *digits;
    return {own, true};
  }
  if (split && number.empty()) {  // a notation without number
    own.notation = tidy_notation;
    text::mend_d_lookalikes(own.notation);
    return {own, true};
  }
  return {own, false};
}

// Numbers that a spreadsheet took for something else: "1.312", "1312,0" are mended, "1,31E+03" has lost
// figures.
std::optional<int> RowReader::lost_number(Column column) {
  const std::string& text = at(column);
  if (text.empty() || is_digits(text)) return std::nullopt;
  const auto lost = number_with_marks(text);
  if (!lost) return std::nullopt;
  if (*lost < 0) {
    find(Level::error, "P06", column, "list.number-scientific", "list.number-scientific.hint");
    values_[index_of(column)].clear();
    return std::nullopt;
  }
  keep_original(column, text);
  find(Level::warning, "P06", column, "list.number-marks", "list.number-scientific.hint")
      .message.args.emplace_back("mended", std::to_string(*lost));
  return lost;
}

// P07: no CV before the agency, the type of the notation is the type of the document.
void RowReader::check_notation(Column column, bool key) {
  const auto& own = row_.entry.own;
  if (own.notation.empty()) return;
  // Lists say the same few notations and types again and again: what was in order once is.
  if (memory_.notations.size() > 4096) memory_.notations.clear();
  const std::string pair = own.notation + "\n" + row_.entry.type;
  if (memory_.notations.count(pair) != 0) return;
  const std::size_t before = row_.findings.size();
  judge_notation(column, key);
  if (row_.findings.size() == before) memory_.notations.insert(pair);
}

void RowReader::judge_notation(Column column, bool key) {
  const auto& own = row_.entry.own;
  const std::string first =
      text::fold(std::string_view(own.notation).substr(0, own.notation.find_first_of("-/.&")));
  const bool party =
      own.written.find('/') != std::string::npos && own.written.find('-') < own.written.find('/');
  if (first == "cv" && !party && own.notation.find('/') == std::string::npos) {
    find(key ? Level::warning : Level::note, "P07", column, "list.notation-cv", "list.notation-cv.hint")
        .basis = "NĐ 30/2020/NĐ-CP PL III";
    return;
  }
  const auto* carried = records::type_of_notation(own.notation);
  const auto* said = records::find_document_type(row_.entry.type);
  if (carried == nullptr || said == nullptr || carried == said || said->abbreviation[0] == '\0') return;
  const bool letter = std::string_view(carried->abbreviation) == "CV";  // only by having no type part
  auto& finding = find(letter ? Level::note : Level::warning, "P07", column, "list.type-differs", "");
  finding.message.args.emplace_back("type", row_.entry.type);
  finding.message.args.emplace_back("carried", carried->name_vi);
  finding.basis = "NĐ 30/2020/NĐ-CP PL III";
}

void RowReader::read_arrival_number() {
  const std::string& text = at(Column::arrival_number);
  if (!has(Column::arrival_number)) return;
  if (const auto lost = lost_number(Column::arrival_number))
    values_[index_of(Column::arrival_number)] = std::to_string(*lost);
  if (text.empty()) {
    if (!row_.findings.empty() && row_.findings.back().path == heading(Column::arrival_number) &&
        row_.findings.back().level == Level::error)
      return;  // said already
    find(Level::error, "P06", Column::arrival_number, "list.arrival-number-missing",
         "list.number-missing.hint", false);
    row_.findings.back().basis = "NĐ 30/2020/NĐ-CP Đ22.2";
    return;
  }
  std::string digits = text;
  if (!digits.empty() && !is_digits(digits)) {
    const auto end = digits.find_first_not_of("0123456789");
    const std::string rest = text::fold_case(digits.substr(end));
    if (end > 0 && text::length(rest) == 1 &&
        text::fold(rest).find_first_of("abcdefghijklmnopqrstuvwxyz") == 0) {
      row_.entry.suffix = rest;
      digits.resize(end);
    }
  }
  const auto number = small_number(digits);
  if (number && *number > 0) {
    row_.entry.number = *number;
    // "007" is not how 7 is printed.
    if (digits.size() > 2 && digits.front() == '0') keep_original(Column::arrival_number, text);
  } else
    find(Level::error, "P06", Column::arrival_number, "list.arrival-number-bad",
         "list.arrival-number-bad.hint");
}

void RowReader::read_numbers() {
  const Number found = own_number();
  auto& entry = row_.entry;
  entry.own = row_.document.own = found.own;
  const Column column = at(Column::number_and_notation).empty() && has(Column::number)
                            ? Column::number
                            : Column::number_and_notation;
  const bool incoming = options_.book == Book::in;
  if (incoming) {
    read_arrival_number();
  } else {
    entry.number = found.own.number;
    entry.suffix = found.own.suffix;
  }
  // The number of our own documents is the register's key; a sender's may be of any form, Party bodies write
  // 15-CV/HU.
  const bool key = !incoming && is_register();
  if (found.own.empty() && at(column).empty() && at(Column::notation).empty()) name_from_path();
  if (!found.readable) {
    const bool date = text::parse_date(found.own.written).has_value();
    find(key ? Level::error : Level::warning, "P07", column,
         date ? "list.number-date" : "list.number-unreadable",
         date ? "list.number-scientific.hint" : "list.number-unreadable.hint")
        .basis = "NĐ 30/2020/NĐ-CP PL I phần I.II.3";
  } else if (key && options_.book != Book::internal && entry.own.number == 0 &&
             (has(Column::number) || has(Column::number_and_notation))) {
    find(Level::error, "P02", column, "list.number-missing", "list.number-missing.hint", false);
    row_.findings.back().basis = "NĐ 30/2020/NĐ-CP Đ15";
  }
}

// ---- words ----

void RowReader::read_type_and_subject() {
  auto& entry = row_.entry;
  entry.type = at(Column::type);
  entry.subject = at(Column::subject);
  const records::DocumentType* split_type = nullptr;
  if (!at(Column::type_and_subject).empty()) {
    const auto [type, subject] = records::split_type_and_subject(at(Column::type_and_subject));
    if (entry.type.empty()) split_type = type;
    if (entry.subject.empty()) entry.subject = subject;
    // A type put into its usual letters is a change, a mere cut is none.
    if (type != nullptr && !at(Column::type_and_subject).starts_with(type->name_vi))
      keep_original(Column::type_and_subject, at(Column::type_and_subject));
  }
  if (entry.type.empty() && split_type == nullptr) entry.type = at(Column::type_code);
  if (const auto* known = split_type != nullptr ? split_type : records::find_document_type(entry.type)) {
    if (entry.type != known->name_vi && !at(Column::type).empty()) keep_original(Column::type, entry.type);
    entry.type = known->name_vi;
  }
  if (entry.type.empty() && !entry.own.notation.empty())
    if (const auto* carried = records::type_of_notation(entry.own.notation)) entry.type = carried->name_vi;
  check_notation(!at(Column::notation).empty()              ? Column::notation
                 : !at(Column::number_and_notation).empty() ? Column::number_and_notation
                                                            : Column::number,
                 options_.book != Book::in && is_register());
  row_.document.type = entry.type;
  row_.document.subject = entry.subject;
  const Column column = has(Column::subject) ? Column::subject : Column::type_and_subject;
  if (entry.subject.empty() && has(column) && is_register()) {
    find(Level::warning, "P01", column, "list.subject-missing", "", false);
    row_.findings.back().basis = kRegisterBasis;
  }
}

void RowReader::read_entry() {
  auto& entry = row_.entry;
  entry.issuer = at(Column::issuer);
  entry.issuer_code = at(Column::issuer_code);
  entry.signer = at(Column::signer);
  entry.recipients = at(Column::recipients);
  entry.unit = at(Column::unit);
  entry.copies = at(Column::copies);
  entry.acknowledged = at(Column::acknowledged);
  entry.note = at(Column::note);
  read_urgency();
  if (is_register() && options_.book == Book::in && has(Column::issuer) && entry.issuer.empty())
    find(Level::warning, "P01", Column::issuer, "list.issuer-missing", "", false).basis = kRegisterBasis;
  if (!entry.issuer_code.empty())
    for (Finding& finding : check_organ_code(entry.issuer_code, heading(Column::issuer_code))) {
      finding.level = std::min(finding.level, Level::warning);  // the document came with it all the same
      finding.path = heading(Column::issuer_code);
      finding.line = row_.row;
      row_.findings.push_back(std::move(finding));
    }
  row_.answers = at(Column::answers);
  row_.id = at(Column::id);
  row_.fonds = at(Column::fonds);
  row_.box = at(Column::box);
  row_.place = at(Column::box_place);
  row_.file_class = at(Column::file_class);
  read_metres();
  row_.ordinal = whole_number(Column::ordinal);
}

// P09: khẩn, thượng khẩn, hỏa tốc, as NĐ30 writes them.
void RowReader::read_urgency() {
  const std::string& text = at(Column::urgency);
  if (text.empty() || !normal_secrecy(text).empty()) return;
  const std::string folded = text::fold(text);
  for (const auto& [word, urgency] : {std::pair<std::string_view, const char*>{"khan", "khẩn"},
                                      {"thuong khan", "thượng khẩn"},
                                      {"hoa toc", "hỏa tốc"},
                                      {"hoa toc hen gio", "hỏa tốc"}})
    if (folded == word) {
      row_.entry.urgency = urgency;
      if (text::fold_case(text) != urgency) keep_original(Column::urgency, text);
      return;
    }
  keep_original(Column::urgency, text);
  find(Level::warning, "P09", Column::urgency, "list.urgency-unknown", "list.urgency-unknown.hint").basis =
      "NĐ 30/2020/NĐ-CP Đ4.2c";
}

// D5: a word that has no code in TT05; it is kept as it is.
void RowReader::check_code(Column column, std::string (*code_of)(std::string_view)) {
  if (at(column).empty() || !code_of(at(column)).empty()) return;
  find(Level::warning, "D5", column, "list.code-unknown", "list.code-unknown.hint").basis =
      "TT 05/2025/TT-BNV PL I";
}

void RowReader::read_metres() {
  std::string text = at(Column::box_metres);
  if (text.empty()) return;
  const auto unit = text.find_first_not_of("0123456789.,");
  std::string number = text.substr(0, unit);
  std::replace(number.begin(), number.end(), ',', '.');
  const std::string rest = unit == std::string::npos ? std::string() : text::fold(text.substr(unit));
  double metres = 0;
  const char* const last = number.data() + number.size();
  const auto [end, problem] = std::from_chars(number.data(), last, metres);
  if (problem == std::errc() && end == last && rest.find_first_not_of(" metgia") == std::string::npos && metres < 100'000)
    row_.shelf_metres = metres;
  else
    find(Level::warning, "P10", Column::box_metres, "list.count-bad", "");
}

int RowReader::whole_number(Column column, bool of_file) {
  if (const std::string& cell = at(column); !cell.empty() && !is_digits(cell))
    if (const auto lost = number_with_marks(cell); lost && *lost >= 0) {
      keep(column, cell, of_file);
      find(Level::warning, "P10", column, "list.number-marks", "list.number-scientific.hint")
          .message.args.emplace_back("mended", std::to_string(*lost));
      values_[index_of(column)] = std::to_string(*lost);
    }
  const std::string& text = at(column);
  if (text.empty()) return 0;
  const auto end = text.find_first_not_of("0123456789");
  const std::string unit = end == std::string::npos ? std::string() : text::fold(text.substr(end));
  const auto number = small_number(std::string_view(text).substr(0, end));
  if (number && (unit.empty() || unit == "trang" || unit == "tr" || unit == "to" || unit == "van ban"))
    return *number;
  of_file ? keep_file_original(column, text) : keep_original(column, text);
  find(Level::warning, "P10", column, "list.count-bad", "");
  return 0;
}

std::string RowReader::access_of(Column column) {
  const std::string& text = at(column);
  if (text.empty()) return "";
  const std::string code = records::tt05_mode(text);
  if (code == "01") return "open";
  if (code == "02") return "conditional";
  if (code == "03") return "secret";  // not reached: refused before
  find(Level::warning, "D5", column, "list.access-unknown", "list.access-unknown.hint");
  return "";
}

void RowReader::read_document() {
  auto& document = row_.document;
  document.issuer = row_.entry.issuer;
  document.issuer_code = row_.entry.issuer_code;
  document.signer = row_.entry.signer;
  document.language = at(Column::language);
  document.pages = whole_number(Column::pages);
  document.access = access_of(Column::access);
  if (document.access.empty() && !at(Column::access).empty())
    keep_original(Column::access, at(Column::access));
  document.confidence = at(Column::confidence);
  document.value = at(Column::value);
  document.keyword = at(Column::keyword);
  document.info_sign = at(Column::info_sign);
  document.autograph = at(Column::autograph);
  document.condition = at(Column::condition);
  document.sheets = at(Column::sheets);
  document.note = at(Column::note);
  if (!at(Column::annotation).empty())
    document.note += (document.note.empty() ? "" : "; ") + at(Column::annotation);
  const std::string process = text::fold(at(Column::process));
  if (!process.empty() && process != "0" && process != "khong" && process != "false") {
    document.process = "1";
    if (process != "1") keep_original(Column::process, at(Column::process));
  }
  const std::string media = text::fold(at(Column::media));
  if (media == "anh" || media == "phim am ban" || media.starts_with("tai lieu anh")) document.media = "photo";
  if (media.find("am thanh") != std::string::npos || media == "ghi am") document.media = "audio";
  if (media == "video" || media == "phim" || media.find("ghi hinh") != std::string::npos)
    document.media = "video";
  check_code(Column::language, records::tt05_language);
  check_code(Column::confidence, records::tt05_confidence);
  check_code(Column::condition, records::tt05_condition);
  if (!has_file_columns() && !at(Column::file_term).empty()) {
    if (const auto term = records::parse_term(at(Column::file_term)))
      document.term = *term;
    else
      say_unknown_term();
    if (records::term_text(document.term) != at(Column::file_term))
      keep_original(Column::file_term, at(Column::file_term));
  }
}

// P49, records-practice.md 2.3: databases write 1000 for permanent, 500 and 200 for events.
void RowReader::say_unknown_term() {
  const std::string digits =
      at(Column::file_term).substr(0, at(Column::file_term).find_first_not_of("0123456789"));
  const auto years = small_number(digits);
  find(Level::warning, "P49", Column::file_term,
       years && *years >= 200 ? "list.term-pseudo" : "list.term-unknown", "list.term-unknown.hint");
}

// Names that software gives hold number, notation, type, year (records-practice.md 1.3).
void RowReader::name_from_path() {
  if (row_.paths.empty()) return;
  const auto name = records::parse_document_name(row_.paths.front(), options_.abbreviations);
  if (!name) return;
  const Column shown = Column::path;
  values_[index_of(shown)] = row_.paths.front();
  auto& entry = row_.entry;
  if (!name->doubt.empty()) {
    find(Level::note, "P07", shown, "list.name-doubt", "").message.args.emplace_back("doubt", name->doubt);
    return;
  }
  const Date& date = entry.date;
  if (date.year != 0 && name->year != 0 && date.year != name->year) {
    find(Level::warning, "P07", shown, "list.name-year", "")
        .message.args.emplace_back("date", text::to_dmy(date));
    return;
  }
  entry.own = row_.document.own = name->own;
  if (options_.book != Book::in) {
    entry.number = name->own.number;
    entry.suffix = name->own.suffix;
  }
  if (entry.date.empty() && name->year != 0) {
    entry.date = row_.document.date = Date{name->year, 0, 0};
    if (entry.year == 0) entry.year = name->year;
  }
  keep_original(shown, row_.paths.front());
  find(Level::note, "P07", shown, "list.name-read", "").message.args.emplace_back("mended", name->own.text());
}

void RowReader::read_paths() {
  for (const std::string& cell : raw_paths_) {
    std::size_t start = 0;
    while (start <= cell.size()) {
      const auto end = std::min(cell.find_first_of(";\n\r|", start), cell.size());
      std::string path = slashes(trimmed_cell(std::string_view(cell).substr(start, end - start)));
      start = end + 1;
      if (path.empty()) continue;
      if (leaves_folder(path)) {
        values_[index_of(Column::path)] = path;
        find(Level::error, "P41", Column::path, "list.path-outside", "list.path-outside.hint");
        continue;
      }
      if (std::find(row_.paths.begin(), row_.paths.end(), path) == row_.paths.end())
        row_.paths.push_back(std::move(path));
    }
  }
}

// ---- the file (hồ sơ) ----

void RowReader::read_file() {
  if (at(Column::file_notation).empty() && at(Column::file_title).empty() && at(Column::file_code).empty() &&
      at(Column::file_number).empty() && at(Column::file_provisional).empty())
    return;
  auto& file = row_.file.emplace();
  file.notation = tidy_number(at(Column::file_notation));
  if (file.notation != at(Column::file_notation))
    keep_file_original(Column::file_notation, at(Column::file_notation));
  const auto [year, notation] = split_file_code(at(Column::file_code));
  if (file.notation.empty()) file.notation = notation;
  if (const auto given_year = small_number(at(Column::file_year));
      given_year && year != 0 && *given_year != year) {
    find(Level::warning, "P38", Column::file_year, "list.file-year", "")
        .message.args.emplace_back("other", std::to_string(year));
  }
  file.title = at(Column::file_title);
  file.number = at(Column::file_number);
  file.inventory = at(Column::inventory);
  file.officer = at(Column::file_officer);
  file.language = at(Column::file_language);
  file.keyword = at(Column::file_keyword);
  file.info_sign = at(Column::file_info_sign);
  file.confidence = at(Column::file_confidence);
  file.condition = at(Column::file_condition);
  file.paper_code = at(Column::file_paper_code);
  file.sheets = whole_number(Column::file_sheets, true);
  file.access = access_of(Column::file_access);
  if (file.access.empty() && !at(Column::file_access).empty())
    keep_file_original(Column::file_access, at(Column::file_access));
  for (const Column column : {Column::file_note, Column::file_remark})
    if (!at(column).empty()) file.note += (file.note.empty() ? "" : "; ") + at(column);
  file.provisional = at(Column::file_provisional);
  file.unit = at(Column::file_unit);
  file.autograph = at(Column::file_autograph);
  file.period = at(Column::file_period);
  file.documents_told = whole_number(Column::file_total, true);
  file.pages_told = whole_number(Column::file_pages, true);
  if (!at(Column::file_term).empty()) {
    if (const auto term = records::parse_term(at(Column::file_term)))
      file.term = *term;
    else
      say_unknown_term();
    if (records::term_text(file.term) != at(Column::file_term))
      keep_file_original(Column::file_term, at(Column::file_term));
  }
  read_file_dates();
  const auto given = small_number(at(Column::file_year));
  const int named = year_named(file.title);
  const bool named_fits =
      named != 0 && named >= file.start.year && (file.end.year == 0 || named <= file.end.year);
  file.year = given ? *given : year != 0 ? year : named_fits ? named : file.start.year;
  // A document's code begins with its file's.
  if (const int in_id = split_file_code(at(Column::id)).first;
      in_id != 0 && file.year != 0 && in_id != file.year) {
    find(Level::warning, "P38", Column::id, "list.id-year", "")
        .message.args.emplace_back("other", std::to_string(file.year));
  }
  check_code(Column::file_language, records::tt05_language);
  check_code(Column::file_confidence, records::tt05_confidence);
  check_code(Column::file_condition, records::tt05_condition);
}

}  // namespace vtlt::exchange
