// Dates of a row (P47, D10): no day, month or century is invented; what was typed another way is kept.
#include <algorithm>

#include "exchange/cell_text.h"
#include "exchange/list_internal.h"
#include "text/text.h"

namespace vtlt::exchange {
namespace {

// A machine whose clock went wrong must not refuse a whole list; 2062 for 2026 must not open a book.
constexpr int kMostAhead = 20;
constexpr int kFirstYear = 1800;  // older records are not in registers: a figure is missing or wrong

struct Parts {
  int day = 0, month = 0, year = 0;
};

// Three numbers in the order dd mm yyyy (or yyyy mm dd), whether they make a date or not.
std::optional<Parts> three_numbers(std::string_view text) {
  int found[3] = {};
  std::size_t widths[3] = {}, count = 0;
  while (!text.empty()) {
    const auto end = std::min(text.find_first_of("/-."), text.size());
    const auto number = small_number(text.substr(0, end));
    if (!number || count == 3) return std::nullopt;
    widths[count] = end;
    found[count++] = *number;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  if (count != 3) return std::nullopt;
  if (widths[0] == 4) return Parts{found[2], found[1], found[0]};
  return Parts{found[0], found[1], found[2]};
}

// "05 / 01 /2024.", "05\01\2024", "05//01/2024" → "05/01/2024"
std::string tidy_date(std::string_view text) {
  std::string tidy;
  for (const char c : text) {
    const char mark = c == '\\' ? '/' : c;
    const bool joint = mark == '/' || mark == '-' || mark == '.';
    while (joint && !tidy.empty() && tidy.back() == ' ')
      tidy.pop_back();
    if (!tidy.empty() && (tidy.back() == '/' || tidy.back() == '-' || tidy.back() == '.') &&
        (mark == ' ' || mark == tidy.back()))
      continue;
    tidy += mark;
  }
  while (!tidy.empty() && std::string_view("/-. ,;").find(tidy.back()) != std::string_view::npos)
    tidy.pop_back();
  while (!tidy.empty() && std::string_view("/-. ").find(tidy.front()) != std::string_view::npos)
    tidy.erase(0, 1);
  const std::string folded = text::fold(tidy.substr(0, 8));
  if (folded.starts_with("thang ") && tidy.find_first_of("/-.") != std::string::npos)
    tidy.erase(0, tidy.find(' ') + 1);
  return tidy;
}

}  // namespace

void RowReader::say_bad_date(const std::string& text, Column column, Level level) {
  const auto parts = three_numbers(text);
  if (parts && parts->month > 12 && parts->day >= 1 && parts->day <= 12 && parts->month <= 31) {
    find(level, "P47", column, "list.date-swapped", "list.date-bad.hint")
        .message.args.emplace_back("month", std::to_string(parts->month));
    return;
  }
  if (has_two_digit_year(text))
    find(level, "P47", column, "list.date-two-digit-year", "list.date-two-digit-year.hint");
  else
    find(level, "P47", column, "list.date-bad", "list.date-bad.hint");
}

// A year that cannot be, a day that has not come.
Date RowReader::checked_date(Date date, Column column, bool of_file) {
  const Date& today = options_.today;
  if (date.empty()) return date;
  if (date.year < kFirstYear) {
    find(Level::error, "P47", column, "list.date-year", "list.date-bad.hint");
    return {};
  }
  if (column == Column::due || today.empty() || of_file) return date;
  if (date.year > today.year + kMostAhead) {
    find(Level::error, "P47", column, "list.date-future-year", "list.date-bad.hint")
        .message.args.emplace_back("today", text::to_dmy(today));
    return {};
  }
  if ((date.whole() && date > today) || date.year > today.year)
    find(Level::warning, "P47", column, "list.date-future", "")
        .message.args.emplace_back("today", text::to_dmy(today));
  return date;
}

Date RowReader::read_date_text(const std::string& text, Column column, Level level, bool of_file) {
  const std::string day = without_time(text);
  if (const auto date = text::parse_date(day)) {
    if (text::to_dmy(*date) != text) keep(column, text, of_file);
    return checked_date(*date, column, of_file);
  }
  const std::string tidy = tidy_date(day);
  if (const auto date = text::parse_date(tidy)) {
    keep(column, text, of_file);
    find(Level::note, "P47", column, "list.date-tidied", "")
        .message.args.emplace_back("date", text::to_dmy(*date));
    return checked_date(*date, column, of_file);
  }
  const auto year_column = small_number(at(Column::year));
  if (const auto date = with_year(tidy, !of_file && year_column ? *year_column : options_.default_year)) {
    keep(column, text, of_file);
    return checked_date(*date, column, of_file);
  }
  if (const auto date = from_serial(day)) {
    keep(column, text, of_file);
    find(Level::warning, "P47", column, "list.date-serial", "list.date-serial.hint")
        .message.args.emplace_back("date", text::to_dmy(*date));
    return checked_date(*date, column, of_file);
  }
  if (options_.pivot >= 0 && has_two_digit_year(tidy)) {
    const int last = *small_number(tidy.substr(tidy.size() - 2));
    const int year = last <= options_.pivot ? 2000 + last : 1900 + last;
    if (const auto date = text::parse_date(tidy.substr(0, tidy.size() - 2) + std::to_string(year))) {
      keep(column, text, of_file);
      find(Level::note, "P47", column, "list.date-pivot", "")
          .message.args.emplace_back("date", text::to_dmy(*date));
      return checked_date(*date, column, of_file);
    }
  }
  if (level != Level::error) keep(column, text, of_file);
  say_bad_date(tidy, column, level);
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
  // The whole date in the first of three columns.
  if (m.empty() && y.empty() && d.find_first_of("/-.") != std::string::npos)
    return read_date_text(d, day, Level::error, of_file);
  if (y.empty() && options_.default_year != 0 && !of_file) y = std::to_string(options_.default_year);
  const std::string whole = (d.empty() ? "" : d + "/") + (m.empty() ? "" : m + "/") + y;
  const bool gap = y.empty() || (m.empty() && !d.empty());
  const bool two_digits = y.size() == 2 && small_number(y).has_value();
  if (!gap && two_digits && options_.pivot >= 0) {
    const int year_number = *small_number(y) + (*small_number(y) <= options_.pivot ? 2000 : 1900);
    if (const auto date = text::parse_date(whole.substr(0, whole.size() - 2) + std::to_string(year_number))) {
      keep(year, y, of_file);
      find(Level::note, "P47", year, "list.date-pivot", "")
          .message.args.emplace_back("date", text::to_dmy(*date));
      return checked_date(*date, year, of_file);
    }
  }
  const auto date = gap ? std::nullopt : text::parse_date(whole);
  if (date) return checked_date(*date, year, of_file);
  const Column shown = y.empty() || two_digits                          ? year
                       : !m.empty() && small_number(m).value_or(0) > 12 ? month
                                                                        : day;
  values_[std::size_t(shown)] = d + "/" + m + "/" + y;
  if (two_digits)
    find(Level::error, "P47", shown, "list.date-two-digit-year", "list.date-two-digit-year.hint");
  else
    say_bad_date(values_[std::size_t(shown)], shown, Level::error);
  return {};
}

void RowReader::read_dates() {
  auto& entry = row_.entry;
  const bool parts = has(Column::day) || has(Column::month) || has(Column::year);
  const std::size_t before = row_.findings.size();
  if (!at(Column::date).empty())
    entry.date = read_date(Column::date, Level::error);
  else if (parts)
    entry.date = read_date_parts(Column::day, Column::month, Column::year, false);
  const Column dated = has(Column::date) ? Column::date : has(Column::day) ? Column::day : Column::year;
  const bool misread = row_.findings.size() > before && entry.date.empty();
  row_.document.date = entry.date;
  if (!entry.date.empty() && !entry.date.whole())
    find(is_register() ? Level::warning : Level::note, "P47", dated, "list.date-partial", "", false)
        .message.args.emplace_back("date", text::to_dmy(entry.date));
  const bool incoming = options_.book == records::Book::in;
  entry.arrival = read_date(Column::arrival_date, Level::error);
  if (!entry.arrival.empty() && !entry.arrival.whole())
    find(Level::warning, "P47", Column::arrival_date, "list.date-partial", "", false)
        .message.args.emplace_back("date", text::to_dmy(entry.arrival));
  entry.forwarded = read_date(Column::forwarded, Level::warning);
  entry.due = read_date(Column::due, Level::warning);
  // The register's year: of arrival for incoming documents, of the document for all others.
  const Date& booked = incoming ? entry.arrival : entry.date;
  entry.year = booked.year != 0 ? booked.year : options_.default_year;
  if (entry.year == 0) entry.year = entry.date.year;
  if (is_register() && incoming && has(Column::arrival_date) && at(Column::arrival_date).empty()) {
    find(Level::error, "P06", Column::arrival_date, "list.arrival-date-missing", "list.date-missing.hint",
         false)
        .basis = "NĐ 30/2020/NĐ-CP PL IV";
  } else if (is_register() && entry.date.empty() && !misread && (has(Column::date) || parts)) {
    const bool needed = options_.book == records::Book::out && entry.year == 0;
    find(needed ? Level::error : Level::warning, "P01", dated, "list.date-missing",
         needed ? "list.date-missing.hint" : "", false)
        .basis = "NĐ 30/2020/NĐ-CP PL IV";
  }
  if (incoming && entry.arrival.whole() && entry.date.whole() && entry.date > entry.arrival) {
    auto& args = find(Level::warning, "P47", dated, "list.date-after-arrival", "", false).message.args;
    args.emplace_back("date", text::to_dmy(entry.date));
    args.emplace_back("arrival", text::to_dmy(entry.arrival));
  }
  if (entry.due.whole() && entry.arrival.whole() && entry.due < entry.arrival) {
    auto& args = find(Level::warning, "P47", Column::due, "list.due-before", "", false).message.args;
    args.emplace_back("date", text::to_dmy(entry.due));
    args.emplace_back("arrival", text::to_dmy(entry.arrival));
  }
}

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
  check_file_dates();
}

void RowReader::check_file_dates() {
  const auto& file = *row_.file;
  const Column shown = has(Column::file_start) ? Column::file_start : Column::file_start_day;
  if (file.start.whole() && file.end.whole() && file.start > file.end) {
    auto& args = find(Level::warning, "D10", shown, "list.file-dates-reversed", "", false).message.args;
    args.emplace_back("start", text::to_dmy(file.start));
    args.emplace_back("end", text::to_dmy(file.end));
    return;
  }
  const Date& date = row_.document.date;
  const auto before = [](const Date& a, const Date& b) {
    return a.year < b.year || (a.year == b.year && a.whole() && b.whole() && a < b);
  };
  const bool early = !date.empty() && !file.start.empty() && before(date, file.start);
  const bool late = !date.empty() && !file.end.empty() && before(file.end, date);
  if (!early && !late) return;
  const Column dated = has(Column::date) ? Column::date : has(Column::day) ? Column::day : Column::year;
  auto& args = find(Level::warning, "D10", dated, "list.date-outside-file", "", false).message.args;
  args.emplace_back("date", text::to_dmy(date));
  args.emplace_back("start", text::to_dmy(file.start));
  args.emplace_back("end", text::to_dmy(file.end));
}

}  // namespace vtlt::exchange
