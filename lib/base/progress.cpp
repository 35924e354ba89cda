#include "base/progress.h"

#include <signal.h>
#include <unistd.h>

#include "base/error.h"

namespace vtlt {
namespace {

std::atomic<bool> stop{false};
static_assert(std::atomic<bool>::is_always_lock_free);

void on_signal(int number) {
  // A second Ctrl-C means it: the program ends at once; what was not committed is cleared at the next start.
  if (stop.exchange(true)) {
    ::signal(number, SIG_DFL);
    ::raise(number);
  }
}

class Nothing final : public Progress {
 public:
  void start(const Message&, std::uint64_t, std::uint64_t) override {}
  void advance(std::uint64_t, std::uint64_t) override {}
  void finish() override {}
};

}  // namespace

Progress& no_progress() {
  static Nothing nothing;
  return nothing;
}

void install_interrupt_handler() {
  struct sigaction action {};
  action.sa_handler = on_signal;
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  sigaction(SIGHUP, &action, nullptr);
  ::signal(SIGPIPE, SIG_IGN);
}

bool interrupted() { return stop.load(std::memory_order_relaxed); }

void check_interrupted() {
  if (interrupted()) throw Error(Exit::interrupted, "VTLT-STOPPED", Message("base.interrupted"));
}

}  // namespace vtlt
