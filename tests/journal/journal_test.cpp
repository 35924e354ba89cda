// The journal: transactions, what a changed or torn one looks like, blanking, and power cuts.
#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>

#include "base/clock.h"
#include "base/error.h"
#include "journal/journal.h"
#include "journal/lines.h"
#include "support/crash_states.h"
#include "support/scratch.h"

using namespace vtlt;
using namespace vtlt::journal;
using namespace vtlt::test;

namespace {

constexpr const char* kGenesis = R"({"format":1,"nonce":"0123"})";

std::string get(const Path& path) {
  return read_whole(system_files(), path);
}
void put(const Path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc)
      .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

std::string body_of(int n, std::size_t length = 20) {
  return "{\"n\":" + std::to_string(n) + ",\"x\":\"" + std::string(length, 'x') + "\"}";
}

// A stream with transactions of 1, 2, 3, … events after the genesis.
class Sample {
 public:
  explicit Sample(int transactions, std::uint64_t segment = 256u << 20, std::size_t length = 20)
      : length_(length) {
    name = create_stream(system_files(), scratch.path(), kGenesis, "lan", now());
    ends.push_back(read().end);
    for (int t = 1; t <= transactions; ++t)
      append(t, segment);
  }
  void append(int count, std::uint64_t segment = 256u << 20) {
    Transaction transaction(system_files(), stream(), ends.back(), "lan \"x\" \\ \x01 ơ", now(), segment);
    for (int i = 0; i < count; ++i)
      transaction.add("register.entry/1", body_of(i, length_));
    ends.push_back(transaction.commit());
  }
  Stream stream() const { return Stream(system_files(), scratch / name, name); }
  ReadResult read(std::vector<std::uint64_t>* seqs = nullptr) const {
    return stream().read({}, [&](const Event& event) {
      if (seqs != nullptr) seqs->push_back(event.seq);
    });
  }
  Path head(std::uint32_t segment = 1) const { return stream().head_path(segment); }
  Path body(std::uint32_t segment = 1) const { return stream().body_path(segment); }

  Scratch scratch;
  std::string name;
  std::vector<Position> ends;

 private:
  std::size_t length_;
};

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::size_t at = 0;
  for (std::size_t end; (end = text.find('\n', at)) != std::string::npos; at = end + 1)
    lines.push_back(text.substr(at, end - at));
  return lines;
}
std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const auto& line : lines)
    text += line + "\n";
  return text;
}

}  // namespace

TEST_CASE("what is written is read") {
  const Sample sample(3);
  std::vector<std::uint64_t> seqs, completes;
  std::vector<std::string> bodies;
  std::string actor;
  const auto result = sample.stream().read(
      {},
      [&](const Event& event) {
        seqs.push_back(event.seq);
        bodies.emplace_back(event.body);
        actor = event.actor;
        CHECK(event.end == (event.seq == 1 || event.seq == 2 || event.seq == 4 || event.seq == 7));
      },
      [&](const Position& position) { completes.push_back(position.head.events); });
  CHECK(seqs == std::vector<std::uint64_t>{1, 2, 3, 4, 5, 6, 7});
  CHECK(completes == std::vector<std::uint64_t>{1, 2, 4, 7});
  CHECK(bodies[0] == kGenesis);
  CHECK(bodies[3] == body_of(1));
  CHECK(actor == "lan \"x\" \\ \x01 ơ");
  CHECK(result.end == sample.ends.back());
  CHECK_FALSE(result.tail.any());
  CHECK(sample.stream().header_hash(4) == sample.ends[2].head.hash);
  CHECK_FALSE(sample.stream().header_hash(8));
  CHECK(sample.stream().body(6) == body_of(1));
  CHECK(sample.stream().body(8).empty());
  // From the middle, and from the end.
  std::size_t rest = 0;
  CHECK(sample.stream().read(sample.ends[2], [&](const Event&) { ++rest; }).end == sample.ends.back());
  CHECK(rest == 3);
  CHECK(sample.stream().extent(sample.ends.back()) == Stream::Extent::same);
  CHECK(sample.stream().extent(sample.ends[1]) == Stream::Extent::longer);
}

TEST_CASE("a transaction that is not committed has not happened") {
  Sample sample(1);
  const std::string head = get(sample.head()), body = get(sample.body());
  {
    Transaction transaction(system_files(), sample.stream(), sample.ends.back(), "lan", now());
    // More than is kept in memory.
    for (int i = 0; i < 5000; ++i)
      transaction.add("register.entry/1", body_of(i, 1000));
  }
  CHECK(get(sample.head()) == head);
  CHECK(get(sample.body()) == body);
  Transaction transaction(system_files(), sample.stream(), sample.ends.back(), "lan", now());
  CHECK_THROWS_AS(transaction.add("register.entry/1", "{\"x\":\"" + std::string(kMaximumBody, 'x') + "\"}"),
                  Error);
}

