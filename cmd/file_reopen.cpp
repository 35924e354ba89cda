// vtlt file reopen: a closed file goes on.
#include "commands.h"
#include "output.h"
#include "repository/planning.h"
#include "text/text.h"
#include "views.h"

namespace vtlt::cmd {
namespace {

struct ReopenOptions {
  std::string file, reason, year;
  bool dry_run = false;
};

int run(Context& context, const ReopenOptions& o) {
  need(context.text(Message("place.file")), o.file);
  need("--reason", o.reason);
  auto& repository = context.write();
  const auto file = repository::resolve_file(repository, o.file, context.references(true, year_of("--year", o.year)));
  const auto row = repository::reopen_file(repository, file.file.id, text::nfc(o.reason), o.dry_run);
  Report report;
  const std::string name = name_of(row.file);
  const std::vector<std::pair<std::string, MessageArg>> args = {{"file", name}, {"title", row.file.title}};
  report.say(o.dry_run ? Message("cmd.file.reopen.would", args) : Message("cmd.file.reopen.done", args));
  if (o.dry_run) report.say(Message("cmd.nothing_written"));
  if (!o.dry_run) report.next(in_fonds(context, "vtlt file close " + name + " --ended …"), Message("cmd.file.reopen.next"));
  report.result(Object().yes("written", !o.dry_run).raw("file", json_of(row)).text());
  report.show(context);
  return 0;
}

}  // namespace

void add_file_reopen(CLI::App& parent, Context& context, Chosen& chosen) {
  Command command(parent, context, chosen, "reopen", Message("command.file.reopen"), Statuses::writing);
  auto o = std::make_shared<ReopenOptions>();
  command.place("file", o->file, Message("place.file"));
  command.reason(o->reason);
  command.year(o->year);
  command.dry_run(o->dry_run);
  command.example("vtlt file reopen 2026.04.VP --reason \"bổ sung báo cáo năm\"");
  command.run([&context, o] { return run(context, *o); });
}

}  // namespace vtlt::cmd
