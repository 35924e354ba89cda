// Looking for words in register lines and titles of files.
#include <algorithm>

#include "base/error.h"
#include "catalogue/search.h"
#include "repository/state.h"
#include "repository/work.h"
#include "text/text.h"
#include "text/tones.h"

namespace vtlt::repository {
namespace {

std::unique_ptr<catalogue::SearchIndex> open_index(Repository::State& s) {
  if (s.condition != Condition::read_only && s.condition != Condition::damaged) {
    const Path path = search_path(s.root, read_generation(s.files, s.root));
    for (int attempt = 0; attempt < 2; ++attempt) {
      try {
        // Made here, not by SQLite, which would not let the group write it.
        if (!s.files.stat(path, false)) s.files.open(path, OpenMode::create);
      } catch (const Error&) {
        break;
      }
      if (auto index = catalogue::SearchIndex::open(path, temporary_path(s.root))) return index;
      // Another version's, or broken.
      for (const char* suffix : {"", "-wal", "-shm"})
        if (s.files.stat(path.string() + suffix, false)) s.files.remove_file(path.string() + suffix);
    }
  }
  auto index = catalogue::SearchIndex::open({}, {});
  VTLT_ASSERT(index != nullptr);
  return index;
}

class Search {
 public:
  Search(Repository& repository, const SearchRequest& request) : repository_(repository), request_(request) {
    sender_ = text::fold(request.filter.sender);
    unit_ = text::fold(request.filter.unit);
    for (const auto& word : request.words)
      if (text::has_tones(word)) toned_.push_back(text::tone_key(word.back() == '*' ? word.substr(0, word.size() - 1) : word));
  }

  // False: enough. In an order that was asked for all have to be known before the first is.
  bool take(const records::Id& id) {
    std::optional<Found> found;
    if (id.kind == records::Kind::file) found = request_.files ? file(id) : std::nullopt;
    else if (request_.lines) found = id.kind == records::Kind::entry ? entry(id) : document(id);
    if (!found) return true;
    if (!sorted() && request_.filter.limit != 0 && result_.found.size() >= static_cast<std::size_t>(request_.filter.limit)) {
      result_.more = true;
      return false;
    }
    result_.found.push_back(std::move(*found));
    const auto limit = static_cast<std::size_t>(request_.filter.limit);
    if (sorted() && limit != 0 && result_.found.size() > 2 * limit + 1000) sort_as_asked();  // bounded memory
    return true;
  }

  SearchResult finish() {
    std::stable_sort(result_.found.begin(), result_.found.end(), [](const Found& a, const Found& b) {
      const text::Date first = date_of(a), second = date_of(b);
      if (first != second) return first > second;
      return text::compare(title_of(a), title_of(b)) < 0;
    });
    if (sorted()) sort_as_asked();
    return std::move(result_);
  }

 private:
  bool sorted() const { return request_.filter.sort != records::SortBy::usual; }

  // What it goes by, as bytes; "" stands last.
  std::string key_of(const Found& found) const {
    using records::SortBy;
    static const records::RegisterEntry none;
    const records::RegisterEntry& e = found.entry ? found.entry->entry : none;
    const auto in_order = [](const std::string& words) { return words.empty() ? std::string() : text::sort_key(words); };
    switch (request_.filter.sort) {
      case SortBy::usual: return {};
      case SortBy::number: {
        const auto& own = found.entry ? e.own : found.document ? found.document->document.own : none.own;
        if (found.file) return in_order(found.file->file.notation);
        return in_order(std::to_string(e.book == records::Book::in && e.number != 0 ? e.number : own.number) + e.suffix + "/" +
                        own.notation);
      }
      case SortBy::date: return text::to_iso(date_of(found));
      case SortBy::due: return text::to_iso(e.due);
      case SortBy::forwarded: return text::to_iso(e.forwarded);
      case SortBy::sender: return in_order(found.entry ? e.issuer : found.document ? found.document->document.issuer : "");
      case SortBy::subject: return in_order(title_of(found));
      case SortBy::unit: return in_order(e.unit);
      case SortBy::signer:
        return in_order(records::by_given_name(found.entry      ? e.signer
                                               : found.document ? found.document->document.signer
                                                                : ""));
    }
    return {};
  }

  void sort_as_asked() {
    std::vector<std::pair<std::string, std::size_t>> keys;
    for (std::size_t i = 0; i < result_.found.size(); ++i) keys.emplace_back(key_of(result_.found[i]), i);
    std::sort(keys.begin(), keys.end(), [](const auto& a, const auto& b) {
      if (a.first.empty() != b.first.empty()) return b.first.empty();
      return a < b;
    });
    const auto limit = static_cast<std::size_t>(request_.filter.limit);
    if (limit != 0 && keys.size() > limit) {
      keys.resize(limit);
      result_.more = true;
    }
    std::vector<Found> found;
    for (const auto& [key, at] : keys) found.push_back(std::move(result_.found[at]));
    result_.found = std::move(found);
  }

