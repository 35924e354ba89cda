#include "package/bag.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/ascii.h"
#include "base/encoding.h"
#include "package/check_kinds.h"

namespace vtlt::package {
namespace {

using ascii::lower;

std::string_view trimmed(std::string_view text) {
  return ascii::trimmed(text, " \t");  // lines are taken apart already
}

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return c == 0x7f || (static_cast<unsigned char>(c) < 0x20 && c != '\t'); });
}

bool to_number(std::string_view text, std::uint64_t& value) {
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  return read.ec == std::errc() && read.ptr == text.data() + text.size();
}

// "manifest-sha256.txt" → "sha256"; "" when it is no such name.
std::string_view algorithm_part(std::string_view name, std::string_view start) {
  if (!name.starts_with(start) || !name.ends_with(".txt") || name.size() <= start.size() + 4) return {};
  return name.substr(start.size(), name.size() - start.size() - 4);
}

}  // namespace

BagCheck::BagCheck(PackageSource& source, Report& report, Progress& progress, Verdict& verdict)
    : source_(source),
      entries_(source.entries()),
      report_(report),
      progress_(progress),
      verdict_(verdict),
      in_manifests_(source.entries().size(), 0) {}

void BagCheck::fault(Level level, const char* code, const std::string& path, long line, Message what,
                     const char* section) {
  report_.add(level, code, {path, line}, std::move(what), say("bag.hint"),
              std::string("RFC 8493 §") + section);
}

void BagCheck::run() {
  verdict_.format = "BagIt";
  read_declaration();
  const auto [first, last] = entries_.below("data/");
  const auto data = entries_.find("data");
  if (first == last && !(data && entries_[*data].kind == EntryKind::directory))
    fault(Level::error, "BAGIT-payload", "data", 0, say("member.absent", {{"path", "data/"}}), "2.1.2");
  if (source_.archive() && source_.root_name().empty())
    fault(Level::error, "BAGIT-serialization", "", 0, say("root.one"), "2");
  read_info();
  find_manifests();
  const bool begun = begin_early();
  read_fetch();
  for (Manifest& manifest : manifests_)
    read_manifest(manifest);
  check_complete();
  check_oxum();
  plan_.seal();
  if (!begun)
    plan_.begin(source_, {[](std::uint32_t) { return Algorithm::none; }, {}, {}}, report_, progress_);
  const auto totals = plan_.finish();
  verdict_.files_read = totals.files;
  verdict_.bytes_read = totals.bytes;
}

// ---- tag files ----

bool BagCheck::read_tag_file(const std::string& path,
                             const std::function<void(std::string_view, long)>& line) {
  const auto entry = entries_.find(path);
  if (!entry || entries_[*entry].kind != EntryKind::file) return false;
  const auto decoder = tag_decoder(encoding_);
  if (!decoder) return false;  // said with the declaration
  try {
    const auto stream = source_.open(*entry);
    const TagLines outcome = read_lines(*stream, *decoder, line);
    if (!outcome.decoded)
      fault(Level::error, "BAGIT-encoding", path, 0, say("bag.bytes", {{"encoding", shown(encoding_)}}),
            "2.1.1");
    if (outcome.too_long) fault(Level::error, "BAGIT-line", path, 0, say("bag.longline"), "2");
    if (outcome.mark && encoding_ == "UTF-8")
      fault(Level::warning, "BAGIT-bom", path, 1, say("bag.bom"), "2.1.1");
    return outcome.decoded && !outcome.too_long;
  } catch (const Error& error) {
    if (error.exit() == Exit::interrupted) throw;
    report_.unread(path, error);
    return false;
  }
}

