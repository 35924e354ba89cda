// Numbers of a workbook as people see them: dates by the cell's number format, whole numbers without ".0".
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace vtlt::exchange {

struct NumberFormat {
  bool year = false, month = false, day = false, time = false;
  int zeros = 0;  // "000": padded to this width
  bool is_date() const { return year || day || time; }
};

NumberFormat builtin_format(int id);
NumberFormat parse_format(std::string_view code);
// raw: the value as stored; left as it is when it is not a number.
std::string show_number(std::string_view raw, const NumberFormat& format, bool since_1904);

}  // namespace vtlt::exchange
