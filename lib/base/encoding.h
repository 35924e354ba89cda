// Small exact encodings used by formats: hex, base32 (Crockford), base64.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vtlt {

std::string hex(std::span<const unsigned char> bytes);  // lower case
void append_hex(std::string& out, std::span<const unsigned char> bytes);
bool from_hex(std::string_view text, std::span<unsigned char> out);  // either case; false: wrong length or letter
// Crockford's alphabet 0-9 a-h j k m n p-t v-z, lower case, no padding, bits from the most significant on.
std::string base32(std::span<const unsigned char> bytes);
void append_base32(std::string& out, std::span<const unsigned char> bytes);
std::string base64(std::string_view bytes);
bool from_base64(std::string_view text, std::string& out);
void append_utf8(std::string& out, char32_t code);
bool is_utf8(std::string_view text);  // well formed, no surrogates, no overlong forms

}  // namespace vtlt
