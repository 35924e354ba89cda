// vtlt init: a new repository from a ready scheme or from the office's own, with the questions of a first
// day.
#include <algorithm>

#include "commands.h"
#include "demo.h"
#include "output.h"
#include "scheme_text.h"
#include "text/text.h"
#include "views.h"

namespace vtlt::cmd {
namespace {

struct InitOptions : TemplateOptions {
  std::string directory, group;
  bool demo = false;
};

// "UBND xã Phong Hải" → "phong-hai": the kind of body says nothing in a folder's name.
std::string folder_for(const std::string& name) {
  static const std::vector<std::string> kinds = {
      "ubnd", "uy ban nhan dan", "hdnd va ubnd", "hdnd",   "hoi dong nhan dan", "dang uy",
      "xa",   "phuong",          "thi tran",     "dac khu"};
  std::string folded = text::fold(name);
  for (bool again = true; again;) {
    again = false;
    for (const std::string& kind : kinds)
      if (folded.rfind(kind + " ", 0) == 0) {
        folded.erase(0, kind.size() + 1);
        again = true;
      }
  }
  return text::ascii_name(folded);
}

std::string scheme_from_file(Context& context, const InitOptions& o) {
  for (const auto& [flag, value] : answers_given(o))
    throw Error(Exit::usage, "VTLT-USE-04", Message("cmd.init.template_only", {{"flag", flag}}),
                Message("cmd.init.template_only.hint"));
  return read_scheme_file(context, o.from);
}

// As named, seen from -C; else VTLT_DIR; else a folder named after the office.
Path directory_for(const Context& context, const InitOptions& o, const std::string& name) {
  const Path from = context.globals.directory.empty() ? Path() : Path(context.globals.directory);
  if (!o.directory.empty()) return from / o.directory;
  if (from.empty() && !environment("VTLT_DIR").empty()) return environment("VTLT_DIR");
  return from / folder_for(name);
}

std::string folder_shown(const Path& directory) {
  const std::string shown = text::printable(directory.lexically_normal().string());
  return shown.rfind('/', 0) == 0 || shown == "." || shown.rfind("..", 0) == 0 ? shown : "./" + shown;
}

// An invented office to play with, whose numbers vtlt gives: nothing asked, nothing of the clerk's own
// touched.
int run_demo(Context& context, InitOptions o) {
  for (const auto& [flag, value] : {std::pair<const char*, const std::string&>{"--from", o.from},
                                    {"--name", o.name},
                                    {"--organ", o.organ},
                                    {"--code", o.code},
                                    {"--numbering", o.numbering},
                                    {"--system", o.system},
                                    {"--archive", o.archive},
                                    {"--submission", o.submission},
                                    {"--shared", o.group}})
    if (!value.empty())
      throw Error(Exit::usage, "VTLT-USE-04", Message("cmd.init.demo.alone", {{"flag", flag}}));
  o.from = "xa";
  o.name = Demo::kName;
  o.organ = Demo::kOrgan;
  o.numbering = "internal";
  o.submission = "yes";
  std::string name;
  repository::InitRequest request;
  request.scheme_name = o.from;
  request.scheme_text = filled_template(context, o, name);
  request.directory = directory_for(context, o, Demo::kFolder);
  request.config = {{"lang", context.language() == Language::vi ? "vi" : "en"}};
  need_empty_folder(context, request.directory);
  repository::Options options = context.options();
  request.actor_name = options.actor;
  const auto made = repository::init(context.files(), request, options);
  const DemoFilled filled = fill_demo(context, request.directory);

  const std::string folder = folder_shown(request.directory);
  Report report;
  report.say(Message("cmd.init.demo.done", {{"path", folder},
                                            {"name", made.fonds.name},
                                            {"documents", filled.in + filled.out},
                                            {"in", filled.in},
                                            {"out", filled.out},
                                            {"files", filled.files}}));
  report.say(Message("cmd.init.demo.drop", {{"path", folder}}));
  if (folder != ".") report.next("cd " + typed(folder));
  report.next("vtlt status");
  report.next("vtlt print so-den -o so-den.html");
  report.next("vtlt help bat-dau", Message("cmd.init.next.help"));
  report.result(Object()
                    .add("path", text::printable(made.root.string()))
                    .raw("fonds", journal::encode(made.fonds))
                    .add("documents", filled.in + filled.out)
                    .add("files", filled.files)
                    .text());
  report.show(context);
  return 0;
}

int run(Context& context, const InitOptions& o) {
  context.wrote = true;
  if (o.demo) return run_demo(context, o);
  need("--from", o.from);
  std::string name;
  repository::InitRequest request;
  request.scheme_name = o.from;
  request.scheme_text =
      is_template(o.from) ? filled_template(context, o, name) : scheme_from_file(context, o);
  const scheme::Scheme scheme = scheme::load({request.scheme_name, request.scheme_text});
  std::vector<Finding> findings;
  request.holidays = holidays_beside(context, is_template(o.from) ? "" : o.from, scheme, findings);
  if (name.empty()) name = scheme.fonds_name;
  request.directory = directory_for(context, o, name);
  request.group = o.group;
  repository::Options options = context.options();
  request.actor_name = options.actor;
  request.config = {{"lang", context.language() == Language::vi ? "vi" : "en"}};
  if (!context.globals.actor.empty()) request.config.emplace_back("actor.name", context.globals.actor);
  const auto made = repository::init(context.files(), request, options);

  const scheme::Summary summary = scheme::summary(made.scheme);
  const std::string folder = folder_shown(request.directory);
  Report report;
  const bool ready = is_template(o.from);
  const std::vector<std::pair<std::string, MessageArg>> args = {{"path", folder},
                                                                {"scheme", ready ? o.from : made.scheme.id},
                                                                {"classes", std::int64_t{summary.classes}},
                                                                {"rules", std::int64_t{summary.rules}}};
  report.say(ready ? Message("cmd.init.done", args) : Message("cmd.init.done.own", args));
  if (summary.baseline > 0)
    report.lacks(Message("cmd.init.baseline", {{"count", std::int64_t{summary.baseline}}}));
  if (made.fonds.organ.empty()) report.lacks(Message("cmd.init.no_organ"));
  if (!made.scheme.numbering_internal) report.say(Message("cmd.init.external"));
  report.say(Message("cmd.init.where"));
  report.found(findings);
  if (folder != ".") report.next("cd " + typed(folder));
  report.next("vtlt register import so-den.csv --kind in --dry-run", Message("cmd.init.next.list"));
  report.next("vtlt help bat-dau", Message("cmd.init.next.help"));
  report.result(Object()
                    .add("path", text::printable(made.root.string()))
                    .raw("fonds", journal::encode(made.fonds))
                    .add("scheme", made.scheme.id)
                    .add("classes", summary.classes)
                    .add("rules", summary.rules)
                    .add("baseline_rules", summary.baseline)
                    .text());
  report.show(context);
  return 0;
}

}  // namespace

void add_init(CLI::App& parent, Context& context, Chosen& chosen) {
  Command command(parent, context, chosen, "init", Message("command.init"), Statuses::writing);
  auto o = std::make_shared<InitOptions>();
  command.place("directory", o->directory, Message("place.init.directory"));
  command.value("--from", o->from, Message("option.init.from"), Message("value.scheme"));
  add_template_flags(command, *o);
  command.value("--shared", o->group, Message("option.init.shared"), Message("value.group"));
  command.flag("--demo", o->demo, Message("option.init.demo"));
  command.example("vtlt init --from xa");
  command.example("vtlt init --demo");
  command.example(
      "vtlt init kho --from xa --name \"UBND xã Phong Hải\" --organ H57.32.15 --numbering external "
      "--submission yes");
  command.run([&context, o] { return run(context, *o); });
}

}  // namespace vtlt::cmd
