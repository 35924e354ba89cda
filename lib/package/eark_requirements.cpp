#include "package/eark_requirements.h"

#include <algorithm>
#include <array>

namespace vtlt::package {
namespace {

constexpr Binding none = Binding::none, may = Binding::may, should = Binding::should, must = Binding::must;

// clang-format off
constexpr EarkRequirement requirements[] = {
    // id, 2.0.4, 2.1.0, 2.2.0
    {"CSIPSTR1", {must, must, must}},
    {"CSIPSTR2", {should, should, should}},
    {"CSIPSTR3", {may, may, may}},
    {"CSIPSTR4", {must, must, must}},
    {"CSIPSTR5", {should, should, should}},
    {"CSIPSTR6", {should, should, should}},
    {"CSIPSTR7", {should, should, should}},
    {"CSIPSTR8", {may, may, may}},
    {"CSIPSTR9", {should, should, should}},
    {"CSIPSTR10", {should, should, should}},
    {"CSIPSTR11", {should, should, should}},
    {"CSIPSTR12", {should, should, should}},
    {"CSIPSTR13", {should, should, should}},
    {"CSIPSTR14", {may, may, may}},
    {"CSIPSTR15", {should, should, should}},
    {"CSIPSTR16", {should, should, should}},
    {"CSIP1", {must, must, must}},
    {"CSIP2", {must, must, must}},
    {"CSIP3", {should, should, should}},
    {"CSIP4", {should, should, should}},
    {"CSIP5", {may, may, may}},
    {"CSIP6", {must, must, must}},
    {"CSIP7", {must, must, must}},
    {"CSIP8", {should, should, should}},
    {"CSIP9", {must, must, must}},
    {"CSIP10", {must, must, must}},
    {"CSIP11", {must, must, must}},
    {"CSIP12", {must, must, must}},
    {"CSIP13", {must, must, must}},
    {"CSIP14", {must, must, must}},
    {"CSIP15", {must, must, must}},
    {"CSIP16", {must, must, must}},
    {"CSIP17", {should, should, should}},
    {"CSIP18", {must, must, must}},
    {"CSIP19", {must, must, must}},
    {"CSIP20", {should, should, should}},
    {"CSIP21", {should, should, should}},
    {"CSIP22", {must, must, must}},
    {"CSIP23", {must, must, must}},
    {"CSIP24", {must, must, must}},
    {"CSIP25", {must, must, must}},
    {"CSIP26", {must, must, must}},
    {"CSIP27", {must, must, must}},
    {"CSIP28", {must, must, must}},
    {"CSIP29", {must, must, must}},
    {"CSIP30", {must, must, must}},
    {"CSIP31", {should, should, should}},
    {"CSIP32", {should, should, should}},
    {"CSIP33", {must, must, must}},
    {"CSIP34", {should, should, should}},
    {"CSIP35", {should, should, should}},
    {"CSIP36", {must, must, must}},
    {"CSIP37", {must, must, must}},
    {"CSIP38", {must, must, must}},
    {"CSIP39", {must, must, must}},
    {"CSIP40", {must, must, must}},
    {"CSIP41", {must, must, must}},
    {"CSIP42", {must, must, must}},
    {"CSIP43", {must, must, must}},
    {"CSIP44", {must, must, must}},
    {"CSIP45", {may, may, may}},
    {"CSIP46", {must, must, must}},
    {"CSIP47", {should, should, should}},
    {"CSIP48", {should, should, should}},
    {"CSIP49", {must, must, must}},
    {"CSIP50", {must, must, must}},
    {"CSIP51", {must, must, must}},
    {"CSIP52", {must, must, must}},
    {"CSIP53", {must, must, must}},
    {"CSIP54", {must, must, must}},
    {"CSIP55", {must, must, must}},
    {"CSIP56", {must, must, must}},
    {"CSIP57", {must, must, must}},
    {"CSIP58", {should, should, should}},
    {"CSIP59", {must, must, must}},
    {"CSIP60", {must, must, must}},
    {"CSIP61", {may, may, may}},
    {"CSIP62", {should, should, should}},
    {"CSIP63", {may, may, may}},
    {"CSIP64", {must, must, must}},
    {"CSIP65", {must, must, must}},
    {"CSIP66", {must, must, must}},
    {"CSIP67", {must, must, must}},
    {"CSIP68", {must, must, must}},
    {"CSIP69", {must, must, must}},
    {"CSIP70", {must, must, must}},
    {"CSIP71", {must, must, must}},
    {"CSIP72", {must, must, must}},
    {"CSIP73", {may, may, may}},
    {"CSIP74", {may, may, may}},
    {"CSIP75", {may, may, may}},
    {"CSIP76", {must, must, must}},
    {"CSIP77", {must, must, must}},
    {"CSIP78", {must, must, must}},
    {"CSIP79", {must, must, must}},
    {"CSIP80", {must, must, must}},
    {"CSIP81", {must, must, must}},
    {"CSIP82", {must, must, must}},
    {"CSIP83", {must, must, must}},
    {"CSIP84", {must, must, must}},
    {"CSIP85", {must, must, must}},
    {"CSIP86", {must, none, none}},
    {"CSIP88", {must, must, must}},
    {"CSIP89", {must, must, must}},
    {"CSIP90", {must, must, must}},
    {"CSIP91", {should, should, should}},
    {"CSIP92", {should, should, should}},
    {"CSIP93", {should, should, should}},
    {"CSIP94", {must, must, must}},
    {"CSIP95", {must, must, must}},
    {"CSIP96", {must, must, should}},
    {"CSIP97", {should, should, should}},
    {"CSIP98", {must, must, must}},
    {"CSIP99", {must, must, must}},
    {"CSIP100", {must, must, should}},
    {"CSIP101", {should, should, should}},
    {"CSIP102", {must, must, must}},
    {"CSIP103", {must, must, must}},
    {"CSIP104", {must, must, should}},
    {"CSIP105", {should, should, should}},
    {"CSIP106", {must, must, must}},
    {"CSIP107", {must, must, must}},
    {"CSIP108", {must, must, must}},
    {"CSIP109", {must, must, must}},
    {"CSIP110", {must, must, must}},
    {"CSIP111", {must, must, must}},
    {"CSIP112", {must, must, must}},
    {"CSIP113", {must, must, must}},
    {"CSIP114", {must, must, must}},
    {"CSIP116", {must, must, must}},
    {"CSIP117", {must, must, must}},
    {"CSIP118", {must, must, must}},
    {"CSIP119", {must, must, must}},
    {"SIP1", {may, may, may}},
    {"SIP2", {must, must, must}},
    {"SIP3", {may, may, may}},
    {"SIP4", {must, must, must}},
    {"SIP5", {may, may, may}},
    {"SIP6", {may, may, may}},
    {"SIP7", {may, may, may}},
    {"SIP8", {may, may, may}},
    {"SIP9", {may, may, may}},
    {"SIP10", {must, must, must}},
    {"SIP11", {must, must, must}},
    {"SIP12", {may, may, must}},
    {"SIP13", {may, may, may}},
    {"SIP14", {must, must, must}},
    {"SIP15", {must, must, must}},
    {"SIP16", {must, must, must}},
    {"SIP17", {must, must, must}},
    {"SIP18", {may, may, must}},
    {"SIP19", {may, may, may}},
    {"SIP20", {must, must, must}},
    {"SIP21", {may, may, may}},
    {"SIP22", {must, must, must}},
    {"SIP23", {must, must, must}},
    {"SIP24", {must, must, must}},
    {"SIP25", {may, may, may}},
    {"SIP26", {may, may, may}},
    {"SIP27", {must, must, must}},
    {"SIP28", {must, must, must}},
    {"SIP29", {may, may, must}},
    {"SIP30", {may, may, may}},
    {"SIP31", {must, must, must}},
    {"SIP32", {may, may, may}},
    {"SIP33", {may, may, may}},
    {"SIP34", {may, may, may}},
    {"SIP35", {may, may, may}},
    {"AIPM1", {must, must, must}},
    {"AIPM2", {must, must, must}},
    {"AIPM3", {must, must, must}},
    {"AIPM4", {should, should, should}},
    {"AIPM5", {must, must, must}},
    {"AIPM6", {should, should, should}},
    {"AIPM7", {should, should, should}},
    {"DIP1", {must, must, must}},
    {"DIP2", {must, must, must}},
    {"DIP3", {must, must, must}},
    {"DIP4", {should, should, should}},
};
// clang-format on

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  return out;
}

}  // namespace

