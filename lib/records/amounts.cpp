#include "records/amounts.h"

#include "base/error.h"
#include "text/messages.h"

namespace vtlt::records {
namespace {

std::string with_unit(std::string text, std::string_view unit) {
  if (!unit.empty()) text.append(" ").append(unit);
  return text;
}

// "6" of 960, "35" of 35, "05" of 105, "" of 1200.
std::string decimals(std::int64_t centimetres) {
  const auto rest = static_cast<int>(centimetres % 100);
  if (rest == 0) return {};
  if (rest % 10 == 0) return std::to_string(rest / 10);
  return (rest < 10 ? "0" : "") + std::to_string(rest);
}

}  // namespace

std::string amount(std::int64_t number, std::string_view unit) {
  return with_unit(text::group(number, text::Language::vi) + " (" + text::in_words(number) + ")", unit);
}

std::string amount_in_words(std::int64_t number, std::string_view unit) {
  std::string words = text::in_words(number);
  // Of the words a number begins with, only "âm" begins with a letter outside ASCII.
  if (words.starts_with("â"))
    words.replace(0, std::string_view("â").size(), "Â");
  else
    words[0] = static_cast<char>(words[0] - 'a' + 'A');
  return with_unit(std::move(words), unit);
}

std::string metres(std::int64_t centimetres) {
  VTLT_ASSERT(centimetres >= 0);
  const std::string whole = text::group(centimetres / 100, text::Language::vi), rest = decimals(centimetres);
  return rest.empty() ? whole : whole + "," + rest;
}

std::string metres_in_words(std::int64_t centimetres) {
  VTLT_ASSERT(centimetres >= 0);
  std::string words = text::in_words(centimetres / 100);
  const std::string rest = decimals(centimetres);
  if (rest.empty()) return words;
  words += " phẩy ";
  if (rest[0] == '0') words += text::in_words(0) + " ";
  return words + text::in_words(std::stoi(rest));
}

std::string shelf(std::int64_t centimetres) {
  return metres(centimetres) + " (" + metres_in_words(centimetres) + ") mét giá";
}

}  // namespace vtlt::records
