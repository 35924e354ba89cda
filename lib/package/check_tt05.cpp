// SIP, AIP and DIP of Thông tư 05/2025/TT-BNV.
#include <algorithm>
#include <deque>

#include "base/ascii.h"
#include "package/bag_lines.h"
#include "package/check_documents.h"
#include "package/check_kinds.h"
#include "package/check_mets.h"
#include "package/check_premis.h"
#include "package/check_schemas.h"
#include "package/check_tt05.h"
#include "package/xml_words.h"

namespace vtlt::package {
namespace {

constexpr std::string_view documents_folder = "representations/rep1/metadata/descriptive/";
constexpr const char* root_premis = "metadata/preservation/PREMIS.xml";
constexpr const char* rep1_premis = "representations/rep1/metadata/preservation/PREMIS_rep1.xml";

}  // namespace

Tt05Check::Tt05Check(Files& files, PackageSource& source, const CheckOptions& options, Report& report,
                     Progress& progress, Verdict& verdict)
    : source_(source),
      entries_(source.entries()),
      options_(options),
      report_(report),
      progress_(progress),
      verdict_(verdict),
      schemas_(files, source, options.schemas, report),
      listed_(source.entries().size(), 0) {
  if (options.profile != nullptr) profile_.emplace(*options.profile, report);
  contents_.emplace(entries_, options.content, profile_ ? &*profile_ : nullptr, report);
}

void Tt05Check::run() {
  root_ = read_mets("METS.xml", Scope::root);
  choose_sort();
  name_format();
  contents_->set_basis(appendix_);
  read_file_record();
  begin_reading();
  // The METS of a large representation keeps one core busy; meanwhile all is read.
  rep1_ = read_mets("representations/rep1/METS.xml", Scope::representation);
  check_structure();
  check_root();
  check_rep1();
  if (profile_) {
    profile_->kind(sort_);
    profile_->registration(root_);
  }
  finish_reading();
  check_listed();
}

MetsFacts Tt05Check::read_mets(const std::string& path, Scope scope) {
  const auto entry = entries_.find(path);
  if (!entry || entries_[*entry].kind != EntryKind::file) return {};
  try {
    const auto stream = source_.open(*entry);
    const auto beside = contents_->mets_reader(path);
    return MetsCheck(Flavour::tt05, scope, path, source_, plan_, listed_, report_, options_.ids_in_memory)
        .run(*stream, schemas_.mets(), beside.get());
  } catch (const Error& error) {
    if (error.exit() == Exit::interrupted) throw;
    report_.unread(path, error);
    return {};
  }
}

// The METS says it; where it is silent, what is there decides.
void Tt05Check::choose_sort() {
  const std::string& type = root_.header.package_type;
  if (type == "AIP" || type == "AIU" || type == "AIC")
    sort_.kind = PackageKind::aip;
  else if (type == "DIP" || root_.root.profile.find("E-ARK-DIP") != std::string::npos)
    sort_.kind = PackageKind::dip;
  else if (type != "SIP" &&
           (root_.root.objid.starts_with("urn:") || entries_.has_file("metadata/preservation/PREMIS.xml")))
    sort_.kind = PackageKind::aip;
  sort_.batch = ascii::lower(root_.root.type) == "collection" && sort_.kind != PackageKind::dip;
}

void Tt05Check::name_format() {
  const char* names[] = {"SIP", "AIP", "DIP"};
  const char* appendix[][2] = {{"III", "IV"}, {"I", "II"}, {"V", "V"}};
  const auto kind = static_cast<std::size_t>(sort_.kind);
  appendix_ = std::string("TT 05/2025 PL ") + appendix[kind][sort_.batch ? 1 : 0];
  verdict_.format = names[kind];
  if (sort_.kind != PackageKind::dip) verdict_.format += sort_.batch ? "_tailieu" : "_hoso";
  verdict_.format += " (" + appendix_ + ")";
  verdict_.objid = shown(root_.root.objid);
}

void Tt05Check::read_file_record() {
  const std::string path = "metadata/descriptive/EAD.xml";
  const auto entry = entries_.find(path);
  if (!entry || entries_[*entry].kind != EntryKind::file) return;
  EadRecord record;
  try {
    const auto stream = source_.open(*entry);
    if (!read_record(*stream, path, schema_for("EAD.xsd"), record)) return;
  } catch (const Error& error) {
    if (error.exit() == Exit::interrupted) throw;
    report_.unread(path, error);
    return;
  }
  const EadForm form = file_form(sort_);
  check_fields(form, record, path, report_);
  if (profile_) profile_->record(form, record, path);
  contents_->set_confidence(record.value("confidenceLevel"));
  file_.read = true;
  file_.code = record.value(sort_.kind == PackageKind::aip ? "arcFileCode" : "fileCode");
  file_.total = record.value("totalDoc");
  file_.total_line = record.line("totalDoc");
  file_.pages = record.value("numberOfPage");
  file_.pages_line = record.line("numberOfPage");
  file_.start = tt05_date(record.value("startDate"), true).value_or(text::Date{});
  file_.end = tt05_date(record.value("endDate"), true).value_or(text::Date{});
  const std::string term = record.value("maintenance");
  // D25: whether the term is lawful depends on where the package goes, which only the caller knows.
  if (options_.submission && !term.empty() && term != "01")
    report_.add(Level::error, "TT05-EAD-maintenance", {path, record.line("maintenance")},
                say("submission", {{"value", shown(term)}}), say("submission.hint"), "D25; " + appendix_);
}

const XmlSchema* Tt05Check::schema_for(const std::string& name) {
  return schemas_.find({name});
}

bool Tt05Check::read_record(ByteStream& stream, const std::string& path, const XmlSchema* schema,
                            EadRecord& record) {
  EadReader reader(record);
  const XmlOutcome outcome = read_xml(stream, reader, schema, std::uint64_t{64} << 20);
  if (outcome.doctype) {
    report_.add(Level::error, "VTLT-XML-DTD", {path, outcome.line}, say("xml.doctype"),
                say("xml.doctype.hint"));
    return false;
  }
  if (!outcome.well_formed) {
    report_.add(Level::error, "TT05-EAD-xml", {path, outcome.line}, broken_xml(outcome), say("field.hint"),
                appendix_);
    return false;
  }
  if (!outcome.encoding.empty() && outcome.encoding != "UTF-8" && outcome.encoding != "utf-8")
    report_.add(Level::warning, "TT05-EAD-encoding", {path, 1},
                say("xml.encoding", {{"encoding", outcome.encoding}}), say("field.hint"), "D7");
  for (const auto& breach : outcome.breaches)
    report_.add(Level::error, "TT05-EAD-schema", {path, breach.line}, broken_schema(breach, *schema),
                say("xml.breach.hint"), appendix_);
  return true;
}

void Tt05Check::begin_reading() {
  const auto [first, last] = entries_.below(documents_folder);
  roles_.assign(entries_.size(), Role::plain);
  EadForm form{};
  for (std::size_t i = first; i < last; ++i)
    if (entries_[i].kind == EntryKind::file &&
        document_form(entries_.path(i).substr(documents_folder.size()), sort_, form)) {
      roles_[i] = Role::document;
      ++verdict_.documents;
    }
  if (const auto found = entries_.find(root_premis)) roles_[*found] = Role::root_premis;
  if (const auto found = entries_.find(rep1_premis)) roles_[*found] = Role::rep1_premis;
  const auto [data_first, data_last] = entries_.below("representations/rep1/data/");
  for (std::size_t i = data_first; i < data_last; ++i)
    if (entries_.path(i).ends_with(".fetch.txt")) roles_[i] = Role::fetch;
  for (std::uint32_t i = 0; i < entries_.size(); ++i)
    if (contents_->wants(i)) roles_[i] = Role::content;

  // Compiled before the threads start.
  document_schema_ = schema_for("EAD_doc.xsd");
  picture_schema_ = schema_for("EAD_pic.xsd");
  media_schema_ = schema_for("EAD_media.xsd");
  premis_schema_ = sort_.kind == PackageKind::sip ? nullptr : schemas_.premis();
  documents_.emplace(sort_, file_, verdict_.documents, report_);
  plan_.begin(source_,
              {[](std::uint32_t) { return Algorithm::sha256; },
               [this](std::uint32_t entry) { return roles_[entry] != Role::plain; },
               [this](std::uint32_t entry, ByteStream& stream) { look(entry, stream); }},
              report_, progress_);
}

void Tt05Check::look(std::uint32_t entry, ByteStream& stream) {
  if (roles_[entry] == Role::content) return contents_->look(entry, stream);
  const std::string path(entries_.path(entry));
  if (roles_[entry] == Role::document) {
    EadForm own{};
    document_form(std::string_view(path).substr(documents_folder.size()), sort_, own);
    const XmlSchema* schema = own >= EadForm::sip_media     ? media_schema_
                              : own >= EadForm::sip_picture ? picture_schema_
                                                            : document_schema_;
    EadRecord record;
    if (!read_record(stream, path, schema, record)) return;
    documents_->take(own, record, path);
    contents_->document(entry, own, record);
    if (profile_) profile_->record(own, record, path);
  } else if (roles_[entry] == Role::root_premis) {
    premis_[0] = check_premis(stream, path, "", entries_, premis_schema_, report_);
  } else if (roles_[entry] == Role::rep1_premis) {
    premis_[1] = check_premis(stream, path, "representations/rep1/", entries_, premis_schema_, report_);
  } else {
    check_fetch(stream, path);
  }
}

void Tt05Check::finish_reading() {
  plan_.seal();
  const auto totals = plan_.finish();
  verdict_.files_read = totals.files;
  verdict_.bytes_read = totals.bytes;
  verdict_.contents = contents_->settle();
  documents_->settle("metadata/descriptive/EAD.xml", verdict_.documents);
  compare_premis(premis_[0], root_premis);
  compare_premis(premis_[1], rep1_premis);
  if (sort_.kind == PackageKind::aip && premis_[0].read && premis_[1].read) look_for_objects();
  if (sort_.kind == PackageKind::aip && premis_[0].read && premis_[0].events + premis_[1].events == 0)
    report_.add(Level::warning, "TT05-PREMIS-event", {root_premis}, say("premis.noevent"), say("repack.hint"),
                "D22; " + appendix_);
}

// A digest in PREMIS must be that of the file it names, or, when it names none, of some file here.
void Tt05Check::compare_premis(const PremisFacts& facts, const std::string& path) {
  if (facts.files.empty()) return;
  std::vector<Digest> all;
  bool all_known = true;
  for (std::uint32_t i = 0; i < entries_.size(); ++i) {
    if (entries_[i].kind != EntryKind::file) continue;
    if (plan_.known(i))
      all.push_back(plan_.digest(i));
    else
      all_known = false;  // it may be the one
  }
  std::sort(all.begin(), all.end());
  for (const PremisFile& file : facts.files) {
    const bool right = file.entry != no_entry
                           ? !plan_.known(file.entry) || plan_.digest(file.entry) == file.digest
                           : !all_known || std::binary_search(all.begin(), all.end(), file.digest);
    if (!right)
      report_.add(Level::error, "TT05-PREMIS-fixity", {path, static_cast<long>(file.line)},
                  say("premis.differs"), say("changed.hint"), "D18; " + appendix_);
  }
}

// D18: what METS lists stands in PREMIS too. A linked document's contents are in another package.
void Tt05Check::look_for_objects() {
  std::vector<char> described(entries_.size(), 0);
  std::vector<Digest> elsewhere;  // of objects that do not say where
  for (const PremisFacts& facts : premis_)
    for (const PremisFile& file : facts.files)
      if (file.entry != no_entry)
        described[file.entry] = 1;
      else
        elsewhere.push_back(file.digest);
  std::sort(elsewhere.begin(), elsewhere.end());
  const auto [first, last] = entries_.below("representations/rep1/data/");
  for (std::size_t i = first; i < last; ++i) {
    const auto entry = static_cast<std::uint32_t>(i);
    if (entries_[i].kind != EntryKind::file || roles_[i] == Role::fetch || described[i] != 0 ||
        !plan_.known(entry) || std::binary_search(elsewhere.begin(), elsewhere.end(), plan_.digest(entry)))
      continue;
    report_.add(Level::warning, "TT05-PREMIS-object", {std::string(entries_.path(i))}, say("premis.absent"),
                say("repack.hint"), "D18; " + appendix_);
  }
}

namespace {

// No encoding is declared: bytes as they are.
class Verbatim final : public TagDecoder {
 public:
  bool decode(std::string_view bytes, bool, std::string& out) override {
    out += bytes;
    return true;
  }
};

}  // namespace

// PL III: the identifier of the linked document; PL I: for each computer file of it source, size, path here
// and identifier, of the same fonds (D21).
void Tt05Check::check_fetch(ByteStream& stream, const std::string& path) {
  constexpr std::size_t longest = 64 << 10;
  const std::string basis = "D21; " + appendix_;
  const auto bad_form = [&](long line) {
    report_.add(Level::error, "TT05-FETCH-form", {path, line}, say("fetch.form"), say("repack.hint"), basis);
  };
  std::string fonds;
  for (const MetsAgent& agent : root_.agents)
    for (const auto& note : agent.notes)
      if (agent.type == "ORGANIZATION" && note.type == "IDENTIFICATIONCODE" && fonds.empty())
        fonds = note.text;
  long lines = 0;
  const auto judge = [&](std::string_view line, long number) {
    if (is_blank(line)) return;
    ++lines;
    if (sort_.kind != PackageKind::aip) {
      if (lines == 2 || line.size() > longest) bad_form(number);
    } else if (line.size() > longest || !line.starts_with("urn_") ||
               std::count(line.begin(), line.end(), ' ') < 3) {
      bad_form(number);
    } else if (!fonds.empty() && !line.starts_with("urn_" + fonds + "_")) {
      report_.add(Level::error, "TT05-FETCH-fonds", {path, number}, say("fetch.fonds"),
                  say("fetch.fonds.hint"), basis);
    }
  };
  Verbatim verbatim;
  const TagLines outcome = read_lines(stream, verbatim, judge);
  if (lines == 0 || (outcome.mark && sort_.kind == PackageKind::aip)) bad_form(1);
  if (outcome.too_long) bad_form(lines + 1);
}

void Tt05Check::check_listed() {
  if (!root_.read) return;  // then everything would be an orphan
  for (std::uint32_t i = 0; i < entries_.size(); ++i) {
    if (entries_[i].kind != EntryKind::file) continue;
    const std::string path(entries_.path(i));
    if (path == "METS.xml" || path.starts_with("../")) continue;
    if (!rep1_.read && path.starts_with("representations/rep1/") && path != "representations/rep1/METS.xml")
      continue;
    if (listed_[i] == 0)
      report_.add(Level::error, "TT05-METS-orphan", {path}, say("orphan"), say("orphan.hint"),
                  "D18; " + appendix_);
    else if ((listed_[i] & listed_with_digest) == 0)
      report_.add(Level::warning, "TT05-METS-checksum", {path}, say("unprotected"), say("repack.hint"),
                  "D18; " + appendix_);
  }
}

void check_tt05(Files& files, PackageSource& source, const CheckOptions& options, Report& report,
                Progress& progress, Verdict& verdict) {
  Tt05Check(files, source, options, report, progress, verdict).run();
}

}  // namespace vtlt::package
