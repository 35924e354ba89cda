// Inside the room: how a finding names a file and its documents, and how it is made.
#pragma once
#include <string>
#include <utility>

#include "records/file_names.h"
#include "records/rules.h"

namespace vtlt::records {

// "2026.04.VP": the tail of the file code.
inline std::string file_reference(const FileRecord& file) {
  return file_name(file);
}

// "3 (15/QĐ-UBND)", "3" when the document has no number.
inline std::string document_reference(const FiledDocument& filed) {
  const std::string number = filed.document.own.text();
  const std::string ordinal = std::to_string(filed.ordinal);
  return number.empty() ? ordinal : ordinal + " (" + number + ")";
}

inline Finding finding(const char* code, Level level, std::string ref, Message message, Message hint = {},
                       std::string basis = {}) {
  Finding made;
  made.code = code;
  made.level = level;
  made.ref = std::move(ref);
  made.message = std::move(message);
  made.hint = std::move(hint);
  made.basis = std::move(basis);
  return made;
}

}  // namespace vtlt::records
