// The repository of each released format opens for ever: tests/data/repositories/v1 was made by
// tests/tools/make_golden and is never made again.
#include <catch2/catch.hpp>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>

#include "base/encoding.h"
#include "support.h"

using namespace repository_test;
using vtlt::test::Scratch;

namespace {

// git keeps no empty directories and no locks.
void unpack(const Path& golden, const Path& base) {
  copy_tree(golden / "dot-vtlt", base / "kho" / ".vtlt");
  const Path root = base / "kho" / ".vtlt";
  for (unsigned i = 0; i < 256; ++i) {
    const unsigned char byte = static_cast<unsigned char>(i);
    std::filesystem::create_directories(root / "objects" / hex({&byte, 1}));
  }
  for (const char* name : {"catalogue", "tmp"})
    std::filesystem::create_directory(root / name);
}

}  // namespace

TEST_CASE("the golden repository of format 1") {
  const Path golden = Path(VTLT_SOURCE_DIR) / "tests" / "data" / "repositories" / "v1";
  const auto expected = nlohmann::json::parse(get(golden / "expected.json"));
  const std::uint64_t segment = expected["segment_bytes"];
  const Scratch base;
  unpack(golden, base.path());
  CHECK(reader_says(base.path(), segment) == "");

  CheckRequest request;
  request.head = expected["head"];
  const auto report = check(system_files(), options_at(base.path()), request, no_progress());
  CHECK(report.passed());
  CHECK(report.events == expected["events"]);
  CHECK(report.bodies == expected["bodies"]);
  CHECK(report.blanked == expected["blanked"]);
  CHECK(report.objects == expected["objects"]);

  Options options = options_at(base.path());
  options.segment_bytes = segment;
  Repository repository(system_files(), options, true);
  auto& catalogue = repository.catalogue();
  CHECK(repository.condition() == Condition::good);
  CHECK(repository.stream() == expected["stream"]);
  CHECK(journal::printed(repository.head()) == expected["head"]);
  const auto counts = catalogue.counts("2026-02-01");
  CHECK(counts.entries == expected["entries"]);
  CHECK(counts.documents == expected["documents"]);
  CHECK(counts.components == expected["components"]);
  CHECK(counts.files == expected["files"]);
  CHECK(counts.boxes == expected["boxes"]);
  CHECK(counts.overdue == expected["overdue"]);
  CHECK(catalogue.streams().size() == expected["streams"]);
  CHECK(catalogue.fonds().size() == expected["fonds"]);
  CHECK(repository.stream_of(repository.stream()).segments().size() > 3);
  CHECK(catalogue.unknown_types() == std::vector<std::string>{"picture.taken/1"});

  // Every type of the format is in it.
  std::set<std::string> types;
  catalogue.log(0, [&](const catalogue::LogRow& row) { types.insert(row.type); });
  namespace type = journal::type;
  for (const auto one : {type::genesis,
                         type::format,
                         type::config_set,
                         type::actor_declared,
                         type::role_granted,
                         type::policy_set,
                         type::fonds_opened,
                         type::fonds_closed,
                         type::scheme_adopted,
                         type::register_entry,
                         type::register_linked,
                         type::register_voided,
                         type::document_described,
                         type::content_attached,
                         type::file_opened,
                         type::file_document_added,
                         type::file_document_removed,
                         type::file_closed,
                         type::file_state_changed,
                         type::box_made,
                         type::file_boxed,
                         type::batch_imported,
                         type::package_planned,
                         type::destruction_begun,
                         type::destruction_done,
                         type::stream_adopted,
                         type::restore_accepted,
                         type::journal_cut}) {
    INFO(one);
    CHECK(types.count(std::string(one)) == 1);
  }

  // What was said then is said now.
  ReferenceContext context;
  context.current_year = 2026;
  const auto entry = resolve_entry(repository, "den.2026.1", context);
  CHECK(entry.entry.subject == "giao dự toán ngân sách năm 2026");
  CHECK(entry.answered);
  CHECK(entry.entry.original.at("Ngày đến") == "6/1/26");
  const auto names = catalogue.components(entry.entry.document.value());
  REQUIRE(names.size() == 3);
  CHECK(names[1].name == "Phu lục.txt");
  CHECK(names[1].name_bytes ==
        "Phu lu\xCC\xA3"
        "c.txt");
  CHECK(names[2].name_bytes ==
        "C\xAB"
        "ng.txt");
  CHECK(names[2].size == 0);
  const auto file = resolve_file(repository, "2026.01.VP", context);
  CHECK(file.documents == 2);
  CHECK(file.file.state == records::FileState::submitted);
  CHECK(file.file.term == records::parse_term("20"));
  CHECK(file.file.ended == 2026);
  CHECK(catalogue.package_by_name("goi-2026-001").has_value());
  CHECK(catalogue.destructions().at(0).done);

  // And work goes on: no number of the paper is given again.
  RegisterRequest next = outgoing("QĐ-UBND", "việc hôm nay");
  next.fonds = "UB";
  CHECK(register_document(repository, next).entry.number == expected["next_number"]);
  require_sound(base.path(), segment);
}
