#include "package/ead.h"

#include <fmt/format.h>

#include <array>
#include <map>
#include <string_view>

#include "base/error.h"
#include "package/unpack.h"
#include "text/date.h"
#include "text/text.h"

namespace vtlt::package {
namespace writing {
namespace {

using Values = std::map<std::string_view, std::string>;

const std::vector<Element> file_rest = {
    {"title", 1000},         {"maintenance", 100},   {"mode", 30},        {"language", 100},
    {"startDate", 0},        {"endDate", 0},         {"keyword", 100},    {"totalDoc", 10},
    {"numberOfPaper", 10},   {"numberOfPage", 10},   {"format", 50},      {"inforSign", 30},
    {"confidenceLevel", 40}, {"paperFileCode", 100}, {"riskRecovery", 1}, {"riskRecoveryStatus", 2},
    {"description", 2000},
};

const std::vector<Element> sip_document = {
    {"docId", 25},        {"docCode", 100},     {"maintenance", 100},      {"typeName", 10},
    {"codeNumber", 11},   {"codeNotation", 30}, {"issuedDate", 0},         {"organName", 200},
    {"subject", 500},     {"language", 100},    {"numberOfPage", 4},       {"inforSign", 30},
    {"keyword", 100},     {"mode", 20},         {"confidenceLevel", 30},   {"autograph", 2000},
    {"format", 50},       {"riskRecovery", 1},  {"riskRecoveryStatus", 2}, {"process", 1},
    {"description", 500},
};

const std::vector<Element> aip_document = {
    {"arcFileCode", 100}, {"mode", 20},         {"language", 100}, {"keyword", 100},
    {"numberOfPage", 4},  {"format", 50},       {"inforSign", 30}, {"confidenceLevel", 30},
    {"description", 500}, {"docCode", 100},     {"docOrdinal", 0}, {"typeName", 10},
    {"codeNumber", 11},   {"codeNotation", 30}, {"issuedDate", 0}, {"organName", 200},
    {"subject", 500},     {"autograph", 2000},  {"process", 1},
};

const std::vector<Element> dip_document = {
    {"docId", 25},      {"arcDocCode", 100},     {"maintenance", 100},      {"typeName", 10},
    {"codeNumber", 11}, {"codeNotation", 30},    {"issuedDate", 0},         {"subject", 500},
    {"language", 100},  {"numberOfPage", 4},     {"inforSign", 30},         {"keyword", 100},
    {"mode", 20},       {"confidenceLevel", 30}, {"autograph", 2000},       {"format", 50},
    {"process", 1},     {"riskRecovery", 1},     {"riskRecoveryStatus", 2}, {"description", 500},
};

const std::vector<Element> sip_batch = {
    {"fileCode", 100}, {"title", 1000}, {"source", 1}, {"totalDoc", 10}, {"description", 2000}};
const std::vector<Element> aip_batch = {
    {"arcFileCode", 100}, {"title", 1000}, {"source", 100}, {"description", 2000}};
const std::vector<Element> dip_request = {
    {"requestID", 100},     {"requestDate", 0},     {"purpose", 100},     {"purposeContent", 500},
    {"feeObjectType", 100}, {"researchTopic", 250}, {"description", 2000}};

const std::vector<Element> picture_middle = {
    {"typePic", 0},        {"archivesNumber", 50}, {"inforSign", 30}, {"eventName", 500}, {"imageTitle", 500},
    {"photographer", 300}, {"photoPlace", 300},    {"photoTime", 0},  {"colour", 0},      {"filmSize", 30},
    {"docAttached", 1},    {"mode", 20},           {"format", 50},
};

const std::vector<Element> media_middle = {
    {"typeMedia", 0},   {"archivesNumber", 50}, {"inforSign", 30}, {"eventName", 500}, {"movieTitle", 500},
    {"recorder", 300},  {"recordPlace", 300},   {"recordDate", 0}, {"language", 100},  {"playTime", 8},
    {"docAttached", 1}, {"mode", 20},           {"quality", 50},   {"format", 50},
};

std::vector<Element> join(std::vector<Element> first, const std::vector<Element>& middle,
                          const std::vector<Element>& last) {
  first.insert(first.end(), middle.begin(), middle.end());
  first.insert(first.end(), last.begin(), last.end());
  return first;
}

// PL I has no maintenance and riskRecovery for photos and media; the file carries them. AIP_tailieu and DIP
// have them, and the archive's code of the document.
std::vector<Element> carrier(const Sort& sort, const std::vector<Element>& middle) {
  if (sort.kind == Kind::aip && sort.unit == Unit::file)
    return join({{"arcFileCode", 100}, {"docOrdinal", 0}}, middle, {{"description", 0}});
  return join({{sort.kind == Kind::sip ? "docCode" : "arcDocCode", 100}, {"maintenance", 100}}, middle,
              {{"riskRecovery", 1}, {"riskRecoveryStatus", 2}, {"description", 0}});
}

std::string maintenance_of(const records::Term& term) {
  const std::string code = records::tt05_maintenance(term);
  return code.empty() ? "07" : code;
}

// One or several languages. The circular gives no separator between codes; ';' is written.
std::string languages_of(const std::string& given) {
  if (given.empty()) return "01";
  if (const std::string whole = records::tt05_language(given); !whole.empty()) return whole;
  std::string codes;
  std::size_t begin = 0;
  while (begin <= given.size()) {
    const std::size_t end = std::min(given.find_first_of(",;", begin), given.size());
    const std::string part = given.substr(begin, end - begin);
    begin = end + 1;
    if (text::fold(part).empty()) continue;
    const std::string code = records::tt05_language(part);
    codes += (codes.empty() ? "" : ";") + (code.empty() ? "11" : code);
  }
  return codes;
}

// Dates that may be known in part, and how the remarks call them; an AIP may say 09/2026 or 2026.
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> partial_date_words = {
    {{"startDate", "Thời gian bắt đầu"},
     {"endDate", "Thời gian kết thúc"},
     {"issuedDate", "Thời gian của tài liệu"},
     {"photoTime", "Thời gian của tài liệu"},
     {"recordDate", "Thời gian của tài liệu"}}};
bool is_partial_date(const std::string& value) {
  return !value.empty() && value.size() != std::string_view("31/12/2026").size();
}

std::string number_text(long long number) {
  return number == 0 ? "" : std::to_string(number);
}

// A computer file of a record on paper is a digitised one, whoever forgot to say so.
std::string confidence_of(const records::Document& document) {
  if (const std::string code = records::tt05_confidence(document.confidence); !code.empty()) return code;
  switch (document.carrier) {
    case records::Carrier::electronic:
      return "01";
    case records::Carrier::paper:
      return "02";
    case records::Carrier::both:
      return "03";
    case records::Carrier::unknown:
      break;
  }
  return "";
}

int pages_of(const PackedDocument& packed) {
  if (packed.document.pages > 0) return packed.document.pages;
  int pages = 0;
  for (const auto& content : packed.contents) {
    if (content.component.pages == 0) return 0;
    pages += content.component.pages;
  }
  return pages;
}

// What the documents together say of their file, gathered in one look at each.
struct Summary {
  text::Date first, last;  // whole or partial, as known
  // A total with an unknown part would be a wrong number: then 0. Photos and media have no pages.
  long long pages = 0;
  std::string confidence;
};

Summary summary_of(const Plan& plan) {
  Summary all;
  bool pages_known = true, settled = false;
  for (const auto& packed : plan.documents) {
    const text::Date& date = packed.document.date;
    if (!date.empty() && (all.first.empty() || date < all.first)) all.first = date;
    if (!date.empty() && date > all.last) all.last = date;
    if (form_of(packed.document) == Form::document) {
      const int own = pages_of(packed);
      pages_known = pages_known && own != 0;
      all.pages += own;
    }
    // The first that is unknown or another than those before settles it.
    const std::string code = confidence_of(packed.document);
    if (settled || (!code.empty() && code == all.confidence)) continue;
    settled = code.empty() || !all.confidence.empty();
    all.confidence = settled && !code.empty() ? "03" : code;
  }
  if (!pages_known) all.pages = 0;
  if (!plan.file.start.empty()) all.first = plan.file.start;
  if (!plan.file.end.empty()) all.last = plan.file.end;
  if (const std::string code = records::tt05_confidence(plan.file.confidence); !code.empty())
    all.confidence = code;
  return all;
}

std::string type_code(const records::Document& document) {
  if (document.type.empty()) {
    const auto* type = records::type_of_notation(document.own.notation);
    return type != nullptr && !document.own.notation.empty() ? type->tt05 : "32";
  }
  if (const auto* type = records::find_document_type(document.type)) return type->tt05;
  const std::string folded = text::fold(document.type);
  if (folded == "ban do") return "30";
  if (folded == "ban ve ky thuat" || folded == "ban ve") return "31";
  return "32";
}

std::string code_number(const records::DocumentNumber& own) {
  return own.number == 0 ? "" : fmt::format("{:02}{}", own.number, own.suffix);
}

std::string code_notation(const records::DocumentNumber& own) {
  if (own.empty()) return own.written;
  return own.year == 0 ? own.notation : fmt::format("{}/{}", own.year, own.notation);
}

std::string given(const records::Document& document, const std::string& element) {
  const auto found = document.original.find(element);
  return found == document.original.end() ? "" : found->second;
}

// At most 25 characters: the file code with the ordinal while it fits, else the first 25 letters of the
// document's id.
std::string document_id(const Plan& plan, const PackedDocument& packed) {
  const std::string plain = packed.file_code.empty()
                                ? fmt::format("{}.{}", own_code(plan), packed.ordinal)
                                : fmt::format("{}.{}", packed.file_code, packed.file_ordinal);
  return text::length(plain) <= 25 ? plain : packed.document.id.brief(25);
}

std::string carrier_type(const PackedDocument& packed) {
  const std::string folded = text::fold(packed.document.type);
  if (packed.document.media == "photo") return folded.find("am ban") == std::string::npos ? "02" : "01";
  return packed.document.media == "audio" ? "01" : "02";
}

bool has_annex(const PackedDocument& packed) {
  for (const auto& content : packed.contents)
    if (content.component.role == records::Role::annex) return true;
  return false;
}

void add_carrier_values(Values& values, const PackedDocument& packed) {
  const records::Document& document = packed.document;
  const std::string date = text::to_dmy(document.date);
  values["typePic"] = values["typeMedia"] = carrier_type(packed);
  values["imageTitle"] = values["movieTitle"] = document.subject;
  values["photographer"] = values["recorder"] = document.issuer;
  values["photoTime"] = values["recordDate"] = date;
  values["docAttached"] = has_annex(packed) ? "1" : "0";
  for (const std::string& name : carrier_fields())
    if (const std::string value = given(document, name); !value.empty()) values[name] = value;
}

Values document_values(const Plan& plan, const PackedDocument& packed) {
  const records::Document& document = packed.document;
  Values values;
  values["arcFileCode"] = package_file_code(plan);
  values["docId"] = document_id(plan, packed);
  values["docCode"] = packed.file_code.empty()
                          ? fmt::format("{}.{:07}", own_code(plan), packed.ordinal)
                          : fmt::format("{}.{:07}", packed.file_code, packed.file_ordinal);
  values["arcDocCode"] = (plan.fonds.archive.empty() ? "" : plan.fonds.archive + ".") + values["docCode"];
  values["docOrdinal"] = std::to_string(packed.ordinal);
  const bool own_term = document.term.kind != records::TermKind::none;
  values["maintenance"] = maintenance_of(own_term ? document.term : plan.file.term);
  values["typeName"] = type_code(document);
  values["codeNumber"] = code_number(document.own);
  values["codeNotation"] = code_notation(document.own);
  values["issuedDate"] = text::to_dmy(document.date);
  values["organName"] = document.issuer;
  values["subject"] = document.subject;
  values["language"] = languages_of(document.language);
  values["numberOfPage"] = number_text(pages_of(packed));
  values["inforSign"] = document.info_sign;
  values["keyword"] = document.keyword;
  values["mode"] = records::tt05_mode(document.access.empty() ? plan.file.access : document.access);
  values["confidenceLevel"] = confidence_of(document);
  values["autograph"] = document.autograph;
  values["format"] = records::tt05_condition(document.condition);
  values["riskRecovery"] = "0";
  values["process"] = document.process == "1" ? "1" : "0";
  values["description"] = document.note;
  if (form_of(document) != Form::document) add_carrier_values(values, packed);
  return values;
}

Values batch_values(const Plan& plan) {
  Values values;
  values["fileCode"] = values["arcFileCode"] = package_file_code(plan);
  values["title"] = plan.loose.title;
  values["source"] = plan.loose.incoming ? "1" : "0";
  values["totalDoc"] = std::to_string(plan.documents.size());
  values["description"] = plan.loose.note;
  return values;
}

Values request_values(const Plan& plan) {
  Values values;
  values["requestID"] = plan.request.id;
  values["requestDate"] = text::to_dmy(plan.request.date);
  values["purpose"] = plan.request.purpose;
  values["purposeContent"] = plan.request.content;
  values["feeObjectType"] = plan.request.fee_object;
  values["researchTopic"] = plan.request.topic;
  values["description"] = plan.request.note;
  return values;
}

Values file_values(const Plan& plan) {
  if (plan.kind == Kind::dip) return request_values(plan);
  if (plan.unit == Unit::loose) return batch_values(plan);
  const records::FileRecord& file = plan.file;
  const Summary summary = summary_of(plan);
  Values values;
  values["fileCode"] = values["arcFileCode"] = package_file_code(plan);
  values["title"] = file.title;
  values["maintenance"] = maintenance_of(file.term);
  values["mode"] = records::tt05_mode(file.access);
  values["language"] = languages_of(file.language);
  values["startDate"] = text::to_dmy(summary.first);
  values["endDate"] = text::to_dmy(summary.last);
  values["keyword"] = file.keyword;
  values["totalDoc"] = std::to_string(plan.documents.size());
  values["numberOfPaper"] = number_text(file.sheets);
  values["numberOfPage"] = number_text(summary.pages);
  values["format"] = records::tt05_condition(file.condition);
  values["inforSign"] = file.info_sign;
  values["confidenceLevel"] = summary.confidence;
  values["paperFileCode"] = file.paper_code;
  values["riskRecovery"] = "0";
  values["description"] = file.officer + (file.officer.empty() || file.note.empty() ? "" : "; ") + file.note;
  return values;
}

// A value that came in a package goes out as it came, while nobody changed what it was read as.
Fields ordered(Values values, const std::vector<Element>& order,
               const std::map<std::string, std::string>& original) {
  Fields fields;
  for (const Element& element : order) {
    std::string& value = values[element.name];
    if (auto kept = kept_value(original, element.name, value)) value = std::move(*kept);
    fields.emplace_back(element.name, text::nfc(xml_text(value)));
  }
  return fields;
}

// D10: a SIP has whole dates only (PL III), and a day is never made up: such a date is left empty, and what
// is known of it stands in the remarks.
Fields without_partial_dates(const Plan& plan, Fields fields) {
  if (plan.kind != Kind::sip || plan.spec != Spec::tt05) return fields;
  std::string known;
  for (auto& [name, value] : fields)
    for (const auto& [date, words] : partial_date_words)
      if (name == date && is_partial_date(value)) {
        known += (known.empty() ? "" : "; ") + std::string(words) + ": " + value;
        value.clear();
      }
  if (known.empty()) return fields;
  for (auto& [name, value] : fields)
    if (name == "description") value += (value.empty() ? "" : "; ") + known;
  return fields;
}

Error missing(int ordinal, const std::string& field, const char* hint) {
  if (ordinal == 0)
    return Error(Exit::refused, "VTLT-D05", Message("package.write.file_field_missing", {{"field", field}}),
                 Message(hint));
  return Error(Exit::refused, "VTLT-D05",
               Message("package.write.field_missing", {{"ordinal", std::int64_t{ordinal}}, {"field", field}}),
               Message(hint));
}

Error too_long(int ordinal, const Element& element, std::size_t length) {
  const auto actual = static_cast<std::int64_t>(length), limit = static_cast<std::int64_t>(element.limit);
  const Message hint("package.write.field_long.hint");
  if (ordinal == 0)
    return Error(Exit::refused, "VTLT-D05",
                 Message("package.write.file_field_long",
                         {{"field", std::string(element.name)}, {"length", actual}, {"limit", limit}}),
                 hint);
  return Error(Exit::refused, "VTLT-D05",
               Message("package.write.field_long", {{"ordinal", std::int64_t{ordinal}},
                                                    {"field", std::string(element.name)},
                                                    {"length", actual},
                                                    {"limit", limit}}),
               hint);
}

}  // namespace

const char* sort_name(const Sort& sort) {
  if (sort.kind == Kind::dip) return "DIP";
  if (sort.unit == Unit::file) return sort.kind == Kind::sip ? "SIP_hoso" : "AIP_hoso";
  return sort.kind == Kind::sip ? "SIP_tailieu" : "AIP_tailieu";
}

const char* sort_appendix(const Sort& sort) {
  if (sort.kind == Kind::dip) return "V";
  if (sort.unit == Unit::file) return sort.kind == Kind::sip ? "III" : "I";
  return sort.kind == Kind::sip ? "IV" : "II";
}

const std::vector<Element>& elements(const Sort& sort, Form form) {
  static const std::vector<Element> sip_file = join({{"fileCode", 100}}, file_rest, {});
  static const std::vector<Element> aip_file = join({{"arcFileCode", 100}}, file_rest, {});
  static const std::vector<Element> sip_picture = carrier({Kind::sip, Unit::file}, picture_middle);
  static const std::vector<Element> aip_picture = carrier({Kind::aip, Unit::file}, picture_middle);
  static const std::vector<Element> arc_picture = carrier({Kind::aip, Unit::loose}, picture_middle);
  static const std::vector<Element> sip_media = carrier({Kind::sip, Unit::file}, media_middle);
  static const std::vector<Element> aip_media = carrier({Kind::aip, Unit::file}, media_middle);
  static const std::vector<Element> arc_media = carrier({Kind::aip, Unit::loose}, media_middle);
  const bool sip = sort.kind == Kind::sip, dip = sort.kind == Kind::dip;
  const bool file_aip = sort.kind == Kind::aip && sort.unit == Unit::file;
  switch (form) {
    case Form::file:
      if (dip) return dip_request;
      if (sort.unit == Unit::loose) return sip ? sip_batch : aip_batch;
      return sip ? sip_file : aip_file;
    case Form::document:
      return dip ? dip_document : sip ? sip_document : aip_document;
    case Form::picture:
      return sip ? sip_picture : file_aip ? aip_picture : arc_picture;
    case Form::media:
      return sip ? sip_media : file_aip ? aip_media : arc_media;
  }
  bug("form", __FILE__, __LINE__);
}

Form form_of(const records::Document& document) {
  if (document.media == "photo") return Form::picture;
  if (document.media == "audio" || document.media == "video") return Form::media;
  return Form::document;
}

const char* form_name(Form form) {
  switch (form) {
    case Form::file:
      return "";
    case Form::document:
      return "doc";
    case Form::picture:
      return "pic";
    case Form::media:
      return "media";
  }
  bug("form", __FILE__, __LINE__);
}

void require_fields(const Fields& fields, const Sort& sort, Form form, int ordinal) {
  const auto& order = elements(sort, form);
  VTLT_ASSERT(order.size() == fields.size());
  std::string confidence, paper;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const auto& [name, value] = fields[i];
    const std::size_t length = text::length(value);
    if (order[i].limit != 0 && length > order[i].limit) throw too_long(ordinal, order[i], length);
    const bool needed = name == "title" || name == "requestID" || name == "requestDate" || name == "purpose";
    if (needed && value.empty()) throw missing(ordinal, name, "package.write.field_missing.hint");
    if (name == "confidenceLevel") confidence = value;
    if (name == "paperFileCode") paper = value;
  }
  if (form == Form::file && confidence == "02" && paper.empty())
    throw missing(ordinal, "paperFileCode", "package.write.paper_code.hint");
}

Stamp write_ead(const Fields& fields, Output output) {
  XmlOut xml(std::move(output));
  xml.start("simpledc");
  for (const auto& [name, value] : fields)
    xml.element(name.c_str(), value);
  xml.end();
  return xml.finish();
}

std::string own_code(const Plan& plan) {
  if (plan.kind == Kind::dip) return plan.request.id;
  return plan.unit == Unit::loose ? plan.loose.code : records::file_code(plan.fonds, plan.file);
}

std::string title_of(const Plan& plan) {
  if (plan.kind == Kind::dip) return "Gói tài liệu lưu trữ sử dụng theo yêu cầu " + plan.request.id;
  return plan.unit == Unit::loose ? plan.loose.title : plan.file.title;
}

std::string package_file_code(const Plan& plan) {
  const std::string code = own_code(plan);
  if (plan.kind != Kind::aip || plan.fonds.archive.empty()) return code;
  return plan.fonds.archive + "." + code;
}

}  // namespace writing

