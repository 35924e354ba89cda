// Messages that come: read and judged, then registered, or noted at the line they speak of.
#include "repository/exchanging.h"

#include <algorithm>
#include <set>

#include "base/error.h"
#include "repository/partners.h"
#include "text/text.h"

namespace vtlt::repository {
namespace {

using exchange::EdxmlBusiness;
using exchange::EdxmlRelation;
using Outcome = MessageResult::Outcome;

constexpr std::uint64_t kKeptWithoutLine =
    256u << 10;  // bytes of a recall that stands in the journal until its document comes

const char* relation_text(EdxmlRelation relation) {
  static constexpr const char* texts[] = {"answers", "recalls", "amends", "replaces", "reports"};
  return texts[static_cast<std::size_t>(relation)];
}

// Contents of a message into files of the session; each was hashed while it was taken out.
class StageSink : public exchange::EdxmlSink {
 public:
  StageSink(Staging& staging, const std::function<bool(const exchange::EdxmlAttachment&)>& wanted,
            std::vector<Prepared>& out)
      : staging_(staging), wanted_(wanted), out_(out) {}

  void begin(std::size_t index, const exchange::EdxmlAttachment& attachment) override {
    attachment_ = &attachment;
    role_ = index == 0 ? records::Role::main : records::Role::annex;
    if (wanted_(attachment)) file_ = staging_.make(staged_);
  }
  void write(Bytes bytes) override {
    if (file_) file_->append(bytes);
  }
  void end(std::size_t) override {
    if (!file_) return;
    file_.reset();
    staged_.size = attachment_->size;
    VTLT_ASSERT(Digest::parse(attachment_->sha256, staged_.digest));
    out_.push_back({staging_.adopt(staged_, attachment_->name), attachment_->name, role_});
  }

 private:
  Staging& staging_;
  const std::function<bool(const exchange::EdxmlAttachment&)>& wanted_;
  std::vector<Prepared>& out_;
  const exchange::EdxmlAttachment* attachment_ = nullptr;
  records::Role role_ = records::Role::main;
  objects::Staged staged_;
  std::unique_ptr<File> file_;
};

class Taking {
 public:
  Taking(Repository& repository, const MessageRequest& request)
      : repository_(repository), request_(request), partners_(repository, repository.fonds(request.fonds)) {}

  MessageResult run() {
    read();
    if (reading_.message.business == EdxmlBusiness::status) return take_status();
    judge();
    result_.outcome = outcome_;
    result_.entry = held_;
    switch (outcome_) {
      case Outcome::registered:
        write_line();
        break;
      case Outcome::completed:
      case Outcome::changed:
        write_change();
        break;
      case Outcome::awaited:
        write_awaited();
        break;
      default:
        break;
    }
    return std::move(result_);
  }

 private:
  void read();
  void judge();
  void judge_links();
  bool already_taken();
  bool same_contents(const catalogue::EntryRow& held);
  MessageResult take_status();
  void write_line();
  void write_change();
  void attach_to(Change& change, const records::Document& document, const std::vector<Prepared>& prepared);
  void write_awaited();
  std::vector<Prepared> stage(Staging& staging,
                              const std::function<bool(const exchange::EdxmlAttachment&)>& wanted);
  void judge_again();
  void add_link(Change& change, const records::Id& entry, const exchange::EdxmlLink& link,
                const records::Id& to);
  std::string digest() const { return reading_.sha256.hex(); }
  const exchange::EdxmlMessage& message() const { return reading_.message; }

