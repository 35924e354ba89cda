// The one exception type: thrown where the fact is known, caught once in main. Nothing else signals failure.
#pragma once
#include <stdexcept>
#include <string>
#include <vector>

#include "base/finding.h"
#include "base/message.h"

namespace vtlt {

// Exit statuses of the program (product.md, "Exit"); an error carries the one it leads to.
enum class Exit : int {
  done = 0,
  findings = 1,     // only from commands that judge
  usage = 2,        // wrong use, unknown or ambiguous reference
  refused = 3,      // a rule says no
  no_verdict = 4,   // something could not be read or written
  busy = 5,         // another writer holds the lock after --wait
  bug = 70,
  interrupted = 130,
};

class Error : public std::runtime_error {
 public:
  // code: stable, "VTLT-IO-01" or "VTLT-P15" (the requirement). what: said first; hint: what to do about it.
  Error(Exit exit, std::string code, Message what, Message hint = {})
      : std::runtime_error(code + " " + what.key), exit_(exit), code_(std::move(code)), message_(std::move(what)),
        hint_(std::move(hint)) {}

  Exit exit() const { return exit_; }
  const std::string& code() const { return code_; }
  const Message& message() const { return message_; }
  const Message& hint() const { return hint_; }

  // Paths, lines, fields that are not part of the sentence; shown after it, given in JSON.
  Error& at(std::string path, long line = 0) {
    path_ = std::move(path);
    line_ = line;
    return *this;
  }
  // What stands behind a refusal, one finding each; shown below the sentence.
  Error& because(std::vector<Finding> findings) {
    findings_ = std::move(findings);
    return *this;
  }
  const std::vector<Finding>& findings() const { return findings_; }
  const std::string& path() const { return path_; }
  long line() const { return line_; }

 private:
  Exit exit_;
  std::string code_;
  Message message_;
  Message hint_;
  std::string path_;
  long line_ = 0;
  std::vector<Finding> findings_;
};

// A condition that the program itself guarantees; a failure is a bug (exit 70), never wrong input.
[[noreturn]] void bug(const char* what, const char* file, int line);
#define VTLT_ASSERT(condition) \
  do { \
    if (!(condition)) ::vtlt::bug(#condition, __FILE__, __LINE__); \
  } while (false)

}  // namespace vtlt
