#include "repository/checking.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <set>
#include <tuple>

#include "base/error.h"
#include "base/threads.h"
#include "records/arrangement.h"
#include "records/file_names.h"
#include "repository/state.h"
#include "text/text.h"
#include "trust/digest_lanes.h"

namespace vtlt::repository {
namespace {

// What the journal itself says, gathered while the chain is read: it is compared with disk and catalogue.
struct Told {
  std::vector<std::pair<Digest, std::uint64_t>> objects;   // size, of all contents that stand
  std::set<std::string> schemes;
  std::vector<journal::StreamAdopted> adopted;
  std::map<std::pair<std::string, std::uint64_t>, records::Id> destroyed;   // body → dossier
  std::map<records::Id, std::uint64_t> begun;                               // dossier → event
  std::set<records::Id> done;                                               // dossiers
  std::set<std::string> destroyed_objects;
  std::vector<std::pair<std::string, std::uint64_t>> blanked;
  std::vector<std::pair<records::Id, std::string>> numbers;   // hồ sơ số as they were given, by file
};

class Checker {
 public:
  Checker(Files& files, const Options& options, const CheckRequest& request, Progress& progress)
      : files_(files), options_(options), request_(request), progress_(progress) {}
  CheckReport run();

 private:
  void chain(const std::string& name, const std::optional<journal::StreamAdopted>& adopted);
  void bodies();
  void list_objects(const objects::Store& store);
  void begin_objects();
  void read_objects(const objects::Store& store);
  void finish_objects();
  void compare_objects(const objects::Store& store);
  void object_changed(const Path& path);
  void schemes();
  void hold();
  void catalogue(Aside& building);
  void compare(catalogue::Catalogue& fresh);
  void heads();
  void registers(catalogue::Catalogue& catalogue);
  void file_numbers(catalogue::Catalogue& catalogue);
  void find(Level level, std::string code, const Path& path, Message message, Message hint = {}, std::string ref = {}, long line = 0);
  std::string shown(const Path& path) const { return text::printable(path.lexically_relative(root_.parent_path()).string()); }
  void unreadable(const Error& error);

