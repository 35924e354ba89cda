// Accepted findings: what may be accepted, and for how long.
#include <catch2/catch.hpp>

#include "base/error.h"
#include "package/baseline.h"
#include "text/messages.h"

using namespace vtlt::package;
using vtlt::Finding;
using vtlt::Level;
using vtlt::Message;

namespace {

const std::string top = "vtlt: baseline/1\naccepted:\n";

Finding finding(const std::string& code, const std::string& path,
                const std::string& key = "package.check.ead.absent") {
  Finding one;
  one.code = code;
  one.path = path;
  one.message = Message(key);
  return one;
}

}  // namespace

TEST_CASE("an acceptance has a reason and an end", "[package][baseline]") {
  struct Case {
    std::string text, code;
    long line;
  };
  const Case cases[] = {
      {"vtlt: profile/1\n", "VTLT-BASELINE-11", 1},
      {top + "- {code: P38, until: 31/12/2026}\n", "VTLT-BASELINE-13", 3},
      {top + "- {code: P38, reason: a}\n", "VTLT-BASELINE-13", 3},
      {top + "- {reason: a, until: 31/12/2026}\n", "VTLT-BASELINE-13", 3},
      {top + "- code: P38\n  reason: a\n  until: 2026\n", "VTLT-BASELINE-15", 5},
      {top + "- code: P38\n  reason: ' \t'\n  until: 31/12/2026\n", "VTLT-BASELINE-13", 3},
      {top + "- code: P38\n  reason: ''\n  until: 31/12/2026\n", "VTLT-BASELINE-13", 3},
      {top + "- code: P38\n  reason: a\n  until: 31/12/2026\n  paths: x\n", "VTLT-BASELINE-14", 6},
      {top + "- P38\n", "VTLT-BASELINE-15", 3},
      {"vtlt: baseline/1\naccept: []\n", "VTLT-BASELINE-14", 2},
      {top + "\t- {code: P38}\n", "VTLT-BASELINE-08", 3},
  };
  for (const Case& one : cases) {
    INFO(one.text);
    try {
      parse_baseline("b.yaml", one.text);
      CHECK(one.code.empty());
    } catch (const vtlt::Error& error) {
      CHECK(error.exit() == vtlt::Exit::usage);
      CHECK(error.code() == one.code);
      CHECK(error.line() == one.line);
      CHECK(vtlt::text::has_message(error.message().key));
    }
  }
  CHECK(parse_baseline("b.yaml", "vtlt: baseline/1\n").entries.empty());
}

TEST_CASE("an acceptance covers its code, path and package until its day is over", "[package][baseline]") {
  const Baseline list =
      parse_baseline("b.yaml", top +
                                   "- {code: P38, path: '*/EAD_doc_*.xml', ref: 'goi/0012*', "
                                   "reason: a, until: 31/12/2026}\n"
                                   "- {code: P38, reason: b, until: 01/06/2026}\n");
  const Finding found = finding("P38", "representations/rep1/metadata/descriptive/EAD_doc_1.xml");
  using Answer = Baseline::Answer;
  CHECK(list.judge(found, "goi/0012.zip", {2026, 12, 31}).answer == Answer::accepted);
  CHECK(list.judge(found, "goi/0012.zip", {2026, 12, 31}).entry == 0);
  CHECK(list.judge(found, "goi/0012.zip", {2027, 1, 1}).answer == Answer::ended);
  CHECK(list.judge(found, "goi/0013.zip", {2026, 6, 1}).entry == 1);
  CHECK(list.judge(found, "goi/0013.zip", {2026, 6, 2}).answer == Answer::ended);
  CHECK(list.judge(finding("D4", found.path), "goi/0012.zip", {2026, 1, 1}).answer == Answer::unknown);
}

TEST_CASE("what is changed, missing or unreadable is never accepted", "[package][baseline]") {
  const std::pair<const char*, const char*> whole[] = {
      {"TT05-METS-checksum", "package.check.checksum"},
      {"TT05-METS-size", "package.check.size"},
      {"CSIP71", "package.check.checksum"},
      {"TT05-METS-missing", "package.check.missing"},
      {"BAGIT-checksum", "package.check.checksum"},
      {"BAGIT-missing", "package.check.bag.missing"},
      {"TT05-PREMIS-fixity", "package.check.premis.differs"},
      {"VTLT-ZIP-TRUNCATED", "package.check.zip.directory"},
      {"VTLT-IO-EIO", "package.check.unread"},
      {"VTLT-OBJECT-02", "repository.check.object.changed"},
      {"VTLT-CHAIN-01", "journal.fault.chain"},
  };
  for (const auto& [code, key] : whole) {
    INFO(code);
    REQUIRE(vtlt::text::has_message(key));
    const Baseline list =
        parse_baseline("b.yaml", top + "- {code: " + code + ", reason: a, until: 31/12/2026}\n");
    CHECK(list.judge(finding(code, "x", key), "goi", {2026, 1, 1}).answer == Baseline::Answer::never);
  }
  // Without the digest nobody knows whether something was changed.
  const Baseline list =
      parse_baseline("b.yaml", top + "- {code: TT05-METS-checksum, reason: a, until: 31/12/2026}\n" +
                                   "- {code: TT05-STR-METS, reason: a, until: 31/12/2026}\n" +
                                   "- {code: TT05-METS-mimetype, reason: a, until: 31/12/2026}\n");
  const auto answer = [&](const char* code, const char* key) {
    return list.judge(finding(code, "x", key), "goi", {2026, 1, 1}).answer;
  };
  CHECK(answer("TT05-METS-checksum", "package.check.attribute") == Baseline::Answer::never);
  CHECK(answer("TT05-STR-METS", "package.check.member.absent") == Baseline::Answer::never);
  CHECK(answer("TT05-METS-mimetype", "package.check.attribute") == Baseline::Answer::accepted);
}
