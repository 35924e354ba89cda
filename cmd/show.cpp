// vtlt show REF: one thing, with everything that is known of it.
#include "show.h"
#include "boxes.h"
#include "commands.h"
#include "output.h"
#include "text/text.h"
#include "views.h"

namespace vtlt::cmd {
namespace {

using Kind = repository::Target::Kind;

struct ShowOptions {
  std::string reference, year;
};

std::string joined(const std::vector<std::string>& words) {
  std::string all;
  for (const std::string& word : words)
    all += (all.empty() ? "" : ", ") + word;
  return all;
}

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

// Lines that this one speaks of, and those that speak of it (NĐ30 Đ18.3-4, Đ25): "thay thế", "bị thay thế bởi".
void add_relations(Details& details, Object& object, catalogue::Catalogue& catalogue, const records::Id& entry) {
  std::map<std::string, std::vector<std::string>> names;
  std::vector<std::string> rows;
  for (const auto& link : catalogue.links_of(entry)) {
    const bool from = link.entry == entry;
    const auto other = catalogue.entry(from ? link.to : link.entry);
    if (!other || other->free) continue;
    // field.copies is the number of copies of a document.
    const std::string label = from ? (link.relation == "copies" ? "field.copies_of" : "field." + link.relation) : "field.by." + link.relation;
    names[label].push_back(name_of(other->entry));
    rows.push_back(Object().add("relation", link.relation).yes("from", from).add("ref", name_of(other->entry)).text());
  }
  for (const auto& [label, others] : names)
    details.add(Message(label), joined(others));
  if (!rows.empty()) object.raw("relations", array(rows));
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
  add_relations(details, object, catalogue, e.id);
  if (e.document) {
    if (const auto document = catalogue.document(*e.document)) {
      details.add(Message("field.value"), document->document.value);
      details.add(Message("field.carrier"), carrier_name(context, document->document.carrier));
      details.add(Message("field.pages"),
                  document->document.pages == 0 ? "" : std::to_string(document->document.pages));
      details.add(Message("field.access"), access_name(context, document->document.access));
      object.raw("document_data", json_of(*document));
    }
    details.add(Message("field.files"), joined(files_of(catalogue, *e.document)));
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
  report.result(object.text());
}

void show_document(Context& context, Report& report, repository::Repository& repository,
                   const catalogue::DocumentRow& row) {
  report.say_text(name_of(row.document) + "  " + context.text(Message("kind.document")));
  Details details;
  add_document(context, details, row.document);
  details.add(Message("field.files"), joined(files_of(repository.catalogue(), row.document.id)));
  details.add(Message("field.id"), row.document.id.text());
  details.show(context, report);
  const std::string components = tell_components(context, report, repository.catalogue(), row.document.id);
  report.result(Object(json_of(row)).raw("components_data", components).text());
}

void show_other(Context& context, Report& report, repository::Repository& repository,
                const repository::Target& target) {
  auto& catalogue = repository.catalogue();
  Details details;
  if (target.kind == Kind::fonds) {
    const auto row = catalogue.fonds(target.id);
    if (!row) return;
    report.say_text(row->fonds.code + "  " + row->fonds.name);
    details.add(Message("field.organ"), row->fonds.organ);
    details.add(Message("field.archive"), row->fonds.archive);
    details.add(Message("field.closed_on"), text::to_dmy(row->fonds.closed));
    details.add(Message("field.scheme"),
                row->scheme_name + (row->decision.empty() ? "" : " (" + row->decision + ")"));
    report.result(json_of(*row));
  } else if (target.kind == Kind::box) {
    show_box(context, report, details, repository, target.id);
  } else if (target.kind == Kind::package) {
    for (const auto& row : catalogue.packages()) {
      if (row.plan.id != target.id) continue;
      const auto file = catalogue.file(row.plan.file);
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
  if (const auto row = target.kind == Kind::entry ? catalogue.entry(target.id) : std::nullopt)
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
  command.run([&context, o] { return run(context, *o); });
}

}  // namespace vtlt::cmd
