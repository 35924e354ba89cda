// Rules of a file while it lives: what may be changed of it, in which order its documents stand. Pure.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/finding.h"
#include "records/records.h"

namespace vtlt::records {

// The fields that differ, by the names they have in events: "title", "term", "officer" …; in a fixed order. State, box,
// ended and closing date are no fields of the description.
std::vector<std::string> changed_fields(const FileRecord& before, const FileRecord& after);

// A change of a file's description: errors refuse it.
struct FileAmendment {
  FileRecord before, after;
  bool basis = false;        // a paper allows it
};
// Year and notation stay (D3). Term and rule of a closed file were confirmed when it was closed: they need the paper, or
// the file is opened again. What a submission list or a mục lục names (title, dates, term, sheets) changes with a paper
// only once the file was handed over; transferred and destroyed files do not change (D39). How far a term may be lowered
// stands in term_change.h.
std::vector<Finding> check_amend(const FileAmendment& amendment);

// ---- the order of the documents in a file (D4: ordinals run without gaps) ----
struct PlacedDocument {
  int ordinal = 0;
  Date date;
  DocumentNumber own;
  Date arrival;              // of incoming ones; empty: the document's date counts
  int arrival_number = 0;
};
enum class DocumentOrder { date, number, received };
std::optional<DocumentOrder> parse_document_order(std::string_view text);
// The ordinals in their new order; equal ones keep the order they had. Without a date: last.
std::vector<int> ordered(const std::vector<PlacedDocument>& documents, DocumentOrder order);
// Those named first, the others after them as they stood. nullopt: one is named twice, or there is none of it.
std::optional<std::vector<int>> ordered(const std::vector<PlacedDocument>& documents, const std::vector<int>& first);

}  // namespace vtlt::records
