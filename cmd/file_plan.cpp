// vtlt file plan: the files of a year, from the adopted list (danh mục hồ sơ) or from the scheme.
#include "commands.h"
#include "output.h"
#include "repository/planning.h"
#include "scheme_text.h"
#include "text/text.h"
#include "views.h"

namespace vtlt::cmd {
namespace {

struct PlanOptions {
  std::string year, from, sheet, basis;
  bool dry_run = false;
};

Message what_happened(const repository::PlanResult& result, bool dry_run) {
  const auto all = static_cast<std::int64_t>(result.planned.size() + result.present.size());
  const auto fresh = static_cast<std::int64_t>(result.planned.size());
  const std::vector<std::pair<std::string, MessageArg>> args = {{"year", std::to_string(result.year)},
                                                                {"count", all},
                                                                {"fresh", fresh},
                                                                {"permanent", std::int64_t{result.permanent}},
                                                                {"terms", std::int64_t{result.with_term}}};
  if (fresh == 0) return Message("cmd.file.plan.same", args);
  if (fresh == all) return dry_run ? Message("cmd.file.plan.would", args) : Message("cmd.file.plan.done", args);
  return dry_run ? Message("cmd.file.plan.would_more", args) : Message("cmd.file.plan.more", args);
}

int run(Context& context, const PlanOptions& o) {
  repository::PlanRequest request;
  request.year = year_of(context.text(Message("place.plan.year")), need(context.text(Message("place.plan.year")), o.year));
  request.basis = text::nfc(o.basis);
  request.fonds = context.globals.fonds;
  request.dry_run = o.dry_run;
  if (!o.from.empty()) {
    request.from_list = true;
    request.lines = read_file_lines(context, o.from, o.sheet);
    request.list_name = text::printable(Path(o.from).filename().string());
  }
  const auto result = repository::plan_files(context.write(), std::move(request));

  Report report;
  const std::string year = std::to_string(result.year);
  const std::string print = in_fonds(context, "vtlt print danh-muc-ho-so --year " + year);
  report.say_text(context.text(what_happened(result, o.dry_run)) +
                  (o.dry_run ? "" : " " + context.text(Message("cmd.file.plan.print", {{"command", print}}))));
  if (result.without_term > 0)
    report.lacks(Message("cmd.file.plan.no_term", {{"count", std::int64_t{result.without_term}}}));
  for (const auto& pattern : result.patterns)
    report.say(Message("cmd.file.plan.pattern", {{"notation", pattern.notation}, {"title", pattern.title}, {"class", pattern.class_no}}));
  if (o.dry_run) report.say(Message("cmd.nothing_written"));
  report.found(result.findings);
  if (!context.json()) {
    report.show(context);
    return 0;
  }
  const auto rows = [](const std::vector<records::FileRecord>& files) {
    std::vector<std::string> encoded;
    for (const auto& file : files)
      encoded.push_back(Object(journal::encode(file)).add("ref", name_of(file)).add("state", records::state_text(file.state)).text());
    return array(encoded);
  };
  std::vector<std::string> patterns;
  for (const auto& pattern : result.patterns)
    patterns.push_back(Object()
                           .add("notation", pattern.notation)
                           .add("title", pattern.title)
                           .add("class", pattern.class_no)
                           .add("per", pattern.per)
                           .text());
  report.result(Object()
                    .yes("written", !o.dry_run && !result.planned.empty())
                    .add("year", result.year)
                    .add("basis", result.basis)
                    .add("permanent", result.permanent)
                    .add("with_term", result.with_term)
                    .raw("planned", rows(result.planned))
                    .raw("present", rows(result.present))
                    .raw("patterns", array(patterns))
                    .text());
  report.show(context);
  return 0;
}

}  // namespace

void add_file_plan(CLI::App& parent, Context& context, Chosen& chosen) {
  Command command(parent, context, chosen, "plan", Message("command.file.plan"), Statuses::writing);
  auto o = std::make_shared<PlanOptions>();
  command.place("year", o->year, Message("place.plan.year"));
  command.value("--from", o->from, Message("option.plan.from"), Message("value.path"));
  command.value("--sheet", o->sheet, Message("option.sheet"), Message("value.text"));
  command.value("--basis", o->basis, Message("option.plan.basis"), Message("value.text"));
  command.dry_run(o->dry_run);
  command.example("vtlt file plan 2027 --from danh-muc-2027.xlsx --basis 12/QĐ-UBND");
  command.run([&context, o] { return run(context, *o); });
}

}  // namespace vtlt::cmd
