#include "trust/content.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

namespace vtlt::content {
namespace {

bool any_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::uint32_t big(std::string_view bytes, std::size_t at, int count) {
  std::uint32_t value = 0;
  for (int i = 0; i < count; ++i)
    value = value << 8 | static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(i)]);
  return value;
}
std::uint32_t little(std::string_view bytes, std::size_t at, int count) {
  std::uint32_t value = 0;
  for (int i = count; i-- > 0;)
    value = value << 8 | static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(i)]);
  return value;
}

bool begins(std::string_view bytes, std::string_view magic, std::size_t at = 0) {
  return bytes.size() >= at + magic.size() && bytes.compare(at, magic.size(), magic) == 0;
}

bool holds(const Window& window, std::string_view words) {
  return window.head.substr(0, end_bytes).find(words) != std::string_view::npos ||
         window.end().find(words) != std::string_view::npos;
}

const char* mime_of_zip(const Window& window) {
  const std::string_view head = window.head;
  // OpenDocument: its type stands first, stored.
  if (begins(head, "mimetypeapplication/vnd.oasis.opendocument.", 30)) {
    constexpr std::size_t at = 30 + 43;
    if (begins(head, "text", at)) return "application/vnd.oasis.opendocument.text";
    if (begins(head, "spreadsheet", at)) return "application/vnd.oasis.opendocument.spreadsheet";
    if (begins(head, "presentation", at)) return "application/vnd.oasis.opendocument.presentation";
    return "application/zip";
  }
  if (holds(window, "word/document"))
    return "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
  if (holds(window, "xl/workbook"))
    return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  if (holds(window, "ppt/presentation"))
    return "application/vnd.openxmlformats-officedocument.presentationml.presentation";
  return "application/zip";
}

// Names in the directory of an OLE file are UTF-16.
const char* mime_of_ole(const Window& window) {
  const auto named = [&](std::string_view name) {
    std::string wide;
    for (const char c : name) {
      wide += c;
      wide += '\0';
    }
    return window.head.find(wide) != std::string_view::npos ||
           window.tail.find(wide) != std::string_view::npos;
  };
  if (named("WordDocument")) return "application/msword";
  if (named("Workbook")) return "application/vnd.ms-excel";
  if (named("PowerPoint Document")) return "application/vnd.ms-powerpoint";
  return "application/x-ole-storage";
}

// Text of any encoding of one byte a letter, UTF-8, or UTF-16 with its mark.
bool looks_like_text(std::string_view head) {
  if (begins(head, "\xFF\xFE") || begins(head, "\xFE\xFF")) return true;
  return !head.empty() && std::all_of(head.begin(), head.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x20 ? byte != 0x7F : std::string_view("\t\n\r\f\v").find(c) != std::string_view::npos;
  });
}

const char* mime_of_text(std::string_view head) {
  if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
  while (!head.empty() && std::isspace(static_cast<unsigned char>(head.front())) != 0)
    head.remove_prefix(1);
  std::string start(head.substr(0, 14));
  for (char& c : start)
    c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  if (start.starts_with("<!doctype html") || start.starts_with("<html")) return "text/html";
  return start.starts_with("<?xml") ? "application/xml" : "text/plain";
}

// The sound of an MPEG frame, or AAC in its own frames. Not layer I, which nothing wrote since the nineties:
// its frames begin as UTF-16 does.
const char* mime_of_sound(std::string_view head) {
  if (begins(head, "ID3")) return "audio/mpeg";
  if (head.size() < 4 || static_cast<unsigned char>(head[0]) != 0xFF) return "";
  const auto second = static_cast<unsigned char>(head[1]), third = static_cast<unsigned char>(head[2]);
  if ((second & 0xF6) == 0xF0) return "audio/aac";
  const bool frame = (second & 0xE0) == 0xE0 && (second & 0x18) != 0x08 && (second & 0x06) != 0 &&
                     (second & 0x06) != 0x06 && (third & 0xF0) != 0xF0 && (third & 0x0C) != 0x0C;
  return frame ? "audio/mpeg" : "";
}

