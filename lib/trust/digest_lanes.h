// SHA-256 of many contents, two and more at a time on one core: a processor computes two that do not depend
// on each other in the time of one, or sixteen small ones in its vectors in the time of four. By Debian's
// libipsec-mb1 where it is installed, by OpenSSL elsewhere; the same digests, and compared with OpenSSL's
// before the first is used.
#pragma once
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "trust/digest.h"

namespace vtlt {

class DigestLanes {
 public:
  // Called by the thread that gave the last of a few contents, or by finish.
  using Done = std::function<void(std::uint32_t token, const Digest& digest)>;
  // pairs: without the processor's vectors.
  enum class Engine { best, pairs, openssl };
  // bytes: about how many will be given. For few the library is not opened: comparing its results with
  // OpenSSL's takes longer than they do.
  DigestLanes(Done done, std::uint64_t bytes, Engine engine = Engine::best);
  static constexpr std::uint64_t least_bytes = std::uint64_t{32} << 20;
  ~DigestLanes();
  DigestLanes(const DigestLanes&) = delete;
  DigestLanes& operator=(const DigestLanes&) = delete;

  // Whether several are computed at a time here. Where not, contents are better hashed while they are read.
  bool several() const { return pairs_ != 0 || vectors_ != 0; }

  class Lane;
  // A place to read into that no other thread uses meanwhile.
  class Use {
   public:
    explicit Use(DigestLanes& lanes);
    ~Use();
    Use(const Use&) = delete;
    Use& operator=(const Use&) = delete;
    // Room for the next content, size bytes; empty: larger than a few MiB, hashed as it is read.
    // May compute those given before.
    std::span<std::byte> room(std::uint64_t size);
    // The first size bytes of that room are a content. Not after an empty room.
    void give(std::uint32_t token, std::size_t size);

   private:
    DigestLanes& lanes_;
    std::unique_ptr<Lane> lane_;
  };

  // Computes what is still held. While no Use is.
  void finish();

 private:
  std::unique_ptr<Lane> take();
  Done done_;
  std::size_t pairs_ = 0, vectors_ = 0;  // contents at a time by either way; 0: that way is not there
  std::size_t held_ = 0;                 // bytes that one place to read into has
  std::mutex guard_;
  std::vector<std::unique_ptr<Lane>> idle_;
};

}  // namespace vtlt
