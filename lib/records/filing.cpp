#include "records/filing.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "records/references.h"
#include "text/text.h"

namespace vtlt::records {
namespace {

constexpr const char* kTrace = "NĐ 30/2020/NĐ-CP, Điều 29";

Finding error(const FileRecord& file, const char* code, Message message, Message hint, const char* basis) {
  return finding(code, Level::error, file_reference(file), std::move(message), std::move(hint), basis);
}

// What stands on the lists that went with the file.
bool on_lists(const std::string& field) {
  static const std::set<std::string> fields = {"title", "term", "rule", "term_source", "start", "end", "sheets", "settled", "class"};
  return fields.count(field) != 0;
}

}  // namespace

std::vector<std::string> changed_fields(const FileRecord& a, const FileRecord& b) {
  std::vector<std::string> fields;
  const auto compare = [&](const char* name, bool same) {
    if (!same) fields.emplace_back(name);
  };
  compare("year", a.year == b.year);
  compare("notation", a.notation == b.notation);
  compare("title", a.title == b.title);
  compare("class", a.class_no == b.class_no);
  compare("rule", a.rule == b.rule);
  compare("term", a.term == b.term);
  compare("term_source", a.term_source == b.term_source);
  compare("officer", a.officer == b.officer);
  compare("unit", a.unit == b.unit);
  compare("start", a.start == b.start);
  compare("end", a.end == b.end);
  compare("period", a.period == b.period);
  compare("settled", a.settled == b.settled);
  compare("access", a.access == b.access);
  compare("language", a.language == b.language);
  compare("keyword", a.keyword == b.keyword);
  compare("info_sign", a.info_sign == b.info_sign);
  compare("autograph", a.autograph == b.autograph);
  compare("confidence", a.confidence == b.confidence);
  compare("condition", a.condition == b.condition);
  compare("paper_code", a.paper_code == b.paper_code);
  compare("sheets", a.sheets == b.sheets);
  compare("inventory", a.inventory == b.inventory);
  compare("number", a.number == b.number);
  compare("documents_told", a.documents_told == b.documents_told);
  compare("pages_told", a.pages_told == b.pages_told);
  compare("note", a.note == b.note);
  return fields;
}

std::vector<Finding> check_amend(const FileAmendment& m) {
  const FileRecord& before = m.before;
  const FileRecord& after = m.after;
  std::vector<Finding> found;
  if (before.year != after.year || before.notation != after.notation || before.fonds != after.fonds)
    found.push_back(error(before, "D03", Message("records.amend.code"), {}, "TT 05/2025 PL I"));
  if (before.state == FileState::transferred || before.state == FileState::listed || before.state == FileState::destroyed) {
    found.push_back(error(before, "D39", Message("records.amend.gone"), {}, "NĐ 31/2026"));
    return found;
  }
  const auto fields = changed_fields(before, after);
  const bool handed_over = before.state == FileState::submitted || before.state == FileState::archived;
  if (handed_over && !m.basis && std::any_of(fields.begin(), fields.end(), on_lists))
    found.push_back(error(before, "D39", Message("records.amend.archived"), Message("records.amend.basis.hint"), kTrace));
  const bool term = before.term != after.term || before.rule != after.rule;
  if (before.state == FileState::closed && term && !m.basis)
    found.push_back(error(before, "P15", Message("records.amend.closed_term"), Message("records.amend.closed_term.hint"), kTrace));
  return found;
}

std::optional<DocumentOrder> parse_document_order(std::string_view text) {
  const std::string folded = text::fold(text);
  if (folded == "date" || folded == "ngay") return DocumentOrder::date;
  if (folded == "number" || folded == "so") return DocumentOrder::number;
  if (folded == "received" || folded == "den") return DocumentOrder::received;
  return std::nullopt;
}

std::vector<int> ordered(const std::vector<PlacedDocument>& documents, DocumentOrder order) {
  std::vector<const PlacedDocument*> rows;
  for (const auto& one : documents) rows.push_back(&one);
  const auto day = [](const Date& date) { return std::tuple(date.empty(), date.year, date.month, date.day); };
  const auto number = [](const PlacedDocument& one) { return std::tuple(one.own.number == 0, one.own.number, one.own.suffix); };
  const auto before = [&](const PlacedDocument* a, const PlacedDocument* b) {
    switch (order) {
      case DocumentOrder::date:
        return std::tuple(day(a->date), number(*a)) < std::tuple(day(b->date), number(*b));
      case DocumentOrder::number: {
        if (number(*a) != number(*b)) return number(*a) < number(*b);
        const int notation = text::compare(a->own.notation, b->own.notation);
        return notation != 0 ? notation < 0 : day(a->date) < day(b->date);
      }
      case DocumentOrder::received: {
        const Date& left = a->arrival.empty() ? a->date : a->arrival;
        const Date& right = b->arrival.empty() ? b->date : b->arrival;
        return std::tuple(day(left), a->arrival_number) < std::tuple(day(right), b->arrival_number);
      }
    }
    return false;
  };
  std::stable_sort(rows.begin(), rows.end(), before);
  std::vector<int> ordinals;
  for (const auto* one : rows) ordinals.push_back(one->ordinal);
  return ordinals;
}

std::optional<std::vector<int>> ordered(const std::vector<PlacedDocument>& documents, const std::vector<int>& first) {
  std::set<int> left;
  for (const auto& one : documents) left.insert(one.ordinal);
  std::vector<int> ordinals;
  for (const int ordinal : first) {
    if (left.erase(ordinal) == 0) return std::nullopt;
    ordinals.push_back(ordinal);
  }
  for (const auto& one : documents)
    if (left.count(one.ordinal) != 0) ordinals.push_back(one.ordinal);
  return ordinals;
}

}  // namespace vtlt::records
