// Copies of documents: NĐ30 Đ25.
#include <catch2/catch.hpp>

#include "records/rules.h"

using namespace vtlt;
using namespace vtlt::records;

TEST_CASE("forms of copies are known by name, abbreviation and notation", "[P11]") {
  CHECK(parse_copy_form("sao-y") == CopyForm::full);
  CHECK(parse_copy_form("Bản sao y") == CopyForm::full);
  CHECK(parse_copy_form("SY") == CopyForm::full);
  CHECK(parse_copy_form("SAO LỤC") == CopyForm::of_copy);
  CHECK(parse_copy_form("trs") == CopyForm::extract);
  CHECK(parse_copy_form("Trích sao") == CopyForm::extract);
  CHECK_FALSE(parse_copy_form("bản sao"));
  CHECK_FALSE(parse_copy_form(""));
  CHECK(copy_form_of_notation("SY-UBND") == CopyForm::full);
  CHECK(copy_form_of_notation("TrS-UBND") == CopyForm::extract);
  CHECK_FALSE(copy_form_of_notation("QĐ-UBND"));
  CHECK_FALSE(copy_form_of_notation("SYT"));
}

TEST_CASE("which copies may be made of what", "[P11]") {
  using Form = std::optional<CopyForm>;
  struct Case {
    CopyForm form;
    Form source;
    Carrier from, to;
    std::size_t errors;
  };
  const Case cases[] = {
      {CopyForm::full, {}, Carrier::paper, Carrier::paper, 0},
      {CopyForm::full, {}, Carrier::electronic, Carrier::paper, 0},
      {CopyForm::full, {}, Carrier::paper, Carrier::electronic, 0},
      {CopyForm::full, {}, Carrier::electronic, Carrier::electronic, 1},
      {CopyForm::full, {}, Carrier::unknown, Carrier::electronic, 0},
      {CopyForm::full, CopyForm::full, Carrier::paper, Carrier::paper, 1},
      {CopyForm::of_copy, CopyForm::full, Carrier::paper, Carrier::paper, 0},
      {CopyForm::of_copy, CopyForm::full, Carrier::electronic, Carrier::electronic, 1},
      {CopyForm::of_copy, CopyForm::of_copy, Carrier::paper, Carrier::paper, 1},
      {CopyForm::of_copy, CopyForm::extract, Carrier::paper, Carrier::paper, 1},
      {CopyForm::of_copy, {}, Carrier::paper, Carrier::paper, 1},
      {CopyForm::extract, {}, Carrier::electronic, Carrier::electronic, 0},
      {CopyForm::extract, CopyForm::extract, Carrier::paper, Carrier::paper, 1},
  };
  for (const auto& one : cases) {
    INFO(copy_name(one.form) << " of " << (one.source ? copy_name(*one.source) : "an original"));
    const auto found = check_copy(one.form, one.source, one.from, one.to);
    CHECK(found.size() == one.errors);
    for (const auto& finding : found) CHECK(finding.level == Level::error);
  }
}
