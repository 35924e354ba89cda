// edXML messages of QCVN 102:2016/BTTTT (records-practice.md 6.2, 6.3; P39, P40): read, checked, written.
// The standard's own tables of elements were not found [?]; what is here follows five implementations that
// agree [B]. So what is missing or strange is a finding, and only what cannot be XML or edXML at all is an
// Error.
//
// Text of the model is UTF-8 in NFC without space at its ends. Sizes are bytes. Values that reading changed
// or could not take stand in `original` as they were written. Nothing in a message is trusted: no DTD, entity
// or network; a name in it is never a path; numbers in it allocate nothing; memory is bounded by EdxmlLimits,
// whatever the size of the attachments.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"
#include "base/finding.h"
#include "exchange/organ_codes.h"
#include "exchange/register_list.h"
#include "records/records.h"
#include "trust/digest.h"

namespace vtlt::exchange {

inline constexpr std::string_view kEdxmlQcvn102 = "http://www.mic.gov.vn/TBT/QCVN_102_2016";
inline constexpr std::string_view kEdxmlOlder = "http://www.e-doc.vn/Schema/";

// ---- the model ----

enum class EdxmlNamespace { qcvn102, older };

// Bussiness/BussinessDocType 0-3; a status message has none.
enum class EdxmlBusiness { document = 0, recall = 1, update = 2, replace = 3, status = 4 };
const char* business_text(EdxmlBusiness business);  // "new" "recall" "update" "replace" "status": as stored

struct EdxmlOrgan {
  std::string organ_id, in_charge /* code of the superior body */, name, address, email, telephone, fax,
      website;
  bool operator==(const EdxmlOrgan&) const = default;
};
struct EdxmlStaff {
  std::string department, staff, mobile, email;
  bool empty() const { return department.empty() && staff.empty() && mobile.empty() && email.empty(); }
  bool operator==(const EdxmlStaff&) const = default;
};
// yyyy/MM/dd HH:mm:ss. The standard names no zone: taken as Vietnam's [M].
struct EdxmlTime {
  records::Date date;
  int second = -1;  // of the day; -1: not told
  bool operator==(const EdxmlTime&) const = default;
};
struct EdxmlTrace {
  std::string organ_id;
  EdxmlTime time;
  bool operator==(const EdxmlTrace&) const = default;
};
// ResponseFor: the document answered, or the one a status speaks of.
struct EdxmlReference {
  std::string organ_id, code;  // "02/UBND-TCKT"
  records::Date date;
  std::string document_id;
  bool operator==(const EdxmlReference&) const = default;
};
struct EdxmlReceiver {
  int type = -1;  // 0 removed, 1 added; -1: not told
  std::string organ_id;
  bool operator==(const EdxmlReceiver&) const = default;
};
struct EdxmlReplacement {
  std::string document_id;
  std::vector<std::string> organ_ids;
  bool operator==(const EdxmlReplacement&) const = default;
};
// An element vtlt does not know, complete with its namespaces, and where it stood.
struct EdxmlUnknown {
  std::string path;  // of its parent: "Header/MessageHeader"
  std::string xml;
  bool operator==(const EdxmlUnknown&) const = default;
};

// A computer file that came with the message, or is promised by it.
struct EdxmlAttachment {
  std::string name;           // one name without folders, never empty, "." or ".."
  std::string content_id;     // without "cid:"
  std::string content_type;   // as Reference says: of the computer file, or of what carries it
  std::string description;    // of Reference
  std::string transfer_type;  // as Attachment says
  std::string transfer_description;
  bool listed = false;   // has a Reference
  bool present = false;  // has an Attachment
  // Set by reading the contents:
  bool zipped = false;     // it was taken out of a zip of one
  bool sound = false;      // its bytes could be had whole
  std::uint64_t size = 0;  // of the computer file, after base64 and zip
  std::string sha256;      // of the same, 64 hex; "" when not sound
  bool operator==(const EdxmlAttachment&) const = default;
};

struct EdxmlMessage {
  EdxmlNamespace space = EdxmlNamespace::qcvn102;
  EdxmlBusiness business = EdxmlBusiness::document;

