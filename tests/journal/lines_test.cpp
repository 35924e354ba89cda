// The two line formats, to the byte.
#include <catch2/catch.hpp>

#include <fstream>

#include "journal/journal.h"
#include "journal/lines.h"
#include "support/scratch.h"

using namespace vtlt;
using namespace vtlt::journal;

namespace {

const std::string kDigest(64, 'a');
const std::string kTime = "2026-11-05T08:30:00.000+07:00";

std::string header(const std::string& seq = "41", const std::string& end = "true",
                   const std::string& actor = "lan", const std::string& digest = kDigest) {
  return "{\"v\":1,\"seq\":" + seq + ",\"tx\":39,\"end\":" + end + ",\"time\":\"" + kTime +
         "\",\"actor\":\"" + actor + "\",\"type\":\"register.entry/1\",\"body_hash\":\"" + digest +
         "\",\"prev\":\"" + kDigest + "\",\"hash\":\"" + kDigest + "\"}";
}
bool header_is_read(const std::string& line) {
  HeaderLine out;
  return parse_header(line, out);
}
bool body_is_read(const std::string& line) {
  BodyLine out;
  return parse_body(line, out);
}
std::string blanked(std::size_t salt_spaces, std::size_t value_spaces) {
  return "{\"seq\":41,\"salt\":null" + std::string(salt_spaces, ' ') + ",\"body\":null" +
         std::string(value_spaces, ' ') + "}";
}

}  // namespace

TEST_CASE("a header is read in one form only") {
  HeaderLine out;
  const std::string line = header();  // the views point into it
  REQUIRE(parse_header(line, out));
  CHECK(out.seq == 41);
  CHECK(out.tx == 39);
  CHECK(out.end);
  CHECK(out.time == kTime);
  CHECK(out.actor_escaped == "lan");
  CHECK(out.type == "register.entry/1");
  CHECK(out.hashed == header().substr(0, header().rfind(",\"hash\":")));
  CHECK(header_is_read(header("1", "false")));
  CHECK(header_is_read(header("9007199254740991")));
  for (const auto& seq : std::vector<std::string>{"0", "01", "-1", "+1", "1.0", "1e3", "9007199254740992",
                                                  "18446744073709551617", "", " 1", "x"}) {
    INFO(seq);
    CHECK_FALSE(header_is_read(header(seq)));
  }
  for (const auto& end : std::vector<std::string>{"True", "1", "null", "\"true\"", ""})
    CHECK_FALSE(header_is_read(header("41", end)));
  CHECK_FALSE(header_is_read(header("41", "true", "a\"b")));
  CHECK_FALSE(header_is_read(header("41", "true", "a\nb")));
  CHECK_FALSE(header_is_read(header("41", "true", std::string(2000, 'a'))));
  CHECK_FALSE(header_is_read(header("41", "true", "lan", std::string(64, 'A'))));
  CHECK_FALSE(header_is_read(header("41", "true", "lan", std::string(63, 'a'))));
  CHECK_FALSE(header_is_read(header("41", "true", "lan", std::string(63, 'a') + "g")));
  CHECK_FALSE(header_is_read(header() + " "));
  CHECK_FALSE(header_is_read(" " + header()));
  CHECK_FALSE(header_is_read(header() + header()));
  CHECK_FALSE(header_is_read(""));
  for (std::size_t size = 0; size < header().size(); ++size)
    CHECK_FALSE(header_is_read(header().substr(0, size)));
  for (std::size_t at = 0; at < header().size(); ++at) {  // a letter more anywhere in the frame
    std::string more = header();
    more.insert(at, " ");
    const bool inside = (at > header().find(kTime) && at < header().find(kTime) + kTime.size()) ||
                        more.find("\" lan") != std::string::npos;
    HeaderLine other;
    if (!inside && parse_header(more, other)) {
      // Only inside strings that are taken as they are.
      CHECK((other.time != kTime || other.actor_escaped != "lan" || other.type != "register.entry/1"));
    }
  }
}

