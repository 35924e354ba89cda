#include "exchange/organ_codes.h"

#include <algorithm>
#include <set>

#include "exchange/cell_text.h"
#include "exchange/table.h"
#include "text/text.h"

namespace vtlt::exchange {
namespace {

enum Field { old_code, new_code, from, name, basis, field_count };

int field_of(std::string_view heading) {
  static const std::vector<std::pair<Field, std::vector<const char*>>> headings = {
      {old_code, {"ma cu", "ma dinh danh cu", "old code", "old"}},
      {new_code, {"ma moi", "ma dinh danh moi", "new code", "new"}},
      {from, {"tu ngay", "ngay hieu luc", "ngay ap dung", "from"}},
      {name, {"ten co quan", "ten co quan moi", "ten", "name"}},
      {basis, {"can cu", "van ban", "basis"}},
  };
  const std::string folded = text::fold(heading);
  for (const auto& [field, names] : headings)
    for (const char* one : names)
      if (folded == one) return field;
  return -1;
}

struct LevelOne {
  std::string_view code, name;
};
// records-practice.md 6.4 [B]. Those of the mergers of 2025 (QĐ 09/2025/QĐ-TTg) are not known [?].
constexpr LevelOne kLevelOne[] = {
    {"G01", "Bộ Công an"},
    {"G09", "Bộ Nội vụ"},
    {"G22", "Văn phòng Chính phủ"},
    {"H30", "Hậu Giang"},
    {"H38", "Lào Cai"},
    {"H49", "Quảng Ninh"},
    {"H55", "Thái Nguyên"},
    {"H57", "Thừa Thiên Huế, thành phố Huế"},
};

Finding row_finding(const std::string& file, long row, const char* key, std::string value) {
  Finding finding;
  finding.code = "P36";
  finding.path = file;
  finding.line = row;
  finding.message = {key, {{"row", std::to_string(row)}, {"value", text::cut(text::printable(value), 80)}}};
  return finding;
}

}  // namespace

void OrganCodes::add(OrganCodeChange change) {
  const std::size_t index = changes_.size();
  by_old_.emplace(change.old_code, index);
  by_new_.emplace(change.new_code, index);
  changes_.push_back(std::move(change));
}

std::vector<std::string> OrganCodes::all(std::string_view code) const {
  std::set<std::string> known = {std::string(code)};
  std::vector<std::string> open = {std::string(code)};
  while (!open.empty()) {
    const std::string at = std::move(open.back());
    open.pop_back();
    const auto visit = [&](const std::string& next) {
      if (known.insert(next).second) open.push_back(next);
    };
    for (auto [one, end] = by_old_.equal_range(at); one != end; ++one)
      visit(changes_[one->second].new_code);
    for (auto [one, end] = by_new_.equal_range(at); one != end; ++one)
      visit(changes_[one->second].old_code);
  }
  return {known.begin(), known.end()};
}

// Walks forward over changes that had happened by that day, back over those still to come. Forward from a
// merged body never goes back into the others it was merged with.
std::vector<std::string> OrganCodes::on(std::string_view code, const records::Date& day) const {
  std::set<std::string> seen = {std::string(code)}, found;
  std::vector<std::string> open = {std::string(code)};
  while (!open.empty()) {
    const std::string at = std::move(open.back());
    open.pop_back();
    bool moved = false;
    const auto visit = [&](const std::string& next) {
      moved = true;
      if (seen.insert(next).second) open.push_back(next);
    };
    for (auto [one, end] = by_old_.equal_range(at); one != end; ++one)
      if (changes_[one->second].from <= day) visit(changes_[one->second].new_code);
    // A code that came into use after that day was another before it.
    if (!moved)
      for (auto [one, end] = by_new_.equal_range(at); one != end; ++one)
        if (changes_[one->second].from > day) visit(changes_[one->second].old_code);
    if (!moved) found.insert(at);
  }
  if (found.empty()) return {std::string(code)};  // a circle
  return {found.begin(), found.end()};
}

bool OrganCodes::related(std::string_view a, std::string_view b) const {
  if (a == b) return true;
  const auto codes = all(a);
  return std::binary_search(codes.begin(), codes.end(), std::string(b));
}

OrganCodes read_organ_codes(std::string_view bytes, const std::string& file_name,
                            std::vector<Finding>& findings) {
  OrganCodes codes;
  std::vector<int> fields;
  const auto begun = [&](const TableInfo& info) {
    for (const std::string& heading : info.headings)
      fields.push_back(field_of(heading));
  };
  const auto row = [&](const TableRow& line) {
    std::string cells[field_count];
    for (std::size_t i = 0; i < fields.size() && i < line.cells.size(); ++i)
      if (fields[i] >= 0 && cells[fields[i]].empty()) cells[fields[i]] = clean_cell(line.cells[i]);
    const auto day = text::parse_date(without_time(cells[from]));
    if (!day || !day->whole()) {
      findings.push_back(row_finding(file_name, line.number, "edxml.codes.date", cells[from]));
      return;
    }
    for (const Field field : {old_code, new_code})
      if (records::organ_code_form(cells[field]) == records::OrganCodeForm::invalid) {
        findings.push_back(row_finding(file_name, line.number, "edxml.codes.code", cells[field]));
        return;
      }
    if (cells[old_code] == cells[new_code]) {
      findings.push_back(row_finding(file_name, line.number, "edxml.codes.same", cells[old_code]));
      return;
    }
    codes.add({cells[old_code], cells[new_code], *day, cells[name], cells[basis]});
  };
  read_table(
      bytes, file_name, {}, [](std::string_view heading) { return field_of(heading) >= 0; }, 3, begun, row);
  return codes;
}

std::string_view level_one_name(std::string_view code) {
  const auto form = records::organ_code_form(code);
  const bool at_end =
      form == records::OrganCodeForm::legacy13 || form == records::OrganCodeForm::legacy_short;
  if (!at_end && form != records::OrganCodeForm::qd20) return "";
  const std::string_view first = at_end ? code.substr(code.size() - 3) : code.substr(0, 3);
  for (const LevelOne& one : kLevelOne)
    if (one.code == first) return one.name;
  return "";
}

std::vector<Finding> check_organ_code(std::string_view code, const std::string& where, bool wide) {
  using records::OrganCodeForm;
  std::vector<Finding> findings;
  const auto add = [&](Level level, const char* key, const char* basis) {
    Finding finding;
    finding.code = "P37";
    finding.level = level;
    finding.message = {key, {{"field", where}, {"value", text::cut(text::printable(code), 60)}}};
    finding.basis = basis;
    findings.push_back(std::move(finding));
  };
  const OrganCodeForm form = records::organ_code_form(code);
  if (form == OrganCodeForm::invalid) {
    add(Level::error, "edxml.code-bad", "QĐ 20/2020/QĐ-TTg Đ4-6");
    findings.back().hint = {"edxml.code-bad.hint"};
    return findings;
  }
  if (form == OrganCodeForm::legacy13 || form == OrganCodeForm::legacy_short)
    add(Level::note, "edxml.code-legacy", "QCVN 102:2016/BTTTT");
  if (!wide && code.size() > 13) add(Level::warning, "edxml.code-long", "NĐ 30/2020/NĐ-CP PL VI");
  return findings;
}

}  // namespace vtlt::exchange
