// The events of an edXML file → the model. What each element means stands in one table.
#include "exchange/edxml_internal.h"

#include <algorithm>
#include <unordered_map>

#include "base/ascii.h"
#include "base/error.h"
#include "base/progress.h"
#include "exchange/cell_text.h"
#include "records/rules.h"
#include "text/text.h"

namespace vtlt::exchange {
namespace {

using M = EdxmlMessage;

// What stands in Reference and Attachment before the two are brought together.
struct AttachmentParts {
  std::string name, content_id, type, description, href;
  std::string path;
};

struct Reading {
  EdxmlMessage message;
  std::vector<AttachmentParts> references, contents;
};

struct Node {
  enum Kind { group, leaf, date, time, number, content };
  Kind kind = group;
  bool many = false;
  std::function<void(Reading&, const XmlStart&)> begin;
  std::function<std::string&(Reading&)> string;
  std::function<records::Date&(Reading&)> day;
  std::function<EdxmlTime&(Reading&)> moment;
  std::function<int&(Reading&)> count;
};

class Table {
 public:
  Table();
  const Node* find(const std::string& path) const {
    const auto found = nodes_.find(path);
    return found == nodes_.end() ? nullptr : &found->second;
  }

 private:
  Node& group(const std::string& path) { return nodes_[path]; }
  // Every element of that name starts a new item.
  template <typename List>
  void items(const std::string& path, List list) {
    Node& node = nodes_[path];
    node.many = true;
    node.begin = [list](Reading& r, const XmlStart&) { list(r).emplace_back(); };
  }
  template <typename List>
  void strings(const std::string& path, List list) {
    items(path, list);
    nodes_[path].kind = Node::leaf;
    nodes_[path].string = [list](Reading& r) -> std::string& { return list(r).back(); };
  }
  void string(const std::string& path, std::function<std::string&(Reading&)> get) {
    Node& node = nodes_[path];
    node.kind = Node::leaf;
    node.string = std::move(get);
  }
  void string(const std::string& path, std::string M::*member) {
    string(path, [member](Reading& r) -> std::string& { return r.message.*member; });
  }
  void number(const std::string& path, std::function<int&(Reading&)> get) {
    Node& node = nodes_[path];
    node.kind = Node::number;
    node.count = std::move(get);
  }
  void number(const std::string& path, int M::*member) {
    number(path, [member](Reading& r) -> int& { return r.message.*member; });
  }
  void day(const std::string& path, std::function<records::Date&(Reading&)> get) {
    Node& node = nodes_[path];
    node.kind = Node::date;
    node.day = std::move(get);
  }
  void moment(const std::string& path, std::function<EdxmlTime&(Reading&)> get) {
    Node& node = nodes_[path];
    node.kind = Node::time;
    node.moment = std::move(get);
  }
  template <typename Get>
  void organ(const std::string& path, Get get) {
    group(path);
    for (const auto& [name, member] : kOrganFields)
      string(path + "/" + name,
             [get, member = member](Reading& r) -> std::string& { return get(r).*member; });
  }
  void staff(const std::string& path) {
    group(path);
    for (const auto& [name, member] : kStaffFields)
      string(path + "/" + name,
             [member = member](Reading& r) -> std::string& { return r.message.staff.*member; });
  }
  template <typename Get>
  void reference(const std::string& path, Get get) {
    group(path);
    string(path + "/OrganId", [get](Reading& r) -> std::string& { return get(r).organ_id; });
    string(path + "/Code", [get](Reading& r) -> std::string& { return get(r).code; });
    day(path + "/PromulgationDate", [get](Reading& r) -> records::Date& { return get(r).date; });
    string(path + "/DocumentId", [get](Reading& r) -> std::string& { return get(r).document_id; });
  }
  void message_header();
  void trace_headers();
  void business();
  void status();
  void attachments();

