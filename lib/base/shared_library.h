// A library that need not be installed: opened when something wants it, by its soname, and never closed.
#pragma once

namespace vtlt {

class SharedLibrary {
 public:
  explicit SharedLibrary(const char* soname);
  // Sets function to the library's of this name.
  template <typename Function>
  void take(Function*& function, const char* name) {
    function = reinterpret_cast<Function*>(address_of(name));
  }
  // The library is installed and has every function that was taken.
  bool complete() const { return complete_; }

 private:
  void* address_of(const char* name);
  void* handle_;
  bool complete_;
};

}  // namespace vtlt