  // MessageHeader; of a status only `from` (6.3). Numbers: -1 is "not told".
  EdxmlOrgan from;
  std::vector<EdxmlOrgan> to;
  std::string number, notation;  // CodeNumber, CodeNotation
  std::string place;
  records::Date date;  // PromulgationDate
  std::string type_code, type_detail, type_name;
  std::string subject, content;
  std::string competence, position, signer;  // "KT.", "Phó Chủ tịch", full name
  records::Date due;
  std::vector<std::string> to_places;
  int priority = -1;  // 0 thường, 1 khẩn, 2 thượng khẩn, 3 hỏa tốc, 4 hỏa tốc hẹn giờ
  std::string circulation;  // SphereOfPromulgation
  std::string typist;       // TyperNotation
  int copies = -1, pages = -1;
  std::vector<std::string> appendixes;
  std::vector<EdxmlReference> answers;
  int steering = -1;
  std::string document_id;  // "OrganId,yyyy/MM/dd,số/ký hiệu"

  // TraceHeaderList
  std::string trace_id, trace_version, trace_must_understand, trace_actor;
  std::vector<EdxmlTrace> traces;

  // Bussiness
  std::string reason;
  std::string target_id;  // Bussiness/DocumentId: the document recalled, updated, replaced
  int document_info = -1, document_receiver = -1;
  std::vector<EdxmlReceiver> receivers;
  std::vector<EdxmlReplacement> replacements;
  EdxmlStaff staff;  // of Bussiness, or of Status
  int paper = -1;    // 1: paper follows

  // Status
  EdxmlReference status_of;
  std::string status_code;  // "01" … "16"
  std::string status_description;
  EdxmlTime status_time;

