// Judges a METS file: for TT05 and for plain E-ARK CSIP by the same rules under their own codes.
#pragma once
#include <array>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/ascii.h"
#include "package/check_fixity.h"
#include "package/eark_requirements.h"
#include "package/reader_mets.h"
#include "package/spill.h"

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
  EarkClaim claim;
  int descriptions = 0, current_descriptions = 0;       // dmdSec
  bool administered = false;                            // there is an amdSec
  bool has_files = false, has_representations = false;  // fileSec; a group of representations in it
  bool unresolved = false;                              // a file that is listed was not found
  // Of digital provenance: anything referenced, by PREMIS, by PREMIS 3.
  bool provenance = false, premis = false, premis3 = false;
};
// The agent that comes nearest to the packing software (CSIP10-16); nullptr without any.
const MetsAgent* software_agent(const std::vector<MetsAgent>& agents);

// What a file group or a division of the CSIP map is for.
enum class Part : std::uint8_t { other, metadata, documentation, schemas, representations };
Part part_of(std::string_view use_or_label);

// How an entry is known to the METS files.
constexpr char listed_with_digest = 1, listed_by_pointer = 2;
// In a file group of the kind.
constexpr char listed_as_documentation = 4, listed_as_schema = 8, listed_as_representation = 16;

class MetsCheck final : public MetsEvents {
 public:
  MetsCheck(Flavour flavour, Scope scope, std::string path, const PackageSource& source, FixityPlan& plan,
            std::vector<char>& listed, Report& report, std::size_t ids_in_memory);
  // Reads, judges, and leaves the expectations in the plan. beside hears what is read too, unless nullptr.
  MetsFacts run(ByteStream& stream, const XmlSchema* schema, XmlHandler* beside = nullptr);

  void root(const MetsRoot&, bool is_mets) override;
  void header(const MetsHeader&) override;
  void agent(const MetsAgent&) override;
  void alternative_record(const std::string& type, const std::string& text, long line) override;
  void section(const MetsSection&) override;
  void section_end(const MetsSection&, int references) override;
  void file_section(const std::string& id, long line) override;
  void group(int index, const MetsGroup&) override;
  void group_end(int index, int files) override;
  void reference(const MetsReference&, int group) override;
  void map(const MetsMap&) override;
  void division(const MetsDivision&) override;
  void division_end(const MetsDivision&, int file_pointers, int pointers, int divisions) override;
  void file_pointer(const std::string& file_id, const MetsDivision&, long line) override;
  void other_id(const std::string& id, std::string_view element, long line) override;

 private:
  enum class Kind : std::uint8_t {
    descriptive,
    administrative,
    file,
    group,
    division,
    map,
    file_section,
    metadata,
    other
  };
  // Where a use of an id stands, as far as CSIP has a rule of its own for it.
  enum class From : std::uint8_t {
    elsewhere,
    group_admin,
    file_admin,
    file_descriptive,
    metadata_admin,
    metadata_descriptive,
    documentation,
    schemas,
    representations,
    unlabelled,  // fptr of another division right below the top one
    inner,       // fptr of a division below those
    title
  };
  using Key = BriefKey;
  struct Id {
    Key key;
    std::uint32_t line;
    std::uint32_t entry;
    std::int32_t group;  // of a part of amdSec: which amdSec
    Kind kind;
    bool used;
    bool whole = false;     // an amdSec itself
    bool current = false;   // the Metadata division should name it
    std::uint8_t csip = 0;  // number of the requirement that wants it; 0: none
  };
  struct Use {
    Key key;
    std::uint32_t line;
    Kind kind;  // of the id that is meant; group: xlink:title of an mptr
    From from;
  };
  struct Group {
    int parent;
    Part part;
    std::uint32_t line;
    bool pointed = false;
    std::string folder = {};  // of a representation, as USE names it
    bool misplaced = false;   // a file of another representation was told
  };
  // Where an mptr says which group holds its METS.
  struct Title {
    Key key;
    long line;
    std::string folder;  // of the representation
  };
  struct Codes;  // ids of the requirements for one kind of reference
  static const Codes& codes_of(MetsWhere where);

