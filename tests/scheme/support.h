// Shared by the scheme tests.
#pragma once
#include <catch2/catch.hpp>

#include <algorithm>
#include <fstream>
#include <map>
#include <optional>
#include <sstream>
#include <string>

#include "base/error.h"
#include "scheme/scheme.h"
#include "text/messages.h"

namespace scheme_test {

using namespace vtlt;
using scheme::Scheme;

inline std::string source_path(const std::string& below) {
  return std::string(VTLT_SOURCE_DIR) + "/" + below;
}

inline std::optional<std::string> read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

// nullopt, said loudly, where the shared material is not beside the checkout.
inline std::optional<std::string> read_shared(const std::string& name) {
  auto text = read_file(source_path("../shared/" + name));
  if (!text) WARN("SKIPPED: no shared/ (" << name << ")");
  return text;
}

// A scheme with everything that is required; `more` is added at the end.
inline std::string small(const std::string& more = {}) {
  return "vtlt: scheme/1\n"
         "id: nho\n"
         "fonds: {code: UB, name: UBND xã Thử, organ: H57.32.15}\n"
         "classes:\n"
         "  - {no: I, abbr: VP, title: Văn phòng}\n" +
         more;
}

inline Scheme load(const std::string& text) {
  return scheme::load({"thu.yaml", text});
}

// The error of a text that must not load.
inline Error refusal(const std::string& text) {
  try {
    load(text);
  } catch (const Error& error) {
    return error;
  }
  FAIL("loaded although it must not:\n" << text.substr(0, 400));
  throw std::logic_error("unreachable");
}

inline std::string arg(const Message& message, const std::string& name) {
  for (const auto& [key, value] : message.args) {
    if (key != name) continue;
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    return std::to_string(std::get<std::int64_t>(value));
  }
  return {};
}

inline const Finding* find(const std::vector<Finding>& findings, const std::string& key,
                           const std::string& ref = {}) {
  for (const Finding& finding : findings)
    if (finding.message.key == key && (ref.empty() || finding.ref == ref)) return &finding;
  return nullptr;
}

inline std::map<std::string, std::string> commune_values() {
  return {{"name", "UBND xã Phong Hải"},
          {"organ", "H57.32.15"},
          {"code", "UB"},
          {"mode", "external"},
          {"system", "Phần mềm quản lý văn bản của thành phố"},
          {"submission", "true"},
          {"archive", ""}};
}

}  // namespace scheme_test
