#include "base/new_folder.h"

#include "base/error.h"

namespace vtlt {

NewFolder::NewFolder(Files& files, const Path& path) : files_(files) {
  for (Path at = path; !at.empty() && !files.stat(at, false); at = at.parent_path())
    made_.push_back(at);
  make_directories(files, path);
}

NewFolder::~NewFolder() {
  try {
    for (const Path& path : made_)
      if (files_.stat(path) && files_.list(path).empty()) files_.remove_directory(path);
  } catch (const Error&) {  // an empty folder more is no failure of its own
  }
}

}  // namespace vtlt
