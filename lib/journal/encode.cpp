#include <cmath>
#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "base/error.h"
#include "journal/bodies.h"

namespace vtlt::journal {
namespace {

using Json = nlohmann::ordered_json;

// Absent means "not recorded": empty values are not written.
class Object {
 public:
  Object& text(const char* key, const std::string& value) {
    if (!value.empty()) json_[key] = value;
    return *this;
  }
  Object& id(const char* key, const records::Id& value) {
    json_[key] = value.text();
    return *this;
  }
  Object& id(const char* key, const std::optional<records::Id>& value) {
    if (value) json_[key] = value->text();
    return *this;
  }
  Object& number(const char* key, std::int64_t value) {
    if (value != 0) json_[key] = value;
    return *this;
  }
  Object& date(const char* key, const text::Date& value) { return text(key, text::to_iso(value)); }
  Object& term(const char* key, const records::Term& value) { return text(key, records::term_shorthand(value)); }
  Object& ids(const char* key, const std::vector<records::Id>& values) {
    if (values.empty()) return *this;
    Json list = Json::array();
    for (const auto& value : values) list.push_back(value.text());
    json_[key] = std::move(list);
    return *this;
  }
  Object& strings(const char* key, const std::vector<std::string>& values, bool always = false) {
    if (!values.empty() || always) json_[key] = values;
    return *this;
  }
  Object& map(const char* key, const std::map<std::string, std::string>& values) {
    if (!values.empty()) json_[key] = values;
    return *this;
  }
  Object& own(const char* key, const records::DocumentNumber& value) {
    Json own = Json::object();
    if (value.number != 0) own["number"] = value.number;
    if (!value.suffix.empty()) own["suffix"] = value.suffix;
    if (value.year != 0) own["year"] = value.year;
    if (!value.notation.empty()) own["notation"] = value.notation;
    if (!value.written.empty()) own["written"] = value.written;
    if (!own.empty()) json_[key] = std::move(own);
    return *this;
  }
  Json& json() { return json_; }
  std::string done() const { return json_.dump(); }

