// The message catalogue: every sentence vtlt says, in Vietnamese and English, by key.
// Entries stand in lib/text/messages/<topic>.inc, one a line or block:
//   VTLT_MESSAGE("register.done.in", "Registered incoming document {number}", "Đã đăng ký văn bản đến số
//   {number}")
// English first, Vietnamese second; {name} is replaced by the argument. Words of product.md section 3: "hủy"
// only for destruction, "đạt" for passed. A test compares the placeholders of both and finds keys without an
// entry.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/message.h"

namespace vtlt::text {

enum class Language { vi, en };

// A string argument "{key}" that names another message stands for that message's text (without arguments).
// An unknown key renders as the key itself (and a test fails).
std::string render(const Message& message, Language language);
bool has_message(std::string_view key);
std::vector<std::string_view> all_message_keys();
// The raw entries, for the tests.
std::string_view raw_message(std::string_view key, Language language);

// 1.312 (vi), 1,312 (en).
std::string group(std::int64_t number, Language language);
// "6,2 GB" (vi), "6.2 GB" (en); bytes.
std::string bytes_text(std::uint64_t bytes, Language language);
// 41 → "bốn mươi mốt"; for totals in words on statutory forms (NĐ30 PL V). Vietnamese always.
std::string in_words(std::int64_t number);

}  // namespace vtlt::text
