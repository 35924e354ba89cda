// Findings that a receiver accepts for a time (vtlt verify --baseline).
#pragma once
#include <string>
#include <vector>

#include "base/files.h"
#include "base/finding.h"
#include "text/date.h"

namespace vtlt::package {

struct Baseline {
  struct Entry {
    std::string code, path, ref, reason, by;  // path, ref: globs, "" = any
    text::Date until;
    long line = 0;
  };
  enum class Answer { unknown, accepted, ended, never };
  struct Judgement {
    Answer answer = Answer::unknown;
    std::size_t entry = 0;
  };

  std::string path;
  std::vector<Entry> entries;

  // ref: the package as it was named. An entry in force goes before one that ended.
  Judgement judge(const Finding& finding, const std::string& ref, const text::Date& today) const;
};

// Throws Error VTLT-BASELINE-01 … -17 (exit 2) with line and what to do.
Baseline load_baseline(Files& files, const std::string& path);
Baseline parse_baseline(const std::string& path, std::string_view text);

// Changed, missing or unreadable: such a package is not what was sent, whatever is agreed.
bool is_of_wholeness(const Finding& finding);

}  // namespace vtlt::package
