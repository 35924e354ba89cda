// vtlt list: fonds, files, boxes, batches, submissions, packages; alone, how many of each.
#include <tuple>

#include "commands.h"
#include "output.h"
#include "text/text.h"
#include "views.h"

namespace vtlt::cmd {
namespace {

struct ListOptions {
  std::string what, year;
};

void list_files(Context& context, Report& report, repository::Repository& repository, int year) {
  const FondsColumn fonds(context, repository);
  Table table(context, report, "files",
              fonds.with({{Message("column.file")},
                          {Message("column.title"), false, true},
                          {Message("column.documents"), true},
                          {Message("column.state")}}));
  repository.catalogue().files(fonds.asked(), year, std::nullopt, [&](const catalogue::FileRow& row) {
    table.row(fonds.with(row.file.fonds, {name_of(row.file), row.file.title, std::to_string(row.documents),
                                          state_name(context, row.file.state)}),
              [&] { return json_of(row); });
  });
  if (table.rows() == 0) report.say(Message("cmd.file.list.none"));
  table.finish();
}

void list_boxes(Context& context, Report& report, repository::Repository& repository) {
  const FondsColumn fonds(context, repository);
  Table table(
      context, report, "boxes",
      fonds.with(
          {{Message("column.box")}, {Message("column.label"), false, true}, {Message("column.place")}}));
  for (const auto& box : repository.catalogue().boxes(fonds.asked()))
    table.row(fonds.with(box.fonds, {"hop." + box.number, box.label, box.place}),
              [&] { return json_of(box); });
  if (table.rows() == 0) report.say(Message("cmd.list.none.boxes"));
  table.finish();
}

void list_batches(Context& context, Report& report, repository::Repository& repository, int year) {
  Table table(context, report, "batches",
              {{Message("column.batch")},
               {Message("column.book")},
               {Message("column.rows"), true},
               {Message("column.list"), false, true}});
  const int of_year = year == 0 ? current_year() : year;
  const int count = repository.catalogue().batches_of_year(of_year);
  for (int i = 1; i <= count; ++i) {
    std::string number = std::to_string(i);
    number.insert(0, number.size() < 3 ? 3 - number.size() : 0, '0');
    const auto batch = repository.catalogue().batch("nhap-" + std::to_string(of_year) + "-" + number);
    if (!batch) continue;
    const auto book = records::parse_book(batch->book);
    table.row({batch->name, book ? book_name(context, *book) : batch->book, context.number(batch->rows),
               batch->list_name},
              [&] { return json_of(*batch); });
  }
  if (table.rows() == 0) report.say(Message("cmd.list.none.batches"));
  table.finish();
}

void list_packages(Context& context, Report& report, repository::Repository& repository) {
  Table table(context, report, "packages",
              {{Message("column.package")},
               {Message("column.kind")},
               {Message("column.file")},
               {Message("column.time")}});
  for (const auto& row : repository.catalogue().packages()) {
    const auto file = row.plan.file ? repository.catalogue().file(*row.plan.file) : std::nullopt;
    table.row({row.plan.name, row.plan.kind + "/" + row.plan.spec, file ? name_of(file->file) : "",
               time_shown(row.time)},
              [&] { return json_of(row); });
  }
  if (table.rows() == 0) report.say(Message("cmd.list.none.packages"));
  table.finish();
}

void list_submissions(Context& context, Report& report, repository::Repository& repository, int year) {
  const FondsColumn fonds(context, repository);
  Table table(context, report, "submissions",
              fonds.with({{Message("column.submission")},
                          {Message("column.made")},
                          {Message("column.giver"), false, true},
                          {Message("column.files"), true},
                          {Message("column.waiting"), true},
                          {Message("column.taken"), true},
                          {Message("column.returned"), true},
                          {Message("column.kept_back"), true}}));
  for (const auto& row : repository.catalogue().submissions(fonds.asked())) {
    const auto& s = row.submission;
    if (year != 0 && s.year != year && s.date.year != year) continue;
    table.row(fonds.with(s.fonds, {s.name, text::to_dmy(s.date), s.giver.empty() ? s.giver_unit : s.giver,
                                   context.number(row.listed + row.taken + row.returned), context.number(row.listed),
                                   context.number(row.taken), context.number(row.returned),
                                   context.number(row.kept_back)}),
              [&] { return json_of(row); });
  }
  if (table.rows() == 0) report.say(Message("cmd.list.none.submissions"));
  table.finish();
}

void list_uses(Context& context, Report& report, repository::Repository& repository) {
  const FondsColumn fonds(context, repository);
  catalogue::UseFilter filter;
  filter.fonds = fonds.asked();
  filter.outstanding = true;
  Table table(context, report, "uses",
              fonds.with({{Message("column.reference")},
                          {Message("column.user"), false, true},
                          {Message("column.since")},
                          {Message("column.due_back")},
                          {Message("column.permit"), false, true}}));
  repository.catalogue().uses(filter, [&](const catalogue::UseRow& row) {
    const std::string name = name_of_used(repository, row.use);
    table.row(fonds.with(row.use.fonds, {name, row.use.by, text::to_dmy(row.use.from), text::to_dmy(row.use.due), row.use.permit_by}),
              [&] { return Object(json_of(row)).add("ref", name).text(); });
  });
  if (table.rows() == 0) report.say(Message("cmd.list.none.uses"));
  table.finish();
}

void list_all(Context& context, Report& report, repository::Repository& repository) {
  const auto counts = repository.catalogue().counts(text::to_iso(today()));
  const std::vector<std::tuple<std::string, Message, std::int64_t, std::string>> rows = {
      {"fonds", Message("cmd.list.fonds"), static_cast<std::int64_t>(repository.catalogue().fonds().size()),
       "vtlt list fonds"},
      {"entries", Message("cmd.list.entries"), counts.entries, "vtlt register list"},
      {"documents", Message("cmd.list.documents"), counts.documents, ""},
      {"components", Message("cmd.list.components"), counts.components, ""},
      {"files", Message("cmd.list.files"), counts.files, "vtlt list files"},
      {"boxes", Message("cmd.list.boxes"), counts.boxes, "vtlt list boxes"},
      {"submissions", Message("cmd.list.submissions"),
       static_cast<std::int64_t>(repository.catalogue().submissions(std::nullopt).size()), "vtlt list submissions"},
      {"packages", Message("cmd.list.packages"),
       static_cast<std::int64_t>(repository.catalogue().packages().size()), "vtlt list packages"}};
  Table table(context, report, "things",
              {{Message("column.things")}, {Message("column.count"), true}, {Message("column.command")}});
  for (const auto& [key, name, count, command] : rows)
    table.row({context.text(name), context.number(count), command},
              [&, key = key, count = count] { return Object().add("name", key).add("count", count).text(); });
  table.finish();
}

int run(Context& context, const ListOptions& o) {
  Report report;
  const int year = year_of("--year", o.year);
  auto& repository = context.look(report);
  if (o.what.empty())
    list_all(context, report, repository);
  else if (o.what == "fonds")
    list_fonds(context, report, repository);
  else if (o.what == "files")
    list_files(context, report, repository, year);
  else if (o.what == "boxes")
    list_boxes(context, report, repository);
  else if (o.what == "batches")
    list_batches(context, report, repository, year);
  else if (o.what == "submissions")
    list_submissions(context, report, repository, year);
  else if (o.what == "packages")
    list_packages(context, report, repository);
  else if (o.what == "uses")
    list_uses(context, report, repository);
  else
    wrong_value("list", o.what, Message("cmd.expected.list"));
  return 0;
}

}  // namespace

void list_fonds(Context& context, Report& report, repository::Repository& repository) {
  Table table(context, report, "fonds",
              {{Message("column.code")},
               {Message("column.name"), false, true},
               {Message("column.organ")},
               {Message("column.scheme")},
               {Message("column.state")}});
  for (const auto& row : repository.catalogue().fonds())
    table.row(
        {row.fonds.code, row.fonds.name, row.fonds.organ, row.scheme_name,
         context.text(row.fonds.closed.empty() ? Message("cmd.fonds.open") : Message("cmd.fonds.closed"))},
        [&] { return json_of(row); });
  table.finish();
}

void add_list(CLI::App& parent, Context& context, Chosen& chosen) {
  Command command(parent, context, chosen, "list", Message("command.list"), Statuses::looking);
  auto o = std::make_shared<ListOptions>();
  command.place("what", o->what, Message("place.list.what"));
  command.year(o->year);
  command.example("vtlt list packages");
  command.run([&context, o] { return run(context, *o); });
}

}  // namespace vtlt::cmd
