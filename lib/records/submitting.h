// Files handed by those who made them to the current archives of the body (NĐ30 Đ30-31; P19, P20): which go,
// what a list of them adds up to, and a list compared with what is there.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.h"
#include "records/records.h"

namespace vtlt::records {

// NĐ30 Đ31.3c: 05 years and more. Permanent terms and those that wait for an event count as longer; "ít nhất
// n năm" by its n. False for `none` and `not_kept`.
bool long_enough(const Term& term);

enum class Going {
  goes,     // onto the list
  stays,    // lawfully with the unit: listed apart, with the reason
  not_yet,  // something has to be mended first
  past,     // submitted, archived or further already
};
struct GoingVerdict {
  Going going = Going::goes;
  Finding why;  // note for stays, error for not_yet and past; empty message for goes
};
// P19. A file on hold is not moved (P33), so it is not_yet.
GoingVerdict judge_going(const FileRecord& file, bool on_hold = false);

// ---- totals of a list (P14, P20): computed, never typed ----
struct ListedFile {
  const FileRecord* file = nullptr;  // not owned
  std::int64_t documents = 0, pages = 0, computer_files = 0;
  bool paper = false, electronic = false;  // both for a mixed file
};
struct ListTotals {
  std::int64_t files = 0, permanent = 0, with_term = 0,
               without_term = 0;                       // files = the three others together
  std::int64_t paper_files = 0, electronic_files = 0;  // a mixed file counts in both
  std::int64_t documents = 0, pages = 0, sheets = 0, computer_files = 0;
  std::int64_t paper_without_sheets =
      0;                         // paper files without a number of sheets: `sheets` is too low by theirs
  std::int64_t boxes = 0;        // different ones among the files
  std::int64_t centimetres = 0;  // of shelf, of those boxes
  bool operator==(const ListTotals&) const = default;
};
// boxes: by id; a box that is not among them counts without shelf.
ListTotals total(const std::vector<ListedFile>& files, const std::map<Id, Box>& boxes);

// ---- a list as given, item by item ----
struct ListItem {
  std::string ref;  // "2026.04.VP", or the notation alone with the year beside it
  int year = 0;     // 0: in ref, or not known
  std::string title;
  Term term;                                 // none: not given
  int sheets = 0, pages = 0, documents = 0;  // 0: not given
  long line = 0;                             // of the list, for findings
};
enum class DifferenceKind { missing, extra, twice, title, term, sheets, pages, documents };
struct Difference {
  DifferenceKind kind = DifferenceKind::missing;
  std::string ref;
  long line = 0;            // of the list; 0 for `extra`
  std::string told, there;  // the two values as shown; empty for missing, extra, twice
  bool operator==(const Difference&) const = default;
};
// In the order of the list, what it does not name (extra) last. References match without regard to case,
// tones of look-alikes and leading zeros; one without a year matches when only one file bears it. Values that
// one side does not give are not compared; titles are the same when only case, space or the place of a tone
// mark differs.
std::vector<Difference> compare_list(const std::vector<ListItem>& told, const std::vector<ListItem>& there);
// missing, extra, twice, term: errors; the others warnings.
std::vector<Finding> list_findings(const std::vector<Difference>& differences);

}  // namespace vtlt::records
