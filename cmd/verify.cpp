// vtlt verify: this repository, or packages and repositories anywhere. Never writes.
#include <algorithm>
#include <cctype>

#include "commands.h"
#include "output.h"
#include "package/baseline.h"
#include "package/package.h"
#include "package/profile.h"
#include "repository/checking.h"
#include "text/text.h"
#include "verify_report.h"
#include "views.h"

namespace vtlt::cmd {
namespace {

struct VerifyOptions {
  std::vector<std::string> paths, reports;
  std::string head, schemas, profile, baseline, content;
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
  const auto entries = context.files().list(folder);
  if (std::none_of(entries.begin(), entries.end(), [](const DirectoryEntry& entry) {
        return entry.kind == FileKind::file && text::fold(entry.name).ends_with(".xsd");
      }))
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
  if (!o.profile.empty())
    checked.findings.push_back(
        {"VTLT-PROFILE-unjudged", Level::warning, {}, {}, 0, Message("profile.repository"), {}, {}});
  return checked;
}

struct Wanted {
  std::optional<package::Profile> profile;
  std::optional<package::Baseline> baseline;
  package::ContentDepth content = package::ContentDepth::quick;
};

package::ContentDepth depth_of(const std::string& word) {
  if (word.empty() || word == "quick") return package::ContentDepth::quick;
  if (word == "deep") return package::ContentDepth::deep;
  if (word == "none") return package::ContentDepth::none;
  wrong_value("--content", word, Message("cmd.expected.one_of", {{"values", "quick, deep, none"}}));
}

Checked check_package(Context& context, const Path& path, const VerifyOptions& o, const Wanted& wanted) {
  package::CheckOptions options;
  options.content = wanted.content;
  if (wanted.profile) options.profile = &*wanted.profile;
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
  checked.contents = verdict.contents;
  return checked;
}

// One thing that cannot be read is no reason to leave the others unread.
Checked check_one(Context& context, const std::string& path, const VerifyOptions& o, const Wanted& wanted) {
  Checked checked;
  try {
    if (!context.files().stat(path))
      throw Error(Exit::no_verdict, "VTLT-USE-05", Message("cmd.no_file", {{"path", text::printable(path)}}));
    checked = package::is_repository(context.files(), path) ? check_repository(context, path, o)
                                                            : check_package(context, path, o, wanted);
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
    // What could not be read is no fault of the package: it stays exit 4.
    if (finding.level == Level::warning && !finding.code.starts_with("VTLT-IO-"))
      finding.level = Level::error;
    if (finding.level == Level::error) checked.passed = false;
  }
}

// Accepted findings become notes; what is to be said of the list itself is told aside.
class Acceptance {
 public:
  Acceptance(const package::Baseline& baseline, bool redacted)
      : baseline_(baseline), redacted_(redacted), used_(baseline.entries.size(), false) {}

  // Before names are taken out: globs are of the real paths. After strictness: a warning may count as an
  // error.
  void judge(const Context& context, Checked& checked) {
    for (std::size_t i = 0; i < checked.findings.size(); ++i) {
      Finding& finding = checked.findings[i];
      const auto judged = baseline_.judge(finding, checked.name, today());
      if (judged.answer == package::Baseline::Answer::unknown) continue;
      const auto& entry = baseline_.entries[judged.entry];
      const bool first = !used_[judged.entry];
      used_[judged.entry] = true;
      if (finding.level == Level::note) continue;
      if (judged.answer == package::Baseline::Answer::accepted) {
        Finding shown = finding;
        if (redacted_) redact(shown);
        const std::string why = reason(entry);
        finding.message = Message(
            "cmd.baseline.accepted",
            {{"what", context.text(shown.message)}, {"until", text::to_dmy(entry.until)}, {"reason", why}});
        finding.hint = {};
        finding.level = Level::note;
        checked.accepted[i] = why;
      } else if (first) {
        const bool ended = judged.answer == package::Baseline::Answer::ended;
        say(ended ? "VTLT-BASELINE-20" : "VTLT-BASELINE-21", ended ? finding.level : Level::error, entry,
            ended ? Message("cmd.baseline.ended", {{"code", entry.code},
                                                   {"until", text::to_dmy(entry.until)},
                                                   {"reason", reason(entry)}})
                  : Message("cmd.baseline.never", {{"code", entry.code}}),
            ended ? Message("cmd.baseline.ended.hint") : Message("cmd.baseline.never.hint"));
      }
    }
  }

