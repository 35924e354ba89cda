// Staging and committing: design.md, "Commit".
#include "base/encoding.h"
#include "base/error.h"
#include "base/threads.h"
#include "repository/state.h"

namespace vtlt::repository {

Staging::Staging(Repository& repository) : repository_(repository) {
  Files& files = repository.files();
  lock_ = files.lock(content_lock_path(repository.root()), LockKind::shared, repository.options().wait_ms);
  if (!lock_) throw Error(Exit::busy, "VTLT-BUSY", Message("repository.busy"), Message("repository.busy.hint"));
  directory_ = temporary_path(repository.root()) / base32(random_128());
  files.make_directory(directory_);
}

Staging::~Staging() {
  try {
    remove_tree(repository_.files(), directory_);
  } catch (const Error&) {  // dead sessions are cleared by the next command
  }
}

std::vector<objects::Staged> Staging::add(const std::vector<Path>& sources) {
  std::vector<objects::Staged> added(sources.size());
  const std::size_t first = next_;
  next_ += sources.size();
  Progress& progress = repository_.state().progress();
  parallel_for(sources.size(), [&](std::size_t i) {
    check_interrupted();
    added[i] = repository_.objects().stage(sources[i], directory_, first + i);
    progress.advance(1, added[i].size);
  });
  staged_.insert(staged_.end(), added.begin(), added.end());
  return added;
}

void Staging::sync() { repository_.objects().sync_staged(staged_, directory_); }

struct Change::State {
  Repository& repository;
  std::unique_ptr<FileLock> lock;
  std::unique_ptr<journal::Transaction> transaction;
  Moment time = now();
};

Change::Change(Repository& repository) : state_(std::make_unique<State>(State{repository, nullptr, nullptr})) {
  auto& r = repository.state();
  state_->lock = r.files.lock(lock_path(r.root), LockKind::exclusive, r.options.wait_ms);
  if (!state_->lock) throw Error(Exit::busy, "VTLT-BUSY", Message("repository.busy"), Message("repository.busy.hint"));
  CatchUp result = catch_up(r.files, r.root, r.stream, *r.catalogue, no_progress());
  if (result.damaged) throw_damaged(result.path, result.problem);
  const journal::Stream stream = r.open_stream(r.stream);
  journal::Position at = result.own.end;
  if (result.own.tail.any()) {
    const auto known = remembered_head(r.files, r.options.state, r.stream);
    if (known && known->events > at.head.events) throw_damaged(result.own.tail.path, result.own.tail.problem);
    journal::JournalCut cut{at.head.events, result.own.tail.head_bytes, result.own.tail.body_bytes, {}};
    cut.sha256 = r.open_stream(r.stream).cut_tail(at, result.own.tail).hex();
    journal::Transaction named(r.files, stream, at, r.options.actor, state_->time, r.options.segment_bytes);
    named.add(journal::type::journal_cut, journal::encode(cut));
    named.commit();
    at = catch_up(r.files, r.root, r.stream, *r.catalogue, no_progress()).own.end;
  }
  r.head = at.head;
  state_->transaction = std::make_unique<journal::Transaction>(r.files, stream, at, r.options.actor, state_->time,
                                                              r.options.segment_bytes);
}

Change::~Change() = default;

std::uint64_t Change::add(std::string_view type, std::string_view body) { return state_->transaction->add(type, body); }

Moment Change::time() const { return state_->time; }

void Change::commit(Staging* staging) {
  auto& r = state_->repository.state();
  if (state_->transaction->events() == 0) return;
  check_interrupted();
  if (staging != nullptr) r.store->put(staging->all());
  const journal::Position end = state_->transaction->commit();
  state_->transaction.reset();
  r.head = end.head;
  // From here the command has succeeded, whatever happens to the catalogue: the next open brings it up to date.
  try {
    catch_up(r.files, r.root, r.stream, *r.catalogue, no_progress());
    keep_compiled_schemes(r.files, r.root, *r.catalogue);
  } catch (const Error&) {
  }
  remember_head(r.files, r.options.state, r.stream, end.head);
}

}  // namespace vtlt::repository
