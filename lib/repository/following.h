// Events on their way from one thread to another, and a catalogue that is written beside the journal. Internal.
#pragma once
#include <atomic>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/conveyor.h"
#include "catalogue/catalogue.h"
#include "journal/journal.h"

namespace vtlt::repository {

// Events out of their stream: copied, so that another thread can go on reading.
class EventBatch {
 public:
  void add(const journal::Event& event) {
    const auto keep = [&](std::string_view text) {
      text_ += text;
      return text.size();
    };
    Kept kept{event, text_.size(), keep(event.time), keep(event.actor), keep(event.type), keep(event.body), {}};
    events_.push_back(kept);
  }
  void complete(const journal::Position& position) { events_.back().complete = position; }
  bool full() const { return text_.size() + events_.size() * sizeof(Kept) >= (1u << 18); }
  bool empty() const { return events_.empty(); }
  void hand_over(const std::function<void(const journal::Event&)>& each,
                 const std::function<void(const journal::Position&)>& complete) {
    for (Kept& kept : events_) {
      std::string_view rest = std::string_view(text_).substr(kept.begin);
      const auto take = [&](std::size_t size) {
        const std::string_view text = rest.substr(0, size);
        rest.remove_prefix(size);
        return text;
      };
      kept.event.time = take(kept.time);
      kept.event.actor = take(kept.actor);
      kept.event.type = take(kept.type);
      kept.event.body = take(kept.body);
      each(kept.event);
      if (kept.complete) complete(*kept.complete);
    }
  }

 private:
  struct Kept {
    journal::Event event;
    std::size_t begin, time, actor, type, body;
    std::optional<journal::Position> complete;
  };
  std::string text_;
  std::vector<Kept> events_;
};

// Makes rows of a transaction's events while they are still being written, in a thread and a database connection of its
// own. Nothing of it counts before complete(): the catalogue is never ahead of the journal. What fails here only means
// that the catalogue is brought up to the journal afterwards, as always.
class Follower {
 public:
  // `catalogue`: not used by anybody else meanwhile, at the place where the transaction begins.
  Follower(catalogue::Catalogue& catalogue, int stream, std::string actor, Moment time);
  ~Follower();  // takes back what was not completed
  Follower(const Follower&) = delete;
  Follower& operator=(const Follower&) = delete;

  void add(std::uint64_t seq, std::string_view type, std::string_view body);
  // After the transaction is committed: waits until all its events are rows. False: something failed.
  bool complete(const journal::Position& position);

 private:
  void run();
  catalogue::Catalogue& catalogue_;
  const int stream_;
  const std::string actor_, time_;
  EventBatch batch_;
  Conveyor<EventBatch> conveyor_;
  std::atomic<bool> failed_ = false;
  std::jthread thread_;
};

}  // namespace vtlt::repository
