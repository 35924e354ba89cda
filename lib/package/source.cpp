#include "package/source.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <functional>

#include "base/ascii.h"
#include "base/encoding.h"
#include "base/error.h"
#include "base/threads.h"
#include "text/text.h"
#include "trust/digest.h"

namespace vtlt::package {
namespace {

using ascii::is_ascii;

constexpr std::size_t most_steps = 64;  // in the index of paths

std::uint64_t key_of(std::string_view text) {
  return brief_key(text).first;
}

}  // namespace

BriefKey brief_key(std::string_view text) {
  thread_local Hasher hasher;
  hasher.update(text);
  const Digest digest = hasher.finish();
  BriefKey key;
  std::memcpy(&key.first, digest.bytes.data(), sizeof key.first);
  std::memcpy(&key.second, digest.bytes.data() + sizeof key.first, sizeof key.second);
  return key;
}

std::string_view without_slashes(std::string_view name) {
  while (name.size() > 1 && name.ends_with('/'))
    name.remove_suffix(1);
  return name;
}

// ---- table ----

void EntryTable::add(std::string_view full, EntryKind kind, std::uint64_t size, std::uint64_t place) {
  full = without_slashes(full);
  entries_.push_back(
      {size, place, static_cast<std::uint32_t>(pool_.size()), static_cast<std::uint32_t>(full.size()), kind});
  pool_ += full;
}

void EntryTable::settle_root() {
  std::erase_if(entries_, [this](const Entry& entry) {
    return entry.kind == EntryKind::directory &&
           std::string_view(pool_).substr(entry.name, entry.length) == ".";
  });
  const auto top_of = [](std::string_view path) { return path.substr(0, path.find('/')); };
  std::string first;
  std::vector<std::string> tops, marked;
  bool loose = false;   // files at the very top
  bool at_top = false;  // what marks a package, there
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const std::string_view name = path(i), top = top_of(name);
    if (tops.size() < 64 && std::find(tops.begin(), tops.end(), top) == tops.end()) tops.emplace_back(top);
    if (top == name && entries_[i].kind != EntryKind::directory) loose = true;
    if (name == "METS.xml" || name == "bagit.txt") at_top = true;
    const std::string_view rest = top == name ? std::string_view() : name.substr(top.size() + 1);
    if ((rest == "METS.xml" || rest == "bagit.txt") && marked.size() < 64) marked.emplace_back(top);
  }
  std::sort(marked.begin(), marked.end());
  marked.erase(std::unique(marked.begin(), marked.end()), marked.end());
  roots_ = tops.size();
  if (tops.size() == 1 && !loose)
    root_ = tops.front();
  else if (marked.size() == 1 && !at_top)
    root_ = marked.front();
  // A first component that is no name ("..", "") is never taken off: it has to be seen.
  if (root_ == ".." || root_ == ".") root_.clear();
  if (!root_.empty()) {
    // Into a pool of their own: without the root's name, which is half of many, and without what growing
    // left.
    std::vector<Entry> kept;
    std::string names;
    kept.reserve(entries_.size());
    names.reserve(pool_.size());
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      Entry entry = entries_[i];
      const std::string_view name = path(i);
      if (name == root_ && entry.kind == EntryKind::directory) continue;
      if (name == root_)
        roots_ = std::max<std::size_t>(roots_, 2);  // a link or file where the folder should be
      entry.name = static_cast<std::uint32_t>(names.size());
      if (name.starts_with(root_ + '/'))
        names += name.substr(root_.size() + 1);
      else
        names.append("../").append(name);
      entry.length = static_cast<std::uint32_t>(names.size() - entry.name);
      kept.push_back(entry);
    }
    pool_ = std::move(names);
    entries_ = std::move(kept);
  }
  settle();
}

