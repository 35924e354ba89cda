// vtlt file take, vtlt file return: the current archives check what was submitted, item by item.
#include "commands.h"
#include "list_flags.h"
#include "output.h"
#include "repository/receiving.h"
#include "repository/submitting.h"
#include "text/text.h"
#include "views.h"

namespace vtlt::cmd {
namespace {

struct TakeOptions {
  std::string submission, list, note, reason, year;
  ListFlags flags;
  std::vector<std::string> files;
  bool partial = false, dry_run = false;
};

std::vector<records::Id> files_of(Context& context, repository::Repository& repository, const TakeOptions& o) {
  const auto references = context.references(true, year_of("--year", o.year));
  std::vector<records::Id> ids;
  for (const std::string& reference : o.files)
    ids.push_back(repository::resolve_file(repository, reference, references).file.id);
  return ids;
}

std::string refs_of(const std::vector<catalogue::FileRow>& rows) {
  std::vector<std::string> words;
  for (const auto& row : rows) words.push_back(journal::json_string(name_of(row.file)));
  return array(words);
}

// "dòng 6, 2026.04.VP: khác tiêu đề …": the row is of the list.
void tell_differences(Context& context, Report& report, const std::vector<Finding>& differences) {
  constexpr std::size_t kShown = 50;
  if (context.json()) {
    report.found(differences);
    return;
  }
  for (std::size_t i = 0; i < differences.size() && i < kShown; ++i) {
    const Finding& one = differences[i];
    const std::string what = context.text(one.message);
    if (one.ref.empty())
      report.lacks(Message("cmd.file.take.row", {{"what", what}, {"code", one.code}}));
    else
      report.lacks(Message(one.line == 0 ? "cmd.file.take.item" : "cmd.file.take.item.row",
                           {{"row", std::to_string(one.line)}, {"ref", one.ref}, {"what", what}, {"code", one.code}}));
  }
  if (differences.size() > kShown)
    report.say(Message("cmd.and_more", {{"count", static_cast<std::int64_t>(differences.size() - kShown)}}));
}

void tell_rest(Report& report, const catalogue::SubmissionRow& row) {
  const std::vector<std::pair<std::string, MessageArg>> counts = {
      {"listed", row.listed}, {"taken", row.taken}, {"returned", row.returned}, {"name", row.submission.name}};
  if (row.listed > 0)
    report.say(Message("cmd.file.take.waiting", counts));
  else
    report.say(Message("cmd.file.take.all_done", counts));
}

// A package instead of a submission: a hồ sơ of another body or system, checked and taken in whole.
int take_packages(Context& context, const TakeOptions& o) {
  std::vector<std::string> paths = {o.submission};
  paths.insert(paths.end(), o.files.begin(), o.files.end());
  for (const std::string* other : {&o.list, &o.flags.encoding, &o.flags.sheet, &o.note})
    if (!other->empty()) throw Error(Exit::usage, "VTLT-USE-04", Message("cmd.file.take.package.flags"));
  for (const auto& path : paths)
    if (!context.files().stat(path))
      throw Error(Exit::usage, "VTLT-USE-05", Message("cmd.no_file", {{"path", text::printable(path)}}));
  auto& repository = context.write();
  Report report;
  std::vector<std::string> results;
  bool failed = false;
  for (const auto& path : paths) {
    const auto result = repository::receive_package(repository, {path, context.globals.fonds, o.dry_run});
    const std::vector<std::pair<std::string, MessageArg>> args = {
        {"path", text::printable(path)},
        {"name", result.name},
        {"format", result.format},
        {"documents", static_cast<std::int64_t>(result.documents)},
        {"components", static_cast<std::int64_t>(result.components)},
        {"linked", static_cast<std::int64_t>(result.linked)},
        {"bytes", context.bytes(result.bytes)}};
    failed = failed || !result.passed;
    report.say(Message(!result.passed ? "cmd.file.take.package.refused"
                       : o.dry_run    ? "cmd.file.take.package.would"
                       : result.file  ? "cmd.file.take.package.done"
                                      : "cmd.file.take.package.loose",
                       args));
    if (result.linked > 0) report.say(Message("cmd.file.take.package.linked", args));
    for (const Finding& finding : result.findings)
      if (finding.level != Level::note) report.found({finding});
    if (!result.passed) report.next("vtlt verify " + typed(path));
    if (result.passed && !o.dry_run && result.file) report.next("vtlt show " + result.name);
    results.push_back(Object()
                          .yes("written", result.passed && !o.dry_run)
                          .yes("passed", result.passed)
                          .add("path", text::printable(path))
                          .add("format", result.format)
                          .add("objid", result.objid)
                          .add("file", result.name)
                          .add("documents", static_cast<std::int64_t>(result.documents))
                          .add("components", static_cast<std::int64_t>(result.components))
                          .add("linked", static_cast<std::int64_t>(result.linked))
                          .text());
  }
  if (o.dry_run) report.say(Message("cmd.nothing_written"));
  report.result(Object().raw("packages", array(results)).text());
  report.show(context);
  return static_cast<int>(failed ? Exit::findings : Exit::done);
}

int run_take(Context& context, const TakeOptions& o) {
  if (!o.submission.empty() && !o.submission.starts_with("nop-") &&
      (o.submission.find('/') != std::string::npos || context.files().stat(o.submission)))
    return take_packages(context, o);
  repository::TakeRequest request;
  request.submission = need(context.text(Message("place.submission")), o.submission);
  request.list = o.list;
  if (!o.list.empty() && !context.files().stat(request.list))
    throw Error(Exit::usage, "VTLT-USE-05", Message("cmd.no_file", {{"path", text::printable(o.list)}}));
  request.table = table_options(o.flags);
  request.partial = o.partial;
  request.note = text::nfc(o.note);
  request.dry_run = o.dry_run;
  auto& repository = context.write();
  request.files = files_of(context, repository, o);
  const auto result = repository::take(repository, request);

  Report report;
  const bool refused = !result.differences.empty() && !o.partial;
  const std::vector<std::pair<std::string, MessageArg>> args = {
      {"name", o.submission},
      {"count", static_cast<std::int64_t>(result.taken.size())},
      {"differing", result.differing},
      {"differences", static_cast<std::int64_t>(result.differences.size())},
      {"list", text::printable(request.list.filename().string())}};
  report.say(refused              ? Message("cmd.file.take.refused", args)
             : o.dry_run          ? Message("cmd.file.take.would", args)
             : result.written     ? Message("cmd.file.take.done", args)
                                  : Message("cmd.file.take.none", args));
  if (result.list && !refused) report.say(Message("cmd.file.take.compared", {{"list", text::printable(request.list.filename().string())},
                                                                             {"rows", static_cast<std::int64_t>(result.list->items.size())}}));
  tell_differences(context, report, result.differences);
  if (result.written) tell_rest(report, result.submission);
  if (o.dry_run) report.say(Message("cmd.nothing_written"));
  report.found(result.findings);
  std::string again = "vtlt file take " + o.submission;
  for (const auto& file : o.files) again += " " + typed(file);
  if (!o.list.empty()) again += " --list " + typed(o.list);
  if (refused && result.differing > 0) {
    report.next(again + " --partial", Message("cmd.file.take.next.partial"));
    report.next("vtlt file return " + o.submission + " … --reason …");
  }
  if (result.written) report.next("vtlt print bien-ban-giao-nhan " + o.submission + " -o bien-ban.html");
  report.result(Object()
                    .yes("written", result.written)
                    .add("submission", o.submission)
                    .raw("taken", refs_of(result.taken))
                    .add("differing", result.differing)
                    .add("waiting", result.submission.listed)
                    .add("returned", result.submission.returned)
                    .text());
  report.show(context);
  if (result.differences.empty()) return 0;
  return static_cast<int>(o.partial ? Exit::findings : Exit::refused);
}

int run_return(Context& context, const TakeOptions& o) {
  need(context.text(Message("place.submission")), o.submission);
  if (o.files.empty()) missing(context.text(Message("place.files")));
  need("--reason", o.reason);
  auto& repository = context.write();
  const auto result =
      repository::return_files(repository, o.submission, files_of(context, repository, o), text::nfc(o.reason), o.dry_run);
  Report report;
  report.say(Message(o.dry_run ? "cmd.file.return.would" : "cmd.file.return.done",
                     {{"count", static_cast<std::int64_t>(result.returned.size())},
                      {"name", o.submission},
                      {"files", names_of(result.returned, kShownFiles)}}));
  if (o.dry_run) {
    report.say(Message("cmd.nothing_written"));
  } else {
    report.say(Message("cmd.file.return.state"));
    tell_rest(report, result.submission);
    report.next("vtlt print bien-ban-giao-nhan " + o.submission + " -o bien-ban.html");
  }
  report.result(Object()
                    .yes("written", !o.dry_run)
                    .add("submission", o.submission)
                    .raw("returned", refs_of(result.returned))
                    .add("waiting", result.submission.listed)
                    .text());
  report.show(context);
  return 0;
}

}  // namespace

void add_file_take(CLI::App& parent, Context& context, Chosen& chosen) {
  Command command(parent, context, chosen, "take", Message("command.file.take"), Statuses::judging);
  auto o = std::make_shared<TakeOptions>();
  command.place("submission", o->submission, Message("place.take"));
  command.places("files", o->files, Message("place.take.files"));
  command.value("--list", o->list, Message("option.take.list"), Message("value.path"));
  add_list_flags(command, o->flags, Caps::unsaid);
  command.flag("--partial", o->partial, Message("option.take.partial"));
  command.value("--note", o->note, Message("option.take.note"), Message("value.text"));
  command.year(o->year);
  command.dry_run(o->dry_run);
  command.example("vtlt file take nop-2026-01");
  command.example("vtlt file take goi/uuid-0A1B2C3D-0000-8000-8000-000000000001.zip");
  command.example("vtlt file take nop-2026-01 --list muc-luc.xlsx --partial");
  command.run([&context, o] { return run_take(context, *o); });
}

void add_file_return(CLI::App& parent, Context& context, Chosen& chosen) {
  Command command(parent, context, chosen, "return", Message("command.file.return"), Statuses::writing);
  auto o = std::make_shared<TakeOptions>();
  command.place("submission", o->submission, Message("place.submission"));
  command.places("files", o->files, Message("place.files"));
  command.reason(o->reason);
  command.year(o->year);
  command.dry_run(o->dry_run);
  command.example("vtlt file return nop-2026-01 2026.05.VP --reason \"thiếu tờ 12\"");
  command.run([&context, o] { return run_return(context, *o); });
}

}  // namespace vtlt::cmd
