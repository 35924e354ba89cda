#include "package/package.h"

namespace vtlt::package {

std::string uuid_for(const Digest& seed, std::string_view place) {
  thread_local Hasher hasher;  // asked for several times a file
  hasher.update(std::string_view(reinterpret_cast<const char*>(seed.bytes.data()), seed.bytes.size()));
  hasher.update(std::string_view("\0", 1));
  hasher.update(place);
  Digest digest = hasher.finish();
  digest.bytes[6] =
      static_cast<unsigned char>((digest.bytes[6] & 0x0Fu) | 0x80u);  // version 8 (RFC 9562, 5.8)
  digest.bytes[8] = static_cast<unsigned char>((digest.bytes[8] & 0x3Fu) | 0x80u);  // variant 10

  static const char letters[] = "0123456789ABCDEF";
  std::string text;
  for (std::size_t i = 0; i < 16; ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
    text += letters[digest.bytes[i] >> 4];
    text += letters[digest.bytes[i] & 0x0F];
  }
  return text;
}

}  // namespace vtlt::package
