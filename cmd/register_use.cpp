// vtlt register use: the book of uses of kept documents and files.
#include "commands.h"
#include "output.h"
#include "repository/uses.h"
#include "text/text.h"
#include "views.h"

namespace vtlt::cmd {
namespace {

struct UseOptions {
  std::string reference, by, purpose, copy, permit_by, basis, date, due, returned, year;
  bool dry_run = false;
};

records::Date whole_date(const char* flag, const std::string& value) {
  const records::Date date = date_of(flag, value);
  if (!date.empty() && !date.whole()) wrong_value(flag, value, Message("cmd.expected.whole_date"));
  return date;
}

std::string copy_name(const Context& context, records::UseCopy copy) {
  return context.text(Message("use.copy." + std::string(records::use_copy_text(copy))));
}

int give_back(Context& context, const UseOptions& o) {
  for (const std::string* other : {&o.purpose, &o.copy, &o.permit_by, &o.basis, &o.date, &o.due})
    if (!other->empty()) throw Error(Exit::usage, "VTLT-USE-04", Message("cmd.use_book.either"));
  repository::ReturnRequest request;
  request.by = text::nfc(o.by);
  request.returned = whole_date("--returned", o.returned);
  request.dry_run = o.dry_run;
  auto& repository = context.write();
  request.target =
      repository::resolve(repository, o.reference, context.references(true, year_of("--year", o.year)));
  const auto row = repository::record_return(repository, request);
  const std::string name = name_of_used(repository, row.use);
  Report report;
  report.say(Message(o.dry_run ? "cmd.use_book.would_return" : "cmd.use_book.returned",
                     {{"name", name}, {"by", row.use.by}, {"returned", text::to_dmy(row.returned)}}));
  if (!row.use.due.empty() && row.use.due < row.returned)
    report.say(Message("cmd.use_book.late",
                       {{"count", std::int64_t{text::days_between(row.use.due, row.returned)}}}));
  if (o.dry_run) report.say(Message("cmd.nothing_written"));
  report.result(Object(json_of(row)).yes("written", !o.dry_run).add("ref", name).text());
  report.show(context);
  return 0;
}

int run(Context& context, const UseOptions& o) {
  need(context.text(Message("place.reference")), o.reference);
  if (!o.returned.empty()) return give_back(context, o);
  repository::UseRequest request;
  records::Use& use = request.use;
  use.by = text::nfc(need("--by", o.by));
  use.purpose = text::nfc(o.purpose);
  if (!o.copy.empty()) {
    const auto copy = records::parse_use_copy(o.copy);
    if (!copy)
      wrong_value("--copy", o.copy,
                  Message("cmd.expected.one_of", {{"values", "reading|certified|photo|electronic"}}));
    use.copy = *copy;
  }
  use.permit_by = text::nfc(o.permit_by);
  use.basis = text::nfc(o.basis);
  use.from = whole_date("--date", o.date);
  use.due = whole_date("--due", o.due);
  request.dry_run = o.dry_run;
  auto& repository = context.write();
  request.target =
      repository::resolve(repository, o.reference, context.references(true, year_of("--year", o.year)));
  const auto result = repository::record_use(repository, request);
  const std::string name = name_of_used(repository, result.use);
  Report report;
  report.say(Message(o.dry_run ? "cmd.use_book.would" : "cmd.use_book.done",
                     {{"name", name},
                      {"by", result.use.by},
                      {"from", text::to_dmy(result.use.from)},
                      {"copy", copy_name(context, result.use.copy)}}));
  for (const auto& row : result.lent)
    report.lacks(Message("cmd.use_book.lent", {{"by", row.use.by}, {"from", text::to_dmy(row.use.from)}}));
  if (result.use.permit_by.empty()) report.lacks(Message("cmd.use_book.no_permit"));
  if (o.dry_run) report.say(Message("cmd.nothing_written"));
  if (!o.dry_run && records::comes_back(result.use))
    report.next("vtlt register use " + name + " --returned " + context.text(Message("value.date")));
  report.result(
      Object(json_of(catalogue::UseRow{result.use, {}})).yes("written", !o.dry_run).add("ref", name).text());
  report.show(context);
  return 0;
}

}  // namespace

void add_register_use(CLI::App& parent, Context& context, Chosen& chosen) {
  const Message text("value.text"), date("value.date");
  Command command(parent, context, chosen, "use", Message("command.register.use"), Statuses::writing);
  auto o = std::make_shared<UseOptions>();
  command.place("ref", o->reference, Message("place.reference.use"));
  command.value("--by", o->by, Message("option.use.by"), text);
  command.value("--purpose", o->purpose, Message("option.use.purpose"), text);
  command.value("--copy", o->copy, Message("option.use.copy"), Message("value.copy"));
  command.value("--permit-by", o->permit_by, Message("option.use.permit_by"), text);
  command.value("--basis", o->basis, Message("option.use.basis"), text);
  command.value("--date", o->date, Message("option.use.date"), date);
  command.value("--due", o->due, Message("option.use.due"), date);
  command.value("--returned", o->returned, Message("option.use.returned"), date);
  command.year(o->year);
  command.dry_run(o->dry_run);
  command.example(
      "vtlt register use 87/UBND-VP --by \"Nguyễn Văn A\" --permit-by \"Trần Thị B\" --due 20/11/2026");
  command.example("vtlt register use 87/UBND-VP --returned 18/11/2026");
  command.run([&context, o] { return run(context, *o); });
}

}  // namespace vtlt::cmd
