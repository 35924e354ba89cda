#include "package/check_fixity.h"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>

#include "base/ascii.h"
#include "base/buffer.h"
#include "base/encoding.h"
#include "base/error.h"

namespace vtlt::package {
namespace {

struct Known {
  const char* name;
  std::size_t size;
};
constexpr std::array<Known, 11> known_algorithms = {{{"md5", 16},
                                                     {"sha1", 20},
                                                     {"sha224", 28},
                                                     {"sha256", 32},
                                                     {"sha384", 48},
                                                     {"sha512", 64},
                                                     {"sha3-256", 32},
                                                     {"sha3-512", 64},
                                                     {"blake2b512", 64},
                                                     {"crc32", 4},
                                                     {"adler32", 4}}};

// Counts and digests what passes to whoever looks at the content.
class Tee final : public ByteStream {
 public:
  Tee(ByteStream& stream, const std::vector<Hasher*>& hashers) : stream_(stream), hashers_(hashers) {}
  std::size_t read(std::span<std::byte> out) override {
    const std::size_t got = stream_.read(out);
    for (Hasher* hasher : hashers_)
      hasher->update(Bytes(out.data(), got));
    total_ += got;
    return got;
  }
  void drain(std::span<std::byte> buffer) {
    while (read(buffer) != 0)
      check_interrupted();
  }
  std::uint64_t total() const { return total_; }

