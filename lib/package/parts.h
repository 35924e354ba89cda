// A ZIP in parts, for media that hold no file as large (FAT: 4 GiB less one byte): a folder "X.zip.parts"
// with X.zip.001, X.zip.002 …, which `cat X.zip.0* >X.zip` puts together again, and their SHA256SUMS.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "base/files.h"
#include "base/progress.h"
#include "trust/digest.h"

namespace vtlt::package {

struct Parts {
  Path folder;
  Path whole;  // where the ZIP is in the view of joined()
  std::vector<Path> files;
  std::vector<Digest> sums;  // of SHA256SUMS, where it names just these
  bool listed = false;       // there is something of that name
};

// Writes the folder beside the ZIP, at once, and takes the ZIP away when it is safe. size: bytes of a part,
// not 0.
Parts split_zip(Files& files, const Path& zip, std::uint64_t size, Progress& progress);

// Of such a folder, whatever it is called now, or one of the parts; nullopt: neither. A part that is missing in the row, or at its end by
// SHA256SUMS: Error exit 4 VTLT-PARTS-01.
std::optional<Parts> parts_at(Files& files, const Path& path);

// Those whose bytes are not what SHA256SUMS says; reads all of them.
std::vector<Path> damaged_parts(Files& files, const Parts& parts);

// A view in which the parts are one file, `whole`; reads only. `files` outlives it.
std::unique_ptr<Files> joined(Files& files, const Parts& parts);

}  // namespace vtlt::package
