// The YAML files compiled in by embed.cmake.
#pragma once
#include <span>
#include <string_view>

namespace vtlt::scheme {

enum class EmbeddedKind { terms, templates };
struct Embedded {
  EmbeddedKind kind;
  std::string_view name;                    // "vn-tt09-baseline", "xa"
  std::span<const std::string_view> parts;  // to be joined
};
std::span<const Embedded> embedded();

}  // namespace vtlt::scheme
