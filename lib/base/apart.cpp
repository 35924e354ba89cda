#include "base/apart.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>

#include "base/error.h"
#include "base/progress.h"

namespace vtlt {
namespace {

constexpr std::size_t kept_bytes = 1u << 20;  // of the area, between two calls
constexpr std::chrono::milliseconds time_for_mib{250};

[[noreturn]] void no_helper() {
  throw Error(Exit::no_verdict, "VTLT-APART-01",
              Message("base.apart", {{"reason", std::string(std::strerror(errno))}}));
}

std::size_t address_space() {
  unsigned long pages = 0;
  if (std::FILE* file = std::fopen("/proc/self/statm", "re")) {
    if (std::fscanf(file, "%lu", &pages) != 1) pages = 0;
    std::fclose(file);
  }
  return pages * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

void limit(int what, rlim_t most) {
  rlimit now{};
  if (::getrlimit(static_cast<__rlimit_resource_t>(what), &now) != 0) return;
  now.rlim_cur = std::min(most, now.rlim_max);
  now.rlim_max = now.rlim_cur;
  ::setrlimit(static_cast<__rlimit_resource_t>(what), &now);
}

}  // namespace

Apart::~Apart() {
  end();
  if (area_ != nullptr) ::munmap(area_, limits_.bytes);
}

void Apart::start() {
  if (area_ == nullptr) {
    void* area = ::mmap(nullptr, limits_.bytes, PROT_READ | PROT_WRITE,
                        MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (area == MAP_FAILED) no_helper();
    area_ = static_cast<char*>(area);
  }
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) != 0) no_helper();
  const std::size_t before = address_space();
  const pid_t helper = ::fork();
  if (helper == 0) {
    if (before != 0) limit(RLIMIT_AS, before + limits_.memory);
    serve(ends[1]);
  }
  const int fault = errno;
  ::close(ends[1]);
  if (helper < 0) {
    ::close(ends[0]);
    errno = fault;
    no_helper();
  }
  helper_ = helper;
  line_ = ends[0];
}

// The other threads are not here, and what they held stays held: memory is the C library's care, the rest is
// left alone. An exception that came out would run on in our caller's code a second time.
void Apart::serve(int line) const noexcept {
  // Ctrl-C is for the one who asks: when he goes, the line ends.
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE})
    ::signal(signal, SIG_IGN);
  for (const int signal : {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL})
    ::signal(signal, SIG_DFL);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  limit(RLIMIT_CORE, 0);
  const int nothing = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  line = ::fcntl(line, F_DUPFD_CLOEXEC, std::max(4, nothing + 1));
  for (int file = 0; file < 3; ++file) {
    ::close(file == nothing ? -1 : file);
    if (nothing >= 0) ::dup2(nothing, file);
  }
  if (line < 0 || ::dup2(line, 3) != 3 || ::close_range(4, ~0u, 0) != 0) ::_exit(1);
  std::size_t size = 0;
  while (::recv(3, &size, sizeof size, 0) == sizeof size) {
    const std::string answer = work_({area_, size});
    if (::send(3, answer.data(), std::min(answer.size(), longest_answer), MSG_NOSIGNAL) < 0) break;
  }
  ::_exit(0);
}

void Apart::end() {
  if (helper_ < 0) return;
  ::kill(helper_, SIGKILL);
  while (::waitpid(helper_, nullptr, 0) < 0 && errno == EINTR) {
  }
  ::close(line_);
  helper_ = -1;
  line_ = -1;
}

std::optional<std::string> Apart::wait(std::size_t size) {
  const auto until = std::chrono::steady_clock::now() + limits_.time + time_for_mib * (size >> 20);
  pollfd waiting{line_, POLLIN, 0};
  while (::poll(&waiting, 1, 100) <= 0) {
    check_interrupted();
    if (std::chrono::steady_clock::now() > until) return std::nullopt;
  }
  std::string answer(longest_answer, '\0');
  const ssize_t got = ::recv(line_, answer.data(), answer.size(), 0);
  if (got <= 0) return std::nullopt;
  answer.resize(static_cast<std::size_t>(got));
  return answer;
}

std::optional<std::string> Apart::ask(std::string_view bytes) {
  VTLT_ASSERT(bytes.size() <= limits_.bytes);
  if (helper_ < 0) start();
  struct Ending {
    Apart& apart;
    bool lost = true;
    ~Ending() {
      if (lost) apart.end();
    }
  } ending{*this};
  std::copy(bytes.begin(), bytes.end(), area_);
  const std::size_t size = bytes.size();
  if (::send(line_, &size, sizeof size, MSG_NOSIGNAL) != sizeof size) return std::nullopt;
  auto answer = wait(size);
  ending.lost = !answer;
  if (size > kept_bytes) ::madvise(area_ + kept_bytes, limits_.bytes - kept_bytes, MADV_REMOVE);
  return answer;
}

}  // namespace vtlt
