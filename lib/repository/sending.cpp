// Messages that go: a registered outgoing document, and our status of one that came.
#include <algorithm>

#include "base/encoding.h"
#include "base/error.h"
#include "repository/partners.h"
#include "text/text.h"

namespace vtlt::repository {
namespace {

using exchange::EdxmlBusiness;

exchange::EdxmlTime time_of(Moment moment) {
  const std::string text = to_text(moment);  // "2026-11-05T08:30:00.000+07:00"
  const auto two = [&](std::size_t at) { return (text[at] - '0') * 10 + (text[at + 1] - '0'); };
  return {text::from_iso(text.substr(0, 10)).value_or(text::Date{}), (two(11) * 60 + two(14)) * 60 + two(17)};
}

std::string stored(const exchange::EdxmlTime& time) {
  char clock[16];
  std::snprintf(clock, sizeof clock, "T%02d:%02d:%02d", time.second / 3600 % 100, time.second / 60 % 60,
                time.second % 60);
  return text::to_iso(time.date) + clock;
}

// The message beside its name, which it gets at the end; nothing stays of it otherwise.
class Outgoing {
 public:
  Outgoing(Files& files, const Path& path) : files_(files), path_(path), temporary_(path) {
    if (const auto stat = files_.stat(path_); stat && stat->kind != FileKind::file)
      throw Error(Exit::usage, "VTLT-USE-05",
                  Message("repository.send.not_a_file", {{"path", text::printable(path_.string())}}));
    const Path folder = path_.has_parent_path() ? path_.parent_path() : Path(".");
    if (!files_.stat(folder))
      throw Error(Exit::usage, "VTLT-USE-05",
                  Message("repository.send.no_folder", {{"path", text::printable(folder.string())}}));
    temporary_ += ".tmp-" + hex(random_128()).substr(0, 8);
    file_ = files_.open(temporary_, OpenMode::create_new);
  }
  ~Outgoing() {
    if (!file_) return;
    try {
      file_.reset();
      files_.remove_file(temporary_);
    } catch (const Error&) {  // the first failure has been told
    }
  }
  Outgoing(const Outgoing&) = delete;
  Outgoing& operator=(const Outgoing&) = delete;

  Digest write(const exchange::EdxmlMessage& message, bool zip,
               const std::function<exchange::EdxmlContent(std::size_t)>& open) {
    std::string buffer;
    const Digest digest = exchange::write_edxml(message, {zip}, open, [&](Bytes bytes) {
      check_interrupted();
      file_->append(bytes);
      bytes_ += bytes.size();
    });
    file_->sync(SyncPoint::package_contents);
    // What its receiver will read has to be what we meant.
    auto reading =
        exchange::read_edxml(exchange::edxml_input(*file_), {path_.filename().string(), {}, nullptr, {}});
    reading.message.original.clear();
    reading.message.signatures.clear();
    exchange::EdxmlMessage meant = message;
    for (auto& one : meant.attachments) {
      one.zipped = zip;
      one.transfer_type = zip ? "application/zip" : one.content_type;
    }
    for (auto& one : reading.message.attachments)
      if (!zip) one.transfer_type = one.content_type;
    if (!reading.passed() || reading.sha256 != digest || !(reading.message == meant))
      throw Error(Exit::no_verdict, "VTLT-EDXML-09", Message("repository.send.differs"))
          .because(reading.findings);
    return digest;
  }
  std::uint64_t bytes() const { return bytes_; }
  void name() {
    file_.reset();
    files_.rename(temporary_, path_);
    const Path folder = path_.has_parent_path() ? path_.parent_path() : Path(".");
    files_.sync_directory(folder, SyncPoint::package_name);
  }

