#include "progress.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <mutex>

#include "context.h"
#include "text/text.h"

namespace vtlt::cmd {
namespace {

using Clock = std::chrono::steady_clock;

class Nothing final : public Progress {
 public:
  void start(const Message&, std::uint64_t, std::uint64_t) override {}
  void advance(std::uint64_t, std::uint64_t) override {}
  void finish() override {}
};

class Line final : public Progress {
 public:
  explicit Line(const Context& context) : context_(context) {}
  ~Line() override { erase(); }

  void start(const Message& what, std::uint64_t total_items, std::uint64_t total_bytes) override {
    const std::lock_guard guard(guard_);
    what_ = context_.text(what);
    total_items_ = total_items;
    total_bytes_ = total_bytes;
    items_ = bytes_ = 0;
    begun_ = shown_ = Clock::now();
  }

  void advance(std::uint64_t items, std::uint64_t bytes) override {
    items_ += items;
    bytes_ += bytes;
    const std::unique_lock guard(guard_, std::try_to_lock);
    if (!guard || what_.empty()) return;
    const auto at = Clock::now();
    // Short work shows nothing; long work a line five times a second.
    if (at - begun_ < std::chrono::milliseconds(400) || at - shown_ < std::chrono::milliseconds(200)) return;
    shown_ = at;
    draw(std::chrono::duration<double>(at - begun_).count());
  }

  void finish() override {
    const std::lock_guard guard(guard_);
    erase();
    what_.clear();
  }

 private:
  void draw(double seconds) {
    const std::uint64_t items = items_, bytes = bytes_;
    std::string line = "  " + context_.number(static_cast<std::int64_t>(items));
    if (total_items_ > 0) line += "/" + context_.number(static_cast<std::int64_t>(total_items_));
    if (bytes > 0)
      line += "  " + context_.bytes(static_cast<std::uint64_t>(static_cast<double>(bytes) / seconds)) + "/s";
    else
      line += "  " + context_.number(static_cast<std::int64_t>(static_cast<double>(items) / seconds)) + "/s";
    const double part = total_bytes_ > 0   ? static_cast<double>(bytes) / static_cast<double>(total_bytes_)
                        : total_items_ > 0 ? static_cast<double>(items) / static_cast<double>(total_items_)
                                           : 0;
    if (part > 0 && part <= 1) {
      const auto left = static_cast<std::int64_t>(seconds / part - seconds + 0.5);
      line += "  " +
              context_.text(Message("cmd.progress.left",
                                    {{"minutes", std::to_string(left / 60)},
                                     {"seconds", (left % 60 < 10 ? "0" : "") + std::to_string(left % 60)}}));
    }
    // Where there is little room, how fast and how long is worth more than the whole name.
    put("\r\033[K" + text::cut(what_, std::max(10, width() - text::display_width(line))) + line);
    drawn_ = true;
  }

  void erase() {
    if (drawn_) put("\r\033[K");
    drawn_ = false;
  }

  // A line that is folded could not be erased.
  static int width() {
    winsize size{};
    const bool known = ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1;
    return std::min(known ? size.ws_col - 1 : 78, 100);
  }

  static void put(const std::string& bytes) {
    if (::write(STDERR_FILENO, bytes.data(), bytes.size()) < 0) return;  // a line nobody sees is no failure
  }

  const Context& context_;
  std::mutex guard_;
  std::string what_;
  std::uint64_t total_items_ = 0, total_bytes_ = 0;
  std::atomic<std::uint64_t> items_{0}, bytes_{0};
  Clock::time_point begun_{}, shown_{};
  bool drawn_ = false;
};

}  // namespace

std::unique_ptr<Progress> make_progress(const Context& context) {
  if (context.globals.quiet || ::isatty(STDERR_FILENO) != 1 || environment("TERM") == "dumb")
    return std::make_unique<Nothing>();
  return std::make_unique<Line>(context);
}

}  // namespace vtlt::cmd