  std::unordered_map<std::string, Node> nodes_;
};

Table::Table() {
  group("");
  group("Header");
  group("Body");
  message_header();
  trace_headers();
  business();
  status();
  attachments();
}

void Table::message_header() {
  const std::string header = "Header/MessageHeader";
  group(header);
  organ(header + "/From", [](Reading& r) -> EdxmlOrgan& { return r.message.from; });
  organ(header + "/To", [](Reading& r) -> EdxmlOrgan& { return r.message.to.back(); });
  items(
      header + "/To", [](Reading & r) -> auto& { return r.message.to; });
  group(header + "/Code");
  string(header + "/Code/CodeNumber", &M::number);
  string(header + "/Code/CodeNotation", &M::notation);
  group(header + "/PromulgationInfo");
  string(header + "/PromulgationInfo/Place", &M::place);
  day(header + "/PromulgationInfo/PromulgationDate",
      [](Reading& r) -> records::Date& { return r.message.date; });
  group(header + "/DocumentType");
  string(header + "/DocumentType/Type", &M::type_code);
  string(header + "/DocumentType/TypeDetail", &M::type_detail);
  string(header + "/DocumentType/TypeName", &M::type_name);
  string(header + "/Subject", &M::subject);
  string(header + "/Content", &M::content);
  group(header + "/SignerInfo");
  string(header + "/SignerInfo/Competence", &M::competence);
  string(header + "/SignerInfo/Position", &M::position);
  string(header + "/SignerInfo/FullName", &M::signer);
  day(header + "/DueDate", [](Reading& r) -> records::Date& { return r.message.due; });
  group(header + "/ToPlaces");
  strings(
      header + "/ToPlaces/Place", [](Reading & r) -> auto& { return r.message.to_places; });
  const std::string other = header + "/OtherInfo";
  group(other);
  number(other + "/Priority", &M::priority);
  string(other + "/SphereOfPromulgation", &M::circulation);
  string(other + "/TyperNotation", &M::typist);
  number(other + "/PromulgationAmount", &M::copies);
  number(other + "/PageAmount", &M::pages);
  group(other + "/Appendixes");
  strings(
      other + "/Appendixes/Appendix", [](Reading & r) -> auto& { return r.message.appendixes; });
  reference(header + "/ResponseFor", [](Reading& r) -> EdxmlReference& { return r.message.answers.back(); });
  items(
      header + "/ResponseFor", [](Reading & r) -> auto& { return r.message.answers; });
  number(header + "/SteeringType", &M::steering);
  string(header + "/DocumentId", &M::document_id);
}

void Table::trace_headers() {
  const std::string list = "Header/TraceHeaderList";
  group(list).begin = [](Reading& r, const XmlStart& element) {
    M& message = r.message;
    message.trace_id = element.attribute("id");
    message.trace_version = element.attribute("version");
    message.trace_must_understand = element.attribute("mustUnderstand");
    message.trace_actor = element.attribute("actor");
  };
  items(
      list + "/TraceHeader", [](Reading & r) -> auto& { return r.message.traces; });
  string(list + "/TraceHeader/OrganId",
         [](Reading& r) -> std::string& { return r.message.traces.back().organ_id; });
  moment(list + "/TraceHeader/Timestamp",
         [](Reading& r) -> EdxmlTime& { return r.message.traces.back().time; });
}

void Table::business() {
  const std::string own = "Header/TraceHeaderList/Bussiness", info = own + "/BussinessDocumentInfo",
                    replaced = own + "/ReplacementInfoList";
  group(own);
  // The type is judged at the end, as text: "2" and "02" are met, others are refused.
  string(own + "/BussinessDocType",
         [](Reading& r) -> std::string& { return r.message.original["BussinessDocType"]; });
  string(own + "/BussinessDocReason", &M::reason);
  group(info);
  number(info + "/DocumentInfo", &M::document_info);
  number(info + "/DocumentReceiver", &M::document_receiver);
  group(info + "/ReceiverList");
  items(
      info + "/ReceiverList/Receiver", [](Reading & r) -> auto& { return r.message.receivers; });
  number(info + "/ReceiverList/Receiver/ReceiverType",
         [](Reading& r) -> int& { return r.message.receivers.back().type; });
  string(info + "/ReceiverList/Receiver/OrganId",
         [](Reading& r) -> std::string& { return r.message.receivers.back().organ_id; });
  string(own + "/DocumentId", &M::target_id);
  staff(own + "/StaffInfo");
  number(own + "/Paper", &M::paper);
  group(replaced);
  items(
      replaced + "/ReplacementInfo", [](Reading & r) -> auto& { return r.message.replacements; });
  string(replaced + "/ReplacementInfo/DocumentId",
         [](Reading& r) -> std::string& { return r.message.replacements.back().document_id; });
  group(replaced + "/ReplacementInfo/OrganIdList");
  strings(
      replaced + "/ReplacementInfo/OrganIdList/OrganId",
      [](Reading & r) -> auto& { return r.message.replacements.back().organ_ids; });
}

void Table::status() {
  const std::string status = "Header/Status";
  group(status);
  reference(status + "/ResponseFor", [](Reading& r) -> EdxmlReference& { return r.message.status_of; });
  organ(status + "/From", [](Reading& r) -> EdxmlOrgan& { return r.message.from; });
  string(status + "/StatusCode", &M::status_code);
  string(status + "/Description", &M::status_description);
  moment(status + "/Timestamp", [](Reading& r) -> EdxmlTime& { return r.message.status_time; });
  staff(status + "/StaffInfo");
}

void Table::attachments() {
  const auto parts = [this](const std::string& path, std::vector<AttachmentParts> Reading::*list) {
    items(
        path, [list](Reading & r) -> auto& { return r.*list; });
    const auto field = [&](const char* name, std::string AttachmentParts::*member) {
      string(path + "/" + name,
             [list, member](Reading& r) -> std::string& { return (r.*list).back().*member; });
    };
    field("AttachmentName", &AttachmentParts::name);
    field("ContentId", &AttachmentParts::content_id);
    field("ContentType", &AttachmentParts::type);
    field("Description", &AttachmentParts::description);
  };
  group("Body/Manifest");
  parts("Body/Manifest/Reference", &Reading::references);
  group("Body/Manifest/Reference").begin = [](Reading& r, const XmlStart& element) {
    r.references.emplace_back().href = element.attribute("href", kXlink);
  };
  group("AttachmentEncoded");
  parts("AttachmentEncoded/Attachment", &Reading::contents);
  group("AttachmentEncoded/Attachment/ContentTransferEncoded").kind = Node::content;
}

const Table& table() {
  static const Table table;
  return table;
}

bool is_home(std::string_view space) {
  return space == kEdxmlQcvn102 || space == kEdxmlOlder || space.empty() || space == kSoap;
}

// Older files, and those in a SOAP envelope, leave the "edXML" of the frame out.
std::string_view plain_name(std::string_view name) {
  for (const std::string_view frame : {"edXMLEnvelope", "edXMLHeader", "edXMLBody", "edXMLManifest"})
    if (name == frame) return name.substr(5);
  return name;
}

std::string bare_id(std::string_view id) {
  if (id.starts_with("cid:")) id.remove_prefix(4);
  if (id.size() > 1 && id.front() == '<' && id.back() == '>') id = id.substr(1, id.size() - 2);
  return std::string(id);
}

// Digests of attachments among what a signature holds.
class SignatureReader {
 public:
  void start(const XmlStart& element) {
    if (element.name == "Reference") {
      current_ = {};
      const std::string uri = element.attribute("URI");
      if (uri.starts_with("cid:")) current_.content_id = bare_id(uri);
    } else if (element.name == "DigestMethod") {
      const std::string uri = element.attribute("Algorithm");
      current_.algorithm =
          text::fold_case(uri.substr(uri.rfind('#') == std::string::npos ? 0 : uri.rfind('#') + 1));
    }
    gathering_ = element.name == "DigestValue";
    value_.clear();
  }
  void text(std::string_view piece) {
    if (gathering_ && value_.size() < 200) value_ += piece.substr(0, 200);
  }
  void end(std::vector<SignedDigest>& digests) {
    if (gathering_ && !current_.content_id.empty()) {
      current_.value = ascii::trimmed(value_);
      digests.push_back(current_);
      current_ = {};
    }
    gathering_ = false;
  }