 private:
  Files& files_;
  Path path_, temporary_;
  std::unique_ptr<File> file_;
  std::uint64_t bytes_ = 0;
};

exchange::EdxmlOrgan ourselves(const records::Fonds& fonds, const std::string& code) {
  exchange::EdxmlOrgan organ;
  organ.organ_id = code.empty() ? fonds.organ : code;
  organ.name = fonds.name;
  if (organ.organ_id.empty())
    throw Error(Exit::refused, "VTLT-EDXML-08", Message("repository.send.no_organ", {{"fonds", fonds.code}}),
                Message("repository.send.no_organ.hint"));
  return organ;
}

catalogue::EntryRow standing(Repository& repository, const records::Id& id) {
  const auto row = repository.catalogue().entry(id);
  if (!row)
    throw Error(Exit::refused, "VTLT-REF-04", Message("repository.document.gone", {{"id", id.brief()}}));
  const std::string name = name_of(repository, {Target::Kind::entry, id});
  if (row->voided || row->reserved)
    throw Error(
        Exit::refused, "VTLT-P08",
        Message(row->voided ? "repository.entry.void" : "repository.send.reserved", {{"entry", name}}));
  const std::string secrecy = records::secrecy_of(row->entry.secrecy);
  if (!secrecy.empty())
    throw Error(Exit::refused, "VTLT-P12",
                Message("repository.send.secret", {{"entry", name}, {"level", secrecy}}));
  return *row;
}

class Sending {
 public:
  Sending(Repository& repository, const SendRequest& request) : repository_(repository), request_(request) {}

  SendResult run() {
    gather(judge());
    if (request_.dry_run) return std::move(result_);
    Outgoing out(repository_.files(), request_.output);
    result_.sha256 =
        out.write(result_.message, request_.zip, [&](std::size_t index) { return content(index); });
    result_.bytes = out.bytes();
    Change change(repository_);
    const auto row = judge();
    if (journal::encode(row.entry) != journal::encode(row_.entry))
      throw Error(Exit::busy, "VTLT-BUSY", Message("repository.import.overtaken"),
                  Message("repository.busy.hint"));
    journal::RegisterSent sent;
    sent.entry = request_.entry;
    sent.business = exchange::business_text(request_.business);
    sent.document_id = result_.message.document_id;
    sent.to = request_.to;
    sent.time = stored(result_.message.traces.front().time);
    sent.reason = request_.reason;
    sent.message = result_.sha256.hex();
    change.add(journal::type::register_sent, journal::encode(sent));
    if (request_.business == EdxmlBusiness::recall && !row.recalled) {
      result_.recalled = true;
      change.add(journal::type::register_linked, journal::encode_fields({{"entry", request_.entry.text()},
                                                                         {"relation", "recalls"},
                                                                         {"to", request_.entry.text()},
                                                                         {"reason", request_.reason},
                                                                         {"message", sent.message}}));
    }
    change.commit();
    out.name();
    return std::move(result_);
  }

 private:
  catalogue::EntryRow judge() {
    const auto row = standing(repository_, request_.entry);
    const std::string name = name_of(repository_, {Target::Kind::entry, request_.entry});
    if (row.entry.book != records::Book::out)
      throw Error(Exit::refused, "VTLT-EDXML-07", Message("repository.send.not_out", {{"entry", name}}));
    if (request_.business != EdxmlBusiness::recall) refuse_frozen(repository_, row);
    return row;
  }

