// vtlt log: what happened, newest first; of one thing or of all.
#include <algorithm>
#include <tuple>

#include "commands.h"
#include "output.h"
#include "repository/planning.h"
#include "text/text.h"
#include "views.h"

namespace vtlt::cmd {
namespace {

struct LogOptions {
  std::string reference, year, limit;
};

// "register.entry/1" → "ghi sổ đăng ký"; a type this version does not know stays as it is.
std::string type_name(const Context& context, const std::string& type) {
  const Message message("event." + type.substr(0, type.find('/')));
  return text::has_message(message.key) ? context.text(message) : type;
}

// ": tiêu đề, thời hạn · đặt lại cho đúng (15/QĐ-UBND)"
std::string words_of(const Context& context, const repository::FileEvent& said) {
  std::string what;
  for (const auto& field : said.fields)
    if (field != "term_source") what += (what.empty() ? "" : ", ") + context.text(Message("amend." + field));
  if (!said.state.empty()) what = context.text(Message("state." + said.state));
  std::string words = what.empty() ? "" : ": " + what;
  if (!said.reason.empty()) words += " · " + said.reason;
  if (!said.basis.empty()) words += " (" + said.basis + ")";
  return words;
}

int run(Context& context, const LogOptions& o) {
  const int limit = o.limit.empty() ? 0 : number_of("--limit", o.limit);
  Report report;
  auto& repository = context.look(report);
  auto& catalogue = repository.catalogue();
  Table table(context, report, "events",
              {{Message("column.event"), true},
               {Message("column.time")},
               {Message("column.actor")},
               {Message("column.what"), false, true}});
  std::optional<records::Id> file;  // of which the history is asked: what its events say is told
  const auto row = [&](const catalogue::LogRow& event) {
    std::string what = type_name(context, event.type);
    if (event.blank) what += " " + context.text(Message("cmd.log.blank"));
    const auto said = file ? repository::file_event(repository, *file, event.stream, event.seq) : std::nullopt;
    if (said) what += words_of(context, *said);
    const std::string where = event.stream == repository.stream() ? "" : event.stream.substr(0, 8) + ":";
    table.row({where + std::to_string(event.seq), time_shown(event.time), event.actor, what}, [&] {
      Object object;
      object.add("stream", event.stream)
          .add("seq", static_cast<std::int64_t>(event.seq))
          .add("time", event.time)
          .add("actor", event.actor)
          .add("type", event.type);
      if (event.blank) object.yes("blank", true);
      if (said) {
        std::vector<std::string> fields;
        for (const auto& field : said->fields) fields.push_back(journal::json_string(field));
        if (!fields.empty()) object.raw("changed", array(fields));
        object.add("state", said->state).add("reason", said->reason).add("basis", said->basis);
      }
      return object.text();
    });
  };
  if (o.reference.empty()) {
    catalogue.log(limit, row);
  } else {
    const auto target =
        repository::resolve(repository, o.reference, context.references(false, year_of("--year", o.year)));
    if (target.kind == repository::Target::Kind::file) file = target.id;
    auto touches = catalogue.touches(target.id);
    // A register line and the document it stands for have one history for people.
    if (target.kind == repository::Target::Kind::entry) {
      if (const auto entry = catalogue.entry(target.id); entry && entry->entry.document) {
        const auto more = catalogue.touches(*entry->entry.document);
        touches.insert(touches.end(), more.begin(), more.end());
      }
    }
    const auto earlier = [](const catalogue::Touch& a, const catalogue::Touch& b) {
      return std::tie(a.stream_number, a.seq) < std::tie(b.stream_number, b.seq);
    };
    const auto same = [](const catalogue::Touch& a, const catalogue::Touch& b) {
      return a.stream_number == b.stream_number && a.seq == b.seq;
    };
    std::sort(touches.begin(), touches.end(), earlier);
    touches.erase(std::unique(touches.begin(), touches.end(), same), touches.end());
    int shown = 0;
    for (auto touch = touches.rbegin(); touch != touches.rend() && (limit == 0 || shown < limit);
         ++touch, ++shown)
      if (const auto event = catalogue.event(touch->stream, touch->seq)) row(*event);
  }
  table.finish("\"head\":" + journal::json_string(journal::printed(repository.head())));
  return 0;
}

}  // namespace

void add_log(CLI::App& parent, Context& context, Chosen& chosen) {
  Command command(parent, context, chosen, "log", Message("command.log"), Statuses::looking);
  auto o = std::make_shared<LogOptions>();
  command.place("ref", o->reference, Message("place.reference.log"));
  command.value("--limit", o->limit, Message("option.limit"), Message("value.number"));
  command.year(o->year);
  command.example("vtlt log den.1312");
  command.run([&context, o] { return run(context, *o); });
}

}  // namespace vtlt::cmd
