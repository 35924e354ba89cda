#include "base/sqlite.h"

#include <sqlite3.h>

namespace vtlt::sqlite {

namespace {

void key_function(sqlite3_context* context, int, sqlite3_value** values) {
  const auto* data = reinterpret_cast<const char*>(sqlite3_value_text(values[0]));
  if (data == nullptr) return sqlite3_result_null(context);
  const auto make = reinterpret_cast<Database::Key>(sqlite3_user_data(context));
  const std::string key = make({data, static_cast<std::size_t>(sqlite3_value_bytes(values[0]))});
  sqlite3_result_blob64(context, key.data(), key.size(), SQLITE_TRANSIENT);
}

}  // namespace

Statement::Statement(sqlite3* database, std::string_view sql) : database_(database) {
  const int code =
      sqlite3_prepare_v2(database, sql.data(), static_cast<int>(sql.size()), &statement_, nullptr);
  if (code != SQLITE_OK) fail(code);
}
Statement::~Statement() {
  sqlite3_finalize(statement_);
}
Statement::Statement(Statement&& other) noexcept : database_(other.database_), statement_(other.statement_) {
  other.statement_ = nullptr;
}

void Statement::fail(int code) const {
  throw Failure{code, sqlite3_errmsg(database_)};
}

Statement& Statement::bind(int index, std::int64_t value) {
  if (const int code = sqlite3_bind_int64(statement_, index, value); code != SQLITE_OK) fail(code);
  return *this;
}
Statement& Statement::bind(int index, std::string_view text) {
  // An empty string is stored as NULL: absent means "not recorded", and NULL takes no room.
  const int code = text.empty() ? sqlite3_bind_null(statement_, index)
                                : sqlite3_bind_text64(statement_, index, text.data(), text.size(),
                                                      SQLITE_STATIC, SQLITE_UTF8);
  if (code != SQLITE_OK) fail(code);
  return *this;
}
Statement& Statement::bind_text(int index, std::string_view text) {
  const char* data = text.empty() ? "" : text.data();
  if (const int code = sqlite3_bind_text64(statement_, index, data, text.size(), SQLITE_STATIC, SQLITE_UTF8);
      code != SQLITE_OK)
    fail(code);
  return *this;
}
Statement& Statement::bind_blob(int index, const void* data, std::size_t size) {
  if (const int code = sqlite3_bind_blob64(statement_, index, data, size, SQLITE_STATIC); code != SQLITE_OK)
    fail(code);
  return *this;
}
Statement& Statement::bind_null(int index) {
  if (const int code = sqlite3_bind_null(statement_, index); code != SQLITE_OK) fail(code);
  return *this;
}

bool Statement::step() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) {
    sqlite3_reset(statement_);
    fail(code);
  }
  return false;
}
void Statement::run() {
  while (step()) {
  }
  reset();
}
void Statement::reset() {
  sqlite3_reset(statement_);
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(statement_, column);
}
std::string Statement::text(int column) const {
  return std::string(view(column));
}
std::string_view Statement::view(int column) const {
  const void* data = sqlite3_column_type(statement_, column) == SQLITE_BLOB
                         ? sqlite3_column_blob(statement_, column)
                         : sqlite3_column_text(statement_, column);
  const int size = sqlite3_column_bytes(statement_, column);
  return data == nullptr ? std::string_view()
                         : std::string_view(static_cast<const char*>(data), static_cast<std::size_t>(size));
}
bool Statement::is_null(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

int Statement::columns() const {
  return sqlite3_column_count(statement_);
}

Database::Database(const std::string& path, Mode mode) {
  // Nobody asks how much memory it holds; counting takes a lock at each allocation.
  [[maybe_unused]] static const int configured = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  int flags = SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX;
  std::string name = "file:";
  for (const char c : path) {
    if (c == '%' || c == '?' || c == '#') {
      static constexpr char kDigits[] = "0123456789ABCDEF";
      name += '%';
      name += kDigits[static_cast<unsigned char>(c) >> 4];
      name += kDigits[c & 15];
    } else {
      name += c;
    }
  }
  switch (mode) {
    case Mode::read_write:
      flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
      break;
    case Mode::read_only:
      flags |= SQLITE_OPEN_READONLY;
      break;
    case Mode::immutable:
      flags |= SQLITE_OPEN_READONLY;
      name += "?immutable=1";
      break;
    case Mode::temporary:
      flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
      name.clear();
      break;
  }
  const int code = sqlite3_open_v2(name.c_str(), &handle_, flags, nullptr);
  if (code != SQLITE_OK) {
    const std::string what = handle_ != nullptr ? sqlite3_errmsg(handle_) : "out of memory";
    sqlite3_close(handle_);
    handle_ = nullptr;
    throw Failure{code, what};
  }
  sqlite3_extended_result_codes(handle_, 1);
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  // A checkpoint at each closing would be four more syncs for one registered document.
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  sqlite3_busy_timeout(handle_, 10'000);
}

Database::~Database() {
  sqlite3_close_v2(handle_);
}

void Database::run(const std::string& sql) {
  if (const int code = sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr); code != SQLITE_OK)
    throw Failure{code, sqlite3_errmsg(handle_)};
}

void Database::release_memory() {
  sqlite3_db_release_memory(handle_);
}

void Database::no_journal() {
  // What is defended refuses it.
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_DEFENSIVE, 0, nullptr);
  run("PRAGMA journal_mode=OFF");
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
}

std::int64_t Database::integer(const std::string& sql) {
  Statement statement = prepare(sql);
  return statement.step() ? statement.integer(0) : 0;
}

void Database::add_key(const char* name, Key key) {
  const int code =
      sqlite3_create_function_v2(handle_, name, 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC,
                                 reinterpret_cast<void*>(key), key_function, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) throw Failure{code, sqlite3_errmsg(handle_)};
}

int Database::changes() {
  return sqlite3_changes(handle_);
}

}  // namespace vtlt::sqlite
