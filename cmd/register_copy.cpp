// vtlt register copy: a copy of a registered document (NĐ30 Đ25).
#include "commands.h"
#include "register_write.h"
#include "text/text.h"
#include "views.h"

namespace vtlt::cmd {
namespace {

struct CopyOptions {
  std::string source, form, date, issuer, signer, recipients, copies, unit, note, carrier, pages, subject, into, year;
  std::vector<std::string> places;
  bool dry_run = false;
};

int run(Context& context, const CopyOptions& o) {
  const std::string reference = need(context.text(Message("place.copy.source")), o.source);
  const auto form = records::parse_copy_form(need("--form", o.form));
  if (!form) wrong_value("--form", o.form, Message("cmd.expected.copy_form"));
  repository::CopyRequest request;
  request.form = *form;
  auto& entry = request.document.entry;
  std::vector<std::string> paths = o.places;
  take_designation(context.files(), paths, entry);
  entry.date = o.date.empty() ? today() : date_of("--date", o.date);
  entry.issuer = text::nfc(o.issuer);
  entry.signer = text::nfc(o.signer);
  entry.recipients = text::nfc(o.recipients);
  entry.unit = text::nfc(o.unit);
  entry.copies = o.copies;
  entry.note = text::nfc(o.note);
  entry.subject = text::nfc(o.subject);
  entry.year = year_of("--year", o.year);
  auto& document = request.document.document;
  document.pages = number_of("--pages", o.pages, 999'999);
  request.document.contents = contents_named(context.files(), paths, "copy");
  document.carrier = repository::carrier_of(request.document.contents);
  if (!o.carrier.empty()) {
    const auto carrier = records::parse_carrier(o.carrier);
    if (!carrier) wrong_value("--carrier", o.carrier, Message("cmd.expected.carrier"));
    document.carrier = *carrier;
  }
  request.document.fonds = context.globals.fonds;
  request.document.dry_run = o.dry_run;
  auto& repository = context.write();
  const auto source = repository::resolve_entry(repository, reference, context.references(true));
  request.source = source.entry.id;
  if (!o.into.empty())
    request.document.into = repository::resolve_file(repository, o.into, context.references(true)).file.id;
  const auto result = repository::register_copy(repository, request);
  show_registered(context, request.document, result, name_of(source.entry));
  return 0;
}

}  // namespace

void add_register_copy(CLI::App& parent, Context& context, Chosen& chosen) {
  Command command(parent, context, chosen, "copy", Message("command.register.copy"), Statuses::writing);
  auto o = std::make_shared<CopyOptions>();
  const Message text("value.text");
  command.place("ref", o->source, Message("place.copy.source"));
  command.places("number-and-files", o->places, Message("place.number_and_files"));
  command.value("--form", o->form, Message("option.copy.form"), Message("value.copy.form"));
  command.value("--date", o->date, Message("option.date"), Message("value.date"));
  command.value("--issuer", o->issuer, Message("option.issuer"), text);
  command.value("--signer", o->signer, Message("option.signer"), text);
  command.value("--recipients", o->recipients, Message("option.recipients"), text);
  command.value("--copies", o->copies, Message("option.copies"), text);
  command.value("--unit", o->unit, Message("option.register.unit"), text);
  command.value("--subject", o->subject, Message("option.subject"), text);
  command.value("--carrier", o->carrier, Message("option.carrier"), Message("value.carrier"));
  command.value("--pages", o->pages, Message("option.pages"), Message("value.number"));
  command.value("--into", o->into, Message("option.into"), Message("value.file"));
  command.value("--note", o->note, Message("option.note"), text);
  command.year(o->year);
  command.dry_run(o->dry_run);
  command.example("vtlt register copy 87/UBND-VP /SY-UBND --form sao-y --date 19/11/2026 --recipients \"Thôn Hải Thế\" --carrier paper");
  command.run([&context, o] { return run(context, *o); });
}

}  // namespace vtlt::cmd
