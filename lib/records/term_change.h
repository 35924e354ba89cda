// Terms that are set again: by a person, or confirmed at closing (P23, D12, D14, D15).
#pragma once
#include <string>
#include <vector>

#include "base/finding.h"
#include "records/records.h"
#include "records/rules.h"

namespace vtlt::records {

struct TermChange {
  Term to;
  Term rule;  // of the rule the file falls under; none: not in the table (tài liệu không có trong bảng)
  std::string rule_name;       // "tt09-148", for messages
  bool rule_repealed = false;  // a baseline of a repealed circular: shown, never a floor on its own (trap 4)
  std::string decision;        // number of the paper that allows it; "" = none
};
// P23. Errors refuse: below the rule, or below what the file has now, without a decision (D15); below the
// longest of its documents with or without one (LLT Đ15.4); no term at all; a file that is transferred or
// destroyed. Warnings: a lower term with its decision; a file outside the table, which takes the nearest
// group's term, never lower, and is marked for review.
std::vector<Finding> check_term_change(const FileRecord& file, const std::vector<FiledDocument>& documents,
                                       const TermChange& change);

// D14/P15: the term is set again when the file is closed. confirmed: the officer said so. Errors refuse
// closing.
std::vector<Finding> check_term_at_closing(const FileRecord& file,
                                           const std::vector<FiledDocument>& documents, bool confirmed);

// P17: a document that stands in several files is kept as long as the longest of them says. Files that are destroyed
// hold nothing any more. None: no file holds it.
Term term_of_shared(const std::vector<FileRecord>& files);

}  // namespace vtlt::records
