// What `vtlt init --demo` puts into its new repository.
#pragma once
#include <string>

#include "context.h"

namespace vtlt::cmd {

// Where the invented office and its papers come from (tests/sample tells more of the same commune).
struct Demo {
  static constexpr const char* kName = "UBND xã Hải Mẫu";
  static constexpr const char* kOrgan = "H57.32.15";
  static constexpr const char* kFolder = "thu-vtlt";
};

struct DemoFilled {
  std::int64_t in = 0, out = 0, files = 0;
};

// Refused where the folder holds anything: what stands there is somebody's.
void need_empty_folder(Context& context, const Path& directory);
// Writes the two lists and their papers into the folder and takes them in, as a clerk would.
DemoFilled fill_demo(Context& context, const Path& directory);

}  // namespace vtlt::cmd
