#include "package/check_premis.h"

#include <algorithm>

#include "package/check_mets.h"
#include "package/xml_words.h"
#include "text/date.h"

namespace vtlt::package {
namespace {

constexpr std::string_view premis_namespace = "http://www.loc.gov/premis/v3";
constexpr std::string_view instance_namespace = "http://www.w3.org/2001/XMLSchema-instance";
constexpr const char* basis = "TT 05/2025 PL I-II; PREMIS 3.0";

class PremisReader final : public XmlHandler {
 public:
  PremisReader(const std::string& path, std::string folder, const EntryTable& entries, PremisFacts& facts,
               Report& report)
      : path_(path), folder_(std::move(folder)), entries_(entries), facts_(facts), report_(report) {}

  void start(std::string_view ns, std::string_view name, const XmlAttributes& attributes,
             long line) override {
    ++depth_;
    text_.clear();
    if (depth_ == 1) {
      if (ns != premis_namespace || name != "premis") fault("TT05-PREMIS-root", line, say("premis.root"));
      if (!attributes.get("version").starts_with("3"))
        fault("TT05-PREMIS-root", line,
              say("attribute", {{"element", "premis"}, {"attribute", "version=\"3.0\""}}));
      return;
    }
    if (ns != premis_namespace) return;
    if (depth_ == 2) {
      thing_ = name;
      object_ = {};
      object_.line = line;
      std::string type = attributes.get("type", instance_namespace);
      if (const std::size_t colon = type.find(':'); colon != std::string::npos) type.erase(0, colon + 1);
      object_.type = type;
    }
    if (name == "fixity") fixity_ = {};
  }

  void text(std::string_view piece) override {
    if (text_.size() < 100'000) text_ += piece.substr(0, 100'000);
  }

  void end(std::string_view ns, std::string_view name, long line) override {
    --depth_;
    if (ns != premis_namespace) return;
    if (name == "messageDigestAlgorithm") fixity_.algorithm = text_;
    if (name == "messageDigest") fixity_.digest = text_;
    if (name == "originalName") object_.original = text_, object_.has_original = true;
    if (name == "contentLocationValue") object_.location = text_;
    if (name == "size") object_.size = text_;
    if (name == "fixity") take_fixity(line);
    if (depth_ == 2 && name.ends_with("Identifier")) take_identifier(line);
    if (name.ends_with("IdentifierType") && !name.starts_with("linking") && !name.starts_with("related"))
      id_type_ = text_;
    if (name.ends_with("IdentifierValue") && !name.starts_with("linking") && !name.starts_with("related"))
      id_value_ = text_;
    if (name == "eventType") object_.event_type = text_;
    if (name == "eventDateTime") object_.event_time = text_;
    if (depth_ == 1) finish_thing();
    text_.clear();
  }

  void settle() {
    std::sort(identifiers_.begin(), identifiers_.end());
    for (std::size_t i = 1; i < identifiers_.size(); ++i)
      if (identifiers_[i].first == identifiers_[i - 1].first)
        fault("TT05-PREMIS-id", identifiers_[i].second, say("premis.twice"));
  }

 private:
  struct Fixity {
    std::string algorithm, digest;
  };
  struct Object {
    std::string type, original, location, size, event_type, event_time;
    bool has_original = false;
    std::optional<Digest> digest;
    long line = 0, fixity_line = 0;
    int identifiers = 0;
  };

  void fault(const char* code, long line, Message what, Level level = Level::error) {
    report_.add(level, code, {path_, line}, std::move(what), say("repack.hint"), basis);
  }

  void take_identifier(long line) {
    if (id_type_.empty() && id_value_.empty()) return;
    if (id_value_.empty()) fault("TT05-PREMIS-id", line, say("premis.id"));
    ++object_.identifiers;
    identifiers_.emplace_back(brief_key(thing_ + '\n' + id_type_ + '\n' + id_value_), line);
    id_type_.clear();
    id_value_.clear();
  }

