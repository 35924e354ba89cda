// Numbers and notations of documents: "15/QĐ-UBND". records-practice.md 1.3.
#include <fmt/format.h>

#include "records/records.h"
#include "records/words.h"
#include "text/text.h"

namespace vtlt::records {
namespace {

constexpr std::size_t kMostBytes = 200;
constexpr std::string_view kJoints = "/-.&";

// People write "15 / QĐ - UBND"; the decree has no spaces (NĐ30 PL I).
std::string without_spaces_at_joints(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool before = !out.empty() && kJoints.find(out.back()) != std::string_view::npos;
    const bool after = i + 1 < text.size() && kJoints.find(text[i + 1]) != std::string_view::npos;
    if (text[i] == ' ' && (before || after || out.empty())) continue;
    out += text[i];
  }
  return out;
}

// "Số: 15/QĐ-UBND", "số 15"
void drop_label(std::string& text) {
  for (const std::string_view label : {"Số", "số", "SỐ", "So", "so", "SO"}) {
    if (!text.starts_with(label) || text.size() == label.size()) continue;
    const char next = text[label.size()];
    if (next != ':' && next != ' ' && next != '.' && (next < '0' || next > '9')) continue;
    text.erase(0, label.size());
    text.erase(0, std::min(text.find_first_not_of(" :."), text.size()));
    return;
  }
}

bool is_group(std::string_view group) {
  const std::string folded = text::fold(group);
  if (folded.empty()) return false;
  for (const char c : folded)
    if ((c < '0' || c > '9') && (c < 'a' || c > 'z')) return false;
  return true;
}

bool is_notation(std::string_view notation) {
  bool letters = false;
  for (const auto group : split_at(notation, kJoints)) {
    if (!is_group(group)) return false;
    letters = letters || whole_number(group, group.size()) < 0;
  }
  return letters;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Takes "15" or "12a" off the front.
bool take_number(std::string_view& rest, DocumentNumber& out) {
  std::size_t digits = 0;
  while (digits < rest.size() && is_digit(rest[digits]))
    ++digits;
  out.number = whole_number(rest.substr(0, digits), 6);
  if (out.number < 1) return false;
  rest.remove_prefix(digits);
  const auto end = std::min(rest.find_first_of("/-"), rest.size());
  out.suffix = text::fold_case(rest.substr(0, end));
  const bool letter = out.suffix.empty() || out.suffix == "đ" ||
                      (out.suffix.size() == 1 && is_group(out.suffix) && !is_digit(out.suffix[0]));
  if (!letter) return false;
  rest.remove_prefix(end);
  return true;
}

// "2025/" of normative acts
void take_year(std::string_view& rest, DocumentNumber& out) {
  const auto end = std::min(rest.find('/'), rest.size());
  const int year = end == 4 ? whole_number(rest.substr(0, 4), 4) : -1;
  if (year < 1900) return;
  out.year = year;
  rest.remove_prefix(std::min<std::size_t>(5, rest.size()));
}

// '-' after the number: Party numbers ("14204-CV/VPTW") and old state ones ("15-QĐ/UB").
char joint_of(const DocumentNumber& number) {
  if (number.written.empty()) return number.notation.find('/') == std::string::npos ? '/' : '-';
  const std::string written = cleaned(number.written);
  const auto first = written.find_first_of("0123456789");
  const auto joint = first == std::string::npos ? first : written.find_first_of("/-", first);
  return joint != std::string::npos && written[joint] == '-' ? '-' : '/';
}

}  // namespace

std::optional<DocumentNumber> parse_document_number(std::string_view source) {
  if (source.size() > kMostBytes) return std::nullopt;
  DocumentNumber out;
  std::string text = cleaned(source);
  out.written = text::nfc(source);
  while (!out.written.empty() && static_cast<unsigned char>(out.written.front()) <= ' ')
    out.written.erase(0, 1);
  while (!out.written.empty() && static_cast<unsigned char>(out.written.back()) <= ' ')
    out.written.pop_back();
  drop_label(text);
  text = without_spaces_at_joints(text);
  std::string_view rest = text;
  if (rest.starts_with("…/")) rest.remove_prefix(std::string_view("…").size());
  while (rest.starts_with('.') || rest.starts_with('_'))
    rest.remove_prefix(1);
  if (!rest.empty() && is_digit(rest.front())) {
    if (!take_number(rest, out)) return std::nullopt;
    if (rest.empty()) return out;
  } else if (!rest.starts_with('/')) {
    return std::nullopt;
  }
  const bool slash = rest.front() == '/';
  rest.remove_prefix(1);
  if (slash && out.number != 0) take_year(rest, out);
  if (rest.empty() && out.year != 0) return out;
  if (!is_notation(rest)) return std::nullopt;
  // "15-QĐ-UBND" is a file name, not a number: the number stands before "/" or, in the Party, before "-QĐ/".
  if (!slash && rest.find('/') == std::string_view::npos && type_of_notation(rest) != nullptr &&
      rest.find('-') != std::string_view::npos)
    return std::nullopt;
  out.notation = rest;
  return out;
}

std::string DocumentNumber::text() const {
  if (empty()) return written;
  std::string out;
  if (number != 0) out = fmt::format("{:02}{}", number, suffix);
  if (year != 0) out += fmt::format("/{}", year);
  if (!notation.empty()) out += (year == 0 && number != 0 ? joint_of(*this) : '/') + notation;
  return out;
}

}  // namespace vtlt::records
