// The formats of contents by the extension of a file's name: those of TT05's tables (PL I-V), and what else
// offices keep.
#pragma once
#include <string_view>
#include <vector>

namespace vtlt::records {

// MIME type; "" when the extension (lower case, without the dot) is not known. mp4 is video/mpeg in the
// circular.
std::string_view mime_of_extension(std::string_view extension);
bool is_circular_format(std::string_view extension);  // the circular names it for contents
// One row of the circular's tables: code DOC, OTHER, PIC or MEDIA.
struct CircularFormat {
  std::string_view code, extension, mime;
};
const std::vector<CircularFormat>& circular_formats();
bool is_known_mime(std::string_view mime);

}  // namespace vtlt::records
