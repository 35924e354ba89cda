// The compiled form: JSON arrays by position, because it is read at every start and must not cost more than a
// millisecond for 1,000 rules. It is a cache, not a format: `version` changes with the order of the fields.
#include <simdjson.h>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "scheme/scheme.h"

namespace vtlt::scheme {

namespace {

constexpr std::int64_t version = 2;
using nlohmann::json;

json date(const text::Date& d) {
  return json::array({d.year, d.month, d.day});
}

json issuers(const std::vector<records::Issuer>& all) {
  json out = json::array();
  for (const auto& one : all) {
    out.push_back(one.abbreviation);
    out.push_back(one.name);
  }
  return out;
}

json row(const Series& s) {
  return json::array(
      {s.id, static_cast<int>(s.book), s.issuer, s.types, s.other, s.normative, s.advisory, s.kept, s.line});
}

json row(const Rule& r) {
  return json::array({r.id, r.title, r.case_, r.english, static_cast<int>(r.term.kind), r.term.years,
                      r.term.at_least, r.term.event, r.basis, r.status, r.group, r.checked_by, r.checked_on,
                      r.checked_against, r.table, r.submit, r.line});
}

json row(const PlannedFile& f) {
  return json::array({f.rule, f.title, f.deadline, f.per, f.officer, f.note, f.notation, f.line});
}

template <class Item>
json rows(const std::vector<Item>& items);

json row(const Class& c) {
  return json::array({c.no, c.abbreviation, c.title, c.by, c.access, rows(c.files), rows(c.sub), c.line});
}

json row(const Suggestion& s) {
  return json::array({s.class_no, s.senders, s.words, s.types, s.issuer, s.line});
}

json row(const OrganChange& o) {
  return json::array({o.old_code, o.new_code, date(o.from), o.name, o.basis, o.line});
}

json row(const AccessLevel& a) {
  return json::array({a.key, a.mode, a.label, a.permit, a.policy, a.personal_data});
}

template <class Item>
json rows(const std::vector<Item>& items) {
  json out = json::array();
  for (const Item& item : items)
    out.push_back(row(item));
  return out;
}

// The fields of one array, in order; simdjson checks each type.
class Fields {
 public:
  explicit Fields(simdjson::dom::element element) : array_(element.get_array()), next_(array_.begin()) {}

  Fields& operator>>(std::string& out) {
    const std::string_view text = take().get_string();
    out.assign(text);
    return *this;
  }
  Fields& operator>>(bool& out) {
    out = take().get_bool();
    return *this;
  }
  Fields& operator>>(int& out) {
    std::int64_t value = take().get_int64();
    if (value < INT32_MIN || value > INT32_MAX) throw simdjson::simdjson_error(simdjson::NUMBER_OUT_OF_RANGE);
    out = static_cast<int>(value);
    return *this;
  }
  Fields& operator>>(long& out) {
    out = static_cast<long>(static_cast<std::int64_t>(take().get_int64()));
    return *this;
  }
  Fields& operator>>(text::Date& out) {
    Fields(take()) >> out.year >> out.month >> out.day;
    return *this;
  }
  Fields& operator>>(std::vector<records::Issuer>& out) {
    Fields names(take());
    while (names.more())
      names >> out.emplace_back().abbreviation >> out.back().name;
    return *this;
  }
  template <class Item>
  Fields& operator>>(std::vector<Item>& out) {
    Fields items(take());
    out.reserve(items.array_.size());
    while (items.more())
      items >> out.emplace_back();
    return *this;
  }
  template <class Enum>
  Fields& choice(Enum& out, Enum last) {
    int value = 0;
    *this >> value;
    if (value < 0 || value > static_cast<int>(last))
      throw simdjson::simdjson_error(simdjson::NUMBER_OUT_OF_RANGE);
    out = static_cast<Enum>(value);
    return *this;
  }
  Fields& operator>>(Series& s) {
    Fields f(take());
    (f >> s.id).choice(s.book, records::Book::copy) >> s.issuer >> s.types >> s.other >> s.normative >>
        s.advisory >> s.kept >> s.line;
    return *this;
  }
  Fields& operator>>(Rule& r) {
    Fields f(take());
    (f >> r.id >> r.title >> r.case_ >> r.english).choice(r.term.kind, records::TermKind::not_kept) >>
        r.term.years >> r.term.at_least >> r.term.event >> r.basis >> r.status >> r.group >> r.checked_by >>
        r.checked_on >> r.checked_against >> r.table >> r.submit >> r.line;
    return *this;
  }
  Fields& operator>>(PlannedFile& p) {
    Fields(take()) >> p.rule >> p.title >> p.deadline >> p.per >> p.officer >> p.note >> p.notation >> p.line;
    return *this;
  }
  Fields& operator>>(Class& c) {
    Fields(take()) >> c.no >> c.abbreviation >> c.title >> c.by >> c.access >> c.files >> c.sub >> c.line;
    return *this;
  }
  Fields& operator>>(Suggestion& s) {
    Fields(take()) >> s.class_no >> s.senders >> s.words >> s.types >> s.issuer >> s.line;
    return *this;
  }
  Fields& operator>>(OrganChange& o) {
    Fields(take()) >> o.old_code >> o.new_code >> o.from >> o.name >> o.basis >> o.line;
    return *this;
  }
  Fields& operator>>(AccessLevel& a) {
    Fields(take()) >> a.key >> a.mode >> a.label >> a.permit >> a.policy >> a.personal_data;
    return *this;
  }

