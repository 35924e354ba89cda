#include "package/source_archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <clocale>

#include <array>
#include <atomic>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <exception>
#include <limits>
#include <system_error>
#include <thread>
#include <utility>

#include "base/buffer.h"
#include "base/encoding.h"
#include "base/progress.h"
#include "base/threads.h"
#include "text/text.h"

namespace vtlt::package {
namespace {

// libarchive decodes names by the locale of the thread; the program's own locale stays as it is.
class Utf8Locale {
 public:
  Utf8Locale() {
    static const locale_t utf8 = ::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
    if (utf8 != nullptr) before_ = ::uselocale(utf8);
  }
  ~Utf8Locale() {
    if (before_ != nullptr) ::uselocale(before_);
  }
  Utf8Locale(const Utf8Locale&) = delete;
  Utf8Locale& operator=(const Utf8Locale&) = delete;

 private:
  locale_t before_ = nullptr;
};

class Input {
 public:
  Input(Files& files, const Path& path, std::uint64_t start = 0, std::size_t block = 1 << 20,
        std::uint64_t end = std::numeric_limits<std::uint64_t>::max())
      : file_(files.open(path, OpenMode::read)),
        whole_(file_->stat().size),
        size_(std::min(whole_, end)),
        offset_(start),
        block_(block) {}

  static la_ssize_t read(archive*, void* data, const void** out) {
    auto& self = *static_cast<Input*>(data);
    try {
      const std::uint64_t left = self.size_ > self.offset_ ? self.size_ - self.offset_ : 0;
      const std::size_t got = self.file_->read_at(
          self.offset_, std::span(self.block_).first(std::min<std::uint64_t>(left, self.block_.size())));
      self.offset_ += got;
      *out = self.block_.data();
      return static_cast<la_ssize_t>(got);
    } catch (const Error& error) {
      self.error_ = error;
      return ARCHIVE_FATAL;
    }
  }
  static la_int64_t skip(archive*, void* data, la_int64_t request) {
    auto& self = *static_cast<Input*>(data);
    const auto left = static_cast<la_int64_t>(self.size_ > self.offset_ ? self.size_ - self.offset_ : 0);
    const la_int64_t step = std::min(request, left);
    self.offset_ += static_cast<std::uint64_t>(step);
    return step;
  }
  const std::optional<Error>& error() const { return error_; }
  // All was read; what was read ends before the file does.
  bool ended() const { return offset_ >= size_; }
  bool bounded() const { return size_ < whole_; }

