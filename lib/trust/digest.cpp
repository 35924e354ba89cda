#include "trust/digest.h"

#include <openssl/evp.h>
#include <zlib.h>

#include <utility>
#include <vector>

#include "base/buffer.h"
#include "base/encoding.h"
#include "base/error.h"

namespace vtlt {

std::string Digest::hex() const { return vtlt::hex(bytes); }
bool Digest::parse(std::string_view text, Digest& out) { return from_hex(text, out.bytes); }

struct Hasher::State {
  // A plain sum of zlib's instead; both return where none has begun.
  uLong (*sum)(uLong, const Bytef*, z_size_t) = nullptr;
  uLong value = 0;
  EVP_MD_CTX* context = nullptr;
  const EVP_MD* kind = nullptr;
  ~State() { EVP_MD_CTX_free(context); }
};

namespace {
void check(int result) {
  if (result != 1) throw Error(Exit::no_verdict, "VTLT-DIGEST-01", Message("trust.digest.failed"));
}
// Without the kind, which OpenSSL would look up anew: half the time of a short digest.
void begin_again(EVP_MD_CTX* context) { check(EVP_DigestInit_ex(context, nullptr, nullptr)); }
}  // namespace

Hasher::Hasher(const char* name) : state_(std::make_unique<State>()) {
  const std::string_view wanted = name;
  if (wanted == "crc32" || wanted == "adler32") {
    state_->sum = wanted == "crc32" ? crc32_z : adler32_z;
    state_->value = state_->sum(0, nullptr, 0);
    return;
  }
  state_->kind = wanted == "sha256" ? EVP_sha256() : EVP_get_digestbyname(name);
  if (state_->kind == nullptr)
    throw Error(Exit::no_verdict, "VTLT-DIGEST-02", Message("trust.digest.unknown", {{"name", std::string(name)}}));
  state_->context = EVP_MD_CTX_new();
  VTLT_ASSERT(state_->context != nullptr);
  check(EVP_DigestInit_ex(state_->context, state_->kind, nullptr));
}
Hasher::~Hasher() = default;
Hasher::Hasher(Hasher&&) noexcept = default;
Hasher& Hasher::operator=(Hasher&&) noexcept = default;

void Hasher::update(Bytes data) {
  if (state_->sum == nullptr) return check(EVP_DigestUpdate(state_->context, data.data(), data.size()));
  if (!data.empty())
    state_->value = state_->sum(state_->value, reinterpret_cast<const Bytef*>(data.data()), data.size());
}

Digest Hasher::finish() {
  Digest digest;
  VTLT_ASSERT(EVP_MD_get_size(state_->kind) == 32);
  unsigned length = 0;
  check(EVP_DigestFinal_ex(state_->context, digest.bytes.data(), &length));
  begin_again(state_->context);
  return digest;
}

std::string Hasher::finish_hex() {
  if (state_->sum != nullptr) {
    const uLong value = std::exchange(state_->value, state_->sum(0, nullptr, 0));
    const unsigned char bytes[] = {static_cast<unsigned char>(value >> 24), static_cast<unsigned char>(value >> 16 & 0xff),
                                   static_cast<unsigned char>(value >> 8 & 0xff), static_cast<unsigned char>(value & 0xff)};
    return hex(bytes);
  }
  unsigned char out[EVP_MAX_MD_SIZE];
  unsigned length = 0;
  check(EVP_DigestFinal_ex(state_->context, out, &length));
  begin_again(state_->context);
  return hex({out, length});
}

Digest sha256(Bytes data) {
  thread_local Hasher hasher;  // beginning anew is much less than making one
  hasher.update(data);
  return hasher.finish();
}
Digest sha256(std::string_view text) { return sha256(as_bytes(text)); }

Digest sha256_file(File& file, std::uint64_t* size) {
  // Kept for the next file: making both anew costs more than a small file.
  thread_local Buffer buffer(1 << 18);
  thread_local Hasher hasher;
  std::uint64_t offset = 0;
  try {
    for (std::size_t got = buffer.size(); got == buffer.size(); offset += got) {
      got = file.read_at(offset, buffer);
      hasher.update(Bytes(buffer.data(), got));
    }
  } catch (...) {
    hasher.finish();
    throw;
  }
  if (size != nullptr) *size = offset;
  return hasher.finish();
}

Digest sha256_file(Files& files, const Path& path, std::uint64_t* size) {
  return sha256_file(*files.open(path, OpenMode::read), size);
}

}  // namespace vtlt