void BagCheck::read_declaration() {
  const std::string path = "bagit.txt";
  const auto entry = entries_.find(path);
  if (!entry || entries_[*entry].kind != EntryKind::file) {
    fault(Level::error, "BAGIT-declaration", path, 0, say("member.absent", {{"path", path}}), "2.1.1");
    return;
  }
  if (entries_[*entry].size > 4096) {
    fault(Level::error, "BAGIT-declaration", path, 0, say("bag.declaration"), "2.1.1");
    return;
  }
  std::vector<std::string> lines;
  try {
    const auto stream = source_.open(*entry);
    const auto decoder = tag_decoder("UTF-8");
    const TagLines outcome =
        read_lines(*stream, *decoder, [&](std::string_view line, long) { lines.emplace_back(line); });
    if (!outcome.decoded)
      fault(Level::error, "BAGIT-encoding", path, 0, say("bag.bytes", {{"encoding", "UTF-8"}}), "2.1.1");
    if (outcome.mark) fault(Level::error, "BAGIT-bom", path, 1, say("bag.bom"), "2.1.1");
  } catch (const Error& error) {
    if (error.exit() == Exit::interrupted) throw;
    report_.unread(path, error);
    return;
  }
  const auto value_of = [&](std::size_t index, std::string_view label, std::string& value) {
    if (index >= lines.size()) return false;
    const std::string_view line = lines[index];
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || trimmed(line.substr(0, colon)) != label) return false;
    if (line.front() == ' ' || line.front() == '\t') return false;
    value = trimmed(line.substr(colon + 1));
    return !value.empty();
  };
  std::string version, encoding;
  if (!value_of(0, "BagIt-Version", version) || !value_of(1, "Tag-File-Character-Encoding", encoding) ||
      lines.size() != 2) {
    fault(Level::error, "BAGIT-declaration", path, 0, say("bag.declaration"), "2.1.1");
    if (version.empty()) return;
  }
  static constexpr std::pair<std::string_view, int> versions[] = {{"0.93", 93}, {"0.94", 94}, {"0.95", 95},
                                                                  {"0.96", 96}, {"0.97", 97}, {"1.0", 100}};
  const auto* known = std::find_if(std::begin(versions), std::end(versions),
                                   [&](const auto& one) { return one.first == version; });
  if (known == std::end(versions))
    fault(Level::error, "BAGIT-version", path, 1, say("bag.version", {{"version", shown(version)}}), "2.1.1");
  else
    version_ = known->second;
  // Not the package's words in the place where vtlt says what it is.
  if (version.find_first_not_of("0123456789.") == std::string::npos)
    verdict_.format = "BagIt " + shown(version);
  if (version_ >= 100 && lines.size() == 2) {
    const std::string_view labels[] = {"BagIt-Version: ", "Tag-File-Character-Encoding: "};
    for (std::size_t i = 0; i < 2; ++i) {
      const std::string_view value = trimmed(std::string_view(lines[i]).substr(lines[i].find(':') + 1));
      if (lines[i] == std::string(labels[i]) + std::string(value)) continue;
      // Nobody reads another version out of spaces at the end.
      fault(lines[i].starts_with(labels[i]) ? Level::warning : Level::error, "BAGIT-declaration", path,
            static_cast<long>(i) + 1, say("bag.declaration.spaces", {{"label", std::string(labels[i])}}),
            "2.1.1");
    }
  }
  if (encoding.empty()) return;
  encoding_ = encoding;
  if (!tag_decoder(encoding_)) {
    report_.incomplete();
    fault(Level::error, "BAGIT-encoding", path, 2, say("bag.encoding", {{"encoding", shown(encoding)}}),
          "2.1.1");
  }
}

void BagCheck::read_info() {
  const std::string path =
      version_ <= 95 && entries_.has_file("package-info.txt") ? "package-info.txt" : "bag-info.txt";
  if (!entries_.has_file(path)) return;
  read_tag_file(path, [&](std::string_view line, long number) { info_line(line, number, path); });
  if (!last_label_.empty()) take_info(last_label_, last_value_, last_label_line_, path);
}

void BagCheck::info_line(std::string_view line, long number, const std::string& path) {
  if (trimmed(line).empty()) return;
  if (line.front() == ' ' || line.front() == '\t') {
    if (last_label_.empty())
      fault(Level::error, "BAGIT-info", path, number, say("bag.info"), "2.2.2");
    else if (last_value_.size() < 100'000)
      last_value_ += ' ' + std::string(trimmed(line));
    return;
  }
  if (!last_label_.empty()) take_info(last_label_, last_value_, last_label_line_, path);
  last_label_.clear();
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || trimmed(line.substr(0, colon)).empty()) {
    fault(version_ >= 100 ? Level::error : Level::warning, "BAGIT-info", path, number, say("bag.info"),
          "2.2.2");
    return;
  }
  // Until 0.97 white space before the colon was left open; 1.0 forbids it.
  const std::string_view label = line.substr(0, colon);
  const std::string_view behind = line.substr(colon + 1);
  if (version_ >= 100 &&
      (trimmed(label) != label || (!behind.empty() && behind[0] != ' ' && behind[0] != '\t')))
    fault(Level::error, "BAGIT-info", path, number, say("bag.info"), "2.2.2");
  last_label_ = trimmed(label);
  last_value_ = trimmed(line.substr(colon + 1));
  last_label_line_ = number;
}

