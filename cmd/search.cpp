// vtlt search: words, with and without tones.
#include "commands.h"
#include "output.h"
#include "repository/work.h"
#include "text/text.h"
#include "views.h"

namespace vtlt::cmd {
namespace {

struct SearchOptions {
  std::vector<std::string> words;
  std::string year, since, until, sender, unit, sort, limit;
  bool in = false, out = false, internal = false, files = false, exit_code = false;
};

int run(Context& context, const SearchOptions& o) {
  if (o.words.empty()) missing(context.text(Message("place.words")));
  if (o.in + o.out + o.internal + o.files > 1) throw Error(Exit::usage, "VTLT-USE-04", Message("cmd.list.one_book"));
  Report report;
  auto& repository = context.look(report);
  const FondsColumn fonds(context, repository);
  repository::SearchRequest request;
  for (const std::string& word : o.words) request.words.push_back(text::nfc(word));
  request.filter.fonds = fonds.asked();
  if (o.in) request.filter.book = records::Book::in;
  if (o.out) request.filter.book = records::Book::out;
  if (o.internal) request.filter.book = records::Book::internal;
  request.lines = !o.files;
  request.filter.year = year_of("--year", o.year);
  request.filter.since = text::to_iso(date_of("--since", o.since));
  request.filter.until = until_of("--until", o.until);
  request.filter.sender = o.sender;
  request.filter.unit = o.unit;
  request.filter.sort = sort_of(o.sort);
  request.filter.limit = o.limit.empty() ? 50 : number_of("--limit", o.limit);
  const auto result = repository::search(repository, request);
  Table table(context, report, "found",
              fonds.with({{Message("column.reference")},
                          {Message("column.date")},
                          {Message("column.subject"), false, true},
                          {Message("column.issuer"), false, true},
                          {Message("column.in_file")}}));
  for (const auto& found : result.found) {
    if (found.file) {
      const auto& file = found.file->file;
      table.row(fonds.with(file.fonds, {name_of(file), std::to_string(file.year), file.title, "", ""}), [&] {
        return Object().add("kind", "file").add("ref", name_of(file)).raw("file", journal::encode(file)).text();
      });
    } else if (found.entry) {
      const auto& entry = found.entry->entry;
      table.row(fonds.with(entry.fonds, {name_of(entry), text::to_dmy(entry.date),
                                         marked(mark_of(context, *found.entry), type_and_subject(entry.type, entry.subject)),
                                         entry.issuer, names_of(found.in)}),
                [&] {
                  return Object()
                      .add("kind", "entry")
                      .add("ref", name_of(entry))
                      .add("files", names_of(found.in))
                      .raw("entry", json_of(*found.entry))
                      .text();
                });
    } else {
      const auto& document = found.document->document;
      table.row(fonds.with(document.fonds, {document.id.brief(), text::to_dmy(document.date),
                                            type_and_subject(document.type, document.subject), document.issuer,
                                            names_of(found.in)}),
                [&] {
                  return Object()
                      .add("kind", "document")
                      .add("ref", document.id.text())
                      .add("files", names_of(found.in))
                      .raw("document", journal::encode(document))
                      .text();
                });
    }
  }
  if (result.found.empty()) report.say(Message("cmd.search.none"));
  if (result.more)
    report.say(Message("cmd.search.more", {{"count", static_cast<std::int64_t>(result.found.size())}}));
  table.finish(result.more ? "\"more\":true" : "");
  return o.exit_code && result.found.empty() ? static_cast<int>(Exit::findings) : 0;
}

}  // namespace

void add_search(CLI::App& parent, Context& context, Chosen& chosen) {
  Command command(parent, context, chosen, "search", Message("command.search"), Statuses::looking);
  auto o = std::make_shared<SearchOptions>();
  command.places("words", o->words, Message("place.words"));
  command.flag("--in", o->in, Message("option.list.in"));
  command.flag("--out", o->out, Message("option.list.out"));
  command.flag("--internal", o->internal, Message("option.list.internal"));
  command.flag("--files", o->files, Message("option.search.files"));
  command.value("--since", o->since, Message("option.since"), Message("value.date"));
  command.value("--until", o->until, Message("option.until"), Message("value.date"));
  command.value("--sender", o->sender, Message("option.list.sender"), Message("value.text"));
  command.value("--unit", o->unit, Message("option.list.unit"), Message("value.text"));
  command.value("--sort", o->sort, Message("option.sort"), Message("value.sort"));
  command.value("--limit", o->limit, Message("option.search.limit"), Message("value.number"));
  command.year(o->year);
  command.exit_code(o->exit_code);
  command.example("vtlt search quyet dinh cap dat \"Le Thi Hoa\" --since 1995 --until 2000");
  command.run([&context, o] { return run(context, *o); });
}

}  // namespace vtlt::cmd
