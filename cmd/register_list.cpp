// vtlt register list: the books, filtered.
#include "commands.h"
#include "output.h"
#include "repository/exchanging.h"
#include "text/text.h"
#include "views.h"

namespace vtlt::cmd {
namespace {

struct ListOptions {
  bool in = false, out = false, internal = false, overdue = false, unfiled = false, without_content = false,
       exit_code = false;
  std::string year, as_of, since, until, sender, unit, series, sort, limit;
};

catalogue::EntryFilter filter_of(const ListOptions& o) {
  catalogue::EntryFilter filter;
  if (o.in + o.out + o.internal > 1) throw Error(Exit::usage, "VTLT-USE-04", Message("cmd.list.one_book"));
  if (o.in) filter.book = records::Book::in;
  if (o.out) filter.book = records::Book::out;
  if (o.internal) filter.book = records::Book::internal;
  filter.year = year_of("--year", o.year);
  filter.since = text::to_iso(date_of("--since", o.since));
  filter.until = until_of("--until", o.until);
  filter.sender = o.sender;
  filter.unit = o.unit;
  filter.series = text::nfc(o.series);
  filter.sort = sort_of(o.sort);
  filter.overdue = o.overdue;
  const text::Date day = o.as_of.empty() ? today() : date_of("--as-of", o.as_of);
  if (!day.whole()) wrong_value("--as-of", o.as_of, Message("cmd.expected.whole_date"));
  filter.today = text::to_iso(day);
  filter.unfiled = o.unfiled;
  filter.without_content = o.without_content;
  filter.limit = number_of("--limit", o.limit);
  return filter;
}

int run(Context& context, const ListOptions& o) {
  Report report;
  auto& repository = context.look(report);
  const FondsColumn fonds(context, repository);
  auto filter = filter_of(o);
  filter.fonds = fonds.asked();
  const text::Date day = today();
  Table table(context, report, "entries",
              fonds.with({{Message("column.reference")},
                          {Message("column.arrival")},
                          {Message("column.number")},
                          {Message("column.date")},
                          {Message("column.issuer"), false, true},
                          {Message("column.subject"), false, true},
                          {Message("column.unit"), false, true},
                          {Message("column.due")}}));
  repository.catalogue().entries(filter, [&](const catalogue::EntryRow& row) {
    const auto& entry = row.entry;
    std::string due = text::to_dmy(entry.due);
    if (!due.empty() && row.answered) due += " " + context.text(Message("cmd.answered"));
    table.row(fonds.with(entry.fonds, {name_of(entry), text::to_dmy(entry.arrival), entry.own.text(),
                                       text::to_dmy(entry.date), entry.issuer,
                                       marked(mark_of(context, row), type_and_subject(entry.type, entry.subject)),
                                       entry.unit, due}),
              [&] {
                // Both codes, where the scheme knows that they changed (TT06 Đ40.2b).
                return Object(json_of(row))
                    .add("issuer_code_now", repository::organ_code_on(repository.scheme(entry.fonds), entry.issuer_code, day))
                    .text();
              });
  });
  if (table.rows() == 0) report.say(Message("cmd.list.none"));
  table.finish();
  return o.exit_code && table.rows() > 0 ? static_cast<int>(Exit::findings) : 0;
}

}  // namespace

void add_register_list(CLI::App& parent, Context& context, Chosen& chosen) {
  Command command(parent, context, chosen, "list", Message("command.register.list"), Statuses::looking);
  auto o = std::make_shared<ListOptions>();
  command.flag("--in", o->in, Message("option.list.in"));
  command.flag("--out", o->out, Message("option.list.out"));
  command.flag("--internal", o->internal, Message("option.list.internal"));
  command.flag("--overdue", o->overdue, Message("option.list.overdue"));
  command.flag("--unfiled", o->unfiled, Message("option.list.unfiled"));
  command.flag("--without-content", o->without_content, Message("option.list.without_content"));
  command.value("--since", o->since, Message("option.since"), Message("value.date"));
  command.value("--until", o->until, Message("option.until"), Message("value.date"));
  command.value("--sender", o->sender, Message("option.list.sender"), Message("value.text"));
  command.value("--unit", o->unit, Message("option.list.unit"), Message("value.text"));
  command.value("--series", o->series, Message("option.list.series"), Message("value.series"));
  command.value("--sort", o->sort, Message("option.sort"), Message("value.sort"));
  command.value("--limit", o->limit, Message("option.limit"), Message("value.number"));
  command.year(o->year);
  command.as_of(o->as_of);
  command.exit_code(o->exit_code);
  command.example("vtlt register list --in --overdue");
  command.example("vtlt register list --out --year 2026 --format csv -o di-2026.csv");
  command.run([&context, o] { return run(context, *o); });
}

}  // namespace vtlt::cmd
