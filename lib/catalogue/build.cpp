// Making the catalogue from events.
#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <span>

#include <unicode/uvernum.h>

#include "base/error.h"
#include "base/threads.h"
#include "catalogue/state.h"
#include "records/order.h"
#include "text/text.h"
#include "trust/digest.h"

namespace vtlt::catalogue {
namespace {

namespace type = journal::type;

constexpr const char* kTables = R"sql(
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE stream(number INTEGER PRIMARY KEY, name TEXT UNIQUE, own INT, events INT, hash TEXT, segment INT,
  head_offset INT, body_offset INT, adopted_events INT, adopted_hash TEXT);
CREATE TABLE event(place INTEGER PRIMARY KEY, time TEXT, actor TEXT, type TEXT, blank INT);
CREATE TABLE unknown_type(type TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE touch(handle INT, place INT);
CREATE TABLE fonds(handle INTEGER PRIMARY KEY, id BLOB, code TEXT, name TEXT, organ TEXT, archive TEXT, regime TEXT,
  opened TEXT, closed TEXT, note TEXT, scheme TEXT, scheme_name TEXT, scheme_decision TEXT, history TEXT, language TEXT,
  backup TEXT, closed_basis TEXT, successor TEXT);
CREATE TABLE holidays(fonds INTEGER PRIMARY KEY, body TEXT);
CREATE TABLE fonds_name(fonds INT, organ TEXT, name TEXT, since TEXT, basis TEXT);
CREATE TABLE scheme_cited(sha256 TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE rule_confirmed(fonds INT, rule TEXT, against TEXT, by TEXT, day TEXT, term TEXT, actor TEXT, time TEXT);
CREATE TABLE scheme_compiled(sha256 TEXT PRIMARY KEY, compiled TEXT) WITHOUT ROWID;
-- What the indexes need stands first: a column is found by walking over those before it, in every row of the table.
CREATE TABLE entry(key INTEGER PRIMARY KEY, handle INT, document INT, fonds INT, book INT, year INT, number INT,
  own_number INT, notation_folded TEXT, batch INT, due TEXT, answered INT, voided INT, reserved INT, series TEXT,
  id BLOB, fonds_id BLOB, document_id BLOB, suffix TEXT, own_suffix TEXT,
  own_year INT, notation TEXT, own_written TEXT, type TEXT, date TEXT, arrival TEXT, issuer TEXT,
  issuer_code TEXT, subject TEXT, signer TEXT, recipients TEXT, unit TEXT, copies TEXT, forwarded TEXT,
  acknowledged TEXT, note TEXT, urgency TEXT, secrecy TEXT, circulation TEXT, batch_id BLOB,
  row INT, original TEXT, given INT, sender_id TEXT, registered INT, recalled INT, event INT);
-- Few lines are in these two: kept while the lines come, they cost less than a walk over all of them at the end.
CREATE INDEX entry_due ON entry(due) WHERE due IS NOT NULL AND coalesce(answered,0)=0 AND coalesce(voided,0)=0;
CREATE INDEX entry_reserved ON entry(fonds, series, year, number) WHERE reserved = 1;
CREATE TABLE link(entry INT, relation TEXT, target INT, reason TEXT);
CREATE TABLE exchange(entry INT, place INT, type TEXT, body TEXT);
CREATE TABLE unlinked(fonds INT, entry INT, relation TEXT, document_id TEXT, place INT, body TEXT);
CREATE TABLE series_counter(fonds INT, series TEXT, year INT, book INT, entries INT, largest INT,
  PRIMARY KEY(fonds, series, year, book)) WITHOUT ROWID;
CREATE TABLE number_floor(series TEXT PRIMARY KEY, number INT) WITHOUT ROWID;
CREATE TABLE document(key INTEGER PRIMARY KEY, handle INT, entry INT, components INT DEFAULT 0, files INT DEFAULT 0,
  id BLOB, fonds INT, fonds_id BLOB, entry_id BLOB,
  own_number INT, own_suffix TEXT, own_year INT, notation TEXT, own_written TEXT, notation_folded TEXT, type TEXT,
  date TEXT, issuer TEXT, issuer_code TEXT, subject TEXT, language TEXT, pages INT, access TEXT, confidence TEXT,
  value TEXT, carrier INT, keyword TEXT, info_sign TEXT, autograph TEXT, condition TEXT, signer TEXT, note TEXT,
  process TEXT, sheets TEXT, media TEXT, term TEXT, original TEXT, event INT);
CREATE TABLE component(key INTEGER PRIMARY KEY, handle INT, id BLOB, document INT, document_id BLOB, role INT,
  ordinal INT, name TEXT, name_bytes TEXT, size INT, sha256 TEXT, mime TEXT, modified INT, pages INT, event INT);
CREATE TABLE file(key INTEGER PRIMARY KEY, handle INT, id BLOB, fonds INT, fonds_id BLOB, year INT, notation TEXT,
  notation_folded TEXT, title TEXT, class TEXT, rule TEXT, term TEXT, term_source TEXT, officer TEXT, start TEXT,
  "end" TEXT, access TEXT, language TEXT, keyword TEXT, info_sign TEXT, confidence TEXT, condition TEXT, note TEXT,
  paper_code TEXT, sheets INT, inventory TEXT, number TEXT, kept TEXT, unit TEXT, period TEXT, autograph TEXT,
  provisional TEXT, bundle TEXT, volume TEXT, rejected TEXT, settled TEXT, documents_told INT, pages_told INT,
  original TEXT, state INT, ended INT, closed_on TEXT,
  box INT, box_id BLOB, documents INT DEFAULT 0);
CREATE UNIQUE INDEX file_handle ON file(handle);
CREATE TABLE file_document(file INT, ordinal INT, document INT);
CREATE TABLE box(handle INTEGER PRIMARY KEY, id BLOB, fonds INT, fonds_id BLOB, number TEXT, label TEXT, place TEXT,
  centimetres INT, unarranged INT, note TEXT);
CREATE TABLE submission(handle INTEGER PRIMARY KEY, id BLOB, fonds INT, fonds_id BLOB, name TEXT, year INT, date TEXT,
  giver TEXT, giver_post TEXT, giver_unit TEXT, receiver TEXT, receiver_post TEXT, basis TEXT, block TEXT,
  condition TEXT, leaving TEXT, note TEXT, made INT);
CREATE TABLE submission_file(submission INT, file INT, ordinal INT, step TEXT, reason TEXT, consent TEXT, until TEXT,
  day TEXT, PRIMARY KEY(submission, file)) WITHOUT ROWID;
CREATE INDEX submission_of_file ON submission_file(file);
CREATE TABLE batch(handle INTEGER PRIMARY KEY, id BLOB, name TEXT, book TEXT, list_name TEXT, list_sha256 TEXT,
  rows INT, year INT, withdrawn INT);
CREATE TABLE year_closed(fonds INT, year INT, PRIMARY KEY(fonds, year)) WITHOUT ROWID;
CREATE TABLE package(handle INTEGER PRIMARY KEY, id BLOB, name TEXT, kind TEXT, spec TEXT, profile TEXT, file INT,
  file_id BLOB, newest_stream TEXT, newest_seq INT, seed TEXT, time TEXT, year INT);
CREATE TABLE use(handle INTEGER PRIMARY KEY, id BLOB, fonds INT, fonds_id BLOB, entry INT, entry_id BLOB, document INT,
  document_id BLOB, file INT, file_id BLOB, by TEXT, purpose TEXT, copy TEXT, permit_by TEXT, basis TEXT, since TEXT,
  due TEXT, returned TEXT, event INT);
CREATE TABLE destruction(handle INTEGER PRIMARY KEY, id BLOB, name TEXT, decision TEXT, stream INT, seq INT, body TEXT, done INT);
CREATE TABLE destroyed_body(stream TEXT, seq INT, PRIMARY KEY(stream, seq)) WITHOUT ROWID;
CREATE TABLE config(key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE actor(actor TEXT PRIMARY KEY, name TEXT, position TEXT) WITHOUT ROWID;
CREATE TABLE counter(name TEXT PRIMARY KEY, value INT) WITHOUT ROWID;
CREATE TABLE pending(stream INT, seq INT, time TEXT, type TEXT, body TEXT);
)sql";

constexpr const char* kDocumentHandle = "CREATE INDEX document_handle ON document(handle)";
constexpr const char* kIndexes = R"sql(
CREATE INDEX touch_handle ON touch(handle, place);
CREATE INDEX entry_handle ON entry(handle);
CREATE INDEX entry_document ON entry(document) WHERE document IS NOT NULL;
CREATE INDEX entry_number ON entry(fonds, book, year, number);
CREATE INDEX entry_own ON entry(own_number, notation_folded);
CREATE INDEX entry_batch ON entry(batch) WHERE batch IS NOT NULL;
CREATE INDEX document_entry ON document(entry);
CREATE INDEX document_bare ON document(components) WHERE components = 0;
CREATE INDEX document_unfiled ON document(files) WHERE files = 0;
CREATE INDEX component_handle ON component(handle);
CREATE INDEX component_document ON component(document, ordinal);
CREATE INDEX component_sha256 ON component(sha256);
CREATE INDEX file_code ON file(fonds, year, notation_folded);
CREATE INDEX file_state ON file(state);
CREATE INDEX file_box ON file(box) WHERE box IS NOT NULL;
CREATE INDEX file_number ON file(number COLLATE NOCASE) WHERE number IS NOT NULL;
CREATE INDEX file_provisional ON file(provisional COLLATE NOCASE) WHERE provisional IS NOT NULL;
CREATE UNIQUE INDEX file_document_ordinal ON file_document(file, ordinal);
CREATE INDEX file_document_document ON file_document(document);
CREATE INDEX entry_sender_id ON entry(sender_id) WHERE sender_id <> '';
CREATE INDEX exchange_entry ON exchange(entry, place);
CREATE INDEX use_since ON use(since);
CREATE INDEX use_entry ON use(entry) WHERE entry IS NOT NULL;
CREATE INDEX use_document ON use(document) WHERE document IS NOT NULL;
CREATE INDEX use_file ON use(file) WHERE file IS NOT NULL;
CREATE INDEX link_target ON link(target);
CREATE INDEX link_entry ON link(entry);
)sql";

std::string meta(Database& database, const char* key) {
  Statement statement = database.prepare("SELECT value FROM meta WHERE key=?1");
  statement.bind(1, std::string_view(key));
  return statement.step() ? statement.text(0) : std::string();
}

std::int64_t milliseconds(std::string_view time) {
  // All events of a transaction have one time.
  thread_local std::string last;
  thread_local std::int64_t value = 0;
  if (time != last) {
    Moment moment;
    value = from_text(std::string(time), moment) ? moment.milliseconds : 0;
    last = time;
  }
  return value;
}

}  // namespace

std::string stamp() { return std::to_string(kSchemaVersion) + " icu " U_ICU_VERSION; }

Catalogue::Catalogue(std::unique_ptr<State> state) : state_(std::move(state)) {}
Catalogue::~Catalogue() {
  if (!state_) return;
  state_->forget_statements();
}

// Temporary files of SQLite hold words of records: they stay inside the repository.
void set_temporary_directory(const Path& directory) {
  if (directory.empty()) return;
  if (sqlite3_temp_directory != nullptr) sqlite3_free(sqlite3_temp_directory);
  sqlite3_temp_directory = sqlite3_mprintf("%s", directory.c_str());
}

namespace {

// With vi_key(text): bytes in Vietnamese order, and name_key(text): of a person's name, by the given name.
std::unique_ptr<Database> open_database(const Path& file, Database::Mode mode) {
  auto database = std::make_unique<Database>(file.string(), mode);
  database->add_key("vi_key", [](std::string_view text) { return text::sort_key(text); });
  database->add_key("name_key",
                    [](std::string_view text) { return text::sort_key(records::by_given_name(text)); });
  return database;
}

void pragmas(Database& database, Catalogue::Mode mode, const Path& temporary_directory) {
  // Readers sort too. Who may not write there gets another place from SQLite.
  set_temporary_directory(temporary_directory);
  if (mode == Catalogue::Mode::write) {
    database.run("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA wal_autocheckpoint=4000");
  }
  database.run("PRAGMA cache_size=-24000; PRAGMA mmap_size=0");
}
}  // namespace

std::unique_ptr<Catalogue> Catalogue::open(const Path& file, Mode mode, const Path& temporary_directory) {
  try {
    auto state = std::make_unique<State>();
    state->file = file;
    state->mode = mode;
    const auto kind = mode == Mode::write       ? Database::Mode::read_write
                      : mode == Mode::immutable ? Database::Mode::immutable
                                                : Database::Mode::read_only;
    state->database = open_database(file, kind);
    pragmas(*state->database, mode, temporary_directory);
    if (meta(*state->database, "stamp") != stamp() || meta(*state->database, "complete") != "1") return nullptr;
    return std::unique_ptr<Catalogue>(new Catalogue(std::move(state)));
  } catch (const sqlite::Failure&) {
    return nullptr;  // whatever is wrong with a cache, the answer is a new one
  }
}

std::unique_ptr<Catalogue> Catalogue::create(const Path& file, Mode mode, const Path& temporary_directory) {
  try {
    auto state = std::make_unique<State>();
    state->file = file;
    state->mode = mode;
    state->bulk = true;
    state->database = open_database(
        file, mode == Mode::temporary ? Database::Mode::temporary : Database::Mode::read_write);
    // Until it is complete nobody reads it: no syncs, and a journal in memory only for taking back an unfinished
    // transaction of the stream.
    if (mode != Mode::temporary) set_temporary_directory(temporary_directory);
    state->database->run("PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE; PRAGMA cache_size=-24000");
    state->database->run("PRAGMA threads=" + std::to_string(hardware_threads() - 1));  // sorting for the indexes
    state->database->run("BEGIN");
    state->database->run(kTables);
    state->database->run("COMMIT");
    return std::unique_ptr<Catalogue>(new Catalogue(std::move(state)));
  } catch (const sqlite::Failure& failure) {
    failed(failure, file);
  }
}

std::vector<StreamState> Catalogue::streams() try {
  std::vector<StreamState> all;
  Statement& s = state_->statement(
      "SELECT number,name,own,events,hash,segment,head_offset,body_offset,adopted_events,adopted_hash FROM stream ORDER BY number");
  while (s.step()) {
    StreamState state;
    state.number = static_cast<int>(s.integer(0));
    state.name = s.text(1);
    state.own = s.integer(2) != 0;
    state.position.head.events = static_cast<std::uint64_t>(s.integer(3));
    Digest::parse(s.view(4), state.position.head.hash);
    state.position.segment = static_cast<std::uint32_t>(s.integer(5));
    state.position.head_offset = static_cast<std::uint64_t>(s.integer(6));
    state.position.body_offset = static_cast<std::uint64_t>(s.integer(7));
    state.adopted.events = static_cast<std::uint64_t>(s.integer(8));
    Digest::parse(s.view(9), state.adopted.hash);
    all.push_back(std::move(state));
  }
  state_->rest();
  return all;
} catch (const sqlite::Failure& failure) {
  failed(failure, state_->file);
}

int Catalogue::add_stream(const std::string& name, bool own, const journal::Head& adopted) try {
  Statement& s = state_->statement(
      "INSERT INTO stream(name,own,events,segment,head_offset,body_offset,adopted_events,adopted_hash) "
      "VALUES(?1,?2,0,1,0,0,?3,?4) ON CONFLICT(name) DO UPDATE SET adopted_events=excluded.adopted_events, "
      "adopted_hash=excluded.adopted_hash RETURNING number");
  const std::string hash = adopted.hash.hex();
  s.bind(1, std::string_view(name)).bind(2, own ? 1 : 0).bind(3, static_cast<std::int64_t>(adopted.events)).bind(4, std::string_view(hash));
  s.step();
  const int number = static_cast<int>(s.integer(0));
  s.reset();
  return number;
} catch (const sqlite::Failure& failure) {
  failed(failure, state_->file);
}

void Catalogue::begin_apply() {
  try {
    state_->rest();
    state_->database->run("BEGIN IMMEDIATE");
    state_->database->run("SAVEPOINT good");
    state_->applying = true;
    state_->since_commit = 0;
  } catch (const sqlite::Failure& failure) {
    failed(failure, state_->file);
  }
}

namespace {

constexpr const char* kCount =
    "INSERT OR REPLACE INTO counter VALUES('documents',(SELECT count(*) FROM document)),"
    "('without_content',(SELECT count(*) FROM document WHERE components=0)),"
    "('unfiled',(SELECT count(*) FROM document WHERE files=0)),('components',(SELECT count(*) FROM component))";

void write_changes(Catalogue::State& s) {
  Changes& c = s.changes;
  for (const auto& [key, change] : c.series) {
    const auto& [fonds, series, year, book] = key;
    s.fixed("INSERT INTO series_counter VALUES(?1,?2,?3,?4,?5,?6) ON CONFLICT DO UPDATE SET "
            "entries=entries+excluded.entries, largest=max(largest,excluded.largest)")
        .bind(1, fonds).bind(2, std::string_view(series)).bind(3, year).bind(4, book).bind(5, change.entries).bind(6, change.largest).run();
  }
  if (c.recount) {
    s.fixed(kCount).run();
  } else if (!s.bulk) {  // in bulk they are counted at the end
    const std::pair<const char*, std::int64_t> counts[] = {{"documents", c.documents}, {"without_content", c.without_content},
                                                          {"unfiled", c.unfiled}, {"components", c.components}};
    for (const auto& [name, change] : counts)
      if (change != 0)
        s.fixed("UPDATE counter SET value=value+?2 WHERE name=?1").bind(1, std::string_view(name)).bind(2, change).run();
  }
  c = {};
}

}  // namespace

void Catalogue::complete(int stream, const journal::Position& position) {
  try {
    write_changes(*state_);
    Statement& s = state_->fixed(
        "UPDATE stream SET events=?2,hash=?3,segment=?4,head_offset=?5,body_offset=?6 WHERE number=?1");
    const std::string hash = position.head.hash.hex();
    s.bind(1, stream).bind(2, static_cast<std::int64_t>(position.head.events)).bind(3, std::string_view(hash))
        .bind(4, static_cast<std::int64_t>(position.segment)).bind(5, static_cast<std::int64_t>(position.head_offset))
        .bind(6, static_cast<std::int64_t>(position.body_offset)).run();
    state_->fixed("RELEASE good").run();
    if (state_->bulk && state_->since_commit > 200'000) {
      state_->database->run("COMMIT; BEGIN IMMEDIATE");
      state_->since_commit = 0;
    }
    state_->fixed("SAVEPOINT good").run();
  } catch (const sqlite::Failure& failure) {
    failed(failure, state_->file);
  }
}

void Catalogue::end_apply() {
  if (!state_->applying) return;
  state_->applying = false;
  try {
    state_->changes = {};
    state_->database->run("ROLLBACK TO good; RELEASE good; COMMIT");
  } catch (const sqlite::Failure& failure) {
    failed(failure, state_->file);
  }
}

void Catalogue::checkpoint() {
  try {
    state_->database->run("PRAGMA wal_checkpoint(TRUNCATE)");
  } catch (const sqlite::Failure&) {  // readers hold it: the next one does it
  }
}

namespace {

// One event into rows. A class, so that each type is a short function.
class Applier {
 public:
  Applier(Catalogue::State& state, Catalogue& catalogue, int stream, std::uint64_t seq, std::string_view time)
      : s_(state), catalogue_(catalogue), stream_(stream), seq_(seq), time_(time) {}

