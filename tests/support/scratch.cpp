#include "support/scratch.h"

#include <stdlib.h>
#include <unistd.h>

#include <filesystem>
#include <system_error>

namespace vtlt::test {

Scratch::Scratch() {
  const char* wish = ::getenv("VTLT_TEST_TMP");
  std::string name = wish != nullptr ? wish
                     : ::access("/dev/shm", W_OK | X_OK) == 0
                         ? "/dev/shm"
                         : std::filesystem::temp_directory_path().string();
  name += "/vtlt-test-XXXXXX";
  if (::mkdtemp(name.data()) == nullptr) throw std::system_error(errno, std::generic_category(), name);
  path_ = name;
}

Scratch::~Scratch() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace vtlt::test