 private:
  std::unique_ptr<File> file_;
  std::uint64_t whole_, size_, offset_;
  Buffer block_;
  std::optional<Error> error_;
};

struct CloseArchive {
  void operator()(archive* handle) const { archive_read_free(handle); }
};
using Archive = std::unique_ptr<archive, CloseArchive>;

Archive open_archive(Input& input, ArchiveFormat format) {
  Archive handle(archive_read_new());
  VTLT_ASSERT(handle != nullptr);
  if (format == ArchiveFormat::zip)
    archive_read_support_format_zip_streamable(handle.get());
  else
    archive_read_support_format_tar(handle.get());
  archive_read_set_callback_data(handle.get(), &input);
  archive_read_set_read_callback(handle.get(), Input::read);
  archive_read_set_skip_callback(handle.get(), Input::skip);
  if (archive_read_open1(handle.get()) != ARCHIVE_OK) return nullptr;
  return handle;
}

LocalHeader header_of(archive_entry* entry) {
  LocalHeader header;
  if (const char* name = archive_entry_pathname(entry)) header.name = without_dot(name);
  const auto type = archive_entry_filetype(entry);
  if (type == AE_IFDIR || header.name.ends_with('/'))
    header.kind = EntryKind::directory;
  else if (type == AE_IFLNK || archive_entry_hardlink(entry) != nullptr)
    header.kind = EntryKind::symlink;
  else
    header.kind = type == AE_IFREG || type == 0 ? EntryKind::file : EntryKind::other;
  if (archive_entry_size_is_set(entry) != 0 && archive_entry_size(entry) >= 0)
    header.size = static_cast<std::uint64_t>(archive_entry_size(entry));
  header.name.resize(without_slashes(header.name).size());
  return header;
}

std::uint64_t place_of(archive* handle) {
  return static_cast<std::uint64_t>(archive_read_header_position(handle));
}

const char* code_of(ArchiveFormat format) {
  return format == ArchiveFormat::zip ? "VTLT-ZIP-TRUNCATED" : "VTLT-TAR-TRUNCATED";
}

std::string reason_of(archive* handle) {
  const char* text = archive_error_string(handle);
  return shown(text == nullptr ? "" : text);
}

// Another may follow it. Told once, whether it is listed or read.
void damaged_header(archive* handle, ArchiveFormat format, Report& report) {
  report.incomplete();
  report.add_once(Level::error, code_of(format), {}, say("archive.broken", {{"reason", reason_of(handle)}}),
                  say("archive.hint"), "");
}

// ---- one entry ----

class EntryStream final : public ByteStream {
 public:
  EntryStream(Files& files, const Path& path, ArchiveFormat format, const EntryTable& entries,
              std::uint32_t entry)
      : path_(entries.path(entry)),
        left_(entries[entry].size),
        data_code_(format == ArchiveFormat::zip ? "VTLT-ZIP-DATA" : "VTLT-TAR-DATA"),
        input_(files, path, entries[entry].place, 1 << 16),
        archive_(open_archive(input_, format)) {
    const Utf8Locale locale;
    archive_entry* found = nullptr;
    const bool read = archive_ && archive_read_next_header(archive_.get(), &found) >= ARCHIVE_WARN;
    if (input_.error()) throw *input_.error();
    if (!read || !same_name(header_of(found).name, entries.full(entry)))
      throw Error(Exit::no_verdict, data_code_, say("zip.open")).at(path_);
  }

  std::size_t read(std::span<std::byte> out) override {
    while (held_.empty())
      if (!fill()) return 0;
    const std::size_t step = std::min(out.size(), held_.size());
    std::memcpy(out.data(), held_.data(), step);
    held_ = held_.subspan(step);
    return step;
  }

 private:
  bool fill() {
    const void* data = nullptr;
    std::size_t size = 0;
    la_int64_t offset = 0;
    const int result = archive_read_data_block(archive_.get(), &data, &size, &offset);
    if (input_.error()) throw *input_.error();
    if (result == ARCHIVE_EOF) return false;
    // A warning is a wrong size or CRC, which is said when all entries are visited: the bytes are there.
    if (result < ARCHIVE_WARN)
      throw Error(Exit::no_verdict, data_code_, say("archive.data", {{"reason", reason_of(archive_.get())}}))
          .at(path_);
    if (static_cast<std::uint64_t>(offset) != done_)  // a hole; what steers a check has none
      throw Error(Exit::no_verdict, data_code_, say("zip.open")).at(path_);
    done_ += size;
    if (size > left_) throw Error(Exit::no_verdict, "VTLT-ZIP-SIZE", say("archive.longer")).at(path_);
    left_ -= size;
    held_ = {static_cast<const std::byte*>(data), size};
    return true;
  }

  std::string path_;
  std::uint64_t left_, done_ = 0;
  const char* data_code_;
  Input input_;
  Archive archive_;
  std::span<const std::byte> held_;
};

// ---- one reader, several workers ----

class Pipeline {
 public:
  explicit Pipeline(const PackageSource::Work& work) : work_(work) {
    try {
      for (unsigned i = 0; i < hardware_threads(); ++i)
        workers_.emplace_back([this] { run(); });
    } catch (const std::system_error&) {  // no more threads to be had: those there are do the work
      if (workers_.empty()) throw;
    }
  }
  ~Pipeline() {
    {
      const std::lock_guard hold(guard_);
      stop_ = true;
    }
    changed_.notify_all();
  }

