// BagIt 0.93 to 1.0 (RFC 8493), as data: what the tag files say before a byte of the payload is read.
#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

#include "package/bag_lines.h"
#include "package/check_fixity.h"
#include "package/package.h"

namespace vtlt::package {

class BagCheck {
 public:
  BagCheck(PackageSource& source, Report& report, Progress& progress, Verdict& verdict);
  void run();

 private:
  struct Manifest {
    std::string path;
    Algorithm algorithm = Algorithm::none;
    bool tags = false;
    std::uint32_t list = 0;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> lines;  // entry, digest in digests
    std::string digests;
    bool whole = false;                 // read to its end
    std::set<std::uint32_t> manifests;  // of a tag manifest: which payload manifests it lists
  };
  struct Hole {
    std::string path;
    long line = 0;
    std::uint64_t length = 0;
    bool has_length = false;
    bool listed = false;  // by a payload manifest
  };

  void read_declaration();
  void read_info();
  void info_line(std::string_view line, long number, const std::string& path);
  void take_info(const std::string& label, const std::string& joined, long line, const std::string& path);
  void find_manifests();
  bool begin_early();
  void read_manifest(Manifest& manifest);
  void manifest_line(Manifest& manifest, std::string_view line, long number);
  void read_fetch();
  void check_complete();
  void check_oxum();
  Hole* hole_at(const std::string& path);
  bool read_tag_file(const std::string& path, const std::function<void(std::string_view, long)>& line);
  // The entry that a path of a tag file means; no_entry: absent, said in reason by the caller.
  std::uint32_t locate(std::string_view written, const Manifest& manifest, long line, std::string& path,
                       bool& refused);
  std::string decode_path(std::string_view written) const;
  void fault(Level level, const char* code, const std::string& path, long line, Message what,
             const char* section);

  PackageSource& source_;
  const EntryTable& entries_;
  Report& report_;
  Progress& progress_;
  Verdict& verdict_;
  FixityPlan plan_;
  int version_ = 97;  // 100 for 1.0
  std::string encoding_ = "UTF-8";
  std::vector<Manifest> manifests_;
  std::vector<Hole> holes_;
  std::vector<char> in_manifests_;  // for each entry: in how many payload manifests
  struct Oxum {
    std::string value, path;
    long line = 0;
  };
  std::vector<Oxum> oxums_;
  std::string last_label_, last_value_;
  long last_label_line_ = 0;
  std::set<std::string> once_labels_;
};

}  // namespace vtlt::package
