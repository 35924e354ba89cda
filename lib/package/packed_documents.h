// The documents of a package, kept small: a hundred thousand of them with their contents take some fifty
// megabytes, as records they would take five hundred. Each look unpacks one anew.
#pragma once
#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "base/files.h"
#include "records/records.h"

namespace vtlt::package {

// One computer file to go in. Its bytes are read once: digest and size are compared with what is recorded
// while they are copied; a difference is an Error (exit 4, VTLT-OBJECT-02) and nothing is left behind.
struct Content {
  records::Component component;
  std::string source;  // its path
};

struct PackedDocument {
  records::Document document;
  int ordinal = 0;                // place in the file, from 1, without gaps (D4)
  std::vector<Content> contents;  // main first; may be empty only where the caller allows it
  // In a DIP, of the file that it comes from: mã hồ sơ without the archive's code, and the place there.
  std::string file_code;
  int file_ordinal = 0;
  // Instead of contents: the line of a .fetch.txt, when another package has them (TT05 PL I, III; D21).
  std::string link;
};

class PackedDocuments {
 public:
  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = PackedDocument;
    using difference_type = std::ptrdiff_t;
    using pointer = void;
    using reference = const PackedDocument;
    Iterator(const PackedDocuments& owner, std::size_t index) : owner_(&owner), index_(index) {}
    const PackedDocument operator*() const { return (*owner_)[index_]; }
    Iterator& operator++() {
      ++index_;
      return *this;
    }
    bool operator==(const Iterator& other) const { return index_ == other.index_; }

   private:
    const PackedDocuments* owner_;
    std::size_t index_;
  };

  PackedDocuments() = default;
  PackedDocuments(std::initializer_list<PackedDocument> documents);
  void push_back(const PackedDocument& document) { packed_.push_back(pack(document)); }
  void set(std::size_t index, const PackedDocument& document) { packed_[index] = pack(document); }
  void clear() { packed_.clear(); }
  std::size_t size() const { return packed_.size(); }
  bool empty() const { return packed_.empty(); }
  const PackedDocument operator[](std::size_t index) const;  // const: changing the copy would change nothing
  std::vector<Content> contents(std::size_t index) const;    // of one document, for less than the whole
  Iterator begin() const { return {*this, 0}; }
  Iterator end() const { return {*this, size()}; }

 private:
  std::string pack(const PackedDocument& document);
  std::vector<std::string> packed_;
  std::vector<std::string> folders_;  // of the sources: few, each named by many
  std::map<std::string, std::size_t> folder_numbers_;
};

}  // namespace vtlt::package
