// The catalogue: a SQLite index of the journal that queries read. A cache: it can be deleted at any time and is then
// rebuilt; it is never ahead of the journal. One object, one thread.
//
// Things are referred to by handle, the first 63 bits of their id, so that building needs no look-ups.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/files.h"
#include "journal/bodies.h"
#include "journal/journal.h"
#include "records/order.h"
#include "records/records.h"
#include "records/uses.h"

namespace vtlt::catalogue {

using Handle = std::int64_t;
Handle handle_of(const records::Id& id);

struct StreamState {
  int number = 0;                 // row in the catalogue
  std::string name;
  bool own = false;
  journal::Position position;     // what the catalogue knows
  journal::Head adopted;          // for foreign streams: as far as they were adopted
};

struct EntryRow {
  records::RegisterEntry entry;
  bool voided = false;             // its number stands for nothing any more
  bool free = false;               // withdrawn with its batch: the number may come again with another list
  bool answered = false;
  bool reserved = false;           // a number kept free, no document yet
  bool recalled = false;           // frozen (NĐ30 Đ18.4)
  std::int64_t registered_ms = 0;  // when vtlt wrote the line
};
struct DocumentRow {
  records::Document document;
  int components = 0;
  int files = 0;                   // in how many files it is
};
struct FileRow {
  records::FileRecord file;
  int documents = 0;
};
struct FiledRow {
  int ordinal = 0;
  DocumentRow document;
};
struct FondsRow {
  records::Fonds fonds;
  std::string scheme;              // SHA-256 of the scheme in force; "" = none
  std::string scheme_name, decision;
};
// Who compared a rule of the scheme with which official text.
struct RuleConfirmed {
  std::string rule, against, by, on;  // on: ISO date
  std::string term;                   // shorthand: another term is another rule
  std::string actor, time;
};
struct PackageRow {
  journal::PackagePlanned plan;
  std::string time;                // of the event that planned it
};
struct UseRow {
  records::Use use;
  records::Date returned;
};
struct Touch {
  std::string stream;
  int stream_number = 0;
  std::uint64_t seq = 0;
};
// What went by edXML about a line: one of the two, by type.
struct ExchangeRow {
  std::string type, time, actor;   // of the event
  journal::RegisterStatus status;
  journal::RegisterSent sent;
};
struct LogRow {
  std::string stream, time, actor, type;
  std::uint64_t seq = 0;
  bool blank = false;
};

struct EntryFilter {
  std::optional<records::Id> fonds;
  std::optional<records::Book> book;
  int year = 0;                    // 0: any
  std::string since, until;        // ISO dates, inclusive; of arrival for incoming, else of the document
  std::string sender, unit;        // compared folded, as parts
  bool overdue = false;            // due before `today`, not answered
  std::string today;
  bool without_content = false, unfiled = false;
  std::optional<records::Id> batch;
  std::string series;              // id in the scheme
  records::SortBy sort = records::SortBy::usual;  // usual: as the books run; overdue lines by their deadline
  int limit = 0;                   // 0: all
};

struct FileFilter {
  std::optional<records::Id> fonds;
  int year = 0;                    // 0: any
  std::vector<records::FileState> states;  // empty: any
  std::string class_no;            // this class and those below it
  std::string officer, unit;       // compared folded, as parts
  std::optional<records::Id> box;
  std::optional<records::Term> term;
  int ended = 0;                   // the year the work ended
  bool unnumbered = false;         // arranged, without hồ sơ số
  bool rejected = false;           // sorted out by an arrangement
  bool kept = false;               // tập lưu too; they are left out otherwise
  bool all = false;                // whatever it is: rejected and kept ones too
  int limit = 0;                   // 0: all
};

struct SubmissionRow {
  records::Submission submission;
  std::int64_t listed = 0, kept_back = 0, taken = 0, returned = 0;  // files, by what became of them last
};
struct SubmissionFileRow {
  records::Id file;
  int ordinal = 0;
  records::SubmissionStep step = records::SubmissionStep::listed;
  std::string reason, consent, until, day;  // ISO dates
};

struct BoxRow {
  records::Box box;
  std::int64_t files = 0, sheets = 0;
};

struct UseFilter {
  std::optional<records::Id> fonds;
  std::string since, until;        // ISO dates, inclusive; of the first day
  bool outstanding = false;        // lent and not back
  std::string due_before;          // ISO date: agreed day of return before it; "": any
};

struct Counts {
  std::int64_t entries = 0, documents = 0, without_content = 0, unfiled = 0, components = 0, files = 0,
               open_files = 0, closed_files = 0, boxes = 0, overdue = 0;
};

class Catalogue {
 public:
  enum class Mode { write, read, immutable, temporary };
  ~Catalogue();

