// Looking: every question the program asks of the catalogue.
#include <algorithm>

#include "base/error.h"
#include "catalogue/state.h"
#include "records/arrangement.h"
#include "text/text.h"

namespace vtlt::catalogue {
namespace {

using records::Kind;

// Runs a query and turns SQLite's failures into the room's error.
template <typename Work>
auto guarded(Catalogue::State& state, const Work& work) {
  struct Question {
    Catalogue::State& state;
    explicit Question(Catalogue::State& of) : state(of) { ++state.questions; }
    ~Question() {
      if (--state.questions == 0) state.rest();
    }
  };
  const Question question(state);
  try {
    return work();
  } catch (const sqlite::Failure& failure) {
    failed(failure, state.file);
  }
}

EntryRow entry_row(const Statement& s) {
  EntryRow row;
  int column = 0;
  row.entry = read_entry(s, column);
  const std::int64_t voided = s.integer(column++);
  row.voided = voided != 0;
  row.free = voided == 2;
  row.answered = s.integer(column++) != 0;
  row.registered_ms = s.integer(column++);
  row.reserved = s.integer(column++) != 0;
  row.recalled = s.integer(column++) != 0;
  return row;
}
DocumentRow document_row(const Statement& s, int& column) {
  DocumentRow row;
  row.document = read_document(s, column);
  row.components = static_cast<int>(s.integer(column++));
  row.files = static_cast<int>(s.integer(column++));
  return row;
}
FileRow file_row(const Statement& s) {
  FileRow row;
  int column = 0;
  row.file = read_file(s, column);
  row.documents = static_cast<int>(s.integer(column++));
  return row;
}
FondsRow fonds_row(const Statement& s) {
  FondsRow row;
  row.fonds.id = read_id(s, 1, Kind::fonds);
  row.fonds.code = s.text(2);
  row.fonds.name = s.text(3);
  row.fonds.organ = s.text(4);
  row.fonds.archive = s.text(5);
  row.fonds.regime = s.text(6);
  row.fonds.opened = text::from_iso(s.view(7)).value_or(text::Date{});
  row.fonds.closed = text::from_iso(s.view(8)).value_or(text::Date{});
  row.fonds.note = s.text(9);
  row.scheme = s.text(10);
  row.scheme_name = s.text(11);
  row.decision = s.text(12);
  row.fonds.history = s.text(13);
  row.fonds.language = s.text(14);
  row.fonds.backup = s.text(15);
  row.fonds.closed_basis = s.text(16);
  row.fonds.successor = s.text(17);
  return row;
}
SubmissionRow submission_row(const Statement& s) {
  SubmissionRow row;
  records::Submission& b = row.submission;
  b.id = read_id(s, 0, Kind::submission);
  b.fonds = read_id(s, 1, Kind::fonds);
  b.name = s.text(2);
  b.year = static_cast<int>(s.integer(3));
  b.date = text::from_iso(s.view(4)).value_or(text::Date{});
  std::string* texts[] = {&b.giver, &b.giver_post, &b.giver_unit, &b.receiver, &b.receiver_post,
                          &b.basis, &b.block,      &b.condition,  &b.leaving,  &b.note};
  int column = 5;
  for (std::string* one : texts) *one = s.text(column++);
  std::int64_t* counts[] = {&row.listed, &row.kept_back, &row.taken, &row.returned};
  for (std::int64_t* one : counts) *one = s.integer(column++);
  return row;
}
const std::string kSubmissions =
    "SELECT id,fonds_id,name,year,date,giver,giver_post,giver_unit,receiver,receiver_post,basis,block,condition,leaving,note,"
    "sum(step='listed'),sum(step='kept_back'),sum(step='taken'),sum(step='returned') FROM submission LEFT JOIN "
    "submission_file ON submission=handle";
SubmissionFileRow submission_file_row(const Statement& s, int column) {
  SubmissionFileRow row;
  row.file = read_id(s, column, Kind::file);
  row.ordinal = static_cast<int>(s.integer(column + 1));
  row.step = records::parse_step(s.view(column + 2)).value_or(records::SubmissionStep::listed);
  row.reason = s.text(column + 3);
  row.consent = s.text(column + 4);
  row.until = s.text(column + 5);
  row.day = s.text(column + 6);
  return row;
}
// Officer and unit are compared in the caller's loop: folded text is no column.
std::string filter_sql(const FileFilter& filter) {
  std::string where = " WHERE 1";
  if (filter.fonds) where += " AND fonds=?1";
  if (filter.year != 0) where += " AND year=?2";
  if (!filter.states.empty()) {
    where += " AND state IN (";
    for (std::size_t i = 0; i < filter.states.size(); ++i)
      where += (i == 0 ? "" : ",") + std::to_string(static_cast<int>(filter.states[i]) + 1);
    where += ")";
  }
  if (!filter.class_no.empty()) where += " AND (class=?3 OR substr(class,1,length(?3)+1)=?3||'.')";
  if (filter.box) where += " AND box=?4";
  if (filter.term) where += " AND term=?5";
  if (filter.ended != 0) where += " AND ended=?6";
  if (filter.unnumbered) where += " AND coalesce(number,'')='' AND coalesce(provisional,'')<>''";
  if (filter.rejected) where += " AND coalesce(rejected,'')<>''";
  else if (!filter.all) where += " AND coalesce(rejected,'')=''";
  if (!filter.kept && !filter.all) where += " AND coalesce(kept,'')=''";
  return where;
}
bool fits(const FileFilter& filter, const records::FileRecord& file) {
  const auto part = [](const std::string& wanted, const std::string& text) {
    return wanted.empty() || text::fold(text).find(text::fold(wanted)) != std::string::npos;
  };
  return part(filter.officer, file.officer) && part(filter.unit, file.unit);
}
void bind_filter(Statement& s, const FileFilter& filter) {
  if (filter.fonds) s.bind(1, handle_of(*filter.fonds));
  if (filter.year != 0) s.bind(2, filter.year);
  if (!filter.class_no.empty()) s.bind(3, std::string_view(filter.class_no));
  if (filter.box) s.bind(4, handle_of(*filter.box));
  if (filter.ended != 0) s.bind(6, filter.ended);
}
UseRow use_row(const Statement& s) {
  UseRow row;
  int column = 0;
  row.use = read_use(s, column);
  row.returned = text::from_iso(s.view(column)).value_or(text::Date{});
  return row;
}
journal::Batch batch_row(const Statement& s) {
  journal::Batch batch;
  batch.id = read_id(s, 1, Kind::batch);
  batch.name = s.text(2);
  batch.book = s.text(3);
  batch.list_name = s.text(4);
  batch.list_sha256 = s.text(5);
  batch.rows = s.integer(6);
  return batch;
}
PackageRow package_row(const Statement& s) {
  PackageRow row;
  row.plan.id = read_id(s, 1, Kind::package);
  row.plan.name = s.text(2);
  row.plan.kind = s.text(3);
  row.plan.spec = s.text(4);
  row.plan.profile = s.text(5);
  if (s.integer(6) != 0) row.plan.file = read_id(s, 7, Kind::file);
  row.plan.newest_stream = s.text(8);
  row.plan.newest_seq = static_cast<std::uint64_t>(s.integer(9));
  row.plan.seed = s.text(10);
  row.time = s.text(11);
  return row;
}
records::Box box_row(const Statement& s) {
  records::Box box;
  box.id = read_id(s, 1, Kind::box);
  box.fonds = read_id(s, 3, Kind::fonds);
  box.number = s.text(4);
  box.label = s.text(5);
  box.place = s.text(6);
  box.shelf_metres = static_cast<double>(s.integer(7)) / 100;
  box.unarranged = s.integer(8) != 0;
  box.note = s.text(9);
  return box;
}

const std::string kEntries = std::string("SELECT ") + kEntryColumns + ",voided,answered,registered,reserved,recalled FROM entry";
const std::string kDocuments = std::string("SELECT ") + kDocumentColumns + ",components,files FROM document";
const std::string kFiles = std::string("SELECT ") + kFileColumns + ",documents FROM file";
// The events about a thing; of a document also those of its register lines and contents.
const std::string kTouches =
    "WITH places(place) AS (SELECT place FROM touch WHERE handle=?1 UNION SELECT event FROM entry WHERE handle=?1 "
    "UNION SELECT event FROM entry WHERE document=?1 UNION SELECT event FROM document WHERE handle=?1 "
    "UNION SELECT event FROM component WHERE handle=?1 UNION SELECT event FROM component WHERE document=?1";
const std::string kEnd = ")";
// Being used changes nothing in a thing, but belongs to its history.
const std::string kOfUses =
    " UNION SELECT place FROM touch WHERE handle IN (SELECT handle FROM use WHERE entry=?1 OR document=?1 OR file=?1)";
const std::string kUses = std::string("SELECT ") + kUseColumns + ",returned FROM use";
const std::string kComponents = std::string("SELECT ") + kComponentColumns + " FROM component";

Handle handle_or_zero(const std::optional<records::Id>& id) { return id ? handle_of(*id) : 0; }

std::int64_t counted(Catalogue::State& state, std::string_view name) {
  Statement& s = state.fixed("SELECT value FROM counter WHERE name=?1").bind(1, name);
  const std::int64_t value = s.step() ? s.integer(0) : 0;
  s.reset();
  return value;
}

// A deadline without a day is over with its month, or year. The first comparison is for the index.
#define OVERDUE(day) "due IS NOT NULL AND due<" day " AND due||CASE length(due) WHEN 4 THEN '-12-31' WHEN 7 THEN '-31' ELSE '' END<" day
constexpr const char* kOverdue = OVERDUE("?7");

// What stands there first, in its order; then as the books run.
std::string order_sql(const EntryFilter& filter) {
  using records::SortBy;
  static const std::string usual = "fonds, book, year, number, suffix, key";
  const auto first = [](const std::string& what, const char* key = nullptr) {
    return what + " IS NULL, " + (key == nullptr ? what : std::string(key) + "(" + what + ")") + ", " + usual;
  };
  switch (filter.sort) {
    case SortBy::usual: return filter.overdue ? "due, key" : usual;
    case SortBy::number: return "fonds, book, year, number, suffix IS NOT NULL, vi_key(suffix), vi_key(notation), key";
    case SortBy::date: return first("date");
    case SortBy::due: return first("due");
    case SortBy::forwarded: return first("forwarded");
    case SortBy::sender: return first("issuer", "vi_key");
    case SortBy::subject: return first("subject", "vi_key");
    case SortBy::unit: return first("unit", "vi_key");
    case SortBy::signer: return first("signer", "name_key");
  }
  return usual;
}

// The SQL condition of a filter; ?1.. are bound by bind_filter.
// many: most documents are such, so that the first few are found soonest by asking line after line.
std::string filter_sql(const EntryFilter& filter, bool many = false) {
  std::string where = " WHERE 1";
  if (filter.fonds) where += " AND fonds=?1";
  if (filter.book) where += " AND book=?2";
  if (filter.year != 0) where += " AND year=?3";
  if (!filter.since.empty()) where += " AND (CASE WHEN book=1 THEN coalesce(arrival,date) ELSE date END)>=?4";
  if (!filter.until.empty()) where += " AND (CASE WHEN book=1 THEN coalesce(arrival,date) ELSE date END)<=?5";
  if (filter.batch) where += " AND batch=?6";
  if (filter.overdue) where += std::string(" AND ") + kOverdue + " AND coalesce(answered,0)=0 AND coalesce(voided,0)=0";
  if (!filter.series.empty()) where += " AND series=?8";
  const auto documents = [&](const char* which) {
    where += many ? std::string(" AND EXISTS(SELECT 1 FROM document WHERE handle=entry.document AND ") + which + ")"
                  : std::string(" AND document IN (SELECT handle FROM document WHERE ") + which + ")";
  };
  if (filter.without_content) documents("components=0");
  if (filter.unfiled) documents("files=0");
  return where;
}
void bind_filter(Statement& s, const EntryFilter& filter) {
  if (filter.fonds) s.bind(1, handle_of(*filter.fonds));
  if (filter.book) s.bind(2, static_cast<int>(*filter.book) + 1);
  if (filter.year != 0) s.bind(3, filter.year);
  if (!filter.since.empty()) s.bind(4, std::string_view(filter.since));
  if (!filter.until.empty()) s.bind(5, std::string_view(filter.until));
  if (filter.batch) s.bind(6, handle_of(*filter.batch));
  if (filter.overdue) s.bind(7, std::string_view(filter.today));
  if (!filter.series.empty()) s.bind(8, std::string_view(filter.series));
}

int base32_value(char c) {
  static constexpr std::string_view letters = "0123456789abcdefghjkmnpqrstvwxyz";
  if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  const std::size_t at = letters.find(c);
  return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

}  // namespace

std::vector<FondsRow> Catalogue::fonds() {
  return guarded(*state_, [&] {
    std::vector<FondsRow> all;
    Statement& s = state_->statement(
        "SELECT handle,id,code,name,organ,archive,regime,opened,closed,note,scheme,scheme_name,scheme_decision,history,"
        "language,backup,closed_basis,successor FROM fonds "
        "ORDER BY (closed IS NOT NULL), code");
    while (s.step()) all.push_back(fonds_row(s));
    return all;
  });
}

std::optional<FondsRow> Catalogue::fonds(const records::Id& id) {
  for (auto& row : fonds())
    if (row.fonds.id == id) return row;
  return std::nullopt;
}

journal::HolidaysSet Catalogue::holidays(const records::Id& fonds) {
  return guarded(*state_, [&]() -> journal::HolidaysSet {
    Statement& s = state_->statement("SELECT body FROM holidays WHERE fonds=?1").bind(1, handle_of(fonds));
    if (!s.step()) return {};
    return state_->decoder.holidays(s.view(0));
  });
}

std::vector<records::FondsName> Catalogue::fonds_names(const records::Id& fonds) {
  return guarded(*state_, [&] {
    std::vector<records::FondsName> all;
    Statement& s = state_->statement("SELECT organ,name,since,basis FROM fonds_name WHERE fonds=?1 ORDER BY since,organ,name");
    s.bind(1, handle_of(fonds));
    while (s.step())
      all.push_back({fonds, s.text(0), s.text(1), text::from_iso(s.view(2)).value_or(text::Date{}), s.text(3)});
    return all;
  });
}

std::vector<RuleConfirmed> Catalogue::rules_confirmed(const records::Id& fonds) {
  return guarded(*state_, [&] {
    std::vector<RuleConfirmed> all;
    Statement& s = state_->statement(
        "SELECT rule,against,by,day,term,actor,time FROM rule_confirmed WHERE fonds=?1 ORDER BY time,rule,against");
    s.bind(1, handle_of(fonds));
    while (s.step()) all.push_back({s.text(0), s.text(1), s.text(2), s.text(3), s.text(4), s.text(5), s.text(6)});
    return all;
  });
}

std::string Catalogue::scheme_compiled(const std::string& sha256) {
  return guarded(*state_, [&] {
    Statement& s = state_->statement("SELECT compiled FROM scheme_compiled WHERE sha256=?1").bind(1, std::string_view(sha256));
    return s.step() ? s.text(0) : std::string();
  });
}

void Catalogue::keep_scheme_compiled(const std::string& sha256, const std::string& compiled) {
  guarded(*state_, [&] {
    state_->statement("INSERT OR REPLACE INTO scheme_compiled VALUES(?1,?2)").bind(1, std::string_view(sha256)).bind(2, std::string_view(compiled)).run();
  });
}

std::int64_t Catalogue::largest_number(const records::Id& fonds, const std::string& series, int year) {
  return guarded(*state_, [&] {
    std::int64_t largest = 0;
    Statement& s = state_->statement("SELECT max(largest) FROM series_counter WHERE fonds=?1 AND series=?2 AND year=?3")
                       .bind(1, handle_of(fonds)).bind(2, std::string_view(series)).bind(3, year);
    if (s.step()) largest = s.integer(0);
    const std::string key = fonds.text() + "/" + series + "/" + std::to_string(year);
    Statement& floor = state_->statement("SELECT number FROM number_floor WHERE series=?1").bind(1, std::string_view(key));
    if (floor.step()) largest = std::max(largest, floor.integer(0));
    return largest;
  });
}

bool Catalogue::number_taken(const records::Id& fonds, const std::string& series, int year, int number,
                             const std::string& suffix, const std::string& notation) {
  return guarded(*state_, [&] {
    Statement& s = state_->statement(
        "SELECT book,coalesce(suffix,''),coalesce(notation_folded,'') FROM entry WHERE fonds=?1 AND book IN (1,2,3,4) AND "
        "year=?2 AND number=?3 AND coalesce(series,'')=?4 AND coalesce(voided,0)<>2 AND reserved IS NULL");
    s.bind(1, handle_of(fonds)).bind(2, year).bind(3, number).bind_text(4, series);
    const std::string folded = text::fold(notation);
    while (s.step()) {
      const bool incoming = s.integer(0) == 1;
      if (s.view(1) == suffix && (incoming || s.view(2) == folded)) return true;
    }
    return false;
  });
}

std::vector<EntryRow> Catalogue::entries_by_number(std::optional<records::Id> fonds, std::optional<records::Book> book,
                                                   int year, int number, const std::string& suffix) {
  return guarded(*state_, [&] {
    std::vector<EntryRow> rows;
    std::string sql = kEntries + " WHERE number=?4 AND coalesce(suffix,'')=?5";
    sql += fonds ? " AND fonds=?1" : " AND fonds IN (SELECT handle FROM fonds)";
    sql += book ? " AND book=?2" : " AND book IN (1,2,3,4)";
    sql += year != 0 ? " AND year=?3" : " AND year IN (SELECT DISTINCT year FROM series_counter)";
    Statement& s = state_->statement(sql);
    if (fonds) s.bind(1, handle_of(*fonds));
    if (book) s.bind(2, static_cast<int>(*book) + 1);
    if (year != 0) s.bind(3, year);
    s.bind(4, number);
    s.bind_text(5, suffix);
    while (s.step()) rows.push_back(entry_row(s));
    return rows;
  });
}

std::vector<EntryRow> Catalogue::entries_by_own(std::optional<records::Id> fonds, std::optional<records::Book> book,
                                                int year, const records::DocumentNumber& own) {
  return guarded(*state_, [&] {
    std::vector<EntryRow> rows;
    const std::string folded = text::fold(own.notation);
    Statement& s = state_->statement(kEntries + " WHERE own_number=?1 AND notation_folded=?2 ORDER BY key");
    s.bind(1, own.number).bind(2, std::string_view(folded));
    while (s.step()) {
      EntryRow row = entry_row(s);
      const auto& e = row.entry;
      if ((fonds && e.fonds != *fonds) || (book && e.book != *book) || e.own.suffix != own.suffix) continue;
      if (own.year != 0 && e.own.year != own.year) continue;
      if (year != 0 && e.year != year && e.date.year != year) continue;
      rows.push_back(std::move(row));
    }
    return rows;
  });
}

std::optional<EntryRow> Catalogue::entry(const records::Id& id) {
  return guarded(*state_, [&]() -> std::optional<EntryRow> {
    Statement& s = state_->statement(kEntries + " WHERE handle=?1").bind(1, handle_of(id));
    if (!s.step()) return std::nullopt;
    EntryRow row = entry_row(s);
    if (row.entry.id.bits != id.bits) return std::nullopt;
    return row;
  });
}

void Catalogue::entries(const EntryFilter& filter, const std::function<void(const EntryRow&)>& each) {
  guarded(*state_, [&] {
    const std::int64_t fitting = filter.without_content ? counted(*state_, "without_content") : counted(*state_, "unfiled");
    const bool many = filter.limit != 0 && fitting > 1000 && fitting * 50 > counted(*state_, "documents");
    std::string sql = kEntries + filter_sql(filter, many);
    sql += " ORDER BY " + order_sql(filter);
    if (filter.limit != 0 && filter.sender.empty() && filter.unit.empty()) sql += " LIMIT " + std::to_string(filter.limit);
    Statement s = state_->database->prepare(sql);
    bind_filter(s, filter);
    const std::string sender = text::fold(filter.sender), unit = text::fold(filter.unit);
    int given = 0;
    while (s.step()) {
      const EntryRow row = entry_row(s);
      if (!sender.empty() && text::fold(row.entry.issuer).find(sender) == std::string::npos) continue;
      if (!unit.empty() && text::fold(row.entry.unit).find(unit) == std::string::npos) continue;
      each(row);
      if (filter.limit != 0 && ++given >= filter.limit) break;
    }
  });
}

std::int64_t Catalogue::count_entries(const EntryFilter& filter) {
  return guarded(*state_, [&]() -> std::int64_t {
    if (!filter.sender.empty() || !filter.unit.empty()) {
      std::int64_t count = 0;
      entries(filter, [&](const EntryRow&) { ++count; });
      return count;
    }
    const bool plain = filter.since.empty() && filter.until.empty() && !filter.overdue && !filter.without_content &&
                       !filter.unfiled && !filter.batch && filter.series.empty();
    if (plain) {
      Statement& s = state_->statement(
          "SELECT coalesce(sum(entries),0) FROM series_counter WHERE (?1=0 OR fonds=?1) AND (?2=0 OR year=?2) AND (?3=0 OR book=?3)");
      s.bind(1, handle_or_zero(filter.fonds)).bind(2, filter.year).bind(3, filter.book ? static_cast<int>(*filter.book) + 1 : 0);
      return s.step() ? s.integer(0) : 0;
    }
    Statement s = state_->database->prepare("SELECT count(*) FROM entry" + filter_sql(filter));
    bind_filter(s, filter);
    return s.step() ? s.integer(0) : 0;
  });
}

std::vector<int> Catalogue::missing_numbers(const records::Id& fonds, const std::string& series, int year, int limit) {
  return guarded(*state_, [&] {
    std::vector<int> missing;
    Statement s = state_->database->prepare(
        "SELECT DISTINCT number FROM entry WHERE fonds=?1 AND book IN (1,2,3,4) AND year=?2 AND coalesce(series,'')=?3 AND "
        "coalesce(voided,0)<>2 ORDER BY number");
    s.bind(1, handle_of(fonds)).bind(2, year);
    s.bind_text(3, series);
    std::int64_t expected = 1;
    while (s.step() && static_cast<int>(missing.size()) < limit) {
      for (; expected < s.integer(0) && static_cast<int>(missing.size()) < limit; ++expected)
        missing.push_back(static_cast<int>(expected));
      expected = s.integer(0) + 1;
    }
    return missing;
  });
}

std::optional<DocumentRow> Catalogue::document(const records::Id& id) {
  return guarded(*state_, [&]() -> std::optional<DocumentRow> {
    Statement& s = state_->statement(kDocuments + " WHERE handle=?1").bind(1, handle_of(id));
    if (!s.step()) return std::nullopt;
    int column = 0;
    DocumentRow row = document_row(s, column);
    if (row.document.id.bits != id.bits) return std::nullopt;
    return row;
  });
}

std::vector<records::Component> Catalogue::components(const records::Id& document) {
  return guarded(*state_, [&] {
    std::vector<records::Component> all;
    Statement& s = state_->statement(kComponents + " WHERE document=?1 ORDER BY ordinal").bind(1, handle_of(document));
    while (s.step()) {
      int column = 0;
      all.push_back(read_component(s, column));
    }
    return all;
  });
}

std::vector<records::Component> Catalogue::components_by_content(const std::string& sha256) {
  return guarded(*state_, [&] {
    std::vector<records::Component> all;
    Statement& s = state_->statement(kComponents + " WHERE sha256=?1 ORDER BY key").bind(1, std::string_view(sha256));
    while (s.step()) {
      int column = 0;
      all.push_back(read_component(s, column));
    }
    return all;
  });
}

void Catalogue::all_components(const std::function<void(const records::Component&)>& each) {
  guarded(*state_, [&] {
    Statement s = state_->database->prepare(kComponents + " ORDER BY sha256");
    while (s.step()) {
      int column = 0;
      each(read_component(s, column));
    }
  });
}

std::vector<FileRow> Catalogue::files_by_notation(std::optional<records::Id> fonds, int year, const std::string& notation) {
  return guarded(*state_, [&] {
    std::vector<FileRow> rows;
    const std::string folded = text::fold(notation);
    std::string sql = kFiles + " WHERE notation_folded=?3";
    sql += fonds ? " AND fonds=?1" : " AND fonds IN (SELECT handle FROM fonds)";
    if (year != 0) sql += " AND year=?2";
    Statement& s = state_->statement(sql);
    if (fonds) s.bind(1, handle_of(*fonds));
    if (year != 0) s.bind(2, year);
    s.bind(3, std::string_view(folded));
    while (s.step()) rows.push_back(file_row(s));
    if (!rows.empty() || year != 0) return rows;
    // Files of an arranged fonds have none: their number in it, or the provisional one, stands for it.
    Statement& t = state_->statement(
        kFiles + " WHERE coalesce(notation,'')='' AND (?1=0 OR fonds=?1) AND handle IN (SELECT handle FROM file WHERE "
                 "number=?2 COLLATE NOCASE AND number IS NOT NULL UNION SELECT handle FROM file WHERE "
                 "number=?3 COLLATE NOCASE AND number IS NOT NULL UNION SELECT handle FROM file WHERE "
                 "provisional=?2 COLLATE NOCASE AND provisional IS NOT NULL) ORDER BY key LIMIT 20");
    const auto number = records::parse_file_number(notation);
    const std::string printed = number ? number->text() : notation;  // "1" is "01"
    t.bind(1, handle_or_zero(fonds)).bind(2, std::string_view(notation)).bind(3, std::string_view(printed));
    while (t.step()) rows.push_back(file_row(t));
    return rows;
  });
}

std::optional<FileRow> Catalogue::file(const records::Id& id) {
  return guarded(*state_, [&]() -> std::optional<FileRow> {
    Statement& s = state_->statement(kFiles + " WHERE handle=?1").bind(1, handle_of(id));
    if (!s.step()) return std::nullopt;
    FileRow row = file_row(s);
    if (row.file.id.bits != id.bits) return std::nullopt;
    return row;
  });
}

void Catalogue::files(std::optional<records::Id> fonds, int year, std::optional<records::FileState> state,
                      const std::function<void(const FileRow&)>& each) {
  guarded(*state_, [&] {
    std::string sql = kFiles + " WHERE 1";
    if (fonds) sql += " AND fonds=?1";
    if (year != 0) sql += " AND year=?2";
    if (state) sql += " AND state=?3";
    Statement s = state_->database->prepare(sql + " ORDER BY fonds, year, key");
    if (fonds) s.bind(1, handle_of(*fonds));
    if (year != 0) s.bind(2, year);
    if (state) s.bind(3, static_cast<int>(*state) + 1);
    while (s.step()) each(file_row(s));
  });
}

namespace {

// Pages of a long list are not asked for again soon; what is done with it may need the room. While the statement
// runs it keeps them.
void release_after(std::size_t rows, Statement& statement, Database& database) {
  constexpr std::size_t kLong = 10'000;
  if (rows <= kLong) return;
  statement.reset();
  database.release_memory();
}

}  // namespace

void Catalogue::files(const FileFilter& filter, const std::function<void(const FileRow&)>& each) {
  guarded(*state_, [&] {
    // Its own statement: each may ask the same.
    Statement s = state_->database->prepare(kFiles + filter_sql(filter) + " ORDER BY fonds, year, key");
    bind_filter(s, filter);
    const std::string term = filter.term ? records::term_shorthand(*filter.term) : std::string();
    if (filter.term) s.bind(5, std::string_view(term));
    std::size_t found = 0;
    while ((filter.limit == 0 || found < static_cast<std::size_t>(filter.limit)) && s.step()) {
      const FileRow row = file_row(s);
      if (!fits(filter, row.file)) continue;
      ++found;
      each(row);
    }
    release_after(found, s, *state_->database);
  });
}

std::int64_t Catalogue::count_files(const FileFilter& filter) {
  if (!filter.officer.empty() || !filter.unit.empty()) {
    std::int64_t count = 0;
    files(filter, [&](const FileRow&) { ++count; });
    return count;
  }
  return guarded(*state_, [&] {
    Statement& s = state_->statement("SELECT count(*) FROM file" + filter_sql(filter));
    bind_filter(s, filter);
    const std::string term = filter.term ? records::term_shorthand(*filter.term) : std::string();
    if (filter.term) s.bind(5, std::string_view(term));
    return s.step() ? s.integer(0) : 0;
  });
}

std::vector<SubmissionRow> Catalogue::submissions(std::optional<records::Id> fonds) {
  return guarded(*state_, [&] {
    std::vector<SubmissionRow> rows;
    Statement& s = state_->statement(kSubmissions + " WHERE (?1=0 OR fonds=?1) GROUP BY handle ORDER BY made DESC, name DESC");
    s.bind(1, handle_or_zero(fonds));
    while (s.step()) rows.push_back(submission_row(s));
    return rows;
  });
}

std::optional<SubmissionRow> Catalogue::submission(const std::string& name) {
  return guarded(*state_, [&]() -> std::optional<SubmissionRow> {
    Statement& s = state_->statement(kSubmissions + " WHERE name=?1 GROUP BY handle").bind(1, std::string_view(name));
    if (!s.step()) return std::nullopt;
    return submission_row(s);
  });
}

int Catalogue::submissions_of_year(int year) {
  return guarded(*state_, [&] {
    Statement& s = state_->statement("SELECT count(*) FROM submission WHERE made=?1").bind(1, year);
    return s.step() ? static_cast<int>(s.integer(0)) : 0;
  });
}

std::vector<SubmissionFileRow> Catalogue::files_of_submission(const records::Id& submission) {
  return guarded(*state_, [&] {
    std::vector<SubmissionFileRow> rows;
    Statement& s = state_->statement(
        "SELECT file.id,ordinal,step,reason,consent,until,day FROM submission_file JOIN file ON file.handle=submission_file.file "
        "WHERE submission=?1 ORDER BY ordinal");
    s.bind(1, handle_of(submission));
    while (s.step()) rows.push_back(submission_file_row(s, 0));
    return rows;
  });
}

std::optional<std::pair<SubmissionRow, SubmissionFileRow>> Catalogue::submission_of(const records::Id& file) {
  return guarded(*state_, [&]() -> std::optional<std::pair<SubmissionRow, SubmissionFileRow>> {
    // `made` is a year; names of one year count on, "nop-2026-09" before "nop-2026-100".
    Statement& s = state_->statement(
        "SELECT submission.name,file.id,ordinal,step,reason,consent,until,day FROM submission_file JOIN submission ON "
        "submission.handle=submission JOIN file ON file.handle=submission_file.file WHERE submission_file.file=?1 "
        "ORDER BY made DESC, length(submission.name) DESC, submission.name DESC LIMIT 1");
    s.bind(1, handle_of(file));
    if (!s.step()) return std::nullopt;
    const SubmissionFileRow one = submission_file_row(s, 1);
    auto row = submission(s.text(0));
    if (!row) return std::nullopt;
    return std::pair(std::move(*row), one);
  });
}

std::vector<FiledRow> Catalogue::documents_of(const records::Id& file) {
  std::vector<FiledRow> rows;
  documents_of(file, [&](FiledRow&& row) { rows.push_back(std::move(row)); });
  return rows;
}

void Catalogue::documents_of(const records::Id& file, const std::function<void(FiledRow&&)>& each) {
  guarded(*state_, [&] {
    static const std::string sql = std::string("SELECT ordinal,") + kDocumentColumns +
                                   ",components,files FROM file_document JOIN document ON document.handle="
                                   "file_document.document WHERE file=?1 ORDER BY ordinal";
    Statement s = state_->database->prepare(sql);  // its own: each may ask the same
    s.bind(1, handle_of(file));
    std::size_t found = 0;
    for (; s.step(); ++found) {
      FiledRow row;
      row.ordinal = static_cast<int>(s.integer(0));
      int column = 1;
      row.document = document_row(s, column);
      each(std::move(row));
    }
    release_after(found, s, *state_->database);
  });
}

std::vector<records::Id> Catalogue::files_of(const records::Id& document) {
  return guarded(*state_, [&] {
    std::vector<records::Id> ids;
    Statement& s = state_->statement(
        "SELECT file.id FROM file_document JOIN file ON file.handle=file_document.file WHERE document=?1 ORDER BY file.key");
    s.bind(1, handle_of(document));
    while (s.step()) ids.push_back(read_id(s, 0, Kind::file));
    return ids;
  });
}

void Catalogue::filed_lately(const records::Id& fonds, int limit,
                             const std::function<void(const records::Id& file, const std::string& issuer)>& each) {
  guarded(*state_, [&] {
    Statement s = state_->database->prepare(
        "SELECT file.id,document.issuer FROM (SELECT file,document FROM file_document ORDER BY rowid DESC LIMIT ?2) AS last "
        "JOIN file ON file.handle=last.file JOIN document ON document.handle=last.document WHERE file.fonds=?1");
    s.bind(1, handle_of(fonds)).bind(2, limit);
    while (s.step()) each(read_id(s, 0, Kind::file), s.text(1));
  });
}

int Catalogue::last_ordinal(const records::Id& file) {
  return guarded(*state_, [&] {
    Statement& s = state_->statement("SELECT max(ordinal) FROM file_document WHERE file=?1").bind(1, handle_of(file));
    return s.step() ? static_cast<int>(s.integer(0)) : 0;
  });
}

std::vector<records::Box> Catalogue::boxes(std::optional<records::Id> fonds) {
  return guarded(*state_, [&] {
    std::vector<records::Box> all;
    Statement& s = state_->statement("SELECT * FROM box WHERE (?1=0 OR fonds=?1) ORDER BY fonds, number");
    s.bind(1, handle_or_zero(fonds));
    while (s.step()) all.push_back(box_row(s));
    return all;
  });
}

std::optional<records::Box> Catalogue::box(const records::Id& id) {
  return guarded(*state_, [&]() -> std::optional<records::Box> {
    Statement& s = state_->statement("SELECT * FROM box WHERE handle=?1").bind(1, handle_of(id));
    if (!s.step()) return std::nullopt;
    return box_row(s);
  });
}

std::vector<BoxRow> Catalogue::boxes_with_counts(std::optional<records::Id> fonds) {
  return guarded(*state_, [&] {
    std::vector<BoxRow> rows;
    Statement& s = state_->statement(
        "SELECT box.*,coalesce(n,0),coalesce(sheets,0) FROM box LEFT JOIN (SELECT box AS b,count(*) AS n,sum(sheets) AS sheets "
        "FROM file WHERE box IS NOT NULL GROUP BY box) ON b=handle WHERE (?1=0 OR fonds=?1)");
    s.bind(1, handle_or_zero(fonds));
    while (s.step()) rows.push_back({box_row(s), s.integer(10), s.integer(11)});
    std::sort(rows.begin(), rows.end(), [](const BoxRow& a, const BoxRow& b) {
      return a.box.fonds == b.box.fonds ? text::compare(a.box.number, b.box.number) < 0 : a.box.fonds < b.box.fonds;
    });
    return rows;
  });
}

std::optional<records::Box> Catalogue::box(const records::Id& fonds, const std::string& number) {
  for (auto& box : boxes(fonds))
    if (text::compare(box.number, number) == 0) return box;
  return std::nullopt;
}

Catalogue::Keys Catalogue::newest_keys() {
  return guarded(*state_, [&] {
    Database& db = *state_->database;
    return Keys{db.integer("SELECT coalesce(max(key),0) FROM entry"), db.integer("SELECT coalesce(max(key),0) FROM document"),
                db.integer("SELECT coalesce(max(key),0) FROM file")};
  });
}

void Catalogue::entries_after(std::int64_t key, const std::function<void(std::int64_t, const EntryRow&)>& each) {
  guarded(*state_, [&] {
    Statement s = state_->database->prepare(std::string("SELECT ") + kEntryColumns +
                                            ",voided,answered,registered,reserved,recalled,key FROM entry WHERE key>?1 ORDER BY key");
    s.bind(1, key);
    const int last = s.columns() - 1;
    while (s.step()) each(s.integer(last), entry_row(s));
  });
}

void Catalogue::lone_documents_after(std::int64_t key, const std::function<void(std::int64_t, const DocumentRow&)>& each) {
  guarded(*state_, [&] {
    Statement s = state_->database->prepare(std::string("SELECT ") + kDocumentColumns +
                                            ",components,files,key FROM document WHERE key>?1 AND entry IS NULL ORDER BY key");
    s.bind(1, key);
    const int last = s.columns() - 1;
    while (s.step()) {
      int column = 0;
      each(s.integer(last), document_row(s, column));
    }
  });
}

void Catalogue::files_after(std::int64_t key, const std::function<void(std::int64_t, const FileRow&)>& each) {
  guarded(*state_, [&] {
    Statement s = state_->database->prepare(std::string("SELECT ") + kFileColumns + ",documents,key FROM file WHERE key>?1 ORDER BY key");
    s.bind(1, key);
    const int last = s.columns() - 1;
    while (s.step()) each(s.integer(last), file_row(s));
  });
}

bool Catalogue::batch_withdrawn(const records::Id& id) {
  return guarded(*state_, [&] {
    Statement& s = state_->statement("SELECT 1 FROM batch WHERE handle=?1 AND withdrawn=1").bind(1, handle_of(id));
    return s.step();
  });
}

bool Catalogue::year_closed(const records::Id& fonds, int year) {
  return guarded(*state_, [&] {
    Statement& s = state_->statement("SELECT 1 FROM year_closed WHERE fonds=?1 AND year=?2").bind(1, handle_of(fonds)).bind(2, year);
    return s.step();
  });
}

std::vector<Catalogue::Link> Catalogue::links_of(const records::Id& entry) {
  return guarded(*state_, [&] {
    std::vector<Link> all;
    Statement& s = state_->statement(
        "SELECT one.id,other.id,relation,link.reason FROM link JOIN entry AS one ON one.handle=link.entry JOIN entry AS other ON "
        "other.handle=target WHERE link.rowid IN (SELECT rowid FROM link WHERE entry=?1 UNION SELECT rowid FROM link WHERE target=?1) "
        "ORDER BY link.rowid");
    s.bind(1, handle_of(entry));
    while (s.step())
      all.push_back({read_id(s, 0, records::Kind::entry), read_id(s, 1, records::Kind::entry), s.text(2), s.text(3)});
    return all;
  });
}

std::vector<ExchangeRow> Catalogue::exchanges_of(const records::Id& entry) {
  return guarded(*state_, [&] {
    std::vector<ExchangeRow> all;
    Statement& s = state_->statement(
        "SELECT exchange.type,time,actor,body FROM exchange JOIN event USING(place) WHERE entry=?1 ORDER BY place");
    s.bind(1, handle_of(entry));
    while (s.step()) {
      ExchangeRow row{s.text(0), s.text(1), s.text(2), {}, {}};
      if (row.type == journal::type::register_status) row.status = state_->decoder.status(s.view(3));
      else row.sent = state_->decoder.sent(s.view(3));
      all.push_back(std::move(row));
    }
    return all;
  });
}

std::vector<journal::RegisterPending> Catalogue::pending_links(const records::Id& fonds) {
  return guarded(*state_, [&] {
    std::vector<journal::RegisterPending> all;
    Statement& s = state_->statement("SELECT body FROM unlinked WHERE fonds=?1 ORDER BY place").bind(1, handle_of(fonds));
    while (s.step()) all.push_back(state_->decoder.pending(s.view(0)));
    return all;
  });
}

std::vector<EntryRow> Catalogue::entries_by_document_id(const records::Id& fonds, const std::string& document_id) {
  return guarded(*state_, [&] {
    std::vector<EntryRow> rows;
    if (document_id.empty()) return rows;
    Statement& s = state_->statement(kEntries + " WHERE sender_id=?1 AND sender_id<>'' ORDER BY key");
    s.bind(1, std::string_view(document_id));
    while (s.step())
      if (EntryRow row = entry_row(s); row.entry.fonds == fonds) rows.push_back(std::move(row));
    return rows;
  });
}

std::optional<EntryRow> Catalogue::reserved(const records::Id& fonds, const std::string& series, int year, int number) {
  return guarded(*state_, [&]() -> std::optional<EntryRow> {
    Statement& s = state_->statement(kEntries + " INDEXED BY entry_reserved WHERE reserved=1 AND fonds=?1 AND coalesce(series,'')=?2 AND year=?3 AND number=?4 AND voided IS NULL");
    s.bind(1, handle_of(fonds)).bind_text(2, series).bind(3, year).bind(4, number);
    if (!s.step()) return std::nullopt;
    return entry_row(s);
  });
}

int Catalogue::year_of_batch(const records::Id& id) {
  return guarded(*state_, [&] {
    Statement& s = state_->statement("SELECT year FROM entry WHERE batch=?1 LIMIT 1").bind(1, handle_of(id));
    return s.step() ? static_cast<int>(s.integer(0)) : 0;
  });
}

void Catalogue::uses(const UseFilter& filter, const std::function<void(const UseRow&)>& each) {
  guarded(*state_, [&] {
    std::string sql = kUses + " WHERE 1";
    if (filter.fonds) sql += " AND fonds=?1";
    if (!filter.since.empty()) sql += " AND since>=?2";
    if (!filter.until.empty()) sql += " AND since<=?3";
    if (filter.outstanding) sql += " AND returned IS NULL AND (copy='reading' OR due IS NOT NULL)";
    if (!filter.due_before.empty()) sql += " AND due<?4";
    Statement s = state_->database->prepare(sql + " ORDER BY since, event");
    if (filter.fonds) s.bind(1, handle_of(*filter.fonds));
    if (!filter.since.empty()) s.bind(2, std::string_view(filter.since));
    if (!filter.until.empty()) s.bind(3, std::string_view(filter.until));
    if (!filter.due_before.empty()) s.bind(4, std::string_view(filter.due_before));
    while (s.step()) each(use_row(s));
  });
}

std::vector<UseRow> Catalogue::uses_of(const records::Id& thing) {
  return guarded(*state_, [&] {
    std::vector<UseRow> all;
    const char* column = thing.kind == Kind::entry ? "entry" : thing.kind == Kind::file ? "file" : "document";
    Statement& s = state_->statement(kUses + " WHERE " + column + "=?1 ORDER BY since, event").bind(1, handle_of(thing));
    while (s.step()) all.push_back(use_row(s));
    return all;
  });
}

std::optional<UseRow> Catalogue::use(const records::Id& id) {
  return guarded(*state_, [&]() -> std::optional<UseRow> {
    Statement& s = state_->statement(kUses + " WHERE handle=?1").bind(1, handle_of(id));
    if (!s.step()) return std::nullopt;
    UseRow row = use_row(s);
    if (row.use.id.bits != id.bits) return std::nullopt;
    return row;
  });
}

std::optional<journal::Batch> Catalogue::batch(const std::string& name) {
  return guarded(*state_, [&]() -> std::optional<journal::Batch> {
    Statement& s = state_->statement("SELECT * FROM batch WHERE name=?1").bind(1, std::string_view(name));
    if (!s.step()) return std::nullopt;
    return batch_row(s);
  });
}
std::optional<journal::Batch> Catalogue::batch_of_list(const std::string& list_sha256) {
  return guarded(*state_, [&]() -> std::optional<journal::Batch> {
    Statement& s = state_->statement("SELECT * FROM batch WHERE list_sha256=?1").bind(1, std::string_view(list_sha256));
    if (!s.step()) return std::nullopt;
    return batch_row(s);
  });
}
int Catalogue::batches_of_year(int year) {
  return guarded(*state_, [&] {
    Statement& s = state_->statement("SELECT count(*) FROM batch WHERE year=?1").bind(1, year);
    return s.step() ? static_cast<int>(s.integer(0)) : 0;
  });
}

std::optional<PackageRow> Catalogue::package_by_seed(const std::string& seed) {
  return guarded(*state_, [&]() -> std::optional<PackageRow> {
    Statement& s = state_->statement("SELECT * FROM package WHERE seed=?1").bind(1, std::string_view(seed));
    if (!s.step()) return std::nullopt;
    return package_row(s);
  });
}
std::optional<PackageRow> Catalogue::package_by_name(const std::string& name) {
  return guarded(*state_, [&]() -> std::optional<PackageRow> {
    Statement& s = state_->statement("SELECT * FROM package WHERE name=?1").bind(1, std::string_view(name));
    if (!s.step()) return std::nullopt;
    return package_row(s);
  });
}
int Catalogue::packages_of_year(int year) {
  return guarded(*state_, [&] {
    Statement& s = state_->statement("SELECT count(*) FROM package WHERE year=?1").bind(1, year);
    return s.step() ? static_cast<int>(s.integer(0)) : 0;
  });
}
std::vector<PackageRow> Catalogue::packages() {
  return guarded(*state_, [&] {
    std::vector<PackageRow> rows;
    Statement& s = state_->statement("SELECT * FROM package ORDER BY time, name");
    while (s.step()) rows.push_back(package_row(s));
    return rows;
  });
}

std::vector<records::Id> Catalogue::ids_with_prefix(const std::string& prefix, int limit) {
  if (prefix.size() < 5 || prefix.size() > 27) return {};
  const char letter = prefix[0] >= 'A' && prefix[0] <= 'Z' ? static_cast<char>(prefix[0] - 'A' + 'a') : prefix[0];
  const char* table = nullptr;
  switch (letter) {
    case 'd': table = "document"; break;
    case 'h': table = "file"; break;
    case 'c': table = "component"; break;
    case 'r': table = "entry"; break;
    case 'b': table = "box"; break;
    case 'f': table = "fonds"; break;
    case 'n': table = "batch"; break;
    case 'g': table = "package"; break;
    case 'y': table = "destruction"; break;
    case 's': table = "submission"; break;
    default: return {};
  }
  std::string lower = prefix;
  std::uint64_t low = 0;
  int bits = 0;
  for (std::size_t i = 1; i < lower.size(); ++i) {
    const int value = base32_value(lower[i]);
    if (value < 0) return {};
    if (lower[i] >= 'A' && lower[i] <= 'Z') lower[i] = static_cast<char>(lower[i] - 'A' + 'a');
    for (int bit = 4; bit >= 0 && bits < 63; --bit, ++bits) low = low << 1 | (static_cast<unsigned>(value) >> bit & 1u);
  }
  lower[0] = letter;
  const std::uint64_t first = low << (63 - bits);
  const std::uint64_t last = first + ((1ULL << (63 - bits)) - 1);
  return guarded(*state_, [&] {
    std::vector<records::Id> ids;
    Statement& s = state_->statement(std::string("SELECT id FROM ") + table + " WHERE handle BETWEEN ?1 AND ?2 ORDER BY handle LIMIT 1000");
    s.bind(1, static_cast<std::int64_t>(first)).bind(2, static_cast<std::int64_t>(last));
    while (s.step() && static_cast<int>(ids.size()) < limit) {
      const records::Id id = read_id(s, 0, static_cast<Kind>(letter));
      if (id.text().compare(0, lower.size(), lower) == 0) ids.push_back(id);
    }
    return ids;
  });
}

std::vector<Touch> Catalogue::touches(const records::Id& id) {
  return guarded(*state_, [&] {
    std::vector<Touch> all;
    Statement& s = state_->statement(
        kTouches + kOfUses + kEnd + " SELECT name,place FROM places JOIN stream ON number=place>>40 ORDER BY place");
    s.bind(1, handle_of(id));
    while (s.step()) all.push_back({s.text(0), stream_of(s.integer(1)), seq_of(s.integer(1))});
    return all;
  });
}

std::optional<Touch> Catalogue::newest_touch(const std::vector<records::Id>& ids) {
  return guarded(*state_, [&] {
    std::optional<Touch> newest;
    Statement& s = state_->statement(
        kTouches + kEnd + " SELECT name,place FROM places JOIN stream ON number=place>>40 ORDER BY place DESC LIMIT 1");
    for (const auto& id : ids) {
      s.reset();
      s.bind(1, handle_of(id));
      if (!s.step()) continue;
      const Touch touch{s.text(0), stream_of(s.integer(1)), seq_of(s.integer(1))};
      // Streams have no common clock: the later-adopted stream counts as newer, within one the number decides.
      if (!newest || std::pair(touch.stream_number, touch.seq) > std::pair(newest->stream_number, newest->seq)) newest = touch;
    }
    release_after(ids.size(), s, *state_->database);
    return newest;
  });
}

void Catalogue::log(int limit, const std::function<void(const LogRow&)>& each) {
  // What happened here first, then what was adopted; each stream by its key, so that nothing has to be sorted.
  auto all = streams();
  std::sort(all.begin(), all.end(),
            [](const StreamState& a, const StreamState& b) { return std::tie(a.own, a.number) > std::tie(b.own, b.number); });
  guarded(*state_, [&] {
    std::int64_t left = limit == 0 ? -1 : limit;
    for (const auto& stream : all) {
      if (left == 0) return;
      Statement s = state_->database->prepare(
          "SELECT place,time,actor,type,blank FROM event WHERE place BETWEEN ?1 AND ?2 ORDER BY place DESC LIMIT ?3");
      s.bind(1, place_of(stream.number, 0)).bind(2, place_of(stream.number + 1, 0)).bind(3, left);
      while (s.step()) {
        LogRow row;
        row.stream = stream.name;
        row.seq = seq_of(s.integer(0));
        row.time = s.text(1);
        row.actor = s.text(2);
        row.type = s.text(3);
        row.blank = s.integer(4) != 0;
        each(row);
        if (left > 0) --left;
      }
    }
  });
}

std::optional<LogRow> Catalogue::event(const std::string& stream, std::uint64_t seq) {
  return guarded(*state_, [&]() -> std::optional<LogRow> {
    Statement& s = state_->statement(
        "SELECT name,place,time,actor,type,blank FROM stream JOIN event ON place=number<<40|?2 WHERE name=?1");
    s.bind(1, std::string_view(stream)).bind(2, static_cast<std::int64_t>(seq));
    if (!s.step()) return std::nullopt;
    LogRow row;
    row.stream = s.text(0);
    row.seq = seq;
    row.time = s.text(2);
    row.actor = s.text(3);
    row.type = s.text(4);
    row.blank = s.integer(5) != 0;
    return row;
  });
}

std::string Catalogue::config(const std::string& key) {
  return guarded(*state_, [&] {
    Statement& s = state_->statement("SELECT value FROM config WHERE key=?1").bind(1, std::string_view(key));
    return s.step() ? s.text(0) : std::string();
  });
}
std::vector<std::pair<std::string, std::string>> Catalogue::all_config() {
  return guarded(*state_, [&] {
    std::vector<std::pair<std::string, std::string>> all;
    Statement& s = state_->statement("SELECT key,value FROM config ORDER BY key");
    while (s.step()) all.emplace_back(s.text(0), s.text(1));
    return all;
  });
}

Counts Catalogue::counts(const std::string& today) {
  return guarded(*state_, [&] {
    Counts counts;
    Database& db = *state_->database;
    counts.entries = db.integer("SELECT coalesce(sum(entries),0) FROM series_counter");
    counts.documents = counted(*state_, "documents");
    counts.without_content = counted(*state_, "without_content");
    counts.unfiled = counted(*state_, "unfiled");
    counts.components = counted(*state_, "components");
    counts.files = db.integer("SELECT count(*) FROM file");
    counts.open_files = db.integer("SELECT count(*) FROM file WHERE state=2");
    counts.closed_files = db.integer("SELECT count(*) FROM file WHERE state=3");
    counts.boxes = db.integer("SELECT count(*) FROM box");
    Statement& s = state_->statement(
        "SELECT count(*) FROM entry WHERE " OVERDUE("?1") " AND coalesce(answered,0)=0 AND coalesce(voided,0)=0");
    s.bind(1, std::string_view(today));
    if (s.step()) counts.overdue = s.integer(0);
    return counts;
  });
}

std::vector<Catalogue::DestructionState> Catalogue::destructions() {
  return guarded(*state_, [&] {
    std::vector<DestructionState> all;
    Statement s = state_->database->prepare("SELECT body,done FROM destruction ORDER BY stream,seq");
    while (s.step()) {
      const std::string body = s.text(0);
      all.push_back({state_->decoder.destruction(body), s.integer(1) != 0});
    }
    return all;
  });
}

bool Catalogue::body_destroyed(const std::string& stream, std::uint64_t seq) {
  return guarded(*state_, [&] {
    Statement& s = state_->statement("SELECT 1 FROM destroyed_body WHERE stream=?1 AND seq=?2");
    s.bind(1, std::string_view(stream)).bind(2, static_cast<std::int64_t>(seq));
    return s.step();
  });
}

std::int64_t Catalogue::references_to(const std::string& sha256) {
  return guarded(*state_, [&] {
    Statement& s = state_->statement("SELECT count(*) FROM component WHERE sha256=?1").bind(1, std::string_view(sha256));
    return s.step() ? s.integer(0) : 0;
  });
}

std::vector<std::string> Catalogue::schemes_cited() {
  return guarded(*state_, [&] {
    std::vector<std::string> all;
    Statement& s = state_->statement("SELECT sha256 FROM scheme_cited ORDER BY 1");
    while (s.step()) all.push_back(s.text(0));
    return all;
  });
}

std::vector<std::string> Catalogue::unknown_types() {
  return guarded(*state_, [&] {
    std::vector<std::string> all;
    Statement& s = state_->statement("SELECT type FROM unknown_type ORDER BY 1");
    while (s.step()) all.push_back(s.text(0));
    return all;
  });
}

}  // namespace vtlt::catalogue
