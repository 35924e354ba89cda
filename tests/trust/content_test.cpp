#include "trust/content.h"

#include <zlib.h>

#include <catch2/catch.hpp>

#include "package/sample_contents.h"

using namespace vtlt::content;
using check_support::deflated;
using check_support::make_jpeg;
using check_support::make_pdf;
using check_support::pdfa_claim;

namespace {

Window whole(std::string_view bytes) {
  return {bytes, {}, bytes.size()};
}

// PDF 1.5: objects packed in a stream, the table a stream with PNG's predictor.
std::string packed_pdf(int pages) {
  const std::string first = "<</Type /Catalog /Pages 2 0 R>>",
                    second = "<</Type /Pages /Kids [] /Count " + std::to_string(pages) + ">>";
  const std::string head = "1 0 2 " + std::to_string(first.size() + 1) + " ";
  const std::string objects = deflated(head + first + " " + second);
  std::string pdf = "%PDF-1.5\n";
  const std::size_t packed = pdf.size();
  pdf += "4 0 obj\n<</Type /ObjStm /N 2 /First " + std::to_string(head.size()) +
         " /Filter /FlateDecode /Length " + std::to_string(objects.size()) + ">>\nstream\r\n" + objects +
         "\nendstream\nendobj\n";
  const std::size_t table = pdf.size();
  std::string rows, above(4, '\0');
  const auto row = [&](int type, std::size_t place, int index) {
    const std::string plain = {static_cast<char>(type), static_cast<char>(place >> 8),
                               static_cast<char>(place & 255), static_cast<char>(index)};
    rows += '\2';
    for (int i = 0; i < 4; ++i)
      rows += static_cast<char>(plain[static_cast<std::size_t>(i)] - above[static_cast<std::size_t>(i)]);
    above = plain;
  };
  row(0, 0, 0);
  row(2, 4, 0);
  row(2, 4, 1);
  row(0, 0, 0);
  row(1, packed, 0);
  row(1, table, 0);
  const std::string stream = deflated(rows);
  return pdf + "5 0 obj\n<</Type /XRef /Size 6 /W [1 2 1] /Root 1 0 R /Filter [/FlateDecode] /DecodeParms " +
         "<</Predictor 12 /Columns 4>> /Length " + std::to_string(stream.size()) + ">>\nstream\n" + stream +
         "\nendstream\nendobj\nstartxref\n" + std::to_string(table) + "\n%%EOF";
}

}  // namespace

