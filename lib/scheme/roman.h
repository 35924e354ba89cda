// Large headings are numbered I, II, III (NĐ 30/2020 PL V.I).
#pragma once
#include <string>

namespace vtlt::scheme {

std::string roman(int number);  // from 1 on

}  // namespace vtlt::scheme
