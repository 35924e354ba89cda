#include "package/unpack.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <tuple>

#include "base/error.h"
#include "package/check_documents.h"
#include "package/check_fields.h"
#include "package/check_kinds.h"
#include "package/ead.h"
#include "package/parts.h"
#include "package/reader_mets.h"
#include "text/text.h"

namespace vtlt::package {
namespace {

constexpr const char* rep1 = "representations/rep1/";

Error unreadable(const std::string& path) {
  return Error(Exit::refused, "VTLT-UNPACK-02",
               Message("package.unpack.part", {{"path", text::printable(path)}}),
               Message("package.unpack.part.hint"))
      .at(path);
}

// What the root METS says of the package.
class RootReader final : public MetsEvents {
 public:
  explicit RootReader(UnpackedPackage& out) : out_(out) {}
  void root(const MetsRoot& root, bool) override {
    out_.objid = root.objid;
    out_.unit = text::fold(root.type) == "collection" ? Unit::loose : Unit::file;
  }
  void header(const MetsHeader& header) override { type = header.package_type; }
  void agent(const MetsAgent& agent) override {
    if (agent.type != "ORGANIZATION") return;
    out_.agency = agent.name;
    for (const auto& note : agent.notes)
      if (note.type == "IDENTIFICATIONCODE") out_.fonds_code = note.text;
  }
  void alternative_record(const std::string& kind, const std::string& text, long) override {
    if (kind == "SUBMISSIONAGREEMENT") out_.registration = text;
  }
  void section(const MetsSection&) override {}
  void file_section(const std::string&, long) override {}
  void group(int, const MetsGroup&) override {}
  void group_end(int, int) override {}
  void reference(const MetsReference&, int) override {}
  void map(const MetsMap&) override {}
  void division(const MetsDivision&) override {}
  void division_end(const MetsDivision&, int, int, int) override {}
  void file_pointer(const std::string&, const MetsDivision&, long) override {}
  std::string type;

 private:
  UnpackedPackage& out_;
};

// A file of rep1, kept small: a package may have a hundred thousand.
struct Listed {
  std::uint32_t entry = no_entry;
  std::string title, mime;
  std::string created;
  Digest digest;
  std::optional<records::Role> role = {};  // as METS of vtlt says it: draft, opinion
};
struct Linked {  // a document: its description and its contents
  std::uint32_t description = no_entry;
  std::vector<std::uint32_t> files;  // in listed
};

class RepresentationReader final : public MetsEvents {
 public:
  RepresentationReader(const EntryTable& entries) : entries_(entries) {}
  void root(const MetsRoot&, bool) override {}
  void header(const MetsHeader&) override {}
  void agent(const MetsAgent&) override {}
  void alternative_record(const std::string&, const std::string&, long) override {}
  void section(const MetsSection&) override {}
  void file_section(const std::string&, long) override {}
  void group(int, const MetsGroup&) override {}
  void group_end(int, int) override {}
  void map(const MetsMap&) override {}
  void division(const MetsDivision& division) override {
    if (division.descriptive_ids.empty()) return;
    const auto section = sections_.find(brief_key(division.descriptive_ids));
    if (section == sections_.end()) return;
    current_ = division.id;
    documents.push_back({section->second, {}});
  }
  void division_end(const MetsDivision& division, int, int, int) override {
    if (division.id == current_) current_.clear();
  }
  void reference(const MetsReference& reference, int) override {
    if (!reference.has_location) return;
    std::string path;
    if (!percent_decode(reference.href, path)) return;
    const auto entry = entries_.find(rep1 + path);
    if (!entry) return;
    if (reference.where == MetsWhere::descriptive)
      sections_[brief_key(reference.section)] = *entry;
    else if (reference.where == MetsWhere::file) {
      Listed one{*entry, reference.title, reference.mime, reference.created, {}, {}};
      if (const auto role = records::parse_role(reference.use);
          role == records::Role::draft || role == records::Role::opinion)
        one.role = role;
      if (algorithm_is_sha256(reference.checksum_type)) Digest::parse(reference.checksum, one.digest);
      files_[brief_key(reference.id)] = static_cast<std::uint32_t>(listed.size());
      listed.push_back(std::move(one));
    }
  }
  void file_pointer(const std::string& id, const MetsDivision& division, long) override {
    const auto file = files_.find(brief_key(id));
    if (file == files_.end() || current_.empty() || division.id != current_) return;
    documents.back().files.push_back(file->second);
  }

