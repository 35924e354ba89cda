// Between messages and the register: dates, document ids, urgency, status codes; the line of the register a
// message stands for, and the message a line becomes.
#include <algorithm>

#include "base/error.h"
#include "exchange/cell_text.h"
#include "exchange/edxml_internal.h"
#include "records/rules.h"
#include "text/text.h"

namespace vtlt::exchange {
namespace {

std::string padded(int value, std::size_t width) {
  std::string text = std::to_string(value);
  return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

std::optional<int> seconds_of(std::string_view clock) {
  if (clock.size() != 8 || clock[2] != ':' || clock[5] != ':') return std::nullopt;
  const auto hour = small_number(clock.substr(0, 2)), minute = small_number(clock.substr(3, 2)),
             second = small_number(clock.substr(6, 2));
  if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
  return (*hour * 60 + *minute) * 60 + *second;
}

struct Status {
  const char* code;
  const char* meaning;
};
// 6.3 [B]; whether the amendment of 2022 has others is not known [?].
constexpr Status kStatuses[] = {
    {"01", "đã đến"},
    {"02", "từ chối tiếp nhận"},
    {"03", "đã tiếp nhận"},
    {"04", "đã đến, chờ phân công"},
    {"05", "đã phân công, đang xử lý"},
    {"06", "đã xử lý xong"},
    {"13", "thu hồi"},
    {"15", "đồng ý thu hồi/cập nhật"},
    {"16", "từ chối thu hồi/cập nhật"},
};

constexpr const char* kUrgencies[] = {"", "khẩn", "thượng khẩn", "hỏa tốc", "hỏa tốc"};

records::DocumentNumber number_of(const EdxmlMessage& message) {
  const bool whole = message.number.find('/') != std::string::npos;
  const std::string written = whole                      ? message.number
                              : message.number.empty()   ? message.notation
                              : message.notation.empty() ? message.number
                                                         : message.number + "/" + message.notation;
  if (const auto parsed = records::parse_document_number(tidy_number(written))) {
    records::DocumentNumber own = *parsed;
    if (own.written.empty()) own.written = written;
    return own;
  }
  records::DocumentNumber own;
  own.written = written;
  if (message.number.empty()) {
    own.notation = message.notation;
    text::mend_d_lookalikes(own.notation);
  }
  return own;
}

// By name; by code only without one: senders use other numberings than Đ7's.
std::string type_of(const EdxmlMessage& message) {
  if (!message.type_name.empty()) {
    const auto* known = records::find_document_type(message.type_name);
    return known == nullptr ? message.type_name : known->name_vi;
  }
  if (const auto* carried = records::type_of_notation(message.notation)) return carried->name_vi;
  const auto code = small_number(message.type_code);
  const auto& types = records::document_types();
  return code && *code >= 1 && std::size_t(*code) <= types.size() ? types[std::size_t(*code) - 1].name_vi
                                                                  : "";
}

EdxmlLink link(EdxmlRelation relation, const std::string& id, const std::string& reason = {}) {
  EdxmlLink made;
  made.relation = relation;
  made.document_id = id;
  made.target = parse_document_id(id);
  made.reason = reason;
  return made;
}

// Words for which the standard has a code (document_types is in the order of Đ7).
std::string code_of_type(const std::string& name) {
  const auto* known = records::find_document_type(name);
  const auto& types = records::document_types();
  for (std::size_t i = 0; known != nullptr && i < types.size(); ++i)
    if (&types[i] == known) return std::to_string(i + 1);
  return "";
}

std::vector<std::string> places_of(std::string_view recipients) {
  std::vector<std::string> places;
  while (!recipients.empty()) {
    const auto end = std::min(recipients.find_first_of(";\n"), recipients.size());
    if (std::string place = clean_cell(recipients.substr(0, end)); !place.empty())
      places.push_back(std::move(place));
    recipients.remove_prefix(std::min(end + 1, recipients.size()));
  }
  return places;
}

}  // namespace

const char* business_text(EdxmlBusiness business) {
  static constexpr const char* texts[] = {"new", "recall", "update", "replace", "status"};
  return texts[static_cast<std::size_t>(business)];
}

// ---- dates ----

std::string edxml_date(const records::Date& date) {
  if (!date.whole()) return "";
  return padded(date.year, 4) + "/" + padded(date.month, 2) + "/" + padded(date.day, 2);
}

std::string edxml_time(const EdxmlTime& time) {
  if (time.second < 0) return edxml_date(time.date);
  return edxml_date(time.date) + " " + padded(time.second / 3600, 2) + ":" +
         padded(time.second / 60 % 60, 2) + ":" + padded(time.second % 60, 2);
}

std::optional<records::Date> parse_edxml_date(std::string_view text, bool& strict) {
  strict = false;
  std::string plain(text.substr(0, std::min(text.find_first_of(" T"), text.size())));
  const bool year_first = plain.size() == 10 && is_digits(std::string_view(plain).substr(0, 4));
  if (year_first) std::replace(plain.begin(), plain.end(), '/', '-');
  const auto date = text::parse_date(plain);
  if (!date || !date->whole()) return std::nullopt;
  strict = edxml_date(*date) == text;
  return date;
}

std::optional<EdxmlTime> parse_edxml_time(std::string_view text, bool& strict) {
  EdxmlTime time;
  const auto date = parse_edxml_date(text, strict);
  strict = false;
  if (!date) return std::nullopt;
  time.date = *date;
  const auto gap = text.find_first_of(" T");
  if (gap != std::string_view::npos) {
    const auto seconds = seconds_of(text.substr(gap + 1, 8));
    if (!seconds) return std::nullopt;
    time.second = *seconds;
  }
  strict = time.second >= 0 && edxml_time(time) == text;
  return time;
}

// ---- document ids ----

std::optional<EdxmlDocumentId> parse_document_id(std::string_view text) {
  const auto first = text.find(',');
  const auto second = first == std::string_view::npos ? first : text.find(',', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  EdxmlDocumentId id;
  bool strict = true;
  const auto date = parse_edxml_date(clean_cell(text.substr(first + 1, second - first - 1)), strict);
  id.organ_id = clean_cell(text.substr(0, first));
  const std::string code = clean_cell(text.substr(second + 1));
  if (!date || id.organ_id.empty() || code.empty()) return std::nullopt;
  id.date = *date;
  if (const auto number = records::parse_document_number(code)) id.number = *number;
  if (id.number.written.empty()) id.number.written = code;
  return id;
}

std::string document_id_text(const EdxmlDocumentId& id) {
  const std::string& written = id.number.written;
  return id.organ_id + "," + edxml_date(id.date) + "," + (written.empty() ? id.number.text() : written);
}

bool same_document(const EdxmlDocumentId& a, const EdxmlDocumentId& b) {
  if (a.organ_id != b.organ_id || a.date != b.date) return false;
  if (a.number.empty() || b.number.empty()) {
    std::string left = text::nfc(a.number.written), right = text::nfc(b.number.written);
    text::mend_d_lookalikes(left);
    text::mend_d_lookalikes(right);
    return left == right;
  }
  return a.number.number == b.number.number && a.number.suffix == b.number.suffix &&
         a.number.year == b.number.year && a.number.notation == b.number.notation;
}

std::string_view status_meaning(std::string_view code) {
  for (const Status& status : kStatuses)
    if (code == status.code) return status.meaning;
  return "";
}

std::string urgency_of(int priority) {
  return priority >= 0 && priority <= 4 ? kUrgencies[priority] : "";
}

int priority_of(std::string_view urgency) {
  const std::string folded = text::fold(urgency);
  for (int priority = 0; priority <= 3; ++priority)
    if (folded == text::fold(kUrgencies[priority])) return priority;
  return folded == "thuong" ? 0 : folded == "hoa toc hen gio" ? 4 : -1;
}

// ---- incoming ----

ListRow to_list_row(const EdxmlReading& reading) {
  const EdxmlMessage& message = reading.message;
  VTLT_ASSERT(message.business != EdxmlBusiness::status);
  ListRow row;
  records::RegisterEntry& entry = row.entry;
  entry.book = records::Book::in;
  entry.own = number_of(message);
  entry.type = type_of(message);
  entry.date = message.date;
  entry.issuer = message.from.name;
  entry.issuer_code = message.from.organ_id;
  entry.subject = message.subject;
  entry.signer = message.signer;
  entry.due = message.due;
  entry.urgency = urgency_of(message.priority);
  entry.circulation = message.circulation;
  entry.original = message.original;
  if (!message.type_name.empty() && entry.type != message.type_name)
    entry.original["Header/MessageHeader/DocumentType/TypeName"] = message.type_name;
  if (message.priority == 4) entry.original["Header/MessageHeader/OtherInfo/Priority"] = "4";

  records::Document& document = row.document;
  document.own = entry.own;
  document.type = entry.type;
  document.date = entry.date;
  document.issuer = entry.issuer;
  document.issuer_code = entry.issuer_code;
  document.subject = entry.subject;
  document.signer = entry.signer;
  document.pages = std::max(message.pages, 0);
  document.carrier = message.paper == 1 ? records::Carrier::both : records::Carrier::electronic;
  document.original = entry.original;

  row.id = message.document_id;
  if (!message.answers.empty()) row.answers = message.answers.front().code;
  row.findings = reading.findings;
  for (Finding& finding : records::check_entry(entry))
    row.findings.push_back(std::move(finding));
  return row;
}

std::vector<EdxmlLink> edxml_links(const EdxmlMessage& message) {
  std::vector<EdxmlLink> links;
  if (message.business == EdxmlBusiness::status) {
    std::string id = message.status_of.document_id;
    if (id.empty())
      id = message.status_of.organ_id + "," + edxml_date(message.status_of.date) + "," +
           message.status_of.code;
    links.push_back(link(EdxmlRelation::reports, id, message.status_description));
    return links;
  }
  for (const EdxmlReference& answered : message.answers) {
    std::string id = answered.document_id;
    if (id.empty()) id = answered.organ_id + "," + edxml_date(answered.date) + "," + answered.code;
    links.push_back(link(EdxmlRelation::answers, id));
  }
  if (message.business == EdxmlBusiness::document) return links;
  const auto relation = message.business == EdxmlBusiness::recall   ? EdxmlRelation::recalls
                        : message.business == EdxmlBusiness::update ? EdxmlRelation::amends
                                                                    : EdxmlRelation::replaces;
  if (!message.target_id.empty()) links.push_back(link(relation, message.target_id, message.reason));
  if (message.business != EdxmlBusiness::replace) return links;
  for (const EdxmlReplacement& one : message.replacements) {
    if (one.document_id == message.target_id && one.organ_ids.empty()) continue;
    links.push_back(link(EdxmlRelation::replaces, one.document_id, message.reason));
    links.back().organ_ids = one.organ_ids;
  }
  return links;
}

// ---- outgoing ----

EdxmlMessage from_entry(const records::RegisterEntry& entry, const EdxmlSending& sending) {
  EdxmlMessage message;
  message.business = sending.business;
  message.from = sending.from;
  message.to = sending.to;
  // "06/2025/TT-BNV": the year goes with the notation. A Party number ("15-CV/HU") cannot be parted at "/".
  const std::string all = entry.own.text();
  const auto parting = all.find_first_of("/-");
  const bool whole = parting == std::string::npos || all[parting] != '/';
  message.number = all.substr(0, whole ? all.size() : parting);
  message.notation = whole ? entry.own.notation : all.substr(parting + 1);
  message.place = sending.place;
  message.date = entry.date;
  message.type_name = entry.type;
  message.type_code = code_of_type(entry.type);
  message.subject = entry.subject;
  message.signer = entry.signer;
  message.due = entry.due;
  message.to_places = places_of(entry.recipients);
  message.priority = std::max(priority_of(entry.urgency), 0);
  message.circulation = entry.circulation;
  if (const auto copies = small_number(entry.copies)) message.copies = *copies;
  message.answers = sending.answers;
  EdxmlDocumentId id{sending.from.organ_id, entry.date, entry.own};
  id.number.written = all;
  message.document_id = document_id_text(id);
  message.trace_version = "1.0";
  message.trace_must_understand = "1";
  message.traces = {{sending.from.organ_id, sending.time}};
  message.reason = sending.reason;
  message.staff = sending.staff;
  message.replacements = sending.replacements;
  message.receivers = sending.receivers;
  if (sending.business == EdxmlBusiness::recall || sending.business == EdxmlBusiness::update)
    message.target_id = message.document_id;
  return message;
}

EdxmlAttachment outgoing_attachment(const records::Component& component, int ordinal,
                                    const std::string& description) {
  EdxmlAttachment attachment;
  attachment.name = component.name;
  attachment.content_id = component.sha256.substr(0, 16) + "-" + std::to_string(ordinal) + "@vtlt";
  attachment.content_type = component.mime.empty() ? "application/octet-stream" : component.mime;
  attachment.description = description;
  attachment.listed = attachment.present = attachment.sound = true;
  attachment.size = component.size;
  attachment.sha256 = component.sha256;
  return attachment;
}

EdxmlMessage status_for(const EdxmlMessage& received, const EdxmlOrgan& from, const std::string& code,
                        const std::string& description, const EdxmlTime& time, const EdxmlStaff& staff) {
  EdxmlMessage status;
  status.business = EdxmlBusiness::status;
  status.space = received.space;
  status.from = from;
  status.status_of = {received.from.organ_id, number_of(received).written, received.date,
                      received.document_id};
  status.status_code = code;
  status.status_description = description.empty() ? std::string(status_meaning(code)) : description;
  status.status_time = time;
  status.staff = staff;
  return status;
}

}  // namespace vtlt::exchange
