#include <algorithm>
#include <future>
#include <optional>
#include <utility>
#include <vector>

#include "base/error.h"
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
constexpr std::size_t background_size = 128u << 10;  // below, a thread costs more than it saves

// A hidden directory for all that is unfinished; gone with everything in it when the work does not end well.
class Staging {
 public:
  Staging(Files& files, Path path) : files_(files), path_(std::move(path)) {
    remove_tree(files_, path_);  // left by a power cut
    files_.make_directory(path_);
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
  Path operator/(const char* name) const { return path_ / name; }
  const Path& path() const { return path_; }

 private:
  Files& files_;
  Path path_;
};

class Packing {
 public:
  Packing(Files& files, const Plan& plan, Path directory, Progress& progress)
      : files_(files), plan_(plan), directory_(std::move(directory)), progress_(progress), names_(plan) {}

  Written run(bool zip);

 private:
  void require_plan() const;
  void prepare_descriptions();
  void prepare_files(const Staging& staging);
  Stamp to_file(const Path& path, const std::function<Stamp(Output)>& make);
  std::uint64_t content_bytes() const;

  void pour(Sink& sink);
  void pour_text(Sink& sink, const std::string& path, std::string_view text);
  void pour_file(Sink& sink, const std::string& path, const Path& source, const Stamp& stamp);
  void pour_description(Sink& sink, const PackedDocument& document, const Stamp& stamp);
  void pour_contents(Sink& sink);
  void pour_content(Sink& sink, const std::string& path, const Content& content);
  void pour_descriptions(Sink& sink);

  void make_folder(const Staging& staging, Written& written);
  void make_zip(const Staging& staging, Written& written);

