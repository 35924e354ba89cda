#include "trust/digest_lanes.h"

#include <algorithm>
#include <chrono>
#include <list>

#include "base/buffer.h"
#include "base/error.h"
#include "base/shared_library.h"
#include "base/threads.h"

#ifdef VTLT_IPSEC_MB_SONAME
#include <intel-ipsec-mb.h>
#endif

namespace vtlt {
namespace {

// All places to read into together, so that memory does not grow with the cores; and the least that is of
// use.
constexpr std::size_t most_held = std::size_t{12} << 20, least_held = std::size_t{1} << 20;
constexpr std::size_t contents_a_lane = 8, most_contents = 128;
constexpr std::size_t alignment = 64;  // see base/buffer.h

struct Content {
  std::uint32_t token = 0;
  std::span<const std::byte> bytes;
  Digest digest;
};

#ifdef VTLT_IPSEC_MB_SONAME

class Library {
 public:
  // nullptr: not installed, another version than was compiled for, or it computes something else than
  // OpenSSL.
  static const Library* get() {
    static const Library library;
    return library.pairs_ != 0 || library.vectors_ != 0 ? &library : nullptr;
  }
  // Two ways: the processor's own SHA instructions on two contents at a time, its vectors on 8 or 16. 0: that
  // way does not exist or is the slower one.
  std::size_t pairs() const { return pairs_; }
  std::size_t vectors() const { return vectors_; }

  class Manager {
   public:
    Manager(const Library& library, std::size_t lanes) : library_(library), manager_(library.made(lanes)) {}
    ~Manager() {
      if (manager_ != nullptr) library_.free_(manager_);
    }
    Manager(const Manager&) = delete;
    Manager& operator=(const Manager&) = delete;

    // False: one of them was not computed.
    bool compute(std::span<Content> contents) {
      VTLT_ASSERT(contents.size() <= most_contents);
      if (manager_ == nullptr) return false;
      std::size_t completed = 0;
      const auto take = [&](const IMB_JOB* job) {
        if (job != nullptr && job->status == IMB_STATUS_COMPLETED) ++completed;
        return job != nullptr;
      };
      for (Content& content : contents) {
        IMB_JOB* job = IMB_GET_NEXT_JOB(manager_);
        *job = {};
        job->cipher_mode = IMB_CIPHER_NULL;
        job->cipher_direction = IMB_DIR_ENCRYPT;
        job->chain_order = IMB_ORDER_HASH_CIPHER;
        job->hash_alg = IMB_AUTH_SHA_256;
        job->src = reinterpret_cast<const std::uint8_t*>(content.bytes.data());
        job->msg_len_to_hash_in_bytes = content.bytes.size();
        job->auth_tag_output = content.digest.bytes.data();
        job->auth_tag_output_len_in_bytes = content.digest.bytes.size();
        // Checked, a job is refused from 64 KiB on, although lengths are counted in blocks; see agrees().
        take(IMB_SUBMIT_JOB_NOCHECK(manager_));
      }
      while (take(IMB_FLUSH_JOB(manager_))) {
      }
      return completed == contents.size();
    }

   private:
    const Library& library_;
    IMB_MGR* manager_;
  };

 private:
  static constexpr std::size_t two = 2;

  Library() {
    SharedLibrary shared(VTLT_IPSEC_MB_SONAME);
    decltype(&::imb_get_version) version = nullptr;
    shared.take(version, "imb_get_version");
    shared.take(allocate_, "alloc_mb_mgr");
    shared.take(free_, "free_mb_mgr");
    shared.take(sse_, "init_mb_mgr_sse");
    shared.take(best_, "init_mb_mgr_auto");
    // A job's layout is the header's.
    if (!shared.complete() || version() != IMB_VERSION_NUM) return;
    IMB_MGR* manager = made(0);
    if (manager == nullptr) return;
    const bool instructions = (manager->features & IMB_FEATURE_SHANI) != 0;
    const std::size_t wide = manager->used_arch >= IMB_ARCH_AVX512 ? 16 : 8;
    free_(manager);
    std::vector<std::byte> bytes(most_held / 4);
    for (std::size_t i = 0; i < bytes.size(); i += 8)
      bytes[i] = static_cast<std::byte>(i / 8 + i / 2041);
    if (instructions && agrees(bytes, two)) pairs_ = two;
    // Beside SHA instructions vectors of 8 are half as fast, those of 16 nearly twice as fast or no faster
    // [m: AMD EPYC, Intel Xeon].
    const bool slower = pairs_ != 0 && (wide == 8 || time_of(bytes, wide) > time_of(bytes, two));
    if (!slower && agrees(bytes, wide)) vectors_ = wide;
  }

  // lanes: two, or as many as the processor's vectors have.
  IMB_MGR* made(std::size_t lanes) const {
    IMB_MGR* manager = allocate_(0);
    if (manager == nullptr) return nullptr;
    IMB_ARCH chosen = IMB_ARCH_NONE;
    if (lanes == two)
      sse_(manager);
    else
      best_(manager, &chosen);
    return manager;
  }

  // On this very processor, for the edges of blocks and for the longest that is ever given.
  bool agrees(std::span<const std::byte> bytes, std::size_t lanes) const {
    bytes = bytes.first(most_held / 2 / lanes);
    std::vector<Content> contents;
    for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{55}, std::size_t{56},
                                   std::size_t{64}, std::size_t{119}, std::size_t{4096}, std::size_t{65'535},
                                   std::size_t{65'536}, std::size_t{70'001}, bytes.size() - 1, bytes.size()})
      contents.push_back({0, bytes.first(size), {}});
    Manager manager(*this, lanes);
    return manager.compute(contents) && std::all_of(contents.begin(), contents.end(), [](const Content& one) {
             return sha256(one.bytes) == one.digest;
           });
  }

