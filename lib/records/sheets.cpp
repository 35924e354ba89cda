#include "records/sheets.h"

#include <algorithm>
#include <map>
#include <set>

#include "records/references.h"
#include "records/words.h"
#include "text/text.h"

namespace vtlt::records {
namespace {

constexpr const char* kBasis = "NĐ 30/2020/NĐ-CP, Điều 29 khoản 4 điểm c";
constexpr std::size_t kMostDigits = 5, kShownNames = 20;
constexpr std::int64_t kMostSheets = 99999;  // of one document: a hostile cell names no more
constexpr const char* kLetters[] = {"a", "b", "c", "d", "đ", "e", "g", "h", "i", "k", "l", "m",
                                    "n", "o", "p", "q", "r", "s", "t", "u", "v", "x", "y"};

int letter_of(std::string_view text) {
  for (std::size_t i = 0; i < std::size(kLetters); ++i)
    if (text == kLetters[i]) return static_cast<int>(i) + 1;
  return 0;
}

bool on_paper(const FiledDocument& filed) {
  return filed.document.carrier == Carrier::paper || filed.document.carrier == Carrier::both;
}

void drop_label(std::string& text) {
  for (const std::string_view label : {"tờ số ", "tờ "})
    if (text.starts_with(label)) {
      text.erase(0, label.size());
      return;
    }
}

// Sheets of the documents on paper, in the order of the documents.
struct Placed {
  const FiledDocument* filed;
  std::vector<SheetRange> ranges;
};

// Numbers left out before the last one: "7", "9-11", and letters before the last one of a number: "15a".
std::vector<std::string> gaps(const std::vector<Sheet>& sheets) {
  std::vector<std::string> missing;
  Sheet before;
  for (const Sheet& sheet : sheets) {
    if (sheet.number > before.number + 1) {
      const int from = before.number + 1, to = sheet.number - 1;
      missing.push_back(from == to ? std::to_string(from) : std::to_string(from) + "-" + std::to_string(to));
    }
    if (sheet.number != before.number && sheet.letter > 0) missing.push_back(std::to_string(sheet.number));
    const int from = sheet.number == before.number ? before.letter + 1 : 1;
    for (int letter = from; letter < sheet.letter; ++letter)
      missing.push_back(Sheet{sheet.number, letter}.text());
    before = sheet;
  }
  return missing;
}

std::vector<Sheet> all_sheets(const std::vector<Placed>& placed) {
  std::vector<SheetRange> ranges;
  for (const auto& one : placed)
    ranges.insert(ranges.end(), one.ranges.begin(), one.ranges.end());
  return sheets_of(ranges);
}

class Checking {
 public:
  Checking(const FileRecord& file, const std::vector<FiledDocument>& documents, bool required)
      : file_(file), required_(required) {
    for (const auto& filed : documents)
      if (on_paper(filed)) read(filed);
    std::stable_sort(placed_.begin(), placed_.end(),
                     [](const auto& a, const auto& b) { return a.filed->ordinal < b.filed->ordinal; });
  }

  std::vector<Finding> run() {
    if (required_ && !without_.empty())
      report(Level::error,
             Message("records.sheets.none", {{"documents", text::joined(without_, ", ", kShownNames)}}),
             Message("records.sheets.none.hint"));
    twice();
    order();
    if (!placed_.empty()) numbers();
    return std::move(found_);
  }

 private:
  void report(Level level, Message message, Message hint = {}) {
    found_.push_back(
        finding("P16", level, file_reference(file_), std::move(message), std::move(hint), kBasis));
  }

  void read(const FiledDocument& filed) {
    if (cleaned(filed.document.sheets).empty()) {
      without_.push_back(document_reference(filed));
      return;
    }
    if (auto ranges = parse_sheets(filed.document.sheets))
      placed_.push_back({&filed, std::move(*ranges)});
    else
      report(Level::error,
             Message("records.sheets.unreadable",
                     {{"document", document_reference(filed)}, {"sheets", filed.document.sheets}}),
             Message("records.sheets.unreadable.hint"));
  }

  void twice() {
    std::map<Sheet, std::size_t> owner;
    std::map<std::pair<std::size_t, std::size_t>, std::vector<Sheet>> shared;
    for (std::size_t i = 0; i < placed_.size(); ++i)
      for (const Sheet& sheet : sheets_of(placed_[i].ranges))
        if (const auto [at, fresh] = owner.emplace(sheet, i); !fresh)
          shared[{at->second, i}].push_back(sheet);
    for (const auto& [pair, sheets] : shared) {
      const auto& [a, b] = pair;
      // One document may end on the sheet on whose other side the next begins.
      const bool touch = sheets.size() == 1 && placed_[a].ranges.back().last == sheets[0] &&
                         placed_[b].ranges.front().first == sheets[0];
      std::vector<std::string> names;
      for (const Sheet& sheet : sheets)
        names.push_back(sheet.text());
      report(touch ? Level::warning : Level::error,
             Message("records.sheets.twice", {{"sheets", text::joined(names, ", ", kShownNames)},
                                              {"documents", document_reference(*placed_[a].filed) + ", " +
                                                                document_reference(*placed_[b].filed)}}));
    }
  }

