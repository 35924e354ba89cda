// Attachments: base64, zips of one, digests; as a stream, whatever their size.
#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <array>
#include <deque>
#include <exception>
#include <new>

#include "base/encoding.h"
#include "base/error.h"
#include "base/progress.h"
#include "exchange/edxml_internal.h"
#include "text/text.h"

namespace vtlt::exchange {
namespace {

constexpr std::uint64_t kFreeBytes = 16u << 20;  // below this the ratio does not matter
constexpr int kMaxEntries = 1000;
constexpr std::size_t kMaxDigests = 4;  // of one attachment

constexpr auto kBase64Values = [] {
  std::array<signed char, 256> values{};
  values.fill(-1);
  constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (std::size_t i = 0; i < letters.size(); ++i)
    values[static_cast<unsigned char>(letters[i])] = static_cast<signed char>(i);
  for (const char space : {' ', '\t', '\r', '\n'})
    values[static_cast<unsigned char>(space)] = -2;
  return values;
}();

class Base64Decoder {
 public:
  // False: a letter that is none, data after the padding.
  bool feed(std::string_view text, std::string& out) {
    for (const char c : text) {
      const int value = kBase64Values[static_cast<unsigned char>(c)];
      if (value == -2) continue;
      if (c == '=') {
        ++padding_;
        continue;
      }
      if (value < 0 || padding_ > 0) return false;
      buffer_ = (buffer_ << 6 | static_cast<unsigned>(value)) & 0xFFFFFF;
      if (++letters_ % 4 == 0)
        out.append({static_cast<char>(buffer_ >> 16), static_cast<char>(buffer_ >> 8 & 0xFF),
                    static_cast<char>(buffer_ & 0xFF)});
    }
    return padding_ <= 2;
  }
  bool finish(std::string& out) const {
    const auto rest = letters_ % 4;
    if (rest == 1 || (padding_ > 0 && (rest + padding_) % 4 != 0)) return false;
    if (rest == 2) out += static_cast<char>(buffer_ >> 4 & 0xFF);
    if (rest == 3)
      out.append({static_cast<char>(buffer_ >> 10 & 0xFF), static_cast<char>(buffer_ >> 2 & 0xFF)});
    return true;
  }

 private:
  unsigned buffer_ = 0, padding_ = 0;
  std::uint64_t letters_ = 0;
};

// The contents one after another, pulled through the parser: at most what one piece of the file holds is
// kept.
class ContentPull final : public ContentEvents {
 public:
  explicit ContentPull(const ContentRun& run)
      : reader_(run.options, this), feed_(run.input, run.options, reader_) {}

  void content_begin(std::size_t place) override {
    pieces_.push_back({Piece::begin, place, {}});
    decoder_ = {};
    broken_ = false;
  }
  void content_text(std::string_view base64) override {
    if (broken_) return;
    std::string bytes;
    broken_ = !decoder_.feed(base64, bytes);
    if (broken_) bytes.clear();
    put(std::move(bytes));
  }
  void content_end() override {
    std::string bytes;
    if (!broken_) broken_ = !decoder_.finish(bytes);
    if (!broken_) put(std::move(bytes));
    pieces_.push_back({broken_ ? Piece::broken : Piece::end, 0, {}});
  }

  // The next attachment; false when there is none. What is left of the one before is passed over.
  bool next(std::size_t& place) {
    std::string rest;
    while (inside_ && pull(rest)) {
    }
    while (pieces_.empty())
      if (!feed_.pump()) return false;
    place = pieces_.front().place;
    pieces_.pop_front();
    inside_ = true;
    bad_ = false;
    return true;
  }
  // One piece of the current attachment; false at its end.
  bool pull(std::string& bytes) {
    if (!inside_) return false;
    while (pieces_.empty())
      VTLT_ASSERT(feed_.pump());
    Piece piece = std::move(pieces_.front());
    pieces_.pop_front();
    if (piece.kind == Piece::data) {
      bytes = std::move(piece.bytes);
      return true;
    }
    inside_ = false;
    bad_ = piece.kind == Piece::broken;
    return false;
  }
  bool bad() const { return bad_; }  // after the end: it was not base64
  Digest finish() {
    while (feed_.pump())
      pieces_.clear();
    return feed_.digest();
  }

