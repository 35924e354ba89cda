// What harms a helper harms nobody else.
#include "base/apart.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include <cerrno>
#include <cstdlib>
#include <stdexcept>

using vtlt::Apart;

namespace {

int endless(int depth) {
  volatile char room[1000] = {};
  return depth < 0 ? 0 : endless(depth + 1) + room[0];
}

std::string work(std::string_view bytes) {
  if (bytes == "abort") std::abort();
  if (bytes == "throw") throw std::runtime_error("");
  if (bytes == "leave") ::_exit(0);
  if (bytes == "recurse") return std::to_string(endless(0));
  while (bytes == "loop")
    ::sched_yield();
  if (bytes == "memory") return std::string(std::size_t{1} << 30, 'a');
  if (bytes == "who") return std::to_string(::getpid());
  if (bytes == "files") return ::write(1, "x", 1) == 1 && ::fcntl(4, F_GETFD) < 0 ? "none" : "some";
  return std::to_string(bytes.size());
}

}  // namespace

TEST_CASE("a helper answers, and another takes its place when it is lost", "[base][hostile]") {
  Apart apart(work, {.bytes = 3u << 20, .memory = 64u << 20, .time = std::chrono::milliseconds(200)});
  CHECK(apart.ask("chữ") == "5");
  CHECK(apart.ask("") == "0");
  const auto first = apart.ask("who");
  CHECK(first != std::to_string(::getpid()));
  CHECK(apart.ask(std::string(3u << 20, 'a')) == std::to_string(3u << 20));
  CHECK(apart.ask("files") == "none");
  CHECK(apart.ask("who") == first);
  for (const char* harm : {"abort", "throw", "leave", "loop", "memory", "recurse"}) {
    INFO(harm);
    CHECK(apart.ask(harm) == std::nullopt);
    CHECK(apart.ask("chữ") == "5");
  }
  CHECK(apart.ask("who") != first);
}

TEST_CASE("no helper is left behind", "[base]") {
  {
    Apart one(work, {.bytes = 100, .memory = 64u << 20}), other(work, {.bytes = 100, .memory = 64u << 20});
    CHECK(one.ask("a") == "1");
    CHECK(other.ask("ab") == "2");
    CHECK(one.ask("leave") == std::nullopt);
  }
  errno = 0;
  CHECK(::waitpid(-1, nullptr, WNOHANG) == -1);
  CHECK(errno == ECHILD);
}
