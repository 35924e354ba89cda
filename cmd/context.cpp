#include "context.h"

#include <pwd.h>
#include <unistd.h>

#include <charconv>
#include <cstdlib>
#include <optional>

#include "base/clock.h"
#include "output.h"
#include "progress.h"
#include "text/text.h"

namespace vtlt::cmd {
namespace {

std::optional<Language> language_named(std::string_view name) {
  if (name.substr(0, 2) == "vi") return Language::vi;
  if (name.substr(0, 2) == "en") return Language::en;
  return std::nullopt;
}

// "lang: vi" of .vtlt/config.yaml, without opening anything else.
std::optional<Language> configured_language(Files& files, const Path& start) {
  try {
    const auto root = repository::find(files, start);
    if (!root || !files.stat(*root / "config.yaml")) return std::nullopt;
    const std::string config = read_whole(files, *root / "config.yaml", 1u << 16);
    const auto at = ("\n" + config).find("\nlang: ");
    if (at != std::string::npos) return language_named(std::string_view(config).substr(at + 6));
  } catch (const Error&) {  // said by the command that needs the repository
  }
  return std::nullopt;
}

std::string value_in(int argc, const char* const* argv, std::string_view flag) {
  std::string found;
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "--") break;
    if (word == flag && i + 1 < argc) found = argv[i + 1];
    if (word.size() > flag.size() && word.substr(0, flag.size()) == flag && word[flag.size()] == '=')
      found = word.substr(flag.size() + 1);
  }
  return found;
}

const char* color_of(Style style) {
  switch (style) {
    case Style::good:
      return "\033[32m";
    case Style::attention:
      return "\033[33m";
    case Style::bad:
      return "\033[31m";
    case Style::next:
      return "\033[36m";
    case Style::faint:
      return "\033[2m";
    case Style::plain:
      break;
  }
  return "";
}

bool colored(const std::string& wish, int descriptor) {
  if (wish == "always") return true;
  if (wish == "never" || !environment("NO_COLOR").empty() || environment("TERM") == "dumb") return false;
  return ::isatty(descriptor) == 1;
}

std::string painted(bool on, Style style, const std::string& words) {
  return !on || style == Style::plain || words.empty() ? words : color_of(style) + words + "\033[0m";
}

}  // namespace

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::string login_name() {
  for (const char* name : {"LOGNAME", "USER"})
    if (const std::string value = environment(name); !value.empty()) return text::printable(value);
  if (const passwd* entry = ::getpwuid(::getuid()); entry != nullptr && entry->pw_name != nullptr)
    return text::printable(entry->pw_name);
  return std::to_string(::getuid());
}

Language choose_language(Files& files, int argc, const char* const* argv) {
  if (const auto flag = language_named(value_in(argc, argv, "--lang"))) return *flag;
  if (const auto wish = language_named(environment("VTLT_LANG"))) return *wish;
  std::string directory = value_in(argc, argv, "-C");
  if (directory.empty()) directory = environment("VTLT_DIR");
  if (const auto configured = configured_language(files, directory.empty() ? "." : directory))
    return *configured;
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
    if (const std::string value = environment(name); !value.empty())
      return language_named(value).value_or(Language::vi);
  return Language::vi;
}

Context::Context(Files& files, Language language) : files_(files), language_(language) {}
Context::~Context() = default;

