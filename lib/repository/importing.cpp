// A list, or a folder, registered in one transaction: all rows or, with --partial, all good ones.
#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "base/conveyor.h"
#include "base/encoding.h"
#include "base/error.h"
#include "records/document_names.h"
#include "repository/list_bytes.h"
#include "repository/list_paths.h"
#include "repository/registering.h"
#include "repository/spool.h"
#include "text/messages.h"
#include "text/text.h"

namespace vtlt::repository {
namespace {

using records::Book;

// Of bodies and units, for names of computer files that have lost their marks.
std::vector<std::string> abbreviations_of(const scheme::Scheme& scheme) {
  std::vector<std::string> all;
  for (const auto& issuer : scheme.issuers) all.push_back(issuer.abbreviation);
  for (const auto& one : scheme.classes)
    if (!one.abbreviation.empty()) all.push_back(one.abbreviation);
  return all;
}

// The event that says what came in together.
journal::Batch begin_batch(Repository& repository, Change& change, const ImportRequest& request, const records::Id& id,
                           std::int64_t rows, std::string book, std::string list_sha256) {
  journal::Batch batch;
  batch.id = id;
  const int year = year_of(change.time());
  batch.name = counted_name("nhap", year, repository.catalogue().batches_of_year(year) + 1);
  batch.book = std::move(book);
  batch.list_name = text::printable(request.list.filename().string());
  batch.list_sha256 = std::move(list_sha256);
  batch.rows = rows;
  change.follow(2 * rows);
  change.add(journal::type::batch_imported, journal::encode(batch));
  return batch;
}

// Numbers that a list has used: which row used one first, and for which document. Sixteen bytes a number.
class Numbers {
 public:
  struct Use {
    std::uint64_t place = 0;  // series and number; 0: none
    std::int32_t row = 0;
    std::uint32_t document = 0;  // hash of date and subject
  };
  // nullptr: it was not there, and is now.
  const Use* insert(const std::string& series, int number, long row, std::size_t document) {
    if (2 * (size_ + 1) > uses_.size()) grow();
    const std::uint64_t group = groups_.emplace(series, groups_.size() + 1).first->second;
    const Use use{group << 32 | static_cast<std::uint32_t>(number), static_cast<std::int32_t>(row),
                  static_cast<std::uint32_t>(document ^ document >> 32)};
    Use& place = find(use.place);
    if (place.place != 0) {
      other_ = place;
      same_ = place.document == use.document;
      return &other_;
    }
    place = use;
    ++size_;
    return nullptr;
  }
  bool same_document() const { return same_; }  // of the last that was there: was it the same document?

 private:
  Use& find(std::uint64_t place) {
    std::size_t at = static_cast<std::size_t>((place * 0x9E3779B97F4A7C15ull) >> 20) & (uses_.size() - 1);
    while (uses_[at].place != 0 && uses_[at].place != place) at = (at + 1) & (uses_.size() - 1);
    return uses_[at];
  }
  void grow() {
    std::vector<Use> before(uses_.empty() ? 1024 : 2 * uses_.size());
    before.swap(uses_);
    for (const Use& use : before)
      if (use.place != 0) find(use.place) = use;
  }
  std::unordered_map<std::string, std::uint64_t> groups_;
  std::vector<Use> uses_;
  std::size_t size_ = 0;
  Use other_;
  bool same_ = false;
};

constexpr std::size_t kPiece = 1u << 20;

// A row's events in the spool: its line, where its computer files are, its document.
constexpr char kEntry = 'r', kPath = 'p', kDocument = 'd';

class Importer {
 public:
  Importer(Repository& repository, const ImportRequest& request)
      : repository_(repository), request_(request), fonds_(repository.fonds(request.fonds)),
        scheme_(repository.scheme(fonds_.fonds.id)) {}

  ImportResult run();

