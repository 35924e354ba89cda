#include "records/vocabulary.h"

#include <utility>
#include <vector>

namespace vtlt::records {
namespace {

// In small, Capital and CAPITAL letters: no case folding of Vietnamese is needed here.
struct Word {
  const char *small, *capital, *capitals;
};
struct Pair {
  Word before, after;
};
constexpr Pair kPairs[] = {
    {{"thời hạn bảo quản", "Thời hạn bảo quản", "THỜI HẠN BẢO QUẢN"},
     {"thời hạn lưu trữ", "Thời hạn lưu trữ", "THỜI HẠN LƯU TRỮ"}},
    {{"hồ sơ bảo quản vĩnh viễn", "Hồ sơ bảo quản vĩnh viễn", "HỒ SƠ BẢO QUẢN VĨNH VIỄN"},
     {"hồ sơ lưu trữ vĩnh viễn", "Hồ sơ lưu trữ vĩnh viễn", "HỒ SƠ LƯU TRỮ VĨNH VIỄN"}},
    {{"hồ sơ bảo quản có thời hạn", "Hồ sơ bảo quản có thời hạn", "HỒ SƠ BẢO QUẢN CÓ THỜI HẠN"},
     {"hồ sơ lưu trữ có thời hạn", "Hồ sơ lưu trữ có thời hạn", "HỒ SƠ LƯU TRỮ CÓ THỜI HẠN"}},
    {{"lưu trữ cơ quan", "Lưu trữ cơ quan", "LƯU TRỮ CƠ QUAN"},
     {"lưu trữ hiện hành", "Lưu trữ hiện hành", "LƯU TRỮ HIỆN HÀNH"}},
    {{"tài liệu hết giá trị", "Tài liệu hết giá trị", "TÀI LIỆU HẾT GIÁ TRỊ"},
     {"tài liệu hết thời hạn lưu trữ, trùng lặp", "Tài liệu hết thời hạn lưu trữ, trùng lặp",
      "TÀI LIỆU HẾT THỜI HẠN LƯU TRỮ, TRÙNG LẶP"}},
    {{"hội đồng xác định giá trị", "Hội đồng xác định giá trị", "HỘI ĐỒNG XÁC ĐỊNH GIÁ TRỊ"},
     {"hội đồng xét hủy", "Hội đồng xét hủy", "HỘI ĐỒNG XÉT HỦY"}},
    {{"tiêu hủy", "Tiêu hủy", "TIÊU HỦY"}, {"hủy", "Hủy", "HỦY"}},
    {{"tài liệu lưu trữ điện tử", "Tài liệu lưu trữ điện tử", "TÀI LIỆU LƯU TRỮ ĐIỆN TỬ"},
     {"tài liệu lưu trữ số", "Tài liệu lưu trữ số", "TÀI LIỆU LƯU TRỮ SỐ"}},
};

// The longest word of a vocabulary that stands at the place; both kinds are known, so that nothing is said
// twice.
struct Match {
  std::size_t length = 0;
  const char* instead = nullptr;
};
void take(Match& match, std::string_view rest, std::string_view found, const char* instead) {
  if (found.size() > match.length && rest.starts_with(found)) match = {found.size(), instead};
}

}  // namespace

std::optional<Vocabulary> parse_vocabulary(std::string_view text) {
  if (text == "2011") return Vocabulary::old_2011;
  if (text == "2024") return Vocabulary::new_2024;
  return std::nullopt;
}

std::string in_vocabulary(std::string_view words, Vocabulary vocabulary) {
  if (vocabulary == Vocabulary::as_printed) return std::string(words);
  std::string out;
  while (!words.empty()) {
    Match match;
    for (const Pair& pair : kPairs) {
      const Word& wanted = vocabulary == Vocabulary::old_2011 ? pair.before : pair.after;
      for (const Word* word : {&pair.before, &pair.after}) {
        take(match, words, word->small, wanted.small);
        take(match, words, word->capital, wanted.capital);
        take(match, words, word->capitals, wanted.capitals);
      }
    }
    if (match.instead != nullptr) {
      out += match.instead;
      words.remove_prefix(match.length);
    } else {
      out += words.front();
      words.remove_prefix(1);
    }
  }
  return out;
}

}  // namespace vtlt::records
