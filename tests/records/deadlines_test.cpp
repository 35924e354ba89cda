// Deadlines of submission, each with its article: NĐ30 Đ30-31, LLT Đ17.
#include "records/deadlines.h"

#include <catch2/catch.hpp>

#include "text/messages.h"

using namespace vtlt;
using namespace vtlt::records;
using K = DeadlineKind;

namespace {

FileRecord file_of(int ended, Term term = {TermKind::years, 20, false, {}}) {
  FileRecord file;
  file.year = 2026;
  file.notation = "04.VP";
  file.state = FileState::closed;
  file.term = std::move(term);
  file.ended = ended;
  return file;
}

std::vector<std::pair<K, Date>> dates(const std::vector<Deadline>& deadlines) {
  std::vector<std::pair<K, Date>> out;
  for (const auto& one : deadlines) out.emplace_back(one.kind, one.date);
  return out;
}

std::string said(const Finding& finding) { return text::render(finding.message, text::Language::vi); }

}  // namespace

TEST_CASE("months are counted to the same day or the last of the month", "[P18]") {
  CHECK(after_months({2026, 3, 15}, 3) == Date{2026, 6, 15});
  CHECK(after_months({2025, 11, 30}, 3) == Date{2026, 2, 28});
  CHECK(after_months({2023, 11, 30}, 3) == Date{2024, 2, 29});
  CHECK(after_months({2024, 2, 29}, 12) == Date{2025, 2, 28});
  CHECK(after_months({2026, 10, 31}, 3) == Date{2027, 1, 31});
  CHECK(after_months({2026, 12, 31}, 0) == Date{2026, 12, 31});
}

TEST_CASE("all deadlines of a file stand with their article", "[P18][D13]") {
  FileRecord file = file_of(2026);
  SubmissionFacts facts;
  facts.last_document = {2026, 3, 15};
  const auto found = deadlines(file, facts);
  CHECK(dates(found) == std::vector<std::pair<K, Date>>{
                            {K::system, {2026, 5, 14}}, {K::decree, {2027, 3, 15}}, {K::law, {2027, 12, 31}}});
  CHECK_FALSE(found[0].law);
  CHECK_FALSE(found[1].law);
  CHECK(found[2].law);
  CHECK(std::string(found[1].article) == "NĐ 30/2020/NĐ-CP, Điều 30 khoản 2 điểm b");
  CHECK(std::string(found[2].article) == "Luật Lưu trữ 33/2024/QH15, Điều 17");
  facts.electronic = false;
  CHECK(dates(deadlines(file, facts)).size() == 2);
}

TEST_CASE("the day the work ended is never invented, nor taken from another year", "[P18][D10]") {
  struct Case {
    Date last, closed, end, expected;
  };
  const Case cases[] = {
      {{2026, 3, 15}, {2026, 12, 1}, {2026, 6, 1}, {2026, 3, 15}},
      {{2026, 3, 0}, {2026, 12, 1}, {2026, 6, 1}, {2026, 12, 1}},
      {{2025, 3, 15}, {2027, 1, 10}, {2026, 6, 1}, {2026, 6, 1}},
      {{2025, 3, 15}, {2027, 1, 10}, {2026, 6, 0}, {}},
      {{}, {}, {}, {}},
  };
  for (const auto& one : cases) {
    FileRecord file = file_of(2026);
    file.closed_on = one.closed;
    file.end = one.end;
    SubmissionFacts facts;
    facts.last_document = one.last;
    CHECK(work_ended_on(file, facts) == one.expected);
    const bool known = !one.expected.empty();
    CHECK(deadlines(file, facts).size() == (known ? 3U : 1U));  // the law needs the year only
  }
}

TEST_CASE("construction files have three months from settlement", "[P18]") {
  FileRecord file = file_of(2025);
  SubmissionFacts facts;
  facts.electronic = false;
  facts.last_document = {2025, 10, 1};
  file.settled = {2025, 11, 30};
  CHECK(dates(deadlines(file, facts)) ==
        std::vector<std::pair<K, Date>>{{K::construction, {2026, 2, 28}}, {K::law, {2026, 12, 31}}});
  file.settled = {2025, 11, 0};  // no day: neither this nor the year of other files
  CHECK(dates(deadlines(file, facts)) == std::vector<std::pair<K, Date>>{{K::law, {2026, 12, 31}}});
}

TEST_CASE("files that are not submitted have no deadline", "[P18][P19]") {
  const auto none = [](const FileRecord& file) { return deadlines(file, {}).empty(); };
  CHECK_FALSE(none(file_of(2026)));
  CHECK_FALSE(none(file_of(2026, {TermKind::years, 5, false, {}})));
  CHECK(none(file_of(2026, {TermKind::years, 4, false, {}})));
  CHECK(none(file_of(2026, {TermKind::not_kept, 0, false, {}})));
  CHECK(none(file_of(0)));
  FileRecord file = file_of(2026);
  file.rejected = "trùng";
  CHECK(none(file));
  for (const FileState state : {FileState::planned, FileState::submitted, FileState::archived, FileState::transferred,
                                FileState::listed, FileState::destroyed}) {
    file = file_of(2026);
    file.state = state;
    CHECK(none(file));
  }
}

