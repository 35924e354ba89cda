// vtlt file close: the work is done; what stands against it is said, and what follows from it.
#include "commands.h"
#include "output.h"
#include "text/text.h"
#include "views.h"

namespace vtlt::cmd {
namespace {

struct CloseOptions {
  std::vector<std::string> files;
  std::string ended, term, settled, reason, basis, year;
  bool confirm_term = false, dry_run = false;
};

repository::FileCloseRequest request_of(const CloseOptions& o) {
  repository::FileCloseRequest request;
  request.ended = year_of("--ended", o.ended);
  request.confirm_term = o.confirm_term;
  if (!o.term.empty()) {
    request.term = records::parse_term(o.term);
    if (!request.term) wrong_value("--term", o.term, Message("cmd.expected.term"));
    request.term_reason = text::nfc(need("--reason", o.reason));
  }
  request.basis = text::nfc(o.basis);
  request.settled = date_of("--settled", o.settled);
  if (!o.settled.empty() && !request.settled.whole())
    wrong_value("--settled", o.settled, Message("cmd.expected.whole_date"));
  request.dry_run = o.dry_run;
  return request;
}

std::string happened(const Context& context, const repository::FileCloseResult& result, bool dry_run) {
  const std::string& source = result.term_source;  // says itself when nobody compared it
  const std::vector<std::pair<std::string, MessageArg>> args = {{"file", name_of(result.file.file)}};
  std::string words =
      context.text(dry_run ? Message("cmd.file.close.would", args) : Message("cmd.file.close.done", args)) + " " +
      context.text(Message("cmd.count.documents", {{"count", std::int64_t{result.documents}}}));
  if (result.pages > 0)
    words += ", " + context.text(Message("cmd.count.pages", {{"count", std::int64_t{result.pages}}}));
  const std::string term = records::term_text(result.term);
  if (!term.empty()) words += ", " + term + (source.empty() ? "" : " (" + source + ")");
  return words + ".";
}

// "Công việc xong năm 2026 → nộp chậm nhất 31/12/2027 (Luật Đ17; nhắc theo TT05: 60 ngày, 17/01/2027)."
void tell_deadlines(const Context& context, Report& report, const repository::FileCloseResult& result) {
  const std::string ended = std::to_string(result.file.file.ended);
  std::string law, others;
  for (const auto& deadline : result.deadlines) {
    const char* key = nullptr;
    switch (deadline.kind) {
      case records::DeadlineKind::law: law = text::to_dmy(deadline.date); break;
      case records::DeadlineKind::decree: key = "cmd.deadline.decree"; break;
      case records::DeadlineKind::construction: key = "cmd.deadline.construction"; break;
      case records::DeadlineKind::system: key = "cmd.deadline.system"; break;
      default: break;
    }
    if (key != nullptr) others += "; " + context.text(Message(key, {{"date", text::to_dmy(deadline.date)}}));
  }
  if (law.empty())
    report.say(Message("cmd.file.close.stays", {{"ended", ended}}));
  else
    report.say(Message("cmd.file.close.submit", {{"ended", ended}, {"by", law}, {"others", others}}));
}

void tell(const Context& context, Report& report, const repository::FileCloseResult& result, bool dry_run) {
  report.say_text(happened(context, result, dry_run));
  tell_deadlines(context, report, result);
  if (result.due) report.say(Message("cmd.file.close.due", {{"due", text::to_dmy(*result.due)}}));
  if (result.duties.closing_certificate)
    report.say(Message(result.duties.document_list   ? "cmd.file.close.paper_permanent"
                       : result.duties.sheet_numbers ? "cmd.file.close.paper_sheets"
                                                     : "cmd.file.close.paper"));
  report.found(result.findings);
}

Object object_of(const repository::FileCloseResult& result) {
  std::vector<std::string> deadlines;
  for (const auto& deadline : result.deadlines)
    deadlines.push_back(Object()
                            .add("date", text::to_iso(deadline.date))
                            .add("article", deadline.article)
                            .yes("law", deadline.law)
                            .text());
  Object object;
  object.raw("file", json_of(result.file))
      .add("documents", result.documents)
      .add("pages", result.pages)
      .add("term", records::term_shorthand(result.term))
      .add("term_source", result.term_source)
      .yes("term_confirmed", result.term_confirmed)
      .add("due", result.due ? text::to_iso(*result.due) : "")
      .add("submit_by", text::to_iso(result.submit_by))
      .raw("deadlines", array(deadlines));
  return object;
}

int run(Context& context, const CloseOptions& o) {
  if (o.files.empty()) missing(context.text(Message("place.file")));
  const auto request = request_of(o);
  auto& repository = context.write();
  const auto references = context.references(true, year_of("--year", o.year));
  std::vector<repository::FileCloseRequest> requests(o.files.size(), request);
  for (std::size_t i = 0; i < o.files.size(); ++i)
    requests[i].file = repository::resolve_file(repository, o.files[i], references).file.id;
  const auto results = repository::close_files(repository, requests);

  Report report;
  std::vector<std::string> rows;
  for (const auto& result : results) {
    tell(context, report, result, o.dry_run);
    rows.push_back(object_of(result).text());
  }
  if (o.dry_run) report.say(Message("cmd.nothing_written"));
  if (!o.dry_run && results.size() == 1)
    report.next(in_fonds(context, "vtlt package " + name_of(results[0].file.file) + " -o goi"));
  if (!o.dry_run && results.size() > 1)
    report.say(Message("cmd.file.close.all", {{"count", static_cast<std::int64_t>(results.size())}}));
  // One file is the answer itself, as it always was.
  report.result(results.size() == 1 ? object_of(results[0]).yes("written", !o.dry_run).text()
                                    : Object().yes("written", !o.dry_run).raw("closed", array(rows)).text());
  report.show(context);
  return 0;
}

}  // namespace

void add_file_close(CLI::App& parent, Context& context, Chosen& chosen) {
  Command command(parent, context, chosen, "close", Message("command.file.close"), Statuses::writing);
  auto o = std::make_shared<CloseOptions>();
  command.places("files", o->files, Message("place.close.files"));
  command.value("--ended", o->ended, Message("option.ended"), Message("value.year"));
  command.flag("--confirm-term", o->confirm_term, Message("option.confirm_term"));
  command.value("--term", o->term, Message("option.close.term"), Message("value.term"));
  command.value("--settled", o->settled, Message("option.settled"), Message("value.date"));
  command.reason(o->reason);
  command.value("--basis", o->basis, Message("option.amend.basis"), Message("value.text"));
  command.year(o->year);
  command.dry_run(o->dry_run);
  command.example("vtlt file close 2026.04.VP --ended 2026 --confirm-term");
  command.example("vtlt file close 2026.01.VP 2026.02.VP --ended 2026 --confirm-term");
  command.run([&context, o] { return run(context, *o); });
}

}  // namespace vtlt::cmd
