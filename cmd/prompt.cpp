#include "prompt.h"

#include <poll.h>
#include <unistd.h>

#include <iostream>

#include "base/encoding.h"
#include "text/text.h"

namespace vtlt::cmd {
namespace {

std::string answer(const std::string& question) {
  std::cerr << question << std::flush;
  // A Ctrl-C between the question and the reading would be waited over.
  pollfd terminal{STDIN_FILENO, POLLIN, 0};
  while (::poll(&terminal, 1, 100) <= 0)
    check_interrupted();
  std::string line;
  if (!std::getline(std::cin, line)) {
    check_interrupted();
    throw Error(Exit::interrupted, "VTLT-STOPPED", Message("base.interrupted"));
  }
  if (!is_utf8(line)) return {};
  const auto first = line.find_first_not_of(" \t\r");
  if (first == std::string::npos) return {};
  return text::nfc(line.substr(first, line.find_last_not_of(" \t\r") - first + 1));
}

}  // namespace

std::string ask(const Context& context, const Message& question, const std::string& flag,
                const std::string& otherwise, bool needed) {
  if (!context.may_ask()) {
    if (needed && otherwise.empty())
      throw Error(Exit::usage, "VTLT-USE-02", Message("cmd.use.cannot_ask", {{"flag", flag}}));
    return otherwise;
  }
  for (;;) {
    std::string said =
        answer(context.text(question) + (otherwise.empty() ? "" : " [" + otherwise + "]") + ": ");
    if (said.empty()) said = otherwise;
    if (!said.empty() || !needed) return said;
  }
}

bool ask_yes(const Context& context, const Message& question, bool otherwise) {
  if (!context.may_ask()) return otherwise;
  const std::string yes = context.text(Message("cmd.yes")), no = context.text(Message("cmd.no"));
  for (;;) {
    const std::string said =
        text::fold(answer(context.text(question) + " [" + (otherwise ? yes : no) + "]: "));
    if (said.empty()) return otherwise;
    if (said == "co" || said == "c" || said == "yes" || said == "y") return true;
    if (said == "khong" || said == "k" || said == "no" || said == "n") return false;
  }
}

}  // namespace vtlt::cmd
