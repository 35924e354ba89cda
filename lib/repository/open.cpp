// Opening: finding the repository, its catalogue and what this machine knows of it.
#include <algorithm>
#include <charconv>
#include <set>

#include "base/encoding.h"
#include "base/error.h"
#include "repository/state.h"

namespace vtlt::repository {

std::optional<Path> find(Files& files, const Path& start) {
  Path at = std::filesystem::absolute(start).lexically_normal();
  for (;;) {
    const auto own = files.stat(at / ".vtlt" / "journal" / "own");
    if (own) return at / ".vtlt";
    if (!at.has_parent_path() || at.parent_path() == at) return std::nullopt;
    at = at.parent_path();
  }
}

std::string read_own(Files& files, const Path& root) {
  std::string text = read_whole(files, own_path(root), 4096);
  while (!text.empty() && text.back() == '\n') text.pop_back();
  Digest digest;
  if (!Digest::parse(text, digest) || digest.hex() != text) throw_damaged(own_path(root).string(), "journal.fault.own");
  return text;
}

int read_generation(Files& files, const Path& root) {
  const Path path = root / "catalogue" / "current";
  const auto stat = files.stat(path, false);
  if (!stat || stat->size > 64) return 0;
  const std::string text = read_whole(files, path, 64);
  int number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number > 0 ? number : 0;
}

Path generation_path(const Path& root, int generation) {
  return root / "catalogue" / (std::to_string(generation) + ".sqlite");
}

void throw_damaged(const std::string& path, const std::string& problem) {
  throw Error(Exit::no_verdict, "VTLT-CHAIN-01",
              Message("repository.damaged", {{"path", path}, {"problem", "{" + problem + "}"}}),
              Message("repository.damaged.hint"))
      .at(path);
}

namespace {

// Brings a catalogue up to the journal. An adopted stream is read where the own stream adopts it, so that a catalogue
// made anew sees the events in the order in which a running one saw them.
class CatchingUp {
 public:
  CatchingUp(Files& files, const Path& root, const std::string& own, catalogue::Catalogue& catalogue, Progress& progress)
      : files_(files), root_(root), own_(own), catalogue_(catalogue), progress_(progress) {}

  CatchUp run() {
    all();
    return std::move(result_);
  }

 private:
  void all() {
    for (const auto& known : catalogue_.streams())
      if (done_.insert(known.name).second) one(known);
  }
  void one(const catalogue::StreamState& known);
  journal::ReadResult apply(const journal::Stream& stream, int number, const journal::Position& from);
  void damaged(std::string path, std::string problem) {
    result_.damaged = true;
    result_.path = std::move(path);
    result_.problem = std::move(problem);
  }

