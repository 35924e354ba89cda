// A whole new catalogue, made beside the one in use. Internal.
#pragma once
#include <memory>

#include "repository/state.h"

namespace vtlt::repository {

// The next generation: in bulk until finish(), which makes it the one in use and removes the one before. Not finished, it
// is taken away again. The caller holds the repository's lock.
class NewGeneration {
 public:
  NewGeneration(Files& files, const Path& root, const std::string& own);
  ~NewGeneration();
  NewGeneration(const NewGeneration&) = delete;
  NewGeneration& operator=(const NewGeneration&) = delete;

  catalogue::Catalogue& catalogue() { return *fresh_; }
  // Opened anew, for writing.
  std::unique_ptr<catalogue::Catalogue> finish();

 private:
  void remove(int generation);
  Files& files_;
  const Path root_;
  const int old_;
  std::unique_ptr<catalogue::Catalogue> fresh_;
  bool done_ = false;
};

}  // namespace vtlt::repository
