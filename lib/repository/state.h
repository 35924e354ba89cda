// What the parts of this room share. Internal.
#pragma once
#include <map>
#include <set>

#include "base/error.h"
#include "repository/repository.h"

namespace vtlt::repository {

struct Repository::State {
  State(Files& files_, const Options& options_) : files(files_), options(options_) {}
  Files& files;
  Options options;
  Path root;
  bool writing = false;
  std::string stream;
  std::unique_ptr<catalogue::Catalogue> catalogue;
  std::unique_ptr<objects::Store> store;
  Condition condition = Condition::good;
  journal::Head head;
  std::map<std::string, scheme::Scheme> schemes;  // by fonds and SHA-256, with what was confirmed

  Progress& progress() const { return options.progress != nullptr ? *options.progress : no_progress(); }
  journal::Stream open_stream(const std::string& name) const {
    return journal::Stream(files, root / "journal" / name, name);
  }
};

// Layout of .vtlt.
inline Path own_path(const Path& root) { return root / "journal" / "own"; }
inline Path lock_path(const Path& root) { return root / "lock"; }
inline Path content_lock_path(const Path& root) { return root / "content.lock"; }
inline Path temporary_path(const Path& root) { return root / "tmp"; }

// Throws exit 2 VTLT-REPO-01.
Path find_or_refuse(Files& files, const Options& options);
// Somebody else holds a lock.
Error busy();
// What is counted within a year: "nhap-2026-001".
std::string counted_name(const char* first, int year, std::int64_t count);

std::string read_own(Files& files, const Path& root);
int read_generation(Files& files, const Path& root);  // 0: none
Path generation_path(const Path& root, int generation);
Path search_path(const Path& root, int generation);  // the full text of that generation; may be absent

// Brings a catalogue up to the journal. The result is of the own stream; `damaged` is set when some stream is not what
// was adopted or stands behind what the catalogue knows.
struct CatchUp {
  journal::ReadResult own;
  bool damaged = false;
  std::string path, problem;
  std::uint64_t events = 0;
};
// Bodies that destructions begun in the own stream name, by stream.
std::map<std::string, std::set<std::uint64_t>> begun_bodies(Files& files, const Path& root, const std::string& own);
CatchUp catch_up(Files& files, const Path& root, const std::string& own, catalogue::Catalogue& catalogue, Progress& progress);
// A whole new catalogue in the next generation; the caller holds the lock.
std::unique_ptr<catalogue::Catalogue> rebuild(Files& files, const Path& root, const std::string& own, CatchUp& result,
                                              Progress& progress);
// One for this process alone: where nothing can be written, and to compare with.
std::unique_ptr<catalogue::Catalogue> fresh_catalogue(Files& files, const Path& root, const std::string& own,
                                                      CatchUp& result, Progress& progress);
void keep_compiled_schemes(Files& files, const Path& root, catalogue::Catalogue& catalogue);
scheme::Scheme read_scheme(Files& files, const Path& root, const std::string& sha256);

// Remembered heads of this machine.
std::optional<journal::Head> remembered_head(Files& files, const Path& state, const std::string& stream);
void remember_head(Files& files, const Path& state, const std::string& stream, const journal::Head& head);

[[noreturn]] void throw_damaged(const std::string& path, const std::string& problem);
void check_features(catalogue::Catalogue& catalogue, bool& read_only);
// Every part of the layout is what it should be, and no link. Throws exit 3 VTLT-REPO-05.
void check_layout(Files& files, const Path& root);
// Removes dead sessions when nobody is staging; returns how many.
std::uint64_t clear_sessions(Files& files, const Path& root);

}  // namespace vtlt::repository
