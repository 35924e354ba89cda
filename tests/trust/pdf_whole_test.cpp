// PDFs as libqpdf reads them, beside what our own reader makes of the same bytes.
#include <qpdf/qpdf-c.h>
#include <zlib.h>

#include <catch2/catch.hpp>

#include <array>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "package/sample_contents.h"
#include "trust/content.h"

using namespace vtlt::content;
using check_support::assembled;
using check_support::deflated;
using check_support::make_pdf;
using check_support::pdfa_claim;

namespace {

Window whole(std::string_view bytes) {
  return {bytes, {}, bytes.size()};
}

// The same PDF, as programs write it.
std::string rewritten(const std::string& pdf, const std::function<void(qpdf_data)>& options) {
  qpdf_data data = qpdf_init();
  REQUIRE(qpdf_read_memory(data, "", pdf.data(), pdf.size(), "") == QPDF_SUCCESS);
  REQUIRE(qpdf_init_write_memory(data) == QPDF_SUCCESS);
  qpdf_set_static_ID(data, QPDF_TRUE);
  options(data);
  REQUIRE(qpdf_write(data) == QPDF_SUCCESS);
  const std::string written(reinterpret_cast<const char*>(qpdf_get_buffer(data)),
                            qpdf_get_buffer_length(data));
  qpdf_cleanup(&data);
  return written;
}

std::string with_object_streams(const std::string& pdf) {
  return rewritten(pdf, [](qpdf_data data) { qpdf_set_object_stream_mode(data, qpdf_o_generate); });
}

std::string encrypted(const std::string& pdf, const char* password) {
  return rewritten(pdf, [=](qpdf_data data) {
    qpdf_set_r6_encryption_parameters2(data, password, "owner", 1, 1, 1, 1, 1, 1, qpdf_r3p_full, 1);
  });
}

void replace(std::string& text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  text.replace(at, from.size(), to);
}

// So many MiB of nothing; a MiB of it is a thousand bytes.
std::string bomb(int mebibytes) {
  const std::string plain(1u << 20, '\0');
  std::string out(10'000, '\0');
  z_stream stream{};
  REQUIRE(deflateInit(&stream, 9) == Z_OK);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));
  stream.avail_in = static_cast<uInt>(plain.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  REQUIRE(deflate(&stream, Z_FULL_FLUSH) == Z_OK);
  out.resize(out.size() - stream.avail_out);
  deflateEnd(&stream);
  const std::string block = out.substr(2);
  for (int i = 1; i < mebibytes; ++i)
    out += block;
  return out;
}

std::string metadata_of(const std::string& bytes) {
  return assembled({"<</Type /Catalog /Pages 2 0 R /Metadata 4 0 R>>",
                    "<</Type /Pages /Kids [3 0 R] /Count 1>>",
                    "<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]>>",
                    "<</Type /Metadata /Subtype /XML /Filter /FlateDecode /Length " +
                        std::to_string(bytes.size()) + ">>\nstream\n" + bytes + "\nendstream"});
}

}  // namespace

TEST_CASE("both readers find the same in a right PDF", "[content][D23]") {
  const std::string plain = make_pdf(7, pdfa_claim("2", "B"));
  const std::string packed = with_object_streams(plain);
  REQUIRE(packed.find("/ObjStm") != std::string::npos);
  for (const std::string& bytes : {plain, packed}) {
    for (const Pdf& pdf : {whole_pdf_of(whole(bytes)), pdf_of(whole(bytes))}) {
      CHECK(pdf.pages == 7);
      CHECK(pdf.version == "1.7");
      CHECK(pdf.pdfa == "2b");
      CHECK(pdf.pdfa_known);
      CHECK_FALSE(pdf.encrypted);
      CHECK_FALSE(pdf.broken);
      CHECK(pdf.reason.empty());
    }
  }
  const std::string compressed = metadata_of(deflated(pdfa_claim("3", "U")));
  CHECK(whole_pdf_of(whole(compressed)).pdfa == "3u");
  CHECK(pdf_of(whole(compressed)).pdfa == "3u");
  CHECK(whole_pdf_of(whole(make_pdf(1))).pdfa.empty());
  CHECK(whole_pdf_of(whole(make_pdf(1))).pdfa_known);
  std::string newer = make_pdf(1);
  replace(newer, "%PDF-1.7", "%PDF-1.4");
  CHECK(whole_pdf_of(whole(newer)).version == "1.4");
  CHECK(whole_pdf_of(whole(assembled({"<</Type /Catalog /Version /2.0 /Pages 2 0 R>>",
                                      "<</Type /Pages /Kids [3 0 R] /Count 1>>",
                                      "<</Type /Page /Parent 2 0 R /MediaBox [0 0 1 1]>>"})))
            .version == "2.0");
}

TEST_CASE("pages are counted, whatever is said of them", "[content][D23]") {
  std::string pdf = make_pdf(3);
  replace(pdf, "/Count 3", "/Count 9");
  CHECK(pdf_of(whole(pdf)).pages == 9);
  CHECK(whole_pdf_of(whole(pdf)).pages == 3);
  // A tree of more than its root.
  CHECK(whole_pdf_of(whole(assembled({"<</Type /Catalog /Pages 2 0 R>>",
                                      "<</Type /Pages /Kids [3 0 R 4 0 R] /Count 3>>",
                                      "<</Type /Page /Parent 2 0 R /MediaBox [0 0 1 1]>>",
                                      "<</Type /Pages /Parent 2 0 R /Kids [5 0 R 6 0 R] /Count 2>>",
                                      "<</Type /Page /Parent 4 0 R /MediaBox [0 0 1 1]>>",
                                      "<</Type /Page /Parent 4 0 R /MediaBox [0 0 1 1]>>"})))
            .pages == 3);
  const Pdf none = whole_pdf_of(whole(make_pdf(0)));
  CHECK(none.pages == 0);
  CHECK(none.broken);
  CHECK_FALSE(none.reason.empty());
}

