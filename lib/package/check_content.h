// The computer files of a TT05 package against their names, METS, the circular and their documents' fields.
// Looked at while they are hashed; what is held of each is bounded.
#pragma once
#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "package/check_fields.h"
#include "package/check_profile.h"
#include "package/content_rules.h"
#include "package/package.h"

namespace vtlt::package {

class Contents {
 public:
  // basis: the appendix.
  Contents(const EntryTable& entries, ContentDepth depth, ProfileCheck* profile, Report& report);
  void set_basis(std::string basis) { basis_ = std::move(basis); }  // before the first look
  // What EAD.xml says of the whole (confidenceLevel); before documents.
  void set_confidence(const std::string& confidence) { digitised_ = confidence == "02"; }

  bool wants(std::uint32_t entry) const;  // a content to look into
  // Of a METS that is read once, for several: what is wanted of it here; nullptr: nothing.
  std::unique_ptr<XmlHandler> mets_reader(const std::string& path);
  // From several threads.
  void look(std::uint32_t entry, ByteStream& stream);
  void document(std::uint32_t entry, EadForm form, const EadRecord& record);

  ContentCounts settle();

 private:
  struct Described {
    std::uint32_t entry = 0;
    std::int32_t pages = 0;  // 0: not said
    long line = 0;
    bool digitised = false, text = false;
  };
  struct Listed {
    std::size_t id = 0;  // hash of the ID
    std::uint32_t entry = 0, mime = 0;
  };
  class Links;

  void tell(const std::string& path, ContentFault&& fault);
  void judge_listed();
  void judge_pages(const Described& document, const std::vector<std::uint32_t>& contents);
  void judge_digitised(std::uint32_t entry, bool digitised);

  const EntryTable& entries_;
  ContentDepth depth_;
  ProfileCheck* profile_;
  bool digitised_ = false;
  std::atomic<int> guesses_ = 0;
  std::string basis_;
  Report& report_;
  std::size_t first_ = 0, last_ = 0;  // entries below data/
  std::vector<ContentFacts> seen_;
  std::mutex guard_;
  std::vector<Described> documents_;
  // Of the representation's METS.
  std::vector<Listed> listed_, sections_;
  std::vector<std::string> mimes_;
  std::vector<std::pair<std::size_t, std::size_t>> links_;  // section, file: hashes of IDs
};

}  // namespace vtlt::package
