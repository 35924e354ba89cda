// vtlt scheme: schemes (khung phân loại) as files, and the one in use.
#include "commands.h"

namespace vtlt::cmd {

void add_scheme(CLI::App& parent, Context& context, Chosen& chosen) {
  Command command(parent, context, chosen, "scheme", Message("command.scheme"), Statuses::writing);
  CLI::App& app = command.app();
  command.group();
  add_scheme_write(app, context, chosen);
  add_scheme_check(app, context, chosen);
  add_scheme_use(app, context, chosen);
}

}  // namespace vtlt::cmd
