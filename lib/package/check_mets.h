// Judges a METS file: for TT05 and for plain E-ARK CSIP by the same rules under their own codes.
#pragma once
#include <array>
#include <string>
#include <vector>

#include "package/check_fixity.h"
#include "package/reader_mets.h"

namespace vtlt::package {

enum class Flavour { tt05, csip };
enum class Scope { root, representation };

// What the package's own rules look at after the METS has been read.
struct MetsFacts {
  bool read = false;  // to its end
  bool is_mets = false;
  MetsRoot root;
  bool has_header = false;
  MetsHeader header;
  std::vector<MetsAgent> agents;
  struct Alternative {
    std::string type, text;
    long line;
  };
  std::vector<Alternative> alternatives;
  std::vector<std::string> uses;        // of the file groups
  std::vector<std::string> top_labels;  // of the divisions below the top one in the CSIP map
  std::vector<std::string> map_types;   // TYPE of the top divisions and those below
};

// How an entry is known to the METS files.
constexpr char listed_with_digest = 1, listed_by_pointer = 2;

class MetsCheck final : public MetsEvents {
 public:
  MetsCheck(Flavour flavour, Scope scope, std::string path, const PackageSource& source, FixityPlan& plan,
            std::vector<char>& listed, Report& report);
  // Reads, judges, and leaves the expectations in the plan.
  MetsFacts run(ByteStream& stream, const XmlSchema* schema);

  void root(const MetsRoot&, bool is_mets) override;
  void header(const MetsHeader&) override;
  void agent(const MetsAgent&) override;
  void alternative_record(const std::string& type, const std::string& text, long line) override;
  void section(const MetsSection&) override;
  void file_section(const std::string& id, long line) override;
  void group(int index, const MetsGroup&) override;
  void group_end(int index, int files) override;
  void reference(const MetsReference&, int group) override;
  void map(const MetsMap&) override;
  void division(const MetsDivision&) override;
  void division_end(const MetsDivision&, int file_pointers, int pointers, int divisions) override;
  void file_pointer(const std::string& file_id, const MetsDivision&, long line) override;

 private:
  enum class Kind : std::uint8_t {
    descriptive,
    administrative,
    file,
    group,
    division,
    map,
    file_section,
    metadata
  };
  using Key = BriefKey;
  struct Id {
    Key key;
    std::uint32_t line;
    std::uint32_t entry;
    std::int32_t group;
    Kind kind;
    bool used;
  };
  struct Use {
    Key key;
    std::uint32_t line;
    Kind kind;  // of the id that is meant; group: xlink:title of an mptr
  };
  struct Codes;  // ids of the requirements for one kind of reference
  static const Codes& codes_of(MetsWhere where);

  void fault(Level level, const char* csip, const char* tt05, long line, Message what, Message hint = {});
  void require(bool present, const char* csip, const char* tt05, long line, const char* element,
               const char* attribute);
  void add_id(const std::string& id, Kind kind, const char* csip, const char* element, long line,
              std::uint32_t entry = no_entry, int group = -1);
  void add_uses(const std::string& ids, Kind kind, long line);
  std::uint32_t resolve(const MetsReference& reference, const Codes& codes);
  std::uint32_t locate(const std::string& decoded, const MetsReference& reference, const Codes& codes);
  void take_fixity(const MetsReference& reference, const Codes& codes, std::uint32_t entry);
  void check_mime(const MetsReference& reference);
  void settle_ids();
  void settle_maps();
  void settle_header();
  void settle_groups();

  Flavour flavour_;
  Scope scope_;
  std::string path_, folder_;
  const PackageSource& source_;
  FixityPlan& plan_;
  std::vector<char>& listed_;
  Report& report_;
  MetsFacts facts_;
  std::array<std::uint16_t, 3> lists_{};  // descriptive, administrative, file
  std::vector<Id> ids_;
  std::vector<Use> uses_;
  std::vector<int> group_parents_;
  std::vector<std::uint32_t> pointed_;
  long last_line_ = 0;
  int maps_ = 0, csip_maps_ = 0, top_divisions_ = 0, sections_ = 0, file_sections_ = 0;
  bool physical_ = false;
  std::uint64_t elements_ = 0;
};

// "2026-06-12T11:45:37.690+07:00": xs:dateTime, real calendar values.
bool is_date_time(std::string_view text);
bool is_ncname(std::string_view text);

}  // namespace vtlt::package
