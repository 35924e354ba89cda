// The documents of a TT05 package: each EAD_doc against the form and against its file.
#pragma once
#include <mutex>
#include <string>
#include <vector>

#include "package/check_fields.h"

namespace vtlt::package {

enum class PackageKind { sip, aip, dip };

struct PackageSort {
  PackageKind kind = PackageKind::sip;
  bool batch = false;  // …_tailieu
};
EadForm file_form(const PackageSort& sort);
// By the file's name, EAD_doc_*, EAD_pic_*, EAD_media_* in any case; false: none of them.
bool document_form(std::string_view file_name, const PackageSort& sort, EadForm& form);

// What EAD.xml said, for comparison with the documents.
struct FileFacts {
  bool read = false;
  std::string code;  // fileCode or arcFileCode
  std::string total, pages;
  text::Date start, end;
  long total_line = 0, pages_line = 0, start_line = 0;
};

class Documents {
 public:
  Documents(const PackageSort& sort, const FileFacts& file, std::uint64_t expected, Report& report);
  // From several threads.
  void take(EadForm form, const EadRecord& record, const std::string& path);
  void settle(const std::string& ead_path, std::uint64_t documents);

 private:
  struct Seen {
    BriefKey key;
    std::uint32_t line;
    std::uint32_t path;  // in paths_, by number of the document
  };
  void check_code(const std::string& code, const EadRecord& record, const std::string& element,
                  const std::string& path);
  void check_year(const std::string& prefix, long line, const std::string& path, const char* basis);
  bool belongs(const std::string& prefix) const;
  void report_twice(std::vector<Seen>& seen, const char* code, const char* element);

  PackageSort sort_;
  const FileFacts& file_;
  Report& report_;
  std::mutex guard_;
  std::vector<std::uint32_t> ordinals_;
  std::vector<Seen> ids_, codes_;
  std::vector<std::string> paths_;
  std::uint64_t pages_ = 0;
  bool pages_known_ = true;
  bool uncoded_ = false;  // an ordinal that stands in no code
};

}  // namespace vtlt::package