void BagCheck::take_info(const std::string& label, const std::string& joined, long line,
                         const std::string& path) {
  const std::string value(trimmed(joined));
  const std::string name = lower(label);
  if (has_control(label) || has_control(value))
    fault(Level::warning, "BAGIT-info", path, line, say("bag.control", {{"label", shown(label)}}), "2.2.2");
  if (name == "payload-oxum") {
    if (oxums_.size() < 100) oxums_.push_back({value, path, line});
    std::uint64_t ignored = 0;
    const std::size_t dot = value.find('.');
    if (dot == std::string::npos || !to_number(std::string_view(value).substr(0, dot), ignored) ||
        !to_number(std::string_view(value).substr(dot + 1), ignored))
      fault(Level::error, "BAGIT-oxum", path, line, say("bag.oxum.form", {{"value", shown(value)}}), "2.2.2");
  }
  static constexpr std::string_view single[] = {"payload-oxum", "bag-group-identifier", "bag-count",
                                                "bag-size"};
  if (std::find(std::begin(single), std::end(single), name) != std::end(single) &&
      !once_labels_.insert(name).second)
    fault(version_ >= 100 && name == "payload-oxum" ? Level::error : Level::warning, "BAGIT-info", path, line,
          say("bag.repeated", {{"value", shown(label)}}), "2.2.2");
}

void BagCheck::check_oxum() {
  std::uint64_t bytes = 0, files = 0;
  const auto [first, last] = entries_.below("data/");
  for (std::size_t i = first; i < last; ++i)
    if (entries_[i].kind == EntryKind::file) {
      bytes += entries_[i].size;
      ++files;
    }
  for (const auto& [oxum, path, line] : oxums_) {
    const std::size_t dot = oxum.find('.');
    std::uint64_t said_bytes = 0, said_files = 0;
    if (dot == std::string::npos || !to_number(std::string_view(oxum).substr(0, dot), said_bytes) ||
        !to_number(std::string_view(oxum).substr(dot + 1), said_files))
      continue;
    if (said_bytes != bytes || said_files != files)
      fault(Level::error, "BAGIT-oxum", path, line,
            say("bag.oxum",
                {{"said", shown(oxum)}, {"found", std::to_string(bytes) + "." + std::to_string(files)}}),
            "2.2.2");
  }
}

// ---- manifests ----

void BagCheck::find_manifests() {
  bool payload = false, usable = false;
  const Level since_1_0 = version_ >= 100 ? Level::error : Level::warning;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const std::string path(entries_.path(i));
    if (entries_[i].kind != EntryKind::file || path.find('/') != std::string::npos) continue;
    const bool tags = path.starts_with("tagmanifest-");
    const std::string_view name = algorithm_part(path, tags ? "tagmanifest-" : "manifest-");
    if (name.empty() || manifests_.size() >= 1000) continue;
    Manifest manifest;
    manifest.path = path;
    manifest.tags = tags;
    manifest.algorithm = algorithm_of(name);
    payload = payload || !tags;
    if (manifest.algorithm == Algorithm::none) {
      fault(Level::warning, "BAGIT-algorithm", path, 0, say("algorithm", {{"algorithm", shown(name)}}),
            "2.4");
    } else {
      usable = usable || !tags;
      if (!tags && (manifest.algorithm == Algorithm::md5 || manifest.algorithm == Algorithm::sha1 ||
                    digest_size(manifest.algorithm) == 4))
        fault(Level::note, "BAGIT-weak", path, 0, say("bag.weak", {{"algorithm", shown(name)}}), "2.4");
      const auto same = std::find_if(manifests_.begin(), manifests_.end(), [&](const Manifest& other) {
        return other.tags == tags && other.algorithm == manifest.algorithm;
      });
      if (same != manifests_.end())
        fault(since_1_0, "BAGIT-algorithm", path, 0, say("bag.algorithm.twice", {{"path", same->path}}),
              "2.4");
    }
    std::string plain;
    for (const char c : lower(name))
      if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) plain += c;
    if (plain != name && version_ >= 100)
      fault(Level::warning, "BAGIT-algorithm", path, 0,
            say("bag.algorithm.name", {{"name", (tags ? "tagmanifest-" : "manifest-") + plain + ".txt"}}),
            "2.4");
    manifest.list = plan_.add_list(
        path, {"BAGIT-checksum", "BAGIT-checksum", tags ? "RFC 8493 §2.2.1" : "RFC 8493 §2.1.3"});
    manifests_.push_back(std::move(manifest));
  }
  if (!payload) fault(Level::error, "BAGIT-manifest", "", 0, say("bag.nomanifest"), "2.1.3");
  if (payload && !usable) report_.incomplete();
}

