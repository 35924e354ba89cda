#include "base/error.h"

#include <cstdio>
#include <cstdlib>

namespace vtlt {

void bug(const char* what, const char* file, int line) {
  throw Error(Exit::bug, "VTLT-BUG", Message("base.bug", {{"what", std::string(what)}})).at(file, line);
}

}  // namespace vtlt
