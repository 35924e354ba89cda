// What a file (hồ sơ) is called among people, and can be typed as a reference.
#pragma once
#include <string>

#include "records/records.h"

namespace vtlt::records {

// "2026.04.VP"; of an arranged fonds "hs.118", before it is numbered "hs.T1-12"; else the brief id.
std::string file_name(const FileRecord& file);

}  // namespace vtlt::records
