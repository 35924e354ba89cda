// The journal: append-only, hash-chained streams of events, the truth of a repository. vtlt-repository(5) is the
// format to the byte. This room knows bytes, chains and transactions; what a body means stands in bodies.h.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/files.h"
#include "trust/digest.h"

namespace vtlt::journal {

// What names the end of a stream: kept on paper, in receipts, on other machines.
struct Head {
  std::uint64_t events = 0;
  Digest hash;   // of the last header; zeros when there is none
  auto operator<=>(const Head&) const = default;
};
// "41207 · 8Q2M-V4XZ-…": number and the first 160 bits in base32.
std::string printed(const Head& head);

// Where reading goes on: after `head.events` events.
struct Position {
  Head head;
  std::uint32_t segment = 1;
  std::uint64_t head_offset = 0, body_offset = 0;  // bytes within the segment's files
  auto operator<=>(const Position&) const = default;
};

// Valid only during the call that hands it over.
struct Event {
  std::uint64_t seq = 0, tx = 0;
  bool end = false;
  std::string_view time, actor, type;
  Digest hash;
  std::string_view body;  // the JSON object's bytes; empty when blanked
  bool blank = false;
};

// What follows the last complete transaction.
struct Tail {
  std::uint64_t head_bytes = 0, body_bytes = 0;
  bool any() const { return head_bytes != 0 || body_bytes != 0; }
  // A torn write: bytes missing at the end or never written (zeros), of one transaction only. Otherwise what stands
  // there was written once and has been changed since: damage.
  bool torn = true;
  std::uint64_t seq = 0;       // of the first event that is not good
  std::string path;            // file in which the first fault stands
  std::string problem;         // message key: "journal.fault.chain" …
};

struct ReadResult {
  Position end;   // after the last complete transaction
  Tail tail;
};

class Stream {
 public:
  // directory: journal/<name>. Opens nothing yet.
  Stream(Files& files, Path directory, std::string name);
  const std::string& name() const { return name_; }

  // Calls each() for every event after `from` in order, complete() after each complete transaction. Chain, hashes and
  // bodies are all verified; reading stops at the first fault (which is then in tail). Events of an incomplete
  // transaction are handed to each() too, but complete() is not called for them.
  ReadResult read(const Position& from, const std::function<void(const Event&)>& each,
                  const std::function<void(const Position&)>& complete = {}) const;

  // Whether files have grown or shrunk against a position, without reading them.
  enum class Extent { same, longer, shorter };
  Extent extent(const Position& position) const;

  // Bodies that a begun destruction names: a power cut in the middle of blanking leaves such a line half blank, and it
  // then counts as blank. Any other line that does not have its hash is damage. Asked when the first such line is met.
  using Pardoned = std::set<std::uint64_t>;
  void pardon(std::function<Pardoned()> ask) { ask_pardoned_ = std::move(ask); }
  // Events of one type, bodies verified, others not looked at; stops where the chain of headers breaks.
  void each_of_type(std::string_view type, const std::function<void(std::uint64_t seq, std::string_view body)>& each) const;

  // The hash of header `seq`, nullopt when there is none. Reads the segment it stands in.
  std::optional<Digest> header_hash(std::uint64_t seq) const;
  // The body line's value (empty when blanked or absent); found by bisection.
  std::string body(std::uint64_t seq) const;

  // Lawful destruction: overwrites the bodies and salts in place with null, then syncs. Repeating is harmless.
  void blank(const std::vector<std::uint64_t>& seqs);

  // Takes a torn tail away (files are cut to the position). The caller has checked that nobody knows an event there.
  // Returns the SHA-256 of what was cut (header bytes, then body bytes).
  Digest cut_tail(const Position& end, const Tail& tail);

  std::vector<std::uint32_t> segments() const;
  Path head_path(std::uint32_t segment) const;
  Path body_path(std::uint32_t segment) const;

 private:
  struct BodyPlace;
  std::optional<BodyPlace> find_body(std::uint64_t seq) const;
  Files& files_;
  Path directory_;
  std::string name_;
  std::function<Pardoned()> ask_pardoned_;
};

// One transaction at the end of a stream; the caller holds the repository's lock and has read up to `at`.
// add() writes bodies and headers out as it goes (bounded memory); nothing counts until commit() returns.
class Transaction {
 public:
  Transaction(Files& files, const Stream& stream, const Position& at, std::string actor, Moment time,
              std::uint64_t segment_bytes = 256u << 20);
  ~Transaction();  // takes back what commit() did not finish
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  // body: JSON object bytes, at most 1 MiB (throws exit 3 VTLT-JOURNAL-03). Returns the seq given.
  std::uint64_t add(std::string_view type, std::string_view body);
  std::uint64_t events() const { return count_; }
  // Bodies synced, then headers; after return the events are there for ever.
  Position commit();

 private:
  void flush_header(bool end);
  void write_out(bool all);
  struct Pending {
    std::uint64_t seq = 0;
    std::string type;
    Digest body_hash;
  };
  Files& files_;
  Position start_, at_;
  std::unique_ptr<File> heads_, bodies_;
  std::string actor_, time_;
  std::string head_buffer_, body_buffer_;
  std::uint64_t head_written_ = 0, body_written_ = 0;
  std::optional<Pending> pending_;
  std::uint64_t count_ = 0;
  std::uint64_t tx_ = 0;
  bool done_ = false, sync_failed_ = false;
  Hasher hasher_;
};

// Makes a stream with its genesis event (type genesis/1) and returns its name; directory, files and names are synced.
std::string create_stream(Files& files, const Path& journal_directory, std::string_view genesis_body,
                          const std::string& actor, Moment time);

// Exact hashes of the format, for checkers.
Digest body_hash(std::string_view salt_letters, std::string_view body);
std::string json_string(std::string_view utf8);  // quoted and escaped as headers want it

}  // namespace vtlt::journal
