// vtlt file submit: closed files to the current archives, with the list and the minutes in two copies.
#include "commands.h"
#include "output.h"
#include "print_files.h"
#include "repository/submitting.h"
#include "text/text.h"
#include "views.h"

namespace vtlt::cmd {
namespace {

struct SubmitOptions {
  std::vector<std::string> files, keep_back;
  std::string year, officer, unit, leaving, to, reason, consent, until, giver, giver_post, receiver, receiver_post, basis,
      block, condition, note;
  bool closed = false, dry_run = false;
};

repository::SubmitRequest request_of(Context& context, repository::Repository& repository, const SubmitOptions& o) {
  repository::SubmitRequest request;
  const auto references = context.references(true, year_of("--year", o.year));
  for (const std::string& reference : o.files)
    request.files.push_back(repository::resolve_file(repository, reference, references).file.id);
  for (const std::string& reference : o.keep_back)
    request.keep_back.push_back(repository::resolve_file(repository, reference, references).file.id);
  request.closed = o.closed;
  request.year = year_of("--year", o.year);
  request.officer = text::nfc(o.officer);
  request.unit = text::nfc(o.unit);
  request.leaving = text::nfc(o.leaving);
  request.successor = text::nfc(o.to);
  request.reason = text::nfc(o.reason);
  request.consent = text::nfc(o.consent);
  request.until = date_of("--until", o.until);
  auto& s = request.submission;
  s.giver = text::nfc(o.giver);
  s.giver_post = text::nfc(o.giver_post);
  s.receiver = text::nfc(o.receiver);
  s.receiver_post = text::nfc(o.receiver_post);
  s.basis = text::nfc(o.basis);
  s.block = text::nfc(o.block);
  s.condition = text::nfc(o.condition);
  s.note = text::nfc(o.note);
  request.fonds = context.globals.fonds;
  request.dry_run = o.dry_run;
  return request;
}

// One way of choosing; flags that belong to another one are no use to anybody.
void check(const Context& context, const SubmitOptions& o) {
  if (o.files.empty() && !o.closed && o.leaving.empty() && o.keep_back.empty())
    missing(context.text(Message("place.submit.files")));
  if ((!o.files.empty()) + o.closed + (!o.leaving.empty()) > 1)
    throw Error(Exit::usage, "VTLT-USE-04", Message("cmd.file.submit.one_way"));
  const auto only_with = [&](const char* flag, const std::string& value, bool with, const char* other) {
    if (!value.empty() && !with)
      throw Error(Exit::usage, "VTLT-USE-04", Message("cmd.file.submit.only_with", {{"flag", flag}, {"other", other}}));
  };
  only_with("--officer", o.officer, o.closed, "--closed");
  only_with("--to", o.to, !o.leaving.empty(), "--leaving");
  only_with("--reason", o.reason, !o.keep_back.empty(), "--keep-back");
  only_with("--consent", o.consent, !o.keep_back.empty(), "--keep-back");
  only_with("--until", o.until, !o.keep_back.empty(), "--keep-back");
}

void tell_files(Context& context, Report& report, const char* key, const std::vector<repository::Staying>& files,
                bool lacking) {
  constexpr std::size_t kShown = 20;
  for (std::size_t i = 0; i < files.size() && i < kShown; ++i) {
    Message message(key, {{"file", name_of(files[i].file.file)}, {"why", context.text(files[i].why.message)}});
    lacking ? report.lacks(std::move(message)) : report.say(std::move(message));
  }
  if (files.size() > kShown)
    report.say(Message("cmd.and_more", {{"count", static_cast<std::int64_t>(files.size() - kShown)}}));
}

std::string json_of(const repository::SubmitResult& result, bool dry_run) {
  const auto refs = [](const std::vector<catalogue::FileRow>& rows) {
    std::vector<std::string> words;
    for (const auto& row : rows) words.push_back(journal::json_string(name_of(row.file)));
    return array(words);
  };
  const auto staying = [](const std::vector<repository::Staying>& files) {
    std::vector<std::string> rows;
    for (const auto& one : files)
      rows.push_back(Object().add("file", name_of(one.file.file)).add("why", one.why.message.key).text());
    return array(rows);
  };
  const auto& t = result.totals;
  Object totals;
  totals.add("files", t.files).add("permanent", t.permanent).add("with_term", t.with_term);
  totals.add("paper_files", t.paper_files).add("electronic_files", t.electronic_files);
  totals.add("documents", t.documents).add("pages", t.pages).add("sheets", t.sheets);
  totals.add("computer_files", t.computer_files).add("boxes", t.boxes).add("shelf_centimetres", t.centimetres);
  return Object()
      .yes("written", !dry_run)
      .add("submission", result.submission.name)
      .raw("submitted", refs(result.submitted))
      .raw("kept_back", refs(result.kept_back))
      .raw("staying", staying(result.shorter))
      .raw("not_yet", staying(result.not_yet))
      .raw("handed_on", refs(result.handed_on))
      .raw("totals", totals.text())
      .text();
}

// Two copies of each form, made one after the other from the same state: they have to be the same bytes (P20).
struct PrintedPair {
  std::string first, second, sha256;
};
PrintedPair print_twice(Context& context, const repository::Printed& form, const Path& folder, const std::string& name) {
  PrintedPair pair{name + "-1.html", name + "-2.html", {}};
  pair.sha256 = write_html_file(context, form, folder / pair.first);
  VTLT_ASSERT(pair.sha256 == write_html_file(context, form, folder / pair.second));
  return pair;
}

std::vector<PrintedPair> print_all(Context& context, repository::Repository& repository,
                                   const repository::SubmitResult& result, const Path& folder) {
  repository::PrintRequest request;
  request.submission = result.submission.name;
  request.vocabulary = vocabulary_of(repository, {});
  std::vector<PrintedPair> pairs;
  const auto print = [&](const char* form) {
    const auto printed = repository::print_form(repository, *repository::find_printable_form(form), request);
    pairs.push_back(print_twice(context, printed, folder, form));
  };
  if (!result.submitted.empty()) {
    print("muc-luc-ho-so");
    print("bien-ban-giao-nhan");
  }
  if (!result.kept_back.empty()) print("danh-muc-giu-lai");
  return pairs;
}

void tell(Context& context, Report& report, const SubmitOptions& o, const repository::SubmitResult& result, bool printed) {
  const auto count = [](const auto& list) { return static_cast<std::int64_t>(list.size()); };
  const auto& s = result.submission;
  std::string first;
  if (!result.submitted.empty() || !result.kept_back.empty()) {
    first = context.text(Message(o.dry_run ? "cmd.file.submit.would" : "cmd.file.submit.done",
                                 {{"name", s.name}, {"count", count(result.submitted)}}));
    if (!result.shorter.empty())
      first += context.text(Message("cmd.file.submit.shorter", {{"count", count(result.shorter)}}));
    if (!result.kept_back.empty())
      first += context.text(Message("cmd.file.submit.kept", {{"count", count(result.kept_back)}}));
    first += ".";
    if (printed) first += " " + context.text(Message("cmd.file.submit.printed"));
  } else {
    first = context.text(Message(o.dry_run ? "cmd.file.submit.nothing.would" : "cmd.file.submit.nothing", {{"name", o.leaving}}));
  }
  report.say_text(first);
  if (!result.handed_on.empty())
    report.say(Message(o.dry_run ? "cmd.file.submit.handed.would" : "cmd.file.submit.handed",
                       {{"count", count(result.handed_on)}, {"name", o.to}, {"files", names_of(result.handed_on, kShownFiles)}}));
  if (!result.kept_back.empty())
    report.say(Message("cmd.file.submit.kept.which", {{"files", names_of(result.kept_back, kShownFiles)},
                                                      {"consent", o.consent},
                                                      {"until", text::to_dmy(date_of("--until", o.until))}}));
  tell_files(context, report, "cmd.file.submit.stays", result.shorter, false);
  tell_files(context, report, "cmd.file.submit.not_yet", result.not_yet, true);
}

int run(Context& context, const SubmitOptions& o) {
  check(context, o);
  auto& repository = context.write();
  const auto request = request_of(context, repository, o);
  const std::string wanted = std::exchange(context.globals.output, std::string());
  if (!o.dry_run && !wanted.empty()) make_directories(context.files(), wanted);  // told before anything is written
  const auto result = repository::submit(repository, request);

  Report report;
  std::vector<PrintedPair> pairs;
  const Path folder = wanted.empty() ? Path(result.submission.name) : Path(wanted);
  std::string problem;
  if (!o.dry_run && !result.submission.name.empty()) {
    try {
      make_directories(context.files(), folder);
      pairs = print_all(context, repository, result, folder);
    } catch (const Error& error) {
      // The submission stands; only its papers are missing.
      if (error.exit() != Exit::no_verdict && error.exit() != Exit::usage) throw;
      problem = context.text(error.message());
    }
  }
  tell(context, report, o, result, !pairs.empty() && !result.submitted.empty());
  for (const auto& pair : pairs)
    report.say(Message("cmd.file.submit.path", {{"folder", text::printable(folder.string())},
                                                {"first", pair.first},
                                                {"second", pair.second},
                                                {"sha256", pair.sha256}}));
  if (!problem.empty()) report.lacks(Message("cmd.file.submit.unprinted", {{"problem", problem}}));
  if (o.dry_run) report.say(Message("cmd.nothing_written"));
  report.found(result.findings);
  const std::string& name = result.submission.name;
  if (!problem.empty()) report.next("vtlt print bien-ban-giao-nhan " + name + " -o bien-ban.html");
  if (!o.dry_run && !result.submitted.empty()) report.next("vtlt file take " + name);
  report.result(json_of(result, o.dry_run));
  report.show(context);
  return problem.empty() ? 0 : static_cast<int>(Exit::no_verdict);
}

}  // namespace

void add_file_submit(CLI::App& parent, Context& context, Chosen& chosen) {
  Command command(parent, context, chosen, "submit", Message("command.file.submit"), Statuses::writing);
  auto o = std::make_shared<SubmitOptions>();
  const Message text("value.text"), name("value.name"), file("value.file"), paper("value.reference");
  command.places("files", o->files, Message("place.files"));
  command.flag("--closed", o->closed, Message("option.submit.closed"));
  command.value("--officer", o->officer, Message("option.submit.officer"), name);
  command.value("--unit", o->unit, Message("option.submit.unit"), text);
  command.value("--leaving", o->leaving, Message("option.submit.leaving"), name);
  command.value("--to", o->to, Message("option.submit.to"), name);
  command.values("--keep-back", o->keep_back, Message("option.submit.keep_back"), file);
  command.reason(o->reason);
  command.value("--consent", o->consent, Message("option.submit.consent"), paper);
  command.value("--until", o->until, Message("option.submit.until"), Message("value.date"));
  command.value("--giver", o->giver, Message("option.submit.giver"), name);
  command.value("--giver-post", o->giver_post, Message("option.submit.giver_post"), text);
  command.value("--receiver", o->receiver, Message("option.submit.receiver"), name);
  command.value("--receiver-post", o->receiver_post, Message("option.submit.receiver_post"), text);
  command.value("--basis", o->basis, Message("option.submit.basis"), text);
  command.value("--block", o->block, Message("option.submit.block"), text);
  command.value("--condition", o->condition, Message("option.submit.condition"), text);
  command.value("--note", o->note, Message("option.submit.note"), text);
  command.year(o->year);
  command.dry_run(o->dry_run);
  command.example("vtlt file submit --closed --year 2026");
  command.example("vtlt file submit --closed --keep-back 2025.03.VP --reason \"còn dùng\" --consent 15/QĐ-UBND --until 31/12/2027");
  command.example("vtlt file submit --leaving \"Nguyễn Văn A\" --to \"Trần Thị B\"");
  command.run([&context, o] { return run(context, *o); });
}

}  // namespace vtlt::cmd
