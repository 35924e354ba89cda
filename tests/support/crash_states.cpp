#include "support/crash_states.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>
#include <stdexcept>
#include <system_error>

namespace vtlt::test {
namespace {

constexpr std::uint64_t kPage = 4096;
constexpr NodeId kNowhere = ~NodeId{0};
constexpr std::uint64_t kLargest = 1u << 30;

[[noreturn]] void fail(const Path& path) {
  throw std::system_error(errno, std::generic_category(), path.string());
}

void write_file(const Path& path, const std::string& bytes) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (fd < 0) fail(path);
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t put = ::write(fd, bytes.data() + done, bytes.size() - done);
    if (put < 0) {
      ::close(fd);
      fail(path);
    }
    done += static_cast<std::size_t>(put);
  }
  ::close(fd);
}

// How many of the places are below k.
std::size_t before(const std::vector<std::size_t>& places, std::size_t k) {
  return static_cast<std::size_t>(std::lower_bound(places.begin(), places.end(), k) - places.begin());
}

bool is_name(Operation::Kind kind) {
  return kind == Operation::Kind::create || kind == Operation::Kind::make_directory ||
         kind == Operation::Kind::rename || kind == Operation::Kind::remove;
}

std::uint64_t end_of(const Operation& write) {
  return write.offset + write.bytes.size();
}

// The length of a file after an operation on its bytes.
std::uint64_t length_after(const Operation& operation, std::uint64_t length) {
  if (operation.kind == Operation::Kind::truncate) return operation.offset;
  return operation.bytes.empty() ? length : std::max(length, end_of(operation));
}

void resize(std::string& bytes, std::uint64_t length) {
  if (length > kLargest) throw std::length_error("crash states: a file above 1 GiB");
  bytes.resize(length, '\0');
}

const std::vector<std::size_t> kNone;
const std::vector<std::size_t>& of(const std::map<NodeId, std::vector<std::size_t>>& places, NodeId node) {
  const auto found = places.find(node);
  return found == places.end() ? kNone : found->second;
}

}  // namespace

// ---- one state ----

void CrashState::materialise(const Path& target) const {
  std::filesystem::remove_all(target);
  if (::mkdir(target.c_str(), 0777) != 0) fail(target);
  const std::string prefix = target.string() + "/";
  for (const auto& [path, entry] : tree) {  // a directory stands before what is in it
    const Path full = prefix + path;
    if (entry.kind == FileKind::directory) {
      if (::mkdir(full.c_str(), 0777) != 0) fail(full);
    } else if (entry.kind == FileKind::symlink) {
      if (::symlink(entry.bytes->c_str(), full.c_str()) != 0) fail(full);
    } else {
      write_file(full, *entry.bytes);
    }
  }
  for (auto entry = tree.rbegin(); entry != tree.rend(); ++entry)
    if (entry->second.mode && ::chmod((prefix + entry->first).c_str(), *entry->second.mode) != 0)
      fail(prefix + entry->first);
}

const std::string* CrashState::bytes(const std::string& path) const {
  const auto found = tree.find(path);
  return found == tree.end() || found->second.kind != FileKind::file ? nullptr : found->second.bytes.get();
}

std::uint64_t CrashState::fingerprint() const {
  std::uint64_t hash = 14'695'981'039'346'656'037u;
  const auto mix = [&](std::uint64_t value) { hash = (hash ^ value) * 1'099'511'628'211u + (hash >> 47); };
  const std::hash<std::string> text;
  for (const auto& [path, entry] : tree) {
    mix(text(path));
    mix(static_cast<std::uint64_t>(entry.kind));
    mix(entry.mode ? *entry.mode + 1u : 0u);
    if (entry.bytes) mix(text(*entry.bytes));
  }
  return hash;
}

std::string CrashState::describe(const Recording& recording) const {
  std::string text = "power cut after " + std::to_string(cut) + " operations";
  if (cut > 0) text += ", the last: " + test::describe(recording.operations[cut - 1]);
  const std::array<const char*, 5> what = {"name", "page", "length", "mode", "external"};
  std::set<std::string> lines;
  for (const auto& [operation, choice] : lost)
    if (std::string line = "\n  lost the " + std::string(what[static_cast<std::size_t>(choice)]) + " of #" +
                           std::to_string(operation) + " " + test::describe(recording.operations[operation]);
        lines.insert(line).second)
      text += line;
  return text;
}

