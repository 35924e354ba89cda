#include "records/deadlines.h"

#include <algorithm>

#include "base/error.h"
#include "records/references.h"
#include "records/submitting.h"

namespace vtlt::records {
namespace {

constexpr const char* kLaw = "Luật Lưu trữ 33/2024/QH15, Điều 17";
constexpr const char* kDecree = "NĐ 30/2020/NĐ-CP, Điều 30 khoản 2 điểm b";
constexpr const char* kConstruction = "NĐ 30/2020/NĐ-CP, Điều 30 khoản 2 điểm a";
constexpr const char* kSystem = "TT 05/2025/TT-BNV, Chương IV";
constexpr const char* kKeptBack = "NĐ 30/2020/NĐ-CP, Điều 31 khoản 3 điểm d";
constexpr const char* kNotice = "NĐ 30/2020/NĐ-CP, Phụ lục VI, phần I, III.5b";
constexpr int kSystemDays = 60;

// The two years that a consent may add, counted from the law's date: it prevails over the decree's.
Date longest_kept(const FileRecord& file) {
  return {file.ended + 3, 12, 31};
}

bool kept_by_consent(const FileRecord& file, const SubmissionFacts& facts, const Date& as_of) {
  return facts.kept_until.whole() && !facts.consent.empty() &&
         as_of <= std::min(facts.kept_until, longest_kept(file));
}

bool waits_for_current_archives(const FileRecord& file) {
  return file.state == FileState::open || file.state == FileState::closed;
}

Level level_past(const Deadline& deadline) {
  if (deadline.law) return Level::error;
  return deadline.kind == DeadlineKind::system ? Level::note : Level::warning;
}

Finding past(const FileRecord& file, const Deadline& deadline, const Date& as_of) {
  const char* key = deadline.law                               ? "records.deadline.overdue"
                    : deadline.kind == DeadlineKind::kept_back ? "records.deadline.kept_back.past"
                                                               : "records.deadline.past";
  const char* code = deadline.kind == DeadlineKind::historical ? "D13" : "P18";
  const char* hint = deadline.kind == DeadlineKind::historical ? "records.deadline.historical.hint"
                                                               : "records.deadline.hint";
  return finding(code, level_past(deadline), file_reference(file),
                 Message(key, {{"name", "{" + deadline.name().key + "}"},
                               {"date", text::to_dmy(deadline.date)},
                               {"days", std::int64_t{text::days_between(deadline.date, as_of)}}}),
                 Message(hint), deadline.article);
}

Finding soon(const FileRecord& file, const Deadline& deadline, const Date& as_of) {
  return finding(
      "P18", Level::note, file_reference(file),
      Message("records.deadline.soon", {{"name", "{" + deadline.name().key + "}"},
                                        {"date", text::to_dmy(deadline.date)},
                                        {"days", std::int64_t{text::days_between(as_of, deadline.date)}}}),
      Message(deadline.kind == DeadlineKind::historical ? "records.deadline.historical.hint"
                                                        : "records.deadline.hint"),
      std::string(deadline.article) + "; " + kNotice);
}

void judge_consent(const FileRecord& file, const SubmissionFacts& facts, std::vector<Finding>& found) {
  if (!facts.kept_until.whole()) return;
  if (facts.consent.empty())
    found.push_back(finding("P18", Level::error, file_reference(file), Message("records.deadline.no_consent"),
                            Message("records.deadline.no_consent.hint"), kKeptBack));
  if (facts.kept_until > longest_kept(file))
    found.push_back(finding(
        "P18", Level::error, file_reference(file),
        Message("records.deadline.too_long",
                {{"until", text::to_dmy(facts.kept_until)}, {"most", text::to_dmy(longest_kept(file))}}),
        Message("records.deadline.too_long.hint"), kKeptBack));
}

}  // namespace

Message Deadline::name() const {
  switch (kind) {
    case DeadlineKind::law:
      return Message("records.deadline.law");
    case DeadlineKind::decree:
      return Message("records.deadline.decree");
    case DeadlineKind::construction:
      return Message("records.deadline.construction");
    case DeadlineKind::system:
      return Message("records.deadline.system");
    case DeadlineKind::kept_back:
      return Message("records.deadline.kept_back");
    case DeadlineKind::historical:
      return Message("records.deadline.historical");
  }
  return {};
}

Date after_months(const Date& from, int months) {
  VTLT_ASSERT(from.whole() && months >= 0);
  const int whole = from.month - 1 + months;
  const Date first{from.year + whole / 12, whole % 12 + 1, 1};
  const Date next = first.month == 12 ? Date{first.year + 1, 1, 1} : Date{first.year, first.month + 1, 1};
  return {first.year, first.month, std::min(from.day, text::days_between(first, next))};
}

Date work_ended_on(const FileRecord& file, const SubmissionFacts& facts) {
  for (const Date& day : {facts.last_document, file.closed_on, file.end})
    if (day.whole() && day.year == file.ended) return day;
  return {};
}

std::vector<Deadline> deadlines(const FileRecord& file, const SubmissionFacts& facts) {
  std::vector<Deadline> found;
  const auto add = [&](DeadlineKind kind, const Date& date, const char* article, bool law) {
    found.push_back({kind, date, article, law});
  };
  if (waits_for_current_archives(file) && file.ended > 0 && long_enough(file.term) && file.rejected.empty()) {
    add(DeadlineKind::law, {file.ended + 1, 12, 31}, kLaw, true);
    const Date day = work_ended_on(file, facts);
    if (file.settled.whole())
      add(DeadlineKind::construction, after_months(file.settled, 3), kConstruction, false);
    else if (file.settled.empty() && day.whole())
      add(DeadlineKind::decree, after_months(day, 12), kDecree, false);
    if (facts.electronic && day.whole())
      add(DeadlineKind::system, text::add_days(day, kSystemDays), kSystem, false);
    if (facts.kept_until.whole())
      add(DeadlineKind::kept_back, std::min(facts.kept_until, longest_kept(file)), kKeptBack, false);
  }
  if (file.state == FileState::archived && facts.historical && !facts.taken.empty() &&
      file.term.kind == TermKind::permanent)
    add(DeadlineKind::historical, {facts.taken.year + 5, 12, 31}, kLaw, true);
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.date < b.date; });
  return found;
}

std::vector<Finding> judge_deadlines(const FileRecord& file, const SubmissionFacts& facts, const Date& as_of,
                                     int notice_days) {
  VTLT_ASSERT(as_of.whole());
  const auto all = deadlines(file, facts);
  std::vector<Finding> found;
  if (std::any_of(all.begin(), all.end(),
                  [](const auto& one) { return one.kind == DeadlineKind::kept_back; }))
    judge_consent(file, facts, found);
  const bool kept = kept_by_consent(file, facts, as_of);
  for (const auto& one : all) {
    // With consent the file stays where it is until that ends; the other dates are shown, not held against
    // it.
    if (kept && one.kind != DeadlineKind::kept_back && one.kind != DeadlineKind::historical) continue;
    if (one.kind == DeadlineKind::kept_back && facts.consent.empty()) continue;
    if (as_of > one.date)
      found.push_back(past(file, one, as_of));
    else if (one.kind != DeadlineKind::system && text::days_between(as_of, one.date) <= notice_days)
      found.push_back(soon(file, one, as_of));
  }
  return found;
}

}  // namespace vtlt::records
