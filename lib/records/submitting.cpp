#include "records/submitting.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <unordered_map>

#include "records/references.h"
#include "records/words.h"
#include "text/text.h"
#include "text/tones.h"

namespace vtlt::records {
namespace {

constexpr int kLeastYears = 5;
constexpr const char* kWhich = "NĐ 30/2020/NĐ-CP, Điều 31 khoản 3 điểm c";
constexpr const char* kClosing = "NĐ 30/2020/NĐ-CP, Điều 29 khoản 3, 4";
constexpr const char* kTaking = "NĐ 30/2020/NĐ-CP, Điều 30 khoản 3";

// "2026.04.VP" → {2026, "4.vp"}.
struct Name {
  int year = 0;
  std::string notation;
};
Name name_of(const ListItem& item) {
  std::string_view rest = item.ref;
  const std::string folded = text::fold_case(cleaned(rest));
  Name name{item.year, folded};
  const auto dot = folded.find('.');
  if (dot == 4 && folded.size() > 5) {
    const int year = whole_number(std::string_view(folded).substr(0, 4), 4);
    if (year >= 1900 && (item.year == 0 || item.year == year)) name = {year, folded.substr(5)};
  }
  while (name.notation.size() > 1 && name.notation[0] == '0' && name.notation[1] >= '0' &&
         name.notation[1] <= '9')
    name.notation.erase(0, 1);
  return name;
}

class Names {
 public:
  explicit Names(const std::vector<ListItem>& items) {
    for (std::size_t i = 0; i < items.size(); ++i)
      by_notation_[name_of(items[i]).notation].push_back({name_of(items[i]).year, i});
  }
  // npos: none, or more than one that it could be.
  std::size_t find(const Name& name) const {
    const auto at = by_notation_.find(name.notation);
    if (at == by_notation_.end()) return kNone;
    std::size_t found = kNone;
    for (const auto& [year, index] : at->second) {
      if (name.year != 0 && year != 0 && year != name.year) continue;
      if (name.year != 0 && year == name.year) return index;
      if (found != kNone) return kNone;
      found = index;
    }
    return found;
  }
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

