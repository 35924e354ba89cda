#include "records/order.h"

#include "records/words.h"

namespace vtlt::records {
namespace {

constexpr std::pair<const char*, SortBy> kNames[] = {
    {"number", SortBy::number},       {"date", SortBy::date},     {"due", SortBy::due},
    {"forwarded", SortBy::forwarded}, {"sender", SortBy::sender}, {"subject", SortBy::subject},
    {"unit", SortBy::unit},           {"signer", SortBy::signer}};

}  // namespace

const char* const kSorts = "number|date|due|forwarded|sender|subject|unit|signer";

std::optional<SortBy> parse_sort(std::string_view text) {
  for (const auto& [name, sort] : kNames)
    if (text == name) return sort;
  return std::nullopt;
}

std::string by_given_name(std::string_view name) {
  const std::string whole = cleaned(name.substr(0, name.find('(')));
  const auto space = whole.rfind(' ');
  if (space == std::string::npos) return whole;
  return whole.substr(space + 1) + " " + whole.substr(0, space);
}

}  // namespace vtlt::records