  void begin(std::uint32_t entry) {
    std::unique_lock hold(guard_);
    changed_.wait(hold, [&] { return stop_ || waiting_.size() < most_waiting; });
    current_ = std::make_shared<Channel>();
    current_->entry = entry;
    waiting_.push_back(current_);
    hold.unlock();
    changed_.notify_all();
  }

  // False: nobody wants the rest.
  bool push(std::span<const std::byte> data) {
    while (!data.empty()) {
      std::unique_lock hold(guard_);
      changed_.wait(hold,
                    [&] { return stop_ || current_->abandoned || !free_.empty() || made_ < most_blocks; });
      if (stop_ || current_->abandoned) return false;
      Buffer buffer;
      if (free_.empty()) {
        ++made_;
        buffer = std::make_unique_for_overwrite<std::byte[]>(block_size);
      } else {
        buffer = std::move(free_.back());
        free_.pop_back();
      }
      hold.unlock();
      const std::size_t step = std::min(data.size(), block_size);
      std::memcpy(buffer.get(), data.data(), step);
      data = data.subspan(step);
      hold.lock();
      if (current_->abandoned) {
        free_.push_back(std::move(buffer));
        return false;
      }
      current_->blocks.push_back({std::move(buffer), step});
      hold.unlock();
      changed_.notify_all();
    }
    return true;
  }

  void end(std::optional<Error> error = std::nullopt) {
    {
      const std::lock_guard hold(guard_);
      current_->error = std::move(error);
      current_->ended = true;
    }
    changed_.notify_all();
  }

  // Waits for the workers; what they threw is thrown here.
  void finish() {
    {
      const std::lock_guard hold(guard_);
      closed_ = true;
    }
    changed_.notify_all();
    workers_.clear();
    if (failure_) std::rethrow_exception(failure_);
  }
  bool stopped() {
    const std::lock_guard hold(guard_);
    return stop_;
  }

 private:
  static constexpr std::size_t block_size = 256 << 10, most_blocks = 32, most_waiting = 512;
  using Buffer = std::unique_ptr<std::byte[]>;
  struct Block {
    Buffer data;
    std::size_t size = 0;
  };
  struct Channel {
    std::uint32_t entry = no_entry;
    std::deque<Block> blocks;
    bool ended = false, abandoned = false;
    std::optional<Error> error;
  };

  class ChannelStream final : public ByteStream {
   public:
    ChannelStream(Pipeline& owner, Channel& channel) : owner_(owner), channel_(channel) {}
    ~ChannelStream() override { owner_.give_back(channel_, std::move(block_.data)); }
    std::size_t read(std::span<std::byte> out) override {
      if (position_ == block_.size) {
        position_ = 0;
        if (!owner_.next(channel_, block_)) return 0;
      }
      const std::size_t step = std::min(out.size(), block_.size - position_);
      std::memcpy(out.data(), block_.data.get() + position_, step);
      position_ += step;
      return step;
    }

   private:
    Pipeline& owner_;
    Channel& channel_;
    Block block_;
    std::size_t position_ = 0;
  };

  // Replaces block by the next one; false at the end of the entry.
  bool next(Channel& channel, Block& block) {
    std::unique_lock hold(guard_);
    if (block.data) {
      free_.push_back(std::move(block.data));
      block.size = 0;
      changed_.notify_all();
    }
    changed_.wait(hold, [&] { return stop_ || channel.ended || !channel.blocks.empty(); });
    if (!channel.blocks.empty()) {
      block = std::move(channel.blocks.front());
      channel.blocks.pop_front();
      return true;
    }
    if (channel.error) throw *channel.error;
    if (stop_ && !channel.ended) throw Error(Exit::interrupted, "VTLT-STOPPED", say("stopped"));
    return false;
  }

  void give_back(Channel& channel, Buffer buffer) {
    {
      const std::lock_guard hold(guard_);
      channel.abandoned = true;
      if (buffer) free_.push_back(std::move(buffer));
      for (Block& block : channel.blocks)
        free_.push_back(std::move(block.data));
      channel.blocks.clear();
    }
    changed_.notify_all();
  }

