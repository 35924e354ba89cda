#include "repository/packing.h"

#include <algorithm>

#include "base/error.h"
#include "repository/state.h"
#include "repository/work.h"
#include "text/text.h"

namespace vtlt::repository {
namespace {

const char* kind_text(package::Kind kind) {
  return kind == package::Kind::sip ? "sip" : kind == package::Kind::aip ? "aip" : "dip";
}

std::optional<package::Kind> parse_kind(const std::string& text) {
  if (text == "sip") return package::Kind::sip;
  if (text == "aip") return package::Kind::aip;
  return std::nullopt;
}

struct Gathered {
  package::Plan plan;
  std::vector<records::Id> touched;   // everything whose change makes another package
  std::vector<records::Id> components_touched;
  std::vector<Finding> findings;
};

Gathered gather(Repository& repository, const records::Id& file_id, package::Kind kind, const std::string& registration) {
  Gathered all;
  auto& catalogue = repository.catalogue();
  const auto file = catalogue.file(file_id);
  if (!file) throw Error(Exit::usage, "VTLT-REF-01", Message("repository.reference.none", {{"reference", file_id.brief()}}));
  const std::string name = name_of(repository, {Target::Kind::file, file_id});
  if (file->file.state == records::FileState::destroyed)
    throw Error(Exit::refused, "VTLT-PACKAGE-02", Message("repository.pack.destroyed", {{"file", name}}));
  if (file->file.state == records::FileState::open || file->file.state == records::FileState::planned)
    throw Error(Exit::refused, "VTLT-PACKAGE-03", Message("repository.pack.open", {{"file", name}}),
                Message("repository.pack.open.hint", {{"file", name}}));
  all.plan.kind = kind;
  all.plan.file = file->file;
  all.plan.fonds = catalogue.fonds(file->file.fonds)->fonds;
  if (all.plan.fonds.organ.empty())
    throw Error(Exit::refused, "VTLT-PACKAGE-04", Message("repository.pack.no_organ", {{"fonds", all.plan.fonds.code}}));
  all.plan.agency = all.plan.fonds.name;
  all.plan.registration = registration;
  all.plan.software_version = repository.options().software;
  all.touched = {file_id, all.plan.fonds.id};
  contents_of(repository, file_id, [&](records::FiledDocument&& filed) {
    package::PackedDocument packed;
    packed.ordinal = static_cast<int>(all.plan.documents.size()) + 1;
    packed.document = std::move(filed.document);
    if (!records::secrecy_of(packed.document.access).empty() || packed.document.access == "secret")
      throw Error(Exit::refused, "VTLT-P12", Message("repository.pack.secret", {{"ordinal", std::to_string(filed.ordinal)}}));
    all.touched.push_back(packed.document.id);
    for (auto& component : filed.components) {
      Digest digest;
      VTLT_ASSERT(Digest::parse(component.sha256, digest));
      all.components_touched.push_back(component.id);
      packed.contents.push_back({std::move(component), repository.objects().path_of(digest).string()});
    }
    // Main first; opinions and drafts stay in the repository's order behind it.
    std::stable_sort(packed.contents.begin(), packed.contents.end(), [](const auto& a, const auto& b) {
      return static_cast<int>(a.component.role == records::Role::main) > static_cast<int>(b.component.role == records::Role::main);
    });
    if (packed.contents.empty())
      throw Error(Exit::refused, "VTLT-PACKAGE-05",
                  Message("repository.pack.no_content", {{"file", name}, {"ordinal", std::to_string(filed.ordinal)}}),
                  Message("repository.pack.no_content.hint"));
    all.plan.documents.push_back(packed);
  });
  if (all.plan.documents.empty())
    throw Error(Exit::refused, "VTLT-PACKAGE-05", Message("repository.pack.empty", {{"file", name}}));
  // D25: what is submitted to historical archives is permanent; said, not refused: a SIP also moves between systems.
  if (kind == package::Kind::sip && file->file.term.kind != records::TermKind::permanent) {
    Finding note;
    note.code = "D25";
    note.level = Level::note;
    note.ref = name;
    note.message = Message("repository.pack.not_permanent", {{"term", records::term_text(file->file.term)}});
    note.basis = "TT 05/2025 PL III";
    all.findings.push_back(std::move(note));
  }
  return all;
}

// What makes the package what it is: the stream, the records, the newest event about them, kind and profile.
Digest seed_of(Repository& repository, const Gathered& gathered, const catalogue::Touch& newest, const std::string& profile) {
  Hasher hasher;
  hasher.update(std::string_view("vtlt-package-1\n"));
  hasher.update(repository.stream() + "\n");
  std::vector<records::Id> ids = gathered.touched;
  ids.insert(ids.end(), gathered.components_touched.begin(), gathered.components_touched.end());
  std::sort(ids.begin(), ids.end());  // as their texts: base32's letters are in the order of ASCII
  for (const auto& id : ids) hasher.update(id.text() + "\n");
  hasher.update(newest.stream + " " + std::to_string(newest.seq) + "\n");
  hasher.update(std::string(kind_text(gathered.plan.kind)) + " tt05 " + profile + "\n");
  return hasher.finish();
}

Moment moment_of(const std::string& time) {
  Moment moment;
  if (!from_text(time, moment)) throw_damaged("journal", "journal.fault.header");
  return moment;
}

PackResult write_out(Repository& repository, Gathered& gathered, const journal::PackagePlanned& plan, const std::string& time,
                     const Path& directory, bool zip, bool zip_digest) {
  PackResult result;
  gathered.plan.zip_digest = zip_digest;
  result.plan = plan;
  VTLT_ASSERT(Digest::parse(plan.seed, gathered.plan.seed));
  gathered.plan.time = moment_of(time);
  if (gathered.plan.kind == package::Kind::aip) {
    package::Plan::Event made;
    made.id = plan.id.text();
    made.type = "information package creation";
    made.detail = plan.name;
    made.outcome = "success";
    made.time = gathered.plan.time;
    made.agent = gathered.plan.agency;
    gathered.plan.events.push_back(std::move(made));
  }
  // No destruction may take an object away while it is being read.
  const auto reading = repository.files().lock(content_lock_path(repository.root()), LockKind::shared, repository.options().wait_ms);
  if (!reading) throw busy();
  if (!repository.files().stat(directory)) make_directories(repository.files(), directory);
  result.written = package::write(repository.files(), gathered.plan, directory, zip, repository.state().progress());
  result.documents = gathered.plan.documents.size();
  result.components = gathered.components_touched.size();
  result.findings = std::move(gathered.findings);
  result.article = gathered.plan.kind == package::Kind::sip ? "TT 05/2025 Đ17 (khác hệ thống, có hồ sơ)"
                                                            : "TT 05/2025 Đ17, Đ28 (cùng hệ thống, có hồ sơ)";
  return result;
}

}  // namespace

PackResult pack(Repository& repository, const PackRequest& request) {
  if (request.kind == package::Kind::dip || request.spec != package::Spec::tt05)
    throw Error(Exit::usage, "VTLT-PACKAGE-06", Message("repository.pack.kind_later"));
  // The profile is what else decides the bytes; here only the registration code.
  const std::string profile = sha256("tt05\n" + request.registration).hex();
  auto plan_for = [&](Gathered& gathered) {
    const auto newest = repository.catalogue().newest_touch(gathered.touched);
    VTLT_ASSERT(newest.has_value());
    journal::PackagePlanned plan;
    plan.id = records::new_id(records::Kind::package);
    plan.kind = kind_text(request.kind);
    plan.spec = "tt05";
    plan.file = request.file;
    plan.profile = profile;
    plan.newest_stream = newest->stream;
    plan.newest_seq = newest->seq;
    plan.seed = seed_of(repository, gathered, *newest, profile).hex();
    return plan;
  };
  Gathered gathered = gather(repository, request.file, request.kind, request.registration);
  journal::PackagePlanned plan = plan_for(gathered);
  if (const auto earlier = repository.catalogue().package_by_seed(plan.seed)) {
    PackResult result;
    if (!request.dry_run) result = write_out(repository, gathered, earlier->plan, earlier->time, request.directory, request.zip, request.zip_digest);
    result.plan = earlier->plan;
    result.again = true;
    return result;
  }
  if (request.dry_run) {
    PackResult result;
    result.plan = plan;
    result.documents = gathered.plan.documents.size();
    result.components = gathered.components_touched.size();
    result.findings = std::move(gathered.findings);
    return result;
  }
  std::string time;
  {
    Change change(repository);
    // Before the lock was had the file may have changed; then an event touched it or one of its documents.
    const auto newest = repository.catalogue().newest_touch(gathered.touched);
    if (!newest || newest->stream != plan.newest_stream || newest->seq != plan.newest_seq) {
      gathered = Gathered{};
      gathered = gather(repository, request.file, request.kind, request.registration);
      plan = plan_for(gathered);
    }
    const int year = year_of(change.time());
    plan.name = counted_name("goi", year, repository.catalogue().packages_of_year(year) + 1);
    change.add(journal::type::package_planned, journal::encode(plan));
    change.commit();
    time = to_text(change.time());
  }
  return write_out(repository, gathered, plan, time, request.directory, request.zip, request.zip_digest);
}

PackResult pack_again(Repository& repository, const std::string& name, const Path& directory, bool zip, bool zip_digest) {
  const auto earlier = repository.catalogue().package_by_name(name);
  if (!earlier)
    throw Error(Exit::usage, "VTLT-REF-01", Message("repository.reference.none", {{"reference", name}}));
  const auto kind = parse_kind(earlier->plan.kind);
  if (!kind || earlier->plan.spec != "tt05") throw Error(Exit::usage, "VTLT-PACKAGE-06", Message("repository.pack.kind_later"));
  Gathered gathered;
  try {
    gathered = gather(repository, earlier->plan.file, *kind, "");
  } catch (const Error& error) {
    if (error.exit() != Exit::refused) throw;
    throw Error(Exit::refused, "VTLT-PACKAGE-02", error.message(), error.hint());
  }
  const auto newest = repository.catalogue().newest_touch(gathered.touched);
  if (!newest || newest->stream != earlier->plan.newest_stream || newest->seq != earlier->plan.newest_seq)
    throw Error(Exit::refused, "VTLT-PACKAGE-02",
                Message("repository.pack.changed", {{"package", name}, {"file", name_of(repository, {Target::Kind::file, earlier->plan.file})}}),
                Message("repository.pack.changed.hint"));
  if (earlier->plan.profile != sha256("tt05\n").hex())
    throw Error(Exit::refused, "VTLT-PACKAGE-02", Message("repository.pack.profile", {{"package", name}}),
                Message("repository.pack.profile.hint"));
  PackResult result = write_out(repository, gathered, earlier->plan, earlier->time, directory, zip, zip_digest);
  result.again = true;
  return result;
}

}  // namespace vtlt::repository
