// vtlt scheme diff, use, confirm: versions of the scheme in use, and rules compared with the official text.
#include "commands.h"
#include "output.h"
#include "repository/adopting.h"
#include "scheme_text.h"
#include "text/text.h"
#include "views.h"

namespace vtlt::cmd {
namespace {

std::string read_one(Context& context, const std::string& path) {
  if (!context.files().stat(path))
    throw Error(Exit::usage, "VTLT-USE-05", Message("cmd.no_file", {{"path", text::printable(path)}}));
  return read_whole(context.files(), path, 8u << 20);
}

std::string json_of(const Context& context, const std::vector<scheme::Difference>& differences) {
  std::vector<std::string> rows;
  for (const auto& one : differences) {
    Object row;
    row.add("part", scheme::part_text(one.part))
        .add("ref", one.ref)
        .add("message", context.text(one.message));
    if (one.shorter) row.yes("shorter", true);
    rows.push_back(row.text());
  }
  return array(rows);
}

std::string json_of(const repository::Affected& affected) {
  std::vector<std::string> rows;
  for (const auto& one : affected.first)
    rows.push_back(Object()
                       .add("ref", name_of(one.file.file))
                       .add("rule", one.file.file.rule)
                       .add("before", records::term_shorthand(one.before))
                       .add("after", records::term_shorthand(one.after))
                       .text());
  return Object().add("count", affected.files).raw("first", array(rows)).text();
}

void tell(Report& report, const std::vector<scheme::Difference>& differences, const Context& context) {
  for (const auto& one : differences) {
    if (one.shorter)
      report.lacks(one.message);
    else
      report.say_text("   " + context.text(one.message));
  }
}

void tell(Report& report, const repository::Affected& affected) {
  if (affected.files == 0) {
    report.say(Message("cmd.scheme.affected.none"));
    return;
  }
  report.say(Message("cmd.scheme.affected", {{"count", affected.files}}));
  for (const auto& one : affected.first) {
    const bool gone = one.after.kind == records::TermKind::none;
    report.say(Message(gone ? "cmd.scheme.affected.gone" : "cmd.scheme.affected.one",
                       {{"file", name_of(one.file.file)},
                        {"before", records::term_text(one.before)},
                        {"after", records::term_text(one.after)},
                        {"title", one.file.file.title}}));
  }
}

// ---- diff ----

struct DiffOptions {
  std::vector<std::string> files;
  bool exit_code = false;
};

int run_diff(Context& context, const DiffOptions& o) {
  if (o.files.empty()) missing(context.text(Message("place.scheme.two")));
  if (o.files.size() > 2)
    throw Error(
        Exit::usage, "VTLT-USE-01",
        Message("cmd.use.extra", {{"word", text::printable(o.files[2])}, {"command", "vtlt scheme diff"}}));
  Report report;
  scheme::Scheme before, after;
  std::string old_name, new_name = text::printable(o.files.back());
  std::optional<repository::Affected> affected;
  after = scheme::load({o.files.back(), read_one(context, o.files.back())});
  if (o.files.size() == 2) {
    old_name = text::printable(o.files.front());
    before = scheme::load({o.files.front(), read_one(context, o.files.front())});
  } else {
    auto& repository = context.look(report);
    const auto fonds = repository::fonds_of_scheme(repository, context.globals.fonds, after);
    before = repository.scheme(fonds.fonds.id);
    old_name = context.text(Message("cmd.scheme.in_use"));
    affected = repository::affected_files(repository, fonds.fonds.id, before, after);
  }
  const auto differences = scheme::compare(before, after);
  report.say(differences.empty() ? Message("cmd.scheme.same")
                                 : Message("cmd.scheme.differences",
                                           {{"count", static_cast<std::int64_t>(differences.size())},
                                            {"before", old_name},
                                            {"after", new_name}}));
  tell(report, differences, context);
  if (affected && !differences.empty()) tell(report, *affected);
  Object result;
  result.raw("differences", json_of(context, differences));
  if (affected) result.raw("files", json_of(*affected));
  report.result(result.text());
  report.show(context);
  return static_cast<int>(o.exit_code && !differences.empty() ? Exit::findings : Exit::done);
}

// ---- use ----

struct UseOptions {
  std::string file, decision, date;
  bool dry_run = false;
};

int run_use(Context& context, const UseOptions& o) {
  repository::AdoptRequest request;
  request.name = need(context.text(Message("place.scheme.file")), o.file);
  request.text = read_one(context, o.file);
  request.number = text::nfc(o.decision);
  request.date = date_of("--date", o.date);
  request.fonds = context.globals.fonds;
  request.dry_run = o.dry_run;
  Report report;
  std::vector<Finding> findings;
  request.holidays = holidays_beside(context, o.file, scheme::load({request.name, request.text}), findings);
  const auto result = repository::adopt_scheme(context.write(), request);
  report.say(Message(!result.changed ? "cmd.scheme.used_already"
                     : o.dry_run     ? "cmd.scheme.would_use"
                                     : "cmd.scheme.used",
                     {{"scheme", result.scheme.id},
                      {"fonds", result.fonds.code},
                      {"number", result.number},
                      {"date", text::to_dmy(result.date)}}));
  if (result.changed) {
    if (result.differences.empty()) report.say(Message("cmd.scheme.same"));
    tell(report, result.differences, context);
    if (!result.differences.empty()) tell(report, result.affected);
  }
  if (result.holidays_changed)
    report.say(Message("cmd.scheme.holidays", {{"name", request.holidays->name},
                                               {"off", static_cast<std::int64_t>(request.holidays->off.size())},
                                               {"work", static_cast<std::int64_t>(request.holidays->work.size())}}));
  if (o.dry_run) report.say(Message("cmd.nothing_written"));
  report.found(findings);
  report.result(Object()
                    .yes("written", (result.changed || result.holidays_changed) && !o.dry_run)
                    .raw("fonds", journal::encode(result.fonds))
                    .add("scheme", result.scheme.id)
                    .add("decision", result.number)
                    .add("date", text::to_iso(result.date))
                    .raw("differences", json_of(context, result.differences))
                    .raw("files", json_of(result.affected))
                    .text());
  report.show(context);
  return 0;
}

// ---- confirm ----

struct ConfirmOptions {
  std::string rule, against, by, date;
  bool dry_run = false;
};

int run_confirm(Context& context, const ConfirmOptions& o) {
  repository::ConfirmRequest request;
  request.rule = need(context.text(Message("place.scheme.rule")), o.rule);
  request.against = need("--against", o.against);
  request.by = o.by;
  request.date = date_of("--date", o.date);
  request.fonds = context.globals.fonds;
  request.dry_run = o.dry_run;
  const auto result = repository::confirm_rule(context.write(), request);
  Report report;
  report.say(
      Message(!result.changed ? "cmd.scheme.confirmed_already"
              : o.dry_run     ? "cmd.scheme.would_confirm"
                              : "cmd.scheme.confirmed",
              {{"rule", result.after.id},
               {"term", records::term_text(result.after.term)},
               {"against", result.after.checked_against},
               {"by", result.after.checked_by},
               {"date", text::to_dmy(text::from_iso(result.after.checked_on).value_or(text::Date{}))}}));
  if (result.changed) report.say(Message("cmd.scheme.confirm_means"));
  if (result.files > 0) report.say(Message("cmd.scheme.confirmed_files", {{"count", result.files}}));
  if (o.dry_run) report.say(Message("cmd.nothing_written"));
  report.found(result.findings);
  report.result(Object()
                    .yes("written", result.changed && !o.dry_run)
                    .add("rule", result.after.id)
                    .add("term", records::term_shorthand(result.after.term))
                    .add("against", result.after.checked_against)
                    .add("by", result.after.checked_by)
                    .add("date", result.after.checked_on)
                    .add("files", result.files)
                    .text());
  report.show(context);
  return 0;
}

}  // namespace

void add_scheme_use(CLI::App& parent, Context& context, Chosen& chosen) {
  const Message text("value.text"), date("value.date");
  {
    Command command(parent, context, chosen, "diff", Message("command.scheme.diff"), Statuses::looking);
    auto o = std::make_shared<DiffOptions>();
    command.places("files", o->files, Message("place.scheme.two"));
    command.exit_code(o->exit_code);
    command.example("vtlt scheme diff khung-moi.yaml");
    command.example("vtlt scheme diff khung-cu.yaml khung-moi.yaml");
    command.run([&context, o] { return run_diff(context, *o); });
  }
  {
    Command command(parent, context, chosen, "use", Message("command.scheme.use"), Statuses::writing);
    auto o = std::make_shared<UseOptions>();
    command.place("file", o->file, Message("place.scheme.file"));
    command.value("--decision", o->decision, Message("option.scheme.decision"), text);
    command.value("--date", o->date, Message("option.scheme.decision_date"), date);
    command.dry_run(o->dry_run);
    command.example("vtlt scheme use khung-moi.yaml --decision 12/QĐ-UBND --date 05/01/2027");
    command.run([&context, o] { return run_use(context, *o); });
  }
  {
    Command command(parent, context, chosen, "confirm", Message("command.scheme.confirm"), Statuses::writing);
    auto o = std::make_shared<ConfirmOptions>();
    command.place("rule", o->rule, Message("place.scheme.rule"));
    command.value("--against", o->against, Message("option.scheme.against"), text);
    command.value("--by", o->by, Message("option.scheme.by"), text);
    command.value("--date", o->date, Message("option.scheme.confirmed_on"), date);
    command.dry_run(o->dry_run);
    command.example("vtlt scheme confirm tt09-16 --against \"TT 10/2022/TT-BNV, mục 16\"");
    command.run([&context, o] { return run_confirm(context, *o); });
  }
}

}  // namespace vtlt::cmd
