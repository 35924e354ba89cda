// Any text as a scheme; what loads is checked, compiled and read back the same.
#include <cstdlib>

#include "fuzz/expected.h"
#include "scheme/scheme.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return fuzz::expect([&] {
    const auto scheme =
        vtlt::scheme::load({"fuzz.yaml", std::string(reinterpret_cast<const char*>(data), size)});
    vtlt::scheme::check(scheme);
    if (!(vtlt::scheme::from_compiled(vtlt::scheme::to_compiled(scheme)) == scheme)) std::abort();
  });
}