  // Under TT05 with this level. As plain E-ARK with the level that the version claimed gives to the
  // requirement; only codes that are no requirement keep the one given.
  void fault(Level level, const char* csip, const char* tt05, long line, Message what, Message hint = {});
  void require(bool present, const char* csip, const char* tt05, long line, const char* element,
               const char* attribute);
  void add_id(const std::string& id, Kind kind, const char* csip, const char* element, long line,
              std::uint32_t entry = no_entry, int group = -1);
  // The same for rules of CSIP that TT05 does not have: the level is the requirement's.
  std::string basis() const;
  void breach(std::string_view id, long line, Message what, Message hint = {});
  void breach_value(std::string_view id, long line, const char* name, const std::string& value);
  void missing_attribute(std::string_view id, long line, const char* element, const char* attribute);
  void add_uses(const std::string& ids, Kind kind, long line, From from = From::elsewhere);
  std::uint32_t resolve(const MetsReference& reference, const Codes& codes);
  std::uint32_t locate(const std::string& decoded, const MetsReference& reference, const Codes& codes);
  void take_fixity(const MetsReference& reference, const Codes& codes, std::uint32_t entry);
  void check_mime(const MetsReference& reference);
  void check_terms(const MetsReference& reference, const Codes& codes);
  void add_lists();
  void count_part();
  void settle_ids();
  void settle_uses();
  void settle_maps();
  void settle_header();
  void settle_groups();
  // CSIP only. A map whose LABEL begins with CSIP breaks CSIP82 and is judged by the other rules all the
  // same.
  void root_terms(const MetsRoot& root);
  void software(long line);
  void mark_section(const MetsSection& section, const char* id);
  void group_terms(const MetsGroup& group, Part part);
  void division_part(const MetsDivision& division);
  void division_part_end(const MetsDivision& division, int file_pointers, int pointers);
  void settle_parts();
  void settle_sections();
  void settle_uses_csip();
  void use_found(const Use& use, Id& id);
  void use_unfit(const Use& use, bool exists);
  bool has_representation_mets(std::string name);
  void settle_titles();
  void place_metadata(const MetsReference& reference, const Codes& codes, std::uint32_t entry);
  void place_in_group(std::uint32_t entry, int group, long line);
  void settle_metadata_division();
  void settle_file_groups();
  bool has_content(const std::string& folder) const;

  Flavour flavour_;
  Scope scope_;
  std::string path_, folder_;
  const PackageSource& source_;
  FixityPlan& plan_;
  std::vector<char>& listed_;
  Report& report_;
  MetsFacts facts_;
  std::array<std::uint32_t, 6> lists_{};  // by MetsWhere
  SpillingList<Id> ids_;
  SpillingList<Use> uses_;
  std::vector<Group> groups_;
  std::vector<std::uint32_t> pointed_;
  long last_line_ = 0;
  int maps_ = 0, csip_maps_ = 0, top_divisions_ = 0, sections_ = 0, file_sections_ = 0;
  bool physical_ = false;
  bool in_csip_map_ = false, csip_like_ = false;
  int admin_sections_ = 0, provenances_ = 0;  // amdSec, digiprovMD
  long admin_line_ = 0;
  std::set<int> named_admin_sections_;         // amdSec named as a whole by the Metadata division
  std::array<bool, 5> parts_{}, groups_of_{};  // seen, by Part
  bool plain_representations_ = false;         // a Representations division without mptr
  long map_line_ = 0, file_section_line_ = 0;
  int undivided_ = 0;  // Representations divisions that name none
  long metadata_line_ = 0, metadata_candidate_ = 0;
  bool told_preservation_ = false, told_descriptive_ = false;  // CSIPSTR6, CSIPSTR7
  bool metadata_admin_ = false, metadata_descriptive_ = false;
  std::string pointed_folder_;  // of the representation that the last mptr led to
  std::vector<Title> titles_;
  std::optional<std::set<std::string>> described_representations_;  // lower case, of those with a METS
  std::set<std::string> divided_;  // representations that have a division
  std::uint64_t parts_counted_ = 0;
};

// "2026-06-12T11:45:37.690+07:00": xs:dateTime, real calendar values.
bool is_date_time(std::string_view text);
bool is_ncname(std::string_view text);
using ascii::is_blank;
using ascii::lower;
using ascii::trimmed;

}  // namespace vtlt::package
