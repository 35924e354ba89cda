// Working days of offices, for "the next working day at the latest" (NĐ 30/2020 Đ15.2, Đ18.1).
#pragma once
#include "text/date.h"

namespace vtlt::records {

// Monday to Friday without the public holidays of Bộ luật Lao động 2019 Đ112: 1 January, Tết (the eve and four days),
// Giỗ Tổ (10/3 lunar), 30 April, 1 May, 2 September and the day before. Lunar days are known for 2020-2035; which day is
// taken off instead of a weekend is decided anew each year and is not known here [M]: what rests on it only warns.
bool working_day(const text::Date& whole);
// `days` working days after `from`. Both whole.
text::Date after_working_days(const text::Date& from, int days);

}  // namespace vtlt::records
