// Messages between agencies (edXML): register in FILE.edxml, register import of several, register send,
// register status.
#include <algorithm>
#include <map>
#include <set>

#include "commands.h"
#include "output.h"
#include "register_write.h"
#include "repository/exchanging.h"
#include "text/text.h"
#include "views.h"

namespace vtlt::cmd {
namespace {

using Outcome = repository::MessageResult::Outcome;
using Args = std::vector<std::pair<std::string, MessageArg>>;

const char* outcome_text(Outcome outcome) {
  static constexpr const char* texts[] = {"registered", "present", "completed",
                                          "changed",    "awaited", "status"};
  return texts[static_cast<std::size_t>(outcome)];
}

std::string line_of(const repository::MessageResult& result) {
  if (result.registered) return name_of(result.registered->entry);
  return result.entry ? name_of(result.entry->entry) : text::printable(result.message.document_id);
}

// What happened, in one sentence.
Message happened(const repository::MessageResult& result, bool dry_run) {
  const auto& m = result.message;
  const bool recall = m.business == exchange::EdxmlBusiness::recall;
  Args args = {{"name", line_of(result)},
               {"id", text::printable(m.document_id)},
               {"reason", m.reason},
               {"sender", m.from.name.empty() ? m.from.organ_id : m.from.name},
               {"code", m.status_code},
               {"meaning", std::string(exchange::status_meaning(m.status_code))},
               {"count", static_cast<std::int64_t>(result.attached.size())}};
  switch (result.outcome) {
    case Outcome::registered: {
      const auto& entry = result.registered->entry;
      args.insert(args.end(), {{"arrival", entry.designation()},
                               {"date", text::to_dmy(entry.arrival)},
                               {"number", entry.own.text()}});
      return Message(dry_run ? "cmd.message.would" : "cmd.message.done", args);
    }
    case Outcome::present:
      return Message(!result.entry                                   ? "cmd.message.present.awaited"
                     : m.business == exchange::EdxmlBusiness::status ? "cmd.message.present.status"
                                                                     : "cmd.message.present",
                     args);
    case Outcome::completed:
      return Message(dry_run ? "cmd.message.completed.would" : "cmd.message.completed", args);
    case Outcome::changed:
      if (recall) return Message(dry_run ? "cmd.message.recalled.would" : "cmd.message.recalled", args);
      return Message(dry_run ? "cmd.message.updated.would" : "cmd.message.updated", args);
    case Outcome::awaited:
      return Message(dry_run ? "cmd.message.awaited.would" : "cmd.message.awaited", args);
    case Outcome::status:
      return Message(dry_run ? "cmd.message.status.would" : "cmd.message.status", args);
  }
  return {};
}

// `coming`: ids of the documents that come with it.
void tell_links(Report& report, const repository::MessageResult& result,
                const std::set<std::string>& coming = {}) {
  for (const auto& one : result.links) {
    static constexpr const char* relations[] = {"answers", "recalls", "amends", "replaces", "reports"};
    const std::string relation = relations[static_cast<std::size_t>(one.link.relation)];
    const Args args = {{"relation", "{relation." + relation + "}"},
                       {"id", text::printable(one.link.document_id)},
                       {"other", one.to ? name_of(one.to->entry) : std::string()}};
    if (one.to)
      report.say(Message("cmd.message.link", args));
    else if (coming.count(one.link.document_id) != 0)
      report.say(Message("cmd.message.link", {args[0], {"other", text::printable(one.link.document_id)}}));
    else
      report.lacks(Message("cmd.message.link.awaited", args));
    if (one.to && relation == "recalls") report.say(Message("cmd.link.frozen", args));
  }
}

// An update says other things than the line it is about: a person decides.
void tell_differences(Context& context, Report& report, const repository::MessageResult& result) {
  if (result.outcome != Outcome::changed || result.message.business != exchange::EdxmlBusiness::update ||
      !result.entry)
    return;
  const auto& entry = result.entry->entry;
  const auto& m = result.message;
  std::string fields;
  const auto differs = [&](const char* flag, bool different) {
    if (different) fields += (fields.empty() ? "" : ", ") + std::string(flag);
  };
  differs("--subject", text::fold(m.subject) != text::fold(entry.subject));
  differs("--due", !m.due.empty() && m.due != entry.due);
  differs("--signer", !m.signer.empty() && text::fold(m.signer) != text::fold(entry.signer));
  if (!fields.empty())
    report.lacks(Message(
        "cmd.message.differs",
        {{"fields", fields}, {"command", in_fonds(context, "vtlt register amend " + name_of(entry))}}));
}

std::string json_of_message(const repository::MessageResult& result, bool dry_run) {
  const auto& m = result.message;
  const bool wrote = !dry_run && result.outcome != Outcome::present;
  Object object;
  object.yes("written", wrote)
      .add("outcome", outcome_text(result.outcome))
      .add("ref", result.registered || result.entry ? line_of(result) : std::string())
      .add("business", exchange::business_text(m.business))
      .add("document_id", m.document_id)
      .add("sender", m.from.organ_id)
      .add("reason", m.reason);
  if (m.business == exchange::EdxmlBusiness::status)
    object.add("status_code", m.status_code).add("status_of", m.status_of.document_id);
  std::vector<std::string> links;
  for (const auto& one : result.links) {
    static constexpr const char* relations[] = {"answers", "recalls", "amends", "replaces", "reports"};
    links.push_back(Object()
                        .add("relation", relations[static_cast<std::size_t>(one.link.relation)])
                        .add("document_id", one.link.document_id)
                        .add("to", one.to ? name_of(one.to->entry) : std::string())
                        .add("reason", one.link.reason)
                        .text());
  }
  object.raw("links", array(links));
  if (result.registered) {
    std::vector<std::string> components;
    for (const auto& component : result.registered->components)
      components.push_back(json_of(component));
    object.raw("entry", journal::encode(result.registered->entry)).raw("components", array(components));
  }
  return object.text();
}

repository::MessageRequest request_of(Context& context, const std::string& path, const MessageOptions& o) {
  repository::MessageRequest request;
  request.path = path;
  records::RegisterEntry entry;
  take_number("--arrival", o.arrival, entry);
  request.arrival = entry.number;
  request.arrival_suffix = entry.suffix;
  request.arrival_date = o.arrival_date.empty() ? today() : date_of("--arrival-date", o.arrival_date);
  request.due = date_of("--due", o.due);
  request.unit = text::nfc(o.unit);
  request.fonds = context.globals.fonds;
  request.dry_run = o.dry_run;
  return request;
}

// ---- several ----

struct One {
  std::string path;
  std::optional<repository::MessageResult> result;
  std::optional<Error> error;
};

// As they were sent: a recall after what it recalls.
std::pair<records::Date, int> sent_at(const One& one) {
  if (!one.result) return {};
  const auto& m = one.result->message;
  if (m.business == exchange::EdxmlBusiness::status) return {m.status_time.date, m.status_time.second};
  if (m.traces.empty()) return {m.date, -1};
  return {m.traces.front().time.date, m.traces.front().time.second};
}

void take_one(repository::Repository& repository, const repository::MessageRequest& request, One& one) {
  one.result.reset();
  one.error.reset();
  try {
    one.result = repository::register_message(repository, request);
  } catch (const Error& error) {
    if (error.exit() != Exit::refused && error.exit() != Exit::usage) throw;
    one.error = error;
  }
}

Finding finding_of(const One& one) {
  Finding finding;
  finding.code = one.error->code();
  finding.path = text::printable(one.path);
  finding.line = one.error->line();
  finding.message = one.error->message();
  finding.hint = one.error->hint();
  if (finding.code == "VTLT-TRAP-07")
    finding.hint = Message("cmd.messages.number.hint", {{"path", typed(one.path)}});
  return finding;
}

// What comes together must agree before any of it is written: numbers follow one another, no two documents
// have one id. Gives the ids that come.
std::set<std::string> judge_together(std::vector<One>& all) {
  std::map<std::string, const One*> first;
  std::set<std::string> coming;
  int given = 0;
  for (One& one : all) {
    if (!one.result || one.result->outcome != Outcome::registered) continue;
    const auto& m = one.result->message;
    const auto [found, fresh] = first.emplace(m.document_id, &one);
    coming.insert(m.document_id);
    if (fresh) {
      if (one.result->registered->entry.given) one.result->registered->entry.number += given++;
      continue;
    }
    const auto& other = found->second->result->message;
    if (m.business != exchange::EdxmlBusiness::document || other.attachments.empty() ||
        m.attachments.empty() || m.attachments.front().sha256 == other.attachments.front().sha256)
      continue;
    one.error = Error(Exit::refused, "VTLT-P04",
                      Message("cmd.messages.twice", {{"id", text::printable(m.document_id)},
                                                     {"other", text::printable(found->second->path)}}));
    one.result.reset();
  }
  // A recall of what comes with it does not wait.
  for (One& one : all)
    if (one.result && one.result->outcome == Outcome::awaited &&
        coming.count(one.result->message.document_id) != 0)
      one.result->outcome = Outcome::changed;
  return coming;
}

// ---- send, status ----

struct SendOptions {
  std::string reference, business, reason, place, staff, department, year;
  std::vector<std::string> to;
  bool zip = false, dry_run = false;
};

std::pair<std::string, std::string> receiver_of(const std::string& word) {
  const auto parting = word.find('=');
  std::pair<std::string, std::string> one = {
      word.substr(0, parting),
      parting == std::string::npos ? std::string() : text::nfc(word.substr(parting + 1))};
  if (records::organ_code_form(one.first) == records::OrganCodeForm::invalid)
    wrong_value("--to", word, Message("cmd.expected.receiver"));
  return one;
}

int run_send(Context& context, const SendOptions& o) {
  repository::SendRequest request;
  need(context.text(Message("place.reference.entry")), o.reference);
  for (const std::string& word : o.to)
    request.to.push_back(receiver_of(word));
  if (request.to.empty()) missing("--to");
  if (!o.business.empty()) {
    using exchange::EdxmlBusiness;
    bool known = false;
    for (const auto one :
         {EdxmlBusiness::document, EdxmlBusiness::recall, EdxmlBusiness::update, EdxmlBusiness::replace})
      if (o.business == exchange::business_text(one)) request.business = one, known = true;
    if (!known) wrong_value("--business", o.business, Message("cmd.expected.business"));
  }
  request.reason = text::nfc(o.reason);
  if (request.business != exchange::EdxmlBusiness::document) need("--reason", o.reason);
  request.place = text::nfc(o.place);
  request.staff.staff = text::nfc(o.staff);
  request.staff.department = text::nfc(o.department);
  request.zip = o.zip;
  request.dry_run = o.dry_run;
  if (!o.dry_run) need("-o", context.globals.output);
  const std::string output = context.globals.output;
  request.output = output;
  context.globals.output.clear();  // the message; what is said goes to stdout
  auto& repository = context.write();
  const auto row =
      repository::resolve_entry(repository, o.reference, context.references(true, year_of("--year", o.year)));
  request.entry = row.entry.id;
  const auto result = repository::send_document(repository, request);

  Report report;
  std::string receivers;
  std::vector<std::string> codes;
  for (const auto& [code, name] : request.to) {
    receivers += (receivers.empty() ? "" : ", ") + (name.empty() ? code : name + " (" + code + ")");
    codes.push_back(Object().add("code", code).add("name", name).text());
  }
  const Args args = {
      {"name", name_of(row.entry)},
      {"business", "{edxml.business." + std::string(exchange::business_text(request.business)) + "}"},
      {"count", static_cast<std::int64_t>(result.message.attachments.size())},
      {"path", text::printable(output)},
      {"bytes", context.bytes(result.bytes)},
      {"receivers", receivers}};
  report.say(Message(o.dry_run ? "cmd.send.would" : "cmd.send.done", args));
  report.say_text("  " + context.text(Message("field.document_id")) + " " +
                  text::printable(result.message.document_id));
  if (o.dry_run) {
    report.say(Message("cmd.nothing_written"));
  } else {
    report.say_text("  SHA-256 " + result.sha256.hex());
    report.say(Message("cmd.send.unsent"));
  }
  if (result.recalled) report.say(Message("cmd.link.frozen", {{"other", name_of(row.entry)}}));
  report.found(result.findings);
  report.result(Object()
                    .yes("written", !o.dry_run)
                    .add("ref", name_of(row.entry))
                    .add("business", exchange::business_text(request.business))
                    .add("document_id", result.message.document_id)
                    .raw("to", array(codes))
                    .add("path", o.dry_run ? std::string() : text::printable(output))
                    .add("sha256", o.dry_run ? std::string() : result.sha256.hex())
                    .add("bytes", static_cast<std::int64_t>(result.bytes))
                    .text());
  report.show(context);
  return 0;
}

struct StatusOptions {
  std::string reference, code, description, staff, department, year;
  bool dry_run = false;
};

int run_status(Context& context, const StatusOptions& o) {
  repository::StatusRequest request;
  need(context.text(Message("place.reference.entry")), o.reference);
  request.code = need("--code", o.code);
  request.description = text::nfc(o.description);
  request.staff.staff = text::nfc(o.staff);
  request.staff.department = text::nfc(o.department);
  request.dry_run = o.dry_run;
  const std::string output = context.globals.output;
  request.output = output;
  context.globals.output.clear();
  auto& repository = context.write();
  if (request.staff.staff.empty()) request.staff.staff = repository.catalogue().config("actor.name");
  const auto row =
      repository::resolve_entry(repository, o.reference, context.references(true, year_of("--year", o.year)));
  request.entry = row.entry.id;
  const auto message = repository::record_status(repository, request);
  Report report;
  const Args args = {{"name", name_of(row.entry)},
                     {"code", message.status_code},
                     {"meaning", message.status_description},
                     {"path", text::printable(output)}};
  report.say(Message(o.dry_run ? "cmd.register.status.would" : "cmd.register.status.done", args));
  if (o.dry_run)
    report.say(Message("cmd.nothing_written"));
  else if (!output.empty())
    report.say(Message("cmd.register.status.file", args));
  report.result(Object()
                    .yes("written", !o.dry_run)
                    .add("ref", name_of(row.entry))
                    .add("code", message.status_code)
                    .add("description", message.status_description)
                    .add("document_id", message.status_of.document_id)
                    .add("path", o.dry_run ? std::string() : text::printable(output))
                    .text());
  report.show(context);
  return 0;
}

}  // namespace

int take_message(Context& context, const std::string& path, const MessageOptions& o) {
  auto request = request_of(context, path, o);
  auto& repository = context.write();
  if (!o.into.empty())
    request.into =
        repository::resolve_file(repository, o.into, context.references(true, year_of("--year", o.year)))
            .file.id;
  const auto result = repository::register_message(repository, request);
  Report report;
  std::string first = context.text(happened(result, o.dry_run));
  if (result.registered && result.registered->into)
    first +=
        context.text(Message("cmd.register.into", {{"file", name_of(result.registered->into->file)},
                                                   {"ordinal", std::to_string(result.registered->ordinal)}}));
  if (result.outcome == Outcome::registered && !result.message.attachments.empty())
    first += " · " +
             context.text(Message("cmd.count.components",
                                  {{"count", static_cast<std::int64_t>(result.message.attachments.size())}}));
  report.say_text(first);
  tell_links(report, result);
  if (result.registered) tell_awaited(report, *result.registered);
  if (result.outcome == Outcome::changed && result.message.business == exchange::EdxmlBusiness::recall)
    report.say(Message("cmd.link.frozen", {{"other", line_of(result)}}));
  tell_differences(context, report, result);
  if (result.outcome == Outcome::registered && result.message.business == exchange::EdxmlBusiness::update)
    report.lacks(Message("cmd.message.update_new"));
  if (o.dry_run)
    report.say(Message("cmd.nothing_written"));
  else if (!result.attached.empty())
    report.say(Message("cmd.message.kept"));
  report.found(result.findings);
  if (!o.dry_run && result.registered) tell_next(context, report, *result.registered);
  if (result.outcome == Outcome::present && result.entry)
    report.next(in_fonds(context, "vtlt show " + line_of(result)));
  report.result(json_of_message(result, o.dry_run));
  report.show(context);
  return 0;
}

std::vector<std::string> messages_in(Context& context, const std::vector<std::string>& paths,
                                     bool kind_given) {
  Files& files = context.files();
  std::vector<std::string> all;
  bool others = false;
  for (const std::string& path : paths) {
    const auto stat = files.stat(path);
    if (!stat)
      throw Error(Exit::usage, "VTLT-USE-05", Message("cmd.no_file", {{"path", text::printable(path)}}));
    if (stat->kind != FileKind::directory) {
      if (repository::is_message(files, path))
        all.push_back(path);
      else
        others = true;
      continue;
    }
    for (const auto& entry : files.list(path)) {
      const std::string inside = (Path(path) / entry.name).string();
      if (entry.kind == FileKind::file && repository::is_message(files, inside))
        all.push_back(inside);
      else if (entry.name.empty() || entry.name.front() != '.')
        others = true;
    }
  }
  // A folder of scans with a message among them is a folder of scans, unless it is said what it is.
  if (!others || (kind_given && !all.empty() && paths.size() == 1)) return all;
  if (!all.empty() && paths.size() > 1) throw Error(Exit::usage, "VTLT-USE-04", Message("cmd.message.mixed"));
  return {};
}

int take_messages(Context& context, const std::vector<std::string>& paths, const MessagesOptions& o) {
  auto& repository = context.write();
  MessageOptions shared;
  shared.arrival_date = o.arrival_date;
  shared.unit = o.unit;
  shared.dry_run = true;
  const bool partial = o.partial || repository.catalogue().config("import.partial") == "true";
  std::vector<One> all;
  for (const std::string& path : paths) {
    check_interrupted();
    all.push_back({path, std::nullopt, std::nullopt});
    take_one(repository, request_of(context, path, shared), all.back());
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const One& a, const One& b) { return sent_at(a) < sent_at(b); });
  const auto coming = judge_together(all);
  const auto failed = [&] {
    return std::count_if(all.begin(), all.end(), [](const One& one) { return one.error.has_value(); });
  };
  const bool writes = !o.dry_run && (failed() == 0 || partial);
  shared.dry_run = false;
  if (writes)
    for (One& one : all) {
      check_interrupted();
      if (!one.error) take_one(repository, request_of(context, one.path, shared), one);
    }
  Report report;
  std::int64_t counts[6] = {};
  std::vector<std::string> rows;
  for (const One& one : all) {
    Object object;
    object.add("path", text::printable(one.path));
    if (one.result) {
      ++counts[static_cast<std::size_t>(one.result->outcome)];
      object.raw("message", json_of_message(*one.result, !writes));
    }
    rows.push_back(object.text());
  }
  const auto count = [&](Outcome outcome) { return counts[static_cast<std::size_t>(outcome)]; };
  const Args args = {
      {"messages", static_cast<std::int64_t>(all.size())},
      {"new", count(Outcome::registered)},
      {"present", count(Outcome::present)},
      {"changed", count(Outcome::changed) + count(Outcome::completed) + count(Outcome::awaited)},
      {"status", count(Outcome::status)},
      {"failed", static_cast<std::int64_t>(failed())}};
  report.say(Message(writes ? "cmd.messages.done" : "cmd.messages.would", args));
  for (const One& one : all) {
    if (!one.result) continue;
    report.say_text("  " + Path(one.path).filename().string() + ": " +
                    context.text(happened(*one.result, !writes)));
    tell_links(report, *one.result, writes ? std::set<std::string>() : coming);
    if (one.result->registered) tell_awaited(report, *one.result->registered);
    tell_differences(context, report, *one.result);
    for (const auto& finding : one.result->findings)
      if (context.json() || finding.level != Level::note || context.globals.verbose) report.found(finding);
  }
  for (const One& one : all) {
    if (!one.error) continue;
    report.found(finding_of(one));
    report.found(one.error->findings());
  }
  if (o.dry_run)
    report.say(Message("cmd.nothing_written"));
  else if (!writes)
    report.say(Message("cmd.messages.refused"));
  report.result(Object()
                    .yes("written", writes)
                    .add("rows", static_cast<std::int64_t>(all.size()))
                    .add("new", count(Outcome::registered))
                    .add("present", count(Outcome::present))
                    .add("failed", static_cast<std::int64_t>(failed()))
                    .raw("messages", array(rows))
                    .text());
  report.show(context);
  if (failed() == 0) return 0;
  if (o.dry_run) return o.exit_code ? static_cast<int>(Exit::findings) : 0;
  return static_cast<int>(partial ? Exit::findings : Exit::refused);
}

