// The metadata forms of TT05 PL I-V: which fields, of which type and length, which codes, which must be
// there.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "package/reader.h"
#include "text/date.h"

namespace vtlt::package {

enum class EadForm {
  sip_file,
  aip_file,
  sip_batch,
  aip_batch,
  dip_request,
  sip_document,
  aip_document,
  dip_document,
  sip_picture,
  aip_picture,
  arc_picture,
  sip_media,
  aip_media,
  arc_media,
};

struct EadElement {
  std::string name, value;
  long line = 0;
};

// One simpledc file, read.
class EadRecord {
 public:
  std::vector<EadElement> elements;
  std::string root, root_namespace;
  long root_line = 0;
  bool nested = false, crowded = false;

  const EadElement* find(std::string_view name) const;
  std::string value(std::string_view name) const;  // trimmed; "" when absent
  long line(std::string_view name) const;          // of the root when absent
};

class EadReader final : public XmlHandler {
 public:
  explicit EadReader(EadRecord& record) : record_(record) {}
  void start(std::string_view ns, std::string_view name, const XmlAttributes& attributes, long line) override;
  void text(std::string_view piece) override;
  void end(std::string_view ns, std::string_view name, long line) override;

 private:
  EadRecord& record_;
  int depth_ = 0;
};

// Every rule that one form tells about itself; path is the file's.
void check_fields(EadForm form, const EadRecord& record, const std::string& path, Report& report);

// The elements of a form, in the order of the circular.
std::vector<std::string_view> form_elements(EadForm form);
// "file", "batch", "request", "document", "picture", "media": what a profile calls the forms of all packages.
const char* form_group(EadForm form);
// Those of all forms of a group.
std::vector<std::string_view> elements_of_forms(std::string_view group);

const char* basis_of(EadForm form);
// DD/MM/YYYY as the circular has it, MM/YYYY and YYYY where partial is allowed.
std::optional<text::Date> tt05_date(std::string_view text, bool partial);
bool is_number(std::string_view text);

}  // namespace vtlt::package
