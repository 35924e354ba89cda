// Terms set again, closed fonds, names that collide.
#include "records/fonds.h"

#include <catch2/catch.hpp>

#include "records/names.h"
#include "records/term_change.h"
#include "text/messages.h"

using namespace vtlt;
using namespace vtlt::records;

namespace {

FileRecord file_of(const std::string& term) {
  FileRecord file;
  file.year = 2026;
  file.notation = "04.VP";
  file.term = parse_term(term).value();
  file.state = FileState::closed;
  return file;
}
FiledDocument with_term(const std::string& term) {
  FiledDocument filed;
  filed.ordinal = 1;
  filed.document.term = parse_term(term).value();
  return filed;
}
std::vector<std::string> said(const std::vector<Finding>& findings) {
  std::vector<std::string> out;
  for (const auto& finding : findings) out.push_back((finding.level == Level::error ? "E " : "W ") + finding.message.key);
  return out;
}

}  // namespace

TEST_CASE("a term is lowered only by a decision, and never below the longest document", "[P23][D12][D15]") {
  struct Case {
    std::string now, to, rule;
    bool repealed;
    std::string decision;
    std::vector<std::string> documents, found;
  };
  using V = std::vector<std::string>;
  const Case cases[] = {
      {"20", "20", "20", false, "", {}, {}},
      {"20", "VV", "20", false, "", {}, {}},
      {"", "10", "20", false, "", {}, {"E records.term.below_rule"}},
      {"", "10", "20", false, "07/QĐ-UBND", {}, {"W records.term.below_rule"}},
      {"", "10", "20", true, "", {}, {"E records.term.below_repealed"}},
      {"50", "20", "20", false, "", {}, {"E records.term.lowered"}},
      {"50", "20", "20", false, "07/QĐ-UBND", {}, {"W records.term.lowered"}},
      {"20", "20", "20", false, "", {"50", "20"}, {"E records.term.below_document"}},
      {"20", "20", "20", false, "07/QĐ-UBND", {"VV"}, {"E records.term.below_document"}},
      {"20", "HL", "20", false, "", {"70"}, {}},  // an event outlasts any number of years
      {"", "20", "", false, "", {}, {"W records.term.no_rule"}},
      {"20", "", "20", false, "", {}, {"E records.term.none"}},
  };
  for (const auto& one : cases) {
    CAPTURE(one.now, one.to, one.rule, one.decision);
    std::vector<FiledDocument> documents;
    for (const auto& term : one.documents) documents.push_back(with_term(term));
    const TermChange change{parse_term(one.to).value(), parse_term(one.rule).value(), "tt09-148", one.repealed, one.decision};
    const auto found = check_term_change(file_of(one.now), documents, change);
    CHECK(said(found) == one.found);
    for (const auto& finding : found)
      CHECK(text::render(finding.message, text::Language::vi).find('{') == std::string::npos);
  }
  FileRecord gone = file_of("20");
  gone.state = FileState::transferred;
  CHECK(said(check_term_change(gone, {}, {parse_term("VV").value(), {}, "", false, ""})) == V{"E records.destroy.transferred"});
  const auto refused = check_term_change(file_of("50"), {}, {parse_term("20").value(), parse_term("20").value(), "r", false, ""});
  CHECK(text::render(refused[0].message, text::Language::vi) == "20 năm thấp hơn thời hạn đã xác định: 50 năm (quyết định: chưa có)");
}

TEST_CASE("a document in several files is kept as long as the longest of them", "[P17][P23]") {
  FileRecord destroyed = file_of("VV");
  destroyed.state = FileState::destroyed;
  CHECK(term_of_shared({file_of("10"), file_of("20"), file_of("5")}) == parse_term("20"));
  CHECK(term_of_shared({file_of("10"), file_of("HL")}) == parse_term("HL"));
  CHECK(term_of_shared({file_of("10"), destroyed}) == parse_term("10"));
  CHECK(term_of_shared({destroyed}).kind == TermKind::none);
}

TEST_CASE("the term is confirmed when a file is closed", "[D14][P15]") {
  using V = std::vector<std::string>;
  CHECK(said(check_term_at_closing(file_of("20"), {}, true)).empty());
  CHECK(said(check_term_at_closing(file_of("20"), {}, false)) == V{"E records.term.confirm"});
  CHECK(said(check_term_at_closing(file_of(""), {}, true)) == V{"E records.destroy.no_term"});
  CHECK(said(check_term_at_closing(file_of("20"), {with_term("50")}, true)) == V{"E records.term.below_document"});
}

