// A ZIP written forward through minizip onto the file layer: sizes and CRC in the local headers (stream
// readers such as java.util.zip need them), names flagged UTF-8, ZIP64 only where needed, one time for all
// entries.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/files.h"
#include "trust/digest.h"

namespace vtlt::package::writing {

class ZipWriter {
 public:
  // The file is empty and outlives the writer. time is written as UTC.
  ZipWriter(File& file, Moment time, bool deflate, bool digest);
  ~ZipWriter();
  ZipWriter(const ZipWriter&) = delete;
  ZipWriter& operator=(const ZipWriter&) = delete;

  // size: what will be written, or an upper bound.
  void begin(const std::string& name, std::uint64_t size);
  void write(Bytes data);
  void end();
  // Writes the central directory. The digest of the whole file, when it is wanted and every header could be
  // finished before it left memory; else the file must be read again for it.
  std::optional<Digest> close();

 private:
  struct State;
  void done(int status);
  std::unique_ptr<State> state_;
};

}  // namespace vtlt::package::writing
