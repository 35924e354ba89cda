// What is said after one document was registered, or would be.
#pragma once
#include "context.h"
#include "repository/work.h"

namespace vtlt::cmd {

void show_registered(Context& context, const repository::RegisterRequest& request,
                     const repository::RegisterResult& result);

}  // namespace vtlt::cmd
