#include "repository/receiving.h"

#include <array>

#include "base/buffer.h"
#include "base/error.h"
#include "records/references.h"
#include "repository/package_events.h"
#include "repository/registering.h"
#include "repository/state.h"
#include "repository/work.h"
#include "text/text.h"

namespace vtlt::repository {
namespace {

using package::UnpackedContent;
using package::UnpackedDocument;

class Receiving {
 public:
  Receiving(Repository& repository, const ReceivePackageRequest& request)
      : repository_(repository), request_(request) {}

  ReceivePackageResult run() {
    auto& files = repository_.files();
    package::CheckOptions options;
    options.content = package::ContentDepth::quick;
    const package::Verdict verdict =
        package::check(files, request_.path, options, repository_.state().progress());
    result_.format = verdict.format;
    result_.objid = verdict.objid;
    result_.findings = verdict.findings;
    result_.passed = verdict.passed();
    if (!result_.passed) return std::move(result_);
    std::vector<std::string> organs;
    for (const auto& row : repository_.catalogue().fonds())
      organs.push_back(row.fonds.organ);
    unpacking_.emplace(files, request_.path, organs);
    find_fonds();
    if (loose())
      unpacking_->each([&](UnpackedDocument&& document) {
        if (first_digest_.empty() && !document.contents.empty())
          first_digest_ = document.contents.front().component.sha256;
      });
    must_be_new();
    if (request_.dry_run) {
      result_.documents = unpacking_->package().documents;
      return std::move(result_);
    }
    staging_.emplace(repository_);
    unpacking_->each([&](UnpackedDocument&& document) { stage(std::move(document)); });
    staging_->sync();
    write();
    return std::move(result_);
  }

 private:
  const package::UnpackedPackage& said() const { return unpacking_->package(); }
  bool loose() const { return said().unit == package::Unit::loose; }

  void find_fonds() {
    if (!request_.fonds.empty()) {
      fonds_ = repository_.fonds(request_.fonds).fonds;
      if (!loose() && said().organ != fonds_.organ) {
        result_.findings.push_back(
            warning("VTLT-RECEIVE-02",
                    Message("repository.receive.organ",
                            {{"organ", said().organ.empty() ? said().file.notation : said().organ},
                             {"fonds", fonds_.code},
                             {"own", fonds_.organ}}),
                    "TT 05/2025 PL I, III"));
      }
      return;
    }
    std::vector<records::Fonds> fitting;
    for (const auto& row : repository_.catalogue().fonds())
      if (row.fonds.organ == said().organ ||
          (loose() && said().file.notation.starts_with(row.fonds.organ + ".")))
        fitting.push_back(row.fonds);
    if (fitting.size() == 1) {
      fonds_ = fitting.front();
      return;
    }
    for (const auto& one : fitting)  // of several bodies under one code the one that the package names
      if (one.code == said().fonds_code) {
        fonds_ = one;
        return;
      }
    throw Error(Exit::refused, "VTLT-RECEIVE-01",
                Message("repository.receive.fonds",
                        {{"organ", said().organ.empty() ? said().file.notation : said().organ},
                         {"agency", text::printable(said().agency)}}),
                Message("repository.receive.fonds.hint"));
  }

  // D28: what is held already is for a person to compare.
  void must_be_new() {
    if (loose()) return batch_must_be_new();
    for (const auto& row :
         repository_.catalogue().files_by_notation(fonds_.id, said().file.year, said().file.notation))
      if (row.file.year == said().file.year)
        throw Error(Exit::refused, "D28",
                    Message("repository.receive.held",
                            {{"file", name_of(repository_, {Target::Kind::file, row.file.id})}}),
                    Message("repository.receive.held.hint",
                            {{"file", name_of(repository_, {Target::Kind::file, row.file.id})}}));
  }

  // Loose documents are known by the code of what they came in; their contents lead to it.
  void batch_must_be_new() {
    const std::string code = records::file_code(fonds_, said().file);
    for (const auto& component : repository_.catalogue().components_by_content(first_digest_)) {
      const auto row = repository_.catalogue().document(component.document);
      if (!row) continue;
      const auto batch = row->document.original.find("tt05.batch");
      if (batch == row->document.original.end() || batch->second != code) continue;
      const std::string name = name_of(repository_, {Target::Kind::document, component.document});
      throw Error(Exit::refused, "D28", Message("repository.receive.held.loose", {{"code", code}, {"document", name}}),
                  Message("repository.receive.held.hint", {{"file", name}}));
    }
  }

  void stage(UnpackedDocument&& document) {
    document.document.id = records::new_id(records::Kind::document);
    document.document.fonds = fonds_.id;
    if (loose()) {
      auto& original = document.document.original;
      const auto source = said().file.original.find("tt05.source");
      original["tt05.batch"] = records::file_code(fonds_, said().file);
      original["tt05.batch.title"] = said().file.title;
      original["tt05.batch.source"] = source == said().file.original.end() ? "" : source->second;
      original["tt05.batch.note"] = said().file.note;
      original["tt05.batch.ordinal"] = std::to_string(document.ordinal);
      original["tt05.batch.total"] = std::to_string(said().documents);
      original["tt05.batch.objid"] = said().objid;
    }
    package::PackedDocument packed;
    packed.ordinal = document.ordinal;
    packed.link = std::move(document.link);
    for (const auto& content : document.contents) {
      packed.contents.push_back({stage_one(content, document.document.id), {}});
      result_.bytes += packed.contents.back().component.size;
    }
    packed.document = std::move(document.document);
    documents_.push_back(packed);
  }

