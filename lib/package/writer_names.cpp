#include "package/writer_names.h"

#include <fmt/format.h>

#include <algorithm>

#include "package/ead.h"
#include "records/formats.h"
#include "text/text.h"

namespace vtlt::package::writing {
namespace {

std::string extension_of(const std::string& name) {
  const std::size_t dot = name.rfind('.');
  if (dot == std::string::npos || dot == 0 || name.size() - dot > 13) return "";
  std::string extension = name.substr(dot + 1);
  for (char& letter : extension) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    if (!((letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9'))) return "";
  }
  return extension;
}

std::string_view major_of(std::string_view mime) {
  return mime.substr(0, mime.find('/'));
}

}  // namespace

Names::Names(const Plan& plan)
    : plan_(plan), stem_(text::ascii_name(own_code(plan))) {}

std::string Names::uuid_form(std::string_view place) const {
  return (plan_.kind == Kind::aip ? "urn:uuid:" : "uuid-") + uuid(place);
}

std::string Names::objid() const {
  return uuid_form("package");
}
std::string Names::representation_objid() const {
  return uuid_form("rep1");
}

std::string Names::folder() const {
  std::string name = objid();
  std::replace(name.begin(), name.end(), ':', '_');
  return name;
}

std::string Names::zip() const {
  if (plan_.submission_ordinal <= 0) return folder() + ".zip";
  return fmt::format("{}_{}.zip", plan_.submission_ordinal, folder());
}

std::string Names::content_rest(const PackedDocument& document, std::size_t index) const {
  std::string name = fmt::format(".{}", document.ordinal);
  if (!document.link.empty()) return name + ".fetch.txt";
  if (document.contents.size() > 1) name += fmt::format(".{}", index + 1);
  const std::string extension = extension_of(document.contents[index].component.name);
  return extension.empty() ? name : name + "." + extension;
}

std::string Names::content(const PackedDocument& document, std::size_t index) const {
  return stem_ + content_rest(document, index);
}

std::string Names::metadata(const PackedDocument& document) const {
  return fmt::format("EAD_{}_{}.{}.xml", form_name(form_of(document.document)), stem_, document.ordinal);
}

std::string Names::id(std::string_view place) const {
  return "uuid-" + uuid(place);
}
std::string Names::file_id(std::string_view place) const {
  return "ID-" + uuid(place);
}

std::string metadata_place(int ordinal) {
  return fmt::format("rep1/metadata/{}", ordinal);
}
std::string content_place(int ordinal, std::size_t index) {
  return fmt::format("rep1/data/{}/{}", ordinal, index + 1);
}

// The circular's type for the extension (mp4 is video/mpeg there), unless what was found in the file is of
// another kind: then the truth.
std::string mime_type(const records::Component& component) {
  const std::string_view listed = records::mime_of_extension(extension_of(component.name));
  if (!component.mime.empty() && records::is_known_mime(component.mime)) return component.mime;
  if (component.mime.empty()) return listed.empty() ? "application/octet-stream" : std::string(listed);
  if (!listed.empty() && major_of(listed) == major_of(component.mime)) return std::string(listed);
  return component.mime;
}

std::string encode_href(std::string_view path) {
  std::string out;
  for (const char letter : path) {
    const auto byte = static_cast<unsigned char>(letter);
    const bool plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                       (byte >= '0' && byte <= '9') ||
                       std::string_view("-._~/").find(letter) != std::string_view::npos;
    out += plain ? std::string(1, letter) : fmt::format("%{:02X}", byte);
  }
  return out;
}

}  // namespace vtlt::package::writing

namespace vtlt::package {

std::string content_path(const Plan& plan, const PackedDocument& document, std::size_t index) {
  return "representations/rep1/data/" + writing::Names(plan).content(document, index);
}

}  // namespace vtlt::package
