// All cores for hashing and copying; results are the same for any number of threads.
#pragma once
#include <cstddef>
#include <exception>
#include <functional>
#include <thread>

namespace vtlt {

// Calls work(i) once for every i < count, on up to hardware_threads() threads; the first exception thrown is
// rethrown here after all threads have stopped (no further items are begun).
void parallel_for(std::size_t count, const std::function<void(std::size_t)>& work);
unsigned hardware_threads();

// One work beside another: begun at once, or by finish() where no more threads are to be had.
class Aside {
 public:
  explicit Aside(std::function<void()> work);
  ~Aside() = default;  // waits for it
  Aside(const Aside&) = delete;
  Aside& operator=(const Aside&) = delete;
  void finish();  // waits; what it threw is rethrown

 private:
  std::function<void()> work_;
  std::exception_ptr thrown_;
  std::jthread thread_;  // last: joined before the rest goes
};

}  // namespace vtlt
