// Staging and committing: design.md, "Commit".
#include <malloc.h>

#include "base/encoding.h"
#include "base/error.h"
#include "base/threads.h"
#include "repository/following.h"
#include "repository/generation.h"
#include "repository/state.h"

namespace vtlt::repository {

Staging::Staging(Repository& repository) : repository_(repository) {
  Files& files = repository.files();
  lock_ = files.lock(content_lock_path(repository.root()), LockKind::shared, repository.options().wait_ms);
  if (!lock_) throw busy();
  directory_ = temporary_path(repository.root()) / base32(random_128());
  files.make_directory(directory_);
}

Staging::~Staging() {
  try {
    remove_tree(repository_.files(), directory_);
  } catch (const Error&) {  // dead sessions are cleared by the next command
  }
}

std::vector<Received> Staging::add(const std::vector<Path>& sources) {
  std::vector<Received> added(sources.size());
  const std::size_t first = next_;
  next_ += sources.size();
  Progress& progress = repository_.state().progress();
  parallel_for(sources.size(), [&](std::size_t i) {
    check_interrupted();
    const std::string name = sources[i].filename().string();
    bool looked = false;
    objects::Staged& staged = added[i].staged;
    staged = repository_.objects().stage(sources[i], directory_, first + i, [&](Bytes whole) {
      added[i].content = look_at({reinterpret_cast<const char*>(whole.data()), whole.size()}, name);
      looked = true;
    });
    if (!looked) added[i].content = look_at(repository_.files(), staged_path(directory_, staged), name);
    progress.advance(1, staged.size);
  });
  for (const auto& one : added) staged_.push_back(one.staged);
  return added;
}

std::unique_ptr<File> Staging::make(objects::Staged& staged) {
  staged.ordinal = next_++;
  return repository_.files().open(staged_path(directory_, staged), OpenMode::create_new);
}

Received Staging::adopt(const objects::Staged& staged, const std::string& name) {
  staged_.push_back(staged);
  return {staged, look_at(repository_.files(), staged_path(directory_, staged), name)};
}

void Staging::sync() { repository_.objects().sync_staged(staged_, directory_); }

struct Change::State {
  Repository& repository;
  std::unique_ptr<FileLock> lock;
  std::unique_ptr<journal::Transaction> transaction;
  Moment time = now();
  // Of a change that is followed: the catalogue it is written to, a new generation or another connection.
  std::unique_ptr<NewGeneration> generation = nullptr;
  std::unique_ptr<catalogue::Catalogue> connection = nullptr;
  std::unique_ptr<Follower> follower = nullptr;

  void follow(bool anew);
  void complete_following(const journal::Position& end);
};

Change::Change(Repository& repository) : state_(std::make_unique<State>(State{repository, nullptr, nullptr})) {
  auto& r = repository.state();
  state_->lock = r.files.lock(lock_path(r.root), LockKind::exclusive, r.options.wait_ms);
  if (!state_->lock) throw busy();
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

void Change::State::follow(bool anew) {
  auto& r = repository.state();
  malloc_trim(0);  // the thread allocates in an arena of its own: what is free here would be held beside it
  if (anew) {
    generation = std::make_unique<NewGeneration>(r.files, r.root, r.stream);
    if (catch_up(r.files, r.root, r.stream, generation->catalogue(), no_progress()).damaged) return;
  } else {
    connection = catalogue::Catalogue::open(generation_path(r.root, read_generation(r.files, r.root)),
                                            catalogue::Catalogue::Mode::write, temporary_path(r.root));
    if (!connection) return;
  }
  catalogue::Catalogue& target = anew ? generation->catalogue() : *connection;
  for (const auto& stream : target.streams())
    if (stream.own && stream.position.head == r.head)
      follower = std::make_unique<Follower>(target, stream.number, r.options.actor, time);
}

void Change::State::complete_following(const journal::Position& end) {
  if (!follower) return;
  const bool complete = follower->complete(end);
  follower.reset();
  if (complete && generation) repository.state().catalogue = generation->finish();
}

void Change::follow(std::int64_t events) {
  constexpr std::int64_t kWorthAThread = 200;
  if (events < kWorthAThread) return;
  // More than there was: with the indexes last, all of it is made sooner than the new rows would find their places.
  const bool anew = static_cast<std::uint64_t>(events) > state_->repository.state().head.events;
  try {
    state_->follow(anew);
  } catch (const Error&) {  // it is brought up to the journal afterwards
    state_->follower.reset();
  }
}

std::uint64_t Change::add(std::string_view type, std::string_view body) {
  const std::uint64_t seq = state_->transaction->add(type, body);
  if (state_->follower) state_->follower->add(seq, type, body);
  return seq;
}

Moment Change::time() const { return state_->time; }

void Change::commit(Staging* staging) {
  auto& r = state_->repository.state();
  if (state_->transaction->events() == 0) return;
  check_interrupted();
  if (staging != nullptr) r.store->put(staging->all(), staging->directory());
  const journal::Position end = state_->transaction->commit();
  state_->transaction.reset();
  r.head = end.head;
  // From here the command has succeeded, whatever happens to the catalogue: the next open brings it up to date.
  try {
    state_->complete_following(end);
    catch_up(r.files, r.root, r.stream, *r.catalogue, no_progress());
    keep_compiled_schemes(r.files, r.root, *r.catalogue);
  } catch (const Error&) {
  }
  remember_head(r.files, r.options.state, r.stream, end.head);
}

}  // namespace vtlt::repository