  // nullptr: absent, damaged, or made by another version (the caller rebuilds).
  static std::unique_ptr<Catalogue> open(const Path& file, Mode mode, const Path& temporary_directory);
  // A new one in bulk mode: indexes come with finish_bulk().
  static std::unique_ptr<Catalogue> create(const Path& file, Mode mode, const Path& temporary_directory);
  void finish_bulk();

  // ---- building ----
  std::vector<StreamState> streams();
  int add_stream(const std::string& name, bool own, const journal::Head& adopted);
  // Events of one stream in order; `complete` marks the end of a transaction (what was applied up to there stays).
  void begin_apply();
  void apply(int stream, const journal::Event& event);
  void complete(int stream, const journal::Position& position);
  void end_apply();     // takes back what came after the last complete()
  void checkpoint();    // the WAL into the file
  // Streams named by stream.adopted/1 events that are not rows yet are added by apply; look at streams() again.

  // A copy without free pages, for the next generation after a destruction.
  void vacuum_into(const Path& file);
  // For tests and `verify`: a digest of all rows that come from the journal, equal for equal journals.
  std::string content_digest();

  // ---- looking ----
  std::vector<FondsRow> fonds();
  std::optional<FondsRow> fonds(const records::Id& id);
  journal::HolidaysSet holidays(const records::Id& fonds);  // as set last; empty: none
  std::vector<records::FondsName> fonds_names(const records::Id& fonds);  // oldest first
  std::vector<RuleConfirmed> rules_confirmed(const records::Id& fonds);  // oldest first
  std::string scheme_compiled(const std::string& sha256);      // "" = not kept
  void keep_scheme_compiled(const std::string& sha256, const std::string& compiled);

  std::int64_t largest_number(const records::Id& fonds, const std::string& series, int year);
  bool number_taken(const records::Id& fonds, const std::string& series, int year, int number, const std::string& suffix,
                    const std::string& notation);
  std::vector<EntryRow> entries_by_number(std::optional<records::Id> fonds, std::optional<records::Book> book, int year,
                                          int number, const std::string& suffix);
  std::vector<EntryRow> entries_by_own(std::optional<records::Id> fonds, std::optional<records::Book> book, int year,
                                       const records::DocumentNumber& own);
  std::vector<EntryRow> entries_by_document_id(const records::Id& fonds, const std::string& document_id);
  std::optional<EntryRow> entry(const records::Id& id);
  void entries(const EntryFilter& filter, const std::function<void(const EntryRow&)>& each);
  std::int64_t count_entries(const EntryFilter& filter);
  std::vector<int> missing_numbers(const records::Id& fonds, const std::string& series, int year, int limit);

  std::optional<DocumentRow> document(const records::Id& id);
  std::vector<records::Component> components(const records::Id& document);
  std::vector<records::Component> components_by_content(const std::string& sha256);
  void all_components(const std::function<void(const records::Component&)>& each);

