// vtlt file open: a hồ sơ of the year's list, or a new one in a class of the scheme.
#include "commands.h"
#include "output.h"
#include "repository/planning.h"
#include "text/text.h"
#include "views.h"

namespace vtlt::cmd {
namespace {

struct OpenOptions {
  std::string planned, class_no, title, term, rule, officer, access, notation, start, end, box, sheets, paper_code,
      confidence, language, keyword, note, inventory, condition, year;
  bool dry_run = false;
};

// What the flags say of a file; a planned one keeps what they do not.
void describe(const OpenOptions& o, records::FileRecord& file) {
  const auto set = [](std::string& field, const std::string& value) {
    if (!value.empty()) field = text::nfc(value);
  };
  set(file.title, o.title);
  set(file.officer, o.officer);
  set(file.access, o.access);
  set(file.paper_code, o.paper_code);
  set(file.confidence, o.confidence);
  set(file.language, o.language);
  set(file.keyword, o.keyword);
  set(file.note, o.note);
  set(file.inventory, o.inventory);
  set(file.condition, o.condition);
  if (!o.start.empty()) file.start = date_of("--start", o.start);
  if (!o.end.empty()) file.end = date_of("--end", o.end);
  if (!o.sheets.empty()) file.sheets = number_of("--sheets", o.sheets, 999'999);
  if (!o.access.empty() && o.access != "open" && o.access != "conditional" && o.access != "secret")
    wrong_value("--access", o.access, Message("cmd.expected.access"));
}

records::FileRecord file_of(const OpenOptions& o) {
  need("--title", o.title);
  records::FileRecord file;
  describe(o, file);
  file.notation = text::nfc(o.notation);
  file.rule = o.rule;
  file.year = o.year.empty() ? current_year() : year_of("--year", o.year);
  if (!o.term.empty()) {
    const auto term = records::parse_term(o.term);
    if (!term) wrong_value("--term", o.term, Message("cmd.expected.term"));
    file.term = *term;
  }
  return file;
}

void tell(Context& context, const OpenOptions& o, const catalogue::FileRow& row, const std::vector<Finding>& findings) {
  const auto& file = row.file;
  const std::string name = name_of(file);
  const std::string term = records::term_text(file.term);
  Report report;
  const std::vector<std::pair<std::string, MessageArg>> args = {{"file", name}, {"title", file.title}};
  std::string first =
      context.text(o.dry_run ? Message("cmd.file.open.would", args) : Message("cmd.file.open.done", args));
  if (!term.empty()) first += " · " + term + (file.term_source.empty() ? "" : " (" + file.term_source + ")");
  if (!o.planned.empty() && !file.officer.empty())
    first += context.text(Message("cmd.file.open.officer", {{"officer", file.officer}}));
  report.say_text(first);
  if (term.empty()) report.lacks(Message("cmd.file.open.no_term"));
  if (o.dry_run) report.say(Message("cmd.nothing_written"));
  report.found(findings);
  if (!o.dry_run) report.next("vtlt file add " + name + " den.…");
  report.result(Object().yes("written", !o.dry_run).raw("file", json_of(row)).text());
  report.show(context);
}

// A file of the year's list: class, number and term are those of the list.
int run_planned(Context& context, const OpenOptions& o) {
  for (const auto& [flag, value] : {std::pair<const char*, const std::string&>{"--class", o.class_no},
                                    {"--rule", o.rule},
                                    {"--term", o.term},
                                    {"--notation", o.notation}})
    if (!value.empty()) throw Error(Exit::usage, "VTLT-USE-04", Message("cmd.file.open.planned_flag", {{"flag", flag}}));
  records::FileRecord probe;
  describe(o, probe);  // what is wrong in the flags is said before anything is opened
  auto& repository = context.write();
  repository::PlannedOpenRequest request;
  request.file = repository::resolve_planned(repository, text::nfc(o.planned), context.references(true, year_of("--year", o.year))).file.id;
  request.change = [&](records::FileRecord& file) { describe(o, file); };
  request.box = o.box;
  request.dry_run = o.dry_run;
  tell(context, o, repository::open_planned(repository, request), {});
  return 0;
}

int run(Context& context, const OpenOptions& o) {
  if (!o.planned.empty()) return run_planned(context, o);
  repository::FileOpenRequest request;
  request.class_no = o.class_no;
  request.file = file_of(o);
  if (o.class_no.empty() && o.notation.empty()) missing("--class");
  request.box = o.box;
  request.fonds = context.globals.fonds;
  request.dry_run = o.dry_run;
  const auto result = repository::open_file(context.write(), request);
  tell(context, o, result.file, result.findings);
  return 0;
}

}  // namespace

void add_file_open(CLI::App& parent, Context& context, Chosen& chosen) {
  Command command(parent, context, chosen, "open", Message("command.file.open"), Statuses::writing);
  auto o = std::make_shared<OpenOptions>();
  const Message text("value.text"), date("value.date"), number("value.number");
  command.place("planned", o->planned, Message("place.planned"));
  command.value("--class", o->class_no, Message("option.class"), Message("value.class"));
  command.value("--title", o->title, Message("option.title"), text);
  command.value("--term", o->term, Message("option.term"), Message("value.term"));
  command.value("--rule", o->rule, Message("option.rule"), Message("value.code"));
  command.value("--notation", o->notation, Message("option.notation"), Message("value.code"));
  command.value("--officer", o->officer, Message("option.officer"), text);
  command.value("--access", o->access, Message("option.access"), Message("value.access"));
  command.value("--start", o->start, Message("option.start"), date);
  command.value("--end", o->end, Message("option.end"), date);
  command.value("--box", o->box, Message("option.box"), Message("value.code"));
  command.value("--sheets", o->sheets, Message("option.sheets"), number);
  command.value("--paper-code", o->paper_code, Message("option.paper_code"), Message("value.code"));
  command.value("--confidence", o->confidence, Message("option.confidence"), text);
  command.value("--language", o->language, Message("option.language"), text);
  command.value("--keyword", o->keyword, Message("option.keyword"), text);
  command.value("--note", o->note, Message("option.note"), text);
  command.value("--inventory", o->inventory, Message("option.inventory"), Message("value.code"));
  command.value("--condition", o->condition, Message("option.condition"), text);
  command.year(o->year);
  command.dry_run(o->dry_run);
  command.example("vtlt file open 2027.04.VP");
  command.example(
      "vtlt file open --class I.2 --title \"Công tác văn thư, lưu trữ năm 2026\" --rule tt09-148");
  command.run([&context, o] { return run(context, *o); });
}

}  // namespace vtlt::cmd