// ---- what is where ----

struct CrashStates::Names {
  std::vector<std::map<std::string, NodeId>> entries;  // by directory
  std::vector<std::pair<NodeId, std::string>> places;  // by node: directory and name
  std::vector<char> reachable;

  void clear(NodeId directory, const std::string& name) {
    const auto found = entries[directory].find(name);
    if (found == entries[directory].end()) return;
    places[found->second] = {kNowhere, {}};
    entries[directory].erase(found);
  }
  void put(NodeId node, NodeId directory, const std::string& name) {
    if (places[node].first != kNowhere) entries[places[node].first].erase(places[node].second);
    clear(directory, name);
    entries[directory][name] = node;
    places[node] = {directory, name};
  }
  void reach(NodeId directory) {
    reachable[directory] = 1;
    for (const auto& [name, node] : entries[directory])
      if (!reachable[node]) reach(node);
  }
};

CrashStates::CrashStates(const Recording& recording) : recording_(recording) {
  for (std::size_t i = 0; i < recording.operations.size(); ++i) {
    const Operation& operation = recording.operations[i];
    if (is_name(operation.kind)) names_.push_back(i);
    switch (operation.kind) {
      case Operation::Kind::write:
      case Operation::Kind::truncate:
        data_[operation.node].push_back(i);
        break;
      case Operation::Kind::set_mode:
        modes_[operation.node].push_back(i);
        break;
      case Operation::Kind::sync_node:
        syncs_[operation.node].push_back(i);
        break;
      case Operation::Kind::sync_filesystem:
        filesystem_syncs_.push_back(i);
        break;
      case Operation::Kind::external:
        external_.push_back(i);
        break;
      default:
        break;
    }
  }
}

// node: the file or directory whose sync makes the operation durable.
bool CrashStates::synced(std::size_t operation, NodeId node, std::size_t k) const {
  const auto after = [&](const std::vector<std::size_t>& syncs) {
    const std::size_t count = before(syncs, k);
    return count > 0 && syncs[count - 1] > operation;
  };
  return after(filesystem_syncs_) || after(of(syncs_, node));
}

CrashStates::Names CrashStates::apply(const std::vector<std::size_t>& kept) const {
  Names names;
  names.entries.resize(recording_.nodes.size());
  names.places.resize(recording_.nodes.size(), {kNowhere, {}});
  names.reachable.resize(recording_.nodes.size(), 0);
  for (const auto& [directory, entries] : recording_.entries) {
    names.entries[directory] = entries;
    for (const auto& [name, node] : entries)
      names.places[node] = {directory, name};
  }
  for (const std::size_t i : kept) {
    const Operation& operation = recording_.operations[i];
    if (operation.kind == Operation::Kind::remove)
      names.clear(operation.directory, operation.name);
    else
      names.put(operation.node, operation.directory, operation.name);
  }
  names.reach(kRoot);
  return names;
}

CrashStates::Names CrashStates::names_at(std::size_t k, const Pick& pick, CrashState& state) const {
  std::vector<std::size_t> kept, open;  // open: kept, though no sync asked for it
  for (const std::size_t i : names_) {
    if (i >= k) break;
    if (synced(i, recording_.operations[i].directory, k)) {
      kept.push_back(i);
    } else if (pick(Choice::name, 2) == 1) {
      kept.push_back(i);
      open.push_back(i);
    } else {
      state.lost.emplace_back(i, Choice::name);
    }
  }
  // A rename is whole: into a directory that is lost it did not happen.
  for (;;) {
    Names names = apply(kept);
    const auto homeless = std::find_if(open.begin(), open.end(), [&](std::size_t i) {
      const Operation& operation = recording_.operations[i];
      return operation.kind == Operation::Kind::rename && !names.reachable[operation.directory];
    });
    if (homeless == open.end()) return names;
    state.lost.emplace_back(*homeless, Choice::name);
    std::erase(kept, *homeless);
    open.erase(homeless);
  }
}