  // Of the same contents for either way, the best of a few times; a tenth of a millisecond each.
  std::chrono::steady_clock::duration time_of(std::span<const std::byte> bytes, std::size_t lanes) const {
    std::vector<Content> contents;
    for (std::size_t i = 0; i < 16; ++i)
      contents.push_back({0, bytes.subspan(i * 8192, 8192), {}});
    Manager manager(*this, lanes);
    auto best = std::chrono::steady_clock::duration::max();
    for (int turn = 0; turn < 5; ++turn) {
      const auto begun = std::chrono::steady_clock::now();
      manager.compute(contents);
      best = std::min(best, std::chrono::steady_clock::now() - begun);
    }
    return best;
  }

  decltype(&::alloc_mb_mgr) allocate_ = nullptr;
  decltype(&::free_mb_mgr) free_ = nullptr;
  decltype(&::init_mb_mgr_sse) sse_ = nullptr;
  decltype(&::init_mb_mgr_auto) best_ = nullptr;
  std::size_t pairs_ = 0, vectors_ = 0;
};

#else

struct Library {
  static const Library* get() { return nullptr; }
  std::size_t pairs() const { return 0; }
  std::size_t vectors() const { return 0; }
  struct Manager {
    Manager(const Library&, std::size_t) {}
    bool compute(std::span<Content>) { return false; }
  };
};

#endif

}  // namespace

class DigestLanes::Lane {
 public:
  Lane(std::size_t pairs, std::size_t vectors, std::size_t held) : bytes_(held) {
    if (pairs != 0) ways_.emplace_back(pairs);
    if (vectors != 0) ways_.emplace_back(vectors);
  }

  std::span<std::byte> room(std::uint64_t size, const Done& done) {
    if (lanes_for(size) == 0) return {};
    if (size > bytes_.size() - used_) compute(done);
    return {bytes_.data() + used_, static_cast<std::size_t>(size)};
  }

  void give(std::uint32_t token, std::size_t size, const Done& done) {
    VTLT_ASSERT(size <= bytes_.size() - used_);
    contents_.push_back({token, {bytes_.data() + used_, size}, {}});
    used_ = std::min(bytes_.size(), (used_ + size + alignment - 1) / alignment * alignment);
    // The next are likely as large as this one, and every lane should have one to the end.
    const std::size_t lanes = lanes_for(size);
    const bool even = contents_.size() % lanes == 0;
    if (contents_.size() >= std::min(contents_a_lane * lanes, most_contents) ||
        (even && bytes_.size() - used_ < lanes * size))
      compute(done);
  }

  void compute(const Done& done) {
    std::vector<Content> contents;
    contents.swap(contents_);
    used_ = 0;
    // The largest first, so that none is left alone with a long rest.
    std::stable_sort(contents.begin(), contents.end(),
                     [](const Content& a, const Content& b) { return a.bytes.size() > b.bytes.size(); });
    if (Way* way = way_for(contents.size()); way == nullptr || !way->manager.compute(contents))
      for (Content& content : contents)
        content.digest = sha256(content.bytes);
    for (const Content& content : contents)
      done(content.token, content.digest);
    contents.clear();
    contents.swap(contents_);  // their memory again
  }

 private:
  struct Way {
    explicit Way(std::size_t count) : lanes(count), manager(*Library::get(), count) {}
    std::size_t lanes;
    Library::Manager manager;
  };
  // The most that can all be filled with contents of this size; 0: too large for any.
  std::size_t lanes_for(std::uint64_t size) const {
    std::size_t lanes = ways_.empty() && size <= bytes_.size() ? 1 : 0;
    for (const Way& way : ways_)
      if (size <= bytes_.size() / way.lanes) lanes = way.lanes;
    return lanes;
  }
  // In few of many lanes each content is slower than in two, or by OpenSSL.
  Way* way_for(std::size_t contents) {
    Way* best = nullptr;
    for (Way& way : ways_)
      if (contents >= 2 && 4 * contents >= 3 * way.lanes) best = &way;
    return best;
  }

  std::size_t used_ = 0;
  Buffer bytes_;
  std::vector<Content> contents_;
  std::list<Way> ways_;  // of few lanes first
};

DigestLanes::DigestLanes(Done done, std::uint64_t bytes, Engine engine) : done_(std::move(done)) {
  if (const Library* library = engine != Engine::openssl && bytes >= least_bytes ? Library::get() : nullptr) {
    pairs_ = library->pairs();
    if (engine == Engine::best) vectors_ = library->vectors();
  }
  held_ = std::clamp(most_held / hardware_threads(), least_held, most_held / 2);
}
DigestLanes::~DigestLanes() = default;

std::unique_ptr<DigestLanes::Lane> DigestLanes::take() {
  {
    const std::lock_guard hold(guard_);
    if (!idle_.empty()) {
      std::unique_ptr<Lane> lane = std::move(idle_.back());
      idle_.pop_back();
      return lane;
    }
  }
  return std::make_unique<Lane>(pairs_, vectors_, held_);
}

DigestLanes::Use::Use(DigestLanes& lanes) : lanes_(lanes), lane_(lanes.take()) {}
DigestLanes::Use::~Use() {
  const std::lock_guard hold(lanes_.guard_);
  lanes_.idle_.push_back(std::move(lane_));
}
std::span<std::byte> DigestLanes::Use::room(std::uint64_t size) {
  return lane_->room(size, lanes_.done_);
}
void DigestLanes::Use::give(std::uint32_t token, std::size_t size) {
  lane_->give(token, size, lanes_.done_);
}

void DigestLanes::finish() {
  for (const auto& lane : idle_)
    lane->compute(done_);
}

}  // namespace vtlt