  std::vector<Listed> listed;
  std::vector<Linked> documents;

 private:
  static bool algorithm_is_sha256(const std::string& name) {
    return text::fold(name) == "sha-256" || text::fold(name) == "sha256";
  }
  const EntryTable& entries_;
  std::map<BriefKey, std::uint32_t> sections_, files_;
  std::string current_;
};

// PREMIS events, as they are wanted for the next AIP.
class EventReader final : public XmlHandler {
 public:
  explicit EventReader(std::vector<Plan::Event>& events) : events_(events) {}
  void start(std::string_view, std::string_view name, const XmlAttributes&, long) override {
    text_.clear();
    if (name == "event") event_ = Plan::Event{}, inside_ = true;
    if (name == "agent") agent_id_.clear(), agent_name_.clear(), in_agent_ = true;
  }
  void text(std::string_view piece) override {
    if (text_.size() < 4096) text_ += piece;
  }
  void end(std::string_view, std::string_view name, long) override {
    if (inside_) {
      if (name == "eventIdentifierValue") event_.id = text_;
      if (name == "eventType") event_.type = text_;
      if (name == "eventDateTime") from_text(text_, event_.time);
      if (name == "eventDetail") event_.detail = text_;
      if (name == "eventOutcome") event_.outcome = text_;
      if (name == "linkingAgentIdentifierValue" && event_.agent.empty()) event_.agent = text_;
      if (name == "linkingObjectIdentifierValue" && event_.objects.size() < most_objects)
        event_.objects.emplace_back("", text_);
      if (name == "linkingObjectRole" && !event_.objects.empty()) event_.objects.back().first = text_;
      if (name == "event" && events_.size() < 10'000) events_.push_back(event_), inside_ = false;
    }
    if (in_agent_) {
      if (name == "agentIdentifierValue") agent_id_ = text_;
      if (name == "agentName") agents_[agent_id_].first = text_;
      if (name == "agentType") agents_[agent_id_].second = text_;
      if (name == "agent") in_agent_ = false;
    }
    text_.clear();
  }
  void settle() {
    for (auto& event : events_)
      if (const auto found = agents_.find(event.agent); found != agents_.end())
        std::tie(event.agent, event.agent_kind) = found->second;
  }

 private:
  static constexpr std::size_t most_objects = 100;  // linked to one event
  std::vector<Plan::Event>& events_;
  Plan::Event event_;
  bool inside_ = false, in_agent_ = false;
  std::string text_, agent_id_, agent_name_;
  std::map<std::string, std::pair<std::string, std::string>> agents_;  // by id: name, type
};

// ---- values ----

// Tiếng Việt goes without saying.
std::string language_of(const std::string& code) {
  return code == "01" ? "" : code;
}

records::Carrier carrier_of(const std::string& confidence) {
  return confidence == "01"   ? records::Carrier::electronic
         : confidence == "02" ? records::Carrier::paper
         : confidence == "03" ? records::Carrier::both
                              : records::Carrier::unknown;
}

int whole(const std::string& text) {
  int number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  return read.ec == std::errc() && read.ptr == text.data() + text.size() && number > 0 ? number : 0;
}

text::Date date_of(const std::string& text) {
  const auto date = tt05_date(text, true);
  return date ? *date : text::Date{};
}

// [archive.]organ.year.notation. A known organ settles where the archive's code ends.
void take_code(const std::string& code, bool with_archive, const std::vector<std::string>& organs,
               UnpackedPackage& out) {
  std::size_t begin = 0;
  std::string organ;
  for (const auto& known : organs) {
    const std::size_t at = known.empty() ? std::string::npos : code.find(known + ".");
    if (at == std::string::npos || (at != 0 && code[at - 1] != '.') || known.size() < organ.size()) continue;
    organ = known;
    begin = at;
  }
  std::size_t year = organ.empty() ? 0 : begin + organ.size() + 1;
  if (organ.empty()) {
    // The year is the first part of four digits that another part follows.
    for (std::size_t at = 0; at < code.size();) {
      const std::size_t end = std::min(code.find('.', at), code.size());
      const std::string part = code.substr(at, end - at);
      if (part.size() == 4 && part >= "1800" && part <= "2199" && is_number(part) && at != 0 &&
          end < code.size()) {
        year = at;
        break;
      }
      at = end + 1;
    }
    if (year > 0) organ = code.substr(0, year - 1);
  } else if (with_archive && begin > 0) {
    out.archive = code.substr(0, begin - 1);
  }
  const std::size_t end = std::min(code.find('.', year), code.size());
  const int number = whole(code.substr(year, end - year));
  if (organ.empty() || number < 1000 || end >= code.size()) {
    out.file.notation = code;
    return;
  }
  out.organ = organ;
  out.file.year = number;
  out.file.notation = code.substr(end + 1);
}

void take_document(const EadRecord& record, EadForm form, records::Document& document) {
  const auto value = [&](const char* name) { return text::nfc(record.value(name)); };
  document.term = records::term_of_tt05(value("maintenance"));
  document.subject = value("subject");
  document.issuer = value("organName");
  document.date = date_of(value("issuedDate"));
  document.language = language_of(value("language"));
  document.pages = whole(value("numberOfPage"));
  document.info_sign = value("inforSign");
  document.keyword = value("keyword");
  document.access = records::access_of_tt05(value("mode"));
  document.confidence = records::confidence_of_tt05(value("confidenceLevel"));
  document.carrier = carrier_of(value("confidenceLevel"));
  document.autograph = value("autograph");
  document.condition = records::condition_of_tt05(value("format"));
  document.process = value("process");
  document.note = value("description");
  const std::string number = value("codeNumber"), notation = value("codeNotation");
  if (!number.empty() || !notation.empty()) {
    const auto own = records::parse_document_number(number + (notation.empty() ? "" : "/" + notation));
    if (own)
      document.own = *own;
    else
      document.own.written = number + "/" + notation;
  }
  if (const auto* type = records::find_document_type(value("typeName"))) document.type = type->name_vi;
  const bool picture =
      form == EadForm::sip_picture || form == EadForm::aip_picture || form == EadForm::arc_picture;
  const bool media = form == EadForm::sip_media || form == EadForm::aip_media || form == EadForm::arc_media;
  if (picture) {
    document.media = "photo";
    document.type = value("typePic") == "01" ? "Phim âm bản" : "Ảnh";
    document.subject = value("imageTitle");
    document.issuer = value("photographer");
    document.date = date_of(value("photoTime"));
  }
  if (media) {
    document.media = value("typeMedia") == "01" ? "audio" : "video";
    document.subject = value("movieTitle");
    document.issuer = value("recorder");
    document.date = date_of(value("recordDate"));
  }
  if (picture || media)
    for (const char* name : {"archivesNumber", "eventName", "photoPlace", "recordPlace", "colour", "filmSize",
                             "playTime", "quality"})
      if (const std::string text = value(name); !text.empty()) document.original[name] = text;
}

// Elements whose values follow from where the document stands, and are never carried over.
bool is_place(const std::string& name) {
  for (const char* one : {"arcFileCode", "fileCode", "docCode", "arcDocCode", "docOrdinal", "totalDoc"})
    if (name == one) return true;
  return false;
}

// What this writer would put there otherwise: kept as it stood, beside what it was read as.
void keep_originals(const EadRecord& record, const Fields& computed,
                    std::map<std::string, std::string>& original) {
  for (const auto& [name, value] : computed) {
    if (is_place(name) || record.find(name) == nullptr) continue;
    const std::string raw = text::nfc(record.value(name));
    if (raw == value) continue;
    original["tt05." + name] = raw;
    original["tt05." + name + ".read"] = value;
  }
  for (const auto& element : record.elements) {
    const bool known = std::any_of(computed.begin(), computed.end(),
                                   [&](const auto& field) { return field.first == element.name; });
    if (!known && !is_place(element.name) && !record.value(element.name).empty())
      original["tt05." + element.name] = text::nfc(record.value(element.name));
  }
}

}  // namespace

std::optional<std::string> kept_value(const std::map<std::string, std::string>& original,
                                      const std::string& element, const std::string& computed) {
  const auto raw = original.find("tt05." + element);
  if (raw == original.end()) return std::nullopt;
  const auto read = original.find("tt05." + element + ".read");
  if ((read == original.end() ? std::string() : read->second) != computed) return std::nullopt;
  return raw->second;
}

struct Unpacking::State {
  State(Files& files, const Path& path) : quiet("") {
    if (const auto parts = parts_at(files, path)) {
      whole = joined(files, *parts);
      source = open_source(*whole, parts->whole, quiet);
    } else {
      source = open_source(files, path, quiet);
    }
  }

