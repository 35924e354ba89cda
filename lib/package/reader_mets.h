// A METS file as events, so that one of a hundred thousand files is never held as a whole.
#pragma once
#include <string>
#include <vector>

#include "package/reader.h"

namespace vtlt::package {

constexpr const char* mets_namespace = "http://www.loc.gov/METS/";
constexpr const char* csip_namespace = "https://DILCIS.eu/XML/METS/CSIPExtensionMETS";
constexpr const char* xlink_namespace = "http://www.w3.org/1999/xlink";

struct MetsRoot {
  std::string objid, type, other_type, profile, label, content_type, other_content_type;
  long line = 0;
};
struct MetsAgent {
  std::string role, type, other_type, name;
  int names = 0;
  struct Note {
    std::string type, text;
  };
  std::vector<Note> notes;
  long line = 0;
};
struct MetsHeader {
  std::string created, modified, status, package_type;
  long line = 0;
};
// dmdSec, or a part of amdSec.
struct MetsSection {
  std::string element;  // "dmdSec", "amdSec", "digiprovMD", "rightsMD", "techMD", "sourceMD"
  std::string id, created, status;
  long line = 0;
};
// administrative: digiprovMD; other: the parts of amdSec that no profile speaks of.
enum class MetsWhere { descriptive, administrative, file, representation, rights, other };
// mdRef, file with its FLocat, or mptr: what points to a computer file.
struct MetsReference {
  MetsWhere where = MetsWhere::file;
  std::string id, href, location_type, link_type, title, metadata_type, metadata_version, mime, size, created,
      checksum, checksum_type, section, admin_ids, descriptive_ids, use;  // use: of file
  bool has_location = false, has_href = false;
  int depth = 0;  // of an mptr's division
  int locations = 0;
  long line = 0;
};
struct MetsGroup {
  std::string id, use, admin_ids, content_type, other_content_type;
  bool has_use = false;
  int parent = -1;
  long line = 0;
};
struct MetsDivision {
  std::string id, label, type, descriptive_ids, admin_ids;
  int depth = 0;  // 0: the top division of its structMap
  bool csip = false;
  long line = 0;
};
struct MetsMap {
  std::string id, type, label;
  long line = 0;
};

class MetsEvents {
 public:
  virtual ~MetsEvents() = default;
  virtual void root(const MetsRoot&, bool is_mets) = 0;
  virtual void header(const MetsHeader&) = 0;
  virtual void agent(const MetsAgent&) = 0;
  virtual void alternative_record(const std::string& type, const std::string& text, long line) = 0;
  virtual void section(const MetsSection&) = 0;
  // Of dmdSec and the parts of amdSec: how many mdRef it had.
  virtual void section_end(const MetsSection&, int) {}
  virtual void file_section(const std::string& id, long line) = 0;
  virtual void group(int index, const MetsGroup&) = 0;
  virtual void group_end(int index, int files) = 0;
  virtual void reference(const MetsReference&, int group) = 0;
  virtual void map(const MetsMap&) = 0;
  virtual void division(const MetsDivision&) = 0;
  virtual void division_end(const MetsDivision&, int file_pointers, int pointers, int divisions) = 0;
  virtual void file_pointer(const std::string& file_id, const MetsDivision&, long line) = 0;
  // The ID of an element that no other event tells.
  virtual void other_id(const std::string&, std::string_view, long) {}
};

class MetsReader final : public XmlHandler {
 public:
  explicit MetsReader(MetsEvents& events) : events_(events) {}
  void start(std::string_view ns, std::string_view name, const XmlAttributes& attributes, long line) override;
  void text(std::string_view piece) override;
  void end(std::string_view ns, std::string_view name, long line) override;

 private:
  void start_map_part(std::string_view name, const XmlAttributes& attributes, long line);
  void start_file_part(std::string_view name, const XmlAttributes& attributes, long line);
  void start_header_part(std::string_view name, const XmlAttributes& attributes, long line);
  void tell_id(std::string_view name, const XmlAttributes& attributes, long line);
  static void take_core(MetsReference& reference, const XmlAttributes& attributes);
  static void take_link(MetsReference& reference, const XmlAttributes& attributes);

  struct OpenGroup {
    int index = 0;
    int files = 0;
  };
  struct OpenDivision {
    MetsDivision division;
    int file_pointers = 0, pointers = 0, divisions = 0;
  };
  MetsEvents& events_;
  int depth_ = 0, foreign_ = 0;  // foreign_: depth of an xmlData that is open
  bool gathering_ = false;
  std::string gathered_;
  bool in_agent_ = false;
  MetsAgent agent_;
  std::string alternative_type_;
  std::string section_;
  MetsSection open_section_;  // dmdSec, digiprovMD ...: what an mdRef stands in
  int section_references_ = 0;
  bool in_file_ = false;
  int file_depth_ = 0;
  MetsReference file_;
  int groups_ = 0;
  std::vector<OpenGroup> open_groups_;
  bool csip_map_ = false;
  std::vector<OpenDivision> divisions_;
};

// An href as bytes; false: a broken escape, or one for NUL.
bool percent_decode(std::string_view text, std::string& out);

}  // namespace vtlt::package
