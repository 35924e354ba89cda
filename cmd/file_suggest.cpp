// vtlt file suggest: where documents may belong, and why. The officer decides.
#include <map>

#include "commands.h"
#include "output.h"
#include "repository/suggesting.h"
#include "text/text.h"
#include "views.h"

namespace vtlt::cmd {
namespace {

struct SuggestOptions {
  std::vector<std::string> references;
  std::string limit, most, year;
  bool unfiled = false;
};

std::string reference_of(const repository::Proposals& one) {
  return one.entry ? name_of(one.entry->entry) : name_of(one.row.document);
}

std::string reasons_of(const Context& context, const repository::Proposal& proposal) {
  std::string words;
  for (const Message& reason : proposal.reasons) words += (words.empty() ? "" : "; ") + context.text(reason);
  return words;
}

void tell(Context& context, Report& report, const repository::Proposals& one) {
  const auto& document = one.row.document;
  report.say_text(reference_of(one) + "  " + document.issuer + (document.issuer.empty() ? "" : ": ") +
                  type_and_subject(document.type, document.subject));
  if (one.best.empty()) report.say_text("  " + context.text(Message("cmd.file.suggest.nothing")));
  int place = 0;
  for (const auto& proposal : one.best) {
    const std::string ref = proposal.file ? name_of(proposal.file->file) : proposal.class_no;
    const std::string state =
        proposal.file && proposal.file->file.state == records::FileState::planned
            ? " (" + state_name(context, proposal.file->file.state) + ")"
        : proposal.file ? ""
                        : " (" + context.text(Message("cmd.file.suggest.class")) + ")";
    report.say_text("  " + std::to_string(++place) + ". " + ref + " \"" + proposal.title + "\"" + state);
    report.say_text("     " + reasons_of(context, proposal));
  }
}

std::string json_of_proposals(const Context& context, const repository::Proposals& one) {
  std::vector<std::string> rows;
  for (const auto& proposal : one.best) {
    std::vector<std::string> reasons;
    for (const Message& reason : proposal.reasons) reasons.push_back(journal::json_string(context.text(reason)));
    Object object;
    if (proposal.file) object.add("file", name_of(proposal.file->file)).add("state", records::state_text(proposal.file->file.state));
    rows.push_back(object.add("class", proposal.class_no)
                       .add("title", proposal.title)
                       .add("points", proposal.points)
                       .raw("reasons", array(reasons))
                       .text());
  }
  return Object().add("ref", reference_of(one)).add("document", one.document.text()).raw("proposals", array(rows)).text();
}

// The documents to look at: those named, or the register's that are in no file, oldest first.
std::vector<catalogue::DocumentRow> documents_of(Context& context, repository::Repository& repository, const records::Id& fonds,
                                                 const SuggestOptions& o, std::int64_t& unfiled) {
  std::vector<catalogue::DocumentRow> documents;
  auto& catalogue = repository.catalogue();
  const int year = year_of("--year", o.year);
  for (const std::string& reference : o.references)
    documents.push_back(*catalogue.document(document_of(repository, reference, context.references(false, year))));
  if (!o.unfiled) return documents;
  catalogue::EntryFilter filter;
  filter.fonds = fonds;
  filter.year = year;
  filter.unfiled = true;
  unfiled = catalogue.count_entries(filter);
  filter.limit = o.limit.empty() ? 20 : number_of("--limit", o.limit, 100'000);
  std::vector<records::Id> ids;
  catalogue.entries(filter, [&](const catalogue::EntryRow& row) {
    if (row.entry.document) ids.push_back(*row.entry.document);
  });
  for (const auto& id : ids)
    if (auto row = catalogue.document(id)) documents.push_back(std::move(*row));
  return documents;
}

int run(Context& context, const SuggestOptions& o) {
  if (o.references.empty() && !o.unfiled) missing(context.text(Message("place.references")) + ", --unfiled");
  const std::size_t most = o.most.empty() ? 3 : static_cast<std::size_t>(std::max(1, number_of("--most", o.most, 20)));
  Report report;
  auto& repository = context.look(report);
  const auto fonds = repository.fonds(context.globals.fonds);
  std::int64_t unfiled = 0;
  const auto documents = documents_of(context, repository, fonds.fonds.id, o, unfiled);
  std::vector<std::string> rows;
  std::vector<std::pair<std::string, std::string>> ready;  // file, documents: one command each
  std::int64_t with = 0;
  std::vector<repository::Proposals> all;
  if (!documents.empty()) {
    repository::Proposer proposer(repository, fonds.fonds.id);
    for (const auto& row : documents) {
      check_interrupted();
      all.push_back(proposer.propose(row, most));
      with += all.back().best.empty() ? 0 : 1;
    }
  }
  if (documents.empty())
    report.say(Message("cmd.file.suggest.none_unfiled"));
  else
    report.say(Message("cmd.file.suggest.done", {{"with", with}, {"count", static_cast<std::int64_t>(documents.size())}}));
  for (const auto& one : all) {
    tell(context, report, one);
    rows.push_back(json_of_proposals(context, one));
    if (one.best.empty()) continue;
    const auto& best = one.best.front();
    if (!best.file) continue;
    const std::string file = name_of(best.file->file);
    const auto at = std::find_if(ready.begin(), ready.end(), [&](const auto& pair) { return pair.first == file; });
    if (at == ready.end())
      ready.emplace_back(file, typed(reference_of(one)));
    else
      at->second += " " + typed(reference_of(one));
  }
  if (unfiled > static_cast<std::int64_t>(documents.size()))
    report.say(Message("cmd.file.suggest.more", {{"count", unfiled - static_cast<std::int64_t>(documents.size())}}));
  for (const auto& [file, names] : ready) report.next(in_fonds(context, "vtlt file add " + typed(file) + " " + names));
  for (const auto& one : all)
    if (!one.best.empty() && !one.best.front().file)
      report.next(in_fonds(context, "vtlt file open --class " + one.best.front().class_no + " --title \"…\""),
                  Message("cmd.file.suggest.open", {{"document", reference_of(one)}}));
  report.result(Object().raw("documents", array(rows)).add("unfiled", unfiled).text());
  report.show(context);
  return 0;
}

}  // namespace

void add_file_suggest(CLI::App& parent, Context& context, Chosen& chosen) {
  Command command(parent, context, chosen, "suggest", Message("command.file.suggest"), Statuses::looking);
  auto o = std::make_shared<SuggestOptions>();
  command.places("refs", o->references, Message("place.references"));
  command.flag("--unfiled", o->unfiled, Message("option.suggest.unfiled"));
  command.value("--limit", o->limit, Message("option.suggest.limit"), Message("value.number"));
  command.value("--most", o->most, Message("option.suggest.most"), Message("value.number"));
  command.year(o->year);
  command.example("vtlt file suggest den.1312");
  command.example("vtlt file suggest --unfiled --limit 50");
  command.run([&context, o] { return run(context, *o); });
}

}  // namespace vtlt::cmd
