// vtlt register in, out, internal: one document into its book.
#include "commands.h"
#include "output.h"
#include "text/text.h"
#include "views.h"

namespace vtlt::cmd {
namespace {

using records::Book;

struct WriteOptions {
  std::vector<std::string> places, answers;
  std::string number, arrival, arrival_date, date, sender, issuer, subject, type, unit, due, into, signer, recipients,
      copies, note, urgency, secrecy, role, value, carrier, pages, year;
  bool dry_run = false;
};

// The first thing named is the number when it reads as one and is no computer file.
bool is_number(Files& files, const std::string& word) {
  if (files.stat(word)) return false;
  const auto number = records::parse_document_number(word);
  return number && !number->empty();
}

// "1312", "12a".
void take_number(const std::string& flag, const std::string& value, records::RegisterEntry& entry) {
  if (value.empty()) return;
  const auto letters = value.find_first_not_of("0123456789");
  entry.number = number_of(flag, value.substr(0, letters));
  if (entry.number == 0) wrong_value(flag, value, Message("cmd.expected.number", {{"most", "99999999"}}));
  if (letters != std::string::npos) entry.suffix = value.substr(letters);
}

std::vector<repository::ContentRequest> contents_of(Files& files, const std::vector<std::string>& paths, const std::string& role) {
  std::vector<repository::ContentRequest> contents;
  for (const std::string& path : paths) {
    const auto stat = files.stat(path);
    if (!stat || stat->kind != FileKind::file)
      throw Error(Exit::usage, "VTLT-USE-05", Message(stat ? "cmd.is_folder" : "cmd.no_file", {{"path", text::printable(path)}}),
                  Message(contents.empty() ? "cmd.no_file.hint" : ""));
    contents.push_back({path, contents.empty() ? records::Role::main : records::Role::annex});
    if (role.empty()) continue;
    const auto wanted = records::parse_role(role);
    if (!wanted) wrong_value("--role", role, Message("cmd.expected.role"));
    contents.back().role = *wanted;
  }
  return contents;
}

void fill_entry(Context& context, const WriteOptions& o, Book book, records::RegisterEntry& entry, std::vector<std::string>& paths) {
  paths = o.places;
  entry.book = book;
  if (!paths.empty() && is_number(context.files(), paths.front())) {
    entry.own = *records::parse_document_number(paths.front());
    paths.erase(paths.begin());
  }
  entry.subject = text::nfc(need("--subject", o.subject));
  entry.type = o.type;
  entry.date = date_of("--date", book == Book::in ? o.date : need("--date", o.date));
  if (book == Book::in) {
    entry.issuer = text::nfc(need("--sender", o.sender));
    entry.arrival = o.arrival_date.empty() ? today() : date_of("--arrival-date", o.arrival_date);
    take_number("--arrival", o.arrival, entry);
    entry.due = date_of("--due", o.due);
  } else {
    entry.issuer = text::nfc(o.issuer);
    if (!o.number.empty()) take_number("--number", o.number, entry);
    else entry.number = entry.own.number, entry.suffix = entry.own.suffix;
  }
  entry.year = year_of("--year", o.year);
  entry.unit = text::nfc(o.unit);
  entry.signer = text::nfc(o.signer);
  entry.recipients = text::nfc(o.recipients);
  entry.copies = o.copies;
  entry.note = text::nfc(o.note);
  entry.urgency = o.urgency;
  entry.secrecy = o.secrecy;
}

void fill_document(const WriteOptions& o, records::Document& document) {
  document.value = text::nfc(o.value);
  document.pages = number_of("--pages", o.pages, 999'999);
  if (o.carrier.empty()) return;
  const auto carrier = records::parse_carrier(o.carrier);
  if (!carrier) wrong_value("--carrier", o.carrier, Message("cmd.expected.carrier"));
  document.carrier = *carrier;
}

Message happened(const repository::RegisterResult& result, bool dry_run) {
  const auto& entry = result.entry;
  const std::vector<std::pair<std::string, MessageArg>> args = {
      {"name", entry.book == Book::in ? entry.designation() : entry.own.empty() ? entry.designation() : entry.own.text()},
      {"date", text::to_dmy(entry.book == Book::in ? entry.arrival : entry.date)},
      {"file", result.into ? name_of(result.into->file) : ""}};
  switch (entry.book) {
    case Book::in: return dry_run ? Message("cmd.register.in.would", args) : Message("cmd.register.in.done", args);
    case Book::out: return dry_run ? Message("cmd.register.out.would", args) : Message("cmd.register.out.done", args);
    default: break;
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
    const std::vector<std::pair<std::string, MessageArg>> args = {{"number", number}, {"days", std::int64_t{std::abs(days)}}};
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

void tell_next(Report& report, const repository::RegisterResult& result) {
  const std::string name = name_of(result.entry);
  if (result.components.empty() && result.document.carrier != records::Carrier::paper)
    report.lacks(Message("cmd.register.no_content", {{"name", name}}));
  if (result.into) return;
  if (result.suggested_file) {
    const std::string words = result.suggestion ? word_in(*result.suggestion, result.entry.subject) : "";
    const std::string file = name_of(result.suggested_file->file);
    report.next("vtlt file add " + file + " " + name,
                words.empty() ? Message("cmd.register.suggest", {{"file", file}, {"title", result.suggested_file->file.title}})
                              : Message("cmd.register.suggest.word", {{"file", file}, {"title", result.suggested_file->file.title}, {"word", words}}));
  } else if (result.suggestion) {
    report.next("vtlt file open --class " + result.suggestion->class_no + " --title \"…\"", Message("cmd.register.suggest.class", {{"class", result.suggestion->class_no}}));
  }
}

int run(Context& context, const WriteOptions& o, Book book) {
  repository::RegisterRequest request;
  std::vector<std::string> paths;
  fill_entry(context, o, book, request.entry, paths);
  fill_document(o, request.document);
  request.contents = contents_of(context.files(), paths, o.role);
  if (request.document.carrier == records::Carrier::unknown && !request.contents.empty())
    request.document.carrier = records::Carrier::electronic;
  request.fonds = context.globals.fonds;
  request.dry_run = o.dry_run;
  auto& repository = context.write();
  for (const std::string& reference : o.answers)
    request.answers.push_back(repository::resolve_entry(repository, reference, context.references(true)).entry.id);
  if (!o.into.empty()) request.into = repository::resolve_file(repository, o.into, context.references(true)).file.id;
  const auto result = repository::register_document(repository, request);

  Report report;
  std::string first = context.text(happened(result, o.dry_run));
  if (result.into)
    first += context.text(Message("cmd.register.into", {{"file", name_of(result.into->file)}, {"ordinal", std::to_string(result.ordinal)}}));
  if (!request.contents.empty()) {
    first += " · " + context.text(Message("cmd.count.components", {{"count", static_cast<std::int64_t>(request.contents.size())}}));
    if (result.pages > 0) first += ", " + context.text(Message("cmd.count.pages", {{"count", std::int64_t{result.pages}}}));
  }
  report.say_text(first);
  tell_answers(report, result);
  if (o.dry_run) report.say(Message("cmd.nothing_written"));
  else if (!result.components.empty()) report.say(Message("cmd.kept"));
  report.found(result.findings);
  if (!o.dry_run) tell_next(report, result);
  std::vector<std::string> components;
  for (const auto& component : result.components) components.push_back(json_of(component));
  report.result(Object()
                    .yes("written", !o.dry_run)
                    .add("ref", name_of(result.entry))
                    .raw("entry", journal::encode(result.entry))
                    .raw("document", journal::encode(result.document))
                    .raw("components", array(components))
                    .add("file", result.into ? name_of(result.into->file) : "")
                    .text());
  report.show(context);
  return 0;
}

void add_one(CLI::App& parent, Context& context, Chosen& chosen, Book book) {
  const char* name = book == Book::in ? "in" : book == Book::out ? "out" : "internal";
  const Message what = book == Book::in    ? Message("command.register.in")
                       : book == Book::out ? Message("command.register.out")
                                           : Message("command.register.internal");
  Command command(parent, context, chosen, name, what, Statuses::writing);
  auto o = std::make_shared<WriteOptions>();
  command.places("number-and-files", o->places, Message("place.number_and_files"));
  const Message text("value.text"), date("value.date"), number("value.number");
  if (book == Book::in) {
    command.value("--arrival", o->arrival, Message("option.arrival"), number);
    command.value("--arrival-date", o->arrival_date, Message("option.arrival_date"), date);
    command.value("--sender", o->sender, Message("option.register.sender"), text);
    command.value("--due", o->due, Message("option.due"), date);
  } else {
    command.value("--number", o->number, Message("option.number"), number);
    command.value("--issuer", o->issuer, Message("option.issuer"), text);
    command.value("--recipients", o->recipients, Message("option.recipients"), text);
    command.value("--copies", o->copies, Message("option.copies"), text);
  }
  command.value("--date", o->date, Message("option.date"), date);
  command.value("--subject", o->subject, Message("option.subject"), text);
  command.value("--type", o->type, Message("option.type"), text);
  command.value("--unit", o->unit, Message("option.register.unit"), text);
  command.value("--signer", o->signer, Message("option.signer"), text);
  command.values("--answers", o->answers, Message("option.answers"), Message("value.reference"));
  command.value("--into", o->into, Message("option.into"), Message("value.file"));
  command.value("--note", o->note, Message("option.note"), text);
  command.value("--urgency", o->urgency, Message("option.urgency"), text);
  command.value("--secrecy", o->secrecy, Message("option.secrecy"), text);
  command.value("--role", o->role, Message("option.role"), Message("value.role"));
  command.value("--value", o->value, Message("option.value"), text);
  command.value("--carrier", o->carrier, Message("option.carrier"), Message("value.carrier"));
  command.value("--pages", o->pages, Message("option.pages"), number);
  command.year(o->year);
  command.dry_run(o->dry_run);
  if (book == Book::in)
    command.example("vtlt register in 245/SNV-VTLT --arrival 1312 --date 05/11/2026 --sender \"Sở Nội vụ\" "
                    "--subject \"V/v thu nộp tài liệu\" cv245.pdf");
  if (book == Book::out)
    command.example("vtlt register out 87/UBND-VP --date 18/11/2026 --subject \"V/v đăng ký thu nộp\" --answers den.1312 --into 04.VP");
  if (book == Book::internal)
    command.example("vtlt register internal 03/BB-VP --date 18/11/2026 --subject \"Biên bản họp cơ quan\" bien-ban.pdf");
  command.run([&context, o, book] { return run(context, *o, book); });
}

}  // namespace

void add_register_write(CLI::App& parent, Context& context, Chosen& chosen) {
  for (const Book book : {Book::in, Book::out, Book::internal}) add_one(parent, context, chosen, book);
}

}  // namespace vtlt::cmd
