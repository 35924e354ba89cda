// Small right computer files of several formats.
#pragma once
#include <zlib.h>

#include <stdexcept>
#include <string>
#include <vector>

namespace check_support {

inline std::string deflated(const std::string& bytes) {
  std::string out(compressBound(bytes.size()), '\0');
  uLongf size = out.size();
  if (compress(reinterpret_cast<Bytef*>(out.data()), &size, reinterpret_cast<const Bytef*>(bytes.data()),
               bytes.size()) != Z_OK)
    throw std::runtime_error("deflated");
  out.resize(size);
  return out;
}

// A PDF of these objects, the first of which is its catalogue, with their table.
inline std::string assembled(const std::vector<std::string>& objects, const std::string& trailer = "") {
  std::string pdf = "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n", rows = "0000000000 65535 f \n";
  for (std::size_t i = 0; i < objects.size(); ++i) {
    const std::string place = std::to_string(pdf.size());
    rows += std::string(10 - place.size(), '0') + place + " 00000 n \n";
    pdf += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
  }
  const std::string count = std::to_string(objects.size() + 1), table = std::to_string(pdf.size());
  return pdf + "xref\n0 " + count + "\n" + rows + "trailer\n<</Size " + count + " /Root 1 0 R" + trailer +
         ">>\nstartxref\n" + table + "\n%%EOF\n";
}

// xmp: the metadata, "" = none.
inline std::string make_pdf(int pages, const std::string& xmp = "", const std::string& trailer = "") {
  std::vector<std::string> objects = {"<</Type /Catalog /Pages 2 0 R" +
                                      std::string(xmp.empty() ? "" : " /Metadata 3 0 R") + ">>"};
  std::string kids;
  for (int i = 0; i < pages; ++i)
    kids += std::to_string(4 + i) + " 0 R ";
  objects.push_back("<</Type /Pages /Kids [" + kids + "] /Count " + std::to_string(pages) + ">>");
  objects.push_back("<</Type /Metadata /Subtype /XML /Length " + std::to_string(xmp.size()) + ">>\nstream\n" +
                    xmp + "\nendstream");
  for (int i = 0; i < pages; ++i)
    objects.push_back("<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]>>");
  return assembled(objects, trailer);
}

inline std::string pdfa_claim(const std::string& part, const std::string& level) {
  return "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF "
         "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description rdf:about=\"\" "
         "xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\"><pdfaid:part>" +
         part + "</pdfaid:part><pdfaid:conformance>" + level +
         "</pdfaid:conformance></rdf:Description></rdf:RDF></x:xmpmeta>";
}

// JFIF with its density; only the headers are real.
inline std::string make_jpeg(int dpi, int width = 1654, int height = 2339) {
  const auto two = [](int value) {
    return std::string{static_cast<char>(value >> 8), static_cast<char>(value & 255)};
  };
  return std::string("\xFF\xD8\xFF\xE0\x00\x10JFIF\x00\x01\x02\x01", 14) + two(dpi) + two(dpi) +
         std::string("\x00\x00", 2) + std::string("\xFF\xC0\x00\x11\x08", 5) + two(height) + two(width) +
         std::string("\x03\x01\x22\x00\x02\x11\x01\x03\x11\x01", 10) + "\xFF\xDA\x01\x02\x03" + "\xFF\xD9";
}

}  // namespace check_support
