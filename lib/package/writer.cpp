#include <algorithm>
#include <exception>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "base/buffer.h"
#include "base/clock.h"
#include "base/encoding.h"
#include "base/error.h"
#include "base/progress.h"
#include "base/threads.h"
#include "package/bag_out.h"
#include "package/check_report.h"
#include "package/content_rules.h"
#include "package/ead.h"
#include "package/mets.h"
#include "package/package.h"
#include "package/premis.h"
#include "package/schemas.h"
#include "package/writer_names.h"
#include "package/writer_sinks.h"
#include "package/xml_out.h"
#include "package/zip_writer.h"
#include "text/text.h"

namespace vtlt::package {
namespace writing {
namespace {

constexpr std::size_t chunk_size = 1u << 20;
// Small contents are read and hashed on all cores, so many at a time, while those before are written.
constexpr std::size_t small_size = 4u << 20;
constexpr std::size_t batch_count = 512;
constexpr std::size_t batch_bytes = 4u << 20;
constexpr std::uint64_t told_of_one_code = 20;  // of what a receiver will not like

// A hidden directory for all that is unfinished; gone with everything in it when the work does not end well.
// Locked while it is in use: another process that makes the same package takes a directory of its own.
class Staging {
 public:
  Staging(Files& files, const Path& directory, const std::string& folder) : files_(files) {
    const std::string name = ".tmp-" + folder;
    path_ = directory / name;
    for (int attempt = 0; !taken(); ++attempt) {
      if (attempt == 100) throw Error(Exit::busy, "VTLT-PACKAGE-08", Message("package.write.busy")).at(path_);
      path_ = directory / (name + "-" + hex(random_128()).substr(0, 8));
    }
  }
  ~Staging() {
    try {
      remove_tree(files_, path_);
    } catch (const Error&) {
      // The error that brought us here is the one to be told.
    }
  }
  Staging(const Staging&) = delete;
  Staging& operator=(const Staging&) = delete;
  Path operator/(const std::string& name) const { return path_ / name; }
  const Path& path() const { return path_; }

 private:
  // What a power cut left is locked by nobody.
  bool taken() {
    if (files_.stat(path_, false)) {
      const auto left = files_.lock(path_ / lock_name, LockKind::exclusive, 0);
      if (!left) return false;
      remove_tree(files_, path_);
    }
    try {
      files_.make_directory(path_);
      lock_ = files_.lock(path_ / lock_name, LockKind::exclusive, 0);
    } catch (const Error& error) {
      // Another one was quicker with this name. What else is wrong with the disk is so with every name.
      if (error.exit() == Exit::interrupted || !files_.stat(path_, false)) throw;
      return false;
    }
    return lock_ != nullptr;
  }

  static constexpr const char* lock_name = ".lock";
  Files& files_;
  Path path_;
  std::unique_ptr<FileLock> lock_;
};

// One content file. The name without mã hồ sơ, which all share, is short enough to need no memory of its own.
struct Place {
  std::string rest;
  std::uint32_t document, index;
  bool digitised;
  bool link = false;  // a .fetch.txt
};

// Contents that are read and held against their digests by other threads.
struct Batch {
  std::vector<Content> contents;
  std::vector<std::string> links;  // instead of a source, where not empty
  std::vector<std::string> names;
  std::vector<bool> digitised;
  std::vector<std::size_t> begins;
  Buffer bytes;
  bool large = false;         // one content, which is read while it is written
  std::future<void> reading;  // last: waits for its work before the rest goes

  std::span<std::byte> part(std::size_t i) {
    return std::span(bytes).subspan(begins[i], contents[i].component.size);
  }
};

class Packing {
 public:
  Packing(Files& files, const Plan& plan, Path directory, Progress& progress)
      : files_(files), plan_(plan), directory_(std::move(directory)), progress_(progress), names_(plan) {}

