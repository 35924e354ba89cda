// The catalogue: the same rows however it was built, and never an unfinished transaction.
#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <random>

#include "base/error.h"
#include "catalogue/catalogue.h"
#include "support/scratch.h"

using namespace vtlt;
using catalogue::Catalogue;
using journal::encode;
using journal::encode_fields;
namespace type = journal::type;
using records::Kind;
using test::Scratch;

namespace {

struct Told {
  std::string type, body;
  bool end = true;
};

// A long story of one office, with everything that comes back to earlier rows.
class Story {
 public:
  explicit Story(unsigned seed) : random_(seed) {
    fonds_ = id(Kind::fonds);
    records::Fonds fonds;
    fonds.id = fonds_;
    fonds.code = "UB";
    tell(type::fonds_opened, encode(fonds));
    for (int i = 0; i < 200; ++i)
      step(i);
  }
  std::vector<Told> events;
  records::Id fonds_;
  std::vector<records::Id> entries, documents, files;

 private:
  records::Id id(Kind kind) {
    records::Id one;
    one.kind = kind;
    for (auto& byte : one.bits)
      byte = static_cast<unsigned char>(random_());
    return one;
  }
  std::size_t any(std::size_t size) { return random_() % size; }
  void tell(std::string_view type, std::string body, bool end = true) {
    events.push_back({std::string(type), std::move(body), end});
  }
  records::Document described(const records::Id& document, int i) {
    records::Document d;
    d.id = document;
    d.fonds = fonds_;
    d.subject = "Việc số " + std::to_string(i);
    d.pages = i % 7;
    return d;
  }

  // Amended, put in another order, planned, arranged, numbered, sorted out, submitted, taken or returned; boxes that move.
  void life_of_files(int i) {
    records::FileRecord f;
    f.id = files[any(files.size())];
    f.fonds = fonds_;
    f.year = 2026;
    f.notation = std::to_string(i) + ".TC";
    f.title = "Hồ sơ khác";
    f.officer = "Nguyễn Thị Lan";
    switch (random_() % 7) {
      case 0: tell(type::file_amended, journal::encode_amended(f, "ghi nhầm")); break;
      case 1:
      case 2: {
        auto& inside = filed_[f.id];
        if (inside.size() < 2) break;
        std::rotate(inside.begin(), inside.begin() + 1, inside.end());
        journal::FileReordered order;
        order.file = f.id;
        order.documents = inside;
        tell(type::file_reordered, encode(order));
        break;
      }
      case 3:
        f.id = id(Kind::file);
        f.provisional = "T1-" + std::to_string(i);
        files.push_back(f.id);
        filed_[f.id];
        tell(i % 3 == 0 ? type::file_planned : type::file_arranged, encode(f));
        break;
      case 4:
        tell(type::file_numbered, encode_fields({{"file", f.id.text()}, {"inventory", "1"}, {"number", std::to_string(i)}}), false);
        tell(type::file_rejected, encode_fields({{"file", f.id.text()}, {"bundle", "1"}, {"volume", "2"}, {"reason", "trùng"}}));
        break;
      case 5: {
        records::Submission s;
        s.id = id(Kind::submission);
        s.fonds = fonds_;
        s.name = "nop-2026-" + std::to_string(i);
        tell(type::submission_made, encode(s), false);
        const std::string submission = s.id.text();
        tell(type::file_submitted, encode_fields({{"submission", submission}, {"file", f.id.text()}}));
        if (i % 3 != 0) tell(i % 3 == 1 ? type::file_taken : type::file_returned,
                             encode_fields({{"submission", submission}, {"file", f.id.text()}, {"reason", "thiếu"}}));
        break;
      }
      default: {
        records::Box box;
        box.id = id(Kind::box);
        box.fonds = fonds_;
        box.number = std::to_string(i);
        tell(type::box_made, encode(box), false);
        tell(type::file_boxed, encode_fields({{"file", f.id.text()}, {"box", box.id.text()}}), false);
        tell(type::box_moved, encode_fields({{"box", box.id.text()}, {"place", "Kho 1"}, {"reason", "chuyển kho"}}));
      }
    }
  }

