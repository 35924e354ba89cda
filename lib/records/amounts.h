// Totals as statutory forms want them: in figures and in Vietnamese words (NĐ30 PL V; P14). Vietnamese
// always.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace vtlt::records {

// "1.234 (một nghìn hai trăm ba mươi bốn) hồ sơ"; without a unit nothing follows.
std::string amount(std::int64_t number, std::string_view unit = {});
// "Một nghìn hai trăm ba mươi bốn hồ sơ": with a capital, for "Bằng chữ: …".
std::string amount_in_words(std::int64_t number, std::string_view unit = {});

// Shelf metres from centimetres: "9,6", "0,35", "12"; never more decimals than there are. Not negative.
std::string metres(std::int64_t centimetres);
// "chín phẩy sáu", "không phẩy ba mươi lăm", "một phẩy không năm", "mười hai".
std::string metres_in_words(std::int64_t centimetres);
// "9,6 (chín phẩy sáu) mét giá"
std::string shelf(std::int64_t centimetres);

}  // namespace vtlt::records
