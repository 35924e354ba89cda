// What every implementation of Files says when the operating system refuses.
#pragma once
#include "base/error.h"
#include "base/files.h"

namespace vtlt {

// Exit 4 VTLT-IO-ENOENT and so on. number: an errno; operation: as the system calls it, "mkdir".
Error io_error(const Path& path, int number, const char* operation);

}  // namespace vtlt