  std::vector<FileRow> files_by_notation(std::optional<records::Id> fonds, int year, const std::string& notation);
  std::optional<FileRow> file(const records::Id& id);
  void files(std::optional<records::Id> fonds, int year, std::optional<records::FileState> state,
             const std::function<void(const FileRow&)>& each);
  void files(const FileFilter& filter, const std::function<void(const FileRow&)>& each);
  std::int64_t count_files(const FileFilter& filter);
  std::vector<SubmissionRow> submissions(std::optional<records::Id> fonds);  // newest first
  std::optional<SubmissionRow> submission(const std::string& name);
  int submissions_of_year(int year);  // made in it
  std::vector<SubmissionFileRow> files_of_submission(const records::Id& submission);  // in the order of the list
  // The submission a file was in last, and what became of it there.
  std::optional<std::pair<SubmissionRow, SubmissionFileRow>> submission_of(const records::Id& file);
  std::vector<FiledRow> documents_of(const records::Id& file);
  void documents_of(const records::Id& file, const std::function<void(FiledRow&&)>& each);
  std::vector<records::Id> files_of(const records::Id& document);
  int last_ordinal(const records::Id& file);
  // What was put into files last, newest first: the file, and of the document its issuer.
  void filed_lately(const records::Id& fonds, int limit, const std::function<void(const records::Id& file, const std::string& issuer)>& each);

  std::vector<records::Box> boxes(std::optional<records::Id> fonds);
  std::optional<records::Box> box(const records::Id& fonds, const std::string& number);
  std::optional<records::Box> box(const records::Id& id);
  std::vector<BoxRow> boxes_with_counts(std::optional<records::Id> fonds);

  // For who reads on: rows that have come or changed since a key; keys only grow within one generation.
  struct Keys {
    std::int64_t entry = 0, document = 0, file = 0;
    bool operator==(const Keys&) const = default;
  };
  Keys newest_keys();
  void entries_after(std::int64_t key, const std::function<void(std::int64_t, const EntryRow&)>& each);
  void lone_documents_after(std::int64_t key, const std::function<void(std::int64_t, const DocumentRow&)>& each);
  void files_after(std::int64_t key, const std::function<void(std::int64_t, const FileRow&)>& each);

  void uses(const UseFilter& filter, const std::function<void(const UseRow&)>& each);  // by day, then as written
  std::vector<UseRow> uses_of(const records::Id& thing);  // of a line, a document or a file; oldest first
  std::optional<UseRow> use(const records::Id& id);

  std::optional<journal::Batch> batch(const std::string& name);
  bool batch_withdrawn(const records::Id& id);
  bool year_closed(const records::Id& fonds, int year);
  struct Link {
    records::Id entry, to;
    std::string relation;          // answers, replaces, amends, corrects, recalls, copies
    std::string reason = {};
  };
  std::vector<Link> links_of(const records::Id& entry);  // in both directions, oldest first
  std::vector<ExchangeRow> exchanges_of(const records::Id& entry);  // oldest first
  std::vector<journal::RegisterPending> pending_links(const records::Id& fonds);
  // The number kept free, if it is.
  std::optional<EntryRow> reserved(const records::Id& fonds, const std::string& series, int year, int number);
  int year_of_batch(const records::Id& id);  // of its first register line; 0: it has none
  std::optional<journal::Batch> batch_of_list(const std::string& list_sha256);
  int batches_of_year(int year);
  std::optional<PackageRow> package_by_seed(const std::string& seed);
  std::optional<PackageRow> package_by_name(const std::string& name);
  int packages_of_year(int year);
  std::vector<PackageRow> packages();

  // Whole ids by a prefix as shown ("d7k3m9", at least a letter and 4); at most `limit`.
  std::vector<records::Id> ids_with_prefix(const std::string& prefix, int limit = 10);

  std::vector<Touch> touches(const records::Id& id);            // events about a thing, in order
  std::optional<Touch> newest_touch(const std::vector<records::Id>& ids);
  void log(int limit, const std::function<void(const LogRow&)>& each);  // newest first; 0: all
  std::optional<LogRow> event(const std::string& stream, std::uint64_t seq);

  std::string config(const std::string& key);
  std::vector<std::pair<std::string, std::string>> all_config();
  Counts counts(const std::string& today);

  struct DestructionState {
    journal::DestructionBegun begun;
    bool done = false;
  };
  std::vector<DestructionState> destructions();
  bool body_destroyed(const std::string& stream, std::uint64_t seq);
  std::int64_t references_to(const std::string& sha256);        // components that name the object
  std::vector<std::string> schemes_cited();
  std::vector<std::string> unknown_types();

  struct State;  // the parts of this room share it

 private:
  explicit Catalogue(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace vtlt::catalogue
