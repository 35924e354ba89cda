// Shared by the parts of the catalogue: the open database, its statements, and rows to records. Internal.
#pragma once
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

#include "catalogue/catalogue.h"
#include "base/sqlite.h"
#include "journal/views.h"

namespace vtlt::catalogue {

using sqlite::Database;
using sqlite::Statement;

inline constexpr int kSchemaVersion = 8;

// What is kept counted, so that no question has to walk over all rows.
struct Changes {
  struct Series {
    std::int64_t entries = 0, largest = 0;
  };
  std::map<std::tuple<Handle, std::string, int, int>, Series> series;  // fonds, series, year, book
  std::int64_t documents = 0, without_content = 0, unfiled = 0, components = 0;
  bool recount = false;  // something rare happened: counted anew instead
};

struct Catalogue::State {
  Path file;
  Mode mode = Mode::read;
  std::unique_ptr<Database> database;
  bool bulk = false;
  std::uint64_t since_commit = 0;
  bool applying = false;
  bool removals = false;  // bulk: a document was taken out of a file
  journal::Decoder decoder;
  journal::ViewDecoder views;
  Changes changes;        // since the last complete transaction, not written yet
  std::unordered_map<std::string, Statement> statements;
  std::unordered_map<const char*, Statement> by_address;

  // Prepared once, reset before it is handed out.
  Statement& statement(const std::string& sql) {
    auto found = statements.find(sql);
    if (found == statements.end()) found = statements.emplace(sql, database->prepare(sql)).first;
    found->second.reset();
    used.push_back(&found->second);
    return found->second;
  }
  // The same for a text that stands in the program for ever: found by its address, not by its letters.
  Statement& fixed(const char* sql) {
    auto found = by_address.find(sql);
    if (found == by_address.end()) found = by_address.emplace(sql, database->prepare(sql)).first;
    found->second.reset();
    used.push_back(&found->second);
    return found->second;
  }
  void forget_statements() {
    used.clear();
    statements.clear();
    by_address.clear();
  }
  // A statement that was not read to its end keeps its snapshot of the database: what others write meanwhile is not
  // seen, and writing on top of it is refused. Called when a question has been answered.
  void rest() {
    for (Statement* statement : used) statement->reset();
    used.clear();
  }
  std::vector<Statement*> used;
  int questions = 0;  // one within another
};

// Where an event stands among all: the stream's number, then its own. Events are counted from 1 without gaps, so 2^40
// are beyond any disk.
inline std::int64_t place_of(std::int64_t stream, std::uint64_t seq) {
  return stream << 40 | static_cast<std::int64_t>(seq);
}
inline int stream_of(std::int64_t place) { return static_cast<int>(place >> 40); }
inline std::uint64_t seq_of(std::int64_t place) { return static_cast<std::uint64_t>(place) & ((1ULL << 40) - 1); }

std::string stamp();  // schema, folding and collation versions

// Column lists in the order in which bind_* and read_* take them.
extern const char* const kEntryColumns;
extern const char* const kDocumentColumns;
extern const char* const kComponentColumns;
extern const char* const kFileColumns;
extern const char* const kUseColumns;
std::string placeholders(std::string_view columns, int first = 1);

int bind_entry(Statement& statement, int index, const records::RegisterEntry& entry);
int bind_entry(Statement& statement, int index, const journal::EntryView& entry);
int bind_document(Statement& statement, int index, const journal::DocumentView& document);
int bind_component(Statement& statement, int index, const records::Component& component);
int bind_file(Statement& statement, int index, const records::FileRecord& file);
int bind_use(Statement& statement, int index, const records::Use& use);
records::RegisterEntry read_entry(const Statement& statement, int& column);
records::Document read_document(const Statement& statement, int& column);
records::Component read_component(const Statement& statement, int& column);
records::FileRecord read_file(const Statement& statement, int& column);
records::Use read_use(const Statement& statement, int& column);

records::Id read_id(const Statement& statement, int column, records::Kind kind);

void set_temporary_directory(const Path& directory);
[[noreturn]] void failed(const sqlite::Failure& failure, const Path& file);

}  // namespace vtlt::catalogue
