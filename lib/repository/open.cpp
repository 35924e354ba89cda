// Opening: finding the repository, its catalogue and what this machine knows of it.
#include <algorithm>
#include <charconv>
#include <set>

#include "base/encoding.h"
#include "base/error.h"
#include "repository/adopting.h"
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

Path find_or_refuse(Files& files, const Options& options) {
  if (const auto root = find(files, options.start)) return *root;
  const Path from = std::filesystem::absolute(options.start).lexically_normal();
  throw Error(Exit::usage, "VTLT-REPO-01", Message("repository.none", {{"path", from.string()}}), Message("repository.none.hint"));
}

Error busy() { return Error(Exit::busy, "VTLT-BUSY", Message("repository.busy"), Message("repository.busy.hint")); }

std::string counted_name(const char* first, int year, std::int64_t count) {
  const std::string ordinal = std::to_string(count);
  return std::string(first) + "-" + std::to_string(year) + "-" + std::string(3 - std::min<std::size_t>(3, ordinal.size()), '0') +
         ordinal;
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

Path search_path(const Path& root, int generation) {
  return root / "catalogue" / ("search-" + std::to_string(generation) + ".sqlite");
}

void throw_damaged(const std::string& path, const std::string& problem) {
  throw Error(Exit::no_verdict, "VTLT-CHAIN-01",
              Message("repository.damaged", {{"path", path}, {"problem", "{" + problem + "}"}}),
              Message("repository.damaged.hint"))
      .at(path);
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
    throw busy();
  }
  if (result.damaged) s.condition = Condition::damaged;
}

}  // namespace

Repository::Repository(Files& files, const Options& options, bool writing)
    : state_(std::make_unique<State>(files, options)) {
  State& s = *state_;
  s.writing = writing;
  s.root = find_or_refuse(files, options);
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
  const std::string key = fonds.text() + " " + row->scheme;
  const auto found = state_->schemes.find(key);
  if (found != state_->schemes.end()) return found->second;
  const std::string compiled = state_->catalogue->scheme_compiled(row->scheme);
  scheme::Scheme scheme = compiled.empty() ? read_scheme(state_->files, state_->root, row->scheme) : scheme::from_compiled(compiled);
  std::vector<scheme::Confirmation> confirmed;
  for (const auto& one : state_->catalogue->rules_confirmed(fonds))
    confirmed.push_back({one.rule, one.against, one.by.empty() ? one.actor : one.by, one.on,
                         records::parse_term(one.term).value_or(records::Term{})});
  scheme::confirm(scheme, confirmed);
  return state_->schemes.emplace(key, std::move(scheme)).first->second;
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
