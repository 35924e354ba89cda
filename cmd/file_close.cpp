// vtlt file close: the work is done; what stands against it is said, and what follows from it.
#include "commands.h"
#include "output.h"
#include "text/text.h"
#include "views.h"

namespace vtlt::cmd {
namespace {

struct CloseOptions {
  std::string file, ended, term, reason, year;
  bool confirm_term = false, dry_run = false;
};

int run(Context& context, const CloseOptions& o) {
  need(context.text(Message("place.file")), o.file);
  repository::FileCloseRequest request;
  request.ended = year_of("--ended", o.ended);
  request.confirm_term = o.confirm_term;
  if (!o.term.empty()) {
    request.term = records::parse_term(o.term);
    if (!request.term) wrong_value("--term", o.term, Message("cmd.expected.term"));
    request.term_reason = text::nfc(need("--reason", o.reason));
  }
  request.dry_run = o.dry_run;
  auto& repository = context.write();
  request.file =
      repository::resolve_file(repository, o.file, context.references(true, year_of("--year", o.year)))
          .file.id;
  const auto result = repository::close_file(repository, request);

  const std::string name = name_of(result.file.file);
  const std::string term = records::term_text(result.term);
  Report report;
  std::string source = result.term_source;
  const std::string unconfirmed = context.text(Message("cmd.term.unconfirmed"));
  if (!result.term_confirmed && source.find(unconfirmed) == std::string::npos)
    source += (source.empty() ? "" : ", ") + unconfirmed;
  const std::vector<std::pair<std::string, MessageArg>> args = {{"file", name}};
  std::string first =
      context.text(o.dry_run ? Message("cmd.file.close.would", args) : Message("cmd.file.close.done", args)) +
      " " + context.text(Message("cmd.count.documents", {{"count", std::int64_t{result.documents}}}));
  if (result.pages > 0)
    first += ", " + context.text(Message("cmd.count.pages", {{"count", std::int64_t{result.pages}}}));
  if (!term.empty()) first += ", " + term + (source.empty() ? "" : " (" + source + ")");
  report.say_text(first + ".");
  const std::string ended = std::to_string(request.ended);
  report.say(Message("cmd.file.close.submit", {{"ended", ended}, {"by", text::to_dmy(result.submit_by)}}));
  if (result.due) report.say(Message("cmd.file.close.due", {{"due", text::to_dmy(*result.due)}}));
  if (o.dry_run) report.say(Message("cmd.nothing_written"));
  report.found(result.findings);
  if (!o.dry_run) report.next("vtlt package " + name + " --kind sip -o goi");
  report.result(Object()
                    .yes("written", !o.dry_run)
                    .raw("file", json_of(result.file))
                    .add("documents", result.documents)
                    .add("pages", result.pages)
                    .add("term", records::term_shorthand(result.term))
                    .add("term_source", result.term_source)
                    .yes("term_confirmed", result.term_confirmed)
                    .add("due", result.due ? text::to_iso(*result.due) : "")
                    .add("submit_by", text::to_iso(result.submit_by))
                    .text());
  report.show(context);
  return 0;
}

}  // namespace

void add_file_close(CLI::App& parent, Context& context, Chosen& chosen) {
  Command command(parent, context, chosen, "close", Message("command.file.close"), Statuses::writing);
  auto o = std::make_shared<CloseOptions>();
  command.place("file", o->file, Message("place.file"));
  command.value("--ended", o->ended, Message("option.ended"), Message("value.year"));
  command.flag("--confirm-term", o->confirm_term, Message("option.confirm_term"));
  command.value("--term", o->term, Message("option.close.term"), Message("value.term"));
  command.reason(o->reason);
  command.year(o->year);
  command.dry_run(o->dry_run);
  command.example("vtlt file close 2026.04.VP --ended 2026 --confirm-term");
  command.run([&context, o] { return run(context, *o); });
}

}  // namespace vtlt::cmd
