// Ids of things: random 128 bits in base32 behind a type letter, "d7k3m9…" (product.md, "Ids"). Never
// computed from what a record says, never ordered by time.
#pragma once
#include <array>
#include <compare>
#include <string>
#include <string_view>

namespace vtlt::records {

enum class Kind : char {
  document = 'd',   // văn bản, tài liệu
  file = 'h',       // hồ sơ
  component = 'c',  // tệp tin
  event = 'e',
  box = 'b',    // hộp, khối
  entry = 'r',  // a register line
  fonds = 'f',
  batch = 'n',    // đợt nhập
  package = 'g',  // gói
  dossier = 'y',  // hồ sơ hủy
  submission = 's',  // nộp vào lưu trữ hiện hành
  use = 'u',      // one use of a kept record
};

struct Id {
  Kind kind = Kind::document;
  std::array<unsigned char, 16> bits{};
  std::string text() const;  // letter + 26 base32 letters
  std::string brief(int letters = 6) const;
  static bool parse(std::string_view text, Id& out);  // whole ids only
  auto operator<=>(const Id&) const = default;
};

Id new_id(Kind kind);

}  // namespace vtlt::records
