#include "repository/generation.h"

#include "base/error.h"

namespace vtlt::repository {
namespace {

// "12.sqlite", "search-12.sqlite" and what SQLite puts beside them.
bool is_generation_file(std::string name) {
  if (name.rfind("search-", 0) == 0) name.erase(0, 7);
  const std::size_t end = name.find_first_not_of("0123456789");
  return end != 0 && end != std::string::npos && name.compare(end, 7, ".sqlite") == 0;
}

bool is_of(std::string name, int generation) {
  if (name.rfind("search-", 0) == 0) name.erase(0, 7);
  return name.rfind(std::to_string(generation) + ".sqlite", 0) == 0;
}

}  // namespace

NewGeneration::NewGeneration(Files& files, const Path& root, const std::string& own)
    : files_(files), root_(root), old_(read_generation(files, root)) {
  const Path directory = root / "catalogue";
  if (!files.stat(directory)) files.make_directory(directory);
  // Leftovers of one that was not finished are nobody's.
  for (const auto& entry : files.list(directory))
    if (is_generation_file(entry.name) && !is_of(entry.name, old_)) files.remove_file(directory / entry.name);
  const Path path = generation_path(root, old_ + 1);
  // Made here, not by SQLite, which would not let the group write it.
  files.open(path, OpenMode::create);
  fresh_ = catalogue::Catalogue::create(path, catalogue::Catalogue::Mode::write, temporary_path(root));
  fresh_->add_stream(own, true, {});
}

NewGeneration::~NewGeneration() {
  if (done_) return;
  fresh_.reset();
  try {
    remove(old_ + 1);
  } catch (const Error&) {  // the next one clears it away
  }
}

void NewGeneration::remove(int generation) {
  const Path directory = root_ / "catalogue";
  for (const auto& entry : files_.list(directory))
    if (is_of(entry.name, generation)) files_.remove_file(directory / entry.name);
}

std::unique_ptr<catalogue::Catalogue> NewGeneration::finish() {
  const Path path = generation_path(root_, old_ + 1);
  fresh_->finish_bulk();
  keep_compiled_schemes(files_, root_, *fresh_);
  fresh_->checkpoint();
  fresh_.reset();
  files_.open(path, OpenMode::read_write)->sync(SyncPoint::catalogue_current);
  write_whole(files_, root_ / "catalogue" / "current", std::to_string(old_ + 1) + "\n", SyncPoint::catalogue_current);
  done_ = true;
  if (old_ != 0) remove(old_);
  auto opened = catalogue::Catalogue::open(path, catalogue::Catalogue::Mode::write, temporary_path(root_));
  VTLT_ASSERT(opened != nullptr);
  return opened;
}

std::unique_ptr<catalogue::Catalogue> rebuild(Files& files, const Path& root, const std::string& own, CatchUp& result,
                                              Progress& progress) {
  progress.start(Message("repository.progress.rebuild"), 0, 0);
  NewGeneration next(files, root, own);
  result = catch_up(files, root, own, next.catalogue(), progress);
  auto opened = next.finish();
  progress.finish();
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

void keep_compiled_schemes(Files& files, const Path& root, catalogue::Catalogue& catalogue) {
  for (const auto& row : catalogue.fonds()) {
    if (row.scheme.empty() || !catalogue.scheme_compiled(row.scheme).empty()) continue;
    try {
      catalogue.keep_scheme_compiled(row.scheme, scheme::to_compiled(read_scheme(files, root, row.scheme)));
    } catch (const Error&) {  // said when the scheme is needed, and by verify
    }
  }
}

}  // namespace vtlt::repository
