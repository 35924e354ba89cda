// Boxes and shelves in words.
#pragma once
#include <cstdint>
#include <string>

#include "context.h"
#include "output.h"

namespace vtlt::cmd {

// A box and the files in it (at most 20 in the text, all in JSON).
void show_box(Context& context, Report& report, Details& details, repository::Repository& repository,
              const records::Id& id);

// Centimetres of shelf as people count them: "9,6"; English "9.6". "" for none.
std::string metres_text(const Context& context, std::int64_t centimetres);
// "1,5" or "1.5" → centimetres; exit 2 for anything else.
std::int64_t centimetres_of(const std::string& flag, const std::string& value);

}  // namespace vtlt::cmd
