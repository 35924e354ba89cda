// Two threads at one work: one makes things, the other takes them, in order and with few of them waiting.
#pragma once
#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <system_error>
#include <thread>

namespace vtlt {

// A bounded queue between two threads.
template <typename Item>
class Conveyor {
 public:
  explicit Conveyor(std::size_t most = 4) : most_(most) {}

  // Waits while it is full. False: nobody takes any more.
  bool put(Item&& item) {
    std::unique_lock hold(guard_);
    changed_.wait(hold, [&] { return items_.size() < most_ || stopped_; });
    if (stopped_) return false;
    items_.push_back(std::move(item));
    changed_.notify_all();
    return true;
  }
  // Waits while it is empty. False: there is nothing more to come.
  bool take(Item& item) {
    std::unique_lock hold(guard_);
    changed_.wait(hold, [&] { return !items_.empty() || closed_ || stopped_; });
    if (stopped_ || items_.empty()) return false;
    item = std::move(items_.front());
    items_.pop_front();
    changed_.notify_all();
    return true;
  }
  void close() { mark(closed_); }  // all has been put
  void stop() { mark(stopped_); }  // nothing more is taken

 private:
  void mark(bool& flag) {
    const std::lock_guard hold(guard_);
    flag = true;
    changed_.notify_all();
  }
  std::mutex guard_;
  std::condition_variable changed_;
  std::deque<Item> items_;
  const std::size_t most_;
  bool closed_ = false, stopped_ = false;
};

// Runs make(put) in a thread of its own and take(item) here. What either throws is rethrown here, when both have
// stopped; what was put before make threw is taken first.
template <typename Item>
void convey(const std::function<void(const std::function<void(Item&&)>&)>& make, const std::function<void(Item&&)>& take) {
  struct Stopped {};
  Conveyor<Item> conveyor;
  std::exception_ptr failure;
  std::jthread maker;
  try {
    maker = std::jthread([&] {
      try {
        make([&](Item&& item) {
          if (!conveyor.put(std::move(item))) throw Stopped{};
        });
      } catch (const Stopped&) {
      } catch (...) {
        failure = std::current_exception();
      }
      conveyor.close();
    });
  } catch (const std::system_error&) {  // no more threads to be had: one does both
    make([&](Item&& item) { take(std::move(item)); });
    return;
  }
  try {
    Item item;
    while (conveyor.take(item)) take(std::move(item));
  } catch (...) {
    conveyor.stop();
    throw;
  }
  maker.join();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace vtlt
