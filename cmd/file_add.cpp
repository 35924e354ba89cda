// vtlt file add, vtlt file remove: documents into a hồ sơ, and out of it again.
#include "commands.h"
#include "output.h"
#include "text/text.h"
#include "views.h"

namespace vtlt::cmd {
namespace {

struct AddOptions {
  std::string file, year, reason;
  std::vector<std::string> references;
  bool dry_run = false;
};

int run_add(Context& context, const AddOptions& o) {
  need(context.text(Message("place.file")), o.file);
  if (o.references.empty()) missing(context.text(Message("place.references")));
  auto& repository = context.write();
  const auto references = context.references(true, year_of("--year", o.year));
  const auto file = repository::resolve_file(repository, o.file, references);
  std::vector<records::Id> documents;
  for (const std::string& reference : o.references)
    documents.push_back(document_of(repository, reference, references));
  const auto result = repository::add_to_file(repository, file.file.id, documents, o.dry_run);

  Report report;
  const std::string name = name_of(result.file.file);
  std::string ordinals;
  std::vector<std::string> added;
  for (const auto& [ordinal, document] : result.added) {
    ordinals += (ordinals.empty() ? "" : ", ") + std::to_string(ordinal) + " (" + name_of(document) + ")";
    added.push_back(Object()
                        .add("ordinal", ordinal)
                        .add("document", document.id.text())
                        .add("number", document.own.text())
                        .text());
  }
  const std::vector<std::pair<std::string, MessageArg>> args = {
      {"count", static_cast<std::int64_t>(result.added.size())},
      {"file", name},
      {"title", result.file.file.title},
      {"ordinals", ordinals}};
  if (result.added.empty())
    report.say(Message("cmd.file.add.none", args));
  else
    report.say(o.dry_run ? Message("cmd.file.add.would", args) : Message("cmd.file.add.done", args));
  for (const auto& document : result.present)
    report.say(Message("cmd.file.add.present", {{"document", name_of(document)}, {"file", name}}));
  if (o.dry_run) report.say(Message("cmd.nothing_written"));
  report.result(Object()
                    .yes("written", !o.dry_run && !added.empty())
                    .raw("file", json_of(result.file))
                    .raw("added", array(added))
                    .text());
  report.show(context);
  return 0;
}

int run_remove(Context& context, const AddOptions& o) {
  need(context.text(Message("place.file")), o.file);
  if (o.references.empty()) missing(context.text(Message("place.ordinals")));
  std::vector<int> ordinals;
  for (const std::string& word : o.references) {
    ordinals.push_back(number_of(context.text(Message("place.ordinals")), word, 999'999));
    if (ordinals.back() == 0)
      wrong_value(context.text(Message("place.ordinals")), word, Message("cmd.expected.ordinal"));
  }
  need("--reason", o.reason);
  auto& repository = context.write();
  const auto file =
      repository::resolve_file(repository, o.file, context.references(true, year_of("--year", o.year)));
  const auto removed =
      repository::remove_from_file(repository, file.file.id, ordinals, text::nfc(o.reason), o.dry_run);

  Report report;
  std::string names;
  std::vector<std::string> rows;
  for (const auto& document : removed) {
    names += (names.empty() ? "" : ", ") + name_of(document);
    rows.push_back(journal::encode(document));
  }
  const std::vector<std::pair<std::string, MessageArg>> args = {
      {"count", static_cast<std::int64_t>(removed.size())},
      {"file", name_of(file.file)},
      {"documents", names}};
  report.say(o.dry_run ? Message("cmd.file.remove.would", args) : Message("cmd.file.remove.done", args));
  report.say(o.dry_run ? Message("cmd.nothing_written") : Message("cmd.file.remove.kept"));
  report.result(
      Object().yes("written", !o.dry_run).add("file", name_of(file.file)).raw("removed", array(rows)).text());
  report.show(context);
  return 0;
}

}  // namespace

void add_file_add(CLI::App& parent, Context& context, Chosen& chosen) {
  Command command(parent, context, chosen, "add", Message("command.file.add"), Statuses::writing);
  auto o = std::make_shared<AddOptions>();
  command.place("file", o->file, Message("place.file"));
  command.places("refs", o->references, Message("place.references"));
  command.year(o->year);
  command.dry_run(o->dry_run);
  command.example("vtlt file add 04.VP den.1312 87/UBND-VP");
  command.run([&context, o] { return run_add(context, *o); });
}

void add_file_remove(CLI::App& parent, Context& context, Chosen& chosen) {
  Command command(parent, context, chosen, "remove", Message("command.file.remove"), Statuses::writing);
  auto o = std::make_shared<AddOptions>();
  command.place("file", o->file, Message("place.file"));
  command.places("ordinals", o->references, Message("place.ordinals"));
  command.reason(o->reason);
  command.year(o->year);
  command.dry_run(o->dry_run);
  command.example("vtlt file remove 2026.04.VP 5 9 --reason \"dự thảo; trùng\"");
  command.run([&context, o] { return run_remove(context, *o); });
}

}  // namespace vtlt::cmd