TEST_CASE("formats are known by their bytes", "[content]") {
  const std::pair<std::string, const char*> cases[] = {
      {make_pdf(1), "application/pdf"},
      {"\n\n%PDF-1.4", "application/pdf"},
      {make_jpeg(300), "image/jpeg"},
      {std::string("\x89PNG\r\n\x1A\n\0\0", 10), "image/png"},
      {"GIF89a....", "image/gif"},
      {std::string("II*\0\0\0", 6), "image/tiff"},
      {"{\\rtf1 a}", "application/rtf"},
      {"RIFF....AVI LIST", "video/x-msvideo"},
      {"RIFF....WAVEfmt ", "audio/x-wav"},
      {std::string("\0\0\0\x18"
                   "ftypmp42",
                   12),
       "video/mp4"},
      {std::string("\0\0\0\x14"
                   "ftypqt  ",
                   12),
       "video/quicktime"},
      {std::string("\0\0\1\xBA\x44", 5), "video/mpeg"},
      {"ID3\x03", "audio/mpeg"},
      {"\xFF\xFB\x90\x64", "audio/mpeg"},
      {"\xFF\xF1\x50\x80", "audio/aac"},
      {"\x30\x26\xB2\x75\x8E\x66\xCF\x11", "video/x-ms-asf"},
      {"<!DOCTYPE html><p>", "text/html"},
      {"\xEF\xBB\xBF<?xml version=\"1.0\"?>", "application/xml"},
      {std::string("\xFF\xFE\x41\0", 4), "text/plain"},
      {std::string("\xFE\xFF\0\x41", 4), "text/plain"},
      {"Cộng hòa xã hội chủ nghĩa Việt Nam\r\n", "text/plain"},
      {"PK\x03\x04 word/document.xml PK\x05\x06",
       "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
      {"PK\x03\x04 xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
      {"PK\x03\x04" + std::string(26, ' ') + "mimetypeapplication/vnd.oasis.opendocument.textPK",
       "application/vnd.oasis.opendocument.text"},
      {"PK\x03\x04 la.txt", "application/zip"},
      {std::string("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) +
           std::string("W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0", 24),
       "application/msword"},
      {std::string("MZ\x90\0\3", 5), "application/x-dosexec"},
      {std::string("\1\2\3\4", 4), ""},
      {"", ""},
  };
  for (const auto& [bytes, mime] : cases) {
    INFO(mime);
    CHECK(std::string(mime_of(whole(bytes))) == mime);
  }
}

TEST_CASE("what is none of our formats is guessed, not known", "[content]") {
  const std::string database("SQLite format 3\0\x10\0\1\1\0\x40\x20\x20", 24);
  CHECK(std::string(mime_of(whole(database))).empty());
  for (int i = 0; i < 3; ++i)
    CHECK(guess_of(whole(database)) == "application/vnd.sqlite3");
  CHECK(guess_of(whole(std::string("\xCA\xFE\xBA\xBE\0\0\0\x34\0\x10", 10))) == "application/x-java-applet");
  for (const std::string& unknown : {std::string(), std::string("\2\3", 2), std::string("a\0b", 3)})
    CHECK(guess_of(whole(unknown)).empty());
}

TEST_CASE("what has an end and lacks it is cut off", "[content]") {
  const std::pair<const char*, std::string> cases[] = {
      {"application/pdf", make_pdf(2)},
      {"image/jpeg", make_jpeg(300)},
      {"image/png", "\x89PNG....IEND\xAE\x42\x60\x82"},
      {"image/gif", "GIF89a...;"},
      {"application/zip", "PK\x03\x04                  PK\x05\x06"},
      {"video/x-msvideo", std::string("RIFF\x08\0\0\0AVI LIST", 16)},
      {"image/tiff", std::string("II*\0\x08\0\0\0\0\0\0\0\0\0\0\0", 16)},
  };
  for (const auto& [mime, bytes] : cases) {
    INFO(mime);
    CHECK_FALSE(cut_off(mime, whole(bytes)));
    CHECK(cut_off(mime, whole(std::string_view(bytes).substr(0, bytes.size() / 2))));
  }
  CHECK_FALSE(cut_off("text/plain", whole("x")));
}

TEST_CASE("a PDF is read by its own table", "[content]") {
  const Pdf plain = pdf_of(whole(make_pdf(7)));
  CHECK(plain.pages == 7);
  CHECK(plain.version == "1.7");
  CHECK_FALSE(plain.encrypted);
  CHECK_FALSE(plain.broken);
  CHECK(plain.pdfa.empty());
  CHECK(plain.pdfa_known);

  CHECK(pdf_of(whole(make_pdf(1, pdfa_claim("2", "B")))).pdfa == "2b");
  CHECK(pdf_of(whole(make_pdf(1, "<rdf:Description pdfaid:part='1' pdfaid:conformance='A'/>"))).pdfa == "1a");
  CHECK(pdf_of(whole(make_pdf(1, pdfa_claim("4", "")))).pdfa == "4");
  CHECK(pdf_of(whole(make_pdf(1, "<x/>"))).pdfa.empty());

  const Pdf encrypted = pdf_of(whole(make_pdf(3, pdfa_claim("1", "B"), " /Encrypt 9 0 R")));
  CHECK(encrypted.encrypted);
  CHECK(encrypted.pages == 3);
  CHECK_FALSE(encrypted.pdfa_known);

  const Pdf packed = pdf_of(whole(packed_pdf(12)));
  CHECK(packed.pages == 12);
  CHECK(packed.version == "1.5");
  CHECK_FALSE(packed.broken);

  std::string updated = make_pdf(2);
  const std::size_t before = updated.find("xref\n0");
  const std::size_t place = updated.size();
  updated += "2 0 obj\n<</Type /Pages /Kids [] /Count 5>>\nendobj\n";
  const std::size_t table = updated.size();
  std::string digits = std::to_string(place);
  updated += "xref\n2 1\n" + std::string(10 - digits.size(), '0') + digits +
             " 00000 n \ntrailer\n<</Size 6 /Root 1 0 R /Prev " + std::to_string(before) + ">>\nstartxref\n" +
             std::to_string(table) + "\n%%EOF\n";
  CHECK(pdf_of(whole(updated)).pages == 5);
}

TEST_CASE("of a large PDF both ends may be enough", "[content]") {
  std::string pdf = make_pdf(4, pdfa_claim("2", "U"));
  const Window ends{std::string_view(pdf).substr(0, 12), std::string_view(pdf).substr(12), pdf.size()};
  CHECK(pdf_of(ends).pages == 4);
  CHECK(pdf_of(ends).pdfa == "2u");
  const Window little{std::string_view(pdf).substr(0, 16), std::string_view(pdf).substr(pdf.size() - 60),
                      pdf.size()};
  CHECK(pdf_of(little).pages == 0);
  CHECK_FALSE(pdf_of(little).pdfa_known);
  CHECK_FALSE(pdf_of(little).broken);
}

TEST_CASE("a PDF that lies about itself is broken, not believed, and never read past", "[content][hostile]") {
  const std::string right = make_pdf(3, pdfa_claim("2", "B"));
  for (std::size_t length = 0; length < right.size(); length += 3)
    pdf_of(whole(std::string_view(right).substr(0, length)));
  for (std::size_t at = 0; at < right.size(); ++at)
    for (const char c : {'\0', '9', '<', '(', '/', 'R'}) {
      std::string spoilt = right;
      spoilt[at] = c;
      pdf_of(whole(spoilt));
    }
  const std::string packed = packed_pdf(3);
  for (std::size_t at = 0; at < packed.size(); ++at)
    for (const char c : {'\0', '9', '<', '\xFF'}) {
      std::string spoilt = packed;
      spoilt[at] = c;
      pdf_of(whole(spoilt));
    }
  const Pdf none = pdf_of(whole("%PDF-1.7\n1 0 obj <</Type /Page>> endobj %%EOF"));
  CHECK(none.broken);
  CHECK(none.pages == 1);
  CHECK(pdf_of(whole("%PDF-1.7\nstartxref\n99999999999999999999\n%%EOF")).broken);
  CHECK(pdf_of(whole("%PDF-1.7\n" + std::string(100'000, '[') + "\nstartxref\n9\n%%EOF")).broken);
  std::string circle = "%PDF-1.7\nxref\n0 0\ntrailer\n<</Prev 9 /Root 1 0 R>>\nstartxref\n9\n%%EOF";
  CHECK(pdf_of(whole(circle)).broken);
}

TEST_CASE("images say their size and resolution", "[content]") {
  const Image jpeg = image_of("image/jpeg", whole(make_jpeg(150)));
  CHECK(jpeg.dpi == 150);
  CHECK(jpeg.width == 1654);
  CHECK(jpeg.height == 2339);
  std::string png("\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\x02\0\0\0\x01\0\x08\2\0\0\0....", 33);
  png += std::string("\0\0\0\x09pHYs\0\0\x1E\xC3\0\0\x1E\xC3\1....", 21);  // 7875 a metre
  CHECK(image_of("image/png", whole(png)).dpi == 200);
  CHECK(image_of("image/png", whole(png)).width == 512);
  std::string tiff("II*\0\x08\0\0\0\4\0", 10);
  tiff += std::string("\0\1\3\0\1\0\0\0\x64\0\0\0", 12) + std::string("\1\1\3\0\1\0\0\0\xC8\0\0\0", 12);
  tiff += std::string("\x1A\1\5\0\1\0\0\0\x3E\0\0\0", 12) + std::string("\x1B\1\5\0\1\0\0\0\x3E\0\0\0", 12);
  tiff += std::string("\0\0\0\0", 4) + std::string("\x2C\1\0\0\1\0\0\0", 8);
  const Image image = image_of("image/tiff", whole(tiff));
  CHECK(image.width == 100);
  CHECK(image.height == 200);
  CHECK(image.dpi == 300);
  CHECK(image_of("image/gif", whole(std::string("GIF89a\x0A\0\x14\0", 10))).height == 20);
  for (const std::string& bytes : {make_jpeg(150), png, tiff})
    for (std::size_t length = 0; length < bytes.size(); ++length)
      for (const char* mime : {"image/jpeg", "image/png", "image/tiff", "image/gif"})
        image_of(mime, whole(std::string_view(bytes).substr(0, length)));
}
