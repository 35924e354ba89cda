#include "verify_report.h"

#include <algorithm>
#include <set>

#include "output.h"
#include "package/check_report.h"
#include "text/text.h"
#include "views.h"

namespace vtlt::cmd {

std::size_t errors_of(const Checked& checked) {
  std::size_t count = 0;
  for (const Finding& finding : checked.findings)
    count += finding.level == Level::error ? package::stands_for(finding) : 0;
  return count;
}

namespace {

Message verdict_of(const Checked& checked) {
  if (errors_of(checked) > 0) return Message("cmd.verify.failed");
  return checked.complete ? Message("cmd.verify.passed") : Message("cmd.verify.no_verdict");
}

// Colours, and leaving out what is right (--quiet), are for the terminal, not for a computer file.
std::string in(const Context& context, bool terminal, Style style, const std::string& words) {
  return terminal ? context.paint(style, words) : words;
}

std::string finding_line(const Context& context, const Finding& finding, bool unread, bool terminal) {
  const Style style = finding.level == Level::error     ? Style::bad
                      : finding.level == Level::warning ? Style::attention
                                                        : Style::faint;
  std::string line = "  " + in(context, terminal, style, level_shown(context, finding, unread)) + " " +
                     finding.code + " " + finding_text(context, finding);
  if (!finding.basis.empty()) line += "  (" + finding.basis + ")";
  return line;
}

void say_one(const Context& context, Report& report, const Checked& checked, bool terminal) {
  if (checked.aside) {
    for (const Finding& finding : checked.findings)
      report.say_text(finding_line(context, finding, false, terminal));
    return;
  }
  std::vector<const Finding*> told;
  for (std::size_t i = 0; i < checked.findings.size(); ++i)
    if (checked.findings[i].level != Level::note || context.globals.verbose || checked.unread ||
        checked.accepted.count(i) > 0)
      told.push_back(&checked.findings[i]);
  if (terminal && context.globals.quiet && checked.complete && told.empty()) return;
  const std::size_t errors = errors_of(checked);
  const Style style = errors > 0 ? Style::bad : checked.complete ? Style::good : Style::attention;
  std::string head = checked.name + "  " + in(context, terminal, style, context.text(verdict_of(checked)));
  if (errors > 0)
    head += "  " + context.text(Message("cmd.verify.errors", {{"count", static_cast<std::int64_t>(errors)}}));
  if (!checked.format.empty()) head += "  " + checked.format;
  report.say_text(head);
  for (const Finding* finding : told)
    report.say_text(finding_line(context, *finding, checked.unread, terminal));
  if (checked.repository) {
    report.say(Message("cmd.verify.repository", {{"events", static_cast<std::int64_t>(checked.events)},
                                                 {"documents", static_cast<std::int64_t>(checked.documents)},
                                                 {"files", static_cast<std::int64_t>(checked.files)}}));
    if (checked.blanked > 0)
      report.say(Message("cmd.verify.blanked", {{"count", static_cast<std::int64_t>(checked.blanked)}}));
    for (const std::string& printed : checked.heads)
      report.say(Message("cmd.verify.head", {{"head", printed}}));
  }
}

}  // namespace

std::string sum_shown(const Context& context, const std::vector<Checked>& all) {
  std::int64_t passed = 0, failed = 0, open = 0;
  std::uint64_t files = 0, bytes = 0;
  bool packages = false, repositories = false, whole = true;
  std::int64_t count = 0;
  for (const Checked& checked : all) {
    if (checked.aside) continue;
    ++count;
    // Where reading stopped at the first fault, "100%" would be untrue.
    whole = whole && checked.complete && (errors_of(checked) == 0 || checked.computer_files > 0);
    if (errors_of(checked) > 0)
      ++failed;
    else if (checked.complete)
      ++passed;
    else
      ++open;
    files += checked.computer_files;
    bytes += checked.bytes;
    (checked.repository ? repositories : packages) = true;
  }
  const std::vector<std::pair<std::string, MessageArg>> args = {{"count", count},
                                                                {"passed", passed},
                                                                {"failed", failed},
                                                                {"open", open},
                                                                {"files", static_cast<std::int64_t>(files)},
                                                                {"bytes", context.bytes(bytes)}};
  std::string line = context.text(packages && !repositories ? Message("cmd.verify.sum.packages", args)
                                  : count == 1              ? Message("cmd.verify.sum.repository", args)
                                                            : Message("cmd.verify.sum.several", args));
  if (open > 0) line += context.text(Message("cmd.verify.sum.open", args));
  line += "; " +
          context.text(whole ? Message("cmd.verify.read.all", args) : Message("cmd.verify.read.part", args));
  return line + " " + context.text(Message("cmd.verify.meaning"));
}

std::string level_shown(const Context& context, const Finding& finding, bool unread) {
  return context.text(Message(unread                            ? "cmd.level.unread"
                              : finding.level == Level::error   ? "cmd.level.error"
                              : finding.level == Level::warning ? "cmd.level.warning"
                                                                : "cmd.level.note"));
}

std::string contents_shown(const Context& context, const std::vector<Checked>& all) {
  package::ContentCounts sum;
  for (const Checked& checked : all) {
    const package::ContentCounts& one = checked.contents;
    sum.files += one.files;
    sum.looked += one.looked;
    sum.in_part += one.in_part;
    sum.unknown += one.unknown;
    sum.pdf += one.pdf;
    sum.pdfa += one.pdfa;
    sum.pdfa_unknown += one.pdfa_unknown;
    sum.pages_unknown += one.pages_unknown;
  }
  if (sum.files == 0) return "";
  const auto said = [&](const char* key, std::uint64_t count, std::uint64_t more) {
    return context.text(Message(
        key, {{"count", static_cast<std::int64_t>(count)}, {"more", static_cast<std::int64_t>(more)}}));
  };
  std::string line = said("cmd.verify.contents", sum.looked, sum.files);
  if (sum.pdf > 0) line += said("cmd.verify.contents.pdf", sum.pdf, sum.pdfa);
  if (sum.in_part > 0) line += said("cmd.verify.contents.part", sum.in_part, 0);
  if (sum.pdfa_unknown > 0) line += said("cmd.verify.contents.pdfa", sum.pdfa_unknown, 0);
  if (sum.pages_unknown > 0) line += said("cmd.verify.contents.pages", sum.pages_unknown, 0);
  if (sum.unknown > 0) line += said("cmd.verify.contents.unknown", sum.unknown, 0);
  return line + ".";
}

namespace {

void say_all(const Context& context, Report& report, const Verified& verified, bool terminal) {
  for (const Checked& checked : verified.all)
    say_one(context, report, checked, terminal);
  if (const std::string contents = contents_shown(context, verified.all); !contents.empty())
    report.say_text(contents);
  if (!verified.profile_id.empty())
    report.say(Message("cmd.verify.profile", {{"profile", profile_shown(verified)}}));
  report.say_text(sum_shown(context, verified.all));
}

std::string json_of(const package::ContentCounts& counts) {
  const auto number = [](std::uint64_t value) { return static_cast<std::int64_t>(value); };
  return Object()
      .add("files", number(counts.files))
      .add("looked_at", number(counts.looked))
      .add("in_part", number(counts.in_part))
      .add("unknown", number(counts.unknown))
      .add("pdf", number(counts.pdf))
      .add("pdfa_claimed", number(counts.pdfa))
      .add("pdfa_not_seen", number(counts.pdfa_unknown))
      .add("pages_not_seen", number(counts.pages_unknown))
      .text();
}

std::string json_of(const Context& context, const Checked& checked) {
  std::vector<std::string> findings, heads;
  for (const Finding& finding : checked.findings)
    findings.push_back(cmd::json_of(context, finding));
  for (const std::string& head : checked.heads)
    heads.push_back(journal::json_string(head));
  Object object;
  object.add("name", checked.name)
      .add("kind", std::string(checked.repository ? "repository" : "package"))
      .add("format", checked.format)
      .add("verdict", std::string(errors_of(checked) > 0 ? "failed"
                                  : checked.complete     ? "passed"
                                                         : "no_verdict"))
      .yes("complete", checked.complete)
      .add("computer_files_read", static_cast<std::int64_t>(checked.computer_files))
      .add("bytes_read", static_cast<std::int64_t>(checked.bytes))
      .add("documents", static_cast<std::int64_t>(checked.documents));
  if (checked.contents.files > 0) object.raw("contents", json_of(checked.contents));
  if (checked.repository)
    object.add("files", static_cast<std::int64_t>(checked.files))
        .add("events", static_cast<std::int64_t>(checked.events))
        .add("blanked", static_cast<std::int64_t>(checked.blanked))
        .raw("heads", array(heads));
  return object.raw("findings", array(findings)).text();
}

std::string json_report(const Context& context, const Verified& verified) {
  const std::vector<Checked>& all = verified.all;
  std::vector<std::string> rows, findings;
  for (const Checked& checked : all) {
    if (!checked.aside) rows.push_back(json_of(context, checked));
    for (Finding finding : checked.findings) {
      if (finding.ref.empty()) finding.ref = checked.name;
      findings.push_back(cmd::json_of(context, finding));
    }
  }
  Object result;
  result.raw("checked", array(rows));
  if (!verified.profile_id.empty())
    result.raw("profile", Object()
                              .add("id", verified.profile_id)
                              .add("version", verified.profile_version)
                              .add("sha256", verified.profile_sha256)
                              .text());
  return "{\"vtlt\":1,\"command\":\"verify\",\"result\":" + result.text() +
         ",\"findings\":" + array(findings) + ",\"next\":[]}\n";
}

}  // namespace

namespace {

// What vtlt, a profile or a path says, never what stands in a package: a list of what may be shown, so that a
// new sentence tells too little and not too much. Numbers that were counted are no text and stay.
bool may_be_shown(const std::string& key, const std::string& name, const std::string& words) {
  static const std::set<std::string> always = {
      "path", "element", "attribute", "expected", "allowed", "label", "limit", "line", "list",
      "what", "schema",  "extension", "method",   "system",  "use",   "seq",   "row",  "mime"};
  if (always.count(name) > 0) return true;
  // The year of a code is in paths as well; an algorithm that was computed is vtlt's name of it.
  if (key == "package.check.p38" || key == "package.check.checksum") return true;
  if (name == "name") return key.starts_with("package.check.") || key.starts_with("profile.");
  // A word of vtlt's own in the reader's language.
  return words.size() > 2 && words.front() == '{' && words.back() == '}' &&
         text::has_message(words.substr(1, words.size() - 2));
}

}  // namespace

void redact(Finding& finding) {
  for (Message* message : {&finding.message, &finding.hint})
    for (auto& [name, value] : message->args)
      if (auto* words = std::get_if<std::string>(&value);
          words != nullptr && !may_be_shown(message->key, name, *words))
        *words = "…";
  finding.ref.clear();
}

std::vector<ReportWish> report_wishes(const Context& context, const std::vector<std::string>& words) {
  static const std::set<std::string> known = {"text", "json", "junit", "sarif", "html"};
  std::vector<ReportWish> wishes;
  int on_stdout = 0;
  for (const std::string& word : words) {
    const auto equals = word.find('=');
    ReportWish wish{word.substr(0, equals), equals == std::string::npos ? "" : word.substr(equals + 1)};
    if (known.count(wish.kind) == 0 || (equals != std::string::npos && wish.path.empty()))
      wrong_value("--report", word, Message("cmd.expected.report"));
    if (wish.path == "-") wish.path.clear();
    on_stdout += wish.path.empty() ? 1 : 0;
    for (const ReportWish& other : wishes)
      if (!wish.path.empty() && other.path == wish.path)
        throw Error(Exit::usage, "VTLT-USE-04",
                    Message("cmd.verify.same_file", {{"path", text::printable(wish.path)}}));
    wishes.push_back(std::move(wish));
  }
  const bool json_too =
      context.json() && std::any_of(wishes.begin(), wishes.end(), [](const ReportWish& wish) {
        return wish.path.empty() && wish.kind != "json";
      });
  if (on_stdout > 1 || json_too) throw Error(Exit::usage, "VTLT-USE-04", Message("cmd.verify.one_stdout"));
  return wishes;
}

// Before hours of reading: a name that cannot be written to is a mistake of the command.
void check_reports(Context& context, const std::vector<ReportWish>& wishes) {
  for (const ReportWish& wish : wishes)
    if (!wish.path.empty()) Sink::require(context.files(), wish.path, "cmd.verify.report.directory");
}

std::string profile_shown(const Verified& verified) {
  return verified.profile_id + " " + verified.profile_version + ", SHA-256 " + verified.profile_sha256;
}

std::optional<Error> show_checked(Context& context, const Verified& verified,
                                  const std::vector<ReportWish>& wishes) {
  const auto said = [&](const std::string& kind) -> std::string {
    if (kind == "json") return json_report(context, verified);
    if (kind == "junit") return junit_of(context, verified);
    if (kind == "sarif") return sarif_of(context, verified);
    return html_of(context, verified);
  };
  const auto write = [&](const ReportWish& wish) {
    Sink sink(context, wish.path.empty() ? Path(context.globals.output) : Path(wish.path));
    if (wish.kind == "text") {
      Report report;
      say_all(context, report, verified, false);
      report.show_head(context, sink);
    } else {
      sink.write(said(wish.kind));
    }
    sink.finish();
  };
  // What cannot be written takes nothing from what was found: the others and the verdict are shown first.
  std::optional<Error> failed;
  bool on_stdout = false;
  for (const ReportWish& wish : wishes) {
    if (wish.kind == "text" && wish.path.empty()) continue;
    try {
      write(wish);
    } catch (const Error& error) {
      if (wish.path.empty() || error.exit() == Exit::interrupted) throw;
      if (!failed) failed = error;
    }
    on_stdout = on_stdout || wish.path.empty();
  }
  if (!on_stdout) {
    Sink sink(context);
    if (context.json()) {
      sink.write(json_report(context, verified));
    } else {
      Report report;
      say_all(context, report, verified, true);
      report.show_head(context, sink);
    }
    sink.finish();
  }
  return failed;
}

}  // namespace vtlt::cmd
