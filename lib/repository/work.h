// The daily work: registering, attaching, importing; opening, filling and closing files. Each function is one
// transaction: all of it or nothing.
#pragma once
#include <functional>
#include <set>

#include "exchange/register_list.h"
#include "records/deadlines.h"
#include "records/rules.h"
#include "records/sheets.h"
#include "repository/repository.h"

namespace vtlt::repository {

struct ContentRequest {
  Path path;
  records::Role role = records::Role::main;
};

// What the computer files say of a document's carrier, where nobody says it: a scan is of paper (TT 05/2025:
// confidenceLevel 02), anything else is born electronic.
records::Carrier carrier_of(const std::vector<ContentRequest>& contents);

struct RegisterRequest {
  records::RegisterEntry entry;       // number 0: given by vtlt where the scheme says so; ids and series are set here
  records::Document document;         // further master data: language, access, value, carrier, pages …
  std::vector<ContentRequest> contents;
  std::vector<records::Id> answers;   // register lines
  std::vector<std::pair<std::string, records::Id>> links;  // relation (replaces, amends, corrects, recalls, copies), to
  std::optional<records::Id> into;    // file
  std::string fonds;                  // code
  bool dry_run = false;
};

struct RegisterResult {
  records::RegisterEntry entry;
  records::Document document;
  std::vector<records::Component> components;
  int pages = 0;
  bool signature = false;             // a content carries a digital signature: no verdict on it here
  std::vector<Finding> findings;      // P04 duplicates, P05 late, P10 lengths …: warnings
  std::vector<catalogue::EntryRow> answered;
  std::optional<catalogue::FileRow> into;
  int ordinal = 0;                    // in that file
  std::vector<journal::RegisterPending> awaited;  // what messages had said of it before it came: now linked
  std::string kept_set;               // the tập lưu it is in: "Tập lưu công văn 2026" (Đ19)
  // What the scheme suggests for it: class number and why.
  std::optional<scheme::Suggestion> suggestion;
  std::optional<catalogue::FileRow> suggested_file;
};
// Throws exit 3: VTLT-P06 number taken, VTLT-P12 secret, VTLT-TRAP-07 no number in external mode, VTLT-P34 fonds closed …
RegisterResult register_document(Repository& repository, const RegisterRequest& request);

// A copy of a registered document (NĐ30 Đ25) into the copies' book: linked to it, its subject taken over.
struct CopyRequest {
  RegisterRequest document;           // entry.subject empty: the source's; carrier: of the copy
  records::CopyForm form = records::CopyForm::full;
  records::Id source;
};
// Throws exit 3 VTLT-P11 for what Đ25 does not know, and what register_document throws.
RegisterResult register_copy(Repository& repository, const CopyRequest& request);

struct AttachRequest {
  records::Id document;
  std::vector<ContentRequest> contents;
  bool dry_run = false;
};
std::vector<records::Component> attach(Repository& repository, const AttachRequest& request);

// ---- corrections: new events, never a line that is gone (P08; NĐ30 Đ18.3-4) ----

struct AmendRequest {
  records::Id entry;
  // Changes what may be changed; number, year, series and book stay.
  std::function<void(records::RegisterEntry&)> change;
  std::string reason;
  bool dry_run = false;
};
struct AmendResult {
  records::RegisterEntry before, after;
  bool changed = false;
  std::vector<Finding> findings;      // P10 lengths: warnings
};
// Throws exit 3 VTLT-P08: void, or recalled and therefore frozen; VTLT-P06: a change of the number.
AmendResult amend(Repository& repository, const AmendRequest& request);

struct ReserveRequest {
  records::Book book = records::Book::out;
  std::string type, notation;         // choose the series; notation is kept for the line
  int year = 0;
  int count = 1;
  std::string reason, fonds;
  bool dry_run = false;
};
// The next numbers of a series, kept free: only `register out NUMBER` uses them. Throws exit 3 VTLT-TRAP-07 where
// another system gives the numbers.
std::vector<records::RegisterEntry> reserve(Repository& repository, const ReserveRequest& request);

struct VoidRequest {
  records::Id entry;
  std::string reason;
  bool dry_run = false;
};
// The number stays spent. Throws exit 3 VTLT-P08 when its document is in a file, or it is void already.
records::RegisterEntry void_entry(Repository& repository, const VoidRequest& request);

// Relations of lines: answers, replaces (thay thế), amends (sửa đổi), corrects (đính chính), recalls (thu hồi),
// copies (sao y, sao lục, trích sao).
struct LinkRequest {
  records::Id entry, to;
  std::string relation, reason;
  bool dry_run = false;
};
// Throws exit 3 VTLT-P08: to itself, of another fonds, there already, to a void line; a recall freezes `to`.
void link_entries(Repository& repository, const LinkRequest& request);

struct WithdrawRequest {
  std::string batch, reason;
  bool dry_run = false;
};
struct WithdrawResult {
  journal::Batch batch;
  std::int64_t entries = 0, components = 0;
  bool given = false;                 // some of the numbers were given by vtlt: they stay spent
  // Of an arrangement: what it put into files that were there before.
  std::vector<std::pair<records::Id, records::Id>> added;  // file, document
};
// Takes a batch back while nothing depends on it (product.md trap 8). Throws exit 3 VTLT-P08 with what depends, or when
// somebody else took it in; contents that came with it stay in the store, and a reason is needed then.
WithdrawResult withdraw_batch(Repository& repository, const WithdrawRequest& request);

struct CloseYearRequest {
  int year = 0;
  std::string fonds;
  bool dry_run = false;
};
struct CloseYearResult {
  std::int64_t in = 0, out = 0, unanswered = 0;
  std::vector<catalogue::FileRow> kept_sets;  // made of the outgoing series that have a `kept` rule (Đ19)
  std::vector<Finding> findings;              // missing numbers (P02)
};
// After it no line of that year can be written. Throws exit 3 VTLT-P02-YEAR before 31 December, or when it is closed.
CloseYearResult close_year(Repository& repository, const CloseYearRequest& request);

// "Tập lưu công văn 2026"; "" when the series keeps none.
std::string kept_set_title(const scheme::Scheme& scheme, const std::string& series, int year);

struct ImportRequest {
  Path list;                          // a CSV/TSV/XLSX list, or a folder: each computer file one internal document
  records::Book book = records::Book::in;
  exchange::ListOptions options;
  std::string fonds;
  bool partial = false, dry_run = false;
};
struct ImportResult {
  exchange::ListInfo info;
  std::int64_t rows = 0, fresh = 0, present = 0, failed = 0;
  std::int64_t secret = 0;            // of the failed: rows with a secrecy mark, whose words go nowhere
  std::int64_t components = 0;
  std::uint64_t bytes = 0;
  std::vector<Finding> findings;      // path = list, line = row, ref = column
  std::string batch;                  // "nhap-2026-014"; "" when nothing was written
  Path errors;                        // the list of rows that failed, beside the list; empty: none written
  bool written = false;
};
ImportResult import_list(Repository& repository, const ImportRequest& request);

// ---- looking for words (search) ----

struct SearchRequest {
  std::vector<std::string> words;     // each a word, several in a row, or the beginning of one ("quyet*")
  catalogue::EntryFilter filter;      // fonds, book, year, since, until, sender, unit; limit: 0 = all
  bool lines = true, files = true;    // register lines and documents; files
};
struct Found {
  std::optional<catalogue::EntryRow> entry;
  std::optional<catalogue::DocumentRow> document;  // of the line, or alone
  std::optional<catalogue::FileRow> file;
  std::vector<catalogue::FileRow> in;              // files that the document is in
};
struct SearchResult {
  std::vector<Found> found;           // newest first, then in Vietnamese order
  bool more = false;                  // the limit was reached
};
// Folded: "quyet dinh" finds "Quyết định". A word written with tones finds only what has them, wherever the tone mark
// stands (hòa = hoà). Brings the index up to date first; where that cannot be written, one is made for this search.
SearchResult search(Repository& repository, const SearchRequest& request);

struct FileOpenRequest {
  records::FileRecord file;           // notation may be empty: given from the class; term from the rule where absent
  std::string class_no;
  std::string box;                    // number of a box; made when there is none
  std::string fonds;
  bool dry_run = false;
};
struct FileOpenResult {
  catalogue::FileRow file;
  std::vector<Finding> findings;
};
FileOpenResult open_file(Repository& repository, const FileOpenRequest& request);

struct FileAddResult {
  catalogue::FileRow file;
  std::vector<std::pair<int, records::Document>> added;     // ordinal
  std::vector<records::Document> present;                   // were in it already
};
FileAddResult add_to_file(Repository& repository, const records::Id& file, const std::vector<records::Id>& documents,
                          bool dry_run);
// ordinals as shown by `file list`/`show`; a reason is mandatory (exit 2).
std::vector<records::Document> remove_from_file(Repository& repository, const records::Id& file,
                                                const std::vector<int>& ordinals, const std::string& reason, bool dry_run);

struct FileCloseRequest {
  records::Id file;
  int ended = 0;                      // the year the work ended; 0: refused with the proposal (trap 3)
  bool confirm_term = false;
  std::optional<records::Term> term;  // newly set
  std::string term_reason;
  std::string basis;                  // the decision that allows a lower term (P23)
  records::Date settled;              // construction: the day of final settlement; empty: as recorded
  bool dry_run = false;
};
struct FileCloseResult {
  catalogue::FileRow file;
  int documents = 0, pages = 0;
  records::Term term;
  std::string term_source;            // "TT 09/2011 mục 148", status
  bool term_confirmed = false;        // the rule was compared with the official text
  std::optional<records::Date> due;   // P22
  records::Date submit_by;            // LLT Đ17: end of the year after the year the work ended
  std::vector<records::Deadline> deadlines;  // of submission, each with its article; none for what is not submitted
  records::PaperDuties duties;        // what has to be made of paper
  std::vector<Finding> findings;      // warnings; errors are thrown
};
// Throws exit 3 VTLT-P15 with one line for each thing that stands against it: P15, P16, D8, P23.
FileCloseResult close_file(Repository& repository, const FileCloseRequest& request);
// All of them or none; dry_run is that of the first.
std::vector<FileCloseResult> close_files(Repository& repository, const std::vector<FileCloseRequest>& requests);

// The file's documents with components, in order.
std::vector<records::FiledDocument> contents_of(Repository& repository, const records::Id& file);
void contents_of(Repository& repository, const records::Id& file, const std::function<void(records::FiledDocument&&)>& each);

}  // namespace vtlt::repository
