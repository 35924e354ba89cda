// vtlt register: the books of incoming, outgoing and internal documents.
#include "commands.h"

namespace vtlt::cmd {

void add_register(CLI::App& parent, Context& context, Chosen& chosen) {
  Command command(parent, context, chosen, "register", Message("command.register"), Statuses::writing);
  CLI::App& app = command.app();
  command.group();
  add_register_write(app, context, chosen);
  add_register_copy(app, context, chosen);
  add_register_attach(app, context, chosen);
  add_register_import(app, context, chosen);
  add_register_correct(app, context, chosen);
  add_register_message(app, context, chosen);
  add_register_use(app, context, chosen);
  add_register_list(app, context, chosen);
}

}  // namespace vtlt::cmd