// Where one algorithm serves all of the payload it is known before its manifest is read. Several are computed
// together, each for the files that it is expected of.
bool BagCheck::begin_early() {
  Algorithm payload = Algorithm::none, tags = Algorithm::none;
  for (const Manifest& manifest : manifests_) {
    Algorithm& known = manifest.tags ? tags : payload;
    if (manifest.algorithm == Algorithm::none) continue;
    if (known != Algorithm::none) return false;
    known = manifest.algorithm;
  }
  const auto data = entries_.below("data/");
  const auto algorithm = [=](std::uint32_t entry) {
    return entry >= data.first && entry < data.second ? payload : tags;
  };
  plan_.begin(source_, {algorithm, {}, {}}, report_, progress_);
  return true;
}

// RFC 8493 2.1.3: CR, LF and since 1.0 % itself are written with a percent sign; nothing else is.
std::string BagCheck::decode_path(std::string_view written) const {
  std::string path;
  for (std::size_t i = 0; i < written.size(); ++i) {
    const std::string code = written[i] == '%' ? lower(written.substr(i + 1, 2)) : "";
    if (code == "0a")
      path += '\n';
    else if (code == "0d")
      path += '\r';
    else if (code == "25" && version_ >= 100)
      path += '%';
    else {
      path += written[i];
      continue;
    }
    i += 2;
  }
  return path;
}

namespace {

// A percent sign that stands for itself, which only %25 does since 1.0.
bool raw_percent(std::string_view written) {
  for (std::size_t at = written.find('%'); at != std::string_view::npos; at = written.find('%', at + 1)) {
    const std::string code = lower(written.substr(at + 1, 2));
    if (code != "0a" && code != "0d" && code != "25") return true;
  }
  return false;
}

// As a manifest of 1.0 writes it.
std::string encoded(std::string_view path) {
  std::string written;
  for (const char c : path)
    if (c == '%')
      written += "%25";
    else if (c == '\n')
      written += "%0A";
    else if (c == '\r')
      written += "%0D";
    else
      written += c;
  return written;
}

Message path_reason(std::string_view path, bool tags) {
  const std::vector<std::pair<std::string, MessageArg>> it{{"path", shown(path)}};
  if (path.find('\\') != std::string_view::npos) return say("bag.path.backslash", it);
  if (path.starts_with('/') || path.starts_with('~') || path.find("..") != std::string_view::npos)
    return say("bag.path.outside", it);
  return tags || path.starts_with("data/") ? say("bag.path", it) : say("bag.path.payload", it);
}

}  // namespace

std::uint32_t BagCheck::locate(std::string_view written, const Manifest& manifest, long line,
                               std::string& path, bool& refused) {
  refused = false;
  if (written.starts_with("./")) {
    fault(Level::warning, "BAGIT-path", manifest.path, line, say("bag.dotslash"), "2.1.3");
    while (written.starts_with("./"))
      written.remove_prefix(2);
  }
  path = decode_path(written);
  const auto bad_part = [](std::string_view whole) {
    for (std::size_t start = 0; start <= whole.size();) {
      const std::size_t end = std::min(whole.find('/', start), whole.size());
      const std::string_view part = whole.substr(start, end - start);
      if (part == ".." || part.empty() || part == ".") return true;
      start = end + 1;
    }
    return false;
  };
  if (path.starts_with('/') || path.starts_with('~') || bad_part(path) ||
      (!manifest.tags && !path.starts_with("data/"))) {
    refused = true;
    fault(Level::error, "BAGIT-path", manifest.path, line, path_reason(path, manifest.tags), "5.1");
    return no_entry;
  }
  if (const auto found = entries_.find(path)) {
    if (version_ >= 100 && raw_percent(written))
      fault(Level::warning, "BAGIT-percent", manifest.path, line,
            say("bag.percent", {{"path", shown(encoded(path))}}), "2.1.3");
    return *found;
  }
  // Until 0.97 nothing said how such names are written.
  if (const auto found = entries_.find(written)) {
    if (version_ >= 100)
      fault(Level::error, "BAGIT-percent", manifest.path, line,
            say("bag.percent", {{"path", shown(encoded(written))}}), "2.1.3");
    return *found;
  }
  if (const auto found = entries_.find_composed(path)) {
    fault(Level::warning, "BAGIT-normalization", manifest.path, line,
          say("href.form", {{"href", shown(path)}}), "6.1");
    return *found;
  }
  return no_entry;
}

