// A new repository, made whole beside its name and then renamed: it is there or it is not.
#include <algorithm>

#include "base/encoding.h"
#include "base/error.h"
#include "base/new_folder.h"
#include "repository/adopting.h"
#include "repository/state.h"
#include "text/text.h"

namespace vtlt::repository {
namespace {

records::Fonds fonds_of(const scheme::Scheme& scheme) {
  records::Fonds fonds;
  fonds.id = records::new_id(records::Kind::fonds);
  fonds.code = scheme.fonds_code;
  fonds.name = scheme.fonds_name;
  fonds.organ = scheme.organ;
  fonds.archive = scheme.archive;
  fonds.regime = scheme.regime;
  return fonds;
}

journal::SchemeAdopted adoption(const records::Fonds& fonds, const scheme::Scheme& scheme, const std::string& sha) {
  return {fonds.id, sha, scheme.id, scheme.adopted_number, scheme.adopted_date};
}

// Findings that name no line are shown at the first line that names the thing.
long line_naming(const std::string& text, const std::string& what) {
  const std::size_t at = what.empty() ? std::string::npos : text.find(what);
  return at == std::string::npos ? 0 : 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
}

}  // namespace

// A scheme in force decides terms and numbers for years: what is wrong in it is refused before anything is written.
scheme::Scheme sound_scheme(const std::string& text, const std::string& name) {
  scheme::Scheme scheme = scheme::load({name, text});
  std::vector<Finding> errors;
  for (Finding& finding : scheme::check(scheme)) {
    if (finding.level != Level::error) continue;
    finding.path = text::printable(name);
    if (finding.line == 0) finding.line = line_naming(text, finding.ref);
    errors.push_back(std::move(finding));
  }
  std::stable_sort(errors.begin(), errors.end(), [](const Finding& a, const Finding& b) { return a.line < b.line; });
  if (!errors.empty())
    throw Error(Exit::refused, "VTLT-SCHEME-93",
                Message("repository.scheme.errors", {{"path", text::printable(name)}, {"count", static_cast<std::int64_t>(errors.size())}}),
                Message("repository.scheme.errors.hint"))
        .because(std::move(errors));
  return scheme;
}

InitResult init(Files& files, const InitRequest& request, const Options& options) {
  InitResult result;
  result.scheme = sound_scheme(request.scheme_text, request.scheme_name);
  result.fonds = fonds_of(result.scheme);
  const NewFolder folder(files, request.directory);
  require_local_filesystem(request.directory);
  result.root = request.directory / ".vtlt";
  if (files.stat(result.root, false))
    throw Error(Exit::refused, "VTLT-REPO-04", Message("repository.exists", {{"path", result.root.string()}})).at(result.root.string());
  const Path temporary = request.directory / (".vtlt.tmp-" + base32(random_128()).substr(0, 8));
  try {
    files.make_directory(temporary);
    files.set_mode(temporary, 0700);
    for (const char* name : {"journal", "catalogue", "schemes", "tmp"}) files.make_directory(temporary / name);
    objects::Store(files, temporary / "objects").make_layout();
    const std::string sha = sha256(request.scheme_text).hex();
    const auto put = [&](const Path& path, std::string_view text) {
      files.open(path, OpenMode::create_new)->write_at(0, as_bytes(text));
    };
    put(temporary / "schemes" / (sha + ".yaml"), request.scheme_text);
    put(temporary / "lock", "");
    put(temporary / "content.lock", "");
    std::string config = "# What cannot change a verdict: language, colour, paths. The rest: vtlt config list\n";
    for (const auto& [key, value] : request.config)
      if (key == "lang") config += "lang: " + value + "\n";
    put(temporary / "config.yaml", config);

    journal::Genesis genesis;
    genesis.nonce = hex(random_128());
    genesis.software = options.software;
    const Moment time = now();
    const std::string name = journal::create_stream(files, temporary / "journal", journal::encode(genesis), options.actor, time);
    put(temporary / "journal" / "own", name + "\n");
    const journal::Stream stream(files, temporary / "journal" / name, name);
    journal::Transaction first(files, stream, stream.read({}, {}).end, options.actor, time);
    first.add(journal::type::fonds_opened, journal::encode(result.fonds));
    first.add(journal::type::scheme_adopted, journal::encode(adoption(result.fonds, result.scheme, sha)));
    if (request.holidays) {
      journal::HolidaysSet holidays = *request.holidays;
      holidays.fonds = result.fonds.id;
      first.add(journal::type::holidays_set, journal::encode(holidays));
    }
    if (!request.actor_name.empty())
      first.add(journal::type::actor_declared,
                journal::encode_fields({{"actor", options.actor}, {"name", request.actor_name}, {"position", request.actor_position}}));
    for (const auto& [key, value] : request.config)
      first.add(journal::type::config_set, journal::encode_fields({{"key", key}, {"value", value}}));
    const journal::Position end = first.commit();
    if (!request.group.empty()) share_with_group(temporary, request.group);
    files.sync_filesystem(temporary, SyncPoint::repository_layout);
    files.rename(temporary, result.root);
    files.sync_directory(request.directory, SyncPoint::repository_layout);
    remember_head(files, options.state, name, end.head);
  } catch (...) {
    try {
      remove_tree(files, temporary);
    } catch (const Error&) {  // the first failure is the one to tell
    }
    throw;
  }
  // The catalogue is made by the first opening.
  Options opening = options;
  opening.start = request.directory;
  Repository opened(files, opening, true);
  return result;
}

records::Fonds open_fonds(Repository& repository, const std::string& scheme_text, const std::string& scheme_name,
                          std::optional<journal::HolidaysSet> holidays) {
  const scheme::Scheme scheme = sound_scheme(scheme_text, scheme_name);
  const std::string sha = sha256(scheme_text).hex();
  const Path path = repository.root() / "schemes" / (sha + ".yaml");
  Change change(repository);
  for (const auto& row : repository.catalogue().fonds())
    if (row.fonds.code == scheme.fonds_code)
      throw Error(Exit::refused, "VTLT-D01", Message("repository.fonds.exists", {{"fonds", row.fonds.code}, {"name", row.fonds.name}}));
  if (!repository.files().stat(path, false)) write_whole(repository.files(), path, scheme_text, SyncPoint::scheme);
  const records::Fonds fonds = fonds_of(scheme);
  change.add(journal::type::fonds_opened, journal::encode(fonds));
  change.add(journal::type::scheme_adopted, journal::encode(adoption(fonds, scheme, sha)));
  if (holidays) {
    holidays->fonds = fonds.id;
    change.add(journal::type::holidays_set, journal::encode(*holidays));
  }
  change.commit();
  return fonds;
}

}  // namespace vtlt::repository
