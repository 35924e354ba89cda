// Packages from a repository: planned by an event, so that times and UUIDs are the same for the same state.
#pragma once
#include "package/package.h"
#include "repository/repository.h"
#include "scheme/use_request.h"

namespace vtlt::repository {

// Who gets what, by whose leave (TT05 Đ32-42). The hand-out is written into the book of uses with the package.
struct DipUse {
  scheme::UseRequestFile request;
  package::CopyLevel copy = package::CopyLevel::reading;
  std::string basis;  // the paper that allows it; needed for conditional records
};

struct PackRequest {
  std::optional<records::Id> file;      // a whole file (…_hoso), else:
  std::vector<Target> targets;          // loose documents (…_tailieu); of a DIP documents and files
  std::optional<package::Kind> kind;    // nothing: as TT05 Đ17 and Đ8k3 have it
  bool same_system = false;             // the receiver works in the same system (Đ17)
  package::Spec spec = package::Spec::tt05;
  std::string registration;             // mã đăng ký yêu cầu thu nộp
  int round = 1;                        // lần giao nộp of loose documents: part of their code
  int ordinal = 0;                      // in the submission: begins the name of a ZIP (PL III); 0: none
  bool linked = false;                  // what another package of the fonds holds is linked (.fetch.txt, D21)
  std::optional<Path> schemas;          // see package::Plan
  std::optional<DipUse> use;            // of a DIP
  Path directory;                       // -o
  bool zip = false;
  bool zip_digest = true;               // see package::Plan
  bool dry_run = false;
  // Of a new package, when it is whole and not yet written down: what it throws leaves nothing behind.
  std::function<void(const Path&)> approve;
};
// The article that says which kind of package it is, and the answers it went by; why without a key: nothing was asked.
struct ChosenKind {
  std::string article;
  Message why;
};
struct PackResult {
  package::Written written;
  journal::PackagePlanned plan;
  std::string sort;             // "SIP_hoso", "DIP" …
  std::string what;             // of what: a file's name, "3 văn bản" is the caller's
  bool again = false;           // an earlier plan of the same state was used
  std::uint64_t documents = 0, components = 0, links = 0;
  ChosenKind chosen;
  std::vector<Finding> findings;
};
// Throws exit 3: VTLT-PACKAGE-02 destroyed, -03 file not closed, -04 no organ code, -05 a document without content,
// -09 loose documents without any date, VTLT-P12 secret, VTLT-D16 a digitised SIP, D21 …, VTLT-ACCESS-02, -03 not to be
// used so, VTLT-DIP-01 a reading copy for longer than 15 days; exit 2 VTLT-PACKAGE-06 a spec that is not written, -07
// documents that do not go together, -10 a DIP without a request.
PackResult pack(Repository& repository, const PackRequest& request);
// Repeats the package of an earlier plan ("goi-2026-007") or throws exit 3 VTLT-PACKAGE-02 saying why not.
PackResult pack_again(Repository& repository, const std::string& name, const Path& directory, bool zip,
                      bool zip_digest = true, const std::optional<Path>& schemas = {});

}  // namespace vtlt::repository
