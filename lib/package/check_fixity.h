// Reads every file of a package once and compares it with all that the package says of it.
#pragma once
#include <atomic>
#include <exception>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/progress.h"
#include "package/source.h"
#include "trust/digest.h"

namespace vtlt::package {

enum class Algorithm : std::uint8_t {
  md5,
  sha1,
  sha224,
  sha256,
  sha384,
  sha512,
  sha3_256,
  sha3_512,
  blake2b,
  none
};
// "SHA-256", "sha256", "SHA256" → sha256; none: not one that can be computed here.
Algorithm algorithm_of(std::string_view name);
const char* algorithm_name(Algorithm algorithm);  // as OpenSSL knows it
std::size_t digest_size(Algorithm algorithm);     // bytes

// Codes of one kind of list: a METS file section, a manifest.
struct FixityCodes {
  std::string size, checksum;
  std::string basis;
};

class FixityPlan {
 public:
  // A list that says something of files: its path and its codes. For later calls.
  std::uint32_t add_list(std::string path, FixityCodes codes);
  void expect_size(std::uint32_t list, std::uint32_t entry, long line, std::uint64_t size);
  // digest: as many bytes as the algorithm has.
  void expect_digest(std::uint32_t list, std::uint32_t entry, long line, Algorithm algorithm,
                     std::span<const unsigned char> digest);
  bool expects(std::uint32_t entry) const;  // after seal

  void seal();
  // Files besides those with an expectation are read too, so that what cannot be read is known. special gets
  // the stream of files that it wants to look into; it need not read to the end.
  using Special = std::function<void(std::uint32_t entry, ByteStream& stream)>;
  struct Totals {
    std::uint64_t files = 0, bytes = 0;
  };
  // Reads these files with SHA-256 while the lists are still read, on threads of its own, until run begins;
  // special gets every one of them, and run's does not. All that is given here must outlive the plan. What is
  // expected by another algorithm run reads again.
  void read_ahead(PackageSource& source, std::vector<std::uint32_t> files, Special special, Report& report);
  Totals run(PackageSource& source, bool always_sha256, const std::function<bool(std::uint32_t)>& wants,
             const Special& special, Report& report, Progress& progress);

  // After run with always_sha256.
  bool known(std::uint32_t entry) const { return known_[entry] != 0; }
  const Digest& digest(std::uint32_t entry) const { return digests_[entry]; }

 private:
  struct Expected {
    std::uint32_t entry = 0, line = 0;
    std::uint64_t size = 0;    // when algorithm is none
    std::uint32_t digest = 0;  // in bytes_
    std::uint32_t list = 0;
    Algorithm algorithm = Algorithm::none;
  };
  struct List {
    std::string path;
    FixityCodes codes;
  };
  // What became of a file that was read ahead.
  enum class Ahead : char { not_read, read, broken };
  std::span<const Expected> of(std::uint32_t entry) const;
  void end_ahead();
  void compare(const EntryTable& entries, std::uint32_t entry, std::uint64_t size,
               const std::vector<std::string>& digests, Report& report) const;

  std::vector<List> lists_;
  std::vector<Expected> expected_;
  std::vector<std::uint32_t> first_;  // after seal: of each entry in expected_, one more at the end
  std::string bytes_;
  std::vector<Digest> digests_;
  std::vector<char> known_;
  std::vector<Ahead> ahead_;  // each written by the thread that reads the file; empty: nothing was
  std::vector<std::uint64_t> sizes_;
  std::atomic<std::size_t> next_{0};
  std::mutex guard_;
  std::exception_ptr thrown_;
  std::vector<std::jthread> helpers_;  // last: they end before what they write to
};

}  // namespace vtlt::package
