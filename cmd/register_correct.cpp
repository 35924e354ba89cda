// vtlt register amend, link, reserve, void, undo, close-year: what is put right later. A line is never taken away.
#include "commands.h"
#include "output.h"
#include "repository/work.h"
#include "text/text.h"
#include "views.h"

namespace vtlt::cmd {
namespace {

using records::Book;

void tell_written(Report& report, bool dry_run) {
  if (dry_run) report.say(Message("cmd.nothing_written"));
}

// ---- amend ----

struct AmendOptions {
  std::string reference, subject, type, date, sender, unit, signer, recipients, copies, note, urgency, due, forwarded,
      acknowledged, reason, year;
  bool dry_run = false;
};

int run_amend(Context& context, const AmendOptions& o) {
  repository::AmendRequest request;
  request.reason = text::nfc(o.reason);
  request.dry_run = o.dry_run;
  std::vector<std::pair<std::string, std::function<void(records::RegisterEntry&)>>> changes;
  const auto text_of = [&](const std::string& value, std::string records::RegisterEntry::*field) {
    if (!value.empty())
      changes.emplace_back(value, [value, field](records::RegisterEntry& entry) { entry.*field = text::nfc(value); });
  };
  const auto date_at = [&](const char* flag, const std::string& value, records::Date records::RegisterEntry::*field) {
    if (value.empty()) return;
    const records::Date date = date_of(flag, value);
    changes.emplace_back(value, [date, field](records::RegisterEntry& entry) { entry.*field = date; });
  };
  using Entry = records::RegisterEntry;
  text_of(o.subject, &Entry::subject);
  text_of(o.type, &Entry::type);
  text_of(o.sender, &Entry::issuer);
  text_of(o.unit, &Entry::unit);
  text_of(o.signer, &Entry::signer);
  text_of(o.recipients, &Entry::recipients);
  text_of(o.copies, &Entry::copies);
  text_of(o.note, &Entry::note);
  text_of(o.urgency, &Entry::urgency);
  text_of(o.acknowledged, &Entry::acknowledged);
  date_at("--date", o.date, &Entry::date);
  date_at("--due", o.due, &Entry::due);
  date_at("--forwarded", o.forwarded, &Entry::forwarded);
  if (changes.empty()) missing("--subject, --date, --due …");
  request.change = [&](Entry& entry) {
    for (const auto& [value, change] : changes) change(entry);
  };
  auto& repository = context.write();
  request.entry = repository::resolve_entry(repository, need(context.text(Message("place.reference.entry")), o.reference),
                                            context.references(true, year_of("--year", o.year)))
                      .entry.id;
  const auto result = repository::amend(repository, request);
  Report report;
  const std::string name = name_of(result.after);
  report.say(!result.changed ? Message("cmd.amend.same", {{"name", name}})
             : o.dry_run     ? Message("cmd.amend.would", {{"name", name}})
                             : Message("cmd.amend.done", {{"name", name}}));
  tell_written(report, o.dry_run);
  report.found(result.findings);
  report.next(in_fonds(context, "vtlt log " + name));
  report.result(Object()
                    .yes("written", result.changed && !o.dry_run)
                    .add("ref", name)
                    .raw("before", journal::encode(result.before))
                    .raw("after", journal::encode(result.after))
                    .text());
  report.show(context);
  return 0;
}

// ---- link ----

struct LinkOptions {
  std::string reference, replaces, amends, corrects, recalls, answers, reason, year;
  bool dry_run = false;
};

int run_link(Context& context, const LinkOptions& o) {
  const std::pair<const char*, const std::string&> flags[] = {{"replaces", o.replaces},
                                                              {"amends", o.amends},
                                                              {"corrects", o.corrects},
                                                              {"recalls", o.recalls},
                                                              {"answers", o.answers}};
  auto& repository = context.write();
  const auto references = context.references(true, year_of("--year", o.year));
  repository::LinkRequest request;
  const auto from =
      repository::resolve_entry(repository, need(context.text(Message("place.reference.entry")), o.reference), references);
  request.entry = from.entry.id;
  request.reason = text::nfc(o.reason);
  request.dry_run = o.dry_run;
  std::string target;
  for (const auto& [relation, reference] : flags) {
    if (reference.empty()) continue;
    if (!request.relation.empty())
      throw Error(Exit::usage, "VTLT-USE-04", Message("cmd.link.several"));
    request.relation = relation;
    const auto to = repository::resolve_entry(repository, reference, references);
    request.to = to.entry.id;
    target = name_of(to.entry);
  }
  if (request.relation.empty()) missing("--replaces, --amends, --corrects, --recalls");
  repository::link_entries(repository, request);
  Report report;
  report.say(Message(o.dry_run ? "cmd.link.would" : "cmd.link.done",
                     {{"name", name_of(from.entry)}, {"relation", "{relation." + request.relation + "}"}, {"other", target}}));
  if (request.relation == "recalls") report.say(Message("cmd.link.frozen", {{"other", target}}));
  tell_written(report, o.dry_run);
  report.result(Object()
                    .yes("written", !o.dry_run)
                    .add("entry", name_of(from.entry))
                    .add("relation", request.relation)
                    .add("to", target)
                    .text());
  report.show(context);
  return 0;
}

// ---- reserve ----

struct ReserveOptions {
  std::string kind, type, notation, count, reason, year;
  bool dry_run = false;
};

int run_reserve(Context& context, const ReserveOptions& o) {
  repository::ReserveRequest request;
  const auto book = o.kind.empty() ? std::optional(Book::out) : records::parse_book(o.kind);
  if (!book || (*book != Book::out && *book != Book::in)) wrong_value("--kind", o.kind, Message("cmd.expected.kind"));
  request.book = *book;
  request.type = o.type;
  request.notation = text::nfc(o.notation);
  request.year = year_of("--year", o.year);
  request.count = o.count.empty() ? 1 : number_of("--count", o.count, 1000);
  if (request.count < 1) wrong_value("--count", o.count, Message("cmd.expected.number", {{"most", "1000"}}));
  request.reason = text::nfc(o.reason);
  request.fonds = context.globals.fonds;
  request.dry_run = o.dry_run;
  const auto lines = repository::reserve(context.write(), request);
  Report report;
  const auto printed = [](const records::RegisterEntry& line) { return std::to_string(line.number); };
  report.say(Message(o.dry_run ? "cmd.reserve.would" : "cmd.reserve.done",
                     {{"numbers", lines.size() == 1 ? printed(lines.front()) : printed(lines.front()) + "-" + printed(lines.back())},
                      {"year", std::to_string(lines.front().year)}}));
  tell_written(report, o.dry_run);
  const std::string notation = lines.front().own.notation.empty() ? "…" : lines.front().own.notation;
  report.next(in_fonds(context, "vtlt register " + std::string(*book == Book::in ? "in" : "out") + " " +
                                    (*book == Book::in ? "… --arrival " + printed(lines.front())
                                                       : printed(lines.front()) + "/" + notation) +
                                    " --subject \"…\""));
  std::vector<std::string> rows;
  for (const auto& line : lines) rows.push_back(journal::encode(line));
  report.result(Object().yes("written", !o.dry_run).raw("entries", array(rows)).text());
  report.show(context);
  return 0;
}

// ---- void ----

struct VoidOptions {
  std::string reference, reason, year;
  bool dry_run = false;
};

int run_void(Context& context, const VoidOptions& o) {
  auto& repository = context.write();
  repository::VoidRequest request;
  request.entry = repository::resolve_entry(repository, need(context.text(Message("place.reference.entry")), o.reference),
                                            context.references(true, year_of("--year", o.year)))
                      .entry.id;
  request.reason = text::nfc(o.reason);
  request.dry_run = o.dry_run;
  const auto entry = repository::void_entry(repository, request);
  Report report;
  report.say(Message(o.dry_run ? "cmd.void.would" : "cmd.void.done", {{"name", name_of(entry)}}));
  tell_written(report, o.dry_run);
  report.result(Object().yes("written", !o.dry_run).add("ref", name_of(entry)).text());
  report.show(context);
  return 0;
}

// ---- undo ----

struct UndoOptions {
  std::string batch, reason;
  bool dry_run = false;
};

int run_undo(Context& context, const UndoOptions& o) {
  repository::WithdrawRequest request;
  request.batch = need(context.text(Message("place.batch")), o.batch);
  request.reason = text::nfc(o.reason);
  request.dry_run = o.dry_run;
  const auto result = repository::withdraw_batch(context.write(), request);
  Report report;
  const bool files = result.batch.book == "files";  // lists of an arrangement
  const std::vector<std::pair<std::string, MessageArg>> counted = {{"batch", result.batch.name}, {"count", result.entries}};
  report.say(files ? Message(o.dry_run ? "cmd.undo.files.would" : "cmd.undo.files.done", counted)
                   : Message(o.dry_run ? "cmd.undo.would" : "cmd.undo.done", counted));
  const auto added = static_cast<std::int64_t>(result.added.size());
  if (added != 0) report.say(Message("cmd.undo.files.added", {{"count", added}}));
  if (!files) report.say(Message(result.given ? "cmd.undo.given" : "cmd.undo.free"));
  if (result.components != 0) report.say(Message("cmd.undo.contents", {{"count", result.components}}));
  tell_written(report, o.dry_run);
  report.result(Object()
                    .yes("written", !o.dry_run)
                    .add("batch", result.batch.name)
                    .add(files ? "files" : "entries", result.entries)
                    .add("documents_taken_out", added)
                    .add("components", result.components)
                    .text());
  report.show(context);
  return 0;
}

// ---- close-year ----

struct CloseYearOptions {
  std::string year;
  bool dry_run = false;
};

int run_close_year(Context& context, const CloseYearOptions& o) {
  repository::CloseYearRequest request;
  request.year = year_of(context.text(Message("place.year")), need(context.text(Message("place.year")), o.year));
  request.fonds = context.globals.fonds;
  request.dry_run = o.dry_run;
  const auto result = repository::close_year(context.write(), request);
  Report report;
  const std::string year = std::to_string(request.year);
  report.say(Message(o.dry_run ? "cmd.close_year.would" : "cmd.close_year.done",
                     {{"year", year}, {"in", result.in}, {"out", result.out}}));
  std::vector<std::string> sets;
  for (const auto& row : result.kept_sets) {
    report.say(Message("cmd.close_year.kept", {{"title", row.file.title}, {"count", std::int64_t{row.documents}}}));
    sets.push_back(Object().add("title", row.file.title).add("documents", row.documents).text());
  }
  if (result.unanswered > 0) report.lacks(Message("cmd.close_year.unanswered", {{"count", result.unanswered}}));
  tell_written(report, o.dry_run);
  report.found(result.findings);
  report.next(in_fonds(context, "vtlt print so-den --year " + year + " -o so-den-" + year + ".html"));
  report.next(in_fonds(context, "vtlt print so-di --year " + year + " -o so-di-" + year + ".html"));
  report.result(Object()
                    .yes("written", !o.dry_run)
                    .add("year", request.year)
                    .add("in", result.in)
                    .add("out", result.out)
                    .add("unanswered", result.unanswered)
                    .raw("kept_sets", array(sets))
                    .text());
  report.show(context);
  return 0;
}

}  // namespace

void add_register_correct(CLI::App& parent, Context& context, Chosen& chosen) {
  const Message text("value.text"), date("value.date"), number("value.number"), reference("value.reference");
  {
    Command command(parent, context, chosen, "amend", Message("command.register.amend"), Statuses::writing);
    auto o = std::make_shared<AmendOptions>();
    command.place("ref", o->reference, Message("place.reference.entry"));
    command.value("--subject", o->subject, Message("option.subject"), text);
    command.value("--type", o->type, Message("option.type"), text);
    command.value("--date", o->date, Message("option.date"), date);
    command.value("--sender", o->sender, Message("option.register.sender"), text);
    command.value("--unit", o->unit, Message("option.register.unit"), text);
    command.value("--signer", o->signer, Message("option.signer"), text);
    command.value("--recipients", o->recipients, Message("option.recipients"), text);
    command.value("--copies", o->copies, Message("option.copies"), text);
    command.value("--urgency", o->urgency, Message("option.urgency"), text);
    command.value("--due", o->due, Message("option.due"), date);
    command.value("--forwarded", o->forwarded, Message("option.forwarded"), date);
    command.value("--acknowledged", o->acknowledged, Message("option.acknowledged"), text);
    command.value("--note", o->note, Message("option.note"), text);
    command.reason(o->reason);
    command.year(o->year);
    command.dry_run(o->dry_run);
    command.example("vtlt register amend den.1312 --due 30/11/2026 --reason \"gia hạn theo 250/SNV-VTLT\"");
    command.run([&context, o] { return run_amend(context, *o); });
  }
  {
    Command command(parent, context, chosen, "link", Message("command.register.link"), Statuses::writing);
    auto o = std::make_shared<LinkOptions>();
    command.place("ref", o->reference, Message("place.reference.entry"));
    command.value("--replaces", o->replaces, Message("option.replaces"), reference);
    command.value("--amends", o->amends, Message("option.amends"), reference);
    command.value("--corrects", o->corrects, Message("option.corrects"), reference);
    command.value("--recalls", o->recalls, Message("option.recalls"), reference);
    command.value("--answers", o->answers, Message("option.answers"), reference);
    command.reason(o->reason);
    command.year(o->year);
    command.dry_run(o->dry_run);
    command.example("vtlt register link 90/UBND-VP --corrects 87/UBND-VP");
    command.run([&context, o] { return run_link(context, *o); });
  }
  {
    Command command(parent, context, chosen, "reserve", Message("command.register.reserve"), Statuses::writing);
    auto o = std::make_shared<ReserveOptions>();
    command.value("--kind", o->kind, Message("option.kind"), Message("value.kind.reserve"));
    command.value("--type", o->type, Message("option.type"), text);
    command.value("--notation", o->notation, Message("option.notation.document"), text);
    command.value("--count", o->count, Message("option.count"), number);
    command.reason(o->reason);
    command.year(o->year);
    command.dry_run(o->dry_run);
    command.example("vtlt register reserve --type QĐ --notation QĐ-UBND --count 2 --reason \"kỳ họp tháng 12\"");
    command.run([&context, o] { return run_reserve(context, *o); });
  }
  {
    Command command(parent, context, chosen, "void", Message("command.register.void"), Statuses::writing);
    auto o = std::make_shared<VoidOptions>();
    command.place("ref", o->reference, Message("place.reference.entry"));
    command.reason(o->reason);
    command.year(o->year);
    command.dry_run(o->dry_run);
    command.example("vtlt register void 91/UBND-VP --reason \"không ban hành\"");
    command.run([&context, o] { return run_void(context, *o); });
  }
  {
    Command command(parent, context, chosen, "undo", Message("command.register.undo"), Statuses::writing);
    auto o = std::make_shared<UndoOptions>();
    command.place("batch", o->batch, Message("place.batch"));
    command.reason(o->reason);
    command.dry_run(o->dry_run);
    command.example("vtlt register undo nhap-2026-014");
    command.run([&context, o] { return run_undo(context, *o); });
  }
  {
    Command command(parent, context, chosen, "close-year", Message("command.register.close_year"), Statuses::writing);
    auto o = std::make_shared<CloseYearOptions>();
    command.place("year", o->year, Message("place.year"));
    command.dry_run(o->dry_run);
    command.example("vtlt register close-year 2026 --dry-run");
    command.run([&context, o] { return run_close_year(context, *o); });
  }
}

}  // namespace vtlt::cmd
