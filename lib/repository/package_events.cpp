#include "repository/package_events.h"

#include "records/words.h"

namespace vtlt::repository {
namespace {

void add_cell(std::string& line, std::string_view cell) {
  for (const char c : cell)
    if (c == '\t')
      line += "\\t";
    else if (c == '\n')
      line += "\\n";
    else if (c == '\\')
      line += "\\\\";
    else
      line += c;
  line += '\t';
}

std::string plain(std::string_view cell) {
  std::string out;
  for (std::size_t i = 0; i < cell.size(); ++i) {
    if (cell[i] != '\\' || i + 1 == cell.size()) {
      out += cell[i];
      continue;
    }
    ++i;
    out += cell[i] == 't' ? '\t' : cell[i] == 'n' ? '\n' : cell[i];
  }
  return out;
}

std::vector<std::string> cells_of(std::string_view line) {
  const auto split = records::split_at(line, "\t");
  std::vector<std::string> cells(split.begin(), split.end());
  if (cells.size() < 8) return cells;
  for (auto& cell : cells)
    cell = plain(cell);
  return cells;
}

}  // namespace

std::string event_line(const package::Plan::Event& event) {
  std::string line;
  for (const std::string& cell : {to_text(event.time), event.type, event.detail, event.outcome, event.agent,
                                  event.agent_kind, event.id, std::string("+")})
    add_cell(line, cell);
  for (const auto& [role, objid] : event.objects) {
    add_cell(line, role);
    add_cell(line, objid);
  }
  line.back() = '\n';
  return line;
}

std::vector<package::Plan::Event> events_of(std::string_view lines) {
  std::vector<package::Plan::Event> events;
  for (const std::string_view line : records::split_at(lines, "\n")) {
    const auto cells = cells_of(line);
    package::Plan::Event event;
    if (cells.size() < 5 || cells.size() == 6 || !from_text(cells[0], event.time)) continue;
    event.type = cells[1];
    event.detail = cells[2];
    event.outcome = cells[3];
    event.agent = cells[4];
    if (cells.size() > 5) {
      event.agent_kind = cells[5];
      event.id = cells[6];
    }
    for (std::size_t i = 8; i + 1 < cells.size(); i += 2)
      event.objects.emplace_back(cells[i], cells[i + 1]);
    event.earlier = true;
    events.push_back(std::move(event));
  }
  return events;
}

}  // namespace vtlt::repository