void Context::check_globals() {
  static const std::pair<const char*, Format> formats[] = {
      {"table", Format::table}, {"csv", Format::csv},   {"tsv", Format::tsv},
      {"xlsx", Format::xlsx},   {"html", Format::html}, {"json", Format::json},
      {"jsonl", Format::jsonl}};
  if (globals.json) {
    if (!globals.format.empty() && globals.format != "json")
      wrong_value("--format", globals.format, Message("cmd.expected.one_format"));
    globals.format = "json";
  }
  bool known = globals.format.empty();
  for (const auto& [name, format] : formats)
    if (globals.format == name) {
      format_ = format;
      known = true;
    }
  if (!known) wrong_value("--format", globals.format, Message("cmd.expected.format"));
  if (!globals.language.empty() && globals.language != "vi" && globals.language != "en")
    wrong_value("--lang", globals.language, Message("cmd.expected.language"));
  if (globals.color.empty()) globals.color = "auto";
  if (globals.color != "auto" && globals.color != "always" && globals.color != "never")
    wrong_value("--color", globals.color, Message("cmd.expected.color"));
  number_of("--wait", globals.wait, 86'400);
  color_out_ = colored(globals.color, STDOUT_FILENO) && globals.output.empty() && format_ == Format::table;
  color_error_ = colored(globals.color, STDERR_FILENO);
}

// Arguments of the form "{key}" are messages themselves: a fault named inside a sentence.
std::string Context::text(const Message& message) const {
  Message resolved = message;
  for (auto& [name, value] : resolved.args) {
    auto* words = std::get_if<std::string>(&value);
    if (words == nullptr || words->size() < 3 || words->front() != '{' || words->back() != '}') continue;
    const std::string key = words->substr(1, words->size() - 2);
    if (text::has_message(key)) *words = text::render(Message(std::string(key)), language_);
  }
  return text::render(resolved, language_);
}

std::string Context::paint(Style style, const std::string& words) const {
  return painted(color_out_, style, words);
}
std::string Context::paint_error(Style style, const std::string& words) const {
  return painted(color_error_, style, words);
}

bool Context::may_ask() const {
  return !globals.yes && environment("VTLT_NOPROMPT").empty() && ::isatty(STDIN_FILENO) == 1 &&
         ::isatty(STDERR_FILENO) == 1;
}

Path Context::start() const {
  if (!globals.directory.empty()) return globals.directory;
  const std::string directory = environment("VTLT_DIR");
  return directory.empty() ? std::filesystem::current_path() : Path(directory);
}

repository::Options Context::options() {
  repository::Options options;
  options.start = start();
  if (const std::string state = environment("XDG_STATE_HOME"); !state.empty())
    options.state = Path(state) / "vtlt";
  else if (const std::string home = environment("HOME"); !home.empty())
    options.state = Path(home) / ".local" / "state" / "vtlt";
  const std::string wait = globals.wait.empty() ? environment("VTLT_WAIT") : globals.wait;
  if (!wait.empty())
    options.wait_ms = number_of(globals.wait.empty() ? "VTLT_WAIT" : "--wait", wait, 86'400) * 1000;
  options.actor = globals.actor.empty() ? environment("VTLT_ACTOR") : globals.actor;
  if (options.actor.empty()) options.actor = login_name();
  options.progress = &progress();
  options.software = "vtlt " VTLT_VERSION;
  return options;
}

void Context::open(bool writing) {
  repository::Options wanted = options();
  repository_ = std::make_unique<repository::Repository>(files_, wanted, writing);
  if (!writing) return;
  // What the office has set for this desk stands before the login name and the usual wait.
  const auto set = [&](const char* key, const std::string& flag, const char* variable) {
    return flag.empty() && environment(variable).empty() ? repository_->catalogue().config(key)
                                                         : std::string();
  };
  const std::string name = set("actor.name", globals.actor, "VTLT_ACTOR");
  const std::string wait = set("wait", globals.wait, "VTLT_WAIT");
  const int wait_ms = wait.empty() ? wanted.wait_ms : number_of("wait", wait, 86'400) * 1000;
  if ((name.empty() || name == wanted.actor) && wait_ms == wanted.wait_ms) return;
  if (!name.empty()) wanted.actor = name;
  wanted.wait_ms = wait_ms;
  repository_.reset();
  repository_ = std::make_unique<repository::Repository>(files_, wanted, writing);
}

repository::Repository& Context::write() {
  wrote = true;
  open(true);
  return *repository_;
}

repository::Repository& Context::look(Report& report) {
  open(false);
  using repository::Condition;
  const auto events = static_cast<std::int64_t>(repository_->known_events());
  switch (repository_->condition()) {
    case Condition::good:
      break;
    case Condition::behind:
      report.condition(Message("cmd.condition.behind", {{"events", events}}));
      break;
    case Condition::older_copy:
      report.condition(Message("cmd.condition.older_copy"));
      break;
    case Condition::read_only:
      report.condition(Message("cmd.condition.read_only"));
      break;
    case Condition::damaged:
      report.condition(Message("cmd.condition.damaged"));
      break;
  }
  return *repository_;
}

repository::ReferenceContext Context::references(bool writing, int year) const {
  return {globals.fonds, year, writing, current_year()};
}

Progress& Context::progress() {
  if (!progress_) progress_ = make_progress(*this);
  return *progress_;
}

text::Date today() {
  return *text::from_iso(to_date(now()));
}
int current_year() {
  return vtlt::year_of(now());
}

void wrong_value(const std::string& flag, const std::string& value, const Message& expected) {
  throw Error(Exit::usage, "VTLT-USE-03",
              Message("cmd.use.value", {{"flag", flag}, {"value", text::printable(value)}}), expected);
}

void missing(const std::string& flag) {
  throw Error(Exit::usage, "VTLT-USE-02", Message("cmd.use.missing", {{"flag", flag}}));
}

const std::string& need(const std::string& flag, const std::string& value) {
  if (value.empty()) missing(flag);
  return value;
}

text::Date date_of(const std::string& flag, const std::string& value) {
  if (value.empty()) return {};
  const auto date = text::parse_date(value);
  if (!date) wrong_value(flag, value, Message("cmd.expected.date"));
  return *date;
}

std::string until_of(const std::string& flag, const std::string& value) {
  text::Date date = date_of(flag, value);
  if (date.empty()) return {};
  if (date.month == 0) date.month = 12;
  // Dates are compared as text: no month has a day after its 31st.
  return date.day == 0 ? text::to_iso(date) + "-31" : text::to_iso(date);
}

records::SortBy sort_of(const std::string& value) {
  if (value.empty()) return records::SortBy::usual;
  const auto sort = records::parse_sort(value);
  if (!sort) wrong_value("--sort", value, Message("cmd.expected.one_of", {{"values", records::kSorts}}));
  return *sort;
}

int number_of(const std::string& flag, const std::string& value, int most) {
  if (value.empty()) return 0;
  int number = -1;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc() || end != value.data() + value.size() || number < 0 || number > most)
    wrong_value(flag, value, Message("cmd.expected.number", {{"most", std::to_string(most)}}));
  return number;
}

int year_of(const std::string& flag, const std::string& value) {
  const bool digits = value.size() == 4 && value.find_first_not_of("0123456789") == std::string::npos;
  const int year = digits ? number_of(flag, value, 9999) : 0;
  if (!value.empty() && year < 1800) wrong_value(flag, value, Message("cmd.expected.year"));
  return year;
}

}  // namespace vtlt::cmd
