// Parts of vtlt show.
#pragma once
#include <string>

#include "context.h"

namespace vtlt::cmd {

class Report;
std::string access_name(const Context& context, const std::string& access);  // "" stays ""
void show_file(Context& context, Report& report, repository::Repository& repository,
               const catalogue::FileRow& row);

}  // namespace vtlt::cmd
