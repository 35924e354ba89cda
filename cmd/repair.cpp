// vtlt repair: a new catalogue, a torn tail, dead sessions; and taking up an older copy that was put back.
#include "commands.h"
#include "output.h"
#include "prompt.h"
#include "repository/mending.h"
#include "text/text.h"
#include "views.h"

namespace vtlt::cmd {
namespace {

struct RepairOptions {
  std::vector<std::string> last_numbers;
  std::string reason, year;
  bool accept_restore = false, dry_run = false;
};

// "den=1312": numbers already used on paper are not given again (design.md, "Restores and copies").
std::vector<std::pair<std::string, std::int64_t>> numbers_of(const std::vector<std::string>& words) {
  std::vector<std::pair<std::string, std::int64_t>> numbers;
  for (const std::string& word : words) {
    const auto equals = word.find('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == word.size())
      wrong_value("--last-number", word, Message("cmd.expected.last_number"));
    numbers.emplace_back(word.substr(0, equals), number_of("--last-number", word.substr(equals + 1)));
  }
  return numbers;
}

int accept_restore(Context& context, const RepairOptions& o) {
  auto numbers = numbers_of(o.last_numbers);
  const std::string reason = o.reason.empty()
                                 ? ask(context, Message("cmd.repair.ask.reason"), "--reason", "", true)
                                 : text::nfc(o.reason);
  if (numbers.empty()) {
    const std::string last = ask(context, Message("cmd.repair.ask.last"), "--last-number den=N", "", true);
    numbers.emplace_back("den", number_of("--last-number", last));
  }
  const int year = o.year.empty() ? current_year() : year_of("--year", o.year);
  repository::accept_restore(context.files(), context.options(), reason, numbers, year, o.dry_run);
  Report report;
  report.say(Message(o.dry_run ? "cmd.repair.would.restore" : "cmd.repair.restored"));
  std::vector<std::string> rows;
  for (const auto& [series, number] : numbers) {
    report.say(
        Message("cmd.repair.last",
                {{"series", series}, {"number", std::to_string(number)}, {"year", std::to_string(year)}}));
    rows.push_back(Object().add("series", series).add("number", number).add("year", year).text());
  }
  if (o.dry_run)
    report.say(Message("cmd.nothing_written"));
  else
    report.next("vtlt verify");
  report.result(Object()
                    .yes("restore_accepted", !o.dry_run)
                    .add("reason", reason)
                    .raw("last_numbers", array(rows))
                    .text());
  report.show(context);
  return 0;
}

int run(Context& context, const RepairOptions& o) {
  context.wrote = true;
  if (o.accept_restore) return accept_restore(context, o);
  if (!o.last_numbers.empty()) throw Error(Exit::usage, "VTLT-USE-04", Message("cmd.repair.last_alone"));
  const auto mended = repository::repair(context.files(), context.options(), o.dry_run);
  Report report;
  const auto say = [&](const char* would, const char* done, std::uint64_t count) {
    report.say(Message(o.dry_run ? would : done, {{"events", static_cast<std::int64_t>(count)},
                                                  {"count", static_cast<std::int64_t>(count)}}));
  };
  say("cmd.repair.would.rebuild", "cmd.repair.rebuilt", mended.events);
  if (mended.tail_cut) say("cmd.repair.would.cut", "cmd.repair.cut", 1);
  if (mended.sessions_removed > 0)
    say("cmd.repair.would.sessions", "cmd.repair.sessions", mended.sessions_removed);
  if (mended.destructions_completed > 0)
    say("cmd.repair.would.destructions", "cmd.repair.destructions", mended.destructions_completed);
  report.found(mended.findings);
  if (o.dry_run)
    report.say(Message("cmd.nothing_written"));
  else
    report.next("vtlt verify");
  report.result(Object()
                    .yes("dry_run", o.dry_run)
                    .yes("catalogue_rebuilt", mended.catalogue_rebuilt)
                    .add("events", static_cast<std::int64_t>(mended.events))
                    .yes("tail_cut", mended.tail_cut)
                    .add("sessions_removed", static_cast<std::int64_t>(mended.sessions_removed))
                    .add("destructions_completed", static_cast<std::int64_t>(mended.destructions_completed))
                    .text());
  report.show(context);
  bool errors = false;
  for (const Finding& finding : mended.findings)
    errors = errors || finding.level == Level::error;
  return static_cast<int>(errors ? Exit::no_verdict : Exit::done);
}

}  // namespace

void add_repair(CLI::App& parent, Context& context, Chosen& chosen) {
  Command command(parent, context, chosen, "repair", Message("command.repair"), Statuses::writing);
  auto o = std::make_shared<RepairOptions>();
  command.flag("--accept-restore", o->accept_restore, Message("option.accept_restore"));
  command.values("--last-number", o->last_numbers, Message("option.last_number"),
                 Message("value.last_number"));
  command.reason(o->reason);
  command.year(o->year);
  command.dry_run(o->dry_run);
  command.example("vtlt repair");
  command.example("vtlt repair --accept-restore --reason \"ổ đĩa hỏng\" --last-number den=1312");
  command.run([&context, o] { return run(context, *o); });
}

}  // namespace vtlt::cmd
