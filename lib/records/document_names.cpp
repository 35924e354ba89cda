#include "records/document_names.h"

#include <algorithm>
#include <set>

#include "records/words.h"
#include "text/text.h"

namespace vtlt::records {
namespace {

constexpr std::string_view kKnown[] = {"UBND", "HĐND", "TTHĐND", "BCĐ", "HĐ", "ĐĐBQH", "UBMTTQ", "VP", "VT"};

bool is_digits(std::string_view text) {
  return whole_number(text, 9) >= 0;
}

bool is_year(std::string_view text) {
  const int year = text.size() == 4 ? whole_number(text, 4) : -1;
  return year >= 1945 && year <= 2199;
}

std::string without_extension(std::string_view name) {
  if (const auto slash = name.find_last_of("/\\"); slash != std::string_view::npos)
    name.remove_prefix(slash + 1);
  const auto dot = name.rfind('.');
  if (dot != std::string_view::npos && name.size() - dot <= 5 && !is_digits(name.substr(dot + 1)))
    name = name.substr(0, dot);
  return cleaned(name);
}

// "00.00.H57" at the front; the rest of `text` begins behind the separator.
std::string take_organ(std::string_view& text) {
  const auto end = text.find_first_of("_-");
  if (end == std::string_view::npos) return "";
  const std::string_view front = text.substr(0, end);
  const OrganCodeForm form = organ_code_form(front);
  if (form == OrganCodeForm::invalid || form == OrganCodeForm::enterprise) return "";
  text.remove_prefix(end + 1);
  return std::string(front);
}

// "12", "12a"
bool take_number(std::string_view part, DocumentNumber& own) {
  std::size_t digits = 0;
  while (digits < part.size() && part[digits] >= '0' && part[digits] <= '9')
    ++digits;
  own.number = whole_number(part.substr(0, digits), 6);
  own.suffix = text::fold_case(part.substr(digits));
  return own.number > 0 && (own.suffix.empty() || own.suffix == "đ" ||
                            (own.suffix.size() == 1 && own.suffix[0] >= 'a' && own.suffix[0] <= 'z'));
}

// PL, PL1, PL01, PHULUC2 → 1, 1, 1, 2; else 0
int annex_of(std::string_view part) {
  std::string folded = text::fold(part);
  for (const std::string_view word : {"phuluc", "phu luc", "pl"})
    if (folded.starts_with(word)) {
      folded.erase(0, word.size());
      return folded.empty() ? 1 : std::max(0, whole_number(folded, 3));
    }
  return 0;
}

bool says_signed(std::string_view part) {
  const std::string folded = text::fold(part);
  for (const std::string_view word : {"signed", "signed signed", "kyso", "da ky", "daky", "ky"})
    if (folded == word) return true;
  return false;
}

bool is_abbreviation(std::string_view part) {
  if (part.empty() || text::length(part) > 12) return false;
  return std::all_of(part.begin(), part.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '&' ||
           static_cast<unsigned char>(c) >= 0x80;
  });
}

bool has_marks(std::string_view part) {
  return std::any_of(part.begin(), part.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

// The type an abbreviation stands for; several when its marks decide and are missing.
std::vector<const DocumentType*> types_of(std::string_view part) {
  std::vector<const DocumentType*> found;
  const std::string bare = text::fold(part), lower = text::fold_case(part);
  for (const DocumentType& type : document_types()) {
    const std::string_view abbreviation = type.abbreviation;
    if (abbreviation.empty() || abbreviation == "CV") continue;
    if (has_marks(part) ? text::fold_case(abbreviation) == lower : text::fold(abbreviation) == bare)
      found.push_back(&type);
  }
  return found;
}

// A body or unit with its marks; "" when that is in doubt. Only Đ is lost in capitals.
std::string body_of(std::string_view part, const std::vector<std::string>& abbreviations) {
  if (has_marks(part)) return std::string(part);
  const std::string bare = text::fold(part);
  std::set<std::string> candidates;
  for (const std::string& known : abbreviations)
    if (text::fold(known) == bare) candidates.insert(known);
  if (candidates.empty())
    for (const std::string_view known : kKnown)
      if (text::fold(known) == bare) candidates.emplace(known);
  if (candidates.size() == 1) return *candidates.begin();
  if (!candidates.empty() || bare.find('d') != std::string::npos) return "";
  return std::string(part);
}

}  // namespace

std::optional<DocumentName> parse_document_name(std::string_view file_name,
                                                const std::vector<std::string>& abbreviations) {
  DocumentName name;
  const std::string stem = without_extension(file_name);
  std::string_view rest = stem;
  name.organ = take_organ(rest);
  if (rest.find_first_of("_-") == std::string_view::npos) return std::nullopt;
  const auto parts = split_at(rest, "_-");
  std::size_t at = 0;
  if (!take_number(parts[at++], name.own)) return std::nullopt;
  // A year before the type is part of the number, as normative acts have it.
  if (at + 1 < parts.size() && is_year(parts[at]) && !is_year(parts[at + 1]) &&
      annex_of(parts[at + 1]) == 0 && !says_signed(parts[at + 1]))
    name.own.year = whole_number(parts[at++], 4);
  std::vector<std::string_view> groups;
  for (; at < parts.size() && !is_year(parts[at]) && annex_of(parts[at]) == 0 && !says_signed(parts[at]);
       ++at) {
    if (!is_abbreviation(parts[at])) return std::nullopt;
    groups.push_back(parts[at]);
  }
  for (; at < parts.size(); ++at) {
    if (is_year(parts[at]) && name.year == 0) name.year = whole_number(parts[at], 4);
    if (const int annex = annex_of(parts[at]); annex != 0 && name.annex == 0) name.annex = annex;
    if (says_signed(parts[at])) name.is_signed = true;
  }
  if (name.year == 0) name.year = name.own.year;
  // Words joined by hyphens are a title, not a notation.
  if (groups.empty() || groups.size() > 4 || (name.organ.empty() && name.year == 0)) return std::nullopt;
  std::string notation;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    std::string group;
    const auto types = i == 0 ? types_of(groups[i]) : std::vector<const DocumentType*>();
    if (types.size() == 1) {
      name.type = types.front();
      group = name.type->abbreviation;
    } else if (types.empty()) {
      group = body_of(groups[i], abbreviations);
    }
    if (group.empty() && name.doubt.empty()) name.doubt = groups[i];
    notation += (notation.empty() ? "" : "-") + group;
  }
  if (name.doubt.empty()) {
    name.own.notation = notation;
    if (name.type == nullptr) name.type = type_of_notation(notation);
  }
  return name;
}

}  // namespace vtlt::records
