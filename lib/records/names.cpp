#include "records/names.h"

#include <algorithm>
#include <unordered_map>

#include "records/references.h"
#include "text/text.h"

namespace vtlt::records {

std::vector<NameCollision> name_collisions(const std::vector<std::string>& names) {
  std::unordered_map<std::string, std::vector<std::size_t>> groups;
  for (std::size_t i = 0; i < names.size(); ++i) {
    // White space is kept: two spaces and one are two names everywhere.
    std::string key;
    for (std::size_t at = 0; at < names[i].size();) {
      auto end = names[i].find(' ', at);
      if (end == std::string::npos) end = names[i].size();
      key += text::fold_case(std::string_view(names[i]).substr(at, end - at));
      if (end < names[i].size()) key += ' ';
      at = end + 1;
    }
    groups[key].push_back(i);
  }
  std::vector<NameCollision> found;
  for (auto& group : groups) {
    std::vector<std::size_t>& places = group.second;
    if (places.size() < 2) continue;
    const auto all = [&](auto same) {
      return std::all_of(places.begin(), places.end(),
                         [&](std::size_t i) { return same(names[i], names[places[0]]); });
    };
    Collision kind = Collision::letter_case;
    if (all([](const auto& a, const auto& b) { return a == b; }))
      kind = Collision::same;
    else if (all([](const auto& a, const auto& b) { return text::nfc(a) == text::nfc(b); }))
      kind = Collision::form;
    found.push_back({kind, std::move(places)});
  }
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.names < b.names; });
  return found;
}

std::vector<Finding> check_names(const std::string& ref, const std::vector<std::string>& names) {
  std::vector<Finding> found;
  for (const auto& one : name_collisions(names)) {
    std::string shown;
    for (const std::size_t i : one.names)
      shown += (shown.empty() ? "\"" : ", \"") + text::printable(names[i]) + "\"";
    const char* key = one.kind == Collision::same   ? "records.names.same"
                      : one.kind == Collision::form ? "records.names.form"
                                                    : "records.names.case";
    found.push_back(finding("P44", Level::error, ref, Message(key, {{"names", shown}}),
                            Message("records.names.hint"),
                            "Unicode TCVN 6909:2001 (NĐ 30/2020/NĐ-CP, Phụ lục I)"));
  }
  return found;
}

}  // namespace vtlt::records