  void take_fixity(long line) {
    const Algorithm algorithm = algorithm_of(fixity_.algorithm);
    if (algorithm == Algorithm::none) {
      fault("TT05-PREMIS-fixity", line, say("algorithm", {{"algorithm", shown(fixity_.algorithm)}}));
      return;
    }
    const bool right = std::all_of(fixity_.digest.begin(), fixity_.digest.end(), [](char c) {
      return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    });
    if (!right || fixity_.digest.size() != 2 * digest_size(algorithm)) {
      fault("TT05-PREMIS-fixity", line,
            say("value", {{"name", "messageDigest"}, {"value", shown(fixity_.digest)}}));
      return;
    }
    Digest digest;
    if (algorithm == Algorithm::sha256 && Digest::parse(fixity_.digest, digest)) {
      object_.digest = digest;
      object_.fixity_line = line;
    }
  }

  std::uint32_t find(std::string_view location) const {
    if (location.empty() || location.size() > 4096) return no_entry;
    for (const std::string& path : {folder_ + std::string(location), std::string(location)})
      if (const auto found = entries_.find(path); found && entries_[*found].kind == EntryKind::file)
        return *found;
    return no_entry;
  }

  void finish_thing() {
    if (object_.identifiers == 0) fault("TT05-PREMIS-id", object_.line, say("premis.id"));
    if (thing_ == "event") {
      ++facts_.events;
      if (object_.event_type.empty())
        fault("TT05-PREMIS-event", object_.line, say("element", {{"element", "eventType"}}));
      if (!is_date_time(object_.event_time) && !vtlt::text::from_iso(object_.event_time))
        fault("TT05-PREMIS-event", object_.line,
              say("value", {{"name", "eventDateTime"}, {"value", shown(object_.event_time)}}));
    }
    if (thing_ != "object") return;
    if (object_.type.empty()) fault("TT05-PREMIS-object", object_.line, say("premis.category"));
    static constexpr std::string_view categories[] = {"file", "representation", "bitstream",
                                                      "intellectualEntity"};
    if (!object_.type.empty() &&
        std::find(std::begin(categories), std::end(categories), object_.type) == std::end(categories))
      fault("TT05-PREMIS-object", object_.line,
            say("value", {{"name", "xsi:type"}, {"value", shown(object_.type)}}));
    if (object_.has_original && object_.original.empty())
      fault("TT05-PREMIS-originalName", object_.line, say("element.empty", {{"element", "originalName"}}));
    if (object_.type != "file") return;
    std::uint32_t entry = find(object_.location);
    if (entry == no_entry) entry = find(object_.original);
    if (!object_.size.empty() && (!std::all_of(object_.size.begin(), object_.size.end(), [](char c) {
          return c >= '0' && c <= '9';
        }) || (entry != no_entry && std::to_string(entries_[entry].size) != object_.size)))
      fault("TT05-PREMIS-size", object_.line,
            say("value", {{"name", "size"}, {"value", shown(object_.size)}}));
    if (object_.digest)
      facts_.files.push_back({*object_.digest, entry, static_cast<std::uint32_t>(object_.fixity_line)});
    else
      fault("TT05-PREMIS-fixity", object_.line, say("premis.fixity"));
  }

  const std::string& path_;
  std::string folder_;
  const EntryTable& entries_;
  PremisFacts& facts_;
  Report& report_;
  int depth_ = 0;
  std::string text_, thing_, id_type_, id_value_;
  Fixity fixity_;
  Object object_;
  std::vector<std::pair<BriefKey, long>> identifiers_;
};

}  // namespace

PremisFacts check_premis(ByteStream& stream, const std::string& path, const std::string& folder,
                         const EntryTable& entries, const XmlSchema* schema, Report& report) {
  PremisFacts facts;
  PremisReader reader(path, folder, entries, facts, report);
  const XmlOutcome outcome = read_xml(stream, reader, schema);
  if (outcome.doctype)
    report.add(Level::error, "VTLT-XML-DTD", {path, outcome.line}, say("xml.doctype"),
               say("xml.doctype.hint"));
  else if (!outcome.well_formed)
    report.add(Level::error, "TT05-PREMIS-xml", {path, outcome.line}, broken_xml(outcome), say("repack.hint"),
               basis);
  else
    facts.read = true;
  for (const auto& breach : outcome.breaches)
    report.add(Level::error, "TT05-PREMIS-schema", {path, breach.line}, broken_schema(breach, *schema),
               say("repack.hint"), basis);
  reader.settle();
  return facts;
}

}  // namespace vtlt::package
