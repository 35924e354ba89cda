// How far the handling of a document with a deadline has come (NĐ30 PL IV, sổ theo dõi giải quyết văn bản
// đến).
#pragma once
#include "records/records.h"

namespace vtlt::records {

enum class Progress { no_deadline, answered, within, overdue };
struct Handling {
  Progress progress = Progress::no_deadline;
  // Days before the deadline (within, or answered in time: 0 and more) or after it (overdue, or answered
  // late).
  int days = 0;
  bool late = false;   // answered after the deadline
  bool dated = false;  // answered, and both days are known
};

// The last day of a deadline: that of the month or year where no day is given.
Date last_day(const Date& deadline);
// `answered_on`: empty while there is no answer, or when its day is not known. `today` is whole.
Handling handling_of(const Date& deadline, bool answered, const Date& answered_on, const Date& today);
// As the form says it: "Đã trả lời ngày 18/11/2026, trước hạn 2 ngày", "Còn hạn 5 ngày", "Quá hạn 3 ngày",
// "".
std::string handling_text(const Handling& handling, const Date& answered_on);

}  // namespace vtlt::records
