#include <algorithm>
#include <set>

#include "base/error.h"
#include "repository/packing_parts.h"
#include "repository/state.h"
#include "repository/uses.h"
#include "repository/work.h"
#include "text/text.h"

namespace vtlt::repository {
namespace {

using records::Role;

bool is_secret(const std::string& access) {
  return access == "secret" || !records::secrecy_of(access).empty();
}

void must_not_be_secret(const records::Document& document, int ordinal) {
  if (is_secret(document.access))
    throw Error(Exit::refused, "VTLT-P12",
                Message("repository.pack.secret", {{"ordinal", std::to_string(ordinal)}}));
}

class Gathering {
 public:
  Gathering(Repository& repository, const PackRequest& request)
      : repository_(repository), request_(request) {}

  Gathered run() {
    if (request_.file)
      whole_file(*request_.file);
    else
      documents();
    auto& plan = all_.plan;
    if (plan.fonds.organ.empty())
      throw Error(Exit::refused, "VTLT-PACKAGE-04",
                  Message("repository.pack.no_organ", {{"fonds", plan.fonds.code}}));
    plan.spec = request_.spec;
    plan.agency = plan.fonds.name;
    plan.registration = request_.registration;
    plan.schemas = request_.schemas;
    plan.software_version = repository_.options().software;
    return std::move(all_);
  }

 private:
  bool dip() const { return request_.kind == package::Kind::dip; }

  void whole_file(const records::Id& id) {
    auto& catalogue = repository_.catalogue();
    const auto file = catalogue.file(id);
    if (!file)
      throw Error(Exit::usage, "VTLT-REF-01",
                  Message("repository.reference.none", {{"reference", id.brief()}}));
    all_.name = name_of(repository_, {Target::Kind::file, id});
    if (file->file.state == records::FileState::destroyed)
      throw Error(Exit::refused, "VTLT-PACKAGE-02",
                  Message("repository.pack.destroyed", {{"file", all_.name}}));
    if (file->file.state == records::FileState::open || file->file.state == records::FileState::planned)
      throw Error(Exit::refused, "VTLT-PACKAGE-03", Message("repository.pack.open", {{"file", all_.name}}),
                  Message("repository.pack.open.hint", {{"file", all_.name}}));
    if (is_secret(file->file.access))
      throw Error(Exit::refused, "VTLT-P12", Message("repository.pack.secret.file", {{"file", all_.name}}));
    all_.plan.file = file->file;
    all_.plan.fonds = catalogue.fonds(file->file.fonds)->fonds;
    all_.touched = {id, all_.plan.fonds.id};
    contents_of(repository_, id, [&](records::FiledDocument&& filed) {
      package::PackedDocument packed;
      packed.ordinal = static_cast<int>(all_.plan.documents.size()) + 1;
      packed.document = std::move(filed.document);
      must_not_be_secret(packed.document, filed.ordinal);
      if (request_.linked && request_.spec == package::Spec::tt05 && !dip())
        packed.link = link_for(packed, filed.components, id);
      take(std::move(packed), std::move(filed.components));
    });
    if (all_.plan.documents.empty())
      throw Error(Exit::refused, "VTLT-PACKAGE-05", Message("repository.pack.empty", {{"file", all_.name}}));
  }

