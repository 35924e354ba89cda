#include "package/spill.h"

#include "base/error.h"
#include "base/sqlite.h"
#include "package/check_report.h"

namespace vtlt::package {
namespace {

template <typename Work>
void guarded(const Work& work) {
  try {
    work();
  } catch (const sqlite::Failure& failure) {
    throw Error(Exit::no_verdict, "VTLT-SPILL", say("spill", {{"reason", shown(failure.what)}}));
  }
}

}  // namespace

struct SpilledRows::State {
  explicit State() : database("", sqlite::Database::Mode::temporary) {
    database.run("PRAGMA synchronous=OFF");
    database.no_journal();
    database.run(
        "CREATE TABLE row(number INTEGER PRIMARY KEY, high INTEGER, low INTEGER, line INTEGER, row BLOB)");
    insert.emplace(database.prepare("INSERT INTO row(high, low, line, row) VALUES(?1, ?2, ?3, ?4)"));
    database.run("BEGIN");
  }
  sqlite::Database database;
  std::optional<sqlite::Statement> insert, of_key, update;
  bool sorted = false;
};

SpilledRows::SpilledRows() {
  guarded([&] { state_ = std::make_unique<State>(); });
}
SpilledRows::~SpilledRows() = default;

namespace {
void bind_key(sqlite::Statement& statement, const BriefKey& key) {
  statement.bind(1, static_cast<std::int64_t>(key.first)).bind(2, static_cast<std::int64_t>(key.second));
}
SpilledRows::Row row_of(const sqlite::Statement& statement, int column) {
  const std::string_view bytes = statement.view(column);
  return std::as_bytes(std::span(bytes.data(), bytes.size()));
}
}  // namespace

void SpilledRows::add(const BriefKey& key, std::uint32_t line, Row row) {
  guarded([&] {
    bind_key(*state_->insert, key);
    state_->insert->bind(3, static_cast<std::int64_t>(line)).bind_blob(4, row.data(), row.size()).run();
  });
}

void SpilledRows::sort() {
  guarded([&] {
    state_->database.run("CREATE INDEX by_key ON row(high, low, line)");
    state_->of_key.emplace(state_->database.prepare(
        "SELECT number, row FROM row WHERE high=?1 AND low=?2 ORDER BY line, number"));
    state_->update.emplace(state_->database.prepare("UPDATE row SET row=?2 WHERE number=?1"));
    state_->sorted = true;
  });
}

void SpilledRows::walk(const std::function<void(Row)>& each) {
  guarded([&] {
    auto all =
        state_->database.prepare(state_->sorted ? "SELECT row FROM row ORDER BY high, low, line, number"
                                                : "SELECT row FROM row ORDER BY number");
    while (all.step())
      each(row_of(all, 0));
  });
}

void SpilledRows::find(const BriefKey& key, const std::function<bool(std::int64_t, Row)>& each) {
  guarded([&] {
    sqlite::Statement& found = *state_->of_key;
    found.reset();
    bind_key(found, key);
    while (found.step() && each(found.integer(0), row_of(found, 1))) {
    }
    found.reset();
  });
}

void SpilledRows::replace(std::int64_t number, Row row) {
  guarded([&] { state_->update->bind(1, number).bind_blob(2, row.data(), row.size()).run(); });
}

}  // namespace vtlt::package
