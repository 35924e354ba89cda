#include "package/zip_writer.h"

#include <zip.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <exception>
#include <future>
#include <string>
#include <vector>

#include "base/error.h"

namespace vtlt::package::writing {
namespace {

constexpr std::size_t flush_size = 1u << 20;
constexpr std::size_t hold_size =
    4u << 20;  // an entry of this size still has its header in memory at its end

unsigned long dos_time(Moment moment) {
  using namespace std::chrono;
  const sys_seconds time = floor<seconds>(sys_time<milliseconds>(milliseconds(moment.milliseconds)));
  const sys_days day = floor<days>(time);
  const year_month_day date(day);
  const int year = static_cast<int>(date.year());
  if (year < 1980) return (1u << 21) | (1u << 16);
  if (year > 2107) return (127u << 25) | (12u << 21) | (31u << 16);
  const hh_mm_ss clock(time - day);
  return static_cast<unsigned long>(year - 1980) << 25 |
         static_cast<unsigned long>(unsigned{date.month()}) << 21 |
         static_cast<unsigned long>(unsigned{date.day()}) << 16 |
         static_cast<unsigned long>(clock.hours().count()) << 11 |
         static_cast<unsigned long>(clock.minutes().count()) << 5 |
         static_cast<unsigned long>(clock.seconds().count() / 2);
}

// minizip writes a header field by field and comes back to it for the sizes. The last part of the file is
// kept in memory until nobody comes back any more, so the disk sees long writes and the digest goes along.
class Tail {
 public:
  Tail(File& file, bool digest) : file_(file), digest_(digest) {
    buffer_.reserve(hold_size + 2 * flush_size);
  }

  std::uint64_t position = 0;
  std::uint64_t end() const { return flushed_ + buffer_.size(); }
  std::size_t pending() const { return buffer_.size(); }

  void write(Bytes data) {
    if (position < flushed_) {
      const auto before = static_cast<std::size_t>(std::min<std::uint64_t>(data.size(), flushed_ - position));
      file_.write_at(position, data.first(before));
      changed_behind_ = true;
      position += before;
      data = data.subspan(before);
    }
    if (data.empty()) return;
    const auto at = static_cast<std::size_t>(position - flushed_);
    if (buffer_.size() < at + data.size()) buffer_.resize(at + data.size());
    std::memcpy(buffer_.data() + at, data.data(), data.size());
    position += data.size();
  }

  void flush() {
    if (hashing_.valid()) hashing_.get();
    file_.write_at(flushed_, buffer_);
    flushed_ += buffer_.size();
    if (!digest_ || changed_behind_) {
      buffer_.clear();
      return;
    }
    hashed_.swap(buffer_);
    buffer_.clear();
    hashing_ = std::async(std::launch::async, [this] { hasher_.update(Bytes(hashed_)); });
  }

  std::optional<Digest> digest() {
    if (hashing_.valid()) hashing_.get();
    if (!digest_ || changed_behind_) return std::nullopt;
    return hasher_.finish();
  }

 private:
  File& file_;
  const bool digest_;
  Hasher hasher_;
  std::vector<std::byte> buffer_, hashed_;
  std::uint64_t flushed_ = 0;
  bool changed_behind_ = false;
  std::future<void> hashing_;  // last: waits for its work before the rest goes
};

struct Stream {
  Stream(File& file, bool digest) : tail(file, digest) {}
  Tail tail;
  std::exception_ptr failure;  // minizip is C: an exception waits here until its call has returned
  bool dead = false;           // given up: what minizip still writes goes nowhere
  bool closing = false;        // nobody comes back any more
};

void* open_stream(void* opaque, const void*, int) {
  return opaque;
}
unsigned long read_stream(void*, void*, void*, unsigned long) {
  return 0;
}
int close_stream(void*, void*) {
  return 0;
}

unsigned long write_stream(void*, void* handle, const void* data, unsigned long size) {
  auto& stream = *static_cast<Stream*>(handle);
  if (stream.dead || stream.failure) return 0;
  try {
    if (stream.closing && stream.tail.pending() >= flush_size) stream.tail.flush();
    stream.tail.write({static_cast<const std::byte*>(data), size});
    return size;
  } catch (...) {
    stream.failure = std::current_exception();
    return 0;
  }
}

ZPOS64_T tell_stream(void*, void* handle) {
  return static_cast<Stream*>(handle)->tail.position;
}

long seek_stream(void*, void* handle, ZPOS64_T offset, int origin) {
  Tail& tail = static_cast<Stream*>(handle)->tail;
  const std::uint64_t base = origin == ZLIB_FILEFUNC_SEEK_SET   ? 0
                             : origin == ZLIB_FILEFUNC_SEEK_CUR ? tail.position
                                                                : tail.end();
  if (base + offset > tail.end()) return -1;
  tail.position = base + offset;
  return 0;
}

void put(std::string& out, std::uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i)
    out += static_cast<char>((value >> (8 * i)) & 0xFF);
}

// minizip 1.1 writes the ZIP64 end record for large offsets only, not for many entries; without it the count
// of 0xFFFF is a lie to all who believe it (Info-ZIP does). APPNOTE 4.3.14-4.3.16.
std::string end_records(std::uint64_t entries, std::uint64_t directory, std::uint64_t end_of_directory) {
  const std::uint64_t size = end_of_directory - directory;
  std::string out;
  put(out, 0x06064b50, 4);
  put(out, 44, 8);
  put(out, (3u << 8) | 45u, 2);
  put(out, 45, 2);
  put(out, 0, 8);  // disks
  put(out, entries, 8);
  put(out, entries, 8);
  put(out, size, 8);
  put(out, directory, 8);

  put(out, 0x07064b50, 4);
  put(out, 0, 4);
  put(out, end_of_directory, 8);
  put(out, 1, 4);

  put(out, 0x06054b50, 4);
  put(out, 0, 4);
  put(out, 0xFFFF, 2);
  put(out, 0xFFFF, 2);
  put(out, size, 4);
  put(out, directory, 4);
  put(out, 0, 2);
  return out;
}

int stream_error(void*, void* handle) {
  return static_cast<Stream*>(handle)->failure ? 1 : 0;
}

}  // namespace

