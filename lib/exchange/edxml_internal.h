// Inside the room: what reading, checking and writing of edXML share.
#pragma once
#include <array>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "exchange/edxml.h"
#include "exchange/edxml_events.h"

namespace vtlt::exchange {

// The element names of the parts that occur in several places, in the order they are written.
inline constexpr std::array<std::pair<const char*, std::string EdxmlOrgan::*>, 8> kOrganFields = {{
    {"OrganId", &EdxmlOrgan::organ_id},
    {"OrganizationInCharge", &EdxmlOrgan::in_charge},
    {"OrganName", &EdxmlOrgan::name},
    {"OrganAdd", &EdxmlOrgan::address},
    {"Email", &EdxmlOrgan::email},
    {"Telephone", &EdxmlOrgan::telephone},
    {"Fax", &EdxmlOrgan::fax},
    {"Website", &EdxmlOrgan::website},
}};
inline constexpr std::array<std::pair<const char*, std::string EdxmlStaff::*>, 4> kStaffFields = {{
    {"Department", &EdxmlStaff::department},
    {"Staff", &EdxmlStaff::staff},
    {"Mobile", &EdxmlStaff::mobile},
    {"Email", &EdxmlStaff::email},
}};

std::string edxml_date(const records::Date& date);  // "2024/07/09", "" for none
std::string edxml_time(const EdxmlTime& time);      // "2024/07/09 09:48:09", or the date alone
// strict: as the standard wants it. Else also the forms met in messages (dd/MM/yyyy, ISO).
std::optional<records::Date> parse_edxml_date(std::string_view text, bool& strict);
std::optional<EdxmlTime> parse_edxml_time(std::string_view text, bool& strict);

// Lines of elements by path, "Header/MessageHeader/To[2]/OrganId"; 0 when it was not there.
using EdxmlLines = std::function<long(const std::string& path)>;
// Every finding of the room goes through here: file, line and basis the same way.
class EdxmlFindings {
 public:
  EdxmlFindings(const std::string& name, EdxmlLines lines) : name_(name), lines_(std::move(lines)) {}
  Finding& add(Level level, const char* code, const char* key, const std::string& path,
               std::vector<std::pair<std::string, MessageArg>> args = {}, bool hint = false);
  std::vector<Finding> take() { return std::move(list_); }
  long line(const std::string& path) const { return lines_ ? lines_(path) : 0; }

 private:
  const std::string& name_;
  EdxmlLines lines_;
  std::vector<Finding> list_;
};
void check_message(const EdxmlMessage& message, const EdxmlOptions& options, EdxmlFindings& findings);
std::string shown_value(std::string_view value);  // short enough for a message

// One attachment's base64, as it goes by.
class ContentEvents {
 public:
  virtual ~ContentEvents() = default;
  virtual void content_begin(std::size_t place) = 0;  // Attachment elements counted from 0
  virtual void content_text(std::string_view base64) = 0;
  virtual void content_end() = 0;
};

// A digest the signature gives for an attachment: Reference URI="cid:…".
struct SignedDigest {
  std::string content_id, algorithm, value;  // "sha256", base64
};

struct EdxmlDraft {
  EdxmlMessage message;
  std::vector<std::size_t> order;  // of Attachment elements: index in message.attachments
  std::vector<SignedDigest> digests;
  bool secret = false;
  std::string mark;
};

// Everything but the contents: events → draft.
class MessageReader final : public XmlEvents {
 public:
  MessageReader(const EdxmlOptions& options, ContentEvents* contents);
  ~MessageReader() override;
  void start(const XmlStart& element) override;
  void text(std::string_view piece) override;
  void end() override;
  // After the last event. The findings are those of reading, not of the cross-checks.
  EdxmlDraft finish(EdxmlFindings& findings);
  long line_of(const std::string& path) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// ---- contents ----
struct ContentResult {
  bool sound = false, zipped = false;
  std::uint64_t size = 0;
  std::string sha256;
  const char* trouble = nullptr;  // a message key
  const char* remark = nullptr;
  bool digest_differs = false;
};
// Reads the whole input: the contents of every Attachment element, in order. `wanted` says of each how it was
// judged before (nullptr: judge it now); `sink` gets the bytes of those that are sound.
struct ContentRun {
  const EdxmlInput& input;
  const EdxmlOptions& options;
  const std::vector<EdxmlAttachment>& attachments;
  const std::vector<std::size_t>& order;
  const std::vector<SignedDigest>& digests;
};
std::vector<ContentResult> judge_contents(const ContentRun& run, Digest& whole);
void give_contents(const ContentRun& run, EdxmlSink& sink, Digest& whole);
// Feeds the input to the parser, piece by piece; false at the end.
class EdxmlFeed {
 public:
  EdxmlFeed(const EdxmlInput& input, const EdxmlOptions& options, XmlEvents& events);
  bool pump();
  Digest digest() { return hasher_.finish(); }

 private:
  const EdxmlInput& input_;
  const EdxmlOptions& options_;
  XmlPush parser_;
  Hasher hasher_;
  std::vector<std::byte> buffer_;
  std::uint64_t offset_ = 0;
  bool done_ = false;
};

}  // namespace vtlt::exchange
