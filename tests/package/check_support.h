// Packages made of strings, for tests of the checker: folders, and ZIPs whose headers may lie.
#pragma once
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/files.h"
#include "package/package.h"

namespace check_support {

using Tree = std::map<std::string, std::string>;  // path below the package → bytes

class Workshop {  // a folder that goes away
 public:
  Workshop();
  ~Workshop();
  Workshop(const Workshop&) = delete;
  Workshop& operator=(const Workshop&) = delete;
  const vtlt::Path& path() const { return path_; }

 private:
  vtlt::Path path_;
};

void put(const vtlt::Path& path, const std::string& bytes);  // makes the folders too
vtlt::Path put_tree(const vtlt::Path& folder, const Tree& tree);

struct ZipEntry {
  std::string name, data;
  std::optional<std::string> central_name;  // when it differs
  std::optional<std::uint32_t> size;        // announced in both headers
  bool in_central = true, in_local = true;
  std::uint32_t unix_mode = 0100644;
  std::uint16_t flags = 0x800;
  bool zip64 = false;                    // sizes and place stand in ZIP64 fields
  std::optional<std::uint64_t> place64;  // in the list, when it lies
  std::string junk{};                    // stands before it
  std::string descriptor{};              // behind the data, of which nothing is said before them
  std::string local_extra{}, central_extra{};
  std::uint8_t dos = 0;  // attributes
  std::optional<std::uint16_t> local_flags{}, local_version{}, central_version{};
  std::optional<std::uint32_t> central_crc{}, central_packed{};
};
std::string make_zip(const std::vector<ZipEntry>& entries);
std::uint32_t crc_of(std::string_view data);
// Marked or not, in 64 or 32 bits.
std::string zip_descriptor(const std::string& data, bool marked = true, bool wide = false);
std::string make_zip(const std::string& root, const Tree& tree);

vtlt::package::Verdict run(const vtlt::Path& path, const vtlt::package::CheckOptions& options = {});
bool has(const vtlt::package::Verdict& verdict, const std::string& code,
         std::optional<vtlt::Level> level = std::nullopt);
std::string text_of(const vtlt::package::Verdict& verdict);  // for INFO

// A small package of TT05, right in every part; each hook may spoil one before what depends on it is made.
struct Maker {
  std::string kind = "SIP";  // SIP | AIP
  std::string file_code = "H57.32.15.2026.04.VP";
  std::function<void(std::string&)> file_record, first_document, second_document, rep1_mets, root_mets,
      premis, premis_rep1;
  std::function<void(Tree&)> before_mets;  // files that METS then lists, or no longer does
  std::map<std::string, std::string> schemas;

  Tree make();
  Tree make_copy() const;
  std::string folder() const;
};

void replace(std::string& text, const std::string& from, const std::string& to);  // must be there

}  // namespace check_support