TEST_CASE("a body is read in two forms only: standing and blank") {
  const std::string salt(32, 'b');
  const std::string line = "{\"seq\":41,\"salt\":\"" + salt + "\",\"body\":{\"a\":1}}";
  BodyLine out;
  REQUIRE(parse_body(line, out));
  CHECK(out.seq == 41);
  CHECK_FALSE(out.blank);
  CHECK(out.salt == salt);
  CHECK(out.body == "{\"a\":1}");
  REQUIRE(parse_body(blanked(30, 3), out));
  CHECK(out.blank);
  CHECK(out.body.empty());
  CHECK(body_seq(line) == 41);
  CHECK(body_seq(blanked(7, 3) + "half") == 41);
  CHECK(body_seq("{\"seq\":x") == 0);
  for (const auto& bad : std::vector<std::string>{
           std::string(), std::string("{}"), line.substr(0, line.size() - 1), line + "x", "x" + line,
           "{\"seq\":41,\"salt\":\"" + salt + "\",\"body\":[1]}",
           "{\"seq\":41,\"salt\":\"" + salt + "\",\"body\":null}",
           "{\"seq\":41,\"salt\":\"" + salt.substr(1) + "\",\"body\":{\"a\":1}}",
           "{\"seq\":0,\"salt\":\"" + salt + "\",\"body\":{\"a\":1}}", blanked(30, 3) + "x",
           "{\"seq\":41,\"salt\":null,\"body\":{\"a\":1}}", "{\"seq\":41,\"salt\":null x,\"body\":null}",
           "{\"seq\":41,\"salt\":\"" + salt + "\",\"body\":{" + std::string(kMaximumBody, 'x') + "}}"}) {
    INFO(bad.substr(0, 100));
    CHECK_FALSE(body_is_read(bad));
  }
}

TEST_CASE("actors are escaped as headers want it, and come back") {
  for (const auto& actor : std::vector<std::string>{"lan", "Nguyễn Thị Lan", "a\"b\\c", "\\u0041",
                                                    "\x01\x1f\t\n", "", "\\\\\""}) {
    const std::string quoted = json_string(actor);
    REQUIRE(quoted.size() >= 2);
    CHECK(unescape(std::string_view(quoted).substr(1, quoted.size() - 2)) == actor);
    for (const char c : quoted)
      CHECK(static_cast<unsigned char>(c) >= 0x20);
  }
  // Whatever stands there, nothing is read past the end.
  for (const auto& odd : std::vector<std::string>{"\\", "\\u", "\\u00", "\\u00f", "\\uZZZZ", "\\x"})
    CHECK(unescape(odd).size() <= odd.size());
}

TEST_CASE("lines are read with bounded memory") {
  const test::Scratch scratch;
  const auto read = [&](const std::string& bytes, std::uint64_t from = 0) {
    std::ofstream(scratch / "lines", std::ios::binary | std::ios::trunc) << bytes;
    LineReader reader(system_files().open(scratch / "lines", OpenMode::read), from);
    std::string seen;
    std::string_view line;
    bool whole = false;
    while (reader.next(line, whole))
      seen += (whole ? "+" : "-") + std::to_string(line.size()) + "@" + std::to_string(reader.offset()) + " ";
    return seen;
  };
  CHECK(read("") == "");
  CHECK(read("a\nbc\n") == "+1@2 +2@5 ");
  CHECK(read("a\nbc") == "+1@2 -2@4 ");
  CHECK(read("\n\n") == "+0@1 +0@2 ");
  CHECK(read("a\nbc\n", 2) == "+2@5 ");
  CHECK(read("a\nbc\n", 99) == "");
  CHECK(read(std::string(300'000, 'x') + "\ny\n") == "+300000@300001 +1@300003 ");
  CHECK(read(std::string(kMaximumLine, 'x') + "\n").front() == '+');
  CHECK(read(std::string(kMaximumLine + 1, 'x') + "\n").front() == '-');
  CHECK(read(std::string(20u << 20, 'x')).front() == '-');
}
