#include <zlib.h>

#include <catch2/catch.hpp>
#include <string>
#include <vector>

namespace {

// As RFC 1952 defines it, bit by bit.
uLong slowly(const std::string& bytes) {
  std::uint32_t crc = 0xffffffff;
  for (const unsigned char c : bytes) {
    crc ^= c;
    for (int bit = 0; bit < 8; ++bit)
      crc = (crc >> 1) ^ (0xedb88320u & (0u - (crc & 1)));
  }
  return ~crc;
}

uLong whole(const std::string& bytes, uLong before = 0) {
  return crc32(before, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size()));
}

}  // namespace

TEST_CASE("the sum of a ZIP's entry is that of the standard, at once and in pieces") {
  CHECK(whole("123456789") == 0xcbf43926);
  CHECK(whole("") == 0);
  CHECK(crc32(17, Z_NULL, 0) == 0);  // how zlib is asked for the sum of nothing
  std::string bytes;
  for (int i = 0; i < 3000; ++i)
    bytes += static_cast<char>(i * i + i / 7);
  for (const std::size_t size : {std::size_t{1}, std::size_t{15}, std::size_t{16}, std::size_t{63},
                                 std::size_t{64}, std::size_t{255}, std::size_t{1024}, bytes.size()})
    CHECK(whole(bytes.substr(0, size)) == slowly(bytes.substr(0, size)));
  for (const std::size_t cut : {std::size_t{0}, std::size_t{1}, std::size_t{777}, bytes.size()})
    CHECK(whole(bytes.substr(cut), whole(bytes.substr(0, cut))) == slowly(bytes));
}
