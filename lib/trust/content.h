// What the bytes of a computer file say of it, whatever it is called. Headers are read, nothing is decoded.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace vtlt::content {

constexpr std::size_t end_bytes = 64 << 10;  // formats tell at their ends what they are

// The parts of a computer file that are held: its beginning and its end, or all of it (then there is no
// tail).
struct Window {
  std::string_view head, tail;
  std::uint64_t size = 0;

  bool whole() const { return head.size() == size; }
  // From offset to the end of the part that holds it; empty: not held.
  std::string_view from(std::uint64_t offset) const;
  std::string_view end() const;  // the last bytes, at least 64 KiB where there are as many
};

// MIME type by what unmistakable formats begin with; text by its letters; "" when nothing is known. What a
// ZIP or an OLE file is, its names tell: application/zip and application/x-ole-storage when they do not.
const char* mime_of(const Window& window);

// What libmagic takes it for; "" when it knows nothing either, or is not installed. A guess: some of its
// patterns are two bytes long. Half a millisecond.
std::string guess_of(const Window& window);

// Whether a file that is named so, and whose name is listed as that type, may hold what was found.
// near: programs open it, its name is still not its format's. unknown: nothing was found.
enum class Fit { right, near, wrong, unknown };
Fit fit_of(std::string_view extension, std::string_view listed, std::string_view found, bool whole);

// Formats that have an end, and do not end.
bool cut_off(std::string_view mime, const Window& window);

struct Image {
  std::uint32_t width = 0, height = 0;  // 0: not known
  std::uint32_t dpi = 0;                // the lesser of both directions; 0: not said
};
Image image_of(std::string_view mime, const Window& window);

struct Pdf {
  std::string version;  // "1.7"
  int pages = 0;        // 0: not known
  bool encrypted = false;
  std::string pdfa;         // "2b": what the XMP claims; nothing is proved by it
  bool pdfa_known = false;  // the metadata were read, or are known not to be there
  bool broken = false;      // the table of objects does not lead to them
  std::string reason;       // whole_pdf_of: libqpdf's words for it, as they are; "" when it came to no end
};
Pdf pdf_of(const Window& window);
std::string pdfa_of(std::string_view xmp);

// The same of one that is held whole, by libqpdf: the pages are counted, whatever their tree says of itself,
// and metadata are unpacked. What that library cannot open (a password) is told as pdf_of has it. Throws exit
// 4, VTLT-PDF-01, where the library is not installed; VTLT-APART-01.
inline constexpr std::size_t whole_pdf_bytes = 48u << 20;
Pdf whole_pdf_of(const Window& window);
void need_whole_pdf();  // throws so beforehand

}  // namespace vtlt::content