  // Another file of the fonds has the document, and a package of the same kind was made of that: this one
  // says where (D21). In a SIP the identifier of the document, in an AIP a line for each computer file.
  std::string link_for(const package::PackedDocument& packed,
                       const std::vector<records::Component>& components, const records::Id& file) {
    if (!request_.kind || components.empty()) return {};
    const char* kind = *request_.kind == package::Kind::aip ? "aip" : "sip";
    if (!packages_) {
      packages_.emplace();
      for (const auto& row : repository_.catalogue().packages())
        if (row.plan.file && row.plan.kind == kind && row.plan.spec == "tt05") {
          // One that is linked itself may have the bytes nowhere: two files must not name each other.
          if (whole_plan(repository_, row).details.count("linked") != 0)
            packages_->erase(*row.plan.file);
          else
            (*packages_)[*row.plan.file] = row.plan;
        }
    }
    for (const auto& other : repository_.catalogue().files_of(packed.document.id)) {
      const auto made = packages_->find(other);
      const auto row = repository_.catalogue().file(other);
      if (other == file || made == packages_->end() || !row || row->file.fonds != all_.plan.fonds.id)
        continue;
      // A file that was arranged anew since names its contents otherwise than its package does.
      const auto touch = repository_.catalogue().newest_touch({other});
      if (!touch || touch->stream != made->second.newest_stream || touch->seq > made->second.newest_seq)
        continue;
      package::Plan there;
      there.kind = *request_.kind;
      there.fonds = all_.plan.fonds;
      there.file = row->file;
      VTLT_ASSERT(Digest::parse(made->second.seed, there.seed));
      package::PackedDocument twin = packed;
      twin.ordinal = place_in(other, packed.document.id);
      ++all_.links;
      const std::string id = records::file_code(there.fonds, there.file) + "." + std::to_string(twin.ordinal);
      if (*request_.kind == package::Kind::sip) return id + "\n";
      twin.contents = contents_for(components);
      package::PackedDocument here = packed;
      here.contents = twin.contents;
      package::Plan own;
      own.kind = *request_.kind;
      own.fonds = all_.plan.fonds;
      own.file = all_.plan.file;
      std::string lines;
      for (std::size_t i = 0; i < components.size(); ++i)
        lines += "urn_" + there.fonds.code + "_" + package::uuid_for(there.seed, "package") + "_" +
                 package::content_path(there, twin, i) + " " + std::to_string(components[i].size) + " " +
                 package::content_path(own, here, i) + " " + id + "\n";
      return lines;
    }
    return {};
  }

  // A file's documents are walked over once, however many of them are asked for.
  int place_in(const records::Id& file, const records::Id& document) {
    const auto [places, fresh] = places_.try_emplace(file);
    int ordinal = 0;
    if (fresh)
      repository_.catalogue().documents_of(file, [&](catalogue::FiledRow&& filed) {
        places->second.emplace(filed.document.document.id, ++ordinal);
      });
    const auto found = places->second.find(document);
    return found == places->second.end() ? 0 : found->second;
  }

  // Main first; opinions and drafts stay in the repository's order behind it.
  std::vector<package::Content> contents_for(std::vector<records::Component> components) {
    std::vector<package::Content> contents;
    for (auto& component : components) {
      Digest digest;
      VTLT_ASSERT(Digest::parse(component.sha256, digest));
      contents.push_back({std::move(component), repository_.objects().path_of(digest).string()});
    }
    std::stable_sort(contents.begin(), contents.end(), [](const auto& a, const auto& b) {
      return static_cast<int>(a.component.role == Role::main) >
             static_cast<int>(b.component.role == Role::main);
    });
    return contents;
  }

  void take(package::PackedDocument packed, std::vector<records::Component> components) {
    all_.touched.push_back(packed.document.id);
    if (packed.link.empty()) {
      for (const auto& component : components)
        all_.components_touched.push_back(component.id);
      packed.contents = contents_for(std::move(components));
      if (packed.contents.empty())
        throw Error(Exit::refused, "VTLT-PACKAGE-05",
                    request_.file
                        ? Message("repository.pack.no_content",
                                  {{"file", all_.name}, {"ordinal", std::to_string(packed.ordinal)}})
                        : Message("repository.pack.no_content.loose", {{"document", all_.name}}),
                    Message("repository.pack.no_content.hint"));
    }
    all_.plan.documents.push_back(packed);
  }

  // ---- documents by themselves ----

  void documents() {
    for (const Target& target : request_.targets) {
      if (target.kind == Target::Kind::file)
        contents_of(repository_, target.id,
                    [&](records::FiledDocument&& filed) { one_document(filed.document.id, target.id); });
      else
        one_document(document_of(target), std::nullopt);
    }
    if (all_.plan.documents.empty())
      throw Error(Exit::refused, "VTLT-PACKAGE-05", Message("repository.pack.nothing"));
    constexpr std::size_t kMost = 20'000;  // their ids stand in one event
    if (all_.documents.size() > kMost)
      throw Error(Exit::usage, "VTLT-PACKAGE-07",
                  Message("repository.pack.many", {{"limit", static_cast<std::int64_t>(kMost)}}));
    all_.touched.push_back(all_.plan.fonds.id);
    all_.plan.unit = package::Unit::loose;
    if (!dip()) name_batch();
  }

