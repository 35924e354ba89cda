// A TT05 package read back as records, value by value: for taking it into a repository. What a model has no
// place for, or would write otherwise, is kept as it stood: original["tt05.<element>"], used again when it is
// packed unchanged.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "package/package.h"
#include "package/source.h"

namespace vtlt::package {

struct UnpackedContent {
  std::uint32_t entry = no_entry;
  records::Component component;  // name: as the sender's METS has it; digest and size as METS says
};

struct UnpackedDocument {
  int ordinal = 0;
  records::Document document;
  std::vector<UnpackedContent> contents;
  std::string link;  // of a .fetch.txt: what it says
};

struct UnpackedPackage {
  Kind kind = Kind::sip;
  Unit unit = Unit::file;
  std::string objid;
  std::string registration;    // mã đăng ký yêu cầu thu nộp
  std::string agency;          // who packed it
  std::string fonds_code;      // in the note IDENTIFICATIONCODE
  std::string archive, organ;  // of the file code, as far as `organs` tells them apart
  records::FileRecord file;
  std::vector<Plan::Event> events;  // of PREMIS.xml, oldest first
  std::uint64_t documents = 0;
};

class Unpacking {
 public:
  // The package has been checked (check()). organs: codes of creators that are known here, so that
  // "H57.05.H57.32.15.2026.04.VP" is taken apart rightly. Throws Error exit 3 VTLT-UNPACK-01 for what is no
  // SIP or AIP of TT05, VTLT-UNPACK-02 for a part that cannot be read.
  Unpacking(Files& files, const Path& path, const std::vector<std::string>& organs);
  ~Unpacking();
  const UnpackedPackage& package() const;
  // One document after the other, as METS has them.
  void each(const std::function<void(UnpackedDocument&&)>& take);
  std::unique_ptr<ByteStream> open(const UnpackedContent& content);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// How an element stood in the package that brought the record, while what it was read as has not changed.
std::optional<std::string> kept_value(const std::map<std::string, std::string>& original,
                                      const std::string& element, const std::string& computed);

}  // namespace vtlt::package