  void run() {
    for (;;) {
      std::shared_ptr<Channel> channel;
      {
        std::unique_lock hold(guard_);
        changed_.wait(hold, [&] { return stop_ || closed_ || !waiting_.empty(); });
        if (stop_ || waiting_.empty()) return;
        channel = std::move(waiting_.front());
        waiting_.pop_front();
      }
      changed_.notify_all();
      try {
        ChannelStream stream(*this, *channel);
        work_(channel->entry, stream);
      } catch (...) {
        const std::lock_guard hold(guard_);
        if (!failure_) failure_ = std::current_exception();
        stop_ = true;
      }
      changed_.notify_all();
    }
  }

  const PackageSource::Work& work_;
  std::mutex guard_;
  std::condition_variable changed_;
  std::deque<std::shared_ptr<Channel>> waiting_;
  std::shared_ptr<Channel> current_;
  std::vector<Buffer> free_;
  std::size_t made_ = 0;
  bool stop_ = false, closed_ = false;
  std::exception_ptr failure_;
  std::vector<std::jthread> workers_;  // last: joined before the rest goes
};

// ---- all entries of an extent, in the order in which they stand ----

class ExtentReader {
 public:
  class Stream;
  // False: no more is wanted.
  using Take = std::function<bool(std::uint32_t entry, Stream& stream)>;

  ExtentReader(Files& files, const Path& path, ArchiveFormat format, const EntryTable& entries,
               const Extent& extent, Report& report)
      : path_(path),
        format_(format),
        entries_(entries),
        begin_(extent.begin),
        report_(report),
        input_(files, path, extent.begin, 1 << 18, extent.end),
        archive_(open_archive(input_, format)) {}

  // False: it breaks off or cannot be understood; said in the report.
  bool run(const OnHeader& header, const OnEnd& end, const Take& take);

 private:
  bool broken(const std::string& where) {
    if (input_.error()) {
      report_.unread(path_.string(), *input_.error());
      return false;
    }
    report_.incomplete();
    report_.add(Level::error, code_of(format_), {where},
                say("archive.broken", {{"reason", archive_ ? reason_of(archive_.get()) : ""}}),
                say("archive.hint"), "");
    return false;
  }

  const Path& path_;
  ArchiveFormat format_;
  const EntryTable& entries_;
  std::uint64_t begin_;
  Report& report_;
  Input input_;
  Archive archive_;
};

class ExtentReader::Stream final : public ByteStream {
 public:
  // bounded: the header says how many bytes there are. Where it does not, the end of what is longer than
  // promised is found by unpacking alone, however long that takes: then reading ends there.
  Stream(ExtentReader& owner, const std::string& path, std::uint64_t promised, bool bounded)
      : owner_(owner), path_(path), promised_(promised), bounded_(bounded) {}

  // The next bytes where they were unpacked, until the next call; none at the end.
  std::span<const std::byte> next() {
    static const std::array<std::byte, 65536> zeros{};
    while (hole_ == 0 && held_.empty() && !ended_)
      fill();
    if (hole_ == 0) return std::exchange(held_, {});
    const auto step = std::min<std::uint64_t>(hole_, zeros.size());
    hole_ -= step;
    return std::span(zeros).first(step);
  }
  std::size_t read(std::span<std::byte> out) override {
    if (unread_.empty()) unread_ = next();
    if (unread_.empty()) return 0;
    const std::size_t step = std::min(out.size(), unread_.size());
    std::memcpy(out.data(), unread_.data(), step);
    unread_ = unread_.subspan(step);
    return step;
  }
  bool readable() const { return readable_; }
  // What nobody wanted is unpacked too: its sum is compared. False: it cannot be.
  bool finish() {
    try {
      while (!next().empty())
        check_interrupted();
      return !failed_;
    } catch (const Error& error) {
      if (error.exit() == Exit::interrupted) throw;
      return false;  // told, or will be with the next header
    }
  }

