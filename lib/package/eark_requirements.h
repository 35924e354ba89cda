// The requirements of E-ARK CSIP, SIP, AIP and DIP as data: how binding each is in each version. The level of
// a finding is taken from here, never written at the check.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/finding.h"

namespace vtlt::package {

enum class EarkVersion : std::uint8_t { v2_0_4, v2_1_0, v2_2_0 };
enum class Binding : std::uint8_t { none, may, should, must };  // none: no such id in that version

struct EarkRequirement {
  const char* id;
  Binding bindings[3];  // by EarkVersion
  Binding in(EarkVersion version) const { return bindings[static_cast<std::size_t>(version)]; }
};
// CSIPSTR from the text of the specification, the rest from the METS profiles. Of AIP and DIP only the
// profile of 2.2.0 is at hand: it stands for the older ones as well.
std::span<const EarkRequirement> eark_requirements();
const EarkRequirement* eark_requirement(std::string_view id);

// MUST: error, SHOULD: warning, MAY: note; nothing when that version has no such id.
std::optional<Level> level_in(EarkVersion version, std::string_view id);

// What a package says that it follows, by PROFILE.
enum class EarkProfile : std::uint8_t { unknown, csip, sip, aip, dip };
struct EarkClaim {
  EarkProfile profile = EarkProfile::unknown;
  EarkVersion version = EarkVersion::v2_2_0;
};
EarkClaim claim_of(std::string_view profile);
const char* text_of(EarkVersion version);
// The values that the profiles fix for PROFILE (SIP2, AIPM2, DIP2).
bool is_fixed_profile(EarkProfile profile, std::string_view value);

}  // namespace vtlt::package