std::span<const EarkRequirement> eark_requirements() {
  return requirements;
}

const EarkRequirement* eark_requirement(std::string_view id) {
  const auto* found = std::find_if(std::begin(requirements), std::end(requirements),
                                   [&](const EarkRequirement& one) { return id == one.id; });
  return found == std::end(requirements) ? nullptr : found;
}

std::optional<Level> level_in(EarkVersion version, std::string_view id) {
  const EarkRequirement* found = eark_requirement(id);
  switch (found == nullptr ? none : found->in(version)) {
    case Binding::must:
      return Level::error;
    case Binding::should:
      return Level::warning;
    case Binding::may:
      return Level::note;
    case Binding::none:
      break;
  }
  return std::nullopt;
}

EarkClaim claim_of(std::string_view profile) {
  EarkClaim claim;
  const std::string name = upper(profile.substr(profile.rfind('/') + 1));
  claim.profile = has(name, "CSIP")  ? EarkProfile::csip
                  : has(name, "SIP") ? EarkProfile::sip
                  : has(name, "AIP") ? EarkProfile::aip
                  : has(name, "DIP") ? EarkProfile::dip
                                     : EarkProfile::unknown;
  if (has(name, "2-0-4") || has(name, "2.0.4"))
    claim.version = EarkVersion::v2_0_4;
  else if (has(name, "2-1-0") || has(name, "2.1.0"))
    claim.version = EarkVersion::v2_1_0;
  else if (name == "E-ARK-SIP.XML")  // what SIP2 fixed until 2.1.0; since 2.2.0 it names the version
    claim.version = EarkVersion::v2_1_0;
  return claim;
}

const char* text_of(EarkVersion version) {
  static constexpr const char* texts[] = {"2.0.4", "2.1.0", "2.2.0"};
  return texts[static_cast<std::size_t>(version)];
}

bool is_fixed_profile(EarkProfile profile, std::string_view value) {
  const auto begins = [&](std::string_view start) {
    if (!value.starts_with(start)) return false;
    const std::string_view rest = value.substr(start.size());
    static constexpr std::string_view ends[] = {".xml", "-v2-0-4.xml", "-v2-1-0.xml", "-v2-2-0.xml"};
    return std::find(std::begin(ends), std::end(ends), rest) != std::end(ends);
  };
  switch (profile) {
    case EarkProfile::sip:
      return begins("https://earksip.dilcis.eu/profile/E-ARK-SIP");
    case EarkProfile::aip:  // AIPM2 prints the host of the DIP
      return begins("https://earkaip.dilcis.eu/profile/E-ARK-AIP") ||
             begins("https://earkdip.dilcis.eu/profile/E-ARK-AIP");
    case EarkProfile::dip:
      return begins("https://earkdip.dilcis.eu/profile/E-ARK-DIP");
    case EarkProfile::csip:
    case EarkProfile::unknown:
      break;
  }
  return false;
}

}  // namespace vtlt::package
