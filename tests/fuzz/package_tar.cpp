// Any bytes as a TAR: a verdict or an Error, nothing else. Sums of headers are made right, else no change of
// a header would be read.
#include "base/progress.h"
#include "fuzz/expected.h"
#include "fuzz/memory_files.h"
#include "package/package.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string tar(reinterpret_cast<const char*>(data), size);
  for (std::size_t at = 0; at + 512 <= tar.size(); at += 512) {
    if (tar.compare(at + 257, 5, "ustar") != 0) continue;
    tar.replace(at + 148, 8, 8, ' ');
    unsigned sum = 0;
    for (std::size_t i = 0; i < 512; ++i)
      sum += static_cast<unsigned char>(tar[at + i]);
    for (std::size_t i = 6; i-- > 0; sum >>= 3)
      tar[at + 148 + i] = static_cast<char>('0' + (sum & 7));
    tar[at + 154] = '\0';
  }
  fuzz::MemoryFiles files;
  files.files["/goi.tar"] = std::move(tar);
  return fuzz::expect([&] { vtlt::package::check(files, "/goi.tar", {}, vtlt::no_progress()); });
}
