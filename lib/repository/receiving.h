// Packages of TT05 taken into a repository: a hồ sơ of a SIP or AIP enters at "archived", with every value as
// the sender wrote it. Each function is one transaction.
#pragma once
#include "package/unpack.h"
#include "repository/repository.h"

namespace vtlt::repository {

struct ReceivePackageRequest {
  Path path;          // folder, ZIP or TAR
  std::string fonds;  // code; "": the one whose organ code begins the file code
  bool dry_run = false;
};
struct ReceivePackageResult {
  std::string format, objid;        // "SIP_hoso (TT 05/2025 PL III)"
  std::optional<records::Id> file;  // none of loose documents
  std::string name;
  std::uint64_t documents = 0, components = 0, bytes = 0, linked = 0;
  std::vector<Finding> findings;
  bool passed = false;  // false: the check found errors, and nothing was taken
};
// Throws exit 3: VTLT-UNPACK-01 no SIP or AIP, D28 a file of this code is held already, VTLT-RECEIVE-01 no
// fonds of this code; exit 4 VTLT-OBJECT-02 what was read the second time was not what was checked.
ReceivePackageResult receive_package(Repository& repository, const ReceivePackageRequest& request);

}  // namespace vtlt::repository
