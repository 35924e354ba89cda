#include "support/recording_files.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <stdexcept>

namespace vtlt::test {
namespace {

std::string join(const std::string& directory, const std::string& name) {
  return directory.empty() ? name : directory + "/" + name;
}

std::string bytes_of(Files& files, const Path& path) {
  return read_whole(files, path, 1u << 30);
}

const char* name_of(Operation::Kind kind) {
  switch (kind) {
    case Operation::Kind::create:
      return "create";
    case Operation::Kind::make_directory:
      return "mkdir";
    case Operation::Kind::rename:
      return "rename";
    case Operation::Kind::remove:
      return "remove";
    case Operation::Kind::write:
      return "write";
    case Operation::Kind::truncate:
      return "truncate";
    case Operation::Kind::set_mode:
      return "chmod";
    case Operation::Kind::sync_node:
      return "fsync";
    case Operation::Kind::sync_filesystem:
      return "syncfs";
    case Operation::Kind::note:
      return "note";
    case Operation::Kind::external:
      return "snapshot";
  }
  return "";
}

}  // namespace

std::string describe(const Operation& operation) {
  std::string text = std::string(name_of(operation.kind)) + " " + operation.path;
  if (operation.kind == Operation::Kind::write)
    text += " [" + std::to_string(operation.offset) + ", +" + std::to_string(operation.bytes.size()) + ")";
  if (operation.kind == Operation::Kind::truncate) text += " to " + std::to_string(operation.offset);
  return text;
}

class RecordingFile final : public File {
 public:
  // node: nothing when the file is outside the root or SQLite's.
  RecordingFile(RecordingFiles& owner, std::unique_ptr<File> file, std::optional<NodeId> node,
                std::string path, bool external)
      : owner_(owner),
        file_(std::move(file)),
        node_(node),
        path_(std::move(path)),
        external_(external),
        end_(file_->stat().size) {}

  std::size_t read_at(std::uint64_t offset, std::span<std::byte> out) override {
    return file_->read_at(offset, out);
  }

  void write_at(std::uint64_t offset, Bytes data) override {
    const std::lock_guard hold(owner_.mutex_);
    file_->write_at(offset, data);
    end_ = std::max(end_, offset + data.size());
    Operation operation{.kind = Operation::Kind::write, .offset = offset};
    operation.bytes.assign(reinterpret_cast<const char*>(data.data()), data.size());
    record(std::move(operation));
  }

  void append(Bytes data) override { write_at(end_, data); }

  void truncate(std::uint64_t size) override {
    const std::lock_guard hold(owner_.mutex_);
    file_->truncate(size);
    end_ = size;
    record({.kind = Operation::Kind::truncate, .offset = size});
  }

  FileStat stat() override { return file_->stat(); }

  void sync(SyncPoint point) override {
    const std::lock_guard hold(owner_.mutex_);
    if (owner_.skipped_.contains(point)) return;
    if (owner_.perform_syncs_) file_->sync(point);
    if (external_) owner_.take_snapshot();
    record({.kind = Operation::Kind::sync_node, .point = point});
  }

 private:
  void record(Operation operation) {
    if (!node_) return;
    operation.node = *node_;
    operation.path = path_;
    owner_.record(std::move(operation));
  }

