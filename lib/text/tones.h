// Words compared with their tones, however the tone mark is placed: hòa = hoà, Ủy = Uỷ (records-practice.md 7.3).
#pragma once
#include <string>
#include <string_view>

namespace vtlt::text {

// Lower case; in each run of letters the tone stands at its end, as a digit. "Quyết định" → "quyêt1 đinh5"; without a
// tone nothing is added. Valid UTF-8 in. For comparing, never for showing.
std::string tone_key(std::string_view utf8);
// Whether somebody wrote the word with tones or letters that fold() takes away.
bool has_tones(std::string_view utf8);

}  // namespace vtlt::text
