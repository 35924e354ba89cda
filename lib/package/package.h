// One model of a package; writers and checkers for its formats. Knows no repository: contents come as readable
// sources, results go to a folder or ZIP.
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/files.h"
#include "base/finding.h"
#include "base/progress.h"
#include "package/packed_documents.h"
#include "records/records.h"
#include "trust/digest.h"

namespace vtlt::package {

enum class Kind { sip, aip, dip };
enum class Spec { tt05, csip_2_2, bagit_1_0 };

// What a SIP or AIP holds (TT05 Đ17): a hồ sơ, or documents that nobody compiled into one (…_tailieu).
enum class Unit { file, loose };

// Loose documents as one package (TT05 PL II, IV): code without the archive's, 1.5 of the circular's codes.
struct LooseBatch {
  std::string code;   // organ code.year.round(2).ordinal(7)
  std::string title;
  bool incoming = false;  // source: 1 = văn bản đến, 0 = văn bản đi
  std::string note;
};

// What a reader gets (TT05 Đ37-42): on the screen only, a copy marked so, a copy signed by the agency, or the package
// with its certificate.
enum class CopyLevel { reading, plain, authenticated, certified };
const char* copy_level_text(CopyLevel level);  // "reading" "plain" "authenticated" "dip": as typed and stored
std::optional<CopyLevel> parse_copy_level(std::string_view text);

// The request that a DIP answers: its EAD.xml describes this, not the records (TT05 PL V).
struct DipRequest {
  std::string id;           // requestID
  records::Date date;
  std::string purpose;      // 01 cá nhân, 02 công vụ, 03 công vụ đặc biệt
  std::string content;      // purposeContent
  std::string fee_object;   // 01-10, "" = none of them
  std::string topic, note;
  CopyLevel copy = CopyLevel::reading;
};

// A small file of documentation/, as a certificate.
struct Documentation {
  std::string name;   // ASCII
  std::string mime;
  std::string bytes;
};

// A package ready to be written: SIP_hoso, SIP_tailieu, AIP_hoso, AIP_tailieu, DIP of TT05 PL I-V, or a bag.
struct Plan {
  Kind kind = Kind::sip;
  Spec spec = Spec::tt05;
  Unit unit = Unit::file;
  records::Fonds fonds;
  records::FileRecord file;                // of Unit::file; a DIP has its documents from any files
  LooseBatch loose;                        // of Unit::loose
  DipRequest request;                      // of a DIP
  std::vector<Documentation> documentation;
  PackedDocuments documents;               // by ordinal
  std::string agency;                      // name of the packing agency
  std::string registration;                // mã đăng ký yêu cầu thu nộp; "" = none yet
  // Every UUID is a UUIDv8 from SHA-256(seed, place in the package): the same state gives the same bytes.
  Digest seed;
  Moment time;                             // of the event that planned it; all times in the package
  std::string software = "vtlt", software_version;
  bool deflate = false;                    // contents are stored, not compressed, by default
  bool zip_digest = true;                  // Written::sha256 of a ZIP is wanted: a second hashing of every byte
  // For PREMIS in AIPs: events that are known, oldest first.
  struct Event {
    std::string id, type, detail, outcome;  // type: LoC vocabulary; "transfer" = digitisation
    Moment time;
    std::string agent;
    bool earlier = false;  // happened to source_objid, before this package
    std::vector<std::pair<std::string, std::string>> objects;  // of an earlier one: role, OBJID as they stood there
    std::string agent_kind;  // "organization", "person" as a package before said it; "": by the plan's agency
  };
  std::vector<Event> events;
  // METS, xlink, CSIP, PREMIS XSDs that are not ours to ship, copied into schemas/ with the METS one as METS.xsd,
  // which TT05 wants there. Without the folder the package carries our own EAD schemas only.
  std::optional<Path> schemas;
  int submission_ordinal = 0;  // place of the SIP in its submission: begins the ZIP's name (PL III); 0: not known
  std::string source_objid;    // of the SIP that this AIP is made from; "" = none
};

struct Written {
  Path path;                 // the folder or the ZIP
  std::string objid;         // "uuid-…" / "urn:uuid:…"
  std::string folder;        // OBJID with ':' as '_'
  std::uint64_t files = 0;   // in the package
  std::size_t longest = 0;   // characters of the longest path, its folder among them
  std::uint64_t bytes = 0;   // of all files before zipping
  std::string sha256;        // of the ZIP ("" without Plan::zip_digest); of METS.xml for a folder
  std::vector<Finding> findings;  // warnings: of contents that check() would find fault with
};

// Writes below `directory` (must exist); first as a hidden temporary name, synced, then renamed. Exists already:
// Error exit 3 VTLT-PACKAGE-01 unless the bytes are the same.
// ready gets the package when it is whole and on the disk, before it has its name there (or where it stands already):
// what it throws leaves nothing behind.
Written write(Files& files, const Plan& plan, const Path& directory, bool zip, Progress& progress,
              const std::function<void(const Path&)>& ready = {});
// Throws what write() would refuse of the plan's values; nothing is read or written.
void judge(Files& files, const Plan& plan);

// Where a content stands in the package, "representations/rep1/data/…".
std::string content_path(const Plan& plan, const PackedDocument& document, std::size_t index);

// UUIDv8 (RFC 9562), upper case, from SHA-256(seed ‖ 0 ‖ place).
std::string uuid_for(const Digest& seed, std::string_view place);

// Those fields of photos and media that the nouns have no place for, by the circular's names (PL I-V 1.6.4, 1.6.5).
const std::vector<std::string>& carrier_fields();
// What the nouns have no field for (eventName, photoPlace, colour, playTime ... of photos and media) is taken from
// Document::original under the circular's element name.
// Every document is a digitised one: packed as AIP, never as SIP (TT05 Đ8k3).
bool digitised(const Plan& plan);
bool is_digitised(const records::Document& document);  // confidenceLevel 02

// The metadata field values of TT05, by element name in the order of the circular; used by writer and checker tests.
using Fields = std::vector<std::pair<std::string, std::string>>;
Fields ead_fields(const Plan& plan);
Fields ead_document_fields(const Plan& plan, const PackedDocument& document);

// ---- checking ----
enum class Found { not_a_package, tt05, eark, bagit, repository };
// A folder that vtlt keeps records in; what verify does with it is another room's work.
bool is_repository(Files& files, const Path& path);

struct Profile;

// How far the contents of a TT05 package are looked into. quick: small ones whole, of large ones both ends;
// deep: up to 48 MB whole.
enum class ContentDepth { none, quick, deep };

struct CheckOptions {
  bool strict = false;        // warnings count as errors
  std::optional<Path> schemas;  // METS, PREMIS, xlink XSDs that are not ours to ship
  bool submission = false;    // to historical archives: only maintenance 01 (D25)
  ContentDepth content = ContentDepth::none;
  const Profile* profile = nullptr;  // what the receiver wants
  // Ids of a METS, and uses of them, that are kept in memory; more go to a temporary SQLite.
  std::size_t ids_in_memory = 400'000;
};

// What was looked at in the contents, and what was not.
struct ContentCounts {
  std::uint64_t files = 0, looked = 0, in_part = 0, unknown = 0;
  std::uint64_t pdf = 0, pdfa = 0, pdfa_unknown = 0, pages_unknown = 0;
};

struct Verdict {
  Found kind = Found::not_a_package;
  std::string format;         // "SIP_hoso (TT 05/2025 PL III)", "BagIt 0.97", "E-ARK CSIP 2.2.0"
  std::string objid;
  std::vector<Finding> findings;   // sorted by path, line, code
  std::uint64_t files_read = 0, bytes_read = 0;
  std::uint64_t documents = 0;
  ContentCounts contents;
  bool complete = true;       // false: something could not be read (exit 4 unless an error was found)
  bool passed() const;
};

// Never writes, executes, fetches or extracts anything. One read of each byte, bounded memory.
Verdict check(Files& files, const Path& path, const CheckOptions& options, Progress& progress);

}  // namespace vtlt::package
