#include "records/formats.h"

namespace vtlt::records {
namespace {

struct Format {
  std::string_view extension, mime;
  bool circular;
};

constexpr Format formats[] = {
    {"txt", "text/plain", true},
    {"rtf", "application/rtf", true},
    {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", true},
    {"pdf", "application/pdf", true},
    {"doc", "application/msword", true},
    {"odt", "application/vnd.oasis.opendocument.text", true},
    {"csv", "text/csv", true},
    {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", true},
    {"xls", "application/vnd.ms-excel", true},
    {"ods", "application/vnd.oasis.opendocument.spreadsheet", true},
    {"htm", "text/html", true},
    {"html", "text/html", true},
    {"pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation", true},
    {"ppt", "application/vnd.ms-powerpoint", true},
    {"odp", "application/vnd.oasis.opendocument.presentation", true},
    {"jpg", "image/jpeg", true},
    {"jpeg", "image/jpeg", true},
    {"gif", "image/gif", true},
    {"tif", "image/tiff", true},
    {"tiff", "image/tiff", true},
    {"png", "image/png", true},
    {"mpeg", "video/mpeg", true},
    {"mpg", "video/mpeg", true},
    {"mp4", "video/mpeg", true},
    {"avi", "video/x-msvideo", true},
    {"wmv", "video/x-ms-wmv", true},
    {"mov", "video/quicktime", true},
    {"qt", "video/quicktime", true},
    {"mp3", "audio/mpeg", true},
    {"wma", "audio/x-ms-wma", true},
    {"aac", "audio/aac", true},
    {"xml", "text/xml", false},
    {"json", "application/json", false},
    {"wav", "audio/x-wav", false},
    {"zip", "application/zip", false},
    {"eml", "message/rfc822", false},
    {"edxml", "application/xml", false},
    {"xsl", "application/xml", false},
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
  return format != nullptr && format->circular;
}

bool is_known_mime(std::string_view mime) {
  for (const Format& format : formats)
    if (format.mime == mime) return true;
  return false;
}

}  // namespace vtlt::records