struct Magic {
  std::string_view bytes;
  std::size_t at;
  const char* mime;
};
constexpr Magic magics[] = {
    {"\xFF\xD8\xFF", 0, "image/jpeg"},
    {"\x89PNG\r\n\x1A\n", 0, "image/png"},
    {"GIF87a", 0, "image/gif"},
    {"GIF89a", 0, "image/gif"},
    {std::string_view("II*\0", 4), 0, "image/tiff"},
    {std::string_view("MM\0*", 4), 0, "image/tiff"},
    {std::string_view("II+\0", 4), 0, "image/tiff"},
    {std::string_view("MM\0+", 4), 0, "image/tiff"},
    {"{\\rtf", 0, "application/rtf"},
    {"AVI ", 8, "video/x-msvideo"},
    {"WAVE", 8, "audio/x-wav"},
    {"WEBP", 8, "image/webp"},
    {"\x30\x26\xB2\x75\x8E\x66\xCF\x11", 0, "video/x-ms-asf"},
    {"ftypqt", 4, "video/quicktime"},
    {"ftyp", 4, "video/mp4"},
    {"moov", 4, "video/quicktime"},
    {"mdat", 4, "video/quicktime"},
    {std::string_view("\0\0\1\xBA", 4), 0, "video/mpeg"},
    {std::string_view("\0\0\1\xB3", 4), 0, "video/mpeg"},
    {"%!PS", 0, "application/postscript"},
    {"Rar!\x1A\x07", 0, "application/vnd.rar"},
    {"7z\xBC\xAF\x27\x1C", 0, "application/x-7z-compressed"},
    {"\x1F\x8B\x08", 0, "application/gzip"},
    {"\x7F"
     "ELF",
     0, "application/x-executable"},
    {"OggS", 0, "application/ogg"},
    {"fLaC", 0, "audio/flac"},
};

}  // namespace

std::string_view Window::from(std::uint64_t offset) const {
  if (offset < head.size()) return head.substr(offset);
  if (offset < size && offset >= size - tail.size()) return tail.substr(offset - (size - tail.size()));
  return {};
}

std::string_view Window::end() const {
  if (!whole()) return tail;
  return head.substr(head.size() - std::min(head.size(), end_bytes));
}

