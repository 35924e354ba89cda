#include <charconv>
#include <cmath>
#include <cstring>

#include "base/encoding.h"
#include "base/error.h"
#include "journal/bodies.h"

namespace vtlt::journal {
namespace {

// Writes JSON straight into a text: a tree of values first took a third of an import's time. Keys come in the order of
// vtlt-repository(5); absent means "not recorded": empty values are not written.
class Object {
 public:
  Object& text(std::string_view key, const std::string& value) {
    if (!value.empty()) begin(key).string(value);
    return *this;
  }
  Object& id(std::string_view key, const records::Id& value) {
    begin(key).id(value);
    return *this;
  }
  Object& id(std::string_view key, const std::optional<records::Id>& value) {
    return value ? id(key, *value) : *this;
  }
  Object& number(std::string_view key, std::int64_t value) {
    return value != 0 ? number_always(key, value) : *this;
  }
  Object& number_always(std::string_view key, std::int64_t value) {
    begin(key).integer(value);
    return *this;
  }
  Object& date(std::string_view key, const text::Date& value) { return text(key, text::to_iso(value)); }
  Object& term(std::string_view key, const records::Term& value) { return text(key, records::term_shorthand(value)); }
  Object& ids(std::string_view key, const std::vector<records::Id>& values) {
    if (!values.empty()) begin(key).list(values, [&](const records::Id& value) { id(value); });
    return *this;
  }
  Object& strings(std::string_view key, const std::vector<std::string>& values, bool always = false) {
    if (!values.empty() || always) begin(key).list(values, [&](const std::string& value) { string(value); });
    return *this;
  }
  Object& map(std::string_view key, const std::map<std::string, std::string>& values) {
    if (values.empty()) return *this;
    Object inner;
    for (const auto& [name, value] : values) inner.begin_any(name).string(value);
    return object(key, inner);
  }
  Object& numbers(std::string_view key, const std::map<std::string, std::int64_t>& values) {
    if (values.empty()) return *this;
    Object inner;
    for (const auto& [name, value] : values) inner.begin_any(name).integer(value);
    return object(key, inner);
  }
  Object& own(std::string_view key, const records::DocumentNumber& value) {
    Object inner;
    inner.number("number", value.number).text("suffix", value.suffix).number("year", value.year)
        .text("notation", value.notation).text("written", value.written);
    return inner.text_.size() > 1 ? object(key, inner) : *this;
  }
  Object& places(std::string_view key, const std::vector<std::pair<std::string, std::uint64_t>>& values) {
    begin(key).list(values, [&](const auto& value) {
      text_ += '[';
      string(value.first);
      text_ += ',';
      integer(static_cast<std::int64_t>(value.second));
      text_ += ']';
    });
    return *this;
  }
  Object& pairs(std::string_view key, const std::vector<std::pair<std::string, std::string>>& values) {
    if (values.empty()) return *this;
    begin(key).list(values, [&](const auto& value) {
      text_ += '[';
      string(value.first);
      text_ += ',';
      string(value.second);
      text_ += ']';
    });
    return *this;
  }
  std::string done() {
    text_ += '}';
    return std::move(text_);
  }

 private:
  // key: one of the program's own names, nothing in it to escape.
  Object& begin(std::string_view key) {
    text_ += text_.size() > 1 ? ",\"" : "\"";
    text_ += key;
    text_ += "\":";
    return *this;
  }
  Object& begin_any(std::string_view key) {
    if (text_.size() > 1) text_ += ',';
    string(key);
    text_ += ':';
    return *this;
  }
  Object& object(std::string_view key, Object& inner) {
    begin(key).text_ += inner.done();
    return *this;
  }
  void id(const records::Id& value) {
    text_ += '"';
    text_ += static_cast<char>(value.kind);
    append_base32(text_, value.bits);
    text_ += '"';
  }
  template <typename Values, typename Write>
  void list(const Values& values, const Write& write) {
    text_ += '[';
    bool first = true;
    for (const auto& value : values) {
      if (!first) text_ += ',';
      first = false;
      write(value);
    }
    text_ += ']';
  }
  void integer(std::int64_t value) {
    char digits[24];
    text_.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
  }
  void string(std::string_view value) {
    text_ += '"';
    std::size_t plain = 0;
    for (std::size_t i = 0; i < value.size(); ++i) {
      i += plain_eights(value.substr(i));
      if (i == value.size()) break;
      const unsigned char c = static_cast<unsigned char>(value[i]);
      if (c >= 0x20 && c != '"' && c != '\\') continue;
      text_.append(value, plain, i - plain);
      plain = i + 1;
      escape(c);
    }
    text_.append(value, plain);
    text_ += '"';
  }
  // How many letters at the beginning, in eights, need no escape.
  static std::size_t plain_eights(std::string_view text) {
    constexpr std::uint64_t kOnes = 0x0101010101010101u, kHighs = 0x8080808080808080u;
    // A byte below n (at most 0x80) shows in its highest bit; one above 0x7F never does.
    const auto below = [](std::uint64_t eight, std::uint64_t n) { return (eight - kOnes * n) & ~eight & kHighs; };
    std::size_t at = 0;
    for (std::uint64_t eight; text.size() - at >= 8; at += 8) {
      std::memcpy(&eight, text.data() + at, 8);
      if ((below(eight, 0x20) | below(eight ^ kOnes * '"', 1) | below(eight ^ kOnes * '\\', 1)) != 0) break;
    }
    return at;
  }
  void escape(unsigned char c) {
    text_ += '\\';
    switch (c) {
      case '"':
      case '\\': text_ += static_cast<char>(c); break;
      case '\b': text_ += 'b'; break;
      case '\f': text_ += 'f'; break;
      case '\n': text_ += 'n'; break;
      case '\r': text_ += 'r'; break;
      case '\t': text_ += 't'; break;
      default: text_ += "u00" + hex({&c, 1});
    }
  }

