#include "package/eark_vocabularies.h"

#include <algorithm>
#include <string>

#include "base/ascii.h"

namespace vtlt::package {
namespace {

constexpr std::string_view content_categories[] = {
    "Textual works – Print",
    "Textual works – Digital",
    "Textual works – Electronic Serials",
    "Digital Musical Composition (score-based representations)",
    "Musical Scores - Print",
    "Musical Scores - Digital",
    "Photographs – Print",
    "Photographs – Digital",
    "Other Graphic Images – Print",
    "Other Graphic Images – Digital",
    "Microforms",
    "Audio – On Tangible Medium (digital or analog)",
    "Audio – Media-independent (digital)",
    "Motion Pictures – Digital and Physical Media",
    "Video – File-based and Physical Media",
    "Software",
    "Software and Video Games",
    "Email",
    "Datasets",
    "Geospatial Data",
    "Geographic Information System (GIS) - Vector Data",
    "GIS Raster and Georeferenced Images",
    "GIS Vector and Raster Combined",
    "Non-GIS Cartographic",
    "2D and 3D Computer Aided Design",
    "Design (schematics, architectural drawings) - Print",
    "Scanned 3D Objects (output from photogrammetry scanning)",
    "Databases",
    "Websites",
    "Web Archives",
    "Collection",
    "Event",
    "Image",
    "Interactive resource",
    "Moving image",
    "Sound",
    "Still image",
    "Text",
    "Physical object",
    "Service",
    "Mixed",
    "Other"};
constexpr std::string_view content_types[] = {"ERMS",
                                              "SIARD1",
                                              "SIARD2",
                                              "SIARDDK",
                                              "GeoData",
                                              "citscarchival_v1_0",
                                              "csarchival_v1_0",
                                              "citcarchival_v1_0",
                                              "cscarchival_v1_0",
                                              "citserms_v2_1",
                                              "citserms_v3_0",
                                              "citspremis_v1_0",
                                              "cspremis_v1_0",
                                              "citsehpj_v1_0",
                                              "citsehpj_v2_0",
                                              "citsehcr_v1_0",
                                              "citssiard_v1_0",
                                              "citsgeospatial_v3_0",
                                              "cits3dpm_v1_0",
                                              "MIXED",
                                              "OTHER",
                                              "citsarchival_v1_0"};
constexpr std::string_view package_types[] = {"SIP", "AIP", "DIP", "AIU", "AIC"};
constexpr std::string_view statuses[] = {"SUPERSEDED", "CURRENT"};
constexpr std::string_view record_statuses[] = {"NEW",     "SUPPLEMENT", "REPLACEMENT", "TEST",
                                                "VERSION", "DELETE",     "OTHER"};
constexpr std::string_view alternative_records[] = {"SUBMISSIONAGREEMENT", "PREVIOUSSUBMISSIONAGREEMENT",
                                                    "REFERENCECODE", "PREVIOUSREFERENCECODE"};
constexpr std::string_view agent_roles[] = {"CREATOR",      "EDITOR",    "ARCHIVIST", "PRESERVATION",
                                            "DISSEMINATOR", "CUSTODIAN", "IPOWNER",   "OTHER"};
constexpr std::string_view metadata_types[] = {"MARC",
                                               "MODS",
                                               "EAD",
                                               "DC",
                                               "NISOIMG",
                                               "LC-AV",
                                               "VRA",
                                               "TEIHDR",
                                               "DDI",
                                               "FGDC",
                                               "LOM",
                                               "PREMIS",
                                               "PREMIS:OBJECT",
                                               "PREMIS:AGENT",
                                               "PREMIS:RIGHTS",
                                               "PREMIS:EVENT",
                                               "TEXTMD",
                                               "METSRIGHTS",
                                               "ISO 19115:2003 NAP",
                                               "EAC-CPF",
                                               "LIDO",
                                               "OTHER"};
constexpr std::string_view checksum_types[] = {"Adler-32", "CRC32",   "HAVAL",   "MD5",   "MNP",      "SHA-1",
                                               "SHA-256",  "SHA-384", "SHA-512", "TIGER", "WHIRLPOOL"};
constexpr std::string_view media_tops[] = {"application", "audio",     "chemical", "example",
                                           "font",        "haptics",   "image",    "message",
                                           "model",       "multipart", "text",     "video"};

// "Textual works – Digital" and "textual works - digital" are one category.
std::string plain_category(std::string_view value) {
  std::string plain;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value.substr(i, 3) == "\xE2\x80\x93" || value.substr(i, 3) == "\xE2\x80\x94") {
      plain += '-';
      i += 2;
    } else if (value[i] >= 'A' && value[i] <= 'Z') {
      plain += static_cast<char>(value[i] + 32);
    } else {
      plain += value[i];
    }
  }
  return plain;
}

template <typename Terms>
bool holds(const Terms& terms, std::string_view value) {
  return std::find(std::begin(terms), std::end(terms), value) != std::end(terms);
}

}  // namespace

std::span<const std::string_view> terms_of(Vocabulary vocabulary) {
  switch (vocabulary) {
    case Vocabulary::content_category:
      return content_categories;
    case Vocabulary::content_type:
      return content_types;
    case Vocabulary::package_type:
      return package_types;
    case Vocabulary::status:
      return statuses;
    case Vocabulary::record_status:
      return record_statuses;
    case Vocabulary::alternative_record:
      return alternative_records;
    case Vocabulary::agent_role:
      return agent_roles;
    case Vocabulary::metadata_type:
      return metadata_types;
    case Vocabulary::checksum_type:
      break;
  }
  return checksum_types;
}

bool is_term(Vocabulary vocabulary, std::string_view value) {
  if (vocabulary != Vocabulary::content_category) return holds(terms_of(vocabulary), value);
  const std::string plain = plain_category(value);
  return std::any_of(std::begin(content_categories), std::end(content_categories),
                     [&](std::string_view term) { return plain_category(term) == plain; });
}

bool is_media_type(std::string_view value) {
  const std::size_t slash = value.find('/');
  if (slash == 0 || slash == std::string_view::npos || slash + 1 == value.size()) return false;
  if (value.find('/', slash + 1) != std::string_view::npos) return false;
  const std::string top = ascii::lower(value.substr(0, slash));
  return top.starts_with("x-") || holds(media_tops, top);
}

}  // namespace vtlt::package