TEST_CASE("a body of the largest size is read back") {
  Sample sample(0);
  const std::string largest = "{\"x\":\"" + std::string(kMaximumBody - 8, 'x') + "\"}";
  REQUIRE(largest.size() == kMaximumBody);
  Transaction transaction(system_files(), sample.stream(), sample.ends.back(), "lan", now());
  transaction.add("register.entry/1", largest);
  const auto end = transaction.commit();
  CHECK(sample.read().end == end);
  CHECK(sample.stream().body(2) == largest);
}

TEST_CASE("transactions do not span segments") {
  const Sample sample(8, 2000, 100);
  const auto segments = sample.stream().segments();
  CHECK(segments.size() > 3);
  CHECK_FALSE(sample.read().tail.any());
  CHECK(sample.read().end == sample.ends.back());
  for (const auto& end : sample.ends) {
    CHECK(sample.stream().header_hash(end.head.events) == end.head.hash);
    CHECK(sample.stream().body(end.head.events) != "");
    CHECK(sample.stream().read(end, {}).end == sample.ends.back());
  }
}

TEST_CASE("every changed byte is found, and is never taken for a torn write", "[D39]") {
  const Sample sample(2);
  std::mt19937 random(5);
  for (const Path& path : {sample.head(), sample.body()}) {
    const std::string whole = get(path);
    for (std::size_t at = 0; at < whole.size(); ++at) {
      std::string changed = whole;
      do
        changed[at] = static_cast<char>(1 + random() % 255);
      while (changed[at] == whole[at]);
      put(path, changed);
      const auto result = sample.read();
      INFO(path.filename() << " byte " << at);
      CHECK((result.tail.any() && result.end.head.events < sample.ends.back().head.events));
      // Only a line feed that is missing at the very end looks like a write that stopped.
      if (at + 1 != whole.size()) CHECK_FALSE(result.tail.torn);
    }
    put(path, whole);
  }
}

TEST_CASE("lines dropped, doubled, swapped or added are damage", "[D39]") {
  const Sample sample(3);
  for (const Path& path : {sample.head(), sample.body()}) {
    const std::string whole = get(path);
    const auto lines = lines_of(whole);
    const auto damaged = [&](const std::vector<std::string>& now, const std::string& what) {
      put(path, joined(now));
      const auto result = sample.read();
      INFO(path.filename() << " " << what);
      CHECK(result.tail.any());
      CHECK(result.end.head.events < sample.ends.back().head.events);
      CHECK_FALSE(result.tail.torn);
      put(path, whole);
    };
    for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
      auto now = lines;
      now.erase(now.begin() + static_cast<std::ptrdiff_t>(i));
      damaged(now, "drop " + std::to_string(i));
      now = lines;
      std::swap(now[i], now[i + 1]);
      damaged(now, "swap " + std::to_string(i));
      now = lines;
      now.insert(now.begin() + static_cast<std::ptrdiff_t>(i), lines[i]);
      damaged(now, "double " + std::to_string(i));
      now = lines;
      now.insert(now.begin() + static_cast<std::ptrdiff_t>(i), "");
      damaged(now, "empty line before " + std::to_string(i));
    }
  }
}

TEST_CASE("what is added behind the end is a tail") {
  const Sample sample(2);
  const std::string head = get(sample.head()), body = get(sample.body());
  const auto add = [&](const std::string& to_head, const std::string& to_body) {
    put(sample.head(), head + to_head);
    put(sample.body(), body + to_body);
    const auto result = sample.read();
    CHECK(result.end == sample.ends.back());
    CHECK(result.tail.any());
    CHECK(result.tail.head_bytes == to_head.size());
    CHECK(result.tail.body_bytes == to_body.size());
    return result.tail.torn;
  };
  CHECK(add("{\"v\":1,\"se", ""));
  CHECK(add("", "{\"seq\":5"));
  CHECK(add(std::string(4096, '\0'), ""));
  CHECK(add(std::string(4096, '\0') + "\n", std::string(10, '\0')));
  CHECK_FALSE(add("rubbish\n", ""));
  CHECK_FALSE(add(head, body));
}

