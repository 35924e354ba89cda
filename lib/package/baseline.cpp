#include "package/baseline.h"

#include <algorithm>

#include "package/check_report.h"
#include "package/settings.h"

namespace vtlt::package {
namespace {

constexpr const char* family = "VTLT-BASELINE-";

bool covers(const Baseline::Entry& entry, const Finding& finding, const std::string& ref) {
  return entry.code == finding.code && (entry.path.empty() || text::matches_glob(entry.path, finding.path)) &&
         (entry.ref.empty() || text::matches_glob(entry.ref, ref));
}

}  // namespace

Baseline parse_baseline(const std::string& path, std::string_view text) {
  text::Limits limits;
  limits.codes = family;
  const text::YamlFile file = text::parse_yaml(path, text, limits);
  Settings top(file.path, file.root, family);
  if (top.word("vtlt") != "baseline/1")
    text::refuse({file.path, file.root.line, file.root.column}, "VTLT-BASELINE-11", "settings.kind",
                 {{"expected", std::string("baseline/1")}});
  Baseline baseline;
  baseline.path = path;
  for (const text::Node* node : top.maps("accepted")) {
    Settings one(file.path, *node, family);
    Baseline::Entry entry;
    entry.code = one.word("code", true);
    entry.path = one.word("path");
    entry.ref = one.word("ref");
    entry.reason = one.word("reason", true);
    entry.until = one.date("until", true);
    entry.by = one.word("by");
    entry.line = one.line();
    one.done();
    baseline.entries.push_back(std::move(entry));
  }
  top.done();
  return baseline;
}

Baseline load_baseline(Files& files, const std::string& path) {
  const auto stat = files.stat(path);
  if (!stat || stat->kind != FileKind::file)
    throw Error(Exit::usage, "VTLT-BASELINE-16", Message("baseline.absent", {{"path", shown(path)}}));
  return parse_baseline(path, read_whole(files, path, 4u << 20));
}

bool is_of_wholeness(const Finding& finding) {
  static constexpr std::string_view families[] = {"VTLT-ZIP-",       "VTLT-TAR-",    "VTLT-IO-",
                                                  "VTLT-CHAIN-",     "VTLT-OBJECT-", "VTLT-FOUND-",
                                                  "VTLT-CATALOGUE-", "VTLT-RESTORE-"};
  // One code of METS may stand for an attribute that is missing and for bytes that changed: the sentence
  // tells.
  static constexpr std::string_view said[] = {
      "package.check.size",     "package.check.checksum",       "package.check.missing",
      "package.check.unread",   "package.check.premis.differs", "package.check.bag.missing",
      "package.check.bag.hole", "package.check.bag.oxum",       "package.check.xml.limit",
      "package.check.xml.nul",  "package.check.xml.doctype"};
  // Without a digest that can be computed, or the METS that would list it, nobody knows whether bytes
  // changed.
  static constexpr std::string_view comparing[] = {"TT05-METS-checksum",
                                                   "TT05-METS-checksumtype",
                                                   "TT05-STR-METS",
                                                   "CSIP-METS-checksumtype",
                                                   "CSIPSTR4",
                                                   "CSIP29",
                                                   "CSIP30",
                                                   "CSIP43",
                                                   "CSIP44",
                                                   "CSIP56",
                                                   "CSIP57",
                                                   "CSIP71",
                                                   "CSIP72",
                                                   "BAGIT-algorithm"};
  if (finding.level != Level::note &&
      std::find(std::begin(comparing), std::end(comparing), finding.code) != std::end(comparing))
    return true;
  if (finding.message.key.starts_with("package.check.xml.broken")) return true;
  return std::any_of(std::begin(families), std::end(families),
                     [&](std::string_view one) { return finding.code.starts_with(one); }) ||
         std::find(std::begin(said), std::end(said), finding.message.key) != std::end(said);
}

Baseline::Judgement Baseline::judge(const Finding& finding, const std::string& ref,
                                    const text::Date& today) const {
  Judgement judgement;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (!covers(entries[i], finding, ref)) continue;
    if (is_of_wholeness(finding)) return {Answer::never, i};
    if (entries[i].until >= today) return {Answer::accepted, i};
    if (judgement.answer == Answer::unknown) judgement = {Answer::ended, i};
  }
  return judgement;
}

}  // namespace vtlt::package
