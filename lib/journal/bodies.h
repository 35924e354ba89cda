// Event types and what their bodies hold: vtlt-repository(5), "Bodies by type". Encoders write the JSON bytes that
// are hashed; decoders accept absent keys and ignore unknown ones, and throw VTLT-JOURNAL-05 (exit 4) for a body
// that breaks the format.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "records/records.h"
#include "records/uses.h"

namespace vtlt::journal {

namespace type {
inline constexpr std::string_view genesis = "genesis/1";
inline constexpr std::string_view format = "format/1";
inline constexpr std::string_view config_set = "config.set/1";
inline constexpr std::string_view actor_declared = "actor.declared/1";
inline constexpr std::string_view role_granted = "role.granted/1";
inline constexpr std::string_view policy_set = "policy.set/1";
inline constexpr std::string_view fonds_opened = "fonds.opened/1";
inline constexpr std::string_view fonds_named = "fonds.named/1";
inline constexpr std::string_view fonds_closed = "fonds.closed/1";
inline constexpr std::string_view scheme_adopted = "scheme.adopted/1";
inline constexpr std::string_view holidays_set = "holidays.set/1";
inline constexpr std::string_view scheme_rule_confirmed = "scheme.rule_confirmed/1";
inline constexpr std::string_view register_entry = "register.entry/1";
inline constexpr std::string_view register_reserved = "register.reserved/1";
inline constexpr std::string_view register_amended = "register.amended/1";
inline constexpr std::string_view register_year_closed = "register.year_closed/1";
inline constexpr std::string_view register_linked = "register.linked/1";
inline constexpr std::string_view register_voided = "register.voided/1";
inline constexpr std::string_view register_status = "register.status/1";
inline constexpr std::string_view register_sent = "register.sent/1";
inline constexpr std::string_view register_pending = "register.pending/1";
inline constexpr std::string_view document_described = "document.described/1";
inline constexpr std::string_view content_attached = "content.attached/1";
inline constexpr std::string_view file_opened = "file.opened/1";
inline constexpr std::string_view file_planned = "file.planned/1";
inline constexpr std::string_view file_arranged = "file.arranged/1";
inline constexpr std::string_view file_amended = "file.amended/1";
inline constexpr std::string_view file_document_added = "file.document_added/1";
inline constexpr std::string_view file_document_removed = "file.document_removed/1";
inline constexpr std::string_view file_reordered = "file.reordered/1";
inline constexpr std::string_view file_closed = "file.closed/1";
inline constexpr std::string_view file_state_changed = "file.state_changed/1";
inline constexpr std::string_view file_numbered = "file.numbered/1";
inline constexpr std::string_view file_rejected = "file.rejected/1";
inline constexpr std::string_view submission_made = "submission.made/1";
inline constexpr std::string_view file_submitted = "file.submitted/1";
inline constexpr std::string_view file_kept_back = "file.kept_back/1";
inline constexpr std::string_view file_taken = "file.taken/1";
inline constexpr std::string_view file_returned = "file.returned/1";
inline constexpr std::string_view box_made = "box.made/1";
inline constexpr std::string_view box_moved = "box.moved/1";
inline constexpr std::string_view file_boxed = "file.boxed/1";
inline constexpr std::string_view batch_imported = "batch.imported/1";
inline constexpr std::string_view batch_withdrawn = "batch.withdrawn/1";
inline constexpr std::string_view package_planned = "package.planned/1";
inline constexpr std::string_view use_recorded = "use.recorded/1";
inline constexpr std::string_view use_returned = "use.returned/1";
inline constexpr std::string_view destruction_begun = "destruction.begun/1";
inline constexpr std::string_view destruction_done = "destruction.done/1";
inline constexpr std::string_view stream_adopted = "stream.adopted/1";
inline constexpr std::string_view restore_accepted = "restore.accepted/1";
inline constexpr std::string_view journal_cut = "journal.cut/1";
}  // namespace type

struct Features {
  std::vector<std::string> compatible, read_only_compatible, incompatible;
};
struct Genesis {
  int format = 1;
  Features features;
  std::string nonce, software;
};
struct SchemeAdopted {
  records::Id fonds{records::Kind::fonds};
  std::string scheme;  // SHA-256
  std::string name, number;
  text::Date date;
};
// The days off and the days worked instead, beyond those known; they replace what was set before.
struct HolidaysSet {
  records::Id fonds{records::Kind::fonds};
  std::string name, basis;  // of the file they stand in; the announcement
  std::vector<text::Date> off, work;
};
// Documents of a file in another order: those named take the ordinals from `from` on.
struct FileReordered {
  records::Id file{records::Kind::file};
  int from = 1;
  std::vector<records::Id> documents;
};
struct Batch {
  records::Id id{records::Kind::batch};
  std::string name, book, list_name, list_sha256;
  std::int64_t rows = 0;
};
// What an edXML message said became of a document, or what we said of one that came to us (P40).
struct RegisterStatus {
  records::Id entry{records::Kind::entry};
  bool own = false;                      // we said it
  std::string code, description, time;   // "03"; ISO, of Vietnam, as the message tells it
  std::string organ, organ_name;         // who said it
  std::string department, staff, mobile, email;
  std::string message;                   // SHA-256 of the edXML message
  bool operator==(const RegisterStatus&) const = default;
};
// A registered outgoing document written as an edXML message.
struct RegisterSent {
  records::Id entry{records::Kind::entry};
  std::string business, document_id, time, reason, message;  // new | recall | update | replace; as RegisterStatus
  std::vector<std::pair<std::string, std::string>> to;       // organ code, name
  bool operator==(const RegisterSent&) const = default;
};
// A message speaks of a document that is not here. register.linked/1 with the same document id ends it.
struct RegisterPending {
  records::Id fonds{records::Kind::fonds};
  std::optional<records::Id> entry;     // the line that has the relation; none: the document recalled is the message's own
  std::string relation, document_id, organ, organ_name, reason, message;
  std::string bytes;                    // without a line: the message itself
  bool operator==(const RegisterPending&) const = default;
};
struct PackagePlanned {
  records::Id id{records::Kind::package};
  std::string name, kind, spec, profile, newest_stream, seed;
  std::optional<records::Id> file;      // of a whole file
  std::vector<records::Id> documents;   // of loose documents and of a DIP, in their order there
  std::uint64_t newest_seq = 0;
  // What else decides the bytes, so that the package can be made again: code of the transfer request, round and
  // ordinal of loose documents, the request that a DIP answers.
  std::map<std::string, std::string> details;
};
struct DestructionBegun {
  records::Id dossier{records::Kind::dossier};
  std::string name, decision;
  std::vector<records::Id> files, documents;
  std::vector<std::pair<std::string, std::uint64_t>> bodies;  // stream, seq
  std::vector<std::string> objects;                           // SHA-256
};
struct StreamAdopted {
  std::string stream, head;
  std::uint64_t events = 0;
};
struct RestoreAccepted {
  std::string reason, known_head;
  std::uint64_t known_events = 0;
  std::map<std::string, std::int64_t> last_numbers;  // "fonds/series/year" → number
};
struct JournalCut {
  std::uint64_t after = 0, head_bytes = 0, body_bytes = 0;
  std::string sha256;
};

std::string encode(const Genesis& body);
std::string encode(const Features& body);  // format/1
std::string encode(const records::Fonds& body);
std::string encode(const SchemeAdopted& body);
std::string encode(const records::RegisterEntry& body);
std::string encode_amended(const records::RegisterEntry& body, const std::string& reason);  // the line as it reads now
std::string encode(const records::Document& body);
std::string encode(const records::Component& body);
std::string encode(const records::FileRecord& body);
// The file as it reads now; basis: the paper that allows it.
std::string encode_amended(const records::FileRecord& body, const std::string& reason, const std::string& basis = {});
std::string encode_planned(const records::FileRecord& body, const std::string& basis);  // of the year's list
std::string encode(const records::FondsName& body);
std::string encode(const FileReordered& body);
std::string encode(const HolidaysSet& body);
std::string encode(const records::Submission& body);
std::string encode(const records::Box& body);
std::string encode(const records::Use& body);
std::string encode(const Batch& body);
std::string encode(const RegisterStatus& body);
std::string encode(const RegisterSent& body);
std::string encode(const RegisterPending& body);
std::string encode(const PackagePlanned& body);
std::string encode(const DestructionBegun& body);
std::string encode(const StreamAdopted& body);
std::string encode(const RestoreAccepted& body);
std::string encode(const JournalCut& body);
// For the small events whose bodies are a few strings, ids and whole numbers; empty strings are left out.
std::string encode_fields(const std::vector<std::pair<std::string, std::string>>& texts,
                          const std::vector<std::pair<std::string, std::int64_t>>& numbers = {});

// Decodes one body after another with one buffer; not for several threads at once.
class Decoder {
 public:
  Decoder();
  ~Decoder();
  Genesis genesis(std::string_view body);
  Features features(std::string_view body);
  records::Fonds fonds(std::string_view body);
  SchemeAdopted scheme_adopted(std::string_view body);
  records::RegisterEntry entry(std::string_view body);
  records::Document document(std::string_view body);
  records::Component component(std::string_view body);
  records::FileRecord file(std::string_view body);
  records::FondsName fonds_name(std::string_view body);
  FileReordered reordered(std::string_view body);
  HolidaysSet holidays(std::string_view body);
  records::Submission submission(std::string_view body);
  records::Box box(std::string_view body);
  records::Use use(std::string_view body);
  Batch batch(std::string_view body);
  RegisterStatus status(std::string_view body);
  RegisterSent sent(std::string_view body);
  RegisterPending pending(std::string_view body);
  PackagePlanned package(std::string_view body);
  DestructionBegun destruction(std::string_view body);
  StreamAdopted adopted(std::string_view body);
  RestoreAccepted restore(std::string_view body);
  JournalCut cut(std::string_view body);
  // The string and whole-number fields of any body, as text.
  std::map<std::string, std::string> fields(std::string_view body);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace vtlt::journal
