// The descriptive metadata of TT05 packages: which elements, in which order, how long, and their values.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "package/package.h"
#include "package/xml_out.h"

namespace vtlt::package::writing {

enum class Form { file, document, picture, media };

struct Element {
  const char* name;
  std::size_t limit;  // characters after NFC (D6); 0: the circular gives none
};

// In the order of the circular's tables (PL I for AIP, PL III for SIP).
const std::vector<Element>& elements(Kind kind, Form form);
Form form_of(const records::Document& document);
const char* form_name(Form form);  // "doc", "pic", "media"; "" for the file

// Throws (exit 3) at the first value that is longer than the circular allows or missing where it is mandatory
// (VTLT-D05), or a partial date in a SIP (VTLT-D10). ordinal 0: the file's own EAD.xml.
void require_fields(const Fields& fields, Kind kind, Form form, int ordinal);

Stamp write_ead(const Fields& fields, Output output);

// Mã hồ sơ, with the archive's code before it in an AIP (TT05 PL I, III).
std::string package_file_code(const Plan& plan);

}  // namespace vtlt::package::writing
