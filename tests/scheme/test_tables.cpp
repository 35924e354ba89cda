// The ready tables against the page they come from, row by row.
#include "support.h"

#include <regex>
#include <set>

#include "scheme/tables.h"

using namespace scheme_test;
using scheme::Rule;

namespace {

std::string trim(const std::string& text) {
  auto first = text.find_first_not_of(' ');
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

// The rows of the first table with this many columns in a section of a Markdown page, without its heading.
std::vector<std::vector<std::string>> table_of(const std::string& page, const std::string& from,
                                               const std::string& to, std::size_t columns) {
  auto start = page.find(from), end = page.find(to);
  REQUIRE(start != std::string::npos);
  REQUIRE(end != std::string::npos);
  std::istringstream lines(page.substr(start, end - start));
  std::vector<std::vector<std::string>> rows;
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line[0] != '|') continue;
    std::vector<std::string> cells;
    std::istringstream parts(line.substr(1));
    for (std::string cell; std::getline(parts, cell, '|');)
      cells.push_back(trim(cell));
    if (cells.size() == columns && cells[0].rfind("---", 0) != 0) rows.push_back(cells);
  }
  REQUIRE_FALSE(rows.empty());
  rows.erase(rows.begin());
  return rows;
}

const std::vector<Rule>& table(const char* name) {
  const auto* rules = scheme::table_rules(name);
  REQUIRE(rules);
  return *rules;
}

const Rule* by_id(const std::vector<Rule>& rules, const std::string& id) {
  for (const Rule& rule : rules)
    if (rule.id == id) return &rule;
  return nullptr;
}

}  // namespace

TEST_CASE("TT 09/2011 holds every row of the domain page and says that it is repealed",
          "[scheme][P21][P50]") {
  const auto& rules = table("vn-tt09-baseline");
  CHECK(rules.size() == 274);
  auto page = read_shared("domain/records-practice.md");
  if (!page) return;
  auto rows = table_of(*page, "### 2.5 ", "### 2.6 ", 6);
  REQUIRE(rows.size() == 274);
  std::set<std::string> items;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto& row = rows[i];
    const Rule& rule = rules[i];
    INFO(row[0] << " " << row[2]);
    CHECK(rule.id == "tt09-" + row[0]);
    CHECK(rule.group == row[1]);
    CHECK(rule.title == row[2]);
    CHECK(rule.english == row[3]);
    CHECK(rule.case_ == row[4]);
    CHECK(records::term_shorthand(rule.term) == row[5]);
    CHECK(rule.basis == "TT 09/2011/TT-BNV mục " + row[0] + " (vị trí trong bảng, chưa đối chiếu)");
    CHECK(rule.status == "baseline-tt09-repealed");
    CHECK_FALSE(rule.checked());
    items.insert(row[0].substr(0, row[0].find_last_of("0123456789") + 1));
  }
  CHECK(items.size() == 202);
}

TEST_CASE("every instrument of page 2.6 that gives a term has a rule with its article", "[scheme][P21]") {
  const auto& rules = table("vn-statute-2026");
  auto page = read_shared("domain/records-practice.md");
  if (!page) return;
  auto rows = table_of(*page, "### 2.6 ", "### 2.7 ", 3);
  CHECK(rows.size() == 38);
  const std::regex number("(≥?)(\\d+)");
  std::string instrument;
  for (const auto& row : rows) {
    INFO(row[0] << " | " << row[1] << " | " << row[2]);
    if (row[2].rfind("NĐ 174/2016", 0) == 0) continue;  // accounting: only the headings could be read
    std::string basis = row[2];
    if (basis.rfind("Đ", 0) == 0)
      basis = instrument + " " + basis;  // "Đ19.3" goes on from the row above
    else
      instrument = basis.substr(0, basis.rfind(" Đ"));
    if (basis.rfind("TTLT 17/2016 ", 0) == 0)
      basis = "TTLT 17/2016/TTLT-BGDĐT-BTTTT " + basis.substr(basis.rfind("Đ19"));
    basis = basis.substr(0, basis.find(';'));
    basis = basis.substr(0, basis.find(','));
    basis = std::regex_replace(basis, std::regex("\\(codified"), "(mã Pháp điển");
    if (basis.rfind("TT 42/2015", 0) == 0) basis += ")";
    if (basis.size() > 1 && basis.compare(basis.size() - 2, 2, "))") == 0) basis.pop_back();
    std::vector<const Rule*> found;
    for (const Rule& rule : rules)
      if (rule.basis == basis) found.push_back(&rule);
    REQUIRE_FALSE(found.empty());
    if (row[1].rfind("VV", 0) == 0 || row[1].rfind("without limit", 0) == 0) {
      CHECK(found[0]->term.kind == records::TermKind::permanent);
    } else if (row[1] == "not kept") {
      CHECK(std::any_of(found.begin(), found.end(),
                        [](const Rule* r) { return r->term.kind == records::TermKind::not_kept; }));
    } else {
      std::smatch years;
      if (!std::regex_search(row[1], years, number)) continue;  // by event
      CHECK(std::any_of(found.begin(), found.end(), [&](const Rule* r) {
        return r->term.years == std::stoi(years[2]) && r->term.at_least == (years[1].length() > 0);
      }));
    }
  }
  CHECK_FALSE(by_id(rules, "tt14bkhcn-d18-1")->submit);  // "NOT moved to historical archives"
  CHECK_FALSE(by_id(rules, "nd23-d14-1")->submit);       // "kept at the certifying body"
  CHECK(by_id(rules, "lht-d58")->submit);
}

