// The statutory forms, filled from what is registered, filed and used. How they are written out:
// exchange/forms.h.
#pragma once
#include "exchange/forms.h"
#include "records/order.h"
#include "records/vocabulary.h"
#include "repository/repository.h"

namespace vtlt::repository {

struct PrintRequest {
  std::string fonds;              // code; "" = the only open one
  std::optional<records::Id> id;  // what the form is about, where it needs something
  std::vector<records::Id> ids;   // files or boxes, where the form is about several
  std::string submission;         // "nop-2026-01"
  std::vector<records::FileState> states;
  int year = 0;                   // 0: the current one, or any where a period is given
  std::string since, until;       // ISO dates, inclusive
  std::string series;             // id in the scheme
  records::SortBy sort = records::SortBy::usual;
  std::int64_t list_sheets = 0;  // sheets of the list of documents of one file; 0: left to be written
  records::Date today;  // progress is told as of this day
  records::Vocabulary vocabulary = records::Vocabulary::as_printed;
};

struct Printed {
  exchange::Form form;
  exchange::RowSource rows;  // reads the catalogue; may be run once or more
  std::int64_t lines = 0;
  std::vector<Message> notes;  // what is to be said about it beside the form
};

// What a form is about, and which flags it takes.
enum class PrintNeeds {
  nothing,
  incoming,
  file,        // one; printed apart for each of several
  files,
  boxes,
  submission,
  inventory,   // a submission, or what --year and --state find
};
struct PrintableForm {
  const char* name;  // "so-den"
  PrintNeeds needs;
  bool period;  // --since, --until
  bool lines;   // made of register lines: --series, --sort
  Printed (*make)(Repository&, const PrintRequest&);
};
const std::vector<PrintableForm>& printable_forms();
const PrintableForm* find_printable_form(std::string_view name);

// Throws exit 2 VTLT-USE-03 for a series that the scheme does not have.
Printed print_form(Repository& repository, const PrintableForm& form, const PrintRequest& request);

}  // namespace vtlt::repository
