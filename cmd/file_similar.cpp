// vtlt file list --similar, --rejected: what an arrangement leaves to be looked at.
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

int list_rejected(Context& context, bool exit_code) {
  Report report;
  auto& repository = context.look(report);
  const FondsColumn fonds(context, repository);
  catalogue::FileFilter filter;
  filter.fonds = fonds.asked();
  filter.rejected = true;
  filter.kept = true;
  struct Place {
    records::Id fonds{records::Kind::fonds}, file{records::Kind::file};
    std::string bundle, volume;
  };
  std::vector<Place> places;
  repository.catalogue().files(filter, [&](const catalogue::FileRow& row) {
    places.push_back({row.file.fonds, row.file.id, row.file.bundle, row.file.volume});
  });
  std::stable_sort(places.begin(), places.end(), [](const Place& a, const Place& b) {
    const auto number = [](const std::string& text) {
      const auto n = records::parse_file_number(text);
      return n ? n->number : 0;
    };
    return std::tuple(a.fonds, number(a.bundle), number(a.volume)) <
           std::tuple(b.fonds, number(b.bundle), number(b.volume));
  });
  Table table(context, report, "files",
              fonds.with({{Message("column.arrange.bundle")},
                          {Message("column.arrange.volume")},
                          {Message("column.file")},
                          {Message("column.title"), false, true},
                          {Message("column.term")},
                          {Message("column.arrange.reason")}}));
  for (const auto& place : places) {
    const auto row = repository.catalogue().file(place.file);
    if (!row) continue;
    const auto& f = row->file;
    table.row(fonds.with(f.fonds,
                         {f.bundle, f.volume, name_of(f), f.title, records::term_text(f.term), f.rejected}),
              [&] { return json_of(*row); });
  }
  if (table.rows() == 0) report.say(Message("cmd.file.list.rejected.none"));
  table.finish();
  return exit_code && table.rows() > 0 ? static_cast<int>(Exit::findings) : 0;
}

}  // namespace vtlt::cmd
