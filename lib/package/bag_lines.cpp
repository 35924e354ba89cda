#include "package/bag_lines.h"

#include <iconv.h>

#include <algorithm>
#include <cerrno>

#include "base/ascii.h"
#include "base/encoding.h"

namespace vtlt::package {
namespace {

std::string plain_name(const std::string& encoding) {
  std::string plain;
  for (char c : encoding)
    if (c != '-' && c != '_') plain += ascii::lower(c);
  return plain;
}

class Utf8 final : public TagDecoder {
 public:
  bool decode(std::string_view bytes, bool last, std::string& out) override {
    held_ += bytes;
    std::size_t end = held_.size();
    if (!last) {  // a letter may stand across the end of the block
      std::size_t back = 0;
      while (back < 4 && back < held_.size() &&
             (static_cast<unsigned char>(held_[held_.size() - 1 - back]) & 0xC0) == 0x80)
        ++back;
      if (back < held_.size() && static_cast<unsigned char>(held_[held_.size() - 1 - back]) >= 0xC0)
        end = held_.size() - 1 - back;
    }
    const std::string_view whole = std::string_view(held_).substr(0, end);
    if (!is_utf8(whole)) return false;
    out += whole;
    held_.erase(0, end);
    return true;
  }

 private:
  std::string held_;
};

class Latin1 final : public TagDecoder {
 public:
  explicit Latin1(unsigned limit) : limit_(limit) {}
  bool decode(std::string_view bytes, bool, std::string& out) override {
    for (const char c : bytes) {
      if (static_cast<unsigned char>(c) >= limit_) return false;
      append_utf8(out, static_cast<unsigned char>(c));
    }
    return true;
  }

 private:
  unsigned limit_;
};

enum class Order { unknown, little, big };

class Utf16 final : public TagDecoder {
 public:
  explicit Utf16(Order order) : order_(order) {}
  bool decode(std::string_view bytes, bool last, std::string& out) override {
    held_ += bytes;
    std::size_t at = 0;
    if (order_ == Order::unknown && held_.size() >= 2) {
      const std::string_view start = std::string_view(held_).substr(0, 2);
      order_ = start == "\xFF\xFE" ? Order::little : Order::big;  // RFC 2781: big without a mark
      if (start == "\xFF\xFE" || start == "\xFE\xFF") at = 2;
    }
    for (; at + 1 < held_.size(); at += 2) {
      const std::uint32_t unit = unit_at(at);
      if (high_ != 0) {
        if (unit < 0xDC00 || unit > 0xDFFF) return false;
        append_utf8(out, 0x10000 + ((high_ - 0xD800) << 10) + (unit - 0xDC00));
        high_ = 0;
      } else if (unit >= 0xD800 && unit <= 0xDBFF) {
        high_ = unit;
      } else if (unit >= 0xDC00 && unit <= 0xDFFF) {
        return false;
      } else {
        append_utf8(out, unit);
      }
    }
    held_.erase(0, at);
    return !last || (held_.empty() && high_ == 0);
  }

 private:
  std::uint32_t unit_at(std::size_t at) const {
    const std::uint32_t a = static_cast<unsigned char>(held_[at]),
                        b = static_cast<unsigned char>(held_[at + 1]);
    return order_ == Order::little ? a | b << 8 : a << 8 | b;
  }
  Order order_;
  std::string held_;
  std::uint32_t high_ = 0;
};

class Iconv final : public TagDecoder {
 public:
  explicit Iconv(iconv_t handle) : handle_(handle) {}
  ~Iconv() override { iconv_close(handle_); }
  bool decode(std::string_view bytes, bool last, std::string& out) override {
    held_ += bytes;
    char* from = held_.data();
    std::size_t left = held_.size();
    char buffer[4096];
    while (left > 0) {
      char* to = buffer;
      std::size_t room = sizeof buffer;
      const std::size_t result = iconv(handle_, &from, &left, &to, &room);
      out.append(buffer, sizeof buffer - room);
      if (result != static_cast<std::size_t>(-1) || errno == E2BIG) continue;
      if (errno == EINVAL && !last) break;
      return false;
    }
    held_.erase(0, held_.size() - left);
    return true;
  }

 private:
  iconv_t handle_;
  std::string held_;
};

}  // namespace

std::unique_ptr<TagDecoder> tag_decoder(const std::string& encoding) {
  const std::string name = plain_name(encoding);
  if (name == "utf8") return std::make_unique<Utf8>();
  if (name == "usascii" || name == "ascii") return std::make_unique<Latin1>(0x80);
  if (name == "iso88591" || name == "latin1") return std::make_unique<Latin1>(0x100);
  if (name == "utf16") return std::make_unique<Utf16>(Order::unknown);
  if (name == "utf16le") return std::make_unique<Utf16>(Order::little);
  if (name == "utf16be") return std::make_unique<Utf16>(Order::big);
  const bool harmless =
      !encoding.empty() && encoding.size() <= 40 && std::all_of(encoding.begin(), encoding.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
               c == '_' || c == '.' || c == ':';
      });
  if (!harmless) return nullptr;
  const iconv_t handle = iconv_open("UTF-8", encoding.c_str());
  // iconv's sign of failure is a pointer of all ones.
  if (reinterpret_cast<std::intptr_t>(handle) == -1) return nullptr;
  return std::make_unique<Iconv>(handle);
}

TagLines read_lines(ByteStream& stream, TagDecoder& decoder,
                    const std::function<void(std::string_view, long)>& line) {
  constexpr std::size_t longest = 1 << 20;
  TagLines outcome;
  std::vector<std::byte> block(1 << 16);
  std::string text;
  long number = 0;
  bool first = true, after_return = false;
  for (bool last = false; !last;) {
    const std::size_t got = stream.read(block);
    last = got == 0;
    if (!decoder.decode({reinterpret_cast<const char*>(block.data()), got}, last, text)) {
      outcome.decoded = false;
      return outcome;
    }
    if (first && text.size() >= 3) {
      if (text.starts_with("\xEF\xBB\xBF")) {
        outcome.mark = true;
        text.erase(0, 3);
      }
      first = false;
    }
    std::size_t start = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
      if (after_return && text[at] == '\n') {  // the second half of CRLF
        after_return = false;
        start = at + 1;
        continue;
      }
      after_return = text[at] == '\r';
      if (text[at] != '\n' && text[at] != '\r') continue;
      line(std::string_view(text).substr(start, at - start), ++number);
      start = at + 1;
    }
    text.erase(0, start);
    if (text.size() > longest) {
      outcome.too_long = true;
      return outcome;
    }
  }
  if (!text.empty()) line(text, ++number);
  return outcome;
}

}  // namespace vtlt::package