 private:
  void open();
  std::function<std::string_view()> rest();
  std::string list_sha256();
  void read(const std::function<void(exchange::ListRow&&)>& row);
  void judge();
  bool judge_row(exchange::ListRow& row, bool& present);
  bool closed_year(int year);
  bool is_present(const records::RegisterEntry& entry, bool& other);
  bool judge_among(exchange::ListRow& row, Numbers& numbers, bool& present);
  void keep(exchange::ListRow&& row);
  void stage();
  void write();
  void write_contents(Change& change, std::string_view described, const std::vector<std::string>& paths, std::size_t first);
  void write_errors();
  Staging& session() {
    if (!staging_) staging_.emplace(repository_);
    return *staging_;
  }
  Path errors_path(const std::string& content);
  void refuse_unsure_encoding() const;
  Finding& fail(long row, const std::string& column, std::string code, Message message, Message hint = {});
  void note(Finding finding);
  bool find_on_disk(long row, std::string& path);
  std::string number_column() const;
  Path source_of(const std::string& path) const { return request_.list.parent_path() / path; }

  Repository& repository_;
  const ImportRequest& request_;
  catalogue::FondsRow fonds_;
  const scheme::Scheme& scheme_;
  // The list, or its beginning where it is long and can be read in pieces.
  std::string bytes_;
  std::unique_ptr<File> rest_;
  ImportResult result_;
  exchange::ListInfo begun_;  // the columns, as known when the first row comes
  std::unordered_set<long> secret_;
  std::map<std::string, std::int64_t> said_;                // level, message and column → how often
  PathsOfList disk_{repository_.files(), request_.list.parent_path()};
  std::map<int, bool> closed_years_;
  const records::Id batch_ = records::new_id(records::Kind::batch);
  std::map<std::string, std::int64_t> given_;  // the newest number that vtlt gave, by series and year
  std::optional<Staging> staging_;
  // The events that good rows will be: the list is read once, however long it is.
  Spool spool_{[this] { return repository_.files().open(session().directory() / "rows", OpenMode::create_new); }};
  std::string paths_;  // of the contents of good rows, in order, each ended by a zero byte
  std::vector<Received> received_;
  journal::Decoder decoder_;
  journal::Head judged_at_;
  bool nothing_held_ = false;  // in this fonds: no row can be present already
  Moment time_ = now();
};

void Importer::open() {
  ListBytes list = open_list(repository_.files(), request_.list);
  bytes_ = std::move(list.bytes);
  rest_ = std::move(list.rest);
}

// What follows the beginning, piece by piece.
std::function<std::string_view()> Importer::rest() {
  if (!rest_) return {};
  return [this, at = std::uint64_t{bytes_.size()}, piece = std::string()]() mutable -> std::string_view {
    piece.resize(kPiece);
    piece.resize(rest_->read_at(at, {reinterpret_cast<std::byte*>(piece.data()), piece.size()}));
    at += piece.size();
    return piece;
  };
}

std::string Importer::list_sha256() {
  Hasher hasher;
  hasher.update(as_bytes(bytes_));
  if (const auto more = rest())
    for (auto piece = more(); !piece.empty(); piece = more()) hasher.update(as_bytes(piece));
  return hasher.finish().hex();
}

void Importer::read(const std::function<void(exchange::ListRow&&)>& row) {
  exchange::ListOptions options = request_.options;
  options.book = request_.book;
  options.compare = true;
  options.today = text::from_iso(to_date(time_)).value_or(text::Date{});
  options.abbreviations = abbreviations_of(scheme_);
  options.table.more = rest();
  constexpr std::size_t kRowsAtOnce = 64;
  using Rows = std::vector<exchange::ListRow>;
  const auto make = [&](const std::function<void(Rows&&)>& put) {
    Rows rows;
    result_.info = exchange::read_register_list(
        bytes_, request_.list.filename().string(), options, [&](const exchange::ListInfo& info) { begun_ = info; },
        [&](exchange::ListRow&& one) {
          if (rows.empty()) rows.reserve(kRowsAtOnce);  // rows are large: moved as seldom as can be
          rows.push_back(std::move(one));
          if (rows.size() < kRowsAtOnce) return;
          put(std::move(rows));
          rows = {};
        });
    put(std::move(rows));
  };
  // The list is taken apart in one thread while its rows are judged in this one.
  convey<Rows>(make, [&](Rows&& rows) {
    for (auto& one : rows) row(std::move(one));
  });
}

Finding& Importer::fail(long row, const std::string& column, std::string code, Message message, Message hint) {
  Finding finding;
  finding.code = std::move(code);
  finding.ref = column;
  finding.path = request_.list.string();
  finding.line = row;
  finding.message = std::move(message);
  finding.hint = std::move(hint);
  result_.findings.push_back(std::move(finding));
  return result_.findings.back();
}

// Lists repeat their oddities row by row: of notes and warnings of one kind in one column the first ones do.
void Importer::note(Finding finding) {
  constexpr std::int64_t kMostOfAKind = 500;
  if (finding.level != Level::error &&
      ++said_[std::to_string(int(finding.level)) + finding.message.key + finding.path] > kMostOfAKind)
    return;
  finding.ref = finding.path;  // the column; one list: its path is the same for all
  finding.path = request_.list.string();
  result_.findings.push_back(std::move(finding));
}

std::string Importer::number_column() const {
  using exchange::Column;
  if (request_.book == Book::in) return begun_.label(Column::arrival_number);
  const std::string whole = begun_.label(Column::number_and_notation);
  return whole.empty() ? begun_.label(Column::number) : whole;
}

// A guess below this share is no ground for writing into a journal that forgets nothing (P41).
void Importer::refuse_unsure_encoding() const {
  constexpr int kSureEnough = 60;
  const auto& encoding = result_.info.table.encoding;
  if (request_.options.table.encoding || encoding.confidence >= kSureEnough) return;
  throw Error(Exit::usage, "VTLT-LIST-10",
              Message("repository.import.encoding", {{"encoding", std::string(exchange::encoding_name(encoding.encoding))},
                                                     {"percent", std::to_string(encoding.confidence)},
                                                     {"sample", encoding.sample}}),
              Message("repository.import.encoding.hint"))
      .at(request_.list.string());
}

bool Importer::find_on_disk(long row, std::string& path) {
  using How = PathOnDisk::How;
  const std::string column = begun_.label(exchange::Column::path);
  const auto found = disk_.find(path);
  if (found.how == How::same || found.again) {
    path = found.path;
    return true;
  }
  const char* key = found.how == How::form          ? "repository.import.path_form"
                    : found.how == How::letter_case ? "repository.import.path_case"
                    : found.how == How::several     ? "repository.import.path_many"
                    : found.how == How::folder      ? "repository.import.path_folder"
                                                    : "repository.import.path";
  Message message(key, {{"row", std::to_string(row)}, {"column", column}, {"path", path}, {"found", found.path}, {"others", found.others}});
  if (found.there()) {
    fail(row, column, "P44", std::move(message)).level = found.how == How::form ? Level::note : Level::warning;
  } else {
    const Path folder = request_.list.parent_path();
    fail(row, column, "VTLT-IMPORT-PATH", std::move(message),
         Message("repository.import.path.hint", {{"folder", folder.empty() ? "." : folder.string()}}));
  }
  path = found.path;
  return found.there();
}

bool Importer::closed_year(int year) {
  const auto found = closed_years_.find(year);
  if (found != closed_years_.end()) return found->second;
  return closed_years_[year] = repository_.catalogue().year_closed(fonds_.fonds.id, year);
}

// `other`: the number stands for something else.
bool Importer::is_present(const records::RegisterEntry& entry, bool& other) {
  auto& catalogue = repository_.catalogue();
  other = false;
  if (nothing_held_) return false;
  const bool by_number = entry.book == Book::in && entry.number != 0;
  const auto rows = by_number ? catalogue.entries_by_number(entry.fonds, entry.book, entry.year, entry.number, entry.suffix)
                              : catalogue.entries_by_own(entry.fonds, entry.book, entry.year, entry.own);
  for (const auto& row : rows) {
    if (row.free) continue;
    const auto& held = row.entry;
    if (text::fold(held.own.notation) == text::fold(entry.own.notation) && held.own.number == entry.own.number &&
        held.date == entry.date && text::fold(held.subject) == text::fold(entry.subject))
      return true;
    // Internal lists hold what others issued too: their numbers are no series.
    if (entry.book == Book::internal) continue;
    if (by_number || (held.series == entry.series && held.number == entry.number && held.suffix == entry.suffix)) other = true;
  }
  return false;
}

bool Importer::judge_row(exchange::ListRow& row, bool& present) {
  bool good = true;
  for (auto& finding : row.findings) {
    if (finding.line == 0) finding.line = row.row;
    good = good && finding.level != Level::error;
    if (finding.code == "P12") secret_.insert(row.row);
    note(std::move(finding));
  }
  if (!good) return false;
  // A date or year that nobody wrote is not made up (D10).
  if (row.entry.year == 0 && row.entry.arrival.empty() && row.entry.book != Book::internal) {
    fail(row.row, "", "P01", Message("list.year-unknown"), Message("list.date-missing.hint"));
    return false;
  }
  try {
    prepare_entry(scheme_, fonds_.fonds, time_, row.entry);
  } catch (const Error& error) {
    if (error.exit() != Exit::refused) throw;
    fail(row.row, "", error.code(), error.message(), error.hint());
    return false;
  }
  if (closed_year(row.entry.year)) {
    fail(row.row, "", "VTLT-P02-YEAR", Message("repository.year.closed", {{"year", std::to_string(row.entry.year)}}));
    return false;
  }
  if (row.entry.number == 0 && row.entry.book != Book::internal && !scheme_.numbering_internal) {
    fail(row.row, number_column(), "VTLT-TRAP-07", Message("repository.import.no_number"), Message("list.number-missing.hint"));
    return false;
  }
  bool other = false;
  if (is_present(row.entry, other)) {
    ++result_.present;
    present = true;
    return true;
  }
  if (other) {
    fail(row.row, number_column(), "VTLT-P06",
         Message("repository.import.number_taken", {{"row", std::to_string(row.row)},
                                                   {"column", number_column()},
                                                   {"number", printed_series_number(row.entry)},
                                                   {"year", std::to_string(row.entry.year)}}),
         Message("repository.import.number_taken.hint"));
    return false;
  }
  return true;
}

// What the row is beside the others of the list, and the computer files that it names.
bool Importer::judge_among(exchange::ListRow& row, Numbers& numbers, bool& present) {
  const auto& entry = row.entry;
  bool good = true;
  if (entry.number != 0) {
    std::string series = series_key(entry) + "/" + std::to_string(entry.year) + "/" + entry.suffix + "/";
    if (entry.book != Book::in) series += text::fold(entry.own.notation);
    if (entry.book == Book::internal) series += "/" + text::to_iso(entry.date) + "/" + text::fold(entry.issuer);
    const std::size_t document =
        entry.book == Book::internal ? std::hash<std::string>{}(text::to_iso(entry.date) + text::fold(entry.subject)) : 0;
    if (const auto* other = numbers.insert(series, entry.number, row.row, document)) {
      const bool in_two_files = entry.book == Book::internal && numbers.same_document();
      const std::vector<std::pair<std::string, MessageArg>> args = {{"row", std::to_string(row.row)},
                                                                    {"column", number_column()},
                                                                    {"number", printed_series_number(entry)},
                                                                    {"other", std::to_string(other->row)}};
      if (in_two_files) {
        // One document that lies in two files (NĐ30 PL VI III.4e) is registered once.
        fail(row.row, number_column(), "P17", Message("repository.import.in_two_files", args)).level = Level::note;
        present = true;
        ++result_.present;
        return true;
      }
      fail(row.row, number_column(), "VTLT-P06", Message("repository.import.number_twice", args),
           Message("repository.import.number_twice.hint"));
      good = false;
    }
  }
  for (auto& path : row.paths)
    if (!find_on_disk(row.row, path)) good = false;
  return good;
}

// A good row that is not here yet, as the events it will be.
void Importer::keep(exchange::ListRow&& row) {
  records::RegisterEntry& entry = row.entry;
  entry.id = records::new_id(records::Kind::entry);
  entry.batch = batch_;
  entry.row = static_cast<int>(row.row);
  if (entry.number == 0 && entry.book != Book::internal) {
    const std::string key = entry.series + "/" + std::to_string(entry.year);
    auto found = given_.find(key);
    if (found == given_.end())
      found = given_.emplace(key, repository_.catalogue().largest_number(entry.fonds, entry.series, entry.year)).first;
    entry.number = static_cast<int>(++found->second);
    entry.given = true;
    if (entry.book != Book::in) entry.own.number = entry.number;
  }
  row.document.id = records::new_id(records::Kind::document);
  entry.document = row.document.id;
  spool_.add(kEntry, journal::encode(entry));
  for (const auto& path : row.paths) {
    paths_.append(path.c_str(), path.size() + 1);
    spool_.add(kPath, path);
  }
  spool_.add(kDocument, journal::encode(document_of(entry, std::move(row.document))));
}

void Importer::judge() {
  result_.rows = result_.fresh = result_.present = result_.failed = 0;
  result_.findings.clear();
  secret_.clear();
  said_.clear();
  paths_.clear();
  spool_.clear();
  given_.clear();
  judged_at_ = repository_.head();
  closed_years_.clear();
  catalogue::EntryFilter held;
  held.fonds = fonds_.fonds.id;
  held.limit = 1;
  nothing_held_ = true;
  repository_.catalogue().entries(held, [&](const catalogue::EntryRow&) { nothing_held_ = false; });
  Numbers numbers;
  read([&](exchange::ListRow&& row) {
    if (++result_.rows % 1000 == 0) check_interrupted();
    bool present = false;
    const bool good = judge_row(row, present) && (present || judge_among(row, numbers, present));
    if (!good) ++result_.failed;
    if (good && !present && !request_.dry_run && (result_.failed == 0 || request_.partial)) keep(std::move(row));
  });
  result_.fresh = result_.rows - result_.present - result_.failed;
  for (Finding& finding : result_.info.findings) note(std::move(finding));
  result_.info.findings.clear();
  // In the order of the list, what concerns it as a whole first.
  std::stable_sort(result_.findings.begin(), result_.findings.end(),
                   [](const Finding& a, const Finding& b) { return a.line < b.line; });
  result_.secret = static_cast<std::int64_t>(secret_.size());
}

void Importer::stage() {
  Progress& progress = repository_.state().progress();
  progress.start(Message("repository.progress.stage"), static_cast<std::uint64_t>(std::count(paths_.begin(), paths_.end(), '\0')), 0);
  std::vector<Path> sources;
  constexpr std::size_t kAtOnce = 4096;  // paths are large
  for (std::size_t at = 0; at < paths_.size();) {
    sources.clear();
    for (; at < paths_.size() && sources.size() < kAtOnce; at = paths_.find('\0', at) + 1)
      sources.push_back(source_of(paths_.c_str() + at));
    auto received = session().add(sources);
    std::move(received.begin(), received.end(), std::back_inserter(received_));
  }
  progress.finish();
  session().sync();
}

// The document and its contents, of which the first says how many pages there are. `first`: of those received.
void Importer::write_contents(Change& change, std::string_view described, const std::vector<std::string>& paths, std::size_t first) {
  records::Document document = decoder_.document(described);
  std::vector<records::Component> components;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    components.push_back(component_of(Path(paths[i]).filename().string(), received_.at(first + i), document.id,
                                      i == 0 ? records::Role::main : records::Role::annex, static_cast<int>(i) + 1));
    result_.bytes += components.back().size;
  }
  if (document.pages == 0) document.pages = components.front().pages;
  tell_medium(document, components);
  change.add(journal::type::document_described, journal::encode(document));
  for (const auto& component : components) change.add(journal::type::content_attached, journal::encode(component));
  result_.components += static_cast<std::int64_t>(components.size());
}

void Importer::write() {
  Change change(repository_);
  // Where another writer was quicker, the rows are judged again under the lock.
  const std::string paths_before = paths_;
  if (repository_.head() != judged_at_) judge();
  if (result_.failed != 0 && !request_.partial) return;
  if (paths_ != paths_before)
    throw Error(Exit::busy, "VTLT-BUSY", Message("repository.import.overtaken"), Message("repository.busy.hint"));
  if (result_.fresh == 0) return;
  const journal::Batch batch =
      begin_batch(repository_, change, request_, batch_, result_.fresh, records::book_text(request_.book), list_sha256());
  std::vector<std::string> paths;
  std::size_t next_received = 0;
  std::int64_t done = 0;
  spool_.each([&](char kind, std::string_view text) {
    if (kind == kPath) {
      paths.emplace_back(text);
    } else if (kind == kEntry) {
      if (++done % 1000 == 0) check_interrupted();
      change.add(journal::type::register_entry, text);
    } else if (paths.empty()) {
      change.add(journal::type::document_described, text);
    } else {
      write_contents(change, text, paths, next_received);
      next_received += paths.size();
      paths.clear();
    }
  });
  change.commit(paths_.empty() ? nullptr : &session());
  result_.batch = batch.name;
  result_.written = true;
}

// Beside the list. Never over another one that somebody may be mending; a list of failed rows replaces itself.
Path Importer::errors_path(const std::string& content) {
  const std::string stem = request_.list.stem().string();
  const Path folder = request_.list.parent_path();
  const auto mark = stem.rfind(".loi");
  if (mark != std::string::npos && request_.list.extension() == ".csv" &&
      stem.find_first_not_of("-0123456789", mark + 4) == std::string::npos)
    return request_.list;
  constexpr int kMost = 1000;
  for (int count = 1; count < kMost; ++count) {
    const Path path = folder / (stem + ".loi" + (count == 1 ? "" : "-" + std::to_string(count)) + ".csv");
    const auto stat = repository_.files().stat(path);
    if (!stat || (stat->size == content.size() && read_whole(repository_.files(), path, content.size()) == content)) return path;
  }
  return folder / (stem + ".loi.csv");
}

// The input with two columns more, so that it can be mended and fed again.
void Importer::write_errors() {
  // The list may itself be one of rows that failed: its two columns are written anew.
  std::vector<std::size_t> old;
  const auto& read = result_.info.table.headings;
  for (std::size_t i = 0; i < read.size(); ++i)
    if (read[i] == "Dòng" || read[i] == "Lý do chưa nhập") old.push_back(i);
  const auto without_reasons = [&](std::vector<std::string> cells) {
    for (std::size_t i = old.size(); i-- > 0;)
      if (old[i] < cells.size()) cells.erase(cells.begin() + static_cast<std::ptrdiff_t>(old[i]));
    return cells;
  };
  std::map<long, std::string> reasons;
  for (const auto& finding : result_.findings)
    if (finding.level == Level::error) {
      std::string& text = reasons[finding.line];
      text += (text.empty() ? "" : "; ") + text::render(finding.message, text::Language::vi) + " [" + finding.code + "]";
    }
  std::string out(exchange::kBom);
  bool begun = false;
  const auto known = [](std::string_view) { return true; };
  exchange::TableOptions options = request_.options.table;
  options.more = rest();
  exchange::read_table(
      bytes_, request_.list.filename().string(), options, known, 1,
      [&](const exchange::TableInfo&) {
        std::vector<std::string> headings = without_reasons(result_.info.table.headings);
        headings.push_back("Dòng");
        headings.push_back("Lý do chưa nhập");
        out += exchange::csv_line(headings);
        begun = true;
      },
      [&](const exchange::TableRow& row) {
        const auto found = reasons.find(row.number);
        // What a secret document is about stays where it is.
        if (!begun || found == reasons.end() || secret_.count(row.number) != 0) return;
        std::vector<std::string> cells = row.cells;
        if (cells.size() < result_.info.table.headings.size()) cells.resize(result_.info.table.headings.size());
        cells = without_reasons(std::move(cells));
        cells.push_back(std::to_string(row.number));
        cells.push_back(found->second);
        out += exchange::csv_line(cells);
      });
  if (out.find('\n') + 1 >= out.size()) return;  // secret rows alone
  result_.errors = errors_path(out);
  write_whole(repository_.files(), result_.errors, out, SyncPoint::package_contents);
}

ImportResult Importer::run() {
  open();
  judge();
  if (!request_.dry_run) refuse_unsure_encoding();
  if (result_.failed != 0 && !request_.partial && !request_.dry_run) return result_;
  if (!request_.dry_run && result_.fresh != 0) {
    if (!paths_.empty()) stage();
    write();
  }
  if (result_.failed != 0 && request_.partial && !request_.dry_run) write_errors();
  return result_;
}

// A folder: each computer file one internal document, named after it.
void collect(Files& files, const Path& folder, std::vector<Path>& found, std::vector<Finding>& findings) {
  for (const auto& entry : files.list(folder)) {
    const Path path = folder / entry.name;
    if (entry.name == ".vtlt" || entry.name == ".git") continue;
    if (entry.kind == FileKind::directory) {
      collect(files, path, found, findings);
    } else if (entry.kind == FileKind::file) {
      found.push_back(path);
    } else {
      // Never followed: what it points to may lie outside, or come twice.
      Finding finding;
      finding.code = "VTLT-IMPORT-LINK";
      finding.level = Level::warning;
      finding.path = text::printable(path.string());
      finding.message = Message("repository.import.link", {{"path", text::printable(path.string())}});
      findings.push_back(std::move(finding));
    }
  }
}

// One document of a folder: its computer files, and what their names say.
struct FolderDocument {
  std::vector<std::size_t> sources;  // the main one first, then annexes
  std::optional<records::DocumentName> name;
};

Finding folder_finding(const char* key, Level level, const std::string& path, std::vector<std::pair<std::string, MessageArg>> args = {}) {
  Finding finding;
  finding.code = "P07";
  finding.level = level;
  finding.path = text::printable(path);
  args.emplace_back("path", text::printable(path));
  finding.message = Message(key, std::move(args));
  return finding;
}

// Annexes join the document whose number they carry; of two main files with one number the second stands alone.
std::vector<FolderDocument> group_by_name(const ImportRequest& request, const std::vector<Path>& sources,
                                          const std::vector<std::string>& abbreviations, std::vector<Finding>& findings) {
  std::vector<FolderDocument> documents;
  std::map<std::string, std::size_t> mains;
  std::vector<std::pair<std::size_t, records::DocumentName>> annexes;
  const auto key_of = [](const Path& source, const records::DocumentName& name) {
    return source.parent_path().string() + "\n" + name.organ + "\n" + name.own.text() + "\n" + std::to_string(name.year);
  };
  const auto shown = [&](std::size_t source) { return sources[source].lexically_relative(request.list).string(); };
  for (std::size_t i = 0; i < sources.size(); ++i) {
    const std::string file_name = sources[i].filename().string();
    auto name = is_utf8(file_name) ? records::parse_document_name(file_name, abbreviations) : std::nullopt;
    if (name && !name->doubt.empty()) {
      findings.push_back(folder_finding("repository.import.name_doubt", Level::warning, shown(i), {{"doubt", name->doubt}}));
      name.reset();
    }
    if (name && name->annex != 0) {
      annexes.emplace_back(i, *name);
      continue;
    }
    if (name && !mains.emplace(key_of(sources[i], *name), documents.size()).second) {
      findings.push_back(folder_finding("repository.import.name_twice", Level::warning, shown(i), {{"number", name->own.text()}}));
      name.reset();
    }
    documents.push_back({{i}, std::move(name)});
  }
  std::stable_sort(annexes.begin(), annexes.end(), [](const auto& a, const auto& b) { return a.second.annex < b.second.annex; });
  for (auto& [source, name] : annexes) {
    const auto main = mains.find(key_of(sources[source], name));
    if (main != mains.end()) {
      documents[main->second].sources.push_back(source);
      continue;
    }
    findings.push_back(folder_finding("repository.import.name_alone", Level::warning, shown(source)));
    documents.push_back({{source}, std::nullopt});
  }
  return documents;
}

records::RegisterEntry entry_of_name(const ImportRequest& request, const FolderDocument& document, const Path& source) {
  records::RegisterEntry entry;
  entry.book = request.book;
  entry.subject = Path(text::printable(source.filename().string())).stem().string();
  entry.original.emplace("path", text::printable(source.lexically_relative(request.list).string()));
  if (!document.name) return entry;
  entry.own = document.name->own;
  if (document.name->type != nullptr) entry.type = document.name->type->name_vi;
  entry.issuer_code = document.name->organ;
  if (document.name->year != 0) entry.date = {document.name->year, 0, 0};
  return entry;
}

ImportResult import_folder(Repository& repository, const ImportRequest& request) {
  ImportResult result;
  const auto fonds = repository.fonds(request.fonds);
  const auto& scheme = repository.scheme(fonds.fonds.id);
  if (request.book == Book::in && !scheme.numbering_internal)
    throw Error(Exit::refused, "VTLT-TRAP-07", Message("repository.import.folder_in"));
  std::vector<Path> sources;
  collect(repository.files(), request.list, sources, result.findings);
  auto documents = group_by_name(request, sources, abbreviations_of(scheme), result.findings);
  result.rows = static_cast<std::int64_t>(documents.size());
  if (request.book == Book::out)
    std::erase_if(documents, [&](const FolderDocument& document) {
      if (document.name) return false;
      const std::string path = sources[document.sources.front()].lexically_relative(request.list).string();
      Finding finding = folder_finding("repository.import.name_none", Level::error, path);
      finding.hint = Message("repository.import.name_none.hint");
      result.findings.push_back(std::move(finding));
      ++result.failed;
      return true;
    });
  if (request.dry_run || documents.empty() || (result.failed != 0 && !request.partial)) {
    result.fresh = static_cast<std::int64_t>(documents.size());
    return result;
  }
  Staging staging(repository);
  Progress& progress = repository.state().progress();
  progress.start(Message("repository.progress.stage"), sources.size(), 0);
  std::vector<Path> wanted;
  for (const auto& document : documents)
    for (const std::size_t source : document.sources) wanted.push_back(sources[source]);
  const auto received = staging.add(wanted);
  progress.finish();
  staging.sync();
  Change change(repository);
  const auto held = [&](const Received& item) {
    return !repository.catalogue().components_by_content(item.staged.digest.hex()).empty();
  };
  std::vector<std::size_t> first;  // of each document, among the received
  std::size_t next = 0;
  for (const auto& document : documents) {
    first.push_back(next);
    if (!held(received[next])) ++result.fresh;
    next += document.sources.size();
  }
  result.present = static_cast<std::int64_t>(documents.size()) - result.fresh;
  if (result.fresh == 0) return result;
  const journal::Batch batch = begin_batch(repository, change, request, records::new_id(records::Kind::batch), result.fresh,
                                           records::book_text(request.book), {});
  for (std::size_t i = 0; i < documents.size(); ++i) {
    if (held(received[first[i]])) continue;
    const FolderDocument& one = documents[i];
    records::RegisterEntry entry = entry_of_name(request, one, sources[one.sources.front()]);
    entry.id = records::new_id(records::Kind::entry);
    entry.batch = batch.id;
    records::Document document;
    document.id = records::new_id(records::Kind::document);
    entry.document = document.id;
    std::vector<records::Component> components;
    for (std::size_t k = 0; k < one.sources.size(); ++k)
      components.push_back(component_of(sources[one.sources[k]].filename().string(), received[first[i] + k], document.id,
                                        k == 0 ? records::Role::main : records::Role::annex, static_cast<int>(k) + 1));
    prepare_entry(scheme, fonds.fonds, change.time(), entry);
    if (request.book == Book::internal) {
      entry.number = 0;  // the number is the document's, the internal book has none
      entry.suffix.clear();
    } else {
      settle_number(repository, scheme, entry);
    }
    document = document_of(entry, document);
    document.pages = components.front().pages;
    const std::string& mime = components.front().mime;
    if (mime.rfind("image/", 0) == 0 && mime != "image/tiff") document.media = "photo";
    tell_medium(document, components);
    change.add(journal::type::register_entry, journal::encode(entry));
    change.add(journal::type::document_described, journal::encode(document));
    for (const auto& component : components) {
      change.add(journal::type::content_attached, journal::encode(component));
      ++result.components;
      result.bytes += component.size;
    }
  }
  change.commit(&staging);
  result.batch = batch.name;
  result.written = true;
  return result;
}

}  // namespace

ImportResult import_list(Repository& repository, const ImportRequest& request) {
  const auto stat = repository.files().stat(request.list);
  if (!stat)
    throw Error(Exit::usage, "VTLT-OBJECT-04", Message("objects.absent", {{"path", request.list.string()}})).at(request.list.string());
  if (stat->kind == FileKind::directory) return import_folder(repository, request);
  return Importer(repository, request).run();
}

}  // namespace vtlt::repository
