#include "package/check_content.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <functional>

#include "base/buffer.h"
#include "package/reader_mets.h"
#include "records/formats.h"
#include "trust/content.h"

namespace vtlt::package {
namespace {

constexpr const char* data_folder = "representations/rep1/data/";
constexpr const char* rep1_folder = "representations/rep1/";
constexpr std::size_t end_bytes = content::end_bytes, block_bytes = 1 << 20;
// Held whole up to here, so that small files cost no second look; of larger ones the ends.
constexpr std::size_t quick_bytes = 1 << 20, deep_bytes = content::whole_pdf_bytes;

constexpr int most_guesses = 1000;  // half a millisecond each; more findings of one code are not told

// What is held of a stream; its last bytes are kept while the rest passes.
class Held {
 public:
  content::Window read(ByteStream& stream, std::size_t whole) {
    if (const auto rest = stream.rest()) {
      const std::string_view all(reinterpret_cast<const char*>(rest->data()), rest->size());
      if (all.size() <= whole) return {all, {}, all.size()};
      return {all.substr(0, whole), all.substr(all.size() - end_bytes), all.size()};
    }
    head_.resize(std::max(head_.size(), std::min(whole, block_bytes)));
    std::size_t used = 0;
    while (used < whole) {
      if (used == head_.size()) head_.resize(std::min(whole, head_.size() * 2));
      const std::size_t got = stream.read(std::as_writable_bytes(std::span(head_).subspan(used)));
      if (got == 0) return {std::string_view(head_.data(), used), {}, used};
      used += got;
    }
    std::uint64_t size = used;
    block_.resize(end_bytes + block_bytes);
    std::memcpy(block_.data(), head_.data() + used - end_bytes, end_bytes);
    while (const std::size_t got =
               stream.read(std::as_writable_bytes(std::span(block_).subspan(end_bytes)))) {
      check_interrupted();
      std::memmove(block_.data(), block_.data() + got, end_bytes);
      size += got;
    }
    if (size == used) return {std::string_view(head_.data(), used), {}, used};
    return {std::string_view(head_.data(), used), std::string_view(block_.data(), end_bytes), size};
  }
  // A large buffer is not kept for the rest of the run.
  void shrink() {
    if (head_.size() <= quick_bytes) return;
    head_ = {};
  }

 private:
  std::vector<char, PageAllocator<char>> head_, block_;
};

std::size_t hash_of(std::string_view text) {
  return std::hash<std::string_view>()(text);
}

std::string decoded(std::string_view href) {
  const auto digit = [](char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 87
           : c >= 'A' && c <= 'F' ? c - 55
                                  : -1;
  };
  while (href.starts_with("./"))
    href.remove_prefix(2);
  std::string path;
  for (std::size_t i = 0; i < href.size(); ++i) {
    if (href[i] == '%' && i + 2 < href.size() && digit(href[i + 1]) >= 0 && digit(href[i + 2]) >= 0) {
      path += static_cast<char>(digit(href[i + 1]) * 16 + digit(href[i + 2]));
      i += 2;
    } else {
      path += href[i];
    }
  }
  return path;
}

}  // namespace

// Which file belongs to which document, and as what METS lists it. Faults of METS itself are told elsewhere.
class Contents::Links final : public XmlHandler {
 public:
  Links(Contents& contents, const std::string& path)
      : contents_(contents), path_(path), folder_(path.substr(0, path.rfind('/') + 1)) {}

  void start(std::string_view ns, std::string_view name, const XmlAttributes& attributes,
             long line) override {
    if (ns != mets_namespace) return;
    // The root's METS is asked for its digests only.
    if (folder_ != rep1_folder) {
      if (name == "file" || name == "mdRef") digest(attributes, line);
      return;
    }
    // A METS of a hundred thousand files: nothing is copied that is not kept.
    if (name == "file") {
      id_ = hash_of(attributes.view("ID"));
      mime_ = number_of(attributes.view("MIMETYPE"));
      digest(attributes, line);
    } else if (name == "FLocat") {
      add(contents_.listed_, attributes, mime_);
    } else if (name == "dmdSec") {
      id_ = hash_of(attributes.view("ID"));
    } else if (name == "mdRef") {
      digest(attributes, line);
      add(contents_.sections_, attributes, 0);
    } else if (name == "div") {
      divisions_.emplace_back(attributes.view("DMDID"));
    } else if (name == "fptr" && !divisions_.empty() && !divisions_.back().empty()) {
      const std::string_view ids = divisions_.back();
      const std::size_t file = hash_of(attributes.view("FILEID"));
      for (std::size_t start = 0; start <= ids.size();) {
        const std::size_t end = std::min(ids.find(' ', start), ids.size());
        if (end > start) contents_.links_.emplace_back(hash_of(ids.substr(start, end - start)), file);
        start = end + 1;
      }
    }
  }
  void end(std::string_view ns, std::string_view name, long) override {
    if (ns == mets_namespace && name == "div" && !divisions_.empty()) divisions_.pop_back();
  }

