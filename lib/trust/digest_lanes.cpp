#include "trust/digest_lanes.h"

#include <algorithm>

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
    return library.usable_ ? &library : nullptr;
  }
  std::size_t lanes() const { return lanes_; }

  class Manager {
   public:
    explicit Manager(const Library& library) : library_(library), manager_(library.made()) {}
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
    IMB_MGR* manager = made();
    if (manager == nullptr) return;
    lanes_ = instructions(manager) ? 2 : manager->used_arch >= IMB_ARCH_AVX512 ? 16 : 8;
    free_(manager);
    usable_ = agrees();
  }

  // SHA-NI.
  static bool instructions(const IMB_MGR* manager) { return (manager->features & IMB_FEATURE_SHANI) != 0; }

  // With SHA instructions two at a time; the vectors that it would choose are half as fast [m: AMD EPYC].
  IMB_MGR* made() const {
    IMB_MGR* manager = allocate_(0);
    if (manager == nullptr) return nullptr;
    IMB_ARCH chosen = IMB_ARCH_NONE;
    if (instructions(manager))
      sse_(manager);
    else
      best_(manager, &chosen);
    return manager;
  }

  // On this very processor, for the edges of blocks and for the longest that is ever given.
  bool agrees() const {
    std::vector<std::byte> bytes(most_held / 4);
    for (std::size_t i = 0; i < bytes.size(); i += 8)
      bytes[i] = static_cast<std::byte>(i / 8 + i / 2041);
    std::vector<Content> contents;
    for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{55}, std::size_t{56},
                                   std::size_t{64}, std::size_t{119}, std::size_t{4096}, std::size_t{65'535},
                                   std::size_t{65'536}, std::size_t{70'001}, bytes.size() - 1, bytes.size()})
      contents.push_back({0, std::span(bytes).first(size), {}});
    Manager manager(*this);
    return manager.compute(contents) && std::all_of(contents.begin(), contents.end(), [](const Content& one) {
             return sha256(one.bytes) == one.digest;
           });
  }

  decltype(&::alloc_mb_mgr) allocate_ = nullptr;
  decltype(&::free_mb_mgr) free_ = nullptr;
  decltype(&::init_mb_mgr_sse) sse_ = nullptr;
  decltype(&::init_mb_mgr_auto) best_ = nullptr;
  std::size_t lanes_ = 1;
  bool usable_ = false;
};

#else

struct Library {
  static const Library* get() { return nullptr; }
  std::size_t lanes() const { return 1; }
  struct Manager {
    explicit Manager(const Library&) {}
    bool compute(std::span<Content>) { return false; }
  };
};

#endif

}  // namespace

class DigestLanes::Lane {
 public:
  Lane(std::size_t lanes, std::size_t held) : lanes_(lanes), bytes_(held) {
    if (lanes_ > 1) manager_ = std::make_unique<Library::Manager>(*Library::get());
  }

  std::span<std::byte> room(std::uint64_t size, const Done& done) {
    if (size > bytes_.size() / lanes_) return {};  // else some lanes would stay empty
    if (size > bytes_.size() - used_) compute(done);
    return {bytes_.data() + used_, static_cast<std::size_t>(size)};
  }

  void give(std::uint32_t token, std::size_t size, const Done& done) {
    VTLT_ASSERT(size <= bytes_.size() - used_);
    contents_.push_back({token, {bytes_.data() + used_, size}, {}});
    used_ = std::min(bytes_.size(), (used_ + size + alignment - 1) / alignment * alignment);
    // The next are likely as large as this one, and every lane should have one to the end.
    const bool even = contents_.size() % lanes_ == 0;
    if (contents_.size() >= std::min(contents_a_lane * lanes_, most_contents) ||
        (even && bytes_.size() - used_ < lanes_ * size))
      compute(done);
  }

  void compute(const Done& done) {
    std::vector<Content> contents;
    contents.swap(contents_);
    used_ = 0;
    // The largest first, so that none is left alone with a long rest.
    std::stable_sort(contents.begin(), contents.end(),
                     [](const Content& a, const Content& b) { return a.bytes.size() > b.bytes.size(); });
    // In few of many lanes each is slower than by OpenSSL.
    const bool few = contents.size() < 2 || 2 * contents.size() < lanes_;
    if (!manager_ || few || !manager_->compute(contents))
      for (Content& content : contents)
        content.digest = sha256(content.bytes);
    for (const Content& content : contents)
      done(content.token, content.digest);
    contents.clear();
    contents.swap(contents_);  // their memory again
  }

 private:
  std::size_t lanes_, used_ = 0;
  Buffer bytes_;
  std::vector<Content> contents_;
  std::unique_ptr<Library::Manager> manager_;
};

DigestLanes::DigestLanes(Done done, std::uint64_t bytes, Engine engine) : done_(std::move(done)) {
  if (engine == Engine::best && bytes >= least_bytes && Library::get() != nullptr)
    lanes_ = Library::get()->lanes();
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
  return std::make_unique<Lane>(lanes_, held_);
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
