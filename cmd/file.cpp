// vtlt file: hồ sơ, from opening to closing.
#include <CLI/CLI.hpp>

#include "commands.h"

namespace vtlt::cmd {

void add_file(CLI::App& parent, Context& context, Chosen& chosen) {
  Command command(parent, context, chosen, "file", Message("command.file"), Statuses::writing);
  CLI::App& app = command.app();
  app.require_subcommand(0, 1);
  add_file_open(app, context, chosen);
  add_file_add(app, context, chosen);
  add_file_remove(app, context, chosen);
  add_file_close(app, context, chosen);
  add_file_list(app, context, chosen);
}

}  // namespace vtlt::cmd
