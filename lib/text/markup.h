// Text inside XML and HTML.
#pragma once
#include <string>
#include <string_view>

namespace vtlt::text {

// What becomes of line ends: kept (XML reports), a space (titles, cells of one line), <br> (printed forms).
enum class LineEnds { keep, space, breaks };

// & < > " ' as references; tabs are spaces, other control characters have no place in either and are left
// out.
std::string markup(std::string_view text, LineEnds line_ends = LineEnds::keep);

}  // namespace vtlt::text
