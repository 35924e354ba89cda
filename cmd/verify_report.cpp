#include "verify_report.h"

#include <set>

#include "output.h"
#include "text/text.h"
#include "views.h"

namespace vtlt::cmd {
namespace {

std::size_t errors_of(const Checked& checked) {
  std::size_t count = 0;
  for (const Finding& finding : checked.findings)
    count += finding.level == Level::error ? 1 : 0;
  return count;
}

Message verdict_of(const Checked& checked) {
  if (errors_of(checked) > 0) return Message("cmd.verify.failed");
  return checked.complete ? Message("cmd.verify.passed") : Message("cmd.verify.no_verdict");
}

std::string finding_line(Context& context, const Finding& finding, bool unread) {
  const char* level = unread                            ? "cmd.level.unread"
                      : finding.level == Level::error   ? "cmd.level.error"
                      : finding.level == Level::warning ? "cmd.level.warning"
                                                        : "cmd.level.note";
  const Style style = finding.level == Level::error     ? Style::bad
                      : finding.level == Level::warning ? Style::attention
                                                        : Style::faint;
  std::string line = "  " + context.paint(style, context.text(Message(level))) + " " + finding.code + " " +
                     finding_text(context, finding);
  if (!finding.basis.empty()) line += "  (" + finding.basis + ")";
  return line;
}

void say_one(Context& context, Report& report, const Checked& checked) {
  if (checked.aside) {
    for (const Finding& finding : checked.findings)
      report.say_text(finding_line(context, finding, false));
    return;
  }
  const std::size_t errors = errors_of(checked);
  const Style style = errors > 0 ? Style::bad : checked.complete ? Style::good : Style::attention;
  std::string head = checked.name + "  " + context.paint(style, context.text(verdict_of(checked)));
  if (errors > 0)
    head += "  " + context.text(Message("cmd.verify.errors", {{"count", static_cast<std::int64_t>(errors)}}));
  if (!checked.format.empty()) head += "  " + checked.format;
  report.say_text(head);
  for (std::size_t i = 0; i < checked.findings.size(); ++i) {
    const Finding& finding = checked.findings[i];
    if (finding.level != Level::note || context.globals.verbose || checked.unread ||
        checked.accepted.count(i) > 0)
      report.say_text(finding_line(context, finding, checked.unread));
  }
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

// What was read, how many passed, and what "passed" does not say.
void say_sum(Report& report, const Context& context, const std::vector<Checked>& all) {
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
  report.say_text(line + " " + context.text(Message("cmd.verify.meaning")));
}

}  // namespace

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

void say_all(Context& context, Report& report, const Verified& verified) {
  for (const Checked& checked : verified.all)
    say_one(context, report, checked);
  if (const std::string contents = contents_shown(context, verified.all); !contents.empty())
    report.say_text(contents);
  if (!verified.profile_id.empty())
    report.say(Message("cmd.verify.profile", {{"profile", profile_shown(verified)}}));
  say_sum(report, context, verified.all);
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

// Numbers, digests, paths and names of elements tell nothing of people; anything else may.
bool harmless(const std::string& name, const std::string& words) {
  if (name == "element" || name == "attribute") return true;
  if (words.size() > 2 && words.front() == '{' && words.back() == '}') return true;
  bool sign = false;
  for (const char c : words) {
    if (c <= ' ' || static_cast<unsigned char>(c) >= 0x7F) return false;
    sign = sign || (c >= '0' && c <= '9') || std::string_view("/._:-").find(c) != std::string_view::npos;
  }
  return sign;
}

}  // namespace

void redact(Finding& finding) {
  for (Message* message : {&finding.message, &finding.hint})
    for (auto& [name, value] : message->args)
      if (auto* words = std::get_if<std::string>(&value); words != nullptr && !harmless(name, *words))
        *words = "…";
  finding.ref.clear();
}

std::vector<ReportWish> report_wishes(const std::vector<std::string>& words) {
  static const std::set<std::string> known = {"text", "json", "junit", "sarif", "html"};
  std::vector<ReportWish> wishes;
  int on_stdout = 0;
  for (const std::string& word : words) {
    const auto equals = word.find('=');
    ReportWish wish{word.substr(0, equals), equals == std::string::npos ? "" : word.substr(equals + 1)};
    if (known.count(wish.kind) == 0 || (equals != std::string::npos && wish.path.empty()))
      wrong_value("--report", word, Message("cmd.expected.report"));
    on_stdout += wish.path.empty() ? 1 : 0;
    wishes.push_back(std::move(wish));
  }
  if (on_stdout > 1) throw Error(Exit::usage, "VTLT-USE-04", Message("cmd.verify.one_stdout"));
  return wishes;
}

std::string profile_shown(const Verified& verified) {
  return (verified.profile_id + " " + verified.profile_version + ", SHA-256 ") +
         verified.profile_sha256.substr(0, 12);
}

void show_checked(Context& context, const Verified& verified, const std::vector<ReportWish>& wishes) {
  const auto said = [&](const std::string& kind) -> std::string {
    if (kind == "json") return json_report(context, verified);
    if (kind == "junit") return junit_of(context, verified);
    if (kind == "sarif") return sarif_of(context, verified);
    return html_of(context, verified);
  };
  bool on_stdout = false;
  for (const ReportWish& wish : wishes) {
    if (wish.kind == "text" && wish.path.empty()) continue;
    if (wish.kind == "text") {
      Report report;
      say_all(context, report, verified);
      Sink sink(context, wish.path);
      report.show_head(context, sink);
      sink.finish();
      continue;
    }
    Sink sink(context, wish.path.empty() ? Path(context.globals.output) : Path(wish.path));
    sink.write(said(wish.kind));
    sink.finish();
    on_stdout = on_stdout || wish.path.empty();
  }
  if (on_stdout) return;
  Sink sink(context);
  if (context.json()) {
    sink.write(json_report(context, verified));
  } else {
    Report report;
    say_all(context, report, verified);
    report.show_head(context, sink);
  }
  sink.finish();
}

}  // namespace vtlt::cmd
