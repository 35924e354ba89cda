// Shared by what plans, opens, fills and closes files. Internal.
#pragma once
#include <optional>
#include <string>
#include <utility>

#include "records/fonds.h"
#include "repository/repository.h"

namespace vtlt::repository {

// "01.VP" → {1, "VP"}; nothing for another form.
std::optional<std::pair<int, std::string>> split_notation(const std::string& notation);
std::string joined_notation(int number, const std::string& heading);  // {1, "VP"} → "01.VP"
// The large heading's abbreviation of a class ("I.2" → "VP"): NĐ30 PL V part I.
std::string heading_of(const scheme::Scheme& scheme, const scheme::Class& one);

// Throws exit 2 VTLT-REF-01.
catalogue::FileRow file_there(Repository& repository, const records::Id& id);
std::string file_name(Repository& repository, const records::Id& id);
// Throws exit 3 VTLT-P15 unless it is open or planned.
void must_take_documents(Repository& repository, const catalogue::FileRow& row);
// Throws exit 3 VTLT-P34 where records::check_fonds_act refuses.
void must_allow(const records::Fonds& fonds, records::FondsAct act, const records::Date& day = {});

// An encoded body with one more text field; an empty value is left out.
std::string with_field(std::string body, const char* key, const std::string& value);

// A document into a file, which may be planned: that opens it. A longer term of the document becomes the file's (P23).
// `file` follows what is written.
void put_into(Change& change, records::FileRecord& file, const records::Document& document, int ordinal);
// Only the term.
bool lengthen(Change& change, records::FileRecord& file, const records::Document& document);
// The documents take the ordinals from `from` on.
void reorder(Change& change, const records::Id& file, int from, const std::vector<records::Id>& documents);
void put_into_box(Repository& repository, Change& change, records::FileRecord& file, const std::string& number);

}  // namespace vtlt::repository
