// The days off of an office beside its scheme (`policy.holidays`): vtlt-scheme(5), "Days off".
#pragma once
#include <string>

#include "records/calendar.h"
#include "scheme/scheme.h"

namespace vtlt::scheme {

struct HolidayFile {
  records::Holidays days;
  std::string basis;  // the announcement
};
// Throws as load(), and VTLT-SCHEME-20 for what is no whole date or stands in both lists.
HolidayFile read_holidays(const Source& source);

}  // namespace vtlt::scheme