  void step(int i) {
    const unsigned what = static_cast<unsigned>(random_() % 10);
    if (documents.size() < 5 || what < 4) {
      records::RegisterEntry e;
      e.id = id(Kind::entry);
      e.fonds = fonds_;
      e.document = id(Kind::document);
      e.book = static_cast<records::Book>(i % 3);
      e.year = 2025 + i % 2;
      e.number = i + 1;
      e.series = "s" + std::to_string(i % 3);
      e.subject = "Việc số " + std::to_string(i);
      if (i % 3 == 0) e.document_id = "H57,2026/01/05," + std::to_string(i) + "/UBND";
      if (!entries.empty() && what == 1) e.answers = {entries[any(entries.size())]};
      entries.push_back(e.id);
      documents.push_back(*e.document);
      tell(type::register_entry, encode(e), false);
      const bool content = what % 2 == 0;
      auto d = described(*e.document, i);
      d.entry = e.id;
      tell(type::document_described, encode(d), !content);
      if (!content) return;
      records::Component c;
      c.id = id(Kind::component);
      c.document = *e.document;
      c.sha256 = sha256(std::to_string(i % 20)).hex();
      tell(type::content_attached, encode(c));
    } else if (what == 4) {
      tell(type::document_described, encode(described(documents[any(documents.size())], i)));
    } else if (files.empty() || what == 5) {
      records::FileRecord f;
      f.id = id(Kind::file);
      f.fonds = fonds_;
      f.year = 2026;
      f.notation = std::to_string(i) + ".VP";
      f.title = "Hồ sơ";
      files.push_back(f.id);
      filed_[f.id];
      tell(type::file_opened, encode(f));
    } else if (what == 9 && i % 2 == 0) {
      life_of_files(i);
    } else {
      const auto file = files[any(files.size())];
      auto& inside = filed_[file];
      if (what == 6 && !inside.empty()) {
        // As `file remove` does it: taken out, the last one put in its place.
        const std::size_t place = any(inside.size());
        tell(type::file_document_removed,
             encode_fields({{"file", file.text()}, {"document", inside[place].text()}, {"reason", "x"}}),
             place + 1 == inside.size());
        if (place + 1 != inside.size()) {
          tell(type::file_document_removed,
               encode_fields(
                   {{"file", file.text()}, {"document", inside.back().text()}, {"reason", "renumbered"}}),
               false);
          tell(type::file_document_added,
               encode_fields({{"file", file.text()}, {"document", inside.back().text()}},
                             {{"ordinal", static_cast<std::int64_t>(place) + 1}}));
          inside[place] = inside.back();
        }
        inside.pop_back();
      } else if (what == 7) {
        tell(type::register_voided,
             encode_fields({{"entry", entries[any(entries.size())].text()}, {"reason", "x"}}));
      } else if (what == 9 && i % 2 == 0) {
        exchange(i);
      } else if (what == 8) {
        tell(type::file_closed,
             encode_fields({{"file", file.text()}, {"closed", "2026-12-31"}, {"term", "20"}},
                           {{"ended", 2026}}));
      } else {
        const auto document = documents[any(documents.size())];
        if (std::find(inside.begin(), inside.end(), document) != inside.end()) return;
        inside.push_back(document);
        tell(type::file_document_added,
             encode_fields({{"file", file.text()}, {"document", document.text()}},
                           {{"ordinal", static_cast<std::int64_t>(inside.size())}}));
      }
    }
  }

  // Messages: of documents that are here, or awaited and then linked, also twice.
  void exchange(int i) {
    const auto entry = entries[any(entries.size())];
    const std::string awaited = "H57,2026/01/05," + std::to_string(i % 4) + "/STC";
    if (i % 8 == 0) {
      journal::RegisterStatus status;
      status.entry = entry;
      status.code = "03";
      tell(type::register_status, encode(status), false);
      journal::RegisterSent sent;
      sent.entry = entry;
      sent.to = {{"H57", "UBND"}};
      tell(type::register_sent, encode(sent));
    } else if (i % 8 < 4) {
      journal::RegisterPending pending;
      pending.fonds = fonds_;
      if (i % 3 == 0) pending.entry = entry;
      pending.relation = i % 3 == 1 ? "recalls" : "replaces";
      pending.document_id = awaited;
      tell(type::register_pending, encode(pending));
    } else {
      tell(type::register_linked,
           encode_fields({{"entry", entry.text()}, {"relation", i % 3 == 1 ? "recalls" : "replaces"},
                          {"to", entry.text()}, {"reason", "x"}, {"document_id", awaited}}));
    }
  }