TEST_CASE("what TT 10/2022 is known to say", "[scheme][P21]") {
  const auto& rules = table("vn-tt10-confirmed");
  auto page = read_shared("domain/records-practice.md");
  if (!page) return;
  auto rows = table_of(*page, "### 2.4 ", "### 2.5 ", 4);
  REQUIRE(rows.size() == 8);
  std::vector<std::string> expected;  // **05 / 10** is two rules
  for (const auto& row : rows) {
    std::string term = std::regex_replace(row[2], std::regex("[* ]"), "");
    std::istringstream parts(term);
    for (std::string part; std::getline(parts, part, '/');)
      expected.push_back(part == "05" ? "5" : part);
  }
  REQUIRE(rules.size() == expected.size());
  for (std::size_t i = 0; i < rules.size(); ++i) {
    INFO(rules[i].id);
    CHECK(records::term_shorthand(rules[i].term) == expected[i]);
    CHECK(rules[i].status == "confirmed-tt10");
    CHECK(rules[i].basis.rfind("TT 10/2022/TT-BNV", 0) == 0);
  }
}

TEST_CASE("tables and templates are in the program as they are in the folder", "[scheme]") {
  auto names = scheme::table_names();
  CHECK(names.size() == 3);
  std::set<std::string> ids;
  for (auto name : names) {
    auto file = read_file(source_path("schemas/terms/" + std::string(name) + ".yaml"));
    REQUIRE(file);
    CHECK(scheme::table_text(name) == file);
    for (const Rule& rule : table(std::string(name).c_str())) {
      INFO(rule.id);
      CHECK(ids.insert(rule.id).second);  // no table hides a rule of another by chance
      CHECK_FALSE(rule.basis.empty());
      CHECK_FALSE(rule.title.empty());
      CHECK_FALSE(rule.english.empty());
      CHECK(rule.term.kind != records::TermKind::none);
      CHECK(rule.table == name);
    }
  }
  for (const std::string& name : scheme::template_names())
    CHECK(scheme::template_text(name) == read_file(source_path("schemas/templates/" + name + ".yaml")));
  CHECK_FALSE(scheme::table_text("vn-tt11"));
  CHECK_FALSE(scheme::template_text("huyen"));
  CHECK(scheme::table_rules("vn-tt11") == nullptr);
}

TEST_CASE("a table of one's own is refused without basis or with a rule twice", "[scheme][P21]") {
  auto code = [](const std::string& rules) {
    try {
      scheme::read_table("bang.yaml",
                         "vtlt: terms/1\nid: x\ntitle: X\nstatus: statute\nrules: [" + rules + "]\n", "x");
    } catch (const Error& error) {
      return error.code();
    }
    return std::string();
  };
  CHECK(code("{id: a, term: 5, basis: b}").empty());
  CHECK(code("{id: a, term: 5}") == "VTLT-SCHEME-16");
  CHECK(code("{id: a, term: 5, basis: b}, {id: a, term: 5, basis: b}") == "VTLT-SCHEME-17");
}