TEST_CASE("the last transaction cut at every byte is a torn write, and is cut off") {
  Sample sample(2);
  const std::string head = get(sample.head()), body = get(sample.body());
  const Position before = sample.ends[1];
  for (const bool heads : {true, false}) {
    const std::string& whole = heads ? head : body;
    const std::size_t from = heads ? before.head_offset : before.body_offset;
    for (std::size_t size = from; size < whole.size(); ++size) {
      put(heads ? sample.head() : sample.body(), whole.substr(0, size));
      put(heads ? sample.body() : sample.head(), heads ? body : head);
      auto result = sample.read();
      INFO((heads ? "headers" : "bodies") << " cut at " << size);
      CHECK(result.end == before);
      CHECK(result.tail.any());
      CHECK(result.tail.torn);
      const Digest expected = sha256((heads ? head.substr(0, size) : head).substr(before.head_offset) +
                                     (heads ? body : body.substr(0, size)).substr(before.body_offset));
      CHECK(sample.stream().cut_tail(result.end, result.tail) == expected);
      result = sample.read();
      CHECK(result.end == before);
      CHECK_FALSE(result.tail.any());
    }
  }
  // And goes on.
  sample.ends.push_back(before);
  sample.append(3);
  CHECK(sample.read().end == sample.ends.back());
}

TEST_CASE("bodies are blanked in place, the chain stands") {
  const Sample sample(4, 2000, 100);
  const auto end = sample.ends.back();
  std::vector<std::uintmax_t> sizes;
  for (const auto segment : sample.stream().segments())
    sizes.push_back(std::filesystem::file_size(sample.body(segment)));
  auto stream = sample.stream();
  stream.blank({3, 4, 9});
  stream.blank({4});  // again is harmless
  std::vector<std::uint64_t> blank;
  const auto result = stream.read({}, [&](const Event& event) {
    if (event.blank) blank.push_back(event.seq);
    CHECK(event.blank == event.body.empty());
  });
  CHECK(result.end == end);
  CHECK_FALSE(result.tail.any());
  CHECK(blank == std::vector<std::uint64_t>{3, 4, 9});
  CHECK(stream.body(3).empty());
  std::vector<std::uintmax_t> now;
  for (const auto segment : stream.segments())
    now.push_back(std::filesystem::file_size(sample.body(segment)));
  CHECK(now == sizes);
  CHECK_THROWS_AS(stream.blank({99}), Error);
}

TEST_CASE("a half-blank body counts as blank only where a destruction names it") {
  const Sample sample(2, 256u << 20, 9000);
  const std::string whole = get(sample.body());
  auto stream = sample.stream();
  stream.blank({3});
  const std::string blank = get(sample.body());
  REQUIRE(blank.size() == whole.size());
  for (std::size_t page = 0; page < whole.size(); page += 4096)
    for (const bool first : {true, false}) {
      std::string half = first ? whole : blank;
      half.replace(page, 4096, (first ? blank : whole).substr(page, 4096));
      if (half == whole || half == blank) continue;
      put(sample.body(), half);
      CHECK(sample.read().tail.any());
      Stream pardoned = sample.stream();
      pardoned.pardon([] { return Stream::Pardoned{4}; });
      CHECK(pardoned.read({}, {}).tail.any());
      pardoned.pardon([] { return Stream::Pardoned{3}; });
      CHECK(pardoned.read({}, {}).end == sample.ends.back());
      pardoned.blank({3});
      CHECK(get(sample.body()) == blank);
    }
}

TEST_CASE("events of one type are found, and only good ones") {
  const Sample sample(2);
  const auto found = [&](std::string_view type) {
    std::vector<std::uint64_t> seqs;
    sample.stream().each_of_type(type, [&](std::uint64_t seq, std::string_view) { seqs.push_back(seq); });
    return seqs;
  };
  CHECK(found("genesis/1") == std::vector<std::uint64_t>{1});
  CHECK(found("register.entry/1") == std::vector<std::uint64_t>{2, 3, 4});
  CHECK(found("other/1").empty());
  std::string body = get(sample.body());
  body[body.find("\"n\":1") + 1] = 'm';
  put(sample.body(), body);
  CHECK(found("register.entry/1") == std::vector<std::uint64_t>{2, 3});
}

TEST_CASE("a printed head is a number and 160 bits") {
  Head head;
  head.events = 41207;
  for (std::size_t i = 0; i < head.hash.bytes.size(); ++i)
    head.hash.bytes[i] = static_cast<unsigned char>(i * 7);
  const std::string text = printed(head);
  CHECK(text.rfind("41207 · ", 0) == 0);
  CHECK(std::count(text.begin(), text.end(), '-') == 7);
  for (const char c : text)
    CHECK_FALSE((c >= 'a' && c <= 'z'));
}

