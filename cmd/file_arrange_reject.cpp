// vtlt file arrange reject: what an arrangement sorts out, in bundles and volumes.
#include "file_arrange.h"
#include "output.h"
#include "repository/arranging.h"
#include "text/text.h"
#include "views.h"

namespace vtlt::cmd {
namespace {

struct RejectOptions {
  std::vector<std::string> files;
  std::string reason, bundle, volume, volumes;
  bool undo = false, dry_run = false;
};

int run(Context& context, const RejectOptions& o) {
  if (o.files.empty()) missing(context.text(Message("value.file")));
  if (!o.undo) need("--reason", o.reason);
  if (!o.volume.empty()) need("--bundle", o.bundle);
  auto& repository = context.write();
  repository::RejectRequest request;
  for (const auto& reference : o.files)
    request.files.push_back(
        repository::resolve_file(repository, reference, context.references(true)).file.id);
  request.reason = text::nfc(o.reason);
  request.bundle = number_of("--bundle", o.bundle, 99'999);
  request.volume = number_of("--volume", o.volume, 99'999);
  if (!o.volumes.empty()) request.volumes = number_of("--volumes", o.volumes, 999);
  request.undo = o.undo;
  request.dry_run = o.dry_run;
  const auto result = repository::reject_files(repository, request);
  Report report;
  std::int64_t asked = 0, moved = 0;
  std::string places;
  std::vector<std::string> rows;
  for (const auto& one : result.files) {
    const auto& file = one.file.file;
    ++(one.asked ? asked : moved);
    if (one.asked && !o.undo && asked <= 5)
      places += (places.empty() ? "" : "; ") + name_of(file) + " → " +
                context.text(Message("cmd.reject.place", {{"bundle", file.bundle}, {"volume", file.volume}}));
    rows.push_back(Object(json_of(one.file)).yes("asked", one.asked).text());
  }
  if (asked > 5 && !o.undo) places += "; …";
  const std::vector<std::pair<std::string, MessageArg>> args = {
      {"count", asked}, {"reason", request.reason}, {"places", places}};
  report.say(o.undo ? Message(o.dry_run ? "cmd.reject.undo.would" : "cmd.reject.undo.done", args)
                    : Message(o.dry_run ? "cmd.reject.would" : "cmd.reject.done", args));
  if (moved != 0) report.say(Message("cmd.reject.moved", {{"count", moved}}));
  if (!o.undo) report.say(Message("cmd.reject.stays"));
  if (o.dry_run) report.say(Message("cmd.nothing_written"));
  report.found(result.findings);
  report.next("vtlt file list --rejected");
  report.result(Object().yes("written", !o.dry_run).raw("files", array(rows)).text());
  report.show(context);
  return 0;
}

}  // namespace

void add_file_arrange_reject(CLI::App& parent, Context& context, Chosen& chosen) {
  Command command(parent, context, chosen, "reject", Message("command.file.arrange.reject"),
                  Statuses::writing);
  auto o = std::make_shared<RejectOptions>();
  command.places("files", o->files, Message("value.file"));
  command.reason(o->reason);
  command.value("--bundle", o->bundle, Message("option.bundle"), Message("value.number"));
  command.value("--volume", o->volume, Message("option.volume"), Message("value.number"));
  command.value("--volumes", o->volumes, Message("option.volumes"), Message("value.number"));
  command.flag("--undo", o->undo, Message("option.reject.undo"));
  command.dry_run(o->dry_run);
  command.example("vtlt file arrange reject hs.T1-4 hs.T1-9 --reason \"trùng\" --fonds DH");
  command.run([&context, o] { return run(context, *o); });
}

}  // namespace vtlt::cmd
