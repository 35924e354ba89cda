// Orders in which lists and forms can be had (P43). Text in Vietnamese order, numbers as numbers, people by
// their given name.
#pragma once
#include "records/records.h"

namespace vtlt::records {

enum class SortBy { usual, number, date, due, forwarded, sender, subject, unit, signer };
std::optional<SortBy> parse_sort(std::string_view text);  // as typed: "number" … "signer"
extern const char* const kSorts;                          // "number|date|…"

// Vietnamese lists of people go by the tên, the last word, then by họ đệm (records-practice.md 7.4):
// "Nguyễn Văn An" → "An Nguyễn Văn". What stands in brackets behind a name is no part of it.
std::string by_given_name(std::string_view name);

}  // namespace vtlt::records
