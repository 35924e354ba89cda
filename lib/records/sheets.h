// Sheets (tờ) of paper files: their numbers, and what a paper file needs before it is closed (P16: NĐ30
// Đ29.4c; CV283). Counts are of sheets, not of pages.
#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.h"
#include "records/records.h"
#include "records/rules.h"

namespace vtlt::records {

// A sheet that was missed takes the number before it and a letter: 15, 15a, 15b, 16.
struct Sheet {
  int number = 0;            // 1 to 99999
  int letter = 0;            // 0: none; 1 a, 2 b, 3 c, 4 d, 5 đ, 6 e …: the letters in Vietnamese order
  std::string text() const;  // "15a"
  auto operator<=>(const Sheet&) const = default;
};
std::optional<Sheet> parse_sheet(std::string_view text);  // "15", "015", "15A", "15 a", "tờ 15"

struct SheetRange {
  Sheet first, last;
  bool operator==(const SheetRange&) const = default;
};
// "9", "15a", "15a-17", "3-5, 8; 10". nullopt: empty, not sheets, a range that runs backwards, more than
// 99,999 sheets.
std::optional<std::vector<SheetRange>> parse_sheets(std::string_view text);
std::string sheets_text(const std::vector<SheetRange>& ranges);  // "3-5, 8"

// Sheets in a range that is written out: 3-5 is 3, 15a-17 is 15a 16 17, 15-15b is 15 15a 15b. A lettered
// sheet that lies inside (15a in 14-16) is only known when some range names it: see sheets_of.
std::int64_t count(const SheetRange& range);
// All the sheets that ranges name, each once, ascending.
std::vector<Sheet> sheets_of(const std::vector<SheetRange>& ranges);

// NĐ30 Đ29.4c: from `from` years on (5; CV283's practice: 20; the scheme's sheet_numbers_from) and for
// permanent files sheets are numbered; permanent files need a list of documents; every paper file a closing
// certificate. Event terms outlast any number of years. All false for a file without paper: none of its
// documents on paper or both.
struct PaperDuties {
  bool sheet_numbers = false, document_list = false, closing_certificate = false;
};
PaperDuties paper_duties(const FileRecord& file, const std::vector<FiledDocument>& documents, int from = 5);

// P16. Errors: numbers that are required and missing, or not sheets; the same sheet in two documents.
// Warnings: a sheet that ends one document and begins another; numbers out of the order of the documents;
// gaps; another number of sheets than file.sheets says (where both are known). Documents not on paper are not
// judged; numbers that stand there are judged whether required or not.
std::vector<Finding> check_sheets(const FileRecord& file, const std::vector<FiledDocument>& documents,
                                  int from = 5);

// What the closing certificate (chứng từ kết thúc) says, computed from the documents.
struct ClosingCertificate {
  std::int64_t sheets = 0;  // numbered ones; FileRecord::sheets when no document has numbers; 0: not known
  std::string first, last;  // "1", "46"; "" when no document has numbers
  std::vector<std::string> lettered, missing;  // "15a"; numbers and ranges left out: "7", "9-11"
  std::int64_t list_sheets = 0;                // sheets of the list of documents, as given
  std::string condition;                       // remarks on the condition, as recorded
};
ClosingCertificate closing_certificate(const FileRecord& file, const std::vector<FiledDocument>& documents,
                                       std::int64_t list_sheets);

}  // namespace vtlt::records