  records::Id document_of(const Target& target) {
    if (target.kind == Target::Kind::document) return target.id;
    if (target.kind == Target::Kind::entry)
      if (const auto row = repository_.catalogue().entry(target.id); row && row->entry.document)
        return *row->entry.document;
    throw Error(Exit::usage, "VTLT-REF-03",
                Message("repository.pack.what", {{"name", name_of(repository_, target)}}));
  }

  void one_document(const records::Id& id, std::optional<records::Id> from) {
    if (!seen_.insert(id).second) return;
    auto& catalogue = repository_.catalogue();
    const auto row = catalogue.document(id);
    if (!row)
      throw Error(Exit::usage, "VTLT-REF-01",
                  Message("repository.reference.none", {{"reference", id.brief()}}));
    package::PackedDocument packed;
    packed.ordinal = static_cast<int>(all_.plan.documents.size()) + 1;
    packed.document = row->document;
    all_.name = name_of(repository_, {Target::Kind::document, id});
    if (all_.documents.empty())
      all_.plan.fonds = catalogue.fonds(row->document.fonds)->fonds;
    else if (row->document.fonds != all_.plan.fonds.id)
      throw Error(Exit::usage, "VTLT-PACKAGE-07", Message("repository.pack.several_fonds"));
    if (dip())
      place_in_file(packed, from);
    else
      must_be_loose(packed);
    if (packed.document.access.empty()) {
      const auto access = access_to(repository_, {Target::Kind::document, id});
      packed.document.access = access == records::Access::open          ? "open"
                               : access == records::Access::conditional ? "conditional"
                                                                        : "secret";
    }
    if (!dip()) must_not_be_secret(packed.document, packed.ordinal);
    if (packed.document.term.kind == records::TermKind::none &&
        packed.document.original.count("tt05.maintenance") == 0)
      warn_no_term();
    auto components = catalogue.components(id);
    // A reader's copy is made from the original: what was thought and drafted on the way stays in the house.
    std::erase_if(components, [&](const records::Component& one) {
      return one.role == Role::message || (dip() && (one.role == Role::draft || one.role == Role::opinion));
    });
    all_.documents.push_back(id);
    take(std::move(packed), std::move(components));
  }

  void warn(const char* code, Message message, Message hint, const char* basis) {
    all_.findings.push_back(warning(code, std::move(message), basis, {}, std::move(hint)));
  }

  // 07 is "another term"; the circular has no code for one that nobody has set.
  void warn_no_term() {
    warn("D5", Message("repository.pack.no_term", {{"document", all_.name}}),
         Message("repository.pack.no_term.hint"), "TT 05/2025 PL II, IV, V");
  }

  // Term and access are the file's where the document has none of its own.
  void place_in_file(package::PackedDocument& packed, std::optional<records::Id> from) {
    auto& catalogue = repository_.catalogue();
    std::optional<catalogue::FileRow> home;
    for (const auto& id : catalogue.files_of(packed.document.id)) {
      const auto row = catalogue.file(id);
      if (!row || (from && id != *from)) continue;
      if (!home || (!home->file.kept.empty() && row->file.kept.empty())) home = row;
    }
    if (!home) {
      warn("D4", Message("repository.pack.no_file", {{"document", all_.name}}),
           Message("repository.pack.no_file.hint"), "TT 05/2025 PL V");
      return;
    }
    packed.file_code = records::file_code(all_.plan.fonds, home->file);
    packed.file_ordinal = place_in(home->file.id, packed.document.id);
    if (packed.document.access.empty()) packed.document.access = home->file.access;
    if (packed.document.term.kind == records::TermKind::none) packed.document.term = home->file.term;
    all_.touched.push_back(home->file.id);
  }

