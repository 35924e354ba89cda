// What goes into a plan comes out of it as it was, field by field.
#include "package/packed_documents.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "base/progress.h"
#include "package/package.h"
#include "write_sample.h"

using namespace vtlt;

namespace {

package::PackedDocument filled() {
  package::PackedDocument packed;
  records::Document& document = packed.document;
  document.id.bits.fill(0xAB);
  document.fonds.bits.fill(0xCD);
  document.entry = records::new_id(records::Kind::entry);
  document.own = {12, "a", 2026, "QĐ-UBND", "12a/2026/QĐ-UBND"};
  document.date = {2026, 11, 5};
  document.pages = 300;
  document.carrier = records::Carrier::both;
  document.term = {records::TermKind::event_years, 5, true, "HĐ"};
  int number = 0;
  for (auto* text : {&document.type, &document.issuer, &document.issuer_code, &document.subject,
                     &document.language, &document.access, &document.confidence, &document.value,
                     &document.keyword, &document.info_sign, &document.autograph, &document.condition,
                     &document.signer, &document.note, &document.process, &document.sheets, &document.media})
    *text = "chữ " + std::string(static_cast<std::size_t>(++number) * 10, '.');
  document.original = {{"", "trống"}, {"cột", std::string("a\0b", 3)}};
  packed.ordinal = 130;
  for (const char* name : {"0123", "khác"}) {
    package::Content content;
    content.component.id.bits.fill(0x01);
    content.component.document = document.id;
    content.component.role = records::Role::opinion;
    content.component.ordinal = 2;
    content.component.name = name;
    content.component.name_bytes = "\xFF";
    content.component.size = 5'000'000'000;
    content.component.sha256 = name == std::string("0123") ? "0123" : sha256(std::string_view(name)).hex();
    content.component.mime = "application/pdf";
    content.component.modified_ms = -1;
    content.component.pages = 7;
    content.source = std::string("/kho/objects/01/") + name;
    packed.contents.push_back(content);
  }
  return packed;
}

void require_same(const records::Document& a, const records::Document& b) {
  CHECK(a.id == b.id);
  CHECK(a.fonds == b.fonds);
  CHECK(a.entry == b.entry);
  CHECK(a.own.number == b.own.number);
  CHECK(a.own.suffix == b.own.suffix);
  CHECK(a.own.year == b.own.year);
  CHECK(a.own.notation == b.own.notation);
  CHECK(a.own.written == b.own.written);
  CHECK(a.date == b.date);
  CHECK(a.pages == b.pages);
  CHECK(a.carrier == b.carrier);
  CHECK(a.term == b.term);
  CHECK(a.original == b.original);
  const auto texts = [](const records::Document& one) {
    return std::vector<std::string>{
        one.type,  one.issuer,  one.issuer_code, one.subject,   one.language,  one.access,
        one.value, one.keyword, one.info_sign,   one.autograph, one.condition, one.confidence,
        one.note,  one.signer,  one.process,     one.sheets,    one.media};
  };
  CHECK(texts(a) == texts(b));
}

void require_same(const package::Content& a, const package::Content& b) {
  CHECK(a.source == b.source);
  const auto& one = a.component;
  const auto& two = b.component;
  CHECK(one.id == two.id);
  CHECK(one.document == two.document);
  CHECK(one.role == two.role);
  CHECK(one.ordinal == two.ordinal);
  CHECK(one.name == two.name);
  CHECK(one.name_bytes == two.name_bytes);
  CHECK(one.size == two.size);
  CHECK(one.sha256 == two.sha256);
  CHECK(one.mime == two.mime);
  CHECK(one.modified_ms == two.modified_ms);
  CHECK(one.pages == two.pages);
}

}  // namespace

TEST_CASE("documents of a plan come out as they went in", "[package]") {
  const package::PackedDocument whole = filled(), bare;
  package::PackedDocuments documents{bare, bare};
  documents.push_back(whole);
  documents.set(0, whole);
  REQUIRE(documents.size() == 3);
  for (const std::size_t i : {0u, 2u}) {
    const auto found = documents[i];
    CHECK(found.ordinal == whole.ordinal);
    require_same(found.document, whole.document);
    REQUIRE(found.contents.size() == whole.contents.size());
    for (std::size_t c = 0; c < whole.contents.size(); ++c) {
      require_same(found.contents[c], whole.contents[c]);
      require_same(documents.contents(i)[c], whole.contents[c]);
    }
  }
  require_same(documents[1].document, bare.document);
  CHECK(documents[1].contents.empty());
  int seen = 0;
  for (const auto& document : documents)
    seen += document.ordinal;
  CHECK(seen == 2 * whole.ordinal);
}

TEST_CASE("a ZIP is the same with and without its digest", "[package][zip]") {
  write_test::Folder folder;
  auto plan = write_test::sample(package::Kind::sip, folder / "src");
  std::filesystem::create_directory(folder / "out");
  const auto with = package::write(system_files(), plan, folder / "out", true, no_progress());
  CHECK(with.sha256 == sha256_file(system_files(), with.path).hex());
  plan.zip_digest = false;
  const auto without = package::write(system_files(), plan, folder / "out", true, no_progress());
  CHECK(without.path == with.path);
  CHECK(without.sha256.empty());
  // One byte changed, of the same size: it is another package.
  std::string bytes = write_test::read(with.path);
  bytes[bytes.size() / 2] ^= 1;
  write_whole(system_files(), with.path, bytes, SyncPoint::package_contents);
  CHECK_THROWS_AS(package::write(system_files(), plan, folder / "out", true, no_progress()), Error);
}
