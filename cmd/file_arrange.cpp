// vtlt file arrange: a backlog put in order (chỉnh lý).
#include "file_arrange.h"
#include "boxes.h"
#include "list_flags.h"
#include "output.h"
#include "repository/arranging.h"
#include "text/text.h"
#include "views.h"

namespace vtlt::cmd {
namespace {

// ---- import ----

struct ImportOptions {
  std::vector<std::string> lists;
  ListFlags list;
  std::string team, state;
  bool partial = false, dry_run = false, exit_code = false;
};

constexpr std::size_t kShown = 20;  // findings in the text; JSON has all

repository::ArrangeImportRequest import_request(Context& context, const ImportOptions& o) {
  repository::ArrangeImportRequest request;
  if (o.lists.empty()) missing(context.text(Message("place.lists")));
  for (const auto& list : o.lists) {
    const auto stat = context.files().stat(list);
    if (!stat || stat->kind != FileKind::file)
      throw Error(Exit::usage, "VTLT-USE-05", Message("cmd.no_file", {{"path", text::printable(list)}}));
    request.lists.emplace_back(list);
  }
  request.options.table = table_options(o.list);
  request.team = number_of("--team", o.team, 999);
  if (!o.state.empty()) {
    const auto state = records::parse_state(o.state);
    if (!state || (*state != records::FileState::archived && *state != records::FileState::closed))
      wrong_value("--state", o.state, Message("cmd.expected.arrange.state"));
    request.state = *state;
  }
  request.fonds = context.globals.fonds;
  request.partial = o.partial;
  request.dry_run = o.dry_run;
  return request;
}

// "1.286 phiếu tin (số tạm T1-1 … T2-640), 14 hộp, 9,6 mét giá."
std::string import_sentence(Context& context, const ImportOptions& o,
                            const repository::ArrangeImportResult& result) {
  std::string words = context.text(
      Message(o.dry_run ? "cmd.arrange.import.would" : "cmd.arrange.import.done", {{"files", result.files}}));
  std::string first, last;
  for (const auto& list : result.lists) {
    if (first.empty()) first = list.first;
    if (!list.last.empty()) last = list.last;
  }
  if (first == last && !first.empty())
    words += context.text(Message("cmd.arrange.import.number", {{"first", first}}));
  else if (!first.empty())
    words += context.text(Message("cmd.arrange.import.numbers", {{"first", first}, {"last", last}}));
  if (result.boxes != 0)
    words += context.text(Message("cmd.arrange.import.boxes", {{"count", result.boxes}}));
  const std::string metres = metres_text(context, result.centimetres);
  if (!metres.empty()) words += context.text(Message("cmd.arrange.import.metres", {{"metres", metres}}));
  return words + ".";
}

void tell_findings(Context& context, Report& report, const repository::ArrangeImportResult& result) {
  std::size_t shown = 0, beyond = 0;
  for (const Finding& finding : result.findings) {
    if (!context.json() && finding.level == Level::note && !context.globals.verbose) continue;
    if (!context.json() && ++shown > kShown) {
      ++beyond;
      continue;
    }
    Finding here = finding;
    if (!context.json() && result.lists.size() == 1) here.path.clear();  // one list: the row is enough
    report.found(here);
  }
  Finding rest;
  rest.level = Level::warning;
  rest.message = Message("cmd.import.more", {{"count", static_cast<std::int64_t>(beyond)}});
  if (beyond > 0) report.found(rest);
}

std::string json_of_result(const ImportOptions& o, const repository::ArrangeImportResult& result) {
  std::vector<std::string> lists;
  for (const auto& list : result.lists) {
    std::vector<std::string> unused;
    for (const auto& heading : list.info.unused)
      unused.push_back(journal::json_string(heading));
    lists.push_back(
        Object()
            .add("path", text::printable(list.path.string()))
            .add("team", list.team)
            .add("rows", list.rows)
            .add("files", list.files)
            .add("present", list.present)
            .add("added_documents", list.added)
            .add("failed", list.failed)
            .add("first", list.first)
            .add("last", list.last)
            .add("encoding", std::string(exchange::encoding_name(list.info.table.encoding.encoding)))
            .raw("unused_columns", array(unused))
            .add("errors", text::printable(list.errors.string()))
            .text());
  }
  return Object()
      .yes("written", result.written)
      .yes("dry_run", o.dry_run)
      .add("batch", result.batch)
      .add("rows", result.rows)
      .add("files", result.files)
      .add("present", result.present)
      .add("failed", result.failed)
      .add("added_documents", result.added)
      .add("grown_files", result.grown)
      .add("documents", result.documents)
      .add("linked", result.linked)
      .add("components", result.components)
      .add("bytes", static_cast<std::int64_t>(result.bytes))
      .add("boxes", result.boxes)
      .add("shelf_centimetres", result.centimetres)
      .raw("lists", array(lists))
      .text();
}

int run_import(Context& context, const ImportOptions& o) {
  auto request = import_request(context, o);
  auto& repository = context.write();
  request.partial = o.partial || repository.catalogue().config("import.partial") == "true";
  const auto result = repository::import_arrangement(repository, request);
  Report report;
  const bool refused = !o.dry_run && !result.written && result.failed > 0;
  const Message grown(o.dry_run ? "cmd.arrange.import.would_grow" : "cmd.arrange.import.grown",
                      {{"added", result.added}, {"grown", result.grown}});
  if (result.files == 0 && result.failed == 0 && result.added == 0)
    report.say(Message("cmd.arrange.import.none", {{"present", result.present}}));
  else if (refused)
    report.say(Message("cmd.arrange.import.refused",
                       {{"failed", result.failed}, {"files", result.files}, {"present", result.present}}));
  else if (result.files != 0 || result.added == 0)
    report.say_text(import_sentence(context, o, result));
  if (result.added != 0 && !refused) report.say(grown);
  if (result.documents != 0 && !refused)
    report.say(Message("cmd.arrange.import.documents", {{"documents", result.documents},
                                                        {"linked", result.linked},
                                                        {"components", result.components},
                                                        {"bytes", context.bytes(result.bytes)}}));
  if (result.written)
    report.say(Message("cmd.arrange.import.batch", {{"batch", result.batch}, {"present", result.present}}));
  if (o.dry_run) report.say(Message("cmd.nothing_written"));
  if (result.components > 0) report.say(Message("cmd.kept"));
  for (const auto& list : result.lists)
    if (!list.errors.empty())
      report.lacks(Message("cmd.arrange.import.failed",
                           {{"failed", list.failed}, {"path", text::printable(list.errors.string())}}));
  tell_findings(context, report, result);
  if (result.files != 0 && result.written) {
    const auto similar = repository::similar_files(repository, repository.fonds(request.fonds).fonds.id);
    if (!similar.pairs.empty())
      report.say(Message("cmd.arrange.import.similar",
                         {{"count", static_cast<std::int64_t>(similar.pairs.size())}}));
  }
  if (result.files != 0 && result.written) report.next("vtlt file arrange number --order … --dry-run");
  report.result(json_of_result(o, result));
  report.show(context);
  if (result.failed == 0) return 0;
  if (o.dry_run) return o.exit_code ? static_cast<int>(Exit::findings) : 0;
  return static_cast<int>(request.partial ? Exit::findings : Exit::refused);
}

void add_import(CLI::App& parent, Context& context, Chosen& chosen) {
  Command command(parent, context, chosen, "import", Message("command.file.arrange.import"),
                  Statuses::judging);
  auto o = std::make_shared<ImportOptions>();
  command.places("lists", o->lists, Message("place.lists"));
  command.value("--team", o->team, Message("option.arrange.team"), Message("value.number"));
  command.value("--state", o->state, Message("option.arrange.state"), Message("value.arrange.state"));
  command.flag("--partial", o->partial, Message("option.partial"));
  add_list_flags(command, o->list);
  command.dry_run(o->dry_run);
  command.exit_code(o->exit_code);
  command.example("vtlt file arrange import to1.xlsx to2.xlsx --fonds DH --dry-run");
  command.run([&context, o] { return run_import(context, *o); });
}

}  // namespace

void add_file_arrange(CLI::App& parent, Context& context, Chosen& chosen) {
  Command command(parent, context, chosen, "arrange", Message("command.file.arrange"), Statuses::writing);
  CLI::App& app = command.app();
  command.group();
  add_import(app, context, chosen);
  add_file_arrange_order(app, context, chosen);
  add_file_arrange_number(app, context, chosen);
  add_file_arrange_reject(app, context, chosen);
}

}  // namespace vtlt::cmd
