// The words of the archives law before and after 2025 (P49; records-practice.md 0.2).
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace vtlt::records {

enum class Vocabulary {
  as_printed,  // the words of the form's own decree
  old_2011,    // Luật Lưu trữ 2011: thời hạn bảo quản, Lưu trữ cơ quan, tiêu hủy …
  new_2024,    // Luật Lưu trữ 2024: thời hạn lưu trữ, Lưu trữ hiện hành, hủy …
};
std::optional<Vocabulary> parse_vocabulary(std::string_view text);  // "2011", "2024"

// The same words in a vocabulary; SMALL, Capital and CAPITAL letters are kept. Only for what a form says
// itself, never for what is written in records.
std::string in_vocabulary(std::string_view words, Vocabulary vocabulary);

}  // namespace vtlt::records
