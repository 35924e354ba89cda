// Reads every file of a package once and compares it with all that the package says of it.
#pragma once
#include <array>
#include <atomic>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/progress.h"
#include "base/threads.h"
#include "package/source.h"
#include "trust/digest.h"
#include "trust/digest_lanes.h"

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
  crc32,
  adler32,
  none
};
// "SHA-256", "sha256", "SHA256" → sha256; none: not one that can be computed here.
Algorithm algorithm_of(std::string_view name);
const char* algorithm_name(Algorithm algorithm);  // as Hasher knows it
std::size_t digest_size(Algorithm algorithm);     // bytes

// Codes of one kind of list: a METS file section, a manifest.
struct FixityCodes {
  std::string size, checksum;
  std::string basis;
};

class FixityPlan {
 public:
  ~FixityPlan() { given_up_ = true; }
  // A list that says something of files: its path and its codes. For later calls.
  std::uint32_t add_list(std::string path, FixityCodes codes);
  void expect_size(std::uint32_t list, std::uint32_t entry, long line, std::uint64_t size);
  // digest: as many bytes as the algorithm has.
  void expect_digest(std::uint32_t list, std::uint32_t entry, long line, Algorithm algorithm,
                     std::span<const unsigned char> digest);
  bool expects(std::uint32_t entry) const;  // after seal

  void seal();  // nothing more is expected

  // How every file of a package is read, once.
  struct Reading {
    // What is computed also where nothing is expected; none: nothing, the file is read to know that it can
    // be.
    std::function<Algorithm(std::uint32_t entry)> algorithm;
    // Whether look gets the stream of a file before it is read to its end; look need not read to there.
    std::function<bool(std::uint32_t entry)> wants;
    std::function<void(std::uint32_t entry, ByteStream& stream)> look;
  };
  struct Totals {
    std::uint64_t files = 0, bytes = 0;
  };
  // Reads on threads of its own until finish. Before seal it may begin while the lists are still read; what
  // is expected by an algorithm that was not computed is then read again by finish. What is given here must
  // outlive the plan.
  void begin(PackageSource& source, Reading reading, Report& report, Progress& progress);
  Totals finish();  // after seal and begin

  // After finish, where reading.algorithm was sha256.
  bool known(std::uint32_t entry) const { return states_[entry] == State::read; }
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
  enum class State : char { not_read, read, broken };
  using Digests = std::array<std::string, static_cast<std::size_t>(Algorithm::none)>;  // lower case hex
  std::span<const Expected> of(std::uint32_t entry) const;
  void read(std::uint32_t entry, ByteStream& stream);
  bool read_held(std::uint32_t entry, ByteStream& stream, const std::function<void(ByteStream&)>& look,
                 Digests& digests);
  void take(std::uint32_t entry, const Digest& digest);
  bool expects_other(std::uint32_t entry) const;
  void compare(std::uint32_t entry, const Digests& digests) const;
  Digests computed(std::uint32_t entry) const;

  std::vector<List> lists_;
  std::vector<Expected> expected_;
  std::vector<std::uint32_t> first_;  // after seal: of each entry in expected_, one more at the end
  std::string bytes_;
  bool sealed_ = false;

  // Of reading. Each file's own are written by the thread that reads it.
  PackageSource* source_ = nullptr;
  Reading reading_;
  Report* report_ = nullptr;
  Progress* progress_ = nullptr;
  bool compared_ = false;  // while they were read
  std::vector<State> states_;
  std::vector<std::uint64_t> sizes_;
  std::vector<Digest> digests_;             // of those read for SHA-256
  std::vector<std::string> other_digests_;  // hex, of those read for another algorithm; empty: none were
  std::atomic<bool> given_up_{false};
  std::optional<DigestLanes> lanes_;  // what they compute is in digests_ when all were read
  std::optional<Aside> reader_;  // last: it ends before what it writes to
};

}  // namespace vtlt::package
