// What vtlt writes, vtlt passes: no error and no warning, in every shape.
#include <catch2/catch.hpp>

#include <fstream>

#include "base/progress.h"
#include "check_support.h"
#include "write_sample.h"

using namespace vtlt::package;
using check_support::has;
using check_support::run;
using check_support::text_of;
using vtlt::Level;

TEST_CASE("packages written by vtlt have no errors and no warnings", "[package][D17][D18][D19][D22]") {
  const vtlt::Path schemas = vtlt::Path(VTLT_SOURCE_DIR) / "../shared/corpora/eark/schemas";
  for (const Kind kind : {Kind::sip, Kind::aip})
    for (const bool zip : {false, true})
      for (const bool deflate : {false, true})
        for (const bool with_schemas : {false, true}) {
          if (with_schemas && !std::filesystem::exists(schemas)) {
            WARN("SKIPPED: no shared/");
            continue;
          }
          const write_test::Folder folder;
          std::filesystem::create_directory(folder / "nguon");
          std::filesystem::create_directory(folder / "goi");
          Plan plan = write_test::sample(kind, folder / "nguon");
          plan.deflate = deflate;
          // A name without extension is of no format that the circular lists: rightly a warning, not meant
          // here.
          for (std::size_t i = 0; i < plan.documents.size(); ++i)
            write_test::edit(plan, i, [](PackedDocument& document) {
              for (auto& content : document.contents)
                if (content.component.name.find('.') == std::string::npos) content.component.name += ".pdf";
            });
          if (with_schemas) plan.schemas = schemas;
          const Written written = write(vtlt::system_files(), plan, folder / "goi", zip, vtlt::no_progress());
          CheckOptions options;
          if (with_schemas) options.schemas = schemas;
          const Verdict verdict = run(written.path, options);
          INFO(written.path.string() << "\n" << text_of(verdict));
          CHECK(verdict.passed());
          for (const auto& finding : verdict.findings)
            CHECK(finding.level == Level::note);
          CHECK(verdict.kind == Found::tt05);
          CHECK(verdict.objid == written.objid);
          CHECK(verdict.files_read == written.files);
          CHECK(verdict.bytes_read == written.bytes);
          CHECK(verdict.documents == plan.documents.size());
        }
}

TEST_CASE("a byte changed in a written package is found wherever it is", "[package][D18]") {
  for (const Kind kind : {Kind::sip, Kind::aip}) {
    const write_test::Folder folder;
    std::filesystem::create_directory(folder / "nguon");
    std::filesystem::create_directory(folder / "goi");
    const Plan plan = write_test::sample(kind, folder / "nguon");
    const Written written = write(vtlt::system_files(), plan, folder / "goi", false, vtlt::no_progress());
    std::vector<vtlt::Path> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(written.path))
      if (entry.is_regular_file() && entry.file_size() > 0) files.push_back(entry.path());
    REQUIRE(files.size() > 8);
    for (const auto& file : files) {
      const std::string before = write_test::read(file);
      std::string after = before;
      after[after.size() / 2] = static_cast<char>(after[after.size() / 2] ^ 1);
      check_support::put(file, after);
      const Verdict verdict = run(written.path);
      INFO(file.string() << "\n" << text_of(verdict));
      // The root METS is recorded nowhere: a change of a title in it is not to be seen, a broken one is.
      if (file.filename() != "METS.xml" || file.parent_path() != written.path) CHECK_FALSE(verdict.passed());
      check_support::put(file, before);
    }
    CHECK(run(written.path).passed());
  }
}
