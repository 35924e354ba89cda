// Files on their way to the current archives of the same body (NĐ 30/2020 Đ30-31): submitted with a list, taken item
// by item, returned with a reason; when they are due. Each writing function is one transaction.
#pragma once
#include "exchange/file_items.h"
#include "records/deadlines.h"
#include "records/submitting.h"
#include "records/totals.h"
#include "repository/repository.h"

namespace vtlt::repository {

struct SubmitRequest {
  std::vector<records::Id> files;  // those named; empty with `closed` or `leaving`
  bool closed = false;             // every closed file that fits year, officer and unit
  int year = 0;                    // 0: any
  std::string officer, unit;       // compared folded, as parts
  // Who leaves the office: all that person's files, and who follows (NĐ30 Đ31.3đ).
  std::string leaving, successor;
  std::vector<records::Id> keep_back;
  std::string reason, consent;     // of keeping back: why, and the head's written consent
  records::Date until;
  records::Submission submission;  // both sides, basis, block, condition, note; the rest is set here
  std::string fonds;
  bool dry_run = false;
};
struct Staying {
  catalogue::FileRow file;
  Finding why;
};
struct SubmitResult {
  records::Submission submission;  // name "" when nothing goes and nothing is kept back
  std::vector<catalogue::FileRow> submitted, kept_back;
  std::vector<Staying> shorter;    // below 05 years or sorted out: they stay with the unit (P19)
  std::vector<Staying> not_yet;    // of those not named one by one: something has to be mended first
  std::vector<catalogue::FileRow> handed_on;  // not submitted; the successor is their officer now
  records::ListTotals totals;      // of those submitted
  std::vector<Finding> findings;   // warnings: totals that do not agree with what was recorded (D8)
};
// Throws exit 3 with a finding for each file: VTLT-P19 what is named and cannot go, or nothing goes; VTLT-P18 kept back
// without consent, without an end, or for more than 2 years after the law's deadline; VTLT-P18-LEAVING open files of who
// leaves and nobody who follows. Exit 2 for a repeated file.
SubmitResult submit(Repository& repository, const SubmitRequest& request);

struct TakeRequest {
  std::string submission;          // "nop-2026-01"
  std::vector<records::Id> files;  // empty: all that wait
  Path list;                       // a spreadsheet to compare with; empty: none
  exchange::TableOptions table;
  bool partial = false;            // take those that agree, leave the others
  std::string note;
  bool dry_run = false;
};
struct TakeResult {
  catalogue::SubmissionRow submission;  // as it stands afterwards
  std::optional<exchange::FileItems> list;
  std::vector<catalogue::FileRow> taken;
  std::vector<Finding> differences;     // P20; ref the file, line of the list
  std::vector<Finding> findings;        // warnings: what is recorded and what is there (D8)
  std::int64_t differing = 0;           // files left because of them
  bool written = false;
};
// Nothing is written when something differs and `partial` is not asked for. Throws exit 2 VTLT-REF-01 unknown
// submission; exit 3 VTLT-P20 for a file that is not in it or does not wait.
TakeResult take(Repository& repository, const TakeRequest& request);

struct ReturnResult {
  catalogue::SubmissionRow submission;
  std::vector<catalogue::FileRow> returned;
};
// Throws exit 2 without a reason; exit 3 VTLT-P20 for a file that is not in it or was taken already.
ReturnResult return_files(Repository& repository, const std::string& submission, const std::vector<records::Id>& files,
                          const std::string& reason, bool dry_run);

// ---- what is in a file, counted ----
records::Counted counted(Repository& repository, const records::Id& file);
// With paper and electronic as recorded of the file too: sheets, a box.
records::ListedFile listed(const catalogue::FileRow& row, const records::Counted& counted);
// Sums files one by one: nothing is kept of them.
class Totals {
 public:
  explicit Totals(Repository& repository) : repository_(repository) {}
  // centimetres: of shelf, of its box; as recorded of the box when not given.
  void add(const catalogue::FileRow& row, const records::Counted& counted, std::optional<std::int64_t> centimetres = {});
  const records::ListTotals& sum() const { return sum_; }
  // From the earliest to the latest document, or what was recorded; empty: not known.
  const records::Span& span() const { return span_; }

 private:
  Repository& repository_;
  records::ListTotals sum_;
  records::Span span_;
  std::set<records::Id> boxes_;
};

// A file of a submission with what its minutes sum up (term, sheets, box, span, condition, amounts) as it was when it was
// submitted, whatever became of it since.
struct HandedOver {
  catalogue::FileRow file;
  records::Counted counted;
  std::optional<std::int64_t> centimetres;  // of shelf, of its box
  bool recorded = false;  // not in submissions of earlier versions: all as of today
};
// Those that were not returned, in the order of the list.
void handed_over(Repository& repository, const records::Id& submission, const std::function<void(const HandedOver&)>& each);

// ---- deadlines (P18, D13; product.md trap 15) ----

struct Due {
  catalogue::FileRow file;
  std::vector<Finding> findings;  // errors: past the law's deadline; others: reminders
  bool overdue = false;
};
// `law`: only files past the law's deadline, for which no document has to be read.
enum class DueScope { all, law };
// Files with something to say about as of a day, in the order of the catalogue. filter.states is set here. Whoever asks
// `limit` gets that many.
void due_files(Repository& repository, catalogue::FileFilter filter, const records::Date& as_of,
               const std::function<void(const Due&)>& each, DueScope scope = DueScope::all);

}  // namespace vtlt::repository
