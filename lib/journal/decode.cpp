#include <simdjson.h>

#include <algorithm>
#include <array>

#include "base/encoding.h"
#include "base/error.h"
#include "journal/bodies.h"
#include "journal/views.h"
#include "trust/digest.h"

namespace vtlt::journal {
namespace {

using simdjson::dom::element;
using simdjson::dom::object;

[[noreturn]] void broken(std::string_view key) {
  throw Error(Exit::no_verdict, "VTLT-JOURNAL-05", Message("journal.body.broken", {{"field", std::string(key)}}));
}

// Reads the keys of one object; an absent key leaves the value as it is.
class Fields {
 public:
  explicit Fields(object object) : object_(object) {
    for (const auto& field : object) {
      if (count_ == kMost) break;
      std::size_t at = slot(field.key);
      while (slots_[at] != 0 && fields_[slots_[at] - 1].key != field.key) at = (at + 1) % kSlots;
      if (slots_[at] != 0) continue;
      fields_[count_] = {field.key, field.value};
      slots_[at] = static_cast<unsigned char>(++count_);
    }
  }

  Fields& text(std::string_view key, std::string_view& out) {
    element value;
    if (find(key, value) && value.get(out) != simdjson::SUCCESS) broken(key);
    return *this;
  }
  Fields& text(std::string_view key, std::string& out) {
    std::string_view view(out);
    text(key, view);
    if (view.data() != out.data()) out.assign(view);
    return *this;
  }
  template <typename Integer>
  Fields& number(std::string_view key, Integer& out) {
    element value;
    if (!find(key, value)) return *this;
    std::int64_t number = 0;
    if (value.get(number) != simdjson::SUCCESS || number <= -(1LL << 53) || number >= (1LL << 53)) broken(key);
    if constexpr (sizeof(Integer) < 8) {
      if (number < -2'000'000'000LL || number > 2'000'000'000LL) broken(key);
    }
    out = static_cast<Integer>(number);
    return *this;
  }
  Fields& id(std::string_view key, records::Id& out) {
    std::string_view text;
    this->text(key, text);
    if (text.empty() || !records::Id::parse(text, out)) broken(key);
    return *this;
  }
  Fields& id(std::string_view key, std::optional<records::Id>& out) {
    std::string_view text;
    this->text(key, text);
    if (text.empty()) return *this;
    records::Id id;
    if (!records::Id::parse(text, id)) broken(key);
    out = id;
    return *this;
  }
  Fields& date(std::string_view key, std::string_view& out) {
    text(key, out);
    if (!out.empty() && !text::from_iso(out)) broken(key);
    return *this;
  }
  Fields& date(std::string_view key, text::Date& out) {
    std::string_view text;
    this->text(key, text);
    if (text.empty()) return *this;
    const auto date = text::from_iso(text);
    if (!date) broken(key);
    out = *date;
    return *this;
  }
  Fields& term(std::string_view key, records::Term& out) {
    std::string_view text;
    this->text(key, text);
    if (text.empty()) return *this;
    const auto term = records::parse_term(text);
    if (!term) broken(key);
    out = *term;
    return *this;
  }
  Fields& strings(std::string_view key, std::vector<std::string>& out) {
    each(key, [&](element value) {
      std::string_view view;
      if (value.get(view) != simdjson::SUCCESS) broken(key);
      out.emplace_back(view);
    });
    return *this;
  }
  Fields& ids(std::string_view key, std::vector<records::Id>& out) {
    each(key, [&](element value) {
      std::string_view view;
      records::Id id;
      if (value.get(view) != simdjson::SUCCESS || !records::Id::parse(view, id)) broken(key);
      out.push_back(id);
    });
    return *this;
  }
  Fields& map(std::string_view key, std::map<std::string, std::string>& out) {
    element value;
    if (!find(key, value)) return *this;
    object inner;
    if (value.get(inner) != simdjson::SUCCESS) broken(key);
    for (const auto& field : inner) {
      std::string_view view;
      if (field.value.get(view) != simdjson::SUCCESS) broken(key);
      out.emplace(std::string(field.key), std::string(view));
    }
    return *this;
  }
  Fields& map(std::string_view key, OriginalView& out) {
    element value;
    if (!find(key, value)) return *this;
    object inner;
    if (value.get(inner) != simdjson::SUCCESS) broken(key);
    for (const auto& field : inner) {
      std::string_view view;
      if (field.value.get(view) != simdjson::SUCCESS) broken(key);
      out.emplace_back(field.key, view);
    }
    // vtlt writes them in order; others need not.
    const auto less = [](const auto& a, const auto& b) { return a.first < b.first; };
    const auto same = [](const auto& a, const auto& b) { return a.first == b.first; };
    std::stable_sort(out.begin(), out.end(), less);
    out.erase(std::unique(out.begin(), out.end(), same), out.end());
    return *this;
  }
  template <typename Number>
  Fields& own(std::string_view key, Number& out) {
    element value;
    if (!find(key, value)) return *this;
    object inner;
    if (value.get(inner) != simdjson::SUCCESS) broken(key);
    Fields(inner).number("number", out.number).text("suffix", out.suffix).number("year", out.year)
        .text("notation", out.notation).text("written", out.written);
    return *this;
  }
  template <typename Visit>
  void each(std::string_view key, const Visit& visit) {
    element value;
    if (!find(key, value)) return;
    simdjson::dom::array list;
    if (value.get(list) != simdjson::SUCCESS) broken(key);
    for (const element item : list) visit(item);
  }
  bool find(std::string_view key, element& out) {
    for (std::size_t at = slot(key); slots_[at] != 0; at = (at + 1) % kSlots)
      if (const auto& field = fields_[slots_[at] - 1]; field.key == key) {
        out = field.value;
        return true;
      }
    return count_ == kMost && object_[key].get(out) == simdjson::SUCCESS;
  }

