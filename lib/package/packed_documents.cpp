#include "package/packed_documents.h"

#include <array>
#include <cstring>
#include <string_view>

#include "base/encoding.h"
#include "base/error.h"

namespace vtlt::package {
namespace {

// Both directions go through the same lists of fields below, so that they cannot disagree.
class Packer {
 public:
  explicit Packer(std::string& out) : out_(out) {}
  template <typename Number>
  void number(const Number& value) {
    auto rest = static_cast<std::uint64_t>(value);
    for (; rest >= 0x80; rest >>= 7)
      out_ += static_cast<char>(0x80 | (rest & 0x7F));
    out_ += static_cast<char>(rest);
  }
  void text(const std::string& value) {
    number(value.size());
    out_ += value;
  }
  void id(const records::Id& value) {
    out_ += static_cast<char>(value.kind);
    out_.append(reinterpret_cast<const char*>(value.bits.data()), value.bits.size());
  }
  void optional_id(const std::optional<records::Id>& value) {
    number(value ? 1 : 0);
    if (value) id(*value);
  }
  // Lower-case digits in half their length.
  void digits(const std::string& value) {
    std::array<unsigned char, 32> bytes{};
    const bool digest = from_hex(value, bytes) && hex(bytes) == value;
    number(digest ? 1 : 0);
    if (digest)
      out_.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    else
      text(value);
  }
  void pairs(const std::map<std::string, std::string>& values) {
    number(values.size());
    for (const auto& [key, value] : values) {
      text(key);
      text(value);
    }
  }

 private:
  std::string& out_;
};

class Unpacker {
 public:
  explicit Unpacker(std::string_view in) : in_(in) {}
  template <typename Number>
  void number(Number& value) {
    std::uint64_t whole = 0;
    for (int shift = 0;; shift += 7) {
      const auto byte = static_cast<unsigned char>(take(1).front());
      whole |= std::uint64_t{byte & 0x7Fu} << shift;
      if (byte < 0x80) break;
    }
    value = static_cast<Number>(whole);
  }
  void text(std::string& value) {
    std::size_t size = 0;
    number(size);
    value = take(size);
  }
  void id(records::Id& value) {
    value.kind = static_cast<records::Kind>(take(1).front());
    const std::string_view bits = take(value.bits.size());
    std::memcpy(value.bits.data(), bits.data(), bits.size());
  }
  void optional_id(std::optional<records::Id>& value) {
    bool there = false;
    number(there);
    if (!there) return;
    id(value.emplace());
  }
  void digits(std::string& value) {
    bool digest = false;
    number(digest);
    if (!digest) return text(value);
    const std::string_view bytes = take(32);
    value = hex({reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()});
  }
  void pairs(std::map<std::string, std::string>& values) {
    std::size_t count = 0;
    number(count);
    for (std::size_t i = 0; i < count; ++i) {
      std::string key;
      text(key);
      text(values[key]);
    }
  }

 private:
  std::string_view take(std::size_t size) {
    VTLT_ASSERT(size <= in_.size());
    const std::string_view part = in_.substr(0, size);
    in_.remove_prefix(size);
    return part;
  }
  std::string_view in_;
};

template <typename Pass, typename Date>
void date_fields(Pass& pass, Date& date) {
  pass.number(date.year);
  pass.number(date.month);
  pass.number(date.day);
}

template <typename Pass, typename Document>
void document_fields(Pass& pass, Document& document) {
  pass.id(document.id);
  pass.id(document.fonds);
  pass.optional_id(document.entry);
  pass.number(document.own.number);
  pass.text(document.own.suffix);
  pass.number(document.own.year);
  pass.text(document.own.notation);
  pass.text(document.own.written);
  date_fields(pass, document.date);
  pass.number(document.pages);
  pass.number(document.carrier);
  pass.number(document.term.kind);
  pass.number(document.term.years);
  pass.number(document.term.at_least);
  pass.text(document.term.event);
  for (auto* text : {&document.type, &document.issuer, &document.issuer_code, &document.subject,
                     &document.language, &document.access, &document.confidence, &document.value,
                     &document.keyword, &document.info_sign, &document.autograph, &document.condition,
                     &document.signer, &document.note, &document.process, &document.sheets, &document.media})
    pass.text(*text);
  pass.pairs(document.original);
}

template <typename Pass, typename Packed>
void place_fields(Pass& pass, Packed& document) {
  pass.number(document.ordinal);
  pass.text(document.file_code);
  pass.number(document.file_ordinal);
  pass.text(document.link);
}

template <typename Pass, typename Component>
void component_fields(Pass& pass, Component& component) {
  pass.id(component.id);
  pass.id(component.document);
  pass.number(component.role);
  pass.number(component.ordinal);
  pass.text(component.name);
  pass.text(component.name_bytes);
  pass.number(component.size);
  pass.digits(component.sha256);
  pass.text(component.mime);
  pass.number(component.modified_ms);
  pass.number(component.pages);
}

// An object is named by its digest: then the name is not kept twice.
std::string name_beside(const records::Component& component, std::string name) {
  return name == component.sha256 ? std::string() : name;
}

std::vector<Content> unpack_contents(Unpacker& pass, const std::vector<std::string>& folders) {
  std::size_t count = 0;
  pass.number(count);
  std::vector<Content> contents(count);
  for (Content& content : contents) {
    component_fields(pass, content.component);
    std::size_t folder = 0;
    std::string name;
    pass.number(folder);
    pass.text(name);
    content.source = folders[folder] + (name.empty() ? content.component.sha256 : name);
  }
  return contents;
}

}  // namespace

PackedDocuments::PackedDocuments(std::initializer_list<PackedDocument> documents) {
  for (const auto& document : documents)
    push_back(document);
}

// Contents first: they are asked for most often.
std::string PackedDocuments::pack(const PackedDocument& document) {
  std::string out;
  Packer pass(out);
  pass.number(document.contents.size());
  for (const Content& content : document.contents) {
    component_fields(pass, content.component);
    const std::size_t slash = content.source.rfind('/');
    const std::size_t name = slash == std::string::npos ? 0 : slash + 1;
    const std::string folder = content.source.substr(0, name);
    const auto [known, added] = folder_numbers_.try_emplace(folder, folders_.size());
    if (added) folders_.push_back(folder);
    pass.number(known->second);
    pass.text(name_beside(content.component, content.source.substr(name)));
  }
  place_fields(pass, document);
  document_fields(pass, document.document);
  out.shrink_to_fit();
  return out;
}

const PackedDocument PackedDocuments::operator[](std::size_t index) const {
  Unpacker pass(packed_[index]);
  PackedDocument document;
  document.contents = unpack_contents(pass, folders_);
  place_fields(pass, document);
  document_fields(pass, document.document);
  return document;
}

std::vector<Content> PackedDocuments::contents(std::size_t index) const {
  Unpacker pass(packed_[index]);
  return unpack_contents(pass, folders_);
}

}  // namespace vtlt::package