 private:
  void digest(const XmlAttributes& attributes, long line) const {
    if (contents_.profile_ != nullptr)
      contents_.profile_->digest(path_, line, attributes.get("CHECKSUMTYPE"));
  }
  void add(std::vector<Listed>& list, const XmlAttributes& attributes, std::uint32_t mime) const {
    const std::string target = folder_ + decoded(attributes.view("href", xlink_namespace));
    auto entry = contents_.entries_.find(target);
    if (!entry) entry = contents_.entries_.find_composed(target);
    if (entry) list.push_back({id_, *entry, mime});
  }
  // METS names few types, many times.
  std::uint32_t number_of(std::string_view mime) {
    auto& known = contents_.mimes_;
    const auto found = std::find(known.begin(), known.end(), mime);
    if (found != known.end()) return static_cast<std::uint32_t>(found - known.begin());
    if (known.size() >= 1000) return 0;
    known.emplace_back(mime);
    return static_cast<std::uint32_t>(known.size() - 1);
  }

  Contents& contents_;
  const std::string& path_;
  std::string folder_;
  std::size_t id_ = 0;
  std::uint32_t mime_ = 0;
  std::vector<std::string> divisions_;  // DMDID of each
};

Contents::Contents(const EntryTable& entries, ContentDepth depth, ProfileCheck* profile, Report& report)
    : entries_(entries), depth_(depth), profile_(profile), report_(report), mimes_{""} {
  if (profile != nullptr && depth_ == ContentDepth::none &&
      (profile->profile().pdfa != Profile::PdfA::any || profile->profile().resolution != 0))
    depth_ = ContentDepth::quick;  // else what the receiver wants could not be answered
  if (depth_ == ContentDepth::deep) content::need_whole_pdf();
  std::tie(first_, last_) = entries.below(data_folder);
  seen_.resize(last_ - first_);
}

bool Contents::wants(std::uint32_t entry) const {
  return depth_ != ContentDepth::none && entry >= first_ && entry < last_ &&
         entries_[entry].kind == EntryKind::file && !entries_.path(entry).ends_with(".fetch.txt");
}

std::unique_ptr<XmlHandler> Contents::mets_reader(const std::string& path) {
  const bool digests = profile_ != nullptr && !profile_->profile().digests.empty();
  const bool links = path.starts_with(rep1_folder) && (depth_ != ContentDepth::none || profile_ != nullptr);
  return digests || links ? std::make_unique<Links>(*this, path) : nullptr;
}

void Contents::look(std::uint32_t entry, ByteStream& stream) {
  thread_local Held held;
  // Large ones that are held whole wait for each other: the memory of a run is bounded.
  static std::mutex one_large;
  std::unique_lock<std::mutex> alone(one_large, std::defer_lock);
  const bool large = depth_ == ContentDepth::deep && entries_[entry].size > quick_bytes;
  if (large) alone.lock();
  const content::Window window = held.read(stream, large ? deep_bytes : quick_bytes);
  const ContentLook seen = look_at(window, depth_ == ContentDepth::deep);
  seen_[entry - first_] = seen;
  const std::string path(entries_.path(entry));
  judge_form(
      path, seen, window, basis_, [&] { return ++guesses_ <= most_guesses; },
      [&](ContentFault&& fault) { tell(path, std::move(fault)); });
  if (large) held.shrink();
}

void Contents::tell(const std::string& path, ContentFault&& fault) {
  report_.add(fault.level, fault.code, {path}, std::move(fault.what), std::move(fault.hint),
              std::move(fault.basis));
}

void Contents::document(std::uint32_t entry, EadForm form, const EadRecord& record) {
  Described described;
  described.entry = entry;
  const std::string pages = record.value("numberOfPage"), confidence = record.value("confidenceLevel");
  std::from_chars(pages.data(), pages.data() + pages.size(), described.pages);
  described.line = record.line("numberOfPage");
  described.text = std::string_view(form_group(form)) == "document";
  described.digitised = confidence.empty() ? digitised_ : confidence == "02";
  const std::lock_guard hold(guard_);
  documents_.push_back(described);
}

// Types as METS and the receiver have them.
void Contents::judge_listed() {
  for (const Listed& one : listed_) {
    if (one.entry < first_ || one.entry >= last_) continue;
    const std::string path(entries_.path(one.entry)), &mime = mimes_[one.mime];
    if (path.ends_with(".fetch.txt")) continue;
    const ContentFacts& seen = seen_[one.entry - first_];
    if (mime.empty() || seen.mime == nullptr || *seen.mime == '\0' || seen.size == 0) continue;
    const std::string extension = extension_of(path);
    const std::string listed(records::mime_of_extension(extension));
    const bool xml = mime == "text/xml" && std::string_view(seen.mime) == "application/xml";
    // Where the content is not what its name says, that was told already.
    if (mime == seen.mime || mime == listed || xml) continue;
    report_.add(Level::warning, "VTLT-CONTENT-mimetype", {path},
                say("content.mimetype", {{"said", shown(mime)}, {"mime", std::string(seen.mime)}}),
                say("repack.hint"), basis_);
  }
}

void Contents::judge_pages(const Described& document, const std::vector<std::uint32_t>& contents) {
  if (!document.text || document.pages == 0 || contents.empty()) return;
  std::int64_t sum = 0;
  for (const std::uint32_t entry : contents) {
    const ContentFacts& seen = seen_[entry - first_];
    if (seen.pages == 0 || seen.mime == nullptr) return;  // not all are known
    sum += seen.pages;
  }
  // Some count the main text alone, some its annexes too.
  const std::int64_t chief = seen_[contents.front() - first_].pages;
  if (document.pages == sum || document.pages == chief) return;
  report_.add(Level::warning, "TT05-EAD-numberOfPage",
              {std::string(entries_.path(document.entry)), document.line},
              say("content.pages", {{"said", std::int64_t{document.pages}},
                                    {"found", sum},
                                    {"path", shown(entries_.path(contents.front()))}}),
              say("field.hint"), basis_);
}

void Contents::judge_digitised(std::uint32_t entry, bool digitised) {
  const ContentFacts& seen = seen_[entry - first_];
  if (seen.mime == nullptr || seen.size == 0) return;
  const std::string path(entries_.path(entry));
  const Profile* wanted = profile_ == nullptr ? nullptr : &profile_->profile();
  if (auto fault = encryption_fault(seen, digitised)) tell(path, std::move(*fault));
  const bool pdf = std::string_view(seen.mime) == "application/pdf";
  const bool asked = wanted != nullptr && (wanted->pdfa == Profile::PdfA::all ||
                                           (wanted->pdfa == Profile::PdfA::digitised && digitised));
  if (pdf && asked)
    profile_->pdfa(path, seen.pdfa, seen.pdfa_known);
  else if (!pdf && digitised && std::string_view(seen.mime).starts_with("image/") && wanted != nullptr &&
           wanted->resolution != 0)
    profile_->resolution(path, seen.dpi);
  else if (digitised)
    if (auto fault = digitising_fault(seen)) tell(path, std::move(*fault));
}

ContentCounts Contents::settle() {
  judge_listed();
  if (profile_ != nullptr) {
    std::vector<const std::string*> types(last_ - first_, nullptr);
    for (const Listed& one : listed_)
      if (one.entry >= first_ && one.entry < last_) types[one.entry - first_] = &mimes_[one.mime];
    for (std::size_t i = first_; i < last_; ++i)
      if (entries_[i].kind == EntryKind::file && !entries_.path(i).ends_with(".fetch.txt"))
        profile_->format(std::string(entries_.path(i)),
                         types[i - first_] == nullptr ? "" : *types[i - first_]);
  }
  std::sort(documents_.begin(), documents_.end(),
            [](const Described& a, const Described& b) { return a.entry < b.entry; });
  const auto by_id = [](const Listed& a, const Listed& b) { return a.id < b.id; };
  std::sort(listed_.begin(), listed_.end(), by_id);
  std::sort(sections_.begin(), sections_.end(), by_id);
  const auto entry_of = [&](const std::vector<Listed>& list, std::size_t id) {
    const auto found = std::lower_bound(list.begin(), list.end(), Listed{id}, by_id);
    return found != list.end() && found->id == id ? found->entry : no_entry;
  };
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;  // document, content
  for (const auto& [section, file] : links_) {
    const std::uint32_t document = entry_of(sections_, section), entry = entry_of(listed_, file);
    if (document != no_entry && entry != no_entry && entry >= first_ && entry < last_)
      pairs.emplace_back(document, entry);
  }
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  std::vector<char> digitised(last_ - first_, digitised_ ? 1 : 0);
  for (std::size_t i = 0; i < pairs.size();) {
    std::vector<std::uint32_t> contents;
    const std::uint32_t entry = pairs[i].first;
    for (; i < pairs.size() && pairs[i].first == entry; ++i)
      contents.push_back(pairs[i].second);
    const auto document = std::lower_bound(documents_.begin(), documents_.end(), entry,
                                           [](const Described& a, std::uint32_t b) { return a.entry < b; });
    if (document == documents_.end() || document->entry != entry) continue;
    judge_pages(*document, contents);
    for (const std::uint32_t content : contents)
      digitised[content - first_] = document->digitised ? 1 : 0;
  }
  ContentCounts counts;
  for (std::size_t i = first_; i < last_; ++i) {
    if (entries_[i].kind != EntryKind::file || entries_.path(i).ends_with(".fetch.txt")) continue;
    const ContentFacts& seen = seen_[i - first_];
    ++counts.files;
    if (seen.mime == nullptr) continue;
    judge_digitised(static_cast<std::uint32_t>(i), digitised[i - first_] != 0);
    ++counts.looked;
    counts.in_part += seen.whole ? 0 : 1;
    counts.unknown += *seen.mime == '\0' && seen.size > 0 ? 1 : 0;
    if (std::string_view(seen.mime) != "application/pdf") continue;
    ++counts.pdf;
    counts.pdfa += *seen.pdfa == '\0' ? 0 : 1;
    counts.pdfa_unknown += seen.pdfa_known ? 0 : 1;
    counts.pages_unknown += seen.pages == 0 ? 1 : 0;
  }
  return counts;
}

}  // namespace vtlt::package