  void order() {
    std::vector<std::string> out;
    Sheet before;
    for (const auto& one : placed_) {
      if (one.ranges.front().first < before) out.push_back(document_reference(*one.filed));
      for (const auto& range : one.ranges)
        before = std::max(before, range.last);
    }
    if (!out.empty())
      report(Level::warning,
             Message("records.sheets.order", {{"documents", text::joined(out, ", ", kShownNames)}}),
             Message("records.sheets.order.hint"));
  }

  void numbers() {
    const auto sheets = all_sheets(placed_);
    if (const auto missing = gaps(sheets); !missing.empty() && without_.empty())
      report(Level::warning,
             Message("records.sheets.gap", {{"missing", text::joined(missing, ", ", kShownNames)}}));
    const auto there = static_cast<std::int64_t>(sheets.size());
    // Documents without numbers may hold the rest.
    if (file_.sheets > 0 && there != file_.sheets && (without_.empty() || there > file_.sheets))
      report(Level::warning,
             Message("records.sheets.count", {{"told", std::int64_t{file_.sheets}}, {"there", there}}),
             Message("records.sheets.count.hint"));
  }

  const FileRecord& file_;
  bool required_;
  std::vector<Placed> placed_;
  std::vector<std::string> without_;
  std::vector<Finding> found_;
};

}  // namespace

std::string Sheet::text() const {
  return std::to_string(number) + (letter > 0 ? kLetters[letter - 1] : "");
}

std::optional<Sheet> parse_sheet(std::string_view source) {
  std::string text = text::fold_case(cleaned(source));
  drop_label(text);
  const auto end = text.find_first_not_of("0123456789");
  const std::string_view digits = std::string_view(text).substr(0, end);
  const int number = whole_number(digits, kMostDigits);
  if (number < 1) return std::nullopt;
  if (end == std::string::npos) return Sheet{number, 0};
  std::string_view rest = std::string_view(text).substr(end);
  if (rest.starts_with(' ')) rest.remove_prefix(1);
  const int letter = letter_of(rest);
  return letter == 0 ? std::nullopt : std::optional(Sheet{number, letter});
}

std::optional<std::vector<SheetRange>> parse_sheets(std::string_view source) {
  const std::string text = cleaned(source);
  std::vector<SheetRange> ranges;
  std::int64_t sheets = 0;
  for (const auto part : split_at(text, ",;")) {
    const auto ends = split_at(part, "-");
    if (ends.size() > 2) return std::nullopt;
    const auto first = parse_sheet(ends.front()), last = parse_sheet(ends.back());
    if (!first || !last || *last < *first) return std::nullopt;
    ranges.push_back({*first, *last});
    sheets += count(ranges.back());
    if (sheets > kMostSheets) return std::nullopt;
  }
  return ranges;
}

std::string sheets_text(const std::vector<SheetRange>& ranges) {
  std::string text;
  for (const auto& range : ranges) {
    if (!text.empty()) text += ", ";
    text += range.first.text();
    if (range.last != range.first) text += "-" + range.last.text();
  }
  return text;
}

std::int64_t count(const SheetRange& range) {
  if (range.first.number == range.last.number) return range.last.letter - range.first.letter + 1;
  return std::int64_t{range.last.number} - range.first.number + range.last.letter + 1;
}

std::vector<Sheet> sheets_of(const std::vector<SheetRange>& ranges) {
  std::set<Sheet> sheets;
  for (const auto& [first, last] : ranges) {
    sheets.insert(first);
    for (int number = first.number + 1; number <= last.number; ++number)
      sheets.insert({number, 0});
    const int from = first.number == last.number ? first.letter : 0;
    for (int letter = from; letter <= last.letter; ++letter)
      sheets.insert({last.number, letter});
  }
  return {sheets.begin(), sheets.end()};
}

PaperDuties paper_duties(const FileRecord& file, const std::vector<FiledDocument>& documents, int from) {
  if (std::none_of(documents.begin(), documents.end(), on_paper)) return {};
  const Term term = longest_term(file, documents);
  PaperDuties duties;
  duties.closing_certificate = true;
  duties.document_list = term.kind == TermKind::permanent;
  duties.sheet_numbers = term.kind == TermKind::permanent || term.kind == TermKind::event ||
                         term.kind == TermKind::event_years ||
                         (term.kind == TermKind::years && term.years >= from);
  return duties;
}

std::vector<Finding> check_sheets(const FileRecord& file, const std::vector<FiledDocument>& documents,
                                  int from) {
  return Checking(file, documents, paper_duties(file, documents, from).sheet_numbers).run();
}

ClosingCertificate closing_certificate(const FileRecord& file, const std::vector<FiledDocument>& documents,
                                       std::int64_t list_sheets) {
  std::vector<SheetRange> ranges;
  for (const auto& filed : documents)
    if (on_paper(filed))
      if (const auto own = parse_sheets(filed.document.sheets))
        ranges.insert(ranges.end(), own->begin(), own->end());
  ClosingCertificate certificate;
  certificate.list_sheets = list_sheets;
  certificate.condition = file.condition;
  const auto sheets = sheets_of(ranges);
  if (sheets.empty()) {
    certificate.sheets = std::max(file.sheets, 0);
    return certificate;
  }
  certificate.sheets = static_cast<std::int64_t>(sheets.size());
  certificate.first = sheets.front().text();
  certificate.last = sheets.back().text();
  certificate.missing = gaps(sheets);
  for (const Sheet& sheet : sheets)
    if (sheet.letter > 0) certificate.lettered.push_back(sheet.text());
  return certificate;
}

}  // namespace vtlt::records
