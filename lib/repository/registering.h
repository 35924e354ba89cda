// Shared by registering, importing: from a request to events. Internal.
#pragma once
#include "repository/content.h"
#include "repository/state.h"
#include "repository/work.h"

namespace vtlt::repository {

// Fills what follows from scheme, book and today: fonds, series, year, type. Throws the refusals that need no look at
// other entries (closed fonds, secret, missing number in external mode).
// stub: a secret document is written with number, date and level only, instead of being refused.
void prepare_entry(const scheme::Scheme& scheme, const records::Fonds& fonds, Moment time, records::RegisterEntry& entry,
                   bool stub = false);
// Gives the next number where the scheme lets vtlt do so, else checks that the given one is free (VTLT-P06).
void settle_number(Repository& repository, const scheme::Scheme& scheme, records::RegisterEntry& entry);
// The archived record that a register line stands for.
records::Document document_of(const records::RegisterEntry& entry, records::Document given);
// name: as the file system has it.
records::Component component_of(const std::string& name, const Received& received, const records::Id& document,
                                records::Role role, int ordinal);
// Sound and film have their own description in packages: what its first content is says which a document is of.
void tell_medium(records::Document& document, const std::vector<records::Component>& components);
// Throws exit 3 VTLT-P08: a recalled line is frozen (NĐ30 Đ18.4, PL VI part I.III.8).
void refuse_frozen(Repository& repository, const catalogue::EntryRow& row);
// Throws exit 3 VTLT-P02-YEAR: the year's books were closed.
void refuse_closed_year(Repository& repository, const records::RegisterEntry& entry);
// P04: same (number, notation, issuer, year), and content that is held already.
void find_duplicates(Repository& repository, const records::RegisterEntry& entry, std::vector<Finding>& findings);
void find_late(Repository& repository, const scheme::Scheme& scheme, const records::RegisterEntry& entry, std::vector<Finding>& findings);
// What the scheme proposes, the first rule that fits whole; the officer decides (product.md section 5, `suggest`).
std::optional<scheme::Suggestion> scheme_suggestion(const scheme::Scheme& scheme, const records::RegisterEntry& entry);
// What registering does besides, for messages.
struct Prepared {
  Received received;
  std::string name;
  records::Role role = records::Role::main;
};
struct RegisterHooks {
  std::function<std::vector<Prepared>(Staging&)> stage;  // contents, after those of the request
  std::function<void()> judge;                           // once more, under the lock
  std::function<void(Change&, const RegisterResult&)> more;
};
RegisterResult register_with(Repository& repository, const RegisterRequest& request, const RegisterHooks& hooks);
// Messages that spoke of this document before it came.
std::vector<journal::RegisterPending> awaited_by(Repository& repository, const records::RegisterEntry& entry);
std::string series_key(const records::RegisterEntry& entry);
std::string printed_series_number(const records::RegisterEntry& entry);

}  // namespace vtlt::repository
