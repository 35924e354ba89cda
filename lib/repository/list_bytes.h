// The bytes of a list on their way into exchange::read_…: whole, or its beginning where it is long.
#pragma once
#include <memory>
#include <string>

#include "base/files.h"

namespace vtlt::repository {

struct ListBytes {
  std::string bytes;           // the list, or its beginning
  std::unique_ptr<File> rest;  // where it goes on behind `bytes`, in pieces; nullptr: `bytes` is all of it
};
// Throws exit 4 for what cannot be read, or a list above 512 MiB that cannot be read in pieces.
ListBytes open_list(Files& files, const Path& list);

}  // namespace vtlt::repository
