#include "scheme/roman.h"

#include <utility>

namespace vtlt::scheme {

std::string roman(int number) {
  std::string out;
  for (auto [value, sign] : {std::pair{100, "C"},
                             {90, "XC"},
                             {50, "L"},
                             {40, "XL"},
                             {10, "X"},
                             {9, "IX"},
                             {5, "V"},
                             {4, "IV"},
                             {1, "I"}})
    for (; number >= value; number -= value)
      out += sign;
  return out;
}

}  // namespace vtlt::scheme
