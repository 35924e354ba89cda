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

std::string type_of(const content::Window& window, const std::string& name) {
  const std::string extension = extension_of(name), named = by_name(extension);
  const std::string found = content::mime_of(window);
  if (named.empty()) {
    // Letters under a name that says nothing may be anything that is written with letters.
    const bool text = found.starts_with("text/") || found == "application/xml";
    return text || found.empty() ? "application/octet-stream" : found;
  }
  if (found.empty()) return named;
  // Where both may be true the name says more: what is in a ZIP, what a text is for.
  return content::fit_of(extension, named, found, false) == content::Fit::right ? named : found;
}

// Number of image directories of a TIFF.
int tiff_pages(std::string_view b) {
  if (b.size() < 8) return 0;
  const bool big = b[0] == 'M';
  if (b[big ? 3 : 2] != '*') return 0;  // BigTIFF: its places are wider
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

bool has_pages(const std::string& mime) { return mime == "application/pdf" || mime == "image/tiff"; }

Content by_ends(const content::Window& window, const std::string& name) {
  Content content;
  content.mime = type_of(window, name);
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
  Content content = by_ends({bytes, {}, bytes.size()}, name);
  if (has_pages(content.mime)) look_inside(bytes, content);
  return content;
}

Content look_at(Files& files, const Path& path, const std::string& name) {
  constexpr std::uint64_t kWhole = 32u << 20, kEnd = content::end_bytes;
  const auto file = files.open(path, OpenMode::read);
  const std::uint64_t size = file->stat().size;
  const auto read = [&](std::uint64_t place, std::uint64_t count) {
    std::string bytes(count, '\0');
    bytes.resize(file->read_at(place, {reinterpret_cast<std::byte*>(bytes.data()), bytes.size()}));
    return bytes;
  };
  const std::string head = read(0, std::min(size, kEnd));
  const std::string tail = size > kEnd ? read(size - kEnd, kEnd) : std::string();
  Content content = by_ends({head, tail, size}, name);
  if (has_pages(content.mime) && size <= kWhole) look_inside(read_whole(files, path, kWhole), content);
  return content;
}

}  // namespace vtlt::repository
