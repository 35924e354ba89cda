// Any bytes as a computer file, whole and by its ends; PDFs by libqpdf too, of which the answers are ours to
// bear.
#include "trust/content.h"
#include "fuzz/expected.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace vtlt::content;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const Window windows[] = {{bytes, {}, size}, {bytes.substr(0, size / 3), bytes.substr(size / 2), size}};
  return fuzz::expect([&] {
    for (const Window& window : windows) {
      const std::string_view mime = mime_of(window);
      cut_off(mime, window);
      image_of(mime, window);
      pdf_of(window);
      if (window.whole() && mime == "application/pdf" && size <= whole_pdf_bytes) whole_pdf_of(window);
    }
  });
}
