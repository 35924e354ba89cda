// vtlt with time and chance fixed, for transcripts: VTLT_TEST_NOW is the time, VTLT_TEST_SEED begins the ids.
#include <cstdlib>
#include <string>

#include "app.h"
#include "base/clock.h"

namespace {

// splitmix64: any seed gives well spread numbers.
struct Sequence {
  std::uint64_t state;
  std::uint64_t next() {
    std::uint64_t z = (state += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }
};

}  // namespace

int main(int argc, char** argv) {
  if (const char* text = std::getenv("VTLT_TEST_NOW")) {
    vtlt::Moment moment;
    if (!vtlt::from_text(text, moment)) return 99;
    vtlt::set_clock([moment] { return moment; });
  }
  if (const char* text = std::getenv("VTLT_TEST_SEED")) {
    Sequence sequence{std::strtoull(text, nullptr, 10) * 0x2545F4914F6CDD1Du};
    vtlt::set_random([sequence]() mutable {
      std::array<unsigned char, 16> bits{};
      for (std::size_t i = 0; i < bits.size(); i += 8) {
        const std::uint64_t word = sequence.next();
        for (std::size_t j = 0; j < 8; ++j)
          bits[i + j] = static_cast<unsigned char>(word >> (8 * j));
      }
      return bits;
    });
  }
  return vtlt::vtlt_main(argc, argv);
}
