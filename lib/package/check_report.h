// Collects what a check found, from several threads and in bounded memory.
#pragma once
#include <atomic>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/finding.h"

namespace vtlt::package {

// Text from a package as it may be shown: no control characters, not longer than a line of a report.
std::string shown(std::string_view bytes);

// A key of the topic package_check without its common beginning: say("size", …) is "package.check.size".
Message say(const char* key, std::vector<std::pair<std::string, MessageArg>> args = {});

// How many a finding stands for: one, or all that were counted and not kept (see Report).
std::uint64_t stands_for(const Finding& finding);

class Report {
 public:
  // Of one code at most `kept` are kept; the rest is counted and said in one more finding.
  explicit Report(std::string ref, std::uint64_t kept = 1000) : ref_(std::move(ref)), kept_(kept) {}

  struct Place {
    std::string path;  // relative to the package's root, bytes as they are
    long line = 0;
  };
  void add(Level level, std::string code, const Place& place, Message what, Message hint = {},
           std::string basis = {});
  // As add, once for a code and path: for departures that repeat with every file.
  void add_once(Level level, const std::string& code, const Place& place, Message what, Message hint = {},
                std::string basis = {});
  // Something could not be read: no verdict from here on, unless an error is found elsewhere.
  void unread(const std::string& path, const Error& error);
  // The same of a folder: what lies below it is not known, so that nothing is called missing there from now
  // on.
  void unread_folder(const std::string& path, const Error& error);
  void incomplete() { complete_ = false; }

  bool complete() const { return complete_; }
  bool has_errors() const { return errors_ != 0; }
  // Sorted by path, line, code. Warnings become errors when strict.
  std::vector<Finding> take(bool strict);

 private:
  struct Count {
    std::uint64_t found = 0;
    Level level = Level::note;
  };
  bool may_lie_unread(const Place& place, const Message& what) const;

  std::string ref_;
  std::uint64_t kept_;
  std::vector<std::string> unread_folders_;  // filled before any other thread reports
  std::mutex guard_;
  std::vector<Finding> findings_;
  std::map<std::string, Count> counts_;
  std::map<std::string, bool> once_;
  std::atomic<bool> complete_{true};
  std::atomic<std::uint64_t> errors_{0};
};

}  // namespace vtlt::package
