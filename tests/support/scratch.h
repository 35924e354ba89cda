// A directory for one test, in memory where the machine has it, removed afterwards.
#pragma once
#include "base/files.h"

namespace vtlt::test {

class Scratch {
 public:
  Scratch();
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  const Path& path() const { return path_; }
  Path operator/(const std::string& name) const { return path_ / name; }

 private:
  Path path_;
};

}  // namespace vtlt::test