  void gather(const catalogue::EntryRow& row) {
    row_ = row;
    const auto& entry = row.entry;
    const std::string name = name_of(repository_, {Target::Kind::entry, entry.id});
    const auto fonds = repository_.catalogue().fonds(entry.fonds);
    VTLT_ASSERT(fonds.has_value());
    const Partners partners(repository_, *fonds);
    exchange::EdxmlSending sending;
    // The code the document was issued under, whatever became of it since (TT06 Đ40.2b).
    sending.from = ourselves(fonds->fonds, entry.issuer_code);
    if (sending.from.organ_id != fonds->fonds.organ && !entry.issuer.empty())
      sending.from.name = entry.issuer;
    for (const auto& [code, called] : request_.to) {
      exchange::EdxmlOrgan organ;
      organ.organ_id = code;
      organ.name = called;
      sending.to.push_back(std::move(organ));
    }
    sending.business = request_.business;
    sending.reason = request_.reason;
    sending.place = request_.place;
    sending.time = time_of(now());
    sending.staff = request_.staff;
    add_relations(partners, sending);
    result_.message = exchange::from_entry(entry, sending);
    if (request_.business != EdxmlBusiness::recall && entry.document) {
      for (const auto& one : repository_.catalogue().components(*entry.document))
        if (one.role == records::Role::main || one.role == records::Role::scan ||
            one.role == records::Role::annex)
          components_.push_back(one);
      std::stable_sort(components_.begin(), components_.end(), [](const auto& a, const auto& b) {
        return static_cast<int>(a.role != records::Role::annex) >
               static_cast<int>(b.role != records::Role::annex);
      });
    }
    if (request_.business != EdxmlBusiness::recall && components_.empty())
      throw Error(Exit::refused, "VTLT-EDXML-07", Message("repository.send.no_content", {{"entry", name}}),
                  Message("repository.send.no_content.hint", {{"entry", name}}));
    for (std::size_t i = 0; i < components_.size(); ++i) {
      result_.message.attachments.push_back(exchange::outgoing_attachment(
          components_[i], static_cast<int>(i) + 1, i == 0 ? entry.subject : std::string()));
      if (result_.message.pages < 0 && i == 0 && components_[i].pages > 0)
        result_.message.pages = components_[i].pages;
    }
    for (auto& finding : exchange::check_edxml(
             result_.message, {request_.output.filename().string(), {}, &partners.codes(), {}}))
      result_.findings.push_back(std::move(finding));
    // NĐ30 PL VI has room for 13.
    for (auto& finding :
         exchange::check_organ_code(sending.from.organ_id, "Header/MessageHeader/From/OrganId", false))
      if (finding.level == Level::warning) result_.findings.push_back(std::move(finding));
  }

  // What the line answers or replaces, as its receivers know it.
  void add_relations(const Partners& partners, exchange::EdxmlSending& sending) {
    auto& catalogue = repository_.catalogue();
    const auto warn = [&](const char* key, const records::Id& id) {
      const std::string entry = name_of(repository_, {Target::Kind::entry, id});
      result_.findings.push_back(warning("P40", Message(key, {{"entry", entry}}), {}, entry));
    };
    std::vector<records::Id> replaced;
    for (const auto& link : catalogue.links_of(request_.entry)) {
      if (link.entry != request_.entry || link.to == request_.entry) continue;
      const auto other = catalogue.entry(link.to);
      if (!other) continue;
      const auto& e = other->entry;
      if (link.relation == "answers") {
        exchange::EdxmlReference answered{e.issuer_code, e.own.text(), e.date, e.document_id};
        if (answered.organ_id.empty() || !answered.date.whole() || e.own.empty()) {
          warn("repository.send.answer_without_code", e.id);
          continue;
        }
        if (answered.document_id.empty()) {
          exchange::EdxmlDocumentId id{e.issuer_code, e.date, e.own};
          id.number.written = e.own.text();
          answered.document_id = document_id_text(id);
        }
        sending.answers.push_back(std::move(answered));
      } else if (link.relation == "replaces") {
        exchange::EdxmlDocumentId id{e.issuer_code.empty() ? partners.fonds().organ : e.issuer_code, e.date,
                                     e.own};
        id.number.written = e.own.text();
        exchange::EdxmlReplacement one;
        one.document_id = document_id_text(id);
        for (const auto& [code, called] : request_.to)
          one.organ_ids.push_back(code);
        sending.replacements.push_back(std::move(one));
      }
    }
    if (request_.business == EdxmlBusiness::replace && sending.replacements.empty())
      throw Error(Exit::refused, "VTLT-P40", Message("repository.send.replaces_nothing"),
                  Message("repository.send.replaces_nothing.hint",
                          {{"entry", name_of(repository_, {Target::Kind::entry, request_.entry})}}));
    if (request_.business != EdxmlBusiness::replace) sending.replacements.clear();
  }

