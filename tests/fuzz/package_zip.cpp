// Any bytes as a ZIP: a verdict or an Error, nothing else.
#include "base/progress.h"
#include "fuzz/expected.h"
#include "fuzz/memory_files.h"
#include "package/package.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::MemoryFiles files;
  files.files["/goi.zip"] = std::string(reinterpret_cast<const char*>(data), size);
  return fuzz::expect([&] { vtlt::package::check(files, "/goi.zip", {}, vtlt::no_progress()); });
}
