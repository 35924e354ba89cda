// vtlt fonds: the fonds (phông) of a repository: opened with a scheme, described, named over time, closed.
#include "commands.h"
#include "output.h"
#include "repository/fonds.h"
#include "scheme_text.h"
#include "text/text.h"
#include "views.h"

namespace vtlt::cmd {
namespace {

// ---- open ----

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

// ---- describe ----

struct DescribeOptions {
  std::string code, history, language, backup, note, opened;
  bool dry_run = false;
};

int run_describe(Context& context, const DescribeOptions& o) {
  repository::DescribeFondsRequest request;
  request.code = need(context.text(Message("place.fonds.code")), o.code);
  const auto given = [](const std::string& value) {
    return value.empty() ? std::nullopt : std::optional(value);
  };
  request.history = given(o.history);
  request.language = given(o.language);
  request.backup = given(o.backup);
  request.note = given(o.note);
  request.opened = date_of("--opened", o.opened);
  if (!request.history && !request.language && !request.backup && !request.note && request.opened.empty())
    missing("--history, --language, --backup, --note, --opened");
  request.dry_run = o.dry_run;
  const auto result = repository::describe_fonds(context.write(), request);
  Report report;
  report.say(Message(!result.changed ? "cmd.fonds.described.same"
                     : o.dry_run     ? "cmd.fonds.described.would"
                                     : "cmd.fonds.described",
                     {{"code", result.after.code}}));
  if (o.dry_run) report.say(Message("cmd.nothing_written"));
  report.result(Object().yes("written", result.changed && !o.dry_run).raw("fonds", journal::encode(result.after)).text());
  report.show(context);
  return 0;
}

// ---- name ----

struct NameOptions {
  std::string code, name, organ, since, basis;
  bool dry_run = false;
};

int run_name(Context& context, const NameOptions& o) {
  repository::NameFondsRequest request;
  request.code = need(context.text(Message("place.fonds.code")), o.code);
  request.name = text::nfc(need("--name", o.name));
  request.organ = o.organ;
  if (!o.organ.empty() && records::organ_code_form(o.organ) == records::OrganCodeForm::invalid)
    wrong_value("--organ", o.organ, Message("cmd.expected.organ"));
  request.since = date_of("--since", need("--since", o.since));
  request.basis = o.basis;
  request.dry_run = o.dry_run;
  repository::name_fonds(context.write(), request);
  Report report;
  report.say(Message(o.dry_run ? "cmd.fonds.named.would" : "cmd.fonds.named",
                     {{"name", request.name}, {"since", text::to_dmy(request.since)}}));
  if (o.dry_run) report.say(Message("cmd.nothing_written"));
  report.result(Object().yes("written", !o.dry_run).add("name", request.name).add("since", text::to_iso(request.since)).text());
  report.show(context);
  return 0;
}

// ---- close ----

struct CloseOptions {
  std::string code, date, basis, successor;
  bool dry_run = false;
};

int run_close(Context& context, const CloseOptions& o) {
  repository::CloseFondsRequest request;
  request.code = need(context.text(Message("place.fonds.code")), o.code);
  request.closed = date_of("--date", need("--date", o.date));
  request.basis = o.basis;
  request.successor = o.successor;
  request.dry_run = o.dry_run;
  const auto result = repository::close_fonds(context.write(), request);
  Report report;
  const auto& fonds = result.fonds;
  report.say(Message(o.dry_run ? "cmd.fonds.close.would" : "cmd.fonds.close.done",
                     {{"code", fonds.code}, {"name", fonds.name}, {"date", text::to_dmy(fonds.closed)}, {"basis", fonds.closed_basis}}));
  report.say(Message("cmd.fonds.close.after",
                     {{"successor", fonds.successor.empty() ? "{repository.fonds.successor.unknown}" : fonds.successor}}));
  if (o.dry_run) report.say(Message("cmd.nothing_written"));
  report.found(result.findings);
  if (result.unfiled > 0) report.lacks(Message("cmd.fonds.close.unfiled", {{"count", result.unfiled}}));
  if (result.unanswered > 0) report.lacks(Message("cmd.fonds.close.unanswered", {{"count", result.unanswered}}));
  report.next("vtlt fonds show " + fonds.code);
  report.result(Object()
                    .yes("written", !o.dry_run)
                    .raw("fonds", journal::encode(fonds))
                    .add("open_files", result.open_files)
                    .add("unfiled", result.unfiled)
                    .add("unanswered", result.unanswered)
                    .text());
  report.show(context);
  return 0;
}

// ---- show ----

int run_show(Context& context, const std::string& code) {
  Report report;
  auto& repository = context.look(report);
  show_fonds(context, report, repository, repository.fonds(need(context.text(Message("place.fonds.code")), code)));
  report.show(context);
  return 0;
}

}  // namespace

void show_fonds(Context& context, Report& report, repository::Repository& repository, const catalogue::FondsRow& row) {
  const auto& fonds = row.fonds;
  report.say_text(fonds.code + "  " + fonds.name + (fonds.closed.empty() ? "" : "  (" + context.text(Message("cmd.fonds.closed")) + ")"));
  Details details;
  details.add(Message("field.organ"), fonds.organ);
  details.add(Message("field.archive"), fonds.archive);
  details.add(Message("field.fonds.opened"), text::to_dmy(fonds.opened));
  details.add(Message("field.closed_on"), fonds.closed.empty() ? "" : text::to_dmy(fonds.closed) + (fonds.closed_basis.empty() ? "" : " (" + fonds.closed_basis + ")"));
  details.add(Message("field.fonds.successor"), fonds.successor);
  std::vector<std::string> names;
  for (const auto& name : repository.catalogue().fonds_names(fonds.id)) {
    std::string line = name.name + (name.organ.empty() ? "" : " " + name.organ);
    if (!name.since.empty()) line += ", " + text::to_dmy(name.since);
    if (!name.basis.empty()) line += " (" + name.basis + ")";
    details.add(Message("field.fonds.names"), line);
    names.push_back(journal::encode(name));
  }
  details.add(Message("field.scheme"), row.scheme_name + (row.decision.empty() ? "" : " (" + row.decision + ")"));
  details.add(Message("field.fonds.history"), fonds.history);
  details.add(Message("field.language"), fonds.language);
  details.add(Message("field.fonds.backup"), fonds.backup);
  details.add(Message("field.note"), fonds.note);
  const auto totals = repository::totals_of_fonds(repository, fonds.id);
  const auto grouped = [&](std::int64_t count) { return text::group(count, context.language()); };
  if (totals.files > 0)
    details.add(Message("field.fonds.files"),
                context.text(Message("cmd.fonds.totals.files", {{"files", grouped(totals.files)},
                                                                {"permanent", grouped(totals.permanent)},
                                                                {"term", grouped(totals.files - totals.permanent)}})));
  if (totals.documents > 0) details.add(Message("field.fonds.documents"), grouped(totals.documents));
  if (totals.first_year != 0)
    details.add(Message("field.fonds.span"), totals.first_year == totals.last_year
                                                 ? std::to_string(totals.first_year)
                                                 : std::to_string(totals.first_year) + "-" + std::to_string(totals.last_year));
  if (totals.boxes > 0) details.add(Message("field.fonds.boxes"), grouped(totals.boxes));
  if (totals.unarranged > 0) details.add(Message("field.fonds.unarranged"), grouped(totals.unarranged));
  details.show(context, report);
  report.result(Object(json_of(row))
                    .raw("names", array(names))
                    .add("files", totals.files)
                    .add("permanent", totals.permanent)
                    .add("entries", totals.documents)
                    .add("boxes", totals.boxes)
                    .add("unarranged", totals.unarranged)
                    .add("shelf_centimetres", totals.centimetres)
                    .add("first_year", totals.first_year)
                    .add("last_year", totals.last_year)
                    .text());
}

void add_fonds(CLI::App& parent, Context& context, Chosen& chosen) {
  Command command(parent, context, chosen, "fonds", Message("command.fonds"), Statuses::writing);
  CLI::App& app = command.app();
  command.group();
  const Message text("value.text"), code("value.code"), date("value.date");
  Command list(app, context, chosen, "list", Message("command.fonds.list"), Statuses::looking);
  list.run([&context] {
    Report report;
    list_fonds(context, report, context.look(report));
    return 0;
  });
  Command show(app, context, chosen, "show", Message("command.fonds.show"), Statuses::looking);
  auto shown = std::make_shared<std::string>();
  show.place("code", *shown, Message("place.fonds.code"));
  show.example("vtlt fonds show DH");
  show.run([&context, shown] { return run_show(context, *shown); });
  Command open(app, context, chosen, "open", Message("command.fonds.open"), Statuses::writing);
  auto o = std::make_shared<OpenOptions>();
  open.value("--from", o->from, Message("option.fonds.from"), Message("value.path"));
  open.example("vtlt fonds open --from khung-dien-hai.yaml");
  open.run([&context, o] { return run_open(context, *o); });
  Command describe(app, context, chosen, "describe", Message("command.fonds.describe"), Statuses::writing);
  auto d = std::make_shared<DescribeOptions>();
  describe.place("code", d->code, Message("place.fonds.code"));
  describe.value("--history", d->history, Message("option.fonds.history"), text);
  describe.value("--language", d->language, Message("option.fonds.language"), text);
  describe.value("--backup", d->backup, Message("option.fonds.backup"), text);
  describe.value("--opened", d->opened, Message("option.fonds.opened"), date);
  describe.value("--note", d->note, Message("option.note"), text);
  describe.dry_run(d->dry_run);
  describe.run([&context, d] { return run_describe(context, *d); });
  Command name(app, context, chosen, "name", Message("command.fonds.name"), Statuses::writing);
  auto n = std::make_shared<NameOptions>();
  name.place("code", n->code, Message("place.fonds.code"));
  name.value("--name", n->name, Message("option.fonds.name"), text);
  name.value("--organ", n->organ, Message("option.fonds.organ"), code);
  name.value("--since", n->since, Message("option.fonds.since"), date);
  name.value("--basis", n->basis, Message("option.fonds.basis"), text);
  name.dry_run(n->dry_run);
  name.example("vtlt fonds name UB --name \"UBND xã Phong Hải\" --organ H57.31.07 --since 01/01/2020 --basis 1675/NQ-UBTVQH15");
  name.run([&context, n] { return run_name(context, *n); });
  Command close(app, context, chosen, "close", Message("command.fonds.close"), Statuses::writing);
  auto c = std::make_shared<CloseOptions>();
  close.place("code", c->code, Message("place.fonds.code"));
  close.value("--date", c->date, Message("option.fonds.date"), date);
  close.value("--basis", c->basis, Message("option.fonds.basis"), text);
  close.value("--successor", c->successor, Message("option.fonds.successor"), text);
  close.dry_run(c->dry_run);
  close.example("vtlt fonds close DH --date 30/06/2025 --basis 1675/NQ-UBTVQH15 --successor \"UBND xã Phong Hải\"");
  close.run([&context, c] { return run_close(context, *c); });
}

}  // namespace vtlt::cmd