  // Đ17k2: only what was not compiled into files goes without one. Kept sets are no files of that kind. The
  // term of what stands in one all the same is the file's.
  void must_be_loose(package::PackedDocument& packed) {
    bool incoming = false;
    if (packed.document.entry)
      if (const auto entry = repository_.catalogue().entry(*packed.document.entry))
        incoming = entry->entry.book == records::Book::in;
    if (packed.ordinal == 1)
      all_.plan.loose.incoming = incoming;
    else if (incoming != all_.plan.loose.incoming)
      throw Error(Exit::usage, "VTLT-PACKAGE-07", Message("repository.pack.both_books"),
                  Message("repository.pack.both_books.hint"));
    year_ = std::max(year_, packed.document.date.year);
    for (const auto& id : repository_.catalogue().files_of(packed.document.id)) {
      const auto row = repository_.catalogue().file(id);
      if (!row || !row->file.kept.empty()) continue;
      if (packed.document.term.kind == records::TermKind::none) packed.document.term = row->file.term;
      const std::string file = name_of(repository_, {Target::Kind::file, id});
      warn("D16", Message("repository.pack.filed", {{"document", all_.name}, {"file", file}}),
           Message("repository.pack.filed.hint", {{"file", file}}), "TT 05/2025 Đ17k2");
      break;
    }
  }

  // What came as one package of loose documents, all of it and in its order, goes out under the same code
  // (TT05 PL II: that of the SIP): the codes of the documents follow from it.
  bool came_together() {
    package::LooseBatch loose = all_.plan.loose;
    std::string code, objid;
    for (const auto& packed : all_.plan.documents) {
      const auto& original = packed.document.original;
      const auto kept = [&](const char* key) {
        const auto found = original.find(key);
        return found == original.end() ? std::string() : found->second;
      };
      const std::string batch = kept("tt05.batch");
      if (batch.empty() || (!code.empty() && batch != code) ||
          kept("tt05.batch.ordinal") != std::to_string(packed.ordinal) ||
          kept("tt05.batch.total") != std::to_string(all_.plan.documents.size()))
        return false;
      code = batch;
      objid = kept("tt05.batch.objid");
      loose.title = kept("tt05.batch.title");
      loose.note = kept("tt05.batch.note");
      loose.incoming = kept("tt05.batch.source") == "1";
    }
    loose.code = code;
    all_.plan.loose = loose;
    if (!objid.empty()) all_.plan.file.original["tt05.objid"] = objid;
    return true;
  }

  void name_batch() {
    if (came_together()) return;
    auto& loose = all_.plan.loose;
    if (year_ == 0)
      throw Error(Exit::refused, "VTLT-PACKAGE-09", Message("repository.pack.no_year"),
                  Message("repository.pack.no_year.hint"));
    all_.plan.file.year = year_;
    loose.title = (loose.incoming ? "Văn bản đến năm " : "Văn bản đi năm ") + std::to_string(year_) +
                  " của " + all_.plan.fonds.name;
  }

