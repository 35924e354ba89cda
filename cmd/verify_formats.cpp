// JUnit, SARIF 2.1.0 and HTML: forms of a check's report that other programs read.
#include <algorithm>
#include <map>

#include "journal/journal.h"
#include "output.h"
#include "text/markup.h"
#include "verify_report.h"
#include "views.h"

namespace vtlt::cmd {
namespace {

using text::markup;

const char* sarif_level(const Finding& finding, bool unread) {
  return finding.level == Level::error               ? "error"
         : finding.level == Level::warning || unread ? "warning"
                                                     : "note";
}

std::string properties_of(const Verified& verified) {
  if (verified.profile_id.empty()) return "";
  return "  <properties>\n    <property name=\"profile\" value=\"" + markup(profile_shown(verified)) +
         "\"/>\n  </properties>\n";
}

// What a rule is about, by the beginning of its code; its own words stand in the findings.
Message rule_text(const std::string& code) {
  static constexpr std::pair<std::string_view, const char*> families[] = {
      {"TT05-EAD-", "cmd.rule.fields"},
      {"P38", "cmd.rule.fields"},
      {"D4", "cmd.rule.fields"},
      {"TT05-METS-", "cmd.rule.mets"},
      {"TT05-STR-", "cmd.rule.structure"},
      {"TT05-PREMIS-", "cmd.rule.premis"},
      {"TT05-FETCH-", "cmd.rule.structure"},
      {"TT05-FORMAT", "cmd.rule.contents"},
      {"VTLT-CONTENT-", "cmd.rule.contents"},
      {"VTLT-PROFILE-", "cmd.rule.profile"},
      {"VTLT-BASELINE-", "cmd.rule.baseline"},
      {"CSIP", "cmd.rule.csip"},
      {"BAGIT-", "cmd.rule.bagit"},
      {"VTLT-ZIP-", "cmd.rule.archive"},
      {"VTLT-TAR-", "cmd.rule.archive"},
      {"VTLT-PATH-", "cmd.rule.names"},
      {"P44", "cmd.rule.names"},
      {"VTLT-XML-", "cmd.rule.xml"},
      {"VTLT-SCHEMA-", "cmd.rule.xml"},
      {"VTLT-IO-", "cmd.rule.unread"}};
  for (const auto& [begin, key] : families)
    if (code.starts_with(begin)) return Message(std::string(key));
  return Message("cmd.rule.repository");
}

// Plain text of SARIF: braces are doubled (3.11.5), and square brackets are no link (3.11.6).
std::string sarif_text(const std::string& words) {
  std::string out;
  for (const char c : words) {
    if (c == '[' || c == ']' || c == '\\') out += '\\';
    if (c == '{' || c == '}') out += c;
    out += c;
  }
  return out;
}

// Paths of SARIF are URIs.
std::string uri(const std::string& path) {
  static const char* digits = "0123456789ABCDEF";
  std::string out = path.starts_with('/') ? "file://" : "";
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 ||
        (byte < 0x80 && std::string_view("/-._~!$'()*+,=@").find(c) != std::string_view::npos))
      out += c;
    else
      out += {'%', digits[byte >> 4], digits[byte & 15]};
  }
  return out;
}

}  // namespace

std::string junit_of(const Context& context, const Verified& verified) {
  const std::vector<Checked>& all = verified.all;
  std::size_t failures = 0, errors = 0;
  std::string cases;
  std::size_t tests = 0;
  for (const Checked& checked : all) {
    if (checked.aside && checked.findings.empty()) continue;
    ++tests;
    std::string body, first;
    for (const Finding& finding : checked.findings) {
      body += level_shown(context, finding, checked.unread) + " " + finding.code + " " +
              finding_text(context, finding) + "\n";
      if (finding.level == Level::error && first.empty()) first = finding.code;
    }
    cases += "  <testcase classname=\"vtlt.verify\" name=\"" + markup(checked.name) + "\" time=\"0\"";
    if (errors_of(checked) > 0) {
      ++failures;
      cases += ">\n    <failure type=\"" + markup(first) + "\" message=\"" +
               markup(context.text(Message("cmd.verify.failed"))) + "\">" + markup(body) +
               "</failure>\n  </testcase>\n";
    } else if (!checked.complete) {
      ++errors;
      cases += ">\n    <error type=\"VTLT-IO\" message=\"" +
               markup(context.text(Message("cmd.verify.no_verdict"))) + "\">" + markup(body) +
               "</error>\n  </testcase>\n";
    } else {
      cases +=
          body.empty() ? "/>\n" : ">\n    <system-out>" + markup(body) + "</system-out>\n  </testcase>\n";
    }
  }
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n<testsuite name=\"vtlt verify\" "
         "tests=\"" +
         std::to_string(tests) + "\" failures=\"" + std::to_string(failures) + "\" errors=\"" +
         std::to_string(errors) + "\" skipped=\"0\" time=\"0\">\n" + properties_of(verified) + cases +
         "</testsuite>\n</testsuites>\n";
}