struct ZipWriter::State {
  State(File& file, bool digest) : stream(file, digest) {}
  Stream stream;
  zipFile zip = nullptr;
  unsigned long time = 0;
  bool deflate = false;
  std::uint64_t entries = 0;
};

ZipWriter::ZipWriter(File& file, Moment time, bool deflate, bool digest)
    : state_(std::make_unique<State>(file, digest)) {
  state_->time = dos_time(time);
  state_->deflate = deflate;
  zlib_filefunc64_def functions{};
  functions.zopen64_file = open_stream;
  functions.zread_file = read_stream;
  functions.zwrite_file = write_stream;
  functions.ztell64_file = tell_stream;
  functions.zseek64_file = seek_stream;
  functions.zclose_file = close_stream;
  functions.zerror_file = stream_error;
  functions.opaque = &state_->stream;
  state_->zip = zipOpen2_64("", APPEND_STATUS_CREATE, nullptr, &functions);
  if (state_->zip == nullptr) throw std::bad_alloc();
}

ZipWriter::~ZipWriter() {
  if (state_->zip == nullptr) return;
  state_->stream.dead = true;
  zipClose(state_->zip, nullptr);
}

void ZipWriter::done(int status) {
  if (state_->stream.failure) std::rethrow_exception(state_->stream.failure);
  if (status != ZIP_OK)
    throw Error(Exit::no_verdict, "VTLT-IO-ZIP",
                Message("package.write.zip_failed", {{"status", std::to_string(status)}}));
}

void ZipWriter::begin(const std::string& name, std::uint64_t size) {
  if (state_->stream.tail.pending() >= flush_size) state_->stream.tail.flush();
  constexpr unsigned long made_by_unix = (3u << 8) | 20u;
  constexpr unsigned long utf8_names = 1u << 11;
  zip_fileinfo info{};
  info.dosDate = state_->time;
  info.external_fa = 0100644ul << 16;
  // Deflate may make what cannot be compressed a little larger.
  const bool large = size >= (state_->deflate ? 0xFF000000u : 0xFFFFFFFFu);
  done(zipOpenNewFileInZip4_64(state_->zip, name.c_str(), &info, nullptr, 0, nullptr, 0, nullptr,
                               state_->deflate ? Z_DEFLATED : 0, 6, 0, -MAX_WBITS, DEF_MEM_LEVEL,
                               Z_DEFAULT_STRATEGY, nullptr, 0, made_by_unix, utf8_names, large ? 1 : 0));
}

void ZipWriter::write(Bytes data) {
  while (!data.empty()) {
    const Bytes part = data.first(std::min<std::size_t>(data.size(), flush_size));
    done(zipWriteInFileInZip(state_->zip, part.data(), static_cast<unsigned>(part.size())));
    data = data.subspan(part.size());
    if (state_->stream.tail.pending() >= hold_size) state_->stream.tail.flush();
  }
}

void ZipWriter::end() {
  done(zipCloseFileInZip(state_->zip));
  ++state_->entries;
}

std::optional<Digest> ZipWriter::close() {
  Tail& tail = state_->stream.tail;
  const std::uint64_t directory = tail.end();
  state_->stream.closing = true;
  const int status = zipClose(state_->zip, nullptr);
  state_->zip = nullptr;
  done(status);
  constexpr std::uint64_t end_size = 22;
  if (state_->entries >= 0xFFFF && directory < 0xFFFFFFFF) {
    tail.position = tail.end() - end_size;
    tail.write(as_bytes(end_records(state_->entries, directory, tail.position)));
  }
  tail.flush();
  return tail.digest();
}

}  // namespace vtlt::package::writing
