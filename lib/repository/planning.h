// The year of files: planned from the list, opened, amended, put in order, opened again. Each function is one
// transaction. What opens freely, fills and closes stands in work.h.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "records/filing.h"
#include "repository/work.h"
#include "scheme/file_list.h"

namespace vtlt::repository {

// ---- the list of the year (Danh mục hồ sơ, NĐ30 Đ28) ----

struct PlanRequest {
  int year = 0;
  bool from_list = false;                // else from the planned files of the scheme
  std::vector<scheme::ListLine> lines;   // of the list
  std::string list_name;                 // for messages
  std::string basis;                     // the decision that adopted it; "": the scheme's where it comes from that
  std::string fonds;
  bool dry_run = false;
};
// A planned line that stands for many files, each opened with its own name: "Hồ sơ công trình {name}", per: case.
struct PlanPattern {
  std::string notation, title, class_no, per, rule;
  records::Term term;
  std::string officer, note;
};
struct PlanResult {
  int year = 0;
  std::string basis;
  std::vector<records::FileRecord> planned;   // by this call, in the order of the list
  std::vector<records::FileRecord> present;   // were there already
  std::vector<PlanPattern> patterns;
  int permanent = 0, with_term = 0, without_term = 0;  // of planned and present
  std::vector<Finding> findings;              // warnings; errors are thrown
};
// Notations that the list gives are taken as they are, others come in the order of the list. A second call with the same
// list changes nothing. Throws exit 3 VTLT-LIST-21 with every line that cannot be taken, VTLT-D03 where a notation is
// held by another file, VTLT-P34 for a closed fonds; exit 2 VTLT-LIST-23 for the list of another year.
PlanResult plan_files(Repository& repository, PlanRequest request);

// nullopt: no list was made for that year. basis: the decision, "" when none was named.
struct YearPlan {
  std::string basis;
  std::vector<PlanPattern> patterns;          // of the scheme now, those whose notation no file bears
};
std::optional<YearPlan> plan_of_year(Repository& repository, const records::Id& fonds, int year);

// The planned file that a reference names, or a title of one of the year's. Throws exit 2 VTLT-REF-01, VTLT-REF-02.
catalogue::FileRow resolve_planned(Repository& repository, const std::string& words, const ReferenceContext& context);

struct PlannedOpenRequest {
  records::Id file;
  std::function<void(records::FileRecord&)> change;  // officer, start …; may be empty
  std::string box;
  bool dry_run = false;
};
// planned → open. Throws exit 3 VTLT-P15-PLAN when it is not planned any more.
catalogue::FileRow open_planned(Repository& repository, const PlannedOpenRequest& request);

// ---- while it lives ----

struct FileAmendRequest {
  records::Id file;
  std::function<void(records::FileRecord&)> change;         // of the description; year and notation stay
  std::vector<std::pair<int, std::string>> sheets;          // of documents, by ordinal: "15a-17"; "" takes them away
  std::vector<std::pair<int, records::Term>> terms;         // own terms of documents, by ordinal (P23)
  struct Field {
    int ordinal;
    std::string name, value;  // medium: photo, audio, video; else of package::carrier_fields(); "" takes it away
  };
  std::vector<Field> fields;                                // of photos, sound and film, by ordinal
  std::optional<records::DocumentOrder> order;
  std::vector<int> first;                                   // an order of its own: these first
  std::string reason, basis;
  bool dry_run = false;
};
struct FileAmendResult {
  catalogue::FileRow before, after;
  std::vector<std::string> fields;                          // that changed
  std::vector<std::pair<int, records::Document>> described; // documents that changed, by ordinal before
  std::vector<std::pair<int, int>> moved;                   // ordinal before, ordinal now
  std::vector<records::FileRecord> lengthened;              // other files of a document with a longer term now
  std::vector<Finding> findings;                            // P10 lengths, …: warnings
  bool changed() const { return !fields.empty() || !described.empty() || !moved.empty(); }
};
// Throws exit 2 VTLT-USE-08 without a reason (an order alone needs none); exit 3 VTLT-AMEND with what stands against it.
FileAmendResult amend_file(Repository& repository, const FileAmendRequest& request);

// closed → open, with a reason; the year the work ended and the closing date go, their history stays. Throws exit 3
// VTLT-P15-REOPEN: not closed, or handed over already.
catalogue::FileRow reopen_file(Repository& repository, const records::Id& file, const std::string& reason, bool dry_run);

// ---- its history ----

struct FileEvent {
  std::string type;                       // "file.amended"
  std::vector<std::string> fields;        // that the event changed, of an amendment
  std::string reason, basis, state;
};
// What an event says of a file beyond its type; nullopt for a type that says nothing more, or a blank one.
std::optional<FileEvent> file_event(Repository& repository, const records::Id& file, const std::string& stream, std::uint64_t seq);

}  // namespace vtlt::repository
