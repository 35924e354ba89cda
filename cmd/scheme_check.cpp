// vtlt scheme check: what stands to be said about a scheme, with line and column. Needs no repository and
// never writes.
#include <algorithm>

#include "commands.h"
#include "output.h"
#include "scheme_text.h"
#include "text/text.h"
#include "views.h"

namespace vtlt::cmd {
namespace {

struct CheckOptions {
  std::vector<std::string> files;
  bool strict = false;
};

struct Source {
  std::string path, text;
  const scheme::Scheme* in_use = nullptr;  // with what was confirmed; nullptr: to be loaded
};

struct Judged {
  std::string path;
  scheme::Summary summary;
  std::vector<Finding> findings;
  std::int64_t errors = 0, warnings = 0, notes = 0;
};

bool part_of_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

// Where `word` stands by itself, from an offset on; npos: nowhere.
std::size_t find_word(std::string_view text, std::string_view word, std::size_t from = 0) {
  for (std::size_t at = text.find(word, from); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || !part_of_word(text[at - 1])) && (end == text.size() || !part_of_word(text[end])))
      return at;
  }
  return std::string_view::npos;
}

std::string_view line_of(std::string_view text, long number) {
  for (; number > 1; --number) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + 1);
  }
  return text.substr(0, text.find('\n'));
}

// A finding about the whole is shown at the first line that names the thing; the column is where it is named,
// else where the line begins.
void locate(const std::string& text, Finding& finding) {
  if (finding.line == 0) {
    const std::size_t at = finding.ref.empty() ? std::string::npos : find_word(text, finding.ref);
    if (at == std::string::npos) return;
    finding.line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
  }
  const std::string_view line = line_of(text, finding.line);
  std::size_t at = finding.ref.empty() ? std::string_view::npos : find_word(line, finding.ref);
  if (at == std::string_view::npos) at = std::min(line.find_first_not_of(" -{"), line.size());
  finding.message.args.emplace_back("column",
                                    static_cast<std::int64_t>(text::length(line.substr(0, at))) + 1);
}

Judged judge(Context& context, const Source& source, bool strict) {
  Judged judged;
  judged.path = text::printable(source.path);
  try {
    const scheme::Scheme scheme =
        source.in_use != nullptr ? *source.in_use : scheme::load({source.path, source.text});
    judged.summary = scheme::summary(scheme);
    judged.findings = scheme::check(scheme);
    for (Finding& finding : judged.findings)
      locate(source.text, finding);
    if (source.in_use == nullptr) {
      const std::size_t before = judged.findings.size();
      holidays_beside(context, source.path, scheme, judged.findings);
      for (std::size_t i = before; i < judged.findings.size(); ++i)
        locate(source.text, judged.findings[i]);
    }
  } catch (const Error& error) {
    // What cannot be read is what there is to say of it.
    if (error.exit() != Exit::usage) throw;
    judged.findings.push_back(
        {error.code(), Level::error, {}, error.path() == source.path ? "" : text::printable(error.path()), error.line(),
         error.message(), error.hint(), {}});
  }
  for (Finding& finding : judged.findings) {
    if (finding.path.empty()) finding.path = judged.path;
    if (strict && finding.level == Level::warning) finding.level = Level::error;
    ++(finding.level == Level::error     ? judged.errors
       : finding.level == Level::warning ? judged.warnings
                                         : judged.notes);
  }
  return judged;
}

std::string json_of(const Judged& judged) {
  return Object()
      .add("path", judged.path)
      .yes("passed", judged.errors == 0)
      .add("classes", judged.summary.classes)
      .add("rules", judged.summary.rules)
      .add("baseline_rules", judged.summary.baseline)
      .add("errors", judged.errors)
      .add("warnings", judged.warnings)
      .add("notes", judged.notes)
      .text();
}

std::vector<Source> sources(Context& context, Report& report, const CheckOptions& o) {
  std::vector<Source> all;
  for (const std::string& path : o.files) {
    if (!context.files().stat(path))
      throw Error(Exit::usage, "VTLT-USE-05", Message("cmd.no_file", {{"path", text::printable(path)}}));
    all.push_back({path, read_whole(context.files(), path, 8u << 20), nullptr});
  }
  if (!all.empty()) return all;
  auto& repository = context.look(report);
  const auto fonds = repository.fonds(context.globals.fonds);
  const Path path = repository.root() / "schemes" / (fonds.scheme + ".yaml");
  std::string text = scheme_in_use(repository, fonds);
  all.push_back({path.string(), std::move(text), &repository.scheme(fonds.fonds.id)});
  return all;
}

int run(Context& context, const CheckOptions& o) {
  Report report;
  bool errors = false;
  std::int64_t notes = 0;
  std::vector<std::string> rows;
  for (const Source& source : sources(context, report, o)) {
    const Judged judged = judge(context, source, o.strict);
    errors = errors || judged.errors > 0;
    notes += judged.notes;
    report.say(
        judged.errors == 0
            ? Message("cmd.scheme.passed", {{"path", judged.path},
                                            {"classes", std::int64_t{judged.summary.classes}},
                                            {"rules", std::int64_t{judged.summary.rules}},
                                            {"warnings", judged.warnings}})
            : Message("cmd.scheme.failed",
                      {{"path", judged.path}, {"errors", judged.errors}, {"warnings", judged.warnings}}));
    report.found(judged.findings);
    rows.push_back(json_of(judged));
  }
  if (notes > 0 && !context.globals.verbose) report.say(Message("cmd.scheme.notes", {{"count", notes}}));
  report.result(Object().yes("passed", !errors).raw("schemes", array(rows)).text());
  report.show(context);
  return static_cast<int>(errors ? Exit::findings : Exit::done);
}

}  // namespace

void add_scheme_check(CLI::App& parent, Context& context, Chosen& chosen) {
  Command command(parent, context, chosen, "check", Message("command.scheme.check"), Statuses::judging);
  auto o = std::make_shared<CheckOptions>();
  command.places("files", o->files, Message("place.scheme.files"));
  command.flag("--strict", o->strict, Message("option.strict"));
  command.example("vtlt scheme check khung-phan-loai.yaml");
  command.example("vtlt scheme check");
  command.run([&context, o] { return run(context, *o); });
}

}  // namespace vtlt::cmd