  Files& files_;
  const Plan& plan_;
  Path directory_;
  Progress& progress_;
  Names names_;
  Fields file_fields_;
  RootParts root_;
  RepresentationParts representation_;
  Stamp mets_;
  Path mets_path_, representation_mets_path_, premis_path_, representation_premis_path_;
  std::vector<Schema> schemas_;
  std::uint64_t files_written_ = 0, bytes_written_ = 0;
  std::vector<std::byte> buffers_[2];
};

Error refusal(const char* code, const char* key) {
  return Error(Exit::refused, code, Message(key));
}

void Packing::require_plan() const {
  if (plan_.spec != Spec::tt05 || plan_.kind == Kind::dip)
    throw Error(Exit::usage, "VTLT-PACKAGE-03", Message("package.write.kind"));
  if (plan_.documents.empty()) throw refusal("VTLT-D17", "package.write.no_documents");
  bool contents = false;
  for (std::size_t i = 0; i < plan_.documents.size(); ++i) {
    if (plan_.documents[i].ordinal != static_cast<int>(i) + 1)
      throw refusal("VTLT-D04", "package.write.ordinals");
    contents = contents || !plan_.documents[i].contents.empty();
  }
  if (!contents) throw refusal("VTLT-D17", "package.write.no_contents");
}

// Before anything is written: every value is within the circular's limits, every EAD file has its digest.
void Packing::prepare_descriptions() {
  const Output nowhere = [](Bytes) {};
  file_fields_ = ead_fields(plan_);
  require_fields(file_fields_, plan_.kind, Form::file, 0);
  root_.ead = write_ead(file_fields_, nowhere);
  representation_.documents.reserve(plan_.documents.size());
  for (const auto& document : plan_.documents) {
    check_interrupted();
    const Fields fields = ead_document_fields(plan_, document);
    require_fields(fields, plan_.kind, form_of(document.document), document.ordinal);
    representation_.documents.push_back(write_ead(fields, nowhere));
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
void Packing::prepare_files(const Staging& staging) {
  schemas_ = package_schemas(files_, plan_);
  for (const auto& schema : schemas_)
    root_.schemas.push_back({schema.name, {schema.text.size(), sha256(std::string_view(schema.text))}});
  if (plan_.kind == Kind::aip) {
    premis_path_ = staging / "PREMIS.xml";
    representation_premis_path_ = staging / "PREMIS_rep1.xml";
    root_.premis = to_file(premis_path_, [this](Output out) { return write_premis(plan_, std::move(out)); });
    representation_.premis = to_file(representation_premis_path_, [this](Output out) {
      return write_representation_premis(plan_, std::move(out));
    });
  }
  representation_mets_path_ = staging / "METS_rep1.xml";
  root_.representation = to_file(representation_mets_path_, [this](Output out) {
    return write_representation_mets(plan_, representation_, std::move(out));
  });
  mets_path_ = staging / "METS.xml";
  mets_ = to_file(mets_path_, [this](Output out) { return write_root_mets(plan_, root_, std::move(out)); });
}

std::uint64_t Packing::content_bytes() const {
  std::uint64_t bytes = 0;
  for (const auto& document : plan_.documents)
    for (const auto& content : document.contents)
      bytes += content.component.size;
  return bytes;
}

void Packing::pour_text(Sink& sink, const std::string& path, std::string_view text) {
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
      .at(content.source.string());
}

Error changed_size(const Content& content, std::uint64_t found) {
  return changed(content, std::to_string(content.component.size) + " B", std::to_string(found) + " B");
}

// One read for the copy, the CRC and the digest; the digest of a large file is taken beside.
void Packing::pour_content(Sink& sink, const std::string& path, const Content& content) {
  const auto file = files_.open(content.source, OpenMode::read);
  const std::uint64_t size = content.component.size;
  if (const FileStat stat = file->stat(); stat.size != size) throw changed_size(content, stat.size);
  Hasher hasher;
  std::uint64_t offset = 0;
  {
    std::future<void> hashing;
    int turn = 0;
    sink.begin(path, size);
    for (;;) {
      check_interrupted();
      std::vector<std::byte>& buffer = buffers_[turn];
      buffer.resize(chunk_size);
      const std::size_t count = file->read_at(offset, buffer);
      if (count == 0) break;
      offset += count;
      if (offset > size) throw changed_size(content, file->stat().size);
      const Bytes data = Bytes(buffer).first(count);
      if (hashing.valid()) hashing.get();
      if (count >= background_size)
        hashing = std::async(std::launch::async, [&hasher, data] { hasher.update(data); });
      else
        hasher.update(data);
      sink.write(data);
      progress_.advance(0, count);
      turn ^= 1;
    }
    if (hashing.valid()) hashing.get();
  }
  if (offset != size) throw changed_size(content, offset);
  Digest recorded;
  const Digest found = hasher.finish();
  if (!Digest::parse(content.component.sha256, recorded) || recorded != found)
    throw changed(content, content.component.sha256, found.hex());
  sink.end();
  ++files_written_;
  bytes_written_ += size;
  progress_.advance(1, 0);
}

void Packing::pour_contents(Sink& sink) {
  struct Place {
    std::string rest;  // the name without mã hồ sơ, which all share: fits into the string itself
    std::uint32_t document, index;
  };
  std::vector<Place> places;
  for (std::size_t d = 0; d < plan_.documents.size(); ++d)
    for (std::size_t i = 0; i < plan_.documents[d].contents.size(); ++i)
      places.push_back({names_.content_rest(plan_.documents[d], i), static_cast<std::uint32_t>(d),
                        static_cast<std::uint32_t>(i)});
  std::sort(places.begin(), places.end(), [](const Place& a, const Place& b) { return a.rest < b.rest; });
  for (const Place& place : places) {
    const PackedDocument& document = plan_.documents[place.document];
    pour_content(sink, "representations/rep1/data/" + names_.content(document, place.index),
                 document.contents[place.index]);
  }
}

void Packing::pour_description(Sink& sink, const PackedDocument& document, const Stamp& stamp) {
  sink.begin("representations/rep1/metadata/descriptive/" + names_.metadata(document), stamp.size);
  const Stamp again = write_ead(ead_document_fields(plan_, document), [&](Bytes data) { sink.write(data); });
  VTLT_ASSERT(again.digest == stamp.digest);
  sink.end();
  ++files_written_;
  bytes_written_ += stamp.size;
}

void Packing::pour_descriptions(Sink& sink) {
  using Place = std::pair<std::string, std::size_t>;
  std::vector<Place> places;
  for (std::size_t d = 0; d < plan_.documents.size(); ++d) {
    const PackedDocument& document = plan_.documents[d];
    places.emplace_back(
        form_name(form_of(document.document)) + std::string("_") + std::to_string(document.ordinal) + ".xml",
        d);
  }
  std::sort(places.begin(), places.end());
  for (const auto& [name, d] : places) {
    check_interrupted();
    pour_description(sink, plan_.documents[d], representation_.documents[d]);
  }
}

// In byte order of the paths, which is the order of a ZIP's entries.
void Packing::pour(Sink& sink) {
  std::string ead;
  write_ead(file_fields_,
            [&](Bytes data) { ead.append(reinterpret_cast<const char*>(data.data()), data.size()); });
  pour_file(sink, "METS.xml", mets_path_, mets_);
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

void Packing::make_folder(const Staging& staging, Written& written) {
  written.path = directory_ / written.folder;
  written.sha256 = mets_.digest.hex();
  if (files_.stat(written.path, false)) {
    CompareSink compare(files_, written.path);
    pour(compare);
    compare.require_nothing_else();
    return;
  }
  const Path unfinished = staging / "package";
  FolderSink folder(files_, unfinished);
  pour(folder);
  files_.sync_filesystem(unfinished, SyncPoint::package_contents);
  files_.rename(unfinished, written.path);
  files_.sync_directory(directory_, SyncPoint::package_name);
}

void Packing::make_zip(const Staging& staging, Written& written) {
  written.path = directory_ / names_.zip();
  const Path unfinished = staging / "package.zip";
  std::optional<Digest> digest;
  {
    const auto file = files_.open(unfinished, OpenMode::create_new);
    ZipWriter zip(*file, plan_.time, plan_.deflate);
    ZipSink sink(zip, written.folder);
    pour(sink);
    digest = zip.close();
    file->sync(SyncPoint::package_contents);
  }
  if (!digest) digest = sha256_file(files_, unfinished);
  written.sha256 = digest->hex();
  if (const auto there = files_.stat(written.path, false)) {
    if (there->kind != FileKind::file || sha256_file(files_, written.path) != *digest)
      throw already_there(written.path);
    return;
  }
  files_.rename(unfinished, written.path);
  files_.sync_directory(directory_, SyncPoint::package_name);
}

Written Packing::run(bool zip) {
  require_plan();
  prepare_descriptions();
  Written written;
  written.objid = names_.objid();
  written.folder = names_.folder();
  std::uint64_t items = 0;
  for (const auto& document : plan_.documents)
    items += document.contents.size();
  progress_.start(Message("package.write.progress", {{"name", written.folder}}), items, content_bytes());
  {
    const Staging staging(files_, directory_ / (".tmp-" + written.folder));
    prepare_files(staging);
    if (zip)
      make_zip(staging, written);
    else
      make_folder(staging, written);
  }
  progress_.finish();
  written.files = files_written_;
  written.bytes = bytes_written_;
  return written;
}

}  // namespace
}  // namespace writing

Written write(Files& files, const Plan& plan, const Path& directory, bool zip, Progress& progress) {
  return writing::Packing(files, plan, directory, progress).run(zip);
}

}  // namespace vtlt::package