 private:
  bool more() const { return next_ != array_.end(); }
  simdjson::dom::element take() {
    if (!more()) throw simdjson::simdjson_error(simdjson::INDEX_OUT_OF_BOUNDS);
    auto element = *next_;
    ++next_;
    return element;
  }

  simdjson::dom::array array_;
  simdjson::dom::array::iterator next_;
};

}  // namespace

std::string to_compiled(const Scheme& s) {
  json out = json::array({version,
                          s.id,
                          s.adopted_number,
                          date(s.adopted_date),
                          s.uses,
                          s.fonds_code,
                          s.fonds_name,
                          s.organ,
                          s.archive,
                          s.regime,
                          s.source_of_submission,
                          s.due_rule,
                          s.late_days,
                          s.holidays,
                          issuers(s.issuers),
                          issuers(s.units),
                          s.numbering_internal,
                          s.numbering_system,
                          rows(s.series),
                          s.file_numbering,
                          s.arrangement,
                          s.sheet_numbers_from,
                          rows(s.classes),
                          rows(s.rules),
                          rows(s.suggest),
                          s.default_access,
                          rows(s.access),
                          rows(s.organs)});
  return out.dump();
}

Scheme from_compiled(std::string_view compiled) {
  Scheme s;
  s.access.clear();
  try {
    simdjson::dom::parser parser;
    simdjson::dom::element root = parser.parse(compiled.data(), compiled.size());
    Fields f(root);
    long written = 0;
    f >> written;
    if (written != version) throw simdjson::simdjson_error(simdjson::INCORRECT_TYPE);
    f >> s.id >> s.adopted_number >> s.adopted_date >> s.uses >> s.fonds_code >> s.fonds_name >> s.organ >>
        s.archive >> s.regime >> s.source_of_submission >> s.due_rule >> s.late_days >> s.holidays >>
        s.issuers >> s.units >> s.numbering_internal >> s.numbering_system >> s.series >> s.file_numbering >>
        s.arrangement >> s.sheet_numbers_from >> s.classes >> s.rules >> s.suggest >> s.default_access >>
        s.access >> s.organs;
  } catch (const simdjson::simdjson_error&) {
    throw Error(Exit::no_verdict, "VTLT-SCHEME-19", Message("scheme.compiled"),
                Message("scheme.hint.compiled"));
  }
  return s;
}

}  // namespace vtlt::scheme
