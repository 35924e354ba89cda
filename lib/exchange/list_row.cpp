// One row of a list → a register entry, its document and the file it lies in. Nothing is guessed silently:
// what was changed stands in `original`, what could not be read is a finding with row and heading.
#include <algorithm>
#include <charconv>

#include "exchange/cell_text.h"
#include "exchange/list_internal.h"
#include "records/rules.h"
#include "text/text.h"

namespace vtlt::exchange {
namespace {

using records::Book;
using records::DocumentNumber;

constexpr int kShownValue = 60;
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

bool leaves_folder(const std::string& path) {
  if (path.starts_with('/') || (path.size() > 1 && path[1] == ':')) return true;
  const std::string framed = "/" + path + "/";
  return framed.find("/../") != std::string::npos;
}

}  // namespace

RowReader::RowReader(const ListOptions& options, const std::vector<std::string>& headings,
                     std::vector<Column> columns)
    : options_(options), headings_(headings), columns_(std::move(columns)) {
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

// A register book demands its numbers; a list of a file's documents may hold drafts without one.
bool RowReader::is_register() const {
  return !has_file_columns();
}

void RowReader::find(Level level, const char* code, Column column, const char* key, const char* hint,
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
}

void RowReader::keep_original(Column column, const std::string& value) {
  row_.entry.original[heading(column)] = value;
  row_.document.original[heading(column)] = value;
}

void RowReader::keep_file_original(Column column, const std::string& value) {
  if (row_.file) row_.file->original[heading(column)] = value;
}

ListRow RowReader::read(const TableRow& row) {
  row_ = ListRow{};
  row_.row = row.number;
  row_.entry.row = static_cast<int>(row.number);
  row_.entry.book = options_.book;
  collect(row);
  if (refuse_secret()) return std::move(row_);
  read_dates();
  read_numbers();
  read_type_and_subject();
  read_entry();
  read_document();
  read_paths();
  read_file();
  for (Finding& finding : records::check_entry(row_.entry)) {
    finding.line = row_.row;
    row_.findings.push_back(std::move(finding));
  }
  if (std::any_of(row_.findings.begin(), row_.findings.end(),
                  [](const Finding& finding) { return finding.level == Level::error; }))
    row_.cells = row.cells;
  return std::move(row_);
}

// Of several columns with one meaning the first that holds something counts.
void RowReader::collect(const TableRow& row) {
  values_.fill({});
  source_.fill(-1);
  raw_paths_.clear();
  for (std::size_t i = 0; i < columns_.size() && i < row.cells.size(); ++i) {
    const Column column = columns_[i];
    if (column == Column::unused || row.cells[i].empty()) continue;
    if (column == Column::path) {
      raw_paths_.push_back(row.cells[i]);
      if (source_[index_of(column)] < 0) source_[index_of(column)] = static_cast<int>(i);
      continue;
    }
    if (source_[index_of(column)] >= 0) continue;
    Value value = clean_cell(row.cells[i]);
    if (value.empty()) continue;
    source_[index_of(column)] = static_cast<int>(i);
    values_[index_of(column)] = std::move(value);
    if (values_[index_of(column)].find("\xEF\xBF\xBD") != std::string::npos)
      find(Level::error, "P41", column, "list.undecodable", "list.undecodable.hint");
  }
}

// Product trap 5, P12: what a secret document is about must not reach the repository or a report.
bool RowReader::refuse_secret() {
  std::string mark;
  Column where = Column::secrecy;
  for (const Column column : {Column::secrecy, Column::urgency, Column::access, Column::file_access}) {
    if (!mark.empty() || at(column).empty()) continue;
    mark = records::secrecy_of(at(column));
    where = column;
  }
  for (const Column column :
       {Column::note, Column::annotation, Column::subject, Column::type_and_subject, Column::file_remark}) {
    if (!mark.empty()) break;
    const bool words = column == Column::subject || column == Column::type_and_subject;
    mark = words ? secrecy_of_subject(at(column)) : secrecy_of_note(at(column));
    where = column;
  }
  const bool unclear =
      mark.empty() && !at(Column::secrecy).empty() && normal_secrecy(at(Column::secrecy)).empty();
  if (mark.empty() && !unclear) return false;
  row_.findings.clear();
  if (unclear) where = Column::secrecy;
  find(Level::error, "P12", where, unclear ? "list.secrecy-unclear" : "list.secret", "list.secret.hint",
       false);
  row_.findings.back().basis = "Luật 117/2025/QH15; NĐ 30/2020/NĐ-CP Đ16.3, Đ22.4";
  if (!mark.empty()) row_.findings.back().message.args.emplace_back("mark", mark);
  row_.entry.secrecy = mark;
  return true;
}

// ---- dates ----

Date RowReader::read_date_text(const std::string& text, Column column, Level level, bool of_file) {
  const std::string day = without_time(text);
  if (const auto date = text::parse_date(day)) {
    if (text::to_dmy(*date) != text) of_file ? keep_file_original(column, text) : keep_original(column, text);
    return *date;
  }
  const auto year_column = small_number(at(Column::year));
  if (const auto date = with_year(day, !of_file && year_column ? *year_column : options_.default_year)) {
    of_file ? keep_file_original(column, text) : keep_original(column, text);
    return *date;
  }
  if (const auto date = from_serial(day)) {
    of_file ? keep_file_original(column, text) : keep_original(column, text);
    find(Level::warning, "P47", column, "list.date-serial", "list.date-serial.hint");
    row_.findings.back().message.args.emplace_back("date", text::to_dmy(*date));
    return *date;
  }
  if (level != Level::error) of_file ? keep_file_original(column, text) : keep_original(column, text);
  if (has_two_digit_year(day))
    find(level, "P47", column, "list.date-two-digit-year", "list.date-two-digit-year.hint");
  else
    find(level, "P47", column, "list.date-bad", "list.date-bad.hint");
  return {};
}

Date RowReader::read_date(Column column, Level level, bool of_file) {
  return at(column).empty() ? Date{} : read_date_text(at(column), column, level, of_file);
}

Date RowReader::read_date_parts(Column day, Column month, Column year, bool of_file) {
  const auto part = [this](Column column) {
    const std::string& text = at(column);
    return text.find_first_not_of('0') == std::string::npos ? std::string() : text;  // "0", "00": not known
  };
  const std::string d = part(day), m = part(month);
  std::string y = part(year);
  if (d.empty() && m.empty() && y.empty()) return {};
  if (y.empty() && options_.default_year != 0 && !of_file) y = std::to_string(options_.default_year);
  const std::string whole = (d.empty() ? "" : d + "/") + (m.empty() ? "" : m + "/") + y;
  const bool gap = y.empty() || (m.empty() && !d.empty());
  const auto date = gap ? std::nullopt : text::parse_date(whole);
  if (date) return *date;
  const Column shown = y.empty() || has_two_digit_year(whole) ? year : day;
  values_[index_of(shown)] = d + "/" + m + "/" + y;
  find(Level::error, "P47", shown, y.size() == 2 ? "list.date-two-digit-year" : "list.date-bad",
       y.size() == 2 ? "list.date-two-digit-year.hint" : "list.date-bad.hint");
  return {};
}

void RowReader::read_dates() {
  auto& entry = row_.entry;
  if (!at(Column::date).empty())
    entry.date = read_date(Column::date, Level::error);
  else if (has(Column::day) || has(Column::month) || has(Column::year))
    entry.date = read_date_parts(Column::day, Column::month, Column::year, false);
  row_.document.date = entry.date;
  entry.arrival = read_date(Column::arrival_date, Level::error);
  entry.forwarded = read_date(Column::forwarded, Level::warning);
  entry.due = read_date(Column::due, Level::warning);
  if (options_.book == Book::in && entry.arrival.whole() && entry.date.whole() &&
      entry.date > entry.arrival) {
    const Column shown = has(Column::date) ? Column::date : Column::day;
    find(Level::warning, "P47", shown, "list.date-after-arrival", "", false);
    auto& args = row_.findings.back().message.args;
    args.emplace_back("date", text::to_dmy(entry.date));
    args.emplace_back("arrival", text::to_dmy(entry.arrival));
  }
  // The register's year: of arrival for incoming documents, of the document for all others.
  const Date& booked = options_.book == Book::in ? entry.arrival : entry.date;
  entry.year = booked.year != 0 ? booked.year : options_.default_year;
  if (entry.year == 0) entry.year = entry.date.year;
}

// ---- numbers ----

RowReader::Number RowReader::own_number() {
  const bool split = at(Column::number_and_notation).empty();
  const std::string number = split ? at(Column::number) : at(Column::number_and_notation);
  const std::string notation = split ? at(Column::notation) : std::string();
  if (notation.empty() && (number.empty() || says_no_number(number))) {
    if (!number.empty()) keep_original(split ? Column::number : Column::number_and_notation, number);
    return {};
  }
  const std::string tidy_notation = tidy_number(notation);
  if (tidy_notation != notation) keep_original(Column::notation, notation);
  const bool alone = number.find('/') != std::string::npos || tidy_notation.empty();
  const std::string written = alone                                      ? number
                              : number.empty() || says_no_number(number) ? tidy_notation
                                                                         : number + "/" + tidy_notation;
  const std::string tidy = tidy_number(written);
  if (split ? !alone && tidy != written : tidy != written)
    keep_original(split ? Column::number : Column::number_and_notation, number);
  if (const auto parsed = records::parse_document_number(tidy)) {
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

void RowReader::read_arrival_number() {
  const std::string& text = at(Column::arrival_number);
  if (!has(Column::arrival_number)) return;
  if (text.empty()) {
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
  if (number && *number > 0)
    row_.entry.number = *number;
  else
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
  if (!found.readable) {
    find(key ? Level::error : Level::warning, "P07", column, "list.number-unreadable",
         "list.number-unreadable.hint");
    row_.findings.back().basis = "NĐ 30/2020/NĐ-CP PL I phần I.II.3";
  } else if (key && options_.book != Book::internal && found.own.number == 0 &&
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
  entry.urgency =
      normal_secrecy(at(Column::urgency)).empty() ? text::fold_case(at(Column::urgency)) : std::string();
  row_.answers = at(Column::answers);
  row_.id = at(Column::id);
  row_.fonds = at(Column::fonds);
  row_.box = at(Column::box);
  row_.place = at(Column::box_place);
  row_.file_class = at(Column::file_class);
  read_metres();
  row_.ordinal = whole_number(Column::ordinal);
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
  if (!has_file_columns() && !at(Column::file_term).empty())
    if (const auto term = records::parse_term(at(Column::file_term))) document.term = *term;
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

void RowReader::read_file_dates() {
  auto& file = *row_.file;
  file.start =
      at(Column::file_start).empty()
          ? read_date_parts(Column::file_start_day, Column::file_start_month, Column::file_start_year, true)
          : read_date(Column::file_start, Level::error, true);
  file.end = at(Column::file_end).empty()
                 ? read_date_parts(Column::file_end_day, Column::file_end_month, Column::file_end_year, true)
                 : read_date(Column::file_end, Level::error, true);
  const std::string& span = at(Column::file_dates);
  if (!span.empty() && file.start.empty() && file.end.empty()) {
    auto cut = span.find(" - ");
    std::size_t width = 3;
    if (cut == std::string::npos) cut = span.find("–"), width = std::string_view("–").size();
    if (cut == std::string::npos && std::count(span.begin(), span.end(), '-') == 1 && !text::parse_date(span))
      cut = span.find('-'), width = 1;
    file.start = read_date_text(clean_cell(span.substr(0, cut)), Column::file_dates, Level::warning, true);
    file.end = cut == std::string::npos ? file.start
                                        : read_date_text(clean_cell(span.substr(cut + width)),
                                                         Column::file_dates, Level::warning, true);
    file.original.erase(heading(Column::file_dates));
    if (file.start.empty() || file.end.empty()) keep_file_original(Column::file_dates, span);
  }
  if (file.start.whole() && file.end.whole() && file.start > file.end) {
    const Column shown = has(Column::file_start) ? Column::file_start : Column::file_start_day;
    find(Level::warning, "D10", shown, "list.file-dates-reversed", "", false);
    auto& args = row_.findings.back().message.args;
    args.emplace_back("start", text::to_dmy(file.start));
    args.emplace_back("end", text::to_dmy(file.end));
  }
}

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
      find(Level::warning, "P49", Column::file_term, "list.term-unknown", "list.term-unknown.hint");
    if (records::term_text(file.term) != at(Column::file_term))
      keep_file_original(Column::file_term, at(Column::file_term));
  }
  read_file_dates();
  const auto given = small_number(at(Column::file_year));
  const int named = year_named(file.title);
  const bool named_fits =
      named != 0 && named >= file.start.year && (file.end.year == 0 || named <= file.end.year);
  file.year = given ? *given : year != 0 ? year : named_fits ? named : file.start.year;
}

}  // namespace vtlt::exchange
