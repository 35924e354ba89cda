// A package against what its receiver wants (vtlt-profile(5)).
#pragma once
#include <string>

#include "package/check_documents.h"
#include "package/check_mets.h"
#include "package/profile.h"

namespace vtlt::package {

class ProfileCheck {
 public:
  ProfileCheck(const Profile& profile, Report& report) : profile_(profile), report_(report) {}

  // Of any package: name, spec, sizes, what its media can hold.
  void names(const Path& path, const PackageSource& source);
  void spec(const std::string& spec);
  // Of what is no package of TT05: the kinds are the circular's, and what it does not say is told as not
  // judged.
  void foreign(const std::string& spec, const EntryTable& entries);
  void entries(const EntryTable& entries, const std::string& root);

  void kind(const PackageSort& sort);
  void registration(const MetsFacts& root);
  // From several threads.
  void record(EadForm form, const EadRecord& record, const std::string& path);
  void digest(const std::string& list, long line, const std::string& type);
  void format(const std::string& path, const std::string& mime);  // mime: of METS, may be empty
  // known: false: the metadata of the PDF were not held.
  void pdfa(const std::string& path, const std::string& claim, bool known);
  void resolution(const std::string& path, std::uint32_t dpi);

  const Profile& profile() const { return profile_; }

 private:
  void fault(const char* code, const Report::Place& place, Message what, Message hint = say_hint(),
             Level level = Level::error);
  static Message say_hint();
  void manifests(const EntryTable& entries);
  const Profile& profile_;
  Report& report_;
};

}  // namespace vtlt::package
