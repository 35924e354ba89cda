// Reading of test lists, and the shared sample set.
#pragma once
#include <catch2/catch.hpp>

#include <fstream>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "base/error.h"
#include "exchange/table.h"

namespace samples {

inline std::optional<std::string> read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  std::ostringstream all;
  all << file.rdbuf();
  return all.str();
}

inline std::optional<std::string> shared(const std::string& name) {
  auto bytes = read_file(std::string(VTLT_SOURCE_DIR) + "/../shared/samples/xa-phong-hai/" + name);
  if (!bytes) WARN("SKIPPED: no shared/ (" << name << ")");
  return bytes;
}

inline std::string data(const std::string& name) {
  const auto bytes = read_file(std::string(VTLT_SOURCE_DIR) + "/tests/data/lists/" + name);
  REQUIRE(bytes);
  return *bytes;
}

struct Table {
  vtlt::exchange::TableInfo info;
  std::vector<vtlt::exchange::TableRow> rows;
};

// Headings that begin with one of these words are "known".
inline Table read(const std::string& bytes, const vtlt::exchange::TableOptions& options = {}, int least = 2) {
  Table table;
  const auto known = [](std::string_view heading) {
    for (const char* name : {"Số", "Ngày", "Tên", "Trích yếu", "Tác giả", "Ghi chú", "STT"})
      if (heading.starts_with(name)) return true;
    return false;
  };
  bool begun = false;
  table.info = vtlt::exchange::read_table(
      bytes, "list", options, known, least, [&](const vtlt::exchange::TableInfo&) { begun = true; },
      [&](const vtlt::exchange::TableRow& row) {
        REQUIRE(begun);
        table.rows.push_back(row);
      });
  return table;
}

inline std::string refusal(const std::string& bytes, const vtlt::exchange::TableOptions& options = {}) {
  try {
    read(bytes, options);
  } catch (const vtlt::Error& error) {
    CHECK(error.exit() == vtlt::Exit::usage);
    return error.code();
  }
  return "";
}

}  // namespace samples
