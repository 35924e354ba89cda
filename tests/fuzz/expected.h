// A refusal is right for any input; an Error that stands for a mistake in vtlt is what a fuzzer looks for.
#pragma once
#include <cstdlib>

#include "base/error.h"

namespace fuzz {

template <typename Call>
int expect(const Call& call) {
  try {
    call();
  } catch (const vtlt::Error& error) {
    if (error.exit() == vtlt::Exit::bug) std::abort();
  }
  return 0;
}

}  // namespace fuzz
