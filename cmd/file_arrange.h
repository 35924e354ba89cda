// The commands that arrange a backlog, and boxes.
#pragma once
#include "commands.h"

namespace vtlt::cmd {

void add_file_arrange(CLI::App& parent, Context& context, Chosen& chosen);
void add_file_arrange_order(CLI::App& parent, Context& context, Chosen& chosen);
void add_file_arrange_number(CLI::App& parent, Context& context, Chosen& chosen);
void add_file_arrange_reject(CLI::App& parent, Context& context, Chosen& chosen);
void add_file_box(CLI::App& parent, Context& context, Chosen& chosen);

// file list --similar
int list_similar(Context& context, bool exit_code);

}  // namespace vtlt::cmd
