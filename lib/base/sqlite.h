// A thin RAII layer over SQLite's C interface, for the rooms that keep or spill what does not fit in memory.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace vtlt::sqlite {

// Thrown at any failure; a room does not let it out, but says what it means for what it was doing.
struct Failure {
  int code;
  std::string what;
};

class Statement {
 public:
  Statement(sqlite3* database, std::string_view sql);
  ~Statement();
  Statement(Statement&& other) noexcept;
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  Statement& bind(int index, std::int64_t value);
  Statement& bind(int index, int value) { return bind(index, static_cast<std::int64_t>(value)); }
  Statement& bind(int index, std::string_view text);  // kept until the next reset
  Statement& bind_text(int index, std::string_view text);  // also '' stays a text
  Statement& bind_blob(int index, const void* data, std::size_t size);
  Statement& bind_null(int index);
  bool step();   // true: a row
  void run();    // steps to the end and resets
  void reset();

  std::int64_t integer(int column) const;
  std::string text(int column) const;
  std::string_view view(int column) const;  // until the next step
  bool is_null(int column) const;
  int columns() const;

 private:
  [[noreturn]] void fail(int code) const;
  sqlite3* database_;
  sqlite3_stmt* statement_ = nullptr;
};

class Database {
 public:
  enum class Mode { read_write, read_only, immutable, temporary };
  Database(const std::string& path, Mode mode);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  void run(const std::string& sql);
  void release_memory();  // pages that it keeps for reading them again
  void no_journal();  // nothing can be taken back until a journal mode is set again
  Statement prepare(std::string_view sql) { return Statement(handle_, sql); }
  std::int64_t integer(const std::string& sql);
  sqlite3* handle() { return handle_; }
  int changes();
  // A function of SQL that makes a blob of a text; NULL stays NULL.
  using Key = std::string (*)(std::string_view);
  void add_key(const char* name, Key key);

 private:
  sqlite3* handle_ = nullptr;
};

}  // namespace vtlt::sqlite
