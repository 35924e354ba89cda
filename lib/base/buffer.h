// Memory to read files into. What malloc gives for much of it begins 16 bytes behind the beginning of a page,
// and copying pages of a file there takes more than three times as long as to any other place [m: AMD EPYC,
// Linux 6.18].
#pragma once
#include <cstddef>
#include <new>
#include <vector>

namespace vtlt {

// Begins at a page.
template <typename T>
struct PageAllocator {
  using value_type = T;
  static constexpr std::align_val_t page{4096};
  PageAllocator() = default;
  template <typename U>
  PageAllocator(const PageAllocator<U>&) {}  // NOLINT: implicit, as allocators are
  T* allocate(std::size_t count) { return static_cast<T*>(::operator new(count * sizeof(T), page)); }
  void deallocate(T* memory, std::size_t) { ::operator delete(memory, page); }
  template <typename U>
  bool operator==(const PageAllocator<U>&) const {
    return true;
  }
};
using Buffer = std::vector<std::byte, PageAllocator<std::byte>>;

}  // namespace vtlt
