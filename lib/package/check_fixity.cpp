#include "package/check_fixity.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/encoding.h"

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
}

std::span<const FixityPlan::Expected> FixityPlan::of(std::uint32_t entry) const {
  const auto range = std::equal_range(expected_.begin(), expected_.end(), Expected{entry},
                                      [](const Expected& a, const Expected& b) { return a.entry < b.entry; });
  return {range.first, range.second};
}

bool FixityPlan::expects(std::uint32_t entry) const {
  return !of(entry).empty();
}

void FixityPlan::compare(const EntryTable& entries, std::uint32_t entry, std::uint64_t size,
                         const std::vector<std::string>& digests, Report& report) const {
  const Report::Place at{std::string(entries.path(entry))};
  for (const Expected& expected : of(entry)) {
    const List& list = lists_[expected.list];
    const MessageArg where = shown(list.path), line = std::to_string(expected.line);
    if (expected.algorithm == Algorithm::none) {
      if (expected.size != size)
        report.add(Level::error, list.codes.size, at,
                   say("size", {{"list", where},
                                {"line", line},
                                {"expected", static_cast<std::int64_t>(expected.size)},
                                {"found", static_cast<std::int64_t>(size)}}),
                   say("changed.hint"), list.codes.basis);
      continue;
    }
    const std::size_t length = digest_size(expected.algorithm);
    const std::string wanted =
        hex({reinterpret_cast<const unsigned char*>(bytes_.data()) + expected.digest, length});
    if (digests[static_cast<std::size_t>(expected.algorithm)] != wanted)
      report.add(Level::error, list.codes.checksum, at,
                 say("checksum",
                     {{"list", where}, {"line", line}, {"algorithm", algorithm_name(expected.algorithm)}}),
                 say("changed.hint"), list.codes.basis);
  }
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
  if (always_sha256) {
    digests_.assign(entries.size(), Digest{});
    known_.assign(entries.size(), 0);
  }
  std::atomic<std::uint64_t> files{0}, bytes{0};
  progress.start(say("progress"), all_files, all_bytes);
  source.visit(
      [&](std::uint32_t entry, ByteStream& stream) {
        thread_local std::vector<std::byte> buffer(1 << 20);
        std::array<bool, known_algorithms.size()> wanted{};
        wanted[static_cast<std::size_t>(Algorithm::sha256)] = always_sha256;
        for (const Expected& expected : of(entry))
          if (expected.algorithm != Algorithm::none)
            wanted[static_cast<std::size_t>(expected.algorithm)] = true;
        std::vector<Hasher*> hashers;
        for (std::size_t i = 0; i < wanted.size(); ++i)
          if (wanted[i]) hashers.push_back(&hasher_of(static_cast<Algorithm>(i)));
        std::vector<std::string> digests(known_algorithms.size());
        Tee tee(stream, hashers);
        bool read = true;
        try {
          if (wants(entry)) special(entry, tee);
          tee.drain(buffer);
        } catch (const Error& error) {
          if (error.exit() == Exit::interrupted) {
            for (Hasher* hasher : hashers)
              hasher->finish_hex();
            throw;
          }
          report.unread(std::string(entries.path(entry)), error);
          read = false;
        } catch (...) {
          for (Hasher* hasher : hashers)
            hasher->finish_hex();  // they belong to the thread and must start anew
          throw;
        }
        for (std::size_t i = 0; i < wanted.size(); ++i)
          if (wanted[i]) digests[i] = hasher_of(static_cast<Algorithm>(i)).finish_hex();
        bytes += tee.total();
        progress.advance(1, tee.total());
        if (!read) return;
        ++files;
        if (always_sha256) {
          Digest::parse(digests[static_cast<std::size_t>(Algorithm::sha256)], digests_[entry]);
          known_[entry] = 1;
        }
        compare(entries, entry, tee.total(), digests, report);
      },
      report);
  progress.finish();
  return {files, bytes};
}

}  // namespace vtlt::package
