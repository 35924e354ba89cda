#include "repository/list_paths.h"

#include "base/encoding.h"
#include "text/text.h"

namespace vtlt::repository {

const std::string& PathsOfList::known(const std::string& path) const {
  const auto found = found_.find(path);
  return found == found_.end() ? path : found->second.path;
}

const std::vector<std::string>& PathsOfList::names_in(const std::string& folder) {
  const auto [names, fresh] = folders_.try_emplace(folder);
  if (!fresh) return names->second;
  const Path path = source(folder.empty() ? "." : folder);
  const auto there = files_.stat(path);
  if (there && there->kind == FileKind::directory)
    for (const auto& entry : files_.list(path))
      names->second.push_back(entry.name);
  return names->second;
}

PathOnDisk PathsOfList::find(const std::string& path) {
  using How = PathOnDisk::How;
  PathOnDisk found{How::absent, path, {}, false};
  if (path.find('\0') != std::string::npos) return found;
  auto stat = files_.stat(source(path));
  if (!stat) {
    if (const auto known = found_.find(path); known != found_.end()) {
      found = known->second;
      found.again = true;
      return found;
    }
    std::string real;
    bool other_case = false;
    for (const Path& part : Path(path)) {
      const std::string wanted = part.string();
      const std::string folder = real;
      const auto join = [&](const std::string& name) { return folder.empty() ? name : folder + "/" + name; };
      if (files_.stat(source(join(wanted)))) {
        real = join(wanted);
        continue;
      }
      std::vector<std::string> same, alike;
      for (const std::string& name : names_in(folder)) {
        if (!is_utf8(name)) continue;
        if (text::nfc(name) == text::nfc(wanted))
          same.push_back(name);
        else if (text::fold_case(name) == text::fold_case(wanted))
          alike.push_back(name);
      }
      const auto& candidates = same.empty() ? alike : same;
      if (candidates.empty()) return found;
      if (candidates.size() > 1) {
        found.how = How::several;
        found.others = candidates[0] + ", " + candidates[1];
        return found;
      }
      other_case = other_case || same.empty();
      real = join(candidates.front());
    }
    stat = files_.stat(source(real));
    if (!stat || stat->kind != FileKind::file) {
      if (stat && stat->kind == FileKind::directory) found.how = How::folder;
      return found;
    }
    found.how = other_case ? How::letter_case : How::form;
    found.path = real;
    found_.emplace(path, found);
    return found;
  }
  found.how = stat->kind == FileKind::file        ? How::same
              : stat->kind == FileKind::directory ? How::folder
                                                  : How::absent;
  return found;
}

}  // namespace vtlt::repository
