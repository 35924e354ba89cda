// vtlt print: the statutory forms from what is registered, filed and used.
#include <algorithm>

#include "base/new_folder.h"
#include "commands.h"
#include "output.h"
#include "print_files.h"
#include "repository/printing.h"
#include "sheet.h"
#include "text/text.h"
#include "views.h"

namespace vtlt::cmd {
namespace {

using repository::PrintableForm;
using repository::PrintNeeds;

struct PrintOptions {
  std::string forms, year, since, until, series, sort, vocabulary, list_sheets, as_of;
  std::vector<std::string> references, states;
};

std::string names_of_forms() {
  std::string names;
  for (const PrintableForm& form : repository::printable_forms())
    names += (names.empty() ? "" : " ") + std::string(form.name);
  return names;
}

// "so-den" or "so-den,so-di".
std::vector<const PrintableForm*> forms_of(const Context& context, const std::string& list) {
  std::vector<const PrintableForm*> forms;
  for (std::string_view rest = list;;) {
    const auto comma = rest.find(',');
    const std::string name(rest.substr(0, comma));
    const PrintableForm* form = repository::find_printable_form(name);
    if (form == nullptr)
      wrong_value(context.text(Message("place.form")), name,
                  Message("cmd.expected.form", {{"names", names_of_forms()}}));
    for (const PrintableForm* other : forms)
      if (other == form) wrong_value(context.text(Message("place.form")), list, Message("cmd.print.twice"));
    forms.push_back(form);
    if (comma == std::string_view::npos) return forms;
    rest.remove_prefix(comma + 1);
  }
}

// What the forms have in common; what one of them does not take is no use to anybody.
repository::PrintRequest request_of(Context& context, repository::Repository& repository,
                                    const PrintOptions& o, const std::vector<const PrintableForm*>& forms) {
  repository::PrintRequest request;
  request.fonds = context.globals.fonds;
  request.year = year_of("--year", o.year);
  request.since = text::to_iso(date_of("--since", o.since));
  request.until = until_of("--until", o.until);
  request.series = text::nfc(o.series);
  request.sort = sort_of(o.sort);
  request.today = o.as_of.empty() ? today() : date_of("--as-of", o.as_of);
  if (!request.today.whole()) wrong_value("--as-of", o.as_of, Message("cmd.expected.whole_date"));
  request.list_sheets = number_of("--list-sheets", o.list_sheets, 99'999);
  request.vocabulary = vocabulary_of(repository, o.vocabulary);
  request.states = states_of(o.states);
  std::size_t most = 0;  // references that somebody uses
  for (const PrintableForm* form : forms) {
    const auto refuse = [&](const char* flag, const std::string& value, bool takes) {
      if (!value.empty() && !takes)
        throw Error(Exit::usage, "VTLT-USE-04",
                    Message("cmd.print.no_flag", {{"form", form->name}, {"flag", flag}}));
    };
    refuse("--since", o.since, form->period);
    refuse("--until", o.until, form->period);
    refuse("--series", o.series, form->lines);
    refuse("--sort", o.sort, form->lines);
    refuse("--list-sheets", o.list_sheets, std::string_view(form->name) == "chung-tu-ket-thuc");
    refuse("--state", o.states.empty() ? "" : o.states.front(), form->needs == PrintNeeds::inventory);
    const std::size_t uses = form->needs == PrintNeeds::nothing    ? 0
                             : form->needs == PrintNeeds::incoming ? 1
                                                                   : o.references.size();
    most = std::max(most, uses);
  }
  if (o.references.size() > most)
    throw Error(
        Exit::usage, "VTLT-USE-02",
        Message("cmd.use.extra", {{"word", text::printable(o.references[most])}, {"command", "print " + o.forms}}));
  return request;
}

const char* extension_of(Format format) {
  return format == Format::csv ? ".csv" : format == Format::xlsx ? ".xlsx" : ".html";
}

// Minutes have no columns; a sheet has one at least.
repository::Printed as_table(const repository::Printed& printed) {
  repository::Printed table = printed;
  if (!printed.form.columns.empty()) return table;
  std::vector<std::string> lines = std::exchange(table.form.before, {});
  const auto after = std::exchange(table.form.after, {});
  lines.insert(lines.end(), after.begin(), after.end());
  table.form.columns = {{"Nội dung", 1}};
  table.rows = [lines](const std::function<void(const std::vector<std::string>&)>& each) {
    for (const std::string& line : lines)
      each({line});
  };
  return table;
}

void write(Context& context, const repository::Printed& printed, const Path& path) {
  if (context.format() == Format::xlsx) {
    const auto table = as_table(printed);
    SheetFile sheet(context, path, table.form);
    table.rows([&](const std::vector<std::string>& cells) { sheet.row(cells); });
    sheet.finish();
    return;
  }
  Sink sink(context, path);
  const exchange::Sink to = [&](std::string_view bytes) { sink.write(bytes); };
  if (context.format() == Format::csv)
    exchange::write_csv(printed.form, printed.rows, to);
  else
    exchange::write_html(printed.form, printed.rows, to);
  sink.finish();
}

// A folder for several, the computer file for one. `of`: the file it is about, when each has its own.
Path path_of(const Context& context, const PrintableForm& form, const std::string& of, bool several) {
  const Path output = context.globals.output;
  if (!several) return output;
  return output / (std::string(form.name) + (of.empty() ? "" : "-" + text::ascii_name(of)) + extension_of(context.format()));
}

// Each form as often as it is printed: once about all the references, or once about each of them.
struct Task {
  const PrintableForm* form;
  std::vector<std::string> references;
  std::string of;
};
std::vector<Task> tasks_of(const PrintOptions& o, const std::vector<const PrintableForm*>& forms) {
  std::vector<Task> tasks;
  for (const PrintableForm* form : forms) {
    if (form->needs != PrintNeeds::file || o.references.size() < 2) {
      tasks.push_back({form, o.references, {}});
      continue;
    }
    for (const std::string& reference : o.references)
      tasks.push_back({form, {reference}, reference});
  }
  return tasks;
}

int run(Context& context, const PrintOptions& o) {
  const auto forms = forms_of(context, need(context.text(Message("place.form")), o.forms));
  const Format format = context.format();
  if (format != Format::table && format != Format::html && format != Format::csv && format != Format::xlsx)
    throw Error(Exit::usage, "VTLT-USE-04", Message("cmd.print.format"));
  const auto tasks = tasks_of(o, forms);
  const bool several = tasks.size() > 1,
             to_stdout = context.globals.output.empty() || context.globals.output == "-";
  if (several && to_stdout)
    throw Error(Exit::usage, "VTLT-USE-02", Message("cmd.print.folder"), Message("cmd.print.folder.hint"));
  Report report;
  auto& repository = context.look(report);
  auto request = request_of(context, repository, o, forms);
  std::optional<NewFolder> folder;
  if (several) folder.emplace(context.files(), context.globals.output);
  Report done = report;
  std::vector<Message> notes;
  for (const Task& task : tasks) {
    refer(context, repository, task.references, request.year, task.form->needs, request);
    const auto printed = repository::print_form(repository, *task.form, request);
    const Path path = path_of(context, *task.form, task.of, several);
    write(context, printed, path);
    done.say(Message("cmd.print.done", {{"lines", printed.lines}, {"path", text::printable(path.string())}}));
    for (const Message& note : printed.notes) {
      const bool said =
          std::any_of(notes.begin(), notes.end(), [&](const Message& one) { return one.key == note.key; });
      if (!said || !several) notes.push_back(note);
    }
  }
  if (to_stdout) return 0;
  // The form is in its computer file; what is said about it goes to the terminal.
  context.globals.output.clear();
  for (const Message& note : notes)
    done.say(note);
  if (format == Format::table || format == Format::html) done.say(Message("cmd.print.how"));
  if (!context.globals.quiet) {
    Sink sink(context);
    done.show_head(context, sink);
    sink.finish();
  }
  return 0;
}

}  // namespace

void add_print(CLI::App& parent, Context& context, Chosen& chosen) {
  Command command(parent, context, chosen, "print", Message("command.print"), Statuses::looking);
  auto o = std::make_shared<PrintOptions>();
  command.place("form", o->forms, Message("place.form.which", {{"names", names_of_forms()}}));
  command.places("refs", o->references, Message("place.print.reference"));
  command.value("--since", o->since, Message("option.since"), Message("value.date"));
  command.value("--until", o->until, Message("option.until"), Message("value.date"));
  command.value("--series", o->series, Message("option.print.series"), Message("value.series"));
  command.value("--sort", o->sort, Message("option.sort"), Message("value.sort"));
  command.value("--vocabulary", o->vocabulary, Message("option.vocabulary"), Message("value.vocabulary"));
  command.values("--state", o->states, Message("option.files.state"), Message("value.state"));
  command.value("--list-sheets", o->list_sheets, Message("option.print.list_sheets"), Message("value.number"));
  command.year(o->year);
  command.as_of(o->as_of);
  command.example("vtlt print so-den --year 2026 -o so-den-2026.html");
  command.example("vtlt print so-di --year 2026 --format xlsx -o so-di-2026.xlsx");
  command.example("vtlt print so-theo-doi-giai-quyet,so-gui-buu-dien --year 2026 -o in-cuoi-nam");
  command.example("vtlt print dau-den den.1312 -o dau-den.html");
  command.example("vtlt print muc-luc-van-ban 2026.04.VP -o muc-luc.html");
  command.example("vtlt print muc-luc-ho-so,bien-ban-giao-nhan nop-2026-01 -o nop-2026-01");
  command.example("vtlt print bia-ho-so,nhan-hop,chung-tu-ket-thuc hop.09 -o hop-09");
  command.example("vtlt print danh-muc-ho-so --year 2027 -o danh-muc-2027.html");
  command.run([&context, o] { return run(context, *o); });
}

}  // namespace vtlt::cmd
