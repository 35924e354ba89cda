// What a check found, for people, programs and build servers.
#pragma once
#include <string>
#include <vector>

#include "context.h"

namespace vtlt::cmd {

// One thing that was checked.
struct Checked {
  std::string name, format;
  bool repository = false, passed = false, complete = true, unread = false;
  std::vector<Finding> findings;
  std::vector<std::string> heads;
  std::uint64_t computer_files = 0, bytes = 0, documents = 0, files = 0, events = 0, blanked = 0;
};

struct ReportWish {
  std::string kind;  // text json junit sarif html
  std::string path;  // "" = stdout
};

// "junit=kq.xml", "json" …; exit 2 for anything else, and for two that want stdout.
std::vector<ReportWish> report_wishes(const std::vector<std::string>& words);
void show_checked(Context& context, const std::vector<Checked>& all, const std::vector<ReportWish>& wishes);
// Codes, paths and numbers stay; words from records go.
void redact(Finding& finding);

std::string junit_of(const Context& context, const std::vector<Checked>& all);
std::string sarif_of(const Context& context, const std::vector<Checked>& all);
std::string html_of(const Context& context, const std::vector<Checked>& all);

}  // namespace vtlt::cmd
