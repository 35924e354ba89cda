// Computer files that a list names, as its folder has them. Internal.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "base/files.h"

namespace vtlt::repository {

struct PathOnDisk {
  // form, letter_case: the disk writes it in another form of Unicode, in other capitals.
  enum class How { same, form, letter_case, absent, several, folder } how = How::absent;
  std::string path;    // as the disk has it; as the list has it where there is none
  std::string others;  // several: two of them
  bool again = false;  // form, letter_case: it was asked for before
  bool there() const { return how == How::same || how == How::form || how == How::letter_case; }
};

// Lists made on other systems name computer files in other letters: another case, another Unicode form.
class PathsOfList {
 public:
  PathsOfList(Files& files, Path folder) : files_(files), folder_(std::move(folder)) {}
  PathOnDisk find(const std::string& path);
  // What find() said, without looking.
  const std::string& known(const std::string& path) const;

 private:
  Path source(const std::string& path) const { return folder_ / path; }
  const std::vector<std::string>& names_in(const std::string& folder);

  Files& files_;
  Path folder_;
  std::map<std::string, PathOnDisk> found_;                  // where the disk has another one
  std::map<std::string, std::vector<std::string>> folders_;  // names in folders that were looked through
};

}  // namespace vtlt::repository
