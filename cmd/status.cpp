// vtlt status: what is there, what is late, what should be done, in a few lines.
#include "commands.h"
#include "output.h"
#include "repository/submitting.h"
#include "text/text.h"
#include "views.h"

namespace vtlt::cmd {
namespace {

struct StatusOptions {
  std::string year, as_of;
  bool exit_code = false;
};

std::string names_of(catalogue::Catalogue& catalogue, catalogue::EntryFilter filter, std::int64_t count) {
  filter.limit = 3;
  std::string names;
  catalogue.entries(filter, [&](const catalogue::EntryRow& row) {
    names += (names.empty() ? "" : ", ") + name_of(row.entry);
  });
  return count > 3 ? names + ", …" : names;
}

struct Figures {
  int year = 0;
  std::int64_t in = 0, out = 0, internal = 0, overdue = 0, without_content = 0, unfiled = 0;
  catalogue::Counts counts;
  // Files past the law's day of submission, and those with another reminder (product.md trap 15).
  std::int64_t submit_overdue = 0, submit_remind = 0;
  std::int64_t submit_recent = 0;  // closed lately, when there are too many to look into each
  std::string submit_overdue_names, submit_remind_names;
  std::vector<catalogue::SubmissionRow> waiting;
  std::int64_t lent = 0;  // not back on the agreed day
  std::string overdue_names, without_names, lent_names;
};

// Three names, then "…".
void add_name(std::string& names, std::int64_t count, const std::string& name) {
  if (count <= 3) names += (names.empty() ? "" : ", ") + name;
  if (count == 4) names += ", …";
}

void gather_due(repository::Repository& repository, const std::optional<records::Id>& fonds, const text::Date& day,
                Figures& f) {
  // Each of these has to be looked into; of many it is enough to know that they are there.
  constexpr std::int64_t kLookedInto = 300;
  catalogue::FileFilter filter;
  filter.fonds = fonds;
  filter.states = {records::FileState::closed};
  for (filter.ended = day.year - 1; filter.ended <= day.year; ++filter.ended)
    f.submit_recent += repository.catalogue().count_files(filter);
  filter.ended = 0;
  const bool many = f.submit_recent > kLookedInto;
  if (!many) f.submit_recent = 0;
  repository::due_files(
      repository, filter, day,
      [&](const repository::Due& due) {
        if (due.overdue)
          add_name(f.submit_overdue_names, ++f.submit_overdue, name_of(due.file.file));
        else
          add_name(f.submit_remind_names, ++f.submit_remind, name_of(due.file.file));
      },
      many ? repository::DueScope::law : repository::DueScope::all);
}

void gather_waiting(repository::Repository& repository, const std::optional<records::Id>& fonds, Figures& f) {
  for (auto& row : repository.catalogue().submissions(fonds))
    if (row.listed > 0) f.waiting.push_back(std::move(row));
}

Figures gather(repository::Repository& repository, const std::optional<records::Id>& fonds, int year,
               const text::Date& day) {
  auto& catalogue = repository.catalogue();
  Figures f;
  f.year = year;
  f.counts = catalogue.counts(text::to_iso(day));
  catalogue::EntryFilter filter;
  filter.fonds = fonds;
  filter.year = year;
  const auto of_book = [&](records::Book book) {
    filter.book = book;
    return catalogue.count_entries(filter);
  };
  f.in = of_book(records::Book::in);
  f.out = of_book(records::Book::out);
  f.internal = of_book(records::Book::internal);
  filter = {};
  filter.fonds = fonds;
  if (fonds) {
    f.counts.entries = catalogue.count_entries(filter);
    f.counts.files = f.counts.open_files = f.counts.closed_files = 0;
    catalogue.files(fonds, 0, std::nullopt, [&](const catalogue::FileRow& row) {
      ++f.counts.files;
      f.counts.open_files += row.file.state == records::FileState::open ? 1 : 0;
      f.counts.closed_files += row.file.state == records::FileState::closed ? 1 : 0;
    });
    f.counts.boxes = static_cast<std::int64_t>(catalogue.boxes(fonds).size());
  }
  filter.today = text::to_iso(day);
  filter.overdue = true;
  f.overdue = fonds ? catalogue.count_entries(filter) : f.counts.overdue;
  if (f.overdue > 0) f.overdue_names = names_of(catalogue, filter, f.overdue);
  catalogue::UseFilter uses;
  uses.fonds = fonds;
  uses.outstanding = true;
  uses.due_before = text::to_iso(day);
  catalogue.uses(uses, [&](const catalogue::UseRow& row) {
    if (++f.lent <= 3) f.lent_names += (f.lent > 1 ? ", " : "") + name_of_used(repository, row.use) + " (" + row.use.by + ")";
    if (f.lent == 4) f.lent_names += ", …";
  });
  filter.overdue = false;
  filter.without_content = true;
  f.without_content = fonds ? catalogue.count_entries(filter) : f.counts.without_content;
  if (f.without_content > 0) f.without_names = names_of(catalogue, filter, f.without_content);
  filter.without_content = false;
  filter.unfiled = true;
  f.unfiled = fonds ? catalogue.count_entries(filter) : f.counts.unfiled;
  return f;
}

// The year's books are printed and bound when it ends (NĐ30 Đ22.3b): asked for in December, and in January of
// the year before.
int book_year(const text::Date& day) {
  return day.month == 12 ? day.year : day.month == 1 ? day.year - 1 : 0;
}

std::string json_of_figures(const Figures& f, const repository::Repository& repository,
                            const std::string& fonds) {
  return Object()
      .add("fonds", fonds)
      .add("year", f.year)
      .add("in", f.in)
      .add("out", f.out)
      .add("internal", f.internal)
      .add("entries", f.counts.entries)
      .add("documents", f.counts.documents)
      .add("components", f.counts.components)
      .add("files", f.counts.files)
      .add("open_files", f.counts.open_files)
      .add("closed_files", f.counts.closed_files)
      .add("boxes", f.counts.boxes)
      .add("overdue", f.overdue)
      .add("lent_overdue", f.lent)
      .add("without_content", f.without_content)
      .add("unfiled", f.unfiled)
      .add("submission_overdue", f.submit_overdue)
      .add("submission_reminders", f.submit_remind)
      .add("head", journal::printed(repository.head()))
      .text();
}

// What stands at the left, and the command at the right.
void line(Context& context, Report& report, const Message& label, const std::string& what,
          const std::string& command) {
  if (context.json()) report.next(command);
  const std::string words = "  " + text::pad(context.text(label), 9) + " " + what;
  report.say_text(text::pad(words, 74) + " " + context.paint(Style::next, "→") + " " +
                  in_fonds(context, command));
}

int run(Context& context, const StatusOptions& o) {
  Report report;
  auto& repository = context.look(report);
  const text::Date day = o.as_of.empty() ? today() : date_of("--as-of", o.as_of);
  if (!day.whole()) wrong_value("--as-of", o.as_of, Message("cmd.expected.whole_date"));
  std::optional<records::Id> fonds;
  std::string name;
  const auto all = repository.catalogue().fonds();
  if (!context.globals.fonds.empty()) {
    const auto row = repository.fonds(context.globals.fonds);
    fonds = row.fonds.id;
    name = row.fonds.name;
  } else {
    name =
        all.size() == 1
            ? all.front().fonds.name
            : context.text(Message("cmd.status.fonds", {{"count", static_cast<std::int64_t>(all.size())}}));
  }
  Figures f = gather(repository, fonds, o.year.empty() ? day.year : year_of("--year", o.year), day);
  if (f.counts.closed_files > 0) gather_due(repository, fonds, day, f);
  if (f.counts.files > 0) gather_waiting(repository, fonds, f);
  report.say(Message("cmd.status.head", {{"name", name},
                                         {"in", f.in},
                                         {"out", f.out},
                                         {"year", std::to_string(f.year)},
                                         {"files", f.counts.files},
                                         {"open", f.counts.open_files}}));
  if (f.counts.entries == 0 && f.counts.files == 0) {
    report.say(Message("cmd.status.empty"));
    report.next("vtlt register import so-den.csv --kind in --dry-run");
    report.next("vtlt help bat-dau");
  }
  if (f.overdue > 0)
    line(context, report, Message("cmd.status.overdue"),
         context.text(Message("cmd.status.overdue.what", {{"count", f.overdue}, {"names", f.overdue_names}})),
         "vtlt register list --in --overdue");
  if (f.submit_overdue > 0)
    line(context, report, Message("cmd.status.overdue"),
         context.text(Message("cmd.status.submit.overdue",
                              {{"count", f.submit_overdue}, {"names", f.submit_overdue_names}})),
         "vtlt file list --overdue");
  if (f.submit_remind > 0)
    line(context, report, Message("cmd.status.remind"),
         context.text(Message("cmd.status.submit.remind",
                              {{"count", f.submit_remind}, {"names", f.submit_remind_names}})),
         "vtlt file list --overdue");
  if (f.submit_recent > 0)
    line(context, report, Message("cmd.status.remind"),
         context.text(Message("cmd.status.submit.many", {{"count", f.submit_recent}})), "vtlt file list --overdue");
  for (const auto& row : f.waiting)
    line(context, report, Message("cmd.status.waiting"),
         context.text(Message("cmd.status.submit.waiting", {{"name", row.submission.name}, {"count", row.listed}})),
         "vtlt file take " + row.submission.name);
  if (f.lent > 0)
    line(context, report, Message("cmd.status.overdue"),
         context.text(Message("cmd.status.lent.what", {{"count", f.lent}, {"names", f.lent_names}})), "vtlt list uses");
  if (f.without_content > 0)
    line(context, report, Message("cmd.status.should"),
         f.without_content == 1
             ? context.text(Message("cmd.status.without.one", {{"names", f.without_names}}))
             : context.text(Message("cmd.status.without.what",
                                    {{"count", f.without_content}, {"names", f.without_names}})),
         "vtlt register list --without-content");
  if (f.unfiled > 0)
    line(context, report, Message("cmd.status.should"),
         context.text(Message("cmd.status.unfiled.what", {{"count", f.unfiled}})),
         "vtlt file suggest --unfiled");
  std::string awaited;
  std::int64_t waiting = 0;
  for (const auto& row : all) {
    if (fonds && row.fonds.id != *fonds) continue;
    for (const auto& one : repository.catalogue().pending_links(row.fonds.id))
      if (++waiting <= 3) awaited += (awaited.empty() ? "" : "; ") + text::printable(one.document_id);
  }
  if (waiting > 0)
    report.lacks(Message("cmd.status.awaited", {{"count", waiting}, {"names", awaited + (waiting > 3 ? " …" : "")}}));
  if (const int year = book_year(day); year != 0 && f.in > 0)
    line(context, report, Message("cmd.status.year_end"),
         context.text(Message("cmd.status.year_end.what", {{"year", std::to_string(year)}})),
         "vtlt print so-den --year " + std::to_string(year));
  report.result(json_of_figures(f, repository, name));
  report.show(context);
  const bool something = f.overdue > 0 || f.submit_overdue > 0 || f.lent > 0 || f.without_content > 0 || f.unfiled > 0;
  return o.exit_code && something ? static_cast<int>(Exit::findings) : 0;
}

}  // namespace

void add_status(CLI::App& parent, Context& context, Chosen& chosen) {
  Command command(parent, context, chosen, "status", Message("command.status"), Statuses::looking);
  auto o = std::make_shared<StatusOptions>();
  command.year(o->year);
  command.as_of(o->as_of);
  command.exit_code(o->exit_code);
  command.run([&context, o] { return run(context, *o); });
}

}  // namespace vtlt::cmd
