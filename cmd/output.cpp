#include "output.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "base/encoding.h"
#include "journal/journal.h"
#include "text/text.h"

namespace vtlt::cmd {
namespace {

constexpr std::size_t kBuffer = 1u << 16;

bool spoken = false;

void write_descriptor(int descriptor, std::string_view bytes) {
  spoken = spoken || (descriptor == STDOUT_FILENO && !bytes.empty());
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      if (errno == EPIPE) throw ReaderGone{};
      throw Error(Exit::no_verdict, "VTLT-IO-OUTPUT",
                  Message("cmd.output.failed", {{"reason", std::generic_category().message(errno)}}));
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

std::string json_text(const std::string& words) {
  return journal::json_string(is_utf8(words) ? words : text::printable(words));
}

const char* level_key(Level level) {
  switch (level) {
    case Level::note:
      return "cmd.level.note";
    case Level::warning:
      return "cmd.level.warning";
    case Level::error:
      break;
  }
  return "cmd.level.error";
}

// A place in a line comes as the number {column} of the message.
std::int64_t column_of(const Finding& finding) {
  for (const auto& [name, value] : finding.message.args)
    if (const auto* number = std::get_if<std::int64_t>(&value); number != nullptr && name == "column")
      return *number;
  return 0;
}

const char* level_text(Level level) {
  return level == Level::error ? "error" : level == Level::warning ? "warning" : "note";
}

// A sentence that begins small gets its class of refusal in front: "Chưa được: …". What was understood and
// not found stands alone.
const char* prefix_key(const Error& error) {
  switch (error.exit()) {
    case Exit::interrupted:
      return "";
    case Exit::usage:
      return error.code().rfind("VTLT-USE-", 0) == 0 ? "cmd.error.usage" : "";
    case Exit::refused:
      return "cmd.error.refused";
    case Exit::busy:
      return "cmd.error.busy";
    case Exit::bug:
      return "cmd.error.bug";
    default:
      break;
  }
  return "cmd.error.no_verdict";
}

// A sentence that begins with a capital stands alone.
bool begins_small(const std::string& words) {
  std::size_t letter = 1;
  while (letter < words.size() && (static_cast<unsigned char>(words[letter]) & 0xC0) == 0x80)
    ++letter;
  const std::string first = words.substr(0, letter);
  return text::fold_case(first) == first;
}

// What stands against it: a few reasons go into the sentence, many get a line each.
void tell_reasons(const Context& context, const Error& error, std::string& words, std::string& lines,
                  std::string& hints) {
  const std::vector<Finding> all = error.findings();
  std::vector<Finding> reasons;
  for (const Finding& finding : all)
    if (finding.level == Level::error) reasons.push_back(finding);
  const bool few = !words.empty() && words.back() == ':' && !reasons.empty() && reasons.size() <= 4;
  std::vector<std::string> said;
  for (std::size_t i = 0; few && i < reasons.size(); ++i) {
    words += (i == 0 ? " " : "; ") + context.text(reasons[i].message);
    const std::string hint = context.text(reasons[i].hint);
    if (hint.empty() || std::find(said.begin(), said.end(), hint) != said.end()) continue;
    said.push_back(hint);
    hints += context.paint_error(Style::next, "→ ") + hint + "\n";
  }
  for (const Finding& finding : few ? std::vector<Finding>() : reasons)
    lines += context.paint_error(Style::bad, " ! ") + finding_text(context, finding) + "\n";
}

std::string capitalised(std::string words) {
  if (words.rfind("đ", 0) == 0) return "Đ" + words.substr(2);
  if (!words.empty() && words[0] >= 'a' && words[0] <= 'z')
    words[0] = static_cast<char>(words[0] - 'a' + 'A');
  return words;
}

}  // namespace

int terminal_width(const Context& context) {
  winsize size{};
  if (!context.globals.output.empty() || ::isatty(STDOUT_FILENO) != 1 ||
      ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0)
    return 0;  // a pipe takes what comes
  return size.ws_col;
}

bool has_spoken() {
  return spoken;
}

Sink::Sink(Context& context) : files_(context.files()) {
  begin(context.globals.output);
}
Sink::Sink(Context& context, const Path& path) : files_(context.files()) {
  begin(path);
}

void Sink::require(Files& files, const Path& path, const char* if_folder) {
  if (const auto stat = files.stat(path)) {
    if (stat->kind == FileKind::directory)
      throw Error(Exit::usage, "VTLT-USE-05", Message(if_folder, {{"path", text::printable(path.string())}}));
    return;
  }
  const Path folder = path.has_parent_path() ? path.parent_path() : Path(".");
  const auto around = files.stat(folder);
  if (!around || around->kind != FileKind::directory)
    throw Error(Exit::usage, "VTLT-USE-05",
                Message("cmd.output.no_folder", {{"path", text::printable(folder.string())}}));
}

void Sink::begin(const Path& path) {
  path_ = path == "-" ? Path() : path;
  if (path_.empty()) return;
  require(files_, path_);
  // A device or pipe is written as it is.
  if (const auto stat = files_.stat(path_); stat && stat->kind != FileKind::file) {
    file_ = files_.open(path_, OpenMode::read_write);
    return;
  }
  temporary_ = path_;
  temporary_ += ".tmp-" + hex(random_128()).substr(0, 8);
  file_ = files_.open(temporary_, OpenMode::create_new);
}

Sink::~Sink() {
  if (temporary_.empty() || !file_) return;
  try {
    file_.reset();
    files_.remove_file(temporary_);
  } catch (const Error&) {  // the first failure has been told
  }
}

void Sink::write(std::string_view bytes) {
  bytes_ += bytes.size();
  buffer_ += bytes;
  if (buffer_.size() < kBuffer) return;
  if (file_)
    file_->append(as_bytes(buffer_));
  else
    write_descriptor(STDOUT_FILENO, buffer_);
  buffer_.clear();
}

void Sink::finish() {
  if (file_ && !buffer_.empty()) file_->append(as_bytes(buffer_));
  if (!file_) write_descriptor(STDOUT_FILENO, buffer_);
  buffer_.clear();
  if (temporary_.empty() || !file_) return;
  file_.reset();
  files_.rename(temporary_, path_);
  temporary_.clear();
}

std::string json_of(const Context& context, const Finding& finding) {
  std::string json =
      "{\"code\":" + json_text(finding.code) + ",\"level\":\"" + level_text(finding.level) + "\"";
  const auto add = [&](const char* key, const std::string& value) {
    if (!value.empty()) json += std::string(",\"") + key + "\":" + json_text(value);
  };
  add("ref", finding.ref);
  add("path", finding.path);
  if (finding.line > 0) json += ",\"line\":" + std::to_string(finding.line);
  if (const auto column = column_of(finding); column > 0) json += ",\"column\":" + std::to_string(column);
  add("message", context.text(finding.message));
  add("hint", context.text(finding.hint));
  add("basis", finding.basis);
  return json + "}";
}

std::string in_fonds(const Context& context, const std::string& command) {
  if (context.globals.fonds.empty()) return command;
  for (const char* of_fonds : {"register", "file", "package", "print", "show", "log", "status", "list"})
    if (command.rfind("vtlt " + std::string(of_fonds), 0) == 0)
      return command + " --fonds " + context.globals.fonds;
  return command;
}

std::string finding_text(const Context& context, const Finding& finding) {
  std::string words;
  if (!finding.path.empty()) {
    words += text::printable(finding.path);
    if (finding.line > 0) words += ":" + std::to_string(finding.line);
    if (const auto column = column_of(finding); column > 0) words += ":" + std::to_string(column);
    words += "  ";
  } else if (finding.line > 0) {
    const std::string row = context.text(Message("cmd.row", {{"row", std::to_string(finding.line)}}));
    if (text::fold_case(context.text(finding.message)).rfind(row, 0) != 0) words += row + ": ";
  } else if (!finding.ref.empty()) {
    words += finding.ref + ": ";
  }
  words += context.text(finding.message);
  if (!finding.hint.empty())
    words += " · " + context.text(Message("cmd.mend", {{"how", context.text(finding.hint)}}));
  return words;
}

std::string Report::json_tail(const Context& context) const {
  std::string json = ",\"findings\":[";
  bool first = true;
  for (const Message& condition : conditions_) {
    json += first ? "" : ",";
    json += json_of(context, {"VTLT-CONDITION", Level::warning, {}, {}, 0, condition, {}, {}});
    first = false;
  }
  for (const Finding& finding : findings_) {
    json += (first ? "" : ",") + json_of(context, finding);
    first = false;
  }
  json += "],\"next\":[";
  first = true;
  for (const Next& step : next_) {
    json += (first ? "" : ",") + json_text(in_fonds(context, step.command));
    first = false;
  }
  return json + "]}\n";
}

void Report::show_head(Context& context, Sink& sink) const {
  for (const Message& condition : conditions_)
    sink.write(context.paint(Style::attention, " ! ") + context.text(condition) + "\n");
  for (const Line& line : lines_) {
    if (context.globals.quiet && context.wrote && !line.lacking) continue;
    const std::string words = line.message.empty() ? line.words : context.text(line.message);
    sink.write((line.lacking ? context.paint(Style::attention, " ! ") : "") + words + "\n");
  }
}

void Report::show_tail(Context& context, Sink& sink) const {
  for (const Finding& finding : findings_) {
    if (finding.level == Level::note && !context.globals.verbose) continue;
    const Style style = finding.level == Level::error ? Style::bad : Style::attention;
    std::string words = context.paint(style, " ! ");
    if (finding.level == Level::error) words += context.text(Message(level_key(finding.level))) + " ";
    words += finding_text(context, finding);
    if (!finding.code.empty()) words += "  " + context.paint(Style::faint, "[" + finding.code + "]");
    sink.write(words + "\n");
  }
  if (context.globals.quiet) return;
  for (const Next& step : next_) {
    std::string words = context.paint(Style::next, "→ ");
    if (!step.why.empty()) words += context.text(step.why) + ": ";
    sink.write(words + in_fonds(context, step.command) + "\n");
  }
}

void Report::show(Context& context) const {
  if (!context.json() && context.format() != Format::table)
    throw Error(Exit::usage, "VTLT-USE-04", Message("cmd.use.no_rows", {{"format", context.globals.format}}));
  Sink sink(context);
  if (context.json()) {
    sink.write("{\"vtlt\":1,\"command\":" + json_text(context.command) + ",\"result\":" + result_ +
               json_tail(context));
  } else {
    show_head(context, sink);
    show_tail(context, sink);
  }
  sink.finish();
}

void show_error(Context& context, const Error& error) {
  const std::string where = error.path().empty() ? "" : text::printable(error.path());
  if (context.json()) {
    Finding finding{error.code(), Level::error, {}, where, error.line(), error.message(), error.hint(), {}};
    std::string out = "{\"vtlt\":1,\"command\":" + json_text(context.command) +
                      ",\"result\":null,\"findings\":[" + json_of(context, finding);
    for (const Finding& reason : error.findings())
      out += "," + json_of(context, reason);
    out += "],\"next\":[]}\n";
    write_descriptor(STDOUT_FILENO, out);
    return;
  }
  std::string words = context.text(error.message());
  std::string prefix;
  if (begins_small(words)) {
    if (const std::string key = prefix_key(error); !key.empty())
      prefix = context.text(Message(std::string(key))) + " ";
    else
      words = capitalised(words);
  }
  if (!where.empty() && words.find(where) == std::string::npos)
    words += " · " + where + (error.line() > 0 ? ":" + std::to_string(error.line()) : "");
  else if (!where.empty() && error.line() > 0 &&
           words.find(":" + std::to_string(error.line())) == std::string::npos)
    words += " · " + context.text(Message("cmd.row", {{"row", std::to_string(error.line())}}));
  std::string reasons, hints;
  tell_reasons(context, error, words, reasons, hints);
  // Several lines: the code stands at the end of the first, where it is looked for.
  const std::string code = "  " + context.paint_error(Style::faint, "[" + error.code() + "]");
  const auto line_end = words.find('\n');
  words.insert(line_end == std::string::npos ? words.size() : line_end, code);
  std::string out = context.paint_error(Style::bad, prefix) + words + "\n" + reasons;
  if (!error.hint().empty())
    out += context.paint_error(Style::next, "→ ") + context.text(error.hint()) + "\n";
  out += hints;
  write_descriptor(STDERR_FILENO, out);
}

void warn(const Context& context, const Message& what) {
  write_descriptor(STDERR_FILENO, context.paint_error(Style::attention, " ! ") + context.text(what) + "\n");
}

void Details::add(Message name, std::string value) {
  if (!value.empty()) pairs_.emplace_back(std::move(name), std::move(value));
}

void Details::show(Context& context, Report& report) const {
  int width = 0;
  for (const auto& [name, value] : pairs_)
    width = std::max(width, text::display_width(context.text(name)));
  for (const auto& [name, value] : pairs_)
    report.say_text("  " + context.paint(Style::faint, text::pad(context.text(name), width)) + "  " + value);
}

}  // namespace vtlt::cmd
