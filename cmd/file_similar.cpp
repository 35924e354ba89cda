// vtlt file list --similar: what an arrangement leaves to be looked at.
#include "file_arrange.h"
#include "output.h"
#include "repository/arranging.h"
#include "text/text.h"
#include "views.h"

namespace vtlt::cmd {
namespace {

std::string differences_text(Context& context, const records::SimilarPair& pair) {
  std::string words;
  for (const auto& one : pair.differences) {
    words += (words.empty() ? "" : "; ") + context.text(Message(records::difference_key(one.kind)));
    if (!one.left.empty() || !one.right.empty()) words += " \"" + one.left + "\" / \"" + one.right + "\"";
  }
  return words.empty() ? context.text(Message("cmd.similar.equal")) : words;
}

}  // namespace

int list_similar(Context& context, bool exit_code) {
  Report report;
  auto& repository = context.look(report);
  const FondsColumn fonds(context, repository);
  const auto found = repository::similar_files(repository, fonds.asked());
  if (found.pairs.empty())
    report.say(Message("cmd.similar.none"));
  else
    report.say(Message("cmd.similar.done", {{"count", static_cast<std::int64_t>(found.pairs.size())}}));
  if (!found.complete) report.lacks(Message("cmd.similar.incomplete"));
  Table table(context, report, "pairs",
              fonds.with({{Message("column.file")},
                          {Message("column.title"), false, true},
                          {Message("column.file")},
                          {Message("column.title"), false, true},
                          {Message("column.arrange.difference"), false, true}}));
  for (const auto& pair : found.pairs) {
    const auto a = repository.catalogue().file(found.files[pair.a]),
               b = repository.catalogue().file(found.files[pair.b]);
    if (!a || !b) continue;
    table.row(
        fonds.with(a->file.fonds, {name_of(a->file), a->file.title, name_of(b->file), b->file.title,
                                   differences_text(context, pair)}),
        [&] {
          std::vector<std::string> differences;
          for (const auto& one : pair.differences)
            differences.push_back(Object()
                                      .add("kind", std::string(records::difference_key(one.kind)).substr(16))
                                      .add("left", one.left)
                                      .add("right", one.right)
                                      .text());
          return Object()
              .raw("a", json_of(*a))
              .raw("b", json_of(*b))
              .add("degree", pair.degree)
              .raw("differences", array(differences))
              .text();
        });
  }
  table.finish();
  return exit_code && table.rows() > 0 ? static_cast<int>(Exit::findings) : 0;
}

}  // namespace vtlt::cmd
