#include "records/file_names.h"

namespace vtlt::records {

std::string file_name(const FileRecord& file) {
  if (!file.notation.empty()) return file_code(Fonds{}, file);
  if (!file.number.empty()) return "hs." + file.number;
  if (!file.provisional.empty()) return "hs." + file.provisional;
  return file.id.brief();
}

}  // namespace vtlt::records