  Written run(bool zip, const std::function<void(const Path&)>& ready);
  void judge();

 private:
  void require_plan() const;
  void prepare_descriptions(const Staging& staging);
  void prepare_premis(const Staging& staging);
  void prepare_files(const Staging& staging);
  void prepare_bag(const Staging& staging);
  Stamp to_file(const Path& path, const std::function<Stamp(Output)>& make);
  std::uint64_t content_bytes() const;
  void measure(const std::string& path);

  void pour(Sink& sink);
  void pour_bag(Sink& sink);
  std::string contents_folder() const {
    return plan_.spec == Spec::bagit_1_0 ? "data/content/" : "representations/rep1/data/";
  }
  std::string descriptions_folder() const {
    return plan_.spec == Spec::bagit_1_0 ? "data/metadata/" : "representations/rep1/metadata/descriptive/";
  }
  void pour_text(Sink& sink, const std::string& path, std::string_view text);
  void pour_file(Sink& sink, const std::string& path, const Path& source, const Stamp& stamp);
  void pour_contents(Sink& sink);
  Batch next_batch(std::span<const Place>& places);
  void read_batch(Batch& batch);
  void pour_batch(Sink& sink, Batch& batch);
  void pour_large(Sink& sink, const Batch& batch);
  void look_into(const content::Window& window, const std::string& path, bool digitised);
  void pour_descriptions(Sink& sink);

  using Ready = std::function<void(const Path&)>;
  void make_folder(const Staging& staging, Written& written, const Ready& ready);
  void make_zip(const Staging& staging, Written& written, const Ready& ready);
  void compare_folder(const Path& path);

