// vtlt scheme new, import: a scheme as a file to work on. Nothing is adopted.
#include "commands.h"
#include "exchange/file_list.h"
#include "output.h"
#include "scheme/file_list.h"
#include "scheme_text.h"
#include "text/text.h"
#include "views.h"

namespace vtlt::cmd {
namespace {

struct NewOptions : TemplateOptions {};

struct ImportOptions : TemplateOptions {
  std::string list, decision, date, year, sheet;
};

// The scheme of the repository that stands here; exit 2 naming --from where none does.
std::string text_in_use(Context& context, Report& report, std::string& name) {
  if (!repository::find(context.files(), context.start()))
    throw Error(Exit::usage, "VTLT-USE-02", Message("cmd.scheme.no_base"));
  auto& repository = context.look(report);
  const auto fonds = repository.fonds(context.globals.fonds);
  name = fonds.scheme_name;
  return scheme_in_use(repository, fonds);
}

std::string base_text(Context& context, Report& report, const TemplateOptions& o, std::string& name) {
  if (is_template(o.from)) {
    std::string office;
    name = o.from;
    return filled_template(context, o, office);
  }
  for (const auto& [flag, value] : answers_given(o))
    throw Error(Exit::usage, "VTLT-USE-04",
                o.from.empty() ? Message("cmd.scheme.from_only", {{"flag", flag}})
                               : Message("cmd.scheme.from_template",
                                         {{"flag", flag}, {"from", text::printable(o.from)}}));
  if (o.from.empty()) return text_in_use(context, report, name);
  name = o.from;
  return read_scheme_file(context, o.from);
}

// A scheme that somebody has worked on is not written over unasked. Without -o it goes to stdout.
std::string write_scheme(Context& context, const std::string& yaml) {
  const std::string path = context.globals.output == "-" ? "" : context.globals.output;
  if (!path.empty() && !context.globals.yes && context.files().stat(path))
    throw Error(Exit::refused, "VTLT-USE-07", Message("cmd.scheme.there", {{"path", text::printable(path)}}),
                Message("cmd.scheme.there.hint"));
  if (!path.empty() || !context.json()) {
    Sink sink(context);
    sink.write(yaml);
    sink.finish();
  }
  context.globals.output.clear();
  return path;
}

void show_written(Context& context, Report& report, const std::string& path, const std::string& yaml,
                  Object result) {
  if (path.empty()) {
    if (!context.json()) return;
    result.add("scheme", yaml);
  } else {
    result.add("path", text::printable(path));
    report.next("vtlt scheme check " + typed(path));
  }
  report.result(result.text());
  report.show(context);
}

int run_new(Context& context, const NewOptions& o) {
  context.wrote = true;
  Report report;
  std::string name;
  const std::string yaml = base_text(context, report, o, name);
  const scheme::Summary summary = scheme::summary(scheme::load({name, yaml}));
  const std::string path = write_scheme(context, yaml);
  report.say(Message("cmd.scheme.made", {{"path", text::printable(path)},
                                         {"classes", std::int64_t{summary.classes}},
                                         {"rules", std::int64_t{summary.rules}}}));
  show_written(context, report, path, yaml,
               Object()
                   .add("classes", summary.classes)
                   .add("rules", summary.rules)
                   .add("baseline_rules", summary.baseline));
  return 0;
}

// Nothing of a list with errors: a file left out would be missed only when it is looked for.
void refuse_errors(const std::string& path, std::vector<Finding> findings) {
  std::vector<Finding> errors;
  for (Finding& finding : findings) {
    finding.path = text::printable(path);
    if (finding.level == Level::error) errors.push_back(std::move(finding));
  }
  if (errors.empty()) return;
  const auto count = static_cast<std::int64_t>(errors.size());
  throw Error(Exit::refused, "VTLT-LIST-21",
              Message("cmd.scheme.import_refused", {{"path", text::printable(path)}, {"count", count}}))
      .because(std::move(errors));
}

int run_import(Context& context, const ImportOptions& o) {
  context.wrote = true;
  Report report;
  const auto lines = read_file_lines(context, need(context.text(Message("place.scheme.list")), o.list), o.sheet);
  std::string name;
  scheme::FromListRequest request;
  const std::string base = base_text(context, report, o, name);
  request.base = scheme::load({name, base});
  request.list_name = text::printable(Path(o.list).filename().string());
  request.year = year_of("--year", o.year);
  request.decision = text::nfc(o.decision);
  request.date = date_of("--date", o.date);
  if (request.decision.empty() != request.date.empty())
    missing(request.decision.empty() ? "--decision" : "--date");
  if (!request.date.empty() && !request.date.whole())
    wrong_value("--date", o.date, Message("cmd.expected.date"));
  auto made = scheme::scheme_from_list(lines, request);
  refuse_errors(o.list, made.findings);
  if (made.files == 0)
    throw Error(Exit::refused, "VTLT-LIST-22",
                Message("cmd.scheme.import_empty", {{"path", text::printable(o.list)}}));
  const std::string yaml =
      scheme::to_yaml(made.scheme, "Khung phân loại lập từ danh mục hồ sơ " + request.list_name);
  scheme::load({"-", yaml});  // what is handed out can be read again
  const std::string path = write_scheme(context, yaml);
  report.say(Message("cmd.scheme.imported", {{"path", text::printable(path)},
                                             {"headings", std::int64_t{made.headings}},
                                             {"files", std::int64_t{made.files}},
                                             {"permanent", std::int64_t{made.permanent}},
                                             {"terms", std::int64_t{made.files - made.permanent}},
                                             {"year", made.year == 0 ? "-" : std::to_string(made.year)}}));
  report.say(Message("cmd.scheme.imported_rules", {{"known", std::int64_t{made.known_rules}}}));
  for (Finding& finding : made.findings) {
    finding.path = text::printable(o.list);
    report.found(finding);
  }
  show_written(context, report, path, yaml,
               Object()
                   .add("year", made.year)
                   .add("headings", made.headings)
                   .add("files", made.files)
                   .add("permanent", made.permanent)
                   .add("with_term", made.files - made.permanent)
                   .add("known_rules", made.known_rules));
  return 0;
}

}  // namespace

void add_scheme_write(CLI::App& parent, Context& context, Chosen& chosen) {
  {
    Command command(parent, context, chosen, "new", Message("command.scheme.new"), Statuses::writing);
    auto o = std::make_shared<NewOptions>();
    command.value("--from", o->from, Message("option.scheme.from"), Message("value.scheme"));
    add_template_flags(command, *o);
    command.example("vtlt scheme new --from xa --name \"UBND xã Phong Hải\" -o khung.yaml");
    command.example("vtlt scheme new -o khung-moi.yaml");
    command.run([&context, o] { return run_new(context, *o); });
  }
  {
    Command command(parent, context, chosen, "import", Message("command.scheme.import"), Statuses::writing);
    auto o = std::make_shared<ImportOptions>();
    command.place("list", o->list, Message("place.scheme.list"));
    command.value("--from", o->from, Message("option.scheme.import.from"), Message("value.scheme"));
    add_template_flags(command, *o);
    command.value("--decision", o->decision, Message("option.scheme.decision"), Message("value.text"));
    command.value("--date", o->date, Message("option.scheme.decision_date"), Message("value.date"));
    command.value("--sheet", o->sheet, Message("option.sheet"), Message("value.text"));
    command.value("--year", o->year, Message("option.scheme.year"), Message("value.year"));
    command.example(
        "vtlt scheme import danh-muc-2027.xlsx --from xa --name \"UBND xã Phong Hải\" -o khung.yaml");
    command.run([&context, o] { return run_import(context, *o); });
  }
}

}  // namespace vtlt::cmd
