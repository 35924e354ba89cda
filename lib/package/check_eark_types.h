// What SIP, AIP and DIP ask beyond CSIP, of the METS at the root.
#pragma once
#include "package/check_mets.h"

namespace vtlt::package {

// Which of the three is told by PROFILE; a package of no known profile by its OAISPACKAGETYPE. One that
// claims CSIP alone but says its type is measured by that type too: what it misses there is a warning at
// most, for it never claimed it.
void check_eark_type(const MetsFacts& facts, const std::string& path, Report& report);

}  // namespace vtlt::package
