// Rare and grave acts: a new catalogue, accepting a restored copy, adopting a foreign stream, destroying content.
#pragma once
#include "repository/repository.h"

namespace vtlt::repository {

struct RepairReport {
  bool catalogue_rebuilt = false;
  std::uint64_t events = 0;
  bool tail_cut = false;
  std::uint64_t sessions_removed = 0;
  std::uint64_t destructions_completed = 0;
  std::vector<Finding> findings;   // what cannot be mended here, e.g. a missing object
};
// Rebuilds the catalogue, cuts a torn tail, clears dead sessions, completes begun destructions. dry_run: says what of
// that there is to do, and writes nothing.
RepairReport repair(Files& files, const Options& options, bool dry_run = false);
// The catalogue alone, for a command that found it torn; the journal is only read.
void renew_catalogue(Files& files, const Options& options);

// An older copy was put back: writes may go on after this event. last_numbers: the last numbers used on paper,
// series id → number ("den", or "UB/den" where there are several fonds), for the given year; none of them is given again.
void accept_restore(Files& files, const Options& options, const std::string& reason,
                    const std::vector<std::pair<std::string, std::int64_t>>& last_numbers, int year, bool dry_run = false);

// Copies the journal of another repository (its own stream and those it adopted) and its objects and schemes, byte for
// byte, read-only, and adopts each stream at its head. Returns events adopted.
std::uint64_t adopt(Repository& repository, const Path& other_root);

struct DestroyRequest {
  std::string name, decision;           // "huy-2027-01", "21/QĐ-UBND"
  std::vector<records::Id> documents;
  std::vector<records::Id> files;
};
struct DestroyReport {
  std::uint64_t bodies = 0, objects = 0, bytes = 0, objects_kept = 0;   // kept: still named by another document
};
// The mechanism of destruction (design.md, "Destruction"); who may order it is decided by the command that calls.
DestroyReport destroy(Repository& repository, const DestroyRequest& request);

}  // namespace vtlt::repository