 private:
  Json json_ = Json::object();
};

void features(Object& object, const Features& body) {
  object.strings("compatible", body.compatible, true)
      .strings("read_only_compatible", body.read_only_compatible, true)
      .strings("incompatible", body.incompatible, true);
}

}  // namespace

std::string encode(const Genesis& body) {
  Object object;
  object.number("format", body.format);
  features(object, body.features);
  return object.text("nonce", body.nonce).text("software", body.software).done();
}

std::string encode(const Features& body) {
  Object object;
  features(object, body);
  return object.done();
}

std::string encode(const records::Fonds& body) {
  return Object()
      .id("id", body.id).text("code", body.code).text("name", body.name).text("organ", body.organ)
      .text("archive", body.archive).text("regime", body.regime).date("opened", body.opened)
      .date("closed", body.closed).text("note", body.note).done();
}

std::string encode(const SchemeAdopted& body) {
  return Object()
      .id("fonds", body.fonds).text("scheme", body.scheme).text("name", body.name).text("number", body.number)
      .date("date", body.date).done();
}

std::string encode(const records::RegisterEntry& body) {
  return Object()
      .id("id", body.id).id("fonds", body.fonds).id("document", body.document)
      .text("book", records::book_text(body.book)).text("series", body.series).number("year", body.year)
      .number("number", body.number).text("suffix", body.suffix).own("own", body.own).text("type", body.type)
      .date("date", body.date).date("arrival", body.arrival).text("issuer", body.issuer)
      .text("issuer_code", body.issuer_code).text("subject", body.subject).text("signer", body.signer)
      .text("recipients", body.recipients).text("unit", body.unit).text("copies", body.copies)
      .date("forwarded", body.forwarded).text("acknowledged", body.acknowledged).text("note", body.note)
      .date("due", body.due).text("urgency", body.urgency).text("secrecy", body.secrecy)
      .text("circulation", body.circulation).ids("answers", body.answers).id("batch", body.batch)
      .number("row", body.row).map("original", body.original).done();
}

std::string encode(const records::Document& body) {
  return Object()
      .id("id", body.id).id("fonds", body.fonds).id("entry", body.entry).own("own", body.own).text("type", body.type)
      .date("date", body.date).text("issuer", body.issuer).text("issuer_code", body.issuer_code)
      .text("subject", body.subject).text("language", body.language).number("pages", body.pages)
      .text("access", body.access).text("confidence", body.confidence).text("value", body.value)
      .text("carrier", records::carrier_text(body.carrier)).text("keyword", body.keyword)
      .text("info_sign", body.info_sign).text("autograph", body.autograph).text("condition", body.condition)
      .text("signer", body.signer).text("note", body.note).text("process", body.process).text("sheets", body.sheets)
      .text("media", body.media).term("term", body.term).map("original", body.original).done();
}

std::string encode(const records::Component& body) {
  Object object;
  object.id("id", body.id).id("document", body.document).text("role", records::role_text(body.role))
      .number("ordinal", body.ordinal).text("name", body.name).text("name_b64", base64(body.name_bytes));
  object.json()["size"] = body.size;  // also 0: an empty computer file is one
  return object.text("sha256", body.sha256).text("mime", body.mime)
      .number("modified", body.modified_ms).number("pages", body.pages).done();
}

std::string encode(const records::FileRecord& body) {
  return Object()
      .id("id", body.id).id("fonds", body.fonds).number("year", body.year).text("notation", body.notation)
      .text("title", body.title).text("class", body.class_no).text("rule", body.rule).term("term", body.term)
      .text("term_source", body.term_source).text("officer", body.officer).date("start", body.start)
      .date("end", body.end).text("access", body.access).text("language", body.language)
      .text("keyword", body.keyword).text("info_sign", body.info_sign).text("confidence", body.confidence)
      .text("condition", body.condition).text("note", body.note).text("paper_code", body.paper_code)
      .number("sheets", body.sheets).text("inventory", body.inventory).text("number", body.number)
      .map("original", body.original).done();
}

std::string encode(const records::Box& body) {
  return Object()
      .id("id", body.id).id("fonds", body.fonds).text("number", body.number).text("label", body.label)
      .text("place", body.place)
      .number("shelf_centimetres", static_cast<std::int64_t>(std::llround(body.shelf_metres * 100)))
      .number("unarranged", body.unarranged ? 1 : 0).text("note", body.note).done();
}

std::string encode(const Batch& body) {
  return Object()
      .id("id", body.id).text("name", body.name).text("book", body.book).text("list_name", body.list_name)
      .text("list_sha256", body.list_sha256).number("rows", body.rows).done();
}

std::string encode(const PackagePlanned& body) {
  return Object()
      .id("id", body.id).text("name", body.name).text("kind", body.kind).text("spec", body.spec).id("file", body.file)
      .text("profile", body.profile).text("newest_stream", body.newest_stream)
      .number("newest_seq", static_cast<std::int64_t>(body.newest_seq)).text("seed", body.seed).done();
}

std::string encode(const DestructionBegun& body) {
  Object object;
  object.id("dossier", body.dossier).text("name", body.name).text("decision", body.decision).ids("files", body.files)
      .ids("documents", body.documents);
  Json bodies = Json::array();
  for (const auto& [stream, seq] : body.bodies) bodies.push_back(Json::array({stream, seq}));
  object.json()["bodies"] = std::move(bodies);
  return object.strings("objects", body.objects).done();
}

std::string encode(const StreamAdopted& body) {
  return Object()
      .text("stream", body.stream).number("events", static_cast<std::int64_t>(body.events)).text("head", body.head)
      .done();
}

std::string encode(const RestoreAccepted& body) {
  Object object;
  object.text("reason", body.reason).number("known_events", static_cast<std::int64_t>(body.known_events))
      .text("known_head", body.known_head);
  if (!body.last_numbers.empty()) object.json()["last_numbers"] = body.last_numbers;
  return object.done();
}

std::string encode(const JournalCut& body) {
  Object object;
  object.json()["after"] = body.after;
  return object.number("head_bytes", static_cast<std::int64_t>(body.head_bytes))
      .number("body_bytes", static_cast<std::int64_t>(body.body_bytes)).text("sha256", body.sha256).done();
}

std::string encode_fields(const std::vector<std::pair<std::string, std::string>>& texts,
                          const std::vector<std::pair<std::string, std::int64_t>>& numbers) {
  Object object;
  for (const auto& [key, value] : texts) object.text(key.c_str(), value);
  for (const auto& [key, value] : numbers) object.number(key.c_str(), value);
  return object.done();
}

}  // namespace vtlt::journal
