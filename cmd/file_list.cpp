// vtlt file list: the files, filtered; how many in which state; what is late.
#include <algorithm>
#include <tuple>

#include "commands.h"
#include "file_arrange.h"
#include "output.h"
#include "print_files.h"
#include "records/arrangement.h"
#include "repository/submitting.h"
#include "text/text.h"
#include "views.h"

namespace vtlt::cmd {
namespace {

struct ListOptions {
  std::string year, class_no, officer, unit, term, box, ended, as_of, limit;
  std::vector<std::string> states;
  bool overdue = false, rejected = false, similar = false, exit_code = false;
};

catalogue::FileFilter filter_of(repository::Repository& repository, const ListOptions& o,
                                const std::optional<records::Id>& fonds) {
  catalogue::FileFilter filter;
  filter.fonds = fonds;
  filter.year = year_of("--year", o.year);
  filter.states = states_of(o.states);
  filter.class_no = o.class_no;
  filter.officer = o.officer;
  filter.unit = o.unit;
  filter.ended = year_of("--ended", o.ended);
  filter.rejected = o.rejected;
  filter.kept = true;
  filter.limit = number_of("--limit", o.limit);
  if (!o.term.empty()) {
    filter.term = records::parse_term(o.term);
    if (!filter.term) wrong_value("--term", o.term, Message("cmd.expected.term"));
  }
  if (!o.box.empty()) {
    const std::string number = o.box.rfind("hop.", 0) == 0 ? o.box.substr(4) : o.box;
    for (const auto& box : repository.catalogue().boxes(fonds))
      if (text::compare(box.number, number) == 0) filter.box = box.id;
    if (!filter.box)
      throw Error(Exit::usage, "VTLT-REF-01", Message("cmd.file.list.box.none", {{"box", text::printable(o.box)}}));
  }
  // What was sorted out is never submitted.
  if (o.overdue && o.rejected)
    throw Error(Exit::usage, "VTLT-USE-04", Message("cmd.file.list.overdue.rejected"));
  if (o.overdue && !o.states.empty())
    throw Error(Exit::usage, "VTLT-USE-04", Message("cmd.file.list.overdue.states"));
  return filter;
}

// How many in each state, in the order of a file's life.
class States {
 public:
  void count(records::FileState state) { ++counts_[state]; }
  std::string text(const Context& context) const {
    std::string words;
    for (const auto& [state, count] : counts_)
      words += (words.empty() ? "" : ", ") +
               context.text(Message("cmd.file.list.state", {{"count", count}, {"state", state_name(context, state)}}));
    return words;
  }
  std::string json() const {
    Object object;
    for (const auto& [state, count] : counts_) object.add(records::state_text(state), count);
    return object.text();
  }