 private:
  struct Piece {
    enum Kind { begin, data, end, broken } kind;
    std::size_t place;
    std::string bytes;
  };
  void put(std::string bytes) {
    if (!bytes.empty()) pieces_.push_back({Piece::data, 0, std::move(bytes)});
  }

  MessageReader reader_;
  EdxmlFeed feed_;
  std::deque<Piece> pieces_;
  Base64Decoder decoder_;
  bool broken_ = false, inside_ = false, bad_ = false;
};

bool says_zip(std::string_view type) {
  const std::string folded = text::fold(type.substr(0, type.find(';')));
  return folded == "application/zip" || folded == "application/x-zip-compressed" ||
         folded == "application/x-zip";
}

bool ends_in_zip(std::string_view name) {
  return name.size() >= 4 && text::fold(name.substr(name.size() - 4)) == ".zip";
}

bool leaves_folder(std::string_view name) {
  std::string framed = "/" + std::string(name) + "/";
  std::replace(framed.begin(), framed.end(), '\\', '/');
  return (framed.size() > 2 && framed[1] == '/') || (name.size() > 1 && name[1] == ':') ||
         framed.find("/../") != std::string::npos;
}

// Digests the signature promises: of what was sent, or of the computer file in it (which of the two the
// standard means was not found [?]).
class Promised {
 public:
  Promised(const std::vector<SignedDigest>& all, const std::string& content_id) {
    for (const SignedDigest& one : all) {
      if (one.content_id != content_id || content_id.empty() || wanted_.size() >= kMaxDigests) continue;
      if (one.algorithm != "sha1" && one.algorithm != "sha256" && one.algorithm != "sha384" &&
          one.algorithm != "sha512")
        continue;
      wanted_.push_back(&one);
      sent_.emplace_back(one.algorithm.c_str());
      inner_.emplace_back(one.algorithm.c_str());
    }
  }
  void sent(Bytes bytes) {
    for (Hasher& hasher : sent_)
      hasher.update(bytes);
  }
  void inner(Bytes bytes) {
    for (Hasher& hasher : inner_)
      hasher.update(bytes);
  }
  bool differs() {
    bool differs = false;
    for (std::size_t i = 0; i < wanted_.size(); ++i) {
      std::string bytes;
      const bool readable = from_base64(wanted_[i]->value, bytes);
      const std::string wanted = hex({reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()});
      const std::string sent = sent_[i].finish_hex(), inner = inner_[i].finish_hex();
      differs = differs || !readable || (wanted != sent && wanted != inner);
    }
    return differs;
  }

 private:
  std::vector<const SignedDigest*> wanted_;
  std::vector<Hasher> sent_, inner_;
};

// What came out of base64, counted and hashed, for whoever wants it next.
class Sent {
 public:
  Sent(ContentPull& pull, const ContentRun& run, Promised& promised)
      : pull_(pull), run_(run), promised_(promised) {}

  bool next() {
    if (over_ || !pull_.pull(piece_)) return false;
    size_ += piece_.size();
    if (start_.size() < 4) start_ += piece_.substr(0, 4 - start_.size());
    if (size_ > run_.options.limits.content) {
      over_ = true;
      return false;
    }
    hasher_.update(piece_);
    promised_.sent(as_bytes(piece_));
    return true;
  }
  void drain() {
    while (next()) {
    }
  }
  const std::string& piece() const { return piece_; }
  const std::string& start() const { return start_; }
  std::uint64_t size() const { return size_; }
  bool over() const { return over_; }
  bool bad() const { return pull_.bad(); }
  std::string sha256() { return hasher_.finish_hex(); }

 private:
  ContentPull& pull_;
  const ContentRun& run_;
  Promised& promised_;
  std::string piece_, start_;
  std::uint64_t size_ = 0;
  Hasher hasher_;
  bool over_ = false;
};

// A zip read from its first byte on. Only stored and deflated entries: the other methods allocate what the
// file tells them to.
class Unzip {
 public:
  explicit Unzip(Sent& sent) : sent_(sent), archive_(archive_read_new()) {
    if (archive_ == nullptr) throw std::bad_alloc();
    archive_read_support_format_zip_streamable(archive_);
    opened_ = archive_read_open(archive_, this, nullptr, on_read, nullptr) == ARCHIVE_OK;
    check();
  }
  ~Unzip() { archive_read_free(archive_); }
  Unzip(const Unzip&) = delete;
  Unzip& operator=(const Unzip&) = delete;

