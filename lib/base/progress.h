// Long work reports here; cmd shows it (a line with rate and time left on a terminal, nothing with --quiet).
// Ctrl-C: interrupted() turns true; long loops call check_interrupted(), which throws Exit::interrupted, so
// that destructors take away what was staged.
#pragma once
#include <atomic>
#include <cstdint>

#include "base/message.h"

namespace vtlt {

class Progress {
 public:
  virtual ~Progress() = default;
  virtual void start(const Message& what, std::uint64_t total_items, std::uint64_t total_bytes) = 0;
  virtual void advance(std::uint64_t items, std::uint64_t bytes) = 0;  // from any thread
  virtual void finish() = 0;
};

Progress& no_progress();
void install_interrupt_handler();
bool interrupted();
void check_interrupted();

}  // namespace vtlt
