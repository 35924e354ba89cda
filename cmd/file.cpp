// vtlt file: hồ sơ, from opening to closing.
#include "commands.h"
#include "file_arrange.h"

namespace vtlt::cmd {

void add_file(CLI::App& parent, Context& context, Chosen& chosen) {
  Command command(parent, context, chosen, "file", Message("command.file"), Statuses::writing);
  CLI::App& app = command.app();
  command.group();
  add_file_plan(app, context, chosen);
  add_file_open(app, context, chosen);
  add_file_add(app, context, chosen);
  add_file_remove(app, context, chosen);
  add_file_amend(app, context, chosen);
  add_file_suggest(app, context, chosen);
  add_file_close(app, context, chosen);
  add_file_reopen(app, context, chosen);
  add_file_submit(app, context, chosen);
  add_file_take(app, context, chosen);
  add_file_return(app, context, chosen);
  add_file_list(app, context, chosen);
  add_file_arrange(app, context, chosen);
  add_file_box(app, context, chosen);
}

}  // namespace vtlt::cmd
