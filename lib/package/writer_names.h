// Names and identifiers inside a package; METS, PREMIS and the file system must agree on them.
#pragma once
#include <string>
#include <string_view>

#include "package/package.h"

namespace vtlt::package::writing {

class Names {
 public:
  explicit Names(const Plan& plan);

  std::string objid() const;
  std::string folder() const;  // OBJID with ':' as '_'
  std::string zip() const;  // "3_uuid-….zip": the place in the submission first (PL III), when there is one
  std::string representation_objid() const;

  // Đ8k1d: mã hồ sơ + '.' + ordinal (+ '.' + number of the component when there are several) + extension;
  // ASCII.
  std::string content(const PackedDocument& document, std::size_t index) const;
  std::string content_rest(const PackedDocument& document, std::size_t index) const;  // without mã hồ sơ
  const std::string& stem() const { return stem_; }                                   // mã hồ sơ, ASCII
  // EAD_doc_{mã hồ sơ}.{ordinal}.xml
  std::string metadata(const PackedDocument& document) const;

  // "uuid-{UUID}" and, for <file>, "ID-{UUID}".
  std::string id(std::string_view place) const;
  std::string file_id(std::string_view place) const;
  std::string uuid(std::string_view place) const { return uuid_for(plan_.seed, place); }

 private:
  std::string uuid_form(std::string_view place) const;
  const Plan& plan_;
  std::string stem_;
};

// Places that are named from more than one file.
std::string metadata_place(int ordinal);
std::string content_place(int ordinal, std::size_t index);

std::string mime_type(const records::Component& component);
std::string encode_href(std::string_view path);

}  // namespace vtlt::package::writing
