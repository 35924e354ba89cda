// edXML messages at work (P39, P40; QCVN 102:2016): documents and statuses that come from other agencies, and
// those that go out to them. Each function is one transaction. The XML itself is lib/exchange/edxml.h's.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "exchange/edxml.h"
#include "repository/work.h"

namespace vtlt::repository {

// Old and new organ codes as the scheme lists them (P36).
exchange::OrganCodes organ_codes(const scheme::Scheme& scheme);
// What a code is called on a day where that differs: "H57.32.15"; "" when the scheme knows no change.
std::string organ_code_on(const scheme::Scheme& scheme, const std::string& code, const records::Date& day);

bool is_message(Files& files, const Path& path);  // by content; false for what is no computer file

struct MessageRequest {
  Path path;
  // What the message cannot know of our book.
  int arrival = 0;
  std::string arrival_suffix, unit;
  records::Date arrival_date, due;
  std::optional<records::Id> into;
  std::string fonds;
  bool dry_run = false;
};

struct MessageLink {
  exchange::EdxmlLink link;
  std::optional<catalogue::EntryRow> to;  // nullopt: not here; it is awaited
};

struct MessageResult {
  enum class Outcome {
    registered,  // a new line
    present,     // the same document is here already; nothing was written
    completed,   // its line was here without computer files: they were attached to it
    changed,     // a recall or an update of a line that is here
    awaited,     // a recall of a document that is not here: kept until it comes
    status,      // noted at the line it speaks of
  };
  Outcome outcome = Outcome::present;
  exchange::EdxmlMessage message;  // without words when secret
  std::vector<Finding> findings;   // of the reading (path and line), then of the register
  std::optional<RegisterResult> registered;
  std::optional<catalogue::EntryRow> entry;  // the line it is about
  std::vector<MessageLink> links;
  std::vector<std::string> attached;  // names of computer files that went in
};
// Throws exit 2 VTLT-EDXML-01 … for what is no message; exit 3 VTLT-P12 for a secret one, VTLT-EDXML-10 with
// the findings that send it back (NĐ30 Đ21.2), VTLT-P04 when another document has the same id, VTLT-P40 for a
// status of a document that is not here, and what register_document throws.
MessageResult register_message(Repository& repository, const MessageRequest& request);

struct SendRequest {
  records::Id entry;
  std::vector<std::pair<std::string, std::string>> to;  // organ code, name
  exchange::EdxmlBusiness business = exchange::EdxmlBusiness::document;
  std::string reason, place;
  exchange::EdxmlStaff staff;
  bool zip = false;
  Path output;
  bool dry_run = false;
};
struct SendResult {
  exchange::EdxmlMessage message;
  Digest sha256;
  std::uint64_t bytes = 0;
  bool recalled = false;  // the line is frozen from now on
  std::vector<Finding> findings;
};
// Writes the message of a registered outgoing document, reads it back and compares, notes it at the line;
// only then the computer file gets its name. Throws exit 3: VTLT-P08 void or frozen, P12 secret,
// VTLT-EDXML-07 without computer files, VTLT-EDXML-08 no organ code, VTLT-EDXML-06 what its receiver would
// not take; exit 4 VTLT-EDXML-09 when it reads back otherwise.
SendResult send_document(Repository& repository, const SendRequest& request);

struct StatusRequest {
  records::Id entry;
  std::string code, description;  // "03"; empty description: what the standard calls it
  exchange::EdxmlStaff staff;
  Path output;  // empty: only noted
  bool dry_run = false;
};
// Our status of a document that came to us, and the message that tells its sender (P40).
exchange::EdxmlMessage record_status(Repository& repository, const StatusRequest& request);

}  // namespace vtlt::repository