 private:
  SignedDigest current_;
  std::string value_;
  bool gathering_ = false;
};

struct Frame {
  const Node* node;
  std::string path;               // as in the table
  std::string place;              // with the ordinals of items
  std::vector<std::string> seen;  // single elements in it
  std::string text;
};

constexpr std::size_t kStrayShown = 100;  // bytes
constexpr const char* kSecrecyNames[] = {"secrecy",         "secrecylevel", "securitylevel",
                                         "confidentiality", "domat",        "mucdomat"};

}  // namespace

struct MessageReader::State {
  const EdxmlOptions& options;
  ContentEvents* contents;
  Reading reading;
  std::vector<Frame> frames;
  std::vector<bool> steps;  // of each open known element: it has a frame; edXMLEnvelope has none
  std::unordered_map<std::string, long> lines;
  std::unordered_map<std::string, std::size_t> counts;
  std::size_t held = 0, items = 0, depth = 0;
  bool has_space = false, mixed = false, has_header = false, has_status = false, business_told = false;
  long mixed_line = 0;

  bool in_fragment = false, is_signature = false, in_content = false;
  XmlFragment fragment;
  SignatureReader signature;
  std::vector<SignedDigest> digests;
  std::string fragment_name, fragment_text;
  std::string mark;  // of secrecy

