#include "repository/following.h"

#include "base/error.h"

namespace vtlt::repository {

Follower::Follower(catalogue::Catalogue& catalogue, int stream, std::string actor, Moment time)
    : catalogue_(catalogue), stream_(stream), actor_(std::move(actor)), time_(to_text(time)) {
  thread_ = std::jthread([this] { run(); });
}

void Follower::run() {
  try {
    catalogue_.begin_apply();
    EventBatch batch;
    while (conveyor_.take(batch))
      batch.hand_over([&](const journal::Event& event) { catalogue_.apply(stream_, event); }, {});
  } catch (const Error&) {
    failed_ = true;
    conveyor_.stop();
  }
}

Follower::~Follower() {
  conveyor_.stop();
  if (thread_.joinable()) thread_.join();
  try {
    catalogue_.end_apply();
  } catch (const Error&) {  // a cache: what is open there is taken back when it is closed
  }
}

void Follower::add(std::uint64_t seq, std::string_view type, std::string_view body) {
  if (failed_) return;
  journal::Event event;
  event.seq = seq;
  event.time = time_;
  event.actor = actor_;
  event.type = type;
  event.body = body;
  batch_.add(event);
  if (!batch_.full()) return;
  conveyor_.put(std::move(batch_));
  batch_ = {};
}

bool Follower::complete(const journal::Position& position) {
  if (!batch_.empty()) conveyor_.put(std::move(batch_));
  conveyor_.close();
  thread_.join();
  if (failed_) return false;
  catalogue_.complete(stream_, position);
  catalogue_.end_apply();
  return true;
}

}  // namespace vtlt::repository
