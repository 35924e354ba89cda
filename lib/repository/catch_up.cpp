// The catalogue is brought up to the journal.
#include <algorithm>
#include <set>

#include "base/conveyor.h"
#include "base/error.h"
#include "repository/following.h"
#include "repository/state.h"

namespace vtlt::repository {

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
    stream.pardon([&] { return begun_bodies(files_, root_, own_)[known.name]; });
    read = apply(stream, known.number, known.position);
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

// Reading and proving the chain takes one thread, making rows of it another.
journal::ReadResult read_ahead(const journal::Stream& stream, const journal::Position& from,
                               const std::function<void(const journal::Event&)>& each,
                               const std::function<void(const journal::Position&)>& complete) {
  journal::ReadResult read;
  convey<EventBatch>(
      [&](const std::function<void(EventBatch&&)>& put) {
        EventBatch batch;
        read = stream.read(
            from,
            [&](const journal::Event& event) {
              if (batch.full()) {
                put(std::move(batch));
                batch = {};
              }
              batch.add(event);
            },
            [&](const journal::Position& position) { batch.complete(position); });
        if (!batch.empty()) put(std::move(batch));
      },
      [&](EventBatch&& batch) { batch.hand_over(each, complete); });
  return read;
}

journal::ReadResult CatchingUp::apply(const journal::Stream& stream, int number, const journal::Position& from) {
  catalogue_.begin_apply();
  std::uint64_t reported = 0;
  bool adopts = false;
  const auto each = [&](const journal::Event& event) {
    catalogue_.apply(number, event);
    adopts = adopts || event.type == journal::type::stream_adopted;
    ++result_.events;
    if (++reported == 10'000) {
      check_interrupted();
      progress_.advance(reported, 0);
      reported = 0;
    }
  };
  const auto complete = [&](const journal::Position& position) {
    catalogue_.complete(number, position);
    if (!adopts) return;
    adopts = false;
    catalogue_.end_apply();
    all();
    catalogue_.begin_apply();
  };
  journal::ReadResult read;
  try {
    constexpr std::uint64_t kWorthAThread = 1u << 18;
    const auto heads = files_.stat(stream.head_path(from.segment), false);
    const bool much = heads && heads->size > from.head_offset + kWorthAThread;
    read = much ? read_ahead(stream, from, each, complete) : stream.read(from, each, complete);
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

}  // namespace vtlt::repository