void EntryTable::settle() {
  const auto before = [this](const Entry& a, const Entry& b) {
    const std::string_view pool = pool_;
    const int order = pool.substr(a.name, a.length).compare(pool.substr(b.name, b.length));
    return order != 0 ? order < 0 : a.place < b.place;
  };
  // Folders are listed in order and archives mostly written so: few runs have to be merged.
  std::vector<std::ptrdiff_t> ends;
  for (auto at = entries_.begin(); at != entries_.end();) {
    at = std::is_sorted_until(at, entries_.end(), before);
    ends.push_back(at - entries_.begin());
  }
  while (ends.size() > 1) {
    std::vector<std::ptrdiff_t> merged;
    for (std::size_t i = 0; i < ends.size(); i += 2) {
      const std::size_t last = std::min(i + 1, ends.size() - 1);
      if (last > i)
        std::inplace_merge(entries_.begin() + (i == 0 ? 0 : ends[i - 1]), entries_.begin() + ends[i],
                           entries_.begin() + ends[last], before);
      merged.push_back(ends[last]);
    }
    ends = std::move(merged);
  }
  make_index();
}

void EntryTable::make_index() {
  index_.assign(std::bit_ceil(2 * entries_.size() + 1), 0);
  crowded_ = false;
  for (std::uint32_t i = 0; i < entries_.size(); ++i) {
    if (i > 0 && path(i) == path(i - 1)) continue;
    std::size_t at = std::hash<std::string_view>()(path(i)), left = most_steps;
    while (left > 0 && index_[at & (index_.size() - 1)] != 0)
      ++at, --left;
    if (left > 0)
      index_[at & (index_.size() - 1)] = i + 1;
    else
      crowded_ = true;
  }
}

std::optional<std::uint32_t> EntryTable::find(std::string_view wanted) const {
  VTLT_ASSERT(!index_.empty() || entries_.empty());
  std::size_t at = std::hash<std::string_view>()(wanted), left = index_.empty() ? 0 : most_steps;
  for (; left > 0; ++at, --left) {
    const std::uint32_t found = index_[at & (index_.size() - 1)];
    if (found == 0) return std::nullopt;
    if (path(found - 1) == wanted) return found - 1;
  }
  if (!crowded_) return std::nullopt;
  std::size_t low = 0, high = entries_.size();
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    if (path(middle) < wanted)
      low = middle + 1;
    else
      high = middle;
  }
  if (low < entries_.size() && path(low) == wanted) return static_cast<std::uint32_t>(low);
  return std::nullopt;
}

std::optional<std::uint32_t> EntryTable::find_composed(std::string_view wanted) const {
  if (!is_utf8(wanted)) return std::nullopt;
  if (!composed_ready_) {
    for (std::size_t i = 0; i < entries_.size(); ++i)
      if (!is_ascii(path(i)) && is_utf8(path(i)))
        composed_.emplace_back(key_of(text::nfc(path(i))), static_cast<std::uint32_t>(i));
    std::sort(composed_.begin(), composed_.end());
    composed_ready_ = true;
  }
  const std::uint64_t key = key_of(text::nfc(wanted));
  const auto found = std::lower_bound(composed_.begin(), composed_.end(), std::pair(key, std::uint32_t{0}));
  if (found == composed_.end() || found->first != key) return std::nullopt;
  return found->second;
}

bool EntryTable::has_file(std::string_view path) const {
  const auto found = find(path);
  return found && entries_[*found].kind == EntryKind::file;
}

std::pair<std::size_t, std::size_t> EntryTable::below(std::string_view folder) const {
  const auto bound = [&](bool after) {
    std::size_t low = 0, high = entries_.size();
    while (low < high) {
      const std::size_t middle = (low + high) / 2;
      const std::string_view start = path(middle).substr(0, folder.size());
      if (start < folder || (after && start == folder))
        low = middle + 1;
      else
        high = middle;
    }
    return low;
  };
  return {bound(false), bound(true)};
}

std::string EntryTable::relative(std::string_view full) const {
  full = without_slashes(full);
  if (root_.empty()) return std::string(full);
  if (full == root_) return {};
  if (full.starts_with(root_ + '/')) return std::string(full.substr(root_.size() + 1));
  return "../" + std::string(full);
}

std::string EntryTable::full(std::size_t index) const {
  const std::string_view own = path(index);
  if (root_.empty()) return std::string(own);
  return own.starts_with("../") ? std::string(own.substr(3)) : root_ + '/' + std::string(own);
}

