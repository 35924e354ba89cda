// A list, or a folder, registered in one transaction: all rows or, with --partial, all good ones.
#include <algorithm>
#include <unordered_map>

#include "base/conveyor.h"
#include "base/error.h"
#include "repository/registering.h"
#include "repository/spool.h"
#include "text/messages.h"
#include "text/text.h"

namespace vtlt::repository {
namespace {

using records::Book;

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

// Numbers that a list has used. Within a series they stand close together: a bit each.
class Numbers {
 public:
  // False: it was there.
  bool insert(const std::string& series, int number) {
    const std::uint64_t place = groups_.emplace(series, groups_.size()).first->second << 32 | static_cast<std::uint32_t>(number);
    std::uint64_t& bits = bits_[place >> 6];
    const std::uint64_t bit = std::uint64_t{1} << (place & 63);
    const bool fresh = (bits & bit) == 0;
    bits |= bit;
    return fresh;
  }

 private:
  std::unordered_map<std::string, std::uint64_t> groups_;
  std::unordered_map<std::uint64_t, std::uint64_t> bits_;
};

constexpr std::size_t kBeginning = 8u << 20, kPiece = 1u << 20;

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
  bool judge_among(const exchange::ListRow& row, Numbers& numbers);
  void keep(exchange::ListRow&& row);
  void stage();
  void write();
  void write_contents(Change& change, std::string_view described, const std::vector<std::string>& paths, std::size_t first);
  void write_errors();
  Staging& session() {
    if (!staging_) staging_.emplace(repository_);
    return *staging_;
  }
  void fail(long row, const std::string& column, std::string code, Message message, Message hint = {});
  Path source_of(const std::string& path) const { return request_.list.parent_path() / path; }

  Repository& repository_;
  const ImportRequest& request_;
  catalogue::FondsRow fonds_;
  const scheme::Scheme& scheme_;
  // The list, or its beginning where it is long and can be read in pieces.
  std::string bytes_;
  std::unique_ptr<File> rest_;
  ImportResult result_;
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
  auto file = repository_.files().open(request_.list, OpenMode::read);
  const FileStat stat = file->stat();
  if (stat.kind == FileKind::file && stat.size > kBeginning) {
    bytes_.resize(kBeginning);
    bytes_.resize(file->read_at(0, {reinterpret_cast<std::byte*>(bytes_.data()), bytes_.size()}));
    if (exchange::in_pieces(bytes_)) rest_ = std::move(file);
    // Half a letter at the end would look like a fault of the encoding; where there are zeros, letters are pairs of bytes.
    const std::size_t feed = bytes_.rfind('\n');
    if (feed != std::string::npos && bytes_.substr(0, 4096).find('\0') == std::string::npos) bytes_.resize(feed + 1);
  }
  if (!rest_) bytes_ = read_whole(repository_.files(), request_.list, 512u << 20);
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
  options.table.more = rest();
  constexpr std::size_t kRowsAtOnce = 64;
  using Rows = std::vector<exchange::ListRow>;
  const auto make = [&](const std::function<void(Rows&&)>& put) {
    Rows rows;
    result_.info = exchange::read_register_list(
        bytes_, request_.list.filename().string(), options, [](const exchange::ListInfo&) {},
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

void Importer::fail(long row, const std::string& column, std::string code, Message message, Message hint) {
  Finding finding;
  finding.code = std::move(code);
  finding.ref = column;
  finding.path = request_.list.string();
  finding.line = row;
  finding.message = std::move(message);
  finding.hint = std::move(hint);
  result_.findings.push_back(std::move(finding));
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
    if (by_number || (held.series == entry.series && held.number == entry.number && held.suffix == entry.suffix)) other = true;
  }
  return false;
}

bool Importer::judge_row(exchange::ListRow& row, bool& present) {
  bool good = true;
  for (auto& finding : row.findings) {
    finding.path = request_.list.string();
    if (finding.line == 0) finding.line = row.row;
    good = good && finding.level != Level::error;
    result_.findings.push_back(std::move(finding));
  }
  if (!good) return false;
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
    fail(row.row, "", "VTLT-TRAP-07", Message("repository.import.no_number"));
    return false;
  }
  bool other = false;
  if (is_present(row.entry, other)) {
    ++result_.present;
    present = true;
    return true;
  }
  if (other) {
    fail(row.row, "", "VTLT-P06",
         Message("repository.number.taken", {{"number", printed_series_number(row.entry)}, {"year", std::to_string(row.entry.year)}}));
    return false;
  }
  return true;
}

// What the row is beside the others of the list, and the computer files that it names.
bool Importer::judge_among(const exchange::ListRow& row, Numbers& numbers) {
  const auto& entry = row.entry;
  bool good = true;
  if (entry.number != 0) {
    std::string series = series_key(entry) + "/" + std::to_string(entry.year) + "/" + entry.suffix + "/";
    if (entry.book != Book::in) series += text::fold(entry.own.notation);
    if (!numbers.insert(series, entry.number)) {
      fail(row.row, "", "VTLT-P06", Message("repository.import.number_twice", {{"number", printed_series_number(entry)}}));
      good = false;
    }
  }
  for (const auto& path : row.paths) {
    const auto stat = repository_.files().stat(source_of(path));
    if (!stat || stat->kind != FileKind::file || path.find('\0') != std::string::npos) {
      fail(row.row, "", "VTLT-IMPORT-PATH", Message("repository.import.path", {{"path", path}}),
           Message("repository.import.path.hint", {{"folder", request_.list.parent_path().string()}}));
      good = false;
    }
  }
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
    const bool good = judge_row(row, present) && (present || judge_among(row, numbers));
    if (!good) ++result_.failed;
    if (good && !present && !request_.dry_run && (result_.failed == 0 || request_.partial)) keep(std::move(row));
  });
  result_.fresh = result_.rows - result_.present - result_.failed;
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

// The input with two columns more, so that it can be mended and fed again.
void Importer::write_errors() {
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
        std::vector<std::string> headings = result_.info.table.headings;
        headings.push_back("Dòng");
        headings.push_back("Lý do chưa nhập");
        out += exchange::csv_line(headings);
        begun = true;
      },
      [&](const exchange::TableRow& row) {
        const auto found = reasons.find(row.number);
        if (!begun || found == reasons.end()) return;
        std::vector<std::string> cells = row.cells;
        cells.resize(result_.info.table.headings.size());
        cells.push_back(std::to_string(row.number));
        cells.push_back(found->second);
        out += exchange::csv_line(cells);
      });
  result_.errors = request_.list.parent_path() / (request_.list.stem().string() + ".loi.csv");
  write_whole(repository_.files(), result_.errors, out, SyncPoint::package_contents);
}