  // False: a type that this version does not know.
  bool apply(std::string_view type, std::string_view body);

 private:
  Statement& sql(const char* text) { return s_.fixed(text); }
  std::int64_t place() const { return place_of(stream_, seq_); }
  // That an event is about a thing. Not for the event that brought a line, a document or a content: those rows say so
  // themselves, and are by far the most.
  void touch(Handle handle, std::int64_t event) { sql("INSERT INTO touch VALUES(?1,?2)").bind(1, handle).bind(2, event).run(); }
  void touch(Handle handle) { touch(handle, place()); }
  void touch(const records::Id& id) { touch(handle_of(id)); }
  void touch(const std::optional<records::Id>& id) {
    if (id) touch(*id);
  }
  static records::Id id_of(const std::map<std::string, std::string>& fields, const char* key) {
    records::Id id;
    const auto found = fields.find(key);
    if (found == fields.end() || !records::Id::parse(found->second, id))
      throw Error(Exit::no_verdict, "VTLT-JOURNAL-05", Message("journal.body.broken", {{"field", std::string(key)}}));
    return id;
  }
  static std::string value(const std::map<std::string, std::string>& fields, const char* key) {
    const auto found = fields.find(key);
    return found == fields.end() ? std::string() : found->second;
  }
  static std::int64_t number(const std::map<std::string, std::string>& fields, const char* key) {
    const std::string text = value(fields, key);
    return text.empty() ? 0 : std::strtoll(text.c_str(), nullptr, 10);
  }