  bool read(const std::string& path, XmlHandler& handler) {
    const auto entry = source->entries().find(path);
    if (!entry) return false;
    read(*entry, handler);
    return true;
  }
  void read(std::uint32_t entry, XmlHandler& handler) {
    const auto stream = source->open(entry);
    const XmlOutcome outcome = read_xml(*stream, handler, nullptr);
    if (!outcome.well_formed || outcome.doctype) throw unreadable(std::string(source->entries().path(entry)));
  }

  Report quiet;
  std::unique_ptr<Files> whole;  // of a package in parts
  std::unique_ptr<PackageSource> source;
  UnpackedPackage package;
  Plan plan;  // for what the writer would make of the values
  std::vector<Listed> listed;
  std::vector<Linked> documents;
  PackageSort sort;
};

Unpacking::Unpacking(Files& files, const Path& path, const std::vector<std::string>& organs)
    : state_(std::make_unique<State>(files, path)) {
  State& s = *state_;
  if (!s.source || s.source->damaged() || recognise(*s.source) != Found::tt05)
    throw Error(Exit::refused, "VTLT-UNPACK-01",
                Message("package.unpack.kind", {{"path", text::printable(path.string())}}));
  UnpackedPackage& out = s.package;
  RootReader root(out);
  MetsReader mets(root);
  if (!s.read("METS.xml", mets)) throw unreadable("METS.xml");
  if (root.type != "SIP" && root.type != "AIP")
    throw Error(Exit::refused, "VTLT-UNPACK-01",
                Message("package.unpack.kind", {{"path", text::printable(path.string())}}));
  out.kind = root.type == "AIP" ? Kind::aip : Kind::sip;
  s.sort = {out.kind == Kind::aip ? PackageKind::aip : PackageKind::sip, out.unit == Unit::loose};

  EadRecord record;
  EadReader reader(record);
  if (!s.read("metadata/descriptive/EAD.xml", reader)) throw unreadable("metadata/descriptive/EAD.xml");
  const auto value = [&](const char* name) { return text::nfc(record.value(name)); };
  records::FileRecord& file = out.file;
  take_code(value(out.kind == Kind::aip ? "arcFileCode" : "fileCode"), out.kind == Kind::aip, organs, out);
  file.title = value("title");
  file.term = records::term_of_tt05(value("maintenance"));
  file.access = records::access_of_tt05(value("mode"));
  file.language = language_of(value("language"));
  file.start = date_of(value("startDate"));
  file.end = date_of(value("endDate"));
  file.keyword = value("keyword");
  file.sheets = whole(value("numberOfPaper"));
  file.pages_told = whole(value("numberOfPage"));
  file.documents_told = whole(value("totalDoc"));
  file.condition = records::condition_of_tt05(value("format"));
  file.info_sign = value("inforSign");
  file.confidence = records::confidence_of_tt05(value("confidenceLevel"));
  file.paper_code = value("paperFileCode");
  file.note = value("description");
  file.ended = file.end.year;

  RepresentationReader representation(s.source->entries());
  MetsReader second(representation);
  if (!s.read("representations/rep1/METS.xml", second)) throw unreadable("representations/rep1/METS.xml");
  s.listed = std::move(representation.listed);
  s.documents = std::move(representation.documents);
  out.documents = s.documents.size();

  EventReader events(out.events);
  if (s.read("metadata/preservation/PREMIS.xml", events)) events.settle();

  s.plan.kind = out.kind;
  s.plan.unit = out.unit;
  s.plan.file = file;
  // Codes are computed from it here as they will be when it is packed again.
  s.plan.fonds.organ = out.organ;
  keep_originals(record, ead_fields(s.plan), file.original);
  // Sums over documents are computed anew from these; what the sender's said stands in the totals.
  for (const char* name : {"startDate", "endDate", "numberOfPage"}) {
    if (value(name).empty()) continue;
    file.original.erase("tt05." + std::string(name));
    file.original.erase("tt05." + std::string(name) + ".read");
  }
  if (out.unit == Unit::loose) file.original["tt05.source"] = value("source");
  file.original["tt05.objid"] = out.objid;
  s.plan.file = file;
}

Unpacking::~Unpacking() = default;

const UnpackedPackage& Unpacking::package() const {
  return state_->package;
}

void Unpacking::each(const std::function<void(UnpackedDocument&&)>& take) {
  State& s = *state_;
  const EntryTable& entries = s.source->entries();
  int next = 0;
  for (const Linked& linked : s.documents) {
    const std::string path(entries.path(linked.description));
    EadForm form = EadForm::sip_document;
    if (!document_form(path.substr(path.rfind('/') + 1), s.sort, form)) continue;
    EadRecord record;
    EadReader reader(record);
    s.read(linked.description, reader);
    UnpackedDocument out;
    out.ordinal = ++next;
    const std::string code = record.value(record.find("docCode") != nullptr ? "docCode" : "arcDocCode");
    const int told = whole(record.value("docOrdinal"));
    if (const int number = whole(code.substr(std::min(code.size(), code.find_last_not_of("0123456789") + 1)));
        number > 0)
      out.ordinal = number;
    if (told > 0) out.ordinal = told;
    take_document(record, form, out.document);
    for (const std::uint32_t file : linked.files) {
      const Listed& listed = s.listed[file];
      const std::string name(entries.path(listed.entry));
      if (name.ends_with(".fetch.txt")) {
        const auto stream = s.source->open(listed.entry);
        std::array<std::byte, 4096> buffer;
        while (const std::size_t count = stream->read(buffer))
          if (out.link.size() < 65'536) out.link.append(reinterpret_cast<const char*>(buffer.data()), count);
        continue;
      }
      UnpackedContent content;
      content.entry = listed.entry;
      content.component.name =
          text::nfc(listed.title.empty() ? name.substr(name.rfind('/') + 1) : listed.title);
      content.component.mime = listed.mime;
      content.component.size = entries[listed.entry].size;
      content.component.sha256 = listed.digest.hex();
      Moment modified;
      if (from_text(listed.created, modified)) content.component.modified_ms = modified.milliseconds;
      content.component.role =
          listed.role ? *listed.role
          : out.contents.empty()
              ? (out.document.carrier == records::Carrier::paper ? records::Role::scan : records::Role::main)
              : records::Role::annex;
      content.component.ordinal = static_cast<int>(out.contents.size()) + 1;
      out.contents.push_back(std::move(content));
    }
    PackedDocument packed;
    packed.ordinal = out.ordinal;
    packed.document = out.document;
    for (const auto& content : out.contents)
      packed.contents.push_back({content.component, ""});
    keep_originals(record, ead_document_fields(s.plan, packed), out.document.original);
    take(std::move(out));
  }
}

std::unique_ptr<ByteStream> Unpacking::open(const UnpackedContent& content) {
  return state_->source->open(content.entry);
}

}  // namespace vtlt::package