  struct Note {
    Level level;
    const char* key;
    std::string place;
    std::string value;
  };
  std::vector<Note> notes;

  State(const EdxmlOptions& o, ContentEvents* c) : options(o), contents(c) {}

  void hold(std::size_t bytes, long line) {
    held += bytes;
    if (held > options.limits.text) too_much("edxml.limit.text", line);
  }
  void count_item(long line) {
    if (++items > options.limits.items) too_much("edxml.limit.items", line);
  }
  [[noreturn]] void too_much(const char* what, long line) const {
    refuse_edxml("VTLT-EDXML-03", {"edxml.limit", {{"what", std::string("{") + what + "}"}}}, options.name,
                 line, {"edxml.limit.hint"});
  }
  void note(Level level, const char* key, const std::string& place, std::string value = {}) {
    count_item(0);
    notes.push_back({level, key, place, std::move(value)});
  }

  void start_root(const XmlStart& element);
  void start_known(const XmlStart& element, const Node& node, std::string path, std::string_view name);
  void start_unknown(const XmlStart& element);
  void end_unknown();
  void end_known();
  void finish_leaf(Frame& frame);
  void see_space(std::string_view space, long line);
  void keep_original(const Frame& frame, const std::string& written) {
    reading.message.original[frame.place] = written;
  }
};

MessageReader::MessageReader(const EdxmlOptions& options, ContentEvents* contents)
    : state_(std::make_unique<State>(options, contents)) {}
MessageReader::~MessageReader() = default;

long MessageReader::line_of(const std::string& path) const {
  const auto found = state_->lines.find(path);
  return found == state_->lines.end() ? 0 : found->second;
}

void MessageReader::State::see_space(std::string_view space, long line) {
  const bool known = space == kEdxmlQcvn102 || space == kEdxmlOlder;
  const auto own = space == kEdxmlOlder ? EdxmlNamespace::older : EdxmlNamespace::qcvn102;
  if (known && !has_space) {
    has_space = true;
    reading.message.space = own;
    if (frames.empty()) return;
  } else if (known && own == reading.message.space) {
    return;
  }
  if (!mixed) mixed_line = line;
  mixed = true;
}

void MessageReader::State::start_root(const XmlStart& element) {
  const bool soap = element.space == kSoap && element.name == "Envelope";
  if (!soap && (element.name != "edXML" || !is_home(element.space)))
    refuse_edxml(
        "VTLT-EDXML-04",
        {"edxml.not-edxml", {{"name", shown_value(element.name)}, {"space", shown_value(element.space)}}},
        options.name, element.line, {"edxml.not-edxml.hint"});
  see_space(element.space, element.line);
  frames.push_back({table().find(""), "", "", {}, {}});
  steps.push_back(true);
}

void MessageReader::State::start_unknown(const XmlStart& element) {
  in_fragment = true;
  fragment_name = element.name;
  fragment_text.clear();
  const std::string& parent = frames.back().path;
  is_signature = (parent == "Header" || parent.empty()) &&
                 (element.name == "Signature" || element.name == "SignatureList") &&
                 (is_home(element.space) || element.space == kXmlSignature);
  count_item(element.line);
  fragment.start(element);
}

void MessageReader::State::end_unknown() {
  in_fragment = false;
  EdxmlUnknown kept{frames.back().place, fragment.take()};
  (is_signature ? reading.message.signatures : reading.message.unknown).push_back(std::move(kept));
  const std::string name = text::fold(fragment_name);
  if (std::find(std::begin(kSecrecyNames), std::end(kSecrecyNames), name) != std::end(kSecrecyNames) &&
      mark.empty())
    mark = records::secrecy_of(ascii::trimmed(fragment_text));
}

void MessageReader::State::start_known(const XmlStart& element, const Node& node, std::string path,
                                       std::string_view name) {
  Frame& parent = frames.back();
  std::string place = parent.place.empty() ? std::string(name) : parent.place + "/" + std::string(name);
  if (node.many) {
    count_item(element.line);
    place += "[" + std::to_string(++counts[path]) + "]";
  }
  lines.try_emplace(place, element.line);
  if (path == "Header/MessageHeader") has_header = true;
  if (path == "Header/Status") has_status = true;
  if (path == "Header/TraceHeaderList/Bussiness/BussinessDocType") business_told = true;
  if (node.begin) node.begin(reading, element);
  if (node.kind == Node::content) {
    in_content = true;
    if (contents != nullptr) contents->content_begin(reading.contents.size() - 1);
    reading.contents.back().path = place;
  }
  frames.push_back({&node, std::move(path), std::move(place), {}, {}});
}

void MessageReader::start(const XmlStart& element) {
  State& s = *state_;
  if (++s.depth > s.options.limits.depth) s.too_much("edxml.limit.depth", element.line);
  std::size_t bytes = element.name.size();
  for (const auto& one : element.attributes)
    bytes += one.name.size() + one.value.size() + 8;
  for (const auto& one : element.declared)
    bytes += one.second.size() + 8;
  s.hold(bytes, element.line);
  if (s.frames.empty()) return s.start_root(element);
  if (s.in_fragment) {
    s.fragment.start(element);
    if (s.is_signature) s.signature.start(element);
    return;
  }
  if (!is_home(element.space)) return s.start_unknown(element);
  const std::string_view name = plain_name(element.name);
  Frame& parent = s.frames.back();
  if (parent.path.empty() && name == "Envelope") {  // between the root and the header
    s.see_space(element.space, element.line);
    s.steps.push_back(false);
    return;
  }
  std::string path = parent.path.empty() ? std::string(name) : parent.path + "/" + std::string(name);
  const Node* node = table().find(path);
  if (node == nullptr) return s.start_unknown(element);
  s.see_space(element.space, element.line);
  if (!node->many) {
    if (std::find(parent.seen.begin(), parent.seen.end(), name) != parent.seen.end()) {
      // Two answers to one question: readers would differ in which one they take.
      s.note(Level::error, "edxml.twice", parent.place + "/" + std::string(name));
      return s.start_unknown(element);
    }
    parent.seen.emplace_back(name);
  }
  s.steps.push_back(true);
  s.start_known(element, *node, std::move(path), name);
}

void MessageReader::text(std::string_view piece) {
  State& s = *state_;
  if (s.frames.empty()) return;
  if (s.in_fragment) {
    s.hold(piece.size(), 0);
    s.fragment.text(piece);
    if (s.is_signature) s.signature.text(piece);
    if (s.fragment_text.size() < 100) s.fragment_text += piece.substr(0, 100);
    return;
  }
  if (s.in_content) {
    if (s.contents != nullptr) s.contents->content_text(piece);
    return;
  }
  Frame& frame = s.frames.back();
  if (frame.node->kind == Node::group) {
    if (frame.text.empty()) piece.remove_prefix(std::min(piece.find_first_not_of(" \t\r\n"), piece.size()));
    frame.text += piece.substr(0, kStrayShown - std::min(frame.text.size(), kStrayShown));
    return;
  }
  s.hold(piece.size(), 0);
  frame.text += piece;
}

void MessageReader::end() {
  State& s = *state_;
  --s.depth;
  if (s.in_fragment) {
    if (s.is_signature) s.signature.end(s.digests);
    if (s.fragment.end()) s.end_unknown();
    return;
  }
  const bool own = s.steps.back();
  s.steps.pop_back();
  if (own) s.end_known();
}

void MessageReader::State::end_known() {
  Frame frame = std::move(frames.back());
  frames.pop_back();
  if (frame.node->kind == Node::content) {
    in_content = false;
    if (contents != nullptr) contents->content_end();
  } else if (frame.node->kind != Node::group) {
    finish_leaf(frame);
  } else if (!frame.text.empty()) {
    note(Level::warning, "edxml.stray-text", frame.place, shown_value(ascii::trimmed(frame.text)));
  }
}

void MessageReader::State::finish_leaf(Frame& frame) {
  const std::string written(ascii::trimmed(frame.text));
  bool strict = true;
  switch (frame.node->kind) {
    case Node::leaf: {
      std::string composed = text::nfc(written);
      if (composed != written) keep_original(frame, written);
      frame.node->string(reading) = std::move(composed);
      return;
    }
    case Node::date:
      if (written.empty()) return;
      if (const auto day = parse_edxml_date(written, strict)) {
        frame.node->day(reading) = *day;
        if (!strict) note(Level::warning, "edxml.date-form", frame.place, written);
      } else {
        note(Level::error, "edxml.date-bad", frame.place, written);
        strict = false;
      }
      break;
    case Node::time:
      if (written.empty()) return;
      if (const auto time = parse_edxml_time(written, strict)) {
        frame.node->moment(reading) = *time;
        if (!strict) note(Level::warning, "edxml.time-form", frame.place, written);
      } else {
        note(Level::warning, "edxml.time-bad", frame.place, written);
        strict = false;
      }
      break;
    case Node::number: {
      if (written.empty()) return;
      const auto number = small_number(written);
      strict = number && std::to_string(*number) == written;
      if (number)
        frame.node->count(reading) = *number;
      else
        note(Level::warning, "edxml.number-bad", frame.place, written);
      break;
    }
    default:
      return;
  }
  if (!strict) keep_original(frame, written);
}

// ---- after the last element ----

namespace {

std::string safe_name(const std::string& written, std::size_t ordinal) {
  std::string name =
      written.substr(written.find_last_of("/\\") == std::string::npos ? 0 : written.find_last_of("/\\") + 1);
  name.erase(
      std::remove_if(name.begin(), name.end(), [](char c) { return (c >= 0 && c < ' ') || c == 0x7F; }),
      name.end());
  name = std::string(ascii::trimmed(name));
  if (name.empty() || name == "." || name == "..") name = "tep-" + std::to_string(ordinal);
  return name;
}

// Brings together what Reference and Attachment say of one computer file.
class Joiner {
 public:
  Joiner(Reading& reading, EdxmlDraft& draft, EdxmlFindings& findings)
      : reading_(reading), draft_(draft), findings_(findings) {}

