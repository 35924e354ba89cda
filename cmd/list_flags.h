// The flags of commands that read a list: how it is written, and where it stands in its workbook.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "commands.h"
#include "exchange/table.h"

namespace vtlt::cmd {

struct ListFlags {
  std::string encoding, caps, sheet;
};
enum class Caps { told, unsaid };  // unsaid: the command has no --caps
void add_list_flags(Command& command, ListFlags& flags, Caps caps = Caps::told);
// Throws exit 2 for a value that is none.
exchange::TableOptions table_options(const ListFlags& flags);
// Those that were given: "--encoding" and its value.
std::vector<std::pair<const char*, std::string>> flags_given(const ListFlags& flags);

}  // namespace vtlt::cmd
