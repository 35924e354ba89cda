// Questions on the terminal. Where nobody can be asked, the flag that answers is named instead (exit 2).
#pragma once
#include <string>

#include "base/message.h"
#include "context.h"

namespace vtlt::cmd {

// An answer in one line, ends trimmed; an empty one gives `otherwise`. Without a terminal: `otherwise`, or,
// when that is empty and an answer is needed, an Error that names the flag.
std::string ask(const Context& context, const Message& question, const std::string& flag,
                const std::string& otherwise, bool needed);
// As ask, until yes (có, c, yes, y) or no (không, k, no, n) is said.
bool ask_yes(const Context& context, const Message& question, bool otherwise);

}  // namespace vtlt::cmd
