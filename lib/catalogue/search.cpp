#include "catalogue/search.h"

#include "base/error.h"
#include "base/sqlite.h"
#include "catalogue/state.h"
#include "text/text.h"

namespace vtlt::catalogue {
namespace {

constexpr const char* kStamp = "search 1";

// What can be found: nothing of it is shown from here, so it is only indexed, not kept.
constexpr const char* kTables = R"sql(
CREATE TABLE meta(key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE item(key INTEGER PRIMARY KEY AUTOINCREMENT, kind INT, id BLOB);
CREATE INDEX item_id ON item(id);
CREATE VIRTUAL TABLE fulltext USING fts5(words, content='', tokenize="unicode61 remove_diacritics 0", detail=full);
)sql";

std::string all_of(std::initializer_list<std::string> parts) {
  std::string text;
  for (const auto& part : parts)
    if (!part.empty()) text += part + " \n ";
  return text::fold(text);
}

// A phrase of FTS5: quoted, so that nothing in it is an operator.
std::string phrase(const std::string& words) {
  std::string text = "\"";
  const bool begins = !words.empty() && words.back() == '*';
  for (const char c : text::fold(begins ? words.substr(0, words.size() - 1) : words)) text += c == '"' ? ' ' : c;
  return text + (begins ? "\" *" : "\"");
}

}  // namespace

struct SearchIndex::State {
  Path file;
  std::unique_ptr<Database> database;
  std::int64_t last(const char* table) {
    Statement s = database->prepare("SELECT value FROM meta WHERE key=?1");
    s.bind(1, std::string_view(table));
    return s.step() ? s.integer(0) : 0;
  }
};

SearchIndex::SearchIndex(std::unique_ptr<State> state) : state_(std::move(state)) {}
SearchIndex::~SearchIndex() = default;

std::unique_ptr<SearchIndex> SearchIndex::open(const Path& file, const Path& temporary_directory) {
  auto state = std::make_unique<State>();
  state->file = file;
  try {
    set_temporary_directory(temporary_directory);
    state->database = std::make_unique<Database>(
        file.string(), file.empty() ? Database::Mode::temporary : Database::Mode::read_write);
    Database& db = *state->database;
    db.run("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000");
    if (db.integer("SELECT count(*) FROM sqlite_master WHERE name='meta'") == 0) {
      db.run("BEGIN IMMEDIATE");
      // Another process may have been quicker.
      if (db.integer("SELECT count(*) FROM sqlite_master WHERE name='meta'") == 0) {
        db.run(kTables);
        db.run(std::string("INSERT INTO meta VALUES('stamp','") + kStamp + "')");
      }
      db.run("COMMIT");
    }
    {
      Statement stamp = db.prepare("SELECT value FROM meta WHERE key='stamp'");
      if (!stamp.step() || stamp.text(0) != kStamp) return nullptr;
    }
    return std::unique_ptr<SearchIndex>(new SearchIndex(std::move(state)));
  } catch (const sqlite::Failure&) {
    return nullptr;  // the caller makes another one
  }
}

std::int64_t SearchIndex::update(Catalogue& catalogue, const std::function<void(std::int64_t)>& progress) try {
  Database& db = *state_->database;
  std::int64_t entry = state_->last("entry"), document = state_->last("document"), file = state_->last("file");
  if (catalogue.newest_keys() == Catalogue::Keys{entry, document, file}) return 0;
  db.run("BEGIN IMMEDIATE");
  entry = state_->last("entry"), document = state_->last("document"), file = state_->last("file");
  Statement forget = db.prepare("DELETE FROM item WHERE id=?1");
  Statement item = db.prepare("INSERT INTO item(kind,id) VALUES(?1,?2) RETURNING key");
  Statement words = db.prepare("INSERT INTO fulltext(rowid,words) VALUES(?1,?2)");
  std::int64_t count = 0;
  const auto put = [&](const records::Id& id, const std::string& text) {
    forget.bind_blob(1, id.bits.data(), id.bits.size()).run();
    item.bind(1, static_cast<int>(id.kind)).bind_blob(2, id.bits.data(), id.bits.size());
    item.step();
    const std::int64_t key = item.integer(0);
    item.reset();
    words.bind(1, key).bind(2, std::string_view(text)).run();
    if (++count % 10'000 == 0) progress(10'000);
  };
  catalogue.entries_after(entry, [&](std::int64_t key, const EntryRow& row) {
    const auto& e = row.entry;
    entry = key;
    put(e.id, all_of({e.book == records::Book::in ? std::to_string(e.number) + e.suffix : std::string(), e.own.text(), e.own.written,
                      e.type, e.subject, e.issuer, e.signer, e.recipients, e.unit, e.note}));
  });
  catalogue.lone_documents_after(document, [&](std::int64_t key, const DocumentRow& row) {
    const auto& d = row.document;
    document = key;
    put(d.id, all_of({d.own.text(), d.own.written, d.type, d.subject, d.issuer, d.signer, d.keyword, d.note}));
  });
  catalogue.files_after(file, [&](std::int64_t key, const FileRow& row) {
    const auto& f = row.file;
    file = key;
    put(f.id, all_of({f.notation, f.title, f.number, f.keyword, f.note, f.paper_code, f.officer}));
  });
  const Catalogue::Keys newest = catalogue.newest_keys();
  Statement mark = db.prepare("INSERT OR REPLACE INTO meta VALUES(?1,?2)");
  const std::pair<const char*, std::int64_t> marks[] = {{"entry", std::max(entry, newest.entry)}, {"document", newest.document}, {"file", newest.file}};
  for (const auto& [name, key] : marks) mark.bind(1, std::string_view(name)).bind(2, key).run();
  db.run("COMMIT");
  return count;
} catch (const sqlite::Failure& failure) {
  failed(failure, state_->file);
}

void SearchIndex::find(const std::vector<std::string>& wanted, const std::function<bool(const Hit&)>& each) try {
  std::string expression;
  for (const auto& word : wanted) {
    const std::string one = phrase(word);
    if (one.find_first_not_of("\" *") == std::string::npos) continue;
    expression += (expression.empty() ? "" : " AND ") + one;
  }
  if (expression.empty()) return;
  Statement s = state_->database->prepare(
      "SELECT kind,id FROM fulltext JOIN item ON item.key=fulltext.rowid WHERE fulltext MATCH ?1 ORDER BY fulltext.rowid DESC");
  s.bind(1, std::string_view(expression));
  while (s.step()) {
    const Hit hit{read_id(s, 1, static_cast<records::Kind>(s.integer(0)))};
    if (!each(hit)) return;
  }
} catch (const sqlite::Failure& failure) {
  failed(failure, state_->file);
}

}  // namespace vtlt::catalogue
