// vtlt register import: a month's list, or a folder, in one go.
#include <algorithm>
#include <map>

#include "commands.h"
#include "list_flags.h"
#include "output.h"
#include "register_write.h"
#include "repository/list_bytes.h"
#include "text/text.h"
#include "views.h"

namespace vtlt::cmd {
namespace {

struct ImportOptions {
  std::vector<std::string> paths;
  std::string path, kind, year, pivot, arrival_date, unit;
  ListFlags list;
  bool partial = false, dry_run = false, exit_code = false;
};

constexpr std::size_t kShown = 100;      // errors in the text; JSON has all
constexpr std::size_t kShownOfAKind = 3;  // warnings and notes of one kind in one column

// As spreadsheets name them: A … Z, AA, AB …
std::string column_letters(std::size_t number) {
  std::string letters;
  for (std::size_t rest = number + 1; rest > 0; rest = (rest - 1) / 26)
    letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
  return letters;
}

std::string columns_text(Context& context, const exchange::ListInfo& info) {
  std::string used;
  std::size_t number = 0;
  for (const auto& [heading, meaning] : info.columns) {
    const std::string place = column_letters(number++);
    if (meaning == exchange::Column::unused) continue;
    std::string shown = heading;
    std::replace_if(shown.begin(), shown.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
    used += (used.empty() ? "" : ", ") + place + " " + shown;
  }
  std::string words = context.text(Message("cmd.import.columns", {{"columns", used}}));
  std::string unused;
  for (const std::string& heading : info.unused)
    unused += (unused.empty() ? "" : ", ") + ("\"" + heading + "\"");
  if (!unused.empty()) words += context.text(Message("cmd.import.unused", {{"columns", unused}}));
  return words;
}

// "…; cũng ở dòng 5, 9, 14"
std::string other_rows(const std::vector<long>& rows) {
  constexpr std::size_t kNamed = 12;
  std::string words;
  for (std::size_t i = 0; i < rows.size() && i < kNamed; ++i)
    words += (words.empty() ? "" : ", ") + std::to_string(rows[i]);
  return words + (rows.size() > kNamed ? " …" : "");
}

// People see every error; of warnings, and with -v of notes, that repeat themselves down a column the first
// ones, then the rows.
void tell_findings(Context& context, Report& report, const std::vector<Finding>& findings) {
  if (context.json()) {
    report.found(findings);
    return;
  }
  std::map<std::string, std::vector<long>> rows;  // level, message and column → rows not shown
  std::map<std::string, std::size_t> shown;
  std::size_t errors = 0, beyond = 0;
  std::int64_t notes = 0;
  const auto kind = [](const Finding& one) {
    return std::to_string(static_cast<int>(one.level)) + one.message.key + "\n" + one.ref;
  };
  for (const Finding& finding : findings) {
    Finding here = finding;
    here.path.clear();  // one list: the row is enough
    here.ref.clear();
    if (finding.level == Level::error) {
      if (++errors > kShown)
        ++beyond;
      else
        report.found(here);
      continue;
    }
    if (finding.level == Level::note && !context.globals.verbose) {
      if (finding.message.key != "list.column-unused") ++notes;  // said with the columns
      continue;
    }
    if (++shown[kind(finding)] > kShownOfAKind)
      rows[kind(finding)].push_back(finding.line);
    else
      report.found(here);
  }
  for (const Finding& finding : findings) {
    const auto more = rows.find(kind(finding));
    if (more == rows.end()) continue;
    Finding here;
    here.level = Level::warning;
    here.code = finding.code;
    here.message = Message("cmd.import.more_of_a_kind", {{"count", static_cast<std::int64_t>(more->second.size())},
                                                         {"column", finding.ref},
                                                         {"rows", other_rows(more->second)}});
    report.found(here);
    rows.erase(more);
  }
  Finding rest;
  rest.level = Level::warning;
  rest.message = Message("cmd.import.more", {{"count", static_cast<std::int64_t>(beyond)}});
  if (beyond > 0) report.found(rest);
  rest.message = Message("cmd.import.notes", {{"count", notes}});
  if (notes > 0) report.found(rest);
}

// Two digits, 00 to 99.
int pivot_of(const std::string& words) {
  if (words.empty()) return -1;
  if (words.size() != 2 || words.find_first_not_of("0123456789") != std::string::npos)
    wrong_value("--pivot", words, Message("cmd.expected.pivot"));
  return std::stoi(words);
}

// As it is typed after --encoding.
const char* encoding_flag(exchange::Encoding encoding) {
  switch (encoding) {
    case exchange::Encoding::tcvn3:
      return "tcvn3";
    case exchange::Encoding::vni:
      return "vni";
    case exchange::Encoding::viscii:
      return "viscii";
    case exchange::Encoding::cp1258:
      return "cp1258";
    default:
      return "utf-8";
  }
}

int status_of(const ImportOptions& o, const repository::ImportResult& result) {
  if (result.failed == 0) return 0;
  if (o.dry_run) return o.exit_code ? static_cast<int>(Exit::findings) : 0;
  return static_cast<int>(o.partial ? Exit::findings : Exit::refused);
}

std::string json_of_result(const ImportOptions& o, const repository::ImportResult& result) {
  std::vector<std::string> unused;
  for (const std::string& heading : result.info.unused)
    unused.push_back(journal::json_string(heading));
  return Object()
      .yes("written", result.written)
      .yes("dry_run", o.dry_run)
      .add("batch", result.batch)
      .add("rows", result.rows)
      .add("new", result.fresh)
      .add("present", result.present)
      .add("failed", result.failed)
      .add("secret", result.secret)
      .add("components", result.components)
      .add("bytes", static_cast<std::int64_t>(result.bytes))
      .add("encoding", std::string(exchange::encoding_name(result.info.table.encoding.encoding)))
      .add("encoding_confidence", result.info.table.encoding.confidence)
      .raw("unused_columns", array(unused))
      .add("errors", text::printable(result.errors.string()))
      .text();
}

// The book just taken in, of the year of its lines.
std::string print_command(repository::Repository& repository, const std::string& name, records::Book book) {
  const auto batch = repository.catalogue().batch(name);
  if (!batch || book == records::Book::internal) return "vtlt status";
  const int year = repository.catalogue().year_of_batch(batch->id);
  const std::string form = book == records::Book::in ? "so-den" : "so-di";
  return "vtlt print " + form + (year == 0 ? "" : " --year " + std::to_string(year)) + " -o " + form + ".html";
}

int run_list(Context& context, const ImportOptions& o);

int run(Context& context, const ImportOptions& given) {
  if (given.paths.empty()) missing(context.text(Message("place.list")));
  const auto messages = messages_in(context, given.paths, given.kind == "in");
  if (!messages.empty()) {
    for (const auto& [flag, value] : flags_given(given.list))
      throw Error(Exit::usage, "VTLT-USE-04", Message("cmd.message.flag", {{"flag", flag}}));
    if (!given.kind.empty() && given.kind != "in") wrong_value("--kind", given.kind, Message("cmd.message.kind"));
    return take_messages(context, messages, {given.arrival_date, given.unit, given.partial, given.dry_run, given.exit_code});
  }
  if (given.paths.size() > 1) throw Error(Exit::usage, "VTLT-USE-04", Message("cmd.message.one_list"));
  for (const auto& [flag, value] : {std::pair<const char*, const std::string&>{"--arrival-date", given.arrival_date}, {"--unit", given.unit}})
    if (!value.empty()) throw Error(Exit::usage, "VTLT-USE-04", Message("cmd.message.only", {{"flag", flag}}));
  ImportOptions o = given;
  o.path = given.paths.front();
  return run_list(context, o);
}

int run_list(Context& context, const ImportOptions& o) {
  repository::ImportRequest request;
  request.list = need(context.text(Message("place.list")), o.path);
  const auto stat = context.files().stat(request.list);
  if (!stat)
    throw Error(Exit::usage, "VTLT-USE-05", Message("cmd.no_file", {{"path", text::printable(o.path)}}));
  const bool folder = stat->kind == FileKind::directory;
  request.options.table = table_options(o.list);
  const bool told = !o.kind.empty();
  auto book = records::parse_book(o.kind);
  if (!told && folder) book = records::Book::internal;
  if (!told && !folder) {
    book = exchange::book_of_list(repository::open_list(context.files(), request.list).bytes,
                                  request.list.filename().string(), request.options.table);
    if (!book) missing("--kind");
  }
  if (!book || *book == records::Book::copy) wrong_value("--kind", o.kind, Message("cmd.expected.kind"));
  request.book = request.options.book = *book;
  request.options.default_year = year_of("--year", o.year);
  request.options.pivot = pivot_of(o.pivot);
  request.fonds = context.globals.fonds;
  request.partial = o.partial;
  request.dry_run = o.dry_run;
  auto& repository = context.write();
  if (!o.partial && repository.catalogue().config("import.partial") == "true") request.partial = true;
  const auto result = repository::import_list(repository, request);
  ImportOptions effective = o;
  effective.partial = request.partial;

  Report report;
  if (folder) {
    report.say(Message("cmd.import.folder", {{"rows", result.rows}}));
  } else {
    report.say_text(
        context.text(Message("cmd.import.rows",
                             {{"rows", result.rows},
                              {"encoding", exchange::encoding_name(result.info.table.encoding.encoding)}})) +
        columns_text(context, result.info));
    if (result.info.table.encoding.confidence < 60)
      report.lacks(
          Message("cmd.import.unsure", {{"percent", std::to_string(result.info.table.encoding.confidence)},
                                        {"sample", result.info.table.encoding.sample}}));
  }
  if (!told && !folder)
    report.say(Message("cmd.import.book", {{"book", "{book." + std::string(records::book_text(*book)) + "}"}}));
  const std::vector<std::pair<std::string, MessageArg>> counts = {
      {"new", result.fresh}, {"present", result.present}, {"failed", result.failed}, {"batch", result.batch}};
  report.say(o.dry_run           ? Message("cmd.import.would", counts)
             : result.written    ? Message("cmd.import.done", counts)
             : result.failed > 0 ? Message("cmd.import.refused", counts)
                                 : Message("cmd.import.none", counts));
  if (result.written && result.components > 0) {
    report.say(Message("cmd.import.components",
                       {{"count", result.components}, {"bytes", context.bytes(result.bytes)}}));
    report.say(Message("cmd.kept"));
  }
  if (!result.errors.empty())
    report.lacks(Message("cmd.import.errors",
                         {{"failed", result.failed}, {"path", text::printable(result.errors.string())}}));
  if (result.secret > 0 && !result.errors.empty())
    report.lacks(Message("cmd.import.secret", {{"count", result.secret}}));
  tell_findings(context, report, result.findings);
  std::string again = "vtlt register import " + typed(o.path);
  if (told) again += " --kind " + typed(o.kind);
  for (const auto& [flag, value] : flags_given(o.list))
    again += std::string(" ") + flag + " " + typed(value);
  if (!o.year.empty()) again += " --year " + typed(o.year);
  if (!o.pivot.empty()) again += " --pivot " + typed(o.pivot);
  const bool unsure = !folder && o.list.encoding.empty() && result.info.table.encoding.confidence < 60;
  if (unsure) again += std::string(" --encoding ") + encoding_flag(result.info.table.encoding.encoding);
  if (o.dry_run && result.failed == 0 && result.fresh > 0)
    report.next(again);
  else if (o.dry_run && result.failed > 0)
    report.next(again + " --partial", Message("cmd.import.next.partial"));
  if (result.written) report.next(print_command(repository, result.batch, *book));
  report.result(json_of_result(effective, result));
  report.show(context);
  return status_of(effective, result);
}

}  // namespace

void add_register_import(CLI::App& parent, Context& context, Chosen& chosen) {
  Command command(parent, context, chosen, "import", Message("command.register.import"), Statuses::judging);
  auto o = std::make_shared<ImportOptions>();
  command.places("list", o->paths, Message("place.list"));
  command.value("--kind", o->kind, Message("option.kind"), Message("value.kind"));
  command.flag("--partial", o->partial, Message("option.partial"));
  add_list_flags(command, o->list);
  command.value("--pivot", o->pivot, Message("option.pivot"), Message("value.pivot"));
  command.value("--arrival-date", o->arrival_date, Message("option.arrival_date"), Message("value.date"));
  command.value("--unit", o->unit, Message("option.register.unit"), Message("value.text"));
  command.year(o->year);
  command.dry_run(o->dry_run);
  command.exit_code(o->exit_code);
  command.example("vtlt register import so-den-T10.csv --kind in --dry-run");
  command.example("vtlt register import so-den-T10.csv --kind in --partial");
  command.example("vtlt register import van-ban-den/*.edxml --arrival-date 06/11/2026");
  command.run([&context, o] { return run(context, *o); });
}

}  // namespace vtlt::cmd
