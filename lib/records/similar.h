// Titles of files that are nearly equal (product.md session 6): shown side by side when lists of several
// teams come together; a person decides. Made for 100,000 titles in seconds and some tens of megabytes.
//
// Numbers, years, Roman numerals, single capitals ("thôn A") and names of persons that differ keep titles
// apart. Spelling, tones, order of words and abbreviations join them; so does a word more or less in a long
// title.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace vtlt::records {

struct TitleItem {
  std::string key;    // unique among the items: the id, the provisional number
  std::string title;  // UTF-8
  int year = 0;       // of the file; counts where the title itself names no year; 0: not known
};

enum class TitleDifferenceKind {
  letter_case,   // capitals, space, punctuation
  tones,         // the same letters, other tones or none
  order,         // the same words in another order
  abbreviation,  // UBND for Ủy ban nhân dân
  spelling,      // one letter more, less or other in a word
  words,         // words that only one of them has
};
struct TitleDifference {
  TitleDifferenceKind kind = TitleDifferenceKind::words;
  std::string left, right;  // the words, folded ("uy ban"); empty for order and letter_case
  bool operator==(const TitleDifference&) const = default;
};
const char* difference_key(TitleDifferenceKind kind);  // key of the message that names it

struct SimilarPair {
  std::size_t a = 0, b = 0;  // places among the items, a < b
  int degree = 0;            // 0 to 1000; 1000: equal but for capitals and punctuation
  std::vector<TitleDifference> differences;
  bool operator==(const SimilarPair&) const = default;
};

inline constexpr int kSimilarDegree = 850;

// The one pair; nullopt: apart, or below the degree. Symmetric: left and right change places, nothing else.
std::optional<SimilarPair> compare_titles(const TitleItem& a, const TitleItem& b, int least = kSimilarDegree);

struct SimilarTitles {
  std::vector<SimilarPair> pairs;  // highest degree first, then by place
  bool complete = true;  // false: some titles are made only of words that very many have, and were compared
                         // with equal ones only; or there were more pairs than `most`
};
// The pairs found do not depend on the order of the items (only a, b, left and right follow it). Titles of
// the same words are joined to one of them, the one with the smallest key, which stands for all of them
// beside others: a thousand equal titles give 999 pairs.
SimilarTitles similar_titles(const std::vector<TitleItem>& items, int least = kSimilarDegree,
                             std::size_t most = 100'000);

}  // namespace vtlt::records
