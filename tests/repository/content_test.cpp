// What a component is recorded as: by its bytes where they speak, by its name where they do not contradict
// it.
#include "repository/content.h"

#include <catch2/catch.hpp>

#include <string>

#include "base/files.h"
#include "support/scratch.h"

using namespace vtlt;

TEST_CASE("the type of a content is what its bytes say", "[content]") {
  struct Case {
    const char* name;
    std::string bytes;
    const char* mime;
  };
  const std::string ole("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8), film(
                                                                    "\x00\x00\x00\x18"
                                                                    "ftypmp42",
                                                                    12);
  const Case cases[] = {
      {"a.pdf", "%PDF-1.7\n", "application/pdf"},
      {"a.pdf", "Kính gửi: Ủy ban nhân dân xã\r\n", "text/plain"},
      {"a.PDF", "K\xDDnh g\xF6i", "text/plain"},  // an encoding of one byte a letter
      {"a.pdf", "\n <!DOCTYPE HTML><html>", "text/html"},
      {"a.xls", "<html><table>", "text/html"},
      {"a.docx", "\xEF\xBB\xBF<?xml version=\"1.0\"?>", "application/xml"},
      {"a.jpg", "anh", "text/plain"},
      {"a.mp4", "phim", "text/plain"},
      {"a.mp4", film, "video/mpeg"},
      // Bytes that say nothing leave the name its word.
      {"a.pdf", "", "application/pdf"},
      {"a.pdf", std::string("\x00\x01\x02", 3), "application/pdf"},
      {"a.doc", ole, "application/msword"},
      {"a.doc", "{\\rtf1", "application/rtf"},
      {"a.docx", "PK\x03\x04...", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
      {"a.pdf", "PK\x03\x04...", "application/zip"},
      {"a.pdf", ole, "application/x-ole-storage"},
      {"a.docx", "PK\x03\x04 xl/workbook.xml",
       "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
      {"a.docx", "PK\x03\x04" + std::string(200'000, ' ') + " xl/workbook.xml",
       "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
      {"a.zip", "PK\x03\x04 xl/workbook.xml", "application/zip"},
      {"a.pdf", std::string("MZ\x90\0\3", 5), "application/x-dosexec"},
      {"a.pdf", film, "video/mp4"},
      {"a.pdf", std::string("\xFF\xFE\x41\0", 4), "text/plain"},
      {"a", film, "video/mp4"},
      {"a.txt", "%PDF-1.4", "application/pdf"},
      {"a.txt", "chữ", "text/plain"},
      {"a.csv", "a,b", "text/csv"},
      {"a.xml", "<a/>", "application/xml"},
      {"a.html", "chữ", "text/html"},
      {"a.eml", "From: a", "message/rfc822"},
      {"a.la", "chữ", "application/octet-stream"},
      {"a", "chữ", "application/octet-stream"},
  };
  const test::Scratch scratch;
  for (const Case& one : cases) {
    const Path path = scratch.path() / "tep";
    write_whole(system_files(), path, one.bytes, SyncPoint::config);
    INFO(one.name << ": " << one.bytes);
    CHECK(repository::look_at(system_files(), path, one.name).mime == one.mime);
    CHECK(repository::look_at(one.bytes, one.name).mime == one.mime);
  }
}

TEST_CASE("directories of a TIFF are its pages, as far as their places are known", "[content]") {
  const std::string directory = std::string("\0\0", 2), last("\0\0\0\0", 4);
  const std::string tiff =
      std::string("II*\0\x08\0\0\0", 8) + directory + std::string("\x0E\0\0\0", 4) + directory + last;
  CHECK(repository::look_at(tiff, "a.tif").pages == 2);
  std::string large = tiff;
  large[2] = '+';
  CHECK(repository::look_at(large, "a.tif").mime == "image/tiff");
  CHECK(repository::look_at(large, "a.tif").pages == 0);
}
