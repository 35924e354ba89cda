// vtlt show REF: one thing, with everything that is known of it.
#include "show.h"

#include <algorithm>

#include "boxes.h"
#include "commands.h"
#include "output.h"
#include "records/term_change.h"
#include "repository/exchanging.h"
#include "text/text.h"
#include "views.h"

namespace vtlt::cmd {
namespace {

using Kind = repository::Target::Kind;

struct ShowOptions {
  std::string reference, year;
};

std::vector<std::string> files_of(catalogue::Catalogue& catalogue, const records::Id& document) {
  std::vector<std::string> names;
  for (const auto& id : catalogue.files_of(document))
    if (const auto row = catalogue.file(id)) names.push_back(name_of(row->file));
  return names;
}

// Content of a document: names, sizes, digests with -v.
std::string tell_components(Context& context, Report& report, catalogue::Catalogue& catalogue,
                            const records::Id& document) {
  std::vector<std::string> rows;
  for (const auto& component : catalogue.components(document)) {
    rows.push_back(json_of(component));
    std::string line = "  " + context.text(Message("field.component")) + " " +
                       std::to_string(component.ordinal) + ": " + text::printable(component.name) + "  " +
                       role_name(context, component.role) + ", " + context.bytes(component.size);
    if (component.pages > 0)
      line += ", " + context.text(Message("cmd.count.pages", {{"count", std::int64_t{component.pages}}}));
    if (!component.mime.empty()) line += ", " + component.mime;
    report.say_text(line);
    if (context.globals.verbose) report.say_text("    SHA-256 " + component.sha256);
  }
  return array(rows);
}

void add_document(Context& context, Details& details, const records::Document& d) {
  details.add(Message("field.type"), d.type);
  details.add(Message("field.number"), d.own.text());
  details.add(Message("field.date"), text::to_dmy(d.date));
  details.add(Message("field.issuer"), d.issuer);
  details.add(Message("field.subject"), d.subject);
  details.add(Message("field.signer"), d.signer);
  details.add(Message("field.pages"), d.pages == 0 ? "" : std::to_string(d.pages));
  details.add(Message("field.language"), d.language);
  details.add(Message("field.access"), access_name(context, d.access));
  details.add(Message("field.value"), d.value);
  details.add(Message("field.carrier"), carrier_name(context, d.carrier));
  details.add(Message("field.confidence"), d.confidence);
  details.add(Message("field.sheets"), d.sheets);
  details.add(Message("field.term"), records::term_text(d.term));
  details.add(Message("field.keyword"), d.keyword);
  details.add(Message("field.note"), d.note);
}

// What other lines have to do with this one, and what messages said of it.
std::string tell_relations(Context& context, Details& details, repository::Repository& repository, const records::RegisterEntry& e) {
  auto& catalogue = repository.catalogue();
  std::vector<std::string> rows;
  for (const auto& link : catalogue.links_of(e.id)) {
    const bool self = link.entry == link.to, from = link.entry == e.id;
    const auto other = catalogue.entry(from ? link.to : link.entry);
    if (!other) continue;
    const std::string name = name_of(other->entry);
    rows.push_back(Object().add("relation", link.relation).add(from ? "to" : "by", name).add("reason", link.reason).text());
    const std::string reason = link.reason.empty() ? "" : ": " + link.reason;
    if (self) {
      details.add(Message("field.relations"),
                  context.text(Message("cmd.show.relation.self", {{"relation", "{relation." + link.relation + "}"}})) + reason);
      continue;
    }
    // field.copies is the number of copies of a document.
    const std::string label = !from                      ? "field.by." + link.relation
                              : link.relation == "copies" ? std::string("field.copies_of")
                                                          : "field." + link.relation;
    details.add(Message(label), name + reason);
  }
  for (const auto& one : catalogue.pending_links(e.fonds)) {
    if (!one.entry || *one.entry != e.id) continue;
    rows.push_back(Object().add("relation", one.relation).add("document_id", one.document_id).add("reason", one.reason).text());
    details.add(Message("field.relations"),
                context.text(Message("cmd.show.awaited", {{"relation", "{relation." + one.relation + "}"},
                                                          {"id", text::printable(one.document_id)}})));
  }
  return array(rows);
}

std::string tell_exchanges(Context& context, Details& details, catalogue::Catalogue& catalogue, const records::Id& entry) {
  std::vector<std::string> rows;
  for (const auto& one : catalogue.exchanges_of(entry)) {
    if (one.type == journal::type::register_status) {
      const auto& status = one.status;
      std::string words = context.text(Message("cmd.show.status", {{"code", status.code}, {"meaning", status.description},
                                                                   {"time", time_shown(status.time)},
                                                                   {"organ", status.organ_name.empty() ? status.organ : status.organ_name}}));
      if (!status.staff.empty()) words += ", " + status.staff;
      details.add(Message("field.status"), words);
      rows.push_back(Object(journal::encode(status)).add("type", "status").add("recorded", one.time).add("actor", one.actor).text());
      continue;
    }
    std::string receivers;
    for (const auto& [code, name] : one.sent.to)
      receivers += (receivers.empty() ? "" : ", ") + (name.empty() ? code : name + " (" + code + ")");
    details.add(Message("field.sent"),
                context.text(Message("cmd.show.sent", {{"business", "{edxml.business." + one.sent.business + "}"},
                                                       {"time", time_shown(one.sent.time)}, {"receivers", receivers}})));
    rows.push_back(Object(journal::encode(one.sent)).add("type", "sent").add("recorded", one.time).add("actor", one.actor).text());
  }
  return array(rows);
}

void show_entry(Context& context, Report& report, repository::Repository& repository,
                const catalogue::EntryRow& row) {
  auto& catalogue = repository.catalogue();
  const auto& e = row.entry;
  report.say_text(name_of(e) + "  " + book_name(context, e.book) +
                  (mark_of(context, row).empty() ? "" : "  " + mark_of(context, row)));
  Details details;
  details.add(Message("field.arrival_number"), e.book == records::Book::in ? e.designation() : "");
  details.add(Message("field.arrival"), text::to_dmy(e.arrival));
  details.add(Message("field.number"), e.own.text());
  details.add(Message("field.date"), text::to_dmy(e.date));
  details.add(Message("field.issuer"), e.issuer);
  const std::string code_now = repository::organ_code_on(repository.scheme(e.fonds), e.issuer_code, today());
  if (e.book == records::Book::in || !code_now.empty())
    details.add(Message("field.issuer_code"),
                code_now.empty() ? e.issuer_code
                                 : context.text(Message("cmd.show.code_now", {{"code", e.issuer_code}, {"now", code_now}})));
  details.add(Message("field.document_id"), text::printable(e.document_id));
  details.add(Message("field.type"), e.type);
  details.add(Message("field.subject"), e.subject);
  details.add(Message("field.signer"), e.signer);
  details.add(Message("field.recipients"), e.recipients);
  details.add(Message("field.unit"), e.unit);
  details.add(Message("field.copies"), e.copies);
  details.add(Message("field.due"),
              e.due.empty()
                  ? ""
                  : text::to_dmy(e.due) + (row.answered ? " " + context.text(Message("cmd.answered")) : ""));
  details.add(Message("field.urgency"), e.urgency);
  details.add(Message("field.note"), e.note);
  Object object(json_of(row));
  object.add("issuer_code_now", code_now);
  const std::string relations = tell_relations(context, details, repository, e);
  if (relations != "[]") object.raw("relations", relations);
  const std::string exchanges = tell_exchanges(context, details, catalogue, e.id);
  if (exchanges != "[]") object.raw("exchanges", exchanges);
  if (e.document) {
    if (const auto document = catalogue.document(*e.document)) {
      details.add(Message("field.value"), document->document.value);
      details.add(Message("field.carrier"), carrier_name(context, document->document.carrier));
      details.add(Message("field.pages"),
                  document->document.pages == 0 ? "" : std::to_string(document->document.pages));
      details.add(Message("field.access"), access_name(context, document->document.access));
      object.raw("document_data", json_of(*document));
    }
    details.add(Message("field.files"), text::joined(files_of(catalogue, *e.document)));
    // It is kept as long as the longest of its files (P17), which have its own term at least.
    std::vector<records::FileRecord> holding;
    for (const auto& id : catalogue.files_of(*e.document))
      if (auto file = catalogue.file(id)) holding.push_back(std::move(file->file));
    const records::Term term = records::term_of_shared(holding);
    details.add(Message("field.term"), records::term_text(term));
    if (term.kind != records::TermKind::none) object.add("kept", records::term_shorthand(term));
  }
  details.add(Message("field.series"), e.series);
  details.add(Message("field.registered"),
              row.registered_ms == 0 ? "" : time_shown(to_text(Moment{row.registered_ms})));
  details.add(Message("field.id"), context.globals.verbose
                                       ? e.id.text() + (e.document ? " " + e.document->text() : "")
                                       : e.id.brief());
  details.show(context, report);
  if (e.document) {
    const std::string components = tell_components(context, report, catalogue, *e.document);
    if (components == "[]") report.lacks(Message("cmd.show.no_content"));
    object.raw("components_data", components);
  }
  if (const std::string uses = tell_uses(context, report, catalogue, e.id); !uses.empty()) object.raw("uses", uses);
  report.result(object.text());
}

void show_document(Context& context, Report& report, repository::Repository& repository,
                   const catalogue::DocumentRow& row) {
  report.say_text(name_of(row.document) + "  " + context.text(Message("kind.document")));
  Details details;
  add_document(context, details, row.document);
  details.add(Message("field.files"), text::joined(files_of(repository.catalogue(), row.document.id)));
  details.add(Message("field.id"), row.document.id.text());
  details.show(context, report);
  const std::string components = tell_components(context, report, repository.catalogue(), row.document.id);
  Object object(json_of(row));
  object.raw("components_data", components);
  if (const std::string uses = tell_uses(context, report, repository.catalogue(), row.document.id); !uses.empty())
    object.raw("uses", uses);
  report.result(object.text());
}

void show_other(Context& context, Report& report, repository::Repository& repository,
                const repository::Target& target) {
  auto& catalogue = repository.catalogue();
  Details details;
  if (target.kind == Kind::fonds) {
    const auto row = catalogue.fonds(target.id);
    if (!row) return;
    show_fonds(context, report, repository, *row);
    return;
  } else if (target.kind == Kind::box) {
    show_box(context, report, details, repository, target.id);
  } else if (target.kind == Kind::package) {
    for (const auto& row : catalogue.packages()) {
      if (row.plan.id != target.id) continue;
      const auto file = row.plan.file ? catalogue.file(*row.plan.file) : std::nullopt;
      report.say_text(row.plan.name + "  " + row.plan.kind + "/" + row.plan.spec);
      details.add(Message("field.file"), file ? name_of(file->file) + "  " + file->file.title : "");
      details.add(Message("field.planned"), time_shown(row.time));
      report.result(json_of(row));
      report.next("vtlt package --again " + row.plan.name + " -o goi");
    }
  } else {
    report.say_text(repository::name_of(repository, target));
    report.result(Object().add("id", target.id.text()).text());
  }
  details.show(context, report);
}

int run(Context& context, const ShowOptions& o) {
  need(context.text(Message("place.reference")), o.reference);
  Report report;
  auto& repository = context.look(report);
  auto& catalogue = repository.catalogue();
  if (const auto batch = catalogue.batch(o.reference)) {
    report.say(Message("cmd.show.batch",
                       {{"name", batch->name}, {"list", batch->list_name}, {"rows", batch->rows}}));
    report.result(json_of(*batch));
    report.show(context);
    return 0;
  }
  const auto target =
      repository::resolve(repository, o.reference, context.references(false, year_of("--year", o.year)));
  if (target.kind == Kind::submission) {
    if (const auto row = catalogue.submission(repository::name_of(repository, target)))
      show_submission(context, report, repository, *row);
  } else if (const auto row = target.kind == Kind::entry ? catalogue.entry(target.id) : std::nullopt)
    show_entry(context, report, repository, *row);
  else if (const auto file = target.kind == Kind::file ? catalogue.file(target.id) : std::nullopt)
    show_file(context, report, repository, *file);
  else if (const auto document = target.kind == Kind::document ? catalogue.document(target.id) : std::nullopt)
    show_document(context, report, repository, *document);
  else
    show_other(context, report, repository, target);
  report.show(context);
  return 0;
}

}  // namespace

void add_show(CLI::App& parent, Context& context, Chosen& chosen) {
  Command command(parent, context, chosen, "show", Message("command.show"), Statuses::looking);
  auto o = std::make_shared<ShowOptions>();
  command.place("ref", o->reference, Message("place.reference.any"));
  command.year(o->year);
  command.example("vtlt show den.1312");
  command.example("vtlt show 2026.04.VP");
  command.example("vtlt show nop-2026-01");
  command.run([&context, o] { return run(context, *o); });
}

}  // namespace vtlt::cmd