  Files& files_;
  const Options& options_;
  const CheckRequest& request_;
  Progress& progress_;
  Path root_;
  std::string own_;
  bool sound_ = true;   // the journal could be read to its end
  Told told_;
  // What stands in the store, in order of digest.
  struct Object {
    Digest digest;
    std::uint64_t size = 0;   // bytes that were read, where they could be
    bool changed = false;
  };
  std::vector<Object> objects_;
  std::vector<std::uint32_t> order_;   // of objects_, as they are read
  std::atomic<std::size_t> next_object_{0};   // in order_
  std::optional<DigestLanes> lanes_;
  std::vector<std::pair<std::size_t, Error>> unread_;   // object, why
  std::unique_ptr<catalogue::Catalogue> fresh_;   // from the journal, just now
  // The one in use, read while the other is built.
  struct Held {
    Path path;
    bool there = false;
    std::unique_ptr<catalogue::Catalogue> catalogue;   // nullptr: unusable
    std::string digest;
    std::optional<Error> unread, broken;
  } held_;
  CheckReport report_;
  std::mutex guard_;
};

void Checker::find(Level level, std::string code, const Path& path, Message message, Message hint, std::string ref, long line) {
  Finding finding;
  finding.code = std::move(code);
  finding.level = level;
  finding.ref = std::move(ref);
  finding.path = shown(path);
  finding.line = line;
  finding.message = std::move(message);
  finding.hint = std::move(hint);
  const std::lock_guard hold(guard_);
  report_.findings.push_back(std::move(finding));
}

void Checker::unreadable(const Error& error) {
  // What could not be read is no verdict (exit 4), unless an error is found elsewhere.
  const bool reading = error.code().rfind("VTLT-IO-", 0) == 0;
  find(reading ? Level::warning : Level::error, error.code(), error.path().empty() ? root_ : Path(error.path()), error.message(), error.hint());
  report_.complete = sound_ = false;
}

void Checker::chain(const std::string& name, const std::optional<journal::StreamAdopted>& adopted) {
  namespace type = journal::type;
  journal::Stream stream(files_, root_ / "journal" / name, name);
  journal::Decoder decoder;
  // A destruction that was interrupted leaves half-blank bodies: it is completed by `repair`.
  stream.pardon([&] { return begun_bodies(files_, root_, own_)[name]; });
  journal::ReadResult read = stream.read({}, [&](const journal::Event& event) {
    if (++report_.events % 10'000 == 0) check_interrupted();
    if (event.blank) {
      ++report_.blanked;
      told_.blanked.emplace_back(name, event.seq);
      return;
    }
    ++report_.bodies;
    try {
      if (event.type == type::content_attached) {
        const auto component = decoder.component(event.body);
        Digest digest;
        if (Digest::parse(component.sha256, digest)) told_.objects.emplace_back(digest, component.size);
      } else if (event.type == type::scheme_adopted) {
        told_.schemes.insert(decoder.scheme_adopted(event.body).scheme);
      } else if (event.type == type::file_numbered) {
        const auto fields = decoder.fields(event.body);
        const auto file = fields.find("file"), number = fields.find("number");
        records::Id id{records::Kind::file};
        if (file != fields.end() && number != fields.end() && records::Id::parse(file->second, id))
          told_.numbers.emplace_back(id, number->second);
      } else if (event.type == type::stream_adopted) {
        told_.adopted.push_back(decoder.adopted(event.body));
      } else if (event.type == type::destruction_begun) {
        const auto begun = decoder.destruction(event.body);
        told_.begun.emplace(begun.dossier, event.seq);
        for (const auto& body : begun.bodies) told_.destroyed.emplace(body, begun.dossier);
        for (const auto& object : begun.objects) told_.destroyed_objects.insert(object);
      } else if (event.type == type::destruction_done) {
        const auto fields = decoder.fields(event.body);
        const auto dossier = fields.find("dossier");
        records::Id id;
        if (dossier != fields.end() && records::Id::parse(dossier->second, id)) told_.done.insert(id);
      }
    } catch (const Error& error) {
      find(Level::error, error.code(), stream.body_path(1), error.message(), {}, name.substr(0, 12) + ":" + std::to_string(event.seq));
    }
  });
  report_.heads.emplace_back(name, read.end.head);
  if (!adopted && read.end.head.events == 0)
    find(Level::error, "VTLT-CHAIN-01", own_path(root_),
         Message("repository.check.chain", {{"seq", std::string("1")}, {"problem", std::string("{journal.fault.own}")}}),
         Message("repository.damaged.hint"));
  if (read.tail.any()) {
    // Whether anybody knows an event there is asked of the remembered head (below) and of the catalogue.
    const bool harmless = read.tail.torn && !adopted;
    if (!harmless) sound_ = report_.complete = false;
    find(harmless ? Level::warning : Level::error, "VTLT-CHAIN-01", read.tail.path,
         Message("repository.check.chain", {{"seq", std::to_string(read.tail.seq)}, {"problem", "{" + read.tail.problem + "}"}}),
         Message(harmless ? "repository.check.tail.hint" : "repository.damaged.hint"), {},
         static_cast<long>(read.tail.seq));
  }
  if (adopted && (read.end.head.events != adopted->events || read.end.head.hash.hex() != adopted->head))
    find(Level::error, "VTLT-CHAIN-02", stream.head_path(1), Message("journal.fault.adopted"));
  const auto known = remembered_head(files_, options_.state, name);
  // Of an adopted stream this machine may know more: it ends where it was adopted. What stands behind a break cannot be
  // read: that is said above, and is no older copy.
  const bool shorter = known && known->events > read.end.head.events;
  const bool told = shorter && read.tail.any() && !read.tail.torn;
  if (known && !told && !(adopted && known->events > adopted->events) &&
      (shorter || stream.header_hash(known->events) != known->hash))
    find(Level::error, "VTLT-RESTORE-01", stream.head_path(1), Message("repository.check.remembered", {{"events", static_cast<std::int64_t>(known->events)}}),
         Message("repository.older_copy.hint"));
}

void Checker::bodies() {
  std::set<std::pair<std::string, std::uint64_t>> blank(told_.blanked.begin(), told_.blanked.end());
  for (const auto& body : blank)
    if (told_.destroyed.count(body) == 0)
      find(Level::error, "VTLT-CHAIN-03", root_ / "journal" / body.first, Message("repository.check.blank", {{"seq", std::to_string(body.second)}}));
  for (const auto& [body, dossier] : told_.destroyed)
    if (told_.done.count(dossier) != 0 && blank.count(body) == 0)
      find(Level::error, "VTLT-CHAIN-04", root_ / "journal" / body.first, Message("repository.check.not_blank", {{"seq", std::to_string(body.second)}}),
           Message("repository.check.not_blank.hint"));
  for (const auto& [dossier, seq] : told_.begun)
    if (told_.done.count(dossier) == 0)
      find(Level::error, "VTLT-CHAIN-07", root_ / "journal" / own_, Message("repository.check.destruction.open", {{"seq", std::to_string(seq)}}),
           Message("repository.check.not_blank.hint"));
}

void Checker::list_objects(const objects::Store& store) {
  store.list([&](const Digest& digest, std::uint64_t size) { objects_.push_back({digest, size}); },
             [&](const Path& path) { find(Level::warning, "VTLT-OBJECT-07", path, Message("repository.check.object.strange")); });
}

void Checker::begin_objects() {
  std::uint64_t bytes = 0;
  order_.resize(objects_.size());
  for (std::size_t i = 0; i < order_.size(); ++i) {
    order_[i] = static_cast<std::uint32_t>(i);
    bytes += objects_[i].size;
  }
  progress_.start(Message("repository.progress.check"), objects_.size(), bytes);
  // Largest first, so that no core is left with a big one at the end.
  std::sort(order_.begin(), order_.end(), [&](std::uint32_t a, std::uint32_t b) { return objects_[a].size > objects_[b].size; });
  lanes_.emplace([&](std::uint32_t i, const Digest& digest) { objects_[i].changed = digest != objects_[i].digest; }, bytes);
}

// Each is named by its digest: nothing else has to be known for reading them. Whoever calls reads what is not read yet.
void Checker::read_objects(const objects::Store& store) {
  for (std::size_t i; (i = next_object_++) < order_.size();) {
    check_interrupted();
    Object& object = objects_[order_[i]];
    try {
      const auto file = files_.open(store.path_of(object.digest), OpenMode::read);
      DigestLanes::Use use(*lanes_);
      // One byte more shows that it did not grow since it was listed.
      const std::span<std::byte> room = lanes_->several() ? use.room(object.size + 1) : std::span<std::byte>();
      const std::size_t got = room.empty() ? 0 : file->read_at(0, room);
      if (got < room.size()) {
        object.size = got;
        use.give(order_[i], got);
      } else {
        object.changed = sha256_file(*file, &object.size) != object.digest;
      }
      progress_.advance(1, object.size);
    } catch (const Error& error) {
      if (error.exit() == Exit::interrupted) throw;
      const std::lock_guard hold(guard_);
      unread_.emplace_back(order_[i], error);
    }
  }
}

void Checker::finish_objects() {
  lanes_->finish();
  progress_.finish();
}

void Checker::object_changed(const Path& path) {
  find(Level::error, "VTLT-OBJECT-02", path, Message("repository.check.object.changed"), Message("repository.check.object.hint"));
}

void Checker::compare_objects(const objects::Store& store) {
  auto& told = told_.objects;
  std::sort(told.begin(), told.end());
  auto expected = told.begin();
  const auto missing_before = [&](const Digest* next) {
    for (; expected != told.end() && (next == nullptr || expected->first < *next); ++expected) {
      if (expected != told.begin() && std::prev(expected)->first == expected->first) continue;   // of several documents
      const Path path = store.path_of(expected->first);
      // It may have come while the others were read.
      const auto stat = files_.stat(path, false);
      if (!stat || stat->kind != FileKind::file) {
        find(Level::error, "VTLT-OBJECT-08", path, Message("repository.check.object.missing"), Message("repository.check.object.hint"));
      } else if (std::uint64_t size = 0; sha256_file(files_, path, &size) != expected->first) {
        object_changed(path);
      } else {
        ++report_.objects;
        report_.object_bytes += size;
      }
    }
  };
  std::sort(unread_.begin(), unread_.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  auto unread = unread_.begin();
  for (std::size_t i = 0; i < objects_.size(); ++i) {
    const Object& object = objects_[i];
    const Error* error = nullptr;
    if (unread != unread_.end() && unread->first == i) error = &(unread++)->second;
    missing_before(&object.digest);
    const bool known = expected != told.end() && expected->first == object.digest;
    const Path path = store.path_of(object.digest);
    // Which documents name it may stand behind a break of the journal; its name is its digest all the same.
    if (!known && sound_) {
      const bool destroyed = told_.destroyed_objects.count(object.digest.hex()) != 0;
      find(destroyed ? Level::error : Level::note, destroyed ? "VTLT-OBJECT-06" : "VTLT-OBJECT-05", path,
           Message(destroyed ? "repository.check.object.not_destroyed" : "repository.check.object.orphan"),
           destroyed ? Message("repository.check.not_blank.hint") : Message());
      continue;
    }
    const auto next = std::find_if(expected, told.end(), [&](const auto& one) { return one.first != object.digest; });
    const auto other = std::find_if(expected, next, [&](const auto& one) { return one.second != object.size; });
    const std::optional<std::uint64_t> said = other == next ? std::nullopt : std::optional(other->second);
    expected = next;
    if (error != nullptr) {
      report_.complete = false;
      find(Level::warning, error->code(), path, error->message());
      continue;
    }
    if (said)
      find(Level::error, "VTLT-OBJECT-02", path,
           Message("repository.check.object.size",
                   {{"size", static_cast<std::int64_t>(object.size)}, {"expected", static_cast<std::int64_t>(*said)}}),
           Message("repository.check.object.hint"));
    if (object.changed) object_changed(path);
    ++report_.objects;
    report_.object_bytes += object.size;
  }
  missing_before(nullptr);
}

void Checker::schemes() {
  for (const auto& sha : told_.schemes) {
    try {
      read_scheme(files_, root_, sha);
    } catch (const Error& error) {
      find(Level::error, error.code(), root_ / "schemes" / (sha + ".yaml"), error.message(), Message("repository.check.object.hint"));
    }
  }
}

void Checker::registers(catalogue::Catalogue& catalogue) {
  for (const auto& row : catalogue.fonds()) {
    if (row.scheme.empty()) continue;
    std::optional<scheme::Scheme> scheme;
    try {
      scheme = read_scheme(files_, root_, row.scheme);
    } catch (const Error&) {
      continue;  // said by schemes()
    }
    std::set<int> years;
    catalogue::EntryFilter filter;
    filter.fonds = row.fonds.id;
    for (const auto& series : scheme->series) {
      // Several types share one series only where the office has one row of numbers; types with rows of their own
      // carry the notation in the key, and gaps there are not told apart (P02, P03).
      if (series.book != records::Book::in) continue;
      for (int year = 1945; year <= 2200; ++year) {
        const auto largest = catalogue.largest_number(row.fonds.id, series.id, year);
        if (largest == 0) continue;
        const auto missing = catalogue.missing_numbers(row.fonds.id, series.id, year, 20);
        if (missing.empty()) continue;
        std::string list;
        for (const int number : missing) list += (list.empty() ? "" : ", ") + std::to_string(number);
        if (missing.size() == 20) list += " …";
        // Where another system gives the numbers, a gap here is a note (product.md trap 7).
        // A paper whose entry was lost, as after a restored copy, is registered again under its own number.
        find(scheme->numbering_internal ? Level::error : Level::note, "P02", root_,
             Message("repository.check.gap", {{"series", series.id}, {"year", std::to_string(year)}, {"numbers", list}}),
             scheme->numbering_internal ? Message("repository.check.gap.hint") : Message(), row.fonds.code);
      }
    }
  }
}

// P46: hồ sơ số run through the fonds, none twice, none again; bundles and volumes of what was sorted out likewise.
void Checker::file_numbers(catalogue::Catalogue& catalogue) {
  std::sort(told_.numbers.begin(), told_.numbers.end());
  for (const auto& row : catalogue.fonds()) {
    std::vector<records::NumberUse> uses;
    std::vector<records::MarkedFile> marked;
    int first = 0;
    catalogue::FileFilter filter;
    filter.fonds = row.fonds.id;
    filter.all = true;
    catalogue.files(filter, [&](const catalogue::FileRow& held) {
      const auto& file = held.file;
      if (file.state == records::FileState::destroyed) return;
      const bool numbered = !file.number.empty();
      const auto begin = std::lower_bound(told_.numbers.begin(), told_.numbers.end(), std::pair(file.id, std::string()));
      if (!numbered && file.rejected.empty() && (begin == told_.numbers.end() || begin->first != file.id)) return;
      const std::string name = records::file_name(file);
      if (numbered) {
        uses.push_back({file.number, file.id, name, true});
        const auto number = records::parse_file_number(file.number);
        // What was arranged before may be described elsewhere.
        if (number && (first == 0 || number->number < first)) first = number->number;
      }
      for (auto at = begin; at != told_.numbers.end() && at->first == file.id; ++at)
        if (at->second != file.number && !at->second.empty()) uses.push_back({at->second, file.id, name, false});
      if (!file.rejected.empty()) marked.push_back({{file.bundle, file.volume}, name});
    });
    const auto take = [&](std::vector<Finding>&& findings) {
      for (auto& finding : findings) {
        finding.path = shown(root_);
        const std::lock_guard hold(guard_);
        report_.findings.push_back(std::move(finding));
      }
    };
    if (!uses.empty()) take(records::check_file_numbers(row.fonds.code, uses, first));
    if (!marked.empty()) take(records::check_bundles(row.fonds.code, marked));
  }
}

// A catalogue built from the journal just now counts what there is, and must equal the one in use.
void Checker::catalogue(Aside& building) {
  hold();
  building.finish();
  const auto& fresh = fresh_;
  const auto counts = fresh->counts({});
  report_.documents = static_cast<std::uint64_t>(counts.documents);
  report_.files = static_cast<std::uint64_t>(counts.files);
  fresh->files({}, 0, records::FileState::destroyed, [&](const catalogue::FileRow&) { --report_.files; });
  for (const auto& unknown : fresh->unknown_types())
    find(Level::note, "VTLT-CHAIN-05", root_, Message("repository.check.unknown_type", {{"type", unknown}}));
  // The journal is what is compared with: where it is broken, its catalogue says nothing more.
  if (!sound_) return;
  registers(*fresh);
  file_numbers(*fresh);
  compare(*fresh);
}

void Checker::hold() {
  try {
    const int generation = read_generation(files_, root_);
    held_.path = generation == 0 ? root_ / "catalogue" : generation_path(root_, generation);
    held_.there = generation != 0 && files_.stat(held_.path, false);
    if (held_.there) held_.catalogue = catalogue::Catalogue::open(held_.path, catalogue::Catalogue::Mode::read, temporary_path(root_));
  } catch (const Error& error) {
    if (error.exit() == Exit::interrupted) throw;
    held_.unread = error;
  }
  if (!held_.catalogue) return;
  try {
    held_.digest = held_.catalogue->content_digest();
  } catch (const Error& error) {
    if (error.exit() == Exit::interrupted) throw;
    held_.broken = error;
  }
}

void Checker::compare(catalogue::Catalogue& fresh) {
  const Path& path = held_.path;
  const auto& held = held_.catalogue;
  if (held_.unread) throw *held_.unread;
  if (!held_.there) {
    find(Level::note, "VTLT-CATALOGUE-02", path, Message("repository.check.catalogue.absent"), Message("catalogue.failed.hint"));
    return;
  }
  if (!held) {
    find(Level::error, "VTLT-CATALOGUE-03", path, Message("repository.check.catalogue.unusable"), Message("catalogue.failed.hint"));
    return;
  }
  bool behind = false;
  for (const auto& stream : held->streams())
    for (const auto& [name, head] : report_.heads) {
      if (name != stream.name || head == stream.position.head) continue;
      behind = true;
      // Never ahead of the journal: what the catalogue knows was in it.
      const journal::Stream journal(files_, root_ / "journal" / name, name);
      if (stream.position.head.events != 0 && (stream.position.head.events > head.events ||
          journal.header_hash(stream.position.head.events) != stream.position.head.hash))
        find(Level::error, "VTLT-CHAIN-01", journal.head_path(1),
             Message("repository.check.chain", {{"seq", std::to_string(head.events + 1)}, {"problem", "{journal.fault.shorter}"}}),
             Message("repository.damaged.hint"), {}, static_cast<long>(head.events));
    }
  if (behind) {
    find(Level::note, "VTLT-CATALOGUE-04", path, Message("repository.check.catalogue.behind"), Message("catalogue.failed.hint"));
    return;
  }
  try {
    if (held_.broken) throw *held_.broken;
    if (held_.digest != fresh.content_digest())
      find(Level::error, "VTLT-CATALOGUE-05", path, Message("repository.check.catalogue.differs"), Message("catalogue.failed.hint"));
  } catch (const Error& error) {
    find(Level::error, "VTLT-CATALOGUE-03", path, error.message(), Message("catalogue.failed.hint"));
  }
}

void Checker::heads() {
  if (!request_.head) return;
  // "41207 · 8Q2M-V4XZ-…": number, then letters; only those count.
  std::string letters;
  std::uint64_t events = 0;
  std::size_t at = 0;
  const std::string& text = *request_.head;
  while (at < text.size() && (text[at] < '0' || text[at] > '9')) ++at;
  for (; at < text.size() && ((text[at] >= '0' && text[at] <= '9') || text[at] == '.'); ++at)
    if (text[at] != '.') events = events * 10 + static_cast<std::uint64_t>(text[at] - '0');
  for (; at < text.size(); ++at)
    if ((text[at] >= '0' && text[at] <= '9') || (text[at] >= 'A' && text[at] <= 'Z')) letters += text[at];
    else if (text[at] >= 'a' && text[at] <= 'z') letters += static_cast<char>(text[at] - 'a' + 'A');
  const journal::Stream stream(files_, root_ / "journal" / own_, own_);
  const auto hash = events == 0 ? std::nullopt : stream.header_hash(events);
  std::string expected;
  if (hash)
    for (const char c : journal::printed({events, *hash}).substr(std::to_string(events).size()))
      if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')) expected += c;
  if (letters.size() < 8 || !hash || expected.compare(0, letters.size(), letters) != 0)
    find(Level::error, "VTLT-CHAIN-06", stream.head_path(1), Message("repository.check.head", {{"head", text}}), Message("repository.check.head.hint"));
}

CheckReport Checker::run() {
  root_ = find_or_refuse(files_, options_);
  const auto guarded = [&](auto step) {
    try {
      step();
    } catch (const Error& error) {
      if (error.exit() == Exit::interrupted) throw;
      unreadable(error);
    }
  };
  guarded([&] {
    check_layout(files_, root_);
    own_ = read_own(files_, root_);
  });
  if (own_.empty()) return report_;
  // While a writer commits, its tail would look like damage: wait for a quiet moment where that is possible.
  std::unique_ptr<FileLock> quiet;
  try {
    quiet = files_.lock(lock_path(root_), LockKind::shared, options_.wait_ms);
  } catch (const Error&) {  // read-only media
  }
  const objects::Store store(files_, root_ / "objects");
  std::optional<Aside> reading;
  guarded([&] {
    list_objects(store);
    begin_objects();
    // Of two cores the other has the catalogue to build, which is the longer way.
    reading.emplace([&] {
      parallel_for(hardware_threads() > 2 ? hardware_threads() : 1, [&](std::size_t) { read_objects(store); });
    });
  });
  // Built while the chain is read: neither wants the other's outcome.
  Aside building([&] {
    CatchUp built;
    fresh_ = fresh_catalogue(files_, root_, own_, built, no_progress());
  });
  guarded([&] { chain(own_, std::nullopt); });
  std::set<std::string> done{own_};
  for (std::size_t i = 0; i < told_.adopted.size(); ++i) {
    const journal::StreamAdopted adopted = told_.adopted[i];
    if (done.insert(adopted.stream).second) guarded([&] { chain(adopted.stream, adopted); });
  }
  guarded([&] { bodies(); });
  guarded([&] { schemes(); });
  guarded([&] { heads(); });
  guarded([&] { catalogue(building); });
  quiet.reset();
  // What the catalogues held is needed for the objects.
  fresh_.reset();
  held_.catalogue.reset();
  if (reading) guarded([&] {
    read_objects(store);
    reading->finish();
    finish_objects();
    compare_objects(store);
  });
  std::stable_sort(report_.findings.begin(), report_.findings.end(), [](const Finding& a, const Finding& b) {
    return std::tuple(a.path, a.line, a.code) < std::tuple(b.path, b.line, b.code);
  });
  return report_;
}

}  // namespace

bool CheckReport::passed() const {
  return complete && std::none_of(findings.begin(), findings.end(), [](const Finding& f) { return f.level == Level::error; });
}

CheckReport check(Files& files, const Options& options, const CheckRequest& request, Progress& progress) {
  return Checker(files, options, request, progress).run();
}

}  // namespace vtlt::repository