 private:
  std::map<records::FileState, std::int64_t> counts_;
};

std::vector<Column> columns() {
  return {{Message("column.file")},           {Message("column.title"), false, true}, {Message("column.term")},
          {Message("column.documents"), true}, {Message("column.ended"), true},        {Message("column.state")}};
}

std::vector<std::string> cells_of(const Context& context, const catalogue::FileRow& row) {
  const auto& file = row.file;
  return {name_of(file),
          file.title,
          records::term_text(file.term),
          std::to_string(row.documents),
          file.ended == 0 ? "" : std::to_string(file.ended),
          state_name(context, file.state)};
}

void tell_sum(Context& context, const std::string& words) {
  const std::string& to = context.globals.output;
  if (context.format() == Format::table && !context.globals.quiet && (to.empty() || to == "-")) {
    Report report;
    report.say_text(words);
    Sink sink(context);
    report.show_head(context, sink);
    sink.finish();
  }
}

int run_all(Context& context, Report& report, repository::Repository& repository, const ListOptions& o) {
  const FondsColumn fonds(context, repository);
  const auto filter = filter_of(repository, o, fonds.asked());
  States states;
  Table table(context, report, "files", fonds.with(columns()));
  repository.catalogue().files(filter, [&](const catalogue::FileRow& row) {
    states.count(row.file.state);
    table.row(fonds.with(row.file.fonds, cells_of(context, row)), [&] { return json_of(row); });
  });
  const auto shown = static_cast<std::int64_t>(table.rows());
  std::int64_t all = shown;
  if (filter.limit != 0 && shown == filter.limit) {
    auto whole = filter;
    whole.limit = 0;
    all = repository.catalogue().count_files(whole);
  }
  if (shown == 0) {
    report.say(Message("cmd.file.list.none"));
    if (o.states.empty() && o.year.empty()) report.next("vtlt file open --class … --title …");
  }
  table.finish("\"total\":" + std::to_string(all) + ",\"states\":" + states.json());
  if (shown > 0)
    tell_sum(context, context.text(Message(all == shown ? "cmd.file.list.sum" : "cmd.file.list.sum.more",
                                           {{"count", all}, {"shown", shown}, {"states", states.text(context)}})));
  return o.exit_code && shown > 0 ? static_cast<int>(Exit::findings) : 0;
}

// By bundle and volume, as it lies there.
int run_rejected(Context& context, Report& report, repository::Repository& repository, const ListOptions& o) {
  const FondsColumn fonds(context, repository);
  auto filter = filter_of(repository, o, fonds.asked());
  const auto limit = static_cast<std::size_t>(filter.limit);
  filter.limit = 0;  // the first bundles, not the first files
  struct Place {
    records::Id fonds{records::Kind::fonds}, file{records::Kind::file};
    int bundle = 0, volume = 0;
  };
  const auto number = [](const std::string& text) {
    const auto n = records::parse_file_number(text);
    return n ? n->number : 0;
  };
  std::vector<Place> places;
  States states;
  repository.catalogue().files(filter, [&](const catalogue::FileRow& row) {
    states.count(row.file.state);
    places.push_back({row.file.fonds, row.file.id, number(row.file.bundle), number(row.file.volume)});
  });
  std::stable_sort(places.begin(), places.end(), [](const Place& a, const Place& b) {
    return std::tuple(a.fonds, a.bundle, a.volume) < std::tuple(b.fonds, b.bundle, b.volume);
  });
  const auto all = static_cast<std::int64_t>(places.size());
  if (limit != 0 && places.size() > limit) places.resize(limit);
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
    table.row(fonds.with(f.fonds, {f.bundle, f.volume, name_of(f), f.title, records::term_text(f.term), f.rejected}),
              [&] { return json_of(*row); });
  }
  const auto shown = static_cast<std::int64_t>(table.rows());
  if (shown == 0) report.say(Message("cmd.file.list.rejected.none"));
  table.finish("\"total\":" + std::to_string(all) + ",\"states\":" + states.json());
  if (shown > 0)
    tell_sum(context, context.text(Message(all == shown ? "cmd.file.list.sum" : "cmd.file.list.sum.more",
                                           {{"count", all}, {"shown", shown}, {"states", states.text(context)}})));
  return o.exit_code && shown > 0 ? static_cast<int>(Exit::findings) : 0;
}

// Each deadline that has something to say, with its article.
int run_overdue(Context& context, Report& report, repository::Repository& repository, const ListOptions& o) {
  const FondsColumn fonds(context, repository);
  const auto filter = filter_of(repository, o, fonds.asked());
  const text::Date day = o.as_of.empty() ? today() : date_of("--as-of", o.as_of);
  if (!day.whole()) wrong_value("--as-of", o.as_of, Message("cmd.expected.whole_date"));
  auto heading = columns();
  heading.pop_back();
  heading.push_back({Message("column.deadline"), false, true});
  std::int64_t overdue = 0, others = 0;
  Table table(context, report, "files", fonds.with(heading));
  repository::due_files(repository, filter, day, [&](const repository::Due& due) {
    ++(due.overdue ? overdue : others);
    std::string words;
    std::vector<std::string> findings;
    for (const Finding& one : due.findings) {
      words += (words.empty() ? "" : "; ") + context.text(one.message) + " (" + one.basis + ")";
      findings.push_back(json_of(context, one));
    }
    auto cells = cells_of(context, due.file);
    cells.back() = words;
    table.row(fonds.with(due.file.file.fonds, cells), [&] {
      return Object(json_of(due.file)).yes("overdue", due.overdue).raw("deadlines", array(findings)).text();
    });
  });
  if (table.rows() == 0) report.say(Message("cmd.file.list.overdue.none"));
  table.finish("\"overdue\":" + std::to_string(overdue) + ",\"reminders\":" + std::to_string(others));
  if (table.rows() > 0)
    tell_sum(context, context.text(Message("cmd.file.list.overdue", {{"overdue", overdue}, {"others", others}})));
  return o.exit_code && table.rows() > 0 ? static_cast<int>(Exit::findings) : 0;
}

int run(Context& context, const ListOptions& o) {
  if (o.similar) return list_similar(context, o.exit_code);
  Report report;
  auto& repository = context.look(report);
  if (o.rejected && !o.overdue) return run_rejected(context, report, repository, o);
  return o.overdue ? run_overdue(context, report, repository, o) : run_all(context, report, repository, o);
}

}  // namespace

void add_file_list(CLI::App& parent, Context& context, Chosen& chosen) {
  Command command(parent, context, chosen, "list", Message("command.file.list"), Statuses::looking);
  auto o = std::make_shared<ListOptions>();
  const Message text("value.text");
  command.values("--state", o->states, Message("option.files.state"), Message("value.state"));
  command.value("--class", o->class_no, Message("option.files.class"), Message("value.class"));
  command.value("--officer", o->officer, Message("option.files.officer"), text);
  command.value("--unit", o->unit, Message("option.files.unit"), text);
  command.value("--term", o->term, Message("option.files.term"), Message("value.term"));
  command.value("--box", o->box, Message("option.files.box"), Message("value.number"));
  command.value("--ended", o->ended, Message("option.files.ended"), Message("value.year"));
  command.flag("--overdue", o->overdue, Message("option.files.overdue"));
  command.flag("--rejected", o->rejected, Message("option.files.rejected"));
  command.value("--limit", o->limit, Message("option.limit"), Message("value.number"));
  command.year(o->year);
  command.as_of(o->as_of);
  command.flag("--similar", o->similar, Message("option.list.similar"));
  command.exit_code(o->exit_code);
  command.example("vtlt file list --year 2026 --state open");
  command.example("vtlt file list --overdue");
  command.run([&context, o] { return run(context, *o); });
}

}  // namespace vtlt::cmd
