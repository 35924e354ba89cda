// Working days of offices, for "the next working day at the latest" (NĐ 30/2020 Đ15.2, Đ18.1).
#pragma once
#include <set>

#include "text/date.h"

namespace vtlt::records {

// What an office adds to the days known here: which day is taken off or worked instead is decided anew each year.
struct Holidays {
  std::set<text::Date> off, work;
};

// Monday to Friday without the public holidays of Bộ luật Lao động 2019 Đ112: 1 January, Tết (the eve and four days),
// Giỗ Tổ (10/3 lunar), 30 April, 1 May, 2 September and the day before. Lunar days are known for 2020-2035 [M]; what
// rests on it only warns. `more` goes before both.
bool working_day(const text::Date& whole, const Holidays& more = {});
// `days` working days after `from`. Both whole. Stops after ten years of days off.
text::Date after_working_days(const text::Date& from, int days, const Holidays& more = {});

}  // namespace vtlt::records