TEST_CASE("damage is told in the words of the library", "[content][D23]") {
  std::string table = make_pdf(3, pdfa_claim("1", "A"));
  replace(table, "%PDF-1.7\n", "%PDF-1.7\n%\n");  // every place is wrong now
  const Pdf mended = whole_pdf_of(whole(table));
  CHECK(mended.broken);
  CHECK(mended.pages == 3);
  CHECK(mended.pdfa == "1a");
  INFO(mended.reason);
  CHECK(mended.reason.find("xref") != std::string::npos);

  std::string absent = make_pdf(3);
  replace(absent, "5 0 R", "9 0 R");
  const Pdf incomplete = whole_pdf_of(whole(absent));
  CHECK(incomplete.broken);
  CHECK(incomplete.reason.find("age") != std::string::npos);
  CHECK_FALSE(pdf_of(whole(absent)).broken);

  const Pdf hopeless = whole_pdf_of(whole("%PDF-1.7\nkhông có gì\n%%EOF"));
  CHECK(hopeless.broken);
  CHECK(hopeless.pages == 0);
  CHECK_FALSE(hopeless.reason.empty());
}

TEST_CASE("a PDF with a password is encrypted, not damaged", "[content][D23]") {
  const std::string plain = make_pdf(4, pdfa_claim("2", "U"));
  const Pdf open = whole_pdf_of(whole(encrypted(plain, "")));
  CHECK(open.encrypted);
  CHECK(open.pages == 4);
  CHECK(open.pdfa == "2u");
  CHECK_FALSE(open.broken);
  const Pdf locked = whole_pdf_of(whole(encrypted(plain, "mật khẩu")));
  CHECK(locked.encrypted);
  CHECK_FALSE(locked.broken);
  CHECK_FALSE(locked.pdfa_known);
  // Encrypted for the holders of keys, which the library does not open.
  std::string keys = make_pdf(2, "", " /Encrypt <</Filter /Adobe.PubSec /SubFilter /adbe.pkcs7.s5 /V 4>>");
  const Pdf sealed = whole_pdf_of(whole(keys));
  INFO(sealed.reason);
  CHECK(sealed.encrypted);
  CHECK(whole_pdf_of(whole(plain)).pages == 4);
}

TEST_CASE("a PDF made to harm its reader is broken, and the next one is read", "[content][hostile]") {
  constexpr int deep = 60'000;
  std::vector<std::string> tree = {"<</Type /Catalog /Pages 2 0 R>>"}, lengths = tree;
  for (int i = 0; i < deep; ++i) {
    const std::string next = std::to_string(i + 3) + " 0 R";
    tree.push_back("<</Type /Pages /Count 1 /Kids [" + next + "]>>");
    lengths.push_back("<</Length " + next + ">>\nstream\n\nendstream");
  }
  tree.push_back("<</Type /Page /MediaBox [0 0 1 1]>>");
  lengths.push_back("0");
  for (const std::string& bytes : {assembled(tree), assembled(lengths)}) {
    const Pdf pdf = whole_pdf_of(whole(bytes));
    CHECK(pdf.broken);
    CHECK(pdf.reason.empty());
    CHECK(whole_pdf_of(whole(make_pdf(2))).pages == 2);
  }
  const Pdf large = whole_pdf_of(whole(metadata_of(bomb(2000))));
  CHECK(large.broken);
  CHECK(large.reason.empty());
  CHECK_FALSE(large.pdfa_known);
  CHECK(whole_pdf_of(whole(make_pdf(2))).pages == 2);
}

TEST_CASE("whatever stands in a PDF, it is judged", "[content][hostile]") {
  const std::string plain = make_pdf(3, pdfa_claim("2", "B"));
  for (const std::string& right : {plain, with_object_streams(plain)}) {
    for (std::size_t length = 0; length < right.size(); length += 7)
      whole_pdf_of(whole(std::string_view(right).substr(0, length)));
    for (std::size_t at = 0; at < right.size(); ++at)
      for (const char c : {'\0', '9', '<'}) {
        std::string spoilt = right;
        spoilt[at] = c;
        const Pdf pdf = whole_pdf_of(whole(spoilt));
        INFO(at << " " << pdf.reason);
        REQUIRE((!pdf.broken || !pdf.reason.empty()));
      }
  }
}

TEST_CASE("PDFs are judged on several threads at once", "[content]") {
  std::vector<std::string> pdfs;
  for (int i = 1; i <= 20; ++i)
    pdfs.push_back(with_object_streams(make_pdf(i, pdfa_claim("2", "B"))));
  std::array<int, 4> right{};
  std::vector<std::thread> threads;
  for (int& count : right)
    threads.emplace_back([&] {
      for (int round = 0; round < 10; ++round)
        for (std::size_t i = 0; i < pdfs.size(); ++i)
          count += whole_pdf_of(whole(pdfs[i])).pages == static_cast<int>(i) + 1 ? 1 : 0;
    });
  for (std::thread& thread : threads)
    thread.join();
  for (const int count : right)
    CHECK(count == 200);
}
