// Time and chance come from here only, so that tests can fix both.
#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <string>

namespace vtlt {

struct Moment {
  std::int64_t milliseconds = 0;  // since 1970-01-01T00:00:00Z
};

Moment now();
// TZ is ignored: Vietnam has one zone. "2026-11-05T08:30:00.000+07:00".
std::string to_text(Moment moment);
// Reads what to_text writes (any offset); throws nothing, false when it is not such a time.
bool from_text(const std::string& text, Moment& moment);
// The date in Vietnam, "2026-11-05".
std::string to_date(Moment moment);
int year_of(Moment moment);

// 16 bytes from the operating system (getrandom).
std::array<unsigned char, 16> random_128();

// For tests only.
void set_clock(std::function<Moment()> clock);
void set_random(std::function<std::array<unsigned char, 16>()> source);

}  // namespace vtlt
