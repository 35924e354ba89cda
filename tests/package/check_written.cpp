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

namespace {

void give_extensions(Plan& plan) {
  for (std::size_t i = 0; i < plan.documents.size(); ++i)
    write_test::edit(plan, i, [](PackedDocument& document) {
      for (auto& content : document.contents)
        if (content.component.name.find('.') == std::string::npos) content.component.name += ".pdf";
    });
}

std::vector<std::pair<const char*, Plan>> other_sorts(const vtlt::Path& sources) {
  std::vector<std::pair<const char*, Plan>> plans;
  plans.emplace_back("SIP_tailieu (TT 05/2025 PL IV)", write_test::sample_loose(Kind::sip, sources));
  plans.emplace_back("AIP_tailieu (TT 05/2025 PL II)", write_test::sample_loose(Kind::aip, sources));
  plans.emplace_back("DIP (TT 05/2025 PL V)", write_test::sample_dip(sources));
  plans.emplace_back("BagIt 1.0", write_test::sample_bag(sources));
  // A document that another package of the fonds has.
  Plan linked = write_test::sample(Kind::sip, sources);
  write_test::edit(linked, 2, [](PackedDocument& document) {
    document.contents.clear();
    document.link = "H57.32.15.2026.01.VP.3\n";
  });
  plans.emplace_back("SIP_hoso (TT 05/2025 PL III)", linked);
  Plan linked_aip = write_test::sample(Kind::aip, sources);
  write_test::edit(linked_aip, 2, [](PackedDocument& document) {
    document.contents.clear();
    document.link =
        "urn_P01_0A1B2C3D-0000-8000-8000-000000000001_representations/rep1/data/H57.32.15.2026.01.VP.3.pdf "
        "20 "
        "representations/rep1/data/H57.32.15.2026.04.VP.3.pdf H57.32.15.2026.01.VP.3\n";
  });
  plans.emplace_back("AIP_hoso (TT 05/2025 PL I)", linked_aip);
  return plans;
}

}  // namespace

TEST_CASE("loose documents, packages of use, links and bags written by vtlt have no errors and no warnings",
          "[package][D16][D17][D21][P38]") {
  const write_test::Folder folder;
  std::filesystem::create_directory(folder / "nguon");
  std::filesystem::create_directory(folder / "goi");
  for (auto& [format, plan] : other_sorts(folder / "nguon"))
    for (const bool zip : {false, true}) {
      give_extensions(plan);
      const Written written = write(vtlt::system_files(), plan, folder / "goi", zip, vtlt::no_progress());
      const Verdict verdict = run(written.path);
      INFO(format << " " << written.path.string() << "\n" << text_of(verdict));
      CHECK(verdict.passed());
      CHECK(verdict.format == format);
      for (const auto& finding : verdict.findings)
        CHECK(finding.level == Level::note);
      CHECK(verdict.files_read == written.files);
      std::filesystem::remove_all(written.path);
    }
}

TEST_CASE("a byte changed in any other sort of package is found", "[package][D18]") {
  const write_test::Folder folder;
  std::filesystem::create_directory(folder / "nguon");
  std::filesystem::create_directory(folder / "goi");
  for (const auto& [format, plan] : other_sorts(folder / "nguon")) {
    const Written written = write(vtlt::system_files(), plan, folder / "goi", false, vtlt::no_progress());
    std::vector<vtlt::Path> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(written.path))
      if (entry.is_regular_file()) files.push_back(entry.path());
    for (const auto& file : files) {
      const std::string before = write_test::read(file);
      std::string after = before;
      after[after.size() / 2] = static_cast<char>(after[after.size() / 2] ^ 1);
      check_support::put(file, after);
      INFO(format << " " << file.string());
      const bool unlisted = file.parent_path() == written.path &&
                            (file.filename() == "METS.xml" || file.filename() == "tagmanifest-sha256.txt");
      if (!unlisted) CHECK_FALSE(run(written.path).passed());
      check_support::put(file, before);
    }
    std::filesystem::remove_all(written.path);
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
