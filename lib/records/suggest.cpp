#include "records/suggest.h"

#include <algorithm>
#include <array>

#include "records/words.h"
#include "text/text.h"
#include "text/tones.h"

namespace vtlt::records {
namespace {

// More than everything else can give: 300 + 240 + 60 + 60 + 40.
constexpr int kLinked = 1000;
constexpr int kSender = 300, kPhrase = 200, kWord = 40, kMostWords = 240, kType = 60, kUnit = 60,
              kNumber = 40;
// A title word in common says something when there are two of them, or a phrase of the scheme.
constexpr std::size_t kFewestWords = 2;
constexpr std::size_t kShownWords = 5;

// Words that stand in any subject and any title.
constexpr std::array<std::string_view, 48> kIdle = {
    "v",   "ve",    "viec", "cua",  "va",   "cac", "nhung", "cho",    "tai",   "o",    "theo",  "doi",
    "voi", "trong", "tren", "den",  "tu",   "nam", "thang", "ngay",   "quy",   "ho",   "so",    "tap",
    "van", "ban",   "tai",  "lieu", "cong", "tac", "xa",    "phuong", "huyen", "tinh", "thanh", "pho",
    "uy",  "nhan",  "dan",  "ubnd", "hdnd", "la",  "duoc",  "khi",    "de",    "mot",  "so",    "thuc"};

bool is_idle(const std::string& word) {
  return word.size() < 2 || word.find_first_of("0123456789") != std::string::npos ||
         std::find(kIdle.begin(), kIdle.end(), word) != kIdle.end();
}

// Folded, every letter or digit that is none a space, one space between and around: " thu nop tai lieu ".
std::string spaced(std::string_view source) {
  std::string out = " ";
  for (const char c : text::fold(cleaned(source))) {
    const bool letter =
        (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
    if (letter)
      out += c;
    else if (out.back() != ' ')
      out += ' ';
  }
  if (out.back() != ' ') out += ' ';
  return out;
}

// Folded and in lower case with tones.
using Words = std::vector<std::pair<std::string, std::string>>;

// The words that tell something, in their order, each once.
Words words_of(std::string_view source) {
  Words words;
  const std::string text = cleaned(source);
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find_first_of(" ,.;:()[]/-\"'", at), text.size());
    const std::string written = text::fold_case(text.substr(at, end - at));
    std::string folded = text::fold(written);
    at = end + 1;
    if (is_idle(folded)) continue;
    if (std::none_of(words.begin(), words.end(), [&](const auto& word) { return word.second == written; }))
      words.emplace_back(std::move(folded), written);
  }
  return words;
}

bool toneless(const Words& words) {
  return std::none_of(words.begin(), words.end(),
                      [](const auto& word) { return text::has_tones(word.second); });
}

// What both have, as the document writes it. "thu" is not "thư"; but a text without any tones means either.
std::vector<std::string> common_words(const Words& words, const Words& title) {
  std::vector<std::string> common;
  const bool bare = toneless(words);
  const auto same_word = [&](const std::string& a, const std::string& b) {
    return a == b || bare || text::tone_key(a) == text::tone_key(b) ||
           (!text::has_tones(b) && toneless(title));
  };
  for (const auto& [folded, written] : words) {
    auto at = std::lower_bound(title.begin(), title.end(), folded,
                               [](const auto& one, const auto& key) { return one.first < key; });
    for (; at != title.end() && at->first == folded; ++at)
      if (same_word(written, at->second)) {
        common.push_back(written);
        break;
      }
  }
  return common;
}

// One name for a type however it is given.
std::string type_name(const std::string& type) {
  const auto* known = find_document_type(type);
  return text::fold(known == nullptr ? type : known->name_vi);
}

using Counts = std::vector<std::pair<std::string, TraitCount>>;

template <typename Fold>
Counts counted(const std::vector<TraitCount>& values, Fold fold) {
  Counts counts;
  for (const auto& one : values)
    if (std::string key = fold(one.value); !key.empty()) counts.emplace_back(std::move(key), one);
  std::sort(counts.begin(), counts.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  return counts;
}

// nullptr: not among them. Values that fold alike are added up by the caller of counted(), or the first
// counts.
const TraitCount* find(const Counts& counts, const std::string& key) {
  if (key.empty()) return nullptr;
  const auto at = std::lower_bound(counts.begin(), counts.end(), key,
                                   [](const auto& a, const auto& k) { return a.first < k; });
  return at != counts.end() && at->first == key ? &at->second : nullptr;
}

}  // namespace

Suggester::Suggester(const std::vector<CandidateTraits>& candidates) {
  const auto plain = [](const std::string& text) { return text::fold(cleaned(text)); };
  ready_.reserve(candidates.size());
  for (const auto& one : candidates) {
    Ready ready;
    ready.ref = one.ref;
    ready.is_file = one.is_file;
    ready.year = one.year;
    ready.unit = plain(one.unit);
    ready.title_words = words_of(one.title);
    std::sort(ready.title_words.begin(), ready.title_words.end());
    for (const auto& phrase : one.words)
      if (std::string folded = spaced(phrase); folded != " ")
        ready.phrases.emplace_back(std::move(folded), phrase);
    ready.senders = counted(one.senders, plain);
    ready.types = counted(one.types, type_name);
    ready.notations = counted(one.notations, plain);
    ready.units = counted(one.units, plain);
    ready.documents = one.documents;
    std::sort(ready.documents.begin(), ready.documents.end());
    ready_.push_back(std::move(ready));
  }
}

Suggested Suggester::judge(std::size_t place, const DocumentTraits& document, const Words& words,
                           const std::string& subject) const {
  const Ready& ready = ready_[place];
  Suggested found{place, 0, {}};
  const auto add = [&](ReasonKind kind, int points, Message message) {
    found.points += points;
    found.reasons.push_back({kind, points, std::move(message)});
  };
  std::int64_t links = 0;
  for (const Id& id : document.linked)
    links += std::binary_search(ready.documents.begin(), ready.documents.end(), id) ? 1 : 0;
  if (links > 0) add(ReasonKind::linked, kLinked, Message("records.suggest.linked", {{"count", links}}));
  const auto shared = [&](ReasonKind kind, int points, const char* key, const Counts& counts,
                          const std::string& folded) {
    if (const auto* one = find(counts, folded))
      add(kind, points, Message(key, {{"value", one->value}, {"count", std::int64_t{one->count}}}));
  };
  shared(ReasonKind::sender, kSender, "records.suggest.sender", ready.senders,
         text::fold(cleaned(document.sender)));
  const auto phrase = std::find_if(ready.phrases.begin(), ready.phrases.end(), [&](const auto& one) {
    return subject.find(one.first) != std::string::npos;
  });
  const auto common = common_words(words, ready.title_words);
  const auto shown = common.begin() + static_cast<std::ptrdiff_t>(std::min(common.size(), kShownWords));
  if (phrase != ready.phrases.end())
    add(ReasonKind::words, kPhrase, Message("records.suggest.phrase", {{"value", phrase->second}}));
  if (common.size() >= kFewestWords)
    add(ReasonKind::words,
        std::min(static_cast<int>(common.size()) * kWord,
                 phrase == ready.phrases.end() ? kMostWords : kMostWords - kPhrase),
        Message("records.suggest.words", {{"value", text::joined({common.begin(), shown})}}));
  shared(ReasonKind::type, kType, "records.suggest.type", ready.types, type_name(document.type));
  const std::string unit = text::fold(cleaned(document.unit));
  if (!unit.empty() && unit == ready.unit)
    add(ReasonKind::unit, kUnit, Message("records.suggest.unit", {{"value", document.unit}}));
  else
    shared(ReasonKind::unit, kUnit / 2, "records.suggest.units", ready.units, unit);
  shared(ReasonKind::number, kNumber, "records.suggest.number", ready.notations,
         text::fold(cleaned(document.notation)));
  std::stable_sort(found.reasons.begin(), found.reasons.end(),
                   [](const auto& a, const auto& b) { return a.points > b.points; });
  return found;
}

std::vector<Suggested> Suggester::rank(const DocumentTraits& document, std::size_t most) const {
  const auto words = words_of(document.subject);
  const std::string subject = spaced(document.subject);
  std::vector<Suggested> all;
  for (std::size_t i = 0; i < ready_.size(); ++i) {
    Suggested one = judge(i, document, words, subject);
    // Type, unit and number alone fit half of an office's files.
    const bool tells = std::any_of(one.reasons.begin(), one.reasons.end(), [](const auto& reason) {
      return reason.kind == ReasonKind::linked || reason.kind == ReasonKind::sender ||
             reason.kind == ReasonKind::words;
    });
    if (tells) all.push_back(std::move(one));
  }
  const auto better = [&](const Suggested& a, const Suggested& b) {
    if (a.points != b.points) return a.points > b.points;
    const Ready &x = ready_[a.candidate], &y = ready_[b.candidate];
    if (x.is_file != y.is_file) return x.is_file;
    const bool this_year = x.year == document.year, other_year = y.year == document.year;
    if (this_year != other_year) return this_year;
    const int order = text::compare(x.ref, y.ref);
    return order != 0 ? order < 0 : x.ref != y.ref ? x.ref < y.ref : a.candidate < b.candidate;
  };
  const std::size_t kept = std::min(most, all.size());
  std::partial_sort(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(kept), all.end(), better);
  all.resize(kept);
  return all;
}

}  // namespace vtlt::records
