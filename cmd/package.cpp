// vtlt package: files, loose documents and what a reader asked for, as packages of Thông tư 05/2025 or bags.
#include <algorithm>
#include <charconv>
#include <optional>

#include "base/clock.h"
#include "base/file_system.h"
#include "base/new_folder.h"
#include "commands.h"
#include "output.h"
#include "package/parts.h"
#include "package/profile.h"
#include "package/settings.h"
#include "repository/packing.h"
#include "text/text.h"
#include "views.h"

namespace vtlt::cmd {
namespace {

struct PackageOptions {
  std::vector<std::string> references;
  std::string kind, spec, registration, again, year, request, copy, basis, round, ordinal, schemas, profile,
      split_size;
  bool zip = false, dry_run = false, same_system = false, linked = false;
};

std::optional<package::Kind> kind_of(const std::string& kind) {
  if (kind.empty()) return std::nullopt;
  if (kind == "sip") return package::Kind::sip;
  if (kind == "aip") return package::Kind::aip;
  if (kind == "dip") return package::Kind::dip;
  wrong_value("--kind", kind, Message("cmd.expected.package_kind"));
}

package::Spec spec_of(const std::string& spec) {
  if (spec.empty() || spec == "tt05") return package::Spec::tt05;
  if (spec == "bagit-1.0") return package::Spec::bagit_1_0;
  if (spec == "csip-2.2") return package::Spec::csip_2_2;
  wrong_value("--spec", spec, Message("cmd.expected.spec"));
}

void tell(Context& context, Report& report, const repository::PackResult& result, const std::string& file,
          bool dry_run) {
  std::string article = result.chosen.article;
  if (!result.chosen.why.key.empty()) article += " (" + context.text(result.chosen.why) + ")";
  const std::vector<std::pair<std::string, MessageArg>> args = {
      {"file", file},
      {"kind", result.sort},
      {"name", result.plan.name},
      {"documents", static_cast<std::int64_t>(result.documents)},
      {"components", static_cast<std::int64_t>(result.components)},
      {"bytes", context.bytes(result.written.bytes)},
      {"path", text::printable(result.written.path.string())},
      {"article", article},
      {"sha256", result.written.sha256}};
  if (dry_run) {
    report.say(Message("cmd.package.would", args));
  } else {
    report.say(result.again ? Message("cmd.package.again", args) : Message("cmd.package.done", args));
    if (result.links > 0)
      report.say(Message("cmd.package.links", {{"links", static_cast<std::int64_t>(result.links)}}));
    if (const auto by = result.plan.details.find("by"); by != result.plan.details.end() && !result.again)
      report.say(Message("cmd.package.used", {{"by", by->second}}));
    report.say(Message("cmd.package.path", args));
    report.say(Message("cmd.package.sha256", args));
  }
  if (!article.empty()) report.say(Message("cmd.package.article", args));
  report.found(result.findings);
  if (!dry_run) report.next("vtlt verify " + typed(result.written.path.string()));
}

std::string json_of_result(const repository::PackResult& result, const std::string& file, bool dry_run) {
  return Object()
      .yes("written", !dry_run)
      .add("file", file)
      .raw("plan", journal::encode(result.plan))
      .yes("again", result.again)
      .add("documents", static_cast<std::int64_t>(result.documents))
      .add("components", static_cast<std::int64_t>(result.components))
      .add("sort", result.sort)
      .add("links", static_cast<std::int64_t>(result.links))
      .add("path", text::printable(result.written.path.string()))
      .add("objid", result.written.objid)
      .add("computer_files", static_cast<std::int64_t>(result.written.files))
      .add("bytes", static_cast<std::int64_t>(result.written.bytes))
      .add("sha256", result.written.sha256)
      .add("article", result.chosen.article)
      .text();
}

Path directory_of(Context& context) {
  const Path directory = need("-o", context.globals.output);
  const Path whole = std::filesystem::absolute(directory).lexically_normal();
  const bool inside = std::find(whole.begin(), whole.end(), Path(".vtlt")) != whole.end();
  if (directory == "-" || inside)
    throw Error(Exit::usage, "VTLT-USE-05",
                Message(inside ? "cmd.package.inside" : "cmd.output.not_directory",
                        {{"path", text::printable(directory.string())}}));
  context.globals.output.clear();  // the folder of the packages; what is said goes to stdout
  if (const auto stat = context.files().stat(directory); stat && stat->kind != FileKind::directory)
    throw Error(Exit::usage, "VTLT-USE-05",
                Message("cmd.output.not_directory", {{"path", text::printable(directory.string())}}));
  return directory;
}

// As other tools that make archives: two copies of one repository can give the same bytes on different days.
void follow_source_date() {
  const std::string value = environment("SOURCE_DATE_EPOCH");
  if (value.empty()) return;
  std::int64_t seconds = -1;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), seconds);
  // Until 9999: a year has four digits in every form.
  if (error != std::errc() || end != value.data() + value.size() || seconds < 0 || seconds > 253'370'764'800)
    wrong_value("SOURCE_DATE_EPOCH", value, Message("cmd.expected.epoch"));
  set_clock([moment = Moment{seconds * 1000}] { return moment; });
}

repository::DipUse use_of(Context& context, const PackageOptions& o) {
  repository::DipUse use;
  constexpr std::uint64_t kMost = 1u << 20;
  if (!context.files().stat(o.request))
    throw Error(Exit::usage, "VTLT-USE-05", Message("cmd.no_file", {{"path", text::printable(o.request)}}));
  use.request = scheme::read_use_request({o.request, read_whole(context.files(), o.request, kMost)});
  const auto level = package::parse_copy_level(o.copy.empty() ? "reading" : o.copy);
  if (!level)
    wrong_value("--copy", o.copy,
                Message("cmd.expected.one_of", {{"values", "reading|plain|authenticated|dip"}}));
  use.copy = *level;
  use.basis = text::nfc(o.basis);
  return use;
}

int counted(const char* flag, const std::string& words, int most, const char* expected, int otherwise) {
  if (words.empty()) return otherwise;
  int number = 0;
  const auto [end, error] = std::from_chars(words.data(), words.data() + words.size(), number);
  if (error != std::errc() || end != words.data() + words.size() || number < 1 || number > most)
    wrong_value(flag, words, Message(expected));
  return number;
}

// What an earlier package was made with stands in its plan.
void require_alone(const PackageOptions& o) {
  const bool more = !o.references.empty() || !o.kind.empty() || !o.spec.empty() || !o.registration.empty() ||
                    !o.round.empty() || !o.ordinal.empty() || !o.request.empty() || !o.copy.empty() ||
                    !o.basis.empty() || !o.year.empty() || o.same_system || o.linked || o.dry_run;
  if (more) throw Error(Exit::usage, "VTLT-USE-04", Message("cmd.package.again_alone"));
}

// A package for each file; documents by themselves, and all that a reader gets, make one together.
std::vector<repository::PackRequest> requests_of(Context& context, repository::Repository& repository,
                                                 const PackageOptions& o,
                                                 const repository::PackRequest& common) {
  using Kind = repository::Target::Kind;
  // Every reference is understood before the first package is written. A reader asks for what is old.
  const bool dip = common.kind == package::Kind::dip;
  std::vector<repository::Target> files, documents;
  for (const std::string& reference : o.references) {
    const auto target =
        repository::resolve(repository, reference, context.references(!dip, year_of("--year", o.year)));
    (target.kind == Kind::file ? files : documents).push_back(target);
  }
  std::vector<repository::PackRequest> requests;
  if (dip || files.empty()) {
    requests.push_back(common);
    requests.back().targets = files;
    requests.back().targets.insert(requests.back().targets.end(), documents.begin(), documents.end());
    return requests;
  }
  if (!documents.empty()) throw Error(Exit::usage, "VTLT-PACKAGE-07", Message("repository.pack.mixed"));
  if (!o.round.empty()) throw Error(Exit::usage, "VTLT-USE-04", Message("cmd.package.round_loose"));
  for (const auto& file : files) {
    requests.push_back(common);
    requests.back().file = file.id;
    if (common.ordinal != 0) requests.back().ordinal = common.ordinal + static_cast<int>(requests.size()) - 1;
  }
  return requests;
}

constexpr std::uint64_t kLeastPart = 1'000'000;

std::uint64_t part_size(const PackageOptions& o) {
  if (o.split_size.empty()) return 0;
  if (!o.zip) throw Error(Exit::usage, "VTLT-USE-04", Message("cmd.package.split_zip"));
  const std::uint64_t size = package::parse_bytes(o.split_size);
  if (size < kLeastPart) wrong_value("--split-size", o.split_size, Message("cmd.expected.part_size"));
  return size;
}

// What the media that packages travel on cannot hold. largest: bytes of the ZIP or of its largest part; 0: a
// folder.
void look_at_medium(const Path& directory, std::uint64_t largest, repository::PackResult& result) {
  const auto warn = [&](const char* code, Message message, Message hint) {
    Finding finding;
    finding.code = code;
    finding.level = Level::warning;
    finding.message = std::move(message);
    finding.hint = std::move(hint);
    result.findings.push_back(std::move(finding));
  };
  if (largest > fat_file_limit)
    warn("VTLT-MEDIUM-01", Message("cmd.package.fat"), Message("cmd.package.fat.hint"));
  // Windows programs stop at 260 characters, drive and folders among them.
  constexpr std::size_t kWindows = 240;
  const std::string kind = file_system_of(directory);
  const std::size_t length =
      result.written.longest + (kind.empty() ? 0 : text::length(directory.string()) + 1);
  if (length > kWindows)
    warn("VTLT-MEDIUM-02", Message("cmd.package.long_path", {{"length", static_cast<std::int64_t>(length)}}),
         Message("cmd.package.long_path.hint"));
}

// Parts that a FAT stick cannot hold either: said before the work.
void require_room(const Path& directory, const PackageOptions& o, std::uint64_t split) {
  if (split > fat_file_limit && file_system_of(directory) == "fat")
    wrong_value("--split-size", o.split_size, Message("cmd.expected.part_size"));
}

// The receiver's wishes decide what was left open.
void follow_profile(const package::Profile& profile, const PackageOptions& o,
                    repository::PackRequest& common) {
  if (o.spec.empty() && !profile.specs.empty() &&
      std::find(profile.specs.begin(), profile.specs.end(), "tt05") == profile.specs.end() &&
      std::find(profile.specs.begin(), profile.specs.end(), "bagit-1.0") != profile.specs.end())
    common.spec = package::Spec::bagit_1_0;
  const auto all_are = [&](const char* start) {
    return !profile.packages.empty() &&
           std::all_of(profile.packages.begin(), profile.packages.end(),
                       [&](const std::string& one) { return one.starts_with(start); });
  };
  if (!common.kind && all_are("sip")) common.kind = package::Kind::sip;
  if (!common.kind && all_are("aip")) common.kind = package::Kind::aip;
  if (profile.registration && common.registration.empty())
    throw Error(Exit::refused, "VTLT-PROFILE-registration",
                Message("cmd.package.profile.registration", {{"profile", profile.name()}}),
                Message("cmd.package.profile.registration.hint"));
}

// A package that its receiver would send back is neither left lying about nor written down.
void require_profile(Context& context, const package::Profile& profile, const Path& path) {
  package::CheckOptions options;
  options.profile = &profile;
  options.content = package::ContentDepth::quick;
  const auto verdict = package::check(context.files(), path, options, context.progress());
  if (verdict.passed()) return;
  std::vector<Finding> errors;
  for (const Finding& finding : verdict.findings)
    if (finding.level == Level::error) {
      errors.push_back(finding);
      errors.back().ref = text::printable(path.filename().string());  // where it is written to goes again
    }
  throw Error(Exit::refused, "VTLT-PROFILE",
              Message("cmd.package.profile.refused", {{"profile", profile.name()}}),
              Message("cmd.package.profile.refused.hint"))
      .because(std::move(errors));
}

std::string name_of_packed(const repository::PackResult& result) {
  return result.plan.file ? result.what : result.documents == 1 ? result.what : result.plan.name;
}

int run(Context& context, const PackageOptions& o) {
  follow_source_date();
  const Path directory = directory_of(context);
  repository::PackRequest common;
  common.kind = kind_of(o.kind);
  common.spec = spec_of(o.spec);
  common.same_system = o.same_system;
  common.registration = o.registration;
  common.round = counted("--round", o.round, 99, "cmd.expected.round", 1);
  common.ordinal = counted("--ordinal", o.ordinal, 999'999, "cmd.expected.submission", 0);
  if (common.ordinal != 0 && !o.zip)
    throw Error(Exit::usage, "VTLT-USE-04", Message("cmd.package.ordinal_zip"));
  common.linked = o.linked;
  common.directory = directory;
  common.zip = o.zip;
  common.dry_run = o.dry_run;
  // The digest of a ZIP costs as much again as its writing: taken where it is shown.
  common.zip_digest = !context.globals.quiet || context.json();
  if (!o.schemas.empty()) common.schemas = Path(o.schemas);
  if (!o.again.empty()) require_alone(o);
  if (o.again.empty() && o.references.empty()) missing(context.text(Message("place.pack")));
  if (!o.request.empty()) common.use = use_of(context, o);
  if (o.request.empty() && (!o.copy.empty() || !o.basis.empty())) missing("--request");
  if (o.linked && o.kind.empty() && o.again.empty()) missing("--kind");
  const std::uint64_t split = part_size(o);
  std::optional<package::Profile> profile;
  if (!o.profile.empty()) {
    profile = package::load_profile(context.files(), o.profile);
    follow_profile(*profile, o, common);
    common.approve = [&](const Path& staged) { require_profile(context, *profile, staged); };
  }
  auto& repository = context.write();
  std::vector<repository::PackRequest> requests;
  if (o.again.empty()) requests = requests_of(context, repository, o, common);
  std::optional<NewFolder> folder;
  if (!o.dry_run) folder.emplace(context.files(), directory);

  Report report;
  std::vector<std::string> results;
  if (!o.dry_run) require_room(directory, o, split);
  const auto add = [&](repository::PackResult result) {
    if (!o.dry_run) {
      if (profile && result.again) require_profile(context, *profile, result.written.path);
      std::uint64_t largest = o.zip ? context.files().stat(result.written.path)->size : 0;
      if (split != 0 && largest > split) {
        result.written.path =
            package::split_zip(context.files(), result.written.path, split, context.progress()).folder;
        largest = split;
      }
      look_at_medium(directory, largest, result);
    }
    const std::string name = name_of_packed(result);
    tell(context, report, result, name, o.dry_run);
    results.push_back(json_of_result(result, name, o.dry_run));
  };
  if (!o.again.empty())
    add(repository::pack_again(repository, o.again, directory, o.zip, common.zip_digest, common.schemas));
  try {
    const auto pack = [&](const repository::PackRequest& request) {
      try {
        return repository::pack(repository, request);
      } catch (Error& error) {
        // Of a document or a field it does not say whose it is.
        if (error.exit() == Exit::refused && error.path().empty() && request.file)
          error.at(repository::name_of(repository, {repository::Target::Kind::file, *request.file}));
        throw;
      }
    };
    // All are judged before the first is written.
    if (requests.size() > 1 && !o.dry_run)
      for (repository::PackRequest request : requests) {
        request.dry_run = true;
        pack(request);
      }
    for (const auto& request : requests)
      add(pack(request));
  } catch (const Error&) {
    // Those before the one that was refused are there.
    if (!results.empty() && !context.json()) report.show(context);
    throw;
  }
  if (o.dry_run) report.say(Message("cmd.nothing_written"));
  report.result(Object().raw("packages", array(results)).text());
  report.show(context);
  return 0;
}

}  // namespace

void add_package(CLI::App& parent, Context& context, Chosen& chosen) {
  Command command(parent, context, chosen, "package", Message("command.package"), Statuses::writing);
  auto o = std::make_shared<PackageOptions>();
  command.places("refs", o->references, Message("place.pack"));
  command.value("--kind", o->kind, Message("option.package.kind"), Message("value.package_kind"));
  command.value("--spec", o->spec, Message("option.spec"), Message("value.spec"));
  command.flag("--zip", o->zip, Message("option.zip"));
  command.value("--registration", o->registration, Message("option.registration"), Message("value.code"));
  command.flag("--same-system", o->same_system, Message("option.package.same_system"));
  command.value("--round", o->round, Message("option.package.round"), Message("value.number"));
  command.value("--ordinal", o->ordinal, Message("option.package.ordinal"), Message("value.number"));
  command.flag("--linked", o->linked, Message("option.package.linked"));
  command.value("--request", o->request, Message("option.package.request"), Message("value.path"));
  command.value("--copy", o->copy, Message("option.package.copy"), Message("value.copy_level"));
  command.value("--basis", o->basis, Message("option.use.basis"), Message("value.text"));
  command.value("--profile", o->profile, Message("option.package.profile"), Message("value.profile"));
  command.value("--split-size", o->split_size, Message("option.package.split_size"), Message("value.size"));
  command.value("--schemas", o->schemas, Message("option.package.schemas"), Message("value.path"));
  command.value("--again", o->again, Message("option.again"), Message("value.package"));
  command.year(o->year);
  command.dry_run(o->dry_run);
  command.example("vtlt package 2026.04.VP --kind sip -o goi --zip");
  command.example("vtlt package 1998.15/QĐ-UB --kind dip --copy reading --request yc-031.yaml -o yc-031");
  command.example("vtlt package --again goi-2026-007 -o goi");
  command.run([&context, o] { return run(context, *o); });
}

}  // namespace vtlt::cmd
