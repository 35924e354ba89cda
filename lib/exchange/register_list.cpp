#include "exchange/register_list.h"

#include "exchange/list_internal.h"
#include "exchange/readers.h"

namespace vtlt::exchange {
namespace {

Finding of_list(const char* key, Level level, const char* code, long row,
                std::vector<std::pair<std::string, MessageArg>> args, const char* hint = "") {
  Finding finding;
  finding.code = code;
  finding.level = level;
  finding.line = row;
  finding.message = {key, std::move(args)};
  if (*hint != '\0') finding.hint = {hint};
  return finding;
}

bool is_of_errors_list(const std::string& heading) {
  const std::string key = heading_key(heading);
  return key == "dong" || key == "ly do chua nhap";
}

// What every register book has (NĐ30 PL IV) and this list has not.
void find_absent(const RowReader& reader, const ListOptions& options, ListInfo& info) {
  if (!reader.is_register() || options.book == records::Book::internal) return;
  const auto need = [&](std::initializer_list<Column> any, const char* code) {
    for (const Column column : any)
      if (reader.has(column)) return;
    const Column wanted = *any.begin();
    info.findings.push_back(
        of_list("list.column-absent", Level::warning, code, info.table.heading_row,
                {{"row", std::to_string(info.table.heading_row)}, {"column", synonyms(wanted).front()}},
                "list.column-absent.hint"));
    info.findings.back().basis = "NĐ 30/2020/NĐ-CP PL IV";
  };
  if (options.book == records::Book::in) {
    need({Column::arrival_number}, "P06");
    need({Column::arrival_date}, "P06");
    need({Column::issuer}, "P01");
  }
  need({Column::number_and_notation, Column::number, Column::notation}, "P02");
  need({Column::date, Column::day, Column::month, Column::year}, "P01");
  need({Column::type_and_subject, Column::subject}, "P01");
}

void find_odd_columns(ListInfo& info, const std::vector<std::string>& labels) {
  std::array<int, kColumnCount> first{};
  first.fill(-1);
  const std::string row = std::to_string(info.table.heading_row);
  for (std::size_t i = 0; i < info.columns.size(); ++i) {
    const auto& [heading, column] = info.columns[i];
    if (column == Column::unused) {
      if (heading.empty() || is_of_errors_list(heading) || heading_key(heading) == "stt" ||
          heading_key(heading) == "tt")
        continue;
      info.findings.push_back(of_list("list.column-unused", Level::note, "P42", info.table.heading_row,
                                      {{"row", row}, {"column", labels[i]}, {"letter", column_text(i)}}));
      info.findings.back().path = labels[i];
      continue;
    }
    int& place = first[std::size_t(column)];
    if (place < 0)
      place = static_cast<int>(i);
    else if (column != Column::path) {
      info.findings.push_back(of_list("list.column-same", Level::warning, "P42", info.table.heading_row,
                                      {{"row", row},
                                       {"column", labels[i]},
                                       {"letter", column_text(i)},
                                       {"other", labels[std::size_t(place)]},
                                       {"first", column_text(std::size_t(place))}}));
      info.findings.back().path = labels[i];
    }
  }
}

}  // namespace

std::string ListInfo::label(Column column) const {
  const auto labels = column_labels(table.headings);
  for (std::size_t i = 0; i < columns.size() && i < labels.size(); ++i)
    if (columns[i].second == column) return labels[i];
  return "";
}

ListInfo read_register_list(std::string_view bytes, const std::string& file_name, const ListOptions& options,
                            const std::function<void(const ListInfo&)>& begun,
                            const std::function<void(ListRow&&)>& row) {
  constexpr int kLeastKnown = 2;
  constexpr std::size_t kMostPassed = 1000;
  ListInfo info;
  std::optional<RowReader> reader;
  std::vector<Finding> passed;
  const auto start = [&](const TableInfo& table) {
    info.table = table;
    const auto columns = resolve_columns(table.headings, options.book, &info.findings);
    for (Finding& finding : info.findings)
      finding.line = table.heading_row;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      info.columns.emplace_back(table.headings[i], columns[i]);
      if (columns[i] == Column::unused && !table.headings[i].empty() && !is_of_errors_list(table.headings[i]))
        info.unused.push_back(table.headings[i]);
    }
    reader.emplace(options, table.headings, columns);
    find_absent(*reader, options, info);
    find_odd_columns(info, column_labels(table.headings));
    if (!table.other_sheets.empty()) {
      std::string names;
      for (const std::string& name : table.other_sheets)
        names += (names.empty() ? "" : ", ") + name;
      info.findings.push_back(of_list("list.other-sheets", Level::warning, "P41", 0, {{"sheets", names}},
                                      "list.other-sheets.hint"));
    }
    if (table.encoding.better) {
      info.findings.push_back(of_list("list.encoding-worse", Level::warning, "P41", 0,
                                      {{"encoding", std::string(encoding_name(table.encoding.encoding))},
                                       {"better", std::string(encoding_name(*table.encoding.better))},
                                       {"sample", table.encoding.sample}}));
    }
    begun(info);
  };
  const auto known = [](std::string_view heading) { return meaning_of(heading) != Column::unused; };
  TableInfo table =
      read_table(bytes, file_name, options.table, known, kLeastKnown, start, [&](const TableRow& table_row) {
        auto read = reader->read(table_row, passed);
        if (passed.size() > kMostPassed) passed.resize(kMostPassed);
        if (read) row(std::move(*read));
      });
  for (const PassedRow& one : table.passed)
    info.findings.push_back(
        of_list(one.kind == PassedRow::Kind::heading ? "list.row-heading" : "list.row-numbering", Level::note,
                "P41", one.number, {{"row", std::to_string(one.number)}}));
  info.findings.insert(info.findings.end(), passed.begin(), passed.end());
  if (reader && options.compare) reader->finish(info.findings);
  info.table = std::move(table);
  return info;
}

std::optional<records::Book> book_of_list(std::string_view bytes, const std::string& file_name, const TableOptions& options) {
  struct Enough {};  // the headings are known
  constexpr int kLeastKnown = 2;
  bool in = false, out = false, files = false;
  const auto known = [](std::string_view heading) { return meaning_of(heading) != Column::unused; };
  try {
    read_table(
        bytes, file_name, options, known, kLeastKnown,
        [&](const TableInfo& table) {
          for (const std::string& heading : table.headings) {
            const Column column = meaning_of(heading);
            in = in || column == Column::arrival_number || column == Column::arrival_date;
            out = out || column == Column::recipients || column == Column::copies;
            files = files || column == Column::file_title || column == Column::file_code;
          }
          throw Enough{};
        },
        [](const TableRow&) {});
  } catch (const Enough&) {
  }
  if (in) return records::Book::in;
  if (files) return records::Book::internal;
  return out ? std::optional(records::Book::out) : std::nullopt;
}

}  // namespace vtlt::exchange
