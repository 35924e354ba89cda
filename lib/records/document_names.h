// Names that software gives to the computer files of documents (records-practice.md 1.3):
// 00.00.H57_275_KH_UBND_2025_PL1_signed.pdf, 000.00.00.K57-55-2025-NQ-HDND-2025.pdf.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "records/records.h"

namespace vtlt::records {

struct DocumentName {
  std::string organ;   // "00.00.H57"; "" when the name has none
  DocumentNumber own;  // number, suffix, year inside the number; notation "" when it is in doubt
  const DocumentType* type = nullptr;
  int year = 0;   // of the document
  int annex = 0;  // PL1 → 1, PL alone → 1; 0: the document itself
  bool is_signed = false;
  std::string doubt;  // the part that may be read in two ways without its marks: "HD" is HD or HĐ
};

// abbreviations: of bodies and units, with their marks ("HĐND", "VP-ĐC"); those that every agency uses are
// known. nullopt: not a name of this kind; nothing is guessed from titles such as "QĐ 01 ban hành.pdf".
std::optional<DocumentName> parse_document_name(std::string_view file_name,
                                                const std::vector<std::string>& abbreviations = {});

}  // namespace vtlt::records
