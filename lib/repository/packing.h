// Packages from a repository: planned by an event, so that times and UUIDs are the same for the same state.
#pragma once
#include "package/package.h"
#include "repository/repository.h"

namespace vtlt::repository {

struct PackRequest {
  records::Id file;
  package::Kind kind = package::Kind::sip;
  package::Spec spec = package::Spec::tt05;
  std::string registration;     // mã đăng ký yêu cầu thu nộp
  Path directory;               // -o
  bool zip = false;
  bool zip_digest = true;       // see package::Plan
  bool dry_run = false;
};
struct PackResult {
  package::Written written;
  journal::PackagePlanned plan;
  bool again = false;           // an earlier plan of the same state was used
  std::uint64_t documents = 0, components = 0;
  std::string article;          // which clause of TT05 Đ17 chose the kind
  std::vector<Finding> findings;
};
// Throws exit 3: VTLT-P15 file not closed, VTLT-P15 document without content (electronic), VTLT-P12 secret.
PackResult pack(Repository& repository, const PackRequest& request);
// Repeats the package of an earlier plan ("goi-2026-007") or throws exit 3 VTLT-PACKAGE-02 saying why not.
PackResult pack_again(Repository& repository, const std::string& name, const Path& directory, bool zip, bool zip_digest = true);

}  // namespace vtlt::repository
