#include "exchange/cell_text.h"

#include <charconv>
#include <chrono>
#include <vector>

#include "exchange/letters.h"
#include "records/rules.h"
#include "records/words.h"
#include "text/text.h"

namespace vtlt::exchange {
namespace {

bool is_space(char32_t code) {
  return code == ' ' || (code >= 9 && code <= 13) || code == 0xA0 || (code >= 0x2000 && code <= 0x200A) ||
         code == 0x202F || code == 0x3000;
}
bool is_invisible(char32_t code) {
  return code == 0x200B || code == 0x200E || code == 0x200F || code == 0xFEFF || code == 0x2060;
}

std::string unwrapped(std::string text) {
  if (text.size() >= 3 && text.starts_with("=\"") && text.ends_with('"'))
    return text.substr(2, text.size() - 3);
  if (text.size() >= 2 && text[0] == '\'' && std::string_view("=+-@").find(text[1]) != std::string_view::npos)
    return text.substr(1);
  return text;
}

// Most cells need no cleaning.
bool is_clean(std::string_view cell) {
  if (cell.empty() || cell.front() == ' ' || cell.back() == ' ' || cell.front() == '=' ||
      cell.front() == '\'')
    return cell.empty();
  for (std::size_t i = 0; i < cell.size(); ++i) {
    const auto byte = static_cast<unsigned char>(cell[i]);
    if (byte < 0x20 || (byte == ' ' && cell[i + 1] == ' ')) return false;
    if (byte == 0xC2 || byte == 0xE2 || byte == 0xE3 || byte == 0xEF)
      return false;  // where the other spaces are
  }
  return true;
}

// Whether "mật" or "mat" occurs at all, in any case.
bool may_hold_mark(std::string_view text) {
  for (std::size_t at = text.find_first_of("mM"); at != std::string_view::npos;
       at = text.find_first_of("mM", at + 1)) {
    const std::string_view rest = text.substr(at + 1);
    if (rest.starts_with('a') || rest.starts_with('A') || rest.starts_with("ậ") || rest.starts_with("Ậ"))
      return true;
  }
  return false;
}

}  // namespace

std::string clean_cell(std::string_view cell) {
  if (is_clean(cell)) return std::string(cell);
  std::string out;
  bool gap = false;
  for (std::size_t at = 0; at < cell.size();) {
    const std::size_t start = at;
    const char32_t code = next_code(cell, at);
    if (is_invisible(code)) continue;
    if (is_space(code)) {
      gap = !out.empty();
      continue;
    }
    if (gap) out += ' ';
    gap = false;
    out += cell.substr(start, at - start);
  }
  return unwrapped(std::move(out));
}

std::string trimmed_cell(std::string_view cell) {
  std::size_t first = std::string_view::npos, last = 0;
  for (std::size_t at = 0; at < cell.size();) {
    const std::size_t start = at;
    const char32_t code = next_code(cell, at);
    if (is_space(code) || is_invisible(code)) continue;
    if (first == std::string_view::npos) first = start;
    last = at;
  }
  return first == std::string_view::npos ? std::string()
                                         : unwrapped(std::string(cell.substr(first, last - first)));
}

bool is_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::optional<int> small_number(std::string_view text) {
  if (!is_digits(text) || text.size() > 9) return std::nullopt;
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::optional<int> number_with_marks(std::string_view text) {
  const auto exponent = text.find_first_of("eE");
  if (exponent != std::string_view::npos) {
    std::string_view mantissa = text.substr(0, exponent), power = text.substr(exponent + 1);
    const bool figures =
        !mantissa.empty() && mantissa.find_first_not_of("0123456789.,") == std::string_view::npos;
    if (!power.empty() && (power.front() == '+' || power.front() == '-')) power.remove_prefix(1);
    return figures && is_digits(power) && power.size() <= 3 ? std::optional(-1) : std::nullopt;
  }
  // "1312,0", "1312.00"
  const auto mark = text.find_first_of(".,");
  if (mark != std::string_view::npos && mark > 0 && is_digits(text.substr(0, mark)) &&
      mark + 1 < text.size() && text.size() - mark <= 3 &&
      text.find_first_not_of('0', mark + 1) == std::string_view::npos)
    return small_number(text.substr(0, mark));
  // Thousands: groups of three behind one kind of mark.
  const auto parts = records::split_at(text, ". ,");
  if (parts.size() < 2 || parts.size() > 3 || parts[0].empty() || parts[0].size() > 3 ||
      parts[0].front() == '0')
    return std::nullopt;
  std::string digits;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (!is_digits(parts[i]) || (i > 0 && parts[i].size() != 3)) return std::nullopt;
    digits += parts[i];
  }
  return small_number(digits);
}

std::string without_time(std::string_view text) {
  // "08:30 05/01/2024", "08:30 - 05/01/2024"
  if (const auto colon = text.find(':'); colon == 1 || colon == 2) {
    const auto day = text.rfind(' ');
    if (day != std::string_view::npos && text.size() - day > 8) return std::string(text.substr(day + 1));
  }
  const auto space = text.find_first_of(" T");
  if (space == std::string_view::npos || space < 8 || space + 1 >= text.size()) return std::string(text);
  std::string_view time = text.substr(space + 1);
  for (const std::string_view half : {" AM", " PM", " SA", " CH", " am", " pm"})
    if (time.ends_with(half)) time.remove_suffix(half.size());
  const bool clock = time.size() >= 4 && time.find(':') != std::string_view::npos &&
                     time.find_first_not_of("0123456789:.+Z-") == std::string_view::npos;
  return std::string(clock ? text.substr(0, space) : text);
}

bool has_two_digit_year(std::string_view text) {
  const auto parts = records::split_at(text, "/-.");
  if (parts.size() != 3) return false;
  for (const auto part : parts)
    if (!is_digits(part) || part.size() > 2) return false;
  return parts[2].size() == 2;
}

std::optional<records::Date> from_serial(std::string_view text) {
  // A part of a day may follow: "45296.354".
  if (const auto mark = text.find_first_of(".,"); mark == 5 && is_digits(text.substr(6)))
    text = text.substr(0, 5);
  const auto serial = small_number(text);
  if (text.size() != 5 || !serial || *serial < 10000 || *serial > 73050) return std::nullopt;  // 1927 to 2099
  using namespace std::chrono;
  const year_month_day date{sys_days(year{1899} / 12 / 30) + days(*serial)};
  return records::Date{int(date.year()), int(unsigned(date.month())), int(unsigned(date.day()))};
}

std::optional<records::Date> with_year(std::string_view text, int year) {
  const auto parts = records::split_at(text, "/-.");
  if (year == 0 || parts.size() != 2 || !is_digits(parts[0]) || !is_digits(parts[1])) return std::nullopt;
  if (parts[0].size() > 2 || parts[1].size() > 2) return std::nullopt;
  return text::parse_date(std::string(parts[0]) + "/" + std::string(parts[1]) + "/" + std::to_string(year));
}

std::string tidy_number(std::string_view text) {
  std::string tidy;
  for (const char c : text) {
    const bool joint = c == '/' || c == '-';
    while (joint && !tidy.empty() && tidy.back() == ' ')
      tidy.pop_back();
    if (c == ' ' && !tidy.empty() && (tidy.back() == '/' || tidy.back() == '-')) continue;
    tidy += c;
  }
  while (!tidy.empty() && (tidy.front() == '/' || tidy.front() == ' ' || tidy.front() == '-'))
    tidy.erase(0, 1);
  while (!tidy.empty() &&
         (tidy.back() == '/' || tidy.back() == ' ' || tidy.back() == '-' || tidy.back() == '.'))
    tidy.pop_back();
  for (const std::string_view prefix : {"Số: ", "Số:", "Số ", "số: ", "số:", "số "})
    if (tidy.starts_with(prefix)) {
      tidy.erase(0, prefix.size());
      break;
    }
  return tidy;
}

bool says_no_number(std::string_view text) {
  const std::string folded = text::fold(text);
  for (const char* none : {"khong so", "ko so", "k so", "ks", "khong", "khong co", "-", "/", "x"})
    if (folded == none) return true;
  return false;
}

std::string secrecy_of_note(std::string_view note) {
  if (!may_hold_mark(note)) return "";
  for (const std::string_view opening : {"văn bản ", "tài liệu ", "độ "})
    if (const std::string lower = text::fold_case(note); lower.starts_with(opening))
      if (const std::string mark = records::secrecy_of(std::string_view(lower).substr(opening.size()));
          !mark.empty())
        return mark;
  return records::secrecy_of(note);
}

// "(Mật) Kế hoạch …", "Tối mật: …"; not "nuôi ong lấy mật".
std::string secrecy_of_subject(std::string_view subject) {
  if (!may_hold_mark(subject)) return "";
  // In brackets anywhere: "Kế hoạch … (Mật)".
  for (std::size_t open = subject.find_first_of("(["); open != std::string_view::npos;
       open = subject.find_first_of("([", open + 1)) {
    const auto close = subject.find_first_of(")]", open);
    if (close == std::string_view::npos || close - open > 40) continue;
    if (const std::string mark = secrecy_of_note(subject.substr(open + 1, close - open - 1)); !mark.empty())
      return mark;
  }
  const bool bracket = subject.starts_with('(') || subject.starts_with('[');
  const auto end = bracket ? subject.find_first_of(")]") : subject.find(':');
  if (end == std::string_view::npos || end > 40)
    return text::length(subject) < 12 ? records::secrecy_of(subject) : std::string();
  return secrecy_of_note(subject.substr(bracket ? 1 : 0, end - (bracket ? 1 : 0)));
}

std::string normal_secrecy(std::string_view text) {
  if (text.empty()) return "normal";
  const std::string folded = text::fold(text);
  for (const char* normal : {"", "thuong", "binh thuong", "khong", "khong mat", "0", "-", "cong khai"})
    if (folded == normal) return "normal";
  return "";
}

std::pair<int, std::string> split_file_code(std::string_view code) {
  std::size_t start = 0;
  for (const auto part : records::split_at(code, ".")) {
    const std::size_t next = start + part.size() + 1;
    if (part.size() == 4 && is_digits(part) && part >= "1800" && part <= "2199" && next < code.size())
      return {*small_number(part), std::string(code.substr(next))};
    start = next;
  }
  return {0, std::string(code)};
}

int year_named(std::string_view title) {
  const std::string folded = text::fold(title);
  int found = 0;
  for (std::size_t at = folded.find("nam "); at != std::string::npos; at = folded.find("nam ", at + 1)) {
    const std::string digits = folded.substr(at + 4, 4);
    const bool whole = digits.size() == 4 && is_digits(digits) &&
                       (at == 0 || folded[at - 1] == ' ' || folded[at - 1] == '(') &&
                       (at + 8 >= folded.size() || !is_digits(folded.substr(at + 8, 1)));
    if (!whole) continue;
    const int year = std::stoi(digits);
    if (found != 0 && found != year) return 0;
    found = year;
  }
  return found;
}

}  // namespace vtlt::exchange
