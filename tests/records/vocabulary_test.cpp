#include "records/vocabulary.h"

#include <catch2/catch.hpp>

#include "records/records.h"

using namespace vtlt::records;

// records-practice.md 0.2, "Change of words in 2025".
TEST_CASE("old and new words of the archives law", "[P49]") {
  struct Case {
    const char *before, *after;
  };
  for (const Case& one :
       {Case{"Thời hạn bảo quản", "Thời hạn lưu trữ"},
        {"THỜI HẠN BẢO QUẢN", "THỜI HẠN LƯU TRỮ"},
        {"Lưu trữ cơ quan", "Lưu trữ hiện hành"},
        {"danh mục tài liệu hết giá trị", "danh mục tài liệu hết thời hạn lưu trữ, trùng lặp"},
        {"biên bản tiêu hủy", "biên bản hủy"},
        {"HỘI ĐỒNG XÁC ĐỊNH GIÁ TRỊ", "HỘI ĐỒNG XÉT HỦY"},
        {"tài liệu lưu trữ điện tử", "tài liệu lưu trữ số"},
        {"2 (hai) hồ sơ bảo quản vĩnh viễn;", "2 (hai) hồ sơ lưu trữ vĩnh viễn;"}}) {
    CAPTURE(one.before);
    CHECK(in_vocabulary(one.before, Vocabulary::new_2024) == one.after);
    CHECK(in_vocabulary(one.after, Vocabulary::old_2011) == one.before);
    // Words that are so already stay, as often as they are looked at.
    CHECK(in_vocabulary(one.after, Vocabulary::new_2024) == one.after);
    CHECK(in_vocabulary(one.before, Vocabulary::old_2011) == one.before);
    CHECK(in_vocabulary(one.before, Vocabulary::as_printed) == one.before);
  }
  CHECK(in_vocabulary("Tên đề mục và tiêu đề hồ sơ", Vocabulary::new_2024) == "Tên đề mục và tiêu đề hồ sơ");
  CHECK(parse_vocabulary("2011") == Vocabulary::old_2011);
  CHECK_FALSE(parse_vocabulary("2025"));
}

TEST_CASE("terms are read in the words of both laws", "[P49]") {
  for (const char* permanent :
       {"Vĩnh viễn", "bảo quản vĩnh viễn", "Lưu trữ vĩnh viễn", "Thời hạn lưu trữ: vĩnh viễn"}) {
    CAPTURE(permanent);
    const auto term = parse_term(permanent);
    REQUIRE(term);
    CHECK(term->kind == TermKind::permanent);
  }
  for (const char* years : {"20 năm", "Thời hạn bảo quản 20 năm", "thời hạn lưu trữ: 20 năm",
                            "bảo quản 20 năm", "THỜI HẠN LƯU TRỮ 20 năm"}) {
    CAPTURE(years);
    const auto term = parse_term(years);
    REQUIRE(term);
    CHECK(term_shorthand(*term) == "20");
  }
  for (const char* none : {"bảo quản", "Thời hạn lưu trữ", "thời hạn", "lưu trữ cơ quan"})
    CHECK_FALSE(parse_term(none));
}