  void entry(const journal::EntryView& e, bool reserved = false);
  void amended(const records::RegisterEntry& e);
  void linked(const records::Id& entry, const std::string& relation, const records::Id& to, const std::string& reason);
  void exchanged(const records::Id& entry, std::string_view type, std::string_view body);
  // Lines that this one answered are answered only if another one stands that does.
  void no_longer_answers(const std::string& which, Handle handle);
  void withdrawn(const records::Id& batch);
  void document(const journal::DocumentView& d);
  void component(const records::Component& c);
  // begins: the state of one that was not there yet.
  void file(const records::FileRecord& f, records::FileState begins = records::FileState::open);
  void file_state(const records::Id& file, records::FileState state);
  void withdrawn_files(Handle batch);
  void submission(const records::Submission& s);
  void submission_step(const std::map<std::string, std::string>& fields, records::SubmissionStep step);
  void fonds(const records::Fonds& f);
  void destruction(const journal::DestructionBegun& d, std::string_view body);
  // A document was put into so many files, or taken out.
  void filed(const records::Id& document, std::int64_t files);

  Catalogue::State& s_;
  Catalogue& catalogue_;
  int stream_;
  std::uint64_t seq_;
  std::string_view time_;
};

void Applier::entry(const journal::EntryView& e, bool reserved) {
  static const std::string insert = std::string("INSERT INTO entry(") + kEntryColumns + ",registered,reserved,event) VALUES(" +
                                    placeholders(kEntryColumns) + ",?41,?42,?43)";
  Statement& s = sql(insert.c_str());
  VTLT_ASSERT(bind_entry(s, 1, e) == 41);
  s.bind(41, milliseconds(time_));
  reserved ? s.bind(42, 1) : s.bind_null(42);
  s.bind(43, place()).run();
  auto& series = s_.changes.series[{handle_of(e.fonds), std::string(e.series.empty() ? records::book_text(e.book) : e.series),
                                    e.year, static_cast<int>(e.book) + 1}];
  ++series.entries;
  series.largest = std::max<std::int64_t>(series.largest, e.number);
  for (const auto& target : e.answers)
    sql("INSERT INTO link VALUES(?1,'answers',?2,'')").bind(1, handle_of(e.id)).bind(2, handle_of(target)).run();
  if (!s_.bulk)
    for (const auto& target : e.answers)
      sql("UPDATE entry SET answered=1 WHERE handle=?1").bind(1, handle_of(target)).run();
}

// What was written first stands in the journal; the row is what the line says now.
void Applier::amended(const records::RegisterEntry& e) {
  static const std::string insert =
      std::string("INSERT INTO entry(") + kEntryColumns + ",voided,answered,registered,recalled,event) VALUES(" +
      placeholders(kEntryColumns) + ",?41,?42,?43,?44,?45)";
  Statement& old = sql("SELECT coalesce(voided,0),coalesce(answered,0),registered,coalesce(recalled,0),event,coalesce(reserved,0),key "
                       "FROM entry WHERE handle=?1")
                       .bind(1, handle_of(e.id));
  if (!old.step()) return;
  std::int64_t kept[7];
  for (int i = 0; i < 7; ++i) kept[i] = old.integer(i);
  old.reset();
  Statement& s = sql(insert.c_str());
  VTLT_ASSERT(bind_entry(s, 1, e) == 41);
  // A number that was kept free is a line from the day it is used.
  if (kept[5] != 0) kept[2] = milliseconds(time_);
  for (const int i : {0, 1, 3}) kept[i] != 0 ? s.bind(41 + i, kept[i]) : s.bind_null(41 + i);
  s.bind(43, kept[2]).bind(45, kept[4]).run();
  // Only now, so that the row gets a key that none had: who reads on by key sees it.
  sql("DELETE FROM entry WHERE key=?1").bind(1, kept[6]).run();
  if (kept[5] != 0)
    for (const auto& target : e.answers) linked(e.id, "answers", target, {});
  touch(e.id);
}

void Applier::exchanged(const records::Id& entry, std::string_view type, std::string_view body) {
  sql("INSERT INTO exchange VALUES(?1,?2,?3,?4)").bind(1, handle_of(entry)).bind(2, place()).bind(3, type).bind(4, body).run();
  touch(entry);
}

void Applier::linked(const records::Id& entry, const std::string& relation, const records::Id& to, const std::string& reason) {
  sql("INSERT INTO link VALUES(?1,?2,?3,?4)").bind(1, handle_of(entry)).bind(2, std::string_view(relation)).bind(3, handle_of(to))
      .bind(4, std::string_view(reason)).run();
  if (relation == "answers") sql("UPDATE entry SET answered=1 WHERE handle=?1").bind(1, handle_of(to)).run();
  if (relation == "recalls") sql("UPDATE entry SET recalled=1 WHERE handle=?1").bind(1, handle_of(to)).run();
}

void Applier::no_longer_answers(const std::string& which, Handle handle) {
  const std::string update =
      "UPDATE entry SET answered=nullif((SELECT count(*) FROM link JOIN entry AS other ON other.handle=link.entry WHERE "
      "link.target=entry.handle AND relation='answers' AND coalesce(other.voided,0)=0)>0,0) WHERE handle IN "
      "(SELECT target FROM link WHERE relation='answers' AND entry IN (SELECT handle FROM entry WHERE " + which + "=?1))";
  s_.statement(update).bind(1, handle).run();
}

void Applier::withdrawn(const records::Id& batch) {
  s_.changes.recount = true;
  const Handle handle = handle_of(batch);
  // A number that came with the list may come again (2); one that vtlt gave stays spent (3).
  sql("UPDATE entry SET voided=CASE WHEN given=1 THEN 3 ELSE 2 END WHERE batch=?1").bind(1, handle).run();
  no_longer_answers("batch", handle);
  // Lines that stand for nothing are not counted; the largest number stays.
  sql("UPDATE series_counter SET entries=entries-(SELECT count(*) FROM entry AS e WHERE e.batch=?1 AND coalesce(e.given,0)=0 AND "
      "e.fonds=series_counter.fonds AND e.year=series_counter.year AND e.book=series_counter.book AND "
      "CASE WHEN coalesce(e.series,'')='' THEN CASE e.book WHEN 1 THEN 'in' WHEN 2 THEN 'out' WHEN 3 THEN 'internal' ELSE 'copy' END "
      "ELSE e.series END=series_counter.series)")
      .bind(1, handle).run();
  sql("DELETE FROM component WHERE document IN (SELECT document FROM entry WHERE batch=?1)").bind(1, handle).run();
  sql("DELETE FROM document WHERE handle IN (SELECT document FROM entry WHERE batch=?1)").bind(1, handle).run();
  sql("INSERT INTO touch SELECT handle,?2 FROM entry WHERE batch=?1").bind(1, handle).bind(2, place()).run();
  withdrawn_files(handle);
  sql("UPDATE batch SET withdrawn=1 WHERE handle=?1").bind(1, handle).run();
  touch(batch);
}

// What lists of an arrangement brought: the files made behind the batch, as many as its rows, and those of their
// documents that no register knows.
void Applier::withdrawn_files(Handle batch) {
  Statement& book = sql("SELECT rows FROM batch WHERE handle=?1 AND book='files'").bind(1, batch);
  const std::int64_t files = book.step() ? book.integer(0) : 0;
  book.reset();
  if (files == 0) return;
  sql("CREATE TEMP TABLE IF NOT EXISTS gone_file(handle INTEGER PRIMARY KEY)").run();
  sql("CREATE TEMP TABLE IF NOT EXISTS gone_document(handle INTEGER PRIMARY KEY)").run();
  sql("DELETE FROM gone_file").run();
  sql("DELETE FROM gone_document").run();
  sql("INSERT OR IGNORE INTO gone_file SELECT t.handle FROM touch AS t WHERE t.place IN (SELECT e.place FROM event AS e WHERE "
      "e.place>(SELECT min(place) FROM touch WHERE handle=?1) AND e.place>>40=(SELECT min(place)>>40 FROM touch WHERE handle=?1) "
      "AND e.type IN ('file.arranged/1','file.opened/1') ORDER BY e.place LIMIT ?2)")
      .bind(1, batch).bind(2, files).run();
  sql("INSERT INTO touch SELECT handle,?1 FROM gone_file").bind(1, place()).run();
  sql("INSERT INTO gone_document SELECT DISTINCT document FROM file_document AS f JOIN document AS d ON d.handle=f.document "
      "WHERE f.file IN (SELECT handle FROM gone_file) AND d.entry IS NULL AND NOT EXISTS(SELECT 1 FROM file_document AS g "
      "WHERE g.document=f.document AND g.file NOT IN (SELECT handle FROM gone_file))").run();
  sql("INSERT INTO touch SELECT handle,?1 FROM gone_document").bind(1, place()).run();
  sql("DELETE FROM component WHERE document IN (SELECT handle FROM gone_document)").run();
  sql("DELETE FROM document WHERE handle IN (SELECT handle FROM gone_document)").run();
  sql("UPDATE document SET files=files-(SELECT count(*) FROM file_document AS f WHERE f.document=document.handle AND "
      "f.file IN (SELECT handle FROM gone_file)) WHERE handle IN (SELECT document FROM file_document WHERE file IN "
      "(SELECT handle FROM gone_file))").run();
  sql("DELETE FROM file_document WHERE file IN (SELECT handle FROM gone_file)").run();
  sql("DELETE FROM file WHERE handle IN (SELECT handle FROM gone_file)").run();
}

void Applier::document(const journal::DocumentView& d) {
  static const std::string insert =
      std::string("INSERT INTO document(") + kDocumentColumns + ",event) VALUES(" + placeholders(kDocumentColumns) + ",?35)";
  std::int64_t components = 0, files = 0, old_key = 0;
  bool again = false;
  if (!s_.bulk) {
    // Described again: the later description replaces the row, counts stay.
    Statement& old = sql("SELECT components,files,event,key FROM document WHERE handle=?1").bind(1, handle_of(d.id));
    if (old.step()) {
      again = true;
      components = old.integer(0);
      files = old.integer(1);
      const std::int64_t before = old.integer(2);
      old_key = old.integer(3);
      old.reset();
      touch(handle_of(d.id), before);
    }
  }
  Statement& s = sql(insert.c_str());
  VTLT_ASSERT(bind_document(s, 1, d) == 35);
  s.bind(35, place()).run();
  if (!again) {
    ++s_.changes.documents;
    ++s_.changes.without_content;
    ++s_.changes.unfiled;
    return;
  }
  sql("DELETE FROM document WHERE key=?1").bind(1, old_key).run();  // only now: the new row has a key that none had
  if (components != 0 || files != 0) {
    sql("UPDATE document SET components=?2,files=?3 WHERE handle=?1").bind(1, handle_of(d.id)).bind(2, components).bind(3, files).run();
  }
}

void Applier::component(const records::Component& c) {
  static const std::string insert =
      std::string("INSERT INTO component(") + kComponentColumns + ",event) VALUES(" + placeholders(kComponentColumns) + ",?14)";
  Statement& s = sql(insert.c_str());
  VTLT_ASSERT(bind_component(s, 1, c) == 14);
  s.bind(14, place()).run();
  ++s_.changes.components;
  if (s_.bulk || c.role == records::Role::message) return;  // the message is no content
  Statement& counted = sql("UPDATE document SET components=components+1 WHERE handle=?1 RETURNING components").bind(1, handle_of(c.document));
  if (counted.step() && counted.integer(0) == 1) --s_.changes.without_content;
  counted.reset();
}

void Applier::file(const records::FileRecord& f, records::FileState begins) {
  static const std::string insert =
      std::string("INSERT INTO file(") + kFileColumns + ",key) VALUES(" + placeholders(kFileColumns) + ",?44)";
  records::FileRecord merged = f;
  merged.state = begins;
  std::int64_t documents = 0;
  static const std::string select = std::string("SELECT ") + kFileColumns + ",documents FROM file WHERE handle=?1";
  // A key that none had, also when the newest row is replaced: who reads on by key sees it.
  Statement& newest = sql("SELECT coalesce(max(key),0)+1 FROM file");
  newest.step();
  const std::int64_t key = newest.integer(0);
  newest.reset();
  Statement& old = sql(select.c_str()).bind(1, handle_of(f.id));
  if (old.step()) {
    int column = 0;
    const records::FileRecord before = read_file(old, column);
    documents = old.integer(column);
    merged.state = before.state;
    merged.ended = before.ended;
    merged.closed_on = before.closed_on;
    merged.box = before.box;
    old.reset();
    sql("DELETE FROM file WHERE handle=?1").bind(1, handle_of(f.id)).run();
  }
  Statement& s = sql(insert.c_str());
  VTLT_ASSERT(bind_file(s, 1, merged) == 44);
  s.bind(44, key).run();
  if (documents != 0) sql("UPDATE file SET documents=?2 WHERE handle=?1").bind(1, handle_of(f.id)).bind(2, documents).run();
  touch(f.id);
}

void Applier::file_state(const records::Id& file, records::FileState state) {
  sql("UPDATE file SET state=?2 WHERE handle=?1").bind(1, handle_of(file)).bind(2, static_cast<int>(state) + 1).run();
  touch(file);
}

void Applier::submission(const records::Submission& b) {
  const std::string date = text::to_iso(b.date);
  sql("INSERT OR REPLACE INTO submission VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18)")
      .bind(1, handle_of(b.id)).bind_blob(2, b.id.bits.data(), b.id.bits.size()).bind(3, handle_of(b.fonds))
      .bind_blob(4, b.fonds.bits.data(), b.fonds.bits.size()).bind(5, std::string_view(b.name)).bind(6, b.year)
      .bind(7, std::string_view(date)).bind(8, std::string_view(b.giver)).bind(9, std::string_view(b.giver_post))
      .bind(10, std::string_view(b.giver_unit)).bind(11, std::string_view(b.receiver))
      .bind(12, std::string_view(b.receiver_post)).bind(13, std::string_view(b.basis)).bind(14, std::string_view(b.block))
      .bind(15, std::string_view(b.condition)).bind(16, std::string_view(b.leaving)).bind(17, std::string_view(b.note))
      .bind(18, std::atoi(std::string(time_.substr(0, 4)).c_str())).run();
  touch(b.id);
}

// The file's place in its submission: the order in which it came, and what became of it last.
void Applier::submission_step(const std::map<std::string, std::string>& fields, records::SubmissionStep step) {
  const records::Id submission = id_of(fields, "submission"), file = id_of(fields, "file");
  const std::string reason = value(fields, "reason"), consent = value(fields, "consent"), until = value(fields, "until"),
                    day(time_.substr(0, 10));
  sql("INSERT INTO submission_file VALUES(?1,?2,(SELECT count(*)+1 FROM submission_file WHERE submission=?1),?3,?4,?5,?6,?7) "
      "ON CONFLICT DO UPDATE SET step=excluded.step,reason=excluded.reason,consent=excluded.consent,until=excluded.until,"
      "day=excluded.day")
      .bind(1, handle_of(submission)).bind(2, handle_of(file)).bind(3, std::string_view(records::step_text(step)))
      .bind(4, std::string_view(reason)).bind(5, std::string_view(consent)).bind(6, std::string_view(until))
      .bind(7, std::string_view(day)).run();
  touch(submission);
  if (step == records::SubmissionStep::kept_back) touch(file);
  if (step == records::SubmissionStep::listed) file_state(file, records::FileState::submitted);
  if (step == records::SubmissionStep::taken) file_state(file, records::FileState::archived);
  if (step == records::SubmissionStep::returned) file_state(file, records::FileState::closed);
}

void Applier::filed(const records::Id& document, std::int64_t files) {
  Statement& s = sql("UPDATE document SET files=files+?2 WHERE handle=?1 RETURNING files").bind(1, handle_of(document)).bind(2, files);
  if (s.step()) {
    if (s.integer(0) == 0) ++s_.changes.unfiled;
    if (s.integer(0) == files) --s_.changes.unfiled;
  }
  s.reset();
}

void Applier::fonds(const records::Fonds& f) {
  const std::string opened = text::to_iso(f.opened), closed = text::to_iso(f.closed);
  Statement& s = sql(
      "INSERT INTO fonds(handle,id,code,name,organ,archive,regime,opened,closed,note,history,language,backup) "
      "VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13) "
      "ON CONFLICT(handle) DO UPDATE SET code=excluded.code,name=excluded.name,organ=excluded.organ,"
      "archive=excluded.archive,regime=excluded.regime,opened=coalesce(excluded.opened,opened),"
      "closed=coalesce(excluded.closed,closed),note=excluded.note,history=excluded.history,language=excluded.language,"
      "backup=excluded.backup");
  s.bind(1, handle_of(f.id)).bind_blob(2, f.id.bits.data(), f.id.bits.size()).bind(3, std::string_view(f.code))
      .bind(4, std::string_view(f.name)).bind(5, std::string_view(f.organ)).bind(6, std::string_view(f.archive))
      .bind(7, std::string_view(f.regime)).bind(8, std::string_view(opened)).bind(9, std::string_view(closed))
      .bind(10, std::string_view(f.note)).bind(11, std::string_view(f.history)).bind(12, std::string_view(f.language))
      .bind(13, std::string_view(f.backup)).run();
  touch(f.id);
}

void Applier::destruction(const journal::DestructionBegun& d, std::string_view body) {
  s_.changes.recount = true;
  // From this event on the records are gone for every reader, whatever still stands on disk.
  sql("INSERT OR REPLACE INTO destruction VALUES(?1,?2,?3,?4,?5,?6,?7,0)")
      .bind(1, handle_of(d.dossier)).bind_blob(2, d.dossier.bits.data(), d.dossier.bits.size())
      .bind(3, std::string_view(d.name)).bind(4, std::string_view(d.decision)).bind(5, stream_)
      .bind(6, static_cast<std::int64_t>(seq_)).bind(7, body).run();
  for (const auto& [stream, seq] : d.bodies)
    sql("INSERT OR IGNORE INTO destroyed_body VALUES(?1,?2)").bind(1, std::string_view(stream)).bind(2, static_cast<std::int64_t>(seq)).run();
  const auto forget_bodies_of = [&](const records::Id& id) {
    sql("DELETE FROM touch WHERE handle=?1 AND EXISTS(SELECT 1 FROM destroyed_body AS b JOIN stream ON name=b.stream "
        "WHERE touch.place=number<<40|b.seq)")
        .bind(1, handle_of(id)).run();
  };
  for (const auto& id : d.documents) {
    forget_bodies_of(id);
    sql("DELETE FROM component WHERE document=?1").bind(1, handle_of(id)).run();
    sql("DELETE FROM document WHERE handle=?1").bind(1, handle_of(id)).run();
    sql("UPDATE file SET documents=documents-1 WHERE handle IN (SELECT file FROM file_document WHERE document=?1)")
        .bind(1, handle_of(id)).run();
    sql("DELETE FROM file_document WHERE document=?1").bind(1, handle_of(id)).run();
    touch(id);
  }
  for (const auto& id : d.files) {
    forget_bodies_of(id);
    // A bare row stays as the trace, the same whether the body was read before it was blanked or not.
    sql("DELETE FROM file WHERE handle=?1").bind(1, handle_of(id)).run();
    sql("UPDATE document SET files=files-1 WHERE handle IN (SELECT document FROM file_document WHERE file=?1)")
        .bind(1, handle_of(id)).run();
    sql("DELETE FROM file_document WHERE file=?1").bind(1, handle_of(id)).run();
    sql("INSERT INTO file(handle,id,state) VALUES(?1,?2,?3)").bind(1, handle_of(id))
        .bind_blob(2, id.bits.data(), id.bits.size()).bind(3, static_cast<int>(records::FileState::destroyed) + 1).run();
    touch(id);
  }
}

bool Applier::apply(std::string_view t, std::string_view body) {
  journal::Decoder& d = s_.decoder;
  if (t == type::register_entry) {
    entry(s_.views.entry(body));
  } else if (t == type::document_described) {
    document(s_.views.document(body));
  } else if (t == type::content_attached) {
    component(d.component(body));
  } else if (t == type::file_opened || t == type::file_amended) {
    file(d.file(body));
  } else if (t == type::file_planned) {
    file(d.file(body), records::FileState::planned);
  } else if (t == type::file_arranged) {
    file(d.file(body), records::FileState::archived);
  } else if (t == type::fonds_opened) {
    fonds(d.fonds(body));
  } else if (t == type::file_document_added) {
    const auto f = d.fields(body);
    const records::Id file = id_of(f, "file"), document = id_of(f, "document");
    sql("INSERT INTO file_document VALUES(?1,?2,?3)").bind(1, handle_of(file)).bind(2, number(f, "ordinal")).bind(3, handle_of(document)).run();
    sql("UPDATE file SET documents=documents+1 WHERE handle=?1").bind(1, handle_of(file)).run();
    if (!s_.bulk) filed(document, 1);
    touch(file);
    touch(document);
  } else if (t == type::file_document_removed) {
    const auto f = d.fields(body);
    const records::Id file = id_of(f, "file"), document = id_of(f, "document");
    Statement& s = sql("DELETE FROM file_document WHERE file=?1 AND document=?2").bind(1, handle_of(file)).bind(2, handle_of(document));
    s.run();
    const int gone = s_.database->changes();
    sql("UPDATE file SET documents=documents-?2 WHERE handle=?1").bind(1, handle_of(file)).bind(2, gone).run();
    if (gone != 0) filed(document, -gone);
    touch(file);
    touch(document);
  } else if (t == type::file_closed) {
    const auto f = d.fields(body);
    const records::Id file = id_of(f, "file");
    const std::string closed = value(f, "closed"), term = value(f, "term"), source = value(f, "term_source");
    sql("UPDATE file SET state=?2,ended=?3,closed_on=?4 WHERE handle=?1").bind(1, handle_of(file))
        .bind(2, static_cast<int>(records::FileState::closed) + 1).bind(3, number(f, "ended")).bind(4, std::string_view(closed)).run();
    if (!term.empty())
      sql("UPDATE file SET term=?2,term_source=?3 WHERE handle=?1").bind(1, handle_of(file)).bind(2, std::string_view(term)).bind(3, std::string_view(source)).run();
    touch(file);
  } else if (t == type::file_state_changed) {
    const auto f = d.fields(body);
    const records::Id file = id_of(f, "file");
    const auto state = records::parse_state(value(f, "state"));
    state ? file_state(file, *state) : touch(file);
    // Opened again: its work goes on.
    if (state == records::FileState::open)
      sql("UPDATE file SET ended=NULL,closed_on=NULL WHERE handle=?1").bind(1, handle_of(file)).run();
  } else if (t == type::file_reordered) {
    const journal::FileReordered r = d.reordered(body);
    // Out of the way first: no two documents have one ordinal.
    sql("UPDATE file_document SET ordinal=-ordinal WHERE file=?1 AND ordinal>=?2 AND ordinal<?3").bind(1, handle_of(r.file))
        .bind(2, r.from).bind(3, r.from + static_cast<std::int64_t>(r.documents.size())).run();
    std::int64_t ordinal = r.from;
    for (const auto& document : r.documents)
      sql("UPDATE file_document SET ordinal=?3 WHERE file=?1 AND document=?2").bind(1, handle_of(r.file))
          .bind(2, handle_of(document)).bind(3, ordinal++).run();
    touch(r.file);
  } else if (t == type::file_numbered) {
    const auto f = d.fields(body);
    const records::Id file = id_of(f, "file");
    const std::string inventory = value(f, "inventory"), number = value(f, "number");
    sql("UPDATE file SET inventory=?2,number=?3 WHERE handle=?1").bind(1, handle_of(file)).bind(2, std::string_view(inventory))
        .bind(3, std::string_view(number)).run();
    touch(file);
  } else if (t == type::file_rejected) {
    const auto f = d.fields(body);
    const records::Id file = id_of(f, "file");
    const std::string bundle = value(f, "bundle"), volume = value(f, "volume"), reason = value(f, "reason");
    sql("UPDATE file SET bundle=?2,volume=?3,rejected=?4 WHERE handle=?1").bind(1, handle_of(file))
        .bind(2, std::string_view(bundle)).bind(3, std::string_view(volume)).bind(4, std::string_view(reason)).run();
    touch(file);
  } else if (t == type::submission_made) {
    submission(d.submission(body));
  } else if (t == type::file_submitted) {
    submission_step(d.fields(body), records::SubmissionStep::listed);
  } else if (t == type::file_kept_back) {
    submission_step(d.fields(body), records::SubmissionStep::kept_back);
  } else if (t == type::file_taken) {
    submission_step(d.fields(body), records::SubmissionStep::taken);
  } else if (t == type::file_returned) {
    submission_step(d.fields(body), records::SubmissionStep::returned);
  } else if (t == type::box_moved) {
    const auto f = d.fields(body);
    const records::Id box = id_of(f, "box");
    const std::string place = value(f, "place");
    sql("UPDATE box SET place=?2 WHERE handle=?1").bind(1, handle_of(box)).bind(2, std::string_view(place)).run();
    touch(box);
  } else if (t == type::holidays_set) {
    const records::Id fonds = d.holidays(body).fonds;
    sql("INSERT OR REPLACE INTO holidays VALUES(?1,?2)").bind(1, handle_of(fonds)).bind(2, body).run();
    touch(fonds);
  } else if (t == type::fonds_named) {
    const records::FondsName n = d.fonds_name(body);
    const std::string since = text::to_iso(n.since);
    sql("INSERT INTO fonds_name VALUES(?1,?2,?3,?4,?5)").bind(1, handle_of(n.fonds)).bind(2, std::string_view(n.organ))
        .bind(3, std::string_view(n.name)).bind(4, std::string_view(since)).bind(5, std::string_view(n.basis)).run();
    touch(n.fonds);
  } else if (t == type::file_boxed) {
    const auto f = d.fields(body);
    const records::Id file = id_of(f, "file"), box = id_of(f, "box");
    sql("UPDATE file SET box=?2,box_id=?3 WHERE handle=?1").bind(1, handle_of(file)).bind(2, handle_of(box))
        .bind_blob(3, box.bits.data(), box.bits.size()).run();
    touch(file);
    touch(box);
  } else if (t == type::box_made) {
    const records::Box b = d.box(body);
    sql("INSERT OR REPLACE INTO box VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10)").bind(1, handle_of(b.id))
        .bind_blob(2, b.id.bits.data(), b.id.bits.size()).bind(3, handle_of(b.fonds))
        .bind_blob(4, b.fonds.bits.data(), b.fonds.bits.size()).bind(5, std::string_view(b.number))
        .bind(6, std::string_view(b.label)).bind(7, std::string_view(b.place))
        .bind(8, static_cast<std::int64_t>(b.shelf_metres * 100 + 0.5)).bind(9, b.unarranged ? 1 : 0)
        .bind(10, std::string_view(b.note)).run();
    touch(b.id);
  } else if (t == type::batch_imported) {
    const journal::Batch b = d.batch(body);
    sql("INSERT OR REPLACE INTO batch VALUES(?1,?2,?3,?4,?5,?6,?7,?8,NULL)").bind(1, handle_of(b.id))
        .bind_blob(2, b.id.bits.data(), b.id.bits.size()).bind(3, std::string_view(b.name)).bind(4, std::string_view(b.book))
        .bind(5, std::string_view(b.list_name)).bind(6, std::string_view(b.list_sha256)).bind(7, b.rows)
        .bind(8, std::atoi(std::string(time_.substr(0, 4)).c_str())).run();
    touch(b.id);
  } else if (t == type::use_recorded) {
    static const std::string insert =
        std::string("INSERT OR REPLACE INTO use(") + kUseColumns + ",event) VALUES(" + placeholders(kUseColumns) + ",?18)";
    const records::Use u = d.use(body);
    Statement& s = sql(insert.c_str());
    VTLT_ASSERT(bind_use(s, 1, u) == 18);
    s.bind(18, place()).run();
    // Not the thing that is used: its package stays the same when somebody reads it.
    touch(u.id);
  } else if (t == type::use_returned) {
    const auto f = d.fields(body);
    const records::Id use = id_of(f, "use");
    const std::string returned = value(f, "returned");
    sql("UPDATE use SET returned=?2 WHERE handle=?1").bind(1, handle_of(use)).bind(2, std::string_view(returned)).run();
    touch(use);
  } else if (t == type::package_planned) {
    const journal::PackagePlanned p = d.package(body);
    sql("INSERT OR REPLACE INTO package VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13)").bind(1, handle_of(p.id))
        .bind_blob(2, p.id.bits.data(), p.id.bits.size()).bind(3, std::string_view(p.name)).bind(4, std::string_view(p.kind))
        .bind(5, std::string_view(p.spec)).bind(6, std::string_view(p.profile)).bind(7, p.file ? handle_of(*p.file) : 0)
        .bind_blob(8, p.file ? p.file->bits.data() : p.id.bits.data(), p.id.bits.size()).bind(9, std::string_view(p.newest_stream))
        .bind(10, static_cast<std::int64_t>(p.newest_seq)).bind(11, std::string_view(p.seed)).bind(12, time_)
        .bind(13, std::atoi(std::string(time_.substr(0, 4)).c_str())).run();
    // A package is about the file, but does not change it: the file is not touched, or its own packing would make
    // the next package another one.
    touch(p.id);
  } else if (t == type::register_linked) {
    const auto f = d.fields(body);
    const records::Id entry = id_of(f, "entry"), to = id_of(f, "to");
    const std::string relation = value(f, "relation");
    linked(entry, relation, to, value(f, "reason"));
    touch(entry);
    if (to != entry) touch(to);
    // What waited for this document does not wait any more.
    const std::string waited = value(f, "document_id");
    if (!waited.empty())
      sql("DELETE FROM unlinked WHERE document_id=?1 AND relation=?2").bind(1, std::string_view(waited))
          .bind(2, std::string_view(relation)).run();
  } else if (t == type::register_status) {
    exchanged(d.status(body).entry, t, body);
  } else if (t == type::register_sent) {
    exchanged(d.sent(body).entry, t, body);
  } else if (t == type::register_pending) {
    const journal::RegisterPending p = d.pending(body);
    Statement& s = sql("INSERT INTO unlinked VALUES(?1,?2,?3,?4,?5,?6)").bind(1, handle_of(p.fonds));
    p.entry ? s.bind(2, handle_of(*p.entry)) : s.bind_null(2);
    s.bind(3, std::string_view(p.relation)).bind(4, std::string_view(p.document_id)).bind(5, place()).bind(6, body).run();
    touch(p.entry);
  } else if (t == type::register_voided) {
    const records::Id entry = id_of(d.fields(body), "entry");
    sql("UPDATE entry SET voided=1 WHERE handle=?1").bind(1, handle_of(entry)).run();
    no_longer_answers("handle", handle_of(entry));
    touch(entry);
  } else if (t == type::register_reserved) {
    entry(s_.views.entry(body), true);
  } else if (t == type::register_amended) {
    amended(d.entry(body));
  } else if (t == type::batch_withdrawn) {
    withdrawn(id_of(d.fields(body), "batch"));
  } else if (t == type::register_year_closed) {
    const auto f = d.fields(body);
    const records::Id fonds = id_of(f, "fonds");
    sql("INSERT OR IGNORE INTO year_closed VALUES(?1,?2)").bind(1, handle_of(fonds)).bind(2, number(f, "year")).run();
    touch(fonds);
  } else if (t == type::fonds_closed) {
    const auto f = d.fields(body);
    const records::Id fonds = id_of(f, "fonds");
    const std::string closed = value(f, "closed"), basis = value(f, "basis"), successor = value(f, "successor");
    sql("UPDATE fonds SET closed=?2,closed_basis=?3,successor=?4 WHERE handle=?1").bind(1, handle_of(fonds))
        .bind(2, std::string_view(closed)).bind(3, std::string_view(basis)).bind(4, std::string_view(successor)).run();
    touch(fonds);
  } else if (t == type::scheme_adopted) {
    const journal::SchemeAdopted a = d.scheme_adopted(body);
    const std::string decision = a.number + (a.date.empty() ? "" : " " + text::to_dmy(a.date));
    sql("UPDATE fonds SET scheme=?2,scheme_name=?3,scheme_decision=?4 WHERE handle=?1").bind(1, handle_of(a.fonds))
        .bind(2, std::string_view(a.scheme)).bind(3, std::string_view(a.name)).bind(4, std::string_view(decision)).run();
    sql("INSERT OR IGNORE INTO scheme_cited VALUES(?1)").bind(1, std::string_view(a.scheme)).run();
    touch(a.fonds);
  } else if (t == type::scheme_rule_confirmed) {
    const auto f = d.fields(body);
    const records::Id fonds = id_of(f, "fonds");
    const std::string rule = value(f, "rule"), against = value(f, "against"), by = value(f, "by"), day = value(f, "date"),
                      term = value(f, "term");
    sql("INSERT INTO rule_confirmed SELECT ?1,?2,?3,?4,?5,?6,actor,time FROM event WHERE place=?7").bind(1, handle_of(fonds))
        .bind(2, std::string_view(rule)).bind(3, std::string_view(against)).bind(4, std::string_view(by))
        .bind(5, std::string_view(day)).bind(6, std::string_view(term)).bind(7, place()).run();
    touch(fonds);
  } else if (t == type::config_set || t == type::policy_set) {
    const auto f = d.fields(body);
    const std::string key = t == type::config_set ? value(f, "key") : "policy." + value(f, "policy");
    const std::string set = value(f, "value");
    sql("INSERT OR REPLACE INTO config VALUES(?1,?2)").bind(1, std::string_view(key)).bind(2, std::string_view(set)).run();
  } else if (t == type::actor_declared) {
    const auto f = d.fields(body);
    const std::string actor = value(f, "actor"), name = value(f, "name"), position = value(f, "position");
    sql("INSERT OR REPLACE INTO actor VALUES(?1,?2,?3)").bind(1, std::string_view(actor)).bind(2, std::string_view(name)).bind(3, std::string_view(position)).run();
  } else if (t == type::destruction_begun) {
    destruction(d.destruction(body), body);
  } else if (t == type::destruction_done) {
    const records::Id dossier = id_of(d.fields(body), "dossier");
    sql("UPDATE destruction SET done=1 WHERE handle=?1").bind(1, handle_of(dossier)).run();
    touch(dossier);
  } else if (t == type::stream_adopted) {
    const journal::StreamAdopted a = d.adopted(body);
    journal::Head head;
    head.events = a.events;
    Digest::parse(a.head, head.hash);
    catalogue_.add_stream(a.stream, false, head);
  } else if (t == type::restore_accepted) {
    for (const auto& [series, last] : d.restore(body).last_numbers)
      sql("INSERT INTO number_floor VALUES(?1,?2) ON CONFLICT DO UPDATE SET number=max(number,excluded.number)")
          .bind(1, std::string_view(series)).bind(2, last).run();
  } else if (t == type::genesis || t == type::format) {
    const auto keep = [&](const std::string& kind, const std::vector<std::string>& names) {
      for (const auto& name : names) {
        const std::string key = "feature." + kind + "." + name;
        sql("INSERT OR REPLACE INTO config VALUES(?1,?2)").bind(1, std::string_view(key)).bind(2, std::string_view(name)).run();
      }
    };
    const journal::Features features = d.features(body);
    keep("incompatible", features.incompatible);
    keep("read_only_compatible", features.read_only_compatible);
    keep("compatible", features.compatible);
    if (t == type::genesis && d.genesis(body).format != 1) keep("incompatible", {"format"});
  } else {
    return t == type::role_granted || t == type::journal_cut;
  }
  return true;
}

// In bulk the indexes are missing: what must find a row waits until they are there.
bool must_wait(std::string_view t) {
  return t == type::register_linked || t == type::register_pending || t == type::register_voided || t == type::register_amended || t == type::batch_withdrawn || t == type::file_document_removed ||
         t == type::file_reordered || t == type::destruction_begun || t == type::destruction_done;
}

}  // namespace

void Catalogue::apply(int stream, const journal::Event& event) {
  try {
    ++state_->since_commit;
    state_->rest();
    state_->fixed("INSERT INTO event VALUES(?1,?2,?3,?4,?5)").bind(1, place_of(stream, event.seq)).bind(2, event.time)
        .bind(3, event.actor).bind(4, event.type).bind(5, event.blank ? 1 : 0).run();
    if (event.blank) return;
    // Taken out and put back in another place: from the first removal on the order counts.
    if (event.type == type::file_document_removed || event.type == type::file_reordered) state_->removals = true;
    if (state_->bulk && (must_wait(event.type) || (state_->removals && event.type == type::file_document_added))) {
      state_->statement("INSERT INTO pending VALUES(?1,?2,?3,?4,?5)").bind(1, stream)
          .bind(2, static_cast<std::int64_t>(event.seq)).bind(3, event.time).bind(4, event.type).bind(5, event.body).run();
      return;
    }
    Applier applier(*state_, *this, stream, event.seq, event.time);
    if (!applier.apply(event.type, event.body))
      state_->statement("INSERT OR IGNORE INTO unknown_type VALUES(?1)").bind(1, event.type).run();
  } catch (const sqlite::Failure& failure) {
    failed(failure, state_->file);
  }
}

void Catalogue::finish_bulk() {
  VTLT_ASSERT(state_->bulk);
  try {
    Database& db = *state_->database;
    state_->forget_statements();
    // Every row of a document is written again here, and a journal in memory would hold all of them as they were. Nothing
    // is taken back: what fails leaves a catalogue that is not complete, which nobody opens.
    db.no_journal();
    db.run("BEGIN");
    db.run(kDocumentHandle);
    // Described more than once: the latest row stands.
    db.run("CREATE TEMP TABLE again AS SELECT handle, max(key) AS key FROM document GROUP BY handle HAVING count(*)>1");
    db.run("INSERT INTO touch SELECT handle, event FROM document WHERE handle IN (SELECT handle FROM again) AND "
           "key NOT IN (SELECT key FROM again)");
    db.run("DELETE FROM document WHERE handle IN (SELECT handle FROM again) AND key NOT IN (SELECT key FROM again)");
    db.run("DROP TABLE again");
    db.run("UPDATE document SET components=n FROM (SELECT document AS d, count(*) AS n FROM component WHERE role<>7 GROUP BY document) "
           "WHERE handle=d");
    db.run("UPDATE document SET files=n FROM (SELECT document AS d, count(*) AS n FROM file_document GROUP BY document) "
           "WHERE handle=d");
    db.run(kIndexes);
    db.run("UPDATE entry SET answered=1 WHERE handle IN (SELECT target FROM link WHERE relation='answers')");
    state_->bulk = false;
    {
      Statement waiting = db.prepare("SELECT stream,seq,time,type,body FROM pending ORDER BY rowid");
      while (waiting.step()) {
        const std::string time = waiting.text(2), kind = waiting.text(3), body = waiting.text(4);
        Applier(*state_, *this, static_cast<int>(waiting.integer(0)), static_cast<std::uint64_t>(waiting.integer(1)), time)
            .apply(kind, body);
      }
    }
    state_->forget_statements();
    db.run("DELETE FROM pending");
    state_->changes = {};
    db.run(kCount);
    Statement mark = db.prepare("INSERT INTO meta VALUES('stamp',?1),('complete','1')");
    const std::string text = stamp();
    mark.bind(1, std::string_view(text)).run();
    db.run("COMMIT");
    db.run("PRAGMA journal_mode=MEMORY");
    if (state_->mode == Mode::write) db.run("PRAGMA locking_mode=NORMAL; PRAGMA synchronous=NORMAL");
  } catch (const sqlite::Failure& failure) {
    failed(failure, state_->file);
  }
}

void Catalogue::vacuum_into(const Path& file) {
  try {
    Statement s = state_->database->prepare("VACUUM INTO ?1");
    const std::string name = file.string();
    s.bind(1, std::string_view(name)).run();
  } catch (const sqlite::Failure& failure) {
    failed(failure, state_->file);
  }
}

// Streams are numbered as they come: their names stand for them.
#define EVENT "(SELECT name FROM stream WHERE number=event>>40),event&((1<<40)-1)"
std::string Catalogue::content_digest() {
  // Rows without their numbers. Of each table a sum of the digests of its rows: they come in the order in which they
  // stand, which depends on how the catalogue was built, and sorting them costs more than all the rest.
  static const std::vector<std::pair<const char*, const char*>> tables = {
      {"stream", "SELECT name,own,events,hash FROM stream"},
      {"event", "SELECT (SELECT name FROM stream WHERE number=place>>40),place&((1<<40)-1),type FROM event"},
      {"fonds", "SELECT * FROM fonds"},
      {"entry", "SELECT handle,id,document,book,series,year,number,suffix,own_number,notation,subject,date,arrival,"
                "issuer,unit,due,coalesce(voided,0),coalesce(answered,0),coalesce(reserved,0),coalesce(recalled,0),signer,recipients,note,"
                EVENT " FROM entry"},
      {"document_id", "SELECT handle,sender_id FROM entry WHERE sender_id<>''"},
      {"link", "SELECT * FROM link"},
      {"exchange", "SELECT entry,type,body FROM exchange"},
      {"unlinked", "SELECT fonds,document_id,body FROM unlinked"},
      {"series", "SELECT * FROM series_counter"},
      {"document", "SELECT handle,id,entry,own_number,notation,type,date,issuer,subject,pages,components,files," EVENT " FROM document"},
      {"component", "SELECT handle,id,document,role,ordinal,name,size,sha256," EVENT " FROM component"},
      {"file", "SELECT handle,id,year,notation,title,term,state,ended,closed_on,box,documents,inventory,number,bundle,volume,"
               "rejected,officer,unit,note FROM file"},
      {"holidays", "SELECT * FROM holidays"},
      {"fonds_name", "SELECT * FROM fonds_name"},
      {"submission", "SELECT handle,name,year,date,giver,receiver,leaving FROM submission"},
      {"submission_file", "SELECT * FROM submission_file"},
      {"file_document", "SELECT file,ordinal,document FROM file_document"},
      {"box", "SELECT handle,number,label,place FROM box"},
      {"batch", "SELECT handle,name,rows,withdrawn FROM batch"},
      {"use", "SELECT handle,id,entry,document,file,by,purpose,copy,permit_by,basis,since,due,returned," EVENT " FROM use"},
      {"year_closed", "SELECT * FROM year_closed"},
      {"rule_confirmed", "SELECT * FROM rule_confirmed"},
      {"package", "SELECT handle,name,seed,time FROM package"},
      {"destruction", "SELECT handle,name,done FROM destruction"},
      {"config", "SELECT * FROM config"},
      {"counter", "SELECT * FROM counter"},
      {"touch", "SELECT handle,(SELECT name FROM stream WHERE number=place>>40),place&((1<<40)-1) FROM touch"},
  };
  try {
    Hasher whole, of_row;
    std::string row;
    for (const auto& [name, sql] : tables) {
      std::array<std::uint64_t, 4> sum{};
      Statement s = state_->database->prepare(sql);
      const int columns = s.columns();
      while (s.step()) {
        row.clear();
        for (int i = 0; i < columns; ++i) row.append(s.view(i)) += '\x1f';
        of_row.update(row);
        const Digest digest = of_row.finish();
        for (std::size_t i = 0; i < sum.size(); ++i) {
          std::uint64_t part = 0;
          std::memcpy(&part, digest.bytes.data() + i * sizeof part, sizeof part);
          sum[i] += part;
        }
      }
      whole.update(std::string_view(name));
      whole.update(std::as_bytes(std::span(sum)));
    }
    return whole.finish().hex();
  } catch (const sqlite::Failure& failure) {
    failed(failure, state_->file);
  }
}

#undef EVENT

}  // namespace vtlt::catalogue
