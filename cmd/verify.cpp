// vtlt verify: this repository, or packages and repositories anywhere. Never writes.
#include <algorithm>
#include <cctype>

#include "commands.h"
#include "output.h"
#include "package/package.h"
#include "repository/checking.h"
#include "text/text.h"
#include "verify_report.h"
#include "views.h"

namespace vtlt::cmd {
namespace {

struct VerifyOptions {
  std::vector<std::string> paths, reports;
  std::string head, schemas;
  bool redact = false, strict = false;
};

// "41207 · 8Q2M-V4XZ-…": what is no head was never written down, and says nothing against the repository.
void check_head(const std::string& head) {
  const std::size_t number = std::min(head.find_first_of("0123456789"), head.size());
  const std::size_t end = std::min(head.find_first_not_of("0123456789.", number), head.size());
  const auto letters = std::count_if(head.begin() + static_cast<std::ptrdiff_t>(end), head.end(),
                                     [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; });
  if (end == number || end - number > 15 || letters < 8)
    wrong_value("--head", head, Message("cmd.expected.head"));
}

void check_schemas(Context& context, const std::string& folder) {
  const auto stat = context.files().stat(folder);
  if (!stat || stat->kind != FileKind::directory)
    wrong_value("--schemas", folder, Message("cmd.expected.schemas"));
}

Checked check_repository(Context& context, const Path& start, const VerifyOptions& o) {
  repository::Options options = context.options();
  options.start = start;
  repository::CheckRequest request;
  if (!o.head.empty()) request.head = o.head;
  const auto found = repository::check(context.files(), options, request, context.progress());
  Checked checked;
  checked.repository = true;
  checked.findings = found.findings;
  checked.passed = found.passed();
  checked.complete = found.complete;
  checked.computer_files = found.objects;
  checked.bytes = found.object_bytes;
  checked.documents = found.documents;
  checked.files = found.files;
  checked.events = found.events;
  checked.blanked = found.blanked;
  for (const auto& [stream, head] : found.heads)
    checked.heads.push_back(journal::printed(head));
  return checked;
}

Checked check_package(Context& context, const Path& path, const VerifyOptions& o) {
  package::CheckOptions options;
  options.strict = o.strict;
  if (!o.schemas.empty()) options.schemas = o.schemas;
  const auto verdict = package::check(context.files(), path, options, context.progress());
  Checked checked;
  checked.format = verdict.format;
  checked.findings = verdict.findings;
  checked.passed = verdict.passed();
  checked.complete = verdict.complete;
  checked.computer_files = verdict.files_read;
  checked.bytes = verdict.bytes_read;
  checked.documents = verdict.documents;
  return checked;
}

// One thing that cannot be read is no reason to leave the others unread.
Checked check_one(Context& context, const std::string& path, const VerifyOptions& o) {
  Checked checked;
  try {
    if (!context.files().stat(path))
      throw Error(Exit::no_verdict, "VTLT-USE-05", Message("cmd.no_file", {{"path", text::printable(path)}}));
    const auto kind = package::recognise(context.files(), path);
    checked = kind == package::Found::repository ? check_repository(context, path, o)
                                                 : check_package(context, path, o);
  } catch (const Error& error) {
    if (error.exit() == Exit::interrupted || error.exit() == Exit::bug) throw;
    checked.complete = false;
    checked.findings.push_back({error.code(),
                                Level::note,
                                {},
                                text::printable(error.path()),
                                error.line(),
                                error.message(),
                                error.hint(),
                                {}});
    checked.unread = true;
  }
  checked.name = text::printable(path);
  return checked;
}

void strictly(Checked& checked) {
  for (Finding& finding : checked.findings) {
    if (finding.level == Level::warning) finding.level = Level::error;
    if (finding.level == Level::error) checked.passed = false;
  }
}

int run(Context& context, const VerifyOptions& o) {
  const auto wishes = report_wishes(o.reports);
  VerifyOptions options = o;
  // A CI log is read by strangers: codes and paths only (product.md trap 13).
  if (!environment("CI").empty() && environment("CI") != "false") options.redact = true;
  if (!o.schemas.empty()) check_schemas(context, o.schemas);
  std::vector<Checked> all;
  if (o.paths.empty()) {
    all.push_back(check_repository(context, context.start(), o));
    const auto root = repository::find(context.files(), context.start());
    all.back().name = root ? text::printable(root->parent_path().string()) : "";
  }
  if (!o.head.empty() && !o.paths.empty())
    throw Error(Exit::usage, "VTLT-USE-04", Message("cmd.verify.head_alone"));
  for (const std::string& path : o.paths)
    all.push_back(check_one(context, path, o));
  bool errors = false, complete = true;
  for (Checked& checked : all) {
    if (o.strict) strictly(checked);
    if (options.redact)
      for (Finding& finding : checked.findings)
        redact(finding);
    for (const Finding& finding : checked.findings)
      errors = errors || finding.level == Level::error;
    complete = complete && checked.complete;
  }
  show_checked(context, all, wishes);
  return static_cast<int>(errors ? Exit::findings : complete ? Exit::done : Exit::no_verdict);
}

}  // namespace

void add_verify(CLI::App& parent, Context& context, Chosen& chosen) {
  Command command(parent, context, chosen, "verify", Message("command.verify"), Statuses::judging);
  auto o = std::make_shared<VerifyOptions>();
  command.places("paths", o->paths, Message("place.verify"));
  command.values("--report", o->reports, Message("option.report"), Message("value.report"));
  command.value("--schemas", o->schemas, Message("option.schemas"), Message("value.directory"));
  command.value("--head", o->head, Message("option.head"), Message("value.head"));
  command.check("--head", check_head);
  command.flag("--strict", o->strict, Message("option.strict"));
  command.flag("--redact", o->redact, Message("option.redact"));
  command.example("vtlt verify");
  command.example("vtlt verify goi/*.zip --report junit=kq.xml --report sarif=kq.sarif --redact");
  command.run([&context, o] { return run(context, *o); });
}

}  // namespace vtlt::cmd
