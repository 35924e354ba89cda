// Inside the room: cleaning of what people type.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace vtlt::records {

// NFC, Ð and long dashes mended, letters nobody sees removed, no space at the ends, one space elsewhere.
std::string cleaned(std::string_view text);
// Between 1 and most digits and nothing else; -1 otherwise.
int whole_number(std::string_view text, std::size_t most);
std::vector<std::string_view> split_at(std::string_view text, std::string_view separators);

}  // namespace vtlt::records
