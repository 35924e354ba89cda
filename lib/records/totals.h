// What is in a file, counted, against what was recorded of it (D8: TT05 Đ24k2-3). Nothing is invented: a
// number of pages that nobody counted stays unknown, and a date stays as exact as it was written.
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "base/finding.h"
#include "records/records.h"
#include "records/rules.h"

namespace vtlt::records {

struct Counted {
  std::int64_t documents = 0;
  std::int64_t pages = 0;          // of the documents whose pages are known
  std::int64_t without_pages = 0;  // documents whose pages are not
  std::int64_t computer_files = 0;
  Date first, last;  // span of the documents' dates; empty: no document has one
  std::int64_t without_date = 0;
  bool paper = false, electronic = false;         // some document is, by its carrier or its contents
  std::optional<std::int64_t> all_pages() const;  // nullopt while some are not known
  bool operator==(const Counted&) const = default;
};
// Pages of a document: as recorded, else those of its main content.
std::int64_t pages_of(const FiledDocument& filed);  // 0: not known
Counted count(const std::vector<FiledDocument>& documents);

// The span to show: as recorded where it is, else of the documents. Empty: not known.
struct Span {
  Date start, end;
};
Span shown_span(const FileRecord& file, const Counted& counted);

// Mismatches, all warnings: documents_told, pages_told (with fewer pages than told only when all are known),
// a recorded start later than the first document or an end before the last one, a span that runs backwards
// (error). Values that were not recorded are not judged, and neither is a file without any document: its list
// may not have been entered.
std::vector<Finding> check_totals(const FileRecord& file, const Counted& counted);

// Whether a is surely before b, as far as both are known: 03/2026 is not before 15/03/2026.
bool surely_before(const Date& a, const Date& b);

}  // namespace vtlt::records