  std::vector<EdxmlAttachment> attachments;
  std::vector<EdxmlUnknown> unknown;
  // XML signatures as they stood. They are kept, not verified (only the digests they give for attachments are
  // compared), and never written: what they signed is another file.
  std::vector<EdxmlUnknown> signatures;
  std::map<std::string, std::string> original;  // by path: "Header/MessageHeader/DueDate"
  bool operator==(const EdxmlMessage&) const = default;
};

// ---- reading ----

// Fills `out` from `offset` on; less only at the end. It is read several times and must not change meanwhile.
using EdxmlInput = std::function<std::size_t(std::uint64_t offset, std::span<std::byte> out)>;
EdxmlInput edxml_input(File& file);              // the file outlives the input
EdxmlInput edxml_input(std::string_view bytes);  // so do the bytes

struct EdxmlLimits {
  std::uint64_t message = std::uint64_t{8} << 30;   // bytes of XML
  std::uint64_t content = std::uint64_t{2} << 30;   // of one attachment, unpacked
  std::uint64_t contents = std::uint64_t{8} << 30;  // of all of them
  std::size_t text = 16u << 20;  // bytes of all fields and unknown elements; these are held in memory
  std::size_t items = 10'000;    // receivers, hops, attachments … and unknown elements, each
  std::size_t depth = 64;
  std::uint64_t ratio = 250;  // unpacked : packed, beyond 16 MB
};

struct EdxmlOptions {
  std::string name;                    // of the computer file, for findings
  std::vector<std::string> own_codes;  // whom a message may be for; empty: not asked
  const OrganCodes* codes = nullptr;   // old and new codes; borrowed for the call
  EdxmlLimits limits;
};

struct EdxmlReading {
  EdxmlMessage message;
  std::vector<Finding> findings;  // an error: the message cannot be taken as it is (NĐ30 Đ21.2)
  bool secret = false;  // P12: the words of the message were dropped, its contents are not given out
  Digest sha256;        // of the XML as it came
  bool passed() const;  // no finding is an error
};

bool looks_like_edxml(std::string_view first_bytes);  // a few hundred suffice

// Reads and judges the whole message, its contents too, without keeping these. Throws exit 2:
// VTLT-EDXML-01 not XML, -02 a DTD, -03 beyond a limit, -04 not edXML; exit 4 VTLT-EDXML-05 when the file
// changed meanwhile.
EdxmlReading read_edxml(const EdxmlInput& input, const EdxmlOptions& options = {});

// Receives contents, in the message's order. A file is begun, written in pieces, ended.
class EdxmlSink {
 public:
  virtual ~EdxmlSink() = default;
  virtual void begin(std::size_t index, const EdxmlAttachment& attachment) = 0;
  virtual void write(Bytes bytes) = 0;
  virtual void end(std::size_t index) = 0;
};
// Hands out the sound attachments of a message read before (same input, same options). Checks each against
// the size and digest found then: exit 4 VTLT-EDXML-05 on any difference, and what was written must be thrown
// away. Exit 3 P12 for a secret message.
void read_edxml_contents(const EdxmlInput& input, const EdxmlReading& reading, const EdxmlOptions& options,
                         EdxmlSink& sink);

// ---- what a message means ----

struct EdxmlDocumentId {
  std::string organ_id;
  records::Date date;
  records::DocumentNumber number;
};
std::optional<EdxmlDocumentId> parse_document_id(std::string_view text);
std::string document_id_text(const EdxmlDocumentId& id);
bool same_document(const EdxmlDocumentId& a, const EdxmlDocumentId& b);  // "05" is 5, Ð is Đ

// 01 đã đến … 16 (6.3), in Vietnamese; "" for a code that is none.
std::string_view status_meaning(std::string_view code);
// Priority 0-4 as RegisterEntry::urgency ("", "khẩn" …); 4 has no word of its own in NĐ30 Đ4 and gives
// "hỏa tốc". And back; -1: not a word of NĐ30.
std::string urgency_of(int priority);
int priority_of(std::string_view urgency);

// The line of the register the message stands for: book `in`, without number, arrival, ids, series (the
// caller's). `id` is the DocumentId, `answers` the first document answered, `paths` stay empty (contents come
// from read_edxml_contents). Findings are those of the reading
// and of records::check_entry (P10). For a secret message without words, as
// ListRow. Not for a status.
ListRow to_list_row(const EdxmlReading& reading);

// What the message says about other documents, for linked events (P08, P40). An update (2) is "amends".
enum class EdxmlRelation { answers, recalls, amends, replaces, reports };
struct EdxmlLink {
  EdxmlRelation relation = EdxmlRelation::answers;
  std::string document_id;                // as written
  std::optional<EdxmlDocumentId> target;  // nullopt: not readable, a finding said so
  std::vector<std::string> organ_ids;     // replaces: for whom
  std::string reason;
};
std::vector<EdxmlLink> edxml_links(const EdxmlMessage& message);

// The cross-checks of 6.2 and 6.3 on the model alone; read_edxml has done them.
std::vector<Finding> check_edxml(const EdxmlMessage& message, const EdxmlOptions& options = {});

// ---- outgoing ----

struct EdxmlSending {
  EdxmlOrgan from;
  std::vector<EdxmlOrgan> to;
  EdxmlBusiness business = EdxmlBusiness::document;
  std::string reason;
  std::string place;
  EdxmlTime time;  // of sending: the first hop
  EdxmlStaff staff;
  std::vector<EdxmlReference> answers;
  std::vector<EdxmlReplacement> replacements;  // replace
  std::vector<EdxmlReceiver> receivers;        // update
};
// The message for a registered outgoing document; attachments are added by the caller. Codes stay as given: a
// document of the time before a change carries the code it was issued under.
EdxmlMessage from_entry(const records::RegisterEntry& entry, const EdxmlSending& sending);
// ordinal from 1; the content id is made of digest and ordinal, so that the same message gives the same
// bytes.
EdxmlAttachment outgoing_attachment(const records::Component& component, int ordinal,
                                    const std::string& description);
// The answer to a document that was received (6.3).
EdxmlMessage status_for(const EdxmlMessage& received, const EdxmlOrgan& from, const std::string& code,
                        const std::string& description, const EdxmlTime& time, const EdxmlStaff& staff);

// Bytes of one attachment, from the beginning on: 0 at the end.
using EdxmlContent = std::function<std::size_t(std::span<std::byte> out)>;
struct EdxmlWriteOptions {
  bool zip = false;  // each attachment in a zip of its own before base64, as the VNPT library does
};
// Writes the message so that read_edxml reads it back equal (but for `original` and signatures), in bounded
// memory. Refuses (exit 3 VTLT-EDXML-06) a message with error findings of check_edxml, and text XML cannot
// hold; exit 4 VTLT-EDXML-05 when contents differ from the size or sha256 told (sha256 may be empty).
// Returns the digest of what was written.
Digest write_edxml(const EdxmlMessage& message, const EdxmlWriteOptions& options,
                   const std::function<EdxmlContent(std::size_t index)>& open,
                   const std::function<void(Bytes)>& output);

}  // namespace vtlt::exchange