std::size_t MemoryStream::read(std::span<std::byte> out) {
  const std::size_t step = std::min(out.size(), bytes_.size());
  std::copy_n(bytes_.begin(), step, out.begin());
  bytes_ = bytes_.subspan(step);
  return step != 0 || then_ == nullptr ? step : then_->read(out);
}

// ---- names ----
namespace {

constexpr int most_depth = 64;  // folders that unpack everywhere
constexpr const char* safe_basis = "TT 05/2025 D17; RFC 8493 §5; CSIPSTR1";

struct NameKey {
  BriefKey bytes;
  std::uint32_t entry;
  std::uint32_t length;  // of the part of the path that is meant
};

// ";1" at the end of a name, as VMS writes versions: unzip leaves it out.
std::string_view version_of(std::string_view path) {
  const std::size_t mark = path.rfind(';');
  if (mark == std::string_view::npos ||
      path.find_first_not_of("0123456789", mark + 1) != std::string_view::npos)
    return {};
  return path.substr(mark);
}

BriefKey folded_key(std::string_view path) {
  path.remove_suffix(version_of(path).size());
  return brief_key(is_ascii(path) ? ascii::lower(path) : text::fold_case_fully(path));
}

// What turns or hides letters: with U+202E "gpj.exe" looks like "exe.jpg". Also controls beyond ASCII.
bool misleads(std::string_view path) {
  // How their UTF-8 begins; nearly no path has one of these bytes.
  return path.find_first_of("\xC2\xD8\xE2\xEF\xF0\xF1\xF2\xF3\xF4") != std::string_view::npos &&
         (text::printable(path) != path || text::has_invisible(path));
}

const char* unsafe_code(std::string_view path, Message& what) {
  if (path.starts_with('/') || (path.size() > 1 && path[1] == ':' && std::isalpha(path[0]) != 0)) {
    what = say("path.absolute");
    return "VTLT-PATH-ABSOLUTE";
  }
  for (std::size_t start = 0; start <= path.size();) {
    const std::size_t end = std::min(path.find('/', start), path.size());
    const std::string_view part = path.substr(start, end - start);
    if (part == ".." || part == "." || part.empty()) {
      what = say("path.parent");
      return "VTLT-PATH-PARENT";
    }
    if (part.size() > 255) {
      what = say("path.length");
      return "VTLT-PATH-LENGTH";
    }
    start = end + 1;
  }
  if (path.size() > 4096 || std::count(path.begin(), path.end(), '/') > most_depth) {
    what = say("path.length");
    return "VTLT-PATH-LENGTH";
  }
  if (std::any_of(path.begin(), path.end(),
                  [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; })) {
    what = say("path.control");
    return "VTLT-PATH-CONTROL";
  }
  if (!is_utf8(path)) {
    what = say("path.encoding");
    return "VTLT-PATH-ENCODING";
  }
  if (path.find('\\') != std::string_view::npos) {
    what = say("path.backslash");
    return "VTLT-PATH-BACKSLASH";
  }
  if (misleads(path)) {
    what = say("path.control");
    return "VTLT-PATH-CONTROL";
  }
  return nullptr;
}

// The package would not be unpacked there as it is.
bool troubles_windows(std::string_view path) {
  for (std::size_t start = 0; start <= path.size();) {
    const std::size_t end = std::min(path.find('/', start), path.size());
    const std::string_view part = path.substr(start, end - start);
    if (!part.empty() && !windows_takes(part)) return true;
    start = end + 1;
  }
  return false;
}

// A backslash that steps out of the folder for whoever takes it for a separator.
bool steps_out(std::string_view path) {
  std::string plain(path);
  std::replace(plain.begin(), plain.end(), '\\', '/');
  return plain.starts_with('/') || plain == ".." || plain.starts_with("../") || plain.ends_with("/..") ||
         plain.find("/../") != std::string::npos;
}

// A bag may hold such names: RFC 8493 writes CR and LF as %0D and %0A.
// RFC 8493 knows no limit for a path; 255 bytes are eighty Vietnamese letters with two marks.
bool allowed_in_bags(std::string_view code, std::string_view path, bool archive) {
  if (code == "VTLT-PATH-LENGTH") return path.size() <= 4096;
  if (code == "VTLT-PATH-BACKSLASH") return !archive && !steps_out(path);
  return code == "VTLT-PATH-CONTROL" && !archive &&
         std::all_of(path.begin(), path.end(),
                     [](char c) {
                       return static_cast<unsigned char>(c) >= 0x20 ? c != 0x7f
                                                                    : c == '\r' || c == '\n' || c == '\t';
                     }) &&
         !misleads(path);
}

// Calls work with the length of every folder on the way to path that the path before did not have. Not deeper
// than anything that unpacks everywhere, which is told: each of its parts would be as long as itself.
template <typename Work>
void for_new_folders(std::string_view path, std::string_view before, const Work& work) {
  std::size_t shared = 0;
  while (shared < std::min(path.size(), before.size()) && path[shared] == before[shared])
    ++shared;
  int depth = 0;
  for (std::size_t slash = path.find('/'); slash != std::string_view::npos && ++depth <= most_depth;
       slash = path.find('/', slash + 1))
    if (slash >= shared) work(slash);
}

void check_collisions(const EntryTable& entries, Level level, Report& report) {
  struct Part {
    std::uint32_t entry, length;
  };
  std::vector<Part> parts;
  parts.reserve(entries.size());
  std::string_view before;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const std::string_view path = entries.path(i);
    if (!is_utf8(path)) continue;
    for_new_folders(path, before, [&](std::size_t length) {
      parts.push_back({static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(length)});
    });
    parts.push_back({static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(path.size())});
    before = path;
  }
  std::vector<NameKey> keys(parts.size());
  constexpr std::size_t portion = 4096;
  parallel_for((parts.size() + portion - 1) / portion, [&](std::size_t number) {
    for (std::size_t i = number * portion; i < std::min(parts.size(), (number + 1) * portion); ++i)
      keys[i] = {folded_key(entries.path(parts[i].entry).substr(0, parts[i].length)), parts[i].entry,
                 parts[i].length};
  });
  std::sort(keys.begin(), keys.end(), [](const NameKey& a, const NameKey& b) {
    return a.bytes != b.bytes ? a.bytes < b.bytes : a.entry < b.entry;
  });
  for (std::size_t i = 1; i < keys.size(); ++i) {
    if (keys[i].bytes != keys[i - 1].bytes) continue;
    const std::string_view one = entries.path(keys[i - 1].entry).substr(0, keys[i - 1].length),
                           two = entries.path(keys[i].entry).substr(0, keys[i].length);
    if (one == two) continue;
    report.add(level, "P44", {std::string(two)}, say("path.collision", {{"other", shown(one)}}),
               say("path.collision.hint"), "P44");
  }
}

}  // namespace