 private:
  // The object is walked once; looking each key up in it would walk it forty times.
  static constexpr std::size_t kSlots = 128, kMost = 48;
  static std::size_t slot(std::string_view key) {
    if (key.empty()) return 0;
    return (key.size() * 31 + static_cast<unsigned char>(key.front()) * 7 + static_cast<unsigned char>(key.back()) +
            static_cast<unsigned char>(key[key.size() / 2]) * 3) % kSlots;
  }
  object object_;
  std::size_t count_ = 0;
  std::array<unsigned char, kSlots> slots_{};
  struct Field {
    std::string_view key;
    element value;
  };
  std::array<Field, kMost> fields_;
};

template <typename Value, typename Parse>
void choice(Fields& fields, std::string_view key, Value& out, const Parse& parse) {
  std::string_view text;
  fields.text(key, text);
  if (text.empty()) return;
  const auto value = parse(text);
  if (!value) broken(key);
  out = *value;
}

}  // namespace

namespace {
struct Opener {
  simdjson::dom::parser parser;
  std::string buffer;
  Fields open(std::string_view body) {
    buffer.assign(body);
    buffer.reserve(buffer.size() + simdjson::SIMDJSON_PADDING);
    object object;
    if (parser.parse(buffer.data(), body.size(), false).get(object) != simdjson::SUCCESS) broken("");
    return Fields(object);
  }
};
}  // namespace

struct Decoder::State : Opener {};

Decoder::Decoder() : state_(std::make_unique<State>()) {}
Decoder::~Decoder() = default;

Genesis Decoder::genesis(std::string_view body) {
  Genesis out;
  out.features = features(body);
  state_->open(body).number("format", out.format).text("nonce", out.nonce).text("software", out.software);
  return out;
}

Features Decoder::features(std::string_view body) {
  Features out;
  state_->open(body).strings("compatible", out.compatible).strings("read_only_compatible", out.read_only_compatible)
      .strings("incompatible", out.incompatible);
  return out;
}

records::Fonds Decoder::fonds(std::string_view body) {
  records::Fonds out;
  state_->open(body).id("id", out.id).text("code", out.code).text("name", out.name).text("organ", out.organ)
      .text("archive", out.archive).text("regime", out.regime).date("opened", out.opened).date("closed", out.closed)
      .text("note", out.note).text("history", out.history).text("language", out.language).text("backup", out.backup)
      .text("closed_basis", out.closed_basis).text("successor", out.successor);
  return out;
}

records::FondsName Decoder::fonds_name(std::string_view body) {
  records::FondsName out;
  state_->open(body).id("fonds", out.fonds).text("organ", out.organ).text("name", out.name).date("since", out.since)
      .text("basis", out.basis);
  return out;
}

SchemeAdopted Decoder::scheme_adopted(std::string_view body) {
  SchemeAdopted out;
  state_->open(body).id("fonds", out.fonds).text("scheme", out.scheme).text("name", out.name)
      .text("number", out.number).date("date", out.date);
  Digest digest;
  if (!Digest::parse(out.scheme, digest)) broken("scheme");
  return out;
}

namespace {

// RegisterEntry or EntryView.
template <typename Entry>
Entry entry_in(Fields fields) {
  Entry out;
  fields.id("id", out.id).id("fonds", out.fonds).id("document", out.document).text("series", out.series)
      .number("year", out.year).number("number", out.number).text("suffix", out.suffix).own("own", out.own)
      .text("type", out.type).date("date", out.date).date("arrival", out.arrival).text("issuer", out.issuer)
      .text("issuer_code", out.issuer_code).text("subject", out.subject).text("signer", out.signer)
      .text("recipients", out.recipients).text("unit", out.unit).text("copies", out.copies)
      .date("forwarded", out.forwarded).text("acknowledged", out.acknowledged).text("note", out.note)
      .date("due", out.due).text("urgency", out.urgency).text("secrecy", out.secrecy)
      .text("circulation", out.circulation).ids("answers", out.answers).id("batch", out.batch)
      .number("row", out.row).map("original", out.original).text("document_id", out.document_id);
  int given = 0;
  fields.number("given", given);
  out.given = given != 0;
  choice(fields, "book", out.book, [](std::string_view text) { return records::parse_book(text); });
  return out;
}

// Document or DocumentView.
template <typename Document>
Document document_in(Fields fields) {
  Document out;
  fields.id("id", out.id).id("fonds", out.fonds).id("entry", out.entry).own("own", out.own).text("type", out.type)
      .date("date", out.date).text("issuer", out.issuer).text("issuer_code", out.issuer_code)
      .text("subject", out.subject).text("language", out.language).number("pages", out.pages)
      .text("access", out.access).text("confidence", out.confidence).text("value", out.value)
      .text("keyword", out.keyword).text("info_sign", out.info_sign).text("autograph", out.autograph)
      .text("condition", out.condition).text("signer", out.signer).text("note", out.note)
      .text("process", out.process).text("sheets", out.sheets).text("media", out.media).term("term", out.term)
      .map("original", out.original);
  choice(fields, "carrier", out.carrier, [](std::string_view text) { return records::parse_carrier(text); });
  return out;
}

}  // namespace

records::RegisterEntry Decoder::entry(std::string_view body) { return entry_in<records::RegisterEntry>(state_->open(body)); }
records::Document Decoder::document(std::string_view body) { return document_in<records::Document>(state_->open(body)); }

struct ViewDecoder::State : Opener {};
ViewDecoder::ViewDecoder() : state_(std::make_unique<State>()) {}
ViewDecoder::~ViewDecoder() = default;
EntryView ViewDecoder::entry(std::string_view body) { return entry_in<EntryView>(state_->open(body)); }
DocumentView ViewDecoder::document(std::string_view body) { return document_in<DocumentView>(state_->open(body)); }

records::Component Decoder::component(std::string_view body) {
  records::Component out;
  Fields fields = state_->open(body);
  std::string name;
  fields.id("id", out.id).id("document", out.document).number("ordinal", out.ordinal).text("name", out.name)
      .text("name_b64", name).number("size", out.size).text("sha256", out.sha256).text("mime", out.mime)
      .number("modified", out.modified_ms).number("pages", out.pages);
  choice(fields, "role", out.role, [](std::string_view text) { return records::parse_role(text); });
  Digest digest;
  if (!Digest::parse(out.sha256, digest)) broken("sha256");
  if (!from_base64(name, out.name_bytes)) broken("name_b64");
  return out;
}

records::FileRecord Decoder::file(std::string_view body) {
  records::FileRecord out;
  state_->open(body).id("id", out.id).id("fonds", out.fonds).number("year", out.year).text("notation", out.notation)
      .text("title", out.title).text("class", out.class_no).text("rule", out.rule).term("term", out.term)
      .text("term_source", out.term_source).text("officer", out.officer).date("start", out.start)
      .date("end", out.end).text("access", out.access).text("language", out.language).text("keyword", out.keyword)
      .text("info_sign", out.info_sign).text("confidence", out.confidence).text("condition", out.condition)
      .text("note", out.note).text("paper_code", out.paper_code).number("sheets", out.sheets)
      .text("inventory", out.inventory).text("number", out.number).text("kept", out.kept).text("unit", out.unit)
      .text("period", out.period).text("autograph", out.autograph).text("provisional", out.provisional)
      .text("bundle", out.bundle).text("volume", out.volume).text("rejected", out.rejected)
      .date("settled", out.settled).number("documents_told", out.documents_told).number("pages_told", out.pages_told)
      .number("ended", out.ended).map("original", out.original);
  return out;
}

FileReordered Decoder::reordered(std::string_view body) {
  FileReordered out;
  state_->open(body).id("file", out.file).number("from", out.from).ids("documents", out.documents);
  return out;
}

HolidaysSet Decoder::holidays(std::string_view body) {
  HolidaysSet out;
  std::vector<std::string> off, work;
  state_->open(body).id("fonds", out.fonds).text("name", out.name).text("basis", out.basis).strings("off", off)
      .strings("work", work);
  const auto days = [](std::string_view key, const std::vector<std::string>& texts, std::vector<text::Date>& into) {
    for (const auto& one : texts) {
      const auto day = text::from_iso(one);
      if (!day || !day->whole()) broken(key);
      into.push_back(*day);
    }
  };
  days("off", off, out.off);
  days("work", work, out.work);
  return out;
}

records::Submission Decoder::submission(std::string_view body) {
  records::Submission out;
  state_->open(body).id("id", out.id).id("fonds", out.fonds).text("name", out.name).number("year", out.year)
      .date("date", out.date).text("giver", out.giver).text("giver_post", out.giver_post)
      .text("giver_unit", out.giver_unit).text("receiver", out.receiver).text("receiver_post", out.receiver_post)
      .text("basis", out.basis).text("block", out.block).text("condition", out.condition)
      .text("leaving", out.leaving).text("note", out.note);
  return out;
}

records::Box Decoder::box(std::string_view body) {
  records::Box out;
  std::int64_t centimetres = 0, unarranged = 0;
  state_->open(body).id("id", out.id).id("fonds", out.fonds).text("number", out.number).text("label", out.label)
      .text("place", out.place).number("shelf_centimetres", centimetres).number("unarranged", unarranged)
      .text("note", out.note);
  out.shelf_metres = static_cast<double>(centimetres) / 100;
  out.unarranged = unarranged != 0;
  return out;
}

records::Use Decoder::use(std::string_view body) {
  records::Use out;
  Fields fields = state_->open(body);
  fields.id("id", out.id).id("fonds", out.fonds).id("entry", out.entry).id("document", out.document)
      .id("file", out.file).text("by", out.by).text("purpose", out.purpose).text("permit_by", out.permit_by)
      .text("basis", out.basis).date("from", out.from).date("due", out.due);
  choice(fields, "copy", out.copy, [](std::string_view text) { return records::parse_use_copy(text); });
  return out;
}

Batch Decoder::batch(std::string_view body) {
  Batch out;
  state_->open(body).id("id", out.id).text("name", out.name).text("book", out.book).text("list_name", out.list_name)
      .text("list_sha256", out.list_sha256).number("rows", out.rows);
  return out;
}

RegisterStatus Decoder::status(std::string_view body) {
  RegisterStatus out;
  int own = 0;
  state_->open(body).id("entry", out.entry).number("own", own).text("code", out.code)
      .text("description", out.description).text("time", out.time).text("organ", out.organ)
      .text("organ_name", out.organ_name).text("department", out.department).text("staff", out.staff)
      .text("mobile", out.mobile).text("email", out.email).text("message", out.message);
  out.own = own != 0;
  return out;
}

RegisterSent Decoder::sent(std::string_view body) {
  RegisterSent out;
  Fields fields = state_->open(body);
  fields.id("entry", out.entry).text("business", out.business).text("document_id", out.document_id)
      .text("time", out.time).text("reason", out.reason).text("message", out.message);
  fields.each("to", [&](element item) {
    simdjson::dom::array pair;
    std::string_view code, name;
    if (item.get(pair) != simdjson::SUCCESS || pair.size() != 2 || pair.at(0).get(code) != simdjson::SUCCESS ||
        pair.at(1).get(name) != simdjson::SUCCESS)
      broken("to");
    out.to.emplace_back(code, name);
  });
  return out;
}

RegisterPending Decoder::pending(std::string_view body) {
  RegisterPending out;
  std::string bytes;
  state_->open(body).id("fonds", out.fonds).id("entry", out.entry).text("relation", out.relation)
      .text("document_id", out.document_id).text("organ", out.organ).text("organ_name", out.organ_name).text("reason", out.reason)
      .text("message", out.message).text("bytes_b64", bytes);
  if (!from_base64(bytes, out.bytes)) broken("bytes_b64");
  return out;
}

PackagePlanned Decoder::package(std::string_view body) {
  PackagePlanned out;
  state_->open(body).id("id", out.id).text("name", out.name).text("kind", out.kind).text("spec", out.spec)
      .id("file", out.file).text("profile", out.profile).text("newest_stream", out.newest_stream)
      .number("newest_seq", out.newest_seq).text("seed", out.seed).ids("documents", out.documents)
      .map("details", out.details);
  return out;
}

DestructionBegun Decoder::destruction(std::string_view body) {
  DestructionBegun out;
  Fields fields = state_->open(body);
  fields.id("dossier", out.dossier).text("name", out.name).text("decision", out.decision).ids("files", out.files)
      .ids("documents", out.documents).strings("objects", out.objects);
  fields.each("bodies", [&](element item) {
    simdjson::dom::array pair;
    std::string_view stream;
    std::uint64_t seq = 0;
    if (item.get(pair) != simdjson::SUCCESS || pair.size() != 2 || pair.at(0).get(stream) != simdjson::SUCCESS ||
        pair.at(1).get(seq) != simdjson::SUCCESS)
      broken("bodies");
    out.bodies.emplace_back(std::string(stream), seq);
  });
  Digest digest;
  for (const auto& object : out.objects)
    if (!Digest::parse(object, digest)) broken("objects");
  return out;
}

StreamAdopted Decoder::adopted(std::string_view body) {
  StreamAdopted out;
  state_->open(body).text("stream", out.stream).number("events", out.events).text("head", out.head);
  Digest digest;
  // The name becomes a directory: nothing but 64 letters.
  if (!Digest::parse(out.stream, digest) || digest.hex() != out.stream) broken("stream");
  if (!Digest::parse(out.head, digest)) broken("head");
  return out;
}

RestoreAccepted Decoder::restore(std::string_view body) {
  RestoreAccepted out;
  Fields fields = state_->open(body);
  fields.text("reason", out.reason).number("known_events", out.known_events).text("known_head", out.known_head);
  element value;
  if (fields.find("last_numbers", value)) {
    object inner;
    if (value.get(inner) != simdjson::SUCCESS) broken("last_numbers");
    for (const auto& field : inner) {
      std::int64_t number = 0;
      if (field.value.get(number) != simdjson::SUCCESS) broken("last_numbers");
      out.last_numbers.emplace(std::string(field.key), number);
    }
  }
  return out;
}

JournalCut Decoder::cut(std::string_view body) {
  JournalCut out;
  state_->open(body).number("after", out.after).number("head_bytes", out.head_bytes)
      .number("body_bytes", out.body_bytes).text("sha256", out.sha256);
  return out;
}

std::map<std::string, std::string> Decoder::fields(std::string_view body) {
  std::map<std::string, std::string> out;
  state_->buffer.assign(body);
  state_->buffer.reserve(body.size() + simdjson::SIMDJSON_PADDING);
  object object;
  if (state_->parser.parse(state_->buffer.data(), body.size(), false).get(object) != simdjson::SUCCESS) broken("");
  for (const auto& field : object) {
    std::string_view view;
    std::int64_t number = 0;
    if (field.value.get(view) == simdjson::SUCCESS) out.emplace(std::string(field.key), std::string(view));
    else if (field.value.get(number) == simdjson::SUCCESS) out.emplace(std::string(field.key), std::to_string(number));
  }
  return out;
}

}  // namespace vtlt::journal
