// Inside the room: how a finding names a file and its documents.
#pragma once
#include <string>

#include "records/rules.h"

namespace vtlt::records {

// "2026.04.VP": the tail of the file code.
inline std::string file_reference(const FileRecord& file) {
  return file_code(Fonds{}, file);
}

// "3 (15/QĐ-UBND)", "3" when the document has no number.
inline std::string document_reference(const FiledDocument& filed) {
  const std::string number = filed.document.own.text();
  const std::string ordinal = std::to_string(filed.ordinal);
  return number.empty() ? ordinal : ordinal + " (" + number + ")";
}

}  // namespace vtlt::records
