// vtlt register in, out, internal: one document into its book.
#include "register_write.h"
#include "commands.h"
#include "repository/exchanging.h"
#include "text/text.h"
#include "views.h"

namespace vtlt::cmd {
namespace {

using records::Book;

struct WriteOptions {
  std::vector<std::string> places, answers, replaces, amends, corrects, recalls;
  std::string number, arrival, arrival_date, date, sender, issuer, subject, type, unit, due, into, signer,
      recipients, copies, note, urgency, secrecy, role, value, carrier, pages, year;
  bool dry_run = false;
};

// The first thing named is the number when it reads as one and is no computer file.
bool is_number(Files& files, const std::string& word) {
  if (files.stat(word)) return false;
  const auto number = records::parse_document_number(word);
  return number && !number->empty();
}

}  // namespace

void take_designation(Files& files, std::vector<std::string>& places, records::RegisterEntry& entry) {
  if (places.empty() || !is_number(files, places.front())) return;
  entry.own = *records::parse_document_number(places.front());
  places.erase(places.begin());
}

std::vector<repository::ContentRequest> contents_named(Files& files, const std::vector<std::string>& paths,
                                                       const std::string& role) {
  std::vector<repository::ContentRequest> contents;
  for (const std::string& path : paths) {
    const auto stat = files.stat(path);
    if (!stat || stat->kind != FileKind::file)
      throw Error(Exit::usage, "VTLT-USE-05",
                  Message(stat ? "cmd.is_folder" : "cmd.no_file", {{"path", text::printable(path)}}),
                  Message(contents.empty() ? "cmd.no_file.hint" : ""));
    contents.push_back({path, contents.empty() ? records::Role::main : records::Role::annex});
    if (role.empty()) continue;
    const auto wanted = records::parse_role(role);
    if (!wanted) wrong_value("--role", role, Message("cmd.expected.role"));
    contents.back().role = *wanted;
  }
  return contents;
}

namespace {

void fill_entry(Context& context, const WriteOptions& o, Book book, records::RegisterEntry& entry,
                std::vector<std::string>& paths) {
  paths = o.places;
  entry.book = book;
  take_designation(context.files(), paths, entry);
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
    if (!o.number.empty())
      take_number("--number", o.number, entry);
    else
      entry.number = entry.own.number, entry.suffix = entry.own.suffix;
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

// What a message says itself, and what flags may therefore not say.
int run_message(Context& context, const WriteOptions& o) {
  for (const auto& [flag, value] :
       {std::pair<const char*, const std::string&>{"--date", o.date}, {"--sender", o.sender}, {"--subject", o.subject},
        {"--type", o.type}, {"--signer", o.signer}, {"--note", o.note}, {"--urgency", o.urgency}, {"--secrecy", o.secrecy},
        {"--role", o.role}, {"--value", o.value}, {"--carrier", o.carrier}, {"--pages", o.pages}})
    if (!value.empty()) throw Error(Exit::usage, "VTLT-USE-04", Message("cmd.message.flag", {{"flag", flag}}));
  for (const auto* values : {&o.answers, &o.replaces, &o.amends, &o.corrects, &o.recalls})
    if (!values->empty()) throw Error(Exit::usage, "VTLT-USE-04", Message("cmd.message.flag", {{"flag", "--answers …"}}));
  if (o.places.size() != 1) throw Error(Exit::usage, "VTLT-USE-04", Message("cmd.message.one"), Message("cmd.message.one.hint"));
  return take_message(context, o.places.front(), {o.arrival, o.arrival_date, o.unit, o.due, o.into, o.year, o.dry_run});
}

int run(Context& context, const WriteOptions& o, Book book) {
  if (book == Book::in && !o.places.empty() && repository::is_message(context.files(), o.places.front()))
    return run_message(context, o);
  repository::RegisterRequest request;
  std::vector<std::string> paths;
  fill_entry(context, o, book, request.entry, paths);
  fill_document(o, request.document);
  request.contents = contents_named(context.files(), paths, o.role);
  if (request.document.carrier == records::Carrier::unknown)
    request.document.carrier = repository::carrier_of(request.contents);
  request.fonds = context.globals.fonds;
  request.dry_run = o.dry_run;
  auto& repository = context.write();
  for (const std::string& reference : o.answers)
    request.answers.push_back(
        repository::resolve_entry(repository, reference, context.references(true)).entry.id);
  const std::pair<const char*, const std::vector<std::string>&> links[] = {
      {"replaces", o.replaces}, {"amends", o.amends}, {"corrects", o.corrects}, {"recalls", o.recalls}};
  for (const auto& [relation, references] : links)
    for (const std::string& reference : references)
      request.links.emplace_back(
          relation, repository::resolve_entry(repository, reference, context.references(true)).entry.id);
  if (!o.into.empty())
    request.into = repository::resolve_file(repository, o.into, context.references(true)).file.id;
  const auto result = repository::register_document(repository, request);

  show_registered(context, request, result);
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
  command.values("--replaces", o->replaces, Message("option.replaces"), Message("value.reference"));
  command.values("--amends", o->amends, Message("option.amends"), Message("value.reference"));
  command.values("--corrects", o->corrects, Message("option.corrects"), Message("value.reference"));
  command.values("--recalls", o->recalls, Message("option.recalls"), Message("value.reference"));
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
    command.example(
        "vtlt register in 245/SNV-VTLT --arrival 1312 --date 05/11/2026 --sender \"Sở Nội vụ\" "
        "--subject \"V/v thu nộp tài liệu\" cv245.pdf");
  if (book == Book::in) command.example("vtlt register in 245-SNV.edxml --arrival 1312 --unit VP");
  if (book == Book::out)
    command.example(
        "vtlt register out 87/UBND-VP --date 18/11/2026 --subject \"V/v đăng ký thu nộp\" --answers den.1312 "
        "--into 04.VP");
  if (book == Book::internal)
    command.example(
        "vtlt register internal 03/BB-VP --date 18/11/2026 --subject \"Biên bản họp cơ quan\" bien-ban.pdf");
  command.run([&context, o, book] { return run(context, *o, book); });
}

}  // namespace

void take_number(const std::string& flag, const std::string& value, records::RegisterEntry& entry) {
  if (value.empty()) return;
  const auto letters = value.find_first_not_of("0123456789");
  entry.number = number_of(flag, value.substr(0, letters));
  if (entry.number == 0) wrong_value(flag, value, Message("cmd.expected.number", {{"most", "99999999"}}));
  if (letters != std::string::npos) entry.suffix = value.substr(letters);
}

void add_register_write(CLI::App& parent, Context& context, Chosen& chosen) {
  for (const Book book : {Book::in, Book::out, Book::internal})
    add_one(parent, context, chosen, book);
}

}  // namespace vtlt::cmd
