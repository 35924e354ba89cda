// A plain E-ARK package of which one XML file is the input; its first letter says which.
#include "base/progress.h"
#include "fuzz/expected.h"
#include "fuzz/memory_files.h"
#include "package/package.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  static constexpr const char* names[] = {"METS.xml", "representations/rep1/METS.xml",
                                          "metadata/descriptive/ead3.xml", "metadata/preservation/premis.xml"};
  fuzz::MemoryFiles files;
  for (const char* name : names)
    files.files[std::string("/goi/") + name] = "<mets xmlns=\"http://www.loc.gov/METS/\"/>";
  files.files["/goi/representations/rep1/data/1.pdf"] = "x";
  files.files["/goi/documentation/a.txt"] = "x";
  files.files["/goi/schemas/a.xsd"] = "x";
  files.files[std::string("/goi/") + names[data[0] % std::size(names)]] =
      std::string(reinterpret_cast<const char*>(data) + 1, size - 1);
  return fuzz::expect([&] { vtlt::package::check(files, "/goi", {}, vtlt::no_progress()); });
}
