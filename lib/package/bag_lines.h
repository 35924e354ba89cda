// Lines of a tag file in whatever encoding the bag declares, one at a time.
#pragma once
#include <functional>
#include <memory>
#include <string>

#include "package/source.h"

namespace vtlt::package {

// Turns bytes of a declared encoding into UTF-8, block by block.
class TagDecoder {
 public:
  virtual ~TagDecoder() = default;
  // False: bytes that the encoding does not have. last: nothing follows.
  virtual bool decode(std::string_view bytes, bool last, std::string& out) = 0;
};
// nullptr: an encoding that is not known here.
std::unique_ptr<TagDecoder> tag_decoder(const std::string& encoding);

struct TagLines {
  bool decoded = true;    // false: bytes that are not of the encoding
  bool too_long = false;  // a line beyond a mebibyte
  bool mark = false;      // began with a byte order mark
};
// Lines end with LF, CR or CRLF.
TagLines read_lines(ByteStream& stream, TagDecoder& decoder,
                    const std::function<void(std::string_view, long)>& line);

}  // namespace vtlt::package
