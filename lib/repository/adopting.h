// Schemes over time: a version adopted by a decision, rules compared with the official text.
#pragma once
#include "repository/repository.h"
#include "scheme/compare.h"
#include "scheme/confirmed.h"

namespace vtlt::repository {

// Throws exit 2 for what cannot be read, exit 3 VTLT-SCHEME-93 with every error of check().
scheme::Scheme sound_scheme(const std::string& text, const std::string& name);

// The fonds of --fonds; without it the one whose code the scheme names, else the only open one.
catalogue::FondsRow fonds_of_scheme(Repository& repository, const std::string& code,
                                    const scheme::Scheme& scheme);

// Files whose rule has another term in the other version, or is gone from it.
struct Affected {
  struct One {
    catalogue::FileRow file;
    records::Term before, after;  // after: none when the rule is gone
  };
  std::int64_t files = 0;
  std::vector<One> first;
};
Affected affected_files(Repository& repository, const records::Id& fonds, const scheme::Scheme& before,
                        const scheme::Scheme& after, std::size_t most = 5);

struct AdoptRequest {
  std::string text, name;  // the file's bytes and path
  std::optional<journal::HolidaysSet> holidays;  // beside it; its fonds is set here
  std::string number;      // of the decision; "": the one the scheme names
  records::Date date;
  std::string fonds;
  bool dry_run = false;
};
struct AdoptResult {
  records::Fonds before, fonds;
  scheme::Scheme scheme;
  std::string number;
  records::Date date;
  std::vector<scheme::Difference> differences;
  Affected affected;
  bool changed = false;  // false: this version was adopted by this decision already
  bool holidays_changed = false;
};
// Throws exit 3: VTLT-SCHEME-93 errors, VTLT-SCHEME-94 another fonds, VTLT-SCHEME-95 another decision than
// the file names; exit 2 VTLT-SCHEME-96 without a decision. What earlier events cite stays as it is.
AdoptResult adopt_scheme(Repository& repository, const AdoptRequest& request);

struct ConfirmRequest {
  std::string rule, against;
  std::string by;      // "": the actor
  records::Date date;  // empty: today
  std::string fonds;
  bool dry_run = false;
};
struct ConfirmResult {
  scheme::Rule before, after;
  std::int64_t files = 0;  // of the fonds that have this rule
  std::vector<Finding> findings;
  bool changed = false;  // false: it was confirmed so already
};
// Throws exit 2 VTLT-P21 for an unknown rule; exit 3 VTLT-TRAP-04 when `against` is no text in force.
ConfirmResult confirm_rule(Repository& repository, const ConfirmRequest& request);

// On what a file's term rests, as known now: what was not compared when the file was opened may be by now.
std::string term_basis(Repository& repository, const records::FileRecord& file);

}  // namespace vtlt::repository