// ---- bytes ----

// The bytes after the first `count` operations on them, all kept.
std::shared_ptr<const std::string> CrashStates::durable_content(NodeId node, std::size_t count) const {
  const auto& base = recording_.nodes[node].bytes;
  if (count == 0 && base) return base;
  auto& cached = cache_[{node, count}];
  if (cached) return cached;
  std::string bytes = base ? *base : std::string();
  for (std::size_t n = 0; n < count; ++n) {
    const Operation& operation = recording_.operations[of(data_, node)[n]];
    resize(bytes, length_after(operation, bytes.size()));
    if (operation.kind == Operation::Kind::write)
      bytes.replace(operation.offset, operation.bytes.size(), operation.bytes);
  }
  cached = std::make_shared<const std::string>(std::move(bytes));
  return cached;
}

std::shared_ptr<const std::string> CrashStates::content(NodeId node, std::size_t k, const Pick& pick,
                                                        CrashState& state) const {
  const auto& operations = of(data_, node);
  const std::size_t count = before(operations, k);
  std::size_t durable = count;
  while (durable > 0 && !synced(operations[durable - 1], node, k))
    --durable;
  auto start = durable_content(node, durable);
  if (durable == count) return start;

  // Which operations change the length, were all kept; the file has the length after one of them.
  std::vector<std::size_t> lengths;
  std::uint64_t length = start->size();
  for (std::size_t n = durable; n < count; ++n) {
    const std::uint64_t next = length_after(recording_.operations[operations[n]], length);
    if (next != length) lengths.push_back(operations[n]);
    length = next;
  }
  std::size_t kept_lengths = 0;
  if (!lengths.empty()) kept_lengths = pick(Choice::length, static_cast<unsigned>(lengths.size()) + 1);
  for (std::size_t n = kept_lengths; n < lengths.size(); ++n)
    state.lost.emplace_back(lengths[n], Choice::length);
  lengths.resize(kept_lengths);

  std::string bytes = *start;
  for (std::size_t n = durable; n < count; ++n) {
    const Operation& operation = recording_.operations[operations[n]];
    if (std::binary_search(lengths.begin(), lengths.end(), operations[n]))
      resize(bytes, length_after(operation, bytes.size()));
    if (operation.kind != Operation::Kind::write) continue;
    const std::uint64_t end = std::min<std::uint64_t>(end_of(operation), bytes.size());
    for (std::uint64_t at = operation.offset; at < end;) {
      const std::uint64_t next = std::min(end, (at / kPage + 1) * kPage);
      if (pick(Choice::page, 2) == 1)
        bytes.replace(at, next - at, operation.bytes, at - operation.offset, next - at);
      else
        state.lost.emplace_back(operations[n], Choice::page);
      at = next;
    }
  }
  return std::make_shared<const std::string>(std::move(bytes));
}

std::optional<unsigned> CrashStates::mode(NodeId node, std::size_t k, const Pick& pick,
                                          CrashState& state) const {
  std::optional<unsigned> result;
  if (recording_.nodes[node].mode != 0) result = recording_.nodes[node].mode;
  const auto& changes = of(modes_, node);
  for (std::size_t n = 0; n < before(changes, k); ++n) {
    if (synced(changes[n], node, k) || pick(Choice::mode, 2) == 1)
      result = recording_.operations[changes[n]].mode;
    else
      state.lost.emplace_back(changes[n], Choice::mode);
  }
  return result;
}

// ---- the whole tree ----

void CrashStates::put_tree(const Names& names, NodeId directory, const std::string& path, std::size_t k,
                           const Pick& pick, CrashState& state) const {
  for (const auto& [name, node] : names.entries[directory]) {
    const std::string child = path.empty() ? name : path + "/" + name;
    CrashState::Entry& entry = state.tree[child];
    entry.kind = recording_.nodes[node].kind;
    if (entry.kind == FileKind::file) entry.bytes = content(node, k, pick, state);
    if (entry.kind == FileKind::symlink)
      entry.bytes = recording_.nodes[node].bytes;
    else
      entry.mode = mode(node, k, pick, state);
    if (entry.kind == FileKind::directory) put_tree(names, node, child, k, pick, state);
  }
}