  void run() {
    for (auto* list : {&reading_.references, &reading_.contents})
      for (AttachmentParts& parts : *list)
        parts.content_id = bare_id(parts.content_id);
    for (std::size_t i = 0; i < reading_.references.size(); ++i)
      add_reference(reading_.references[i], "Body/Manifest/Reference[" + std::to_string(i + 1) + "]");
    for (std::size_t i = 0; i < reading_.contents.size(); ++i)
      add_content(reading_.contents[i], "AttachmentEncoded/Attachment[" + std::to_string(i + 1) + "]");
    for (std::size_t i = 0; i < draft_.message.attachments.size(); ++i)
      settle_name(draft_.message.attachments[i], i);
  }

 private:
  void add_reference(const AttachmentParts& parts, const std::string& place) {
    EdxmlAttachment attachment;
    attachment.name = parts.name;
    attachment.content_id = parts.content_id.empty() ? bare_id(parts.href) : parts.content_id;
    attachment.content_type = parts.type;
    attachment.description = parts.description;
    attachment.listed = true;
    const std::string& id = attachment.content_id;
    if (!parts.href.empty() && bare_id(parts.href) != id)
      findings_.add(Level::error, "P39", "edxml.href-differs", place,
                    {{"href", shown_value(parts.href)}, {"id", shown_value(id)}});
    if (!id.empty() && !by_id_.emplace(id, draft_.message.attachments.size()).second)
      findings_.add(Level::error, "P39", "edxml.content-id-twice", place, {{"id", shown_value(id)}});
    places_.push_back(place);
    draft_.message.attachments.push_back(std::move(attachment));
  }
  void add_content(const AttachmentParts& parts, const std::string& place) {
    auto& all = draft_.message.attachments;
    const auto found = by_id_.find(parts.content_id);
    std::size_t index = found == by_id_.end() ? all.size() : found->second;
    if (index < all.size() && all[index].present) {
      findings_.add(Level::error, "P39", "edxml.content-id-twice", place,
                    {{"id", shown_value(parts.content_id)}});
      index = all.size();
    } else if (index == all.size() && !parts.content_id.empty()) {
      by_id_.emplace(parts.content_id, index);
    }
    if (index == all.size()) {
      all.emplace_back();
      all.back().name = parts.name;
      all.back().content_id = parts.content_id;
      places_.push_back(place);
    }
    EdxmlAttachment& attachment = all[index];
    attachment.present = !parts.path.empty();
    attachment.transfer_type = parts.type;
    attachment.transfer_description = parts.description;
    if (attachment.name.empty()) attachment.name = parts.name;
    if (!parts.name.empty() && parts.name != attachment.name)
      findings_.add(Level::warning, "P39", "edxml.name-differs", place,
                    {{"name", shown_value(attachment.name)}, {"other", shown_value(parts.name)}});
    draft_.order.push_back(index);
  }
  void settle_name(EdxmlAttachment& attachment, std::size_t index) {
    std::string name = safe_name(attachment.name, index + 1);
    if (name == attachment.name) return;
    findings_.add(Level::warning, "P44", "edxml.name-unsafe", places_[index],
                  {{"name", shown_value(attachment.name)}, {"taken", shown_value(name)}});
    draft_.message.original[places_[index] + "/AttachmentName"] = attachment.name;
    attachment.name = std::move(name);
  }