ImportResult Importer::run() {
  open();
  judge();
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

ImportResult import_folder(Repository& repository, const ImportRequest& request) {
  ImportResult result;
  const auto fonds = repository.fonds(request.fonds);
  const auto& scheme = repository.scheme(fonds.fonds.id);
  std::vector<Path> sources;
  collect(repository.files(), request.list, sources, result.findings);
  result.rows = static_cast<std::int64_t>(sources.size());
  if (request.dry_run || sources.empty()) {
    result.fresh = result.rows;
    return result;
  }
  Staging staging(repository);
  Progress& progress = repository.state().progress();
  progress.start(Message("repository.progress.stage"), sources.size(), 0);
  const auto received = staging.add(sources);
  progress.finish();
  staging.sync();
  Change change(repository);
  for (const auto& item : received)
    if (repository.catalogue().components_by_content(item.staged.digest.hex()).empty()) ++result.fresh;
  result.present = result.rows - result.fresh;
  if (result.fresh == 0) return result;
  const journal::Batch batch = begin_batch(repository, change, request, records::new_id(records::Kind::batch), result.fresh,
                                           records::book_text(Book::internal), {});
  for (std::size_t i = 0; i < received.size(); ++i) {
    if (!repository.catalogue().components_by_content(received[i].staged.digest.hex()).empty()) continue;
    records::RegisterEntry entry;
    entry.id = records::new_id(records::Kind::entry);
    entry.book = Book::internal;
    entry.batch = batch.id;
    records::Document document;
    document.id = records::new_id(records::Kind::document);
    entry.document = document.id;
    const records::Component component = component_of(sources[i].filename().string(), received[i], document.id, records::Role::main, 1);
    entry.subject = Path(component.name).stem().string();
    entry.original.emplace("path", text::printable(sources[i].lexically_relative(request.list).string()));
    prepare_entry(scheme, fonds.fonds, change.time(), entry);
    document = document_of(entry, document);
    document.pages = component.pages;
    if (component.mime.rfind("image/", 0) == 0 && component.mime != "image/tiff") document.media = "photo";
    change.add(journal::type::register_entry, journal::encode(entry));
    change.add(journal::type::document_described, journal::encode(document));
    change.add(journal::type::content_attached, journal::encode(component));
    ++result.components;
    result.bytes += component.size;
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