void CrashStates::put_external(std::size_t k, const Pick& pick, CrashState& state) const {
  const std::size_t count = before(external_, k);
  if (count == 0) return;
  const std::size_t chosen = pick(Choice::external, static_cast<unsigned>(count) + 1);
  if (chosen < count) state.lost.emplace_back(external_[count - 1], Choice::external);
  if (chosen == 0) return;
  for (const auto& [path, bytes] : *recording_.operations[external_[chosen - 1]].snapshot) {
    const auto parent = state.tree.find(Path(path).parent_path().string());
    if (path.find('/') != std::string::npos && parent == state.tree.end()) continue;
    state.tree[path] = {FileKind::file, bytes, std::nullopt};
  }
}

CrashState CrashStates::build(std::size_t k, const Pick& pick) const {
  if (k > cuts()) throw std::out_of_range("crash states: a cut after the end of the log");
  CrashState state;
  state.cut = k;
  const Names names = names_at(k, pick, state);
  put_tree(names, kRoot, "", k, pick, state);
  put_external(k, pick, state);
  return state;
}

// ---- which states ----

CrashState CrashStates::nothing_unsynced(std::size_t k) const {
  return build(k, [](Choice, unsigned) { return 0u; });
}
CrashState CrashStates::everything(std::size_t k) const {
  return build(k, [](Choice, unsigned options) { return options - 1; });
}
CrashState CrashStates::names_only(std::size_t k) const {
  return build(k, [](Choice choice, unsigned options) {
    return choice == Choice::page || choice == Choice::length ? 0u : options - 1;
  });
}
CrashState CrashStates::zeros(std::size_t k) const {
  return build(k, [](Choice choice, unsigned options) { return choice == Choice::page ? 0u : options - 1; });
}
CrashState CrashStates::data_only(std::size_t k) const {
  return build(k, [](Choice choice, unsigned options) {
    return choice == Choice::page || choice == Choice::length ? options - 1 : 0u;
  });
}

std::vector<CrashState> CrashStates::extremes(std::size_t k) const {
  return {nothing_unsynced(k), everything(k), names_only(k), zeros(k), data_only(k)};
}

// Each kind of choice gets its own leaning, so that "nearly all names, hardly any page" comes up as well as a
// fair mixture.
CrashState CrashStates::state(std::size_t k, Random& random) const {
  std::array<unsigned, 5> leaning{};
  for (unsigned& of_choice : leaning)
    of_choice = std::array{0u, 2u, 8u, 14u, 16u}[random() % 5];
  return build(k, [&](Choice choice, unsigned options) -> unsigned {
    const bool keep = random() % 16 < leaning[static_cast<std::size_t>(choice)];
    if (keep) return options - 1;
    return options == 2 ? 0u : static_cast<unsigned>(random() % (options - 1));
  });
}

bool CrashStates::each_state(std::size_t k, std::size_t limit,
                             const std::function<bool(const CrashState&)>& visit) const {
  std::vector<std::pair<unsigned, unsigned>>
      answers;  // answer, options: counted through like the wheels of a meter
  for (std::size_t made = 0; made < limit; ++made) {
    std::size_t at = 0;
    const CrashState one = build(k, [&](Choice, unsigned options) {
      if (at == answers.size()) answers.emplace_back(0u, options);
      return answers[at++].first;
    });
    if (!visit(one)) return false;
    while (!answers.empty() && answers.back().first + 1 == answers.back().second)
      answers.pop_back();
    if (answers.empty()) return true;
    ++answers.back().first;
  }
  return false;
}

void CrashStates::sweep(std::size_t from, std::size_t samples, std::uint64_t seed,
                        const std::function<void(const CrashState&)>& visit) const {
  Random random(seed);
  for (std::size_t k = from; k <= cuts(); ++k) {
    std::set<std::uint64_t> seen;
    const auto once = [&](const CrashState& one) {
      if (seen.insert(one.fingerprint()).second) visit(one);
    };
    for (const CrashState& one : extremes(k))
      once(one);
    for (std::size_t n = 0; n < samples; ++n)
      once(state(k, random));
  }
}

}  // namespace vtlt::test
