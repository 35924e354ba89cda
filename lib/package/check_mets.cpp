#include "package/check_mets.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <optional>

#include "base/encoding.h"
#include "package/eark_vocabularies.h"
#include "package/xml_words.h"
#include "text/date.h"

namespace vtlt::package {

struct MetsCheck::Codes {
  const char* element;
  const char *location, *location_type, *link_type, *href, *id, *metadata_type, *mime, *size, *created,
      *checksum, *checksum_type;
};

const MetsCheck::Codes& MetsCheck::codes_of(MetsWhere where) {
  static constexpr Codes descriptive{"mdRef",  "CSIP21", "CSIP22", "CSIP23", "CSIP24", nullptr,
                                     "CSIP25", "CSIP26", "CSIP27", "CSIP28", "CSIP29", "CSIP30"};
  static constexpr Codes administrative{"mdRef",  "CSIP35", "CSIP36", "CSIP37", "CSIP38", nullptr,
                                        "CSIP39", "CSIP40", "CSIP41", "CSIP42", "CSIP43", "CSIP44"};
  static constexpr Codes rights{"mdRef",  "CSIP48", "CSIP49", "CSIP50", "CSIP51", nullptr,
                                "CSIP52", "CSIP53", "CSIP54", "CSIP55", "CSIP56", "CSIP57"};
  // techMD and sourceMD: CSIP says nothing of them, but what they point to is looked at as well.
  static constexpr const char* own = "CSIP-METS-mdRef";
  static constexpr Codes other{"mdRef", own, own, own, own, nullptr, own, own, own, own, own, own};
  static constexpr Codes file{"file",  "CSIP76", "CSIP77", "CSIP78", "CSIP79", "CSIP67",
                              nullptr, "CSIP68", "CSIP69", "CSIP70", "CSIP71", "CSIP72"};
  static constexpr Codes pointer{"mptr",  "CSIP109", "CSIP112", "CSIP111", "CSIP110", nullptr,
                                 nullptr, nullptr,   nullptr,   nullptr,   nullptr,   nullptr};
  switch (where) {
    case MetsWhere::descriptive:
      return descriptive;
    case MetsWhere::administrative:
      return administrative;
    case MetsWhere::rights:
      return rights;
    case MetsWhere::other:
      return other;
    case MetsWhere::file:
      return file;
    case MetsWhere::representation:
      break;
  }
  return pointer;
}

namespace {
// What is no breach of a requirement, or of none by itself.
constexpr const char *own_id = "CSIP-METS-id", *own_href = "CSIP-METS-href";
}  // namespace

// ---- lexical forms ----

bool is_ncname(std::string_view text) {
  if (text.empty()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
    const bool later = (c >= '0' && c <= '9') || c == '-' || c == '.';
    if (!letter && !(i > 0 && later)) return false;
  }
  return true;
}

bool is_date_time(std::string_view text) {
  text = trimmed(text);
  const auto digits = [&](std::size_t at, std::size_t count, int& value) {
    if (at + count > text.size()) return false;
    const auto read = std::from_chars(text.data() + at, text.data() + at + count, value);
    return read.ec == std::errc() && read.ptr == text.data() + at + count;
  };
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
  if (text.size() < 19 || !digits(0, 4, year) || !digits(5, 2, month) || !digits(8, 2, day) ||
      !digits(11, 2, hour) || !digits(14, 2, minute) || !digits(17, 2, second))
    return false;
  if (text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':') return false;
  if (!text::from_iso(text.substr(0, 10)) || minute > 59 || second > 59) return false;
  if (hour > 24 || (hour == 24 && (minute != 0 || second != 0))) return false;
  std::size_t at = 19;
  if (at < text.size() && text[at] == '.') {
    const std::size_t end = text.find_first_not_of("0123456789", at + 1);
    if (end == at + 1 || at + 1 == text.size()) return false;
    at = std::min(end, text.size());
  }
  const std::string_view zone = text.substr(at);
  if (zone.empty() || zone == "Z") return true;
  int zone_hour = 0, zone_minute = 0;
  return zone.size() == 6 && (zone[0] == '+' || zone[0] == '-') && zone[3] == ':' &&
         digits(at + 1, 2, zone_hour) && digits(at + 4, 2, zone_minute) && zone_minute <= 59 &&
         60 * zone_hour + zone_minute <= 14 * 60;
}

namespace {

// "representations/rep1/METS.xml" → "rep1".
std::string representation_of(std::string_view path) {
  constexpr std::string_view start = "representations/";
  if (!path.starts_with(start)) return {};
  path.remove_prefix(start.size());
  return std::string(path.substr(0, path.find('/')));
}

// False: the path leaves the package.
bool normalise(std::string_view path, std::string& out) {
  std::vector<std::string_view> parts;
  for (std::size_t start = 0; start <= path.size();) {
    const std::size_t end = std::min(path.find('/', start), path.size());
    const std::string_view part = path.substr(start, end - start);
    if (part == "..") {
      if (parts.empty()) return false;
      parts.pop_back();
    } else if (!part.empty() && part != ".") {
      parts.push_back(part);
    }
    start = end + 1;
  }
  out.clear();
  for (const std::string_view part : parts) {
    if (!out.empty()) out += '/';
    out += part;
  }
  return true;
}

}  // namespace

// ---- reporting ----

void MetsCheck::fault(Level level, const char* csip, const char* tt05, long line, Message what,
                      Message hint) {
  if (flavour_ == Flavour::tt05) {
    report_.add(level, tt05, {path_, line}, std::move(what), std::move(hint),
                std::string("TT 05/2025 PL I-V; CSIP 2.0.4 ") + csip);
    return;
  }
  if (eark_requirement(csip) != nullptr)
    breach(csip, line, std::move(what), std::move(hint));
  else
    report_.add(level, csip, {path_, line}, std::move(what), std::move(hint), basis());
}

void MetsCheck::breach(std::string_view id, long line, Message what, Message hint) {
  const auto level = level_in(facts_.claim.version, id);
  if (!level) return;  // that version has no such requirement
  if (hint.empty()) hint = say("repack.hint");
  report_.add(*level, std::string(id), {path_, line}, std::move(what), std::move(hint), basis());
}

void MetsCheck::breach_value(std::string_view id, long line, const char* name, const std::string& value) {
  breach(id, line, say("value", {{"name", name}, {"value", shown(value)}}));
}

void MetsCheck::missing_attribute(std::string_view id, long line, const char* element,
                                  const char* attribute) {
  breach(id, line, say("attribute", {{"element", element}, {"attribute", attribute}}));
}

std::string MetsCheck::basis() const {
  return std::string("E-ARK CSIP ") + text_of(facts_.claim.version);
}

void MetsCheck::require(bool present, const char* csip, const char* tt05, long line, const char* element,
                        const char* attribute) {
  if (present || csip == nullptr) return;
  if (flavour_ == Flavour::csip && eark_requirement(csip) == nullptr) return;
  fault(Level::error, csip, tt05, line, say("attribute", {{"element", element}, {"attribute", attribute}}),
        say("repack.hint"));
}

MetsCheck::MetsCheck(Flavour flavour, Scope scope, std::string path, const PackageSource& source,
                     FixityPlan& plan, std::vector<char>& listed, Report& report, std::size_t ids_in_memory)
    : flavour_(flavour),
      scope_(scope),
      path_(std::move(path)),
      source_(source),
      plan_(plan),
      listed_(listed),
      report_(report),
      ids_(ids_in_memory),
      uses_(ids_in_memory) {
  if (const std::size_t slash = path_.rfind('/'); slash != std::string::npos)
    folder_ = path_.substr(0, slash + 1);
}

// Much more than there are files is not written in good faith, but to fill the memory.
void MetsCheck::count_part() {
  if (++parts_counted_ > 200'000 + 16 * source_.entries().size())
    throw Error(Exit::no_verdict, "VTLT-METS-CROWD", say("crowd")).at(path_);
}

// With the root, which says the version.
void MetsCheck::add_lists() {
  for (const MetsWhere where : {MetsWhere::descriptive, MetsWhere::administrative, MetsWhere::file,
                                MetsWhere::rights, MetsWhere::other}) {
    const Codes& codes = codes_of(where);
    if (flavour_ == Flavour::tt05)
      lists_[static_cast<std::size_t>(where)] =
          plan_.add_list(path_, {"TT05-METS-size", "TT05-METS-checksum",
                                 std::string("TT 05/2025 PL I-V; D18; CSIP 2.0.4 ") + codes.checksum});
    else
      lists_[static_cast<std::size_t>(where)] = plan_.add_list(path_, {codes.size, codes.checksum, basis()});
  }
}

namespace {

// Two who read the same file.
class Both final : public XmlHandler {
 public:
  Both(XmlHandler& first, XmlHandler& second) : first_(first), second_(second) {}
  void start(std::string_view ns, std::string_view name, const XmlAttributes& attributes,
             long line) override {
    first_.start(ns, name, attributes, line);
    second_.start(ns, name, attributes, line);
  }
  void text(std::string_view piece) override {
    first_.text(piece);
    second_.text(piece);
  }
  void end(std::string_view ns, std::string_view name, long line) override {
    first_.end(ns, name, line);
    second_.end(ns, name, line);
  }

 private:
  XmlHandler &first_, &second_;
};

}  // namespace

MetsFacts MetsCheck::run(ByteStream& stream, const XmlSchema* schema, XmlHandler* beside) {
  MetsReader reader(*this);
  std::optional<Both> both;
  if (beside != nullptr) both.emplace(reader, *beside);
  const XmlOutcome outcome = both ? read_xml(stream, *both, schema) : read_xml(stream, reader, schema);
  facts_.has_files = file_sections_ > 0;
  facts_.has_representations = groups_of_[static_cast<std::size_t>(Part::representations)];
  if (outcome.doctype) {
    report_.add(Level::error, "VTLT-XML-DTD", {path_, outcome.line}, say("xml.doctype"),
                say("xml.doctype.hint"));
    return std::move(facts_);
  }
  if (!outcome.well_formed) {
    fault(Level::error, "CSIPSTR4", "TT05-METS-xml", outcome.line, broken_xml(outcome), say("repack.hint"));
    return std::move(facts_);
  }
  // A schema that does not know the root is none of METS: nothing was judged by it.
  const auto of_other = [&](const XmlOutcome::Breach& breach) {
    return flavour_ == Flavour::csip && is_unknown_element(breach) && breach.line == facts_.root.line;
  };
  for (const auto& breach : outcome.breaches)
    fault(of_other(breach) ? Level::warning : Level::error, "CSIP-METS-schema", "TT05-METS-schema",
          breach.line, broken_schema(breach, *schema), say("repack.hint"));
  facts_.read = true;
  if (!facts_.is_mets) return std::move(facts_);
  settle_header();
  settle_groups();
  settle_maps();
  settle_ids();
  if (flavour_ == Flavour::tt05) {
    settle_uses();
  } else {
    settle_sections();
    settle_uses_csip();
    settle_titles();
    settle_metadata_division();
    settle_file_groups();
  }
  return std::move(facts_);
}

// ---- ids ----

void MetsCheck::add_id(const std::string& id, Kind kind, const char* csip, const char* element, long line,
                       std::uint32_t entry, int group) {
  last_line_ = line;
  count_part();
  if (id.empty()) {
    require(false, csip, "TT05-METS-id", line, element, "ID");
    return;
  }
  if (!is_ncname(id))
    fault(Level::error, csip == nullptr ? own_id : csip, "TT05-METS-id", line,
          say("ncname", {{"element", element}, {"id", shown(id)}}), say("ncname.hint"));
  ids_.add({brief_key(id), static_cast<std::uint32_t>(line), entry, group, kind, false});
  if (csip != nullptr) ids_.last().csip = static_cast<std::uint8_t>(std::atoi(csip + 4));
}

void MetsCheck::add_uses(const std::string& ids, Kind kind, long line, From from) {
  std::size_t start = 0;
  while ((start = ids.find_first_not_of(" \t\r\n", start)) != std::string::npos) {
    const std::size_t end = std::min(ids.find_first_of(" \t\r\n", start), ids.size());
    count_part();
    uses_.add({brief_key(std::string_view(ids).substr(start, end - start)), static_cast<std::uint32_t>(line),
               kind, from});
    start = end;
  }
}

void MetsCheck::settle_ids() {
  ids_.sort();
  Id before{};  // the one before this, if it has the same key
  int same = 0;
  ids_.walk([&](const Id& id) {
    same = same != 0 && id.key == before.key ? same + 1 : 1;
    if (same > 1) {
      // Of a plain E-ARK package both are named, for each may be what its own requirement wants unique.
      if (flavour_ == Flavour::csip && before.csip != 0 && before.csip != id.csip && same == 2)
        breach("CSIP" + std::to_string(before.csip), before.line,
               say("duplicateid", {{"line", std::to_string(id.line)}}));
      const std::string code = id.csip == 0 ? own_id : "CSIP" + std::to_string(id.csip);
      fault(Level::error, code.c_str(), "TT05-METS-id", id.line,
            say("duplicateid", {{"line", std::to_string(before.line)}}), say("repack.hint"));
    }
    before = id;
  });
}

void MetsCheck::other_id(const std::string& id, std::string_view element, long line) {
  if (flavour_ == Flavour::csip) add_id(id, Kind::other, nullptr, std::string(element).c_str(), line);
}

// TT05: whatever is listed is used by the map.
void MetsCheck::settle_uses() {
  std::vector<bool> group_used(groups_.size(), false);
  uses_.walk([&](const Use& use) {
    bool fits = false;
    ids_.find(use.key, [&](Id& id) {
      const bool pointer = use.kind == Kind::file && (id.kind == Kind::group || id.kind == Kind::metadata);
      if (id.kind != use.kind && !pointer) return true;
      fits = id.used = true;
      if (id.kind == Kind::group) group_used[static_cast<std::size_t>(id.group)] = true;
      return true;
    });
    if (fits) return;
    if (use.kind == Kind::group)
      fault(Level::note, "CSIP108", "TT05-METS-mptr", use.line, say("mptr.title"), say("repack.hint"));
    else
      fault(Level::error, "CSIP-METS-idref", "TT05-METS-idref", use.line, say("idref"), say("repack.hint"));
  });
  for (std::size_t i = 0; i < group_used.size(); ++i)  // a parent stands before its parts
    if (groups_[i].parent >= 0 && group_used[static_cast<std::size_t>(groups_[i].parent)])
      group_used[i] = true;
  std::sort(pointed_.begin(), pointed_.end());
  ids_.walk([&](const Id& id) {
    if (id.used) return;
    if (id.kind == Kind::descriptive)
      fault(Level::error, "CSIP92", "TT05-METS-unused", id.line, say("unused.dmd"), say("repack.hint"));
    else if (id.kind == Kind::file && !(id.group >= 0 && group_used[static_cast<std::size_t>(id.group)]) &&
             !std::binary_search(pointed_.begin(), pointed_.end(), id.entry))
      fault(Level::error, "CSIP104", "TT05-METS-unused", id.line, say("unused.file"), say("repack.hint"));
  });
}

// ---- references ----

std::uint32_t MetsCheck::resolve(const MetsReference& reference, const Codes& codes) {
  std::string href = reference.href;
  if (href.starts_with("file:")) {
    fault(Level::warning, own_href, "TT05-METS-href", reference.line,
          say("href.file", {{"href", shown(href)}}), say("href.hint"));
    href.erase(0, 5);
    if (href.starts_with("//") && !href.starts_with("///")) href.erase(0, 2);  // file://./metadata/…
    while (href.starts_with("//"))
      href.erase(0, 1);
  }
  std::string decoded;
  if (has_scheme(href) || href.starts_with("//") || !percent_decode(href, decoded)) {
    fault(Level::error, codes.href, "TT05-METS-href", reference.line,
          say("href.bad", {{"href", shown(reference.href)}}), say("href.hint"));
    return no_entry;
  }
  if (std::any_of(href.begin(), href.end(),
                  [](char c) { return static_cast<unsigned char>(c) >= 0x80 || c == ' '; }))
    report_.add_once(Level::warning, flavour_ == Flavour::tt05 ? "TT05-METS-href" : own_href,
                     {path_, reference.line}, say("href.plain", {{"href", shown(reference.href)}}),
                     say("href.hint"), "E-ARK CSIP");
  return locate(decoded, reference, codes);
}

std::uint32_t MetsCheck::locate(const std::string& decoded, const MetsReference& reference,
                                const Codes& codes) {
  const EntryTable& entries = source_.entries();
  std::string path;
  if (decoded.starts_with('/') || !normalise(folder_ + decoded, path)) {
    report_.add(Level::error, "VTLT-PATH-PARENT", {path_, reference.line},
                say("href.leaves", {{"href", shown(reference.href)}}), say("path.hint"));
    if (flavour_ == Flavour::csip)
      fault(Level::error, codes.href, "", reference.line,
            say("href.leaves", {{"href", shown(reference.href)}}), say("path.hint"));
    return no_entry;
  }
  const auto usable = [&](std::optional<std::uint32_t> found) {
    return found && entries[*found].kind == EntryKind::file;
  };
  if (const auto found = entries.find(path); usable(found)) return *found;
  std::string other;
  for (const bool from_root : {false, true}) {
    const auto found =
        normalise(from_root ? decoded : folder_ + reference.href, other) ? entries.find(other) : std::nullopt;
    if (!usable(found)) continue;
    // Of a plain E-ARK package that is another file than the one of this representation.
    const bool wrong = from_root && flavour_ == Flavour::csip;
    fault(wrong ? Level::error : Level::warning, wrong ? codes.href : own_href, "TT05-METS-href",
          reference.line, say("href.elsewhere", {{"href", shown(reference.href)}, {"path", shown(other)}}),
          say("href.hint"));
    return wrong ? no_entry : *found;
  }
  if (const auto found = entries.find_composed(path); usable(found)) {
    fault(Level::warning, own_href, "TT05-METS-href", reference.line,
          say("href.form", {{"href", shown(reference.href)}}), say("path.collision.hint"));
    return *found;
  }
  fault(Level::error, codes.href, "TT05-METS-missing", reference.line,
        say("missing", {{"path", shown(path)}}), say("missing.hint"));
  return no_entry;
}

void MetsCheck::take_fixity(const MetsReference& reference, const Codes& codes, std::uint32_t entry) {
  const std::uint32_t list = lists_[static_cast<std::size_t>(reference.where)];
  std::uint64_t size = 0;
  if (!reference.size.empty()) {
    std::string_view digits = trimmed(reference.size);
    if (digits.starts_with('+')) digits.remove_prefix(1);
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), size);
    if (read.ec != std::errc() || read.ptr != digits.data() + digits.size())
      fault(Level::error, codes.size, "TT05-METS-size", reference.line,
            say("value", {{"name", "SIZE"}, {"value", shown(reference.size)}}), say("repack.hint"));
    else if (entry != no_entry)
      plan_.expect_size(list, entry, reference.line, size);
  }
  if (reference.checksum_type.empty() || reference.checksum.empty()) return;
  const Algorithm algorithm = algorithm_of(reference.checksum_type);
  if (algorithm == Algorithm::none) {
    // An algorithm of METS that cannot be computed here is no breach, but nothing was compared either.
    const bool listed =
        flavour_ == Flavour::csip && is_term(Vocabulary::checksum_type, reference.checksum_type);
    fault(listed ? Level::warning : Level::error, listed ? "CSIP-METS-checksumtype" : codes.checksum_type,
          "TT05-METS-checksumtype", reference.line,
          say("algorithm", {{"algorithm", shown(reference.checksum_type)}}), say("algorithm.hint"));
    return;
  }
  if (flavour_ == Flavour::csip && !is_term(Vocabulary::checksum_type, reference.checksum_type))
    breach_value(codes.checksum_type, reference.line, "CHECKSUMTYPE", reference.checksum_type);
  if (algorithm != Algorithm::sha256 && flavour_ == Flavour::tt05)
    report_.add_once(Level::warning, "TT05-METS-checksumtype", {path_, reference.line},
                     say("algorithm.other", {{"algorithm", shown(reference.checksum_type)}}),
                     say("algorithm.hint"), "TT 05/2025 PL I-V");
  std::array<unsigned char, 64> bytes{};
  const auto digest = std::span(bytes).first(digest_size(algorithm));
  std::string sum = reference.checksum;
  if (digest.size() == 4 && sum.size() < 8) sum.insert(0, 8 - sum.size(), '0');  // a number, as many write it
  if (!from_hex(sum, digest))
    fault(Level::error, codes.checksum, "TT05-METS-checksum", reference.line,
          say("value", {{"name", "CHECKSUM"}, {"value", shown(reference.checksum)}}), say("repack.hint"));
  else if (entry != no_entry)
    plan_.expect_digest(list, entry, reference.line, algorithm, digest);
}

