// The rules that judge records: pure functions, one place each (design.md, "Rooms").
#pragma once
#include <vector>

#include "base/finding.h"
#include "records/records.h"

namespace vtlt::records {

// Whether a step between states is allowed (product.md "States of a file"); planned→open→closed→…
bool may_follow(FileState from, FileState to);

// P10: over-long values against NĐ30 PL VI part II (profiles nd30-di, nd30-den, nd30-hoso): warnings, never
// cut.
std::vector<Finding> check_entry(const RegisterEntry& entry);
std::vector<Finding> check_file(const FileRecord& file);

// P15/D14: what stands against closing a file. Errors refuse; warnings are shown.
struct FiledDocument {
  int ordinal = 0;
  Document document;
  std::vector<Component> components;
};
std::vector<Finding> check_closing(const FileRecord& file, const std::vector<FiledDocument>& documents);

// Copies (NĐ30 Đ25; PL III): sao y of the whole, sao lục of a sao y, trích sao of a part.
enum class CopyForm { full, of_copy, extract };
const char* copy_abbreviation(CopyForm form);  // "SY" "SL" "TrS": the type part of its notation
const char* copy_name(CopyForm form);          // "Sao y" …: the type in its register
// "sao-y", "Sao y", "SY"; "sao-luc", "SL"; "trich-sao", "TrS"; in any case, with or without tones.
std::optional<CopyForm> parse_copy_form(std::string_view text);
// The form that a notation carries: "SY-UBND" → full.
std::optional<CopyForm> copy_form_of_notation(std::string_view notation);
// P11: errors refuse. source_form: of a source that is itself a copy. A carrier that is not known is not judged.
std::vector<Finding> check_copy(CopyForm form, std::optional<CopyForm> source_form, Carrier source, Carrier made);

// Trap 5, P12: the text of a secrecy mark, however written ("Mật", "TỐI MẬT", "tuyet mat"); "" = none.
std::string secrecy_of(std::string_view text);

// The longest term among a file and its documents (P23, D12).
Term longest_term(const FileRecord& file, const std::vector<FiledDocument>& documents);

// The last year among the documents' dates: proposed as `ended`, never taken without being asked (trap 3).
int proposed_ended_year(const std::vector<FiledDocument>& documents);

// May this file be destroyed? The one place. (P30, D31-D32.) Empty: yes.
std::vector<Finding> check_destroyable(const FileRecord& file, bool on_hold, const Date& today);

}  // namespace vtlt::records
