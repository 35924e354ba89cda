// A package of which one XML file is the input; its first letter says which.
#include "base/progress.h"
#include "fuzz/expected.h"
#include "fuzz/memory_files.h"
#include "package/package.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  static constexpr const char* names[] = {"METS.xml",
                                          "metadata/descriptive/EAD.xml",
                                          "representations/rep1/METS.xml",
                                          "representations/rep1/metadata/descriptive/EAD_doc_1.xml",
                                          "metadata/preservation/PREMIS.xml",
                                          "schemas/EAD_doc.xsd",
                                          "representations/rep1/data/1.fetch.txt"};
  fuzz::MemoryFiles files;
  for (const char* name : names)
    files.files[std::string("/goi/") + name] = "<simpledc/>";
  files.files["/goi/METS.xml"] =
      "<mets xmlns=\"http://www.loc.gov/METS/\" xmlns:csip=\"https://DILCIS.eu/XML/METS/CSIPExtensionMETS\">"
      "<metsHdr csip:OAISPACKAGETYPE=\"AIP\"/></mets>";
  files.files[std::string("/goi/") + names[data[0] % std::size(names)]] =
      std::string(reinterpret_cast<const char*>(data) + 1, size - 1);
  return fuzz::expect([&] { vtlt::package::check(files, "/goi", {}, vtlt::no_progress()); });
}