 private:
  void fill() {
    archive* handle = owner_.archive_.get();
    const void* data = nullptr;
    std::size_t size = 0;
    la_int64_t offset = 0;
    const int result = archive_read_data_block(handle, &data, &size, &offset);
    if (owner_.input_.error()) throw *owner_.input_.error();
    if (result == ARCHIVE_EOF) {
      ended_ = true;
      return;
    }
    if (result == ARCHIVE_FAILED || result == ARCHIVE_FATAL || result == ARCHIVE_RETRY) {
      readable_ = result != ARCHIVE_FATAL;
      fail(readable_ ? "VTLT-ZIP-DATA" : code_of(owner_.format_),
           say("archive.data", {{"reason", reason_of(handle)}}));
    }
    if (result == ARCHIVE_WARN)  // size or CRC differ: the bytes are there all the same
      owner_.report_.add(Level::error, "VTLT-ZIP-CRC", {path_},
                         say("archive.data", {{"reason", reason_of(handle)}}), say("archive.hint"), "");
    // Holes of a sparse TAR entry are zeros.
    const std::uint64_t place = std::max(done_, offset > 0 ? static_cast<std::uint64_t>(offset) : 0);
    if (place > promised_ || size > promised_ - place) {
      readable_ = bounded_;
      fail("VTLT-ZIP-SIZE", say("archive.longer"));
    }
    hole_ = place - done_;
    done_ = place + size;
    held_ = {static_cast<const std::byte*>(data), size};
  }
  [[noreturn]] void fail(const char* code, const Message& what) {
    ended_ = failed_ = true;
    owner_.report_.add_once(Level::error, code, {path_}, what, say("archive.hint"));
    throw Error(Exit::no_verdict, code, what);
  }

