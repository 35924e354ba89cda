// What stands against closing a file: NĐ30 Đ29.4b, requirements P15 and D14.
#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "records/references.h"
#include "text/text.h"

namespace vtlt::records {
namespace {

constexpr const char* kBasis = "NĐ 30/2020/NĐ-CP, Điều 29 khoản 4";
using Group = std::vector<const FiledDocument*>;

class Closing {
 public:
  Closing(const FileRecord& file, const std::vector<FiledDocument>& documents)
      : ref_(file_reference(file)), documents_(documents) {}

  std::vector<Finding> run() {
    if (documents_.empty()) {
      report(Level::error, Message("records.close.empty"), Message("records.close.empty.hint"));
      return std::move(found_);
    }
    same_content();
    same_number();
    drafts();
    without_content();
    ordinals();
    return std::move(found_);
  }

 private:
  void report(Level level, Message message, Message hint) {
    Finding finding;
    finding.code = "P15";
    finding.level = level;
    finding.ref = ref_;
    finding.message = std::move(message);
    finding.hint = std::move(hint);
    finding.basis = kBasis;
    found_.push_back(std::move(finding));
  }

  // "3 (15/QĐ-UBND), 4" and "9": the message puts its "and" between.
  static std::vector<std::pair<std::string, MessageArg>> names(const Group& group) {
    std::string before;
    for (std::size_t i = 0; i + 1 < group.size(); ++i)
      before += (before.empty() ? "" : ", ") + document_reference(*group[i]);
    return {{"documents", before}, {"last", document_reference(*group.back())}};
  }

  // The original first, then the main copy, then a copy (trap 9 of product.md); the earlier one of two
  // equals.
  static int worth(const Document& document) {
    const std::string value = text::fold(document.value);
    if (value == "ban goc") return 3;
    if (value == "ban chinh") return 2;
    return value.starts_with("ban sao") || value == "sao y" || value == "sao luc" ? 0 : 1;
  }
  static const FiledDocument& keeper(const Group& group) {
    return **std::max_element(group.begin(), group.end(), [](const auto* a, const auto* b) {
      return worth(a->document) < worth(b->document);
    });
  }

  static Message keep_hint(const Group& group) {
    return Message("records.close.duplicate.hint", {{"keep", document_reference(keeper(group))}});
  }

  // The document itself, not what hangs on it: one annex may belong to two decisions.
  static bool is_body(Role role) { return role == Role::main || role == Role::scan || role == Role::copy; }

  // Groups of documents that hold the same bytes, in the order of the documents.
  std::set<Group> sharing(bool body) const {
    std::map<std::string, Group> by_digest;
    for (const auto& filed : documents_) {
      std::set<std::string> own;
      for (const auto& component : filed.components)
        if (component.size > 0 && !component.sha256.empty() && (!body || is_body(component.role)) &&
            own.insert(component.sha256).second)
          by_digest[component.sha256].push_back(&filed);
    }
    std::set<Group> groups;
    for (const auto& [digest, group] : by_digest)
      if (group.size() > 1) groups.insert(group);
    return groups;
  }

  bool reported(const Group& group) const {
    return std::any_of(reported_.begin(), reported_.end(), [&](const Group& other) {
      return std::includes(other.begin(), other.end(), group.begin(), group.end());
    });
  }

  void same_content() {
    for (const bool body : {true, false}) {
      for (const auto& group : sharing(body)) {
        if (reported(group)) continue;
        report(body ? Level::error : Level::warning,
               Message("records.close.same_content", names(group)), keep_hint(group));
        reported_.insert(group);
      }
    }
  }

  // Same number, notation, issuing body and date. Paper and its scan are never duplicates of each other.
  void same_number() {
    using Key = std::tuple<int, std::string, int, std::string, std::string, Date>;
    std::map<Key, Group> by_number;
    for (const auto& filed : documents_) {
      const auto& document = filed.document;
      if (document.own.number == 0) continue;
      by_number[{document.own.number, document.own.suffix, document.own.year,
                 text::fold_case(document.own.notation), text::fold(document.issuer), document.date}]
          .push_back(&filed);
    }
    for (const auto& [key, group] : by_number) {
      if (group.size() < 2 || reported(group)) continue;
      const auto papers = std::count_if(group.begin(), group.end(), [](const auto* filed) {
        return filed->document.carrier == Carrier::paper;
      });
      if (group.size() == 2 && papers == 1)
        report(Level::warning, Message("records.close.paper_and_scan", names(group)),
               Message("records.close.paper_and_scan.hint"));
      else
        report(Level::error, Message("records.close.same_number", names(group)),
               keep_hint(group));
    }
  }

  static bool is_draft(const FiledDocument& filed) {
    const std::string value = text::fold(filed.document.value);
    if (value == "du thao" || value == "ban du thao" || value == "ban thao" || value == "ban nhap")
      return true;
    return !filed.components.empty() &&
           std::all_of(filed.components.begin(), filed.components.end(),
                       [](const Component& component) { return component.role == Role::draft; });
  }

  void drafts() {
    for (const auto& filed : documents_)
      if (is_draft(filed))
        report(Level::error, Message("records.close.draft", {{"document", document_reference(filed)}}),
               Message("records.close.draft.hint"));
  }

  void without_content() {
    for (const auto& filed : documents_) {
      const bool some = std::any_of(filed.components.begin(), filed.components.end(),
                                    [](const Component& component) { return component.size > 0; });
      if (!some && filed.document.carrier != Carrier::paper)
        report(Level::error, Message("records.close.no_content", {{"document", document_reference(filed)}}),
               Message("records.close.no_content.hint"));
    }
  }

  void ordinals() {
    std::map<int, Group> by_ordinal;
    for (const auto& filed : documents_)
      by_ordinal[filed.ordinal].push_back(&filed);
    for (const auto& [ordinal, group] : by_ordinal)
      if (group.size() > 1)
        report(Level::error,
               Message("records.close.same_ordinal", {{"ordinal", std::to_string(ordinal)},
                                                      {"count", static_cast<std::int64_t>(group.size())}}),
               Message("records.close.ordinal.hint"));
    std::string missing;
    int expected = 1;
    for (const auto& [ordinal, group] : by_ordinal) {
      if (ordinal > expected) {
        missing += (missing.empty() ? "" : ", ") + std::to_string(expected);
        if (ordinal - expected > 1) missing += "-" + std::to_string(ordinal - 1);
      }
      expected = ordinal + 1;
    }
    if (!missing.empty())
      report(Level::warning, Message("records.close.gap", {{"missing", missing}}),
             Message("records.close.ordinal.hint"));
  }

  std::string ref_;
  const std::vector<FiledDocument>& documents_;
  std::vector<Finding> found_;
  std::set<Group> reported_;
};

}  // namespace

std::vector<Finding> check_closing(const FileRecord& file, const std::vector<FiledDocument>& documents) {
  return Closing(file, documents).run();
}

}  // namespace vtlt::records
