// Organ codes (mã định danh) old and new (P36, P37): QĐ 20/2020/QĐ-TTg, QCVN 102:2016/BTTTT, and what
// reorganisations made of them. The two forms cannot be computed from each other (records-practice.md 6.4),
// so the pairs are data with dates. Nothing here changes a code: records keep what they came with (TT06
// Đ40.2b).
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.h"
#include "records/records.h"

namespace vtlt::exchange {

// One body's code until the day before `from`, and from that day on. A body that was split has several lines
// with one old code, a merger several with one new code.
struct OrganCodeChange {
  std::string old_code, new_code;
  records::Date from;  // whole
  std::string name;    // of the body that has the new code; may be empty
  std::string basis;   // the act: number, notation, date
  bool operator==(const OrganCodeChange&) const = default;
};

// Codes are compared as bytes: Đ4 of QĐ20 knows capitals only. Not thread-safe while lines are added.
class OrganCodes {
 public:
  void add(OrganCodeChange change);
  bool empty() const { return changes_.empty(); }
  const std::vector<OrganCodeChange>& changes() const { return changes_; }

  // What the body or bodies behind a code (old or new) are called on that day, sorted; the code itself when
  // the table knows nothing of it. Several: the table alone cannot say which one.
  std::vector<std::string> on(std::string_view code, const records::Date& day) const;
  // Every code of the same line of bodies, the given one included, sorted: for filters by code (TT06 Đ40.2b).
  std::vector<std::string> all(std::string_view code) const;
  bool related(std::string_view a, std::string_view b) const;

 private:
  std::vector<OrganCodeChange> changes_;
  std::multimap<std::string, std::size_t, std::less<>> by_old_, by_new_;
};

// A table as offices keep it (CSV, TSV, XLSX …) with the columns Mã cũ, Mã mới, Từ ngày, and if there are any
// Tên cơ quan, Căn cứ. Throws as read_table; rows that cannot be taken are findings (error, P36) with the
// row's number. vtlt ships no such table: the codes after the mergers of 2025 (QĐ 09/2025/QĐ-TTg) were not
// found [?].
OrganCodes read_organ_codes(std::string_view bytes, const std::string& file_name,
                            std::vector<Finding>& findings);

// Level-1 codes met in published documents [B], "" for others. For showing, never for deciding.
std::string_view level_one_name(std::string_view code);

// P37: error for no form of 6.4, note for a form older than QĐ20, warning when it is longer than the 13
// characters NĐ30 PL VI has room for (wide = false). `where` names the field in the message.
std::vector<Finding> check_organ_code(std::string_view code, const std::string& where, bool wide = true);

}  // namespace vtlt::exchange
