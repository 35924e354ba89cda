// The profiles compiled in from schemas/profiles by embed.cmake.
#pragma once
#include <span>
#include <string_view>

namespace vtlt::package {

struct EmbeddedProfile {
  std::string_view name;
  std::span<const std::string_view> parts;  // to be joined
};
std::span<const EmbeddedProfile> embedded_profiles();

}  // namespace vtlt::package
