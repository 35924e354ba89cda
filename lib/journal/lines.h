// Reading the two line formats of a segment. Internal to the journal.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/files.h"
#include "trust/digest.h"

namespace vtlt::journal {

inline constexpr std::size_t kMaximumBody = 1u << 20;
inline constexpr std::size_t kMaximumLine = kMaximumBody + 256;

struct HeaderLine {
  std::uint64_t seq = 0, tx = 0;
  bool end = false;
  std::string_view time, type;
  std::string_view actor_escaped;
  Digest body_hash, prev, hash;
  std::string_view hashed;  // the bytes that `hash` covers
};
// Strict: exactly the fields of the format in their order. The views point into line.
bool parse_header(std::string_view line, HeaderLine& out);

struct BodyLine {
  std::uint64_t seq = 0;
  bool blank = false;
  std::string_view salt, body;  // empty when blanked
};
bool parse_body(std::string_view line, BodyLine& out);
// The number alone, however the rest of the line looks; 0: no body line.
std::uint64_t body_seq(std::string_view line);

std::string unescape(std::string_view escaped);

// Lines of a file in order, with bounded memory.
class LineReader {
 public:
  LineReader(std::unique_ptr<File> file, std::uint64_t offset);
  // False at the end; `whole` tells whether the last piece had its line feed and was not over-long.
  bool next(std::string_view& line, bool& whole);
  std::uint64_t offset() const { return offset_; }  // after the last line handed over

 private:
  bool fill();
  std::unique_ptr<File> file_;
  std::uint64_t offset_, read_offset_;
  std::string buffer_;
  std::size_t at_ = 0;
  bool ended_ = false;
};

}  // namespace vtlt::journal
