#include "journal/journal.h"

#include <simdjson.h>

#include <algorithm>
#include <charconv>
#include <cstring>

#include "base/encoding.h"
#include "base/error.h"
#include "journal/lines.h"

namespace vtlt::journal {
namespace {

constexpr std::string_view kHeadTag = "vtlt-head-1\n";
constexpr std::string_view kBodyTag = "vtlt-body-1\n";
constexpr std::size_t kBuffer = 1u << 20;

std::string segment_name(std::uint32_t segment) {
  std::string digits = std::to_string(segment);
  return std::string(8 - std::min<std::size_t>(8, digits.size()), '0') + digits;
}

void append_number(std::string& out, std::uint64_t number) {
  char digits[24];
  out.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
}

Digest header_digest(Hasher& hasher, std::string_view hashed) {
  hasher.update(kHeadTag);
  hasher.update(hashed);
  return hasher.finish();
}

Digest body_digest(Hasher& hasher, std::string_view salt, std::string_view body) {
  hasher.update(kBodyTag);
  hasher.update(salt);
  hasher.update(body);
  return hasher.finish();
}

// Appended to `out`.
void header_line(std::string& out, std::uint64_t seq, std::uint64_t tx, bool end, const std::string& time,
                 const std::string& actor_json, std::string_view type, const Digest& body, const Digest& prev,
                 Hasher& hasher, Digest& hash) {
  const std::size_t begin = out.size();
  out += "{\"v\":1,\"seq\":";
  append_number(out, seq);
  out += ",\"tx\":";
  append_number(out, tx);
  out += end ? ",\"end\":true,\"time\":\"" : ",\"end\":false,\"time\":\"";
  out += time;
  out += "\",\"actor\":";
  out += actor_json;
  out += ",\"type\":\"";
  out += type;
  out += "\",\"body_hash\":\"";
  append_hex(out, body.bytes);
  out += "\",\"prev\":\"";
  append_hex(out, prev.bytes);
  out += '"';
  hash = header_digest(hasher, std::string_view(out).substr(begin));
  out += ",\"hash\":\"";
  append_hex(out, hash.bytes);
  out += "\"}\n";
}

bool body_fits(Hasher& hasher, std::string_view line, const HeaderLine& header, BodyLine& body) {
  return parse_body(line, body) && body.seq == header.seq &&
         (body.blank || body_digest(hasher, body.salt, body.body) == header.body_hash);
}

// Whether zeros stand in the file after `from`: pages that never reached the disk.
bool has_zeros(Files& files, const Path& path, std::uint64_t from) {
  const auto file = files.open(path, OpenMode::read, false);
  std::vector<std::byte> buffer(1u << 16);
  while (const std::size_t got = file->read_at(from, buffer)) {
    if (std::memchr(buffer.data(), 0, got) != nullptr) return true;
    from += got;
  }
  return false;
}

}  // namespace

Digest body_hash(std::string_view salt_letters, std::string_view body) {
  Hasher hasher;
  return body_digest(hasher, salt_letters, body);
}

std::string json_string(std::string_view utf8) {
  std::string text = "\"";
  for (const char c : utf8) {
    if (c == '"' || c == '\\') {
      text += '\\';
      text += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      const unsigned char byte = static_cast<unsigned char>(c);
      text += "\\u00" + hex({&byte, 1});
    } else {
      text += c;
    }
  }
  return text + '"';
}

std::string printed(const Head& head) {
  const std::string letters = base32(std::span(head.hash.bytes).first(20));
  std::string text = std::to_string(head.events) + " ·";
  for (std::size_t i = 0; i < letters.size(); i += 4) text += (i == 0 ? ' ' : '-') + letters.substr(i, 4);
  // The group letters are read aloud and typed from paper: upper case.
  for (char& c : text)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return text;
}

Stream::Stream(Files& files, Path directory, std::string name)
    : files_(files), directory_(std::move(directory)), name_(std::move(name)) {}

Path Stream::head_path(std::uint32_t segment) const { return directory_ / (segment_name(segment) + ".head"); }
Path Stream::body_path(std::uint32_t segment) const { return directory_ / (segment_name(segment) + ".body"); }

std::vector<std::uint32_t> Stream::segments() const {
  std::vector<std::uint32_t> found;
  for (std::uint32_t segment = 1; files_.stat(head_path(segment), false) && files_.stat(body_path(segment), false);
       ++segment)
    found.push_back(segment);
  return found;
}

Stream::Extent Stream::extent(const Position& position) const {
  const auto head = files_.stat(head_path(position.segment), false);
  const auto body = files_.stat(body_path(position.segment), false);
  if (!head || !body || head->size < position.head_offset || body->size < position.body_offset) return Extent::shorter;
  if (head->size > position.head_offset || body->size > position.body_offset) return Extent::longer;
  const auto next = files_.stat(head_path(position.segment + 1), false);
  return next && next->size > 0 ? Extent::longer : Extent::same;
}

ReadResult Stream::read(const Position& from, const std::function<void(const Event&)>& each,
                        const std::function<void(const Position&)>& complete) const {
  ReadResult result;
  result.end = from;
  Position at = from;
  Hasher hasher;
  std::uint64_t tx = 0;
  std::string fault, fault_path;
  bool foreign_transaction = false;   // a second transaction behind the fault: no torn write looks so
  std::optional<Pardoned> pardoned;
  std::string actor;

  std::uint32_t segment = from.segment;
  for (; fault.empty(); ++segment) {
    if (!files_.stat(head_path(segment), false)) break;
    if (!files_.stat(body_path(segment), false)) {
      // A new segment's two names need not reach the disk together.
      if (files_.stat(head_path(segment), false)->size == 0) break;
      fault = "journal.fault.body_file_missing";
      fault_path = body_path(segment).string();
      break;
    }
    const bool first = segment == from.segment;
    at.segment = segment;
    at.head_offset = first ? from.head_offset : 0;
    at.body_offset = first ? from.body_offset : 0;
    LineReader heads(files_.open(head_path(segment), OpenMode::read, false), at.head_offset);
    LineReader bodies(files_.open(body_path(segment), OpenMode::read, false), at.body_offset);
    std::string_view line;
    bool whole = false;
    while (heads.next(line, whole)) {
      HeaderLine header;
      if (!whole || !parse_header(line, header)) {
        fault = "journal.fault.header";
        fault_path = head_path(segment).string();
        break;
      }
      const bool opens = tx == 0;
      if (header.seq != at.head.events + 1 || header.prev != at.head.hash ||
          header.tx != (opens ? header.seq : tx) || header_digest(hasher, header.hashed) != header.hash ||
          (at.head.events == 0 && header.hash.hex() != name_)) {
        fault = "journal.fault.chain";
        fault_path = head_path(segment).string();
        foreign_transaction = header.tx != at.head.events + 1 && (tx == 0 || header.tx != tx);
        break;
      }
      std::string_view body_line;
      BodyLine body;
      const bool there = bodies.next(body_line, whole) && whole;
      if (!there || !body_fits(hasher, body_line, header, body)) {
        if (there && ask_pardoned_ && !pardoned) pardoned = ask_pardoned_();
        if (!there || !pardoned || pardoned->count(header.seq) == 0 || body_seq(body_line) != header.seq) {
          fault = "journal.fault.body";
          fault_path = body_path(segment).string();
          break;
        }
        body = BodyLine{header.seq, true, {}, {}};
      }
      tx = header.tx;
      at.head = {header.seq, header.hash};
      at.head_offset = heads.offset();
      at.body_offset = bodies.offset();
      if (each) {
        actor = unescape(header.actor_escaped);
        each({header.seq, header.tx, header.end, header.time, actor, header.type, header.hash, body.body, body.blank});
      }
      if (header.end) {
        tx = 0;
        result.end = at;
        if (complete) complete(at);
      }
    }
    // Behind a fault only the transaction that was being written may stand.
    if (!fault.empty()) {
      const std::uint64_t expected = result.end.head.events + 1;
      while (!foreign_transaction && heads.next(line, whole)) {
        HeaderLine header;
        if (whole && parse_header(line, header) && header.tx != expected) foreign_transaction = true;
      }
    }
  }

  // What stands after the last complete transaction, in this and later segments.
  Tail& tail = result.tail;
  for (std::uint32_t k = result.end.segment; files_.stat(head_path(k), false) || files_.stat(body_path(k), false); ++k) {
    const auto head = files_.stat(head_path(k), false), body = files_.stat(body_path(k), false);
    const bool first = k == result.end.segment;
    if (head) tail.head_bytes += head->size - std::min(head->size, first ? result.end.head_offset : 0);
    if (body) tail.body_bytes += body->size - std::min(body->size, first ? result.end.body_offset : 0);
  }
  if (tail.any()) {
    tail.seq = at.head.events + 1;
    tail.path = fault_path.empty() ? head_path(at.segment).string() : fault_path;
    tail.problem = fault.empty() ? "journal.fault.incomplete" : fault;
    if (!fault.empty()) {
      const bool body_fault = fault == "journal.fault.body";
      const Path path = fault_path;
      const std::uint64_t offset = body_fault ? at.body_offset : at.head_offset;
      const auto stat = files_.stat(path, false);
      bool missing = !stat || stat->size <= offset;
      if (!missing) {
        // The last line without its line feed is a write that stopped.
        const auto file = files_.open(path, OpenMode::read, false);
        std::byte last{};
        file->read_at(stat->size - 1, {&last, 1});
        LineReader rest(files_.open(path, OpenMode::read, false), offset);
        std::string_view line;
        bool whole = false;
        missing = rest.next(line, whole) && !whole && last != std::byte{'\n'};
      }
      tail.torn = !foreign_transaction && (missing || has_zeros(files_, path, offset));
    }
  }
  return result;
}

std::optional<Digest> Stream::header_hash(std::uint64_t seq) const {
  for (const std::uint32_t segment : segments()) {
    LineReader heads(files_.open(head_path(segment), OpenMode::read, false), 0);
    std::string_view line;
    bool whole = false;
    HeaderLine header;
    // Skip segments that end before seq by looking at the next one's first line.
    if (files_.stat(head_path(segment + 1), false)) {
      LineReader next(files_.open(head_path(segment + 1), OpenMode::read, false), 0);
      if (next.next(line, whole) && whole && parse_header(line, header) && header.seq <= seq) continue;
    }
    while (heads.next(line, whole)) {
      if (!whole || !parse_header(line, header)) return std::nullopt;
      if (header.seq == seq) return header.hash;
    }
  }
  return std::nullopt;
}

struct Stream::BodyPlace {
  std::uint32_t segment = 0;
  std::uint64_t offset = 0;
  std::string line;  // without line feed
};

std::optional<Stream::BodyPlace> Stream::find_body(std::uint64_t seq) const {
  const auto all = segments();
  const auto line_from = [&](std::uint32_t segment, std::uint64_t offset, bool skip_partial, std::string& line,
                             std::uint64_t& begin) {
    LineReader reader(files_.open(body_path(segment), OpenMode::read, false), offset);
    std::string_view view;
    bool whole = false;
    if (skip_partial && !reader.next(view, whole)) return false;
    begin = reader.offset();
    if (!reader.next(view, whole) || !whole) return false;
    line = view;
    return true;
  };
  // Also of a line whose blanking was interrupted.
  const auto seq_of = [](std::string_view one) { return body_seq(one); };
  std::string line;
  std::uint64_t begin = 0;
  // The last segment whose first line is not beyond seq.
  std::uint32_t segment = 0;
  for (const std::uint32_t candidate : all) {
    if (!line_from(candidate, 0, false, line, begin) || seq_of(line) > seq) break;
    segment = candidate;
  }
  if (segment == 0) return std::nullopt;
  std::uint64_t low = 0, high = files_.stat(body_path(segment), false)->size;
  // Lines ascend: bisect on byte offsets until the window is small, then walk.
  while (high - low > 4096) {
    const std::uint64_t middle = low + (high - low) / 2;
    if (!line_from(segment, middle, true, line, begin) || begin >= high || seq_of(line) > seq) {
      high = middle;
    } else {
      low = begin;
      if (seq_of(line) == seq) return BodyPlace{segment, begin, line};
    }
  }
  LineReader reader(files_.open(body_path(segment), OpenMode::read, false), low);
  std::string_view view;
  bool whole = false;
  for (std::uint64_t offset = low; reader.next(view, whole) && whole; offset = reader.offset()) {
    const std::uint64_t found = seq_of(view);
    if (found == 0 || found > seq) break;
    if (found == seq) return BodyPlace{segment, offset, std::string(view)};
  }
  return std::nullopt;
}

void Stream::each_of_type(std::string_view type,
                          const std::function<void(std::uint64_t seq, std::string_view body)>& each) const {
  Head at;
  Hasher hasher;
  for (const std::uint32_t segment : segments()) {
    LineReader heads(files_.open(head_path(segment), OpenMode::read, false), 0);
    std::string_view line;
    bool whole = false;
    while (heads.next(line, whole)) {
      HeaderLine header;
      if (!whole || !parse_header(line, header) || header.seq != at.events + 1 || header.prev != at.hash ||
          header_digest(hasher, header.hashed) != header.hash || (at.events == 0 && header.hash.hex() != name_))
        return;
      at = {header.seq, header.hash};
      if (header.type != type) continue;
      const auto place = find_body(header.seq);
      BodyLine body;
      if (place && body_fits(hasher, place->line, header, body) && !body.blank) each(header.seq, body.body);
    }
  }
}

std::string Stream::body(std::uint64_t seq) const {
  const auto place = find_body(seq);
  BodyLine body;
  if (!place || !parse_body(place->line, body)) return {};
  return std::string(body.body);
}

void Stream::blank(const std::vector<std::uint64_t>& seqs) {
  std::vector<std::uint32_t> touched;
  for (const std::uint64_t seq : seqs) {
    const auto place = find_body(seq);
    // Places are counted, not searched: the line may be half blank already.
    const std::size_t salt = std::string("{\"seq\":,\"salt\":").size() + std::to_string(seq).size();
    const std::size_t value = salt + 34 + std::string(",\"body\":").size();
    if (!place || place->line.size() < value + 5 || place->line.back() != '}') {
      throw Error(Exit::no_verdict, "VTLT-JOURNAL-04",
                  Message("journal.body.missing", {{"seq", std::to_string(seq)}, {"stream", name_}}));
    }
    std::string line = place->line;
    line.replace(salt, 34, "null" + std::string(30, ' '));
    line.replace(value - 8, 8, ",\"body\":");
    const std::size_t length = line.size() - value - 1;
    line.replace(value, length, "null" + std::string(length - 4, ' '));
    if (line == place->line) continue;
    const auto file = files_.open(body_path(place->segment), OpenMode::read_write, false);
    file->write_at(place->offset, as_bytes(line));
    if (std::find(touched.begin(), touched.end(), place->segment) == touched.end()) touched.push_back(place->segment);
  }
  for (const std::uint32_t segment : touched)
    files_.open(body_path(segment), OpenMode::read_write, false)->sync(SyncPoint::blanking);
}

Digest Stream::cut_tail(const Position& end, const Tail& tail) {
  VTLT_ASSERT(tail.torn);
  Hasher hasher;
  for (const bool heads : {true, false}) {
    for (std::uint32_t k = end.segment;; ++k) {
      const Path path = heads ? head_path(k) : body_path(k);
      if (!files_.stat(path, false)) {
        if (!files_.stat(heads ? body_path(k) : head_path(k), false)) break;
        continue;
      }
      const std::uint64_t keep = k == end.segment ? (heads ? end.head_offset : end.body_offset) : 0;
      const auto file = files_.open(path, OpenMode::read_write, false);
      std::vector<std::byte> buffer(1u << 16);
      std::uint64_t offset = keep;
      while (const std::size_t got = file->read_at(offset, buffer)) {
        hasher.update(Bytes(buffer.data(), got));
        offset += got;
      }
      if (offset > keep) {
        file->truncate(keep);
        // Old headers must not come back in front of the bodies that are written next.
        if (heads) file->sync(SyncPoint::journal_heads);
      }
    }
  }
  return hasher.finish();
}

Transaction::Transaction(Files& files, const Stream& stream, const Position& at, std::string actor, Moment time,
                         std::uint64_t segment_bytes)
    : files_(files), start_(at), at_(at), actor_(json_string(actor)), time_(to_text(time)) {
  tx_ = at.head.events + 1;
  if (at_.head_offset >= segment_bytes || at_.body_offset >= segment_bytes) {
    ++at_.segment;
    at_.head_offset = at_.body_offset = 0;
    heads_ = files_.open(stream.head_path(at_.segment), OpenMode::create, false);
    bodies_ = files_.open(stream.body_path(at_.segment), OpenMode::create, false);
    files_.sync_directory(stream.head_path(at_.segment).parent_path(), SyncPoint::segment_directory);
    start_ = at_;
  } else {
    heads_ = files_.open(stream.head_path(at_.segment), OpenMode::read_write, false);
    bodies_ = files_.open(stream.body_path(at_.segment), OpenMode::read_write, false);
  }
  head_written_ = at_.head_offset;
  body_written_ = at_.body_offset;
}

Transaction::~Transaction() {
  // After a failed sync nobody knows what the disk holds: the next open decides.
  if (done_ || sync_failed_) return;
  try {
    heads_->truncate(start_.head_offset);
    if (head_written_ > start_.head_offset) heads_->sync(SyncPoint::journal_heads);
    bodies_->truncate(start_.body_offset);
  } catch (const Error&) {  // recovery cuts it at the next open
  }
}

std::uint64_t Transaction::add(std::string_view type, std::string_view body) {
  if (body.size() > kMaximumBody)
    throw Error(Exit::refused, "VTLT-JOURNAL-03",
                Message("journal.body.large", {{"type", std::string(type)},
                                               {"bytes", static_cast<std::int64_t>(body.size())}}));
  VTLT_ASSERT(body.size() >= 4 && body.front() == '{' && body.back() == '}' &&
              body.find('\n') == std::string_view::npos && simdjson::validate_utf8(body.data(), body.size()));
  flush_header(false);
  const std::uint64_t seq = at_.head.events + 1;
  body_buffer_ += "{\"seq\":";
  append_number(body_buffer_, seq);
  body_buffer_ += ",\"salt\":\"";
  const std::size_t salt_at = body_buffer_.size();
  append_hex(body_buffer_, random_128());
  const std::string_view salt = std::string_view(body_buffer_).substr(salt_at);
  pending_ = Pending{seq, std::string(type), body_digest(hasher_, salt, body)};
  body_buffer_ += "\",\"body\":";
  body_buffer_ += body;
  body_buffer_ += "}\n";
  ++count_;
  write_out(false);
  return seq;
}

void Transaction::flush_header(bool end) {
  if (!pending_) return;
  Digest hash;
  header_line(head_buffer_, pending_->seq, tx_, end, time_, actor_, pending_->type, pending_->body_hash,
                              at_.head.hash, hasher_, hash);
  at_.head = {pending_->seq, hash};
  pending_.reset();
}

void Transaction::write_out(bool all) {
  if (all || body_buffer_.size() >= kBuffer) {
    bodies_->write_at(body_written_, as_bytes(body_buffer_));
    body_written_ += body_buffer_.size();
    body_buffer_.clear();
  }
  if (all || head_buffer_.size() >= kBuffer) {
    heads_->write_at(head_written_, as_bytes(head_buffer_));
    head_written_ += head_buffer_.size();
    head_buffer_.clear();
  }
}

Position Transaction::commit() {
  VTLT_ASSERT(pending_ && !done_);
  bodies_->write_at(body_written_, as_bytes(body_buffer_));
  body_written_ += body_buffer_.size();
  body_buffer_.clear();
  try {
    bodies_->sync(SyncPoint::journal_bodies);
  } catch (...) {
    sync_failed_ = true;
    throw;
  }
  flush_header(true);
  write_out(true);
  try {
    heads_->sync(SyncPoint::journal_heads);
  } catch (...) {
    sync_failed_ = true;
    throw;
  }
  done_ = true;
  at_.head_offset = head_written_;
  at_.body_offset = body_written_;
  return at_;
}

std::string create_stream(Files& files, const Path& journal_directory, std::string_view genesis_body,
                          const std::string& actor, Moment time) {
  Hasher hasher;
  const std::string salt = hex(random_128());
  Digest hash;
  std::string head;
  header_line(head, 1, 1, true, to_text(time), json_string(actor), "genesis/1", body_digest(hasher, salt, genesis_body), Digest{},
              hasher, hash);
  std::string body = "{\"seq\":1,\"salt\":\"" + salt + "\",\"body\":";
  body += genesis_body;
  body += "}\n";
  const Path directory = journal_directory / hash.hex();
  files.make_directory(directory);
  for (const bool heads : {false, true}) {
    const auto file = files.open(directory / (heads ? "00000001.head" : "00000001.body"), OpenMode::create_new);
    file->write_at(0, as_bytes(heads ? head : body));
    file->sync(SyncPoint::repository_layout);
  }
  files.sync_directory(directory, SyncPoint::repository_layout);
  files.sync_directory(journal_directory, SyncPoint::repository_layout);
  return hash.hex();
}

}  // namespace vtlt::journal