void BagCheck::manifest_line(Manifest& manifest, std::string_view line, long number) {
  if (trimmed(line).empty()) return;
  const std::size_t end = line.find_first_of(" \t");
  const std::size_t start = end == std::string_view::npos ? end : line.find_first_not_of(" \t", end);
  // Of an algorithm that cannot be computed the digests say nothing, the paths do.
  const bool computed = manifest.algorithm != Algorithm::none;
  std::array<unsigned char, 64> bytes{};
  const auto digest = std::span(bytes).first(computed ? digest_size(manifest.algorithm) : 0);
  if (start == std::string_view::npos || (computed && !from_hex(line.substr(0, end), digest))) {
    fault(Level::error, "BAGIT-line", manifest.path, number, say("bag.line"), "2.1.3");
    return;
  }
  std::string_view written = line.substr(start);
  // The asterisk of md5sum's binary mode.
  if (written.starts_with('*') && !entries_.find(written)) {
    report_.add_once(Level::warning, "BAGIT-asterisk", {manifest.path, number}, say("bag.asterisk"),
                     say("bag.hint"), "RFC 8493 §6.1.1");
    written.remove_prefix(1);
  }
  std::string path;
  bool refused = false;
  const std::uint32_t entry = locate(written, manifest, number, path, refused);
  if (refused) return;
  if (manifest.tags && (path.starts_with("data/") || path.starts_with("tagmanifest-")))
    fault(version_ >= 100 ? Level::error : Level::warning, "BAGIT-tagmanifest", manifest.path, number,
          say("bag.tagpath", {{"path", shown(path)}}), "2.2.1");
  if (entry == no_entry || entries_[entry].kind != EntryKind::file) {
    Hole* const hole = manifest.tags ? nullptr : hole_at(path);
    const bool fetch = hole != nullptr;
    if (fetch) hole->listed = true;
    fault(Level::error, fetch ? "BAGIT-fetch" : "BAGIT-missing", path, 0,
          say(fetch ? "bag.hole" : "bag.missing",
              {{"list", shown(manifest.path)}, {"line", std::to_string(number)}}),
          fetch ? "2.2.3" : "3");
    return;
  }
  if (manifest.lines.size() > 2 * entries_.size() + 1000) {  // the same few, to fill the memory
    report_.add_once(Level::error, "BAGIT-duplicate", {manifest.path, number},
                     say("bag.twice", {{"path", shown(path)}}), say("bag.hint"), "RFC 8493 §2.1.3");
    return;
  }
  if (manifest.tags && path.starts_with("manifest-")) manifest.manifests.insert(entry);
  manifest.lines.emplace_back(entry, static_cast<std::uint32_t>(manifest.digests.size()));
  manifest.digests.append(reinterpret_cast<const char*>(digest.data()), digest.size());
  if (computed) plan_.expect_digest(manifest.list, entry, number, manifest.algorithm, digest);
}

