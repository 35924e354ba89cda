// The life of a fonds (phông): what it is described by, what its creator was called over time, its closing (đóng phông).
#pragma once
#include "repository/repository.h"

namespace vtlt::repository {

struct DescribeFondsRequest {
  std::string code;
  // Not given: stays as it is. Name and organ code stand in the scheme and come with its adoption.
  std::optional<std::string> history, language, backup, note;
  records::Date opened;
  bool dry_run = false;
};
struct DescribeFondsResult {
  records::Fonds before, after;
  bool changed = false;
};
DescribeFondsResult describe_fonds(Repository& repository, const DescribeFondsRequest& request);

// What the creator was called, or its code, from a day on (records-practice.md 5.5): records keep what they were made
// under. Throws exit 3 VTLT-D01 when the same is known already; exit 2 without a whole or partial date.
struct NameFondsRequest {
  std::string code, name, organ, basis;
  records::Date since;
  bool dry_run = false;
};
void name_fonds(Repository& repository, const NameFondsRequest& request);

struct CloseFondsRequest {
  std::string code;
  records::Date closed;              // the day its activity ended
  std::string basis, successor;      // the act; who follows
  bool dry_run = false;
};
struct CloseFondsResult {
  records::Fonds fonds;
  std::int64_t open_files = 0, unfiled = 0, unanswered = 0;  // what the successor has to take on
  std::vector<Finding> findings;                             // P34: warnings; errors are thrown
};
// CV 414/BNV-VTLTNN: closed from the day the activity ends. Throws exit 3 VTLT-P34: closed already, a day to come, or
// lines of outgoing documents dated after that day; exit 2 VTLT-USE-08 without the act.
CloseFondsResult close_fonds(Repository& repository, const CloseFondsRequest& request);

// What is in a fonds (TT05 Đ4): counted, not told.
struct FondsTotals {
  std::int64_t files = 0, permanent = 0, documents = 0, boxes = 0, unarranged = 0, centimetres = 0;
  int first_year = 0, last_year = 0;  // of its files' documents
};
FondsTotals totals_of_fonds(Repository& repository, const records::Id& fonds);

}  // namespace vtlt::repository
