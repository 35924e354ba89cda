#include "repository/packing.h"

#include <algorithm>

#include "base/error.h"
#include "package/ead.h"
#include "repository/package_events.h"
#include "repository/packing_parts.h"
#include "repository/state.h"
#include "repository/work.h"
#include "text/text.h"

namespace vtlt::repository {
namespace {

const char* kind_text(package::Kind kind) {
  return kind == package::Kind::sip ? "sip" : kind == package::Kind::aip ? "aip" : "dip";
}
const char* spec_text(package::Spec spec) { return spec == package::Spec::bagit_1_0 ? "bagit-1.0" : "tt05"; }

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
  hasher.update(std::string(kind_text(gathered.plan.kind)) + " " + spec_text(gathered.plan.spec) + " " + profile + "\n");
  return hasher.finish();
}

// Schemas that are packed: by their bytes, for the folder may hold others tomorrow.
std::string digests_of(Files& files, const Path& folder) {
  std::vector<std::string> lines;
  constexpr std::uint64_t kMost = 16u << 20;
  for (const auto& entry : files.list(folder))
    if (entry.kind == FileKind::file && entry.name.ends_with(".xsd"))
      lines.push_back(entry.name + " " + sha256(read_whole(files, folder / entry.name, kMost)).hex());
  std::sort(lines.begin(), lines.end());
  std::string text;
  for (const auto& line : lines) text += "\n" + line;
  return text;
}

// What else decides the bytes. A whole file of TT05 has the registration code alone, as ever. `first`: as the first
// versions had it, without the order of loose documents and the bytes of schemas; for packages that they made.
std::string profile_of(Repository& repository, const Gathered& gathered, const PackRequest& request,
                       bool first = false) {
  const bool plain = request.file && request.spec == package::Spec::tt05 && gathered.links == 0 && !request.schemas;
  std::string text = std::string(spec_text(request.spec)) + "\n" + request.registration;
  if (plain) return sha256(text).hex();
  for (const auto& [key, value] : details_of(request, gathered)) text += "\n" + key + "=" + value;
  if (request.schemas) text += "\nschemas";
  if (request.schemas && !first) text += digests_of(repository.files(), *request.schemas);
  if (gathered.links > 0)
    for (const auto& document : gathered.plan.documents) text += "\n" + document.link;
  if (!first && gathered.documents.size() > 1)
    for (const auto& id : gathered.documents) text += "\n" + id.text();
  return sha256(text).hex();
}

Moment moment_of(const std::string& time) {
  Moment moment;
  if (!from_text(time, moment)) throw_damaged("journal", "journal.fault.header");
  return moment;
}

void fill_result(PackResult& result, const Gathered& gathered) {
  const auto& plan = gathered.plan;
  result.sort = plan.spec == package::Spec::bagit_1_0
                    ? "BagIt 1.0"
                    : package::writing::sort_name(package::writing::sort_of(plan));
  result.what = gathered.name;
  result.documents = plan.documents.size();
  result.components = gathered.components_touched.size();
  result.links = gathered.links;
  result.findings = gathered.findings;
  result.findings.insert(result.findings.end(), result.written.findings.begin(), result.written.findings.end());
  // Here it is the sender who reads them.
  for (Finding& finding : result.findings)
    if (finding.hint.key == "package.check.repack.hint") finding.hint = Message("repository.pack.content.hint");
}

// What a file that came in a package tells of its earlier life (D22).
void come_from(package::Plan& plan) {
  const auto& original = plan.file.original;
  if (const auto objid = original.find("tt05.objid"); objid != original.end()) plan.source_objid = objid->second;
  const auto events = original.find("tt05.events");
  if (events == original.end()) return;
  for (auto& event : events_of(events->second)) plan.events.push_back(std::move(event));
}

// Mã gói tin of loose documents (TT05 PL IV): organ.year.round.ordinal in the round.
void name_loose(Gathered& gathered, const journal::PackagePlanned& plan) {
  const auto at = plan.details.find("code");
  if (at != plan.details.end()) gathered.plan.loose.code = at->second;
}

// The package's own time, which stands in it. Those of the first versions have that of their event.
std::string time_of(const journal::PackagePlanned& plan, const std::string& event_time) {
  const auto found = plan.details.find("time");
  return found == plan.details.end() ? event_time : found->second;
}

// What the plan settles beyond what was gathered.
void complete(Gathered& gathered, const PackRequest& request, const journal::PackagePlanned& plan,
              const std::string& time) {
  gathered.plan.zip_digest = request.zip_digest;
  gathered.plan.submission_ordinal = request.ordinal;
  VTLT_ASSERT(Digest::parse(plan.seed, gathered.plan.seed));
  gathered.plan.time = moment_of(time);
  name_loose(gathered, plan);
  if (request.use) add_documentation(gathered, *request.use, plan.name);
}

// D22: that paper was digitised is an event of the package. When: as the newest scan's computer file says; what no file
// says is not made up.
void add_digitisation(package::Plan& plan) {
  for (const auto& known : plan.events)
    if (known.type == "transfer") return;
  std::int64_t newest = 0;
  for (const auto& packed : plan.documents) {
    if (!package::is_digitised(packed.document)) continue;
    for (const auto& content : packed.contents) newest = std::max(newest, content.component.modified_ms);
  }
  if (newest == 0) return;
  package::Plan::Event scanned;
  scanned.type = "transfer";
  scanned.detail = "Số hóa";
  scanned.outcome = "success";
  scanned.time = Moment{newest};
  scanned.agent = plan.agency;
  plan.events.push_back(std::move(scanned));
}

PackResult write_out(Repository& repository, Gathered& gathered, const PackRequest& request,
                     const journal::PackagePlanned& plan, const std::string& time,
                     const std::function<void(const Path&)>& ready = {}) {
  PackResult result;
  result.plan = plan;
  complete(gathered, request, plan, time);
  if (gathered.plan.kind == package::Kind::aip) {
    come_from(gathered.plan);
    package::Plan::Event made;
    // Else of the state, so that two copies of a repository make the same bytes; the first versions took the plan's.
    if (plan.details.count("time") == 0) made.id = plan.id.text();
    made.type = "information package creation";
    made.detail = plan.name;
    made.outcome = "success";
    made.time = gathered.plan.time;
    made.agent = gathered.plan.agency;
    gathered.plan.events.push_back(std::move(made));
    if (plan.details.count("time") > 0) add_digitisation(gathered.plan);
  }
  // No destruction may take an object away while it is being read.
  const auto reading =
      repository.files().lock(content_lock_path(repository.root()), LockKind::shared, repository.options().wait_ms);
  if (!reading) throw busy();
  if (!repository.files().stat(request.directory)) make_directories(repository.files(), request.directory);
  result.written = package::write(repository.files(), gathered.plan, request.directory, request.zip,
                                  repository.state().progress(), ready);
  fill_result(result, gathered);
  return result;
}

journal::PackagePlanned plan_for(Repository& repository, const Gathered& gathered, const PackRequest& request) {
  const auto newest = repository.catalogue().newest_touch(gathered.touched);
  VTLT_ASSERT(newest.has_value());
  journal::PackagePlanned plan;
  plan.id = records::new_id(records::Kind::package);
  plan.kind = kind_text(gathered.plan.kind);
  plan.spec = spec_text(request.spec);
  plan.file = request.file;
  plan.documents = gathered.documents;
  plan.profile = profile_of(repository, gathered, request);
  plan.newest_stream = newest->stream;
  plan.newest_seq = newest->seq;
  plan.seed = seed_of(repository, gathered, *newest, plan.profile).hex();
  plan.details = details_of(request, gathered);
  return plan;
}

struct Prepared {
  Gathered gathered;
  ChosenKind chosen;
};
Prepared prepare(Repository& repository, const PackRequest& request, const text::Date& today) {
  Prepared all{gather(repository, request), {}};
  all.chosen = settle_kind(all.gathered, request);
  if (request.use) settle_use(repository, all.gathered, request, today);
  return all;
}

std::string next_code(Repository& repository, const Gathered& gathered, const PackRequest& request) {
  const auto& plan = gathered.plan;
  std::string round = std::to_string(request.round), ordinal;
  round.insert(0, round.size() < 2 ? 2 - round.size() : 0, '0');
  const std::string prefix = plan.fonds.organ + "." + std::to_string(plan.file.year) + "." + round + ".";
  int last = 0;
  for (const auto& row : repository.catalogue().packages()) {
    if (row.plan.file || row.plan.kind == "dip") continue;
    const auto whole = whole_plan(repository, row);
    const auto at = whole.details.find("code");
    if (at != whole.details.end() && at->second.starts_with(prefix))
      last = std::max(last, std::atoi(at->second.c_str() + prefix.size()));
  }
  ordinal = std::to_string(last + 1);
  ordinal.insert(0, ordinal.size() < 7 ? 7 - ordinal.size() : 0, '0');
  return prefix + ordinal;
}

}  // namespace