  static text::Date date_of(const Found& found) {
    if (found.entry) return found.entry->entry.date;
    if (found.document) return found.document->document.date;
    return text::Date{found.file->file.year, 0, 0};
  }
  static const std::string& title_of(const Found& found) {
    if (found.entry) return found.entry->entry.subject;
    if (found.document) return found.document->document.subject;
    return found.file->file.title;
  }
  // Words with tones, compared with what stands there.
  bool has_toned(std::initializer_list<std::string_view> texts) const {
    if (toned_.empty()) return true;
    std::string all;
    for (const auto& one : texts) all += text::tone_key(one) + " ";
    return std::all_of(toned_.begin(), toned_.end(), [&](const std::string& word) { return all.find(word) != std::string::npos; });
  }
  bool fits(const records::Id& fonds, int year, const text::Date& date, const std::string& issuer, const std::string& unit) const {
    const auto& f = request_.filter;
    const std::string iso = text::to_iso(date);
    return (!f.fonds || *f.fonds == fonds) && (f.year == 0 || f.year == year) && (f.since.empty() || iso >= f.since) &&
           (f.until.empty() || (!iso.empty() && iso <= f.until)) &&
           (sender_.empty() || text::fold(issuer).find(sender_) != std::string::npos) &&
           (unit_.empty() || text::fold(unit).find(unit_) != std::string::npos);
  }
  void add_files(Found& found, const records::Id& document) const {
    for (const auto& id : repository_.catalogue().files_of(document))
      if (auto row = repository_.catalogue().file(id)) found.in.push_back(std::move(*row));
  }

  std::optional<Found> entry(const records::Id& id) const {
    auto row = repository_.catalogue().entry(id);
    if (!row || row->free || row->reserved) return std::nullopt;
    const auto& e = row->entry;
    if (request_.filter.book && *request_.filter.book != e.book) return std::nullopt;
    if (!fits(e.fonds, e.year, e.date, e.issuer, e.unit)) return std::nullopt;
    if (!has_toned({e.own.written, e.own.notation, e.type, e.subject, e.issuer, e.signer, e.recipients, e.unit, e.note})) return std::nullopt;
    Found found;
    if (e.document) {
      found.document = repository_.catalogue().document(*e.document);
      add_files(found, *e.document);
    }
    found.entry = std::move(row);
    return found;
  }
  std::optional<Found> document(const records::Id& id) const {
    auto row = repository_.catalogue().document(id);
    if (!row || request_.filter.book) return std::nullopt;
    const auto& d = row->document;
    if (!fits(d.fonds, d.date.year, d.date, d.issuer, "")) return std::nullopt;
    if (!has_toned({d.own.written, d.own.notation, d.type, d.subject, d.issuer, d.signer, d.keyword, d.note})) return std::nullopt;
    Found found;
    add_files(found, id);
    found.document = std::move(row);
    return found;
  }
  std::optional<Found> file(const records::Id& id) const {
    auto row = repository_.catalogue().file(id);
    if (!row || row->file.state == records::FileState::destroyed || request_.filter.book || !sender_.empty() || !unit_.empty())
      return std::nullopt;
    const auto& f = row->file;
    if (!fits(f.fonds, f.year, text::Date{f.year, 0, 0}, "", "")) return std::nullopt;
    if (!has_toned({f.title, f.notation, f.keyword, f.note, f.officer})) return std::nullopt;
    Found found;
    found.file = std::move(row);
    return found;
  }

  Repository& repository_;
  const SearchRequest& request_;
  std::string sender_, unit_;
  std::vector<std::string> toned_;
  SearchResult result_;
};

}  // namespace

SearchResult search(Repository& repository, const SearchRequest& request) {
  auto& s = repository.state();
  const auto index = open_index(s);
  Progress& progress = s.progress();
  progress.start(Message("repository.progress.search"), 0, 0);
  index->update(repository.catalogue(), [&](std::int64_t rows) {
    check_interrupted();
    progress.advance(static_cast<std::uint64_t>(rows), 0);
  });
  progress.finish();
  Search search(repository, request);
  index->find(request.words, [&](const catalogue::Hit& hit) {
    check_interrupted();
    return search.take(hit.id);
  });
  return search.finish();
}

}  // namespace vtlt::repository
