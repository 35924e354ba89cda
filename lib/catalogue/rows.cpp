// Records to rows and back.
#include <array>
#include <cstring>
#include <unordered_map>

#include "base/error.h"
#include "catalogue/state.h"
#include "text/text.h"

namespace vtlt::catalogue {
namespace {

// Texts made for binding must live until the statement has run: a small ring is enough for one row.
std::string_view keep(std::string text) {
  thread_local std::array<std::string, 64> ring;
  thread_local std::size_t next = 0;
  std::string& kept = ring[next++ % ring.size()];
  kept = std::move(text);
  return kept;
}

// A map, or the view of one.
template <typename Pairs>
std::string join(const Pairs& values) {
  std::string text;
  for (const auto& [key, value] : values) {
    text += key;
    text += '\x1f';
    text += value;
    text += '\x1e';
  }
  return text;
}

// The same few notations come again and again.
const std::string& folded(std::string_view notation) {
  thread_local std::unordered_map<std::string, std::string> known;
  std::string key(notation);
  const auto found = known.find(key);
  if (found != known.end()) return found->second;
  if (known.size() > 4096) known.clear();
  std::string value = text::fold(notation);
  return known.emplace(std::move(key), std::move(value)).first->second;
}
std::map<std::string, std::string> split(std::string_view text) {
  std::map<std::string, std::string> values;
  while (!text.empty()) {
    const std::size_t end = text.find('\x1e');
    const std::string_view pair = text.substr(0, end);
    const std::size_t middle = pair.find('\x1f');
    if (middle != std::string_view::npos) values.emplace(pair.substr(0, middle), pair.substr(middle + 1));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return values;
}

class Binder {
 public:
  Binder(Statement& statement, int index) : statement_(statement), index_(index) {}
  Binder& text(std::string_view value) {
    statement_.bind(index_++, value);
    return *this;
  }
  Binder& made(std::string value) {
    statement_.bind(index_++, keep(std::move(value)));
    return *this;
  }
  Binder& number(std::int64_t value) {
    value == 0 ? statement_.bind_null(index_) : statement_.bind(index_, value);
    ++index_;
    return *this;
  }
  Binder& id(const records::Id& value) {
    statement_.bind(index_++, handle_of(value));
    statement_.bind_blob(index_++, value.bits.data(), value.bits.size());
    return *this;
  }
  Binder& reference(const records::Id& value) {
    statement_.bind(index_++, handle_of(value));
    statement_.bind_blob(index_++, value.bits.data(), value.bits.size());
    return *this;
  }
  Binder& reference(const std::optional<records::Id>& value) {
    if (value) return reference(*value);
    statement_.bind_null(index_++);
    statement_.bind_null(index_++);
    return *this;
  }
  Binder& date(const text::Date& value) { return made(text::to_iso(value)); }
  Binder& date(std::string_view iso) { return text(iso); }
  template <typename Number>
  Binder& own(const Number& value) {
    number(value.number).text(value.suffix).number(value.year).text(value.notation).text(value.written);
    return made(folded(value.notation));
  }
  int index() const { return index_; }

 private:
  Statement& statement_;
  int index_;
};

class Taker {
 public:
  Taker(const Statement& statement, int& column) : statement_(statement), column_(column) {}
  std::string text() { return statement_.text(column_++); }
  std::int64_t number() { return statement_.integer(column_++); }
  int integer() { return static_cast<int>(number()); }
  records::Id id(records::Kind kind) {
    ++column_;
    return read_id(statement_, column_++, kind);
  }
  std::optional<records::Id> optional_id(records::Kind kind) {
    if (statement_.is_null(column_)) {
      column_ += 2;
      return std::nullopt;
    }
    return id(kind);
  }
  text::Date date() { return text::from_iso(statement_.view(column_++)).value_or(text::Date{}); }
  records::DocumentNumber own() {
    records::DocumentNumber value;
    value.number = integer();
    value.suffix = text();
    value.year = integer();
    value.notation = text();
    value.written = text();
    ++column_;  // folded
    return value;
  }

 private:
  const Statement& statement_;
  int& column_;
};

}  // namespace

Handle handle_of(const records::Id& id) {
  std::uint64_t value = 0;
  for (int i = 0; i < 8; ++i) value = value << 8 | id.bits[static_cast<std::size_t>(i)];
  return static_cast<Handle>(value >> 1);
}

records::Id read_id(const Statement& statement, int column, records::Kind kind) {
  records::Id id{kind};
  const std::string_view bits = statement.view(column);
  if (bits.size() == id.bits.size()) std::memcpy(id.bits.data(), bits.data(), bits.size());
  return id;
}

std::string placeholders(std::string_view columns, int first) {
  std::string text = "?" + std::to_string(first);
  for (const char c : columns)
    if (c == ',') text += ",?" + std::to_string(++first);
  return text;
}

[[noreturn]] void failed(const sqlite::Failure& failure, const Path& file) {
  throw Error(Exit::no_verdict, "VTLT-CATALOGUE-01",
              Message("catalogue.failed", {{"reason", failure.what}}), Message("catalogue.failed.hint"))
      .at(file.string());
}

const char* const kEntryColumns =
    "handle,id,fonds,fonds_id,document,document_id,book,series,year,number,suffix,own_number,own_suffix,own_year,"
    "notation,own_written,notation_folded,type,date,arrival,issuer,issuer_code,subject,signer,recipients,unit,copies,"
    "forwarded,acknowledged,note,due,urgency,secrecy,circulation,batch,batch_id,row,original,given,sender_id";

namespace {
template <typename Entry>
int bind_any_entry(Statement& statement, int index, const Entry& e) {
  return Binder(statement, index)
      .id(e.id).reference(e.fonds).reference(e.document).number(static_cast<int>(e.book) + 1).text(e.series)
      .number(e.year).number(e.number).text(e.suffix).own(e.own).text(e.type).date(e.date).date(e.arrival)
      .text(e.issuer).text(e.issuer_code).text(e.subject).text(e.signer).text(e.recipients).text(e.unit)
      .text(e.copies).date(e.forwarded).text(e.acknowledged).text(e.note).date(e.due).text(e.urgency)
      .text(e.secrecy).text(e.circulation).reference(e.batch).number(e.row).made(join(e.original))
      .number(e.given ? 1 : 0).text(e.document_id).index();
}
}  // namespace

int bind_entry(Statement& statement, int index, const records::RegisterEntry& e) { return bind_any_entry(statement, index, e); }
int bind_entry(Statement& statement, int index, const journal::EntryView& e) { return bind_any_entry(statement, index, e); }

records::RegisterEntry read_entry(const Statement& statement, int& column) {
  using records::Kind;
  Taker t(statement, column);
  records::RegisterEntry e;
  e.id = t.id(Kind::entry);
  e.fonds = t.id(Kind::fonds);
  e.document = t.optional_id(Kind::document);
  e.book = static_cast<records::Book>(t.integer() - 1);
  e.series = t.text();
  e.year = t.integer();
  e.number = t.integer();
  e.suffix = t.text();
  e.own = t.own();
  e.type = t.text();
  e.date = t.date();
  e.arrival = t.date();
  e.issuer = t.text();
  e.issuer_code = t.text();
  e.subject = t.text();
  e.signer = t.text();
  e.recipients = t.text();
  e.unit = t.text();
  e.copies = t.text();
  e.forwarded = t.date();
  e.acknowledged = t.text();
  e.note = t.text();
  e.due = t.date();
  e.urgency = t.text();
  e.secrecy = t.text();
  e.circulation = t.text();
  e.batch = t.optional_id(Kind::batch);
  e.row = t.integer();
  e.original = split(t.text());
  e.given = t.integer() != 0;
  e.document_id = t.text();
  return e;
}

const char* const kDocumentColumns =
    "handle,id,fonds,fonds_id,entry,entry_id,own_number,own_suffix,own_year,notation,own_written,notation_folded,type,"
    "date,issuer,issuer_code,subject,language,pages,access,confidence,value,carrier,keyword,info_sign,autograph,"
    "condition,signer,note,process,sheets,media,term,original";

int bind_document(Statement& statement, int index, const journal::DocumentView& d) {
  return Binder(statement, index)
      .id(d.id).reference(d.fonds).reference(d.entry).own(d.own).text(d.type).date(d.date).text(d.issuer)
      .text(d.issuer_code).text(d.subject).text(d.language).number(d.pages).text(d.access).text(d.confidence)
      .text(d.value).number(static_cast<int>(d.carrier)).text(d.keyword).text(d.info_sign).text(d.autograph)
      .text(d.condition).text(d.signer).text(d.note).text(d.process).text(d.sheets).text(d.media)
      .made(records::term_shorthand(d.term)).made(join(d.original)).index();
}

records::Document read_document(const Statement& statement, int& column) {
  using records::Kind;
  Taker t(statement, column);
  records::Document d;
  d.id = t.id(Kind::document);
  d.fonds = t.id(Kind::fonds);
  d.entry = t.optional_id(Kind::entry);
  d.own = t.own();
  d.type = t.text();
  d.date = t.date();
  d.issuer = t.text();
  d.issuer_code = t.text();
  d.subject = t.text();
  d.language = t.text();
  d.pages = t.integer();
  d.access = t.text();
  d.confidence = t.text();
  d.value = t.text();
  d.carrier = static_cast<records::Carrier>(t.integer());
  d.keyword = t.text();
  d.info_sign = t.text();
  d.autograph = t.text();
  d.condition = t.text();
  d.signer = t.text();
  d.note = t.text();
  d.process = t.text();
  d.sheets = t.text();
  d.media = t.text();
  d.term = records::parse_term(t.text()).value_or(records::Term{});
  d.original = split(t.text());
  return d;
}

const char* const kComponentColumns =
    "handle,id,document,document_id,role,ordinal,name,name_bytes,size,sha256,mime,modified,pages";

int bind_component(Statement& statement, int index, const records::Component& c) {
  return Binder(statement, index)
      .id(c.id).reference(c.document).number(static_cast<int>(c.role) + 1).number(c.ordinal).text(c.name)
      .text(c.name_bytes).number(static_cast<std::int64_t>(c.size)).text(c.sha256).text(c.mime)
      .number(c.modified_ms).number(c.pages).index();
}

records::Component read_component(const Statement& statement, int& column) {
  using records::Kind;
  Taker t(statement, column);
  records::Component c;
  c.id = t.id(Kind::component);
  c.document = t.id(Kind::document);
  c.role = static_cast<records::Role>(t.integer() - 1);
  c.ordinal = t.integer();
  c.name = t.text();
  c.name_bytes = t.text();
  c.size = static_cast<std::uint64_t>(t.number());
  c.sha256 = t.text();
  c.mime = t.text();
  c.modified_ms = t.number();
  c.pages = t.integer();
  return c;
}

const char* const kFileColumns =
    "handle,id,fonds,fonds_id,year,notation,notation_folded,title,class,rule,term,term_source,officer,start,\"end\","
    "access,language,keyword,info_sign,confidence,condition,note,paper_code,sheets,inventory,number,kept,unit,"
    "period,autograph,provisional,bundle,volume,rejected,settled,documents_told,pages_told,original,state,"
    "ended,closed_on,box,box_id";

int bind_file(Statement& statement, int index, const records::FileRecord& f) {
  return Binder(statement, index)
      .id(f.id).reference(f.fonds).number(f.year).text(f.notation).made(text::fold(f.notation)).text(f.title)
      .text(f.class_no).text(f.rule).made(records::term_shorthand(f.term)).text(f.term_source).text(f.officer)
      .date(f.start).date(f.end).text(f.access).text(f.language).text(f.keyword).text(f.info_sign)
      .text(f.confidence).text(f.condition).text(f.note).text(f.paper_code).number(f.sheets).text(f.inventory)
      .text(f.number).text(f.kept).text(f.unit).text(f.period).text(f.autograph).text(f.provisional).text(f.bundle)
      .text(f.volume).text(f.rejected).date(f.settled).number(f.documents_told).number(f.pages_told).made(join(f.original)).number(static_cast<int>(f.state) + 1).number(f.ended)
      .date(f.closed_on).reference(f.box).index();
}

records::FileRecord read_file(const Statement& statement, int& column) {
  using records::Kind;
  Taker t(statement, column);
  records::FileRecord f;
  f.id = t.id(Kind::file);
  f.fonds = t.id(Kind::fonds);
  f.year = t.integer();
  f.notation = t.text();
  t.text();
  f.title = t.text();
  f.class_no = t.text();
  f.rule = t.text();
  f.term = records::parse_term(t.text()).value_or(records::Term{});
  f.term_source = t.text();
  f.officer = t.text();
  f.start = t.date();
  f.end = t.date();
  f.access = t.text();
  f.language = t.text();
  f.keyword = t.text();
  f.info_sign = t.text();
  f.confidence = t.text();
  f.condition = t.text();
  f.note = t.text();
  f.paper_code = t.text();
  f.sheets = t.integer();
  f.inventory = t.text();
  f.number = t.text();
  f.kept = t.text();
  f.unit = t.text();
  f.period = t.text();
  f.autograph = t.text();
  f.provisional = t.text();
  f.bundle = t.text();
  f.volume = t.text();
  f.rejected = t.text();
  f.settled = t.date();
  f.documents_told = t.integer();
  f.pages_told = t.integer();
  f.original = split(t.text());
  f.state = static_cast<records::FileState>(t.integer() - 1);
  f.ended = t.integer();
  f.closed_on = t.date();
  f.box = t.optional_id(Kind::box);
  return f;
}

const char* const kUseColumns =
    "handle,id,fonds,fonds_id,entry,entry_id,document,document_id,file,file_id,by,purpose,copy,permit_by,basis,since,due";

int bind_use(Statement& statement, int index, const records::Use& u) {
  return Binder(statement, index)
      .id(u.id).reference(u.fonds).reference(u.entry).reference(u.document).reference(u.file).text(u.by)
      .text(u.purpose).made(records::use_copy_text(u.copy)).text(u.permit_by).text(u.basis).date(u.from).date(u.due)
      .index();
}

records::Use read_use(const Statement& statement, int& column) {
  using records::Kind;
  Taker t(statement, column);
  records::Use u;
  u.id = t.id(Kind::use);
  u.fonds = t.id(Kind::fonds);
  u.entry = t.optional_id(Kind::entry);
  u.document = t.optional_id(Kind::document);
  u.file = t.optional_id(Kind::file);
  u.by = t.text();
  u.purpose = t.text();
  u.copy = records::parse_use_copy(t.text()).value_or(records::UseCopy::reading);
  u.permit_by = t.text();
  u.basis = t.text();
  u.from = t.date();
  u.due = t.date();
  return u;
}

}  // namespace vtlt::catalogue
