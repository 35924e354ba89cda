// PREMIS 3.0 in an AIP: well formed, and saying of the files what they are (D18, D22).
#pragma once
#include <string>
#include <vector>

#include "package/reader.h"
#include "trust/digest.h"

namespace vtlt::package {

// A file as PREMIS knows it; compared when all files have been read.
struct PremisFile {
  Digest digest;
  std::uint32_t entry = no_entry;  // found by its location; else only the digest can be looked for
  std::uint32_t line = 0;
};

struct PremisFacts {
  bool read = false;
  std::vector<PremisFile> files;
  std::uint64_t events = 0;
};

// folder: what locations are relative to, "" or "representations/rep1/".
PremisFacts check_premis(ByteStream& stream, const std::string& path, const std::string& folder,
                         const EntryTable& entries, const XmlSchema* schema, Report& report);

}  // namespace vtlt::package