  Files& files_;
  const Plan& plan_;
  Path directory_;
  Progress& progress_;
  Names names_;
  Fields file_fields_;
  RootParts root_;
  RepresentationParts representation_;
  Stamp mets_;
  Path mets_path_, representation_mets_path_, premis_path_, representation_premis_path_, descriptions_path_;
  std::vector<Schema> schemas_;
  std::string bag_info_;
  std::uint64_t files_written_ = 0, bytes_written_ = 0;
  std::size_t longest_ = 0;
  Report faults_{"", told_of_one_code};
  std::atomic<int> guesses_ = 0;
  Buffer buffers_[2];  // of one large file
  Buffer spare_;       // of a batch that is written
};

// Failures of parallel work, told in the order of the work and not of the clock.
void rethrow_first(const std::vector<std::exception_ptr>& failures) {
  for (const auto& failure : failures)
    if (failure) std::rethrow_exception(failure);
}

void run_all(std::size_t count, const std::function<void(std::size_t)>& work) {
  std::vector<std::exception_ptr> failures(count);
  parallel_for(count, [&](std::size_t i) {
    try {
      work(i);
    } catch (...) {
      failures[i] = std::current_exception();
    }
  });
  rethrow_first(failures);
}

Output into(std::string& text) {
  return [&text](Bytes data) { text.append(reinterpret_cast<const char*>(data.data()), data.size()); };
}

Error refusal(const char* code, const char* key) {
  return Error(Exit::refused, code, Message(key));
}

void Packing::require_plan() const {
  if (plan_.spec == Spec::csip_2_2)
    throw Error(Exit::usage, "VTLT-PACKAGE-03", Message("package.write.kind"));
  if (plan_.documents.empty()) throw refusal("VTLT-D17", "package.write.no_documents");
  bool contents = false;
  int ordinal = 0;
  for (const auto& document : plan_.documents) {
    if (document.ordinal != ++ordinal) throw refusal("VTLT-D04", "package.write.ordinals");
    contents = contents || !document.contents.empty() || !document.link.empty();
    // D21: only in a package of a whole file; a DIP and loose documents stand alone.
    const bool whole = plan_.kind != Kind::dip && plan_.unit == Unit::file && plan_.spec == Spec::tt05;
    VTLT_ASSERT(document.link.empty() || (whole && document.contents.empty()));
  }
  if (!contents) throw refusal("VTLT-D17", "package.write.no_contents");
}

// Every value is held against the circular's limits before the first content is read. All EAD files of the
// documents stand one after the other in one unfinished file until their turn in the package comes.
void Packing::prepare_descriptions(const Staging& staging) {
  file_fields_ = ead_fields(plan_);
  require_fields(file_fields_, sort_of(plan_), Form::file, 0);
  root_.ead = write_ead(file_fields_, [](Bytes) {});

  descriptions_path_ = staging / "descriptions";
  const auto file = files_.open(descriptions_path_, OpenMode::create_new);
  auto& stamps = representation_.documents;
  stamps.resize(plan_.documents.size());
  std::vector<std::string> texts(std::min(batch_count, stamps.size()));
  for (std::size_t begin = 0; begin < stamps.size(); begin += batch_count) {
    check_interrupted();
    const std::size_t count = std::min(batch_count, stamps.size() - begin);
    run_all(count, [&](std::size_t i) {
      const PackedDocument document = plan_.documents[begin + i];
      const Fields fields = ead_document_fields(plan_, document);
      require_fields(fields, sort_of(plan_), form_of(document.document), document.ordinal);
      texts[i].clear();
      stamps[begin + i] = write_ead(fields, into(texts[i]));
    });
    std::string together;
    for (std::size_t i = 0; i < count; ++i)
      together += texts[i];
    file->append(as_bytes(together));
  }
}

Stamp Packing::to_file(const Path& path, const std::function<Stamp(Output)>& make) {
  const auto file = files_.open(path, OpenMode::create_new);
  std::vector<std::byte> buffer;
  const Stamp stamp = make([&](Bytes data) {
    buffer.insert(buffer.end(), data.begin(), data.end());
    if (buffer.size() < chunk_size) return;
    check_interrupted();
    file->append(buffer);
    buffer.clear();
  });
  file->append(buffer);
  return stamp;
}

// METS of the package stands first in it and names everything else: so it is made first, from what is
// recorded of the contents, which are then compared with it while they are copied.
void Packing::prepare_premis(const Staging& staging) {
  if (plan_.kind != Kind::aip || plan_.spec != Spec::tt05) return;
  premis_path_ = staging / "PREMIS.xml";
  representation_premis_path_ = staging / "PREMIS_rep1.xml";
  root_.premis = to_file(premis_path_, [this](Output out) { return write_premis(plan_, std::move(out)); });
  representation_.premis = to_file(representation_premis_path_, [this](Output out) {
    return write_representation_premis(plan_, std::move(out));
  });
}

void Packing::prepare_files(const Staging& staging) {
  for (const auto& one : plan_.documentation)
    root_.documentation.push_back({one.bytes.size(), sha256(std::string_view(one.bytes))});
  if (plan_.spec == Spec::bagit_1_0) return prepare_bag(staging);
  schemas_ = package_schemas(files_, plan_);
  for (const auto& schema : schemas_)
    root_.schemas.push_back({schema.name, {schema.text.size(), sha256(std::string_view(schema.text))}});
  representation_mets_path_ = staging / "METS_rep1.xml";
  root_.representation = to_file(representation_mets_path_, [this](Output out) {
    return write_representation_mets(plan_, representation_, std::move(out));
  });
  mets_path_ = staging / "METS.xml";
  mets_ = to_file(mets_path_, [this](Output out) { return write_root_mets(plan_, root_, std::move(out)); });
}

std::uint64_t Packing::content_bytes() const {
  std::uint64_t bytes = 0;
  for (std::size_t i = 0; i < plan_.documents.size(); ++i)
    for (const auto& content : plan_.documents.contents(i))
      bytes += content.component.size;
  return bytes;
}

void Packing::measure(const std::string& path) {
  longest_ = std::max(longest_, text::length(path));
}

void Packing::pour_text(Sink& sink, const std::string& path, std::string_view text) {
  measure(path);
  sink.begin(path, text.size());
  sink.write(as_bytes(text));
  sink.end();
  ++files_written_;
  bytes_written_ += text.size();
}

void Packing::pour_file(Sink& sink, const std::string& path, const Path& source, const Stamp& stamp) {
  const auto file = files_.open(source, OpenMode::read);
  sink.begin(path, stamp.size);
  buffers_[0].resize(chunk_size);
  for (std::uint64_t offset = 0; offset < stamp.size;) {
    check_interrupted();
    const std::size_t count = file->read_at(offset, buffers_[0]);
    if (count == 0) break;
    sink.write(Bytes(buffers_[0]).first(count));
    offset += count;
  }
  sink.end();
  ++files_written_;
  bytes_written_ += stamp.size;
}

Error changed(const Content& content, std::string recorded, std::string found) {
  return Error(Exit::no_verdict, "VTLT-OBJECT-02",
               Message("package.write.content_changed", {{"name", text::printable(content.component.name)},
                                                         {"recorded", std::move(recorded)},
                                                         {"found", std::move(found)}}),
               Message("package.write.content_changed.hint"))
      .at(content.source);
}

Error changed_size(const Content& content, std::uint64_t found) {
  return changed(content, std::to_string(content.component.size) + " B", std::to_string(found) + " B");
}

void require_digest(const Content& content, const Digest& found) {
  Digest recorded;
  if (!Digest::parse(content.component.sha256, recorded) || recorded != found)
    throw changed(content, content.component.sha256, found.hex());
}

std::unique_ptr<File> open_content(Files& files, const Content& content) {
  auto file = files.open(content.source, OpenMode::read);
  if (const FileStat stat = file->stat(); stat.size != content.component.size)
    throw changed_size(content, stat.size);
  return file;
}

void read_small(Files& files, const Content& content, std::span<std::byte> out) {
  const auto file = open_content(files, content);
  std::size_t offset = 0;
  while (offset < out.size()) {
    const std::size_t count = file->read_at(offset, out.subspan(offset));
    if (count == 0) throw changed_size(content, offset);
    offset += count;
  }
  thread_local Hasher hasher;
  hasher.update(Bytes(out));
  require_digest(content, hasher.finish());
}

// Takes the next contents off places and has them read.
Batch Packing::next_batch(std::span<const Place>& places) {
  Batch batch;
  std::size_t total = 0;
  while (!places.empty() && batch.contents.size() < batch_count && total < batch_bytes) {
    const Place& place = places.front();
    Content content;
    std::string link;
    if (place.link) {
      link = plan_.documents[place.document].link;
      content.component.size = link.size();
    } else {
      content = std::move(plan_.documents.contents(place.document)[place.index]);
    }
    const std::uint64_t size = content.component.size;
    batch.large = size > small_size;
    if (batch.large && !batch.contents.empty()) {
      batch.large = false;
      break;
    }
    batch.contents.push_back(std::move(content));
    batch.links.push_back(std::move(link));
    batch.names.push_back(contents_folder() + names_.stem() + place.rest);
    batch.digitised.push_back(place.digitised);
    batch.begins.push_back(total);
    places = places.subspan(1);
    if (batch.large) return batch;
    total += size;
  }
  batch.bytes = std::move(spare_);
  batch.bytes.resize(total);
  return batch;
}

std::string_view letters(Bytes bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// What verify will say of it. The packages are made all the same: the bytes are those that were registered.
void Packing::look_into(const content::Window& window, const std::string& path, bool digitised) {
  if (plan_.spec != Spec::tt05) return;
  const auto tell = [&](ContentFault&& fault) {
    faults_.add(Level::warning, fault.code, {path}, std::move(fault.what), std::move(fault.hint),
                std::move(fault.basis));
  };
  const ContentLook look = look_at(window, false);
  judge_form(
      path, look, window, std::string("TT 05/2025 PL ") + sort_appendix(sort_of(plan_)),
      [&] { return ++guesses_ <= static_cast<int>(told_of_one_code); }, tell);
  if (auto fault = encryption_fault(look, digitised)) tell(std::move(*fault));
  if (!digitised) return;
  if (auto fault = digitising_fault(look)) tell(std::move(*fault));
}

void Packing::read_batch(Batch& batch) {
  if (batch.large || batch.contents.empty()) return;
  batch.reading = std::async(std::launch::async, [this, &batch] {
    run_all(batch.contents.size(), [&](std::size_t i) {
      const std::span<std::byte> part = batch.part(i);
      if (batch.links[i].empty()) {
        read_small(files_, batch.contents[i], part);
        look_into({letters(part), {}, part.size()}, batch.names[i], batch.digitised[i]);
      } else {
        std::ranges::copy(as_bytes(batch.links[i]), part.begin());
      }
    });
  });
}

void Packing::pour_batch(Sink& sink, Batch& batch) {
  for (std::size_t i = 0; i < batch.contents.size(); ++i) {
    measure(batch.names[i]);
    sink.begin(batch.names[i], batch.part(i).size());
    sink.write(batch.part(i));
    sink.end();
  }
  files_written_ += batch.contents.size();
  bytes_written_ += batch.bytes.size();
  progress_.advance(batch.contents.size(), batch.bytes.size());
}

// One read for the copy, the CRC and the digest, which is taken beside the writing.
void Packing::pour_large(Sink& sink, const Batch& batch) {
  const Content& content = batch.contents.front();
  const std::string& path = batch.names.front();
  const auto file = open_content(files_, content);
  const std::uint64_t size = content.component.size;
  Hasher hasher;
  std::uint64_t offset = 0;
  std::string head, tail;
  sink.begin(path, size);
  {
    std::future<void> hashing;
    for (int turn = 0;; turn ^= 1) {
      check_interrupted();
      Buffer& buffer = buffers_[turn];
      buffer.resize(chunk_size);
      const std::size_t count = file->read_at(offset, buffer);
      if (count == 0) break;
      offset += count;
      if (offset > size) throw changed_size(content, file->stat().size);
      const Bytes data = Bytes(buffer).first(count);
      if (head.empty()) head = letters(data);
      tail += letters(data.last(std::min(count, content::end_bytes)));
      tail.erase(0, tail.size() - std::min(tail.size(), content::end_bytes));
      if (hashing.valid()) hashing.get();
      hashing = std::async(std::launch::async, [&hasher, data] { hasher.update(data); });
      sink.write(data);
      progress_.advance(0, count);
    }
    if (hashing.valid()) hashing.get();
  }
  if (offset != size) throw changed_size(content, offset);
  require_digest(content, hasher.finish());
  look_into({head, tail, size}, path, batch.digitised.front());
  sink.end();
  ++files_written_;
  bytes_written_ += size;
  progress_.advance(1, 0);
}

void Packing::pour_contents(Sink& sink) {
  std::vector<Place> places;
  std::uint32_t number = 0;
  for (const auto& document : plan_.documents) {
    const bool scanned = is_digitised(document.document);
    for (std::size_t i = 0; i < document.contents.size(); ++i)
      places.push_back({names_.content_rest(document, i), number, static_cast<std::uint32_t>(i), scanned});
    if (!document.link.empty()) places.push_back({names_.content_rest(document, 0), number, 0, false, true});
    ++number;
  }
  std::sort(places.begin(), places.end(), [](const Place& a, const Place& b) { return a.rest < b.rest; });

  std::span<const Place> rest(places);
  auto batch = std::make_unique<Batch>(next_batch(rest));
  read_batch(*batch);
  while (!batch->contents.empty()) {
    check_interrupted();
    if (batch->reading.valid()) batch->reading.get();
    auto next = std::make_unique<Batch>(next_batch(rest));
    read_batch(*next);
    if (batch->large)
      pour_large(sink, *batch);
    else
      pour_batch(sink, *batch);
    spare_ = std::move(batch->bytes);  // memory asked for anew each time would end in pieces
    batch = std::move(next);
  }
}

void Packing::pour_descriptions(Sink& sink) {
  struct Description {
    std::string rest, name;
    std::size_t document;
    std::uint64_t offset;
  };
  std::vector<Description> descriptions;
  std::uint64_t offset = 0;
  std::size_t number = 0;
  for (const auto& document : plan_.documents) {
    const char* form = form_name(form_of(document.document));
    descriptions.push_back({std::string(form) + "_" + std::to_string(document.ordinal) + ".xml",
                            names_.metadata(document), number, offset});
    offset += representation_.documents[number++].size;
  }
  std::sort(descriptions.begin(), descriptions.end(),
            [](const Description& a, const Description& b) { return a.rest < b.rest; });

  const auto file = files_.open(descriptions_path_, OpenMode::read);
  std::vector<std::byte> text;
  for (const auto& description : descriptions) {
    check_interrupted();
    text.resize(representation_.documents[description.document].size);
    VTLT_ASSERT(file->read_at(description.offset, text) == text.size());
    measure(descriptions_folder() + description.name);
    sink.begin(descriptions_folder() + description.name, text.size());
    sink.write(text);
    sink.end();
    ++files_written_;
    bytes_written_ += text.size();
  }
}

// What the manifests of a bag say is known before the first content is read, as METS is.
void Packing::prepare_bag(const Staging& staging) {
  BagParts parts;
  parts.record = root_.ead;
  parts.documents = &representation_.documents;
  parts.documentation = &root_.documentation;
  parts.content_bytes = content_bytes();
  mets_path_ = staging / "manifest-sha256.txt";
  mets_ =
      to_file(mets_path_, [&](Output out) { return write_manifest(plan_, names_, parts, std::move(out)); });
  bag_info_ = bag_info(plan_, names_, parts);
}

void Packing::pour_bag(Sink& sink) {
  std::string ead;
  write_ead(file_fields_, into(ead));
  pour_text(sink, "bag-info.txt", bag_info_);
  pour_text(sink, "bagit.txt", bag_declaration);
  pour_contents(sink);
  for (const auto& one : plan_.documentation)
    pour_text(sink, "data/documentation/" + one.name, one.bytes);
  pour_text(sink, "data/metadata/EAD.xml", ead);
  pour_descriptions(sink);
  pour_file(sink, "manifest-sha256.txt", mets_path_, mets_);
  pour_text(sink, "tagmanifest-sha256.txt", tag_manifest(bag_info_, mets_));
}

// In byte order of the paths, which is the order of a ZIP's entries.
void Packing::pour(Sink& sink) {
  if (plan_.spec == Spec::bagit_1_0) return pour_bag(sink);
  std::string ead;
  write_ead(file_fields_, into(ead));
  pour_file(sink, "METS.xml", mets_path_, mets_);
  for (const auto& one : plan_.documentation)
    pour_text(sink, "documentation/" + one.name, one.bytes);
  pour_text(sink, "metadata/descriptive/EAD.xml", ead);
  if (root_.premis) pour_file(sink, "metadata/preservation/PREMIS.xml", premis_path_, *root_.premis);
  pour_file(sink, "representations/rep1/METS.xml", representation_mets_path_, root_.representation);
  pour_contents(sink);
  pour_descriptions(sink);
  if (representation_.premis)
    pour_file(sink, "representations/rep1/metadata/preservation/PREMIS_rep1.xml", representation_premis_path_,
              *representation_.premis);
  for (const auto& schema : schemas_)
    pour_text(sink, "schemas/" + schema.name, schema.text);
}

void Packing::compare_folder(const Path& path) {
  CompareSink compare(files_, path);
  pour(compare);
  compare.require_nothing_else();
}

void Packing::make_folder(const Staging& staging, Written& written, const Ready& ready) {
  written.path = directory_ / written.folder;
  written.sha256 = mets_.digest.hex();
  if (files_.stat(written.path, false)) {
    compare_folder(written.path);
    if (ready) ready(written.path);
    return;
  }
  const Path unfinished = staging / written.folder;
  FolderSink folder(files_, unfinished);
  pour(folder);
  files_.sync_filesystem(unfinished, SyncPoint::package_contents);
  if (ready) ready(unfinished);
  try {
    files_.rename(unfinished, written.path);
  } catch (const Error&) {
    if (!files_.stat(written.path, false)) throw;
    compare_folder(written.path);  // another process was quicker with the same package
    return;
  }
  files_.sync_directory(directory_, SyncPoint::package_name);
}

// Digest of the whole ZIP; its bytes are read again where the writer could not hash them on the way.
void Packing::make_zip(const Staging& staging, Written& written, const Ready& ready) {
  written.path = directory_ / names_.zip();
  const Path unfinished = staging / names_.zip();
  {
    const auto file = files_.open(unfinished, OpenMode::create_new);
    ZipWriter zip(*file, plan_.time, plan_.deflate, plan_.zip_digest);
    ZipSink sink(zip, written.folder);
    pour(sink);
    const std::optional<Digest> digest = zip.close();
    file->sync(SyncPoint::package_contents);
    if (digest) written.sha256 = digest->hex();
  }
  if (plan_.zip_digest && written.sha256.empty()) written.sha256 = sha256_file(files_, unfinished).hex();
  if (const auto there = files_.stat(written.path, false)) {
    if (there->kind != FileKind::file || !same_bytes(files_, unfinished, written.path))
      throw already_there(written.path);
    if (ready) ready(written.path);
    return;
  }
  if (ready) ready(unfinished);
  files_.rename(unfinished, written.path);
  files_.sync_directory(directory_, SyncPoint::package_name);
}

// What would be refused, without writing anything.
void Packing::judge() {
  require_plan();
  file_fields_ = ead_fields(plan_);
  require_fields(file_fields_, sort_of(plan_), Form::file, 0);
  for (const auto& document : plan_.documents)
    require_fields(ead_document_fields(plan_, document), sort_of(plan_), form_of(document.document),
                   document.ordinal);
}

Written Packing::run(bool zip, const Ready& ready) {
  require_plan();
  Written written;
  written.objid = names_.objid();
  written.folder = names_.folder();
  std::uint64_t items = 0;
  for (std::size_t i = 0; i < plan_.documents.size(); ++i)
    items += plan_.documents.contents(i).size();
  progress_.start(Message("package.write.progress", {{"name", written.folder}}), items, content_bytes());
  {
    const Staging staging(files_, directory_, written.folder);
    {
      auto premis = std::async(std::launch::async, [&] { prepare_premis(staging); });
      prepare_descriptions(staging);
      premis.get();
    }
    prepare_files(staging);
    if (zip)
      make_zip(staging, written, ready);
    else
      make_folder(staging, written, ready);
  }
  progress_.finish();
  written.longest = text::length(written.folder) + 1 + longest_;
  written.files = files_written_;
  written.bytes = bytes_written_;
  written.findings = faults_.take(false);
  return written;
}

}  // namespace
}  // namespace writing

Written write(Files& files, const Plan& plan, const Path& directory, bool zip, Progress& progress,
              const std::function<void(const Path&)>& ready) {
  return writing::Packing(files, plan, directory, progress).run(zip, ready);
}

void judge(Files& files, const Plan& plan) {
  writing::Packing(files, plan, {}, no_progress()).judge();
}

}  // namespace vtlt::package
