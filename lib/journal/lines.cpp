#include "journal/lines.h"

#include <charconv>
#include <cstring>

#include "base/encoding.h"

namespace vtlt::journal {
namespace {

// Walks over a line of known shape; every step fails softly.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_(text) {}
  bool literal(std::string_view expected) {
    if (text_.substr(at_, expected.size()) != expected) return false;
    at_ += expected.size();
    return true;
  }
  bool number(std::uint64_t& value) {
    const char* begin = text_.data() + at_;
    const auto [end, error] = std::from_chars(begin, text_.data() + text_.size(), value);
    if (error != std::errc() || value == 0 || value >= (1ULL << 53) || *begin == '0') return false;
    at_ += static_cast<std::size_t>(end - begin);
    return true;
  }
  // The inside of a JSON string; leaves the cursor after its closing quote.
  bool string(std::string_view& inside, std::size_t most) {
    const std::size_t begin = at_;
    while (at_ < text_.size() && text_[at_] != '"') {
      if (static_cast<unsigned char>(text_[at_]) < 0x20) return false;
      at_ += text_[at_] == '\\' ? 2 : 1;
    }
    if (at_ >= text_.size() || at_ - begin > most) return false;
    inside = text_.substr(begin, at_ - begin);
    ++at_;
    return true;
  }
  bool digest(Digest& out) {
    const std::string_view letters = text_.substr(at_, 64);
    for (const char c : letters)
      if (c >= 'A' && c <= 'F') return false;
    if (!Digest::parse(letters, out)) return false;
    at_ += 64;
    return true;
  }
  std::size_t at() const { return at_; }
  bool done() const { return at_ == text_.size(); }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

bool parse_header(std::string_view line, HeaderLine& out) {
  Cursor c(line);
  if (!c.literal("{\"v\":1,\"seq\":") || !c.number(out.seq) || !c.literal(",\"tx\":") || !c.number(out.tx) ||
      !c.literal(",\"end\":"))
    return false;
  out.end = c.literal("true");
  if (!out.end && !c.literal("false")) return false;
  if (!c.literal(",\"time\":\"") || !c.string(out.time, 40) || !c.literal(",\"actor\":\"") ||
      !c.string(out.actor_escaped, 1300) || !c.literal(",\"type\":\"") || !c.string(out.type, 64) ||
      !c.literal(",\"body_hash\":\"") || !c.digest(out.body_hash) || !c.literal("\",\"prev\":\"") ||
      !c.digest(out.prev) || !c.literal("\""))
    return false;
  out.hashed = line.substr(0, c.at());
  return c.literal(",\"hash\":\"") && c.digest(out.hash) && c.literal("\"}") && c.done();
}

bool parse_body(std::string_view line, BodyLine& out) {
  Cursor c(line);
  if (!c.literal("{\"seq\":") || !c.number(out.seq) || !c.literal(",\"salt\":")) return false;
  if (c.literal("null")) {
    const std::size_t comma = line.find(',', c.at());
    if (comma == std::string_view::npos || line.find_first_not_of(' ', c.at()) != comma) return false;
    Cursor rest(line.substr(comma));
    if (!rest.literal(",\"body\":null")) return false;
    const std::size_t brace = line.find_first_not_of(' ', comma + rest.at());
    out.blank = true;
    out.salt = out.body = {};
    return brace == line.size() - 1 && line[brace] == '}';
  }
  if (!c.literal("\"") || !c.string(out.salt, 32) || out.salt.size() != 32 || !c.literal(",\"body\":")) return false;
  out.body = line.substr(c.at());
  if (out.body.size() < 3 || out.body.back() != '}') return false;
  out.body.remove_suffix(1);
  out.blank = false;
  return out.body.size() <= kMaximumBody && out.body.front() == '{' && out.body.back() == '}';
}

std::uint64_t body_seq(std::string_view line) {
  Cursor c(line);
  std::uint64_t seq = 0;
  return c.literal("{\"seq\":") && c.number(seq) && c.literal(",\"salt\":") ? seq : 0;
}

std::string unescape(std::string_view escaped) {
  std::string text;
  for (std::size_t i = 0; i < escaped.size(); ++i) {
    if (escaped[i] != '\\' || i + 1 >= escaped.size()) {
      text += escaped[i];
      continue;
    }
    unsigned char value[2] = {0, 0};
    if (escaped[i + 1] == 'u' && i + 5 < escaped.size() && from_hex(escaped.substr(i + 2, 4), value)) {
      text += static_cast<char>(value[1]);
      i += 5;
    } else {
      text += escaped[++i];
    }
  }
  return text;
}

LineReader::LineReader(std::unique_ptr<File> file, std::uint64_t offset)
    : file_(std::move(file)), offset_(offset), read_offset_(offset) {}

bool LineReader::fill() {
  if (ended_) return false;
  buffer_.erase(0, at_);
  at_ = 0;
  const std::size_t have = buffer_.size();
  buffer_.resize(have + (1u << 18));
  const std::size_t got =
      file_->read_at(read_offset_, {reinterpret_cast<std::byte*>(buffer_.data() + have), buffer_.size() - have});
  buffer_.resize(have + got);
  read_offset_ += got;
  if (got == 0) ended_ = true;
  return got != 0;
}

bool LineReader::next(std::string_view& line, bool& whole) {
  std::size_t searched = 0;
  for (;;) {
    const char* begin = buffer_.data() + at_;
    const std::size_t have = buffer_.size() - at_;
    const void* feed = have > searched ? std::memchr(begin + searched, '\n', have - searched) : nullptr;
    if (feed != nullptr) {
      const std::size_t length = static_cast<std::size_t>(static_cast<const char*>(feed) - begin);
      line = {begin, length};
      whole = length <= kMaximumLine;
      at_ += length + 1;
      offset_ += length + 1;
      return true;
    }
    searched = have;
    if (have > kMaximumLine || !fill()) break;
  }
  line = std::string_view(buffer_).substr(at_);
  whole = false;
  const bool any = !line.empty();
  offset_ += line.size();
  at_ = buffer_.size();
  ended_ = true;
  return any;
}

}  // namespace vtlt::journal