journal::PackagePlanned whole_plan(Repository& repository, const catalogue::PackageRow& row) {
  const auto touches = repository.catalogue().touches(row.plan.id);
  if (touches.empty()) return row.plan;
  journal::Decoder decoder;
  return decoder.package(repository.stream_of(touches.front().stream).body(touches.front().seq));
}

PackResult pack(Repository& repository, const PackRequest& request) {
  if (request.spec == package::Spec::csip_2_2)
    throw Error(Exit::usage, "VTLT-PACKAGE-06", Message("repository.pack.kind_later"));
  if ((request.kind == package::Kind::dip) != request.use.has_value())
    throw Error(Exit::usage, "VTLT-PACKAGE-10", Message("repository.pack.request"), Message("repository.pack.request.hint"));
  const text::Date today = *text::from_iso(to_date(now()));
  Prepared ready = prepare(repository, request, today);
  // D16: asked here, not of what is made again: it was handed out already.
  if (request.spec == package::Spec::tt05 && ready.gathered.plan.kind == package::Kind::sip &&
      package::digitised(ready.gathered.plan))
    throw Error(Exit::refused, "VTLT-D16", Message("repository.pack.digitised"), Message("repository.pack.digitised.hint"));
  journal::PackagePlanned plan = plan_for(repository, ready.gathered, request);
  const auto earlier = repository.catalogue().package_by_seed(plan.seed);
  if (earlier) {
    PackResult result;
    plan = whole_plan(repository, *earlier);
    if (!request.dry_run)
      result = write_out(repository, ready.gathered, request, plan, time_of(plan, earlier->time));
    else
      fill_result(result, ready.gathered);
    result.plan = plan;
    result.chosen = ready.chosen;
    result.again = true;
    return result;
  }
  // The package is written first, and written down when it is whole: what is refused or fails was never handed out.
  // Meanwhile others may write; then name, code or contents may be another's, and it is made anew.
  struct Outrun {};
  constexpr int kAttempts = 5;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    if (attempt > 0) {
      ready = prepare(repository, request, today);
      plan = plan_for(repository, ready.gathered, request);
      if (repository.catalogue().package_by_seed(plan.seed)) return pack(repository, request);  // the same command
    }
    const std::string time = to_text(now());
    const int year = year_of(now());
    const auto settle = [&](journal::PackagePlanned& one) {
      one.name = counted_name("goi", year, repository.catalogue().packages_of_year(year) + 1);
      if (ready.gathered.plan.unit == package::Unit::loose && ready.gathered.plan.kind != package::Kind::dip)
        one.details["code"] = ready.gathered.plan.loose.code.empty()
                                  ? next_code(repository, ready.gathered, request)
                                  : ready.gathered.plan.loose.code;
    };
    settle(plan);
    plan.details["time"] = time;
    if (request.dry_run) {
      complete(ready.gathered, request, plan, time);
      package::judge(repository.files(), ready.gathered.plan);
      PackResult result;
      fill_result(result, ready.gathered);
      result.plan = plan;
      result.chosen = ready.chosen;
      return result;
    }
    try {
      PackResult result = write_out(
          repository, ready.gathered, request, plan, time, [&](const Path& staged) {
            if (request.approve) request.approve(staged);
            Change change(repository);
            const auto newest = repository.catalogue().newest_touch(ready.gathered.touched);
            journal::PackagePlanned now_settled = plan;
            settle(now_settled);
            if (!newest || newest->stream != plan.newest_stream || newest->seq != plan.newest_seq ||
                now_settled.name != plan.name || now_settled.details != plan.details)
              throw Outrun{};
            change.add(journal::type::package_planned, journal::encode(plan));
            for (auto& use : ready.gathered.uses) {
              use.from = *text::from_iso(to_date(change.time()));
              change.add(journal::type::use_recorded, journal::encode(use));
            }
            change.commit();
          });
      result.chosen = ready.chosen;
      return result;
    } catch (const Outrun&) {
      continue;
    }
  }
  throw busy();
}