  std::string text_ = "{";
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
      .date("closed", body.closed).text("note", body.note).text("history", body.history)
      .text("language", body.language).text("backup", body.backup).text("closed_basis", body.closed_basis)
      .text("successor", body.successor).done();
}

std::string encode(const records::FondsName& body) {
  return Object()
      .id("fonds", body.fonds).text("organ", body.organ).text("name", body.name).date("since", body.since)
      .text("basis", body.basis).done();
}

std::string encode(const SchemeAdopted& body) {
  return Object()
      .id("fonds", body.fonds).text("scheme", body.scheme).text("name", body.name).text("number", body.number)
      .date("date", body.date).done();
}

namespace {
Object object_of(const records::RegisterEntry& body) {
  Object object;
  object.id("id", body.id).id("fonds", body.fonds).id("document", body.document)
      .text("book", records::book_text(body.book)).text("series", body.series).number("year", body.year)
      .number("number", body.number).text("suffix", body.suffix).own("own", body.own).text("type", body.type)
      .date("date", body.date).date("arrival", body.arrival).text("issuer", body.issuer)
      .text("issuer_code", body.issuer_code).text("subject", body.subject).text("signer", body.signer)
      .text("recipients", body.recipients).text("unit", body.unit).text("copies", body.copies)
      .date("forwarded", body.forwarded).text("acknowledged", body.acknowledged).text("note", body.note)
      .date("due", body.due).text("urgency", body.urgency).text("secrecy", body.secrecy)
      .text("circulation", body.circulation).ids("answers", body.answers).id("batch", body.batch)
      .number("row", body.row).map("original", body.original)
      .number("given", body.given ? 1 : 0).text("document_id", body.document_id);
  return object;
}
}  // namespace

std::string encode(const records::RegisterEntry& body) { return object_of(body).done(); }

std::string encode_amended(const records::RegisterEntry& body, const std::string& reason) {
  return object_of(body).text("reason", reason).done();
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
  object.number_always("size", static_cast<std::int64_t>(body.size));  // also 0: an empty computer file is one
  return object.text("sha256", body.sha256).text("mime", body.mime)
      .number("modified", body.modified_ms).number("pages", body.pages).done();
}

namespace {
Object object_of(const records::FileRecord& body) {
  Object object;
  object.id("id", body.id).id("fonds", body.fonds).number("year", body.year).text("notation", body.notation)
      .text("title", body.title).text("class", body.class_no).text("rule", body.rule).term("term", body.term)
      .text("term_source", body.term_source).text("officer", body.officer).date("start", body.start)
      .date("end", body.end).text("access", body.access).text("language", body.language)
      .text("keyword", body.keyword).text("info_sign", body.info_sign).text("confidence", body.confidence)
      .text("condition", body.condition).text("note", body.note).text("paper_code", body.paper_code)
      .number("sheets", body.sheets).text("inventory", body.inventory).text("number", body.number)
      .text("kept", body.kept).text("unit", body.unit).text("period", body.period).text("autograph", body.autograph)
      .text("provisional", body.provisional).text("bundle", body.bundle).text("volume", body.volume)
      .text("rejected", body.rejected).date("settled", body.settled).number("documents_told", body.documents_told)
      .number("pages_told", body.pages_told).number("ended", body.ended).map("original", body.original);
  return object;
}
}  // namespace

std::string encode(const records::FileRecord& body) { return object_of(body).done(); }

std::string encode_amended(const records::FileRecord& body, const std::string& reason, const std::string& basis) {
  return object_of(body).text("reason", reason).text("basis", basis).done();
}

std::string encode_planned(const records::FileRecord& body, const std::string& basis) {
  return object_of(body).text("basis", basis).done();
}

std::string encode(const FileReordered& body) {
  return Object().id("file", body.file).number("from", body.from).ids("documents", body.documents).done();
}

namespace {
std::vector<std::string> days_of(const std::vector<text::Date>& days) {
  std::vector<std::string> texts;
  for (const auto& day : days) texts.push_back(text::to_iso(day));
  return texts;
}
}  // namespace

std::string encode(const HolidaysSet& body) {
  Object object;
  object.id("fonds", body.fonds).text("name", body.name).text("basis", body.basis).strings("off", days_of(body.off));
  return object.strings("work", days_of(body.work)).done();
}

std::string encode(const records::Submission& body) {
  return Object()
      .id("id", body.id).id("fonds", body.fonds).text("name", body.name).number("year", body.year)
      .date("date", body.date).text("giver", body.giver).text("giver_post", body.giver_post)
      .text("giver_unit", body.giver_unit).text("receiver", body.receiver).text("receiver_post", body.receiver_post)
      .text("basis", body.basis).text("block", body.block).text("condition", body.condition)
      .text("leaving", body.leaving).text("note", body.note).done();
}

std::string encode(const records::Box& body) {
  return Object()
      .id("id", body.id).id("fonds", body.fonds).text("number", body.number).text("label", body.label)
      .text("place", body.place)
      .number("shelf_centimetres", static_cast<std::int64_t>(std::llround(body.shelf_metres * 100)))
      .number("unarranged", body.unarranged ? 1 : 0).text("note", body.note).done();
}

std::string encode(const records::Use& body) {
  return Object()
      .id("id", body.id).id("fonds", body.fonds).id("entry", body.entry).id("document", body.document)
      .id("file", body.file).text("by", body.by).text("purpose", body.purpose)
      .text("copy", records::use_copy_text(body.copy)).text("permit_by", body.permit_by).text("basis", body.basis)
      .date("from", body.from).date("due", body.due).done();
}

std::string encode(const Batch& body) {
  return Object()
      .id("id", body.id).text("name", body.name).text("book", body.book).text("list_name", body.list_name)
      .text("list_sha256", body.list_sha256).number("rows", body.rows).done();
}

std::string encode(const RegisterStatus& body) {
  return Object()
      .id("entry", body.entry).number("own", body.own ? 1 : 0).text("code", body.code)
      .text("description", body.description).text("time", body.time).text("organ", body.organ)
      .text("organ_name", body.organ_name).text("department", body.department).text("staff", body.staff)
      .text("mobile", body.mobile).text("email", body.email).text("message", body.message).done();
}

std::string encode(const RegisterSent& body) {
  return Object()
      .id("entry", body.entry).text("business", body.business).text("document_id", body.document_id)
      .pairs("to", body.to).text("time", body.time).text("reason", body.reason).text("message", body.message).done();
}

std::string encode(const RegisterPending& body) {
  return Object()
      .id("fonds", body.fonds).id("entry", body.entry).text("relation", body.relation)
      .text("document_id", body.document_id).text("organ", body.organ).text("organ_name", body.organ_name)
      .text("reason", body.reason).text("message", body.message).text("bytes_b64", base64(body.bytes)).done();
}

std::string encode(const PackagePlanned& body) {
  return Object()
      .id("id", body.id).text("name", body.name).text("kind", body.kind).text("spec", body.spec).id("file", body.file)
      .text("profile", body.profile).text("newest_stream", body.newest_stream)
      .number("newest_seq", static_cast<std::int64_t>(body.newest_seq)).text("seed", body.seed)
      .ids("documents", body.documents).map("details", body.details).done();
}

std::string encode(const DestructionBegun& body) {
  Object object;
  object.id("dossier", body.dossier).text("name", body.name).text("decision", body.decision).ids("files", body.files)
      .ids("documents", body.documents);
  return object.places("bodies", body.bodies).strings("objects", body.objects).done();
}

std::string encode(const StreamAdopted& body) {
  return Object()
      .text("stream", body.stream).number("events", static_cast<std::int64_t>(body.events)).text("head", body.head)
      .done();
}

std::string encode(const RestoreAccepted& body) {
  Object object;
  object.text("reason", body.reason).number("known_events", static_cast<std::int64_t>(body.known_events))
      .text("known_head", body.known_head).numbers("last_numbers", body.last_numbers);
  return object.done();
}

std::string encode(const JournalCut& body) {
  Object object;
  return object.number_always("after", static_cast<std::int64_t>(body.after)).number("head_bytes", static_cast<std::int64_t>(body.head_bytes))
      .number("body_bytes", static_cast<std::int64_t>(body.body_bytes)).text("sha256", body.sha256).done();
}

std::string encode_fields(const std::vector<std::pair<std::string, std::string>>& texts,
                          const std::vector<std::pair<std::string, std::int64_t>>& numbers) {
  Object object;
  for (const auto& [key, value] : texts) object.text(key, value);
  for (const auto& [key, value] : numbers) object.number(key, value);
  return object.done();
}

}  // namespace vtlt::journal
