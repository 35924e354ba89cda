#include "repository/spool.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/error.h"

namespace vtlt::repository {
namespace {

constexpr std::size_t kBuffer = 1u << 18;  // little at once: it need not reach the disk
constexpr std::size_t kLength = sizeof(std::uint32_t);

// Hands over what stands whole in `bytes`; gives how many bytes that were.
std::size_t take_whole(std::string_view bytes, const std::function<void(char, std::string_view)>& take) {
  std::size_t at = 0;
  while (bytes.size() - at > kLength) {
    std::uint32_t length = 0;
    std::memcpy(&length, bytes.data() + at, kLength);
    if (bytes.size() - at < kLength + 1 + length) break;
    take(bytes[at + kLength], bytes.substr(at + kLength + 1, length));
    at += kLength + 1 + length;
  }
  return at;
}

}  // namespace

void Spool::add(char kind, std::string_view text) {
  const auto length = static_cast<std::uint32_t>(text.size());
  VTLT_ASSERT(length == text.size());
  std::array<char, kLength> letters;
  std::memcpy(letters.data(), &length, kLength);
  buffer_.append(letters.data(), kLength);
  buffer_ += kind;
  buffer_ += text;
  if (buffer_.size() >= kBuffer) write_out();
}

void Spool::write_out() {
  if (!file_) file_ = make_();
  file_->write_at(written_, as_bytes(buffer_));
  written_ += buffer_.size();
  buffer_.clear();
}

void Spool::clear() {
  buffer_.clear();
  written_ = 0;  // what stands in the file is written over
}

void Spool::each(const std::function<void(char, std::string_view)>& take) {
  std::string window;
  for (std::uint64_t at = 0; at < written_;) {
    const std::size_t have = window.size();
    window.resize(have + static_cast<std::size_t>(std::min<std::uint64_t>(kBuffer, written_ - at)));
    const std::size_t got = file_->read_at(at, {reinterpret_cast<std::byte*>(window.data() + have), window.size() - have});
    VTLT_ASSERT(got == window.size() - have);
    at += got;
    window.erase(0, take_whole(window, take));
  }
  window += buffer_;
  VTLT_ASSERT(take_whole(window, take) == window.size());
}

}  // namespace vtlt::repository
