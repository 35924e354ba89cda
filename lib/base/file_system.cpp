#include "base/file_system.h"

#include <sys/vfs.h>

namespace vtlt {

std::string file_system_of(const Path& path) {
  struct statfs s {};
  if (::statfs(path.c_str(), &s) != 0) return {};
  switch (static_cast<std::uint32_t>(s.f_type)) {
    case 0x4D44:
      return "fat";
    case 0x2011BAB0:
      return "exfat";
    case 0x5346544E:
    case 0x7366746E:
      return "ntfs";
    default:
      return {};
  }
}

}  // namespace vtlt
