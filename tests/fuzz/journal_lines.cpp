// Lines of a journal: what is taken for a header or a body is one, byte for byte inside the line.
#include <cstdlib>

#include "journal/lines.h"

namespace {

void require(bool fact) {
  if (!fact) std::abort();
}

bool inside(std::string_view part, std::string_view line) {
  return part.empty() ||
         (part.data() >= line.data() && part.data() + part.size() <= line.data() + line.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view line(reinterpret_cast<const char*>(data), size);
  vtlt::journal::HeaderLine header;
  if (vtlt::journal::parse_header(line, header)) {
    for (const std::string_view part : {header.time, header.type, header.actor_escaped, header.hashed})
      require(inside(part, line));
    vtlt::journal::unescape(header.actor_escaped);
  }
  vtlt::journal::BodyLine body;
  if (vtlt::journal::parse_body(line, body)) {
    require(inside(body.salt, line) && inside(body.body, line));
    require(vtlt::journal::body_seq(line) == body.seq);
  } else {
    vtlt::journal::body_seq(line);
  }
  return 0;
}
