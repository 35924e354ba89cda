// The steps of one check of a TT05 package; check_tt05.cpp reads, check_tt05_layout.cpp judges tree and METS.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "package/check_content.h"
#include "package/check_documents.h"
#include "package/check_mets.h"
#include "package/check_premis.h"
#include "package/check_profile.h"
#include "package/check_schemas.h"
#include "package/package.h"

namespace vtlt::package {

class Tt05Check {
 public:
  Tt05Check(Files& files, PackageSource& source, const CheckOptions& options, Report& report,
            Progress& progress, Verdict& verdict);
  void run();

 private:
  MetsFacts read_mets(const std::string& path, Scope scope);
  void choose_sort();
  void name_format();
  void read_file_record();
  const XmlSchema* schema_for(const std::string& name);
  bool read_record(ByteStream& stream, const std::string& path, const XmlSchema* schema, EadRecord& record);
  void begin_reading();
  void look(std::uint32_t entry, ByteStream& stream);  // from several threads
  void finish_reading();
  void compare_premis(const PremisFacts& facts, const std::string& path);
  void look_for_objects();
  void check_fetch(ByteStream& stream, const std::string& path);
  void check_listed();

  void check_structure();
  void check_member(const char* path, const char* code, bool wanted, bool forbidden);
  void check_representations();
  void check_data();
  void check_schemas_folder();
  void check_root();
  void check_folder_name();
  void check_agents(const MetsFacts& facts, const std::string& path, bool is_root);
  void check_rep1();
  void fault(Level level, const std::string& code, const std::string& path, long line, Message what,
             Message hint = {});

  enum class Role : char { plain, document, root_premis, rep1_premis, fetch, content };

  PackageSource& source_;
  const EntryTable& entries_;
  const CheckOptions& options_;
  Report& report_;
  Progress& progress_;
  Verdict& verdict_;
  Schemas schemas_;
  std::vector<char> listed_;
  PackageSort sort_;
  std::string appendix_;
  MetsFacts root_, rep1_;
  FileFacts file_;
  std::optional<ProfileCheck> profile_;
  std::optional<Contents> contents_;
  // What look needs, and what it finds.
  std::vector<Role> roles_;
  const XmlSchema *document_schema_ = nullptr, *picture_schema_ = nullptr, *media_schema_ = nullptr,
                  *premis_schema_ = nullptr;
  std::optional<Documents> documents_;
  PremisFacts premis_[2];
  FixityPlan plan_;  // last: its threads look
};

}  // namespace vtlt::package
