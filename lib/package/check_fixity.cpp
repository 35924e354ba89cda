#include "package/check_fixity.h"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <system_error>

#include "base/encoding.h"
#include "base/threads.h"

namespace vtlt::package {
namespace {

struct Known {
  const char* name;
  std::size_t size;
};
constexpr std::array<Known, 9> known_algorithms = {{{"md5", 16},
                                                    {"sha1", 20},
                                                    {"sha224", 28},
                                                    {"sha256", 32},
                                                    {"sha384", 48},
                                                    {"sha512", 64},
                                                    {"sha3-256", 32},
                                                    {"sha3-512", 64},
                                                    {"blake2b512", 64}}};

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
    if (c != '-' && c != '_') plain += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
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

void FixityPlan::compare(const EntryTable& entries, std::uint32_t entry, std::uint64_t size,
                         const std::vector<std::string>& digests, Report& report) const {
  // Nearly all is as expected: nothing is made for a report before one is due.
  const auto at = [&] { return Report::Place{std::string(entries.path(entry))}; };
  for (const Expected& expected : of(entry)) {
    const List& list = lists_[expected.list];
    if (expected.algorithm == Algorithm::none) {
      if (expected.size != size)
        report.add(Level::error, list.codes.size, at(),
                   say("size", {{"list", shown(list.path)},
                                {"line", std::to_string(expected.line)},
                                {"expected", static_cast<std::int64_t>(expected.size)},
                                {"found", static_cast<std::int64_t>(size)}}),
                   say("changed.hint"), list.codes.basis);
      continue;
    }
    const std::size_t length = digest_size(expected.algorithm);
    const std::string wanted =
        hex({reinterpret_cast<const unsigned char*>(bytes_.data()) + expected.digest, length});
    if (digests[static_cast<std::size_t>(expected.algorithm)] != wanted)
      report.add(Level::error, list.codes.checksum, at(),
                 say("checksum", {{"list", shown(list.path)},
                                  {"line", std::to_string(expected.line)},
                                  {"algorithm", algorithm_name(expected.algorithm)}}),
                 say("changed.hint"), list.codes.basis);
  }
}

namespace {

using Wanted = std::array<bool, known_algorithms.size()>;

// Reads a file to its end for the algorithms wanted; special looks into it first unless it is none. Throws
// what reading throws; size then is what was read before.
void read_file(std::uint32_t entry, ByteStream& stream, const Wanted& wanted,
               const FixityPlan::Special* special, std::vector<std::string>& digests, std::uint64_t& size) {
  thread_local std::vector<std::byte> buffer(1 << 18);
  std::vector<Hasher*> hashers;
  for (std::size_t i = 0; i < wanted.size(); ++i)
    if (wanted[i]) hashers.push_back(&hasher_of(static_cast<Algorithm>(i)));
  Tee tee(stream, hashers);
  try {
    if (special != nullptr) (*special)(entry, tee);
    tee.drain(buffer);
  } catch (...) {
    for (Hasher* hasher : hashers)
      hasher->finish_hex();  // they belong to the thread and must start anew
    size = tee.total();
    throw;
  }
  size = tee.total();
  digests.assign(known_algorithms.size(), {});
  for (std::size_t i = 0; i < wanted.size(); ++i)
    if (wanted[i]) digests[i] = hasher_of(static_cast<Algorithm>(i)).finish_hex();
}

Wanted only_sha256() {
  Wanted wanted{};
  wanted[static_cast<std::size_t>(Algorithm::sha256)] = true;
  return wanted;
}

}  // namespace

void FixityPlan::read_ahead(PackageSource& source, std::vector<std::uint32_t> files, Special special,
                            Report& report) {
  const EntryTable& entries = source.entries();
  const unsigned threads = hardware_threads() - 1;  // this one reads the lists
  if (threads == 0 || files.empty()) return;
  digests_.assign(entries.size(), Digest{});
  known_.assign(entries.size(), 0);
  ahead_.assign(entries.size(), Ahead::not_read);
  sizes_.assign(entries.size(), 0);
  std::stable_sort(files.begin(), files.end(), [&entries](std::uint32_t a, std::uint32_t b) {
    return entries[a].size > entries[b].size;
  });
  const auto shared = std::make_shared<const std::pair<std::vector<std::uint32_t>, Special>>(
      std::move(files), std::move(special));
  const auto read = [this, &source, &report, shared](std::uint32_t entry) {
    std::vector<std::string> digests;
    try {
      const auto stream = source.open(entry);
      read_file(entry, *stream, only_sha256(), &shared->second, digests, sizes_[entry]);
      Digest::parse(digests[static_cast<std::size_t>(Algorithm::sha256)], digests_[entry]);
      known_[entry] = 1;
      ahead_[entry] = Ahead::read;
    } catch (const Error& error) {
      if (error.exit() == Exit::interrupted) throw;
      report.unread(std::string(source.entries().path(entry)), error);
      ahead_[entry] = Ahead::broken;
    }
  };
  try {
    for (unsigned begun = 0; begun < threads; ++begun)
      helpers_.emplace_back([this, shared, read](const std::stop_token& stop) {
        try {
          for (std::size_t i; !stop.stop_requested() && (i = next_.fetch_add(1)) < shared->first.size();)
            read(shared->first[i]);
        } catch (...) {
          const std::lock_guard hold(guard_);
          if (!thrown_) thrown_ = std::current_exception();
        }
      });
  } catch (const std::system_error&) {  // no more threads to be had: run reads what these do not
  }
}

void FixityPlan::end_ahead() {
  for (std::jthread& helper : helpers_)
    helper.request_stop();
  helpers_.clear();
  if (thrown_) std::rethrow_exception(thrown_);
}

FixityPlan::Totals FixityPlan::run(PackageSource& source, bool always_sha256,
                                   const std::function<bool(std::uint32_t)>& wants, const Special& special,
                                   Report& report, Progress& progress) {
  const EntryTable& entries = source.entries();
  std::uint64_t all_files = 0, all_bytes = 0;
  for (std::size_t i = 0; i < entries.size(); ++i)
    if (entries[i].kind == EntryKind::file) {
      ++all_files;
      all_bytes += entries[i].size;
    }
  end_ahead();
  if (always_sha256 && ahead_.empty()) {
    digests_.assign(entries.size(), Digest{});
    known_.assign(entries.size(), 0);
  }
  std::atomic<std::uint64_t> files{0}, bytes{0};
  progress.start(say("progress"), all_files, all_bytes);
  source.visit(
      [&](std::uint32_t entry, ByteStream& stream) {
        const Ahead ahead = ahead_.empty() ? Ahead::not_read : ahead_[entry];
        const bool sha256 = always_sha256 && ahead == Ahead::not_read;
        Wanted wanted{};
        bool any = sha256;
        for (const Expected& expected : of(entry))
          if (expected.algorithm != Algorithm::none &&
              (expected.algorithm != Algorithm::sha256 || ahead == Ahead::not_read))
            any = wanted[static_cast<std::size_t>(expected.algorithm)] = true;
        if (sha256) wanted[static_cast<std::size_t>(Algorithm::sha256)] = true;
        std::vector<std::string> digests(known_algorithms.size());
        std::uint64_t size = 0;
        bool read = ahead != Ahead::broken;
        if (ahead == Ahead::not_read || (ahead == Ahead::read && any)) {
          try {
            read_file(entry, stream, wanted, ahead == Ahead::not_read && wants(entry) ? &special : nullptr,
                      digests, size);
          } catch (const Error& error) {
            if (error.exit() == Exit::interrupted) throw;
            report.unread(std::string(entries.path(entry)), error);
            read = false;
          }
        }
        if (ahead != Ahead::not_read) {
          size = sizes_[entry];
          digests[static_cast<std::size_t>(Algorithm::sha256)] = digests_[entry].hex();
        }
        bytes += size;
        progress.advance(1, size);
        if (!read) return;
        ++files;
        if (sha256) {
          Digest::parse(digests[static_cast<std::size_t>(Algorithm::sha256)], digests_[entry]);
          known_[entry] = 1;
        }
        compare(entries, entry, size, digests, report);
      },
      report);
  progress.finish();
  return {files, bytes};
}

}  // namespace vtlt::package