PackResult pack_again(Repository& repository, const std::string& name, const Path& directory, bool zip, bool zip_digest,
                      const std::optional<Path>& schemas) {
  const auto row = repository.catalogue().package_by_name(name);
  if (!row) throw Error(Exit::usage, "VTLT-REF-01", Message("repository.reference.none", {{"reference", name}}));
  const journal::PackagePlanned plan = whole_plan(repository, *row);
  PackRequest request = request_from(plan);
  request.directory = directory;
  request.zip = zip;
  request.zip_digest = zip_digest;
  request.schemas = schemas;
  Prepared ready;
  try {
    // What was handed out under the rules of its day is not judged by today's again.
    ready = prepare(repository, request, *text::from_iso(row->time.substr(0, 10)));
  } catch (const Error& error) {
    if (error.exit() != Exit::refused) throw;
    throw Error(Exit::refused, "VTLT-PACKAGE-02", error.message(), error.hint());
  }
  const auto newest = repository.catalogue().newest_touch(ready.gathered.touched);
  if (!newest || newest->stream != plan.newest_stream || newest->seq != plan.newest_seq)
    throw Error(Exit::refused, "VTLT-PACKAGE-02",
                Message("repository.pack.changed", {{"package", name}, {"file", ready.gathered.name}}),
                Message("repository.pack.changed.hint"));
  // Packages of the first versions did not keep their code of registration.
  if (plan.profile != profile_of(repository, ready.gathered, request) &&
      plan.profile != profile_of(repository, ready.gathered, request, true))
    throw Error(Exit::refused, "VTLT-PACKAGE-02", Message("repository.pack.profile", {{"package", name}}),
                Message("repository.pack.profile.hint"));
  PackResult result = write_out(repository, ready.gathered, request, plan, time_of(plan, row->time));
  result.chosen = ready.chosen;
  result.again = true;
  return result;
}

}  // namespace vtlt::repository