std::string sarif_of(const Context& context, const Verified& verified) {
  const std::vector<Checked>& all = verified.all;
  std::map<std::string, std::string> rules;  // code → basis
  std::vector<std::string> results;
  const bool suppressing = std::any_of(all.begin(), all.end(), [](const Checked& one) { return one.aside; });
  bool complete = true;
  for (const Checked& checked : all) {
    complete = complete && checked.complete;
    for (std::size_t i = 0; i < checked.findings.size(); ++i) {
      const Finding& finding = checked.findings[i];
      rules.emplace(finding.code, finding.basis);
      std::string path = checked.name;
      while (path.size() > 1 && path.ends_with('/'))
        path.pop_back();
      if (!finding.path.empty() && !checked.aside && finding.path != checked.name) path += "/" + finding.path;
      Object place;
      place.raw("artifactLocation", Object().add("uri", uri(path)).text());
      if (finding.line > 0) place.raw("region", Object().add("startLine", finding.line).text());
      std::string words = context.text(finding.message);
      if (!finding.hint.empty())
        words += " · " + context.text(Message("cmd.mend", {{"how", context.text(finding.hint)}}));
      Object result;
      result.add("ruleId", finding.code)
          .add("level", std::string(sarif_level(finding, checked.unread)))
          .raw("message", Object().add("text", sarif_text(words)).text())
          .raw("locations", array({Object().raw("physicalLocation", place.text()).text()}));
      if (const auto why = checked.accepted.find(i); why != checked.accepted.end())
        result.raw(
            "suppressions",
            array({Object().add("kind", std::string("external")).add("justification", why->second).text()}));
      else if (suppressing)  // of one run either all results have them or none
        result.raw("suppressions", "[]");
      results.push_back(result.text());
    }
  }
  std::vector<std::string> rule_rows;
  for (const auto& [code, basis] : rules) {
    Object rule;
    rule.add("id", code);
    rule.raw("shortDescription", Object().add("text", context.text(rule_text(code))).text());
    if (!basis.empty()) rule.raw("fullDescription", Object().add("text", basis).text());
    rule.add("helpUri", std::string("man:vtlt-verify(1)"));
    rule_rows.push_back(rule.text());
  }
  const std::string driver = Object()
                                 .add("name", std::string("vtlt"))
                                 .add("version", std::string(VTLT_VERSION))
                                 .raw("rules", array(rule_rows))
                                 .text();
  Object run;
  run.raw("tool", Object().raw("driver", driver).text())
      .raw("invocations", array({Object().yes("executionSuccessful", complete).text()}))
      .raw("results", array(results));
  if (!verified.profile_id.empty())
    run.raw("properties", Object().add("profile", profile_shown(verified)).text());
  return Object()
             .add("$schema", std::string("https://json.schemastore.org/sarif-2.1.0.json"))
             .add("version", std::string("2.1.0"))
             .raw("runs", array({run.text()}))
             .text() +
         "\n";
}

std::string html_of(const Context& context, const Verified& verified) {
  const std::vector<Checked>& all = verified.all;
  const std::string title = context.text(Message("cmd.verify.title"));
  std::string out = "<!DOCTYPE html>\n<html lang=\"" + context.text(Message("cmd.language.tag")) +
                    "\">\n<head>\n<meta charset=\"utf-8\">\n<title>" + markup(title) +
                    "</title>\n</head>\n<body>\n<h1>" + markup(title) + "</h1>\n";
  for (const Checked& checked : all) {
    if (checked.aside && checked.findings.empty()) continue;
    const Message verdict = errors_of(checked) > 0 ? Message("cmd.verify.failed")
                            : checked.complete     ? Message("cmd.verify.passed")
                                                   : Message("cmd.verify.no_verdict");
    out += "<h2>" + markup(checked.name) +
           (checked.aside ? std::string() : ": " + markup(context.text(verdict))) + "</h2>\n";
    if (!checked.format.empty()) out += "<p>" + markup(checked.format) + "</p>\n";
    for (const std::string& head : checked.heads)
      out += "<p>" + markup(context.text(Message("cmd.verify.head", {{"head", head}}))) + "</p>\n";
    if (checked.findings.empty()) continue;
    out += "<ul>\n";
    for (const Finding& finding : checked.findings) {
      out += "<li><b>" + markup(level_shown(context, finding, checked.unread)) + " " + markup(finding.code) +
             "</b> " + markup(finding_text(context, finding)) +
             (finding.basis.empty() ? "" : " <i>(" + markup(finding.basis) + ")</i>") + "</li>\n";
    }
    out += "</ul>\n";
  }
  if (const std::string contents = contents_shown(context, all); !contents.empty())
    out += "<p>" + markup(contents) + "</p>\n";
  if (!verified.profile_id.empty())
    out += "<p>" +
           markup(context.text(Message("cmd.verify.profile", {{"profile", profile_shown(verified)}}))) +
           "</p>\n";
  return out + "<p>" + markup(sum_shown(context, all)) + "</p>\n<p>vtlt " + VTLT_VERSION + ", " +
         text::to_dmy(today()) + "</p>\n</body>\n</html>\n";
}

}  // namespace vtlt::cmd