 private:
  ByteStream& stream_;
  const std::vector<Hasher*>& hashers_;
  std::uint64_t total_ = 0;
};

Hasher& hasher_of(Algorithm algorithm) {
  thread_local std::map<Algorithm, Hasher> made;
  const auto found = made.find(algorithm);
  if (found != made.end()) return found->second;
  return made.emplace(algorithm, Hasher(algorithm_name(algorithm))).first->second;
}

}  // namespace

Algorithm algorithm_of(std::string_view name) {
  std::string plain;
  for (char c : name)
    if (c != '-' && c != '_') plain += ascii::lower(c);
  if (plain == "sha") plain = "sha1";
  if (plain == "blake2b") plain = "blake2b512";
  for (std::size_t i = 0; i < known_algorithms.size(); ++i) {
    std::string own = known_algorithms[i].name;
    own.erase(std::remove(own.begin(), own.end(), '-'), own.end());
    if (own == plain) return static_cast<Algorithm>(i);
  }
  return Algorithm::none;
}
const char* algorithm_name(Algorithm algorithm) {
  return known_algorithms[static_cast<std::size_t>(algorithm)].name;
}
std::size_t digest_size(Algorithm algorithm) {
  return known_algorithms[static_cast<std::size_t>(algorithm)].size;
}

std::uint32_t FixityPlan::add_list(std::string path, FixityCodes codes) {
  lists_.push_back({std::move(path), std::move(codes)});
  return static_cast<std::uint32_t>(lists_.size() - 1);
}

void FixityPlan::expect_size(std::uint32_t list, std::uint32_t entry, long line, std::uint64_t size) {
  expected_.push_back({entry, static_cast<std::uint32_t>(line), size, 0, list, Algorithm::none});
}

void FixityPlan::expect_digest(std::uint32_t list, std::uint32_t entry, long line, Algorithm algorithm,
                               std::span<const unsigned char> digest) {
  VTLT_ASSERT(digest.size() == digest_size(algorithm));
  expected_.push_back({entry, static_cast<std::uint32_t>(line), 0, static_cast<std::uint32_t>(bytes_.size()),
                       list, algorithm});
  bytes_.append(reinterpret_cast<const char*>(digest.data()), digest.size());
}

void FixityPlan::seal() {
  sealed_ = true;
  std::stable_sort(expected_.begin(), expected_.end(),
                   [](const Expected& a, const Expected& b) { return a.entry < b.entry; });
  first_.assign(expected_.empty() ? 1 : std::size_t{expected_.back().entry} + 2, 0);
  for (const Expected& expected : expected_)
    ++first_[std::size_t{expected.entry} + 1];
  std::partial_sum(first_.begin(), first_.end(), first_.begin());
}

std::span<const FixityPlan::Expected> FixityPlan::of(std::uint32_t entry) const {
  if (std::size_t{entry} + 1 >= first_.size()) return {};
  return std::span(expected_).subspan(first_[entry], first_[std::size_t{entry} + 1] - first_[entry]);
}

bool FixityPlan::expects(std::uint32_t entry) const {
  return !of(entry).empty();
}

bool FixityPlan::expects_other(std::uint32_t entry) const {
  const Algorithm computed = reading_.algorithm(entry);
  return std::any_of(of(entry).begin(), of(entry).end(), [&](const Expected& expected) {
    return expected.algorithm != Algorithm::none && expected.algorithm != computed;
  });
}

void FixityPlan::compare(std::uint32_t entry, const Digests& digests) const {
  // Nearly all is as expected: nothing is made for a report before one is due.
  const auto at = [&] { return Report::Place{std::string(source_->entries().path(entry))}; };
  for (const Expected& expected : of(entry)) {
    const List& list = lists_[expected.list];
    if (expected.algorithm == Algorithm::none) {
      if (expected.size != sizes_[entry])
        report_->add(Level::error, list.codes.size, at(),
                     say("size", {{"list", shown(list.path)},
                                  {"line", std::to_string(expected.line)},
                                  {"expected", static_cast<std::int64_t>(expected.size)},
                                  {"found", static_cast<std::int64_t>(sizes_[entry])}}),
                     say("changed.hint"), list.codes.basis);
      continue;
    }
    const std::size_t length = digest_size(expected.algorithm);
    const std::string wanted =
        hex({reinterpret_cast<const unsigned char*>(bytes_.data()) + expected.digest, length});
    if (digests[static_cast<std::size_t>(expected.algorithm)] != wanted)
      report_->add(Level::error, list.codes.checksum, at(),
                   say("checksum", {{"list", shown(list.path)},
                                    {"line", std::to_string(expected.line)},
                                    {"algorithm", algorithm_name(expected.algorithm)}}),
                   say("changed.hint"), list.codes.basis);
  }
}

namespace {

using Wanted = std::array<bool, known_algorithms.size()>;

// Reads a file to its end for the algorithms wanted; look, where there is one, looks into it first. Throws
// what reading throws; size then is what was read before.
template <typename Digests>
void read_file(ByteStream& stream, const Wanted& wanted, const std::function<void(ByteStream&)>& look,
               Digests& digests, std::uint64_t& size) {
  thread_local Buffer buffer(1 << 18);
  std::vector<Hasher*> hashers;
  for (std::size_t i = 0; i < wanted.size(); ++i)
    if (wanted[i]) hashers.push_back(&hasher_of(static_cast<Algorithm>(i)));
  Tee tee(stream, hashers);
  try {
    if (look) look(tee);
    tee.drain(buffer);
  } catch (...) {
    for (Hasher* hasher : hashers)
      hasher->finish_hex();  // they belong to the thread and must start anew
    size = tee.total();
    throw;
  }
  size = tee.total();
  for (std::size_t i = 0; i < wanted.size(); ++i)
    if (wanted[i]) digests[i] = hasher_of(static_cast<Algorithm>(i)).finish_hex();
}

}  // namespace

void FixityPlan::begin(PackageSource& source, Reading reading, Report& report, Progress& progress) {
  const EntryTable& entries = source.entries();
  source_ = &source;
  reading_ = std::move(reading);
  report_ = &report;
  progress_ = &progress;
  compared_ = sealed_;
  states_.assign(entries.size(), State::not_read);
  sizes_.assign(entries.size(), 0);
  std::uint64_t files = 0, bytes = 0;
  bool others = false;
  for (std::uint32_t i = 0; i < entries.size(); ++i)
    if (entries[i].kind == EntryKind::file) {
      ++files;
      bytes += entries[i].size;
      const Algorithm algorithm = reading_.algorithm(i);
      if (algorithm == Algorithm::sha256 && digests_.empty()) digests_.resize(entries.size());
      others = others || (algorithm != Algorithm::sha256 && algorithm != Algorithm::none);
    }
  if (!compared_) {
    // Of each file a size and a digest, mostly: what grows by doubling is held twice meanwhile.
    expected_.reserve(expected_.size() + 2 * files);
    bytes_.reserve(bytes_.size() + files * sizeof(Digest));
  }
  if (others && !compared_) other_digests_.resize(entries.size());
  progress.start(say("progress"), files, bytes);
  lanes_.emplace([this](std::uint32_t entry, const Digest& digest) { take(entry, digest); }, bytes);
  reader_.emplace([this] {
    source_->visit([this](std::uint32_t entry, ByteStream& stream) { read(entry, stream); }, *report_);
    lanes_->finish();
  });
}

void FixityPlan::take(std::uint32_t entry, const Digest& digest) {
  if (reading_.algorithm(entry) == Algorithm::sha256) digests_[entry] = digest;
  if (!compared_) return;
  Digests digests;
  digests[static_cast<std::size_t>(Algorithm::sha256)] = digest.hex();
  compare(entry, digests);
}

void FixityPlan::read(std::uint32_t entry, ByteStream& stream) {
  if (given_up_) return;
  const Algorithm algorithm = reading_.algorithm(entry);
  Wanted wanted{};
  if (algorithm != Algorithm::none) wanted[static_cast<std::size_t>(algorithm)] = true;
  if (compared_)
    for (const Expected& expected : of(entry))
      if (expected.algorithm != Algorithm::none) wanted[static_cast<std::size_t>(expected.algorithm)] = true;
  std::function<void(ByteStream&)> look;
  if (reading_.wants && reading_.wants(entry)) look = [&](ByteStream& bytes) { reading_.look(entry, bytes); };
  Digests digests;
  bool later = false;  // the digest
  try {
    const bool sha256_alone = wanted[static_cast<std::size_t>(Algorithm::sha256)] &&
                              std::count(wanted.begin(), wanted.end(), true) == 1;
    if (sha256_alone && lanes_->several())
      later = read_held(entry, stream, look, digests);
    else
      read_file(stream, wanted, look, digests, sizes_[entry]);
    states_[entry] = State::read;
  } catch (const Error& error) {
    if (error.exit() == Exit::interrupted) throw;
    report_->unread(std::string(source_->entries().path(entry)), error);
    states_[entry] = State::broken;
  }
  progress_->advance(1, sizes_[entry]);
  // Who unpacks by the list gets other bytes than were read here.
  const std::uint64_t said = source_->entries()[entry].size;
  if (states_[entry] == State::read && source_->archive() && sizes_[entry] != said)
    report_->add(Level::error, "VTLT-ZIP-LOCAL", {std::string(source_->entries().path(entry))},
                 say("zip.short", {{"found", static_cast<std::int64_t>(sizes_[entry])},
                                   {"expected", static_cast<std::int64_t>(said)}}),
                 say("zip.local.hint"), "");
  if (states_[entry] == State::broken || later) return;
  if (algorithm == Algorithm::sha256)
    Digest::parse(digests[static_cast<std::size_t>(algorithm)], digests_[entry]);
  else if (algorithm != Algorithm::none && !compared_)
    other_digests_[entry] = digests[static_cast<std::size_t>(algorithm)];
  if (compared_) compare(entry, digests);
}

// True: the file is held until its SHA-256 is computed together with others; else it is in digests.
bool FixityPlan::read_held(std::uint32_t entry, ByteStream& stream,
                           const std::function<void(ByteStream&)>& look, Digests& digests) {
  Wanted wanted{};
  wanted[static_cast<std::size_t>(Algorithm::sha256)] = true;
  DigestLanes::Use use(*lanes_);
  // One byte more shows that it is not longer than its source said.
  const std::uint64_t size = source_->entries()[entry].size;
  const std::span<std::byte> room = use.room(size == ~std::uint64_t{0} ? size : size + 1);
  if (room.empty()) {
    read_file(stream, wanted, look, digests, sizes_[entry]);
    return false;
  }
  std::size_t held = 0;
  try {
    for (std::size_t got = 1; got != 0 && held < room.size(); held += got)
      got = stream.read(room.subspan(held));
  } catch (...) {
    sizes_[entry] = held;
    throw;
  }
  if (held == room.size()) {
    MemoryStream whole(room, &stream);
    read_file(whole, wanted, look, digests, sizes_[entry]);
    return false;
  }
  sizes_[entry] = held;
  if (look) {
    MemoryStream bytes(room.first(held));
    look(bytes);
  }
  use.give(entry, held);
  return true;
}

FixityPlan::Digests FixityPlan::computed(std::uint32_t entry) const {
  Digests digests;
  const Algorithm algorithm = reading_.algorithm(entry);
  if (algorithm == Algorithm::sha256)
    digests[static_cast<std::size_t>(algorithm)] = digests_[entry].hex();
  else if (algorithm != Algorithm::none)
    digests[static_cast<std::size_t>(algorithm)] = other_digests_[entry];
  return digests;
}

FixityPlan::Totals FixityPlan::finish() {
  VTLT_ASSERT(sealed_ && reader_);
  reader_->finish();
  const std::size_t entries = states_.size();
  if (!compared_) {
    std::vector<char> again(entries, 0);
    std::atomic<bool> any{false};
    constexpr std::size_t portion = 4096;
    parallel_for((entries + portion - 1) / portion, [&](std::size_t part) {
      for (std::size_t i = part * portion; i < std::min(entries, (part + 1) * portion); ++i) {
        const auto entry = static_cast<std::uint32_t>(i);
        if (states_[i] != State::read || !expects(entry)) continue;
        if (expects_other(entry))
          any = (again[i] = 1) != 0;
        else
          compare(entry, computed(entry));
      }
    });
    if (any) {
      Report told_before("");  // what the source has to say of itself was said when it was read first
      source_->visit(
          [&](std::uint32_t entry, ByteStream& stream) {
            if (again[entry] == 0) return;
            Wanted wanted{};
            for (const Expected& expected : of(entry))
              if (expected.algorithm != Algorithm::none && expected.algorithm != reading_.algorithm(entry))
                wanted[static_cast<std::size_t>(expected.algorithm)] = true;
            Digests digests = computed(entry);
            std::uint64_t size = 0;
            try {
              read_file(stream, wanted, {}, digests, size);
            } catch (const Error& error) {
              if (error.exit() == Exit::interrupted) throw;
              report_->unread(std::string(source_->entries().path(entry)), error);
              states_[entry] = State::broken;
              return;
            }
            compare(entry, digests);
          },
          told_before);
    }
  }
  progress_->finish();
  Totals totals;
  for (std::size_t i = 0; i < entries; ++i) {
    totals.files += states_[i] == State::read ? 1 : 0;
    totals.bytes += sizes_[i];
  }
  return totals;
}

}  // namespace vtlt::package
