// Bodies: what is encoded is decoded, and no body does harm.
#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>
#include <random>

#include "base/encoding.h"
#include "base/error.h"
#include "journal/bodies.h"
#include "trust/digest.h"

using namespace vtlt;
using namespace vtlt::journal;

namespace {

class Chance {
 public:
  explicit Chance(unsigned seed) : random_(seed) {}
  unsigned below(unsigned n) { return static_cast<unsigned>(random_() % n); }
  bool coin() { return below(2) == 1; }
  std::string text() {
    static const std::vector<std::string> pieces = {"a", "Ủy ban", "đ", "\"",   "\\",       "\n", "\x01", "/",
                                                    "😀", " ",      "{", "null", "\xC2\x85", "7",  "ế",
                                                    "\b", "\f",    "\r", "\t",   "\x1f",    "\x7f"};
    std::string all;
    for (unsigned n = coin() ? 0 : below(6); n > 0; --n)
      all += pieces[below(static_cast<unsigned>(pieces.size()))];
    return all;
  }
  int number() { return coin() ? 0 : static_cast<int>(below(2'000'000'000)); }
  records::Id id(records::Kind kind) {
    records::Id one;
    one.kind = kind;
    for (auto& byte : one.bits)
      byte = static_cast<unsigned char>(below(256));
    return one;
  }
  text::Date date() {
    switch (below(4)) {
      case 0:
        return {};
      case 1:
        return {static_cast<int>(1945 + below(100)), 0, 0};
      case 2:
        return {static_cast<int>(1945 + below(100)), static_cast<int>(1 + below(12)), 0};
      default:
        return {static_cast<int>(1945 + below(100)), static_cast<int>(1 + below(12)),
                static_cast<int>(1 + below(28))};
    }
  }
  records::Term term() {
    static const std::vector<const char*> all = {"", "VV", "20", "20+", "HL", "HĐ+5", "KL"};
    return records::parse_term(all[below(static_cast<unsigned>(all.size()))]).value_or(records::Term{});
  }
  std::map<std::string, std::string> map() {
    std::map<std::string, std::string> all;
    for (unsigned n = below(4); n > 0; --n)
      all[text() + std::to_string(n)] = text();
    return all;
  }
  records::DocumentNumber own() { return {number(), text(), number(), text(), text()}; }
  std::string digest() { return sha256(text()).hex(); }

 private:
  std::mt19937 random_;
};

records::RegisterEntry an_entry(Chance& c) {
  records::RegisterEntry e;
  e.id = c.id(records::Kind::entry);
  e.fonds = c.id(records::Kind::fonds);
  if (c.coin()) e.document = c.id(records::Kind::document);
  e.book = static_cast<records::Book>(c.below(4));
  e.series = c.text();
  e.year = c.number();
  e.number = c.number();
  e.suffix = c.text();
  e.own = c.own();
  e.type = c.text();
  e.date = c.date();
  e.arrival = c.date();
  for (auto* text : {&e.issuer, &e.issuer_code, &e.subject, &e.signer, &e.recipients, &e.unit, &e.copies,
                     &e.acknowledged, &e.note, &e.urgency, &e.secrecy, &e.circulation})
    *text = c.text();
  e.forwarded = c.date();
  e.due = c.date();
  for (unsigned n = c.below(3); n > 0; --n)
    e.answers.push_back(c.id(records::Kind::entry));
  if (c.coin()) e.batch = c.id(records::Kind::batch);
  e.row = c.number();
  e.original = c.map();
  e.document_id = c.text();
  return e;
}
records::Document a_document(Chance& c) {
  records::Document d;
  d.id = c.id(records::Kind::document);
  d.fonds = c.id(records::Kind::fonds);
  if (c.coin()) d.entry = c.id(records::Kind::entry);
  d.own = c.own();
  d.date = c.date();
  for (auto* text : {&d.type, &d.issuer, &d.issuer_code, &d.subject, &d.language, &d.access, &d.confidence,
                     &d.value, &d.keyword, &d.info_sign, &d.autograph, &d.condition, &d.signer, &d.note,
                     &d.process, &d.sheets, &d.media})
    *text = c.text();
  d.pages = c.number();
  d.carrier = static_cast<records::Carrier>(c.below(4));
  d.term = c.term();
  d.original = c.map();
  return d;
}
records::Component a_component(Chance& c) {
  records::Component k;
  k.id = c.id(records::Kind::component);
  k.document = c.id(records::Kind::document);
  k.role = static_cast<records::Role>(c.below(6));
  k.ordinal = 1 + c.number();
  k.name = c.text();
  k.name_bytes = c.coin() ? std::string("C\xAB\xFF\0ng", 6) : "";
  k.size = c.coin() ? 0 : (1ULL << 53) - 1;
  k.sha256 = c.digest();
  k.mime = c.text();
  k.modified_ms = c.coin() ? -5 : 1'700'000'000'000;
  k.pages = c.number();
  return k;
}
records::FileRecord a_file(Chance& c) {
  records::FileRecord f;
  f.id = c.id(records::Kind::file);
  f.fonds = c.id(records::Kind::fonds);
  f.year = c.number();
  for (auto* text : {&f.notation, &f.title, &f.class_no, &f.rule, &f.term_source, &f.officer, &f.access,
                     &f.language, &f.keyword, &f.info_sign, &f.confidence, &f.condition, &f.note,
                     &f.paper_code, &f.inventory, &f.number, &f.kept, &f.unit, &f.period, &f.autograph,
                     &f.provisional, &f.bundle, &f.volume, &f.rejected})
    *text = c.text();
  f.term = c.term();
  f.start = c.date();
  f.end = c.date();
  f.sheets = c.number();
  f.settled = c.date();
  f.documents_told = c.number();
  f.pages_told = c.number();
  f.original = c.map();
  return f;
}

// The rules of the format that any reader may rely on.
void well_formed(const std::string& body) {
  INFO(body);
  CHECK(is_utf8(body));
  CHECK(body.front() == '{');
  CHECK(body.back() == '}');
  CHECK(body.size() >= 4);
  for (const char c : body)
    CHECK(static_cast<unsigned char>(c) >= 0x20);
  const auto json = nlohmann::json::parse(body);
  CHECK(json.is_object());
  CHECK(nlohmann::ordered_json::parse(body).dump() ==
        body);  // no white space, no escapes but the needed ones
}

// Encoded, decoded, encoded: the same bytes; the fields cannot be compared one by one without saying them
// again.
template <typename Value, typename Decode>
void comes_back(const Value& value, const Decode& decode) {
  const std::string body = encode(value);
  well_formed(body);
  CHECK(encode(decode(body)) == body);
}

}  // namespace

TEST_CASE("records come back from their bodies") {
  Decoder decoder;
  for (unsigned seed = 0; seed < 150; ++seed) {
    Chance c(seed);
    const auto entry = an_entry(c);
    comes_back(entry, [&](const std::string& body) { return decoder.entry(body); });
    const auto read = decoder.entry(encode(entry));
    CHECK(read.id == entry.id);
    CHECK(read.document == entry.document);
    CHECK(read.subject == entry.subject);
    CHECK(read.answers == entry.answers);
    CHECK(read.original == entry.original);
    CHECK(read.date == entry.date);
    CHECK(read.book == entry.book);
    CHECK(read.number == entry.number);
    comes_back(a_document(c), [&](const std::string& body) { return decoder.document(body); });
    const auto component = a_component(c);
    comes_back(component, [&](const std::string& body) { return decoder.component(body); });
    CHECK(decoder.component(encode(component)).name_bytes == component.name_bytes);
    CHECK(decoder.component(encode(component)).size == component.size);
    comes_back(a_file(c), [&](const std::string& body) { return decoder.file(body); });

    records::Fonds fonds;
    fonds.id = c.id(records::Kind::fonds);
    fonds.code = c.text();
    fonds.name = c.text();
    fonds.closed = c.date();
    fonds.history = c.text();
    fonds.successor = c.text();
    comes_back(fonds, [&](const std::string& body) { return decoder.fonds(body); });
    comes_back(records::FondsName{fonds.id, c.text(), c.text(), c.date(), c.text()},
               [&](const std::string& body) { return decoder.fonds_name(body); });
    FileReordered order;
    order.file = c.id(records::Kind::file);
    order.from = c.number() + 1;
    for (unsigned i = 0; i < c.below(5); ++i)
      order.documents.push_back(c.id(records::Kind::document));
    comes_back(order, [&](const std::string& body) { return decoder.reordered(body); });
    comes_back(HolidaysSet{fonds.id, c.text(), c.text(), {{2026, 2, 16}}, {{2026, 8, 22}, {2026, 8, 29}}},
               [&](const std::string& body) { return decoder.holidays(body); });
    records::Submission submission;
    submission.id = c.id(records::Kind::submission);
    submission.fonds = fonds.id;
    submission.year = c.number();
    submission.date = c.date();
    for (auto* text : {&submission.name, &submission.giver, &submission.giver_post, &submission.giver_unit,
                       &submission.receiver, &submission.receiver_post, &submission.basis, &submission.block,
                       &submission.condition, &submission.leaving, &submission.note})
      *text = c.text();
    comes_back(submission, [&](const std::string& body) { return decoder.submission(body); });
    records::Box box;
    box.id = c.id(records::Kind::box);
    box.fonds = c.id(records::Kind::fonds);
    box.number = c.text();
    box.shelf_metres = c.below(10'000) / 100.0;
    box.unarranged = c.coin();
    comes_back(box, [&](const std::string& body) { return decoder.box(body); });
    comes_back(SchemeAdopted{c.id(records::Kind::fonds), c.digest(), c.text(), c.text(), c.date()},
               [&](const std::string& body) { return decoder.scheme_adopted(body); });
    comes_back(Batch{c.id(records::Kind::batch), c.text(), c.text(), c.text(), c.digest(), c.number()},
               [&](const std::string& body) { return decoder.batch(body); });
    RegisterStatus status;
    status.entry = c.id(records::Kind::entry);
    status.own = c.coin();
    for (auto* text : {&status.code, &status.description, &status.time, &status.organ, &status.organ_name,
                       &status.department, &status.staff, &status.mobile, &status.email, &status.message})
      *text = c.text();
    comes_back(status, [&](const std::string& body) { return decoder.status(body); });
    CHECK(decoder.status(encode(status)) == status);
    RegisterSent sent;
    sent.entry = c.id(records::Kind::entry);
    for (auto* text : {&sent.business, &sent.document_id, &sent.time, &sent.reason, &sent.message})
      *text = c.text();
    for (unsigned n = c.below(3); n > 0; --n)
      sent.to.emplace_back(c.text(), c.text());
    CHECK(decoder.sent(encode(sent)) == sent);
    RegisterPending pending;
    pending.fonds = c.id(records::Kind::fonds);
    if (c.coin()) pending.entry = c.id(records::Kind::entry);
    for (auto* text : {&pending.relation, &pending.document_id, &pending.organ, &pending.organ_name,
                       &pending.reason, &pending.message, &pending.bytes})
      *text = c.text();
    CHECK(decoder.pending(encode(pending)) == pending);
    records::Use use;
    use.id = c.id(records::Kind::use);
    use.fonds = c.id(records::Kind::fonds);
    if (c.coin()) use.entry = c.id(records::Kind::entry);
    if (c.coin()) use.document = c.id(records::Kind::document);
    if (c.coin()) use.file = c.id(records::Kind::file);
    use.by = c.text();
    use.purpose = c.text();
    use.copy = c.coin() ? records::UseCopy::photo : records::UseCopy::reading;
    use.permit_by = c.text();
    use.basis = c.text();
    use.from = c.date();
    use.due = c.date();
    comes_back(use, [&](const std::string& body) { return decoder.use(body); });
    PackagePlanned plan;
    plan.id = c.id(records::Kind::package);
    plan.name = c.text();
    plan.seed = c.digest();
    plan.file = c.id(records::Kind::file);
    plan.newest_seq = c.below(1000);
    comes_back(plan, [&](const std::string& body) { return decoder.package(body); });
    DestructionBegun begun;
    begun.dossier = c.id(records::Kind::dossier);
    begun.name = c.text();
    for (unsigned n = c.below(4); n > 0; --n)
      begun.documents.push_back(c.id(records::Kind::document));
    for (unsigned n = c.below(4); n > 0; --n)
      begun.bodies.emplace_back(c.digest(), c.below(1000) + 1);
    for (unsigned n = c.below(4); n > 0; --n)
      begun.objects.push_back(c.digest());
    comes_back(begun, [&](const std::string& body) { return decoder.destruction(body); });
    comes_back(StreamAdopted{c.digest(), c.digest(), c.below(1000) + 1},
               [&](const std::string& body) { return decoder.adopted(body); });
    RestoreAccepted restore{c.text(), c.digest(), c.below(1000), {}};
    for (unsigned n = c.below(4); n > 0; --n)
      restore.last_numbers[c.text() + "/" + std::to_string(n)] = c.number();
    comes_back(restore, [&](const std::string& body) { return decoder.restore(body); });
    comes_back(JournalCut{c.below(1000), c.below(1000), c.below(1000), c.digest()},
               [&](const std::string& body) { return decoder.cut(body); });
    Genesis genesis;
    genesis.nonce = c.digest().substr(0, 32);
    genesis.software = c.text();
    for (unsigned n = c.below(3); n > 0; --n)
      genesis.features.compatible.push_back(c.text());
    comes_back(genesis, [&](const std::string& body) { return decoder.genesis(body); });
  }
}

TEST_CASE("absent keys mean nothing recorded, unknown ones are ignored") {
  Decoder decoder;
  Chance c(1);
  const std::string id = c.id(records::Kind::entry).text(), fonds = c.id(records::Kind::fonds).text();
  const auto entry = decoder.entry("{\"id\":\"" + id + "\",\"fonds\":\"" + fonds +
                                   "\",\"new\":{\"deep\":[1,{}]},\"number\":7}");
  CHECK(entry.number == 7);
  CHECK(entry.subject.empty());
  CHECK_FALSE(entry.document);
  const auto fields = decoder.fields(R"({"a":"x","b":3,"c":[1],"d":-2})");
  CHECK(fields == std::map<std::string, std::string>{{"a", "x"}, {"b", "3"}, {"d", "-2"}});
  CHECK(encode_fields({{"a", "x"}, {"b", ""}}, {{"n", 3}, {"z", 0}}) == R"({"a":"x","n":3})");
}

TEST_CASE("a body that breaks the format is refused, whatever it is") {
  Decoder decoder;
  Chance c(2);
  const std::string id = c.id(records::Kind::entry).text(), fonds = c.id(records::Kind::fonds).text();
  const std::string begin = "{\"id\":\"" + id + "\",\"fonds\":\"" + fonds + "\"";
  for (const std::string& bad :
       {std::string("{}"), std::string("[]"), std::string("{\"id\":7}"), "{\"id\":\"" + id + "\"}",
        begin + ",\"number\":\"7\"}", begin + ",\"number\":1.5}", begin + ",\"number\":9007199254740992}",
        begin + ",\"number\":3000000000}", begin + ",\"date\":\"31/12/2026\"}",
        begin + ",\"date\":\"2026-13-01\"}", begin + ",\"book\":\"nope\"}", begin + ",\"answers\":\"x\"}",
        begin + ",\"answers\":[\"x\"]}", begin + ",\"original\":{\"a\":1}}", begin + ",\"subject\":null}",
        begin + ",\"own\":[]}", begin}) {
    INFO(bad);
    CHECK_THROWS_AS(decoder.entry(bad), Error);
  }
  for (const std::string& stream : {std::string("../../../../etc"), std::string(64, 'A'),
                                    std::string(63, 'a'), std::string("/") + std::string(63, 'a')})
    CHECK_THROWS_AS(decoder.adopted("{\"stream\":\"" + stream + "\",\"events\":1,\"head\":\"" +
                                    std::string(64, 'a') + "\"}"),
                    Error);
  CHECK_THROWS_AS(decoder.component("{\"id\":\"" + id + "\"}"), Error);
}

TEST_CASE("mutated bodies are decoded or refused, nothing else") {
  Decoder decoder;
  std::mt19937 random(3);
  Chance c(4);
  const auto all = [&](const std::string& body) {
    const auto one = [&](const auto& work) {
      try {
        work();
      } catch (const Error& error) {
        CHECK(error.code() == "VTLT-JOURNAL-05");
      }
    };
    one([&] { decoder.entry(body); });
    one([&] { decoder.document(body); });
    one([&] { decoder.component(body); });
    one([&] { decoder.file(body); });
    one([&] { decoder.destruction(body); });
    one([&] { decoder.restore(body); });
    one([&] { decoder.genesis(body); });
    one([&] { decoder.box(body); });
    one([&] { decoder.fields(body); });
  };
  for (int round = 0; round < 400; ++round) {
    std::string body = round % 4 == 0   ? encode(an_entry(c))
                       : round % 4 == 1 ? encode(a_document(c))
                       : round % 4 == 2 ? encode(a_component(c))
                                        : encode(a_file(c));
    for (unsigned n = 1 + static_cast<unsigned>(random() % 3); n > 0 && !body.empty(); --n) {
      const std::size_t at = random() % body.size();
      switch (random() % 4) {
        case 0:
          body[at] = static_cast<char>(random());
          break;
        case 1:
          body.erase(at, random() % 20);
          break;
        case 2:
          body.insert(at, body.substr(random() % body.size(), random() % 30));
          break;
        default:
          body.insert(at, std::string(1, "{}[]\",:0-"[random() % 9]));
      }
    }
    all(body);
  }
  all("");
  all(std::string(100'000, '['));
  all(std::string(1000, '\0'));
}