TEST_CASE("rubbish in the files of a stream never does harm") {
  const Sample sample(3, 1500);
  std::mt19937 random(11);
  std::vector<std::pair<Path, std::string>> files;
  for (const auto segment : sample.stream().segments())
    for (const Path& path : {sample.head(segment), sample.body(segment)})
      files.emplace_back(path, get(path));
  for (int round = 0; round < 800; ++round) {
    auto& [path, whole] = files[random() % files.size()];
    std::string now = whole;
    for (unsigned changes = 1 + random() % 4; changes > 0; --changes) {
      const std::size_t at = now.empty() ? 0 : random() % now.size();
      const std::size_t length = std::min<std::size_t>(now.size() - at, random() % 200);
      switch (random() % 5) {
        case 0:
          now.erase(at, length);
          break;
        case 1:
          now.insert(at, std::string(length, static_cast<char>(random())));
          break;
        case 2:
          now.insert(at, now.substr(random() % (now.size() + 1), length));
          break;
        case 3:
          now.resize(at);
          break;
        default:
          if (!now.empty()) now[at] = static_cast<char>(random());
      }
    }
    put(path, now);
    auto stream = sample.stream();
    const auto result = stream.read({}, [](const Event&) {});
    CHECK(result.end.head.events <= sample.ends.back().head.events);
    const bool known = std::any_of(sample.ends.begin(), sample.ends.end(),
                                   [&](const Position& p) { return p.head == result.end.head; });
    CHECK((known || result.end.head.events == 0));
    for (std::uint64_t seq = 1; seq < 9; ++seq) {
      stream.header_hash(seq);
      stream.body(seq);
    }
    stream.extent(sample.ends.back());
    stream.each_of_type("register.entry/1", [](std::uint64_t, std::string_view) {});
    put(path, whole);
  }
}

namespace {

// How many of the states that a power cut may leave are wrong; the first is told.
int wrong_states(std::optional<SyncPoint> skip, std::string& first) {
  const Scratch scratch, out;
  RecordingFiles files(scratch.path());
  if (skip) files.skip(*skip);
  make_directories(system_files(), scratch / "journal");
  files.sync_filesystem(scratch.path(), SyncPoint::repository_layout);
  const std::string name = create_stream(files, scratch / "journal", kGenesis, "lan", now());
  files.note("1");
  const Stream stream(files, scratch / "journal" / name, name);
  Position at = stream.read({}, {}).end;
  for (int t = 0; t < 4; ++t) {
    Transaction transaction(files, stream, at, "lan", now(), 3000);
    for (int i = 0; i <= t % 3; ++i)
      transaction.add("register.entry/1", body_of(t, 900 * static_cast<std::size_t>(t + 1)));
    at = transaction.commit();
    files.note(std::to_string(at.head.events));
  }
  int wrong = 0;
  const CrashStates states(files.recording());
  states.sweep(0, 20, 7, [&](const CrashState& state) {
    if (wrong > 0 && skip) return;
    std::uint64_t said = 0, have = 0;
    for (std::size_t i = 0; i < state.cut; ++i)
      if (files.recording().operations[i].kind == Operation::Kind::note)
        said = std::stoull(files.recording().operations[i].path);
    state.materialise(out / "x");
    std::string why;
    try {
      Stream found(system_files(), out / "x/journal/" / name, name);
      const auto result = found.read({}, {});
      have = result.end.head.events;
      if (have >= 1 && result.tail.any()) {
        if (!result.tail.torn) {
          why = "not torn";
        } else {
          found.cut_tail(result.end, result.tail);
          const auto again = found.read({}, {});
          if (again.tail.any() || again.end.head != result.end.head) why = "a tail after cutting";
        }
      }
    } catch (const Error& error) {
      if (said != 0) why = error.code();
    }
    if (have < said) why += " lost: " + std::to_string(have) + " events, said were " + std::to_string(said);
    if (!why.empty() && wrong++ == 0) first = why + "\n" + state.describe(files.recording());
  });
  return wrong;
}

}  // namespace

TEST_CASE("power cut: what was committed is there, what was not is cut", "[power]") {
  std::string first;
  const int wrong = wrong_states({}, first);
  INFO(first);
  CHECK(wrong == 0);
}

TEST_CASE("power cut: no sync of the journal can be left out", "[power]") {
  for (const SyncPoint point : {SyncPoint::journal_bodies, SyncPoint::journal_heads,
                                SyncPoint::segment_directory, SyncPoint::repository_layout}) {
    std::string first;
    INFO("sync point " << static_cast<int>(point));
    CHECK(wrong_states(point, first) > 0);
  }
}