  Reading& reading_;
  EdxmlDraft& draft_;
  EdxmlFindings& findings_;
  std::map<std::string, std::size_t> by_id_;
  std::vector<std::string> places_;
};

// Trap 5, P12: what a secret document is about goes no further.
void drop_words(EdxmlMessage& message) {
  EdxmlMessage bare;
  bare.space = message.space;
  bare.business = message.business;
  bare.from = message.from;
  bare.to = message.to;
  bare.number = message.number;
  bare.notation = message.notation;
  bare.date = message.date;
  bare.document_id = message.document_id;
  message = std::move(bare);
}

}  // namespace

EdxmlDraft MessageReader::finish(EdxmlFindings& findings) {
  State& s = *state_;
  EdxmlMessage& message = s.reading.message;
  if (!s.has_header && !s.has_status)
    refuse_edxml("VTLT-EDXML-04", {"edxml.empty"}, s.options.name, 0, {"edxml.not-edxml.hint"});
  for (auto& note : s.notes) {
    std::vector<std::pair<std::string, MessageArg>> args = {{"field", note.place}};
    if (!note.value.empty()) args.emplace_back("value", shown_value(note.value));
    findings.add(note.level, "P39", note.key, note.place, std::move(args));
  }
  if (s.mixed || !s.has_space) findings.add(Level::note, "P39", "edxml.namespace", "").line = s.mixed_line;

  const std::string told = message.original["BussinessDocType"];
  message.original.erase("BussinessDocType");
  const auto number = small_number(told);
  if (s.has_status && !s.has_header)
    message.business = EdxmlBusiness::status;
  else if (number && *number <= 3)
    message.business = static_cast<EdxmlBusiness>(*number);
  else if (s.business_told && !told.empty())
    findings.add(Level::error, "P40", "edxml.business-unknown",
                 "Header/TraceHeaderList/Bussiness/BussinessDocType", {{"value", shown_value(told)}});
  else
    findings.add(Level::warning, "P40", "edxml.business-missing", "Header/TraceHeaderList/Bussiness");
  if (s.has_status && s.has_header)
    findings.add(Level::error, "P40", "edxml.status-and-document", "Header/Status");

  EdxmlDraft draft;
  draft.message = std::move(message);
  draft.digests = std::move(s.digests);
  Joiner(s.reading, draft, findings).run();
  draft.mark = s.mark;
  for (const std::string* words : {&draft.message.subject, &draft.message.circulation}) {
    if (draft.mark.empty()) draft.mark = secrecy_of_subject(*words);
  }
  draft.secret = !draft.mark.empty();
  return draft;
}

// ---- the whole reading ----

EdxmlInput edxml_input(File& file) {
  return [&file](std::uint64_t offset, std::span<std::byte> out) { return file.read_at(offset, out); };
}

EdxmlInput edxml_input(std::string_view bytes) {
  return [bytes](std::uint64_t offset, std::span<std::byte> out) -> std::size_t {
    if (offset >= bytes.size()) return 0;
    const std::string_view piece = bytes.substr(static_cast<std::size_t>(offset), out.size());
    std::copy(piece.begin(), piece.end(), reinterpret_cast<char*>(out.data()));
    return piece.size();
  };
}

bool looks_like_edxml(std::string_view first_bytes) {
  const std::string_view start = first_bytes.substr(0, 4096);
  return start.find('<') != std::string_view::npos && (start.find("edXML") != std::string_view::npos ||
                                                       start.find(kEdxmlQcvn102) != std::string_view::npos ||
                                                       start.find(kEdxmlOlder) != std::string_view::npos);
}

bool EdxmlReading::passed() const {
  return std::none_of(findings.begin(), findings.end(),
                      [](const Finding& finding) { return finding.level == Level::error; });
}

EdxmlFeed::EdxmlFeed(const EdxmlInput& input, const EdxmlOptions& options, XmlEvents& events)
    : input_(input), options_(options), parser_(events, options.name), buffer_(std::size_t{1} << 16) {}

bool EdxmlFeed::pump() {
  if (done_) return false;
  const std::size_t got = input_(offset_, buffer_);
  if (got == 0) {
    parser_.finish();
    done_ = true;
    return false;
  }
  const Bytes bytes = Bytes(buffer_).first(got);
  offset_ += got;
  if (offset_ > options_.limits.message)
    refuse_edxml("VTLT-EDXML-03", {"edxml.limit", {{"what", "{edxml.limit.message}"}}}, options_.name, 0,
                 {"edxml.limit.hint"});
  hasher_.update(bytes);
  parser_.feed(bytes);
  if ((offset_ & 0xFFFFF) < got) check_interrupted();
  return true;
}

namespace {

[[noreturn]] void refuse_changed(const std::string& name) {
  Error error(Exit::no_verdict, "VTLT-EDXML-05", {"edxml.changed"}, {"edxml.changed.hint"});
  error.at(name);
  throw error;
}

std::string content_place(const EdxmlDraft& draft, std::size_t index) {
  for (std::size_t i = 0; i < draft.order.size(); ++i)
    if (draft.order[i] == index) return "AttachmentEncoded/Attachment[" + std::to_string(i + 1) + "]";
  return "AttachmentEncoded";
}

void take_results(EdxmlDraft& draft, const std::vector<ContentResult>& results, EdxmlFindings& findings) {
  for (std::size_t index = 0; index < results.size(); ++index) {
    EdxmlAttachment& attachment = draft.message.attachments[index];
    const ContentResult& result = results[index];
    if (!attachment.present) continue;
    attachment.sound = result.sound;
    attachment.zipped = result.zipped;
    attachment.size = result.sound ? result.size : 0;
    attachment.sha256 = result.sha256;
    const std::string place = content_place(draft, index);
    if (result.trouble != nullptr)
      findings.add(Level::error, "P39", result.trouble, place, {{"name", shown_value(attachment.name)}});
    if (result.remark != nullptr)
      findings.add(Level::warning, "P39", result.remark, place, {{"name", shown_value(attachment.name)}});
    if (result.digest_differs)
      findings.add(Level::error, "P39", "edxml.digest-differs", place,
                   {{"name", shown_value(attachment.name)}});
  }
}

}  // namespace

EdxmlReading read_edxml(const EdxmlInput& input, const EdxmlOptions& options) {
  MessageReader reader(options, nullptr);
  EdxmlFeed feed(input, options, reader);
  while (feed.pump()) {
  }
  EdxmlReading reading;
  reading.sha256 = feed.digest();
  EdxmlFindings findings(options.name, [&](const std::string& path) { return reader.line_of(path); });
  EdxmlDraft draft = reader.finish(findings);
  if (draft.secret) {
    drop_words(draft.message);
    EdxmlFindings only(options.name, {});
    only.add(Level::error, "P12", "edxml.secret", "", {{"mark", draft.mark}}, true).basis =
        "Luật 117/2025/QH15; NĐ 30/2020/NĐ-CP Đ16.3, Đ22.4";
    reading.secret = true;
    reading.findings = only.take();
    reading.message = std::move(draft.message);
    return reading;
  }
  check_message(draft.message, options, findings);
  if (!draft.order.empty()) {
    Digest again;
    const ContentRun run{input, options, draft.message.attachments, draft.order, draft.digests};
    const auto results = judge_contents(run, again);
    if (again != reading.sha256) refuse_changed(options.name);
    take_results(draft, results, findings);
  }
  if (!draft.message.signatures.empty()) findings.add(Level::note, "P39", "edxml.signature", "Header");
  reading.message = std::move(draft.message);
  reading.findings = findings.take();
  return reading;
}

void read_edxml_contents(const EdxmlInput& input, const EdxmlReading& reading, const EdxmlOptions& options,
                         EdxmlSink& sink) {
  if (reading.secret) {
    Error error(Exit::refused, "P12", {"edxml.secret-contents"}, {"edxml.secret.hint"});
    error.at(options.name);
    throw error;
  }
  MessageReader reader(options, nullptr);
  EdxmlFeed feed(input, options, reader);
  while (feed.pump()) {
  }
  if (feed.digest() != reading.sha256) refuse_changed(options.name);
  EdxmlFindings unused(options.name, {});
  const EdxmlDraft draft = reader.finish(unused);
  if (draft.message.attachments.size() != reading.message.attachments.size()) refuse_changed(options.name);
  Digest again;
  const ContentRun run{input, options, reading.message.attachments, draft.order, draft.digests};
  give_contents(run, sink, again);
  if (again != reading.sha256) refuse_changed(options.name);
}

}  // namespace vtlt::exchange
