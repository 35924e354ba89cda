#include "records/term_change.h"

#include "records/references.h"

namespace vtlt::records {
namespace {

constexpr const char* kLongest = "Luật Lưu trữ 33/2024/QH15, Điều 15 khoản 4";
constexpr const char* kTable = "Luật Lưu trữ 33/2024/QH15, Điều 15";
constexpr const char* kClosing = "NĐ 30/2020/NĐ-CP, Điều 29 khoản 4 điểm b";

// The document that keeps the file longest; nullptr: none says more than `than`.
const FiledDocument* longest_document(const std::vector<FiledDocument>& documents, const Term& than) {
  const FiledDocument* found = nullptr;
  for (const auto& filed : documents)
    if (longer(filed.document.term, found == nullptr ? than : found->document.term)) found = &filed;
  return found;
}

Finding below_document(const FileRecord& file, const FiledDocument& filed, const Term& term) {
  return finding("P23", Level::error, file_reference(file),
                 Message("records.term.below_document", {{"term", term_text(term)},
                                                         {"document", document_reference(filed)},
                                                         {"longest", term_text(filed.document.term)}}),
                 Message("records.term.below_document.hint", {{"longest", term_text(filed.document.term)}}),
                 kLongest);
}

}  // namespace

std::vector<Finding> check_term_change(const FileRecord& file, const std::vector<FiledDocument>& documents,
                                       const TermChange& change) {
  std::vector<Finding> found;
  const auto report = [&](Level level, Message message, Message hint, const char* basis) {
    found.push_back(finding("P23", level, file_reference(file), std::move(message), std::move(hint), basis));
  };
  if (file.state == FileState::transferred || file.state == FileState::destroyed) {
    report(Level::error,
           Message(file.state == FileState::destroyed ? "records.destroy.destroyed"
                                                      : "records.destroy.transferred"),
           {}, kTable);
    return found;
  }
  if (change.to.kind == TermKind::none) {
    report(Level::error, Message("records.term.none"), Message("records.term.none.hint"), kTable);
    return found;
  }
  if (const auto* filed = longest_document(documents, change.to))
    found.push_back(below_document(file, *filed, change.to));
  const Level level = change.decision.empty() ? Level::error : Level::warning;
  const Message hint = change.decision.empty() ? Message("records.term.decision.hint") : Message();
  const auto lowered = [&](const char* key, const Term& from) {
    report(level,
           Message(key,
                   {{"term", term_text(change.to)},
                    {"from", term_text(from)},
                    {"rule", change.rule_name},
                    {"decision", change.decision.empty() ? "{records.term.no_decision}" : change.decision}}),
           hint, kTable);
  };
  if (longer(change.rule, change.to))
    lowered(change.rule_repealed ? "records.term.below_repealed" : "records.term.below_rule", change.rule);
  else if (longer(file.term, change.to))
    lowered("records.term.lowered", file.term);
  if (change.rule.kind == TermKind::none)
    report(Level::warning, Message("records.term.no_rule"), Message("records.term.no_rule.hint"),
           "TT 10/2022/TT-BNV; TT 33/2025/TT-BYT, Điều 1 khoản 2 điểm b");
  return found;
}

std::vector<Finding> check_term_at_closing(const FileRecord& file,
                                           const std::vector<FiledDocument>& documents, bool confirmed) {
  std::vector<Finding> found;
  if (file.term.kind == TermKind::none)
    found.push_back(finding("D14", Level::error, file_reference(file), Message("records.destroy.no_term"),
                            Message("records.term.none.hint"), kClosing));
  else if (!confirmed)
    found.push_back(finding(
        "D14", Level::error, file_reference(file),
        Message("records.term.confirm", {{"term", term_text(file.term)}, {"source", file.term_source}}),
        Message("records.term.confirm.hint"), kClosing));
  if (const auto* filed = longest_document(documents, file.term))
    found.push_back(below_document(file, *filed, file.term));
  return found;
}

Term term_of_shared(const std::vector<FileRecord>& files) {
  Term longest;
  for (const auto& file : files)
    if (file.state != FileState::destroyed && longer(file.term, longest)) longest = file.term;
  return longest;
}

}  // namespace vtlt::records
