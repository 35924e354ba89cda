#include "base/shared_library.h"

#include <dlfcn.h>

namespace vtlt {

SharedLibrary::SharedLibrary(const char* soname)
    : handle_(::dlopen(soname, RTLD_NOW | RTLD_LOCAL)), complete_(handle_ != nullptr) {}

void* SharedLibrary::address_of(const char* name) {
  void* found = handle_ == nullptr ? nullptr : ::dlsym(handle_, name);
  complete_ = complete_ && found != nullptr;
  return found;
}

}  // namespace vtlt
