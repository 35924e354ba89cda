#include "records/handling.h"

#include "text/text.h"

namespace vtlt::records {

Date last_day(const Date& deadline) {
  if (deadline.empty() || deadline.whole()) return deadline;
  const Date first = deadline.month == 0 || deadline.month == 12 ? Date{deadline.year + 1, 1, 1}
                                                                 : Date{deadline.year, deadline.month + 1, 1};
  return text::add_days(first, -1);
}

Handling handling_of(const Date& deadline, bool answered, const Date& answered_on, const Date& today) {
  Handling handling;
  const Date end = last_day(deadline);
  if (answered) {
    handling.progress = Progress::answered;
    if (end.empty() || !answered_on.whole()) return handling;
    handling.dated = true;
    handling.late = answered_on > end;
    handling.days =
        handling.late ? text::days_between(end, answered_on) : text::days_between(answered_on, end);
    return handling;
  }
  if (end.empty()) return handling;
  handling.progress = end < today ? Progress::overdue : Progress::within;
  handling.days = end < today ? text::days_between(end, today) : text::days_between(today, end);
  return handling;
}

std::string handling_text(const Handling& handling, const Date& answered_on) {
  const std::string days = std::to_string(handling.days) + " ngày";
  switch (handling.progress) {
    case Progress::no_deadline:
      return {};
    case Progress::answered: {
      std::string words = "Đã trả lời";
      if (!answered_on.empty()) words += " ngày " + text::to_dmy(answered_on);
      if (!handling.dated) return words;
      return words + (handling.days == 0 ? ", đúng hạn"
                      : handling.late    ? ", quá hạn " + days
                                         : ", trước hạn " + days);
    }
    case Progress::within:
      return handling.days == 0 ? "Đến hạn hôm nay" : "Còn hạn " + days;
    case Progress::overdue:
      break;
  }
  return "Quá hạn " + days;
}

}  // namespace vtlt::records
