#include "repository/mending.h"

#include <algorithm>
#include <set>

#include "base/error.h"
#include "repository/state.h"

namespace vtlt::repository {
namespace {

// Steps 2-4 of destruction, each harmless when repeated. The caller holds no lock.
DestroyReport carry_out(Repository& repository, const journal::DestructionBegun& begun) {
  DestroyReport report;
  auto& r = repository.state();
  // (2) objects without another reference, bodies and salts.
  {
    const auto alone = r.files.lock(content_lock_path(r.root), LockKind::exclusive, r.options.wait_ms);
    if (!alone) throw busy();
    // What others registered while the lock was waited for may name the same bytes.
    {
      const auto lock = r.files.lock(lock_path(r.root), LockKind::exclusive, r.options.wait_ms);
      if (!lock) throw busy();
      const CatchUp result = catch_up(r.files, r.root, r.stream, *r.catalogue, no_progress());
      if (result.damaged) throw_damaged(result.path, result.problem);
    }
    std::vector<Digest> gone;
    for (const auto& name : begun.objects) {
      Digest digest;
      VTLT_ASSERT(Digest::parse(name, digest));
      if (r.catalogue->references_to(name) != 0) {
        ++report.objects_kept;
        continue;
      }
      const auto stat = r.files.stat(r.store->path_of(digest), false);
      if (stat) {
        report.bytes += stat->size;
        r.store->remove(digest);
        ++report.objects;
      }
      gone.push_back(digest);
    }
    r.store->sync_directories(gone);
  }
  std::map<std::string, std::vector<std::uint64_t>> by_stream;
  for (const auto& [stream, seq] : begun.bodies) by_stream[stream].push_back(seq);
  for (const auto& [stream, seqs] : by_stream) {
    r.open_stream(stream).blank(seqs);
    report.bodies += seqs.size();
  }
  // (3) the catalogue without a trace of the words: a new generation from the journal, the old one overwritten.
  {
    const auto lock = r.files.lock(lock_path(r.root), LockKind::exclusive, r.options.wait_ms);
    if (!lock) throw busy();
    const int old = read_generation(r.files, r.root);
    r.catalogue = nullptr;
    const std::string catalogue = generation_path(r.root, old).string(), search = search_path(r.root, old).string();
    for (const Path& path : {Path(catalogue), Path(catalogue + "-wal"), Path(search), Path(search + "-wal")}) {
      const auto stat = r.files.stat(path, false);
      if (!stat) continue;
      const auto file = r.files.open(path, OpenMode::read_write, false);
      const std::string zeros(1u << 16, '\0');
      for (std::uint64_t at = 0; at < stat->size; at += zeros.size())
        file->write_at(at, as_bytes(std::string_view(zeros).substr(0, std::min<std::uint64_t>(zeros.size(), stat->size - at))));
      file->sync(SyncPoint::blanking);
    }
    CatchUp result;
    r.catalogue = rebuild(r.files, r.root, r.stream, result, no_progress());
    if (result.damaged) throw_damaged(result.path, result.problem);
  }
  // (4)
  Change change(repository);
  change.add(journal::type::destruction_done, journal::encode_fields({{"dossier", begun.dossier.text()}}));
  change.commit();
  return report;
}

}  // namespace

DestroyReport destroy(Repository& repository, const DestroyRequest& request) {
  auto& catalogue = repository.catalogue();
  journal::DestructionBegun begun;
  {
    Change change(repository);
    // What cannot be taken back rests on the journal: a catalogue that tells something else must not choose.
    CatchUp told;
    auto fresh = fresh_catalogue(repository.files(), repository.root(), repository.stream(), told, repository.state().progress());
    if (told.damaged) throw_damaged(told.path, told.problem);
    if (fresh->content_digest() != catalogue.content_digest())
      throw Error(Exit::no_verdict, "VTLT-CATALOGUE-05", Message("repository.check.catalogue.differs"), Message("catalogue.failed.hint"));
    fresh.reset();
    begun.dossier = records::new_id(records::Kind::dossier);
    begun.name = request.name;
    begun.decision = request.decision;
    begun.files = request.files;
    std::set<records::Id> documents(request.documents.begin(), request.documents.end());
    std::set<std::pair<std::string, std::uint64_t>> bodies;
    const auto bodies_of = [&](const records::Id& id, std::initializer_list<std::string_view> types) {
      for (const auto& touch : catalogue.touches(id)) {
        const auto event = catalogue.event(touch.stream, touch.seq);
        if (event && std::find(types.begin(), types.end(), event->type) != types.end()) bodies.emplace(touch.stream, touch.seq);
      }
    };
    for (const auto& file : request.files) {
      bodies_of(file, {journal::type::file_opened, journal::type::file_planned, journal::type::file_arranged,
                     journal::type::file_amended});
      // A document of several files goes only with the last of them (P17).
      for (const auto& row : catalogue.documents_of(file)) {
        const auto others = catalogue.files_of(row.document.document.id);
        const bool elsewhere = std::any_of(others.begin(), others.end(), [&](const records::Id& other) {
          return std::find(request.files.begin(), request.files.end(), other) == request.files.end();
        });
        if (!elsewhere) documents.insert(row.document.document.id);
      }
    }
    std::set<std::string> objects;
    for (const auto& id : documents) {
      begun.documents.push_back(id);
      bodies_of(id, {journal::type::document_described, journal::type::content_attached});
      for (const auto& component : catalogue.components(id)) objects.insert(component.sha256);
    }
    begun.bodies.assign(bodies.begin(), bodies.end());
    begun.objects.assign(objects.begin(), objects.end());
    change.add(journal::type::destruction_begun, journal::encode(begun));
    change.commit();
  }
  return carry_out(repository, begun);
}

namespace {

void find_missing_objects(const objects::Store& store, catalogue::Catalogue& catalogue, std::vector<Finding>& findings) {
  catalogue.all_components([&](const records::Component& component) {
    Digest digest;
    if (!Digest::parse(component.sha256, digest) || store.has(digest)) return;
    Finding finding;
    finding.code = "VTLT-OBJECT-08";
    finding.path = store.path_of(digest).string();
    finding.ref = component.name;
    finding.message = Message("repository.check.object.missing");
    finding.hint = Message("repository.check.object.hint");
    findings.push_back(std::move(finding));
  });
}

// As clear_sessions, only counted.
std::uint64_t dead_sessions(Files& files, const Path& root) {
  if (!files.stat(temporary_path(root))) return 0;
  try {
    const auto alone = files.lock(content_lock_path(root), LockKind::exclusive, 0);
    return alone ? files.list(temporary_path(root)).size() : 0;
  } catch (const Error&) {  // a medium that cannot be written holds no sessions
    return 0;
  }
}

RepairReport foresee(Files& files, const Path& root, Progress& progress) {
  RepairReport report;
  CatchUp result;
  auto fresh = fresh_catalogue(files, root, read_own(files, root), result, progress);
  if (result.damaged) throw_damaged(result.path, result.problem);
  report.events = result.events;
  report.tail_cut = result.own.tail.any();
  report.sessions_removed = dead_sessions(files, root);
  for (const auto& one : fresh->destructions())
    if (!one.done) ++report.destructions_completed;
  find_missing_objects(objects::Store(files, root / "objects"), *fresh, report.findings);
  return report;
}

}  // namespace

RepairReport repair(Files& files, const Options& options, bool dry_run) {
  RepairReport report;
  const Path root = find_or_refuse(files, options);
  check_layout(files, root);
  Progress& progress = options.progress != nullptr ? *options.progress : no_progress();
  if (dry_run) return foresee(files, root, progress);
  require_local_filesystem(root);
  adopt_mode(root);
  {
    const auto lock = files.lock(lock_path(root), LockKind::exclusive, options.wait_ms);
    if (!lock) throw busy();
    report.sessions_removed = clear_sessions(files, root);
    CatchUp result;
    rebuild(files, root, read_own(files, root), result, progress);
    if (result.damaged) throw_damaged(result.path, result.problem);
    report.catalogue_rebuilt = true;
    report.events = result.events;
    report.tail_cut = result.own.tail.any();
  }
  Repository repository(files, options, true);
  if (report.tail_cut) Change cut(repository);   // taking the lock clears the tail and names the cut
  for (const auto& one : repository.catalogue().destructions()) {
    if (one.done) continue;
    carry_out(repository, one.begun);
    ++report.destructions_completed;
  }
  find_missing_objects(repository.objects(), repository.catalogue(), report.findings);
  return report;
}

void renew_catalogue(Files& files, const Options& options) {
  const Path root = find_or_refuse(files, options);
  check_layout(files, root);
  require_local_filesystem(root);
  adopt_mode(root);
  const auto lock = files.lock(lock_path(root), LockKind::exclusive, options.wait_ms);
  if (!lock) throw busy();
  CatchUp result;
  rebuild(files, root, read_own(files, root), result, options.progress != nullptr ? *options.progress : no_progress());
}

void accept_restore(Files& files, const Options& options, const std::string& reason,
                    const std::vector<std::pair<std::string, std::int64_t>>& last_numbers, int year, bool dry_run) {
  if (reason.empty()) throw Error(Exit::usage, "VTLT-USAGE-REASON", Message("repository.reason_missing"));
  Options unremembered = options;
  unremembered.state.clear();
  journal::RestoreAccepted body;
  body.reason = reason;
  Repository repository(files, unremembered, true);
  const auto known = remembered_head(files, options.state, repository.stream());
  if (!known || (known->events <= repository.head().events &&
                 repository.stream_of(repository.stream()).header_hash(known->events) == known->hash))
    throw Error(Exit::refused, "VTLT-RESTORE-02", Message("repository.restore.not_needed"));
  body.known_events = known->events;
  body.known_head = known->hash.hex();
  for (const auto& [series, number] : last_numbers) {
    const std::size_t slash = series.find('/');
    const auto fonds = repository.fonds(slash == std::string::npos ? std::string() : series.substr(0, slash));
    const std::string id = slash == std::string::npos ? series : series.substr(slash + 1);
    body.last_numbers[fonds.fonds.id.text() + "/" + id + "/" + std::to_string(year)] = number;
  }
  if (dry_run) return;
  Change change(repository);
  change.add(journal::type::restore_accepted, journal::encode(body));
  change.commit();
  // From here this machine follows the restored copy.
  remember_head(files, options.state, repository.stream(), repository.head());
}

std::uint64_t adopt(Repository& repository, const Path& other_root) {
  auto& r = repository.state();
  const std::string other_own = read_own(r.files, other_root);
  Options reading = r.options;
  reading.start = other_root.parent_path();
  Repository other(r.files, reading, false);
  if (other.condition() == Condition::damaged) throw_damaged(other_root.string(), "journal.fault.chain");
  const auto held = r.catalogue->streams();
  std::vector<journal::StreamAdopted> adopted;
  std::uint64_t events = 0;
  for (const auto& stream : other.catalogue().streams()) {
    if (std::any_of(held.begin(), held.end(), [&](const auto& one) { return one.name == stream.name; }))
      throw Error(Exit::refused, "VTLT-ADOPT-01", Message("repository.adopt.held", {{"stream", stream.name.substr(0, 12)}}));
    adopted.push_back({stream.name, stream.position.head.hash.hex(), stream.position.head.events});
    events += stream.position.head.events;
  }
  // Contents first, then the journal, then the event: what is not adopted is only a folder nobody names.
  Staging staging(repository);
  std::vector<Path> sources;
  std::set<std::string> seen;
  other.catalogue().all_components([&](const records::Component& component) {
    Digest digest;
    if (Digest::parse(component.sha256, digest) && seen.insert(component.sha256).second && !r.store->has(digest))
      sources.push_back(other.objects().path_of(digest));
  });
  const auto received = staging.add(sources);
  for (std::size_t i = 0; i < sources.size(); ++i)
    if (received[i].staged.digest.hex() != sources[i].filename().string())
      throw Error(Exit::no_verdict, "VTLT-OBJECT-02", Message("repository.check.object.changed")).at(sources[i].string());
  staging.sync();
  for (const auto& sha : other.catalogue().schemes_cited()) {
    const Path target = r.root / "schemes" / (sha + ".yaml");
    if (r.files.stat(target, false)) continue;
    const Path source = other_root / "schemes" / (sha + ".yaml");
    const std::string text = read_whole(r.files, source, 8u << 20);
    if (sha256(text).hex() != sha)
      throw Error(Exit::no_verdict, "VTLT-SCHEME-92", Message("repository.scheme.changed", {{"path", source.string()}})).at(source.string());
    write_whole(r.files, target, text, SyncPoint::scheme);
  }
  Change change(repository);
  for (const auto& one : adopted) {
    const Path target = r.root / "journal" / one.stream;
    // A folder left by an adoption that did not finish.
    if (r.files.stat(target, false)) remove_tree(r.files, target);
    r.files.make_directory(target);
    const journal::Stream from(r.files, other_root / "journal" / one.stream, one.stream);
    const journal::Stream to(r.files, target, one.stream);
    for (const std::uint32_t segment : from.segments())
      for (const bool heads : {true, false}) {
        const auto in = r.files.open(heads ? from.head_path(segment) : from.body_path(segment), OpenMode::read, false);
        const auto out = r.files.open(heads ? to.head_path(segment) : to.body_path(segment), OpenMode::create_new);
        std::vector<std::byte> buffer(1u << 20);
        std::uint64_t offset = 0;
        while (const std::size_t got = in->read_at(offset, buffer)) {
          out->write_at(offset, Bytes(buffer.data(), got));
          offset += got;
        }
        out->sync(SyncPoint::adopted_stream);
      }
    r.files.sync_directory(target, SyncPoint::adopted_stream);
    const journal::ReadResult copied = to.read({}, {});
    if (copied.tail.any() || copied.end.head.hash.hex() != one.head)
      throw_damaged(to.head_path(1).string(), "journal.fault.adopted");
    change.add(journal::type::stream_adopted, journal::encode(one));
  }
  r.files.sync_directory(r.root / "journal", SyncPoint::adopted_stream);
  change.commit(&staging);
  return events;
}

}  // namespace vtlt::repository
