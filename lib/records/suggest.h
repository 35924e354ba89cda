// Which file, or which class, a document may belong to, and why (P15's fellow: product.md `file suggest`).
// Nothing is learnt silently: the traits are what stands in the register, the files and the scheme; each
// reason carries its evidence, and the same traits always give the same ranking.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/message.h"
#include "records/records.h"

namespace vtlt::records {

struct DocumentTraits {
  std::string subject, sender, type, unit;  // type: name or abbreviation, as in the register
  std::string notation;                     // "QĐ-UBND": the family of its number
  int year = 0;
  std::vector<Id>
      linked;  // documents and register lines that it answers, replaces, amends … or that do so to it
};

// A value, and how many documents of the candidate have it (1 for what the scheme says).
struct TraitCount {
  std::string value;
  int count = 1;
};
struct CandidateTraits {
  std::string ref;  // "2026.04.VP", or "I.2" for a class
  bool is_file = true;
  std::string title;
  int year = 0;                    // 0: any, for a class
  std::string unit;                // its unit; of a class `by`
  std::vector<std::string> words;  // of the scheme's suggestion
  std::vector<TraitCount> senders, types, notations,
      units;                  // of its documents, or of the scheme's suggestion
  std::vector<Id> documents;  // what is in it: documents and their register lines
};

enum class ReasonKind { linked, sender, words, type, unit, number };
struct SuggestReason {
  ReasonKind kind = ReasonKind::linked;
  int points = 0;
  Message message;  // with the evidence: "cùng cơ quan gửi: Sở Nội vụ (7 văn bản)"
};
struct Suggested {
  std::size_t candidate = 0;  // place among the candidates
  int points = 0;
  std::vector<SuggestReason> reasons;  // strongest first
};

// Candidates made ready once for many documents.
class Suggester {
 public:
  explicit Suggester(const std::vector<CandidateTraits>& candidates);
  // Best first, at most `most`; without a reason a candidate does not stand here. A link weighs more than all
  // the rest together; then come the sender, words, type, unit, family of the number. Between equals: a file
  // before a class, the document's year first, then the reference in Vietnamese order.
  std::vector<Suggested> rank(const DocumentTraits& document, std::size_t most = 5) const;

 private:
  struct Ready {
    std::string ref;
    bool is_file = true;
    int year = 0;
    std::string unit;
    std::vector<std::pair<std::string, std::string>> title_words;  // folded, lower case; ascending, each once
    std::vector<std::pair<std::string, std::string>> phrases;      // of the scheme: folded, as written
    std::vector<std::pair<std::string, TraitCount>> senders, types, notations,
        units;                  // folded first, ascending
    std::vector<Id> documents;  // ascending
  };
  Suggested judge(std::size_t place, const DocumentTraits& document,
                  const std::vector<std::pair<std::string, std::string>>& words,
                  const std::string& subject) const;
  std::vector<Ready> ready_;
};

}  // namespace vtlt::records
