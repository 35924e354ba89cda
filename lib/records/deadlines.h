// When a file has to be submitted: every deadline with its article (P18, D13; product.md trap 15). Several
// count at once and they differ; only one that the law sets makes a file overdue ("quá hạn").
#pragma once
#include <string>
#include <vector>

#include "base/finding.h"
#include "records/records.h"

namespace vtlt::records {

enum class DeadlineKind {
  law,           // LLT Đ17: at most 1 year from the YEAR the work ended, so 31 December of the year after
  decree,        // NĐ30 Đ30.2b: 1 year from the DAY the work ended
  construction,  // NĐ30 Đ30.2a: 3 months from the final settlement; takes the place of `decree`
  system,        // TT05: 60 days from the end of the work, for files kept in the System
  kept_back,     // NĐ30 Đ31.3d: kept by consent, at most 2 years after the file was due by the law
  historical,    // LLT Đ17: 5 years from the year of submission to current archives, permanent files
};
struct Deadline {
  DeadlineKind kind = DeadlineKind::law;
  Date date;                 // whole; the last day on which it is still in time
  const char* article = "";  // "Luật Lưu trữ 33/2024/QH15, Điều 17"
  bool law = false;          // past it the file is overdue
  Message name() const;      // "nộp vào lưu trữ hiện hành, theo luật": for a line of its own
  bool operator==(const Deadline&) const = default;
};

// What deadlines count from beside the FileRecord (its `ended`, `closed_on`, `end`, `settled`).
struct SubmissionFacts {
  Date last_document;      // date of the newest document; may be partial or empty
  bool electronic = true;  // some of it is kept in the System: TT05 counts too
  Date taken;              // day current archives took it; empty: not yet, or arranged backlog
  bool historical = true;  // the agency is a source of submission (nguồn nộp lưu)
  Date kept_until;         // kept back until; empty: not kept back
  std::string consent;     // number of the paper by which the head agreed to that
};

// The day the work ended, as far as it is recorded: the newest document's day, else the closing day, else the
// file's recorded end, each only when it is whole and lies in file.ended (D10: a day is never invented).
// Empty: unknown.
Date work_ended_on(const FileRecord& file, const SubmissionFacts& facts);

// All that can be told, earliest first. None for a year not recorded, or for a file that is not submitted
// (see submitting.h: terms below 05 years, rejected material, states behind it).
std::vector<Deadline> deadlines(const FileRecord& file, const SubmissionFacts& facts);

// P18/D13 as of a day (whole). Past a deadline of the law: error; of the decree: warning; TT05's 60 days:
// note. Within `notice_days` before one of the first two (NĐ30 PL VI III.5b: 30): note. A file kept back with
// consent has until that ends; consent without its paper or for more than 2 years is an error.
std::vector<Finding> judge_deadlines(const FileRecord& file, const SubmissionFacts& facts, const Date& as_of,
                                     int notice_days = 30);

// The day `months` later; the last day of the month when it has no such day (Bộ luật Dân sự 2015 Đ148.3).
// Whole.
Date after_months(const Date& from, int months);

}  // namespace vtlt::records
