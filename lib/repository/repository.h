// A repository: journal, objects and catalogue under one roof. The only room that knows all three. Commands call the
// functions of this header and of work.h, packing.h, checking.h, mending.h.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/files.h"
#include "base/finding.h"
#include "base/progress.h"
#include "catalogue/catalogue.h"
#include "journal/journal.h"
#include "objects/objects.h"
#include "records/records.h"
#include "repository/content.h"
#include "scheme/scheme.h"

namespace vtlt::repository {

struct Options {
  Path start;                 // -C DIR or the working directory: .vtlt is looked for here and upwards
  Path state;                 // $XDG_STATE_HOME/vtlt; empty: heads are not remembered
  int wait_ms = 10'000;       // for the lock
  std::string actor;          // who says to act; a claim
  Progress* progress = nullptr;
  std::string software = "vtlt";
  std::uint64_t segment_bytes = 256u << 20;  // of the journal; smaller only in tests
};

// What has to be said about the state in which a repository was found.
enum class Condition {
  good,
  behind,      // another process writes: answers hold up to Repository::known_events()
  older_copy,  // this machine knows later events: read-only until `repair --accept-restore`
  read_only,   // medium, or a feature that this version only reads
  damaged,     // the journal is not what it was: nothing is written; `verify` says where
};

class Change;

class Repository {
 public:
  // Throws exit 2 VTLT-REPO-01 when there is none; exit 3 VTLT-REPO-02 for an unknown required feature; exit 4 when it
  // cannot be read. Looking never waits and never needs a right to write. `writing`: also catches up and recovers.
  Repository(Files& files, const Options& options, bool writing);
  ~Repository();

  const Path& root() const;                  // …/.vtlt
  Condition condition() const;
  std::uint64_t known_events() const;        // of the own stream, as the answers know it
  journal::Head head() const;                // of the own stream, as the answers know it
  const std::string& stream() const;
  catalogue::Catalogue& catalogue();
  objects::Store& objects();
  Files& files();
  const Options& options() const;
  // The scheme in force for a fonds; throws exit 3 VTLT-SCHEME-90 when it has none.
  const scheme::Scheme& scheme(const records::Id& fonds);
  // The only open fonds, or the one with this code; throws exit 2 with the candidates.
  catalogue::FondsRow fonds(const std::string& code = {});
  journal::Stream stream_of(const std::string& name) const;

  struct State;  // the parts of this room share it
  State& state() { return *state_; }

 private:
  std::unique_ptr<State> state_;
};

// Finds .vtlt at or above a directory; nullopt: none.
std::optional<Path> find(Files& files, const Path& start);

struct Received {
  objects::Staged staged;
  Content content;
};

// Bytes on their way in: tmp/<session>, taken away with the object unless they were committed. Holds content.lock
// shared, so that no destruction runs meanwhile.
class Staging {
 public:
  explicit Staging(Repository& repository);
  ~Staging();
  Staging(const Staging&) = delete;
  Staging& operator=(const Staging&) = delete;
  // Copies and hashes (several files on all cores); order of the result = order of the sources.
  std::vector<Received> add(const std::vector<Path>& sources);
  // For bytes that come from elsewhere: a new computer file of the session, and, when it is written, what it holds. The
  // digest is the caller's, who has worked it out while writing.
  std::unique_ptr<File> make(objects::Staged& staged);
  Received adopt(const objects::Staged& staged, const std::string& name);
  void sync();   // what was added, before the commit lock is taken
  const std::vector<objects::Staged>& all() const { return staged_; }
  const Path& directory() const { return directory_; }

 private:
  Repository& repository_;
  std::unique_ptr<FileLock> lock_;
  Path directory_;
  std::vector<objects::Staged> staged_;
  std::size_t next_ = 0;
};

// One transaction, from the lock to the catalogue. The constructor takes the lock (exit 5 VTLT-BUSY after the wait),
// recovers a torn tail and brings the catalogue up to date; rules are checked after that. Destroyed without commit():
// nothing has happened.
class Change {
 public:
  explicit Change(Repository& repository);
  ~Change();
  Change(const Change&) = delete;
  Change& operator=(const Change&) = delete;
  std::uint64_t add(std::string_view type, std::string_view body);
  // About how many events will come, said before the first: many are written to the catalogue beside the journal, in
  // another thread. Questions to the repository's catalogue go on answering as of before the change.
  void follow(std::int64_t events);
  Moment time() const;
  // Objects go into place, then bodies, then headers; after return it is so for ever.
  void commit(Staging* staging = nullptr);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

struct InitRequest {
  Path directory;                 // .vtlt is made in it
  std::string scheme_text;        // YAML bytes of the scheme to adopt
  std::string scheme_name;        // for messages
  std::optional<journal::HolidaysSet> holidays;  // beside the scheme; its fonds is set here
  std::string group;              // init --shared GROUP: readable and writable for it; "" = 0700
  std::vector<std::pair<std::string, std::string>> config;  // lang, actor.name …
  std::string actor_name, actor_position;
};
struct InitResult {
  Path root;
  records::Fonds fonds;
  scheme::Scheme scheme;
};
InitResult init(Files& files, const InitRequest& request, const Options& options);
// A further fonds, with its scheme, in an existing repository.
records::Fonds open_fonds(Repository& repository, const std::string& scheme_text, const std::string& scheme_name,
                          std::optional<journal::HolidaysSet> holidays = {});

// ---- references: [kind.][year.]designation, or an id's prefix (product.md section 2) ----
struct Target {
  enum class Kind { entry, file, box, document, component, batch, package, fonds } kind = Kind::entry;
  records::Id id;
};
struct ReferenceContext {
  std::string fonds;      // code, "" = any (looking) or the only open one (writing)
  int year = 0;           // --year
  bool writing = false;   // then the current year is assumed
  int current_year = 0;
};
// Throws exit 2: VTLT-REF-01 nothing found, VTLT-REF-02 several (candidates in the message, one a line), VTLT-REF-03 not a
// reference.
Target resolve(Repository& repository, const std::string& reference, const ReferenceContext& context);
catalogue::EntryRow resolve_entry(Repository& repository, const std::string& reference, const ReferenceContext& context);
catalogue::FileRow resolve_file(Repository& repository, const std::string& reference, const ReferenceContext& context);
// How a thing is named to people: "den.1312", "87/UBND-VP", "2026.04.VP".
std::string name_of(Repository& repository, const Target& target);

}  // namespace vtlt::repository
