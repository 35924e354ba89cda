// Preloaded into vtlt by on_terminal.py: large reads take their time, so that a progress line is drawn and Ctrl-C finds
// work to stop, on any machine.
#include <dlfcn.h>
#include <sys/types.h>
#include <unistd.h>

#include <cstddef>

extern "C" ssize_t pread64(int descriptor, void* buffer, std::size_t size, off64_t offset) {
  using Read = ssize_t (*)(int, void*, std::size_t, off64_t);
  static const Read read = reinterpret_cast<Read>(::dlsym(RTLD_NEXT, "pread64"));
  const ssize_t got = read(descriptor, buffer, size, offset);
  if (got >= 32768) ::usleep(30'000);
  return got;
}
