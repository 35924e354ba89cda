// Registering one document, attaching contents.
#include "repository/registering.h"

#include <algorithm>
#include <unordered_map>

#include "base/encoding.h"
#include "base/error.h"
#include "base/threads.h"
#include "records/calendar.h"
#include "repository/filing.h"
#include "text/text.h"

namespace vtlt::repository {
namespace {

using records::Book;

// Lists say the same few bodies, types and notations again and again: what was worked out once is kept.
template <typename Value, typename Work>
const Value& remembered(std::unordered_map<std::string, Value>& known, const std::string& text, const Work& work) {
  const auto found = known.find(text);
  if (found != known.end()) return found->second;
  if (known.size() > 4096) known.clear();
  return known.emplace(text, work(text)).first->second;
}

const std::string& folded(const std::string& text) {
  thread_local std::unordered_map<std::string, std::string> known;
  return remembered(known, text, [](const std::string& one) { return text::fold(one); });
}

const records::DocumentType* type_named(const std::string& name) {
  thread_local std::unordered_map<std::string, const records::DocumentType*> known;
  return remembered(known, name, [](const std::string& one) { return records::find_document_type(one); });
}

const records::DocumentType* type_of(const records::RegisterEntry& entry) {
  if (const auto* type = type_named(entry.type)) return type;
  thread_local std::unordered_map<std::string, const records::DocumentType*> known;
  if (entry.own.notation.empty()) return nullptr;
  return remembered(known, entry.own.notation, [](const std::string& one) { return records::type_of_notation(one); });
}

// "QĐ-UBND" → "UBND"; công văn "UBND-VP" → "UBND".
std::string issuer_in(const std::string& notation, const scheme::Scheme& scheme) {
  std::string rest = notation;
  while (!rest.empty()) {
    const std::size_t end = rest.find_first_of("-/");
    const std::string part = rest.substr(0, end);
    for (const auto& issuer : scheme.issuers)
      if (folded(issuer.abbreviation) == folded(part)) return issuer.abbreviation;
    if (end == std::string::npos) break;
    rest.erase(0, end + 1);
  }
  return {};
}

const records::Issuer* find_issuer(const scheme::Scheme& scheme, const std::string& text) {
  const std::string wanted = folded(text);
  for (const auto& issuer : scheme.issuers)
    if (folded(issuer.abbreviation) == wanted || folded(issuer.name) == wanted) return &issuer;
  return nullptr;
}

bool contains_folded(const std::string& text, const std::string& part) {
  return !part.empty() && (" " + text::fold(text) + " ").find(text::fold(part)) != std::string::npos;
}

std::optional<catalogue::FileRow> open_file_of_class(Repository& repository, const records::Id& fonds, const std::string& class_no, int year) {
  std::optional<catalogue::FileRow> found;
  repository.catalogue().files(fonds, year, records::FileState::open, [&](const catalogue::FileRow& row) {
    if (!found && row.file.class_no == class_no) found = row;
  });
  return found;
}

}  // namespace

std::optional<scheme::Suggestion> scheme_suggestion(const scheme::Scheme& scheme, const records::RegisterEntry& entry) {
  for (const auto& one : scheme.suggest) {
    const auto any = [&](const std::vector<std::string>& values, const std::string& text) {
      return values.empty() ||
             std::any_of(values.begin(), values.end(), [&](const std::string& value) { return contains_folded(text, value); });
    };
    const auto* type = type_of(entry);
    const bool types = one.types.empty() || (type != nullptr && std::find(one.types.begin(), one.types.end(), type->abbreviation) != one.types.end());
    const bool issuer = one.issuer.empty() || issuer_in(entry.own.notation, scheme) == one.issuer;
    if (types && issuer && any(one.senders, entry.issuer) && any(one.words, entry.subject)) return one;
  }
  return std::nullopt;
}

std::string series_key(const records::RegisterEntry& entry) {
  return entry.series.empty() ? records::book_text(entry.book) : entry.series;
}

void prepare_entry(const scheme::Scheme& scheme, const records::Fonds& fonds, Moment time, records::RegisterEntry& entry,
                   bool stub) {
  entry.fonds = fonds.id;
  const int year_now = year_of(time);
  if (entry.book == Book::in) {
    // A list whose rows have a year and no date of arrival gets none made up (D10).
    if (entry.arrival.empty() && (entry.year == 0 || entry.row == 0))
      entry.arrival = text::from_iso(to_date(time)).value_or(text::Date{});
    if (!entry.arrival.empty()) entry.year = entry.arrival.year;
  } else if (entry.year == 0) {
    entry.year = !entry.date.empty() ? entry.date.year : year_now;
  }
  const std::string secrecy = records::secrecy_of(entry.secrecy);
  if (stub && !secrecy.empty()) {
    // Number, date and level, nothing that says what it is about (Law on state secrets; product.md trap 5).
    entry.secrecy = secrecy;
    entry.subject = entry.note = entry.recipients = entry.signer = entry.acknowledged = "";
    entry.original.clear();
  } else if (!secrecy.empty())
    throw Error(Exit::refused, "VTLT-P12", Message("repository.secret", {{"level", secrecy}}), Message("repository.secret.hint"));
  // A closed fonds still takes documents dated before it was closed (product.md trap 14).
  const records::Date& dated = entry.date.empty() ? entry.arrival : entry.date;
  must_allow(fonds,
             entry.book == Book::in ? records::FondsAct::incoming
             : dated.empty()        ? records::FondsAct::number
                                    : records::FondsAct::late,
             dated);
  if (entry.book != Book::in && entry.own.number != 0 && entry.number == 0) {
    entry.number = entry.own.number;
    entry.suffix = entry.own.suffix;
  }
  const auto* type = type_of(entry);
  if (type != nullptr && (entry.type.empty() || type_named(entry.type) != nullptr)) entry.type = type->name_vi;
  std::string issuer = issuer_in(entry.own.notation, scheme);
  if (entry.book != Book::in) {
    if (const auto* named = find_issuer(scheme, entry.issuer)) {
      if (issuer.empty()) issuer = named->abbreviation;
      entry.issuer = named->name;
    } else if (entry.issuer.empty()) {
      const auto* from_notation = issuer.empty() ? nullptr : find_issuer(scheme, issuer);
      entry.issuer = from_notation != nullptr && !from_notation->name.empty() ? from_notation->name : fonds.name;
    }
    if (entry.issuer_code.empty()) entry.issuer_code = fonds.organ;
  }
  if (entry.series.empty()) {
    const auto copy = entry.book == Book::copy ? records::copy_form_of_notation(entry.own.notation) : std::nullopt;
    const char* abbreviation = copy ? records::copy_abbreviation(*copy) : type != nullptr ? type->abbreviation : "";
    const auto* series = scheme.series_for(entry.book, abbreviation, issuer, entry.own.year != 0);
    if (series == nullptr) series = scheme.series_for(entry.book, "", "");
    if (series != nullptr) entry.series = series->id;
  }
}

void settle_number(Repository& repository, const scheme::Scheme& scheme, records::RegisterEntry& entry) {
  auto& catalogue = repository.catalogue();
  const bool needs = entry.book != Book::internal;
  refuse_closed_year(repository, entry);
  if (entry.number == 0 && !needs) return;
  if (entry.number == 0) {
    entry.given = true;
    if (!scheme.numbering_internal)
      throw Error(Exit::refused, "VTLT-TRAP-07",
                  Message(entry.book == Book::in ? "repository.number.external.in" : "repository.number.external.out",
                          {{"system", scheme.numbering_system}}));
    entry.number = static_cast<int>(catalogue.largest_number(entry.fonds, entry.series, entry.year)) + 1;
    entry.suffix.clear();
    if (entry.book != Book::in) {
      entry.own.number = entry.number;
      if (entry.own.notation.empty())
        throw Error(Exit::usage, "VTLT-P07", Message("repository.number.notation_missing"));
      for (const auto& series : scheme.series)
        if (series.id == entry.series && series.normative) entry.own.year = entry.year;
      entry.own.written.clear();
    }
  }
  if (catalogue.number_taken(entry.fonds, entry.series, entry.year, entry.number, entry.suffix,
                             entry.book == Book::in ? "" : entry.own.notation))
    throw Error(Exit::refused, "VTLT-P06",
                Message("repository.number.taken", {{"number", printed_series_number(entry)}, {"year", std::to_string(entry.year)}}),
                Message("repository.number.taken.hint", {{"ref", std::string(records::book_prefix(entry.book)) + "." + std::to_string(entry.year) + "." + printed_series_number(entry)}}));
}

std::string printed_series_number(const records::RegisterEntry& entry) {
  if (entry.book == Book::in || entry.own.empty()) return std::to_string(entry.number) + entry.suffix;
  return entry.own.text();
}

records::Document document_of(const records::RegisterEntry& entry, records::Document given) {
  given.fonds = entry.fonds;
  given.entry = entry.id;
  given.own = entry.own;
  given.type = entry.type;
  given.date = entry.date;
  given.issuer = entry.issuer;
  given.issuer_code = entry.issuer_code;
  given.subject = entry.subject;
  if (given.signer.empty()) given.signer = entry.signer;
  return given;
}

records::Component component_of(const std::string& bytes, const Received& received, const records::Id& document,
                                records::Role role, int ordinal) {
  records::Component component;
  component.id = records::new_id(records::Kind::component);
  component.document = document;
  component.role = role;
  component.ordinal = ordinal;
  if (is_utf8(bytes)) {
    component.name = text::nfc(bytes);
    if (component.name != bytes) component.name_bytes = bytes;
  } else {
    component.name = text::printable(bytes);
    component.name_bytes = bytes;
  }
  component.size = received.staged.size;
  component.sha256 = received.staged.digest.hex();
  component.modified_ms = received.staged.modified_ms;
  component.mime = received.content.mime;
  component.pages = received.content.pages;
  return component;
}

void tell_medium(records::Document& document, const std::vector<records::Component>& components) {
  if (!document.media.empty()) return;
  for (const auto& component : components) {
    if (component.role != records::Role::main) continue;
    if (component.mime.starts_with("audio/")) document.media = "audio";
    if (component.mime.starts_with("video/")) document.media = "video";
    return;
  }
}

void find_duplicates(Repository& repository, const records::RegisterEntry& entry, std::vector<Finding>& findings) {
  if (entry.own.number == 0 || entry.own.notation.empty()) return;
  for (const auto& row : repository.catalogue().entries_by_own(entry.fonds, std::nullopt, 0, entry.own)) {
    const auto& other = row.entry;
    if (row.voided || other.id == entry.id || text::fold(other.issuer) != text::fold(entry.issuer)) continue;
    // The triple comes again every year: only the same year is suspicious (P04).
    if (!other.date.empty() && !entry.date.empty() && other.date.year != entry.date.year) continue;
    findings.push_back(warning("VTLT-P04",
                               Message("repository.duplicate", {{"number", entry.own.text()}, {"issuer", entry.issuer},
                                                                {"other", name_of(repository, {Target::Kind::entry, other.id})},
                                                                {"date", text::to_dmy(other.date)}}),
                               "NĐ 30/2020 PL VI", name_of(repository, {Target::Kind::entry, other.id})));
  }
}

// P05: where vtlt gives the numbers, a document is numbered on the next working day after signing at the latest.
void find_late(Repository& repository, const scheme::Scheme& scheme, const records::RegisterEntry& entry, std::vector<Finding>& findings) {
  const auto today = text::from_iso(to_date(now()));
  if (entry.book != Book::out || !scheme.numbering_internal || !entry.date.whole() || !today) return;
  const journal::HolidaysSet set = repository.catalogue().holidays(entry.fonds);
  const records::Holidays more{{set.off.begin(), set.off.end()}, {set.work.begin(), set.work.end()}};
  const text::Date last = records::after_working_days(entry.date, std::max(1, scheme.late_days), more);
  if (*today <= last) return;
  findings.push_back(warning("VTLT-P05", Message("repository.late", {{"date", text::to_dmy(entry.date)}, {"last", text::to_dmy(last)}}),
                             "NĐ 30/2020 Đ15.2"));
}

records::Carrier carrier_of(const std::vector<ContentRequest>& contents) {
  if (contents.empty()) return records::Carrier::unknown;
  const bool scan = std::any_of(contents.begin(), contents.end(), [](const auto& one) { return one.role == records::Role::scan; });
  return scan ? records::Carrier::paper : records::Carrier::electronic;
}

RegisterResult register_document(Repository& repository, const RegisterRequest& request) {
  return register_with(repository, request, {});
}

RegisterResult register_with(Repository& repository, const RegisterRequest& request, const RegisterHooks& hooks) {
  const auto fonds = repository.fonds(request.fonds);
  const auto& scheme = repository.scheme(fonds.fonds.id);
  RegisterResult result;
  result.entry = request.entry;
  result.entry.id = records::new_id(records::Kind::entry);
  result.document = request.document;
  result.document.id = records::new_id(records::Kind::document);
  result.entry.document = result.document.id;
  const bool stub = repository.catalogue().config("secrets.policy") == "stub";
  prepare_entry(scheme, fonds.fonds, now(), result.entry, stub);
  if (!records::secrecy_of(result.entry.secrecy).empty() && !request.contents.empty())
    throw Error(Exit::refused, "VTLT-P12", Message("repository.secret", {{"level", result.entry.secrecy}}),
                Message("repository.secret.hint"));

  std::optional<Staging> staging;
  if ((!request.contents.empty() || hooks.stage) && !request.dry_run) {
    staging.emplace(repository);
    std::vector<Path> sources;
    for (const auto& content : request.contents) sources.push_back(content.path);
    const auto received = staging->add(sources);
    std::vector<Prepared> prepared;
    for (std::size_t i = 0; i < received.size(); ++i)
      prepared.push_back({received[i], sources[i].filename().string(), request.contents[i].role});
    if (hooks.stage)
      for (auto& one : hooks.stage(*staging)) prepared.push_back(std::move(one));
    for (const auto& one : prepared) {
      result.components.push_back(component_of(one.name, one.received, result.document.id, one.role,
                                               static_cast<int>(result.components.size()) + 1));
      if (one.role == records::Role::main || one.role == records::Role::scan)
        result.pages += result.components.back().pages;
      result.signature = result.signature || one.received.content.signature;
    }
    staging->sync();
  }
  if (result.document.pages == 0) result.document.pages = result.pages;
  tell_medium(result.document, result.components);

  bool fills_reserved = false;
  const auto decide = [&] {
    if (hooks.judge) hooks.judge();
    for (const auto& id : request.answers) {
      const auto answered = repository.catalogue().entry(id);
      VTLT_ASSERT(answered.has_value());
      result.answered.push_back(*answered);
    }
    result.entry.answers = request.answers;
    settle_number(repository, scheme, result.entry);
    // A number that was kept free becomes this line.
    const auto kept_free = repository.catalogue().reserved(result.entry.fonds, result.entry.series, result.entry.year, result.entry.number);
    fills_reserved = kept_free.has_value();
    if (kept_free) {
      result.entry.id = kept_free->entry.id;
      result.entry.given = true;
    }
    result.kept_set = result.entry.book == Book::out ? kept_set_title(scheme, result.entry.series, result.entry.year) : std::string();
    result.document = document_of(result.entry, result.document);
    find_duplicates(repository, result.entry, result.findings);
    result.awaited = awaited_by(repository, result.entry);
    for (const auto& component : result.components)
      for (const auto& held : repository.catalogue().components_by_content(component.sha256)) {
        const std::string name = name_of(repository, {Target::Kind::document, held.document});
        result.findings.push_back(warning("VTLT-P04-CONTENT",
                                          Message("repository.duplicate.content", {{"name", component.name}, {"other", name}}),
                                          "NĐ 30/2020 PL VI", name));
        break;
      }
    find_late(repository, scheme, result.entry, result.findings);
    for (auto& finding : records::check_entry(result.entry)) result.findings.push_back(std::move(finding));
    if (request.into) {
      result.into = repository.catalogue().file(*request.into);
      VTLT_ASSERT(result.into.has_value());
      must_take_documents(repository, *result.into);
      result.ordinal = repository.catalogue().last_ordinal(*request.into) + 1;
    }
  };
  if (request.dry_run) {
    decide();
  } else {
    Change change(repository);
    decide();
    bool last_is_later = false;
    if (const auto row = repository.catalogue().event(repository.stream(), repository.head().events)) {
      Moment last;
      last_is_later = from_text(row->time, last) && last.milliseconds > change.time().milliseconds + 86'400'000;
    }
    if (last_is_later) result.findings.push_back(warning("VTLT-CLOCK-01", Message("repository.clock"), ""));
    if (fills_reserved)
      change.add(journal::type::register_amended, journal::encode_amended(result.entry, "reserved"));
    else
      change.add(journal::type::register_entry, journal::encode(result.entry));
    for (const auto& [relation, to] : request.links) {
      const auto row = repository.catalogue().entry(to);
      VTLT_ASSERT(row.has_value());
      refuse_frozen(repository, *row);
      change.add(journal::type::register_linked,
                 journal::encode_fields({{"entry", result.entry.id.text()}, {"relation", relation}, {"to", to.text()}}));
    }
    change.add(journal::type::document_described, journal::encode(result.document));
    for (const auto& component : result.components) change.add(journal::type::content_attached, journal::encode(component));
    if (result.into) put_into(change, result.into->file, result.document, result.ordinal);
    if (hooks.more) hooks.more(change, result);
    // Last, because a recall freezes the line.
    for (const auto& one : result.awaited)
      change.add(journal::type::register_linked,
                 journal::encode_fields({{"entry", one.entry.value_or(result.entry.id).text()}, {"relation", one.relation},
                                         {"to", result.entry.id.text()}, {"reason", one.reason},
                                         {"document_id", one.document_id}, {"message", one.message}}));
    change.commit(staging ? &*staging : nullptr);
  }
  if (!request.into) {
    result.suggestion = scheme_suggestion(scheme, result.entry);
    if (result.suggestion)
      result.suggested_file = open_file_of_class(repository, fonds.fonds.id, result.suggestion->class_no, result.entry.year);
  }
  return result;
}

RegisterResult register_copy(Repository& repository, const CopyRequest& request) {
  const auto source = repository.catalogue().entry(request.source);
  VTLT_ASSERT(source.has_value());
  refuse_frozen(repository, *source);
  const std::string name = name_of(repository, {Target::Kind::entry, request.source});
  if (source->voided || source->reserved)
    throw Error(Exit::refused, "VTLT-P11", Message("repository.copy.no_document", {{"source", name}}));
  const auto held = source->entry.document ? repository.catalogue().document(*source->entry.document) : std::nullopt;
  auto source_form = source->entry.book == Book::copy ? records::copy_form_of_notation(source->entry.own.notation) : std::nullopt;
  // What came in as a copy is one too, when somebody said so.
  if (!source_form && held) source_form = records::parse_copy_form(held->document.value);
  RegisterRequest made = request.document;
  auto& entry = made.entry;
  entry.book = Book::copy;
  entry.type = records::copy_name(request.form);
  if (entry.subject.empty()) entry.subject = source->entry.subject;
  if (entry.own.notation.empty()) {
    const auto& scheme = repository.scheme(repository.fonds(made.fonds).fonds.id);
    const auto* issuer = find_issuer(scheme, entry.issuer);
    if (issuer == nullptr && scheme.issuers.size() == 1) issuer = &scheme.issuers.front();
    if (issuer == nullptr)
      throw Error(Exit::usage, "VTLT-P07", Message("repository.copy.issuer", {{"form", std::string(records::copy_abbreviation(request.form))}}));
    entry.own.notation = std::string(records::copy_abbreviation(request.form)) + "-" + issuer->abbreviation;
  } else if (records::copy_form_of_notation(entry.own.notation) != request.form) {
    throw Error(Exit::refused, "VTLT-P11",
                Message("repository.copy.notation", {{"notation", entry.own.notation},
                                                     {"form", std::string(records::copy_abbreviation(request.form))}}));
  }
  if (made.document.value.empty()) made.document.value = records::copy_name(request.form);
  if (made.document.pages == 0 && held && request.form != records::CopyForm::extract) made.document.pages = held->document.pages;
  auto findings = records::check_copy(request.form, source_form, held ? held->document.carrier : records::Carrier::unknown,
                                      made.document.carrier);
  if (!findings.empty())
    throw Error(Exit::refused, "VTLT-P11", Message("repository.copy.refused", {{"source", name}})).because(std::move(findings));
  made.links.emplace_back("copies", request.source);
  return register_document(repository, made);
}

std::vector<records::Component> attach(Repository& repository, const AttachRequest& request) {
  std::vector<records::Component> components;
  if (request.dry_run) return components;
  Staging staging(repository);
  std::vector<Path> sources;
  for (const auto& content : request.contents) sources.push_back(content.path);
  const auto received = staging.add(sources);
  for (std::size_t i = 0; i < received.size(); ++i)
    components.push_back(component_of(sources[i].filename().string(), received[i], request.document, request.contents[i].role, 0));
  staging.sync();
  Change change(repository);
  const auto document = repository.catalogue().document(request.document);
  if (!document)
    throw Error(Exit::refused, "VTLT-REF-04", Message("repository.document.gone", {{"id", request.document.brief()}}));
  if (document->document.entry)
    if (const auto row = repository.catalogue().entry(*document->document.entry)) refuse_frozen(repository, *row);
  int ordinal = 0, pages = 0;
  bool has_main = false;
  for (const auto& held : repository.catalogue().components(request.document)) {
    ordinal = std::max(ordinal, held.ordinal);
    has_main = has_main || held.role == records::Role::main;
  }
  for (auto& component : components) {
    component.ordinal = ++ordinal;
    if (component.role == records::Role::main || component.role == records::Role::scan) pages = std::max(pages, component.pages);
    change.add(journal::type::content_attached, journal::encode(component));
  }
  records::Document described = document->document;
  if (described.pages == 0) described.pages = pages;
  if (described.carrier == records::Carrier::unknown) described.carrier = carrier_of(request.contents);
  if (!has_main) tell_medium(described, components);
  if (described.pages != document->document.pages || described.carrier != document->document.carrier ||
      described.media != document->document.media) {
    change.add(journal::type::document_described, journal::encode(described));
  }
  change.commit(&staging);
  return components;
}

}  // namespace vtlt::repository
