// A closed fonds (phông đóng) and what it still takes (P34, D1; CV 414/BNV-VTLTNN; product.md trap 14).
#pragma once
#include <cstdint>
#include <vector>

#include "base/finding.h"
#include "records/records.h"

namespace vtlt::records {

// What somebody is about to do in a fonds.
enum class FondsAct {
  number,    // keep a number free, or give one to an outgoing or internal document or a copy of today
  late,      // register such a document that is older (backlog, an import)
  incoming,  // register an incoming document
  open_file,  // or one again: its work would go on
  add,       // put a document into a file
  arrange,   // set up arranged files, number, box: a backlog is arranged after closing
  appraise,  // terms, destruction, transfer, use
};
// Errors refuse. day: the document's own date for `late`, `add` and `incoming` (the arrival of one without a date), else
// ignored; an empty one is taken as after the closing, a partial one as its first day. Nothing is refused while the
// fonds is open.
std::vector<Finding> check_fonds_act(const Fonds& fonds, FondsAct act, const Date& day = {});

// Before a fonds is closed: the day (not after `today`), the act and, unless the body ended without one, the
// successor. open_files go to the body that takes the task over (5.3): a warning with their number.
std::vector<Finding> check_fonds_closing(const Fonds& fonds, const Date& closed, const std::string& basis,
                                         const std::string& successor, std::int64_t open_files,
                                         const Date& today);

}  // namespace vtlt::records