void add_register_message(CLI::App& parent, Context& context, Chosen& chosen) {
  const Message text("value.text");
  {
    Command command(parent, context, chosen, "send", Message("command.register.send"), Statuses::writing);
    auto o = std::make_shared<SendOptions>();
    command.place("ref", o->reference, Message("place.reference.entry"));
    command.values("--to", o->to, Message("option.send.to"), Message("value.receiver"));
    command.value("--business", o->business, Message("option.send.business"), Message("value.business"));
    command.value("--place", o->place, Message("option.send.place"), text);
    command.value("--staff", o->staff, Message("option.send.staff"), text);
    command.value("--department", o->department, Message("option.send.department"), text);
    command.flag("--zip", o->zip, Message("option.send.zip"));
    command.reason(o->reason);
    command.year(o->year);
    command.dry_run(o->dry_run);
    command.example("vtlt register send 87/UBND-VP --to \"H57.05=Sở Nội vụ\" -o 87-UBND-VP.edxml");
    command.run([&context, o] { return run_send(context, *o); });
  }
  {
    Command command(parent, context, chosen, "status", Message("command.register.status"), Statuses::writing);
    auto o = std::make_shared<StatusOptions>();
    command.place("ref", o->reference, Message("place.reference.entry"));
    command.value("--code", o->code, Message("option.status.code"), Message("value.status"));
    command.value("--description", o->description, Message("option.status.description"), text);
    command.value("--staff", o->staff, Message("option.send.staff"), text);
    command.value("--department", o->department, Message("option.send.department"), text);
    command.year(o->year);
    command.dry_run(o->dry_run);
    command.example("vtlt register status den.1312 --code 03 -o 1312-da-nhan.edxml");
    command.run([&context, o] { return run_status(context, *o); });
  }
}

}  // namespace vtlt::cmd