  std::mt19937 random_;
  std::map<records::Id, std::vector<records::Id>> filed_;
};

const std::string kStream(64, 'a');

// Feeds events [from, to); `complete` as the journal does it.
void feed(Catalogue& catalogue, const std::vector<Told>& events, std::size_t from, std::size_t to) {
  int number = 0;
  for (const auto& stream : catalogue.streams())
    if (stream.name == kStream) number = stream.number;
  catalogue.begin_apply();
  for (std::size_t i = from; i < to; ++i) {
    journal::Event event;
    event.seq = i + 1;
    event.end = events[i].end;
    event.time = "2026-01-05T08:00:00.000+07:00";
    event.actor = "lan";
    event.type = events[i].type;
    event.body = events[i].body;
    catalogue.apply(number, event);
    journal::Position position;
    position.head.events = i + 1;
    position.head.hash = sha256(std::to_string(i));
    if (events[i].end) catalogue.complete(number, position);
  }
  catalogue.end_apply();
}

std::unique_ptr<Catalogue> bulk(const std::vector<Told>& events, std::size_t to) {
  auto made = Catalogue::create("", Catalogue::Mode::temporary, {});
  made->add_stream(kStream, true, {});
  feed(*made, events, 0, to);
  made->finish_bulk();
  return made;
}

}  // namespace

TEST_CASE("in bulk or event by event: the same rows") {
  for (unsigned seed = 1; seed <= 5; ++seed) {
    const Story story(seed);
    const auto whole = bulk(story.events, story.events.size());
    auto grown = bulk(story.events, 1);
    std::mt19937 random(seed);
    for (std::size_t at = 1; at < story.events.size();) {
      std::size_t to = std::min(story.events.size(), at + 1 + random() % 9);
      while (!story.events[to - 1].end)
        ++to;
      feed(*grown, story.events, at, to);
      at = to;
    }
    INFO("seed " << seed);
    CHECK(grown->content_digest() == whole->content_digest());
    for (const auto& document : story.documents) {
      CHECK(grown->document(document)->files == whole->document(document)->files);
      CHECK(static_cast<std::size_t>(whole->document(document)->files) == whole->files_of(document).size());
      CHECK(static_cast<std::size_t>(whole->document(document)->components) ==
            whole->components(document).size());
    }
    for (const auto& file : story.files) {
      const auto rows = whole->documents_of(file);
      CHECK(static_cast<std::size_t>(whole->file(file)->documents) == rows.size());
      for (std::size_t i = 0; i < rows.size(); ++i)
        CHECK(rows[i].ordinal == static_cast<int>(i) + 1);  // D4
    }
  }
}

TEST_CASE("an unfinished transaction leaves nothing") {
  const Story story(9);
  std::size_t checked = 0;
  for (std::size_t i = 1; i < story.events.size() && checked < 12; ++i) {
    if (story.events[i - 1].end) continue;  // only cuts inside a transaction
    std::size_t whole = i;
    while (!story.events[whole - 1].end)
      --whole;
    ++checked;
    CHECK(bulk(story.events, i)->content_digest() == bulk(story.events, whole)->content_digest());
    auto grown = bulk(story.events, 1);
    feed(*grown, story.events, 1, i);
    CHECK(grown->content_digest() == bulk(story.events, whole)->content_digest());
    // The transaction that comes instead has the same numbers.
    feed(*grown, story.events, whole, story.events.size());
    CHECK(grown->content_digest() == bulk(story.events, story.events.size())->content_digest());
  }
  CHECK(checked == 12);
}