TEST_CASE("only the law's deadline makes a file overdue", "[P18][D13]") {
  const FileRecord file = file_of(2026);
  SubmissionFacts facts;
  facts.last_document = {2026, 3, 15};
  struct Case {
    Date as_of;
    std::vector<std::pair<std::string, Level>> found;
  };
  using L = Level;
  const Case cases[] = {
      {{2026, 5, 14}, {}},
      {{2026, 5, 15}, {{"records.deadline.past", L::note}}},
      {{2027, 2, 12}, {{"records.deadline.past", L::note}}},
      {{2027, 2, 13}, {{"records.deadline.past", L::note}, {"records.deadline.soon", L::note}}},
      {{2027, 3, 15}, {{"records.deadline.past", L::note}, {"records.deadline.soon", L::note}}},
      {{2027, 3, 16}, {{"records.deadline.past", L::note}, {"records.deadline.past", L::warning}}},
      {{2027, 12, 1},
       {{"records.deadline.past", L::note}, {"records.deadline.past", L::warning}, {"records.deadline.soon", L::note}}},
      {{2028, 1, 1},
       {{"records.deadline.past", L::note}, {"records.deadline.past", L::warning}, {"records.deadline.overdue", L::error}}},
  };
  for (const auto& one : cases) {
    CAPTURE(text::to_dmy(one.as_of));
    std::vector<std::pair<std::string, Level>> found;
    for (const auto& finding : judge_deadlines(file, facts, one.as_of)) {
      found.emplace_back(finding.message.key, finding.level);
      CHECK(finding.ref == "2026.04.VP");
      const bool overdue = said(finding).find("quá hạn") != std::string::npos;
      CHECK(overdue == (finding.level == Level::error));
    }
    CHECK(found == one.found);
  }
  CHECK(said(judge_deadlines(file, facts, {2028, 1, 2}).back()) ==
        "quá hạn 2 ngày (hạn 31/12/2027): nộp vào lưu trữ hiện hành theo luật");
}

TEST_CASE("files kept back need consent and come within two years", "[P18]") {
  const FileRecord file = file_of(2024);  // due by the law on 31/12/2025
  struct Case {
    Date until;
    std::string consent;
    Date as_of;
    std::vector<std::string> found;
  };
  const Case cases[] = {
      {{2027, 6, 30}, "12/UBND-VP", {2026, 5, 1}, {}},
      {{2027, 6, 30}, "12/UBND-VP", {2027, 6, 1}, {"records.deadline.soon"}},
      {{2027, 6, 30}, "12/UBND-VP", {2027, 7, 1}, {"records.deadline.overdue", "records.deadline.kept_back.past"}},
      {{2027, 6, 30}, "", {2026, 5, 1}, {"records.deadline.no_consent", "records.deadline.overdue"}},
      {{2028, 1, 1}, "12/UBND-VP", {2026, 5, 1}, {"records.deadline.too_long"}},
      {{2027, 12, 31}, "12/UBND-VP", {2026, 5, 1}, {}},
      {{2028, 6, 1}, "12/UBND-VP", {2028, 1, 1},
       {"records.deadline.too_long", "records.deadline.overdue", "records.deadline.kept_back.past"}},
  };
  for (const auto& one : cases) {
    CAPTURE(text::to_dmy(one.until), one.consent, text::to_dmy(one.as_of));
    SubmissionFacts facts;
    facts.kept_until = one.until;
    facts.consent = one.consent;
    std::vector<std::string> found;
    for (const auto& finding : judge_deadlines(file, facts, one.as_of)) found.push_back(finding.message.key);
    CHECK(found == one.found);
  }
}

TEST_CASE("permanent files go to the historical archives within five years", "[D13]") {
  FileRecord file = file_of(2020, {TermKind::permanent, 0, false, {}});
  file.state = FileState::archived;
  SubmissionFacts facts;
  CHECK(deadlines(file, facts).empty());  // arranged backlog: the year of submission is not known
  facts.taken = {2021, 0, 0};
  CHECK(dates(deadlines(file, facts)) == std::vector<std::pair<K, Date>>{{K::historical, {2026, 12, 31}}});
  CHECK(judge_deadlines(file, facts, {2026, 12, 31}).front().level == Level::note);
  const auto late = judge_deadlines(file, facts, {2027, 1, 1});
  REQUIRE(late.size() == 1);
  CHECK(late[0].code == "D13");
  CHECK(late[0].level == Level::error);
  facts.historical = false;
  CHECK(deadlines(file, facts).empty());
  facts.historical = true;
  file.term = {TermKind::years, 70, false, {}};
  CHECK(deadlines(file, facts).empty());
}
