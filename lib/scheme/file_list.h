// The yearly file list (danh mục hồ sơ, NĐ30 Đ28 and PL V): of a scheme, and a scheme of one.
#pragma once
#include <string>
#include <vector>

#include "scheme/scheme.h"

namespace vtlt::scheme {

struct ListedFile {
  const Class* large = nullptr;    // its large heading
  const Class* heading = nullptr;  // the heading it stands under: the large one or a small one
  const PlannedFile* planned = nullptr;
  const Rule* rule = nullptr;  // nullptr: the scheme does not know it
  std::string notation;        // "01.VP": given in order where the scheme fixes none (PL V.I)
  std::string title;           // year filled in; places for a name or code are "…"
};
// The planned files in the order of the list. Points into the scheme.
std::vector<ListedFile> file_list(const Scheme& scheme, int year);

// ---- a scheme of a list as offices have it ----

struct ListLine {
  long row = 0;
  std::string notation, title, term, officer, note;
  std::string rule;  // id of a retention rule, where the list names one
};
struct FromListRequest {
  Scheme base;  // what a list does not say: fonds, series, tables, access …; its headings are replaced
  std::string list_name;
  int year = 0;  // 0: the year most titles name
  std::string decision;
  text::Date date;
};
struct FromList {
  Scheme scheme;
  int year = 0;
  int headings = 0, files = 0, permanent = 0;
  int known_rules = 0;            // files whose rule is one of the tables or of the base
  std::vector<Finding> findings;  // line = row of the list; an error: the line cannot be taken
};
FromList scheme_from_list(const std::vector<ListLine>& lines, const FromListRequest& request);

// The YAML of a scheme; load() gives it back, but for the lines. Rules of tables are not written.
std::string to_yaml(const Scheme& scheme, const std::string& comment = {});

}  // namespace vtlt::scheme