const char* mime_of(const Window& window) {
  const std::string_view head = window.head;
  if (head.substr(0, 1024).find("%PDF-") != std::string_view::npos) return "application/pdf";
  if (begins(head, "PK\x03\x04")) return mime_of_zip(window);
  if (begins(head, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")) return mime_of_ole(window);
  const bool riff = begins(head, "RIFF");
  for (const Magic& magic : magics)
    if (begins(head, magic.bytes, magic.at) && (magic.at != 8 || riff)) return magic.mime;
  if (const char* sound = mime_of_sound(head); *sound != '\0') return sound;
  // Not an end of a letter: the held part may be cut inside one.
  if (looks_like_text(head.substr(0, 4096))) return mime_of_text(head);
  if (begins(head, "MZ")) return "application/x-dosexec";
  if (begins(head, "BM") && head.size() >= 14 && little(head, 2, 4) == window.size) return "image/bmp";
  return "";
}

Fit fit_of(std::string_view extension, std::string_view listed, std::string_view found, bool whole) {
  if (found == listed) return Fit::right;
  // Old encodings put letters where control characters stand: strange text is no proof of another format.
  if (any_of(extension, {"txt", "csv", "xml", "json", "htm", "html", "eml", "xsl", "edxml"}))
    return found.starts_with("text/") || found == "application/xml" ? Fit::right
           : found.empty()                                          ? Fit::near
                                                                    : Fit::wrong;
  if (any_of(extension, {"doc", "xls", "ppt"})) {
    if (found == "application/x-ole-storage") return Fit::right;
    if (any_of(found, {"application/rtf", "text/html", "application/xml"})) return Fit::near;
  }
  if (any_of(extension, {"docx", "xlsx", "pptx", "odt", "ods", "odp"}) && found == "application/zip")
    return whole ? Fit::wrong : Fit::right;  // its names may stand in the part that is not held
  if (extension == "zip" && found.starts_with("application/vnd.o")) return Fit::right;  // those are ZIPs
  if (any_of(extension, {"mp4", "mov", "qt"}) &&
      any_of(found, {"video/mp4", "video/quicktime", "video/mpeg"}))
    return Fit::right;
  if (any_of(extension, {"wmv", "wma"}) && found == "video/x-ms-asf") return Fit::right;
  if (extension == "aac" && any_of(found, {"audio/mpeg", "video/mp4"})) return Fit::right;
  if (any_of(extension, {"mpeg", "mpg"}) && found == "video/mp4") return Fit::near;
  if (!found.empty()) return Fit::wrong;
  // Streams of sound and film may begin anywhere.
  return any_of(extension, {"mp3", "aac", "mpeg", "mpg", "mov", "qt"}) ? Fit::right : Fit::unknown;
}

bool cut_off(std::string_view mime, const Window& window) {
  std::string_view end = window.end(), head = window.head;
  // From the end, where it stands in a whole file.
  const auto without = [&](std::string_view words) { return end.rfind(words) == std::string_view::npos; };
  if (mime == "application/pdf") return without("%%EOF");
  if (mime == "image/jpeg") return without("\xFF\xD9");
  if (mime == "image/png") return without("IEND");
  if (mime == "application/zip" || mime.starts_with("application/vnd.o")) return without("PK\x05\x06");
  if (mime == "image/gif") {
    while (end.ends_with('\0'))
      end.remove_suffix(1);
    return !end.ends_with(';');
  }
  if (mime == "video/x-msvideo" || mime == "audio/x-wav") {
    // Players write no length while recording, and all ones above 4 GiB.
    const std::uint64_t said = head.size() < 8 ? 0 : little(head, 4, 4);
    return said != 0 && said != 0xFFFFFFFF && said + 8 > window.size;
  }
  if (mime == "image/tiff" && head.size() >= 8) {
    const bool motorola = head[0] == 'M';
    return (motorola ? head[3] : head[2]) == '*' &&
           (motorola ? big(head, 4, 4) : little(head, 4, 4)) >= window.size;
  }
  return false;
}

namespace {

std::uint32_t lesser(std::uint32_t x, std::uint32_t y) {
  return x == 0 || y == 0 ? std::max(x, y) : std::min(x, y);
}

// The first directory of a TIFF, which is what Exif is too.
Image read_tiff(std::string_view bytes) {
  Image image;
  if (bytes.size() < 8) return image;
  const bool motorola = bytes[0] == 'M';
  const auto number = [&](std::size_t at, int count) {
    return motorola ? big(bytes, at, count) : little(bytes, at, count);
  };
  const std::size_t first = number(4, 4);
  if (first + 2 > bytes.size()) return image;
  const std::uint32_t count = number(first, 2);
  std::uint32_t x = 0, y = 0, unit = 2;
  const auto ratio = [&](std::size_t at) -> std::uint32_t {
    const std::size_t where = number(at + 8, 4);
    if (where + 8 > bytes.size()) return 0;
    const std::uint32_t above = number(where, 4), below = number(where + 4, 4);
    return below == 0 ? 0 : above / below;
  };
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::size_t at = first + 2 + 12ull * i;
    if (at + 12 > bytes.size()) break;
    const std::uint32_t tag = number(at, 2), value = number(at + 8, number(at + 2, 2) == 3 ? 2 : 4);
    if (tag == 256) image.width = value;
    if (tag == 257) image.height = value;
    if (tag == 282) x = ratio(at);
    if (tag == 283) y = ratio(at);
    if (tag == 296) unit = value;
  }
  image.dpi = lesser(x, y);
  if (unit == 3) image.dpi = static_cast<std::uint32_t>(std::uint64_t{image.dpi} * 254 / 100);
  if (unit != 2 && unit != 3) image.dpi = 0;
  return image;
}

Image read_jpeg(std::string_view bytes) {
  Image image;
  for (std::size_t at = 2; at + 4 <= bytes.size();) {
    if (static_cast<unsigned char>(bytes[at]) != 0xFF) break;
    const auto marker = static_cast<unsigned char>(bytes[at + 1]);
    if (marker == 0xFF) {
      ++at;
      continue;
    }
    if (marker == 0xD9 || marker == 0xDA) break;
    const std::size_t length = big(bytes, at + 2, 2);
    if (length < 2) break;
    const std::string_view segment = bytes.substr(at + 4, length - 2);
    if (marker == 0xE0 && begins(segment, std::string_view("JFIF\0", 5)) && segment.size() >= 12) {
      const std::uint32_t dpi = lesser(big(segment, 8, 2), big(segment, 10, 2));
      if (segment[7] == 1) image.dpi = dpi;
      if (segment[7] == 2) image.dpi = dpi * 254 / 100;
    }
    if (marker == 0xE1 && image.dpi == 0 && begins(segment, std::string_view("Exif\0\0", 6)))
      image.dpi = read_tiff(segment.substr(6)).dpi;
    if (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC &&
        segment.size() >= 5) {
      image.height = big(segment, 1, 2);
      image.width = big(segment, 3, 2);
      break;
    }
    at += 2 + length;
  }
  return image;
}

Image read_png(std::string_view bytes) {
  Image image;
  if (bytes.size() < 33) return image;
  image.width = big(bytes, 16, 4);
  image.height = big(bytes, 20, 4);
  for (std::size_t at = 8; at + 12 <= bytes.size();) {
    const std::size_t length = big(bytes, at, 4);
    const std::string_view type = bytes.substr(at + 4, 4);
    if (type == "IDAT") break;
    if (type == "pHYs" && at + 17 <= bytes.size() && bytes[at + 16] == 1)
      image.dpi = static_cast<std::uint32_t>(
          (std::uint64_t{lesser(big(bytes, at + 8, 4), big(bytes, at + 12, 4))} * 254 + 5000) / 10000);
    at += 12 + length;
  }
  return image;
}

}  // namespace

Image image_of(std::string_view mime, const Window& window) {
  if (mime == "image/jpeg") return read_jpeg(window.head);
  if (mime == "image/png") return read_png(window.head);
  if (mime == "image/tiff") return read_tiff(window.head);
  Image image;
  if (mime == "image/gif" && window.head.size() >= 10) {
    image.width = little(window.head, 6, 2);
    image.height = little(window.head, 8, 2);
  }
  return image;
}

}  // namespace vtlt::content
