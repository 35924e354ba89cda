// The answer of vtlt register in, out, internal.
#include "output.h"
#include "register_write.h"
#include "text/text.h"
#include "views.h"

namespace vtlt::cmd {
namespace {

using records::Book;

Message happened(const repository::RegisterResult& result, bool dry_run) {
  const auto& entry = result.entry;
  const std::vector<std::pair<std::string, MessageArg>> args = {
      {"name", entry.book == Book::in ? entry.designation()
               : entry.own.empty()    ? entry.designation()
                                      : entry.own.text()},
      {"date", text::to_dmy(entry.book == Book::in ? entry.arrival : entry.date)},
      {"file", result.into ? name_of(result.into->file) : ""}};
  switch (entry.book) {
    case Book::in:
      return dry_run ? Message("cmd.register.in.would", args) : Message("cmd.register.in.done", args);
    case Book::out:
      return dry_run ? Message("cmd.register.out.would", args) : Message("cmd.register.out.done", args);
    case Book::copy:
      return dry_run ? Message("cmd.register.copy.would", args) : Message("cmd.register.copy.done", args);
    case Book::internal:
      break;
  }
  return dry_run ? Message("cmd.register.internal.would", args) : Message("cmd.register.internal.done", args);
}

void tell_answers(Report& report, const repository::RegisterResult& result) {
  for (const auto& row : result.answered) {
    const std::string number = row.entry.designation();
    if (!row.entry.due.whole() || !result.entry.date.whole()) {
      report.say(Message("cmd.register.answered", {{"number", number}}));
      continue;
    }
    const int days = text::days_between(result.entry.date, row.entry.due);
    const std::vector<std::pair<std::string, MessageArg>> args = {{"number", number},
                                                                  {"days", std::int64_t{std::abs(days)}}};
    report.say(days > 0   ? Message("cmd.register.answered.early", args)
               : days < 0 ? Message("cmd.register.answered.late", args)
                          : Message("cmd.register.answered.on_time", args));
  }
}

// The word of the scheme that the suggestion came from.
std::string word_in(const scheme::Suggestion& suggestion, const std::string& subject) {
  const std::string folded = text::fold(subject);
  for (const std::string& word : suggestion.words)
    if (folded.find(text::fold(word)) != std::string::npos) return word;
  return {};
}

}  // namespace

void tell_next(const Context& context, Report& report, const repository::RegisterResult& result) {
  const std::string name = name_of(result.entry);
  if (result.components.empty() && result.document.carrier != records::Carrier::paper)
    report.lacks(
        Message("cmd.register.no_content", {{"command", in_fonds(context, "vtlt register attach " + name)}}));
  if (result.into) return;
  if (result.suggested_file) {
    const std::string words = result.suggestion ? word_in(*result.suggestion, result.entry.subject) : "";
    const std::string file = name_of(result.suggested_file->file);
    report.next(
        "vtlt file add " + file + " " + name,
        words.empty()
            ? Message("cmd.register.suggest", {{"file", file}, {"title", result.suggested_file->file.title}})
            : Message("cmd.register.suggest.word",
                      {{"file", file}, {"title", result.suggested_file->file.title}, {"word", words}}));
  } else if (result.suggestion) {
    report.next("vtlt file open --class " + result.suggestion->class_no + " --title \"…\"",
                Message("cmd.register.suggest.class", {{"class", result.suggestion->class_no}}));
  }
}

void tell_awaited(Report& report, const repository::RegisterResult& result) {
  for (const auto& one : result.awaited) {
    const std::vector<std::pair<std::string, MessageArg>> args = {{"relation", "{relation." + one.relation + "}"},
                                                                  {"id", text::printable(one.document_id)},
                                                                  {"reason", one.reason}};
    if (one.relation == "recalls") report.lacks(Message("cmd.message.came.recalled", args));
    else report.say(Message("cmd.message.came", args));
  }
}


void show_registered(Context& context, const repository::RegisterRequest& request,
                     const repository::RegisterResult& result, const std::string& source) {
  Report report;
  std::string first = context.text(happened(result, request.dry_run));
  if (!source.empty()) first += context.text(Message("cmd.register.copy.of", {{"source", source}}));
  if (result.into)
    first += context.text(Message("cmd.register.into", {{"file", name_of(result.into->file)},
                                                        {"ordinal", std::to_string(result.ordinal)}}));
  if (!result.kept_set.empty()) first += context.text(Message("cmd.register.kept_set", {{"title", result.kept_set}}));
  if (!request.contents.empty()) {
    first += " · " + context.text(Message("cmd.count.components",
                                          {{"count", static_cast<std::int64_t>(request.contents.size())}}));
    if (result.pages > 0)
      first += ", " + context.text(Message("cmd.count.pages", {{"count", std::int64_t{result.pages}}}));
    if (result.signature) first += " · " + context.text(Message("cmd.register.signature"));
  }
  report.say_text(first);
  tell_answers(report, result);
  if (request.dry_run)
    report.say(Message("cmd.nothing_written"));
  else if (!result.components.empty())
    report.say(Message("cmd.kept"));
  tell_awaited(report, result);
  report.found(result.findings);
  if (!request.dry_run) tell_next(context, report, result);
  std::vector<std::string> components;
  for (const auto& component : result.components)
    components.push_back(json_of(component));
  report.result(Object()
                    .yes("written", !request.dry_run)
                    .add("ref", name_of(result.entry))
                    .add("copies", source)
                    .raw("entry", journal::encode(result.entry))
                    .raw("document", journal::encode(result.document))
                    .raw("components", array(components))
                    .add("file", result.into ? name_of(result.into->file) : "")
                    .text());
  report.show(context);
}

}  // namespace vtlt::cmd
