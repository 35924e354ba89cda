// What a receiver wants of packages beyond the circular (vtlt-profile(5)).
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/files.h"
#include "text/pattern.h"

namespace vtlt::package {

struct Profile {
  struct Format {
    std::string extension, mime;  // lower case, without the dot
  };
  struct Field {
    std::string form;  // "file", "batch", "request", "document", "picture", "media"
    std::string name;
    text::Pattern pattern;
    std::vector<std::string> codes;
  };
  enum class PdfA : std::uint8_t { any, digitised, all };

  std::string id, version, title;
  std::string sha256;                               // of the file's bytes
  std::vector<std::string> packages;                // "sip-hoso" …; empty: any
  std::vector<std::string> specs;                   // "tt05", "csip-2.2", "bagit-1.0"; empty: any
  std::vector<std::string> maintenance;             // codes; empty: any
  std::vector<Format> formats;                      // empty: any
  std::vector<std::string> format_codes;            // of the circular's groups, those that formats is about
  PdfA pdfa = PdfA::any;                            // which PDFs must claim to be PDF/A
  std::vector<std::string> pdfa_levels;             // "1b", "2b", "2u" …; empty: any
  std::uint64_t resolution = 0;                     // dots per inch of digitised images; 0: any
  std::uint64_t file_bytes = 0, package_bytes = 0;  // at most; 0: any
  std::uint64_t longest_path = 0;                   // characters, the package's folder among them; 0: any
  std::string file_system;                          // of the media: "fat32", "exfat", "ntfs", ""
  std::vector<Field> fields;
  text::Pattern zip_name, folder_name;
  std::vector<std::string> digests;  // as METS names them: "SHA-256"; empty: any
  bool registration = false;         // the code of the transfer request must be there
  text::Pattern registration_form;

  std::string name() const { return version.empty() ? id : id + " " + version; }
};

// A file, or the name of one that is shipped. Throws Error VTLT-PROFILE-01 … -17 (exit 2) with line and what
// to do.
Profile load_profile(Files& files, const std::string& file_or_name);
Profile parse_profile(const std::string& path, std::string_view text);
std::vector<std::string> shipped_profiles();

}  // namespace vtlt::package