TEST_CASE("a closed fonds takes nothing new", "[P34][D1]") {
  Fonds fonds;
  fonds.code = "DH";
  fonds.name = "UBND xã Điền Hải";
  const FondsAct all[] = {FondsAct::number, FondsAct::late, FondsAct::incoming, FondsAct::open_file,
                          FondsAct::add, FondsAct::arrange, FondsAct::appraise};
  for (const FondsAct act : all) CHECK(check_fonds_act(fonds, act, {2026, 1, 1}).empty());
  fonds.closed = {2025, 6, 30};
  fonds.successor = "UBND xã Phong Hải";
  struct Case {
    FondsAct act;
    Date day;
    bool refused;
  };
  const Case cases[] = {
      {FondsAct::number, {}, true},                 {FondsAct::open_file, {}, true},
      {FondsAct::late, {2025, 6, 30}, false},       {FondsAct::late, {2025, 7, 1}, true},
      {FondsAct::late, {2025, 0, 0}, false},        {FondsAct::late, {2025, 7, 0}, true},
      {FondsAct::late, {}, true},                   {FondsAct::incoming, {2025, 6, 1}, false},
      {FondsAct::incoming, {2025, 8, 1}, true},     {FondsAct::add, {1998, 0, 0}, false},
      {FondsAct::arrange, {}, false},               {FondsAct::appraise, {}, false},
  };
  for (const auto& one : cases) {
    CAPTURE(static_cast<int>(one.act), text::to_dmy(one.day));
    const auto found = check_fonds_act(fonds, one.act, one.day);
    CHECK(found.size() == (one.refused ? 1U : 0U));
    if (one.refused) {
      CHECK(found[0].code == "P34");
      CHECK(text::render(found[0].hint, text::Language::vi) == "cơ quan kế thừa: UBND xã Phong Hải");
    }
  }
}

TEST_CASE("a fonds is closed with a day, an act and a successor", "[P34]") {
  Fonds fonds;
  fonds.code = "DH";
  fonds.opened = {1994, 1, 1};
  const Date today{2026, 1, 1};
  using V = std::vector<std::string>;
  CHECK(said(check_fonds_closing(fonds, {2025, 6, 30}, "1675/NQ-UBTVQH15", "PH", 0, today)).empty());
  CHECK(said(check_fonds_closing(fonds, {2025, 6, 0}, "", "", 3, today)) ==
        V{"E records.fonds.day", "E records.fonds.no_basis", "W records.fonds.no_successor", "W records.fonds.open_files"});
  CHECK(said(check_fonds_closing(fonds, {2026, 1, 2}, "a", "b", 0, today)) == V{"E records.fonds.day"});
  CHECK(said(check_fonds_closing(fonds, {1993, 1, 2}, "a", "b", 0, today)) == V{"E records.fonds.day"});
  fonds.closed = {2025, 6, 30};
  CHECK(said(check_fonds_closing(fonds, {2025, 6, 30}, "a", "b", 0, today)) == V{"E records.fonds.twice"});
}

TEST_CASE("names that are one name elsewhere", "[P44]") {
  using K = Collision;
  using V = std::vector<NameCollision>;
  const std::string composed = "Quyết định.pdf", apart = "Quye\u0302\u0301t đi\u0323nh.pdf";
  CHECK(name_collisions({"a.pdf", "b.pdf", "a b.pdf", "a  b.pdf"}).empty());
  CHECK(name_collisions({"hoa.pdf", "hòa.pdf"}).empty());
  CHECK(name_collisions({"a.pdf", "b.pdf", "a.pdf"}) == V{{K::same, {0, 2}}});
  CHECK(name_collisions({composed, "x", apart}) == V{{K::form, {0, 2}}});
  CHECK(name_collisions({"QĐ 15.PDF", "qđ 15.pdf"}) == V{{K::letter_case, {0, 1}}});
  CHECK(name_collisions({composed, apart, "QUYẾT ĐỊNH.pdf"}) == V{{K::letter_case, {0, 1, 2}}});
  CHECK(name_collisions({"b", "a", "B", "A"}) == V{{K::letter_case, {0, 2}}, {K::letter_case, {1, 3}}});
  const auto found = check_names("2026.04.VP", {"a.pdf", "A.pdf"});
  REQUIRE(found.size() == 1);
  CHECK(found[0].code == "P44");
  CHECK(found[0].level == Level::error);
  CHECK(text::render(found[0].message, text::Language::vi) == "các tên chỉ khác chữ hoa, chữ thường: \"a.pdf\", \"A.pdf\"");
}
