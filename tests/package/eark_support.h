// A plain E-ARK package made of strings, right in every part; hooks may spoil one before what depends on it
// is made.
#pragma once
#include "check_support.h"

namespace check_support {

struct EarkMaker {
  std::string type = "SIP";  // csip:OAISPACKAGETYPE, and the profile
  std::string version = "2-2-0";
  std::string profile;   // "": the one of type and version
  bool own_mets = true;  // the representation has a METS.xml of its own
  std::function<void(std::string&)> root, representation;
  std::function<void(Tree&)> before, after;  // files that METS lists; the finished tree

  static std::string folder() { return "uuid-5B0C1C0E-4E0B-4C2F-9F2B-7C2C4C8E2A01"; }
  Tree make() const;
};

}  // namespace check_support
