// What a check found, for people, programs and build servers.
#pragma once
#include <map>
#include <optional>
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

// "junit=kq.xml", "json", "json=-" …; exit 2 for anything else, and for two that want stdout or the same
// file.
std::vector<ReportWish> report_wishes(const Context& context, const std::vector<std::string>& words);
// Throws, exit 2, for what cannot become a computer file.
void check_reports(Context& context, const std::vector<ReportWish>& wishes);
// Returns the first failure of writing a computer file, after all else was shown.
std::optional<Error> show_checked(Context& context, const Verified& verified,
                                  const std::vector<ReportWish>& wishes);
// How many passed, what was read, and what "passed" does not say.
std::string sum_shown(const Context& context, const std::vector<Checked>& all);
std::size_t errors_of(const Checked& checked);
// "lỗi", "cảnh báo" …; unread: of what could not be read, whatever its level.
std::string level_shown(const Context& context, const Finding& finding, bool unread);
// How far the contents were looked into, and what stayed open.
std::string contents_shown(const Context& context, const std::vector<Checked>& all);
// "luu-tru-lich-su-tinh 2026-11, SHA-256 1f2e3d4c…"
std::string profile_shown(const Verified& verified);
// Codes, paths and numbers stay; words from records go.
void redact(Finding& finding);

std::string junit_of(const Context& context, const Verified& verified);
std::string sarif_of(const Context& context, const Verified& verified);
std::string html_of(const Context& context, const Verified& verified);

}  // namespace vtlt::cmd
