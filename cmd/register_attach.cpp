// vtlt register attach: computer files that came after the register line.
#include "commands.h"
#include "output.h"
#include "text/text.h"
#include "views.h"

namespace vtlt::cmd {
namespace {

struct AttachOptions {
  std::string reference, role, year;
  std::vector<std::string> paths;
  bool dry_run = false;
};

int run(Context& context, const AttachOptions& o) {
  need(context.text(Message("place.reference")), o.reference);
  if (o.paths.empty()) missing(context.text(Message("place.content")));
  records::Role role = records::Role::main;
  if (!o.role.empty()) {
    const auto wanted = records::parse_role(o.role);
    if (!wanted) wrong_value("--role", o.role, Message("cmd.expected.role"));
    role = *wanted;
  }
  repository::AttachRequest request;
  for (const std::string& path : o.paths) {
    const auto stat = context.files().stat(path);
    if (!stat || stat->kind != FileKind::file)
      throw Error(Exit::usage, "VTLT-USE-05",
                  Message(stat ? "cmd.is_folder" : "cmd.no_file", {{"path", text::printable(path)}}));
    request.contents.push_back(
        {path, o.role.empty() && !request.contents.empty() ? records::Role::annex : role});
  }
  request.dry_run = o.dry_run;
  auto& repository = context.write();
  request.document =
      document_of(repository, o.reference, context.references(true, year_of("--year", o.year)));
  const auto components = repository::attach(repository, request);

  Report report;
  std::vector<std::string> rows;
  std::uint64_t bytes = 0;
  for (const auto& component : components) {
    rows.push_back(json_of(component));
    bytes += component.size;
  }
  const std::vector<std::pair<std::string, MessageArg>> args = {
      {"count", static_cast<std::int64_t>(components.size())},
      {"bytes", context.bytes(bytes)},
      {"name", o.reference}};
  report.say(o.dry_run ? Message("cmd.attach.would", args) : Message("cmd.attach.done", args));
  report.say(o.dry_run ? Message("cmd.nothing_written") : Message("cmd.kept"));
  report.result(Object()
                    .yes("written", !o.dry_run)
                    .add("document", request.document.text())
                    .raw("components", array(rows))
                    .text());
  report.show(context);
  return 0;
}

}  // namespace

void add_register_attach(CLI::App& parent, Context& context, Chosen& chosen) {
  Command command(parent, context, chosen, "attach", Message("command.register.attach"), Statuses::writing);
  auto o = std::make_shared<AttachOptions>();
  command.place("ref", o->reference, Message("place.reference.entry"));
  command.places("content", o->paths, Message("place.content"));
  command.value("--role", o->role, Message("option.role"), Message("value.role"));
  command.year(o->year);
  command.dry_run(o->dry_run);
  command.example("vtlt register attach 87/UBND-VP 87-ky.pdf");
  command.run([&context, o] { return run(context, *o); });
}

}  // namespace vtlt::cmd
