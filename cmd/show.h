// Parts of vtlt show.
#pragma once
#include <string>

#include "context.h"

namespace vtlt::cmd {

class Report;
// Who used it: lines, and the rows for JSON.
std::string tell_uses(Context& context, Report& report, catalogue::Catalogue& catalogue, const records::Id& thing);
std::string access_name(const Context& context, const std::string& access);  // "" stays ""
void show_file(Context& context, Report& report, repository::Repository& repository,
               const catalogue::FileRow& row);

}  // namespace vtlt::cmd
