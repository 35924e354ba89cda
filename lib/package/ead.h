// The descriptive metadata of TT05 packages: which elements, in which order, how long, and their values.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "package/package.h"
#include "package/xml_out.h"

namespace vtlt::package::writing {

enum class Form { file, document, picture, media };

// One of the circular's five kinds of package.
struct Sort {
  Kind kind = Kind::sip;
  Unit unit = Unit::file;
  Spec spec = Spec::tt05;
};
inline Sort sort_of(const Plan& plan) {
  return {plan.kind, plan.kind == Kind::dip ? Unit::file : plan.unit, plan.spec};
}
const char* sort_name(const Sort& sort);      // "SIP_hoso", "AIP_tailieu", "DIP"
const char* sort_appendix(const Sort& sort);  // "I" to "V"

struct Element {
  const char* name;
  std::size_t limit;  // characters after NFC (D6); 0: the circular gives none
};

// In the order of the circular's tables (PL I-V).
const std::vector<Element>& elements(const Sort& sort, Form form);
Form form_of(const records::Document& document);
const char* form_name(Form form);  // "doc", "pic", "media"; "" for the file

// Throws (exit 3) at the first value that is longer than the circular allows or missing where it is mandatory
// (VTLT-D05). ordinal 0: the file's own EAD.xml.
void require_fields(const Fields& fields, const Sort& sort, Form form, int ordinal);

Stamp write_ead(const Fields& fields, Output output);

// Mã hồ sơ or mã gói tin, with the archive's code before it in an AIP (TT05 PL I-IV).
std::string package_file_code(const Plan& plan);
// Without it: what the names of contents begin with. Of a DIP the request's number.
std::string own_code(const Plan& plan);
// What people call it: title of the file or batch, or the request of a DIP.
std::string title_of(const Plan& plan);

}  // namespace vtlt::package::writing
