// JUnit, SARIF 2.1.0 and HTML: forms of a check's report that other programs read.
#include <map>

#include "journal/journal.h"
#include "output.h"
#include "text/markup.h"
#include "verify_report.h"
#include "views.h"

namespace vtlt::cmd {
namespace {

using text::markup;

bool has_errors(const Checked& checked) {
  for (const Finding& finding : checked.findings)
    if (finding.level == Level::error) return true;
  return false;
}

const char* sarif_level(Level level) {
  return level == Level::error ? "error" : level == Level::warning ? "warning" : "note";
}

// Paths of SARIF are URIs.
std::string uri(const std::string& path) {
  static const char* digits = "0123456789ABCDEF";
  std::string out;
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

std::string junit_of(const Context& context, const std::vector<Checked>& all) {
  std::size_t failures = 0, errors = 0;
  std::string cases;
  for (const Checked& checked : all) {
    std::string body;
    for (const Finding& finding : checked.findings)
      body += finding.code + " " + finding_text(context, finding) + "\n";
    cases += "  <testcase classname=\"vtlt.verify\" name=\"" + markup(checked.name) + "\"";
    if (has_errors(checked)) {
      ++failures;
      cases += ">\n    <failure message=\"" + markup(context.text(Message("cmd.verify.failed"))) + "\">" +
               markup(body) + "</failure>\n  </testcase>\n";
    } else if (!checked.complete) {
      ++errors;
      cases += ">\n    <error message=\"" + markup(context.text(Message("cmd.verify.no_verdict"))) + "\">" +
               markup(body) + "</error>\n  </testcase>\n";
    } else {
      cases +=
          body.empty() ? "/>\n" : ">\n    <system-out>" + markup(body) + "</system-out>\n  </testcase>\n";
    }
  }
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n<testsuite name=\"vtlt verify\" "
         "tests=\"" +
         std::to_string(all.size()) + "\" failures=\"" + std::to_string(failures) + "\" errors=\"" +
         std::to_string(errors) + "\">\n" + cases + "</testsuite>\n</testsuites>\n";
}

std::string sarif_of(const Context& context, const std::vector<Checked>& all) {
  std::map<std::string, std::string> rules;  // code → basis
  std::vector<std::string> results;
  bool complete = true;
  for (const Checked& checked : all) {
    complete = complete && checked.complete;
    for (const Finding& finding : checked.findings) {
      rules.emplace(finding.code, finding.basis);
      std::string path = checked.name;
      if (!finding.path.empty()) path += "/" + finding.path;
      Object place;
      place.raw("artifactLocation", Object().add("uri", uri(path)).text());
      if (finding.line > 0) place.raw("region", Object().add("startLine", finding.line).text());
      std::string words = context.text(finding.message);
      if (!finding.hint.empty())
        words += " · " + context.text(Message("cmd.mend", {{"how", context.text(finding.hint)}}));
      results.push_back(Object()
                            .add("ruleId", finding.code)
                            .add("level", std::string(sarif_level(finding.level)))
                            .raw("message", Object().add("text", words).text())
                            .raw("locations", array({Object().raw("physicalLocation", place.text()).text()}))
                            .text());
    }
  }
  std::vector<std::string> rule_rows;
  for (const auto& [code, basis] : rules) {
    Object rule;
    rule.add("id", code);
    if (!basis.empty()) rule.raw("shortDescription", Object().add("text", basis).text());
    rule_rows.push_back(rule.text());
  }
  const std::string driver = Object()
                                 .add("name", std::string("vtlt"))
                                 .add("version", std::string(VTLT_VERSION))
                                 .raw("rules", array(rule_rows))
                                 .text();
  const std::string run =
      Object()
          .raw("tool", Object().raw("driver", driver).text())
          .raw("invocations", array({Object().yes("executionSuccessful", complete).text()}))
          .raw("results", array(results))
          .text();
  return Object()
             .add("$schema", std::string("https://json.schemastore.org/sarif-2.1.0.json"))
             .add("version", std::string("2.1.0"))
             .raw("runs", array({run}))
             .text() +
         "\n";
}

std::string html_of(const Context& context, const std::vector<Checked>& all) {
  const std::string title = context.text(Message("cmd.verify.title"));
  std::string out = "<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n<title>" + markup(title) +
                    "</title>\n</head>\n<body>\n<h1>" + markup(title) + "</h1>\n";
  for (const Checked& checked : all) {
    const Message verdict = has_errors(checked) ? Message("cmd.verify.failed")
                            : checked.complete  ? Message("cmd.verify.passed")
                                                : Message("cmd.verify.no_verdict");
    out += "<h2>" + markup(checked.name) + ": " + markup(context.text(verdict)) + "</h2>\n";
    if (!checked.format.empty()) out += "<p>" + markup(checked.format) + "</p>\n";
    if (checked.findings.empty()) continue;
    out += "<ul>\n";
    for (const Finding& finding : checked.findings) {
      const char* level = finding.level == Level::error     ? "cmd.level.error"
                          : finding.level == Level::warning ? "cmd.level.warning"
                                                            : "cmd.level.note";
      out += "<li><b>" + markup(context.text(Message(level))) + " " + markup(finding.code) + "</b> " +
             markup(finding_text(context, finding)) +
             (finding.basis.empty() ? "" : " <i>(" + markup(finding.basis) + ")</i>") + "</li>\n";
    }
    out += "</ul>\n";
  }
  return out + "<p>" + markup(context.text(Message("cmd.verify.meaning"))) + "</p>\n</body>\n</html>\n";
}

}  // namespace vtlt::cmd
