// Small readings of one cell.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "records/records.h"

namespace vtlt::exchange {

// Trimmed, runs of white space (no-break too) as one space, invisible characters out; `="05"` and the
// apostrophe that guards formulas undone.
std::string clean_cell(std::string_view cell);
// As above, but spaces inside stay: names of computer files may have two.
std::string trimmed_cell(std::string_view cell);

bool is_digits(std::string_view text);
// "1.312", "1 312", "1312,0" → 1312; -1 for "1,31E+03", whose figures are lost; nullopt: something else.
std::optional<int> number_with_marks(std::string_view text);
std::optional<int> small_number(std::string_view text);  // digits only, up to 9
std::string without_time(std::string_view text);         // "05/01/2024 08:30" → "05/01/2024"
bool has_two_digit_year(std::string_view text);
std::optional<records::Date> from_serial(std::string_view text);  // "45296", a spreadsheet's number of a day
// "5/1" with a year from elsewhere.
std::optional<records::Date> with_year(std::string_view text, int year);
// Blanks around / and -, "Số:" before, a stray "/ " in front.
std::string tidy_number(std::string_view text);
bool says_no_number(std::string_view text);  // "không số", "KS"
// The secrecy mark a note holds, or a subject opens with; "" for none.
std::string secrecy_of_note(std::string_view note);
std::string secrecy_of_subject(std::string_view subject);
std::string normal_secrecy(std::string_view text);  // "Thường", "Không", "0" → "normal"; else ""
int year_named(std::string_view title);             // the only "năm 2023" of a title, else 0
// "H57.31.07.2024.01.VP" → 2024, "01.VP"; year 0 and the whole text when there is no year inside.
std::pair<int, std::string> split_file_code(std::string_view code);

}  // namespace vtlt::exchange
