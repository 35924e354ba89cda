#include "repository/suggesting.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <unordered_map>

#include "repository/registering.h"
#include "repository/state.h"
#include "scheme/check.h"
#include "text/text.h"

namespace vtlt::repository {
namespace {

constexpr std::size_t kByWords = 24, kBySender = 12, kByClass = 12;  // candidates of one document
constexpr int kLately = 20'000;                                      // filings whose senders are looked at

// Folded words of two letters and more.
std::vector<std::string> words_in(const std::string& text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : text::fold(text) + " ") {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      word += c;
    } else {
      if (word.size() > 1) words.push_back(word);
      word.clear();
    }
  }
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

void count(std::vector<records::TraitCount>& counts, const std::string& value) {
  if (value.empty()) return;
  const auto at = std::find_if(counts.begin(), counts.end(), [&](const auto& one) { return one.value == value; });
  if (at == counts.end())
    counts.push_back({value, 1});
  else
    ++at->count;
}

// A file that fits nearly as well as its class stands before it: the class is what is left when no file fits.
void file_before_class(std::vector<records::Suggested>& ranked,
                       const std::function<std::string(const records::Suggested&)>& class_of, std::size_t classes) {
  const auto near = [](int file, int heading) { return file * 4 >= heading * 3; };
  for (auto at = ranked.begin(); at != ranked.end(); ++at) {
    if (at->candidate >= classes) continue;
    const std::string heading = class_of(*at);
    const auto file = std::find_if(at + 1, ranked.end(), [&](const records::Suggested& one) {
      return one.candidate >= classes && class_of(one) == heading;  // the best of them
    });
    if (file != ranked.end() && near(file->points, at->points)) std::rotate(at, file, file + 1);
  }
}

}  // namespace

struct Proposer::State {
  Repository& repository;
  catalogue::FondsRow fonds;
  const scheme::Scheme& scheme;
  struct One {
    records::Id id;
    int year = 0;
    std::string class_no;
  };
  std::vector<One> files;                                             // open and planned, oldest first
  std::unordered_map<std::string, std::vector<std::uint32_t>> by_word;
  std::map<std::string, std::vector<std::uint32_t>> by_class;
  std::map<records::Id, std::uint32_t> places;
  std::unordered_map<std::string, std::vector<records::Id>> by_sender;  // folded; files, newest first
  std::map<records::Id, records::CandidateTraits> known;                // traits of files that were candidates
  std::vector<records::CandidateTraits> classes;

  State(Repository& repository_, const records::Id& id)
      : repository(repository_), fonds(*repository_.catalogue().fonds(id)), scheme(repository_.scheme(id)) {
    read_files();
    read_senders();
    scheme::each_class(scheme, [&](const scheme::Class& heading, const scheme::Class&) { classes.push_back(traits_of(heading)); });
  }

  void read_files() {
    catalogue::FileFilter filter;
    filter.fonds = fonds.fonds.id;
    filter.states = {records::FileState::open, records::FileState::planned};
    repository.catalogue().files(filter, [&](const catalogue::FileRow& row) {
      const auto place = static_cast<std::uint32_t>(files.size());
      files.push_back({row.file.id, row.file.year, row.file.class_no});
      places.emplace(row.file.id, place);
      for (auto& word : words_in(row.file.title)) by_word[std::move(word)].push_back(place);
      if (!row.file.class_no.empty()) by_class[row.file.class_no].push_back(place);
    });
  }

  void read_senders() {
    repository.catalogue().filed_lately(fonds.fonds.id, kLately, [&](const records::Id& file, const std::string& issuer) {
      if (issuer.empty() || places.count(file) == 0) return;
      auto& of_sender = by_sender[text::fold(issuer)];
      if (of_sender.size() < kBySender && std::find(of_sender.begin(), of_sender.end(), file) == of_sender.end()) of_sender.push_back(file);
    });
  }

