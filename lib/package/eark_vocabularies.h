// The controlled vocabularies of CSIP, SIP and METS.
#pragma once
#include <span>
#include <string_view>

namespace vtlt::package {

enum class Vocabulary {
  content_category,    // mets/@TYPE
  content_type,        // csip:CONTENTINFORMATIONTYPE
  package_type,        // csip:OAISPACKAGETYPE
  status,              // dmdSec, digiprovMD, rightsMD @STATUS
  record_status,       // metsHdr/@RECORDSTATUS
  alternative_record,  // altRecordID/@TYPE
  agent_role,          // METS
  metadata_type,       // METS, mdRef/@MDTYPE
  checksum_type,       // METS
};
std::span<const std::string_view> terms_of(Vocabulary vocabulary);
// Letter for letter, but for the content categories: their dashes and capitals are written in many ways.
bool is_term(Vocabulary vocabulary, std::string_view value);
// "text/xml": two parts, the first one of those that IANA knows (or an old x- name).
bool is_media_type(std::string_view value);

}  // namespace vtlt::package
