// Any text as a receiver's profile and as a list of accepted findings.
#include "package/profile.h"
#include "fuzz/expected.h"
#include "package/baseline.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  fuzz::expect([&] { vtlt::package::parse_baseline("fuzz.yaml", text); });
  return fuzz::expect([&] { vtlt::package::parse_profile("fuzz.yaml", text); });
}