  // What the scheme says of a class: its suggestions.
  void add_suggestions(records::CandidateTraits& traits, const std::string& class_no) {
    for (const auto& one : scheme.suggest) {
      if (one.class_no != class_no) continue;
      traits.words.insert(traits.words.end(), one.words.begin(), one.words.end());
      for (const auto& sender : one.senders) count(traits.senders, sender);
      for (const auto& type : one.types) count(traits.types, type);
    }
  }

  records::CandidateTraits traits_of(const scheme::Class& heading) {
    records::CandidateTraits traits;
    traits.ref = heading.no;
    traits.is_file = false;
    traits.title = heading.title;
    traits.unit = heading.by;
    add_suggestions(traits, heading.no);
    return traits;
  }

  const std::string& class_of(const records::Id& id) const { return files[places.at(id)].class_no; }

  const records::CandidateTraits& traits_of(const records::Id& id) {
    const auto [at, fresh] = known.emplace(id, records::CandidateTraits{});
    records::CandidateTraits& traits = at->second;
    if (!fresh) return traits;
    const auto row = repository.catalogue().file(id);
    VTLT_ASSERT(row.has_value());
    traits.ref = std::to_string(row->file.year) + "." + row->file.notation;
    traits.title = row->file.title;
    traits.year = row->file.year;
    traits.unit = row->file.unit;
    repository.catalogue().documents_of(id, [&](catalogue::FiledRow&& filed) {
      const auto& document = filed.document.document;
      count(traits.senders, document.issuer);
      count(traits.types, document.type);
      count(traits.notations, document.own.notation);
      traits.documents.push_back(document.id);
      if (document.entry) traits.documents.push_back(*document.entry);
    });
    add_suggestions(traits, row->file.class_no);
    if (const auto* heading = scheme.find_class(row->file.class_no); traits.unit.empty() && heading != nullptr) traits.unit = heading->by;
    return traits;
  }

  // Files in which what this document is linked to lies.
  void linked(const catalogue::DocumentRow& row, std::set<records::Id>& candidates, std::vector<records::Id>& links) {
    auto& catalogue = repository.catalogue();
    if (!row.document.entry) return;
    for (const auto& link : catalogue.links_of(*row.document.entry)) {
      const records::Id& other = link.entry == *row.document.entry ? link.to : link.entry;
      links.push_back(other);
      const auto entry = catalogue.entry(other);
      if (!entry || !entry->entry.document) continue;
      for (const auto& file : catalogue.files_of(*entry->entry.document))
        if (places.count(file) != 0) candidates.insert(file);
    }
  }

  // Rare words say more. What stands in many titles leads to no file by itself while rarer words do, but it counts
  // in those found.
  void alike(const std::string& subject, int year, std::set<records::Id>& candidates) {
    const std::size_t most = std::max<std::size_t>(64, files.size() / 20);
    std::vector<const std::vector<std::uint32_t>*> found;  // files with a word, ascending
    for (const auto& word : words_in(subject))
      if (const auto at = by_word.find(word); at != by_word.end()) found.push_back(&at->second);
    std::stable_sort(found.begin(), found.end(), [](const auto* a, const auto* b) { return a->size() < b->size(); });
    std::unordered_map<std::uint32_t, std::pair<int, double>> scores;
    for (const auto* with : found) {
      const auto add = [points = 1.0 / static_cast<double>(with->size())](std::pair<int, double>& score) {
        ++score.first;
        score.second += points;
      };
      if (with->size() <= most || scores.size() < kByWords) {
        for (const std::uint32_t place : *with) add(scores[place]);
      } else {
        for (auto& [place, score] : scores)
          if (std::binary_search(with->begin(), with->end(), place)) add(score);
      }
    }
    std::vector<std::tuple<bool, int, double, std::uint32_t>> best;
    for (const auto& [place, score] : scores)
      best.emplace_back(files[place].year != year, -score.first, -score.second, place);
    const std::size_t kept = std::min(kByWords, best.size());
    std::partial_sort(best.begin(), best.begin() + static_cast<std::ptrdiff_t>(kept), best.end());
    for (std::size_t i = 0; i < kept; ++i) candidates.insert(files[std::get<3>(best[i])].id);
  }

