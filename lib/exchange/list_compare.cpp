// What rows say together (P04, P06, D10, product.md section 6): numbers out of order, documents registered
// twice, files that disagree from row to row; and the lengths of NĐ30 PL VI, named by column.
#include <algorithm>
#include <functional>

#include "exchange/list_internal.h"
#include "records/rules.h"
#include "text/text.h"

namespace vtlt::exchange {
namespace {

constexpr std::size_t kMostGaps = 200;

}  // namespace

void RowReader::check_lengths() {
  struct Place {
    std::string_view key;
    std::initializer_list<Column> columns;
  };
  static const Place kPlaces[] = {{"records.long.type", {Column::type, Column::type_and_subject}},
                                  {"records.long.number", {Column::number, Column::number_and_notation}},
                                  {"records.long.notation", {Column::notation, Column::number_and_notation}},
                                  {"records.long.issuer", {Column::issuer}},
                                  {"records.long.subject", {Column::subject, Column::type_and_subject}},
                                  {"records.long.note", {Column::note, Column::annotation}},
                                  {"records.long.signer", {Column::signer}},
                                  {"records.long.unit", {Column::unit}},
                                  {"records.long.recipient", {Column::recipients}},
                                  {"records.long.file_notation", {Column::file_notation, Column::file_code}},
                                  {"records.long.title", {Column::file_title}},
                                  {"records.long.term", {Column::file_term}},
                                  {"records.long.officer", {Column::file_officer}},
                                  {"records.long.language", {Column::file_language}}};
  std::vector<Finding> found = records::check_entry(row_.entry);
  if (row_.file)
    for (Finding& finding : records::check_file(*row_.file))
      if (finding.message.key != "records.long.access") found.push_back(std::move(finding));
  for (Finding& finding : found) {
    finding.line = row_.row;
    finding.ref.clear();
    for (const Place& place : kPlaces)
      if (finding.message.key == place.key)
        for (const Column column : place.columns)
          if (finding.path.empty() && !at(column).empty()) finding.path = heading(column);
    row_.findings.push_back(std::move(finding));
  }
}

void RowReader::compare_entry() {
  const auto& entry = row_.entry;
  if (options_.book == records::Book::in && entry.number > 0 && has(Column::arrival_number)) {
    if (memory_.last_year == entry.year && entry.number < memory_.last_number) {
      auto& args =
          find(Level::note, "P06", Column::arrival_number, "list.arrival-descending", "").message.args;
      args.emplace_back("before", std::to_string(memory_.last_number));
    }
    memory_.last_year = entry.year;
    memory_.last_number = entry.number;
    memory_.arrived.push_back({entry.year, entry.number, row_.row});
  }
  if (options_.book == records::Book::in && entry.own.number > 0 && !entry.own.notation.empty() &&
      is_register()) {
    const auto folded = [this](const std::string& words) -> const std::string& {
      if (memory_.folded.size() > 4096) memory_.folded.clear();
      auto [held, fresh] = memory_.folded.emplace(words, std::string());
      if (fresh) held->second = text::fold(words);
      return held->second;
    };
    std::string key = std::to_string(entry.own.number) + entry.own.suffix + "/";
    key += folded(entry.own.notation) + "/";
    key += folded(entry.issuer) + "/" + std::to_string(entry.date.empty() ? entry.year : entry.date.year);
    const auto [held, fresh] = memory_.documents.emplace(std::hash<std::string>{}(key), row_.row);
    if (!fresh) {
      const Column column =
          at(Column::number_and_notation).empty() ? Column::number : Column::number_and_notation;
      Finding& finding = find(Level::warning, "P04", column, "list.document-twice", "");
      finding.message.args.emplace_back("other", std::to_string(held->second));
      finding.basis = "NĐ 30/2020/NĐ-CP PL VI phần I.III.1h";
    }
  }
  if (!is_register()) return;  // a document may lie in several files
  for (const std::string& path : row_.paths) {
    constexpr std::size_t kMostPaths = 100000;
    if (memory_.paths.size() >= kMostPaths) break;
    const auto [held, fresh] = memory_.paths.emplace(path, row_.row);
    if (fresh || held->second == row_.row) continue;
    values_[std::size_t(Column::path)] = path;
    find(Level::warning, "P41", Column::path, "list.path-twice", "")
        .message.args.emplace_back("other", std::to_string(held->second));
  }
}

// The file's data stand on each of its rows: they must agree.
void RowReader::compare_file() {
  if (!row_.file) return;
  std::string key = at(Column::fonds) + "\n" + at(Column::inventory) + "\n" +
                    std::to_string(row_.file->year) + "\n" + at(Column::file_code) + "\n" +
                    at(Column::file_number) + "\n" + at(Column::file_notation);
  if (at(Column::file_code).empty() && at(Column::file_number).empty() && at(Column::file_notation).empty())
    return;
  constexpr std::size_t kMostFiles = 200000;
  if (memory_.files.size() >= kMostFiles) return;
  // The year may be what differs; a code has it inside.
  if (!at(Column::file_code).empty()) key = at(Column::file_code);
  const auto [place, fresh] = memory_.files.emplace(text::fold_case(key), RowMemory::File{});
  RowMemory::File& file = place->second;
  if (fresh) file.row = row_.row;
  for (const Column column :
       {Column::file_title, Column::file_term, Column::file_access, Column::file_language, Column::file_start,
        Column::file_end, Column::file_start_year, Column::file_end_year, Column::box, Column::file_total,
        Column::file_year, Column::file_condition, Column::file_confidence}) {
    const std::string& value = at(column);
    if (value.empty()) continue;
    const auto [held, first] = file.values.emplace(column, value);
    if (first || text::fold_case(held->second) == text::fold_case(value)) continue;
    auto& args =
        find(Level::warning, "D9", column, "list.file-differs", "list.file-differs.hint").message.args;
    args.emplace_back("first", text::cut(text::printable(held->second), 60));
    args.emplace_back("other", std::to_string(file.row));
  }
  const int ordinal = row_.ordinal;
  if (ordinal <= 0) return;
  const auto [held, first] = file.ordinals.emplace(ordinal, row_.row);
  if (!first) {
    find(Level::warning, "P10", Column::ordinal, "list.ordinal-twice", "")
        .message.args.emplace_back("other", std::to_string(held->second));
  } else if (ordinal > file.last_ordinal + 1 && (file.last_ordinal > 0 || fresh)) {
    find(Level::note, "P10", Column::ordinal, "list.ordinal-gap", "")
        .message.args.emplace_back("before", std::to_string(file.last_ordinal));
  }
  file.last_ordinal = std::max(file.last_ordinal, ordinal);
}

void RowReader::finish(std::vector<Finding>& findings) {
  auto& arrived = memory_.arrived;
  std::sort(arrived.begin(), arrived.end(), [](const RowMemory::Arrived& a, const RowMemory::Arrived& b) {
    return a.year != b.year ? a.year < b.year : a.number < b.number;
  });
  std::size_t gaps = 0;
  const int place = place_[std::size_t(Column::arrival_number)];
  for (std::size_t i = 1; i < arrived.size() && gaps < kMostGaps; ++i) {
    const auto& before = arrived[i - 1];
    const auto& here = arrived[i];
    if (here.year != before.year || here.number <= before.number + 1) continue;
    ++gaps;
    Finding finding;
    finding.code = "P06";
    finding.level = Level::note;
    finding.line = here.row;
    finding.path = place < 0 ? std::string() : headings_[std::size_t(place)];
    const std::string missing = here.number == before.number + 2 ? std::to_string(before.number + 1)
                                                                 : std::to_string(before.number + 1) + "-" +
                                                                       std::to_string(here.number - 1);
    finding.message = {"list.arrival-gap",
                       {{"row", std::to_string(here.row)},
                        {"column", finding.path},
                        {"missing", missing},
                        {"value", std::to_string(here.number)}}};
    finding.basis = "NĐ 30/2020/NĐ-CP Đ22.2";
    findings.push_back(std::move(finding));
  }
}

}  // namespace vtlt::exchange
