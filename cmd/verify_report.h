// What a check found, for people, programs and build servers.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "context.h"
#include "package/package.h"

namespace vtlt::cmd {

// One thing that was checked.
struct Checked {
  std::string name, format;
  bool repository = false, passed = false, complete = true, unread = false;
  std::vector<Finding> findings;
  std::vector<std::string> heads;
  std::uint64_t computer_files = 0, bytes = 0, documents = 0, files = 0, events = 0, blanked = 0;
  package::ContentCounts contents;
  // Not one of those that were asked for: what is to be said of a file of --baseline itself.
  bool aside = false;
  // Findings that --baseline accepts, by their place in findings: why. Their level is note.
  std::map<std::size_t, std::string> accepted;
};

struct Verified {
  std::vector<Checked> all;
  std::string profile_id, profile_version, profile_sha256;  // "": no profile
};

struct ReportWish {
  std::string kind;  // text json junit sarif html
  std::string path;  // "" = stdout
};

// "junit=kq.xml", "json" …; exit 2 for anything else, and for two that want stdout.
std::vector<ReportWish> report_wishes(const std::vector<std::string>& words);
void show_checked(Context& context, const Verified& verified, const std::vector<ReportWish>& wishes);
// How far the contents were looked into, and what stayed open.
std::string contents_shown(const Context& context, const std::vector<Checked>& all);
// "luu-tru-lich-su-tinh 2026-11, SHA-256 1f2e3d4c5b6a"
std::string profile_shown(const Verified& verified);
// Codes, paths and numbers stay; words from records go.
void redact(Finding& finding);

std::string junit_of(const Context& context, const Verified& verified);
std::string sarif_of(const Context& context, const Verified& verified);
std::string html_of(const Context& context, const Verified& verified);

}  // namespace vtlt::cmd