  // The newest files of a class, those of the year first.
  void of_class(const std::string& class_no, int year, std::set<records::Id>& candidates) {
    const auto at = by_class.find(class_no);
    if (at == by_class.end()) return;
    std::size_t taken = 0;
    for (const bool same : {true, false})
      for (auto place = at->second.rbegin(); place != at->second.rend() && taken < kByClass; ++place)
        if ((files[*place].year == year) == same) taken += candidates.insert(files[*place].id).second ? 1 : 0;
  }
};

Proposer::Proposer(Repository& repository, const records::Id& fonds) : state_(std::make_unique<State>(repository, fonds)) {}
Proposer::~Proposer() = default;

Proposals Proposer::propose(const catalogue::DocumentRow& row, std::size_t most) {
  State& s = *state_;
  Proposals result;
  result.row = row;
  result.document = row.document.id;
  if (row.document.entry) result.entry = s.repository.catalogue().entry(*row.document.entry);
  records::DocumentTraits traits;
  traits.subject = row.document.subject;
  traits.sender = row.document.issuer;
  traits.type = row.document.type;
  traits.notation = row.document.own.notation;
  traits.year = result.entry ? result.entry->entry.year : row.document.date.year;
  if (result.entry) traits.unit = result.entry->entry.unit;

  std::set<records::Id> candidates;
  s.linked(row, candidates, traits.linked);
  s.alike(traits.subject, traits.year, candidates);
  if (const auto at = s.by_sender.find(text::fold(traits.sender)); at != s.by_sender.end())
    candidates.insert(at->second.begin(), at->second.end());
  const auto rule = result.entry ? scheme_suggestion(s.scheme, result.entry->entry) : std::nullopt;
  if (rule) s.of_class(rule->class_no, traits.year, candidates);

  std::vector<records::CandidateTraits> ready = s.classes;
  const std::size_t classes = ready.size();
  std::vector<records::Id> ids;
  for (const auto& id : candidates) {
    // It is in this one already.
    const auto& of_file = s.traits_of(id);
    if (std::find(of_file.documents.begin(), of_file.documents.end(), row.document.id) != of_file.documents.end()) continue;
    ready.push_back(of_file);
    ids.push_back(id);
  }
  auto ranked = records::Suggester(ready).rank(traits, ready.size());
  file_before_class(ranked, [&](const records::Suggested& one) {
    return one.candidate < classes ? ready[one.candidate].ref : s.class_of(ids[one.candidate - classes]);
  }, classes);
  std::set<std::string> said;  // classes of files that stand here: the class alone says no more
  for (const auto& found : ranked) {
    Proposal one;
    one.points = found.points;
    for (const auto& reason : found.reasons) one.reasons.push_back(reason.message);
    if (found.candidate >= classes) {
      one.file = s.repository.catalogue().file(ids[found.candidate - classes]);
      one.title = one.file->file.title;
      one.class_no = one.file->file.class_no;
      said.insert(one.class_no);
    } else {
      one.class_no = ready[found.candidate].ref;
      one.title = ready[found.candidate].title;
      if (said.count(one.class_no) != 0) continue;
    }
    result.best.push_back(std::move(one));
    if (result.best.size() == most) break;
  }
  // A rule of the scheme that goes by type and issuer alone.
  if (rule && result.best.size() < most &&
      std::none_of(result.best.begin(), result.best.end(), [&](const Proposal& one) { return one.class_no == rule->class_no; })) {
    Proposal one;
    one.class_no = rule->class_no;
    if (const auto* heading = s.scheme.find_class(rule->class_no)) one.title = heading->title;
    one.reasons.emplace_back("repository.suggest.rule", std::vector<std::pair<std::string, MessageArg>>{{"class", rule->class_no}});
    if (const auto at = s.by_class.find(rule->class_no); at != s.by_class.end())
      for (auto place = at->second.rbegin(); place != at->second.rend() && !one.file; ++place)
        if (s.files[*place].year == traits.year) one.file = s.repository.catalogue().file(s.files[*place].id);
    if (one.file) one.title = one.file->file.title;
    result.best.push_back(std::move(one));
  }
  return result;
}

}  // namespace vtlt::repository