  Repository& repository_;
  const PackRequest& request_;
  Gathered all_;
  std::set<records::Id> seen_;
  std::map<records::Id, std::map<records::Id, int>> places_;  // file → document → place in it
  std::optional<std::map<records::Id, journal::PackagePlanned>> packages_;  // file → its newest package
  int year_ = 0;
};

void warn_partial_dates(Gathered& gathered) {
  std::int64_t count = 0, first = 0;
  for (const auto& packed : gathered.plan.documents) {
    if (packed.document.date.empty() || packed.document.date.whole()) continue;
    if (count++ == 0) first = packed.ordinal;
  }
  if (count == 0) return;
  gathered.findings.push_back(warning("D10", Message("repository.pack.partial_dates", {{"count", count}, {"first", first}}),
                                      "TT 05/2025 PL III", {}, Message("repository.pack.partial_dates.hint")));
}

}  // namespace

Gathered gather(Repository& repository, const PackRequest& request) {
  return Gathering(repository, request).run();
}

ChosenKind settle_kind(Gathered& gathered, const PackRequest& request) {
  const bool digitised = package::digitised(gathered.plan);
  const bool loose = gathered.plan.unit == package::Unit::loose;
  gathered.plan.kind = request.kind                       ? *request.kind
                       : request.same_system || digitised ? package::Kind::aip
                                                          : package::Kind::sip;
  if (request.spec == package::Spec::bagit_1_0) return {"RFC 8493", {}};
  if (gathered.plan.kind == package::Kind::dip) {
    switch (request.use ? request.use->copy : package::CopyLevel::certified) {
      case package::CopyLevel::reading:
        return {"TT 05/2025 Đ37, PL V", {}};
      case package::CopyLevel::plain:
        return {"TT 05/2025 Đ40, PL V", {}};
      case package::CopyLevel::authenticated:
        return {"TT 05/2025 Đ41, PL V", {}};
      case package::CopyLevel::certified:
        break;
    }
    return {"TT 05/2025 Đ42, PL V", {}};
  }
  // D25: what is submitted to historical archives is permanent; said, not refused: a SIP also moves between
  // systems.
  if (!loose && gathered.plan.kind == package::Kind::sip &&
      gathered.plan.file.term.kind != records::TermKind::permanent) {
    Finding note;
    note.code = "D25";
    note.level = Level::note;
    note.ref = gathered.name;
    note.message =
        Message("repository.pack.not_permanent", {{"term", records::term_text(gathered.plan.file.term)}});
    note.basis = "TT 05/2025 PL III";
    gathered.findings.push_back(std::move(note));
  }
  if (gathered.plan.kind == package::Kind::sip) warn_partial_dates(gathered);
  const auto why = [&](const std::string& where) {
    return Message("repository.pack.why." + where + (loose ? ".loose" : ".file"));
  };
  if (gathered.plan.kind == package::Kind::sip) return {"TT 05/2025 Đ17", why("other")};
  if (digitised && !request.same_system) return {"TT 05/2025 Đ8k3, Đ28", why("digitised")};
  return {"TT 05/2025 Đ17, Đ28", why("same")};
}

std::map<std::string, std::string> details_of(const PackRequest& request, const Gathered& gathered) {
  std::map<std::string, std::string> details;
  const auto add = [&](const char* key, const std::string& value) {
    if (!value.empty()) details[key] = value;
  };
  add("registration", request.registration);
  if (gathered.links > 0) add("linked", "1");
  if (gathered.plan.unit == package::Unit::loose && gathered.plan.kind != package::Kind::dip)
    add("round", std::to_string(request.round));
  if (!request.use) return details;
  const auto& r = request.use->request;
  add("copy", package::copy_level_text(request.use->copy));
  add("basis", request.use->basis);
  add("request", r.number);
  add("request_date", text::to_iso(r.date));
  add("until", text::to_iso(r.until));
  add("by", r.by);
  add("papers", r.papers);
  add("purpose", r.purpose);
  add("content", r.content);
  add("fee", r.fee);
  add("topic", r.topic);
  add("note", r.note);
  add("permit_by", r.permit_by);
  if (r.copies != 1) add("copies", std::to_string(r.copies));
  return details;
}

PackRequest request_from(const journal::PackagePlanned& plan) {
  PackRequest request;
  const auto at = [&](const char* key) {
    const auto found = plan.details.find(key);
    return found == plan.details.end() ? std::string() : found->second;
  };
  const auto date = [&](const char* key) {
    const auto read = text::from_iso(at(key));
    return read ? *read : text::Date{};
  };
  request.file = plan.file;
  for (const auto& id : plan.documents)
    request.targets.push_back({Target::Kind::document, id});
  request.kind = plan.kind == "sip"   ? package::Kind::sip
                 : plan.kind == "aip" ? package::Kind::aip
                                      : package::Kind::dip;
  request.spec = plan.spec == "bagit-1.0" ? package::Spec::bagit_1_0 : package::Spec::tt05;
  request.registration = at("registration");
  request.linked = !at("linked").empty();
  if (!at("round").empty()) request.round = std::stoi(at("round"));
  if (request.kind != package::Kind::dip) return request;
  DipUse use;
  const auto level = package::parse_copy_level(at("copy"));
  if (level) use.copy = *level;
  use.basis = at("basis");
  use.request = {at("request"),   date("request_date"),
                 date("until"),   at("by"),
                 at("papers"),    at("purpose"),
                 at("content"),   at("fee"),
                 at("topic"),     at("note"),
                 at("permit_by"), at("copies").empty() ? 1 : std::stoi(at("copies"))};
  request.use = std::move(use);
  return request;
}

}  // namespace vtlt::repository