void check_names(const EntryTable& entries, const NameRules& rules, Report& report) {
  // The folder that all unpacks to is a name like the others.
  if (!entries.root().empty()) {
    Message what;
    if (const char* code = unsafe_code(entries.root(), what))
      report.add(Level::error, code, {entries.root()}, std::move(what), say("path.hint"), safe_basis);
    else if (troubles_windows(entries.root()))
      report.add(Level::warning, "VTLT-PATH-WINDOWS", {entries.root()}, say("path.windows"),
                 say("path.windows.hint"), safe_basis);
  }
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const std::string path(entries.path(i));
    const std::string_view before = i == 0 ? std::string_view() : entries.path(i - 1);
    for_new_folders(path, before, [&](std::size_t length) {
      const auto folder = entries.find(std::string_view(path).substr(0, length));
      if (folder && entries[*folder].kind != EntryKind::directory)
        report.add(Level::error, "VTLT-PATH-DUPLICATE", {path.substr(0, length)}, say("path.duplicate"),
                   say("path.duplicate.hint"), safe_basis);
    });
    if (path.starts_with("../") && entries.roots() > 1 && !entries.root().empty()) {
      Message outside;
      if (const char* code = unsafe_code(std::string_view(path).substr(3), outside))
        report.add(Level::error, code, {path.substr(3)}, std::move(outside), say("path.hint"), safe_basis);
      report.add(Level::error, "VTLT-PATH-ROOT", {path.substr(3)},
                 say("path.root", {{"root", shown(entries.root())}}), say("path.root.hint"), "CSIPSTR1");
      continue;
    }
    Message what;
    if (const char* code = unsafe_code(path, what))
      report.add(rules.bag && allowed_in_bags(code, path, rules.archive) ? Level::warning : Level::error,
                 code, {path}, std::move(what), say("path.hint"), safe_basis);
    else if (troubles_windows(path))
      report.add(Level::warning, "VTLT-PATH-WINDOWS", {path}, say("path.windows"), say("path.windows.hint"),
                 safe_basis);
    if (const std::string_view version = version_of(path); rules.archive && !version.empty())
      report.add(path.size() == version.size() || path[path.size() - version.size() - 1] == '/'
                     ? Level::error
                     : Level::warning,
                 "VTLT-PATH-VERSION", {path}, say("path.version"), say("path.hint"), safe_basis);
    const Entry& entry = entries[i];
    if (entry.kind == EntryKind::symlink)
      report.add(Level::error, "VTLT-PATH-SYMLINK", {path}, say("path.symlink"), say("path.symlink.hint"),
                 safe_basis);
    else if (entry.kind == EntryKind::other)
      report.add(Level::error, "VTLT-PATH-SPECIAL", {path}, say("path.special"), say("path.symlink.hint"),
                 safe_basis);
    if (i > 0 && path == before &&
        !(entry.kind == EntryKind::directory && entries[i - 1].kind == EntryKind::directory))
      report.add(Level::error, "VTLT-PATH-DUPLICATE", {path}, say("path.duplicate"),
                 say("path.duplicate.hint"), safe_basis);
  }
  check_collisions(entries, rules.bag && !rules.archive ? Level::warning : Level::error, report);
}