  Repository& repository_;
  const MessageRequest& request_;
  Partners partners_;
  exchange::EdxmlOptions options_;
  exchange::EdxmlReading reading_;
  std::int64_t size_ = 0;
  MessageResult result_;
  Outcome outcome_ = Outcome::present;
  std::optional<catalogue::EntryRow> held_;
  std::set<std::string> contents_held_;  // SHA-256
  std::optional<exchange::EdxmlLink> about_itself_;
};

void Taking::read() {
  options_.name = text::printable(request_.path.string());
  if (!partners_.fonds().organ.empty()) options_.own_codes = {partners_.fonds().organ};
  options_.codes = &partners_.codes();
  const auto file = repository_.files().open(request_.path, OpenMode::read);
  size_ = static_cast<std::int64_t>(file->stat().size);
  reading_ = exchange::read_edxml(exchange::edxml_input(*file), options_);
  if (reading_.secret) {
    // Nothing of it is said but that it is one.
    throw Error(Exit::refused, "VTLT-P12", Message("repository.message.secret"), Message("edxml.secret.hint"))
        .at(options_.name);
  }
  if (!reading_.passed())
    throw Error(Exit::refused, "VTLT-EDXML-10",
                Message("repository.message.returned", {{"path", options_.name}}),
                Message("repository.message.returned.hint"))
        .because(reading_.findings);
  result_.message = reading_.message;
  result_.findings = reading_.findings;
  const bool is_status = message().business == EdxmlBusiness::status;
  for (auto& finding : result_.findings)
    if (finding.code == "P37" && finding.level == Level::note) finding.level = Level::warning;
  for (auto& finding : exchange::check_organ_code(
           message().from.organ_id,
           is_status ? "Header/Status/From/OrganId" : "Header/MessageHeader/From/OrganId", false))
    if (finding.level == Level::warning) {
      finding.path = options_.name;
      result_.findings.push_back(std::move(finding));
    }
}

// The very same message: kept with a document, or waiting for one.
bool Taking::already_taken() {
  auto& catalogue = repository_.catalogue();
  for (const auto& component : catalogue.components_by_content(digest())) {
    const auto document = catalogue.document(component.document);
    if (!document || document->document.fonds != partners_.fonds().id || !document->document.entry) continue;
    held_ = catalogue.entry(*document->document.entry);
    if (held_ && !held_->voided) return true;
  }
  held_.reset();
  for (const auto& pending : catalogue.pending_links(partners_.fonds().id))
    if (!pending.entry && pending.message == digest()) return true;
  return false;
}

// Everything the message brings is at that line, but for annexes: then only these are new.
bool Taking::same_contents(const catalogue::EntryRow& held) {
  contents_held_.clear();
  if (held.entry.document)
    for (const auto& component : repository_.catalogue().components(*held.entry.document))
      if (component.role != records::Role::message) contents_held_.insert(component.sha256);
  const auto& brought = message().attachments;
  return brought.empty() || contents_held_.empty() || contents_held_.count(brought.front().sha256) != 0;
}

void Taking::judge() {
  held_.reset();
  about_itself_.reset();
  const auto id = exchange::parse_document_id(message().document_id);
  VTLT_ASSERT(id.has_value());  // else the reading had not passed
  for (const auto& link : exchange::edxml_links(message()))
    if (link.relation != EdxmlRelation::answers && link.target && same_document(*link.target, *id))
      about_itself_ = link;
  if (already_taken()) {
    outcome_ = Outcome::present;
    return;
  }
  const auto lines = partners_.lines_of(*id, message().document_id, message().from.name);
  if (!lines.empty()) held_ = lines.front();
  if (about_itself_ && about_itself_->relation == EdxmlRelation::recalls) {
    outcome_ = !held_ ? Outcome::awaited : held_->recalled ? Outcome::present : Outcome::changed;
    return;
  }
  if (!held_) {
    outcome_ = Outcome::registered;
    judge_links();
    return;
  }
  const bool same = same_contents(*held_);
  if (about_itself_) {
    refuse_frozen(repository_, *held_);
    outcome_ = Outcome::changed;
    return;
  }
  const std::string name = name_of(repository_, {Target::Kind::entry, held_->entry.id});
  if (!same)
    throw Error(Exit::refused, "VTLT-P04",
                Message("repository.message.other", {{"id", text::printable(message().document_id)},
                                                     {"entry", name},
                                                     {"date", text::to_dmy(held_->entry.date)}}),
                Message("repository.message.other.hint", {{"entry", name}}))
        .at(options_.name);
  const auto missing = std::any_of(message().attachments.begin(), message().attachments.end(),
                                   [&](const auto& one) { return contents_held_.count(one.sha256) == 0; });
  outcome_ = missing ? Outcome::completed : Outcome::present;
  if (missing) refuse_frozen(repository_, *held_);
}

void Taking::judge_links() {
  result_.links.clear();
  for (const auto& link : exchange::edxml_links(message())) {
    if (!link.target || (about_itself_ && link.document_id == about_itself_->document_id)) continue;
    const bool answers = link.relation == EdxmlRelation::answers;
    // Only its own documents are a sender's to recall, amend or replace (NĐ30 Đ18.3-4); the reading has said
    // so.
    if (!answers && !partners_.same_body(link.target->organ_id, message().from.organ_id)) continue;
    const auto lines =
        partners_.lines_of(*link.target, link.document_id, answers ? std::string() : message().from.name);
    result_.links.push_back({link, lines.empty() ? std::nullopt : std::optional(lines.front())});
  }
}

// Under the lock: another writer may have been quicker.
void Taking::judge_again() {
  const Outcome before = outcome_;
  const auto held = held_;
  const std::size_t links = result_.links.size();
  judge();
  if (outcome_ != before || held_.has_value() != held.has_value() ||
      (held && held->entry.id != held_->entry.id) || result_.links.size() != links)
    throw Error(Exit::busy, "VTLT-BUSY", Message("repository.import.overtaken"),
                Message("repository.busy.hint"));
}

std::vector<Prepared> Taking::stage(Staging& staging,
                                    const std::function<bool(const exchange::EdxmlAttachment&)>& wanted) {
  // First the message itself: what is taken out of it is taken out of the copy, which nobody changes.
  const auto kept = staging.add({request_.path}).front();
  if (kept.staged.digest != reading_.sha256)
    throw Error(Exit::no_verdict, "VTLT-EDXML-05", Message("edxml.changed"), Message("edxml.changed.hint"))
        .at(options_.name);
  std::vector<Prepared> prepared;
  StageSink sink(staging, wanted, prepared);
  const auto copy =
      repository_.files().open(objects::staged_path(staging.directory(), kept.staged), OpenMode::read);
  exchange::read_edxml_contents(exchange::edxml_input(*copy), reading_, options_, sink);
  for (const auto& one : prepared)
    result_.attached.push_back(one.name);
  prepared.push_back({kept, request_.path.filename().string(), records::Role::message});
  return prepared;
}

void Taking::add_link(Change& change, const records::Id& entry, const exchange::EdxmlLink& link,
                      const records::Id& to) {
  change.add(journal::type::register_linked,
             journal::encode_fields({{"entry", entry.text()},
                                     {"relation", relation_text(link.relation)},
                                     {"to", to.text()},
                                     {"reason", link.reason},
                                     {"document_id", link.document_id},
                                     {"message", digest()}}));
}

void Taking::write_line() {
  exchange::ListRow row = exchange::to_list_row(reading_);
  RegisterRequest request;
  request.entry = std::move(row.entry);
  request.document = std::move(row.document);
  request.entry.document_id = message().document_id;
  request.entry.number = request_.arrival;
  request.entry.suffix = request_.arrival_suffix;
  request.entry.arrival = request_.arrival_date;
  request.entry.unit = request_.unit;
  if (!request_.due.empty()) request.entry.due = request_.due;
  request.into = request_.into;
  request.fonds = request_.fonds;
  request.dry_run = request_.dry_run;
  for (const auto& one : result_.links)
    if (one.link.relation == EdxmlRelation::answers && one.to) request.answers.push_back(one.to->entry.id);
  RegisterHooks hooks;
  hooks.stage = [&](Staging& staging) { return stage(staging, [](const auto&) { return true; }); };
  hooks.judge = [&] {
    if (!request_.dry_run) judge_again();
  };
  hooks.more = [&](Change& change, const RegisterResult& made) {
    for (const auto& one : result_.links) {
      if (one.to) {
        if (one.link.relation != EdxmlRelation::answers)
          add_link(change, made.entry.id, one.link, one.to->entry.id);
        continue;
      }
      // An answer to somebody else's document is nothing that we wait for.
      if (one.link.relation == EdxmlRelation::answers && !partners_.ours(one.link.target->organ_id)) continue;
      journal::RegisterPending pending;
      pending.fonds = partners_.fonds().id;
      pending.entry = made.entry.id;
      pending.relation = relation_text(one.link.relation);
      pending.document_id = one.link.document_id;
      pending.organ = message().from.organ_id;
      pending.organ_name = message().from.name;
      pending.reason = one.link.reason;
      pending.message = digest();
      change.add(journal::type::register_pending, journal::encode(pending));
    }
  };
  result_.registered = register_with(repository_, request, hooks);
  for (const auto& finding : result_.registered->findings)
    result_.findings.push_back(finding);
}

void Taking::attach_to(Change& change, const records::Document& document,
                       const std::vector<Prepared>& prepared) {
  int ordinal = 0, pages = 0;
  for (const auto& one : repository_.catalogue().components(document.id))
    ordinal = std::max(ordinal, one.ordinal);
  std::vector<records::Component> components;
  for (const auto& one : prepared) {
    components.push_back(component_of(one.name, one.received, document.id, one.role, ++ordinal));
    if (one.role == records::Role::main) pages += components.back().pages;
  }
  records::Document described = document;
  if (described.pages == 0) described.pages = pages;
  if (described.carrier == records::Carrier::unknown && components.size() > 1)
    described.carrier = records::Carrier::electronic;
  if (described.pages != document.pages || described.carrier != document.carrier)
    change.add(journal::type::document_described, journal::encode(described));
  for (const auto& component : components)
    change.add(journal::type::content_attached, journal::encode(component));
}

void Taking::write_change() {
  if (request_.dry_run) return;
  Staging staging(repository_);
  const auto prepared =
      stage(staging, [&](const auto& one) { return contents_held_.count(one.sha256) == 0; });
  staging.sync();
  Change change(repository_);
  judge_again();
  VTLT_ASSERT(held_.has_value());
  const auto row =
      held_->entry.document ? repository_.catalogue().document(*held_->entry.document) : std::nullopt;
  // The line outlives its document: a recall is noted, but nothing is attached to what was destroyed.
  if (!row && about_itself_.value_or(exchange::EdxmlLink()).relation != EdxmlRelation::recalls)
    throw Error(Exit::refused, "VTLT-REF-04",
                Message("repository.document.gone",
                        {{"id", held_->entry.document.value_or(held_->entry.id).brief()}}));
  if (row) attach_to(change, row->document, prepared);
  // About itself: the line has no other line that could say it.
  if (outcome_ == Outcome::changed) add_link(change, held_->entry.id, *about_itself_, held_->entry.id);
  change.commit(&staging);
  result_.entry = repository_.catalogue().entry(held_->entry.id);
}

void Taking::write_awaited() {
  if (static_cast<std::uint64_t>(size_) > kKeptWithoutLine)
    throw Error(Exit::refused, "VTLT-EDXML-11", Message("repository.message.awaited_large"),
                Message("repository.message.awaited_large.hint"))
        .at(options_.name);
  if (request_.dry_run) return;
  journal::RegisterPending pending;
  pending.fonds = partners_.fonds().id;
  pending.relation = relation_text(about_itself_->relation);
  pending.document_id = about_itself_->document_id;
  pending.organ = message().from.organ_id;
  pending.organ_name = message().from.name;
  pending.reason = about_itself_->reason;
  pending.message = digest();
  pending.bytes = read_whole(repository_.files(), request_.path, kKeptWithoutLine);
  if (sha256(pending.bytes) != reading_.sha256)
    throw Error(Exit::no_verdict, "VTLT-EDXML-05", Message("edxml.changed"), Message("edxml.changed.hint"))
        .at(options_.name);
  Change change(repository_);
  judge_again();
  change.add(journal::type::register_pending, journal::encode(pending));
  change.commit();
}

MessageResult Taking::take_status() {
  result_.outcome = Outcome::status;
  const auto links = exchange::edxml_links(message());
  const auto find = [&]() -> std::optional<catalogue::EntryRow> {
    if (links.empty() || !links.front().target) return std::nullopt;
    const auto lines = partners_.lines_of(*links.front().target, links.front().document_id, {});
    for (const auto& line : lines)
      if (line.entry.book == records::Book::out) return line;
    return std::nullopt;
  };
  const auto taken = [&](const catalogue::EntryRow& line) {
    for (const auto& one : repository_.catalogue().exchanges_of(line.entry.id))
      if (one.status.message == digest()) return true;
    return false;
  };
  auto line = find();
  if (!line)
    throw Error(Exit::refused, "VTLT-P40",
                Message("repository.status.unknown",
                        {{"id", links.empty() ? std::string() : text::printable(links.front().document_id)}}),
                Message("repository.status.unknown.hint"))
        .at(options_.name);
  result_.entry = line;
  if (taken(*line)) {
    result_.outcome = Outcome::present;
    return std::move(result_);
  }
  if (request_.dry_run) return std::move(result_);
  Staging staging(repository_);
  const auto prepared = stage(staging, [](const auto&) { return false; });
  staging.sync();
  Change change(repository_);
  line = find();
  if (!line || taken(*line))
    throw Error(Exit::busy, "VTLT-BUSY", Message("repository.import.overtaken"),
                Message("repository.busy.hint"));
  journal::RegisterStatus status;
  status.entry = line->entry.id;
  status.code = message().status_code;
  status.description = message().status_description;
  status.time = text::to_iso(message().status_time.date);
  if (const int second = message().status_time.second; second >= 0) {
    char clock[16];
    std::snprintf(clock, sizeof clock, "T%02d:%02d:%02d", second / 3600 % 100, second / 60 % 60, second % 60);
    status.time += clock;
  }
  status.organ = message().from.organ_id;
  status.organ_name = message().from.name;
  status.department = message().staff.department;
  status.staff = message().staff.staff;
  status.mobile = message().staff.mobile;
  status.email = message().staff.email;
  status.message = digest();
  change.add(journal::type::register_status, journal::encode(status));
  if (line->entry.document && repository_.catalogue().document(*line->entry.document)) {
    int ordinal = 0;
    for (const auto& one : repository_.catalogue().components(*line->entry.document))
      ordinal = std::max(ordinal, one.ordinal);
    change.add(journal::type::content_attached,
               journal::encode(component_of(prepared.back().name, prepared.back().received,
                                            *line->entry.document, records::Role::message, ordinal + 1)));
  }
  change.commit(&staging);
  return std::move(result_);
}

}  // namespace

exchange::OrganCodes organ_codes(const scheme::Scheme& scheme) {
  exchange::OrganCodes codes;
  for (const auto& one : scheme.organs)
    codes.add({one.old_code, one.new_code, one.from, one.name, one.basis});
  return codes;
}

std::string organ_code_on(const scheme::Scheme& scheme, const std::string& code, const records::Date& day) {
  if (code.empty() || scheme.organs.empty()) return {};
  std::string words;
  for (const auto& one : organ_codes(scheme).on(code, day))
    if (one != code) words += (words.empty() ? "" : ", ") + one;
  return words;
}

bool is_message(Files& files, const Path& path) {
  const auto stat = files.stat(path);
  if (!stat || stat->kind != FileKind::file) return false;
  const auto file = files.open(path, OpenMode::read);
  std::string head(std::min<std::uint64_t>(stat->size, 4096), '\0');
  head.resize(file->read_at(0, {reinterpret_cast<std::byte*>(head.data()), head.size()}));
  // Lists and scans may speak of edXML too: it begins with an element, and one of that name.
  std::string_view start = head;
  if (start.starts_with("\xEF\xBB\xBF")) start.remove_prefix(3);
  start.remove_prefix(std::min(start.find_first_not_of(" \t\r\n"), start.size()));
  return start.starts_with('<') && exchange::looks_like_edxml(start) &&
         (start.find("<edXML") != std::string_view::npos || start.find(":edXML") != std::string_view::npos);
}

std::vector<catalogue::EntryRow> Partners::lines_of(const exchange::EdxmlDocumentId& id,
                                                    const std::string& text, const std::string& name) const {
  auto& catalogue = repository_.catalogue();
  const bool own = ours(id.organ_id);
  std::vector<catalogue::EntryRow> lines;
  const auto stands = [](const catalogue::EntryRow& row) {
    return !row.voided && !row.free && !row.reserved;
  };
  if (!own)
    for (auto& row : catalogue.entries_by_document_id(fonds().id, text))
      if (stands(row) && row.entry.book == records::Book::in) lines.push_back(std::move(row));
  if (!lines.empty() || (id.number.number == 0 && id.number.notation.empty())) return lines;
  for (auto& row :
       catalogue.entries_by_own(fonds().id, own ? records::Book::out : records::Book::in, 0, id.number)) {
    const auto& e = row.entry;
    if (!stands(row) || e.date != id.date) continue;
    const bool issuer =
        own || (!e.issuer_code.empty() ? same_body(e.issuer_code, id.organ_id)
                                       : name.empty() || text::fold(e.issuer) == text::fold(name));
    if (issuer) lines.push_back(std::move(row));
  }
  return lines;
}

std::vector<journal::RegisterPending> awaited_by(Repository& repository,
                                                 const records::RegisterEntry& entry) {
  std::vector<journal::RegisterPending> found;
  if (entry.book != records::Book::in && entry.book != records::Book::out) return found;
  const auto all = repository.catalogue().pending_links(entry.fonds);
  if (all.empty()) return found;
  const auto fonds = repository.catalogue().fonds(entry.fonds);
  const auto codes = organ_codes(repository.scheme(entry.fonds));
  for (const auto& one : all) {
    if (one.entry) {
      const auto by = repository.catalogue().entry(*one.entry);
      if (!by || by->voided) continue;
    }
    const auto id = exchange::parse_document_id(one.document_id);
    if (!id || id->date != entry.date || id->number.number != entry.own.number ||
        id->number.suffix != entry.own.suffix ||
        text::fold(id->number.notation) != text::fold(entry.own.notation))
      continue;
    const bool own = fonds && !fonds->fonds.organ.empty() && codes.related(id->organ_id, fonds->fonds.organ);
    if (own != (entry.book == records::Book::out)) continue;
    // Other bodies have the same numbers: a line without a code must at least have the name.
    if (!own && (entry.issuer_code.empty() ? text::fold(entry.issuer) != text::fold(one.organ_name)
                                           : !codes.related(id->organ_id, entry.issuer_code)))
      continue;
    found.push_back(one);
  }
  return found;
}

MessageResult register_message(Repository& repository, const MessageRequest& request) {
  return Taking(repository, request).run();
}

}  // namespace vtlt::repository
