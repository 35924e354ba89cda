// vtlt file amend: a file described anew, its documents in another order or with their sheets.
#include <algorithm>
#include <charconv>
#include <set>

#include "commands.h"
#include "output.h"
#include "package/package.h"
#include "repository/planning.h"
#include "text/text.h"
#include "views.h"

namespace vtlt::cmd {
namespace {

using records::FileRecord;

struct AmendOptions {
  std::string file, title, term, rule, officer, unit, access, start, end, period, settled, language, confidence, keyword,
      sheets, condition, paper_code, note, order, reason, basis, year;
  std::vector<std::string> sheet, document_term, document_field;
  std::set<std::string> given;  // flags with an empty value too: they take the value away
  bool dry_run = false;
};

// "3=15a-17" → 3, "15a-17"
std::pair<int, std::string> numbered(const std::string& flag, const std::string& value) {
  const std::size_t equals = value.find('=');
  if (equals == std::string::npos) wrong_value(flag, value, Message("cmd.expected.of_document"));
  const int ordinal = number_of(flag, value.substr(0, equals), 999'999);
  if (ordinal == 0) wrong_value(flag, value, Message("cmd.expected.of_document"));
  return {ordinal, text::nfc(value.substr(equals + 1))};
}

// "3=eventName=Lễ khai giảng". The code lists are the circular's (TT 05/2025 PL I-V).
repository::FileAmendRequest::Field field_of(const std::string& words) {
  const char* flag = "--document-field";
  const auto [ordinal, rest] = numbered(flag, words);
  const std::size_t equals = rest.find('=');
  const std::string name = rest.substr(0, equals), value = equals == std::string::npos ? "" : rest.substr(equals + 1);
  const auto& known = package::carrier_fields();
  if (equals == std::string::npos || (name != "medium" && std::find(known.begin(), known.end(), name) == known.end()))
    wrong_value(flag, words, Message("cmd.expected.document_field", {{"fields", "medium, " + text::joined(known)}}));
  const auto one_of = [&](const std::vector<std::string>& values) {
    if (value.empty() || std::find(values.begin(), values.end(), value) != values.end()) return;
    wrong_value(flag, words, Message("cmd.expected.one_of", {{"values", text::joined(values)}}));
  };
  if (name == "medium") one_of({"photo", "audio", "video"});
  if (name == "colour") one_of({"01", "02"});
  return {ordinal, name, value};
}

records::Term term_of(const std::string& flag, const std::string& value) {
  const auto term = records::parse_term(value);
  if (!term) wrong_value(flag, value, Message("cmd.expected.term"));
  return *term;
}

std::vector<std::function<void(FileRecord&)>> changes_of(const AmendOptions& o) {
  std::vector<std::function<void(FileRecord&)>> changes;
  const auto given = [&](const char* flag) { return o.given.count(flag) != 0; };
  const auto text_of = [&](const char* flag, const std::string& value, std::string FileRecord::*field) {
    if (given(flag)) changes.emplace_back([words = text::nfc(value), field](FileRecord& file) { file.*field = words; });
  };
  const auto date_at = [&](const char* flag, const std::string& value, records::Date FileRecord::*field) {
    if (given(flag)) changes.emplace_back([date = date_of(flag, value), field](FileRecord& file) { file.*field = date; });
  };
  if (given("--title")) need("--title", o.title);
  text_of("--title", o.title, &FileRecord::title);
  text_of("--rule", o.rule, &FileRecord::rule);
  if (given("--term")) changes.emplace_back([term = term_of("--term", need("--term", o.term))](FileRecord& file) { file.term = term; });
  text_of("--officer", o.officer, &FileRecord::officer);
  text_of("--unit", o.unit, &FileRecord::unit);
  if (given("--access") && o.access != "open" && o.access != "conditional" && o.access != "secret")
    wrong_value("--access", o.access, Message("cmd.expected.access"));
  text_of("--access", o.access, &FileRecord::access);
  date_at("--start", o.start, &FileRecord::start);
  date_at("--end", o.end, &FileRecord::end);
  date_at("--settled", o.settled, &FileRecord::settled);
  text_of("--period", o.period, &FileRecord::period);
  text_of("--language", o.language, &FileRecord::language);
  text_of("--confidence", o.confidence, &FileRecord::confidence);
  text_of("--keyword", o.keyword, &FileRecord::keyword);
  text_of("--condition", o.condition, &FileRecord::condition);
  text_of("--paper-code", o.paper_code, &FileRecord::paper_code);
  text_of("--note", o.note, &FileRecord::note);
  if (given("--sheets"))
    changes.emplace_back([sheets = number_of("--sheets", o.sheets, 999'999)](FileRecord& file) { file.sheets = sheets; });
  return changes;
}

// date, number, received, or ordinals: "3,1,2".
void read_order(const std::string& words, repository::FileAmendRequest& request) {
  request.order = records::parse_document_order(words);
  if (request.order) return;
  for (std::size_t at = 0; at <= words.size();) {
    const std::size_t comma = std::min(words.find(',', at), words.size());
    int ordinal = 0;
    const char* end = words.data() + comma;
    const auto read = std::from_chars(words.data() + at, end, ordinal);
    if (read.ec != std::errc() || read.ptr != end || ordinal < 1) wrong_value("--order", words, Message("cmd.expected.document_order"));
    request.first.push_back(ordinal);
    at = comma + 1;
  }
}

void tell(Context& context, Report& report, const repository::FileAmendResult& result, bool dry_run) {
  const std::string name = name_of(result.after.file);
  std::string what;
  const auto more = [&](const std::string& words) { what += (what.empty() ? "" : ", ") + words; };
  for (const auto& field : result.fields)
    if (field != "term_source") more(context.text(Message("amend." + field)));
  for (const auto& [ordinal, document] : result.described)
    more(context.text(Message("cmd.file.amend.document", {{"ordinal", std::to_string(ordinal)}})));
  if (!result.moved.empty())
    more(context.text(Message("cmd.file.amend.order", {{"count", static_cast<std::int64_t>(result.moved.size())}})));
  if (!result.changed())
    report.say(Message("cmd.file.amend.same", {{"file", name}}));
  else
    report.say(Message(dry_run ? "cmd.file.amend.would" : "cmd.file.amend.done", {{"file", name}, {"what", what}}));
  for (const auto& other : result.lengthened)
    report.say(Message("cmd.file.amend.lengthened", {{"file", name_of(other)}}));
}

int run(Context& context, const AmendOptions& o) {
  need(context.text(Message("place.file")), o.file);
  repository::FileAmendRequest request;
  const auto changes = changes_of(o);
  if (!changes.empty())
    request.change = [&](FileRecord& file) {
      for (const auto& change : changes) change(file);
    };
  for (const auto& value : o.sheet) request.sheets.push_back(numbered("--sheet", value));
  for (const auto& value : o.document_term) {
    const auto [ordinal, words] = numbered("--document-term", value);
    request.terms.emplace_back(ordinal, term_of("--document-term", words));
  }
  for (const auto& words : o.document_field) request.fields.push_back(field_of(words));
  if (!o.order.empty()) read_order(o.order, request);
  if (changes.empty() && request.sheets.empty() && request.terms.empty() && request.fields.empty() && o.order.empty()) missing("--title, --term, --order …");
  if (!changes.empty() || !request.terms.empty()) need("--reason", o.reason);
  request.reason = text::nfc(o.reason);
  request.basis = text::nfc(o.basis);
  request.dry_run = o.dry_run;
  auto& repository = context.write();
  request.file = repository::resolve_file(repository, o.file, context.references(true, year_of("--year", o.year))).file.id;
  const auto result = repository::amend_file(repository, request);

  Report report;
  tell(context, report, result, o.dry_run);
  if (o.dry_run) report.say(Message("cmd.nothing_written"));
  report.found(result.findings);
  if (!o.dry_run && result.changed()) report.next(in_fonds(context, "vtlt log " + name_of(result.after.file)));
  std::vector<std::string> fields, moved, documents;
  for (const auto& field : result.fields) fields.push_back(journal::json_string(field));
  for (const auto& [before, now] : result.moved) moved.push_back(Object().add("before", before).add("ordinal", now).text());
  for (const auto& [ordinal, document] : result.described)
    documents.push_back(Object().add("ordinal", ordinal).raw("document", journal::encode(document)).text());
  report.result(Object()
                    .yes("written", result.changed() && !o.dry_run)
                    .raw("before", json_of(result.before))
                    .raw("file", json_of(result.after))
                    .raw("changed", array(fields))
                    .raw("documents", array(documents))
                    .raw("moved", array(moved))
                    .text());
  report.show(context);
  return 0;
}

}  // namespace

void add_file_amend(CLI::App& parent, Context& context, Chosen& chosen) {
  Command command(parent, context, chosen, "amend", Message("command.file.amend"), Statuses::writing);
  auto o = std::make_shared<AmendOptions>();
  const Message text("value.text"), date("value.date"), number("value.number"), code("value.code");
  command.place("file", o->file, Message("place.file"));
  const auto value = [&](const char* flag, std::string& to, const Message& what, const Message& placeholder) {
    command.value(flag, to, what, placeholder);
    command.check(flag, [o, flag](const std::string&) { o->given.insert(flag); });
  };
  value("--title", o->title, Message("option.title"), text);
  value("--term", o->term, Message("option.amend.term"), Message("value.term"));
  value("--rule", o->rule, Message("option.rule"), code);
  value("--officer", o->officer, Message("option.officer"), text);
  value("--unit", o->unit, Message("option.file.unit"), text);
  value("--access", o->access, Message("option.access"), Message("value.access"));
  value("--start", o->start, Message("option.start"), date);
  value("--end", o->end, Message("option.end"), date);
  value("--period", o->period, Message("option.period"), text);
  value("--settled", o->settled, Message("option.settled"), date);
  value("--language", o->language, Message("option.language"), text);
  value("--confidence", o->confidence, Message("option.confidence"), text);
  value("--keyword", o->keyword, Message("option.keyword"), text);
  value("--sheets", o->sheets, Message("option.sheets"), number);
  value("--condition", o->condition, Message("option.condition"), text);
  value("--paper-code", o->paper_code, Message("option.paper_code"), code);
  value("--note", o->note, Message("option.note"), text);
  command.values("--sheet", o->sheet, Message("option.amend.sheet"), Message("value.of_document"));
  command.values("--document-term", o->document_term, Message("option.amend.document_term"), Message("value.of_document"));
  command.values("--document-field", o->document_field, Message("option.amend.document_field"), Message("value.of_document_field"));
  command.value("--order", o->order, Message("option.amend.order"), Message("value.document_order"));
  command.reason(o->reason);
  command.value("--basis", o->basis, Message("option.amend.basis"), text);
  command.year(o->year);
  command.dry_run(o->dry_run);
  command.example("vtlt file amend 2026.04.VP --title \"Hồ sơ thu nộp tài liệu năm 2026\" --reason \"đặt lại cho đúng nội dung\"");
  command.example("vtlt file amend 2026.04.VP --order date");
  command.example("vtlt file amend 2026.04.VP --sheet 1=1-3 --sheet 2=4-15a");
  command.run([&context, o] { return run(context, *o); });
}

}  // namespace vtlt::cmd
