#include "records/formats.h"

namespace vtlt::records {
namespace {

struct Format {
  std::string_view extension, mime;
  std::string_view code;  // in the circular's tables; "": not there
};

constexpr Format formats[] = {
    {"txt", "text/plain", "DOC"},
    {"rtf", "application/rtf", "DOC"},
    {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "DOC"},
    {"pdf", "application/pdf", "DOC"},
    {"doc", "application/msword", "DOC"},
    {"odt", "application/vnd.oasis.opendocument.text", "DOC"},
    {"csv", "text/csv", "OTHER"},
    {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "OTHER"},
    {"xls", "application/vnd.ms-excel", "OTHER"},
    {"ods", "application/vnd.oasis.opendocument.spreadsheet", "OTHER"},
    {"htm", "text/html", "OTHER"},
    {"html", "text/html", "OTHER"},
    {"pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation", "OTHER"},
    {"ppt", "application/vnd.ms-powerpoint", "OTHER"},
    {"odp", "application/vnd.oasis.opendocument.presentation", "OTHER"},
    {"jpg", "image/jpeg", "PIC"},
    {"jpeg", "image/jpeg", "PIC"},
    {"gif", "image/gif", "PIC"},
    {"tif", "image/tiff", "PIC"},
    {"tiff", "image/tiff", "PIC"},
    {"png", "image/png", "PIC"},
    {"mpeg", "video/mpeg", "MEDIA"},
    {"mpg", "video/mpeg", "MEDIA"},
    {"mp4", "video/mpeg", "MEDIA"},
    {"avi", "video/x-msvideo", "MEDIA"},
    {"wmv", "video/x-ms-wmv", "MEDIA"},
    {"mov", "video/quicktime", "MEDIA"},
    {"qt", "video/quicktime", "MEDIA"},
    {"mp3", "audio/mpeg", "MEDIA"},
    {"wma", "audio/x-ms-wma", "MEDIA"},
    {"aac", "audio/aac", "MEDIA"},
    {"xml", "text/xml", ""},
    {"json", "application/json", ""},
    {"wav", "audio/x-wav", ""},
    {"zip", "application/zip", ""},
    {"eml", "message/rfc822", ""},
    {"edxml", "application/xml", ""},
    {"xsl", "application/xml", ""},
};

const Format* find(std::string_view extension) {
  for (const Format& format : formats)
    if (format.extension == extension) return &format;
  return nullptr;
}

}  // namespace

std::string_view mime_of_extension(std::string_view extension) {
  const Format* format = find(extension);
  return format == nullptr ? std::string_view() : format->mime;
}

bool is_circular_format(std::string_view extension) {
  const Format* format = find(extension);
  return format != nullptr && !format->code.empty();
}

const std::vector<CircularFormat>& circular_formats() {
  static const std::vector<CircularFormat> all = [] {
    std::vector<CircularFormat> list;
    for (const Format& format : formats)
      if (!format.code.empty()) list.push_back({format.code, format.extension, format.mime});
    return list;
  }();
  return all;
}

bool is_known_mime(std::string_view mime) {
  for (const Format& format : formats)
    if (format.mime == mime) return true;
  return false;
}

}  // namespace vtlt::records
