// Work on bytes that are made to harm their reader, in a process of its own. Libraries that were not written
// for such bytes may recurse without end or ask for all memory there is; here that ends the helper, not the
// run.
#pragma once
#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace vtlt {

// One helper, kept from one call to the next; for one thread. It holds no file and no lock of ours.
class Apart {
 public:
  // Nothing it needs may be opened or first made there. What it gives back is to be distrusted like the
  // bytes.
  using Work = std::string (*)(std::string_view bytes);
  struct Limits {
    std::size_t bytes = 0;                 // the most that one call is given
    std::size_t memory = 0;                // beyond what this process has
    std::chrono::milliseconds time{5000};  // and a quarter of a second more for each MiB
  };
  static constexpr std::size_t longest_answer = 4096;

  Apart(Work work, Limits limits) : work_(work), limits_(limits) {}
  ~Apart();
  Apart(const Apart&) = delete;
  Apart& operator=(const Apart&) = delete;

  // nullopt: it ended before it had an answer, or did not find one in that time.
  // Throws exit 4, VTLT-APART-01, where there can be no helper.
  std::optional<std::string> ask(std::string_view bytes);

 private:
  void start();
  void end();
  [[noreturn]] void serve(int line) const noexcept;
  std::optional<std::string> wait(std::size_t size);

  Work work_;
  Limits limits_;
  char* area_ = nullptr;  // shared with the helper
  pid_t helper_ = -1;
  int line_ = -1;
};

}  // namespace vtlt