  enum class Step { entry, end, damaged };
  Step next() {
    if (!opened_) return Step::damaged;
    const int result = archive_read_next_header(archive_, &entry_);
    check();
    if (result == ARCHIVE_EOF) return Step::end;
    return result == ARCHIVE_OK || result == ARCHIVE_WARN ? Step::entry : Step::damaged;
  }
  std::string name() const {
    const char* name = archive_entry_pathname(entry_);
    if (name == nullptr) name = archive_entry_pathname_utf8(entry_);
    return name == nullptr ? std::string() : std::string(name);
  }
  bool is_folder() const { return archive_entry_filetype(entry_) == AE_IFDIR; }
  bool is_file() const { return archive_entry_filetype(entry_) == AE_IFREG; }
  bool encrypted() const { return archive_entry_is_encrypted(entry_) != 0; }
  bool plain_method() const {
    const char* format = archive_format_name(archive_);
    const std::string_view text = format == nullptr ? "" : format;
    return text.find("(deflation)") != std::string_view::npos ||
           text.find("(uncompressed)") != std::string_view::npos;
  }
  // Bytes got; 0 at the end; -1: damaged.
  std::ptrdiff_t read(std::span<std::byte> out) {
    const la_ssize_t got = archive_read_data(archive_, out.data(), out.size());
    check();
    return got < 0 ? -1 : static_cast<std::ptrdiff_t>(got);
  }

 private:
  static la_ssize_t on_read(archive*, void* self, const void** buffer) {
    Unzip& unzip = *static_cast<Unzip*>(self);
    try {
      if (!unzip.sent_.next()) return 0;
      *buffer = unzip.sent_.piece().data();
      return static_cast<la_ssize_t>(unzip.sent_.piece().size());
    } catch (...) {
      unzip.thrown_ = std::current_exception();  // libarchive is C: thrown after it has returned
      return -1;
    }
  }
  void check() {
    if (thrown_) std::rethrow_exception(std::exchange(thrown_, nullptr));
  }

  Sent& sent_;
  archive* archive_;
  archive_entry* entry_ = nullptr;
  bool opened_ = false;
  std::exception_ptr thrown_;
};

// The computer file in a zip, when that zip was only made to carry it.
class Carried {
 public:
  Carried(Sent& sent, const ContentRun& run, const EdxmlAttachment& attachment, Promised* promised)
      : sent_(sent), run_(run), attachment_(attachment), promised_(promised) {}

  // `write` gets the bytes as they come; only afterwards it is known whether they are to be used.
  void run(const std::function<void(Bytes)>& write) {
    Unzip unzip(sent_);
    std::vector<std::byte> buffer(std::size_t{1} << 16);
    for (int entries = 0;; ++entries) {
      const Unzip::Step step = unzip.next();
      if (step == Unzip::Step::end) break;
      if (step == Unzip::Step::damaged || entries >= kMaxEntries) return damage("edxml.zip-damaged");
      if (!look_at(unzip)) return;
      if (unzip.is_folder()) continue;
      if (++files_ > 1) return;  // more than one: it is a zip for its own sake
      name_ = unzip.name();
      if (!read_entry(unzip, buffer, write)) return;
    }
    if (sent_.bad()) trouble_ = "edxml.base64-bad";
  }
  const char* trouble() const { return trouble_; }
  bool one_file() const {
    return trouble_ == nullptr && files_ == 1 && (!ends_in_zip(attachment_.name) || ends_in_zip(name_));
  }
  std::uint64_t size() const { return size_; }
  std::string sha256() { return hasher_.finish_hex(); }

 private:
  void damage(const char* key) { trouble_ = sent_.over() ? "edxml.content-too-large" : key; }
  bool look_at(const Unzip& unzip) {
    if (leaves_folder(unzip.name()))
      trouble_ = "edxml.zip-path";
    else if (unzip.encrypted())
      trouble_ = "edxml.zip-encrypted";
    else if (!unzip.is_folder() && !unzip.is_file())
      trouble_ = "edxml.zip-path";
    else if (!unzip.is_folder() && !unzip.plain_method())
      trouble_ = "edxml.zip-method";
    return trouble_ == nullptr;
  }
  bool read_entry(Unzip& unzip, std::vector<std::byte>& buffer, const std::function<void(Bytes)>& write) {
    const EdxmlLimits& limits = run_.options.limits;
    for (;;) {
      const std::ptrdiff_t got = unzip.read(buffer);
      if (got < 0) damage("edxml.zip-damaged");
      if (got <= 0) return got == 0;
      const Bytes bytes = Bytes(buffer).first(static_cast<std::size_t>(got));
      size_ += bytes.size();
      if (size_ > limits.content || (size_ > kFreeBytes && size_ / limits.ratio > sent_.size())) {
        trouble_ = "edxml.zip-bomb";
        return false;
      }
      hasher_.update(bytes);
      if (promised_ != nullptr) promised_->inner(bytes);
      if (write) write(bytes);
      if ((size_ & 0xFFFFF) < bytes.size()) check_interrupted();
    }
  }

