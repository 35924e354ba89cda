// One line on the terminal while long work runs: what, how far, how fast, how long still. Erased at the end.
#pragma once
#include <memory>

#include "base/progress.h"

namespace vtlt::cmd {

class Context;
std::unique_ptr<Progress> make_progress(const Context& context);

}  // namespace vtlt::cmd