 private:
  std::unordered_map<std::string, std::vector<std::pair<int, std::size_t>>> by_notation_;
};

bool same_title(const std::string& a, const std::string& b) {
  return a == b || text::tone_key(cleaned(a)) == text::tone_key(cleaned(b));
}

void compare_item(const ListItem& told, const ListItem& there, std::vector<Difference>& out) {
  const auto add = [&](DifferenceKind kind, std::string a, std::string b) {
    out.push_back({kind, there.ref, told.line, std::move(a), std::move(b)});
  };
  if (!told.title.empty() && !there.title.empty() && !same_title(told.title, there.title))
    add(DifferenceKind::title, told.title, there.title);
  if (told.term.kind != TermKind::none && told.term != there.term)
    add(DifferenceKind::term, term_text(told.term), term_text(there.term));
  const auto number = [&](DifferenceKind kind, int a, int b) {
    if (a != 0 && b != 0 && a != b) add(kind, std::to_string(a), std::to_string(b));
  };
  number(DifferenceKind::sheets, told.sheets, there.sheets);
  number(DifferenceKind::pages, told.pages, there.pages);
  number(DifferenceKind::documents, told.documents, there.documents);
}

}  // namespace

bool long_enough(const Term& term) {
  switch (term.kind) {
    case TermKind::permanent:
    case TermKind::event:
    case TermKind::event_years:
      return true;
    case TermKind::years:
      return term.years >= kLeastYears;
    case TermKind::none:
    case TermKind::not_kept:
      return false;
  }
  return false;
}

GoingVerdict judge_going(const FileRecord& file, bool on_hold) {
  const std::string ref = file_reference(file);
  const auto no = [&](Going going, Message what, Message hint, const char* basis) {
    return GoingVerdict{going, finding("P19", going == Going::stays ? Level::note : Level::error, ref,
                                       std::move(what), std::move(hint), basis)};
  };
  switch (file.state) {
    case FileState::planned:
    case FileState::open:
      return no(Going::not_yet, Message("records.going.open"), Message("records.destroy.open.hint"),
                kClosing);
    case FileState::closed:
      break;
    case FileState::listed:
      return no(Going::past, Message("records.going.listed"), {}, kWhich);
    case FileState::submitted:
    case FileState::archived:
    case FileState::transferred:
    case FileState::destroyed:
      return no(Going::past, Message("records.going.past"), {}, kWhich);
  }
  if (on_hold)
    return no(Going::not_yet, Message("records.destroy.hold"), Message("records.destroy.hold.hint"),
              "NĐ 30/2020/NĐ-CP, Phụ lục VI, phần I, IV.1g");
  if (!file.rejected.empty())
    return no(Going::stays, Message("records.going.rejected", {{"reason", file.rejected}}), {}, kWhich);
  if (file.term.kind == TermKind::none)
    return no(Going::not_yet, Message("records.destroy.no_term"), Message("records.destroy.no_term.hint"),
              kClosing);
  if (!long_enough(file.term))
    return no(Going::stays,
              file.term.kind == TermKind::not_kept
                  ? Message("records.going.not_kept")
                  : Message("records.going.short", {{"term", term_text(file.term)}}),
              {}, kWhich);
  if (file.ended == 0)
    return no(Going::not_yet, Message("records.destroy.no_year"), Message("records.destroy.no_year.hint"),
              "Luật Lưu trữ 33/2024/QH15, Điều 17");
  return {};
}

ListTotals total(const std::vector<ListedFile>& files, const std::map<Id, Box>& boxes) {
  ListTotals sum;
  std::set<Id> seen;
  for (const auto& one : files) {
    const FileRecord& file = *one.file;
    ++sum.files;
    if (file.term.kind == TermKind::permanent)
      ++sum.permanent;
    else if (file.term.kind == TermKind::none)
      ++sum.without_term;
    else
      ++sum.with_term;
    sum.paper_files += one.paper ? 1 : 0;
    sum.electronic_files += one.electronic ? 1 : 0;
    sum.documents += one.documents;
    sum.pages += one.pages;
    sum.computer_files += one.computer_files;
    sum.sheets += std::max(file.sheets, 0);
    if (one.paper && file.sheets <= 0) ++sum.paper_without_sheets;
    if (!file.box || !seen.insert(*file.box).second) continue;
    ++sum.boxes;
    if (const auto at = boxes.find(*file.box); at != boxes.end())
      sum.centimetres += std::llround(at->second.shelf_metres * 100);
  }
  return sum;
}

std::vector<Difference> compare_list(const std::vector<ListItem>& told, const std::vector<ListItem>& there) {
  const Names names(there);
  std::vector<bool> named(there.size());
  std::vector<Difference> out;
  for (const auto& item : told) {
    const std::size_t at = names.find(name_of(item));
    if (at == Names::kNone) {
      out.push_back({DifferenceKind::missing, item.ref, item.line, {}, {}});
    } else if (named[at]) {
      out.push_back({DifferenceKind::twice, there[at].ref, item.line, {}, {}});
    } else {
      named[at] = true;
      compare_item(item, there[at], out);
    }
  }
  for (std::size_t i = 0; i < there.size(); ++i)
    if (!named[i]) out.push_back({DifferenceKind::extra, there[i].ref, 0, {}, {}});
  return out;
}

std::vector<Finding> list_findings(const std::vector<Difference>& differences) {
  struct Wording {
    const char* key;
    Level level;
  };
  static constexpr Wording kWordings[] = {
      {"records.list.missing", Level::error}, {"records.list.extra", Level::error},
      {"records.list.twice", Level::error},   {"records.list.title", Level::warning},
      {"records.list.term", Level::error},    {"records.list.sheets", Level::warning},
      {"records.list.pages", Level::warning}, {"records.list.documents", Level::warning},
  };
  std::vector<Finding> found;
  for (const auto& one : differences) {
    const auto& wording = kWordings[static_cast<int>(one.kind)];
    Message message(wording.key);
    if (one.kind > DifferenceKind::twice) message.args = {{"told", one.told}, {"there", one.there}};
    found.push_back(finding("P20", wording.level, one.ref, std::move(message), {}, kTaking));
    found.back().line = one.line;
  }
  return found;
}

}  // namespace vtlt::records
