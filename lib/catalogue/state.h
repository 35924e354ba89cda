// Shared by the parts of the catalogue: the open database, its statements, and rows to records. Internal.
#pragma once
#include <map>
#include <set>
#include <unordered_map>

#include "catalogue/catalogue.h"
#include "catalogue/sqlite.h"

namespace vtlt::catalogue {

inline constexpr int kSchemaVersion = 1;

struct Catalogue::State {
  Path file;
  Mode mode = Mode::read;
  std::unique_ptr<Database> database;
  bool bulk = false;
  std::uint64_t since_commit = 0;
  bool applying = false;
  bool removals = false;  // bulk: a document was taken out of a file
  journal::Decoder decoder;
  std::unordered_map<std::string, Statement> statements;

  // Prepared once, reset before it is handed out.
  Statement& statement(const std::string& sql) {
    auto found = statements.find(sql);
    if (found == statements.end()) found = statements.emplace(sql, database->prepare(sql)).first;
    found->second.reset();
    used.push_back(&found->second);
    return found->second;
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

std::string stamp();  // schema, folding and collation versions

// Column lists in the order in which bind_* and read_* take them.
extern const char* const kEntryColumns;
extern const char* const kDocumentColumns;
extern const char* const kComponentColumns;
extern const char* const kFileColumns;
std::string placeholders(std::string_view columns, int first = 1);

int bind_entry(Statement& statement, int index, const records::RegisterEntry& entry);
int bind_document(Statement& statement, int index, const records::Document& document);
int bind_component(Statement& statement, int index, const records::Component& component);
int bind_file(Statement& statement, int index, const records::FileRecord& file);
records::RegisterEntry read_entry(const Statement& statement, int& column);
records::Document read_document(const Statement& statement, int& column);
records::Component read_component(const Statement& statement, int& column);
records::FileRecord read_file(const Statement& statement, int& column);

records::Id read_id(const Statement& statement, int column, records::Kind kind);

[[noreturn]] void failed(const SqliteFailure& failure, const Path& file);

}  // namespace vtlt::catalogue
