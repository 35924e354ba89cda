// A bag whose tag files are the input, cut at zero bytes: bagit.txt, bag-info.txt, a manifest, a tag
// manifest, fetch.txt.
#include "base/progress.h"
#include "fuzz/expected.h"
#include "fuzz/memory_files.h"
#include "package/package.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::MemoryFiles files;
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  for (const char* name :
       {"bagit.txt", "manifest-sha256.txt", "bag-info.txt", "tagmanifest-sha256.txt", "fetch.txt"}) {
    const std::size_t end = std::min(rest.find('\0'), rest.size());
    if (end != 0) files.files[std::string("/tui/") + name] = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  files.files["/tui/data/a.txt"] = "mot";
  files.files["/tui/data/\xC3\xA0.txt"] = "hai";
  return fuzz::expect([&] { vtlt::package::check(files, "/tui", {}, vtlt::no_progress()); });
}
