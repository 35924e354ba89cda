// vtlt file list: the files, by year and state.
#include "commands.h"
#include "file_arrange.h"
#include "output.h"
#include "text/text.h"
#include "views.h"

namespace vtlt::cmd {
namespace {

struct ListOptions {
  std::string year, state;
  bool exit_code = false, similar = false, rejected = false;
};

int run(Context& context, const ListOptions& o) {
  if (o.similar) return list_similar(context, o.exit_code);
  if (o.rejected) return list_rejected(context, o.exit_code);
  std::optional<records::FileState> state;
  if (!o.state.empty()) {
    state = records::parse_state(o.state);
    if (!state) wrong_value("--state", o.state, Message("cmd.expected.state"));
  }
  Report report;
  auto& repository = context.look(report);
  const FondsColumn fonds(context, repository);
  Table table(context, report, "files",
              fonds.with({{Message("column.file")},
                          {Message("column.title"), false, true},
                          {Message("column.term")},
                          {Message("column.documents"), true},
                          {Message("column.ended"), true},
                          {Message("column.state")}}));
  repository.catalogue().files(
      fonds.asked(), year_of("--year", o.year), state, [&](const catalogue::FileRow& row) {
        const auto& file = row.file;
        table.row(fonds.with(file.fonds, {name_of(file), file.title, records::term_text(file.term),
                                          std::to_string(row.documents),
                                          file.ended == 0 ? "" : std::to_string(file.ended),
                                          state_name(context, file.state)}),
                  [&] { return json_of(row); });
      });
  if (table.rows() == 0) {
    report.say(Message("cmd.file.list.none"));
    if (o.state.empty() && o.year.empty()) report.next("vtlt file open --class … --title …");
  }
  table.finish();
  return o.exit_code && table.rows() > 0 ? static_cast<int>(Exit::findings) : 0;
}

}  // namespace

void add_file_list(CLI::App& parent, Context& context, Chosen& chosen) {
  Command command(parent, context, chosen, "list", Message("command.file.list"), Statuses::looking);
  auto o = std::make_shared<ListOptions>();
  command.value("--state", o->state, Message("option.state"), Message("value.state"));
  command.year(o->year);
  command.flag("--similar", o->similar, Message("option.list.similar"));
  command.flag("--rejected", o->rejected, Message("option.list.rejected"));
  command.exit_code(o->exit_code);
  command.example("vtlt file list --year 2026 --state open");
  command.run([&context, o] { return run(context, *o); });
}

}  // namespace vtlt::cmd
