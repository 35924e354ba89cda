// Checking a whole repository: chain, bodies, objects, catalogue, schemes, registers. Never writes.
#pragma once
#include "repository/repository.h"

namespace vtlt::repository {

struct CheckRequest {
  std::optional<std::string> head; // a head kept elsewhere ("41207 · 8Q2M-…"): the journal must extend it
};
struct CheckReport {
  std::vector<Finding> findings;   // path names the computer file
  std::uint64_t events = 0, bodies = 0, blanked = 0, objects = 0, object_bytes = 0, documents = 0, files = 0;
  std::vector<std::pair<std::string, journal::Head>> heads;   // stream, head
  bool complete = true;            // false: something could not be read
  bool passed() const;
};
CheckReport check(Files& files, const Options& options, const CheckRequest& request, Progress& progress);

}  // namespace vtlt::repository