  Checked aside() {
    for (std::size_t i = 0; i < used_.size(); ++i)
      if (!used_[i])
        say("VTLT-BASELINE-22", Level::note, baseline_.entries[i],
            Message("cmd.baseline.unused", {{"code", baseline_.entries[i].code}}),
            Message("cmd.baseline.unused.hint"));
    Checked checked;
    checked.name = text::printable(baseline_.path);
    checked.aside = true;
    std::stable_sort(said_.begin(), said_.end(),
                     [](const Finding& a, const Finding& b) { return a.line < b.line; });
    checked.findings = std::move(said_);
    return checked;
  }

 private:
  std::string reason(const package::Baseline::Entry& entry) const {
    if (redacted_) return "…";
    return entry.by.empty() ? entry.reason : entry.reason + " (" + entry.by + ")";
  }
  void say(const char* code, Level level, const package::Baseline::Entry& entry, Message what, Message hint) {
    said_.push_back(
        {code, level, {}, text::printable(baseline_.path), entry.line, std::move(what), std::move(hint), {}});
  }

  const package::Baseline& baseline_;
  bool redacted_;
  std::vector<bool> used_;
  std::vector<Finding> said_;
};

int run(Context& context, const VerifyOptions& o) {
  const auto wishes = report_wishes(context, o.reports);
  check_reports(context, wishes);
  // A CI log is read by strangers: codes and paths only (product.md trap 13).
  const bool redacted = o.redact || (!environment("CI").empty() && environment("CI") != "false");
  if (!o.schemas.empty()) check_schemas(context, o.schemas);
  Wanted wanted;
  wanted.content = depth_of(o.content);
  if (!o.profile.empty()) wanted.profile = package::load_profile(context.files(), o.profile);
  if (!o.baseline.empty()) wanted.baseline = package::load_baseline(context.files(), o.baseline);
  Verified verified;
  std::vector<Checked>& all = verified.all;
  if (wanted.profile) {
    verified.profile_id = wanted.profile->id;
    verified.profile_version = wanted.profile->version;
    verified.profile_sha256 = wanted.profile->sha256;
  }
  if (o.paths.empty()) {
    all.push_back(check_repository(context, context.start(), o));
    const auto root = repository::find(context.files(), context.start());
    // Where it lies is known to who asks; a stranger reads names in it.
    all.back().name = !root ? "" : redacted ? "." : text::printable(root->parent_path().string());
  }
  if (!o.head.empty() && !o.paths.empty())
    throw Error(Exit::usage, "VTLT-USE-04", Message("cmd.verify.head_alone"));
  for (const std::string& path : o.paths)
    all.push_back(check_one(context, path, o, wanted));
  std::optional<Acceptance> acceptance;
  if (wanted.baseline) acceptance.emplace(*wanted.baseline, redacted);
  for (Checked& checked : all) {
    if (o.strict) strictly(checked);
    if (acceptance) acceptance->judge(context, checked);
    if (!redacted) continue;
    for (std::size_t i = 0; i < checked.findings.size(); ++i) {
      checked.findings[i].ref.clear();
      if (checked.accepted.count(i) == 0) redact(checked.findings[i]);
    }
  }
  if (acceptance) all.push_back(acceptance->aside());
  bool errors = false, complete = true;
  for (const Checked& checked : all) {
    for (const Finding& finding : checked.findings)
      errors = errors || finding.level == Level::error;
    complete = complete && checked.complete;
  }
  if (const auto failed = show_checked(context, verified, wishes)) {
    show_error(context, *failed);
    if (!errors) return static_cast<int>(Exit::no_verdict);
  }
  return static_cast<int>(errors ? Exit::findings : complete ? Exit::done : Exit::no_verdict);
}

}  // namespace

void add_verify(CLI::App& parent, Context& context, Chosen& chosen) {
  Command command(parent, context, chosen, "verify", Message("command.verify"), Statuses::judging);
  auto o = std::make_shared<VerifyOptions>();
  command.places("paths", o->paths, Message("place.verify"));
  command.values("--report", o->reports, Message("option.report"), Message("value.report"));
  command.value("--profile", o->profile, Message("option.profile"), Message("value.profile"));
  command.value("--baseline", o->baseline, Message("option.baseline"), Message("value.path"));
  command.value("--content", o->content, Message("option.content"), Message("value.content"));
  command.value("--schemas", o->schemas, Message("option.schemas"), Message("value.directory"));
  command.value("--head", o->head, Message("option.head"), Message("value.head"));
  command.check("--head", check_head);
  command.flag("--strict", o->strict, Message("option.strict"));
  command.flag("--redact", o->redact, Message("option.redact"));
  command.example("vtlt verify");
  command.example("vtlt verify goi/*.zip --profile luu-tru-lich-su-tinh");
  command.example("vtlt verify goi/*.zip --report junit=kq.xml --report sarif=kq.sarif --redact");
  command.run([&context, o] { return run(context, *o); });
}

}  // namespace vtlt::cmd
