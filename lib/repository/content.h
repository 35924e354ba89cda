// What is known of a computer file from its bytes: MIME type and pages. Internal.
#pragma once
#include <string>

#include "base/files.h"

namespace vtlt::repository {

struct Content {
  std::string mime;
  int pages = 0;   // PDF, TIFF; 0: not known
  bool signature = false;  // a PDF that carries a digital signature; whether it holds is not looked into
};
// By its bytes where they speak, by its name where that fits them and says more. Reads both ends; a PDF's pages are
// those its page tree says it has.
Content look_at(std::string_view bytes, const std::string& name);
Content look_at(Files& files, const Path& path, const std::string& name);

}  // namespace vtlt::repository
