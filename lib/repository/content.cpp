#include "repository/content.h"

#include <algorithm>
#include <cctype>
#include <string_view>

#include "records/formats.h"
#include "trust/content.h"

namespace vtlt::repository {
namespace {

std::string extension_of(const std::string& name) {
  const std::size_t dot = name.rfind('.');
  std::string text = dot == std::string::npos ? "" : name.substr(dot + 1);
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

std::string by_name(const std::string& extension) {
  // As a package's own XML it is text/xml (RFC 7303 takes both for the same).
  return extension == "xml" ? "application/xml" : std::string(records::mime_of_extension(extension));
}

bool is_textual(std::string_view mime) {
  return mime.starts_with("text/") || mime == "application/xml" || mime == "application/json" || mime == "message/rfc822";
}

// Text of any encoding of one byte a letter, or UTF-8: no control characters but those that shape lines.
bool looks_like_text(std::string_view head) {
  return !head.empty() && std::all_of(head.begin(), head.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x20 ? byte != 0x7F : std::string_view("\t\n\r\f").find(c) != std::string_view::npos;
  });
}

std::string kind_of_text(std::string_view head) {
  if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
  while (!head.empty() && std::isspace(static_cast<unsigned char>(head.front())) != 0) head.remove_prefix(1);
  std::string start(head.substr(0, 14));
  std::transform(start.begin(), start.end(), start.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (start.starts_with("<!doctype html") || start.starts_with("<html")) return "text/html";
  return start.starts_with("<?xml") ? "application/xml" : "text/plain";
}

std::string by_bytes(std::string_view head, const std::string& extension) {
  const auto begins = [&](std::string_view magic) { return head.substr(0, magic.size()) == magic; };
  if (head.substr(0, 1024).find("%PDF-") != std::string_view::npos) return "application/pdf";
  if (begins("\xFF\xD8\xFF")) return "image/jpeg";
  if (begins("\x89PNG\r\n\x1A\n")) return "image/png";
  if (begins("GIF8")) return "image/gif";
  if (begins(std::string_view("II*\0", 4)) || begins(std::string_view("MM\0*", 4))) return "image/tiff";
  if (begins("{\\rtf")) return "application/rtf";
  if (begins("PK\x03\x04")) {
    // Office files are ZIPs: the extension says which.
    const std::string named = by_name(extension);
    return named.starts_with("application/vnd.") ? named : "application/zip";
  }
  if (begins("\xD0\xCF\x11\xE0")) {
    const std::string named = by_name(extension);
    return named.empty() ? "application/x-ole-storage" : named;
  }
  if (begins("ID3")) return "audio/mpeg";
  return {};
}

// Number of image directories of a TIFF.
int tiff_pages(std::string_view b) {
  if (b.size() < 8) return 0;
  const bool big = b[0] == 'M';
  const auto number = [&](std::size_t at, int bytes) {
    std::uint32_t value = 0;
    for (int i = 0; i < bytes; ++i) {
      const auto byte = static_cast<unsigned char>(b[at + static_cast<std::size_t>(big ? i : bytes - 1 - i)]);
      value = value << 8 | byte;
    }
    return value;
  };
  int pages = 0;
  for (std::size_t at = number(4, 4); at != 0 && at + 2 <= b.size() && pages < 100'000; ++pages) {
    const std::size_t next = at + 2 + 12ull * number(at, 2);
    if (next + 4 > b.size()) return pages + 1;
    const std::size_t following = number(next, 4);
    if (following <= at && following != 0) return pages + 1;  // a loop made on purpose
    at = following;
  }
  return pages;
}

}  // namespace

namespace {

bool has_pages(const std::string& mime) { return mime == "application/pdf" || mime == "image/tiff"; }

// head: at least 4 KiB, or all there is.
Content by_head(std::string_view head, const std::string& name) {
  const std::string extension = extension_of(name);
  Content content;
  content.mime = by_bytes(head, extension);
  if (content.mime.empty()) {
    content.mime = by_name(extension);
    // A name is a claim: what is plainly text is no PDF, picture or film, whatever it is called.
    if (!content.mime.empty() && !is_textual(content.mime) && looks_like_text(head)) content.mime = kind_of_text(head);
    if (content.mime.empty()) content.mime = "application/octet-stream";
  }
  if (content.mime == "image/jpeg" || content.mime == "image/png" || content.mime == "image/gif") content.pages = 1;
  return content;
}

void look_inside(std::string_view bytes, Content& content) {
  if (content.mime != "application/pdf") {
    content.pages = tiff_pages(bytes);
    return;
  }
  content.pages = content::pdf_of({bytes, {}, bytes.size()}).pages;
  // ISO 32000-1, 12.8: a signature dictionary names the bytes it covers and the form of what it holds.
  content.signature = bytes.find("/ByteRange") != std::string_view::npos && bytes.find("/SubFilter") != std::string_view::npos;
}

}  // namespace

Content look_at(std::string_view bytes, const std::string& name) {
  Content content = by_head(bytes.substr(0, 4096), name);
  if (has_pages(content.mime)) look_inside(bytes, content);
  return content;
}

Content look_at(Files& files, const Path& path, const std::string& name) {
  constexpr std::uint64_t kWhole = 32u << 20;
  const auto file = files.open(path, OpenMode::read);
  const std::uint64_t size = file->stat().size;
  std::string head(std::min<std::uint64_t>(size, 4096), '\0');
  head.resize(file->read_at(0, {reinterpret_cast<std::byte*>(head.data()), head.size()}));
  Content content = by_head(head, name);
  if (has_pages(content.mime) && size <= kWhole) look_inside(read_whole(files, path, kWhole), content);
  return content;
}

}  // namespace vtlt::repository
