// vtlt fonds: the fonds (phông) of a repository.
#include "commands.h"
#include "output.h"
#include "scheme_text.h"
#include "text/text.h"
#include "views.h"

namespace vtlt::cmd {
namespace {

struct OpenOptions {
  std::string from;
};

int run_open(Context& context, const OpenOptions& o) {
  need("--from", o.from);
  if (!context.files().stat(o.from))
    throw Error(Exit::usage, "VTLT-USE-05", Message("cmd.no_file", {{"path", text::printable(o.from)}}),
                Message("cmd.fonds.from.hint"));
  const std::string text = read_whole(context.files(), o.from, 4u << 20);
  std::vector<Finding> findings;
  auto holidays = holidays_beside(context, o.from, scheme::load({o.from, text}), findings);
  const auto fonds = repository::open_fonds(context.write(), text, o.from, std::move(holidays));
  Report report;
  report.say(Message("cmd.fonds.done", {{"code", fonds.code}, {"name", fonds.name}}));
  report.say(Message("cmd.fonds.name_it", {{"code", fonds.code}}));
  report.found(findings);
  report.result(journal::encode(fonds));
  report.show(context);
  return 0;
}

}  // namespace

void add_fonds(CLI::App& parent, Context& context, Chosen& chosen) {
  Command command(parent, context, chosen, "fonds", Message("command.fonds"), Statuses::writing);
  CLI::App& app = command.app();
  command.group();
  Command list(app, context, chosen, "list", Message("command.fonds.list"), Statuses::looking);
  list.run([&context] {
    Report report;
    list_fonds(context, report, context.look(report));
    return 0;
  });
  Command open(app, context, chosen, "open", Message("command.fonds.open"), Statuses::writing);
  auto o = std::make_shared<OpenOptions>();
  open.value("--from", o->from, Message("option.fonds.from"), Message("value.path"));
  open.example("vtlt fonds open --from khung-dien-hai.yaml");
  open.run([&context, o] { return run_open(context, *o); });
}

}  // namespace vtlt::cmd
