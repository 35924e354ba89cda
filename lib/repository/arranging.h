// Arranging a backlog (chỉnh lý): lists of phiếu tin come in, files are ordered and numbered, what is sorted
// out is bundled. Each function is one transaction: all of it or nothing.
#pragma once
#include "exchange/register_list.h"
#include "records/arrangement.h"
#include "records/similar.h"
#include "repository/repository.h"

namespace vtlt::repository {

inline constexpr const char* kArrangement = "files";  // book of its batches

struct ArrangeImportRequest {
  std::vector<Path> lists;  // one a team
  exchange::ListOptions options;
  std::string fonds;  // code; a closed fonds takes in what was made before it was closed
  records::FileState state = records::FileState::archived;  // or closed: not yet submitted
  int team = 0;  // of the first list; 0: by the digits its name ends in ("to2.xlsx" → T2), else 1
  bool partial = false, dry_run = false;
};
struct ArrangedList {
  Path path;
  exchange::ListInfo info;
  int team = 0;
  std::int64_t rows = 0, files = 0, present = 0,
               failed = 0;  // files: new ones; failed: files that did not come in
  std::int64_t added = 0;   // documents for files that were present
  std::string first, last;  // provisional numbers, "T1-1"; "" = none
  Path errors;              // rows of the files that failed, beside the list; empty: none written
};
struct ArrangeImportResult {
  std::vector<ArrangedList> lists;
  std::int64_t rows = 0, files = 0, present = 0, failed = 0;
  std::int64_t added = 0, grown = 0;  // documents put into arranged files that were present; so many files
  std::int64_t documents = 0;  // in the new files, each counted once, and `added`
  std::int64_t linked = 0;     // of them, that stood in a register already
  std::int64_t components = 0;
  std::uint64_t bytes = 0;
  std::int64_t boxes = 0;         // in which the files of the lists lie
  std::int64_t centimetres = 0;   // of shelf, as far as the lists tell
  std::vector<Finding> findings;  // path = list, line = row
  std::string batch;              // of all the lists together, "nhap-2026-014"; "" when nothing was written
  bool written = false;
};
// A row is a file, or a document with its file's data repeated (or left out below the first). Values as read
// stand in `original`. Throws exit 2 for what cannot be read at all.
ArrangeImportResult import_arrangement(Repository& repository, const ArrangeImportRequest& request);

// ---- order and numbers (P45, P46) ----

struct ArrangeNumberRequest {
  std::string fonds;
  records::Order order;   // empty: the scheme's arrangement, where it names one
  std::string inventory;  // mục lục số of the new numbers; "" = the one after the last
  int from = 0;           // the first number, where the earlier ones are not in this repository; 0: the next
  bool boxes = false;     // the boxes that hold only such files are numbered anew in the order of the files
  bool dry_run = false;
};
struct ArrangeNumberResult {
  records::Order order;
  std::int64_t files = 0;
  std::string first, last;  // hồ sơ số
  std::string inventory;
  int after = 0;                // the last number of the fonds before; 0: none
  std::string after_inventory;  // in which it stands
  std::int64_t boxes = 0;       // numbered anew
  std::string first_box, last_box;
};
// What is numbered: files that came with lists of an arrangement, have no hồ sơ số yet and are not sorted
// out. `each` is called in the order asked for, with the place from 1; limit: for so many, 0 = all. Throws
// exit 2 VTLT-P45 without an order.
records::Order order_files(Repository& repository, const std::string& fonds, const records::Order& order,
                           int limit,
                           const std::function<void(std::int64_t, const catalogue::FileRow&)>& each);
// Gives the numbers, continuing after the last that the fonds ever gave. Throws exit 3 VTLT-P46 when there is
// nothing to number, or `from` was given already.
ArrangeNumberResult number_files(Repository& repository, const ArrangeNumberRequest& request);

// Files of a fonds (all fonds: each for itself) with nearly equal titles; what was sorted out is not
// compared.
struct SimilarFiles {
  std::vector<records::Id> files;
  std::vector<records::SimilarPair> pairs;  // a, b: places in files; nearest first
  bool complete = true;
};
SimilarFiles similar_files(Repository& repository, const std::optional<records::Id>& fonds);

// ---- sorted-out material: bundles (bó) through the fonds, volumes (tập) inside each (P26) ----

struct RejectRequest {
  std::vector<records::Id> files;  // of one fonds
  std::string reason;              // mandatory unless undo
  int bundle = 0, volume = 0;      // 0: the next free place
  int volumes = 20;                // in one bundle
  bool undo = false;
  bool dry_run = false;
};
struct Rejected {
  catalogue::FileRow file;  // as it is now: bundle, volume, rejected; empty ones when taken back
  bool asked = true;        // false: only moved up into a place that came free
};
struct RejectResult {
  std::vector<Rejected> files;
  std::vector<Finding> findings;
};
// No place is left out: what is taken back makes room for those behind it. Throws exit 3 VTLT-P26 for a file
// that has a number, is not in the archives, or is (or is not yet) sorted out, and for a place that would
// leave a gap.
RejectResult reject_files(Repository& repository, const RejectRequest& request);

}  // namespace vtlt::repository
