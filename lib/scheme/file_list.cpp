#include "scheme/file_list.h"

#include <algorithm>
#include <map>
#include <set>

#include "scheme/check.h"

namespace vtlt::scheme {

namespace {

// The number before the dot; 0: none.
int ordinal_of(const std::string& notation) {
  int number = 0;
  for (std::size_t i = 0; i < notation.size() && i < 6 && notation[i] >= '0' && notation[i] <= '9'; ++i)
    number = number * 10 + (notation[i] - '0');
  return number;
}

std::string filled(std::string title, int year) {
  const auto fill = [&](const std::string& place, const std::string& with) {
    for (std::size_t at = title.find(place); at != std::string::npos;
         at = title.find(place, at + with.size()))
      title.replace(at, place.size(), with);
  };
  fill("{year}", year != 0 ? std::to_string(year) : "…");
  fill("{name}", "…");
  fill("{code}", "…");
  return title;
}

}  // namespace

std::vector<ListedFile> file_list(const Scheme& scheme, int year) {
  std::set<std::string> fixed;
  each_class(scheme, [&](const Class& heading, const Class&) {
    for (const PlannedFile& file : heading.files)
      if (!file.notation.empty()) fixed.insert(file.notation);
  });
  std::vector<ListedFile> list;
  const bool continuous = scheme.file_numbering == "continuous";
  std::map<std::string, int> last;  // by large heading
  each_class(scheme, [&](const Class& heading, const Class& large) {
    int& ordinal = last[continuous ? std::string() : large.no];
    for (const PlannedFile& file : heading.files) {
      std::string notation = file.notation;
      if (!notation.empty()) {
        ordinal = std::max(ordinal, ordinal_of(notation));
      } else {
        do {
          const std::string digits = std::to_string(++ordinal);
          notation = (digits.size() < 2 ? "0" : "") + digits + "." + large.abbreviation;
        } while (fixed.count(notation) != 0);
      }
      list.push_back(
          {&large, &heading, &file, scheme.find_rule(file.rule), notation, filled(file.title, year)});
    }
  });
  return list;
}

}  // namespace vtlt::scheme