  RecordingFiles& owner_;
  std::unique_ptr<File> file_;
  std::optional<NodeId> node_;
  std::string path_;
  bool external_;
  std::uint64_t end_;
};

RecordingFiles::RecordingFiles(const Path& root, bool perform_syncs, Files& inner)
    : root_(std::filesystem::absolute(root).lexically_normal()),
      canonical_root_(std::filesystem::canonical(root)),
      perform_syncs_(perform_syncs),
      inner_(inner) {
  if (!root_.has_filename()) root_ = root_.parent_path();  // "a/"
  scan(root_, FileKind::directory, "");
  entries_ = recording_.entries;
}

NodeId RecordingFiles::add_node(FileKind kind) {
  recording_.nodes.push_back({kind, nullptr, 0});
  return static_cast<NodeId>(recording_.nodes.size() - 1);
}

NodeId RecordingFiles::scan(const Path& path, FileKind kind, const std::string& relative) {
  const NodeId node = add_node(kind);
  const unsigned mode = static_cast<unsigned>(std::filesystem::symlink_status(path).permissions());
  const mode_t mask = ::umask(0);
  ::umask(mask);
  if (mode != ((kind == FileKind::directory ? 0777u : 0666u) & ~mask)) recording_.nodes[node].mode = mode;
  if (kind == FileKind::file)
    recording_.nodes[node].bytes = std::make_shared<const std::string>(bytes_of(inner_, path));
  if (kind == FileKind::symlink)
    recording_.nodes[node].bytes =
        std::make_shared<const std::string>(std::filesystem::read_symlink(path).string());
  if (kind == FileKind::directory) {
    std::map<std::string, NodeId> entries;
    for (const auto& entry : inner_.list(path))
      entries[entry.name] = scan(path / entry.name, entry.kind, join(relative, entry.name));
    recording_.entries[node] = std::move(entries);
  }
  return node;
}

void RecordingFiles::record(Operation operation) {
  recording_.operations.push_back(std::move(operation));
}

std::optional<std::string> RecordingFiles::relative(const Path& path) const {
  Path full = std::filesystem::absolute(path).lexically_normal();
  if (!full.has_filename()) full = full.parent_path();
  for (const Path* root : {&root_, &canonical_root_}) {
    if (full == *root) return std::string();
    const std::string prefix = root->string() + "/";
    if (full.string().starts_with(prefix)) return full.string().substr(prefix.size());
  }
  return std::nullopt;
}

bool RecordingFiles::external(const std::string& relative) const {
  return std::any_of(watched_.begin(), watched_.end(), [&](const std::string& prefix) {
    return relative.starts_with(prefix) && relative.find(".sqlite", prefix.size()) != std::string::npos;
  });
}

// Takes up what was made beside this layer: its making and its bytes become operations of now.
NodeId RecordingFiles::adopt(NodeId directory, const std::string& name, const Path& path, FileKind kind,
                             const std::string& relative) {
  const NodeId node = add_node(kind);
  entries_[directory][name] = node;
  record({.kind = kind == FileKind::directory ? Operation::Kind::make_directory : Operation::Kind::create,
          .node = node,
          .directory = directory,
          .name = name,
          .path = relative});
  if (kind == FileKind::directory) adopt_all(node, path, relative);
  if (kind == FileKind::symlink)
    recording_.nodes[node].bytes =
        std::make_shared<const std::string>(std::filesystem::read_symlink(path).string());
  if (kind == FileKind::file) {
    adopted_[node];
    refresh(node, path, relative);
  }
  return node;
}

void RecordingFiles::adopt_all(NodeId directory, const Path& path, const std::string& relative) {
  for (const auto& entry : inner_.list(path)) {
    const std::string child = join(relative, entry.name);
    if (external(child)) continue;
    const auto& known = entries_[directory];
    const auto found = known.find(entry.name);
    if (found == known.end())
      adopt(directory, entry.name, path / entry.name, entry.kind, child);
    else if (entry.kind == FileKind::directory)
      adopt_all(found->second, path / entry.name, child);
    else
      refresh(found->second, path / entry.name, child);
  }
}

void RecordingFiles::refresh(NodeId node, const Path& path, const std::string& relative) {
  const auto seen = adopted_.find(node);
  if (seen == adopted_.end()) return;
  std::string bytes = bytes_of(inner_, path);
  if (bytes == seen->second) return;
  if (bytes.size() < seen->second.size())
    record({.kind = Operation::Kind::truncate, .node = node, .offset = bytes.size(), .path = relative});
  record({.kind = Operation::Kind::write, .node = node, .bytes = bytes, .path = relative});
  seen->second = std::move(bytes);
}

std::optional<RecordingFiles::Place> RecordingFiles::place(const Path& path) {
  const auto text = relative(path);
  if (!text || external(*text)) return std::nullopt;
  Place result;
  result.relative = *text;
  result.node = kRoot;
  Path so_far = root_;
  std::string seen;
  for (std::size_t at = 0; at < text->size();) {
    const std::size_t slash = std::min(text->find('/', at), text->size());
    if (result.node && recording_.nodes[*result.node].kind == FileKind::symlink)
      throw std::logic_error("recording: a path through a link: " + path.string());
    if (result.node && recording_.nodes[*result.node].kind != FileKind::directory) result.node.reset();
    if (!result.node) return result;  // the operation itself will fail
    result.directory = *result.node;
    result.name = text->substr(at, slash - at);
    so_far /= result.name;
    seen = join(seen, result.name);
    const auto& entries = entries_[result.directory];
    if (const auto found = entries.find(result.name); found != entries.end()) {
      result.node = found->second;
    } else if (const auto stat = inner_.stat(so_far, false)) {
      result.node = adopt(result.directory, result.name, so_far, stat->kind, seen);
    } else {
      result.node.reset();
    }
    at = slash + 1;
  }
  return result;
}

std::unique_ptr<File> RecordingFiles::open(const Path& path, OpenMode mode, bool follow) {
  const std::lock_guard hold(mutex_);
  const auto text = relative(path);
  if (!text || external(*text))
    return std::make_unique<RecordingFile>(*this, inner_.open(path, mode, follow), std::nullopt,
                                           path.string(), text.has_value());
  auto where = place(path);
  auto file = inner_.open(path, mode, follow);
  if (where->node) {
    refresh(*where->node, path, *text);
  } else {
    where->node = add_node(FileKind::file);
    entries_[where->directory][where->name] = *where->node;
    record({.kind = Operation::Kind::create,
            .node = *where->node,
            .directory = where->directory,
            .name = where->name,
            .path = *text});
  }
  if (mode != OpenMode::read) adopted_.erase(*where->node);  // from here it is written through this layer
  return std::make_unique<RecordingFile>(*this, std::move(file), where->node, *text, false);
}

std::optional<FileStat> RecordingFiles::stat(const Path& path, bool follow) {
  return inner_.stat(path, follow);
}
std::vector<DirectoryEntry> RecordingFiles::list(const Path& directory) {
  return inner_.list(directory);
}

void RecordingFiles::make_directory(const Path& path) {
  const std::lock_guard hold(mutex_);
  inner_.make_directory(path);
  place(path);  // takes up the directory just made
}

void RecordingFiles::rename(const Path& from, const Path& to) {
  const std::lock_guard hold(mutex_);
  auto source = place(from);
  if (source && source->node) refresh(*source->node, from, source->relative);
  const auto target = place(to);
  if (source.has_value() != target.has_value())
    throw std::logic_error("recording: a rename over the border of what is recorded: " + from.string());
  inner_.rename(from, to);
  if (!source) return;
  entries_[source->directory].erase(source->name);
  entries_[target->directory][target->name] = *source->node;
  record({.kind = Operation::Kind::rename,
          .node = *source->node,
          .directory = target->directory,
          .name = target->name,
          .from_directory = source->directory,
          .from_name = source->name,
          .path = source->relative + " to " + target->relative});
}

void RecordingFiles::remove(const Path& path, bool directory) {
  const std::lock_guard hold(mutex_);
  const auto where = place(path);
  if (directory)
    inner_.remove_directory(path);
  else
    inner_.remove_file(path);
  if (!where) {
    if (relative(path)) take_snapshot();
    return;
  }
  entries_[where->directory].erase(where->name);
  record({.kind = Operation::Kind::remove,
          .node = *where->node,
          .directory = where->directory,
          .name = where->name,
          .path = where->relative});
}

void RecordingFiles::remove_file(const Path& path) {
  remove(path, false);
}
void RecordingFiles::remove_directory(const Path& path) {
  remove(path, true);
}

void RecordingFiles::set_mode(const Path& path, unsigned mode) {
  const std::lock_guard hold(mutex_);
  const auto where = place(path);
  inner_.set_mode(path, mode);
  if (where && where->node)
    record({.kind = Operation::Kind::set_mode, .node = *where->node, .mode = mode, .path = where->relative});
}

void RecordingFiles::sync_directory(const Path& path, SyncPoint point) {
  const std::lock_guard hold(mutex_);
  if (skipped_.contains(point)) return;
  if (perform_syncs_)
    inner_.sync_directory(path, point);
  else
    inner_.list(path);  // an absent directory is an error all the same
  const auto where = place(path);
  if (where && where->node)
    record({.kind = Operation::Kind::sync_node,
            .node = *where->node,
            .point = point,
            .path = where->relative + "/"});
}

void RecordingFiles::sync_filesystem(const Path& path, SyncPoint point) {
  const std::lock_guard hold(mutex_);
  if (skipped_.contains(point)) return;
  if (perform_syncs_) inner_.sync_filesystem(path, point);
  if (!relative(path)) return;
  adopt_all(kRoot, root_, "");
  record({.kind = Operation::Kind::sync_filesystem, .point = point, .path = *relative(path)});
}

std::unique_ptr<FileLock> RecordingFiles::lock(const Path& path, LockKind kind, int wait_ms) {
  auto held = inner_.lock(path, kind, wait_ms);
  const std::lock_guard hold(mutex_);
  // The call may have made the file, which is then taken up; its contents mean nothing.
  if (const auto where = place(path); where && where->node) adopted_.erase(*where->node);
  return held;
}

void RecordingFiles::skip(SyncPoint point) {
  const std::lock_guard hold(mutex_);
  skipped_.insert(point);
}

void RecordingFiles::note(std::string text) {
  const std::lock_guard hold(mutex_);
  record({.kind = Operation::Kind::note, .path = std::move(text)});
}

void RecordingFiles::watch_sqlite(const std::string& prefix) {
  const std::lock_guard hold(mutex_);
  watched_.push_back(prefix);
  // What stood there at the beginning is not part of the base any more, but of the first snapshot.
  const auto forget = [&](auto& self, NodeId directory, const std::string& path) -> void {
    for (auto* tree : {&recording_.entries, &entries_})
      std::erase_if((*tree)[directory], [&](const auto& entry) { return external(join(path, entry.first)); });
    for (const auto& [name, node] : std::map(entries_[directory]))
      if (recording_.nodes[node].kind == FileKind::directory) self(self, node, join(path, name));
  };
  forget(forget, kRoot, "");
  take_snapshot();
}

void RecordingFiles::snapshot_external() {
  const std::lock_guard hold(mutex_);
  take_snapshot();
}

void RecordingFiles::take_snapshot() {
  auto snapshot = std::make_shared<Snapshot>();
  const auto walk = [&](auto& self, const Path& path, const std::string& relative_path) -> void {
    for (const auto& entry : inner_.list(path)) {
      const std::string child = join(relative_path, entry.name);
      const bool towards = std::any_of(watched_.begin(), watched_.end(), [&](const std::string& prefix) {
        return prefix.starts_with(child + "/") || (child + "/").starts_with(prefix);
      });
      if (entry.kind == FileKind::directory && towards) self(self, path / entry.name, child);
      if (entry.kind == FileKind::file && external(child))
        (*snapshot)[child] = std::make_shared<const std::string>(bytes_of(inner_, path / entry.name));
    }
  };
  walk(walk, root_, "");
  std::string names;
  for (const auto& [path, bytes] : *snapshot)
    names += " " + path;
  record({.kind = Operation::Kind::external, .snapshot = std::move(snapshot), .path = "of" + names});
}

std::vector<std::size_t> RecordingFiles::notes(const std::string& text) const {
  const std::lock_guard hold(mutex_);
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < recording_.operations.size(); ++i)
    if (recording_.operations[i].kind == Operation::Kind::note && recording_.operations[i].path == text)
      places.push_back(i);
  return places;
}

std::size_t RecordingFiles::count(SyncPoint point) const {
  const std::lock_guard hold(mutex_);
  return static_cast<std::size_t>(std::count_if(
      recording_.operations.begin(), recording_.operations.end(), [&](const Operation& operation) {
        return operation.point == point && (operation.kind == Operation::Kind::sync_node ||
                                            operation.kind == Operation::Kind::sync_filesystem);
      }));
}

}  // namespace vtlt::test
