// A folder for what is about to be made: where nothing comes into it, it is taken away again.
#pragma once
#include <vector>

#include "base/files.h"

namespace vtlt {

class NewFolder {
 public:
  NewFolder(Files& files, const Path& path);  // like mkdir -p
  ~NewFolder();
  NewFolder(const NewFolder&) = delete;
  NewFolder& operator=(const NewFolder&) = delete;

 private:
  Files& files_;
  std::vector<Path> made_;  // deepest first
};

}  // namespace vtlt
