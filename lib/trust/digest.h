// SHA-256 as used everywhere: 32 bytes, written as 64 lower-case hex letters.
#pragma once
#include <array>
#include <compare>
#include <memory>
#include <string>
#include <string_view>

#include "base/files.h"

namespace vtlt {

struct Digest {
  std::array<unsigned char, 32> bytes{};
  std::string hex() const;
  static bool parse(std::string_view hex, Digest& out);  // 64 letters, either case
  auto operator<=>(const Digest&) const = default;
};

class Hasher {
 public:
  // name: sha256 (default), md5, sha1, sha384, sha512 and what else OpenSSL knows, crc32 and adler32; for reading
  // others' packages.
  explicit Hasher(const char* name = "sha256");
  ~Hasher();
  Hasher(Hasher&&) noexcept;
  Hasher& operator=(Hasher&&) noexcept;
  void update(Bytes data);
  void update(std::string_view text) { update(as_bytes(text)); }
  Digest finish();           // sha256 only
  std::string finish_hex();  // any; the hasher starts anew

 private:
  struct State;
  std::unique_ptr<State> state_;
};

Digest sha256(std::string_view text);
Digest sha256(Bytes data);
// One read of the file, bounded memory. Throws as Files does.
Digest sha256_file(Files& files, const Path& path, std::uint64_t* size = nullptr);
Digest sha256_file(File& file, std::uint64_t* size = nullptr);

}  // namespace vtlt
