// What kind of file system a path stands on, as far as it limits what can be written there.
#pragma once
#include <cstdint>
#include <string>

#include "base/files.h"

namespace vtlt {

inline constexpr std::uint64_t fat_file_limit =
    (std::uint64_t{1} << 32) - 1;  // bytes: FAT holds no larger file

// "fat", "exfat", "ntfs", "" for any other; "" too when path cannot be asked.
std::string file_system_of(const Path& path);

}  // namespace vtlt
