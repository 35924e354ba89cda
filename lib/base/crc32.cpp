// Every byte of a ZIP passes through zlib's crc32, a sixth of the time of reading one. The linker puts this
// in its place (lib/CMakeLists.txt) for what is linked statically: the same sum, by the processor's own
// instructions.
#ifdef VTLT_WRAP_CRC32
#include <libdeflate.h>
#include <zlib.h>

extern "C" uLong __wrap_crc32(uLong crc, const Bytef* bytes, uInt size) {  // NOLINT: ld's name
  return bytes == nullptr ? 0 : libdeflate_crc32(static_cast<std::uint32_t>(crc), bytes, size);
}
#endif