void BagCheck::read_manifest(Manifest& manifest) {
  if (!tag_decoder(encoding_)) return;  // said with the declaration
  manifest.whole = read_tag_file(
      manifest.path, [&](std::string_view line, long number) { manifest_line(manifest, line, number); });
  std::stable_sort(manifest.lines.begin(), manifest.lines.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  const std::size_t length = manifest.algorithm == Algorithm::none ? 0 : digest_size(manifest.algorithm);
  for (std::size_t i = 0; i < manifest.lines.size(); ++i) {
    const auto [entry, place] = manifest.lines[i];
    if (i > 0 && manifest.lines[i - 1].first == entry) {
      const std::string_view all = manifest.digests;
      const bool same = all.substr(place, length) == all.substr(manifest.lines[i - 1].second, length);
      fault(same && version_ < 100 ? Level::warning : Level::error, "BAGIT-duplicate", manifest.path, 0,
            say("bag.twice", {{"path", shown(entries_.path(entry))}}), "2.1.3");
      continue;
    }
    if (!manifest.tags && in_manifests_[entry] < 127) ++in_manifests_[entry];
  }
  manifest.lines = {};
  manifest.digests = {};
  if (!manifest.tags || version_ < 100 || !manifest.whole) return;
  for (const Manifest& payload : manifests_)
    if (!payload.tags && !manifest.manifests.contains(*entries_.find(payload.path)))
      fault(Level::error, "BAGIT-tagmanifest", manifest.path, 0,
            say("bag.untagged", {{"path", shown(payload.path)}}), "2.2.1");
}

// Every payload file is listed: in one manifest until 0.97, in each since 1.0.
void BagCheck::check_complete() {
  int lists = 0;
  for (const Manifest& manifest : manifests_) {
    if (manifest.tags) continue;
    if (!manifest.whole) return;  // what the rest of it says is not known
    ++lists;
  }
  if (lists == 0) return;
  const int wanted = version_ >= 100 ? std::min(lists, 127) : 1;
  const auto [first, last] = entries_.below("data/");
  for (std::size_t i = first; i < last; ++i)
    if (entries_[i].kind == EntryKind::file && in_manifests_[i] < wanted)
      fault(Level::error, "BAGIT-extra", std::string(entries_.path(i)), 0,
            say(in_manifests_[i] == 0 ? "bag.extra" : "bag.notall"), "3");
  // Every hole is of the payload, and known to a manifest.
  for (const Hole& hole : holes_) {
    const auto entry = entries_.find(hole.path);
    if (!entry && !hole_at(hole.path)->listed)
      fault(Level::error, "BAGIT-fetch", "fetch.txt", hole.line,
            say("bag.stray", {{"path", shown(hole.path)}}), "2.2.3");
    if (!entry) continue;
    if (hole.has_length && entries_[*entry].kind == EntryKind::file && entries_[*entry].size != hole.length)
      fault(Level::warning, "BAGIT-fetch", "fetch.txt", hole.line,
            say("bag.fetchsize", {{"path", shown(hole.path)}}), "2.2.3");
  }
}

BagCheck::Hole* BagCheck::hole_at(const std::string& path) {
  const auto found =
      std::lower_bound(holes_.begin(), holes_.end(), path,
                       [](const Hole& hole, const std::string& wanted) { return hole.path < wanted; });
  return found != holes_.end() && found->path == path ? &*found : nullptr;
}

void BagCheck::read_fetch() {
  if (!entries_.has_file("fetch.txt")) return;
  constexpr std::size_t most_bytes = 64 << 20, longest_path = 4096;
  std::size_t bytes = 0;
  bool too_many = false;
  read_tag_file("fetch.txt", [&](std::string_view line, long number) {
    if (trimmed(line).empty()) return;
    const auto word_end = [&](std::size_t from) {
      return std::min(line.find_first_of(" \t", from), line.size());
    };
    const auto word_start = [&](std::size_t from) {
      return std::min(line.find_first_not_of(" \t", from), line.size());
    };
    const std::size_t url_end = word_end(0), length_start = word_start(url_end),
                      length_end = word_end(length_start), path_start = word_start(length_end);
    if (too_many) return;
    const std::string_view url = line.substr(0, url_end),
                           length = line.substr(length_start, length_end - length_start);
    Hole hole;
    hole.line = number;
    hole.has_length = length != "-";
    if (path_start >= line.size() || has_control(url) ||
        !(version_ >= 100 ? has_scheme(url) : url.find(':') != std::string_view::npos) ||
        (hole.has_length && !to_number(length, hole.length))) {
      fault(Level::error, "BAGIT-fetch", "fetch.txt", number, say("bag.fetchline"), "2.2.3");
      return;
    }
    Manifest fetch;
    fetch.path = "fetch.txt";
    bool refused = false;
    const std::uint32_t entry = locate(line.substr(path_start), fetch, number, hole.path, refused);
    if (refused) return;
    if (entry != no_entry) hole.path = entries_.path(entry);
    if (hole.path.size() > longest_path) {
      fault(Level::error, "BAGIT-fetch", "fetch.txt", number, say("path.length"), "2.2.3");
      return;
    }
    bytes += sizeof hole + hole.path.size();
    if (bytes > most_bytes) {
      too_many = true;
      fault(Level::error, "BAGIT-fetch", "fetch.txt", number, say("bag.fetchmany"), "2.2.3");
      return;
    }
    holes_.push_back(std::move(hole));
  });
  std::stable_sort(holes_.begin(), holes_.end(),
                   [](const Hole& a, const Hole& b) { return a.path < b.path; });
}

void check_bag(PackageSource& source, Report& report, Progress& progress, Verdict& verdict) {
  BagCheck(source, report, progress, verdict).run();
}

}  // namespace vtlt::package