  records::Component stage_one(const UnpackedContent& content, const records::Id& document) {
    check_interrupted();
    objects::Staged staged;
    Hasher hasher;
    {
      const auto file = staging_->make(staged);
      const auto stream = unpacking_->open(content);
      while (const std::size_t count = stream->read(buffer_)) {
        const Bytes part = Bytes(buffer_).first(count);
        hasher.update(part);
        file->append(part);
        staged.size += count;
      }
    }
    staged.digest = hasher.finish();
    staged.modified_ms = content.component.modified_ms;
    if (staged.size != content.component.size ||
        (!content.component.sha256.empty() && content.component.sha256 != Digest{}.hex() &&
         staged.digest.hex() != content.component.sha256))
      throw Error(Exit::no_verdict, "VTLT-OBJECT-02",
                  Message("repository.receive.changed", {{"name", text::printable(content.component.name)}}))
          .at(request_.path.string());
    const Received received = staging_->adopt(staged, content.component.name);
    records::Component component = component_of(content.component.name, received, document,
                                                content.component.role, content.component.ordinal);
    component.modified_ms = content.component.modified_ms;
    return component;
  }

  // What a .fetch.txt names: a document of another file that is held here.
  std::optional<records::Id> linked(const std::string& link) const {
    std::string id = link.substr(0, link.find('\n'));
    if (const auto space = id.rfind(' '); space != std::string::npos) id = id.substr(space + 1);
    const auto dot = id.rfind('.');
    if (dot == std::string::npos || !id.starts_with(fonds_.organ + ".")) return std::nullopt;
    const std::string code = id.substr(fonds_.organ.size() + 1, dot - fonds_.organ.size() - 1);
    const auto year_end = code.find('.');
    if (year_end == std::string::npos) return std::nullopt;
    const int ordinal = std::atoi(id.c_str() + dot + 1);
    std::optional<records::Id> found;
    for (const auto& row : repository_.catalogue().files_by_notation(fonds_.id, std::atoi(code.c_str()),
                                                                     code.substr(year_end + 1))) {
      int place = 0;
      repository_.catalogue().documents_of(row.file.id, [&](catalogue::FiledRow&& filed) {
        if (++place == ordinal) found = filed.document.document.id;
      });
    }
    return found;
  }

  records::FileRecord file_record() const {
    records::FileRecord file = said().file;
    file.id = records::new_id(records::Kind::file);
    file.fonds = fonds_.id;
    file.state = records::FileState::archived;
    if (file.year == 0) file.year = file.end.year;
    file.term_source = said().agency;
    std::string events;
    for (const auto& event : said().events) events += event_line(event);
    if (!events.empty()) file.original["tt05.events"] = events;
    if (!said().registration.empty()) file.original["tt05.registration"] = said().registration;
    return file;
  }

  // The document that stands in the file: a new one, or the one that a .fetch.txt names.
  records::Id write_document(Change& change, const package::PackedDocument& packed) {
    records::Document document = packed.document;
    ++result_.documents;
    if (!packed.link.empty()) {
      if (const auto other = linked(packed.link)) {
        ++result_.linked;
        return *other;
      }
      document.original["tt05.link"] = packed.link;
      result_.findings.push_back(
          warning("D21",
                  Message("repository.receive.link", {{"ordinal", std::to_string(packed.ordinal)},
                                                      {"link", text::printable(packed.link.substr(0, 200))}}),
                  "TT 05/2025 PL III"));
    }
    change.add(journal::type::document_described, journal::encode(document));
    for (const auto& content : packed.contents) {
      change.add(journal::type::content_attached, journal::encode(content.component));
      ++result_.components;
    }
    return document.id;
  }

  void write() {
    Change change(repository_);
    change.follow(static_cast<std::int64_t>(3 * documents_.size()));
    must_be_new();
    std::optional<records::FileRecord> file;
    if (!loose()) {
      file = file_record();
      change.add(journal::type::file_arranged, journal::encode(*file));
      result_.file = file->id;
      result_.name = records::file_reference(*file);
    } else {
      result_.name = said().file.notation;
    }
    for (const auto& packed : documents_) {
      const records::Id id = write_document(change, packed);
      if (file)
        change.add(journal::type::file_document_added,
                   journal::encode_fields({{"file", file->id.text()}, {"document", id.text()}},
                                          {{"ordinal", packed.ordinal}}));
    }
    change.commit(&*staging_);
  }

  Repository& repository_;
  const ReceivePackageRequest& request_;
  ReceivePackageResult result_;
  std::optional<package::Unpacking> unpacking_;
  std::optional<Staging> staging_;
  records::Fonds fonds_;
  std::string first_digest_;  // of loose documents: of the first content
  package::PackedDocuments documents_;
  Buffer buffer_ = Buffer(1u << 18);
};

}  // namespace

ReceivePackageResult receive_package(Repository& repository, const ReceivePackageRequest& request) {
  return Receiving(repository, request).run();
}

}  // namespace vtlt::repository