const std::vector<std::string>& carrier_fields() {
  static const std::vector<std::string> names = {"archivesNumber", "eventName",   "photographer", "recorder",
                                                 "photoPlace",     "recordPlace", "colour",       "filmSize",
                                                 "playTime",       "quality"};
  return names;
}

const char* copy_level_text(CopyLevel level) {
  switch (level) {
    case CopyLevel::reading:
      return "reading";
    case CopyLevel::plain:
      return "plain";
    case CopyLevel::authenticated:
      return "authenticated";
    case CopyLevel::certified:
      return "dip";
  }
  bug("copy level", __FILE__, __LINE__);
}

std::optional<CopyLevel> parse_copy_level(std::string_view text) {
  for (const CopyLevel level :
       {CopyLevel::reading, CopyLevel::plain, CopyLevel::authenticated, CopyLevel::certified})
    if (text == copy_level_text(level)) return level;
  return std::nullopt;
}

bool is_digitised(const records::Document& document) {
  return writing::confidence_of(document) == "02";
}

bool digitised(const Plan& plan) {
  if (plan.documents.empty()) return false;
  for (const auto& packed : plan.documents)
    if (!is_digitised(packed.document)) return false;
  return true;
}

Fields ead_fields(const Plan& plan) {
  return writing::without_partial_dates(
      plan, writing::ordered(
                writing::file_values(plan), writing::elements(writing::sort_of(plan), writing::Form::file),
                plan.kind == Kind::dip ? std::map<std::string, std::string>() : plan.file.original));
}

Fields ead_document_fields(const Plan& plan, const PackedDocument& document) {
  return writing::without_partial_dates(
      plan, writing::ordered(writing::document_values(plan, document),
                             writing::elements(writing::sort_of(plan), writing::form_of(document.document)),
                             document.document.original));
}

}  // namespace vtlt::package