  ExtentReader& owner_;
  const std::string& path_;
  std::uint64_t promised_, done_ = 0, hole_ = 0;
  bool bounded_, ended_ = false, failed_ = false, readable_ = true;
  std::span<const std::byte> held_, unread_;
};

bool ExtentReader::run(const OnHeader& header, const OnEnd& end, const Take& take) {
  const Utf8Locale locale;
  if (!archive_) return broken("");
  std::string last;
  for (;;) {
    check_interrupted();
    archive_entry* found = nullptr;
    const int result = archive_read_next_header(archive_.get(), &found);
    if (result == ARCHIVE_EOF) return true;
    // Where the extent ends before the file there is no header, and nothing wrong with that.
    if (result == ARCHIVE_FATAL && archive_errno(archive_.get()) == 0 && !input_.error() && input_.ended() &&
        input_.bounded())
      return true;
    if (result == ARCHIVE_FATAL || result == ARCHIVE_FAILED) return broken(last);
    if (result == ARCHIVE_RETRY) {
      damaged_header(archive_.get(), format_, report_);
      continue;
    }
    LocalHeader local = header_of(found);
    local.place = begin_ + place_of(archive_.get());
    last = entries_.relative(local.name);
    if (result == ARCHIVE_WARN)
      report_.add(Level::warning, format_ == ArchiveFormat::zip ? "VTLT-ZIP-LOCAL" : "VTLT-TAR-HEADER",
                  {last}, say("archive.header", {{"reason", reason_of(archive_.get())}}), say("archive.hint"),
                  "");
    const std::uint32_t entry = header(local);
    if (entry == no_entry) continue;
    last = entries_.path(entry);
    // The list may call a link or a folder what its own header calls a file.
    if (local.kind != EntryKind::file || entries_[entry].kind != EntryKind::file) continue;
    Stream stream(*this, last, entries_[entry].size, local.size.has_value());
    if (!take(entry, stream)) return true;
    const bool whole = stream.finish();
    if (!stream.readable()) {
      report_.incomplete();
      return false;
    }
    if (!whole || !end) continue;
    archive_read_data_skip(archive_.get());  // what stands behind the data is read only now
    end(entry, begin_ + static_cast<std::uint64_t>(archive_filter_bytes(archive_.get(), 0)));
  }
}

}  // namespace

std::unique_ptr<ByteStream> open_archive_entry(Files& files, const Path& path, ArchiveFormat format,
                                               const EntryTable& entries, std::uint32_t entry) {
  return std::make_unique<EntryStream>(files, path, format, entries, entry);
}

std::string_view without_dot(std::string_view name) {
  while (name.size() > 2 && name.starts_with("./"))
    name.remove_prefix(2);
  return name;
}

Matcher::Matcher(const EntryTable& entries) : entries_(entries), seen_(entries.size(), false) {
  places_.reserve(entries.size());
  for (std::uint32_t i = 0; i < entries.size(); ++i)
    places_.emplace_back(entries[i].place, i);
  std::sort(places_.begin(), places_.end());
}

bool same_name(std::string_view read, std::string_view own) {
  return read == own || (is_utf8(read) && is_utf8(own) && text::nfc(read) == text::nfc(own));
}

std::uint32_t Matcher::take(std::string_view name, std::uint64_t place) {
  // Two entries of one place are told as sharing their bytes; thousands are not gone through.
  constexpr int most_steps = 1000;
  auto found = std::lower_bound(places_.begin(), places_.end(), std::pair(place, std::uint32_t{0}));
  for (int step = 0; found != places_.end() && found->first == place && step < most_steps; ++found, ++step) {
    const std::uint32_t entry = found->second;
    if (seen_[entry]) continue;
    seen_[entry] = true;
    return same_name(name, entries_.full(entry)) ? entry : no_entry;
  }
  return no_entry;
}

bool stream_archive(Files& files, const Path& path, ArchiveFormat format, const EntryTable& entries,
                    const OnHeader& header, const OnEnd& end, const PackageSource::Work& work,
                    Report& report) {
  ExtentReader reader(files, path, format, entries, {0, std::numeric_limits<std::uint64_t>::max()}, report);
  Pipeline pipeline(work);
  const bool whole = reader.run(header, end, [&](std::uint32_t entry, ExtentReader::Stream& stream) {
    pipeline.begin(entry);
    try {
      for (auto data = stream.next(); !data.empty() && pipeline.push(data);)
        data = stream.next();
      pipeline.end();
    } catch (const Error& error) {
      pipeline.end(error);
    }
    return !pipeline.stopped();
  });
  pipeline.finish();
  return whole;
}

bool read_extents(Files& files, const Path& path, ArchiveFormat format, const EntryTable& entries,
                  const std::vector<Extent>& extents, const OnHeader& header, const OnEnd& end,
                  const PackageSource::Work& work, Report& report) {
  std::mutex guard;
  std::atomic<bool> whole{true};
  parallel_for(extents.size(), [&](std::size_t number) {
    const auto one_at_a_time = [&](const LocalHeader& local) {
      const std::lock_guard hold(guard);
      return header(local);
    };
    const auto take = [&](std::uint32_t entry, ByteStream& stream) {
      work(entry, stream);
      return true;
    };
    if (!ExtentReader(files, path, format, entries, extents[number], report).run(one_at_a_time, end, take))
      whole = false;
  });
  return whole;
}

bool list_archive(Files& files, const Path& path, ArchiveFormat format,
                  const std::function<void(const LocalHeader&)>& header, Report* report) {
  Input input(files, path);
  const Utf8Locale locale;
  const Archive handle = open_archive(input, format);
  if (!handle) return false;
  for (;;) {
    check_interrupted();
    archive_entry* entry = nullptr;
    const int result = archive_read_next_header(handle.get(), &entry);
    if (result == ARCHIVE_EOF) return true;
    if (result == ARCHIVE_FATAL || result == ARCHIVE_FAILED) {
      if (input.error()) throw *input.error();
      if (report != nullptr)
        report->add(Level::error, code_of(format), {},
                    say("archive.broken", {{"reason", reason_of(handle.get())}}), say("archive.hint"), "");
      return false;
    }
    if (result == ARCHIVE_RETRY) {
      if (report != nullptr) damaged_header(handle.get(), format, *report);
      continue;
    }
    LocalHeader local = header_of(entry);
    local.place = place_of(handle.get());
    header(local);
  }
}

}  // namespace vtlt::package
