// vtlt print: the statutory forms from what is registered, filed and used.
#include <algorithm>

#include "base/new_folder.h"
#include "commands.h"
#include "output.h"
#include "repository/printing.h"
#include "sheet.h"
#include "text/text.h"
#include "views.h"

namespace vtlt::cmd {
namespace {

using repository::PrintableForm;
using repository::PrintNeeds;

struct PrintOptions {
  std::string forms, reference, year, since, until, series, sort, vocabulary, as_of;
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

records::Vocabulary vocabulary_of(repository::Repository& repository, const std::string& flag) {
  const std::string wanted = flag.empty() ? repository.catalogue().config("vocabulary") : flag;
  if (wanted.empty()) return records::Vocabulary::as_printed;
  const auto vocabulary = records::parse_vocabulary(wanted);
  if (!vocabulary)
    wrong_value("--vocabulary", wanted, Message("cmd.expected.one_of", {{"values", "2011|2024"}}));
  return *vocabulary;
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
  request.vocabulary = vocabulary_of(repository, o.vocabulary);
  bool needs = false;
  for (const PrintableForm* form : forms) {
    needs = needs || form->needs != PrintNeeds::nothing;
    const auto refuse = [&](const char* flag, const std::string& value, bool takes) {
      if (!value.empty() && !takes)
        throw Error(Exit::usage, "VTLT-USE-04",
                    Message("cmd.print.no_flag", {{"form", form->name}, {"flag", flag}}));
    };
    refuse("--since", o.since, form->period);
    refuse("--until", o.until, form->period);
    refuse("--series", o.series, form->lines);
    refuse("--sort", o.sort, form->lines);
  }
  if (!needs && !o.reference.empty())
    throw Error(
        Exit::usage, "VTLT-USE-02",
        Message("cmd.use.extra", {{"word", text::printable(o.reference)}, {"command", "print " + o.forms}}));
  return request;
}

std::optional<records::Id> about(Context& context, repository::Repository& repository, const PrintOptions& o,
                                 PrintNeeds needs) {
  const auto references = context.references(false, year_of("--year", o.year));
  if (needs == PrintNeeds::file) {
    need(context.text(Message("place.file")), o.reference);
    return repository::resolve_file(repository, o.reference, references).file.id;
  }
  if (needs == PrintNeeds::incoming) {
    need(context.text(Message("place.print.incoming")), o.reference);
    return repository::resolve_entry(repository, o.reference, references).entry.id;
  }
  return std::nullopt;
}

const char* extension_of(Format format) {
  return format == Format::csv ? ".csv" : format == Format::xlsx ? ".xlsx" : ".html";
}

void write(Context& context, const repository::Printed& printed, const Path& path) {
  if (context.format() == Format::xlsx) {
    SheetFile sheet(context, path, printed.form);
    printed.rows([&](const std::vector<std::string>& cells) { sheet.row(cells); });
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

// A folder for several forms, the computer file for one.
Path path_of(const Context& context, const PrintableForm& form, bool several) {
  const Path output = context.globals.output;
  return several ? output / (std::string(form.name) + extension_of(context.format())) : output;
}

int run(Context& context, const PrintOptions& o) {
  const auto forms = forms_of(context, need(context.text(Message("place.form")), o.forms));
  const Format format = context.format();
  if (format != Format::table && format != Format::html && format != Format::csv && format != Format::xlsx)
    throw Error(Exit::usage, "VTLT-USE-04", Message("cmd.print.format"));
  const bool several = forms.size() > 1,
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
  for (const PrintableForm* form : forms) {
    request.id = about(context, repository, o, form->needs);
    const auto printed = repository::print_form(repository, *form, request);
    const Path path = path_of(context, *form, several);
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
  command.place("ref", o->reference, Message("place.print.reference"));
  command.value("--since", o->since, Message("option.since"), Message("value.date"));
  command.value("--until", o->until, Message("option.until"), Message("value.date"));
  command.value("--series", o->series, Message("option.print.series"), Message("value.series"));
  command.value("--sort", o->sort, Message("option.sort"), Message("value.sort"));
  command.value("--vocabulary", o->vocabulary, Message("option.vocabulary"), Message("value.vocabulary"));
  command.year(o->year);
  command.as_of(o->as_of);
  command.example("vtlt print so-den --year 2026 -o so-den-2026.html");
  command.example("vtlt print so-di --year 2026 --format xlsx -o so-di-2026.xlsx");
  command.example("vtlt print so-theo-doi-giai-quyet,so-gui-buu-dien --year 2026 -o in-cuoi-nam");
  command.example("vtlt print dau-den den.1312 -o dau-den.html");
  command.example("vtlt print muc-luc-van-ban 2026.04.VP -o muc-luc.html");
  command.example("vtlt print danh-muc-ho-so --year 2027 -o danh-muc-2027.html");
  command.run([&context, o] { return run(context, *o); });
}

}  // namespace vtlt::cmd
