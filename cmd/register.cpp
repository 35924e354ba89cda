// vtlt register: the books of incoming, outgoing and internal documents.
#include <CLI/CLI.hpp>

#include "commands.h"

namespace vtlt::cmd {

void add_register(CLI::App& parent, Context& context, Chosen& chosen) {
  Command command(parent, context, chosen, "register", Message("command.register"), Statuses::writing);
  CLI::App& app = command.app();
  app.require_subcommand(0, 1);
  add_register_write(app, context, chosen);
  add_register_attach(app, context, chosen);
  add_register_import(app, context, chosen);
  add_register_list(app, context, chosen);
}

}  // namespace vtlt::cmd