TEST_CASE("a catalogue of another version, a torn one, or none, is not opened") {
  const Scratch scratch;
  const Story story(3);
  const Path file = scratch / "1.sqlite";
  {
    auto made = Catalogue::create(file, Catalogue::Mode::write, scratch.path());
    made->add_stream(kStream, true, {});
    feed(*made, story.events, 0, story.events.size());
    CHECK_FALSE(Catalogue::open(scratch / "2.sqlite", Catalogue::Mode::read, scratch.path()));
  }
  CHECK_FALSE(Catalogue::open(file, Catalogue::Mode::read, scratch.path()));  // not complete
  std::filesystem::remove(file);
  {
    auto made = Catalogue::create(file, Catalogue::Mode::write, scratch.path());
    made->add_stream(kStream, true, {});
    feed(*made, story.events, 0, story.events.size());
    made->finish_bulk();
  }
  CHECK(Catalogue::open(file, Catalogue::Mode::read, scratch.path()));
  CHECK(Catalogue::open(file, Catalogue::Mode::immutable, scratch.path()));
  std::string bytes = read_whole(system_files(), file);
  std::mt19937 random(4);
  int opened = 0, refused = 0;
  for (int round = 0; round < 60; ++round) {
    std::string torn = bytes;
    for (int n = 0; n < 3; ++n) {
      const std::size_t page = (random() % (torn.size() / 4096)) * 4096;
      if (round % 2 == 0)
        torn.replace(page, 4096, std::string(4096, '\0'));
      else
        torn[page + random() % 4096] = static_cast<char>(random());
    }
    if (round % 7 == 0) torn.resize(random() % torn.size());
    std::ofstream(scratch / "torn.sqlite", std::ios::binary | std::ios::trunc) << torn;
    // Whatever it is: not opened, or questions are answered or refused as Error.
    try {
      const auto catalogue = Catalogue::open(scratch / "torn.sqlite", Catalogue::Mode::read, scratch.path());
      if (!catalogue) {
        ++refused;
        continue;
      }
      ++opened;
      catalogue->streams();
      catalogue->content_digest();
      catalogue->counts("2026-01-01");
      for (const auto& document : story.documents)
        catalogue->document(document);
      catalogue->entries({}, [](const catalogue::EntryRow&) {});
      catalogue->log(0, [](const catalogue::LogRow&) {});
    } catch (const Error& error) {
      CHECK(error.code() == "VTLT-CATALOGUE-01");
    }
  }
  CHECK(opened > 0);
  CHECK(refused > 0);
}

TEST_CASE("who asks in the middle of another's writing sees what was before, then what is now") {
  const Scratch scratch;
  const Story story(6);
  {
    auto made = Catalogue::create(scratch / "1.sqlite", Catalogue::Mode::write, scratch.path());
    made->add_stream(kStream, true, {});
    feed(*made, story.events, 0, 100);
    made->finish_bulk();
  }
  std::size_t whole = 100;
  while (!story.events[whole - 1].end)
    --whole;
  const auto one = Catalogue::open(scratch / "1.sqlite", Catalogue::Mode::write, scratch.path());
  const auto two = Catalogue::open(scratch / "1.sqlite", Catalogue::Mode::write, scratch.path());
  REQUIRE(one);
  REQUIRE(two);
  for (std::size_t at = whole; at < story.events.size();) {
    std::size_t to = at + 1;
    while (!story.events[to - 1].end)
      ++to;
    // Questions that stop at the first row must not hold on to an old state.
    for (const auto& asked : {one.get(), two.get()}) {
      asked->largest_number(story.fonds_, "s0", 2025);
      asked->document(story.documents.front());
      asked->entry(story.entries.front());
    }
    feed(at % 2 == 0 ? *one : *two, story.events, at, to);
    CHECK(one->streams().front().position.head.events == to);
    CHECK(two->streams().front().position.head.events == to);
    at = to;
  }
  CHECK(one->content_digest() == bulk(story.events, story.events.size())->content_digest());
}

TEST_CASE("numbers, prefixes and filters") {
  const Story story(7);
  const auto catalogue = bulk(story.events, story.events.size());
  std::int64_t count = 0;
  std::map<std::string, std::int64_t> largest;
  catalogue->entries({}, [&](const catalogue::EntryRow& row) {
    ++count;
    auto& one = largest[row.entry.series + "/" + std::to_string(row.entry.year)];
    one = std::max<std::int64_t>(one, row.entry.number);
    CHECK(
        catalogue->number_taken(row.entry.fonds, row.entry.series, row.entry.year, row.entry.number, "", ""));
    CHECK_FALSE(catalogue->number_taken(row.entry.fonds, row.entry.series, row.entry.year, row.entry.number,
                                        "a", ""));
  });
  CHECK(count == static_cast<std::int64_t>(story.entries.size()));
  for (const auto& [key, number] : largest)
    CHECK(catalogue->largest_number(story.fonds_, key.substr(0, key.find('/')),
                                    std::stoi(key.substr(key.find('/') + 1))) == number);
  CHECK(catalogue->largest_number(story.fonds_, "none", 2025) == 0);
  for (const auto& document : story.documents) {
    const auto found = catalogue->ids_with_prefix(document.brief(12));
    CHECK(found == std::vector<records::Id>{document});
  }
  for (const char* prefix : {"", "d", "zzzz", "d\xFF", "d%", "'; DROP TABLE entry; --"})
    catalogue->ids_with_prefix(prefix);
  std::int64_t sum = 0;
  for (const int year : {2025, 2026}) {
    catalogue::EntryFilter filter;
    filter.year = year;
    sum += catalogue->count_entries(filter);
  }
  CHECK(sum == count);
}
