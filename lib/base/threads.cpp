#include "base/threads.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <system_error>
#include <utility>
#include <vector>

namespace vtlt {

unsigned hardware_threads() {
  const unsigned count = std::thread::hardware_concurrency();
  return count == 0 ? 2 : count;
}

void parallel_for(std::size_t count, const std::function<void(std::size_t)>& work) {
  const std::size_t threads = std::min<std::size_t>(count, hardware_threads());
  if (threads <= 1) {
    for (std::size_t i = 0; i < count; ++i) work(i);
    return;
  }
  std::atomic<std::size_t> next{0};
  std::exception_ptr first;
  std::mutex guard;
  auto run = [&] {
    for (std::size_t i; (i = next.fetch_add(1)) < count;) {
      try {
        work(i);
      } catch (...) {
        next.store(count);
        const std::lock_guard hold(guard);
        if (!first) first = std::current_exception();
        return;
      }
    }
  };
  std::vector<std::jthread> helpers;
  try {
    for (std::size_t i = 1; i < threads; ++i) helpers.emplace_back(run);
  } catch (const std::system_error&) {  // no more threads to be had: those there are do the work
  }
  run();
  helpers.clear();
  if (first) std::rethrow_exception(first);
}

Aside::Aside(std::function<void()> work) : work_(std::move(work)) {
  try {
    thread_ = std::jthread([this] {
      try {
        work_();
      } catch (...) {
        thrown_ = std::current_exception();
      }
    });
  } catch (const std::system_error&) {
  }
}

void Aside::finish() {
  if (thread_.joinable())
    thread_.join();
  else if (work_)
    work_();
  work_ = nullptr;
  if (thrown_) std::rethrow_exception(std::exchange(thrown_, nullptr));
}

}  // namespace vtlt