  Files& files_;
  const Path& root_;
  const std::string& own_;
  catalogue::Catalogue& catalogue_;
  Progress& progress_;
  std::set<std::string> done_;
  CatchUp result_;
};

void CatchingUp::one(const catalogue::StreamState& known) {
  journal::Stream stream(files_, root_ / "journal" / known.name, known.name);
  const auto extent = stream.extent(known.position);
  if (extent == journal::Stream::Extent::shorter) {
    damaged(stream.head_path(known.position.segment).string(), "journal.fault.shorter");
    if (known.own) result_.own.end = known.position;
    return;
  }
  journal::ReadResult read;
  read.end = known.position;
  if (extent == journal::Stream::Extent::longer || known.position.head.events == 0) {
    read = apply(stream, known.number, known.position);
    if (read.tail.problem == "journal.fault.body") {
      // Half blank by a destruction that was interrupted?
      auto begun = begun_bodies(files_, root_, own_)[known.name];
      if (begun.count(read.tail.seq) != 0) {
        stream.pardon(std::move(begun));
        read = apply(stream, known.number, read.end);
      }
    }
  }
  if (known.own) {
    result_.own = read;
    if (read.end.head.events == 0) damaged(own_path(root_).string(), "journal.fault.own");
    if (read.tail.any() && !read.tail.torn) damaged(read.tail.path, read.tail.problem);
    return;
  }
  const auto streams = catalogue_.streams();  // a later event may have adopted more of it
  const auto now = std::find_if(streams.begin(), streams.end(), [&](const auto& one) { return one.name == known.name; });
  if (read.tail.any() || now == streams.end() || read.end.head != now->adopted)
    damaged(read.tail.any() ? read.tail.path : stream.head_path(1).string(),
            read.tail.any() ? read.tail.problem : "journal.fault.adopted");
}

journal::ReadResult CatchingUp::apply(const journal::Stream& stream, int number, const journal::Position& from) {
  catalogue_.begin_apply();
  std::uint64_t reported = 0;
  bool adopts = false;
  journal::ReadResult read;
  try {
    read = stream.read(
        from,
        [&](const journal::Event& event) {
          catalogue_.apply(number, event);
          adopts = adopts || event.type == journal::type::stream_adopted;
          ++result_.events;
          if (++reported == 10'000) {
            check_interrupted();
            progress_.advance(reported, 0);
            reported = 0;
          }
        },
        [&](const journal::Position& position) {
          catalogue_.complete(number, position);
          if (!adopts) return;
          adopts = false;
          catalogue_.end_apply();
          all();
          catalogue_.begin_apply();
        });
  } catch (...) {
    try {
      catalogue_.end_apply();
    } catch (const Error&) {  // the first failure is the one to tell
    }
    throw;
  }
  catalogue_.end_apply();
  return read;
}

}  // namespace

std::map<std::string, std::set<std::uint64_t>> begun_bodies(Files& files, const Path& root, const std::string& own) {
  std::map<std::string, std::set<std::uint64_t>> all;
  journal::Decoder decoder;
  journal::Stream(files, root / "journal" / own, own)
      .each_of_type(journal::type::destruction_begun, [&](std::uint64_t, std::string_view body) {
        for (const auto& [stream, seq] : decoder.destruction(body).bodies) all[stream].insert(seq);
      });
  return all;
}

CatchUp catch_up(Files& files, const Path& root, const std::string& own, catalogue::Catalogue& catalogue,
                 Progress& progress) {
  return CatchingUp(files, root, own, catalogue, progress).run();
}

namespace {
// "12.sqlite" and what SQLite puts beside it.
bool is_generation_file(const std::string& name) {
  const std::size_t end = name.find_first_not_of("0123456789");
  return end != 0 && end != std::string::npos && name.compare(end, 7, ".sqlite") == 0;
}
}  // namespace

std::unique_ptr<catalogue::Catalogue> rebuild(Files& files, const Path& root, const std::string& own, CatchUp& result,
                                              Progress& progress) {
  const int old = read_generation(files, root);
  int next = old + 1;
  const Path directory = root / "catalogue";
  if (!files.stat(directory)) files.make_directory(directory);
  // Leftovers of a rebuild that did not finish are nobody's.
  for (const auto& entry : files.list(directory))
    if (is_generation_file(entry.name) && entry.name.rfind(std::to_string(old) + ".sqlite", 0) != 0)
      files.remove_file(directory / entry.name);
  progress.start(Message("repository.progress.rebuild"), 0, 0);
  {
    // Made here, not by SQLite, which would not let the group write it.
    files.open(generation_path(root, next), OpenMode::create);
    auto fresh = catalogue::Catalogue::create(generation_path(root, next), catalogue::Catalogue::Mode::write,
                                              temporary_path(root));
    fresh->add_stream(own, true, {});
    result = catch_up(files, root, own, *fresh, progress);
    fresh->finish_bulk();
    keep_compiled_schemes(files, root, *fresh);
    fresh->checkpoint();
  }
  progress.finish();
  files.open(generation_path(root, next), OpenMode::read_write)->sync(SyncPoint::catalogue_current);
  write_whole(files, directory / "current", std::to_string(next) + "\n", SyncPoint::catalogue_current);
  for (const auto& entry : files.list(directory))
    if (old != 0 && entry.name.rfind(std::to_string(old) + ".sqlite", 0) == 0) files.remove_file(directory / entry.name);
  auto opened = catalogue::Catalogue::open(generation_path(root, next), catalogue::Catalogue::Mode::write, temporary_path(root));
  VTLT_ASSERT(opened != nullptr);
  return opened;
}

std::unique_ptr<catalogue::Catalogue> fresh_catalogue(Files& files, const Path& root, const std::string& own,
                                                      CatchUp& result, Progress& progress) {
  auto fresh = catalogue::Catalogue::create("", catalogue::Catalogue::Mode::temporary, {});
  fresh->add_stream(own, true, {});
  result = catch_up(files, root, own, *fresh, progress);
  fresh->finish_bulk();
  return fresh;
}

scheme::Scheme read_scheme(Files& files, const Path& root, const std::string& sha) {
  const Path path = root / "schemes" / (sha + ".yaml");
  if (!files.stat(path, false))
    throw Error(Exit::no_verdict, "VTLT-SCHEME-91", Message("repository.scheme.missing", {{"path", path.string()}})).at(path.string());
  const std::string text = read_whole(files, path, 8u << 20);
  if (sha256(text).hex() != sha)
    throw Error(Exit::no_verdict, "VTLT-SCHEME-92", Message("repository.scheme.changed", {{"path", path.string()}})).at(path.string());
  return scheme::load({path.string(), text});
}

void keep_compiled_schemes(Files& files, const Path& root, catalogue::Catalogue& catalogue) {
  for (const auto& row : catalogue.fonds()) {
    if (row.scheme.empty() || !catalogue.scheme_compiled(row.scheme).empty()) continue;
    try {
      catalogue.keep_scheme_compiled(row.scheme, scheme::to_compiled(read_scheme(files, root, row.scheme)));
    } catch (const Error&) {  // said when the scheme is needed, and by verify
    }
  }
}

std::optional<journal::Head> remembered_head(Files& files, const Path& state, const std::string& stream) {
  const Path path = state / "heads" / stream;
  if (state.empty() || !files.stat(path)) return std::nullopt;
  const std::string text = read_whole(files, path, 4096);
  // {"events":41,"hash":"…"}; anything else (a torn write) counts as not remembered.
  journal::Head head;
  constexpr std::string_view first = "{\"events\":", second = ",\"hash\":\"";
  if (text.compare(0, first.size(), first) != 0) return std::nullopt;
  const auto [end, error] = std::from_chars(text.data() + first.size(), text.data() + text.size(), head.events);
  const std::size_t at = static_cast<std::size_t>(end - text.data());
  if (error != std::errc() || text.compare(at, second.size(), second) != 0 ||
      !Digest::parse(std::string_view(text).substr(std::min(text.size(), at + second.size()), 64), head.hash))
    return std::nullopt;
  return head;
}

void remember_head(Files& files, const Path& state, const std::string& stream, const journal::Head& head) {
  if (state.empty()) return;
  try {
    make_directories(files, state / "heads");
    const Path path = state / "heads" / stream;
    const Path temporary = path.string() + ".tmp";
    if (files.stat(temporary, false)) files.remove_file(temporary);
    const std::string text = "{\"events\":" + std::to_string(head.events) + ",\"hash\":\"" + head.hash.hex() + "\"}\n";
    files.open(temporary, OpenMode::create_new)->write_at(0, as_bytes(text));
    // Not synced: a lost head is an older head, and an unreadable one counts as none.
    files.rename(temporary, path);
  } catch (const Error&) {  // a machine that cannot remember is no reason to fail a command that has succeeded
  }
}

void check_features(catalogue::Catalogue& catalogue, bool& read_only) {
  for (const auto& [key, value] : catalogue.all_config()) {
    if (key.rfind("feature.incompatible.", 0) == 0)
      throw Error(Exit::refused, "VTLT-REPO-02", Message("repository.feature.unknown", {{"feature", value}}),
                  Message("repository.feature.hint"));
    if (key.rfind("feature.read_only_compatible.", 0) == 0) read_only = true;
  }
}

void check_layout(Files& files, const Path& root) {
  // A repository from a USB stick may be made to lead elsewhere: nothing in it is a link.
  const auto must_be = [&](const Path& path, FileKind kind, bool needed) {
    const auto stat = files.stat(path, false);
    if (stat ? stat->kind != kind : needed)
      throw Error(Exit::refused, "VTLT-REPO-05", Message("repository.layout", {{"path", path.string()}})).at(path.string());
  };
  must_be(root, FileKind::directory, true);
  for (const char* name : {"journal", "objects", "schemes"}) must_be(root / name, FileKind::directory, true);
  for (const char* name : {"catalogue", "tmp"}) must_be(root / name, FileKind::directory, false);
  must_be(own_path(root), FileKind::file, true);
  for (const Path& path : {root / "catalogue" / "current", root / "config.yaml", lock_path(root), content_lock_path(root)})
    must_be(path, FileKind::file, false);
  if (files.stat(root / "catalogue", false))
    for (const auto& entry : files.list(root / "catalogue")) must_be(root / "catalogue" / entry.name, FileKind::file, true);
  for (const auto& entry : files.list(root / "journal"))
    if (entry.name != "own") must_be(root / "journal" / entry.name, FileKind::directory, true);
}

std::uint64_t clear_sessions(Files& files, const Path& root) {
  const Path directory = temporary_path(root);
  if (!files.stat(directory)) {
    files.make_directory(directory);
    return 0;
  }
  const auto entries = files.list(directory);
  if (entries.empty()) return 0;
  // Every living session holds content.lock shared: alone with it, nobody else is staging.
  const auto alone = files.lock(content_lock_path(root), LockKind::exclusive, 0);
  if (!alone) return 0;
  std::uint64_t removed = 0;
  for (const auto& entry : entries) {
    remove_tree(files, directory / entry.name);
    ++removed;
  }
  return removed;
}

namespace {

bool can_write(Files& files, const Path& root) {
  try {
    return files.lock(lock_path(root), LockKind::exclusive, 0) != nullptr || true;
  } catch (const Error&) {
    return false;
  }
}

// nullptr: not usable, or of another journal.
std::unique_ptr<catalogue::Catalogue> open_generation(Repository::State& s, int generation, catalogue::Catalogue::Mode mode) {
  if (!s.files.stat(generation_path(s.root, generation), false)) return nullptr;
  auto opened = catalogue::Catalogue::open(generation_path(s.root, generation), mode, temporary_path(s.root));
  if (!opened) return nullptr;
  const auto streams = opened->streams();
  const bool ours = std::any_of(streams.begin(), streams.end(), [&](const auto& one) { return one.own && one.name == s.stream; });
  return ours ? std::move(opened) : nullptr;
}

void open_catalogue(Repository::State& s) {
  using catalogue::Catalogue;
  const bool writable = can_write(s.files, s.root);
  if (!writable) s.condition = Condition::read_only;
  const int generation = read_generation(s.files, s.root);
  CatchUp result;
  if (generation != 0) {
    const Path file = generation_path(s.root, generation);
    const Path wal = file.string() + "-wal";
    const auto log = s.files.stat(wal, false);
    const bool usable = writable || !log || log->size == 0;
    if (usable && s.files.stat(file, false))
      s.catalogue = open_generation(s, generation,
                                    !writable   ? Catalogue::Mode::immutable
                                    : s.writing ? Catalogue::Mode::write
                                                : Catalogue::Mode::read);
  }
  bool behind = s.catalogue == nullptr;
  if (s.catalogue)
    for (const auto& stream : s.catalogue->streams())
      behind = behind || s.open_stream(stream.name).extent(stream.position) != journal::Stream::Extent::same;
  if (!behind) return;
  if (!writable) {
    s.catalogue = fresh_catalogue(s.files, s.root, s.stream, result, s.progress());
  } else if (auto lock = s.files.lock(lock_path(s.root), LockKind::exclusive, s.catalogue && !s.writing ? 0 : s.options.wait_ms)) {
    // Another process may have made or changed it meanwhile.
    s.catalogue = nullptr;
    if (const int now = read_generation(s.files, s.root); now != 0) s.catalogue = open_generation(s, now, Catalogue::Mode::write);
    if (s.catalogue) result = catch_up(s.files, s.root, s.stream, *s.catalogue, s.progress());
    else s.catalogue = rebuild(s.files, s.root, s.stream, result, s.progress());
  } else if (s.catalogue) {
    s.condition = Condition::behind;
  } else {
    throw Error(Exit::busy, "VTLT-BUSY", Message("repository.busy"), Message("repository.busy.hint"));
  }
  if (result.damaged) s.condition = Condition::damaged;
}

}  // namespace

Repository::Repository(Files& files, const Options& options, bool writing)
    : state_(std::make_unique<State>(files, options)) {
  State& s = *state_;
  s.writing = writing;
  const auto root = find(files, options.start);
  if (!root)
    throw Error(Exit::usage, "VTLT-REPO-01", Message("repository.none", {{"path", std::filesystem::absolute(options.start).lexically_normal().string()}}),
                Message("repository.none.hint"));
  s.root = *root;
  check_layout(files, s.root);
  if (writing) {
    require_local_filesystem(s.root);
    adopt_mode(s.root);
  }
  s.stream = read_own(files, s.root);
  s.store = std::make_unique<objects::Store>(files, s.root / "objects");
  // Before the journal is looked at: what another command commits meanwhile must not look like a later copy.
  const auto known = remembered_head(files, options.state, s.stream);
  open_catalogue(s);
  bool read_only = false;
  check_features(*s.catalogue, read_only);
  if (read_only && s.condition == Condition::good) s.condition = Condition::read_only;
  for (const auto& stream : s.catalogue->streams()) {
    if (stream.own) s.head = stream.position.head;
    // Of an adopted stream the machine may know more from where it goes on: here it ends where it was adopted.
    if (!stream.own) continue;
    if (!known || s.condition == Condition::damaged || s.condition == Condition::behind) continue;
    const bool extends = known->events == stream.position.head.events
                             ? known->hash == stream.position.head.hash
                             : known->events < stream.position.head.events &&
                                   s.open_stream(stream.name).header_hash(known->events) == known->hash;
    if (!extends) s.condition = Condition::older_copy;
  }
  if (writing) {
    switch (s.condition) {
      case Condition::older_copy:
        throw Error(Exit::refused, "VTLT-RESTORE-01", Message("repository.older_copy"), Message("repository.older_copy.hint"));
      case Condition::read_only:
        throw Error(read_only ? Exit::refused : Exit::no_verdict, read_only ? "VTLT-REPO-03" : "VTLT-IO-EROFS",
                    Message("repository.read_only", {{"path", s.root.string()}}), Message("base.io.permission"));
      case Condition::damaged: {
        CatchUp result = catch_up(files, s.root, s.stream, *s.catalogue, no_progress());
        throw_damaged(result.path.empty() ? s.root.string() : result.path,
                      result.problem.empty() ? "journal.fault.chain" : result.problem);
      }
      default: break;
    }
    clear_sessions(files, s.root);
  }
}

Repository::~Repository() = default;
const Path& Repository::root() const { return state_->root; }
Condition Repository::condition() const { return state_->condition; }
std::uint64_t Repository::known_events() const { return state_->head.events; }
journal::Head Repository::head() const { return state_->head; }
const std::string& Repository::stream() const { return state_->stream; }
catalogue::Catalogue& Repository::catalogue() { return *state_->catalogue; }
objects::Store& Repository::objects() { return *state_->store; }
Files& Repository::files() { return state_->files; }
const Options& Repository::options() const { return state_->options; }
journal::Stream Repository::stream_of(const std::string& name) const { return state_->open_stream(name); }

const scheme::Scheme& Repository::scheme(const records::Id& fonds) {
  const auto row = state_->catalogue->fonds(fonds);
  if (!row || row->scheme.empty())
    throw Error(Exit::refused, "VTLT-SCHEME-90", Message("repository.scheme.none", {{"fonds", row ? row->fonds.code : ""}}));
  const auto found = state_->schemes.find(row->scheme);
  if (found != state_->schemes.end()) return found->second;
  const std::string compiled = state_->catalogue->scheme_compiled(row->scheme);
  scheme::Scheme scheme = compiled.empty() ? read_scheme(state_->files, state_->root, row->scheme) : scheme::from_compiled(compiled);
  return state_->schemes.emplace(row->scheme, std::move(scheme)).first->second;
}

catalogue::FondsRow Repository::fonds(const std::string& code) {
  const auto all = state_->catalogue->fonds();
  std::vector<catalogue::FondsRow> fitting;
  std::string candidates;
  for (const auto& row : all) {
    candidates += "\n  " + row.fonds.code + "  " + row.fonds.name;
    if (code.empty() ? row.fonds.closed.empty() : row.fonds.code == code) fitting.push_back(row);
  }
  if (fitting.size() == 1) return fitting.front();
  if (code.empty() && fitting.empty())
    throw Error(Exit::refused, "VTLT-P34", Message("repository.fonds.all_closed", {{"candidates", candidates}}));
  throw Error(Exit::usage, "VTLT-REF-02",
              code.empty() ? Message("repository.fonds.several", {{"candidates", candidates}})
                           : Message("repository.fonds.unknown", {{"fonds", code}, {"candidates", candidates}}));
}

}  // namespace vtlt::repository
