// Steps between states, lengths of NĐ30, secrecy, terms, destruction. Closing stands in closing.cpp.
#include "records/rules.h"

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "records/references.h"
#include "records/words.h"
#include "text/text.h"

namespace vtlt::records {
namespace {

constexpr const char* kLengthBasis = "NĐ 30/2020/NĐ-CP, Phụ lục VI phần II";

// Collects what is longer than NĐ30 PL VI part II allows; nothing is ever cut.
class Lengths {
 public:
  explicit Lengths(std::string ref) : ref_(std::move(ref)) {}

  // key: the message that names the field.
  void check(const char* key, std::string_view value, std::size_t limit) {
    if (value.size() <= limit) return;  // never more letters than bytes
    const std::size_t length = text::length(value);
    if (length <= limit) return;
    Finding finding;
    finding.code = "P10";
    finding.level = Level::warning;
    finding.ref = ref_;
    finding.message = Message(
        key, {{"length", static_cast<std::int64_t>(length)}, {"limit", static_cast<std::int64_t>(limit)}});
    finding.hint = Message("records.long.hint");
    finding.basis = kLengthBasis;
    found.push_back(std::move(finding));
  }

  std::vector<Finding> found;

 private:
  std::string ref_;
};

std::string entry_reference(const RegisterEntry& entry) {
  return std::string(book_prefix(entry.book)) + "." + entry.designation();
}

}  // namespace

bool may_follow(FileState from, FileState to) {
  using S = FileState;
  static constexpr std::pair<S, S> kSteps[] = {
      {S::planned, S::open},
      {S::open, S::closed},
      {S::closed, S::open},  // reopened
      {S::closed, S::submitted},
      {S::submitted, S::closed},    // returned by the archive
      {S::submitted, S::archived},  // taken
      {S::archived, S::transferred},
      {S::closed, S::listed},  // terms below 05 years stay with the unit (NĐ30 Đ31)
      {S::listed, S::closed},
      {S::archived, S::listed},
      {S::listed, S::archived},  // the council keeps it
      {S::listed, S::destroyed},
  };
  return std::find(std::begin(kSteps), std::end(kSteps), std::pair{from, to}) != std::end(kSteps);
}

std::vector<Finding> check_entry(const RegisterEntry& entry) {
  Lengths lengths(entry_reference(entry));
  const auto number =
      entry.own.number == 0 ? std::string() : std::to_string(entry.own.number) + entry.own.suffix;
  lengths.check("records.long.type", entry.type, 100);
  lengths.check("records.long.number", number, 11);
  lengths.check("records.long.notation", entry.own.notation, 30);
  lengths.check("records.long.issuer", entry.issuer, 200);
  lengths.check("records.long.subject", entry.subject, 500);
  lengths.check("records.long.note", entry.note, 500);
  lengths.check("records.long.signer", entry.signer, 150);  // chức vụ 100, họ và tên 50
  if (entry.book == Book::in) {
    lengths.check("records.long.unit", entry.unit, 1000);
  } else {
    for (const auto recipient : split_at(entry.recipients, ";\n"))
      lengths.check("records.long.recipient", cleaned(recipient), 200);
  }
  return std::move(lengths.found);
}

std::vector<Finding> check_file(const FileRecord& file) {
  Lengths lengths(file_reference(file));
  lengths.check("records.long.file_notation", file.notation, 20);
  lengths.check("records.long.title", file.title, 500);
  lengths.check("records.long.term", term_text(file.term), 30);
  lengths.check("records.long.access", file.access, 30);
  lengths.check("records.long.officer", file.officer, 30);
  lengths.check("records.long.language", file.language, 50);
  lengths.check("records.long.note", file.note, 500);
  return std::move(lengths.found);
}

std::string secrecy_of(std::string_view source) {
  static constexpr std::string_view kMarks[] = {"tuyệt mật", "tối mật", "mật"};  // highest first
  static constexpr std::string_view kBefore[] = {"van", "ban", "tai",
                                                 "lieu"};  // "văn bản mật", "tài liệu mật"
  const auto is_mark = [](std::string_view written, std::string_view mark) {
    const auto words = split_at(written, " "), wanted = split_at(mark, " ");
    if (words.size() < wanted.size()) return false;
    const auto start = words.end() - static_cast<std::ptrdiff_t>(wanted.size());
    const bool lead = std::all_of(words.begin(), start, [](auto word) {
      return std::find(std::begin(kBefore), std::end(kBefore), text::fold(word)) != std::end(kBefore);
    });
    // Tones may be missing, but not be others: "mất" is lost, not secret.
    return lead && std::equal(start, words.end(), wanted.begin(),
                              [](auto word, auto want) { return word == want || word == text::fold(want); });
  };
  std::string found;
  std::size_t best = std::size(kMarks);
  for (const auto part : split_at(source, ",;/|:()[]{}\"*.!-\n")) {
    const std::string written = text::fold_case(cleaned(part));
    for (std::size_t i = 0; i < best; ++i) {
      if (!is_mark(written, kMarks[i])) continue;
      best = i;
      found = kMarks[i];
    }
  }
  return found;
}

Term longest_term(const FileRecord& file, const std::vector<FiledDocument>& documents) {
  Term longest = file.term;
  for (const auto& filed : documents)
    if (longer(filed.document.term, longest)) longest = filed.document.term;
  return longest;
}

int proposed_ended_year(const std::vector<FiledDocument>& documents) {
  int year = 0;
  for (const auto& filed : documents)
    year = std::max(year, filed.document.date.year);
  return year;
}

std::vector<Finding> check_destroyable(const FileRecord& file, bool on_hold, const Date& today) {
  VTLT_ASSERT(today.whole());
  std::vector<Finding> found;
  const auto refuse = [&](const char* code, Message what, Message hint, const char* basis) {
    Finding finding;
    finding.code = code;
    finding.ref = file_reference(file);
    finding.message = std::move(what);
    finding.hint = std::move(hint);
    finding.basis = basis;
    found.push_back(std::move(finding));
  };
  static constexpr const char* kLaw = "Luật Lưu trữ 33/2024/QH15, Điều 16";
  switch (file.state) {
    case FileState::planned:
    case FileState::open:
      refuse("D31", Message("records.destroy.open"), Message("records.destroy.open.hint"), kLaw);
      break;
    case FileState::submitted:
      refuse("P30", Message("records.destroy.submitted"), {}, kLaw);
      break;
    case FileState::transferred:
      refuse("P30", Message("records.destroy.transferred"), {}, kLaw);
      break;
    case FileState::destroyed:
      refuse("P30", Message("records.destroy.destroyed"), {}, kLaw);
      break;
    case FileState::closed:
    case FileState::archived:
    case FileState::listed:
      break;
  }
  if (on_hold)
    refuse("P33", Message("records.destroy.hold"), Message("records.destroy.hold.hint"),
           "NĐ 30/2020/NĐ-CP, Phụ lục VI, phần I, IV.1g");
  switch (file.term.kind) {
    case TermKind::permanent:
      refuse("P30", Message("records.destroy.permanent"), {}, kLaw);
      break;
    case TermKind::none:
      refuse("P30", Message("records.destroy.no_term"), Message("records.destroy.no_term.hint"), kLaw);
      break;
    case TermKind::event:
    case TermKind::event_years:
      refuse("P22", Message("records.destroy.event", {{"term", term_text(file.term)}}),
             Message("records.destroy.event.hint"), kLaw);
      break;
    case TermKind::years:
    case TermKind::not_kept: {
      const auto due = due_date(file.term, file.ended);
      if (!due) {
        refuse("D31", Message("records.destroy.no_year"), Message("records.destroy.no_year.hint"),
               "Luật Lưu trữ 33/2024/QH15, Điều 15 khoản 3");
      } else if (*due > today) {
        refuse("P30",
               Message("records.destroy.not_due", {{"term", term_text(file.term)},
                                                   {"ended", std::to_string(file.ended)},
                                                   {"due", text::to_dmy(*due)}}),
               {}, kLaw);
      }
      break;
    }
  }
  return found;
}

}  // namespace vtlt::records