std::unique_ptr<PackageSource> open_source(Files& files, const Path& path, Report& report) {
  const auto stat = files.stat(path);
  if (!stat)
    throw Error(Exit::no_verdict, "VTLT-IO-ENOENT", say("absent", {{"path", shown(path.string())}}))
        .at(path.string());
  if (stat->kind == FileKind::directory) return open_folder(files, path, report);
  if (stat->kind != FileKind::file) return nullptr;
  std::array<std::byte, 512> head{};
  const std::size_t got = files.open(path, OpenMode::read)->read_at(0, head);
  const std::string_view start(reinterpret_cast<const char*>(head.data()), got);
  const std::string extension = text::fold(path.extension().string());
  if (start.starts_with("PK\x03\x04") || start.starts_with("PK\x05\x06") || extension == ".zip") {
    if (is_tar_header(start))
      report.add(Level::error, "VTLT-ZIP-LOCAL", {}, say("zip.tar"), say("zip.local.hint"), "");
    return open_zip(files, path, report);
  }
  if ((start.size() == 512 && start.substr(257, 5) == "ustar") || extension == ".tar")
    return open_tar(files, path, report);
  return nullptr;
}

bool has_scheme(std::string_view url) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const std::size_t colon = url.find(':');
  return colon != std::string_view::npos && colon > 0 && letter(url[0]) &&
         std::all_of(url.begin(), url.begin() + static_cast<std::ptrdiff_t>(colon), [&](char c) {
           return letter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
         });
}

bool windows_takes(std::string_view name) {
  static constexpr std::string_view devices[] = {"con", "prn", "aux", "nul", "conin$", "conout$"};
  if (name.empty() || name.ends_with('.') || name.ends_with(' ')) return false;
  const std::string stem = ascii::lower(name.substr(0, name.find('.')));
  static constexpr std::string_view digits[] = {"0", "1", "2", "3",      "4",      "5",     "6",
                                                "7", "8", "9", "\u00B9", "\u00B2", "\u00B3"};
  const bool numbered =
      (stem.starts_with("com") || stem.starts_with("lpt")) &&
      std::find(std::begin(digits), std::end(digits), std::string_view(stem).substr(3)) != std::end(digits);
  if (numbered || std::find(std::begin(devices), std::end(devices), stem) != std::end(devices)) return false;
  return name.find_first_of("<>:\"\\|?*") == std::string_view::npos;
}

std::string extension_of(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  const std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos ? std::string() : ascii::lower(name.substr(dot + 1));
}

}  // namespace vtlt::package
