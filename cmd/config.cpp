// vtlt config: the desk and its safety; what the agency decided stands in the scheme. Each change is an
// event.
#include "commands.h"
#include "journal/bodies.h"
#include "output.h"
#include "text/text.h"
#include "views.h"

namespace vtlt::cmd {
namespace {

struct ConfigOptions {
  std::string key, value;
  bool dry_run = false;
};

struct Setting {
  const char* key;
  const char* otherwise;  // what holds when nothing was set
  const char* allowed;    // values with | between them; "" = any text; "#" = a whole number
};

constexpr Setting kSettings[] = {
    {"lang", "vi", "vi|en"},
    {"actor.name", "", ""},
    {"wait", "10", "#"},
    {"import.partial", "false", "true|false"},
    {"secrets.policy", "refuse", "refuse|stub"},
    {"vocabulary", "", "2011|2024"},
};

// Settings of commands that this version does not have: one that changes nothing would be a promise.
constexpr const char* kLater[] = {
    "actor.position",    "destroy.require_confirmed_basis", "transfer.keep_months",
    "policy.two_person", "trust.certificates",              "backup.sets"};

const Setting& setting(const std::string& key) {
  std::string keys;
  for (const Setting& one : kSettings) {
    if (key == one.key) return one;
    keys += (keys.empty() ? "" : ", ") + std::string(one.key);
  }
  for (const char* later : kLater)
    if (key == later)
      throw Error(Exit::usage, "VTLT-USE-04", Message("cmd.config.later", {{"key", key}}),
                  Message("cmd.config.unknown.hint", {{"keys", keys}}));
  throw Error(Exit::usage, "VTLT-USE-03", Message("cmd.config.unknown", {{"key", text::printable(key)}}),
              Message("cmd.config.unknown.hint", {{"keys", keys}}));
}

void check_value(const Setting& one, const std::string& value) {
  const std::string allowed = one.allowed;
  if (allowed == "#") {
    number_of(one.key, value, 86'400);
    return;
  }
  if (!allowed.empty() && ("|" + allowed + "|").find("|" + value + "|") == std::string::npos)
    wrong_value(one.key, value, Message("cmd.expected.one_of", {{"values", allowed}}));
}

// The language is needed before the repository is opened: it stands in config.yaml too.
void write_language(repository::Repository& repository, const std::string& value) {
  Files& files = repository.files();
  const Path path = repository.root() / "config.yaml";
  std::string kept, rest = files.stat(path) ? read_whole(files, path, 1u << 16) : "";
  while (!rest.empty()) {
    const auto end = rest.find('\n');
    const std::string line = rest.substr(0, end);
    if (line.rfind("lang:", 0) != 0) kept += line + "\n";
    rest = end == std::string::npos ? "" : rest.substr(end + 1);
  }
  write_whole(files, path, kept + "lang: " + value + "\n", SyncPoint::config);
}

int run_set(Context& context, const ConfigOptions& o) {
  const Setting& one = setting(need(context.text(Message("place.key")), o.key));
  check_value(one, need(context.text(Message("place.value")), o.value));
  const std::string value = text::nfc(o.value);
  auto& repository = context.write();
  const std::string before = repository.catalogue().config(o.key);
  Report report;
  if (before == value) {
    report.say(Message("cmd.config.same", {{"key", o.key}, {"value", value}}));
  } else if (o.dry_run) {
    report.say(Message("cmd.config.would", {{"key", o.key}, {"value", value}}));
    report.say(Message("cmd.nothing_written"));
  } else {
    repository::Change change(repository);
    change.add(journal::type::config_set, journal::encode_fields({{"key", o.key}, {"value", value}}));
    change.commit();
    report.say(Message("cmd.config.done", {{"key", o.key}, {"value", value}}));
  }
  if (o.key == "lang" && !o.dry_run) write_language(repository, value);
  report.result(Object()
                    .yes("written", before != value && !o.dry_run)
                    .add("key", o.key)
                    .add("value", value)
                    .add("before", before)
                    .text());
  report.show(context);
  return 0;
}

int run_get(Context& context, const ConfigOptions& o) {
  const Setting& one = setting(need(context.text(Message("place.key")), o.key));
  Report report;
  const std::string set = context.look(report).catalogue().config(o.key);
  const std::string value = set.empty() ? one.otherwise : set;
  report.say_text(value);
  report.result(Object().add("key", o.key).add("value", value).yes("set", !set.empty()).text());
  report.show(context);
  return 0;
}

int run_list(Context& context) {
  Report report;
  auto& catalogue = context.look(report).catalogue();
  Table table(context, report, "settings",
              {{Message("column.key")}, {Message("column.value")}, {Message("column.set")}});
  for (const Setting& one : kSettings) {
    const std::string set = catalogue.config(one.key);
    table.row({one.key, set.empty() ? one.otherwise : set,
               set.empty() ? "" : context.text(Message("cmd.config.set"))},
              [&] {
                return Object()
                    .add("key", std::string(one.key))
                    .add("value", set.empty() ? std::string(one.otherwise) : set)
                    .yes("set", !set.empty())
                    .text();
              });
  }
  table.finish();
  return 0;
}

}  // namespace

void add_config(CLI::App& parent, Context& context, Chosen& chosen) {
  Command command(parent, context, chosen, "config", Message("command.config"), Statuses::writing);
  CLI::App& app = command.app();
  command.group();
  Command get(app, context, chosen, "get", Message("command.config.get"), Statuses::looking);
  auto g = std::make_shared<ConfigOptions>();
  get.place("key", g->key, Message("place.key"));
  get.run([&context, g] { return run_get(context, *g); });
  Command set(app, context, chosen, "set", Message("command.config.set"), Statuses::writing);
  auto s = std::make_shared<ConfigOptions>();
  set.place("key", s->key, Message("place.key"));
  set.place("value", s->value, Message("place.value"));
  set.dry_run(s->dry_run);
  set.example("vtlt config set actor.name \"Nguyễn Thị Lan\"");
  set.run([&context, s] { return run_set(context, *s); });
  Command list(app, context, chosen, "list", Message("command.config.list"), Statuses::looking);
  list.run([&context] { return run_list(context); });
}

}  // namespace vtlt::cmd