  exchange::EdxmlContent content(std::size_t index) {
    Digest digest;
    VTLT_ASSERT(Digest::parse(components_.at(index).sha256, digest));
    std::shared_ptr<File> file =
        repository_.files().open(repository_.objects().path_of(digest), OpenMode::read, false);
    return [file, at = std::uint64_t{0}](std::span<std::byte> out) mutable {
      const std::size_t got = file->read_at(at, out);
      at += got;
      return got;
    };
  }

  Repository& repository_;
  const SendRequest& request_;
  catalogue::EntryRow row_;
  std::vector<records::Component> components_;
  SendResult result_;
};

}  // namespace

SendResult send_document(Repository& repository, const SendRequest& request) {
  return Sending(repository, request).run();
}

exchange::EdxmlMessage record_status(Repository& repository, const StatusRequest& request) {
  if (exchange::status_meaning(request.code).empty())
    throw Error(Exit::usage, "VTLT-P40",
                Message("repository.status.code", {{"code", text::printable(request.code)}}),
                Message("repository.status.code.hint"));
  const auto judge = [&] {
    const auto row = standing(repository, request.entry);
    if (row.entry.book != records::Book::in)
      throw Error(Exit::refused, "VTLT-P40",
                  Message("repository.status.not_in",
                          {{"entry", name_of(repository, {Target::Kind::entry, request.entry})}}));
    return row;
  };
  const auto row = judge();
  const auto& entry = row.entry;
  const auto fonds = repository.catalogue().fonds(entry.fonds);
  VTLT_ASSERT(fonds.has_value());
  const bool writes = !request.output.empty();
  const std::string name = name_of(repository, {Target::Kind::entry, request.entry});
  if (writes && (entry.issuer_code.empty() || entry.own.empty() || !entry.date.whole()))
    throw Error(Exit::refused, "VTLT-EDXML-08", Message("repository.status.no_sender", {{"entry", name}}),
                Message("repository.status.no_sender.hint"));
  exchange::EdxmlMessage received;
  received.from.organ_id = entry.issuer_code;
  received.from.name = entry.issuer;
  received.number = entry.own.text();
  received.date = entry.date;
  received.document_id = entry.document_id;
  if (received.document_id.empty()) {
    exchange::EdxmlDocumentId id{entry.issuer_code, entry.date, entry.own};
    id.number.written = entry.own.text();
    received.document_id = document_id_text(id);
  }
  exchange::EdxmlOrgan own;
  own.name = fonds->fonds.name;
  if (writes)
    own = ourselves(fonds->fonds, {});
  else
    own.organ_id = fonds->fonds.organ;
  const auto message =
      exchange::status_for(received, own, request.code, request.description, time_of(now()), request.staff);
  journal::RegisterStatus status;
  status.entry = request.entry;
  status.own = true;
  status.code = message.status_code;
  status.description = message.status_description;
  status.time = stored(message.status_time);
  status.organ = own.organ_id;
  status.organ_name = own.name;
  status.department = request.staff.department;
  status.staff = request.staff.staff;
  status.mobile = request.staff.mobile;
  status.email = request.staff.email;
  if (request.dry_run) return message;
  std::optional<Outgoing> out;
  if (writes) {
    out.emplace(repository.files(), request.output);
    status.message = out->write(message, false, [](std::size_t) { return exchange::EdxmlContent(); }).hex();
  }
  Change change(repository);
  judge();
  change.add(journal::type::register_status, journal::encode(status));
  change.commit();
  if (out) out->name();
  return message;
}

}  // namespace vtlt::repository
