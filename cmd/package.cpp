// vtlt package: closed files as packages of Thông tư 05/2025.
#include <charconv>
#include <optional>

#include "base/clock.h"
#include "base/new_folder.h"
#include "commands.h"
#include "output.h"
#include "repository/packing.h"
#include "text/text.h"
#include "views.h"

namespace vtlt::cmd {
namespace {

struct PackageOptions {
  std::vector<std::string> references;
  std::string kind = "sip", spec = "tt05", registration, again, year, profile;
  bool zip = false, dry_run = false;
};

// Kinds and forms of later versions are named, not guessed at.
package::Kind kind_of(const std::string& kind) {
  if (kind == "sip") return package::Kind::sip;
  if (kind == "aip") return package::Kind::aip;
  if (kind == "dip")
    throw Error(Exit::usage, "VTLT-USE-04", Message("cmd.package.later", {{"what", "--kind dip"}}));
  wrong_value("--kind", kind, Message("cmd.expected.package_kind"));
}

void check_spec(const std::string& spec) {
  if (spec == "tt05") return;
  if (spec == "csip-2.2" || spec == "bagit-1.0")
    throw Error(Exit::usage, "VTLT-USE-04", Message("cmd.package.later", {{"what", "--spec " + spec}}));
  wrong_value("--spec", spec, Message("cmd.expected.spec"));
}

void tell(Context& context, Report& report, const repository::PackResult& result, const std::string& file,
          bool dry_run) {
  std::string kind = result.plan.kind;
  for (char& letter : kind)
    letter = static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
  const std::vector<std::pair<std::string, MessageArg>> args = {
      {"file", file},
      {"kind", kind},
      {"name", result.plan.name},
      {"documents", static_cast<std::int64_t>(result.documents)},
      {"components", static_cast<std::int64_t>(result.components)},
      {"bytes", context.bytes(result.written.bytes)},
      {"path", text::printable(result.written.path.string())},
      {"article", result.article},
      {"sha256", result.written.sha256}};
  if (dry_run) {
    report.say(Message("cmd.package.would", args));
  } else {
    report.say(result.again ? Message("cmd.package.again", args) : Message("cmd.package.done", args));
    report.say(Message("cmd.package.path", args));
    report.say(Message("cmd.package.sha256", args));
  }
  if (!result.article.empty()) report.say(Message("cmd.package.article", args));
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
      .add("path", text::printable(result.written.path.string()))
      .add("objid", result.written.objid)
      .add("computer_files", static_cast<std::int64_t>(result.written.files))
      .add("bytes", static_cast<std::int64_t>(result.written.bytes))
      .add("sha256", result.written.sha256)
      .add("article", result.article)
      .text();
}

Path directory_of(Context& context) {
  const Path directory = need("-o", context.globals.output);
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

int run(Context& context, const PackageOptions& o) {
  follow_source_date();
  const Path directory = directory_of(context);
  const package::Kind kind = kind_of(o.kind);
  check_spec(o.spec);
  if (o.again.empty() == o.references.empty())
    missing(o.again.empty() ? context.text(Message("place.files")) : "--again");
  auto& repository = context.write();
  // Every reference is understood before the first package is written.
  std::vector<catalogue::FileRow> files;
  for (const std::string& reference : o.references)
    files.push_back(
        repository::resolve_file(repository, reference, context.references(true, year_of("--year", o.year))));
  std::optional<NewFolder> folder;
  if (!o.dry_run) folder.emplace(context.files(), directory);

  // The digest of a ZIP costs as much again as its writing: taken where it is shown.
  const bool digest = !context.globals.quiet || context.json();
  Report report;
  std::vector<std::string> results;
  if (!o.again.empty()) {
    const auto result = repository::pack_again(repository, o.again, directory, o.zip, digest);
    const auto row = repository.catalogue().file(result.plan.file);
    const std::string name = row ? name_of(row->file) : "";
    tell(context, report, result, name, false);
    results.push_back(json_of_result(result, name, false));
  }
  for (const auto& file : files) {
    const auto result = repository::pack(repository, {file.file.id, kind, package::Spec::tt05, o.registration,
                                                      directory, o.zip, digest, o.dry_run});
    tell(context, report, result, name_of(file.file), o.dry_run);
    results.push_back(json_of_result(result, name_of(file.file), o.dry_run));
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
  command.places("files", o->references, Message("place.files"));
  command.value("--kind", o->kind, Message("option.package.kind"), Message("value.package_kind"));
  command.value("--spec", o->spec, Message("option.spec"), Message("value.spec"));
  command.flag("--zip", o->zip, Message("option.zip"));
  command.value("--registration", o->registration, Message("option.registration"), Message("value.code"));
  command.value("--again", o->again, Message("option.again"), Message("value.package"));
  command.year(o->year);
  command.dry_run(o->dry_run);
  command.example("vtlt package 2026.04.VP --kind sip -o goi --zip");
  command.example("vtlt package --again goi-2026-007 -o goi");
  command.run([&context, o] { return run(context, *o); });
}

}  // namespace vtlt::cmd