void MetsCheck::reference(const MetsReference& reference, int group) {
  count_part();
  const Codes& codes = codes_of(reference.where);
  const bool pointer = reference.where == MetsWhere::representation,
             file = reference.where == MetsWhere::file;
  if (file && reference.locations != 1)
    fault(Level::error, codes.location, "TT05-METS-FLocat", reference.line, say("locations"),
          say("repack.hint"));
  std::uint32_t entry = no_entry;
  // Maps of one's own point where they like (CSIP80): to packages by their names, as AIPs do to parts of
  // theirs.
  const bool own_map = pointer && flavour_ == Flavour::csip && !in_csip_map_;
  if (own_map && reference.location_type != "URL") return;
  if (reference.has_location) {
    const char* element = file ? "FLocat" : codes.element;
    require(reference.location_type == "URL", codes.location_type, "TT05-METS-LOCTYPE", reference.line,
            element, "LOCTYPE=\"URL\"");
    require(reference.link_type == "simple", codes.link_type, "TT05-METS-xlink", reference.line, element,
            "xlink:type=\"simple\"");
    require(!reference.href.empty(), codes.href, "TT05-METS-href", reference.line, element, "xlink:href");
    if (!reference.href.empty()) entry = resolve(reference, codes);
  }
  if (pointer) {
    if (entry != no_entry) {
      listed_[entry] |= listed_by_pointer;
      pointed_.push_back(entry);
      if (reference.depth == 1) pointed_folder_ = representation_of(source_.entries().path(entry));
      const std::string_view target = source_.entries().path(entry);
      const bool divides =
          flavour_ == Flavour::csip ? in_csip_map_ && reference.depth == 1 : scope_ == Scope::root;
      if (divides && (target == path_ || !lower(target).ends_with("mets.xml")))
        fault(Level::error, "CSIP109", "TT05-METS-mptr", reference.line,
              say("value.expected",
                  {{"name", "mptr/@xlink:href"},
                   {"value", shown(reference.href)},
                   {"expected", "representations/" +
                                    (pointed_folder_.empty() ? "rep1" : shown(pointed_folder_)) +
                                    "/METS.xml"}}),
              say("repack.hint"));
      if (flavour_ == Flavour::csip && in_csip_map_ && reference.depth == 1 && !pointed_folder_.empty() &&
          divided_.size() < 60'000 && !divided_.insert(pointed_folder_).second)
        breach("CSIP105", reference.line, say("representation.twice", {{"name", shown(pointed_folder_)}}));
    }
    if (flavour_ == Flavour::csip && !(in_csip_map_ && reference.depth == 1)) return;  // not of CSIP108
    if (is_blank(reference.title) ||
        (flavour_ == Flavour::csip &&
         trimmed(reference.title).find_first_of(" \t\r\n") != std::string::npos)) {
      fault(flavour_ == Flavour::tt05 ? Level::note : Level::error, "CSIP108", "TT05-METS-mptr",
            reference.line, say("mptr.title"), say("repack.hint"));
      return;
    }
    add_uses(reference.title, Kind::group, reference.line, From::title);
    if (flavour_ == Flavour::csip && titles_.size() < 60'000)
      titles_.push_back({brief_key(reference.title), reference.line, pointed_folder_});
    return;
  }
  require(!reference.mime.empty(), codes.mime, "TT05-METS-mimetype", reference.line, codes.element,
          "MIMETYPE");
  require(!reference.size.empty(), codes.size, "TT05-METS-size", reference.line, codes.element, "SIZE");
  require(!reference.created.empty(), codes.created, "TT05-METS-created", reference.line, codes.element,
          "CREATED");
  require(!reference.checksum.empty(), codes.checksum, "TT05-METS-checksum", reference.line, codes.element,
          "CHECKSUM");
  require(!reference.checksum_type.empty(), codes.checksum_type, "TT05-METS-checksumtype", reference.line,
          codes.element, "CHECKSUMTYPE");
  if (!reference.created.empty() && !is_date_time(reference.created))
    fault(Level::error, codes.created, "TT05-METS-created", reference.line,
          say("value", {{"name", "CREATED"}, {"value", shown(reference.created)}}), say("time.hint"));
  if (!file)
    require(!reference.metadata_type.empty(), codes.metadata_type, "TT05-METS-MDTYPE", reference.line,
            "mdRef", "MDTYPE");
  if (flavour_ == Flavour::csip) check_terms(reference, codes);
  take_fixity(reference, codes, entry);
  facts_.unresolved = facts_.unresolved || (file && entry == no_entry);
  if (entry != no_entry) {
    listed_[entry] |= listed_with_digest;
    if (flavour_ == Flavour::csip) place_metadata(reference, codes, entry);
  }
  if (file && entry != no_entry && group >= 0 && flavour_ == Flavour::csip)
    place_in_group(entry, group, reference.line);
  check_mime(reference);
  if (file) {
    add_id(reference.id, Kind::file, codes.id, "file", reference.line, entry, group);
    add_uses(reference.admin_ids, Kind::administrative, reference.line, From::file_admin);
    add_uses(reference.descriptive_ids, Kind::descriptive, reference.line, From::file_descriptive);
  } else if (!reference.id.empty()) {
    add_id(reference.id, Kind::metadata, nullptr, "mdRef", reference.line, entry);
  }
}

// Where the files of a section should lie (CSIP21, CSIP35, CSIP48; CSIPSTR6, CSIPSTR7).
void MetsCheck::place_metadata(const MetsReference& reference, const Codes& codes, std::uint32_t entry) {
  if (reference.where == MetsWhere::file || reference.where == MetsWhere::other) return;
  const std::string_view path = source_.entries().path(entry);
  if (!path.starts_with(folder_ + "metadata/")) {
    breach(codes.location, reference.line,
           say("metadata.outside", {{"path", shown(path)}, {"folder", "metadata/"}}));
    return;
  }
  if (scope_ != Scope::root) return;
  const auto should = [&](bool wanted, const char* id, const char* folder, bool& told) {
    if (!wanted || told || path.starts_with(folder)) return;
    told = true;
    breach(id, reference.line, say("metadata.outside", {{"path", shown(path)}, {"folder", folder}}));
  };
  should(reference.where == MetsWhere::descriptive, "CSIPSTR7", "metadata/descriptive/", told_descriptive_);
  should(reference.metadata_type.starts_with("PREMIS"), "CSIPSTR6", "metadata/preservation/",
         told_preservation_);
}

// CSIP64: USE names the folder of what the group lists.
void MetsCheck::place_in_group(std::uint32_t entry, int group, long line) {
  Group& own = groups_[static_cast<std::size_t>(group)];
  for (int at = group; at >= 0; at = groups_[static_cast<std::size_t>(at)].parent) {
    const Part part = groups_[static_cast<std::size_t>(at)].part;
    if (part == Part::documentation) listed_[entry] |= listed_as_documentation;
    if (part == Part::schemas) listed_[entry] |= listed_as_schema;
    if (part == Part::representations) listed_[entry] |= listed_as_representation;
  }
  if (scope_ != Scope::root || own.folder.empty() || own.misplaced) return;
  const std::string folder = representation_of(source_.entries().path(entry));
  if (folder.empty() || folder == own.folder || lower(folder) == lower(own.folder))
    return;  // CSIP prints capitals in its examples
  own.misplaced = true;
  breach("CSIP64", own.line,
         say("group.folder",
             {{"folder", shown(own.folder)}, {"found", shown(folder)}, {"line", std::to_string(line)}}));
}

void MetsCheck::check_terms(const MetsReference& reference, const Codes& codes) {
  if (!reference.mime.empty() && !is_media_type(reference.mime))
    breach_value(codes.mime, reference.line, "MIMETYPE", reference.mime);
  if (codes.metadata_type != nullptr && !reference.metadata_type.empty() &&
      !is_term(Vocabulary::metadata_type, reference.metadata_type))
    breach_value(codes.metadata_type, reference.line, "MDTYPE", reference.metadata_type);
  if (reference.where != MetsWhere::administrative) return;
  facts_.provenance = true;
  if (!reference.metadata_type.starts_with("PREMIS")) return;
  facts_.premis = true;
  facts_.premis3 = facts_.premis3 || reference.metadata_version.starts_with('3');
}

void MetsCheck::check_mime(const MetsReference& reference) {
  if (reference.mime.empty() || flavour_ != Flavour::tt05) return;
  if (reference.mime.find('/') == std::string::npos)
    fault(Level::error, "CSIP68", "TT05-METS-mimetype", reference.line,
          say("value", {{"name", "MIMETYPE"}, {"value", shown(reference.mime)}}), say("repack.hint"));
  // One product in use writes these; the circular's examples say text/xml and EAD.
  if (reference.where != MetsWhere::file &&
      (reference.mime == "application/xml" || reference.metadata_type == "DC"))
    report_.add_once(Level::note, "TT05-METS-sample", {path_, reference.line}, say("sample.metadata"), {},
                     "TT 05/2025 PL III");
  if (reference.where == MetsWhere::file && reference.mime == "application/octet-stream" &&
      reference.href.ends_with(".xsd"))
    report_.add_once(Level::note, "TT05-METS-sample-xsd", {path_, reference.line}, say("sample.xsd"), {},
                     "TT 05/2025 PL III");
}

}  // namespace vtlt::package
