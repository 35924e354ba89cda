// The book of uses: who used what, and when it came back. Each function is one transaction.
#pragma once
#include "records/uses.h"
#include "repository/repository.h"

namespace vtlt::repository {

struct UseRequest {
  Target target;     // a register line, a document or a file
  records::Use use;  // by, purpose, copy, permit_by, basis, from, due; the rest is set here
  bool dry_run = false;
};
struct UseResult {
  records::Use use;
  records::Access access = records::Access::open;
  std::vector<catalogue::UseRow> lent;  // not back yet when this use begins
};
// Throws exit 3: VTLT-ACCESS-02 conditional without a paper that allows it, VTLT-ACCESS-03 secret, VTLT-P08 a
// number that stands for nothing.
UseResult record_use(Repository& repository, const UseRequest& request);

struct ReturnRequest {
  Target target;
  std::string by;  // whose, where several have it
  records::Date returned;
  bool dry_run = false;
};
// Throws exit 3 VTLT-USE-RETURN: nobody has it, or it comes back before it went; exit 2 VTLT-USE-SEVERAL with
// the names.
catalogue::UseRow record_return(Repository& repository, const ReturnRequest& request);

// What the record's own level, its files, their classes and the scheme say together: the strictest of its
// files.
records::Access access_to(Repository& repository, const Target& target);

}  // namespace vtlt::repository
