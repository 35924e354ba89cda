// All cores for hashing and copying; results are the same for any number of threads.
#pragma once
#include <cstddef>
#include <functional>

namespace vtlt {

// Calls work(i) once for every i < count, on up to hardware_threads() threads; the first exception thrown is
// rethrown here after all threads have stopped (no further items are begun).
void parallel_for(std::size_t count, const std::function<void(std::size_t)>& work);
unsigned hardware_threads();

}  // namespace vtlt