  Sent& sent_;
  const ContentRun& run_;
  const EdxmlAttachment& attachment_;
  Promised* promised_;
  const char* trouble_ = nullptr;
  std::uint64_t size_ = 0;
  Hasher hasher_;
  std::string name_;
  int files_ = 0;
};

ContentResult judge_one(ContentPull& pull, const ContentRun& run, const EdxmlAttachment& attachment) {
  ContentResult result;
  Promised promised(run.digests, attachment.content_id);
  Sent sent(pull, run, promised);
  const bool zip = says_zip(attachment.transfer_type);
  if (zip) {
    Carried carried(sent, run, attachment, &promised);
    carried.run({});
    sent.drain();
    // What calls itself a zip and is none is taken as it is, and said.
    if (sent.start().starts_with("PK")) {
      result.trouble = carried.trouble();
      result.zipped = carried.one_file();
      result.size = carried.size();
      if (result.zipped) result.sha256 = carried.sha256();
    } else {
      result.remark = "edxml.not-a-zip";
    }
  }
  sent.drain();
  if (sent.bad()) result.trouble = "edxml.base64-bad";
  if (sent.over()) result.trouble = "edxml.content-too-large";
  if (result.trouble == nullptr && !result.zipped) {
    result.size = sent.size();
    result.sha256 = sent.sha256();
    if (result.size == 0) result.remark = "edxml.content-empty";
  }
  result.sound = result.trouble == nullptr;
  if (!result.sound) result.sha256.clear();
  if (!result.sound) result.zipped = false;
  result.digest_differs = result.sound && promised.differs();
  return result;
}

void give_one(ContentPull& pull, const ContentRun& run, std::size_t index, EdxmlSink& sink) {
  const EdxmlAttachment& attachment = run.attachments[index];
  Promised none({}, "");
  Sent sent(pull, run, none);
  const auto write = [&](Bytes bytes) { sink.write(bytes); };
  std::uint64_t size = 0;
  std::string sha256;
  sink.begin(index, attachment);
  if (attachment.zipped) {
    Carried carried(sent, run, attachment, nullptr);
    carried.run(write);
    size = carried.size();
    if (carried.one_file()) sha256 = carried.sha256();
  } else {
    while (sent.next())
      write(as_bytes(sent.piece()));
    size = sent.size();
    sha256 = sent.sha256();
  }
  if (size != attachment.size || sha256 != attachment.sha256) {
    Error error(Exit::no_verdict, "VTLT-EDXML-05", {"edxml.changed"}, {"edxml.changed.hint"});
    error.at(run.options.name);
    throw error;
  }
  sink.end(index);
}

}  // namespace

std::vector<ContentResult> judge_contents(const ContentRun& run, Digest& whole) {
  std::vector<ContentResult> results(run.attachments.size());
  ContentPull pull(run);
  std::uint64_t total = 0;
  for (std::size_t place = 0; pull.next(place);) {
    if (place >= run.order.size()) break;
    ContentResult& result = results[run.order[place]];
    result = judge_one(pull, run, run.attachments[run.order[place]]);
    total += result.size;
    if (total > run.options.limits.contents)
      refuse_edxml("VTLT-EDXML-03", {"edxml.limit", {{"what", "{edxml.limit.contents}"}}}, run.options.name,
                   0, {"edxml.limit.hint"});
  }
  whole = pull.finish();
  return results;
}

void give_contents(const ContentRun& run, EdxmlSink& sink, Digest& whole) {
  ContentPull pull(run);
  for (std::size_t place = 0; pull.next(place);) {
    if (place >= run.order.size()) break;
    if (run.attachments[run.order[place]].sound) give_one(pull, run, run.order[place], sink);
  }
  whole = pull.finish();
}

}  // namespace vtlt::exchange
