// What the readers of this room share about encodings.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/ascii.h"
#include "exchange/table.h"

namespace vtlt::exchange {

using ascii::is_ascii;
std::string utf16_to_utf8(std::string_view bytes, bool big_endian,
                          std::size_t& undecodable);  // no BOM, no NFC

// Text typed in a .VnTime or VNI font and saved as Unicode: its characters are the bytes of the old encoding
// as Windows-1252 shows them. The two go from bytes to such characters and back (false: a character has no
// byte).
std::string from_windows_1252(std::string_view bytes);
bool to_windows_1252(std::string_view utf8, std::string& bytes);

// Whether a sample of the bytes makes poorer Vietnamese under `given` than under `other`.
bool reads_worse(std::string_view bytes, Encoding given, Encoding other);

// Looks at cells that came as Unicode; utf8 when they are plain Unicode, tcvn3 or vni for font text.
Detected detect_font_text(const std::vector<std::string>& cells);
// Decodes a cell when that makes better Vietnamese of it (or always, when forced).
void mend_font_text(std::string& cell, Encoding encoding, bool keep_caps, bool forced);

}  // namespace vtlt::exchange
