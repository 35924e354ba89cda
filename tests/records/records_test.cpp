#include "records/records.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "base/clock.h"
#include "records/ids.h"

using namespace vtlt::records;

TEST_CASE("ids are a letter and 26 letters of base32", "[ids]") {
  Id id{Kind::file};
  CHECK(id.text() == "h" + std::string(26, '0'));
  id.bits.fill(0xFF);
  CHECK(id.text() == "h" + std::string(25, 'z') + "w");
  CHECK(id.brief() == "hzzzzz");
  CHECK(id.brief(4) == "hzzz");
  CHECK(id.brief(0) == "h");
  CHECK(id.brief(99) == id.text());
  Id back;
  REQUIRE(Id::parse(id.text(), back));
  CHECK(back == id);
}

TEST_CASE("ids are read back", "[ids]") {
  std::set<std::string> seen;
  for (const Kind kind : {Kind::document, Kind::file, Kind::component, Kind::event, Kind::box, Kind::entry,
                          Kind::fonds, Kind::batch, Kind::package, Kind::dossier, Kind::use}) {
    for (int i = 0; i < 20; ++i) {
      const Id id = new_id(kind);
      CHECK(id.kind == kind);
      CHECK(seen.insert(id.text()).second);
      Id back;
      REQUIRE(Id::parse(id.text(), back));
      CHECK(back == id);
      std::string upper = id.text();
      std::transform(upper.begin(), upper.end(), upper.begin(),
                     [](unsigned char c) { return std::toupper(c); });
      REQUIRE(Id::parse(upper, back));
      CHECK(back == id);
    }
  }
  vtlt::set_random([] { return std::array<unsigned char, 16>{1, 2, 3}; });
  CHECK(new_id(Kind::box).bits == std::array<unsigned char, 16>{1, 2, 3});
  vtlt::set_random(nullptr);
}

TEST_CASE("what is no id is refused", "[ids]") {
  Id id{Kind::box};
  const Id before = id;
  const std::string zeros(26, '0');
  for (const std::string& text :
       {std::string(), std::string("d"), "d" + zeros.substr(1), "d" + zeros + "0", "x" + zeros, "0" + zeros,
        "d" + std::string(25, '0') + "u", "d" + std::string(25, '0') + "!", "d" + std::string(25, '0') + "1",
        "d" + std::string(24, '0') + "đ"}) {
    CAPTURE(text);
    CHECK_FALSE(Id::parse(text, id));
    CHECK(id == before);
  }
  CHECK(Id::parse("d" + std::string(25, 'O') + "0", id));  // the letter O is a zero
}

TEST_CASE("words of the model are stored and read back", "[records]") {
  for (const Book book : {Book::in, Book::out, Book::internal, Book::copy}) {
    CHECK(parse_book(book_text(book)) == book);
    CHECK(parse_book(book_prefix(book)) == book);
  }
  for (const Role role : {Role::main, Role::annex, Role::scan, Role::draft, Role::opinion, Role::copy})
    CHECK(parse_role(role_text(role)) == role);
  for (const Carrier carrier : {Carrier::unknown, Carrier::paper, Carrier::electronic, Carrier::both})
    CHECK(parse_carrier(carrier_text(carrier)) == carrier);
  for (const FileState state :
       {FileState::planned, FileState::open, FileState::closed, FileState::submitted, FileState::archived,
        FileState::transferred, FileState::listed, FileState::destroyed})
    CHECK(parse_state(state_text(state)) == state);
  CHECK(parse_book("Đến") == Book::in);
  CHECK(parse_book("Nội bộ") == Book::internal);
  CHECK(parse_role("Phụ lục") == Role::annex);
  CHECK(parse_role("dự thảo") == Role::draft);
  CHECK(parse_carrier("Giấy") == Carrier::paper);
  CHECK(parse_carrier("") == Carrier::unknown);
  CHECK(parse_state("Đang lập") == FileState::open);
  CHECK_FALSE(parse_book("").has_value());
  CHECK_FALSE(parse_role("").has_value());
  CHECK_FALSE(parse_state("hủy").has_value());
  CHECK_FALSE(parse_carrier("đá").has_value());
}

TEST_CASE("the code of a file", "[records][D3]") {
  Fonds fonds;
  fonds.organ = "H57.32.15";
  FileRecord file;
  file.year = 2026;
  file.notation = "04.VP";
  CHECK(file_code(fonds, file) == "H57.32.15.2026.04.VP");
  fonds.organ.clear();
  CHECK(file_code(fonds, file) == "2026.04.VP");
  FileRecord arranged;
  arranged.year = 2001;
  arranged.number = "160";
  fonds.organ = "H49.64.33";
  CHECK(file_code(fonds, arranged) == "H49.64.33.2001.160");
}

TEST_CASE("the designation of a register line", "[records][P02][P06]") {
  RegisterEntry entry;
  entry.number = 1312;
  entry.own = parse_document_number("245/SNV-VTLT").value();
  CHECK(entry.designation() == "1312");
  entry.number = 7;
  entry.suffix = "a";
  CHECK(entry.designation() == "07a");
  entry.book = Book::out;
  CHECK(entry.designation() == "245/SNV-VTLT");
  entry.own = {};
  CHECK(entry.designation() == "07a");
}
